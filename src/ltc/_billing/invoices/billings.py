"""What is earned and not invoiced, or invoiced and not earned: a comparison of plain amounts, whoever knows them."""

import datetime as dt
import enum
from collections.abc import Iterable

import attrs

from ltc._billing.amounts import is_money
from ltc._billing.invoices.invoice import Invoice
from ltc._billing.once import given_once
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import member
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.ids import OrderId
from ltc.money import Money
from ltc.text import one_line, say


class GapKind(enum.StrEnum):
    """Which way what is invoiced differs from what is earned.

    >>> GapKind("not_invoiced").name
    'NOT_INVOICED'
    """

    NOT_INVOICED = "not_invoiced"
    """应开未开: delivered or due, not invoiced"""
    INVOICED_AHEAD = "invoiced_ahead"
    """预开票: invoiced, neither delivered nor due"""


@attrs.frozen
class BillingPosition:
    """What is earned (delivered, or due) and what is invoiced of one thing: an order, a line of it, a receivable, an invoice.

    >>> BillingPosition("SO-1/1", "SO-1", earned=Money.of("90", "CNY"), invoiced=Money.of("40", "CNY")).order
    'SO-1'
    """

    id: str = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    earned: Money = attrs.field(validator=is_money, kw_only=True)
    invoiced: Money = attrs.field(validator=is_money, kw_only=True)


@attrs.frozen
class BillingGap:
    """By how much what is invoiced of a thing differs from what is earned of it; the amount is above zero.

    >>> gap = BillingGap("SO-1/1", "SO-1", GapKind.NOT_INVOICED, Money.of("50", "CNY"))
    >>> gap.say("en"), gap.say("zh_CN")
    ('SO-1/1 of order SO-1: CN¥50.00 earned and not invoiced', '订单 SO-1 的 SO-1/1：应开未开 ¥50.00')
    """

    id: str = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    kind: GapKind = attrs.field(validator=member(GapKind))
    amount: Money = attrs.field(validator=is_money)

    def say(self, locale: str, /) -> str:
        """Return it as a line of text."""
        return say(f"billing_gap.{self.kind.value}", locale, id=self.id, order=self.order, amount=self.amount)


def billing_gaps(positions: Iterable[BillingPosition], /) -> tuple[BillingGap, ...]:
    """Return where what is invoiced differs from what is earned, in the order of the positions; equal ones are left out.

    Positions of one id are added up first: what is delivered may come from one place and what is invoiced from another.

    Raises:
        InvalidValue: positions of one id and of two orders.
        CurrencyMismatch: an id with amounts of two currencies.

    >>> half = BillingPosition("SO-1/1", "SO-1", earned=Money.of("90", "CNY"), invoiced=Money.of("40", "CNY"))
    >>> ahead = BillingPosition("SO-1/2", "SO-1", earned=Money.of("0", "CNY"), invoiced=Money.of("10", "CNY"))
    >>> [(gap.id, gap.kind.value, str(gap.amount)) for gap in billing_gaps([half, ahead])]
    [('SO-1/1', 'not_invoiced', '50.00 CNY'), ('SO-1/2', 'invoiced_ahead', '10.00 CNY')]
    """
    over: dict[str, tuple[OrderId, Money]] = {}
    for position in positions:
        more = position.earned - position.invoiced
        order, so_far = over.get(position.id, (position.order, Money.zero(more.currency)))
        if order != position.order:
            raise InvalidValue(
                "billing_gap.two_orders",
                f"{position.id} is of order {order} and of order {position.order}; give each thing one order",
                id=position.id,
                order=order,
                other=position.order,
            )
        over[position.id] = order, so_far + more
    return tuple(
        BillingGap(name, order, GapKind.NOT_INVOICED if gap.minor > 0 else GapKind.INVOICED_AHEAD, abs(gap))
        for name, (order, gap) in over.items()
        if gap
    )


def billing_positions(
    receivables: Iterable[Receivable], invoices: Iterable[Invoice] = (), *, on: dt.date
) -> tuple[BillingPosition, ...]:
    """Return what is due by a day and what is invoiced of receivables, and what invoices bill of no receivable yet.

    A receivable is earned from its due date on: its amount less what was waived and what red letters gave back, but for an invoice
    issued in error, which is to be made again. Who earns by delivery makes positions of what was
    delivered instead. A write-off changes nothing: what is lost was earned. Documents count as they stand: for a day in the past
    give them as they were then.

    Raises:
        InvalidValue: a document is given twice.

    >>> from ltc.testing.samples.billing import TODAY, invoice, invoiced_receivable, second_receivable
    >>> found = billing_positions([invoiced_receivable(), second_receivable()], [invoice()], on=TODAY)
    >>> [(gap.id, gap.kind.value, str(gap.amount)) for gap in billing_gaps(found)]
    [('P1/2', 'not_invoiced', '60000.00 CNY'), ('I1', 'invoiced_ahead', '70000.00 CNY')]
    """
    due_by = day(on)
    return (
        *(_of_receivable(receivable, due_by) for receivable in given_once(receivables)),
        *(
            BillingPosition(invoice.id, invoice.order, earned=Money.zero(invoice.currency), invoiced=invoice.uncovered)
            for invoice in given_once(invoices)
        ),
    )


def _of_receivable(receivable: Receivable, due_by: dt.date) -> BillingPosition:
    gone = sum(part.amount.minor for part in receivable.billed if part.note is not None and not part.issued_in_error)
    due = receivable.amount - receivable.waived - Money(gone, receivable.amount.currency)
    return BillingPosition(
        receivable.id,
        receivable.order,
        earned=due if receivable.due_on <= due_by else Money.zero(due.currency),
        invoiced=receivable.invoiced,
    )
