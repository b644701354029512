"""What a folder of tables becomes: rows, counts and remarks; nothing is lost in silence."""

import gzip
import sys
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import report
from ltc.errors import InvalidType, InvalidValue, NotFound
from ltc.money import Money
from ltc.report import Tables

ORDERS = "id,account,amount,signed_on\n"


def folder_with(where: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = where / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return where


def read(where: Path, **files: str | bytes) -> Tables:
    return report.read_folder(folder_with(where, **files))


def codes(tables: Tables) -> list[tuple[str, bool]]:
    return [
        (remark.finding.code, remark.rejects)
        for remark in tables.remarks
        if remark.finding.code != "report.assumed_currency"
    ]


def test_the_canonical_columns_are_those_that_are_promised() -> None:
    promised = {
        "leads": "id created_at name company email phone source city owner",
        "opportunities": "id amount owner created_at currency account product expected_close_on stage won_amount",
        "stage_history": "id stage at",
        "orders": "id account amount signed_on currency opportunity",
        "receivables": "id order amount due_on",
        "activities": "id about owner at kind",
        "targets": "period owner metric amount",
        "invoices": "id customer amount issued_on due_on currency order",
        "receipts": "id customer amount received_on currency invoice",
    }
    assert {table: " ".join(columns) for table, columns in report.TABLES.items()} == promised


def test_every_table_is_read_into_its_rows(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        leads__csv="id,created_at,company,owner\nL1,2026-03-02T09:30:00+08:00,华东机械,li\n",
        opportunities__csv="ID, Amount ,currency,expected_close_on,stage\nO1,100000.00,CNY,2026-06-30,Won\n",
        stage_history__csv="id,stage,at\nO1,报价,2026-03-02\nO1,WON,2026-03-09\n",
        orders__csv="id,account,amount,signed_on,currency,opportunity\nSO-1,A1,100.00,2026-03-09,USD,O1\n",
        receivables__csv="id,order,amount,due_on\nSO-1/1,SO-1,30.00,2026-04-09 00:00:00\n",
        activities__csv="id,about,owner,at,kind\nV1,L1,li,2026-03-03,returned\n",
        targets__csv="period,owner,metric,amount\n2026-Q1,li,won,5\n",
        invoices__csv="id,customer,amount,issued_on,due_on,currency,order\nI1,A1,30.00,2026-03-10,2026-04-09,usd,SO-1\n",
        receipts__csv="id,customer,amount,received_on,currency,invoice\nR1,A1,30.00,2026-04-01,USD,I1\n",
    )
    lead = report.LeadRow(
        "L1",
        datetime(2026, 3, 2, 9, 30, tzinfo=datetime.fromisoformat("2026-03-02T00:00+08:00").tzinfo),
        company="华东机械",
        owner="li",
    )
    assert tables.leads == (lead,)
    assert tables.opportunities == (
        report.OpportunityRow("O1", Money.of("100000.00", "CNY"), expected_close_on=date(2026, 6, 30), stage="won"),
    )
    assert tables.stage_history[1] == report.StageRow("O1", "won", datetime(2026, 3, 9, tzinfo=UTC))
    order = report.OrderRow("SO-1", "A1", Money.of("100", "USD"), date(2026, 3, 9), "O1")
    assert tables.orders == (order,)
    receivable = report.ReceivableRow("SO-1/1", "SO-1", Money.of("30", "USD"), date(2026, 4, 9))
    assert tables.receivables == (receivable,), "a receivable is of its order's currency"
    assert tables.activities[0].kind == "returned"
    assert tables.targets == (report.TargetRow("2026-Q1", "li", "won", Money.of("5", "CNY")),)
    assert tables.invoices[0].amount.currency == "USD"
    assert tables.receipts[0].invoice == "I1"
    assert codes(tables) == []
    assert [(one.rows, one.used, one.rejected) for one in tables.counts] == [
        (1, 1, 0),
        (1, 1, 0),
        (2, 2, 0),
        *([(1, 1, 0)] * 6),
    ]


LONG = "x" * 1_000_000
BAD_ROWS = [
    ("float", "1.1e3", "money.syntax"),
    ("nan", "NaN", "money.syntax"),
    ("infinity", "Infinity", "money.syntax"),
    ("bool", "True", "money.syntax"),
    ("full width", "１２３", "money.syntax"),
    ("underscore", "1_000", "money.syntax"),
    ("thousands", '"1,000.00"', "money.syntax"),
    ("too many decimals", "1.234", "money.digits"),
    ("negative", "-1", "report.negative"),
    ("empty", "", "report.missing"),
    ("blank", "\u3000", "report.missing"),
    ("NUL", "1\0", "money.syntax"),
]


@pytest.mark.parametrize("what, amount, code", BAD_ROWS, ids=lambda value: str(value)[:20])
def test_a_bad_amount_costs_its_row_and_no_other(tmp_path: Path, what: str, amount: str, code: str) -> None:
    tables = read(tmp_path, orders__csv=f"{ORDERS}SO-1,A1,{amount},2026-03-02\nSO-2,A1,1,2026-03-02\n")
    assert codes(tables) == [(code, True)], what
    (finding,) = tables.rejections
    assert finding.path == ("orders.csv", 2, "amount")
    assert [row.id for row in tables.orders] == ["SO-2"]
    assert (tables.counts[0].rows, tables.counts[0].used, tables.counts[0].rejected) == (2, 1, 1)


BAD_CELLS = [
    ("orders", f"{ORDERS}SO-1,A1,1,2026-02-29\n", "report.day", True),
    ("orders", f"{ORDERS}SO-1,A1,1,02.03.2026\n", "report.day", True),
    ("orders", f"{ORDERS}SO-1,A1,1,２０２６-03-02\n", "report.day", True),
    ("orders", f"{ORDERS}SO-1,A1,1,20260302\n", "report.day", True),
    ("orders", f"{ORDERS}SO-1,A1,1,0001-01-01\n", "report.odd_year", False),
    ("orders", f"{ORDERS}SO-1,A1,1,9999-12-31\n", "report.odd_year", False),
    ("orders", f"{ORDERS}SO-1,A1\u202e,1,2026-03-02\n", "report.unprintable", True),
    ("orders", f"{ORDERS}SO-1,A\u200b1,1,2026-03-02\n", "report.unprintable", True),
    ("orders", f"{ORDERS}SO-1,A\0001,1,2026-03-02\n", "report.unprintable", True),
    ("orders", f"{ORDERS}SO-1,{'x' * 201},1,2026-03-02\n", "report.long", True),
    ("orders", f"{ORDERS}SO-1,{LONG},1,2026-03-02\n", "report.long_cell", True),
    ("orders", f'{ORDERS}SO-1,"{LONG}",1,2026-03-02\n', "report.long_cell", True),
    ("orders", f"{ORDERS}=1+1,A1,1,2026-03-02\n", "report.formula", False),
    ("orders", f"{ORDERS}SO-1,@sum(A1),1,2026-03-02\n", "report.formula", False),
    ("orders", f"{ORDERS}SO-1,\tA1,1,2026-03-02\n", "report.formula", False),
    ("orders", f"{ORDERS}SO-1,A1,1,2026-03-02\nSO-1,A2,2,2026-03-02\n", "report.twice", True),
    ("orders", f"{ORDERS}SO-1,A1,1\n", "report.ragged", True),
    ("orders", f"{ORDERS}SO-1,A1,1,2026-03-02,x\n", "report.ragged", True),
    ("orders", f'{ORDERS}SO-1,"A"1,1,2026-03-02\n', "report.quotes", True),
    ("orders", f'{ORDERS}SO-1,"A1,1,2026-03-02\n', "report.quotes", True),
    ("orders", "id,account,amount,signed_on,currency\nSO-1,A1,1.5,2026-03-02,JPY\n", "money.digits", True),
    ("orders", "id,account,amount,signed_on,currency\nSO-1,A1,1,2026-03-02,ZZZ\n", "money.unknown_currency", True),
    ("orders", "id,account,amount,signed_on,opportunty\nSO-1,A1,1,2026-03-02,\n", "report.near_column", False),
    ("leads", "id,created_at,name\nL1,2026-03-02T09:30:00,Li\n", "report.no_offset", False),
    ("leads", "id,created_at,name\nL1,2026-03-02T25:30:00Z,Li\n", "report.instant", True),
    ("leads", "id,created_at,name\nL1,yesterday,Li\n", "report.instant", True),
    ("leads", "id,created_at,name,company\nL1,2026-03-02,,\n", "report.missing", True),
    ("targets", "period,owner,metric,amount\n2026-Q5,li,won,1\n", "report.period", True),
    ("targets", "period,owner,metric,amount\n0000,li,won,1\n", "report.period", True),
    ("opportunities", "id,amount,expected_close_on\nO1,1,soon\n", "report.day", False),
    ("opportunities", "id,amount,created_at\nO1,1,soon\n", "report.instant", False),
]


@pytest.mark.parametrize("table, text, code, rejects", BAD_CELLS, ids=lambda value: str(value)[-30:].strip())
def test_each_kind_of_dirt_is_remarked_on_within_50_ms(
    tmp_path: Path, table: str, text: str, code: str, rejects: bool
) -> None:
    folder_with(tmp_path, **{f"{table}__csv": text})
    seconds = []
    for _ in range(3):  # the first loads what loads once
        start = time.perf_counter()
        tables = report.read_folder(tmp_path)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.05
    tables = report.read_folder(tmp_path)
    assert (code, rejects) in codes(tables)
    assert len([one for one in codes(tables) if one[0] == code]) == 1
    (count,) = tables.counts
    assert count.rows == count.used + count.rejected
    assert count.rejected == rejects
    for remark in tables.remarks:
        assert remark.say("en") == remark.finding.message or not remark.finding.code.startswith("report.")
        assert remark.say("zh_CN") != remark.finding.message
        assert len(str(remark.finding)) < 500


BAD_FILES = [
    ("empty", b"", "report.empty_file", True),
    ("header only", ORDERS.encode(), "report.header_only", False),
    ("no columns", b"id,name\n1,x\n", "report.missing_columns", True),
    ("columns twice", b"id,account,amount,signed_on,Amount\nSO-1,A1,1,2026-03-02,2\n", "report.header_twice", True),
    ("xlsx", b"PK\x03\x04 etc", "report.unreadable", True),
    ("junk", bytes(range(128, 256)) + b"\xff\xff", "report.encoding", True),
    ("open quote in the header", b'id,"account,amount\n', "report.quotes", True),
    ("gb18030", (ORDERS + "SO-1,华东机械,1,2026-03-02\n").encode("gb18030"), "report.encoding_guess", False),
]


@pytest.mark.parametrize("what, content, code, rejects", BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, what: str, content: bytes, code: str, rejects: bool
) -> None:
    tables = read(tmp_path, orders__csv=content)
    assert codes(tables) == [(code, rejects)], what
    assert tables.remarks[0].finding.path[0] == "orders.csv"


def test_missing_columns_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv="id,account,Betrag\nSO-1,A1,1\nSO-2,A1,1\n")
    (finding,) = tables.rejections
    assert finding.message == (
        "the file has no column amount, signed_on; it has id, account, Betrag; rename a column or map it"
    )
    assert (tables.counts[0].rows, tables.counts[0].rejected) == (2, 2)
    assert "name / company" in read(tmp_path, leads__csv="id,created_at\n").rejections[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_give_the_same_rows(tmp_path: Path, encoding: str) -> None:
    text = f'{ORDERS}SO-1,华东机械,1,2026-03-02\r\n\r\n,,,\r\nSO-2,"两行""引号""",1,2026-03-02'
    tables = read(tmp_path, orders__csv=text.encode(encoding))
    assert [row.account for row in tables.orders] == ["华东机械", '两行"引号"']
    assert tables.counts[0].rows == 2, "blank lines are no rows"


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv=f'{ORDERS}SO-1,"A\n1",1,2026-03-02\n\nSO-2,A1,x,2026-03-02\n')
    assert [finding.path[1] for finding in tables.rejections] == [2, 4], (
        "a row of two lines is one row; a blank line is one too"
    )


