"""What a bank takes for buying a bill before its maturity 贴现利息."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ltc.errors import InvalidValue
from ltc.events import day
from ltc.money import Money, Rounding, as_ratio

YEARS: Final = (360, 365)
"""The days of a year by which banks divide."""


def discount_days(*, on: dt.date, matures_on: dt.date, extra_days: int = 0) -> int:
    """Return the days for which a discount is charged: the first counts, that of maturity does not, and `extra_days` are added.

    Raises:
        InvalidValue: there is no day between the two, or the extra days are below zero.

    Source: 支付结算办法 (1997) art. 94: interest to the day before maturity, and three days more where the acceptor is elsewhere.

    >>> from datetime import date
    >>> discount_days(on=date(2026, 3, 2), matures_on=date(2026, 5, 31), extra_days=3)
    93
    """
    days = (day(matures_on) - day(on)).days
    if extra_days < 0:
        raise InvalidValue("bill.extra_days", f"{extra_days} extra days are below zero; use 0 or more", days=extra_days)
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
    year: int = 360,
    extra_days: int = 0,
    rounding: Rounding = Rounding.HALF_UP,
) -> Money:
    """Return amount × rate a year × days / year, exactly, rounded once; the days are those of `discount_days`.

    Raises:
        InvalidValue: as `discount_days`; the year is neither 360 nor 365 days; the rate is not in [0, 1].

    >>> from datetime import date
    >>> str(discount_interest(Money.of("30000", "CNY"), "0.03", on=date(2026, 3, 2), matures_on=date(2026, 5, 31)))
    '225.00 CNY'
    """
    if year not in YEARS:
        raise InvalidValue("bill.year", f"a year of {year} days is not charged by; use 360 or 365", year=year)
    days = discount_days(on=on, matures_on=matures_on, extra_days=extra_days)
    return amount.times(Fraction(as_ratio(rate)) * Fraction(days, year), rounding)
