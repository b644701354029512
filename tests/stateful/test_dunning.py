"""Dunning over random payments, disputes, promises, holds and letters, against an oracle of plain integers by day.

The oracle knows no history but what was open at the end of each day and when something was said; it finds by itself what must be
sent, what a letter must ask for, and why nothing else is sent.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ltc import billing
from ltc.billing import DunningPolicy, DunningStep, Grouping, Receivable, Receiver
from ltc.calendars import Weekly
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import AccountId, ChangeId, EntityId, LetterId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

FIRST = dt.date(2026, 3, 2)
"""Day 0, a Monday."""
LAST = 160
"""Nothing happens after that day."""
ENTITY = EntityId("E1")


def on(day: int) -> dt.date:
    return FIRST + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


class Terms(NamedTuple):
    """A policy as the oracle knows it: by receiver the days of each step, its fee and whether it asks for interest."""

    steps: dict[str, list[tuple[int, int, bool]]]
    minimum: int = 0
    alone: bool = False
    apart: int = 1
    restarts: bool = False
    weekly: bool = False
    rate: str = "0"
    books: int | None = None
    """So many days after a letter its interest and fee fall due as debts of their own; None: they are not booked."""

    def is_workday(self, day: int) -> bool:
        return not self.weekly or day % 7 < 5

    def falls_on(self, due: int, days: int) -> int:
        day = due + days
        while not self.is_workday(day):
            day += 1 if days > 0 else -1
        return day

    def level(self, days: int) -> int:
        return len([step for step, _, _ in self.steps["customer"] if 0 < step <= days])

    def asks_interest(self, days: int) -> bool:
        return [asks for step, _, asks in self.steps["customer"] if step <= days][-1]


TERMS = [
    Terms(
        {
            "owner": [(-5, 0, False), (1, 0, False)],
            "manager": [(20, 0, False)],
            "customer": [(-2, 0, False), (3, 5, True), (10, 20, True), (20, 0, True)],
        },
        minimum=80,
        apart=3,
        rate="3.65",
        books=5,
    ),
    Terms(
        {
            "owner": [(0, 0, False)],
            "finance": [(6, 0, False)],
            "customer": [(2, 1, False), (4, 2, True), (9, 0, True)],
        },
        alone=True,
        apart=0,
        restarts=True,
        rate="7.3",
        books=0,
    ),
    Terms(
        {"owner": [(2, 0, False), (9, 0, False)], "customer": [(-1, 0, False), (1, 0, False), (5, 3, False)]},
        weekly=True,
    ),
]


def policy_of(terms: Terms) -> DunningPolicy:
    return DunningPolicy(
        [
            DunningStep(days, Receiver(to), fees=fen(fee), interest=interest)
            for to, steps in terms.steps.items()
            for days, fee, interest in steps
        ],
        interest=billing.InterestPolicy(billing.InterestRates.flat(terms.rate)),
        minimums=fen(terms.minimum),
        grouping=Grouping.INSTALLMENT if terms.alone else Grouping.CUSTOMER,
        apart_days=terms.apart,
        restarts=terms.restarts,
    )


@attrs.define
class Debt:
    """What the oracle knows of a receivable."""

    party: str
    raised: int
    due: int
    by_day: list[int]
    charged_for: str = ""
    """The debt that it is interest or a fee of; empty: it is a debt by itself."""
    charged: int = 0
    """What of its interest became debts of their own."""
    disputes: list[list[int]] = attrs.field(factory=list)
    """From day, to before day, amount (-1: all)."""
    promises: list[tuple[int, int, int]] = attrs.field(factory=list)
    """On day, until day, what is open once it is kept."""
    holds: list[list[int]] = attrs.field(factory=list)
    """From day, to before day."""
    sent: list[tuple[int, str, int]] = attrs.field(factory=list)
    """On day, to whom, the days of the step."""
    moved: list[tuple[int, str]] = attrs.field(factory=list)
    """On day, how: every entry, in the order of recording."""

    def disputed(self, day: int) -> int:
        known = [dispute for dispute in self.disputes if dispute[0] <= day]
        if not known or day >= known[-1][1]:
            return 0
        return self.by_day[day] if known[-1][2] < 0 else min(known[-1][2], self.by_day[day])

    def promised(self, day: int) -> int:
        known = [promise for promise in self.promises if promise[0] <= day]
        if not known or day > known[-1][1] or self.by_day[day] <= known[-1][2]:
            return 0
        return self.by_day[day] - known[-1][2]

    def held(self, day: int) -> bool:
        known = [hold for hold in self.holds if hold[0] <= day]
        return bool(known) and day < known[-1][1]

    def chased(self, day: int) -> int:
        return max(0, self.by_day[day] - self.disputed(day) - self.promised(day))

    def stops(self, day: int) -> set[str]:
        if day < self.raised:
            return {"not_raised"}
        if not self.by_day[day]:
            since = next(before for before in range(day, -1, -1) if before == 0 or self.by_day[before - 1])
            since = max(since, self.raised)
            return {[how for moved, how in self.moved if moved == since and how != "bounced"][-1]}
        found = set()
        if not self.chased(day):
            found |= {"disputed"} if self.disputed(day) else set()
            found |= {"promised"} if self.promised(day) else set()
        return found | ({"on_hold"} if self.held(day) else set())

    def passed(self, to: str, day: int, terms: Terms) -> int:
        zero = [before for before in range(self.raised, day + 1) if not self.by_day[before]] if terms.restarts else []
        since = max(zero, default=-1000)
        return max((days for sent, who, days in self.sent if who == to and since < sent <= day), default=-1000)

    def due_step(self, to: str, day: int, terms: Terms) -> int | None:
        if self.charged_for:
            return None
        late, passed = day - self.due, self.passed(to, day, terms)
        ready = [
            days
            for days, _, _ in terms.steps.get(to, [])
            if days > passed and terms.falls_on(self.due, days) <= day and (days > 0 or late < 0 or days == late == 0)
        ]
        if not ready:
            return None
        return min(ready) if to == "customer" and ready[0] > 0 else max(ready)

    def interest(self, day: int, terms: Terms) -> int:
        """Sum the interest of each day by itself, on what is chased, and round it once; a charge bears none."""
        if self.charged_for:
            return 0
        left_out = self.by_day[day] - self.chased(day)
        bases = [max(0, self.by_day[before] - left_out) for before in range(max(self.due, 0), day)]
        exact = sum(bases) * Fraction(terms.rate) / 365
        return max(0, int(exact + Fraction(1, 2)) - self.charged)


class Written(NamedTuple):
    """A letter that must be sent."""

    party: str
    level: int
    fee: int
    lines: tuple[tuple[str, int, int, int | None], ...]
    """Name, what is asked for, interest, the days of the step that is taken."""


class Expected(NamedTuple):
    """What must be sent on a day, and why nothing else is."""

    letters: list[Written]
    reminders: set[tuple[str, str, int]]
    reasons: dict[str, set[str]]


def expected(debts: dict[str, Debt], day: int, terms: Terms) -> Expected:
    reasons = {name: debt.stops(day) for name, debt in debts.items()}
    free = {name: debt for name, debt in debts.items() if not reasons[name]}
    reasons |= {name: {"goes_along"} for name, debt in free.items() if debt.charged_for}
    steps = {(name, to): debt.due_step(to, day, terms) for name, debt in free.items() for to in terms.steps}
    due = {key: days for key, days in steps.items() if days is not None}
    if not terms.is_workday(day):
        return Expected([], set(), reasons | {name: {"day_off"} for name, _ in due})
    reminders = {(name, to, days) for (name, to), days in due.items() if to != "customer"}
    groups: dict[tuple[bool, str, str], list[str]] = {}
    for (name, to), days in due.items():
        if to == "customer":
            key = (days <= 0, free[name].party, name if terms.alone else "")
            groups.setdefault(key, []).append(name)
    letters = []
    last = {debt.party: -1000 for debt in debts.values()}
    for debt in debts.values():
        last[debt.party] = max([last[debt.party], *(sent for sent, to, _ in debt.sent if to == "customer")])
    waited = {
        key: min(terms.falls_on(free[name].due, due[name, "customer"]) for name in names)
        for key, names in groups.items()
    }
    for key in sorted(groups, key=lambda key: (key[0], waited[key], key)):
        ahead, party, alone = key
        names = groups[key]
        if not ahead:
            names = [name for name, debt in free.items() if debt.party == party and day > debt.due]
            names = [name for name in names if alone in ("", name, free[name].charged_for)]
        names = sorted(names, key=lambda name: (free[name].due, name))
        taken = {name: due.get((name, "customer")) for name in names}
        asked = sum(free[name].chased(day) for name in names if not free[name].charged_for)
        why = "below_minimum" if asked < terms.minimum else "apart" if day - last[party] < terms.apart else ""
        if why:
            reasons |= {name: {why} for name in groups[key]}
            continue
        last[party] = day
        highest = max(
            [
                *(days for days in taken.values() if days is not None),
                *(free[name].passed("customer", day, terms) for name in names),
            ]
        )
        brought = max(days for days in taken.values() if days is not None)
        asks = terms.asks_interest(highest)
        letters.append(
            Written(
                party,
                terms.level(highest),
                next(fee for days, fee, _ in terms.steps["customer"] if days == brought),
                tuple(
                    (name, free[name].chased(day), free[name].interest(day, terms) if asks else 0, taken[name])
                    for name in names
                ),
            )
        )
    return Expected(letters, reminders, reasons)


PICK = st.integers(0, 99)
VERBS = ["pay", "dispute", "settle", "promise", "hold", "release", "waive", "write_off", "bounce", "raise"]


class Chase(RuleBasedStateMachine):
    """Days pass, things happen to debts, and dunning is asked; all that it says is sent and recorded."""

    dunning: ClassVar[Callable[..., Any]] = staticmethod(billing.dunning)
    counts: ClassVar[Counter[str]] = Counter()
    kept: ClassVar[Terms] = TERMS[0]

    def __init__(self) -> None:
        super().__init__()
        self.day = 0
        self.things: dict[str, Receivable] = {}
        self.receipts: dict[str, billing.Receipt] = {}
        self.history: dict[str, list[Any]] = {}
        self.debts: dict[str, Debt] = {}
        self.applications: list[tuple[str, str, int, int]] = []
        self.letters = 0
        self.terms = TERMS[0]
        self.policy = policy_of(self.terms)

    @initialize(amounts=st.lists(st.integers(100, 900), min_size=3, max_size=3))
    def begin(self, amounts: list[int]) -> None:
        # where there is something to stop, to put together, to keep apart and to leave alone
        self.terms = self.kept
        self.policy = policy_of(self.terms)
        for number, (minor, party) in enumerate([*((minor, "A1") for minor in amounts), (60, "A2")]):
            self.raise_debt(minor, 0 if number < 2 else 3, 7 + 2 * number, party)
        self.act("dispute", 1, 0, 40, 0)

    @rule(
        verbs=st.lists(st.sampled_from(VERBS), max_size=2),
        pick=PICK,
        back=st.sampled_from([0, 0, 0, 1, 4]),
        minor=st.none() | st.integers(1, 300),
        ahead=st.integers(0, 12),
        passes=st.sampled_from([1, 1, 1, 2, 3, 6]),
    )
    def live(self, verbs: list[str], pick: int, back: int, minor: int | None, ahead: int, passes: int) -> None:
        # one rule for all: rules of their own are left out of whole runs, and then nothing builds up
        for verb in verbs:
            self.act(verb, pick, max(0, self.day - back), minor, ahead)
        self.ask()
        self.day = min(self.day + passes, LAST - 20)

    def act(self, verb: str, pick: int, day: int, minor: int | None, ahead: int) -> None:
        name = list(self.debts)[pick % len(self.debts)]
        debt, thing = self.debts[name], self.things[name]
        most = min(debt.by_day[day:])
        there = day >= debt.raised and debt.by_day[day] > 0
        amount = minor if pick % 2 else None
        match verb:
            case "raise" if self.own < 9:
                self.raise_debt(100 + (minor or 100), self.day, self.day + ahead, f"A{1 + pick % 2}")
            case "pay" if most > 0 and day >= debt.raised:
                self.pay(name, min(minor or most, most), day)
            case "bounce" if self.applications:
                self.bounce(pick)
            case "waive" | "write_off" if most > 0 and day >= debt.raised:
                taken = min(minor or most, most)
                act = billing.waive if verb == "waive" else billing.write_off
                self.commit(act(thing, amount=fen(taken), change=ChangeId("W"), reason="", on=on(day), now=NOON))
                self.move(name, day, -taken, "credited" if verb == "waive" else "written_off")
            case "dispute":
                lasts = bool(debt.disputes) and debt.disputes[-1][1] == LAST
                before = bool(debt.disputes) and day < debt.disputes[-1][1]
                passes = there and not lasts and not before and (amount is None or amount <= debt.by_day[day])
                asked = None if amount is None else fen(amount)
                self.attempt(passes, lambda: billing.dispute(thing, amount=asked, reason="", on=on(day), now=NOON))
                if passes:
                    debt.disputes.append([day, LAST, -1 if amount is None else amount])
            case "settle":
                passes = bool(debt.disputes) and debt.disputes[-1][1] == LAST and day >= debt.disputes[-1][0]
                self.attempt(passes, lambda: billing.settle_dispute(thing, reason="", on=on(day), now=NOON))
                if passes:
                    debt.disputes[-1][1] = day
            case "promise":
                passes = there and (amount is None or amount <= debt.by_day[day])
                passes = passes and not [made for made, _, _ in debt.promises[-1:] if day < made]
                asked, until = None if amount is None else fen(amount), day + ahead
                self.attempt(
                    passes,
                    lambda: billing.promise(thing, amount=asked, until=on(until), by="W", on=on(day), now=NOON),
                )
                if passes:
                    left = 0 if amount is None else debt.by_day[day] - amount
                    debt.promises.append((day, until, left))
            case "hold" | "release":
                self.hold(name, day, ahead, verb)
            case _:
                pass

    def hold(self, name: str, day: int, ahead: int, verb: str) -> None:
        debt, thing = self.debts[name], self.things[name]
        last = max((said for hold in debt.holds[-1:] for said in hold[2:]), default=-1)
        if verb == "hold":
            passes = day >= debt.raised and debt.by_day[day] > 0 and day >= last
            self.attempt(
                passes, lambda: billing.hold_dunning(thing, until=on(day + ahead), reason="", on=on(day), now=NOON)
            )
            if passes:
                debt.holds.append([day, day + ahead + 1, day])
        else:
            passes = day >= last and debt.held(day)
            self.attempt(passes, lambda: billing.release_dunning(thing, reason="", on=on(day), now=NOON))
            if passes:
                debt.holds[-1][1:] = [day, day]

    def attempt(self, passes: bool, call: Callable[[], Change[Receivable, Any]]) -> None:
        try:
            change = call()
        except Refused:
            assert not passes, "it was refused"
        else:
            assert passes, "it passed"
            self.commit(change)
        self.counts["accepted" if passes else "refused"] += 1

    def commit(self, change: Change[Receivable, Any]) -> None:
        name = change.after.id
        assert self.things.get(name) == change.before
        self.things[name] = change.after
        self.history.setdefault(name, []).extend(change.events)

    def move(self, name: str, day: int, minor: int, how: str) -> None:
        debt = self.debts[name]
        debt.moved.append((day, how))
        for later in range(day, LAST):
            debt.by_day[later] += minor

    def raise_debt(self, minor: int, raised: int, due: int, party: str) -> None:
        name = f"AR{self.own}"
        self.commit(
            billing.raise_receivable(
                ReceivableId(name),
                order=OrderId("SO-1"),
                entity=ENTITY,
                party=AccountId(party),
                amount=fen(minor),
                on=on(raised),
                due_on=on(due),
                now=NOON,
            )
        )
        self.debts[name] = Debt(party, raised, due, [0] * raised + [minor] * (LAST - raised))

    @property
    def own(self) -> int:
        return sum(not debt.charged_for for debt in self.debts.values())

    def pay(self, name: str, minor: int, day: int) -> None:
        receipt = ReceiptId(f"R{len(self.receipts)}")
        party = AccountId(self.debts[name].party)
        money = billing.receive(receipt, entity=ENTITY, party=party, amount=fen(minor), on=on(day), now=NOON).after
        paid, *settled = billing.apply(money, [self.things[name]], on=on(day), now=NOON)
        self.receipts[receipt] = paid.after
        self.commit(settled[0])
        self.applications.append((receipt, name, minor, day))
        self.move(name, day, -minor, "paid")

    def bounce(self, pick: int) -> None:
        receipt, name, minor, day = self.applications.pop(pick % len(self.applications))
        freed, opened = billing.unapply(
            self.receipts[receipt],
            self.things[name],
            application=f"{receipt}/1",
            reason="",
            on=on(max(day, self.day)),
            now=NOON,
        )
        self.receipts[receipt] = freed.after
        self.commit(opened)
        self.move(name, max(day, self.day), minor, "bounced")

    def ask(self) -> None:
        must = expected(self.debts, self.day, self.terms)
        found = type(self).dunning(
            list(self.things.values()),
            policy=self.policy,
            on=on(self.day),
            receipts=self.receipts.values(),
            calendar=Weekly() if self.terms.weekly else None,
        )
        assert [self.read(letter) for letter in found.letters] == must.letters
        assert {(told.receivable, told.to.value, told.step.days) for told in found.reminders} == must.reminders
        sends = {name for letter in must.letters for name, _, _, step in letter.lines if step is not None}
        sends |= {name for name, _, _ in must.reminders}
        for outlook in found.outlooks:
            codes = {reason.code.removeprefix("dunning.") for reason in outlook.reasons}
            because = must.reasons[outlook.receivable]
            assert codes == because if because or outlook.receivable in sends else codes <= {"waits", "ended"}
            assert outlook.next_on is None or because != {"goes_along"}
            self.counts.update(codes)
        self.send(found)

    def read(self, letter: billing.Letter) -> Written:
        assert letter.total.minor == sum(line.total.minor for line in letter.lines) + letter.fee.minor
        assert letter.interest.minor == sum(line.interest.minor for line in letter.lines)
        free = [receipt.unapplied.minor for receipt in self.receipts.values() if receipt.party == letter.party]
        assert letter.credit.minor == sum(free)
        lines = tuple(
            (str(line.receivable), line.open.minor, line.interest.minor, line.step.days if line.step else None)
            for line in letter.lines
        )
        return Written(letter.party, letter.level, letter.fee.minor, lines)

    def send(self, found: billing.Dunning) -> None:
        for told in found.reminders:
            self.commit(billing.record_reminder(told, self.things[told.receivable], now=NOON))
            self.debts[told.receivable].sent.append((self.day, told.to.value, told.step.days))
            self.counts["reminder"] += 1
        for letter in found.letters:
            self.letters += 1
            due = None if self.terms.books is None else self.day + self.terms.books
            for change in billing.record_letter(
                letter,
                self.things.values(),
                letter_id=LetterId(f"L{self.letters}"),
                charges_due_on=None if due is None else on(due),
                now=NOON,
            ):
                self.commit(change)
            if due is not None:
                self.book(letter, due)
            for line in letter.lines:
                if line.step is not None:
                    self.debts[line.receivable].sent.append((self.day, "customer", line.step.days))
            self.counts["letter" if letter.level else "letter ahead"] += 1
            self.counts["letter with charges"] += any(self.debts[line.receivable].charged_for for line in letter.lines)
            self.counts["letter of several"] += len(letter.lines) > 1
            self.counts["letter with interest"] += bool(letter.interest)
            self.counts["letter with something left out"] += any(line.left_out for line in letter.lines)

    def book(self, letter: billing.Letter, due: int) -> None:
        """Note what a letter asks for besides as debts: interest of what each line is about, the fee of what brought the letter about."""
        about = max((line.step.days, -number, line) for number, line in enumerate(letter.lines) if line.step)[2]
        charges = [(line.receivable, line.interest.minor) for line in letter.lines] + [
            (about.receivable, letter.fee.minor)
        ]
        for number, (name, minor) in enumerate(charges):
            if minor:
                is_fee = number == len(letter.lines)
                made = [debt for debt in self.debts if debt.startswith(f"{name}/interest/")]
                charge = f"L{self.letters}/fee" if is_fee else f"{name}/interest/{len(made) + 1}"
                self.debts[name].charged += 0 if is_fee else minor
                by_day = [0] * self.day + [minor] * (LAST - self.day)
                self.debts[charge] = Debt(letter.party, self.day, due, by_day, charged_for=name)
                self.counts["fee booked" if is_fee else "interest booked"] += 1

    @invariant()
    def each_step_is_sent_once_and_levels_never_go_back(self) -> None:
        for debt in self.debts.values():
            for to in self.terms.steps:
                steps = [(day, step) for day, who, step in debt.sent if who == to]
                for (day, step), (later, following) in pairwise(steps):
                    settled = 0 in debt.by_day[day:later]
                    assert following > step or (self.terms.restarts and settled)

    @invariant()
    def never_two_letters_to_one_customer_too_close(self) -> None:
        days: dict[str, set[int]] = {}
        for debt in self.debts.values():
            days.setdefault(debt.party, set()).update(day for day, to, _ in debt.sent if to == "customer")
        for written in days.values():
            ordered = sorted(written)
            assert all(later - day >= self.terms.apart for day, later in pairwise(ordered))

    @invariant()
    def what_was_sent_is_known_by_its_events(self) -> None:
        for name, debt in self.debts.items():
            notices = [((notice.on - FIRST).days, notice.to.value, notice.days) for notice in self.things[name].notices]
            assert notices == debt.sent

    def teardown(self) -> None:
        for name, events in self.history.items():
            assert billing.RECEIVABLE.replay(events) == self.things[name]


LONG = settings(
    max_examples=35,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
EXPECTED = {
    *[
        "letter",
        "letter ahead",
        "letter of several",
        "letter with interest",
        "letter with something left out",
        "letter with charges",
        "interest booked",
        "fee booked",
        "reminder",
    ],
    *["not_raised", "paid", "credited", "written_off", "disputed", "promised", "on_hold"],
    *["below_minimum", "apart", "day_off", "waits", "ended", "goes_along", "accepted", "refused"],
}


def test_dunning_agrees_with_the_oracle_and_everything_was_sent_and_withheld_often() -> None:
    Chase.counts.clear()
    for number, terms in enumerate(TERMS):
        run_state_machine_as_test(type(f"Chase{number}", (Chase,), {"kept": terms}), settings=LONG)
    assert set(Chase.counts) == EXPECTED
    assert min(Chase.counts.values()) >= 20, Chase.counts


def without_promises(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Chase what is promised."""
    return billing.dunning([attrs.evolve(each, promises=()) for each in receivables], **asked)


