"""Who pays early: what is to be paid, until when, and how the discount splits, against plain fractions."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import EarlyPayment, EarlyPaymentMode, after, on_day, plan, rest, share
from ltc.calendars import EndOfMonth, NetDays, Roll, Weekly
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.ids import AccountId, EntityId, OrderId, PlanId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

INCLUDED, EXCLUDED, MIXED = EarlyPaymentMode
MARCH = dt.date(2026, 3, 2)
AMOUNTS = st.integers(0, 10**18) | st.integers(0, 99)
RATIOS = st.integers(0, 10_000).map(lambda part: Decimal(part) / 10_000)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


@given(AMOUNTS, AMOUNTS, RATIOS, st.sampled_from(EarlyPaymentMode))
def test_what_is_paid_and_what_is_taken_off_sum_to_what_is_owed(
    net: int, tax: int, ratio: Decimal, mode: EarlyPaymentMode
) -> None:
    offer = EarlyPayment.of(ratio, days=10, mode=mode).offer(net=Money(net, "CNY"), tax=Money(tax, "CNY"), on=MARCH)
    of = net + tax if mode is INCLUDED else net
    discount = of - half_up(of * (1 - Fraction(ratio)))
    income = half_up(Fraction(discount * net, net + tax)) if mode is INCLUDED and net + tax else discount
    assert (offer.total.minor, offer.discount.minor) == (net + tax, discount)
    assert offer.pay.minor == net + tax - discount >= 0
    assert (offer.income.minor, offer.tax.minor) == (income, discount - income)
    assert 0 <= offer.tax.minor <= tax
    assert 0 <= offer.income.minor <= net


@given(AMOUNTS, RATIOS)
def test_mixed_is_taxed_as_though_the_discount_were_taken(net: int, ratio: Decimal) -> None:
    amount = Money(net, "JPY")
    mixed = EarlyPayment.of(ratio, days=10, mode=MIXED)
    assert mixed.taxable(amount) == mixed.offer(net=amount, tax=Money(0, "JPY"), on=MARCH).pay
    assert EarlyPayment.of(ratio, days=10, mode=EXCLUDED).taxable(amount) == amount


@pytest.mark.parametrize(
    "off, mode, pay, income, tax",
    [
        ("0.10", INCLUDED, "1035.00", "100.00", "15.00"),
        ("0.10", EXCLUDED, "1050.00", "100.00", "0.00"),
        ("0.10", MIXED, "1050.00", "100.00", "0.00"),
        ("0", INCLUDED, "1150.00", "0.00", "0.00"),
        ("1", INCLUDED, "0.00", "1000.00", "150.00"),
        (cny("46"), INCLUDED, "1104.00", "40.00", "6.00"),
        (cny("46"), EXCLUDED, "1104.00", "46.00", "0.00"),
    ],
)
def test_worked_figures(off: Any, mode: EarlyPaymentMode, pay: str, income: str, tax: str) -> None:
    offer = EarlyPayment.of(off, days=10, mode=mode).offer(net=cny("1000"), tax=cny("150"), on=MARCH)
    assert [str(sum_.amount) for sum_ in (offer.pay, offer.income, offer.tax)] == [pay, income, tax]
    assert (offer.to_pay(dt.date(2026, 3, 12)), offer.to_pay(dt.date(2026, 3, 13))) == (offer.pay, cny("1150"))
    assert (offer.is_open(offer.until), offer.is_open(offer.until + dt.timedelta(days=1))) == (True, False)


def test_until_when() -> None:
    rolling = EarlyPayment.of("0.02", rule=NetDays(5, Roll.FOLLOWING))
    assert rolling.until(MARCH, Weekly()) == dt.date(2026, 3, 9)
    assert EarlyPayment.of("0.02", rule=EndOfMonth(10)).until(MARCH) == dt.date(2026, 4, 10)


def test_a_plan_carries_the_discount_to_what_is_raised() -> None:
    two_ten = EarlyPayment.of("0.02", days=10)
    assert EarlyPayment.of(cny("5"), days=1).explain("en") == "CN¥5.00 off if paid within 1 day"
    before = EarlyPayment.of("0.01", rule=NetDays(-5), mode=EXCLUDED)
    schedule = plan(
        cny("100"),
        [
            share("0.6", due=after("invoiced", days=30).later(months=1), early=two_ten),
            rest(due=on_day(dt.date(2026, 9, 30)), early=before),
        ],
    )
    assert schedule.explain("en") == (
        (
            "installment 1: CN¥60.00, 30 days after the start date (start: 1 month after invoiced) "
            "(2% of the amount with tax off if paid within 10 days)"
        ),
        (
            "installment 2: CN¥40.00, Sep 30, 2026 (1% of the net amount (the tax stays) off if paid by the day found so: "
            "5 days before the start date)"
        ),
    )
    story = billing.adopt(
        PlanId("P"), order=OrderId("O"), entity=EntityId("E"), party=AccountId("A"), schedule=schedule, now=NOON
    ).after
    reached, *_ = billing.reach(story, milestone="invoiced", on=MARCH, now=NOON)
    dated, *_ = billing.raise_dated(reached.after, on=MARCH, now=NOON)
    assert [done.early_until for done in dated.after.raised] == [dt.date(2026, 4, 12), dt.date(2026, 9, 25)]
    assert dated.after.explain("zh_CN") == (
        "第1期（2026年4月12日及之前付款减免含税金额的2%）：¥60.00，到期日2026年5月2日",
        "第2期（2026年9月25日及之前付款减免不含税金额的1%（税额不变））：¥40.00，到期日2026年9月30日",
    )


@pytest.mark.parametrize(
    "make, error, message",
    [
        (lambda: EarlyPayment(NetDays(1)), InvalidValue, "takes off a ratio or an amount; give exactly one"),
        (lambda: EarlyPayment(NetDays(1), Decimal(0), cny("1")), InvalidValue, "give exactly one"),
        (lambda: EarlyPayment.of("0.1"), InvalidValue, "its days or a due rule; give exactly one"),
        (lambda: EarlyPayment.of("0.1", days=1, rule=NetDays(1)), InvalidValue, "give exactly one"),
        (lambda: EarlyPayment.of("2", days=1), InvalidValue, "2 is not a ratio"),
        (lambda: EarlyPayment.of(cny("0"), days=1), InvalidValue, "give more than zero"),
        (lambda: EarlyPayment.of("0.1", rule=5), InvalidType, "5, no due rule"),  # type: ignore[arg-type]  # a caller's bug
        (lambda: EarlyPayment.of("0.1", days=1, mode="mixed"), InvalidType, "pass one of EarlyPaymentMode"),  # type: ignore[arg-type]  # as above
        (lambda: rest(due=on_day(MARCH), early="0.1"), InvalidType, "early is '0.1'; pass a EarlyPayment"),  # type: ignore[arg-type]  # as above
    ],
)
def test_discounts_say_what_passes(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_an_offer_says_what_passes() -> None:
    fifty = EarlyPayment.of(cny("50"), days=1, mode=EXCLUDED)
    with pytest.raises(InvalidValue, match=r"a discount of 50\.00 CNY is more than 49\.99 CNY; give that or less"):
        fifty.offer(net=cny("49.99"), tax=cny("10"), on=MARCH)
    for net, tax in (("-1", "0"), ("1", "-1")):
        with pytest.raises(InvalidValue, match="give zero or more"):
            fifty.offer(net=cny(net), tax=cny(tax), on=MARCH)
    with pytest.raises(CurrencyMismatch):
        fifty.offer(net=Money.of("60", "USD"), tax=Money.of("1", "USD"), on=MARCH)
    with pytest.raises(CurrencyMismatch):
        fifty.offer(net=cny("60"), tax=Money.of("1", "USD"), on=MARCH)
    with pytest.raises(InvalidType):
        fifty.offer(net=60, tax=cny("1"), on=MARCH)  # type: ignore[arg-type]  # a caller's bug on purpose


@given(st.integers(10_000, 10**15), RATIOS, st.integers(0, 30), st.sampled_from(EarlyPaymentMode))
def test_a_gross_amount_is_split_as_its_mode_taxes_it(
    minor: int, ratio: Decimal, percent: int, mode: EarlyPaymentMode
) -> None:
    rate, gross = Decimal(percent) / 100, Money(minor, "CNY")
    early = EarlyPayment.of(ratio, days=1, mode=mode)
    offer = early.offer_in(gross, tax_rate=rate, on=MARCH)
    assert offer.total == gross
    bears = 1 - Fraction(ratio) if mode is MIXED else Fraction(1)
    net = half_up(minor / (1 + Fraction(rate) * bears))
    assert offer == early.offer(net=Money(net, "CNY"), tax=Money(minor - net, "CNY"), on=MARCH)
    assert abs((minor - net) - Fraction(rate) * early.taxable(Money(net, "CNY")).minor) <= 1


def test_an_amount_off_a_gross_amount_that_is_taxed_without_it() -> None:
    offer = EarlyPayment.of(cny("100"), days=1, mode=MIXED).offer_in(cny("1135"), tax_rate=Decimal("0.15"), on=MARCH)
    assert (str(offer.pay), str(offer.income), str(offer.tax)) == ("1035.00 CNY", "100.00 CNY", "0.00 CNY")
    with pytest.raises(InvalidValue, match="15 is not a ratio"):
        EarlyPayment.of("0.1", days=1).offer_in(cny("1"), tax_rate=Decimal(15), on=MARCH)
