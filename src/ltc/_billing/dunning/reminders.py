"""An internal reminder: what one of ours is told about a receivable, for the host to send."""

import datetime as dt

import attrs

from ltc._billing.dunning.policy import DunningStep
from ltc._billing.receivables.notices import Receiver
from ltc.ids import AccountId, EntityId, OrderId, ReceivableId
from ltc.money import Money
from ltc.text import say


@attrs.frozen
class Reminder:
    """A message to one of ours that something is due soon, today, or overdue.

    >>> from ltc.testing.samples.dunning import reminder
    >>> told = reminder()
    >>> told.to.value, told.days, str(told.open)
    ('owner', 7, '30000.00 CNY')
    """

    on: dt.date
    step: DunningStep
    receivable: ReceivableId
    order: OrderId
    entity: EntityId
    party: AccountId
    due_on: dt.date
    days: int
    """Since the due date, on the day of the reminder; below zero before it."""
    open: Money
    """What is chased of it: neither disputed nor promised."""

    @property
    def to(self) -> Receiver:
        """Who is told."""
        return self.step.to

    def subject(self, locale: str, /) -> str:
        """Return the subject in a locale.

        >>> from ltc.testing.samples.dunning import reminder
        >>> reminder().subject("zh_CN")
        '应收逾期 7 天：A1，¥30,000.00'
        """
        return self._say("subject", locale)

    def body(self, locale: str, /) -> str:
        """Return the message in a locale.

        >>> from ltc.testing.samples.dunning import reminder
        >>> reminder().body("zh_CN")
        '订单 SO-1 的应收 P1/1 已逾期 7 天：未收 ¥30,000.00，到期日 2026年3月2日'
        """
        return self._say("body", locale)

    def _say(self, part: str, locale: str) -> str:
        kind = "due_soon" if self.days < 0 else "overdue" if self.days else "due_today"
        return say(
            f"reminder.{kind}.{part}",
            locale,
            order=self.order,
            receivable=self.receivable,
            party=self.party,
            days=abs(self.days),
            open=self.open,
            due_on=self.due_on,
        )
