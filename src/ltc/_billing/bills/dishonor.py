"""A bill that its acceptor does not pay 拒付: what it settled is owed again, and so is what we paid with it."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_several
from ltc._billing.bills.bill import BILL, Bill
from ltc._billing.bills.events import BillDishonored
from ltc._billing.bills.handling import BillChange, check_bill
from ltc._billing.receipts.events import ReceiptBounced, ReceiptEvent
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receivables.entries import Settlement, settlement_of
from ltc._billing.receivables.events import ReceivableEvent
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import ReceiptChange, ReceivableChange, freed, reopened, undo
from ltc.errors import Refused
from ltc.money import Money

MoneyChanges = tuple[ReceiptChange, *tuple[ReceivableChange, ...]]


def dishonor_bill(
    bill: Bill,
    receipt: Receipt,
    receivables: Sequence[Receivable],
    *,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[BillChange, *tuple[ReceiptChange | ReceivableChange, ...]]:
    """Record that the acceptor does not pay, or will not: the bill's change, its receipt's, and that of each receivable opened again.

    The receipt bounces as `bounce` does. Where the bill is only a part of it (it was split), so much of the receipt bounces as the
    bill is worth: out of what is free, then out of its applications, the last one first and each as a whole; what that leaves free
    is credit to be applied again. Of a receipt that was refunded no more bounces than is left: the
    customer owes the rest again, `bill.owed_again`, and the one next call is `raise_receivable` for it. If the bill had been endorsed or
    discounted with recourse, we owe its amount to who held it (`bill.recourse`) until `take_up_bill`. A bill can be dishonored
    before it is mature: the acceptor refused it, or is bankrupt. A bill that was entered in error leaves the books this way, too.

    Raises:
        Refused: the bill was sold, cashed, discharged or dishonored before; the receipt is another; a receivable that has to be
            opened again is not given; a refund of the receipt is pending; a day before what happened last to bill or receipt.

    Source: 票据法 (2004) art. 61 and 70: recourse against endorsers where payment or acceptance is refused, for the whole amount.

    >>> from ltc.testing.samples.bills import MATURITY, NOON, applied_bill
    >>> bill, receipt, receivable = applied_bill()
    >>> failed, gone, owed = dishonor_bill(bill, receipt, [receivable], reason="no funds", on=MATURITY, now=NOON)
    >>> failed.after.status.value, str(gone.after.bounced), str(owed.after.open)
    ('dishonored', '30000.00 CNY', '30000.00 CNY')
    """
    check_bill(bill, BillDishonored, on)
    if bill.receipt != receipt.id:
        raise Refused(
            "bill.other_receipt",
            f"bill {bill.id} is the instrument of receipt {bill.receipt}, not of {receipt.id}; give that one",
            bill=bill.id,
            receipt=bill.receipt,
            given=receipt.id,
        )
    left = receipt.collected
    bounced = min(left, bill.amount)
    failed = BILL.change(bill, BillDishonored(bill.id, bounced, reason=reason, on=on, at=now))
    if not left:
        return (failed,)  # all of it was refunded: `owed_again`
    if left <= bill.amount:
        return (failed, *undo(receipt, receivables, ReceiptBounced, reason=reason, on=on, now=now))
    gone = ReceiptBounced(receipt.id, bounced, reason=reason, on=on, at=now)
    return (failed, *_bounced_in_part(receipt, receivables, gone))


def _bounced_in_part(receipt: Receipt, receivables: Sequence[Receivable], gone: ReceiptBounced) -> MoneyChanges:
    check_several(receivables)
    by_id: dict[str, Receivable] = {receivable.id: receivable for receivable in receivables}
    events: list[ReceiptEvent] = []
    sides: dict[str, tuple[Receivable, list[ReceivableEvent]]] = {}
    for ours in _taken_back(receipt, gone.amount, gone.on):
        receivable = by_id.get(ours.other)
        theirs = None if receivable is None else settlement_of(receivable.entries, ours.application)
        if receivable is None or theirs is None:
            raise Refused(
                "receipt.not_given",
                f"receipt {receipt.id} settles receivable {ours.other}, which is not given; give every one that it settles",
                receipt=receipt.id,
                receivable=ours.other,
            )
        events += freed(receipt, ours, reason=gone.reason, on=gone.on, now=gone.at)
        _, side = sides.setdefault(receivable.id, (receivable, []))
        side += reopened(receivable, theirs, reason=gone.reason, on=gone.on, now=gone.at)
    first, *more = *events, gone
    return (
        RECEIPT.change(receipt, first, *more),
        *(RECEIVABLE.change(receivable, side[0], *side[1:]) for receivable, side in sides.values()),
    )


def _taken_back(receipt: Receipt, amount: Money, on: dt.date) -> list[Settlement]:
    """Return the applications without which so much of a receipt is free, the last one first, or refuse the day."""
    last = max((entry.on for entry in receipt.entries), default=receipt.received_on)
    if on < last:
        raise Refused(
            "receipt.moved_since",
            f"receipt {receipt.id} moved on {last} last, after {on}; take it back on that day or a later one",
            receipt=receipt.id,
            last=last,
            on=on,
        )
    missing, back = amount.minor - receipt.unapplied.minor, []
    for ours in reversed(receipt.settlements):
        if missing <= 0:
            break
        back.append(ours)
        missing -= ours.amount.minor
    if missing > 0 and receipt.reservations:
        held = receipt.reservations[0]
        raise Refused(
            "receipt.refund_pending",
            f"receipt {receipt.id} keeps {held.amount} for refund {held.refund}; pay it, reject it or record its failure first",
            receipt=receipt.id,
            refund=held.refund,
            amount=held.amount,
        )
    return back
