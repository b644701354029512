"""Working hours: worked figures over nights, lunch, weekends, make-up days and clock changes."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest

from ltc.calendars import BusinessCalendar, Interval, Weekday, Weekly, WorkingHours, country
from ltc.errors import InvalidType, InvalidValue

SHANGHAI = WorkingHours.of("Asia/Shanghai", "09:00-18:00")
LUNCH = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "13:00-18:00")
BERLIN = WorkingHours.of("Europe/Berlin", "00:00-06:00", days=Weekday)
HOUR = dt.timedelta(hours=1)


def at(hours: WorkingHours, text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone), fold=fold).astimezone(dt.UTC)


class Never:
    def is_workday(self, _day: dt.date, /) -> bool:
        return False


@pytest.mark.parametrize(
    "hours, start, duration, end",
    [
        (SHANGHAI, "2026-11-28 15:00", HOUR, "2026-11-30 10:00"),  # Saturday to Monday
        (SHANGHAI, "2026-11-27 17:30", HOUR, "2026-11-30 09:30"),
        (SHANGHAI, "2026-11-27 17:00", HOUR, "2026-11-27 18:00"),  # ends with the day
        (SHANGHAI, "2026-11-27 08:00", 9 * HOUR, "2026-11-27 18:00"),
        (SHANGHAI, "2026-11-27 20:00", HOUR, "2026-11-30 10:00"),
        (SHANGHAI, "2026-11-23 09:00", 45 * HOUR, "2026-11-27 18:00"),
        (LUNCH, "2026-11-27 11:30", HOUR, "2026-11-27 13:30"),
        (LUNCH, "2026-11-27 11:00", HOUR, "2026-11-27 12:00"),
        (LUNCH, "2026-11-27 12:30", HOUR, "2026-11-27 14:00"),
        (LUNCH, "2026-11-27 11:30", 8 * HOUR, "2026-11-30 11:30"),
        (SHANGHAI, "2026-11-28 15:00", dt.timedelta(microseconds=1), "2026-11-30 09:00:00.000001"),
    ],
)
def test_adding_and_measuring(hours: WorkingHours, start: str, duration: dt.timedelta, end: str) -> None:
    begin, finish = at(hours, start), at(hours, end)
    assert hours.add(begin, duration) == finish
    assert hours.add(begin, duration).tzinfo is dt.UTC
    assert hours.elapsed(begin, finish) == duration
    assert hours.elapsed(finish, begin) == -duration


def test_nothing_added_is_the_start() -> None:
    sunday = at(SHANGHAI, "2026-11-29 03:00")
    assert SHANGHAI.add(sunday, dt.timedelta()) == sunday


def test_holidays_and_make_up_days() -> None:
    office = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "13:00-18:00", calendar=country("CN"))
    before = at(office, "2026-09-30 17:00")
    assert office.add(before, 2 * HOUR) == at(office, "2026-10-08 10:00")
    assert office.elapsed(before, at(office, "2026-10-12 09:00")) == (1 + 8 + 8 + 8) * HOUR  # 10 October is worked


def test_a_make_up_day_has_its_own_hours() -> None:
    calendar = Weekly(workdays={dt.date(2026, 11, 28)})
    usual = SHANGHAI.week
    short = WorkingHours("Asia/Shanghai", usual, calendar, (Interval.of("10:00-12:00"),))
    none = WorkingHours("Asia/Shanghai", usual, calendar, ())
    saturday, monday = at(SHANGHAI, "2026-11-28 00:00"), at(SHANGHAI, "2026-11-30 00:00")
    assert WorkingHours("Asia/Shanghai", usual, calendar).elapsed(saturday, monday) == 9 * HOUR
    assert short.elapsed(saturday, monday) == 2 * HOUR
    assert none.elapsed(saturday, monday) == dt.timedelta()


def test_the_calendar_decides_about_days_that_have_hours() -> None:
    six_days = WorkingHours.of("Asia/Shanghai", "09:00-18:00", days=list(Weekday)[:6])
    with_calendar = WorkingHours.of("Asia/Shanghai", "09:00-18:00", days=list(Weekday)[:6], calendar=Weekly())
    saturday = at(six_days, "2026-11-28 10:00")
    assert six_days.covers(saturday)
    assert not with_calendar.covers(saturday)


def test_a_week_may_differ_by_day() -> None:
    short_friday = WorkingHours(
        "Asia/Shanghai",
        (*SHANGHAI.week[:4], (Interval.of("09:00-12:00"),), (), ()),
    )
    assert short_friday.makeup_hours == SHANGHAI.week[0]
    assert short_friday.add(at(SHANGHAI, "2026-11-27 11:00"), 2 * HOUR) == at(SHANGHAI, "2026-11-30 10:00")


def test_covers_from_the_first_instant_to_before_the_last() -> None:
    tick = dt.timedelta.resolution
    start, end = at(LUNCH, "2026-11-27 09:00"), at(LUNCH, "2026-11-27 12:00")
    assert [LUNCH.covers(when) for when in (start - tick, start, end - tick, end)] == [False, True, True, False]
    assert not LUNCH.covers(at(LUNCH, "2026-11-28 10:00"))


def test_a_skipped_hour_is_no_working_time() -> None:
    midnight, six = at(BERLIN, "2026-03-29 00:00"), at(BERLIN, "2026-03-29 06:00")
    assert BERLIN.elapsed(midnight, six) == 5 * HOUR
    assert BERLIN.add(midnight, 2 * HOUR) == at(BERLIN, "2026-03-29 03:00")
    assert BERLIN.add(midnight, 5 * HOUR) == six


def test_an_hour_that_comes_twice_counts_twice() -> None:
    midnight, six = at(BERLIN, "2026-10-25 00:00"), at(BERLIN, "2026-10-25 06:00")
    assert BERLIN.elapsed(midnight, six) == 7 * HOUR
    assert BERLIN.add(midnight, 3 * HOUR) == at(BERLIN, "2026-10-25 02:00", fold=1)


def test_an_interval_inside_the_skipped_hour_does_not_happen() -> None:
    hours = WorkingHours.of("Europe/Berlin", "02:15-02:45", days=Weekday)
    saturday, monday = at(hours, "2026-03-28 00:00"), at(hours, "2026-03-30 00:00")
    assert hours.elapsed(saturday, monday) == HOUR / 2
    assert hours.elapsed(at(hours, "2026-10-25 00:00"), at(hours, "2026-10-26 00:00")) == HOUR


def test_round_the_clock_is_the_time_that_passes() -> None:
    always = WorkingHours.of("America/St_Johns", "00:00-00:00", days=Weekday)
    start = dt.datetime(2010, 11, 5, 12, 0, tzinfo=dt.UTC)  # clocks go back from 00:01 to 23:01 on the 7th
    for hours in range(1, 72):
        assert always.add(start, hours * HOUR) == start + hours * HOUR
        assert always.elapsed(start, start + hours * HOUR) == hours * HOUR


def test_a_day_that_a_zone_skipped_is_not_worked() -> None:
    apia = WorkingHours.of("Pacific/Apia", "09:00-17:00", days=Weekday)
    start, end = at(apia, "2011-12-29 09:00"), at(apia, "2011-12-31 17:00")
    assert apia.elapsed(start, end) == 16 * HOUR


def test_ten_thousand_hours_take_milliseconds() -> None:
    office = WorkingHours.of("Europe/Berlin", "09:00-12:00", "13:00-18:00", calendar=Weekly())
    start = dt.datetime(2016, 1, 4, 8, tzinfo=dt.UTC)
    best = min(_seconds(office, start) for _ in range(5))
    assert office.add(start, 10_000 * HOUR) == at(office, "2020-10-16 18:00")  # 1,250 days of 8 hours
    assert best < 0.05  # 3 ms on an idle machine


def _seconds(office: WorkingHours, start: dt.datetime) -> float:
    began = time.process_time()
    office.add(start, 10_000 * HOUR)
    return time.process_time() - began


def test_a_calendar_without_workdays_is_told() -> None:
    calendar: BusinessCalendar = Never()
    hours = WorkingHours.of("Asia/Shanghai", "09:00-18:00", calendar=calendar)
    with pytest.raises(InvalidValue, match="no workday within 366 days"):
        hours.add(at(hours, "2026-11-23 00:00"), HOUR)
    assert hours.elapsed(at(hours, "2026-11-23 00:00"), at(hours, "2027-11-23 00:00")) == dt.timedelta()


def test_what_is_over_the_horizon_is_told() -> None:
    start = at(SHANGHAI, "2026-11-23 00:00")
    for duration in (dt.timedelta.max, dt.timedelta(days=18_000)):  # the second is 18,000 days of work: 130 years
        with pytest.raises(InvalidValue, match="working time is reckoned over 50 years at most; use less"):
            SHANGHAI.add(start, duration)
    with pytest.raises(InvalidValue, match="50 years at most"):
        SHANGHAI.elapsed(start, start + dt.timedelta(days=20_000))


def test_the_ends_of_time_are_told() -> None:
    last = dt.datetime(9999, 12, 31, 12, tzinfo=dt.UTC)
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        SHANGHAI.add(last - dt.timedelta(days=1), 100 * HOUR)
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        SHANGHAI.elapsed(last - dt.timedelta(days=2), last)


@pytest.mark.parametrize("text", ["18:00-09:00", "09:00-09:00", "22:00-06:00"])
def test_an_interval_is_of_one_day(text: str) -> None:
    with pytest.raises(InvalidValue, match="is no stretch of one day; end after the start, at 00:00 the latest"):
        Interval.of(text)
    assert Interval.of("18:00-00:00").length == 6 * HOUR


@pytest.mark.parametrize("text", ["", "9-18", "09:00", "09:00-12:00-13:00", "25:00-26:00", "x" * 1_000_000, None, 9])
def test_an_interval_is_written_with_a_dash(text: str) -> None:
    with pytest.raises(InvalidValue, match="is no interval; write it as in 09:00-12:00") as caught:
        Interval.of(text)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("bad", ["09:00", 9, dt.time(9, tzinfo=dt.UTC), None])
def test_an_interval_is_of_wall_times(bad: dt.time) -> None:
    with pytest.raises(InvalidType, match="is no wall time; pass a time without zone"):
        Interval(bad, dt.time(18))


@pytest.mark.parametrize("bad", [["10:00-12:00", "11:00-13:00"], ["13:00-18:00", "09:00-12:00"], ["09:00-00:00"] * 2])
def test_intervals_stand_in_order_and_apart(bad: list[str]) -> None:
    with pytest.raises(InvalidValue, match="the intervals of week overlap at"):
        WorkingHours.of("Asia/Shanghai", *bad)
    with pytest.raises(InvalidValue, match="the intervals of makeup_hours overlap at"):
        WorkingHours("Asia/Shanghai", SHANGHAI.week, None, map(Interval.of, bad))


def test_intervals_may_touch() -> None:
    touching = WorkingHours.of("Asia/Shanghai", "09:00-12:00", "12:00-18:00")
    assert touching.add(at(touching, "2026-11-23 11:00"), 2 * HOUR) == at(touching, "2026-11-23 13:00")


@pytest.mark.parametrize("week", [(), ((),) * 7, ((Interval.of("09:00-18:00"),),) * 6])
def test_a_week_has_seven_days_and_hours(week: tuple[tuple[Interval, ...], ...]) -> None:
    with pytest.raises(InvalidValue, match="give 7 tuples of intervals from Monday on, at least one not empty"):
        WorkingHours("Asia/Shanghai", week)


def test_a_week_is_of_intervals() -> None:
    with pytest.raises(InvalidType, match="'09:00-18:00' is no interval; pass one such as Interval"):
        WorkingHours("Asia/Shanghai", [["09:00-18:00"]] * 7)  # type: ignore[list-item]  # what is refused
