"""A line of an order: what is sold, how much of it, at what price."""

import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import attrs

from ltc.errors import InvalidType, InvalidValue
from ltc.ids import LineId
from ltc.money import Money, as_decimal, as_ratio, digits_of, divide, total
from ltc.text import one_line


class LineKind(enum.StrEnum):
    """What a line sells.

    >>> LineKind("service").name
    'SERVICE'
    """

    GOODS = "goods"
    SERVICE = "service"


_NONE: Final = Decimal(0)


def _kind(value: LineKind | str) -> LineKind:
    try:
        return LineKind(value)
    except ValueError:
        kinds = ", ".join(LineKind)
        raise InvalidValue(
            "line.kind", f"{value!r:.40} is no kind of line; use one of {kinds}", value=str(value)[:40], kinds=kinds
        ) from None


@attrs.frozen
class Line:
    """So much of a product at a unit price with tax, less a discount, plus or less what was agreed later.

    `amount` is quantity x price x (1 - discount), rounded once, half up, plus the `adjustment`; it is never under zero. A quantity of
    zero is a line that was taken back.

    Raises:
        InvalidType, InvalidValue: a float, a negative quantity or price, a rate outside [0, 1], an adjustment that leaves less than
            nothing.

    >>> line = Line("1", "CNC-5", "3", "33.335", "0.13")
    >>> str(line.amount("CNY")), str(line.net("CNY")), str(line.tax("CNY"))
    ('100.01 CNY', '88.50 CNY', '11.51 CNY')
    """

    id: LineId = attrs.field(validator=one_line)
    product: str = attrs.field(validator=one_line)
    quantity: Decimal = attrs.field(converter=as_decimal)
    unit_price: Decimal = attrs.field(converter=as_decimal)
    """With tax, in major units; it may be finer than the currency."""
    tax_rate: Decimal = attrs.field(converter=as_ratio)
    discount: Decimal = attrs.field(default=_NONE, converter=as_ratio)
    adjustment: Money | None = None
    """An agreed change of the amount, with tax: negative where the customer is let off something; None is no change."""
    kind: LineKind = attrs.field(default=LineKind.GOODS, converter=_kind)
    tolerance: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio))
    """How much may be delivered beyond the quantity, as a share of it; None: what the order allows."""

    def __attrs_post_init__(self) -> None:
        for name, value in (("quantity", self.quantity), ("unit_price", self.unit_price)):
            if value < 0:
                raise InvalidValue(
                    "line.negative", f"{name} of line {self.id} is {value}; give zero or more", line=self.id, name=name
                )
        if self.adjustment is None:
            return
        if not isinstance(self.adjustment, Money):
            raise InvalidType(
                "line.adjustment",
                f"the adjustment of line {self.id} is {self.adjustment!r:.40}; pass a Money",
                line=self.id,
            )
        if self.amount(self.adjustment.currency).minor < 0:
            raise InvalidValue(
                "line.under_zero",
                f"the adjustment of line {self.id} is {self.adjustment}, which leaves less than nothing; take off less",
                line=self.id,
                adjustment=self.adjustment,
            )

    def amount(self, currency: str, /) -> Money:
        """Return what the line costs, with tax.

        Raises:
            CurrencyMismatch: the adjustment is in another currency.
        """
        (sold, per), (price, unit), (off, whole) = (
            factor.as_integer_ratio() for factor in (self.quantity, self.unit_price, self.discount)
        )  # integers: exact in every decimal context
        minor = divide(sold * price * (whole - off) * 10 ** digits_of(currency), per * unit * whole)
        listed = Money(minor, currency)
        return listed if self.adjustment is None else listed + self.adjustment

    def net(self, currency: str, /) -> Money:
        """Return the amount without tax, rounded half up."""
        gross, (rate, whole) = self.amount(currency), self.tax_rate.as_integer_ratio()
        return Money(divide(gross.minor * whole, whole + rate), currency)

    def tax(self, currency: str, /) -> Money:
        """Return the tax in the amount: what the net leaves of it, so that the two always add up."""
        return self.amount(currency) - self.net(currency)


def amount_of(lines: Iterable[Line], currency: str, /) -> Money:
    """Return what lines cost together, with tax."""
    return total((line.amount(currency) for line in lines), currency)
