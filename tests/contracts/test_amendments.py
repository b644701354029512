"""Amendments of an order: its versions, what differs between any two, and the floors under which no line falls."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from ltc.contracts import DueChange, Line, LineChange, Order, amend, deliver, diff, diff_dates
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, NotFound, Refused
from ltc.ids import ChangeId, LineId, RequestId
from ltc.money import Money, total
from ltc.testing.samples.contracts import NOON, amended_order, delivered_order, order_lines, placed_order, planned_order
from ltc.text import say

ONE, TWO, NINE = LineId("1"), LineId("2"), LineId("9")
MACHINE, CARE = order_lines()
SPARE = Line(LineId("3"), "备件", Decimal(5), Decimal("20.00"), Decimal("0.13"))


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def day(number: int) -> dt.date:
    return dt.date(2026, 4, number)


def change(order: Order, number: int, *lines: Line, on: int | None = None, **more: Any) -> Order:
    return amend(
        order,
        change=ChangeId(f"C{number}"),
        lines=lines or None,
        reason=f"reason {number}",
        approval=RequestId(f"AR-{number}"),
        on=day(on or number),
        now=NOON,
        **more,
    ).after


def story() -> Order:
    """Return an order amended four times: a line added, one made fewer and one dearer, a batch moved, a line taken back."""
    order = change(planned_order(), 1, MACHINE, CARE, SPARE)
    order = change(order, 2, attrs.evolve(MACHINE, unit_price="44000"), attrs.evolve(CARE, quantity="0.5"), SPARE)
    order = change(order, 3, due_on={"B1": day(20), "B2": day(20)})
    return change(order, 3 + 1, *order.lines[:2], due_on={"B1": day(25)}, on=3)


# what the order comes to by hand: 2 x 45,000 + 10,000; + 5 x 20; 2 x 44,000 + 5,000 + 100; the same; - 100
AMOUNTS = ["100000.00", "100100.00", "93100.00", "93100.00", "93000.00"]


def test_every_version_can_be_read() -> None:
    order = story()
    assert [order.at_revision(number).amount for number in range(order.revision + 1)] == list(map(cny, AMOUNTS))
    for number in range(order.revision + 1):
        version = order.at_revision(number)
        assert version.amount == total((line.amount("CNY") for line in version.lines), "CNY")
        assert (version.revision, version.id, version.version) == (number, order.id, 0)
    days = [order.as_of(on).amount for on in (dt.date(2026, 3, 31), day(1), day(2), day(3))]
    assert days == [cny(AMOUNTS[number]) for number in (0, 1, 2, 4)]
    assert [batch.plan and batch.plan.due_on for batch in order.as_of(day(2)).batches] == [
        dt.date(2026, 3, 20),
        dt.date(2026, 4, 20),
    ]
    assert [batch.plan and batch.plan.due_on for batch in order.batches] == [day(25), day(20)]


def test_any_two_versions_differ_by_what_was_changed_between_them() -> None:
    order = story()
    for first in range(order.revision + 1):
        for second in range(order.revision + 1):
            one, other = order.at_revision(first), order.at_revision(second)
            moved = total((line.difference("CNY") for line in diff(one, other)), "CNY")
            assert moved == other.amount - one.amount
    assert [step.line for step in diff(order.at_revision(1), order)] == ["1", "2", "3"]
    assert diff_dates(order.at_revision(2), order) == (DueChange("B1", dt.date(2026, 3, 20), day(25)),)
    assert diff_dates(order.at_revision(3), order) == (DueChange("B1", day(20), day(25)),)
    assert diff_dates(order, order.at_revision(3)) == (DueChange("B1", day(25), day(20)),)
    assert diff_dates(placed_order(), order) == ()
    assert diff_dates(order, placed_order()) == ()


def test_an_amendment_says_what_changed_when_why_and_by_whose_approval() -> None:
    first, second, third, fourth = story().amendments
    assert first.changes == (LineChange(SPARE.id, None, SPARE),)
    assert [step.fields for step in second.changes] == [("unit_price",), ("quantity",)]
    assert (third.changes, third.difference) == ((), cny("0.00"))
    assert third.due_changes == (DueChange("B1", dt.date(2026, 3, 20), day(20)),)  # B2 was due then already
    assert (fourth.changes, fourth.due_changes) == (
        (LineChange(SPARE.id, SPARE, None),),
        (DueChange("B1", day(20), day(25)),),
    )
    assert (second.change, second.reason, second.approval, second.on) == ("C2", "reason 2", "AR-2", day(2))


def test_a_day_before_a_change_is_the_same_before_and_after_it() -> None:
    before = story()
    after = change(before, 9, MACHINE, due_on={"B2": day(28)})
    assert after.as_of(day(8)) == before.as_of(day(8)) == before.as_of(day(3))
    assert after.at_revision(4) == before.at_revision(4)


# what is delivered, invoiced by quantity and by amount of line 1, and the lowest quantity that passes, of 2 at 45,000
FLOORS: list[tuple[str, str | None, str | None, str]] = [
    ("0", None, None, "0"),
    ("1", None, None, "1"),
    ("0", "1.5", None, "1.5"),
    ("1", "1.5", None, "1.5"),
    ("1.5", "1", None, "1.5"),
    ("0", None, "67500.00", "1.5"),
    ("1", None, "22500.00", "1"),
    ("0", "3", None, "2"),
    ("0", None, "99999.00", "2"),
]


@pytest.mark.parametrize("delivered, quantity, amount, floor", FLOORS)
def test_a_line_never_falls_under_the_larger_of_what_was_delivered_and_invoiced(
    delivered: str, quantity: str | None, amount: str | None, floor: str
) -> None:
    order = placed_order()
    if delivered != "0":
        order = deliver(order, batch="B", quantities={ONE: Decimal(delivered)}, on=day(1), now=NOON).after
    more: dict[str, Any] = {
        "invoiced": {ONE: cny(amount)} if amount else {},
        "invoiced_quantities": {ONE: Decimal(quantity)} if quantity else {},
    }
    lowest = change(order, 2, attrs.evolve(MACHINE, quantity=floor), SPARE, **more)
    assert lowest.line(ONE).quantity == Decimal(floor)
    for less in ("0.001", "0.5"):
        lower = Decimal(floor) - Decimal(less)
        if lower >= 0:
            with pytest.raises(Refused, match="line 1 of order SO-1 cannot"):
                change(order, 2, attrs.evolve(MACHINE, quantity=lower), SPARE, **more)
    if floor != "0":
        with pytest.raises(Refused, match="line 1 of order SO-1 cannot"):
            change(order, 2, SPARE, **more)


REFUSALS: list[tuple[type[LtcError], str, Callable[[], object], str]] = [
    (
        Refused,
        "order.under_invoiced",
        lambda: change(placed_order(), 1, attrs.evolve(MACHINE, unit_price=40000), invoiced={ONE: cny("85000")}),
        (
            "line 1 of order SO-1 cannot come to 80000.00 CNY: 85000.00 CNY was invoiced; "
            "leave that or more, or take back what was invoiced first"
        ),
    ),
    (
        Refused,
        "order.under_invoiced_quantity",
        lambda: change(placed_order(), 1, MACHINE, invoiced_quantities={TWO: Decimal("0.5")}),
        (
            "line 2 of order SO-1 cannot become 0: 0.5 were invoiced; "
            "order 0.5 or more, or take back what was invoiced first"
        ),
    ),
    (
        NotFound,
        "order.no_line",
        lambda: change(placed_order(), 1, MACHINE, invoiced={NINE: cny("1")}),
        "order SO-1 has no line 9; it has 1, 2",
    ),
    (
        NotFound,
        "order.no_line",
        lambda: change(placed_order(), 1, MACHINE, invoiced_quantities={NINE: Decimal(1)}),
        "order SO-1 has no line 9; it has 1, 2",
    ),
    (
        Refused,
        "order.amended_later",
        lambda: change(amended_order(), 1, MACHINE),
        "order SO-1 was amended by change CH-1 on 2026-05-04, after 2026-04-01; use that day or a later one",
    ),
    (
        Refused,
        "order.not_amended",
        lambda: change(planned_order(), 1, due_on={"B2": day(20)}),
        "change C1 leaves order SO-1 as it is; change a line or a planned day",
    ),
    (
        NotFound,
        "order.not_planned",
        lambda: change(planned_order(), 1, due_on={"B3": day(20)}),
        "order SO-1 has no batch B3 that is planned; plan it first",
    ),
    (
        NotFound,
        "order.not_planned",
        lambda: change(delivered_order(), 1, due_on={"B1": day(20)}),
        "order SO-1 has no batch B1 that is planned; plan it first",
    ),
    (
        Refused,
        "order.batch_delivered",
        lambda: change(
            deliver(planned_order(), batch="B1", quantities={ONE: Decimal(1)}, on=day(1), now=NOON).after,
            1,
            due_on={"B1": day(20)},
        ),
        "batch B1 of order SO-1 was delivered on 2026-04-01; move one that is to come",
    ),
    (
        Refused,
        "order.too_early",
        lambda: change(planned_order(), 1, due_on={"B1": dt.date(2026, 3, 1)}),
        "order SO-1 was placed on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    (
        NotFound,
        "order.no_revision",
        lambda: amended_order().at_revision(2),
        "order SO-1 has no revision 2; it has 0 to 1",
    ),
    (
        NotFound,
        "order.no_revision",
        lambda: amended_order().at_revision(-1),
        "order SO-1 has no revision -1; it has 0 to 1",
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


@pytest.mark.parametrize(
    "error, more",
    [
        (CurrencyMismatch, {"invoiced": {ONE: Money.of("1", "USD")}}),
        (InvalidType, {"invoiced_quantities": {ONE: 1.0}}),
        (InvalidType, {"due_on": {"B1": NOON}}),
        (InvalidType, {"on": NOON}),
        (InvalidValue, {"reason": " "}),
    ],
)
def test_what_is_wrong_is_caught_where_it_comes_in(error: type[Exception], more: dict[str, Any]) -> None:
    facts: dict[str, Any] = {"change": ChangeId("C"), "lines": [MACHINE], "reason": "x", "approval": None, "on": day(1)}
    with pytest.raises(error):
        amend(planned_order(), **(facts | more), now=NOON)
