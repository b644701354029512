"""How a request is decided and taken back."""

import datetime as dt

from ltc._approvals.flow import Step
from ltc._approvals.request import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    ApprovalEvent,
    ApprovalGiven,
    ApprovalRequest,
    RejectionGiven,
    RequestApproved,
    RequestRejected,
    RequestRevoked,
)
from ltc.errors import Refused
from ltc.events import Change, check_move
from ltc.ids import ActorId


def approve(
    request: ApprovalRequest, /, *, by: ActorId, comment: str = "", now: dt.datetime
) -> Change[ApprovalRequest, ApprovalEvent]:
    """Approve on the current step; the approval that passes the last step approves the request, in the same change.

    Raises:
        Refused: as `reject`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> change = approve(pending_request(), by="wang", now=NOON)
    >>> change.after.current_step.name, change.after.waiting_for
    ('finance', ('zhao', 'qian'))
    >>> approve(change.after, by="wang", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 waits on step finance for zhao, qian, not for wang; one of them can decide
    """
    step = _deciding(request, by, ApprovalGiven)
    change = APPROVAL_REQUEST.change(request, ApprovalGiven(request.id, step.name, by, comment, at=now))
    if change.after.current_step is None:
        return APPROVAL_REQUEST.extend(change, RequestApproved(request.id, at=now))
    return change


def reject(
    request: ApprovalRequest, /, *, by: ActorId, comment: str, now: dt.datetime
) -> Change[ApprovalRequest, ApprovalEvent]:
    """Reject on the current step, which ends the request; or counts, where the step says so and can still be passed.

    Raises:
        Refused: `move.not_allowed` once the request has ended; `approval.own_request`, `approval.decided_already` and
            `approval.not_approver` for who cannot decide now.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> reject(pending_request(), by="wang", comment="margin too low", now=NOON).after.status.value
    'rejected'
    """
    step = _deciding(request, by, RequestRejected)
    counted = APPROVAL_REQUEST.change(request, RejectionGiven(request.id, step.name, by, comment, at=now))
    if counted.after.is_lost(step):
        return APPROVAL_REQUEST.change(request, RequestRejected(request.id, step.name, by, comment, at=now))
    return counted


def _deciding(request: ApprovalRequest, by: ActorId, event: type[ApprovalEvent]) -> Step:
    """Return the current step if `by` may decide on it."""
    check_move(TRANSITIONS, request.status, event, kind="approval_request", subject=request.id)
    step, awaited = request.current_step, request.waiting_for
    if step is not None and by in awaited:
        return step
    name, who = ("" if step is None else step.name), ", ".join(awaited)
    if by == request.submitted_by and not request.flow.submitter_may_decide:
        code, why = "approval.own_request", f"not for its submitter {by}"
    elif any(decision.by == by and decision.step == name for decision in request.decisions):
        code, why = "approval.decided_already", f"and {by} has decided on it"
    else:
        code, why = "approval.not_approver", f"not for {by}"
    raise Refused(
        code,
        f"request {request.id} waits on step {name} for {who}, {why}; one of them can decide",
        request=request.id,
        step=name,
        by=by,
        waiting_for=who,
    )


def revoke(request: ApprovalRequest, /, *, by: ActorId, now: dt.datetime) -> Change[ApprovalRequest, ApprovalEvent]:
    """Take a pending request back 撤回; only its submitter can.

    Raises:
        Refused: `move.not_allowed` once the request has ended; `approval.not_submitter`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> revoke(pending_request(), by="li", now=NOON).after.status.value
    'revoked'
    >>> revoke(pending_request(), by="wang", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 was submitted by li, not by wang; only li can revoke it
    """
    check_move(TRANSITIONS, request.status, RequestRevoked, kind="approval_request", subject=request.id)
    if by != request.submitted_by:
        raise Refused(
            "approval.not_submitter",
            f"request {request.id} was submitted by {request.submitted_by}, not by {by}; "
            f"only {request.submitted_by} can revoke it",
            request=request.id,
            submitter=request.submitted_by,
            by=by,
        )
    return APPROVAL_REQUEST.change(request, RequestRevoked(request.id, by=by, at=now))
