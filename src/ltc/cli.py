"""The command line: `ltc demo`, `ltc report`, `ltc plan` and `ltc aging`. The only module that reads the clock."""

import datetime as dt
import enum
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer
from rich.progress import BarColumn, Progress, TextColumn

from ltc._terminal import say_line, terminal
from ltc.billing import Age
from ltc.errors import InvalidValue, LtcError
from ltc.findings import said
from ltc.text import locale_of, say

if TYPE_CHECKING:
    from ltc.report import Remark, Tables

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Locale = Annotated[str, typer.Option(help="Language of what is written: zh_CN or en.")]
Out = Annotated[Path, typer.Option(help="Folder for what is written.")]
SHOWN = 8


Given = ParamSpec("Given")
Choice = TypeVar("Choice", bound=enum.StrEnum)


def _told(command: Callable[Given, None]) -> Callable[Given, None]:
    """Let what a command refuses be said in the language that was asked for; a language without words is refused in English."""

    @wraps(command)
    def told(*arguments: Given.args, **options: Given.kwargs) -> None:
        try:
            command(*arguments, **options)
        except LtcError as error:
            if error.code in {"cli.locale", "text.locale"}:  # there are no words for the language
                raise
            message = said(error.code, error.message, error.facts, _spoken(str(options["locale"])))
            raise type(error)(error.code, message, **error.facts) from None

    return told


def _show_version(asked: bool) -> None:  # noqa: FBT001  # as typer calls it
    if asked:
        import ltc  # noqa: PLC0415  # its version is looked up only when it is asked for

        say_line(terminal(), f"ltc {ltc.__version__}")
        raise typer.Exit


@app.callback()
def _command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Run lead to cash over the example company, or report on your own tables."""


@app.command()
@_told
def demo(locale: Locale = "en", out: Out = Path("demo")) -> None:
    """Run the example company from its first lead to its last receipt, and write a report."""
    from ltc.demo.run import run_demo  # noqa: PLC0415  # a command loads what it runs

    locale, console = _spoken(locale), terminal()
    with _writing(out), _progress() as progress:
        task = progress.add_task("")
        journey, page = run_demo(
            out, locale=locale, each_day=lambda day, share: progress.update(task, description=str(day), completed=share)
        )
    from ltc.demo.summary import print_summary  # noqa: PLC0415  # as above

    print_summary(journey, console, locale)
    say_line(console, say("cli.store_at", locale, path=out / "company.sqlite"))
    say_line(console, say("cli.report_at", locale, path=page))


@app.command()
@_told
def report(
    folder: Annotated[
        Path, typer.Argument(help="Folder with leads.csv, opportunities.csv, orders.csv, …; any subset.")
    ],
    as_of: Annotated[
        str | None, typer.Option(help="Last day that counts, such as 2026-11-23. Today by default.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="What is to be won in the quarter, such as 5000000; more than zero.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for foreign columns, stages and formats.")] = None,
    locale: Locale = "en",
    out: Out = Path("out"),
) -> None:
    """Write the same report from your own tables: CSV, .csv.gz or Parquet."""
    from ltc import report as reports  # noqa: PLC0415  # a command loads what it runs

    locale = _spoken(locale)
    if not folder.is_dir():
        shown = repr(str(folder))
        raise InvalidValue("cli.no_folder", f"there is no folder {shown}; give the one with your tables", path=shown)
    tables = reports.read_folder(folder, mapping)
    _check_any(tables)
    figures = reports.figures(tables, as_of=_day(as_of), target=target)
    with _writing(out):
        page = reports.write(figures, out, locale=locale)
    _print_input(tables, locale, "cli.findings_page")
    say_line(terminal(), say("cli.report_at", locale, path=page))


@app.command()
@_told
def plan(
    *,
    total: Annotated[str, typer.Option(help="What the plan is to sum to, such as 100000.")],
    terms: Annotated[Path, typer.Option(help="TOML file with the terms.")],
    currency: Annotated[str, typer.Option(help="Its currency, a code of ISO 4217.")] = "CNY",
    on: Annotated[
        str | None, typer.Option(help="The day of the signature, such as 2026-03-02. Today by default.")
    ] = None,
    reached: Annotated[
        list[str] | None,
        typer.Option(help="A milestone with its day, such as delivered=2026-04-01; repeat it for more."),
    ] = None,
    locale: Locale = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Split an amount into installments by terms, and say of each when it is due and why."""
    from ltc._cli.plan import show_plan  # noqa: PLC0415  # a command loads what it runs
    from ltc.money import Money  # noqa: PLC0415  # as above

    amount = Money.of(total, currency)
    show_plan(amount, terms, on=_day(on), reached=reached or (), locale=_spoken(locale), as_json=as_json)


class By(enum.StrEnum):
    """What an aging can be split by; currencies always stand apart."""

    CUSTOMER = "customer"


