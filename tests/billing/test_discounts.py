"""Discounts in order and over lines: exact sums, no line below zero, what a red letter gives back of them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    AmountOff,
    Basis,
    Discount,
    InvoiceLine,
    ShareOff,
    TaxRounding,
    apply_discounts,
    discount_lines,
    split_lines,
    spread_discount,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.events import from_json, to_json
from ltc.ids import InvoiceId, NoteId
from ltc.money import Money, total
from ltc.testing.samples.billing import ENTITY, NOON, ORDER, PARTY, TODAY


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


FREE = InvoiceLine.on_top("gift", net=cny(0), tax_rate=Decimal("0.13"), discount=cny(30), quantity=Decimal(1))
PAID = InvoiceLine.on_top("seats", net=cny(100), tax_rate=Decimal("0.13"), discount=cny(20))


def test_a_line_may_be_discounted_by_all_of_it() -> None:
    listed = [InvoiceLine.on_top("x", net=cny(10), tax_rate=Decimal("0.2")) for _ in range(2)]
    gone = discount_lines(listed, [ShareOff("1"), AmountOff(cny(5)), ShareOff("0.5")])
    assert [(line.gross, line.discount, line.listed) for line in gone] == [(cny(0), cny(10), cny(10))] * 2
    in_gross = discount_lines([InvoiceLine("x", cny(5), Decimal("0.13"))], [AmountOff(cny(9))])
    assert [(line.gross, line.net, line.discount) for line in in_gross] == [(cny(0), cny(0), cny(5))]
    assert discount_lines(listed, [AmountOff(cny(0))]) == tuple(listed)
    with pytest.raises(InvalidValue, match=r"invoice I2 comes to 0\.00 CNY"):
        bill(*gone)
    for rounding in TaxRounding:
        invoice = bill(FREE, PAID, FREE, rounding=rounding)
        assert [line.tax.minor for line in invoice.lines] == [0, 13, 0]
        assert [(part.net, part.tax) for part in invoice.tax_totals] == [(cny(100), cny(13))]


def bill(*lines: InvoiceLine, rounding: TaxRounding = TaxRounding.PER_LINE) -> billing.Invoice:
    issued, *_ = billing.issue(
        InvoiceId("I2"), order=ORDER, entity=ENTITY, party=PARTY, lines=lines, rounding=rounding, on=TODAY, now=NOON
    )
    return issued.after


def take_back(invoice: billing.Invoice, amount: int, basis: Basis, *lines: tuple[int, int]) -> billing.Invoice:
    asked = billing.request_note(
        NoteId(f"N{invoice.version}"),
        invoice=invoice,
        amount=cny(amount),
        basis=basis,
        reason=billing.NoteReason.ALLOWANCE,
        lines=[(number, cny(minor)) for number, minor in lines],
        on=TODAY,
        now=NOON,
    )
    confirmed = billing.confirm_note(asked.after, on=TODAY, now=NOON).after
    note, changed, *_ = billing.issue_note(confirmed, invoice, on=TODAY, now=NOON)
    assert from_json(to_json(note.events[0]), type(note.events[0])) == note.events[0]
    return changed.after


def discount_back(invoice: billing.Invoice) -> list[int]:
    return [
        total((red.discount for red in invoice.red_lines_of(number) if red.discount is not None), "CNY").minor
        for number in range(1, len(invoice.lines) + 1)
    ]


@pytest.mark.parametrize("basis, whole", [(Basis.GROSS, 113), (Basis.NET, 100), (Basis.LISTED, 180)])
def test_what_is_free_is_taken_back_with_the_rest(basis: Basis, whole: int) -> None:
    invoice = bill(FREE, PAID, FREE)
    at_once = take_back(invoice, whole, basis)
    in_two = take_back(take_back(invoice, whole // 2, basis), whole - whole // 2, basis)
    for taken in (at_once, in_two):
        assert (taken.billed, taken.red_tax) == (cny(0), cny(13))
        assert discount_back(taken) == [30, 20, 30]


def test_what_is_free_is_taken_back_by_itself_and_once() -> None:
    invoice = take_back(bill(FREE, PAID), 30, Basis.LISTED, (1, 30))
    assert (invoice.red, discount_back(invoice)) == (cny(0), [30, 0])
    with pytest.raises(Refused, match=r"more than the 0\.00 CNY left of line 1"):
        take_back(invoice, 1, Basis.LISTED, (1, 1))
    assert discount_back(take_back(invoice, 113, Basis.GROSS)) == [30, 20]


def test_what_is_free_is_split_with_what_stands_before_it() -> None:
    piece = InvoiceLine.on_top("press", net=cny(200), tax_rate=Decimal("0.13"), quantity=Decimal(2))
    parts = split_lines([FREE, piece, FREE], cny(80))  # a unit of 100 does not fit, so it goes by amount
    assert [[line.net.minor for line in part] for part in parts] == [[0, 80], [80], [40, 0]]
    assert [[line.net.minor for line in part] for part in split_lines([PAID, FREE, piece], cny(100))] == [
        [100, 0],
        [100],
        [100],
    ]
    assert split_lines([FREE, PAID], cny(100)) == ((FREE, PAID),)


BAD: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    ("base below zero", lambda: apply_discounts(cny(-1), []), InvalidValue, "below zero; nothing can be taken off it"),
    ("base that is no money", lambda: apply_discounts(1, []), InvalidType, "base is 1; pass a Money"),  # type: ignore[arg-type]
    ("discount below zero", lambda: AmountOff(cny(-1)), InvalidValue, "give zero or more"),
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
]  # fmt: skip


@pytest.mark.parametrize("make, error, message", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_discounts_are_refused(make: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
