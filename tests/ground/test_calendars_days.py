"""Local days where clocks change, skip midnight, repeat it, or skip a day."""

import datetime as dt

import pytest

from ltc.calendars import end_of_day, local_day, start_of_day
from ltc.errors import InvalidValue

TICK = dt.timedelta.resolution


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "zone, day, start, end",
    [
        ("Asia/Shanghai", "2026-11-23", "2026-11-22 16:00", "2026-11-23 16:00"),
        ("UTC", "2026-11-23", "2026-11-23 00:00", "2026-11-24 00:00"),
        ("Europe/Berlin", "2026-03-29", "2026-03-28 23:00", "2026-03-29 22:00"),  # 23 hours
        ("Europe/Berlin", "2026-10-25", "2026-10-24 22:00", "2026-10-25 23:00"),  # 25 hours
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04 03:00", "2018-11-05 02:00"),  # begins at 01:00
        ("America/Sao_Paulo", "2018-11-03", "2018-11-03 03:00", "2018-11-04 03:00"),
        ("America/Sao_Paulo", "2018-02-17", "2018-02-17 02:00", "2018-02-18 03:00"),  # 23:00 comes twice
        ("America/St_Johns", "2010-11-06", "2010-11-06 02:30", "2010-11-07 03:30"),  # back at 00:01 of the 7th
        ("America/St_Johns", "2010-11-07", "2010-11-07 02:30", "2010-11-08 03:30"),  # begins before that ends
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03 13:30", "2026-10-04 13:00"),  # half an hour
        ("America/Toronto", "1919-03-30", "1919-03-30 05:00", "1919-03-31 04:30"),  # 23:30 to 00:30 is skipped
        ("America/Toronto", "1919-03-31", "1919-03-31 04:30", "1919-04-01 04:00"),
    ],
)
def test_a_day_lasts_from_its_first_to_its_last_instant(zone: str, day: str, start: str, end: str) -> None:
    date = dt.date.fromisoformat(day)
    first, last = start_of_day(date, zone), end_of_day(date, zone)
    assert (first, last) == (utc(start), utc(end) - TICK)
    assert local_day(first, zone) == local_day(last, zone) == date
    assert local_day(first - TICK, zone) != date
    assert local_day(last + TICK, zone) != date


def test_a_day_that_a_zone_skipped_is_empty() -> None:
    # Samoa went from 29 to 31 December 2011 over the date line.
    skipped = dt.date(2011, 12, 30)
    assert start_of_day(skipped, "Pacific/Apia") == utc("2011-12-30 10:00")
    assert end_of_day(skipped, "Pacific/Apia") == utc("2011-12-30 10:00") - TICK
    assert start_of_day(dt.date(2011, 12, 31), "Pacific/Apia") == utc("2011-12-30 10:00")
    assert end_of_day(dt.date(2011, 12, 29), "Pacific/Apia") == utc("2011-12-30 10:00") - TICK


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_days_at_the_ends_of_time_are_refused_where_no_instant_is(zone: str) -> None:
    first = zone == "Asia/Shanghai"  # ahead of UTC: its year 1 begins in the year 0
    day, edge = (dt.date.min, start_of_day) if first else (dt.date.max, end_of_day)
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        edge(day, zone)
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        local_day(utc("9999-12-31 23:00") if first else utc("0001-01-01 00:00"), zone)
    assert start_of_day(dt.date(2, 1, 1), zone) < end_of_day(dt.date(2, 1, 1), zone)
