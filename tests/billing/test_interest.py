"""Interest between payments: worked figures, a day-by-day oracle of plain fractions, charges, and what is refused."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    Component,
    DayCount,
    Grace,
    Interest,
    InterestPolicy,
    InterestRate,
    InterestRates,
    Receivable,
    SettlementKind,
    interest,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceivableId
from ltc.money import Money, Rounding
from ltc.testing.samples.dunning import NOON, charged, overdue_interest, partly_paid

DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 3, 2)
TEN = InterestPolicy(InterestRates.flat("0.10"))
LPR = InterestRates(
    [
        InterestRate(dt.date(2024, 7, 22), "0.0335"),
        InterestRate(dt.date(2024, 10, 21), "0.0310"),
        InterestRate(dt.date(2025, 5, 20), "0.0300"),
    ]
)


def debt(
    minor: int, *moves: tuple[int, int], due: dt.date = DUE, raised: int = 0, component: Component = Component.PRINCIPAL
) -> Receivable:
    """Return a receivable due on a day, raised some days later, paid (or, below zero, re-opened) some days after it was due."""
    on = due + raised * DAY
    events: list[billing.ReceivableEvent] = [
        billing.ReceivableRaised(
            ReceivableId("AR-1"),
            OrderId("SO-1"),
            EntityId("E1"),
            AccountId("A1"),
            plan=None,
            installment=None,
            amount=Money(minor, "CNY"),
            due_on=due,
            on=on,
            at=NOON,
            component=component,
        )
    ]
    for number, (days, paid) in enumerate(moves):
        facts: dict[str, Any] = {"amount": Money(abs(paid), "CNY"), "on": due + days * DAY, "at": NOON}
        if paid > 0:
            events.append(
                billing.ReceivableSettled(events[0].receivable, SettlementKind.RECEIPT, "R1", f"R1/{number}", **facts)
            )
        else:
            events.append(
                billing.SettlementReversed(
                    events[0].receivable, SettlementKind.RECEIPT, "R1", f"R1/{number}", reason="", **facts
                )
            )
    return billing.RECEIVABLE.replay(events)


def after(days: int, policy: InterestPolicy = TEN, *, of: Receivable) -> str:
    return str(interest(of, policy=policy, until=of.due_on + days * DAY).accrued.amount)


def test_the_worked_example() -> None:
    """1,000 at 10 %: 30 days on 1,000 and 30 on 400 are 8.219… + 3.287… = 11.506…"""
    found = overdue_interest()
    assert str(found.accrued) == "11.51 CNY"
    assert found.exact == Fraction(100_000 * 30 + 40_000 * 30, 10 * 365)
    assert [(period.first, period.last, str(period.base)) for period in found.periods] == [
        (DUE + DAY, DUE + 30 * DAY, "1000.00 CNY"),
        (DUE + 31 * DAY, DUE + 60 * DAY, "400.00 CNY"),
    ]
    assert found.say("en") == ("30 days at 10% on CN¥1,000.00: CN¥8.22", "30 days at 10% on CN¥400.00: CN¥3.29")


def test_a_payment_that_is_known_later_counts_from_its_own_day() -> None:
    known_then, known_now = debt(100_000), debt(100_000, (30, 60_000))
    assert after(60, of=known_then) == "16.44", "1,000 for 60 days, as far as anybody knew"
    assert after(60, of=known_now) == "11.51"
    assert [after(days, of=known_now) for days in (29, 30, 31)] == ["7.95", "8.22", "8.33"]


@pytest.mark.parametrize(
    "policy, days, expected",
    [
        (InterestPolicy(InterestRates.flat("0.10")), 0, "0.00"),
        (InterestPolicy(InterestRates.flat("0.10")), 1, "0.27"),  # 100 / 365
        (InterestPolicy(InterestRates.flat("0.10")), 365, "100.00"),
        (InterestPolicy(InterestRates.flat("0.10"), day_count=DayCount.ACTUAL_360), 360, "100.00"),
        (InterestPolicy(InterestRates.flat("0.10"), day_count=DayCount.ACTUAL_ACTUAL), 365, "100.00"),
        (InterestPolicy(InterestRates.flat("0.10"), grace_days=10), 10, "0.00"),
        (InterestPolicy(InterestRates.flat("0.10"), grace_days=10), 11, "0.27"),
        (InterestPolicy(InterestRates.flat("0.10"), grace_days=10, grace=Grace.WAITS), 10, "0.00"),
        (InterestPolicy(InterestRates.flat("0.10"), grace_days=10, grace=Grace.WAITS), 11, "3.01"),  # 11 * 100 / 365
        (InterestPolicy(InterestRates.flat("0.24"), cap=InterestRates.flat("0.03").times(4)), 365, "120.00"),
        (InterestPolicy(InterestRates.flat("0.10"), cap=InterestRates.flat("0.12")), 365, "100.00"),
        (InterestPolicy(InterestRates.flat("0.10"), most="0.05"), 365, "50.00"),
        (InterestPolicy(InterestRates.flat("0.10"), most="0.05"), 100, "27.40"),
        (InterestPolicy(InterestRates.flat("0.10"), rounding=Rounding.DOWN), 20, "5.47"),  # 5.479…
        (InterestPolicy(InterestRates.flat(0)), 365, "0.00"),
    ],
)
def test_policies_on_a_thousand(policy: InterestPolicy, days: int, expected: str) -> None:
    assert after(days, policy, of=debt(100_000)) == expected


def test_days_of_a_leap_year_are_shorter() -> None:
    policy = InterestPolicy(InterestRates.flat("0.10"), day_count=DayCount.ACTUAL_ACTUAL)
    found = interest(debt(100_000, due=dt.date(2023, 12, 1)), policy=policy, until=dt.date(2024, 1, 31))
    assert [(period.days, period.year) for period in found.periods] == [(30, 365), (31, 366)]
    assert found.exact == 10_000 * (Fraction(30, 365) + Fraction(31, 366))


def test_rates_change_on_their_days() -> None:
    """Half as much again as the one-year LPR: 10,000 due on 2024-10-11; 9 days at 5.025 %, 211 at 4.65 %, 12 at 4.5 %."""
    found = interest(
        debt(1_000_000, due=dt.date(2024, 10, 11)), policy=InterestPolicy(LPR.times("1.5")), until=dt.date(2025, 5, 31)
    )
    assert [(period.days, str(period.rate.normalize())) for period in found.periods] == [
        (9, "0.05025"),
        (211, "0.0465"),
        (12, "0.045"),
    ]
    by_hand = Fraction(9 * 5025 + 211 * 4650 + 12 * 4500, 365 * 100_000) * 1_000_000
    assert found.exact == by_hand
    assert str(found.accrued) == "295.99 CNY"


def test_grace_waits_for_what_is_open_at_its_end() -> None:
    policy = InterestPolicy(InterestRates.flat("0.365"), grace_days=10, grace=Grace.WAITS)
    assert after(30, policy, of=debt(100_000, (10, 100_000))) == "0.00", "paid by the last of the grace days"
    assert after(30, policy, of=debt(100_000, (11, 100_000))) == "11.00", "a day late: interest for every day"
    assert after(30, policy, of=debt(100_000, (5, 50_000))) == "17.50", "5 on 1,000 and 25 on 500"
    assert after(30, policy, of=debt(100_000, (10, 100_000), (20, -100_000))) == "10.00", "re-opened after it"


def test_nothing_runs_before_it_was_raised() -> None:
    late = debt(100_000, raised=10)
    assert [after(days, of=late) for days in (9, 10, 11)] == ["0.00", "0.00", "0.27"]


def test_interest_bears_interest_only_where_it_is_asked() -> None:
    owed = debt(100_000, component=Component.INTEREST)
    assert after(365, of=owed) == "0.00"
    both = InterestPolicy(InterestRates.flat("0.10"), bears=(Component.PRINCIPAL, Component.INTEREST))
    assert after(365, both, of=owed) == "100.00"


def test_what_is_spared_bears_none() -> None:
    owed = debt(100_000, (30, 60_000))
    found = interest(owed, policy=TEN, until=DUE + 60 * DAY, without=Money(30_000, "CNY"))
    assert found.exact == Fraction(70_000 * 30 + 10_000 * 30, 10 * 365)
    assert interest(owed, policy=TEN, until=DUE + 60 * DAY, without=Money(100_000, "CNY")).periods == ()
    with pytest.raises(InvalidValue, match=r"without is -0\.01 CNY"):
        interest(owed, policy=TEN, until=DUE, without=Money(-1, "CNY"))
    with pytest.raises(CurrencyMismatch):
        interest(owed, policy=TEN, until=DUE + 60 * DAY, without=Money(1, "USD"))


def test_the_hosts_decimal_context_does_not_matter() -> None:
    with localcontext(prec=2):
        rates = InterestRates.flat("0.0345678").plus("0.0000001").times("1.0001")
        assert rates.on(DUE) == Decimal("0.03457135679")
        assert after(60, of=debt(123_456_789, (30, 60_000))) == "20289.34"


Moves = list[tuple[int, int]]


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, Moves]:
    """Payments and re-openings in any order of recording, never over the amount, never below nothing."""
    minor, days = draw(st.integers(1, 10**7)), draw(st.lists(st.integers(0, 400), max_size=5, unique=True))
    left, moves = minor, []
    for on in sorted(days):
        paid = draw(st.integers(left - minor, left))
        left -= paid
        moves += [(on, paid)] if paid else []
    return minor, draw(st.permutations(moves))


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[int, Decimal]]:
    """Rates by the day, counted from the due date, from which they hold."""
    later = draw(st.lists(st.integers(1, 400), max_size=3, unique=True))
    rates = st.decimals(0, 1, places=4)
    return [(day, draw(rates)) for day in (-1000, *sorted(later))]


def rates_of(table: Sequence[tuple[int, Decimal]], due: dt.date) -> InterestRates:
    return InterestRates([InterestRate(due + day * DAY, rate) for day, rate in table])


def day_by_day(
    minor: int,
    moves: Moves,
    *,
    due: dt.date,
    until: int,
    rates: Sequence[tuple[int, Decimal]],
    cap: Sequence[tuple[int, Decimal]] | None,
    count: DayCount,
    grace: int,
    waits: bool,
) -> Fraction:
    """Sum the interest of each day by itself: an oracle that knows no periods."""
    by_day = dict.fromkeys(range(402), 0)
    for on, paid in moves:
        by_day[on] += paid
    open_at_end = [minor - paid for paid in accumulate(by_day.values())]

    def rate(table: Sequence[tuple[int, Decimal]], number: int) -> Fraction:
        return Fraction([value for day, value in table if day <= number][-1])

    owed = Fraction(0)
    for number in range(1, until + 1):
        spared = number <= grace and not (waits and until > grace and open_at_end[grace])
        year = (due + number * DAY).year
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        divided = {DayCount.ACTUAL_365: 365, DayCount.ACTUAL_360: 360, DayCount.ACTUAL_ACTUAL: 366 if leap else 365}[
            count
        ]
        yearly = rate(rates, number) if cap is None else min(rate(rates, number), rate(cap, number))
        owed += 0 if spared else open_at_end[number - 1] * yearly / divided
    return owed


CASES = {
    "history": histories(),
    "due": st.dates(dt.date(2023, 1, 1), dt.date(2028, 12, 31)),
    "until": st.integers(-5, 400),
    "rates": tables(),
    "cap": st.none() | tables(),
    "count": st.sampled_from(DayCount),
    "grace": st.integers(0, 40),
    "waits": st.booleans(),
}
Found = Callable[[Receivable, InterestPolicy, dt.date], Interest]


def agrees(found: Found, history: tuple[int, Moves], due: dt.date, until: int, **terms: Any) -> None:
    minor, moves = history
    expected = day_by_day(minor, moves, due=due, until=until, **terms)
    policy = InterestPolicy(
        rates_of(terms["rates"], due),
        cap=None if terms["cap"] is None else rates_of(terms["cap"], due),
        day_count=terms["count"],
        grace_days=terms["grace"],
        grace=Grace.WAITS if terms["waits"] else Grace.FREE,
    )
    interest_now = found(debt(minor, *moves, due=due), policy, due + until * DAY)
    assert interest_now.exact == expected
    assert abs(interest_now.accrued.minor - expected) <= Fraction(1, 2)
    said = interest_now.say("en")
    assert len(said) == (len(interest_now.periods) if expected else 0)


@given(**CASES)
def test_it_is_the_sum_of_its_days(**case: Any) -> None:
    agrees(lambda owed, policy, until: interest(owed, policy=policy, until=until), **case)


def of_what_is_open_now(owed: Receivable, policy: InterestPolicy, until: dt.date) -> Interest:
    """Charge the present balance for the whole time: the mistake of every system that stores a balance."""
    if not owed.open_as_of(until):
        return interest(owed, policy=policy, until=owed.due_on)
    same = debt(owed.open_as_of(until).minor, due=owed.due_on)
    return interest(same, policy=policy, until=until)


def from_the_due_day(owed: Receivable, policy: InterestPolicy, until: dt.date) -> Interest:
    """Count the due day itself: a day too many."""
    return interest(owed, policy=policy, until=until + DAY)


def of_the_last_rate(owed: Receivable, policy: InterestPolicy, until: dt.date) -> Interest:
    """Charge the rate of the letter's day for the time before it changed."""
    flat = InterestRates.flat(policy.rate_on(max(until, owed.due_on)))
    plain = InterestPolicy(flat, day_count=policy.day_count, grace_days=policy.grace_days, grace=policy.grace)
    return interest(owed, policy=plain, until=until)


