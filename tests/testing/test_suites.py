"""The tools of the suites, and the strategies."""

import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given

from ltc import leads
from ltc.errors import InvalidType, InvalidValue, MissingExtra
from ltc.events import Subject, dump_event, load_event, to_json
from ltc.repositories import Done, Seen
from ltc.testing import strategies
from ltc.testing.expecting import expect_raises, run
from ltc.testing.samples.leads import NOON, owned_lead


@given(strategies.lead_events())
def test_lead_events_survive_storage(event: leads.LeadEvent) -> None:
    assert load_event(leads.LEAD, dump_event(leads.LEAD, event)) == event


@given(strategies.lead_histories("L9"))
def test_lead_histories_replay(events: tuple[leads.LeadEvent, ...]) -> None:
    lead = leads.LEAD.replay(events)
    assert (lead.id, lead.version) == ("L9", len(events))


@given(strategies.money("JPY", least=-5, most=5), strategies.ids(), strategies.days(), strategies.instants())
def test_values_are_what_the_library_takes(amount: Any, made: str, on: Any, at: Any) -> None:
    assert abs(amount.minor) <= 5
    assert amount.currency == "JPY"
    assert leads.LeadClaimed(leads.LEAD.kind, owner=made, at=at).at == at  # type: ignore[arg-type]  # any line will do
    assert to_json(on) == f'"{on.isoformat()}"'.encode()


def test_strategies_without_hypothesis_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ltc.testing.strategies")
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(MissingExtra, match="pip install hypothesis"):
        import_module("ltc.testing.strategies")


def test_a_check_that_raises_something_else_fails_by_name() -> None:
    def two_is_found() -> None:
        raise KeyError(2)

    with pytest.raises(AssertionError, match="two is found: KeyError: 2"):
        run([two_is_found])


def test_another_error_is_not_the_expected_one() -> None:
    with pytest.raises(ZeroDivisionError):
        expect_raises(ValueError, lambda: 1 / 0, "for a division")


def test_what_was_seen_names_its_version() -> None:
    lead = owned_lead()
    assert Seen.of(leads.LEAD, lead) == Seen(Subject("lead", lead.id), lead.version)
    assert Seen.absent(leads.LEAD, "L9") == Seen(Subject("lead", "L9"), 0)
    with pytest.raises(InvalidValue, match="-1 is no version") as refused:
        Seen(Subject("lead", "L1"), -1)
    assert refused.value.code == "store.seen_version"


def test_unmoved_without_a_version_is_refused_by_every_adapter() -> None:
    from ltc.adapters.memory import MemoryStore  # noqa: PLC0415  # the one test that needs a store

    with pytest.raises(InvalidType, match=r"say which version was read, with Seen\.of or Seen\.absent"):
        MemoryStore().commit(by="li", at=NOON, unmoved=(Subject("lead", "L1"),))  # type: ignore[arg-type]  # that is the test


def test_done_is_a_value() -> None:
    assert Done("K1", "ab", (), NOON) == Done("K1", "ab", (), NOON)
