"""Take applications back: one 反核销, or all of a receipt that bounced 退票 or had been entered in error 冲销."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from ltc._billing.amounts import check_several
from ltc._billing.receipts.events import (
    ApplicationReversed,
    ReceiptBounced,
    ReceiptEvent,
    ReceiptReversed,
    ReceiptRoundOffReversed,
)
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receivables.entries import Settlement, rounded_with, settlement_of
from ltc._billing.receivables.events import ReceivableEvent, ReceivableRoundOffReversed, SettlementReversed
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import Refused
from ltc.events import Change, day
from ltc.ids import ReceivableId
from ltc.money import Money

ReceiptChange = Change[Receipt, ReceiptEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]

_VERBS: Final[Mapping[str, str]] = {
    "bill": "dishonor_bill",
    "bank_line": "take_back_claim",
    "deposit": "take_back_conversion",
}
"""What takes a receipt back together with what it came from."""


def unapply(
    receipt: Receipt, receivable: Receivable, *, application: str, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceiptChange, ReceivableChange]:
    """Take a whole application back: the money is free again, the receivable open again. The inverse of `apply` on balances.

    A small difference 尾差 that was let go with it is owed again, and one that was kept is credit again.

    Raises:
        Refused: these two have no such application that stands, or the day is before that of the application.

    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> receipt, receivable = (change.after for change in settled())
    >>> freed, reopened = unapply(receipt, receivable, application="R1/1", reason="wrong order", on=TODAY, now=NOON)
    >>> str(freed.after.unapplied), str(reopened.after.open)
    ('50000.00 CNY', '30000.00 CNY')
    """
    ours = settlement_of(receipt.entries, application)
    theirs = settlement_of(receivable.entries, application)
    if ours is None or theirs is None:
        raise _no_application(receipt, receivable, application)
    check_day(ours, day(on))
    return (
        RECEIPT.change(receipt, *freed(receipt, ours, reason=reason, on=on, now=now)),
        RECEIVABLE.change(receivable, *reopened(receivable, theirs, reason=reason, on=on, now=now)),
    )


def bounce(
    receipt: Receipt, receivables: Sequence[Receivable], *, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Record that the money did not stay 退票: the bank took it back. What it settled is owed again.

    Every application that stands is taken back on that day, on both sides: give the receivables that it settles (others are passed
    over), and get the change of each, in the order of their applications, after the receipt's. From that day on the receipt counts
    for nothing that was collected. What was refunded before stays refunded, and is owed again: the one next call is
    `raise_receivable` for `refunded` of the receipt that is returned, its `origin`. Where all of it was refunded, that call is the only one.

    A receipt that is the other half of something, its `origin`, is taken back with it: of a bill by `dishonor_bill` 拒付, of a bank
    line by `take_back_claim`, after which `return_line` says that the money left, of a deposit by `take_back_conversion`.

    Raises:
        Refused: it is the other half of a bill, a bank line or a deposit; a refund of it is pending; a receivable that it settles is not given; a day before the receipt or before something
            that happened to it; nothing of it is left (it bounced before, or all was refunded).

    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> receipt, receivable = (change.after for change in settled())
    >>> gone, owed = bounce(receipt, [receivable], reason="no funds", on=TODAY, now=NOON)
    >>> str(gone.after.bounced), str(gone.after.unapplied), str(owed.after.open)
    ('50000.00 CNY', '0.00 CNY', '30000.00 CNY')
    """
    _check_own(receipt)
    return undo(receipt, receivables, ReceiptBounced, reason=reason, on=on, now=now)


