"""Deposits in random order and on any day, against an oracle of plain integers by day that decides what must pass."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from tests.stateful.trying import Trying

from ltc import billing
from ltc.billing import DEPOSIT, RECEIPT, Deposit, DepositDirection, DepositKind, DepositPolicy, DepositStatus, Receipt
from ltc.errors import Refused
from ltc.events import Life
from ltc.ids import AccountId, DepositId, EntityId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY

LAST = 8
"""Everything happens on the days 0 to 8 of the story."""
E1, A1 = EntityId("E1"), AccountId("A1")
LEAVES = ("return", "forfeit", "convert", "replace")
VERBS = [
    *LEAVES,
    "convert",
    "convert",
    "take_back",
    "take_back",
    "take_back",
    "replace",
    "date",
    "place",
    "extend",
    "extend",
    "release",
    "release",
]
LIVES: dict[type, Life[Any, Any]] = {Deposit: DEPOSIT, Receipt: RECEIPT}
POLICY = DepositPolicy(convertible=(DepositKind.BID, DepositKind.PERFORMANCE))
KINDS = tuple(DepositKind)


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


@attrs.define
class Paper:
    """What the oracle knows of a guarantee: from which day on it ends when, and when it was given back."""

    number: str
    terms: list[tuple[int, int]]
    released: int = LAST + 99

    @property
    def ends(self) -> int:
        return self.terms[-1][1]

    def stands(self, day: int) -> bool:
        return self.terms[0][0] <= day <= self.ends and day < self.released


@attrs.define
class Security:
    """What the oracle knows of a deposit."""

    paid: bool
    kind: DepositKind
    minor: int
    placed: int
    due: int | None
    dated: int | None
    by_day: list[int]
    sums: Counter[str] = attrs.field(factory=Counter)
    receipts: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    """What it became: how much, on which day."""
    gone: set[str] = attrs.field(factory=set)
    """Which of these were taken back."""
    papers: list[Paper] = attrs.field(factory=list)

    @property
    def over(self) -> bool:
        return not self.by_day[LAST] and all(paper.released <= LAST for paper in self.papers)

    def due_on(self, day: int) -> int | None:
        return self.due if self.dated is not None and self.dated <= day else None


class Deposits(Trying):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    return_deposit: ClassVar[Callable[..., Any]] = staticmethod(billing.return_deposit)
    take_back_conversion: ClassVar[Callable[..., Any]] = staticmethod(billing.take_back_conversion)
    convert_deposit: ClassVar[Callable[..., Any]] = staticmethod(billing.convert_deposit)
    outstanding: ClassVar[Callable[..., Any]] = staticmethod(billing.outstanding_deposits)
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()
    lives = LIVES

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, Security] = {}

    @initialize()
    def begin(self) -> None:
        for number in range(4):
            self.place(number * 2, 80, 0, None if number else 5)

    @rule(dice=st.randoms(use_true_random=True))
    def step(self, dice: Any) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up; and dice of a
        # drawn seed, which fall evenly, where draws of their own come in runs of the same
        verb, pick = dice.choice(VERBS), dice.randrange(100)
        minor = dice.choice((None, *[dice.randint(1, 30)] * 3, dice.randint(20, 120)))
        day, other = dice.randint(0, LAST), dice.randint(0, LAST)
        if verb == "place" and len(self.held) < 8:
            self.place(pick, minor or 50, min(day, 3), other if pick % 2 else None)
        elif verb == "date":
            self.date(pick, day)
        elif verb in {"extend", "release"}:
            self.guarantee(verb, pick, day, other)
        elif verb == "take_back":
            self.take_back(pick, day, other)
        elif verb != "place":
            self.leave(verb, pick, minor, day, other)

    def place(self, pick: int, minor: int, day: int, due: int | None) -> None:
        name, paid, kind = f"D{len(self.held)}", not pick % 4, KINDS[pick % 3]
        agreed = None if due is None else max(day, due)
        self.commit(
            billing.place_deposit(
                DepositId(name),
                direction=DepositDirection.PAID if paid else DepositDirection.RECEIVED,
                kind=kind,
                entity=E1,
                party=A1,
                amount=fen(minor),
                purpose="tender",
                due=billing.after("awarded", days=2) if agreed is None else billing.on_day(on(agreed)),
                on=on(day),
                now=NOON,
            )
        )
        by_day = [0] * day + [minor] * (LAST + 1 - day)
        self.held[name] = Security(paid, kind, minor, day, agreed, None if agreed is None else day, by_day)

    def one(self, pick: int) -> str:
        return list(self.held)[pick % len(self.held)]

    def date(self, pick: int, day: int) -> None:
        name = self.one(pick)
        held, thing = self.held[name], self.things[name]
        milestone = "awarded" if pick % 5 else "delivered"
        passed = self.attempt(
            "date",
            not held.over and held.dated is None and milestone == "awarded" and day >= held.placed,
            lambda: billing.date_deposit(thing, milestone=milestone, on=on(day), now=NOON),
            thing,
        )
        if passed:
            held.due, held.dated = day + 2, day

    def leave(self, verb: str, pick: int, minor: int | None, day: int, other: int) -> None:
        name = self.one(pick)
        held, thing = self.held[name], self.things[name]
        kept = min(held.by_day[day:]) if day >= held.placed else 0
        asked = kept if minor is None else minor
        why: dict[str, Any] = {"amount": None if minor is None else fen(minor), "on": on(day), "now": NOON}
        ends = max(day, other)
        calls: dict[str, Callable[[], Any]] = {
            "return": lambda: type(self).return_deposit(thing, **why),
            "forfeit": lambda: billing.forfeit_deposit(thing, reason="late", **why),
            "convert": lambda: type(self).convert_deposit(thing, policy=POLICY, **why),
            "replace": lambda: billing.replace_deposit(
                thing, guarantee=f"LG{len(held.papers)}", guarantor="B", expires_on=on(ends), **why
            ),
        }
        allowed = verb != "convert" or (not held.paid and held.kind in POLICY.convertible)
        if not self.attempt(verb, allowed and 0 < asked <= kept, calls[verb], thing):
            return
        held.sums[verb] += asked
        for later in range(day, LAST + 1):
            held.by_day[later] -= asked
        if verb == "convert":
            held.receipts[f"{name}/{len(held.receipts) + 1}"] = asked, day
        if verb == "replace":
            held.papers.append(Paper(f"LG{len(held.papers)}", [(day, ends)]))

    def take_back(self, pick: int, day: int, other: int) -> None:
        made = [name for name, held in self.held.items() if held.receipts]
        if not made:
            return
        owner, name = made[pick % len(made)], made[other % len(made)] if not pick % 4 else made[pick % len(made)]
        receipts = self.held[owner].receipts
        paid = list(receipts)[other % len(receipts)]
        held, thing, receipt = self.held[name], self.things[name], self.things[paid]
        minor, since = receipts[paid]
        passed = self.attempt(
            "take_back",
            owner == name and paid not in held.gone and day >= since,
            lambda: type(self).take_back_conversion(thing, receipt, reason="early", on=on(day), now=NOON),
            thing,
            receipt,
        )
        if passed:
            held.gone.add(paid)
            held.sums["convert"] -= minor
            for later in range(day, LAST + 1):
                held.by_day[later] += minor
        act: Any = billing.reverse if pick % 2 else billing.bounce
        self.attempt("alone", False, lambda: act(receipt, [], reason="early", on=on(LAST), now=NOON), receipt)

    def guarantee(self, verb: str, pick: int, day: int, other: int) -> None:
        with_papers = [name for name, held in self.held.items() if held.papers]
        if not with_papers:
            return
        name = with_papers[pick % len(with_papers)]
        held, thing = self.held[name], self.things[name]
        paper = held.papers[other % len(held.papers)]
        if pick % 3:
            day = min(LAST, paper.terms[-1][0] + other % 3)  # a day on which it may well stand
        ends = day + other
        calls: dict[str, Callable[[], Any]] = {
            "extend": lambda: billing.extend_guarantee(
                thing, guarantee=paper.number, expires_on=on(ends), on=on(day), now=NOON
            ),
            "release": lambda: billing.release_guarantee(thing, guarantee=paper.number, on=on(day), now=NOON),
        }
        standing = not held.over and paper.stands(day) and day >= paper.terms[-1][0]
        if not self.attempt(verb, standing and (verb == "release" or ends > paper.ends), calls[verb], thing):
            return
        if verb == "extend":
            paper.terms.append((day, ends))
        else:
            paper.released = day

    @invariant()
    def deposits_add_up(self) -> None:
        for name, held in self.held.items():
            thing: Deposit = self.things[name]
            parts = [thing.returned, thing.forfeited, thing.converted, thing.replaced]
            assert [part.minor for part in parts] == [held.sums[verb] for verb in LEAVES]
            assert thing.held.minor + sum(part.minor for part in parts) == held.minor
            assert [thing.held_as_of(on(day)).minor for day in range(LAST + 1)] == held.by_day
            assert min(held.by_day) >= 0
            known = DepositStatus.AWAITING if held.dated is None else DepositStatus.DATED
            assert thing.status is (DepositStatus.CLOSED if held.over else known)

    @invariant()
    def what_was_converted_came_in(self) -> None:
        receipts = [thing for thing in self.things.values() if isinstance(thing, Receipt)]
        converted = sum(held.sums["convert"] for held in self.held.values())
        assert sum(receipt.collected.minor for receipt in receipts) == converted

    @invariant()
    def what_is_out_is_listed(self) -> None:
        deposits = [self.things[name] for name in self.held]
        for day in (2, LAST):
            rows = type(self).outstanding(deposits, as_of=on(day))
            told = {row.deposit: (row.held.minor, row.due_on, row.days_overdue) for row in rows}
            expected = {}
            for name, held in self.held.items():
                due = held.due_on(day)
                if held.by_day[day]:
                    late = 0 if due is None else max(0, day - due)
                    expected[name] = (held.by_day[day], None if due is None else on(due), late)
            assert told == expected
            mine = type(self).outstanding(deposits, as_of=on(day), direction=DepositDirection.PAID)
            assert {row.deposit for row in mine} == {name for name in expected if self.held[name].paid}

    @invariant()
    def guarantees_stand_in_their_time(self) -> None:
        for day in (2, 5):
            rows = billing.standing_guarantees([self.things[name] for name in self.held], as_of=on(day))
            papers = [paper for held in self.held.values() for paper in held.papers if paper.stands(day)]
            known = [max(ends for since, ends in paper.terms if since <= day) for paper in papers]
            assert [row.days_left for row in rows] == sorted(ends - day for ends in known)


LONG = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_deposits_agree_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Deposits.counts.clear()
    run_state_machine_as_test(Deposits, settings=LONG)
    few = {
        (verb, passed): Deposits.counts[verb, passed]
        for verb in (*LEAVES, "take_back", "date", "extend", "release")
        for passed in (True, False)
    }
    assert min(few.values()) >= 20, few


def returned_by_the_balance_of_its_day(
    deposit: Deposit, *, amount: Money | None, on: dt.date, now: dt.datetime
) -> object:
    """Return what was kept on the day, though it left later."""
    kept = deposit.held_as_of(on)
    leaves = amount or kept
    if not leaves or leaves > kept or on < deposit.placed_on or deposit.is_over:
        raise Refused("deposit.over", "too much")
    return DEPOSIT.change(deposit, billing.DepositReturned(deposit.id, leaves, on=on, at=now))


def converted_without_its_receipt(deposit: Deposit, **facts: Any) -> object:
    """Take it off the deposit, and let nothing come in."""
    return billing.convert_deposit(deposit, **facts)[0]


def taken_back_for_good(deposit: Deposit, receipt: Receipt, **facts: Any) -> object:
    """Reverse the receipt, and keep nothing."""
    return billing.take_back_conversion(deposit, receipt, **facts)[1:]


def due_as_it_is_known_now(deposits: list[Deposit], **facts: Any) -> object:
    """Say that a day was known before it was."""
    early = [attrs.evolve(each, dated_on=each.dated_on and each.placed_on) for each in deposits]
    return billing.outstanding_deposits(early, **facts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"return_deposit": staticmethod(returned_by_the_balance_of_its_day)},
        {"convert_deposit": staticmethod(converted_without_its_receipt)},
        {"take_back_conversion": staticmethod(taken_back_for_good)},
        {"outstanding": staticmethod(due_as_it_is_known_now)},
    ],
    ids=["return", "convert", "take_back", "outstanding"],
)
def test_a_wrong_implementation_is_caught(wrong: dict[str, Any]) -> None:
    machine = type("Wrong", (Deposits,), {**wrong, "counts": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=LONG)
