"""Deposits: every (status, verb) pair, balances on any day, what is due back, what becomes a payment."""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from ltc import billing
from ltc.billing import (
    DEPOSIT,
    DEPOSIT_TRANSITIONS,
    Deposit,
    DepositDirection,
    DepositKind,
    DepositPolicy,
    DepositStatus,
    convert_deposit,
    date_deposit,
    extend_guarantee,
    forfeit_deposit,
    outstanding_deposits,
    place_deposit,
    release_guarantee,
    replace_deposit,
    return_deposit,
    standing_guarantees,
)
from ltc.calendars import NetDays, Roll, Weekly
from ltc.errors import InvalidType, InvalidValue, LtcError, Refused
from ltc.ids import DepositId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, PARTY, receivable
from ltc.testing.samples.deposits import (
    NOON,
    TODAY,
    converted,
    dated_deposit,
    deposit,
    placing,
    received_deposit,
    replaced,
)

DAY = dt.timedelta(days=1)
POLICY = DepositPolicy(convertible=(DepositKind.BID, DepositKind.PERFORMANCE))
END = dt.date(2026, 12, 31)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def placed(**other: Any) -> Deposit:
    facts: dict[str, Any] = {
        "direction": DepositDirection.RECEIVED,
        "kind": DepositKind.BID,
        "entity": ENTITY,
        "party": PARTY,
        "amount": cny("20000.00"),
        "purpose": "tender 2026-017",
        "due": billing.after("awarded", days=5),
        "on": TODAY,
        "now": NOON,
    }
    return place_deposit(DepositId("D3"), **facts | other).after


def half_replaced() -> Deposit:
    """Return D3 with a guarantee in the place of a half of it."""
    return replace_deposit(
        placed(), amount=cny("10000"), guarantee="LG-0", guarantor="B", expires_on=TODAY + 9 * DAY, on=TODAY, now=NOON
    ).after


CLOSED, LAST_PAID = convert_deposit(
    release_guarantee(half_replaced(), guarantee="LG-0", on=TODAY + DAY, now=NOON).after,
    policy=POLICY,
    on=TODAY,
    now=NOON,
)


def converted_back(held: Deposit) -> Deposit:
    """Return a deposit of which a conversion was made before it stood like this, and is taken back."""
    gone, paid = CLOSED, LAST_PAID
    if not held.is_over:
        gone, paid = convert_deposit(held, policy=POLICY, on=TODAY, now=NOON)
    return billing.take_back_conversion(gone.after, paid.after, reason="early", on=TODAY, now=NOON)[0].after


STATES: Mapping[DepositStatus, Deposit] = {
    DepositStatus.AWAITING: half_replaced(),
    DepositStatus.DATED: date_deposit(half_replaced(), milestone="awarded", on=TODAY, now=NOON).after,
    DepositStatus.CLOSED: CLOSED.after,
}
VERBS: Mapping[type, Callable[[Deposit], Deposit]] = {
    billing.DepositDated: lambda held: date_deposit(held, milestone="awarded", on=TODAY, now=NOON).after,
    billing.DepositReturned: lambda held: return_deposit(held, on=TODAY, now=NOON).after,
    billing.DepositForfeited: lambda held: forfeit_deposit(held, reason="", on=TODAY, now=NOON).after,
    billing.DepositConverted: lambda held: convert_deposit(held, policy=POLICY, on=TODAY, now=NOON)[0].after,
    billing.DepositConversionTakenBack: converted_back,
    billing.DepositReplaced: lambda held: (
        replace_deposit(held, guarantee="LG", guarantor="B", expires_on=END, on=TODAY, now=NOON).after
    ),
    billing.GuaranteeExtended: lambda held: (
        extend_guarantee(held, guarantee="LG-0", expires_on=END, on=TODAY, now=NOON).after
    ),
    billing.GuaranteeReleased: lambda held: release_guarantee(held, guarantee="LG-0", on=TODAY, now=NOON).after,
}


