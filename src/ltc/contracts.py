"""Contracts and orders: what was agreed, what was delivered, and what was changed since.

A contract 合同 is drafted by its owner, submitted under a request for approval, approved when that request is, and signed with the
customer; it takes effect on a day of its own. Approved, signed and effective are three different things:

    draft → draft                ContractRevised, ContractHandedOver
    draft → in_approval          ContractSubmitted
    in_approval → in_approval    ContractHandedOver
    in_approval → approved       ContractApproved
    in_approval → draft          ContractSentBack
    approved → approved          ContractHandedOver
    approved → signed            ContractSigned
    approved → draft             ContractSentBack
    signed → signed              ContractHandedOver

Orders 订单 are placed under a signed contract. An order has lines; their amounts are with tax. Its batches are planned, delivered in
one or more parts, accepted or rejected by the customer 验收/拒收, and returned 退货; what was rejected is delivered again. It is amended
by agreement under the same number, never below what was delivered and not returned. It has no stored status: where it stands is its
`position()`, derived line by line from its batches, also `as_of` an earlier day; what was changed is in its `amendments`.

    accepted ≤ delivered - returned ≤ ordered (1 + tolerance)      of every line, as of every day

The customer is let off the service, 10 % of the order:

>>> from datetime import date
>>> from ltc import contracts
>>> from ltc.money import Money
>>> from ltc.testing.samples.contracts import NOON, placed_order
>>> order = placed_order()
>>> lines = contracts.reduce_lines(order.lines, Money.of("10000.00", "CNY"))
>>> change = contracts.amend(
...     order, change="CH-1", lines=lines, reason="late delivery", approval="AR-2", on=date(2026, 5, 4), now=NOON
... )
>>> str(order.amount), str(change.after.amount), [line.line for line in contracts.diff(order, change.after)]
('100000.00 CNY', '90000.00 CNY', ['2'])
"""

from ltc._contracts.amending import amend, diff, diff_dates
from ltc._contracts.amendment import Amendment, DueChange, LineChange
from ltc._contracts.batch import Batch, BatchPlan, Holding, Move, MoveKind
from ltc._contracts.contract import (
    CONTRACT,
    TRANSITIONS,
    Contract,
    ContractApproved,
    ContractDrafted,
    ContractEvent,
    ContractHandedOver,
    ContractRevised,
    ContractSentBack,
    ContractSigned,
    ContractStatus,
    ContractSubmitted,
)
from ltc._contracts.fulfillment import accept, deliver, reject, return_batch
from ltc._contracts.handing_over import hand_over
from ltc._contracts.line import Line, LineKind
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
from ltc._contracts.order_life import ORDER
from ltc._contracts.placing import place_order
from ltc._contracts.planning import plan_batch
from ltc._contracts.position import LinePosition
from ltc._contracts.reduction import reduce_lines
from ltc._contracts.signing import approve, draft, revise, send_back, sign, submit

__all__ = [
    "CONTRACT",
    "ORDER",
    "TRANSITIONS",
    "Amendment",
    "Batch",
    "BatchPlan",
    "Contract",
    "ContractApproved",
    "ContractDrafted",
    "ContractEvent",
    "ContractHandedOver",
    "ContractRevised",
    "ContractSentBack",
    "ContractSigned",
    "ContractStatus",
    "ContractSubmitted",
    "DueChange",
    "Holding",
    "Line",
    "LineChange",
    "LineKind",
    "LinePosition",
    "Move",
    "MoveKind",
    "Order",
    "OrderAccepted",
    "OrderAmended",
    "OrderBatchPlanned",
    "OrderDelivered",
    "OrderEvent",
    "OrderHandedOver",
    "OrderPlaced",
    "OrderRejected",
    "OrderReturned",
    "accept",
    "amend",
    "approve",
    "deliver",
    "diff",
    "diff_dates",
    "draft",
    "hand_over",
    "place_order",
    "plan_batch",
    "reduce_lines",
    "reject",
    "return_batch",
    "revise",
    "send_back",
    "sign",
    "submit",
]
