"""What a store keeps of an event: the body's bytes and the envelope around it, linked by hashes into one chain."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Final

import attrs

from ltc._events.change import Subject
from ltc.ids import ActorId

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

GENESIS: Final = "0" * 64
"""What the first record of a store has as the hash of the previous one."""


@attrs.frozen
class Recorded:
    """One event as a store recorded it: who, when it became known, what for, and its place in the chain of hashes.

    `recorded_at` is when the store learned of it; the event's own `at` or `on` is when it happened. The body may be erased (personal
    data): its hash stays, and the chain still verifies.

    >>> from ltc.testing.samples.leads import NOON, captured_lead
    >>> from ltc.adapters.memory import MemoryStore
    >>> store = MemoryStore()
    >>> store.commit(captured_lead(), by="import", at=NOON)
    >>> [record] = store.history(("lead", "L1"))
    >>> record.seq, record.name, record.actor, type(record.event).__name__
    (1, 'captured', 'import', 'LeadCaptured')
    """

    seq: int
    """Place in the store, from 1, without gaps."""
    subject: Subject
    version: int
    """Version of the subject after the event."""
    name: str
    """Stored name of the event."""
    recorded_at: dt.datetime
    actor: ActorId
    cause: str | None
    """What it was done for: the id of a change or of a request."""
    key: str | None
    """Idempotency key of the request that brought it."""
    body: bytes | None
    """Canonical JSON of the event as it was stored; None once it was erased."""
    body_hash: str
    previous: str
    """Hash of the record before; `GENESIS` for the first."""
    hash: str
    event: object | None
    """The event, decoded; None once the body was erased."""


def link(  # the envelope, field by field: what is hashed must not depend on how a class is laid out
    *,
    seq: int,
    subject: Subject,
    version: int,
    name: str,
    recorded_at: dt.datetime,
    actor: str,
    cause: str | None,
    key: str | None,
    body_hash: str,
    previous: str,
) -> str:
    """Return the hash of one link of the chain: SHA-256 over the previous link, the envelope and the hash of the body.

    >>> at = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    >>> first = link(seq=1, subject=Subject("lead", "L1"), version=1, name="captured", recorded_at=at, actor="li",
    ...              cause=None, key=None, body_hash=sha256(b"{}"), previous=GENESIS)
    >>> len(first), first == GENESIS
    (64, False)
    """
    envelope = [previous, seq, *subject, version, name, recorded_at.isoformat(), actor, cause, key, body_hash]
    return sha256(_ENCODER.encode(envelope).encode())


def sha256(body: bytes) -> str:
    """Return the hash of a stored body as 64 hexadecimal digits.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(body).hexdigest()


def first_broken(records: Iterable[Recorded], /, *, after: int = 0, previous: str = GENESIS) -> int | None:
    """Return the `seq` of the first record that does not fit the chain, or None where all fit.

    Catches a changed, missing, added or moved record, and a body whose bytes were altered; an erased body fits. What it cannot see
    is a tail cut off: keep the last `seq` and hash elsewhere, and check `store.records(seq)` with them as `after` and `previous`.
    Linear.

    >>> first_broken([]) is None
    True
    """
    for seq, record in enumerate(records, after + 1):
        body_intact = record.body is None or sha256(record.body) == record.body_hash
        if not (body_intact and record.seq == seq and record.previous == previous and record.hash == _hash_of(record)):
            return record.seq
        previous = record.hash
    return None


def _hash_of(record: Recorded) -> str:
    return link(
        seq=record.seq,
        subject=record.subject,
        version=record.version,
        name=record.name,
        recorded_at=record.recorded_at,
        actor=record.actor,
        cause=record.cause,
        key=record.key,
        body_hash=record.body_hash,
        previous=record.previous,
    )
