"""Country calendars against the official notices, and what is told where nothing is announced."""

import datetime as dt
import sys
import warnings

import pytest

from ltc._calendars.countries import _source
from ltc.calendars import CountryCalendar, UnannouncedYear, country
from ltc.errors import InvalidValue, MissingExtra

# Days off and make-up workdays of the State Council's notices for 2025 and 2026, as first day, last day and make-up days.
OFF = [
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MAKE_UP = [
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
]


def test_china_works_as_the_notices_say() -> None:
    off = {day for first, last in OFF for day in _days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))}
    make_up = {dt.date.fromisoformat(day) for day in MAKE_UP}
    china = country("CN")
    for day in _days(dt.date(2025, 1, 1), dt.date(2026, 12, 31)):
        expected = day in make_up or (day.weekday() < 5 and day not in off)
        assert china.is_workday(day) == expected, day


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_make_up_day_before_new_year_belongs_to_the_next_years_notice() -> None:
    assert country("CN").is_workday(dt.date(2005, 12, 31))  # a Saturday


@pytest.mark.parametrize(
    "code, year, announced",
    [
        ("CN", 2024, True),
        ("CN", 2026, True),
        ("CN", 1980, True),
        ("CN", 2090, False),
        ("CN", 1900, False),  # before `holidays` begins
        ("CN", 9999, False),
        ("US", 2090, True),
        ("JP", 2024, True),
        ("BG", 2025, True),  # moved its last workday in 2016
        ("AE", 2024, True),
        ("AE", 2040, False),  # the moon is not sighted yet
    ],
)
def test_announced(code: str, year: int, announced: bool) -> None:
    assert country(code).announced(year) is announced


def test_an_unannounced_year_warns() -> None:
    with pytest.warns(UnannouncedYear, match="the workdays of CN in 2090 are not announced yet"):
        assert not country("CN").is_workday(dt.date(2090, 10, 1))


def test_an_unannounced_year_warns_once_from_one_place() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for day in _days(dt.date(2090, 1, 1), dt.date(2091, 12, 31)):
            country("CN").is_workday(day)
    assert [str(warning.message)[:26] for warning in caught] == [
        "the workdays of CN in 2090",
        "the workdays of CN in 2091",
    ]


def test_own_days_come_first() -> None:
    anniversary, saturday = dt.date(2026, 11, 23), dt.date(2026, 11, 28)
    calendar = country("CN", holidays=[anniversary], workdays=[saturday])
    assert not calendar.is_workday(anniversary)
    assert calendar.is_workday(saturday)
    assert country("CN").is_workday(anniversary)
    with pytest.raises(InvalidValue, match="keep one"):
        country("CN", holidays=[saturday], workdays=[saturday])


def test_a_subdivision_has_its_own_holidays() -> None:
    epiphany = dt.date(2026, 1, 6)
    assert country("DE").is_workday(epiphany)
    assert not country("DE", subdivision="BY").is_workday(epiphany)


def test_equal_calendars_are_one() -> None:
    assert country("CN") == CountryCalendar("CN")
    assert len({country("CN"), CountryCalendar("CN")}) == 1


@pytest.mark.parametrize("code", ["XX", "", "cn ", "国", "A" * 1_000_000, 7, None])
def test_an_unknown_country_is_told(code: str) -> None:
    with pytest.raises(InvalidValue, match="is no country whose holidays are known; use an ISO 3166 code") as caught:
        country(code)
    assert len(str(caught.value)) < 200


def test_an_unknown_subdivision_is_told() -> None:
    with pytest.raises(InvalidValue, match="'ZZ' is no subdivision of DE"):
        country("DE", subdivision="ZZ")


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    _source.cache_clear()
    with pytest.raises(MissingExtra, match=r"need the package holidays; install ltc\[calendars\]") as caught:
        country("CN")
    assert caught.value.facts == {"package": "holidays", "extra": "calendars"}
    assert isinstance(caught.value, ImportError)
