"""What an amount is owed for."""

import enum
from collections.abc import Iterable


class Component(enum.StrEnum):
    """What an amount is owed for: the law settles costs and interest before the principal, unless agreed otherwise.

    >>> Component("principal").name
    'PRINCIPAL'
    """

    COSTS = "costs"
    """费用: of collection"""
    INTEREST = "interest"
    """利息"""
    PRINCIPAL = "principal"
    """本金"""


def each_once(components: Iterable[Component]) -> tuple[Component, ...]:
    """Return components, each once."""
    return tuple(dict.fromkeys(components))
