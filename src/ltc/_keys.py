"""The keys of a TOML file that a user wrote, read one by one; what is left over or wrong becomes a finding that names the key."""

import datetime as dt
import difflib
import enum
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Self, TypeVar

import attrs

from ltc.errors import InvalidValue, LtcError
from ltc.findings import Finding
from ltc.money import as_decimal

T = TypeVar("T")
M = TypeVar("M", bound=enum.Enum)


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is meant by a misspelt one, if one is near."""
    near = difflib.get_close_matches(name, tuple(known), n=1, cutoff=0.75)
    return near[0] if near else None


def refusal(code: str, name: str, findings: tuple[Finding, ...]) -> InvalidValue:
    """Return the error for a file with faults: how many, and the first five with their keys."""
    told = "; ".join(
        ".".join(map(str, finding.path[1:])) + (": " if finding.path[1:] else "") + finding.message
        for finding in findings[:5]
    )
    count = f"{len(findings)} fault{'s' if len(findings) > 1 else ''}"
    return InvalidValue(
        code, f"{count} in {name}: {told}", file=name, count=len(findings), told=told, findings=findings
    )


@attrs.define
class Keys:
    """A table of a TOML file. Each reader notes that its key is known; `finish` reports the keys that nobody asked for."""

    raw: dict[str, Any]
    path: tuple[str | int, ...]
    faults: list[Finding]
    code: str
    """Of every fault, and of the refusal of the file."""
    asked: set[str] = attrs.field(factory=set)
    parts: list["Keys"] = attrs.field(factory=list)

    @classmethod
    def of_text(cls, text: str, name: str, code: str) -> Self:
        """Return the keys of the text of a whole file; a number with a point is the Decimal that is written there.

        Raises:
            InvalidValue: it is not TOML.
        """
        try:
            raw = tomllib.loads(text, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            fault = Finding(code, (name,), f"the file is not TOML: {str(error)[:160]}")
            raise refusal(code, name, (fault,)) from None
        return cls(raw, (name,), [], code)

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def fault(self, key: str, message: str, value: object = None) -> None:
        """Report a key whose value would not pass."""
        self.faults.append(Finding(self.code, (*self.path, key), message, None if value is None else str(value)[:200]))

    def wrong(self, message: str) -> None:
        """Report the table itself: its keys do not go together."""
        self.faults.append(Finding(self.code, self.path, message))

    def text(self, key: str) -> str | None:
        """Return the text of a key, None if it is not there."""
        value = self._get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self.fault(key, "give a text in quotes", value)
        return None

    def required(self, key: str) -> str | None:
        """Return the text of a key that must be there."""
        if key not in self.raw:
            self.asked.add(key)
            self.fault(key, "the key is missing; give a text in quotes")
            return None
        return self.text(key)

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        """Return the text of a key that must be one of a few."""
        value = self.required(key)
        if value is None or value in allowed:
            return value
        self.fault(key, f"{value!r:.40} is not one of {', '.join(allowed)}", value)
        return None

    def one_of(self, key: str, kind: type[M]) -> M | None:
        """Return the member of an enum whose value a key names; None if it is not there."""
        if key not in self:
            self.asked.add(key)
            return None
        name = self.choice(key, [str(member.value) for member in kind])
        return None if name is None else kind(name)

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """Return a key that is true or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return otherwise if value is None else value
        self.fault(key, "give true or false, without quotes", value)
        return otherwise

    def whole(self, key: str, low: int = 0) -> int | None:
        """Return the whole number of a key, of at least `low`; None if it is not there."""
        value = self._get(key)
        if value is None or (type(value) is int and value >= low):
            return value
        self.fault(key, f"give a whole number of {low} or more, without quotes", value)
        return None

    def exact(self, key: str) -> Decimal | None:
        """Return the number of a key, with or without quotes, exactly as it is written; None if it is not there."""
        value = self._get(key)
        if value is None or isinstance(value, str | Decimal) or type(value) is int:
            return None if value is None else self.check(key, as_decimal, value)
        self.fault(key, "give a number", value)
        return None

    def day(self, key: str) -> dt.date | None:
        """Return the day of a key; None if it is not there."""
        value = self._get(key)
        if value is None or type(value) is dt.date:
            return value
        self.fault(key, "give a day without quotes, as in 2026-11-23", value)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a key that holds one text or a list of them."""
        value = self._get(key)
        found = [] if value is None else [value] if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(part, str) and part for part in found):
            return tuple(found)
        self.fault(key, "give a text in quotes or a list of them", value)
        return ()

    def table(self, key: str) -> "Keys":
        """Return the keys below a key; none if it is not there."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"give a table of keys, as under [{key}]", value)
        return self._part(value if isinstance(value, dict) else {}, key)

    def tables(self, key: str) -> Iterator["Keys"]:
        """Yield the keys of each table in a list of tables."""
        value = self._get(key)
        parts = [] if value is None else value
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            self.fault(key, f"give tables, each under [[{key}]]", value)
            return
        for number, part in enumerate(parts, start=1):
            yield self._part(part, key, number)

    def all_texts(self) -> dict[str, str]:
        """Return every key with its text, which may be empty."""
        found = {key: "" if value == "" else self.text(key) for key, value in self.raw.items()}
        self.asked.update(self.raw)
        return {key: value for key, value in found.items() if value is not None}

    def all_lists(self) -> dict[str, tuple[str, ...]]:
        """Return every key with its text or texts."""
        return {key: self.texts(key) for key in self.raw}

    def known_texts(self, known: Sequence[str]) -> dict[str, str]:
        """Return the text of every key that is one of the known names; report the others."""
        found = {key: self.text(key) for key in known if key in self.raw}
        self._unknown(known)
        return {key: value for key, value in found.items() if value is not None}

    def known_tables(self, known: Sequence[str]) -> Iterator[tuple[str, "Keys"]]:
        """Yield the tables below the known names; report the others."""
        for key in known:
            if key in self.raw:
                yield key, self.table(key)
        self._unknown(known)

    def check(self, key: str, rule: Callable[[Any], T], value: Any) -> T | None:
        """Return what a rule makes of a value; report what it refuses."""
        try:
            return rule(value)
        except LtcError as error:
            self.fault(key, str(error), value)
            return None

    def skip(self) -> None:
        """Ask for everything: what is below cannot be judged."""
        self.asked.update(self.raw)

    def finish(self) -> None:
        """Report every key that nobody asked for, here and below, and refuse the file if anything was reported.

        Raises:
            InvalidValue: naming every key that is wrong and what would pass; the facts hold them as `findings`.
        """
        self._finish()
        if self.faults:
            raise refusal(self.code, str(self.path[0]), tuple(self.faults))

    def _finish(self) -> None:
        self._unknown(tuple(self.asked))
        for part in self.parts:
            part._finish()  # noqa: SLF001  # its own kind

    def _get(self, key: str) -> Any:
        self.asked.add(key)
        return self.raw.get(key)

    def _part(self, raw: dict[str, Any], *path: str | int) -> "Keys":
        part = Keys(raw, (*self.path, *path), self.faults, self.code)
        self.parts.append(part)
        return part

    def _unknown(self, known: Sequence[str]) -> None:
        for key in self.raw:
            if key not in self.asked and key not in known:
                meant = closest(key, known)
                listed = ", ".join(sorted(known)) or "none"
                hint = f"did you mean {meant}?" if meant else f"use one of {listed}"
                self.fault(key, f"there is no such key; {hint}")
                self.asked.add(key)
