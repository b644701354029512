"""Acceptance bills: every (status, verb) pair, worked interest, what comes back when one is dishonored, what is collected."""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    BILL,
    BILL_TRANSITIONS,
    Bill,
    BillKind,
    BillStatus,
    Receipt,
    Receivable,
    cash_bill,
    collected,
    discharge_bill,
    discount_bill,
    discount_days,
    discount_interest,
    dishonor_bill,
    endorse_bill,
    maturing,
    receive_bill,
    split_bill,
    take_up_bill,
)
from ltc.errors import InvalidType, InvalidValue, LtcError, Refused
from ltc.ids import BillId, EntityId, OrderId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, PARTY, receipt, receivable, refund_approval
from ltc.testing.samples.bills import (
    MATURITY,
    NOON,
    TODAY,
    applied_bill,
    bill,
    called_back,
    discounted,
    receiving,
    sold,
)

DAY = dt.timedelta(days=1)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def halves(held: Bill) -> tuple[Bill, list[Bill]]:
    whole, *parts = split_bill(held, amounts=held.amount.allocate([1, 1]), on=TODAY, now=NOON)
    return whole.after, [part.after for part in parts]


def fail(held: Bill, paid: Receipt, debts: list[Receivable]) -> tuple[Any, ...]:
    return dishonor_bill(held, paid, debts, reason="no funds", on=MATURITY, now=NOON)


def dishonored(held: Bill) -> Bill:
    _, paid, settled = applied_bill()
    failed: Bill = fail(held, paid, [settled])[0].after
    return failed


STATES: Mapping[BillStatus, Bill] = {
    BillStatus.HELD: bill(),
    BillStatus.SPLIT: halves(bill())[0],
    BillStatus.ENDORSED: endorse_bill(bill(), to="S1", on=TODAY, now=NOON).after,
    BillStatus.DISCOUNTED: discounted().after,
    BillStatus.SOLD: sold().after,
    BillStatus.CASHED: cash_bill(bill(), on=MATURITY, now=NOON).after,
    BillStatus.DISCHARGED: discharge_bill(discounted().after, on=MATURITY, now=NOON).after,
    BillStatus.RECOURSE: called_back(),
    BillStatus.DISHONORED: dishonored(bill()),
}
VERBS: Mapping[type, Callable[[Bill], Bill]] = {
    billing.BillSplit: lambda held: halves(held)[0],
    billing.BillEndorsed: lambda held: endorse_bill(held, to="S1", on=TODAY, now=NOON).after,
    billing.BillDiscounted: lambda held: discount_bill(held, bank="B", rate="0.03", on=TODAY, now=NOON).after,
    billing.BillSold: lambda held: discount_bill(held, bank="B", rate="0.03", recourse=False, on=TODAY, now=NOON).after,
    billing.BillCashed: lambda held: cash_bill(held, on=MATURITY, now=NOON).after,
    billing.BillDischarged: lambda held: discharge_bill(held, on=MATURITY, now=NOON).after,
    billing.BillDishonored: dishonored,
    billing.BillTakenUp: lambda held: take_up_bill(held, on=MATURITY, now=NOON).after,
}


@pytest.mark.parametrize("status, event", list(itertools.product(BillStatus, VERBS)))
def test_a_bill_lands_where_the_table_says(status: BillStatus, event: type) -> None:
    held = STATES[status]
    before, target = attrs.asdict(held), BILL_TRANSITIONS[status].get(event)
    if target is None:
        with pytest.raises(Refused) as refusal:
            VERBS[event](held)
        assert (refusal.value.code, refusal.value.facts["status"]) == ("move.not_allowed", status.value)
    else:
        after = VERBS[event](held)
        assert after.status is target
        assert after.steps[-1].status is target
        assert after.version == held.version + 1
    assert attrs.asdict(held) == before


def test_the_walk_knows_every_event() -> None:
    assert set(BILL.stored.values()) - VERBS.keys() == {billing.BillReceived}
    assert STATES.keys() == set(BillStatus) == BILL_TRANSITIONS.keys()


