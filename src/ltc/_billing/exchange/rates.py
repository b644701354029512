"""Exchange rates: quoted by day, never guessed. What is not given is refused, the inverse of what is given too."""

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Protocol

import attrs

from ltc._billing.amounts import check_money
from ltc._fields import check_member
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.events import day
from ltc.money import Money, Rounding, as_decimal, digits_of

_ONE: Final = Decimal(1)


def _currency(_instance: object, _attribute: "attrs.Attribute[Any]", value: Any) -> None:
    digits_of(value)


def _above_zero(_instance: object, attribute: "attrs.Attribute[Any]", value: Decimal) -> None:
    if value <= 0:
        raise InvalidValue(
            "rate.not_above_zero",
            f"{attribute.name} is {value}; give more than zero",
            name=attribute.name,
            value=value,
        )


@attrs.frozen
class ExchangeRate:
    """What `per` major units of one currency cost in another: 100 JPY = 4.8210 CNY has `rate` 4.8210 and `per` 100.

    Both numbers are decimals, so that a rate is stored as it was quoted; one third is 1 per 3.

    Raises:
        InvalidType, InvalidValue: an unknown currency, a number that is not exact or not above zero, or another currency's rate of 1
            for a currency in itself.

    >>> from datetime import date
    >>> dollar = ExchangeRate("USD", "CNY", rate="7.1234", on=date(2026, 3, 2))
    >>> str(dollar.convert(Money.of("100.00", "USD")))
    '712.34 CNY'
    """

    source: str = attrs.field(validator=_currency)
    target: str = attrs.field(validator=_currency)
    rate: Decimal = attrs.field(converter=as_decimal, validator=_above_zero, kw_only=True)
    per: Decimal = attrs.field(default=_ONE, converter=as_decimal, validator=_above_zero, kw_only=True)
    on: dt.date = attrs.field(converter=day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.source == self.target and self.rate != self.per:
            raise InvalidValue(
                "rate.same_currency",
                f"{self.per} {self.source} cannot cost {self.rate} {self.target}; a currency is worth itself",
                currency=self.source,
                rate=self.rate,
                per=self.per,
            )

    @property
    def factor(self) -> Fraction:
        """What one major unit costs, exactly."""
        return Fraction(self.rate) / Fraction(self.per)

    def convert(self, amount: Money, /, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """Return what an amount of `source` is in `target`, rounded once.

        Raises:
            CurrencyMismatch: the amount is of another currency.
        """
        check_money("amount", amount)
        check_member(Rounding, "rounding", rounding)
        if amount.currency != self.source:
            raise CurrencyMismatch(
                "rate.currency",
                f"a rate of {self.source} in {self.target} does not convert {amount.currency}; give an amount of {self.source}",
                source=self.source,
                target=self.target,
                currency=amount.currency,
            )
        return Money.rounded(Fraction(amount.amount) * self.factor, self.target, rounding)

    def inverse(self) -> "ExchangeRate":
        """Return the same rate the other way round, exactly: 4.8210 CNY = 100 JPY. Banks buy and sell at two rates: say so where it is meant."""
        return ExchangeRate(self.target, self.source, rate=self.per, per=self.rate, on=self.on)


class RateTable(Protocol):
    """Where rates come from: a host may ask its own.

    An implementation answers with the rate that holds on that day, the latest of that day or before; for a currency in itself with
    1. It refuses (`rate.missing`) what it was not given: it does not invert and does not go through a third currency. The same
    question gets the same answer.

    >>> from datetime import date
    >>> table: RateTable = Rates([ExchangeRate("USD", "CNY", rate="7.12", on=date(2026, 3, 2))])
    >>> table.rate("USD", "CNY", date(2026, 3, 8)).on
    datetime.date(2026, 3, 2)
    """

    def rate(self, source: str, target: str, on: dt.date, /) -> ExchangeRate:
        """Return the rate that holds on a day."""


class Rates:
    """Rates by day, held in memory: the reference of `RateTable`. A search by bisection.

    With `max_age` a rate serves so many days after its own, and is then refused: nobody noticed that the feed had stopped.

    Raises:
        InvalidType: no rate, or a negative `max_age`.
        InvalidValue: two different rates of a pair on one day.

    >>> from datetime import date
    >>> rates = Rates([ExchangeRate("USD", "CNY", rate="7.12", on=date(2026, 3, 2))], max_age=7)
    >>> str(rates.rate("USD", "CNY", date(2026, 3, 9)).rate)
    '7.12'
    >>> rates.rate("CNY", "USD", date(2026, 3, 9))
    Traceback (most recent call last):
    ltc.errors.Refused: no rate of CNY in USD on 2026-03-09 or before; there is one of USD in CNY: give its inverse if that is meant
    """

    def __init__(self, rates: Iterable[ExchangeRate], *, max_age: int | None = None) -> None:
        if max_age is not None and (type(max_age) is not int or max_age < 0):
            raise InvalidType(
                "rate.max_age", f"max_age is {max_age!r:.40}; give days, 0 or more", value=repr(max_age)[:40]
            )
        self._max_age = max_age
        self._by_pair: dict[tuple[str, str], list[ExchangeRate]] = {}
        for rate in rates:
            if type(rate) is not ExchangeRate:
                raise InvalidType("rate.type", f"{rate!r:.40} is no ExchangeRate; pass those", value=repr(rate)[:40])
            self._by_pair.setdefault((rate.source, rate.target), []).append(rate)
        for quoted in self._by_pair.values():
            quoted.sort(key=lambda rate: rate.on)
            _check_once(quoted)

    def rate(self, source: str, target: str, on: dt.date, /) -> ExchangeRate:
        """Return the latest rate of that day or before; for a currency in itself 1.

        Raises:
            Refused: there is none (`rate.missing`), or it is older than `max_age` (`rate.stale`).
        """
        if source == target:
            return ExchangeRate(source, target, rate=_ONE, on=on)
        quoted = self._by_pair.get((source, target), [])
        place = bisect_right(quoted, day(on), key=lambda rate: rate.on)
        if not place:
            raise self._missing(source, target, on)
        found = quoted[place - 1]
        age = (on - found.on).days
        if self._max_age is not None and age > self._max_age:
            raise Refused(
                "rate.stale",
                f"the latest rate of {source} in {target} is of {found.on}, {age} days before {on}; "
                f"{self._max_age} is the most: give a newer one",
                source=source,
                target=target,
                quoted_on=found.on,
                on=on,
                age=age,
                most=self._max_age,
            )
        return found

    def _missing(self, source: str, target: str, on: dt.date) -> Refused:
        if (target, source) in self._by_pair:
            return Refused(
                "rate.only_inverse",
                f"no rate of {source} in {target} on {on} or before; there is one of {target} in {source}: "
                "give its inverse if that is meant",
                source=source,
                target=target,
                on=on,
            )
        return Refused(
            "rate.missing",
            f"no rate of {source} in {target} on {on} or before; give one",
            source=source,
            target=target,
            on=on,
        )


def _check_once(quoted: list[ExchangeRate]) -> None:
    for earlier, later in itertools.pairwise(quoted):
        if earlier.on == later.on and earlier.factor != later.factor:
            raise InvalidValue(
                "rate.twice",
                f"{later.source} in {later.target} has two rates on {later.on}, {earlier.rate} and {later.rate}; give one",
                source=later.source,
                target=later.target,
                on=later.on,
                first=earlier.rate,
                second=later.rate,
            )


def book_value(amount: Money, currency: str, /, *, rates: RateTable, on: dt.date) -> Money:
    """Return what an amount is in the currency of the books, at the rate of its document's day, rounded once, halves up.

    Raises:
        Refused: the table has no rate.

    >>> from datetime import date
    >>> rates = Rates([ExchangeRate("USD", "CNY", rate="7.12", on=date(2026, 3, 2))])
    >>> str(book_value(Money.of("0.07", "USD"), "CNY", rates=rates, on=date(2026, 3, 2)))
    '0.50 CNY'
    """
    check_money("amount", amount)
    return rates.rate(amount.currency, currency, on).convert(amount)
