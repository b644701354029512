"""Worked figures and refusals of money."""

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError
from ltc.money import Money, Rounding, allocate, as_decimal, as_ratio, digits_of, divide, total

CNY = "CNY"
Quick = Callable[[Callable[[], object]], None]


@pytest.mark.parametrize(
    "amount, parts, expected",
    [
        ("0.05", 10, ["0.01"] * 5 + ["0.00"] * 5),
        ("-0.05", 2, ["-0.03", "-0.02"]),
        ("100.00", 3, ["33.34", "33.33", "33.33"]),
    ],
)
def test_equal_parts(amount: str, parts: int, expected: list[str]) -> None:
    assert [str(part.amount) for part in Money.of(amount, CNY).split(parts)] == expected


@pytest.mark.parametrize(
    "amount, weights, expected",
    [
        ("5.47", ["33.34", "33.33", "33.33"], ["1.83", "1.82", "1.82"]),
        ("0.03", [50, 50], ["0.02", "0.01"]),
        ("100000.00", [30, 60, 10], ["30000.00", "60000.00", "10000.00"]),
    ],
)
def test_allocation(amount: str, weights: list[int | str], expected: list[str]) -> None:
    assert [str(part.amount) for part in Money.of(amount, CNY).allocate(weights)] == expected


def test_tax_in_the_gross() -> None:
    gross = Money.of("100000.00", CNY)
    net = gross.times(1 / Fraction("1.13"))
    assert (str(net), str(gross - net)) == ("88495.58 CNY", "11504.42 CNY")


