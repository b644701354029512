"""Files as records of text: CSV, gzipped CSV and Parquet; what cannot be read becomes a remark, never an exception."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ltc.report.remarks import Remark

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ENDINGS = (".csv", ".csv.gz", ".parquet")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"SQLite format 3", b"PAR1", b"\x1f\x8b")


@attrs.frozen
class Record:
    """One row of a file: the header is row 1. A record that cannot be split into cells has a fault instead."""

    row: int
    cells: Sequence[str]
    fault: str | None = None
    lines: int = 1
    """How many lines of the file it takes."""


@attrs.frozen
class Opened:
    """A file that can be read: its header and its records, which are read once."""

    name: str
    header: tuple[str, ...]
    records: Iterable[Record]
    remarks: tuple[Remark, ...] = ()
    floats: frozenset[str] = frozenset()
    """Columns that the file stores as binary floats."""


def open_table(path: Path, *, encoding: str | None = None, delimiter: str = ",") -> Opened | Remark:
    """Open a table of text cells, whatever holds it. Blank lines count as rows of the file but are no records.

    A CSV file is UTF-8, with or without a byte order mark, or else GB18030, which is remarked on.
    """
    try:
        if path.name.endswith(".parquet"):
            return _open_parquet(path)
        raw = path.read_bytes()
        data = gzip.decompress(raw) if path.name.endswith(".gz") else raw
    except FileNotFoundError:
        return Remark.of("report.no_file", (path.name,), rejects=True, file=path.name)
    except (OSError, EOFError, zlib.error) as error:
        return _unreadable(path.name, str(error.args[-1]))
    return _open_csv(path.name, data, encoding=encoding, delimiter=delimiter)


def _unreadable(name: str, why: str) -> Remark:
    return Remark.of("report.unreadable", (name,), rejects=True, file=name, why=why[:120])


def _open_csv(name: str, data: bytes, *, encoding: str | None, delimiter: str) -> Opened | Remark:
    if data.startswith(_BINARY):
        return _unreadable(name, "it is no text")
    text, guess = _decoded(data, encoding)
    if text is None:
        return Remark.of("report.encoding", (name,), rejects=True, encoding=encoding or "UTF-8 / GB18030", at=guess)
    remarks = (Remark.of("report.encoding_guess", (name,), rejects=False, encoding="GB18030"),) if guess else ()
    records = _records(text, delimiter)
    header = next(records, None)
    if header is None:
        return Remark.of("report.empty_file", (name,), rejects=True)
    if header.fault:
        return Remark.of(header.fault, (name, header.row), rejects=True, lines=header.lines)
    return Opened(name, tuple(cell.strip() for cell in header.cells), records, remarks)


def _decoded(data: bytes, encoding: str | None) -> tuple[str | None, int]:
    """Return the text and 1 if its encoding was guessed, or None and the byte that does not fit."""
    try:
        if encoding is not None:
            return data.decode(encoding), 0
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"), 0
    except UnicodeDecodeError as error:
        first_bad = error.start
    if encoding is None and b"\0" not in data:
        try:
            return data.decode("gb18030"), 1
        except UnicodeDecodeError:
            pass
    return None, first_bad


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Split a text into records. A record that breaks the rules of quoting is a fault; the next line starts afresh."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        row, before = row + 1, lines.line_num
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            fault = "report.long_cell" if "limit" in str(error) else "report.quotes"
            yield Record(row, (), fault, lines.line_num - before)
        else:
            if any(cells):
                yield Record(row, cells)


def _open_parquet(path: Path) -> Opened | Remark:
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra, and 100 ms
        import pyarrow.parquet as pq  # noqa: PLC0415  # as above
    except ImportError:
        return Remark.of("report.no_parquet", (path.name,), rejects=True)
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowException as error:
        return _unreadable(path.name, str(error).splitlines()[0])
    schema = file.schema_arrow
    floats = frozenset(field.name for field in schema if pa.types.is_floating(field.type))
    return Opened(path.name, tuple(schema.names), _parquet_records(file), floats=floats)


def _parquet_records(file: "pq.ParquetFile") -> Iterator[Record]:
    row = 1
    try:
        for batch in file.iter_batches():
            columns = [[_as_text(cell) for cell in column.to_pylist()] for column in batch.columns]
            for cells in zip(*columns, strict=True):
                row += 1
                if any(cells):
                    yield Record(row, cells)
    except (OSError, ValueError):  # pyarrow's errors of a damaged file are of these
        yield Record(row + 1, (), "report.damaged")


def _as_text(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124  # NaN, as pandas writes a missing number
        return ""
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "surrogateescape")
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
