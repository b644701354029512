"""Recurring charges 周期计费: billing periods anchored on a cycle day, pro-rated by day, in advance or in arrears."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.plans.due import Due, check_rule
from ltc._billing.plans.schedule import Installment, Schedule
from ltc._billing.plans.service_period import BillingInterval, BillingMode, ServicePeriod
from ltc._fields import member, whole
from ltc.calendars import DueRule, FixedDate, NetDays, Roll, add_period, day_of_month, periods_between
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.money import Money, divide, total
from ltc.text import say

_MOST: Final = 10_000
_LONGEST_MONTH: Final = 31


@attrs.frozen(kw_only=True)
class Recurring:
    """A price for every period of a service, from a day on.

    Periods of months begin on the cycle day, in a shorter month on its last day: 31 is the end of any month, and nothing drifts.
    What is served of a period that began before the service, or ends after it, is charged by the day. Made by `recurring`.

    Raises:
        InvalidValue: not exactly one of months and days, a cycle day of a period of days, or an end before the start.

    Source: Kill Bill's billing intervals. There a part is of the days of an unaligned period (from 28 February back to 28 January,
    though the cycle day is the 31st); here of those between two cycle days, so that the parts of a period sum to it.

    >>> from ltc.testing.samples.billing import subscription
    >>> [str(period.start) for period in subscription().periods(dt.date(2026, 5, 1))]
    ['2026-03-02', '2026-03-15', '2026-04-15']
    """

    price: Money = attrs.field(validator=above_zero)
    """Of a whole period."""
    start: dt.date = attrs.field(converter=day)
    months: int = attrs.field(default=0, validator=whole(0))
    days: int = attrs.field(default=0, validator=whole(0))
    cycle_day: int | None = attrs.field(default=None, validator=attrs.validators.optional(whole(1)))
    """The day of the month on which periods begin, 1 to 31; None: that of the start."""
    end: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(day))
    """The first day that is no longer served; None: open."""
    anchor: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(day))
    """A day on which a period begins, where that does not follow from the start: the service goes on from another one."""
    mode: BillingMode = attrs.field(default=BillingMode.IN_ADVANCE, validator=member(BillingMode))

    def __attrs_post_init__(self) -> None:
        _check_one_of(self.months, self.days)
        if self.cycle_day is not None and (self.days or self.cycle_day > _LONGEST_MONTH):
            raise InvalidValue(
                "recurring.cycle_day",
                f"{self.cycle_day} is no cycle day; use 1 to 31 for periods of months, none for periods of days",
                cycle_day=self.cycle_day,
            )
        if self.end is not None and self.end < self.start:
            raise _backwards(self.start, self.end)

    @property
    def first_cycle(self) -> dt.date:
        """The first day on or after the start on which a period begins.

        >>> monthly = {"price": Money.of("1", "CNY"), "months": 12, "cycle_day": 17}
        >>> Recurring(start=dt.date(2012, 1, 16), **monthly).first_cycle
        datetime.date(2012, 1, 17)
        """
        begins = self._anchored
        if self.days:
            number = (self.start - begins).days // self.days
        else:
            months = 12 * (self.start.year - begins.year) + self.start.month - begins.month
            number = months // self.months - 1
        while (first := self._after(begins, number)) < self.start:
            number += 1
        return first

    def cycle(self, number: int, /) -> dt.date:
        """Return the day on which a period begins: 0 is the first cycle, -1 the one before it; anchored, never chained.

        >>> ends = Recurring(price=Money.of("1", "CNY"), start=dt.date(2026, 1, 31), months=1)
        >>> [str(ends.cycle(number)) for number in (-1, 0, 1, 2)]
        ['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31']
        """
        return self._after(self.first_cycle, number)

    def interval(self, until: dt.date, /) -> BillingInterval:
        """Return what is billed up to a day: in advance the period in which it lies, too, in arrears what is over by then.

        A service whose end has come is billed to its end, on that day and every later one: what one day bills, a later day does too.

        Source: Kill Bill's billing intervals. There a service in arrears that ends before its first cycle day is billed on the very
        day of its end, and then not before that cycle day; here a run that is late by a day bills no less.

        >>> arrears = {"price": Money.of("1", "CNY"), "months": 1, "cycle_day": 13, "mode": BillingMode.IN_ARREARS}
        >>> Recurring(start=dt.date(2012, 1, 16), **arrears).interval(dt.date(2012, 2, 13)).end
        datetime.date(2012, 2, 13)
        """
        end = self._billed_to(until)
        return BillingInterval(end, self.first_cycle if end is None else self.cycle(self._number(end) + 1))

    def periods(self, until: dt.date | None = None, /) -> tuple[ServicePeriod, ...]:
        """Return the periods that are billed up to a day, in order; without one all of a service that has an end.

        Within a period amounts are rounded once, as the difference of what is due up to the end and up to the start: however a
        period is split, its parts sum to the price.

        Raises:
            InvalidValue: the day is before the start, no day and no end, or over 10,000 periods.

        >>> quarter = Recurring(price=Money.of("100", "CNY"), start=dt.date(2026, 1, 1), months=3, end=dt.date(2026, 5, 1))
        >>> [(str(period.amount), str(period.fraction)) for period in quarter.periods()]
        [('100.00 CNY', '1'), ('32.97 CNY', '30/91')]
        """
        return tuple(self._periods(self._last_day(until)))

    def schedule(self, until: dt.date | None = None, /, *, due: DueRule | None = None) -> Schedule:
        """Return the periods as a schedule that a plan can adopt: each an installment with an agreed day.

        Each is due when it is billed, or when the rule says, counted from that day; a rule that rolls does so when the installment
        is raised. The label is the days of the period, `2026-03-15/2026-04-14`.

        Raises:
            InvalidValue: as `periods`; no period at all.

        >>> from ltc.testing.samples.billing import subscription
        >>> schedule = subscription().schedule(dt.date(2026, 3, 20), due=NetDays(30))
        >>> str(schedule.total), schedule.explain("en")[0]
        ('439.29 CNY', 'installment 1: CN¥139.29, Apr 1, 2026 (2026-03-02/2026-03-14)')
        """
        rule = NetDays(0) if due is None else due
        check_rule("due", rule)
        plain = attrs.evolve(rule, roll=Roll.NONE)
        made = self.periods(until)
        if not made:
            raise InvalidValue(
                "recurring.nothing", "nothing is to be billed yet; ask for a later day", start=self.start
            )
        parts = tuple(
            Installment(
                number,
                period.amount,
                Due(None, FixedDate(plain.due(period.bill_on), rule.roll)),
                f"{period.start}/{period.last}",
            )
            for number, period in enumerate(made, 1)
        )
        return Schedule(total((part.amount for part in parts), self.price.currency), parts)

    def split(self, on: dt.date, /) -> tuple["Recurring", "Recurring"]:
        """Return the service before a day and from that day on, in the same periods: the two cost what the whole does.

        A new price from a day on is the second with another one.

        Raises:
            InvalidValue: the day is outside the service.

        >>> quarter = Recurring(price=Money.of("100", "CNY"), start=dt.date(2026, 1, 1), months=3, end=dt.date(2026, 4, 1))
        >>> [str(piece.periods()[0].amount) for piece in quarter.split(dt.date(2026, 2, 10))]
        ['44.44 CNY', '55.56 CNY']
        """
        before = attrs.evolve(self, end=self._served(on))
        return before, attrs.evolve(
            self, start=on, anchor=self.first_cycle, cycle_day=None if self.days else self._cycle_day
        )

    def unused(self, since: dt.date, /) -> Money:
        """Return the price of what is left of the period in which a day lies: what to give back of one that was billed in advance.

        The day itself is not used. On the day on which a new period begins nothing of that is, for it is billed on that day; a service
        whose `end` is that day has no new period, and nothing is left.

        Source: Lago's credit for an unused period.

        >>> monthly = Recurring(price=Money.of("200", "CNY"), start=dt.date(2025, 9, 18), days=30)
        >>> [str(monthly.unused(dt.date(2025, *since))) for since in ((9, 19), (10, 17), (10, 18))]
        ['193.33 CNY', '6.67 CNY', '200.00 CNY']
        >>> str(attrs.evolve(monthly, end=dt.date(2025, 10, 18)).unused(dt.date(2025, 10, 18)))
        '0.00 CNY'
        """
        number = self._number(self._served(since))
        begins, ends = self.cycle(number), self.cycle(number + 1)
        billed_to = ends if self.end is None else min(self.end, ends)
        return self._amount(min(since, billed_to), billed_to, begins, ends)

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> from ltc.testing.samples.billing import subscription
        >>> subscription().explain("en")
        'CN¥300.00 every 1 month from Mar 2, 2026, in advance, periods begin on day 15'
        >>> subscription().explain("zh_CN")
        '自2026年3月2日起每1个月¥300.00，预付，计费日为15日'
        """
        every = say(
            "terms.every_months" if self.months else "terms.every_days", locale, months=self.months, days=self.days
        )
        code = "recurring.explain_days" if self.days else "recurring.explain_months"
        mode = say(f"recurring.{self.mode.value}", locale)
        return say(code, locale, price=self.price, every=every, start=self.start, mode=mode, day=self._cycle_day)

    @property
    def _cycle_day(self) -> int:
        return (self.anchor or self.start).day if self.cycle_day is None else self.cycle_day

    @property
    def _anchored(self) -> dt.date:
        if self.days:
            return self.anchor or self.start
        return day_of_month(self.anchor or self.start, self._cycle_day)

    def _after(self, cycle: dt.date, number: int) -> dt.date:
        if self.days:
            return add_period(cycle, days=self.days * number)
        return day_of_month(add_period(cycle, months=self.months * number), self._cycle_day)

    def _number(self, on: dt.date) -> int:
        """Return the number of the cycle in which a day lies; -1 is what begins before the first."""
        first = self.first_cycle
        if on < first:
            return -1
        number = periods_between(first, on, months=self.months, days=self.days)
        return number if self.cycle(number) <= on else number - 1  # a first cycle on the 28th may be one of the 31st

    def _billed_to(self, until: dt.date) -> dt.date | None:
        if self.end == self.start:
            return None
        return self._ahead(until) if self.mode is BillingMode.IN_ADVANCE else self._behind(until)

    def _ahead(self, until: dt.date) -> dt.date:
        ahead = self.cycle(self._number(until) + 1)
        return ahead if self.end is None else min(self.end, ahead)

    def _behind(self, until: dt.date) -> dt.date | None:
        if self.end is not None and self.end <= until:
            return self.end
        return None if until < self.first_cycle else self.cycle(self._number(until))

    def _last_day(self, until: dt.date | None) -> dt.date:
        if until is not None:
            return self._served(until)
        if self.end is None:
            raise InvalidValue(
                "recurring.open", f"the service from {self.start} on has no end; say until when", start=self.start
            )
        return self.end

    def _served(self, on: dt.date) -> dt.date:
        if day(on) < self.start:
            raise InvalidValue(
                "recurring.before",
                f"{on} is before the service starts on {self.start}; use that day or a later one",
                on=on,
                start=self.start,
            )
        return on

    def _periods(self, until: dt.date) -> Iterator[ServicePeriod]:
        start, billed_to = self.start, self._billed_to(until)
        if billed_to is None:
            return
        first, last = self._number(start), self._number(billed_to)
        if last - first > _MOST:
            raise InvalidValue(
                "recurring.too_many", f"over {_MOST} periods are too many; ask for an earlier day", most=_MOST
            )
        for number in range(first, last + 1):
            begins, ends = self.cycle(number), self.cycle(number + 1)
            end = min(ends, billed_to)
            if start < end:
                fraction = Fraction((end - start).days, (ends - begins).days)
                bill_on = start if self.mode is BillingMode.IN_ADVANCE else end
                yield ServicePeriod(start, end, fraction, self._amount(start, end, begins, ends), bill_on)
                start = end

    def _amount(self, start: dt.date, end: dt.date, begins: dt.date, ends: dt.date) -> Money:
        days = (ends - begins).days
        due_by_end, due_by_start = (divide(self.price.minor * (by - begins).days, days) for by in (end, start))
        return Money(due_by_end - due_by_start, self.price.currency)


