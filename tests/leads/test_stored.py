"""What is stored comes back: events in their envelope, states as JSON, states by replay."""

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import leads
from ltc.errors import InvalidType, InvalidValue
from ltc.events import dump_event, from_json, load_event, to_json
from ltc.findings import Reason
from ltc.ids import ActorId, LeadId, PoolId
from ltc.leads import LEAD, ROTA, Grade, Lead, LeadDraft, LeadEvent, Rota, RotaEvent
from ltc.money import Money
from ltc.testing.samples.leads import LI, NOON, rota

L1 = LeadId("L1")
LINES = st.text(st.characters(categories=("L", "N"), include_characters=" -_/&（）"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
INSTANTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))
FACTS = (
    LINES
    | st.integers()
    | st.decimals(-(10**9), 10**9, places=6)
    | st.dates()
    | INSTANTS
    | st.integers(-(10**18), 10**18).map(lambda minor: Money(minor, "CNY"))
)
REASONS = st.lists(
    st.builds(lambda code, facts: Reason.of(code, **facts), LINES, st.dictionaries(st.sampled_from("abc"), FACTS)),
    max_size=3,
).map(tuple)
GRADES = st.sampled_from(Grade)

EVENTS: dict[str, st.SearchStrategy[LeadEvent]] = {
    "captured": st.builds(
        leads.LeadCaptured,
        LINES,
        name=LINES | st.none(),
        company=LINES,
        phone=LINES | st.none(),
        email=LINES | st.none(),
        source=LINES | st.none(),
        city=LINES | st.none(),
        duplicates=st.lists(LINES, max_size=3).map(tuple),
        at=INSTANTS,
    ),
    "graded": st.builds(
        leads.LeadGraded, LINES, grade=GRADES, points=st.integers(), pool=LINES, reasons=REASONS, at=INSTANTS
    ),
    "nurtured": st.builds(leads.LeadNurtured, LINES, grade=GRADES, points=st.integers(), reasons=REASONS, at=INSTANTS),
    "assigned": st.builds(leads.LeadAssigned, LINES, owner=LINES, reasons=REASONS, at=INSTANTS),
    "claimed": st.builds(leads.LeadClaimed, LINES, owner=LINES, at=INSTANTS),
    "touched": st.builds(leads.LeadTouched, LINES, by=LINES, kind=LINES, note=LINES | st.just(""), at=INSTANTS),
    "returned": st.builds(leads.LeadReturned, LINES, pool=LINES, previous_owner=LINES, at=INSTANTS),
    "handed_over": st.builds(
        leads.LeadHandedOver, LINES, owner=LINES, previous_owner=LINES, reason=LINES | st.just(""), at=INSTANTS
    ),
    "converted": st.builds(
        leads.LeadConverted,
        LINES,
        owner=LINES,
        account=LINES,
        contact=LINES | st.none(),
        opportunity=LINES | st.none(),
        at=INSTANTS,
    ),
    "disqualified": st.builds(
        leads.LeadDisqualified, LINES, reason=LINES, previous_owner=LINES | st.none(), at=INSTANTS
    ),
}
MEMBERS = st.lists(LINES, min_size=1, max_size=4, unique=True).map(tuple)
ROTA_EVENTS: st.SearchStrategy[RotaEvent] = (
    st.builds(leads.RotaOpened, LINES, members=MEMBERS, at=INSTANTS)
    | st.builds(leads.RotaAdvanced, LINES, given=LINES, lead=LINES, at=INSTANTS)
    | MEMBERS.flatmap(
        lambda members: st.builds(
            leads.RotaRemanned,
            LINES,
            members=st.just(members),
            last=st.none() | st.sampled_from(members),
            at=INSTANTS,
        )
    )
)


def test_every_event_has_a_strategy() -> None:
    assert EVENTS.keys() == LEAD.stored.keys()
    assert set(LEAD.stored.values()) == set(get_args(LeadEvent))
    assert set(ROTA.stored.values()) == set(get_args(RotaEvent))


@given(st.one_of(list(EVENTS.values())))
def test_an_event_of_a_lead_comes_back(event: LeadEvent) -> None:
    assert load_event(LEAD, dump_event(LEAD, event)) == event


@given(ROTA_EVENTS)
def test_an_event_of_a_rota_comes_back(event: RotaEvent) -> None:
    assert load_event(ROTA, dump_event(ROTA, event)) == event


@st.composite
def histories(draw: st.DrawFn) -> list[LeadEvent]:
    """Events that the table allows, drawn one by one."""
    history: list[LeadEvent] = [draw(EVENTS["captured"])]
    lead = LEAD.replay(history)
    for _ in range(draw(st.integers(0, 8))):
        moves = [name for name, event in LEAD.stored.items() if event in leads.TRANSITIONS[lead.status]]
        if not moves:
            break
        history.append(draw(EVENTS[draw(st.sampled_from(moves))]))
        lead = LEAD.evolve(lead, history[-1])
    return history


@given(histories())
def test_a_state_comes_back_and_is_the_fold_of_its_events(history: list[LeadEvent]) -> None:
    lead = LEAD.replay(history)
    assert lead.version == len(history)
    assert from_json(to_json(lead), Lead) == lead
    assert LEAD.replay([load_event(LEAD, dump_event(LEAD, event)) for event in history]) == lead
    change = LEAD.change(None, history[0], *history[1:])
    assert change.after == lead
    owners = sum(isinstance(event, leads.LeadReturned | leads.LeadHandedOver) for event in history)
    assert len(lead.former) - owners in {0, 1}  # one more where it was given up


def test_a_rota_comes_back() -> None:
    turned = ROTA.evolve(rota(), leads.RotaAdvanced("east", given=LI, lead=L1, at=NOON))
    assert from_json(to_json(turned), Rota) == turned
    assert ROTA.replay([leads.RotaOpened("east", members=turned.members, at=NOON)]) == rota()


@pytest.mark.parametrize(
    "value",
    [
        LeadDraft(company="华东机械有限公司", phone="021-68881234 ext 5"),
        leads.Rule("华东", rota="east", when=(leads.OneOf("city", ["上海", "苏州"]), leads.OneOf("grade", ["A"]))),
        leads.Member(ActorId("li"), absent_until=NOON, open=3, capacity=9),
        leads.GradePolicy(PoolId("east"), assigned=(Grade.A,), nurtured=()),
        leads.DuplicateHint(LeadId("L1"), leads.Verdict.WARN, (Reason.of("lead.same_company", lead="L1", value="x"),)),
        leads.MatchKey("company", "华东机械"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back(value: object) -> None:
    assert from_json(to_json(value), type(value)) == value


NAIVE = dt.datetime(2026, 3, 2, 4)


@pytest.mark.parametrize("bad", ["", " ", "a\nb", "a\x00b", "\u202ea", "\ud800", "x" * 201, "x" * 1_000_000])
def test_an_event_takes_no_id_that_cannot_be_read(bad: str) -> None:
    with pytest.raises(InvalidValue):
        leads.LeadClaimed(LeadId(bad), owner=LI, at=NOON)


@pytest.mark.parametrize("at, error", [(NAIVE, InvalidValue), (NOON.date(), InvalidType), (None, InvalidType)])
def test_an_event_takes_no_instant_without_a_zone(at: dt.datetime, error: type[Exception]) -> None:
    with pytest.raises(error):
        leads.LeadClaimed(L1, owner=LI, at=at)
