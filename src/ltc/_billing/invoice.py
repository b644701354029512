"""An invoice: what was billed, with its tax lines, and what red-letter notes took back of it."""

import datetime as dt
import enum
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, check_within, no_second
from ltc._fields import member
from ltc.errors import InvalidValue
from ltc.events import Change, Life, day, evolved, instant, no_beginning
from ltc.ids import AccountId, EntityId, InvoiceId, NoteId, OrderId, ReceivableId
from ltc.money import Money, Rounding, as_ratio, divide, total
from ltc.text import one_line


class TaxTreatment(enum.StrEnum):
    """How the tax office looks at a line: the last three all show a tax of zero, but are reported apart.

    >>> TaxTreatment("exempt").name
    'EXEMPT'
    """

    TAXED = "taxed"
    """应税"""
    ZERO_RATED = "zero_rated"
    """零税率"""
    EXEMPT = "exempt"
    """免税"""
    NOT_TAXABLE = "not_taxable"
    """不征税"""


def net_of(gross: Money, rate: Decimal, /) -> Money:
    """Return the net amount in a gross one: gross / (1 + rate), to the nearest minor unit, halves up; the tax is the difference.

    >>> str(net_of(Money.of("100000.00", "CNY"), Decimal("0.13")))
    '88495.58 CNY'
    """
    divisor = 1 + Fraction(rate)
    return Money(divide(gross.minor * divisor.denominator, divisor.numerator, Rounding.HALF_UP), gross.currency)


@attrs.frozen
class InvoiceLine:
    """One line of an invoice: its gross amount, and the tax in it at one rate, rounded for the line.

    Raises:
        InvalidValue: the gross is not above zero, the rate is outside [0, 1], or a line that is not taxed has a rate.

    >>> line = InvoiceLine("Press line", gross=Money.of("100000.00", "CNY"), tax_rate=Decimal("0.13"))
    >>> str(line.net), str(line.tax)
    ('88495.58 CNY', '11504.42 CNY')
    """

    description: str = attrs.field(validator=one_line)
    gross: Money = attrs.field(validator=above_zero)
    tax_rate: Decimal = attrs.field(converter=as_ratio)
    treatment: TaxTreatment = attrs.field(default=TaxTreatment.TAXED, validator=member(TaxTreatment))

    def __attrs_post_init__(self) -> None:
        if self.tax_rate and self.treatment is not TaxTreatment.TAXED:
            raise InvalidValue(
                "invoice.untaxed_rate",
                f"{self.description} is {self.treatment.value} with a tax rate of {self.tax_rate}; use 0",
                description=self.description,
                treatment=self.treatment.value,
                rate=self.tax_rate,
            )

    @property
    def net(self) -> Money:
        """The gross without the tax in it."""
        return net_of(self.gross, self.tax_rate)

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.gross - self.net


@attrs.frozen
class Cover:
    """How much of a receivable an invoice bills.

    >>> str(Cover("P1/1", Money.of("30000.00", "CNY")).amount)
    '30000.00 CNY'
    """

    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)


@attrs.frozen
class RedLine:
    """What a red-letter note takes back of one line; amounts are above zero or zero.

    >>> red = RedLine(1, Money.of("1130.00", "CNY"), net=Money.of("1000.00", "CNY"))
    >>> str(red.tax)
    '130.00 CNY'
    """

    number: int
    """Of the invoice's line, from 1."""
    gross: Money
    net: Money

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.gross - self.net


@attrs.frozen
class RedLetter:
    """One issued red-letter note of an invoice.

    >>> from datetime import date
    >>> RedLetter("N1", (), on=date(2026, 3, 2)).note
    'N1'
    """

    note: NoteId
    lines: tuple[RedLine, ...]
    on: dt.date


