"""The contract of `ltc.repositories.Store`, as checks that any implementation must pass.

The checks know nothing of what is behind the store; each starts with an empty one. A host runs them in its own tests:

>>> from contextlib import nullcontext
>>> from ltc.adapters.memory import MemoryStore
>>> passed = check_store(lambda: nullcontext(MemoryStore()))
>>> passed[0], len(passed) > 20
('an empty store has nothing', True)
"""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

import attrs

from ltc.errors import Conflict, InvalidType, InvalidValue
from ltc.events import GENESIS, Change, Recorded, Subject, first_broken, sha256
from ltc.ids import ActorId
from ltc.repositories import Seen, Store
from ltc.testing.expecting import expect, expect_equal, expect_raises, run
from ltc.testing.stories import HOUR, NOON, Story, an_hour_later, lead_story

__all__ = ["check_store"]

_LI: Final = ActorId("li")
_CHEN: Final = ActorId("chen")


def check_store(make: Callable[[], AbstractContextManager[Store]], /, *, story: Story[Any] | None = None) -> list[str]:
    """Hold a store to the contract of `ltc.repositories.Store`; return the names of the checks that passed.

    Args:
        make: gives an empty store for one check, and cleans up behind it.
        story: makes the changes; by default those of leads, which the store must then take.

    Raises:
        AssertionError: what the contract says does not hold; the message begins with the name of the check.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> len(check_store(lambda: nullcontext(MemoryStore())))
    28
    """
    told = lead_story() if story is None else story

    def bound(check: Callable[["_Case"], None]) -> Callable[[], None]:
        def run_it() -> None:
            with make() as store:
                check(_Case(store, told))

        run_it.__name__ = check.__name__
        return run_it

    return run(map(bound, _CHECKS))


@attrs.frozen
class _Case:
    """A store and a story, with the few steps that the checks are made of."""

    store: Store
    story: Story[Any]

    def begin(self, thing_id: str) -> Change[Any, Any]:
        return self.story.begin(thing_id)

    def go_on(self, change: Change[Any, Any], number: int = 1) -> Change[Any, Any]:
        return self.story.go_on(change.after, number)

    def commit(self, *changes: Change[Any, Any], **more: Any) -> None:
        usual: dict[str, Any] = {"by": _LI, "at": NOON}
        self.store.commit(*changes, **(usual | more))

    def begun(self, thing_id: str) -> Change[Any, Any]:
        """Commit the beginning of a thing."""
        change = self.begin(thing_id)
        self.commit(change)
        return change

    def all(self) -> tuple[Recorded, ...]:
        return tuple(self.store.records())

    def refuses(self, error: type[Exception], when: str, *changes: Change[Any, Any], **more: Any) -> None:
        """Expect that a commit raises and that it leaves no trace."""
        before = self.all()
        expect_raises(error, partial(self.commit, *changes, **more), when)
        expect_equal(self.all(), before, f"the record after the refusal {when}")
        for change in changes:
            known = tuple(record for record in before if record.subject == change.subject)
            expect_equal(tuple(self.store.history(change.subject)), known, f"the history {when}")


def _an_empty_store_has_nothing(case: _Case) -> None:
    expect_equal(list(case.store.records()), [], "the record")
    expect_equal(list(case.store.history(case.begin("L1").subject)), [], "the history of what never was")
    expect_equal(list(case.store.caused_by("W1")), [], "what was done for no cause")
    expect(case.store.done("K1") is None, "a key is done that was never used")


def _a_commit_is_recorded_with_its_envelope(case: _Case) -> None:
    change = case.begin("L1")
    case.commit(change, cause="W1", key="K1")
    records = case.all()
    expect_equal(len(records), 1, "the number of records")
    [record] = records
    expect_equal(record.seq, 1, "seq")
    expect_equal(record.subject, change.subject, "subject")
    expect_equal(record.version, 1, "version")
    expect_equal(record.actor, _LI, "actor")
    expect_equal(record.recorded_at, NOON, "recorded_at")
    expect_equal((record.cause, record.key), ("W1", "K1"), "cause and key")
    expect_equal(record.previous, GENESIS, "the hash before the first record")
    expect_equal(record.event, change.events[0], "the event")
    expect(record.body is not None and sha256(record.body) == record.body_hash, "body_hash is not the body's")


def _events_come_in_the_order_of_changes(case: _Case) -> None:
    first, other = case.begin("L1"), case.begin("L0")
    next_ = case.go_on(first)
    case.commit(first, other, next_)
    found = [(record.seq, *record.subject, record.version) for record in case.all()]
    expected = [(1, *first.subject, 1), (2, *other.subject, 1), (3, *first.subject, 2)]
    expect_equal(found, expected, "the record")
    events = [record.event for record in case.all()]
    expect_equal(events, [*first.events, *other.events, *next_.events], "the events")


