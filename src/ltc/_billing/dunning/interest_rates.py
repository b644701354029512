"""Rates of interest: how much a year, from which day on, and how many days a year has."""

import calendar
import datetime as dt
import enum
from bisect import bisect_right
from collections.abc import Iterable
from decimal import MAX_PREC, Context, Decimal
from typing import Any, Final

import attrs

from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import day
from ltc.money import as_decimal

_EXACT: Final = Context(prec=MAX_PREC)
"""Sums and products of rates are exact, whatever the host's context is."""


class DayCount(enum.StrEnum):
    """How many days a year of interest has. Days are always counted as they are, one by one.

    >>> [DayCount.ACTUAL_ACTUAL.days_of(year) for year in (2024, 2026)]
    [366, 365]
    """

    ACTUAL_365 = "actual_365"
    """Always 365."""
    ACTUAL_360 = "actual_360"
    """Always 360: banks."""
    ACTUAL_ACTUAL = "actual_actual"
    """365, and 366 for the days of a leap year."""

    def days_of(self, year: int, /) -> int:
        """Return the days by which interest for a day of that year is divided."""
        if self is DayCount.ACTUAL_ACTUAL:
            return 366 if calendar.isleap(year) else 365
        return 360 if self is DayCount.ACTUAL_360 else 365


def _not_below_zero(_instance: object, _attribute: "attrs.Attribute[Any]", rate: Decimal) -> None:
    if rate < 0:
        raise InvalidValue("interest.rate", f"{rate} is no rate of interest; use 0 or more (10 % is 0.10)", rate=rate)


@attrs.frozen
class InterestRate:
    """A rate a year, as a ratio, from a day on.

    Raises:
        InvalidType, InvalidValue: no exact number, or below zero.

    >>> from datetime import date
    >>> InterestRate(date(2026, 1, 1), "0.0345").per_year
    Decimal('0.0345')
    """

    first: dt.date = attrs.field(converter=day)
    per_year: Decimal = attrs.field(converter=as_decimal, validator=_not_below_zero)
    """10 % is 0.10; it may be above 1."""


def _in_order(steps: Iterable[InterestRate]) -> tuple[InterestRate, ...]:
    taken = tuple(steps)
    for step in taken:
        if type(step) is not InterestRate:
            raise InvalidType(
                "field.type",
                f"steps is {ascii(step)[:40]}; pass a InterestRate",
                name="steps",
                value=ascii(step)[:40],
                type="InterestRate",
            )
    firsts = [step.first for step in taken]
    if not taken or firsts != sorted(set(firsts)):
        raise InvalidValue(
            "interest.rates",
            f"the rates begin on {', '.join(map(str, firsts)) or 'no day'}; give at least one, each from a later day on",
            firsts=", ".join(map(str, firsts)),
        )
    return taken


@attrs.frozen
class InterestRates:
    """Rates by the day from which each holds, to the next one: an agreed rate, a statutory one, a multiple of the LPR.

    Raises:
        InvalidValue: none, or two from one day, or not in the order of their days.

    >>> from datetime import date
    >>> lpr = InterestRates([InterestRate(date(2024, 10, 21), "0.0310"), InterestRate(date(2025, 5, 20), "0.0300")])
    >>> lpr.times("1.5").on(date(2025, 5, 19)), lpr.times("1.5").on(date(2025, 5, 20))
    (Decimal('0.04650'), Decimal('0.04500'))
    """

    steps: tuple[InterestRate, ...] = attrs.field(converter=_in_order)

    @classmethod
    def flat(cls, per_year: str | int | Decimal, /) -> "InterestRates":
        """Return one rate for all days.

        >>> from datetime import date
        >>> InterestRates.flat("0.10").on(date(2026, 3, 2))
        Decimal('0.10')
        """
        return cls([InterestRate(dt.date.min, as_decimal(per_year))])

    def on(self, when: dt.date, /) -> Decimal:
        """Return the rate of a day.

        Raises:
            Refused: the rates begin later; none is guessed.

        >>> from datetime import date
        >>> InterestRates([InterestRate(date(2026, 1, 1), "0.03")]).on(date(2025, 12, 31))
        Traceback (most recent call last):
        ltc.errors.Refused: no rate of interest is known for 2025-12-31; the first is of 2026-01-01: add the one before
        """
        place = bisect_right(self.steps, when, key=lambda step: step.first)
        if not place:
            raise Refused(
                "interest.no_rate",
                f"no rate of interest is known for {when}; the first is of {self.steps[0].first}: add the one before",
                on=when,
                first=self.steps[0].first,
            )
        return self.steps[place - 1].per_year

    def plus(self, points: str | int | Decimal, /) -> "InterestRates":
        """Return the rates with points added to each: a base rate and nine points more.

        >>> from datetime import date
        >>> InterestRates.flat("0.0227").plus("0.09").on(date(2026, 3, 2))
        Decimal('0.1127')
        """
        more = as_decimal(points)
        return InterestRates(InterestRate(step.first, _EXACT.add(step.per_year, more)) for step in self.steps)

    def times(self, factor: str | int | Decimal, /) -> "InterestRates":
        """Return each rate so many times: four times the LPR.

        >>> from datetime import date
        >>> InterestRates.flat("0.03").times(4).on(date(2026, 3, 2))
        Decimal('0.12')
        """
        by = as_decimal(factor)
        return InterestRates(InterestRate(step.first, _EXACT.multiply(step.per_year, by)) for step in self.steps)
