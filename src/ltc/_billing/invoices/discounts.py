"""Discounts: one after the other on what the former left, and spread over lines."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from ltc._billing.amounts import check_money, check_within, zero_or_more
from ltc._billing.invoices.line import InvoiceLine
from ltc._billing.invoices.tax import rounded_together
from ltc._fields import exactly
from ltc.errors import InvalidValue
from ltc.money import Money, as_ratio, total


@attrs.frozen
class AmountOff:
    """A discount of an amount, at most what is left.

    >>> str(AmountOff(Money.of("10", "CNY")).off(Money.of("8", "CNY")))
    '8.00 CNY'
    """

    amount: Money = attrs.field(validator=zero_or_more)

    def off(self, base: Money, /) -> Money:
        """Return what it takes off a base."""
        return min(self.amount, base)


@attrs.frozen
class ShareOff:
    """A discount of a share in [0, 1], rounded half up.

    >>> str(ShareOff("0.2").off(Money.of("90", "CNY")))
    '18.00 CNY'
    """

    ratio: Decimal = attrs.field(converter=as_ratio)

    def off(self, base: Money, /) -> Money:
        """Return what it takes off a base."""
        return base.share(self.ratio)


Discount = AmountOff | ShareOff


@attrs.frozen
class DiscountShare:
    """The part of a discount that one line bears.

    >>> DiscountShare(Fraction(10, 3), Money.of("0.03", "CNY")).amount.minor
    3
    """

    exact: Fraction
    """In minor units, before it was rounded."""
    amount: Money = attrs.field(validator=exactly(Money))


def apply_discounts(base: Money, discounts: Sequence[Discount], /) -> tuple[Money, ...]:
    """Return what each discount takes off, in their order, each of what those before it left; together at most the base.

    Raises:
        InvalidValue: the base is below zero.

    Source: the order in which Lago applies coupons.

    >>> [str(off) for off in apply_discounts(Money.of("100", "CNY"), [AmountOff(Money.of("10", "CNY")), ShareOff("0.2")])]
    ['10.00 CNY', '18.00 CNY']
    """
    check_money("base", base)
    if base.minor < 0:
        raise InvalidValue("discount.base", f"{base} is below zero; nothing can be taken off it", base=base)
    taken, rest = [], base
    for discount in discounts:
        off = discount.off(rest)
        taken.append(off)
        rest -= off
    return tuple(taken)


def spread_discount(discount: Money, over: Sequence[Money], /) -> tuple[DiscountShare, ...]:
    """Return how a discount is borne by amounts, in proportion to them: whole units that sum to it, the largest fractions first.

    Raises:
        Refused: it is more than the amounts together.
        InvalidValue: there is nothing to bear it, or an amount below zero.

    >>> shares = spread_discount(Money.of("1", "CNY"), [Money.of("20", "CNY"), Money.of("40", "CNY")])
    >>> [(str(share.exact), str(share.amount)) for share in shares]
    [('100/3', '0.33 CNY'), ('200/3', '0.67 CNY')]
    """
    check_money("discount", discount)
    whole = total(over, discount.currency)
    if not whole or any(amount.minor < 0 for amount in over) or discount.minor < 0:
        raise InvalidValue(
            "discount.over_what",
            f"a discount of {discount} cannot be spread over {whole}; give a discount and amounts of zero or more, not all zero",
            discount=discount,
            whole=whole,
        )
    check_within(discount, whole, code="discount.over", of="that it is spread over")
    exacts = [Fraction(discount.minor * amount.minor, whole.minor) for amount in over]
    return tuple(
        DiscountShare(exact, Money(minor, discount.currency))
        for exact, minor in zip(exacts, rounded_together(exacts), strict=True)
    )


def discount_lines(lines: Sequence[InvoiceLine], discounts: Sequence[Discount], /) -> tuple[InvoiceLine, ...]:
    """Return lines with discounts taken off their agreed amounts, one after the other, each spread over all lines.

    A line may be left with nothing. What a line bears is kept on it: a red letter may then be asked by listed amounts, and gives its
    discount back in proportion.

    Raises:
        InvalidValue: some lines have their tax on top and others in them.

    >>> line = InvoiceLine.on_top("seats", net=Money.of("100", "CNY"), tax_rate=Decimal("0.20"))
    >>> [less] = discount_lines([line], [AmountOff(Money.of("10", "CNY")), ShareOff("0.2")])
    >>> str(less.net), str(less.discount), str(less.listed), str(less.tax)
    ('72.00 CNY', '28.00 CNY', '100.00 CNY', '14.40 CNY')
    """
    if not lines:
        return ()
    if len({line.tax_on_top for line in lines}) > 1:
        raise InvalidValue("discount.mixed", "some lines have their tax on top and others in them; discount them apart")
    left = [line.agreed for line in lines]
    for discount in discounts:
        off = apply_discounts(total(left, left[0].currency), [discount])[0]
        if off:
            left = [rest - share.amount for rest, share in zip(left, spread_discount(off, left), strict=True)]
    return tuple(_lowered(line, rest) for line, rest in zip(lines, left, strict=True))


def _lowered(line: InvoiceLine, agreed: Money) -> InvoiceLine:
    off = line.listed - agreed
    if line.tax_on_top:
        return InvoiceLine.on_top(
            line.description,
            net=agreed,
            tax_rate=line.tax_rate,
            treatment=line.treatment,
            discount=off or None,
            quantity=line.quantity,
        )
    return InvoiceLine(
        line.description,
        agreed,
        line.tax_rate,
        line.treatment,
        discount=off or None,
        quantity=line.quantity,
    )
