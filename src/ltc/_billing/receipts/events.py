"""What can happen to a receipt."""

import datetime as dt

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.exchange.crossing import Exchange, optional_exchange
from ltc._billing.receivables.entries import SettlementKind
from ltc._fields import exactly, member
from ltc.events import Subject, day, instant
from ltc.findings import Reason
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.text import free_text, one_line, optional_line


@attrs.frozen
class ReceiptReceived:
    """Money came in.

    >>> from ltc.testing.samples.billing import TODAY, NOON
    >>> five = Money.of("5", "CNY")
    >>> ReceiptReceived("R1", "E1", party="A1", order="SO-1", amount=five, reference="", on=TODAY, at=NOON).order
    'SO-1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    order: OrderId | None = attrs.field(validator=optional_line)
    amount: Money = attrs.field(validator=above_zero)
    reference: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    origin: Subject | None = attrs.field(
        default=None, validator=attrs.validators.optional(exactly(Subject)), kw_only=True
    )
    """The bill, bank line or deposit whose other half it is; None: it was entered by itself."""


@attrs.frozen
class ReceiptApplied:
    """An amount of it settled a receivable 收款核销: the other half of `ReceivableSettled`, with the same application id.

    >>> from ltc.testing.samples.billing import settled
    >>> change, _ = settled()
    >>> change.events[0].receivable, change.events[0].reason.code
    ('P1/1', 'receipt.oldest_first')
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    kind: SettlementKind = attrs.field(validator=member(SettlementKind))
    """Of a receipt, or of an advance 预收冲应收 where the money came in on a day before the receivable was raised."""
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: Reason
    """Why this receivable: the strategy and what it went by."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    authority: str | None = attrs.field(default=None, validator=optional_line)
    """The payment authority 代付 under which it settles what another customer owes."""
    exchange: Exchange | None = attrs.field(default=None, validator=optional_exchange)
    """What that settled in the receivable's currency, where it is another."""


@attrs.frozen
class ApplicationReversed:
    """An application was taken back 反核销: the money is free again.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> receipt, receivable = (change.after for change in settled())
    >>> change, _ = billing.unapply(receipt, receivable, application="R1/1", reason="wrong order", on=TODAY, now=NOON)
    >>> change.events[0].application
    'R1/1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    kind: SettlementKind = attrs.field(validator=member(SettlementKind))
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundReserved:
    """Free money was set aside for a refund that was asked for.

    >>> from ltc.testing.samples.billing import NOON
    >>> RefundReserved("R1", refund="RF1", amount=Money.of("5", "CNY"), at=NOON).refund
    'RF1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    refund: RefundId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RefundReleased:
    """Money set aside for a refund is free again: the refund was rejected, or its payment failed.

    >>> from ltc.testing.samples.billing import NOON
    >>> RefundReleased("R1", refund="RF1", amount=Money.of("5", "CNY"), at=NOON).refund
    'RF1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    refund: RefundId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceiptRefunded:
    """Money set aside for a refund was paid back 退款.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceiptRefunded("R1", refund="RF1", amount=Money.of("5", "CNY"), on=TODAY, at=NOON).refund
    'RF1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    refund: RefundId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceiptRoundedOff:
    """A small over-payment was kept as income 尾差, under the limit that is kept with it.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> cent, one = Money.of("0.01", "CNY"), Money.of("1", "CNY")
    >>> str(ReceiptRoundedOff("R1", "R1/1", amount=cent, limit=one, on=TODAY, at=NOON).amount)
    '0.01 CNY'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    """The last application of the call that left it, with which it is taken back."""
    amount: Money = attrs.field(validator=above_zero)
    limit: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceiptRoundOffReversed:
    """A small over-payment is the customer's credit again 尾差冲回: the application that had left it was taken back.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceiptRoundOffReversed("R1", "R1/1", Money.of("0.01", "CNY"), on=TODAY, at=NOON).application
    'R1/1'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceiptBounced:
    """The money did not stay 退票: the bank took the payment back, or a bill was dishonoured.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceiptBounced("R1", amount=Money.of("5", "CNY"), reason="no funds", on=TODAY, at=NOON).reason
    'no funds'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    """All of the receipt that was not refunded."""
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceiptReversed:
    """The receipt had been entered in error 冲销: an equal and opposite entry, nothing is deleted.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceiptReversed("R1", amount=Money.of("5", "CNY"), reason="entered twice", on=TODAY, at=NOON).reason
    'entered twice'
    """

    receipt: ReceiptId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


ReceiptEvent = (
    ReceiptReceived
    | ReceiptApplied
    | ApplicationReversed
    | RefundReserved
    | RefundReleased
    | ReceiptRefunded
    | ReceiptRoundedOff
    | ReceiptRoundOffReversed
    | ReceiptBounced
    | ReceiptReversed
)
