"""The running story of invoices: what becomes of the money of red letter N1, and request Q1 for an invoice of SO-1."""

from decimal import Decimal

from ltc import billing
from ltc.approvals import ApprovalRequest
from ltc.events import Change, Subject, Thing
from ltc.ids import ActorId, InvoiceRequestId, NoteId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    TOTAL,
    invoice,
    invoiced_receivable,
    receivable,
    reddened,
)

__all__ = [
    "approved_invoice_request",
    "covering_disposition",
    "disposing",
    "disposition",
    "disposition_opened",
    "invoice_approval",
    "invoice_request",
    "invoice_requested",
    "offset",
    "requested_issuance",
    "requesting",
]

DispositionChange = Change[billing.Disposition, billing.DispositionEvent]
RequestChange = Change[billing.InvoiceRequest, billing.InvoiceRequestEvent]
ReceivableChange = Change[billing.Receivable, billing.ReceivableEvent]


def disposing() -> DispositionChange:
    """Return the change that makes the 10,000.00 CNY of N1 credit."""
    return billing.dispose(reddened()[0].after, on=TODAY, now=NOON)


def disposition_opened() -> billing.DispositionEvent:
    """Return the event that begins the disposition of N1."""
    return disposing().events[0]


def disposition() -> billing.Disposition:
    """Return the disposition of N1, all of it credit."""
    return disposing().after


def offset() -> tuple[DispositionChange, ReceivableChange]:
    """Return the two sides of that credit offset against P1/1."""
    used, *settled = billing.offset_credit(disposition(), [receivable()], on=TODAY, now=NOON)
    return used, settled[0]


def covering_disposition() -> billing.Disposition:
    """Return the disposition of N2, a red letter of I1 that gave back 10,000.00 CNY of P1/1."""
    part = Money(1_000_000, "CNY")
    asked = billing.request_note(
        NoteId("N2"),
        invoice=invoice(),
        amount=part,
        reason=billing.NoteReason.RETURN,
        covers=[(receivable().id, part)],
        on=TODAY,
        now=NOON,
    )
    confirmed = billing.confirm_note(asked.after, on=TODAY, now=NOON).after
    note, *_ = billing.issue_note(confirmed, invoice(), receivables=[invoiced_receivable()], on=TODAY, now=NOON)
    return billing.dispose(note.after, on=TODAY, now=NOON).after


def requesting() -> RequestChange:
    """Return the change that asks for Q1: SO-1 with 13 % tax, a special invoice that bills P1/1 so far."""
    goods = billing.InvoiceLine("Press line", gross=TOTAL, tax_rate=Decimal("0.13"), quantity=Decimal(4))
    return billing.request_invoice(
        InvoiceRequestId("Q1"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        title=billing.InvoiceTitle("华东机械有限公司", "91310000MA1FL5BK0Q"),
        kind=billing.InvoiceKind.SPECIAL,
        lines=[goods],
        receivables=[(receivable(), receivable().amount)],
        by=ActorId("li"),
        on=TODAY,
        now=NOON,
    )


def invoice_requested() -> billing.InvoiceRequestEvent:
    """Return the event that begins Q1."""
    return requesting().events[0]


def invoice_request() -> billing.InvoiceRequest:
    """Return Q1 as it was requested."""
    return requesting().after


def invoice_approval(request: billing.InvoiceRequest | None = None) -> ApprovalRequest:
    """Return request AR-1 about a request for an invoice, Q1 unless told otherwise, approved."""
    request = invoice_request() if request is None else request
    return approved_request(Subject(billing.INVOICE_REQUEST.kind, request.id), request.amount)


def approved_invoice_request() -> billing.InvoiceRequest:
    """Return Q1 after its approval."""
    return billing.approve_invoice_request(invoice_request(), approval=invoice_approval(), now=NOON).after


def requested_issuance() -> tuple[Change[Thing, object], ...]:
    """Return the changes that issue Q1 as one invoice."""
    return billing.issue_requested(
        approved_invoice_request(), numbers=["26310001"], receivables=[receivable()], on=TODAY, now=NOON
    )
