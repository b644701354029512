"""A request for approval: its state, what can happen to it, and the one place where it changes."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final, assert_never

import attrs

from ltc._approvals.flow import Duplicates, Flow, Rejections, Step, StepMode
from ltc._fields import exactly
from ltc.events import Life, Subject, evolved, instant, next_status, no_beginning
from ltc.findings import Fact, Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money
from ltc.text import free_text, one_line


class RequestStatus(enum.StrEnum):
    """Where a request stands. While it is `PENDING` somebody is always awaited; the other three are ends.

    >>> RequestStatus.PENDING.value
    'pending'
    """

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    REVOKED = "revoked"
    """Taken back by its submitter 撤回."""


class Verdict(enum.StrEnum):
    """What an approver decided.

    >>> Verdict("approved").name
    'APPROVED'
    """

    APPROVED = "approved"
    REJECTED = "rejected"


@attrs.frozen
class Decision:
    """What one approver decided on one step.

    >>> from ltc.testing.samples.approvals import NOON
    >>> Decision("manager", "wang", Verdict.APPROVED, comment="", at=NOON).by
    'wang'
    """

    step: str
    by: ActorId
    verdict: Verdict
    comment: str
    at: dt.datetime


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
    """The steps of the flow that apply, with the approvers who may decide."""
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

    @property
    def current_step(self) -> Step | None:
        """The first step that is not passed yet; None once the request has ended."""
        if self.status is not RequestStatus.PENDING:
            return None
        return next((step for step in self.steps if not self._passed(step)), None)

    @property
    def waiting_for(self) -> tuple[ActorId, ...]:
        """Who may decide now, in the step's order; nobody once the request has ended."""
        step = self.current_step
        if step is None:
            return ()
        heard = self._yes(step) | self._no(step)
        return tuple(approver for approver in step.approvers if approver not in heard)

    def is_lost(self, step: Step, /) -> bool:
        """Tell whether the rejections on a step end the request, by the step's policy."""
        no = len(self._no(step))
        if step.mode is StepMode.ANY or step.rejections is Rejections.END:
            return no > 0
        return len(step.approvers) - no < step.votes_needed

    def _passed(self, step: Step) -> bool:
        return len(self._yes(step)) >= step.votes_needed

    def _yes(self, step: Step) -> set[ActorId]:
        """Who of a step's approvers approved: on it, or on an earlier one where the flow counts that."""
        if self.flow.duplicates is Duplicates.COUNT:
            everywhere = (self._said(one, Verdict.APPROVED, of=step) for one in self.steps)
            return set().union(*everywhere) - self._no(step)
        if self.flow.duplicates is Duplicates.SKIP_ADJACENT:
            return self._carried(step)
        return self._said(step, Verdict.APPROVED)

    def _carried(self, step: Step) -> set[ActorId]:
        heard = set[ActorId]()
        for one in self.steps[: self.steps.index(step) + 1]:
            heard = (heard & set(one.approvers) - self._no(one)) | self._said(one, Verdict.APPROVED)
        return heard

    def _no(self, step: Step) -> set[ActorId]:
        return self._said(step, Verdict.REJECTED)

    def _said(self, step: Step, verdict: Verdict, *, of: Step | None = None) -> set[ActorId]:
        """Who of a step's approvers, or of another's, said this on it."""
        said = {one.by for one in self.decisions if one.step == step.name and one.verdict is verdict}
        return said & set((of or step).approvers)


@attrs.frozen
class RequestSubmitted:
    """Something was submitted for approval, with the flow as it then was.

    >>> from ltc.testing.samples.approvals import pending_request, submitted
    >>> submitted().about
    Subject(kind='contract', id='K1')
    """

    request: RequestId = attrs.field(validator=one_line)
    flow: Flow
    steps: tuple[Step, ...]
    about: Subject = attrs.field(validator=exactly(Subject))
    amount: Money | None = attrs.field(validator=attrs.validators.optional(exactly(Money)))
    by: ActorId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)
    facts: tuple[tuple[str, Fact], ...] = ()


@attrs.frozen
class ApprovalGiven:
    """One approver approved on one step; the step may wait for others.

    >>> from ltc.testing.samples.approvals import NOON
    >>> ApprovalGiven("AR-1", step="manager", by="wang", comment="", at=NOON).step
    'manager'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RejectionGiven:
    """One approver rejected on a step where a rejection counts; the approvals that it needs can still be reached.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RejectionGiven("AR-1", step="board", by="wang", comment="margin too low", at=NOON).by
    'wang'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestApproved:
    """The last step was passed, or there was none to pass.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestApproved("AR-1", at=NOON).request
    'AR-1'
    """

    request: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestRejected:
    """An approver rejected, and with that the request: it is over, or the approvals that are needed can no longer be reached.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestRejected("AR-1", step="manager", by="wang", comment="margin too low", at=NOON).comment
    'margin too low'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestRevoked:
    """The submitter took the request back 撤回.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestRevoked("AR-1", by="li", at=NOON).by
    'li'
    """

    request: RequestId = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


ApprovalEvent = RequestSubmitted | ApprovalGiven | RejectionGiven | RequestApproved | RequestRejected | RequestRevoked

_S = RequestStatus
TRANSITIONS: Final[Mapping[RequestStatus, Mapping[type[ApprovalEvent], RequestStatus]]] = {
    _S.PENDING: {
        ApprovalGiven: _S.PENDING,
        RejectionGiven: _S.PENDING,
        RequestApproved: _S.APPROVED,
        RequestRejected: _S.REJECTED,
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
            )
        case _:
            raise no_beginning(event)


def evolve(request: ApprovalRequest, event: ApprovalEvent) -> ApprovalRequest:
    """Return the request after an event: the only place where a request's state changes."""
    version, status = request.version + 1, next_status(TRANSITIONS, request.status, event)
    match event:
        case ApprovalGiven(step=step, by=by, comment=comment, at=at):
            decision = Decision(step, by, Verdict.APPROVED, comment, at)
            return evolved(request, version=version, decisions=(*request.decisions, decision))
        case RejectionGiven(step=step, by=by, comment=comment, at=at):
            decision = Decision(step, by, Verdict.REJECTED, comment, at)
            return evolved(request, version=version, decisions=(*request.decisions, decision))
        case RequestRejected(step=step, by=by, comment=comment, at=at):
            decision = Decision(step, by, Verdict.REJECTED, comment, at)
            decisions = (*request.decisions, decision)
            return evolved(request, version=version, status=status, decisions=decisions, closed_at=at)
        case RequestApproved(at=at) | RequestRevoked(at=at):
            return evolved(request, version=version, status=status, closed_at=at)
        case RequestSubmitted():  # pragma: no cover  # no move of the table: next_status has refused it
            raise AssertionError(event)
        case _:
            assert_never(event)


APPROVAL_REQUEST: Final[Life[ApprovalRequest, ApprovalEvent]] = Life(
    "approval_request",
    ApprovalRequest,
    begin,
    evolve,
    {
        "submitted": RequestSubmitted,
        "approval_given": ApprovalGiven,
        "rejection_given": RejectionGiven,
        "approved": RequestApproved,
        "rejected": RequestRejected,
        "revoked": RequestRevoked,
    },
)
"""The life of a request for approval: for stores and for replay."""
