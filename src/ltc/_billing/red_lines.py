"""What a red letter takes back: line by line in net and tax that sum to the line, and of the receivables that are covered."""

import enum
from collections.abc import Sequence
from fractions import Fraction

import attrs

from ltc._billing.amounts import check_within
from ltc._billing.invoice import Cover, Invoice, RedLine
from ltc._billing.invoice_line import InvoiceLine
from ltc._billing.tax import exact_net, exact_tax, rounded
from ltc.money import Money, Rounding, divide, total


class Basis(enum.StrEnum):
    """How the amounts of a request for a red letter are meant.

    >>> Basis("net").name
    'NET'
    """

    GROSS = "gross"
    """含税: with tax"""
    NET = "net"
    """不含税: without tax, which comes on top"""
    LISTED = "listed"
    """折前: as `InvoiceLine.listed`; the discount goes back in proportion"""


@attrs.frozen
class Left:
    """A line of an invoice, and in minor units what notes took back of it so far."""

    line: InvoiceLine
    gross: int
    net: int
    discount: int

    @property
    def tax_left(self) -> int:
        """How much tax is left."""
        return self.line.tax.minor - (self.gross - self.net)

    @property
    def agreed(self) -> int:
        """How much was taken back of the amount that was agreed, the gross or the net."""
        return self.net if self.line.tax_on_top else self.gross

    def left(self, basis: Basis) -> int:
        """Return how much is left of the line, as amounts of a basis are meant."""
        match basis:
            case Basis.GROSS:
                return self.line.gross.minor - self.gross
            case Basis.NET:
                return self.line.net.minor - self.net
            case Basis.LISTED:
                return self.line.listed.minor - self.agreed - self.discount


def left_of(invoice: Invoice, number: int) -> Left:
    """Return a line of an invoice with what notes took back of it."""
    taken = invoice.red_lines_of(number)
    return Left(
        invoice.lines[number - 1],
        gross=sum(line.gross.minor for line in taken),
        net=sum(line.net.minor for line in taken),
        discount=sum(line.discount.minor for line in taken if line.discount is not None),
    )


def left_in(invoice: Invoice, basis: Basis) -> Money:
    """Return what an invoice still bills, as amounts of a basis are meant."""
    left = sum(left_of(invoice, number).left(basis) for number in range(1, len(invoice.lines) + 1))
    return Money(left, invoice.currency)


def whole_of(invoice: Invoice, basis: Basis) -> Money:
    """Return what an invoice billed when it was issued, as amounts of a basis are meant."""
    match basis:
        case Basis.GROSS:
            return invoice.gross
        case Basis.NET:
            return invoice.net
        case Basis.LISTED:
            return total((line.listed for line in invoice.lines), invoice.currency)


def spread(invoice: Invoice, amount: Money, basis: Basis) -> tuple[tuple[int, Money], ...]:
    """Return an amount to take back, spread over the lines in proportion to what is left of each; at most all of it."""
    left = [left_of(invoice, number).left(basis) for number in range(1, len(invoice.lines) + 1)]
    return tuple((number, part) for number, part in enumerate(amount.allocate(left), 1) if part)


def red_lines(invoice: Invoice, asked: Sequence[tuple[int, Money]], basis: Basis) -> tuple[RedLine, ...]:
    """Return what taking back these amounts means line by line: the difference of cumulative net, tax and discount.

    So all red letters of a line add up to its net, its tax and its discount exactly, whatever the parts, and no part is below zero.

    Raises:
        Refused: more than is left of a line.
    """
    lines = []
    for number, amount in asked:
        left = left_of(invoice, number)
        check_within(
            amount,
            Money(left.left(basis), invoice.currency),
            code="note.over_line",
            of=f"left of line {number} of invoice {invoice.id}",
            invoice=invoice.id,
            number=number,
        )
        lines.append(_red_line(left, number, amount, basis))
    return tuple(lines)


