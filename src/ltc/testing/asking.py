"""What is asked of every repository, and the few steps that the suites of single ones are made of."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol, TypeVar

import attrs

from ltc.errors import Conflict, NotFound
from ltc.events import Change, Life, Thing
from ltc.ids import ActorId
from ltc.repositories import Store
from ltc.testing.expecting import expect_equal, expect_raises, run
from ltc.testing.stories import NOON

__all__ = ["LI", "WANG", "Make", "Things", "beginning", "check", "commit", "ids_of"]

LI: Final = ActorId("li")
WANG: Final = ActorId("wang")
_MANY: Final = 501
"""More than an adapter reads at once."""


class Things(Protocol):
    """What all repositories have."""

    def get(self, thing_id: Any, /) -> Thing:
        """Return the thing, or raise `NotFound`."""

    def all(self) -> Iterable[Thing]:
        """Return every one in id order, for one loop after the other."""


R = TypeVar("R", bound=Things)
Make = Callable[[], AbstractContextManager[tuple[Store, R]]]
Begin = Callable[[str], Change[Any, Any]]
Query = Callable[[Store, R], None]


def check(make: Make[R], begin: Begin, *queries: Query[R]) -> list[str]:
    """Run what is asked of every repository, then the questions of this one; each on an empty store."""

    def bound(asked: Callable[..., None], *more: object) -> Callable[[], None]:
        def run_it() -> None:
            with make() as (store, repository):
                asked(store, repository, *more)

        run_it.__name__ = asked.__name__
        return run_it

    return run([*(bound(asked, begin) for asked in _COMMON), *(bound(query) for query in queries)])


def commit(store: Store, *changes: Change[Any, Any]) -> None:
    """Commit changes of li's, at noon."""
    store.commit(*changes, by=LI, at=NOON)


def ids_of(things: Iterable[Thing]) -> list[str]:
    """Return the ids of things, in their order."""
    return [thing.id for thing in things]


def _what_was_committed_is_read_back(store: Store, repository: Things, begin: Begin) -> None:
    first, other = begin("B1"), begin("B2")
    commit(store, first)
    commit(store, other)
    expect_equal(repository.get("B1"), first.after, "the thing")
    expect_equal(repository.get("B2"), other.after, "the other thing")


def _what_is_not_there_is_not_found(store: Store, repository: Things, begin: Begin) -> None:
    expect_raises(NotFound, lambda: repository.get("B1"), "in an empty store")
    commit(store, begin("B1"))
    for missing in ("", "b1", "B", "B1 ", "B%", "B_", None):
        expect_raises(NotFound, lambda asked=missing: repository.get(asked), f"for {missing!a}")  # type: ignore[misc]  # bound now


def _a_refused_commit_is_not_read(store: Store, repository: Things, begin: Begin) -> None:
    commit(store, begin("B1"))
    before = list(repository.all())
    expect_raises(Conflict, lambda: commit(store, begin("B2"), begin("B1")), "when a thing begins twice")
    expect_raises(NotFound, lambda: repository.get("B2"), "for what was refused")
    expect_equal(list(repository.all()), before, "what all() yields")


def _all_come_in_the_order_of_ids(store: Store, repository: Things, begin: Begin) -> None:
    ids = ["b", "B", "a/10", "a/2", "华东", "é", "Z", "🏭", "a"]
    commit(store, *map(begin, ids))
    expect_equal(ids_of(repository.all()), sorted(ids), "the order of all()")


def _many_come_one_by_one(store: Store, repository: Things, begin: Begin) -> None:
    ids = [f"B{number:05}" for number in range(_MANY)]
    commit(store, *map(begin, ids))
    stream = iter(repository.all())
    seen = [next(stream).id]
    commit(store, begin("A"))  # behind the reader: not seen, and not in the way
    seen += ids_of(stream)
    expect_equal(seen, ids, "what all() yields")


def _all_can_be_gone_through_again(store: Store, repository: Things, begin: Begin) -> None:
    commit(store, begin("B1"))
    every = repository.all()
    expect_equal([ids_of(every), ids_of(every)], [["B1"], ["B1"]], "what all() gives to two loops")


def _an_erased_thing_is_gone(store: Store, repository: Things, begin: Begin) -> None:
    first = begin("B1")
    commit(store, first, begin("B2"))
    store.erase(first.subject)
    expect_raises(NotFound, lambda: repository.get("B1"), "for what was erased")
    expect_equal(ids_of(repository.all()), ["B2"], "what all() yields")


_COMMON: Final = (
    _what_was_committed_is_read_back,
    _what_is_not_there_is_not_found,
    _a_refused_commit_is_not_read,
    _all_come_in_the_order_of_ids,
    _many_come_one_by_one,
    _all_can_be_gone_through_again,
    _an_erased_thing_is_gone,
)


def beginning(life: Life[Any, Any], event: Any) -> Callable[..., Change[Any, Any]]:
    """Return what begins things of a life: as the event, under another id and with other facts."""
    id_field = attrs.fields(type(event))[0].name

    def begin(thing_id: str, **facts: object) -> Change[Any, Any]:
        return life.change(None, attrs.evolve(event, **{id_field: thing_id, **facts}))

    return begin
