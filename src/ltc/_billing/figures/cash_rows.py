"""What an expectation of cash is made of: rows of days, what each item stands on, what was promised."""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.receivables.stops import latest
from ltc.events import day
from ltc.money import Money


class CashBasis(enum.StrEnum):
    """What the expectation for an item stands on, the nearest first.

    >>> CashBasis("segment").name
    'SEGMENT'
    """

    PROMISE = "promise"
    """付款承诺: the customer named a day."""
    CUSTOMER = "customer"
    """How late the customer paid so far."""
    SEGMENT = "segment"
    """How late customers like it paid so far."""
    ALL = "all"
    """How late all customers paid so far."""
    NONE = "none"
    """Nobody was ever as late: when it comes is not known, and it is expected in no week."""


@attrs.frozen
class Promised:
    """What was promised of something open, and by which day.

    >>> from datetime import date
    >>> Promised(date(2026, 3, 20), Money.of("5.00", "CNY")).on
    datetime.date(2026, 3, 20)
    """

    on: dt.date = attrs.field(converter=day)
    amount: Money = attrs.field(validator=above_zero)


def promises_of(receivables: Iterable[Receivable], as_of: dt.date, /) -> Mapping[str, Promised]:
    """Return what of receivables was promised and stood at the end of a day, by the id of each.

    >>> from ltc.testing.samples.dunning import TODAY, promised
    >>> promises_of([promised().after], TODAY)["P1/1"].on
    datetime.date(2026, 3, 20)
    """
    found = {}
    for receivable in receivables:
        amount, last = receivable.promised_as_of(as_of), latest(receivable.promises, as_of)
        if amount.minor > 0 and last is not None:
            found[str(receivable.id)] = Promised(last.until, amount)
    return found


@attrs.frozen
class CashItem:
    """What the expectation for one item, or for a part of it, stands on.

    >>> CashItem("I1", CashBasis.CUSTOMER, sample=24, amount=Money.of("5.00", "CNY")).sample
    24
    """

    id: str
    basis: CashBasis
    sample: int
    """How many observations are later than the item is by now: those that still say something about it."""
    amount: Money
    """What of the item: all of it, where a part was not promised."""


@attrs.frozen
class CashRow:
    """What is expected on the days from `first` to `last`, both inclusive.

    >>> from ltc.testing.samples.billing import expected_cash
    >>> row = expected_cash().weeks[0]
    >>> row.first.isoformat(), row.last.isoformat(), str(row.low), str(row.expected), str(row.high)
    ('2026-03-13', '2026-03-19', '0.00 CNY', '7000.00 CNY', '30000.00 CNY')
    """

    first: dt.date
    last: dt.date | None
    """None: whenever later, or never."""
    expected: Money
    low: Money
    high: Money


@attrs.frozen
class CashIn:
    """What is expected of one currency: weeks of seven days from the day after `as_of`, and what comes later or never.

    The expected amounts of all rows sum to `open`, to the minor unit.

    >>> from ltc.testing.samples.billing import expected_cash
    >>> cash = expected_cash()
    >>> str(cash.open), [str(row.expected) for row in cash.weeks], str(cash.later.expected)
    ('90000.00 CNY', ['7000.00 CNY', '7000.00 CNY', '7000.00 CNY', '9926.83 CNY'], '59073.17 CNY')
    """

    currency: str
    as_of: dt.date
    level: Decimal
    """How often the true amount of a week is to lie within its interval."""
    open: Money
    weeks: tuple[CashRow, ...]
    later: CashRow
    items: tuple[CashItem, ...]
    """By id; what was promised of an item before the rest of it."""

    @property
    def least_sample(self) -> int:
        """The least number of observations that any item's expectation stands on, of those that stand on observations."""
        seen = (item.sample for item in self.items if item.basis not in {CashBasis.PROMISE, CashBasis.NONE})
        return min(seen, default=0)
