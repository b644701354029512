"""What is overdue, to whom it escalates, and the escalation."""

import datetime as dt

import attrs

from ltc._approvals.deciding import ApprovalChange, finished
from ltc._approvals.directory import OrgDirectory
from ltc._approvals.events import StepEscalated
from ltc._approvals.request import APPROVAL_REQUEST, TRANSITIONS, ApprovalRequest
from ltc._approvals.resolving import Asking
from ltc.errors import Refused
from ltc.events import check_move, instant
from ltc.findings import Reason
from ltc.ids import ActorId, RequestId


@attrs.frozen
class Overdue:
    """A step that is overdue: since when it waits, for whom, and who may decide it once it is escalated; nobody, where none is found.

    >>> from ltc.testing.samples.approvals import NOON, organisation, urgent_request
    >>> late = overdue(urgent_request(), directory=organisation(), now=NOON + dt.timedelta(days=2))
    >>> late.step, late.waiting_for, late.escalates_to
    ('manager', ('wang',), ('zhao',))
    """

    request: RequestId
    step: str
    waiting_for: tuple[ActorId, ...]
    due_at: dt.datetime
    """The last instant in time."""
    escalates_to: tuple[ActorId, ...]
    reasons: tuple[Reason, ...]
    """Why these."""


def overdue(request: ApprovalRequest, /, *, directory: OrgDirectory | None, now: dt.datetime) -> Overdue | None:
    """Tell whether the current step is overdue, and to whom it escalates. Changes nothing; None where it is in time or has no limit.

    Whoever is awaited, has decided on the step or may not decide is nobody to escalate to.

    Raises:
        InvalidValue: the rule asks for a role or a superior, and there is no directory.

    >>> from ltc.testing.samples.approvals import NOON, organisation, urgent_request
    >>> overdue(urgent_request(), directory=organisation(), now=NOON + dt.timedelta(days=1))
    """
    step = request.current_step
    if step is None or step.escalation is None or request.waiting_since is None:
        return None
    rule, due_at = step.escalation, request.waiting_since + step.escalation.within
    if instant(now) <= due_at:
        return None
    asking = Asking(request.id, request.flow, request.submitted_by, directory, now)
    people, reasons = list[ActorId](), list[Reason]()
    for awaited in request.waiting_for:
        found, why = asking.found(rule.approvers, rule.by_rule, step=step.name, of=awaited)
        people += found
        reasons += why
    out = {*request.waiting_for, *request.decided_on(step), *(one for one in people if not request.may_decide(one))}
    targets = tuple(one for one in dict.fromkeys(people) if one not in out)
    return Overdue(request.id, step.name, request.waiting_for, due_at, targets, tuple(dict.fromkeys(reasons)))


def escalate(request: ApprovalRequest, /, *, directory: OrgDirectory | None, now: dt.datetime) -> ApprovalChange:
    """Give an overdue step to those to whom it escalates: the first of them decides it, and nobody else any more. Once a step.

    Raises:
        Refused: `move.not_allowed` unless it is pending; `approval.not_overdue`; `approval.escalates_to_nobody`.

    >>> from ltc.testing.samples.approvals import NOON, organisation, urgent_request
    >>> late = NOON + dt.timedelta(days=2)
    >>> escalate(urgent_request(), directory=organisation(), now=late).after.waiting_for
    ('zhao',)
    """
    check_move(TRANSITIONS, request.status, StepEscalated, kind="approval_request", subject=request.id)
    late = overdue(request, directory=directory, now=now)
    if late is None:
        step = request.current_step
        raise Refused(
            "approval.not_overdue",
            f"step {'' if step is None else step.name} of request {request.id} is not overdue; wait for who is asked",
            request=request.id,
            step="" if step is None else step.name,
        )
    if not late.escalates_to:
        raise Refused(
            "approval.escalates_to_nobody",
            f"step {late.step} of request {request.id} is overdue, and there is nobody to escalate it to; "
            "name somebody in its rule, or send it back",
            request=request.id,
            step=late.step,
        )
    return finished(
        APPROVAL_REQUEST.change(request, StepEscalated(request.id, late.step, late.escalates_to, late.reasons, at=now))
    )
