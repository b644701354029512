"""Foreign documents in the books 汇兑: what each entry releases, the difference that an application realizes, what a period end revalues.

A document is booked at the rate of its day. Settling a part releases that share of its book value, the last part all that is left.
What the receipt's half releases less what the receivable's half does is realized by that application: above zero a gain. Where both
were booked at one rate nothing is gained: the cents between the halves are what rounding the documents left, a small difference 尾差.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, assert_never

import attrs

from ltc._billing.exchange.rates import RateTable, book_value
from ltc._billing.invoices.invoice import Invoice
from ltc._billing.ledger.booked import BookedAmount, released
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.entries import Entry, EntryKind, SettlementKind
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import Refused
from ltc.events import day
from ltc.ids import EntityId, NoteId, ReceiptId, ReceivableId
from ltc.money import Money, divide

Document = Receivable | Receipt
_BY_RECEIPT: Final = frozenset({SettlementKind.RECEIPT, SettlementKind.ADVANCE})


@attrs.frozen
class BookEntry:
    """One entry of a document, and what it took off the document's book value: below zero where it gave back.

    >>> from ltc.testing.samples.billing import settled_receivable
    >>> from ltc.testing.samples.exchange import rates
    >>> [(found.entry.kind.value, str(found.book)) for found in book_entries(settled_receivable(), "USD", rates=rates())]
    [('applied', '4200.00 USD')]
    """

    entry: Entry
    book: Money


def book_entries(
    document: Document, currency: str, /, *, rates: RateTable, as_of: dt.date | None = None
) -> tuple[BookEntry, ...]:
    """Return the entries of a receivable or a receipt with their book values, in the order in which they became known.

    An entry that takes an application back releases exactly what that one had, negated. With `as_of` the entries up to and
    including that day, as if no other were known.

    Raises:
        Refused: the table has no rate of the document's day.

    >>> from ltc.testing.samples.billing import receivable
    >>> from ltc.testing.samples.exchange import rates
    >>> book_entries(receivable(), "USD", rates=rates())
    ()
    """
    whole = document_value(document, currency, rates=rates)
    entries = [entry for entry in document.entries if as_of is None or entry.on <= as_of]
    return tuple(BookEntry(entry, Money(part, currency)) for entry, part in _parts(whole, entries))


def document_value(document: Document | Invoice, currency: str, /, *, rates: RateTable) -> BookedAmount:
    """Return a document's amount, tax included, with its value in the books at the rate of the day of the document.

    Raises:
        Refused: the table has no rate of that day.

    >>> from ltc.testing.samples.billing import receivable
    >>> from ltc.testing.samples.exchange import rates
    >>> str(document_value(receivable(), "USD", rates=rates()).book)
    '4200.00 USD'
    """
    amount, on = _booked(document)
    return BookedAmount(amount, book_value(amount, currency, rates=rates, on=on))


def _booked(document: Document | Invoice) -> tuple[Money, dt.date]:
    match document:
        case Receivable():
            return document.amount, document.raised_on
        case Receipt():
            return document.amount, document.received_on
        case Invoice():
            return document.gross, document.issued_on
        case _:
            assert_never(document)


def _parts(whole: BookedAmount, entries: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    taken = before = 0
    standing: dict[tuple[EntryKind, str], int] = {}
    lost: list[tuple[int, int]] = []
    for entry in entries:
        match entry.kind:
            case EntryKind.UNAPPLIED:
                part = -standing.pop((EntryKind.APPLIED, entry.reference))
            case EntryKind.UNROUNDED:
                part = -standing.pop((EntryKind.ROUNDED, entry.reference))
            case EntryKind.RECOVERED:
                part = -_given_back(lost, entry.amount.minor)
            case _:
                part = released(whole, taken=taken, before=before, asked=entry.taken)
        standing[entry.kind, entry.reference] = part
        if entry.kind is EntryKind.WRITTEN_OFF:
            lost.append((entry.taken, part))
        taken += entry.taken
        before += part
        yield entry, part


def _given_back(lost: list[tuple[int, int]], wanted: int) -> int:
    """Take an amount off the write-offs, the latest first; return the book value that comes back with it."""
    back = 0
    while wanted:
        amount, part = lost.pop()
        stays = max(0, amount - wanted)
        kept = divide(part * stays, amount)
        if stays:
            lost.append((stays, kept))
        back += part - kept
        wanted -= amount - stays
    return back


@attrs.frozen
class RealizedDifference:
    """What one application realized in the books; of one that was taken back the same, negated.

    What the halves released differs by the gain where they were booked at two rates, and by rounding where they were at one.

    >>> from ltc.testing.samples.exchange import foreign_differences
    >>> [(found.application, str(found.gain)) for found in foreign_differences()]
    [('R1/1', '300.00 CNY')]
    """

    application: str
    entity: EntityId
    receipt: ReceiptId
    receivable: ReceivableId
    on: dt.date
    reversed: bool
    """Whether it was taken back by this entry."""
    receipt_book: Money
    """What the receipt's half released."""
    receivable_book: Money
    """What the receivable's half released."""
    at_one_rate: bool
    """Whether both halves were booked at the same rate; across currencies, at the one that they were exchanged at."""

    @property
    def difference(self) -> Money:
        """What the receipt was booked at less what the receivable was: the gain and the rounding, one of which is zero."""
        return self.receipt_book - self.receivable_book

    @property
    def gain(self) -> Money:
        """What the rates made of it 汇兑损益: above zero a gain, below a loss; at one rate nothing."""
        return Money.zero(self.receipt_book.currency) if self.at_one_rate else self.difference

    @property
    def loss(self) -> Money:
        """The gain with the other sign."""
        return -self.gain

    @property
    def rounding(self) -> Money:
        """What is left between the halves at one rate 尾差, since each document was rounded by itself: above zero it is ours."""
        return self.difference - self.gain


