"""Rounding, by name: how a result between two units becomes one of them."""

import enum
from collections.abc import Callable, Mapping
from typing import Final

from ltc.errors import InvalidValue


class Rounding(enum.Enum):
    """How a result between two units becomes one of them. The four `HALF_` modes named by a direction differ on ties only.

    >>> [divide(-25, 10, rounding) for rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.CEILING)]
    [-3, -2, -2]
    """

    HALF_UP = "half_up"
    """To the nearest, ties away from zero: what commerce and tax offices expect. The default everywhere."""
    HALF_DOWN = "half_down"
    """To the nearest, ties towards zero."""
    HALF_EVEN = "half_even"
    """To the nearest, ties to the even neighbour."""
    HALF_ODD = "half_odd"
    """To the nearest, ties to the odd neighbour."""
    HALF_CEILING = "half_ceiling"
    """To the nearest, ties towards plus infinity."""
    HALF_FLOOR = "half_floor"
    """To the nearest, ties towards minus infinity."""
    UP = "up"
    """Away from zero."""
    DOWN = "down"
    """Towards zero: cut off."""
    CEILING = "ceiling"
    """Towards plus infinity."""
    FLOOR = "floor"
    """Towards minus infinity."""


def divide(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP, /) -> int:
    """Return numerator / denominator as an integer, rounded as named; exact for integers of any size.

    Raises:
        InvalidValue: the denominator is 0.

    >>> divide(5, 2), divide(-5, 2), divide(5, 2, Rounding.HALF_EVEN)
    (3, -3, 2)
    """
    if denominator == 0:
        raise InvalidValue(
            "money.divide_by_zero",
            f"cannot divide {numerator} by 0; use another denominator",
            numerator=numerator,
        )
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    low, rest = divmod(numerator, denominator)
    return low + 1 if rest and _goes_up(low, 2 * rest - denominator, rounding) else low


# Whether a value strictly between `low` and `low + 1` becomes `low + 1`: wherever it lies, and where it lies in the middle.
_DIRECTED: Final[Mapping[Rounding, Callable[[int], bool]]] = {
    Rounding.UP: lambda low: low >= 0,
    Rounding.DOWN: lambda low: low < 0,
    Rounding.CEILING: lambda _: True,
    Rounding.FLOOR: lambda _: False,
}
_TIES: Final[Mapping[Rounding, Callable[[int], bool]]] = {
    Rounding.HALF_UP: lambda low: low >= 0,
    Rounding.HALF_DOWN: lambda low: low < 0,
    Rounding.HALF_EVEN: lambda low: low % 2 == 1,
    Rounding.HALF_ODD: lambda low: low % 2 == 0,
    Rounding.HALF_CEILING: lambda _: True,
    Rounding.HALF_FLOOR: lambda _: False,
}


def _goes_up(low: int, past_half: int, rounding: Rounding) -> bool:
    if rounding in _DIRECTED:
        return _DIRECTED[rounding](low)
    return past_half > 0 if past_half else _TIES[rounding](low)
