"""A lead: its state, and what can happen to it; how one follows from the other stands in `life`."""

import datetime as dt
import enum

import attrs

from ltc._fields import member, whole
from ltc.errors import InvalidValue
from ltc.events import instant
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, ContactId, LeadId, OpportunityId, PoolId
from ltc.pools import PoolPolicy, due_of
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

    def reclaim_due(self, policy: PoolPolicy, /) -> dt.datetime | None:
        """Return the last instant at which it still belongs to its owner, the end of a local day; None where nobody owns it.

        >>> from ltc.testing.samples.leads import owned_lead
        >>> from ltc.testing.samples.pools import policy
        >>> owned_lead().reclaim_due(policy())  # the end of 12 March in Shanghai
        datetime.datetime(2026, 3, 12, 15, 59, 59, 999999, tzinfo=datetime.timezone.utc)
        """
        if self.owned_since is None or self.status is not LeadStatus.OWNED:
            return None
        return due_of(policy, since=self.owned_since, acts=((act.kind, act.at) for act in self.touches))

    def is_overdue(self, now: dt.datetime, policy: PoolPolicy) -> bool:
        """Return whether it may return to its pool: its due day is over.

        >>> from ltc.testing.samples.leads import NOON, owned_lead
        >>> from ltc.testing.samples.pools import policy
        >>> owned_lead().is_overdue(NOON, policy())
        False
        """
        due = self.reclaim_due(policy)
        return due is not None and due < instant(now)


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
    """A lead was reviewed and found good: it went to a pool, to be assigned or claimed.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadGraded("L1", grade=Grade.A, points=80, pool="east", reasons=(), at=NOON).pool
    'east'
    """

    lead: LeadId = attrs.field(validator=one_line)
    grade: Grade = attrs.field(validator=member(Grade))
    points: int = attrs.field(validator=whole())
    pool: PoolId = attrs.field(validator=one_line)
    reasons: tuple[Reason, ...]
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadNurtured:
    """A lead was reviewed and is not worth a rep's time yet: marketing keeps it 培育, and it may be graded again.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadNurtured("L1", grade=Grade.C, points=20, reasons=(), at=NOON).points
    20
    """

    lead: LeadId = attrs.field(validator=one_line)
    grade: Grade = attrs.field(validator=member(Grade))
    points: int = attrs.field(validator=whole())
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
    """A lead became an account, with a contact and perhaps an opportunity; the owner has earned it.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadConverted("L1", owner="li", account="A1", contact="C1", opportunity="O1", at=NOON).account
    'A1'
    """

    lead: LeadId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    account: AccountId = attrs.field(validator=one_line)
    contact: ContactId | None = attrs.field(validator=optional_line)
    opportunity: OpportunityId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class LeadDisqualified:
    """A lead was given up, with the reason; whoever owned it owns it no more.

    >>> from ltc.testing.samples.leads import NOON
    >>> LeadDisqualified("L1", reason="no budget", previous_owner="li", at=NOON).reason
    'no budget'
    """

    lead: LeadId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=one_line)
    previous_owner: ActorId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


LeadEvent = (
    LeadCaptured
    | LeadGraded
    | LeadNurtured
    | LeadAssigned
    | LeadClaimed
    | LeadTouched
    | LeadReturned
    | LeadHandedOver
    | LeadConverted
    | LeadDisqualified
)
