"""Every event and state of billing survives JSON, and replay of its events gives the state."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import DISPOSITION, INVOICE, INVOICE_REQUEST, NOTE, PLAN, RECEIPT, RECEIVABLE, REFUND_REQUEST
from ltc.calendars import DayOfMonth, EndOfMonth, FixedDate, NetDays, NetMonths, NextDayOfMonth, Roll
from ltc.events import Life, Subject, dump_event, from_json, load_event, to_json
from ltc.findings import Reason
from ltc.money import Money

IDS = st.text(st.sampled_from("abzAZ09-_/ 华东"), min_size=1, max_size=8).filter(str.strip)
TEXTS = st.text(st.sampled_from("ab 华\n"), max_size=12)
AMOUNTS = st.builds(Money, st.integers(1, 10**15), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
CNY = st.builds(Money, st.integers(1, 10**15), st.just("CNY"))
DAYS = st.dates()
INSTANTS = st.datetimes(timezones=st.just(dt.UTC))
ROLLS = st.sampled_from(Roll)
RULES = st.one_of(
    st.builds(NetDays, st.integers(-100, 100), ROLLS),
    st.builds(NetMonths, st.integers(0, 24), ROLLS),
    st.builds(EndOfMonth, st.integers(0, 60), st.integers(0, 60), ROLLS),
    st.builds(DayOfMonth, st.integers(1, 31), st.integers(0, 3), st.integers(0, 60), ROLLS),
    st.builds(NextDayOfMonth, st.integers(1, 31), st.integers(0, 60), ROLLS),
    st.builds(FixedDate, DAYS, ROLLS),
)
DUES = st.builds(billing.Due, st.none() | IDS, RULES, st.integers(0, 24), st.integers(0, 99))
EARLY = st.builds(
    lambda off, rule, mode: billing.EarlyPayment.of(off, rule=rule, mode=mode),
    CNY | st.sampled_from([Decimal("0.02"), Decimal("0.125")]),
    RULES,
    st.sampled_from(billing.EarlyPaymentMode),
)
SCHEDULES = st.builds(
    lambda total, dues, early, lines, held: billing.plan(
        total,
        [
            *(billing.share(Decimal(1) / 10, due=due, early=early, lines=lines) for due in dues),
            billing.rest(due=dues[0], label="rest", retention=held),
        ],
    ),
    CNY,
    st.lists(DUES, min_size=1, max_size=4),
    st.none() | EARLY,
    st.lists(IDS, max_size=2),
    st.booleans(),
)
LINES = st.lists(
    st.builds(billing.InvoiceLine, IDS, CNY, st.sampled_from([Decimal("0.13"), Decimal("0.06")]))
    | st.builds(
        billing.InvoiceLine.on_top,
        IDS,
        net=CNY,
        tax_rate=st.sampled_from([Decimal("0.13"), Decimal("0.06")]),
        discount=st.none() | CNY,
        quantity=st.none() | st.decimals(Decimal("0.001"), Decimal(10**6), places=3),
    )
    | st.builds(billing.InvoiceLine, IDS, CNY, st.just(Decimal(0)), st.sampled_from(billing.TaxTreatment)),
    min_size=1,
    max_size=3,
).map(tuple)
RAISED = st.lists(
    st.builds(billing.Raised, st.integers(1, 9), st.none() | IDS, CNY, DAYS, st.booleans(), st.none() | DAYS),
    max_size=3,
).map(tuple)
TITLES = st.builds(billing.InvoiceTitle, IDS) | st.builds(
    billing.InvoiceTitle, IDS, st.from_regex(r"[A-Z0-9]{2,20}", fullmatch=True), st.sampled_from(["DE", "US"])
)
ISSUED = st.lists(st.builds(billing.IssuedInvoice, IDS, IDS), max_size=3).map(tuple)
RED_LINES = st.lists(st.builds(billing.RedLine, st.integers(1, 3), CNY, CNY, st.none() | CNY), max_size=3).map(tuple)
COVERS = st.lists(st.builds(billing.Cover, IDS, CNY), max_size=3, unique_by=lambda cover: cover.receivable).map(tuple)
REASONS = st.builds(lambda code, day, amount: Reason.of(code, day=day, amount=amount, note=code), IDS, DAYS, AMOUNTS)


def covers(issued_lines: tuple[billing.InvoiceLine, ...]) -> tuple[billing.Cover, ...]:
    return (billing.Cover("P/1", issued_lines[0].gross),)  # type: ignore[arg-type]  # a plain str as an id


TRIED: set[Callable[..., Any]] = set()


def events(event: Callable[..., Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    TRIED.add(event)
    return st.builds(event, **fields)


RATES = st.decimals(1, 9, places=4)
EXCHANGES = st.none() | st.builds(
    billing.Exchange, CNY, st.builds(Money, st.integers(1, 10**15), st.just("USD")), RATES, RATES, DAYS
)
KINDS = st.sampled_from(billing.SettlementKind)
PARTIES = {"order": IDS, "entity": IDS, "party": IDS}
DATED = {"on": DAYS, "at": INSTANTS}
ALLOWED: dict[str, st.SearchStrategy[Any]] = {**DATED, "approval": st.none() | IDS}
LIVES: list[tuple[Life[Any, Any], st.SearchStrategy[Any], st.SearchStrategy[list[Any]]]] = [
    (
        PLAN,
        events(billing.PlanAdopted, plan=IDS, schedule=SCHEDULES, at=INSTANTS, **PARTIES),
        st.lists(
            events(billing.MilestoneReached, plan=IDS, milestone=IDS, raised=RAISED, **DATED)
            | events(billing.DatedInstallmentsRaised, plan=IDS, raised=RAISED, **DATED)
            | events(
                billing.PlanRevised,
                plan=IDS,
                amount=CNY,
                waiting=SCHEDULES.map(lambda schedule: schedule.installments),
                strategy=REASONS,
                change=IDS,
                reason=TEXTS,
                at=INSTANTS,
            )
            | events(
                billing.InstallmentReduced,
                plan=IDS,
                installment=st.integers(1, 9),
                amount=CNY,
                change=IDS,
                reason=TEXTS,
                at=INSTANTS,
            )
        ),
    ),
    (
        RECEIVABLE,
        events(
            billing.ReceivableRaised,
            receivable=IDS,
            plan=st.none() | IDS,
            installment=st.none() | st.integers(1, 9),
            origin=st.none() | st.builds(Subject, IDS, IDS),
            charged_for=st.none() | IDS,
            amount=CNY,
            due_on=DAYS,
            component=st.sampled_from(billing.Component),
            retention=st.booleans(),
            **PARTIES,
            **DATED,
        ),
        st.lists(
            events(
                billing.ReceivableSettled,
                receivable=IDS,
                kind=KINDS,
                source=IDS,
                application=IDS,
                amount=CNY,
                authority=st.none() | IDS,
                exchange=EXCHANGES,
                reason=TEXTS,
                **DATED,
            )
            | events(
                billing.SettlementReversed,
                receivable=IDS,
                kind=KINDS,
                source=IDS,
                application=IDS,
                amount=CNY,
                reason=TEXTS,
                **DATED,
            )
            | events(billing.ReceivableWaived, receivable=IDS, amount=CNY, change=IDS, reason=TEXTS, **ALLOWED)
            | events(billing.ReceivableWrittenOff, receivable=IDS, amount=CNY, change=IDS, reason=TEXTS, **ALLOWED)
            | events(billing.ReceivableRecovered, receivable=IDS, amount=CNY, reason=TEXTS, **DATED)
            | events(
                billing.ReceivableRoundedOff,
                receivable=IDS,
                amount=CNY,
                limit=CNY,
                application=st.none() | IDS,
                **DATED,
            )
            | events(billing.ReceivableRoundOffReversed, receivable=IDS, application=IDS, amount=CNY, **DATED)
            | events(billing.DisputeOpened, receivable=IDS, amount=st.none() | CNY, reason=TEXTS, **DATED)
            | events(billing.DisputeSettled, receivable=IDS, reason=TEXTS, **DATED)
            | events(billing.PaymentPromised, receivable=IDS, amount=CNY, leaves=CNY, by=IDS, until=DAYS, **DATED)
            | events(billing.DunningHeld, receivable=IDS, until=DAYS, reason=TEXTS, **DATED)
            | events(billing.DunningReleased, receivable=IDS, reason=TEXTS, **DATED)
            | events(
                billing.DunningSent,
                receivable=IDS,
                to=st.sampled_from(billing.Receiver),
                days=st.integers(-30, 90),
                letter=st.none() | IDS,
                owed=CNY,
                interest=CNY,
                fee=CNY,
                **DATED,
            )
            | events(billing.InterestCharged, receivable=IDS, charge=IDS, amount=CNY, until=DAYS, **DATED)
            | events(billing.ReceivableInvoiced, receivable=IDS, invoice=IDS, amount=CNY, **DATED)
            | events(
                billing.ReceivableReddened,
                receivable=IDS,
                invoice=IDS,
                note=IDS,
                amount=CNY,
                issued_in_error=st.booleans(),
                **DATED,
            )
        ),
    ),
    (
        RECEIPT,
        events(
            billing.ReceiptReceived,
            receipt=IDS,
            entity=IDS,
            party=IDS,
            order=st.none() | IDS,
            amount=CNY,
            reference=TEXTS,
            origin=st.none() | st.builds(Subject, IDS, IDS),
            **DATED,
        ),
        st.lists(
            events(
                billing.ReceiptApplied,
                receipt=IDS,
                receivable=IDS,
                kind=KINDS,
                application=IDS,
                amount=CNY,
                reason=REASONS,
                authority=st.none() | IDS,
                exchange=EXCHANGES,
                **DATED,
            )
            | events(
                billing.ApplicationReversed,
                receipt=IDS,
                receivable=IDS,
                kind=KINDS,
                application=IDS,
                amount=CNY,
                reason=TEXTS,
                **DATED,
            )
            | events(billing.RefundReserved, receipt=IDS, refund=IDS, amount=CNY, at=INSTANTS)
            | events(billing.RefundReleased, receipt=IDS, refund=IDS, amount=CNY, at=INSTANTS)
            | events(billing.ReceiptRefunded, receipt=IDS, refund=IDS, amount=CNY, **DATED)
            | events(billing.ReceiptRoundedOff, receipt=IDS, application=IDS, amount=CNY, limit=CNY, **DATED)
            | events(billing.ReceiptRoundOffReversed, receipt=IDS, application=IDS, amount=CNY, **DATED)
            | events(billing.ReceiptBounced, receipt=IDS, amount=CNY, reason=TEXTS, **DATED)
            | events(billing.ReceiptReversed, receipt=IDS, amount=CNY, reason=TEXTS, **DATED)
        ),
    ),
    (
        INVOICE,
        LINES.flatmap(
            lambda lines: events(
                billing.InvoiceIssued,
                invoice=IDS,
                contracting=IDS,
                lines=st.just(lines),
                rounding=st.sampled_from([billing.TaxRounding.PER_LINE, billing.TaxRounding.CARRIED]),
                number=st.none() | IDS,
                request=st.none() | IDS,
                covers=st.just(()) | st.just(covers(lines)),
                due_on=st.none() | DAYS,
                **PARTIES,
                **DATED,
            )
        ),
        st.lists(
            events(billing.InvoiceReddened, invoice=IDS, note=IDS, lines=RED_LINES, covers=st.just(()), **DATED)
            | events(billing.InvoiceCovered, invoice=IDS, receivable=IDS, amount=CNY, **DATED)
        ),
    ),
    (
        NOTE,
        CNY.flatmap(
            lambda amount: events(
                billing.NoteRequested,
                note=IDS,
                invoice=IDS,
                entity=IDS,
                contracting=IDS,
                party=IDS,
                amount=st.just(amount),
                basis=st.sampled_from(billing.Basis),
                covers=COVERS,
                change=st.none() | IDS,
                reason=st.sampled_from(billing.NoteReason),
                lines=st.just(()) | st.just((billing.NoteLine(1, amount),)),
                **DATED,
            )
        ),
        st.one_of(
            st.just([]),
            st.lists(
                events(billing.NoteExpired, note=IDS, **DATED)
                | events(billing.NoteWithdrawn, note=IDS, reason=TEXTS, **DATED),
                min_size=1,
                max_size=1,
            ),
            st.tuples(
                events(billing.NoteConfirmed, note=IDS, **DATED),
                events(billing.NoteIssued, note=IDS, lines=RED_LINES, covers=COVERS, **DATED),
            ).map(list),
        ),
    ),
    (
        DISPOSITION,
        events(
            billing.DispositionOpened,
            disposition=IDS,
            note=IDS,
            invoice=IDS,
            entity=IDS,
            party=IDS,
            amount=CNY,
            covers=COVERS,
            **DATED,
        ),
        st.lists(
            events(
                billing.CreditOffset,
                disposition=IDS,
                receivable=IDS,
                application=IDS,
                amount=CNY,
                reason=REASONS,
                **DATED,
            )
            | events(
                billing.OffsetReversed,
                disposition=IDS,
                receivable=IDS,
                application=IDS,
                amount=CNY,
                reason=TEXTS,
                **DATED,
            )
            | events(
                billing.CreditRefunded,
                disposition=IDS,
                receivable=IDS,
                application=IDS,
                receipt=IDS,
                refund=IDS,
                amount=CNY,
                **DATED,
            )
        ),
    ),
    (
        INVOICE_REQUEST,
        LINES.flatmap(
            lambda lines: events(
                billing.InvoiceRequested,
                request=IDS,
                contracting=IDS,
                title=TITLES,
                kind=st.just(billing.InvoiceKind.GENERAL),
                lines=st.just(lines),
                rounding=st.sampled_from([billing.TaxRounding.PER_LINE, billing.TaxRounding.CARRIED]),
                covers=st.just(()) | st.just(covers(lines)),
                by=IDS,
                replaces=st.none() | IDS,
                **PARTIES,
                **DATED,
            )
        ),
        st.one_of(
            st.lists(events(billing.InvoiceRequestRejected, request=IDS, reason=TEXTS, at=INSTANTS), max_size=1),
            st.lists(events(billing.InvoiceRequestCancelled, request=IDS, reason=TEXTS, at=INSTANTS), max_size=1),
            st.tuples(
                events(billing.InvoiceRequestApproved, request=IDS, approval=IDS, at=INSTANTS),
                events(billing.InvoiceRequestIssued, request=IDS, invoices=ISSUED, **DATED),
                events(billing.InvoiceRequestDelivered, request=IDS, to=IDS, **DATED),
            ).map(list),
        ),
    ),
    (
        REFUND_REQUEST,
        events(
            billing.RefundRequested,
            refund=IDS,
            receipt=IDS,
            entity=IDS,
            party=IDS,
            amount=AMOUNTS,
            reason=TEXTS,
            at=INSTANTS,
        ),
        st.one_of(
            st.lists(events(billing.RefundRejected, refund=IDS, reason=TEXTS, at=INSTANTS), max_size=1),
            st.tuples(
                events(billing.RefundApproved, refund=IDS, approval=IDS, at=INSTANTS),
                events(billing.RefundPaid, refund=IDS, **DATED)
                | events(billing.RefundFailed, refund=IDS, reason=TEXTS, at=INSTANTS),
            ).map(list),
        ),
    ),
]


@pytest.mark.parametrize("life, first, others", LIVES, ids=[life.kind for life, _, _ in LIVES])
@given(data=st.data())
def test_events_and_states_survive_json_and_replay(
    life: Life[Any, Any], first: st.SearchStrategy[Any], others: st.SearchStrategy[list[Any]], data: st.DataObject
) -> None:
    happened = [data.draw(first), *data.draw(others)]
    state = life.begin(happened[0])
    for event in happened:
        assert load_event(life, dump_event(life, event)) == event
    for event in happened[1:]:
        state = life.evolve(state, event)
    assert state.version == len(happened)
    assert from_json(to_json(state), life.state) == state
    assert life.replay(happened) == state


@settings(max_examples=1)
@given(data=st.data())
def test_every_event_is_among_those_tried(data: st.DataObject) -> None:
    for _, first, _ in LIVES:
        data.draw(first)  # some strategies are made when they are first drawn from
    assert {event for life, _, _ in LIVES for event in life.stored.values()} == TRIED


def test_aging_reads_as_json() -> None:
    item = billing.OpenItem("I1", "A1", dt.date(2026, 3, 2), Money.of("5", "CNY"))  # type: ignore[arg-type]  # a plain str
    table = billing.aging([item], as_of=dt.date(2026, 3, 3), by=lambda owed: owed.owner)
    assert from_json(to_json(table), billing.Aging) == table
    assert b'{"amount":"5.00 CNY","costs":"0.00 CNY","count":1,"first":1,"ids":["I1"],' in to_json(table)
