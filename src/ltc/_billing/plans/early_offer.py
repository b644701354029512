"""What the discount of who pays early comes to for one amount."""

import datetime as dt

import attrs

from ltc.money import Money


@attrs.frozen
class EarlyPaymentOffer:
    """What a discount comes to: taken, `income` and `tax` are what it takes off them, in sum the discount.

    >>> offer = EarlyPaymentOffer(Money.of("236", "CNY"), Money.of("20", "CNY"), Money.of("3.60", "CNY"), dt.date(2026, 3, 7))
    >>> str(offer.to_pay(dt.date(2026, 3, 7))), str(offer.to_pay(dt.date(2026, 3, 8)))
    ('212.40 CNY', '236.00 CNY')
    """

    total: Money
    """What is owed without it."""
    income: Money
    tax: Money
    until: dt.date
    """The last day on which it is given."""

    @property
    def discount(self) -> Money:
        """What is taken off."""
        return self.income + self.tax

    @property
    def pay(self) -> Money:
        """What is to be paid by who pays early."""
        return self.total - self.discount

    def is_open(self, on: dt.date, /) -> bool:
        """Whether who pays on a day takes the discount."""
        return on <= self.until

    def to_pay(self, on: dt.date, /) -> Money:
        """Return what is to be paid on a day, the last day of the offer included."""
        return self.pay if self.is_open(on) else self.total
