"""An amount of one currency."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

import attrs

from ltc._money.allocation import Weight, allocate
from ltc._money.currencies import DIGITS, digits_of
from ltc._money.exact import OVER, Exact, as_decimal, as_ratio, from_units, shown
from ltc._money.rounding import Rounding, divide
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.text import format_amount


@attrs.frozen
class Money:
    """An amount of one currency in its minor units (fen, cents); JPY has none, KWD has three decimals.

    Equal and hashable by value; ordered within a currency; false when zero. Sums, differences and integer multiples are exact.

    Raises:
        InvalidType: `minor` is no int (a bool is none).
        InvalidValue: the currency is unknown, or an amount has over 60 digits of minor units: it could not be read back.
        CurrencyMismatch: two currencies meet.

    >>> Money(1230, "CNY") + Money.of("0.70", "CNY")
    Money(minor=1300, currency='CNY')
    >>> Money.of("1", "CNY") + Money.of("1", "USD")
    Traceback (most recent call last):
    ltc.errors.CurrencyMismatch: CNY and USD do not mix; convert one with an explicit rate
    """

    minor: int
    currency: str

    def __attrs_post_init__(self) -> None:
        if type(self.minor) is not int:
            raise InvalidType(
                "money.type",
                f"{shown(self.minor)} is no int of minor units; use Money.of for amounts",
                value=shown(self.minor),
            )
        if not -OVER < self.minor < OVER:
            raise _too_much(self.minor)
        if self.currency not in DIGITS:
            digits_of(self.currency)

    @classmethod
    def of(cls, amount: Exact, currency: str, /) -> Self:
        """Return an amount in major units as money, exactly: "12.30" CNY is 1230 fen. Inverse of `amount`.

        Raises:
            InvalidType: a float or a bool.
            InvalidValue: no plain decimal number, or more decimals than the currency has (zeros may follow): use `rounded`.

        >>> Money.of("12.30", "CNY"), Money.of(12, "JPY")
        (Money(minor=1230, currency='CNY'), Money(minor=12, currency='JPY'))
        >>> Money.of("1.5", "JPY")
        Traceback (most recent call last):
        ltc.errors.InvalidValue: 1.5 has too many decimals; JPY takes 0
        """
        exact, places = as_decimal(amount), digits_of(currency)
        numerator, denominator = exact.as_integer_ratio()
        units, too_fine = divmod(numerator * 10**places, denominator)
        if too_fine:
            raise InvalidValue(
                "money.digits",
                f"{exact} has too many decimals; {currency} takes {places}",
                amount=exact,
                currency=currency,
                digits=places,
            )
        return cls(units, currency)

    @classmethod
    def rounded(cls, amount: Exact | Fraction, currency: str, /, rounding: Rounding = Rounding.HALF_UP) -> Self:
        """Return the money nearest to an exact amount in major units: where a unit price or a rate becomes money, once.

        >>> Money.rounded("88495.575221", "CNY")
        Money(minor=8849558, currency='CNY')
        """
        exact = amount if isinstance(amount, Fraction) else Fraction(as_decimal(amount))
        units = exact * 10 ** digits_of(currency)
        return cls(divide(units.numerator, units.denominator, rounding), currency)

    @classmethod
    def zero(cls, currency: str, /) -> Self:
        """Return nothing of a currency.

        >>> str(Money.zero("CNY"))
        '0.00 CNY'
        """
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, /) -> Self:
        """Read back what `str` wrote: "12.30 CNY". Inverse of `str(money)`.

        >>> Money.parse("12.30 CNY")
        Money(minor=1230, currency='CNY')
        """
        amount, space, currency = text.partition(" ") if type(text) is str else ("", "", "")
        if not space:
            raise InvalidValue(
                "money.syntax", f"{shown(text)} is not an amount; write it as in 12.30 CNY", value=shown(text)
            )
        return cls.of(amount, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with all decimals of the currency. Inverse of `of`.

        >>> Money(1230, "CNY").amount
        Decimal('12.30')
        """
        return from_units(self.minor, digits_of(self.currency))

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def format(self, locale: str, /) -> str:
        """Return the amount as a locale writes it.

        >>> Money.of("1234.50", "CNY").format("zh_CN")
        '¥1,234.50'
        """
        return format_amount(self.amount, self.currency, digits=digits_of(self.currency), locale=locale)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: "Money", /) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        if self.currency != other.currency:
            raise _mismatch(self, other)
        return _money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money", /) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        if self.currency != other.currency:
            raise _mismatch(self, other)
        return _money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return _money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return _money(abs(self.minor), self.currency)

    def __mul__(self, times: int, /) -> "Money":
        if type(times) is not int:
            return NotImplemented
        return _money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def times(self, factor: Exact | Fraction, /, rounding: Rounding = Rounding.HALF_UP) -> "Money":
        """Return the amount times an exact factor (a quantity, a rate), rounded once.

        >>> str(Money.of("33.33", "CNY").times("1.5"))
        '50.00 CNY'
        """
        exact = factor if isinstance(factor, Fraction) else Fraction(as_decimal(factor))
        return Money(divide(self.minor * exact.numerator, exact.denominator, rounding), self.currency)

    def share(self, ratio: Exact, /, rounding: Rounding = Rounding.HALF_UP) -> "Money":
        """Return a share in [0, 1] of the amount, rounded once. To split a whole into shares use `allocate`, which loses nothing.

        >>> str(Money.of("0.05", "CNY").share("0.5"))
        '0.03 CNY'
        """
        return self.times(as_ratio(ratio), rounding)

    def rounded_to(self, power: int, /, rounding: Rounding = Rounding.HALF_UP) -> "Money":
        """Return the amount rounded to a multiple of ten to a power of minor units: 2 is the whole yuan.

        >>> str(Money.of("45.50", "CNY").rounded_to(2))
        '46.00 CNY'
        """
        unit = 10**power
        return Money(divide(self.minor, unit, rounding) * unit, self.currency)

    def allocate(self, weights: Sequence[Weight], /) -> tuple["Money", ...]:
        """Split the amount in proportion to weights, exactly; see `ltc.money.allocate` for who gets the units left.

        >>> [str(part) for part in Money.of("0.05", "CNY").allocate([1, 1])]
        ['0.03 CNY', '0.02 CNY']
        """
        return tuple(_money(part, self.currency) for part in allocate(self.minor, weights))

    def split(self, parts: int, /) -> tuple["Money", ...]:
        """Split the amount into equal parts, exactly; the earlier ones are a unit larger where it does not come out even.

        Raises:
            InvalidValue: fewer than one part.

        >>> [str(part) for part in Money.of("0.10", "CNY").split(3)]
        ['0.04 CNY', '0.03 CNY', '0.03 CNY']
        """
        return self.allocate((1,) * parts)

    def __lt__(self, other: "Money", /) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self._minus(other) < 0

    def __le__(self, other: "Money", /) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self._minus(other) <= 0

    def __gt__(self, other: "Money", /) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self._minus(other) > 0

    def __ge__(self, other: "Money", /) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self._minus(other) >= 0

    def _minus(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise _mismatch(self, other)
        return self.minor - other.minor


_new: Final = object.__new__
_set_minor: Final = Money.__dict__["minor"].__set__
_set_currency: Final = Money.__dict__["currency"].__set__


def _money(minor: int, currency: str) -> Money:
    """Make money of an int and a known currency: half the time of the checking constructor."""
    if not -OVER < minor < OVER:
        raise _too_much(minor)
    made = _new(Money)
    _set_minor(made, minor)
    _set_currency(made, currency)
    return made


def _too_much(minor: int) -> InvalidValue:
    return InvalidValue(
        "money.range", f"{shown(minor)} is too much; use 60 digits of minor units at most", value=shown(minor)
    )


def _mismatch(left: Money, right: Money) -> CurrencyMismatch:
    return CurrencyMismatch(
        "money.currency",
        f"{left.currency} and {right.currency} do not mix; convert one with an explicit rate",
        left=left.currency,
        right=right.currency,
    )


def total(amounts: Iterable[Money], currency: str, /) -> Money:
    """Return the sum of amounts of one currency; nothing sums to zero.

    Raises:
        CurrencyMismatch: an amount is of another currency.

    >>> str(total([Money.of("0.10", "CNY"), Money.of("0.20", "CNY")], "CNY")), str(total([], "CNY"))
    ('0.30 CNY', '0.00 CNY')
    """
    minor = 0
    for amount in amounts:
        if amount.currency != currency:
            raise _mismatch(Money.zero(currency), amount)
        minor += amount.minor
    return Money(minor, currency)
