"""Pay money back 退款: asked for, approved, paid; the receipt keeps the money aside in between."""

import datetime as dt
from typing import TYPE_CHECKING

from ltc._billing.amounts import check_within
from ltc._billing.receipts.events import ReceiptEvent, ReceiptRefunded, RefundReleased, RefundReserved
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receipts.refund import (
    REFUND_REQUEST,
    REFUND_TRANSITIONS,
    RefundApproved,
    RefundEvent,
    RefundFailed,
    RefundPaid,
    RefundRejected,
    RefundRequest,
    RefundRequested,
)
from ltc.errors import Refused
from ltc.events import Change, Subject, check_move
from ltc.ids import RefundId
from ltc.money import Money

if TYPE_CHECKING:
    from ltc.approvals import ApprovalRequest

RefundChange = Change[RefundRequest, RefundEvent]
ReceiptChange = Change[Receipt, ReceiptEvent]


def request_refund(
    refund_id: RefundId, *, receipt: Receipt, amount: Money, reason: str, now: dt.datetime
) -> tuple[RefundChange, ReceiptChange]:
    """Ask to pay free money of a receipt back; it is set aside until the refund is paid, fails or is rejected.

    Raises:
        Refused: more than is free.

    >>> from ltc.testing.samples.billing import NOON, receipt
    >>> asked, kept = request_refund("RF1", receipt=receipt(), amount=Money.of("20000", "CNY"), reason="overpaid", now=NOON)
    >>> asked.after.status.value, str(kept.after.reserved), str(kept.after.unapplied)
    ('requested', '20000.00 CNY', '30000.00 CNY')
    """
    check_within(amount, receipt.unapplied, code="receipt.over", of=f"free of receipt {receipt.id}", receipt=receipt.id)
    requested = RefundRequested(refund_id, receipt.id, receipt.entity, receipt.party, amount, reason=reason, at=now)
    reserved = RefundReserved(receipt.id, refund_id, amount, at=now)
    return REFUND_REQUEST.change(None, requested), RECEIPT.change(receipt, reserved)


def approve_refund(refund: RefundRequest, *, approval: "ApprovalRequest", now: dt.datetime) -> RefundChange:
    """Approve a refund, on an approval that was granted: about ("refund_request", its id), over exactly its amount.

    Raises:
        Refused: it is not requested; `approval.other_subject`, `approval.not_granted`, `approval.no_amount` and
            `approval.other_amount` as `ltc.approvals.check_granted`.

    >>> from ltc.testing.samples.approvals import approved_request
    >>> from ltc.testing.samples.billing import NOON, refund_approval, requested_refund
    >>> approve_refund(requested_refund(), approval=refund_approval(), now=NOON).after.status.value
    'approved'
    >>> approve_refund(requested_refund(), approval=approved_request(), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 is about contract K1, not about refund_request RF1; use the request about that
    """
    check_move(REFUND_TRANSITIONS, refund.status, RefundApproved, kind="refund", subject=refund.id)
    from ltc.approvals import check_granted  # noqa: PLC0415  # a sixth of the import of billing, for one verb

    check_granted(approval, about=Subject(REFUND_REQUEST.kind, refund.id), amount=refund.amount, exact=True)
    return REFUND_REQUEST.change(refund, RefundApproved(refund.id, approval.id, at=now))


def reject_refund(
    refund: RefundRequest, receipt: Receipt, *, reason: str, now: dt.datetime
) -> tuple[RefundChange, ReceiptChange]:
    """Reject a refund; its money is free again.

    Raises:
        Refused: it is not requested, or the receipt is not the one that keeps its money.

    >>> from ltc.testing.samples.billing import NOON, refund_asked
    >>> refund, receipt = (change.after for change in refund_asked())
    >>> _, freed = reject_refund(refund, receipt, reason="use it for the next order", now=NOON)
    >>> str(freed.after.unapplied)
    '50000.00 CNY'
    """
    check_move(REFUND_TRANSITIONS, refund.status, RefundRejected, kind="refund", subject=refund.id)
    _check_kept(refund, receipt)
    released = RefundReleased(receipt.id, refund.id, refund.amount, at=now)
    return (
        REFUND_REQUEST.change(refund, RefundRejected(refund.id, reason=reason, at=now)),
        RECEIPT.change(receipt, released),
    )


def pay_refund(
    refund: RefundRequest, receipt: Receipt, *, on: dt.date, now: dt.datetime
) -> tuple[RefundChange, ReceiptChange]:
    """Record that an approved refund was paid.

    Raises:
        Refused: it is not approved; the receipt is not the one that keeps its money; or the money was not there on that day.

    >>> from ltc.testing.samples.billing import NOON, TODAY, approved_refund, refund_asked
    >>> _, kept = refund_asked()
    >>> paid, gone = pay_refund(approved_refund(), kept.after, on=TODAY, now=NOON)
    >>> paid.after.status.value, str(gone.after.refunded), str(gone.after.reserved)
    ('paid', '20000.00 CNY', '0.00 CNY')
    """
    check_move(REFUND_TRANSITIONS, refund.status, RefundPaid, kind="refund", subject=refund.id)
    _check_kept(refund, receipt)
    if on < receipt.received_on:
        raise Refused(
            "receipt.not_received",
            f"receipt {receipt.id} came in on {receipt.received_on}, after {on}; use that day or a later one",
            receipt=receipt.id,
            received_on=receipt.received_on,
            on=on,
        )
    check_within(
        refund.amount,
        receipt.left_from(on),
        code="receipt.over_day",
        of=f"that receipt {receipt.id} had from {on} on",
        receipt=receipt.id,
        on=on,
    )
    refunded = ReceiptRefunded(receipt.id, refund.id, refund.amount, on=on, at=now)
    return (
        REFUND_REQUEST.change(refund, RefundPaid(refund.id, on=on, at=now)),
        RECEIPT.change(receipt, refunded),
    )


def fail_refund(
    refund: RefundRequest, receipt: Receipt, *, reason: str, now: dt.datetime
) -> tuple[RefundChange, ReceiptChange]:
    """Record that the payment of an approved refund did not go through; its money is free again.

    Raises:
        Refused: it is not approved, or the receipt is not the one that keeps its money.

    >>> from ltc.testing.samples.billing import NOON, approved_refund, refund_asked
    >>> _, kept = refund_asked()
    >>> failed, freed = fail_refund(approved_refund(), kept.after, reason="account closed", now=NOON)
    >>> failed.after.remark, str(freed.after.unapplied)
    ('account closed', '50000.00 CNY')
    """
    check_move(REFUND_TRANSITIONS, refund.status, RefundFailed, kind="refund", subject=refund.id)
    _check_kept(refund, receipt)
    released = RefundReleased(receipt.id, refund.id, refund.amount, at=now)
    return (
        REFUND_REQUEST.change(refund, RefundFailed(refund.id, reason=reason, at=now)),
        RECEIPT.change(receipt, released),
    )


def _check_kept(refund: RefundRequest, receipt: Receipt) -> None:
    if not any(held.refund == refund.id for held in receipt.reservations):
        raise Refused(
            "refund.other_receipt",
            f"receipt {receipt.id} keeps no money for refund {refund.id}; give receipt {refund.receipt}",
            receipt=receipt.id,
            refund=refund.id,
            expected=refund.receipt,
        )
