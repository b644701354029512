"""Month arithmetic: ends of months clamp, and a series is anchored on its first day, so that nothing drifts.

python-dateutil does the arithmetic (2.9 and 4 agree on it); it is loaded at the first use.
"""

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ltc._calendars.inputs import MOST_DAYS, as_count, out_of_years
from ltc._moments import day as as_day
from ltc.errors import InvalidValue

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_YEARS: Final = 9_998
_MONTHS: Final = 12 * _YEARS + 11
_LONGEST_MONTH: Final = 31


def add_period(day: dt.date, /, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> dt.date:
    """Return the day that is a calendar period later (earlier, where the period is negative).

    Years and months come first and clamp to the end of the month; weeks and days follow. Clamping does not stick: from a clamped
    day the next month is reckoned from the clamped day, so a series belongs in `repeat`, which is anchored.

    Raises:
        InvalidType: a count is no int, or `day` is no date.
        InvalidValue: the result leaves the years 1 to 9999.

    >>> import datetime as dt
    >>> add_period(dt.date(2023, 1, 31), months=1), add_period(dt.date(2024, 2, 29), years=1)
    (datetime.date(2023, 2, 28), datetime.date(2025, 2, 28))
    >>> add_period(dt.date(9999, 12, 1), months=1)
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 9999-12-01 and the period asked for leaves the years 1 to 9999; use an earlier or a later day
    """
    as_day(day)
    in_years, in_months = as_count(years, "years", -_YEARS, _YEARS), as_count(months, "months", -_MONTHS, _MONTHS)
    in_weeks = as_count(weeks, "weeks", -MOST_DAYS // 7, MOST_DAYS // 7)
    in_days = dt.timedelta(as_count(days, "days", -MOST_DAYS, MOST_DAYS), weeks=in_weeks)
    try:
        return (day + _months(in_years, in_months) if in_years or in_months else day) + in_days
    except (ValueError, OverflowError):
        raise out_of_years(f"{day} and the period asked for") from None


@lru_cache(maxsize=256)  # to make one takes longer than to add it, and a plan has the same few again and again
def _months(years: int, months: int) -> "relativedelta":
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  # 10 ms that `import ltc.calendars` does not owe

    return relativedelta(years=years, months=months)


def end_of_month(day: dt.date, /) -> dt.date:
    """Return the last day of the month of a day.

    >>> import datetime as dt
    >>> end_of_month(dt.date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day_of_month(day, _LONGEST_MONTH)


def day_of_month(day: dt.date, n: int, /) -> dt.date:
    """Return day `n` of the month of a day, or the last day where the month is shorter: 31 is the end of any month.

    Raises:
        InvalidValue: `n` is not 1 to 31.

    Source: Kill Bill aligns its bill cycle day so.

    >>> import datetime as dt
    >>> day_of_month(dt.date(2022, 7, 19), 23), day_of_month(dt.date(2023, 2, 1), 30)
    (datetime.date(2022, 7, 23), datetime.date(2023, 2, 28))
    """
    as_day(day)
    as_count(n, "the day of the month", 1, _LONGEST_MONTH)
    return day.replace(day=min(n, monthrange(day.year, day.month)[1]))


def next_day_of_month(day: dt.date, n: int, /) -> dt.date:
    """Return the first day `n` of a month on or after a day; in a shorter month its last day counts as day `n`.

    Raises:
        InvalidValue: `n` is not 1 to 31, or the result leaves the year 9999.

    >>> import datetime as dt
    >>> next_day_of_month(dt.date(2019, 3, 3), 15), next_day_of_month(dt.date(2023, 1, 31), 30)
    (datetime.date(2019, 3, 15), datetime.date(2023, 2, 28))
    """
    this_month = day_of_month(day, n)
    return this_month if this_month >= day else day_of_month(add_period(day, months=1), n)


def repeat(
    first: dt.date, /, *, count: int, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0
) -> tuple[dt.date, ...]:
    """Return `count` days, the first included, each a whole number of periods after the first: anchored, never chained.

    Raises:
        InvalidValue: the period is not above zero, mixes months with days, or the series leaves the year 9999.

    >>> import datetime as dt
    >>> [f"{day:%d.%m.}" for day in repeat(dt.date(2023, 1, 31), months=1, count=4)]
    ['31.01.', '28.02.', '31.03.', '30.04.']
    """
    as_count(count, "count", 0, MOST_DAYS)
    in_months, in_days = _period(years, months, weeks, days)
    if count:
        _nth(first, in_months, in_days, count - 1)  # a series that runs out of years is refused before it is made
    return tuple(_nth(first, in_months, in_days, index) for index in range(count))


def periods_between(
    start: dt.date, end: dt.date, /, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0
) -> int:
    """Return how many whole periods, anchored on `start`, fit between two days: the inverse of `repeat`.

    `end` on the last day of a period completes it. 0 for the same day.

    Raises:
        InvalidValue: `end` is before `start`, or the period is not above zero or mixes months with days.

    Source: Kill Bill's whole billing periods.

    >>> import datetime as dt
    >>> periods_between(dt.date(2012, 7, 16), dt.date(2012, 9, 15), months=1)
    1
    >>> periods_between(dt.date(2023, 1, 31), dt.date(2023, 2, 28), months=1)
    1
    """
    in_months, in_days = _period(years, months, weeks, days)
    if as_day(end) < as_day(start):
        raise InvalidValue(
            "calendars.backwards", f"{end} is before {start}; give the earlier day first", start=start, end=end
        )
    if in_days:
        return (end - start).days // in_days
    periods = (12 * (end.year - start.year) + end.month - start.month) // in_months
    return periods if _nth(start, in_months, 0, periods) <= end else periods - 1


def _period(years: int, months: int, weeks: int, days: int) -> tuple[int, int]:
    in_months = 12 * as_count(years, "years", 0, _YEARS) + as_count(months, "months", 0, _MONTHS)
    in_days = 7 * as_count(weeks, "weeks", 0, MOST_DAYS // 7) + as_count(days, "days", 0, MOST_DAYS)
    if bool(in_months) == bool(in_days):
        raise InvalidValue(
            "calendars.period",
            f"a period of {in_months} months and {in_days} days does not repeat; "
            "use years and months, or weeks and days, above zero",
            months=in_months,
            days=in_days,
        )
    return in_months, in_days


def _nth(first: dt.date, months: int, days: int, index: int) -> dt.date:
    if months * index > _MONTHS or days * index > MOST_DAYS:
        raise out_of_years(f"{index} periods after {first}")
    return add_period(first, months=months * index, days=days * index)
