"""Checks of fields that hold neither text nor time nor money: members of an enum, whole numbers, values of one class."""

import enum
from collections.abc import Callable
from typing import Any

import attrs

from ltc.errors import InvalidType, InvalidValue

Check = Callable[[object, "attrs.Attribute[Any]", Any], None]


def member(kind: type[enum.Enum], /) -> Check:
    """Return the validator of a field that holds a member of an enum; its plain string is refused, since it would not be that member.

    >>> Light = enum.StrEnum("Light", ["RED", "GREEN"])
    >>> @attrs.frozen
    ... class Lamp:
    ...     light: Light = attrs.field(validator=member(Light))
    >>> Lamp("red")
    Traceback (most recent call last):
    ltc.errors.InvalidType: light is 'red'; pass one of Light.RED, Light.GREEN
    """

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not kind:
            check_member(kind, attribute.name, value)

    return check


def check_member(kind: type[enum.Enum], name: str, value: Any) -> None:
    """Refuse an argument that is no member of an enum, as `member` does of a field."""
    if type(value) is not kind:
        known = ", ".join(f"{kind.__name__}.{one.name}" for one in kind)
        raise InvalidType(
            "field.member",
            f"{name} is {ascii(value)[:40]}; pass one of {known}",
            name=name,
            value=ascii(value)[:40],
            known=known,
        )


def whole(low: int | None = None, /) -> Check:
    """Return the validator of a field that holds an int, of at least `low` where that is given; a bool is none.

    >>> @attrs.frozen
    ... class Step:
    ...     number: int = attrs.field(validator=whole(1))
    >>> Step(0)
    Traceback (most recent call last):
    ltc.errors.InvalidValue: number is 0; use 1 or more
    >>> Step(True)
    Traceback (most recent call last):
    ltc.errors.InvalidType: number is True; pass an int
    """

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not int:
            shown = ascii(value)[:40]
            raise InvalidType(
                "field.whole", f"{attribute.name} is {shown}; pass an int", name=attribute.name, value=shown
            )
        if low is not None and value < low:
            raise InvalidValue(
                "field.low",
                f"{attribute.name} is {value}; use {low} or more",
                name=attribute.name,
                value=value,
                low=low,
            )

    return check


def exactly(kind: type, /) -> Check:
    """Return the validator of a field that holds a value of one class, and of no other.

    >>> @attrs.frozen
    ... class Box:
    ...     size: tuple = attrs.field(validator=exactly(tuple))
    >>> Box([1])
    Traceback (most recent call last):
    ltc.errors.InvalidType: size is [1]; pass a tuple
    """

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not kind:
            shown = ascii(value)[:40]
            raise InvalidType(
                "field.type",
                f"{attribute.name} is {shown}; pass a {kind.__name__}",
                name=attribute.name,
                value=shown,
                type=kind.__name__,
            )

    return check