def recurring(
    price: Money,
    /,
    *,
    start: dt.date,
    months: int = 0,
    days: int = 0,
    cycle_day: int | None = None,
    end: dt.date | None = None,
    anchor: dt.date | None = None,
    mode: BillingMode = BillingMode.IN_ADVANCE,
) -> Recurring:
    """Return a price for every so many months or days of a service, from a day on, to the day before `end`.

    Raises:
        InvalidValue: as `Recurring`.

    >>> year = recurring(Money.of("365.00", "CNY"), start=dt.date(2026, 3, 2), months=12, end=dt.date(2026, 12, 2))
    >>> [str(period.amount) for period in year.periods()]
    ['275.00 CNY']
    """
    return Recurring(
        price=price, start=start, months=months, days=days, cycle_day=cycle_day, end=end, anchor=anchor, mode=mode
    )


def period_fraction(start: dt.date, end: dt.date, /, *, months: int = 0, days: int = 0) -> Fraction:
    """Return the days between two days over the days of the period that begins on the first; over 1 where they are more.

    Raises:
        InvalidValue: the end is before the start, or not exactly one of months and days is given.

    Source: Kill Bill's trailing pro-ration.

    >>> period_fraction(dt.date(2012, 3, 2), dt.date(2012, 6, 2), months=1)
    Fraction(92, 31)
    """
    _check_one_of(months, days)
    if day(end) < day(start):
        raise _backwards(start, end)
    return Fraction((end - start).days, (add_period(start, months=months, days=days) - start).days)


def _check_one_of(months: int, days: int) -> None:
    if (months > 0) is (days > 0):
        raise InvalidValue(
            "recurring.every", "a period is so many months or so many days; give one of the two, of 1 or more"
        )


def _backwards(start: dt.date, end: dt.date) -> InvalidValue:
    return InvalidValue(
        "recurring.ends_before",
        f"the service would end on {end}, before it starts on {start}; use that day or a later one",
        start=start,
        end=end,
    )
