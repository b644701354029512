"""A lead: its state, what can happen to it, and the one place where it changes."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final, assert_never

import attrs

from ltc.errors import InvalidValue
from ltc.events import Life, evolved, instant, next_status, no_beginning
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, ContactId, LeadId, OpportunityId, PoolId
from ltc.text import free_text, one_line, optional_line


class LeadStatus(enum.StrEnum):
    """Where a lead stands. Only `POOLED` and `OWNED` leads are worked; exactly one of pool and owner holds them.

    >>> LeadStatus.POOLED.value
    'pooled'
    """

    UNREVIEWED = "unreviewed"
    """Captured, not graded yet: it waits."""
    NURTURED = "nurtured"
    """Graded, but not worth a rep's time yet."""
    POOLED = "pooled"
    """In a pool 公海, without owner."""
    OWNED = "owned"
    CONVERTED = "converted"
    DISQUALIFIED = "disqualified"


class Grade(enum.StrEnum):
    """What a lead is worth, A first.

    >>> Grade("A").name
    'A'
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@attrs.frozen
class Touch:
    """One act of follow-up 跟进 by the owner: a call, a visit, an e-mail; which kinds count is the pool policy's.

    >>> from ltc.testing.samples.leads import NOON
    >>> Touch("call", at=NOON).kind
    'call'
    """

    kind: str
    at: dt.datetime


@attrs.frozen
class Tenure:
    """A former owner of a lead, and when it left him.

    >>> from ltc.testing.samples.leads import NOON
    >>> Tenure("li", until=NOON).owner
    'li'
    """

    owner: ActorId
    until: dt.datetime


@attrs.frozen
class Lead:
    """A possible customer who may have a need: made by `capture`, moved by the verbs of `ltc.leads`.

    >>> from ltc.testing.samples.leads import owned_lead
    >>> lead = owned_lead()
    >>> lead.status, lead.owner, lead.pool
    (<LeadStatus.OWNED: 'owned'>, 'li', None)
    """

    id: LeadId
    version: int
    status: LeadStatus
    name: str | None
    company: str | None
    phone: str | None
    email: str | None
    source: str | None
    city: str | None
    captured_at: dt.datetime
    duplicates: tuple[LeadId, ...]
    """Leads that looked like this one when it was captured."""
    pool: PoolId | None = None
    owner: ActorId | None = None
    owned_since: dt.datetime | None = None
    touches: tuple[Touch, ...] = ()
    """Since the present owner has it, oldest first."""
    former: tuple[Tenure, ...] = ()
    """Who owned it before, oldest first."""
    grade: Grade | None = None
    points: int | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    opportunity: OpportunityId | None = None


@attrs.frozen
class LeadCaptured:
    """A lead came in from a channel, checked and normalised.

    >>> from ltc.testing.samples.leads import captured
    >>> captured().company
    '华东机械有限公司'
    """

    lead: LeadId = attrs.field(validator=one_line)
    name: str | None = attrs.field(validator=optional_line)
    company: str | None = attrs.field(validator=optional_line)
    phone: str | None = attrs.field(validator=optional_line)
    email: str | None = attrs.field(validator=optional_line)
    source: str | None = attrs.field(validator=optional_line)
    city: str | None = attrs.field(validator=optional_line)
    duplicates: tuple[LeadId, ...]
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.company is None:
            raise InvalidValue(
                "lead.nameless",
                f"lead {self.lead} has neither name nor company; give one of them",
                lead=self.lead,
            )


@attrs.frozen
class LeadGraded:
    """A lead was reviewed: good ones go to a pool to be assigned, the others are nurtured (`pool` is None).

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadGraded("L1", grade=Grade.A, points=80, pool="east", reasons=(), at=NOON).pool
    'east'
    """

    lead: LeadId = attrs.field(validator=one_line)
    grade: Grade
    points: int
    pool: PoolId | None = attrs.field(validator=optional_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadAssigned:
    """A lead was given to an owner by a rule, with the reasons of the decision.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadAssigned("L1", owner="li", reasons=(), at=NOON).owner
    'li'
    """

    lead: LeadId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadClaimed:
    """A rep took a lead out of the pool 领取.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadClaimed("L1", owner="li", at=NOON).owner
    'li'
    """

    lead: LeadId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadTouched:
    """The owner followed up 跟进.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadTouched("L1", by="li", kind="visit", note="", at=NOON).kind
    'visit'
    """

    lead: LeadId = attrs.field(validator=one_line)
    by: ActorId = attrs.field(validator=one_line)
    kind: str = attrs.field(validator=one_line)
    note: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadReturned:
    """A lead fell back to its pool, since its protection was over.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadReturned("L1", pool="east", previous_owner="li", at=NOON).previous_owner
    'li'
    """

    lead: LeadId = attrs.field(validator=one_line)
    pool: PoolId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadHandedOver:
    """A lead went from one owner to the next 交接.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadHandedOver("L1", owner="wang", previous_owner="li", reason="leaves", at=NOON).owner
    'wang'
    """

    lead: LeadId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadConverted:
    """A lead became an account, with a contact and perhaps an opportunity.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadConverted("L1", account="A1", contact="C1", opportunity="O1", at=NOON).account
    'A1'
    """

    lead: LeadId = attrs.field(validator=one_line)
    account: AccountId = attrs.field(validator=one_line)
    contact: ContactId | None = attrs.field(validator=optional_line)
    opportunity: OpportunityId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadDisqualified:
    """A lead was given up, with the reason.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadDisqualified("L1", reason="no budget", at=NOON).reason
    'no budget'
    """

    lead: LeadId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


LeadEvent = (
    LeadCaptured
    | LeadGraded
    | LeadAssigned
    | LeadClaimed
    | LeadTouched
    | LeadReturned
    | LeadHandedOver
    | LeadConverted
    | LeadDisqualified
)

_S = LeadStatus
TRANSITIONS: Final[Mapping[LeadStatus, Mapping[type[LeadEvent], LeadStatus]]] = {
    _S.UNREVIEWED: {LeadGraded: _S.POOLED, LeadDisqualified: _S.DISQUALIFIED},
    _S.NURTURED: {LeadGraded: _S.POOLED, LeadDisqualified: _S.DISQUALIFIED},
    _S.POOLED: {LeadAssigned: _S.OWNED, LeadClaimed: _S.OWNED, LeadDisqualified: _S.DISQUALIFIED},
    _S.OWNED: {
        LeadTouched: _S.OWNED,
        LeadReturned: _S.POOLED,
        LeadHandedOver: _S.OWNED,
        LeadConverted: _S.CONVERTED,
        LeadDisqualified: _S.DISQUALIFIED,
    },
    _S.CONVERTED: {},
    _S.DISQUALIFIED: {},
}
"""Which event may happen in which status, and where it leads; a lead graded without a pool is nurtured instead of pooled."""


def begin(event: LeadEvent) -> Lead:
    """Return the lead that a capture makes."""
    match event:
        case LeadCaptured():
            return Lead(
                event.lead,
                1,
                LeadStatus.UNREVIEWED,
                name=event.name,
                company=event.company,
                phone=event.phone,
                email=event.email,
                source=event.source,
                city=event.city,
                captured_at=event.at,
                duplicates=event.duplicates,
            )
        case _:
            raise no_beginning(event)


def evolve(lead: Lead, event: LeadEvent) -> Lead:
    """Return the lead after an event: the only place where a lead's state changes."""
    version, status = lead.version + 1, next_status(TRANSITIONS, lead.status, event)
    match event:
        case LeadGraded(grade=grade, points=points, pool=pool):
            status = LeadStatus.NURTURED if pool is None else status
            return evolved(lead, version=version, status=status, grade=grade, points=points, pool=pool)
        case LeadAssigned(owner=owner, at=at) | LeadClaimed(owner=owner, at=at):
            return evolved(
                lead, version=version, status=status, pool=None, owner=owner, owned_since=at, touches=()
            )
        case LeadTouched(kind=kind, at=at):
            return evolved(lead, version=version, touches=(*lead.touches, Touch(kind, at)))
        case LeadReturned(pool=pool, previous_owner=owner, at=at):
            former = (*lead.former, Tenure(owner, at))
            return evolved(
                lead,
                version=version,
                status=status,
                pool=pool,
                owner=None,
                owned_since=None,
                touches=(),
                former=former,
            )
        case LeadHandedOver(owner=owner, previous_owner=previous, at=at):
            former = (*lead.former, Tenure(previous, at))
            return evolved(lead, version=version, owner=owner, owned_since=at, touches=(), former=former)
        case LeadConverted(account=account, contact=contact, opportunity=opportunity):
            return evolved(
                lead,
                version=version,
                status=status,
                account=account,
                contact=contact,
                opportunity=opportunity,
            )
        case LeadDisqualified():
            return evolved(lead, version=version, status=status, pool=None)
        case LeadCaptured():  # a second capture is no move of the table: next_status has refused it
            raise AssertionError(event)
        case _:
            assert_never(event)


LEAD: Final[Life[Lead, LeadEvent]] = Life(
    "lead",
    Lead,
    begin,
    evolve,
    {
        "captured": LeadCaptured,
        "graded": LeadGraded,
        "assigned": LeadAssigned,
        "claimed": LeadClaimed,
        "touched": LeadTouched,
        "returned": LeadReturned,
        "handed_over": LeadHandedOver,
        "converted": LeadConverted,
        "disqualified": LeadDisqualified,
    },
)
"""The life of a lead: for stores and for replay."""
