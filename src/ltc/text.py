"""Text in and text out: what strings the library takes, and how codes and facts read in English and Chinese, or as a host's own catalog says.

It knows codes and facts, never the types of the rooms:

>>> from decimal import Decimal
>>> say("money.digits", "zh_CN", amount="1.234", currency="CNY", digits=2)
'1.234 的小数位过多；CNY 最多 2 位'
>>> format_amount(Decimal("1234.5"), "CNY", digits=2, locale="zh_CN")
'¥1,234.50'
"""

from ltc._text.catalog import known_codes, say, template
from ltc._text.checks import free_text, one_line, optional_line
from ltc._text.companies import company_key
from ltc._text.locales import format_amount, format_date, format_instant, format_percent, locale_of
from ltc._text.translations import add_locale, export_catalog

__all__ = [
    "add_locale",
    "company_key",
    "export_catalog",
    "format_amount",
    "format_date",
    "format_instant",
    "format_percent",
    "free_text",
    "known_codes",
    "locale_of",
    "one_line",
    "optional_line",
    "say",
    "template",
]
