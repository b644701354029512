"""Limits and approvals of waivers and write-offs; recovery of what was written off."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.approvals import ApprovalRequest
from ltc.billing import (
    ApprovalLimit,
    Receivable,
    Relief,
    ReliefPolicy,
    collect_recovery,
    recover,
    recoverable_from,
    relief_subject,
    waive,
    write_off,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import Subject, from_json, to_json
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request, pending_request
from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable, settled_receivable, written_off_receivable

DAY = dt.timedelta(days=1)
FIVE: Any = 5
TENTH: Any = 0.1
ZERO = ApprovalLimit(ratio=Decimal(0))
POLICY = ReliefPolicy(
    waiver=ApprovalLimit((Money.of("500.00", "CNY"), Money.of("70.00", "USD")), ratio=Decimal("0.01")),
    write_off=ApprovalLimit((Money.of("200.00", "CNY"),)),
    round_off=ApprovalLimit((Money.of("1.00", "CNY"),)),
)
VERBS: dict[Relief, Callable[..., Any]] = {Relief.WAIVER: waive, Relief.WRITE_OFF: write_off}


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def owed(amount: Money) -> Receivable:
    facts: dict[str, Any] = {"order": OrderId("SO-1"), "entity": EntityId("E1"), "party": AccountId("A1")}
    return billing.raise_receivable(ReceivableId("AR"), amount=amount, on=TODAY, due_on=TODAY, now=NOON, **facts).after


def relieve(relief: Relief, thing: Receivable, amount: Money, change: str = "C1", **more: Any) -> Any:
    return VERBS[relief](thing, amount=amount, change=ChangeId(change), reason="", on=TODAY, now=NOON, **more)


@pytest.mark.parametrize(
    "limit, raised, most",
    [
        (ApprovalLimit(), "30000.00 CNY", "30000.00 CNY"),
        (ZERO, "30000.00 CNY", "0.00 CNY"),
        (ApprovalLimit(ratio=Decimal("0.01")), "0.50 CNY", "0.01 CNY"),  # 0.005, half up
        (POLICY.waiver, "30000.00 CNY", "300.00 CNY"),
        (POLICY.waiver, "90000.00 CNY", "500.00 CNY"),
        (POLICY.waiver, "90000.00 USD", "70.00 USD"),
        (POLICY.waiver, "90000.00 EUR", "0.00 EUR"),  # no amount in euro: ask
        (POLICY.write_off, "100.00 CNY", "100.00 CNY"),
    ],
)
def test_the_lower_bound_counts(limit: ApprovalLimit, raised: str, most: str) -> None:
    assert str(limit.most(Money.parse(raised))) == most


@given(
    st.lists(st.tuples(st.sampled_from(Relief), st.integers(1, 400)), max_size=12),
    st.integers(0, 500),
    st.fractions(0, 1, max_denominator=100),
)
def test_many_small_ones_are_one_large_one(acts: list[tuple[Relief, int]], amount: int, ratio: Fraction) -> None:
    share = Decimal(ratio.numerator * 100 // ratio.denominator) / 100
    limit = ApprovalLimit((Money(amount, "CNY"),), ratio=share)
    policy = ReliefPolicy(waiver=limit, write_off=limit)
    thing, sums = owed(Money(1000, "CNY")), dict.fromkeys(Relief, 0)
    most = min(amount, int(Fraction(share) * 1000 + Fraction(1, 2)))
    for number, (relief, minor) in enumerate(acts):
        assert policy.left(relief, thing).minor == most - sums[relief]
        if minor > min(thing.open.minor, most - sums[relief]):
            with pytest.raises(Refused) as refusal:
                relieve(relief, thing, Money(minor, "CNY"), str(number), policy=policy)
            code = "receivable.over" if minor > thing.open.minor else "relief.needs_approval"
            assert refusal.value.code == code
        else:
            thing = relieve(relief, thing, Money(minor, "CNY"), str(number), policy=policy).after
            sums[relief] += minor


@pytest.mark.parametrize("relief", Relief)
def test_above_the_limit_an_approval_of_exactly_this_is_needed(relief: Relief) -> None:
    thing, amount = receivable(), yuan("9000.00")
    about = relief_subject(relief, thing, ChangeId("C1"))
    assert about == Subject(relief.value, "P1/1/C1")
    other = Subject({"waiver": "write_off", "write_off": "waiver"}[relief.value], about.id)
    wrong: list[tuple[ApprovalRequest | None, str]] = [
        (None, "relief.needs_approval"),
        (pending_request(about, amount), "approval.not_granted"),
        (approved_request(other, amount), "approval.other_subject"),
        (approved_request(Subject(relief.value, "P1/1/C2"), amount), "approval.other_subject"),
        (approved_request(about, yuan("9000.01")), "approval.other_amount"),
        (attrs.evolve(approved_request(about, amount), amount=None), "approval.no_amount"),
    ]
    for policy in (POLICY, None):
        for request, code in wrong:
            if policy is None and request is None:
                continue
            with pytest.raises(Refused) as refusal:
                relieve(relief, thing, amount, policy=policy, approval=request)
            assert refusal.value.code == code
    change = relieve(relief, thing, amount, policy=POLICY, approval=approved_request(about, amount))
    assert change.events[0].approval == "AR-1"
    with pytest.raises(Refused, match="an approval serves once: ask for another") as refusal:
        relieve(relief, change.after, amount, policy=POLICY, approval=approved_request(about, amount))
    assert refusal.value.code == "relief.change_used"
    assert thing == receivable()


def test_the_refusal_says_what_would_pass() -> None:
    with pytest.raises(Refused) as refusal:
        relieve(Relief.WAIVER, receivable(), yuan("300.01"), policy=POLICY)
    assert str(refusal.value) == (
        "300.01 CNY of receivable P1/1 is more than the 300.00 CNY that needs no approval; "
        "ask for that or less, or give a request approved about waiver P1/1/C1"
    )
    within = relieve(Relief.WAIVER, receivable(), yuan("300.00"), policy=POLICY)
    assert within.events[0].approval is None


def test_by_default_everything_is_asked_for_and_a_small_difference_cannot_be() -> None:
    assert ReliefPolicy() == ReliefPolicy(waiver=ZERO, write_off=ZERO, round_off=ZERO)
    nearly = waive(receivable(), amount=yuan("29999.50"), change=ChangeId("W"), reason="", on=TODAY, now=NOON).after
    limit = POLICY.round_off.most(nearly.amount)
    assert str(billing.round_off(nearly, limit=limit, on=TODAY, now=NOON).after.rounded_off) == "0.50 CNY"
    assert from_json(to_json(POLICY), ReliefPolicy) == POLICY


@pytest.mark.parametrize(
    "make, error, passes",
    [
        (lambda: ApprovalLimit((yuan("-1"),)), InvalidValue, "give zero or more"),
        (lambda: ApprovalLimit((yuan("1"), yuan("2"))), InvalidValue, "one of each"),
        (lambda: ApprovalLimit([yuan("1")]), InvalidType, "pass a tuple of Money"),  # type: ignore[arg-type]
        (lambda: ApprovalLimit((5,)), InvalidType, "pass a Money"),  # type: ignore[arg-type]
        (lambda: ApprovalLimit(ratio=Decimal(30)), InvalidValue, "use one from 0 to 1"),
        (lambda: ApprovalLimit(ratio=TENTH), InvalidType, "pass a str"),
        (lambda: ReliefPolicy(waiver=None), InvalidType, "pass a ApprovalLimit"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_limit(make: Callable[[], object], error: type[Exception], passes: str) -> None:
    with pytest.raises(error, match=passes):
        make()


def recovered(thing: Receivable, amount: str | None = None, day: dt.date = TODAY) -> Receivable:
    asked = None if amount is None else yuan(amount)
    return recover(thing, amount=asked, reason="dividend", on=day, now=NOON).after


def figures(thing: Receivable) -> list[str]:
    return [str(sum_.amount) for sum_ in (thing.open, thing.applied, thing.written_off, thing.recovered)]


def test_what_was_written_off_comes_back_and_is_collected() -> None:
    part = recovered(written_off_receivable(), "8000.00")
    assert figures(part) == ["8000.00", "0.00", "22000.00", "8000.00"]
    paid, settled = billing.apply(receipt(), [part], on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert figures(settled.after) == ["0.00", "8000.00", "22000.00", "8000.00"]
    paid, rest = collect_recovery(paid.after, settled.after, reason="dividend", on=TODAY + DAY, now=NOON)
    assert figures(rest.after) == ["0.00", "30000.00", "0.00", "30000.00"]
    assert str(paid.after.unapplied) == "20000.00 CNY"


def test_only_what_stood_written_off_on_that_day_and_all_later_ones_comes_back() -> None:
    lost = write_off(receivable(), amount=yuan("100"), change=ChangeId("B1"), reason="", on=TODAY + 2 * DAY, now=NOON)
    later = recovered(lost.after, "70.00", TODAY + 5 * DAY)
    most = {day: str(recoverable_from(later, TODAY + day * DAY).amount) for day in range(7)}
    assert most == dict(enumerate(["0.00", "0.00", "30.00", "30.00", "30.00", "30.00", "30.00"]))
    assert figures(recovered(later, None, TODAY + 3 * DAY))[2:] == ["0.00", "100.00"]
    for day in (0, 1):
        with pytest.raises(Refused) as refusal:
            recovered(later, "1.00", TODAY + day * DAY)
        assert refusal.value.code == "receivable.not_written_off"
    with pytest.raises(Refused, match=r"30\.01 CNY is more than the 30\.00 CNY written off of receivable P1/1"):
        recovered(later, "30.01", TODAY + 4 * DAY)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(1, 60)), max_size=20))
def test_on_no_day_is_more_recovered_than_was_written_off(acts: list[tuple[bool, int, int]]) -> None:
    thing, by_day = owed(Money(100, "CNY")), [0] * 5
    for back, day, minor in acts:
        amount, on = Money(minor, "CNY"), TODAY + day * DAY
        least, most = min(by_day[day:]), 100 - max(by_day[day:])
        try:
            if back:
                thing = recover(thing, amount=amount, reason="", on=on, now=NOON).after
            else:
                thing = write_off(thing, amount=amount, change=ChangeId("B"), reason="", on=on, now=NOON).after
        except Refused:
            assert minor > (least if back else most)
        else:
            assert minor <= (least if back else most)
            by_day[day:] = [lost + (-minor if back else minor) for lost in by_day[day:]]
        assert [thing.open_as_of(TODAY + each * DAY).minor for each in range(5)] == [100 - lost for lost in by_day]
    assert thing.written_off.minor == by_day[-1]


@pytest.mark.parametrize(
    "call, code",
    [
        (lambda lost: recover(lost, amount=Money.of("1", "USD"), reason="", on=TODAY, now=NOON), "money.currency"),
        (lambda lost: recover(lost, amount=yuan("0"), reason="", on=TODAY, now=NOON), "billing.amount"),
        (lambda lost: recover(lost, amount=FIVE, reason="", on=TODAY, now=NOON), "billing.no_money"),
        (lambda lost: recover(lost, reason="", on=NOON, now=NOON), "day.type"),
        (
            lambda lost: collect_recovery(receipt(), lost, reason="", on=TODAY - DAY, now=NOON),
            "receivable.not_written_off",
        ),
        (
            lambda lost: collect_recovery(receipt(), lost, amount=yuan("30000.01"), reason="", on=TODAY, now=NOON),
            "receivable.over_written_off",
        ),
        (
            lambda lost: collect_recovery(
                attrs.evolve(receipt(), party=AccountId("A2")), lost, reason="", on=TODAY, now=NOON
            ),
            "receipt.other_party",
        ),
        (
            lambda lost: collect_recovery(spent(), lost, reason="", on=TODAY, now=NOON),
            "receipt.over",
        ),
        (
            lambda lost: collect_recovery(
                attrs.evolve(receipt(), amount=Money(100, "USD")), lost, reason="", on=TODAY, now=NOON
            ),
            "receipt.other_currency",
        ),
    ],
)
def test_refused_recoveries_change_nothing(call: Callable[[Any], object], code: str) -> None:
    lost = written_off_receivable()
    with pytest.raises(LtcError) as refusal:
        call(lost)
    assert refusal.value.code == code
    assert lost == written_off_receivable()


def spent() -> billing.Receipt:
    debt = owed(receipt().amount)
    return billing.apply(receipt(), [debt], on=TODAY, now=NOON)[0].after


def test_another_currency_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(CurrencyMismatch):
        relieve(Relief.WAIVER, receivable(), Money.of("1", "USD"), policy=POLICY)
    with pytest.raises(Refused, match="nothing of receivable P1/1 is written off"):
        recovered(settled_receivable())


def test_a_policy_limits_small_differences_too() -> None:
    thing, facts = owed(yuan("100")), {"on": TODAY, "now": NOON}
    nearly = waive(thing, amount=yuan("98.50"), change=ChangeId("C1"), reason="", on=TODAY, now=NOON).after
    ask: Callable[..., Any] = billing.round_off
    assert not ask(nearly, limit=yuan("2"), **facts).after.open
    for policy, most in ((POLICY, "1.00"), (ReliefPolicy(), "0.00")):
        with pytest.raises(Refused, match=f"at most {most} CNY") as refusal:
            ask(nearly, limit=yuan("2"), policy=policy, **facts)
        assert refusal.value.code == "receivable.over_limit"
    less = waive(nearly, amount=yuan("0.50"), change=ChangeId("C2"), reason="", on=TODAY, now=NOON).after
    gone = ask(less, limit=yuan("2"), policy=POLICY, **facts)
    assert (gone.after.rounded_off, gone.events[0].limit) == (yuan("1"), yuan("1"))
    with pytest.raises(Refused, match=r"at most 0\.99 CNY"):
        ask(less, limit=yuan("0.99"), policy=POLICY, **facts)


def test_a_debt_comes_of_a_receipt_or_a_bill_or_of_nothing() -> None:
    with pytest.raises(InvalidValue, match=r"cannot come of order SO-1; give the receipt or the bill") as no:
        billing.raise_receivable(
            ReceivableId("AR-7"),
            order=OrderId("SO-1"),
            entity=EntityId("E1"),
            party=AccountId("A1"),
            amount=Money(100, "CNY"),
            on=TODAY,
            due_on=TODAY,
            origin=Subject("order", "SO-1"),
            now=NOON,
        )
    assert no.value.code == "receivable.origin"
