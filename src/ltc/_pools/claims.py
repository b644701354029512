"""Who may claim: every reason against it, and from when on it would pass."""

import datetime as dt

import attrs

from ltc._pools.policy import PoolPolicy, day_after
from ltc._pools.quota import ClaimQuota
from ltc.calendars import local_day, start_of_day
from ltc.errors import InvalidType
from ltc.findings import Reason


@attrs.frozen
class Allowed:
    """A claim may go ahead.

    >>> Allowed()
    Allowed()
    """


@attrs.frozen
class Denied:
    """A claim may not go ahead: every reason, and from when on it would pass if nothing else changes.

    >>> Denied((Reason.of("pool.full", actor="li", holding=30, capacity=30),), retry_at=None).format("en")
    'li holds 30 of at most 30'
    """

    reasons: tuple[Reason, ...]
    """At least one."""
    retry_at: dt.datetime | None
    """The first instant at which no reason holds any more; None where no clock can tell."""

    def format(self, locale: str, /) -> str:
        """Return the reasons as a sentence in a locale.

        >>> Denied((Reason.of("pool.full", actor="li", holding=30, capacity=30),), retry_at=None).format("zh")
        'li 已持有 30 个，上限 30 个'
        """
        return ("；" if locale.startswith("zh") else "; ").join(reason.say(locale) for reason in self.reasons)


def can_claim(
    policy: PoolPolicy,
    /,
    *,
    quota: ClaimQuota,
    holding: int,
    left_at: dt.datetime | None = None,
    fresh_since: dt.datetime | None = None,
    now: dt.datetime,
) -> Allowed | Denied:
    """Return whether the rep of a quota may claim one more thing, or every reason why not.

    `holding` is what he holds now; `left_at` when he lost this very thing last, `fresh_since` when it was new, None where that is not
    so. Passing the limits is for the caller to enforce, as `leads.claim` does.

    >>> from ltc.testing.samples.pools import NOON, policy, quota
    >>> can_claim(policy(), quota=quota(), holding=0, now=NOON)
    Allowed()
    >>> denied = can_claim(policy(), quota=quota(), holding=30, now=NOON)
    >>> denied.format("en"), denied.retry_at
    ('wang holds 30 of at most 30', None)
    """
    if type(holding) is not int or holding < 0:
        raise InvalidType(
            "claim.holding",
            f"{holding!r:.40} is no count of what is held; pass an int from 0",
            value=repr(holding)[:40],
        )
    hindrances = [
        hindrance
        for hindrance in (
            _spent(policy, quota, now),
            _full(policy, quota, holding),
            _cooling(policy, quota, left_at, now),
            _fresh(policy, fresh_since, now),
        )
        if hindrance is not None
    ]
    if not hindrances:
        return Allowed()
    ends = [end for _, end in hindrances if end is not None]
    retry_at = max(ends) if len(ends) == len(hindrances) else None
    return Denied(tuple(reason for reason, _ in hindrances), retry_at)


_Hindrance = tuple[Reason, dt.datetime | None]


def _spent(policy: PoolPolicy, quota: ClaimQuota, now: dt.datetime) -> _Hindrance | None:
    today, limit = local_day(now, policy.zone), policy.daily_claims
    counted = today if quota.day is None else max(today, quota.day)  # a clock may be behind the one that counted last
    claims = quota.claims if quota.day == counted else 0
    if limit is not None and claims >= limit:
        reason = Reason.of("pool.spent", actor=quota.actor, claims=claims, limit=limit)
        return reason, start_of_day(day_after(counted, 1), policy.zone) if limit else None
    if counted == today:
        return None
    return Reason.of("pool.day_passed", actor=quota.actor, day=counted), start_of_day(counted, policy.zone)


def _full(policy: PoolPolicy, quota: ClaimQuota, holding: int) -> _Hindrance | None:
    if policy.capacity is None or holding < policy.capacity:
        return None
    return Reason.of("pool.full", actor=quota.actor, holding=holding, capacity=policy.capacity), None


def _cooling(policy: PoolPolicy, quota: ClaimQuota, left_at: dt.datetime | None, now: dt.datetime) -> _Hindrance | None:
    if left_at is None or not policy.cooldown_days:
        return None
    last = day_after(local_day(left_at, policy.zone), policy.cooldown_days)
    if local_day(now, policy.zone) > last:
        return None
    reason = Reason.of("pool.cooling", actor=quota.actor, until=last)
    return reason, start_of_day(day_after(last, 1), policy.zone)


def _fresh(policy: PoolPolicy, fresh_since: dt.datetime | None, now: dt.datetime) -> _Hindrance | None:
    if fresh_since is None:
        return None
    end = fresh_since + dt.timedelta(hours=policy.fresh_hours)
    return (Reason.of("pool.fresh", hours=policy.fresh_hours), end) if now < end else None
