"""Follow-up 跟进: what the owner does, when a lead falls back to the pool, and who may claim it from there."""

import datetime as dt

from ltc._leads.lead import Lead, LeadEvent, LeadHandedOver, LeadTouched
from ltc._leads.life import LEAD, owner_for
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import ActorId


def touch(lead: Lead, *, by: ActorId, kind: str, note: str = "", now: dt.datetime) -> Change[Lead, LeadEvent]:
    """Record an act of follow-up by the owner, such as a call or a visit; a pool policy says which kinds extend protection.

    Raises:
        Refused: `lead.not_owner`: `by` does not own it; `move.not_allowed`: nobody does.

    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> touch(owned_lead(), by="li", kind="call", now=NOON).after.touches[-1].kind
    'call'
    >>> touch(owned_lead(), by="wang", kind="call", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: lead L1 belongs to li; wang can follow it up after it was handed over to wang
    """
    owner = owner_for(lead, LeadTouched)
    if by != owner:
        raise Refused(
            "lead.not_owner",
            f"lead {lead.id} belongs to {owner}; {by} can follow it up after it was handed over to {by}",
            lead=lead.id,
            owner=owner,
            by=by,
        )
    return LEAD.change(lead, LeadTouched(lead.id, by=by, kind=kind, note=note, at=now))


def hand_over(lead: Lead, *, to: ActorId, reason: str, now: dt.datetime) -> Change[Lead, LeadEvent]:
    """Hand a lead over 交接 to another owner: his protection begins anew.

    Raises:
        Refused: `lead.same_owner`: he has it already; `move.not_allowed`: nobody owns it.

    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> lead = hand_over(owned_lead(), to="wang", reason="leaves", now=NOON).after
    >>> lead.owner, lead.former[-1].owner
    ('wang', 'li')
    """
    owner = owner_for(lead, LeadHandedOver)
    if to == owner:
        raise Refused(
            "lead.same_owner",
            f"lead {lead.id} belongs to {owner} already; hand it over to somebody else",
            lead=lead.id,
            owner=owner,
        )
    return LEAD.change(lead, LeadHandedOver(lead.id, owner=to, previous_owner=owner, reason=reason, at=now))
