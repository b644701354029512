"""The waiver of the running story: Huadong Machinery is let off the last installment of SO-1, the service."""

import datetime as dt
from typing import Final

from ltc import flows
from ltc.approvals import ApprovalRequest, Flow, Step, approve, submit
from ltc.ids import ActorId, ChangeId, RequestId
from ltc.testing.samples.billing import reached_plan
from ltc.testing.samples.contracts import placed_order

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, 2 March 2026."""


def waiver() -> flows.ImpactPreview:
    """Return the preview of change CH-1: the last 10 % of SO-1, which is not due yet, for late delivery."""
    return flows.preview_waiver(
        placed_order(),
        reached_plan(),
        installment=3,
        change=ChangeId("CH-1"),
        reason="late delivery",
        approval=RequestId("AR-9"),
        on=NOON.date(),
        now=NOON,
    )


def waiver_approval() -> ApprovalRequest:
    """Return request AR-9 about it, approved by the manager Wang."""
    flow = Flow("waiver", 1, (Step("manager", (ActorId("wang"),)),))
    asked = submit(
        RequestId("AR-9"), flow=flow, about=waiver().about, amount=waiver().amount, by=ActorId("li"), now=NOON
    )
    return approve(asked.after, by=ActorId("wang"), now=NOON).after