@attrs.frozen
class Invoice:
    """A tax invoice 发票 (blue letter), never voided: red-letter notes take it back, in part or whole.

    >>> from ltc.testing.samples.billing import invoice
    >>> str(invoice().gross), str(invoice().net), str(invoice().tax)
    ('100000.00 CNY', '88495.58 CNY', '11504.42 CNY')
    """

    id: InvoiceId
    version: int
    order: OrderId
    entity: EntityId
    party: AccountId
    """Who is invoiced."""
    lines: tuple[InvoiceLine, ...]
    covers: tuple[Cover, ...]
    issued_on: dt.date
    due_on: dt.date | None
    red_letters: tuple[RedLetter, ...] = ()

    @property
    def currency(self) -> str:
        """The one currency of its lines."""
        return self.lines[0].gross.currency

    @property
    def gross(self) -> Money:
        """Σ gross of the lines, as issued."""
        return total((line.gross for line in self.lines), self.currency)

    @property
    def net(self) -> Money:
        """Σ net of the lines, as issued."""
        return total((line.net for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """Σ tax of the lines, as issued: gross − net."""
        return self.gross - self.net

    @property
    def red(self) -> Money:
        """What red-letter notes took back, gross; never above the gross."""
        return total((line.gross for letter in self.red_letters for line in letter.lines), self.currency)

    @property
    def red_tax(self) -> Money:
        """The tax in what was taken back; the tax of the invoice once all of it is."""
        return total((line.tax for letter in self.red_letters for line in letter.lines), self.currency)

    @property
    def billed(self) -> Money:
        """Gross − red: what the invoice still bills."""
        return self.gross - self.red

    def red_of(self, number: int, /) -> Money:
        """Return what was taken back of a line, gross.

        >>> from ltc.testing.samples.billing import invoice
        >>> str(invoice().red_of(1))
        '0.00 CNY'
        """
        return total(
            (line.gross for letter in self.red_letters for line in letter.lines if line.number == number),
            self.currency,
        )


@attrs.frozen
class InvoiceIssued:
    """An invoice was issued.

    Raises:
        InvalidValue: no line, or more covered than billed; lines of two currencies are a CurrencyMismatch.

    >>> from ltc.testing.samples.billing import issued
    >>> issued().covers[0].receivable
    'P1/1'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    lines: tuple[InvoiceLine, ...]
    covers: tuple[Cover, ...]
    due_on: dt.date | None = attrs.field(converter=attrs.converters.optional(day))
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue(
                "invoice.no_lines", f"invoice {self.invoice} has no lines; give at least one", invoice=self.invoice
            )
        if len({cover.receivable for cover in self.covers}) < len(self.covers):
            raise InvalidValue(
                "invoice.covers_twice",
                f"invoice {self.invoice} covers a receivable twice; give each once",
                invoice=self.invoice,
            )
        currency = self.lines[0].gross.currency
        gross = total((line.gross for line in self.lines), currency)
        covered = total((cover.amount for cover in self.covers), currency)
        if covered > gross:
            raise InvalidValue(
                "invoice.covers",
                f"invoice {self.invoice} of {gross} would cover receivables of {covered}; cover that or less",
                invoice=self.invoice,
                gross=gross,
                covered=covered,
            )


@attrs.frozen
class InvoiceReddened:
    """A red-letter note took back a part or all of it 红冲: the other half of `NoteIssued`.

    >>> from ltc.testing.samples.billing import reddened
    >>> _, change = reddened()
    >>> str(change.events[0].lines[0].tax)
    '1150.44 CNY'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    note: NoteId = attrs.field(validator=one_line)
    lines: tuple[RedLine, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


InvoiceEvent = InvoiceIssued | InvoiceReddened


def begin(event: InvoiceEvent) -> Invoice:
    """Return the invoice that was issued."""
    match event:
        case InvoiceIssued():
            return Invoice(
                event.invoice,
                1,
                order=event.order,
                entity=event.entity,
                party=event.party,
                lines=event.lines,
                covers=event.covers,
                issued_on=event.on,
                due_on=event.due_on,
            )
        case _:
            raise no_beginning(event)


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:
    """Return the invoice after an event: the only place where it changes."""
    match event:
        case InvoiceReddened(note=note, lines=lines, on=on):
            letters = (*invoice.red_letters, RedLetter(note, lines, on))
            return evolved(invoice, version=invoice.version + 1, red_letters=letters)
        case InvoiceIssued():
            raise no_second(event)
        case _:
            assert_never(event)


INVOICE: Final[Life[Invoice, InvoiceEvent]] = Life(
    "invoice", Invoice, begin, evolve, {"issued": InvoiceIssued, "reddened": InvoiceReddened}
)
"""The life of an invoice: for stores and for replay."""


def issue(
    invoice_id: InvoiceId,
    *,
    order: OrderId,
    entity: EntityId,
    party: AccountId,
    lines: Sequence[InvoiceLine],
    receivables: Sequence[tuple[ReceivableId, Money]] = (),
    on: dt.date,
    due_on: dt.date | None = None,
    now: dt.datetime,
) -> Change[Invoice, InvoiceEvent]:
    """Issue an invoice. It may bill receivables, several or a part of one, or none yet (invoiced ahead 预开票).

    Raises:
        InvalidValue: no line, an amount that is not above zero, or more covered than billed.
        CurrencyMismatch: lines of two currencies.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> goods = InvoiceLine("Press line", gross=Money.of("100000.00", "CNY"), tax_rate=Decimal("0.13"))
    >>> change = issue("I1", order="SO-1", entity="E1", party="A1", lines=[goods],
    ...                receivables=[("P1/1", Money.of("30000.00", "CNY"))], on=TODAY, now=NOON)
    >>> str(change.after.tax)
    '11504.42 CNY'
    """
    covers = tuple(Cover(receivable, amount) for receivable, amount in receivables)
    issued = InvoiceIssued(
        invoice_id, order, entity, party, lines=tuple(lines), covers=covers, due_on=due_on, on=on, at=now
    )
    return INVOICE.change(None, issued)


def red_lines(invoice: Invoice, asked: Sequence[tuple[int, Money]]) -> tuple[RedLine, ...]:
    """Return what taking back these amounts means line by line: the net is the difference of the cumulative ones.

    So all red letters of a line add up to its net and its tax exactly, whatever the parts.

    Raises:
        Refused: more than is left of a line.
    """
    lines = []
    for number, gross in asked:
        line, before = invoice.lines[number - 1], invoice.red_of(number)
        check_within(
            gross,
            line.gross - before,
            code="note.over_line",
            of=f"left of line {number} of invoice {invoice.id}",
            invoice=invoice.id,
            number=number,
        )
        net = net_of(before + gross, line.tax_rate) - net_of(before, line.tax_rate)
        lines.append(RedLine(number, gross, net))
    return tuple(lines)


def spread(invoice: Invoice, amount: Money) -> tuple[tuple[int, Money], ...]:
    """Return an amount to take back, spread over the lines in proportion to what is left of each; at most all of it."""
    left = [line.gross - invoice.red_of(number) for number, line in enumerate(invoice.lines, 1)]
    parts = amount.allocate([rest.minor for rest in left])
    return tuple((number, part) for number, part in enumerate(parts, 1) if part)