def _a_change_of_many_events_is_recorded_event_by_event(case: _Case) -> None:
    first = case.begin("L1")
    second = case.go_on(first, 1)
    both = Change(first.kind, None, (*first.events, *second.events), second.after)
    case.commit(both)
    expect_equal([record.version for record in case.all()], [1, 2], "the versions")
    expect_equal([record.event for record in case.all()], list(both.events), "the events")


def _history_is_of_one_thing_and_takes_a_plain_pair(case: _Case) -> None:
    first, other = case.begin("L1"), case.begin("L2")
    case.commit(first, other)
    case.commit(case.go_on(first))
    kind, thing_id = first.subject
    found = list(case.store.history((kind, thing_id)))
    expect_equal(found, list(case.store.history(Subject(kind, thing_id))), "the history by pair")
    expect_equal([record.seq for record in found], [1, 3], "the seqs of the history")


def _an_existing_thing_cannot_begin_again(case: _Case) -> None:
    case.begun("L1")
    case.refuses(Conflict, "when a thing begins twice", case.begin("L1"))


def _a_stale_change_is_a_conflict(case: _Case) -> None:
    first = case.begun("L1")
    case.commit(case.go_on(first, 1))
    case.refuses(Conflict, "for a stale change", case.go_on(first, 2))
    case.refuses(Conflict, "for the same change again", case.go_on(first, 1))


def _a_change_of_what_never_was_is_a_conflict(case: _Case) -> None:
    case.refuses(Conflict, "when the thing was never stored", case.go_on(case.begin("L1")))


def _a_change_from_the_future_is_a_conflict(case: _Case) -> None:
    second = case.go_on(case.begun("L1"))
    case.refuses(Conflict, "when the thing has not come so far", case.go_on(second))


def _a_commit_is_all_or_nothing(case: _Case) -> None:
    case.begun("L1")
    new, next_, bad = case.begin("L2"), case.go_on(case.begin("L1")), case.begin("L1")
    case.refuses(Conflict, "when the last change is bad", new, bad)
    case.refuses(Conflict, "when the first change is bad", bad, new)
    case.refuses(Conflict, "when one in the middle is bad", next_, bad, new)
    case.commit(next_, new)  # nothing of them is in the way


def _what_cannot_be_recorded_changes_nothing(case: _Case) -> None:
    new = case.begin("L1")
    foreign = Change(new.kind, None, (object(),), case.begin("L2").after)
    unknown = Change("no such kind", None, new.events, new.after)
    case.refuses(InvalidValue, "when an event is none of the kind's", new, foreign)
    case.refuses(InvalidValue, "when the kind is unknown", new, unknown)
    case.refuses(InvalidValue, "when the time has no zone", new, at=NOON.replace(tzinfo=None))
    case.refuses(InvalidValue, "when nobody did it", new, by=ActorId(""))
    case.commit(new)


def _changes_of_one_thing_chain(case: _Case) -> None:
    first = case.begin("L1")
    second = case.go_on(first, 1)
    case.commit(first, second, case.go_on(second, 2))
    expect_equal([record.version for record in case.all()], [1, 2, 3], "the versions")
    third = case.go_on(case.go_on(second, 2), 3)
    case.commit(third, case.go_on(third, 4))


def _changes_that_do_not_chain_are_a_conflict(case: _Case) -> None:
    first = case.begin("L1")
    one, two = case.go_on(first, 1), case.go_on(first, 2)
    case.refuses(Conflict, "when a thing begins twice in one commit", first, case.begin("L1"))
    case.refuses(Conflict, "when a thing goes on before it begins", one, first)
    case.refuses(Conflict, "when two changes have the same before", first, one, two)
    case.refuses(Conflict, "when a change goes on from another branch", first, one, case.go_on(two, 3))
    case.begun("L1")
    case.refuses(Conflict, "when two changes have the stored state as before", one, two)


def _what_has_not_moved_lets_a_commit_pass(case: _Case) -> None:
    quota = case.begun("Q1")
    here = Seen(quota.subject, 1)
    absent = Seen(case.begin("Q2").subject, 0)
    case.commit(case.begin("L1"), unmoved=(here, absent))
    case.commit(case.go_on(quota), unmoved=(here, absent))  # read and changed: the version before counts
    case.commit(unmoved=(Seen(quota.subject, 2),))