def test_a_long_cell_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv=f"{ORDERS}SO-1,{LONG},1,2026-03-02\nSO-2,A1,1,2026-03-02\n")
    assert [row.id for row in tables.orders] == ["SO-2"]


def test_a_quote_that_is_never_closed_says_how_much_it_swallowed(tmp_path: Path) -> None:
    lines = "".join(f"SO-{number},A1,1,2026-03-02\n" for number in range(9))
    tables = read(tmp_path, orders__csv=f'{ORDERS}SO-X,"A1,1,2026-03-02\n{lines}')
    assert "so that 10 lines are not read" in tables.rejections[0].message
    assert tables.counts[0].rejected == 1


def test_a_row_says_everything_that_is_wrong_with_it_at_once(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv=f"{ORDERS},A1\u202e,x,y\n")
    assert {finding.path[2] for finding in tables.rejections} == {"id", "account", "amount", "signed_on"}
    assert tables.counts[0].rejected == 1
    assert all(len(finding.value or "") <= 201 for finding in tables.rejections)


def test_a_bad_currency_is_said_once_and_an_empty_one_is_the_default(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        orders__csv="currency,id,account,amount,signed_on\nZZZ,SO-1,A1,1.234,2026-03-02\n,SO-2,A1,1,2026-03-02\n",
    )
    assert codes(tables) == [("money.unknown_currency", True)]
    assert tables.orders[0].amount == Money.of("1", "CNY")


