"""How a lead lives: which event may happen when, and the one place where a lead's state changes."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, assert_never

from ltc._leads.lead import (
    Lead,
    LeadAssigned,
    LeadCaptured,
    LeadClaimed,
    LeadConverted,
    LeadDisqualified,
    LeadEvent,
    LeadGraded,
    LeadHandedOver,
    LeadNurtured,
    LeadReturned,
    LeadStatus,
    LeadTouched,
    Tenure,
    Touch,
)
from ltc.errors import InvalidValue, Refused
from ltc.events import Life, check_move, evolved, instant, next_status, no_beginning
from ltc.ids import ActorId

_S = LeadStatus
TRANSITIONS: Final[Mapping[LeadStatus, Mapping[type[LeadEvent], LeadStatus]]] = {
    _S.UNREVIEWED: {
        LeadGraded: _S.POOLED,
        LeadNurtured: _S.NURTURED,
        LeadDisqualified: _S.DISQUALIFIED,
    },
    _S.NURTURED: {
        LeadGraded: _S.POOLED,
        LeadNurtured: _S.NURTURED,
        LeadDisqualified: _S.DISQUALIFIED,
    },
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
"""Which event may happen in which status, and where it leads."""


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
            return evolved(lead, version=version, status=status, grade=grade, points=points, pool=pool)
        case LeadNurtured(grade=grade, points=points):
            return evolved(lead, version=version, status=status, grade=grade, points=points)
        case LeadAssigned(owner=owner, at=at) | LeadClaimed(owner=owner, at=at):
            return evolved(lead, version=version, status=status, pool=None, owner=owner, owned_since=at, touches=())
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
        case LeadDisqualified(previous_owner=owner, at=at):
            former = lead.former if owner is None else (*lead.former, Tenure(owner, at))
            return evolved(
                lead, version=version, status=status, pool=None, owner=None, owned_since=None, touches=(), former=former
            )
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
        "nurtured": LeadNurtured,
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


def check_may(lead: Lead, event: type[LeadEvent], now: dt.datetime) -> None:
    """Refuse an event that may not happen in the lead's status, or not at an instant before the lead came to where it is."""
    check_move(TRANSITIONS, lead.status, event, kind="lead", subject=lead.id)
    since = lead.owned_since or (lead.former[-1].until if lead.former else lead.captured_at)
    if instant(now) < since:
        held = "was captured or returned at" if lead.owner is None else f"is with {lead.owner} since"
        raise Refused(
            "lead.too_early",
            f"lead {lead.id} {held} {since}, after {now}; use that instant or a later one",
            lead=lead.id,
            since=since,
        )


def owner_for(lead: Lead, event: type[LeadEvent], now: dt.datetime) -> ActorId:
    """Return the owner of a lead that an event of an owned lead is asked for; refuse it in every other status, and before he had it."""
    check_may(lead, event, now)
    if lead.owner is None:
        raise InvalidValue(
            "lead.ownerless",
            f"lead {lead.id} is owned by nobody; a state is made by its events only",
            lead=lead.id,
        )
    return lead.owner
