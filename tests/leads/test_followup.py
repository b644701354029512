"""Touching, the due day, the pool and the way back out of it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidValue, Refused
from ltc.events import evolved
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, LeadId, PoolId
from ltc.leads import (
    Lead,
    LeadConverted,
    LeadDisqualified,
    LeadHandedOver,
    LeadReturned,
    LeadStatus,
    LeadTouched,
    Tenure,
    claim,
    convert,
    disqualify,
    hand_over,
    return_to_pool,
    touch,
)
from ltc.pools import ClaimCounted
from ltc.testing.samples.leads import EAST, LI, NOON, WANG, captured_lead, owned_lead, pooled_lead
from ltc.testing.samples.pools import policy, quota
from ltc.text import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = dt.timedelta(days=1)
TICK = dt.timedelta.resolution
POLICY = policy()


def refused(code: str, call: Any, *args: object, **asked: object) -> Refused:
    """Expect a refusal of a code that reads in both languages."""
    with pytest.raises(Refused) as refusal:
        call(*args, **asked)
    assert refusal.value.code == code
    assert say(code, "zh_CN", **refusal.value.facts) != say(code, "en", **refusal.value.facts)
    return refusal.value


def test_the_owner_follows_up() -> None:
    change = touch(owned_lead(), by=LI, kind="visit", note="two lathes", now=NOON + DAY)
    assert change.events == (LeadTouched(LeadId("L1"), by=LI, kind="visit", note="two lathes", at=NOON + DAY),)
    again = touch(change.after, by=LI, kind="call", now=NOON + 2 * DAY).after
    assert [(act.kind, act.at) for act in again.touches] == [("visit", NOON + DAY), ("call", NOON + 2 * DAY)]
    assert again.status is LeadStatus.OWNED


def test_nobody_else_does() -> None:
    lead = owned_lead()
    error = refused("lead.not_owner", touch, lead, by=WANG, kind="call", now=NOON)
    assert (error.facts["owner"], error.facts["by"]) == ("li", "wang")
    assert lead == owned_lead()


def test_a_hand_over_begins_protection_anew() -> None:
    touched = touch(owned_lead(), by=LI, kind="call", now=NOON + DAY).after
    change = hand_over(touched, to=WANG, reason="leaves", now=NOON + 5 * DAY)
    lead = change.after
    assert change.events == (
        LeadHandedOver(lead.id, owner=WANG, previous_owner=LI, reason="leaves", at=NOON + 5 * DAY),
    )
    assert (lead.owner, lead.owned_since, lead.touches) == (WANG, NOON + 5 * DAY, ())
    assert lead.former == (Tenure(LI, NOON + 5 * DAY),)
    assert lead.reclaim_due(POLICY) == owned_lead(now=NOON + 5 * DAY).reclaim_due(POLICY)


def test_nobody_hands_over_to_himself() -> None:
    refused("lead.same_owner", hand_over, owned_lead(), to=LI, reason="", now=NOON)


def test_an_owned_lead_is_converted_by_its_owner() -> None:
    change = convert(owned_lead(), account=AccountId("A1"), now=NOON)
    [event] = change.events
    assert isinstance(event, LeadConverted)
    assert (event.owner, event.contact, event.opportunity) == (LI, None, None)
    assert change.after.owner == LI


def test_a_lead_given_up_leaves_its_owner_or_its_pool() -> None:
    change = disqualify(touch(owned_lead(), by=LI, kind="call", now=NOON).after, reason="no budget", now=NOON + DAY)
    [event] = change.events
    assert isinstance(event, LeadDisqualified)
    assert (event.previous_owner, event.reason) == (LI, "no budget")
    assert (change.after.owner, change.after.owned_since, change.after.touches) == (None, None, ())
    assert change.after.former == (Tenure(LI, NOON + DAY),)
    pooled = disqualify(pooled_lead(), reason="no budget", now=NOON).after
    assert (pooled.pool, pooled.former) == (None, ())
    with pytest.raises(InvalidValue, match="reason is blank"):
        disqualify(pooled_lead(), reason=" ", now=NOON)


def shanghai(month: int, day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(2019, month, day, hour, tzinfo=SHANGHAI)


def test_the_worked_example_act_by_act() -> None:
    lead, due = owned_lead(now=shanghai(3, 25)), []
    for day in [None, (3, 28), (4, 2), (4, 5), (4, 8), (4, 11), (4, 14)]:
        if day is not None:
            lead = touch(lead, by=LI, kind="visit", now=shanghai(*day, 23)).after
        last = lead.reclaim_due(POLICY)
        assert last is not None
        assert last + TICK == (last + TICK).astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        due.append(f"{last.astimezone(SHANGHAI):%m-%d}")
    assert due == ["04-04", "04-04", "04-05", "04-08", "04-11", "04-14", "04-14"]


def test_a_due_day_ends_with_that_local_day() -> None:
    lead = owned_lead(now=shanghai(3, 25))
    last = dt.datetime(2019, 4, 4, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    assert lead.reclaim_due(POLICY) == last
    for now in (shanghai(3, 25), shanghai(4, 4, 0), last):
        assert not lead.is_overdue(now, POLICY)
        error = refused("lead.not_overdue", return_to_pool, lead, policy=POLICY, pool=EAST, now=now)
        assert error.facts["due_at"] == last
    assert lead == owned_lead(now=shanghai(3, 25))
    assert lead.is_overdue(last + TICK, POLICY)
    change = return_to_pool(lead, policy=POLICY, pool=EAST, now=last + TICK)
    assert change.events == (LeadReturned(lead.id, pool=EAST, previous_owner=LI, at=last + TICK),)
    assert (change.after.pool, change.after.owner, change.after.owned_since) == (EAST, None, None)
    assert change.after.former == (Tenure(LI, last + TICK),)


@pytest.mark.parametrize(
    "lead", [captured_lead().after, pooled_lead(), disqualify(owned_lead(), reason="x", now=NOON).after]
)
def test_what_nobody_owns_is_never_due(lead: Lead) -> None:
    assert lead.reclaim_due(POLICY) is None
    assert not lead.is_overdue(NOON + 1000 * DAY, POLICY)


def test_what_has_become_a_customer_is_never_due() -> None:
    lead = convert(owned_lead(), account=AccountId("A1"), now=NOON).after
    assert lead.owner == LI
    assert lead.reclaim_due(POLICY) is None


def test_a_kind_that_does_not_qualify_extends_nothing() -> None:
    lead = touch(owned_lead(), by=LI, kind="e-mail", now=NOON + 10 * DAY).after
    assert lead.reclaim_due(POLICY) == owned_lead().reclaim_due(POLICY)


@given(st.lists(st.tuples(st.sampled_from(["call", "visit", "fax"]), st.integers(0, 30 * 24)), max_size=8))
def test_the_due_day_computed_a_second_way(acts: list[tuple[str, int]]) -> None:
    lead = owned_lead()
    for kind, hours in sorted(acts, key=lambda act: act[1]):
        lead = touch(lead, by=LI, kind=kind, now=NOON + hours * dt.timedelta(hours=1)).after
    kept = {dt.date(2026, 3, 2) + number * DAY for number in range(11)}
    for kind, hours in acts:
        day = (NOON + dt.timedelta(hours=hours)).astimezone(SHANGHAI).date()
        kept |= {day + number * DAY for number in range(4) if kind != "fax"}
    last = min(max(kept), dt.date(2026, 3, 22))
    due = lead.reclaim_due(POLICY)
    assert due is not None
    assert due.astimezone(SHANGHAI).replace(tzinfo=None) == dt.datetime.combine(last, dt.time.max)


def returned(*, at: dt.datetime) -> Lead:
    return return_to_pool(owned_lead(), policy=POLICY, pool=EAST, now=at).after


def test_a_claim_makes_an_owner_and_is_counted() -> None:
    taken, counted = claim(pooled_lead(), by=WANG, quota=quota(), holding=29, policy=POLICY, now=NOON)
    assert (taken.after.owner, taken.after.owned_since, taken.after.pool) == (WANG, NOON, None)
    assert counted.events == (ClaimCounted("east/wang", claimed="L1", on=dt.date(2026, 3, 2), at=NOON),)
    assert (counted.before, counted.after.claims, counted.after.version) == (quota(), 1, 2)


def test_the_fourth_claim_of_a_day_waits_for_the_next() -> None:
    count = quota()
    for number in range(3):
        _, change = claim(pooled_lead(f"L{number}"), by=WANG, quota=count, holding=0, policy=POLICY, now=NOON)
        count = change.after
    kept = attrs.astuple(count)
    error = refused(
        "lead.claim_denied", claim, pooled_lead("L4"), by=WANG, quota=count, holding=0, policy=POLICY, now=NOON
    )
    midnight = dt.datetime(2026, 3, 3, tzinfo=SHANGHAI)
    assert error.facts["reasons"] == (Reason.of("pool.spent", actor=WANG, claims=3, limit=3),)
    assert error.facts["retry_at"] == midnight
    assert str(error) == (
        "wang cannot claim lead L4: wang has made 3 claims of at most 3 a day; it passes from 2026-03-02 16:00:00+00:00 on"
    )
    assert say(error.code, "zh_CN", **error.facts) == "wang 不能领取线索 L4：wang 当日已领取 3 次，每日上限 3 次"
    assert attrs.astuple(count) == kept
    refused(
        "lead.claim_denied", claim, pooled_lead(), by=WANG, quota=count, holding=0, policy=POLICY, now=midnight - TICK
    )
    _, change = claim(pooled_lead(), by=WANG, quota=count, holding=0, policy=POLICY, now=midnight)
    assert (change.after.day, change.after.claims) == (dt.date(2026, 3, 3), 1)


def test_the_former_owner_cools_down_and_others_do_not() -> None:
    lead = returned(
        at=NOON + 11 * DAY
    )  # Friday 13 March in Shanghai: seven whole days are up to and including the 20th
    last = dt.datetime(2026, 3, 20, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    error = refused("lead.claim_denied", claim, lead, by=LI, quota=quota("li"), holding=0, policy=POLICY, now=last)
    assert error.facts["reasons"] == (Reason.of("pool.cooling", actor=LI, until=dt.date(2026, 3, 20)),)
    assert error.facts["retry_at"] == last + TICK
    again, _ = claim(lead, by=LI, quota=quota("li"), holding=0, policy=POLICY, now=last + TICK)
    assert (again.after.owner, again.after.former) == (LI, (Tenure(LI, NOON + 11 * DAY),))
    other, _ = claim(lead, by=WANG, quota=quota(), holding=0, policy=POLICY, now=NOON + 11 * DAY)
    assert other.after.owner == WANG


def test_the_last_loss_counts() -> None:
    lead = evolved(
        returned(at=NOON + 30 * DAY), former=(Tenure(LI, NOON), Tenure(WANG, NOON + DAY), Tenure(LI, NOON + 30 * DAY))
    )
    refused("lead.claim_denied", claim, lead, by=LI, quota=quota("li"), holding=0, policy=POLICY, now=NOON + 31 * DAY)


def test_what_is_new_is_assigned_first() -> None:
    shy = attrs.evolve(POLICY, fresh_hours=24)
    error = refused(
        "lead.claim_denied", claim, pooled_lead(), by=WANG, quota=quota(), holding=0, policy=shy, now=NOON + DAY - TICK
    )
    assert error.facts["retry_at"] == NOON + DAY
    claim(pooled_lead(), by=WANG, quota=quota(), holding=0, policy=shy, now=NOON + DAY)
    once_owned = returned(at=NOON + 11 * DAY)
    very_shy = attrs.evolve(POLICY, fresh_hours=24 * 365)
    claim(once_owned, by=WANG, quota=quota(), holding=0, policy=very_shy, now=NOON + 11 * DAY)


def test_all_reasons_at_once_and_no_clock_for_the_capacity() -> None:
    lead = returned(at=NOON + 11 * DAY)
    strict = attrs.evolve(POLICY, daily_claims=0)
    error = refused(
        "lead.claim_denied", claim, lead, by=LI, quota=quota("li"), holding=30, policy=strict, now=NOON + 11 * DAY
    )
    reasons: Any = error.facts["reasons"]
    assert [reason.code for reason in reasons] == ["pool.spent", "pool.full", "pool.cooling"]
    assert error.facts["retry_at"] is None
    assert "passes" not in str(error)


@pytest.mark.parametrize("actor, pool", [("li", EAST), ("wang", PoolId("west"))])
def test_a_quota_is_of_one_rep_and_one_pool(actor: str, pool: PoolId) -> None:
    other = evolved(quota(actor), pool=pool)
    with pytest.raises(InvalidValue, match="pass the one of wang in pool east") as error:
        claim(pooled_lead(), by=WANG, quota=other, holding=0, policy=POLICY, now=NOON)
    assert "wang" in say(error.value.code, "zh_CN", **error.value.facts)


def test_of_two_claims_at_once_the_quota_lets_one_through() -> None:
    """Both saw the same quota: a store takes the first and finds the second's `before` stale."""
    one = claim(pooled_lead("L1"), by=WANG, quota=quota(), holding=0, policy=POLICY, now=NOON)
    other = claim(pooled_lead("L2"), by=WANG, quota=quota(), holding=0, policy=POLICY, now=NOON)
    assert one[0].subject != other[0].subject
    assert one[1].subject == other[1].subject == ("claim_quota", "east/wang")
    assert one[1].before == other[1].before != one[1].after


@pytest.mark.parametrize("now", [dt.datetime(2026, 3, 30), dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)])
def test_strange_instants_give_typed_errors_or_dates(now: dt.datetime) -> None:
    with pytest.raises((InvalidValue, TypeError)):
        touch(owned_lead(), by=ActorId("li"), kind="call", now=dt.datetime(2026, 3, 30))
    if now.tzinfo is not None:
        late = owned_lead(now=now - 5 * DAY)
        assert late.reclaim_due(POLICY) == dt.datetime(9999, 12, 31, 15, 59, 59, 999999, tzinfo=dt.UTC)
