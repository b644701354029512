"""Receipts against invoices and receivables: every minor unit is somewhere, once."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import report
from ltc.money import Money
from ltc.report import InvoiceRow, OrderRow, ReceiptRow, ReceivableRow, tables_of
from ltc.report.payments import Applied, Claim, apply_receipts

DAY = date(2026, 11, 23)
SIGNED = date(2026, 9, 1)


def yuan(amount: int) -> Money:
    return Money(100 * amount, "CNY")


def bill(name: str, amount: int, *, order: str | None = "SO-1", customer: str = "A1", due: int = 0) -> InvoiceRow:
    return InvoiceRow(name, customer, yuan(amount), SIGNED, SIGNED + timedelta(due), order)


def paid(name: str, amount: int, *, by: str = "A1", pays: str | None = None) -> ReceiptRow:
    return ReceiptRow(name, by, yuan(amount), SIGNED, pays)


ORDERS = [OrderRow("SO-1", "A1", yuan(100), SIGNED), OrderRow("SO-2", "A2", yuan(100), SIGNED)]
OWED = [
    ReceivableRow(f"{order}/{number}", order, yuan(amount), SIGNED + timedelta(number))
    for order in ("SO-1", "SO-2")
    for number, amount in ((1, 30), (2, 60), (3, 10))
]


def applied(bills: list[InvoiceRow], receipts: list[ReceiptRow]) -> Applied:
    return apply_receipts(tables_of(orders=ORDERS, receivables=OWED, invoices=bills, receipts=receipts), as_of=DAY)


def still_open(claims: tuple[Claim, ...]) -> dict[str, int]:
    return {claim.id: claim.open.minor // 100 for claim in claims if claim.open}


def test_the_invoice_of_one_customer_does_not_hide_the_receivables_of_another() -> None:
    found = applied([bill("I1", 30)], [paid("R1", 40, by="A2")])
    assert still_open(found.receivables) == {"SO-1/1": 30, "SO-1/2": 60, "SO-1/3": 10, "SO-2/2": 50, "SO-2/3": 10}
    assert found.credit == {}


def test_what_pays_a_receivable_pays_the_invoice_of_its_order() -> None:
    tables = tables_of(
        orders=ORDERS, receivables=OWED, invoices=[bill("I1", 30)], receipts=[paid("R1", 20, pays="SO-1/2")]
    )
    found = apply_receipts(tables, as_of=DAY)
    assert still_open(found.invoices) == {"I1": 10}
    assert still_open(found.receivables)["SO-1/2"] == 40
    assert report.figures(tables, as_of=DAY).invoices[0].open == yuan(10)


@pytest.mark.parametrize("names", [None, "I1", "SO-1/1", "SO-1/3"])
def test_who_paid_more_than_was_invoiced_paid_what_is_owed(names: str | None) -> None:
    found = applied([bill("I1", 30)], [paid("R1", 100, pays=names)])
    assert still_open(found.invoices) == {}
    assert set(still_open(found.receivables)) == {"SO-2/1", "SO-2/2", "SO-2/3"}
    assert found.credit == {}
    assert found.collected == {("SO-1", "CNY"): yuan(100)}


@pytest.mark.parametrize("names", [None, "I1", "SO-1/1", "nothing"])
def test_what_exceeds_all_that_is_owed_is_credit(names: str | None) -> None:
    found = applied([bill("I1", 30)], [paid("R1", 107, pays=names)])
    assert found.credit == {"CNY": yuan(7)}
    assert found.collected == {("SO-1", "CNY"): yuan(100)}
    assert still_open(found.invoices) == {}


def test_what_was_meant_for_one_order_pays_another_only_through_its_receivables() -> None:
    bills = [bill("I1", 30, order=None), bill("I2", 5, order=None)]
    found = apply_receipts(tables_of(invoices=bills, receipts=[paid("R1", 35, pays="I1")]), as_of=DAY)
    assert (still_open(found.invoices), found.credit) == ({"I2": 5}, {"CNY": yuan(5)})
    again = applied(bills, [paid("R1", 35, pays="I1")])
    assert still_open(again.invoices) == {"I2": 5}
    assert still_open(again.receivables)["SO-1/1"] == 25
    assert again.credit == {}


CUSTOMERS = ("A1", "A2")
small = st.integers(0, 40)
units = st.sampled_from(["CNY", "USD"])
days = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@st.composite
def books(draw: st.DrawFn) -> report.Tables:
    orders = [
        OrderRow(f"SO-{number}", draw(st.sampled_from(CUSTOMERS)), Money(1, "CNY"), draw(days))
        for number in range(draw(st.integers(0, 3)))
    ]
    names = st.sampled_from([None, *(row.id for row in orders)])
    receivables = [
        ReceivableRow(f"{order.id}/{number}", order.id, Money(draw(small), draw(units)), draw(days))
        for order in orders
        for number in range(draw(st.integers(0, 3)))
    ]
    invoices = [
        InvoiceRow(
            f"I{number}",
            draw(st.sampled_from(CUSTOMERS)),
            Money(draw(small), draw(units)),
            draw(days),
            draw(days),
            which,
        )
        for number, which in enumerate(draw(st.lists(names, max_size=4)))
    ]
    known = st.sampled_from([None, None, "X", *(row.id for row in invoices), *(row.id for row in receivables)])
    receipts = [
        ReceiptRow(f"R{number}", draw(st.sampled_from(CUSTOMERS)), Money(draw(small), draw(units)), draw(days), which)
        for number, which in enumerate(draw(st.lists(known, max_size=6)))
    ]
    return tables_of(orders=orders, receivables=receivables, invoices=invoices, receipts=receipts)


def sums(claims: tuple[Claim, ...]) -> tuple[dict[tuple[str | None, str], int], dict[tuple[str | None, str], int]]:
    """What there is and what is paid of it, by order and currency."""
    amounts: dict[tuple[str | None, str], int] = defaultdict(int)
    payments: dict[tuple[str | None, str], int] = defaultdict(int)
    for claim in claims:
        assert 0 <= claim.open.minor <= claim.amount.minor
        amounts[claim.order, claim.amount.currency] += claim.amount.minor
        payments[claim.order, claim.amount.currency] += claim.amount.minor - claim.open.minor
    return amounts, payments


@given(tables=books(), as_of=days)
def test_every_receipt_is_collected_once_or_credit(tables: report.Tables, as_of: date) -> None:
    found = apply_receipts(tables, as_of=as_of)
    (billed, billed_paid), (owed, owed_paid) = sums(found.invoices), sums(found.receivables)
    for currency in ("CNY", "USD"):
        rows = [row for row in tables.receipts if row.amount.currency == currency and row.received_on <= as_of]
        collected = sum(amount.minor for (_, unit), amount in found.collected.items() if unit == currency)
        credit = found.credit.get(currency, Money.zero(currency)).minor
        assert sum(row.amount.minor for row in rows) == collected + billed_paid[None, currency] + credit
        payers = {row.customer for row in rows}
        owing = {
            claim.customer for claim in found.receivables if claim.open.minor and claim.amount.currency == currency
        }
        assert not (payers and credit and payers <= owing), "a customer who owes has no credit"
    for order, currency in [*billed, *owed]:
        if order is None:
            continue
        money = found.collected.get((order, currency), Money.zero(currency)).minor
        key = order, currency
        assert billed_paid[key] == min(billed[key], money), (
            "what was collected pays the invoices up to what is invoiced"
        )
        assert owed_paid[key] == min(owed[key], money), "and the receivables up to what is owed"
        assert money <= max(billed[key], owed[key])


@given(tables=books(), as_of=days)
def test_who_names_nothing_has_no_credit_while_an_invoice_is_open(tables: report.Tables, as_of: date) -> None:
    found = apply_receipts(tables, as_of=as_of)
    rows = [row for row in tables.receipts if row.received_on <= as_of]
    for customer in CUSTOMERS:
        for currency in ("CNY", "USD"):
            anything_open = any(
                claim.open.minor and (claim.customer, claim.amount.currency) == (customer, currency)
                for claim in found.invoices
            )
            if anything_open and all(
                row.customer == customer and row.invoice is None for row in rows if row.amount.currency == currency
            ):
                assert currency not in found.credit


@given(tables=books(), as_of=days)
def test_nothing_after_the_day_pays_or_is_paid(tables: report.Tables, as_of: date) -> None:
    signed = {row.id for row in tables.orders if row.signed_on <= as_of}
    known = tables_of(
        orders=[row for row in tables.orders if row.id in signed],
        receivables=[row for row in tables.receivables if row.order in signed],
        invoices=[row for row in tables.invoices if row.issued_on <= as_of],
        receipts=[row for row in tables.receipts if row.received_on <= as_of],
    )
    assert apply_receipts(known, as_of=as_of) == apply_receipts(tables, as_of=as_of)
