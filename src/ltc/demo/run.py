"""Run the journey into a folder: the store, and the report over it."""

import datetime as dt
import warnings
from collections.abc import Callable
from pathlib import Path

from ltc import report
from ltc.adapters.sql import SqlStore, sqlite_engine
from ltc.calendars import UnannouncedYear
from ltc.demo.firm import load_firm
from ltc.demo.journey import Journey
from ltc.demo.tables import tables_from


def run_demo(out: Path, *, locale: str, each_day: Callable[[dt.date, float], None]) -> tuple[Journey, Path]:
    """Let the half year pass in `out/company.sqlite`, made anew, and write `out/report.html`.

    `each_day` is called with the day and the share of the half year that is over, in percent.
    """
    out.mkdir(parents=True, exist_ok=True)
    database = out / "company.sqlite"
    for old in out.glob("company.sqlite*"):
        old.unlink()
    firm = load_firm()
    first, last = firm.settings["first_day"], firm.settings["last_day"]
    engine = sqlite_engine(database, durable=False)
    store = SqlStore(engine)
    store.create_tables()
    journey = Journey(firm, store)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnannouncedYear)  # a due day may lie beyond the announced holidays
        journey.run(lambda day: each_day(day, 100 * (day - first).days / (last - first).days))
    figures = report.figures(tables_from(journey, locale=locale), as_of=last)
    return journey, report.write(figures, out, locale=locale)
