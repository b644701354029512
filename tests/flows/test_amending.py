"""An order that changes while it runs, and plans that follow its batches: what the order is worth, the plan collects."""

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from ltc import billing, contracts, flows
from ltc.errors import Refused
from ltc.ids import ChangeId, LineId, OrderId
from ltc.testing.samples.billing import NOON, TODAY, collection_plan, invoice, reached_plan, receivable
from ltc.testing.samples.contracts import placed_order

CH = ChangeId("CH-9")
ORDER = placed_order()
GOODS, CARE = ORDER.lines


def amend(
    *lines: contracts.Line,
    plan: billing.CollectionPlan | None = None,
    by: billing.ReplanStrategy = billing.from_last,
    invoices: tuple[billing.Invoice, ...] = (),
) -> flows.Changes:
    return flows.amend_order(
        ORDER,
        plan or reached_plan(),
        lines=lines,
        by=by,
        receivables=[receivable()],
        invoices=invoices,
        change=CH,
        reason="plant closed",
        approval=None,
        on=TODAY,
        now=NOON,
    )


@pytest.mark.parametrize("quantity", [1, 2, 3, 7])
@pytest.mark.parametrize("by", [billing.from_last, billing.from_first, billing.in_proportion])
def test_what_the_order_is_worth_is_what_the_plan_collects(quantity: int, by: billing.ReplanStrategy) -> None:
    lines = (attrs.evolve(GOODS, quantity=Decimal(quantity)), attrs.evolve(CARE, unit_price=Decimal(10_001)))
    changes = amend(*lines, by=by)
    order, plan = flows.last_of(changes, contracts.Order), flows.last_of(changes, billing.CollectionPlan)
    raised = sum(done.amount.minor for done in plan.raised)
    assert raised + sum(part.amount.minor for part in plan.waiting) == plan.amount.minor == order.amount.minor
    assert order.amount.minor == quantity * 4_500_000 + 1_000_100


def test_what_was_billed_beyond_the_smaller_order_is_taken_back() -> None:
    changes = amend(attrs.evolve(GOODS, quantity=Decimal(1)), CARE, invoices=(invoice(),))
    assert [change.kind for change in changes] == ["order", "plan", "note", "note", "note", "invoice"]
    assert str(flows.last_of(changes, billing.Invoice).billed) == "55000.00 CNY"
    others = attrs.evolve(invoice(), order=OrderId("SO-2"))
    assert len(amend(attrs.evolve(GOODS, quantity=Decimal(1)), CARE, invoices=(others,))) == 2


def test_lines_may_be_added_and_removed() -> None:
    fewer = attrs.evolve(GOODS, quantity=Decimal(1))
    spare = contracts.Line(LineId("9"), "刀具", Decimal(1), Decimal(2_000), Decimal("0.06"))
    added = amend(fewer, CARE, spare, invoices=(invoice(),))
    assert str(flows.last_of(added, contracts.Order).amount) == "57000.00 CNY"
    assert str(flows.last_of(added, billing.Invoice).billed) == "57000.00 CNY"
    removed = amend(GOODS, invoices=(invoice(),))
    assert str(flows.last_of(removed, billing.Invoice).billed) == "90000.00 CNY"


def test_an_order_of_the_same_amount_leaves_the_plan_alone() -> None:
    assert [change.kind for change in amend(GOODS, attrs.evolve(CARE, product="两年维保"))] == ["order"]


def test_what_cannot_follow_is_refused() -> None:
    with pytest.raises(
        Refused, match=r"cannot sum to 10000\.00 CNY: 30000\.00 CNY is raised; ask for that or more"
    ) as no:
        amend(CARE)
    assert no.value.code == "plan.under_raised"
    other = attrs.evolve(collection_plan(), order=OrderId("SO-2"))
    with pytest.raises(Refused, match="plan P1 collects order SO-2, not SO-1") as wrong:
        amend(CARE, plan=other)
    assert wrong.value.code == "plan.other_order"


def test_a_plan_follows_the_batches() -> None:
    terms = [
        billing.weight(1, due=billing.on(billing.batch(1))),
        billing.weight(1, due=billing.on(billing.batch(2))),
        billing.weight(1, due=billing.on(billing.batch(2, "accepted"))),
        billing.weight(1, due=billing.on("delivered")),
    ]
    schedule = billing.plan(ORDER.amount, terms)
    order, plan = ORDER, attrs.evolve(collection_plan(), schedule=schedule, installments=schedule.installments)
    reached: list[list[str]] = []
    for batch in ("B1", "B2"):
        on = TODAY + dt.timedelta(days=len(reached))
        changes = flows.deliver_order(order, plan, batch=batch, quantities={LineId("1"): Decimal(1)}, on=on, now=NOON)
        order = flows.last_of(changes, contracts.Order)
        plan = flows.last_of(changes, billing.CollectionPlan)
        reached.append([change.after.id for change in changes])
    assert reached == [["SO-1", "P1", "P1/1"], ["SO-1", "P1", "P1/2", "P1", "P1/4"]]
    late = flows.accept_order(order, plan, batch="B2", on=TODAY + dt.timedelta(days=9), now=NOON)
    assert [change.after.id for change in late] == ["SO-1", "P1", "P1/3"]
    first = flows.accept_order(order, plan, batch="B1", on=TODAY + dt.timedelta(days=9), now=NOON)
    assert [change.after.id for change in first] == ["SO-1"]
    assert [milestone.name for milestone in plan.reached] == ["delivered:1", "delivered:2", "delivered"]
