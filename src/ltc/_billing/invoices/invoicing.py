"""Issue an invoice 开票, and say what it bills: always the invoice and the receivables in one step."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from ltc._billing.amounts import check_within
from ltc._billing.invoices.invoice import INVOICE, Cover, Invoice, InvoiceCovered, InvoiceEvent, InvoiceIssued
from ltc._billing.invoices.line import InvoiceLine, round_lines
from ltc._billing.invoices.tax import TaxRounding
from ltc._billing.receivables.entering import check_raised
from ltc._billing.receivables.events import ReceivableEvent, ReceivableInvoiced
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import check_member
from ltc.errors import InvalidValue, Refused
from ltc.events import Change
from ltc.ids import AccountId, EntityId, InvoiceId, OrderId
from ltc.money import Money

InvoiceChange = Change[Invoice, InvoiceEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]


def issue(
    invoice_id: InvoiceId,
    *,
    order: OrderId,
    entity: EntityId,
    party: AccountId,
    contracting: AccountId | None = None,
    lines: Iterable[InvoiceLine],
    rounding: TaxRounding = TaxRounding.PER_LINE,
    receivables: Iterable[tuple[Receivable, Money]] = (),
    number: str | None = None,
    on: dt.date,
    due_on: dt.date | None = None,
    now: dt.datetime,
) -> tuple[InvoiceChange, *tuple[ReceivableChange, ...]]:
    """Issue an invoice: its change first, then that of each receivable which it bills, whole or in part, in their order.

    `party` is who is invoiced, `contracting` whose receivables are billed: the same unless told. Without receivables it is invoiced
    ahead 预开票, and `cover` links it later; a receivable that is settled already may be billed 先款后票. The tax of the lines is
    rounded by the policy, whatever they came with.

    Raises:
        InvalidValue: no line, an amount that is not above zero, more covered than billed, a receivable given twice, or due before it
            is issued.
        Refused: a receivable of another entity, contracting party or currency, or raised later; or more than is left to invoice of one.
        CurrencyMismatch: lines of two currencies.

    >>> from decimal import Decimal
    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> goods = InvoiceLine("Press line", gross=Money.of("100000.00", "CNY"), tax_rate=Decimal("0.13"))
    >>> issued, billed = issue("I1", order="SO-1", entity="E1", party="A1", lines=[goods],
    ...                        receivables=[(receivable(), Money.of("30000.00", "CNY"))], on=TODAY, now=NOON)
    >>> str(issued.after.tax), str(issued.after.uncovered), str(billed.after.invoiced)
    ('11504.42 CNY', '70000.00 CNY', '30000.00 CNY')
    """
    check_member(TaxRounding, "rounding", rounding)
    billed = tuple(receivables)
    issued = InvoiceIssued(
        invoice_id,
        order,
        entity,
        party if contracting is None else contracting,
        party,
        lines=round_lines(tuple(lines), rounding),
        rounding=rounding,
        covers=tuple(Cover(receivable.id, amount) for receivable, amount in billed),
        due_on=due_on,
        number=number,
        request=None,
        on=on,
        at=now,
    )
    return issued_with(issued, [receivable for receivable, _ in billed])


def issued_with(
    issued: InvoiceIssued, receivables: Sequence[Receivable]
) -> tuple[InvoiceChange, *tuple[ReceivableChange, ...]]:
    """Return the change that issues an invoice, and those of the receivables that it covers, in the same order."""
    if issued.due_on is not None and issued.due_on < issued.on:
        raise InvalidValue(
            "invoice.due_before",
            f"invoice {issued.invoice} would be due on {issued.due_on}, before it is issued on {issued.on}; "
            "use that day or a later one",
            invoice=issued.invoice,
            due_on=issued.due_on,
            on=issued.on,
        )
    change = INVOICE.change(None, issued)
    billed = [
        _bill(receivable, change.after, cover.amount, issued.on, issued.at)
        for receivable, cover in zip(receivables, issued.covers, strict=True)
    ]
    return change, *billed


def cover(
    invoice: Invoice, receivable: Receivable, *, amount: Money, on: dt.date, now: dt.datetime
) -> tuple[InvoiceChange, ReceivableChange]:
    """Say that an invoice which was issued ahead bills a receivable, or a part of it.

    Raises:
        Refused: more than the invoice bills of nothing yet, or than is left to invoice of the receivable; another entity, contracting
            party or currency; a day before either.

    >>> from ltc.testing.samples.billing import NOON, TODAY, invoice, second_receivable
    >>> covered, billed = cover(invoice(), second_receivable(), amount=Money.of("60000.00", "CNY"), on=TODAY, now=NOON)
    >>> str(covered.after.uncovered), str(billed.after.invoiced)
    ('10000.00 CNY', '60000.00 CNY')
    """
    covered = InvoiceCovered(invoice.id, receivable.id, amount, on=on, at=now)
    if covered.on < invoice.issued_on:
        raise Refused(
            "invoice.not_issued",
            f"invoice {invoice.id} was issued on {invoice.issued_on}, after {on}; use that day or a later one",
            invoice=invoice.id,
            issued_on=invoice.issued_on,
            on=on,
        )
    check_within(
        amount,
        invoice.uncovered,
        code="invoice.over_uncovered",
        of=f"that invoice {invoice.id} bills of no receivable yet",
        invoice=invoice.id,
    )
    billed = _bill(receivable, invoice, amount, covered.on, now)
    return INVOICE.change(invoice, covered), billed


class Biller(Protocol):
    """What bills receivables: an invoice, or a request for one."""

    @property
    def id(self) -> str:
        """By which a refusal names it."""

    @property
    def entity(self) -> EntityId:
        """Whose receivables it bills."""

    @property
    def contracting(self) -> AccountId:
        """Who owes the receivables that it bills."""


def _bill(receivable: Receivable, invoice: Invoice, amount: Money, on: dt.date, now: dt.datetime) -> ReceivableChange:
    check_billable(receivable, invoice, amount, on)
    return RECEIVABLE.change(receivable, ReceivableInvoiced(receivable.id, invoice.id, amount, on=on, at=now))


def check_billable(receivable: Receivable, biller: Biller, amount: Money, on: dt.date) -> None:
    """Refuse to bill an amount of a receivable on a day.

    Raises:
        Refused: another entity, contracting party or currency; a day before it was raised; more than is left to invoice.
    """
    _check_fits(receivable, biller, amount)
    check_raised(receivable, on)
    check_within(
        amount,
        receivable.invoiceable_from(on),
        code="invoice.over_receivable",
        of=f"left to invoice of receivable {receivable.id}",
        receivable=receivable.id,
    )


def _check_fits(receivable: Receivable, biller: Biller, amount: Money) -> None:
    pairs = (
        ("entity", biller.entity, receivable.entity),
        ("party", biller.contracting, receivable.party),
        ("currency", amount.currency, receivable.amount.currency),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            raise Refused(
                f"invoice.other_{name}",
                f"invoice {biller.id} bills for {name} {ours}, receivable {receivable.id} has {theirs}; both must be the same",
                invoice=biller.id,
                receivable=receivable.id,
                ours=ours,
                theirs=theirs,
            )
