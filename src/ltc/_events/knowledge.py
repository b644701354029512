"""What was known when: the state of things as their records told it at an instant, whatever happened or was entered since."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from ltc._events.change import Life, Thing
from ltc._events.recorded import Recorded
from ltc._moments import instant
from ltc.errors import InvalidValue

S = TypeVar("S", bound=Thing)


def known_at(life: Life[S, Any], records: Iterable[Recorded], at: dt.datetime, /) -> S | None:
    """Return a thing as it was known at an instant, of its whole history; None: nothing of it was known yet. Linear.

    What was recorded at the very instant was known. Business days stay what they are: a receipt of March that was recorded in April is
    not there in March, and lies in March ever after. So every balance and report can be asked both ways: `as_of` a day, of things
    `known_at` an instant. What a record stands on was known with it: where the clock of a store went back, no record is left out
    before one that counts.

    Raises:
        InvalidValue: the records are of another kind or of several things, or one of them was erased.

    >>> from datetime import timedelta
    >>> from ltc import leads
    >>> from ltc.adapters.memory import MemoryStore
    >>> from ltc.testing.samples.leads import NOON, captured_lead
    >>> store = MemoryStore()
    >>> store.commit(captured_lead(), by="import", at=NOON)
    >>> records = store.history(("lead", "L1"))
    >>> known_at(leads.LEAD, records, NOON).id, known_at(leads.LEAD, records, NOON - timedelta(seconds=1))
    ('L1', None)
    """
    known = _known(list(records), instant(at))
    for record in known:
        if record.subject != (life.kind, known[0].subject.id):
            raise InvalidValue(
                "events.other_subject",
                f"the records are of {record.subject.kind} {record.subject.id}; give those of one {life.kind}",
                kind=record.subject.kind,
                subject=record.subject.id,
                wanted=life.kind,
            )
        if record.event is None:
            raise InvalidValue(
                "events.erased",
                f"{life.kind} {record.subject.id} was erased; what was known of it is gone, leave it out",
                kind=life.kind,
                subject=record.subject.id,
            )
    return life.replay(record.event for record in known) if known else None


def all_known_at(life: Life[S, Any], records: Iterable[Recorded], at: dt.datetime, /) -> tuple[S, ...]:
    """Return all things of a kind as they were known at an instant, of the records of a whole store, in the order of their first ones.

    Records of other kinds are passed over, and so is what was erased: it is not in the store either.

    >>> from ltc import leads
    >>> from ltc.adapters.memory import MemoryStore
    >>> from ltc.testing.samples.leads import NOON, captured_lead
    >>> store = MemoryStore()
    >>> store.commit(captured_lead(), by="import", at=NOON)
    >>> [lead.id for lead in all_known_at(leads.LEAD, store.records(), NOON)]
    ['L1']
    """
    histories: dict[str, list[Recorded]] = {}
    for record in records:
        if record.subject.kind == life.kind:
            histories.setdefault(record.subject.id, []).append(record)
    kept = (history for history in histories.values() if all(record.event is not None for record in history))
    states = (known_at(life, history, at) for history in kept)
    return tuple(state for state in states if state is not None)


def _known(records: Sequence[Recorded], at: dt.datetime) -> Sequence[Recorded]:
    places = [place for place, record in enumerate(records, 1) if record.recorded_at <= at]
    return records[: places[-1]] if places else ()
