"""Checks of amounts that several documents share."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.money import Money


def check_money(name: str, value: Any) -> None:
    """Refuse what is no money before anything compares it."""
    if not isinstance(value, Money):
        raise InvalidType(
            "billing.no_money", f"{name} is {value!r:.40}; pass a Money", name=name, value=repr(value)[:40]
        )


def check_several(receivables: object) -> None:
    """Refuse what is no collection, above all one receivable by itself."""
    if not isinstance(receivables, Iterable):
        raise InvalidType(
            "billing.not_several",
            f"receivables are a {type(receivables).__name__:.40}; pass a list of receivables, [receivable] for one",
            given=type(receivables).__name__[:40],
        )


def is_money(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check that a field is money, of either sign."""
    check_money(attribute.name, value)


def above_zero(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check that a field is money above zero: documents say by their kind which way it goes."""
    if isinstance(value, Money) and value.minor > 0:
        return  # the common case
    check_money(attribute.name, value)
    raise InvalidValue(
        "billing.amount", f"{attribute.name} is {value}; give more than zero", name=attribute.name, amount=value
    )


def zero_or_more(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check that a field is money, and not below zero."""
    check_money(attribute.name, value)
    if value.minor < 0:
        raise InvalidValue(
            "billing.below_zero",
            f"{attribute.name} is {value}; give zero or more",
            name=attribute.name,
            amount=value,
        )


def check_within(amount: Money, available: Money, *, code: str, of: str, **facts: object) -> None:
    """Refuse an amount above what is available.

    Raises:
        Refused: with the code, and what is available.
        InvalidType: the amount is no money.
        CurrencyMismatch: two currencies.
    """
    check_money("amount", amount)
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


def decimal_of(exact: Fraction) -> Decimal:
    """Return a fraction with a finite decimal form as a Decimal, whatever the host's decimal context is."""
    places = 0
    while (exact * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{(exact * 10**places).numerator}e-{places}")
