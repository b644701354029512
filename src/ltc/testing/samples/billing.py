"""The running story of billing: order SO-1 of 100,000.00 CNY in 30/60/10, its receivables, invoice, receipt and refund."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from ltc import billing
from ltc.approvals import ApprovalRequest
from ltc.events import Change, Subject
from ltc.ids import (
    AccountId,
    ChangeId,
    EntityId,
    InvoiceId,
    NoteId,
    OrderId,
    PlanId,
    ReceiptId,
    ReceivableId,
    RefundId,
)
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request

NOON: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Noon in Shanghai on the day on which the story begins."""
TODAY: Final = date(2026, 3, 2)
"""The day of `NOON` in Shanghai."""
ORDER: Final = OrderId("SO-1")
ENTITY: Final = EntityId("E1")
PARTY: Final = AccountId("A1")
TOTAL: Final = Money(10_000_000, "CNY")

PlanChange = Change[billing.CollectionPlan, billing.PlanEvent]
ReceivableChange = Change[billing.Receivable, billing.ReceivableEvent]
ReceiptChange = Change[billing.Receipt, billing.ReceiptEvent]
InvoiceChange = Change[billing.Invoice, billing.InvoiceEvent]
NoteChange = Change[billing.RedLetterNote, billing.NoteEvent]
RefundChange = Change[billing.RefundRequest, billing.RefundEvent]


def terms() -> list[billing.Term]:
    """Return 30 % when signed, 60 % 30 days after delivery, 10 % 质保金 a year after acceptance."""
    return [
        billing.share("0.30", due=billing.on("signed")),
        billing.share("0.60", due=billing.after("delivered", days=30)),
        billing.retention("0.10", months=12),
    ]


def thirds() -> list[billing.Term]:
    """Return three shares that no currency can split evenly: 33.34, 33.33 and 33.33 %."""
    return [billing.share(ratio, due=billing.on("signed")) for ratio in ("0.3334", "0.3333", "0.3333")]


def subscription(mode: billing.BillingMode = billing.BillingMode.IN_ADVANCE) -> billing.Recurring:
    """Return 300.00 CNY a month for service from the day of the signature on, billed on the 15th."""
    return billing.recurring(Money(30_000, "CNY"), start=TODAY, months=1, cycle_day=15, mode=mode)


def schedule() -> billing.Schedule:
    """Return the schedule of SO-1."""
    return billing.plan(TOTAL, terms())


def adoption() -> PlanChange:
    """Return the change that adopts P1, the plan of SO-1."""
    return billing.adopt(PlanId("P1"), order=ORDER, entity=ENTITY, party=PARTY, schedule=schedule(), now=NOON)


def adopted() -> billing.PlanEvent:
    """Return the event that begins P1."""
    return adoption().events[0]


def collection_plan() -> billing.CollectionPlan:
    """Return P1 before anything was reached."""
    return adoption().after


def signed() -> tuple[PlanChange, ReceivableChange]:
    """Return what the signature of SO-1 changes: P1, and its first receivable."""
    plan, *raised = billing.reach(collection_plan(), milestone="signed", on=TODAY, now=NOON)
    return plan, raised[0]


def reached_plan() -> billing.CollectionPlan:
    """Return P1 after the signature."""
    return signed()[0].after


def revised() -> PlanChange:
    """Return the change by which P1 follows the order to 110,000.00 CNY before anything was reached."""
    return billing.replan(
        collection_plan(),
        by=billing.from_last,
        amount=Money(11_000_000, "CNY"),
        change=ChangeId("CH-2"),
        reason="one more",
        now=NOON,
    )


def revision() -> billing.PlanRevised:
    """Return the event of `revised`."""
    event = revised().events[0]
    assert isinstance(event, billing.PlanRevised)  # noqa: S101  # mypy
    return event


def receivable_raised() -> billing.ReceivableEvent:
    """Return the event that begins receivable P1/1."""
    return signed()[1].events[0]


def receivable() -> billing.Receivable:
    """Return P1/1: 30,000.00 CNY, due on the day of the signature."""
    return signed()[1].after


def reception() -> ReceiptChange:
    """Return the change that records R1."""
    return billing.receive(
        ReceiptId("R1"), entity=ENTITY, party=PARTY, amount=Money(5_000_000, "CNY"), on=TODAY, now=NOON
    )


def receipt() -> billing.Receipt:
    """Return R1: 50,000.00 CNY, nothing applied."""
    return reception().after


def settled() -> tuple[ReceiptChange, ReceivableChange]:
    """Return the two sides of R1 applied to P1/1."""
    paid, *sides = billing.apply(receipt(), [receivable()], on=TODAY, now=NOON)
    return paid, sides[0]


def settled_receivable() -> billing.Receivable:
    """Return P1/1 with nothing open."""
    return settled()[1].after


