"""Random commits: what both adapters hold is the fold of their histories, and they never differ."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from ltc import leads
from ltc.adapters.memory import MemoryStore
from ltc.adapters.sql import SqlStore
from ltc.errors import Conflict
from ltc.events import Change, first_broken
from ltc.ids import ActorId
from ltc.repositories import Seen, Store
from ltc.testing import Story, lead_story
from ltc.testing.samples.leads import NOON

STORY: Story[Any] = lead_story()
IDS = ("L1", "L2", "L3")
Step = tuple[tuple[tuple[str, str, int], ...], tuple[tuple[str, int], ...], str | None]

moves = st.tuples(st.sampled_from(("begin", "go on", "go on stale", "twice")), st.sampled_from(IDS), st.integers(1, 3))
seen = st.tuples(st.sampled_from(IDS), st.integers(0, 4))
keys = st.none() | st.sampled_from(("K1", "K2", "K3"))
steps = st.tuples(st.lists(moves, max_size=3).map(tuple), st.lists(seen, max_size=1).map(tuple), keys)


class Clerk:
    """Remembers each state a lead ever had, and makes changes of them, good and bad."""

    def __init__(self) -> None:
        self.states: dict[str, list[leads.Lead]] = {lead: [] for lead in IDS}

    def changes(self, step: Step) -> list[Change[Any, Any]]:
        latest = {lead: states[-1] for lead, states in self.states.items() if states}
        made: list[Change[Any, Any]] = []
        for what, lead, number in step[0]:
            made += self._made(what, lead, number, latest)
            if made:
                latest[made[-1].after.id] = made[-1].after
        return made

    def _made(self, what: str, lead: str, number: int, latest: dict[str, leads.Lead]) -> list[Change[Any, Any]]:
        if what == "begin" or lead not in latest:
            return [STORY.begin(lead)]
        if what == "go on stale" and self.states[lead]:
            return [STORY.go_on(self.states[lead][0], number)]
        first = STORY.go_on(latest[lead], number)
        return [first, STORY.go_on(first.after, number + 1)] if what == "twice" else [first]

    def remember(self, changes: list[Change[Any, Any]]) -> None:
        for change in changes:
            self.states[change.after.id].append(change.after)


def attempt(store: Store, changes: list[Change[Any, Any]], step: Step) -> str:
    unmoved = tuple(Seen(STORY.begin(lead).subject, version) for lead, version in step[1])
    try:
        store.commit(*changes, by=ActorId("li"), at=NOON, unmoved=unmoved, key=step[2])
    except Conflict:
        return "refused"
    return "done"


def held(store: MemoryStore | SqlStore) -> list[leads.Lead]:
    return list(store.leads.all())


counts = {"done": 0, "refused": 0}


@contextmanager
def in_memory() -> Iterator[SqlStore]:
    """An SQLite store without a file: a hundred of them are quickly made."""
    engine = create_engine("sqlite://")
    store = SqlStore(engine, lives=[leads.LEAD])
    store.create_tables()
    try:
        yield store
    finally:
        engine.dispose()


@given(st.lists(steps, max_size=8))
def test_both_adapters_hold_the_fold_of_one_history(story: list[Step]) -> None:
    memory, clerk = MemoryStore(), Clerk()
    with in_memory() as sql:
        for step in story:
            changes = clerk.changes(step)
            recorded = len(list(memory.records()))
            outcome = attempt(memory, changes, step)
            assert attempt(sql, changes, step) == outcome
            assert tuple(sql.records()) == tuple(memory.records())
            counts[outcome] += 1
            if len(list(memory.records())) > recorded:
                clerk.remember(changes)
        assert held(sql) == held(memory)
        for lead in held(sql):
            assert leads.LEAD.replay(record.event for record in sql.history(("lead", lead.id))) == lead  # type: ignore[misc]  # events of leads
        assert first_broken(sql.records()) is first_broken(memory.records()) is None


def test_it_tried_both() -> None:
    if sum(counts.values()):  # where the law ran in this process
        assert min(counts.values()) > 10


@given(st.lists(st.integers(0, 6), max_size=6))
def test_erasing_keeps_the_chain(places: list[int]) -> None:
    store = MemoryStore()
    for number in range(6):
        store.commit(STORY.begin(f"L{number}"), by=ActorId("li"), at=NOON)
    hashes = [record.hash for record in store.records()]
    for place in places:
        with suppress(Conflict):
            store.erase(("lead", f"L{place}"))
    assert first_broken(store.records()) is None
    assert [record.hash for record in store.records()] == hashes
    assert len(held(store)) == 6 - len({place for place in places if place < 6})