YEARS = {360: billing.DayCount.ACTUAL_360, 365: billing.DayCount.ACTUAL_365}


# Interest: amount × rate × days / year, the day of the discount counted, that of maturity not.
@pytest.mark.parametrize(
    "amount, rate, year, extra, interest",
    [
        ("30000.00", "0.03", 360, 0, "225.00"),  # 30,000 × 3 % × 90 / 360
        ("30000.00", "0.03", 365, 0, "221.92"),  # … / 365 = 221.9178
        ("30000.00", "0.03", 360, 3, "232.50"),  # 93 days
        ("100000.00", "0.0285", 360, 0, "712.50"),
        ("0.01", "0.03", 360, 0, "0.00"),
        ("2.00", "0.01", 360, 0, "0.01"),  # 0.005: a half goes up
        ("30000.00", "0", 360, 0, "0.00"),
    ],
)
def test_worked_interest(amount: str, rate: str, year: int, extra: int, interest: str) -> None:
    charged = discount_interest(
        cny(amount), rate, on=TODAY, matures_on=MATURITY, day_count=YEARS[year], extra_days=extra
    )
    assert charged == cny(interest)
    assert discount_days(on=TODAY, matures_on=MATURITY, extra_days=extra) == 90 + extra


@given(
    minor=st.integers(1, 10**12),
    rate=st.decimals(0, 1, places=6),
    days=st.integers(1, 400),
    extra=st.integers(0, 10),
    year=st.sampled_from([360, 365]),
)
def test_interest_is_the_fraction_rounded_once(minor: int, rate: Decimal, days: int, extra: int, year: int) -> None:
    exact = minor * Fraction(rate) * (days + extra) / year
    charged = discount_interest(
        Money(minor, "CNY"), rate, on=TODAY, matures_on=TODAY + days * DAY, day_count=YEARS[year], extra_days=extra
    )
    assert charged.minor == int(exact + Fraction(1, 2))
    assert abs(charged.minor - exact) <= Fraction(1, 2)


def test_interest_over_a_leap_year_counts_each_day_by_its_year() -> None:
    """1,000,000.00 at 3 % from 1 November 2027 to 1 February 2028: 61 days of 365 and 31 of 366."""
    exact = 100_000_000 * Fraction(3, 100) * (Fraction(61, 365) + Fraction(31, 366))
    charged = discount_interest(
        cny("1000000"),
        "0.03",
        on=dt.date(2027, 11, 1),
        matures_on=dt.date(2028, 2, 1),
        day_count=billing.DayCount.ACTUAL_ACTUAL,
    )
    assert charged.minor == round(exact) == 755_468


def test_a_bank_pays_the_amount_less_interest() -> None:
    held = discounted().after
    assert (held.proceeds, held.interest, held.holder) == (cny("29775.00"), cny("225.00"), "招商银行")
    told = discount_bill(bill(), bank="B", rate="0.03", interest=cny("225.01"), on=TODAY, now=NOON)
    assert told.after.proceeds == cny("29774.99")
    assert bill().proceeds is None


def test_the_parts_of_a_bill_go_their_own_ways() -> None:
    whole, (first, second) = halves(bill())
    assert (whole.parts, first.parent, second.id) == (("BA1/1", "BA1/2"), "BA1", "BA1/2")
    assert first.amount + second.amount == whole.amount
    assert (first.receipt, first.matures_on, first.received_on) == (whole.receipt, whole.matures_on, TODAY)
    endorsed = endorse_bill(first, to="S1", on=TODAY, now=NOON).after
    _, paid, _ = applied_bill()
    [row] = collected([paid], [whole, endorsed, second], as_of=TODAY)
    assert (row.with_bills, row.held, row.passed_on) == (cny("30000"), cny("15000"), cny("15000"))
    whole2, smaller = halves(second)
    assert [part.id for part in smaller] == ["BA1/2/1", "BA1/2/2"]
    assert whole2.status is BillStatus.SPLIT


