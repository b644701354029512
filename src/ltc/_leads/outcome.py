"""How a lead ends: it becomes a customer, or it is given up."""

import datetime as dt

from ltc._leads.lead import Lead, LeadConverted, LeadDisqualified, LeadEvent
from ltc._leads.life import LEAD, check_may, owner_for
from ltc.events import Change
from ltc.ids import AccountId, ContactId, OpportunityId


def convert(
    lead: Lead,
    *,
    account: AccountId,
    contact: ContactId | None = None,
    opportunity: OpportunityId | None = None,
    now: dt.datetime,
) -> Change[Lead, LeadEvent]:
    """Convert an owned lead 转化 into an account, with a contact and perhaps an opportunity, all of them known by id.

    The lead only remembers what it became; `ltc.flows` makes or links the three and commits all at once.

    Raises:
        Refused: `move.not_allowed`: nobody owns it, or it has ended.

    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> lead = convert(owned_lead(), account="A1", contact="C1", opportunity="O1", now=NOON).after
    >>> lead.status, lead.account, lead.owner
    (<LeadStatus.CONVERTED: 'converted'>, 'A1', 'li')
    """
    owner = owner_for(lead, LeadConverted, now)
    return LEAD.change(
        lead,
        LeadConverted(lead.id, owner=owner, account=account, contact=contact, opportunity=opportunity, at=now),
    )


def disqualify(lead: Lead, *, reason: str, now: dt.datetime) -> Change[Lead, LeadEvent]:
    """Give a lead up 作废, with the reason: it leaves its pool or its owner.

    Raises:
        Refused: `move.not_allowed`: it has ended already.

    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> lead = disqualify(owned_lead(), reason="no budget", now=NOON).after
    >>> lead.status, lead.owner, lead.former[-1].owner
    (<LeadStatus.DISQUALIFIED: 'disqualified'>, None, 'li')
    """
    check_may(lead, LeadDisqualified, now)
    return LEAD.change(lead, LeadDisqualified(lead.id, reason=reason, previous_owner=lead.owner, at=now))
