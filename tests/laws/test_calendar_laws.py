"""Laws of calendars, and working time held against an oracle that steps through it minute by minute."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from ltc.calendars import (
    DayOfMonth,
    EndOfMonth,
    Interval,
    NetMonths,
    Roll,
    Weekday,
    Weekly,
    WorkingHours,
    add_period,
    add_workdays,
    day_of_month,
    end_of_day,
    local_day,
    next_day_of_month,
    periods_between,
    repeat,
    roll,
    start_of_day,
    workdays_between,
)

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
TICK = dt.timedelta.resolution

# Days around which clocks change, in every way that they do: an hour, half an hour, at midnight, over midnight, by a whole day.
CHANGES = [
    ("Asia/Shanghai", dt.date(2026, 10, 1)),
    ("Asia/Kathmandu", dt.date(2026, 10, 1)),
    ("Europe/Berlin", dt.date(2026, 3, 29)),
    ("Europe/Berlin", dt.date(2026, 10, 25)),
    ("America/New_York", dt.date(2026, 3, 8)),
    ("America/New_York", dt.date(2026, 11, 1)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 5)),
    ("Australia/Lord_Howe", dt.date(2026, 10, 4)),
    ("America/Sao_Paulo", dt.date(2018, 11, 4)),
    ("America/Sao_Paulo", dt.date(2018, 2, 18)),
    ("America/St_Johns", dt.date(2010, 11, 7)),
    ("America/St_Johns", dt.date(2010, 3, 14)),
    ("Pacific/Apia", dt.date(2011, 12, 30)),
    ("Africa/Casablanca", dt.date(2026, 2, 15)),
]
CLOSE = st.integers(-3 * 1440, 3 * 1440).map(lambda minutes: minutes * MINUTE)

days = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
calendars = st.builds(
    lambda weekend, off, on: Weekly(weekend=weekend, holidays=off - on, workdays=on),
    st.sets(st.sampled_from(Weekday), max_size=5),
    st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)), max_size=20),
    st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)), max_size=5),
)
around = st.dates(dt.date(2025, 12, 1), dt.date(2026, 4, 1))


@st.composite
def working_hours(draw: st.DrawFn, zone: str, day: dt.date) -> WorkingHours:
    def plan() -> tuple[Interval, ...]:
        quarters = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
        times = [dt.time(quarter // 4 % 24, quarter % 4 * 15) for quarter in quarters]
        return tuple(Interval(*pair) for pair in zip(times[::2], times[1::2], strict=False))

    one, other, makeup = plan() or (Interval.of("09:00-18:00"),), plan(), plan()
    week = tuple(draw(st.sampled_from([one, other, ()])) for _ in range(6))
    near = st.sets(st.integers(-4, 4).map(lambda n: day + n * DAY), max_size=2)
    off, on = draw(near), draw(near)
    calendar = Weekly(weekend=draw(st.sampled_from([(), {Weekday.SUNDAY}])), holidays=off - on, workdays=on)
    return WorkingHours(zone, (one, *week), draw(st.sampled_from([None, calendar])), makeup)


@st.composite
def situations(draw: st.DrawFn) -> tuple[WorkingHours, dt.datetime]:
    zone, day = draw(st.sampled_from(CHANGES))
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return draw(working_hours(zone, day)), noon + draw(CLOSE)


def is_working(hours: WorkingHours, at: dt.datetime) -> bool:
    """The definition: the clock on the wall shows a time inside an interval of a workday."""
    wall = at.astimezone(ZoneInfo(hours.zone))
    plan = hours.week[wall.weekday()]
    if hours.calendar is not None:
        plan = (plan or hours.makeup_hours) if hours.calendar.is_workday(wall.date()) else ()
    return any(part.start <= wall.time() and (wall.time() < part.end or part.end == dt.time()) for part in plan)


@given(situations(), st.integers(0, 4 * 1440))
def test_elapsed_is_the_minutes_that_are_working_time(
    situation: tuple[WorkingHours, dt.datetime], minutes: int
) -> None:
    hours, start = situation
    counted = sum(is_working(hours, start + n * MINUTE) for n in range(minutes))
    assert hours.elapsed(start, start + minutes * MINUTE) == counted * MINUTE
    assert hours.covers(start) == is_working(hours, start)


@given(situations(), st.integers(1, 1440))
def test_add_reaches_the_first_instant_by_which_enough_has_passed(
    situation: tuple[WorkingHours, dt.datetime], minutes: int
) -> None:
    hours, start = situation
    end = hours.add(start, minutes * MINUTE)
    assert is_working(hours, end - MINUTE)  # the last minute was worked
    if end - start < 8 * DAY:
        assert sum(is_working(hours, start + n * MINUTE) for n in range((end - start) // MINUTE)) == minutes


durations = st.timedeltas(dt.timedelta(), dt.timedelta(days=40))


@given(situations(), durations)
def test_elapsed_is_the_inverse_of_add(situation: tuple[WorkingHours, dt.datetime], duration: dt.timedelta) -> None:
    hours, start = situation
    assert hours.elapsed(start, hours.add(start, duration)) == duration


@given(situations(), durations)
def test_add_is_the_inverse_of_elapsed_up_to_idle_time(
    situation: tuple[WorkingHours, dt.datetime], later: dt.timedelta
) -> None:
    hours, start = situation
    end = start + later
    reached = hours.add(start, hours.elapsed(start, end))
    assert start <= reached <= end
    assert hours.elapsed(reached, end) == dt.timedelta()


@given(situations(), durations, durations)
def test_adding_twice_is_adding_the_sum(
    situation: tuple[WorkingHours, dt.datetime], one: dt.timedelta, other: dt.timedelta
) -> None:
    hours, start = situation
    assert hours.add(hours.add(start, one), other) == hours.add(start, one + other)


instants = st.datetimes(dt.datetime(2009, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))


@given(situations(), instants, instants)
def test_elapsed_is_additive_in_any_order(
    situation: tuple[WorkingHours, dt.datetime], other: dt.datetime, third: dt.datetime
) -> None:
    hours, start = situation
    whole = hours.elapsed(start, third)
    assert hours.elapsed(start, other) + hours.elapsed(other, third) == whole
    assert hours.elapsed(third, start) == -whole
    assert abs(whole) <= abs(third - start)


@given(st.sampled_from(CHANGES), st.integers(-400, 400), CLOSE)
def test_a_day_is_the_instants_whose_local_day_it_is(
    change: tuple[str, dt.date], shift: int, near: dt.timedelta
) -> None:
    zone, about = change
    at = dt.datetime.combine(about + shift * DAY, dt.time(12), dt.UTC) + near
    day = local_day(at, zone)
    assert start_of_day(day, zone) <= at <= end_of_day(day, zone)
    for edge, outside in ((start_of_day(day, zone), -TICK), (end_of_day(day, zone), TICK)):
        assert local_day(edge, zone) == day
        assert local_day(edge + outside, zone) != day


@given(days, st.integers(1, 18), st.integers(1, 60))
@example(dt.date(2024, 1, 31), 1, 14)
def test_a_series_is_anchored(first: dt.date, months: int, count: int) -> None:
    series = repeat(first, months=months, count=count)
    assert [day.year * 12 + day.month for day in series] == [
        first.year * 12 + first.month + n * months for n in range(count)
    ]
    assert all(day == day_of_month(day, first.day) for day in series)
    assert [periods_between(first, day, months=months) for day in series] == list(range(count))
    assert all(periods_between(first, day - DAY, months=months) == n for n, day in enumerate(series[1:]))


@given(days, st.integers(-600, 600))
def test_a_month_added_is_the_month_counted(day: dt.date, months: int) -> None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    moved = add_period(day, months=months)
    assert (moved.year, moved.month) == (year, month + 1)
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@given(days, st.integers(1, 31))
def test_the_next_day_of_a_month_is_the_first_that_fits(day: dt.date, n: int) -> None:
    found = day
    while not (found.day == n or (found.day < n and (found + DAY).day == 1)):
        found += DAY
    assert next_day_of_month(day, n) == found


@given(around, calendars, st.sampled_from(Roll))
def test_rolling_twice_is_rolling_once(day: dt.date, calendar: Weekly, how: Roll) -> None:
    rolled = roll(day, calendar, how)
    assert roll(rolled, calendar, how) == rolled
    assert how is Roll.NONE or calendar.is_workday(rolled)
    assert rolled == day or not calendar.is_workday(day)
    if how is Roll.MODIFIED_FOLLOWING:
        following, preceding = roll(day, calendar), roll(day, calendar, Roll.PRECEDING)
        assert rolled == (following if following.month == day.month else preceding)


@given(around, st.integers(-60, 60), calendars)
def test_counting_workdays_is_the_inverse_of_adding_them(day: dt.date, n: int, calendar: Weekly) -> None:
    reached = add_workdays(day, n, calendar)
    assert workdays_between(day, reached, calendar) == n
    assert not n or calendar.is_workday(reached)


@given(days, st.integers(0, 120), st.integers(0, 120))
def test_rules_of_months_agree(base: dt.date, after: int, months: int) -> None:
    assert EndOfMonth(after_days=after).due(base) == DayOfMonth(31, after_days=after).due(base)
    assert NetMonths(months).due(base) == DayOfMonth(base.day, months=months).due(base)
