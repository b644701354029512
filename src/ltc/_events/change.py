"""A change of one thing, and the life that makes it: state is always the fold of events."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

import attrs

from ltc.errors import InvalidType, InvalidValue


class Thing(Protocol):
    """What has a history: an id, and a version that counts its events.

    >>> from ltc.testing.samples.leads import owned_lead
    >>> def label(thing: Thing) -> str:
    ...     return f"{thing.id}@{thing.version}"
    >>> label(owned_lead())
    'L1@3'
    """

    @property
    def id(self) -> str:
        """Its id, unique among the things of its kind."""

    @property
    def version(self) -> int:
        """The number of its events, from 1."""


class Subject(NamedTuple):
    """What a change or a record is about: a kind and an id.

    >>> Subject("lead", "L1").kind
    'lead'
    """

    kind: str
    id: str


S = TypeVar("S", bound=Thing)
E = TypeVar("E")
S_co = TypeVar("S_co", bound=Thing, covariant=True)
E_co = TypeVar("E_co", covariant=True)


@attrs.frozen
class Change(Generic[S_co, E_co]):
    """What a verb decided about one thing: the state it saw, what happened, the state that follows. Nothing is stored yet.

    Covariant, so that a store takes changes of many things: a `Change[Lead, LeadEvent]` is a `Change[Thing, object]`.
    A dry run is calling the verb and not committing.

    Raises:
        InvalidValue: there is no event, or `after.version` is not `before.version` plus the number of events.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> change = leads.touch(owned_lead(), by="li", kind="call", now=NOON)
    >>> change.kind, change.before.version, change.after.version, [type(event).__name__ for event in change.events]
    ('lead', 3, 4, ['LeadTouched'])
    """

    kind: str
    before: S_co | None
    """The state that was read; None: the thing must not exist yet."""
    events: tuple[E_co, ...]
    """At least one, in order."""
    after: S_co

    def __attrs_post_init__(self) -> None:
        before = 0 if self.before is None else self.before.version
        if not self.events or self.after.version != before + len(self.events):
            raise InvalidValue(
                "events.version",
                f"{self.kind} {self.after.id} goes from version {before} to {self.after.version} in {len(self.events)} events; "
                "a version counts events, and a change has at least one",
                kind=self.kind,
                subject=self.after.id,
            )

    @property
    def subject(self) -> Subject:
        """The kind and the id of the thing that changes."""
        return Subject(self.kind, self.after.id)

    if not TYPE_CHECKING:  # pragma: no branch  # which knows what a change has, and says so itself

        def __getattr__(self, name: str) -> object:
            """Say what a change is not, where it is given for the thing: the first mistake of everybody."""
            raise _NotTheThing(
                "events.not_the_thing",
                f"a change has no {name}; give the thing as it is after it, `change.after`",
                name=name,
            )


class _NotTheThing(InvalidType, AttributeError):
    """An error of ours that `hasattr`, copies and pickles know, too."""


@attrs.frozen
class Life(Generic[S, E]):
    """How one kind of thing lives: how it begins, how each event moves it, and what its events are called where they are stored.

    The version of a stored event name is one more than the number of its upcasters: to change the shape of an event after a
    release, add `upcasters[name, 1]`, a function from the old data to the new.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import captured
    >>> leads.LEAD.kind, leads.LEAD.replay([captured()]).version
    ('lead', 1)
    """

    kind: str
    """The stored kind, unique in a store: "lead"."""
    state: type[S]
    begin: Callable[[E], S]
    """Makes the state at version 1 of the first event."""
    evolve: Callable[[S, E], S]
    """Makes the next state of every other event; pure."""
    stored: Mapping[str, type[E]]
    """The stable name of each event class."""
    upcasters: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = attrs.field(factory=dict)

    def change(self, before: S | None, first: E, /, *more: E) -> Change[S, E]:
        """Return the change that these events make of `before` (None: the first event begins the thing)."""
        after = self.begin(first) if before is None else self.evolve(before, first)
        for event in more:
            after = self.evolve(after, event)
        return Change(self.kind, before, (first, *more), after)

    def extend(self, change: Change[S, E], first: E, /, *more: E) -> Change[S, E]:
        """Return the change with more events behind it: two verbs in one step of the thing's history."""
        events = (first, *more)
        return Change(self.kind, change.before, change.events + events, reduce(self.evolve, events, change.after))

    def replay(self, events: Iterable[E], /) -> S:
        """Return the state after all events of one thing, in order. Linear; the inverse of recording them.

        Raises:
            InvalidValue: there are none, or the first does not begin the thing.
        """
        iterator = iter(events)
        try:
            first = next(iterator)
        except StopIteration:
            raise InvalidValue(
                "events.none",
                f"a {self.kind} has no state without an event; give at least one",
                kind=self.kind,
            ) from None
        return reduce(self.evolve, iterator, self.begin(first))


def no_beginning(event: object, /) -> InvalidValue:
    """Return the error for an event that cannot come first: what the last line of every `begin` raises.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import NOON
    >>> leads.LEAD.replay([leads.LeadClaimed("L1", owner="li", at=NOON)])
    Traceback (most recent call last):
    ltc.errors.InvalidValue: LeadClaimed cannot be the first event of a thing; begin with the one that creates it
    """
    name = type(event).__name__
    return InvalidValue(
        "events.no_beginning",
        f"{name} cannot be the first event of a thing; begin with the one that creates it",
        event=name,
    )
