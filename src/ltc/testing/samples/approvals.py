"""The two-level approval of the contract of Huadong Machinery 华东机械, for examples and tests."""

import datetime as dt
from typing import Final

from ltc.approvals import ApprovalRequest, Escalation, Flow, Organisation, Post, RequestSubmitted, Step, approve, submit
from ltc.events import Subject
from ltc.ids import ActorId, EntityId, RequestId
from ltc.money import Money

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, 2 March 2026."""
_AMOUNT: Final = Money.of("100000.00", "CNY")
_ABOUT: Final = Subject("contract", "K1")


def two_levels() -> Flow:
    """Return the flow of a contract: the manager Wang, then Zhao and Qian of finance for what is above 50,000.00 CNY."""
    finance = (ActorId("zhao"), ActorId("qian"))
    steps = (Step("manager", (ActorId("wang"),)), Step("finance", finance, above=Money.of("50000", "CNY")))
    return Flow("contract", 1, steps)


def pending_request(about: Subject = _ABOUT, amount: Money = _AMOUNT) -> ApprovalRequest:
    """Return request AR-1 by Li, about contract K1 unless told otherwise: it waits for Wang."""
    return submit(RequestId("AR-1"), flow=two_levels(), about=about, amount=amount, by=ActorId("li"), now=NOON).after


def submitted() -> RequestSubmitted:
    """Return the event that begins AR-1."""
    request = pending_request()
    return RequestSubmitted(
        request.id,
        flow=request.flow,
        steps=request.steps,
        about=request.about,
        amount=request.amount,
        by=request.submitted_by,
        reasons=request.reasons,
        at=request.submitted_at,
        facts=request.facts,
    )


def approved_request(about: Subject = _ABOUT, amount: Money = _AMOUNT) -> ApprovalRequest:
    """Return request AR-1, approved by everybody who was asked."""
    request = pending_request(about, amount)
    while request.waiting_for:
        request = approve(request, by=request.waiting_for[0], now=NOON).after
    return request


def organisation() -> Organisation:
    """Return who works where: Li reports to Wang, he to Zhao; Zhao and Qian are finance of E1, Sun is finance of E2."""
    held = [
        ("li", "E1", "rep", "wang"),
        ("wang", "E1", "manager", "zhao"),
        ("zhao", "E1", "finance", None),
        ("qian", "E1", "finance", "zhao"),
        ("sun", "E2", "finance", None),
    ]
    since = NOON - dt.timedelta(days=365)
    return Organisation(
        tuple(
            Post(ActorId(person), EntityId(company), role, since, reports_to=ActorId(boss) if boss else None)
            for person, company, role, boss in held
        )
    )


def urgent_request() -> ApprovalRequest:
    """Return a request by Li that waits for Wang for a day, after which his superior decides."""
    step = Step("manager", (ActorId("wang"),), escalation=Escalation(dt.timedelta(days=1)))
    flow, request_id = Flow("urgent", 1, (step,)), RequestId("AR-2")
    return submit(request_id, flow=flow, about=_ABOUT, amount=_AMOUNT, by=ActorId("li"), now=NOON).after
