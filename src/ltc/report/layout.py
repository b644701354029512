"""Where each canonical column of a table stands in a file: decided once by its header, then used for every row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from ltc._keys import closest
from ltc.report.files import Opened
from ltc.report.mapping import Lookup, Source
from ltc.report.remarks import Remark
from ltc.report.shapes import Column, Kind

_DELIMITERS: Final = (",", ";", "\t", "|")


@attrs.frozen
class Place:
    """Where the cells of a column come from: a column of the file, a constant, another file, in this order."""

    column: Column
    index: int | None
    constant: str | None
    meanings: Mapping[str, str]
    lookup: Lookup | None

    def raw(self, cells: Sequence[str]) -> str:
        """Return the cell as it stands in the file, or the constant."""
        own = "" if self.index is None else cells[self.index]
        return own if own or self.constant is None else self.constant

    def text(self, raw: str) -> str:
        """Return a raw cell without spaces around it, as the canonical value that it means."""
        text = raw.strip()
        return self.meanings.get(text, text) if self.meanings else text


@attrs.frozen
class Layout:
    """The places of the columns that a source gives, those that others are looked up by first."""

    places: tuple[Place, ...]
    filled: tuple[int, ...]
    """Columns of the file that must not be empty for a row to be meant for the table."""
    wanted: tuple[tuple[int, frozenset[str]], ...]
    """Columns of the file with the values that a row must have to be meant for the table."""

    def means(self, cells: Sequence[str]) -> bool:
        """Return whether a row of the file is meant for the table."""
        return all(cells[index].strip() for index in self.filled) and all(
            cells[index].strip() in values for index, values in self.wanted
        )


def layout_of(source: Source, opened: Opened) -> tuple[Layout | None, list[Remark]]:
    """Return the layout of a file and what is remarkable about its header; None if the file cannot be used."""
    index = {name.casefold(): place for place, name in reversed(list(enumerate(opened.header)))}
    places = [_place(source, column, index) for column in source.shape.columns]
    named = [*_named(source), *source.skip_when_empty, *source.only_when]
    remarks = [*_twice(named, opened), *_missing(source, places, index, opened), *_near(source, index, opened)]
    if any(remark.rejects for remark in remarks):
        return None, remarks
    given = [place for place in places if place.index is not None or place.constant is not None or place.lookup]
    remarks += _floats(given, opened)
    return (
        Layout(
            tuple(sorted(given, key=_reading_order)),
            tuple(index[name.casefold()] for name in source.skip_when_empty),
            tuple((index[name.casefold()], frozenset(values)) for name, values in source.only_when.items()),
        ),
        remarks,
    )


def _named(source: Source) -> Sequence[str]:
    return source.shape.names if source.columns is None else tuple(source.columns.values())


def _place(source: Source, column: Column, index: Mapping[str, int]) -> Place:
    theirs = column.name if source.columns is None else source.columns.get(column.name)
    return Place(
        column,
        None if theirs is None else index.get(theirs.casefold()),
        source.constants.get(column.name),
        source.values.get(column.name, {}),
        source.lookups.get(column.name),
    )


def _reading_order(place: Place) -> tuple[bool, bool]:
    return place.lookup is not None, place.column.kind is Kind.AMOUNT


def _twice(named: Sequence[str], opened: Opened) -> Iterator[Remark]:
    header = [name.casefold() for name in opened.header]
    for name in dict.fromkeys(named):
        if header.count(name.casefold()) > 1:
            yield Remark.of("report.header_twice", (opened.name, 1, name), rejects=True, column=name)


def _missing(source: Source, places: Sequence[Place], index: Mapping[str, int], opened: Opened) -> Iterator[Remark]:
    absent = [name for name in (*source.skip_when_empty, *source.only_when) if name.casefold() not in index]
    have = {place.column.name for place in places if place.index is not None or place.constant or place.lookup}
    absent += [
        _theirs(source, place.column.name)
        for place in places
        if place.column.required and place.column.name not in have
    ]
    either = source.shape.either
    if either and not have.intersection(either):
        absent.append(" / ".join(_theirs(source, name) for name in either))
    if absent:
        yield _without(", ".join(dict.fromkeys(absent)), opened, source.delimiter)
    for name, theirs in (source.columns or {}).items():
        if name not in have and not source.shape.column(name).required:
            yield Remark.of("report.no_column", (opened.name, 1), rejects=False, column=theirs)


def _without(missing: str, opened: Opened, delimiter: str) -> Remark:
    """Remark on columns that are not there: they may be, behind another delimiter."""
    seen = max(_DELIMITERS, key=delimiter.join(opened.header).count)
    if seen != delimiter and delimiter.join(opened.header).count(seen) >= len(opened.header):
        written = {"\t": '"\\t"'}.get(seen, f'"{seen}"')
        return Remark.of("report.delimiter", (opened.name, 1), rejects=True, missing=missing, seen=written)
    present = (", ".join(filter(None, opened.header)) or "-")[:400]
    return Remark.of("report.missing_columns", (opened.name, 1), rejects=True, missing=missing, present=present)


def _theirs(source: Source, name: str) -> str:
    return (source.columns or {}).get(name, name)


def _near(source: Source, index: Mapping[str, int], opened: Opened) -> Iterator[Remark]:
    """Remark on columns of a canonical file that are probably misspelt."""
    if source.columns is not None:
        return
    absent = [name for name in source.shape.names if name not in index]
    for name in opened.header:
        meant = closest(name.casefold(), absent) if name.casefold() not in source.shape.names else None
        if meant:
            yield Remark.of("report.near_column", (opened.name, 1, name), rejects=False, column=name, meant=meant)


def _floats(places: Sequence[Place], opened: Opened) -> Iterator[Remark]:
    for place in places:
        if place.column.kind is Kind.AMOUNT and place.index is not None and opened.header[place.index] in opened.floats:
            yield Remark.of(
                "report.floats", (opened.name, 1, opened.header[place.index]), rejects=False, column=place.column.name
            )
