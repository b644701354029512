"""Take a conversion of a deposit back 转货款撤回: its receipt is reversed, and the deposit keeps the money again."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.deposits.deposit import DEPOSIT, Deposit, DepositEntryKind
from ltc._billing.deposits.events import DepositConversionTakenBack
from ltc._billing.deposits.handling import DepositChange
from ltc._billing.receipts.events import ReceiptReversed
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import ReceiptChange, ReceivableChange, undo
from ltc.errors import Refused
from ltc.events import Subject


def take_back_conversion(
    deposit: Deposit,
    receipt: Receipt,
    receivables: Sequence[Receivable] = (),
    *,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[DepositChange, ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Take a conversion back: its receipt is reversed as `reverse` does, what it settled is owed again, the deposit keeps its amount again.

    Raises:
        Refused: the receipt is none that this deposit became, or was taken back before; something of it was refunded, so that the
            money is gone; as `reverse`: a receivable that it settles is not given, a refund is pending, a day before what happened
            to it last.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, converted
    >>> deposit, receipt = (change.after for change in converted())
    >>> kept, gone = take_back_conversion(deposit, receipt, reason="the work is not done", on=TODAY, now=NOON)
    >>> str(kept.after.held), str(gone.after.reversed), str(gone.after.unapplied)
    ('10000.00 CNY', '10000.00 CNY', '0.00 CNY')
    """
    kinds = [entry.kind for entry in deposit.entries if entry.reference == receipt.id]
    if receipt.origin != Subject(DEPOSIT.kind, deposit.id) or kinds != [DepositEntryKind.CONVERTED]:
        raise Refused(
            "deposit.other_receipt",
            f"receipt {receipt.id} is none that deposit {deposit.id} became, or was taken back before; give one that stands",
            deposit=deposit.id,
            receipt=receipt.id,
        )
    if receipt.refunded:
        raise Refused(
            "deposit.refunded",
            f"{receipt.refunded} of receipt {receipt.id} was refunded and cannot be kept again; "
            f"leave the conversion of deposit {deposit.id} as it is",
            deposit=deposit.id,
            receipt=receipt.id,
            refunded=receipt.refunded,
        )
    gone = undo(receipt, receivables, ReceiptReversed, reason=reason, on=on, now=now)
    back = DepositConversionTakenBack(deposit.id, receipt.amount, receipt.id, reason=reason, on=on, at=now)
    return DEPOSIT.change(deposit, back), *gone
