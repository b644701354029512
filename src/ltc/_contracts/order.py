"""An order: its state, what can happen to it, and the one place where it changes.

It has no stored status: what is delivered, accepted and owed is derived from its batches and amendments.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, assert_never

import attrs

from ltc._contracts.amendment import Amendment
from ltc._contracts.batch import NONE, Batch, LinePosition, Quantities, as_quantities, quantities_of
from ltc._contracts.line import Line, LineKind, amount_of
from ltc.errors import InvalidType, InvalidValue, NotFound, Refused
from ltc.events import Life, day, evolved, instant, no_beginning
from ltc.ids import (
    AccountId,
    ActorId,
    ChangeId,
    ContractId,
    EntityId,
    LineId,
    OpportunityId,
    OrderId,
    RequestId,
)
from ltc.money import Money, total
from ltc.text import free_text, one_line, optional_line


@attrs.frozen
class Order:
    """What a customer ordered under a contract: made by `place_order`, moved by `deliver`, `accept`, `amend` and `hand_over`.

    >>> from ltc.testing.samples.contracts import placed_order
    >>> order = placed_order()
    >>> str(order.amount), str(order.net), str(order.tax)
    ('100000.00 CNY', '89079.98 CNY', '10920.02 CNY')
    """

    id: OrderId
    version: int
    contract: ContractId
    entity: EntityId
    account: AccountId
    opportunity: OpportunityId | None
    owner: ActorId
    currency: str
    lines: tuple[Line, ...]
    """As they are now, after every amendment."""
    placed_on: dt.date
    batches: tuple[Batch, ...] = ()
    """As they were delivered."""
    amendments: tuple[Amendment, ...] = ()
    """As they were agreed."""

    @property
    def amount(self) -> Money:
        """What the lines come to, with tax."""
        return amount_of(self.lines, self.currency)

    @property
    def net(self) -> Money:
        """What the lines come to without tax, each rounded on its own."""
        return total((line.net(self.currency) for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """The tax in the amount."""
        return self.amount - self.net

    def line(self, line_id: LineId, /) -> Line:
        """Return the line of an id.

        Raises:
            NotFound: the order has no such line.
        """
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound(
            "order.no_line",
            f"order {self.id} has no line {line_id}; it has {', '.join(line.id for line in self.lines)}",
            order=self.id,
            line=line_id,
        )

    def delivered(self, line_id: LineId, /) -> Decimal:
        """Return how much of a line was delivered in all batches.

        Raises:
            NotFound: the order has no such line.
        """
        return quantities_of(self.batches).get(self.line(line_id).id, NONE)

    def accepted(self, line_id: LineId, /) -> Decimal:
        """Return how much of a line was delivered in batches that were accepted.

        Raises:
            NotFound: the order has no such line.
        """
        return quantities_of(self._accepted_batches()).get(self.line(line_id).id, NONE)

    def position(self) -> tuple[LinePosition, ...]:
        """Return what is ordered, delivered and accepted of every line, in the order of the lines."""
        delivered, accepted = quantities_of(self.batches), quantities_of(self._accepted_batches())
        return tuple(
            LinePosition(line.id, line.quantity, delivered.get(line.id, NONE), accepted.get(line.id, NONE))
            for line in self.lines
        )

    @property
    def delivered_on(self) -> dt.date | None:
        """The day of the last delivery, once all goods are delivered; of an order without goods, all services."""
        return self._complete_on((batch, batch.delivered_on) for batch in self.batches)

    @property
    def accepted_on(self) -> dt.date | None:
        """The day of the last acceptance, once all goods are accepted; of an order without goods, all services."""
        return self._complete_on((batch, batch.accepted_on) for batch in self.batches)

    def _accepted_batches(self) -> list[Batch]:
        return [batch for batch in self.batches if batch.accepted_on is not None]

    def _complete_on(self, dated: Iterable[tuple[Batch, dt.date | None]]) -> dt.date | None:
        done = [(batch, on) for batch, on in dated if on is not None]
        wanted = [line for line in self.lines if line.quantity]
        wanted = [line for line in wanted if line.kind is LineKind.GOODS] or wanted
        there, ids = quantities_of(batch for batch, _ in done), {line.id for line in wanted}
        if not wanted or any(there.get(line.id, NONE) < line.quantity for line in wanted):
            return None
        return max(on for batch, on in done if any(line_id in ids for line_id, _ in batch.quantities))


def _lines(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple or not all(isinstance(line, Line) for line in value):
        raise InvalidType(
            "order.lines", f"{attribute.name} are {value!r:.40}; pass a tuple of Line", name=attribute.name
        )
    ids = [line.id for line in value]
    if not ids or len(set(ids)) < len(ids):
        held = "none" if not ids else f"ids {', '.join(ids)}"
        raise InvalidValue(
            "order.lines",
            f"{attribute.name} are {held:.200}; give one or more, each with its own id",
            name=attribute.name,
        )


@attrs.frozen
class OrderPlaced:
    """A customer ordered under a contract.

    >>> from ltc.testing.samples.contracts import placed
    >>> [line.product for line in placed().lines]
    ['加工中心', '三年维保']
    """

    order: OrderId = attrs.field(validator=one_line)
    contract: ContractId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    account: AccountId = attrs.field(validator=one_line)
    opportunity: OpportunityId | None = attrs.field(validator=optional_line)
    owner: ActorId = attrs.field(validator=one_line)
    currency: str = attrs.field(validator=one_line)
    lines: tuple[Line, ...] = attrs.field(validator=_lines)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderDelivered:
    """A batch was delivered.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> OrderDelivered("SO-1", batch="B1", quantities=(("1", 2),), on=date(2026, 3, 20), at=NOON).quantities
    (('1', Decimal('2')),)
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    quantities: Quantities = attrs.field(converter=as_quantities)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderAccepted:
    """The customer accepted a batch 验收.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> OrderAccepted("SO-1", batch="B1", on=date(2026, 3, 25), at=NOON).batch
    'B1'
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderAmended:
    """What was ordered was changed by agreement, under the same order number.

    >>> from ltc.testing.samples.contracts import amended
    >>> amended().reason
    'late delivery'
    """

    order: OrderId = attrs.field(validator=one_line)
    change: ChangeId = attrs.field(validator=one_line)
    before: tuple[Line, ...] = attrs.field(validator=_lines)
    after: tuple[Line, ...] = attrs.field(validator=_lines)
    reason: str = attrs.field(validator=one_line)
    approval: RequestId | None = attrs.field(validator=optional_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderHandedOver:
    """An order went from one owner to the next 交接.

    >>> from ltc.testing.samples.contracts import NOON
    >>> OrderHandedOver("SO-1", owner="wang", previous_owner="li", reason="leaves", at=NOON).owner
    'wang'
    """

    order: OrderId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


OrderEvent = OrderPlaced | OrderDelivered | OrderAccepted | OrderAmended | OrderHandedOver


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
            )
        case _:
            raise no_beginning(event)


def evolve(order: Order, event: OrderEvent) -> Order:
    """Return the order after an event: the only place where an order's state changes."""
    version = order.version + 1
    match event:
        case OrderDelivered(batch=batch, quantities=quantities, on=on):
            return evolved(order, version=version, batches=(*order.batches, Batch(batch, quantities, on)))
        case OrderAccepted(batch=accepted, on=on):
            batches = tuple(
                evolved(batch, accepted_on=on) if batch.id == accepted else batch for batch in order.batches
            )
            return evolved(order, version=version, batches=batches)
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
            )
            return evolved(order, version=version, lines=event.after, amendments=(*order.amendments, amendment))
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


ORDER: Final[Life[Order, OrderEvent]] = Life(
    "order",
    Order,
    begin,
    evolve,
    {
        "placed": OrderPlaced,
        "delivered": OrderDelivered,
        "accepted": OrderAccepted,
        "amended": OrderAmended,
        "handed_over": OrderHandedOver,
    },
)
"""The life of an order: for stores and for replay."""


def check_placed(order: Order, on: dt.date) -> None:
    """Refuse a day before the order was placed."""
    if on < order.placed_on:
        raise Refused(
            "order.too_early",
            f"order {order.id} was placed on {order.placed_on}, after {on}; use that day or a later one",
            order=order.id,
            placed_on=order.placed_on,
            on=on,
        )
