"""What is summed over documents counts each of them once: one that is given twice is refused, whoever sums."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from ltc.errors import InvalidValue


class _Document(Protocol):
    @property
    def id(self) -> str: ...


D = TypeVar("D", bound=_Document)


def given_once(documents: Iterable[D]) -> Iterator[D]:
    """Yield documents as they are given, and refuse the second of one kind and id: another version of it is the same document.

    Raises:
        InvalidValue: one is given twice.
    """
    seen: set[tuple[type[D], str]] = set()
    for document in documents:
        key = type(document), document.id
        if key in seen:
            raise given_twice(document.id)
        seen.add(key)
        yield document


def given_twice(name: str) -> InvalidValue:
    """Return the refusal of what is given twice."""
    return InvalidValue("billing.twice", f"{name} is given twice; give each once", name=name)
