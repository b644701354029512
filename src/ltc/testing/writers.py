"""Two writers at once: what `ltc.repositories.Store` promises about commits from different threads, connections or processes."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

import attrs

from ltc.errors import Conflict
from ltc.events import Change, first_broken
from ltc.ids import ActorId
from ltc.repositories import Seen, Store
from ltc.testing.expecting import expect, expect_equal, expect_raises, run
from ltc.testing.stories import NOON, Story, lead_story

__all__ = ["check_two_writers"]

_ROUNDS: Final = 12
_LI: Final = ActorId("li")


def check_two_writers(
    make: Callable[[], AbstractContextManager[tuple[Store, Store]]], /, *, story: Story[Any] | None = None
) -> list[str]:
    """Hold two ways into one storage to the contract of `Store`; return the names of the checks that passed.

    Args:
        make: gives two stores over the same, empty storage: two connections, or the same store twice for its threads.
        story: makes the changes; by default those of leads, which the stores must then take.

    Raises:
        AssertionError: what the contract says does not hold; the message begins with the name of the check.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> len(check_two_writers(lambda: nullcontext((store := MemoryStore(), store))))
    7
    """
    told = lead_story() if story is None else story

    def bound(check: Callable[["_Two"], None]) -> Callable[[], None]:
        def run_it() -> None:
            with make() as (here, there):
                check(_Two(here, there, told))

        run_it.__name__ = check.__name__
        return run_it

    return run(map(bound, _CHECKS))


@attrs.frozen
class _Two:
    here: Store
    there: Store
    story: Story[Any]

    def race(self, here: Callable[[], None], there: Callable[[], None]) -> list[bool]:
        """Start both at once; tell for each whether it got through or met a Conflict."""
        start = threading.Barrier(2)
        results: list[bool | Exception] = [False, False]

        def enter(place: int, call: Callable[[], None]) -> None:
            start.wait()
            try:
                call()
                results[place] = True
            except Conflict:
                results[place] = False
            except Exception as error:  # noqa: BLE001  # it belongs to the thread that waits
                results[place] = error

        threads = [threading.Thread(target=enter, args=pair) for pair in enumerate((here, there))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for result in results:
            if isinstance(result, Exception):
                raise result
        return [bool(result) for result in results]


def _commit(store: Store, *changes: Change[Any, Any], **more: Any) -> None:
    store.commit(*changes, by=_LI, at=NOON, **more)


def _each_sees_what_the_other_did(two: _Two) -> None:
    first = two.story.begin("L1")
    _commit(two.here, first, key="K1")
    expect_equal(tuple(two.there.history(first.subject)), tuple(two.here.history(first.subject)), "the history")
    expect_equal(two.there.done("K1"), two.here.done("K1"), "what was done")
    _commit(two.there, two.story.go_on(first.after, 1))
    expect_equal([record.seq for record in two.here.records()], [1, 2], "the seqs")


def _the_second_of_two_is_a_conflict(two: _Two) -> None:
    first = two.story.begin("L1")
    _commit(two.here, first)
    expect_raises(Conflict, lambda: _commit(two.there, two.story.begin("L1")), "when a thing begins twice")
    _commit(two.there, two.story.go_on(first.after, 1))
    expect_raises(Conflict, lambda: _commit(two.here, two.story.go_on(first.after, 2)), "for a stale change")
    seen = (Seen(first.subject, 1),)
    stale = two.story.begin("L2")
    expect_raises(Conflict, lambda: _commit(two.here, stale, unmoved=seen), "when what was read has moved")
    expect_equal(len(list(two.here.records())), 2, "the number of records")


def _of_two_at_once_one_wins(two: _Two) -> None:
    for number in range(_ROUNDS):
        first = two.story.begin(f"L{number}")
        _commit(two.here, first)
        one, other = two.story.go_on(first.after, 1), two.story.go_on(first.after, 2)
        through = two.race(lambda: _commit(two.here, one), lambda: _commit(two.there, other))  # noqa: B023  # joined in this round
        expect_equal(sorted(through), [False, True], "who got through")
        expect_equal(len(two.here.history(first.subject)), 2, "the number of records")


def _of_two_beginnings_at_once_one_wins(two: _Two) -> None:
    for number in range(_ROUNDS):
        first = two.story.begin(f"L{number}")
        through = two.race(lambda: _commit(two.here, first), lambda: _commit(two.there, first))  # noqa: B023  # as above
        expect_equal(sorted(through), [False, True], "who got through")


def _what_both_read_of_each_other_holds_for_one_only(two: _Two) -> None:
    for number in range(_ROUNDS):
        left, right = two.story.begin(f"L{number}"), two.story.begin(f"R{number}")
        _commit(two.here, left, right)
        sees_right, sees_left = (Seen(right.subject, 1),), (Seen(left.subject, 1),)
        one, other = two.story.go_on(left.after, 1), two.story.go_on(right.after, 1)
        through = two.race(
            lambda: _commit(two.here, one, unmoved=sees_right),  # noqa: B023  # joined in this round
            lambda: _commit(two.there, other, unmoved=sees_left),  # noqa: B023  # as above
        )
        expect_equal(sorted(through), [False, True], "who got through")


def _the_same_request_twice_at_once_is_done_once(two: _Two) -> None:
    for number in range(_ROUNDS):
        key, first = f"K{number}", two.story.begin(f"L{number}")
        through = two.race(
            lambda: _commit(two.here, first, key=key),  # noqa: B023  # joined in this round
            lambda: _commit(two.there, first, key=key),  # noqa: B023  # as above
        )
        expect_equal(through, [True, True], "who got through")
        expect_equal(len(two.here.history(first.subject)), 1, "the number of records")


def _many_at_once_make_one_chain(two: _Two) -> None:
    def many(store: Store, name: str) -> None:
        for number in range(_ROUNDS):
            _commit(store, two.story.begin(f"{name}{number}"))

    through = two.race(lambda: many(two.here, "L"), lambda: many(two.there, "R"))
    expect_equal(through, [True, True], "who got through")
    seqs = [record.seq for record in two.here.records()]
    expect_equal(seqs, list(range(1, 2 * _ROUNDS + 1)), "the seqs")
    expect(first_broken(two.there.records()) is None, "the chain is broken")


_CHECKS: Final = (
    _each_sees_what_the_other_did,
    _the_second_of_two_is_a_conflict,
    _of_two_at_once_one_wins,
    _of_two_beginnings_at_once_one_wins,
    _what_both_read_of_each_other_holds_for_one_only,
    _the_same_request_twice_at_once_is_done_once,
    _many_at_once_make_one_chain,
)
