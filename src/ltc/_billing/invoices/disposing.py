"""Dispose of the money of a red letter: keep it as credit, or offset it against what is owed, both sides in one step."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_money, check_within
from ltc._billing.invoices.disposition import (
    DISPOSITION,
    CreditOffset,
    CreditRefunded,
    Disposition,
    DispositionEvent,
    DispositionOpened,
    OffsetReversed,
)
from ltc._billing.invoices.note import NoteStatus, RedLetterNote
from ltc._billing.once import given_once
from ltc._billing.receipts.refund import RefundRequest, RefundStatus
from ltc._billing.receivables.entries import SettlementKind, settlement_of
from ltc._billing.receivables.events import ReceivableEvent, ReceivableSettled
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.open_item import OpenItem, open_item
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import reopened
from ltc._billing.settlement.strategies import Part, Strategy, oldest_first
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, Thing, day
from ltc.ids import DispositionId, derived
from ltc.money import Money, total

DispositionChange = Change[Disposition, DispositionEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]


def dispose(note: RedLetterNote, *, on: dt.date, now: dt.datetime) -> DispositionChange:
    """Make the gross amount of an issued red letter the customer's credit. Its id is derived from the note's: a note has one.

    Raises:
        Refused: the note is not issued, it took back what a change of the order took off (its money is on its way already), or the day is
            before it was issued.

    >>> from ltc.testing.samples.billing import NOON, TODAY, reddened
    >>> opened = dispose(reddened()[0].after, on=TODAY, now=NOON).after
    >>> opened.id, str(opened.credit)
    ('N1/disposition', '10000.00 CNY')
    """
    if note.issued_on is None:
        raise Refused(
            "note.not_issued",
            f"note {note.id} is {note.status.value}; its money can be disposed of once it is {NoteStatus.ISSUED.value}",
            note=note.id,
            status=note.status.value,
        )
    if note.change is not None:
        raise Refused(
            "note.of_change",
            f"note {note.id} took back what change {note.change} took off; there is no money of it to dispose of",
            note=note.id,
            change=note.change,
        )
    opened = DispositionOpened(
        DispositionId(derived(note.id, "disposition")),
        note.id,
        note.invoice,
        note.entity,
        note.contracting,
        amount=note.gross,
        covers=note.covers,
        on=on,
        at=now,
    )
    check_since(opened.disposition, note.issued_on, opened.on)
    return DISPOSITION.change(None, opened)


def offset_credit(
    disposition: Disposition,
    receivables: Sequence[Receivable],
    *,
    strategy: Strategy = oldest_first,
    amount: Money | None = None,
    on: dt.date,
    now: dt.datetime,
) -> tuple[DispositionChange, *tuple[ReceivableChange, ...]]:
    """Settle receivables with credit 单据对冲: the disposition's change first, then that of each receivable which it settles.

    Without `amount` as much is offset as fits. Receivables with nothing open are passed over; an offset dated back must not overdraw
    any later day, on either side.

    Raises:
        Refused: another entity, party or currency; a day before the disposition or the receivable; nothing open or no credit left; an
            amount above either.
        InvalidValue: a receivable is given twice.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> from ltc.testing.samples.invoices import disposition
    >>> used, settled = offset_credit(disposition(), [receivable()], on=TODAY, now=NOON)
    >>> str(used.after.credit), str(settled.after.open)
    ('0.00 CNY', '20000.00 CNY')
    """
    owed = _owed(disposition, receivables, day(on))
    to_offset = _to_offset(disposition, owed, amount, on)
    parts = strategy.distribute(to_offset, owed)
    _check_parts(disposition, parts, to_offset, owed)
    events = [
        CreditOffset(
            disposition.id,
            part.receivable,
            derived(disposition.id, number),
            amount=part.amount,
            reason=part.reason,
            on=on,
            at=now,
        )
        for number, part in enumerate(parts, disposition.applications + 1)
    ]
    by_id = {receivable.id: receivable for receivable in receivables}
    return (
        DISPOSITION.change(disposition, events[0], *events[1:]),
        *(RECEIVABLE.change(by_id[event.receivable], settled_by_note(disposition, event)) for event in events),
    )


def offset_credits(
    dispositions: Sequence[Disposition], receivables: Sequence[Receivable], *, on: dt.date, now: dt.datetime
) -> tuple[Change[Thing, object], ...]:
    """Settle receivables with credit, the oldest credit first, each against the oldest receivable first, until either is used up.

    Changes of one thing chain. Dispositions without credit on that day are passed over.

    Raises:
        Refused: as `offset_credit`; nothing is open, or there is no credit at all.
        InvalidValue: a disposition or a receivable is given twice.

    Source: the order in which Lago applies the credit notes of a customer to an invoice.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> from ltc.testing.samples.invoices import disposition
    >>> [str(change.kind) for change in offset_credits([disposition()], [receivable()], on=TODAY, now=NOON)]
    ['disposition', 'receivable']
    """
    usable = [credit for credit in given_once(dispositions) if credit.opened_on <= day(on) and credit.credit_from(on)]
    if not usable:
        raise Refused("credit.none", f"there is no credit on {on}; dispose of a red letter first", on=on)
    current = {receivable.id: receivable for receivable in given_once(receivables)}
    changes: list[Change[Thing, object]] = []
    for disposition in sorted(usable, key=lambda credit: (credit.opened_on, credit.id)):
        if changes and not any(owed.open_from(on) for owed in current.values()):
            break
        used, *settled = offset_credit(disposition, tuple(current.values()), on=on, now=now)
        current |= {change.after.id: change.after for change in settled}
        changes += [used, *settled]
    return tuple(changes)


def reverse_offset(
    disposition: Disposition,
    receivable: Receivable,
    *,
    application: str,
    refund: RefundRequest | None = None,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[DispositionChange, ReceivableChange]:
    """Take an offset back: the credit is there again, the receivable open again. The inverse of `offset_credit` on balances.

    An offset that made room for a refund is taken back once that came to nothing: give it. The money of the receipt is free then,
    and may be applied again.

    Raises:
        Refused: these two have no such offset that stands, the day is before it, or its refund is neither rejected nor failed.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> from ltc.testing.samples.invoices import offset
    >>> used, settled = (change.after for change in offset())
    >>> back, owed = reverse_offset(used, settled, application="N1/disposition/1", reason="other order", on=TODAY, now=NOON)
    >>> str(back.after.credit), str(owed.after.open)
    ('10000.00 CNY', '30000.00 CNY')
    """
    ours = settlement_of(disposition.entries, application)
    theirs = settlement_of(receivable.entries, application)
    if ours is None or theirs is None:
        raise Refused(
            "credit.no_offset",
            f"disposition {disposition.id} and receivable {receivable.id} have no offset {application[:40]!a} that stands; "
            "give one that was made between them and not taken back",
            disposition=disposition.id,
            receivable=receivable.id,
            application=application[:40],
        )
    check_since(disposition.id, ours.on, day(on))
    _check_refund(disposition, application, refund)
    back = OffsetReversed(disposition.id, receivable.id, application, ours.amount, reason=reason, on=on, at=now)
    return (
        DISPOSITION.change(disposition, back),
        RECEIVABLE.change(receivable, *reopened(receivable, theirs, reason=reason, on=on, now=now)),
    )


def _check_refund(disposition: Disposition, application: str, refund: RefundRequest | None) -> None:
    asked = next((made.refund for made in disposition.refunds if made.application == application), None)
    ended = refund is not None and refund.id == asked and refund.status in {RefundStatus.REJECTED, RefundStatus.FAILED}
    if asked is not None and not ended:
        raise Refused(
            "credit.refund_stands",
            f"offset {application} made room for refund {asked}; give that refund once it is rejected or failed",
            application=application,
            refund=asked,
        )


def settled_by_note(disposition: Disposition, event: CreditOffset | CreditRefunded) -> ReceivableSettled:
    """Return what an offset or a refund does on the side of the receivable."""
    return ReceivableSettled(
        event.receivable,
        SettlementKind.RED_LETTER,
        disposition.note,
        event.application,
        event.amount,
        on=event.on,
        at=event.at,
    )


def _owed(disposition: Disposition, receivables: Sequence[Receivable], on: dt.date) -> tuple[OpenItem, ...]:
    check_since(disposition.id, disposition.opened_on, on)
    owed = []
    for receivable in given_once(receivables):
        _check_fits(disposition, receivable, on)
        left = receivable.open_from(on)
        if left:
            owed.append(open_item(receivable, left))
    if not owed:
        raise Refused(
            "credit.nothing_open",
            f"none of the receivables has anything open from {on} on; disposition {disposition.id} stays as credit",
            disposition=disposition.id,
            on=on,
        )
    return tuple(owed)


def _to_offset(disposition: Disposition, owed: Sequence[OpenItem], amount: Money | None, on: dt.date) -> Money:
    most = total((item.open for item in owed), disposition.amount.currency)
    if amount is None:
        asked = min(disposition.credit_from(on), most)
        if not asked:
            raise Refused(
                "credit.nothing_left",
                f"disposition {disposition.id} has no credit from {on} on; take an offset back first",
                disposition=disposition.id,
                on=on,
            )
        return asked
    check_credit(disposition, amount, on)
    check_within(amount, most, code="credit.over_open", of="open of the receivables", disposition=disposition.id)
    return amount


def check_credit(disposition: Disposition, amount: Money, on: dt.date) -> None:
    """Refuse an amount that is not above zero, or above the credit of a day."""
    check_money("amount", amount)
    if amount.minor <= 0:
        raise InvalidValue("billing.amount", f"amount is {amount}; give more than zero", name="amount", amount=amount)
    check_within(
        amount,
        disposition.credit_from(on),
        code="credit.over",
        of=f"credit of disposition {disposition.id}",
        disposition=disposition.id,
    )


def _check_parts(disposition: Disposition, parts: Sequence[Part], asked: Money, owed: Sequence[OpenItem]) -> None:
    open_of = {item.id: item.open for item in owed}
    given = total((part.amount for part in parts), asked.currency)
    once = len({part.receivable for part in parts}) == len(parts) > 0
    within = all(part.receivable in open_of and part.amount <= open_of[part.receivable] for part in parts)
    if given > asked or not once or not within:
        raise InvalidValue(
            "credit.strategy",
            f"the strategy gave {given} of {asked} of disposition {disposition.id}; "
            "it may give to the receivables of the call, once each, at most what is open, together at most the amount",
            disposition=disposition.id,
            given=given,
            amount=asked,
        )


def _check_fits(disposition: Disposition, receivable: Receivable, on: dt.date) -> None:
    pairs = (
        ("entity", disposition.entity, receivable.entity),
        ("party", disposition.party, receivable.party),
        ("currency", disposition.amount.currency, receivable.amount.currency),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            raise Refused(
                f"credit.other_{name}",
                f"disposition {disposition.id} has {name} {ours}, receivable {receivable.id} has {theirs}; both must be the same",
                disposition=disposition.id,
                receivable=receivable.id,
                ours=ours,
                theirs=theirs,
            )
    if on < receivable.raised_on:
        raise Refused(
            "receivable.not_raised",
            f"receivable {receivable.id} was raised on {receivable.raised_on}, after {on}; use that day or a later one",
            receivable=receivable.id,
            raised_on=receivable.raised_on,
            on=on,
        )


def check_since(disposition: DispositionId, since: dt.date, on: dt.date) -> None:
    """Refuse a day before the one from which a disposition can do something."""
    if on < since:
        raise Refused(
            "credit.too_early",
            f"disposition {disposition} can do that from {since} on, not on {on}; use that day or a later one",
            disposition=disposition,
            since=since,
            on=on,
        )
