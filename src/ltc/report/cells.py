"""Cells as values: each reader takes the text of a cell, or refuses it and says what would pass."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from ltc.errors import InvalidValue
from ltc.findings import Fact
from ltc.money import Money, digits_of
from ltc.report.remarks import shown
from ltc.report.rows import LOST, WON
from ltc.report.shapes import Column, Kind
from ltc.text import say

LINE_LIMIT: Final = 200
_SPACES: Final = str.maketrans(dict.fromkeys("\u3000\u00a0\u2003\u2009", " "))
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT: Final = re.compile(r"([T ]00:00(:00(\.0+)?)?)?")
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_PERIOD: Final = re.compile(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")
_OFFSET: Final = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})\s*$")
_FORMULA: Final = ("=", "@", "+", "-", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-][0-9 ()./-]*")  # a phone or a signed number, which begins as a formula may
_PLAUSIBLE: Final = range(1900, 2200)

Value = str | Money | dt.date | dt.datetime


@attrs.frozen
class CellForms:
    """How the cells of a source are written; by default as the canonical tables are."""

    day_forms: tuple[str, ...] = ()
    """Forms of `strptime`, tried in order; none for ISO."""
    zone: ZoneInfo | None = None
    """Where instants without an offset were written down; all others are put into it."""
    thousands: str = ""
    decimal: str = "."

    def read(self, column: Column, text: str, currency: str) -> Value:
        """Return the value of a cell that is not empty.

        Raises:
            InvalidValue: with what would pass.
        """
        match column.kind:
            case Kind.AMOUNT:
                return self._amount(column.name, text, currency)
            case Kind.DAY:
                return self._day(column.name, text)
            case Kind.INSTANT:
                return self._instant(column.name, text)
            case Kind.PERIOD:
                return _period(column.name, text)
            case Kind.CURRENCY:
                return _currency(text)
            case Kind.STAGE:
                return text.casefold() if text.casefold() in {WON, LOST} else _line(column.name, text)
            case Kind.LINE:
                return _line(column.name, text)

    def notes(self, column: Column, raw: str, value: Value) -> Iterator[tuple[str, dict[str, Fact]]]:
        """Yield what is odd about a cell that can be used, as codes of the catalog with their facts."""
        if isinstance(value, str):
            if raw.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
                yield "report.formula", {"column": column.name}
        elif isinstance(value, dt.date):
            if value.year not in _PLAUSIBLE:
                yield "report.odd_year", {"column": column.name, "year": value.year}
            if isinstance(value, dt.datetime) and self.zone is None and ":" in raw and not _OFFSET.search(raw):
                yield "report.no_offset", {"column": column.name}

    def _amount(self, name: str, text: str, currency: str) -> Money:
        amount = Money.of(self._plain(text), currency)
        if amount.minor < 0:
            raise refusal("report.negative", column=name)
        return amount

    def _plain(self, text: str) -> str:
        if self.thousands and self.thousands in text:
            whole, point, rest = text.partition(self.decimal)
            head, *groups = whole.split(self.thousands)
            if all(len(group) == 3 for group in groups) and 1 <= len(head.lstrip("+-")) <= 3:  # noqa: PLR2004  # thousands
                text = head + "".join(groups) + point + rest
        # With another decimal mark a point is a mistake: it must not be read as one.
        return text if self.decimal == "." else text.replace(".", " ").replace(self.decimal, ".")

    def _day(self, name: str, text: str) -> dt.date:
        if self.day_forms:
            return self._formed(name, text).date()
        try:
            if _DAY.match(text) and _MIDNIGHT.fullmatch(text, 10):
                return dt.date.fromisoformat(text[:10])
        except ValueError:
            pass
        raise refusal("report.day", column=name, form="2026-11-23")

    def _instant(self, name: str, text: str) -> dt.datetime:
        if self.day_forms:
            return self._placed(name, self._formed(name, text))
        try:
            if _INSTANT.fullmatch(text):
                return self._placed(name, dt.datetime.fromisoformat(text))
        except ValueError:
            pass
        raise refusal("report.instant", column=name, form="2026-11-23T09:30:00+08:00")

    def _placed(self, name: str, at: dt.datetime) -> dt.datetime:
        """Give a wall time its zone; put an instant that has one into ours, so that its day is our day."""
        if at.tzinfo is None:
            return at.replace(tzinfo=self.zone or dt.UTC)
        try:
            return at.astimezone(self.zone) if self.zone else at
        except OverflowError:
            raise refusal("report.instant", column=name, form="2026-11-23T09:30:00+08:00") from None

    def _formed(self, name: str, text: str) -> dt.datetime:
        if not any(char.isdigit() and not char.isascii() for char in text):
            for form in self.day_forms:
                try:
                    return dt.datetime.strptime(text, form)  # noqa: DTZ007  # a wall time; it gets its zone in _placed
                except ValueError:
                    continue
        raise refusal("report.day", column=name, form=" / ".join(self.day_forms))


def _currency(text: str) -> str:
    code = text.upper()
    digits_of(code)
    return code


def _period(name: str, text: str) -> str:
    if _PERIOD.fullmatch(text) and not text.startswith("0000"):
        return text
    raise refusal("report.period", column=name)


def _line(name: str, text: str) -> str:
    if text.isprintable() and len(text) <= LINE_LIMIT:
        return text
    if len(text) > LINE_LIMIT:
        raise refusal("report.long", column=name, length=len(text), limit=LINE_LIMIT)
    if not text.translate(_SPACES).isprintable():
        raise refusal("report.unprintable", column=name, seen=shown(text))
    return text


def refusal(code: str, /, **facts: Fact) -> InvalidValue:
    """Return the error of a code of the catalog, in its own words."""
    return InvalidValue(code, say(code, "en", **facts), **facts)
