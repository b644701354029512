"""The lead of the running story: L1, 华东机械有限公司, from the Shanghai fair, owned by li."""

import datetime as dt
from typing import Final

from ltc import leads
from ltc.events import Change
from ltc.ids import ActorId, LeadId, PoolId

NOON: Final = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""Noon in Shanghai, Monday 2 March 2026."""
LI: Final = ActorId("li")
WANG: Final = ActorId("wang")
EAST: Final = PoolId("east")


def draft() -> leads.LeadDraft:
    """Return what the fair's form said of Huadong Machinery."""
    return leads.LeadDraft(
        name="陈静",
        company="华东机械有限公司",
        phone="138 0000 0001",
        email="Chen.Jing@huadong.example",
        source="fair",
        city="上海",
    )


def captured_lead(lead_id: str = "L1", *, now: dt.datetime = NOON) -> Change[leads.Lead, leads.LeadEvent]:
    """Return the change that creates the lead."""
    return leads.capture(LeadId(lead_id), draft(), now=now)


def captured() -> leads.LeadCaptured:
    """Return the event with which the lead begins."""
    (event,) = captured_lead().events
    if not isinstance(event, leads.LeadCaptured):
        raise TypeError(event)
    return event


def pooled_lead(lead_id: str = "L1", *, now: dt.datetime = NOON) -> leads.Lead:
    """Return the lead in the pool east, graded A, at version 2."""
    lead = captured_lead(lead_id, now=now).after
    return leads.grade(lead, grade=leads.Grade.A, points=80, policy=leads.GradePolicy(EAST), now=now).after


def rota() -> leads.Rota:
    """Return the rota of the pool east before its first turn: li, wang, zhao."""
    return leads.open_rota("east", members=[LI, WANG, ActorId("zhao")], now=NOON).after


def owned_lead(lead_id: str = "L1", *, now: dt.datetime = NOON) -> leads.Lead:
    """Return the lead assigned to li by the only rule, at version 3."""
    given, _ = leads.assign(
        pooled_lead(lead_id, now=now),
        rules=[leads.Rule("华东", rota="east")],
        rotas={"east": rota()},
        members=[leads.Member(LI)],
        now=now,
    )
    return given.after
