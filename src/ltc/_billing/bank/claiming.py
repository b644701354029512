"""Claim money whose payer is unknown 回款认领: record the bank line, claim, confirm, reject, withdraw, send back, set aside."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from ltc._billing.amounts import check_within
from ltc._billing.bank.events import (
    LINE_CLAIM_TRANSITIONS,
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
from ltc._billing.bank.line import BANK_LINE, BankLine, LineClaim
from ltc._billing.once import given_twice
from ltc._billing.receipts.events import ReceiptEvent, ReceiptReceived, ReceiptReversed
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import ReceivableChange, undo
from ltc.errors import Refused
from ltc.events import Change, Subject, check_move, day
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, BankLineId, EntityId, ReceiptId, ReceivableId, derived
from ltc.money import Money

LineChange = Change[BankLine, BankLineEvent]
ReceiptChange = Change[Receipt, ReceiptEvent]


def record_line(
    line_id: BankLineId,
    *,
    entity: EntityId,
    bank_account: str,
    amount: Money,
    on: dt.date,
    payer_name: str | None = None,
    payer_account: str | None = None,
    remark: str = "",
    now: dt.datetime,
) -> LineChange:
    """Record money that stands on a bank statement, as the bank wrote it; all of it can be claimed.

    Raises:
        InvalidValue: the amount is not above zero: what went out is no line to claim.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> line = record_line("B1", entity="E1", bank_account="6222 0001", amount=Money.of("50000", "CNY"), on=TODAY, now=NOON)
    >>> str(line.after.unclaimed)
    '50000.00 CNY'
    """
    recorded = BankLineRecorded(
        line_id,
        entity,
        bank_account,
        amount,
        payer_name=payer_name,
        payer_account=payer_account,
        remark=remark,
        on=on,
        at=now,
    )
    return BANK_LINE.change(None, recorded)


def claim_line(
    line: BankLine,
    *,
    by: ActorId,
    party: AccountId,
    amount: Money | None = None,
    receivables: Sequence[ReceivableId] = (),
    reasons: Sequence[Reason] = (),
    on: dt.date,
    now: dt.datetime,
) -> LineChange:
    """Claim an amount of a bank line for a customer; without `amount` all that is unclaimed. Nothing is a receipt before it is confirmed.

    `receivables` say what it is for, in the order in which they are to be settled; `reasons` what the rep goes by, as a `LineMatch`
    gives them. The number of the claim is that of the line's last one.

    Raises:
        Refused: more than is unclaimed; a day before what happened last.
        InvalidValue: a receivable is named twice.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, bank_line
    >>> change = claim_line(bank_line(), by="li", party="A1", amount=Money.of("30000", "CNY"), on=TODAY, now=NOON)
    >>> str(change.after.unclaimed), change.after.claims[-1].number
    ('20000.00 CNY', 1)
    """
    _check_day(line, day(on))
    for name, times in Counter(receivables).items():
        if times > 1:
            raise given_twice(name)
    claimed = LineClaimed(
        line.id,
        len(line.claims) + 1,
        by=by,
        party=party,
        amount=_left(line, amount),
        receivables=tuple(receivables),
        reasons=tuple(reasons),
        on=on,
        at=now,
    )
    return BANK_LINE.change(line, claimed)


def confirm_claim(
    line: BankLine, *, claim: int, by: ActorId, on: dt.date, now: dt.datetime
) -> tuple[LineChange, ReceiptChange]:
    """Confirm a claim: it becomes the receipt `{line}/{claim}` of the customer, received on the day of the line.

    What the receipt settles is another step: `apply` it, for instance to `designated(*claim.receivables)`, in the same commit.

    Raises:
        Refused: it is not pending; who made the claim would confirm it; a day before what happened last.
        InvalidValue: there is no such claim.

    >>> from ltc import billing
    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, claimed_line
    >>> from ltc.testing.samples.billing import receivable
    >>> confirmed, received = confirm_claim(claimed_line(), claim=1, by="qian", on=TODAY, now=NOON)
    >>> received.after.id, received.after.party, str(received.after.amount), str(confirmed.after.balances.confirmed)
    ('B1/1', 'A1', '30000.00 CNY', '30000.00 CNY')
    >>> paid, settled = billing.apply(received.after, [receivable()], on=TODAY, now=NOON)
    >>> str(settled.after.open)
    '0.00 CNY'
    """
    made = _movable(line, claim, LineClaimConfirmed, day(on))
    if by == made.by:
        raise Refused(
            "line.own_claim",
            f"claim {claim} of bank line {line.id} was made by {by}; somebody else has to confirm it",
            line=line.id,
            claim=claim,
            by=by,
        )
    receipt_id = ReceiptId(derived(line.id, claim))
    received = ReceiptReceived(
        receipt_id,
        line.entity,
        made.party,
        order=None,
        amount=made.amount,
        reference=line.remark,
        on=line.on,
        at=now,
        origin=Subject(BANK_LINE.kind, line.id),
    )
    return (
        BANK_LINE.change(line, LineClaimConfirmed(line.id, claim, by=by, receipt=receipt_id, on=on, at=now)),
        RECEIPT.change(None, received),
    )


def reject_claim(line: BankLine, *, claim: int, by: ActorId, reason: str, on: dt.date, now: dt.datetime) -> LineChange:
    """Reject a claim; its amount can be claimed again.

    Raises:
        Refused: it is not pending; a day before what happened last.
        InvalidValue: there is no such claim.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, claimed_line
    >>> change = reject_claim(claimed_line(), claim=1, by="qian", reason="paid by another", on=TODAY, now=NOON)
    >>> change.after.claim(1).status.value, str(change.after.unclaimed)
    ('rejected', '50000.00 CNY')
    """
    _movable(line, claim, LineClaimRejected, day(on))
    return BANK_LINE.change(line, LineClaimRejected(line.id, claim, by=by, reason=reason, on=on, at=now))


def withdraw_claim(
    line: BankLine, *, claim: int, by: ActorId, reason: str = "", on: dt.date, now: dt.datetime
) -> LineChange:
    """Withdraw a claim of one's own; its amount can be claimed again.

    Raises:
        Refused: it is not pending, or somebody else made it; a day before what happened last.
        InvalidValue: there is no such claim.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, claimed_line
    >>> withdraw_claim(claimed_line(), claim=1, by="li", on=TODAY, now=NOON).after.claim(1).status.value
    'withdrawn'
    >>> withdraw_claim(claimed_line(), claim=1, by="wang", on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: claim 1 of bank line B1 was made by li, not by wang; li can withdraw it, or finance reject it
    """
    made = _movable(line, claim, LineClaimWithdrawn, day(on))
    if by != made.by:
        raise Refused(
            "line.others_claim",
            f"claim {claim} of bank line {line.id} was made by {made.by}, not by {by}; "
            f"{made.by} can withdraw it, or finance reject it",
            line=line.id,
            claim=claim,
            made_by=made.by,
            by=by,
        )
    return BANK_LINE.change(line, LineClaimWithdrawn(line.id, claim, reason=reason, on=on, at=now))


def take_back_claim(
    line: BankLine,
    receipt: Receipt,
    receivables: Sequence[Receivable] = (),
    *,
    claim: int,
    by: ActorId,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[LineChange, ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Take a confirmed claim back: its receipt is reversed as `reverse` does, what it settled is owed again, its amount unclaimed.

    Raises:
        Refused: the claim is not confirmed; the receipt is another; something of it was refunded, so that the money is gone; as
            `reverse`: a receivable that it settles is not given, a refund is pending, the receipt bounced; a day before what
            happened last.
        InvalidValue: there is no such claim.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, confirmed
    >>> line, receipt = (change.after for change in confirmed())
    >>> open_again, gone = take_back_claim(line, receipt, claim=1, by="qian", reason="it was Huaxi", on=TODAY, now=NOON)
    >>> str(open_again.after.unclaimed), str(gone.after.reversed), str(gone.after.unapplied)
    ('50000.00 CNY', '30000.00 CNY', '0.00 CNY')
    """
    made = _movable(line, claim, LineClaimTakenBack, day(on))
    if made.receipt != receipt.id:
        raise Refused(
            "line.other_receipt",
            f"claim {claim} of bank line {line.id} made receipt {made.receipt}, not {receipt.id}; give that one",
            line=line.id,
            claim=claim,
            receipt=made.receipt,
            given=receipt.id,
        )
    if receipt.refunded:
        raise Refused(
            "line.refunded",
            f"{receipt.refunded} of receipt {receipt.id} was refunded and cannot be claimed again; "
            f"leave claim {claim} of bank line {line.id} as it is",
            line=line.id,
            claim=claim,
            receipt=receipt.id,
            refunded=receipt.refunded,
        )
    taken_back = LineClaimTakenBack(line.id, claim, by=by, reason=reason, on=on, at=now)
    gone = undo(receipt, receivables, ReceiptReversed, reason=reason, on=on, now=now)
    return BANK_LINE.change(line, taken_back), *gone


def return_line(
    line: BankLine, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> LineChange:
    """Record that unclaimed money was sent back to the payer; without `amount` all of it.

    Raises:
        Refused: more than is unclaimed; a day before what happened last.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, claimed_line
    >>> change = return_line(claimed_line(), reason="paid twice", on=TODAY, now=NOON)
    >>> str(change.after.balances.returned), str(change.after.unclaimed)
    ('20000.00 CNY', '0.00 CNY')
    """
    _check_day(line, day(on))
    returned = LineReturned(line.id, _left(line, amount), reason=reason, on=on, at=now)
    return BANK_LINE.change(line, returned)


def disown_line(
    line: BankLine, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> LineChange:
    """Mark unclaimed money as no customer's payment: interest of the bank, a loan, a tax refund; without `amount` all of it.

    Raises:
        Refused: more than is unclaimed; a day before what happened last.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, bank_line
    >>> str(disown_line(bank_line(), reason="a loan", on=TODAY, now=NOON).after.balances.disowned)
    '50000.00 CNY'
    """
    _check_day(line, day(on))
    disowned = LineDisowned(line.id, _left(line, amount), reason=reason, on=on, at=now)
    return BANK_LINE.change(line, disowned)


def readmit_line(line: BankLine, *, reason: str, on: dt.date, now: dt.datetime) -> LineChange:
    """Open all that was disowned to claims again.

    Raises:
        Refused: nothing is disowned; a day before what happened last.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY, bank_line
    >>> aside = disown_line(bank_line(), reason="a loan", on=TODAY, now=NOON).after
    >>> str(readmit_line(aside, reason="it was Huadong", on=TODAY, now=NOON).after.unclaimed)
    '50000.00 CNY'
    """
    _check_day(line, day(on))
    disowned = line.balances.disowned
    if not disowned:
        raise Refused(
            "line.not_disowned",
            f"nothing of bank line {line.id} is disowned; {line.unclaimed} of it can be claimed as it is",
            line=line.id,
            unclaimed=line.unclaimed,
        )
    return BANK_LINE.change(line, LineReadmitted(line.id, disowned, reason=reason, on=on, at=now))


def _left(line: BankLine, amount: Money | None) -> Money:
    """Return what is asked for, or all that is unclaimed."""
    left = line.unclaimed
    if amount is not None:
        check_within(amount, left, code="line.over", of=f"unclaimed of bank line {line.id}", line=line.id)
        return amount
    if not left:
        raise Refused(
            "line.nothing_left",
            f"nothing of bank line {line.id} is unclaimed; reject or withdraw a claim first",
            line=line.id,
        )
    return left


def _movable(line: BankLine, claim: int, event: type[BankLineEvent], on: dt.date) -> LineClaim:
    made = line.claim(claim)
    check_move(LINE_CLAIM_TRANSITIONS, made.status, event, kind="line_claim", subject=derived(line.id, claim))
    _check_day(line, on)
    return made


def _check_day(line: BankLine, on: dt.date) -> None:
    if on < line.last_on:
        raise Refused(
            "line.too_early",
            f"bank line {line.id} stood at {line.last_on} last, after {on}; use that day or a later one",
            line=line.id,
            last=line.last_on,
            on=on,
        )
