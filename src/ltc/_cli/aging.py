"""What `ltc aging` says: the open invoices of a table by their age, with days of sales, for a person and for a program."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from rich.console import Console

from ltc._terminal import Listing, say_line
from ltc.billing import Age, AgeUnit, Bucket, CurrencyAging, Edges, aging
from ltc.errors import InvalidValue
from ltc.money import Money
from ltc.report.aging import AgingFigure, invoice_aging
from ltc.report.cells import refusal
from ltc.report.labels import label
from ltc.report.payments import apply_receipts
from ltc.report.remarks import Remark, shown
from ltc.report.tables import Tables
from ltc.report.words import count, days, plain
from ltc.text import say

_EDGE = re.compile(r"([0-9]{1,6})([my]?)")
_UNITS = {"": AgeUnit.DAYS, "m": AgeUnit.MONTHS, "y": AgeUnit.YEARS}


def edges_of(text: str, /) -> Edges:
    """Return edges as they are written for a command: `30,60,90` in days, `6m,12m` in months, `1y,2y,3y` in years.

    Raises:
        InvalidValue: the text is no such list, or its numbers do not grow.

    >>> edges_of("1y,2y").unit.value
    'years'
    """
    parts = [_EDGE.fullmatch(part.strip()) for part in text.split(",")]
    units = {part.group(2) if part else None for part in parts}
    if len(units) > 1 or None in units:
        raise refusal("report.edges", value=repr(shown(text)))
    ends = [int(part.group(1)) for part in parts if part]
    if 0 in ends or ends != sorted(set(ends)):
        raise refusal("report.edges_order", value=repr(shown(text)))
    return Edges(ends, _UNITS[units.pop() or ""])


def check_usable(tables: Tables, files: Mapping[str, Path]) -> None:
    """Refuse a file that was asked for and gave nothing: as though nothing stood in it, its figures would be wrong in silence.

    Receipts may be none yet; a table of invoices with a header alone is taken for a mistake.

    Raises:
        InvalidValue: what is wrong with the file and what would pass.
    """
    for table, path in files.items():
        counts = [each for each in tables.counts if each.table == table]
        if any(each.used or each.skipped for each in counts):
            continue
        for remark in tables.remarks:
            if remark.finding.path[0] == path.name and (remark.rejects or table == "invoices"):
                told = f"{_where(remark)}: {remark.finding.message}"
                raise InvalidValue("cli.unusable", told, where=_where(remark), why=remark.finding)


@attrs.frozen
class AgedInvoices:
    """The open invoices of a day by their age, a figure a currency.

    >>> from datetime import date
    >>> from ltc.report import InvoiceRow, tables_of
    >>> invoice = InvoiceRow("I1", "A1", Money.of("30000.00", "CNY"), date(2026, 10, 12), due_on=date(2026, 11, 11))
    >>> aged = AgedInvoices.of(tables_of(invoices=[invoice]), as_of=date(2026, 11, 23), edges=edges_of("30,60"))
    >>> [str(bucket.amount) for bucket in aged.figures[0].buckets]
    ['0.00 CNY', '30000.00 CNY', '0.00 CNY', '0.00 CNY']
    """

    as_of: dt.date
    edges: Edges
    age: Age
    figures: tuple[AgingFigure, ...]
    tables: Tables

    @classmethod
    def of(
        cls, tables: Tables, /, *, as_of: dt.date, edges: Edges, age: Age = Age.OVERDUE, by_customer: bool = True
    ) -> "AgedInvoices":
        """Return the aging of the invoices of some tables, once the receipts of the day are applied to them."""
        applied = apply_receipts(tables, as_of=as_of)
        figures = invoice_aging(tables.invoices, applied, as_of=as_of, edges=edges, age=age, by_customer=by_customer)
        return cls(as_of, edges, age, figures, tables)

    def to_json(self, locale: str, /, *, by_customer: bool = False) -> str:
        """Return the figures as JSON: every amount as decimal strings by currency, `dso` in days, null where nothing was sold."""
        figures = {figure.currency: figure for figure in self.figures}
        told: dict[str, Any] = {
            "as_of": self.as_of.isoformat(),
            "age": self.age.value,
            "edges": {"unit": self.edges.unit.value, "ends": self.edges.ends},
            "open": _amounts(figure.open for figure in self.figures),
            "overdue": _amounts(figure.overdue for figure in self.figures),
            "buckets": self._buckets([figure.table for figure in self.figures]),
            "credit": _amounts(figure.credit for figure in self.figures if figure.credit is not None),
            "dso": {currency: _text(figure.dso) for currency, figure in sorted(figures.items())},
        }
        if by_customer:
            told["customers"] = [self._customer(name) for name in self._customers()]
        told["files"] = [
            {"table": each.table, "file": each.file, "rows": each.rows, "used": each.used, "rejected": each.rejected}
            for each in self.tables.counts
        ]
        told["findings"] = [_finding(remark, locale) for remark in self.tables.remarks]
        return json.dumps(told, indent=2)

    def _buckets(self, tables: Sequence[CurrencyAging]) -> list[dict[str, Any]]:
        empty = aging([], as_of=self.as_of, edges=self.edges, age=self.age).in_currency("XXX").buckets
        rows = zip(*(table.buckets for table in tables), strict=True) if tables else [() for _ in empty]
        return [
            {
                "label": bucket.label,
                "amount": _amounts(part.amount for part in row),
                "count": sum(part.count for part in row),
                "counts": {table.currency: part.count for table, part in zip(tables, row, strict=True)},
            }
            for bucket, row in zip(empty, rows, strict=True)
        ]

    def _customers(self) -> list[str]:
        return sorted({name for figure in self.figures for name, _ in figure.customers})

    def _customer(self, name: str) -> dict[str, Any]:
        own = [table for figure in self.figures for owner, table in figure.customers if owner == name]
        return {
            "customer": name,
            "open": _amounts(table.open for table in own),
            "overdue": _amounts(table.overdue for table in own),
            "credit": _amounts(table.credit.amount for table in own if table.credit.amount),
            "buckets": self._buckets(own),
        }

    def print(self, console: Console, locale: str, /, *, by_customer: bool = False) -> None:
        """Print the figures as tables, one a currency, with what else there is to say about it."""
        for figure in self.figures:
            self._listing(figure, locale).print(console)
            dso = say("cli.no_dso", locale) if figure.dso is None else label("dso_note", locale, days=days(figure.dso))
            say_line(console, dso)
            if figure.credit is not None:
                say_line(console, label("credit_note", locale, amount=f"{plain(figure.credit)} {figure.currency}"))
            if by_customer and figure.customers:
                _customer_listing(figure, locale).print(console)
        if not self.figures:
            say_line(console, say("cli.no_invoices", locale, day=self.as_of))

    def _listing(self, figure: AgingFigure, locale: str) -> Listing:
        age = label("days_late", locale) if self.age is Age.OVERDUE else say("cli.account_age", locale)
        return Listing(
            (age, label("documents", locale), label("open_amount", locale)),
            [(bucket.say(locale), count(bucket.count), plain(bucket.amount)) for bucket in figure.buckets],
            (label("sum", locale), count(figure.count), plain(figure.open)),
            title=say("cli.open_invoices", locale, day=self.as_of, currency=figure.currency),
        )


def _customer_listing(figure: AgingFigure, locale: str) -> Listing:
    """Return a row a customer; the credit has a column where somebody has some, and is not taken off the total."""
    heads = [bucket.say(locale) for bucket in figure.buckets]
    rows = [[shown(name), *map(_cell, own.buckets), plain(own.open)] for name, own in figure.customers]
    if figure.credit is None:
        return Listing((label("customer", locale), *heads, label("sum", locale)), rows)
    told = [[*row, _cell(own.credit)] for row, (_, own) in zip(rows, figure.customers, strict=True)]
    return Listing((label("customer", locale), *heads, label("sum", locale), say("aging.credit", locale)), told)


def _cell(bucket: Bucket) -> str:
    return plain(bucket.amount) if bucket.count else ""


def _amounts(amounts: Iterable[Money]) -> dict[str, str]:
    return {amount.currency: f"{amount.amount:f}" for amount in sorted(amounts, key=lambda amount: amount.currency)}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _where(remark: Remark) -> str:
    return ":".join(shown(str(part)) for part in remark.finding.path)


def _finding(remark: Remark, locale: str) -> dict[str, Any]:
    return {
        "where": _where(remark),
        "code": remark.finding.code,
        "message": remark.told(locale),
        "value": remark.finding.value,
        "rejects": remark.rejects,
    }
