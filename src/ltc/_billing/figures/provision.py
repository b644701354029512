"""What is set aside for debts that will not be paid 坏账准备, by the age of what is open."""

from collections.abc import Sequence
from decimal import Decimal

import attrs

from ltc._billing.figures.buckets import Bucket
from ltc.errors import InvalidValue
from ltc.money import Money, as_ratio, total


@attrs.frozen
class AllowanceRow:
    """What is set aside for one bucket: its amount × its rate, to the minor unit, halves up.

    >>> bucket = Bucket("1-30", first=1, last=30, amount=Money.of("1200.00", "CNY"), count=3)
    >>> str(AllowanceRow(bucket, rate=Decimal("0.08")).amount)
    '96.00 CNY'
    """

    bucket: Bucket
    rate: Decimal
    """In [0, 1]."""

    @property
    def amount(self) -> Money:
        """What is set aside for it."""
        return self.bucket.amount.share(self.rate)


@attrs.frozen
class Allowance:
    """What is set aside 坏账准备 for all that is open.

    >>> buckets = [Bucket("1-30", first=1, last=30, amount=Money.of("1200.00", "CNY"), count=3)]
    >>> str(allowance(buckets, rates=["0.08"]).total)
    '96.00 CNY'
    """

    rows: tuple[AllowanceRow, ...]

    @property
    def receivable(self) -> Money:
        """All that is open."""
        return total((row.bucket.amount for row in self.rows), self._currency)

    @property
    def total(self) -> Money:
        """Σ of the rows, each of which is rounded by itself."""
        return total((row.amount for row in self.rows), self._currency)

    @property
    def _currency(self) -> str:
        return self.rows[0].bucket.amount.currency

    def expense(self, *, opening: Money, written_off: Money, recovered: Money | None = None) -> Money:
        """Return what the period is charged 信用减值损失 so that the allowance is what it must be; below zero what it is given back 转回.

        The opening allowance less what was written off against it, plus what was recovered, is what is there already.

        Raises:
            CurrencyMismatch: two currencies.

        >>> bucket = Bucket("1-30", first=1, last=30, amount=Money.of("1200.00", "CNY"), count=3)
        >>> yuan = lambda amount: Money.of(amount, "CNY")
        >>> str(allowance([bucket], rates=["0.08"]).expense(opening=yuan("50"), written_off=yuan("20")))
        '66.00 CNY'
        """
        there = opening - written_off
        return self.total - (there if recovered is None else there + recovered)


def allowance(buckets: Sequence[Bucket], /, *, rates: Sequence[str | int | Decimal]) -> Allowance:
    """Return what is to be set aside for the buckets of an aging, a rate each, in their order.

    Raises:
        InvalidValue: no buckets, another number of rates, or a rate outside [0, 1].
        CurrencyMismatch: two currencies.

    Source: allowance by aging, as in textbooks of accounting; the expense is what tops the balance up.

    >>> from ltc.testing.samples.billing import aged
    >>> table = aged().in_currency("CNY")
    >>> made = allowance(table.buckets, rates=["0.01", "0.05", "0.10", "0.20", "0.50"])
    >>> [str(row.amount) for row in made.rows if row.amount], str(made.total)
    (['600.00 CNY', '1500.00 CNY'], '2100.00 CNY')
    """
    if not buckets or len(buckets) != len(rates):
        told = ", ".join(bucket.label for bucket in buckets) or "none"
        raise InvalidValue(
            "allowance.rates",
            f"{len(rates)} rates do not fit the buckets {told}; give one for each of at least one bucket",
            rates=len(rates),
            buckets=told,
        )
    total((bucket.amount for bucket in buckets), buckets[0].amount.currency)  # refuses two currencies
    return Allowance(tuple(AllowanceRow(bucket, as_ratio(rate)) for bucket, rate in zip(buckets, rates, strict=True)))
