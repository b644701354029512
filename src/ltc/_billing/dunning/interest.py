"""Interest on what is overdue, piecewise between payments: exact, and rounded once."""

import datetime as dt
import enum
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ltc._billing.dunning.interest_rates import DayCount, InterestRates
from ltc._billing.receivables.component import Component, each_once
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import exactly, member, whole
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.ids import ReceivableId
from ltc.money import Money, Rounding, as_ratio, divide
from ltc.text import format_percent, say

_DAY: Final = dt.timedelta(days=1)


class Grace(enum.StrEnum):
    """What the grace days are to interest.

    >>> Grace("waits").name
    'WAITS'
    """

    FREE = "free"
    """They bear none: it runs from the day after the last of them."""
    WAITS = "waits"
    """Nothing is owed for them if all is paid by the last of them; else it runs from the day after the due date, as without grace."""


class InterestRounding(enum.StrEnum):
    """Where interest is rounded, once.

    >>> InterestRounding("letter").name
    'LETTER'
    """

    RECEIVABLE = "receivable"
    """For each receivable: a line is what it would be in a letter of its own."""
    LETTER = "letter"
    """For the letter; its lines are allocated so that they sum to it."""


@attrs.frozen
class InterestPolicy:
    """What interest runs on what is overdue.

    Raises:
        InvalidType, InvalidValue: a field of another type, grace days below zero, `most` outside 0 to 1.

    >>> InterestPolicy(InterestRates.flat("0.10")).day_count.value
    'actual_365'
    """

    rates: InterestRates = attrs.field(validator=exactly(InterestRates))
    day_count: DayCount = attrs.field(default=DayCount.ACTUAL_365, validator=member(DayCount), kw_only=True)
    grace_days: int = attrs.field(default=0, validator=whole(0), kw_only=True)
    """So many days after the due date."""
    grace: Grace = attrs.field(default=Grace.FREE, validator=member(Grace), kw_only=True)
    cap: InterestRates | None = attrs.field(
        default=None, validator=attrs.validators.optional(exactly(InterestRates)), kw_only=True
    )
    """The most a year that the law allows, by day: where the rate is above it, it holds."""
    most: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio), kw_only=True)
    """The most in all, as a share of the amount of the receivable as raised."""
    bears: tuple[Component, ...] = attrs.field(
        default=(Component.PRINCIPAL,),
        converter=each_once,
        validator=attrs.validators.deep_iterable(member(Component)),
        kw_only=True,
    )
    """What bears interest; interest on interest only where INTEREST is named."""
    rounding: Rounding = attrs.field(default=Rounding.HALF_UP, validator=member(Rounding), kw_only=True)
    rounded_per: InterestRounding = attrs.field(
        default=InterestRounding.RECEIVABLE, validator=member(InterestRounding), kw_only=True
    )

    def rate_on(self, when: dt.date, /) -> Decimal:
        """Return the rate a year of a day, the cap regarded.

        Raises:
            Refused: the rates or the caps begin later.

        >>> from datetime import date
        >>> lpr = InterestRates.flat("0.03")
        >>> InterestPolicy(InterestRates.flat("0.24"), cap=lpr.times(4)).rate_on(date(2026, 3, 2))
        Decimal('0.12')
        """
        rate = self.rates.on(when)
        return rate if self.cap is None else min(rate, self.cap.on(when))


@attrs.frozen
class InterestPeriod:
    """Days in a row that bear interest on one base at one rate.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> days = InterestPeriod(date(2026, 3, 3), date(2026, 4, 1), Money.of("1000", "CNY"), Decimal("0.10"), year=365)
    >>> days.days, round(float(days.exact), 2)
    (30, 821.92)
    """

    first: dt.date
    last: dt.date
    """Both bear interest."""
    base: Money
    """What was open at the end of the day before, and so on each day."""
    rate: Decimal
    """A year."""
    year: int
    """The days that a year has to this rate."""

    @property
    def days(self) -> int:
        """How many bear interest."""
        return (self.last - self.first).days + 1

    @property
    def exact(self) -> Fraction:
        """The interest in minor units, not rounded."""
        return self.base.minor * Fraction(self.rate) * self.days / self.year


