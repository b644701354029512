"""Receipts that bounce or had been entered in error: both sides of every application go back, and nothing else."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import RECEIPT, RECEIVABLE, Receipt, Receivable, apply, bounce, reverse, unapply
from ltc.errors import Refused
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, refund_approval

DAY = dt.timedelta(days=1)
DAYS = range(-1, 12)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


def owed(name: str, minor: int = 100) -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=OrderId("SO-1"),
        entity=EntityId("E1"),
        party=AccountId("A1"),
        amount=fen(minor),
        on=TODAY,
        due_on=TODAY + 30 * DAY,
        now=NOON,
    ).after


def came_in(minor: int = 250, on: int = 0) -> Receipt:
    return billing.receive(
        ReceiptId("R1"), entity=EntityId("E1"), party=AccountId("A1"), amount=fen(minor), on=TODAY + on * DAY, now=NOON
    ).after


def paid(
    receipt: Receipt, *debts: Receivable, day: int = 1, minor: int | None = None
) -> tuple[Receipt, list[Receivable]]:
    amount = None if minor is None else fen(minor)
    change, *sides = apply(receipt, debts, amount=amount, on=TODAY + day * DAY, now=NOON)
    after = {side.after.id: side.after for side in sides}
    return change.after, [after.get(debt.id, debt) for debt in debts]


def refunded(receipt: Receipt, minor: int, day: int = 2) -> Receipt:
    asked, kept = billing.request_refund(RefundId("RF1"), receipt=receipt, amount=fen(minor), reason="", now=NOON)
    approved = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    _, gone = billing.pay_refund(approved, kept.after, on=TODAY + day * DAY, now=NOON)
    return gone.after


VERBS = pytest.mark.parametrize(
    "verb, taken",
    [(bounce, lambda money: money.bounced), (reverse, lambda money: money.reversed)],
    ids=["bounce", "reverse"],
)
Verb = Callable[..., Any]


@VERBS
def test_every_application_goes_back_on_both_sides(verb: Verb, taken: Callable[[Receipt], Money]) -> None:
    money, [first, second, third] = paid(came_in(), owed("a"), owed("b"), owed("c", 70), minor=230)
    freed, again = unapply(money, second, application="R1/2", reason="", on=TODAY + 2 * DAY, now=NOON)
    money, [first, second] = paid(freed.after, first, again.after, day=3, minor=60)
    other = owed("x")
    gone, *sides = verb(money, [other, third, second, first], reason="no funds", on=TODAY + 5 * DAY, now=NOON)
    assert [side.after.id for side in sides] == ["a", "c", "b"], (
        "in the order of their applications; others are passed over"
    )
    assert [(str(side.after.open), side.after.applied.minor) for side in sides] == [
        ("1.00 CNY", 0),
        ("0.70 CNY", 0),
        ("1.00 CNY", 0),
    ]
    assert (taken(gone.after), gone.after.applied, gone.after.unapplied) == (fen(250), fen(0), fen(0))
    assert not gone.after.settlements
    assert [gone.after.collected_as_of(TODAY + day * DAY).minor for day in (-1, 0, 4, 5, 6)] == [0, 250, 250, 0, 0]
    assert [event.reason for event in gone.events] == ["no funds"] * 4
    assert RECEIPT.replay([*_history(money), *gone.events]) == gone.after


def _history(receipt: Receipt) -> Sequence[billing.ReceiptEvent]:
    """The events of a receipt as its entries tell them, which is all that replay has to go by here."""
    begun = billing.ReceiptReceived(
        receipt.id, receipt.entity, receipt.party, receipt.order, receipt.amount, "", on=receipt.received_on, at=NOON
    )
    events: list[billing.ReceiptEvent] = [begun]
    for entry in receipt.entries:
        facts: dict[str, Any] = {"on": entry.on, "at": NOON, "kind": entry.settlement, "application": entry.reference}
        facts |= {"receipt": receipt.id, "receivable": entry.other, "amount": entry.amount}
        made = entry.kind is billing.EntryKind.APPLIED
        why = billing.designated(ReceivableId("a")).distribute(fen(1), [_item("a")])[0].reason
        events.append(
            billing.ReceiptApplied(**facts, reason=why) if made else billing.ApplicationReversed(**facts, reason="")
        )
    return events


def _item(name: str) -> billing.OpenItem:
    return billing.OpenItem(name, AccountId("A1"), TODAY, fen(5))


@VERBS
def test_what_was_never_applied_or_was_refunded(verb: Verb, taken: Callable[[Receipt], Money]) -> None:
    [gone] = verb(came_in(), [], reason="", on=TODAY, now=NOON)
    assert taken(gone.after) == fen(250)
    part = refunded(came_in(), 100)
    [gone] = verb(part, [], reason="", on=TODAY + 2 * DAY, now=NOON)
    assert (taken(gone.after).minor, gone.after.refunded.minor, gone.after.unapplied.minor) == (150, 100, 0)
    assert [gone.after.collected_as_of(TODAY + day * DAY).minor for day in (1, 2)] == [250, 0]


REFUSALS: dict[str, Callable[[], tuple[Receipt, list[Receivable], int]]] = {
    "receipt.refund_pending": lambda: (
        billing.request_refund(RefundId("RF1"), receipt=came_in(), amount=fen(1), reason="", now=NOON)[1].after,
        [],
        0,
    ),
    "receipt.not_given": lambda: (paid(came_in(), owed("a"), owed("b"))[0], [paid(came_in(), owed("a"))[1][0]], 1),
    "receipt.no_application": lambda: (paid(came_in(), owed("a"))[0], [owed("a")], 1),
    "receipt.nothing_left": lambda: (refunded(came_in(), 250), [], 5),
    "receipt.moved_since": lambda: (*paid(came_in(), owed("a"), day=3), 2),
}


@pytest.mark.parametrize("code", REFUSALS)
@VERBS
def test_refusals_change_nothing(verb: Verb, taken: Callable[[Receipt], Money], code: str) -> None:
    money, debts, day = REFUSALS[code]()
    things: list[Any] = [money, *debts]
    before = [attrs.asdict(thing) for thing in things]
    with pytest.raises(Refused) as refusal:
        verb(money, debts, reason="", on=TODAY + day * DAY, now=NOON)
    assert refusal.value.code == code
    assert [attrs.asdict(thing) for thing in things] == before
    assert not taken(money)


@VERBS
def test_the_day_is_not_before_what_happened(verb: Verb, taken: Callable[[Receipt], Money]) -> None:
    with pytest.raises(
        Refused, match="moved on 2026-03-02 last, after 2026-03-01; take it back on that day or a later"
    ):
        verb(came_in(), [], reason="", on=TODAY - DAY, now=NOON)
    money, [debt] = paid(came_in(), owed("a"))
    freed, reopened = unapply(money, debt, application="R1/1", reason="", on=TODAY + 9 * DAY, now=NOON)
    for day in (1, 8):  # on those days a hundred of it was not there
        with pytest.raises(Refused, match="moved on 2026-03-11 last"):
            verb(freed.after, [reopened.after], reason="", on=TODAY + day * DAY, now=NOON)
    gone, *sides = verb(freed.after, [reopened.after], reason="", on=TODAY + 9 * DAY, now=NOON)
    assert not sides
    assert taken(gone.after) == fen(250)


@VERBS
def test_what_bounced_stays_so(verb: Verb, taken: Callable[[Receipt], Money]) -> None:
    [gone] = verb(came_in(), [], reason="", on=TODAY, now=NOON)
    for again in (bounce, reverse):
        with pytest.raises(Refused, match=r"0\.00 CNY was refunded, 2\.50 CNY taken back before"):
            again(gone.after, [], reason="", on=TODAY, now=NOON)
    with pytest.raises(Refused, match="has nothing free"):
        apply(gone.after, [owed("a")], on=TODAY, now=NOON)
    with pytest.raises(Refused):
        billing.request_refund(RefundId("RF1"), receipt=gone.after, amount=fen(1), reason="", now=NOON)
    assert taken(gone.after) == fen(250)


STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["apply", "unapply", "refund"]), st.integers(1, 90)), max_size=8
)


@given(STEPS, st.integers(0, 6))
def test_no_day_is_overdrawn_and_all_of_it_is_somewhere(steps: list[tuple[int, str, int]], on: int) -> None:
    """Against plain sums by day: a bounce passes on the days on which all that is left at the end was there."""
    money, debts = came_in(150), [owed("a"), owed("b")]
    for day, step, minor in steps:
        try:
            if step == "apply":
                money, debts = paid(money, *debts, day=day, minor=minor)
            elif step == "refund":
                money = refunded(money, minor, day)
            elif money.settlements:
                last = money.settlements[-1]
                debt = next(each for each in debts if each.id == last.other)
                freed, reopened = unapply(
                    money, debt, application=last.application, reason="", on=TODAY + day * DAY, now=NOON
                )
                money = freed.after
                debts = [reopened.after if each.id == debt.id else each for each in debts]
        except Refused:
            continue
    standing = sum(found.amount.minor for found in money.settlements)
    left = [money.unapplied_as_of(TODAY + day * DAY).minor for day in DAYS]
    passes = (
        money.refunded.minor < 150
        and all(found.on <= TODAY + on * DAY for found in money.settlements)
        and all(left[day + 1] >= left[-1] for day in DAYS if day >= on)
    )
    try:
        gone, *sides = bounce(money, debts, reason="", on=TODAY + on * DAY, now=NOON)
    except Refused:
        assert not passes
        return
    assert passes
    after = gone.after
    assert after.bounced.minor == 150 - after.refunded.minor == standing + left[-1]
    assert after.amount == after.applied + after.unapplied + after.refunded + after.bounced
    assert all(after.unapplied_as_of(TODAY + day * DAY).minor >= 0 for day in DAYS)
    for side in sides:
        assert side.after.open == side.after.amount
        assert RECEIVABLE.evolve(side.after, side.events[-1]).version == side.after.version + 1
