"""The pool of the running story: east, in Shanghai, with li and wang claiming from it."""

import datetime as dt
from typing import Final

from ltc.ids import ActorId, PoolId
from ltc.pools import ClaimQuota, PoolPolicy, open_quota

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, Monday 2 March 2026."""
EAST: Final = PoolId("east")


def policy() -> PoolPolicy:
    """Return the rules of the pool: ten days, three more behind a call or a visit, twenty at most; three claims a day, thirty in hand."""
    return PoolPolicy(
        zone="Asia/Shanghai",
        protection_days=10,
        extension_days=3,
        cap_days=20,
        qualifying=("call", "visit"),
        daily_claims=3,
        capacity=30,
        cooldown_days=7,
    )


def quota(actor: str = "wang") -> ClaimQuota:
    """Return a rep's quota of the pool before his first claim."""
    return open_quota(EAST, actor=ActorId(actor), now=NOON).after
