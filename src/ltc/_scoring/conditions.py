"""Conditions of a criterion: what they ask of one fact. An unknown fact, or one of another type, meets none."""

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

import attrs

from ltc.findings import Fact
from ltc.money import as_decimal


def _as_set(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@attrs.frozen
class Is:
    """The fact is one of these strings, exactly.

    >>> holds(Is(["fair", "400"]), "fair"), holds(Is(["fair"]), "web")
    (True, False)
    """

    values: frozenset[str] = attrs.field(converter=_as_set)


@attrs.frozen
class AtLeast:
    """The fact is a number of at least this value.

    >>> holds(AtLeast("0.5"), 1), holds(AtLeast(50), "60")  # a string is no number, whatever it says
    (True, False)
    """

    value: Decimal = attrs.field(converter=as_decimal)


@attrs.frozen
class AtMost:
    """The fact is a number of at most this value.

    >>> holds(AtMost(30), 30), holds(AtMost(30), 31)
    (True, False)
    """

    value: Decimal = attrs.field(converter=as_decimal)


@attrs.frozen
class Known:
    """The fact is there at all.

    >>> holds(Known(), "+8613800000001"), holds(Known(), None)
    (True, False)
    """


Condition = Is | AtLeast | AtMost | Known
"""What a criterion asks of its fact."""


def holds(condition: Condition, fact: Fact | None, /) -> bool:
    """Return whether a fact meets a condition; an unknown one (None) meets none.

    >>> holds(Is(["fair"]), "fair"), holds(AtLeast(200), None)
    (True, False)
    """
    match condition:
        case Is(values=values):
            return isinstance(fact, str) and fact in values
        case AtLeast(value=least):
            return (number := _number(fact)) is not None and number >= least
        case AtMost(value=most):
            return (number := _number(fact)) is not None and number <= most
        case Known():
            return fact is not None
        case _:
            assert_never(condition)


def _number(fact: Fact | None) -> Decimal | None:
    if type(fact) is int:
        return Decimal(fact)
    return fact if isinstance(fact, Decimal) and fact.is_finite() else None
