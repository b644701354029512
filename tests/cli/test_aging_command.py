"""`ltc aging` as a user runs it, against figures of pandas and of plain Python, on clean tables and on dirt."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

from ltc import __main__
from ltc._cli.aging import AgedInvoices, edges_of
from ltc.report.reading import read_files

ROOT = Path(__file__).parents[2]
IBM = ROOT.parent / "shared" / "data" / "ibm_ar" / "accounts_receivable.csv"
MAPPING = ROOT / "examples" / "mappings" / "ibm_ar.toml"
HEADER = "id,customer,amount,issued_on,due_on,currency\n"
ROWS = """\
I1,华东机械,100.00,2026-01-05,2026-02-04,CNY
I2,华东机械,250.50,2026-02-10,2026-03-12,CNY
I3,A2,80,2025-06-01,2025-07-01,CNY
I4,A2,70.00,2026-03-20,2026-04-19,USD
I5,A3,9.99,2026-04-01,2026-05-01,CNY
"""
RECEIPTS = """\
id,customer,amount,received_on,currency,invoice
R1,华东机械,100.00,2026-02-20,CNY,I1
R2,华东机械,50.50,2026-03-01,CNY,I2
R3,A3,5.00,2026-03-30,CNY,
R4,A2,80.00,2026-04-02,CNY,I3
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    (tmp_path / "bills.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (tmp_path / "money.csv").write_text(RECEIPTS, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ltc", "aging", *arguments])
        with pytest.raises(SystemExit) as left:
            __main__.main()
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


