"""What can happen to a receivable while it is chased: none of it moves its balance."""

import datetime as dt

import attrs

from ltc._billing.amounts import above_zero, zero_or_more
from ltc._billing.receivables.notices import Receiver
from ltc._fields import member, whole
from ltc.events import day, instant
from ltc.ids import LetterId, ReceivableId
from ltc.money import Money
from ltc.text import free_text, one_line, optional_line


@attrs.frozen
class DisputeOpened:
    """The customer contests what we ask for, in part or whole.

    >>> from ltc.testing.samples.dunning import disputed
    >>> disputed().events[0].reason
    'three crates are missing'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money | None = attrs.field(validator=attrs.validators.optional(above_zero))
    """None: all that is open, whatever that comes to."""
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DisputeSettled:
    """The dispute is over; what was agreed about the money is an event of its own.

    >>> from ltc import billing
    >>> from ltc.testing.samples.dunning import NOON, TODAY, disputed
    >>> over = billing.settle_dispute(disputed().after, reason="found in the yard", on=TODAY, now=NOON)
    >>> over.events[0].reason
    'found in the yard'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class PaymentPromised:
    """Somebody at the customer's promised to pay an amount by a day. Whether he does, is derived, and no event.

    >>> from ltc.testing.samples.dunning import promised
    >>> promised().events[0].by
    'Ms. Wang'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    leaves: Money = attrs.field(validator=zero_or_more)
    """What is open once it is kept."""
    by: str = attrs.field(validator=one_line)
    until: dt.date = attrs.field(converter=day)
    """The last day on which it is kept."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DunningHeld:
    """Somebody of ours put the dunning on hold.

    >>> from ltc.testing.samples.dunning import held
    >>> held().events[0].until
    datetime.date(2026, 4, 30)
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    until: dt.date = attrs.field(converter=day)
    """The last day on which nothing is sent."""
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DunningReleased:
    """The hold was lifted before its last day.

    >>> from ltc import billing
    >>> from ltc.testing.samples.dunning import NOON, TODAY, held
    >>> billing.release_dunning(held().after, reason="talks failed", on=TODAY, now=NOON).events[0].receivable
    'P1/1'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InterestCharged:
    """Interest that has run on it became a receivable of its own: the other half of that one's `ReceivableRaised`.

    >>> from ltc.testing.samples.dunning import charged
    >>> _, principal = charged()
    >>> principal.events[0].charge, principal.events[0].until
    ('AR-9/interest/1', datetime.date(2026, 5, 1))
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    charge: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    until: dt.date = attrs.field(converter=day)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DunningSent:
    """A step of dunning was sent: a reminder to one of ours, or a letter to the customer, which may be about several receivables.

    >>> from ltc.testing.samples.dunning import lettered
    >>> [change] = lettered()
    >>> change.events[0].letter, change.events[0].days, str(change.events[0].owed)
    ('L-1', 7, '30000.00 CNY')
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    to: Receiver = attrs.field(validator=member(Receiver))
    days: int = attrs.field(validator=whole())
    """Since the due date, of the step: below zero before it."""
    letter: LetterId | None = attrs.field(validator=optional_line)
    owed: Money = attrs.field(validator=zero_or_more)
    interest: Money = attrs.field(validator=zero_or_more)
    fee: Money = attrs.field(validator=zero_or_more)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


ChasingEvent = (
    DisputeOpened | DisputeSettled | PaymentPromised | DunningHeld | DunningReleased | DunningSent | InterestCharged
)
