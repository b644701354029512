"""What can happen to an order."""

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from ltc._contracts.amendment import DueChange
from ltc._contracts.line import Line
from ltc._contracts.quantities import NONE, Quantities, as_quantities
from ltc.errors import InvalidType, InvalidValue
from ltc.events import day, instant
from ltc.ids import AccountId, ActorId, ChangeId, ContractId, EntityId, OpportunityId, OrderId, RequestId
from ltc.money import as_ratio
from ltc.text import free_text, one_line, optional_line


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
    tolerance: Decimal = attrs.field(default=NONE, converter=as_ratio)


@attrs.frozen
class OrderBatchPlanned:
    """A batch was planned: what it shall bring, and when.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, TODAY
    >>> planned = OrderBatchPlanned(
    ...     "SO-1", batch="B1", quantities=(("1", 2),), due_on=date(2026, 3, 20), on=TODAY, at=NOON
    ... )
    >>> planned.due_on
    datetime.date(2026, 3, 20)
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    quantities: Quantities = attrs.field(converter=as_quantities)
    due_on: dt.date = attrs.field(converter=day)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderDelivered:
    """A batch was delivered, or a part of it.

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
    """The customer accepted a batch 验收, or a part of it.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> OrderAccepted("SO-1", batch="B1", quantities=(("1", 2),), on=date(2026, 3, 25), at=NOON).batch
    'B1'
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    quantities: Quantities = attrs.field(converter=as_quantities)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderRejected:
    """The customer rejected a batch 拒收, or a part of it: it has to be delivered again.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> event = OrderRejected(
    ...     "SO-1", batch="B1", quantities=(("1", 1),), reason="scratched", on=date(2026, 3, 25), at=NOON
    ... )
    >>> event.reason
    'scratched'
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    quantities: Quantities = attrs.field(converter=as_quantities)
    reason: str = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OrderReturned:
    """Goods of a batch came back 退货.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> event = OrderReturned(
    ...     "SO-1", batch="B1", quantities=(("1", 1),), reason="scratched", on=date(2026, 3, 25), at=NOON
    ... )
    >>> event.reason
    'scratched'
    """

    order: OrderId = attrs.field(validator=one_line)
    batch: str = attrs.field(validator=one_line)
    quantities: Quantities = attrs.field(converter=as_quantities)
    reason: str = attrs.field(validator=one_line)
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
    due_changes: tuple[DueChange, ...] = ()


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


OrderEvent = (
    OrderPlaced
    | OrderBatchPlanned
    | OrderDelivered
    | OrderAccepted
    | OrderRejected
    | OrderReturned
    | OrderAmended
    | OrderHandedOver
)
