"""What can happen to a request for approval."""

import datetime as dt
import enum
from typing import Any

import attrs

from ltc._approvals.delegation import Delegation
from ltc._approvals.flow import Flow, Step
from ltc._fields import exactly, member
from ltc.errors import InvalidType
from ltc.events import Subject, instant
from ltc.findings import Fact, Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money
from ltc.text import free_text, one_line


class SignerPlace(enum.StrEnum):
    """Whether a signer who is added 加签 decides before or after the step that he is added to.

    >>> SignerPlace("before").name
    'BEFORE'
    """

    BEFORE = "before"
    """前加签: the step waits until he has decided."""
    AFTER = "after"
    """后加签: he is asked once the step is passed."""


def _people(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple:
        raise InvalidType(
            "approval.records", f"{attribute.name} are {value!r:.40}; pass a tuple", name=attribute.name, kind="str"
        )
    for person in value:
        one_line(None, attribute, person)


@attrs.frozen
class RequestSubmitted:
    """Something was submitted for approval, with the flow as it then was.

    >>> from ltc.testing.samples.approvals import pending_request, submitted
    >>> submitted().about
    Subject(kind='contract', id='K1')
    """

    request: RequestId = attrs.field(validator=one_line)
    flow: Flow
    steps: tuple[Step, ...]
    about: Subject = attrs.field(validator=exactly(Subject))
    amount: Money | None = attrs.field(validator=attrs.validators.optional(exactly(Money)))
    by: ActorId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)
    facts: tuple[tuple[str, Fact], ...] = ()


@attrs.frozen
class ApprovalGiven:
    """One approver approved on one step; the step may wait for others.

    >>> from ltc.testing.samples.approvals import NOON
    >>> ApprovalGiven("AR-1", step="manager", by="wang", comment="", at=NOON).step
    'manager'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)
    delegation: Delegation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Delegation)))


@attrs.frozen
class RejectionGiven:
    """One approver rejected on a step where a rejection counts; the approvals that it needs can still be reached.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RejectionGiven("AR-1", step="board", by="wang", comment="margin too low", at=NOON).by
    'wang'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)
    delegation: Delegation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Delegation)))


@attrs.frozen
class RequestApproved:
    """The last step was passed, or there was none to pass.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestApproved("AR-1", at=NOON).request
    'AR-1'
    """

    request: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestRejected:
    """An approver rejected, and with that the request: it is over, or the approvals that are needed can no longer be reached.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestRejected("AR-1", step="manager", by="wang", comment="margin too low", at=NOON).comment
    'margin too low'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)
    delegation: Delegation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Delegation)))


@attrs.frozen
class RequestRevoked:
    """The submitter took the request back 撤回.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestRevoked("AR-1", by="li", at=NOON).by
    'li'
    """

    request: RequestId = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class StepReopened:
    """An approver sent the request back to an earlier step, from which on everybody decides again.

    >>> from ltc.testing.samples.approvals import NOON
    >>> StepReopened("AR-1", step="finance", to="manager", by="zhao", comment="terms", at=NOON).to
    'manager'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    to: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)
    delegation: Delegation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Delegation)))


@attrs.frozen
class RequestReturned:
    """An approver sent the request back to its submitter, who submits it again or revokes it.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestReturned("AR-1", step="manager", by="wang", comment="which discount?", at=NOON).comment
    'which discount?'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)
    delegation: Delegation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Delegation)))


@attrs.frozen
class RequestResubmitted:
    """The submitter submitted a returned request again; the flow is the version that it began with.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestResubmitted("AR-1", steps=(), amount=None, by="li", reasons=(), at=NOON).by
    'li'
    """

    request: RequestId = attrs.field(validator=one_line)
    steps: tuple[Step, ...]
    amount: Money | None = attrs.field(validator=attrs.validators.optional(exactly(Money)))
    by: ActorId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)
    facts: tuple[tuple[str, Fact], ...] = ()


@attrs.frozen
class SignerAdded:
    """An approver asked for one more signature 加签, before or after the current step.

    >>> from ltc.testing.samples.approvals import NOON
    >>> SignerAdded("AR-1", step="finance", by="zhao", signer="sun", place=SignerPlace.BEFORE, comment="", at=NOON).signer
    'sun'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    signer: ActorId = attrs.field(validator=one_line)
    place: SignerPlace = attrs.field(validator=member(SignerPlace))
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ApprovalHandedOn:
    """An approver handed his part of the current step on to somebody else 转交.

    >>> from ltc.testing.samples.approvals import NOON
    >>> ApprovalHandedOn("AR-1", step="manager", by="wang", to="sun", comment="away", at=NOON).to
    'sun'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    to: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestCopied:
    """Somebody was informed 抄送, who has no vote by it.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestCopied("AR-1", by="li", to="sun", at=NOON).to
    'sun'
    """

    request: RequestId = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    to: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RequestUrged:
    """The submitter urged who is awaited 催办, which decides nothing.

    >>> from ltc.testing.samples.approvals import NOON
    >>> RequestUrged("AR-1", step="manager", by="li", comment="today, please", at=NOON).by
    'li'
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    comment: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class StepEscalated:
    """The current step was overdue and went to others, the first of whom decides it.

    >>> from ltc.testing.samples.approvals import NOON
    >>> StepEscalated("AR-1", step="manager", to=("zhao",), reasons=(), at=NOON).to
    ('zhao',)
    """

    request: RequestId = attrs.field(validator=one_line)
    step: str = attrs.field(validator=one_line)
    to: tuple[ActorId, ...] = attrs.field(validator=_people)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ApproversResolved:
    """The approvers of steps that nobody had decided on were looked up again.

    >>> from ltc.testing.samples.approvals import NOON
    >>> ApproversResolved("AR-1", steps=(), by="admin", reasons=(), at=NOON).by
    'admin'
    """

    request: RequestId = attrs.field(validator=one_line)
    steps: tuple[Step, ...]
    by: ActorId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)


ApprovalEvent = (
    RequestSubmitted
    | ApprovalGiven
    | RejectionGiven
    | RequestApproved
    | RequestRejected
    | RequestRevoked
    | StepReopened
    | RequestReturned
    | RequestResubmitted
    | SignerAdded
    | ApprovalHandedOn
    | RequestCopied
    | RequestUrged
    | StepEscalated
    | ApproversResolved
)
