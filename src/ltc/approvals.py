"""Approvals: what must be agreed to by others before it happens.

A `Flow` is data: steps in their order, each with its approvers, its mode (all 会签, any 或签, k of n) and the requests that it is for:
a band of amounts, conditions on other facts such as a discount or the grade of a customer. Approvers are people, roles of ours or of
another company, superiors so many levels up; roles and superiors are found in an `OrgDirectory` when the request is submitted. Who
wants something approved submits a request *about* a thing; the request keeps the version of the flow and the people found, with the
reasons. The approvers of the current step decide, each once: an approval may pass the step, the last step approves the request, a
rejection ends it or counts, as the step says. Until then its submitter can revoke it. What an approval lets happen (a contract
signed, a refund paid) is the business of the room that asked for it, which looks at the request first: `check_granted`.

The states of a request, and the event that leads from one to the next:

    pending → pending     ApprovalGiven, RejectionGiven
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

from ltc._approvals.conditions import Condition, MoneyBand, OneOf, RatioBand, RequestFact
from ltc._approvals.deciding import approve, reject, revoke
from ltc._approvals.directory import Absence, ApproverRule, InRole, Organisation, OrgDirectory, Post, Superior
from ltc._approvals.flow import Duplicates, Flow, Rejections, Step, StepMode, WhenEmpty, WhenNobody
from ltc._approvals.granting import check_granted
from ltc._approvals.request import (
    APPROVAL_REQUEST,
    TRANSITIONS,
    ApprovalEvent,
    ApprovalGiven,
    ApprovalRequest,
    Decision,
    RejectionGiven,
    RequestApproved,
    RequestRejected,
    RequestRevoked,
    RequestStatus,
    RequestSubmitted,
    Verdict,
)
from ltc._approvals.submitting import submit

__all__ = [
    "APPROVAL_REQUEST",
    "TRANSITIONS",
    "Absence",
    "ApprovalEvent",
    "ApprovalGiven",
    "ApprovalRequest",
    "ApproverRule",
    "Condition",
    "Decision",
    "Duplicates",
    "Flow",
    "InRole",
    "MoneyBand",
    "OneOf",
    "OrgDirectory",
    "Organisation",
    "Post",
    "RatioBand",
    "RejectionGiven",
    "Rejections",
    "RequestApproved",
    "RequestFact",
    "RequestRejected",
    "RequestRevoked",
    "RequestStatus",
    "RequestSubmitted",
    "Step",
    "StepMode",
    "Superior",
    "Verdict",
    "WhenEmpty",
    "WhenNobody",
    "approve",
    "check_granted",
    "reject",
    "revoke",
    "submit",
]
