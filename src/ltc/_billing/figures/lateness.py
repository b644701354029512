"""How late money came in: observations of settled items, and the shares of money by days that follow from them."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeVar

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.once import given_once
from ltc._billing.receivables.entries import SettlementKind
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import whole
from ltc.ids import AccountId
from ltc.money import Money

K = TypeVar("K")
_PAID: Final = frozenset({SettlementKind.RECEIPT, SettlementKind.ADVANCE})


@attrs.frozen
class Lateness:
    """How many days after its due day an amount was paid: one observation of a history.

    >>> Lateness("A1", days=-3, amount=Money.of("100.00", "CNY")).days
    -3
    """

    party: AccountId
    days: int = attrs.field(validator=whole())
    """Below zero: before it was due."""
    amount: Money = attrs.field(validator=above_zero)
    """How much was paid then: an observation weighs as much as the money that it is about."""


def lateness_of(receivables: Iterable[Receivable], as_of: dt.date, /) -> tuple[Lateness, ...]:
    """Return how late receivables were paid by the end of a day, a part payment by itself; what was taken back since is left out.

    What settled them without money, such as a red-letter note, says nothing about lateness.

    Raises:
        InvalidValue: a receivable is given twice.

    >>> from ltc.testing.samples.billing import TODAY, settled_receivable
    >>> lateness_of([settled_receivable()], TODAY)
    (Lateness(party='A1', days=0, amount=Money(minor=3000000, currency='CNY')),)
    """
    return tuple(
        Lateness(receivable.party, (settled.on - receivable.due_on).days, settled.amount)
        for receivable in given_once(receivables)
        for settled in receivable.settlements
        if settled.kind in _PAID and settled.on <= as_of
    )


@attrs.frozen
class Habit:
    """The observations of a customer, a segment or all, in one currency: how much money came by how many days."""

    days: tuple[int, ...]
    """Ascending."""
    paid: tuple[int, ...]
    """What had come up to each of them, in minor units."""

    def count_after(self, late: int) -> int:
        """Return how many observations are later than so many days."""
        return len(self.days) - bisect_right(self.days, late)

    def shares_after(self, late: int, steps: Sequence[int]) -> tuple[int, ...]:
        """Return the shares of the money that came later than `late`, by the steps of days up to which it came, as whole weights.

        One more share stands for what comes after the last step. To it goes the weight of one observation more than there are, of
        their mean amount: the next one may be later than all that were seen.
        """
        ends = [self._paid_by(step) for step in (late, *steps)]
        count, after = self.count_after(late), self._paid_by(self.days[-1]) - ends[0]
        weights = [(end - begin) * count for begin, end in pairwise(ends)]
        return *weights, after * (count + 1) - sum(weights)

    def _paid_by(self, days: int) -> int:
        place = bisect_right(self.days, days)
        return self.paid[place - 1] if place else 0


def habits(
    history: Iterable[Lateness], segments: Mapping[AccountId, str]
) -> tuple[Mapping[tuple[str, str], Habit], Mapping[tuple[str, str], Habit], Mapping[str, Habit]]:
    """Return the habits by customer and currency, by segment and currency, and by currency alone."""
    of_party: dict[tuple[str, str], list[Lateness]] = defaultdict(list)
    of_segment: dict[tuple[str, str], list[Lateness]] = defaultdict(list)
    of_all: dict[str, list[Lateness]] = defaultdict(list)
    for each in history:
        currency = each.amount.currency
        of_party[each.party, currency].append(each)
        of_all[currency].append(each)
        if each.party in segments:
            of_segment[segments[each.party], currency].append(each)
    return _each(of_party), _each(of_segment), _each(of_all)


def _each(seen: Mapping[K, list[Lateness]]) -> dict[K, Habit]:
    return {key: _habit(some) for key, some in seen.items()}


def _habit(seen: Iterable[Lateness]) -> Habit:
    ordered = sorted((each.days, each.amount.minor) for each in seen)
    return Habit(tuple(days for days, _ in ordered), tuple(accumulate(minor for _, minor in ordered)))
