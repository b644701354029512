"""The three clocks, the quota, and who may claim."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidType, InvalidValue, LtcError
from ltc.events import dump_event, from_json, load_event, to_json
from ltc.findings import Reason
from ltc.ids import ActorId, PoolId
from ltc.pools import (
    CLAIM_QUOTA,
    Allowed,
    ClaimCounted,
    ClaimQuota,
    ClaimQuotaEvent,
    ClaimQuotaOpened,
    Denied,
    PoolPolicy,
    can_claim,
    count_claim,
    due_of,
    open_quota,
)
from ltc.testing.samples.pools import NOON, policy, quota
from ltc.text import say

POLICY = policy()
DAY = dt.timedelta(days=1)
ZONES = st.sampled_from(
    ["Asia/Shanghai", "UTC", "America/New_York", "Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo"]
)
INSTANTS = st.datetimes(dt.datetime(2005, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
COUNTS = st.integers(0, 60)


@st.composite
def policies(draw: st.DrawFn) -> PoolPolicy:
    protection = draw(COUNTS)
    return PoolPolicy(
        zone=draw(ZONES),
        protection_days=protection,
        extension_days=draw(COUNTS),
        cap_days=protection + draw(COUNTS),
        qualifying=draw(st.lists(st.sampled_from(["call", "visit"]), unique=True)),
        daily_claims=draw(st.none() | st.integers(0, 3)),
        capacity=draw(st.none() | st.integers(0, 3)),
        cooldown_days=draw(st.integers(0, 5)),
        fresh_hours=draw(st.integers(0, 48)),
    )


ACTS = st.lists(st.tuples(st.sampled_from(["call", "visit", "fax"]), INSTANTS), max_size=6)


@given(policies(), INSTANTS, ACTS)
def test_a_due_instant_ends_a_local_day_between_protection_and_cap(
    rules: PoolPolicy, since: dt.datetime, acts: list[tuple[str, dt.datetime]]
) -> None:
    due = due_of(rules, since=since, acts=acts)
    zone = ZoneInfo(rules.zone)
    first = since.astimezone(zone).date()
    assert (due + dt.timedelta.resolution).astimezone(zone).date() > due.astimezone(zone).date()
    waited = (due.astimezone(zone).date() - first).days
    skipped = 1 if rules.zone == "Pacific/Apia" else 0  # 30 December 2011 never was there
    assert rules.protection_days - skipped <= waited <= rules.cap_days
    assert due_of(rules, since=since, acts=reversed(acts)) == due
    assert due_of(rules, since=since, acts=[*acts, ("fax", since + DAY), ("visit", since - DAY)]) == due


@given(policies(), INSTANTS, ACTS, INSTANTS)
def test_one_more_act_never_shortens(
    rules: PoolPolicy, since: dt.datetime, acts: list[tuple[str, dt.datetime]], more: dt.datetime
) -> None:
    assert due_of(rules, since=since, acts=[*acts, ("visit", more)]) >= due_of(rules, since=since, acts=acts)


@pytest.mark.parametrize(
    "acts, due",
    [([], "04-04"), (["03-28"], "04-04"), (["04-02"], "04-05"), (["04-02", "04-05"], "04-08"), (["04-13"], "04-14")],
)
def test_the_worked_example(acts: list[str], due: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    at = [dt.datetime.strptime(f"2019-{act}", "%Y-%m-%d").replace(hour=9, tzinfo=zone) for act in acts]
    found = due_of(POLICY, since=dt.datetime(2019, 3, 25, 18, tzinfo=zone), acts=[("visit", act) for act in at])
    assert f"{found.astimezone(zone):%m-%d %H:%M:%S.%f}" == f"{due} 23:59:59.999999"


def test_a_policy_switched_off_and_on_loses_nothing() -> None:
    """A due day is derived: it depends on nothing but history and the policy that asks."""
    shorter = attrs.evolve(POLICY, protection_days=5)
    before = due_of(POLICY, since=NOON, acts=[])
    assert due_of(shorter, since=NOON, acts=[]) == before - 5 * DAY
    assert due_of(attrs.evolve(shorter, protection_days=10), since=NOON, acts=[]) == before


@pytest.mark.parametrize(
    "field, value, error, code",
    [
        ("zone", "Mars/Base", InvalidValue, "calendars.zone"),
        ("zone", "", InvalidValue, "calendars.zone"),
        ("protection_days", -1, InvalidValue, "pool.count"),
        ("extension_days", 36_501, InvalidValue, "pool.count"),
        pytest.param("cap_days", 10**5000, InvalidValue, "pool.count", id="huge"),
        ("protection_days", 1.0, InvalidType, "pool.count_type"),
        ("protection_days", True, InvalidType, "pool.count_type"),
        ("daily_claims", "3", InvalidType, "pool.count_type"),
        ("capacity", -1, InvalidValue, "pool.count"),
        ("cap_days", 9, InvalidValue, "pool.cap"),
    ],
)
def test_a_policy_says_what_would_pass(field: str, value: Any, error: type[LtcError], code: str) -> None:
    with pytest.raises(error) as caught:
        attrs.evolve(POLICY, **{field: value})
    assert caught.value.code == code
    assert say(code, "zh_CN", **caught.value.facts) != say(code, "en", **caught.value.facts)


class Expected:
    """Who may claim, the slow way: minute by minute nothing else changes, so the first instant that passes is searched for."""

    @staticmethod
    def allows(
        rules: PoolPolicy,
        count: ClaimQuota,
        holding: int,
        left: dt.datetime | None,
        fresh: dt.datetime | None,
        now: dt.datetime,
    ) -> bool:
        zone = ZoneInfo(rules.zone)
        today = now.astimezone(zone).date()
        if count.day is not None and count.day > today:
            return False
        spent = sum(1 for _ in range(count.claims)) if count.day == today else 0
        if rules.daily_claims is not None and spent + 1 > rules.daily_claims:
            return False
        if rules.capacity is not None and holding + 1 > rules.capacity:
            return False
        if (
            left is not None
            and rules.cooldown_days
            and (today - left.astimezone(zone).date()).days <= rules.cooldown_days
        ):
            return False
        return fresh is None or (now - fresh) / dt.timedelta(hours=1) >= rules.fresh_hours


@given(
    policies(),
    st.integers(0, 3),
    st.integers(0, 3),
    st.none() | st.integers(-200, 0),
    st.none() | st.integers(-60, 0),
    st.none() | st.integers(-2, 2),
)
def test_who_may_claim_computed_a_second_way(
    rules: PoolPolicy, claims: int, holding: int, left_hours: int | None, fresh_hours: int | None, days: int | None
) -> None:
    hour = dt.timedelta(hours=1)
    today = NOON.astimezone(ZoneInfo(rules.zone)).date()
    count = ClaimQuota(
        "east/li", 1, PoolId("east"), ActorId("li"), None if days is None else today + days * DAY, claims
    )
    left = None if left_hours is None else NOON + left_hours * hour
    fresh = None if fresh_hours is None else NOON + fresh_hours * hour

    def answer(now: dt.datetime) -> Allowed | Denied:
        return can_claim(rules, quota=count, holding=holding, left_at=left, fresh_since=fresh, now=now)

    verdict = answer(NOON)
    assert (verdict == Allowed()) is Expected.allows(rules, count, holding, left, fresh, NOON)
    if isinstance(verdict, Denied):
        assert verdict.reasons
        assert verdict.format("en") != verdict.format("zh_CN")
        never = {reason.code for reason in verdict.reasons} & {"pool.full"} or rules.daily_claims == 0
        assert (verdict.retry_at is None) is bool(never)
        if verdict.retry_at is not None:
            assert isinstance(answer(verdict.retry_at - dt.timedelta.resolution), Denied)
            assert answer(verdict.retry_at) == Allowed()


def test_a_clock_behind_the_last_count_waits_for_that_day() -> None:
    ahead = count_claim(quota(), claimed="L1", policy=POLICY, now=NOON + DAY).after
    verdict = can_claim(POLICY, quota=ahead, holding=0, now=NOON)
    assert verdict == Denied(
        (Reason.of("pool.day_passed", actor=ActorId("wang"), day=dt.date(2026, 3, 3)),),
        dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC),
    )


def test_claims_are_counted_by_local_day() -> None:
    count = open_quota(PoolId("east"), actor=ActorId("li"), now=NOON).after
    assert (count.id, count.version, count.day, count.claims) == ("east/li", 1, None, 0)
    late = dt.datetime(2026, 3, 2, 15, 59, tzinfo=dt.UTC)
    for now, day, claims in [
        (NOON, dt.date(2026, 3, 2), 1),
        (late, dt.date(2026, 3, 2), 2),
        (late + dt.timedelta(minutes=1), dt.date(2026, 3, 3), 1),
        (late + dt.timedelta(minutes=2), dt.date(2026, 3, 3), 2),
    ]:
        change = count_claim(count, claimed="L1", policy=POLICY, now=now)
        assert change.before == count
        count = change.after
        assert (count.day, count.claims) == (day, claims)
    assert count.version == 5


EVENTS: st.SearchStrategy[ClaimQuotaEvent] = st.builds(
    ClaimQuotaOpened,
    st.just("east/li"),
    pool=st.just(PoolId("east")),
    actor=st.sampled_from(["li", "王"]).map(ActorId),
    at=INSTANTS,
) | st.builds(ClaimCounted, st.just("east/li"), claimed=st.sampled_from(["L1", "A1"]), on=st.dates(), at=INSTANTS)


@given(EVENTS)
def test_an_event_of_a_quota_comes_back(event: ClaimQuotaEvent) -> None:
    assert load_event(CLAIM_QUOTA, dump_event(CLAIM_QUOTA, event)) == event


@given(policies(), st.lists(INSTANTS, max_size=5))
def test_a_quota_and_a_policy_come_back(rules: PoolPolicy, claims: list[dt.datetime]) -> None:
    assert from_json(to_json(rules), PoolPolicy) == rules
    opened = open_quota(PoolId("east"), actor=ActorId("li"), now=NOON)
    events, count = list(opened.events), opened.after
    for now in claims:
        change = count_claim(count, claimed="L1", policy=rules, now=now)
        events += change.events
        count = change.after
    assert CLAIM_QUOTA.replay(events) == count
    assert from_json(to_json(count), ClaimQuota) == count


def test_a_quota_is_opened_once_and_first() -> None:
    [opened] = open_quota(PoolId("east"), actor=ActorId("li"), now=NOON).events
    with pytest.raises(InvalidValue, match="a quota is opened once") as error:
        CLAIM_QUOTA.replay([opened, opened])
    assert "east/li" in say(error.value.code, "zh_CN", **error.value.facts)
    [counted] = count_claim(quota(), claimed="L1", policy=POLICY, now=NOON).events
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        CLAIM_QUOTA.replay([counted])


def test_a_day_is_no_instant() -> None:
    with pytest.raises(InvalidType, match="is no day"):
        ClaimCounted("east/li", claimed="L1", on=NOON, at=NOON)
