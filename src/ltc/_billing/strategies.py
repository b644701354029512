"""Which receivables a receipt settles first, as values."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import attrs

from ltc._billing.open_item import OpenItem
from ltc.errors import Refused
from ltc.findings import Reason
from ltc.ids import ReceivableId
from ltc.money import Money


@attrs.frozen
class Part:
    """What a strategy gives to one receivable, and why.

    >>> Part("P1/1", Money.of("5.00", "CNY"), Reason.of("receipt.designated", place=1)).reason["place"]
    1
    """

    receivable: ReceivableId
    amount: Money
    reason: Reason


class Strategy(Protocol):
    """How an amount is distributed over receivables.

    An implementation returns parts in the order in which it gives: each above zero and at most what is open, no receivable twice,
    together the amount or, where less is open, all of it. The same input must give the same parts.

    >>> from datetime import date
    >>> owed = [OpenItem("P1/1", "A1", date(2026, 3, 2), Money.of("30000.00", "CNY"))]
    >>> [str(part.amount) for part in oldest_first.distribute(Money.of("1.00", "CNY"), owed)]
    ['1.00 CNY']
    """

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
        """Return who gets what."""


def _in_turn(amount: Money, ordered: Sequence[OpenItem], reason: Callable[[OpenItem, int], Reason]) -> tuple[Part, ...]:
    parts, left = [], amount
    for place, item in enumerate(ordered, 1):
        if not left:
            break
        given = min(left, item.open)
        parts.append(Part(ReceivableId(item.id), given, reason(item, place)))
        left -= given
    return tuple(parts)


@attrs.frozen
class _Ordered:
    """Fill one receivable after the other, in the order of a key."""

    key: Callable[[OpenItem], tuple[dt.date, dt.date, str]]
    reason: Callable[[OpenItem], Reason]

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        return _in_turn(amount, sorted(items, key=self.key), lambda item, _: self.reason(item))


@attrs.frozen
class _Designated:
    """Fill the receivables that the payer named, in the order in which he named them."""

    ids: tuple[ReceivableId, ...]

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        by_id = {item.id: item for item in items}
        for wanted in self.ids:
            if wanted not in by_id:
                known = ", ".join(by_id)
                raise Refused(
                    "receipt.designated_unknown",
                    f"receivable {wanted} was designated, but is not among those with something open: {known}",
                    receivable=wanted,
                    known=known,
                )
        named = [by_id[wanted] for wanted in self.ids]
        return _in_turn(amount, named, lambda _, place: Reason.of("receipt.designated", place=place))


def _dated(item: OpenItem) -> dt.date:
    return item.due_on if item.raised_on is None else item.raised_on


oldest_first: Final[Strategy] = _Ordered(
    lambda item: (_dated(item), item.due_on, item.id),
    lambda item: Reason.of("receipt.oldest_first", raised_on=_dated(item)),
)
"""The receivable raised first is settled first; ties by due date, then by id."""

earliest_due: Final[Strategy] = _Ordered(
    lambda item: (item.due_on, _dated(item), item.id),
    lambda item: Reason.of("receipt.earliest_due", due_on=item.due_on),
)
"""The receivable due first is settled first; ties by the day it was raised, then by id."""


def designated(*ids: ReceivableId) -> Strategy:
    """Return the strategy that settles the receivables which the payer named, in that order, and no other.

    A named receivable must be given to `apply` and have something open.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable
    >>> first, _ = billing.apply(receipt(), [receivable()], strategy=designated("P1/1"), on=TODAY, now=NOON)
    >>> first.events[0].reason.say("en")
    'designated by the payer (place 1)'
    """
    return _Designated(tuple(dict.fromkeys(ids)))
