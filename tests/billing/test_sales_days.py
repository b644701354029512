"""DSO in its ways, days delinquent, CEI and the allowance, against worked figures and plain fractions."""

import datetime as dt
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.billing import (
    Bucket,
    OpenItem,
    SalesPeriod,
    allowance,
    average_age,
    collection_effectiveness,
    count_back_dso,
    days_delinquent,
    dso,
    monthly_sales,
    true_dso,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.ids import AccountId
from ltc.money import Money

DAY = dt.timedelta(days=1)
MARCH = dt.date(2026, 3, 31)


def yuan(amount: str | int) -> Money:
    return Money.of(amount, "CNY")


def usd(amount: str | int) -> Money:
    return Money.of(amount, "USD")


def owed(name: str, amount: str | int, raised_on: dt.date | None, currency: str = "CNY") -> OpenItem:
    return OpenItem(name, AccountId("A1"), MARCH, Money.of(amount, currency), raised_on=raised_on)


def months(*sales: tuple[int, int]) -> list[SalesPeriod]:
    """Return periods of so many days with such sales, one after the other, the last of which ends in March."""
    periods, last = [], MARCH
    for days, sold in reversed(sales):
        periods.append(SalesPeriod(last - (days - 1) * DAY, last, yuan(sold)))
        last -= days * DAY
    return periods[::-1]


def test_the_simple_one_whatever_the_context_of_the_host() -> None:
    assert dso(yuan(18000), yuan(20000), 30) == 27, "the worked example of fool.com"
    assert dso(yuan(10869), yuan(5538 + 4566 + 7570), 90) == Decimal("55.3474"), "JD Edwards prints 55.35"
    with localcontext(prec=3):
        assert str(dso(yuan(123456789), yuan(100), 1)) == "1234567.8900"
        assert str(days_delinquent(yuan(123456789), current=yuan(1), sales=yuan(100), days=1)) == "1234567.8800"
    assert str(dso(yuan(1), yuan(3), 1)) == "0.3333"


def test_days_delinquent_is_what_lies_above_the_best_possible() -> None:
    assert days_delinquent(yuan(18000), current=yuan(12000), sales=yuan(20000), days=30) == Decimal("9.0000")
    assert dso(yuan(12000), yuan(20000), 30) == Decimal("18.0000")
    with pytest.raises(InvalidValue, match=r"current is 2\.00 CNY, more than open of 1\.00 CNY; give that or less"):
        days_delinquent(yuan(1), current=yuan(2), sales=yuan(1), days=1)


@pytest.mark.parametrize(
    "sales, is_open, days, whole, fraction",
    [
        # Benji: 60 days and 32/70 of a month of 30
        ([(30, 70000), (30, 80000), (30, 100000)], 212000, "73.7143", 2, "0.4571"),
        # months of 31, 28 and 31 days: 31 + 28 + 4/7 of 31
        ([(31, 700000), (28, 800000), (31, 900000)], 2100000, "76.7143", 2, "0.5714"),
        ([(31, 5), (28, 10)], 0, "0.0000", 0, "0.0000"),
        ([(31, 5), (28, 10)], 10, "28.0000", 1, "0.0000"),
        ([(31, 5), (28, 10)], 15, "59.0000", 2, "0.0000"),
        ([(31, 5), (28, 0)], 1, "34.2000", 1, "0.2000"),  # nobody bought in the last month: its days count
        ([(31, 5), (28, 0)], 0, "0.0000", 0, "0.0000"),
        ([(7, 3)], 1, "2.3333", 0, "0.3333"),  # a week is a period too
    ],
)
def test_counting_back(sales: list[tuple[int, int]], is_open: int, days: str, whole: int, fraction: str) -> None:
    periods = months(*sales)
    back = count_back_dso(yuan(is_open), periods[::-1])
    assert (str(back.days), back.periods, str(back.fraction)) == (days, whole, fraction)
    assert count_back_dso(yuan(is_open), periods) == back, "in whatever order they are given"


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 50)), min_size=1, max_size=6), st.integers(0, 300))
def test_counting_back_is_walking_back_day_by_day(sales: list[tuple[int, int]], is_open: int) -> None:
    if is_open > sum(sold for _, sold in sales):
        with pytest.raises(InvalidValue, match=r"more than was sold .*; give earlier periods too"):
            count_back_dso(yuan(is_open), months(*sales))
        return
    left, walked = Fraction(is_open), Fraction(0)
    for days, sold in reversed(sales):
        for _ in range(days):
            if left:
                share = Fraction(sold, days)
                part = min(Fraction(1), left / share) if share else Fraction(1)
                walked += part
                left -= part * share
    assert abs(Fraction(count_back_dso(yuan(is_open), months(*sales)).days) - walked) <= Fraction(1, 20000)


