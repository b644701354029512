"""The page: it opens offline, speaks both languages, shows what it is given and runs none of it."""

import re
import sys
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import attrs
import pytest

from ltc import report
from ltc.errors import InvalidValue, MissingExtra
from ltc.money import Money
from ltc.report import ChangeRow, InvoiceRow, LeadRow, OpportunityRow, OrderRow, ReceivableRow, StageRow, tables_of
from ltc.report.labels import LABELS

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
EVIL = '<script>alert("1")</script>'
PLACES = Path(report.__file__).parent


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def everything(name: str = "li") -> report.Tables:
    return tables_of(
        title=f"Huadong {name}",
        leads=[LeadRow("L1", NOON, company=name, source=name, owner=name)],
        opportunities=[
            OpportunityRow("O1", yuan("100000.00"), name, stage=name),
            OpportunityRow("O2", yuan("7"), name),
            OpportunityRow("O3", yuan("8"), "wang"),
        ],
        stage_history=[
            StageRow("O2", name, NOON),
            StageRow("O2", "won", NOON),
            StageRow("O3", name, datetime(2026, 10, 2, tzinfo=UTC)),
            StageRow("O3", "won", datetime(2026, 10, 2, tzinfo=UTC)),
        ],
        orders=[OrderRow("SO-1", name, yuan("100000.00"), date(2026, 9, 1))],
        receivables=[ReceivableRow("SO-1/1", "SO-1", yuan("30000.00"), date(2026, 10, 1))],
        invoices=[InvoiceRow("I1", name, yuan("30000.00"), date(2026, 10, 1), date(2026, 12, 1), "SO-1")],
        changes=[
            ChangeRow(f"order {name}", "amount", yuan("100000.00"), yuan("90000.00"), at=NOON, by=name, reason=name),
            ChangeRow("order SO-1", "terms", "30/60/10", None, at=NOON, by="wang"),
            ChangeRow("order SO-1", "of tomorrow", None, "x", at=datetime(2026, 11, 24, tzinfo=UTC), by="wang"),
        ],
    )


def page_of(tables: report.Tables, where: Path, locale: str = "en", target: str | None = None) -> str:
    path = report.write(report.figures(tables, as_of=DAY, target=target), where / "new" / "folder", locale=locale)
    assert path == where / "new" / "folder" / "report.html"
    return path.read_text(encoding="utf-8")


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [], "every element is closed"
    return reader


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_the_page_needs_no_network_and_no_script(tmp_path: Path, locale: str) -> None:
    reader = read(page_of(everything(), tmp_path, locale, target="1000000"))
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & set(reader.tags)
    assert not {"src", "srcset", "onload", "onclick"} & reader.attributes.keys()
    assert all(link.startswith("#") for link in reader.attributes["href"])
    assert {link[1:] for link in reader.attributes["href"]} <= set(reader.attributes["id"])
    assert "default-src 'none'; style-src 'unsafe-inline'" in reader.attributes["content"]
    assert "url(" not in page_of(everything(), tmp_path, locale)
    assert all(re.fullmatch(r"(width|left|height):[\d.]+(%|px)", style) for style in reader.attributes["style"])


def test_the_page_shows_the_figures_it_is_given(tmp_path: Path) -> None:
    words = " ".join(read(page_of(everything(), tmp_path, target="1000000")).words)
    for shown in (
        "Huadong li",
        "As of the end of Nov 23, 2026",
        "CN¥100,000.00",
        "2 won of 2 decided",
        "100.0%",
        "CN¥1,000,000.00",
        "90,000.00",
        "30/60/10",
        "Nov 20, 2026 04:00 UTC",
        "over 90 days",
        "Days of sales open: 54.00",
    ):
        assert shown in words, shown
    assert "of tomorrow" not in words


def test_a_day_or_an_amount_never_breaks_in_two(tmp_path: Path) -> None:
    text = page_of(everything(), tmp_path)
    unbroken = {
        name
        for selectors in re.findall(r"^([^@{}\n]+)\{[^{}]*white-space: nowrap", text, re.MULTILINE)
        for name in re.findall(r"(?<!\S)td\.(\w+)", selectors)
    }
    cells = re.findall(r'<td(?: class="([^"]*)")?>([^<]*[0-9][-,. ][0-9][^<]*)</td>', text)
    assert {"2026-09-01", "Nov 20, 2026 04:00 UTC", "100,000.00"} <= {held for _, held in cells}
    assert [held for classes, held in cells if not unbroken & set(classes.split())] == []


def test_the_page_speaks_chinese(tmp_path: Path) -> None:
    page = page_of(everything(), tmp_path, "zh_CN", target="1000000")
    assert '<html lang="zh-CN">' in page
    body = page[page.index("<body>") :]
    for shown in ("商机漏斗", "按来源", "变更记录", "未到期", "¥100,000.00", "截至 2026年11月23日 日终"):
        assert shown in body
    for english, chinese in LABELS.values():
        facts = {name for _, name, _, _ in Formatter().parse(english) if name}
        assert facts == {name for _, name, _, _ in Formatter().parse(chinese) if name}
    words = [word.strip() for word in read(page).words]
    labels = {english for english, _ in LABELS.values()} - {chinese for _, chinese in LABELS.values()}
    assert not labels & set(words)


