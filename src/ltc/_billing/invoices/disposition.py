"""What becomes of the money of a red letter: the customer's credit, until it is offset against what is owed or paid back."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc._billing.invoices.invoice import Cover
from ltc._billing.receivables.entries import (
    Entry,
    EntryKind,
    Settlement,
    SettlementKind,
    left_as_of,
    left_from,
    settlements,
)
from ltc._fields import exactly
from ltc.events import Life, day, evolved, instant, no_beginning
from ltc.findings import Reason
from ltc.ids import AccountId, DispositionId, EntityId, InvoiceId, NoteId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money, total
from ltc.text import free_text, one_line


@attrs.frozen
class CreditRefund:
    """Which refund of which receipt an application of credit made room for.

    >>> CreditRefund("N1/disposition/1", "RF1", "R1").receipt
    'R1'
    """

    application: str
    refund: RefundId
    receipt: ReceiptId


@attrs.frozen
class Disposition:
    """The money of one red-letter note 红字款项处置: the gross amount of the note = offset + refunded + credit, always.

    What is neither offset nor refunded is the customer's credit. A bad debt has none (it makes no red letter), nor has a note that took
    back what a change of the order took off.

    >>> from ltc.testing.samples.invoices import disposition
    >>> str(disposition().amount), str(disposition().credit)
    ('10000.00 CNY', '10000.00 CNY')
    """

    id: DispositionId
    version: int
    note: NoteId
    invoice: InvoiceId
    entity: EntityId
    party: AccountId
    """Whose credit it is: the contracting party."""
    amount: Money
    """Gross, of the note."""
    covers: tuple[Cover, ...]
    """What the note gave back of which receivable: what was paid on these can be refunded."""
    opened_on: dt.date
    entries: tuple[Entry, ...] = ()
    """In the order in which they became known."""
    applications: int = 0
    """How many offsets were ever made: the number of the last one."""
    refunds: tuple[CreditRefund, ...] = ()
    """Which of them made room for a refund."""

    @property
    def offset(self) -> Money:
        """What settles receivables 单据对冲, less what was taken back, and but for what is refunded."""
        return self.amount - self.credit - self.refunded

    @property
    def refunded(self) -> Money:
        """What is paid back: it settles a receivable in the place of a receipt's money, of which a refund was asked for."""
        made = {refund.application for refund in self.refunds}
        back = (settled.amount for settled in self.settlements if settled.application in made)
        return total(back, self.amount.currency)

    @property
    def credit(self) -> Money:
        """What is kept for the customer: amount − offset − refunded; never below zero."""
        return Money(self.amount.minor - sum(entry.taken for entry in self.entries), self.amount.currency)

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """The offsets that stand, refunds among them, in their order."""
        return settlements(self.entries)

    def credit_as_of(self, on: dt.date, /) -> Money:
        """Return what was the customer's credit at the end of a day; nothing before it was opened.

        >>> from datetime import date
        >>> from ltc.testing.samples.invoices import disposition
        >>> str(disposition().credit_as_of(date(2026, 12, 31))), str(disposition().credit_as_of(date(2025, 12, 31)))
        ('10000.00 CNY', '0.00 CNY')
        """
        return left_as_of(self.amount, self.entries, on) if on >= self.opened_on else Money.zero(self.amount.currency)

    def credit_from(self, on: dt.date, /) -> Money:
        """Return the most that may be taken of it on a day: the least that is left at the end of that day or any later one.

        >>> from ltc.testing.samples.billing import TODAY
        >>> from ltc.testing.samples.invoices import disposition
        >>> str(disposition().credit_from(TODAY))
        '10000.00 CNY'
        """
        return left_from(self.amount, self.entries, on)


@attrs.frozen
class DispositionOpened:
    """A red-letter note was issued and its money became the customer's credit.

    >>> from ltc.testing.samples.invoices import disposition_opened
    >>> disposition_opened().note
    'N1'
    """

    disposition: DispositionId = attrs.field(validator=one_line)
    note: NoteId = attrs.field(validator=one_line)
    invoice: InvoiceId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    covers: tuple[Cover, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class CreditOffset:
    """Credit settled a receivable 单据对冲: the other half of a `ReceivableSettled`, with the same application id.

    >>> from ltc.testing.samples.invoices import offset
    >>> change, _ = offset()
    >>> change.events[0].application, str(change.events[0].amount)
    ('N1/disposition/1', '10000.00 CNY')
    """

    disposition: DispositionId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: Reason = attrs.field(validator=exactly(Reason))
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OffsetReversed:
    """An offset was taken back: the other half of a `SettlementReversed`.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> OffsetReversed("N1/disposition", "P1/1", "N1/disposition/1", Money.of("5", "CNY"), reason="", on=TODAY, at=NOON).receivable
    'P1/1'
    """

    disposition: DispositionId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class CreditRefunded:
    """Credit is paid back: it took the place of a receipt's money on a receivable, and a refund of that money is asked for.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> back = CreditRefunded("N1/disposition", "P1/1", "N1/disposition/1", "R1", "RF1", Money.of("5", "CNY"), on=TODAY, at=NOON)
    >>> back.refund
    'RF1'
    """

    disposition: DispositionId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    receipt: ReceiptId = attrs.field(validator=one_line)
    refund: RefundId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


DispositionEvent = DispositionOpened | CreditOffset | OffsetReversed | CreditRefunded


def begin(event: DispositionEvent) -> Disposition:
    """Return the disposition that was opened."""
    match event:
        case DispositionOpened():
            return Disposition(
                event.disposition,
                1,
                note=event.note,
                invoice=event.invoice,
                entity=event.entity,
                party=event.party,
                amount=event.amount,
                covers=event.covers,
                opened_on=event.on,
            )
        case _:
            raise no_beginning(event)


def evolve(disposition: Disposition, event: DispositionEvent) -> Disposition:
    """Return the disposition after an event: the only place where it changes."""
    if isinstance(event, DispositionOpened):
        raise no_second(event)
    kind = EntryKind.UNAPPLIED if isinstance(event, OffsetReversed) else EntryKind.APPLIED
    red = SettlementKind.RED_LETTER
    entry = Entry(kind, event.amount, event.application, event.receivable, event.on, red)
    version, entries = disposition.version + 1, (*disposition.entries, entry)
    match event:
        case CreditOffset():
            return evolved(disposition, version=version, entries=entries, applications=disposition.applications + 1)
        case OffsetReversed():
            return evolved(disposition, version=version, entries=entries)
        case CreditRefunded(application=application, refund=refund, receipt=receipt):
            refunds = (*disposition.refunds, CreditRefund(application, refund, receipt))
            made = disposition.applications + 1
            return evolved(disposition, version=version, entries=entries, applications=made, refunds=refunds)
        case _:
            assert_never(event)


DISPOSITION: Final[Life[Disposition, DispositionEvent]] = Life(
    "disposition",
    Disposition,
    begin,
    evolve,
    {
        "opened": DispositionOpened,
        "offset": CreditOffset,
        "offset_reversed": OffsetReversed,
        "refunded": CreditRefunded,
    },
)
"""The life of a disposition: for stores and for replay."""
