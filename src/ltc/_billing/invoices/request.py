"""A request for an invoice 开票申请: to whom, what kind, which lines; approved, issued with the tax office's numbers, delivered."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.invoices.invoice import Cover
from ltc._billing.invoices.line import InvoiceLine, TaxTotal, totals_by_rate
from ltc._billing.invoices.request_events import (
    INVOICE_REQUEST_TRANSITIONS,
    InvoiceKind,
    InvoiceRequestApproved,
    InvoiceRequestCancelled,
    InvoiceRequestDelivered,
    InvoiceRequested,
    InvoiceRequestEvent,
    InvoiceRequestIssued,
    InvoiceRequestRejected,
    InvoiceRequestStatus,
    IssuedInvoice,
)
from ltc._billing.invoices.tax import TaxRounding
from ltc._billing.invoices.title import InvoiceTitle
from ltc.events import Life, evolved, next_status, no_beginning
from ltc.ids import AccountId, ActorId, EntityId, InvoiceRequestId, OrderId, RequestId
from ltc.money import Money, total


@attrs.frozen
class InvoiceRequest:
    """A request for an invoice 开票申请; under a limit per invoice it may become several.

    >>> from ltc.testing.samples.invoices import invoice_request
    >>> request = invoice_request()
    >>> request.status.value, str(request.amount), request.title.name
    ('requested', '100000.00 CNY', '华东机械有限公司')
    """

    id: InvoiceRequestId
    version: int
    status: InvoiceRequestStatus
    order: OrderId
    entity: EntityId
    contracting: AccountId
    """Whose receivables it bills."""
    party: AccountId
    """Who is invoiced."""
    title: InvoiceTitle
    kind: InvoiceKind
    lines: tuple[InvoiceLine, ...]
    rounding: TaxRounding
    covers: tuple[Cover, ...]
    """What it bills of which receivable."""
    by: ActorId
    """Who asked."""
    requested_on: dt.date
    replaces: InvoiceRequestId | None
    """The rejected request that it repeats."""
    approval: RequestId | None = None
    issued: tuple[IssuedInvoice, ...] = ()
    issued_on: dt.date | None = None
    delivered_on: dt.date | None = None
    remark: str = ""
    """Why it was rejected or cancelled."""

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be done: it is requested, approved or issued."""
        return bool(INVOICE_REQUEST_TRANSITIONS[self.status])

    @property
    def amount(self) -> Money:
        """Σ gross of the lines."""
        return total((line.gross for line in self.lines), self.lines[0].gross.currency)

    @property
    def net(self) -> Money:
        """Σ net of the lines."""
        return total((line.net for line in self.lines), self.lines[0].gross.currency)

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.amount - self.net

    @property
    def tax_totals(self) -> tuple[TaxTotal, ...]:
        """Its totals by rate and treatment."""
        return totals_by_rate(self.lines)


def begin(event: InvoiceRequestEvent) -> InvoiceRequest:
    """Return the request as it was made."""
    match event:
        case InvoiceRequested():
            return InvoiceRequest(
                event.request,
                1,
                InvoiceRequestStatus.REQUESTED,
                order=event.order,
                entity=event.entity,
                contracting=event.contracting,
                party=event.party,
                title=event.title,
                kind=event.kind,
                lines=event.lines,
                rounding=event.rounding,
                covers=event.covers,
                by=event.by,
                requested_on=event.on,
                replaces=event.replaces,
            )
        case _:
            raise no_beginning(event)


def evolve(request: InvoiceRequest, event: InvoiceRequestEvent) -> InvoiceRequest:
    """Return the request after an event: the only place where it changes."""
    if isinstance(event, InvoiceRequested):
        raise no_second(event)
    version = request.version + 1
    status = next_status(INVOICE_REQUEST_TRANSITIONS, request.status, event)
    match event:
        case InvoiceRequestApproved(approval=approval):
            return evolved(request, version=version, status=status, approval=approval)
        case InvoiceRequestIssued(invoices=invoices, on=on):
            return evolved(request, version=version, status=status, issued=invoices, issued_on=on)
        case InvoiceRequestDelivered(on=on):
            return evolved(request, version=version, status=status, delivered_on=on)
        case InvoiceRequestRejected(reason=reason) | InvoiceRequestCancelled(reason=reason):
            return evolved(request, version=version, status=status, remark=reason)
        case _:
            assert_never(event)


INVOICE_REQUEST: Final[Life[InvoiceRequest, InvoiceRequestEvent]] = Life(
    "invoice_request",
    InvoiceRequest,
    begin,
    evolve,
    {
        "requested": InvoiceRequested,
        "approved": InvoiceRequestApproved,
        "issued": InvoiceRequestIssued,
        "delivered": InvoiceRequestDelivered,
        "rejected": InvoiceRequestRejected,
        "cancelled": InvoiceRequestCancelled,
    },
)
"""The life of a request for an invoice: for stores and for replay."""
