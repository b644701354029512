"""How old something owed is: from its document or from its due date, in days, in months or in years."""

import datetime as dt
import enum
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs

from ltc._fields import member
from ltc.calendars import periods_between
from ltc.errors import InvalidValue


class Age(enum.StrEnum):
    """From which day the age of something owed counts: two ages with two names, which must not be mixed up.

    >>> Age("overdue").name
    'OVERDUE'
    """

    OVERDUE = "overdue"
    """逾期账龄: days since the due day; the due day itself is not overdue."""
    ACCOUNT = "account"
    """账龄: days since the day of the document, whether it is due or not; what financial statements disclose."""


class AgeUnit(enum.StrEnum):
    """What the edges of an aging count.

    >>> AgeUnit("years").name
    'YEARS'
    """

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


def _as_tuple(ends: Iterable[int]) -> tuple[int, ...]:
    return tuple(ends)


@attrs.frozen
class Edges:
    """Where one bucket of an aging ends and the next begins; an edge belongs to the bucket that it ends.

    Months and years are those of the calendar, anchored on the day from which the age counts: a debt of 2024-02-29 is a year old on
    2025-02-28 and over a year old on 2025-03-01; 365 days have nothing to do with it.

    Raises:
        InvalidValue: the edges are not whole numbers above zero that grow.

    >>> Edges((1, 2, 3), AgeUnit.YEARS).ends
    (1, 2, 3)
    >>> Edges((60, 30))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: the edges [60, 30] do not grow from above zero in whole days; give some such as 30, 60, 90
    """

    ends: tuple[int, ...] = attrs.field(converter=_as_tuple)
    """None: a single bucket of whatever age."""
    unit: AgeUnit = attrs.field(default=AgeUnit.DAYS, validator=member(AgeUnit))

    @ends.validator
    def _grow(self, _attribute: "attrs.Attribute[Any]", ends: tuple[Any, ...]) -> None:
        if any(type(end) is not int or end < 1 for end in ends) or list(ends) != sorted(set(ends)):
            shown = repr(list(ends))[:60]
            raise InvalidValue(
                "aging.edges",
                f"the edges {shown} do not grow from above zero in whole {self.unit.value}; give some such as 30, 60, 90",
                edges=shown,
                unit=self.unit.value,
            )

    @classmethod
    def of(cls, edges: "Edges | Sequence[int]", /) -> "Edges":
        """Return edges as they are, or plain numbers as edges in days.

        >>> Edges.of((30, 60)).unit.value
        'days'
        """
        return edges if isinstance(edges, Edges) else cls(edges)

    def passed(self, since: dt.date, as_of: dt.date, /) -> int:
        """Return how many edges an age is over; the day of an edge is not over it.

        >>> from datetime import date
        >>> YEARS_TO_5.passed(date(2024, 2, 29), date(2025, 2, 28)), YEARS_TO_5.passed(date(2024, 2, 29), date(2025, 3, 1))
        (0, 1)
        """
        if self.unit is AgeUnit.DAYS:
            return bisect_left(self.ends, (as_of - since).days)
        if as_of <= since:
            return 0
        # Over n periods: n of them were complete the day before.
        the_day_before = as_of - dt.timedelta(days=1)
        step = {"months": 1} if self.unit is AgeUnit.MONTHS else {"years": 1}
        return bisect_left(self.ends, periods_between(since, the_day_before, **step) + 1)


DAYS_TO_90: Final = Edges((30, 60, 90))
"""30, 60 and 90 days: the default."""
DAYS_TO_180: Final = Edges((30, 60, 90, 120, 180))
"""30, 60, 90, 120 and 180 days."""
DAYS_TO_360: Final = Edges((30, 60, 90, 180, 360))
"""30, 60, 90, 180 and 360 days."""
YEARS_TO_3: Final = Edges((1, 2, 3), AgeUnit.YEARS)
"""Within a year, 1 to 2, 2 to 3, over 3 years."""
YEARS_TO_5: Final = Edges((1, 2, 3, 4, 5), AgeUnit.YEARS)
"""Within a year, 1 to 2, 2 to 3, 3 to 4, 4 to 5, over 5 years: as China's listed companies disclose 账龄."""
