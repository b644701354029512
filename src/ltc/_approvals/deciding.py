"""How a request is decided, sent back, submitted again and taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping

from ltc._approvals.conditions import RequestFact, as_facts
from ltc._approvals.delegation import Delegation
from ltc._approvals.directory import OrgDirectory
from ltc._approvals.events import (
    ApprovalEvent,
    ApprovalGiven,
    RejectionGiven,
    RequestApproved,
    RequestRejected,
    RequestResubmitted,
    RequestReturned,
    RequestRevoked,
    StepReopened,
)
from ltc._approvals.flow import Step
from ltc._approvals.request import APPROVAL_REQUEST, TRANSITIONS, ApprovalRequest, RequestStatus
from ltc._approvals.resolving import Asking
from ltc._approvals.submitting import check_amount
from ltc.errors import Refused
from ltc.events import Change, check_move
from ltc.ids import ActorId
from ltc.money import Money

ApprovalChange = Change[ApprovalRequest, ApprovalEvent]


def approve(
    request: ApprovalRequest,
    /,
    *,
    by: ActorId,
    comment: str = "",
    delegations: Iterable[Delegation] = (),
    now: dt.datetime,
) -> ApprovalChange:
    """Approve on the current step; the approval that passes the last step approves the request, in the same change.

    Who is not awaited himself decides for a principal who is, by a delegation that covers `now`; it is kept in the decision. One
    person decides once on a step, whoever's deputy he is.

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
    step, held = _deciding(request, by, ApprovalGiven, delegations, now)
    given = ApprovalGiven(request.id, step.name, by, comment, at=now, delegation=held)
    return finished(APPROVAL_REQUEST.change(request, given))


def reject(
    request: ApprovalRequest,
    /,
    *,
    by: ActorId,
    comment: str,
    delegations: Iterable[Delegation] = (),
    now: dt.datetime,
) -> ApprovalChange:
    """Reject on the current step, which ends the request; or counts, where the step says so and can still be passed.

    Raises:
        Refused: `move.not_allowed` once the request has ended; `approval.own_request`, `approval.decided_already`,
            `approval.outside_window` and `approval.not_approver` for who cannot decide now.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> reject(pending_request(), by="wang", comment="margin too low", now=NOON).after.status.value
    'rejected'
    """
    step, held = _deciding(request, by, RequestRejected, delegations, now)
    counted = APPROVAL_REQUEST.change(
        request, RejectionGiven(request.id, step.name, by, comment, at=now, delegation=held)
    )
    if counted.after.is_lost(step):
        ended = RequestRejected(request.id, step.name, by, comment, at=now, delegation=held)
        return APPROVAL_REQUEST.change(request, ended)
    return counted


def send_back(
    request: ApprovalRequest,
    /,
    *,
    to: str | None,
    by: ActorId,
    comment: str,
    delegations: Iterable[Delegation] = (),
    now: dt.datetime,
) -> ApprovalChange:
    """Send a request back 退回: to an earlier step by its name, from which on everybody decides again, or (None) to the submitter.

    Raises:
        Refused: as `reject`; `approval.no_earlier_step`, and `approval.detours_used` once the flow allows no more.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> request = approve(pending_request(), by="wang", now=NOON).after
    >>> send_back(request, to="manager", by="zhao", comment="terms?", now=NOON).after.waiting_for
    ('wang',)
    >>> send_back(request, to=None, by="zhao", comment="terms?", now=NOON).after.waiting_for
    ('li',)
    """
    step, held = _deciding(request, by, StepReopened, delegations, now)
    check_detour(request)
    if to is None:
        returned = RequestReturned(request.id, step.name, by, comment, at=now, delegation=held)
        return APPROVAL_REQUEST.change(request, returned)
    names = [one.name for one in request.steps]
    earlier = names[: names.index(step.name)]
    if to not in earlier:
        raise Refused(
            "approval.no_earlier_step",
            f"request {request.id} stands on step {step.name}, and {to} is none before it; "
            f"send it back to {', '.join([*earlier, 'its submitter'])}",
            request=request.id,
            step=step.name,
            to=to,
            earlier=", ".join(earlier) or "-",
        )
    return APPROVAL_REQUEST.change(
        request, StepReopened(request.id, step.name, to, by, comment, at=now, delegation=held)
    )


