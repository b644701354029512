"""Tax in and on top, per line and per invoice, against fractions; parts of a line that sum to it, and a wrong rounding that is caught."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc._billing.invoices.line_parts import LineLeft, LinePart
from ltc.billing import Basis, InvoiceIssued, InvoiceLine, TaxRounding, TaxTreatment, issue, net_of, tax_on
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.events import from_json, to_json
from ltc.ids import InvoiceId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, ORDER, PARTY, TODAY

RATES = tuple(map(Decimal, ("0", "0.01", "0.03", "0.05", "0.06", "0.09", "0.13", "0.2", "0.333", "1")))
HALF = Fraction(1, 2)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def half_up(exact: Fraction) -> int:
    return floor(exact + HALF)


def in_gross(minor: int, rate: Decimal, **more: Any) -> InvoiceLine:
    return InvoiceLine("goods", cny(minor), rate, **more)


def on_top(minor: int, rate: Decimal, **more: Any) -> InvoiceLine:
    return InvoiceLine.on_top("goods", net=cny(minor), tax_rate=rate, **more)


AMOUNTS = st.integers(1, 50) | st.integers(1, 10**9)
LINES = st.builds(in_gross, AMOUNTS, st.sampled_from(RATES)) | st.builds(on_top, AMOUNTS, st.sampled_from(RATES))
BILLS = st.lists(LINES, min_size=1, max_size=6)
UNEVEN = st.builds(
    lambda minor, rate, top, up: uneven(minor, rate, top=top, up=up),
    AMOUNTS,
    st.sampled_from(RATES),
    st.booleans(),
    st.booleans(),
)


def uneven(minor: int, rate: Decimal, *, top: bool, up: bool) -> InvoiceLine:
    """A line as an invoice rounds it that rounds by rate: its other amount is either neighbour of the exact one."""
    exact = minor * Fraction(rate) if top else minor / (1 + Fraction(rate))
    other = floor(exact) + (up and exact.denominator != 1)
    if top:
        return InvoiceLine("goods", cny(minor + other), rate, tax_on_top=True, net=cny(minor))
    return InvoiceLine("goods", cny(minor), rate, net=cny(other))


def bill(lines: Sequence[InvoiceLine], rounding: TaxRounding) -> billing.Invoice:
    issued, *_ = issue(
        InvoiceId("I2"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        lines=lines,
        rounding=rounding,
        on=TODAY,
        now=NOON,
    )
    return issued.after


def test_worked_figures() -> None:
    goods = in_gross(10_000_000, Decimal("0.13"))
    assert (str(goods.net), str(goods.tax)) == ("88495.58 CNY", "11504.42 CNY")
    service = in_gross(1_060_000, Decimal("0.06"))
    seeds = in_gross(5_000, Decimal(0), treatment=TaxTreatment.EXEMPT)
    advice = in_gross(7_000, Decimal(0), treatment=TaxTreatment.NOT_TAXABLE)
    mixed = bill([goods, service, goods, seeds, advice], TaxRounding.PER_LINE)
    assert [(str(part.rate), part.treatment.value, str(part.net), str(part.tax)) for part in mixed.tax_totals] == [
        ("0.13", "taxed", "176991.16 CNY", "23008.84 CNY"),
        ("0.06", "taxed", "10000.00 CNY", "600.00 CNY"),
        ("0", "exempt", "50.00 CNY", "0.00 CNY"),
        ("0", "not_taxable", "70.00 CNY", "0.00 CNY"),
    ]
    together = bill([goods, service, goods], TaxRounding.PER_INVOICE)
    assert str(together.tax_totals[0].net) == "176991.15 CNY"  # 200,000.00 / 1.13 = 176,991.150..
    assert [str(line.net) for line in together.lines] == ["88495.58 CNY", "10000.00 CNY", "88495.57 CNY"]


def test_thirds_of_a_fen_are_rounded_once_or_thrice() -> None:
    lines = [on_top(333, Decimal("0.06"))] * 3  # 19.98 of tax each, 59.94 together
    assert bill(lines, TaxRounding.PER_LINE).tax == bill(lines, TaxRounding.PER_INVOICE).tax == cny(60)
    lines = [on_top(7, Decimal("0.06"))] * 3  # 0.42 each, 1.26 together
    assert bill(lines, TaxRounding.PER_LINE).tax == cny(0)
    assert [line.tax.minor for line in bill(lines, TaxRounding.PER_INVOICE).lines] == [1, 0, 0]


@given(AMOUNTS, st.sampled_from(RATES))
def test_a_tax_on_top_is_half_up_and_taken_off_again(minor: int, rate: Decimal) -> None:
    with localcontext(prec=60):
        expected = (minor * rate).quantize(Decimal(1), ROUND_HALF_UP)
    assert tax_on(cny(minor), rate).minor == expected
    assert net_of(on_top(minor, rate).gross, rate) == cny(minor)


@given(BILLS)
def test_per_line_every_line_is_rounded_by_itself(lines: list[InvoiceLine]) -> None:
    invoice = bill(lines, TaxRounding.PER_LINE)
    assert invoice.net + invoice.tax == invoice.gross
    for given_line, line in zip(lines, invoice.lines, strict=True):
        rate = Fraction(line.tax_rate)
        assert line.agreed == given_line.agreed
        if line.tax_on_top:
            assert line.tax.minor == half_up(line.net.minor * rate)
        else:
            assert line.net.minor == half_up(line.gross.minor / (1 + rate))
    assert invoice.net.minor == sum(line.net.minor for line in invoice.lines)


@given(BILLS)
def test_per_invoice_each_group_is_rounded_once_and_the_lines_sum_to_it(lines: list[InvoiceLine]) -> None:
    invoice = bill(lines, TaxRounding.PER_INVOICE)
    assert invoice.net + invoice.tax == invoice.gross
    assert sum(part.tax.minor for part in invoice.tax_totals) == invoice.tax.minor
    exact: dict[tuple[Decimal, bool], Fraction] = {}
    found: Counter[tuple[Decimal, bool]] = Counter()
    for given_line, line in zip(lines, invoice.lines, strict=True):
        group, rate = (line.tax_rate, line.tax_on_top), Fraction(line.tax_rate)
        share = line.net.minor * rate if line.tax_on_top else line.gross.minor / (1 + rate)
        other = line.tax.minor if line.tax_on_top else line.net.minor
        assert line.agreed == given_line.agreed
        assert abs(other - share) < 1
        exact[group] = exact.get(group, Fraction(0)) + share
        found[group] += other
    for group, share in exact.items():
        assert found[group] == half_up(share)
    assert bill(invoice.lines, TaxRounding.PER_INVOICE).lines == invoice.lines  # it changes nothing twice
    assert from_json(to_json(invoice), billing.Invoice) == invoice


@given(BILLS)
def test_an_invoice_cannot_have_a_tax_that_its_policy_does_not_give(lines: list[InvoiceLine]) -> None:
    for rounding in (TaxRounding.PER_LINE, TaxRounding.PER_INVOICE):
        good = bill(lines, rounding).lines
        for place, line in enumerate(good):
            other = uneven(line.agreed.minor, line.tax_rate, top=line.tax_on_top, up=True)
            if other == line:
                other = uneven(line.agreed.minor, line.tax_rate, top=line.tax_on_top, up=False)
            if other == line:
                continue
            made = (*good[:place], other, *good[place + 1 :])
            with pytest.raises(InvalidValue, match=rf"tax of invoice I3 is not rounded {rounding.value}"):
                InvoiceIssued(
                    InvoiceId("I3"),
                    ORDER,
                    ENTITY,
                    PARTY,
                    PARTY,
                    lines=made,
                    rounding=rounding,
                    covers=(),
                    due_on=None,
                    number=None,
                    request=None,
                    on=TODAY,
                    at=NOON,
                )


PARTS = st.lists(st.tuples(st.sampled_from(Basis), st.integers(1, 10**6)), max_size=8)


def taken(line: InvoiceLine, asked: Sequence[tuple[Basis, int]]) -> list[LinePart]:
    """Take parts of a line on whatever basis, as far as they go, and the rest by listed amounts."""
    left, parts = LineLeft(line), []
    for basis, minor in [*asked, *((basis, 10**18) for basis in (Basis.LISTED, Basis.GROSS))]:
        most = min(minor, left.left(basis))
        if most:
            part = left.part(most, basis)
            assert {Basis.GROSS: part.gross, Basis.NET: part.net}.get(basis, most) == most
            parts.append(part)
            left = left.without(part)
    return parts


def check_parts(line: InvoiceLine, parts: Sequence[LinePart]) -> None:
    """Assert that parts sum to their line, none with a sign that it has not."""
    assert sum(part.gross for part in parts) == line.gross.minor
    assert sum(part.net for part in parts) == line.net.minor
    assert sum(part.discount for part in parts) == (line.listed - line.agreed).minor
    for part in parts:
        assert 0 <= part.net <= part.gross
        assert part.discount >= 0


@given(UNEVEN | LINES, PARTS)
def test_parts_on_any_basis_sum_to_the_line(line: InvoiceLine, asked: list[tuple[Basis, int]]) -> None:
    check_parts(line, taken(line, asked))


@given(UNEVEN | LINES, st.integers(1, 10**6), PARTS)
def test_parts_of_a_discounted_line_sum_to_it(line: InvoiceLine, off: int, asked: list[tuple[Basis, int]]) -> None:
    discounted = InvoiceLine(
        line.description,
        line.gross,
        line.tax_rate,
        tax_on_top=line.tax_on_top,
        net=line.net,
        discount=cny(off),
    )
    assert discounted.listed == line.agreed + cny(off)
    check_parts(discounted, taken(discounted, asked))


@given(UNEVEN | LINES, PARTS, st.sampled_from([Basis.GROSS, Basis.NET]))
def test_parts_on_one_basis_stay_near_the_rate(line: InvoiceLine, asked: list[tuple[Basis, int]], basis: Basis) -> None:
    """By gross, or by net where the tax came on top, every part is less than a unit off its own exact amount."""
    if basis is Basis.NET and not line.tax_on_top:
        return
    rate = Fraction(line.tax_rate)
    for part in taken(line, [(basis, minor) for _, minor in asked]):
        if basis is Basis.NET and part.net:
            assert abs(part.gross - part.net - part.net * rate) < 1
        elif part.gross:
            assert abs(part.net - part.gross / (1 + rate)) < 1 + (basis is Basis.NET)


def line_by_line(left: LineLeft, minor: int) -> LinePart:
    """Round each part by itself: the mistake of every system whose credit notes do not sum to the invoice."""
    return LinePart(minor, half_up(minor / (1 + Fraction(left.line.tax_rate))))


def test_a_rounding_part_by_part_is_caught() -> None:
    caught = 0
    for gross in range(100, 160):
        line, parts = in_gross(gross, Decimal("0.13")), []
        left = LineLeft(line)
        while left.left(Basis.GROSS):
            part = line_by_line(left, min(33, left.left(Basis.GROSS)))
            parts.append(part)
            left = left.without(part)
        try:
            check_parts(line, parts)
        except AssertionError:
            caught += 1
    assert caught > 10


BAD: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    (
        "net a fen off",
        lambda: in_gross(113, Decimal("0.13"), net=cny(101)),
        InvalidValue,
        "use 1.00 CNY or a neighbour",
    ),
    ("net below zero", lambda: in_gross(1, Decimal(1), net=cny(-1)), InvalidValue, "has a net of -0.01 CNY"),
    ("net of another currency", lambda: in_gross(1, Decimal(0), net=Money(1, "USD")), CurrencyMismatch, "do not mix"),
    ("net that is no money", lambda: in_gross(1, Decimal(0), net=1), InvalidType, "net is 1; pass a Money"),
    ("gross that is no money", lambda: InvoiceLine("x", 1, Decimal(0)), InvalidType, "gross is 1; pass a Money"),  # type: ignore[arg-type]
    ("net on top below zero", lambda: on_top(-1, Decimal(0)), InvalidValue, "net is -0.01 CNY; give zero or more"),
    ("gross below zero", lambda: in_gross(-1, Decimal(0)), InvalidValue, "gross is -0.01 CNY; give zero or more"),
    (
        "nothing in all",
        lambda: bill([on_top(0, Decimal(0))] * 2, TaxRounding.PER_LINE),
        InvalidValue,
        "comes to 0.00 CNY",
    ),
    ("rate in percent", lambda: on_top(1, Decimal(13)), InvalidValue, "13 is not a ratio"),
    ("quantity of nothing", lambda: in_gross(1, Decimal(0), quantity=0), InvalidValue, "give more than zero or none"),
    ("quantity as a float", lambda: in_gross(1, Decimal(0), quantity=0.5), InvalidType, "float"),
    ("discount of nothing", lambda: in_gross(1, Decimal(0), discount=cny(0)), InvalidValue, "give more than zero"),
    ("discount in USD", lambda: in_gross(1, Decimal(0), discount=Money(1, "USD")), CurrencyMismatch, "do not mix"),
    ("on top as a string", lambda: in_gross(1, Decimal(0), tax_on_top="yes"), InvalidType, "pass a bool"),
    ("policy as a string", lambda: bill([in_gross(1, Decimal(0))], "per_line"), InvalidType, "pass one of TaxRounding"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("make, error, message", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_lines_are_refused(make: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
