"""The commands as a user meets them: what they print, what they write, and one line with exit code 2 where they cannot."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ltc
from ltc import __main__
from ltc.cli import app

ORDERS = "id,account,amount,signed_on\nSO-1,A1,100000.00,2026-03-02\nSO-2,A1,x,2026-03-02\n"
MAPPING = '[[source]]\ntable = "orders"\nfile = "auftraege.csv"\n[source.columns]\n'
COLUMNS = {"id": "Nr", "account": "Kunde", "amount": "Betrag", "signed_on": "Datum"}
DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the tables of a user in `mine`, none in `empty`, and a file in the way."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "orders.csv").write_text(ORDERS)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("= no TOML")
    (tmp_path / "typo").mkdir()
    (tmp_path / "typo" / "opportunity.csv").write_text("id,amount\nO1,5\n")
    (tmp_path / "map.toml").write_text(MAPPING + "".join(f'{ours} = "{theirs}"\n' for ours, theirs in COLUMNS.items()))
    (tmp_path / "taken" / "report.html").mkdir(parents=True)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command in this process; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["ltc", *arguments])
    with pytest.raises(SystemExit) as exited:
        __main__.main()
    return int(exited.value.code or 0)


def in_a_process(*arguments: str, before: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own, after some Python."""
    code = f"import sys; sys.argv[0] = 'ltc'; {before}\nfrom ltc.__main__ import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, encoding="utf-8")


