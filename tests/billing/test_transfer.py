"""Debts that change their customer, and debts that meet what we owe: settled without money, and taken back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    RECEIVABLE,
    Component,
    Receivable,
    SettlementKind,
    apply,
    reverse_set_off,
    reverse_transfer,
    set_off,
    transfer,
    unapply,
)
from ltc.errors import CurrencyMismatch, InvalidValue, Refused
from ltc.events import Subject
from ltc.ids import AccountId, EntityId, OrderId, PayableId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY

DAY = dt.timedelta(days=1)
A2, AP = AccountId("A2"), PayableId("AP-7")
COLUMNS = range(-1, 12)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


def owed(name: str = "a", minor: int = 100, **facts: Any) -> Receivable:
    known: dict[str, Any] = {
        "order": OrderId("SO-1"),
        "entity": EntityId("E1"),
        "party": AccountId("A1"),
        "on": TODAY,
        "due_on": TODAY + 30 * DAY,
        "now": NOON,
    }
    return billing.raise_receivable(ReceivableId(name), amount=fen(minor), **known | facts).after


def paid(debt: Receivable, minor: int, day: int = 0, party: str = "A1") -> tuple[billing.Receipt, Receivable]:
    money = billing.receive(
        ReceiptId("R1"), entity=EntityId("E1"), party=AccountId(party), amount=fen(minor), on=TODAY, now=NOON
    ).after
    change, side = apply(money, [debt], on=TODAY + day * DAY, now=NOON)  # type: ignore[misc]  # one receivable
    return change.after, side.after


def by_day(debt: Receivable) -> list[int]:
    return [debt.open_as_of(TODAY + day * DAY).minor for day in COLUMNS]


def test_what_is_open_moves_and_comes_back() -> None:
    _, debt = paid(owed(component=Component.INTEREST, retention=True), 30)
    here, there = transfer(debt, to=A2, reason="merged", on=TODAY + 2 * DAY, now=NOON)
    assert (here.after.open, here.after.settled_by(SettlementKind.TRANSFER)) == (fen(0), fen(70))
    moved = there.after
    assert (moved.id, moved.party, moved.entity, moved.order, moved.origin) == (
        "a/transfer/1",
        "A2",
        "E1",
        "SO-1",
        Subject("receivable", "a"),
    )
    assert (moved.amount, moved.raised_on, moved.due_on) == (fen(70), TODAY + 2 * DAY, TODAY + 30 * DAY)
    assert (moved.component, moved.retention, moved.plan, moved.installment) == (Component.INTEREST, True, None, None)
    [settled] = [found for found in here.after.settlements if found.kind is SettlementKind.TRANSFER]
    assert (settled.application, settled.other) == (moved.id, moved.id)
    assert getattr(here.events[0], "reason", None) == "merged"
    total = [one + two for one, two in zip(by_day(here.after), by_day(moved), strict=True)]
    assert total == by_day(debt), "together as much is owed as before, on every day"
    back, gone = reverse_transfer(here.after, moved, reason="not agreed", on=TODAY + 4 * DAY, now=NOON)
    assert [one + two for one, two in zip(by_day(back.after), by_day(gone.after), strict=True)] == by_day(debt)
    assert (back.after.open, gone.after.open) == (fen(70), fen(0))
    again, other = transfer(back.after, to=AccountId("A3"), amount=fen(20), reason="", on=TODAY + 4 * DAY, now=NOON)
    assert (other.after.id, again.after.open, other.after.open) == ("a/transfer/2", fen(50), fen(20))
    further, third = transfer(other.after, to=A2, reason="", on=TODAY + 5 * DAY, now=NOON)
    assert (third.after.id, third.after.origin) == ("a/transfer/2/transfer/1", Subject("receivable", "a/transfer/2"))
    with pytest.raises(Refused, match="take back first what lowered it"):
        reverse_transfer(again.after, further.after, reason="", on=TODAY + 5 * DAY, now=NOON)
    assert RECEIVABLE.replay([*there.events, *gone.events]) == gone.after


def test_a_charge_that_moves_still_knows_for_what_it_is_charged() -> None:
    charge = owed("a/interest/1", 5, component=Component.INTEREST, charged_for=ReceivableId("a"))
    _, there = transfer(charge, to=A2, reason="merged", on=TODAY, now=NOON)
    assert (there.after.origin, there.after.charged_for) == (Subject("receivable", "a/interest/1"), "a")


def test_a_set_off_and_back() -> None:
    debt = owed()
    first = set_off(debt, payable=AP, amount=fen(40), reason="agreed", on=TODAY + DAY, now=NOON)
    second = set_off(first.after, payable=AP, reason="", on=TODAY + 2 * DAY, now=NOON)
    assert [(found.application, found.other, found.amount.minor) for found in second.after.settlements] == [
        ("a/payable/1", "AP-7", 40),
        ("a/payable/2", "AP-7", 60),
    ]
    assert second.after.settled_by(SettlementKind.PAYABLE) == fen(100)
    assert not second.after.settled_by(SettlementKind.RECEIPT, SettlementKind.ADVANCE)
    back = reverse_set_off(second.after, application="a/payable/1", reason="", on=TODAY + 3 * DAY, now=NOON)
    assert (back.after.open, back.after.applied) == (fen(40), fen(60))
    third = set_off(back.after, payable=AP, reason="", on=TODAY + 3 * DAY, now=NOON)
    assert third.after.settlements[-1].application == "a/payable/3", "an id is never used twice"


def moved_pair(day: int = 0) -> tuple[Receivable, Receivable]:
    here, there = transfer(owed(), to=A2, reason="", on=TODAY + day * DAY, now=NOON)
    return here.after, there.after


def lowered() -> tuple[Receivable, Receivable]:
    here, there = moved_pair()
    return here, paid(there, 1, party="A2")[1]


def lowered_later() -> tuple[Receivable, Receivable]:
    here, there = moved_pair()
    money, side = paid(there, 1, day=5, party="A2")
    _, back = unapply(money, side, application="R1/1", reason="", on=TODAY + 6 * DAY, now=NOON)
    return here, back.after


def given_back() -> tuple[Receivable, Receivable]:
    back, gone = reverse_transfer(*moved_pair(), reason="", on=TODAY, now=NOON)
    return back.after, gone.after


def test_the_books_move_the_debt_and_nothing_else() -> None:
    here, there = transfer(owed(), to=A2, reason="", on=TODAY, now=NOON)
    back, gone = reverse_transfer(here.after, there.after, reason="", on=TODAY + DAY, now=NOON)
    [moved] = billing.journal([here, there])
    assert [(line.account, line.amount.minor) for line in moved.lines] == [
        ("Assets:Receivable:A1", -100),
        ("Assets:Receivable:A2", 100),
    ]
    assert {subject.id for subject in moved.documents} == {"SO-1", "a", "a/transfer/1"}
    balances = billing.trial_balance(billing.journal([here, there, back, gone]))
    assert not [found for found in balances if found.amount], "and back"


Refusing = Callable[[dt.date], tuple[list[Receivable], Callable[[], object]]]


def moving(debt: Receivable, on: dt.date, **facts: Any) -> tuple[list[Receivable], Callable[[], object]]:
    known: dict[str, Any] = {"to": A2, "reason": "", "on": on, "now": NOON}
    return [debt], lambda: transfer(debt, **known | facts)


def setting(debt: Receivable, on: dt.date, **facts: Any) -> tuple[list[Receivable], Callable[[], object]]:
    known: dict[str, Any] = {"payable": AP, "reason": "", "on": on, "now": NOON}
    return [debt], lambda: set_off(debt, **known | facts)


def returning(pair: tuple[Receivable, Receivable], on: dt.date) -> tuple[list[Receivable], Callable[[], object]]:
    return [*pair], lambda: reverse_transfer(*pair, reason="", on=on, now=NOON)


def unsetting(debt: Receivable, name: str, on: dt.date) -> tuple[list[Receivable], Callable[[], object]]:
    return [debt], lambda: reverse_set_off(debt, application=name, reason="", on=on, now=NOON)


@pytest.mark.parametrize(
    "code, refusing",
    [
        ("receivable.same_party", lambda on: moving(owed(), on, to=AccountId("A1"))),
        ("receivable.nothing_open", lambda on: moving(paid(owed(), 100)[1], on)),
        ("receivable.over", lambda on: moving(owed(), on, amount=fen(101))),
        ("receivable.not_raised", lambda on: moving(owed(on=TODAY + 4 * DAY), on)),
        ("receivable.nothing_open", lambda on: setting(paid(owed(), 100, day=9)[1], on)),
        ("receivable.over", lambda on: setting(paid(owed(), 60, day=9)[1], on, amount=fen(41))),
        ("receivable.not_raised", lambda on: setting(owed(on=TODAY + 4 * DAY), on)),
        ("receivable.no_transfer", lambda on: returning((owed(), moved_pair()[1]), on)),
        ("receivable.no_transfer", lambda on: returning((moved_pair()[0], owed("a/transfer/1")), on)),
        ("receivable.no_transfer", lambda on: returning(given_back(), on)),
        ("receivable.lowered", lambda on: returning(lowered(), on)),
        ("receivable.lowered", lambda on: returning(lowered_later(), on)),
        ("receipt.before_application", lambda on: returning(moved_pair(4), on)),
        ("receivable.no_set_off", lambda on: unsetting(owed(), "a/payable/1", on)),
        ("receivable.no_set_off", lambda on: unsetting(paid(owed(), 10)[1], "R1/1", on)),
        (
            "receipt.before_application",
            lambda on: unsetting(
                set_off(owed(), payable=AP, reason="", on=on + DAY, now=NOON).after, "a/payable/1", on
            ),
        ),
    ],
)
def test_refusals_say_what_would_pass_and_change_nothing(code: str, refusing: Refusing) -> None:
    things, act = refusing(TODAY + 3 * DAY)
    before = [attrs.asdict(thing) for thing in things]
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert [attrs.asdict(thing) for thing in things] == before


@pytest.mark.parametrize("verb", [moving, setting])
def test_amounts_are_money_above_zero_of_its_currency(verb: Callable[..., tuple[Any, Callable[[], object]]]) -> None:
    for wrong, error in ((fen(0), InvalidValue), (fen(-1), InvalidValue), (Money(1, "USD"), CurrencyMismatch)):
        _, act = verb(owed(), TODAY, amount=wrong)
        with pytest.raises(error):
            act()


@given(
    st.lists(
        st.tuples(st.sampled_from(["pay", "move", "set", "back"]), st.integers(0, 6), st.integers(1, 60)), max_size=8
    )
)
def test_a_transfer_and_its_reversal_are_the_identity_on_every_day(steps: list[tuple[str, int, int]]) -> None:
    """Whatever else happened: what the two owe together is what the one would owe, or the reversal is refused."""
    debt, pairs = owed(), []
    for step, day, minor in steps:
        on = TODAY + day * DAY
        try:
            if step == "pay":
                _, debt = paid(debt, minor, day)
            elif step == "set":
                debt = set_off(debt, payable=AP, amount=fen(minor), reason="", on=on, now=NOON).after
            elif step == "move":
                before = by_day(debt)
                here, there = transfer(debt, to=A2, amount=fen(minor), reason="", on=on, now=NOON)
                debt = here.after
                pairs.append(there.after)
                assert [one + two for one, two in zip(by_day(debt), by_day(there.after), strict=True)] == before
            elif pairs:
                before = by_day(debt)
                back, gone = reverse_transfer(debt, pairs[-1], reason="", on=on, now=NOON)
                assert by_day(back.after) == [
                    one + (pairs[-1].amount.minor if place >= day + 1 else 0) for place, one in enumerate(before)
                ]
                assert by_day(gone.after) == [
                    one if place < day + 1 else 0 for place, one in enumerate(by_day(pairs.pop()))
                ]
                debt = back.after
        except Refused:
            pass
        assert min(by_day(debt)) >= 0
