"""Foreign tables by way of a mapping file, and what a wrong mapping file is told."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ltc import report
from ltc.errors import InvalidValue, NotFound
from ltc.money import Money

ROOT = Path(__file__).parents[2]

FOREIGN = """
title = "Somebody else's"
currency = "EUR"
zone = "Asia/Shanghai"
stages = ["Neu", "Angebot"]
win_rates = { Angebot = "0.5" }

[[source]]
table = "opportunities"
file = "deals.csv"
delimiter = ";"
thousands = "."
decimal = ","
date_format = ["%d.%m.%Y", "%Y/%m/%d"]
columns = { id = "Nr", amount = "Betrag", product = "Ware", created_at = "Angelegt", expected_close_on = "Ziel" }
constants = { owner = "li" }
values.product = { "Altpumpe" = "Pumpe", "keine" = "" }
only_when = { Art = ["A", "B"] }
skip_when_empty = ["Nr"]

[source.lookups.amount]
file = "preise.csv"
match = "product"
key = "Ware"
column = "Preis"
"""
DEALS = """Nr;Betrag;Ware;Angelegt;Ziel;Art
1;1.234,50;Pumpe;02.03.2026;2026/06/30;A
2;;Altpumpe;02.03.2026;;B
3;;keine;02.03.2026;;A
4;1.5;Pumpe;02.03.2026;;A
5;12.34,00;Pumpe;31.02.2026;;A
6;1,00;Pumpe;02.03.2026;;C
;1,00;Pumpe;02.03.2026;;A
"""
PRICES = "Ware;Preis\nPumpe;99,00\nPumpe;1,00\n"


def write(where: Path, **files: str) -> Path:
    for name, text in files.items():
        (where / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return where


def test_a_foreign_table_becomes_a_canonical_one(tmp_path: Path) -> None:
    write(tmp_path, deals__csv=DEALS, preise__csv=PRICES, map__toml=FOREIGN)
    tables = report.read_folder(tmp_path, tmp_path / "map.toml")
    made = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert tables.opportunities == (
        report.OpportunityRow(
            "1", Money.of("1234.50", "EUR"), "li", made, product="Pumpe", expected_close_on=date(2026, 6, 30)
        ),
        report.OpportunityRow("2", Money.of("99.00", "EUR"), "li", made, product="Pumpe"),
    )
    (count,) = tables.counts
    assert (count.rows, count.used, count.rejected, count.skipped) == (5, 2, 3, 2)
    assert [(finding.code, finding.path) for finding in tables.rejections] == [
        ("report.lookup", ("deals.csv", 4, "Betrag")),
        ("money.syntax", ("deals.csv", 5, "Betrag")),
        ("report.day", ("deals.csv", 6, "Angelegt")),
        ("money.syntax", ("deals.csv", 6, "Betrag")),
    ]
    assert tables.warnings == (), "an optional cell of a rejected row is no cell of a row that is used"
    assert (tables.title, tables.currency, tables.stages) == ("Somebody else's", "EUR", ("Neu", "Angebot"))
    assert tables.win_rates == {"Angebot": Decimal("0.5")}


def test_an_instant_is_put_into_the_zone_of_the_mapping(tmp_path: Path) -> None:
    leads = "id,created_at,name\nL1,2026-03-01T20:00:00Z,Li\nL2,2026-03-02T09:00,Li\nL3,9999-12-31T23:59Z,Li\n"
    mapping = report.parse_mapping('zone = "Asia/Shanghai"\n[[source]]\ntable = "leads"\nfile = "leads.csv"')
    tables = report.read_folder(write(tmp_path, leads__csv=leads), mapping)
    assert [row.created_at.date() for row in tables.leads] == [date(2026, 3, 2)] * 2
    assert [finding.code for finding in tables.rejections] == ["report.instant"]
    assert tables.warnings == (), "the zone is named, so nothing is guessed"


def test_full_width_digits_are_no_day_in_any_form(tmp_path: Path) -> None:
    text = 'currency = "CNY"\n[[source]]\ntable = "orders"\nfile = "o.csv"\ndate_format = "%Y年%m月%d日"'
    rows = "id,account,amount,signed_on\n1,A,1,2026年3月2日\n2,A,1,２０２６年3月2日\n"
    tables = report.read_folder(write(tmp_path, o__csv=rows), report.parse_mapping(text))
    assert [row.signed_on for row in tables.orders] == [date(2026, 3, 2)]
    assert "write it as %Y年%m月%d日" in tables.rejections[0].message


@pytest.mark.parametrize("encoding, used", [("cp1252", 1), ("ascii", 0)])
def test_an_encoding_that_is_named_is_taken_at_its_word(tmp_path: Path, encoding: str, used: int) -> None:
    (tmp_path / "o.csv").write_bytes("id,account,amount,signed_on\n1,Caf\xe9,1,2026-03-02\n".encode("cp1252"))
    text = f'[[source]]\ntable = "orders"\nfile = "o.csv"\nencoding = "{encoding}"'
    tables = report.read_folder(tmp_path, report.parse_mapping(text))
    assert [row.account for row in tables.orders] == ["Caf\xe9"] * used
    assert [finding.code for finding in tables.rejections] == ["report.encoding"] * (1 - used)


def test_columns_that_the_file_has_not(tmp_path: Path) -> None:
    text = """
        [[source]]
        table = "orders"
        file = "o.csv"
        columns = { id = "Nr", account = "Kunde", amount = "Betrag", signed_on = "Datum", opportunity = "Deal" }
        skip_when_empty = ["Leer"]
    """
    mapping = report.parse_mapping(text)
    tables = report.read_folder(write(tmp_path, o__csv="Nr,Kunde\n1,A\n"), mapping)
    assert "no column Leer, Betrag, Datum; it has Nr, Kunde" in tables.rejections[0].message
    assert "no column Deal, which the mapping names" in tables.warnings[0].message
    assert report.read_folder(tmp_path, report.parse_mapping('[[source]]\ntable="orders"\nfile="x.csv"')).rejections


def test_a_file_to_look_up_in_that_is_not_there_or_has_not_the_column(tmp_path: Path) -> None:
    text = '[[source]]\ntable="orders"\nfile="o.csv"\ncolumns={id="id",account="account",signed_on="day"}\nlookups.amount={file="p.csv",match="account",key="a",column="price"}'
    write(tmp_path, o__csv="id,account,day\n1,A,2026-03-02\n")
    absent = report.read_folder(tmp_path, report.parse_mapping(text))
    assert [finding.code for finding in absent.rejections] == ["report.no_file", "report.lookup"]
    other = report.read_folder(write(tmp_path, p__csv="a,cost\nA,1\n"), report.parse_mapping(text))
    assert [finding.code for finding in other.rejections] == ["report.missing_columns", "report.lookup"]


def test_single_files_go_through_the_sources_of_their_table_whatever_their_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        mine__csv="invoiceNumber,customerID,InvoiceAmount,InvoiceDate,DueDate,SettledDate\n1,A,9.50,1/2/2012,2/1/2012,1/31/2012\n",
    )
    mapping = ROOT / "examples" / "mappings" / "ibm_ar.toml"
    tables = report.read_files({"invoices": tmp_path / "mine.csv"}, mapping)
    assert (len(tables.invoices), len(tables.receipts)) == (1, 1)
    named = tmp_path / "accounts_receivable.csv"
    named.write_bytes((tmp_path / "mine.csv").read_bytes())
    assert len(report.read_files({"invoices": named}, mapping).receipts) == 1
    apart = report.read_files({"invoices": named, "receipts": tmp_path / "mine.csv"}, mapping)
    assert [(count.table, count.file) for count in apart.counts] == [("invoices", named.name), ("receipts", "mine.csv")]


def test_of_several_files_of_a_table_the_one_of_the_name_is_meant(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            f"{name}__csv": f"id,customer,amount,issued_on,due_on\n{name},A,1,2026-01-01,2026-01-01\n" for name in "abc"
        },
    )
    text = "".join(
        f'[[source]]\ntable="invoices"\nfile="{name}.csv"\nconstants={{currency="{code}"}}\n'
        for name, code in (("a", "CNY"), ("b", "USD"))
    )
    for name, code in (("a", "CNY"), ("b", "USD"), ("c", "CNY")):
        tables = report.read_files({"invoices": tmp_path / f"{name}.csv"}, report.parse_mapping(text))
        assert [str(row.amount) for row in tables.invoices] == [f"1.00 {code}"]


@pytest.mark.parametrize("name", ["maven_crm", "ibm_ar"])
def test_the_mappings_that_ship_are_right(name: str) -> None:
    assert report.read_mapping(ROOT / "examples" / "mappings" / f"{name}.toml").sources


SOURCE = '[[source]]\ntable = "orders"\nfile = "o.csv"\n'
WRONG = [
    ("curency = 'USD'", "curency: there is no such key; did you mean currency?"),
    ("xyz = 'USD'", "xyz: there is no such key; use one of currency, source, stages, title, win_rates, zone"),
    ("currency = 'DOLLAR'", "currency: 'DOLLAR' is not a currency code"),
    ("currency = 7", "currency: give a text in quotes"),
    ("zone = 'Mars'", "zone: there is no time zone 'Mars'; use one such as Asia/Shanghai"),
    ("stages = 3", "stages: give a text in quotes or a list of them"),
    ("win_rates = 3", "win_rates: give a table of keys"),
    ("win_rates = { A = '30' }", "win_rates.A: 30 is not a ratio; use one from 0 to 1"),
    ("win_rates = { A = 0.3 }", "win_rates.A: give a text in quotes"),
    ("source = 3", "source: give tables, each under [[source]]"),
    ("[[source]]\nfile = 'x.csv'", "source.1.table: the key is missing"),
    ("[[source]]\ntable = 'orders'", "source.1.file: the key is missing"),
    ("[[source]]\ntable = 'order'\nfile = 'x'", "source.1.table: 'order' is not one of leads, opportunities"),
    ("[[source]]\ntable = 'orders'\nfile = '../x'", "source.1.file: a file stands in the folder that is read"),
    ("[[source]]\ntable = 'orders'\nfile = '/etc/passwd'", "source.1.file: a file stands in the folder that is read"),
    (SOURCE + "columns = { amunt = 'x' }", "source.1.columns.amunt: there is no such key; did you mean amount?"),
    (SOURCE + "constants = { amount = 3 }", "source.1.constants.amount: give a text in quotes"),
    (SOURCE + "values.ammount = { a = 'b' }", "source.1.values.ammount: there is no such key; did you mean amount?"),
    (SOURCE + "values.amount = { a = 1 }", "source.1.values.amount.a: give a text in quotes"),
    (
        SOURCE + "lookups.amount = { file = 'p.csv', column = 'b', match = 'id' }",
        "source.1.lookups.amount.key: the key is missing",
    ),
    (
        SOURCE + "lookups.amount = { file = 'p.csv', key = 'a', column = 'b', match = 'x' }",
        "lookups.amount.match: 'x' is not one of id",
    ),
    (
        SOURCE + "lookups.amount = { file = 'p', key = 'a', column = 'b', match = 'id', when_empty = 'no' }",
        "when_empty: give true or false",
    ),
    (
        SOURCE + "lookups.amount = { file = 'p', key = 'a', column = 'b', match = 'id', colum = 'no' }",
        "colum: there is no such key; did you mean column?",
    ),
    (SOURCE + "date_format = '%d.%m'", "source.1.date_format: '%d.%m' is no form of a day"),
    (SOURCE + "date_format = '%q'", "source.1.date_format: '%q' is no form of a day"),
    (SOURCE + "encoding = 'utf-88'", "source.1.encoding: there is no encoding 'utf-88'"),
    (SOURCE + "delimiter = 'ab'", "source.1.delimiter: a delimiter is one character"),
    (SOURCE + "thousands = '.'", "source.1.thousands: thousands and decimal are the same mark"),
    (SOURCE + "only_when = { A = 3 }", "source.1.only_when.A: give a text in quotes or a list of them"),
    ("= 3", "the file is not TOML"),
]


@pytest.mark.parametrize("text, told", WRONG, ids=[told[:40] for _, told in WRONG])
def test_a_wrong_mapping_is_told_the_key_and_what_would_pass(text: str, told: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        report.parse_mapping(text, name="mine.toml")
    assert told in str(caught.value)
    assert str(caught.value).startswith("1 fault in mine.toml: ")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InvalidValue, match=r"3 faults in mapping: zone: .*; title: .*; colour: ") as caught:
        report.parse_mapping("title = 1\nzone = 'x'\ncolour = 'red'")
    findings = caught.value.facts["findings"]
    assert isinstance(findings, tuple)
    assert [finding.path for finding in findings] == [("mapping", "zone"), ("mapping", "title"), ("mapping", "colour")]


def test_a_mapping_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"there is no mapping file x\.toml"):
        report.read_mapping(tmp_path / "x.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xff")
    with pytest.raises(InvalidValue, match="save it as UTF-8"):
        report.read_folder(tmp_path, tmp_path / "x.toml")
