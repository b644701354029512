"""Take an invoice back by a red-letter note: request it, have it confirmed, issue it, withdraw it or let it expire."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from ltc._billing.amounts import check_within
from ltc._billing.invoices.invoice import INVOICE, Cover, Invoice, InvoiceEvent, InvoiceReddened, RedLine
from ltc._billing.invoices.line_parts import Basis
from ltc._billing.invoices.note import (
    NOTE,
    NOTE_TRANSITIONS,
    NoteConfirmed,
    NoteEvent,
    NoteExpired,
    NoteIssued,
    NoteLine,
    NotePolicy,
    NoteReason,
    NoteRequested,
    NoteWithdrawn,
    RedLetterNote,
)
from ltc._billing.invoices.red_lines import covers_back, left_in, red_lines, spread, whole_of
from ltc._billing.receivables.events import ReceivableEvent, ReceivableReddened
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, check_move, day
from ltc.ids import ChangeId, NoteId, ReceivableId
from ltc.money import Money, total

NoteChange = Change[RedLetterNote, NoteEvent]
InvoiceChange = Change[Invoice, InvoiceEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]

_POLICY: Final = NotePolicy()


def request_note(
    note_id: NoteId,
    *,
    invoice: Invoice,
    amount: Money | None = None,
    basis: Basis = Basis.GROSS,
    reason: NoteReason,
    lines: Sequence[tuple[int, Money]] = (),
    covers: Sequence[tuple[ReceivableId, Money]] = (),
    change: ChangeId | None = None,
    on: dt.date,
    now: dt.datetime,
) -> NoteChange:
    """Ask for a red letter of an invoice. Nothing is taken back yet, and nothing is set aside for it.

    What is left is looked at again when a note is issued: of two requests which together exceed it, the one issued second is refused.

    `lines` are (number from 1, amount) pairs that sum to the amount, where that is given; without them the amount is spread, when the
    note is issued, in proportion to what is left of each line. `covers` name what of which receivable is given back at any rate;
    of the rest, what bills no receivable goes first, then what was covered last. The amounts of `covers` are gross, the others are
    on the basis. An invoice that was issued in error is taken back whole, so that the amount can be left out. `change` names the change of the order that took off what is taken back; such a note has no money to `dispose` of.

    Raises:
        Refused: more than the invoice still bills, or of a named line or receivable; a part where it was issued in error, or a part
            was taken back before (which then needs another reason).
        InvalidValue: no amount and no lines, an unknown line, or lines that do not sum to the amount.

    >>> from ltc.testing.samples.billing import NOON, TODAY, invoice
    >>> change = request_note("N1", invoice=invoice(), amount=Money.of("10000.00", "CNY"), reason=NoteReason.ALLOWANCE,
    ...                       on=TODAY, now=NOON)
    >>> change.after.status.value
    'requested'
    >>> request_note("N1", invoice=invoice(), amount=Money.of("10000.00", "CNY"), reason=NoteReason.ISSUED_IN_ERROR,
    ...              on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: an invoice issued in error is taken back whole: ask for 100000.00 CNY, or give another reason
    """
    _check_lines(invoice, lines)
    requested = NoteRequested(
        note_id,
        invoice.id,
        invoice.entity,
        invoice.contracting,
        invoice.party,
        amount=_amount(note_id, invoice, amount, lines, basis=basis, reason=reason),
        basis=basis,
        reason=reason,
        lines=tuple(NoteLine(number, part) for number, part in lines),
        covers=tuple(Cover(receivable, part) for receivable, part in covers),
        change=change,
        on=on,
        at=now,
    )
    if requested.on < invoice.issued_on:
        raise Refused(
            "note.before_invoice",
            f"invoice {invoice.id} was issued on {invoice.issued_on}, after {on}; use that day or a later one",
            invoice=invoice.id,
            issued_on=invoice.issued_on,
            on=on,
        )
    asked = NOTE.change(None, requested)
    _taken_back(asked.after, invoice)  # it could be issued as things stand
    return asked


def confirm_note(note: RedLetterNote, *, policy: NotePolicy = _POLICY, on: dt.date, now: dt.datetime) -> NoteChange:
    """Record that the other side or the tax office confirmed the request.

    Raises:
        Refused: it is not requested, its time is over by now, or the day is before the request.

    >>> from ltc.testing.samples.billing import NOON, TODAY, requested_note
    >>> confirm_note(requested_note(), on=TODAY, now=NOON).after.status.value
    'confirmed'
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteConfirmed, kind="note", subject=note.id)
    _check_day(note, day(on))
    _check_stands(note, policy, now)
    return NOTE.change(note, NoteConfirmed(note.id, on=on, at=now))


