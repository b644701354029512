"""Lines: amounts computed a second way, and reductions to the fen."""

import decimal
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.contracts import Line, LineKind, reduce_lines
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import from_json, to_json
from ltc.ids import LineId
from ltc.money import Money
from ltc.text import say


def cny(amount: int | str | Decimal) -> Money:
    return Money.of(amount, "CNY")


def line(name: str = "1", /, **changed: Any) -> Line:
    facts: dict[str, Any] = {"quantity": "1", "unit_price": "100.00", "tax_rate": "0.13"}
    return Line(LineId(name), "加工中心", **(facts | changed))


@pytest.mark.parametrize(
    "facts, gross, net",
    [
        ({}, "100.00", "88.50"),
        ({"tax_rate": "0.06"}, "100.00", "94.34"),
        ({"tax_rate": 0}, "100.00", "100.00"),
        ({"quantity": "3", "unit_price": "33.335"}, "100.01", "88.50"),
        ({"quantity": "0.333", "unit_price": "0.01"}, "0.00", "0.00"),
        ({"discount": "0.125"}, "87.50", "77.43"),
        ({"discount": "1"}, "0.00", "0.00"),
        ({"quantity": "0"}, "0.00", "0.00"),
        ({"adjustment": cny("-10.00")}, "90.00", "79.65"),
        ({"adjustment": cny("-100.00")}, "0.00", "0.00"),
        ({"adjustment": cny("13.00")}, "113.00", "100.00"),
    ],
)
def test_an_amount_is_rounded_once_and_its_tax_is_what_the_net_leaves(
    facts: dict[str, Any], gross: str, net: str
) -> None:
    made = line(**facts)
    assert (made.amount("CNY"), made.net("CNY")) == (cny(gross), cny(net))
    assert made.tax("CNY") == cny(Decimal(gross) - Decimal(net))


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    made = line(quantity="3", unit_price="33.335")
    assert [str(made.amount(currency)) for currency in ("JPY", "KWD")] == ["100 JPY", "100.005 KWD"]


def test_the_hosts_decimal_context_changes_nothing() -> None:
    made = line(quantity="3.333", unit_price="1234567.8912", discount="0.0375")
    expected = made.amount("CNY")
    with decimal.localcontext(decimal.Context(prec=3)):
        assert made.amount("CNY") == expected


@pytest.mark.parametrize(
    "build, code",
    [
        (lambda: line(quantity=1.5), "money.type"),
        (lambda: line(quantity=True), "money.type"),
        (lambda: line(unit_price="NaN"), "money.syntax"),
        (lambda: line(unit_price="１００"), "money.syntax"),
        (lambda: line(quantity="-1"), "line.negative"),
        (lambda: line(unit_price="-0.01"), "line.negative"),
        (lambda: line(tax_rate=13), "money.ratio"),
        (lambda: line(discount="1.01"), "money.ratio"),
        (lambda: line(kind="gift"), "line.kind"),
        (lambda: line(adjustment="5.00"), "line.adjustment"),
        (lambda: line(adjustment=cny("-100.01")), "line.under_zero"),
        (lambda: line(""), "text.blank"),
        (lambda: reduce_lines([line()], cny(-1)), "order.reduction"),
        (lambda: reduce_lines([line()], cny("100.01")), "order.reduced_under_zero"),
        (lambda: reduce_lines([], cny(1)), "order.reduced_under_zero"),
        (lambda: reduce_lines([line(adjustment=Money.of(1, "USD"))], cny(1)), "money.currency"),
    ],
)
def test_what_is_no_line_and_no_reduction(build: Callable[[], object], code: str) -> None:
    with pytest.raises(LtcError) as fault:
        build()
    assert fault.value.code == code
    if code.startswith(("line.", "order.")):
        assert "{" not in say(code, "en", **fault.value.facts)
        assert "{" not in say(code, "zh_CN", **fault.value.facts)


def test_the_errors_tell_a_bug_from_a_refusal() -> None:
    with pytest.raises(InvalidType):
        line(adjustment=5)
    with pytest.raises(InvalidValue, match="'gift' is no kind of line; use one of goods, service"):
        line(kind="gift")
    with pytest.raises(
        Refused, match=r"cannot take 101.00 CNY off lines that cost 100.00 CNY; take off 100.00 CNY or less"
    ):
        reduce_lines([line()], cny(101))
    with pytest.raises(CurrencyMismatch):
        line(adjustment=Money.of(1, "USD")).amount("CNY")


def amounts(lines: tuple[Line, ...]) -> list[str]:
    return [str(made.amount("CNY").amount) for made in lines]


STORY = (
    line("1", quantity=2, unit_price=45000),
    line("2", unit_price=6000, kind="service"),
    line("3", unit_price=4000, kind="service"),
)


