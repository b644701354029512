"""Aging: what is open at the end of a day by how late it is, and how many days of sales it stands for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import attrs

from ltc.billing import Bucket, OpenItem, aging, dso
from ltc.ids import AccountId
from ltc.money import Money, total
from ltc.report.payments import Applied, Claim
from ltc.report.periods import Period
from ltc.report.tables import Tables

EDGES: Final = (30, 60, 90)


@attrs.frozen
class AgingFigure:
    """What is open of one currency at the end of a day.

    >>> from ltc.billing import Bucket
    >>> from ltc.money import Money
    >>> buckets = (
    ...     Bucket("not due", None, None, Money.of("70", "CNY"), count=1),
    ...     Bucket("over 0", 1, None, Money.of("30", "CNY"), count=1),
    ... )
    >>> figure = AgingFigure("CNY", buckets, customers=())
    >>> str(figure.open), str(figure.overdue), figure.count
    ('100.00 CNY', '30.00 CNY', 2)
    """

    currency: str
    buckets: tuple[Bucket, ...]
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
        return total((bucket.amount for bucket in self.buckets if bucket.first is not None), self.currency)

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
    claims: Sequence[Claim], as_of: dt.date, edges: Sequence[int], credit: Mapping[str, Money]
) -> tuple[AgingFigure, ...]:
    by_currency: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_currency[claim.amount.currency].append(claim)
    items = (OpenItem(claim.id, AccountId(claim.customer), claim.due_on, claim.open) for claim in claims)
    aged = aging(items, as_of=as_of, edges=edges)
    figures = [
        AgingFigure(
            currency,
            aged.in_currency(currency).buckets,
            _customers(currency, own, as_of),
            credit=credit.get(currency),
        )
        for currency, own in sorted(by_currency.items())
    ]
    return tuple(sorted(figures, key=lambda figure: -figure.count))


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
    billed = total(
        (
            row.amount
            for row in tables.invoices
            if row.amount.currency == figure.currency and quarter.begin <= row.issued_on <= as_of
        ),
        figure.currency,
    )
    return dso(figure.open, billed, (as_of - quarter.begin).days + 1) if billed.minor > 0 else None
