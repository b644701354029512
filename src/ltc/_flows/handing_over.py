"""Somebody leaves: what he holds goes to his successor in one step."""

import datetime as dt
from collections.abc import Iterable
from typing import assert_never

from ltc import accounts, contracts, leads, pipeline
from ltc._flows.changes import Changes
from ltc.events import Change, Thing
from ltc.ids import ActorId

Held = leads.Lead | accounts.Account | pipeline.Opportunity | contracts.Contract | contracts.Order
"""What has an owner."""


def hand_over(things: Iterable[Held], *, owner: ActorId, to: ActorId, reason: str, now: dt.datetime) -> Changes:
    """Hand everything that `owner` still works on to a successor; what is closed, and what others own, stays as it is.

    Accounts, contracts and orders go whatever their state; leads while they are owned, deals while they are open. Stages, history
    and every past figure stay: who owned a thing at an instant is its own question (`owner_at`).

    Raises:
        Refused: the successor is the owner.

    >>> from ltc.testing.samples.leads import NOON, owned_lead, pooled_lead
    >>> from ltc.testing.samples.accounts import account
    >>> changes = hand_over([owned_lead(), pooled_lead("L2"), account()], owner="li", to="wang", reason="leaves", now=NOON)
    >>> [(change.kind, change.after.owner) for change in changes]
    [('lead', 'wang'), ('account', 'wang')]
    """
    return tuple(
        _handed_over(thing, to, reason, now) for thing in things if thing.owner == owner and _is_worked_on(thing)
    )


def _is_worked_on(thing: Held) -> bool:
    match thing:
        case leads.Lead():
            return thing.status is leads.LeadStatus.OWNED
        case pipeline.Opportunity():
            return thing.status is pipeline.OpportunityStatus.OPEN
        case _:
            return True


def _handed_over(thing: Held, to: ActorId, reason: str, now: dt.datetime) -> Change[Thing, object]:
    match thing:
        case leads.Lead():
            return leads.hand_over(thing, to=to, reason=reason, now=now)
        case accounts.Account():
            return accounts.hand_over(thing, to=to, reason=reason, now=now)
        case pipeline.Opportunity():
            return pipeline.hand_over(thing, to=to, reason=reason, now=now)
        case contracts.Contract() | contracts.Order():
            return contracts.hand_over(thing, to=to, reason=reason, now=now)
        case _:
            assert_never(thing)
