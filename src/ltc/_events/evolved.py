"""A copy of a frozen state with some fields changed, without the constructor that `attrs.evolve` calls."""

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["evolved"]

if TYPE_CHECKING:
    from attrs import evolve as evolved  # mypy knows the fields of each class through this name
else:

    def evolved(state: Any, /, **changes: Any) -> Any:
        """Return a copy of a frozen state with some fields changed.

        Unlike `attrs.evolve` it does not call the constructor, for states have neither validators nor converters: they are made of
        validated events only. For events and value objects use `attrs.evolve`.

        Raises:
            KeyError: there is no such field (mypy finds it first).

        >>> from ltc.testing.samples.leads import owned_lead
        >>> evolved(owned_lead(), city="苏州").city
        '苏州'
        """
        values_of, setters, setter_of = _slots(type(state))
        copy = _new(type(state))
        for put, value in zip(setters, values_of(state), strict=True):
            put(copy, value)
        for name, value in changes.items():
            setter_of[name](copy, value)
        return copy


_new = object.__new__


@cache
def _slots(state_type: type) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    """Return how the fields of a frozen class with slots are read and, behind its frozen front, written."""
    setter_of = {field.name: getattr(state_type, field.name).__set__ for field in attrs.fields(state_type)}
    return attrgetter(*setter_of), tuple(setter_of.values()), setter_of
