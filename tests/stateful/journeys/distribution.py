"""What goes to which receivable, or installment, in plain integers."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from tests.stateful.journeys.story import Debt

STRATEGIES = ["oldest", "newest", "due", "highest", "lowest", "designated", "proportional", "exact"]
Parts = list[tuple[str, int]]
"""What goes to which receivable, in the currency of the money."""


def in_order(names: Iterable[str], costs: Mapping[str, int], left: int) -> Parts:
    parts = []
    for name in names:
        given = min(left, costs[name])
        left -= given
        if given:
            parts.append((name, given))
    return parts


def shared(weights: Sequence[int], amount: int) -> list[int]:
    """Return the parts of an amount in proportion: the largest fractions are rounded up, of two the first."""
    shares = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [int(share) for share in shares]
    for place in sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place)):
        if sum(parts) < amount:
            parts[place] += 1
    return parts


def in_proportion(costs: Mapping[str, int], left: int) -> Parts:
    parts = shared(list(costs.values()), min(left, sum(costs.values())))
    return [(name, part) for name, part in zip(costs, parts, strict=True) if part]


def matched(ordered: Sequence[str], costs: Mapping[str, int], left: int) -> Parts:
    for size in range(1, len(ordered) + 1):
        for chosen in itertools.combinations(ordered, size):
            if sum(costs[name] for name in chosen) == left:
                return [(name, costs[name]) for name in chosen]
    return []


def distributed(by: str, debts: Mapping[str, Debt], costs: Mapping[str, int], left: int) -> Parts:
    """Return what a strategy gives to receivables, of which each costs so much."""
    names = list(debts)
    order: dict[str, Callable[[str], tuple[int | str, ...]]] = {
        "oldest": lambda name: (debts[name].raised, debts[name].due, name),
        "newest": lambda name: (-debts[name].raised, -debts[name].due, name),
        "due": lambda name: (debts[name].due, debts[name].raised, name),
        "highest": lambda name: (-costs[name], debts[name].due, debts[name].raised, name),
        "lowest": lambda name: (costs[name], debts[name].due, debts[name].raised, name),
        "designated": lambda name: (names.index(name),),
    }
    if by == "proportional":
        return in_proportion(costs, left)
    ordered = sorted(costs, key=order.get(by, order["due"]))
    return (matched(ordered, costs, left) if by == "exact" else []) or in_order(ordered, costs, left)
