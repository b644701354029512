"""An invoice: what was billed, with its tax lines, which receivables it covers, and what red-letter notes took back of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc._billing.invoices.line import InvoiceLine, TaxTotal, round_lines, totals_by_rate
from ltc._billing.invoices.tax import TaxRounding
from ltc._fields import exactly, member, whole
from ltc.errors import InvalidValue
from ltc.events import Life, day, evolved, instant, no_beginning
from ltc.ids import AccountId, EntityId, InvoiceId, InvoiceRequestId, NoteId, OrderId, ReceivableId
from ltc.money import Money, total
from ltc.text import one_line, optional_line


@attrs.frozen
class Cover:
    """How much of a receivable an invoice bills, or a red letter gives back.

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

    number: int = attrs.field(validator=whole(1))
    """Of the invoice's line, from 1."""
    gross: Money = attrs.field(validator=exactly(Money))
    net: Money = attrs.field(validator=exactly(Money))
    discount: Money | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Money)))
    """What of the line's discount goes back with it; None: the line has none."""

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.gross - self.net


@attrs.frozen
class RedLetter:
    """One issued red-letter note of an invoice.

    >>> from datetime import date
    >>> RedLetter("N1", (), (), on=date(2026, 3, 2)).note
    'N1'
    """

    note: NoteId
    lines: tuple[RedLine, ...]
    covers: tuple[Cover, ...]
    """What it gave back of which receivable."""
    on: dt.date


@attrs.frozen
class Invoice:
    """A tax invoice 发票 (blue letter), never voided: red-letter notes take it back, in part or whole.

    A digital invoice cannot be voided by law; a paper one of the same month could, and is taken back by a red letter here too.

    >>> from ltc.testing.samples.billing import invoice
    >>> str(invoice().gross), str(invoice().net), str(invoice().tax)
    ('100000.00 CNY', '88495.58 CNY', '11504.42 CNY')
    """

    id: InvoiceId
    version: int
    order: OrderId
    entity: EntityId
    contracting: AccountId
    """Whose receivables it bills."""
    party: AccountId
    """Who is invoiced: the contracting party, or whom that names."""
    lines: tuple[InvoiceLine, ...]
    rounding: TaxRounding
    issued_on: dt.date
    due_on: dt.date | None
    number: str | None
    """By which the tax office knows it."""
    request: InvoiceRequestId | None
    """Which request it was issued on."""
    covers: tuple[Cover, ...]
    """What it was said to bill of which receivable, when it was issued and later."""
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
    def tax_totals(self) -> tuple[TaxTotal, ...]:
        """Its totals by rate and treatment, as issued; they sum to gross, net and tax."""
        return totals_by_rate(self.lines)

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

    @property
    def covered(self) -> tuple[Cover, ...]:
        """What it still bills of each receivable: what it was said to cover less what red letters gave back, those first covered first."""
        left: dict[ReceivableId, int] = {}
        for cover in self.covers:
            left[cover.receivable] = left.get(cover.receivable, 0) + cover.amount.minor
        for letter in self.red_letters:
            for cover in letter.covers:
                left[cover.receivable] -= cover.amount.minor
        return tuple(Cover(receivable, Money(minor, self.currency)) for receivable, minor in left.items() if minor)

    @property
    def uncovered(self) -> Money:
        """What it bills of no receivable yet (invoiced ahead 预开票): billed − Σ covered; never below zero."""
        return self.billed - total((cover.amount for cover in self.covered), self.currency)

    def red_of(self, number: int, /) -> Money:
        """Return what was taken back of a line, gross.

        >>> from ltc.testing.samples.billing import invoice
        >>> str(invoice().red_of(1))
        '0.00 CNY'
        """
        return total((line.gross for line in self.red_lines_of(number)), self.currency)

    def red_lines_of(self, number: int, /) -> tuple[RedLine, ...]:
        """Return what notes took back of a line, in their order.

        >>> from ltc.testing.samples.billing import reddened
        >>> invoice = reddened()[1].after
        >>> [str(line.net) for line in invoice.red_lines_of(1)]
        ['8849.56 CNY']
        """
        return tuple(line for letter in self.red_letters for line in letter.lines if line.number == number)


