"""A request to pay money back 退款: it waits for an approval, and its money is set aside in the receipt meanwhile."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc.events import Life, day, evolved, instant, next_status, no_beginning
from ltc.ids import AccountId, EntityId, ReceiptId, RefundId, RequestId
from ltc.money import Money
from ltc.text import free_text, one_line


class RefundStatus(enum.StrEnum):
    """Where a refund stands; money is set aside while it is requested or approved.

    >>> RefundStatus.APPROVED.value
    'approved'
    """

    REQUESTED = "requested"
    APPROVED = "approved"
    PAID = "paid"
    FAILED = "failed"
    """The payment did not go through; ask again."""
    REJECTED = "rejected"


@attrs.frozen
class RefundRequest:
    """A refund of one receipt's free money.

    >>> from ltc.testing.samples.billing import requested_refund
    >>> refund = requested_refund()
    >>> refund.status, refund.receipt, str(refund.amount)
    (<RefundStatus.REQUESTED: 'requested'>, 'R1', '20000.00 CNY')
    """

    id: RefundId
    version: int
    status: RefundStatus
    receipt: ReceiptId
    entity: EntityId
    party: AccountId
    amount: Money
    reason: str
    approval: RequestId | None = None
    paid_on: dt.date | None = None
    remark: str | None = None
    """Why it was rejected or failed."""


@attrs.frozen
class RefundRequested:
    """A refund was asked for: the other half of `RefundReserved`.

    >>> from ltc.testing.samples.billing import refund_asked
    >>> change, _ = refund_asked()
    >>> change.events[0].reason
    'overpaid'
    """

    refund: RefundId = attrs.field(validator=one_line)
    receipt: ReceiptId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundApproved:
    """A refund was approved, by a request for approval.

    >>> from ltc.testing.samples.billing import NOON
    >>> RefundApproved("RF1", approval="Q1", at=NOON).approval
    'Q1'
    """

    refund: RefundId = attrs.field(validator=one_line)
    approval: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundRejected:
    """A refund was not approved: the other half of `RefundReleased`.

    >>> from ltc.testing.samples.billing import NOON
    >>> RefundRejected("RF1", reason="use it for the next order", at=NOON).refund
    'RF1'
    """

    refund: RefundId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundPaid:
    """The money was paid back: the other half of `ReceiptRefunded`.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> RefundPaid("RF1", on=TODAY, at=NOON).refund
    'RF1'
    """

    refund: RefundId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundFailed:
    """The payment did not go through: the other half of `RefundReleased`.

    >>> from ltc.testing.samples.billing import NOON
    >>> RefundFailed("RF1", reason="account closed", at=NOON).reason
    'account closed'
    """

    refund: RefundId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


RefundEvent = RefundRequested | RefundApproved | RefundRejected | RefundPaid | RefundFailed

_S = RefundStatus
REFUND_TRANSITIONS: Final[Mapping[RefundStatus, Mapping[type[RefundEvent], RefundStatus]]] = {
    _S.REQUESTED: {RefundApproved: _S.APPROVED, RefundRejected: _S.REJECTED},
    _S.APPROVED: {RefundPaid: _S.PAID, RefundFailed: _S.FAILED},
    _S.PAID: {},
    _S.FAILED: {},
    _S.REJECTED: {},
}
"""Which event of a refund may happen in which status, and where it leads."""


def begin(event: RefundEvent) -> RefundRequest:
    """Return the refund that was asked for."""
    match event:
        case RefundRequested():
            return RefundRequest(
                event.refund,
                1,
                RefundStatus.REQUESTED,
                receipt=event.receipt,
                entity=event.entity,
                party=event.party,
                amount=event.amount,
                reason=event.reason,
            )
        case _:
            raise no_beginning(event)


def evolve(refund: RefundRequest, event: RefundEvent) -> RefundRequest:
    """Return the refund after an event: the only place where it changes."""
    if isinstance(event, RefundRequested):
        raise no_second(event)
    version, status = refund.version + 1, next_status(REFUND_TRANSITIONS, refund.status, event)
    match event:
        case RefundApproved(approval=approval):
            return evolved(refund, version=version, status=status, approval=approval)
        case RefundRejected(reason=reason) | RefundFailed(reason=reason):
            return evolved(refund, version=version, status=status, remark=reason)
        case RefundPaid(on=on):
            return evolved(refund, version=version, status=status, paid_on=on)
        case _:
            assert_never(event)


REFUND_REQUEST: Final[Life[RefundRequest, RefundEvent]] = Life(
    "refund_request",
    RefundRequest,
    begin,
    evolve,
    {
        "requested": RefundRequested,
        "approved": RefundApproved,
        "rejected": RefundRejected,
        "paid": RefundPaid,
        "failed": RefundFailed,
    },
)
"""The life of a refund: for stores and for replay."""
