"""Exchange differences in the journal: what applications realized, and what a period end revalues, in the currency of the books."""

import datetime as dt
from collections.abc import Iterable, Iterator

from ltc._billing.ledger.chart import AccountRole, Chart
from ltc._billing.ledger.fx import RealizedDifference, Revaluation
from ltc._billing.ledger.journal import JournalEntry
from ltc._billing.ledger.postings import CHART, Posting
from ltc.events import Subject, day
from ltc.findings import Reason
from ltc.ids import EntityId
from ltc.money import Money


def realized_entries(differences: Iterable[RealizedDifference], /, *, chart: Chart = CHART) -> tuple[JournalEntry, ...]:
    """Return the entries of what applications realized; an application without a difference has none.

    A gain is credited, against the account of conversions: there it stands for what the foreign accounts are worth in the books. What
    rounding left between two halves at one rate goes to the account of small differences 尾差, and is no exchange difference.

    >>> from ltc.testing.samples.exchange import foreign_differences
    >>> [entry] = realized_entries(foreign_differences())
    >>> [(line.account, str(line.amount)) for line in entry.lines]
    [('Equity:Conversions', '300.00 CNY'), ('Income:Exchange:Realized', '-300.00 CNY')]
    """
    return tuple(_realized(found, chart) for found in differences if found.difference)


def _realized(found: RealizedDifference, chart: Chart) -> JournalEntry:
    code, role = "ledger.realized", AccountRole.EXCHANGE
    if found.at_one_rate:
        code, role = "ledger.book_rounding", AccountRole.ROUNDING
    documents = (
        Subject("receipt", found.receipt),
        Subject("receivable", found.receivable),
        Subject("application", found.application),
    )
    reason = Reason.of(code, application=found.application)
    lines = _lines(role, found.difference, found.entity, chart)
    return JournalEntry(found.on, found.entity, documents[0], reason, documents, lines)


def revaluation_entries(
    revaluations: Iterable[Revaluation], /, *, on: dt.date, back_on: dt.date, chart: Chart = CHART
) -> tuple[JournalEntry, ...]:
    """Return the entries of a revaluation 期末调汇, and those that take it back on the first day of the next period.

    It is taken back since the next application realizes the whole difference by itself.

    >>> from datetime import date
    >>> from ltc.testing.samples.exchange import foreign_revaluation
    >>> entries = revaluation_entries([foreign_revaluation()], on=date(2026, 3, 31), back_on=date(2026, 4, 1))
    >>> [(str(entry.on), str(entry.lines[-1].amount)) for entry in entries]
    [('2026-03-31', '-200.00 CNY'), ('2026-04-01', '200.00 CNY')]
    """
    return tuple(entry for found in revaluations if found.gain for entry in _both(found, day(on), day(back_on), chart))


def _both(found: Revaluation, on: dt.date, back_on: dt.date, chart: Chart) -> Iterator[JournalEntry]:
    about = Subject("receivable" if found.owed_to_us else "receipt", found.document)
    for when, code, gain in (
        (on, "ledger.unrealized", found.gain),
        (back_on, "ledger.unrealized_taken_back", -found.gain),
    ):
        lines = _lines(AccountRole.UNREALIZED, gain, found.entity, chart)
        yield JournalEntry(when, found.entity, about, Reason.of(code, document=found.document), (about,), lines)


def _lines(role: AccountRole, gain: Money, entity: EntityId, chart: Chart) -> tuple[Posting, ...]:
    return tuple(
        Posting(chart.account(each, entity=entity), amount, each, None)
        for each, amount in ((AccountRole.CONVERSION, gain), (role, -gain))
    )
