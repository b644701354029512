"""Contract K1 and order SO-1 of Huadong Machinery 华东机械, 100,000.00 CNY, for examples and tests."""

import datetime as dt
from decimal import Decimal
from typing import Final, cast

from ltc.contracts import (
    Contract,
    ContractDrafted,
    Line,
    LineKind,
    Order,
    OrderAmended,
    OrderEvent,
    OrderPlaced,
    accept,
    amend,
    approve,
    deliver,
    draft,
    place_order,
    plan_batch,
    reduce_lines,
    sign,
    submit,
)
from ltc.events import Change
from ltc.ids import AccountId, ActorId, ChangeId, ContractId, EntityId, LineId, OpportunityId, OrderId, RequestId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, 2 March 2026: the day K1 is signed and SO-1 placed."""
TODAY: Final = dt.date(2026, 3, 2)
"""That day."""
_AMOUNT: Final = Money.of("100000.00", "CNY")


def drafted() -> ContractDrafted:
    """Return the event that begins contract K1 of Li's, between E1 and Huadong A1, from opportunity O1."""
    return ContractDrafted(
        ContractId("K1"),
        entity=EntityId("E1"),
        account=AccountId("A1"),
        opportunity=OpportunityId("O1"),
        amount=_AMOUNT,
        title="加工中心及服务",
        owner=ActorId("li"),
        at=NOON,
    )


def draft_contract() -> Contract:
    """Return contract K1 as a draft."""
    event = drafted()
    return draft(
        event.contract,
        entity=event.entity,
        account=event.account,
        opportunity=event.opportunity,
        amount=event.amount,
        title=event.title,
        owner=event.owner,
        now=event.at,
    ).after


def submitted_contract() -> Contract:
    """Return contract K1, submitted under request AR-1."""
    return submit(draft_contract(), request_id=RequestId("AR-1"), now=NOON).after


def approved_contract() -> Contract:
    """Return contract K1, approved by Wang, Zhao and Qian."""
    return approve(submitted_contract(), approval=approved_request(), now=NOON).after


def signed_contract() -> Contract:
    """Return contract K1, signed and in effect on 2 March 2026."""
    return sign(approved_contract(), on=TODAY, now=NOON).after


def order_lines() -> tuple[Line, ...]:
    """Return two machining centers at 45,000.00 with 13 % VAT, and care for three years at 10,000.00 with 6 %."""
    machines = Line(LineId("1"), "加工中心", Decimal(2), Decimal("45000.00"), Decimal("0.13"))
    care = Line(LineId("2"), "三年维保", Decimal(1), Decimal("10000.00"), Decimal("0.06"), kind=LineKind.SERVICE)
    return machines, care


def _placing() -> Change[Order, OrderEvent]:
    """Return the change that places order SO-1."""
    return place_order(
        OrderId("SO-1"),
        contract=signed_contract(),
        lines=order_lines(),
        currency="CNY",
        on=TODAY,
        now=NOON,
    )


def placed() -> OrderPlaced:
    """Return the event that begins order SO-1."""
    return cast("OrderPlaced", _placing().events[0])


def placed_order() -> Order:
    """Return order SO-1, nothing delivered."""
    return _placing().after


def planned_order() -> Order:
    """Return order SO-1 with one machine planned for 20 March 2026 as batch B1, the other for 20 April as B2."""
    order = placed_order()
    for batch, due_on in (("B1", dt.date(2026, 3, 20)), ("B2", dt.date(2026, 4, 20))):
        quantities = {LineId("1"): Decimal(1)}
        order = plan_batch(order, batch=batch, quantities=quantities, due_on=due_on, on=TODAY, now=NOON).after
    return order


def delivered_order() -> Order:
    """Return order SO-1 with both machines delivered as batch B1 on 20 March 2026."""
    return deliver(
        placed_order(), batch="B1", quantities={LineId("1"): Decimal(2)}, on=dt.date(2026, 3, 20), now=NOON
    ).after


def accepted_order() -> Order:
    """Return order SO-1 with both machines accepted on 25 March 2026."""
    return accept(delivered_order(), batch="B1", on=dt.date(2026, 3, 25), now=NOON).after


def _amending() -> Change[Order, OrderEvent]:
    order = placed_order()
    return amend(
        order,
        change=ChangeId("CH-1"),
        lines=reduce_lines(order.lines, Money.of("10000.00", "CNY")),
        reason="late delivery",
        approval=RequestId("AR-2"),
        on=dt.date(2026, 5, 4),
        now=NOON,
    )


def amended() -> OrderAmended:
    """Return the event of change CH-1: the customer is let off the service."""
    return cast("OrderAmended", _amending().events[0])


def amended_order() -> Order:
    """Return order SO-1 after change CH-1."""
    return _amending().after
