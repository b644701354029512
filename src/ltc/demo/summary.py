"""What `ltc demo` prints: the half year in five small tables."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.table import Table

from ltc import billing, leads, pipeline
from ltc.access import Scope
from ltc.adapters.sql import SqlStore
from ltc.demo.journey import Journey
from ltc.events import first_broken
from ltc.money import total
from ltc.text import say


def print_summary(journey: Journey, console: Console, locale: str) -> None:
    """Print leads, funnel, orders, the waived tail and what is due, in the reader's language."""
    for table in (
        _leads(journey, locale),
        _funnel(journey, locale),
        _money(journey, locale),
        _waiver(journey, locale),
        _reminders(journey, locale),
    ):
        console.print(table)
    broken, count = first_broken(journey.records), len(journey.records)
    state = say("demo.chain_whole" if broken is None else "demo.chain_broken", locale, records=count, seq=broken or 0)
    console.print(state, style="green" if broken is None else "bold red")


def _table(title: str, locale: str, *columns: str) -> Table:
    table = Table(title=say(title, locale), title_justify="left", title_style="bold")
    for number, column in enumerate(columns):
        table.add_column(say(column, locale), justify="right" if number else "left")
    return table


def _leads(journey: Journey, locale: str) -> Table:
    table = _table("demo.leads", locale, "demo.what", "demo.count")
    statuses = Counter(lead.status.value for lead in journey.store.leads.all())
    rows = {f"demo.lead.{status}": count for status, count in sorted(statuses.items())}
    rows |= {
        "demo.rejected": len(journey.findings),
        "demo.blocked": journey.counts["lead.duplicate"],
        "demo.duplicates": journey.counts["duplicates"],
        "demo.returned": journey.counts["returned"],
        "demo.claimed": journey.counts["claimed"],
        "demo.handed_over": journey.counts["handed over"],
    }
    returned = {record.subject.id for record in journey.records if isinstance(record.event, leads.LeadReturned)}
    for code, count in rows.items():
        table.add_row(say(code, locale, leads=len(returned)), f"{count:,}")
    return table


def _funnel(journey: Journey, locale: str) -> Table:
    table = _table("demo.funnel", locale, "demo.stage", "demo.count", "demo.amount", "demo.weighted")
    model = journey.firm.model
    deals = [pipeline.deal_of(deal, model) for deal in journey.store.opportunities.open(Scope.everything())]
    funnel = pipeline.weighted_funnel(deals, target=journey.firm.target)
    rows = {row.key: row for row in funnel.rows}
    for stage in model.stages:
        if row := rows.get(stage.id):
            table.add_row(stage.name, str(row.count), row.amount.format(locale), row.weighted.format(locale))
    table.add_section()
    table.add_row(
        say("demo.total", locale), str(funnel.count), funnel.amount.format(locale), funnel.weighted.format(locale)
    )
    return table


def _money(journey: Journey, locale: str) -> Table:
    table = _table("demo.cash", locale, "demo.what", "demo.amount")
    store, currency = journey.store, journey.firm.currency
    items = billing.open_items(store.receivables.all(), journey.agenda.last_day)
    rows = {
        "demo.ordered": total((order.amount for order in store.orders.all()), currency),
        "demo.invoiced": total((invoice.billed for invoice in store.invoices.all()), currency),
        "demo.collected": total((receipt.collected for receipt in store.receipts.all()), currency),
        "demo.open": total((item.open for item in items), currency),
        "demo.overdue": total((item.open for item in items if item.due_on < journey.agenda.last_day), currency),
    }
    for code, amount in rows.items():
        table.add_row(say(code, locale), amount.format(locale))
    return table


def _waiver(journey: Journey, locale: str) -> Table:
    table = _table("demo.waiver", locale, "demo.impact")
    waiver = journey.deals.orders.waiver
    for line in () if waiver is None else waiver.say(locale):
        table.add_row(line)
    return table


def _reminders(journey: Journey, locale: str) -> Table:
    table = _table("demo.reminders", locale, "demo.message")
    for message in _messages(journey.store, journey, locale):
        table.add_row(message)
    return table


_TO_TELL: Final = billing.DunningPolicy([billing.DunningStep(days, billing.Receiver.OWNER) for days in (-7, 0, 1)])
"""The demo tells the owner of what is due within a week, due today, or overdue."""


def _messages(store: SqlStore, journey: Journey, locale: str) -> Iterable[str]:
    due = billing.dunning(store.receivables.all(), policy=_TO_TELL, on=journey.agenda.last_day).reminders
    for reminder in due[:8]:
        yield reminder.body(locale)
    if len(due) > 8:
        yield say("demo.more", locale, count=len(due) - 8)
