"""What can happen to a receivable."""

import datetime as dt

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.exchange.crossing import Exchange, optional_exchange
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.dunning_events import ChasingEvent
from ltc._billing.receivables.entries import SettlementKind
from ltc._fields import exactly, member, whole
from ltc.events import Subject, day, instant
from ltc.ids import AccountId, ChangeId, EntityId, InvoiceId, NoteId, OrderId, PlanId, ReceivableId, RequestId
from ltc.money import Money
from ltc.text import free_text, one_line, optional_line


@attrs.frozen
class ReceivableRaised:
    """Something became owed: an installment's day is known, or a debt was entered by itself.

    >>> from ltc.testing.samples.billing import receivable_raised
    >>> receivable_raised().receivable
    'P1/1'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    plan: PlanId | None = attrs.field(validator=optional_line)
    installment: int | None = attrs.field(validator=attrs.validators.optional(whole(1)))
    amount: Money = attrs.field(validator=above_zero)
    due_on: dt.date = attrs.field(converter=day)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    component: Component = attrs.field(default=Component.PRINCIPAL, validator=member(Component), kw_only=True)
    retention: bool = attrs.field(default=False, validator=exactly(bool), kw_only=True)
    """Whether it was held back 质保金 until the warranty is over."""
    origin: Subject | None = attrs.field(
        default=None, validator=attrs.validators.optional(exactly(Subject)), kw_only=True
    )
    """What it took the place of: another customer's receivable 应收并账, or a receipt or a bill whose refunded money is owed again."""
    charged_for: ReceivableId | None = attrs.field(default=None, validator=optional_line, kw_only=True)
    """The receivable on which it is interest, or about which the letter was written that it is the fee of."""


@attrs.frozen
class ReceivableSettled:
    """Something settled an amount of it; of a receipt 收款核销 it is the other half of `ReceiptApplied`, with its application id.

    >>> from ltc.testing.samples.billing import settled
    >>> _, change = settled()
    >>> change.events[0].kind.value, change.events[0].source, change.events[0].application
    ('receipt', 'R1', 'R1/1')
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    kind: SettlementKind = attrs.field(validator=member(SettlementKind))
    source: str = attrs.field(validator=one_line)
    """The id of what settled it: a receipt, a red-letter note, another receivable, a payable of ours."""
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    authority: str | None = attrs.field(default=None, validator=optional_line)
    """The payment authority 代付 under which another customer's money settles it."""
    exchange: Exchange | None = attrs.field(default=None, validator=optional_exchange)
    """What the receipt gave for it in its own currency, where that is another."""
    reason: str = attrs.field(default="", validator=free_text)
    """Why, of what no receipt settled; the reason of a receipt's application stands in the receipt."""


@attrs.frozen
class SettlementReversed:
    """A settlement was taken back 反核销; of a receipt it is the other half of `ApplicationReversed`.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, settled
    >>> receipt, receivable = (change.after for change in settled())
    >>> _, change = billing.unapply(receipt, receivable, application="R1/1", reason="wrong order", on=TODAY, now=NOON)
    >>> change.events[0].amount == receivable.applied
    True
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    kind: SettlementKind = attrs.field(validator=member(SettlementKind))
    source: str = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceivableWaived:
    """The customer was let off an amount 减免, by a change of what was agreed.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> five = billing.waive(receivable(), amount=Money.of("5", "CNY"), change="W1", reason="late", on=TODAY, now=NOON)
    >>> five.events[0].change
    'W1'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    change: ChangeId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    approval: RequestId | None = attrs.field(default=None, validator=optional_line)
    """The request that allowed it; None where none was asked for by this verb."""


@attrs.frozen
class ReceivableWrittenOff:
    """An amount was given up as bad debt 坏账核销; the customer still owes it in law.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> lost = billing.write_off(receivable(), amount=Money.of("5", "CNY"), change="B1", reason="bankrupt", on=TODAY, now=NOON)
    >>> lost.events[0].reason
    'bankrupt'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    change: ChangeId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    approval: RequestId | None = attrs.field(default=None, validator=optional_line)
    """The request that allowed it; None where none was asked for by this verb."""


@attrs.frozen
class ReceivableRecovered:
    """What was written off is expected again 坏账收回, since it came in or will: it is open until a receipt is applied to it.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, written_off_receivable
    >>> back = billing.recover(written_off_receivable(), amount=Money.of("5", "CNY"), reason="dividend", on=TODAY, now=NOON)
    >>> back.events[0].reason
    'dividend'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceivableRoundedOff:
    """A small difference was let go 尾差, under the limit that is kept with it.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, nearly_settled_receivable
    >>> gone = billing.round_off(nearly_settled_receivable(), limit=Money.of("1", "CNY"), on=TODAY, now=NOON)
    >>> str(gone.events[0].amount)
    '0.01 CNY'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    limit: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)
    application: str | None = attrs.field(default=None, validator=optional_line, kw_only=True)
    """The application that left it, with which it is taken back; None: it was let go by itself."""


@attrs.frozen
class ReceivableRoundOffReversed:
    """A small difference is owed again 尾差冲回: the application that had left it was taken back.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceivableRoundOffReversed("P1/1", "R1/1", Money.of("0.01", "CNY"), on=TODAY, at=NOON).application
    'R1/1'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    application: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceivableInvoiced:
    """An invoice bills it, or a part of it: the other half of what the invoice covers.

    >>> from ltc.testing.samples.billing import issuance
    >>> _, change = issuance()
    >>> change.events[0].invoice, str(change.events[0].amount)
    ('I1', '30000.00 CNY')
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    invoice: InvoiceId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ReceivableReddened:
    """A red-letter note gave back what an invoice billed of it: the other half of `InvoiceReddened`.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> ReceivableReddened("P1/1", "I1", "N1", Money.of("5", "CNY"), False, on=TODAY, at=NOON).note
    'N1'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    invoice: InvoiceId = attrs.field(validator=one_line)
    note: NoteId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    issued_in_error: bool = attrs.field(validator=exactly(bool))
    """Whether the invoice was wrong, so that the same is to be invoiced again."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


BalanceEvent = (
    ReceivableSettled
    | SettlementReversed
    | ReceivableWaived
    | ReceivableWrittenOff
    | ReceivableRecovered
    | ReceivableRoundedOff
    | ReceivableRoundOffReversed
)
"""What moves the balance; an invoice does not."""

ReceivableEvent = ReceivableRaised | BalanceEvent | ReceivableInvoiced | ReceivableReddened | ChasingEvent
