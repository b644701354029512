"""Recurring charges, against an oracle that looks at every single day."""

import datetime as dt
from calendar import monthrange
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import BillingMode, Recurring, period_fraction, recurring
from ltc.calendars import NetDays, Roll, Weekly
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import AccountId, EntityId, OrderId, PlanId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, subscription

ADVANCE, ARREARS = BillingMode
A_STRING: Any = "in_advance"
DAY = dt.timedelta(days=1)
PRICE = Money.of("300", "CNY")
STARTS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 12, 31))
SPANS = st.integers(0, 900).map(lambda days: dt.timedelta(days=days))
MONTHS = st.sampled_from([1, 3, 6, 12, 24])


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def month_day(month: int, cycle_day: int) -> dt.date:
    """Return the cycle day of a month that is counted from the year 0."""
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(cycle_day, monthrange(year, index + 1)[1]))


def whole_periods(start: dt.date, months: int, cycle_day: int) -> list[tuple[dt.date, dt.date]]:
    """Return the whole periods around a start, the one that began before it first."""
    month = start.year * 12 + start.month - 1
    if month_day(month, cycle_day) < start:
        month += months
    edges = [month_day(month + step * months, cycle_day) for step in range(-1, 60)]
    return list(pairwise(edges))


def period_of(day: dt.date, periods: list[tuple[dt.date, dt.date]]) -> tuple[dt.date, dt.date]:
    return next((begins, ends) for begins, ends in periods if begins <= day < ends)


@given(STARTS, SPANS, SPANS, MONTHS, st.integers(1, 31), st.sampled_from(BillingMode))
def test_every_day_served_costs_its_part_of_its_period(
    start: dt.date, until: dt.timedelta, span: dt.timedelta, months: int, cycle_day: int, mode: BillingMode
) -> None:
    service = recurring(PRICE, start=start, months=months, cycle_day=cycle_day, end=start + span, mode=mode)
    whole = whole_periods(start, months, cycle_day)
    made = service.periods(start + until)
    billed_to = service.interval(start + until).end
    assert (service.first_cycle, service.cycle(1)) == whole[1]
    assert [period.start for period in made] == [start, *(period.end for period in made)][: len(made)]
    assert (billed_to or start) == (made[-1].end if made else start)
    for period in made:
        begins, ends = period_of(period.start, whole)
        served = sum((Fraction(1, (ends - begins).days) for _ in range((period.end - period.start).days)), Fraction())
        assert begins <= period.start < period.end <= ends
        assert period.fraction == served <= 1
        assert abs(period.amount.minor - PRICE.minor * served) < 1
        assert period.bill_on == (period.start if mode is ADVANCE else period.end)


@given(STARTS, SPANS, MONTHS, st.integers(1, 31))
def test_what_is_billed_when(start: dt.date, until: dt.timedelta, months: int, cycle_day: int) -> None:
    asked = start + until
    ahead = recurring(PRICE, start=start, months=months, cycle_day=cycle_day).interval(asked)
    behind = recurring(PRICE, start=start, months=months, cycle_day=cycle_day, mode=ARREARS).interval(asked)
    cycles = [ends for _, ends in whole_periods(start, months, cycle_day)]
    assert ahead.end is not None
    assert ahead.end == next(cycle for cycle in cycles if cycle > asked)
    assert behind.end == max((cycle for cycle in cycles if cycle <= asked), default=None)
    assert ahead.next_cycle == next(cycle for cycle in cycles if cycle > ahead.end)
    assert behind.next_cycle == (next(cycle for cycle in cycles if cycle > behind.end) if behind.end else cycles[0])


PERIODS = st.one_of(
    st.fixed_dictionaries({"months": MONTHS, "cycle_day": st.integers(1, 31)}),
    st.fixed_dictionaries({"days": st.integers(1, 40)}),
)


@given(STARTS, SPANS, st.one_of(st.none(), SPANS), PERIODS, st.sampled_from(BillingMode), st.integers(0, 60))
def test_a_later_run_bills_what_an_earlier_one_did_and_more(
    start: dt.date, until: dt.timedelta, span: dt.timedelta | None, period: Any, mode: BillingMode, later: int
) -> None:
    end = None if span is None else start + span
    service = recurring(PRICE, start=start, end=end, mode=mode, **period)
    early, late = service.periods(start + until), service.periods(start + until + later * DAY)
    assert late[: len(early)] == early
    if end is not None and end <= start + until:
        assert early == service.periods()