REFUSED: Sequence[tuple[str, tuple[str, ...], str]] = [
    ("unknown locale", ("report", "mine", "--locale", "xx"), "there is no locale 'xx'; use one such as zh_CN or en"),
    ("bidi in the locale", ("report", "mine", "--locale", "zh\u202e"), r"'zh\u202e'; use one such as zh_CN or en"),
    ("unknown locale of the demo", ("demo", "--locale", "xx"), "use one such as zh_CN or en"),
    ("missing folder", ("report", "nope"), "there is no folder 'nope'; give the one with your tables"),
    ("a folder of two lines", ("report", "no\npe"), r"'no\npe'; give the one"),
    ("a file for a folder", ("report", "file"), "there is no folder 'file'; give the one with your tables"),
    ("empty folder", ("report", "empty"), "the folder has none of the tables leads, opportunities"),
    ("a misspelt file alone", ("report", "typo"), "did you mean opportunities.csv by opportunity.csv?"),
    ("a mapping of another folder", ("report", "empty", "--mapping", "map.toml"), "no file auftraege.csv here"),
    ("French", ("report", "mine", "--locale", "fr"), "there are no words for the locale 'fr'; use zh_CN or en"),
    ("traditional Chinese", ("report", "mine", "--locale", "zh_TW"), "use zh_CN or en"),
    ("French demo", ("demo", "--locale", "fr"), "there are no words for the locale 'fr'; use zh_CN or en"),
    ("29 February", ("report", "mine", "--as-of", "2026-02-29"), "is not a day; write it as in 2026-11-23"),
    ("no day", ("report", "mine", "--as-of", "yesterday"), "write it as in 2026-11-23"),
    ("a long day", ("report", "mine", "--as-of", "9" * 1_000), "write it as in 2026-11-23"),
    ("a target in words", ("report", "mine", "--target", "many"), "'many' is not an amount; write it as in 12.30"),
    ("a target with underscores", ("report", "mine", "--target", "5_000"), "write it as in 12.30"),
    ("a negative target", ("report", "mine", "--target", "-5"), "the target is -5.00 CNY; give more than zero"),
    ("a target of nothing", ("report", "mine", "--target", "0"), "the target is 0.00 CNY; give more than zero"),
    ("a target of too many decimals", ("report", "mine", "--target", "1.234"), "CNY takes 2"),
    ("missing mapping", ("report", "mine", "--mapping", "nope.toml"), "give the path of a TOML file"),
    ("a mapping that is no TOML", ("report", "mine", "--mapping", "file"), "the file is not TOML"),
    ("out is a file", ("report", "mine", "--out", "file"), "file exists; give another folder with --out"),
    ("out is below a file", ("report", "mine", "--out", "file/x"), "give another folder with --out"),
    ("a folder in the way of the page", ("report", "mine", "--out", "taken"), "is a directory; give another folder"),
    ("out of the demo is a file", ("demo", "--out", "file"), "give another folder with --out"),
]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("what, arguments, hint", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_is_one_line_that_says_what_would(
    what: str,
    arguments: tuple[str, ...],
    hint: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    before = sorted(Path().rglob("*"))
    assert run(monkeypatch, *arguments) == 2, what
    out, err = capfd.readouterr()
    assert err.startswith("ltc: ")
    assert err.count("\n") == 1
    assert hint in err
    assert len(err) < 300
    assert out == ""
    assert sorted(Path().rglob("*")) == before, "nothing was written"


@pytest.mark.parametrize("arguments", [(), ("report",), ("--bogus",), ("nope",)])
def test_a_command_that_is_none_shows_how_to_write_one(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    out, err = capfd.readouterr()
    assert "Usage: ltc" in out + err
    assert "Traceback" not in out + err


def test_a_report_of_a_users_own_tables(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "report", "mine", *DAY, "--target", "5000000") == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert "Orders (orders.csv): 1 used and 1 rejected of 2" in out
    assert "findings:" in out.splitlines()
    assert "orders.csv:3:amount: 'x' is not an amount; write it as in 12.30" in out
    assert f"report: {Path('out') / 'report.html'}" in out
    page = (here / "out" / "report.html").read_text(encoding="utf-8")
    assert "As of the end of Nov 23, 2026" in page
    assert "100,000.00" in page


def test_a_report_in_chinese_into_a_folder_of_its_own(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "report", "mine", *DAY, "--locale", "zh_CN", "--out", "new/deep") == 0
    out = capfd.readouterr().out
    assert "订单（orders.csv）：共 2 行，使用 1，拒绝 1" in out
    assert "orders.csv:3:amount：'x' 不是金额；请写成 12.30 的形式（原值“x”）" in out
    assert "CSV" not in re.sub(r"\w+\.csv", "", out)
    assert not re.search(r"[a-z]+ (is|are|not|of) ", out), "no finding is left in English"
    assert "截至 2026年11月23日 日终" in (here / "new" / "deep" / "report.html").read_text(encoding="utf-8")


def test_a_report_of_foreign_columns(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "auftraege.csv").write_text("Nr,Kunde,Betrag,Datum\nSO-1,A1,7.00,2026-03-02\n")
    assert run(monkeypatch, "report", ".", *DAY, "--mapping", "map.toml") == 0
    out = capfd.readouterr().out
    assert "Orders (auftraege.csv): 1 used and 0 rejected of 1" in out


@pytest.mark.usefixtures("here")
def test_without_a_day_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "report", "mine") == 0
    assert (Path("out") / "report.html").is_file()


def test_long_lists_of_findings_are_cut(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"SO-{number},A1,[red]x[/red],2026-03-02\n" for number in range(20))
    (here / "mine" / "orders.csv").write_text(ORDERS + rows)
    assert run(monkeypatch, "report", "mine", *DAY) == 0
    lines = capfd.readouterr().out.splitlines()
    assert sum(line.startswith("  ") for line in lines) == 8
    assert "22 findings, all of them in the report; the first 8:" in lines
    assert any("'[red]x[/red]' is not an amount" in line for line in lines), "cells are no markup"


def test_the_demo_goes_where_it_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command around `run_demo` only; the journey itself is tested in `tests/demo`."""
    called: list[tuple[Path, str]] = []
    printed: list[object] = []

    def run_demo(out: Path, *, locale: str, each_day: Callable[..., None]) -> tuple[str, Path]:
        called.append((out, locale))
        each_day("2026-01-05", 0.0)
        return "the journey", out / "report.html"

    monkeypatch.setattr("ltc.demo.run.run_demo", run_demo)
    monkeypatch.setattr("ltc.demo.summary.print_summary", lambda journey, _console, _locale: printed.append(journey))
    result = CliRunner().invoke(app, ["demo", "--out", "there", "--locale", "zh_CN"])
    assert result.exit_code == 0, result.output
    assert called == [(Path("there"), "zh_CN")]
    assert printed == ["the journey"]
    assert f"报告：{Path('there') / 'report.html'}" in result.output
    assert (here / "there").is_dir()


@pytest.mark.usefixtures("here")
def test_what_is_broken_elsewhere_is_not_laid_on_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_demo(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "company.toml")

    monkeypatch.setattr("ltc.demo.run.run_demo", run_demo)
    monkeypatch.setattr(sys, "argv", ["ltc", "demo", "--out", "there"])
    with pytest.raises(FileNotFoundError, match=r"company\.toml"):
        __main__.main()


@pytest.mark.parametrize("arguments", [["--help"], ["demo", "--help"], ["report", "--help"], ["aging", "--help"]])
def test_help_says_what_there_is(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    wanted = {"demo": "--locale", "report": "--mapping", "aging": "--edges"}.get(arguments[0], "report")
    assert wanted in result.output


def test_python_m_ltc_is_the_same_command() -> None:
    command = [sys.executable, "-m", "ltc", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "demo" in done.stdout


EXTRAS = {"typer": "cli", "rich": "cli", "sqlalchemy": "sql", "jinja2": "report"}


@pytest.mark.parametrize("locale, shown", [("zh", "zh_CN"), ("zh-CN", "zh_CN"), ("en-US", "en_US"), ("EN", "en")])
@pytest.mark.usefixtures("here")
def test_a_locale_is_taken_however_it_is_written(locale: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "report", "mine", *DAY, "--locale", locale) == 0
    day = {"zh": "截至 2026年11月23日 日终", "en": "As of the end of Nov 23, 2026"}[shown[:2]]
    assert day in (Path("out") / "report.html").read_text(encoding="utf-8")


def test_tables_that_are_not_read_are_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "mine" / "invoice.csv").write_text("id\n")
    (here / "mine" / "weather.csv").write_text("id\n")
    assert run(monkeypatch, "report", "mine", *DAY) == 0
    out = capfd.readouterr().out
    assert "  invoice.csv: the file is not read; did you mean invoices.csv?" in out
    assert "  weather.csv: the file is no table of the report and is not read; name it in a mapping to read it" in out


def test_the_version_is_that_of_the_package(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capfd.readouterr().out == f"ltc {metadata.version('ltc')}\n"
    assert ltc.__version__ == metadata.version("ltc")
    code = "import sys, ltc; assert 'importlib.metadata' not in sys.modules; ltc.__version__"
    subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"], check=True)


def test_a_store_in_a_database_says_what_it_needs() -> None:
    code = "import sys; sys.modules['sqlalchemy'] = None\nfrom ltc.errors import MissingExtra\ntry: import ltc.adapters.sql\nexcept MissingExtra as error: print(error, error.facts['extra'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "the package sqlalchemy is not installed; install ltc[sql] sql\n"


@pytest.mark.parametrize("package", EXTRAS)
def test_without_the_extra_a_line_says_which_to_install(package: str, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    command = ("report", str(tmp_path)) if package == "jinja2" else ("demo",)
    done = in_a_process(*command, "--out", str(tmp_path / "out"), before=f"sys.modules['{package}'] = None")
    assert done.returncode == 2
    assert done.stderr == f"ltc: the package {package} is not installed; install ltc[{EXTRAS[package]}]\n"


def test_a_failing_command_leaves_no_traceback(tmp_path: Path) -> None:
    done = in_a_process("report", str(tmp_path / "nope"))
    assert done.returncode == 2
    assert done.stderr.startswith("ltc: there is no folder ")
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