@attrs.frozen
class Interest:
    """What interest has run on a receivable up to and including a day.

    >>> from ltc.testing.samples.dunning import overdue_interest
    >>> found = overdue_interest()
    >>> [(period.days, str(period.base)) for period in found.periods], str(found.accrued)
    ([(30, '1000.00 CNY'), (30, '400.00 CNY')], '11.51 CNY')
    """

    receivable: ReceivableId
    until: dt.date
    periods: tuple[InterestPeriod, ...]
    """In order; days without a base or a rate are left out."""
    raised: Money
    """The amount of the receivable as raised."""
    most: Decimal | None
    """The most in all that the policy allows, as a share of it."""
    accrued: Money
    """Rounded."""
    charged: Money
    """What of it was made a receivable of its own by then."""

    @property
    def exact(self) -> Fraction:
        """In minor units, not rounded; at most what the policy allows in all."""
        run = sum((period.exact for period in self.periods), Fraction(0))
        return run if self.most is None else min(run, self.raised.minor * Fraction(self.most))

    @property
    def amount(self) -> Money:
        """What is left to charge; never below zero."""
        return max(self.accrued - self.charged, Money.zero(self.accrued.currency))

    @property
    def overcharged(self) -> Money:
        """What was charged too much: a payment became known later than the charge, or a dispute was opened."""
        return max(self.charged - self.accrued, Money.zero(self.accrued.currency))

    def say(self, locale: str, /) -> tuple[str, ...]:
        """Return its periods in a locale, a line each; their amounts sum to what has run.

        >>> from ltc.testing.samples.dunning import overdue_interest
        >>> overdue_interest().say("zh_CN")
        ('¥1,000.00按10%计息30天：¥8.22', '¥400.00按10%计息30天：¥3.29')
        """
        amounts = self.accrued.allocate([period.exact for period in self.periods]) if self.exact else ()
        return tuple(
            say(
                "interest.period",
                locale,
                days=period.days,
                base=period.base,
                rate=format_percent(period.rate, locale=locale),
                amount=amount,
            )
            for period, amount in zip(self.periods, amounts, strict=True)
        )


def interest(
    receivable: Receivable, /, *, policy: InterestPolicy, until: dt.date, without: Money | None = None
) -> Interest:
    """Return the interest that has run up to and including a day: a fold over what was open day by day, in periods.

    The day after the due date is the first that bears interest, the day of a payment the last on what it paid; nothing runs before
    the receivable was raised. A payment that became known later counts from its own day. `without` is an amount that bears none
    on any day: what is disputed.

    Raises:
        Refused: the rates of the policy begin after a day that bears interest.
        InvalidValue: `without` is below zero.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import receivable
    >>> policy = InterestPolicy(InterestRates.flat("0.10"))
    >>> interest(receivable(), policy=policy, until=date(2026, 5, 1)).say("en")
    ('60 days at 10% on CN¥30,000.00: CN¥493.15',)
    """
    spared = Money.zero(receivable.amount.currency) if without is None else without
    if spared.minor < 0:
        raise InvalidValue(
            "billing.below_zero", f"without is {spared}; give zero or more", name="without", amount=spared
        )
    periods = tuple(_periods(receivable, policy, day(until), spared))
    nothing = Money.zero(receivable.amount.currency)
    charged = receivable.charged_interest_as_of(until)
    run = Interest(receivable.id, until, periods, receivable.amount, policy.most, accrued=nothing, charged=charged)
    minor = divide(run.exact.numerator, run.exact.denominator, policy.rounding)
    return attrs.evolve(run, accrued=Money(minor, nothing.currency))


def _periods(receivable: Receivable, policy: InterestPolicy, until: dt.date, spared: Money) -> Iterable[InterestPeriod]:
    first = _first_day(receivable, policy, until)
    if first is None:
        return
    turns = sorted({first, *_turns(receivable, policy, first, until)})
    ends = [*(turn - _DAY for turn in turns[1:]), until]
    nothing = Money.zero(spared.currency)
    for begin, end in zip(turns, ends, strict=True):
        base = max(receivable.open_as_of(begin - _DAY) - spared, nothing)
        rate = policy.rate_on(begin) if base else Decimal(0)
        if base and rate:
            yield InterestPeriod(begin, end, base, rate, policy.day_count.days_of(begin.year))


def _first_day(receivable: Receivable, policy: InterestPolicy, until: dt.date) -> dt.date | None:
    """Return the first day that may bear interest, or None where none up to `until` does."""
    if receivable.component not in policy.bears:
        return None
    late = (until - receivable.due_on).days
    if late <= policy.grace_days:
        return None
    graced = receivable.due_on + policy.grace_days * _DAY
    waited = policy.grace is Grace.WAITS and receivable.open_as_of(graced)
    return (receivable.due_on if waited else graced) + _DAY


def _turns(receivable: Receivable, policy: InterestPolicy, first: dt.date, until: dt.date) -> Iterable[dt.date]:
    """Return the days after the first on which the base, the rate or the length of the year may be another one."""
    moved = {receivable.raised_on, *(entry.on for entry in receivable.entries)}
    tables = [policy.rates] if policy.cap is None else [policy.rates, policy.cap]
    years = [dt.date(year, 1, 1) for year in range(first.year + 1, until.year + 1)]
    days = [
        *(moved_on + _DAY for moved_on in moved if moved_on < until),
        *(step.first for table in tables for step in table.steps),
        *(years if policy.day_count is DayCount.ACTUAL_ACTUAL else ()),
    ]
    return (turn for turn in days if first < turn <= until)
