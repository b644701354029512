"""Who sees what: a scope is a value that a host makes of its own org chart and hands to the repositories.

Nothing is seen unless a scope says so; scopes add up:

>>> east = Scope.of("li", "wang")
>>> east.sees("li"), east.sees("chen"), Scope.nothing().sees("li")
(True, False, False)
>>> (east | Scope.of("chen")).sees("chen")
True
"""

from typing import Self

import attrs

from ltc.errors import InvalidValue
from ltc.ids import ActorId

__all__ = ["Scope"]


@attrs.frozen
class Scope:
    """Whose things may be seen: everything, those of some owners, or nothing. Without arguments it is nothing.

    Raises:
        InvalidValue: `unlimited` together with owners; that would be two answers to one question.

    >>> Scope.of("li") == Scope(frozenset({"li"}))
    True
    """

    owners: frozenset[ActorId] = frozenset()
    unlimited: bool = False

    def __attrs_post_init__(self) -> None:
        if self.unlimited and self.owners:
            raise InvalidValue("access.scope", "a scope is unlimited or names owners, not both; use Scope.everything()")

    @classmethod
    def everything(cls) -> Self:
        """Return the scope that sees all things, those without owner too: for the company's own jobs.

        >>> Scope.everything().sees(None)
        True
        """
        return cls(unlimited=True)

    @classmethod
    def of(cls, *owners: ActorId) -> Self:
        """Return the scope of some owners' things: a rep's own, a manager's team. Without owners it is nothing.

        >>> Scope.of() == Scope.nothing()
        True
        """
        return cls(frozenset(owners))

    @classmethod
    def nothing(cls) -> Self:
        """Return the scope that sees no thing.

        >>> Scope.nothing().sees("li")
        False
        """
        return cls()

    def sees(self, owner: ActorId | None, /) -> bool:
        """Tell whether a thing of this owner is seen; a thing without owner is seen by `everything` only.

        >>> Scope.of("li").sees(None)
        False
        """
        return self.unlimited or (owner is not None and owner in self.owners)

    def __or__(self, other: "Scope", /) -> "Scope":
        """Return the scope that sees what either sees.

        >>> Scope.of("li") | Scope.everything() == Scope.everything()
        True
        """
        if self.unlimited or other.unlimited:
            return Scope(unlimited=True)
        return Scope(self.owners | other.owners)