def owed(number: int, minor: int) -> Receivable:
    raised = billing.raise_receivable(
        ReceivableId(f"AR{number}"),
        order=OrderId("SO-1"),
        entity=ENTITY,
        party=PARTY,
        amount=Money(minor, "CNY"),
        due_on=TODAY,
        on=TODAY,
        now=NOON,
    )
    return raised.after


def over_three() -> tuple[Receipt, dict[str, Receivable]]:
    """Return R2 of 30,000.00, applied to 10,000.00, 8,000.00 and 7,000.00 in that order; 5,000.00 is free."""
    paid, debts = receiving()[1].after, {}
    for number, minor in ((1, 1_000_000), (2, 800_000), (3, 700_000)):
        change, *sides = billing.apply(paid, [owed(number, minor)], on=TODAY, now=NOON)
        paid, debts[f"AR{number}"] = change.after, sides[0].after
    return paid, debts


@pytest.mark.parametrize(
    "share, opened, free",
    [
        ("4000.00", [], "1000.00"),  # out of what is free
        ("5000.00", [], "0.00"),
        ("5000.01", ["AR3"], "6999.99"),  # the last application, as a whole
        ("15000.00", ["AR3", "AR2"], "5000.00"),
        ("29999.99", ["AR3", "AR2", "AR1"], "0.01"),
        ("30000.00", ["AR1", "AR2", "AR3"], "0.00"),  # all of it: as `bounce` does, in the order of the applications
    ],
)
def test_a_part_that_is_dishonored_opens_what_was_settled_last(share: str, opened: list[str], free: str) -> None:
    paid, debts = over_three()
    held, rest = bill(), cny("30000.00") - cny(share)
    if rest:
        _, *parts = split_bill(held, amounts=[cny(share), rest], on=TODAY, now=NOON)
        held = parts[0].after
    failed, gone, *sides = fail(held, paid, list(debts.values()))
    assert failed.after.status is BillStatus.DISHONORED
    assert (gone.after.bounced, gone.after.unapplied) == (cny(share), cny(free))
    assert [side.after.id for side in sides] == opened
    assert all(side.after.open == side.after.amount for side in sides)
    assert gone.after.amount == gone.after.applied + gone.after.unapplied + gone.after.bounced
    assert gone.after.collected_as_of(MATURITY) == rest


def test_the_second_part_that_is_dishonored_takes_the_rest() -> None:
    _, (first, second) = halves(bill())
    paid, debts = over_three()
    _, gone, *sides = fail(first, paid, list(debts.values()))
    now_owed = debts | {side.after.id: side.after for side in sides}
    _, gone, *sides = fail(second, gone.after, list(now_owed.values()))
    assert (gone.after.bounced, gone.after.collected_as_of(MATURITY)) == (cny("30000"), cny("0"))
    assert [side.after.id for side in sides] == ["AR1"]


def refunded(paid: Receipt, amount: str) -> Receipt:
    asked, kept = billing.request_refund(RefundId("RF1"), receipt=paid, amount=cny(amount), reason="", now=NOON)
    approved = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    return billing.pay_refund(approved, kept.after, on=TODAY, now=NOON)[1].after


def test_no_more_bounces_than_was_not_refunded() -> None:
    paid, debts = over_three()
    less = refunded(paid, "5000.00")
    _, gone, *_ = fail(bill(), less, list(debts.values()))
    assert (gone.after.bounced, gone.after.unapplied) == (cny("25000"), cny("0"))
    only_bill = fail(bill(), refunded(receiving()[1].after, "30000"), [])
    assert [change.after.id for change in only_bill] == ["BA1"]


