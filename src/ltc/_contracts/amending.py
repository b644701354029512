"""How an order is amended, and how two versions of it differ."""

import datetime as dt
from collections.abc import Iterable

from ltc._contracts.amendment import LineChange
from ltc._contracts.batch import peak
from ltc._contracts.line import Line
from ltc._contracts.order import Order, check_placed
from ltc._contracts.order_events import OrderAmended, OrderEvent
from ltc._contracts.order_life import ORDER
from ltc._contracts.quantities import NONE
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import ChangeId, RequestId


def amend(
    order: Order,
    /,
    *,
    change: ChangeId,
    lines: Iterable[Line],
    reason: str,
    approval: RequestId | None,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Change what was ordered, under the same number: `lines` are the complete new lines, those left out are taken back.

    A line never falls under what was delivered of it and not returned. `approval` names the request that allowed it; None where none was needed.

    Raises:
        Refused: `order.under_delivered`, with the floor; `order.change_known` for a change that was made before;
            `order.not_amended` where the lines are the same; `order.too_early`.
        InvalidValue: no line, two of one id, or no reason.
        CurrencyMismatch: a line is adjusted in another currency.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> from attrs import evolve
    >>> order = delivered_order()
    >>> fewer = [evolve(order.line("1"), quantity=1), order.line("2")]
    >>> amend(order, change="CH-1", lines=fewer, reason="plant closed", approval=None, on=date(2026, 4, 1), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: line 1 of order SO-1 cannot become 1: 2 were delivered; order 2 or more
    """
    after = tuple(lines)
    if any(known.change == change for known in order.amendments):
        raise Refused(
            "order.change_known",
            f"order {order.id} was amended by change {change} before; give the new one its own id",
            order=order.id,
            change=change,
        )
    if after == order.lines:
        raise Refused(
            "order.not_amended",
            f"change {change} leaves order {order.id} as it is; change a line",
            order=order.id,
            change=change,
        )
    event = OrderAmended(
        order.id, change, before=order.lines, after=after, reason=reason, approval=approval, on=on, at=now
    )
    check_placed(order, event.on)
    amended = ORDER.change(order, event)
    _ = amended.after.amount  # meets the currency of every adjustment
    _check_floors(order, amended.after, event.on)
    return amended


def _check_floors(before: Order, after: Order, on: dt.date) -> None:
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


def diff(before: Order, after: Order, /) -> tuple[LineChange, ...]:
    """Return the lines that differ between two versions of an order: those there before, in their order, then the new ones.

    Lines are matched by id; their place among the others is no difference.

    >>> from ltc.testing.samples.contracts import placed_order
    >>> diff(placed_order(), placed_order())
    ()
    """
    old, new = ({line.id: line for line in order.lines} for order in (before, after))
    changes = (LineChange(line_id, old.get(line_id), new.get(line_id)) for line_id in old | new)
    return tuple(change for change in changes if change.before != change.after)
