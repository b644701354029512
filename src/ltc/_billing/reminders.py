"""Who is to be reminded of what on a day, as plain data: the host sends it."""

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import attrs

from ltc._billing.receivable import Receivable
from ltc.errors import InvalidValue
from ltc.ids import AccountId, OrderId, ReceivableId
from ltc.money import Money
from ltc.text import say


class ReminderKind(enum.StrEnum):
    """What a reminder is about.

    >>> ReminderKind("overdue").name
    'OVERDUE'
    """

    DUE_SOON = "due_soon"
    """即将到期"""
    DUE_TODAY = "due_today"
    """今日到期"""
    OVERDUE = "overdue"
    """逾期"""


class Receiver(enum.StrEnum):
    """The role that is reminded; who fills it is the host's to know.

    >>> Receiver("owner").name
    'OWNER'
    """

    OWNER = "owner"
    """The rep who owns the order."""
    MANAGER = "manager"
    FINANCE = "finance"
    CUSTOMER = "customer"


@attrs.frozen
class Reminder:
    """A message to send: that something is due soon, today, or overdue.

    >>> from datetime import timedelta
    >>> from ltc.testing.samples.billing import receivable
    >>> [late] = reminders([receivable()], on=receivable().due_on + timedelta(days=7))
    >>> late.kind.value, late.days, late.to.value
    ('overdue', 7, 'owner')
    """

    kind: ReminderKind
    to: Receiver
    receivable: ReceivableId
    order: OrderId
    party: AccountId
    due_on: dt.date
    days: int
    """Until the due date, or since it; 0 on the day."""
    open: Money

    def say(self, locale: str, /) -> str:
        """Return the message in a locale.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.billing import receivable
        >>> [late] = reminders([receivable()], on=receivable().due_on + timedelta(days=7))
        >>> late.say("zh_CN")
        '订单 SO-1 的应收 P1/1 已逾期 7 天：未收 ¥30,000.00，到期日 2026年3月2日'
        """
        return say(
            _MESSAGES[self.kind],
            locale,
            order=self.order,
            receivable=self.receivable,
            party=self.party,
            days=self.days,
            open=self.open,
            due_on=self.due_on,
        )


_MESSAGES: Final[Mapping[ReminderKind, str]] = {
    ReminderKind.DUE_SOON: "reminder.due_soon",
    ReminderKind.DUE_TODAY: "reminder.due_today",
    ReminderKind.OVERDUE: "reminder.overdue",
}


def reminders(
    receivables: Iterable[Receivable],
    /,
    *,
    on: dt.date,
    before_days: Collection[int] = (7,),
    after_days: Collection[int] = (1, 7, 30),
    to: Collection[Receiver] = (Receiver.OWNER,),
) -> tuple[Reminder, ...]:
    """Return whom to remind of what on a day: exactly so many days before or after a due date, and on the day itself.

    Asked once a day it reminds once a step; asked again for the same day it says the same. Nothing open, no reminder. Sorted by
    due date, then by receivable, then in the order of `to`.

    Raises:
        InvalidValue: a number of days is below 1.

    >>> from ltc.testing.samples.billing import receivable
    >>> [today] = reminders([receivable()], on=receivable().due_on)
    >>> today.say("en")
    'receivable P1/1 of order SO-1 is due today: CN¥30,000.00 open'
    """
    for days in (*before_days, *after_days):
        if type(days) is not int or days < 1:
            raise InvalidValue(
                "reminder.days",
                f"{days!r:.20} is no number of days before or after; use 1 or more (the due day itself is always reminded of)",
                days=repr(days)[:20],
            )
    steps = {
        0: ReminderKind.DUE_TODAY,
        **{-days: ReminderKind.DUE_SOON for days in before_days},
        **dict.fromkeys(after_days, ReminderKind.OVERDUE),
    }
    ordered = sorted(receivables, key=lambda receivable: (receivable.due_on, receivable.id))
    return tuple(reminder for receivable in ordered for reminder in _of(receivable, on, steps, to))


def _of(
    receivable: Receivable, on: dt.date, steps: dict[int, ReminderKind], to: Collection[Receiver]
) -> Iterator[Reminder]:
    late = (on - receivable.due_on).days
    kind, owed = steps.get(late), receivable.open_as_of(on)
    if kind is None or not owed:
        return
    for receiver in to:
        yield Reminder(
            kind,
            receiver,
            receivable.id,
            order=receivable.order,
            party=receivable.party,
            due_on=receivable.due_on,
            days=abs(late),
            open=owed,
        )
