"""Random requests for approval under random flows, against an oracle of ballots in plain dictionaries."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from ltc import approvals
from ltc.approvals import (
    APPROVAL_REQUEST,
    ApprovalRequest,
    Delegation,
    Duplicates,
    Escalation,
    Flow,
    InRole,
    Organisation,
    Post,
    Rejections,
    SignerPlace,
    Step,
    StepMode,
    Superior,
    Verdict,
    WhenEmpty,
    WhenNobody,
    explain,
)
from ltc.errors import Refused
from ltc.events import Change, Subject, dump_event, from_json, load_event, to_json
from ltc.ids import ActorId, EntityId, RequestId

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PEOPLE = [ActorId(name) for name in ("li", "wang", "zhao", "qian", "sun", "chen")]
LI, WANG, ZHAO, QIAN, SUN, CHEN = PEOPLE
BOSS: dict[ActorId, ActorId] = {LI: WANG, WANG: ZHAO, QIAN: ZHAO, SUN: QIAN}
FINANCE: list[list[ActorId]] = [[ZHAO, QIAN], [QIAN, SUN], [LI], []]
DEPUTIES: list[tuple[ActorId, ActorId, int, int]] = [(WANG, CHEN, 0, 3), (ZHAO, LI, 0, 99), (QIAN, SUN, 2, 99)]


def organisation(finance: list[ActorId]) -> Organisation:
    company, since = EntityId("E1"), NOON - DAY
    posts = [Post(one, company, "staff", since, reports_to=BOSS.get(one)) for one in PEOPLE]
    return Organisation((*posts, *(Post(one, company, "finance", since) for one in finance)))


DIRECTORIES = [organisation(finance) for finance in FINANCE]
DELEGATIONS = [Delegation(one, two, NOON + DAY * low, NOON + DAY * high) for one, two, low, high in DEPUTIES]


@attrs.define
class Box:
    """One step of the oracle: who is asked, what it takes, who put what into the ballot."""

    name: str
    people: list[ActorId]
    kind: str
    k: int = 0
    ends: bool = True
    limit: int = 0
    helper: ActorId = CHEN
    ballot: dict[ActorId, tuple[ActorId, bool]] = attrs.field(factory=dict)
    carries: set[ActorId] = attrs.field(factory=set)

    def need(self) -> int:
        return {"all": len(self.people), "any": 1}.get(self.kind, self.k)

    def no(self) -> set[ActorId]:
        return {seat for seat, (_, yes) in self.ballot.items() if not yes and seat in self.people}

    def plain(self) -> tuple[Any, ...]:
        return self.name, self.people, self.kind, self.limit


@attrs.define
class Ledger:
    """The oracle of one request."""

    flow: Flow
    by: ActorId
    word: str = "pending"
    boxes: list[Box] = attrs.field(factory=list)
    detours: int = 0
    copied: list[ActorId] = attrs.field(factory=list)
    since: int = 0

    def yes(self, place: int) -> list[ActorId]:
        box, carried = self.boxes[place], set[ActorId]()
        if self.flow.duplicates is Duplicates.COUNT:
            carried = {seat for one in self.boxes for seat in one.carries}
        if self.flow.duplicates is Duplicates.SKIP_ADJACENT:
            for one in self.boxes[:place]:
                carried = {seat for seat in one.people if seat in one.carries or seat in carried - one.no()}
        own = {seat for seat, (_, yes) in box.ballot.items() if yes}
        return [one for one in box.people if one in own or one in carried - box.no()]

    def place(self) -> int:
        return next((at for at, box in enumerate(self.boxes) if len(self.yes(at)) < box.need()), len(self.boxes))

    def awaited(self) -> list[ActorId]:
        if self.word == "returned":
            return [self.by]
        if self.word != "pending":
            return []
        place = self.place()
        return [one for one in self.boxes[place].people if one not in {*self.yes(place), *self.boxes[place].no()}]

    def box(self) -> Box:
        return self.boxes[self.place()]

    def may(self, person: ActorId) -> bool:
        return self.flow.submitter_may_decide or person != self.by

    def seat(self, by: ActorId, clock: int) -> ActorId | None:
        """For whom he votes; None: he may not."""
        if self.word != "pending":
            return None
        if by in self.awaited():
            return by
        voted = {one for one, _ in self.box().ballot.values()}
        held = [one for one, two, low, high in DEPUTIES if two == by and low <= clock < high and one in self.awaited()]
        return held[0] if held and self.may(by) and by not in voted else None

    def settle(self) -> None:
        if self.word == "pending" and self.place() == len(self.boxes):
            self.word = "approved"

    def filled(self, step: Step, finance: list[ActorId]) -> Box | str | None:
        """Fill a box; None: it is passed over; a word: it cannot be filled."""
        found = list(dict.fromkeys([*step.approvers, *(finance if step.by_rule else [])]))
        if not self.may(self.by) and self.by in found:
            instead = [BOSS[self.by]] if self.flow.superior_instead and self.by in BOSS else []
            at = found.index(self.by)
            found = list(dict.fromkeys([*found[:at], *instead, *found[at + 1 :]]))
        if not found:
            if self.flow.when_nobody is WhenNobody.SKIP:
                return None
            if self.flow.stand_in is None or not self.may(self.flow.stand_in):
                return "nobody"
            found = [self.flow.stand_in]
        if len(found) < (step.needed or 0):
            return "few"
        ends = step.rejections is Rejections.END
        limit = 0 if step.escalation is None else step.escalation.within.days
        return Box(step.name, found, step.mode.value, step.needed or 0, ends, limit)

    def fill(self, finance: list[ActorId]) -> bool:
        boxes = [self.filled(step, finance) for step in self.flow.steps]
        if any(isinstance(box, str) for box in boxes):
            return False
        kept = [box for box in boxes if isinstance(box, Box)]
        if not kept and self.flow.when_empty is WhenEmpty.REFUSE:
            return False
        self.boxes, self.word = kept, "pending"
        self.settle()
        return True


def random_flow(dice: Any) -> Flow:
    steps = []
    for number in range(dice.randint(1, 4)):
        people = tuple(dice.sample(PEOPLE, dice.choice((1, 1, 2, 3, 4))))
        by_rule = (InRole("finance"),) if dice.random() < 0.5 else ()
        if by_rule and dice.random() < 0.5:
            people = ()
        mode = dice.choice(list(StepMode))
        steps.append(
            Step(
                f"step {number}",
                people,
                mode,
                by_rule=by_rule,
                needed=dice.randint(1, max(1, len(people) - 1)) if mode is StepMode.K_OF_N else None,
                rejections=dice.choice(list(Rejections)),
                escalation=Escalation(DAY, (CHEN,), (Superior(),)) if dice.random() < 0.5 else None,
            )
        )
    nobody = dice.choice([*WhenNobody, WhenNobody.REFUSE, WhenNobody.REFUSE])
    return Flow(
        "f",
        dice.randint(1, 9),
        tuple(steps),
        submitter_may_decide=dice.random() < 0.3,
        superior_instead=dice.random() < 0.3,
        duplicates=dice.choice(list(Duplicates)),
        when_empty=dice.choice(list(WhenEmpty)),
        when_nobody=nobody,
        stand_in=dice.choice(PEOPLE) if nobody is WhenNobody.STAND_IN else None,
        most_detours=dice.randint(2, 5),
    )


VERBS = (
    *["approve"] * 4,
    *["reject"] * 2,
    *["send_back"] * 4,
    *["return"] * 2,
    *["escalate"] * 4,
    *["reresolve"] * 2,
    *["revoke", "urge", "urge", "add_signer", "add_signer", "hand_on", "hand_on", "copy_to", "copy_to", "copy_to"],
)
ALL_VERBS = {*VERBS, "submit", "resubmit", "deputy"}


class Requests(RuleBasedStateMachine):
    """One request after the other: the verbs, and a ledger that decides by itself which must pass and what follows."""

    approve: ClassVar[Callable[..., Any]] = staticmethod(approvals.approve)
    reject: ClassVar[Callable[..., Any]] = staticmethod(approvals.reject)
    send_back: ClassVar[Callable[..., Any]] = staticmethod(approvals.send_back)
    hand_on: ClassVar[Callable[..., Any]] = staticmethod(approvals.hand_on)
    add_signer: ClassVar[Callable[..., Any]] = staticmethod(approvals.add_signer)
    escalate: ClassVar[Callable[..., Any]] = staticmethod(approvals.escalate)
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.request: ApprovalRequest | None = None
        self.events: list[Any] = []
        self.clock, self.finance = 0, 0

    @property
    def now(self) -> dt.datetime:
        return NOON + DAY * self.clock

    @rule(dice=st.randoms(use_true_random=True))
    def several(self, dice: Any) -> None:
        """Several verbs a rule, with dice of a drawn seed, which fall evenly, where draws of their own come in runs of the same."""
        for _ in range(6):
            self.step(dice)

    def step(self, dice: Any) -> None:
        self.clock += dice.random() < 0.4
        if self.request is None or self.ledger.word in {"approved", "rejected", "revoked"}:
            if dice.random() < 0.3:
                self.ended_as_it_should()
            self.submit(dice)
            return
        verb = "resubmit" if self.ledger.word == "returned" and dice.random() < 0.5 else dice.choice(VERBS)
        right = self.ledger.awaited()
        if verb in {"urge", "revoke", "copy_to", "resubmit"}:
            right = [self.ledger.by]
        if verb in {"approve", "reject", "send_back", "return"} and dice.random() < 0.6:
            right = [two for one, two, _, _ in DEPUTIES if one in right] or right
        by = dice.choice(right if dice.random() < (0.3 if verb in {"urge", "copy_to"} else 0.8) else PEOPLE)
        getattr(self, f"do_{verb}")(dice, by)
        self.agrees()

    def attempt(self, verb: str, must: bool, call: Callable[[], Change[Any, Any]]) -> bool:
        before = self.request
        held = None if before is None else attrs.asdict(before, recurse=False)
        try:
            change = call()
        except Refused:
            assert not must, f"{verb} was refused"
        else:
            assert must, f"{verb} passed"
            self.request, self.events = change.after, [*self.events, *change.events]
        assert before is None or attrs.asdict(before, recurse=False) == held
        self.counts[verb, must] += 1
        return must

    def submit(self, dice: Any) -> None:
        flow, by = random_flow(dice), dice.choice(PEOPLE[:4])
        self.finance, self.clock = dice.choice((0, 1, 2, 3, 3)), dice.randint(0, 4)
        ledger, self.request, self.events = Ledger(flow, by, since=self.clock), None, []
        must = ledger.fill(FINANCE[self.finance])
        directory = DIRECTORIES[self.finance]
        if self.attempt(
            "submit",
            must,
            lambda: approvals.submit(
                RequestId("AR-1"),
                flow=flow,
                about=Subject("contract", "K1"),
                amount=None,
                by=by,
                directory=directory,
                now=self.now,
            ),
        ):
            self.ledger = ledger
            self.agrees()

    def vote(self, by: ActorId, *, yes: bool, verb: Callable[..., Any]) -> None:
        seat = self.ledger.seat(by, self.clock)
        name = "approve" if yes else "reject"
        call = lambda: verb(self.request, by=by, comment="so", delegations=DELEGATIONS, now=self.now)  # noqa: E731
        if not self.attempt(name, seat is not None, call):
            return
        assert seat is not None
        self.counts["deputy", True] += seat != by
        self.counts["deputy", False] += seat == by
        box = self.ledger.box()
        box.ballot[seat] = (by, yes)
        if yes:
            box.carries.add(seat)
        elif box.kind == "any" or box.ends or len(box.people) - len(box.no()) < box.need():
            self.ledger.word = "rejected"
        self.moved(box)

    def moved(self, box: Box, *, again: bool = False) -> None:
        """Settle, and begin to wait anew where the place has changed."""
        self.ledger.settle()
        if self.ledger.word == "pending" and (again or self.ledger.box() is not box):
            self.ledger.since = self.clock

    def do_approve(self, _: Any, by: ActorId) -> None:
        self.vote(by, yes=True, verb=self.approve)

    def do_reject(self, _: Any, by: ActorId) -> None:
        self.vote(by, yes=False, verb=self.reject)

    def free(self) -> bool:
        return self.ledger.detours < self.ledger.flow.most_detours

    def do_send_back(self, dice: Any, by: ActorId) -> None:
        ledger = self.ledger
        target = dice.choice(ledger.boxes[: max(1, ledger.place())]).name
        earlier = [box.name for box in ledger.boxes[: ledger.place()]]
        must = ledger.seat(by, self.clock) is not None and self.free() and target in earlier
        facts = {"to": target, "by": by, "comment": "", "delegations": DELEGATIONS, "now": self.now}
        if self.attempt("send_back", must, lambda: self.send_back(self.request, **facts)):
            for at, box in enumerate(ledger.boxes):
                box.carries.clear()
                if at >= earlier.index(target):
                    box.ballot.clear()
            ledger.detours += 1
            self.moved(ledger.box(), again=True)

    def do_return(self, _: Any, by: ActorId) -> None:
        must = self.ledger.seat(by, self.clock) is not None and self.free()
        facts = {"to": None, "by": by, "comment": "", "delegations": DELEGATIONS, "now": self.now}
        if self.attempt("return", must, lambda: self.send_back(self.request, **facts)):
            self.ledger.word = "returned"
            self.ledger.detours += 1

    def do_resubmit(self, dice: Any, by: ActorId) -> None:
        assert self.request is not None
        request, ledger = self.request, self.ledger
        finance = dice.randrange(len(FINANCE))
        trial = Ledger(ledger.flow, ledger.by)
        must = ledger.word == "returned" and by == ledger.by and trial.fill(FINANCE[finance])
        directory = DIRECTORIES[finance]
        if self.attempt(
            "resubmit",
            must,
            lambda: approvals.resubmit(request, amount=None, by=by, directory=directory, now=self.now),
        ):
            ledger.boxes, ledger.word, ledger.since = trial.boxes, trial.word, self.clock

    def do_revoke(self, dice: Any, by: ActorId) -> None:
        assert self.request is not None
        request = self.request
        if dice.random() < 0.5:
            by = dice.choice(PEOPLE)
        if self.attempt("revoke", by == self.ledger.by, lambda: approvals.revoke(request, by=by, now=self.now)):
            self.ledger.word = "revoked"

    def newcomer(self, by: ActorId, person: ActorId) -> bool:
        ledger = self.ledger
        if ledger.word != "pending" or by not in ledger.awaited() or not self.free():
            return False
        part = {*ledger.box().people, *(one for one, _ in ledger.box().ballot.values())}
        return ledger.may(person) and person not in part

    def do_add_signer(self, dice: Any, by: ActorId) -> None:
        ledger, signer, place = self.ledger, dice.choice(PEOPLE), dice.choice(list(SignerPlace))
        must, old, trial = self.newcomer(by, signer), None, ledger
        if must:
            old = ledger.box()
            added = Box(f"{ledger.box().name} + {signer}", [signer], "all")
            at = ledger.place() + (place is SignerPlace.AFTER)
            trial = Ledger(ledger.flow, ledger.by, boxes=[*ledger.boxes[:at], added, *ledger.boxes[at:]])
            must = all(box.name != added.name for box in ledger.boxes) and not trial.yes(at)
        facts = {"signer": signer, "place": place, "by": by, "now": self.now}
        if self.attempt("add_signer", must, lambda: self.add_signer(self.request, **facts)):
            ledger.boxes, ledger.detours = trial.boxes, ledger.detours + 1
            assert old is not None
            self.moved(old)

    def do_hand_on(self, dice: Any, by: ActorId) -> None:
        ledger, to = self.ledger, dice.choice(PEOPLE)
        must, box, people = self.newcomer(by, to), None, list[ActorId]()
        if must:
            box = ledger.box()
            people = [to if one == by else one for one in box.people]
            place = ledger.place()
            trial = [attrs.evolve(box, people=people) if one is box else one for one in ledger.boxes]
            must = to not in Ledger(ledger.flow, ledger.by, boxes=trial).yes(place)
        if self.attempt("hand_on", must, lambda: self.hand_on(self.request, to=to, by=by, now=self.now)):
            assert box is not None
            box.people, ledger.detours = people, ledger.detours + 1

    def do_copy_to(self, dice: Any, by: ActorId) -> None:
        assert self.request is not None
        request, ledger, to = self.request, self.ledger, dice.choice(PEOPLE)
        part = by == ledger.by or any(by in box.people for box in ledger.boxes)
        must = part and to not in ledger.copied
        if self.attempt("copy_to", must, lambda: approvals.copy_to(request, to=to, by=by, now=self.now)):
            ledger.copied.append(to)

    def do_urge(self, _: Any, by: ActorId) -> None:
        assert self.request is not None
        request = self.request
        must = self.ledger.word == "pending" and by == self.ledger.by
        self.attempt("urge", must, lambda: approvals.urge(request, by=by, now=self.now))

    def do_escalate(self, _: Any, __: ActorId) -> None:
        ledger, targets, box = self.ledger, list[ActorId](), None
        if ledger.word == "pending" and ledger.box().limit and self.clock > ledger.since + ledger.box().limit:
            box = ledger.box()
            found = [who for one in ledger.awaited() for who in (box.helper, BOSS.get(one)) if who is not None]
            voted = {one for one, _ in box.ballot.values()}
            out = {*ledger.awaited(), *voted}
            targets = [one for one in dict.fromkeys(found) if one not in out and ledger.may(one)]
        directory = DIRECTORIES[self.finance]
        call = lambda: self.escalate(self.request, directory=directory, now=self.now)  # noqa: E731
        if self.attempt("escalate", bool(targets), call):
            assert box is not None
            box.people, box.kind, box.limit = targets, "any", 0
            self.moved(box)

    def do_reresolve(self, dice: Any, by: ActorId) -> None:
        assert self.request is not None
        request, ledger, finance = self.request, self.ledger, dice.randrange(len(FINANCE))
        must, boxes, old = ledger.word == "pending" and self.free(), list(ledger.boxes), None
        if must:
            old, of_flow = ledger.box(), {step.name: step for step in ledger.flow.steps}
            for at, box in enumerate(boxes):
                if at >= ledger.place() and box.name in of_flow and not box.ballot:
                    fresh = ledger.filled(of_flow[box.name], FINANCE[finance])
                    must = must and not isinstance(fresh, str)
                    boxes[at] = fresh if isinstance(fresh, Box) else box
            must = must and [box.plain() for box in boxes] != [box.plain() for box in ledger.boxes]
        directory = DIRECTORIES[finance]
        if self.attempt(
            "reresolve", must, lambda: approvals.reresolve(request, directory=directory, by=by, now=self.now)
        ):
            assert old is not None
            name, ledger.boxes, ledger.detours = old.name, boxes, ledger.detours + 1
            ledger.settle()
            if ledger.word == "pending" and ledger.box().name != name:
                ledger.since = self.clock

    def agrees(self) -> None:
        assert self.request is not None
        request, ledger = self.request, self.ledger
        assert (request.status.value, list(request.waiting_for)) == (ledger.word, ledger.awaited())
        assert bool(request.waiting_for) == (ledger.word in {"pending", "returned"})
        assert (request.detours, list(request.copied)) == (ledger.detours, ledger.copied)
        assert [list(step.approvers) for step in request.steps] == [box.people for box in ledger.boxes]
        assert request.flow is ledger.flow
        assert ledger.flow.submitter_may_decide or all(one.by != ledger.by for one in request.decisions)
        if ledger.word == "pending":
            assert request.waiting_since == NOON + DAY * ledger.since

    def ended_as_it_should(self) -> None:
        """Every ended request: within its bound, replayed from its stored events, every decision allowed and explained."""
        if self.request is None:
            return
        request, flow = self.request, self.ledger.flow
        moves = [one for one in self.events if type(one).__name__ not in {"RequestUrged", "RequestCopied"}]
        boxes, most = len(flow.steps), flow.most_detours
        assert len(moves) <= 2 + (most + 1) * ((boxes + most) * len(PEOPLE) + boxes + 2)
        stored = [load_event(APPROVAL_REQUEST, dump_event(APPROVAL_REQUEST, event)) for event in self.events]
        assert APPROVAL_REQUEST.replay(stored) == request == from_json(to_json(request), ApprovalRequest)
        story = {locale: explain(request, locale) for locale in ("en", "zh_CN")}
        before = APPROVAL_REQUEST.begin(stored[0])
        for event in stored[1:]:
            after = APPROVAL_REQUEST.evolve(before, event)
            for decision in after.decisions[len(before.decisions) :]:
                assert decision.seat in before.waiting_for
                said = "approved" if decision.verdict is Verdict.APPROVED else "rejected"
                assert any(f"{decision.by} {said} on step {decision.step}" in line for line in story["en"])
                assert any(decision.by in line and decision.step in line for line in story["zh_CN"])
            before = after
        assert "{" not in "".join([*story["en"], *story["zh_CN"]])

    def teardown(self) -> None:
        """No request is left without a way to its end: whoever is awaited approves, and it is over."""
        request = self.request
        if request is None:
            return
        most = sum(len(step.approvers) for step in request.steps) + 1
        for _ in range(most):
            if request.status.value == "returned":
                request = approvals.revoke(request, by=request.submitted_by, now=self.now).after
            if not request.waiting_for:
                break
            request = approvals.approve(request, by=request.waiting_for[0], now=self.now).after
        assert request.status.value in {"approved", "rejected", "revoked"}


LONG = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_requests_agree_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Requests.counts.clear()
    run_state_machine_as_test(Requests, settings=LONG)
    few = {(verb, passed): Requests.counts[verb, passed] for verb in ALL_VERBS for passed in (True, False)}
    assert min(few.values()) >= 20, few


def without_windows(request: ApprovalRequest, *, delegations: list[Delegation], **facts: Any) -> object:
    """Let a deputy decide for ever."""
    ever = [attrs.evolve(one, since=NOON - DAY, until=None) for one in delegations]
    return approvals.approve(request, delegations=ever, **facts)


def always_over(request: ApprovalRequest, **facts: Any) -> object:
    """Let every rejection end the request."""
    event = approvals.reject(request, **facts).events[0]
    ended = approvals.RequestRejected(event.request, event.step, event.by, event.comment, event.at, event.delegation)  # type: ignore[union-attr]
    return APPROVAL_REQUEST.change(request, ended)


def with_old_votes(request: ApprovalRequest, **facts: Any) -> object:
    """Let what was decided count though the request was sent back."""
    change = approvals.send_back(request, **facts)
    return attrs.evolve(change, after=attrs.evolve(change.after, decisions=request.decisions))


def for_free(request: ApprovalRequest, **facts: Any) -> object:
    """Let a request go round for ever."""
    return approvals.hand_on(attrs.evolve(request, detours=0), **facts)


def after_all(request: ApprovalRequest, **facts: Any) -> object:
    """Put every added signer behind the step."""
    return approvals.add_signer(request, **facts | {"place": SignerPlace.AFTER})


def too_soon(request: ApprovalRequest, *, now: dt.datetime, **facts: Any) -> object:
    """Escalate what is still in time."""
    return approvals.escalate(request, now=now + 9 * DAY, **facts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"approve": staticmethod(without_windows)},
        {"reject": staticmethod(always_over)},
        {"send_back": staticmethod(with_old_votes)},
        {"hand_on": staticmethod(for_free)},
        {"add_signer": staticmethod(after_all)},
        {"escalate": staticmethod(too_soon)},
    ],
    ids=["approve", "reject", "send_back", "hand_on", "add_signer", "escalate"],
)
def test_a_wrong_implementation_is_caught(wrong: dict[str, Any]) -> None:
    machine = type("Wrong", (Requests,), {**wrong, "counts": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=settings(LONG, phases=(Phase.generate,)))
