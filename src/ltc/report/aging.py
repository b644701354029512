"""Aging: what is open at the end of a day by how late it is, and how many days of sales it stands for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

import attrs

from ltc.money import Money, divide, total
from ltc.report.payments import Applied, Claim
from ltc.report.periods import Period
from ltc.report.tables import Tables

EDGES: Final = (30, 60, 90)
_PLACES = 10**4  # of days of sales


@attrs.frozen
class AgeBucket:
    """What is open and a range of days late, both ends included; 0 to 0 is what is not due, the due day itself included.

    >>> from ltc.money import Money
    >>> AgeBucket(1, 30, Money.of("909.73", "USD"), 14).label
    '1-30'
    """

    low: int
    high: int | None
    """None: without end."""
    amount: Money
    count: int

    @property
    def label(self) -> str:
        """The range as a program reads it: `not_due`, `1-30`, `91+`."""
        if self.high is None:
            return f"{self.low}+"
        return f"{self.low}-{self.high}" if self.high else "not_due"


@attrs.frozen
class AgingFigure:
    """What is open of one currency at the end of a day.

    >>> from ltc.money import Money
    >>> buckets = (AgeBucket(0, 0, Money.of("70", "CNY"), 1), AgeBucket(1, 30, Money.of("30", "CNY"), 1))
    >>> figure = AgingFigure("CNY", buckets, customers=())
    >>> str(figure.open), str(figure.overdue), figure.count
    ('100.00 CNY', '30.00 CNY', 2)
    """

    currency: str
    buckets: tuple[AgeBucket, ...]
    customers: tuple[tuple[str, Money, Money], ...]
    """Customer, open and of it overdue; the largest overdue amount first."""
    dso: Decimal | None = None
    """Days of sales that are open: open / invoiced in the quarter to date x its days to date; None if nothing was invoiced in it."""
    credit: Money | None = None
    """Receipts that pay nothing yet."""

    @property
    def open(self) -> Money:
        """All that is open."""
        return total((bucket.amount for bucket in self.buckets), self.currency)

    @property
    def overdue(self) -> Money:
        """What is open and was due before the day."""
        return total((bucket.amount for bucket in self.buckets if bucket.low), self.currency)

    @property
    def largest(self) -> Money:
        """The amount of the largest bucket: the longest bar."""
        return max((bucket.amount for bucket in self.buckets), default=Money.zero(self.currency))

    @property
    def count(self) -> int:
        """How many documents are open."""
        return sum(bucket.count for bucket in self.buckets)


def invoice_aging(
    tables: Tables, applied: Applied, *, as_of: dt.date, edges: Sequence[int] = EDGES
) -> tuple[AgingFigure, ...]:
    """Return the aging of the invoices by currency, with days of sales; the currency with most open documents first."""
    figures = _aging(applied.invoices, as_of, edges, applied.credit)
    return tuple(attrs.evolve(figure, dso=_dso(tables, figure, as_of)) for figure in figures)


def receivable_aging(applied: Applied, *, as_of: dt.date, edges: Sequence[int] = EDGES) -> tuple[AgingFigure, ...]:
    """Return the aging of the receivables by currency, the one with most open documents first."""
    return _aging(applied.receivables, as_of, edges, {})


def _aging(
    claims: Iterable[Claim], as_of: dt.date, edges: Sequence[int], credit: Mapping[str, Money]
) -> tuple[AgingFigure, ...]:
    by_currency: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_currency[claim.amount.currency].append(claim)
    figures = [
        AgingFigure(
            currency,
            _buckets(currency, own, as_of, edges),
            _customers(currency, own, as_of),
            credit=credit.get(currency),
        )
        for currency, own in sorted(by_currency.items())
    ]
    return tuple(sorted(figures, key=lambda figure: -figure.count))


def _buckets(currency: str, claims: Iterable[Claim], as_of: dt.date, edges: Sequence[int]) -> tuple[AgeBucket, ...]:
    ranges = [(0, 0), *((low + 1, high) for low, high in pairwise((0, *edges))), (max(edges) + 1, None)]
    found: dict[int, list[Money]] = defaultdict(list)
    for claim in claims:
        if claim.open:
            late = (as_of - claim.due_on).days
            found[max(low for low, _ in ranges if low <= max(late, 0))].append(claim.open)
    return tuple(AgeBucket(low, high, total(found[low], currency), len(found[low])) for low, high in ranges)


def _customers(currency: str, claims: Iterable[Claim], as_of: dt.date) -> tuple[tuple[str, Money, Money], ...]:
    nothing = Money.zero(currency)
    found: dict[str, tuple[Money, Money]] = {}
    for claim in claims:
        if claim.open:
            unpaid, late = found.get(claim.customer, (nothing, nothing))
            found[claim.customer] = (unpaid + claim.open, late + claim.open if claim.due_on < as_of else late)
    rows = [(customer, *amounts) for customer, amounts in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row[2].minor, -row[1].minor, row[0])))


def _dso(tables: Tables, figure: AgingFigure, as_of: dt.date) -> Decimal | None:
    quarter = Period.quarter_of(as_of)
    billed = sum(
        row.amount.minor
        for row in tables.invoices
        if row.amount.currency == figure.currency and quarter.begin <= row.issued_on <= as_of
    )
    days = (as_of - quarter.begin).days + 1
    return Decimal(divide(figure.open.minor * days * _PLACES, billed)).scaleb(-4) if billed else None
