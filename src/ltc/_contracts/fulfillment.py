"""How an order is placed under a contract, delivered in batches, and accepted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ltc._contracts.batch import NONE, left_of, quantities_of
from ltc._contracts.contract import Contract, ContractStatus
from ltc._contracts.line import Line
from ltc._contracts.order import (
    ORDER,
    Order,
    OrderAccepted,
    OrderDelivered,
    OrderEvent,
    OrderPlaced,
    check_placed,
)
from ltc.errors import NotFound, Refused
from ltc.events import Change, day
from ltc.ids import LineId, OrderId


def place_order(
    order_id: OrderId, /, *, contract: Contract, lines: Iterable[Line], currency: str, on: dt.date, now: dt.datetime
) -> Change[Order, OrderEvent]:
    """Place an order under a contract that is signed and in effect on that day, for its parties, in its currency.

    A contract may have several orders; whether they stay within its amount is the host's to review.

    Raises:
        Refused: `contract.not_signed`, `contract.not_effective` or `order.currency`.
        InvalidValue: no line, or two of one id.
        CurrencyMismatch: a line is adjusted in another currency.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, draft_contract, order_lines
    >>> place_order("SO-9", contract=draft_contract(), lines=order_lines(), currency="CNY", on=date(2026, 3, 2), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: contract K1 is draft; orders are placed once it is signed
    """
    _check_contract(contract, currency, day(on))
    placed = OrderPlaced(
        order_id,
        contract=contract.id,
        entity=contract.entity,
        account=contract.account,
        opportunity=contract.opportunity,
        owner=contract.owner,
        currency=currency,
        lines=tuple(lines),
        on=on,
        at=now,
    )
    change = ORDER.change(None, placed)
    _ = change.after.amount  # meets the currency of every adjustment
    return change


def _check_contract(contract: Contract, currency: str, on: dt.date) -> None:
    if contract.status is not ContractStatus.SIGNED:
        raise Refused(
            "contract.not_signed",
            f"contract {contract.id} is {contract.status.value}; orders are placed once it is signed",
            contract=contract.id,
            status=contract.status.value,
        )
    if not contract.is_effective(on):
        raise Refused(
            "contract.not_effective",
            f"contract {contract.id} takes effect on {contract.effective_on}, not by {on}; place the order from that day on",
            contract=contract.id,
            effective_on=contract.effective_on,
            on=on,
        )
    if currency != contract.amount.currency:
        raise Refused(
            "order.currency",
            f"contract {contract.id} is in {contract.amount.currency}, not in {currency}; order in its currency",
            contract=contract.id,
            expected=contract.amount.currency,
            currency=currency,
        )


def deliver(
    order: Order, /, *, batch: str, quantities: Mapping[LineId, Decimal], on: dt.date, now: dt.datetime
) -> Change[Order, OrderEvent]:
    """Deliver a batch: so much of which lines; all batches together never more than was ordered.

    Raises:
        Refused: `order.batch_known` for a batch of an id that was delivered before, `order.over_delivered`, `order.too_early`.
        NotFound: the order has no such line.
        InvalidType, InvalidValue: no quantity, one of zero or less, or a float.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, placed_order
    >>> deliver(placed_order(), batch="B1", quantities={"1": 3}, on=date(2026, 3, 20), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: 3 of line 1 cannot be delivered: order SO-1 has 2 left to deliver; deliver 2 or less
    """
    if any(known.id == batch for known in order.batches):
        raise Refused(
            "order.batch_known",
            f"batch {batch} of order {order.id} was delivered before; give the new one its own id",
            order=order.id,
            batch=batch,
        )
    event = OrderDelivered(order.id, batch=batch, quantities=tuple(quantities.items()), on=on, at=now)
    check_placed(order, event.on)
    delivered = quantities_of(order.batches)
    for line_id, quantity in event.quantities:
        left = left_of(order.line(line_id), delivered.get(line_id, NONE))
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


def accept(order: Order, /, *, batch: str, on: dt.date, now: dt.datetime) -> Change[Order, OrderEvent]:
    """Accept a delivered batch as a whole 验收, on the day of its delivery or later.

    Raises:
        NotFound: the order has no such batch.
        Refused: `order.accepted_already` or `order.accepted_early`.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, delivered_order
    >>> accept(delivered_order(), batch="B1", on=date(2026, 3, 25), now=NOON).after.accepted_on
    datetime.date(2026, 3, 25)
    """
    for held in order.batches:
        if held.id == batch:
            break
    else:
        raise NotFound(
            "order.no_batch",
            f"order {order.id} has no batch {batch}; deliver it first",
            order=order.id,
            batch=batch,
        )
    if held.accepted_on is not None:
        raise Refused(
            "order.accepted_already",
            f"batch {batch} of order {order.id} was accepted on {held.accepted_on}; a batch is accepted once",
            order=order.id,
            batch=batch,
            accepted_on=held.accepted_on,
        )
    if day(on) < held.delivered_on:
        raise Refused(
            "order.accepted_early",
            f"batch {batch} of order {order.id} was delivered on {held.delivered_on}, after {on}; accept it from that day on",
            order=order.id,
            batch=batch,
            delivered_on=held.delivered_on,
            on=on,
        )
    return ORDER.change(order, OrderAccepted(order.id, batch=batch, on=on, at=now))
