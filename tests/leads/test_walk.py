"""Every (status, verb) pair lands where the table says, or refuses and changes nothing; the facade's diagram is the table."""

import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from ltc import leads
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, name_of
from ltc.ids import AccountId
from ltc.leads import LEAD, TRANSITIONS, Grade, GradePolicy, Lead, LeadEvent, LeadStatus
from ltc.testing.samples.leads import EAST, LI, NOON, WANG, captured_lead, owned_lead, pooled_lead, rota
from ltc.testing.samples.pools import policy, quota

LATER = NOON.replace(month=4)

SAMPLES: dict[LeadStatus, Callable[[], Lead]] = {
    LeadStatus.UNREVIEWED: lambda: captured_lead().after,
    LeadStatus.NURTURED: lambda: graded(captured_lead().after, Grade.C).after,
    LeadStatus.POOLED: pooled_lead,
    LeadStatus.OWNED: owned_lead,
    LeadStatus.CONVERTED: lambda: leads.convert(owned_lead(), account=AccountId("A1"), now=NOON).after,
    LeadStatus.DISQUALIFIED: lambda: leads.disqualify(owned_lead(), reason="no budget", now=NOON).after,
}


def graded(lead: Lead, grade: Grade) -> Change[Lead, LeadEvent]:
    return leads.grade(lead, grade=grade, points=1, policy=GradePolicy(EAST), now=NOON)


VERBS: dict[str, Callable[[Lead], Change[Lead, LeadEvent]]] = {
    "graded": lambda lead: graded(lead, Grade.A),
    "nurtured": lambda lead: graded(lead, Grade.C),
    "assigned": lambda lead: leads.assign(
        lead,
        rules=[leads.Rule("all", rota="east")],
        rotas={"east": rota()},
        members=[leads.Member(LI)],
        now=NOON,
    )[0],
    "claimed": lambda lead: leads.claim(lead, by=WANG, quota=quota(), holding=0, policy=policy(), now=NOON)[0],
    "touched": lambda lead: leads.touch(lead, by=LI, kind="call", now=NOON),
    "returned": lambda lead: leads.return_to_pool(lead, policy=policy(), pool=EAST, now=LATER),
    "handed_over": lambda lead: leads.hand_over(lead, to=WANG, reason="leaves", now=NOON),
    "converted": lambda lead: leads.convert(lead, account=AccountId("A1"), now=NOON),
    "disqualified": lambda lead: leads.disqualify(lead, reason="no budget", now=NOON),
}


def test_the_samples_stand_where_they_should() -> None:
    assert {status: make().status for status, make in SAMPLES.items()} == {status: status for status in LeadStatus}


@pytest.mark.parametrize("status", LeadStatus)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_status(status: LeadStatus, verb: str) -> None:
    lead = SAMPLES[status]()
    kept = attrs.astuple(lead, recurse=False)
    expected = TRANSITIONS[status].get(LEAD.stored[verb])
    if expected is None:
        with pytest.raises(Refused) as refusal:
            VERBS[verb](lead)
        assert refusal.value.code == "move.not_allowed"
        passes = {other.value for other, moves in TRANSITIONS.items() if LEAD.stored[verb] in moves}
        assert set(str(refusal.value.facts["passes"]).split(", ")) == passes
    else:
        change = VERBS[verb](lead)
        assert change.after.status is expected
        assert change.after.version == lead.version + 1
        assert [name_of(LEAD, event) for event in change.events] == [verb]
        assert change.before is lead
    assert attrs.astuple(lead, recurse=False) == kept


@pytest.mark.parametrize("status", LeadStatus)
def test_an_impossible_history_is_found(status: LeadStatus) -> None:
    lead = SAMPLES[status]()
    [captured] = captured_lead().events
    with pytest.raises(InvalidValue, match="cannot have happened in status"):
        LEAD.evolve(lead, captured)


def test_a_lead_begins_with_its_capture() -> None:
    [event] = VERBS["touched"](owned_lead()).events
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        LEAD.replay([event])


def test_a_second_capture_is_no_move_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    [captured] = captured_lead().events
    monkeypatch.setitem(
        TRANSITIONS[LeadStatus.UNREVIEWED],
        type(captured),
        LeadStatus.POOLED,
    )
    with pytest.raises(AssertionError):
        LEAD.evolve(captured_lead().after, captured)


@pytest.mark.parametrize("status", LeadStatus)
def test_exactly_one_of_owner_and_pool_holds_a_lead_that_is_worked(status: LeadStatus) -> None:
    lead = SAMPLES[status]()
    assert (lead.pool is not None) == (status is LeadStatus.POOLED)
    assert (lead.owner is not None) == (status in {LeadStatus.OWNED, LeadStatus.CONVERTED})


def test_the_diagram_of_the_facade_is_the_table() -> None:
    drawn = re.findall(r"^    (\w+) -- (\w+) --> (\w+)$", leads.__doc__ or "", re.MULTILINE)
    names: dict[Any, str] = {event: name for name, event in LEAD.stored.items()}
    table = [
        (status.value, names[event], target.value)
        for status, moves in TRANSITIONS.items()
        for event, target in moves.items()
    ]
    assert sorted(drawn) == sorted(table)
    assert len(drawn) == len(set(drawn)) == 14


def test_every_event_but_the_capture_stands_in_the_table() -> None:
    moved = {event for moves in TRANSITIONS.values() for event in moves}
    assert moved == set(LEAD.stored.values()) - {leads.LeadCaptured}


def test_a_state_that_no_event_made_is_found() -> None:
    broken = attrs.evolve(owned_lead(), owner=None)
    with pytest.raises(InvalidValue, match="a state is made by its events only"):
        leads.touch(broken, by=LI, kind="call", now=NOON)


def test_nothing_happens_to_an_owned_lead_before_its_owner_had_it() -> None:
    early = NOON.replace(year=2020)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: leads.touch(owned_lead(), by=LI, kind="call", now=early),
        lambda: leads.hand_over(owned_lead(), to=WANG, reason="x", now=early),
        lambda: leads.convert(owned_lead(), account=AccountId("A1"), now=early),
    )
    for verb in verbs:
        with pytest.raises(Refused, match=r"is with li since .* use that instant or a later one"):
            verb()


@pytest.mark.parametrize("status", [LeadStatus.UNREVIEWED, LeadStatus.NURTURED, LeadStatus.POOLED])
@pytest.mark.parametrize("verb", ["graded", "nurtured", "assigned", "claimed", "disqualified"])
def test_nothing_happens_to_a_lead_before_it_was_captured(status: LeadStatus, verb: str) -> None:
    if LEAD.stored[verb] not in TRANSITIONS[status]:
        return
    late = attrs.evolve(SAMPLES[status](), captured_at=LATER)
    with pytest.raises(Refused, match=r"lead L1 was captured or returned at 2026-04-02 .* use that instant") as refusal:
        VERBS[verb](late)
    assert (refusal.value.code, refusal.value.facts["since"]) == ("lead.too_early", LATER)


def test_nothing_happens_to_a_lead_in_the_pool_before_it_returned() -> None:
    back = leads.return_to_pool(owned_lead(), policy=policy(), pool=EAST, now=LATER).after
    with pytest.raises(Refused, match=r"was captured or returned at 2026-04-02 .* use that instant"):
        VERBS["claimed"](back)
    assert leads.disqualify(back, reason="no budget", now=LATER).after.status is LeadStatus.DISQUALIFIED