@pytest.mark.parametrize("back", ["0", "5000.00", "30000.00"])
@pytest.mark.parametrize("passed_on", [False, True])
def test_a_dishonored_bill_says_what_was_refunded_and_is_owed_again(back: str, passed_on: bool) -> None:
    paid = receiving()[1].after if back == "0" else refunded(receiving()[1].after, back)
    state = discounted().after if passed_on else bill()
    assert state.owed_again == cny("0")
    failed, *rest = fail(state, paid, [])
    assert failed.after.owed_again == cny(back)
    assert failed.after.owed_again + sum((step.after.bounced for step in rest), cny("0")) == state.amount
    if passed_on:
        assert take_up_bill(failed.after, on=MATURITY, now=NOON).after.owed_again == cny(back)
    assert billing.BILL.evolve(state, failed.events[0]) == failed.after


def test_what_was_paid_with_a_dishonored_bill_is_owed_again() -> None:
    _, paid, settled = applied_bill()
    for passed_on in (endorse_bill(bill(), to="S1", on=TODAY, now=NOON).after, discounted().after):
        failed, gone, opened = fail(passed_on, paid, [settled])
        assert (failed.after.status, failed.after.recourse) == (BillStatus.RECOURSE, cny("30000"))
        assert (gone.after.bounced, opened.after.open) == (cny("30000"), cny("30000"))
        back = take_up_bill(failed.after, on=MATURITY, now=NOON).after
        assert (back.status, back.recourse) == (BillStatus.DISHONORED, cny("0"))


def unmatured(receipts: list[Receipt], bills: list[Bill], on: dt.date) -> list[str]:
    [row] = collected(receipts, bills, as_of=on)
    return [f"{part.amount:f}" for part in (row.with_bills, row.held, row.passed_on, row.without_bills)]


def test_collected_with_and_without_unmatured_bills() -> None:
    held, paid, settled = applied_bill()
    both = [receipt(), paid]  # 50,000.00 by transfer, 30,000.00 by the bill
    assert collected(both, [held], as_of=TODAY - DAY) == ()
    assert unmatured(both, [held], TODAY) == ["80000.00", "30000.00", "0.00", "50000.00"]
    assert unmatured(both, [], TODAY) == ["80000.00", "0.00", "0.00", "80000.00"]
    assert unmatured([receipt()], [held], TODAY) == ["50000.00", "0.00", "0.00", "50000.00"]
    later = TODAY + 9 * DAY
    bought = discount_bill(held, bank="B", rate="0.03", on=later, now=NOON).after
    assert unmatured(both, [bought], later - DAY) == ["80000.00", "30000.00", "0.00", "50000.00"]
    assert unmatured(both, [bought], later) == ["80000.00", "0.00", "30000.00", "50000.00"]
    safe = discount_bill(held, bank="B", rate="0.03", recourse=False, on=later, now=NOON).after
    assert unmatured(both, [safe], later) == ["80000.00", "0.00", "0.00", "80000.00"]
    done = discharge_bill(bought, on=MATURITY, now=NOON).after
    assert unmatured(both, [done], MATURITY) == ["80000.00", "0.00", "0.00", "80000.00"]
    failed, gone, _ = fail(bought, paid, [settled])
    again = [receipt(), gone.after]
    assert unmatured(again, [failed.after], MATURITY - DAY) == ["80000.00", "0.00", "30000.00", "50000.00"]
    assert unmatured(again, [failed.after], MATURITY) == ["50000.00", "0.00", "0.00", "50000.00"]
    early: Any = dishonor_bill(held, paid, [settled], reason="", on=TODAY, now=NOON)
    assert unmatured([receipt(), early[1].after], [early[0].after], TODAY) == ["50000.00", "0.00", "0.00", "50000.00"]


def another(number: int, matures_on: dt.date, amount: Money) -> Bill:
    made, _ = receive_bill(
        BillId(f"B{number}"),
        receipt=ReceiptId(f"R{number}"),
        entity=EntityId("E1"),
        party=PARTY,
        kind=BillKind.COMMERCIAL,
        number=str(number),
        drawer="D",
        acceptor="A",
        amount=amount,
        issued_on=TODAY,
        matures_on=matures_on,
        on=TODAY,
        now=NOON,
    )
    return made.after