@pytest.mark.parametrize("status, event", list(itertools.product(DepositStatus, VERBS)))
def test_a_deposit_lands_where_the_table_says(status: DepositStatus, event: type) -> None:
    held = STATES[status]
    before, target = attrs.asdict(held), DEPOSIT_TRANSITIONS[status].get(event)
    if target is None:
        with pytest.raises(Refused) as refusal:
            VERBS[event](held)
        assert (refusal.value.code, refusal.value.facts["status"]) == ("move.not_allowed", status.value)
    else:
        after = VERBS[event](held)
        assert after.status is target
        converts_first = event is billing.DepositConversionTakenBack and not held.is_over
        assert after.version == held.version + (2 if converts_first else 1)
    assert attrs.asdict(held) == before


def test_the_walk_knows_every_event() -> None:
    assert set(DEPOSIT.stored.values()) - VERBS.keys() == {billing.DepositPlaced}
    assert STATES.keys() == set(DepositStatus) == DEPOSIT_TRANSITIONS.keys()


def test_a_deposit_is_closed_once_nothing_is_kept_and_no_guarantee_is_out() -> None:
    for back in (
        return_deposit(placed(), on=TODAY, now=NOON).after,
        forfeit_deposit(dated_deposit(), reason="", on=TODAY, now=NOON).after,
        converted()[0].after,
    ):
        assert (back.is_over, back.status) == (True, DepositStatus.CLOSED)
    with pytest.raises(Refused, match="deposit D3 is closed: dated is possible when awaiting"):
        date_deposit(return_deposit(placed(), on=TODAY, now=NOON).after, milestone="awarded", on=TODAY, now=NOON)
    held = return_deposit(half_replaced(), on=TODAY, now=NOON).after
    assert (str(held.held), held.is_over, held.status) == ("0.00 CNY", False, DepositStatus.AWAITING)
    held = date_deposit(held, milestone="awarded", on=TODAY, now=NOON).after  # how long must the guarantee stand?
    assert held.status is DepositStatus.DATED
    held = release_guarantee(held, guarantee="LG-0", on=TODAY + DAY, now=NOON).after
    assert (held.is_over, held.status) == (True, DepositStatus.CLOSED)
    with pytest.raises(InvalidValue, match="GuaranteeReleased cannot have happened in status closed"):
        DEPOSIT.evolve(held, billing.GuaranteeReleased(held.id, guarantee="LG-0", on=TODAY, at=NOON))
    gone, paid = converted()
    back = billing.take_back_conversion(gone.after, paid.after, reason="early", on=TODAY, now=NOON)[0].after
    assert (back.is_over, back.status) == (False, DepositStatus.DATED)


def figures(held: Deposit) -> list[str]:
    """Return held, returned, forfeited, converted and replaced, which sum to the amount."""
    parts = [held.held, held.returned, held.forfeited, held.converted, held.replaced]
    assert sum(part.minor for part in parts) == held.amount.minor
    return [f"{part.amount:f}" for part in parts]


