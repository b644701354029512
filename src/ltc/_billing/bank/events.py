"""What can happen to a bank line, and the table of its claims."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final

import attrs

from ltc._billing.amounts import above_zero
from ltc._fields import whole
from ltc.events import day, instant
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, BankLineId, EntityId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.text import free_text, one_line, optional_line


class LineClaimStatus(enum.StrEnum):
    """Where a claim of a bank line stands; a pending and a confirmed one hold their amount.

    >>> LineClaimStatus("pending").name
    'PENDING'
    """

    PENDING = "pending"
    """A rep says whose money it is; finance has not looked yet."""
    CONFIRMED = "confirmed"
    """It is a receipt."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """By the rep."""
    TAKEN_BACK = "taken_back"
    """After it was confirmed: its receipt is reversed."""


@attrs.frozen
class BankLineRecorded:
    """Money stood on a bank statement, and who paid it for what was not known.

    >>> from ltc.testing.samples.bank_lines import line_recorded
    >>> line_recorded().payer_name
    '华东机械有限公司'
    """

    line: BankLineId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    bank_account: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    payer_name: str | None = attrs.field(validator=optional_line)
    payer_account: str | None = attrs.field(validator=optional_line)
    remark: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineClaimed:
    """A rep claimed an amount of it for a customer 回款认领 (never a lead, which is claimed out of its pool).

    >>> from ltc.testing.samples.bank_lines import claimed
    >>> claimed().events[0].by
    'li'
    """

    line: BankLineId = attrs.field(validator=one_line)
    claim: int = attrs.field(validator=whole(1))
    """Its number on this line, from 1."""
    by: ActorId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    receivables: tuple[ReceivableId, ...] = attrs.field(validator=attrs.validators.deep_iterable(one_line))
    """What the money is for, in the order in which it is to be settled; none: not said."""
    reasons: tuple[Reason, ...]
    """What the claim goes by: those of a `LineMatch`, or none."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineClaimConfirmed:
    """Finance confirmed a claim, which made a receipt: the other half of its `ReceiptReceived`.

    >>> from ltc.testing.samples.bank_lines import confirmed
    >>> change, _ = confirmed()
    >>> change.events[0].receipt
    'B1/1'
    """

    line: BankLineId = attrs.field(validator=one_line)
    claim: int = attrs.field(validator=whole(1))
    by: ActorId = attrs.field(validator=one_line)
    receipt: ReceiptId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineClaimRejected:
    """Finance did not confirm a claim; its amount can be claimed again.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineClaimRejected("B1", claim=1, by="qian", reason="paid by another", on=TODAY, at=NOON).reason
    'paid by another'
    """

    line: BankLineId = attrs.field(validator=one_line)
    claim: int = attrs.field(validator=whole(1))
    by: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineClaimWithdrawn:
    """The rep withdrew a claim of his own.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineClaimWithdrawn("B1", claim=1, reason="wrong customer", on=TODAY, at=NOON).claim
    1
    """

    line: BankLineId = attrs.field(validator=one_line)
    claim: int = attrs.field(validator=whole(1))
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineClaimTakenBack:
    """A confirmed claim turned out to be wrong: the other half of its receipt's `ReceiptReversed`.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineClaimTakenBack("B1", claim=1, by="qian", reason="it was Huaxi", on=TODAY, at=NOON).by
    'qian'
    """

    line: BankLineId = attrs.field(validator=one_line)
    claim: int = attrs.field(validator=whole(1))
    by: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineReturned:
    """An amount of it was sent back to the payer.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineReturned("B1", Money.of("5", "CNY"), reason="paid twice", on=TODAY, at=NOON).reason
    'paid twice'
    """

    line: BankLineId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineDisowned:
    """An amount of it is no customer's payment: interest of the bank, a loan, a tax refund.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineDisowned("B1", Money.of("5", "CNY"), reason="interest", on=TODAY, at=NOON).reason
    'interest'
    """

    line: BankLineId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LineReadmitted:
    """An amount that was disowned is a customer's payment after all, and can be claimed again.

    >>> from ltc.testing.samples.bank_lines import NOON, TODAY
    >>> LineReadmitted("B1", Money.of("5", "CNY"), reason="no interest", on=TODAY, at=NOON).line
    'B1'
    """

    line: BankLineId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


ClaimDecision = LineClaimConfirmed | LineClaimRejected | LineClaimWithdrawn | LineClaimTakenBack
LineMovement = LineReturned | LineDisowned | LineReadmitted
BankLineEvent = BankLineRecorded | LineClaimed | ClaimDecision | LineMovement

_S = LineClaimStatus
LINE_CLAIM_TRANSITIONS: Final[Mapping[LineClaimStatus, Mapping[type[BankLineEvent], LineClaimStatus]]] = {
    _S.PENDING: {
        LineClaimConfirmed: _S.CONFIRMED,
        LineClaimRejected: _S.REJECTED,
        LineClaimWithdrawn: _S.WITHDRAWN,
    },
    _S.CONFIRMED: {LineClaimTakenBack: _S.TAKEN_BACK},
    _S.REJECTED: {},
    _S.WITHDRAWN: {},
    _S.TAKEN_BACK: {},
}
"""Which event of a claim may happen in which status, and where it leads."""
