"""A refund over several receipts: which pays how much back, the newest first; and where refunded money had been."""

import datetime as dt
from collections.abc import Sequence

import attrs

from ltc._billing.amounts import check_money, check_within
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receipts.refund import RefundRequest, RefundStatus
from ltc._billing.receipts.refunding import ReceiptChange, RefundChange, request_refund
from ltc._billing.receivables.entries import EntryKind
from ltc.errors import InvalidValue, Refused
from ltc.ids import AccountId, ReceiptId, ReceivableId, RefundId, derived
from ltc.money import Money, total


@attrs.frozen
class RefundPart:
    """What one receipt pays back of a refund.

    >>> RefundPart("R1", Money.of("5.00", "CNY")).receipt
    'R1'
    """

    receipt: ReceiptId
    amount: Money


def refund_parts(receipts: Sequence[Receipt], amount: Money, /) -> tuple[RefundPart, ...]:
    """Return which receipts pay how much of an amount back: the newest first, each at most what is free of it.

    Money goes back the way it came, so that each receipt has a refund of its own. Receipts of one day go by their ids, the last
    first. Receipts with nothing free are passed over.

    Raises:
        Refused: more than is free of them together (`refund.over`), or receipts of two entities, parties or currencies.
        InvalidValue: no receipts, one given twice, or an amount that is not above zero.

    >>> from ltc.testing.samples.billing import receipt
    >>> [(part.receipt, str(part.amount)) for part in refund_parts([receipt()], Money.of("80.00", "CNY"))]
    [('R1', '80.00 CNY')]
    """
    _check_alike(receipts)
    check_money("amount", amount)
    if amount.minor <= 0:
        raise InvalidValue("billing.amount", f"amount is {amount}; give more than zero", name="amount", amount=amount)
    free = total((receipt.unapplied for receipt in receipts), receipts[0].amount.currency)
    check_within(amount, free, code="refund.over", of="free of the receipts", receipts=len(receipts))
    parts, left = [], amount
    for receipt in sorted(receipts, key=lambda receipt: (receipt.received_on, receipt.id), reverse=True):
        given = min(left, receipt.unapplied)
        if given:
            parts.append(RefundPart(receipt.id, given))
            left -= given
    return tuple(parts)


def _check_alike(receipts: Sequence[Receipt]) -> None:
    if not receipts:
        raise InvalidValue("refund.no_receipts", "a refund needs at least one receipt that pays it back")
    receipts = tuple(given_once(receipts))
    for name in ("entity", "party", "currency"):
        found = sorted({_fact(receipt, name) for receipt in receipts})
        if len(found) > 1:
            raise Refused(
                "refund.mixed",
                f"the receipts have {len(found)} values of {name}: {', '.join(found)}; refund those of one by themselves",
                name=name,
                found=", ".join(found),
            )


def _fact(receipt: Receipt, name: str) -> str:
    return {"entity": receipt.entity, "party": receipt.party, "currency": receipt.amount.currency}[name]


def request_refunds(
    refund_id: RefundId, *, receipts: Sequence[Receipt], amount: Money, reason: str, now: dt.datetime
) -> tuple[RefundChange | ReceiptChange, ...]:
    """Ask to pay an amount back of several receipts, a refund `{refund_id}/{n}` each: by `refund_parts`, in its order.

    Raises:
        Refused, InvalidValue: as `refund_parts`.

    >>> from ltc.testing.samples.billing import NOON, receipt
    >>> asked, kept = request_refunds("RF9", receipts=[receipt()], amount=Money.of("80", "CNY"), reason="overpaid", now=NOON)
    >>> asked.after.id, str(kept.after.reserved)
    ('RF9/1', '80.00 CNY')
    """
    by_id = {receipt.id: receipt for receipt in receipts}
    return tuple(
        change
        for number, part in enumerate(refund_parts(receipts, amount), 1)
        for change in request_refund(
            RefundId(derived(refund_id, number)),
            receipt=by_id[part.receipt],
            amount=part.amount,
            reason=reason,
            now=now,
        )
    )


@attrs.frozen
class MoneyAt:
    """How much of a receipt stands, or once stood, at a receivable.

    >>> MoneyAt("P1/1", Money.of("5.00", "CNY")).receivable
    'P1/1'
    """

    receivable: ReceivableId
    amount: Money


@attrs.frozen
class RefundTrace:
    """Where the money of a refund came from, and what else its receipt did.

    >>> from ltc.testing.samples.billing import approved_refund, refund_asked
    >>> trace = trace_refund(approved_refund(), refund_asked()[1].after)
    >>> trace.receipt, str(trace.amount), trace.settles
    ('R1', '20000.00 CNY', ())
    """

    refund: RefundId
    status: RefundStatus
    amount: Money
    paid_on: dt.date | None
    receipt: ReceiptId
    party: AccountId
    received_on: dt.date
    reference: str
    """What the bank line of the receipt said."""
    freed: tuple[MoneyAt, ...]
    """Receivables that the receipt had settled and which gave the money back, in the order in which they first got it."""
    settles: tuple[MoneyAt, ...]
    """Receivables that the rest of the receipt still settles, in that order."""


def trace_refund(refund: RefundRequest, receipt: Receipt) -> RefundTrace:
    """Return where the money of a refund came from: its receipt, and the receivables which that money had settled before.

    Raises:
        Refused: the refund is of another receipt.

    >>> from ltc.testing.samples.billing import refund_asked
    >>> refund, receipt = (change.after for change in refund_asked())
    >>> trace_refund(refund, receipt).receipt
    'R1'
    """
    if refund.receipt != receipt.id:
        raise Refused(
            "refund.traced_receipt",
            f"refund {refund.id} pays receipt {refund.receipt} back, not {receipt.id}; give that one",
            refund=refund.id,
            receipt=receipt.id,
            expected=refund.receipt,
        )
    return RefundTrace(
        refund.id,
        refund.status,
        refund.amount,
        refund.paid_on,
        receipt=receipt.id,
        party=receipt.party,
        received_on=receipt.received_on,
        reference=receipt.reference,
        freed=_moved(receipt, EntryKind.UNAPPLIED),
        settles=_moved(receipt, EntryKind.APPLIED, EntryKind.UNAPPLIED),
    )


def _moved(receipt: Receipt, *kinds: EntryKind) -> tuple[MoneyAt, ...]:
    moved: dict[str, int] = {}
    for entry in receipt.entries:
        if entry.other is not None:
            before = moved.setdefault(entry.other, 0)
            moved[entry.other] = before + (entry.taken if entry.kind in kinds else 0)
    return tuple(
        MoneyAt(ReceivableId(receivable), Money(abs(minor), receipt.amount.currency))
        for receivable, minor in moved.items()
        if minor
    )
