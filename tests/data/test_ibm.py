"""The IBM receivables through their mapping, against figures computed from the CSV file in plain Python."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ltc import report
from ltc.money import Money

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "ibm_ar"
MAPPING = ROOT / "examples" / "mappings" / "ibm_ar.toml"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the IBM receivables are not at ../shared/data/ibm_ar")


@pytest.fixture(scope="module")
def tables() -> report.Tables:
    return report.read_folder(FOLDER, MAPPING)


def day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


@pytest.fixture(scope="module")
def bills() -> list[tuple[str, Decimal, date, date, date]]:
    with (FOLDER / "accounts_receivable.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                row["customerID"],
                Decimal(row["InvoiceAmount"]),
                *(day(row[name]) for name in ("InvoiceDate", "DueDate", "SettledDate")),
            )  # type: ignore[misc]  # three days
            for row in csv.DictReader(file)
        ]


def test_all_rows_are_used_twice(tables: report.Tables) -> None:
    assert (len(tables.invoices), len(tables.receipts)) == (1930, 1930)
    assert tables.remarks == ()


def test_the_figures_that_were_published_with_the_set(tables: report.Tables) -> None:
    (aging,) = report.figures(tables, as_of=date(2012, 6, 30)).invoices
    assert aging.open == Money.of("5504.09", "USD")
    assert [str(bucket.amount.amount) for bucket in aging.buckets] == ["4594.36", "909.73", "0.00", "0.00", "0.00"]
    assert aging.dso == Decimal("27.1892")
    assert aging.credit is None


@pytest.mark.parametrize("as_of", [date(2012, 1, 1) + timedelta(days=61 * number) for number in range(10)])
def test_the_aging_is_that_of_the_csv(
    tables: report.Tables, bills: list[tuple[str, Decimal, date, date, date]], as_of: date
) -> None:
    buckets: dict[str, Decimal] = defaultdict(Decimal)
    customers: dict[str, Decimal] = defaultdict(Decimal)
    billed = Decimal(0)
    begin = date(as_of.year, 3 * ((as_of.month - 1) // 3) + 1, 1)
    for customer, amount, issued, due, settled in bills:
        if begin <= issued <= as_of:
            billed += amount
        if issued <= as_of < settled:
            late = (as_of - due).days
            buckets[
                "not due"
                if late <= 0
                else "1-30"
                if late <= 30
                else "31-60"
                if late <= 60
                else "61-90"
                if late <= 90
                else "over 90"
            ] += amount
            customers[customer] += amount
    figures = report.figures(tables, as_of=as_of).invoices
    if not any(issued <= as_of for _, _, issued, _, _ in bills):
        assert figures == ()
        return
    (aging,) = figures
    assert {bucket.label: bucket.amount.amount for bucket in aging.buckets if bucket.amount} == buckets
    assert {customer: owed.open.amount for customer, owed in aging.customers} == customers
    expected = sum(buckets.values()) / billed * ((as_of - begin).days + 1) if billed else None
    assert (aging.dso is None) == (expected is None)
    if aging.dso is not None and expected is not None:
        assert abs(aging.dso - expected) <= Decimal("0.00005")
