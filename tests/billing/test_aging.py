"""Aging and DSO, against figures counted by hand."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.billing import (
    YEARS_TO_5,
    Age,
    AgeUnit,
    BucketKind,
    Component,
    Edges,
    OpenItem,
    aging,
    credits_of,
    dso,
    open_items,
)
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import AccountId, ActorId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable, settled_receivable

DAY = dt.timedelta(days=1)
IBM = Path(__file__).parents[3] / "shared" / "data" / "ibm_ar"


def item(late: int, minor: int, currency: str = "CNY", party: str = "A1") -> OpenItem:
    return OpenItem(f"I{late}", AccountId(party), TODAY - late * DAY, Money(minor, currency))


def test_each_edge_belongs_to_the_bucket_before_it() -> None:
    lates = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 1000]
    table = aging([item(late, 1) for late in lates], as_of=TODAY).in_currency("CNY")
    assert [(bucket.label, bucket.first, bucket.last, bucket.count) for bucket in table.buckets] == [
        ("not due", None, None, 2),
        ("1-30", 1, 30, 2),
        ("31-60", 31, 60, 2),
        ("61-90", 61, 90, 2),
        ("over 90", 91, None, 2),
    ]


def test_currencies_stay_apart_and_nothing_is_not_counted() -> None:
    table = aging([item(1, 5), item(1, 7, "USD"), item(1, 0), item(40, -3, "USD")], as_of=TODAY, edges=())
    assert [(part.currency, str(part.open)) for part in table.currencies] == [("CNY", "0.05 CNY"), ("USD", "0.07 USD")]
    assert [bucket.label for bucket in table.in_currency("USD").buckets] == ["not due", "over 0"]
    assert [bucket.count for bucket in table.in_currency("EUR").buckets] == [0, 0]


@given(st.lists(st.tuples(st.integers(-400, 400), st.integers(-100, 10**9))), st.sets(st.integers(1, 300), max_size=5))
def test_buckets_sum_to_what_is_open(items: list[tuple[int, int]], edges: set[int]) -> None:
    limits = sorted(edges)
    table = aging([item(late, minor) for late, minor in items], as_of=TODAY, edges=limits).in_currency("CNY")
    owed = [(late, minor) for late, minor in items if minor > 0]
    assert sum(bucket.amount.minor for bucket in table.buckets) == table.open.minor == sum(m for _, m in owed)
    assert sum(bucket.count for bucket in table.buckets) == table.count == len(owed)
    assert table.credit.amount.minor == -sum(minor for _, minor in items if minor < 0)
    assert table.net.minor == sum(minor for _, minor in items)
    assert table.overdue.minor == sum(minor for late, minor in owed if late > 0)
    for bucket in table.buckets:
        first = -10_000 if bucket.first is None else bucket.first
        last = 0 if bucket.first is None else (bucket.last or 10_000)
        assert bucket.amount.minor == sum(minor for late, minor in owed if first <= late <= last)


@pytest.mark.parametrize("edges", [(30, 30), (60, 30), (0,), (-1,), (True,), (1.5,)])
def test_edges_grow(edges: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue, match="give some such as 30, 60, 90"):
        aging([], as_of=TODAY, edges=edges)
    with pytest.raises(InvalidValue, match="in whole years"):
        Edges(edges, AgeUnit.YEARS)


def a_year_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31)), st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31)))
def test_years_are_those_of_the_calendar(document: dt.date, as_of: dt.date) -> None:
    debt = OpenItem("I1", AccountId("A1"), TODAY, Money(5, "CNY"), raised_on=document)
    table = aging([debt], as_of=as_of, edges=YEARS_TO_5, age=Age.ACCOUNT).in_currency("CNY")
    [label] = [bucket.label for bucket in table.buckets if bucket.count]
    over = sum(as_of > a_year_later(document, years) for years in range(1, 6))
    assert label == ["within 1 year", "1-2 years", "2-3 years", "3-4 years", "4-5 years", "over 5 years"][over]


@pytest.mark.parametrize(
    "document, as_of, label",
    [
        ("2024-02-29", "2025-02-28", "within 1 year"),
        ("2024-02-29", "2025-03-01", "1-2 years"),
        ("2024-02-29", "2028-02-29", "3-4 years"),
        ("2024-02-29", "2028-03-01", "4-5 years"),
        ("2023-02-28", "2024-02-28", "within 1 year"),
        ("2023-02-28", "2024-02-29", "1-2 years"),
        ("2023-12-31", "2024-12-30", "within 1 year"),  # 365 days later
        ("2023-12-31", "2024-12-31", "within 1 year"),  # 366 days later
        ("2023-12-31", "2025-01-01", "1-2 years"),
        ("2026-01-01", "2025-01-01", "within 1 year"),  # not yet there
    ],
)
def test_leap_days(document: str, as_of: str, label: str) -> None:
    debt = OpenItem("I1", AccountId("A1"), TODAY, Money(5, "CNY"), raised_on=dt.date.fromisoformat(document))
    table = aging([debt], as_of=dt.date.fromisoformat(as_of), edges=YEARS_TO_5, age=Age.ACCOUNT).in_currency("CNY")
    assert [bucket.label for bucket in table.buckets if bucket.count] == [label]


@pytest.mark.parametrize(
    "edges, age, labels, english, chinese",
    [
        ((30,), Age.ACCOUNT, ["0-30", "over 30"], ["0–30 days", "over 30 days"], ["0–30 天", "30 天以上"]),
        (
            (1,),
            Age.OVERDUE,
            ["not due", "1-1", "over 1"],
            ["not due", "1–1 day", "over 1 day"],
            ["未到期", "1–1 天", "1 天以上"],
        ),
        ((), Age.ACCOUNT, ["any age"], ["any age"], ["全部账龄"]),
        (
            Edges((1, 2), AgeUnit.YEARS),
            Age.OVERDUE,
            ["not due", "within 1 year", "1-2 years", "over 2 years"],
            ["not due", "within 1 year", "1–2 years", "over 2 years"],
            ["未到期", "1 年以内", "1 至 2 年", "2 年以上"],
        ),
        (
            Edges((1,), AgeUnit.YEARS),
            Age.ACCOUNT,
            ["within 1 year", "over 1 year"],
            ["within 1 year", "over 1 year"],
            ["1 年以内", "1 年以上"],
        ),
        (
            Edges((6, 12), AgeUnit.MONTHS),
            Age.ACCOUNT,
            ["within 6 months", "6-12 months", "over 12 months"],
            ["within 6 months", "6–12 months", "over 12 months"],
            ["6 个月以内", "6 至 12 个月", "12 个月以上"],
        ),
        (
            Edges((), AgeUnit.YEARS),
            Age.OVERDUE,
            ["not due", "over 0 years"],
            ["not due", "over 0 years"],
            ["未到期", "0 年以上"],
        ),
    ],
)
def test_buckets_have_names(
    edges: Edges | tuple[int, ...], age: Age, labels: list[str], english: list[str], chinese: list[str]
) -> None:
    buckets = aging([], as_of=TODAY, edges=edges, age=age).in_currency("CNY").buckets
    assert [bucket.label for bucket in buckets] == labels
    assert [bucket.say("en") for bucket in buckets] == english
    assert [bucket.say("zh_CN") for bucket in buckets] == chinese


def test_the_two_ages_differ() -> None:
    debt = OpenItem("I1", AccountId("A1"), TODAY - 10 * DAY, Money(5, "CNY"), raised_on=TODAY - 40 * DAY)
    undated = OpenItem("I2", AccountId("A1"), TODAY - 10 * DAY, Money(7, "CNY"))
    assert (debt.account_age(TODAY), debt.overdue_age(TODAY)) == (40, 10)
    assert (
        undated.account_age(TODAY),
        undated.account_age(TODAY - 11 * DAY),
        undated.overdue_age(TODAY - 11 * DAY),
    ) == (10, 0, 0)

    def rows(age: Age) -> list[int]:
        return [
            bucket.amount.minor for bucket in aging([debt, undated], as_of=TODAY, age=age).in_currency("CNY").buckets
        ]

    assert rows(Age.OVERDUE) == [0, 12, 0, 0, 0]
    assert rows(Age.ACCOUNT) == [7, 5, 0, 0]


@pytest.mark.parametrize("age, place", [(Age.OVERDUE, 1), (Age.ACCOUNT, 0)])
def test_retention_not_due_has_a_row_of_its_own(age: Age, place: int) -> None:
    held = attrs.evolve(item(0, 100), id="H1", retention=True, raised_on=TODAY - 400 * DAY)
    late = attrs.evolve(item(5, 10), retention=True)
    table = aging([held, late, item(-3, 1)], as_of=TODAY, age=age).in_currency("CNY")
    assert [bucket.kind for bucket in table.buckets].count(BucketKind.RETENTION) == 1
    row = table.buckets[place]
    assert (row.kind, row.label, row.amount, row.ids) == (
        BucketKind.RETENTION,
        "retention not due",
        Money(100, "CNY"),
        ("H1",),
    )
    assert (row.say("en"), row.say("zh_CN")) == ("retention not due", "未到期质保金")
    assert table.open == Money(111, "CNY")
    assert len(aging([late], as_of=TODAY, age=age).in_currency("CNY").buckets) == len(table.buckets) - 1
    # What we owe is no retention of ours.
    assert (
        len(aging([attrs.evolve(held, open=Money(-1, "CNY"))], as_of=TODAY, age=age).in_currency("CNY").buckets)
        == len(table.buckets) - 1
    )


def test_interest_and_costs_stand_apart() -> None:
    parts = [
        attrs.evolve(item(5, minor), id=component.value, component=component)
        for minor, component in ((100, Component.PRINCIPAL), (7, Component.INTEREST), (2, Component.COSTS))
    ]
    aged = aging(parts, as_of=TODAY, by=lambda owed: owed.component)
    row = aged.in_currency("CNY").buckets[1]
    assert (row.amount, row.principal, row.interest, row.costs) == tuple(
        Money(minor, "CNY") for minor in (109, 100, 7, 2)
    )
    assert row.ids == ("costs", "interest", "principal")
    assert [(name, group.in_currency("CNY").open.minor) for name, group in aged.groups] == [
        ("costs", 2),
        ("interest", 7),
        ("principal", 100),
    ]


def test_groups_sum_to_the_whole_and_who_has_no_name_comes_last() -> None:
    owed = [
        attrs.evolve(item(late, minor, currency), owner=None if owner is None else ActorId(owner))
        for late, minor, currency, owner in (
            (5, 10, "CNY", "li"),
            (40, 3, "USD", None),
            (-1, 4, "CNY", "li"),
            (1, 2, "CNY", "an"),
        )
    ]
    aged = aging(owed, as_of=TODAY, by=lambda each: each.owner)
    assert [name for name, _ in aged.groups] == ["an", "li", None]
    assert [group.in_currency("CNY").open.minor for _, group in aged.groups] == [2, 14, 0]
    assert [table.currency for table in aged.of(None).currencies] == ["USD"]
    assert not aged.of("wu").currencies
    assert not aged.of("an").groups
    for place, bucket in enumerate(aged.in_currency("CNY").buckets):
        parts = [group.in_currency("CNY").buckets[place] for _, group in aged.groups]
        assert sum(part.amount.minor for part in parts) == bucket.amount.minor
        assert sorted(name for part in parts for name in part.ids) == sorted(bucket.ids)


def test_credit_is_never_netted() -> None:
    items = [*open_items([receivable()], TODAY), *credits_of([receipt()], TODAY)]
    table = aging(items, as_of=TODAY).in_currency("CNY")
    assert (str(table.open), str(table.credit.amount), str(table.net)) == (
        "30000.00 CNY",
        "50000.00 CNY",
        "-20000.00 CNY",
    )
    assert (table.credit.kind, table.credit.label, table.credit.ids) == (BucketKind.CREDIT, "credit", ("R1",))
    assert (table.credit.say("en"), table.credit.say("zh_CN")) == ("credit", "贷方余额（预收）")
    assert credits_of([receipt()], TODAY - DAY) == ()


def test_a_receivable_is_aged_with_all_that_it_knows() -> None:
    held = attrs.evolve(receivable(), retention=True, component=Component.INTEREST)
    [owed] = open_items([held], TODAY)
    assert (owed.retention, owed.component, owed.entity, owed.raised_on) == (True, Component.INTEREST, "E1", TODAY)


def test_what_is_no_day_and_no_age_is_refused() -> None:
    wrong: Any = "overdue"
    with pytest.raises(InvalidType, match=r"age is 'overdue'; pass one of Age\.OVERDUE"):
        aging([], as_of=TODAY, age=wrong)
    with pytest.raises(InvalidType, match="pass a datetime"):
        aging([], as_of=NOON)


def test_open_items_are_of_that_day() -> None:
    assert [owed.open for owed in open_items([receivable()], TODAY)] == [receivable().amount]
    assert open_items([settled_receivable()], TODAY) == ()
    assert open_items([receivable()], TODAY - DAY) == ()


@pytest.mark.skipif(not IBM.is_dir(), reason="the table of invoices is not on this machine")
def test_real_invoices() -> None:
    def read(text: str) -> dt.date:
        month, day, year = map(int, text.split("/"))
        return dt.date(year, month, day)

    as_of, items, sales = dt.date(2012, 6, 30), [], 0
    [path] = IBM.glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            issued, settled_on, amount = (
                read(row["InvoiceDate"]),
                read(row["SettledDate"]),
                Money.of(row["InvoiceAmount"], "USD"),
            )
            if issued <= as_of < settled_on:
                items.append(OpenItem(row["invoiceNumber"], AccountId(row["customerID"]), read(row["DueDate"]), amount))
            sales += amount.minor if dt.date(2012, 4, 1) <= issued <= as_of else 0
    table = aging(items, as_of=as_of).in_currency("USD")
    assert [str(bucket.amount.amount) for bucket in table.buckets] == ["4594.36", "909.73", "0.00", "0.00", "0.00"]
    assert dso(table.open, Money(sales, "USD"), 91) == Decimal("27.1892"), "as published with the set"
