"""What strings the library takes.

The functions have the shape of attrs validators, so that events name them in their fields; their `Any` keeps the field's own type,
such as an id's.
"""

from typing import Any, Final

import attrs

from ltc.errors import InvalidType, InvalidValue

LINE_LIMIT: Final = 200
TEXT_LIMIT: Final = 10_000
_SPACES: Final = str.maketrans(dict.fromkeys("\u3000\u00a0\u2003\u2009", " "))
_BREAKS: Final = str.maketrans(dict.fromkeys("\n\r\t", " "))
_SHOWN: Final = 24
_TOO_LONG: Final = 10**12


def shown(value: object) -> str:
    """Return a short, printable form of a bad value for a message: escapes instead of controls, cut after 24 characters."""
    if isinstance(value, int) and not -_TOO_LONG < value < _TOO_LONG:
        return "a number of over 12 digits"  # which str() may refuse to write
    if not isinstance(value, str):
        return ascii(value)[:_SHOWN]
    cut = value[:_SHOWN]
    quoted = repr(cut) if cut.isprintable() else ascii(cut)
    return quoted if len(value) <= _SHOWN else f"{quoted}… ({len(value):,} characters)"


def one_line(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    r"""Check a name or an id: 1 to 200 printable characters on one line, not all blank.

    Control characters, NUL, bidi controls, zero-width characters and lone surrogates are refused: they make two different names
    look alike. The ideographic space is allowed.

    Raises:
        InvalidType: the value is not a str.
        InvalidValue: with what would pass.

    >>> import attrs
    >>> @attrs.frozen
    ... class Badge:
    ...     name: str = attrs.field(validator=one_line)
    >>> Badge("华东机械")
    Badge(name='华东机械')
    >>> Badge("evil\u202etxt")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: name 'evil\u202etxt' has a character that cannot be seen; use printable characters on one line
    """
    if type(value) is str and value.isprintable() and 0 < len(value) <= LINE_LIMIT and not value.isspace():
        return  # the common case: one C call a check
    _check(attribute.name, value, limit=LINE_LIMIT, allowed=_SPACES, shape="printable characters on one line")
    if not value.strip():
        raise InvalidValue(
            "text.blank", f"{attribute.name} is blank; give 1 to {LINE_LIMIT} characters", name=attribute.name
        )


def optional_line(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check a name or an id that may be None: otherwise as `one_line`.

    >>> import attrs
    >>> @attrs.frozen
    ... class Badge:
    ...     unit: str | None = attrs.field(default=None, validator=optional_line)
    >>> Badge()
    Badge(unit=None)
    """
    if value is not None:
        one_line(instance, attribute, value)


def free_text(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    r"""Check a remark or a reason: up to 10,000 printable characters, line breaks and tabs allowed, possibly empty.

    >>> import attrs
    >>> @attrs.frozen
    ... class Remark:
    ...     text: str = attrs.field(validator=free_text)
    >>> Remark("late delivery\nsecond batch").text.splitlines()
    ['late delivery', 'second batch']
    """
    _check(
        attribute.name,
        value,
        limit=TEXT_LIMIT,
        allowed=_SPACES | _BREAKS,
        shape="printable characters and line breaks",
    )


def _check(name: str, value: Any, *, limit: int, allowed: dict[int, str], shape: str) -> None:
    if not isinstance(value, str):
        raise InvalidType("text.type", f"{name} is {shown(value)}; pass a str", name=name)
    if len(value) > limit:
        raise InvalidValue(
            "text.long",
            f"{name} has {len(value):,} characters; {limit:,} is the most",
            name=name,
            limit=limit,
        )
    if not value.translate(allowed).isprintable():
        raise InvalidValue(
            "text.unprintable",
            f"{name} {shown(value)} has a character that cannot be seen; use {shape}",
            name=name,
        )
