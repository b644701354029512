"""Grading: what a lead is worth decides where it goes, before anybody sees it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ltc._fields import exactly, member
from ltc._leads.capture import LeadDraft
from ltc._leads.lead import Grade, Lead, LeadEvent, LeadGraded, LeadNurtured
from ltc._leads.life import LEAD, check_may
from ltc.errors import InvalidValue, Refused
from ltc.events import Change
from ltc.findings import Reason
from ltc.ids import PoolId
from ltc.text import one_line

_GRADES: Final = attrs.validators.deep_iterable(member(Grade), exactly(tuple))


@attrs.frozen
class GradePolicy:
    """Which grades go to a pool to be assigned, and which are nurtured; a grade in neither waits for a person to review it.

    >>> GradePolicy("east").assigned
    (<Grade.A: 'A'>, <Grade.B: 'B'>)
    """

    pool: PoolId = attrs.field(validator=one_line)
    assigned: tuple[Grade, ...] = attrs.field(default=(Grade.A, Grade.B), validator=_GRADES)
    nurtured: tuple[Grade, ...] = attrs.field(default=(Grade.C, Grade.D), validator=_GRADES)

    def __attrs_post_init__(self) -> None:
        both = ", ".join(sorted({*self.assigned} & {*self.nurtured}))
        if both:
            raise InvalidValue(
                "lead.grade_twice",
                f"grade {both} is both assigned and nurtured; put it into one of them",
                grade=both,
            )


def grade(
    lead: Lead,
    *,
    grade: Grade,
    points: int,
    reasons: Iterable[Reason] = (),
    policy: GradePolicy,
    now: dt.datetime,
) -> Change[Lead, LeadEvent]:
    """Grade an unreviewed or nurtured lead: it goes to the policy's pool, or it is nurtured.

    Points, grade and reasons come from a scorecard or from a person; the caller passes them as plain values.

    Raises:
        Refused: `lead.grade_waits`: the policy neither assigns nor nurtures this grade; `move.not_allowed`: it is worked already.

    >>> from ltc.testing.samples.leads import NOON, captured_lead
    >>> lead = captured_lead().after
    >>> grade(lead, grade=Grade.A, points=80, policy=GradePolicy("east"), now=NOON).after.pool
    'east'
    >>> grade(lead, grade=Grade.C, points=20, policy=GradePolicy("east"), now=NOON).after.status
    <LeadStatus.NURTURED: 'nurtured'>
    """
    check_may(lead, LeadGraded, now)
    if grade in policy.assigned:
        return LEAD.change(
            lead,
            LeadGraded(lead.id, grade=grade, points=points, pool=policy.pool, reasons=tuple(reasons), at=now),
        )
    if grade in policy.nurtured:
        return LEAD.change(lead, LeadNurtured(lead.id, grade=grade, points=points, reasons=tuple(reasons), at=now))
    raise Refused(
        "lead.grade_waits",
        f"grade {grade} of lead {lead.id} waits for review; pass a policy that assigns or nurtures it",
        lead=lead.id,
        grade=grade.value,
    )


def facts_of(subject: LeadDraft | Lead, /) -> Mapping[str, str]:
    """Return what is known of a draft or a lead by name, for a scorecard: name, company, phone, email, source, city.

    >>> facts_of(LeadDraft(company="华东机械有限公司", source="fair"))
    {'company': '华东机械有限公司', 'source': 'fair'}
    """
    facts = {name: getattr(subject, name) for name in ("name", "company", "phone", "email", "source", "city")}
    return {name: value for name, value in facts.items() if value is not None}