def told(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("--json", *arguments)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


BOTH = ("--invoices", "bills.csv", "--receipts", "money.csv", "--as-of", "2026-03-31")


def test_figures_by_hand(run: Run) -> None:
    found = told(run, *BOTH)
    assert found["open"] == {"CNY": "280.00", "USD": "70.00"}
    assert found["buckets"] == [
        {"label": "not due", "amount": {"CNY": "0.00", "USD": "70.00"}, "count": 1, "counts": {"CNY": 0, "USD": 1}},
        {"label": "1-30", "amount": {"CNY": "200.00", "USD": "0.00"}, "count": 1, "counts": {"CNY": 1, "USD": 0}},
        {"label": "31-60", "amount": {"CNY": "0.00", "USD": "0.00"}, "count": 0, "counts": {"CNY": 0, "USD": 0}},
        {"label": "61-90", "amount": {"CNY": "0.00", "USD": "0.00"}, "count": 0, "counts": {"CNY": 0, "USD": 0}},
        {"label": "over 90", "amount": {"CNY": "80.00", "USD": "0.00"}, "count": 1, "counts": {"CNY": 1, "USD": 0}},
    ]
    assert found["credit"] == {"CNY": "5.00"}
    assert found["overdue"] == {"CNY": "280.00", "USD": "0.00"}
    # 280 open of 350.50 invoiced in 90 days; 70 of 70
    assert found["dso"] == {"CNY": f"{Decimal(280) * 90 / Decimal('350.50'):.4f}", "USD": "90.0000"}
    assert [(each["file"], each["rows"], each["used"], each["rejected"]) for each in found["files"]] == [
        ("bills.csv", 5, 5, 0),
        ("money.csv", 4, 4, 0),
    ]
    assert "customers" not in found
    assert found["findings"] == []


def test_without_receipts_nothing_is_paid(run: Run) -> None:
    found = told(run, "--invoices", "bills.csv", "--as-of", "2026-03-31", "--edges", "30")
    assert found["open"] == {"CNY": "430.50", "USD": "70.00"}
    assert [bucket["label"] for bucket in found["buckets"]] == ["not due", "1-30", "over 30"]
    assert found["credit"] == {}


def test_by_customer_and_by_account_age(run: Run) -> None:
    found = told(run, *BOTH, "--by", "customer", "--edges", "1y,2y", "--age", "account")
    assert [(each["customer"], each["open"]) for each in found["customers"]] == [
        ("A2", {"CNY": "80.00", "USD": "70.00"}),
        ("A3", {"CNY": "0.00"}),
        ("华东机械", {"CNY": "200.00"}),
    ]
    assert found["age"] == "account"
    assert found["edges"] == {"unit": "years", "ends": [1, 2]}
    assert [(bucket["label"], bucket["amount"]["CNY"]) for bucket in found["buckets"]] == [
        ("within 1 year", "280.00"),
        ("1-2 years", "0.00"),
        ("over 2 years", "0.00"),
    ]
    assert [bucket["counts"] for bucket in found["customers"][0]["buckets"]] == [
        {"CNY": 1, "USD": 1},
        {"CNY": 0, "USD": 0},
        {"CNY": 0, "USD": 0},
    ]


APPLIED = """\
id,customer,amount,received_on,currency,invoice
R1,A1,50.00,2026-03-01,CNY,
R2,A1,150.00,2026-03-02,CNY,I1
R3,A3,7.00,2026-03-03,CNY,I4
R4,A2,30.00,2026-03-04,CNY,I3
R5,A9,1.00,2026-03-05,JPY,
"""
OWED = """\
I1,A1,100.00,2026-01-05,2026-02-04,CNY
I2,A1,250.50,2026-02-10,2026-03-12,CNY
I3,A3,80.00,2025-06-01,2025-07-01,CNY
I4,A3,70.00,2026-03-20,2026-04-19,USD
"""


def test_how_receipts_pay(run: Run) -> None:
    Path("bills.csv").write_text(HEADER + OWED)
    Path("money.csv").write_text(APPLIED.replace("5,JPY", "5,CNY"))
    found = told(run, *BOTH, "--by", "customer")
    # R2 pays the 100 that it names and leaves 50; R1 names nothing and pays what is due earliest of the rest; R3 is of another
    # currency than I4; R4 pays for A3; A9 owes nothing.
    assert found["open"] == {"CNY": "250.50", "USD": "70.00"}
    assert found["credit"] == {"CNY": "58.00"}
    assert [(each["customer"], each["open"], each["credit"]) for each in found["customers"]] == [
        ("A1", {"CNY": "200.50"}, {"CNY": "50.00"}),
        ("A3", {"CNY": "50.00", "USD": "70.00"}, {"CNY": "7.00"}),
        ("A9", {"CNY": "0.00"}, {"CNY": "1.00"}),
    ]
    assert [(each["where"], each["code"], each["rejects"]) for each in found["findings"]] == [
        ("money.csv:4:invoice", "report.other_currency", False),
        ("money.csv:5:invoice", "report.other_customer", False),
    ]
    _, out, _ = run(*BOTH, "--by", "customer", "--locale", "zh_CN")
    assert "收款来自 A2，却支付 A3 的 I3；如非代付，请更正" in out
    assert "贷方余额（预收）" in out
    [line] = [line for line in out.splitlines() if line.startswith("│ A9 ")]
    assert line.replace(" ", "") == "│A9││││││0.00│1.00│"


def test_a_currency_of_credit_alone_is_told(run: Run) -> None:
    Path("bills.csv").write_text(HEADER + OWED)
    Path("money.csv").write_text(APPLIED.replace("1.00,2026-03-05", "1,2026-03-05"))
    found = told(run, *BOTH)
    assert found["open"]["JPY"] == "0"
    assert found["credit"] == {"CNY": "57.00", "JPY": "1"}


def test_before_the_first_invoice_there_is_nothing(run: Run) -> None:
    found = told(run, "--invoices", "bills.csv", "--as-of", "2020-01-01")
    assert (found["open"], found["dso"]) == ({}, {})
    assert [(bucket["amount"], bucket["count"], bucket["counts"]) for bucket in found["buckets"]] == [({}, 0, {})] * 5
    code, out, _ = run("--invoices", "bills.csv", "--as-of", "2020-01-01")
    assert code == 0
    assert "No invoice was issued by Jan 1, 2020." in out


def test_in_a_quarter_without_sales_there_is_no_dso(run: Run) -> None:
    assert told(run, "--invoices", "bills.csv", "--as-of", "2027-01-01")["dso"] == {"CNY": None, "USD": None}
    _, out, _ = run("--invoices", "bills.csv", "--as-of", "2027-01-01", "--locale", "zh_CN")
    assert "应收周转天数：无，本季度至今没有开票。" in out


def test_what_a_person_sees_in_english(run: Run) -> None:
    code, out, err = run(*BOTH, "--by", "customer")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Open invoices at the end of Mar 31, 2026, CNY"
    assert next(line for line in lines if line.startswith("│ 1–30 days")) == "│ 1–30 days    │     1 │ 200.00 │"
    assert any(line.startswith("│ Total        │     2 │ 280.00 │") for line in lines)
    assert any(line.startswith("Days of sales open: 71.90, ") for line in lines)
    assert "Receipts that pay nothing yet: 5.00 CNY." in lines
    assert any("华东机械" in line and "200.00" in line for line in lines)
    assert "Invoices (bills.csv): 5 used and 0 rejected of 5" in lines


def test_what_a_person_sees_in_chinese(run: Run) -> None:
    _, out, _ = run(*BOTH, "--by", "customer", "--locale", "zh_CN")
    assert out.splitlines()[0] == "2026年3月31日 日终未收发票，CNY"
    for word in (
        "逾期天数",
        "未到期",
        "1–30 天",
        "90 天以上",
        "合计",
        "应收周转天数：71.90",
        "尚未核销的收款：5.00 CNY",
    ):
        assert word in out
    assert "发票（bills.csv）：共 5 行，使用 5，拒绝 0" in out
    for word in ("Total", "days", "Open", "Customer"):
        assert word not in out


@pytest.mark.parametrize(
    "content, findings",
    [
        (b"\xef\xbb\xbf" + (HEADER + ROWS).encode(), []),
        ((HEADER + ROWS).encode("gbk"), ["report.encoding_guess"]),
        ((HEADER + ROWS).encode("utf-16"), []),
        ((HEADER + ROWS).replace("\n", "\r\n").encode(), []),
    ],
    ids=["BOM", "GBK", "UTF-16", "CRLF"],
)
def test_the_same_figures_however_it_was_saved(run: Run, content: bytes, findings: list[str]) -> None:
    Path("bills.csv").write_bytes(content)
    found = told(run, *BOTH, "--by", "customer")
    assert found["open"] == {"CNY": "280.00", "USD": "70.00"}
    assert found["customers"][-1]["customer"] == "华东机械"
    assert [each["code"] for each in found["findings"]] == findings


DIRT = """\
D1,A1,-5.00,2026-01-05,2026-02-04,CNY
D2,A1,5.001,2026-01-05,2026-02-04,CNY
D3,A1,5.00,2026-13-05,2026-02-04,CNY
D4,A1,5.00,05/01/2026,2026-02-04,CNY
D5,,5.00,2026-01-05,2026-02-04,CNY
D6,A1,5.00,2026-01-05,2026-02-04,ABC
I1,A1,5.00,2026-01-05,2026-02-04,CNY
D7,A1,5.00,2026-01-05
D8,A1,five,2026-01-05,2026-02-04,CNY
"""


def test_every_row_that_cannot_be_used_is_a_finding(run: Run) -> None:
    Path("bills.csv").write_text(HEADER + ROWS + DIRT, encoding="utf-8")
    found = told(run, *BOTH)
    assert found["open"] == {"CNY": "280.00", "USD": "70.00"}, "what cannot be used is in no figure"
    assert found["files"][0] == {"table": "invoices", "file": "bills.csv", "rows": 14, "used": 5, "rejected": 9}
    assert [(each["where"], each["code"], each["value"]) for each in found["findings"]] == [
        ("bills.csv:7:amount", "report.negative", "-5.00"),
        ("bills.csv:8:amount", "money.digits", "5.001"),
        ("bills.csv:9:issued_on", "report.day", "2026-13-05"),
        ("bills.csv:10:issued_on", "report.day", "05/01/2026"),
        ("bills.csv:11:customer", "report.missing", None),
        ("bills.csv:12:currency", "money.unknown_currency", "ABC"),
        ("bills.csv:13:id", "report.twice", "I1"),
        ("bills.csv:14", "report.ragged", None),
        ("bills.csv:15:amount", "money.syntax", "five"),
    ]
    assert all(each["rejects"] and each["message"] for each in found["findings"])
    code, out, _ = run(*BOTH, "--locale", "zh_CN")
    assert code == 0
    assert "发票（bills.csv）：共 14 行，使用 5，拒绝 9" in out
    assert "9 个问题，全部见 --json；前 8 个：" in out
    assert "bills.csv:7:amount：amount 为负数；请给出零或正数（原值“-5.00”）" in out


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("--invoices", "nope.csv"), "nope.csv: there is no file nope.csv here; put it there or correct its name"),
        (("--invoices", "few.csv"), "few.csv:1: the file has no column due_on; it has id, customer, amount, issued_on"),
        (("--invoices", "bad.csv"), "bad.csv:2:amount: 'x' is not an amount; write it as in 12.30"),
        (("--invoices", "bills.csv", "--edges", "30,x"), "'30,x' is no list of edges; write 30,60,90 for days"),
        (("--invoices", "bills.csv", "--edges", ""), "'' is no list of edges"),
        (("--invoices", "bills.csv", "--edges", "1y,2"), "'1y,2' is no list of edges"),
        (
            ("--invoices", "bills.csv", "--edges", "60,30"),
            "the edges '60,30' do not grow from above zero; write each once, the smallest first",
        ),
        (("--invoices", "bills.csv", "--edges", "0y"), "the edges '0y' do not grow from above zero"),
        (("--invoices", "bills.csv", "--age", "foo"), "'foo' is no --age; use one of overdue, account"),
        (("--invoices", "bills.csv", "--by", "[/]"), "'[/]' is no --by; use one of customer"),
        (("--invoices", "bills.csv", "--edges", "٣٠"), " is no list of edges"),
        (("--invoices", "bills.csv", "--as-of", "yesterday"), "'yesterday' is not a day; write it as in 2026-11-23"),
        (("--invoices", "bills.csv", "--mapping", "no.toml"), "there is no mapping file no.toml"),
        (("--invoices", "bills.csv", "--locale", "fr"), "there are no words for the locale 'fr'"),
    ],
)
def test_what_cannot_be_run_says_why_in_one_line(run: Run, arguments: tuple[str, ...], message: str) -> None:
    Path("few.csv").write_text("id,customer,amount,issued_on\nI1,A1,1,2026-01-01\n")
    Path("bad.csv").write_text(HEADER + "I1,A1,x,2026-01-05,2026-02-04,CNY\n")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("ltc: ")
    assert message in err
    assert err.count("\n") == 1


