"""Follow-up 跟进: what the owner does, when a lead falls back to the pool, and who may claim it from there."""

import datetime as dt

from ltc._leads.lead import Lead, LeadClaimed, LeadEvent, LeadHandedOver, LeadReturned, LeadTouched
from ltc._leads.life import LEAD, check_may, owner_for
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, instant
from ltc.ids import ActorId, PoolId
from ltc.pools import ClaimQuota, ClaimQuotaEvent, Denied, PoolPolicy, can_claim, count_claim


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
    owner = owner_for(lead, LeadTouched, now)
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
    owner = owner_for(lead, LeadHandedOver, now)
    if to == owner:
        raise Refused(
            "lead.same_owner",
            f"lead {lead.id} belongs to {owner} already; hand it over to somebody else",
            lead=lead.id,
            owner=owner,
        )
    return LEAD.change(lead, LeadHandedOver(lead.id, owner=to, previous_owner=owner, reason=reason, at=now))


def return_to_pool(lead: Lead, *, policy: PoolPolicy, pool: PoolId, now: dt.datetime) -> Change[Lead, LeadEvent]:
    """Return an overdue lead to a pool 退回公海; anybody may claim it there, its former owner after his cool-down.

    Raises:
        Refused: `lead.not_overdue`: its due day is not over; `move.not_allowed`: nobody owns it.

    >>> import datetime as dt
    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> from ltc.testing.samples.pools import policy
    >>> return_to_pool(owned_lead(), policy=policy(), pool="east", now=NOON + dt.timedelta(days=11)).after.pool
    'east'
    >>> return_to_pool(owned_lead(), policy=policy(), pool="east", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: lead L1 is due at 2026-03-12 15:59:59.999999+00:00; it can return to the pool after that
    """
    owner = owner_for(lead, LeadReturned, now)
    due = lead.reclaim_due(policy)
    if due is None or instant(now) <= due:
        raise Refused(
            "lead.not_overdue",
            f"lead {lead.id} is due at {due}; it can return to the pool after that",
            lead=lead.id,
            due_at=due,
        )
    return LEAD.change(lead, LeadReturned(lead.id, pool=pool, previous_owner=owner, at=now))


def claim(
    lead: Lead,
    *,
    by: ActorId,
    quota: ClaimQuota,
    holding: int,
    policy: PoolPolicy,
    now: dt.datetime,
) -> tuple[Change[Lead, LeadEvent], Change[ClaimQuota, ClaimQuotaEvent]]:
    """Claim a lead from its pool 领取; the claim is counted in the rep's quota for that pool. Commit both.

    `holding` is how many leads he owns now. A lead is new as long as nobody has owned it, counted from its capture.

    Raises:
        Refused: `lead.claim_denied`, with all reasons and `retry_at`; `move.not_allowed`: it is in no pool.
        InvalidValue: `lead.quota_other`: the quota of another rep or pool.

    >>> from ltc.testing.samples.leads import NOON, pooled_lead
    >>> from ltc.testing.samples.pools import policy, quota
    >>> taken, counted = claim(pooled_lead(), by="wang", quota=quota(), holding=3, policy=policy(), now=NOON)
    >>> taken.after.owner, counted.after.claims
    ('wang', 1)
    >>> claim(pooled_lead(), by="wang", quota=quota(), holding=30, policy=policy(), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: wang cannot claim lead L1: wang holds 30 of at most 30
    """
    check_may(lead, LeadClaimed, now)
    _check_quota(quota, lead, by)
    verdict = can_claim(
        policy,
        quota=quota,
        holding=holding,
        left_at=next((tenure.until for tenure in reversed(lead.former) if tenure.owner == by), None),
        fresh_since=None if lead.former else lead.captured_at,
        now=now,
    )
    if isinstance(verdict, Denied):
        raise _claim_denied(lead, by, verdict)
    return (
        LEAD.change(lead, LeadClaimed(lead.id, owner=by, at=now)),
        count_claim(quota, claimed=lead.id, policy=policy, now=now),
    )


def _check_quota(quota: ClaimQuota, lead: Lead, by: ActorId) -> None:
    if (quota.pool, quota.actor) != (lead.pool, by):
        raise InvalidValue(
            "lead.quota_other",
            f"the quota is of {quota.actor} in pool {quota.pool}; pass the one of {by} in pool {lead.pool}",
            quota=quota.id,
            by=by,
            pool=lead.pool,
        )


def _claim_denied(lead: Lead, by: ActorId, denied: Denied) -> Refused:
    later = "" if denied.retry_at is None else f"; it passes from {denied.retry_at} on"
    return Refused(
        "lead.claim_denied",
        f"{by} cannot claim lead {lead.id}: {denied.format('en')}{later}",
        lead=lead.id,
        by=by,
        why=denied,
        reasons=denied.reasons,
        retry_at=denied.retry_at,
    )
