"""How terms split a total: exactly first, then to the minor unit by a named policy."""

import enum
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from ltc._billing.plans.due import Due
from ltc._billing.plans.terms import Equal, Fixed, Rest, Share, Term, Weight
from ltc.money import Money, allocate, divide


class Remainder(enum.Enum):
    """Who gets what rounding leaves of the total.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import thirds
    >>> [str(part.amount) for part in billing.plan(Money.of("5.47", "CNY"), thirds(), remainder=Remainder.LAST).installments]
    ['1.82 CNY', '1.82 CNY', '1.83 CNY']
    """

    LARGEST_FRACTION = "largest_fraction"
    """Whole units first, then one each to the largest fractions: no part is a unit off its exact share. The default."""
    LAST = "last"
    """Every part rounds half up by itself; the last that takes what is left, or else the last of all, takes the difference, whatever it says."""


@attrs.frozen
class Slot:
    """One installment to be: of which term, when due, and which part of the total, before anything is rounded."""

    number: int
    """Of its term, from 1."""
    term: Term
    due: Due
    exact: Fraction
    """So much of the total, in minor units; 0 where it takes a part of what is left."""
    weight: Fraction
    """Its weight in what is left; 0 where its part is said."""


def slots_of(total: Money, terms: Sequence[Term]) -> tuple[Slot, ...]:
    """Return the installments that the terms make of a total, in order."""
    return tuple(slot for number, term in enumerate(terms, 1) for slot in _slots(total, number, term))


def _slots(total: Money, number: int, term: Term) -> Iterator[Slot]:
    none, one = Fraction(), Fraction(1)
    match term:
        case Share(ratio=ratio):
            yield Slot(number, term, term.due, total.minor * Fraction(ratio), none)
        case Fixed(amount=amount):
            yield Slot(number, term, term.due, Fraction(amount.minor), none)
        case Weight(weight=weight):
            yield Slot(number, term, term.due, none, Fraction(weight))
        case Rest():
            yield Slot(number, term, term.due, none, one)
        case Equal(count=count, ratio=ratio):
            exact = none if ratio is None else total.minor * Fraction(ratio) / count
            for due in term.dues:
                yield Slot(number, term, due, exact, one if ratio is None else none)
        case _:
            assert_never(term)


def takes_what_is_left(term: Term) -> bool:
    """Whether a term's part depends on what the others leave."""
    return isinstance(term, Rest | Weight) or (isinstance(term, Equal) and term.ratio is None)


def exact_parts(total: Money, slots: Sequence[Slot]) -> list[Fraction]:
    """Return the part of each slot in minor units, unrounded; they sum to the total where anything takes what is left."""
    left = total.minor - sum((slot.exact for slot in slots), Fraction())
    weights = sum((slot.weight for slot in slots), Fraction())
    return [left * slot.weight / weights if slot.weight else slot.exact for slot in slots]


def last_parts(total: Money, slots: Sequence[Slot]) -> list[int]:
    """Return the parts where each rounds half up by itself and the last that takes what is left, or else the last, the difference."""
    parts = [divide(part.numerator, part.denominator) for part in exact_parts(total, slots)]
    takers = [index for index, slot in enumerate(slots) if slot.weight] or [len(slots) - 1]
    parts[takers[-1]] += total.minor - sum(parts)
    return parts


def amounts(total: Money, slots: Sequence[Slot], remainder: Remainder) -> Sequence[int]:
    """Return the parts in minor units; they sum to the total."""
    if not total:
        return [0] * len(slots)
    if remainder is Remainder.LAST:
        return last_parts(total, slots)
    return allocate(total.minor, [abs(part) for part in exact_parts(total, slots)])
