"""What can happen to a request for an invoice, and in which status."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final

import attrs

from ltc._billing.invoices.invoice import Cover, check_bill
from ltc._billing.invoices.line import InvoiceLine
from ltc._billing.invoices.tax import TaxRounding
from ltc._billing.invoices.title import InvoiceTitle
from ltc._fields import exactly, member
from ltc.errors import InvalidValue
from ltc.events import day, instant
from ltc.ids import AccountId, ActorId, EntityId, InvoiceId, InvoiceRequestId, OrderId, RequestId
from ltc.text import free_text, one_line, optional_line


class InvoiceKind(enum.StrEnum):
    """What the buyer may do with an invoice: deduct the tax in it, or not.

    >>> InvoiceKind("special").name
    'SPECIAL'
    """

    SPECIAL = "special"
    """专用发票: needs the buyer's tax number."""
    GENERAL = "general"
    """普通发票"""


class InvoiceRequestStatus(enum.StrEnum):
    """Where a request for an invoice stands.

    >>> InvoiceRequestStatus("requested").name
    'REQUESTED'
    """

    REQUESTED = "requested"
    APPROVED = "approved"
    ISSUED = "issued"
    DELIVERED = "delivered"
    """To the buyer."""
    REJECTED = "rejected"
    """By us, or once issued by the buyer: then red letters take the invoices back. Ask again by a new request."""
    CANCELLED = "cancelled"
    """By who asked."""


@attrs.frozen
class IssuedInvoice:
    """An invoice that a request became, with the number by which the tax office knows it.

    >>> IssuedInvoice("Q1/1", "26312000000012345678").invoice
    'Q1/1'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    number: str = attrs.field(validator=one_line)


@attrs.frozen
class InvoiceRequested:
    """An invoice was asked for.

    Raises:
        InvalidValue: no lines, a tax that is not rounded as the policy says, more covered than billed, or a special invoice without a
            tax number.

    >>> from ltc.testing.samples.invoices import invoice_requested
    >>> invoice_requested().kind
    <InvoiceKind.SPECIAL: 'special'>
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    contracting: AccountId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    title: InvoiceTitle = attrs.field(validator=exactly(InvoiceTitle))
    kind: InvoiceKind = attrs.field(validator=member(InvoiceKind))
    lines: tuple[InvoiceLine, ...]
    rounding: TaxRounding = attrs.field(validator=member(TaxRounding))
    covers: tuple[Cover, ...]
    by: ActorId = attrs.field(validator=one_line)
    replaces: InvoiceRequestId | None = attrs.field(validator=optional_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        check_bill(self.request, self.lines, self.rounding, self.covers)
        if self.kind is InvoiceKind.SPECIAL and self.title.tax_number is None:
            raise InvalidValue(
                "invoice_request.tax_number",
                f"request {self.request} is for a special invoice and has no tax number; give one, or ask for a general one",
                request=self.request,
            )


@attrs.frozen
class InvoiceRequestApproved:
    """It was approved, by a request for approval.

    >>> from ltc.testing.samples.billing import NOON
    >>> InvoiceRequestApproved("Q1", approval="AR-1", at=NOON).approval
    'AR-1'
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    approval: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InvoiceRequestIssued:
    """Its invoices were issued: the other half of each `InvoiceIssued` that names it.

    >>> from ltc.testing.samples.invoices import requested_issuance
    >>> change, *_ = requested_issuance()
    >>> [one.number for one in change.events[0].invoices]
    ['26310001']
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    invoices: tuple[IssuedInvoice, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InvoiceRequestDelivered:
    """Its invoices reached the buyer.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> InvoiceRequestDelivered("Q1", to="ap@huadong.example", on=TODAY, at=NOON).to
    'ap@huadong.example'
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    to: str = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InvoiceRequestRejected:
    """It was turned down, or the buyer did not take what was issued.

    >>> from ltc.testing.samples.billing import NOON
    >>> InvoiceRequestRejected("Q1", reason="wrong title", at=NOON).reason
    'wrong title'
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InvoiceRequestCancelled:
    """Who asked took it back.

    >>> from ltc.testing.samples.billing import NOON
    >>> InvoiceRequestCancelled("Q1", reason="order changed", at=NOON).request
    'Q1'
    """

    request: InvoiceRequestId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


InvoiceRequestEvent = (
    InvoiceRequested
    | InvoiceRequestApproved
    | InvoiceRequestIssued
    | InvoiceRequestDelivered
    | InvoiceRequestRejected
    | InvoiceRequestCancelled
)

_S = InvoiceRequestStatus
INVOICE_REQUEST_TRANSITIONS: Final[
    Mapping[InvoiceRequestStatus, Mapping[type[InvoiceRequestEvent], InvoiceRequestStatus]]
] = {
    _S.REQUESTED: {
        InvoiceRequestApproved: _S.APPROVED,
        InvoiceRequestRejected: _S.REJECTED,
        InvoiceRequestCancelled: _S.CANCELLED,
    },
    _S.APPROVED: {
        InvoiceRequestIssued: _S.ISSUED,
        InvoiceRequestRejected: _S.REJECTED,
        InvoiceRequestCancelled: _S.CANCELLED,
    },
    _S.ISSUED: {InvoiceRequestDelivered: _S.DELIVERED, InvoiceRequestRejected: _S.REJECTED},
    _S.DELIVERED: {},
    _S.REJECTED: {},
    _S.CANCELLED: {},
}
"""Which event of a request for an invoice may happen in which status, and where it leads."""
