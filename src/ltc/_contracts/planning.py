"""How the batches of an order are planned."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from ltc._contracts.order import Order, check_placed
from ltc._contracts.order_events import OrderBatchPlanned, OrderEvent
from ltc._contracts.order_life import ORDER
from ltc._contracts.quantities import NONE, Quantities, minus, summed
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import LineId


def plan_batch(
    order: Order, /, *, batch: str, quantities: Mapping[LineId, Decimal], due_on: dt.date, on: dt.date, now: dt.datetime
) -> Change[Order, OrderEvent]:
    """Plan a batch: what it shall bring and when. All planned batches together never bring more than is ordered.

    Batches count in the order in which they are planned: the first one is `batch(1)` to the milestones of a collection plan.
    What is planned is changed by an amendment of the order.

    Raises:
        Refused: `order.batch_known` for a batch that was planned or delivered before, `order.over_planned`, `order.too_early`.
        NotFound: the order has no such line.
        InvalidType, InvalidValue: no quantity, one of zero or less, or a float.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, TODAY, placed_order
    >>> change = plan_batch(
    ...     placed_order(), batch="B1", quantities={"1": 1}, due_on=date(2026, 3, 20), on=TODAY, now=NOON
    ... )
    >>> [str(place.planned) for place in change.after.position()]
    ['1', '0']
    """
    if order.batch(batch) is not None:
        raise known_batch(order, batch)
    event = OrderBatchPlanned(order.id, batch=batch, quantities=tuple(quantities.items()), due_on=due_on, on=on, at=now)
    check_placed(order, event.on)
    check_placed(order, event.due_on)
    planned = ORDER.change(order, event)
    check_planned(planned.after, event.quantities)
    return planned


def check_planned(order: Order, quantities: Quantities) -> None:
    """Refuse batches that together shall bring more of some lines than is ordered."""
    planned = summed(batch.plan.quantities for batch in order.batches if batch.plan is not None)
    for line_id, quantity in quantities:
        ordered = order.line(line_id).quantity
        over = minus(planned[line_id], ordered)
        if over > 0:
            left = max(NONE, minus(quantity, over))
            raise Refused(
                "order.over_planned",
                f"{quantity} of line {line_id} cannot be planned: order {order.id} has {left} left to plan; "
                + (f"plan {left} or less" if left else "leave the line out, or amend the order first"),
                order=order.id,
                line=line_id,
                quantity=quantity,
                left=left,
            )


def known_batch(order: Order, batch: str) -> Refused:
    """Return the refusal of a new batch by the id of one that there is."""
    return Refused(
        "order.batch_known",
        f"batch {batch} of order {order.id} is known; give the new one its own id",
        order=order.id,
        batch=batch,
    )
