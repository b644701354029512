"""From changes to linked records: what every adapter decides in the same way, whatever it keeps them in.

An adapter reads the versions that are stored, asks `Work.check`, and writes what `Work.records` and `Work.moves` say: in one
transaction, behind one lock on the end of the chain.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from ltc.adapters.lives import Lives
from ltc.errors import Conflict, InvalidType, NotFound
from ltc.events import Change, Recorded, Subject, Thing, dump_event, instant, link, name_of, sha256
from ltc.ids import ActorId
from ltc.repositories import Done, Seen
from ltc.text import one_line, optional_line

__all__ = ["ERASED", "Entry", "Work", "not_found", "prepare"]

ERASED: Final = -1
"""What stands for the version of an erased thing: no change and no reading matches it."""


@attrs.frozen
class Entry:
    """An event on its way into the record.

    >>> Entry(Subject("lead", "L1"), 1, "captured", b"{}", None).version
    1
    """

    subject: Subject
    version: int
    name: str
    body: bytes
    event: object


@attrs.frozen
class Work:
    """One call of `Store.commit`, read and checked as far as that goes without the store.

    >>> import datetime as dt
    >>> prepare((), lives=Lives(), by="li", at=dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)).entries
    ()
    """

    changes: tuple[Change[Thing, object], ...]
    entries: tuple[Entry, ...]
    by: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)
    unmoved: tuple[Seen, ...]
    cause: str | None = attrs.field(validator=optional_line)
    key: str | None = attrs.field(validator=optional_line)

    def __attrs_post_init__(self) -> None:
        for seen in self.unmoved:
            if not isinstance(seen, Seen):
                raise InvalidType(
                    "store.seen_type",
                    f"unmoved has {seen!r:.40}; say which version was read, with Seen.of or Seen.absent",
                    value=repr(seen)[:40],
                )

    @property
    def subjects(self) -> frozenset[Subject]:
        """The things whose stored versions `check` asks for."""
        return frozenset(change.subject for change in self.changes) | {seen.subject for seen in self.unmoved}

    @property
    def fingerprint(self) -> str:
        """The hash of the request: what it would record, by whom and what for; not when.

        Neither `at` of the commit nor that of the events counts: who asks again after a second decides again, with another `now`.
        """
        events = [[*entry.subject, entry.version, _timeless(entry.body)] for entry in self.entries]
        return sha256(json.dumps([self.by, self.cause, events]).encode())

    def repeats(self, done: Done | None) -> bool:
        """Tell whether the request was done already.

        Raises:
            Conflict: another request was done under its key.
        """
        if done is None:
            return False
        if done.fingerprint != self.fingerprint:
            raise Conflict(
                "store.key_reused",
                f"key {done.key} was used by another request on {done.at}; give each request its own key",
                key=done.key,
                at=done.at,
            )
        return True

    def check(self, version_of: Callable[[Subject], int]) -> None:
        """Check the changes against the stored versions: 0 for what never was, `ERASED` for what was erased.

        Raises:
            Conflict: as `Store.commit` says.
        """
        for seen in self.unmoved:
            if version_of(seen.subject) != seen.version:
                raise _moved(seen.subject, version_of(seen.subject), seen.version)
        reached: dict[Subject, Change[Thing, object]] = {}
        for change in self.changes:
            subject = change.subject
            last = reached.get(subject)
            if last is None:
                _check_before(change, version_of(subject))
            elif change.before != last.after:
                raise _unchained(change, last.after)
            reached[subject] = change

    def records(self, *, seq: int, previous: str) -> tuple[Recorded, ...]:
        """Return the records of the events, linked behind the record `seq` whose hash is `previous`."""
        records = []
        for number, entry in enumerate(self.entries, seq + 1):
            record = self._record(entry, number, previous)
            records.append(record)
            previous = record.hash
        return tuple(records)

    def _record(self, entry: Entry, seq: int, previous: str) -> Recorded:
        body_hash = sha256(entry.body)
        linked = link(
            seq=seq,
            subject=entry.subject,
            version=entry.version,
            name=entry.name,
            recorded_at=self.at,
            actor=self.by,
            cause=self.cause,
            key=self.key,
            body_hash=body_hash,
            previous=previous,
        )
        return Recorded(
            seq=seq,
            subject=entry.subject,
            version=entry.version,
            name=entry.name,
            recorded_at=self.at,
            actor=self.by,
            cause=self.cause,
            key=self.key,
            body=entry.body,
            body_hash=body_hash,
            previous=previous,
            hash=linked,
            event=entry.event,
        )

    @property
    def moves(self) -> Mapping[Subject, tuple[Thing | None, Thing]]:
        """Each thing that changes: the state before the whole commit (None: it begins) and the state after it."""
        moves: dict[Subject, tuple[Thing | None, Thing]] = {}
        for change in self.changes:
            before, _ = moves.get(change.subject, (change.before, None))
            moves[change.subject] = (before, change.after)
        return moves

    def done(self, records: tuple[Recorded, ...]) -> Done | None:
        """Return what to remember under the key, if there is one."""
        if self.key is None:
            return None
        return Done(self.key, self.fingerprint, tuple(record.seq for record in records), self.at)


def prepare(
    changes: tuple[Change[Thing, object], ...],
    *,
    lives: Lives,
    by: ActorId,
    at: dt.datetime,
    unmoved: tuple[Seen, ...] = (),
    cause: str | None = None,
    key: str | None = None,
) -> Work:
    """Return a commit ready to be checked and written.

    Raises:
        InvalidValue: the store does not know a kind or an event, `at` has no zone, or a name is unprintable.
        InvalidType: something in `unmoved` does not say which version was read.
    """
    entries = tuple(entry for change in changes for entry in _entries(change, lives))
    work = Work(changes, entries, by, at, tuple(unmoved), cause, key)
    for subject in work.subjects:
        lives.check(subject.kind)
    return work


def not_found(kind: str, thing_id: str, /) -> NotFound:
    """Return the error for a thing that is not there.

    >>> not_found("refund_request", "RF9").message
    'there is no refund request RF9'
    """
    shown = kind.replace("_", " ")
    return NotFound("store.not_found", f"there is no {shown} {thing_id!s:.60}", kind=kind, subject=thing_id)


def _entries(change: Change[Thing, object], lives: Lives) -> list[Entry]:
    if not isinstance(change, Change):
        raise InvalidType(
            "store.no_change",
            f"a {type(change).__name__} is no change; pass what a verb returned, each change by itself",
            type=type(change).__name__,
        )
    life, subject = lives[change.kind], change.subject
    first = change.after.version - len(change.events) + 1
    return [
        Entry(subject, version, name_of(life, event), dump_event(life, event), event)
        for version, event in enumerate(change.events, first)
    ]


def _timeless(body: bytes) -> Any:
    """Return an event's envelope without the instant at which it happened."""
    envelope = json.loads(body)
    envelope["data"].pop("at", None)
    return envelope


def _check_before(change: Change[Thing, object], stored: int) -> None:
    read = 0 if change.before is None else change.before.version
    if stored == read:
        return
    kind, thing_id = change.subject
    if read == 0 and stored > 0:
        raise Conflict(
            "store.exists",
            f"{kind} {thing_id} exists already; read it, or use another id",
            kind=kind,
            subject=thing_id,
        )
    raise _moved(change.subject, stored, read)


def _moved(subject: Subject, stored: int, read: int) -> Conflict:
    kind, thing_id = subject
    if stored == ERASED:
        return Conflict(
            "store.erased",
            f"{kind} {thing_id} was erased; nothing can happen to it any more",
            kind=kind,
            subject=thing_id,
        )
    return Conflict(
        "store.stale",
        f"{kind} {thing_id} is at version {stored}, not {read}; read it again",
        kind=kind,
        subject=thing_id,
        stored=stored,
        read=read,
    )


def _unchained(change: Change[Thing, object], last: Thing) -> Conflict:
    kind, thing_id = change.subject
    return Conflict(
        "store.unchained",
        f"{kind} {thing_id} changes twice, and the second change did not see version {last.version} that the first made; "
        "make it of the first one's after",
        kind=kind,
        subject=thing_id,
        version=last.version,
    )
