"""What happened to the balance of a document, entry by entry: balances are sums of these and are never stored."""

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Final, Protocol

import attrs

from ltc._billing.exchange.crossing import Exchange
from ltc.money import Money


class EntryKind(enum.StrEnum):
    """What an entry did. `UNAPPLIED`, `RECOVERED` and `UNROUNDED` give back; all others lower what is open (or left, of a receipt).

    >>> EntryKind("waived").name
    'WAIVED'
    """

    APPLIED = "applied"
    """收款核销"""
    UNAPPLIED = "unapplied"
    """反核销"""
    WAIVED = "waived"
    """减免"""
    WRITTEN_OFF = "written_off"
    """坏账核销"""
    RECOVERED = "recovered"
    """坏账收回: a write-off taken back"""
    ROUNDED = "rounded"
    """尾差"""
    UNROUNDED = "unrounded"
    """尾差冲回: with the application that had left the difference."""
    REFUNDED = "refunded"
    """退款"""
    BOUNCED = "bounced"
    """退票: the bank took the money back, or the bill was dishonoured."""
    REVERSED = "reversed"
    """冲销: the receipt had been entered in error."""


class SettlementKind(enum.StrEnum):
    """What settled a receivable: the entry's other side is a document of that kind.

    >>> SettlementKind("advance").name
    'ADVANCE'
    """

    RECEIPT = "receipt"
    """收款核销: by money that came in."""
    ADVANCE = "advance"
    """预收冲应收: by money that came in on a day before the receivable was raised."""
    RED_LETTER = "red_letter"
    """单据对冲: by a red-letter note."""
    TRANSFER = "transfer"
    """应收并账: by another receivable, which took its place."""
    PAYABLE = "payable"
    """应收冲应付: by something that we owe the customer."""


_GIVES_BACK: Final = frozenset({EntryKind.UNAPPLIED, EntryKind.RECOVERED, EntryKind.UNROUNDED})


class Movement(Protocol):
    """Whatever takes off a balance on a day."""

    @property
    def on(self) -> dt.date:
        """The day from which it counts."""

    @property
    def taken(self) -> int:
        """How many minor units it takes off; negative where it gives back."""


@attrs.frozen
class Entry:
    """One movement of a receivable or a receipt: the amount is above zero, the kind says which way it goes.

    >>> from datetime import date
    >>> Entry(EntryKind.WAIVED, Money.of("5.00", "CNY"), reference="W1", other=None, on=date(2026, 3, 2)).reference
    'W1'
    """

    kind: EntryKind
    amount: Money
    reference: str
    """The id of the application (of a rounding too, where one left it), of the change that let off, of the refund."""
    other: str | None
    """The document on the other side: what settled the receivable, the receivable that a receipt settled."""
    on: dt.date
    settlement: SettlementKind | None = None
    """What settled, of an application and of what took it back; None of every other entry."""
    authority: str | None = None
    """The payment authority 代付 under which another customer's money settled."""
    exchange: Exchange | None = None
    """What an application across two currencies went by."""

    @property
    def taken(self) -> int:
        """How many minor units it takes off the balance; negative where it gives back."""
        return -self.amount.minor if self.kind in _GIVES_BACK else self.amount.minor


@attrs.frozen
class Settlement:
    """An application that stands, as one of its two documents knows it.

    >>> from ltc.testing.samples.billing import settled_receivable
    >>> [settlement] = settled_receivable().settlements
    >>> settlement.application, settlement.kind.value, settlement.other, str(settlement.amount)
    ('R1/1', 'receipt', 'R1', '30000.00 CNY')
    """

    application: str
    kind: SettlementKind
    other: str
    """The document on the other side."""
    amount: Money
    """In the currency of the document that was asked."""
    on: dt.date
    authority: str | None = None
    """The payment authority 代付 under which another customer's money settled."""


def sum_of(entries: Iterable[Entry], *kinds: EntryKind) -> int:
    """Return the minor units that entries of these kinds took off the balance."""
    return sum(entry.taken for entry in entries if entry.kind in kinds)


def settled_by(amount: Money, entries: Iterable[Entry], kinds: Collection[SettlementKind]) -> Money:
    """Return what settlements of these kinds took off an amount, less what was taken back."""
    return Money(sum(entry.taken for entry in entries if entry.settlement in kinds), amount.currency)


def left_as_of(amount: Money, entries: Iterable[Movement], day: dt.date) -> Money:
    """Return what is left of an amount after the entries up to and including a day."""
    return Money(amount.minor - sum(entry.taken for entry in entries if entry.on <= day), amount.currency)


def left_from(amount: Money, entries: Sequence[Movement], day: dt.date) -> Money:
    """Return the least that is left at the end of any day from this one on: what a new entry of that day may take.

    An entry dated back must not overdraw a day that lies between it and now.
    """
    return Money(least_from(amount.minor, entries, day), amount.currency) if entries else amount


def least_from(minor: int, entries: Sequence[Movement], day: dt.date) -> int:
    """Return what `left_from` does, in minor units: most documents that are looked through for what is open have nothing."""
    left, later = minor, []
    for entry in entries:
        if entry.on <= day:
            left -= entry.taken
        else:
            later.append(entry)
    lowest = left
    if later:
        by_day: dict[dt.date, int] = {}
        for entry in later:
            by_day[entry.on] = by_day.get(entry.on, 0) + entry.taken
        for _, taken in sorted(by_day.items()):
            left -= taken
            lowest = min(lowest, left)
    return lowest


def standing_from(entries: Iterable[Entry], day: dt.date, *kinds: EntryKind) -> int:
    """Return the least that entries of these kinds had taken at the end of any day from this one on: what may be given back on it."""
    by_day = {day: 0}
    for entry in entries:
        if entry.kind in kinds:
            when = max(entry.on, day)
            by_day[when] = by_day.get(when, 0) + entry.taken
    return min(accumulate(taken for _, taken in sorted(by_day.items())))


def settlements(entries: Iterable[Entry]) -> tuple[Settlement, ...]:
    """Return the applications that were not taken back, in the order in which they were made."""
    standing: dict[str, Settlement] = {}
    for entry in entries:
        match entry:
            case Entry(EntryKind.APPLIED, amount, application, str() as other, on, SettlementKind() as kind, authority):
                standing[application] = Settlement(application, kind, other, amount, on, authority)
            case Entry(EntryKind.UNAPPLIED, reference=application):
                standing.pop(application, None)
            case _:
                pass
    return tuple(standing.values())


def settlement_of(entries: Iterable[Entry], application: str) -> Settlement | None:
    """Return an application that was not taken back, or None."""
    return next((found for found in settlements(entries) if found.application == application), None)


def rounded_with(entries: Iterable[Entry], application: str) -> Money | None:
    """Return the small difference that was let go, or kept, with an application that stands, or None."""
    for entry in entries:
        if entry.reference == application and entry.kind is EntryKind.ROUNDED:
            return entry.amount
    return None
