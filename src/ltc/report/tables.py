"""The rows of a report, with what was remarkable about the files that they were read from."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from ltc.findings import Finding
from ltc.report.mapping import DEFAULT_CURRENCY
from ltc.report.remarks import Remark
from ltc.report.rows import (
    ActivityRow,
    ChangeRow,
    InvoiceRow,
    LeadRow,
    OpportunityRow,
    OrderRow,
    ReceiptRow,
    ReceivableRow,
    StageRow,
    TargetRow,
)


@attrs.frozen
class FileCount:
    """How many rows a file gave to a table: `rows` is always `used` plus `rejected`.

    >>> FileCount("leads", "leads.csv", rows=10, used=9, rejected=1).skipped
    0
    """

    table: str
    file: str
    rows: int
    used: int
    rejected: int
    skipped: int = 0
    """Rows that the mapping says are not meant for this table; they are not among `rows`."""


@attrs.frozen
class Tables:
    """What a report is made of: the rows, the counts of the files that they came from, and the remarks about them.

    >>> Tables().currency
    'CNY'
    """

    leads: tuple[LeadRow, ...] = ()
    opportunities: tuple[OpportunityRow, ...] = ()
    stage_history: tuple[StageRow, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    receivables: tuple[ReceivableRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    invoices: tuple[InvoiceRow, ...] = ()
    receipts: tuple[ReceiptRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    title: str | None = None
    currency: str = DEFAULT_CURRENCY
    """Of a target that is given without one."""
    stages: tuple[str, ...] = ()
    """In the order of the funnel; those that are not named come after."""
    win_rates: Mapping[str, Decimal] = attrs.field(factory=dict)
    """By stage; those that are not given are computed from the history."""
    counts: tuple[FileCount, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def rejections(self) -> tuple[Finding, ...]:
        """The findings that cost a row or a file, in the order of reading.

        >>> Tables().rejections
        ()
        """
        return tuple(remark.finding for remark in self.remarks if remark.rejects)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings about rows that are used all the same.

        >>> Tables().warnings
        ()
        """
        return tuple(remark.finding for remark in self.remarks if not remark.rejects)


def tables_of(
    *,
    leads: Iterable[LeadRow] = (),
    opportunities: Iterable[OpportunityRow] = (),
    stage_history: Iterable[StageRow] = (),
    orders: Iterable[OrderRow] = (),
    receivables: Iterable[ReceivableRow] = (),
    activities: Iterable[ActivityRow] = (),
    targets: Iterable[TargetRow] = (),
    invoices: Iterable[InvoiceRow] = (),
    receipts: Iterable[ReceiptRow] = (),
    changes: Iterable[ChangeRow] = (),
    title: str | None = None,
    currency: str = DEFAULT_CURRENCY,
    stages: Iterable[str] = (),
    win_rates: Mapping[str, Decimal] | None = None,
) -> Tables:
    """Return rows that a host made itself, of a store or of its own tables, as the tables of a report.

    >>> from datetime import datetime, UTC
    >>> from ltc.report import LeadRow
    >>> len(tables_of(leads=[LeadRow("L1", datetime(2026, 3, 2, tzinfo=UTC), company="华东机械")]).leads)
    1
    """
    return Tables(
        tuple(leads),
        tuple(opportunities),
        tuple(stage_history),
        tuple(orders),
        tuple(receivables),
        tuple(activities),
        tuple(targets),
        tuple(invoices),
        tuple(receipts),
        tuple(changes),
        title,
        currency,
        tuple(stages),
        win_rates or {},
    )
