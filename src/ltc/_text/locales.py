"""How amounts, dates and shares read in a locale. Babel does it; it is loaded at the first use, since most callers never format."""

import datetime as dt
from decimal import MAX_PREC, ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, Final

from ltc.errors import InvalidValue

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_EXACT: Final = Context(prec=MAX_PREC, rounding=ROUND_HALF_EVEN)
"""Babel computes in the context it finds: in the host's it would round a long amount, or refuse it."""


@cache  # a Locale is 86 µs to make and is asked for with every amount
def locale_of(tag: str, /) -> "Locale":
    """Return Babel's locale of a tag such as `zh_CN`, `zh-CN` or `en`.

    Raises:
        InvalidValue: the tag is unknown.

    >>> locale_of("zh-CN").language
    'zh'
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # 40 ms that `import ltc.money` does not owe

    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise InvalidValue(
            "text.locale", f"there is no locale {tag!r}; use one such as zh_CN or en", locale=tag
        ) from error


@cache
def _currency_pattern(tag: str, digits: int) -> "NumberPattern":
    from babel.numbers import parse_pattern  # noqa: PLC0415  # as above

    # Babel's own digits are CLDR's display digits, which would hide minor units of 13 living currencies.
    pattern = parse_pattern(locale_of(tag).currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return pattern


def format_amount(amount: Decimal, currency: str, *, digits: int, locale: str) -> str:
    """Return an amount with its currency as the locale writes it, with `digits` decimals (half even, as Babel rounds).

    >>> format_amount(Decimal("1099.98"), "CNY", digits=2, locale="en")
    'CN¥1,099.98'
    """
    pattern = _currency_pattern(locale, digits)
    with localcontext(_EXACT):
        written: str = pattern.apply(amount, locale_of(locale), currency=currency, currency_digits=False)
    return written


def format_date(day: dt.date, *, locale: str) -> str:
    """Return a day as the locale writes it.

    >>> format_date(dt.date(2026, 11, 23), locale="zh_CN"), format_date(dt.date(2026, 11, 23), locale="en")
    ('2026年11月23日', 'Nov 23, 2026')
    """
    from babel import dates  # noqa: PLC0415  # as above

    return dates.format_date(day, "medium", locale_of(locale))


def format_instant(at: dt.datetime, *, locale: str) -> str:
    """Return an instant as the locale writes it, in the zone that it carries.

    >>> format_instant(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), locale="zh_CN")
    '2026年11月23日 09:30 UTC'
    """
    from babel import dates  # noqa: PLC0415  # as above

    day = dates.format_date(at.date(), "medium", locale_of(locale))
    return f"{day} {at:%H:%M} {at.tzname()}"


def format_percent(ratio: Decimal, *, locale: str) -> str:
    """Return a ratio as a percentage, with the decimals that it has.

    >>> format_percent(Decimal("0.125"), locale="en")
    '12.5%'
    """
    from babel import numbers  # noqa: PLC0415  # as above

    with localcontext(_EXACT):
        return numbers.format_percent(ratio, locale=locale_of(locale), decimal_quantization=False)