def test_the_sales_of_months() -> None:
    sold = [
        (dt.date(2025, 12, 31), yuan(1)),
        (dt.date(2026, 1, 1), yuan(2)),
        (dt.date(2026, 2, 28), yuan(4)),
        (dt.date(2026, 3, 15), yuan(8)),
        (dt.date(2026, 3, 16), yuan(16)),  # after the day
        (dt.date(2026, 3, 1), usd(32)),
    ]
    periods = monthly_sales(sold, as_of=dt.date(2026, 3, 15), months=3, currency="CNY")
    assert [(str(each.first), str(each.last), str(each.sales.amount), each.days) for each in periods] == [
        ("2026-01-01", "2026-01-31", "2.00", 31),
        ("2026-02-01", "2026-02-28", "4.00", 28),
        ("2026-03-01", "2026-03-15", "8.00", 15),
    ]
    assert monthly_sales([], as_of=MARCH, months=1, currency="USD")[0].sales == usd(0)
    assert count_back_dso(yuan(10), periods).days == Decimal(15) + Decimal("14.0")
    with pytest.raises(InvalidValue, match="give 1 or more"):
        monthly_sales([], as_of=MARCH, months=0, currency="CNY")


def test_the_true_one_weighs_each_invoice_by_the_sales_of_its_period() -> None:
    sold = months((31, 200), (28, 100), (31, 400))
    items = [
        owed("I1", 50, dt.date(2026, 1, 30)),  # 60 days × 50/200
        owed("I2", 25, dt.date(2026, 2, 24)),  # 35 days × 25/100
        owed("I3", 300, dt.date(2026, 3, 21)),  # 10 days × 300/400
        owed("I4", 100, None),  # due on the day itself
        owed("C1", -999, dt.date(2026, 3, 21)),
    ]
    exact = Fraction(60 * 50, 200) + Fraction(35 * 25, 100) + Fraction(10 * 300, 400)
    assert Fraction(true_dso(items, sold, as_of=MARCH)) == exact
    assert true_dso([], sold, as_of=MARCH) == 0
    with pytest.raises(InvalidValue, match="I9 is of 2025-12-31, for which no sales are given"):
        true_dso([owed("I9", 1, dt.date(2025, 12, 31))], sold, as_of=MARCH)
    with pytest.raises(InvalidValue, match="I9 is of 2026-03-31"):
        true_dso([owed("I9", 1, MARCH)], months((31, 0)), as_of=MARCH)
    with pytest.raises(CurrencyMismatch):
        true_dso([owed("I9", 1, MARCH, "USD")], sold, as_of=MARCH)


def test_everything_sold_and_nothing_paid_is_as_old_as_it_is() -> None:
    """All of 90 days is open, sold evenly: count back says 90, and so do the mean ages of the three months together."""
    items = [owed(str(back), 1, MARCH - back * DAY) for back in range(90)]
    sold = months((30, 30), (30, 30), (30, 30))
    assert count_back_dso(yuan(90), sold).days == 90
    assert true_dso(items, sold, as_of=MARCH) == Decimal("133.5"), "29/2 + 30 + 29/2 + 60 + 29/2"
    assert average_age(items, as_of=MARCH) == Decimal("44.5")


def test_the_average_age() -> None:
    items = [owed("I1", 300, MARCH - 10 * DAY), owed("I2", 100, MARCH - 30 * DAY), owed("C", -5, MARCH)]
    assert average_age(items, as_of=MARCH) == 15
    with pytest.raises(InvalidValue, match="nothing is open"):
        average_age(items[2:], as_of=MARCH)
    with pytest.raises(CurrencyMismatch):
        average_age([*items, owed("I3", 1, MARCH, "USD")], as_of=MARCH)


def cei(opening: int, sales: int, closing: int, current: int) -> Decimal:
    return collection_effectiveness(
        opening=yuan(opening), sales=yuan(sales), closing=yuan(closing), closing_current=yuan(current)
    )


def test_collection_effectiveness() -> None:
    assert cei(6200, 3630, 6340, 3590) == Decimal("0.559295"), "creditguru prints 55.9"
    assert cei(100, 50, 30, 30) == 1, "nothing is overdue"
    assert cei(100, 0, 100, 0) == 0, "nothing was collected"


