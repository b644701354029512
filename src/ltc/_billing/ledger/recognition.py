"""What each event of billing means in double entry: which account is debited and which credited. The one table of the ledger.

Every event of every life stands here, also those that move no money; mypy finds the one that is forgotten.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, assert_never

from ltc._billing.bank.events import (
    BankLineEvent,
    BankLineRecorded,
    LineClaimConfirmed,
    LineClaimed,
    LineClaimRejected,
    LineClaimTakenBack,
    LineClaimWithdrawn,
    LineDisowned,
    LineReadmitted,
    LineReturned,
)
from ltc._billing.bank.line import BankLine
from ltc._billing.bills.bill import Bill
from ltc._billing.bills.events import (
    BillCashed,
    BillDischarged,
    BillDiscounted,
    BillDishonored,
    BillEndorsed,
    BillEvent,
    BillReceived,
    BillSold,
    BillSplit,
    BillStatus,
    BillTakenUp,
)
from ltc._billing.deposits.deposit import Deposit
from ltc._billing.deposits.events import (
    DepositConversionTakenBack,
    DepositConverted,
    DepositDated,
    DepositDirection,
    DepositEvent,
    DepositForfeited,
    DepositPlaced,
    DepositReplaced,
    DepositReturned,
    GuaranteeExtended,
    GuaranteeReleased,
)
from ltc._billing.invoices.disposition import (
    CreditOffset,
    CreditRefunded,
    DispositionEvent,
    DispositionOpened,
    OffsetReversed,
)
from ltc._billing.invoices.invoice import InvoiceCovered, InvoiceEvent, InvoiceIssued, InvoiceReddened, RedLine
from ltc._billing.invoices.line import InvoiceLine
from ltc._billing.invoices.note import NoteConfirmed, NoteEvent, NoteExpired, NoteIssued, NoteRequested, NoteWithdrawn
from ltc._billing.invoices.request_events import (
    InvoiceRequestApproved,
    InvoiceRequestCancelled,
    InvoiceRequestDelivered,
    InvoiceRequested,
    InvoiceRequestEvent,
    InvoiceRequestIssued,
    InvoiceRequestRejected,
)
from ltc._billing.ledger.chart import AccountRole
from ltc._billing.plans.events import (
    DatedInstallmentsRaised,
    InstallmentReduced,
    MilestoneReached,
    PlanAdopted,
    PlanEvent,
    PlanRevised,
)
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
from ltc._billing.receipts.refund import (
    RefundApproved,
    RefundEvent,
    RefundFailed,
    RefundPaid,
    RefundRejected,
    RefundRequested,
)
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.dunning_events import (
    DisputeOpened,
    DisputeSettled,
    DunningHeld,
    DunningReleased,
    DunningSent,
    InterestCharged,
    PaymentPromised,
)
from ltc._billing.receivables.entries import SettlementKind
from ltc._billing.receivables.events import (
    BalanceEvent,
    ReceivableEvent,
    ReceivableInvoiced,
    ReceivableRaised,
    ReceivableRecovered,
    ReceivableReddened,
    ReceivableRoundedOff,
    ReceivableRoundOffReversed,
    ReceivableSettled,
    ReceivableWaived,
    ReceivableWrittenOff,
    SettlementReversed,
)
from ltc.money import Money, total


class Move(NamedTuple):
    """One line of double entry: an amount above zero is a debit 借, one below zero a credit 贷."""

    role: AccountRole
    amount: Money


Moves = tuple[Move, ...]
_R = AccountRole
_NONE: Final[Moves] = ()
_RAISED_FOR: Final = {Component.PRINCIPAL: _R.CONTRACT, Component.INTEREST: _R.INTEREST, Component.COSTS: _R.COSTS}
_IN_PLACE_OF: Final = {"receivable": _R.CONVERSION, "receipt": _R.BANK, "bill": _R.DISHONORED}
_SETTLED_BY: Final = {
    SettlementKind.RECEIPT: _R.CONVERSION,
    SettlementKind.ADVANCE: _R.CONVERSION,
    SettlementKind.TRANSFER: _R.CONVERSION,
    SettlementKind.RED_LETTER: _R.CONTRACT,
    SettlementKind.PAYABLE: _R.PAYABLE,
}


def _pair(debit: AccountRole, credit: AccountRole, amount: Money) -> Moves:
    return Move(debit, amount), Move(credit, -amount)


def of_receivable(event: ReceivableEvent) -> Moves:
    """Return the moves of a receivable's event: what was raised is income once it is invoiced, interest and costs are at once."""
    match event:
        case ReceivableRaised(amount=amount, component=component, origin=origin):
            return _pair(_R.RECEIVABLE, _RAISED_FOR[component] if origin is None else _IN_PLACE_OF[origin.kind], amount)
        case (
            DisputeOpened()
            | DisputeSettled()
            | PaymentPromised()
            | DunningHeld()
            | DunningReleased()
            | DunningSent()
            | InterestCharged()  # what was charged is a receivable of its own
            | ReceivableInvoiced()
            | ReceivableReddened()  # as the invoice posts
        ):
            return _NONE
        case _:
            return _of_balance(event)


