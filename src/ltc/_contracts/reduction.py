"""How the lines of an order are reduced by an agreed amount."""

from collections.abc import Collection, Sequence

import attrs

from ltc._contracts.line import Line, LineKind
from ltc.errors import InvalidValue, Refused
from ltc.ids import LineId
from ltc.money import Money, total


def reduce_lines(
    lines: Sequence[Line],
    amount: Money,
    *,
    prefer: LineKind | Collection[LineId] = LineKind.SERVICE,
    currency: str | None = None,
) -> tuple[Line, ...]:
    """Return the lines with an amount taken off: what the order's new lines are when the customer is let off something 减免.

    The preferred lines, all of a kind or those of some ids, give first, in proportion to what they cost; what is left over the
    others give in the same way. Exact: the lines cost `amount` less than before, none under zero, the other fields untouched.
    A line without an adjustment has no currency: pass the order's as `currency`, or an amount in another is only refused when the
    order is amended.

    Raises:
        Refused: `order.reduced_under_zero`: the lines cost less than the amount.
        InvalidValue: the amount is negative.
        CurrencyMismatch: the amount is not in `currency`, or a line was adjusted in another.

    >>> machine, service = Line("1", "CNC-5", 1, 90000, "0.13"), Line("2", "care", 1, 10000, "0.06", kind="service")
    >>> reduced = reduce_lines((machine, service), Money.of("12000", "CNY"))
    >>> [(line.id, str(line.amount("CNY"))) for line in reduced]
    [('1', '88000.00 CNY'), ('2', '0.00 CNY')]
    """
    currency = (Money.zero(currency or amount.currency) + amount).currency  # or the two do not mix
    costs = [line.amount(currency) for line in lines]
    whole = total(costs, currency)
    if amount.minor < 0:
        raise InvalidValue("order.reduction", f"cannot take off {amount}; give zero or more", amount=amount)
    if amount > whole:
        raise Refused(
            "order.reduced_under_zero",
            f"cannot take {amount} off lines that cost {whole}; take off {whole} or less",
            amount=amount,
            limit=whole,
        )
    first = [cost if _is_preferred(line, prefer) else _nothing(cost) for line, cost in zip(lines, costs, strict=True)]
    rest = [cost - preferred for cost, preferred in zip(costs, first, strict=True)]
    from_first = min(amount, total(first, currency))
    taken = zip(_shares(from_first, first), _shares(amount - from_first, rest), strict=True)
    return tuple(_less(line, one + other) for line, (one, other) in zip(lines, taken, strict=True))


def _is_preferred(line: Line, prefer: LineKind | Collection[LineId]) -> bool:
    return line.kind == prefer if isinstance(prefer, str) else line.id in prefer


def _nothing(cost: Money) -> Money:
    return Money.zero(cost.currency)


def _shares(amount: Money, costs: list[Money]) -> tuple[Money, ...]:
    return amount.allocate([cost.minor for cost in costs]) if amount else tuple(map(_nothing, costs))


def _less(line: Line, taken: Money) -> Line:
    if not taken:
        return line
    adjustment = -taken if line.adjustment is None else line.adjustment - taken
    return attrs.evolve(line, adjustment=adjustment or None)