@given(STARTS, st.lists(st.integers(1, 399), max_size=4, unique=True).map(sorted), PERIODS, st.integers(1, 10**18))
def test_a_service_in_pieces_costs_what_it_costs_whole(
    start: dt.date, cuts: list[int], period: Any, minor: int
) -> None:
    whole = recurring(Money(minor, "JPY"), start=start, end=start + 400 * DAY, **period)
    pieces = [whole]
    for cut in cuts:
        pieces += pieces.pop().split(start + cut * DAY)
    assert sum(map(cost, pieces)) == cost(whole)
    assert [piece.start for piece in pieces] == [start, *(start + cut * DAY for cut in cuts)]
    began = {begins for piece in pieces for begins in (part.start for part in piece.periods())}
    assert {part.start for part in whole.periods()} <= began


def cost(service: Recurring) -> int:
    return sum(period.amount.minor for period in service.periods())


def test_a_service_goes_on_in_the_periods_of_another() -> None:
    moved = recurring(PRICE, start=d("2026-02-10"), months=3, anchor=d("2026-12-31"), end=d("2026-07-01"))
    assert [str(part.start) for part in moved.periods()] == ["2026-02-10", "2026-03-31", "2026-06-30"]
    long_ago = recurring(PRICE, start=d("2019-02-10"), months=1, anchor=d("2026-12-31"), cycle_day=30)
    assert (long_ago.first_cycle, long_ago.cycle(-1)) == (d("2019-02-28"), d("2019-01-30"))
    weeks = recurring(PRICE, start=d("2026-02-10"), days=7, anchor=d("2026-01-01"), end=d("2026-02-20"))
    assert [str(part.start) for part in weeks.periods()] == ["2026-02-10", "2026-02-12", "2026-02-19"]


@given(STARTS, SPANS, MONTHS, st.integers(1, 31))
def test_what_was_used_and_what_was_not_are_the_price(
    start: dt.date, since: dt.timedelta, months: int, cycle_day: int
) -> None:
    service = recurring(PRICE, start=start, months=months, cycle_day=cycle_day)
    stop = start + since
    used = recurring(PRICE, start=start, months=months, cycle_day=cycle_day, end=stop).periods()
    billed = service.periods(stop)
    spent = sum(period.amount.minor for period in used)
    assert spent + service.unused(stop).minor == sum(period.amount.minor for period in billed)


KILL_BILL: list[tuple[str, str | None, str, int, int, str]] = [
    ("2011-02-01", None, "2011-03-14", 1, 15, "45/31"),
    ("2011-01-31", "2011-03-10", "2011-04-21", 1, 7, "41/31"),
    ("2011-01-01", "2012-01-27", "2011-01-07", 12, 15, "14/365"),
    ("2011-01-01", "2012-01-27", "2011-01-15", 12, 15, "379/365"),
    ("2011-01-01", "2012-01-27", "2012-01-16", 12, 15, str(1 + Fraction(14, 365) + Fraction(12, 366))),
    ("2011-01-01", "2012-01-27", "2013-01-27", 12, 15, str(1 + Fraction(14, 365) + Fraction(12, 366))),
]
"""Worked with a calendar: 14 of the 31 days to 15 February and a period; 7 of 31, a period, 3 of 31; …"""


@pytest.mark.parametrize("start, end, until, months, cycle_day, cycles", KILL_BILL)
def test_worked_fractions(start: str, end: str | None, until: str, months: int, cycle_day: int, cycles: str) -> None:
    service = recurring(PRICE, start=d(start), months=months, cycle_day=cycle_day, end=d(end) if end else None)
    assert sum((period.fraction for period in service.periods(d(until))), Fraction()) == Fraction(cycles)


def test_ends_of_months_do_not_drift() -> None:
    ends = recurring(PRICE, start=d("2026-01-31"), months=1)
    made = ends.periods(d("2026-04-01"))
    assert [str(period.start) for period in made] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert {period.fraction for period in made} == {1}
    aligned = recurring(PRICE, start=d("2026-02-10"), months=1, cycle_day=31, end=d("2026-03-10"))
    assert [str(period.fraction) for period in aligned.periods()] == ["9/14", "10/31"]


def test_periods_of_days() -> None:
    fortnight = recurring(PRICE, start=d("2026-03-02"), days=14, end=d("2026-03-23"), mode=ARREARS)
    assert [(str(period.start), str(period.amount)) for period in fortnight.periods()] == [
        ("2026-03-02", "300.00 CNY"),
        ("2026-03-16", "150.00 CNY"),
    ]
    assert [period.bill_on for period in fortnight.periods()] == [d("2026-03-16"), d("2026-03-23")]
    assert fortnight.periods(d("2026-03-15")) == ()
    assert fortnight.explain("en") == "CN¥300.00 every 14 days from Mar 2, 2026, in arrears"
    assert fortnight.explain("zh_CN") == "自2026年3月2日起每14天¥300.00，后付"