def _of_balance(event: BalanceEvent) -> Moves:
    match event:
        case ReceivableSettled(kind=kind, amount=amount):
            return _pair(_SETTLED_BY[kind], _R.RECEIVABLE, amount)
        case SettlementReversed(kind=kind, amount=amount):
            return _pair(_R.RECEIVABLE, _SETTLED_BY[kind], amount)
        case ReceivableWaived(amount=amount):
            return _pair(_R.WAIVED, _R.RECEIVABLE, amount)
        case ReceivableWrittenOff(amount=amount):
            return _pair(_R.BAD_DEBT, _R.RECEIVABLE, amount)
        case ReceivableRecovered(amount=amount):
            return _pair(_R.RECEIVABLE, _R.BAD_DEBT, amount)
        case ReceivableRoundedOff(amount=amount):
            return _pair(_R.ROUNDING, _R.RECEIVABLE, amount)
        case ReceivableRoundOffReversed(amount=amount):
            return _pair(_R.RECEIVABLE, _R.ROUNDING, amount)
        case _:
            assert_never(event)


def of_receipt(event: ReceiptEvent) -> Moves:
    """Return the moves of a receipt's event: money is the customer's credit until it is applied; set aside for a refund it still is."""
    match event:
        case ReceiptReceived(amount=amount):
            return _pair(_R.BANK, _R.UNAPPLIED, amount)
        case ReceiptApplied(amount=amount):
            return _pair(_R.UNAPPLIED, _R.CONVERSION, amount)
        case ApplicationReversed(amount=amount):
            return _pair(_R.CONVERSION, _R.UNAPPLIED, amount)
        case ReceiptRefunded(amount=amount) | ReceiptBounced(amount=amount) | ReceiptReversed(amount=amount):
            return _pair(_R.UNAPPLIED, _R.BANK, amount)
        case ReceiptRoundedOff(amount=amount):
            return _pair(_R.UNAPPLIED, _R.ROUNDING, amount)
        case ReceiptRoundOffReversed(amount=amount):
            return _pair(_R.ROUNDING, _R.UNAPPLIED, amount)
        case RefundReserved() | RefundReleased():
            return _NONE
        case _:
            assert_never(event)


def of_invoice(event: InvoiceEvent) -> Moves:
    """Return the moves of an invoice's event: it turns what was raised into income and output tax, a red letter turns it back."""
    match event:
        case InvoiceIssued(lines=lines):
            return _billed(lines)
        case InvoiceReddened(lines=lines):
            return tuple(Move(move.role, -move.amount) for move in _billed(lines))
        case InvoiceCovered():
            return _NONE
        case _:
            assert_never(event)


def _billed(lines: Iterable[InvoiceLine | RedLine]) -> Moves:
    lines = tuple(lines)
    if not lines:
        return _NONE
    currency = lines[0].gross.currency
    moves = (
        Move(_R.CONTRACT, total((line.gross for line in lines), currency)),
        Move(_R.SALES, -total((line.net for line in lines), currency)),
        Move(_R.OUTPUT_TAX, -total((line.tax for line in lines), currency)),
    )
    return tuple(move for move in moves if move.amount)


def of_bank_line(event: BankLineEvent, line: BankLine) -> Moves:
    """Return the moves of a bank line's event: the receipt of a confirmed claim posts the money itself."""
    match event:
        case BankLineRecorded(amount=amount):
            return _pair(_R.BANK, _R.UNIDENTIFIED, amount)
        case LineClaimConfirmed(claim=claim):
            return _pair(_R.UNIDENTIFIED, _R.BANK, line.claim(claim).amount)
        case LineClaimTakenBack(claim=claim):
            return _pair(_R.BANK, _R.UNIDENTIFIED, line.claim(claim).amount)
        case LineReturned(amount=amount):
            return _pair(_R.UNIDENTIFIED, _R.BANK, amount)
        case LineDisowned(amount=amount):
            return _pair(_R.UNIDENTIFIED, _R.OTHER_MONEY, amount)
        case LineReadmitted(amount=amount):
            return _pair(_R.OTHER_MONEY, _R.UNIDENTIFIED, amount)
        case LineClaimed() | LineClaimRejected() | LineClaimWithdrawn():
            return _NONE
        case _:
            assert_never(event)