@pytest.mark.parametrize(
    "figures, says",
    [
        ((0, 0, 0, 0), "nothing was due for collection"),
        ((0, 50, 50, 50), "nothing was due for collection"),
        ((10, 10, 21, 0), r"closing is 21\.00 CNY, more than opening and sales of 20\.00 CNY"),
        ((10, 10, 5, 6), r"closing_current is 6\.00 CNY, more than closing of 5\.00 CNY"),
        ((-1, 10, 5, 5), r"-1\.00 CNY is below zero"),
        ((1, -1, 0, 0), r"-1\.00 CNY is below zero"),
    ],
)
def test_what_has_no_effectiveness_is_refused(figures: tuple[int, int, int, int], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        cei(*figures)


def test_what_has_no_days_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"DSO needs sales above zero .*; take a longer period, one with sales"):
        dso(yuan(1), yuan(0), 30)
    with pytest.raises(InvalidValue, match="at least a day"):
        dso(yuan(1), yuan(1), 0)
    for call in (
        lambda: dso(yuan(1), usd(1), 30),
        lambda: days_delinquent(yuan(1), current=usd(1), sales=yuan(1), days=1),
        lambda: count_back_dso(usd(1), months((31, 5))),
        lambda: collection_effectiveness(opening=yuan(1), sales=usd(1), closing=yuan(1), closing_current=yuan(1)),
    ):
        with pytest.raises(CurrencyMismatch):
            call()
    with pytest.raises(InvalidValue, match=r"-1\.00 CNY is below zero; give zero or more"):
        count_back_dso(yuan(-1), months((31, 5)))
    with pytest.raises(InvalidValue, match=r"1\.00 CNY is open, which is 1\.00 CNY more than was sold in 0 days"):
        count_back_dso(yuan(1), [])
    early, late = months((31, 5), (31, 5))
    with pytest.raises(InvalidValue, match="give periods that follow each other"):
        count_back_dso(yuan(1), [SalesPeriod(early.first, early.last - DAY, yuan(5)), late])
    with pytest.raises(InvalidValue, match="give periods that follow each other"):
        count_back_dso(yuan(1), [late, late])
    with pytest.raises(InvalidValue, match="is no period of sales; give the earlier day first"):
        SalesPeriod(MARCH, MARCH - DAY, yuan(1))
    with pytest.raises(InvalidValue, match="sales of zero or more"):
        SalesPeriod(MARCH, MARCH, yuan(-1))
    with pytest.raises(InvalidType, match="pass a Money"):
        SalesPeriod(MARCH, MARCH, 5)  # type: ignore[arg-type]  # a number without a currency


def bucket(place: int, amount: str | int, currency: str = "CNY") -> Bucket:
    return Bucket(str(place), place, place, Money.of(amount, currency), count=1)


def test_the_worked_allowance() -> None:
    amounts, rates = [700000, 120000, 80000, 30000, 10000], ["0.05", "0.08", "0.20", "0.25", "0.50"]
    made = allowance([bucket(place, amount) for place, amount in enumerate(amounts)], rates=rates)
    assert [row.amount for row in made.rows] == [yuan(each) for each in (35000, 9600, 16000, 7500, 5000)]
    assert (made.total, made.receivable) == (yuan(73100), yuan(940000))
    assert made.expense(opening=yuan(75000), written_off=yuan(85000)) == yuan(83100)
    assert made.expense(opening=yuan(75000), written_off=yuan(85000), recovered=yuan(100)) == yuan(83000)
    assert made.expense(opening=yuan(80000), written_off=yuan(0)) == yuan(-6900), "given back"


def test_each_row_of_an_allowance_is_rounded_by_itself() -> None:
    made = allowance([bucket(1, "0.01"), bucket(2, "0.01")], rates=["0.5", Decimal("0.49")])
    assert [str(row.amount) for row in made.rows] == ["0.01 CNY", "0.00 CNY"]
    assert made.total == yuan("0.01")


def test_an_allowance_has_a_rate_for_each_bucket() -> None:
    with pytest.raises(InvalidValue, match="1 rates do not fit the buckets 1, 2; give one for each"):
        allowance([bucket(1, 1), bucket(2, 1)], rates=["0.5"])
    with pytest.raises(InvalidValue, match="0 rates do not fit the buckets none"):
        allowance([], rates=[])
    with pytest.raises(InvalidValue, match="5 is not a ratio"):
        allowance([bucket(1, 1)], rates=[5])
    with pytest.raises(CurrencyMismatch):
        allowance([bucket(1, 1), bucket(2, 1, "USD")], rates=["0.5", "0.5"])
    with pytest.raises(CurrencyMismatch):
        allowance([bucket(1, 1)], rates=["0.5"]).expense(opening=usd(1), written_off=usd(1))
