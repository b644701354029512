"""Batches: planned, delivered in parts and beyond what is ordered, accepted, rejected, returned; and the position after that."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from ltc.contracts import (
    Line,
    LineChange,
    Move,
    MoveKind,
    Order,
    accept,
    amend,
    deliver,
    diff,
    place_order,
    plan_batch,
    reject,
    return_batch,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, NotFound, Refused
from ltc.ids import ChangeId, LineId, OrderId
from ltc.money import Money
from ltc.testing.samples.contracts import (
    NOON,
    TODAY,
    accepted_order,
    delivered_order,
    placed_order,
    planned_order,
    signed_contract,
)
from ltc.text import say

ONE, TWO, NINE = LineId("1"), LineId("2"), LineId("9")
Amounts = dict[LineId, Decimal]


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def of(one: str) -> Amounts:
    return {ONE: Decimal(one)}


def ship(order: Order, batch: str, on: int, one: str) -> Order:
    return deliver(order, batch=batch, quantities=of(one), on=day(on), now=NOON).after


def take(order: Order, batch: str, on: int, one: str | None = None) -> Order:
    return accept(order, batch=batch, quantities=of(one) if one else None, on=day(on), now=NOON).after


def refuse(order: Order, batch: str, on: int, one: str | None = None) -> Order:
    return reject(
        order, batch=batch, quantities=of(one) if one else None, reason="scratched", on=day(on), now=NOON
    ).after


def give_back(order: Order, batch: str, on: int, one: str | None = None) -> Order:
    return return_batch(
        order, batch=batch, quantities=of(one) if one else None, reason="broken", on=day(on), now=NOON
    ).after


def wires(quantity: str, *, tolerance: str = "0", of_line: str | None = None) -> Order:
    """Return an order of so many meters of wire, with what may come on top."""
    line = Line(
        ONE, "线缆", Decimal(quantity), Decimal("2.50"), Decimal("0.13"), tolerance=of_line and Decimal(of_line)
    )
    return place_order(
        OrderId("SO-2"),
        contract=signed_contract(),
        lines=[line],
        currency="CNY",
        tolerance=Decimal(tolerance),
        on=TODAY,
        now=NOON,
    ).after


def facts(order: Order) -> tuple[str, ...]:
    """Return what of the first line is planned, delivered, accepted, returned and kept."""
    place = order.position()[0]
    return tuple(
        f"{amount.normalize():f}"
        for amount in (place.planned, place.delivered, place.accepted, place.returned, place.kept)
    )


# 100 m of wire in planned batches of 60 and 40, delivered in parts, worked out by hand
STEPS: list[tuple[str, Callable[[Order], Order], tuple[str, ...], Any, Any]] = [
    ("30 of batch A", lambda order: ship(order, "A", 10, "30"), ("100", "30", "0", "0", "30"), None, None),
    ("10 accepted", lambda order: take(order, "A", 11, "10"), ("100", "30", "10", "0", "30"), None, None),
    ("5 rejected", lambda order: refuse(order, "A", 12, "5"), ("100", "25", "10", "0", "25"), None, None),
    ("the rest of A", lambda order: ship(order, "A", 13, "35"), ("100", "60", "10", "0", "60"), 13, None),
    ("A accepted", lambda order: take(order, "A", 14), ("100", "60", "60", "0", "60"), 13, 14),
    ("8 given back", lambda order: give_back(order, "A", 15, "8"), ("100", "60", "52", "8", "52"), 13, 14),
    ("B with 8 more", lambda order: ship(order, "B", 16, "48"), ("100", "108", "52", "8", "100"), 13, 14),
    ("3 of B given back", lambda order: give_back(order, "B", 17, "3"), ("100", "108", "52", "11", "97"), 13, 14),
    ("B accepted", lambda order: take(order, "B", 18), ("100", "108", "97", "11", "97"), 13, 14),
]


def planned_wires() -> Order:
    order = plan_batch(wires("100"), batch="A", quantities=of("60"), due_on=day(10), on=TODAY, now=NOON).after
    return plan_batch(order, batch="B", quantities=of("40"), due_on=day(20), on=TODAY, now=NOON).after


def test_a_batch_is_followed_step_by_step() -> None:
    order, seen = planned_wires(), list[Order]()
    for name, step, expected, delivered, accepted in STEPS:
        order = step(order)
        seen.append(order)
        batch = order.batch("A")
        assert batch is not None
        assert facts(order) == expected, name
        assert (batch.delivered_on, batch.accepted_on) == tuple(on and day(on) for on in (delivered, accepted)), name
    assert [facts(order.as_of(day(10 + number))) for number in range(len(STEPS))] == [step[2] for step in STEPS]
    for number, then in enumerate(seen):  # what was before is the same before and after all that came later
        for before in range(number + 1):
            assert order.as_of(day(10 + before)) == then.as_of(day(10 + before))


def test_a_planned_batch_has_a_place_before_it_comes() -> None:
    order = ship(planned_order(), "B2", 5, "1")
    assert [batch.id for batch in order.batches] == ["B1", "B2"]
    assert [batch.delivered_on for batch in order.batches] == [None, day(5)]
    assert (order.batches[0].last_on, order.batches[1].last_on) == (None, day(5))
    assert order.batches[1].moves == (Move(MoveKind.DELIVERED, ((ONE, Decimal(1)),), day(5)),)
    assert [batch.id for batch in order.as_of(TODAY).batches] == ["B1", "B2"]
    assert delivered_order().as_of(TODAY).batches == ()


def test_what_is_rejected_is_delivered_again() -> None:
    order = refuse(delivered_order(), "B1", 21)
    assert facts(order) == ("0", "0", "0", "0", "0")
    assert order.delivered_on is None
    assert order.batches[0].moves[-1] == Move(MoveKind.REJECTED, ((ONE, Decimal(2)),), day(21), "scratched")
    order = take(ship(order, "B1", 25, "2"), "B1", 26)
    assert (order.delivered_on, order.accepted_on) == (day(25), day(26))
    assert order.as_of(day(21)).delivered_on is None
    assert order.as_of(day(20)).delivered_on == day(20)


def test_an_order_is_whole_no_more_once_goods_come_back_until_they_are_replaced() -> None:
    order = give_back(accepted_order(), "B1", 26, "1")
    assert (order.delivered_on, order.accepted_on) == (None, None)
    order = take(ship(order, "B2", 28, "1"), "B2", 29)
    assert (order.delivered_on, order.accepted_on) == (day(28), day(29))
    assert [batch.accepted_on for batch in order.batches] == [day(25), day(29)]


def test_a_batch_that_came_back_unaccepted_was_never_accepted() -> None:
    [batch] = give_back(delivered_order(), "B1", 21).batches
    assert (batch.delivered_on, batch.accepted_on) == (day(20), None)


# ordered, tolerance of the order, of the line, the most that may come: 1,000 x 1.05, 3 x 1.1 ...
TOLERANCES = [
    ("1000", "0", None, "1000"),
    ("1000", "0.05", None, "1050"),
    ("1000", "0.05", "0", "1000"),
    ("1000", "0", "0.03", "1030"),
    ("3", "0.1", None, "3.3"),
    ("0.001", "1", None, "0.002"),
]


@pytest.mark.parametrize("ordered, tolerance, of_line, most", TOLERANCES)
def test_more_may_come_within_the_tolerance(ordered: str, tolerance: str, of_line: str | None, most: str) -> None:
    order = wires(ordered, tolerance=tolerance, of_line=of_line)
    assert order.limit(ONE) == Decimal(most)
    whole = ship(order, "A", 10, most)
    assert whole.delivered_on == day(10)
    with pytest.raises(Refused) as refusal:
        ship(order, "A", 10, most + ("01" if "." in most else ".01"))
    assert refusal.value.facts["left"] == Decimal(most)
    with pytest.raises(Refused, match="leave the line out"):
        ship(whole, "B", 11, "0.0001")


def test_a_tolerance_is_a_share() -> None:
    with pytest.raises(InvalidValue, match="use one from 0 to 1"):
        wires("10", tolerance="1.5")
    with pytest.raises(InvalidValue, match="use one from 0 to 1"):
        wires("10", of_line="-0.1")


def test_a_late_entry_does_not_break_a_day_in_between() -> None:
    order = ship(wires("10"), "A", 10, "10")
    order = ship(give_back(order, "A", 20, "4"), "B", 21, "4")
    with pytest.raises(Refused, match="has 0 left"):
        ship(order, "C", 15, "1")
    order = give_back(order, "B", 25, "3")
    with pytest.raises(Refused, match="has 0 left"):  # on the 21st to the 24th all ten were there
        ship(order, "C", 22, "1")
    assert facts(ship(order, "C", 25, "3")) == ("0", "17", "0", "7", "10")


def change(order: Order, on: int, *lines: Line) -> Order:
    return amend(
        order, change=ChangeId(f"C{on}"), lines=lines, reason="agreed", approval=None, on=day(on), now=NOON
    ).after


def test_a_line_falls_to_what_was_kept_on_every_day_since() -> None:
    order = give_back(ship(wires("10"), "A", 10, "10"), "A", 20, "4")
    six = attrs.evolve(order.line(ONE), quantity=6)
    with pytest.raises(Refused, match="10 were delivered; order 10 or more"):
        change(order, 19, six)
    order = change(order, 20, six)
    assert order.delivered_on == day(10)
    assert order.as_of(day(19)).line(ONE).quantity == Decimal(10)
    with pytest.raises(Refused, match="has 0 left"):
        ship(order, "B", 20, "1")


def test_what_came_beyond_need_not_be_ordered_and_may_not_become_too_much() -> None:
    order = ship(wires("10", tolerance="0.1"), "A", 10, "11")
    cheaper = attrs.evolve(order.line(ONE), unit_price="2.00")
    assert change(order, 12, cheaper).amount == Money.of("20.00", "CNY")
    with pytest.raises(Refused, match="cannot become 9: 11 were delivered"):
        change(order, 12, attrs.evolve(cheaper, quantity=9))
    with pytest.raises(Refused, match="cannot become 10: 11 were delivered"):
        change(order, 12, attrs.evolve(cheaper, tolerance=0))


def test_a_line_was_not_there_before_it_was_agreed() -> None:
    order = wires("10")
    extra = Line(TWO, "插头", Decimal(4), Decimal("1.00"), Decimal("0.13"))
    order = change(order, 15, order.line(ONE), extra)
    with pytest.raises(Refused, match="has 0 left to deliver"):
        deliver(order, batch="A", quantities={TWO: Decimal(1)}, on=day(14), now=NOON)
    assert deliver(order, batch="A", quantities={TWO: Decimal(4)}, on=day(15), now=NOON).after.delivered(TWO) == 4
    assert diff(order.as_of(day(14)), order) == (LineChange(TWO, None, extra),)
    assert order.as_of(day(14)).amendments == ()


def test_a_position_takes_what_was_invoiced_and_collected() -> None:
    invoiced, collected = {ONE: Money.of("90000", "CNY")}, {ONE: Money.of("30000", "CNY")}
    machine, care = delivered_order().position(invoiced=invoiced, collected=collected)
    assert (str(machine.invoiced), str(machine.collected)) == ("90000.00 CNY", "30000.00 CNY")
    assert (str(care.invoiced), str(care.collected)) == ("0.00 CNY", "0.00 CNY")
    with pytest.raises(NotFound, match="has no line 9"):
        delivered_order().position(invoiced={NINE: Money.of("1", "CNY")})
    with pytest.raises(NotFound, match="has no line 9"):
        delivered_order().position(collected={NINE: Money.of("1", "CNY")})
    with pytest.raises(CurrencyMismatch):
        delivered_order().position(invoiced={ONE: Money.of("1", "USD")})


def test_an_order_of_an_earlier_day_is_to_be_read_only() -> None:
    order = accepted_order().as_of(day(20))
    assert (order.version, order.delivered_on, order.accepted_on) == (0, day(20), None)
    with pytest.raises(Refused, match="was placed on 2026-03-02, after 2026-03-01"):
        order.as_of(day(1))
    noon: Any = NOON
    with pytest.raises(InvalidType):
        order.as_of(noon)


def plan(order: Order, batch: str, one: str, due_on: int = 20) -> Order:
    return plan_batch(order, batch=batch, quantities=of(one), due_on=day(due_on), on=TODAY, now=NOON).after


REFUSALS: list[tuple[type[LtcError], str, Callable[[], object], str]] = [
    (
        Refused,
        "order.batch_known",
        lambda: plan(planned_order(), "B1", "1"),
        "batch B1 of order SO-1 is known; give the new one its own id",
    ),
    (
        Refused,
        "order.batch_known",
        lambda: plan(delivered_order(), "B1", "1"),
        "batch B1 of order SO-1 is known; give the new one its own id",
    ),
    (
        Refused,
        "order.over_planned",
        lambda: plan(plan(placed_order(), "B1", "1"), "B2", "1.5"),
        "1.5 of line 1 cannot be planned: order SO-1 has 1.0 left to plan; plan 1.0 or less",
    ),
    (
        Refused,
        "order.over_planned",
        lambda: plan(planned_order(), "B3", "1"),
        "1 of line 1 cannot be planned: order SO-1 has 0 left to plan; leave the line out, or amend the order first",
    ),
    (
        Refused,
        "order.too_early",
        lambda: plan(placed_order(), "B1", "1", due_on=1),
        "order SO-1 was placed on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    (
        NotFound,
        "order.no_line",
        lambda: plan_batch(placed_order(), batch="B", quantities={NINE: Decimal(1)}, due_on=TODAY, on=TODAY, now=NOON),
        "order SO-1 has no line 9; it has 1, 2",
    ),
    (
        Refused,
        "order.moved_early",
        lambda: ship(refuse(delivered_order(), "B1", 21, "1"), "B1", 20, "1"),
        "batch B1 of order SO-1 was last moved on 2026-03-21, after 2026-03-20; use that day or a later one",
    ),
    (
        Refused,
        "order.moved_early",
        lambda: give_back(accepted_order(), "B1", 24),
        "batch B1 of order SO-1 was last moved on 2026-03-25, after 2026-03-24; use that day or a later one",
    ),
    (
        Refused,
        "order.nothing_waits",
        lambda: take(planned_order(), "B1", 20),
        "nothing of batch B1 of order SO-1 is delivered and not decided; deliver it first",
    ),
    (
        Refused,
        "order.nothing_waits",
        lambda: refuse(accepted_order(), "B1", 26),
        "nothing of batch B1 of order SO-1 is delivered and not decided; deliver it first",
    ),
    (
        Refused,
        "order.over_waiting",
        lambda: refuse(delivered_order(), "B1", 21, "3"),
        "3 of line 1 is more than batch B1 of order SO-1 has: 2 is delivered and not decided; use 2 or less",
    ),
    (
        Refused,
        "order.over_waiting",
        lambda: accept(delivered_order(), batch="B1", quantities={TWO: Decimal(1)}, on=day(21), now=NOON),
        "1 of line 2 is more than batch B1 of order SO-1 has: 0 is delivered and not decided; leave the line out",
    ),
    (
        Refused,
        "order.nothing_kept",
        lambda: give_back(give_back(accepted_order(), "B1", 26), "B1", 26),
        "nothing of batch B1 of order SO-1 is with the customer; deliver it first",
    ),
    (
        Refused,
        "order.over_kept",
        lambda: give_back(accepted_order(), "B1", 26, "2.5"),
        "2.5 of line 1 is more than batch B1 of order SO-1 has: 2 is with the customer; use 2 or less",
    ),
    (
        NotFound,
        "order.no_batch",
        lambda: refuse(placed_order(), "B1", 3),
        "order SO-1 has no batch B1; deliver it first",
    ),
    (
        NotFound,
        "order.no_batch",
        lambda: give_back(placed_order(), "B1", 3),
        "order SO-1 has no batch B1; deliver it first",
    ),
]


@pytest.mark.parametrize("error, code, attempt, message", REFUSALS)
def test_a_refusal_says_what_would_pass(
    error: type[LtcError], code: str, attempt: Callable[[], object], message: str
) -> None:
    with pytest.raises(error) as refusal:
        attempt()
    assert (refusal.value.code, str(refusal.value)) == (code, message)
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


@pytest.mark.parametrize("verb", [reject, return_batch])
def test_a_rejection_and_a_return_have_a_reason(verb: Any) -> None:
    with pytest.raises(InvalidValue):
        verb(delivered_order(), batch="B1", reason=" ", on=day(21), now=NOON)