def test_no_label_is_dead() -> None:
    used = "".join(
        path.read_text(encoding="utf-8")
        for path in [*PLACES.glob("*.py"), *PLACES.glob("pages/*.j2")]
        if path.name != "labels.py"
    )
    assert not [name for name in LABELS if f'"{name}"' not in used and name not in report.TABLES]


@pytest.mark.parametrize(
    "value",
    [EVIL, '"><img src=x onerror=alert(1)>', "{{ 7 * 191 }}", "=cmd|' /C calc'!A0", "a\u202eb", "\ud800", "x\0y"],
)
def test_what_the_rows_hold_is_shown_and_never_run(tmp_path: Path, value: str) -> None:
    tables = (
        everything(value)
        if value.isprintable()
        else tables_of(title=value, orders=[OrderRow(value, value, yuan("1"), DAY)])
    )
    page = page_of(tables, tmp_path)
    reader = read(page)
    assert not {"script", "img"} & set(reader.tags)
    assert "onerror" not in reader.attributes
    assert "1337" not in page
    assert not {"\u202e", "\ud800", "\0"} & set(page)
    if value.isprintable():
        assert value in "".join(reader.words)


def test_findings_are_listed_with_those_that_cost_a_row_first(tmp_path: Path) -> None:
    lines = "\n".join(f"SO-{number},A1,{'x' if number % 2 else 1},2026-03-02" for number in range(500))
    (tmp_path / "orders.csv").write_text(
        f"id,account,amount,signed_on\n{lines}\n<b>,=1+1,1,2026-03-02\n", encoding="utf-8"
    )
    page = page_of(report.read_folder(tmp_path), tmp_path)
    assert page.count('class="chip out"') == 200
    words = " ".join(read(page).words)
    assert "About a row or a file that is not used: 250; only noted: 2." in words
    assert "and 52 more" in words
    assert "orders.csv:3:amount" in words
    chinese = page_of(report.read_folder(tmp_path), tmp_path, "zh_CN")
    assert "&#39;x&#39; 不是金额；请写成 12.30 的形式" in chinese


@pytest.mark.parametrize(
    "tables",
    [tables_of(), tables_of(opportunities=[OpportunityRow("O1", yuan("0"))])],
    ids=["nothing", "a deal of nothing"],
)
def test_an_empty_report_is_a_page_too(tmp_path: Path, tables: report.Tables) -> None:
    assert "From lead to cash" in page_of(tables, tmp_path)


def test_without_its_extra_the_page_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"jinja2 is not installed; install ltc\[report\]"):
        page_of(tables_of(), tmp_path)


def test_an_order_alone_has_a_headline_and_a_section(tmp_path: Path) -> None:
    words = read(page_of(tables_of(orders=everything().orders), tmp_path)).words
    assert "Collected of the orders" in words
    assert not {"Open invoices", "Open receivables", "Leads"} & set(words)


def test_several_currencies_have_a_section_each(tmp_path: Path) -> None:
    rows = [OpportunityRow(code, Money(100, code), stage="A") for code in ("CNY", "USD")]
    page = page_of(tables_of(opportunities=rows), tmp_path, target="5")
    assert page.count('id="funnel"') == 1
    assert "Funnel · CNY" in page
    assert "Funnel · USD" in page


def test_an_unknown_locale_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="use one such as zh_CN or en"):
        report.write(report.figures(tables_of(), as_of=DAY), tmp_path / "new", locale="xx_YY")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "amount, fits", [("999.00", "value"), ("123456789.00", "value long"), ("12345678901234.00", "value huge")]
)
def test_a_headline_amount_is_written_the_smaller_the_longer_it_is(tmp_path: Path, amount: str, fits: str) -> None:
    order = OrderRow("SO-1", "A1", yuan(amount), DAY)
    paid = report.ReceiptRow("R1", "A1", yuan(amount), DAY, invoice="I1")
    invoice = InvoiceRow("I1", "A1", yuan(amount), DAY, DAY, "SO-1")
    page = page_of(tables_of(orders=[order], invoices=[invoice], receipts=[paid]), tmp_path)
    assert f'<div class="{fits}">{yuan(amount).format("en")}</div>' in page


@pytest.mark.parametrize("order, says_when", [("SO-1", False), ("SO-2", True), (None, True)])
def test_what_is_due_is_said_once_by_the_receivables_where_every_invoice_has_them(
    tmp_path: Path, order: str | None, *, says_when: bool
) -> None:
    rows = [InvoiceRow("I1", "A1", yuan("300"), date(2026, 10, 1), date(2026, 10, 1), order)]
    tables = attrs.evolve(everything(), invoices=(*everything().invoices, *rows))
    figures = report.figures(tables, as_of=DAY)
    assert figures.by_installment == (frozenset() if says_when else {"CNY"})
    words = " ".join(read(page_of(tables, tmp_path)).words)
    assert words.count("Days overdue") == 1 + says_when
    assert ("stands with the receivables" in words) is not says_when


def test_one_of_a_thing_is_no_plural(tmp_path: Path) -> None:
    words = " ".join(read(page_of(everything(), tmp_path)).words)
    assert not re.search(r"\b1 (open opportunities|leads|duplicates|findings|rows|invoices)\b", words)