@pytest.mark.parametrize("wrong", [of_what_is_open_now, from_the_due_day, of_the_last_rate])
def test_a_wrong_implementation_is_caught(wrong: Found) -> None:
    @settings(phases=[Phase.generate], max_examples=200)
    @given(**CASES)
    def law(**case: Any) -> None:
        agrees(wrong, **case)

    with pytest.raises(AssertionError):
        law()


def test_interest_that_is_charged_is_a_receivable_and_not_charged_twice() -> None:
    raised, principal = charged()
    assert (raised.after.component, str(raised.after.amount)) == (Component.INTEREST, "11.51 CNY")
    assert (raised.after.order, raised.after.party) == (principal.after.order, principal.after.party)
    assert principal.after.open == partly_paid().open, "what is owed of the principal is what it was"
    later = interest(principal.after, policy=TEN, until=DUE + 90 * DAY)
    assert (str(later.accrued), str(later.charged), str(later.amount)) == ("14.79 CNY", "11.51 CNY", "3.28 CNY")
    again, _ = billing.charge_interest(
        principal.after, found=later, due_on=DUE + 100 * DAY, on=DUE + 90 * DAY, now=NOON
    )
    assert (again.after.id, str(again.after.open)) == ("AR-9/interest/2", "3.28 CNY")
    before = interest(principal.after, policy=TEN, until=DUE + 59 * DAY)
    assert str(before.charged) == "0.00 CNY", "as of a day before the charge nothing was charged"
    for day in (59, 60):
        with pytest.raises(
            Refused, match=r"was charged on .*, after .*; charge what has run up to that day or a later"
        ):
            billing.charge_interest(principal.after, found=before, due_on=later.until, on=DUE + day * DAY, now=NOON)


