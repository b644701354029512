"""How others come to take part in a request: one more signer, a part handed on, a copy, an urge, approvers looked up again."""

import datetime as dt

from ltc._approvals.deciding import ApprovalChange, check_detour, check_submitter, finished
from ltc._approvals.directory import OrgDirectory
from ltc._approvals.events import (
    ApprovalEvent,
    ApprovalHandedOn,
    ApproversResolved,
    RequestCopied,
    RequestUrged,
    SignerAdded,
    SignerPlace,
)
from ltc._approvals.flow import Step
from ltc._approvals.request import APPROVAL_REQUEST, TRANSITIONS, ApprovalRequest, signer_step
from ltc._approvals.resolving import Asking
from ltc.errors import Refused
from ltc.events import check_move
from ltc.findings import Reason
from ltc.ids import ActorId


def add_signer(
    request: ApprovalRequest,
    /,
    *,
    signer: ActorId,
    place: SignerPlace,
    by: ActorId,
    comment: str = "",
    now: dt.datetime,
) -> ApprovalChange:
    """Ask for one more signature 加签, before or after the current step; who is awaited on it can. The signer gets a step of his own.

    Raises:
        Refused: `move.not_allowed` unless it is pending; `approval.not_approver`; `approval.detours_used`; and, of the signer,
            `approval.own_request`, `approval.asked_already` (he stands on the step) and `approval.counted_already` (his approval counts).

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> request = add_signer(pending_request(), signer="sun", place=SignerPlace.BEFORE, by="wang", now=NOON).after
    >>> request.current_step.name, request.waiting_for
    ('manager + sun', ('sun',))
    """
    step = _awaited(request, by, SignerAdded)
    _check_newcomer(request, step, signer)
    added = signer_step(step.name, signer)
    if any(one.name == added.name for one in request.steps):
        raise _asked_already(request, step, signer)
    event = SignerAdded(request.id, step.name, by, signer, place, comment, at=now)
    change = APPROVAL_REQUEST.change(request, event)
    return _asking(change, added.name, signer)


def hand_on(
    request: ApprovalRequest, /, *, to: ActorId, by: ActorId, comment: str = "", now: dt.datetime
) -> ApprovalChange:
    """Hand one's part of the current step on to somebody else 转交, who is asked in one's place.

    Raises:
        Refused: as `add_signer`, of the person to whom it goes.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> hand_on(pending_request(), to="sun", by="wang", now=NOON).after.waiting_for
    ('sun',)
    """
    step = _awaited(request, by, ApprovalHandedOn)
    _check_newcomer(request, step, to)
    change = APPROVAL_REQUEST.change(request, ApprovalHandedOn(request.id, step.name, by, to, comment, at=now))
    return _asking(change, step.name, to)


def copy_to(request: ApprovalRequest, /, *, to: ActorId, by: ActorId, now: dt.datetime) -> ApprovalChange:
    """Inform somebody of a request 抄送, who has no vote by it; its submitter and its approvers can.

    Raises:
        Refused: `move.not_allowed` once it has ended; `approval.no_part`; `approval.copied_already`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> copy_to(pending_request(), to="sun", by="li", now=NOON).after.copied
    ('sun',)
    """
    check_move(TRANSITIONS, request.status, RequestCopied, kind="approval_request", subject=request.id)
    part = {request.submitted_by, *(one for step in request.steps for one in step.approvers)}
    if by not in part:
        raise Refused(
            "approval.no_part",
            f"{by} has no part in request {request.id}; its submitter and its approvers can pass it on",
            request=request.id,
            by=by,
        )
    if to in request.copied:
        raise Refused(
            "approval.copied_already",
            f"{to} was informed of request {request.id} before; name somebody else",
            request=request.id,
            person=to,
        )
    return APPROVAL_REQUEST.change(request, RequestCopied(request.id, by, to, at=now))


def urge(request: ApprovalRequest, /, *, by: ActorId, comment: str = "", now: dt.datetime) -> ApprovalChange:
    """Urge who is awaited 催办: a fact for the host to send on, which decides nothing. Only the submitter can.

    Raises:
        Refused: `move.not_allowed` unless it is pending; `approval.not_submitter`.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> urge(pending_request(), by="li", now=NOON).after.waiting_for
    ('wang',)
    """
    check_move(TRANSITIONS, request.status, RequestUrged, kind="approval_request", subject=request.id)
    check_submitter(request, by)
    return APPROVAL_REQUEST.change(request, RequestUrged(request.id, _current(request).name, by, comment, at=now))


