"""The life of an order: how it begins, and the one place where it changes."""

from typing import Final, assert_never

from ltc._contracts.amendment import Amendment
from ltc._contracts.batch import Batch, BatchPlan, Move, MoveKind
from ltc._contracts.order import Order
from ltc._contracts.order_events import (
    OrderAccepted,
    OrderAmended,
    OrderBatchPlanned,
    OrderDelivered,
    OrderEvent,
    OrderHandedOver,
    OrderPlaced,
    OrderRejected,
    OrderReturned,
)
from ltc.errors import InvalidValue
from ltc.events import Life, evolved, no_beginning


def begin(event: OrderEvent) -> Order:
    """Return the order that is placed."""
    match event:
        case OrderPlaced():
            return Order(
                event.order,
                1,
                contract=event.contract,
                entity=event.entity,
                account=event.account,
                opportunity=event.opportunity,
                owner=event.owner,
                currency=event.currency,
                lines=event.lines,
                placed_on=event.on,
                tolerance=event.tolerance,
            )
        case _:
            raise no_beginning(event)


def evolve(order: Order, event: OrderEvent) -> Order:
    """Return the order after an event: the only place where an order's state changes."""
    version = order.version + 1
    match event:
        case OrderBatchPlanned(batch=batch, quantities=quantities, due_on=due_on, on=on):
            held = _batch(order, batch)
            planned = evolved(held, plans=(*held.plans, BatchPlan(quantities, due_on, on)))
            return evolved(order, version=version, batches=_with(order, planned))
        case OrderDelivered():
            return _moved(order, event, Move(MoveKind.DELIVERED, event.quantities, event.on))
        case OrderAccepted():
            return _moved(order, event, Move(MoveKind.ACCEPTED, event.quantities, event.on))
        case OrderRejected():
            return _moved(order, event, Move(MoveKind.REJECTED, event.quantities, event.on, event.reason))
        case OrderReturned():
            return _moved(order, event, Move(MoveKind.RETURNED, event.quantities, event.on, event.reason))
        case OrderAmended():
            amendment = Amendment(
                event.change,
                reason=event.reason,
                approval=event.approval,
                on=event.on,
                at=event.at,
                currency=order.currency,
                before=event.before,
                after=event.after,
                due_changes=event.due_changes,
            )
            amendments, batches = (*order.amendments, amendment), _due(order, event)
            return evolved(order, version=version, lines=event.after, amendments=amendments, batches=batches)
        case OrderHandedOver(owner=owner):
            return evolved(order, version=version, owner=owner)
        case OrderPlaced():
            raise InvalidValue(
                "events.impossible",
                "OrderPlaced cannot have happened to an order twice; replay events in their order, it first",
                event="OrderPlaced",
            )
        case _:
            assert_never(event)


def _due(order: Order, event: OrderAmended) -> tuple[Batch, ...]:
    """Return the batches, some planned for another day."""
    moved = {change.batch: change.after for change in event.due_changes}
    return tuple(
        evolved(batch, plans=(*batch.plans, BatchPlan(batch.quantities, moved[batch.id], event.on)))
        if batch.id in moved
        else batch
        for batch in order.batches
    )


def _moved(order: Order, event: OrderDelivered | OrderAccepted | OrderRejected | OrderReturned, move: Move) -> Order:
    held = _batch(order, event.batch)
    return evolved(order, version=order.version + 1, batches=_with(order, evolved(held, moves=(*held.moves, move))))


def _batch(order: Order, batch_id: str) -> Batch:
    return order.batch(batch_id) or Batch(batch_id)


def _with(order: Order, batch: Batch) -> tuple[Batch, ...]:
    """Return the batches with one in its place, or behind the others where it is new."""
    if order.batch(batch.id) is None:
        return (*order.batches, batch)
    return tuple(batch if known.id == batch.id else known for known in order.batches)


ORDER: Final[Life[Order, OrderEvent]] = Life(
    "order",
    Order,
    begin,
    evolve,
    {
        "placed": OrderPlaced,
        "batch_planned": OrderBatchPlanned,
        "delivered": OrderDelivered,
        "accepted": OrderAccepted,
        "rejected": OrderRejected,
        "returned": OrderReturned,
        "amended": OrderAmended,
        "handed_over": OrderHandedOver,
    },
)
"""The life of an order: for stores and for replay."""
