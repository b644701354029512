"""What happened to a request, told as a reason: a code and its facts, for any language."""

from typing import assert_never

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
    StepEscalated,
    StepReopened,
)
from ltc.findings import Fact, Reason


def told(event: ApprovalEvent) -> Reason:
    """Return what an event says to a reader; a `comment` stands among its facts."""
    match event:
        case ApprovalGiven() | RejectionGiven() | RequestRejected():
            return _vote(event)
        case StepReopened() | RequestReturned() | SignerAdded() | ApprovalHandedOn() | StepEscalated():
            return _routed(event)
        case RequestSubmitted(about=about, flow=flow):
            return Reason.of(
                "approval.did_submit",
                by=event.by,
                kind=about.kind,
                id=about.id,
                flow=flow.id,
                flow_version=flow.version,
                at=event.at,
            )
        case RequestResubmitted():
            return Reason.of("approval.did_resubmit", by=event.by, at=event.at)
        case ApproversResolved():
            return Reason.of("approval.did_resolve", by=event.by, at=event.at)
        case RequestCopied():
            return Reason.of("approval.did_copy", by=event.by, person=event.to, at=event.at)
        case RequestUrged():
            return Reason.of("approval.did_urge", by=event.by, step=event.step, comment=event.comment, at=event.at)
        case RequestApproved():
            return Reason.of("approval.did_end", at=event.at)
        case RequestRevoked():
            return Reason.of("approval.did_revoke", by=event.by, at=event.at)
        case _:
            assert_never(event)


def _vote(event: ApprovalGiven | RejectionGiven | RequestRejected) -> Reason:
    held = event.delegation
    facts: dict[str, Fact] = {"by": event.by, "step": event.step, "comment": event.comment, "at": event.at}
    if isinstance(event, ApprovalGiven):
        if held is None:
            return Reason.of("approval.did_approve", **facts)
        return Reason.of("approval.did_approve_for", **facts, **_window(held))
    if held is None:
        return Reason.of("approval.did_reject", **facts)
    return Reason.of("approval.did_reject_for", **facts, **_window(held))


def _window(held: Delegation) -> dict[str, str]:
    until = "…" if held.until is None else held.until.isoformat()
    return {"principal": held.principal, "since": held.since.isoformat(), "until": until}


def _routed(
    event: StepReopened | RequestReturned | SignerAdded | ApprovalHandedOn | StepEscalated,
) -> Reason:
    step, at = event.step, event.at
    match event:
        case StepReopened(to=to, by=by, comment=comment):
            return Reason.of("approval.did_reopen", step=step, to=to, by=by, comment=comment, at=at)
        case RequestReturned(by=by, comment=comment):
            return Reason.of("approval.did_return", step=step, by=by, comment=comment, at=at)
        case SignerAdded(by=by, signer=signer, comment=comment):
            return Reason.of("approval.did_add", step=step, by=by, person=signer, comment=comment, at=at)
        case ApprovalHandedOn(by=by, to=to, comment=comment):
            return Reason.of("approval.did_hand_on", step=step, by=by, person=to, comment=comment, at=at)
        case StepEscalated(to=people):
            return Reason.of("approval.did_escalate", step=step, people=", ".join(people), at=at)
        case _:
            assert_never(event)
