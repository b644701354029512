"""Bills in random order: where each stands and what comes back, against an oracle of plain integers and a table of its own."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from tests.stateful.trying import Trying

from ltc import billing
from ltc.billing import BILL, RECEIPT, RECEIVABLE, Bill, BillKind, Receipt, Receivable
from ltc.events import Life
from ltc.ids import AccountId, BillId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY

LAST = 12
"""Everything happens on the days 0 to 12 of the story; bills mature on the days 4 to 9."""
E1, A1 = EntityId("E1"), AccountId("A1")
VERBS = [
    *["receive", "split", "endorse", "discount"] * 3,
    *["cash", "discharge", "take_up"] * 5,
    *["sell", "dishonor", "apply"] * 2,
]
MOST = 6
LIVES: dict[type, Life[Any, Any]] = {Bill: BILL, Receipt: RECEIPT, Receivable: RECEIVABLE}
LEADS: dict[tuple[str, str], str] = {
    ("held", "split"): "split",
    ("held", "endorse"): "endorsed",
    ("held", "discount"): "discounted",
    ("held", "sell"): "sold",
    ("held", "cash"): "cashed",
    ("held", "dishonor"): "dishonored",
    ("endorsed", "discharge"): "discharged",
    ("discounted", "discharge"): "discharged",
    ("endorsed", "dishonor"): "recourse",
    ("discounted", "dishonor"): "recourse",
    ("recourse", "take_up"): "dishonored",
}
"""What the oracle knows of the table: written down once more."""
BEFORE_MATURITY = {"endorse", "discount", "sell"}
AT_MATURITY = {"cash", "discharge"}


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


@attrs.define
class Paper:
    """What the oracle knows of a bill."""

    receipt: str
    minor: int
    matures: int
    splittable: bool
    steps: list[tuple[int, str]]

    @property
    def status(self) -> str:
        return self.steps[-1][1]

    def on_day(self, day: int) -> str | None:
        return next((status for since, status in reversed(self.steps) if since <= day), None)


@attrs.define
class Cash:
    """What the oracle knows of a receipt: its standing applications in order, and what bounced on which day."""

    minor: int
    received: int
    last: int
    applied: list[tuple[str, int, int]] = attrs.field(factory=list)
    bounced: list[tuple[int, int]] = attrs.field(factory=list)
    by_day: list[int] = attrs.field(factory=lambda: [0] * (LAST + 1))
    """What is free at the end of each day."""

    @property
    def left(self) -> int:
        return self.minor - sum(minor for _, minor in self.bounced)

    @property
    def free(self) -> int:
        return self.left - sum(minor for _, minor, _ in self.applied)

    def move(self, day: int, minor: int) -> None:
        self.last = max(self.last, day)
        for later in range(day, LAST + 1):
            self.by_day[later] += minor


class Bills(Trying):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    dishonor_bill: ClassVar[Callable[..., Any]] = staticmethod(billing.dishonor_bill)
    discount_bill: ClassVar[Callable[..., Any]] = staticmethod(billing.discount_bill)
    collected: ClassVar[Callable[..., Any]] = staticmethod(billing.collected)
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()
    lives = LIVES

    def __init__(self) -> None:
        super().__init__()
        self.papers: dict[str, Paper] = {}
        self.cash: dict[str, Cash] = {}
        self.owed: dict[str, int] = {}
        self.clock = 0

    @initialize()
    def begin(self) -> None:
        for number in range(4):
            name = f"AR{number}"
            self.owed[name] = 70
            self.commit(
                billing.raise_receivable(
                    ReceivableId(name),
                    order=OrderId("SO-1"),
                    entity=E1,
                    party=A1,
                    amount=fen(70),
                    due_on=on(LAST),
                    on=TODAY,
                    now=NOON,
                )
            )
        self.receive(100, 5, 0, splittable=True)
        self.receive(60, 4, 0, splittable=False)

    @rule(dice=st.randoms(use_true_random=True))
    def step(self, dice: Any) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up; and dice of a
        # drawn seed, which fall evenly, where draws of their own come in runs of the same
        verb, pick, minor = dice.choice(VERBS), dice.randrange(100), dice.randint(1, 120)
        step = dice.choice((*[0] * 6, 1, 1, 1, -1))
        self.clock = min(LAST, self.clock + max(step, 0))
        day = max(0, self.clock + min(step, 0))
        if verb == "receive" and len(self.cash) < MOST:
            self.receive(minor, 4 + pick % 6, day, splittable=bool(pick % 3))
        elif verb == "apply":
            self.apply(pick, day)
        elif verb != "receive":
            self.move(verb, pick, minor, day)

    def receive(self, minor: int, matures: int, day: int, *, splittable: bool) -> None:
        number = len(self.cash)
        receipt, name = f"R{number}", f"BA{number}"
        passed = self.attempt(
            "receive",
            day < matures,
            lambda: billing.receive_bill(
                BillId(name),
                receipt=ReceiptId(receipt),
                entity=E1,
                party=A1,
                kind=BillKind.BANK,
                number=str(number),
                drawer="D",
                acceptor="A",
                amount=fen(minor),
                issued_on=TODAY,
                matures_on=on(matures),
                splittable=splittable,
                on=on(day),
                now=NOON,
            ),
        )
        if passed:
            self.papers[name] = Paper(receipt, minor, matures, splittable, [(day, "held")])
            self.cash[receipt] = Cash(minor, day, day)
            self.cash[receipt].move(day, minor)

    def apply(self, pick: int, day: int) -> None:
        receipt = list(self.cash)[pick % len(self.cash)]
        receivable = list(self.owed)[pick % len(self.owed)]
        cash = self.cash[receipt]
        given = min(cash.free, self.owed[receivable])
        if day < max(each.last for each in self.cash.values()):
            return  # an application dated back may meet a later one: the machine of billing tries that
        passed = self.attempt(
            "apply",
            given > 0,
            lambda: billing.apply(self.things[receipt], [self.things[receivable]], on=on(day), now=NOON),
            self.things[receipt],
        )
        if passed:
            cash.applied.append((receivable, given, day))
            cash.move(day, -given)
            self.owed[receivable] -= given

    def move(self, verb: str, pick: int, minor: int, day: int) -> None:
        fitting = [name for name, paper in self.papers.items() if (paper.status, verb) in LEADS]
        names = fitting if fitting and pick % 5 else list(self.papers)
        name = names[pick % len(names)]
        paper, thing = self.papers[name], self.things[name]
        if verb == "split" and paper.minor == 1:
            return  # one fen has no parts
        target = LEADS.get((paper.status, verb))
        allowed = target is not None and day >= paper.steps[-1][0]
        if verb in BEFORE_MATURITY:
            allowed = allowed and day < paper.matures
        elif verb in AT_MATURITY:
            allowed = allowed and day >= paper.matures
        elif verb == "split":
            allowed = allowed and paper.splittable
        if verb == "dishonor":
            self.dishonor(name, pick, day, target if allowed else None)
        elif self.attempt(verb, allowed, self.call(verb, thing, minor, day), thing):
            paper.steps.append((day, str(target)))
            if verb == "split":
                self.cut(name, minor, day)

    def call(self, verb: str, thing: Bill, minor: int, day: int) -> Callable[[], Any]:
        bank: dict[str, Any] = {"bank": "B", "rate": "0.36", "on": on(day), "now": NOON}
        return {
            "split": lambda: billing.split_bill(
                thing, amounts=[fen(part) for part in self.shares(thing.amount.minor, minor)], on=on(day), now=NOON
            ),
            "endorse": lambda: billing.endorse_bill(thing, to="S", on=on(day), now=NOON),
            "discount": lambda: type(self).discount_bill(thing, **bank),
            "sell": lambda: type(self).discount_bill(thing, recourse=False, **bank),
            "cash": lambda: billing.cash_bill(thing, on=on(day), now=NOON),
            "discharge": lambda: billing.discharge_bill(thing, on=on(day), now=NOON),
            "take_up": lambda: billing.take_up_bill(thing, on=on(day), now=NOON),
        }[verb]

    def shares(self, whole: int, minor: int) -> Sequence[int]:
        part = 1 + minor % (whole - 1)
        return part, whole - part

    def cut(self, name: str, minor: int, day: int) -> None:
        paper = self.papers[name]
        for number, share in enumerate(self.shares(paper.minor, minor), 1):
            self.papers[f"{name}/{number}"] = Paper(paper.receipt, share, paper.matures, True, [(day, "held")])

    def dishonor(self, name: str, pick: int, day: int, target: str | None) -> None:
        paper = self.papers[name]
        cash, thing, money = self.cash[paper.receipt], self.things[name], self.things[paper.receipt]
        given = [self.things[each] for each in self.owed] if pick % 6 else []
        back = self.back(cash, paper.minor)
        whole = cash.left <= paper.minor
        if whole:
            quiet = min(cash.by_day[day:]) >= cash.free and all(when <= day for _, _, when in cash.applied)
        else:
            quiet = day >= cash.last
        passed = self.attempt(
            "dishonor",
            target is not None and (given or not back) and quiet,
            lambda: type(self).dishonor_bill(thing, money, given, reason="", on=on(day), now=NOON),
            thing,
            money,
        )
        if not passed:
            return
        paper.steps.append((day, str(target)))
        for entry in back:
            receivable, minor, _ = entry
            cash.applied.remove(entry)
            cash.move(day, minor)
            self.owed[receivable] += minor
        gone = min(cash.left, paper.minor)
        cash.bounced.append((day, gone))
        cash.move(day, -gone)

    def back(self, cash: Cash, minor: int) -> list[tuple[str, int, int]]:
        """Return the applications that have to be taken back: the last ones, until enough is free."""
        missing, back = minor - cash.free, []
        for entry in reversed(cash.applied):
            if missing > 0:
                back.append(entry)
                missing -= entry[1]
        return back

    @invariant()
    def bills_stand_where_the_oracle_says(self) -> None:
        for name, paper in self.papers.items():
            thing: Bill = self.things[name]
            assert [(step.on, step.status.value) for step in thing.steps] == [
                (on(day), status) for day, status in paper.steps
            ]
            assert [thing.status_as_of(on(day)) for day in range(LAST + 1)] == [
                paper.on_day(day) for day in range(LAST + 1)
            ]
            assert thing.recourse.minor == (paper.minor if paper.status == "recourse" else 0)
            assert thing.days_to_maturity(on(3)) == paper.matures - 3
            if thing.interest is not None:
                since = next(day for day, status in paper.steps if status in {"discounted", "sold"})
                exact = Fraction(36, 100) * paper.minor * (paper.matures - since) / 360
                assert thing.interest.minor == int(exact + Fraction(1, 2))
                assert thing.proceeds == thing.amount - thing.interest

    @invariant()
    def parts_sum_to_their_bills(self) -> None:
        for paper in self.papers.items():
            thing: Bill = self.things[paper[0]]
            parts: list[Bill] = [self.things[part] for part in thing.parts]
            assert not parts or sum(part.amount.minor for part in parts) == thing.amount.minor

    @invariant()
    def receipts_and_receivables_follow(self) -> None:
        for name, cash in self.cash.items():
            thing: Receipt = self.things[name]
            assert thing.unapplied.minor == cash.free >= 0
            assert thing.bounced.minor == sum(minor for _, minor in cash.bounced)
            assert thing.amount == thing.applied + thing.unapplied + thing.bounced
        assert {name: self.things[name].open.minor for name in self.owed} == self.owed

    @invariant()
    def collected_is_what_the_oracle_counts(self) -> None:
        bills = [self.things[name] for name in self.papers]
        receipts = [self.things[name] for name in self.cash]
        for day in (self.clock // 2, self.clock):
            rows = type(self).collected(receipts, bills, as_of=on(day))
            statuses = Counter[str | None]()
            for paper in self.papers.values():
                statuses[paper.on_day(day)] += paper.minor
            all_of_it = sum(
                cash.minor - sum(minor for when, minor in cash.bounced if when <= day)
                for cash in self.cash.values()
                if cash.received <= day
            )
            [row] = rows
            assert (row.with_bills.minor, row.held.minor) == (all_of_it, statuses["held"])
            assert row.passed_on.minor == statuses["endorsed"] + statuses["discounted"]
            # every receipt here is of a bill: what no bill can take back is what somebody has paid for
            assert row.without_bills.minor == statuses["cashed"] + statuses["sold"] + statuses["discharged"]

    @invariant()
    def held_bills_mature_in_their_weeks(self) -> None:
        weeks = billing.maturing([self.things[name] for name in self.papers], as_of=on(self.clock))
        held = {name for name, paper in self.papers.items() if paper.on_day(self.clock) == "held"}
        assert {name for week in weeks for name in week.bills} == held
        assert sum(week.amount.minor for week in weeks) == sum(self.papers[name].minor for name in held)


LONG = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_bills_agree_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Bills.counts.clear()
    run_state_machine_as_test(Bills, settings=LONG)
    few = {(verb, passed): Bills.counts[verb, passed] for verb in set(VERBS) for passed in (True, False)}
    assert min(few.values()) >= 20, few


def bounced_as_a_whole(bill: Bill, receipt: Receipt, receivables: list[Receivable], **facts: Any) -> object:
    """Take the whole receipt back for a part of it."""
    failed, *_ = billing.dishonor_bill(bill, receipt, receivables, **facts)
    return (failed, *billing.bounce(receipt, receivables, **facts))


def always_with_recourse(bill: Bill, **facts: Any) -> object:
    """Let the bank come back, whatever was agreed."""
    return billing.discount_bill(bill, **facts | {"recourse": True})


def held_forever(receipts: list[Receipt], bills: list[Bill], *, as_of: dt.date) -> object:
    """Count a bill as it stands now, whatever the day: the mistake of a stored balance."""
    now = [attrs.evolve(bill, steps=(attrs.evolve(bill.steps[-1], on=bill.received_on),)) for bill in bills]
    return billing.collected(receipts, now, as_of=as_of)


@pytest.mark.parametrize(
    "wrong",
    [
        {"dishonor_bill": staticmethod(bounced_as_a_whole)},
        {"discount_bill": staticmethod(always_with_recourse)},
        {"collected": staticmethod(held_forever)},
    ],
    ids=["dishonor", "discount", "collected"],
)
def test_a_wrong_implementation_is_caught(wrong: dict[str, Any]) -> None:
    machine = type("Wrong", (Bills,), {**wrong, "counts": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=LONG)
