"""How a thing is submitted for approval."""

import datetime as dt
from collections.abc import Mapping

from ltc._approvals.conditions import RequestFact, as_facts
from ltc._approvals.directory import OrgDirectory
from ltc._approvals.events import ApprovalEvent, RequestApproved, RequestSubmitted
from ltc._approvals.flow import Flow
from ltc._approvals.request import APPROVAL_REQUEST, ApprovalRequest
from ltc._approvals.resolving import Asking
from ltc.errors import InvalidType
from ltc.events import Change, Subject
from ltc.ids import ActorId, RequestId
from ltc.money import Money


def submit(
    request_id: RequestId,
    /,
    *,
    flow: Flow,
    about: Subject,
    amount: Money | None,
    by: ActorId,
    facts: Mapping[str, RequestFact] | None = None,
    directory: OrgDirectory | None = None,
    now: dt.datetime,
) -> Change[ApprovalRequest, ApprovalEvent]:
    """Submit a thing for approval. The request keeps this version of the flow and the people found now, whatever becomes of either.

    Steps whose band or conditions exclude the request are skipped; roles and superiors are looked up in the directory; unless the
    flow lets him decide, the submitter is left out of the approvers; all with a reason. A step that then asks nobody is refused,
    passed over or given to the stand-in, as the flow says. Where no step is left, the flow's `when_empty` says what happens.

    Raises:
        Refused: `approval.no_step` where no step applies and the flow wants one; `approval.nobody` where leaving the submitter out
            leaves a step without approvers, `approval.unfilled` where nobody is found, `approval.too_few` for k of n.
        InvalidType: the amount is no money, or a fact is nothing that a condition can look at.
        InvalidValue: a step asks for a role or a superior, and there is no directory.
        CurrencyMismatch: the bands are in another currency.

    >>> from ltc.testing.samples.approvals import NOON, two_levels
    >>> small = Money.of("20000", "CNY")
    >>> change = submit("AR-1", flow=two_levels(), about=Subject("contract", "K1"), amount=small, by="li", now=NOON)
    >>> [step.name for step in change.after.steps], [reason.code for reason in change.after.reasons]
    (['manager'], ['approval.step_skipped'])
    """
    check_amount(amount)
    known = as_facts(facts or {})
    steps, reasons = Asking(request_id, flow, by, directory, now).steps(amount, known)
    submitted = RequestSubmitted(
        request_id, flow=flow, steps=steps, about=about, amount=amount, by=by, reasons=reasons, at=now, facts=known
    )
    change = APPROVAL_REQUEST.change(None, submitted)
    return change if steps else APPROVAL_REQUEST.extend(change, RequestApproved(request_id, at=now))


def check_amount(amount: Money | None) -> None:
    """Refuse an amount that is no money."""
    if amount is not None and not isinstance(amount, Money):
        raise InvalidType("approval.amount", f"amount is {amount!r:.40}; pass a Money or None", value=repr(amount)[:40])
