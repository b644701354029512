"""A request for approval: its state, and the one place where it changes."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final, assert_never

import attrs

from ltc._approvals.delegation import Delegation
from ltc._approvals.events import (
    ApprovalEvent,
    ApprovalGiven,
    ApprovalHandedOn,
    ApproversResolved,
    RejectionGiven,
    RequestApproved,
    RequestCopied,
    RequestRejected,
    RequestResubmitted,
    RequestReturned,
    RequestRevoked,
    RequestSubmitted,
    RequestUrged,
    SignerAdded,
    SignerPlace,
    StepEscalated,
    StepReopened,
)
from ltc._approvals.flow import Duplicates, Flow, Rejections, Step, StepMode
from ltc._approvals.telling import told
from ltc._fields import exactly
from ltc.events import Life, Subject, evolved, next_status, no_beginning
from ltc.findings import Fact, Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money


class RequestStatus(enum.StrEnum):
    """Where a request stands. While it is `PENDING` or `RETURNED` somebody is always awaited; the other three are ends.

    >>> RequestStatus.PENDING.value
    'pending'
    """

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    REVOKED = "revoked"
    """Taken back by its submitter 撤回."""
    RETURNED = "returned"
    """Sent back to its submitter 退回."""


class Verdict(enum.StrEnum):
    """What an approver decided.

    >>> Verdict("approved").name
    'APPROVED'
    """

    APPROVED = "approved"
    REJECTED = "rejected"


class Reach(enum.StrEnum):
    """Where a decision counts.

    >>> Reach("step").name
    'STEP'
    """

    LATER = "later"
    """On its step and, where the flow counts duplicates, on later ones."""
    STEP = "step"
    """On its step alone: the request was sent back to a later one, on which everybody decides again."""
    NOWHERE = "nowhere"
    """The request was sent back to its step, to an earlier one or to the submitter since."""


@attrs.frozen
class Decision:
    """What one approver decided on one step, for himself or, by a delegation, for another.

    >>> from ltc.testing.samples.approvals import NOON
    >>> Decision("manager", "wang", Verdict.APPROVED, comment="", at=NOON).by
    'wang'
    """

    step: str
    by: ActorId
    verdict: Verdict
    comment: str
    at: dt.datetime
    delegation: Delegation | None = None
    reach: Reach = Reach.LATER

    @property
    def seat(self) -> ActorId:
        """Whose vote it is: the principal's where a deputy decided."""
        return self.by if self.delegation is None else self.delegation.principal


@attrs.frozen
class ApprovalRequest:
    """Something that waits for approval: made by `submit`, moved by the verbs of `ltc.approvals`.

    >>> from ltc.testing.samples.approvals import pending_request
    >>> request = pending_request()
    >>> request.status.value, request.current_step.name, request.waiting_for
    ('pending', 'manager', ('wang',))
    """

    id: RequestId
    version: int
    status: RequestStatus
    flow: Flow
    """The version of the flow that it was submitted with."""
    steps: tuple[Step, ...]
    """The steps of the flow that apply, with the approvers who may decide, and those of signers who were added."""
    about: Subject = attrs.field(validator=exactly(Subject))
    amount: Money | None = attrs.field(validator=attrs.validators.optional(exactly(Money)))
    submitted_by: ActorId
    submitted_at: dt.datetime
    reasons: tuple[Reason, ...]
    """Why steps were skipped and approvers left out."""
    decisions: tuple[Decision, ...] = ()
    """Oldest first."""
    closed_at: dt.datetime | None = None
    facts: tuple[tuple[str, Fact], ...] = ()
    """What the request says about the thing besides its amount, by name, sorted."""
    waiting_since: dt.datetime | None = None
    """When the current step, or the submitter, came to be waited for."""
    detours: int = 0
    """How often it was sent back, handed on, looked up again or given another signer; the flow says how often it may be."""
    copied: tuple[ActorId, ...] = ()
    """Who was informed."""
    history: tuple[Reason, ...] = ()
    """What happened, with everybody who was asked or not and why, oldest first."""

    @property
    def current_step(self) -> Step | None:
        """The first step that is not passed yet; None once the request has ended."""
        if self.status is not RequestStatus.PENDING:
            return None
        return next((step for step in self.steps if not self.is_passed(step)), None)

    @property
    def waiting_for(self) -> tuple[ActorId, ...]:
        """Whose move it is: who may decide now, in the step's order, or the submitter of a returned request; nobody at the end."""
        if self.status is RequestStatus.RETURNED:
            return (self.submitted_by,)
        step = self.current_step
        if step is None:
            return ()
        heard = self.yes_on(step) | self.no_on(step)
        return tuple(approver for approver in step.approvers if approver not in heard)

    def may_decide(self, person: ActorId, /) -> bool:
        """Tell whether somebody may decide on this request at all: its submitter only where the flow says so."""
        return self.flow.submitter_may_decide or person != self.submitted_by

    def decided_on(self, step: Step, /) -> set[ActorId]:
        """Who has decided on a step, for himself or another, where that still counts."""
        return {one.by for one in self.decisions_on(step)}

    def is_passed(self, step: Step, /) -> bool:
        """Tell whether a step has the approvals that it needs."""
        return len(self.yes_on(step)) >= step.votes_needed

    def is_lost(self, step: Step, /) -> bool:
        """Tell whether the rejections on a step end the request, by the step's policy."""
        no = len(self.no_on(step))
        if step.mode is StepMode.ANY or step.rejections is Rejections.END:
            return no > 0
        return len(step.approvers) - no < step.votes_needed

    def yes_on(self, step: Step, /) -> set[ActorId]:
        """Which of a step's approvers approved: on it, or on another one where the flow counts that."""
        own = self._said(step, Verdict.APPROVED) & set(step.approvers)
        if self.flow.duplicates is Duplicates.ASK:
            return own
        if self.flow.duplicates is Duplicates.COUNT:
            carried = set[ActorId]().union(*(self._said(one, Verdict.APPROVED, carried=True) for one in self.steps))
        else:
            carried = self._carried_to(step)
        return own | (carried & set(step.approvers) - self.no_on(step))

    def no_on(self, step: Step, /) -> set[ActorId]:
        """Which of a step's approvers rejected on it."""
        return self._said(step, Verdict.REJECTED) & set(step.approvers)

    def _carried_to(self, step: Step) -> set[ActorId]:
        carried = set[ActorId]()
        for one in self.steps[: self.steps.index(step)]:
            on = set(one.approvers)
            carried = (carried & on - self.no_on(one)) | (self._said(one, Verdict.APPROVED, carried=True) & on)
        return carried

    def _said(self, step: Step, verdict: Verdict, *, carried: bool = False) -> set[ActorId]:
        return {
            one.seat
            for one in self.decisions_on(step)
            if one.verdict is verdict and (one.reach is Reach.LATER or not carried)
        }

    def decisions_on(self, step: Step, /) -> list[Decision]:
        """Return the decisions on a step that count on it."""
        return [one for one in self.decisions if one.step == step.name and one.reach is not Reach.NOWHERE]


