"""Rows of a bank statement: the good ones are lines, every fault of the others is found and placed."""

from collections.abc import Mapping

import pytest

from ltc.billing import LineImport, lines_of
from ltc.errors import InvalidValue
from ltc.ids import EntityId
from ltc.testing.samples.bank_lines import NOON, TODAY

E1 = EntityId("E1")
GOOD = {"id": "B1", "on": "2026-03-02", "amount": "100.00"}


def read(*rows: Mapping[str, str | None], entity: EntityId = E1, currency: str = "CNY") -> LineImport:
    return lines_of(rows, source="bank.csv", entity=entity, bank_account="1", currency=currency, now=NOON)


def test_a_row_becomes_a_line() -> None:
    full = {**GOOD, "payer_name": " 华东机械 ", "payer_account": "62", "remark": "SO-1", "balance": "1"}
    made = read(full, {**GOOD, "id": "B2", "payer_name": "", "remark": None})
    assert made.findings == ()
    first, second = (change.after for change in made.changes)
    assert (first.id, str(first.amount), first.on, first.payer_name) == ("B1", "100.00 CNY", TODAY, "华东机械")
    assert (first.entity, first.bank_account, first.payer_account, first.remark) == ("E1", "1", "62", "SO-1")
    assert (second.payer_name, second.payer_account, second.remark) == (None, None, "")


@pytest.mark.parametrize(
    "row, finding",
    [
        ({"on": "2 March"}, "on: '2 March' is no day; write it as in 2026-03-02 (got '2 March')"),
        ({"on": None}, "on: '' is no day; write it as in 2026-03-02 (got '')"),
        ({"amount": "1.005"}, "amount: 1.005 has too many decimals; CNY takes 2 (got '1.005')"),
        ({"amount": "1,000.00"}, "amount: '1,000.00' is not an amount; write it as in 12.30 (got '1,000.00')"),
        ({"amount": "-5"}, "amount: amount is -5.00 CNY; give more than zero (got '-5')"),
        ({"id": " "}, "id: line is blank; give 1 to 200 characters (got ' ')"),
        ({"payer_name": "x" * 201}, "payer_name: payer_name has 201 characters; 200 is the most"),
        ({"remark": "a\x00b"}, "remark: remark 'a\\x00b' has a character that cannot be seen"),
    ],
)
def test_a_fault_is_found_in_its_cell(row: Mapping[str, str | None], finding: str) -> None:
    made = read({**GOOD, "id": "B0"}, {**GOOD, **row})
    assert [change.after.id for change in made.changes] == ["B0"]
    [found] = made.findings
    assert str(found).startswith(f"bank.csv:3:{finding}")


def test_all_faults_of_a_row_and_a_number_that_comes_twice() -> None:
    made = read({"id": "B1", "on": "", "amount": ""}, GOOD, GOOD)
    assert [(finding.path[1:], finding.code) for finding in made.findings] == [
        ((2, "on"), "line.day"),
        ((2, "amount"), "money.syntax"),
        ((4, "id"), "line.twice"),
    ]
    assert [change.after.id for change in made.changes] == ["B1"]


def test_what_is_wrong_for_all_rows_is_no_finding() -> None:
    with pytest.raises(InvalidValue, match="XYZ"):
        read(currency="XYZ")
    with pytest.raises(InvalidValue, match="entity is blank"):
        read(GOOD, entity=EntityId(""))


STATEMENT = [
    {"id": "B1", "on": "2026-03-02", "amount": "1,234,567.89"},
    {"id": "B2", "on": "", "amount": "-1,000.00"},
    {"id": "B3", "on": "2026-03-02", "amount": "1,00.00"},
    {"id": "B4", "on": "2026-03-02", "amount": "12.30"},
    {"id": "B5", "on": "2026-03-02", "amount": "0"},
]


def test_a_real_statement_has_thousands_and_debits() -> None:
    given = {"source": "bank.csv", "bank_account": "1", "currency": "CNY", "now": NOON}
    found = lines_of(STATEMENT, entity=EntityId("E1"), thousands=",", pass_debits=True, **given)  # type: ignore[arg-type]  # a table
    assert [str(change.after.amount) for change in found.changes] == ["1234567.89 CNY", "12.30 CNY"]
    assert found.debits == ("B2",)
    assert [finding.path for finding in found.findings] == [("bank.csv", 4, "amount"), ("bank.csv", 6, "amount")]
    assert found.findings[0].say("zh_CN") == "'1,00.00' 不是金额；请写成 12.30 的形式"
    plain = lines_of(STATEMENT, entity=EntityId("E1"), **given)  # type: ignore[arg-type]  # as above
    assert (plain.debits, len(plain.changes)) == ((), 1)
    for mark in (".", "0", ",,"):
        with pytest.raises(InvalidValue, match="is no mark between thousands; give one sign"):
            lines_of([], entity=EntityId("E1"), thousands=mark, **given)  # type: ignore[arg-type]  # as above