def of_plan(event: PlanEvent) -> Moves:
    """Return the moves of a plan's event: none, since what it raises are receivables of their own."""
    match event:
        case PlanAdopted() | PlanRevised() | MilestoneReached() | DatedInstallmentsRaised() | InstallmentReduced():
            return _NONE
        case _:
            assert_never(event)


def of_note(event: NoteEvent) -> Moves:
    """Return the moves of a red-letter note's event: none, since the invoice that it takes back posts them."""
    match event:
        case NoteRequested() | NoteConfirmed() | NoteExpired() | NoteWithdrawn() | NoteIssued():
            return _NONE
        case _:
            assert_never(event)


def of_disposition(event: DispositionEvent) -> Moves:
    """Return the moves of a disposition's event: none, since the receivable that a red letter settles posts them."""
    match event:
        case DispositionOpened() | CreditOffset() | OffsetReversed() | CreditRefunded():
            return _NONE
        case _:
            assert_never(event)


def of_invoice_request(event: InvoiceRequestEvent) -> Moves:
    """Return the moves of the event of a request for an invoice: none, since its invoices post them."""
    match event:
        case (
            InvoiceRequested()
            | InvoiceRequestApproved()
            | InvoiceRequestIssued()
            | InvoiceRequestDelivered()
            | InvoiceRequestRejected()
            | InvoiceRequestCancelled()
        ):
            return _NONE
        case _:
            assert_never(event)


def of_refund(event: RefundEvent) -> Moves:
    """Return the moves of a refund's event: none, since the receipt that pays it back posts them."""
    match event:
        case RefundRequested() | RefundApproved() | RefundRejected() | RefundPaid() | RefundFailed():
            return _NONE
        case _:
            assert_never(event)


def of_bill(event: BillEvent, bill: Bill) -> Moves:
    """Return the moves of a bill's event: its receipt posts money at the bank, which the bill turns into a bill, and back.

    A bill that was passed on has left the books; that its holder may come back to us is no entry until he does.
    """
    match event:
        case BillReceived(amount=amount, parent=parent):
            return _pair(_R.BILLS, _R.BANK, amount) if parent is None else _NONE
        case BillEndorsed():
            return _pair(_R.SUPPLIERS, _R.BILLS, bill.amount)
        case BillDiscounted(interest=interest) | BillSold(interest=interest):
            paid = Move(_R.BANK, bill.amount - interest), Move(_R.BILL_INTEREST, interest)
            return (*(move for move in paid if move.amount), Move(_R.BILLS, -bill.amount))
        case BillCashed():
            return _pair(_R.BANK, _R.BILLS, bill.amount)
        case BillDishonored(bounced=bounced):
            left = Move(_R.BANK, bounced), Move(_R.DISHONORED, bill.amount - bounced)
            owed = _R.RECOURSE if bill.status is BillStatus.RECOURSE else _R.BILLS
            return (*(move for move in left if move.amount), Move(owed, -bill.amount))
        case BillTakenUp():
            return _pair(_R.RECOURSE, _R.BANK, bill.amount)
        case BillSplit() | BillDischarged():
            return _NONE
        case _:
            assert_never(event)


def of_deposit(event: DepositEvent, deposit: Deposit) -> Moves:
    """Return the moves of a deposit's event: what we paid is an asset, what we hold a liability; a converted one is a receipt's money."""
    paid = deposit.direction is DepositDirection.PAID
    match event:
        case DepositPlaced(amount=amount):
            return _pair(_R.DEPOSITS_PAID, _R.BANK, amount) if paid else _pair(_R.BANK, _R.DEPOSITS_HELD, amount)
        case DepositReturned(amount=amount) | DepositReplaced(amount=amount) | DepositConverted(amount=amount):
            return _pair(_R.BANK, _R.DEPOSITS_PAID, amount) if paid else _pair(_R.DEPOSITS_HELD, _R.BANK, amount)
        case DepositConversionTakenBack(amount=amount):
            return _pair(_R.BANK, _R.DEPOSITS_HELD, amount)
        case DepositForfeited(amount=amount):
            if paid:
                return _pair(_R.FORFEITED, _R.DEPOSITS_PAID, amount)
            return _pair(_R.DEPOSITS_HELD, _R.FORFEITS, amount)
        case DepositDated() | GuaranteeExtended() | GuaranteeReleased():
            return _NONE
        case _:
            assert_never(event)
