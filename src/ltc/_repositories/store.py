"""The store: changes become history, all of a commit or none of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, Self, TypeVar

import attrs

from ltc.errors import InvalidValue
from ltc.events import Change, Life, Recorded, Subject, Thing
from ltc.ids import ActorId

S = TypeVar("S", bound=Thing)


@attrs.frozen
class Seen:
    """A thing that a decision read but does not change (a quota, a limit, an approval), at the version that was read.

    Made of the thing itself, so that the version is the one the decision saw and not one looked up later.

    Raises:
        InvalidValue: the version is negative.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import owned_lead
    >>> Seen.of(leads.LEAD, owned_lead())
    Seen(subject=Subject(kind='lead', id='L1'), version=3)
    >>> Seen.absent(leads.LEAD, "L9").version
    0
    """

    subject: Subject
    version: int
    """0: it was not there."""

    def __attrs_post_init__(self) -> None:
        if self.version < 0:
            raise InvalidValue(
                "store.seen_version", f"{self.version} is no version; 0 is absent, 1 the first", version=self.version
            )

    @classmethod
    def of(cls, life: Life[S, Any], thing: S, /) -> Self:
        """Return what was seen of a thing that was read."""
        return cls(Subject(life.kind, thing.id), thing.version)

    @classmethod
    def absent(cls, life: Life[S, Any], thing_id: str, /) -> Self:
        """Return that a thing was looked for and was not there; it must still not be there."""
        return cls(Subject(life.kind, thing_id), 0)


@attrs.frozen
class Done:
    """What became of a request that carried an idempotency key.

    >>> Done("request-7", "ab12", (4, 5), dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)).seqs
    (4, 5)
    """

    key: str
    fingerprint: str
    """Hash of the request: what its changes recorded, by whom, what for; not when."""
    seqs: tuple[int, ...]
    """The records it made, in order; none where it had no changes."""
    at: dt.datetime


class Store(Protocol):
    """Where changes become history, all of a commit or none of it.

    An implementer guarantees, and `ltc.testing.check_store` checks:

    - the records have `seq` 1, 2, 3, … without gaps over all things, in the order of commits, of changes and of events, and each is
      linked to the one before it (`ltc.events.link`), so that `first_broken(store.records())` is None;
    - the stored state of a thing is the `after` of its last change: a repository never shows half a commit;
    - two commits that both passed could have run one after the other: whoever commits second on what the first has moved gets a
      `Conflict`, in another thread, process or connection too;
    - whatever `commit` raises, nothing has changed: no state, no record, no key.

    >>> from ltc.adapters.memory import MemoryStore
    >>> store: Store = MemoryStore()
    >>> store.history(("lead", "L1"))
    ()
    """

    def done(self, key: str, /) -> Done | None:
        """Return what a request with this key did, or None. Ask before calling a verb again: on the new state it would refuse."""

    def commit(
        self,
        *changes: Change[Thing, object],
        by: ActorId,
        at: dt.datetime,
        unmoved: tuple[Seen, ...] = (),
        cause: str | None = None,
        key: str | None = None,
    ) -> None:
        """Store changes and record their events: all or none.

        Changes of one thing chain: the next `before` is the last `after`. No changes is allowed: `unmoved` is checked and `key`
        kept. `at` is when the store learns of it (aware; kept as UTC), `cause` what it was done for: the id of a change or request.

        Args:
            changes: what verbs returned.
            by: who did it.
            at: now.
            unmoved: what was read and not changed; compared with what is stored before this commit.
            cause: a name for everything that was done for one purpose, over many commits; see `caused_by`.
            key: names the request. The same key with the same request does nothing, even if what it changed has moved on. The same
                request is one by the same actor, for the same cause, whose changes record the same events of the same versions of
                the same things, whenever they happened: the instants `at`, of the commit and of its events, may differ. What was
                decided on a newer state, or computed a day from another `now`, is another request; so ask `done` first.

        Raises:
            Conflict: a `before` is stale; it is None and the thing exists; a change does not chain; something in `unmoved` has
                moved; the thing was erased; or `key` was used by another request.
            InvalidValue: the store does not know the kind or the event, `at` has no zone, or a name is unprintable.
        """

    def history(self, subject: Subject | tuple[str, str], /) -> Sequence[Recorded]:
        """Return the records of one thing, oldest first; none where it never was. `[r.event for r in …]` replays to its state."""

    def records(self, after: int = 0, /) -> Iterator[Recorded]:
        """Yield all records whose `seq` is greater than `after`, in order; commits may go on meanwhile, and may or may not be seen."""

    def caused_by(self, cause: str, /) -> Sequence[Recorded]:
        """Return the records of all commits with this cause, oldest first."""

    def erase(self, *subjects: Subject | tuple[str, str]) -> int:
        """Erase things for good, such as a person's data on request: their state and the bodies of all their records.

        The envelopes stay (who, when, which event) with the hashes, so that the chain still verifies. The ids stay taken: no
        change of an erased thing is accepted. Erasing again does nothing, nor does a thing that never was. It is not recorded:
        keep a note of who asked.

        Returns:
            How many bodies were erased.
        """