def test_an_end_before_the_first_cycle() -> None:
    service = recurring(PRICE, start=d("2026-03-02"), months=1, cycle_day=15, end=d("2026-03-09"))
    assert [str(period.fraction) for period in service.periods(d("2026-03-02"))] == ["1/4"]
    arrears = recurring(PRICE, start=d("2026-03-02"), months=1, cycle_day=15, end=d("2026-03-09"), mode=ARREARS)
    assert [len(arrears.periods(d(f"2026-03-{day:02}"))) for day in (8, 9, 10, 14, 15)] == [0, 1, 1, 1, 1]
    assert {period.bill_on for period in arrears.periods(d("2026-03-12"))} == {d("2026-03-09")}
    for mode in BillingMode:
        none = recurring(PRICE, start=d("2026-03-02"), months=1, end=d("2026-03-02"), mode=mode)
        assert none.periods() == ()
        assert none.interval(d("2026-03-02")).end is None
    assert service.unused(d("2026-03-04")) == Money.of("53.57", "CNY")
    assert not service.unused(d("2026-03-12"))


def test_a_plan_collects_the_periods() -> None:
    service = recurring(PRICE, start=d("2026-03-02"), months=1, cycle_day=15, end=d("2026-06-01"))
    schedule = service.schedule(due=NetDays(10, Roll.FOLLOWING))
    assert [part.label for part in schedule.installments] == [
        "2026-03-02/2026-03-14",
        "2026-03-15/2026-04-14",
        "2026-04-15/2026-05-14",
        "2026-05-15/2026-05-31",
    ]
    assert schedule.total == sum((part.amount for part in schedule.installments[1:]), schedule.installments[0].amount)
    story = billing.adopt(
        PlanId("P"), order=OrderId("O"), entity=EntityId("E"), party=AccountId("A"), schedule=schedule, now=NOON
    ).after
    _, *raised = billing.raise_dated(story, on=d("2026-03-02"), calendar=Weekly(), now=NOON)
    assert [str(side.after.due_on) for side in raised] == ["2026-03-12", "2026-03-25", "2026-04-27", "2026-05-25"]
    assert [str(part.due.rule.on) for part in service.schedule().installments if part.due.milestone is None] == [  # type: ignore[union-attr]  # agreed days
        "2026-03-02",
        "2026-03-15",
        "2026-04-15",
        "2026-05-15",
    ]


@pytest.mark.parametrize(
    "make, error, message",
    [
        (lambda: recurring(PRICE, start=d("2026-03-02")), InvalidValue, "give one of the two"),
        (lambda: recurring(PRICE, start=d("2026-03-02"), months=1, days=1), InvalidValue, "give one of the two"),
        (
            lambda: recurring(PRICE, start=d("2026-03-02"), months=1, cycle_day=32),
            InvalidValue,
            "32 is no cycle day; use 1 to 31",
        ),
        (
            lambda: recurring(PRICE, start=d("2026-03-02"), days=7, cycle_day=1),
            InvalidValue,
            "none for periods of days",
        ),
        (
            lambda: recurring(PRICE, start=d("2026-03-02"), months=1, end=d("2026-03-01")),
            InvalidValue,
            "would end on 2026-03-01",
        ),
        (lambda: recurring(Money(0, "CNY"), start=d("2026-03-02"), months=1), InvalidValue, "give more than zero"),
        (lambda: recurring(PRICE, start=NOON, months=1), InvalidType, "pass a date"),
        (
            lambda: recurring(PRICE, start=d("2026-03-02"), months=1, mode=A_STRING),
            InvalidType,
            "BillingMode.IN_ADVANCE",
        ),
        (lambda: subscription().periods(), InvalidValue, "has no end; say until when"),
        (
            lambda: subscription().periods(d("2026-03-01")),
            InvalidValue,
            "2026-03-01 is before the service starts on 2026-03-02",
        ),
        (lambda: subscription().unused(d("2026-03-01")), InvalidValue, "before the service starts"),
        (lambda: subscription(ARREARS).schedule(d("2026-03-02")), InvalidValue, "ask for a later day"),
        (lambda: subscription().schedule(d("2026-03-02"), due=30), InvalidType, "due is 30, no due rule"),  # type: ignore[arg-type]  # as above
        (
            lambda: recurring(PRICE, start=d("2026-03-02"), days=1).periods(d("2066-03-02")),
            InvalidValue,
            "over 10000 periods",
        ),
        (lambda: period_fraction(d("2026-03-02"), d("2026-03-01"), months=1), InvalidValue, "would end on 2026-03-01"),
        (lambda: period_fraction(d("2026-03-02"), d("2026-03-03")), InvalidValue, "give one of the two"),
    ],
)
def test_refusals(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_a_day_of_a_period() -> None:
    first = Recurring(price=PRICE, start=d("2026-03-01"), months=1).periods(d("2026-03-01"))[0]
    assert (first.last, first.explain("en")) == (d("2026-03-31"), "Mar 1, 2026 to Mar 31, 2026: CN¥300.00")
    assert period_fraction(d("2026-03-01"), d("2026-03-08"), days=14) == Fraction(1, 2)
