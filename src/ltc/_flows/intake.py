"""A lead comes in: recognized, captured and graded in one step."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from ltc import leads, scoring
from ltc._flows.changes import Changes
from ltc.errors import InvalidValue, Refused
from ltc.findings import Fact
from ltc.ids import LeadId


def take_in(
    lead_id: LeadId,
    draft: leads.LeadDraft,
    *,
    candidates: Iterable[leads.Lead],
    scorecard: scoring.Scorecard,
    facts: Mapping[str, Fact],
    policy: leads.GradePolicy,
    now: dt.datetime,
) -> Changes:
    """Capture a lead, remember which leads it looks like, and grade it: to its pool, or to be nurtured.

    A grade that the policy leaves to a person only captures it: the lead waits, unreviewed. A lead that has ended, converted or
    disqualified, is a hint and never a reason to refuse.

    `candidates` are the leads that share a key with the draft (`LeadRepository.find_by_keys`), `facts` what the scorecard reads.

    Raises:
        Refused: `lead.duplicate`: one of them is certainly the same lead and still worked; the facts name it.
        InvalidValue: the scorecard gives a grade that leads do not have.

    >>> from ltc.testing.samples.leads import NOON, draft, owned_lead
    >>> from ltc.testing.samples.scoring import scorecard
    >>> policy = leads.GradePolicy("east")
    >>> [captured, graded] = take_in("L2", draft(), candidates=[], scorecard=scorecard(), facts={}, policy=policy, now=NOON)
    >>> captured.after.status.value, graded.after.status.value
    ('unreviewed', 'nurtured')
    >>> take_in("L2", draft(), candidates=[owned_lead()], scorecard=scorecard(), facts={}, policy=policy, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: the draft is lead L1 again; follow that one up instead of capturing another
    """
    known = {lead.id: lead for lead in candidates}
    hints = leads.hints(draft, known.values())
    for hint in hints:
        if hint.verdict is leads.Verdict.BLOCK and known[hint.lead].status not in _ENDED:
            raise Refused(
                "lead.duplicate",
                f"the draft is lead {hint.lead} again; follow that one up instead of capturing another",
                lead=hint.lead,
            )
    captured = leads.capture(lead_id, draft, duplicates=[hint.lead for hint in hints], now=now)
    score = scoring.score(scorecard, facts)
    grade = _grade(score.grade)
    if grade not in (*policy.assigned, *policy.nurtured):
        return (captured,)
    graded = leads.grade(
        captured.after, grade=grade, points=score.points, reasons=score.reasons, policy=policy, now=now
    )
    return captured, graded


_ENDED: Final = (leads.LeadStatus.CONVERTED, leads.LeadStatus.DISQUALIFIED)


def _grade(name: str) -> leads.Grade:
    try:
        return leads.Grade(name)
    except ValueError:
        known = ", ".join(leads.Grade)
        raise InvalidValue(
            "flow.unknown_grade", f"the scorecard gives grade {name!a:.40}; use {known}", grade=name[:40], known=known
        ) from None
