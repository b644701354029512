"""Calendars: months that end, workdays that move, working hours across time zones, and when something is due.

Everything is reckoned on plain days (`date`) and aware instants (`datetime`); nothing reads a clock.

>>> import datetime as dt
>>> from ltc.calendars import NetDays, Roll, country, repeat
>>> NetDays(30, roll=Roll.FOLLOWING).due(dt.date(2026, 9, 1), country("CN"))  # 1 October opens a week of holidays
datetime.date(2026, 10, 8)
>>> [f"{day:%d.%m.}" for day in repeat(dt.date(2026, 1, 31), months=1, count=3)]
['31.01.', '28.02.', '31.03.']

- **Days and months**: `add_period`, `repeat`, `periods_between`, `end_of_month`, `day_of_month`, `next_day_of_month`.
- **Workdays**: a `BusinessCalendar` is `Weekly`, a `country`, or the host's own; `roll`, `add_workdays`, `workdays_between`.
- **Instants**: `local_day`, `start_of_day`, `end_of_day`; `WorkingHours`, made of `Interval`, add and measure working time.
- **Due rules**: `NetDays`, `NetMonths`, `EndOfMonth`, `DayOfMonth`, `NextDayOfMonth`, `FixedDate`; together `DueRule`.
"""

from typing import TYPE_CHECKING

from ltc._calendars.due import (
    DayOfMonth,
    DueRule,
    EndOfMonth,
    FixedDate,
    NetDays,
    NetMonths,
    NextDayOfMonth,
)
from ltc._calendars.months import (
    add_period,
    day_of_month,
    end_of_month,
    next_day_of_month,
    periods_between,
    repeat,
)
from ltc._calendars.workdays import (
    BusinessCalendar,
    Roll,
    Weekday,
    Weekly,
    add_workdays,
    roll,
    workdays_between,
)
from ltc._later import later

if TYPE_CHECKING:
    from ltc._calendars.countries import CountryCalendar, UnannouncedYear, country
    from ltc._calendars.days import end_of_day, local_day, start_of_day
    from ltc._calendars.hours import WorkingHours
    from ltc._calendars.intervals import Interval

__all__ = [
    "BusinessCalendar",
    "CountryCalendar",
    "DayOfMonth",
    "DueRule",
    "EndOfMonth",
    "FixedDate",
    "Interval",
    "NetDays",
    "NetMonths",
    "NextDayOfMonth",
    "Roll",
    "UnannouncedYear",
    "Weekday",
    "Weekly",
    "WorkingHours",
    "add_period",
    "add_workdays",
    "country",
    "day_of_month",
    "end_of_day",
    "end_of_month",
    "local_day",
    "next_day_of_month",
    "periods_between",
    "repeat",
    "roll",
    "start_of_day",
    "workdays_between",
]

# Who only asks when something is due owes nothing to time zones, working hours and holiday tables.
__getattr__, __dir__ = later(
    "ltc.calendars",
    {
        "ltc._calendars.countries": "CountryCalendar UnannouncedYear country",
        "ltc._calendars.days": "end_of_day local_day start_of_day",
        "ltc._calendars.hours": "WorkingHours",
        "ltc._calendars.intervals": "Interval",
    },
)