@app.command()
@_told
def aging(
    *,
    invoices: Annotated[Path, typer.Option(help="CSV, .csv.gz or Parquet file of invoices.")],
    receipts: Annotated[
        Path | None,
        typer.Option(
            help="File of receipts; without one nothing is paid but what a mapping reads out of the invoices' file."
        ),
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for foreign columns and formats.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Last day that counts. Today by default.")] = None,
    edges: Annotated[str, typer.Option(help="Where the buckets end: 30,60,90 days, 6m,12m or 1y,2y.")] = "30,60,90",
    age: Annotated[
        str,
        typer.Option(metavar="[overdue|account]", help="Since the due day (overdue) or since the invoice (account)."),
    ] = Age.OVERDUE.value,
    by: Annotated[str | None, typer.Option(metavar="[customer]", help="Split the aging further.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for a program.")] = False,
    locale: Locale = "en",
) -> None:
    """Print what is open of invoices by its age, and for how many days of sales it stands.

    A receipt that names an invoice pays it, whoever pays; what it leaves is credit of the payer. One that names none pays the invoices
    of its customer, those due earliest first; what is over is credit. Credit is shown apart and taken off nothing. A receipt in
    another currency than the invoice it names is credit, with a finding; one of another customer pays it, with a finding.
    """
    from ltc._cli.aging import AgedInvoices, check_usable, edges_of  # noqa: PLC0415  # a command loads what it runs
    from ltc.report.reading import read_files  # noqa: PLC0415  # as above

    locale, steps, day = _spoken(locale), edges_of(edges), _day(as_of)
    which, split = _one_of(Age, "--age", age), None if by is None else _one_of(By, "--by", by)
    files = {"invoices": invoices} | ({} if receipts is None else {"receipts": receipts})
    tables = read_files(files, mapping)
    check_usable(tables, files)
    aged = AgedInvoices.of(tables, as_of=day, edges=steps, age=which, by_customer=split is By.CUSTOMER)
    if as_json:
        typer.echo(aged.to_json(locale, by_customer=split is By.CUSTOMER))
        return
    aged.print(terminal(), locale, by_customer=split is By.CUSTOMER)
    _print_input(tables, locale, "cli.findings_json")


def _check_any(tables: "Tables") -> None:
    """Refuse a folder of which no table could even be opened: its report would be an empty page."""
    lost = [remark for remark in tables.remarks if remark.rejects]
    if lost and not any(count.rows or count.skipped for count in tables.counts):
        raise InvalidValue(lost[0].finding.code, lost[0].finding.message, **dict(lost[0].facts))


def _print_input(tables: "Tables", locale: str, rest: str) -> None:
    from ltc.report.labels import label  # noqa: PLC0415  # as above

    console = terminal()
    for count in tables.counts:
        facts = {"rows": count.rows, "used": count.used, "rejected": count.rejected}
        told = say("cli.read", locale, table=label(count.table, locale), file=count.file, **facts)
        say_line(console, told)
    remarks = sorted(tables.remarks, key=lambda remark: not remark.rejects)
    if len(remarks) > SHOWN:
        say_line(console, say(rest, locale, count=len(remarks), shown=SHOWN))
    elif remarks:
        say_line(console, say("cli.findings_all", locale))
    for remark in remarks[:SHOWN]:
        say_line(console, f"  {_line(remark, locale)}")


def _line(remark: "Remark", locale: str) -> str:
    from ltc.report.remarks import shown  # noqa: PLC0415  # as above

    finding = remark.finding
    facts = {"where": ":".join(shown(str(part)) for part in finding.path), "message": remark.told(locale)}
    if finding.value is None:
        return say("cli.finding", locale, **facts)
    return say("cli.finding_of", locale, value=shown(finding.value), **facts)


def _one_of(kind: type[Choice], option: str, text: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        facts = {"value": repr(text[:40]), "option": option, "known": ", ".join(kind)}
        raise InvalidValue("cli.choice", say("cli.choice", "en", **facts), **facts) from None


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            "cli.no_day", f"{text!r:.40} is not a day; write it as in 2026-11-23", value=text[:40]
        ) from None


def _spoken(tag: str) -> str:
    """Return a locale in which there are words; in any other only the dates would be right."""
    locale = locale_of(tag)
    if locale.language == "en":
        return str(locale)
    if locale.language == "zh" and locale.script in {None, "Hans"}:
        return "zh_CN"
    raise InvalidValue("cli.locale", f"there are no words for the locale {tag!r}; use zh_CN or en", locale=repr(tag))


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Make the folder and see that it takes files, before long work and while writing."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
        yield
    except OSError as error:
        at = Path(error.filename or out)
        if out not in {at, *at.parents} and at not in out.parents:
            raise  # something else is broken, and another folder would not mend it
        shown, why = repr(str(out)), (error.strerror or str(error)).lower()
        raise InvalidValue(
            "cli.out", f"{shown} cannot be written to: {why}; give another folder with --out", path=shown, why=why
        ) from None


def _progress() -> Progress:
    return Progress(TextColumn("{task.description}", markup=False), BarColumn(), console=terminal(), transient=True)
