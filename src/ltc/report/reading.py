"""Folders of tables as typed rows. Nothing is lost in silence: every row is used or rejected, with a remark that says why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from ltc._keys import closest
from ltc.errors import NotFound
from ltc.report.cells import refusal
from ltc.report.files import ENDINGS, Opened, open_table
from ltc.report.layout import layout_of
from ltc.report.mapping import Source, TableMapping, read_mapping
from ltc.report.record import Known, Outcome, RowReader
from ltc.report.remarks import Remark, shown
from ltc.report.shapes import SHAPES
from ltc.report.tables import FileCount, Tables


def read_folder(path: Path | str, mapping: TableMapping | Path | None = None) -> Tables:
    r"""Read the tables of a folder: what the mapping names, and the canonical files of every other table.

    A canonical file is named by its table: `leads.csv`, `leads.csv.gz` or `leads.parquet`. A row that cannot be used is rejected with
    a remark that names file, row, column and what would pass; a bad cell of an optional column is left out, with a remark.

    Raises:
        NotFound: there is no such folder, or no such mapping file.
        InvalidValue: the mapping file is wrong.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "orders.csv").write_text("id,account,amount,signed_on\nSO-1,A1,100000.00,2026-03-02\nSO-2,A1,x,2026-03-02\n")
    ...     tables = read_folder(folder)
    >>> str(tables.orders[0].amount), tables.counts[0].used, tables.counts[0].rejected
    ('100000.00 CNY', 1, 1)
    >>> print(tables.rejections[0])
    orders.csv:3:amount: 'x' is not an amount; write it as in 12.30 (got 'x')
    """
    folder, plan = Path(path), _mapping(mapping)
    if not folder.is_dir():
        raise NotFound(
            "report.no_folder",
            f"there is no folder {folder.name!a:.60}; give the path of a folder with tables",
            folder=folder.name[:60],
        )
    reading = _Reading(plan)
    for source in _sources(plan, {table: _canonical(folder, table) for table in SHAPES}, reading.remarks):
        reading.read(source, folder / source.file, folder)
    if not reading.counts:
        reading.remarks.append(_no_table(folder))
    reading.remarks += _unread(folder, plan)
    return reading.tables()


def read_files(files: Mapping[str, Path], mapping: TableMapping | Path | None = None) -> Tables:
    r"""Read single files, each as a table. A mapping's sources apply to the file that is given, whatever it is called.

    Of a table that is given the mapping's sources of that table read the file. Where the mapping reads more tables out of the same
    file, such as the receipts out of the invoices, they are read out of it too, unless a file of their own is given.

    Raises:
        InvalidValue: a table is not one of the canonical ones, or the mapping file is wrong.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "mine.csv")
    ...     _ = file.write_text("id,account,amount,signed_on\nSO-1,A1,100000.00,2026-03-02\n")
    ...     len(read_files({"orders": file}).orders)
    1
    """
    plan = _mapping(mapping)
    for table in files:
        if table not in SHAPES:
            raise refusal("report.unknown_table", table=table[:40], tables=", ".join(SHAPES))
    roles = _roles(plan, files)
    paths = {role: files[table] for table, role in reversed(roles.items())}
    reading = _Reading(plan)
    for source in sorted(plan.sources, key=lambda source: tuple(SHAPES).index(source.table)):
        path = paths.get(source.file)
        if source.table in files:
            path = files[source.table] if source.file == roles[source.table] else None
        if path is not None:
            reading.read(source, path, path.parent)
        elif source.table not in files and _refers(source, files):
            facts = {"table": source.table, "file": source.file}
            reading.remarks.append(Remark.of("report.not_given", (source.file,), rejects=False, **facts))
    mapped = {source.table for source in plan.sources}
    for table in SHAPES:
        if table in files and table not in mapped:
            reading.read(Source(table, files[table].name), files[table], files[table].parent)
    return reading.tables()


def _roles(plan: TableMapping, files: Mapping[str, Path]) -> dict[str, str]:
    """Return for which file of the mapping the one of each table stands: for that of its name, else for the first of the table."""
    roles = {}
    for table, path in files.items():
        named = [source.file for source in plan.sources if source.table == table]
        if named:
            roles[table] = path.name if path.name in named else named[0]
    return roles


def _refers(source: Source, tables: Iterable[str]) -> bool:
    """Return whether a source is of a table whose rows name rows of one of these."""
    return any(table in tables for named in source.shape.refers.values() for table in named)


def _mapping(mapping: TableMapping | Path | None) -> TableMapping:
    if mapping is None:
        return TableMapping()
    return mapping if isinstance(mapping, TableMapping) else read_mapping(Path(mapping))


def _canonical(folder: Path, table: str) -> list[str]:
    return [name for ending in ENDINGS if (folder / (name := f"{table}{ending}")).is_file()]


def _tables_in(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield the files that hold tables, with their names before and from the ending, by name."""
    for path in sorted(folder.iterdir()):
        ending = next((ending for ending in ENDINGS if path.name.endswith(ending)), None)
        if ending is not None and path.is_file():
            yield path, path.name.removesuffix(ending), ending


