"""Bad input: each is a typed error that says what would pass, in every language, within 50 ms."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from ltc import calendars as cal
from ltc.errors import InvalidType, InvalidValue, LtcError
from ltc.text import say

DAY, AT = dt.date(2026, 11, 23), dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NAIVE = dt.datetime(2026, 11, 23, 9)
OFFICE = cal.WorkingHours.of("Asia/Shanghai", "09:00-18:00")
HUGE = 10**5000  # more digits than str() writes
HOUR = dt.timedelta(hours=1)

TABLE: list[tuple[str, Callable[[], object], type[LtcError], str]] = [
    ("a datetime as a day", lambda: cal.add_period(AT, days=1), InvalidType, "pass a datetime.date"),
    ("a str as a day", lambda: cal.end_of_month("2026-02-29"), InvalidType, "pass a datetime.date"),  # type: ignore[arg-type]
    ("bool days", lambda: cal.add_period(DAY, days=True), InvalidType, "days is True; pass an int"),
    ("float months", lambda: cal.add_period(DAY, months=1.0), InvalidType, "months is 1.0; pass an int"),  # type: ignore[arg-type]
    ("bool years", lambda: cal.add_period(DAY, years=False), InvalidType, "pass an int"),
    ("bool net days", lambda: cal.NetDays(True), InvalidType, "days is True; pass an int"),
    ("huge days", lambda: cal.add_period(DAY, days=HUGE), InvalidValue, "use -3652058 to 3652058"),
    ("huge months", lambda: cal.add_period(DAY, months=-HUGE), InvalidValue, "a number of over 12 digits"),
    ("huge weeks", lambda: cal.add_period(DAY, weeks=10**9), InvalidValue, "weeks is 1000000000; use"),
    ("year 0", lambda: cal.add_period(dt.date(1, 1, 1), days=-1), InvalidValue, "leaves the years 1 to 9999"),
    ("year 10000", lambda: cal.add_period(dt.date(9999, 12, 31), days=1), InvalidValue, "leaves the years 1 to 9999"),
    ("29 Feb to year 10000", lambda: cal.add_period(dt.date(9996, 2, 29), years=4), InvalidValue, "leaves the years"),
    ("month after the last", lambda: cal.next_day_of_month(dt.date.max, 5), InvalidValue, "leaves the years 1 to 9999"),
    ("day 0", lambda: cal.day_of_month(DAY, 0), InvalidValue, "the day of the month is 0; use 1 to 31"),
    ("day 32", lambda: cal.next_day_of_month(DAY, 32), InvalidValue, "use 1 to 31"),
    ("bool day", lambda: cal.day_of_month(DAY, True), InvalidType, "pass an int"),
    ("endless series", lambda: cal.repeat(DAY, months=1, count=10**6), InvalidValue, "999999 periods after 2026-11-23"),
    ("endless days", lambda: cal.repeat(DAY, days=2, count=3_000_000), InvalidValue, "leaves the years 1 to 9999"),
    ("huge count", lambda: cal.repeat(DAY, months=1, count=HUGE), InvalidValue, "count is a number of over 12 digits"),
    ("negative count", lambda: cal.repeat(DAY, months=1, count=-1), InvalidValue, "use 0 to"),
    ("negative period", lambda: cal.repeat(DAY, months=-1, count=1), InvalidValue, "months is -1; use 0 to"),
    ("no period", lambda: cal.periods_between(DAY, DAY), InvalidValue, "above zero"),
    ("datetimes apart", lambda: cal.periods_between(DAY, AT, months=1), InvalidType, "pass a datetime.date"),
    ("huge workdays", lambda: cal.add_workdays(DAY, HUGE, cal.Weekly()), InvalidValue, "use -36525 to 36525"),
    ("bool workdays", lambda: cal.add_workdays(DAY, True, cal.Weekly()), InvalidType, "n is True; pass an int"),
    (
        "workdays of all time",
        lambda: cal.workdays_between(dt.date.min, dt.date.max, cal.Weekly()),
        InvalidValue,
        "the distance in days is 3652058; use -36525 to 36525",
    ),
    ("a datetime as a workday", lambda: cal.Weekly().is_workday(AT), InvalidType, "pass a datetime.date"),
    ("a datetime in China", lambda: cal.country("CN").is_workday(AT), InvalidType, "pass a datetime.date"),
    ("a datetime as holiday", lambda: cal.Weekly(holidays={AT}), InvalidType, "pass a datetime.date"),
    ("a datetime rolls", lambda: cal.roll(AT, cal.Weekly()), InvalidType, "pass a datetime.date"),
    ("year 0 in China", lambda: cal.country("CN").announced(0), InvalidValue, "the year is 0; use 1 to 9999"),
    (
        "naive day",
        lambda: cal.local_day(NAIVE, "UTC"),
        InvalidValue,
        "2026-11-23 09:00:00 has no time zone; pass an aware",
    ),
    ("naive start", lambda: OFFICE.add(NAIVE, HOUR), InvalidValue, "has no time zone; pass an aware datetime"),
    ("naive from", lambda: OFFICE.elapsed(NAIVE, AT), InvalidValue, "has no time zone"),
    ("naive to", lambda: OFFICE.elapsed(AT, NAIVE), InvalidValue, "has no time zone"),
    ("naive covers", lambda: OFFICE.covers(NAIVE), InvalidValue, "has no time zone"),
    ("a day as instant", lambda: cal.local_day(DAY, "UTC"), InvalidType, "pass an aware datetime"),  # type: ignore[arg-type]
    (
        "year 0 in UTC",
        lambda: cal.local_day(dt.datetime(1, 1, 1, tzinfo=dt.timezone(8 * HOUR)), "UTC"),
        InvalidValue,
        "is outside the years 1 to 9999 in UTC; use an instant within them",
    ),
    (
        "year 10000 in Shanghai",
        lambda: OFFICE.covers(dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC)),
        InvalidValue,
        "leaves the years 1 to 9999",
    ),
    ("negative duration", lambda: OFFICE.add(AT, -HOUR), InvalidValue, "use a timedelta of zero or more"),
    ("seconds as duration", lambda: OFFICE.add(AT, 3600), InvalidType, "3600 is no timedelta"),  # type: ignore[arg-type]
    ("longest duration", lambda: OFFICE.add(AT, dt.timedelta.max), InvalidValue, "50 years at most"),
    ("bool day of a rule", lambda: cal.DayOfMonth(True), InvalidType, "day is True; pass an int"),
    ("day 32 of a rule", lambda: cal.NextDayOfMonth(32), InvalidValue, "day is 32; use 1 to 31"),
    ("negative months", lambda: cal.NetMonths(-1), InvalidValue, "months is -1; use 0 to 1200"),
    ("negative end of month", lambda: cal.EndOfMonth(-1), InvalidValue, "use 0 to 36525"),
    ("huge net days", lambda: cal.NetDays(HUGE), InvalidValue, "use -36525 to 36525"),
    ("a datetime as date", lambda: cal.FixedDate(AT), InvalidType, "pass a datetime.date"),
    ("a datetime as base", lambda: cal.FixedDate(DAY).due(AT), InvalidType, "pass a datetime.date"),
    *(
        (
            f"zone {zone!a:.20}",
            lambda zone=zone: cal.local_day(AT, zone),
            InvalidValue,
            "is no IANA time zone; use one such as",
        )
        for zone in (
            *("", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Asia", "中国", "Asia/Shanghai\0", "\ud800"),
            *("x" * 1_000_000, None, 8, b"UTC"),
        )
    ),
]


@pytest.mark.parametrize("name, ask, error, passes", TABLE, ids=[row[0] for row in TABLE])
def test_bad_input_is_told_what_would_pass(
    name: str,
    ask: Callable[[], object],
    error: type[LtcError],
    passes: str,
    assert_quick: Callable[[Callable[[], object]], None],
) -> None:
    assert name
    with pytest.raises(error, match=re.escape(passes)) as caught:
        ask()
    assert_quick(ask)
    assert type(caught.value) is error
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()
    for locale in ("en", "zh_CN"):
        assert say(caught.value.code, locale, **caught.value.facts)
