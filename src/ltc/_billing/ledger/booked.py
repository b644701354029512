"""Amounts with their value in the books: what settling a part of one releases, and what that makes in gain or loss."""

from collections.abc import Iterator, Sequence

import attrs

from ltc._billing.amounts import check_money
from ltc.errors import InvalidValue
from ltc.money import Money, divide, total


@attrs.frozen
class BookedAmount:
    """A debit (above zero) or a credit (below zero) in the currency of its document, and its value in that of the books.

    Raises:
        InvalidType: no money.
        InvalidValue: it is nothing, or its book value has another sign.

    >>> invoice = BookedAmount(Money.of("120.00", "USD"), Money.of("840.00", "CNY"))
    >>> str(invoice.book)
    '840.00 CNY'
    """

    amount: Money
    book: Money

    def __attrs_post_init__(self) -> None:
        check_money("amount", self.amount)
        check_money("book", self.book)
        if not self.amount or self.amount.minor * self.book.minor < 0:
            raise InvalidValue(
                "fx.signs",
                f"{self.amount} cannot be {self.book} in the books; give an amount that is not zero, and a value of its sign",
                amount=self.amount,
                book=self.book,
            )


def released(booked: BookedAmount, *, taken: int, before: int, asked: int) -> int:
    """Return the minor units of book value that go with `asked` minor units of an amount, all without signs.

    `taken` of it was taken before, and released `before` of its book value. What is released altogether is the exact share to the
    nearest unit, halves up; so the last part takes what is left, and no cent stays behind.
    """
    amount, book = abs(booked.amount.minor), abs(booked.book.minor)
    share = divide(book * (taken + asked), amount)
    return max(0, share - before)


@attrs.frozen
class BookMatch:
    """How much of a debit and a credit met, and what that released of each in the books.

    >>> match = BookMatch(0, 1, Money.of("120", "USD"), debit_book=Money.of("40", "EUR"), credit_book=Money.of("60", "EUR"))
    >>> str(match.gain), str(match.book)
    ('20.00 EUR', '40.00 EUR')
    """

    debit: int
    """The place of the debit among the lines, from 0."""
    credit: int
    amount: Money
    debit_book: Money
    credit_book: Money

    @property
    def book(self) -> Money:
        """What met in the books, too: the lesser of the two; the rest is the difference."""
        return min(self.debit_book, self.credit_book)

    @property
    def gain(self) -> Money:
        """The realized difference 汇兑损益: more came in than was booked; below zero it is a loss."""
        return self.credit_book - self.debit_book

    @property
    def loss(self) -> Money:
        """The same with the other sign."""
        return self.debit_book - self.credit_book


@attrs.frozen
class Reconciliation:
    """What debits and credits settled of each other, and what is left of each.

    >>> done = reconcile([BookedAmount(Money.of("9", "USD"), Money.of("63", "CNY"))])
    >>> done.matches, [str(left) for left in done.left], str(done.gain)
    ((), ['9.00 USD'], '0.00 CNY')
    """

    matches: tuple[BookMatch, ...]
    left: tuple[Money, ...]
    """Of each line, in its currency and with its sign."""
    left_book: tuple[Money, ...]
    """The same in the books: zero where nothing is left."""

    @property
    def gain(self) -> Money:
        """The realized difference of all matches: above zero a gain."""
        return total((match.gain for match in self.matches), self.left_book[0].currency)

    @property
    def loss(self) -> Money:
        """The same with the other sign."""
        return -self.gain


def reconcile(lines: Sequence[BookedAmount], /) -> Reconciliation:
    """Settle debits by credits, in their order on either side, as far as either goes.

    Where all is settled in the one currency all is in the books, too: the difference is what the credits were booked at less what
    the debits were, whatever the order.

    Raises:
        InvalidValue: no lines.
        CurrencyMismatch: lines of two currencies, or of two currencies in the books.

    >>> lines = [BookedAmount(Money.of("40", "USD"), Money.of("280", "CNY")), BookedAmount(Money.of("-50", "USD"), Money.of("-355", "CNY"))]
    >>> done = reconcile(lines)
    >>> str(done.gain), [str(left) for left in done.left], [str(left) for left in done.left_book]
    ('4.00 CNY', ['0.00 USD', '-10.00 USD'], ['0.00 CNY', '-71.00 CNY'])
    """
    if not lines:
        raise InvalidValue("fx.no_lines", "there is nothing to reconcile; give at least one line")
    currency, books = lines[0].amount.currency, lines[0].book.currency
    total((line.amount for line in lines), currency)
    total((line.book for line in lines), books)
    taken, before = [0] * len(lines), [0] * len(lines)
    matches = []
    for debit, credit, minor in _met([line.amount.minor for line in lines]):
        parts = []
        for place in (debit, credit):
            part = released(lines[place], taken=taken[place], before=before[place], asked=minor)
            taken[place] += minor
            before[place] += part
            parts.append(Money(part, books))
        matches.append(BookMatch(debit, credit, Money(minor, currency), *parts))
    return Reconciliation(
        tuple(matches),
        tuple(_left(line.amount, done) for line, done in zip(lines, taken, strict=True)),
        tuple(_left(line.book, done) for line, done in zip(lines, before, strict=True)),
    )


def _met(amounts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    debits = [[place, minor] for place, minor in enumerate(amounts) if minor > 0]
    credits_ = [[place, -minor] for place, minor in enumerate(amounts) if minor < 0]
    while debits and credits_:
        minor = min(debits[0][1], credits_[0][1])
        yield debits[0][0], credits_[0][0], minor
        for side in (debits, credits_):
            side[0][1] -= minor
            if not side[0][1]:
                side.pop(0)


def _left(amount: Money, done: int) -> Money:
    return Money(amount.minor - done if amount.minor > 0 else amount.minor + done, amount.currency)
