"""Pools 公海: how long an owner keeps what he does not work, and who may claim it next. One policy serves leads and accounts.

Three clocks run in local days from the day of the claim: *protection*, an *extension* behind each qualifying act, and a *cap* that no
act can pass. What is due falls back after the last instant of its due day. Due dates are derived from history and policy, never stored:

>>> import datetime as dt
>>> policy = PoolPolicy(zone="Asia/Shanghai", protection_days=10, extension_days=3, cap_days=20, qualifying=["visit"])
>>> claimed = dt.datetime(2019, 3, 25, 2, tzinfo=dt.UTC)
>>> due_of(policy, since=claimed, acts=[("visit", dt.datetime(2019, 4, 2, 2, tzinfo=dt.UTC))])
datetime.datetime(2019, 4, 5, 15, 59, 59, 999999, tzinfo=datetime.timezone.utc)

Claims are counted per rep, pool and local day in a `ClaimQuota`, a thing of its own: of two claims at once only one finds it unmoved.
"""

from ltc._pools.claims import Allowed, Denied, can_claim
from ltc._pools.policy import PoolPolicy, due_of
from ltc._pools.quota import (
    CLAIM_QUOTA,
    ClaimCounted,
    ClaimQuota,
    ClaimQuotaEvent,
    ClaimQuotaOpened,
    count_claim,
    open_quota,
)

__all__ = [
    "CLAIM_QUOTA",
    "Allowed",
    "ClaimCounted",
    "ClaimQuota",
    "ClaimQuotaEvent",
    "ClaimQuotaOpened",
    "Denied",
    "PoolPolicy",
    "can_claim",
    "count_claim",
    "due_of",
    "open_quota",
]
