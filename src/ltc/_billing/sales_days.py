"""How many days of sales are open: DSO."""

from decimal import Decimal

from ltc.errors import InvalidValue
from ltc.money import Money, Rounding, divide


def dso(open: Money, sales: Money, days: int, /) -> Decimal:  # noqa: A002  # the word of the trade
    """Return the days sales outstanding 应收账款周转天数: open / sales of a period × its days, to four decimals, halves up.

    Raises:
        InvalidValue: no sales, or no days.
        CurrencyMismatch: two currencies.

    >>> dso(Money.of("18000", "CNY"), Money.of("20000", "CNY"), 30)
    Decimal('27.0000')
    """
    open - sales  # refuses two currencies
    if sales.minor <= 0 or days < 1:
        raise InvalidValue(
            "dso.no_sales",
            f"DSO needs sales above zero and at least a day, not {sales} in {days} days; "
            "take a longer period, one with sales",
            sales=sales,
            days=days,
        )
    units = divide(open.minor * days * 10**4, sales.minor, Rounding.HALF_UP)
    return Decimal(f"{units}e-4")