def _red_line(left: Left, number: int, amount: Money, basis: Basis) -> RedLine:
    line, minor, currency = left.line, amount.minor, amount.currency
    if basis is Basis.LISTED:
        discount = _discount_in(left, minor)
        basis, minor = (Basis.NET if line.tax_on_top else Basis.GROSS), minor - discount
        gross, net = _parts(left, minor, basis)
    else:
        gross, net = _parts(left, minor, basis)
        discount = _discount_on(left, net if line.tax_on_top else gross)
    return RedLine(
        number,
        Money(gross, currency),
        Money(net, currency),
        discount=None if line.discount is None else Money(discount, currency),
    )


def _parts(left: Left, minor: int, basis: Basis) -> tuple[int, int]:
    """Return the gross and the net of an amount that is taken back: the cumulative amounts grow by them."""
    line, net_left = left.line, left.left(Basis.NET)
    if basis is Basis.NET:
        if minor == net_left:
            return minor + left.tax_left, minor
        cumulative = (left.net + minor) * Fraction(line.tax_rate)
        taxed = left.gross - left.net
        tax = rounded(cumulative, _direction(exact_tax(line.net, line.tax_rate), line.tax)) - taxed
        return minor + _between(0, tax, left.tax_left), minor
    cumulative = (left.gross + minor) / (1 + Fraction(line.tax_rate))
    net = rounded(cumulative, _direction(exact_net(line.gross, line.tax_rate), line.net)) - left.net
    return minor, _between(max(0, minor - left.tax_left), net, min(minor, net_left))


def _direction(exact: Fraction, reached: Money) -> Rounding:
    """Return how the amount of a line was rounded, so that its parts, rounded alike, end there."""
    modes = (Rounding.HALF_UP, Rounding.DOWN, Rounding.UP)
    return next((mode for mode in modes if rounded(exact, mode) == reached.minor), Rounding.HALF_UP)


def _between(low: int, value: int, high: int) -> int:
    """Keep a part within what is left, where requests in gross and in net take turns on one line."""
    return max(low, min(value, high))


def _discount_in(left: Left, listed: int) -> int:
    """Return the discount in a listed amount that is taken back."""
    line = left.line
    if line.discount is None:
        return 0
    rest = line.discount.minor - left.discount
    before = left.agreed + left.discount
    grown = divide(line.discount.minor * (before + listed), line.listed.minor) - left.discount
    return _between(max(0, listed - (line.agreed.minor - left.agreed)), grown, min(listed, rest))


def _discount_on(left: Left, agreed: int) -> int:
    """Return the discount that goes back with an agreed amount."""
    line = left.line
    if line.discount is None:
        return 0
    grown = divide(line.discount.minor * (left.agreed + agreed), line.agreed.minor) - left.discount
    return _between(0, grown, line.discount.minor - left.discount)


def covers_back(invoice: Invoice, gross: Money, named: Sequence[Cover]) -> tuple[Cover, ...]:
    """Return what taking back a gross amount gives back of which receivable.

    The named ones give what is said; of the rest what the invoice bills of no receivable comes first, then the receivables that were
    covered latest.

    Raises:
        Refused: more is named than the amount, or than the invoice covers of a receivable.
    """
    left = {cover.receivable: cover.amount.minor for cover in invoice.covered}
    given = dict.fromkeys(left, 0)
    for cover in named:
        check_within(
            cover.amount,
            Money(left.get(cover.receivable, 0), invoice.currency),
            code="note.over_cover",
            of=f"that invoice {invoice.id} covers of receivable {cover.receivable}",
            invoice=invoice.id,
            receivable=cover.receivable,
        )
        given[cover.receivable] = cover.amount.minor
    asked = total((cover.amount for cover in named), invoice.currency)
    check_within(asked, gross, code="note.covers", of=f"taken back of invoice {invoice.id}", invoice=invoice.id)
    rest = max(0, (gross - asked - invoice.uncovered).minor)
    for receivable in reversed(left):
        part = min(rest, left[receivable] - given[receivable])
        given[receivable] += part
        rest -= part
    return tuple(Cover(receivable, Money(minor, invoice.currency)) for receivable, minor in given.items() if minor)
