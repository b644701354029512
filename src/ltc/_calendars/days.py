"""Local days: which day an instant belongs to, and from which instant to which a day lasts, whatever the clocks do."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from ltc._calendars.inputs import as_zone, out_of_years
from ltc._moments import day as as_day
from ltc._moments import instant as as_instant

_MIDNIGHT: Final = dt.time()
_LAST: Final = dt.time.max
_SECOND: Final = dt.timedelta(seconds=1)
_TICK: Final = dt.timedelta.resolution


def local_day(at: dt.datetime, zone: str, /) -> dt.date:
    """Return the day that an instant belongs to in a time zone.

    Raises:
        InvalidValue: a naive datetime, or an unknown zone.

    >>> import datetime as dt
    >>> local_day(dt.datetime(2026, 11, 23, 16, 0, tzinfo=dt.UTC), "Asia/Shanghai")
    datetime.date(2026, 11, 24)
    """
    return day_in(as_instant(at), as_zone(zone))


def start_of_day(day: dt.date, zone: str, /) -> dt.datetime:
    """Return the first instant of a local day, as UTC: 00:00, or what follows where the clocks skip it.

    Of a day that a zone skipped whole it is the first instant of the next one.

    >>> import datetime as dt
    >>> start_of_day(dt.date(2026, 11, 24), "Asia/Shanghai")
    datetime.datetime(2026, 11, 23, 16, 0, tzinfo=datetime.timezone.utc)
    >>> start_of_day(dt.date(2018, 11, 4), "America/Sao_Paulo").hour  # clocks go from 00:00 to 01:00
    3
    """
    return _edge(as_day(day), _MIDNIGHT, as_zone(zone))


def end_of_day(day: dt.date, zone: str, /) -> dt.datetime:
    """Return the last instant of a local day, to the microsecond, as UTC: what is due that day is on time up to and including it.

    >>> import datetime as dt
    >>> end_of_day(dt.date(2019, 4, 4), "Asia/Shanghai")
    datetime.datetime(2019, 4, 4, 15, 59, 59, 999999, tzinfo=datetime.timezone.utc)
    """
    return _edge(as_day(day), _LAST, as_zone(zone))


def _edge(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    wall, is_start = dt.datetime.combine(day, time), time is _MIDNIGHT
    before, after = offset_at(wall, zone, fold=0), offset_at(wall, zone, fold=1)
    try:
        if after > before:  # the clocks skip this time: the edge is where they do
            change = clock_change(wall - after, wall - before, zone)
            return as_utc(change if is_start else change - _TICK)
        return as_utc(wall - (before if is_start else after))  # a time that comes twice starts with the first
    except OverflowError:
        raise out_of_years(f"{day} in {zone.key}") from None


def day_in(at: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the local day of an aware datetime."""
    return wall_in(at, zone).date()


def wall_in(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return what the clock on the wall shows at an aware datetime."""
    try:
        return at.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        raise out_of_years(f"{at} in {zone.key}") from None


def as_utc(naive: dt.datetime) -> dt.datetime:
    """Return a naive datetime, which is meant in UTC, as an aware one."""
    return naive.replace(tzinfo=dt.UTC)


def offset_at(wall: dt.datetime, zone: ZoneInfo, *, fold: int) -> dt.timedelta:
    """Return how far local clocks are ahead of UTC at a wall time.

    Where they skip it, fold 0 is the offset before the change and 1 the one after; where it comes twice, likewise.
    """
    return wall.replace(tzinfo=zone, fold=fold).utcoffset() or dt.timedelta()


def clock_change(low: dt.datetime, high: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first second, in naive UTC, of the offset that holds at `high` and not yet at `low`; found by halving."""
    low, before = low.replace(microsecond=0), _offset_utc(low, zone)
    high = high.replace(microsecond=0)
    while high - low > _SECOND:
        middle = low + dt.timedelta(seconds=(high - low) // _SECOND // 2)
        if _offset_utc(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high


def _offset_utc(naive: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return as_utc(naive).astimezone(zone).utcoffset() or dt.timedelta()
