"""Aging: what is open at the end of a day by how late it is, and how many days of sales it stands for."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import attrs

from ltc.billing import DAYS_TO_90, Age, Aging, Bucket, CurrencyAging, Edges, OpenItem, aging, dso
from ltc.ids import AccountId
from ltc.money import Money, total
from ltc.report.payments import Applied, Claim, Unapplied
from ltc.report.periods import Period
from ltc.report.rows import InvoiceRow


@attrs.frozen
class AgingFigure:
    """What is open of one currency at the end of a day.

    >>> from datetime import date
    >>> from ltc.billing import OpenItem, aging
    >>> from ltc.money import Money
    >>> items = [OpenItem("I1", "A1", date(2026, 11, 23), Money.of("70", "CNY")),
    ...          OpenItem("I2", "A1", date(2026, 11, 22), Money.of("30", "CNY"))]
    >>> figure = AgingFigure(aging(items, as_of=date(2026, 11, 23)).in_currency("CNY"), customers=())
    >>> str(figure.open), str(figure.overdue), figure.count
    ('100.00 CNY', '30.00 CNY', 2)
    """

    table: CurrencyAging
    customers: tuple[tuple[str, CurrencyAging], ...]
    """The same of each customer who owes something or has credit; the largest overdue amount first."""
    dso: Decimal | None = None
    """Days of sales that are open: open / invoiced in the quarter to date x its days to date; None if nothing was invoiced in it."""

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return self.table.currency

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """What is open by how late it is."""
        return self.table.buckets

    @property
    def open(self) -> Money:
        """All that is open."""
        return self.table.open

    @property
    def overdue(self) -> Money:
        """What is open and was due before the day."""
        return self.table.overdue

    @property
    def credit(self) -> Money | None:
        """Receipts that pay nothing yet, which are in no bucket; None where there are none."""
        return self.table.credit.amount or None

    @property
    def owing(self) -> tuple[tuple[str, CurrencyAging], ...]:
        """Those of the customers who owe something."""
        return tuple((name, table) for name, table in self.customers if table.open)

    @property
    def largest(self) -> Money:
        """The amount of the largest bucket: the longest bar."""
        return max(bucket.amount for bucket in self.buckets)

    @property
    def count(self) -> int:
        """How many documents are open."""
        return self.table.count


def invoice_aging(
    invoices: Sequence[InvoiceRow],
    applied: Applied,
    *,
    as_of: dt.date,
    edges: Edges = DAYS_TO_90,
    age: Age = Age.OVERDUE,
    by_customer: bool = True,
) -> tuple[AgingFigure, ...]:
    """Return the aging of the invoices by currency, with days of sales; the currency with most open documents first."""
    figures = _aging(applied.invoices, as_of, edges, age, applied.unapplied, by_customer=by_customer)
    return tuple(attrs.evolve(figure, dso=_dso(invoices, figure, as_of)) for figure in figures)


def receivable_aging(applied: Applied, *, as_of: dt.date) -> tuple[AgingFigure, ...]:
    """Return the aging of the receivables by currency, the one with most open documents first."""
    return _aging(applied.receivables, as_of, DAYS_TO_90, Age.OVERDUE)


def _aging(
    claims: Sequence[Claim],
    as_of: dt.date,
    edges: Edges,
    age: Age,
    unapplied: Sequence[Unapplied] = (),
    *,
    by_customer: bool = True,
) -> tuple[AgingFigure, ...]:
    owed = [
        OpenItem(claim.id, AccountId(claim.customer), claim.due_on, claim.open, raised_on=claim.raised_on)
        for claim in claims
    ]
    credit = [OpenItem(part.id, AccountId(part.customer), part.received_on, -part.amount) for part in unapplied]
    aged = aging(
        [*owed, *credit], as_of=as_of, edges=edges, age=age, by=(lambda item: item.party) if by_customer else None
    )
    figures = [
        AgingFigure(aged.in_currency(currency), _customers(aged, currency))
        for currency in sorted(
            {claim.amount.currency for claim in claims} | {part.amount.currency for part in unapplied}
        )
    ]
    return tuple(sorted(figures, key=lambda figure: -figure.count))


def _customers(aged: Aging, currency: str) -> tuple[tuple[str, CurrencyAging], ...]:
    rows = [(name or "", own.in_currency(currency)) for name, own in aged.groups]
    known = [(name, table) for name, table in rows if table.open or table.credit.amount]
    return tuple(sorted(known, key=lambda row: (-row[1].overdue.minor, -row[1].open.minor, row[0])))


def _dso(invoices: Sequence[InvoiceRow], figure: AgingFigure, as_of: dt.date) -> Decimal | None:
    quarter = Period.quarter_of(as_of)
    billed = total(
        (
            row.amount
            for row in invoices
            if row.amount.currency == figure.currency and quarter.begin <= row.issued_on <= as_of
        ),
        figure.currency,
    )
    return dso(figure.open, billed, (as_of - quarter.begin).days + 1) if billed.minor > 0 else None
