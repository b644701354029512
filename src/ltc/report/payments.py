"""What is still open of invoices and receivables at the end of a day, once the receipts are applied."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Self

import attrs

from ltc.money import Money
from ltc.report.rows import ReceiptRow
from ltc.report.tables import Tables


@attrs.frozen
class Claim:
    """Something that is to be paid by a day: an invoice, or an installment of an order."""

    id: str
    customer: str
    amount: Money
    due_on: dt.date
    order: str | None
    open: Money
    """What is not paid yet."""
    raised_on: dt.date | None = None
    """The day of an invoice; the tables do not say on which day an installment became owed."""


@attrs.frozen
class Unapplied:
    """What of a receipt pays nothing yet: credit of who paid it."""

    id: str
    customer: str
    amount: Money
    received_on: dt.date


@attrs.frozen
class Applied:
    """The receipts of a day applied to what customers owe, each once.

    The invoices and the receivables of an order are two papers about one debt: what pays the one pays the other, those due earliest
    first. A receipt pays what it names and then the receivables of that order; one that names nothing pays the invoices of its
    customer, those due earliest first. What either leaves pays the customer's receivables; the rest is credit of the payer. An invoice
    of no order is paid by what names it or names nothing, never by what was meant for another. A receipt in another currency than
    what it names does not pay it; one of another customer does, as who pays for somebody else does.
    """

    invoices: tuple[Claim, ...]
    receivables: tuple[Claim, ...]
    collected: Mapping[tuple[str, str], Money]
    """By order and currency."""
    unapplied: tuple[Unapplied, ...]
    """What of receipts pays nothing yet, in the order in which they came."""

    @property
    def credit(self) -> Mapping[str, Money]:
        """What pays nothing yet, by currency."""
        minor: dict[str, int] = defaultdict(int)
        for part in self.unapplied:
            minor[part.amount.currency] += part.amount.minor
        return {currency: Money(number, currency) for currency, number in minor.items()}


def apply_receipts(tables: Tables, *, as_of: dt.date) -> Applied:
    """Return what the invoices and receivables of a day have open; what was issued, signed or received later is not there."""
    book = _Book(_invoices(tables, as_of), _receivables(tables, as_of))
    rows = sorted((row for row in tables.receipts if row.received_on <= as_of), key=lambda row: row.received_on)
    payments = [_Payment(row, row.amount.minor) for row in rows]
    for claims_of in (book.named, book.of_named_order, book.invoices_due, book.receivables_due):
        for payment in payments:
            book.spend(payment, claims_of(payment.row))
    return Applied(
        book.claims(book.invoices),
        book.claims(book.receivables),
        {key: Money(minor, key[1]) for key, minor in book.collected.items()},
        tuple(payment.unapplied for payment in payments if payment.left),
    )


def _invoices(tables: Tables, as_of: dt.date) -> Sequence[Claim]:
    return [
        Claim(row.id, row.customer, row.amount, row.due_on, row.order, row.amount, raised_on=row.issued_on)
        for row in tables.invoices
        if row.issued_on <= as_of
    ]


def _receivables(tables: Tables, as_of: dt.date) -> Sequence[Claim]:
    orders = {row.id: row for row in tables.orders}
    later = {row.id for row in tables.orders if row.signed_on > as_of}
    return [
        Claim(
            row.id,
            orders[row.order].account if row.order in orders else "",
            row.amount,
            row.due_on,
            row.order,
            row.amount,
        )
        for row in tables.receivables
        if row.order not in later
    ]


@attrs.define
class _Payment:
    """A receipt, and what of it pays nothing yet."""

    row: ReceiptRow
    left: int

    @property
    def unapplied(self) -> Unapplied:
        row = self.row
        return Unapplied(row.id, row.customer, Money(self.left, row.amount.currency), row.received_on)


@attrs.frozen
class _Side:
    """The invoices, or the receivables, as they are looked for: those due earliest first."""

    of_order: Mapping[tuple[str, str], Sequence[Claim]]
    """By order and currency."""
    of_customer: Mapping[tuple[str, str], Sequence[Claim]]
    """By customer and currency."""

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Self:
        of_order: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        of_customer: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in sorted(claims, key=lambda claim: claim.due_on):
            of_customer[claim.customer, claim.amount.currency].append(claim)
            if claim.order is not None:
                of_order[claim.order, claim.amount.currency].append(claim)
        return cls(of_order, of_customer)


@attrs.define
class _Book:
    """What is open while receipts are applied, in minor units."""

    invoices: Sequence[Claim]
    receivables: Sequence[Claim]
    open: dict[int, int] = attrs.field(init=False)
    by_id: Mapping[str, Claim] = attrs.field(init=False)
    billed: _Side = attrs.field(init=False)
    owed: _Side = attrs.field(init=False)
    are_owed: AbstractSet[int] = attrs.field(init=False)
    collected: dict[tuple[str, str], int] = attrs.field(factory=lambda: defaultdict(int))

    def __attrs_post_init__(self) -> None:
        self.open = {id(claim): claim.amount.minor for claim in (*self.invoices, *self.receivables)}
        self.by_id = {claim.id: claim for claim in (*self.receivables, *self.invoices)}
        self.billed, self.owed = _Side.of(self.invoices), _Side.of(self.receivables)
        self.are_owed = {id(claim) for claim in self.receivables}

    def named(self, row: ReceiptRow) -> Sequence[Claim]:
        claim = self.by_id.get(row.invoice or "")
        return [claim] if claim is not None and claim.amount.currency == row.amount.currency else []

    def of_named_order(self, row: ReceiptRow) -> Sequence[Claim]:
        return [other for claim in self.named(row) for other in self._of_order(self.owed, claim)]

    def invoices_due(self, row: ReceiptRow) -> Sequence[Claim]:
        return [] if row.invoice is not None else self._of_customer(self.billed, row)

    def receivables_due(self, row: ReceiptRow) -> Sequence[Claim]:
        return self._of_customer(self.owed, row)

    def _of_order(self, side: _Side, claim: Claim) -> Sequence[Claim]:
        return side.of_order.get((claim.order or "", claim.amount.currency), ())

    def _of_customer(self, side: _Side, row: ReceiptRow) -> Sequence[Claim]:
        return side.of_customer.get((row.customer, row.amount.currency), ())

    def spend(self, payment: _Payment, claims: Iterable[Claim]) -> None:
        for claim in claims:
            payment.left -= self._collect(claim, payment.left)

    def _collect(self, claim: Claim, at_most: int) -> int:
        """Pay a claim, and with the same money what its order has open on the other side."""
        paid = self._pay(claim, at_most)
        if paid and claim.order is not None:
            self.collected[claim.order, claim.amount.currency] += paid
            left = paid
            for other in self._of_order(self.billed if id(claim) in self.are_owed else self.owed, claim):
                left -= self._pay(other, left)
        return paid

    def _pay(self, claim: Claim, at_most: int) -> int:
        paid = min(self.open[id(claim)], at_most)
        self.open[id(claim)] -= paid
        return paid

    def claims(self, some: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(self._left(claim) for claim in some)

    def _left(self, claim: Claim) -> Claim:
        minor = self.open[id(claim)]
        return claim if minor == claim.amount.minor else attrs.evolve(claim, open=Money(minor, claim.amount.currency))