_S = RequestStatus
TRANSITIONS: Final[Mapping[RequestStatus, Mapping[type[ApprovalEvent], RequestStatus]]] = {
    _S.PENDING: {
        ApprovalGiven: _S.PENDING,
        RejectionGiven: _S.PENDING,
        StepReopened: _S.PENDING,
        SignerAdded: _S.PENDING,
        ApprovalHandedOn: _S.PENDING,
        StepEscalated: _S.PENDING,
        ApproversResolved: _S.PENDING,
        RequestUrged: _S.PENDING,
        RequestCopied: _S.PENDING,
        RequestReturned: _S.RETURNED,
        RequestApproved: _S.APPROVED,
        RequestRejected: _S.REJECTED,
        RequestRevoked: _S.REVOKED,
    },
    _S.RETURNED: {
        RequestResubmitted: _S.PENDING,
        RequestCopied: _S.RETURNED,
        RequestRevoked: _S.REVOKED,
    },
    _S.APPROVED: {},
    _S.REJECTED: {},
    _S.REVOKED: {},
}
"""Which event may happen to a request in which status, and where it leads."""


def begin(event: ApprovalEvent) -> ApprovalRequest:
    """Return the request that a submission makes."""
    match event:
        case RequestSubmitted():
            return ApprovalRequest(
                event.request,
                1,
                RequestStatus.PENDING,
                flow=event.flow,
                steps=event.steps,
                about=event.about,
                amount=event.amount,
                submitted_by=event.by,
                submitted_at=event.at,
                reasons=event.reasons,
                facts=event.facts,
                waiting_since=event.at,
                history=(told(event), *event.reasons),
            )
        case _:
            raise no_beginning(event)


def evolve(request: ApprovalRequest, event: ApprovalEvent) -> ApprovalRequest:
    """Return the request after an event: the only place where a request's state changes."""
    status = next_status(TRANSITIONS, request.status, event)
    history = (*request.history, told(event))
    told_so = evolved(request, version=request.version + 1, status=status, history=history)
    after = _moved(told_so, event)
    if status in TRANSITIONS and not TRANSITIONS[status]:
        return evolved(after, closed_at=event.at)
    if isinstance(event, StepReopened) or _place(after) != _place(request):
        return evolved(after, waiting_since=event.at)
    return after


def _place(request: ApprovalRequest) -> tuple[RequestStatus, str]:
    step = request.current_step
    return request.status, "" if step is None else step.name