def expire_note(note: RedLetterNote, *, policy: NotePolicy = _POLICY, on: dt.date, now: dt.datetime) -> NoteChange:
    """Record that a request came to nothing in its time.

    Raises:
        Refused: it is neither requested nor confirmed, its time is not over, or the day is before what happened last.

    >>> from datetime import timedelta
    >>> from ltc.testing.samples.billing import NOON, TODAY, requested_note
    >>> late = NOON + timedelta(hours=72, seconds=1)
    >>> expire_note(requested_note(), on=TODAY + timedelta(days=3), now=late).after.status.value
    'expired'
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteExpired, kind="note", subject=note.id)
    _check_day(note, day(on))
    until = note.stands_until(policy)
    if until is None:
        raise Refused("note.stands_on", f"note {note.id} stands without end; withdraw it", note=note.id)
    if now <= until:
        raise Refused(
            "note.stands",
            f"note {note.id} stands until {until}; withdraw it before that",
            note=note.id,
            until=until,
        )
    return NOTE.change(note, NoteExpired(note.id, on=on, at=now))


def withdraw_note(note: RedLetterNote, *, reason: str, on: dt.date, now: dt.datetime) -> NoteChange:
    """Take a request back 撤销 before it is issued.

    Raises:
        Refused: it is neither requested nor confirmed, or the day is before what happened last.

    >>> from ltc.testing.samples.billing import NOON, TODAY, requested_note
    >>> withdraw_note(requested_note(), reason="wrong lines", on=TODAY, now=NOON).after.status.value
    'withdrawn'
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteWithdrawn, kind="note", subject=note.id)
    _check_day(note, day(on))
    return NOTE.change(note, NoteWithdrawn(note.id, reason=reason, on=on, at=now))