def test_names_of_rows_that_are_not_there(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        opportunities__csv="id,amount\nO1,1\n",
        stage_history__csv="id,stage,at\nO1,报价,2026-03-02\nO9,报价,2026-03-02\n",
        orders__csv="id,account,amount,signed_on,opportunity\nSO-1,A1,1,2026-03-02,O9\n",
        receivables__csv="id,order,amount,due_on\nX,SO-9,1,2026-03-02\n",
        receipts__csv="id,customer,amount,received_on,invoice\nR1,A1,1,2026-03-02,X\nR2,A1,1,2026-03-02,Y\n",
    )
    assert codes(tables) == [("report.unknown_id", True), *([("report.unknown_id", False)] * 3)]
    assert len(tables.stage_history) == 1, "an entry of no opportunity says nothing"
    assert len(tables.receivables) == 1
    assert [row.invoice for row in tables.receipts] == ["X", "Y"], "X is a receivable"


def test_gzip_and_parquet_hold_the_same_tables(tmp_path: Path) -> None:
    text = f"{ORDERS}SO-1,A1,12.30,2026-03-02\n"
    plain, zipped, columns = (tmp_path / name for name in ("plain", "zipped", "columns"))
    for where in (plain, zipped, columns):
        where.mkdir()
    (zipped / "orders.csv.gz").write_bytes(gzip.compress(text.encode()))
    table = pa.table(
        {
            "id": ["SO-1", "SO-2"],
            "account": ["A1", None],
            "amount": [12.3, float("nan")],
            "signed_on": [date(2026, 3, 2)] * 2,
        }
    )
    pq.write_table(table, columns / "orders.parquet")
    expected = read(plain, orders__csv=text)
    assert report.read_folder(zipped).orders == expected.orders
    in_columns = report.read_folder(columns)
    assert in_columns.orders == expected.orders
    assert codes(in_columns) == [("report.floats", False), ("report.missing", True), ("report.missing", True)]


