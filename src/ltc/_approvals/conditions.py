"""When a step is passed: conditions on the facts of a request, such as its discount and the grade of its customer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from ltc._fields import exactly
from ltc.errors import InvalidType, InvalidValue
from ltc.findings import Fact
from ltc.money import Money
from ltc.text import one_line

RequestFact = Money | Decimal | str
"""What a request may say about the thing: an amount, a ratio, a word."""
_SHOWN: Final = 40
_KINDS: Final = (Money, Decimal, str)


def _number(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not Decimal or not value.is_finite():
        raise InvalidType(
            "approval.ratio",
            f"{attribute.name} is {value!r:.40}; pass a finite Decimal",
            name=attribute.name,
            value=repr(value)[:_SHOWN],
        )


def _words(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple or not value:
        raise InvalidType(
            "approval.words", f"words are {value!r:.40}; pass a tuple of one or more", value=repr(value)[:_SHOWN]
        )
    for word in value:
        one_line(None, attribute, word)


@attrs.frozen
class MoneyBand:
    """Holds for a fact that is over `above` and up to `up_to`, inclusive; None is no bound. The fact `amount` is the request's amount.

    Raises:
        InvalidType, InvalidValue: a bound that is no money, or a band without an amount in it.

    >>> MoneyBand("margin", up_to=Money.of("1000", "CNY")).holds(Money.of("1000", "CNY"))
    True
    """

    fact: str = attrs.field(validator=one_line)
    above: Money | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Money)))
    up_to: Money | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Money)))

    def __attrs_post_init__(self) -> None:
        if self.above is not None and self.up_to is not None and self.up_to <= self.above:
            raise _no_band(self.fact, self.above, self.up_to)

    def holds(self, value: Fact, /) -> bool:
        """Tell whether the band takes this value.

        Raises:
            InvalidType: it is no money.
            CurrencyMismatch: it is of another currency.
        """
        if not isinstance(value, Money):
            raise _other_kind(self.fact, value, "Money")
        return (self.above is None or value > self.above) and (self.up_to is None or value <= self.up_to)


@attrs.frozen
class RatioBand:
    """Holds for a fact that is over `above` and up to `up_to`, inclusive; None is no bound. A discount of 15 % is 0.15.

    Raises:
        InvalidType, InvalidValue: a bound that is no finite Decimal, or a band without a number in it.

    >>> RatioBand("discount", above=Decimal("0.15")).holds(Decimal("0.15"))
    False
    """

    fact: str = attrs.field(validator=one_line)
    above: Decimal | None = attrs.field(default=None, validator=attrs.validators.optional(_number))
    up_to: Decimal | None = attrs.field(default=None, validator=attrs.validators.optional(_number))

    def __attrs_post_init__(self) -> None:
        if self.above is not None and self.up_to is not None and self.up_to <= self.above:
            raise _no_band(self.fact, self.above, self.up_to)

    def holds(self, value: Fact, /) -> bool:
        """Tell whether the band takes this value.

        Raises:
            InvalidType: it is no Decimal.
        """
        if not isinstance(value, Decimal):
            raise _other_kind(self.fact, value, "Decimal")
        return (self.above is None or value > self.above) and (self.up_to is None or value <= self.up_to)


@attrs.frozen
class OneOf:
    """Holds for a fact that is one of these words, such as the grade of the customer.

    Raises:
        InvalidType, InvalidValue: no word, or one that is blank.

    >>> OneOf("grade", ("C", "D")).holds("C")
    True
    """

    fact: str = attrs.field(validator=one_line)
    words: tuple[str, ...] = attrs.field(validator=_words)

    def holds(self, value: Fact, /) -> bool:
        """Tell whether this is one of the words.

        Raises:
            InvalidType: it is no str.
        """
        if not isinstance(value, str):
            raise _other_kind(self.fact, value, "str")
        return value in self.words


Condition = MoneyBand | RatioBand | OneOf
"""A condition on one fact of a request."""
CONDITIONS: Final = (MoneyBand, RatioBand, OneOf)


def _no_band(fact: str, above: Fact, up_to: Fact) -> InvalidValue:
    return InvalidValue(
        "approval.fact_band",
        f"{fact} is to be above {above} up to {up_to}; the second must be larger",
        fact=fact,
        above=above,
        up_to=up_to,
    )


def _other_kind(fact: str, value: object, expected: str) -> InvalidType:
    return InvalidType(
        "approval.fact_kind",
        f"{fact} is {value!r:.40}; the flow asks for a {expected}",
        fact=fact,
        value=repr(value)[:_SHOWN],
        expected=expected,
    )


@attrs.frozen
class _Named:
    name: str = attrs.field(validator=one_line)
    word: str = attrs.field(validator=one_line)


def as_facts(facts: Mapping[str, RequestFact], /) -> tuple[tuple[str, Fact], ...]:
    """Return facts by name, sorted, once each is looked at.

    Raises:
        InvalidType, InvalidValue: a fact that is no amount, no finite Decimal and no line of text, or one called `amount`.
    """
    for name, value in facts.items():
        if name == "amount" or type(value) not in _KINDS or (isinstance(value, Decimal) and not value.is_finite()):
            raise InvalidType(
                "approval.fact",
                f"fact {name} is {value!r:.40}; pass a Money, a finite Decimal or a str, and the amount as `amount`",
                fact=name,
                value=repr(value)[:_SHOWN],
            )
        _Named(name, value if isinstance(value, str) else name)
    return tuple(sorted(facts.items()))
