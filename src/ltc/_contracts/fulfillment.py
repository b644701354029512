"""How an order is fulfilled in batches: delivered, accepted or rejected, and returned."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from ltc._contracts.batch import Batch, Holding, histories
from ltc._contracts.order import Order, check_placed
from ltc._contracts.order_events import (
    OrderAccepted,
    OrderDelivered,
    OrderEvent,
    OrderRejected,
    OrderReturned,
)
from ltc._contracts.order_life import ORDER
from ltc._contracts.planning import known_batch
from ltc._contracts.quantities import NONE, Quantities, as_quantities, minus
from ltc.errors import NotFound, Refused
from ltc.events import Change, day
from ltc.ids import LineId


def deliver(
    order: Order, /, *, batch: str, quantities: Mapping[LineId, Decimal], on: dt.date, now: dt.datetime
) -> Change[Order, OrderEvent]:
    """Deliver a batch, or a part of it: so much of which lines.

    What was delivered and not returned is, as of any day, never more than was ordered and its tolerance. A batch takes deliveries
    until it is whole; what was rejected of it is delivered again.

    Raises:
        Refused: `order.batch_known` for a batch that was delivered as a whole before, `order.over_delivered`, `order.too_early`,
            `order.moved_early` for a day before what happened to the batch last.
        NotFound: the order has no such line.
        InvalidType, InvalidValue: no quantity, one of zero or less, or a float.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, placed_order
    >>> deliver(placed_order(), batch="B1", quantities={"1": 3}, on=date(2026, 3, 20), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: 3 of line 1 cannot be delivered: order SO-1 has 2 left to deliver; deliver 2 or less
    """
    held = order.batch(batch)
    if held is not None and held.delivered_on is not None:
        raise known_batch(order, batch)
    event = OrderDelivered(order.id, batch=batch, quantities=tuple(quantities.items()), on=on, at=now)
    check_placed(order, event.on)
    if held is not None:
        _check_day(order, held, event.on)
    for line_id, quantity in event.quantities:
        left = _left(order, order.line(line_id).id, event.on)
        if quantity > left:
            raise Refused(
                "order.over_delivered",
                f"{quantity} of line {line_id} cannot be delivered: order {order.id} has {left} left to deliver; "
                + (f"deliver {left} or less" if left else "leave the line out, or amend the order first"),
                order=order.id,
                line=line_id,
                quantity=quantity,
                left=left,
            )
    return ORDER.change(order, event)


def _left(order: Order, line_id: LineId, on: dt.date) -> Decimal:
    """Return how much of a line may be delivered on a day: what is left then, and on every day since."""
    days = {on, *(amendment.on for amendment in order.amendments), *(step for step, _ in histories(order.batches))}
    return min(_left_of(order.as_of(step), line_id) for step in days if step >= on)


def _left_of(order: Order, line_id: LineId) -> Decimal:
    if all(line.id != line_id for line in order.lines):
        return NONE
    place = next(place for place in order.position() if place.line == line_id)
    return minus(order.limit(line_id), place.kept)


def accept(
    order: Order,
    /,
    *,
    batch: str,
    quantities: Mapping[LineId, Decimal] | None = None,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Accept what was delivered of a batch 验收, all that waits or a part of it, on the day of its delivery or later.

    Raises:
        NotFound: the order has no such batch.
        Refused: `order.accepted_already`, `order.nothing_waits`, `order.over_waiting` or `order.moved_early`.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> accept(delivered_order(), batch="B1", on=date(2026, 3, 25), now=NOON).after.accepted_on
    datetime.date(2026, 3, 25)
    """
    held = _found(order, batch)
    if held.accepted_on is not None:
        raise Refused(
            "order.accepted_already",
            f"batch {batch} of order {order.id} was accepted on {held.accepted_on}; a batch is accepted once",
            order=order.id,
            batch=batch,
            accepted_on=held.accepted_on,
        )
    parts = _waiting(order, held, quantities, on)
    return ORDER.change(order, OrderAccepted(order.id, batch=batch, quantities=parts, on=on, at=now))


def reject(
    order: Order,
    /,
    *,
    batch: str,
    quantities: Mapping[LineId, Decimal] | None = None,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Reject what was delivered of a batch 拒收, all that waits or a part of it: it counts as not delivered, and may be again.

    Raises:
        NotFound: the order has no such batch.
        Refused: `order.nothing_waits`, `order.over_waiting` or `order.moved_early`.
        InvalidValue: no reason.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> order = reject(delivered_order(), batch="B1", reason="scratched", on=date(2026, 3, 25), now=NOON).after
    >>> str(order.delivered("1")), order.delivered_on
    ('0', None)
    >>> deliver(order, batch="B1", quantities={"1": 2}, on=date(2026, 4, 2), now=NOON).after.delivered_on
    datetime.date(2026, 4, 2)
    """
    parts = _waiting(order, _found(order, batch), quantities, on)
    event = OrderRejected(order.id, batch=batch, quantities=parts, reason=reason, on=on, at=now)
    return ORDER.change(order, event)


def return_batch(
    order: Order,
    /,
    *,
    batch: str,
    quantities: Mapping[LineId, Decimal] | None = None,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Take goods of a batch back 退货: all that the customer has of it, or a part; what was not accepted yet goes first.

    What he gives back may be delivered again, in another batch; where it shall not be, amend the order.

    Raises:
        NotFound: the order has no such batch.
        Refused: `order.nothing_kept`, `order.over_kept` or `order.moved_early`.
        InvalidValue: no reason.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, accepted_order
    >>> one = {"1": 1}
    >>> change = return_batch(
    ...     accepted_order(), batch="B1", quantities=one, reason="broken", on=date(2026, 4, 2), now=NOON
    ... )
    >>> [place, _] = change.after.position()
    >>> str(place.delivered), str(place.returned), str(place.accepted), str(place.kept)
    ('2', '1', '1', '1')
    """
    held = _found(order, batch)
    parts = _parts(order, held, quantities, _KEPT)
    _check_day(order, held, day(on))
    event = OrderReturned(order.id, batch=batch, quantities=parts, reason=reason, on=on, at=now)
    return ORDER.change(order, event)


def _waiting(order: Order, batch: Batch, quantities: Mapping[LineId, Decimal] | None, on: dt.date) -> Quantities:
    parts = _parts(order, batch, quantities, _WAITING)
    _check_day(order, batch, day(on))
    return parts


class _Asked(NamedTuple):
    """What a verb may take of a batch, and how it is refused."""

    measure: Callable[[Holding], Decimal]
    nothing: str
    over: str
    is_there: str


_WAITING: Final = _Asked(
    lambda place: place.waiting, "order.nothing_waits", "order.over_waiting", "delivered and not decided"
)
_KEPT: Final = _Asked(lambda place: place.kept, "order.nothing_kept", "order.over_kept", "with the customer")


def _parts(order: Order, batch: Batch, quantities: Mapping[LineId, Decimal] | None, asked: _Asked) -> Quantities:
    """Return what of a batch is asked for, or without a question all there is; never more than there is."""
    there = {name: asked.measure(place) for name, place in batch.holdings.items() if asked.measure(place)}
    if not there:
        raise Refused(
            asked.nothing,
            f"nothing of batch {batch.id} of order {order.id} is {asked.is_there}; deliver it first",
            order=order.id,
            batch=batch.id,
        )
    parts = as_quantities((there if quantities is None else quantities).items())
    for line_id, quantity in parts:
        left = there.get(line_id, NONE)
        if quantity > left:
            raise Refused(
                asked.over,
                f"{quantity} of line {line_id} is more than batch {batch.id} of order {order.id} has: "
                f"{left} is {asked.is_there}; " + (f"use {left} or less" if left else "leave the line out"),
                order=order.id,
                batch=batch.id,
                line=line_id,
                quantity=quantity,
                left=left,
            )
    return parts


def _found(order: Order, batch_id: str) -> Batch:
    batch = order.batch(batch_id)
    if batch is None:
        raise NotFound(
            "order.no_batch",
            f"order {order.id} has no batch {batch_id}; deliver it first",
            order=order.id,
            batch=batch_id,
        )
    return batch


def _check_day(order: Order, batch: Batch, on: dt.date) -> None:
    if batch.last_on is not None and on < batch.last_on:
        raise Refused(
            "order.moved_early",
            f"batch {batch.id} of order {order.id} was last moved on {batch.last_on}, after {on}; "
            "use that day or a later one",
            order=order.id,
            batch=batch.id,
            last_on=batch.last_on,
            on=on,
        )