def without_memory(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Forget what was sent."""
    return billing.dunning([attrs.evolve(each, notices=()) for each in receivables], **asked)


def of_the_present_balance(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Charge interest on what is open now for the whole time, as if nothing had ever been paid."""
    return billing.dunning(
        [
            attrs.evolve(each, amount=each.open_as_of(asked["on"]), entries=())
            if each.open_as_of(asked["on"])
            else each
            for each in receivables
        ],
        **asked,
    )


def every_day_alike(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Write to a customer as often as something falls due."""
    return billing.dunning(receivables, **asked | {"policy": attrs.evolve(asked["policy"], apart_days=0)})


def netted(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Take the credit off without a word."""
    found = billing.dunning(receivables, **asked)
    letters = [attrs.evolve(letter, credit=Money.zero(letter.currency)) for letter in found.letters]
    return attrs.evolve(found, letters=tuple(letters))


def charges_chased(receivables: Sequence[Receivable], **asked: Any) -> billing.Dunning:
    """Write about interest and fees as about the debts that they are charged for."""
    return billing.dunning(
        receivables, **asked | {"policy": attrs.evolve(asked["policy"], chases=tuple(billing.Component))}
    )


@pytest.mark.parametrize(
    "wrong",
    [without_promises, without_memory, of_the_present_balance, every_day_alike, netted, charges_chased],
)
def test_a_wrong_implementation_is_caught(wrong: Callable[..., Any]) -> None:
    machine = type("Wrong", (Chase,), {"dunning": staticmethod(wrong), "counts": Counter()})
    with pytest.raises((AssertionError, Refused)):
        run_state_machine_as_test(machine, settings=LONG)
