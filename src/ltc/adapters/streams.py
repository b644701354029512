"""What `all` of a repository returns: things that come one by one, as often as they are asked for."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar, final

__all__ = ["Stream"]

T_co = TypeVar("T_co", covariant=True)


@final
class Stream(Generic[T_co]):
    """Things that are read one by one; every loop over it reads again from the first, as the store is by then.

    A generator would be empty the second time, without a word.

    >>> stream = Stream(lambda: iter("ab"))
    >>> list(stream), list(stream)
    (['a', 'b'], ['a', 'b'])
    """

    def __init__(self, begin: Callable[[], Iterator[T_co]], /) -> None:
        self._begin = begin

    def __iter__(self) -> Iterator[T_co]:
        """Begin again."""
        return self._begin()
