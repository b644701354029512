"""A receipt: money that came in, and where it went."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.receipts.events import (
    ApplicationReversed,
    ReceiptApplied,
    ReceiptBounced,
    ReceiptEvent,
    ReceiptReceived,
    ReceiptRefunded,
    ReceiptReversed,
    ReceiptRoundedOff,
    ReceiptRoundOffReversed,
    RefundReleased,
    RefundReserved,
)
from ltc._billing.receivables.entries import (
    Entry,
    EntryKind,
    Settlement,
    SettlementKind,
    left_as_of,
    left_from,
    settled_by,
    settlement_of,
    settlements,
    sum_of,
)
from ltc.events import Change, Life, Subject, evolved, no_beginning
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, RefundId
from ltc.money import Money


@attrs.frozen
class Reservation:
    """Money of a receipt that waits for a refund to be decided.

    >>> Reservation("RF1", Money.of("5.00", "CNY")).refund
    'RF1'
    """

    refund: RefundId
    amount: Money


@attrs.frozen
class Receipt:
    """Money that came in 收款: applied to receivables, refunded, or left as the customer's credit.

    >>> from ltc.testing.samples.billing import receipt
    >>> str(receipt().amount), str(receipt().unapplied)
    ('50000.00 CNY', '50000.00 CNY')
    """

    id: ReceiptId
    version: int
    entity: EntityId
    party: AccountId
    """Who paid."""
    order: OrderId | None
    """What it is an advance for 预收, where the payer said so; it settles that order first unless a strategy is given, and then others."""
    amount: Money
    received_on: dt.date
    reference: str
    """What the bank line said."""
    origin: Subject | None = None
    """The bill, bank line or deposit whose other half it is: both are taken back together. None: it was entered by itself."""
    entries: tuple[Entry, ...] = ()
    """In the order in which they became known."""
    applications: int = 0
    """How many applications were ever made: the number of the last one."""
    reservations: tuple[Reservation, ...] = ()
    """By refunds that are not decided or not paid yet."""

    @property
    def applied(self) -> Money:
        """What settles receivables, less what was taken back."""
        return Money(sum_of(self.entries, EntryKind.APPLIED, EntryKind.UNAPPLIED), self.amount.currency)

    def settled_by(self, *kinds: SettlementKind) -> Money:
        """Return what of it settled receivables in these ways, less what was taken back: a part of `applied`.

        >>> from ltc.testing.samples.billing import settled
        >>> receipt, _ = (change.after for change in settled())
        >>> str(receipt.settled_by(SettlementKind.RECEIPT)), str(receipt.settled_by(SettlementKind.ADVANCE))
        ('30000.00 CNY', '0.00 CNY')
        """
        return settled_by(self.amount, self.entries, kinds)

    @property
    def refunded(self) -> Money:
        """What was paid back to the customer."""
        return Money(sum_of(self.entries, EntryKind.REFUNDED), self.amount.currency)

    @property
    def rounded_off(self) -> Money:
        """What was kept as income, of small over-payments 尾差, less what is credit again."""
        return Money(sum_of(self.entries, EntryKind.ROUNDED, EntryKind.UNROUNDED), self.amount.currency)

    @property
    def bounced(self) -> Money:
        """What did not stay 退票; all that was not refunded, or nothing."""
        return Money(sum_of(self.entries, EntryKind.BOUNCED), self.amount.currency)

    @property
    def reversed(self) -> Money:
        """What had been entered in error 冲销; all that was not refunded, or nothing."""
        return Money(sum_of(self.entries, EntryKind.REVERSED), self.amount.currency)

    @property
    def collected(self) -> Money:
        """What of it we have: without what was refunded, bounced or had been entered in error."""
        return Money(self.amount.minor - sum_of(self.entries, *_GONE), self.amount.currency)

    @property
    def reserved(self) -> Money:
        """What waits for refunds to be decided or paid."""
        return Money(sum(held.amount.minor for held in self.reservations), self.amount.currency)

    @property
    def unapplied(self) -> Money:
        """What is free: amount − applied − refunded − rounded off − bounced − reversed − reserved; never below zero."""
        return Money(
            self.amount.minor - sum(entry.taken for entry in self.entries) - self.reserved.minor,
            self.amount.currency,
        )

    def unapplied_as_of(self, on: dt.date, /) -> Money:
        """Return what was neither applied nor refunded at the end of a day, reserved or not; nothing before it was received.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import receipt
        >>> str(receipt().unapplied_as_of(date(2026, 12, 31))), str(receipt().unapplied_as_of(date(2025, 12, 31)))
        ('50000.00 CNY', '0.00 CNY')
        """
        if on < self.received_on:
            return Money.zero(self.amount.currency)
        return left_as_of(self.amount, self.entries, on)

    def unapplied_from(self, on: dt.date, /) -> Money:
        """Return the most that an application of a day may take: the least that is free at the end of that day or any later one.

        >>> from ltc.testing.samples.billing import TODAY, receipt
        >>> str(receipt().unapplied_from(TODAY))
        '50000.00 CNY'
        """
        left = self.left_from(on)
        return Money(max(0, left.minor - self.reserved.minor), left.currency) if self.reservations else left

    def left_from(self, on: dt.date, /) -> Money:
        """Return the most that a refund paid on a day may take: as `unapplied_from`, with what is set aside for refunds.

        >>> from ltc.testing.samples.billing import TODAY, receipt
        >>> str(receipt().left_from(TODAY))
        '50000.00 CNY'
        """
        return left_from(self.amount, self.entries, on)

    def collected_as_of(self, on: dt.date, /) -> Money:
        """Return what of it we had at the end of a day: without what was refunded, bounced or had been entered in error by then.

        >>> from ltc.testing.samples.billing import TODAY, receipt
        >>> str(receipt().collected_as_of(TODAY))
        '50000.00 CNY'
        """
        if on < self.received_on:
            return Money.zero(self.amount.currency)
        return left_as_of(self.amount, (entry for entry in self.entries if entry.kind in _GONE), on)

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """What it settles and was not taken back, in the order in which it became known. Linear in the entries."""
        return settlements(self.entries)

    def application(self, application: str, /) -> Settlement | None:
        """Return an application that stands, or None: never made, or taken back.

        >>> from ltc.testing.samples.billing import settled
        >>> receipt, _ = (change.after for change in settled())
        >>> str(receipt.application("R1/1").amount), receipt.application("R1/2")
        ('30000.00 CNY', None)
        """
        return settlement_of(self.entries, application)


_GONE: Final = frozenset({EntryKind.REFUNDED, EntryKind.BOUNCED, EntryKind.REVERSED})


def begin(event: ReceiptEvent) -> Receipt:
    """Return the receipt of money that came in."""
    match event:
        case ReceiptReceived():
            return Receipt(
                event.receipt,
                1,
                entity=event.entity,
                party=event.party,
                order=event.order,
                amount=event.amount,
                received_on=event.on,
                reference=event.reference,
                origin=event.origin,
            )
        case _:
            raise no_beginning(event)


def evolve(receipt: Receipt, event: ReceiptEvent) -> Receipt:
    """Return the receipt after an event: the only place where it changes."""
    version = receipt.version + 1
    match event:
        case ReceiptApplied():
            entry = Entry(
                EntryKind.APPLIED,
                event.amount,
                event.application,
                event.receivable,
                event.on,
                event.kind,
                event.authority,
                event.exchange,
            )
            made = receipt.applications + 1
            return evolved(receipt, version=version, entries=(*receipt.entries, entry), applications=made)
        case ApplicationReversed(receivable=receivable, kind=kind, application=application, amount=amount, on=on):
            entry = Entry(EntryKind.UNAPPLIED, amount, application, receivable, on, kind)
            return evolved(receipt, version=version, entries=(*receipt.entries, entry))
        case RefundReserved(refund=refund, amount=amount):
            held = (*receipt.reservations, Reservation(refund, amount))
            return evolved(receipt, version=version, reservations=held)
        case RefundReleased(refund=refund):
            return evolved(receipt, version=version, reservations=_without(receipt, refund))
        case ReceiptRefunded(refund=refund, amount=amount, on=on):
            entry = Entry(EntryKind.REFUNDED, amount, refund, None, on)
            entries = (*receipt.entries, entry)
            return evolved(receipt, version=version, entries=entries, reservations=_without(receipt, refund))
        case ReceiptReceived():
            raise no_second(event)
        case _:
            return evolved(receipt, version=version, entries=(*receipt.entries, _entry(event)))


def _entry(event: ReceiptRoundedOff | ReceiptRoundOffReversed | ReceiptBounced | ReceiptReversed) -> Entry:
    match event:
        case ReceiptRoundedOff(application=application, amount=amount, on=on):
            return Entry(EntryKind.ROUNDED, amount, application, None, on)
        case ReceiptRoundOffReversed(application=application, amount=amount, on=on):
            return Entry(EntryKind.UNROUNDED, amount, application, None, on)
        case ReceiptBounced(amount=amount, on=on):
            return Entry(EntryKind.BOUNCED, amount, "", None, on)
        case ReceiptReversed(amount=amount, on=on):
            return Entry(EntryKind.REVERSED, amount, "", None, on)
        case _:
            assert_never(event)


def _without(receipt: Receipt, refund: RefundId) -> tuple[Reservation, ...]:
    return tuple(held for held in receipt.reservations if held.refund != refund)


RECEIPT: Final[Life[Receipt, ReceiptEvent]] = Life(
    "receipt",
    Receipt,
    begin,
    evolve,
    {
        "received": ReceiptReceived,
        "applied": ReceiptApplied,
        "application_reversed": ApplicationReversed,
        "refund_reserved": RefundReserved,
        "refund_released": RefundReleased,
        "refunded": ReceiptRefunded,
        "rounded_off": ReceiptRoundedOff,
        "round_off_reversed": ReceiptRoundOffReversed,
        "bounced": ReceiptBounced,
        "reversed": ReceiptReversed,
    },
)
"""The life of a receipt: for stores and for replay."""


def receive(
    receipt_id: ReceiptId,
    *,
    entity: EntityId,
    party: AccountId,
    amount: Money,
    order: OrderId | None = None,
    on: dt.date,
    reference: str = "",
    now: dt.datetime,
) -> Change[Receipt, ReceiptEvent]:
    """Record money that came in; all of it is the customer's credit until it is applied.

    With `order` it is an advance 预收 for it: `apply` settles that order first, then others, unless it is given a strategy.

    Raises:
        InvalidValue: the amount is not above zero.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> change = receive("R1", entity="E1", party="A1", amount=Money.of("500.00", "CNY"), on=TODAY, now=NOON)
    >>> str(change.after.unapplied)
    '500.00 CNY'
    """
    received = ReceiptReceived(receipt_id, entity, party, order, amount, reference=reference, on=on, at=now)
    return RECEIPT.change(None, received)
