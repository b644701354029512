"""A red-letter note 红字: the document that takes an invoice back."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any, Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc._billing.invoices.invoice import Cover, RedLine, check_covers
from ltc._billing.invoices.line_parts import Basis
from ltc._fields import member, whole
from ltc.errors import InvalidValue
from ltc.events import Life, day, evolved, instant, next_status, no_beginning
from ltc.ids import AccountId, ChangeId, EntityId, InvoiceId, NoteId
from ltc.money import Money, total
from ltc.text import free_text, one_line, optional_line


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
    WITHDRAWN = "withdrawn"
    """By who asked for it."""


class NoteReason(enum.StrEnum):
    """Why an invoice is taken back, in the words of the tax office. A bad debt is no reason: what was sold was sold.

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
    """How much of a line of the invoice a note is to take back, on the note's basis.

    >>> NoteLine(2, Money.of("10.00", "CNY")).number
    2
    """

    number: int = attrs.field(validator=whole(1))
    """Of the invoice's line, from 1."""
    amount: Money = attrs.field(validator=above_zero)


def _time(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if value is not None and not (isinstance(value, dt.timedelta) and value > dt.timedelta(0)):
        raise InvalidValue(
            "note.time",
            f"{attribute.name} is {value!r:.40}; pass a timedelta above zero, or None for no end",
            name=attribute.name,
            value=repr(value)[:40],
        )


@attrs.frozen
class NotePolicy:
    """How long a request for a red letter may wait: for its confirmation, and confirmed for its issue. None: without end.

    Source: announcement 11 of 2024 of China's State Taxation Administration: what is not confirmed within 72 hours is void. It sets no
    time for the issue of what is confirmed, and so nothing is refused for its age by default; who sets one gives `issue_within`.

    >>> NotePolicy().confirm_within
    datetime.timedelta(days=3)
    """

    confirm_within: dt.timedelta | None = attrs.field(default=dt.timedelta(hours=72), validator=_time)
    issue_within: dt.timedelta | None = attrs.field(default=None, validator=_time)


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
    contracting: AccountId
    party: AccountId
    """Who was invoiced."""
    amount: Money
    """As requested, on the basis."""
    basis: Basis
    reason: NoteReason
    asked: tuple[NoteLine, ...]
    """Which lines; none: in proportion to what is left of each when it is issued."""
    named: tuple[Cover, ...]
    """What of which receivable is to be given back at any rate."""
    change: ChangeId | None
    """The change of the order that took off what it takes back; None: its money is to be disposed of."""
    requested_on: dt.date
    requested_at: dt.datetime
    lines: tuple[RedLine, ...] = ()
    """What it took back; empty until it is issued."""
    covers: tuple[Cover, ...] = ()
    """What it gave back of which receivable."""
    confirmed_on: dt.date | None = None
    confirmed_at: dt.datetime | None = None
    issued_on: dt.date | None = None

    def stands_until(self, policy: NotePolicy, /) -> dt.datetime | None:
        """Return the last instant at which it may be confirmed, or once confirmed be issued; None: no end, or nothing to wait for.

        >>> from ltc.testing.samples.billing import requested_note
        >>> requested_note().stands_until(NotePolicy()) - requested_note().requested_at
        datetime.timedelta(days=3)
        """
        match self.status:
            case NoteStatus.REQUESTED:
                start, time = self.requested_at, policy.confirm_within
            case NoteStatus.CONFIRMED:
                start, time = self.confirmed_at or self.requested_at, policy.issue_within
            case _:
                return None
        return None if time is None else start + time

    @property
    def gross(self) -> Money:
        """Σ gross of what it took back; zero until it is issued."""
        return total((line.gross for line in self.lines), self.amount.currency)

    @property
    def net(self) -> Money:
        """Σ net of what it took back; zero until it is issued."""
        return total((line.net for line in self.lines), self.amount.currency)

    @property
    def tax(self) -> Money:
        """Σ tax of what it took back; zero until it is issued."""
        return total((line.tax for line in self.lines), self.amount.currency)

    @property
    def discount(self) -> Money:
        """Σ discount that went back with it; zero until it is issued."""
        return total((line.discount for line in self.lines if line.discount is not None), self.amount.currency)


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
    contracting: AccountId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    basis: Basis = attrs.field(validator=member(Basis))
    reason: NoteReason = attrs.field(validator=member(NoteReason))
    lines: tuple[NoteLine, ...]
    covers: tuple[Cover, ...]
    change: ChangeId | None = attrs.field(validator=optional_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        asked = total((line.amount for line in self.lines), self.amount.currency)
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
        check_covers(self.note, self.covers)


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
    covers: tuple[Cover, ...]
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


@attrs.frozen
class NoteWithdrawn:
    """Who asked for the note took that back 撤销.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> NoteWithdrawn("N1", reason="wrong lines", on=TODAY, at=NOON).reason
    'wrong lines'
    """

    note: NoteId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


NoteEvent = NoteRequested | NoteConfirmed | NoteIssued | NoteExpired | NoteWithdrawn

_S = NoteStatus
NOTE_TRANSITIONS: Final[Mapping[NoteStatus, Mapping[type[NoteEvent], NoteStatus]]] = {
    _S.REQUESTED: {NoteConfirmed: _S.CONFIRMED, NoteExpired: _S.EXPIRED, NoteWithdrawn: _S.WITHDRAWN},
    _S.CONFIRMED: {NoteIssued: _S.ISSUED, NoteExpired: _S.EXPIRED, NoteWithdrawn: _S.WITHDRAWN},
    _S.ISSUED: {},
    _S.EXPIRED: {},
    _S.WITHDRAWN: {},
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
                contracting=event.contracting,
                party=event.party,
                amount=event.amount,
                basis=event.basis,
                reason=event.reason,
                asked=event.lines,
                named=event.covers,
                change=event.change,
                requested_on=event.on,
                requested_at=event.at,
            )
        case _:
            raise no_beginning(event)


def evolve(note: RedLetterNote, event: NoteEvent) -> RedLetterNote:
    """Return the note after an event: the only place where it changes."""
    if isinstance(event, NoteRequested):
        raise no_second(event)
    version, status = note.version + 1, next_status(NOTE_TRANSITIONS, note.status, event)
    match event:
        case NoteIssued(lines=lines, covers=covers, on=on):
            return evolved(note, version=version, status=status, lines=lines, covers=covers, issued_on=on)
        case NoteConfirmed(on=on, at=at):
            return evolved(note, version=version, status=status, confirmed_on=on, confirmed_at=at)
        case NoteExpired() | NoteWithdrawn():
            return evolved(note, version=version, status=status)
        case _:
            assert_never(event)


NOTE: Final[Life[RedLetterNote, NoteEvent]] = Life(
    "note",
    RedLetterNote,
    begin,
    evolve,
    {
        "requested": NoteRequested,
        "confirmed": NoteConfirmed,
        "issued": NoteIssued,
        "expired": NoteExpired,
        "withdrawn": NoteWithdrawn,
    },
)
"""The life of a red-letter note: for stores and for replay."""
