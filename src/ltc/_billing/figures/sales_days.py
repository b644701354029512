"""How many days of sales are open, how old they are, and how well what could be collected was: DSO, days delinquent, CEI."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from ltc._billing.receivables.open_item import OpenItem
from ltc.errors import InvalidValue
from ltc.money import Money, divide


def dso(open: Money, sales: Money, days: int, /) -> Decimal:  # noqa: A002  # the word of the trade
    """Return the days sales outstanding 应收账款周转天数: open / sales of a period × its days, to four decimals, halves up.

    Of what is not overdue alone it is the best possible DSO; what lies above that is `days_delinquent`.

    Raises:
        InvalidValue: no sales, or no days.
        CurrencyMismatch: two currencies.

    >>> dso(Money.of("18000", "CNY"), Money.of("20000", "CNY"), 30)
    Decimal('27.0000')
    """
    open - sales  # refuses two currencies
    _check_sales(sales, days)
    return rounded(Fraction(open.minor * days, sales.minor), 4)


def days_delinquent(open: Money, /, *, current: Money, sales: Money, days: int) -> Decimal:  # noqa: A002  # as above
    """Return the average days delinquent: DSO less the best possible DSO, which counts only what is not overdue (`current`).

    To four decimals, halves up, of the exact difference.

    Raises:
        InvalidValue: no sales, no days, or more current than open.
        CurrencyMismatch: two currencies.

    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> days_delinquent(yuan("18000"), current=yuan("12000"), sales=yuan("20000"), days=30)
    Decimal('9.0000')
    """
    _check_part("current", current, "open", open)
    return dso(open - current, sales, days)


def average_age(items: Iterable[OpenItem], /, *, as_of: dt.date) -> Decimal:
    """Return the age of what is open, in days since the documents, weighted by amounts: Σ open × days / Σ open, to four decimals.

    Raises:
        InvalidValue: nothing is open.
        CurrencyMismatch: two currencies.

    >>> from datetime import date
    >>> march = date(2026, 3, 31)
    >>> owed = [OpenItem(str(days), "A1", march, Money.of(amount, "CNY"), raised_on=march.replace(day=31 - days))
    ...         for days, amount in ((10, "300"), (30, "100"))]
    >>> average_age(owed, as_of=march)
    Decimal('15.0000')
    """
    owed = [item for item in items if item.open.minor > 0]
    if not owed:
        raise InvalidValue("dso.nothing_open", "nothing is open, which has no age; ask where something is")
    for item in owed:
        item.open - owed[0].open  # refuses two currencies
    weighted = sum(item.open.minor * item.account_age(as_of) for item in owed)
    return rounded(Fraction(weighted, sum(item.open.minor for item in owed)), 4)


def collection_effectiveness(*, opening: Money, sales: Money, closing: Money, closing_current: Money) -> Decimal:
    """Return the collection effectiveness index (CEI) of a period: what was collected of what could be, as a ratio to six decimals.

    (opening + sales − closing) / (opening + sales − closing that is not overdue); 1 where nothing is overdue at the end.

    Raises:
        InvalidValue: an amount is below zero; more is current than open, or open at the end than there was; nothing could be collected.
        CurrencyMismatch: two currencies.

    Source: the worked example of https://www.creditguru.com, "Collection Effectiveness Index": 55.9 %.

    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> collection_effectiveness(
    ...     opening=yuan("6200"), sales=yuan("3630"), closing=yuan("6340"), closing_current=yuan("3590")
    ... )
    Decimal('0.559295')
    """
    check_open(opening, [sales, closing, closing_current])
    _check_part("closing_current", closing_current, "closing", closing)
    _check_part("closing", closing, "opening and sales", opening + sales)
    collectible = opening + sales - closing_current
    if not collectible:
        raise InvalidValue(
            "cei.nothing_collectible",
            "nothing was due for collection in the period, which has no effectiveness; ask for one in which something was",
        )
    return rounded(Fraction((opening + sales - closing).minor, collectible.minor), 6)


def rounded(exact: Fraction, places: int) -> Decimal:
    """Return a fraction to so many decimals, halves up, whatever the host's decimal context is."""
    return Decimal(f"{divide(exact.numerator * 10**places, exact.denominator)}e-{places}")


def _check_sales(sales: Money, days: int) -> None:
    if sales.minor <= 0 or days < 1:
        raise InvalidValue(
            "dso.no_sales",
            f"DSO needs sales above zero and at least a day, not {sales} in {days} days; "
            "take a longer period, one with sales",
            sales=sales,
            days=days,
        )


def check_open(open: Money, others: Iterable[Money]) -> int:  # noqa: A002  # as above
    """Return the minor units of an amount, once neither it nor the others are below zero, nor of another currency."""
    for amount in (open, *others):
        open - amount  # refuses two currencies
        if amount.minor < 0:
            raise InvalidValue("dso.below_zero", f"{amount} is below zero; give zero or more", amount=amount)
    return open.minor


def _check_part(name: str, part: Money, whole: str, amount: Money) -> None:
    if part > amount:
        raise InvalidValue(
            "dso.part",
            f"{name} is {part}, more than {whole} of {amount}; give that or less",
            name=name,
            part=part,
            whole=whole,
            amount=amount,
        )
