"""The keys of a mapping file, read one by one; what is left over or wrong becomes a finding that names the key."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self, TypeVar

import attrs

from ltc.errors import LtcError
from ltc.findings import Finding

T = TypeVar("T")


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is meant by a misspelt one, if one is near."""
    near = difflib.get_close_matches(name, tuple(known), n=1, cutoff=0.75)
    return near[0] if near else None


@attrs.define
class Keys:
    """A table of a TOML file. Each reader notes that its key is known; `finish` reports the keys that nobody asked for."""

    raw: dict[str, Any]
    path: tuple[str | int, ...]
    faults: list[Finding]
    asked: set[str] = attrs.field(factory=set)
    parts: list["Keys"] = attrs.field(factory=list)

    @classmethod
    def over(cls, raw: dict[str, Any], name: str) -> Self:
        """Return the keys of a whole file."""
        return cls(raw, (name,), [])

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def fault(self, key: str, message: str, value: object = None) -> None:
        """Report a key whose value would not pass."""
        self.faults.append(
            Finding("report.mapping", (*self.path, key), message, None if value is None else str(value)[:200])
        )

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

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """Return a key that is true or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return otherwise if value is None else value
        self.fault(key, "give true or false, without quotes", value)
        return otherwise

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

    def check(self, key: str, rule: Callable[[str], T], value: str) -> T | None:
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
        """Report every key that nobody asked for, here and below."""
        self._unknown(tuple(self.asked))
        for part in self.parts:
            part.finish()

    def _get(self, key: str) -> Any:
        self.asked.add(key)
        return self.raw.get(key)

    def _part(self, raw: dict[str, Any], *path: str | int) -> "Keys":
        part = Keys(raw, (*self.path, *path), self.faults)
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
