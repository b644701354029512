"""Orders with their position: what was ordered, invoiced and collected by the end of a day, and what is overdue."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import attrs

from ltc.money import Money, total
from ltc.report.payments import Applied, Claim
from ltc.report.rows import OrderRow
from ltc.report.tables import Tables


@attrs.frozen
class OrderFigure:
    """The position of one order.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> figure = OrderFigure("SO-1", "A1", date(2026, 3, 2), yuan("100000"), invoiced=yuan("30000"), collected=yuan("10000"), overdue=yuan("20000"))
    >>> str(figure.to_collect)
    '90000.00 CNY'
    """

    id: str
    account: str
    signed_on: dt.date
    ordered: Money
    invoiced: Money
    collected: Money
    overdue: Money
    """Of its receivables, or of its invoices where it has none: what was due before the day and is not paid."""

    @property
    def to_collect(self) -> Money:
        """What was ordered and is not collected yet."""
        return self.ordered - self.collected


@attrs.frozen
class OrderFigures:
    """The orders of one currency, the latest first, with their totals.

    >>> from ltc.money import Money
    >>> str(OrderFigures("CNY", ()).ordered)
    '0.00 CNY'
    """

    currency: str
    orders: tuple[OrderFigure, ...]

    @property
    def ordered(self) -> Money:
        """The sum of what was ordered."""
        return total((order.ordered for order in self.orders), self.currency)

    @property
    def invoiced(self) -> Money:
        """The sum of what was invoiced."""
        return total((order.invoiced for order in self.orders), self.currency)

    @property
    def collected(self) -> Money:
        """The sum of what was collected."""
        return total((order.collected for order in self.orders), self.currency)

    @property
    def overdue(self) -> Money:
        """The sum of what is overdue."""
        return total((order.overdue for order in self.orders), self.currency)


def order_figures(tables: Tables, applied: Applied, *, as_of: dt.date) -> tuple[OrderFigures, ...]:
    """Return the orders that were signed by the end of a day, by currency; the currency with most orders first."""
    invoices, receivables = _by_order(applied.invoices), _by_order(applied.receivables)
    by_currency: dict[str, list[OrderFigure]] = defaultdict(list)
    for row in tables.orders:
        if row.signed_on <= as_of:
            figure = _position(row, invoices.get(row.id, ()), receivables.get(row.id, ()), applied, as_of)
            by_currency[row.amount.currency].append(figure)
    figures = [
        OrderFigures(currency, tuple(sorted(own, key=lambda order: order.signed_on, reverse=True)))
        for currency, own in sorted(by_currency.items())
    ]
    return tuple(sorted(figures, key=lambda figure: -len(figure.orders)))


def _by_order(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.order is not None:
            found[claim.order].append(claim)
    return found


def _position(
    row: OrderRow, invoices: Iterable[Claim], receivables: Iterable[Claim], applied: Applied, as_of: dt.date
) -> OrderFigure:
    """Return the position of an order in its own currency; documents of another one are not added."""
    currency = row.amount.currency
    billed = [claim for claim in invoices if claim.amount.currency == currency]
    owed = [claim for claim in receivables if claim.amount.currency == currency] or billed
    return OrderFigure(
        row.id,
        row.account,
        row.signed_on,
        row.amount,
        invoiced=total((claim.amount for claim in billed), currency),
        collected=applied.collected.get((row.id, currency), Money.zero(currency)),
        overdue=total((claim.open for claim in owed if claim.due_on < as_of), currency),
    )
