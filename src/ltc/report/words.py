"""Figures as the page writes them."""

from decimal import Decimal

from ltc.money import Money


def money(amount: Money, locale: str, /) -> str:
    """Return an amount with its currency."""
    return amount.format(locale)


def plain(amount: Money, /) -> str:
    """Return an amount without its currency, as it stands in a column that names it.

    >>> from ltc.money import Money
    >>> plain(Money.of("1234.5", "CNY"))
    '1,234.50'
    """
    return f"{amount.amount:,f}"


def count(number: int, /) -> str:
    """Return a number of things.

    >>> count(8800)
    '8,800'
    """
    return f"{number:,}"


def percent(ratio: Decimal | None, /) -> str:
    """Return a ratio in percent with one decimal.

    >>> from decimal import Decimal
    >>> percent(Decimal("0.631501")), percent(None)
    ('63.2%', '–')
    """
    return "–" if ratio is None else f"{ratio * 100:.1f}%"


def days(number: Decimal, /) -> str:
    """Return a number of days with two decimals.

    >>> from decimal import Decimal
    >>> days(Decimal("27.1892"))
    '27.19'
    """
    return f"{number:.2f}"
