"""Due rules: when something is due, as a value that is stored with the terms, applied to a day, and explained in words."""

import datetime as dt
from typing import Any, Final

import attrs

from ltc._calendars.due_text import clause, counted, day_named, rolled, start
from ltc._calendars.inputs import CENTURY, as_count, shown
from ltc._calendars.months import add_period, day_of_month, end_of_month, next_day_of_month
from ltc._calendars.workdays import BusinessCalendar, Roll, roll
from ltc._moments import day as as_day
from ltc.errors import InvalidType, InvalidValue
from ltc.text import format_date

_MONTHS: Final = 1_200


def _days(_rule: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    as_count(value, attribute.name, 0, CENTURY)


def _either_way(_rule: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    as_count(value, attribute.name, -CENTURY, CENTURY)


def _months(_rule: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    as_count(value, attribute.name, 0, _MONTHS)


def _day(_rule: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    as_count(value, attribute.name, 1, 31)


def _on(_rule: object, _attribute: "attrs.Attribute[dt.date]", value: dt.date) -> None:
    as_day(value)


def _is_roll(_rule: object, _attribute: "attrs.Attribute[Roll]", value: Any) -> None:
    if not isinstance(value, Roll):
        raise InvalidType(
            "calendars.roll",
            f"{shown(value)} is no Roll; use one such as Roll.FOLLOWING",
            value=shown(value),
        )


def _rolled(day: dt.date, how: Roll, calendar: BusinessCalendar | None) -> dt.date:
    if how is Roll.NONE:
        return day
    if calendar is None:
        raise InvalidValue(
            "calendars.no_calendar",
            f"a rule that rolls {how.value} needs a calendar; pass one such as Weekly()",
            roll=how.value,
        )
    return roll(day, calendar, how)


@attrs.frozen
class NetDays:
    """So many days after the start date; before it, where negative (payment in advance).

    >>> import datetime as dt
    >>> NetDays(30).due(dt.date(2022, 1, 31)), NetDays(30).explain("en"), NetDays(30).explain("zh_CN")
    (datetime.date(2022, 3, 2), '30 days after the start date', '起算日后30天')
    """

    days: int = attrs.field(validator=_either_way)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due, reckoned from `base`; a rule that rolls needs the calendar.

        Raises:
            InvalidValue: it rolls and has no calendar, or the day leaves the years 1 to 9999.
        """
        return _rolled(add_period(base, days=self.days), self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words, in Chinese for a Chinese locale and in English for every other."""
        return rolled(locale, start(locale, self.days), self.roll)


@attrs.frozen
class NetMonths:
    """So many months after the start date, on the same day of the month, or the last one of a shorter month.

    >>> import datetime as dt
    >>> NetMonths(12).due(dt.date(2024, 2, 29)), NetMonths(12).explain("en")
    (datetime.date(2025, 2, 28), '12 months after the start date')
    """

    months: int = attrs.field(validator=_months)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due, reckoned from `base`; otherwise as `NetDays.due`."""
        return _rolled(add_period(base, months=self.months), self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words; otherwise as `NetDays.explain`."""
        period = counted(locale, self.months, "month")
        return rolled(locale, clause(locale, "after", period=period), self.roll)


@attrs.frozen
class EndOfMonth:
    """The end of the month, and so many days more: 45 days end of month. With `after_days`, those pass before the month is taken.

    Source: Odoo's payment terms.

    >>> import datetime as dt
    >>> EndOfMonth(45).due(dt.date(2019, 1, 15)), EndOfMonth(after_days=30).due(dt.date(2019, 1, 15))
    (datetime.date(2019, 3, 17), datetime.date(2019, 2, 28))
    >>> EndOfMonth(45).explain("en")
    'from the start date, the end of that month and 45 days more'
    """

    days: int = attrs.field(default=0, validator=_days)
    after_days: int = attrs.field(default=0, validator=_days)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due, reckoned from `base`; otherwise as `NetDays.due`."""
        month = add_period(base, days=self.after_days)
        return _rolled(add_period(end_of_month(month), days=self.days), self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words; otherwise as `NetDays.explain`."""
        rule = clause(locale, "month_end", start=start(locale, self.after_days))
        if self.days:
            rule = clause(locale, "later", rule=rule, period=counted(locale, self.days, "day"))
        return rolled(locale, rule, self.roll)


@attrs.frozen
class DayOfMonth:
    """A day of the month of the start date, or of `months` later; the last day where the month is shorter, so 31 is its end.

    With `after_days`, those pass before the month is taken.

    Source: Odoo's payment terms.

    >>> import datetime as dt
    >>> DayOfMonth(31).due(dt.date(2019, 1, 1)), DayOfMonth(1, months=1).due(dt.date(2019, 1, 31))
    (datetime.date(2019, 1, 31), datetime.date(2019, 2, 1))
    >>> rule = DayOfMonth(31, months=1, after_days=30)
    >>> rule.due(dt.date(2023, 12, 12)), rule.explain("en")
    (datetime.date(2024, 2, 29), 'from 30 days after the start date, the last day of the next month')
    """

    day: int = attrs.field(validator=_day)
    months: int = attrs.field(default=0, validator=_months)
    after_days: int = attrs.field(default=0, validator=_days)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due, reckoned from `base`; otherwise as `NetDays.due`.

        It may lie before `base`: day 5 of the month of the 20th.
        """
        month = add_period(add_period(base, days=self.after_days), months=self.months)
        return _rolled(day_of_month(month, self.day), self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words; otherwise as `NetDays.explain`."""
        which = ("this_month", "next_month", "later_month")[min(self.months, 2)]
        begin, day = start(locale, self.after_days), day_named(locale, self.day)
        rule = clause(locale, which, start=begin, day=day, months=counted(locale, self.months, "month"))
        return rolled(locale, rule, self.roll)


@attrs.frozen
class NextDayOfMonth:
    """The next such day of a month, on or after the start date; in a shorter month its last day counts.

    With `after_days`, those pass first.

    Source: Odoo's payment terms.

    >>> import datetime as dt
    >>> rule = NextDayOfMonth(15, after_days=31)
    >>> rule.due(dt.date(2019, 1, 31)), rule.explain("en")
    (datetime.date(2019, 3, 15), 'from 31 days after the start date, the next time it is day 15 of a month')
    """

    day: int = attrs.field(validator=_day)
    after_days: int = attrs.field(default=0, validator=_days)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due, reckoned from `base`; otherwise as `NetDays.due`."""
        return _rolled(next_day_of_month(add_period(base, days=self.after_days), self.day), self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words; otherwise as `NetDays.explain`."""
        rule = clause(locale, "next_day", start=start(locale, self.after_days), day=day_named(locale, self.day))
        return rolled(locale, rule, self.roll)


@attrs.frozen
class FixedDate:
    """A day that was agreed, whatever the start date is.

    >>> import datetime as dt
    >>> FixedDate(dt.date(2026, 12, 31)).explain("zh_CN")
    '2026年12月31日'
    """

    on: dt.date = attrs.field(validator=_on)
    roll: Roll = attrs.field(default=Roll.NONE, validator=_is_roll)

    def due(self, base: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the day that is due; `base` must be a day and is otherwise not used."""
        as_day(base)
        return _rolled(self.on, self.roll, calendar)

    def explain(self, locale: str, /) -> str:
        """Return the rule in words; otherwise as `NetDays.explain`."""
        return rolled(locale, format_date(self.on, locale=locale), self.roll)


DueRule = NetDays | NetMonths | EndOfMonth | DayOfMonth | NextDayOfMonth | FixedDate
"""Any of the due rules: what a plan's terms store."""
