"""A batch of an order, delivered and accepted, and where the lines stand after some of them."""

import datetime as dt
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Final

import attrs

from ltc._contracts.line import Line
from ltc.errors import InvalidValue
from ltc.ids import LineId
from ltc.money import as_decimal

Quantities = tuple[tuple[LineId, Decimal], ...]
"""How much of which line."""
_EXACT: Final = Context(prec=200)  # quantities have 120 digits at most: sums never depend on the host's context
NONE: Final = Decimal(0)


@attrs.frozen
class Batch:
    """One delivery of an order: what came when, and when it was accepted 验收.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> [batch] = delivered_order().batches
    >>> batch.id, batch.delivered_on, batch.accepted_on
    ('B1', datetime.date(2026, 3, 20), None)
    """

    id: str
    quantities: Quantities
    delivered_on: dt.date
    accepted_on: dt.date | None = None


@attrs.frozen
class LinePosition:
    """Where one line stands: ordered ≥ delivered ≥ accepted.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> [str(position.delivered) for position in delivered_order().position()]
    ['2', '0']
    """

    line: LineId
    ordered: Decimal
    delivered: Decimal
    accepted: Decimal


def quantities_of(batches: Iterable[Batch]) -> dict[LineId, Decimal]:
    """Return how much of each line some batches have together."""
    sums: dict[LineId, Decimal] = {}
    for batch in batches:
        for line_id, quantity in batch.quantities:
            sums[line_id] = _EXACT.add(sums.get(line_id, NONE), quantity)
    return sums


def left_of(line: Line, delivered: Decimal) -> Decimal:
    """Return how much of a line is still to be delivered."""
    return _EXACT.subtract(line.quantity, delivered)


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