def reresolve(request: ApprovalRequest, /, *, directory: OrgDirectory, by: ActorId, now: dt.datetime) -> ApprovalChange:
    """Look the approvers up again, from the current step on: the one way in which a change of the organisation reaches a request.

    The steps stay the same; those that somebody has decided on and those of added signers keep their people. What was handed on or
    escalated on the others is asked as the flow says again.

    Raises:
        Refused: `move.not_allowed` unless it is pending; `approval.same_approvers`; `approval.detours_used`; those of `submit`.

    >>> from ltc.approvals import Flow, InRole, submit
    >>> from ltc.events import Subject
    >>> from ltc.testing.samples.approvals import NOON, organisation
    >>> flow, about = Flow("f", 1, (Step("finance", by_rule=(InRole("finance"),)),)), Subject("contract", "K1")
    >>> request = submit("AR-1", flow=flow, about=about, amount=None, by="li", directory=organisation(), now=NOON).after
    >>> reresolve(request, directory=organisation(), by="admin", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: the approvers of request AR-1 would be the same; there is nothing to look up again
    """
    check_move(TRANSITIONS, request.status, ApproversResolved, kind="approval_request", subject=request.id)
    check_detour(request)
    asking = Asking(request.id, request.flow, request.submitted_by, directory, now)
    of_flow = {step.name: step for step in request.flow.steps}
    reached = request.steps.index(_current(request))
    steps, reasons = list(request.steps[:reached]), list[Reason]()
    for step in request.steps[reached:]:
        if step.name not in of_flow or request.decided_on(step):
            steps.append(step)
            continue
        fresh, why = asking.resolved(of_flow[step.name])
        steps.append(fresh or step)
        reasons += why
    if tuple(steps) == request.steps:
        raise Refused(
            "approval.same_approvers",
            f"the approvers of request {request.id} would be the same; there is nothing to look up again",
            request=request.id,
        )
    event = ApproversResolved(request.id, tuple(steps), by, tuple(reasons), at=now)
    return finished(APPROVAL_REQUEST.change(request, event))


def _current(request: ApprovalRequest) -> Step:
    step = request.current_step
    if step is None:
        raise AssertionError(request.id)
    return step


def _awaited(request: ApprovalRequest, by: ActorId, event: type[ApprovalEvent]) -> Step:
    """Return the current step if `by` is awaited on it, and the flow allows one more detour."""
    check_move(TRANSITIONS, request.status, event, kind="approval_request", subject=request.id)
    step, who = _current(request), ", ".join(request.waiting_for)
    if by not in request.waiting_for:
        raise Refused(
            "approval.not_approver",
            f"request {request.id} waits on step {step.name} for {who}, not for {by}; one of them can do that",
            request=request.id,
            step=step.name,
            by=by,
            waiting_for=who,
        )
    check_detour(request)
    return step


def _check_newcomer(request: ApprovalRequest, step: Step, person: ActorId) -> None:
    """Refuse who may not decide, and who has a part in the step already: one person decides once on a step."""
    if not request.may_decide(person):
        raise Refused(
            "approval.own_request",
            f"request {request.id} waits on step {step.name}, and its submitter {person} does not decide; name another",
            request=request.id,
            step=step.name,
            by=person,
            waiting_for=", ".join(request.waiting_for),
        )
    if person in step.approvers or person in request.decided_on(step):
        raise _asked_already(request, step, person)


def _asked_already(request: ApprovalRequest, step: Step, person: ActorId) -> Refused:
    return Refused(
        "approval.asked_already",
        f"{person} has a part in step {step.name} of request {request.id}; name somebody else",
        request=request.id,
        step=step.name,
        person=person,
    )


def _asking(change: ApprovalChange, step: str, person: ActorId) -> ApprovalChange:
    """Refuse a change that would ask nothing of the person, since his approval of another step counts."""
    after = change.after
    if any(one.name == step and person in after.yes_on(one) for one in after.steps):
        raise Refused(
            "approval.counted_already",
            f"the approval of {person} counts on step {step} of request {after.id} already; name somebody else",
            request=after.id,
            step=step,
            person=person,
        )
    return change
