"""An order is placed, delivered, accepted; its collection plan follows, and receivables are raised as their days become known."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ltc import billing, contracts
from ltc._flows.changes import Changes, last_of
from ltc.errors import Refused
from ltc.ids import LineId, OrderId, PlanId

SIGNED = "signed"
DELIVERED = "delivered"
ACCEPTED = "accepted"
"""The milestones that an order itself reaches; a plan may wait for others, which the host reports with `billing.reach`."""


def start_order(
    order: OrderId,
    *,
    contract: contracts.Contract,
    lines: Iterable[contracts.Line],
    currency: str,
    plan: PlanId,
    terms: Sequence[billing.Term],
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Place an order under a signed contract and adopt its collection plan; what is due on signing becomes a receivable.

    The installments sum to the order's amount to the minor unit.

    Raises:
        Refused: the contract is not signed or not in effect.
        InvalidValue: the terms do not make up the amount, or point to a line that the order has not; `billing.check` lists all that
            is wrong with them.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import terms
    >>> from ltc.testing.samples.contracts import NOON, order_lines, signed_contract
    >>> changes = start_order("SO-1", contract=signed_contract(), lines=order_lines(), currency="CNY", plan="P1",
    ...                       terms=terms(), on=date(2026, 3, 9), now=NOON)
    >>> [(change.kind, change.after.id) for change in changes]
    [('order', 'SO-1'), ('plan', 'P1'), ('plan', 'P1'), ('receivable', 'P1/1')]
    """
    placed = contracts.place_order(order, contract=contract, lines=lines, currency=currency, on=on, now=now)
    adopted = billing.adopt(
        plan,
        order=order,
        entity=contract.entity,
        party=contract.account,
        schedule=billing.plan(placed.after.amount, terms, lines=[line.id for line in placed.after.lines]),
        now=now,
    )
    return (placed, *_reached(adopted.after, SIGNED, on, now, before=(adopted,)))


def deliver_order(
    order: contracts.Order,
    plan: billing.CollectionPlan,
    *,
    batch: str,
    quantities: Mapping[LineId, Decimal],
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Deliver a batch or a part of it; once it is whole the plan's milestone of that batch is reached, and once everything is delivered `delivered`.

    The batch that was planned first, or without a plan delivered first, is `billing.batch(1)`, whatever the host calls it. A
    milestone is reached once: what was rejected and is delivered again reaches nothing anew.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import collection_plan
    >>> from ltc.testing.samples.contracts import NOON, placed_order
    >>> order = placed_order()
    >>> whole = {line.id: line.quantity for line in order.lines}
    >>> changes = deliver_order(order, collection_plan(), batch="B1", quantities=whole, on=date(2026, 3, 20), now=NOON)
    >>> [(change.kind, change.after.id) for change in changes]
    [('order', 'SO-1'), ('plan', 'P1'), ('receivable', 'P1/2')]
    """
    delivered = contracts.deliver(order, batch=batch, quantities=quantities, on=on, now=now)
    return (delivered, *_both(plan, DELIVERED, delivered.after, batch, now))


def accept_order(
    order: contracts.Order, plan: billing.CollectionPlan, *, batch: str, on: dt.date, now: dt.datetime
) -> Changes:
    """Accept what waits of a batch; the plan's milestone of a batch that is whole is reached, and once everything is accepted `accepted`.

    The first batch of the order is `billing.batch(1, "accepted")`.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import collection_plan
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> changes = accept_order(delivered_order(), collection_plan(), batch="B1", on=date(2026, 3, 25), now=NOON)
    >>> [(change.kind, change.after.id) for change in changes]
    [('order', 'SO-1'), ('plan', 'P1'), ('receivable', 'P1/3')]
    """
    accepted = contracts.accept(order, batch=batch, on=on, now=now)
    return (accepted, *_both(plan, ACCEPTED, accepted.after, batch, now))


def _both(
    plan: billing.CollectionPlan, milestone: str, order: contracts.Order, batch: str, now: dt.datetime
) -> Changes:
    """Return the changes of reaching the milestone of a batch, and of the whole order, where they are whole."""
    number, held = next((number, held) for number, held in enumerate(order.batches, 1) if held.id == batch)
    part: Changes = ()
    for name, thing in ((billing.batch(number, milestone), held), (milestone, order)):
        on = thing.delivered_on if milestone == DELIVERED else thing.accepted_on
        if on is not None:
            part = _reached(last_of(part, billing.CollectionPlan) if part else plan, name, on, now, before=part)
    return part


def _reached(
    plan: billing.CollectionPlan, milestone: str, on: dt.date, now: dt.datetime, *, before: Changes = ()
) -> Changes:
    """Return the changes of reaching a milestone; none where the plan does not wait for it."""
    if milestone not in plan.milestones:
        return before
    return (*before, *billing.reach(plan, milestone=milestone, on=on, now=now))


def check_plan(order: contracts.Order, plan: billing.CollectionPlan) -> None:
    """Refuse a plan that collects another order."""
    if plan.order != order.id:
        raise Refused(
            "plan.other_order",
            f"plan {plan.id} collects order {plan.order}, not {order.id}; give the plan of that order",
            plan=plan.id,
            order=order.id,
            planned=plan.order,
        )