def issue_note(
    note: RedLetterNote,
    invoice: Invoice,
    *,
    receivables: Sequence[Receivable] = (),
    policy: NotePolicy = _POLICY,
    on: dt.date,
    now: dt.datetime,
) -> tuple[NoteChange, InvoiceChange, *tuple[ReceivableChange, ...]]:
    """Issue a confirmed red letter: the note's change, the invoice's, and that of each receivable of which something is given back.

    The net of each line is what the cumulative net grows by, so that all notes of an invoice sum to its net and its tax, whichever
    policy rounded it. `receivables` are those that the invoice covers; others are passed over.

    Raises:
        Refused: it is not confirmed or its time is over, it is of another invoice, more than is left by now, a day before the invoice
            or the cover, or a receivable that it gives back is not given.

    Source: the decision that credit notes of an invoice sum to the invoice, tax included (Lago's credit notes).

    >>> from ltc.testing.samples.billing import NOON, TODAY, confirmed_note, invoice
    >>> issued, reddened = issue_note(confirmed_note(), invoice(), on=TODAY, now=NOON)
    >>> str(issued.after.net), str(issued.after.tax), str(reddened.after.billed)
    ('8849.56 CNY', '1150.44 CNY', '90000.00 CNY')
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteIssued, kind="note", subject=note.id)
    if note.invoice != invoice.id:
        raise Refused(
            "note.other_invoice",
            f"note {note.id} takes back invoice {note.invoice}, not {invoice.id}; give that one",
            note=note.id,
            invoice=note.invoice,
            given=invoice.id,
        )
    _check_day(note, day(on))
    _check_stands(note, policy, now)
    lines, covers = _taken_back(note, invoice)
    issued = NoteIssued(note.id, lines, covers, on=on, at=now)
    reddened = InvoiceReddened(invoice.id, note.id, lines, covers, on=on, at=now)
    by_id = {receivable.id: receivable for receivable in receivables}
    return (
        NOTE.change(note, issued),
        INVOICE.change(invoice, reddened),
        *(
            _give_back(
                by_id.get(cover.receivable),
                cover,
                reddened,
                issued_in_error=note.reason is NoteReason.ISSUED_IN_ERROR,
            )
            for cover in covers
        ),
    )


def _give_back(
    receivable: Receivable | None, cover: Cover, reddened: InvoiceReddened, *, issued_in_error: bool
) -> ReceivableChange:
    if receivable is None:
        raise Refused(
            "note.receivable",
            f"note {reddened.note} gives back {cover.amount} of receivable {cover.receivable}; give that receivable",
            note=reddened.note,
            receivable=cover.receivable,
            amount=cover.amount,
        )
    billed_on = max((part.on for part in receivable.billed if part.invoice == reddened.invoice), default=reddened.on)
    if reddened.on < billed_on:
        raise Refused(
            "note.before_cover",
            f"invoice {reddened.invoice} bills receivable {receivable.id} since {billed_on}, after {reddened.on}; "
            "use that day or a later one",
            invoice=reddened.invoice,
            receivable=receivable.id,
            billed_on=billed_on,
            on=reddened.on,
        )
    back = ReceivableReddened(
        receivable.id,
        reddened.invoice,
        reddened.note,
        cover.amount,
        issued_in_error,
        on=reddened.on,
        at=reddened.at,
    )
    return RECEIVABLE.change(receivable, back)


def _amount(
    note: NoteId,
    invoice: Invoice,
    amount: Money | None,
    lines: Sequence[tuple[int, Money]],
    *,
    basis: Basis,
    reason: NoteReason,
) -> Money:
    if amount is not None:
        return amount
    if not lines and reason is NoteReason.ISSUED_IN_ERROR:
        return whole_of(invoice, basis)
    if not lines:
        raise InvalidValue(
            "note.nothing", f"note {note} takes back nothing; give an amount or lines of the invoice", note=note
        )
    return total((part for _, part in lines), invoice.currency)


def _taken_back(note: RedLetterNote, invoice: Invoice) -> tuple[tuple[RedLine, ...], tuple[Cover, ...]]:
    """Return the lines that a note takes back of an invoice as it is, and what it gives back of which receivable."""
    left = left_in(invoice, note.basis)
    if note.reason is NoteReason.ISSUED_IN_ERROR:
        _check_whole(note, invoice, left)
    check_within(
        note.amount,
        left,
        code="note.over",
        of=f"that invoice {invoice.id} still bills",
        invoice=invoice.id,
    )
    asked = tuple((line.number, line.amount) for line in note.asked) or spread(invoice, note.amount, note.basis)
    lines = red_lines(invoice, asked, note.basis)
    gross = total((line.gross for line in lines), invoice.currency)
    return lines, covers_back(invoice, gross, note.named)


def _check_whole(note: RedLetterNote, invoice: Invoice, left: Money) -> None:
    whole = whole_of(invoice, note.basis)
    if left != whole:
        raise Refused(
            "note.part_gone",
            f"{whole - left} of invoice {invoice.id} was taken back before, and so it is not taken back whole as one issued in error; "
            f"give another reason for the {left} that is left",
            invoice=invoice.id,
            gone=whole - left,
            left=left,
        )
    if note.amount != whole:
        raise Refused(
            "note.whole_only",
            f"an invoice issued in error is taken back whole: ask for {whole}, or give another reason",
            invoice=invoice.id,
            amount=note.amount,
            gross=whole,
        )


def _check_day(note: RedLetterNote, on: dt.date) -> None:
    last = note.confirmed_on or note.requested_on
    if on < last:
        raise Refused(
            "note.too_early",
            f"note {note.id} stood at {last} last, after {on}; use that day or a later one",
            note=note.id,
            last=last,
            on=on,
        )


def _check_stands(note: RedLetterNote, policy: NotePolicy, now: dt.datetime) -> None:
    until = note.stands_until(policy)
    if until is not None and now > until:
        raise Refused(
            "note.too_late",
            f"note {note.id} stood until {until}, before {now}; let it expire and ask again",
            note=note.id,
            until=until,
            now=now,
        )


def _check_lines(invoice: Invoice, lines: Sequence[tuple[int, Money]]) -> None:
    for number, _ in lines:
        if not 1 <= number <= len(invoice.lines):
            raise InvalidValue(
                "note.no_line",
                f"invoice {invoice.id} has no line {number}; use 1 to {len(invoice.lines)}",
                invoice=invoice.id,
                number=number,
                lines=len(invoice.lines),
            )
