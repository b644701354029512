"""How much of which line: exact sums that never depend on the host's decimal context."""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Final

from ltc.errors import InvalidValue
from ltc.ids import LineId
from ltc.money import as_decimal

Quantities = tuple[tuple[LineId, Decimal], ...]
"""How much of which line."""
_EXACT: Final = Context(
    prec=400
)  # quantities and ratios have 120 digits each at most: no sum and no product is rounded
NONE: Final = Decimal(0)


def plus(one: Decimal, other: Decimal) -> Decimal:
    """Return an exact sum."""
    return _EXACT.add(one, other)


def minus(one: Decimal, other: Decimal) -> Decimal:
    """Return an exact difference."""
    return _EXACT.subtract(one, other)


def beyond(quantity: Decimal, tolerance: Decimal) -> Decimal:
    """Return a quantity and the share of it that may come on top."""
    return quantity if not tolerance else _EXACT.add(quantity, _EXACT.multiply(quantity, tolerance))


def summed(parts: Iterable[Quantities]) -> dict[LineId, Decimal]:
    """Return how much of each line some parts have together."""
    sums: dict[LineId, Decimal] = {}
    for part in parts:
        for line_id, quantity in part:
            sums[line_id] = plus(sums.get(line_id, NONE), quantity)
    return sums


def holds(there: Mapping[LineId, Decimal], wanted: Quantities) -> bool:
    """Tell whether at least so much of each line is there."""
    return all(there.get(line_id, NONE) >= quantity for line_id, quantity in wanted)


def as_quantities(value: Iterable[tuple[LineId, Decimal]], /) -> Quantities:
    """Return quantities by line as exact numbers.

    Raises:
        InvalidType, InvalidValue: none, one of zero or less, a float, or a line given twice.
    """
    pairs = tuple((line_id, as_decimal(quantity)) for line_id, quantity in value)
    if not pairs or any(quantity <= 0 for _, quantity in pairs) or len(dict(pairs)) < len(pairs):
        raise InvalidValue(
            "order.quantities",
            "a delivery is of one or more lines, each once and of more than zero; leave out what was not delivered",
        )
    return pairs
