"""The two ways in which the library holds time: an instant, which is aware and kept as UTC, and a calendar day."""

import datetime as dt
from typing import Final

from ltc.errors import InvalidType, InvalidValue

_SHOWN: Final = 40
_TOO_LONG: Final = 10**12


def instant(value: dt.datetime, /) -> dt.datetime:
    """Return an aware datetime as UTC: the form in which events keep business time, so that equal instants are equal values.

    Raises:
        InvalidType: no datetime.
        InvalidValue: without a zone, or outside the years 1 to 9999 in UTC.

    >>> from zoneinfo import ZoneInfo
    >>> instant(dt.datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    datetime.datetime(2026, 11, 23, 1, 30, tzinfo=datetime.timezone.utc)
    >>> instant(dt.datetime(2026, 11, 23))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 2026-11-23 00:00:00 has no time zone; pass an aware datetime
    """
    if not isinstance(value, dt.datetime):
        raise InvalidType(
            "instant.type", f"{_shown(value)} is no datetime; pass an aware datetime", value=_shown(value)
        )
    if value.tzinfo is dt.UTC:
        return value
    if value.tzinfo is None or value.utcoffset() is None:
        raise InvalidValue("instant.naive", f"{value} has no time zone; pass an aware datetime", value=str(value))
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise InvalidValue(
            "instant.range",
            f"{value} is outside the years 1 to 9999 in UTC; use an instant within them",
            value=str(value),
        ) from None


def day(value: dt.date, /) -> dt.date:
    """Return a calendar day as it is: the check of every `on` field, since a datetime is a date to Python.

    Raises:
        InvalidType: a datetime or no date.

    >>> day(dt.date(2026, 11, 23))
    datetime.date(2026, 11, 23)
    """
    if type(value) is not dt.date:
        raise InvalidType("day.type", f"{_shown(value)} is no day; pass a datetime.date", value=_shown(value))
    return value


def _shown(value: object) -> str:
    if type(value) is int and not -_TOO_LONG < value < _TOO_LONG:
        return "a number of over 12 digits"  # which str() may refuse to write
    return ascii(value[:_SHOWN] if isinstance(value, str) else value)[:_SHOWN]
