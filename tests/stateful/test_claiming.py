"""Bank lines in random order: who claims what, against an oracle of plain integers that decides what must pass."""

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
from ltc.billing import BANK_LINE, RECEIPT, RECEIVABLE, BankLine, Receipt, Receivable
from ltc.events import Life
from ltc.ids import AccountId, ActorId, BankLineId, EntityId, OrderId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY

LAST = 6
"""Everything happens on the days 0 to 6 of the story."""
E1 = EntityId("E1")
REPS = ("li", "wang", "qian")
VERBS = [
    *["confirm", "take_back", "apply"] * 6,
    *["claim", "withdraw"] * 5,
    *["readmit", "disown", "return", "reject"] * 3,
]
LIVES: dict[type, Life[Any, Any]] = {BankLine: BANK_LINE, Receipt: RECEIPT, Receivable: RECEIVABLE}


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


@attrs.define
class Claim:
    """What the oracle knows of a claim."""

    by: str
    party: str
    minor: int
    status: str = "pending"


@attrs.define
class Line:
    """What the oracle knows of a bank line."""

    minor: int
    last: int = 0
    claims: list[Claim] = attrs.field(factory=list)
    returned: int = 0
    disowned: int = 0
    by_day: list[tuple[int, ...]] = attrs.field(factory=list)
    """Where the amount is at the end of each day."""

    def balances(self) -> tuple[int, ...]:
        held = {
            status: sum(claim.minor for claim in self.claims if claim.status == status)
            for status in ("pending", "confirmed")
        }
        left = self.minor - sum(held.values()) - self.returned - self.disowned
        return left, held["pending"], held["confirmed"], self.returned, self.disowned

    def moved(self, day: int) -> None:
        self.last = day
        self.by_day[day:] = [self.balances()] * (LAST + 1 - day)


