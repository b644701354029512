"""One row of a file as one row of a table: used whole, or rejected with every reason at once."""

import enum
from collections.abc import Mapping

import attrs

from ltc.errors import LtcError
from ltc.findings import Fact
from ltc.money import Money
from ltc.report.cells import Value
from ltc.report.files import Opened, Record
from ltc.report.layout import Layout, Place
from ltc.report.mapping import Lookup, Source
from ltc.report.remarks import Remark, shown
from ltc.report.rows import InvoiceRow
from ltc.report.shapes import Column, Kind


class Outcome(enum.Enum):
    """What became of a row."""

    USED = "used"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@attrs.define
class Known:
    """The rows that have been used so far, by table."""

    rows: dict[str, list[object]] = attrs.field(factory=dict)
    places: dict[str, dict[tuple[object, ...], str]] = attrs.field(factory=dict)
    """Where the row of each unique value stands."""
    by_id: dict[str, dict[object, object]] = attrs.field(factory=dict)

    def currency_of_order(self, order: object) -> str | None:
        """Return the currency of an order, None if it is not known."""
        found = self.by_id.get("orders", {}).get(order)
        return None if found is None else found.amount.currency  # type: ignore[attr-defined]  # an OrderRow

    def lacks(self, tables: tuple[str, ...], value: object) -> bool:
        """Return whether a value names no row of these tables, some of which have rows."""
        found = [self.by_id[table] for table in tables if self.by_id.get(table)]
        return bool(found) and not any(value in rows for rows in found)


