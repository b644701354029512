"""Which receivables a receipt settles first, as values."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

import attrs

from ltc._billing.receivables.open_item import OpenItem
from ltc.errors import Refused
from ltc.findings import Reason
from ltc.ids import ReceivableId
from ltc.money import Money, as_decimal, total


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
    together the amount or, where less is open of those that it gives to, all of that. The same input must give the same parts.

    >>> from datetime import date
    >>> owed = [OpenItem("P1/1", "A1", date(2026, 3, 2), Money.of("30000.00", "CNY"))]
    >>> [str(part.amount) for part in oldest_first.distribute(Money.of("1.00", "CNY"), owed)]
    ['1.00 CNY']
    """

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
        """Return who gets what. The amount may be more than is open; all are of its currency, and open above zero."""


def _fill(amount: Money, ordered: Sequence[OpenItem], reason: Callable[[OpenItem, int], Reason]) -> tuple[Part, ...]:
    parts, left = [], amount.minor
    for place, item in enumerate(ordered, 1):
        if not left:
            break
        given = item.open if item.open.minor <= left else Money(left, amount.currency)
        parts.append(Part(ReceivableId(item.id), given, reason(item, place)))
        left -= given.minor
    return tuple(parts)


@attrs.frozen
class _Ordered:
    """Fill one receivable after the other, in the order of a key."""

    key: Callable[[OpenItem], tuple[Any, ...]]
    reason: Callable[[OpenItem], Reason]

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        return _fill(amount, sorted(items, key=self.key), lambda item, _: self.reason(item))


def _dated(item: OpenItem) -> dt.date:
    return item.due_on if item.raised_on is None else item.raised_on


oldest_first: Final[Strategy] = _Ordered(
    lambda item: (item.raised_on or item.due_on, item.due_on, item.id),
    lambda item: Reason.of("receipt.oldest_first", raised_on=_dated(item)),
)
"""The receivable raised first is settled first; ties by due date, then by id."""

newest_first: Final[Strategy] = _Ordered(
    lambda item: (-_dated(item).toordinal(), -item.due_on.toordinal(), item.id),
    lambda item: Reason.of("receipt.newest_first", raised_on=_dated(item)),
)
"""The receivable raised last is settled first; ties by the later due date, then by id."""

earliest_due: Final[Strategy] = _Ordered(
    lambda item: (item.due_on, _dated(item), item.id),
    lambda item: Reason.of("receipt.earliest_due", due_on=item.due_on),
)
"""The receivable due first is settled first; ties by the day it was raised, then by id."""

highest_first: Final[Strategy] = _Ordered(
    lambda item: (-item.open.minor, item.due_on, _dated(item), item.id),
    lambda item: Reason.of("receipt.highest_first", open=item.open),
)
"""The receivable with the most open is settled first; ties as `earliest_due`."""

lowest_first: Final[Strategy] = _Ordered(
    lambda item: (item.open.minor, item.due_on, _dated(item), item.id),
    lambda item: Reason.of("receipt.lowest_first", open=item.open),
)
"""The receivable with the least open is settled first, so that as many as possible are done with; ties as `earliest_due`."""


@attrs.frozen
class _HighestBy:
    """Fill one receivable after the other, the one that weighs most first."""

    weights: tuple[tuple[str, Decimal], ...]

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        weights = dict(self.weights)
        for item in items:
            if item.id not in weights:
                raise Refused(
                    "receipt.no_weight",
                    f"receivable {item.id} has something open, but no weight by which to settle it; give one",
                    receivable=item.id,
                )
        ordered = sorted(items, key=lambda item: (-weights[item.id], item.due_on, _dated(item), item.id))
        return _fill(amount, ordered, lambda item, _: Reason.of("receipt.highest_by", weight=weights[item.id]))


def highest_by(weights: Mapping[ReceivableId, str | int | Decimal], /) -> Strategy:
    """Return the strategy that settles first what weighs most by the host's own measure, such as the interest rate that it bears.

    Ties as `earliest_due`. Whatever is open must have a weight; weights of others are passed over.

    Raises:
        InvalidType, InvalidValue: a weight is no exact number.

    >>> from datetime import date
    >>> owed = [OpenItem(name, "A1", date(2026, 3, 2), Money.of("5.00", "CNY")) for name in ("mild", "heavy")]
    >>> heaviest = highest_by({"mild": "0.035", "heavy": "0.14"})
    >>> [part.receivable for part in heaviest.distribute(Money.of("1.00", "CNY"), owed)]
    ['heavy']
    """
    return _HighestBy(tuple(sorted((name, as_decimal(weight)) for name, weight in weights.items())))


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
        return _fill(amount, named, lambda _, place: Reason.of("receipt.designated", place=place))


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


@attrs.frozen
class _InTurn:
    """What the first strategy leaves goes by the next."""

    strategies: tuple[Strategy, ...]

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        parts: dict[ReceivableId, Part] = {}
        for strategy in self.strategies:
            left = amount - total((part.amount for part in parts.values()), amount.currency)
            rest = _rest(items, parts)
            if not left or not rest:
                break
            for part in strategy.distribute(left, rest):
                before = parts.get(part.receivable)
                parts[part.receivable] = (
                    part if before is None else attrs.evolve(before, amount=before.amount + part.amount)
                )
        return tuple(parts.values())


def _rest(items: Sequence[OpenItem], parts: Mapping[ReceivableId, Part]) -> list[OpenItem]:
    given = {str(part.receivable): part.amount for part in parts.values()}
    left = [attrs.evolve(item, open=item.open - given[item.id]) if item.id in given else item for item in items]
    return [item for item in left if item.open]


def in_turn(*strategies: Strategy) -> Strategy:
    """Return the strategy that gives by the first, what that leaves by the second, and so on.

    Where two give to the same receivable, it gets one part, in the place and with the reason of the first.

    >>> from datetime import date
    >>> owed = [OpenItem(name, "A1", date(2026, 3, day), Money.of("5.00", "CNY")) for day, name in enumerate("abc", 1)]
    >>> named_first = in_turn(designated("b"), earliest_due)
    >>> [(part.receivable, str(part.amount)) for part in named_first.distribute(Money.of("11.00", "CNY"), owed)]
    [('b', '5.00 CNY'), ('a', '5.00 CNY'), ('c', '1.00 CNY')]
    """
    return _InTurn(strategies)


@attrs.frozen
class _Proportional:
    """Give to all at once."""

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        owed = total((item.open for item in items), amount.currency)
        given = min(amount, owed).allocate([item.open.minor for item in items]) if items else ()
        return tuple(
            Part(ReceivableId(item.id), part, Reason.of("receipt.proportional", open=item.open, owed=owed))
            for item, part in zip(items, given, strict=True)
            if part
        )


proportional: Final[Strategy] = _Proportional()
"""Each receivable gets its share of the amount, in proportion to what is open: exact, the units that are left go to the largest
fractions, ties to the one given first; a share of less than a unit is nothing."""
