"""Orders: placed, delivered in batches, accepted, amended, handed over."""

import datetime as dt
import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.contracts import (
    ORDER,
    Amendment,
    Batch,
    BatchPlan,
    DueChange,
    Line,
    LineChange,
    LineKind,
    LinePosition,
    Move,
    MoveKind,
    Order,
    OrderAccepted,
    OrderEvent,
    accept,
    amend,
    deliver,
    diff,
    hand_over,
    place_order,
    sign,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, NotFound, Refused
from ltc.events import dump_event, from_json, load_event, to_json
from ltc.ids import ActorId, ChangeId, LineId, OrderId, RequestId
from ltc.money import Money
from ltc.testing.samples.contracts import (
    NOON,
    accepted_order,
    amended,
    amended_order,
    approved_contract,
    delivered_order,
    order_lines,
    placed,
    placed_order,
    signed_contract,
)
from ltc.text import say

TODAY = dt.date(2026, 3, 2)
ONE, TWO, THREE = LineId("1"), LineId("2"), LineId("3")


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def ship(order: Order, batch: str, on: int, **quantities: int | str) -> Order:
    amounts = {LineId(name.strip("_")): Decimal(quantity) for name, quantity in quantities.items()}
    return deliver(order, batch=batch, quantities=amounts, on=day(on), now=NOON).after


def take(order: Order, batch: str, on: int) -> Order:
    return accept(order, batch=batch, on=day(on), now=NOON).after


def change(order: Order, name: str, *lines: Line, approval: str | None = None) -> Order:
    request = None if approval is None else RequestId(approval)
    return amend(order, change=ChangeId(name), lines=lines, reason="agreed", approval=request, on=TODAY, now=NOON).after


def place(line: LineId, *, invoiced: str = "0", collected: str = "0", **quantities: int | str) -> LinePosition:
    """Return a position by its facts; what is not named is nothing."""
    names = ("ordered", "planned", "delivered", "accepted", "returned")
    facts = {name: Decimal(quantities.get(name, 0)) for name in names}
    return LinePosition(line, **facts, invoiced=cny(invoiced), collected=cny(collected))


def test_an_order_takes_its_parties_from_the_contract() -> None:
    order, contract = placed_order(), signed_contract()
    assert (order.entity, order.account, order.opportunity) == (contract.entity, contract.account, contract.opportunity)
    assert (order.contract, order.owner, order.placed_on) == (contract.id, contract.owner, TODAY)
    assert (order.amount, order.net, order.tax) == (cny("100000.00"), cny("89079.98"), cny("10920.02"))
    # a second way: 90,000 / 1.13 = 79,646.017… and 10,000 / 1.06 = 9,433.962…
    assert order.net == cny("79646.02") + cny("9433.96")


def test_a_position_follows_the_batches() -> None:
    order = ship(placed_order(), "B1", 10, _1=1)
    order = take(ship(order, "B2", 20, _1=1, _2="0.5"), "B2", 25)
    assert order.position() == (
        place(ONE, ordered=2, delivered=2, accepted=1),
        place(TWO, ordered=1, delivered="0.5", accepted="0.5"),
    )
    assert (order.delivered(ONE), order.accepted(ONE)) == (Decimal(2), Decimal(1))
    assert (order.delivered(TWO), order.accepted(TWO)) == (Decimal("0.5"), Decimal("0.5"))


def test_an_order_is_delivered_with_the_last_of_its_goods_and_accepted_with_their_last_batch() -> None:
    order = ship(placed_order(), "B1", 10, _1=1)
    assert (order.delivered_on, order.accepted_on) == (None, None)
    order = take(ship(order, "B2", 20, _1=1), "B2", 28)
    assert (order.delivered_on, order.accepted_on) == (day(20), None)
    order = take(order, "B1", 21)
    assert (order.delivered_on, order.accepted_on) == (day(20), day(28))
    order = take(ship(order, "B3", 30, _2=1), "B3", 31)  # services move neither day
    assert (order.delivered_on, order.accepted_on) == (day(20), day(28))


def test_an_order_of_services_is_delivered_with_the_last_of_them() -> None:
    order = change(placed_order(), "CH-1", order_lines()[1])
    assert order.delivered_on is None
    assert take(ship(order, "B1", 10, _2=1), "B1", 12).accepted_on == day(12)


def test_an_order_of_nothing_is_never_delivered() -> None:
    nothing = change(placed_order(), "CH-1", attrs.evolve(order_lines()[0], quantity=0))
    assert (nothing.amount, nothing.delivered_on, nothing.accepted_on) == (cny(0), None, None)


def test_sums_of_quantities_do_not_depend_on_the_hosts_context() -> None:
    exact = attrs.evolve(order_lines()[0], quantity="1.00000002")
    with decimal.localcontext(decimal.Context(prec=3)):
        order = ship(change(placed_order(), "CH-1", exact), "B1", 10, _1="1.00000001")
        assert order.delivered_on is None
        order = ship(order, "B2", 11, _1="0.00000001")
        assert (order.delivered(ONE), order.delivered_on) == (Decimal("1.00000002"), day(11))


def test_an_amendment_keeps_the_lines_before_and_after() -> None:
    order, amended_ = placed_order(), amended_order()
    [amendment] = amended_.amendments
    assert (amendment.before, amendment.after) == (order.lines, amended_.lines)
    assert (amendment.change, amendment.reason, amendment.approval) == ("CH-1", "late delivery", "AR-2")
    assert (amendment.on, amendment.at) == (dt.date(2026, 5, 4), NOON)
    assert (amendment.amount_before, amendment.amount_after) == (order.amount, amended_.amount)
    assert amendment.difference == cny("-10000.00")
    assert (amended_.id, amended_.batches) == (order.id, order.batches)


def test_versions_differ_by_lines_that_are_new_taken_back_or_changed() -> None:
    order = placed_order()
    machine, care = order.lines
    dearer = attrs.evolve(machine, quantity=3, unit_price="44000")
    spare = Line(THREE, "备件", Decimal(5), Decimal("20.00"), Decimal("0.13"))
    amended_ = change(order, "CH-1", spare, dearer, approval="AR-2")
    assert diff(order, amended_) == (
        LineChange(ONE, machine, dearer),
        LineChange(TWO, care, None),
        LineChange(THREE, None, spare),
    )
    changed, taken_back, new = diff(order, amended_)
    assert (changed.fields, taken_back.fields, new.fields) == (("quantity", "unit_price"), (), ())
    differences = [line.difference("CNY") for line in diff(order, amended_)]
    assert differences == [cny(42000), cny(-10000), cny(100)]
    assert amended_.amount - order.amount == cny(42000 - 10000 + 100)
    assert diff(amended_, order) == (
        LineChange(THREE, spare, None),
        LineChange(ONE, dearer, machine),
        LineChange(TWO, None, care),
    )


def test_a_line_may_fall_to_what_was_delivered() -> None:
    order = ship(placed_order(), "B1", 10, _1=1)
    order = change(order, "CH-1", attrs.evolve(order.line(ONE), quantity=1), order.line(TWO))
    assert (order.delivered_on, order.amount) == (day(10), cny(55000))


def test_a_hand_over_keeps_the_rest() -> None:
    order = delivered_order()
    handed = hand_over(order, to=ActorId("wang"), reason="li leaves", now=NOON).after
    assert (handed.owner, handed.version) == ("wang", order.version + 1)
    assert attrs.evolve(handed, owner=order.owner, version=order.version) == order


MACHINE, CARE = order_lines()
DOLLARS = attrs.evolve(CARE, adjustment=Money.of(1, "USD"))


def place_with(**changed: Any) -> object:
    facts: dict[str, Any] = {
        "contract": signed_contract(),
        "lines": order_lines(),
        "currency": "CNY",
        "on": TODAY,
        "now": NOON,
    }
    return place_order(OrderId("SO-9"), **(facts | changed))


def later() -> object:
    return sign(approved_contract(), on=TODAY, effective_on=dt.date(2026, 4, 1), now=NOON).after


REFUSALS: list[tuple[type[LtcError], str, Callable[[], object], str]] = [
    (
        Refused,
        "contract.not_signed",
        lambda: place_with(contract=approved_contract()),
        "contract K1 is approved; orders are placed once it is signed",
    ),
    (
        Refused,
        "contract.not_effective",
        lambda: place_with(contract=later()),
        "contract K1 takes effect on 2026-04-01, not by 2026-03-02; place the order from that day on",
    ),
    (
        Refused,
        "order.currency",
        lambda: place_with(currency="USD"),
        "contract K1 is in CNY, not in USD; order in its currency",
    ),
    (
        Refused,
        "order.over_delivered",
        lambda: ship(ship(placed_order(), "B1", 10, _1=1), "B2", 11, _1="1.001"),
        "1.001 of line 1 cannot be delivered: order SO-1 has 1 left to deliver; deliver 1 or less",
    ),
    (
        Refused,
        "order.over_delivered",
        lambda: ship(delivered_order(), "B2", 21, _1=1),
        (
            "1 of line 1 cannot be delivered: order SO-1 has 0 left to deliver; "
            "leave the line out, or amend the order first"
        ),
    ),
    (
        Refused,
        "order.batch_known",
        lambda: ship(delivered_order(), "B1", 11, _2=1),
        "batch B1 of order SO-1 is known; give the new one its own id",
    ),
    (
        NotFound,
        "order.no_line",
        lambda: ship(placed_order(), "B1", 10, _7=1),
        "order SO-1 has no line 7; it has 1, 2",
    ),
    (NotFound, "order.no_line", lambda: placed_order().delivered(THREE), "order SO-1 has no line 3; it has 1, 2"),
    (NotFound, "order.no_line", lambda: placed_order().accepted(THREE), "order SO-1 has no line 3; it has 1, 2"),
    (
        NotFound,
        "order.no_batch",
        lambda: take(delivered_order(), "B2", 25),
        "order SO-1 has no batch B2; deliver it first",
    ),
    (
        Refused,
        "order.accepted_already",
        lambda: take(accepted_order(), "B1", 26),
        "batch B1 of order SO-1 was accepted on 2026-03-25; a batch is accepted once",
    ),
    (
        Refused,
        "order.moved_early",
        lambda: take(delivered_order(), "B1", 19),
        "batch B1 of order SO-1 was last moved on 2026-03-20, after 2026-03-19; use that day or a later one",
    ),
    (
        Refused,
        "order.under_delivered",
        lambda: change(delivered_order(), "CH-1", attrs.evolve(MACHINE, quantity="1.999"), CARE),
        "line 1 of order SO-1 cannot become 1.999: 2 were delivered; order 2 or more",
    ),
    (
        Refused,
        "order.under_delivered",
        lambda: change(delivered_order(), "CH-1", CARE),
        "line 1 of order SO-1 cannot become 0: 2 were delivered; order 2 or more",
    ),
    (
        Refused,
        "order.change_known",
        lambda: change(amended_order(), "CH-1", MACHINE),
        "order SO-1 was amended by change CH-1 before; give the new one its own id",
    ),
    (
        Refused,
        "order.not_amended",
        lambda: change(placed_order(), "CH-1", MACHINE, CARE),
        "change CH-1 leaves order SO-1 as it is; change a line or a planned day",
    ),
    (
        Refused,
        "contract.same_owner",
        lambda: hand_over(placed_order(), to=ActorId("li"), reason="", now=NOON),
        "order SO-1 is owned by li already; hand it over to somebody else",
    ),
    (
        InvalidValue,
        "order.lines",
        lambda: place_with(lines=()),
        "lines are none; give one or more, each with its own id",
    ),
    (
        InvalidValue,
        "order.lines",
        lambda: place_with(lines=[MACHINE, MACHINE]),
        "lines are ids 1, 1; give one or more, each with its own id",
    ),
    (
        InvalidValue,
        "order.lines",
        lambda: change(placed_order(), "CH-1"),
        "after are none; give one or more, each with its own id",
    ),
    (
        InvalidType,
        "order.lines",
        lambda: place_with(lines=["1"]),
        "lines are ('1',); pass a tuple of Line",
    ),
    (
        InvalidValue,
        "order.quantities",
        lambda: ship(placed_order(), "B1", 10),
        "a delivery is of one or more lines, each once and of more than zero; leave out what was not delivered",
    ),
    (
        InvalidValue,
        "order.quantities",
        lambda: ship(placed_order(), "B1", 10, _1=0),
        "a delivery is of one or more lines, each once and of more than zero; leave out what was not delivered",
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
    "attempt",
    [lambda: place_with(lines=[MACHINE, DOLLARS]), lambda: change(placed_order(), "CH-1", MACHINE, DOLLARS)],
)
def test_an_adjustment_of_another_currency_is_caught_where_it_comes_in(attempt: Callable[[], object]) -> None:
    with pytest.raises(CurrencyMismatch):
        attempt()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: place_with(on=NOON),
        lambda: accept(delivered_order(), batch="B1", on=NOON, now=NOON),
        lambda: deliver(placed_order(), batch="B1", quantities={ONE: Decimal(1)}, on=NOON, now=NOON),
        lambda: deliver(placed_order(), batch="B1", quantities={ONE: wrong(1.0)}, on=TODAY, now=NOON),
    ],
)
def test_a_day_is_no_instant_and_a_float_no_quantity(attempt: Callable[[], object]) -> None:
    with pytest.raises(InvalidType):
        attempt()


