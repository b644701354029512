"""What moves between us and a customer, document by document: what statements list and roll-forwards sum."""

import datetime as dt
import enum
from collections.abc import Iterator
from typing import assert_never

import attrs

from ltc._billing.invoices.disposition import Disposition
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.entries import Entry, EntryKind, SettlementKind
from ltc._billing.receivables.receivable import Receivable
from ltc.money import Money


class Movement(enum.StrEnum):
    """What changed a balance between us and a customer: a column of a roll-forward, a line of a statement.

    >>> Movement("waived").name
    'WAIVED'
    """

    RAISED = "raised"
    """应收增加"""
    RECEIVED = "received"
    """收款"""
    REDDENED = "reddened"
    """红冲: the money of a red letter became the customer's credit."""
    APPLIED = "applied"
    """收款核销: money settled a receivable; 预收冲应收 too."""
    CREDITED = "credited"
    """单据对冲: a red-letter note settled it."""
    TRANSFERRED = "transferred"
    """应收并账: another receivable took its place, and is raised itself."""
    SET_OFF = "set_off"
    """应收冲应付"""
    UNAPPLIED = "unapplied"
    """反核销: a settlement of whatever kind was taken back."""
    WAIVED = "waived"
    """减免"""
    WRITTEN_OFF = "written_off"
    """坏账核销"""
    RECOVERED = "recovered"
    """坏账收回"""
    ROUNDED = "rounded"
    """尾差: a small difference let go, or kept of what came in."""
    UNROUNDED = "unrounded"
    """尾差冲回"""
    REFUNDED = "refunded"
    """退款"""
    BOUNCED = "bounced"
    """退票: the money did not stay."""
    REVERSED = "reversed"
    """冲销: the receipt had been entered in error."""


@attrs.frozen
class Moved:
    """One thing that moved the balance of one document."""

    on: dt.date
    movement: Movement
    document: str
    other: str | None
    """The document on the other side."""
    reference: str
    """The application, the change, the refund; empty where there is none."""
    amount: Money
    change: int
    """What it does to what the customer owes us, in minor units: receivables are owed to us, what receipts and red letters leave is
    owed by us."""
    order: tuple[int, str, int]
    """Its place among what happened on its day."""


Document = Receivable | Receipt | Disposition
"""What has a balance with a customer."""


def begun_on(document: Document) -> dt.date:
    """Return the day from which a document counts."""
    if isinstance(document, Receivable):
        return document.raised_on
    return document.received_on if isinstance(document, Receipt) else document.opened_on


def credit_as_of(document: Receipt | Disposition, on: dt.date) -> Money:
    """Return what of a receipt or a red letter is not used at the end of a day."""
    return document.unapplied_as_of(on) if isinstance(document, Receipt) else document.credit_as_of(on)


def movements_of(document: Document) -> Iterator[Moved]:
    """Yield what moved the balance of a document, its beginning first; a disposition goes by the name of its red letter."""
    name: str = document.id
    on = begun_on(document)
    if isinstance(document, Receivable):
        begun, sign, first, later = Movement.RAISED, 1, 0, 2
    elif isinstance(document, Receipt):
        begun, sign, first, later = Movement.RECEIVED, -1, 1, 3
    else:
        begun, sign, first, later, name = Movement.REDDENED, -1, 1, 3, document.note
    amount = document.amount
    yield Moved(on, begun, name, None, "", amount, sign * amount.minor, (first, name, 0))
    for place, entry in enumerate(document.entries, 1):
        yield Moved(
            entry.on,
            movement_of(entry),
            name,
            entry.other,
            entry.reference,
            entry.amount,
            -sign * entry.taken,
            (later, name, place),
        )


def movement_of(entry: Entry) -> Movement:
    """Return what an entry is called; each kind has its own name, and a kind that has none is no kind that mypy lets pass."""
    match entry.kind:
        case EntryKind.APPLIED:
            return _settled(entry.settlement)
        case (
            EntryKind.UNAPPLIED
            | EntryKind.WAIVED
            | EntryKind.WRITTEN_OFF
            | EntryKind.RECOVERED
            | EntryKind.ROUNDED
            | EntryKind.UNROUNDED
            | EntryKind.REFUNDED
            | EntryKind.BOUNCED
            | EntryKind.REVERSED
        ):
            return Movement(entry.kind.value)
        case _:
            assert_never(entry.kind)


def _settled(kind: SettlementKind | None) -> Movement:
    match kind:
        case None | SettlementKind.RECEIPT | SettlementKind.ADVANCE:
            return Movement.APPLIED
        case SettlementKind.RED_LETTER:
            return Movement.CREDITED
        case SettlementKind.TRANSFER:
            return Movement.TRANSFERRED
        case SettlementKind.PAYABLE:
            return Movement.SET_OFF
        case _:
            assert_never(kind)
