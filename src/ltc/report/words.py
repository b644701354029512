"""Figures as the page writes them."""

from decimal import Decimal

from ltc.money import Money, divide


def money(amount: Money, locale: str, /) -> str:
    """Return an amount with its currency."""
    return amount.format(locale)


def plain(amount: Money, /) -> str:
    """Return an amount without its currency, as it stands in a column that names it.

    >>> from ltc.money import Money, divide
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
    """Return a ratio in percent with one decimal, halves up.

    >>> from decimal import Decimal
    >>> percent(Decimal("0.631501")), percent(None)
    ('63.2%', '–')
    """
    return "–" if ratio is None else f"{_rounded(ratio, 1, times=100)}%"


def days(number: Decimal, /) -> str:
    """Return a number of days with two decimals, halves up.

    >>> from decimal import Decimal
    >>> days(Decimal("27.1892"))
    '27.19'
    """
    return _rounded(number, 2)


def _rounded(number: Decimal, places: int, *, times: int = 1) -> str:
    """Write a number with so many decimals: of integers, since formatting a Decimal rounds as the host's context says."""
    above, below = number.as_integer_ratio()
    units = divide(above * times * 10**places, below)
    return f"{Decimal(f'{units}E-{places}'):f}"
