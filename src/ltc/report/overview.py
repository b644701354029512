"""All figures of a report: pure functions of the rows and the day."""

import datetime as dt
from decimal import Decimal

import attrs

from ltc.money import Money
from ltc.report.aging import AgingFigure, invoice_aging, receivable_aging
from ltc.report.cells import refusal
from ltc.report.funnel import FunnelFigure, funnels
from ltc.report.lead_counts import LeadFigures, lead_figures
from ltc.report.payments import apply_receipts
from ltc.report.positions import OrderFigures, order_figures
from ltc.report.remarks import Remark
from ltc.report.rows import ChangeRow
from ltc.report.tables import FileCount, Tables


@attrs.frozen
class Figures:
    """What a report says as of the end of a day; several currencies stand side by side and are never added.

    >>> from datetime import date
    >>> from ltc.report import tables_of
    >>> figures(tables_of(), as_of=date(2026, 11, 23)).funnels
    ()
    """

    as_of: dt.date
    title: str | None
    funnels: tuple[FunnelFigure, ...]
    leads: LeadFigures | None
    orders: tuple[OrderFigures, ...]
    receivables: tuple[AgingFigure, ...]
    invoices: tuple[AgingFigure, ...]
    changes: tuple[ChangeRow, ...] = ()
    counts: tuple[FileCount, ...] = ()
    remarks: tuple[Remark, ...] = ()
    by_installment: frozenset[str] = frozenset()
    """Currencies in which every invoice is of an order with receivables: those say what is due when, the invoices do not."""


def figures(tables: Tables, *, as_of: dt.date, target: Money | str | int | Decimal | None = None) -> Figures:
    """Return the figures of a report. What happened after the day is not in them.

    A target is what is to be won in the quarter of the day; without one the targets of the tables hold.

    Raises:
        InvalidType, InvalidValue: the target is no amount, or has more decimals than the currency of the tables, or is not more than zero.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> from ltc.report import InvoiceRow, tables_of
    >>> invoice = InvoiceRow("I1", "A1", Money.of("30000.00", "CNY"), date(2026, 10, 12), due_on=date(2026, 11, 11))
    >>> aging = figures(tables_of(invoices=[invoice]), as_of=date(2026, 11, 23)).invoices[0]
    >>> str(aging.overdue), aging.dso
    ('30000.00 CNY', Decimal('54.0000'))
    """
    aim = target if target is None or isinstance(target, Money) else Money.of(target, tables.currency)
    if aim is not None and aim.minor <= 0:
        raise refusal("report.target", amount=str(aim))
    applied = apply_receipts(tables, as_of=as_of)
    return Figures(
        as_of,
        tables.title,
        funnels(tables, as_of=as_of, target=aim) if tables.opportunities else (),
        lead_figures(tables, as_of=as_of),
        order_figures(tables, applied, as_of=as_of),
        receivable_aging(applied, as_of=as_of),
        invoice_aging(tables.invoices, applied, as_of=as_of),
        tuple(change for change in tables.changes if change.at.date() <= as_of),
        tables.counts,
        tables.remarks,
        _by_installment(tables),
    )


def _by_installment(tables: Tables) -> frozenset[str]:
    planned = {row.order for row in tables.receivables}
    alone = {row.amount.currency for row in tables.invoices if row.order not in planned}
    return frozenset(row.amount.currency for row in tables.invoices) - alone