def nearly_settled_receivable() -> billing.Receivable:
    """Return P1/1 with one fen open."""
    almost = receivable().amount - Money(1, "CNY")
    return billing.waive(receivable(), amount=almost, change=ChangeId("W0"), reason="agreed", on=TODAY, now=NOON).after


def written_off_receivable() -> billing.Receivable:
    """Return P1/1 given up as a whole."""
    lost, why = receivable(), ChangeId("B1")
    return billing.write_off(lost, amount=lost.open, change=why, reason="bankrupt", on=TODAY, now=NOON).after


def second_receivable() -> billing.Receivable:
    """Return P1/2: 60,000.00 CNY, which falls due on the day of the signature here."""
    return billing.raise_receivable(
        ReceivableId("P1/2"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=Money(6_000_000, "CNY"),
        on=TODAY,
        due_on=TODAY,
        now=NOON,
    ).after


def issuance() -> tuple[InvoiceChange, ReceivableChange]:
    """Return the changes that issue I1: SO-1 with 13 % tax, billing P1/1 so far."""
    goods = billing.InvoiceLine("Press line", gross=TOTAL, tax_rate=Decimal("0.13"))
    issued, *billed = billing.issue(
        InvoiceId("I1"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        lines=[goods],
        receivables=[(receivable(), receivable().amount)],
        on=TODAY,
        now=NOON,
    )
    return issued, billed[0]


def issued() -> billing.InvoiceEvent:
    """Return the event that begins I1."""
    return issuance()[0].events[0]


def invoice() -> billing.Invoice:
    """Return I1: 100,000.00 CNY with 11,504.42 CNY of tax."""
    return issuance()[0].after


def invoiced_receivable() -> billing.Receivable:
    """Return P1/1 as I1 bills it."""
    return issuance()[1].after


def note_request() -> NoteChange:
    """Return the change that requests N1, a red letter of 10,000.00 CNY of I1."""
    return billing.request_note(
        NoteId("N1"),
        invoice=invoice(),
        amount=Money(1_000_000, "CNY"),
        reason=billing.NoteReason.ALLOWANCE,
        on=TODAY,
        now=NOON,
    )


def note_requested() -> billing.NoteEvent:
    """Return the event that begins N1."""
    return note_request().events[0]


def requested_note() -> billing.RedLetterNote:
    """Return N1 as it was requested."""
    return note_request().after


def confirmed_note() -> billing.RedLetterNote:
    """Return N1 after its confirmation."""
    return billing.confirm_note(requested_note(), on=TODAY, now=NOON).after


def reddened() -> tuple[NoteChange, InvoiceChange]:
    """Return the two sides of N1 issued on I1."""
    note, red, *_ = billing.issue_note(confirmed_note(), invoice(), on=TODAY, now=NOON)
    return note, red


def refund_asked() -> tuple[RefundChange, ReceiptChange]:
    """Return the two sides of RF1, a refund of 20,000.00 CNY of R1."""
    return billing.request_refund(
        RefundId("RF1"), receipt=receipt(), amount=Money(2_000_000, "CNY"), reason="overpaid", now=NOON
    )


def requested_refund() -> billing.RefundRequest:
    """Return RF1 as it was requested."""
    return refund_asked()[0].after


def refund_approval(refund: billing.RefundRequest | None = None) -> ApprovalRequest:
    """Return request AR-1 about a refund, RF1 unless told otherwise, approved."""
    refund = requested_refund() if refund is None else refund
    return approved_request(Subject(billing.REFUND_REQUEST.kind, refund.id), refund.amount)


def approved_refund() -> billing.RefundRequest:
    """Return RF1 after its approval."""
    return billing.approve_refund(requested_refund(), approval=refund_approval(), now=NOON).after


def aged() -> billing.Aging:
    """Return the aging of P1/1 and P1/2 ten days after the first was due, by customer too."""
    _, *raised = billing.reach(reached_plan(), milestone="delivered", on=date(2026, 3, 9), now=NOON)
    as_of = date(2026, 3, 12)
    items = billing.open_items([receivable(), raised[0].after], as_of)
    return billing.aging(items, as_of=as_of, by=lambda item: item.party)


def account_statement() -> billing.Statement:
    """Return the statement of March of customer A1, who paid R1 of which P1/1 took 30,000.00 CNY."""
    documents = [change.after for change in settled()]
    return billing.statements(documents, first=TODAY, last=date(2026, 3, 31))[0]


def expected_cash() -> billing.CashIn:
    """Return what is expected of P1/1 and P1/2 ten days after the first was due, of a customer who paid 0 to 39 days late."""
    _, *raised = billing.reach(reached_plan(), milestone="delivered", on=date(2026, 3, 9), now=NOON)
    as_of = date(2026, 3, 12)
    seen = [billing.Lateness(PARTY, days, Money(100_000, "CNY")) for days in range(40)]
    items = billing.open_items([receivable(), raised[0].after], as_of)
    return billing.cash_in(items, history=seen, as_of=as_of, weeks=4)[0]
