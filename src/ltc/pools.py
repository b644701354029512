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

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, assert_never

import attrs

from ltc.calendars import end_of_day, local_day, start_of_day
from ltc.errors import InvalidType, InvalidValue
from ltc.events import Change, Life, day, evolved, instant, no_beginning
from ltc.findings import Reason
from ltc.ids import ActorId, PoolId, derived
from ltc.text import one_line

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

_MOST: Final = 36_500


def _count(_: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not int:
        raise InvalidType(
            "pool.count_type",
            f"{attribute.name} is {value!r:.40}; pass an int",
            name=attribute.name,
            value=repr(value)[:40],
        )
    if not 0 <= value <= _MOST:
        raise InvalidValue(
            "pool.count",
            f"{attribute.name} is {value:.6g}; give 0 to {_MOST}",
            name=attribute.name,
            most=_MOST,
        )


def _zone(_: object, __: object, value: str) -> None:
    local_day(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), value)


def _kinds(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


_OPTIONAL_COUNT: Final = attrs.validators.optional(_count)


@attrs.frozen(kw_only=True)
class PoolPolicy:
    """The rules of a pool, in local days of its zone.

    Raises:
        InvalidValue: an unknown zone, a number outside 0 to 36,500, or a cap below the protection.

    >>> PoolPolicy(zone="Asia/Shanghai", protection_days=10, extension_days=3, cap_days=20).daily_claims is None
    True
    """

    zone: str = attrs.field(validator=_zone)
    """IANA name, such as "Asia/Shanghai"."""
    protection_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the claim in which it stays with its owner, act or no act."""
    extension_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the last qualifying act."""
    cap_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the claim that no act extends."""
    qualifying: tuple[str, ...] = attrs.field(default=("call", "email", "visit"), converter=_kinds)
    """Kinds of act that extend."""
    daily_claims: int | None = attrs.field(default=None, validator=_OPTIONAL_COUNT)
    """The most claims of one rep on one local day; counted on claims, so that giving back does not refill it. None: any number."""
    capacity: int | None = attrs.field(default=None, validator=_OPTIONAL_COUNT)
    """The most that one rep may hold. None: any number."""
    cooldown_days: int = attrs.field(default=0, validator=_count)
    """Whole days behind the day on which a former owner lost it, in which he cannot claim it back."""
    fresh_hours: int = attrs.field(default=0, validator=_count)
    """Hours in which what is new can be assigned, but not claimed."""

    def __attrs_post_init__(self) -> None:
        if self.cap_days < self.protection_days:
            raise InvalidValue(
                "pool.cap",
                f"the cap is {self.cap_days} days, the protection {self.protection_days}; make the cap at least as long",
                cap=self.cap_days,
                protection=self.protection_days,
            )


def due_of(policy: PoolPolicy, /, *, since: dt.datetime, acts: Iterable[tuple[str, dt.datetime]]) -> dt.datetime:
    """Return the last instant at which what is owned `since` still belongs to its owner: the end of its local due day.

    `acts` are kinds with instants in any order; those before `since` or of a kind that does not qualify are passed by. Linear.

    >>> import datetime as dt
    >>> policy = PoolPolicy(zone="UTC", protection_days=10, extension_days=3, cap_days=20)
    >>> due_of(policy, since=dt.datetime(2019, 3, 25, tzinfo=dt.UTC), acts=[]).date()
    datetime.date(2019, 4, 4)
    """
    claimed = local_day(since, policy.zone)
    due = _after(claimed, policy.protection_days)
    last = max((at for kind, at in acts if at >= since and kind in policy.qualifying), default=None)
    if last is not None:
        due = max(due, _after(local_day(last, policy.zone), policy.extension_days))
    return end_of_day(min(due, _after(claimed, policy.cap_days)), policy.zone)


def _after(start: dt.date, days: int) -> dt.date:
    """Return the day so many days later; the last day that a date can hold where there is none."""
    return dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))


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


@attrs.frozen
class ClaimQuota:
    """What one rep has claimed from one pool on the last day on which he claimed: made by `open_quota`, moved by claims.

    >>> from ltc.testing.samples.leads import quota
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

    >>> from ltc.testing.samples.leads import NOON
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
    >>> from ltc.testing.samples.leads import NOON
    >>> ClaimCounted("east/li", claimed="L1", on=dt.date(2026, 3, 2), at=NOON).claimed
    'L1'
    """

    quota: str = attrs.field(validator=one_line)
    claimed: str = attrs.field(validator=one_line)
    """Id of the lead or account."""
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


ClaimQuotaEvent = ClaimQuotaOpened | ClaimCounted


def _begin(event: ClaimQuotaEvent) -> ClaimQuota:
    match event:
        case ClaimQuotaOpened(quota=quota, pool=pool, actor=actor):
            return ClaimQuota(quota, 1, pool, actor)
        case _:
            raise no_beginning(event)


def _evolve(quota: ClaimQuota, event: ClaimQuotaEvent) -> ClaimQuota:
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
    "claim_quota", ClaimQuota, _begin, _evolve, {"opened": ClaimQuotaOpened, "counted": ClaimCounted}
)
"""The life of a quota of claims: for stores and for replay."""


def open_quota(pool: PoolId, /, *, actor: ActorId, now: dt.datetime) -> Change[ClaimQuota, ClaimQuotaEvent]:
    """Begin to count the claims of a rep from a pool; its id is derived from both.

    >>> from ltc.testing.samples.leads import NOON
    >>> open_quota("east", actor="li", now=NOON).subject
    Subject(kind='claim_quota', id='east/li')
    """
    return CLAIM_QUOTA.change(None, ClaimQuotaOpened(derived(pool, actor), pool=pool, actor=actor, at=now))


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

    >>> from ltc.testing.samples.leads import NOON, POLICY, quota
    >>> can_claim(POLICY, quota=quota(), holding=0, now=NOON)
    Allowed()
    >>> denied = can_claim(POLICY, quota=quota(), holding=30, now=NOON)
    >>> denied.format("en"), denied.retry_at
    ('wang holds 30 of at most 30', None)
    """
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
    today = local_day(now, policy.zone)
    if quota.day is not None and today < quota.day:  # a clock behind the one that counted last
        reason = Reason.of("pool.day_passed", actor=quota.actor, day=quota.day)
        return reason, start_of_day(quota.day, policy.zone)
    claims = quota.claims if quota.day == today else 0
    if policy.daily_claims is None or claims < policy.daily_claims:
        return None
    reason = Reason.of("pool.spent", actor=quota.actor, claims=claims, limit=policy.daily_claims)
    return reason, start_of_day(_after(today, 1), policy.zone) if policy.daily_claims else None


def _full(policy: PoolPolicy, quota: ClaimQuota, holding: int) -> _Hindrance | None:
    if policy.capacity is None or holding < policy.capacity:
        return None
    return Reason.of("pool.full", actor=quota.actor, holding=holding, capacity=policy.capacity), None


def _cooling(policy: PoolPolicy, quota: ClaimQuota, left_at: dt.datetime | None, now: dt.datetime) -> _Hindrance | None:
    if left_at is None or not policy.cooldown_days:
        return None
    last = _after(local_day(left_at, policy.zone), policy.cooldown_days)
    if local_day(now, policy.zone) > last:
        return None
    reason = Reason.of("pool.cooling", actor=quota.actor, until=last)
    return reason, start_of_day(_after(last, 1), policy.zone)


def _fresh(policy: PoolPolicy, fresh_since: dt.datetime | None, now: dt.datetime) -> _Hindrance | None:
    if fresh_since is None:
        return None
    end = fresh_since + dt.timedelta(hours=policy.fresh_hours)
    return (Reason.of("pool.fresh", hours=policy.fresh_hours), end) if now < end else None


def count_claim(
    quota: ClaimQuota, /, *, claimed: str, policy: PoolPolicy, now: dt.datetime
) -> Change[ClaimQuota, ClaimQuotaEvent]:
    """Count the claim of a lead or an account on its local day; ask `can_claim` first.

    >>> from ltc.testing.samples.leads import NOON, POLICY, quota
    >>> count_claim(quota(), claimed="L1", policy=POLICY, now=NOON).after.claims
    1
    """
    on = local_day(now, policy.zone)
    return CLAIM_QUOTA.change(quota, ClaimCounted(quota.id, claimed=claimed, on=on, at=now))
