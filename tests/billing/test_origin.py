"""A receipt that is the other half of a bill, a bank line or a deposit is taken back with it, and never alone."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest

from ltc import billing
from ltc.billing import Deposit, DepositKind, DepositPolicy, Receipt, Receivable, bounce, reverse
from ltc.errors import Refused
from ltc.events import Change, Subject
from ltc.ids import DepositId, RefundId
from ltc.money import Money
from ltc.testing.samples.bank_lines import confirmed
from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable, refund_approval
from ltc.testing.samples.bills import MATURITY, receiving
from ltc.testing.samples.deposits import converted

MADE: dict[str, Callable[[], tuple[Any, Any]]] = {"bill": receiving, "bank_line": confirmed, "deposit": converted}
VERB = {"bill": "dishonor_bill", "bank_line": "take_back_claim", "deposit": "take_back_conversion"}


def take_back(kind: str, thing: Any, money: Receipt, debts: Sequence[Receivable]) -> Sequence[Change[Any, Any]]:
    facts: dict[str, Any] = {"reason": "wrong", "on": MATURITY, "now": NOON}
    if kind == "bank_line":
        facts |= {"claim": 1, "by": "qian"}
    done: Sequence[Change[Any, Any]] = getattr(billing, VERB[kind])(thing, money, debts, **facts)
    return done


def became() -> tuple[Deposit, Receipt]:
    """Return D2, of which nothing is kept, and the receipt that it became."""
    gone, paid = converted()
    return gone.after, paid.after


def balances(changes: Sequence[Change[Any, Any]]) -> dict[str, str]:
    found = billing.trial_balance(billing.journal(changes))
    return {row.account: f"{row.amount.amount:f}" for row in found if row.amount}


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("verb", [bounce, reverse])
def test_it_is_not_taken_back_alone(kind: str, verb: Callable[..., Any]) -> None:
    thing, paid = MADE[kind]()
    assert paid.after.origin == paid.events[0].origin == Subject(kind, thing.after.id)
    before = attrs.asdict(paid.after)
    with pytest.raises(Refused, match=f"use {VERB[kind]}, which takes both back") as refusal:
        verb(paid.after, [], reason="wrong", on=MATURITY, now=NOON)
    assert (refusal.value.code, refusal.value.facts["verb"]) == ("receipt.other_half", VERB[kind])
    assert attrs.asdict(paid.after) == before


@pytest.mark.parametrize("kind", MADE)
def test_its_own_verb_takes_both_back_and_the_books_with_them(kind: str) -> None:
    thing, paid = MADE[kind]()
    money, *sides = billing.apply(paid.after, [receivable()], on=TODAY, now=NOON)
    gone = take_back(kind, thing.after, money.after, [side.after for side in sides])
    assert [change.after.collected.minor for change in gone if isinstance(change.after, Receipt)] == [0]
    assert [change.after.open for change in gone if isinstance(change.after, Receivable)] == [receivable().open]
    assert not balances([thing, paid, money, *sides, *gone]), "as if it had not been"
    with pytest.raises(Refused):
        take_back(kind, gone[0].after, gone[1].after, [])


def test_what_came_in_by_itself_has_no_origin_and_is_taken_back_by_itself() -> None:
    assert receipt().origin is None
    assert str(reverse(receipt(), [], reason="wrong", on=TODAY, now=NOON)[0].after.unapplied) == "0.00 CNY"


def test_a_conversion_is_taken_back_once_and_only_into_its_own_deposit() -> None:
    held, paid = became()
    kept, gone, *_ = billing.take_back_conversion(held, paid, reason="early", on=TODAY, now=NOON)
    assert (kept.after.converted.minor, kept.after.held) == (0, held.amount)
    other = attrs.evolve(held, id=DepositId("D3"))
    for deposit, money in ((kept.after, paid), (kept.after, gone.after), (other, paid), (held, receipt())):
        before = attrs.asdict(deposit), attrs.asdict(money)
        with pytest.raises(Refused) as refusal:
            billing.take_back_conversion(deposit, money, reason="early", on=TODAY, now=NOON)
        assert refusal.value.code == "deposit.other_receipt"
        assert (attrs.asdict(deposit), attrs.asdict(money)) == before
    policy = DepositPolicy(convertible=(DepositKind.PERFORMANCE,))
    again, second = billing.convert_deposit(kept.after, policy=policy, on=TODAY, now=NOON)
    assert (second.after.id, again.after.held.minor) == ("D2/2", 0), "a number is never used twice"


def test_what_was_refunded_does_not_become_a_deposit_again() -> None:
    held, paid = became()
    asked, kept = billing.request_refund(
        RefundId("RF1"), receipt=paid, amount=Money.of("1", "CNY"), reason="over", now=NOON
    )
    approved = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    _, gone = billing.pay_refund(approved, kept.after, on=TODAY, now=NOON)
    with pytest.raises(Refused) as refusal:
        billing.take_back_conversion(held, gone.after, reason="early", on=TODAY, now=NOON)
    assert refusal.value.code == "deposit.refunded"


def test_what_came_back_may_not_leave_on_a_day_before_it_did() -> None:
    held, paid = became()
    kept = billing.take_back_conversion(held, paid, reason="early", on=MATURITY, now=NOON)[0].after
    with pytest.raises(Refused) as refusal:
        billing.return_deposit(kept, on=TODAY, now=NOON)
    assert refusal.value.code == "deposit.nothing_kept"
    assert not billing.return_deposit(kept, on=MATURITY, now=NOON).after.held


def test_a_documents_list_names_the_origin() -> None:
    _, paid = receiving()
    [entry] = billing.journal([paid])
    assert paid.after.origin in entry.documents
