"""What a settlement across two currencies gave on either side, and the rate that it went by."""

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from ltc._billing.amounts import above_zero
from ltc.errors import InvalidType, InvalidValue
from ltc.events import day
from ltc.money import Money, as_decimal


@attrs.frozen
class Exchange:
    """What a receipt of one currency gave, what that settled in another, and the rate as it was quoted.

    Raises:
        InvalidValue: an amount that is not above zero, or twice the same currency.

    >>> from datetime import date
    >>> Exchange(Money.of("710", "CNY"), Money.of("100", "USD"), rate="7.10", per=1, rated_on=date(2026, 3, 2)).rate
    Decimal('7.10')
    """

    paid: Money = attrs.field(validator=above_zero)
    """In the currency of the receipt."""
    settled: Money = attrs.field(validator=above_zero)
    """In the currency of the receivable."""
    rate: Decimal = attrs.field(converter=as_decimal)
    """What `per` units of the receivable's currency cost in the receipt's."""
    per: Decimal = attrs.field(converter=as_decimal)
    rated_on: dt.date = attrs.field(converter=day)
    """The day of the rate, which need not be that of the application."""

    def __attrs_post_init__(self) -> None:
        if self.paid.currency == self.settled.currency:
            raise InvalidValue(
                "exchange.one_currency",
                f"{self.paid} for {self.settled} is no exchange; leave it out within one currency",
                paid=self.paid,
                settled=self.settled,
            )


def optional_exchange(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check a field that holds an exchange or nothing."""
    if value is not None and type(value) is not Exchange:
        raise InvalidType(
            "field.type",
            f"{attribute.name} is {ascii(value)[:40]}; pass an Exchange",
            name=attribute.name,
            value=ascii(value)[:40],
            type="Exchange",
        )
