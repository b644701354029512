"""What can happen to an acceptance bill, and the table that says when."""

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from ltc._billing.amounts import above_zero, zero_or_more
from ltc._fields import exactly, member, whole
from ltc.errors import InvalidValue
from ltc.events import day, instant
from ltc.ids import AccountId, BillId, EntityId, ReceiptId
from ltc.money import Money, as_ratio
from ltc.text import free_text, one_line, optional_line


class BillKind(enum.StrEnum):
    """Who promises to pay at maturity.

    >>> BillKind("bank").name
    'BANK'
    """

    BANK = "bank"
    """银行承兑汇票"""
    COMMERCIAL = "commercial"
    """商业承兑汇票: a company, as good as its name."""


class BillStatus(enum.StrEnum):
    """Where a bill stands. Whether it is mature follows from the day and is not stored.

    >>> BillStatus("held").name
    'HELD'
    """

    HELD = "held"
    """持有: in our hands."""
    SPLIT = "split"
    """已拆分: bills of its own stand in its place."""
    ENDORSED = "endorsed"
    """已背书: it paid a supplier, who comes back to us if it is dishonored."""
    DISCOUNTED = "discounted"
    """已贴现: a bank bought it and may come back to us."""
    SOLD = "sold"
    """已买断: a bank bought it and cannot come back to us."""
    CASHED = "cashed"
    """已托收: the acceptor paid us."""
    DISCHARGED = "discharged"
    """已解付: the acceptor paid whoever held it; nobody comes back to us."""
    RECOURSE = "recourse"
    """被追索: dishonored after we passed it on; we owe its amount to who held it."""
    DISHONORED = "dishonored"
    """已拒付: in our hands, and worth a claim against the customer only."""


@attrs.frozen
class BillReceived:
    """A customer paid by a bill: the other half of its receipt's `ReceiptReceived`. Or it is a part that was split off.

    Raises:
        InvalidValue: it matures before it is issued.

    >>> from ltc.testing.samples.bills import bill_received
    >>> bill_received().acceptor
    '工商银行苏州分行'
    """

    bill: BillId = attrs.field(validator=one_line)
    receipt: ReceiptId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    kind: BillKind = attrs.field(validator=member(BillKind))
    number: str = attrs.field(validator=one_line)
    drawer: str = attrs.field(validator=one_line)
    acceptor: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    issued_on: dt.date = attrs.field(converter=day)
    matures_on: dt.date = attrs.field(converter=day)
    splittable: bool = attrs.field(validator=exactly(bool))
    parent: BillId | None = attrs.field(validator=optional_line)
    """The bill of which it is a part."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if self.matures_on < self.issued_on:
            raise InvalidValue(
                "bill.maturity",
                f"bill {self.bill} would mature on {self.matures_on}, before it is issued on {self.issued_on}; "
                "use that day or a later one",
                bill=self.bill,
                matures_on=self.matures_on,
                issued_on=self.issued_on,
            )


@attrs.frozen
class BillSplit:
    """A bill was split 拆分: the bills of `parts` stand in its place.

    >>> from ltc.testing.samples.bills import NOON, TODAY
    >>> BillSplit("BA1", parts=("BA1/1", "BA1/2"), on=TODAY, at=NOON).parts[1]
    'BA1/2'
    """

    bill: BillId = attrs.field(validator=one_line)
    parts: tuple[BillId, ...] = attrs.field(validator=attrs.validators.deep_iterable(one_line))
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillEndorsed:
    """A bill was passed on in payment 背书.

    >>> from ltc.testing.samples.bills import NOON, TODAY
    >>> BillEndorsed("BA1", holder="宝钢股份", on=TODAY, at=NOON).holder
    '宝钢股份'
    """

    bill: BillId = attrs.field(validator=one_line)
    holder: str = attrs.field(validator=one_line)
    """To whom."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillDiscounted:
    """A bank bought the bill and may come back to us 贴现.

    >>> from ltc.testing.samples.bills import discounted
    >>> str(discounted().events[0].interest), discounted().events[0].days
    ('225.00 CNY', 90)
    """

    bill: BillId = attrs.field(validator=one_line)
    holder: str = attrs.field(validator=one_line)
    """The bank."""
    rate: Decimal = attrs.field(converter=as_ratio)
    """A year."""
    days: int = attrs.field(validator=whole(1))
    interest: Money = attrs.field(validator=zero_or_more)
    """What was charged: the bank's figure where it gave one."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillSold:
    """A bank bought the bill without recourse 买断: it cannot come back to us.

    >>> from ltc.testing.samples.bills import sold
    >>> sold().after.status.value
    'sold'
    """

    bill: BillId = attrs.field(validator=one_line)
    holder: str = attrs.field(validator=one_line)
    """The bank."""
    rate: Decimal = attrs.field(converter=as_ratio)
    """A year."""
    days: int = attrs.field(validator=whole(1))
    interest: Money = attrs.field(validator=zero_or_more)
    """What was charged: the bank's figure where it gave one."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillCashed:
    """The acceptor paid us at maturity 托收.

    >>> from ltc.testing.samples.bills import MATURITY, NOON
    >>> BillCashed("BA1", on=MATURITY, at=NOON).bill
    'BA1'
    """

    bill: BillId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillDischarged:
    """The acceptor paid whoever held it by then 解付.

    >>> from ltc.testing.samples.bills import MATURITY, NOON
    >>> BillDischarged("BA1", on=MATURITY, at=NOON).bill
    'BA1'
    """

    bill: BillId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillDishonored:
    """The acceptor did not pay 拒付, or will not: what the bill settled is owed again.

    >>> from ltc.testing.samples.bills import MATURITY, NOON
    >>> BillDishonored("BA1", bounced=Money.of("5", "CNY"), reason="no funds", on=MATURITY, at=NOON).reason
    'no funds'
    """

    bill: BillId = attrs.field(validator=one_line)
    bounced: Money = attrs.field(validator=zero_or_more)
    """How much of its receipt bounced with it: less than the bill where the receipt was refunded."""
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class BillTakenUp:
    """We paid who held a dishonored bill 清偿追索, and have it back.

    >>> from ltc.testing.samples.bills import MATURITY, NOON
    >>> BillTakenUp("BA1", on=MATURITY, at=NOON).bill
    'BA1'
    """

    bill: BillId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


BillMove = (
    BillSplit | BillEndorsed | BillDiscounted | BillSold | BillCashed | BillDischarged | BillDishonored | BillTakenUp
)
BillEvent = BillReceived | BillMove

_S = BillStatus
BILL_TRANSITIONS: Final[Mapping[BillStatus, Mapping[type[BillEvent], BillStatus]]] = {
    _S.HELD: {
        BillSplit: _S.SPLIT,
        BillEndorsed: _S.ENDORSED,
        BillDiscounted: _S.DISCOUNTED,
        BillSold: _S.SOLD,
        BillCashed: _S.CASHED,
        BillDishonored: _S.DISHONORED,
    },
    _S.SPLIT: {},
    _S.ENDORSED: {BillDischarged: _S.DISCHARGED, BillDishonored: _S.RECOURSE},
    _S.DISCOUNTED: {BillDischarged: _S.DISCHARGED, BillDishonored: _S.RECOURSE},
    _S.SOLD: {},
    _S.CASHED: {},
    _S.DISCHARGED: {},
    _S.RECOURSE: {BillTakenUp: _S.DISHONORED},
    _S.DISHONORED: {},
}
"""Which event of a bill may happen in which status, and where it leads."""