NOTHING_USED = [
    ("", "money.csv: the file is empty; give it a header and rows"),
    ("a,b\n1,2\n", "money.csv:1: the file has no column id, customer, amount, received_on; it has a, b"),
    (RECEIPTS.replace("CNY", "?"), "money.csv:2:currency: '?' is not a currency code of ISO 4217"),
    (RECEIPTS.replace("2026", "26"), "money.csv:2:received_on: received_on is not a day; write it as 2026-11-23"),
]


@pytest.mark.parametrize("content, message", NOTHING_USED)
def test_receipts_of_which_none_can_be_used_are_refused(run: Run, content: str, message: str) -> None:
    Path("money.csv").write_text(content, encoding="utf-8")
    for more in ((), ("--json",)):
        code, out, err = run(*BOTH, *more)
        assert (code, out) == (2, "")
        assert err.startswith(f"ltc: {message}")
        assert err.count("\n") == 1


def test_receipts_that_are_not_there_are_refused(run: Run) -> None:
    code, out, err = run("--invoices", "bills.csv", "--receipts", "nope.csv")
    assert (code, out) == (2, "")
    assert err == "ltc: nope.csv: there is no file nope.csv here; put it there or correct its name\n"


def test_a_header_alone_is_no_invoice_and_no_receipt_yet(run: Run) -> None:
    Path("money.csv").write_text(RECEIPTS.partition("\n")[0])
    found = told(run, *BOTH)
    assert found["open"] == {"CNY": "430.50", "USD": "70.00"}
    assert [each["code"] for each in found["findings"]] == ["report.header_only"]
    Path("bills.csv").write_text(HEADER)
    code, out, err = run("--invoices", "bills.csv", "--as-of", "2026-01-01")
    assert (code, out) == (2, "")
    assert err == "ltc: bills.csv: the file has a header and no rows; add rows below it\n"


