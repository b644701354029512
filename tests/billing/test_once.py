"""What sums over documents refuses one that is given twice, everywhere by the same code; kinds have their own ids."""

from collections.abc import Callable
from typing import Any

import pytest

from ltc import billing
from ltc.errors import InvalidValue
from ltc.ids import AccountId, ChangeId, EntityId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import (
    NOON,
    TODAY,
    invoice,
    receipt,
    receivable,
    reception,
    second_receivable,
    settled,
    settled_receivable,
    signed,
)
from ltc.testing.samples.bills import bill, receiving
from ltc.testing.samples.deposits import deposit, received_deposit
from ltc.testing.samples.exchange import rates
from ltc.testing.samples.invoices import covering_disposition, disposition

PERIOD: dict[str, Any] = {"first": TODAY, "last": TODAY}
FACTS: dict[str, Any] = {"on": TODAY, "now": NOON}
GROUP = billing.PaymentAuthority(
    "PA-1", payer=AccountId("A1"), on_behalf_of=AccountId("A2"), entity=EntityId("E1"), since=TODAY
)
WITH_BILL = receiving()[1].after

SUMS: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
    "roll_forward": (lambda given: billing.roll_forward(given, **PERIOD), [receivable(), receipt(), disposition()]),
    "statements": (lambda given: billing.statements(given, **PERIOD), [receivable(), receipt(), disposition()]),
    "open_items": (lambda given: billing.open_items(given, TODAY), [receivable(), second_receivable()]),
    "credits_of": (lambda given: billing.credits_of(given, TODAY), [receipt(), disposition()]),
    "lateness_of": (lambda given: billing.lateness_of(given, TODAY), [settled_receivable()]),
    "journal": (billing.journal, [*signed(), reception(), *settled()]),
    "dunning": (lambda given: billing.dunning(given, policy=billing.STANDARD_DUNNING, on=TODAY), [receivable()]),
    "credit in letters": (
        lambda given: billing.dunning([], policy=billing.STANDARD_DUNNING, on=TODAY, receipts=given),
        [receipt()],
    ),
    "apply": (lambda given: billing.apply(receipt(), given, **FACTS), [receivable(), second_receivable()]),
    "offset_credit": (lambda given: billing.offset_credit(disposition(), given, **FACTS), [receivable()]),
    "offset_credits": (lambda given: billing.offset_credits(given, [receivable()], **FACTS), [disposition()]),
    "refund_parts": (lambda given: billing.refund_parts(given, Money.of("1", "CNY")), [receipt()]),
    "max_refundable": (lambda given: billing.max_refundable(covering_disposition(), given), [settled_receivable()]),
    "authority": (lambda given: GROUP.used(given, "CNY"), [receipt()]),
    "billing_positions": (lambda given: billing.billing_positions(given, on=TODAY), [receivable()]),
    "invoices ahead": (lambda given: billing.billing_positions([], given, on=TODAY), [invoice()]),
    "realized_differences": (
        lambda given: billing.realized_differences(given, [], "USD", rates=rates()),
        [receipt()],
    ),
    "revalue": (lambda given: billing.revalue(given, "CNY", rates=rates(), on=TODAY), [receivable(), receipt()]),
    "maturing": (lambda given: billing.maturing(given, as_of=TODAY), [bill()]),
    "collected": (lambda given: billing.collected(given, [bill()], as_of=TODAY), [receipt(), WITH_BILL]),
    "bills collected": (lambda given: billing.collected([WITH_BILL], given, as_of=TODAY), [bill()]),
    "outstanding_deposits": (
        lambda given: billing.outstanding_deposits(given, as_of=TODAY),
        [deposit(), received_deposit()],
    ),
    "standing_guarantees": (lambda given: billing.standing_guarantees(given, as_of=TODAY), [deposit()]),
}


@pytest.mark.parametrize("call, given", SUMS.values(), ids=SUMS)
def test_nothing_counts_twice(call: Callable[[Any], Any], given: list[Any]) -> None:
    call(given)
    for again in given:
        with pytest.raises(InvalidValue, match="is given twice; give each once") as refusal:
            call([*given, again])
        assert refusal.value.code == "billing.twice"


def test_two_versions_are_one_document_and_two_kinds_are_two() -> None:
    paid, owed = (change.after for change in settled())
    with pytest.raises(InvalidValue, match="P1/1 is given twice"):
        billing.roll_forward([receivable(), owed], **PERIOD)
    same = billing.receive(
        ReceiptId(receivable().id), entity=paid.entity, party=paid.party, amount=paid.amount, **FACTS
    ).after
    assert len(billing.statements([receivable(), same], **PERIOD)[0].lines) == 2


def test_the_same_again_is_another_change() -> None:
    one = billing.waive(receivable(), amount=Money(1, "CNY"), change=ChangeId("W"), reason="", **FACTS)
    same = billing.waive(one.after, amount=Money(1, "CNY"), change=ChangeId("W"), reason="", **FACTS)
    assert len(billing.journal([one, same])) == 2
