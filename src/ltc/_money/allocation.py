"""Splitting a whole into parts that add up to it."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from ltc._money.exact import Exact, as_decimal, from_units, places_of
from ltc.errors import InvalidValue

Weight = int | Decimal | Fraction | str


def allocate(units: int, weights: Sequence[Weight], /) -> tuple[int, ...]:
    """Split an integer in proportion to weights; the parts add up to it exactly.

    Every part gets the whole units of its exact share; the units left go one each to the largest fractions, ties to the earlier
    part. So no part is a whole unit off its exact share, a zero weight gets zero, and a negative amount splits as the mirror of the
    positive one. Time is linear in the parts but for one sort.

    Raises:
        InvalidValue: no weights, a negative one, or all zero.

    Source: largest remainder (Hamilton's method), as moneyphp allocates; on integers, since floats misplace units at 15 digits.

    >>> allocate(100, [1, 1, 1]), allocate(-100, [1, 1, 1]), allocate(5, [0, 7, 3])
    ((34, 33, 33), (-34, -33, -33), (0, 4, 1))
    """
    whole = _whole_weights(weights)
    divisor = sum(whole)
    if divisor == 0:
        raise InvalidValue("money.weights", "the weights are all zero or none; give at least one above zero")
    sign = -1 if units < 0 else 1
    parts = [abs(units) * weight // divisor for weight in whole]
    left = abs(units) - sum(parts)
    if left:
        fractions = [abs(units) * weight % divisor for weight in whole]
        by_fraction = sorted(range(len(parts)), key=fractions.__getitem__, reverse=True)  # stable: ties stay in order
        for index in by_fraction[:left]:
            parts[index] += 1
    return tuple(parts) if sign > 0 else tuple(-part for part in parts)


def _whole_weights(weights: Sequence[Weight]) -> Sequence[int]:
    if all(type(weight) is int for weight in weights):
        whole: list[int] = list(weights)  # type: ignore[arg-type]  # just checked
    else:
        exact = [weight if isinstance(weight, Fraction) else Fraction(as_decimal(weight)) for weight in weights]
        scale = lcm(*(fraction.denominator for fraction in exact))
        whole = [int(fraction * scale) for fraction in exact]
    if any(weight < 0 for weight in whole):
        raise InvalidValue("money.weights", "a weight is negative; give weights of zero or more")
    return whole


def allocate_decimal(amount: Exact, weights: Sequence[Exact], /) -> tuple[Decimal, ...]:
    """Split a decimal number in proportion to weights, at the decimals of the number plus those of the finest weight.

    For unit prices and quantities, where a finer unit than the currency's is meant; otherwise as `allocate`.

    >>> allocate_decimal("1.00", ["50.5", "49.5"])
    (Decimal('0.505'), Decimal('0.495'))
    """
    exact, finest = as_decimal(amount), [as_decimal(weight) for weight in weights]
    places = places_of(exact) + max((places_of(weight) for weight in finest), default=0)
    parts = allocate(int(Fraction(exact) * 10**places), finest)  # scaleb would round to the host's context
    return tuple(from_units(part, places) for part in parts)
