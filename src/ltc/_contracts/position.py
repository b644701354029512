"""Where the lines of an order stand: ordered, planned, delivered, accepted, returned, invoiced and collected."""

from collections.abc import Mapping
from decimal import Decimal

import attrs

from ltc._contracts.quantities import minus
from ltc.ids import LineId
from ltc.money import Money


@attrs.frozen
class LinePosition:
    """Where one line stands: accepted ≤ delivered - returned ≤ ordered (1 + tolerance).

    What was invoiced and collected is as the host says.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> [str(position.delivered) for position in delivered_order().position()]
    ['2', '0']
    """

    line: LineId
    ordered: Decimal
    planned: Decimal
    """In all batches that were planned; it may be beyond what is ordered once that was lowered."""
    delivered: Decimal
    """And not rejected."""
    accepted: Decimal
    """And not returned since."""
    returned: Decimal
    invoiced: Money
    collected: Money

    @property
    def kept(self) -> Decimal:
        """What the customer has: delivered and not returned."""
        return minus(self.delivered, self.returned)


def by_line(amounts: Mapping[LineId, Money], line_id: LineId, currency: str) -> Money:
    """Return the amount of a line; nothing where there is none.

    Raises:
        CurrencyMismatch: it is in another currency.
    """
    return Money.zero(currency) + amounts.get(line_id, Money.zero(currency))
