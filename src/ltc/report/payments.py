"""What is still open of invoices and receivables at the end of a day, once the receipts are applied."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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


@attrs.frozen
class Applied:
    """The receipts of a day applied: those that name an invoice or a receivable to it, the others to what is due earliest.

    The receipts of an order's invoices pay its receivables, those due earliest first. What exceeds is credit; nothing is moved to
    something else that the customer did not name.
    """

    invoices: tuple[Claim, ...]
    receivables: tuple[Claim, ...]
    collected: Mapping[tuple[str, str], Money]
    """By order and currency."""
    credit: Mapping[str, Money]
    """Receipts that pay nothing yet, by currency."""


def apply_receipts(tables: Tables, *, as_of: dt.date) -> Applied:
    """Return what the invoices and receivables of a day have open; what was issued, signed or received later is not there."""
    book = _Book(_invoices(tables, as_of), _receivables(tables, as_of))
    received = sorted((row for row in tables.receipts if row.received_on <= as_of), key=lambda row: row.received_on)
    for row in received:
        if row.invoice is not None:
            book.pay_named(row)
    for row in received:
        if row.invoice is None:
            book.pay_earliest(row)
    book.pass_on()
    return Applied(
        book.claims(book.invoices),
        book.claims(book.receivables),
        {key: Money(minor, key[1]) for key, minor in book.collected.items()},
        {currency: Money(minor, currency) for currency, minor in book.credit.items() if minor},
    )


def _invoices(tables: Tables, as_of: dt.date) -> Sequence[Claim]:
    return [
        Claim(row.id, row.customer, row.amount, row.due_on, row.order, row.amount)
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
class _Book:
    """What is open while receipts are applied, in minor units."""

    invoices: Sequence[Claim]
    receivables: Sequence[Claim]
    open: dict[int, int] = attrs.field(init=False)
    by_id: dict[str, Claim] = attrs.field(init=False)
    by_customer: dict[tuple[str, str], list[Claim]] = attrs.field(init=False)
    collected: dict[tuple[str, str], int] = attrs.field(factory=lambda: defaultdict(int))
    credit: dict[str, int] = attrs.field(factory=lambda: defaultdict(int))

    def __attrs_post_init__(self) -> None:
        self.open = {id(claim): claim.amount.minor for claim in (*self.invoices, *self.receivables)}
        self.by_id = {claim.id: claim for claim in (*self.receivables, *self.invoices)}
        self.by_customer = defaultdict(list)
        for claim in sorted(self.invoices or self.receivables, key=lambda claim: claim.due_on):
            self.by_customer[claim.customer, claim.amount.currency].append(claim)

    def pay_named(self, row: ReceiptRow) -> None:
        claim = self.by_id.get(row.invoice or "")
        fits = claim is not None and claim.amount.currency == row.amount.currency
        self._spend(row, [claim] if claim is not None and fits else [])

    def pay_earliest(self, row: ReceiptRow) -> None:
        self._spend(row, self.by_customer.get((row.customer, row.amount.currency), []))

    def _spend(self, row: ReceiptRow, claims: Iterable[Claim]) -> None:
        left = row.amount.minor
        for claim in claims:
            paid = self._pay(claim, left)
            left -= paid
            if claim.order is not None:
                self.collected[claim.order, row.amount.currency] += paid
        self.credit[row.amount.currency] += left

    def _pay(self, claim: Claim, at_most: int) -> int:
        paid = min(self.open[id(claim)], at_most)
        self.open[id(claim)] -= paid
        return paid

    def pass_on(self) -> None:
        """Let what the invoices of an order collected pay its receivables, those due earliest first."""
        left = dict(self.collected)
        for claim in self.receivables:
            key = (claim.order or "", claim.amount.currency)
            left[key] = left.get(key, 0) - (claim.amount.minor - self.open[id(claim)])
        for claim in sorted(self.receivables, key=lambda claim: claim.due_on):
            key = (claim.order or "", claim.amount.currency)
            left[key] -= self._pay(claim, left[key])

    def claims(self, some: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(attrs.evolve(claim, open=Money(self.open[id(claim)], claim.amount.currency)) for claim in some)
