"""What a bank takes for buying a bill before its maturity 贴现利息."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from ltc._billing.dunning.interest_rates import DayCount
from ltc._fields import check_member
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.money import Money, Rounding, as_ratio


def discount_days(*, on: dt.date, matures_on: dt.date, extra_days: int = 0) -> int:
    """Return the days for which a discount is charged: the first counts, that of maturity does not, and `extra_days` are added.

    Raises:
        InvalidValue: there is no day between the two, or the extra days are no whole number of zero or more.

    Source: 支付结算办法 (1997) art. 94: interest to the day before maturity, and three days more where the acceptor is elsewhere.

    >>> from datetime import date
    >>> discount_days(on=date(2026, 3, 2), matures_on=date(2026, 5, 31), extra_days=3)
    93
    """
    days = (day(matures_on) - day(on)).days
    if type(extra_days) is not int or extra_days < 0:
        shown = repr(extra_days)[:40]
        raise InvalidValue("bill.extra_days", f"{shown} is no number of extra days; use 0 or more", days=shown)
    if days < 1:
        raise InvalidValue(
            "bill.no_days",
            f"a bill that matures on {matures_on} has no day left to charge for on {on}; use an earlier day",
            matures_on=matures_on,
            on=on,
        )
    return days + extra_days


def discount_interest(
    amount: Money,
    rate: Decimal | str,
    *,
    on: dt.date,
    matures_on: dt.date,
    day_count: DayCount = DayCount.ACTUAL_360,
    extra_days: int = 0,
    rounding: Rounding = Rounding.HALF_UP,
) -> Money:
    """Return amount × rate a year × days / days of a year, exactly, rounded once; the days are those of `discount_days`.

    Raises:
        InvalidValue: as `discount_days`; the rate is not in [0, 1].

    >>> from datetime import date
    >>> days = {"on": date(2026, 3, 2), "matures_on": date(2026, 5, 31)}
    >>> str(discount_interest(Money.of("30000", "CNY"), "0.03", **days))
    '225.00 CNY'
    >>> str(discount_interest(Money.of("30000", "CNY"), "0.03", day_count=DayCount.ACTUAL_365, **days))
    '221.92 CNY'
    """
    check_member(DayCount, "day_count", day_count)
    end = on + dt.timedelta(days=discount_days(on=on, matures_on=matures_on, extra_days=extra_days))
    return amount.times(Fraction(as_ratio(rate)) * _years(on, end, day_count), rounding)


def _years(first: dt.date, end: dt.date, day_count: DayCount) -> Fraction:
    """Return the days from one to before another as a part of a year; each counts by the year in which it lies."""
    years = Fraction(0)
    while first < end:
        turn = min(end, dt.date(first.year + 1, 1, 1))
        years += Fraction((turn - first).days, day_count.days_of(first.year))
        first = turn
    return years
