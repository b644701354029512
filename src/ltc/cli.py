"""The command line: `ltc demo` and `ltc report`. The only module that reads the clock."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from ltc.errors import InvalidValue
from ltc.text import locale_of, say

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

Locale = Annotated[str, typer.Option(help="Language of what is written: zh_CN or en.")]
Out = Annotated[Path, typer.Option(help="Folder for what is written.")]
SHOWN = 8


@app.command()
def demo(locale: Locale = "en", out: Out = Path("demo")) -> None:
    """Run the example company from its first lead to its last receipt, and write a report."""
    from ltc.demo.run import run_demo  # noqa: PLC0415  # a command loads what it runs

    locale_of(locale)
    _make_folder(out)
    console = Console()
    with _progress(console) as progress:
        task = progress.add_task("")
        journey, page = run_demo(
            out, locale=locale, each_day=lambda day, share: progress.update(task, description=str(day), completed=share)
        )
    from ltc.demo.summary import print_summary  # noqa: PLC0415  # as above

    print_summary(journey, console, locale)
    console.print(say("cli.store_at", locale, path=out / "company.sqlite"), soft_wrap=True)
    console.print(say("cli.report_at", locale, path=page), soft_wrap=True)


@app.command()
def report(
    folder: Annotated[
        Path, typer.Argument(help="Folder with leads.csv, opportunities.csv, orders.csv, …; any subset.")
    ],
    as_of: Annotated[
        str | None, typer.Option(help="Last day that counts, such as 2026-11-23. Today by default.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="What is to be won in the quarter, such as 5000000.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for foreign columns, stages and formats.")] = None,
    locale: Locale = "en",
    out: Out = Path("out"),
) -> None:
    """Write the same report from your own tables: CSV, .csv.gz or Parquet."""
    from ltc import report as reports  # noqa: PLC0415  # a command loads what it runs

    locale_of(locale)
    if not folder.is_dir():
        shown = repr(str(folder))
        raise InvalidValue("cli.no_folder", f"there is no folder {shown}; give the one with your tables", path=shown)
    tables = reports.read_folder(folder, mapping)
    if not tables.counts:
        raise InvalidValue("report.no_table", tables.rejections[0].message)
    figures = reports.figures(tables, as_of=_day(as_of), target=target)
    _make_folder(out)
    page = reports.write(figures, out, locale=locale)
    console = Console()
    for count in tables.counts:
        facts = {"file": count.file, "rows": count.rows, "used": count.used, "rejected": count.rejected}
        console.print(say("cli.read", locale, **facts), soft_wrap=True, highlight=False)
    findings = (*tables.rejections, *tables.warnings)
    if findings:
        console.print(say("cli.findings", locale, count=len(findings)))
    for finding in findings[:SHOWN]:
        console.print(f"  {finding}", soft_wrap=True, highlight=False, markup=False)
    console.print(say("cli.report_at", locale, path=page), soft_wrap=True)


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            "cli.no_day", f"{text!r:.40} is not a day; write it as in 2026-11-23", value=text[:40]
        ) from None


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        shown, why = repr(str(out)), str(error.strerror).lower()
        raise InvalidValue(
            "cli.out", f"{shown} cannot be written to: {why}; give another folder with --out", path=shown, why=why
        ) from None


def _progress(console: Console) -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True)
