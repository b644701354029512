"""What can happen to a deposit, and the table that says when."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.plans.due import Due
from ltc._fields import exactly, member
from ltc.errors import InvalidValue
from ltc.events import day, instant
from ltc.ids import AccountId, DepositId, EntityId, ReceiptId
from ltc.money import Money
from ltc.text import free_text, one_line


class DepositDirection(enum.StrEnum):
    """Who keeps the money.

    >>> DepositDirection("paid").name
    'PAID'
    """

    PAID = "paid"
    """存出保证金: we paid it, and it is due back to us."""
    RECEIVED = "received"
    """存入保证金: we were paid it, and owe it back."""


class DepositKind(enum.StrEnum):
    """What a deposit secures. What is held back of a price is none of them: that is a retention, a receivable.

    >>> DepositKind("bid").name
    'BID'
    """

    BID = "bid"
    """投标保证金"""
    PERFORMANCE = "performance"
    """履约保证金"""
    QUALITY = "quality"
    """质量保证金: paid apart, for the time of the warranty."""
    OTHER = "other"
    """其他押金"""


class DepositStatus(enum.StrEnum):
    """Whether the day is known on which a deposit is due back, and whether it is over. What is left of it follows from its entries.

    >>> DepositStatus("awaiting").name
    'AWAITING'
    """

    AWAITING = "awaiting"
    """Something must happen first."""
    DATED = "dated"
    CLOSED = "closed"
    """已结清: nothing of it is kept, and no guarantee is out in its place."""


@attrs.frozen
class DepositPlaced:
    """A deposit was paid or received.

    >>> from ltc.testing.samples.deposits import deposit_placed
    >>> deposit_placed().purpose
    'tender 2026-017'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    direction: DepositDirection = attrs.field(validator=member(DepositDirection))
    kind: DepositKind = attrs.field(validator=member(DepositKind))
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    purpose: str = attrs.field(validator=one_line)
    due: Due = attrs.field(validator=exactly(Due))
    due_on: dt.date | None = attrs.field(converter=attrs.converters.optional(day))
    """The day on which it is due back; None: not known yet."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if self.due_on is not None and self.due_on < self.on:
            raise InvalidValue(
                "deposit.due_before",
                f"deposit {self.deposit} would be due back on {self.due_on}, before it is placed on {self.on}; "
                "use that day or a later one",
                deposit=self.deposit,
                due_on=self.due_on,
                on=self.on,
            )


@attrs.frozen
class DepositDated:
    """What a deposit waited for has happened: the day on which it is due back is known.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> DepositDated("D1", milestone="awarded", due_on=date(2026, 3, 9), on=TODAY, at=NOON).milestone
    'awarded'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    milestone: str = attrs.field(validator=one_line)
    due_on: dt.date = attrs.field(converter=day)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DepositReturned:
    """An amount of it went back 退还.

    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> DepositReturned("D1", amount=Money.of("5", "CNY"), on=TODAY, at=NOON).deposit
    'D1'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DepositForfeited:
    """An amount of it is lost to who placed it 没收.

    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> DepositForfeited("D1", amount=Money.of("5", "CNY"), reason="bid withdrawn", on=TODAY, at=NOON).reason
    'bid withdrawn'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DepositConverted:
    """An amount of a deposit that we hold became a payment 转货款: the other half of its `ReceiptReceived`.

    >>> from ltc.testing.samples.deposits import converted
    >>> converted()[0].events[0].receipt
    'D2/1'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    receipt: ReceiptId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DepositConversionTakenBack:
    """A conversion was wrong 转货款撤回: its amount is kept again. The other half of its receipt's `ReceiptReversed`.

    >>> from ltc.testing.samples.deposits import converted_back
    >>> converted_back()[0].events[0].receipt
    'D2/1'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    receipt: ReceiptId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DepositReplaced:
    """A guarantee 保函 took the place of an amount of it, which went back.

    Raises:
        InvalidValue: the guarantee is expired on that day.

    >>> from ltc.testing.samples.deposits import replaced
    >>> replaced().events[0].guarantor
    '建设银行苏州分行'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    guarantee: str = attrs.field(validator=one_line)
    """Its number."""
    guarantor: str = attrs.field(validator=one_line)
    expires_on: dt.date = attrs.field(converter=day)
    """The last day on which it stands."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if self.expires_on < self.on:
            raise InvalidValue(
                "deposit.guarantee_expired",
                f"guarantee {self.guarantee} expires on {self.expires_on}, before {self.on}; give one that stands",
                guarantee=self.guarantee,
                expires_on=self.expires_on,
                on=self.on,
            )


@attrs.frozen
class GuaranteeExtended:
    """A guarantee stands longer 展期.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> GuaranteeExtended("D1", guarantee="LG-88", expires_on=date(2027, 6, 30), on=TODAY, at=NOON).guarantee
    'LG-88'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    guarantee: str = attrs.field(validator=one_line)
    expires_on: dt.date = attrs.field(converter=day)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class GuaranteeReleased:
    """A guarantee was given back before it expired 退回保函: it stands no more.

    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> GuaranteeReleased("D1", guarantee="LG-88", on=TODAY, at=NOON).deposit
    'D1'
    """

    deposit: DepositId = attrs.field(validator=one_line)
    guarantee: str = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


GuaranteeEvent = GuaranteeExtended | GuaranteeReleased
DepositMovement = DepositReturned | DepositForfeited | DepositConverted | DepositConversionTakenBack | DepositReplaced
DepositEvent = DepositPlaced | DepositDated | DepositMovement | GuaranteeEvent

_S = DepositStatus
DEPOSIT_TRANSITIONS: Final[Mapping[DepositStatus, Mapping[type[DepositEvent], DepositStatus]]] = {
    _S.AWAITING: {
        DepositDated: _S.DATED,
        DepositReturned: _S.AWAITING,
        DepositForfeited: _S.AWAITING,
        DepositConverted: _S.AWAITING,
        DepositConversionTakenBack: _S.AWAITING,
        DepositReplaced: _S.AWAITING,
        GuaranteeExtended: _S.AWAITING,
        GuaranteeReleased: _S.AWAITING,
    },
    _S.DATED: {
        DepositReturned: _S.DATED,
        DepositForfeited: _S.DATED,
        DepositConverted: _S.DATED,
        DepositConversionTakenBack: _S.DATED,
        DepositReplaced: _S.DATED,
        GuaranteeExtended: _S.DATED,
        GuaranteeReleased: _S.DATED,
    },
    _S.CLOSED: {DepositConversionTakenBack: _S.AWAITING},
}
"""Which event of a deposit may happen in which status, and where it leads. Whatever leaves nothing kept and no guarantee out leads to
`CLOSED` instead, and what comes back to a closed one to `DATED` where its day is known."""
