"""How an order is amended, and how two versions of it differ."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ltc._contracts.amendment import DueChange, LineChange, line_changes
from ltc._contracts.batch import peak
from ltc._contracts.line import Line
from ltc._contracts.order import Order, check_placed
from ltc._contracts.order_events import OrderAmended, OrderEvent
from ltc._contracts.order_life import ORDER
from ltc._contracts.quantities import NONE
from ltc.errors import NotFound, Refused
from ltc.events import Change, day
from ltc.ids import ChangeId, LineId, RequestId
from ltc.money import Money, as_decimal


def amend(
    order: Order,
    /,
    *,
    change: ChangeId,
    lines: Iterable[Line] | None = None,
    due_on: Mapping[str, dt.date] | None = None,
    invoiced: Mapping[LineId, Money] | None = None,
    invoiced_quantities: Mapping[LineId, Decimal] | None = None,
    reason: str,
    approval: RequestId | None,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Change what was ordered, under the same number: `lines` are the complete new lines, those left out are taken back.

    `due_on` are new days for planned batches. A line never falls under what was delivered of it and not returned, nor under what
    the host says was `invoiced` of it, by amount or by quantity; what invoices bill too much may be taken back first, or with the
    change (`ltc.flows.amend_order`). Amendments are made day by day. `approval` names the request that allowed it; None where none
    was needed.

    Raises:
        Refused: `order.under_delivered`, `order.under_invoiced` or `order.under_invoiced_quantity`, with the floor;
            `order.change_known` for a change that was made before; `order.not_amended` where nothing changes; `order.too_early`;
            `order.amended_later`; `order.batch_delivered` for a new day of a batch that is there.
        NotFound: no such line was invoiced, or no such batch planned.
        InvalidValue: no line, two of one id, or no reason.
        CurrencyMismatch: a line is adjusted or invoiced in another currency.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> from attrs import evolve
    >>> order = delivered_order()
    >>> fewer = [evolve(order.line("1"), quantity=1), order.line("2")]
    >>> amend(order, change="CH-1", lines=fewer, reason="plant closed", approval=None, on=date(2026, 4, 1), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: line 1 of order SO-1 cannot become 1: 2 were delivered; order 2 or more
    """
    after = order.lines if lines is None else tuple(lines)
    due_changes = tuple(_due_changes(order, due_on or {}))
    if any(known.change == change for known in order.amendments):
        raise Refused(
            "order.change_known",
            f"order {order.id} was amended by change {change} before; give the new one its own id",
            order=order.id,
            change=change,
        )
    if after == order.lines and not due_changes:
        raise Refused(
            "order.not_amended",
            f"change {change} leaves order {order.id} as it is; change a line or a planned day",
            order=order.id,
            change=change,
        )
    event = OrderAmended(
        order.id,
        change,
        before=order.lines,
        after=after,
        reason=reason,
        approval=approval,
        on=on,
        at=now,
        due_changes=due_changes,
    )
    _check_day(order, event.on)
    amended = ORDER.change(order, event)
    _ = amended.after.amount  # meets the currency of every adjustment
    _check_delivered(order, amended.after, event.on)
    _check_invoiced(order, amended.after, invoiced or {}, invoiced_quantities or {})
    return amended


def _due_changes(order: Order, due_on: Mapping[str, dt.date]) -> Iterable[DueChange]:
    for batch_id, new in due_on.items():
        batch = order.batch(batch_id)
        if batch is None or batch.plan is None:
            raise NotFound(
                "order.not_planned",
                f"order {order.id} has no batch {batch_id} that is planned; plan it first",
                order=order.id,
                batch=batch_id,
            )
        if batch.delivered_on is not None:
            raise Refused(
                "order.batch_delivered",
                f"batch {batch_id} of order {order.id} was delivered on {batch.delivered_on}; move one that is to come",
                order=order.id,
                batch=batch_id,
                delivered_on=batch.delivered_on,
            )
        check_placed(order, day(new))
        if new != batch.plan.due_on:
            yield DueChange(batch_id, batch.plan.due_on, new)


def _check_day(order: Order, on: dt.date) -> None:
    check_placed(order, on)
    if order.amendments and on < order.amendments[-1].on:
        last = order.amendments[-1]
        raise Refused(
            "order.amended_later",
            f"order {order.id} was amended by change {last.change} on {last.on}, after {on}; use that day or a later one",
            order=order.id,
            change=last.change,
            amended_on=last.on,
            on=on,
        )


def _check_delivered(before: Order, after: Order, on: dt.date) -> None:
    """Refuse lines that fall under what the customer had of them on the day of the change or later.

    What came beyond the quantity, within the tolerance, need not be ordered: a line may stay what it was.
    """
    old, new = ({line.id: line.quantity for line in order.lines} for order in (before, after))
    for line_id in old:
        quantity, floor = new.get(line_id, NONE), peak(before.batches, line_id, on)
        limit = after.limit(line_id) if line_id in new else NONE
        if floor > limit or quantity < min(floor, old[line_id]):
            raise Refused(
                "order.under_delivered",
                f"line {line_id} of order {before.id} cannot become {quantity}: {floor} were delivered; "
                f"order {floor} or more",
                order=before.id,
                line=line_id,
                quantity=quantity,
                floor=floor,
            )


def _check_invoiced(
    before: Order, after: Order, invoiced: Mapping[LineId, Money], quantities: Mapping[LineId, Decimal]
) -> None:
    """Refuse lines that fall under what was invoiced of them; a line may stay what it was."""
    lines = {line.id: line for line in after.lines}
    nothing = Money.zero(before.currency)
    for line_id, billed in invoiced.items():
        old, new = before.line(line_id).amount(before.currency), lines.get(line_id)
        amount = nothing if new is None else new.amount(before.currency)
        if amount < min(billed, old):
            raise Refused(
                "order.under_invoiced",
                f"line {line_id} of order {before.id} cannot come to {amount}: {billed} was invoiced; "
                "leave that or more, or take back what was invoiced first",
                order=before.id,
                line=line_id,
                amount=amount,
                floor=billed,
            )
    for line_id, number in quantities.items():
        floor, old_quantity = as_decimal(number), before.line(line_id).quantity
        quantity = lines[line_id].quantity if line_id in lines else NONE
        if quantity < min(floor, old_quantity):
            raise Refused(
                "order.under_invoiced_quantity",
                f"line {line_id} of order {before.id} cannot become {quantity}: {floor} were invoiced; "
                f"order {floor} or more, or take back what was invoiced first",
                order=before.id,
                line=line_id,
                quantity=quantity,
                floor=floor,
            )


def diff(before: Order, after: Order, /) -> tuple[LineChange, ...]:
    """Return the lines that differ between two versions of an order: those there before, in their order, then the new ones.

    Lines are matched by id; their place among the others is no difference.

    >>> from ltc.testing.samples.contracts import placed_order
    >>> diff(placed_order(), placed_order())
    ()
    """
    return line_changes(before.lines, after.lines)


def diff_dates(before: Order, after: Order, /) -> tuple[DueChange, ...]:
    """Return which batches that both versions of an order have planned are planned for another day, in their order.

    >>> from ltc.testing.samples.contracts import planned_order
    >>> diff_dates(planned_order(), planned_order())
    ()
    """
    old, new = ({batch.id: batch.plan.due_on for batch in order.batches if batch.plan} for order in (before, after))
    pairs = ((batch_id, due_on, new.get(batch_id, due_on)) for batch_id, due_on in old.items())
    return tuple(DueChange(*pair) for pair in pairs if pair[1] != pair[2])
