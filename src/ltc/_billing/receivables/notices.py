"""What was sent about a receivable and charged for it, as facts."""

import datetime as dt
import enum

import attrs

from ltc.ids import LetterId, ReceivableId
from ltc.money import Money


class Receiver(enum.StrEnum):
    """The role to which something is sent; who fills it is the host's to know.

    >>> Receiver("owner").name
    'OWNER'
    """

    OWNER = "owner"
    """The rep who owns the order."""
    MANAGER = "manager"
    FINANCE = "finance"
    CUSTOMER = "customer"
    """Gets letters; everybody else gets reminders."""


@attrs.frozen
class Notice:
    """A step of dunning that was sent 催收记录: a reminder to one of ours, or a letter to the customer.

    >>> from ltc.testing.samples.dunning import lettered
    >>> [notice] = lettered()[0].after.notices
    >>> notice.to.value, notice.days, notice.letter, str(notice.interest)
    ('customer', 7, 'L-1', '57.53 CNY')
    """

    on: dt.date
    to: Receiver
    days: int
    """Since the due date, of the step: below zero before it."""
    letter: LetterId | None
    """None of a reminder."""
    owed: Money
    """What was asked for of the receivable."""
    interest: Money
    """What was asked for besides."""
    fee: Money
    """The fee of the letter, where this step brought it about; else zero."""


@attrs.frozen
class InterestCharge:
    """Interest on a receivable that was made a receivable of its own 利息应收.

    >>> from ltc.testing.samples.dunning import charged
    >>> _, principal = charged()
    >>> [charge] = principal.after.interest_charges
    >>> charge.receivable, str(charge.amount)
    ('AR-9/interest/1', '11.51 CNY')
    """

    on: dt.date
    receivable: ReceivableId
    """The one that it became."""
    amount: Money
    until: dt.date
    """The last day that bore it."""
