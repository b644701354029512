"""What the store holds, as the rows of a report."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from ltc import contracts, flows, leads, pipeline
from ltc.adapters.sql import SqlStore
from ltc.demo.firm import Firm
from ltc.demo.journey import Journey
from ltc.events import Recorded
from ltc.ids import ReceiptId
from ltc.money import Money
from ltc.report import (
    ActivityRow,
    ChangeRow,
    InvoiceRow,
    LeadRow,
    OpportunityRow,
    OrderRow,
    ReceiptRow,
    ReceivableRow,
    StageRow,
    Tables,
    TargetRow,
    tables_of,
)
from ltc.text import say


def tables_from(journey: Journey, *, locale: str) -> Tables:
    """Return the rows of a report; the before and after of the waived order come from its preview."""
    firm, store, preview = journey.firm, journey.store, journey.deals.orders.waiver
    receivables = list(store.receivables.all())
    waivers = {found.id: found.waived for found in receivables}
    return tables_of(
        leads=[_lead(firm, lead) for lead in store.leads.all()],
        opportunities=[_deal(firm, deal) for deal in store.opportunities.all()],
        stage_history=[row for deal in store.opportunities.all() for row in _stages(firm, deal)],
        orders=[_order(order) for order in store.orders.all()],
        receivables=[
            ReceivableRow(found.id, found.order, found.amount - waivers[found.id], found.due_on)
            for found in receivables
            if found.amount != waivers[found.id]
        ],
        activities=list(_activities(firm, journey.records)),
        targets=[TargetRow(firm.settings["target"]["period"], "team", "won", firm.target)],
        invoices=[
            InvoiceRow(
                found.id, found.party, found.billed, found.issued_on, found.due_on or found.issued_on, found.order
            )
            for found in store.invoices.all()
            if found.billed
        ],
        receipts=list(_receipts(store)),
        changes=[] if preview is None else list(_changes(firm, store, preview, locale)),
        title=str(firm.settings["name"]),
        currency=firm.currency,
        stages=[stage.name for stage in firm.model.stages[:-1]],
        win_rates={stage.name: stage.win_rate for stage in firm.model.stages[:-1]},
    )


def _lead(firm: Firm, lead: leads.Lead) -> LeadRow:
    return LeadRow(
        lead.id,
        created_at=lead.captured_at.astimezone(firm.zone),
        name=lead.name,
        company=lead.company,
        email=lead.email,
        phone=lead.phone,
        source=lead.source,
        city=lead.city,
        owner=lead.owner,
    )


def _deal(firm: Firm, deal: pipeline.Opportunity) -> OpportunityRow:
    return OpportunityRow(
        deal.id,
        deal.amount,
        owner=deal.owner,
        created_at=deal.entries[0].at.astimezone(firm.zone),
        account=deal.account,
        expected_close_on=deal.expected_close_on,
        stage=firm.model.stage(deal.stage).name,
    )


def _stages(firm: Firm, deal: pipeline.Opportunity) -> Iterator[StageRow]:
    for entry in deal.entries:
        won = entry.stage == firm.model.won.id
        yield StageRow(deal.id, "won" if won else firm.model.stage(entry.stage).name, entry.at.astimezone(firm.zone))
    if deal.closed_at is not None and deal.status is pipeline.OpportunityStatus.LOST:
        yield StageRow(deal.id, "lost", deal.closed_at.astimezone(firm.zone))


def _order(order: contracts.Order) -> OrderRow:
    return OrderRow(order.id, order.account, order.amount, order.placed_on, order.opportunity)


def _receipts(store: SqlStore) -> Iterator[ReceiptRow]:
    """Yield a row for each part of a receipt that settles a receivable; it pays the order's invoice where there is one."""
    for receivable in store.receivables.all():
        invoices = [invoice.id for invoice in store.invoices.of_order(receivable.order) if invoice.billed]
        settled: Counter[str] = Counter()
        for entry in receivable.entries:
            if entry.other is not None:
                settled[entry.other] += entry.taken
        for receipt, minor in settled.items():
            yield ReceiptRow(
                f"{receipt}:{receivable.id}",
                receivable.party,
                Money(minor, receivable.amount.currency),
                store.receipts.get(ReceiptId(receipt)).received_on,
                invoices[0] if invoices else receivable.id,
            )


def _activities(firm: Firm, records: Iterable[Recorded]) -> Iterator[ActivityRow]:
    for record in records:
        row = _activity(firm, record)
        if row is not None:
            yield row


def _activity(firm: Firm, record: Recorded) -> ActivityRow | None:
    match record.event:
        case leads.LeadTouched(lead=about, by=owner, kind=kind, at=at):
            return ActivityRow(str(record.seq), about, owner, at.astimezone(firm.zone), kind)
        case leads.LeadReturned(lead=about, previous_owner=owner, at=at):
            return ActivityRow(str(record.seq), about, owner, at.astimezone(firm.zone), "returned")
        case leads.LeadConverted(lead=about, at=at):
            return ActivityRow(str(record.seq), about, record.actor, at.astimezone(firm.zone), "converted")
        case _:
            return None


def _changes(firm: Firm, store: SqlStore, preview: flows.ImpactPreview, locale: str) -> Iterable[ChangeRow]:
    [last, *_] = reversed(store.caused_by(preview.change))
    at: dt.datetime = last.recorded_at.astimezone(firm.zone)
    for impact in preview.impacts:
        subject = f"{say(f'kind.{impact.subject.kind}', locale)} {impact.subject.id}"
        figure = say(f"figure.{impact.figure}", locale)
        yield ChangeRow(subject, figure, impact.before, impact.after, at=at, by=last.actor, reason=preview.reason)
