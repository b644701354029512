"""The waiver of a tail: net zero to the cent, whatever was invoiced and paid before, against a model of a few integers."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import approvals, billing, contracts, flows
from ltc.adapters.memory import MemoryStore
from ltc.errors import Conflict, InvalidValue, Refused
from ltc.events import Subject
from ltc.ids import (
    AccountId,
    ActorId,
    ChangeId,
    InvoiceId,
    LineId,
    NoteId,
    OrderId,
    PlanId,
    ReceiptId,
    ReceivableId,
    RequestId,
)
from ltc.money import Money, total
from ltc.testing.samples.contracts import signed_contract

NOON = dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)
TODAY = NOON.date()
CNY = "CNY"
LI = ActorId("li")
LIVES: tuple[Any, ...] = (
    contracts.ORDER,
    billing.PLAN,
    billing.RECEIVABLE,
    billing.INVOICE,
    billing.NOTE,
    billing.RECEIPT,
    billing.REFUND_REQUEST,
)


def cny(minor: int) -> Money:
    return Money(minor, CNY)


class World(NamedTuple):
    """An order of three installments with what has become of it."""

    order: contracts.Order
    plan: billing.CollectionPlan
    receivables: tuple[billing.Receivable, ...]
    invoices: tuple[billing.Invoice, ...]
    receipts: tuple[billing.Receipt, ...]


def world(goods: int, service: int, *, due: bool, invoiced: list[int], paid: list[int]) -> World:
    """Place an order; let the tail fall due, be invoiced in parts of the order, and be paid in parts, as told."""
    lines = (
        contracts.Line(LineId("1"), "machine", Decimal(1), Decimal(goods).scaleb(-2), Decimal("0.13")),
        contracts.Line(LineId("2"), "care", Decimal(1), Decimal(service).scaleb(-2), Decimal("0.06"), kind="service"),
    )
    terms = [
        billing.share("0.30", due=billing.on("signed")),
        billing.share("0.60", due=billing.on("delivered")),
        billing.share("0.10", due=billing.on("accepted")),
    ]
    changes = flows.start_order(
        OrderId("SO-1"),
        contract=signed_contract(),
        lines=lines,
        currency=CNY,
        plan=PlanId("P1"),
        terms=terms,
        on=TODAY,
        now=NOON,
    )
    order, plan = flows.last_of(changes, contracts.Order), flows.last_of(changes, billing.CollectionPlan)
    receivables: tuple[billing.Receivable, ...] = ()
    receipts: list[billing.Receipt] = []
    if due:
        reached, *tails = billing.reach(plan, milestone="accepted", on=TODAY, now=NOON)
        plan, receivable = reached.after, tails[0].after
        for number, part in enumerate(paid, 1):
            if not 0 < part <= receivable.open.minor:
                continue
            steps = flows.take_receipt(
                ReceiptId(f"R{number}"),
                entity=order.entity,
                party=order.account,
                amount=cny(part),
                receivables=[receivable],
                on=TODAY,
                now=NOON,
            )
            receipts.append(flows.last_of(steps, billing.Receipt))
            receivable = flows.last_of(steps, billing.Receivable)
        receivables = (receivable,)
    parts = order.amount.allocate(invoiced) if any(invoiced) else ()
    invoices = tuple(invoice_of(number, order, part) for number, part in enumerate(parts, 1) if part)
    return World(order, plan, receivables, invoices, tuple(receipts))


def invoice_of(number: int, order: contracts.Order, gross: Money) -> billing.Invoice:
    line = billing.InvoiceLine("machine and care", gross, Decimal("0.13"))
    issued, *_ = billing.issue(
        InvoiceId(f"I{number}"),
        order=order.id,
        entity=order.entity,
        party=order.account,
        lines=[line],
        on=TODAY,
        now=NOON,
    )
    return issued.after


def preview(
    state: World,
    amount: Money | None = None,
    *,
    approval: RequestId | None = None,
    policy: billing.ReliefPolicy | None = None,
    authorities: Sequence[billing.PaymentAuthority] = (),
) -> flows.ImpactPreview:
    return flows.preview_waiver(
        state.order,
        state.plan,
        receivables=state.receivables,
        invoices=state.invoices,
        receipts=state.receipts,
        installment=3,
        amount=amount,
        change=ChangeId("CH-1"),
        reason="late delivery",
        approval=approval,
        policy=policy,
        authorities=authorities,
        on=TODAY,
        now=NOON,
    )


WORLDS = st.builds(
    world,
    st.integers(1000, 10**8),
    st.integers(100, 10**7),
    due=st.booleans(),
    invoiced=st.lists(st.integers(0, 5), max_size=3),
    paid=st.lists(st.integers(1, 10**6), max_size=4),
)


@given(WORLDS, st.data())
def test_what_the_order_loses_is_what_the_plan_or_the_receivable_loses(state: World, data: st.DataObject) -> None:
    whole = state.plan.amount_of(3)
    waived = cny(data.draw(st.integers(1, whole.minor))) if whole.minor > 1 else whole
    made = preview(state, waived)
    order = flows.last_of(made.changes, contracts.Order)
    assert order.amount == state.order.amount - waived
    assert order.amount == total((line.amount(CNY) for line in order.lines), CNY)
    if not state.receivables:
        plan = flows.last_of(made.changes, billing.CollectionPlan)
        assert plan.amount == order.amount
        return
    [before] = state.receivables
    after = flows.last_of(made.changes, billing.Receivable)
    assert after.waived == waived
    refunded = made.difference("refund_request", "amount")
    assert refunded.minor == max(0, waived.minor - before.open.minor)
    assert before.open - after.open == waived - refunded
    assert before.applied - after.applied == refunded


@given(WORLDS)
def test_nothing_is_billed_beyond_the_order_and_taxes_sum(state: World) -> None:
    made = preview(state)
    last = {change.after.id: change.after for change in made.changes if isinstance(change.after, billing.Invoice)}
    invoices = [last.get(invoice.id, invoice) for invoice in state.invoices]
    billed = total((invoice.billed for invoice in invoices), CNY)
    order = flows.last_of(made.changes, contracts.Order)
    before = total((invoice.billed for invoice in state.invoices), CNY)
    assert billed == min(before, order.amount)
    notes = [change.after for change in made.changes if isinstance(change.after, billing.RedLetterNote)]
    issued = [note for note in notes if note.status is billing.NoteStatus.ISSUED]
    assert total((note.amount for note in issued), CNY) == before - billed
    assert total((note.tax for note in issued), CNY) == total((invoice.red_tax for invoice in invoices), CNY)


@given(WORLDS)
def test_money_is_neither_made_nor_lost(state: World) -> None:
    made = preview(state)
    last = {change.after.id: change.after for change in made.changes if isinstance(change.after, billing.Receipt)}
    for receipt in state.receipts:
        after = last.get(receipt.id, receipt)
        assert after.amount == after.applied + after.unapplied + after.refunded + after.reserved
        assert after.unapplied == receipt.unapplied
    refunds = made.difference("refund_request", "amount")
    assert made.difference("receipt", "reserved") == refunds


@given(WORLDS)
def test_a_preview_is_read_off_its_changes_and_replays(state: World) -> None:
    made = preview(state)
    lives = {life.kind: life for life in LIVES}
    for change in made.changes:
        life = lives[change.kind]
        assert change.after == (
            life.replay(change.events) if change.before is None else reduce(life.evolve, change.events, change.before)
        )
    for impact in made.impacts:
        assert impact.before != impact.after
    assert len(made.say("zh_CN")) == len(made.say("en")) == len(made.impacts)


def test_a_part_may_be_waived_and_the_rest_once_more() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[1], paid=[400_000])
    first = preview(state, cny(250_000))
    again = state._replace(
        order=flows.last_of(first.changes, contracts.Order),
        receivables=(flows.last_of(first.changes, billing.Receivable),),
        invoices=(flows.last_of(first.changes, billing.Invoice),),
    )
    second = flows.preview_waiver(
        again.order,
        again.plan,
        receivables=again.receivables,
        invoices=again.invoices,
        receipts=again.receipts,
        installment=3,
        amount=cny(350_000),
        change=ChangeId("CH-2"),
        reason="and again",
        on=TODAY,
        now=NOON,
    )
    assert flows.last_of(second.changes, contracts.Order).amount == state.order.amount - cny(600_000)
    assert flows.last_of(second.changes, billing.Invoice).billed == state.order.amount - cny(600_000)
    assert flows.last_of(second.changes, billing.Receivable).open == cny(0)
    assert len(flows.last_of(second.changes, contracts.Order).amendments) == 2


def test_a_receivable_that_was_invoiced_by_itself_takes_its_own_invoice_back() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    [tail] = state.receivables
    line = billing.InvoiceLine("care", tail.amount, Decimal("0.06"))
    invoice, billed = billing.issue(  # type: ignore[misc]  # one receivable
        InvoiceId("I9"),
        order=state.order.id,
        entity=state.order.entity,
        party=state.order.account,
        lines=[line],
        receivables=[(tail, tail.amount)],
        on=TODAY,
        now=NOON,
    )
    made = preview(state._replace(receivables=(billed.after,), invoices=(invoice.after,)), cny(400_000))
    assert flows.last_of(made.changes, billing.Receivable).invoiced == tail.amount - cny(400_000)
    assert flows.last_of(made.changes, billing.RedLetterNote).covers == (billing.Cover(tail.id, cny(400_000)),)
    assert flows.last_of(made.changes, billing.Invoice).billed == tail.amount - cny(400_000)
    assert [subject.kind for subject in made.documents] == ["note"]
    assert flows.last_of(made.changes, billing.RedLetterNote).id == NoteId("SO-1/CH-1/note/1")


def test_what_was_paid_of_the_waived_part_is_refunded_from_the_latest_receipt() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[400_000, 300_000])
    made = preview(state, cny(350_000))  # 300,000 are open: 50,000 come from the second receipt, whose rest is put back
    assert [(str(subject.kind), subject.id) for subject in made.documents] == [("refund_request", "SO-1/CH-1/refund/1")]
    tail, receipt = flows.last_of(made.changes, billing.Receivable), flows.last_of(made.changes, billing.Receipt)
    assert (tail.open, tail.waived, tail.applied) == (cny(0), cny(350_000), cny(650_000))
    assert (receipt.id, receipt.applied, receipt.reserved) == ("R2", cny(250_000), cny(50_000))
    both = preview(state, cny(800_000))
    assert [subject.id for subject in both.documents] == ["SO-1/CH-1/refund/1", "SO-1/CH-1/refund/2"]
    with pytest.raises(Refused, match="give the receipts that paid it"):
        preview(state._replace(receipts=()), cny(350_000))


def test_a_red_letter_bears_the_tax_of_what_the_order_loses() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    lines = [
        billing.InvoiceLine("machine", cny(9_000_000), Decimal("0.13")),
        billing.InvoiceLine("care", cny(1_000_000), Decimal("0.06")),
    ]
    invoice, *_ = billing.issue(
        InvoiceId("I1"),
        order=state.order.id,
        entity=state.order.entity,
        party=state.order.account,
        lines=lines,
        on=TODAY,
        now=NOON,
    )
    note = flows.last_of(preview(state._replace(invoices=(invoice.after,))).changes, billing.RedLetterNote)
    assert (note.amount, note.net, note.tax) == (cny(1_000_000), cny(943_396), cny(56_604))  # 10,000.00 / 1.06, half up


def applied_in_turn(tail: billing.Receivable, *parts: tuple[str, int]) -> World:
    """A tail that receipts paid in several applications, those of one receipt not one after the other."""
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    receipts = {
        name: billing.receive(
            ReceiptId(name), entity=tail.entity, party=tail.party, amount=cny(1_000_000), on=TODAY, now=NOON
        ).after
        for name, _ in parts
    }
    for name, part in parts:
        paid, *settled = billing.apply(receipts[name], [tail], amount=cny(part), on=TODAY, now=NOON)
        receipts[name], tail = paid.after, settled[0].after
    return state._replace(receivables=(tail,), receipts=tuple(receipts.values()))


def test_receipts_that_paid_in_turn_are_refunded_by_application() -> None:
    [tail] = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[]).receivables
    made = preview(applied_in_turn(tail, ("R1", 500_000), ("R2", 10_000), ("R1", 490_000)), cny(600_000))
    refunds = {
        change.after.receipt: change.after.amount
        for change in made.changes
        if isinstance(change.after, billing.RefundRequest)
    }
    assert refunds == {"R1": cny(590_000), "R2": cny(10_000)}
    after = flows.last_of(made.changes, billing.Receivable)
    assert (after.open, after.applied) == (cny(0), cny(400_000))
    first = preview(applied_in_turn(tail, ("R1", 500_000), ("R2", 500_000)), cny(500_000))
    assert first.difference("refund_request", "amount") == cny(500_000)
    assert [subject.id for subject in first.documents] == ["SO-1/CH-1/refund/1"]


PARTS = st.lists(st.tuples(st.sampled_from(["R1", "R2", "R3"]), st.integers(1, 400_000)), min_size=1, max_size=6)


@given(PARTS, st.integers(1, 1_000_000))
def test_any_history_of_payments_can_be_waived(parts: list[tuple[str, int]], minor: int) -> None:
    [tail] = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[]).receivables
    fitting, sum_paid = [], 0
    for name, part in parts:
        if sum_paid + part <= tail.amount.minor:
            fitting.append((name, part))
            sum_paid += part
    state = applied_in_turn(tail, *fitting) if fitting else world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    made = preview(state, cny(minor))
    after = flows.last_of(made.changes, billing.Receivable)
    refunded = max(0, minor - (tail.amount.minor - sum_paid))
    assert (after.waived.minor, after.applied.minor) == (minor, sum_paid - refunded)
    assert after.open.minor == tail.amount.minor - minor - after.applied.minor
    assert made.difference("refund_request", "amount").minor == refunded
    assert made.difference("receipt", "unapplied") == cny(0)


def test_all_that_is_left_is_waived_once() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    first = preview(state, cny(400_000))
    left = state._replace(
        order=flows.last_of(first.changes, contracts.Order),
        receivables=(flows.last_of(first.changes, billing.Receivable),),
    )
    again = flows.preview_waiver(
        left.order,
        left.plan,
        receivables=left.receivables,
        installment=3,
        change=ChangeId("CH-2"),
        reason="x",
        on=TODAY,
        now=NOON,
    )
    assert again.amount == cny(600_000)


def paid_by(money: billing.Receipt, **terms: Any) -> World:
    """Return a world of which a receipt paid all of the tail."""
    state = world(90_000, 10_000, due=True, invoiced=[], paid=[])
    paid, settled = billing.apply(money, list(state.receivables), on=TODAY, now=NOON, **terms)  # type: ignore[misc]  # one receivable
    return state._replace(receivables=(settled.after,), receipts=(paid.after,))


def test_what_another_customer_paid_is_applied_again_under_his_authority() -> None:
    order = world(90_000, 10_000, due=True, invoiced=[], paid=[]).order
    group = billing.PaymentAuthority(
        "PA-1", payer=AccountId("A9"), on_behalf_of=order.account, entity=order.entity, since=TODAY
    )
    facts: dict[str, Any] = {"entity": order.entity, "on": TODAY, "now": NOON}
    money = billing.receive(ReceiptId("R9"), party=AccountId("A9"), amount=cny(10_000), **facts).after
    state = paid_by(money, authorities=[group])
    with pytest.raises(Refused, match="give an authority of A9") as refusal:
        preview(state, cny(4000))
    assert refusal.value.code == "receipt.other_party"
    made = preview(state, cny(4000), authorities=[group])
    owed = flows.last_of(made.changes, billing.Receivable)
    assert (owed.open, owed.waived, owed.settlements[-1].authority) == (cny(0), cny(4000), "PA-1")
    assert made.difference("refund_request", "amount") == cny(4000)
    assert preview(state, cny(10_000)).difference("refund_request", "amount") == cny(10_000), "nothing is applied again"


def test_what_was_paid_in_another_currency_is_not_refunded_in_the_wrong_one() -> None:
    order = world(90_000, 10_000, due=True, invoiced=[], paid=[]).order
    rates = billing.Rates([billing.ExchangeRate(CNY, "USD", rate=1, per=Decimal(7), on=TODAY)])
    money = billing.receive(
        ReceiptId("R9"), entity=order.entity, party=order.account, amount=Money.of("10", "USD"), on=TODAY, now=NOON
    ).after
    state = paid_by(money, rates=rates)
    [owed] = state.receivables
    assert owed.open == cny(3000)
    with pytest.raises(Refused, match="receipt R9 paid receivable P1/3 in USD") as refusal:
        preview(state, cny(3001))
    assert refusal.value.code == "waiver.other_currency"
    assert flows.last_of(preview(state, cny(3000)).changes, billing.Receivable).open == cny(0)


def test_what_belongs_to_another_order_is_left_alone() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[1], paid=[])
    [invoice] = state.invoices
    other = attrs.evolve(invoice, order=OrderId("SO-OTHER"))
    assert not preview(state._replace(invoices=(other,))).documents
    with pytest.raises(Refused, match="collects order SO-9, not SO-1; give the plan of that order"):
        preview(state._replace(plan=attrs.evolve(state.plan, order=OrderId("SO-9"))))


def test_a_part_that_was_taken_back_before_is_not_taken_back_again() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[], paid=[])
    [tail] = state.receivables
    line = billing.InvoiceLine("both", cny(4_000_000), Decimal("0.13"))
    other = attrs.evolve(tail, id=ReceivableId("P1/2"), amount=cny(3_000_000))
    covers = [(other, cny(3_000_000)), (tail, cny(1_000_000))]
    invoice, *billed = billing.issue(
        InvoiceId("I1"),
        order=state.order.id,
        entity=tail.entity,
        party=tail.party,
        lines=[line],
        receivables=covers,
        on=TODAY,
        now=NOON,
    )
    early = billing.request_note(
        NoteId("N1"),
        invoice=invoice.after,
        amount=cny(400_000),
        reason=billing.NoteReason.ALLOWANCE,
        on=TODAY,
        now=NOON,
    )
    _, reddened, given_back = billing.issue_note(  # type: ignore[misc]  # one receivable
        billing.confirm_note(early.after, on=TODAY, now=NOON).after,
        invoice.after,
        receivables=[change.after for change in billed],
        on=TODAY,
        now=NOON,
    )
    assert given_back.after.invoiced == cny(600_000)
    taken = state._replace(receivables=(given_back.after,), invoices=(reddened.after,))
    assert not preview(taken, cny(400_000)).documents
    assert preview(taken, cny(400_001)).difference("note", "amount") == cny(1)


def test_what_an_invoice_bills_of_another_order_is_left_alone() -> None:
    """A collective invoice of two orders: the red letter takes what bills nothing yet, then what was covered last of its own."""
    state = world(9_000_000, 1_000_000, due=False, invoiced=[], paid=[])
    reached, *raised = billing.reach(state.plan, milestone="delivered", on=TODAY, now=NOON)
    ours = raised[0].after
    theirs = attrs.evolve(ours, id=ReceivableId("P2/1"), order=OrderId("SO-2"), amount=cny(500_000))
    line = billing.InvoiceLine("both", ours.amount + theirs.amount + cny(4_000_000), Decimal("0.13"))
    invoice, *billed = billing.issue(
        InvoiceId("I1"),
        order=state.order.id,
        entity=ours.entity,
        party=ours.party,
        lines=[line],
        receivables=[(ours, ours.amount), (theirs, theirs.amount)],
        on=TODAY,
        now=NOON,
    )
    full = state._replace(
        plan=reached.after, receivables=tuple(change.after for change in billed), invoices=(invoice.after,)
    )
    note = flows.last_of(preview(full).changes, billing.RedLetterNote)
    assert (note.amount, note.covers) == (cny(1_000_000), ()), "4,000,000 bill nothing yet"
    less = full._replace(
        invoices=(
            attrs.evolve(
                invoice.after,
                lines=(billing.InvoiceLine("both", line.gross - cny(4_000_000), Decimal("0.13")),),
            ),
        ),
    )
    assert not preview(less).documents, "of the order 6,000,000 are billed, and 9,000,000 are left of it"


def test_the_invoice_that_is_taken_back_does_not_depend_on_the_order_of_input() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[1, 1], paid=[])
    turned = state._replace(invoices=state.invoices[::-1])
    assert preview(state).changes == preview(turned).changes


@pytest.mark.parametrize("due", [False, True])
def test_more_than_the_installment_is_refused(due: bool) -> None:
    state = world(9_000_000, 1_000_000, due=due, invoiced=[1], paid=[100_000])
    with pytest.raises(Refused):
        preview(state, cny(1_000_001))
    for amount in (cny(0), cny(-1), Money(1, "USD")):
        with pytest.raises(Refused, match=r"10000\.00 CNY is left of it; waive more than zero and at most that"):
            preview(state, amount)
    with pytest.raises(InvalidValue, match="has no installment 4"):
        flows.preview_waiver(
            state.order, state.plan, installment=4, change=ChangeId("C"), reason="x", on=TODAY, now=NOON
        )


def approval(amount: Money, about: str = "SO-1/CH-1", *, decide: bool = True) -> approvals.ApprovalRequest:
    flow = approvals.Flow("waiver", 1, (approvals.Step("manager", (ActorId("wang"),)),))
    asked = approvals.submit(
        RequestId("AR-9"), flow=flow, about=Subject("change", about), amount=amount, by=LI, now=NOON
    )
    return approvals.approve(asked.after, by=ActorId("wang"), now=NOON).after if decide else asked.after


def test_a_change_that_waits_is_carried_out_with_its_own_approval_only() -> None:
    made = preview(world(9_000_000, 1_000_000, due=True, invoiced=[1], paid=[]), approval=RequestId("AR-9"))
    assert flows.carry_out(made, approval=approval(made.amount)) == made.changes
    wrong = (None, approval(cny(1)), approval(made.amount, "SO-2/CH-1"), approval(made.amount, decide=False))
    for request in wrong:
        with pytest.raises(
            Refused, match=r"waits for request AR-9; carry it out once that is approved for 10000\.00 CNY"
        ):
            flows.carry_out(made, approval=request)
    free = preview(world(9_000_000, 1_000_000, due=True, invoiced=[1], paid=[]))
    assert flows.carry_out(free) == free.changes


LIMITED = billing.ReliefPolicy(waiver=billing.ApprovalLimit((cny(100_000),), ratio=Decimal("0.05")))


@pytest.mark.parametrize("due", [False, True])
def test_above_the_limit_of_waivers_an_approval_must_be_named(due: bool) -> None:
    state = world(9_000_000, 1_000_000, due=due, invoiced=[1], paid=[])
    within = preview(state, cny(50_000), policy=LIMITED)
    assert (within.free, within.needs_approval) == (cny(50_000), False)
    assert flows.carry_out(within) == within.changes
    above = preview(state, cny(50_001), policy=LIMITED)
    assert above.needs_approval
    with pytest.raises(Refused, match=r"500\.01 CNY is above the 500\.00 CNY that needs no approval") as refusal:
        flows.carry_out(above)
    assert refusal.value.code == "change.needs_approval"
    named = preview(state, cny(50_001), policy=LIMITED, approval=RequestId("AR-9"))
    assert flows.carry_out(named, approval=approval(named.amount)) == named.changes


@pytest.mark.parametrize("due", [False, True])
def test_what_was_waived_before_counts_towards_the_limit(due: bool) -> None:
    state = world(9_000_000, 1_000_000, due=due, invoiced=[], paid=[])
    first = preview(state, cny(30_000), policy=LIMITED)
    receivables = (flows.last_of(first.changes, billing.Receivable),) if due else ()
    plan = state.plan if due else flows.last_of(first.changes, billing.CollectionPlan)
    again = World(flows.last_of(first.changes, contracts.Order), plan, receivables, (), ())
    second = flows.preview_waiver(
        again.order,
        again.plan,
        receivables=again.receivables,
        installment=3,
        amount=cny(20_001),
        change=ChangeId("CH-2"),
        reason="late",
        policy=LIMITED,
        on=TODAY,
        now=NOON,
    )
    assert (second.free, second.needs_approval) == (cny(20_000), True)


def test_a_policy_may_make_no_red_letters() -> None:
    state = world(9_000_000, 1_000_000, due=True, invoiced=[1], paid=[])
    kept = preview(state, cny(1000), policy=billing.ReliefPolicy(red_letters=False))
    usual = preview(state, cny(1000), policy=billing.ReliefPolicy())
    assert [subject.kind for subject in kept.documents] == []
    assert [subject.kind for subject in usual.documents] == ["note"]
    assert usual.difference("invoice", "billed") == cny(-1000)
    assert kept.difference("receivable", "waived") == cny(1000)


def test_a_change_that_was_overtaken_is_refused_by_the_store() -> None:
    store = MemoryStore()
    start = flows.start_order(
        OrderId("SO-1"),
        contract=signed_contract(),
        lines=[contracts.Line(LineId("1"), "care", Decimal(1), Decimal(1000), Decimal("0.06"))],
        currency=CNY,
        plan=PlanId("P1"),
        terms=[billing.share("0.90", due=billing.on("signed")), billing.share("0.10", due=billing.on("accepted"))],
        on=TODAY,
        now=NOON,
    )
    store.commit(*start, by=LI, at=NOON)
    order, plan = store.orders.get(OrderId("SO-1")), store.plans.get(PlanId("P1"))
    made = flows.preview_waiver(order, plan, installment=2, change=ChangeId("CH-1"), reason="x", on=TODAY, now=NOON)
    store.commit(*billing.reach(plan, milestone="accepted", on=TODAY, now=NOON), by=LI, at=NOON)
    count = len(tuple(store.records()))
    with pytest.raises(Conflict):
        store.commit(*flows.carry_out(made), by=LI, at=NOON, cause=made.change)
    assert len(tuple(store.records())) == count
    assert store.orders.get(OrderId("SO-1")) == order
    fresh = flows.preview_waiver(
        order,
        store.plans.get(PlanId("P1")),
        receivables=store.receivables.of_order(order.id),
        installment=2,
        change=ChangeId("CH-1"),
        reason="x",
        on=TODAY,
        now=NOON,
    )
    store.commit(*flows.carry_out(fresh), by=LI, at=NOON, cause=fresh.change)
    assert [record.subject.kind for record in store.caused_by("CH-1")] == ["order", "receivable"]
