"""What a use case returns: changes of several things, to be committed together."""

from typing import TypeVar

from ltc.events import Change, Thing

Changes = tuple[Change[Thing, object], ...]
"""One unit of work: pass it whole to `Store.commit`."""

S = TypeVar("S", bound=Thing)


def last_of(changes: Changes, kind: type[S], /) -> S:
    """Return the state in which a unit of work leaves the last thing of a class that it changes.

    Raises:
        LookupError: it changes none.

    >>> from ltc.leads import Lead
    >>> from ltc.testing.samples.leads import captured_lead
    >>> last_of((captured_lead(),), Lead).id
    'L1'
    """
    for change in reversed(changes):
        if isinstance(change.after, kind):
            return change.after
    raise LookupError(f"no {kind.__name__} among {len(changes)} changes")
