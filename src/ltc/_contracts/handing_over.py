"""How contracts and orders go from one owner to the next."""

import datetime as dt
from typing import overload

from ltc._contracts.contract import CONTRACT, Contract, ContractEvent, ContractHandedOver
from ltc._contracts.order import Order
from ltc._contracts.order_events import OrderEvent, OrderHandedOver
from ltc._contracts.order_life import ORDER
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import ActorId


@overload
def hand_over(thing: Contract, /, *, to: ActorId, reason: str, now: dt.datetime) -> Change[Contract, ContractEvent]: ...
@overload
def hand_over(thing: Order, /, *, to: ActorId, reason: str, now: dt.datetime) -> Change[Order, OrderEvent]: ...
def hand_over(
    thing: Contract | Order, /, *, to: ActorId, reason: str, now: dt.datetime
) -> Change[Contract, ContractEvent] | Change[Order, OrderEvent]:
    """Hand a contract or an order over to its next owner 交接, in any status.

    Raises:
        Refused: `contract.same_owner`: he owns it already.

    >>> from ltc.testing.samples.contracts import NOON, placed_order
    >>> hand_over(placed_order(), to="wang", reason="li leaves", now=NOON).after.owner
    'wang'
    """
    if to == thing.owner:
        kind = CONTRACT.kind if isinstance(thing, Contract) else ORDER.kind
        raise Refused(
            "contract.same_owner",
            f"{kind} {thing.id} is owned by {to} already; hand it over to somebody else",
            kind=kind,
            subject=thing.id,
            owner=to,
        )
    if isinstance(thing, Contract):
        handed = ContractHandedOver(thing.id, owner=to, previous_owner=thing.owner, reason=reason, at=now)
        return CONTRACT.change(thing, handed)
    moved = OrderHandedOver(thing.id, owner=to, previous_owner=thing.owner, reason=reason, at=now)
    return ORDER.change(thing, moved)