def realized_differences(
    receipts: Iterable[Receipt],
    receivables: Iterable[Receivable],
    currency: str,
    /,
    *,
    rates: RateTable,
    as_of: dt.date | None = None,
) -> tuple[RealizedDifference, ...]:
    """Return the differences that the applications of receipts realized in the books, receipt by receipt, in their order.

    Give all receivables that the receipts were applied to. Where all of them is settled, the gains and the roundings sum to what the
    receipts were booked at less what the receivables were, in whatever order and parts. While a rate does not change nothing is
    gained or lost. Receipts may be in another currency than what they settle.

    Raises:
        Refused: a receivable is not given (`fx.no_receivable`), or the table has no rate.
        InvalidValue: a document is given twice.

    >>> from ltc.testing.samples.billing import receipt
    >>> from ltc.testing.samples.exchange import rates
    >>> realized_differences([receipt()], [], "USD", rates=rates())
    ()
    """
    others = {receivable.id: _Other.of(receivable, currency, rates, as_of) for receivable in given_once(receivables)}
    return tuple(
        found
        for receipt in given_once(receipts)
        for found in _realized_by(receipt, others, currency, rates=rates, as_of=as_of)
    )


@attrs.frozen
class _Other:
    """A receivable as the receipts see it: at what rate it was booked, and what each application released of it."""

    factor: Fraction
    halves: Mapping[tuple[str, EntryKind], Money]

    @classmethod
    def of(cls, receivable: Receivable, currency: str, rates: RateTable, as_of: dt.date | None) -> "_Other":
        entries = book_entries(receivable, currency, rates=rates, as_of=as_of)
        halves = {(half.entry.reference, half.entry.kind): half.book for half in entries if _is_by_receipt(half.entry)}
        return cls(_factor(receivable, currency, rates), halves)


def _is_by_receipt(entry: Entry) -> bool:
    return entry.settlement in _BY_RECEIPT


def _factor(document: Document, currency: str, rates: RateTable) -> Fraction:
    amount, on = _booked(document)
    return rates.rate(amount.currency, currency, on).factor


def _realized_by(
    receipt: Receipt, others: Mapping[ReceivableId, _Other], currency: str, *, rates: RateTable, as_of: dt.date | None
) -> Iterator[RealizedDifference]:
    factor = _factor(receipt, currency, rates)
    exchanged: dict[str, Fraction] = {}
    for half in filter(_is_application, book_entries(receipt, currency, rates=rates, as_of=as_of)):
        entry = half.entry
        if entry.exchange is not None:
            exchanged[entry.reference] = Fraction(entry.exchange.rate) / Fraction(entry.exchange.per)
        other, other_book = _other_half(others, receipt, entry)
        yield RealizedDifference(
            entry.reference,
            receipt.entity,
            receipt.id,
            ReceivableId(entry.other or ""),
            entry.on,
            reversed=entry.kind is EntryKind.UNAPPLIED,
            receipt_book=half.book,
            receivable_book=other_book,
            at_one_rate=factor * exchanged.get(entry.reference, 1) == other.factor,
        )


def _is_application(half: BookEntry) -> bool:
    return half.entry.kind in (EntryKind.APPLIED, EntryKind.UNAPPLIED)


def _other_half(others: Mapping[ReceivableId, _Other], receipt: Receipt, entry: Entry) -> tuple[_Other, Money]:
    try:
        other = others[ReceivableId(entry.other or "")]
        return other, other.halves[entry.reference, entry.kind]
    except KeyError:
        raise Refused(
            "fx.no_receivable",
            f"receipt {receipt.id} settles receivable {entry.other} by {entry.reference}; give that receivable, too",
            receipt=receipt.id,
            receivable=entry.other or "",
            application=entry.reference,
        ) from None