def test_what_was_charged_too_much_is_told() -> None:
    """The rest was paid on day 40; it became known after the charge of day 60."""
    _, principal = charged()
    money = billing.ReceivableSettled(
        principal.after.id, SettlementKind.RECEIPT, "R8", "R8/1", Money(40_000, "CNY"), on=DUE + 40 * DAY, at=NOON
    )
    now = interest(billing.RECEIVABLE.change(principal.after, money).after, policy=TEN, until=DUE + 60 * DAY)
    assert [str(each.amount) for each in (now.accrued, now.charged, now.amount, now.overcharged)] == [
        "9.32",  # 8.219 + 10 * 400 * 0.1 / 365
        "11.51",
        "0.00",
        "2.19",
    ]
    assert str(overdue_interest().overcharged) == "0.00 CNY"


def test_charges_that_cannot_be() -> None:
    owed, found, last = partly_paid(), overdue_interest(), DUE + 60 * DAY
    with pytest.raises(InvalidValue, match="the interest is of AR-9 until 2026-05-01; charge that of AR-1 until"):
        billing.charge_interest(debt(100), found=found, due_on=last, on=last, now=NOON)
    with pytest.raises(InvalidValue, match="charge that of AR-9 until 2026-04-30 or before"):
        billing.charge_interest(owed, found=found, due_on=last, on=last - DAY, now=NOON)
    none = interest(owed, policy=TEN, until=DUE)
    with pytest.raises(Refused, match="no interest of receivable AR-9 is left to charge on 2026-05-01; wait"):
        billing.charge_interest(owed, found=none, due_on=last, on=last, now=NOON)
    with pytest.raises(InvalidValue, match="would be due on 2026-04-30, before it is raised"):
        billing.charge_interest(owed, found=found, due_on=last - DAY, on=last, now=NOON)


