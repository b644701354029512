"""Workdays: the protocol of a business calendar, a plain one, and what is reckoned with any of them."""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Any, Final, Protocol

import attrs

from ltc._calendars.inputs import CENTURY, as_count, out_of_years, shown
from ltc._moments import day as as_day
from ltc.errors import InvalidType, InvalidValue

_DAY: Final = dt.timedelta(days=1)
PATIENCE: Final = 366  # days without a workday after which a calendar is taken to have none


class BusinessCalendar(Protocol):
    """What tells workdays from days off.

    An implementer guarantees that the same day always gets the same answer, for every day of the years 1 to 9999, and that a
    workday comes within any 366 days.

    >>> import datetime as dt
    >>> class FourDayWeek:
    ...     def is_workday(self, day: dt.date, /) -> bool:
    ...         return day.weekday() < 4
    >>> roll(dt.date(2026, 11, 27), FourDayWeek(), Roll.FOLLOWING)
    datetime.date(2026, 11, 30)
    """

    def is_workday(self, day: dt.date, /) -> bool:
        """Whether business is done on this day."""


class Weekday(Enum):
    """A day of the week, Monday first.

    >>> import datetime as dt
    >>> Weekday.of(dt.date(2026, 11, 28))
    <Weekday.SATURDAY: 'saturday'>
    """

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @staticmethod
    def of(day: dt.date, /) -> "Weekday":
        """Return the weekday of a day."""
        return WEEK[day.weekday()]


WEEK: Final = tuple(Weekday)
SATURDAY_SUNDAY: Final = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})


def days_set(days: Iterable[dt.date]) -> frozenset[dt.date]:
    """Return days as a set, each checked to be one."""
    return frozenset(map(as_day, days))


def apart(calendar: Any, _attribute: "attrs.Attribute[Any]", workdays: frozenset[dt.date]) -> None:
    """Check that no day is given both as a holiday and as a workday."""
    both = calendar.holidays & workdays
    if both:
        raise InvalidValue(
            "calendars.both", f"{min(both)} is given as a holiday and as a workday; keep one", day=min(both)
        )


def _weekend(weekend: Iterable[Weekday]) -> frozenset[Weekday]:
    days = frozenset(weekend)
    for day in days:
        if not isinstance(day, Weekday):
            raise InvalidType(
                "calendars.weekday",
                f"{shown(day)} is no Weekday; use one such as Weekday.SATURDAY",
                value=shown(day),
            )
    if len(days) == len(WEEK):
        raise InvalidValue("calendars.weekend", "a weekend of seven days leaves no workday; leave at least one out")
    return days


@attrs.frozen
class Weekly:
    """A plain calendar: the same weekend every week, with one's own holidays and make-up workdays 调休.

    Raises:
        InvalidValue: the weekend has seven days, or a day is both a holiday and a workday.

    >>> import datetime as dt
    >>> calendar = Weekly(holidays={dt.date(2026, 10, 1)}, workdays={dt.date(2026, 10, 10)})
    >>> [calendar.is_workday(dt.date(2026, 10, day)) for day in (1, 2, 3, 10)]
    [False, True, False, True]
    """

    weekend: frozenset[Weekday] = attrs.field(default=SATURDAY_SUNDAY, converter=_weekend)
    holidays: frozenset[dt.date] = attrs.field(default=frozenset(), converter=days_set)
    """Days off that the weekend would not give."""
    workdays: frozenset[dt.date] = attrs.field(default=frozenset(), converter=days_set, validator=apart)
    """Workdays that the weekend would take."""

    def is_workday(self, day: dt.date, /) -> bool:
        """Whether business is done on this day."""
        as_day(day)
        if WEEK[day.weekday()] in self.weekend:
            return day in self.workdays
        return day not in self.holidays


