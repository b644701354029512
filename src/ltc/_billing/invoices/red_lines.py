"""What a red letter takes back: line by line in net and tax that sum to the line, and of the receivables that are covered."""

from collections.abc import Sequence

from ltc._billing.amounts import check_within
from ltc._billing.invoices.invoice import Cover, Invoice, RedLine
from ltc._billing.invoices.line_parts import Basis, LineLeft, LinePart, left_after
from ltc.money import Money, total


def left_of(invoice: Invoice, number: int) -> LineLeft:
    """Return a line of an invoice with what notes took back of it."""
    taken = (
        LinePart(red.gross.minor, red.net.minor, 0 if red.discount is None else red.discount.minor)
        for red in invoice.red_lines_of(number)
    )
    return left_after(invoice.lines[number - 1], taken)


def left_in(invoice: Invoice, basis: Basis) -> Money:
    """Return what an invoice still bills, as amounts of a basis are meant."""
    left = sum(left_of(invoice, number).left(basis) for number in range(1, len(invoice.lines) + 1))
    return Money(left, invoice.currency)


def whole_of(invoice: Invoice, basis: Basis) -> Money:
    """Return what an invoice billed when it was issued, as amounts of a basis are meant."""
    return Money(sum(LineLeft(line).left(basis) for line in invoice.lines), invoice.currency)


def spread(invoice: Invoice, amount: Money, basis: Basis) -> tuple[tuple[int, Money], ...]:
    """Return an amount to take back, spread over the lines in proportion to what is left of each; at most all of it.

    All of it takes lines along that come to nothing by their discount.
    """
    lines = [left_of(invoice, number) for number in range(1, len(invoice.lines) + 1)]
    left = [line.left(basis) for line in lines]
    rest = sum(left) == amount.minor
    return tuple(
        (number, part)
        for number, (part, line) in enumerate(zip(amount.allocate(left), lines, strict=True), 1)
        if part or (rest and not line.line.agreed and line.left(Basis.LISTED))
    )


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


def _red_line(left: LineLeft, number: int, amount: Money, basis: Basis) -> RedLine:
    part, currency = left.part(amount.minor, basis), amount.currency
    discount = None if left.line.discount is None else Money(part.discount, currency)
    return RedLine(number, Money(part.gross, currency), Money(part.net, currency), discount)


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