def _what_has_moved_is_a_conflict(case: _Case) -> None:
    quota = case.begun("Q1")
    seen = Seen(quota.subject, 1)
    case.commit(case.go_on(quota))
    case.refuses(Conflict, "when what was read has moved", case.begin("L1"), unmoved=(seen,))
    here = Seen(quota.subject, 2)
    case.refuses(Conflict, "when one of two has moved", case.begin("L1"), unmoved=(here, seen))
    case.refuses(Conflict, "when it moved and nothing changes", unmoved=(seen,))
    absent = Seen(quota.subject, 0)
    case.refuses(Conflict, "when what was absent is there", case.begin("L1"), unmoved=(absent,))
    gone = Seen(case.begin("Q9").subject, 1)
    case.refuses(Conflict, "when what was read is not there", case.begin("L1"), unmoved=(gone,))


def _what_was_read_is_given_with_its_version(case: _Case) -> None:
    quota = case.begun("Q1")
    case.refuses(InvalidType, "when unmoved does not say which version", case.begin("L1"), unmoved=(quota.subject,))


def _a_request_is_done_once(case: _Case) -> None:
    first = case.begin("L1")
    case.commit(first, case.begin("L2"), key="K1", cause="W1")
    done = case.store.done("K1")
    expect(done is not None, "a key was used and is not done")
    if done is not None:
        expect_equal((done.key, done.seqs, done.at), ("K1", (1, 2), NOON), "what was done")
    case.commit(case.go_on(first))
    before = case.all()
    case.commit(first, case.begin("L2"), key="K1", cause="W1", at=NOON + HOUR)
    expect_equal(case.all(), before, "the record after the same request again")
    case.commit(an_hour_later(first), an_hour_later(case.begin("L2")), key="K1", cause="W1", at=NOON + HOUR)
    expect_equal(case.all(), before, "the record after the same request, decided again an hour later")
    expect_equal(case.store.done("K1"), done, "what was done, after the same request again")


def _a_key_belongs_to_one_request(case: _Case) -> None:
    first = case.begin("L1")
    case.commit(first, key="K1", cause="W1")
    when = "when a key is used by another request"
    case.refuses(Conflict, when, case.go_on(first), key="K1", cause="W1")
    case.refuses(Conflict, when, first, key="K1", cause="W2")
    case.refuses(Conflict, when, first, key="K1", cause="W1", by=_CHEN)
    case.refuses(Conflict, when, key="K1", cause="W1")
    case.commit(case.go_on(first), key="K2", cause="W1")


def _a_refused_request_is_not_done(case: _Case) -> None:
    case.begun("L1")
    case.refuses(Conflict, "when a thing begins twice", case.begin("L1"), key="K1")
    expect(case.store.done("K1") is None, "a refused request is done")
    case.commit(case.begin("L2"), key="K1")


def _nothing_to_do_can_be_done(case: _Case) -> None:
    case.commit()
    case.commit(key="K1")
    case.commit(key="K1")
    done = case.store.done("K1")
    expect(done is not None and done.seqs == (), "a request without changes is not done")
    expect_equal(case.all(), (), "the record")


def _the_chain_holds_over_all_things(case: _Case) -> None:
    first, other = case.begun("L1"), case.begun("L2")
    case.refuses(Conflict, "when a thing begins twice", case.begin("L1"))
    second = case.go_on(first)
    case.commit(second, case.go_on(other))
    case.commit(case.go_on(second))
    expect_equal([record.seq for record in case.all()], [1, 2, 3, 4, 5], "the seqs")
    expect_equal(first_broken(case.store.records()), None, "the first broken record")


def _records_can_be_read_from_any_place(case: _Case) -> None:
    for number in range(5):
        case.begun(f"L{number}")
    records = case.all()
    for after in range(-1, 7):
        expect_equal(tuple(case.store.records(after)), records[max(after, 0) :], f"the record after {after}")
    for seq, last in enumerate((record.hash for record in records), 1):
        broken = first_broken(case.store.records(seq), after=seq, previous=last)
        expect_equal(broken, None, f"the first broken record after {seq}")


def _commits_go_on_while_records_are_read(case: _Case) -> None:
    for number in range(3):
        case.begun(f"L{number}")
    reading = case.store.records()
    read = [next(reading).seq]
    case.begun("L3")
    read += [record.seq for record in reading]
    expect(read in ([1, 2, 3], [1, 2, 3, 4]), f"the seqs read meanwhile are {read}")


