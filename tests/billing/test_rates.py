"""Exchange rates: exact as quoted, the latest of a day or before, and nothing guessed."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.billing import ExchangeRate, Rates, book_value
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.events import from_json, to_json
from ltc.money import Money, Rounding, digits_of

MARCH = dt.date(2026, 3, 1)
DECIMALS = st.decimals("0.000001", 9999, allow_nan=False, allow_infinity=False, places=6)
CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KWD"])


def on(day: int) -> dt.date:
    return MARCH + dt.timedelta(days=day - 1)


def usd(rate: Any, day: int = 2) -> ExchangeRate:
    return ExchangeRate("USD", "CNY", rate=rate, on=on(day))


@pytest.mark.parametrize(
    "rate, amount, converted",
    [
        (usd("7.1234"), "100.00 USD", "712.34 CNY"),
        (usd("7.12"), "0.07 USD", "0.50 CNY"),  # 0.4984
        (usd("7.12"), "-0.07 USD", "-0.50 CNY"),
        (ExchangeRate("JPY", "CNY", rate="4.8210", per=100, on=on(2)), "1000 JPY", "48.21 CNY"),
        (ExchangeRate("CNY", "JPY", rate="20.7426", on=on(2)), "1.00 CNY", "21 JPY"),
        (ExchangeRate("KWD", "USD", rate="3.25", on=on(2)), "1.001 KWD", "3.25 USD"),  # 3.25325
        (ExchangeRate("USD", "CNY", rate=1, per=3, on=on(2)), "240.00 USD", "80.00 CNY"),
    ],
)
def test_amounts_are_converted_in_the_decimals_of_their_currencies(
    rate: ExchangeRate, amount: str, converted: str
) -> None:
    assert str(rate.convert(Money.parse(amount))) == converted


@given(DECIMALS, DECIMALS, CURRENCIES, CURRENCIES, st.integers(-(10**9), 10**9))
def test_conversion_is_the_nearest_to_the_exact_product(
    rate: Decimal, per: Decimal, source: str, target: str, minor: int
) -> None:
    if source == target:
        return
    quoted = ExchangeRate(source, target, rate=rate, per=per, on=on(2))
    exact = Fraction(minor, 10 ** digits_of(source)) * Fraction(rate) / Fraction(per) * 10 ** digits_of(target)
    assert abs(quoted.convert(Money(minor, source)).minor - exact) <= Fraction(1, 2)
    assert quoted.convert(Money(minor, source), Rounding.FLOOR).minor <= exact
    assert quoted.inverse().factor * quoted.factor == 1
    assert quoted.inverse().inverse() == quoted
    assert from_json(to_json(quoted), ExchangeRate) == quoted


@pytest.mark.parametrize(
    "wrong, error, passes",
    [
        ({"source": "USDT"}, InvalidValue, "not a currency code of ISO 4217"),
        ({"target": "usd"}, InvalidValue, "not a currency code of ISO 4217"),
        ({"target": None}, InvalidType, "is no currency code"),
        ({"rate": 7.12}, InvalidType, "pass a str, an int or a Decimal"),
        ({"rate": "7,12"}, InvalidValue, "write it as in"),
        ({"rate": 0}, InvalidValue, "rate is 0; give more than zero"),
        ({"per": -1}, InvalidValue, "per is -1; give more than zero"),
        ({"on": dt.datetime(2026, 3, 2)}, InvalidType, r"pass a datetime\.date"),
        ({"target": "USD"}, InvalidValue, "a currency is worth itself"),
    ],
)
def test_what_is_no_rate(wrong: dict[str, Any], error: type[Exception], passes: str) -> None:
    facts: dict[str, Any] = {"source": "USD", "target": "CNY", "rate": "7.12", "on": on(2)} | wrong
    with pytest.raises(error, match=passes):
        ExchangeRate(**facts)


def test_a_rate_converts_its_own_currency_only() -> None:
    with pytest.raises(CurrencyMismatch, match="does not convert CNY; give an amount of USD"):
        usd("7.12").convert(Money.of("1", "CNY"))
    five: Any = 5
    with pytest.raises(InvalidType, match="pass a Money"):
        usd("7.12").convert(five)


@given(st.dictionaries(st.integers(1, 28), st.integers(1, 10**6), min_size=1), st.integers(1, 31))
def test_the_latest_of_the_day_or_before_holds(quoted: dict[int, int], asked: int) -> None:
    table = Rates(usd(rate, day) for day, rate in quoted.items())
    before = [day for day in quoted if day <= asked]
    if before:
        assert table.rate("USD", "CNY", on(asked)).rate == quoted[max(before)]
    else:
        with pytest.raises(Refused, match="give one"):
            table.rate("USD", "CNY", on(asked))


TABLE = Rates([usd("7.12"), usd("7.120"), ExchangeRate("EUR", "USD", rate="1.09", on=on(2))], max_age=7)


@pytest.mark.parametrize(
    "code, ask, passes",
    [
        ("rate.missing", ("EUR", "CNY", 5), "no rate of EUR in CNY on 2026-03-05 or before; give one"),
        ("rate.missing", ("USD", "CNY", 1), "no rate of USD in CNY on 2026-03-01 or before; give one"),
        ("rate.only_inverse", ("CNY", "USD", 5), "give its inverse if that is meant"),
        ("rate.stale", ("USD", "CNY", 10), "8 days before 2026-03-10; 7 is the most"),
    ],
)
def test_nothing_is_guessed(code: str, ask: tuple[str, str, int], passes: str) -> None:
    source, target, day = ask
    with pytest.raises(Refused, match=passes) as refusal:
        TABLE.rate(source, target, on(day))
    assert refusal.value.code == code


def test_a_currency_is_worth_itself() -> None:
    assert TABLE.rate("CNY", "CNY", on(5)).factor == 1
    assert book_value(Money.of("5.00", "CNY"), "CNY", rates=TABLE, on=on(5)) == Money.of("5.00", "CNY")


@pytest.mark.parametrize(
    "make, error, passes",
    [
        (lambda: Rates([usd("7.12"), usd("7.13")]), InvalidValue, "two rates on 2026-03-02, 7.12 and 7.13"),
        (lambda: Rates(["7.12"]), InvalidType, "no ExchangeRate"),  # type: ignore[list-item]
        (lambda: Rates([], max_age=-1), InvalidType, "0 or more"),
        (lambda: Rates([], max_age=True), InvalidType, "0 or more"),
    ],
)
def test_what_is_no_table(make: Callable[[], Rates], error: type[Exception], passes: str) -> None:
    with pytest.raises(error, match=passes):
        make()