def test_bills_by_the_week_of_their_maturity() -> None:
    monday = dt.date(2026, 3, 9)
    bills = [
        another(1, monday + 6 * DAY, cny("5")),
        another(2, monday, cny("3")),
        another(3, monday, Money.of("7", "USD")),
        another(4, monday + 7 * DAY, cny("11")),
        endorse_bill(another(5, monday, cny("13")), to="S1", on=TODAY + DAY, now=NOON).after,
    ]
    table = [(str(week.monday), str(week.amount), week.bills) for week in maturing(bills, as_of=TODAY + DAY)]
    assert table == [
        ("2026-03-09", "8.00 CNY", ("B2", "B1")),
        ("2026-03-09", "7.00 USD", ("B3",)),
        ("2026-03-16", "11.00 CNY", ("B4",)),
    ]
    assert maturing(bills, as_of=TODAY)[0].bills == ("B2", "B5", "B1")
    assert maturing(bills, as_of=TODAY - DAY) == ()


def moved_since(held: Bill) -> object:
    paid, debts = over_three()
    freed, _ = billing.unapply(paid, debts["AR3"], application="R2/3", reason="", on=MATURITY + DAY, now=NOON)
    return fail(halves(held)[1][0], freed.after, list(debts.values()))


def pending_refund(held: Bill) -> object:
    _, kept = billing.request_refund(
        RefundId("RF1"), receipt=receiving()[1].after, amount=cny("20000"), reason="", now=NOON
    )
    return fail(halves(held)[1][0], kept.after, [])


def attrs_of_received(**other: Any) -> object:
    facts: dict[str, Any] = {
        "receipt": ReceiptId("R1"),
        "entity": ENTITY,
        "party": PARTY,
        "kind": BillKind.BANK,
        "number": "1",
        "drawer": "D",
        "acceptor": "A",
        "amount": cny("5"),
        "issued_on": TODAY,
        "matures_on": MATURITY,
        "on": TODAY,
        "now": NOON,
    }
    return receive_bill(BillId("B1"), **facts | other)