def test_a_deposit_goes_in_parts() -> None:
    held = return_deposit(placed(), amount=cny("1000"), on=TODAY, now=NOON).after
    held = forfeit_deposit(held, amount=cny("2000"), reason="late", on=TODAY + DAY, now=NOON).after
    gone, first = convert_deposit(held, amount=cny("3000"), policy=POLICY, on=TODAY + 2 * DAY, now=NOON)
    gone, second = convert_deposit(gone.after, amount=cny("4000"), policy=POLICY, on=TODAY + 2 * DAY, now=NOON)
    held = replace_deposit(
        gone.after, amount=cny("5000"), guarantee="LG", guarantor="B", expires_on=END, on=TODAY + 3 * DAY, now=NOON
    ).after
    assert figures(held) == ["5000.00", "1000.00", "2000.00", "7000.00", "5000.00"]
    assert [held.held_as_of(TODAY + days * DAY).amount for days in (-1, 0, 1, 2, 3)] == [
        cny(amount).amount for amount in ("0", "19000", "17000", "10000", "5000")
    ]
    assert [(paid.after.id, paid.after.amount) for paid in (first, second)] == [
        ("D3/1", cny("3000")),
        ("D3/2", cny("4000")),
    ]
    assert [entry.reference for entry in held.entries] == ["", "late", "D3/1", "D3/2", "LG"]
    held = return_deposit(held, on=TODAY + 3 * DAY, now=NOON).after
    assert figures(held) == ["0.00", "6000.00", "2000.00", "7000.00", "5000.00"]
    with pytest.raises(Refused, match=r"nothing of deposit D3 is kept from 2026-03-05 on, all of its 20000\.00 CNY"):
        return_deposit(held, on=TODAY + 3 * DAY, now=NOON)


def test_what_is_dated_back_overdraws_no_later_day() -> None:
    held = return_deposit(placed(), amount=cny("15000"), on=TODAY + 5 * DAY, now=NOON).after
    with pytest.raises(Refused, match=r"5000\.01 CNY is more than the 5000\.00 CNY kept of deposit D3"):
        return_deposit(held, amount=cny("5000.01"), on=TODAY, now=NOON)
    assert figures(return_deposit(held, on=TODAY, now=NOON).after)[:2] == ["0.00", "20000.00"]


