"""A lead comes in: recognised, captured and graded in one step."""

import datetime as dt
from collections.abc import Iterable, Mapping

from ltc import leads, scoring
from ltc._flows.changes import Changes
from ltc.errors import Refused
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

    `candidates` are the leads that share a key with the draft (`LeadRepository.find_by_keys`), `facts` what the scorecard reads.

    Raises:
        Refused: `lead.duplicate`: one of them is certainly the same lead; the facts name it.

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
    hints = leads.hints(draft, candidates)
    for hint in hints:
        if hint.verdict is leads.Verdict.BLOCK:
            raise Refused(
                "lead.duplicate",
                f"the draft is lead {hint.lead} again; follow that one up instead of capturing another",
                lead=hint.lead,
            )
    captured = leads.capture(lead_id, draft, duplicates=[hint.lead for hint in hints], now=now)
    score = scoring.score(scorecard, facts)
    graded = leads.grade(
        captured.after,
        grade=leads.Grade(score.grade),
        points=score.points,
        reasons=score.reasons,
        policy=policy,
        now=now,
    )
    return captured, graded
