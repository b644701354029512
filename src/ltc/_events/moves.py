"""Transition tables: which event may happen in which stored status, and where it leads."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from ltc.errors import InvalidValue, Refused

St = TypeVar("St", bound=Enum)


def check_move(table: Mapping[St, Mapping[type, St]], status: St, event: type, /, *, kind: str, subject: str) -> None:
    """Refuse an event that the table does not have for this status; the refusal names the statuses that would pass.

    Raises:
        Refused: code `<kind>.not_allowed`.

    >>> from enum import Enum
    >>> Light = Enum("Light", {"RED": "red", "GREEN": "green"})
    >>> class Stopped: ...
    >>> check_move({Light.GREEN: {Stopped: Light.RED}}, Light.RED, Stopped, kind="light", subject="1")
    Traceback (most recent call last):
    ltc.errors.Refused: light 1 is red: stopped is possible when green
    """
    if event not in table.get(status, {}):
        passes = ", ".join(str(other.value) for other, moves in table.items() if event in moves) or "never"
        did = _words(event.__name__, kind)
        raise Refused(
            "move.not_allowed",
            f"{kind} {subject} is {status.value}: {did} is possible when {passes}",
            kind=kind,
            subject=subject,
            status=status.value,
            move=did,
            passes=passes,
        )


def next_status(table: Mapping[St, Mapping[type, St]], status: St, event: object, /) -> St:
    """Return the status that follows an event that happened.

    Raises:
        InvalidValue: the table has no such move: the history was not made by the verbs.

    >>> from enum import Enum
    >>> Light = Enum("Light", {"RED": "red", "GREEN": "green"})
    >>> class Stopped: ...
    >>> next_status({Light.GREEN: {Stopped: Light.RED}}, Light.GREEN, Stopped())
    <Light.RED: 'red'>
    """
    try:
        return table[status][type(event)]
    except KeyError:
        name = type(event).__name__
        passes = ", ".join(possible.value for possible, moves in table.items() if type(event) in moves) or "no status"
        raise InvalidValue(
            "events.impossible",
            f"{name} cannot have happened in status {status.value}, only in {passes}; replay events in their order",
            event=name,
            status=status.value,
            passes=passes,
        ) from None


def _words(name: str, kind: str) -> str:
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced.removeprefix(kind.replace("_", " ")).strip() or spaced
