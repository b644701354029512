"""Aging, DSO and reminders, against figures counted by hand."""

import csv
import datetime as dt
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import OpenItem, Receiver, aging, dso, open_items, reminders
from ltc.errors import CurrencyMismatch, InvalidValue
from ltc.ids import AccountId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, receivable, settled_receivable, signed

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
    assert [(part.currency, str(part.open)) for part in table.currencies] == [("CNY", "0.05 CNY"), ("USD", "0.04 USD")]
    assert [bucket.label for bucket in table.in_currency("USD").buckets] == ["not due", "over 0"]
    assert [bucket.count for bucket in table.in_currency("EUR").buckets] == [0, 0]


@given(st.lists(st.tuples(st.integers(-400, 400), st.integers(-100, 10**9))), st.sets(st.integers(1, 300), max_size=5))
def test_buckets_sum_to_what_is_open(items: list[tuple[int, int]], edges: set[int]) -> None:
    limits = sorted(edges)
    table = aging([item(late, minor) for late, minor in items], as_of=TODAY, edges=limits).in_currency("CNY")
    assert sum(bucket.amount.minor for bucket in table.buckets) == table.open.minor == sum(m for _, m in items)
    assert sum(bucket.count for bucket in table.buckets) == sum(1 for _, m in items if m)
    for bucket in table.buckets:
        first = -10_000 if bucket.first is None else bucket.first
        last = 0 if bucket.first is None else (bucket.last or 10_000)
        assert bucket.amount.minor == sum(minor for late, minor in items if first <= late <= last)


@pytest.mark.parametrize("edges", [(30, 30), (60, 30), (0,), (-1,), (True,), (1.5,)])
def test_edges_grow(edges: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue, match="give some such as 30, 60, 90"):
        aging([], as_of=TODAY, edges=edges)


def test_open_items_are_of_that_day() -> None:
    assert [owed.open for owed in open_items([receivable(), settled_receivable()], TODAY)] == [receivable().amount]
    assert open_items([receivable()], TODAY - DAY) == ()


def test_dso() -> None:
    assert dso(Money.of("18000", "CNY"), Money.of("20000", "CNY"), 30) == 27, "the worked example"
    with localcontext(prec=3):
        assert dso(Money.of("123456789", "CNY"), Money.of("100", "CNY"), 1) == Decimal("1234567.8900")
    assert dso(Money.of("1", "CNY"), Money.of("3", "CNY"), 1) == Decimal("0.3333")
    with pytest.raises(InvalidValue, match=r"DSO needs sales above zero .*; take a longer period, one with sales"):
        dso(Money.of("1", "CNY"), Money.of("0", "CNY"), 30)
    with pytest.raises(InvalidValue, match="at least a day"):
        dso(Money.of("1", "CNY"), Money.of("1", "CNY"), 0)
    with pytest.raises(CurrencyMismatch):
        dso(Money.of("1", "CNY"), Money.of("1", "USD"), 30)


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


def delivered(on: dt.date) -> billing.Receivable:
    _, *raised = billing.reach(signed()[0].after, milestone="delivered", on=on, now=NOON)
    return raised[0].after


def test_reminders_fall_on_their_days_only() -> None:
    debt, due = receivable(), receivable().due_on
    later = delivered(TODAY)

    def of(days: int) -> list[tuple[str, int]]:
        found = reminders([debt], on=due + days * DAY, before_days=(3,), after_days=(1, 5))
        return [(reminder.kind.value, reminder.days) for reminder in found]

    # it is raised on the day it is due, so nothing is open before
    assert [of(days) for days in (-3, 0, 1, 2, 5, 6)] == [
        [],
        [("due_today", 0)],
        [("overdue", 1)],
        [],
        [("overdue", 5)],
        [],
    ]
    [soon] = reminders([later], on=later.due_on - 7 * DAY)
    assert soon.say("en") == "receivable P1/2 of order SO-1 is due in 7 days, on Apr 1, 2026: CN¥60,000.00 open"
    assert soon.say("zh_CN") == "订单 SO-1 的应收 P1/2 将于 7 天后（2026年4月1日）到期：未收 ¥60,000.00"
    assert reminders([settled_receivable()], on=due) == ()


def test_reminders_are_sorted_and_one_a_receiver() -> None:
    later = delivered(TODAY - 30 * DAY)
    both = reminders([later, receivable()], on=TODAY, to=(Receiver.FINANCE, Receiver.CUSTOMER))
    assert [(reminder.receivable, reminder.to.value) for reminder in both] == [
        ("P1/1", "finance"),
        ("P1/1", "customer"),
        ("P1/2", "finance"),
        ("P1/2", "customer"),
    ]


@pytest.mark.parametrize("days", [0, -1, True])
def test_reminder_days_are_days(days: int) -> None:
    with pytest.raises(InvalidValue, match="use 1 or more"):
        reminders([], on=TODAY, before_days=(days,))
