"""What may be an exact number, and what is refused."""

import re
from decimal import Decimal
from typing import Final

from ltc.errors import InvalidType, InvalidValue

Exact = str | int | Decimal
"""What an exact number may be given as."""

_LONGEST: Final = 60  # digits on either side of the point; the national debt of anybody fits
_AMOUNT: Final = re.compile(rf"[+-]?[0-9]{{1,{_LONGEST}}}(?:\.[0-9]{{1,{_LONGEST}}})?", re.ASCII)
OVER: Final = 10**_LONGEST
"""The least whole number that is too long to be written, and so to be read back."""


def as_decimal(value: Exact, /) -> Decimal:
    """Return an exact number as a Decimal: from a str of ASCII digits, an int or a finite Decimal.

    Raises:
        InvalidType: a float, a bool or anything else that is no exact number.
        InvalidValue: not a plain decimal number (no exponent, no underscore, no other script's digits), or over 60 digits on a
            side of the point.

    >>> as_decimal("12.30")
    Decimal('12.30')
    >>> as_decimal(0.1)
    Traceback (most recent call last):
    ltc.errors.InvalidType: 0.1 is a float, not an exact number; pass a str, an int or a Decimal
    """
    if type(value) is str:
        if _AMOUNT.fullmatch(value):
            return Decimal(value)
        raise InvalidValue("money.syntax", f"{shown(value)} is not an amount; write it as in 12.30", value=shown(value))
    if type(value) is int and abs(value) < OVER:
        return Decimal(value)
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and places_of(value) <= _LONGEST
        and value.adjusted() < _LONGEST
    ):
        return value
    if type(value) is int or isinstance(value, Decimal):
        raise InvalidValue("money.syntax", f"{shown(value)} is not an amount; write it as in 12.30", value=shown(value))
    raise InvalidType(
        "money.type",
        f"{shown(value)} is a {type(value).__name__}, not an exact number; pass a str, an int or a Decimal",
        value=shown(value),
    )


def shown(value: object) -> str:
    """Return a bad value as a message shows it: escaped and short."""
    if isinstance(value, int) and abs(value) >= OVER:
        return "a number of over 60 digits"
    text = ascii(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:24]}…"


def as_ratio(value: Exact, /) -> Decimal:
    """Return a share of something as a Decimal in [0, 1].

    Raises:
        InvalidType, InvalidValue: as `as_decimal`.
        InvalidValue: under 0 or over 1; a percentage is written as a ratio.

    >>> as_ratio("0.30")
    Decimal('0.30')
    >>> as_ratio(30)
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 30 is not a ratio; use one from 0 to 1 (30 % is 0.30)
    """
    ratio = as_decimal(value)
    if not 0 <= ratio <= 1:
        raise InvalidValue("money.ratio", f"{ratio} is not a ratio; use one from 0 to 1 (30 % is 0.30)", value=ratio)
    return ratio


def places_of(value: Decimal) -> int:
    """Return how many decimals a number is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def from_units(units: int, places: int) -> Decimal:
    """Return so many units of the last of `places` decimals as a Decimal."""
    return Decimal(f"{units}e-{places}")  # scaleb would round to the host's context