def _moved(request: ApprovalRequest, event: ApprovalEvent) -> ApprovalRequest:
    """Return the request after what an event says beyond its status, its version and its history."""
    match event:
        case ApprovalGiven():
            return _decided(request, event, Verdict.APPROVED)
        case RejectionGiven() | RequestRejected():
            return _decided(request, event, Verdict.REJECTED)
        case StepReopened(to=to):
            return evolved(request, decisions=_sent_back(request, to), detours=request.detours + 1)
        case RequestReturned():
            return evolved(request, detours=request.detours + 1)
        case RequestResubmitted() | SignerAdded() | ApprovalHandedOn() | StepEscalated() | ApproversResolved():
            return _rerouted(request, event)
        case RequestCopied(to=person):
            return evolved(request, copied=(*request.copied, person))
        case RequestUrged() | RequestApproved() | RequestRevoked():
            return request
        case RequestSubmitted():  # pragma: no cover  # no move of the table: next_status has refused it
            raise AssertionError(event)
        case _:
            assert_never(event)


def _rerouted(
    request: ApprovalRequest,
    event: RequestResubmitted | SignerAdded | ApprovalHandedOn | StepEscalated | ApproversResolved,
) -> ApprovalRequest:
    """Return the request after an event that gives it other steps, or other people on them."""
    match event:
        case RequestResubmitted(steps=steps, amount=amount, facts=facts, reasons=reasons):
            gone = tuple(evolved(one, reach=Reach.NOWHERE) for one in request.decisions)
            again = evolved(request, steps=steps, amount=amount, facts=facts, reasons=reasons, decisions=gone)
            return evolved(again, history=(*request.history, *reasons))
        case SignerAdded():
            return evolved(request, steps=_with_signer(request, event), detours=request.detours + 1)
        case ApprovalHandedOn(step=name, by=by, to=to):
            return evolved(request, steps=_handed_on(request, name, by, to), detours=request.detours + 1)
        case StepEscalated(step=name, to=people, reasons=reasons):
            steps = tuple(_escalated(one, people) if one.name == name else one for one in request.steps)
            return evolved(request, steps=steps, history=(*request.history, *reasons))
        case ApproversResolved(steps=steps, reasons=reasons):
            history = (*request.history, *reasons)
            return evolved(request, steps=steps, history=history, detours=request.detours + 1)
        case _:
            assert_never(event)


def _decided(
    request: ApprovalRequest, event: ApprovalGiven | RejectionGiven | RequestRejected, verdict: Verdict
) -> ApprovalRequest:
    decision = Decision(event.step, event.by, verdict, event.comment, event.at, event.delegation)
    return evolved(request, decisions=(*request.decisions, decision))


def _sent_back(request: ApprovalRequest, to: str) -> tuple[Decision, ...]:
    """What was decided from a step on counts nowhere, and what was decided before it on its own step alone."""
    names = [step.name for step in request.steps]
    before = set(names[: names.index(to)])
    return tuple(
        evolved(one, reach=Reach.STEP if one.step in before and one.reach is not Reach.NOWHERE else Reach.NOWHERE)
        for one in request.decisions
    )


def signer_step(step: str, signer: ActorId) -> Step:
    """Return the step of a signer who is added to another."""
    return Step(f"{step} + {signer}", (signer,))


def _with_signer(request: ApprovalRequest, event: SignerAdded) -> tuple[Step, ...]:
    place = [step.name for step in request.steps].index(event.step) + (event.place is SignerPlace.AFTER)
    return (*request.steps[:place], signer_step(event.step, event.signer), *request.steps[place:])


def _handed_on(request: ApprovalRequest, name: str, by: ActorId, to: ActorId) -> tuple[Step, ...]:
    return tuple(
        attrs.evolve(step, approvers=tuple(to if one == by else one for one in step.approvers))
        if step.name == name
        else step
        for step in request.steps
    )


def _escalated(step: Step, people: tuple[ActorId, ...]) -> Step:
    return attrs.evolve(step, approvers=people, mode=StepMode.ANY, needed=None, escalation=None)


APPROVAL_REQUEST: Final[Life[ApprovalRequest, ApprovalEvent]] = Life(
    "approval_request",
    ApprovalRequest,
    begin,
    evolve,
    {
        "submitted": RequestSubmitted,
        "approval_given": ApprovalGiven,
        "rejection_given": RejectionGiven,
        "step_reopened": StepReopened,
        "returned": RequestReturned,
        "resubmitted": RequestResubmitted,
        "signer_added": SignerAdded,
        "handed_on": ApprovalHandedOn,
        "copied": RequestCopied,
        "urged": RequestUrged,
        "escalated": StepEscalated,
        "resolved": ApproversResolved,
        "approved": RequestApproved,
        "rejected": RequestRejected,
        "revoked": RequestRevoked,
    },
)
"""The life of a request for approval: for stores and for replay."""