def _no_table(folder: Path) -> Remark:
    tables = ", ".join(SHAPES)
    for path, name, ending in _tables_in(folder):
        if meant := closest(name.casefold(), SHAPES):
            facts = {"file": shown(path.name), "meant": f"{meant}{ending}"}
            return Remark.of("report.no_table_near", (folder.name,), rejects=True, tables=tables, **facts)
    return Remark.of("report.no_table", (folder.name,), rejects=True, tables=tables)


def _unread(folder: Path, plan: TableMapping) -> Iterator[Remark]:
    """Remark on the tables of a folder that are neither canonical nor of the mapping."""
    named = {source.file for source in plan.sources}
    named |= {lookup.file for source in plan.sources for lookup in source.lookups.values()}
    absent = [table for table in SHAPES if not _canonical(folder, table)]
    for path, name, ending in _tables_in(folder):
        if name not in SHAPES and path.name not in named:
            meant = closest(name.casefold(), absent)
            if meant:
                yield Remark.of("report.near_file", (path.name,), rejects=False, meant=f"{meant}{ending}")
            else:
                yield Remark.of("report.unknown_file", (path.name,), rejects=False)


def _sources(plan: TableMapping, found: Mapping[str, Sequence[str]], remarks: list[Remark]) -> Iterator[Source]:
    """Yield the sources in the order of tables: what is referred to stands before what refers to it."""
    for table, files in found.items():
        mapped = [source for source in plan.sources if source.table == table]
        if not mapped and files:
            remarks += (
                Remark.of("report.second_file", (name,), rejects=False, file=name, first=files[0]) for name in files[1:]
            )
            mapped = [Source(table, files[0])]
        yield from mapped


@attrs.define
class _Reading:
    """What has been read so far."""

    plan: TableMapping
    known: Known = attrs.field(factory=Known)
    counts: list[FileCount] = attrs.field(factory=list)
    remarks: list[Remark] = attrs.field(factory=list)

    def tables(self) -> Tables:
        rows = {table: tuple(found) for table, found in self.known.rows.items()}
        return Tables(
            **rows,  # type: ignore[arg-type]  # each table holds rows of its own class, which its shape names
            title=self.plan.title,
            currency=self.plan.currency,
            stages=self.plan.stages,
            win_rates=self.plan.win_rates,
            counts=tuple(self.counts),
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    def read(self, source: Source, path: Path, folder: Path) -> None:
        opened = open_table(path, encoding=source.encoding, delimiter=source.delimiter)
        if isinstance(opened, Remark):
            self.remarks.append(opened)
            self.counts.append(FileCount(source.table, path.name, 0, 0, 0))
            return
        layout, remarks = layout_of(source, opened)
        self.remarks += (*opened.remarks, *remarks)
        if layout is None:
            rows = sum(1 for _ in opened.records)
            self.counts.append(FileCount(source.table, opened.name, rows, 0, rows))
            return
        self.remarks += self._assumed(source, opened)
        self._read_rows(
            RowReader(
                source, opened, layout, self._looked_up(source, folder), self.known, self.plan.currency, self.remarks
            )
        )

    def _assumed(self, source: Source, opened: Opened) -> Iterator[Remark]:
        """Remark on amounts for which nothing names a currency."""
        column = "currency" if source.columns is None else source.columns.get("currency")
        named = column is not None and column.casefold() in {name.casefold() for name in opened.header}
        if source.shape.has_amounts and not (
            named or "currency" in source.constants or self.plan.currency_is_given or source.table == "receivables"
        ):
            yield Remark.of("report.assumed_currency", (opened.name,), rejects=False, currency=self.plan.currency)

    def _looked_up(self, source: Source, folder: Path) -> dict[str, dict[str, str]]:
        """Return the files that cells are looked up in, by canonical column, as dictionaries of their keys."""
        found: dict[str, dict[str, str]] = {}
        for name, lookup in source.lookups.items():
            opened = open_table(folder / lookup.file, encoding=source.encoding, delimiter=source.delimiter)
            if isinstance(opened, Remark):
                self.remarks.append(opened)
                found[name] = {}
                continue
            self.remarks += opened.remarks
            absent = [column for column in (lookup.key, lookup.column) if column not in opened.header]
            if absent:
                self.remarks.append(
                    Remark.of(
                        "report.missing_columns",
                        (opened.name, 1),
                        rejects=True,
                        missing=", ".join(absent),
                        present=", ".join(opened.header)[:400],
                    )
                )
            found[name] = {} if absent else _dictionary(opened, lookup.key, lookup.column)
        return found

    def _read_rows(self, reader: RowReader) -> None:
        used = rejected = skipped = 0
        for record in reader.opened.records:
            outcome = reader.read(record)
            used += outcome is Outcome.USED
            rejected += outcome is Outcome.REJECTED
            skipped += outcome is Outcome.SKIPPED
        source, name = reader.source, reader.opened.name
        if not used + rejected + skipped:
            self.remarks.append(Remark.of("report.header_only", (name,), rejects=False))
        self.counts.append(FileCount(source.table, name, used + rejected, used, rejected, skipped))


def _dictionary(opened: Opened, key: str, column: str) -> dict[str, str]:
    """Return one column by another; of two rows of a key the first holds."""
    at, of = opened.header.index(key), opened.header.index(column)
    pairs = [
        (record.cells[at].strip(), record.cells[of].strip())
        for record in opened.records
        if len(record.cells) > max(at, of)
    ]
    return dict(reversed(pairs))
