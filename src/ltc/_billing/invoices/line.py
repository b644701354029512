"""The lines of an invoice: what each bills with which tax, and what they come to by rate."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Self

import attrs

from ltc._billing.amounts import above_zero, check_money, zero_or_more
from ltc._billing.invoices.tax import TaxRounding, TaxTreatment, exact_net, exact_tax, net_of, rounded_together, tax_on
from ltc._fields import exactly, member
from ltc.errors import InvalidValue
from ltc.money import Money, as_decimal, as_ratio, total
from ltc.text import one_line


def _own_net(line: "InvoiceLine") -> Money:
    check_money("gross", line.gross)  # validators have not run yet
    return net_of(line.gross, line.tax_rate)


@attrs.frozen
class InvoiceLine:
    """One line of an invoice: its gross amount, and the net in it at one tax rate.

    Either the gross was agreed and the tax is in it (the constructor), or the net was and the tax comes on top (`on_top`). An invoice
    that rounds its tax by rate moves the other amount by less than one minor unit.

    A line may come to nothing, as a gift or discounted by all of it, beside others that do not: an invoice comes to more than zero.

    Raises:
        InvalidValue: the gross is below zero, the rate is outside [0, 1], a line that is not taxed has a rate, or the net is a minor
            unit or more off gross / (1 + rate).

    >>> line = InvoiceLine("Press line", gross=Money.of("100000.00", "CNY"), tax_rate=Decimal("0.13"))
    >>> str(line.net), str(line.tax)
    ('88495.58 CNY', '11504.42 CNY')
    """

    description: str = attrs.field(validator=one_line)
    gross: Money = attrs.field(validator=zero_or_more)
    tax_rate: Decimal = attrs.field(converter=as_ratio)
    treatment: TaxTreatment = attrs.field(default=TaxTreatment.TAXED, validator=member(TaxTreatment))
    tax_on_top: bool = attrs.field(default=False, validator=exactly(bool), kw_only=True)
    """Whether the net was agreed, and the gross follows from it."""
    net: Money = attrs.field(default=attrs.Factory(_own_net, takes_self=True), validator=exactly(Money), kw_only=True)
    """The gross without the tax in it."""
    discount: Money | None = attrs.field(default=None, validator=attrs.validators.optional(above_zero), kw_only=True)
    """What was taken off the listed amount; the agreed amount is without it already."""
    quantity: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_decimal), kw_only=True)
    """How much of it, where that is said; a split divides it with the amount."""

    def __attrs_post_init__(self) -> None:
        if self.tax_rate and self.treatment is not TaxTreatment.TAXED:
            raise InvalidValue(
                "invoice.untaxed_rate",
                f"{self.description} is {self.treatment.value} with a tax rate of {self.tax_rate}; use 0",
                description=self.description,
                treatment=self.treatment.value,
                rate=self.tax_rate,
            )
        if self.quantity is not None and self.quantity <= 0:
            raise InvalidValue(
                "invoice.quantity",
                f"{self.description} has a quantity of {self.quantity}; give more than zero or none",
                description=self.description,
                quantity=self.quantity,
            )
        self._check_net()

    def _check_net(self) -> None:
        tax = self.gross - self.net  # of one currency
        off = (
            abs(tax.minor - exact_tax(self.net, self.tax_rate))
            if self.tax_on_top
            else abs(self.net.minor - exact_net(self.gross, self.tax_rate))
        )
        if off >= 1 or self.net.minor < 0:
            raise InvalidValue(
                "invoice.net",
                f"{self.description} of {self.gross} has a net of {self.net} at {self.tax_rate}; "
                f"use {_own_net(self)} or a neighbour",
                description=self.description,
                gross=self.gross,
                net=self.net,
                rate=self.tax_rate,
                expected=_own_net(self),
            )
        if self.discount is not None:
            self.discount + self.agreed  # of one currency

    @classmethod
    def on_top(
        cls,
        description: str,
        *,
        net: Money,
        tax_rate: Decimal,
        treatment: TaxTreatment = TaxTreatment.TAXED,
        discount: Money | None = None,
        quantity: Decimal | None = None,
    ) -> Self:
        """Return a line whose net amount was agreed; the tax on it is rounded for the line and comes on top.

        >>> line = InvoiceLine.on_top("Press line", net=Money.of("88495.58", "CNY"), tax_rate=Decimal("0.13"))
        >>> str(line.tax), str(line.gross)
        ('11504.43 CNY', '100000.01 CNY')
        """
        rate = as_ratio(tax_rate)
        zero_or_more(None, attrs.fields(cls).net, net)
        return cls(
            description,
            net + tax_on(net, rate),
            rate,
            treatment,
            tax_on_top=True,
            net=net,
            discount=discount,
            quantity=quantity,
        )

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.gross - self.net

    @property
    def agreed(self) -> Money:
        """The amount that was agreed: the gross, or the net where the tax comes on top."""
        return self.net if self.tax_on_top else self.gross

    @property
    def listed(self) -> Money:
        """The agreed amount before its discount."""
        return self.agreed if self.discount is None else self.agreed + self.discount

    @property
    def group(self) -> tuple[Decimal, TaxTreatment, bool]:
        """What lines have in common whose tax is rounded together."""
        return self.tax_rate, self.treatment, self.tax_on_top


@attrs.frozen
class TaxTotal:
    """What the lines of an invoice at one tax rate and of one treatment come to.

    >>> from ltc.testing.samples.billing import invoice
    >>> [(str(part.rate), str(part.net), str(part.tax)) for part in invoice().tax_totals]
    [('0.13', '88495.58 CNY', '11504.42 CNY')]
    """

    rate: Decimal
    treatment: TaxTreatment
    gross: Money
    net: Money

    @property
    def tax(self) -> Money:
        """Gross − net."""
        return self.gross - self.net


def totals_by_rate(lines: Iterable[InvoiceLine]) -> tuple[TaxTotal, ...]:
    """Return the totals of each rate and treatment, in the order in which the lines first have them."""
    groups: dict[tuple[Decimal, TaxTreatment], list[InvoiceLine]] = {}
    for line in lines:
        groups.setdefault((line.tax_rate, line.treatment), []).append(line)
    return tuple(
        TaxTotal(
            rate,
            treatment,
            total((line.gross for line in alike), alike[0].gross.currency),
            total((line.net for line in alike), alike[0].net.currency),
        )
        for (rate, treatment), alike in groups.items()
    )


def round_lines(lines: Sequence[InvoiceLine], rounding: TaxRounding) -> tuple[InvoiceLine, ...]:
    """Return lines with the tax that a policy gives them; those that have it already are returned as they are."""
    if rounding is TaxRounding.CARRIED:
        return tuple(lines)
    one_by_one = ([place] for place in range(len(lines)))
    groups = one_by_one if rounding is TaxRounding.PER_LINE else _alike(lines)
    made = list(lines)
    for places in groups:
        found = rounded_together([_exact(lines[place]) for place in places])
        for place, minor in zip(places, found, strict=True):
            made[place] = _with(lines[place], Money(minor, lines[place].gross.currency))
    return tuple(made)


def _alike(lines: Sequence[InvoiceLine]) -> Iterator[list[int]]:
    groups: dict[tuple[Decimal, TaxTreatment, bool], list[int]] = {}
    for place, line in enumerate(lines):
        groups.setdefault(line.group, []).append(place)
    yield from groups.values()


def _exact(line: InvoiceLine) -> Fraction:
    """Return what is rounded of a line: the net in it, or the tax on top of it."""
    return exact_tax(line.net, line.tax_rate) if line.tax_on_top else exact_net(line.gross, line.tax_rate)


def _with(line: InvoiceLine, found: Money) -> InvoiceLine:
    if line.tax_on_top:
        gross = line.net + found
        return line if gross == line.gross else attrs.evolve(line, gross=gross)
    return line if found == line.net else attrs.evolve(line, net=found)
