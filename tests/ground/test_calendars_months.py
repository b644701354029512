"""Month arithmetic: worked figures, anchoring, and what a period is."""

import datetime as dt
from calendar import monthrange

import pytest

from ltc.calendars import (
    add_period,
    day_of_month,
    end_of_month,
    next_day_of_month,
    periods_between,
    repeat,
)
from ltc.errors import InvalidValue


@pytest.mark.parametrize(
    "day, period, expected",
    [
        ("2023-01-31", {"months": 1}, "2023-02-28"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": 4}, "2028-02-29"),
        ("2024-02-29", {"years": -100}, "1924-02-29"),
        ("2026-03-31", {"months": -1}, "2026-02-28"),
        ("2026-01-31", {"months": 1, "days": 1}, "2026-03-01"),
        ("2026-01-01", {"weeks": 1, "days": -7}, "2026-01-01"),
        ("2026-11-23", {"months": 14}, "2028-01-23"),
        ("0001-01-01", {"days": 3_652_058}, "9999-12-31"),
        ("0001-01-31", {"months": 119_986}, "9999-11-30"),
        ("9999-12-31", {"years": -9998}, "0001-12-31"),
    ],
)
def test_a_period_clamps_to_the_end_of_the_month(day: str, period: dict[str, int], expected: str) -> None:
    assert add_period(dt.date.fromisoformat(day), **period) == dt.date.fromisoformat(expected)


def test_clamping_does_not_stick() -> None:
    assert add_period(add_period(dt.date(2023, 1, 31), months=1), months=1) == dt.date(2023, 3, 28)


def test_a_series_is_anchored_on_its_first_day() -> None:
    assert [str(day) for day in repeat(dt.date(2024, 1, 31), months=1, count=5)] == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
        "2024-05-31",
    ]
    assert repeat(dt.date(2024, 2, 29), years=1, count=5)[-1] == dt.date(2028, 2, 29)
    assert repeat(dt.date(2026, 1, 1), weeks=2, count=3)[-1] == dt.date(2026, 1, 29)
    assert repeat(dt.date(2026, 1, 1), days=1, count=0) == ()


@pytest.mark.parametrize("year", [1, 1900, 2000, 2023, 2024, 9999])
@pytest.mark.parametrize("month", [1, 2, 4, 12])
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    last = dt.date(year, month, monthrange(year, month)[1])
    assert end_of_month(dt.date(year, month, 1)) == end_of_month(last) == last


@pytest.mark.parametrize(
    "day, n, this_month, on_or_after",
    [
        ("2022-07-19", 23, "2022-07-23", "2022-07-23"),
        ("2022-07-19", 19, "2022-07-19", "2022-07-19"),
        ("2022-07-19", 1, "2022-07-01", "2022-08-01"),
        ("2023-01-31", 30, "2023-01-30", "2023-02-28"),
        ("2023-02-28", 31, "2023-02-28", "2023-02-28"),
        ("2023-12-31", 5, "2023-12-05", "2024-01-05"),
    ],
)
def test_a_day_of_the_month(day: str, n: int, this_month: str, on_or_after: str) -> None:
    start = dt.date.fromisoformat(day)
    assert str(day_of_month(start, n)) == this_month
    assert str(next_day_of_month(start, n)) == on_or_after


@pytest.mark.parametrize(
    "start, end, period, expected",
    [
        ("2012-07-16", "2012-09-15", {"months": 1}, 1),
        ("2012-07-16", "2012-09-16", {"months": 1}, 2),
        ("2012-07-16", "2012-07-16", {"months": 1}, 0),
        ("2023-01-31", "2023-02-28", {"months": 1}, 1),
        ("2023-01-31", "2023-02-27", {"months": 1}, 0),
        ("2024-02-29", "2025-02-28", {"years": 1}, 1),
        ("2024-01-01", "2025-03-31", {"months": 3}, 4),
        ("2026-01-01", "2026-01-29", {"weeks": 2}, 2),
        ("2026-01-01", "2026-01-30", {"weeks": 1, "days": 3}, 2),
    ],
)
def test_whole_periods_between(start: str, end: str, period: dict[str, int], expected: int) -> None:
    assert periods_between(dt.date.fromisoformat(start), dt.date.fromisoformat(end), **period) == expected


def test_periods_are_not_counted_backwards() -> None:
    with pytest.raises(InvalidValue, match="2026-01-01 is before 2026-01-02; give the earlier day first"):
        periods_between(dt.date(2026, 1, 2), dt.date(2026, 1, 1), months=1)


@pytest.mark.parametrize("period", [{}, {"months": 1, "days": 1}, {"years": 0}])
def test_a_period_is_of_months_or_of_days(period: dict[str, int]) -> None:
    with pytest.raises(InvalidValue, match="use years and months, or weeks and days, above zero"):
        repeat(dt.date(2026, 1, 1), count=2, **period)
