"""Take an invoice back by a red-letter note: request it, have it confirmed, issue it, or let it expire."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_within
from ltc._billing.invoice import INVOICE, Invoice, InvoiceEvent, InvoiceReddened, red_lines, spread
from ltc._billing.note import (
    NOTE,
    NOTE_TRANSITIONS,
    NoteConfirmed,
    NoteEvent,
    NoteExpired,
    NoteIssued,
    NoteLine,
    NoteReason,
    NoteRequested,
    RedLetterNote,
)
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, check_move, day
from ltc.ids import NoteId
from ltc.money import Money

NoteChange = Change[RedLetterNote, NoteEvent]
InvoiceChange = Change[Invoice, InvoiceEvent]


def request_note(
    note_id: NoteId,
    *,
    invoice: Invoice,
    amount: Money,
    reason: NoteReason,
    lines: Sequence[tuple[int, Money]] = (),
    on: dt.date,
    now: dt.datetime,
) -> NoteChange:
    """Ask for a red letter of an invoice. Nothing is taken back yet, and other requests are not counted until they are issued.

    `lines` are (number from 1, gross) pairs that sum to the amount; without them the amount is spread, when the note is issued, in
    proportion to what is left of each line.

    Raises:
        Refused: more than the invoice still bills, or of a named line; a part where it was issued in error.
        InvalidValue: an unknown line, or lines that do not sum to the amount.

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
        invoice.party,
        amount=amount,
        reason=reason,
        lines=tuple(NoteLine(number, gross) for number, gross in lines),
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
    _check_possible(invoice, requested)
    return NOTE.change(None, requested)


def confirm_note(note: RedLetterNote, *, on: dt.date, now: dt.datetime) -> NoteChange:
    """Record that the other side or the tax office confirmed the request.

    Raises:
        Refused: it is not requested, or the day is before the request.

    >>> from ltc.testing.samples.billing import NOON, TODAY, requested_note
    >>> confirm_note(requested_note(), on=TODAY, now=NOON).after.status.value
    'confirmed'
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteConfirmed, kind="note", subject=note.id)
    _check_day(note, day(on))
    return NOTE.change(note, NoteConfirmed(note.id, on=on, at=now))


def expire_note(note: RedLetterNote, *, on: dt.date, now: dt.datetime) -> NoteChange:
    """Record that a request came to nothing in its time.

    Raises:
        Refused: it is issued or expired, or the day is before what happened last.

    >>> from ltc.testing.samples.billing import NOON, TODAY, requested_note
    >>> expire_note(requested_note(), on=TODAY, now=NOON).after.status.value
    'expired'
    """
    check_move(NOTE_TRANSITIONS, note.status, NoteExpired, kind="note", subject=note.id)
    _check_day(note, day(on))
    return NOTE.change(note, NoteExpired(note.id, on=on, at=now))


def issue_note(
    note: RedLetterNote, invoice: Invoice, *, on: dt.date, now: dt.datetime
) -> tuple[NoteChange, InvoiceChange]:
    """Issue a confirmed red letter: the note's change, and the invoice's.

    The tax of each line is what the cumulative tax grows by, so that all notes of an invoice sum to its net and its tax.

    Raises:
        Refused: it is not confirmed, it is of another invoice, more than is left by now, or a day before the invoice.

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
    _check_left(invoice, note.amount)
    asked = tuple((line.number, line.gross) for line in note.asked) or spread(invoice, note.amount)
    lines = red_lines(invoice, asked)
    return (
        NOTE.change(note, NoteIssued(note.id, lines, on=on, at=now)),
        INVOICE.change(invoice, InvoiceReddened(invoice.id, note.id, lines, on=on, at=now)),
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


def _check_possible(invoice: Invoice, requested: NoteRequested) -> None:
    _check_left(invoice, requested.amount)
    red_lines(invoice, [(line.number, line.gross) for line in requested.lines])
    if requested.reason is NoteReason.ISSUED_IN_ERROR and requested.amount != invoice.gross:
        raise Refused(
            "note.whole_only",
            f"an invoice issued in error is taken back whole: ask for {invoice.gross}, or give another reason",
            invoice=invoice.id,
            amount=requested.amount,
            gross=invoice.gross,
        )


def _check_left(invoice: Invoice, amount: Money) -> None:
    check_within(
        amount,
        invoice.billed,
        code="note.over",
        of=f"that invoice {invoice.id} still bills",
        invoice=invoice.id,
    )