def test_a_converted_deposit_settles_a_receivable() -> None:
    gone, received = converted()
    paid, settled = billing.apply(received.after, [receivable()], on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert (gone.after.held, paid.after.unapplied, settled.after.open) == (cny("0"), cny("0"), cny("20000"))
    assert (received.after.reference, received.after.received_on) == ("order SO-1", TODAY)


def test_its_day_follows_from_what_it_waited_for() -> None:
    assert (deposit().due_on, deposit().status) == (None, DepositStatus.AWAITING)
    assert dated_deposit().due_on == dt.date(2026, 3, 7)
    agreed = received_deposit()
    assert (agreed.due_on, agreed.status, agreed.dated_on) == (dt.date(2026, 6, 30), DepositStatus.DATED, TODAY)
    rolled = billing.after("awarded", NetDays(5, Roll.FOLLOWING))
    late = date_deposit(placed(due=rolled), milestone="awarded", on=TODAY, calendar=Weekly(), now=NOON).after
    assert late.due_on == dt.date(2026, 3, 9)  # Saturday the 7th rolls to Monday


def test_overdue_counts_from_the_day_after_its_day() -> None:
    late = dated_deposit()
    assert [late.days_overdue(dt.date(2026, 3, day)) for day in (2, 7, 8, 10)] == [0, 0, 1, 3]
    back = return_deposit(late, on=dt.date(2026, 3, 10), now=NOON).after
    assert [back.days_overdue(dt.date(2026, 3, day)) for day in (9, 10)] == [2, 0]
    known_late = date_deposit(deposit(), milestone="awarded", on=dt.date(2026, 3, 9), now=NOON).after
    assert known_late.due_as_of(dt.date(2026, 3, 8)) is None
    assert deposit().days_overdue(END) == 0


def test_outstanding_deposits_are_a_list_of_their_own() -> None:
    deposits = [deposit(), received_deposit(), return_deposit(placed(), on=TODAY + DAY, now=NOON).after]
    found = outstanding_deposits(deposits, as_of=TODAY)
    assert [(held.deposit, held.due_on, held.waits_for) for held in found] == [
        ("D2", dt.date(2026, 6, 30), None),
        ("D1", None, "awarded"),
        ("D3", None, "awarded"),
    ]
    assert [held.deposit for held in outstanding_deposits(deposits, as_of=TODAY + DAY)] == ["D2", "D1"]
    for waits, days in ((dated_deposit(), 299), (deposit(), 0)):
        [owed_to_us] = outstanding_deposits([waits, *deposits[1:]], as_of=END, direction=DepositDirection.PAID)
        assert (owed_to_us.deposit, owed_to_us.days_overdue) == ("D1", days)
    assert outstanding_deposits(deposits, as_of=TODAY - DAY) == ()


def test_guarantees_stand_until_they_expire() -> None:
    short = replace_deposit(
        received_deposit(), guarantee="LG-1", guarantor="B", expires_on=dt.date(2026, 6, 29), on=TODAY, now=NOON
    ).after
    both = [replaced().after, short]
    assert [(held.guarantee.number, held.is_short) for held in standing_guarantees(both, as_of=TODAY)] == [
        ("LG-1", True),
        ("LG-88", False),
    ]
    assert [held.days_left for held in standing_guarantees(both, as_of=dt.date(2026, 6, 29))] == [0, 185]
    assert [held.deposit for held in standing_guarantees(both, as_of=dt.date(2026, 6, 30))] == ["D1"]
    assert standing_guarantees(both, as_of=TODAY - DAY) == ()
    waiting = replace_deposit(placed(), guarantee="LG-2", guarantor="B", expires_on=TODAY, on=TODAY, now=NOON).after
    assert [held.is_short for held in standing_guarantees([waiting], as_of=TODAY)] == [False]


def test_guarantees_are_extended_and_given_back() -> None:
    held, day = half_replaced(), TODAY + 5 * DAY
    held = extend_guarantee(held, guarantee="LG-0", expires_on=TODAY + 20 * DAY, on=day, now=NOON).after
    held = date_deposit(held, milestone="awarded", on=TODAY + 6 * DAY, now=NOON).after  # due back on day 11

    def left(on: dt.date) -> list[tuple[int, bool]]:
        return [(row.days_left, row.is_short) for row in standing_guarantees([held], as_of=on)]

    assert left(day - DAY) == [(5, False)]
    assert left(day) == [(15, False)]
    assert left(TODAY + 20 * DAY) == [(0, False)]
    assert left(TODAY + 21 * DAY) == []
    with pytest.raises(Refused, match="stands from 2026-03-07 to 2026-03-22, not on 2026-03-06; use a day between"):
        release_guarantee(held, guarantee="LG-0", on=day - DAY, now=NOON)
    with pytest.raises(Refused, match="stands to 2026-03-22 as it is; extend it beyond that day"):
        extend_guarantee(held, guarantee="LG-0", expires_on=TODAY + 20 * DAY, on=day, now=NOON)
    held = release_guarantee(held, guarantee="LG-0", on=TODAY + 12 * DAY, now=NOON).after
    assert (left(TODAY + 11 * DAY), left(TODAY + 12 * DAY)) == ([(9, False)], [])
    for verb in (release_guarantee, extend_guarantee):
        more = {"expires_on": END} if verb is extend_guarantee else {}
        with pytest.raises(Refused, match="stands from 2026-03-07 to 2026-03-14, not on 2026-03-14"):
            verb(held, guarantee="LG-0", on=TODAY + 12 * DAY, now=NOON, **more)
    assert figures(held)[4] == "10000.00"  # what was replaced went back: the deposit is not kept again


def test_one_of_two_guarantees_is_extended() -> None:
    two = replace_deposit(
        half_replaced(), guarantee="LG-1", guarantor="B", expires_on=TODAY + 9 * DAY, on=TODAY, now=NOON
    ).after
    longer = extend_guarantee(two, guarantee="LG-1", expires_on=END, on=TODAY, now=NOON).after
    assert [held.expires_on for held in longer.guarantees] == [TODAY + 9 * DAY, END]


REFUSED: list[tuple[str, type[LtcError], Callable[[Deposit], object]]] = [
    ("deposit.over", Refused, lambda held: return_deposit(held, amount=cny("20000.01"), on=TODAY, now=NOON)),
    ("billing.amount", InvalidValue, lambda held: return_deposit(held, amount=cny("0"), on=TODAY, now=NOON)),
    ("deposit.not_placed", Refused, lambda held: return_deposit(held, on=TODAY - DAY, now=NOON)),
    (
        "deposit.not_placed",
        Refused,
        lambda held: date_deposit(held, milestone="awarded", on=TODAY - DAY, now=NOON),
    ),
    (
        "deposit.other_milestone",
        Refused,
        lambda held: date_deposit(held, milestone="delivered", on=TODAY, now=NOON),
    ),
    ("deposit.paid", Refused, lambda _: convert_deposit(deposit(), policy=POLICY, on=TODAY, now=NOON)),
    (
        "deposit.not_convertible",
        Refused,
        lambda held: convert_deposit(held, policy=DepositPolicy((DepositKind.QUALITY,)), on=TODAY, now=NOON),
    ),
    (
        "deposit.not_convertible",
        Refused,
        lambda held: convert_deposit(held, policy=DepositPolicy(()), on=TODAY, now=NOON),
    ),
    (
        "deposit.guarantee_expired",
        InvalidValue,
        lambda held: replace_deposit(held, guarantee="LG", guarantor="B", expires_on=TODAY - DAY, on=TODAY, now=NOON),
    ),
    (
        "deposit.guarantee_twice",
        InvalidValue,
        lambda _: replace_deposit(half_replaced(), guarantee="LG-0", guarantor="B", expires_on=END, on=TODAY, now=NOON),
    ),
    (
        "deposit.no_guarantee",
        InvalidValue,
        lambda held: release_guarantee(held, guarantee="LG-0", on=TODAY, now=NOON),
    ),
    (
        "deposit.no_guarantee",
        InvalidValue,
        lambda _: release_guarantee(half_replaced(), guarantee="LG", on=TODAY, now=NOON),
    ),
    (
        "deposit.guarantee_not_standing",
        Refused,
        lambda _: release_guarantee(half_replaced(), guarantee="LG-0", on=TODAY + 10 * DAY, now=NOON),
    ),
    ("deposit.due_before", InvalidValue, lambda _: placed(due=billing.on_day(TODAY - DAY))),
    ("billing.amount", InvalidValue, lambda _: placed(amount=cny("0"))),
    ("field.member", InvalidType, lambda _: placed(direction="paid")),
    ("field.type", InvalidType, lambda _: placed(due="awarded")),
    ("day.type", InvalidType, lambda held: return_deposit(held, on=NOON, now=NOON)),
    ("billing.no_money", InvalidType, lambda held: return_deposit(held, amount=5, on=TODAY, now=NOON)),  # type: ignore[arg-type]  # that is the test
    ("field.member", InvalidType, lambda _: DepositPolicy(("bid",))),  # type: ignore[arg-type]  # that is the test
]


@pytest.mark.parametrize("code, error, verb", REFUSED)
def test_refusals_change_nothing(code: str, error: type[LtcError], verb: Callable[[Deposit], object]) -> None:
    held = placed()
    before = attrs.asdict(held)
    with pytest.raises(error) as refusal:
        verb(held)
    assert refusal.value.code == code
    assert attrs.asdict(held) == before


def test_histories() -> None:
    begun, gone = placing(), replaced()
    dated = date_deposit(begun.after, milestone="awarded", on=TODAY, now=NOON)
    assert DEPOSIT.replay([*begun.events, *dated.events, *gone.events]) == gone.after
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        DEPOSIT.begin(gone.events[0])
    with pytest.raises(InvalidValue, match="DepositPlaced can only be the first event"):
        DEPOSIT.evolve(gone.after, begun.events[0])
    with pytest.raises(InvalidValue, match="DepositDated cannot have happened in status dated"):
        DEPOSIT.evolve(gone.after, dated.events[0])
