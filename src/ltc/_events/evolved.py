"""A copy of a frozen state with some fields changed, without the constructor that `attrs.evolve` calls."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

__all__ = ["evolved", "unchecked"]

T = TypeVar("T", bound=attrs.AttrsInstance)

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


def unchecked(value_type: type[T], /) -> type[T]:
    """Return what makes a frozen value of fields that were all checked before, elsewhere: the constructor without its checks.

    Only for values that are made in great numbers out of others of the library; it takes every field, and none by default.

    >>> from ltc.findings import Finding
    >>> unchecked(Finding)("text.blank", ("leads.csv", 4), "name is blank", None, ()).path
    ('leads.csv', 4)
    """
    names = [field.name for field in attrs.fields(value_type)]
    lines = [f" set_{name}(made, {name})" for name in names]
    scope: dict[str, Any] = {f"set_{name}": getattr(value_type, name).__set__ for name in names}
    scope |= {"new": _new, "value_type": value_type}
    head = [f"def make({', '.join(names)}):", " made = new(value_type)"]
    exec("\n".join([*head, *lines, " return made"]), scope)  # noqa: S102  # names of fields, nothing from outside
    made: type[T] = scope["make"]
    return made


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
