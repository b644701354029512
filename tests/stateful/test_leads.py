"""A machine over the verbs of leads, with a small oracle of its own and counters of what was accepted and refused."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ltc import leads
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import AccountId, ActorId, LeadId, PoolId
from ltc.leads import LEAD, ROTA, Grade, GradePolicy, Lead, LeadDraft, Rota
from ltc.pools import ClaimQuota, PoolPolicy, open_quota

EAST = PoolId("east")
START = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
POLICY = PoolPolicy(
    zone="Asia/Shanghai",
    protection_days=5,
    extension_days=2,
    cap_days=9,
    qualifying=("call",),
    daily_claims=2,
    capacity=3,
    cooldown_days=1,
)
REPS = [ActorId("li"), ActorId("wang"), ActorId("zhao")]
IDS = [LeadId(f"L{number}") for number in range(8)]
PICKS, ACTORS = st.integers(0, len(IDS) - 1), st.sampled_from(REPS)


class Card:
    """What the oracle knows of a lead: a word, and plain days."""

    def __init__(self) -> None:
        self.state = "new"
        self.owner: ActorId | None = None
        self.claimed: dt.date = dt.date.min
        self.acted: list[dt.date] = []
        self.lost: dict[ActorId, dt.date] = {}
        self.events = 1

    def own(self, owner: ActorId, day: dt.date) -> None:
        self.state, self.owner, self.claimed, self.acted = "owned", owner, day, []

    def drop(self, state: str, day: dt.date) -> None:
        if self.owner is not None:
            self.lost[self.owner] = day
        self.state, self.owner = state, None

    def overdue(self, today: dt.date) -> bool:
        """Whether no day from today on is kept by the claim or an act, below the cap."""
        kept = [(today - self.claimed).days <= 5] + [(today - act).days <= 2 for act in self.acted]
        return (today - self.claimed).days > 9 or not any(kept)


class LeadMachine(RuleBasedStateMachine):
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.leads: dict[LeadId, Lead] = {}
        self.cards: dict[LeadId, Card] = {}
        self.history: dict[LeadId, list[Any]] = {}
        self.rota: Rota = leads.open_rota("east", members=REPS, now=START).after
        self.turn = 0
        self.quotas: dict[ActorId, ClaimQuota] = {rep: open_quota(EAST, actor=rep, now=START).after for rep in REPS}
        self.claims: Counter[tuple[ActorId, dt.date]] = Counter()

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(SHANGHAI).date()

    def picked(self, pick: int, *, aim: str | None) -> tuple[LeadId, Card]:
        """Return a lead in the state that is aimed at, if there is one; otherwise any."""
        fitting = [lead_id for lead_id in self.leads if self.cards[lead_id].state == aim] or list(self.leads)
        lead_id = fitting[pick % len(fitting)]
        return lead_id, self.cards[lead_id]

    def try_to(self, verb: str, lead_id: LeadId, passes: bool, call: Callable[[Lead], Any]) -> Any:
        """Call a verb; it must pass exactly where the oracle says so, and change nothing where it does not."""
        lead = self.leads[lead_id]
        self.counts[verb, passes] += 1
        try:
            result = call(lead)
        except Refused:
            assert not passes, f"{verb} was refused"
            return None
        assert passes, f"{verb} was accepted"
        change: Change[Lead, Any] = result[0] if isinstance(result, tuple) else result
        assert change.before is lead
        self.leads[lead_id] = change.after
        self.history[lead_id] += change.events
        self.cards[lead_id].events += 1
        return result

    @initialize(first=st.sampled_from(["touch", "hand_over", "convert", "disqualify", "sweep"]))
    def begin_with_work(self, first: str) -> None:
        """Three leads, two of them owned, and what happens to these first: a machine that draws freely seldom gets that far."""
        for _ in range(3):
            self.capture_and_grade(Grade.A)
        self.assign(0, "pooled", set())
        self.assign(0, "pooled", set())
        match first:
            case "touch":
                self.touch(0, "owned", None, "call")
            case "hand_over":
                self.hand_over(0, "owned", REPS[2])
            case "convert":
                self.convert(0, "owned")
            case "disqualify":
                self.disqualify(0, "owned")
            case _:
                self.sweep(300)

    @rule(hours=st.sampled_from([1, 9, 25, 60, 150]))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)

    @precondition(lambda self: len(self.leads) < len(IDS))
    @rule(grade=st.sampled_from([Grade.A, Grade.B, Grade.C]))
    def capture_and_grade(self, grade: Grade) -> None:
        lead_id = IDS[len(self.leads)]
        change = leads.capture(lead_id, LeadDraft(name="陈静"), now=self.now)
        self.leads[lead_id], self.history[lead_id] = change.after, list(change.events)
        self.cards[lead_id] = Card()
        self.grade(len(self.leads) - 1, grade)

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, grade=st.sampled_from(Grade))
    def grade(self, pick: int, grade: Grade) -> None:
        lead_id, card = self.picked(pick, aim=None)
        passes = card.state in {"new", "nurtured"} and grade is not Grade.D
        policy = GradePolicy(EAST, nurtured=(Grade.C,))
        if self.try_to(
            "grade", lead_id, passes, lambda lead: leads.grade(lead, grade=grade, points=1, policy=policy, now=self.now)
        ):
            card.state = "nurtured" if grade is Grade.C else "pooled"

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, aim=st.sampled_from(["pooled", None]), away=st.sets(ACTORS))
    def assign(self, pick: int, aim: str | None, away: set[ActorId]) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        members = [leads.Member(rep, active=rep not in away) for rep in REPS]
        order = [REPS[(self.turn + step) % 3] for step in range(3)]
        able = [rep for rep in order if rep not in away]
        result = self.try_to(
            "assign",
            lead_id,
            card.state == "pooled" and bool(able),
            lambda lead: leads.assign(
                lead,
                rules=[leads.Rule("all", rota="east")],
                rotas={"east": self.rota},
                members=members,
                now=self.now,
            ),
        )
        if result:
            self.rota = result[1].after
            assert result[0].after.owner == able[0]
            assert len(result[0].events[0].reasons) == 3
            self.turn = REPS.index(able[0]) + 1
            card.own(able[0], self.today)

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, aim=st.sampled_from(["pooled", None]), rep=ACTORS)
    def claim(self, pick: int, aim: str | None, rep: ActorId) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        holding = sum(other.owner == rep and other.state == "owned" for other in self.cards.values())
        lost = card.lost.get(rep)
        passes = (
            card.state == "pooled"
            and holding < 3
            and self.claims[rep, self.today] < 2
            and (lost is None or (self.today - lost).days > 1)
        )
        result = self.try_to(
            "claim",
            lead_id,
            passes,
            lambda lead: leads.claim(
                lead, by=rep, quota=self.quotas[rep], holding=holding, policy=POLICY, now=self.now
            ),
        )
        if result:
            self.quotas[rep] = result[1].after
            self.claims[rep, self.today] += 1
            assert self.quotas[rep].claims == self.claims[rep, self.today]
            card.own(rep, self.today)

    @precondition(lambda self: self.leads)
    @rule(
        pick=PICKS,
        aim=st.sampled_from(["owned", None]),
        stranger=st.none() | ACTORS,
        kind=st.sampled_from(["call", "fax"]),
    )
    def touch(self, pick: int, aim: str | None, stranger: ActorId | None, kind: str) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        rep = stranger or card.owner or REPS[0]
        if self.try_to(
            "touch",
            lead_id,
            card.state == "owned" and card.owner == rep,
            lambda lead: leads.touch(lead, by=rep, kind=kind, now=self.now),
        ):
            card.acted += [self.today] if kind == "call" else []

    @precondition(lambda self: self.leads)
    @rule(hours=st.sampled_from([0, 60, 300]))
    def sweep(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)
        for lead_id in list(self.leads):
            card = self.cards[lead_id]
            due = card.state == "owned" and card.overdue(self.today)
            assert self.leads[lead_id].is_overdue(self.now, POLICY) == due
            if self.try_to(
                "return",
                lead_id,
                due,
                lambda lead: leads.return_to_pool(lead, policy=POLICY, pool=EAST, now=self.now),
            ):
                card.drop("pooled", self.today)

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, aim=st.sampled_from(["owned", None]), rep=ACTORS)
    def hand_over(self, pick: int, aim: str | None, rep: ActorId) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        if self.try_to(
            "hand_over",
            lead_id,
            card.state == "owned" and card.owner != rep,
            lambda lead: leads.hand_over(lead, to=rep, reason="", now=self.now),
        ):
            card.drop("owned", self.today)
            card.own(rep, self.today)

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, aim=st.sampled_from(["owned", None]))
    def convert(self, pick: int, aim: str | None) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        if self.try_to(
            "convert",
            lead_id,
            card.state == "owned",
            lambda lead: leads.convert(lead, account=AccountId("A1"), now=self.now),
        ):
            card.state = "converted"

    @precondition(lambda self: self.leads)
    @rule(pick=PICKS, aim=st.sampled_from(["disqualified", "converted", None]))
    def disqualify(self, pick: int, aim: str | None) -> None:
        lead_id, card = self.picked(pick, aim=aim)
        if self.try_to(
            "disqualify",
            lead_id,
            card.state not in {"converted", "disqualified"},
            lambda lead: leads.disqualify(lead, reason="no budget", now=self.now),
        ):
            card.drop("disqualified", self.today)

    @invariant()
    def state_is_history(self) -> None:
        for lead_id, lead in self.leads.items():
            card = self.cards[lead_id]
            assert LEAD.replay(self.history[lead_id]) == lead
            assert (lead.status.value.replace("unreviewed", "new"), lead.owner, lead.version) == (
                card.state,
                card.owner,
                card.events,
            )
            if card.state in {"pooled", "owned"}:
                assert (lead.pool is None) != (lead.owner is None)
        assert ROTA.kind == "rota"
        for rep, quota in self.quotas.items():
            assert quota.version == 1 + sum(count for (who, _), count in self.claims.items() if who == rep)
            assert quota.claims <= 2


def test_leads_live_as_the_oracle_says() -> None:
    LeadMachine.counts.clear()
    run_state_machine_as_test(LeadMachine, settings=settings(max_examples=100, stateful_step_count=50, deadline=None))
    counts = LeadMachine.counts
    for verb in ("grade", "assign", "claim", "touch", "return", "hand_over", "convert", "disqualify"):
        assert counts[verb, True] > 10, f"{verb} was accepted {counts[verb, True]} times: {counts}"
        assert counts[verb, False] > 10, f"{verb} was refused {counts[verb, False]} times: {counts}"