def _what_was_done_for_a_cause_is_found(case: _Case) -> None:
    first, other = case.begin("L1"), case.begin("L2")
    case.commit(first, cause="W1")
    case.commit(other, cause="W2")
    case.commit(case.go_on(first), case.go_on(other), cause="W1")
    case.commit(case.begin("L3"))
    expect_equal([record.seq for record in case.store.caused_by("W1")], [1, 3, 4], "what was done for W1")


def _instants_are_kept_as_they_are(case: _Case) -> None:
    shanghai = dt.timezone(dt.timedelta(hours=8))
    fine = NOON.replace(microsecond=123457)
    case.commit(case.begin("L1"), at=fine.astimezone(shanghai), key="K1")
    case.commit(case.begin("L2"), at=dt.datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=dt.UTC))
    found = [record.recorded_at for record in case.all()]
    expect_equal(found, [fine, dt.datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=dt.UTC)], "recorded_at")
    expect(all(at.utcoffset() == dt.timedelta(0) for at in found), "recorded_at is not UTC")
    expect_equal(first_broken(case.store.records()), None, "the first broken record")


def _names_of_any_script_are_kept(case: _Case) -> None:
    names = ["华东/1", "L 1", "l 1", "Ünï", "🏭", "%_'\"\\", "x" * 200]
    for name in names:
        case.commit(case.begin(name), by=ActorId(name), cause=name, key=name)
    expect_equal([record.subject.id for record in case.all()], names, "the ids")
    for name in names:
        found = [(r.subject.id, r.actor, r.cause, r.key) for r in case.store.caused_by(name)]
        expect_equal(found, [(name,) * 4], "what was done for a name")
        expect(case.store.done(name) is not None, f"the key {name!a} is not done")


def _erasing_takes_the_bodies_and_leaves_the_chain(case: _Case) -> None:
    first, other = case.begun("L1"), case.begun("L2")
    case.commit(case.go_on(first))
    before = case.all()
    expect_equal(case.store.erase((first.subject.kind, first.subject.id)), 2, "the number of bodies erased")
    erased = list(case.store.history(first.subject))
    expect_equal([(record.body, record.event) for record in erased], [(None, None)] * 2, "what is left")
    expect_equal([record.hash for record in case.all()], [record.hash for record in before], "the hashes")
    expect_equal(list(case.store.history(other.subject)), [before[1]], "the history of another thing")
    expect_equal(first_broken(case.store.records()), None, "the first broken record")
    case.begun("L3")
    expect_equal(first_broken(case.store.records()), None, "the first broken record")


def _what_was_erased_stays_erased(case: _Case) -> None:
    first = case.begun("L1")
    case.store.erase(first.subject)
    expect_equal(case.store.erase(first.subject), 0, "the number of bodies erased again")
    expect_equal(case.store.erase(case.begin("L9").subject), 0, "the bodies erased of what never was")
    expect_equal(case.store.erase(), 0, "the bodies erased of nothing")
    case.refuses(Conflict, "when an erased thing begins again", case.begin("L1"))
    case.refuses(Conflict, "when an erased thing goes on", case.go_on(first))
    for version in (0, 1):
        seen = (Seen(first.subject, version),)
        case.refuses(Conflict, "when what was read was erased", case.begin("L2"), unmoved=seen)
    case.commit(case.begin("L9"))


_CHECKS: Final = (
    _an_empty_store_has_nothing,
    _a_commit_is_recorded_with_its_envelope,
    _events_come_in_the_order_of_changes,
    _a_change_of_many_events_is_recorded_event_by_event,
    _history_is_of_one_thing_and_takes_a_plain_pair,
    _an_existing_thing_cannot_begin_again,
    _a_stale_change_is_a_conflict,
    _a_change_of_what_never_was_is_a_conflict,
    _a_change_from_the_future_is_a_conflict,
    _a_commit_is_all_or_nothing,
    _what_cannot_be_recorded_changes_nothing,
    _changes_of_one_thing_chain,
    _changes_that_do_not_chain_are_a_conflict,
    _what_has_not_moved_lets_a_commit_pass,
    _what_has_moved_is_a_conflict,
    _what_was_read_is_given_with_its_version,
    _a_request_is_done_once,
    _a_key_belongs_to_one_request,
    _a_refused_request_is_not_done,
    _nothing_to_do_can_be_done,
    _the_chain_holds_over_all_things,
    _records_can_be_read_from_any_place,
    _commits_go_on_while_records_are_read,
    _what_was_done_for_a_cause_is_found,
    _instants_are_kept_as_they_are,
    _names_of_any_script_are_kept,
    _erasing_takes_the_bodies_and_leaves_the_chain,
    _what_was_erased_stays_erased,
)
