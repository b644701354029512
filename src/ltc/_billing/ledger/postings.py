"""Postings 会计分录: what an event means in the accounts of a chart, balanced in every currency by itself."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from ltc._billing.bank.events import BankLineEvent
from ltc._billing.bank.line import BANK_LINE, BankLine
from ltc._billing.bills.bill import BILL, Bill
from ltc._billing.bills.events import BillEvent
from ltc._billing.deposits.deposit import DEPOSIT, Deposit
from ltc._billing.deposits.events import DepositEvent
from ltc._billing.invoices.disposition import DISPOSITION, Disposition, DispositionEvent
from ltc._billing.invoices.invoice import INVOICE, Invoice, InvoiceEvent
from ltc._billing.invoices.note import NOTE, NoteEvent, RedLetterNote
from ltc._billing.invoices.request import INVOICE_REQUEST, InvoiceRequest
from ltc._billing.invoices.request_events import InvoiceRequestEvent
from ltc._billing.ledger import recognition
from ltc._billing.ledger.chart import AccountRole, Chart
from ltc._billing.plans.collection import PLAN, CollectionPlan
from ltc._billing.plans.events import PlanEvent
from ltc._billing.receipts.events import ReceiptEvent
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receipts.refund import REFUND_REQUEST, RefundEvent, RefundRequest
from ltc._billing.receivables.events import ReceivableEvent
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import InvalidType
from ltc.events import Life
from ltc.ids import AccountId
from ltc.money import Money

BillingEvent = (
    PlanEvent
    | ReceivableEvent
    | InvoiceEvent
    | NoteEvent
    | DispositionEvent
    | InvoiceRequestEvent
    | ReceiptEvent
    | RefundEvent
    | BankLineEvent
    | BillEvent
    | DepositEvent
)
BillingThing = (
    CollectionPlan
    | Receivable
    | Invoice
    | RedLetterNote
    | Disposition
    | InvoiceRequest
    | Receipt
    | RefundRequest
    | BankLine
    | Bill
    | Deposit
)
CHART: Final = Chart()
LIVES: Final[Mapping[type, Life[Any, Any]]] = {
    life.state: life
    for life in (
        PLAN,
        RECEIVABLE,
        INVOICE,
        NOTE,
        DISPOSITION,
        INVOICE_REQUEST,
        RECEIPT,
        REFUND_REQUEST,
        BANK_LINE,
        BILL,
        DEPOSIT,
    )
}
"""The lives of billing, by what lives."""


@attrs.frozen
class Posting:
    """One line in an account: an amount above zero is a debit 借, one below zero a credit 贷.

    >>> from ltc.testing.samples.billing import receivable, receivable_raised
    >>> [(line.account, str(line.amount)) for line in postings(receivable_raised(), of=receivable())]
    [('Assets:Receivable:A1', '30000.00 CNY'), ('Liabilities:Contract', '-30000.00 CNY')]
    """

    account: str
    amount: Money
    role: AccountRole
    party: AccountId | None
    """The customer; None: not known, or the line is of the books alone."""


def postings(event: BillingEvent, /, *, of: BillingThing, chart: Chart = CHART) -> tuple[Posting, ...]:
    """Return the double entry of one event, or nothing where it moves no money. In every currency the lines sum to zero.

    `of` is the thing after that event: an event does not say whose it is. The two halves of an application each balance by
    themselves and meet in the account of conversions; `journal` joins them.

    Raises:
        InvalidType: the event is none of billing, or the thing is not of its kind.

    >>> from ltc.testing.samples.billing import issued, invoice
    >>> [(line.account, str(line.amount)) for line in postings(issued(), of=invoice())]
    [('Liabilities:Contract', '100000.00 CNY'), ('Income:Sales', '-88495.58 CNY'), ('Liabilities:Tax:Output', '-11504.42 CNY')]
    """
    party = None if isinstance(of, BankLine) else of.party
    return tuple(
        Posting(chart.account(role, entity=of.entity, party=party), amount, role, party)
        for role, amount in _moves(event, of)
    )


def _moves(event: BillingEvent, of: BillingThing) -> recognition.Moves:
    if isinstance(of, Receivable) and isinstance(event, ReceivableEvent):
        return recognition.of_receivable(event)
    if isinstance(of, Receipt) and isinstance(event, ReceiptEvent):
        return recognition.of_receipt(event)
    if isinstance(of, Invoice) and isinstance(event, InvoiceEvent):
        return recognition.of_invoice(event)
    if isinstance(of, BankLine) and isinstance(event, BankLineEvent):
        return recognition.of_bank_line(event, of)
    if isinstance(of, Bill) and isinstance(event, BillEvent):
        return recognition.of_bill(event, of)
    if isinstance(of, Deposit) and isinstance(event, DepositEvent):
        return recognition.of_deposit(event, of)
    return _of_papers(event, of)


def _of_papers(event: BillingEvent, of: BillingThing) -> recognition.Moves:
    """Return the moves of what is agreed, asked for or granted: other documents move the money."""
    if isinstance(of, CollectionPlan) and isinstance(event, PlanEvent):
        return recognition.of_plan(event)
    if isinstance(of, RedLetterNote) and isinstance(event, NoteEvent):
        return recognition.of_note(event)
    if isinstance(of, Disposition) and isinstance(event, DispositionEvent):
        return recognition.of_disposition(event)
    if isinstance(of, InvoiceRequest) and isinstance(event, InvoiceRequestEvent):
        return recognition.of_invoice_request(event)
    if isinstance(of, RefundRequest) and isinstance(event, RefundEvent):
        return recognition.of_refund(event)
    names = type(event).__name__, type(of).__name__
    raise InvalidType(
        "ledger.other_thing",
        f"{names[0]} is no event of a {names[1]}; give an event of billing and the thing that it happened to",
        event=names[0],
        thing=names[1],
    )
