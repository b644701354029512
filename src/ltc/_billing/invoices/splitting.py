"""Split the lines of a bill into invoices under a limit: no line lost, amounts, taxes and quantities summing to the whole."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ltc._billing.amounts import check_money
from ltc._billing.invoices.line import InvoiceLine
from ltc._billing.invoices.line_parts import LineLeft, LinePart, agreed_basis
from ltc.errors import InvalidValue, Refused
from ltc.money import Money, divide, total

_MOST: Final = 500
"""How many times the limit may be split; whole units may need twice as many invoices."""


def split_lines(lines: Sequence[InvoiceLine], limit: Money, /) -> tuple[tuple[InvoiceLine, ...], ...]:
    """Return the lines in parts whose net is at most a limit 最高开票限额, filled one after the other in their order.

    A line that does not fit is split at the limit: by whole units of its quantity where it has a whole one and a unit fits under the
    limit, else by amount, with the quantity in proportion. Net, tax, discount and quantity of the parts sum to the line's; each tax
    is the difference of cumulative ones, less than a minor unit off its exact amount. Lines that fit together stay as they are; one
    that comes to nothing stays with what stands before it.

    Raises:
        InvalidValue: the limit is not above zero.
        Refused: the net is over 500 times the limit.
        CurrencyMismatch: lines of two currencies, or the limit of another.

    >>> line = InvoiceLine.on_top("Press", net=Money.of("250000", "CNY"), tax_rate=Decimal("0.13"), quantity=Decimal(10))
    >>> parts = split_lines([line], Money.of("100000", "CNY"))
    >>> [(str(part.net), str(part.tax), str(part.quantity)) for (part,) in parts]
    [('100000.00 CNY', '13000.00 CNY', '4'), ('100000.00 CNY', '13000.00 CNY', '4'), ('50000.00 CNY', '6500.00 CNY', '2')]
    """
    net = _net(lines, limit)
    if net <= limit:
        return (tuple(lines),)
    parts: list[list[InvoiceLine]] = [[]]
    room = limit.minor
    for line in lines:
        rest = _Rest.of(line)
        if not line.agreed:
            parts[-1].append(line)
        while rest.left.left(agreed_basis(line)):
            steps = rest.fitting(room)
            if steps:
                piece, rest = rest.taken(steps)
                parts[-1].append(piece)
                room -= piece.net.minor
            elif room < limit.minor:
                parts.append([])
                room = limit.minor
            else:  # not even one unit fits under the limit
                rest = rest.by_amount()
    return tuple(map(tuple, parts))


def _net(lines: Sequence[InvoiceLine], limit: Money) -> Money:
    check_money("limit", limit)
    if limit.minor <= 0:
        raise InvalidValue("billing.amount", f"limit is {limit}; give more than zero", name="limit", amount=limit)
    net = total((line.net for line in lines), limit.currency)
    if net.minor > limit.minor * _MOST:
        raise Refused(
            "invoice.parts",
            f"a net of {net} is over {_MOST} times the limit of {limit}; use a higher one",
            net=net,
            limit=limit,
            most=_MOST,
        )
    return net


@attrs.frozen
class _Rest:
    """What is left of a line while pieces are taken off it: in steps of a unit, or of a minor unit of what was agreed."""

    left: LineLeft
    quantity: Fraction | None
    units: int | None
    finest: int = 1
    """Into how many parts a unit of the quantity is split, where it is split with the amount."""

    @classmethod
    def of(cls, line: InvoiceLine) -> "_Rest":
        """Return a whole line, in steps of a unit where its quantity is a whole number."""
        quantity = None if line.quantity is None else Fraction(line.quantity)
        if quantity is not None and quantity.denominator == 1:
            return cls(LineLeft(line), quantity, quantity.numerator)
        return cls(LineLeft(line), quantity, None).by_amount()

    def by_amount(self) -> "_Rest":
        """Return the same in steps of a minor unit; the quantity is split so finely that no piece of it is nothing."""
        per_unit = 1 if self.quantity is None else self.quantity.denominator
        return attrs.evolve(self, units=None, finest=per_unit * int(f"1{'0' * len(str(self._agreed))}"))

    @property
    def _agreed(self) -> int:
        return self.left.left(agreed_basis(self.left.line))

    def _piece(self, steps: int) -> LinePart:
        agreed = steps if self.units is None else divide(self._agreed * steps, self.units)
        return self.left.part(agreed, agreed_basis(self.left.line))

    def fitting(self, room: int) -> int:
        """Return the most steps whose net fits into the room; the net grows with them."""
        low, high = 0, self._agreed if self.units is None else self.units
        while low < high:
            middle = (low + high + 1) // 2
            if self._piece(middle).net <= room:
                low = middle
            else:
                high = middle - 1
        return low if low and self._piece(low).gross else 0  # units may be worth less than a minor unit

    def taken(self, steps: int) -> tuple[InvoiceLine, "_Rest"]:
        """Return the piece of so many steps as a line, and what is left then."""
        line, piece = self.left.line, self._piece(steps)
        quantity = self._quantity_of(steps)
        made = attrs.evolve(
            line,
            gross=Money(piece.gross, line.gross.currency),
            net=Money(piece.net, line.gross.currency),
            discount=Money(piece.discount, line.gross.currency) if piece.discount else None,
            quantity=None if quantity is None else _as_decimal(quantity),
        )
        rest = None if self.quantity is None or quantity is None else self.quantity - quantity
        units = None if self.units is None else self.units - steps
        return made, _Rest(self.left.without(piece), rest, units, self.finest)

    def _quantity_of(self, steps: int) -> Fraction | None:
        if self.quantity is None or self.units is not None:
            return None if self.quantity is None else Fraction(steps)
        if steps == self._agreed:
            return self.quantity
        return Fraction(int(self.quantity * steps / self._agreed * self.finest), self.finest)


def _as_decimal(exact: Fraction) -> Decimal:
    """Return a fraction of a power of ten as a Decimal, in any context."""
    places = 0
    while exact.denominator != 1:
        exact *= 10
        places += 1
    return Decimal((0, tuple(map(int, str(exact.numerator))), -places))
