"""Who decided what, and why somebody was or was not asked, in the reader's language."""

from collections.abc import Iterator

from ltc._approvals.flow import Step
from ltc._approvals.request import ApprovalRequest
from ltc.findings import Reason
from ltc.text import say


def explain(request: ApprovalRequest, locale: str, /) -> tuple[str, ...]:
    """Return the story of a request: what happened, oldest first, with who was asked or not and why, then how each step stands.

    >>> from ltc.approvals import approve
    >>> from ltc.testing.samples.approvals import NOON, pending_request
    >>> request = approve(pending_request(), by="wang", comment="good margin", now=NOON).after
    >>> for line in explain(request, "en")[1:]:
    ...     print(line)
    wang approved on step manager (Mar 2, 2026 04:00 UTC): good margin
    step manager is passed by wang
    step finance waits for zhao, qian
    >>> explain(request, "zh_CN")[-1]
    '步骤 finance 正等待 zhao, qian 审批'
    """
    return (
        *(_with_comment(reason, locale) for reason in request.history),
        *(reason.say(locale) for step in request.steps for reason in _standing(request, step)),
    )


def _with_comment(reason: Reason, locale: str) -> str:
    comment = dict(reason.facts).get("comment")
    said = reason.say(locale)
    return say("approval.comment", locale, said=said, comment=comment) if comment else said


def _standing(request: ApprovalRequest, step: Step) -> Iterator[Reason]:
    """Return how a step stands: passed by whom and whom it did not need, waited for, or ahead."""
    yes, no = request.yes_on(step), request.no_on(step)
    by = ", ".join(one for one in step.approvers if one in yes)
    rest = ", ".join(one for one in step.approvers if one not in yes | no)
    current = request.current_step
    if request.is_passed(step):
        yield Reason.of("approval.step_passed", step=step.name, people=by)
        if rest:
            yield Reason.of("approval.step_needed_no_more", step=step.name, people=rest)
    elif current is not None and current.name == step.name:
        yield Reason.of("approval.step_waits", step=step.name, people=rest)
    elif no and request.is_lost(step):
        yield Reason.of(
            "approval.step_lost", step=step.name, people=", ".join(one for one in step.approvers if one in no)
        )
    else:
        yield Reason.of("approval.step_ahead", step=step.name, people=", ".join(step.approvers))
    seats = {one.seat for one in request.decisions_on(step)}
    for person in step.approvers:
        if person in yes - seats:
            yield Reason.of("approval.counts_from_before", step=step.name, person=person)