MAPPED = """\
[[source]]
table = "receipts"
file = "{}"
skip_when_empty = ["paid"]
columns = {{ id = "id", customer = "customer", amount = "amount", received_on = "paid", invoice = "id", currency = "currency" }}
[[source]]
table = "invoices"
file = "export.csv"
"""
PAID = """\
id,customer,amount,issued_on,due_on,currency,paid
I1,A1,100.00,2026-01-05,2026-02-04,CNY,2026-02-20
I2,A1,250.50,2026-02-10,2026-03-12,CNY,
"""


@pytest.mark.parametrize("name", ["export.csv", "renamed.csv"])
def test_a_mapping_applies_to_the_file_that_is_given_whatever_its_name(run: Run, name: str) -> None:
    Path(name).write_text(PAID)
    Path("map.toml").write_text(MAPPED.format("export.csv"))
    given = ("--invoices", name, "--mapping", "map.toml", "--as-of", "2026-03-31")
    for more in ((), ("--receipts", name)):
        found = told(run, *given, *more)
        assert found["open"] == {"CNY": "250.50"}
        assert found["findings"] == []


def test_receipts_that_a_mapping_reads_elsewhere_are_missed_aloud(run: Run) -> None:
    Path("export.csv").write_text(PAID)
    Path("map.toml").write_text(MAPPED.format("paid.csv"))
    found = told(run, "--invoices", "export.csv", "--mapping", "map.toml", "--as-of", "2026-03-31")
    assert found["open"] == {"CNY": "350.50"}
    assert [(each["where"], each["code"]) for each in found["findings"]] == [("paid.csv", "report.not_given")]


