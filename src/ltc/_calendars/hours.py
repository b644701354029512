"""Working hours: a promise of so many hours, kept over nights, lunch breaks, weekends, holidays and both clock changes.

An instant is working time where the clock on the wall shows a time inside an interval of a workday. So a skipped hour is no working
time and an hour that comes twice counts twice; what is added and measured is time that really passes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, Self
from zoneinfo import ZoneInfo

import attrs

from ltc._calendars.days import as_utc, clock_change, day_in, offset_at, wall_in
from ltc._calendars.inputs import as_zone, out_of_years, shown
from ltc._calendars.intervals import Interval, Intervals, Span, as_intervals, in_order, seven_days, week_of
from ltc._calendars.workdays import PATIENCE, WEEK, BusinessCalendar, Weekday, no_workday
from ltc._moments import instant as as_instant
from ltc.errors import InvalidType, InvalidValue

_NONE: Final = dt.timedelta()
_DAY: Final = dt.timedelta(days=1)
_MIDNIGHT: Final = dt.time()
_MIDNIGHT_AGAIN: Final = dt.time(fold=1)  # where clocks go back over midnight: the second one
HORIZON: Final = dt.timedelta(days=18_263)
"""Fifty years: working time is not reckoned further, so that every call ends."""
_FIRST: Final = dt.datetime.combine(dt.date.min, dt.time.min)
_LAST: Final = dt.datetime.combine(dt.date.max, dt.time.max)
_WORKWEEK: Final = WEEK[:5]


def _zone(_hours: object, _attribute: object, zone: str) -> None:
    as_zone(zone)


@attrs.frozen
class WorkingHours:
    """When work is done, and the reckoning in that time: `add` and `elapsed` are inverses.

    Raises:
        InvalidValue: an unknown zone, a week without hours, intervals that overlap.

    >>> import datetime as dt
    >>> from zoneinfo import ZoneInfo
    >>> office = WorkingHours.of("Asia/Shanghai", "09:00-18:00")
    >>> saturday = dt.datetime(2026, 11, 28, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    >>> office.add(saturday, dt.timedelta(hours=1)).astimezone(ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-11-30T10:00:00+08:00'
    """

    zone: str = attrs.field(validator=_zone)
    """The IANA name of the time zone whose clock hangs on the wall."""
    week: tuple[Intervals, ...] = attrs.field(converter=week_of, validator=seven_days)
    """The intervals of each day, Monday first."""
    calendar: BusinessCalendar | None = None
    """Which days are workdays; None: those that have hours, all year."""
    makeup_hours: Intervals = attrs.field(converter=as_intervals, validator=in_order)
    """The hours of a workday whose weekday has none, as a make-up Saturday 调休; the week's first working day's unless given."""

    @makeup_hours.default
    def _as_the_first_working_day(self) -> Intervals:
        return next(filter(None, self.week), ())

    @classmethod
    def of(
        cls,
        zone: str,
        /,
        *intervals: str,
        days: Iterable[Weekday] = _WORKWEEK,
        calendar: BusinessCalendar | None = None,
    ) -> Self:
        """Return hours that are the same on each of some weekdays, Monday to Friday by default.

        >>> from ltc.calendars import country
        >>> office = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "13:00-18:00", calendar=country("CN"))
        >>> [sum(interval.length.seconds for interval in day) // 3600 for day in office.week]
        [8, 8, 8, 8, 8, 0, 0]
        """
        worked, same = set(days), tuple(map(Interval.of, intervals))
        return cls(zone, tuple(same if day in worked else () for day in WEEK), calendar)

    def covers(self, at: dt.datetime, /) -> bool:
        """Whether an instant is working time.

        >>> import datetime as dt
        >>> WorkingHours.of("Asia/Shanghai", "09:00-18:00").covers(dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC))
        False
        """
        wall = wall_in(as_instant(at), as_zone(self.zone))
        return any(start <= wall < end for start, end in (part.on(wall.date()) for part in self._plan(wall.date())))

    def add(self, start: dt.datetime, duration: dt.timedelta, /) -> dt.datetime:
        """Return the first instant, as UTC, by which `duration` of working time has passed since `start`. Inverse of `elapsed`.

        `elapsed(start, add(start, duration)) == duration`. Exactly a day's hours end with that day, not with the next morning;
        nothing added is `start`. About 2 µs a day passed over.

        Raises:
            InvalidValue: a naive datetime, a negative duration, one that ends in over 50 years, or a calendar without workday.

        >>> import datetime as dt
        >>> office = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "13:00-18:00")
        >>> office.add(dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC), dt.timedelta(hours=2))
        datetime.datetime(2026, 11, 23, 6, 0, tzinfo=datetime.timezone.utc)
        """
        begin, zone = as_instant(start), as_zone(self.zone)
        _check_duration(duration)
        if not duration:
            return begin
        try:
            return as_utc(self._walk(begin.replace(tzinfo=None), duration, day_in(begin, zone), zone))
        except OverflowError:
            raise out_of_years(f"{shown(str(duration))} of working time after {begin}") from None

    def elapsed(self, start: dt.datetime, end: dt.datetime, /) -> dt.timedelta:
        """Return the working time from `start` to `end`; negative where `end` is earlier. Inverse of `add`.

        Additive: what elapses from a to b and from b to c is what elapses from a to c. About 2 µs a day.

        Raises:
            InvalidValue: a naive datetime, or over 50 years.

        >>> import datetime as dt
        >>> office = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "13:00-18:00")
        >>> monday = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # 11:00 in Shanghai
        >>> office.elapsed(monday, monday + dt.timedelta(days=7))
        datetime.timedelta(days=1, seconds=57600)
        """
        begin, finish, zone = as_instant(start), as_instant(end), as_zone(self.zone)
        if finish < begin:
            return -self.elapsed(finish, begin)
        _check_duration(finish - begin)
        try:
            return self._measure(begin, finish, zone)
        except OverflowError:
            raise out_of_years(f"working time from {begin} to {finish}") from None

    def _measure(self, begin: dt.datetime, finish: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
        within = (begin.replace(tzinfo=None), finish.replace(tzinfo=None))
        day, last = day_in(begin, zone) - _DAY, day_in(finish, zone) + _DAY
        # Clocks set back over midnight mix two days, so the edges take in a day more on both sides.
        inner = range(day.toordinal() + 3, last.toordinal() - 2)
        total = _NONE
        while day <= last:
            total += self._length(day, zone) if day.toordinal() in inner else self._clipped(day, within, zone)
            day += _DAY
        return total

    def _walk(self, begin: dt.datetime, left: dt.timedelta, today: dt.date, zone: ZoneInfo) -> dt.datetime:
        within = (begin, _LAST)
        day, idle, near, last = today - _DAY, 0, today + _DAY, today + HORIZON
        before = length = _NONE
        while True:
            before, length = length, self._clipped(day, within, zone) if day <= near else self._length(day, zone)
            if left <= length:
                break
            left, idle, day = left - length, 0 if length else idle + 1, day + _DAY
            if idle > PATIENCE:
                raise no_workday(day)
            if day > last:
                raise _too_long()
        return self._reach(left + before, (day - _DAY, day, day + _DAY), begin, zone)

    def _reach(self, left: dt.timedelta, days: tuple[dt.date, ...], begin: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        spans = sorted(span for day in days for span in self._spans(day, zone))
        for start, end in _clip(spans, (begin, _LAST)):
            if left <= end - start:
                return start + left
            left -= end - start
        raise AssertionError  # pragma: no cover  # the walk has found that it is there

    def _plan(self, day: dt.date) -> Intervals:
        usual = self.week[day.weekday()]
        if self.calendar is None:
            return usual
        return (usual or self.makeup_hours) if self.calendar.is_workday(day) else ()

    def _length(self, day: dt.date, zone: ZoneInfo) -> dt.timedelta:
        plan = self._plan(day)
        if plan and _clocks_change(day, zone):
            return self._clipped(day, (_FIRST, _LAST), zone)
        return sum((part.length for part in plan), _NONE)

    def _clipped(self, day: dt.date, within: Span, zone: ZoneInfo) -> dt.timedelta:
        return sum((end - start for start, end in _clip(self._spans(day, zone), within)), _NONE)

    def _spans(self, day: dt.date, zone: ZoneInfo) -> Iterator[Span]:
        plan = self._plan(day)
        clocks = _clocks(day, plan, zone) if plan else ()
        for offset, since, until in clocks:
            parts = (part.on(day) for part in plan)
            yield from _clip(((start - offset, end - offset) for start, end in parts), (since, until))


def _clocks_change(day: dt.date, zone: ZoneInfo) -> bool:
    before = dt.datetime.combine(day, _MIDNIGHT, zone).utcoffset()
    return before != dt.datetime.combine(day + _DAY, _MIDNIGHT_AGAIN, zone).utcoffset()


def _clocks(day: dt.date, plan: Intervals, zone: ZoneInfo) -> tuple[tuple[dt.timedelta, dt.datetime, dt.datetime], ...]:
    """Return the offsets that hold within the hours of a day, each with the naive UTC instants between which it does."""
    (first, _), (_, last) = plan[0].on(day), plan[-1].on(day)
    before, after = offset_at(first, zone, fold=0), offset_at(last, zone, fold=1)
    if before == after:
        return ((before, _FIRST, _LAST),)
    change = clock_change(first - max(before, after), last - min(before, after), zone)
    return (before, _FIRST, change), (after, change, _LAST)


def _clip(spans: Iterable[Span], within: Span) -> Iterator[Span]:
    for start, end in spans:
        inside = (max(start, within[0]), min(end, within[1]))
        if inside[0] < inside[1]:
            yield inside


def _check_duration(duration: dt.timedelta) -> None:
    if not isinstance(duration, dt.timedelta):
        raise InvalidType(
            "calendars.duration_type", f"{shown(duration)} is no timedelta; pass one", value=shown(duration)
        )
    if duration < _NONE:
        raise InvalidValue(
            "calendars.duration", f"{duration} is negative; use a timedelta of zero or more", value=str(duration)
        )
    if duration > HORIZON:
        raise _too_long()


def _too_long() -> InvalidValue:
    years = HORIZON.days // 365
    return InvalidValue(
        "calendars.horizon", f"working time is reckoned over {years} years at most; use less", years=years
    )
