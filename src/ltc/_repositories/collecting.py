"""Where plans, receivables, invoices, notes, receipts, refunds, bank lines, bills and deposits are found."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ltc.ids import (
    AccountId,
    BankLineId,
    BillId,
    DepositId,
    EntityId,
    InvoiceId,
    NoteId,
    OrderId,
    PlanId,
    ReceiptId,
    ReceivableId,
    RefundId,
)

if TYPE_CHECKING:  # a host loads the rooms it uses, and no others
    from ltc.billing import (
        BankLine,
        Bill,
        CollectionPlan,
        Deposit,
        Invoice,
        Receipt,
        Receivable,
        RedLetterNote,
        RefundRequest,
    )


class PlanRepository(Protocol):
    """Where collection plans are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> plans: PlanRepository = MemoryStore().plans
    >>> plans.get("P9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no plan P9
    """

    def get(self, plan_id: PlanId, /) -> "CollectionPlan":
        """Return the plan.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_order(self, order: OrderId, /) -> "Sequence[CollectionPlan]":
        """Return the plans of an order, in id order."""

    def all(self) -> "Iterable[CollectionPlan]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class ReceivableRepository(Protocol):
    """Where receivables are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> receivables: ReceivableRepository = MemoryStore().receivables
    >>> receivables.get("SO-9/1")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no receivable SO-9/1
    """

    def get(self, receivable_id: ReceivableId, /) -> "Receivable":
        """Return the receivable.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_order(self, order: OrderId, /) -> "Sequence[Receivable]":
        """Return the receivables of an order, in id order."""

    def open_of(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receivable]":
        """Return what a party still owes one of our entities, in id order; a strategy of `ltc.billing` puts it in its own order."""

    def all(self) -> "Iterable[Receivable]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class InvoiceRepository(Protocol):
    """Where invoices are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> invoices: InvoiceRepository = MemoryStore().invoices
    >>> invoices.get("I9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no invoice I9
    """

    def get(self, invoice_id: InvoiceId, /) -> "Invoice":
        """Return the invoice.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_order(self, order: OrderId, /) -> "Sequence[Invoice]":
        """Return the invoices of an order, in id order: those issued for it, and those of others that bill a receivable of it.

        An invoice may bill the receivables of several orders 合并开票; the receivables say which invoices bill them.
        """

    def all(self) -> "Iterable[Invoice]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class NoteRepository(Protocol):
    """Where red-letter notes are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> notes: NoteRepository = MemoryStore().notes
    >>> notes.get("N9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no note N9
    """

    def get(self, note_id: NoteId, /) -> "RedLetterNote":
        """Return the note.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_invoice(self, invoice: InvoiceId, /) -> "Sequence[RedLetterNote]":
        """Return the notes on an invoice, in id order."""

    def all(self) -> "Iterable[RedLetterNote]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class ReceiptRepository(Protocol):
    """Where receipts are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> receipts: ReceiptRepository = MemoryStore().receipts
    >>> receipts.get("R9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no receipt R9
    """

    def get(self, receipt_id: ReceiptId, /) -> "Receipt":
        """Return the receipt.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receipt]":
        """Return what a party paid to one of our entities, in id order."""

    def of_order(self, order: OrderId, /) -> "Sequence[Receipt]":
        """Return what was paid in advance for an order, in id order."""

    def all(self) -> "Iterable[Receipt]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class RefundRepository(Protocol):
    """Where requests for refunds are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> refunds: RefundRepository = MemoryStore().refunds
    >>> refunds.get("RF9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no refund request RF9
    """

    def get(self, refund_id: RefundId, /) -> "RefundRequest":
        """Return the refund request.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[RefundRequest]":
        """Return the refunds asked of a receipt, ended ones too, in id order."""

    def all(self) -> "Iterable[RefundRequest]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class BankLineRepository(Protocol):
    """Where bank lines are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> lines: BankLineRepository = MemoryStore().bank_lines
    >>> lines.get("B9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no bank line B9
    """

    def get(self, line_id: BankLineId, /) -> "BankLine":
        """Return the bank line.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def unclaimed(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """Return the lines of one of our entities of which something is unclaimed, in id order."""

    def pending(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """Return the lines of one of our entities with a claim that waits for finance, in id order."""

    def all(self) -> "Iterable[BankLine]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class BillRepository(Protocol):
    """Where acceptance bills are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> bills: BillRepository = MemoryStore().bills
    >>> bills.get("BA9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no bill BA9
    """

    def get(self, bill_id: BillId, /) -> "Bill":
        """Return the bill.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[Bill]":
        """Return the bills that are the instrument of a receipt, split ones and their parts too, in id order."""

    def held(self, entity: EntityId, /) -> "Sequence[Bill]":
        """Return the bills in the hands of one of our entities, in id order."""

    def all(self) -> "Iterable[Bill]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class DepositRepository(Protocol):
    """Where deposits are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> deposits: DepositRepository = MemoryStore().deposits
    >>> deposits.get("D9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no deposit D9
    """

    def get(self, deposit_id: DepositId, /) -> "Deposit":
        """Return the deposit.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Deposit]":
        """Return the deposits between one of our entities and a party, of both directions, in id order."""

    def outstanding(self, entity: EntityId, /) -> "Sequence[Deposit]":
        """Return the deposits of one of our entities of which something is kept, of both directions, in id order."""

    def all(self) -> "Iterable[Deposit]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""
