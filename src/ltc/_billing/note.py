"""A red-letter note 红字: the document that takes an invoice back."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc._billing.invoice import RedLine
from ltc._fields import member, whole
from ltc.errors import InvalidValue
from ltc.events import Life, day, evolved, instant, next_status, no_beginning
from ltc.ids import AccountId, EntityId, InvoiceId, NoteId
from ltc.money import Money, total
from ltc.text import one_line


class NoteStatus(enum.StrEnum):
    """Where a red-letter note stands; only an issued one takes anything back.

    >>> NoteStatus.ISSUED.value
    'issued'
    """

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    """By the other side or the tax office."""
    ISSUED = "issued"
    EXPIRED = "expired"
    """Not confirmed, or not issued, in time."""


class NoteReason(enum.StrEnum):
    """Why an invoice is taken back, in the words of the tax office.

    >>> NoteReason("allowance").name
    'ALLOWANCE'
    """

    ISSUED_IN_ERROR = "issued_in_error"
    """开票有误: the whole invoice only."""
    RETURN = "return"
    """销货退回"""
    SERVICE_ENDED = "service_ended"
    """服务中止"""
    ALLOWANCE = "allowance"
    """销售折让"""


@attrs.frozen
class NoteLine:
    """How much of a line of the invoice a note is to take back, gross.

    >>> NoteLine(2, Money.of("10.00", "CNY")).number
    2
    """

    number: int = attrs.field(validator=whole(1))
    """Of the invoice's line, from 1."""
    gross: Money = attrs.field(validator=above_zero)


@attrs.frozen
class RedLetterNote:
    """A document that takes back a part or all of an invoice 红字; requested, confirmed, then issued.

    Its amounts are above zero: "red" is in its name.

    >>> from ltc.testing.samples.billing import requested_note
    >>> note = requested_note()
    >>> note.status, str(note.amount)
    (<NoteStatus.REQUESTED: 'requested'>, '10000.00 CNY')
    """

    id: NoteId
    version: int
    status: NoteStatus
    invoice: InvoiceId
    entity: EntityId
    party: AccountId
    amount: Money
    """Gross, as requested."""
    reason: NoteReason
    asked: tuple[NoteLine, ...]
    """Which lines; none: in proportion to what is left of each when it is issued."""
    requested_on: dt.date
    lines: tuple[RedLine, ...] = ()
    """What it took back; empty until it is issued."""
    confirmed_on: dt.date | None = None
    issued_on: dt.date | None = None

    @property
    def net(self) -> Money:
        """Σ net of what it took back; zero until it is issued."""
        return total((line.net for line in self.lines), self.amount.currency)

    @property
    def tax(self) -> Money:
        """Σ tax of what it took back; zero until it is issued."""
        return total((line.tax for line in self.lines), self.amount.currency)


@attrs.frozen
class NoteRequested:
    """A red letter was asked for.

    Raises:
        InvalidValue: the lines, where some are named, do not sum to the amount.

    >>> from ltc.testing.samples.billing import note_requested
    >>> note_requested().reason
    <NoteReason.ALLOWANCE: 'allowance'>
    """

    note: NoteId = attrs.field(validator=one_line)
    invoice: InvoiceId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: NoteReason = attrs.field(validator=member(NoteReason))
    lines: tuple[NoteLine, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        asked = total((line.gross for line in self.lines), self.amount.currency)
        if self.lines and asked != self.amount:
            raise InvalidValue(
                "note.lines",
                f"the lines of note {self.note} sum to {asked}, its amount is {self.amount}; make them equal",
                note=self.note,
                asked=asked,
                amount=self.amount,
            )
        if len({line.number for line in self.lines}) < len(self.lines):
            raise InvalidValue(
                "note.line_twice", f"note {self.note} names a line twice; name each once", note=self.note
            )


@attrs.frozen
class NoteConfirmed:
    """The other side, or the tax office, confirmed the request.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> NoteConfirmed("N1", on=TODAY, at=NOON).note
    'N1'
    """

    note: NoteId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class NoteIssued:
    """The note was issued and took back its lines: the other half of `InvoiceReddened`.

    >>> from ltc.testing.samples.billing import reddened
    >>> change, _ = reddened()
    >>> str(change.events[0].lines[0].net)
    '8849.56 CNY'
    """

    note: NoteId = attrs.field(validator=one_line)
    lines: tuple[RedLine, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class NoteExpired:
    """The request came to nothing in its time.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> NoteExpired("N1", on=TODAY, at=NOON).note
    'N1'
    """

    note: NoteId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


NoteEvent = NoteRequested | NoteConfirmed | NoteIssued | NoteExpired

_S = NoteStatus
NOTE_TRANSITIONS: Final[Mapping[NoteStatus, Mapping[type[NoteEvent], NoteStatus]]] = {
    _S.REQUESTED: {NoteConfirmed: _S.CONFIRMED, NoteExpired: _S.EXPIRED},
    _S.CONFIRMED: {NoteIssued: _S.ISSUED, NoteExpired: _S.EXPIRED},
    _S.ISSUED: {},
    _S.EXPIRED: {},
}
"""Which event of a red-letter note may happen in which status, and where it leads."""


def begin(event: NoteEvent) -> RedLetterNote:
    """Return the note that was requested."""
    match event:
        case NoteRequested():
            return RedLetterNote(
                event.note,
                1,
                NoteStatus.REQUESTED,
                invoice=event.invoice,
                entity=event.entity,
                party=event.party,
                amount=event.amount,
                reason=event.reason,
                asked=event.lines,
                requested_on=event.on,
            )
        case _:
            raise no_beginning(event)


def evolve(note: RedLetterNote, event: NoteEvent) -> RedLetterNote:
    """Return the note after an event: the only place where it changes."""
    if isinstance(event, NoteRequested):
        raise no_second(event)
    version, status = note.version + 1, next_status(NOTE_TRANSITIONS, note.status, event)
    match event:
        case NoteIssued(lines=lines, on=on):
            return evolved(note, version=version, status=status, lines=lines, issued_on=on)
        case NoteConfirmed(on=on):
            return evolved(note, version=version, status=status, confirmed_on=on)
        case NoteExpired():
            return evolved(note, version=version, status=status)
        case _:
            assert_never(event)


NOTE: Final[Life[RedLetterNote, NoteEvent]] = Life(
    "note",
    RedLetterNote,
    begin,
    evolve,
    {"requested": NoteRequested, "confirmed": NoteConfirmed, "issued": NoteIssued, "expired": NoteExpired},
)
"""The life of a red-letter note: for stores and for replay."""
