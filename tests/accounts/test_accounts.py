"""An account's verbs, refusals, history and JSON."""

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import accounts
from ltc.accounts import (
    ACCOUNT,
    Account,
    AccountContactAdded,
    AccountCreated,
    AccountEvent,
    AccountHandedOver,
    AccountLeadLinked,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import dump_event, from_json, load_event, to_json
from ltc.ids import AccountId, ActorId, ContactId, LeadId
from ltc.testing.samples.accounts import NOON, account, created, handed_over

HOUR = dt.timedelta(hours=1)

lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
maybe = st.none() | lines
texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("\n\t "), max_size=20)
instants = st.datetimes(
    dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.sampled_from([dt.UTC, dt.timezone(8 * HOUR)])
)
at = {"account": lines, "at": instants}
events: st.SearchStrategy[AccountEvent] = st.one_of(
    st.builds(AccountCreated, **at, name=lines, owner=lines, origin=maybe),
    st.builds(AccountContactAdded, **at, contact=lines, name=lines, phone=maybe, email=maybe, role=maybe),
    st.builds(AccountLeadLinked, **at, lead=lines),
    st.builds(AccountHandedOver, **at, owner=lines, previous_owner=lines, reason=texts),
)


@given(events)
def test_an_event_survives_json(event: AccountEvent) -> None:
    assert load_event(ACCOUNT, dump_event(ACCOUNT, event)) == event


@given(st.builds(AccountCreated, **at, name=lines, owner=lines, origin=maybe), st.lists(events, max_size=6))
def test_a_state_survives_json_and_counts_its_events(first: AccountEvent, more: list[AccountEvent]) -> None:
    history = [first, *(event for event in more if not isinstance(event, AccountCreated))]
    state = ACCOUNT.replay(history)
    assert state.version == len(history)
    assert from_json(to_json(state), Account) == state


def test_the_state_is_the_replay_of_its_events() -> None:
    first = created()
    second = accounts.add_contact(first.after, contact=ContactId("C1"), name="陈静", now=NOON)
    third = accounts.link_lead(second.after, lead=LeadId("L2"), now=NOON)
    fourth = accounts.hand_over(third.after, to=ActorId("wang"), reason="", now=NOON)
    changes = [first, second, third, fourth]
    assert ACCOUNT.replay(event for change in changes for event in change.events) == fourth.after
    assert fourth.after.origins == ("L1", "L2")
    assert [change.after.version for change in changes] == [1, 2, 3, 4]
    assert first.before is None


def test_an_account_without_a_lead_has_no_origin() -> None:
    made = accounts.create(AccountId("A2"), name="Acme", owner=ActorId("li"), now=NOON).after
    assert made.origins == ()
    assert made.contact(ContactId("C1")) is None
    assert made.owner_at(NOON - HOUR) is None
    assert made.owner_at(NOON) == "li"


@given(st.lists(st.tuples(st.sampled_from(["li", "wang", "zhao"]), st.integers(0, 5)), max_size=8), st.integers(-3, 45))
def test_the_owner_at_an_instant_is_the_last_one_who_took_it_by_then(moves: list[tuple[str, int]], asked: int) -> None:
    state = accounts.create(AccountId("A1"), name="A", owner=ActorId("li"), now=NOON).after
    taken = [(0, "li")]  # the oracle: who took it in which hour
    for owner, later in moves:
        hour = taken[-1][0] + later
        if owner == taken[-1][1]:
            continue
        state = accounts.hand_over(state, to=ActorId(owner), reason="", now=NOON + hour * HOUR).after
        taken.append((hour, owner))
    expected = [owner for hour, owner in taken if hour <= asked]
    assert state.owner_at(NOON + asked * HOUR) == (expected[-1] if expected else None)
    assert state.owner == taken[-1][1]
    assert state.owned_since == NOON + taken[-1][0] * HOUR


def refused(code: str, state: Account, verb: Any, **facts: Any) -> Refused:
    before = attrs.asdict(state)
    with pytest.raises(Refused) as caught:
        verb(state, **facts)
    assert caught.value.code == code
    assert attrs.asdict(state) == before
    return caught.value


def test_refusals_say_what_holds_and_change_nothing() -> None:
    state = handed_over().after
    known = refused("account.contact_exists", state, accounts.add_contact, contact="C1", name="x", now=NOON)
    assert known.facts == {"account": "A1", "contact": "C1"}
    refused("account.lead_linked", state, accounts.link_lead, lead="L1", now=NOON)
    refused("account.same_owner", state, accounts.hand_over, to="wang", reason="", now=NOON)
    early = refused("account.too_early", state, accounts.hand_over, to="li", reason="", now=NOON - HOUR)
    assert early.facts["since"] == NOON
    assert accounts.hand_over(state, to=ActorId("li"), reason="", now=NOON).after.owner == "li"


def test_an_account_is_created_once() -> None:
    [event] = created().events
    with pytest.raises(InvalidValue, match="created once") as caught:
        ACCOUNT.evolve(account(), event)
    assert caught.value.code == "account.created_twice"
    with pytest.raises(InvalidValue, match="cannot be the first"):
        ACCOUNT.replay(handed_over().events)


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "x" * 201, "\u202e"])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue):
        accounts.create(AccountId("A1"), name=name, owner=ActorId("li"), now=NOON)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no time zone"):
        accounts.hand_over(account(), to=ActorId("wang"), reason="", now=dt.datetime(2026, 3, 2))
    with pytest.raises(InvalidType):
        accounts.create(AccountId("A1"), name="A", owner=ActorId("li"), now=dt.date(2026, 3, 2))  # type: ignore[arg-type]  # the fault under test