def test_parquet_of_exact_types_needs_no_remark(tmp_path: Path) -> None:
    from decimal import Decimal  # noqa: PLC0415  # of this test only

    table = pa.table(
        {
            "id": pa.array([b"SO-1"], pa.binary()),
            "account": [7],
            "amount": pa.array([Decimal("12.30")], pa.decimal128(10, 2)),
            "signed_on": pa.array([datetime(2026, 3, 2)], pa.timestamp("us")),
        }
    )
    pq.write_table(table, tmp_path / "orders.parquet")
    tables = report.read_folder(tmp_path)
    assert codes(tables) == []
    assert tables.orders == (report.OrderRow("SO-1", "7", Money.of("12.30", "CNY"), date(2026, 3, 2)),)


@pytest.mark.parametrize("name", ["orders.parquet", "orders.csv.gz"])
def test_a_damaged_container_is_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"x" * 1000)[:20])
    tables = report.read_folder(tmp_path)
    assert codes(tables) == [("report.unreadable", True)]


def test_a_damaged_page_of_parquet_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    names = [f"SO-{number}" for number in range(1000)]
    pq.write_table(
        pa.table({"id": names, "account": names, "amount": names, "signed_on": names}), path, compression="snappy"
    )
    data = bytearray(path.read_bytes())
    data[200:4000] = b"\xff" * 3800
    path.write_bytes(data)
    tables = report.read_folder(tmp_path)
    assert tables.counts[0].used == 0
    assert {"report.damaged", "report.unreadable"} & {code for code, _ in codes(tables)}


