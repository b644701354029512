"""How a request is submitted, decided and taken back."""

import datetime as dt

import attrs

from ltc._approvals.flow import Flow, Step, WhenEmpty
from ltc._approvals.request import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    ApprovalEvent,
    ApprovalGiven,
    ApprovalRequest,
    RequestApproved,
    RequestRejected,
    RequestRevoked,
    RequestSubmitted,
)
from ltc.errors import InvalidType, Refused
from ltc.events import Change, Subject, check_move
from ltc.findings import Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money


def submit(
    request_id: RequestId, /, *, flow: Flow, about: Subject, amount: Money | None, by: ActorId, now: dt.datetime
) -> Change[ApprovalRequest, ApprovalEvent]:
    """Submit a thing for approval. The request keeps this version of the flow, whatever becomes of the flow.

    Steps whose band excludes the amount are skipped and, unless the flow lets him decide, the submitter is left out of the
    approvers; both with a reason. Where no step applies, the flow's `when_empty` says what happens.

    Raises:
        Refused: `approval.no_step` where no step applies and the flow wants one; `approval.nobody` where leaving the submitter out
            leaves a step without approvers.
        InvalidType: the amount is no money.
        CurrencyMismatch: the bands are in another currency.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.approvals import NOON, two_levels
    >>> small = Money.of("20000", "CNY")
    >>> change = submit("AR-1", flow=two_levels(), about=Subject("contract", "K1"), amount=small, by="li", now=NOON)
    >>> [step.name for step in change.after.steps], [reason.code for reason in change.after.reasons]
    (['manager'], ['approval.step_skipped'])
    """
    if amount is not None and not isinstance(amount, Money):
        raise InvalidType("approval.amount", f"amount is {amount!r:.40}; pass a Money or None", value=repr(amount)[:40])
    applying, skipped = _applying(flow, amount)
    if not applying and flow.when_empty is WhenEmpty.REFUSE:
        raise Refused(
            "approval.no_step",
            f"no step of flow {flow.id} version {flow.version} applies to request {request_id}; "
            "use a flow with a step for it, or one that approves such requests",
            request=request_id,
            flow=flow.id,
            flow_version=flow.version,
        )
    steps, left_out = (applying, ()) if flow.submitter_may_decide else _without(by, applying, request_id)
    submitted = RequestSubmitted(
        request_id,
        flow=flow,
        steps=steps,
        about=about,
        amount=amount,
        by=by,
        reasons=(*skipped, *left_out),
        at=now,
    )
    if not steps:
        return APPROVAL_REQUEST.change(None, submitted, RequestApproved(request_id, at=now))
    return APPROVAL_REQUEST.change(None, submitted)


def _applying(flow: Flow, amount: Money | None) -> tuple[tuple[Step, ...], tuple[Reason, ...]]:
    applying, skipped = [], []
    for step in flow.steps:
        if amount is None or step.applies_to(amount):
            applying.append(step)
        else:
            skipped.append(Reason.of("approval.step_skipped", step=step.name, amount=amount))
    return tuple(applying), tuple(skipped)


def _without(
    submitter: ActorId, steps: tuple[Step, ...], request_id: RequestId
) -> tuple[tuple[Step, ...], tuple[Reason, ...]]:
    kept, reasons = [], []
    for step in steps:
        others = tuple(approver for approver in step.approvers if approver != submitter)
        if not others:
            raise Refused(
                "approval.nobody",
                f"step {step.name} of request {request_id} has no approver but its submitter {submitter}; "
                "name another approver or let somebody else submit",
                request=request_id,
                step=step.name,
                submitter=submitter,
            )
        kept.append(step if others == step.approvers else attrs.evolve(step, approvers=others))
        if others != step.approvers:
            reasons.append(Reason.of("approval.submitter_left_out", step=step.name, submitter=submitter))
    return tuple(kept), tuple(reasons)


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
    """Reject on the current step, which ends the request in every mode.

    Raises:
        Refused: `move.not_allowed` once the request has ended; `approval.own_request`, `approval.decided_already` and
            `approval.not_approver` for who cannot decide now.

    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> reject(pending_request(), by="wang", comment="margin too low", now=NOON).after.status.value
    'rejected'
    """
    step = _deciding(request, by, RequestRejected)
    return APPROVAL_REQUEST.change(request, RequestRejected(request.id, step.name, by, comment, at=now))


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
