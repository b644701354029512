"""How many decimals a currency has."""

from typing import Final

from ltc.errors import InvalidType, InvalidValue

# ISO 4217 withdraws a code when its currency ends, and stored amounts outlive that. Source: ISO 4217 list three (historic
# denominations), digits as in the last list one that had the code.
_WITHDRAWN: Final = {
    "BGN": 2,
    "HRK": 2,
    "ANG": 2,
    "SLL": 2,
    "ZWL": 2,
    "CUC": 2,
    "MRO": 2,
    "STD": 2,
    "VEF": 2,
    "BYR": 0,
    "LTL": 2,
    "LVL": 2,
    "USS": 2,
}
DIGITS: Final[dict[str, int]] = {}
"""Decimals of the currencies that were asked for so far."""


def digits_of(currency: str, /) -> int:
    """Return how many decimals a currency has: ISO 4217's minor units, 0 for codes that have none (XAU, XXX).

    Raises:
        InvalidValue: the code is not in ISO 4217, nor among those withdrawn since 2014.

    Source: ISO 4217 lists one and three.

    >>> digits_of("CNY"), digits_of("JPY"), digits_of("KWD"), digits_of("XAU")
    (2, 0, 3, 0)
    """
    found = DIGITS.get(currency) if type(currency) is str else None
    return _read_digits(currency) if found is None else found


def _read_digits(currency: str) -> int:
    if not isinstance(currency, str):
        raise InvalidType(
            "money.unknown_currency",
            f"{currency!r:.40} is no currency code; use one such as CNY",
            currency=repr(currency)[:40],
        )
    DIGITS[currency] = found = _iso_digits(currency)
    return found


def _iso_digits(currency: str) -> int:
    import iso4217  # noqa: PLC0415  # 30 ms that `import ltc.money` does not owe

    if currency in _WITHDRAWN:
        return _WITHDRAWN[currency]
    try:
        return iso4217.Currency(currency).exponent or 0
    except ValueError:
        raise InvalidValue(
            "money.unknown_currency",
            f"{currency[:24]!a} is not a currency code of ISO 4217; use one such as CNY",
            currency=currency[:24],
        ) from None
