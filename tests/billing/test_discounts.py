"""Discounts in order and over lines: exact sums, no line below zero, what a red letter gives back of them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.billing import (
    AmountOff,
    Discount,
    InvoiceLine,
    ShareOff,
    apply_discounts,
    discount_lines,
    spread_discount,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.money import Money, total


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


SHARES = st.integers(0, 1000).map(lambda mille: Decimal(mille) / 1000)
DISCOUNTS = st.lists(st.integers(1, 500).map(cny).map(AmountOff) | SHARES.map(ShareOff), max_size=4)


@given(st.integers(0, 10**6), DISCOUNTS)
def test_each_discount_is_taken_of_what_the_former_left(base: int, discounts: list[Discount]) -> None:
    taken = apply_discounts(cny(base), discounts)
    rest = Fraction(base)
    for discount, off in zip(discounts, taken, strict=True):
        expected = (
            min(Fraction(discount.amount.minor), rest)
            if isinstance(discount, AmountOff)
            else Fraction(floor(rest * Fraction(discount.ratio) + Fraction(1, 2)))
        )
        assert off.minor == expected
        rest -= expected
    assert rest >= 0
    assert total(taken, "CNY").minor == base - rest


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.data())
def test_a_discount_is_borne_in_proportion_and_by_nobody_beyond_himself(
    amounts: list[int], data: st.DataObject
) -> None:
    whole = sum(amounts)
    if not whole:
        return
    discount = data.draw(st.integers(0, whole))
    shares = spread_discount(cny(discount), [cny(amount) for amount in amounts])
    assert sum(share.amount.minor for share in shares) == discount
    assert sum(share.exact for share in shares) == discount
    for share, amount in zip(shares, amounts, strict=True):
        assert share.exact == Fraction(discount * amount, whole)
        assert abs(share.amount.minor - share.exact) < 1
        assert 0 <= share.amount.minor <= amount


LINES = st.lists(st.tuples(st.integers(100, 10**6), st.sampled_from(["0.13", "0.06", "0"])), min_size=1, max_size=4)


@given(
    LINES, st.booleans(), st.lists(st.integers(0, 500).map(lambda mille: ShareOff(Decimal(mille) / 1000)), max_size=3)
)
def test_lines_keep_what_they_were_listed_at(rows: list[tuple[int, str]], top: bool, discounts: list[Discount]) -> None:
    lines = [
        InvoiceLine.on_top("x", net=cny(minor), tax_rate=Decimal(rate))
        if top
        else InvoiceLine("x", cny(minor), Decimal(rate))
        for minor, rate in rows
    ]
    less = discount_lines(lines, discounts)
    off = total(apply_discounts(total((line.agreed for line in lines), "CNY"), discounts), "CNY")
    assert [line.listed for line in less] == [line.agreed for line in lines]
    assert total((line.agreed for line in less), "CNY") == total((line.agreed for line in lines), "CNY") - off
    assert [line.group for line in less] == [line.group for line in lines]


def test_worked_figures() -> None:
    listed = [InvoiceLine.on_top("x", net=cny(minor), tax_rate=Decimal("0.2")) for minor in (1999, 6833, 20033)]
    less = discount_lines(listed, [AmountOff(cny(1000))])
    assert [line.discount for line in less] == [cny(69), cny(237), cny(694)]
    assert [line.net.minor for line in less] == [1930, 6596, 19339]
    twice = discount_lines(discount_lines(listed, [AmountOff(cny(600))]), [AmountOff(cny(400))])
    assert sum(line.discount.minor for line in twice if line.discount) == 1000
    assert discount_lines([], [AmountOff(cny(5))]) == ()
    assert discount_lines(listed, []) == tuple(listed)


BAD: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    ("base below zero", lambda: apply_discounts(cny(-1), []), InvalidValue, "below zero; nothing can be taken off it"),
    ("base that is no money", lambda: apply_discounts(1, []), InvalidType, "base is 1; pass a Money"),  # type: ignore[arg-type]
    ("discount of nothing", lambda: AmountOff(cny(0)), InvalidValue, "give more than zero"),
    ("percentage", lambda: ShareOff(20), InvalidValue, "20 is not a ratio"),
    ("float", lambda: ShareOff(0.2), InvalidType, "0.2 is a float"),  # type: ignore[arg-type]
    ("two currencies", lambda: apply_discounts(cny(9), [AmountOff(Money(1, "USD"))]), CurrencyMismatch, "do not mix"),
    ("over nothing", lambda: spread_discount(cny(1), []), InvalidValue, "give a discount and amounts of zero or more"),
    ("over less than nothing", lambda: spread_discount(cny(1), [cny(-1), cny(3)]), InvalidValue, "not all zero"),
    ("less than nothing", lambda: spread_discount(cny(-1), [cny(3)]), InvalidValue, "not all zero"),
    ("too much", lambda: spread_discount(cny(4), [cny(3)]), Refused, "0.04 CNY is more than the 0.03 CNY"),
    (
        "mixed lines",
        lambda: discount_lines(
            [
                InvoiceLine("x", cny(5), Decimal(0)),
                InvoiceLine.on_top("x", net=cny(5), tax_rate=Decimal(0)),
            ],
            [],
        ),
        InvalidValue,
        "discount them apart",
    ),
    ("all of it", lambda: discount_lines([InvoiceLine("x", cny(5), Decimal(0))], [ShareOff(Decimal(1))]), InvalidValue, "gross is 0.00 CNY"),
]  # fmt: skip


@pytest.mark.parametrize("make, error, message", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_discounts_are_refused(make: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