class Claiming(Trying):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    claim_line: ClassVar[Callable[..., Any]] = staticmethod(billing.claim_line)
    confirm_claim: ClassVar[Callable[..., Any]] = staticmethod(billing.confirm_claim)
    take_back_claim: ClassVar[Callable[..., Any]] = staticmethod(billing.take_back_claim)
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()
    lives = LIVES

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, Line] = {}
        self.applied: dict[str, list[tuple[str, int, int]]] = {}
        """By receipt: receivable, amount, day."""
        self.owed: dict[str, int] = {}
        self.clock = 0
        self.moved_on = 0
        """The last day on which something was applied or taken back."""

    @initialize()
    def begin(self) -> None:
        for name, minor in (("B1", 500), ("B2", 120)):
            self.commit(
                billing.record_line(
                    BankLineId(name), entity=E1, bank_account="1", amount=fen(minor), on=TODAY, now=NOON
                )
            )
            self.lines[name] = Line(minor)
            self.lines[name].moved(0)
        for number, party in enumerate(("A1", "A1", "A2")):
            name = f"AR{number}"
            self.owed[name] = 40
            self.commit(
                billing.raise_receivable(
                    ReceivableId(name),
                    order=OrderId("SO-1"),
                    entity=E1,
                    party=AccountId(party),
                    amount=fen(40),
                    due_on=on(LAST),
                    on=TODAY,
                    now=NOON,
                )
            )

    @rule(dice=st.randoms(use_true_random=True))
    def step(self, dice: Any) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up; and dice of a
        # drawn seed, which fall evenly, where draws of their own come in runs of the same
        verb, pick, rep, party = dice.choice(VERBS), dice.randrange(100), dice.choice(REPS), dice.choice(("A1", "A2"))
        minor = dice.choice((None, *[dice.randint(1, 40)] * 6, *[dice.randint(20, 500)] * 2))
        step = dice.choice((*[0] * 8, 1, -1))
        self.clock = min(LAST, self.clock + max(step, 0))
        day = max(0, self.clock + min(step, 0))
        name = list(self.lines)[pick % len(self.lines)]
        match verb:
            case "claim":
                self.claim(name, rep, party, minor, day)
            case "return" | "disown":
                self.set_aside(name, verb, minor if minor or not pick % 5 else 1 + pick, day)
            case "readmit":
                self.readmit(name, day)
            case "apply":
                self.apply(pick, day)
            case _ if self.lines[name].claims:
                self.decide(name, verb, pick, rep, day)
            case _:
                pass

    def claim(self, name: str, rep: str, party: str, minor: int | None, day: int) -> None:
        line, left = self.lines[name], self.lines[name].balances()[0]
        asked = left if minor is None else minor
        passed = self.attempt(
            "claim",
            day >= line.last and 0 < asked <= left,
            lambda: type(self).claim_line(
                self.things[name],
                by=ActorId(rep),
                party=AccountId(party),
                amount=None if minor is None else fen(minor),
                on=on(day),
                now=NOON,
            ),
            self.things[name],
        )
        if passed:
            line.claims.append(Claim(rep, party, asked))
            line.moved(day)

    def decide(self, name: str, verb: str, pick: int, rep: str, day: int) -> None:
        line, thing = self.lines[name], self.things[name]
        wanted = "confirmed" if verb == "take_back" else "pending"
        fitting = [number for number, claim in enumerate(line.claims, 1) if claim.status == wanted]
        number = fitting[pick % len(fitting)] if fitting and pick % 5 else 1 + pick % len(line.claims)
        claim = line.claims[number - 1]
        by = ActorId({"withdraw": claim.by, "confirm": "zhao"}.get(verb, rep) if pick % 4 else rep)
        receipt = f"{name}/{number}"
        why: dict[str, Any] = {"claim": number, "by": by, "on": on(day), "now": NOON}
        given = [self.things[each] for each in self.owed] if pick % 4 else []
        calls: dict[str, Callable[[], Any]] = {
            "confirm": lambda: type(self).confirm_claim(thing, **why),
            "reject": lambda: billing.reject_claim(thing, reason="", **why),
            "withdraw": lambda: billing.withdraw_claim(thing, **why),
            "take_back": lambda: type(self).take_back_claim(
                thing, self.things.get(receipt, self.things.get("B1/1")), given, reason="", **why
            ),
        }
        if verb == "take_back" and receipt not in self.things and "B1/1" not in self.things:
            return
        applied = self.applied.get(receipt, [])
        rules = {
            "confirm": by != claim.by,
            "reject": True,
            "withdraw": by == claim.by,
            "take_back": (given or not applied) and all(when <= day for _, _, when in applied),
        }
        if self.attempt(verb, claim.status == wanted and day >= line.last and rules[verb], calls[verb], thing):
            ends = {"confirm": "confirmed", "reject": "rejected", "withdraw": "withdrawn", "take_back": "taken_back"}
            claim.status = ends[verb]
            self.moved_on = max(self.moved_on, day) if verb == "take_back" else self.moved_on
            line.moved(day)
            for receivable, minor, _ in self.applied.pop(receipt, []) if verb == "take_back" else ():
                self.owed[receivable] += minor

    def set_aside(self, name: str, verb: str, minor: int | None, day: int) -> None:
        line, left = self.lines[name], self.lines[name].balances()[0]
        asked = left if minor is None else minor
        amount = None if minor is None else fen(asked)
        act = billing.return_line if verb == "return" else billing.disown_line
        passed = self.attempt(
            verb,
            day >= line.last and 0 < asked <= left,
            lambda: act(self.things[name], amount=amount, reason="", on=on(day), now=NOON),
            self.things[name],
        )
        if passed and verb == "return":
            line.returned += asked
        elif passed:
            line.disowned += asked
        if passed:
            line.moved(day)

    def readmit(self, name: str, day: int) -> None:
        line = self.lines[name]
        passed = self.attempt(
            "readmit",
            day >= line.last and line.disowned > 0,
            lambda: billing.readmit_line(self.things[name], reason="", on=on(day), now=NOON),
            self.things[name],
        )
        if passed:
            line.disowned = 0
            line.moved(day)

    def standing(self) -> list[str]:
        return [
            f"{name}/{number}"
            for name, line in self.lines.items()
            for number, claim in enumerate(line.claims, 1)
            if claim.status == "confirmed"
        ]

    def apply(self, pick: int, day: int) -> None:
        receipts = self.standing()
        if not receipts:
            return
        receipt = receipts[pick % len(receipts)]
        name, _, number = receipt.partition("/")
        claim = self.lines[name].claims[int(number) - 1]
        fitting = [each for each in self.owed if self.fits(each, claim) and self.owed[each]]
        receivable = fitting[pick % len(fitting)] if fitting and pick % 4 else list(self.owed)[pick % len(self.owed)]
        free = claim.minor - sum(minor for _, minor, _ in self.applied.get(receipt, []))
        given = min(free, self.owed[receivable])
        if day < self.moved_on:
            return  # an application dated back may meet what is of a later day: the machine of billing tries that
        passed = self.attempt(
            "apply",
            self.fits(receivable, claim) and given > 0,
            lambda: billing.apply(self.things[receipt], [self.things[receivable]], on=on(day), now=NOON),
            self.things[receipt],
        )
        if passed:
            self.applied.setdefault(receipt, []).append((receivable, given, day))
            self.owed[receivable] -= given
            self.moved_on = day

    def fits(self, receivable: str, claim: Claim) -> bool:
        return claim.party == ("A2" if receivable == "AR2" else "A1")

    @invariant()
    def every_part_of_a_line_is_somewhere(self) -> None:
        for name, line in self.lines.items():
            thing: BankLine = self.things[name]
            told = tuple(part.minor for part in attrs.astuple(thing.balances, recurse=False))
            assert told == line.balances()
            assert sum(told) == line.minor
            assert min(told) >= 0
            by_day = [thing.balances_as_of(on(day)) for day in range(LAST + 1)]
            assert [tuple(part.minor for part in attrs.astuple(day, recurse=False)) for day in by_day] == line.by_day
            assert [claim.status.value for claim in thing.claims] == [claim.status for claim in line.claims]
            assert not thing.balances_as_of(on(-1)).total

    @invariant()
    def what_is_confirmed_was_collected(self) -> None:
        confirmed = sum(line.balances()[2] for line in self.lines.values())
        receipts = [thing for thing in self.things.values() if isinstance(thing, Receipt)]
        assert sum(receipt.collected_as_of(on(LAST)).minor for receipt in receipts) == confirmed
        assert {receipt.id for receipt in receipts if not receipt.reversed} == set(self.standing())

    @invariant()
    def what_is_owed_follows(self) -> None:
        assert {name: self.things[name].open.minor for name in self.owed} == self.owed


