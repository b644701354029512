"""Periods of the calendar by name: a year, a quarter, a month."""

import calendar
import datetime as dt

import attrs


@attrs.frozen
class Period:
    """A year, a quarter or a month, first and last day included.

    >>> Period.named("2026-Q4").end
    datetime.date(2026, 12, 31)
    """

    name: str
    begin: dt.date
    end: dt.date

    @classmethod
    def named(cls, name: str, /) -> "Period":
        """Return the period of a name such as 2026, 2026-Q4 or 2026-11."""
        year, _, part = name.partition("-")
        if not part:
            first, last = 1, 12
        elif part.startswith("Q"):
            first, last = 3 * int(part[1:]) - 2, 3 * int(part[1:])
        else:
            first = last = int(part)
        end = calendar.monthrange(int(year), last)[1]
        return cls(name, dt.date(int(year), first, 1), dt.date(int(year), last, end))

    @classmethod
    def quarter_of(cls, day: dt.date, /) -> "Period":
        """Return the quarter that a day lies in."""
        return cls.named(f"{day.year:04}-Q{(day.month + 2) // 3}")

    def __contains__(self, day: dt.date) -> bool:
        return self.begin <= day <= self.end