class Roll(Enum):
    """Where a day goes that is no workday.

    >>> import datetime as dt
    >>> saturday = dt.date(2026, 10, 31)
    >>> [str(roll(saturday, Weekly(), how)) for how in Roll]
    ['2026-10-31', '2026-11-02', '2026-10-30', '2026-10-30']
    """

    NONE = "none"
    """It stays."""
    FOLLOWING = "following"
    """To the next workday."""
    PRECEDING = "preceding"
    """To the workday before."""
    MODIFIED_FOLLOWING = "modified_following"
    """To the next workday, or the one before where the next is in another month."""


def roll(day: dt.date, calendar: BusinessCalendar, how: Roll = Roll.FOLLOWING, /) -> dt.date:
    """Return the day itself where it is a workday, or the one it rolls to. Rolling twice is rolling once.

    Raises:
        InvalidValue: the calendar has no workday within 366 days, or none in the years 1 to 9999.

    Source: the ISDA business day conventions.

    >>> import datetime as dt
    >>> roll(dt.date(2026, 11, 28), Weekly())
    datetime.date(2026, 11, 30)
    """
    as_day(day)
    match how:
        case Roll.NONE:
            return day
        case Roll.FOLLOWING:
            return _on_or_next(day, calendar, _DAY)
        case Roll.PRECEDING:
            return _on_or_next(day, calendar, -_DAY)
        case Roll.MODIFIED_FOLLOWING:
            return _within_month(day, calendar)
        case _:
            raise InvalidType(
                "calendars.roll",
                f"{shown(how)} is no Roll; use one such as Roll.FOLLOWING",
                value=shown(how),
            )


def _within_month(day: dt.date, calendar: BusinessCalendar) -> dt.date:
    following = _on_or_next(day, calendar, _DAY)
    return following if following.month == day.month else _on_or_next(day, calendar, -_DAY)


def _on_or_next(day: dt.date, calendar: BusinessCalendar, step: dt.timedelta) -> dt.date:
    candidate = day
    for _ in range(PATIENCE):
        if calendar.is_workday(candidate):
            return candidate
        candidate = _step(candidate, step)
    raise no_workday(day)


def _step(day: dt.date, step: dt.timedelta) -> dt.date:
    try:
        return day + step
    except OverflowError:
        raise out_of_years(f"the workday after or before {day}") from None


def no_workday(day: dt.date) -> InvalidValue:
    """Return the error for a calendar that never works."""
    return InvalidValue(
        "calendars.no_workday",
        f"the calendar has no workday within {PATIENCE} days of {day}; check its weekend and holidays",
        day=day,
        within=PATIENCE,
    )


def add_workdays(day: dt.date, n: int, calendar: BusinessCalendar, /) -> dt.date:
    """Return the `n`-th workday strictly after a day; before it, where `n` is negative; the day itself for 0. Linear in `n`.

    Raises:
        InvalidValue: over 36,525 workdays (a century and more), or the calendar has none.

    >>> import datetime as dt
    >>> add_workdays(dt.date(2026, 11, 27), 1, Weekly()), add_workdays(dt.date(2026, 11, 28), -1, Weekly())
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 27))
    """
    reached = as_day(day)
    as_count(n, "n", -CENTURY, CENTURY)
    step = _DAY if n > 0 else -_DAY
    for _ in range(abs(n)):
        reached = _on_or_next(_step(reached, step), calendar, step)
    return reached


def workdays_between(start: dt.date, end: dt.date, calendar: BusinessCalendar, /) -> int:
    """Return how many workdays lie after `start` up to and including `end`; negative where `end` is earlier, then without `start`.

    Inverse of `add_workdays`: `workdays_between(day, add_workdays(day, n, calendar), calendar) == n`. Linear in the days.

    Raises:
        InvalidValue: the days are over a century apart.

    >>> import datetime as dt
    >>> workdays_between(dt.date(2026, 11, 27), dt.date(2026, 12, 4), Weekly())
    5
    """
    distance = (as_day(end) - as_day(start)).days
    as_count(distance, "the distance in days", -CENTURY, CENTURY)
    sign = 1 if distance > 0 else -1
    days = (start + dt.timedelta(days=sign * offset) for offset in range(1, abs(distance) + 1))
    return sign * sum(map(calendar.is_workday, days))
