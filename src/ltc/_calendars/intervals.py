"""The hours of a day on the wall clock, and of the days of a week."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, Self

import attrs

from ltc._calendars.inputs import shown
from ltc._calendars.workdays import WEEK
from ltc.errors import InvalidType, InvalidValue

_NONE: Final = dt.timedelta()
_DAY: Final = dt.timedelta(days=1)
_MIDNIGHT: Final = dt.time()
_ANY_DAY: Final = dt.date(2000, 1, 1)

Span = tuple[dt.datetime, dt.datetime]


def _wall_time(value: dt.time) -> dt.time:
    if type(value) is not dt.time or value.tzinfo is not None:
        raise InvalidType(
            "calendars.time", f"{shown(value)} is no wall time; pass a time without zone", value=shown(value)
        )
    return value.replace(fold=0)


@attrs.frozen
class Interval:
    """A stretch of a day on the wall clock, from `start` to before `end`; 00:00 as the end is the midnight that follows.

    Raises:
        InvalidValue: it ends before it starts: hours over midnight are two intervals, of two days.

    >>> Interval.of("09:00-12:00")
    Interval(start=datetime.time(9, 0), end=datetime.time(12, 0))
    >>> Interval.of("22:00-06:00")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 22:00 to 06:00 is no stretch of one day; end after the start, at 00:00 the latest
    """

    start: dt.time = attrs.field(converter=_wall_time)
    end: dt.time = attrs.field(converter=_wall_time)
    length: dt.timedelta = attrs.field(init=False, eq=False, repr=False)
    """Without a clock change."""

    @length.default
    def _nominal(self) -> dt.timedelta:
        start, end = self.on(_ANY_DAY)
        return end - start

    def __attrs_post_init__(self) -> None:
        if self.length <= _NONE:
            raise InvalidValue(
                "calendars.interval",
                f"{self.start:%H:%M} to {self.end:%H:%M} is no stretch of one day; "
                "end after the start, at 00:00 the latest",
                start=f"{self.start:%H:%M}",
                end=f"{self.end:%H:%M}",
            )

    @classmethod
    def of(cls, text: str, /) -> Self:
        """Read an interval such as "09:00-12:00"; "18:00-00:00" lasts until midnight."""
        try:
            start, end = text.split("-")
            return cls(dt.time.fromisoformat(start), dt.time.fromisoformat(end))
        except (ValueError, AttributeError) as error:
            if isinstance(error, InvalidValue):
                raise
            raise InvalidValue(
                "calendars.interval_syntax",
                f"{shown(text)} is no interval; write it as in 09:00-12:00",
                value=shown(text),
            ) from None

    def on(self, day: dt.date, /) -> Span:
        """Return the naive local times from which to which it lasts on a day."""
        end = dt.datetime.combine(day, self.end)
        return dt.datetime.combine(day, self.start), end if self.end != _MIDNIGHT else end + _DAY


Intervals = tuple[Interval, ...]


def in_order(_hours: object, attribute: "attrs.Attribute[Any]", intervals: Intervals) -> None:
    """Check that the intervals of a day follow one another without overlap; they may touch."""
    for earlier, later in pairwise(intervals):
        if earlier.end == _MIDNIGHT or later.start < earlier.end:
            raise InvalidValue(
                "calendars.overlap",
                f"the intervals of {attribute.name} overlap at {later.start:%H:%M}; give them in order, apart",
                name=attribute.name,
                at=f"{later.start:%H:%M}",
            )


def seven_days(hours: object, attribute: "attrs.Attribute[Any]", week: tuple[Intervals, ...]) -> None:
    """Check that a week has seven days, hours on one of them at least, and no overlap on any."""
    if len(week) != len(WEEK) or not any(week):
        raise InvalidValue(
            "calendars.week",
            f"a week of {len(week)} days, {sum(map(bool, week))} of them with hours, is no working week; "
            "give 7 tuples of intervals from Monday on, at least one not empty",
            days=len(week),
        )
    for intervals in week:
        in_order(hours, attribute, intervals)


def week_of(week: Iterable[Iterable[Interval]]) -> tuple[Intervals, ...]:
    """Return the days of a week as tuples."""
    return tuple(map(as_intervals, week))


def as_intervals(intervals: Iterable[Interval]) -> Intervals:
    """Return the intervals of a day as a tuple, each checked to be one."""
    given = tuple(intervals)
    for interval in given:
        if not isinstance(interval, Interval):
            raise InvalidType(
                "calendars.interval_type",
                f"{shown(interval)} is no interval; pass one such as Interval.of('09:00-12:00')",
                value=shown(interval),
            )
    return given
