"""Approvals: what must be agreed to by others before it happens.

A `Flow` is data: steps in their order, each with its approvers, its mode (all 会签, any 或签) and the band of amounts that it is for.
Who wants something approved submits a request *about* a thing; the request keeps the version of the flow that it was submitted
with. The approvers of the current step decide, each once: an approval may pass the step, the last step approves the request, one
rejection ends it. Until then its submitter can revoke it. What an approval lets happen (a contract signed, a refund paid) is the
business of the room that asked for it, which looks at the request first: `check_granted`.

The states of a request, and the event that leads from one to the next:

    pending → pending     ApprovalGiven
    pending → approved    RequestApproved
    pending → rejected    RequestRejected
    pending → revoked     RequestRevoked

While a request is pending somebody is awaited, and every decision shortens the way, so every request ends.

>>> from ltc import approvals
>>> from ltc.testing.samples.approvals import NOON, pending_request
>>> request = pending_request()
>>> for approver in ("wang", "zhao", "qian"):
...     request = approvals.approve(request, by=approver, now=NOON).after
>>> request.status.value, [(decision.step, decision.by) for decision in request.decisions]
('approved', [('manager', 'wang'), ('finance', 'zhao'), ('finance', 'qian')])
"""

from ltc._approvals.deciding import approve, reject, revoke, submit
from ltc._approvals.flow import Duplicates, Flow, Step, StepMode, WhenEmpty
from ltc._approvals.granting import check_granted
from ltc._approvals.request import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    ApprovalEvent,
    ApprovalGiven,
    ApprovalRequest,
    Decision,
    RequestApproved,
    RequestRejected,
    RequestRevoked,
    RequestStatus,
    RequestSubmitted,
    Verdict,
)

__all__ = [
    "APPROVAL_REQUEST",
    "TRANSITIONS",
    "ApprovalEvent",
    "ApprovalGiven",
    "ApprovalRequest",
    "Decision",
    "Duplicates",
    "Flow",
    "RequestApproved",
    "RequestRejected",
    "RequestRevoked",
    "RequestStatus",
    "RequestSubmitted",
    "Step",
    "StepMode",
    "Verdict",
    "WhenEmpty",
    "approve",
    "check_granted",
    "reject",
    "revoke",
    "submit",
]
