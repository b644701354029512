"""Tax in an amount and on top of one, and how it is rounded over the lines of an invoice."""

import enum
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from ltc.money import Money, Rounding, divide


class TaxTreatment(enum.StrEnum):
    """How the tax office looks at a line: the last three all show a tax of zero, but are reported apart.

    >>> TaxTreatment("exempt").name
    'EXEMPT'
    """

    TAXED = "taxed"
    """应税"""
    ZERO_RATED = "zero_rated"
    """零税率"""
    EXEMPT = "exempt"
    """免税"""
    NOT_TAXABLE = "not_taxable"
    """不征税"""


class TaxRounding(enum.StrEnum):
    """Where the tax of an invoice is rounded. An invoice keeps the policy by which it was issued.

    >>> TaxRounding("per_invoice").name
    'PER_INVOICE'
    """

    PER_LINE = "per_line"
    """按行: every line by itself; the totals are the sums of the lines."""
    PER_INVOICE = "per_invoice"
    """按票: the sum of each group of lines of one rate, treatment and side (tax in it or on top) is rounded once; the lines share that
    by the largest fraction, so that they still sum to it, none a whole unit off its exact tax."""
    CARRIED = "carried"
    """累计: the lines are parts of larger ones that were split; the parts together are rounded, each is the difference of cumulative
    amounts and less than a unit off its exact tax."""


def net_of(gross: Money, rate: Decimal, /) -> Money:
    """Return the net amount in a gross one: gross / (1 + rate), to the nearest minor unit, halves up; the tax is the difference.

    >>> str(net_of(Money.of("100000.00", "CNY"), Decimal("0.13")))
    '88495.58 CNY'
    """
    return Money(rounded(exact_net(gross, rate), Rounding.HALF_UP), gross.currency)


def tax_on(net: Money, rate: Decimal, /) -> Money:
    """Return the tax that comes on top of a net amount: net * rate, to the nearest minor unit, halves up.

    `net_of(net + tax_on(net, rate), rate)` is the net again.

    >>> str(tax_on(Money.of("88495.58", "CNY"), Decimal("0.13")))
    '11504.43 CNY'
    """
    return Money(rounded(exact_tax(net, rate), Rounding.HALF_UP), net.currency)


def exact_net(gross: Money, rate: Decimal) -> Fraction:
    """Return the minor units of net in a gross amount before they are rounded."""
    return gross.minor / (1 + Fraction(rate))


def exact_tax(net: Money, rate: Decimal) -> Fraction:
    """Return the minor units of tax on a net amount before they are rounded."""
    return net.minor * Fraction(rate)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Return an exact amount in whole minor units."""
    return divide(exact.numerator, exact.denominator, rounding)


def rounded_together(exacts: Sequence[Fraction]) -> list[int]:
    """Return whole units that sum to the rounded sum, each a neighbour of its exact amount; the largest fractions go up."""
    wholes = [floor(exact) for exact in exacts]
    left = rounded(sum(exacts, Fraction(0)), Rounding.HALF_UP) - sum(wholes)
    by_fraction = sorted(
        range(len(exacts)), key=lambda place: wholes[place] - exacts[place]
    )  # stable: ties stay in order
    for place in by_fraction[:left]:
        wholes[place] += 1
    return wholes