REFUSED: list[tuple[str, type[LtcError], Callable[[Bill], object]]] = [
    ("bill.too_early", Refused, lambda held: endorse_bill(held, to="S1", on=TODAY - DAY, now=NOON)),
    ("bill.mature", Refused, lambda held: endorse_bill(held, to="S1", on=MATURITY, now=NOON)),
    ("bill.mature", Refused, lambda held: discount_bill(held, bank="B", rate="0.03", on=MATURITY, now=NOON)),
    ("bill.not_mature", Refused, lambda held: cash_bill(held, on=MATURITY - DAY, now=NOON)),
    ("bill.not_mature", Refused, lambda _: discharge_bill(discounted().after, on=MATURITY - DAY, now=NOON)),
    (
        "bill.extra_days",
        InvalidValue,
        lambda held: discount_bill(held, bank="B", rate="0", extra_days=-1, on=TODAY, now=NOON),
    ),
    (
        "bill.extra_days",
        InvalidValue,
        lambda _: discount_days(on=TODAY, matures_on=MATURITY, extra_days=True),
    ),
    (
        "field.member",
        InvalidType,
        lambda held: discount_bill(held, bank="B", rate="0.03", day_count=360, on=TODAY, now=NOON),  # type: ignore[arg-type]  # that is the test
    ),
    (
        "money.type",
        InvalidType,
        lambda held: discount_bill(held, bank="B", rate=0.03, on=TODAY, now=NOON),  # type: ignore[arg-type]  # as above
    ),
    (
        "billing.no_money",
        InvalidType,
        lambda held: split_bill(held, amounts=[1.5, 2], on=TODAY, now=NOON),  # type: ignore[list-item]  # as above
    ),
    ("day.type", InvalidType, lambda held: endorse_bill(held, to="S", on=NOON, now=NOON)),
    ("bill.no_days", InvalidValue, lambda _: discount_days(on=MATURITY, matures_on=MATURITY)),
    (
        "bill.interest",
        Refused,
        lambda held: discount_bill(held, bank="B", rate="0", interest=cny("30000.01"), on=TODAY, now=NOON),
    ),
    (
        "billing.below_zero",
        InvalidValue,
        lambda held: discount_bill(held, bank="B", rate="0", interest=cny("-0.01"), on=TODAY, now=NOON),
    ),
    (
        "money.ratio",
        InvalidValue,
        lambda held: discount_bill(held, bank="B", rate="3", on=TODAY, now=NOON),
    ),
    ("bill.parts", InvalidValue, lambda held: split_bill(held, amounts=[held.amount], on=TODAY, now=NOON)),
    (
        "bill.parts",
        InvalidValue,
        lambda held: split_bill(held, amounts=[cny("1"), cny("2")], on=TODAY, now=NOON),
    ),
    (
        "billing.amount",
        InvalidValue,
        lambda held: split_bill(held, amounts=[cny("30001"), cny("-1")], on=TODAY, now=NOON),
    ),
    (
        "bill.not_splittable",
        Refused,
        lambda _: halves(another(1, MATURITY, cny("5"))),
    ),
    (
        "bill.other_receipt",
        Refused,
        lambda held: fail(held, receipt(), []),
    ),
    (
        "receipt.not_given",
        Refused,
        lambda held: fail(held, applied_bill()[1], []),
    ),
    (
        "receipt.not_given",
        Refused,
        lambda held: fail(halves(held)[1][0], over_three()[0], []),
    ),
    (
        "receipt.not_given",
        Refused,
        lambda held: fail(halves(held)[1][0], over_three()[0], [owed(3, 700_000), owed(2, 1)]),
    ),
    ("receipt.moved_since", Refused, moved_since),
    ("receipt.refund_pending", Refused, pending_refund),
    ("bill.mature", Refused, lambda _: another(1, TODAY, cny("5"))),
    ("bill.maturity", InvalidValue, lambda _: another(1, TODAY - DAY, cny("5"))),
    ("bill.not_issued", Refused, lambda _: attrs_of_received(issued_on=TODAY + DAY)),
    ("field.member", InvalidType, lambda _: attrs_of_received(kind="bank")),
]


@pytest.mark.parametrize("code, error, verb", REFUSED)
def test_refusals_change_nothing(code: str, error: type[LtcError], verb: Callable[[Bill], object]) -> None:
    held = bill()
    before = attrs.asdict(held)
    with pytest.raises(error) as refusal:
        verb(held)
    assert refusal.value.code == code
    assert attrs.asdict(held) == before


def test_days_and_states_of_a_day() -> None:
    done = discharge_bill(discounted().after, on=MATURITY + DAY, now=NOON).after
    days = [TODAY - DAY, TODAY, MATURITY, MATURITY + DAY]
    assert [done.status_as_of(on) for on in days] == [
        None,
        BillStatus.DISCOUNTED,
        BillStatus.DISCOUNTED,
        BillStatus.DISCHARGED,
    ]
    assert [done.days_to_maturity(on) for on in days] == [91, 90, 0, -1]


def test_histories() -> None:
    received, bought = receiving()[0], discounted()
    assert BILL.replay([*received.events, *bought.events]) == bought.after
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        BILL.begin(bought.events[0])
    with pytest.raises(InvalidValue, match="BillReceived can only be the first event"):
        BILL.evolve(bought.after, received.events[0])
    with pytest.raises(InvalidValue, match="BillDiscounted cannot have happened in status discounted"):
        BILL.evolve(bought.after, bought.events[0])


def test_a_receivable_paid_by_a_bill_is_settled_and_opened_again() -> None:
    assert receivable().open == cny("30000")
    _, paid, settled = applied_bill()
    assert (paid.reference, settled.open) == ("1102 2026 0001", cny("0"))
