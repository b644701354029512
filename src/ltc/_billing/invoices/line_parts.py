"""A line of an invoice taken in parts: their net, tax and discount sum to the line's, whatever the parts."""

import enum
from collections.abc import Iterable
from fractions import Fraction

import attrs

from ltc._billing.invoices.line import InvoiceLine
from ltc._billing.invoices.tax import exact_net, exact_tax, rounded
from ltc.money import Money, Rounding, divide


class Basis(enum.StrEnum):
    """How amounts of a line that is taken in parts are meant.

    >>> Basis("net").name
    'NET'
    """

    GROSS = "gross"
    """含税: with tax"""
    NET = "net"
    """不含税: without tax, which comes on top"""
    LISTED = "listed"
    """折前: as `InvoiceLine.listed`; the discount goes with it in proportion"""


@attrs.frozen
class LinePart:
    """A part of a line, in minor units."""

    gross: int
    net: int
    discount: int = 0


@attrs.frozen
class LineLeft:
    """A line of an invoice, and how much of it was taken so far, in minor units."""

    line: InvoiceLine
    gross: int = 0
    net: int = 0
    discount: int = 0

    @property
    def taxed(self) -> int:
        """How much tax was taken."""
        return self.gross - self.net

    @property
    def agreed(self) -> int:
        """How much was taken of the amount that was agreed, the gross or the net."""
        return self.net if self.line.tax_on_top else self.gross

    def left(self, basis: Basis) -> int:
        """Return how much is left of the line, as amounts of a basis are meant."""
        if basis is Basis.LISTED:
            return self.line.listed.minor - self.agreed - self.discount
        if basis is Basis.NET:
            return self.line.net.minor - self.net
        return self.line.gross.minor - self.gross

    def part(self, minor: int, basis: Basis) -> LinePart:
        """Return the next part of the line: what its cumulative net, tax and discount grow by; at most what is left."""
        if basis is Basis.LISTED:
            discount = self._discount_in(minor)
            gross, net = self._sides(minor - discount, agreed_basis(self.line))
        else:
            gross, net = self._sides(minor, basis)
            discount = self._discount_on(net if self.line.tax_on_top else gross)
        return LinePart(gross, net, discount)

    def without(self, part: LinePart) -> "LineLeft":
        """Return what is left once a part is taken."""
        return LineLeft(self.line, self.gross + part.gross, self.net + part.net, self.discount + part.discount)

    def _sides(self, minor: int, basis: Basis) -> tuple[int, int]:
        """Return the gross and the net of a part: the cumulative amounts are rounded, and grow by them."""
        rate, net_left = self.line.tax_rate, self.left(Basis.NET)
        tax_left = self.line.tax.minor - self.taxed
        if basis is Basis.NET:
            if minor == net_left:
                return minor + tax_left, minor
            grown = rounded(
                (self.net + minor) * Fraction(rate), _direction(exact_tax(self.line.net, rate), self.line.tax)
            )
            return minor + _between(0, grown - self.taxed, tax_left), minor
        direction = _direction(exact_net(self.line.gross, rate), self.line.net)
        grown = rounded((self.gross + minor) / (1 + Fraction(rate)), direction)
        return minor, _between(max(0, minor - tax_left), grown - self.net, min(minor, net_left))

    def _discount_in(self, listed: int) -> int:
        """Return the discount in a listed amount."""
        discount = self.line.discount
        if discount is None:
            return 0
        before = self.agreed + self.discount
        grown = divide(discount.minor * (before + listed), self.line.listed.minor) - self.discount
        least = max(0, listed - (self.line.agreed.minor - self.agreed))
        return _between(least, grown, min(listed, discount.minor - self.discount))

    def _discount_on(self, agreed: int) -> int:
        """Return the discount that goes with an agreed amount."""
        discount = self.line.discount
        if discount is None:
            return 0
        if not self.line.agreed:
            return discount.minor - self.discount
        grown = divide(discount.minor * (self.agreed + agreed), self.line.agreed.minor) - self.discount
        return _between(0, grown, discount.minor - self.discount)


def agreed_basis(line: InvoiceLine) -> Basis:
    """Return the basis on which a line was agreed."""
    return Basis.NET if line.tax_on_top else Basis.GROSS


def left_after(line: InvoiceLine, parts: Iterable[LinePart]) -> LineLeft:
    """Return what is left of a line after parts of it."""
    left = LineLeft(line)
    for part in parts:
        left = left.without(part)
    return left


def _direction(exact: Fraction, reached: Money) -> Rounding:
    """Return how the amount of a line was rounded, so that its parts, rounded alike, end there."""
    modes = (Rounding.HALF_UP, Rounding.DOWN, Rounding.UP)
    return next((mode for mode in modes if rounded(exact, mode) == reached.minor), Rounding.HALF_UP)


def _between(low: int, value: int, high: int) -> int:
    """Keep a part within what is left, where parts in gross and in net take turns on one line."""
    return max(low, min(value, high))
