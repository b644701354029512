"""What `ltc demo` prints: the half year in five small tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console

from ltc import billing, leads, pipeline
from ltc._terminal import Listing, say_line
from ltc.access import Scope
from ltc.adapters.sql import SqlStore
from ltc.demo.journey import Journey
from ltc.events import first_broken
from ltc.money import total
from ltc.text import say


def print_summary(journey: Journey, console: Console, locale: str) -> None:
    """Print leads, funnel, orders, the waived tail and what is due, in the reader's language."""
    for listing in (_leads(journey, locale), _funnel(journey, locale), _money(journey, locale)):
        listing.print(console)
    waiver = journey.deals.orders.waiver
    title = f"{say('demo.waiver', locale)} ({say('demo.impact', locale)})"
    _lines(console, title, () if waiver is None else waiver.say(locale))
    _lines(console, say("demo.reminders", locale), _messages(journey.store, journey, locale))
    broken, count = first_broken(journey.records), len(journey.records)
    state = say("demo.chain_whole" if broken is None else "demo.chain_broken", locale, records=count, seq=broken or 0)
    say_line(console, state, style="green" if broken is None else "bold red")


def _listing(
    title: str, locale: str, columns: Sequence[str], rows: Sequence[Sequence[str]], last: Sequence[str] | None = None
) -> Listing:
    return Listing([say(column, locale) for column in columns], rows, last, title=say(title, locale))


def _lines(console: Console, title: str, lines: Iterable[str]) -> None:
    say_line(console, title, style="bold")
    for line in lines:
        say_line(console, f"  {line}")


def _leads(journey: Journey, locale: str) -> Listing:
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
    told = [(say(code, locale, leads=len(returned)), f"{count:,}") for code, count in rows.items()]
    return _listing("demo.leads", locale, ("demo.what", "demo.count"), told)


def _funnel(journey: Journey, locale: str) -> Listing:
    model = journey.firm.model
    deals = [pipeline.deal_of(deal, model) for deal in journey.store.opportunities.open(Scope.everything())]
    funnel = pipeline.weighted_funnel(deals, target=journey.firm.target)
    rows = {row.key: row for row in funnel.rows}
    told = [
        (stage.name, str(row.count), row.amount.format(locale), row.weighted.format(locale))
        for stage in model.stages
        if (row := rows.get(stage.id))
    ]
    last = (
        say("demo.total", locale),
        str(funnel.count),
        funnel.amount.format(locale),
        funnel.weighted.format(locale),
    )
    return _listing("demo.funnel", locale, ("demo.stage", "demo.count", "demo.amount", "demo.weighted"), told, last)


def _money(journey: Journey, locale: str) -> Listing:
    store, currency = journey.store, journey.firm.currency
    items = billing.open_items(store.receivables.all(), journey.agenda.last_day)
    rows = {
        "demo.ordered": total((order.amount for order in store.orders.all()), currency),
        "demo.invoiced": total((invoice.billed for invoice in store.invoices.all()), currency),
        "demo.collected": total((receipt.collected for receipt in store.receipts.all()), currency),
        "demo.open": total((item.open for item in items), currency),
        "demo.overdue": total((item.open for item in items if item.due_on < journey.agenda.last_day), currency),
    }
    told = [(say(code, locale), amount.format(locale)) for code, amount in rows.items()]
    return _listing("demo.cash", locale, ("demo.what", "demo.amount"), told)


_TO_TELL: Final = billing.DunningPolicy([billing.DunningStep(days, billing.Receiver.OWNER) for days in (-7, 0, 1)])
"""The demo tells the owner of what is due within a week, due today, or overdue."""


def _messages(store: SqlStore, journey: Journey, locale: str) -> Iterable[str]:
    due = billing.dunning(store.receivables.all(), policy=_TO_TELL, on=journey.agenda.last_day).reminders
    for reminder in due[:8]:
        yield reminder.body(locale)
    if len(due) > 8:
        yield say("demo.more", locale, count=len(due) - 8)