def wrong(value: Any) -> Any:
    return value


def test_an_order_is_placed_once_and_first() -> None:
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        ORDER.begin(amended())
    with pytest.raises(InvalidValue, match="twice"):
        ORDER.evolve(placed_order(), placed())


def test_an_acceptance_moves_one_batch() -> None:
    order = ship(ship(placed_order(), "B1", 10, _1=1), "B2", 11, _1=1)
    after = ORDER.evolve(
        order, OrderAccepted(order.id, batch="B2", quantities=((ONE, Decimal(1)),), on=day(12), at=NOON)
    )
    assert [batch.accepted_on for batch in after.batches] == [None, day(12)]


names = st.text("李wang 1", min_size=1, max_size=6).filter(str.strip)
instants = st.datetimes(timezones=st.just(dt.UTC))
numbers = st.decimals("0.001", 10**6, places=3)
some_lines = st.lists(
    st.builds(
        Line,
        names,
        names,
        numbers,
        numbers,
        st.decimals(0, 1, places=2),
        adjustment=st.none() | st.integers(0, 10**9).map(lambda minor: Money(minor, "CNY")),
        kind=st.sampled_from(LineKind),
        tolerance=st.none() | st.decimals(0, 1, places=2),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda line: line.id,
).map(tuple)
some_quantities = st.dictionaries(names, numbers, min_size=1, max_size=3).map(lambda held: tuple(held.items()))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("order", "contract", "entity", "account", "owner", "previous_owner", "batch", "change"), names),
    **dict.fromkeys(("opportunity", "approval"), st.none() | names),
    **dict.fromkeys(("lines", "before", "after"), some_lines),
    "id": names,
    "version": st.integers(1),
    "reason": names,
    "currency": st.just("CNY"),
    "quantities": some_quantities,
    "on": st.dates(),
    "due_on": st.dates(),
    "placed_on": st.dates(),
    "tolerance": st.decimals(0, 1, places=2),
    "at": instants,
}


