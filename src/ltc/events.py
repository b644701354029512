"""Changes and their history: what every room is built of.

A *verb* looks at a thing and either refuses or returns a `Change`: what happened (events, in the past tense) and the state that
follows. State is always the fold of events through the thing's `Life`, so the two cannot disagree. A store records the events in an
envelope (`Recorded`) whose hashes form one chain.

>>> from ltc import leads
>>> from ltc.testing.samples.leads import NOON, owned_lead
>>> change = leads.touch(owned_lead(), by="li", kind="call", now=NOON)
>>> change.after == leads.LEAD.evolve(change.before, change.events[0])
True
"""

from typing import TYPE_CHECKING

from ltc._events.change import Change, Life, Subject, Thing, no_beginning
from ltc._events.evolved import evolved, unchecked
from ltc._events.moves import check_move, next_status
from ltc._later import later
from ltc._moments import day, instant

if TYPE_CHECKING:
    from ltc._events.codec import dump_event, from_json, load_event, name_of, to_json
    from ltc._events.knowledge import all_known_at, known_at
    from ltc._events.recorded import GENESIS, Recorded, first_broken, link, sha256

__all__ = [
    "GENESIS",
    "Change",
    "Life",
    "Recorded",
    "Subject",
    "Thing",
    "all_known_at",
    "check_move",
    "day",
    "dump_event",
    "evolved",
    "first_broken",
    "from_json",
    "instant",
    "known_at",
    "link",
    "load_event",
    "name_of",
    "next_status",
    "no_beginning",
    "sha256",
    "to_json",
    "unchecked",
]

# Who only decides owes nothing to the converter and the record of a store.
__getattr__, __dir__ = later(
    "ltc.events",
    {
        "ltc._events.codec": "dump_event from_json load_event name_of to_json",
        "ltc._events.knowledge": "all_known_at known_at",
        "ltc._events.recorded": "GENESIS Recorded first_broken link sha256",
    },
)