@attrs.define
class RowReader:
    """One file as it is read into one table."""

    source: Source
    opened: Opened
    layout: Layout
    looked_up: Mapping[str, Mapping[str, str]]
    known: Known
    currency: str
    remarks: list[Remark]
    row: int = 0
    bad: set[str] = attrs.field(factory=set)
    """Columns of the row whose cells cannot be used."""
    values: dict[str, Value] = attrs.field(factory=dict)

    def read(self, record: Record) -> Outcome:
        """Use a record or reject it, with its remarks: of a rejected row every one stands for a row that is not used."""
        before = len(self.remarks)
        outcome = self._outcome(record)
        if outcome is Outcome.REJECTED:
            self.remarks[before:] = [attrs.evolve(remark, rejects=True) for remark in self.remarks[before:]]
        return outcome

    def _outcome(self, record: Record) -> Outcome:
        self.row, self.bad, self.values = record.row, set(), {}
        width = len(self.opened.header)
        if record.fault:
            return self._reject(record.fault, lines=record.lines)
        if len(record.cells) < width or any(record.cells[width:]):
            return self._reject("report.ragged", cells=len(record.cells), columns=width)
        if not self.layout.means(record.cells):
            return Outcome.SKIPPED
        for place in self.layout.places:
            self._read_cell(place, record)
        if not self._is_whole() or not self._is_new() or not self._refers():
            return Outcome.REJECTED
        self._agrees()
        self._keep()
        return Outcome.USED

    def _reject(self, code: str, name: str | None = None, value: str | None = None, /, **facts: Fact) -> Outcome:
        self._remark(code, name, value, rejects=True, **facts)
        return Outcome.REJECTED

    def _remark(self, code: str, name: str | None, value: str | None, /, *, rejects: bool, **facts: Fact) -> None:
        self.remarks.append(Remark.of(code, self._path(name), rejects=rejects, value=value, **facts))

    def _path(self, name: str | None) -> tuple[str | int, ...]:
        place = (self.opened.name, self.row)
        return place if name is None else (*place, self._theirs(name))

    def _theirs(self, column: str) -> str:
        return (self.source.columns or {}).get(column, column)

    def _read_cell(self, place: Place, record: Record) -> None:
        column, raw = place.column, place.raw(record.cells)
        text = place.text(raw)
        if place.lookup is not None and not (text and place.lookup.when_empty):
            text = self._look_up(column, place.lookup)
        if not text or (column.kind is Kind.AMOUNT and "currency" in self.bad):
            return
        try:
            value = self.source.forms.read(column, text, self._currency() if column.kind is Kind.AMOUNT else "")
        except LtcError as error:
            needed = column.required or column.kind is Kind.CURRENCY
            self.bad.update({column.name} if needed else ())
            self.remarks.append(Remark.raised(error, self._path(column.name), rejects=needed, value=raw))
            return
        self.values[column.name] = value
        for code, facts in self.source.forms.notes(column, raw, value):
            self._remark(code, column.name, raw, rejects=False, **facts)

    def _look_up(self, column: Column, lookup: Lookup) -> str:
        key = str(self.values.get(lookup.match, ""))
        found = self.looked_up.get(column.name, {}).get(key, "")
        if not found:
            facts = {"column": column.name, "file": lookup.file, "key": lookup.key}
            self.bad.update({column.name} if column.required else ())
            self._remark("report.lookup", column.name, key, rejects=column.required, **facts)
        return found

    def _currency(self) -> str:
        own = self.values.get("currency") or self.known.currency_of_order(
            self.values.get("order") if self.source.table == "receivables" else None
        )
        return str(own or self.currency)

    def _is_whole(self) -> bool:
        shape = self.source.shape
        empty = [column.name for column in shape.columns if column.required and column.name not in self.values]
        for name in empty:
            if name not in self.bad and not (name == "amount" and "currency" in self.bad):
                self._reject("report.missing", name, column=name)
        if shape.either and not any(name in self.values for name in shape.either):
            self._reject("report.missing", shape.either[0], column=" / ".join(shape.either))
            return False
        return not empty and not self.bad

    def _is_new(self) -> bool:
        places = self.known.places.setdefault(self.source.table, {})
        key = tuple(self.values[name] for name in self.source.shape.unique)
        first = places.setdefault(key, f"{self.opened.name}:{self.row}")
        if first == f"{self.opened.name}:{self.row}":
            return True
        names = self.source.shape.unique
        self._reject(
            "report.twice",
            names[0],
            str(key[0]),
            key=" · ".join(map(str, key))[:120],
            columns=", ".join(names),
            first=first,
        )
        return False

    def _refers(self) -> bool:
        """Remark on names of rows that are not there; a row that is nothing without the other is rejected."""
        for name, tables in self.source.shape.refers.items():
            value = self.values.get(name)
            if value is not None and self.known.lacks(tables, value):
                alone = name in self.source.shape.unique
                facts: dict[str, Fact] = {"column": name, "id": str(value), "tables": " / ".join(tables)}
                self._remark("report.unknown_id", name, str(value), rejects=alone, **facts)
                if alone:
                    return False
        return True

    def _agrees(self) -> None:
        """Remark on a row that pays what is of another currency, which it then does not pay, or of another customer."""
        name = self.source.shape.settles
        invoice = None if name is None else self.known.by_id.get("invoices", {}).get(self.values.get(name))
        amount = self.values.get("amount")
        if name is None or not isinstance(invoice, InvoiceRow) or not isinstance(amount, Money):
            return
        if amount.currency != invoice.amount.currency:
            facts = {"currency": amount.currency, "other": invoice.amount.currency}
            self._remark("report.other_currency", name, invoice.id, rejects=False, id=shown(invoice.id), **facts)
        elif self.values["customer"] != invoice.customer:
            facts = {"customer": shown(str(self.values["customer"])), "other": shown(invoice.customer)}
            self._remark("report.other_customer", name, invoice.id, rejects=False, id=shown(invoice.id), **facts)

    def _keep(self) -> None:
        table = self.source.table
        fields = {name: value for name, value in self.values.items() if name != "currency"}
        row = self.source.shape.row(**fields)
        self.known.rows.setdefault(table, []).append(row)
        if "id" in fields:
            self.known.by_id.setdefault(table, {})[fields["id"]] = row