BAD: dict[str, tuple[Callable[[], object], type[LtcError], str]] = {
    "float": (lambda: Money.of(0.1, CNY), InvalidType, "pass a str, an int or a Decimal"),  # type: ignore[arg-type]
    "bool": (lambda: Money.of(True, CNY), InvalidType, "bool"),
    "none": (lambda: Money.of(None, CNY), InvalidType, "NoneType"),  # type: ignore[arg-type]
    "nan": (lambda: Money.of(Decimal("NaN"), CNY), InvalidValue, "write it as in 12.30"),
    "infinity": (lambda: Money.of("Infinity", CNY), InvalidValue, "write it as in 12.30"),
    "exponent": (lambda: Money.of("1e5", CNY), InvalidValue, "write it as in 12.30"),
    "huge exponent": (lambda: Money.of(Decimal("1E+999999"), CNY), InvalidValue, "write it as in 12.30"),
    "tiny exponent": (lambda: Money.of(Decimal("1E-999999"), CNY), InvalidValue, "write it as in 12.30"),
    "full width": (lambda: Money.of("１２.３０", CNY), InvalidValue, "write it as in 12.30"),
    "underscore": (lambda: Money.of("1_000", CNY), InvalidValue, "write it as in 12.30"),
    "thousands": (lambda: Money.of("1,000.00", CNY), InvalidValue, "write it as in 12.30"),
    "blank": (lambda: Money.of("", CNY), InvalidValue, "write it as in 12.30"),
    "formula": (lambda: Money.of("=1+1", CNY), InvalidValue, "write it as in 12.30"),
    "newline": (lambda: Money.of("1\n", CNY), InvalidValue, "write it as in 12.30"),
    "1 MB": (lambda: Money.of("9" * 10**6, CNY), InvalidValue, "…"),
    "huge int": (lambda: Money.of(10 ** (10**5), CNY), InvalidValue, "over 60 digits"),
    "huge minor units": (lambda: Money(10**60, CNY), InvalidValue, "60 digits of minor units at most"),
    "huge debt": (lambda: Money(-(10**70), CNY), InvalidValue, "60 digits of minor units at most"),
    "huge sum": (lambda: Money(10**60 - 1, CNY) + Money(1, CNY), InvalidValue, "60 digits of minor units at most"),
    "huge multiple": (lambda: Money(10**59, CNY) * 10, InvalidValue, "60 digits of minor units at most"),
    "half a fen": (lambda: Money.of("0.005", CNY), InvalidValue, "CNY takes 2"),
    "yen with decimals": (lambda: Money.of("1.5", "JPY"), InvalidValue, "JPY takes 0"),
    "unknown currency": (lambda: Money.of("1", "RMB"), InvalidValue, "use one such as CNY"),
    "lower case": (lambda: Money(1, "cny"), InvalidValue, "use one such as CNY"),
    "currency of another type": (lambda: Money(1, 156), InvalidType, "use one such as CNY"),  # type: ignore[arg-type]
    "unhashable currency": (lambda: digits_of([]), InvalidType, "use one such as CNY"),  # type: ignore[arg-type]
    "1 MB currency": (lambda: Money(1, "C" * 10**6), InvalidValue, "use one such as CNY"),
    "minor float": (lambda: Money(1.0, CNY), InvalidType, "use Money.of"),  # type: ignore[arg-type]
    "minor bool": (lambda: Money(True, CNY), InvalidType, "use Money.of"),
    "no unit": (lambda: Money.parse("12.30"), InvalidValue, "write it as in 12.30 CNY"),
    "parse a number": (lambda: Money.parse(12), InvalidValue, "write it as in 12.30 CNY"),  # type: ignore[arg-type]
    "two currencies": (lambda: Money(1, CNY) + Money(1, "USD"), CurrencyMismatch, "explicit rate"),
    "difference of two": (lambda: Money(1, CNY) - Money(1, "USD"), CurrencyMismatch, "explicit rate"),
    "order of two": (lambda: Money(1, CNY) < Money(1, "USD"), CurrencyMismatch, "explicit rate"),
    "total of two": (lambda: total([Money(1, CNY)], "USD"), CurrencyMismatch, "explicit rate"),
    "percent as ratio": (lambda: as_ratio(30), InvalidValue, "30 % is 0.30"),
    "negative ratio": (lambda: Money(1, CNY).share("-0.1"), InvalidValue, "from 0 to 1"),
    "no weights": (lambda: allocate(1, []), InvalidValue, "at least one above zero"),
    "zero weights": (lambda: allocate(1, [0, 0]), InvalidValue, "at least one above zero"),
    "negative weight": (lambda: allocate(1, [2, -1]), InvalidValue, "zero or more"),
    "float weight": (lambda: allocate(1, [0.5]), InvalidType, "pass a str"),  # type: ignore[list-item]
    "no parts": (lambda: Money(1, CNY).split(0), InvalidValue, "at least one above zero"),
    "by zero": (lambda: divide(1, 0), InvalidValue, "another denominator"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_at_once_and_says_what_would_pass(name: str, assert_quick: Quick) -> None:
    call, error, passes = BAD[name]
    with pytest.raises(error, match=passes) as caught:
        call()
    assert_quick(call)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("other", [1, 1.0, Decimal(2), "1"])
def test_money_mixes_with_nothing_else(other: Any) -> None:
    for operation in (operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(TypeError):
            operation(Money(1, CNY), other)
    if type(other) is not int:
        with pytest.raises(TypeError):
            _ = Money(1, CNY) * other


def test_values() -> None:
    assert Money(1, CNY) == Money(1, CNY)
    assert Money(1, CNY) != Money(1, "USD")
    assert len({Money(1, CNY), Money(1, CNY)}) == 1
    assert not Money.zero(CNY)
    assert as_decimal(5) == Decimal(5)
    assert Money.of("1.500", CNY) == Money(150, CNY)
    assert (digits_of("BGN"), digits_of("XXX")) == (2, 0)
    assert Money.parse("1.00 LVL") == Money(100, "LVL")  # the lats ended with 2013


@pytest.mark.parametrize("currency", ["CNY", "JPY", "KWD", "CLF", "XAU"])
@pytest.mark.parametrize("minor", [10**60 - 1, 1 - 10**60, 10**59])
def test_the_largest_amount_that_is_made_is_read_back(minor: int, currency: str) -> None:
    assert Money.parse(str(Money(minor, currency))) == Money(minor, currency)


def test_rounding_to_a_power_of_ten() -> None:
    assert Money(4550, CNY).rounded_to(2, Rounding.HALF_DOWN) == Money(4500, CNY)
    assert Money(-4550, CNY).rounded_to(2) == Money(-4600, CNY)
