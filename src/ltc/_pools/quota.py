"""A quota of claims: what one rep has claimed from one pool today, as a thing of its own, so that two claims at once cannot pass it."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._pools.policy import PoolPolicy
from ltc.calendars import local_day
from ltc.errors import InvalidValue
from ltc.events import Change, Life, day, evolved, instant, no_beginning
from ltc.ids import ActorId, PoolId, derived
from ltc.text import one_line


@attrs.frozen
class ClaimQuota:
    """What one rep has claimed from one pool on the last day on which he claimed: made by `open_quota`, moved by claims.

    >>> from ltc.testing.samples.pools import quota
    >>> quota().id, quota().claims
    ('east/wang', 0)
    """

    id: str
    """Derived: pool/actor."""
    version: int
    pool: PoolId
    actor: ActorId
    day: dt.date | None = None
    """The latest local day with a claim."""
    claims: int = 0
    """Claims of that day."""


@attrs.frozen
class ClaimQuotaOpened:
    """The counting of one rep's claims from one pool began.

    >>> from ltc.testing.samples.pools import NOON
    >>> ClaimQuotaOpened("east/li", pool="east", actor="li", at=NOON).actor
    'li'
    """

    quota: str = attrs.field(validator=one_line)
    pool: PoolId = attrs.field(validator=one_line)
    actor: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ClaimCounted:
    """A claim was counted on its local day.

    >>> import datetime as dt
    >>> from ltc.testing.samples.pools import NOON
    >>> ClaimCounted("east/li", claimed="L1", on=dt.date(2026, 3, 2), at=NOON).claimed
    'L1'
    """

    quota: str = attrs.field(validator=one_line)
    claimed: str = attrs.field(validator=one_line)
    """Id of the lead or account."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


ClaimQuotaEvent = ClaimQuotaOpened | ClaimCounted


def begin(event: ClaimQuotaEvent) -> ClaimQuota:
    """Return the quota that was opened."""
    match event:
        case ClaimQuotaOpened(quota=quota, pool=pool, actor=actor):
            return ClaimQuota(quota, 1, pool, actor)
        case _:
            raise no_beginning(event)


def evolve(quota: ClaimQuota, event: ClaimQuotaEvent) -> ClaimQuota:
    """Return the quota after an event: the only place where it changes."""
    match event:
        case ClaimCounted(on=on):
            claims = 1 + (quota.claims if quota.day == on else 0)
            return evolved(quota, version=quota.version + 1, day=on, claims=claims)
        case ClaimQuotaOpened():
            raise InvalidValue(
                "pool.quota_opened_twice",
                f"quota {quota.id} exists at version {quota.version}; a quota is opened once",
                quota=quota.id,
            )
        case _:
            assert_never(event)


CLAIM_QUOTA: Final[Life[ClaimQuota, ClaimQuotaEvent]] = Life(
    "claim_quota", ClaimQuota, begin, evolve, {"opened": ClaimQuotaOpened, "counted": ClaimCounted}
)
"""The life of a quota of claims: for stores and for replay."""


def open_quota(pool: PoolId, /, *, actor: ActorId, now: dt.datetime) -> Change[ClaimQuota, ClaimQuotaEvent]:
    """Begin to count the claims of a rep from a pool; its id is derived from both.

    >>> from ltc.testing.samples.pools import NOON
    >>> open_quota("east", actor="li", now=NOON).subject
    Subject(kind='claim_quota', id='east/li')
    """
    return CLAIM_QUOTA.change(None, ClaimQuotaOpened(derived(pool, actor), pool=pool, actor=actor, at=now))


def count_claim(
    quota: ClaimQuota, /, *, claimed: str, policy: PoolPolicy, now: dt.datetime
) -> Change[ClaimQuota, ClaimQuotaEvent]:
    """Count the claim of a lead or an account on its local day; ask `can_claim` first.

    >>> from ltc.testing.samples.pools import NOON, policy, quota
    >>> count_claim(quota(), claimed="L1", policy=policy(), now=NOON).after.claims
    1
    """
    on = local_day(now, policy.zone)
    return CLAIM_QUOTA.change(quota, ClaimCounted(quota.id, claimed=claimed, on=on, at=now))
