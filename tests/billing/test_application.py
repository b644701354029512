"""Receivables and receipts: applied by a strategy, taken back, waived, written off, rounded off; never overdrawn on any day."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    RECEIPT,
    RECEIVABLE,
    OpenItem,
    Part,
    Receipt,
    Receivable,
    apply,
    designated,
    earliest_due,
    oldest_first,
    raise_receivable,
    receive,
    round_off,
    unapply,
    waive,
    write_off,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    nearly_settled_receivable,
    receipt,
    receivable,
    reception,
    settled,
    settled_receivable,
    signed,
)

DAY = dt.timedelta(days=1)
W1 = ChangeId("W1")
KIND = billing.SettlementKind.RECEIPT


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def owed(
    name: str,
    amount: str = "100",
    *,
    raised: int = 0,
    due: int = 30,
    party: str = "A1",
    entity: str = "E1",
    currency: str = "CNY",
) -> Receivable:
    return raise_receivable(
        ReceivableId(name),
        order=ORDER,
        entity=EntityId(entity),
        party=AccountId(party),
        amount=Money.of(amount, currency),
        on=TODAY + raised * DAY,
        due_on=TODAY + due * DAY,
        now=NOON,
    ).after


def came_in(amount: str = "100", *, on: dt.date = TODAY) -> Receipt:
    return receive(ReceiptId("R1"), entity=ENTITY, party=PARTY, amount=cny(amount), on=on, now=NOON).after


def pay(
    money: Receipt,
    *debts: Receivable,
    day: int = 0,
    amount: str | None = None,
    strategy: billing.Strategy = oldest_first,
) -> tuple[Receipt, list[Receivable], list[str]]:
    exact = None if amount is None else cny(amount)
    change, *sides = apply(money, debts, strategy=strategy, amount=exact, on=TODAY + day * DAY, now=NOON)
    return (
        change.after,
        [side.after for side in sides],
        [str(event.amount) for side in sides for event in side.events if isinstance(event, billing.ReceivableSettled)],
    )


def test_both_sides_tell_the_same() -> None:
    change, *sides = apply(
        came_in("250"), [owed("b", raised=1, due=9), owed("a", raised=2, due=5)], on=TODAY + 9 * DAY, now=NOON
    )
    assert [side.after.id for side in sides] == ["b", "a"]
    for event, side in zip(change.events, sides, strict=True):
        [other] = side.events
        assert isinstance(event, billing.ReceiptApplied)
        assert isinstance(other, billing.ReceivableSettled)
        assert (event.receipt, event.receivable, event.kind, event.application, event.amount, event.on) == (
            other.source,
            other.receivable,
            other.kind,
            other.application,
            other.amount,
            other.on,
        )
    assert [entry.reference for entry in change.after.entries] == ["R1/1", "R1/2"]
    assert str(change.after.unapplied) == "50.00 CNY"
    assert RECEIPT.replay([*_received("250"), *change.events]) == change.after


def _received(amount: str) -> Sequence[billing.ReceiptEvent]:
    return receive(ReceiptId("R1"), entity=ENTITY, party=PARTY, amount=cny(amount), on=TODAY, now=NOON).events


@pytest.mark.parametrize(
    "strategy, order",
    [
        (oldest_first, ["b", "c", "a", "d"]),
        (earliest_due, ["a", "d", "b", "c"]),
        (designated(ReceivableId("a"), ReceivableId("b"), ReceivableId("a")), ["a", "b"]),
    ],
)
def test_strategies(strategy: billing.Strategy, order: list[str]) -> None:
    debts = [
        owed("d", raised=2, due=7),
        owed("a", raised=2, due=7),
        owed("b", raised=1, due=9),
        owed("c", raised=1, due=10),
    ]
    _, settled_debts, amounts = pay(came_in("1000"), *debts, day=20, strategy=strategy)
    assert [debt.id for debt in settled_debts] == order
    assert set(amounts) == {"100.00 CNY"}


def test_reasons_say_why() -> None:
    change, *_ = apply(came_in(), [owed("a")], strategy=earliest_due, on=TODAY, now=NOON)
    [event] = change.events
    assert isinstance(event, billing.ReceiptApplied)
    assert event.reason.say("en") == "earliest due first (due on Apr 1, 2026)"
    assert event.reason.say("zh_CN") == "先到期先核销（2026年4月1日 到期）"


def test_an_amount_less_than_fits_and_more() -> None:
    money, debts, amounts = pay(came_in("230"), owed("a"), owed("b"), owed("c"), amount="130")
    assert amounts == ["100.00 CNY", "30.00 CNY"]
    assert str(money.unapplied) == "100.00 CNY"
    money, _, amounts = pay(money, debts[1], owed("c"))
    assert amounts == ["70.00 CNY", "30.00 CNY"]
    assert (money.applications, str(money.unapplied)) == (4, "0.00 CNY")
    with pytest.raises(Refused, match=r"1\.00 CNY is more than the 0\.00 CNY free of receipt R1"):
        pay(money, owed("d"), amount="1")
    with pytest.raises(Refused, match="has nothing free from 2026-03-02 on; take an application back first"):
        pay(money, owed("d"))
    with pytest.raises(Refused, match=r"101\.00 CNY is more than the 100\.00 CNY open of the receivables"):
        pay(came_in("200"), owed("a"), amount="101")
    with pytest.raises(InvalidValue, match="give more than zero"):
        pay(came_in("200"), owed("a"), amount="-1")
    with pytest.raises(Refused, match="the strategy chose no receivable"):
        pay(came_in("200"), owed("a"), strategy=designated())
    with pytest.raises(InvalidValue, match=r"amount is 0\.00 CNY; give more than zero"):
        pay(came_in("200"), owed("a"), amount="0")


@pytest.mark.parametrize(
    "debt, code",
    [
        (owed("a", party="A2"), "receipt.other_party"),
        (owed("a", entity="E2"), "receipt.other_entity"),
        (owed("a", currency="USD"), "receipt.other_currency"),
        (owed("a", raised=5), "receivable.not_raised"),
    ],
)
def test_what_does_not_fit_is_refused(debt: Receivable, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        pay(came_in(), owed("b"), debt, day=1)
    assert refusal.value.code == code


def test_other_refusals() -> None:
    with pytest.raises(Refused, match="came in on 2026-03-05, after 2026-03-02; apply it on that day or a later one"):
        pay(came_in(on=TODAY + 3 * DAY), owed("a"))
    with pytest.raises(InvalidValue, match="given twice"):
        pay(came_in(), owed("a"), owed("a"))
    with pytest.raises(Refused, match="none of the receivables has anything open"):
        pay(receipt(), settled_receivable())
    with pytest.raises(Refused, match="none of the receivables has anything open"):
        pay(receipt())
    with pytest.raises(Refused, match="receivable x was designated, but is not among those with something open: a"):
        pay(came_in(), owed("a"), strategy=designated(ReceivableId("x")))


@pytest.mark.parametrize(
    "came, raised, kind", [(0, 1, "advance"), (0, 0, "receipt"), (1, 0, "receipt"), (3, 9, "advance")]
)
def test_money_of_an_earlier_day_is_an_advance(came: int, raised: int, kind: str) -> None:
    """预收冲应收: by the days of the two documents, whenever the one is applied to the other, and taken back as what it was."""
    money, debt = came_in(on=TODAY + came * DAY), owed("a", raised=raised)
    paid, side = apply(money, [debt], on=TODAY + 20 * DAY, now=NOON)  # type: ignore[misc]  # one receivable
    freed, reopened = unapply(paid.after, side.after, application="R1/1", reason="", on=TODAY + 21 * DAY, now=NOON)
    for change, after in ((paid, "100.00 CNY"), (side, "100.00 CNY"), (freed, "0.00 CNY"), (reopened, "0.00 CNY")):
        assert [entry.settlement for entry in change.after.entries][-1] == billing.SettlementKind(kind)
        assert str(change.after.settled_by(billing.SettlementKind(kind))) == after
        others = set(billing.SettlementKind) - {billing.SettlementKind(kind)}
        assert str(change.after.settled_by(*others)) == "0.00 CNY"


def test_settled_receivables_are_passed_over() -> None:
    money, _, amounts = pay(receipt(), settled_receivable(), owed("a", "20000"))
    assert amounts == ["20000.00 CNY"]
    assert money.entries[0].other == "a"


def test_taking_back_is_the_inverse_on_balances() -> None:
    paid, side = settled()
    money, debt = paid.after, side.after
    freed, reopened = unapply(money, debt, application="R1/1", reason="wrong order", on=TODAY, now=NOON)
    assert freed.after.unapplied == receipt().unapplied
    assert reopened.after.open == receivable().open
    assert freed.after.application("R1/1") is None
    for application in ("R1/1", "R1/9"):
        with pytest.raises(Refused, match="that stands"):
            unapply(freed.after, reopened.after, application=application, reason="", on=TODAY, now=NOON)
    with pytest.raises(Refused, match="that stands"):
        unapply(money, receivable(), application="R1/1", reason="", on=TODAY, now=NOON)
    with pytest.raises(Refused, match="was made on 2026-03-02, after 2026-03-01"):
        unapply(money, debt, application="R1/1", reason="", on=TODAY - DAY, now=NOON)
    again, debts, _ = pay(freed.after, reopened.after)
    assert [entry.reference for entry in again.entries] == ["R1/1", "R1/1", "R1/2"]
    assert RECEIVABLE.replay([*signed()[1].events, *settled()[1].events, *reopened.events]) == reopened.after
    assert not debts[0].open


def test_an_entry_dated_back_overdraws_no_day_in_between() -> None:
    money, [debt], _ = pay(came_in(), owed("a"), day=10)
    freed, reopened = unapply(money, debt, application="R1/1", reason="", on=TODAY + 20 * DAY, now=NOON)
    assert str(reopened.after.open) == str(freed.after.unapplied) == "100.00 CNY"
    assert not reopened.after.open_from(TODAY + 5 * DAY)
    assert not freed.after.unapplied_from(TODAY + 19 * DAY)
    with pytest.raises(Refused, match=r"1\.00 CNY is more than the 0\.00 CNY open of receivable a"):
        waive(reopened.after, amount=cny("1"), change=W1, reason="", on=TODAY + 5 * DAY, now=NOON)
    with pytest.raises(Refused, match="none of the receivables has anything open from 2026-03-07 on"):
        pay(came_in(), reopened.after, day=5)
    with pytest.raises(Refused, match="has nothing free from 2026-03-21 on"):
        pay(freed.after, owed("b"), day=19)
    assert str(reopened.after.open_as_of(TODAY + 15 * DAY)) == "0.00 CNY"
    assert str(freed.after.unapplied_as_of(TODAY + 9 * DAY)) == "100.00 CNY"
    pay(freed.after, reopened.after, day=20)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 100), st.booleans()), max_size=12), st.integers(-1, 8))
def test_no_balance_is_below_zero_on_any_day_whatever_the_order_of_entries(
    steps: list[tuple[int, int, bool]], asked: int
) -> None:
    debt = owed("a", "1.00")
    for day, minor, back in steps:
        on = TODAY + day * DAY
        try:
            if back and debt.entries and debt.entries[-1].kind is billing.EntryKind.APPLIED:
                last = debt.entries[-1]
                event = billing.SettlementReversed(
                    debt.id, KIND, "R", last.reference, last.amount, "", on=max(on, last.on), at=NOON
                )
                debt = RECEIVABLE.change(debt, event).after
            elif minor <= debt.open_from(on).minor:
                applied = billing.ReceivableSettled(
                    debt.id, KIND, "R", f"R/{debt.version}", Money(minor, "CNY"), on=on, at=NOON
                )
                debt = RECEIVABLE.change(debt, applied).after
            else:
                debt = waive(debt, amount=Money(minor, "CNY"), change=W1, reason="", on=on, now=NOON).after
        except Refused:
            assert minor > debt.open_from(on).minor
    assert all(0 <= debt.open_as_of(TODAY + day * DAY).minor <= 100 for day in range(-1, 9))
    lowest = min(debt.open_as_of(TODAY + day * DAY).minor for day in range(max(asked, 0), 9))
    assert debt.open_from(TODAY + max(asked, 0) * DAY).minor == lowest
    assert debt.open_as_of(TODAY + 99 * DAY) == debt.open


def test_waive_write_off_round_off_are_three() -> None:
    debt = waive(owed("a"), amount=cny("10"), change=W1, reason="late", on=TODAY, now=NOON).after
    debt = write_off(debt, amount=cny("20"), change=ChangeId("B1"), reason="bankrupt", on=TODAY, now=NOON).after
    _, [debt], _ = pay(came_in("69.99"), debt)
    debt = round_off(debt, limit=cny("0.01"), on=TODAY, now=NOON).after
    assert [str(sum_) for sum_ in (debt.applied, debt.waived, debt.written_off, debt.rounded_off, debt.open)] == [
        "69.99 CNY",
        "10.00 CNY",
        "20.00 CNY",
        "0.01 CNY",
        "0.00 CNY",
    ]
    with pytest.raises(Refused, match="has nothing open; there is no difference to let go"):
        round_off(debt, limit=cny("1"), on=TODAY, now=NOON)
    with pytest.raises(Refused, match=r"has 0\.01 CNY open of|waive it or write it off"):
        round_off(owed("a"), limit=cny("1"), on=TODAY, now=NOON)
    with pytest.raises(Refused, match="raised on 2026-03-02, after 2026-03-01"):
        round_off(nearly_settled_receivable(), limit=cny("1"), on=TODAY - DAY, now=NOON)


Relief = Callable[[Receivable, Money, dt.date], object]


@pytest.mark.parametrize(
    "relieve",
    [
        lambda debt, amount, on: waive(debt, amount=amount, change=W1, reason="", on=on, now=NOON),
        lambda debt, amount, on: write_off(debt, amount=amount, change=W1, reason="", on=on, now=NOON),
    ],
)
def test_relief_is_bounded_and_changes_nothing_when_refused(relieve: Relief) -> None:
    debt = owed("a")
    before = attrs.asdict(debt)
    with pytest.raises(
        Refused, match=r"100\.01 CNY is more than the 100\.00 CNY open of receivable a; ask for that or less"
    ):
        relieve(debt, cny("100.01"), TODAY)
    with pytest.raises(Refused, match="use that day or a later one"):
        relieve(debt, cny("1"), TODAY - DAY)
    with pytest.raises(CurrencyMismatch):
        relieve(debt, Money.of("1", "USD"), TODAY)
    with pytest.raises(InvalidValue):
        relieve(debt, cny("-1"), TODAY)
    assert attrs.asdict(debt) == before


def test_overdue() -> None:
    debt = owed("a", due=10)
    assert [debt.days_overdue(TODAY + day * DAY) for day in (9, 10, 11, 40)] == [0, 0, 1, 30]
    _, [paid], _ = pay(came_in(), debt, day=12)
    assert [paid.is_overdue(TODAY + day * DAY) for day in (11, 12, 13)] == [True, False, False]


def test_raising_and_receiving_check_what_they_are_given() -> None:
    with pytest.raises(InvalidValue, match="would be due on 2026-03-01, before it is raised on 2026-03-02"):
        owed("a", due=-1)
    with pytest.raises(InvalidValue, match="give more than zero"):
        came_in("0")
    with pytest.raises(InvalidType, match="amount is 5; pass a Money"):
        billing.RefundReserved(ReceiptId("R1"), "RF1", 5, at=NOON)  # type: ignore[arg-type]  # a caller's bug on purpose
    with pytest.raises(InvalidValue):
        raise_receivable(
            ReceivableId("a"),
            order=OrderId(""),
            entity=ENTITY,
            party=PARTY,
            amount=cny("1"),
            on=TODAY,
            due_on=TODAY,
            now=NOON,
        )
    assert str(came_in().unapplied_as_of(TODAY - DAY)) == "0.00 CNY"


def test_a_second_creation_is_no_history() -> None:
    with pytest.raises(InvalidValue, match="ReceiptReceived can only be the first event"):
        RECEIPT.evolve(receipt(), reception().events[0])
    with pytest.raises(InvalidValue, match="ReceivableRaised can only be the first event"):
        RECEIVABLE.evolve(receivable(), signed()[1].events[0])
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        RECEIPT.begin(settled()[0].events[0])
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        RECEIVABLE.begin(settled()[1].events[0])


def test_a_host_may_bring_a_strategy_of_its_own() -> None:
    class Smallest:
        def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
            chosen = min(items, key=lambda item: item.open.minor)
            reason = oldest_first.distribute(amount, items)[0].reason
            return [Part(ReceivableId(chosen.id), min(amount, chosen.open), reason)]

    _, [debt], amounts = pay(came_in(), owed("a"), owed("b", "7"), strategy=Smallest())
    assert (debt.id, amounts) == ("b", ["7.00 CNY"])


@pytest.mark.parametrize(
    "parts", [[("a", "60")], [("a", "50"), ("b", "1")], [("b", "8")], [("x", "1")], [("b", "1"), ("b", "1")]]
)
def test_a_strategy_that_gives_too_much_is_caught(parts: list[tuple[str, str]]) -> None:
    class Wrong:
        def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
            reason = oldest_first.distribute(amount, items)[0].reason
            return [Part(ReceivableId(name), cny(given_), reason) for name, given_ in parts]

    with pytest.raises(InvalidValue, match="once each, at most what is open"):
        pay(came_in("50"), owed("a"), owed("b", "7"), strategy=Wrong())


def test_an_advance_settles_its_own_order_first_unless_a_strategy_is_given() -> None:
    def owed(name: str, order: str, day: int) -> Receivable:
        return raise_receivable(
            ReceivableId(name),
            order=OrderId(order),
            entity=EntityId("E1"),
            party=AccountId("A1"),
            amount=Money(10000, "CNY"),
            on=TODAY + dt.timedelta(days=day),
            due_on=TODAY + dt.timedelta(days=day),
            now=NOON,
        ).after

    debts = [owed("a", "SO-1", 0), owed("b", "SO-2", 2), owed("c", "SO-2", 1), owed("d", "SO-3", 0)]
    two = OrderId("SO-2")
    facts: dict[str, Any] = {"on": TODAY + dt.timedelta(days=3), "now": NOON}

    def settles(minor: int, order: OrderId | None, **more: Any) -> list[tuple[str, int]]:
        paid = receive(
            ReceiptId("R"),
            entity=EntityId("E1"),
            party=AccountId("A1"),
            order=order,
            amount=Money(minor, "CNY"),
            on=TODAY,
            now=NOON,
        )
        change, *_ = apply(paid.after, debts, **facts, **more)
        return [
            (event.receivable, event.amount.minor)
            for event in change.events
            if isinstance(event, billing.ReceiptApplied)
        ]

    assert settles(15000, two) == [("c", 10000), ("b", 5000)]
    assert settles(25000, two) == [("c", 10000), ("b", 10000), ("a", 5000)]
    assert settles(99999, two) == [("c", 10000), ("b", 10000), ("a", 10000), ("d", 10000)]
    assert settles(15000, OrderId("SO-9")) == settles(15000, None) == [("a", 10000), ("d", 5000)]
    assert settles(15000, two, strategy=oldest_first) == [("a", 10000), ("d", 5000)]