LONG = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_claiming_agrees_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Claiming.counts.clear()
    run_state_machine_as_test(Claiming, settings=LONG)
    few = {(verb, passed): Claiming.counts[verb, passed] for verb in set(VERBS) for passed in (True, False)}
    assert min(few.values()) >= 20, few


def claimed_over_the_pending(line: BankLine, *, amount: Money | None = None, **facts: Any) -> object:
    """Claim what is not confirmed yet, though others claimed it before."""
    free = attrs.evolve(line, claims=tuple(claim for claim in line.claims if claim.status.value == "confirmed"))
    event: Any = billing.claim_line(free, amount=amount, **facts).events[0]
    return BANK_LINE.change(line, attrs.evolve(event, claim=len(line.claims) + 1))


def confirmed_by_anybody(line: BankLine, *, by: ActorId, **facts: Any) -> object:
    """Confirm a claim of one's own."""
    claim = line.claims[facts["claim"] - 1]
    return billing.confirm_claim(line, by=by if by != claim.by else ActorId("another"), **facts)


def receipt_left_standing(line: BankLine, receipt: Receipt, receivables: list[Receivable], **facts: Any) -> object:
    """Open the line again, but leave the receipt as it is."""
    return billing.take_back_claim(line, receipt, receivables, **facts)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"claim_line": staticmethod(claimed_over_the_pending)},
        {"confirm_claim": staticmethod(confirmed_by_anybody)},
        {"take_back_claim": staticmethod(receipt_left_standing)},
    ],
    ids=["claim", "confirm", "take_back"],
)
def test_a_wrong_implementation_is_caught(wrong: dict[str, Any]) -> None:
    machine = type("Wrong", (Claiming,), {**wrong, "counts": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=LONG)
