"""What the suites commit: a thing that begins and goes on."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

import attrs

from ltc.events import Change, Thing
from ltc.ids import LeadId

__all__ = ["HOUR", "NOON", "Story", "an_hour_later", "lead_story"]

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon of 2 March 2026 in Shanghai."""
HOUR: Final = dt.timedelta(hours=1)

S = TypeVar("S", bound=Thing)


@attrs.frozen
class Story(Generic[S]):
    """How to make changes of one kind of thing, for a suite that knows nothing else about it.

    >>> story = lead_story()
    >>> lead = story.begin("L1").after
    >>> story.go_on(lead, 1).after.version == lead.version + 1
    True
    """

    begin: Callable[[str], Change[S, Any]]
    """A change of one event that makes a thing with this id."""
    go_on: Callable[[S, int], Change[S, Any]]
    """A change of one event that is possible for a thing at any time; another number, another event."""


def an_hour_later(change: Change[S, Any], /) -> Change[S, Any]:
    """Return the change as it would have been decided an hour later on the same state.

    >>> an_hour_later(lead_story().begin("L1")).events[0].at - NOON
    datetime.timedelta(seconds=3600)
    """
    events = (attrs.evolve(event, at=event.at + HOUR) if hasattr(event, "at") else event for event in change.events)
    return attrs.evolve(change, events=tuple(events))


def lead_story() -> Story[Any]:
    """Return the story of leads, which are captured, and then reviewed again and again without becoming good enough.

    >>> lead_story().begin("L1").after.company
    '华东机械有限公司'
    """
    from ltc import leads  # noqa: PLC0415  # who checks a store of other things does not owe this room

    def begin(lead: str) -> Change[leads.Lead, leads.LeadEvent]:
        captured = leads.LeadCaptured(
            LeadId(lead),
            name="李明",
            company="华东机械有限公司",
            phone=None,
            email="li.ming@example.cn",
            source="展会 🏭",
            city="苏州",
            duplicates=(),
            at=NOON,
        )
        return leads.LEAD.change(None, captured)

    def go_on(lead: leads.Lead, number: int) -> Change[leads.Lead, leads.LeadEvent]:
        at = NOON + number * HOUR
        nurtured = leads.LeadNurtured(lead.id, grade=leads.Grade.C, points=number, reasons=(), at=at)
        return leads.LEAD.change(lead, nurtured)

    return Story(begin, go_on)
