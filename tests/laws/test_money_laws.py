"""Laws of money, held against plain rational arithmetic."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidValue
from ltc.money import Money, Rounding, allocate, allocate_decimal, as_decimal, divide, total

UNITS = st.integers(-(10**18), 10**18)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)
DECIMALS = st.decimals(min_value=0, max_value=1000, places=3, allow_nan=False)


def by_largest_fraction(units: int, weights: list[Fraction]) -> list[int]:
    """The rule once more, in rationals and without a shortcut."""
    exact = [abs(units) * weight / sum(weights) for weight in weights]
    parts = [part.numerator // part.denominator for part in exact]
    while sum(parts) < abs(units):
        behind = [whole - part for whole, part in zip(exact, parts, strict=True)]
        parts[behind.index(max(behind))] += 1
    return parts if units >= 0 else [-part for part in parts]


@given(UNITS, WEIGHTS)
def test_allocation_equals_rational_arithmetic(units: int, weights: list[int]) -> None:
    assert list(allocate(units, weights)) == by_largest_fraction(units, [Fraction(weight) for weight in weights])


@given(UNITS, st.lists(DECIMALS, min_size=1, max_size=12).filter(any))
def test_decimal_weights_allocate_like_rationals(units: int, weights: list[Decimal]) -> None:
    assert list(allocate(units, weights)) == by_largest_fraction(units, [Fraction(weight) for weight in weights])


@given(UNITS, WEIGHTS)
def test_allocation_is_exact_zero_for_zero_and_mirrored(units: int, weights: list[int]) -> None:
    parts = allocate(units, weights)
    assert sum(parts) == units
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    assert all(part * units >= 0 for part in parts)
    assert allocate(-units, weights) == tuple(-part for part in parts)


@given(UNITS, WEIGHTS, st.integers(1, 10**6))
def test_only_the_proportion_of_weights_counts(units: int, weights: list[int], factor: int) -> None:
    assert allocate(units, weights) == allocate(units, [Fraction(weight, factor) for weight in weights])


@given(UNITS, st.integers(1, 40))
def test_a_split_is_an_allocation_to_equal_weights(units: int, parts: int) -> None:
    split = Money(units, "CNY").split(parts)
    assert total(split, "CNY") == Money(units, "CNY")
    assert max(split).minor - min(split).minor <= 1


@given(st.decimals(-(10**6), 10**6, places=2), st.lists(DECIMALS, min_size=1, max_size=6).filter(any))
def test_a_decimal_allocation_adds_up_at_its_finer_scale(amount: Decimal, weights: list[Decimal]) -> None:
    parts = allocate_decimal(amount, weights)
    assert sum(map(Fraction, parts)) == Fraction(amount)
    assert all(part.as_tuple().exponent == -5 for part in parts)


DECIMAL_MODES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.CEILING: decimal.ROUND_CEILING,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
}


@pytest.mark.parametrize("mode", DECIMAL_MODES)
@given(st.integers(-(10**15), 10**15), st.sampled_from([1, 2, 4, 5, 8, 10, 20, 25, 100, 1000]))
def test_rounding_agrees_with_the_decimal_module(mode: Rounding, numerator: int, denominator: int) -> None:
    with decimal.localcontext(prec=60):
        expected = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), DECIMAL_MODES[mode])
    assert divide(numerator, denominator, mode) == int(expected)
    assert divide(-numerator, -denominator, mode) == int(expected)


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000))
def test_the_modes_that_decimal_lacks(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    nearest = [whole for whole in range(int(exact) - 2, int(exact) + 3) if abs(whole - exact) <= Fraction(1, 2)]
    assert divide(numerator, denominator, Rounding.HALF_CEILING) == max(nearest)
    assert divide(numerator, denominator, Rounding.HALF_FLOOR) == min(nearest)
    odd = divide(numerator, denominator, Rounding.HALF_ODD)
    assert odd in nearest
    assert len(nearest) == 1 or odd % 2 == 1


@given(UNITS, UNITS, st.integers(-1000, 1000))
def test_sums_and_multiples_are_those_of_integers(left: int, right: int, times: int) -> None:
    one, other = Money(left, "CNY"), Money(right, "CNY")
    assert (one + other).minor == left + right
    assert one - other == -(other - one)
    assert (one * times).minor == (times * one).minor == left * times
    assert (one < other, one <= other, one > other, one >= other) == (
        left < right,
        left <= right,
        left > right,
        left >= right,
    )
    assert abs(one).minor == abs(left)


@given(UNITS, st.sampled_from(["CNY", "JPY", "KWD", "XAU", "BGN"]))
def test_text_and_amount_are_read_back(units: int, currency: str) -> None:
    money = Money(units, currency)
    assert Money.parse(str(money)) == money
    with decimal.localcontext(prec=3):  # a host's context must not reach in
        assert Money.of(money.amount, currency) == money
        assert str(money) == str(Money(units, currency))


@given(UNITS, st.decimals(0, 1, places=6), st.sampled_from(list(Rounding)))
def test_a_share_is_rounded_once(units: int, ratio: Decimal, mode: Rounding) -> None:
    exact = units * Fraction(ratio)
    assert Money(units, "CNY").share(ratio, mode).minor == divide(exact.numerator, exact.denominator, mode)


@given(st.fractions(-(10**6), 10**6, max_denominator=10**6))
def test_rounded_is_the_nearest_money(exact: Fraction) -> None:
    assert abs(Fraction(Money.rounded(exact, "CNY").minor, 100) - exact) <= Fraction(1, 200)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_what_is_accepted_is_read_back_from_its_text(value: Decimal) -> None:
    try:
        exact = as_decimal(value)
    except InvalidValue:
        return
    assert as_decimal(f"{exact:f}") == value


@given(st.integers(-(10**40), 10**40), st.integers(0, 12), st.lists(DECIMALS, min_size=1, max_size=6).filter(any))
def test_a_decimal_allocation_does_not_depend_on_the_hosts_context(
    units: int, places: int, weights: list[Decimal]
) -> None:
    amount = Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -places))
    with decimal.localcontext(prec=3):
        parts = allocate_decimal(amount, weights)
    assert sum(map(Fraction, parts)) == Fraction(amount)