def test_parquet_and_gzip_are_read_too(run: Run, tmp_path: Path) -> None:
    table = pd.read_csv(tmp_path / "bills.csv", dtype=str)
    table.to_parquet(tmp_path / "bills.parquet")
    table.to_csv(tmp_path / "bills.csv.gz", index=False)
    for name in ("bills.parquet", "bills.csv.gz"):
        found = told(run, "--invoices", name, "--receipts", "money.csv", "--as-of", "2026-03-31")
        assert found["open"] == {"CNY": "280.00", "USD": "70.00"}


@pytest.mark.skipif(not IBM.is_file(), reason="the IBM receivables are not at ../shared/data/ibm_ar")
@pytest.mark.parametrize("as_of", ["2012-06-30", "2012-12-31", "2013-05-07", "2012-02-29"])
def test_the_ibm_receivables_against_pandas(run: Run, as_of: str) -> None:
    table = pd.read_csv(IBM, dtype={"InvoiceAmount": str})
    for column in ("InvoiceDate", "DueDate", "SettledDate"):
        table[column] = pd.to_datetime(table[column], format="%m/%d/%Y")
    table["cents"] = table["InvoiceAmount"].map(lambda text: int(Decimal(text) * 100))
    day = pd.Timestamp(as_of)
    owed = table[(table["InvoiceDate"] <= day) & (table["SettledDate"] > day)]
    late = (day - owed["DueDate"]).dt.days
    rows = pd.cut(late, [-10_000, 0, 30, 60, 90, 10_000], labels=["not due", "1-30", "31-60", "61-90", "over 90"])
    wanted = owed.groupby(rows, observed=False)["cents"].agg(["sum", "count"])
    found = told(run, "--invoices", str(IBM), "--mapping", str(MAPPING), "--as-of", as_of)
    assert [
        (bucket["label"], int(Decimal(bucket["amount"]["USD"]) * 100), bucket["count"]) for bucket in found["buckets"]
    ] == [(str(label), int(row["sum"]), int(row["count"])) for label, row in wanted.iterrows()]
    begin = day.to_period("Q").start_time
    sales = table[(table["InvoiceDate"] >= begin) & (table["InvoiceDate"] <= day)]["cents"].sum()
    exact = Decimal(int(owed["cents"].sum())) * ((day - begin).days + 1) / Decimal(int(sales))
    assert abs(Decimal(found["dso"]["USD"]) - exact) <= Decimal("0.00005")


