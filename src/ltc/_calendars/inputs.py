"""What days, counts, instants and zones the calendars take."""

import re
from typing import TYPE_CHECKING, Final

from ltc.errors import InvalidType, InvalidValue

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST_DAYS: Final = 3_652_058  # from 0001-01-01 to 9999-12-31
CENTURY: Final = 36_525  # days; no plan of a business reaches further, and every loop ends
_SHOWN: Final = 40
_TOO_LONG: Final = 10**12
_ZONE: Final = re.compile(r"[A-Za-z0-9_+\-]{1,32}(?:/[A-Za-z0-9_+\-]{1,32}){0,2}", re.ASCII)


def shown(value: object) -> str:
    """Return a short, printable form of a bad value for a message."""
    if type(value) is int and not -_TOO_LONG < value < _TOO_LONG:
        return "a number of over 12 digits"  # which str() may refuse to write
    return ascii(value[:_SHOWN] if isinstance(value, str) else value)[:_SHOWN]


def as_count(value: int, name: str, low: int, high: int) -> int:
    """Return a whole number that lies in low..high, both inclusive.

    Raises:
        InvalidType: no int (a bool is none).
        InvalidValue: outside.
    """
    if type(value) is not int:
        raise InvalidType("calendars.whole", f"{name} is {shown(value)}; pass an int", name=name, value=shown(value))
    if not low <= value <= high:
        raise InvalidValue(
            "calendars.count",
            f"{name} is {shown(value)}; use {low} to {high}",
            name=name,
            value=shown(value),
            low=low,
            high=high,
        )
    return value


def as_zone(name: str) -> "ZoneInfo":
    """Return the IANA time zone of a name.

    Raises:
        InvalidValue: there is no such zone.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # 3 ms that due rules do not owe

    if type(name) is str and _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # OSError: "Asia" is a folder of zones
            pass
    raise InvalidValue(
        "calendars.zone",
        f"{shown(name)} is no IANA time zone; use one such as 'Asia/Shanghai'",
        zone=shown(name),
    )


def out_of_years(asked: str) -> InvalidValue:
    """Return the error for a result that no date can hold."""
    return InvalidValue(
        "calendars.range", f"{asked} leaves the years 1 to 9999; use an earlier or a later day", asked=asked
    )
