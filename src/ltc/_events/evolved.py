"""A copy of a frozen state with some fields changed, without the constructor that `attrs.evolve` calls."""

from functools import cache
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
        copy_fields, setter_of = _slots(type(state))
        copy = _new(type(state))
        copy_fields(state, copy)
        for name, value in changes.items():
            setter_of[name](copy, value)
        return copy


_new = object.__new__


@cache
def _slots(state_type: type) -> tuple[Any, dict[str, Any]]:
    """Return what copies all fields of a frozen class with slots, and what writes each of them behind its frozen front.

    The copying is written out field by field, as attrs writes out its constructors: a loop would take twice as long.
    """
    setter_of = {field.name: getattr(state_type, field.name).__set__ for field in attrs.fields(state_type)}
    lines = [f" set_{name}(copy, state.{name})" for name in setter_of]
    scope = {f"set_{name}": setter for name, setter in setter_of.items()}
    exec("\n".join(["def copy_fields(state, copy):", *lines]), scope)  # noqa: S102  # names of fields, nothing from outside
    return scope["copy_fields"], setter_of
