"""Workdays: the plain calendar, rolling, counting, and calendars that never work."""

import datetime as dt

import pytest

from ltc.calendars import (
    BusinessCalendar,
    Roll,
    Weekday,
    Weekly,
    add_workdays,
    country,
    roll,
    workdays_between,
)
from ltc.errors import InvalidType, InvalidValue

FRIDAY, SATURDAY, MONDAY = dt.date(2026, 11, 27), dt.date(2026, 11, 28), dt.date(2026, 11, 30)


class Never:
    def is_workday(self, _day: dt.date, /) -> bool:
        return False


def test_a_weekly_calendar_knows_weekends_holidays_and_make_up_days() -> None:
    calendar = Weekly(holidays={FRIDAY}, workdays={SATURDAY})
    assert [calendar.is_workday(day) for day in (FRIDAY, SATURDAY, MONDAY)] == [False, True, True]
    assert calendar == Weekly(holidays=[FRIDAY], workdays=(SATURDAY,))
    assert len({calendar, Weekly(holidays=[FRIDAY], workdays=(SATURDAY,))}) == 1


def test_a_weekend_may_be_any_days_but_all() -> None:
    gulf = Weekly(weekend={Weekday.FRIDAY, Weekday.SATURDAY})
    assert [gulf.is_workday(FRIDAY + dt.timedelta(days=n)) for n in range(4)] == [False, False, True, True]
    assert Weekly(weekend=()).is_workday(SATURDAY)
    with pytest.raises(InvalidValue, match="leave at least one out"):
        Weekly(weekend=Weekday)


def test_a_weekday_is_that_of_the_day() -> None:
    assert [Weekday.of(MONDAY + dt.timedelta(days=n)) for n in range(7)] == list(Weekday)


@pytest.mark.parametrize(
    "day, how, expected",
    [
        ("2026-11-28", Roll.FOLLOWING, "2026-11-30"),
        ("2026-11-28", Roll.PRECEDING, "2026-11-27"),
        ("2026-11-28", Roll.MODIFIED_FOLLOWING, "2026-11-30"),
        ("2026-10-31", Roll.MODIFIED_FOLLOWING, "2026-10-30"),
        ("2026-11-28", Roll.NONE, "2026-11-28"),
        ("2026-11-27", Roll.FOLLOWING, "2026-11-27"),
        ("2026-11-27", Roll.PRECEDING, "2026-11-27"),
        ("2026-11-27", Roll.MODIFIED_FOLLOWING, "2026-11-27"),
    ],
)
def test_rolling(day: str, how: Roll, expected: str) -> None:
    assert str(roll(dt.date.fromisoformat(day), Weekly(), how)) == expected


def test_rolling_over_a_chinese_holiday() -> None:
    china = country("CN")
    assert roll(dt.date(2026, 10, 1), china) == dt.date(2026, 10, 8)
    assert roll(dt.date(2026, 10, 1), china, Roll.PRECEDING) == dt.date(2026, 9, 30)
    assert roll(dt.date(2026, 10, 10), china) == dt.date(2026, 10, 10)  # a make-up Saturday


@pytest.mark.parametrize(
    "day, n, expected",
    [
        (FRIDAY, 0, FRIDAY),
        (SATURDAY, 0, SATURDAY),
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (MONDAY, -1, FRIDAY),
        (SATURDAY, -1, FRIDAY),
        (FRIDAY, 5, dt.date(2026, 12, 4)),
    ],
)
def test_adding_workdays(day: dt.date, n: int, expected: dt.date) -> None:
    assert add_workdays(day, n, Weekly()) == expected


def test_counting_workdays_excludes_the_start_and_includes_the_end() -> None:
    assert workdays_between(FRIDAY, MONDAY, Weekly()) == 1
    assert workdays_between(MONDAY, FRIDAY, Weekly()) == -1
    assert workdays_between(FRIDAY, FRIDAY, Weekly()) == 0
    assert workdays_between(dt.date(2026, 9, 30), dt.date(2026, 10, 10), country("CN")) == 3


@pytest.mark.parametrize("how", [Roll.FOLLOWING, Roll.PRECEDING, Roll.MODIFIED_FOLLOWING])
def test_a_calendar_without_workdays_is_told(how: Roll) -> None:
    calendar: BusinessCalendar = Never()
    with pytest.raises(InvalidValue, match="no workday within 366 days of 2026-11-27") as caught:
        roll(FRIDAY, calendar, how)
    assert caught.value.code == "calendars.no_workday"
    with pytest.raises(InvalidValue, match="no workday"):
        add_workdays(FRIDAY, 1, calendar)


def test_workdays_end_with_the_years() -> None:
    never_on_the_last = Weekly(weekend={Weekday.FRIDAY})  # 9999-12-31 is a Friday
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        roll(dt.date.max, never_on_the_last)
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        add_workdays(dt.date.min, -1, Weekly())


def test_a_day_is_not_both_off_and_on() -> None:
    with pytest.raises(InvalidValue, match="2026-11-27 is given as a holiday and as a workday; keep one"):
        Weekly(holidays={FRIDAY}, workdays={FRIDAY})


def test_a_weekend_is_of_weekdays() -> None:
    with pytest.raises(InvalidType, match=r"5 is no Weekday; use one such as Weekday\.SATURDAY"):
        Weekly(weekend={5})  # type: ignore[arg-type]  # what is refused


def test_a_roll_is_a_roll() -> None:
    with pytest.raises(InvalidType, match=r"use one such as Roll\.FOLLOWING"):
        roll(FRIDAY, Weekly(), "following")  # type: ignore[arg-type]  # what is refused
