"""Exact match: which of what is open sums to an amount to the minor unit, by a search of bounded work."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from ltc._billing.receivables.open_item import OpenItem
from ltc._billing.settlement.strategies import Part, Strategy
from ltc._fields import exactly
from ltc.errors import InvalidValue, Refused
from ltc.findings import Reason
from ltc.ids import ReceivableId
from ltc.money import Money

_MOST: Final = 40
"""Above that a half has over a million sums."""
_NEAR: Final = 500
"""Among so many sets of three are looked for: an eighth of a million pairs."""


@attrs.frozen
class _ExactMatch:
    otherwise: Strategy | None
    among: int = attrs.field(validator=exactly(int))

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.among <= _MOST:
            raise InvalidValue(
                "receipt.exact_among",
                f"exact match cannot search among {self.among} receivables; use 1 to {_MOST}",
                among=self.among,
                most=_MOST,
            )

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
        """Return the receivables that sum to the amount, or what the other strategy returns."""
        candidates = [item for item in _by_due_date(items) if item.open <= amount]
        found = _subset([item.open.minor for item in candidates], amount.minor, self.among)
        if found is not None:
            reason = Reason.of("receipt.exact_match", count=len(found), amount=amount)
            return tuple(Part(ReceivableId(candidates[i].id), candidates[i].open, reason) for i in found)
        if self.otherwise is not None:
            return self.otherwise.distribute(amount, items)
        if len(candidates) > max(self.among, 4) and sum(item.open.minor for item in candidates) > amount.minor:
            raise self._cut_off(amount, len(candidates))
        raise Refused(
            "receipt.no_exact_match",
            f"no set of the {len(items)} open receivables sums to {amount}; apply by another strategy, or give one as otherwise",
            amount=amount,
            count=len(items),
        )

    def _cut_off(self, amount: Money, count: int) -> Refused:
        near = min(count, _NEAR)
        return Refused(
            "receipt.exact_match_cut_off",
            f"none found that sum to {amount} of the {count} open receivables not above it: three were looked for among the {near} "
            f"due earliest, more among {self.among}; search among up to {_MOST}, apply by another strategy, or give one as otherwise",
            amount=amount,
            count=count,
            near=near,
            among=self.among,
            most=_MOST,
        )


def exact_match(*, otherwise: Strategy | None = None, among: int = 24) -> Strategy:
    """Return the strategy that settles those receivables whole which sum to the amount exactly, to the minor unit.

    Of several sets it takes one of the fewest receivables, and of those the one whose receivables are due earliest: compared by the
    first due, then by the next, ties as `earliest_due`. Where none sums up, `otherwise` decides; without it the receipt is refused.

    The work is bounded: one receivable, two, and all of them are looked for among everything that is open; three among the 500 due
    earliest of those not above the amount; larger sets among the `among` due earliest of these, at most 2 × 2^(among / 2) sums of
    theirs. A set beyond that is not found, and the refusal then says what was searched (`receipt.exact_match_cut_off`).

    Raises:
        InvalidValue: `among` is not 1 to 40.

    >>> from datetime import date
    >>> from ltc._billing.settlement.strategies import earliest_due
    >>> owed = [OpenItem(str(open), "A1", date(2026, 3, 2), Money.of(open, "CNY")) for open in (30, 50, 70, 20)]
    >>> [part.receivable for part in exact_match().distribute(Money.of("90", "CNY"), owed)]
    ['20', '70']
    >>> exact_match().distribute(Money.of("91", "CNY"), owed)
    Traceback (most recent call last):
    ltc.errors.Refused: no set of the 4 open receivables sums to 91.00 CNY; apply by another strategy, or give one as otherwise
    >>> [part.receivable for part in exact_match(otherwise=earliest_due).distribute(Money.of("25", "CNY"), owed)]
    ['20', '30']
    """
    return _ExactMatch(otherwise, among)


def _by_due_date(items: Sequence[OpenItem]) -> list[OpenItem]:
    return sorted(items, key=lambda item: (item.due_on, item.raised_on or item.due_on, item.id))


def _subset(amounts: Sequence[int], wanted: int, among: int) -> Sequence[int] | None:
    """Return the places of the fewest amounts that sum to what is wanted, of those the ones that come first; None: there are none."""
    few = _one_or_two(amounts, wanted) or _three(amounts[:_NEAR], wanted)
    if few is not None:
        return few
    many = _many(amounts[:among], wanted)
    if many is None and len(amounts) > among and sum(amounts) == wanted:
        return range(len(amounts))
    return many


def _one_or_two(amounts: Sequence[int], wanted: int) -> Sequence[int] | None:
    last: dict[int, int] = {}
    for place, minor in enumerate(amounts):
        if minor == wanted:
            return (place,)
        last[minor] = place
    for place, minor in enumerate(amounts):
        other = last.get(wanted - minor, place)
        if other > place:
            return place, amounts.index(wanted - minor, place + 1)
    return None


def _three(amounts: Sequence[int], wanted: int) -> Sequence[int] | None:
    last = {minor: place for place, minor in enumerate(amounts)}
    for first, minor in enumerate(amounts):
        rest = wanted - minor
        for second in range(first + 1, len(amounts)):
            third = rest - amounts[second]
            if last.get(third, 0) > second:
                return first, second, amounts.index(third, second + 1)
    return None


def _many(amounts: Sequence[int], wanted: int) -> Sequence[int] | None:
    """Meet in the middle. A set is a number whose highest bit is the first place: of two of a size, the larger one comes first."""
    half = len(amounts) // 2
    early, late = _sums(amounts[:half], wanted), _sums(amounts[half:], wanted)
    width = len(amounts) - half
    found = [
        (-size - other, chosen << width | rest)
        for minor, sizes in early.items()
        if (rests := late.get(wanted - minor))
        for size, chosen in sizes.items()
        for other, rest in rests.items()
    ]
    if not found:
        return None
    _, best = max(found)
    return tuple(_places(best, len(amounts)))


def _sums(amounts: Sequence[int], most: int) -> dict[int, dict[int, int]]:
    """Return, for each sum up to `most` and each size, the set of that sum and size whose places come first."""
    sums = {0: {0: 0}}
    for minor in amounts:
        grown = {total: {size: chosen << 1 for size, chosen in sizes.items()} for total, sizes in sums.items()}
        for total, sizes in sums.items():
            if total + minor <= most:
                reached = grown.setdefault(total + minor, {})
                for size, chosen in sizes.items():
                    reached[size + 1] = max(chosen << 1 | 1, reached.get(size + 1, 0))
        sums = grown
    return sums


def _places(chosen: int, count: int) -> Iterator[int]:
    return (place for place in range(count) if chosen >> (count - 1 - place) & 1)
