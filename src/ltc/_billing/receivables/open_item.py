"""Something owed, as a plain value: what money is distributed over, aged and chased, wherever it comes from."""

import datetime as dt
from collections.abc import Callable, Iterable

import attrs

from ltc._billing.once import given_once
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import exactly, member
from ltc.events import day, unchecked
from ltc.ids import AccountId, ActorId, EntityId
from ltc.money import Money


@attrs.frozen
class OpenItem:
    """Something owed: what strategies distribute money over, and what aging and its like look at, wherever it comes from.

    >>> from datetime import date
    >>> OpenItem("I1", party="A1", due_on=date(2026, 3, 2), open=Money.of("5.00", "CNY")).party
    'A1'
    """

    id: str
    party: AccountId
    due_on: dt.date = attrs.field(converter=day)
    open: Money = attrs.field(validator=exactly(Money))
    """May be below zero: a credit."""
    raised_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(day), kw_only=True)
    """The day of the document, from which its age 账龄 counts; None: unknown, and its due day stands in."""
    component: Component = attrs.field(default=Component.PRINCIPAL, validator=member(Component), kw_only=True)
    retention: bool = attrs.field(default=False, validator=exactly(bool), kw_only=True)
    """Whether it is held back until the warranty is over 质保金."""
    entity: EntityId | None = attrs.field(default=None, kw_only=True)
    """Our legal entity that it is owed to."""
    owner: ActorId | None = attrs.field(default=None, kw_only=True)
    """Who looks after it; the receivable does not know, the host does."""

    def account_age(self, as_of: dt.date, /) -> int:
        """Return its age 账龄 in days: since the day of the document, or since the due day where that is unknown; 0 before.

        >>> from datetime import date
        >>> item = OpenItem("I1", "A1", date(2026, 4, 1), Money.of("5", "CNY"), raised_on=date(2026, 3, 2))
        >>> item.account_age(date(2026, 4, 11)), item.overdue_age(date(2026, 4, 11))
        (40, 10)
        """
        since = self.due_on if self.raised_on is None else self.raised_on
        return max(0, (as_of - since).days)

    def overdue_age(self, as_of: dt.date, /) -> int:
        """Return its overdue age 逾期账龄 in days: since the due day, which is not overdue itself; 0 before.

        >>> from datetime import date
        >>> OpenItem("I1", "A1", date(2026, 4, 1), Money.of("5", "CNY")).overdue_age(date(2026, 4, 1))
        0
        """
        return max(0, (as_of - self.due_on).days)


_made: Callable[..., OpenItem] = unchecked(OpenItem)  # by place: applying receipts makes one of every debt each time


def open_item(receivable: Receivable, owed: Money, /) -> OpenItem:
    """Return what is owed of a receivable as a plain value."""
    return _made(
        receivable.id,
        receivable.party,
        receivable.due_on,
        owed,
        receivable.raised_on,
        receivable.component,
        receivable.retention,
        receivable.entity,
        None,
    )


def open_items(receivables: Iterable[Receivable], as_of: dt.date, /) -> tuple[OpenItem, ...]:
    """Return what of receivables was owed at the end of a day, without those that owed nothing.

    Raises:
        InvalidValue: a receivable is given twice.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import receivable
    >>> [item.id for item in open_items([receivable()], date(2026, 12, 31))]
    ['P1/1']
    >>> open_items([receivable()], date(2026, 1, 1))
    ()
    """
    return tuple(
        open_item(receivable, owed) for receivable in given_once(receivables) if (owed := receivable.open_as_of(as_of))
    )
