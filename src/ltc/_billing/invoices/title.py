"""To whom an invoice is made out: the title and its tax number."""

import re
from typing import Final

import attrs

from ltc.errors import InvalidValue, MissingExtra
from ltc.text import one_line, optional_line

_CHINESE: Final = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{17,18}|[0-9A-Z]{20}", re.ASCII)
_FOREIGN: Final = re.compile(r"[0-9A-Z][0-9A-Z./ -]{1,29}", re.ASCII)
_CHINESE_SAID: Final = "15, 17, 18 or 20 capital letters and digits"
_FOREIGN_SAID: Final = "2 to 30 capital letters, digits, dots, dashes, slashes and spaces"
_CODE_LENGTH: Final = 18
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)


@attrs.frozen
class InvoiceTitle:
    """To whom an invoice is made out 抬头: name and tax number 税号, where there is one.

    The number is looked at for its shape only: 15, 17, 18 or 20 capital letters and digits in China, 2 to 30 characters elsewhere.
    Whether it exists says `check_tax_number` for a Chinese one of 18, and nobody but its country for others.

    Raises:
        InvalidValue: a number or a country of another shape.

    >>> InvoiceTitle("华东机械有限公司", "91310000MA1FL5BK0Q").country
    'CN'
    >>> InvoiceTitle("Acme GmbH", "DE 136695976", country="DE").tax_number
    'DE 136695976'
    >>> InvoiceTitle("华东机械有限公司", "91310000")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 91310000 is no tax number of CN; give 15, 17, 18 or 20 capital letters and digits, or another country
    """

    name: str = attrs.field(validator=one_line)
    tax_number: str | None = attrs.field(default=None, validator=optional_line)
    country: str = attrs.field(default="CN", validator=one_line)
    """Of the tax number, as ISO 3166 has it in two letters."""

    def __attrs_post_init__(self) -> None:
        if not _COUNTRY.fullmatch(self.country):
            raise InvalidValue(
                "invoice_title.country",
                f"{self.country:.24} is no country; give two capital letters",
                country=self.country[:24],
            )
        shape, said = (_CHINESE, _CHINESE_SAID) if self.country == "CN" else (_FOREIGN, _FOREIGN_SAID)
        if self.tax_number is not None and not shape.fullmatch(self.tax_number):
            raise InvalidValue(
                "invoice_title.tax_number",
                f"{self.tax_number:.40} is no tax number of {self.country}; give {said}, or another country",
                number=self.tax_number[:40],
                country=self.country,
            )


def check_tax_number(title: InvoiceTitle, /) -> None:
    """Check the check digit of a Chinese tax number of 18 characters 统一社会信用代码; every other number passes.

    Raises:
        InvalidValue: the check digit is wrong.
        MissingExtra: python-stdnum is not installed, which the extra `dedupe` brings.

    >>> check_tax_number(InvoiceTitle("华东机械有限公司", "91310000MA1FL5BK0Q"))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 91310000MA1FL5BK0Q is no unified social credit code: its check digit is wrong; look for a typing error
    """
    number = title.tax_number
    if title.country != "CN" or number is None or len(number) != _CODE_LENGTH:
        return
    try:
        from stdnum.cn import uscc  # noqa: PLC0415  # an extra
    except ImportError:
        raise MissingExtra(
            "extra.missing",
            "tax numbers need the package python-stdnum; install ltc[dedupe]",
            what="tax numbers",
            package="python-stdnum",
            extra="dedupe",
        ) from None
    if not uscc.is_valid(number):
        raise InvalidValue(
            "invoice_title.check_digit",
            f"{number} is no unified social credit code: its check digit is wrong; look for a typing error",
            number=number,
        )