@pytest.mark.parametrize(
    "amount, prefer, left",
    [
        ("0", LineKind.SERVICE, ["90000.00", "6000.00", "4000.00"]),
        ("10000", LineKind.SERVICE, ["90000.00", "0.00", "0.00"]),
        ("5000", LineKind.SERVICE, ["90000.00", "3000.00", "2000.00"]),
        ("0.01", LineKind.SERVICE, ["90000.00", "5999.99", "4000.00"]),
        ("12000", LineKind.SERVICE, ["88000.00", "0.00", "0.00"]),
        ("12000", "service", ["88000.00", "0.00", "0.00"]),
        ("5000", LineKind.GOODS, ["85000.00", "6000.00", "4000.00"]),
        ("5000", ["3"], ["89062.50", "5937.50", "0.00"]),
        ("5000", [], ["85500.00", "5700.00", "3800.00"]),
        ("100000", [], ["0.00", "0.00", "0.00"]),
    ],
)
def test_the_preferred_lines_give_first_and_the_rest_in_proportion(amount: str, prefer: Any, left: list[str]) -> None:
    assert amounts(reduce_lines(STORY, cny(amount), prefer=prefer)) == left


def test_a_line_that_is_let_off_twice_and_charged_again_forgets_its_adjustment() -> None:
    once = reduce_lines([line()], cny("30.00"))
    twice = reduce_lines(once, cny("20.00"))
    assert twice[0].adjustment == cny("-50.00")
    charged = attrs.evolve(twice[0], adjustment=cny("20.00"))
    assert reduce_lines([charged], cny("20.00"))[0].adjustment is None


def test_an_amount_in_another_currency_than_the_orders_is_refused() -> None:
    dollars = Money.of("10.00", "USD")
    for currency in ("CNY", "EUR"):
        with pytest.raises(CurrencyMismatch, match=f"{currency} and USD do not mix; convert one with an explicit rate"):
            reduce_lines(STORY, dollars, currency=currency)
    assert reduce_lines(STORY, cny("10.00"), currency="CNY") == reduce_lines(STORY, cny("10.00"))


quantities = st.decimals(0, 50, places=3)
ratios = st.decimals(0, 1, places=4)


@st.composite
def any_lines(draw: st.DrawFn) -> Line:
    plain = line(
        str(draw(st.integers(1, 10**6))),
        quantity=draw(quantities),
        unit_price=draw(st.decimals(0, 1000, places=4)),
        tax_rate=draw(ratios),
        discount=draw(ratios),
        kind=draw(st.sampled_from(LineKind)),
    )
    most = plain.amount("CNY").minor
    return attrs.evolve(
        plain, adjustment=draw(st.none() | st.integers(-most, 10**6).map(lambda minor: Money(minor, "CNY")))
    )


@given(any_lines())
def test_an_amount_is_that_of_wide_decimals(made: Line) -> None:
    with decimal.localcontext(decimal.Context(prec=100)):
        exact = made.quantity * made.unit_price * (1 - made.discount)
        listed = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        gross = listed + (made.adjustment.amount if made.adjustment else 0)
        net = (gross / (1 + made.tax_rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (made.amount("CNY").amount, made.net("CNY").amount) == (gross, net)
    assert made.net("CNY") + made.tax("CNY") == made.amount("CNY")
    assert made.tax("CNY").minor >= 0


@given(any_lines())
def test_a_line_survives_json(made: Line) -> None:
    read = from_json(to_json(made), Line)
    assert read == made
    assert read.kind is made.kind


@given(st.lists(any_lines(), max_size=6, unique_by=lambda made: made.id), st.data())
def test_a_reduction_is_exact_fair_and_never_under_zero(lines: list[Line], data: st.DataObject) -> None:
    before = [made.amount("CNY").minor for made in lines]
    taken = data.draw(st.integers(0, sum(before)))
    prefer: Any = data.draw(
        st.sampled_from(LineKind) | st.sets(st.sampled_from([m.id for m in lines] or [LineId("x")]))
    )
    reduced = reduce_lines(lines, Money(taken, "CNY"), prefer=prefer)
    after = [made.amount("CNY").minor for made in reduced]
    assert sum(after) == sum(before) - taken
    assert all(0 <= new <= old for new, old in zip(after, before, strict=True))
    first = [made.kind is prefer if isinstance(prefer, LineKind) else made.id in prefer for made in lines]
    most = sum(cost for cost, wanted in zip(before, first, strict=True) if wanted)
    from_first = min(taken, most)
    for new, old, wanted in zip(after, before, first, strict=True):
        share, base = (from_first, most) if wanted else (taken - from_first, sum(before) - most)
        exact = Fraction(share * old, base) if base else Fraction(0)
        assert -1 < Fraction(old - new) - exact < 1
    same = [attrs.evolve(made, adjustment=None) for made in lines]
    assert [attrs.evolve(made, adjustment=None) for made in reduced] == same
