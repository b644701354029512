"""Checks of amounts that several documents share."""

from typing import Any

import attrs

from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.money import Money


def above_zero(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check that a field is money above zero: documents say by their kind which way it goes."""
    if not isinstance(value, Money):
        raise InvalidType(
            "billing.no_money",
            f"{attribute.name} is {value!r:.40}; pass a Money",
            name=attribute.name,
            value=repr(value)[:40],
        )
    if value.minor <= 0:
        raise InvalidValue(
            "billing.amount", f"{attribute.name} is {value}; give more than zero", name=attribute.name, amount=value
        )


def check_within(amount: Money, available: Money, *, code: str, of: str, **facts: object) -> None:
    """Refuse an amount above what is available.

    Raises:
        Refused: with the code, and what is available.
        CurrencyMismatch: two currencies.
    """
    if amount > available:
        raise Refused(
            code,
            f"{amount} is more than the {available} {of}; ask for that or less",
            amount=amount,
            available=available,
            **facts,
        )


def no_second(event: object) -> InvalidValue:
    """Return the error for a creation in the middle of a history: things without a table of moves raise it in `evolve`."""
    name = type(event).__name__
    return InvalidValue(
        "billing.no_second", f"{name} can only be the first event of a thing; it exists already", event=name
    )