def test_waived_principal_bears_no_more() -> None:
    owed = billing.waive(
        debt(100_000), amount=Money(100_000, "CNY"), change=ChangeId("W1"), reason="", on=DUE + 10 * DAY, now=NOON
    )
    assert [after(days, of=owed.after) for days in (10, 60)] == ["2.74", "2.74"]


def test_rates_that_cannot_be() -> None:
    first, second = InterestRate(dt.date(2026, 1, 1), "0.03"), InterestRate(dt.date(2026, 4, 1), "0.04")
    for wrong in ([], [second, first], [first, first]):
        with pytest.raises(InvalidValue, match="give at least one, each from a later day on"):
            InterestRates(wrong)
    no_rate: Any = [0.03]
    with pytest.raises(InvalidType, match=r"pass a InterestRate"):
        InterestRates(no_rate)
    with pytest.raises(InvalidValue, match=r"-0\.01 is no rate of interest; use 0 or more"):
        InterestRates.flat("-0.01")
    with pytest.raises(InvalidValue, match="no rate of interest"):
        InterestRates.flat("0.01").plus("-0.02")
    a_float: Any = 0.1
    with pytest.raises(InvalidType, match="is a float, not an exact number"):
        InterestRates.flat(a_float)
    with pytest.raises(Refused, match="the first is of 2026-04-01: add the one before"):
        interest(debt(100), policy=InterestPolicy(InterestRates([second])), until=DUE + DAY)


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"rates": "0.10"}, "rates is '0.10'; pass a InterestRates"),
        ({"day_count": "actual_365"}, r"pass one of DayCount\.ACTUAL_365"),
        ({"grace_days": -1}, "grace_days is -1; use 0 or more"),
        ({"grace": "free"}, r"pass one of Grace\.FREE"),
        ({"most": "1.5"}, r"1\.5 is not a ratio"),
        ({"bears": ["interest"]}, r"pass one of Component\.COSTS"),
        ({"cap": "0.24"}, "pass a InterestRates"),
    ],
)
def test_policies_that_cannot_be(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue), match=message):
        InterestPolicy(**{"rates": InterestRates.flat("0.10")} | wrong)
