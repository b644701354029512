"""Pay the money of a red letter back, through the receipts that had paid it."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from ltc._billing.amounts import check_within
from ltc._billing.invoices.disposing import check_credit, check_since, settled_by_note
from ltc._billing.invoices.disposition import DISPOSITION, CreditRefunded, Disposition
from ltc._billing.once import given_once
from ltc._billing.receipts.events import ReceiptApplied
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receipts.refunding import request_refund
from ltc._billing.receivables.entries import Settlement, SettlementKind
from ltc._billing.receivables.events import ReceivableSettled
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import ReceiptChange, ReceivableChange, unapply
from ltc.errors import Refused
from ltc.events import Change, Thing
from ltc.findings import Reason
from ltc.ids import RefundId, derived
from ltc.money import Money, total

_BY_RECEIPT: Final = (SettlementKind.RECEIPT, SettlementKind.ADVANCE)


def max_refundable(disposition: Disposition, receivables: Iterable[Receivable], /) -> Money:
    """Return the most that can be paid back of a red letter: its credit, at most what was paid on the receivables that it gave back.

    Raises:
        InvalidValue: a receivable is given twice.

    >>> from ltc.testing.samples.billing import settled_receivable
    >>> from ltc.testing.samples.invoices import covering_disposition
    >>> str(max_refundable(covering_disposition(), [settled_receivable()])), str(max_refundable(covering_disposition(), []))
    ('10000.00 CNY', '0.00 CNY')
    """
    covered = {cover.receivable for cover in disposition.covers}
    paid = total((_paid(owed) for owed in given_once(receivables) if owed.id in covered), disposition.amount.currency)
    return min(disposition.credit, paid)


def refund_credit(
    disposition: Disposition,
    receivable: Receivable,
    receipt: Receipt,
    *,
    amount: Money,
    refund: RefundId,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[Change[Thing, object], ...]:
    """Pay credit back: it takes the place of a receipt's money on a receivable, and a refund of that money is asked for.

    So what is open of the receivable stays as it is, and the refund is traced to the receipt which had paid. The latest
    applications of the receipt are taken back until the amount is free; what they had settled beyond it is applied again as it was,
    under the same authority 代付. A small difference that had gone with them is owed again, as by `unapply`. A refund that is rejected
    or fails leaves the money free on the receipt: `reverse_offset` takes it back. Changes of one thing chain.

    Raises:
        Refused: the red letter gave nothing back of the receivable; more than the credit, or than the receipt paid on it; a receipt of
            another currency; a day before the disposition or an application.

    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> from ltc.testing.samples.invoices import covering_disposition
    >>> receipt, receivable = (change.after for change in settled())
    >>> changes = refund_credit(covering_disposition(), receivable, receipt, amount=Money.of("4000", "CNY"), refund="RF1",
    ...                         reason="returned", on=TODAY, now=NOON)
    >>> last = {change.kind: change.after for change in changes}
    >>> str(last["disposition"].refunded), str(last["receivable"].open), str(last["receipt"].reserved)
    ('4000.00 CNY', '0.00 CNY', '4000.00 CNY')
    """
    back = CreditRefunded(
        disposition.id,
        receivable.id,
        derived(disposition.id, disposition.applications + 1),
        receipt.id,
        refund,
        amount,
        on=on,
        at=now,
    )
    _check_refund(disposition, receivable, receipt, back)
    changes: list[Change[Thing, object]] = [DISPOSITION.change(disposition, back)]
    free, last = Money.zero(amount.currency), None
    for settled in reversed(_between(receivable, receipt)):
        if free < amount:
            pair = unapply(receipt, receivable, application=settled.application, reason=reason, on=on, now=now)
            receipt, receivable = pair[0].after, pair[1].after
            changes += pair
            free, last = free + settled.amount, settled
    instead = RECEIVABLE.change(receivable, settled_by_note(disposition, back))
    changes.append(instead)
    if last is not None and free > amount:
        again, owed = _applied_again(receipt, instead.after, last, free - amount, back)
        receipt = again.after
        changes += [again, owed]
    return (*changes, *request_refund(refund, receipt=receipt, amount=amount, reason=reason, now=now))


def _applied_again(
    receipt: Receipt, receivable: Receivable, before: Settlement, rest: Money, back: CreditRefunded
) -> tuple[ReceiptChange, ReceivableChange]:
    """Apply the rest of what was taken back again as it was: whether it may settle that was asked when it first did."""
    application = derived(receipt.id, receipt.applications + 1)
    applied = ReceiptApplied(
        receipt.id,
        receivable.id,
        before.kind,
        application,
        rest,
        Reason.of("receipt.designated", place=1),
        back.on,
        back.at,
        before.authority,
    )
    settled = ReceivableSettled(
        receivable.id, before.kind, receipt.id, application, rest, back.on, back.at, before.authority
    )
    return RECEIPT.change(receipt, applied), RECEIVABLE.change(receivable, settled)


def _check_refund(disposition: Disposition, receivable: Receivable, receipt: Receipt, back: CreditRefunded) -> None:
    check_since(disposition.id, disposition.opened_on, back.on)
    if receivable.id not in {cover.receivable for cover in disposition.covers}:
        raise Refused(
            "credit.not_covered",
            f"note {disposition.note} gave back nothing of receivable {receivable.id}; "
            "refund what was paid on one that it gave back, or keep the credit",
            note=disposition.note,
            receivable=receivable.id,
        )
    check_credit(disposition, back.amount, back.on)
    if receipt.amount.currency != back.amount.currency:
        raise Refused(
            "credit.paid_in_other",
            f"receipt {receipt.id} is in {receipt.amount.currency}, disposition {disposition.id} in {back.amount.currency}; "
            "refund what a receipt of that currency paid",
            disposition=disposition.id,
            receipt=receipt.id,
            ours=back.amount.currency,
            theirs=receipt.amount.currency,
        )
    paid = total((settled.amount for settled in _between(receivable, receipt)), receivable.amount.currency)
    check_within(
        back.amount,
        paid,
        code="credit.over_paid",
        of=f"that receipt {receipt.id} paid on receivable {receivable.id}",
        receipt=receipt.id,
        receivable=receivable.id,
    )


def _paid(receivable: Receivable) -> Money:
    return receivable.settled_by(*_BY_RECEIPT)


def _between(receivable: Receivable, receipt: Receipt) -> list[Settlement]:
    """Return the applications of a receipt to a receivable that stand."""
    return [found for found in receivable.settlements if found.kind in _BY_RECEIPT and found.other == receipt.id]