def test_parquet_without_its_extra_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"id": ["SO-1"]}), tmp_path / "orders.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert codes(report.read_folder(tmp_path)) == [("report.no_parquet", True)]


def test_an_ideographic_space_is_a_space(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv=f"{ORDERS}SO-1,\u3000华东\u3000机械\u3000,1,2026-03-02\n")
    assert [row.account for row in tables.orders] == ["华东\u3000机械"]
    assert codes(tables) == []


def test_one_file_a_table(tmp_path: Path) -> None:
    tables = report.read_folder(folder_with(tmp_path, orders__csv=ORDERS, orders__csv__gz=gzip.compress(b"x")))
    assert codes(tables) == [("report.second_file", False), ("report.header_only", False)]


def test_a_folder_without_tables_and_no_folder_at_all(tmp_path: Path) -> None:
    tables = report.read_folder(folder_with(tmp_path, sales__csv="x"))
    assert codes(tables) == [("report.no_table", True), ("report.unknown_file", False)]
    with pytest.raises(NotFound, match="give the path of a folder"):
        report.read_folder(tmp_path / "nowhere")


def test_single_files_are_read_as_the_table_that_is_asked_for(tmp_path: Path) -> None:
    path = folder_with(tmp_path, mine__csv=f"{ORDERS}SO-1,A1,1,2026-03-02\n") / "mine.csv"
    assert len(report.read_files({"orders": path}).orders) == 1
    assert codes(report.read_files({"orders": tmp_path / "other.csv"})) == [("report.no_file", True)]
    with pytest.raises(InvalidValue, match="there is no table bills; use one of leads"):
        report.read_files({"bills": path})


def test_rows_made_in_code_need_aware_instants() -> None:
    with pytest.raises(InvalidType, match="give it a time zone"):
        report.LeadRow("L1", datetime(2026, 3, 2))
    with pytest.raises(InvalidType, match="created_at"):
        report.OpportunityRow("O1", Money(1, "CNY"), created_at=datetime(2026, 3, 2))

    class Nowhere(tzinfo):
        """A zone that does not know its offset: Python takes such an instant for a naive one."""

        def utcoffset(self, at: datetime | None, /) -> None:
            del at

        dst = utcoffset

        def tzname(self, at: datetime | None, /) -> str:
            return f"nowhere{at:%Y}"

    with pytest.raises(InvalidType, match="give it a time zone"):
        report.LeadRow("L1", datetime(2026, 3, 2, tzinfo=Nowhere()))


TOKENS = st.sampled_from(
    [
        b"id",
        b"amount",
        b"account",
        b"signed_on",
        b",",
        b",",
        b"\n",
        b"\n",
        b"\r\n",
        b'"',
        b"1",
        b"2026-03-02",
        b"x",
        b"=",
        b"\0",
        b"\xef\xbb\xbf",
    ]
)
GARBAGE = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(TOKENS, st.binary(max_size=4)), max_size=60).map(b"".join),
    st.lists(st.one_of(TOKENS, st.binary(max_size=4)), max_size=60).map(
        lambda parts: ORDERS.encode() + b"".join(parts)
    ),
    st.text(max_size=200).map(lambda text: (ORDERS + text).encode("utf-8", "surrogatepass")),
)


@given(content=GARBAGE, ending=st.sampled_from(["orders.csv", "orders.csv.gz", "orders.parquet"]))
def test_whatever_a_file_holds_rows_are_used_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    folder = tmp_path_factory.mktemp("garbage")
    (folder / ending).write_bytes(gzip.compress(content) if ending.endswith("gz") else content)
    tables = report.read_folder(folder)
    for count in tables.counts:
        assert count.rows == count.used + count.rejected
        assert count.used == len(tables.orders)
        assert not count.rejected or tables.rejections
    rejected_rows = {finding.path[1] for finding in tables.rejections if len(finding.path) > 1 and finding.path[1] != 1}
    assert len(rejected_rows) <= sum(count.rejected for count in tables.counts)
    report.figures(tables, as_of=date(2026, 3, 31))


