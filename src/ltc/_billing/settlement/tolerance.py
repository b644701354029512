"""How small a difference may be that nobody asks for 尾差: let go, or kept, in the same step as the application that leaves it."""

import enum
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ltc._billing.amounts import above_zero
from ltc._fields import member
from ltc.errors import InvalidValue
from ltc.money import Money, as_ratio


class Overpaid(enum.StrEnum):
    """What becomes of a small over-payment.

    >>> Overpaid("income").name
    'INCOME'
    """

    CREDIT = "credit"
    """It stays the customer's credit, as any other."""
    INCOME = "income"
    """It is kept, as other income."""


def _as_limits(limits: Money | Iterable[Money]) -> tuple[Money, ...]:
    return (limits,) if isinstance(limits, Money) else tuple(limits)


@attrs.frozen
class Tolerance:
    """Up to what a difference is small: an amount a currency, a ratio, or both, of which the lower counts. Inclusive.

    The ratio is of the document that the difference is left of: of the receivable as raised where too little was paid, of the receipt
    as received where too much was. In a currency without an amount nothing is small, unless there is only a ratio.

    Raises:
        InvalidValue: neither an amount nor a ratio, an amount not above zero, or two in one currency.

    >>> fen_and_promille = Tolerance(Money.of("1.00", "CNY"), ratio="0.001")
    >>> str(fen_and_promille.limit_of(Money.of("300.00", "CNY"))), str(fen_and_promille.limit_of(Money.of("9999.00", "CNY")))
    ('0.30 CNY', '1.00 CNY')
    >>> fen_and_promille.limit_of(Money.of("300.00", "USD")) is None
    True
    """

    limits: tuple[Money, ...] = attrs.field(
        default=(), converter=_as_limits, validator=attrs.validators.deep_iterable(above_zero)
    )
    """At most one a currency; none: the ratio alone counts."""
    ratio: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio), kw_only=True)
    overpaid: Overpaid = attrs.field(default=Overpaid.CREDIT, validator=member(Overpaid), kw_only=True)

    @limits.validator
    def _once(self, _attribute: "attrs.Attribute[Any]", limits: tuple[Money, ...]) -> None:
        if len({limit.currency for limit in limits}) < len(limits):
            raise InvalidValue("tolerance.twice", "a currency has two limits; give each one")

    def __attrs_post_init__(self) -> None:
        if not self.limits and self.ratio is None:
            raise InvalidValue("tolerance.none", "a tolerance needs an amount or a ratio; give one, or both")

    def limit_of(self, amount: Money, /) -> Money | None:
        """Return the most that is small of a document of an amount, rounded down to its unit; None: nothing is."""
        most = [limit.minor for limit in self.limits if limit.currency == amount.currency]
        if self.limits and not most:
            return None
        if self.ratio is not None:
            most.append(int(amount.minor * Fraction(self.ratio)))
        return Money(min(most), amount.currency) if min(most) > 0 else None

    def lets_go(self, difference: Money, of: Money, /) -> Money | None:
        """Return the limit under which a difference that is left of an amount is small, or None: there is none, or it is not.

        >>> one_yuan = Tolerance(Money.of("1.00", "CNY"))
        >>> hundred = Money.of("100.00", "CNY")
        >>> str(one_yuan.lets_go(Money.of("1.00", "CNY"), hundred)), one_yuan.lets_go(Money.of("1.01", "CNY"), hundred)
        ('1.00 CNY', None)
        """
        limit = self.limit_of(of)
        return limit if limit is not None and 0 < difference.minor <= limit.minor else None

    def keeps(self, difference: Money, of: Money, /) -> Money | None:
        """Return the limit under which a small over-payment is kept as income, or None: it stays credit.

        >>> kept = Tolerance(Money.of("1.00", "CNY"), overpaid=Overpaid.INCOME)
        >>> str(kept.keeps(Money.of("0.01", "CNY"), Money.of("100.00", "CNY")))
        '1.00 CNY'
        """
        return self.lets_go(difference, of) if self.overpaid is Overpaid.INCOME else None