def reverse(
    receipt: Receipt, receivables: Sequence[Receivable], *, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Reverse a receipt that had been entered in error 冲销: equal and opposite, on the receipt itself; nothing is deleted.

    As `bounce` in everything else: every application that stands is taken back, on both sides; what has an `origin` is taken back
    with it.

    Raises:
        Refused: as `bounce`.

    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> receipt, receivable = (change.after for change in settled())
    >>> gone, owed = reverse(receipt, [receivable], reason="entered twice", on=TODAY, now=NOON)
    >>> str(gone.after.reversed), str(gone.after.collected_as_of(TODAY)), str(owed.after.open)
    ('50000.00 CNY', '0.00 CNY', '30000.00 CNY')
    """
    _check_own(receipt)
    return undo(receipt, receivables, ReceiptReversed, reason=reason, on=on, now=now)


def undo(
    receipt: Receipt,
    receivables: Sequence[Receivable],
    last: type[ReceiptBounced | ReceiptReversed],
    *,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Take all of a receipt back, as the half of what its origin is taken back by."""
    pairs = _pairs(receipt, receivables)
    amount = _left(receipt, pairs, day(on))
    return _undone(receipt, pairs, last(receipt.id, amount, reason=reason, on=on, at=now))


def _check_own(receipt: Receipt) -> None:
    origin = receipt.origin
    if origin is not None:
        verb = _VERBS[origin.kind]
        raise Refused(
            "receipt.other_half",
            f"receipt {receipt.id} is the other half of {origin.kind} {origin.id}; use {verb}, which takes both back",
            receipt=receipt.id,
            kind=origin.kind,
            origin=origin.id,
            verb=verb,
        )


def freed(
    receipt: Receipt, settled: Settlement, *, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceiptEvent, *tuple[ReceiptEvent, ...]]:
    """Return what takes an application back on the side of the receipt, with the difference that was kept with it."""
    receivable, application = ReceivableId(settled.other), settled.application
    back = ApplicationReversed(
        receipt.id, receivable, settled.kind, application, settled.amount, reason=reason, on=on, at=now
    )
    kept = rounded_with(receipt.entries, application)
    if kept is None:
        return (back,)
    return back, ReceiptRoundOffReversed(receipt.id, application, kept, on=on, at=now)


def reopened(
    receivable: Receivable, settled: Settlement, *, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceivableEvent, *tuple[ReceivableEvent, ...]]:
    """Return what takes a settlement back on the side of the receivable, with the difference that was let go with it."""
    application = settled.application
    back = SettlementReversed(
        receivable.id, settled.kind, settled.other, application, settled.amount, reason=reason, on=on, at=now
    )
    gone = rounded_with(receivable.entries, application)
    if gone is None:
        return (back,)
    return back, ReceivableRoundOffReversed(receivable.id, application, gone, on=on, at=now)


_Pair = tuple[Settlement, Receivable, Settlement]
"""An application as the receipt knows it, the receivable, and the application as that knows it."""


def _pairs(receipt: Receipt, receivables: Sequence[Receivable]) -> list[_Pair]:
    check_several(receivables)
    by_id: dict[str, Receivable] = {receivable.id: receivable for receivable in receivables}
    pairs = []
    for ours in receipt.settlements:
        receivable = by_id.get(ours.other)
        if receivable is None:
            raise Refused(
                "receipt.not_given",
                f"receipt {receipt.id} settles receivable {ours.other}, which is not given; give every one that it settles",
                receipt=receipt.id,
                receivable=ours.other,
            )
        theirs = settlement_of(receivable.entries, ours.application)
        if theirs is None:
            raise _no_application(receipt, receivable, ours.application)
        pairs.append((ours, receivable, theirs))
    return pairs


def _left(receipt: Receipt, pairs: Sequence[_Pair], on: dt.date) -> Money:
    """Return all that is left of a receipt once its applications are taken back on a day, or refuse that day."""
    for held in receipt.reservations:
        raise Refused(
            "receipt.refund_pending",
            f"receipt {receipt.id} keeps {held.amount} for refund {held.refund}; pay it, reject it or record its failure first",
            receipt=receipt.id,
            refund=held.refund,
            amount=held.amount,
        )
    amount = receipt.collected
    if not amount:
        raise Refused(
            "receipt.nothing_left",
            f"nothing of receipt {receipt.id} is left: {receipt.refunded} was refunded, "
            f"{receipt.bounced + receipt.reversed} taken back before; raise a receivable for what was refunded",
            receipt=receipt.id,
            refunded=receipt.refunded,
            taken_back=receipt.bounced + receipt.reversed,
        )
    last = max((entry.on for entry in receipt.entries), default=receipt.received_on)
    if (
        on < receipt.received_on
        or receipt.left_from(on) < receipt.unapplied
        or any(ours.on > on for ours, _, _ in pairs)
    ):
        raise Refused(
            "receipt.moved_since",
            f"receipt {receipt.id} moved on {last} last, after {on}; take it back on that day or a later one",
            receipt=receipt.id,
            last=last,
            on=on,
        )
    return amount


def _undone(
    receipt: Receipt, pairs: Sequence[_Pair], last: ReceiptBounced | ReceiptReversed
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    events: list[ReceiptEvent] = []
    sides: dict[str, tuple[Receivable, list[ReceivableEvent]]] = {}
    for ours, receivable, theirs in pairs:
        events += freed(receipt, ours, reason=last.reason, on=last.on, now=last.at)
        _, side = sides.setdefault(receivable.id, (receivable, []))
        side += reopened(receivable, theirs, reason=last.reason, on=last.on, now=last.at)
    first, *more = *events, last
    return (
        RECEIPT.change(receipt, first, *more),
        *(RECEIVABLE.change(receivable, side[0], *side[1:]) for receivable, side in sides.values()),
    )


def check_day(settled: Settlement, on: dt.date) -> None:
    """Refuse to take an application back on a day before it was made."""
    if on < settled.on:
        raise Refused(
            "receipt.before_application",
            f"application {settled.application} was made on {settled.on}, after {on}; take it back on that day or a later one",
            application=settled.application,
            applied_on=settled.on,
            on=on,
        )


def _no_application(receipt: Receipt, receivable: Receivable, application: str) -> Refused:
    return Refused(
        "receipt.no_application",
        f"receipt {receipt.id} and receivable {receivable.id} have no application {application[:40]!a} that stands; "
        "give one that was made between them and not taken back",
        receipt=receipt.id,
        receivable=receivable.id,
        application=application[:40],
    )