@pytest.mark.skipif(not IBM.is_file(), reason="the IBM receivables are not at ../shared/data/ibm_ar")
@pytest.mark.parametrize("name", ["accounts_receivable.csv", "renamed.csv"])
def test_the_published_figures(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(IBM.read_bytes())
    for more in ((), ("--receipts", name)):
        arguments = ("--invoices", name, *more, "--mapping", str(MAPPING), "--as-of", "2012-06-30")
        found = told(run, *arguments)
        assert found["open"] == {"USD": "5504.09"}
        assert [bucket["amount"]["USD"] for bucket in found["buckets"]] == [
            "4594.36",
            "909.73",
            "0.00",
            "0.00",
            "0.00",
        ]
        assert found["dso"] == {"USD": "27.1892"}
        _, out, _ = run(*arguments)
        for figure in ("5,504.09", "4,594.36", "909.73", "27.19"):
            assert figure in out


ODD = """\
I1,[/]Acme,360211441.77,2026-01-05,2026-02-04,CNY
I2,[red]x[/red],1234567.89,2026-02-10,2026-03-12,CNY
I3,:smile: [link=https://e.com]y,80,2025-06-01,2025-07-01,CNY
I4,华东机械设备制造有限公司,70.00,2026-03-20,2026-04-19,CNY
I5,9379-NDKLW-[bold]-0187-ZZQYM,9.99,2026-04-01,2026-05-01,CNY
"""
TEN = ("--edges", "30,60,90,120,150,180,210,240,270,300")


def test_a_redirected_file_has_no_width(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text(HEADER + ODD, encoding="utf-8")
    options = ("--invoices", "odd.csv", "--as-of", "2026-05-31", "--by", "customer", *TEN)
    command = [sys.executable, "-m", "ltc", "aging", *options]
    out = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path).stdout.decode()
    assert "…" not in out
    for cell in ("360,211,441.77", "1,234,567.89", "9379-NDKLW-[bold]-0187-ZZQYM", "[/]Acme", "[red]x[/red]"):
        assert cell in out, "text is text, and whole"
    assert ":smile: [link=https://e.com]y" in out
    tables = [line for line in out.splitlines() if line.startswith(("┏", "┃", "┡", "│", "├", "└"))]
    assert len({cell_len(line) for line in tables}) == 2, "the lines of each of the two tables end together"


@pytest.mark.parametrize("width", [20, 40, 80, 120, 240])
@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_no_amount_is_cut_at_any_width(tmp_path: Path, width: int, locale: str) -> None:
    (tmp_path / "odd.csv").write_text(HEADER + ODD, encoding="utf-8")
    tables = read_files({"invoices": tmp_path / "odd.csv"})
    aged = AgedInvoices.of(tables, as_of=date(2026, 5, 31), edges=edges_of(TEN[1]))
    console = Console(file=io.StringIO(), width=width, color_system=None)
    aged.print(console, locale, by_customer=True)
    assert isinstance(console.file, io.StringIO)
    out = console.file.getvalue()
    for cell in ("360,211,441.77", "361,446,", "1,234,567.89", "9379-NDKLW-[bold]-0187-ZZQYM", "[/]Acme"):
        assert cell in out
    drawn = [cell_len(line) for line in out.splitlines() if line.startswith(("┏", "┃", "┡", "│", "├", "└"))]
    assert all(length <= width for length in drawn)
    assert (f"  {'合计' if locale == 'zh_CN' else 'Total'}: 70.00" in out) == (width < 240), (
        "a block where it does not fit"
    )


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("--invoices", "bills.csv", "--edges", "30,x"), "'30,x' 不是账龄分段"),
        (("--invoices", "bills.csv", "--edges", "60,30"), "账龄分段 '60,30' 不是从零以上递增"),
        (("--invoices", "nope.csv"), "nope.csv：此处没有文件 nope.csv"),
        (("--invoices", "few.csv"), "few.csv:1：文件缺少列 due_on；现有列：id, customer"),
        (("--invoices", "bills.csv", "--as-of", "yesterday"), "不是日期；请写成 2026-11-23 的形式"),
        (("--invoices", "bills.csv", "--mapping", "no.toml"), "没有映射文件 no.toml"),
        (("--invoices", "bills.csv", "--mapping", "\x1b[31m\nno.toml"), "没有映射文件 \\x1b[31m\\nno.toml"),
    ],
)
def test_what_cannot_be_run_says_why_in_chinese(run: Run, arguments: tuple[str, ...], message: str) -> None:
    Path("few.csv").write_text("id,customer,amount,issued_on\nI1,A1,1,2026-01-01\n")
    code, out, err = run(*arguments, "--locale", "zh_CN")
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