@attrs.frozen
class Revaluation:
    """What is left of a document at a period end: at the rate of its day, and at that of the period end.

    >>> from ltc.testing.samples.exchange import foreign_revaluation
    >>> found = foreign_revaluation()
    >>> str(found.open), str(found.carried), str(found.revalued), str(found.gain)
    ('1000.00 USD', '7000.00 CNY', '7200.00 CNY', '200.00 CNY')
    """

    entity: EntityId
    document: str
    open: Money
    """In the currency of the document: what is owed, or what is free of a receipt."""
    carried: Money
    """Its book value less what was released."""
    revalued: Money
    """What is open, at the rate of the period end; where that is still the document's own, what is carried."""
    owed_to_us: bool
    """Of a receivable; the credit of a receipt is what we owe."""

    @property
    def gain(self) -> Money:
        """The unrealized difference 未实现汇兑损益: above zero a gain, below a loss."""
        more = self.revalued - self.carried
        return more if self.owed_to_us else -more


def revalue(
    documents: Iterable[Document], currency: str, /, *, rates: RateTable, on: dt.date
) -> tuple[Revaluation, ...]:
    """Return what the open balances of foreign documents at the end of a day would be worth at its rates 期末调汇; nothing is changed.

    Documents in the currency of the books, and those with nothing open on that day, are left out. Give receipts only where their
    credit is to be paid back: an advance for goods is not revalued. Post the gains and take them back on the next day: the next
    application realizes the whole difference by itself.

    Source: IAS 21, monetary items are translated at the closing rate; IFRIC 22, an advance for goods is none.

    Raises:
        Refused: the table has no rate.
        InvalidValue: a document is given twice.

    >>> from ltc.testing.samples.billing import TODAY, receivable
    >>> from ltc.testing.samples.exchange import rates
    >>> revalue([receivable()], "CNY", rates=rates(), on=TODAY)
    ()
    """
    rows = []
    for document in given_once(documents):
        amount, since = _booked(document)
        if amount.currency == currency or since > day(on):
            continue
        entries = book_entries(document, currency, rates=rates, as_of=on)
        left = Money(amount.minor - sum(found.entry.taken for found in entries), amount.currency)
        if left:
            whole = document_value(document, currency, rates=rates).book
            carried = Money(whole.minor - sum(found.book.minor for found in entries), currency)
            closing = rates.rate(left.currency, currency, on)
            at_one_rate = closing.factor == _factor(document, currency, rates)
            revalued = carried if at_one_rate else closing.convert(left)
            rows.append(
                Revaluation(document.entity, document.id, left, carried, revalued, isinstance(document, Receivable))
            )
    return tuple(rows)


@attrs.frozen
class InvoiceInBooks:
    """An invoice or a red-letter note in the currency of the books.

    >>> from ltc.testing.samples.billing import invoice
    >>> from ltc.testing.samples.exchange import rates
    >>> whole, *notes = invoice_values(invoice(), "USD", rates=rates())
    >>> str(whole.gross), str(whole.tax), str(whole.net), notes
    ('14000.00 USD', '1610.62 USD', '12389.38 USD', [])
    """

    note: NoteId | None
    """None: the invoice itself."""
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        """Gross − tax."""
        return self.gross - self.tax


def invoice_values(invoice: Invoice, currency: str, /, *, rates: RateTable) -> tuple[InvoiceInBooks, ...]:
    """Return an invoice in the currency of the books at the rate of its day, then each of its red-letter notes at the same rate.

    Gross and tax are each converted once; those of the notes are the difference of the cumulative ones, so that all notes of an
    invoice sum to it in the books, too.

    Raises:
        Refused: the table has no rate of that day.

    >>> from ltc.testing.samples.billing import reddened
    >>> from ltc.testing.samples.exchange import rates
    >>> whole, note = invoice_values(reddened()[1].after, "USD", rates=rates())
    >>> note.note, str(note.gross), str(note.tax)
    ('N1', '1400.00 USD', '161.06 USD')
    """
    rate = rates.rate(invoice.currency, currency, invoice.issued_on)
    values = [InvoiceInBooks(None, rate.convert(invoice.gross), rate.convert(invoice.tax))]
    gross, tax = Money.zero(invoice.currency), Money.zero(invoice.currency)
    for letter in invoice.red_letters:
        before = rate.convert(gross), rate.convert(tax)
        for line in letter.lines:
            gross, tax = gross + line.gross, tax + line.tax
        values.append(InvoiceInBooks(letter.note, rate.convert(gross) - before[0], rate.convert(tax) - before[1]))
    return tuple(values)
