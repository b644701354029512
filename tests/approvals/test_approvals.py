"""Requests for approval: the table, the rules, the laws."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import approvals
from ltc.approvals import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    Absence,
    ApprovalEvent,
    ApprovalGiven,
    ApprovalHandedOn,
    ApprovalRequest,
    ApproversResolved,
    Decision,
    Delegation,
    Duplicates,
    Flow,
    InRole,
    MoneyBand,
    OneOf,
    RatioBand,
    RejectionGiven,
    Rejections,
    RequestApproved,
    RequestCopied,
    RequestRejected,
    RequestResubmitted,
    RequestReturned,
    RequestRevoked,
    RequestStatus,
    RequestSubmitted,
    RequestUrged,
    SignerAdded,
    SignerPlace,
    Step,
    StepEscalated,
    StepMode,
    StepReopened,
    Verdict,
    WhenEmpty,
    WhenNobody,
    add_signer,
    approve,
    copy_to,
    escalate,
    hand_on,
    reject,
    reresolve,
    resubmit,
    revoke,
    send_back,
    submit,
    urge,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.events import Change, Subject, dump_event, from_json, load_event, to_json
from ltc.findings import Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money
from ltc.testing.samples.approvals import (
    NOON,
    approved_request,
    organisation,
    pending_request,
    submitted,
    two_levels,
    urgent_request,
)
from ltc.text import say

ABOUT = Subject("contract", "K1")
AR = RequestId("AR-1")
LI, WANG, ZHAO, QIAN, SUN = map(ActorId, ("li", "wang", "zhao", "qian", "sun"))


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def submit_to(flow: Flow, *, amount: Money | None = None, by: ActorId = LI) -> ApprovalRequest:
    return submit(AR, flow=flow, about=ABOUT, amount=amount, by=by, now=NOON).after


def rejected_request() -> ApprovalRequest:
    return reject(pending_request(), by=WANG, comment="margin too low", now=NOON).after


def revoked_request() -> ApprovalRequest:
    return revoke(pending_request(), by=LI, now=NOON).after


def returned_request() -> ApprovalRequest:
    return send_back(pending_request(), to=None, by=WANG, comment="which discount?", now=NOON).after


IN_STATUS: dict[RequestStatus, Callable[[], ApprovalRequest]] = {
    RequestStatus.PENDING: pending_request,
    RequestStatus.APPROVED: approved_request,
    RequestStatus.REJECTED: rejected_request,
    RequestStatus.REVOKED: revoked_request,
    RequestStatus.RETURNED: returned_request,
}


def board() -> ApprovalRequest:
    """A request of two of three, where a rejection counts."""
    step = Step("board", (WANG, ZHAO, QIAN), StepMode.K_OF_N, needed=2, rejections=Rejections.COUNT)
    return submit_to(Flow("f", 1, (step,)))


def two_levels_by_rule() -> ApprovalRequest:
    step = Step("finance", by_rule=(InRole("finance"),))
    return submit(AR, flow=Flow("f", 1, (step,)), about=ABOUT, amount=None, by=LI, directory=ORG, now=NOON).after


ORG = organisation()
MOVED = attrs.evolve(ORG, absences=(Absence(QIAN, since=NOON),))
NEXT_WEEK = NOON + dt.timedelta(days=7)
VERBS: dict[type[ApprovalEvent], Callable[[ApprovalRequest], Change[ApprovalRequest, ApprovalEvent]]] = {
    ApprovalGiven: lambda request: approve(request, by=WANG, now=NOON),
    RejectionGiven: lambda request: reject(request, by=WANG, comment="no", now=NOON),
    RequestRejected: lambda request: reject(request, by=WANG, comment="no", now=NOON),
    RequestRevoked: lambda request: revoke(request, by=LI, now=NOON),
    StepReopened: lambda request: send_back(request, to="manager", by=ZHAO, comment="", now=NOON),
    RequestReturned: lambda request: send_back(request, to=None, by=WANG, comment="", now=NOON),
    RequestResubmitted: lambda request: resubmit(request, amount=request.amount, by=LI, now=NOON),
    SignerAdded: lambda request: add_signer(request, signer=SUN, place=SignerPlace.AFTER, by=WANG, now=NOON),
    ApprovalHandedOn: lambda request: hand_on(request, to=SUN, by=WANG, now=NOON),
    RequestCopied: lambda request: copy_to(request, to=SUN, by=WANG, now=NOON),
    RequestUrged: lambda request: urge(request, by=LI, now=NOON),
    StepEscalated: lambda request: escalate(request, directory=ORG, now=NEXT_WEEK),
    ApproversResolved: lambda request: reresolve(request, directory=MOVED, by=SUN, now=NOON),
}
PENDING_FOR: dict[type[ApprovalEvent], Callable[[], ApprovalRequest]] = {
    RejectionGiven: board,
    StepReopened: lambda: approve(pending_request(), by=WANG, now=NOON).after,
    StepEscalated: urgent_request,
    ApproversResolved: two_levels_by_rule,
}


@pytest.mark.parametrize("status", RequestStatus)
@pytest.mark.parametrize("event", VERBS)
def test_a_verb_lands_where_the_table_says_or_refuses(status: RequestStatus, event: type[ApprovalEvent]) -> None:
    make = PENDING_FOR.get(event, pending_request) if status is RequestStatus.PENDING else IN_STATUS[status]
    request = make()
    assert request.status is status
    if event in TRANSITIONS[status]:
        change = VERBS[event](request)
        assert [type(happened) for happened in change.events] == [event]
        assert change.after.status is TRANSITIONS[status][event]
    else:
        with pytest.raises(Refused) as refusal:
            VERBS[event](request)
        assert refusal.value.code == "move.not_allowed"
        assert request == make()


def test_every_event_but_the_first_and_the_approval_has_a_verb() -> None:
    assert VERBS.keys() | {RequestSubmitted, RequestApproved} == set(APPROVAL_REQUEST.stored.values())
    assert IN_STATUS.keys() == TRANSITIONS.keys() == set(RequestStatus)


def test_the_diagram_in_the_docstring_is_the_table() -> None:
    drawn = {
        (before, name): after
        for before, after, names in re.findall(
            r"^ +(\w+) → (\w+) +(\w+(?:, \w+)*)$", approvals.__doc__ or "", re.MULTILINE
        )
        for name in names.split(", ")
    }
    assert drawn == {
        (before.value, event.__name__): after.value
        for before, moves in TRANSITIONS.items()
        for event, after in moves.items()
    }


def test_a_second_submission_cannot_have_happened() -> None:
    with pytest.raises(InvalidValue, match="cannot have happened"):
        APPROVAL_REQUEST.evolve(pending_request(), submitted())
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        APPROVAL_REQUEST.begin(RequestApproved(AR, at=NOON))


# --- worked figures -------------------------------------------------------------------------------------------------


def test_the_contract_passes_the_manager_and_then_both_of_finance() -> None:
    request = pending_request()
    assert (request.waiting_for, request.decisions) == ((WANG,), ())
    request = approve(request, by=WANG, comment="good margin", now=NOON).after
    assert request.waiting_for == (ZHAO, QIAN)
    request = approve(request, by=QIAN, now=NOON).after
    assert request.waiting_for == (ZHAO,)
    change = approve(request, by=ZHAO, now=NOON + dt.timedelta(hours=1))
    assert [type(event) for event in change.events] == [ApprovalGiven, RequestApproved]
    assert change.after.status is RequestStatus.APPROVED
    assert (change.after.current_step, change.after.waiting_for) == (None, ())
    assert change.after.closed_at == NOON + dt.timedelta(hours=1)
    assert change.after.decisions[0] == Decision("manager", WANG, Verdict.APPROVED, "good margin", NOON)


def test_one_rejection_ends_a_step_of_all() -> None:
    request = approve(pending_request(), by=WANG, now=NOON).after
    after = reject(request, by=QIAN, comment="payment terms", now=NOON).after
    assert after.status is RequestStatus.REJECTED
    assert (after.waiting_for, after.closed_at) == ((), NOON)
    assert after.decisions[-1] == Decision("finance", QIAN, Verdict.REJECTED, "payment terms", NOON)


@pytest.mark.parametrize("amount, names", [("50000", ["manager"]), ("50000.01", ["manager", "finance"])])
def test_a_band_is_over_its_lower_and_up_to_its_upper_bound(amount: str, names: list[str]) -> None:
    request = submit_to(two_levels(), amount=cny(amount))
    assert [step.name for step in request.steps] == names


def test_neighbouring_bands_leave_no_gap() -> None:
    low, high = Step("low", (WANG,), up_to=cny(10)), Step("high", (ZHAO,), above=cny(10), up_to=cny(20))
    flow = Flow("f", 1, (low, high))
    steps = {
        amount: [step.name for step in flow.steps if step.applies_to(cny(amount))] for amount in (0, 10, 11, 20, 21)
    }
    assert steps == {0: ["low"], 10: ["low"], 11: ["high"], 20: ["high"], 21: []}
    request = submit_to(flow, amount=cny(15))
    assert request.reasons == (Reason.of("approval.step_skipped", step="low", amount=cny(15)),)
    assert request.reasons[0].say("en") == "step low is skipped: it is not for CN¥15.00"
    assert request.reasons[0].say("zh_CN") == "步骤 low 已跳过：不适用于金额 ¥15.00"


def test_a_request_without_an_amount_passes_every_step() -> None:
    assert len(submit_to(two_levels()).steps) == 2
    assert Step("s", (WANG,), above=cny(5)).applies_to(None)


def test_the_first_approval_settles_a_step_of_any() -> None:
    flow = Flow("f", 1, (Step("either", (WANG, ZHAO), StepMode.ANY), Step("last", (QIAN,))))
    request = approve(submit_to(flow), by=ZHAO, now=NOON).after
    assert request.waiting_for == (QIAN,)


def test_who_approved_before_is_asked_again_or_counted() -> None:
    steps = (Step("one", (WANG,)), Step("two", (WANG, ZHAO)), Step("three", (WANG,)))
    asked = approve(submit_to(Flow("f", 1, steps)), by=WANG, now=NOON).after
    assert asked.waiting_for == (WANG, ZHAO)
    counted = approve(submit_to(Flow("f", 1, steps, duplicates=Duplicates.COUNT)), by=WANG, now=NOON).after
    assert counted.waiting_for == (ZHAO,)
    assert approve(counted, by=ZHAO, now=NOON).after.status is RequestStatus.APPROVED


def test_the_submitter_is_left_out_with_a_reason_unless_the_flow_lets_him_decide() -> None:
    steps = (Step("both", (LI, WANG)), Step("other", (ZHAO,)))
    request = submit_to(Flow("f", 1, steps))
    assert request.waiting_for == (WANG,)
    assert request.reasons == (Reason.of("approval.submitter_left_out", step="both", submitter=LI),)
    assert request.flow.steps == steps
    own = submit_to(Flow("f", 1, steps, submitter_may_decide=True))
    assert own.waiting_for == (LI, WANG)
    assert approve(own, by=LI, now=NOON).after.waiting_for == (WANG,)


def test_a_flow_without_a_step_for_it_approves_at_once_by_policy() -> None:
    flow = Flow("f", 1, (Step("large", (WANG,), above=cny(1000)),), when_empty=WhenEmpty.APPROVE)
    change = submit(AR, flow=flow, about=ABOUT, amount=cny(10), by=LI, now=NOON)
    assert [type(event) for event in change.events] == [RequestSubmitted, RequestApproved]
    assert change.after.status is RequestStatus.APPROVED
    assert [reason.code for reason in change.after.reasons] == ["approval.step_skipped"]


def test_a_running_request_keeps_its_flow() -> None:
    request = pending_request()
    attrs.evolve(request.flow, version=2, steps=())
    assert (request.flow, request.steps) == (two_levels(), two_levels().steps)


# --- k of n and what a rejection does --------------------------------------------------------------------------------


def test_two_of_three_pass_and_the_third_is_not_asked() -> None:
    request = approve(board(), by=QIAN, now=NOON).after
    assert request.waiting_for == (WANG, ZHAO)
    after = approve(request, by=WANG, now=NOON).after
    assert (after.status, after.waiting_for) == (RequestStatus.APPROVED, ())


def test_a_rejection_that_counts_ends_the_request_once_two_of_three_are_out_of_reach() -> None:
    request = reject(board(), by=QIAN, comment="no", now=NOON).after
    assert (request.status, request.waiting_for) == (RequestStatus.PENDING, (WANG, ZHAO))
    with pytest.raises(Refused, match="and qian has decided on it"):
        approve(request, by=QIAN, now=NOON)
    assert approve(approve(request, by=WANG, now=NOON).after, by=ZHAO, now=NOON).after.status is RequestStatus.APPROVED
    change = reject(request, by=WANG, comment="neither", now=NOON)
    assert [type(event) for event in change.events] == [RequestRejected]
    assert change.after.status is RequestStatus.REJECTED


@pytest.mark.parametrize("mode, needed", [(StepMode.ALL, None), (StepMode.ANY, None), (StepMode.K_OF_N, 3)])
@pytest.mark.parametrize("rejections", Rejections)
def test_one_rejection_ends_what_cannot_lose_one(mode: StepMode, needed: int | None, rejections: Rejections) -> None:
    step = Step("s", (WANG, ZHAO, QIAN), mode, needed=needed, rejections=rejections)
    request = submit_to(Flow("f", 1, (step,)))
    assert reject(request, by=WANG, comment="no", now=NOON).after.status is RequestStatus.REJECTED


def test_one_rejection_ends_two_of_three_where_the_step_says_so() -> None:
    step = Step("s", (WANG, ZHAO, QIAN), StepMode.K_OF_N, needed=2)
    request = submit_to(Flow("f", 1, (step,)))
    assert reject(request, by=WANG, comment="no", now=NOON).after.status is RequestStatus.REJECTED


def test_who_approved_the_step_before_is_passed_over_on_the_next_only() -> None:
    steps = (Step("1", (WANG,)), Step("2", (WANG, ZHAO)), Step("3", (WANG,)), Step("4", (QIAN,)), Step("5", (WANG,)))
    request = submit_to(Flow("f", 1, steps, duplicates=Duplicates.SKIP_ADJACENT))
    request = approve(request, by=WANG, now=NOON).after
    assert request.waiting_for == (ZHAO,)
    request = approve(request, by=ZHAO, now=NOON).after
    assert request.waiting_for == (QIAN,)
    assert approve(request, by=QIAN, now=NOON).after.waiting_for == (WANG,)


# --- refusals -------------------------------------------------------------------------------------------------------


def half_decided() -> ApprovalRequest:
    return approve(approve(pending_request(), by=WANG, now=NOON).after, by=ZHAO, now=NOON).after


REFUSALS: list[tuple[str, Callable[[], object], str]] = [
    (
        "approval.no_step",
        lambda: submit_to(Flow("f", 3, (Step("large", (WANG,), above=cny(1000)),)), amount=cny(10)),
        "no step of flow f version 3 applies to request AR-1; use a flow with a step for it, or one that approves such requests",
    ),
    (
        "approval.nobody",
        lambda: submit_to(Flow("f", 1, (Step("manager", (WANG,)),)), by=WANG),
        "step manager of request AR-1 has no approver but its submitter wang; name another approver or let somebody else submit",
    ),
    (
        "approval.not_approver",
        lambda: approve(pending_request(), by=ZHAO, now=NOON),
        "request AR-1 waits on step manager for wang, not for zhao; one of them can decide",
    ),
    (
        "approval.not_approver",
        lambda: reject(pending_request(), by=SUN, comment="", now=NOON),
        "request AR-1 waits on step manager for wang, not for sun; one of them can decide",
    ),
    (
        "approval.decided_already",
        lambda: approve(half_decided(), by=ZHAO, now=NOON),
        "request AR-1 waits on step finance for qian, and zhao has decided on it; one of them can decide",
    ),
    (
        "approval.decided_already",
        lambda: reject(half_decided(), by=ZHAO, comment="second thoughts", now=NOON),
        "request AR-1 waits on step finance for qian, and zhao has decided on it; one of them can decide",
    ),
    (
        "approval.own_request",
        lambda: approve(pending_request(), by=LI, now=NOON),
        "request AR-1 waits on step manager for wang, not for its submitter li; one of them can decide",
    ),
    (
        "approval.not_submitter",
        lambda: revoke(pending_request(), by=WANG, now=NOON),
        "request AR-1 was submitted by li, not by wang; only li can do that",
    ),
]


@pytest.mark.parametrize("code, attempt, message", REFUSALS)
def test_a_refusal_says_what_would_pass(code: str, attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        attempt()
    assert (refusal.value.code, str(refusal.value)) == (code, message)
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


@pytest.mark.parametrize(
    "build, code",
    [
        (lambda: Step("s", ()), "approval.approvers"),
        (lambda: Step("s", (WANG, WANG)), "approval.approvers"),
        (lambda: Step("s", (ActorId(""),)), "text.blank"),
        (lambda: Step("", (WANG,)), "text.blank"),
        (lambda: Step("s", (WANG,), above=cny(10), up_to=cny(10)), "approval.band"),
        (lambda: Step("s", (WANG,), needed=1), "approval.needed"),
        (lambda: Step("s", (WANG,), StepMode.K_OF_N), "approval.needed"),
        (lambda: Step("s", (WANG,), StepMode.K_OF_N, needed=2), "approval.needed"),
        (lambda: Step("s", (WANG,), StepMode.K_OF_N, needed=0), "field.low"),
        (lambda: Flow("f", 1, (), stand_in=WANG), "approval.stand_in_policy"),
        (lambda: Flow("f", 1, (), when_nobody=WhenNobody.STAND_IN), "approval.stand_in_policy"),
        (lambda: Flow("f", 0, ()), "approval.flow_version"),
        (lambda: Flow("f", True, ()), "approval.flow_version"),
        (lambda: Flow("f", 1, (Step("s", (WANG,)), Step("s", (ZHAO,)))), "approval.step_twice"),
    ],
)
def test_a_flow_that_cannot_run_is_no_flow(build: Callable[[], object], code: str) -> None:
    with pytest.raises(InvalidValue) as fault:
        build()
    assert fault.value.code == code
    assert "{" not in say(code, "zh_CN", **fault.value.facts)


def test_approvers_are_a_tuple_and_no_string() -> None:
    wrong: Any = "wang"
    with pytest.raises(InvalidType, match="pass a tuple"):
        Step("s", wrong)


def test_a_band_of_another_currency_is_no_decision() -> None:
    with pytest.raises(CurrencyMismatch):
        submit_to(two_levels(), amount=Money.of(1, "USD"))


# --- laws -----------------------------------------------------------------------------------------------------------

PEOPLE = [LI, WANG, ZHAO, QIAN, SUN]
amounts = st.integers(0, 40).map(cny)
CONDITIONS = (MoneyBand("amount", above=cny(3)), RatioBand("discount", up_to=Decimal(1)), OneOf("grade", ("C",)))


@st.composite
def steps(draw: st.DrawFn, name: str) -> Step:
    low, width = draw(st.none() | st.integers(0, 20)), draw(st.none() | st.integers(1, 20))
    people = tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True)))
    mode = draw(st.sampled_from(StepMode))
    return Step(
        name,
        people,
        mode,
        above=None if low is None else cny(low),
        up_to=None if width is None else cny((low or 0) + width),
        needed=draw(st.integers(1, len(people))) if mode is StepMode.K_OF_N else None,
        rejections=draw(st.sampled_from(Rejections)),
        when=tuple(draw(st.lists(st.sampled_from(CONDITIONS), max_size=1))),
    )


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    return Flow(
        draw(st.sampled_from(["contract", "变更"])),
        draw(st.integers(1, 9)),
        tuple(draw(steps(f"step {number}")) for number in range(draw(st.integers(0, 5)))),
        submitter_may_decide=draw(st.booleans()),
        duplicates=draw(st.sampled_from(Duplicates)),
        when_empty=draw(st.sampled_from(WhenEmpty)),
    )


class Oracle:
    """One request in plain words: who said what on which step, without a look at the state of the request."""

    def __init__(self, request: ApprovalRequest) -> None:
        self.steps, self.duplicates = request.steps, request.flow.duplicates
        self.said: list[dict[ActorId, bool]] = [{} for _ in request.steps]

    def yes(self, place: int) -> set[ActorId]:
        step, said = self.steps[place], self.said[place]
        counted = {person for person, word in said.items() if word}
        if self.duplicates is Duplicates.COUNT:
            counted |= {person for words in self.said for person, word in words.items() if word}
        if self.duplicates is Duplicates.SKIP_ADJACENT and place:
            counted |= self.yes(place - 1)
        return {person for person in step.approvers if person in counted and said.get(person) is not False}

    def place(self) -> int | None:
        for place, step in enumerate(self.steps):
            enough = {StepMode.ALL: len(step.approvers), StepMode.ANY: 1, StepMode.K_OF_N: step.needed or 0}[step.mode]
            if len(self.yes(place)) < enough:
                return place
        return None

    def awaited(self) -> list[ActorId]:
        place = self.place()
        if place is None:
            return []
        return [one for one in self.steps[place].approvers if one not in self.yes(place) | self.said[place].keys()]

    def say(self, person: ActorId, *, yes: bool) -> str:
        """Return the status that follows."""
        place = self.place()
        assert place is not None
        step = self.steps[place]
        self.said[place][person] = yes
        against = sum(not word for word in self.said[place].values())
        left = len(step.approvers) - against
        ends = step.mode is StepMode.ANY or step.rejections is Rejections.END
        if not yes and (ends or left < (len(step.approvers) if step.mode is StepMode.ALL else step.needed or 0)):
            return "rejected"
        return "approved" if self.place() is None else "pending"


@given(flows(), st.none() | amounts, st.sampled_from(PEOPLE), st.data())
def test_every_request_ends_and_nobody_is_forgotten(
    flow: Flow, amount: Money | None, by: ActorId, data: st.DataObject
) -> None:
    applying = [step for step in flow.steps if step.applies_to(amount)]
    left = [(step, set(step.approvers) - (set() if flow.submitter_may_decide else {by})) for step in applying]
    codes = [
        "approval.nobody" if not people else "approval.too_few"
        for step, people in left
        if len(people) < (step.needed or 1)
    ]
    if not applying and flow.when_empty is WhenEmpty.REFUSE:
        codes = ["approval.no_step"]
    if codes:
        with pytest.raises(Refused) as refusal:
            submit_to(flow, amount=amount, by=by)
        assert refusal.value.code == codes[0]
        return
    change = submit(AR, flow=flow, about=ABOUT, amount=amount, by=by, now=NOON)
    request, events, oracle = change.after, list(change.events), Oracle(change.after)
    most = sum(len(step.approvers) for step in request.steps)
    for _ in range(most):
        assert (request.status is RequestStatus.PENDING) == bool(request.waiting_for)
        if request.status is not RequestStatus.PENDING:
            break
        assert list(request.waiting_for) == oracle.awaited()
        who = data.draw(st.sampled_from(PEOPLE))
        yes = data.draw(st.integers(0, 5)) > 0
        if who not in request.waiting_for:
            with pytest.raises(Refused):
                approve(request, by=who, now=NOON)
            who = data.draw(st.sampled_from(request.waiting_for))
        assert who != by or flow.submitter_may_decide
        decided = approve(request, by=who, now=NOON) if yes else reject(request, by=who, comment="no", now=NOON)
        request = decided.after
        events += decided.events
        assert request.status.value == oracle.say(who, yes=yes)
    assert request.status is not RequestStatus.PENDING
    assert (request.waiting_for, request.current_step) == ((), None)
    assert len({(decision.step, decision.by) for decision in request.decisions}) == len(request.decisions) <= most
    assert APPROVAL_REQUEST.replay(events) == request
    stored = [load_event(APPROVAL_REQUEST, dump_event(APPROVAL_REQUEST, event)) for event in events]
    assert stored == events
    read = from_json(to_json(request), ApprovalRequest)
    assert read == request
    assert read.status is request.status  # an enum again, no bare string


lines = st.text("李wang 1", min_size=1, max_size=6).filter(str.strip)
instants = st.datetimes(timezones=st.just(dt.UTC))
delegations = st.builds(Delegation, lines, lines.map("{}'s deputy".format), st.just(NOON))
decisions = st.builds(Decision, lines, lines, st.sampled_from(Verdict), lines, instants, st.none() | delegations)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "request": lines,
    "flow": flows(),
    "steps": flows().map(lambda flow: flow.steps),
    "step": lines,
    "about": st.builds(Subject, lines, lines),
    "amount": st.none() | amounts,
    "by": lines,
    "comment": st.text("好\nok", max_size=5),
    "reasons": st.lists(
        st.builds(Reason.of, lines, day=st.dates(), amount=amounts, ratio=st.just(Decimal("0.5"))), max_size=2
    ).map(tuple),
    "at": instants,
    "id": lines,
    "version": st.integers(1),
    "status": st.sampled_from(RequestStatus),
    "submitted_by": lines,
    "submitted_at": instants,
    "decisions": st.lists(decisions, max_size=2).map(tuple),
    "delegation": st.none() | delegations,
    "closed_at": st.none() | instants,
    "waiting_since": st.none() | instants,
    "detours": st.integers(0),
    "copied": st.lists(lines, max_size=2).map(tuple),
    "history": st.lists(st.builds(Reason.of, lines, at=instants, by=lines), max_size=2).map(tuple),
    "signer": lines,
    "place": st.sampled_from(SignerPlace),
    "facts": st.dictionaries(lines, amounts | lines | st.just(Decimal("0.15")), max_size=2).map(
        lambda facts: tuple(sorted(facts.items()))
    ),
}


def made(kind: type[Any]) -> st.SearchStrategy[Any]:
    fields = FIELDS | {"to": st.lists(lines, max_size=2).map(tuple) if kind is StepEscalated else lines}
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


@given(st.one_of([made(event) for event in APPROVAL_REQUEST.stored.values()]))
def test_an_event_survives_json(event: ApprovalEvent) -> None:
    assert load_event(APPROVAL_REQUEST, dump_event(APPROVAL_REQUEST, event)) == event


@given(made(ApprovalRequest))
def test_a_state_survives_json(state: ApprovalRequest) -> None:
    assert from_json(to_json(state), ApprovalRequest) == state


@pytest.mark.parametrize(
    "request_, about, amount, code",
    [
        (approved_request(), Subject("contract", "K2"), Money.of("100000", "CNY"), "approval.other_subject"),
        (approved_request(), Subject("order", "K1"), Money.of("100000", "CNY"), "approval.other_subject"),
        (pending_request(), Subject("contract", "K1"), Money.of("100000", "CNY"), "approval.not_granted"),
        (approved_request(), Subject("contract", "K1"), Money.of("99999.99", "CNY"), "approval.other_amount"),
        (approved_request(), Subject("contract", "K1"), Money.of("100000", "USD"), "approval.other_amount"),
        (approved_request(), Subject("contract", "K1"), Money.of("100000", "CNY"), None),
        (approved_request(), Subject("contract", "K1"), None, None),
        (attrs.evolve(approved_request(), amount=None), Subject("contract", "K1"), Money.of("5", "CNY"), None),
    ],
)
def test_an_approval_allows_what_it_was_asked_for(
    request_: ApprovalRequest, about: Subject, amount: Money | None, code: str | None
) -> None:
    if code is None:
        approvals.check_granted(request_, about=about, amount=amount)
        return
    with pytest.raises(Refused) as refusal:
        approvals.check_granted(request_, about=about, amount=amount)
    assert refusal.value.code == code
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


def test_an_approval_over_no_amount_allows_none_that_must_be_exact() -> None:
    vague, about, amount = (
        attrs.evolve(approved_request(), amount=None),
        Subject("contract", "K1"),
        Money.of("5", "CNY"),
    )
    with pytest.raises(Refused) as refusal:
        approvals.check_granted(vague, about=about, amount=amount, exact=True)
    assert refusal.value.code == "approval.no_amount"
    for locale in ("en", "zh_CN"):
        assert "{" not in say(refusal.value.code, locale, **refusal.value.facts)
    approvals.check_granted(vague, about=about, amount=None, exact=True)


@pytest.mark.parametrize("amount", ["5.00 CNY", 5])
def test_what_is_no_money_is_not_approved(amount: Any) -> None:
    about = Subject("contract", "K1")
    with pytest.raises(InvalidType, match="pass a Money or None"):
        submit(RequestId("AR-2"), flow=two_levels(), about=about, amount=amount, by=ActorId("li"), now=NOON)