def made(kind: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{field.name: FIELDS[field.name] for field in attrs.fields(kind)})


FIELDS["plans"] = st.lists(st.builds(BatchPlan, some_quantities, st.dates(), st.dates()), max_size=2).map(tuple)
FIELDS["moves"] = st.lists(
    st.builds(Move, st.sampled_from(MoveKind), some_quantities, st.dates(), names), max_size=2
).map(tuple)
FIELDS["batches"] = st.lists(made(Batch), max_size=2).map(tuple)
FIELDS["due_changes"] = st.lists(st.builds(DueChange, names, st.dates(), st.dates()), max_size=2).map(tuple)
FIELDS["amendments"] = st.lists(made(Amendment), max_size=2).map(tuple)


@given(st.one_of([made(event) for event in ORDER.stored.values()]))
def test_an_event_survives_json(event: OrderEvent) -> None:
    assert load_event(ORDER, dump_event(ORDER, event)) == event


@given(made(Order))
def test_a_state_survives_json(order: Order) -> None:
    assert from_json(to_json(order), Order) == order


def test_nothing_happens_to_an_order_before_it_is_placed() -> None:
    order = placed_order()
    early = order.placed_on - dt.timedelta(days=1)
    with pytest.raises(Refused, match=r"was placed on .* use that day or a later one"):
        deliver(order, batch="B1", quantities={LineId("1"): Decimal(1)}, on=early, now=NOON)
    fewer = [attrs.evolve(order.line(LineId("1")), quantity=1), order.line(LineId("2"))]
    with pytest.raises(Refused, match=r"was placed on .* use that day or a later one"):
        amend(order, change=ChangeId("C"), lines=fewer, reason="x", approval=None, on=early, now=NOON)
