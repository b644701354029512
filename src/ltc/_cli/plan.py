"""`ltc plan`: the installments of an amount by a file of terms, with days, amounts and explanations."""

import datetime as dt
import json
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
from rich.table import Table
from rich.text import Text

from ltc import billing
from ltc._cli.terms_file import CODE, START, TermsFile, read_terms
from ltc._keys import closest, refusal
from ltc._terminal import fits, say_line, terminal
from ltc.calendars import UnannouncedYear
from ltc.errors import InvalidValue
from ltc.findings import Finding
from ltc.money import Money
from ltc.text import format_date, say


@attrs.frozen
class Row:
    """An installment with what is known of its days."""

    part: billing.Installment
    due_on: dt.date | None
    early: billing.EarlyPaymentOffer | None


def rows_of(total: Money, file: TermsFile, reached: Mapping[str, dt.date]) -> tuple[Row, ...]:
    """Return the installments of a total by the terms of a file, milestones reached as said; the file's days go first.

    Raises:
        InvalidValue: the terms do not make up the total, or a milestone is reached for which no term waits.
    """
    faults = billing.check(file.terms, total=total, remainder=file.remainder)
    if faults:
        raise refusal(CODE, file.name, tuple(_placed(fault, file.name) for fault in faults))
    schedule = billing.plan(total, file.terms, remainder=file.remainder)
    known = {**reached, **file.reached}
    _check_awaited(schedule, known)
    dues = schedule.due_dates(known, file.calendar)
    return tuple(
        Row(part, due_on, _offer(part, known, file)) for part, due_on in zip(schedule.installments, dues, strict=True)
    )


def _placed(fault: Finding, name: str) -> Finding:
    return attrs.evolve(fault, path=(name, *("term" if part == "terms" else part for part in fault.path)))


def _check_awaited(schedule: billing.Schedule, known: Iterable[str]) -> None:
    awaited = sorted({*schedule.milestones, START})
    for milestone in known:
        if milestone not in awaited:
            facts = {"milestone": repr(milestone[:40]), "awaited": closest(milestone, awaited) or ", ".join(awaited)}
            raise InvalidValue("cli.not_awaited", say("cli.not_awaited", "en", **facts), **facts)


def _offer(
    part: billing.Installment, known: Mapping[str, dt.date], file: TermsFile
) -> billing.EarlyPaymentOffer | None:
    milestone = part.due.milestone
    if part.early is None or (milestone is not None and milestone not in known):
        return None
    start = part.due.start(known[milestone] if milestone is not None else dt.date.min)
    return part.early.offer_in(part.amount, tax_rate=file.tax_rate, on=start, calendar=file.calendar)


def reached_of(options: Iterable[str]) -> dict[str, dt.date]:
    """Return the milestones that are given as `delivered=2026-04-01`.

    >>> reached_of(["delivered=2026-04-01"])
    {'delivered': datetime.date(2026, 4, 1)}
    """
    reached = {}
    for option in options:
        milestone, _, day = option.partition("=")
        try:
            reached[milestone] = dt.date.fromisoformat(day)
        except ValueError:
            raise InvalidValue(
                "cli.reached",
                f"{option[:40]!a} is no milestone with its day; write it as in delivered=2026-04-01",
                value=ascii(option[:40]),
            ) from None
    return reached


def show_plan(total: Money, terms: Path, *, on: dt.date, reached: Iterable[str], locale: str, as_json: bool) -> None:
    """Print the installments, as a table or as JSON."""
    file = read_terms(terms, total.currency)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UnannouncedYear)
        rows = rows_of(total, file, {START: on, **reached_of(reached)})
    if as_json:
        print(json.dumps(_plain(total, rows, locale), ensure_ascii=False, indent=2))  # noqa: T201  # what the user asked for
        return
    _print(total, rows, locale)
    for told in dict.fromkeys(str(warning.message) for warning in caught):
        say_line(terminal(stderr=True), told)


def _plain(total: Money, rows: Iterable[Row], locale: str) -> dict[str, Any]:
    return {
        "total": str(total.amount),
        "currency": total.currency,
        "installments": [
            {
                "number": row.part.number,
                "amount": str(row.part.amount.amount),
                "due_on": None if row.due_on is None else row.due_on.isoformat(),
                "milestone": row.part.due.milestone,
                "label": row.part.label,
                "retention": row.part.retention,
                "lines": list(row.part.lines),
                "early": None if row.early is None else _plain_offer(row.early),
                "explanation": row.part.explain(locale),
            }
            for row in rows
        ],
    }


def _plain_offer(offer: billing.EarlyPaymentOffer) -> dict[str, str]:
    amounts = {"pay": offer.pay, "discount": offer.discount, "income": offer.income, "tax": offer.tax}
    return {"until": offer.until.isoformat(), **{name: str(amount.amount) for name, amount in amounts.items()}}


def _print(total: Money, rows: tuple[Row, ...], locale: str) -> None:
    """Print a line an installment, or two where they do not fit the terminal: no amount and no day is broken."""
    console = terminal()
    say_line(console, say("cli.plan", locale, total=total, count=len(rows)))
    told = [_cells(row, locale) for row in rows]
    table = Table(box=None, pad_edge=False, show_header=False)
    for justify in ("right", "left", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for cells in told:
        table.add_row(*map(Text, cells))
    if fits(console, table):
        console.print(table)
        return
    for *figures, explained in told:
        say_line(console, "  ".join(figures))
        say_line(console, f"   {explained}")


def _cells(row: Row, locale: str) -> tuple[str, str, str, str]:
    due = say("cli.not_reached", locale) if row.due_on is None else format_date(row.due_on, locale=locale)
    return str(row.part.number), due, row.part.amount.format(locale), _explained(row, locale)


def _explained(row: Row, locale: str) -> str:
    due = row.part.due.explain(locale) + row.part.remarks(locale)
    if row.early is None:
        return due
    return say("cli.early", locale, due=due, pay=row.early.pay, until=row.early.until)