@attrs.frozen
class InvoiceIssued:
    """An invoice was issued.

    Raises:
        InvalidValue: no line, lines that together come to nothing, lines whose tax is not rounded as the policy says, or more covered
            than billed; lines of two currencies are a CurrencyMismatch.

    >>> from ltc.testing.samples.billing import issued
    >>> issued().covers[0].receivable
    'P1/1'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    contracting: AccountId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    lines: tuple[InvoiceLine, ...]
    rounding: TaxRounding = attrs.field(validator=member(TaxRounding))
    covers: tuple[Cover, ...]
    due_on: dt.date | None = attrs.field(converter=attrs.converters.optional(day))
    number: str | None = attrs.field(validator=optional_line)
    request: InvoiceRequestId | None = attrs.field(validator=optional_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        check_bill(self.invoice, self.lines, self.rounding, self.covers)


def check_bill(name: str, lines: tuple[InvoiceLine, ...], rounding: TaxRounding, covers: tuple[Cover, ...]) -> None:
    """Check what an invoice, or a request for one, bills."""
    if not lines:
        raise InvalidValue("invoice.no_lines", f"invoice {name} has no lines; give at least one", invoice=name)
    currency = lines[0].gross.currency
    gross = total((line.gross for line in lines), currency)
    if not gross:
        raise InvalidValue(
            "invoice.nothing",
            f"invoice {name} comes to {gross}; bill what costs something with it",
            invoice=name,
            gross=gross,
        )
    if round_lines(lines, rounding) != lines:
        raise InvalidValue(
            "invoice.rounding",
            f"the tax of invoice {name} is not rounded {rounding.value}; issue it by its verb",
            invoice=name,
            rounding=rounding.value,
        )
    check_covers(name, covers)
    covered = total((cover.amount for cover in covers), currency)
    if covered > gross:
        raise InvalidValue(
            "invoice.covers",
            f"invoice {name} of {gross} would cover receivables of {covered}; cover that or less",
            invoice=name,
            gross=gross,
            covered=covered,
        )


def check_covers(document: str, covers: Iterable[Cover]) -> None:
    """Refuse covers that name a receivable twice."""
    named = [cover.receivable for cover in covers]
    if len(set(named)) < len(named):
        raise InvalidValue(
            "invoice.covers_twice", f"{document} names a receivable twice; give each once", invoice=document
        )


@attrs.frozen
class InvoiceCovered:
    """It was said later what an invoice bills: the other half of `ReceivableInvoiced`.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> InvoiceCovered("I1", "P1/2", Money.of("5", "CNY"), on=TODAY, at=NOON).receivable
    'P1/2'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    receivable: ReceivableId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=above_zero)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InvoiceReddened:
    """A red-letter note took back a part or all of it 红冲: the other half of `NoteIssued`, and of each `ReceivableReddened`.

    >>> from ltc.testing.samples.billing import reddened
    >>> _, change = reddened()
    >>> str(change.events[0].lines[0].tax)
    '1150.44 CNY'
    """

    invoice: InvoiceId = attrs.field(validator=one_line)
    note: NoteId = attrs.field(validator=one_line)
    lines: tuple[RedLine, ...]
    covers: tuple[Cover, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


InvoiceEvent = InvoiceIssued | InvoiceCovered | InvoiceReddened


def begin(event: InvoiceEvent) -> Invoice:
    """Return the invoice that was issued."""
    match event:
        case InvoiceIssued():
            return Invoice(
                event.invoice,
                1,
                order=event.order,
                entity=event.entity,
                contracting=event.contracting,
                party=event.party,
                lines=event.lines,
                rounding=event.rounding,
                issued_on=event.on,
                due_on=event.due_on,
                number=event.number,
                request=event.request,
                covers=event.covers,
            )
        case _:
            raise no_beginning(event)


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:
    """Return the invoice after an event: the only place where it changes."""
    version = invoice.version + 1
    match event:
        case InvoiceCovered(receivable=receivable, amount=amount):
            return evolved(invoice, version=version, covers=(*invoice.covers, Cover(receivable, amount)))
        case InvoiceReddened(note=note, lines=lines, covers=covers, on=on):
            letters = (*invoice.red_letters, RedLetter(note, lines, covers, on))
            return evolved(invoice, version=version, red_letters=letters)
        case InvoiceIssued():
            raise no_second(event)
        case _:
            assert_never(event)


INVOICE: Final[Life[Invoice, InvoiceEvent]] = Life(
    "invoice",
    Invoice,
    begin,
    evolve,
    {"issued": InvoiceIssued, "covered": InvoiceCovered, "reddened": InvoiceReddened},
)
"""The life of an invoice: for stores and for replay."""
