"""Rows of a bank statement into lines to claim: the good ones as changes, the faults of the others as findings."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from ltc._billing.bank.claiming import LineChange, record_line
from ltc.errors import InvalidValue, LtcError
from ltc.findings import Finding
from ltc.ids import EntityId
from ltc.money import Money

Row = Mapping[str, str | None]
"""The cells of one line of a statement, by column."""

_CELLS: Final = {
    "line": "id",
    "amount": "amount",
    "payer_name": "payer_name",
    "payer_account": "payer_account",
    "remark": "remark",
}
"""In which column a field of a bank line stands."""


@attrs.frozen
class LineImport:
    """What became of the rows of a bank statement.

    >>> LineImport(changes=(), findings=()).changes
    ()
    """

    changes: tuple[LineChange, ...]
    findings: tuple[Finding, ...]
    debits: tuple[str, ...] = ()
    """The numbers of the rows that were passed over because money went out, where that was asked for."""


def lines_of(
    rows: Iterable[Row],
    *,
    source: str,
    entity: EntityId,
    bank_account: str,
    currency: str,
    thousands: str = "",
    pass_debits: bool = False,
    now: dt.datetime,
) -> LineImport:
    """Return the lines that rows of a bank statement record, and what is wrong with the other rows.

    A row has `id` (the bank's own number of it), `on` (as in 2026-03-02) and `amount` (a plain decimal above zero), and may have
    `payer_name`, `payer_account` and `remark`; other columns are not read. A row with a fault makes no line. `source` is the
    first part of the path of a finding; the header is row 1.

    Args:
        rows: of one statement.
        source: the first part of the path of a finding.
        entity: whose account it is.
        bank_account: which account.
        currency: of every amount.
        thousands: the mark between groups of three digits, as in 1,000.00; none by default.
        pass_debits: whether rows below zero, which no customer paid, are counted in `debits` instead of being faults.
        now: when it is recorded.

    Raises:
        InvalidValue: the entity, the account, the currency or the mark is none: no row could be read.

    >>> from ltc.testing.samples.bank_lines import NOON
    >>> rows = [{"id": "B1", "on": "2026-03-02", "amount": "50000.00"}, {"id": "B2", "on": "2 March", "amount": "1.005"}]
    >>> made = lines_of(rows, source="bank.csv", entity="E1", bank_account="6222 0001", currency="CNY", now=NOON)
    >>> [change.after.id for change in made.changes]
    ['B1']
    >>> for finding in made.findings:
    ...     print(finding)
    bank.csv:3:on: '2 March' is no day; write it as in 2026-03-02 (got '2 March')
    bank.csv:3:amount: 1.005 has too many decimals; CNY takes 2 (got '1.005')
    >>> rows = [{"id": "B3", "on": "2026-03-02", "amount": "1,000.00"}, {"id": "B4", "on": "2026-03-02", "amount": "-8.00"}]
    >>> options = {"source": "bank.csv", "entity": "E1", "bank_account": "6222 0001", "currency": "CNY", "now": NOON}
    >>> made = lines_of(rows, thousands=",", pass_debits=True, **options)
    >>> str(made.changes[0].after.amount), made.findings, made.debits
    ('1000.00 CNY', (), ('B4',))
    """
    Money.zero(currency)  # which refuses what is no currency, once
    grouped = _grouped(thousands)
    debits: list[str] = []
    changes: dict[str, LineChange] = {}
    findings: list[Finding] = []
    for number, row in enumerate(rows, 2):
        at = (source, number)
        read, faults = _read(row, at, currency, grouped, thousands)
        if pass_debits and "amount" in read and read["amount"].minor < 0:
            debits.append(read["line_id"])
            continue
        if not faults and read["line_id"] in changes:
            faults = [_twice(read["line_id"], at)]
        if not faults:
            try:
                change = record_line(**read, entity=entity, bank_account=bank_account, now=now)
            except LtcError as error:
                faults = [_unfit(error, row, at)]
            else:
                changes[change.after.id] = change
        findings += faults
    return LineImport(tuple(changes.values()), tuple(findings), tuple(debits))


def _grouped(thousands: str) -> re.Pattern[str]:
    """Return the form of a number whose digits stand in groups of three."""
    if len(thousands) > 1 or thousands == "." or thousands.isalnum():
        shown = ascii(thousands[:10])
        message = f"{shown} is no mark between thousands; give one sign such as a comma, or none"
        raise InvalidValue("line.thousands", message, value=shown)
    return re.compile(rf"[+-]?[0-9]{{1,3}}({re.escape(thousands)}[0-9]{{3}})+(\.[0-9]+)?")


def _amount(text: str, currency: str, grouped: re.Pattern[str], thousands: str) -> Money:
    return Money.of(text.replace(thousands, "") if thousands and grouped.fullmatch(text) else text, currency)


def _read(
    row: Row, at: tuple[str | int, ...], currency: str, grouped: re.Pattern[str], thousands: str
) -> tuple[dict[str, Any], list[Finding]]:
    cells = {column: (row.get(column) or "").strip() for column in ("on", *_CELLS.values())}
    read: dict[str, Any] = {
        "line_id": cells["id"],
        "payer_name": cells["payer_name"] or None,
        "payer_account": cells["payer_account"] or None,
        "remark": cells["remark"],
    }
    faults = []
    for column, reader in (("on", _day), ("amount", lambda text: _amount(text, currency, grouped, thousands))):
        try:
            read[column] = reader(cells[column])
        except LtcError as error:
            faults.append(Finding.of(error, *at, column, value=cells[column]))
    return read, faults


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("line.day", f"{text[:40]!a} is no day; write it as in 2026-03-02", value=text[:40]) from None


def _twice(line_id: str, at: tuple[str | int, ...]) -> Finding:
    message = f"{line_id!a} stands above already; give each line a number of its own"
    return Finding("line.twice", (*at, "id"), message, line_id)


def _unfit(error: LtcError, row: Row, at: tuple[str | int, ...]) -> Finding:
    column = _CELLS.get(str(error.facts.get("name")))
    if column is None:
        raise error  # of what is the same for all rows
    return Finding.of(error, *at, column, value=row.get(column))