@given(
    amounts=st.lists(st.integers(min_value=0, max_value=10**12), max_size=20),
    spoiled=st.sets(st.integers(min_value=0, max_value=19)),
)
def test_good_rows_are_used_exactly_and_spoiled_ones_are_rejected(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int], spoiled: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    lines = [
        f"SO-{number},A1,{amount // 100}.{amount % 100:02}{'9' if number in spoiled else ''},{date(2026, 1, 1) + timedelta(number)}"
        for number, amount in enumerate(amounts)
    ]
    tables = read(folder, orders__csv=ORDERS + "\n".join(lines))
    good = [amount for number, amount in enumerate(amounts) if number not in spoiled]
    assert [row.amount.minor for row in tables.orders] == good
    assert (tables.counts[0].rows, tables.counts[0].rejected) == (len(amounts), len(amounts) - len(good))


@pytest.mark.parametrize("mark, written", [(";", '";"'), ("\t", '"\\t"'), ("|", '"|"')])
def test_another_delimiter_is_recognized_and_the_mapping_that_is_told_reads_the_file(
    tmp_path: Path, mark: str, written: str
) -> None:
    text = f"{ORDERS}SO-1,A1,100.00,2026-03-02\n".replace(",", mark)
    (finding,) = read(tmp_path, orders__csv=text).rejections
    assert finding.code == "report.delimiter"
    assert f"write delimiter = {written} for it in a mapping" in finding.message
    source = f'[[source]]\ntable = "orders"\nfile = "orders.csv"\ndelimiter = {written}\n'
    (order,) = report.read_folder(tmp_path, report.parse_mapping(source)).orders
    assert (order.id, order.amount) == ("SO-1", Money.of("100.00", "CNY"))


def test_a_missing_column_is_not_blamed_on_the_delimiter(tmp_path: Path) -> None:
    tables = read(tmp_path, orders__csv="id,a;b,amount\n")
    assert codes(tables)[0] == ("report.missing_columns", True)


def test_what_is_said_about_a_rejected_row_is_never_about_a_row_that_is_used(tmp_path: Path) -> None:
    rows = "L1,2026-03-02,a\0b,a\u202eb,\nL2,2026-03-02,=li,,nobody\nL3,x,=li,,\n"
    tables = read(tmp_path, leads__csv=f"id,created_at,name,company,email\n{rows}")
    assert [lead.id for lead in tables.leads] == ["L2"]
    rejected = {finding.path[1] for finding in tables.rejections}
    assert rejected == {2, 4}
    assert {finding.path[1] for finding in tables.warnings} == {3}
    assert [finding.code for finding in tables.rejections if finding.path[1] == 2] == [
        "report.unprintable",
        "report.unprintable",
        "report.missing",
    ]


def test_files_that_are_not_read_are_named_with_what_was_probably_meant(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "orders__csv": ORDERS,
        "order__csv": "x",
        "recepits__csv__gz": b"x",
        "weather__parquet": b"x",
        "note__txt": "x",
    }
    notes = [(finding.path, finding.message) for finding in read(tmp_path, **files).warnings]
    assert (("recepits.csv.gz",), "the file is not read; did you mean receipts.csv.gz?") in notes
    for name in ("order.csv", "weather.parquet"):  # orders.csv stands there already
        assert ((name,), "the file is no table of the report and is not read; name it in a mapping to read it") in notes
    assert not any("note" in str(path) for path, _ in notes)
    assert report.parse_mapping('[[source]]\ntable = "orders"\nfile = "weather.parquet"').sources
    mapped = report.read_folder(
        tmp_path, report.parse_mapping('[[source]]\ntable = "orders"\nfile = "weather.parquet"')
    )
    assert ("weather.parquet",) not in [finding.path for finding in mapped.warnings]


def test_a_misspelt_file_alone_is_told_its_name(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, opportunity__csv="id,amount\n", zebra__csv="x").rejections
    assert finding.code == "report.no_table_near"
    assert finding.message.endswith("did you mean opportunities.csv by opportunity.csv?")
    assert all(table in finding.message for table in report.TABLES)
