"""Approvals: what must be agreed to by others before it happens.

A `Flow` is data: steps in their order, each with its approvers, its mode (all 会签, any 或签, k of n) and the requests that it is for:
a band of amounts, conditions on other facts such as a discount or the grade of a customer. Approvers are people, roles of ours or of
another company, superiors so many levels up; roles and superiors are found in an `OrgDirectory` when the request is submitted. Who
wants something approved submits a request *about* a thing; the request keeps the version of the flow and the people found, with the
reasons. The approvers of the current step decide, each once: an approval may pass the step, the last step approves the request, a
rejection ends it or counts, as the step says. A deputy decides for his principal within a `Delegation`. Approvers may also add a
signer 加签, hand their part on 转交, or send the request back 退回 to an earlier step or to its submitter, who submits it again; what
waits too long is `overdue` and goes to others (`escalate`); copies 抄送 and urges 催办 decide nothing. Until it ends its submitter can
revoke it. `explain` tells who decided what and why somebody was or was not asked. What an approval lets happen (a contract signed, a
refund paid) is the business of the room that asked for it, which looks at the request first: `check_granted`.

The states of a request, and the event that leads from one to the next:

    pending → pending      ApprovalGiven, RejectionGiven, StepReopened
    pending → pending      SignerAdded, ApprovalHandedOn, StepEscalated, ApproversResolved, RequestUrged, RequestCopied
    pending → returned     RequestReturned
    pending → approved     RequestApproved
    pending → rejected     RequestRejected
    pending → revoked      RequestRevoked
    returned → pending     RequestResubmitted
    returned → returned    RequestCopied
    returned → revoked     RequestRevoked

While a request is pending or returned somebody is awaited; every decision shortens the way, and the detours (sent back, handed on,
another signer, approvers looked up again) are counted and limited by the flow, so every request ends.

>>> from ltc import approvals
>>> from ltc.testing.samples.approvals import NOON, pending_request
>>> request = pending_request()
>>> for approver in ("wang", "zhao", "qian"):
...     request = approvals.approve(request, by=approver, now=NOON).after
>>> request.status.value, [(decision.step, decision.by) for decision in request.decisions]
('approved', [('manager', 'wang'), ('finance', 'zhao'), ('finance', 'qian')])
"""

from typing import TYPE_CHECKING

from ltc._approvals.conditions import Condition, MoneyBand, OneOf, RatioBand, RequestFact
from ltc._approvals.deciding import approve, reject, resubmit, revoke, send_back
from ltc._approvals.delegation import Delegation
from ltc._approvals.directory import Absence, ApproverRule, InRole, Organisation, OrgDirectory, Post, Superior
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
from ltc._approvals.flow import Duplicates, Escalation, Flow, Rejections, Step, StepMode, WhenEmpty, WhenNobody
from ltc._approvals.granting import check_granted
from ltc._approvals.request import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    ApprovalRequest,
    Decision,
    Reach,
    RequestStatus,
    Verdict,
)
from ltc._approvals.submitting import submit
from ltc._later import later

if TYPE_CHECKING:
    from ltc._approvals.escalating import Overdue, escalate, overdue
    from ltc._approvals.explaining import explain
    from ltc._approvals.routing import add_signer, copy_to, hand_on, reresolve, urge

__all__ = [
    "APPROVAL_REQUEST",
    "TRANSITIONS",
    "Absence",
    "ApprovalEvent",
    "ApprovalGiven",
    "ApprovalHandedOn",
    "ApprovalRequest",
    "ApproverRule",
    "ApproversResolved",
    "Condition",
    "Decision",
    "Delegation",
    "Duplicates",
    "Escalation",
    "Flow",
    "InRole",
    "MoneyBand",
    "OneOf",
    "OrgDirectory",
    "Organisation",
    "Overdue",
    "Post",
    "RatioBand",
    "Reach",
    "RejectionGiven",
    "Rejections",
    "RequestApproved",
    "RequestCopied",
    "RequestFact",
    "RequestRejected",
    "RequestResubmitted",
    "RequestReturned",
    "RequestRevoked",
    "RequestStatus",
    "RequestSubmitted",
    "RequestUrged",
    "SignerAdded",
    "SignerPlace",
    "Step",
    "StepEscalated",
    "StepMode",
    "StepReopened",
    "Superior",
    "Verdict",
    "WhenEmpty",
    "WhenNobody",
    "add_signer",
    "approve",
    "check_granted",
    "copy_to",
    "escalate",
    "explain",
    "hand_on",
    "overdue",
    "reject",
    "reresolve",
    "resubmit",
    "revoke",
    "send_back",
    "submit",
    "urge",
]

# Who only asks whether something was granted owes nothing to what few requests go through.
__getattr__, __dir__ = later(
    "ltc.approvals",
    {
        "ltc._approvals.escalating": "Overdue escalate overdue",
        "ltc._approvals.explaining": "explain",
        "ltc._approvals.routing": "add_signer copy_to hand_on reresolve urge",
    },
)
