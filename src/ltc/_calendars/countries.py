"""The business calendar of a country, from the `holidays` library (extra `calendars`), loaded at the first use.

Some governments move workdays by a decree for each year: China's 调休 makes a Saturday a workday so that a holiday becomes a longer
one. Until the decree is out nobody knows the year's workdays; the calendar then answers from the rules it has, and warns.
"""

import datetime as dt
import warnings
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from ltc._calendars.inputs import as_count, shown
from ltc._calendars.workdays import apart, days_set
from ltc._moments import day as as_day
from ltc.errors import InvalidValue, MissingExtra

if TYPE_CHECKING:
    from holidays import HolidayBase

# Where the government moves workdays by a decree for each year. Others move none, or no longer do: Bulgaria since 2017, Taiwan since
# 2026. Source: the yearly tables of the `holidays` library, and its references to the decrees.
_DECREED_YEARLY: Final = frozenset({"AZ", "BY", "CN", "HU", "KG", "KZ", "LV", "RU", "UZ", "VN"})
_SUBSTITUTED: Final = 4  # fields of a row that moves a day; a row that adds a holiday has 3


class UnannouncedYear(UserWarning):
    """A workday was asked of a year whose holidays are not announced, or only estimated: the answer may still change.

    >>> import datetime as dt, warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     country("CN").is_workday(dt.date(2090, 10, 10))
    True
    >>> str(caught[0].message)
    'the workdays of CN in 2090 are not announced yet; days may still be moved'
    """


def _country(_calendar: object, _attribute: "attrs.Attribute[str]", code: str) -> None:
    _source(code, None)


def _subdivision(calendar: Any, _attribute: "attrs.Attribute[str | None]", subdivision: str | None) -> None:
    _source(calendar.code, subdivision)


@attrs.frozen
class CountryCalendar:
    """The workdays of a country: its weekend, public holidays and make-up workdays, with one's own days over them.

    Two calendars of the same country and days are equal, whatever the release of `holidays` that answers them.

    Raises:
        InvalidValue: no such country or subdivision; `holidays` knows some 200.
        MissingExtra: `holidays` is not installed.

    >>> import datetime as dt
    >>> china = CountryCalendar("CN")
    >>> saturday = dt.date(2026, 10, 10)
    >>> china.is_workday(saturday), china.announced(2026), china.announced(2090)
    (True, True, False)
    """

    code: str = attrs.field(validator=_country)
    """ISO 3166: CN, DE."""
    subdivision: str | None = attrs.field(default=None, validator=_subdivision)
    """A state or a province that has holidays of its own: BY in DE."""
    holidays: frozenset[dt.date] = attrs.field(default=frozenset(), converter=days_set)
    """Days off of the company."""
    workdays: frozenset[dt.date] = attrs.field(default=frozenset(), converter=days_set, validator=apart)
    """Workdays of the company."""

    def is_workday(self, day: dt.date, /) -> bool:
        """Whether business is done on this day. The first day asked of a year costs a millisecond.

        Warns:
            UnannouncedYear: the answer may still change.
        """
        if as_day(day) in self.holidays:
            return False
        if day in self.workdays:
            return True
        year = _year(self.code, self.subdivision, day.year)
        if not year.announced:
            warnings.warn(
                f"the workdays of {self.code} in {day.year} are not announced yet; days may still be moved",
                UnannouncedYear,
                stacklevel=2,  # from one place Python shows it once a year asked for
            )
        return day in year.workdays

    def announced(self, year: int, /) -> bool:
        """Whether the workdays of a year are settled: decreed where the country decrees them yearly, and no holiday estimated.

        It tells what the installed release of `holidays` knows; a newer one may know more.
        """
        as_count(year, "the year", dt.MINYEAR, dt.MAXYEAR)
        return _year(self.code, self.subdivision, year).announced


def country(
    code: str,
    /,
    *,
    subdivision: str | None = None,
    holidays: Iterable[dt.date] = (),
    workdays: Iterable[dt.date] = (),
) -> CountryCalendar:
    """Return the business calendar of a country; see `CountryCalendar`.

    >>> import datetime as dt
    >>> from ltc.calendars import add_workdays
    >>> add_workdays(dt.date(2026, 9, 30), 1, country("CN"))
    datetime.date(2026, 10, 8)
    >>> country("XX")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 'XX' is no country whose holidays are known; use an ISO 3166 code such as 'CN'
    """
    return CountryCalendar(code, subdivision, days_set(holidays), days_set(workdays))


@attrs.frozen
class _Year:
    workdays: frozenset[dt.date]
    announced: bool


@cache
def _year(code: str, subdivision: str | None, year: int) -> _Year:
    source = _source(code, subdivision)
    first, length = dt.date(year, 1, 1), 366 if _is_leap(year) else 365
    days = (first + dt.timedelta(days=offset) for offset in range(length))
    return _Year(frozenset(filter(source.is_working_day, days)), _announced(source, year))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _announced(source: "HolidayBase", year: int) -> bool:
    if not source.start_year <= year <= source.end_year:
        return False
    if source.country in _DECREED_YEARLY and year > _last_decree(source):
        return False
    estimated = getattr(source, "estimated_label", "").strip("%s ()（）")
    names = (name for day, name in source.items() if day.year == year)
    return not (estimated and any(estimated in name for name in names))


def _last_decree(source: "HolidayBase") -> int:
    table: dict[int, Any] = source.special_public_holidays
    return max(year for year, rows in table.items() if _moves_days(rows))


def _moves_days(rows: Any) -> bool:
    first = rows[0]
    return any(len(row) >= _SUBSTITUTED for row in (rows if isinstance(first, tuple) else (rows,)))


@cache
def _source(code: str, subdivision: str | None) -> "HolidayBase":
    try:
        import holidays  # noqa: PLC0415  # an extra, and 100 ms
    except ImportError:
        raise MissingExtra(
            "extra.missing",
            "country calendars need the package holidays; install ltc[calendars]",
            package="holidays",
            extra="calendars",
        ) from None
    try:
        # In the country's own language whatever the machine's is, since the names tell what is estimated.
        language = holidays.country_holidays(code).default_language
        found: HolidayBase = holidays.country_holidays(code, subdiv=subdivision, language=language)
    except (NotImplementedError, AttributeError, TypeError):
        raise _unknown(code, subdivision) from None
    return found


def _unknown(code: str, subdivision: str | None) -> InvalidValue:
    if subdivision is None:
        return InvalidValue(
            "calendars.country",
            f"{shown(code)} is no country whose holidays are known; use an ISO 3166 code such as 'CN'",
            country=shown(code),
        )
    return InvalidValue(
        "calendars.subdivision",
        f"{shown(subdivision)} is no subdivision of {code} whose holidays are known; leave it out or use an ISO 3166-2 code",
        country=code,
        subdivision=shown(subdivision),
    )
