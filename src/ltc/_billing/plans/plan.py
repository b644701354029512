"""A plan of installments: terms in, a schedule out whose parts sum to the total to the minor unit."""

from collections.abc import Collection, Sequence

from ltc._billing.amounts import check_money
from ltc._billing.plans.checking import faults
from ltc._billing.plans.schedule import Installment, Schedule
from ltc._billing.plans.split import Remainder, amounts, slots_of
from ltc._billing.plans.terms import Term
from ltc._fields import check_member
from ltc.ids import LineId
from ltc.money import Money


def plan(
    total: Money,
    terms: Sequence[Term],
    /,
    *,
    remainder: Remainder = Remainder.LARGEST_FRACTION,
    lines: Collection[LineId] | None = None,
) -> Schedule:
    """Split a total into installments by terms; the parts sum to it to the minor unit.

    A ratio is of the whole total. Shares and amounts together must make up the total, unless a `rest`, weights, equal parts or
    the policy `Remainder.LAST` take the difference. A negative total splits as the mirror of the positive one. A part may be
    zero, and never has a sign that the total has not. With `lines`, those of the order, a term may point to no other.

    Raises:
        InvalidValue: the first fault that `check` finds; a part would have another sign than the total.

    >>> from ltc.testing.samples.billing import thirds
    >>> [str(part.amount) for part in plan(Money.of("5.47", "CNY"), thirds()).installments]
    ['1.83 CNY', '1.82 CNY', '1.82 CNY']
    >>> plan(Money.of("5.47", "CNY"), thirds()[:2])
    Traceback (most recent call last):
    ltc.errors.InvalidValue: the shares sum to 0.6667; add 0.3333 or a rest
    """
    check_money("total", total)
    check_member(Remainder, "remainder", remainder)
    for fault, _ in faults(terms, total, remainder, distinct=False, lines=lines):
        raise fault
    slots = slots_of(total, terms)
    return Schedule(
        total,
        tuple(
            Installment(
                number,
                Money(minor, total.currency),
                slot.due,
                slot.term.label,
                retention=slot.term.retention,
                lines=slot.term.lines,
                early=slot.term.early,
            )
            for number, (minor, slot) in enumerate(zip(amounts(total, slots, remainder), slots, strict=True), 1)
        ),
    )