def resubmit(
    request: ApprovalRequest,
    /,
    *,
    amount: Money | None,
    by: ActorId,
    facts: Mapping[str, RequestFact] | None = None,
    directory: OrgDirectory | None = None,
    now: dt.datetime,
) -> ApprovalChange:
    """Submit a returned request again, as it now is: under the same version of the flow, and everybody decides again.

    Raises:
        Refused: `move.not_allowed` unless it was returned; `approval.not_submitter`; those of `submit`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> returned = send_back(pending_request(), to=None, by="wang", comment="too much", now=NOON).after
    >>> again = resubmit(returned, amount=Money.of("40000", "CNY"), by="li", now=NOON).after
    >>> [step.name for step in again.steps], again.waiting_for
    (['manager'], ('wang',))
    """
    check_move(TRANSITIONS, request.status, RequestResubmitted, kind="approval_request", subject=request.id)
    check_submitter(request, by)
    check_amount(amount)
    known = as_facts(facts or {})
    steps, reasons = Asking(request.id, request.flow, by, directory, now).steps(amount, known)
    return finished(
        APPROVAL_REQUEST.change(
            request, RequestResubmitted(request.id, steps, amount, by, reasons, at=now, facts=known)
        )
    )


def revoke(request: ApprovalRequest, /, *, by: ActorId, now: dt.datetime) -> ApprovalChange:
    """Take a pending or returned request back 撤回; only its submitter can. The thing that it is about was never changed by it.

    Raises:
        Refused: `move.not_allowed` once the request has ended; `approval.not_submitter`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> revoke(pending_request(), by="li", now=NOON).after.status.value
    'revoked'
    >>> revoke(pending_request(), by="wang", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 was submitted by li, not by wang; only li can do that
    """
    check_move(TRANSITIONS, request.status, RequestRevoked, kind="approval_request", subject=request.id)
    check_submitter(request, by)
    return APPROVAL_REQUEST.change(request, RequestRevoked(request.id, by=by, at=now))


def finished(change: ApprovalChange) -> ApprovalChange:
    """Return a change with the approval of the request behind it, where no step is left to pass."""
    after = change.after
    if after.status is RequestStatus.PENDING and after.current_step is None:
        return APPROVAL_REQUEST.extend(change, RequestApproved(after.id, at=change.events[-1].at))
    return change


def check_detour(request: ApprovalRequest) -> None:
    """Refuse one more detour than the flow allows: what makes every request end."""
    most = request.flow.most_detours
    if request.detours >= most:
        raise Refused(
            "approval.detours_used",
            f"request {request.id} has taken its {most} detours; approve or reject it",
            request=request.id,
            most=most,
        )


def check_submitter(request: ApprovalRequest, by: ActorId) -> None:
    """Refuse everybody but the submitter."""
    if by != request.submitted_by:
        raise Refused(
            "approval.not_submitter",
            f"request {request.id} was submitted by {request.submitted_by}, not by {by}; "
            f"only {request.submitted_by} can do that",
            request=request.id,
            submitter=request.submitted_by,
            by=by,
        )


def _deciding(
    request: ApprovalRequest,
    by: ActorId,
    event: type[ApprovalEvent],
    delegations: Iterable[Delegation],
    now: dt.datetime,
) -> tuple[Step, Delegation | None]:
    """Return the current step if `by` may decide on it, and by whose delegation."""
    check_move(TRANSITIONS, request.status, event, kind="approval_request", subject=request.id)
    step, awaited = request.current_step, request.waiting_for
    if step is not None and by in awaited:
        return step, None
    held = [one for one in delegations if one.deputy == by and one.principal in awaited]
    covering = next((one for one in held if one.covers(now)), None)
    decided = step is not None and by in request.decided_on(step)
    if step is not None and covering is not None and request.may_decide(by) and not decided:
        return step, covering
    if not request.may_decide(by):
        code, why = "approval.own_request", f"not for its submitter {by}"
    elif decided:
        code, why = "approval.decided_already", f"and {by} has decided on it"
    elif held:
        code, why = "approval.outside_window", f"and {by} is no deputy of {held[0].principal} at this time"
    else:
        code, why = "approval.not_approver", f"not for {by}"
    name, who = ("" if step is None else step.name), ", ".join(awaited)
    raise Refused(
        code,
        f"request {request.id} waits on step {name} for {who}, {why}; one of them can decide",
        request=request.id,
        step=name,
        by=by,
        waiting_for=who,
    )
