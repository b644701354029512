"""What a grade leads to, and what a scorecard may look at."""

import pytest

from ltc.errors import InvalidValue, Refused
from ltc.findings import Reason
from ltc.leads import Grade, GradePolicy, LeadDraft, LeadGraded, LeadNurtured, LeadStatus, facts_of, grade
from ltc.testing.samples.leads import EAST, NOON, captured_lead, draft
from ltc.text import say

POLICY = GradePolicy(EAST)
REASONS = (Reason.of("score.points", criterion="展会", points=30),)


@pytest.mark.parametrize("given", Grade)
def test_a_and_b_are_assigned_the_others_nurtured(given: Grade) -> None:
    change = grade(captured_lead().after, grade=given, points=7, reasons=iter(REASONS), policy=POLICY, now=NOON)
    lead = change.after
    good = given in {Grade.A, Grade.B}
    assert (lead.status, lead.pool) == ((LeadStatus.POOLED, "east") if good else (LeadStatus.NURTURED, None))
    assert (lead.grade, lead.points) == (given, 7)
    [event] = change.events
    assert isinstance(event, LeadGraded if good else LeadNurtured)
    assert event.reasons == REASONS


def test_a_nurtured_lead_is_graded_again() -> None:
    nurtured = grade(captured_lead().after, grade=Grade.C, points=1, policy=POLICY, now=NOON).after
    assert grade(nurtured, grade=Grade.A, points=90, policy=POLICY, now=NOON).after.pool == "east"
    again = grade(nurtured, grade=Grade.D, points=0, policy=POLICY, now=NOON).after
    assert (again.status, again.grade, again.version) == (LeadStatus.NURTURED, Grade.D, 3)


def test_a_grade_in_neither_list_waits() -> None:
    lead = captured_lead().after
    policy = GradePolicy(EAST, assigned=(Grade.A,), nurtured=(Grade.C,))
    with pytest.raises(Refused, match="grade B of lead L1 waits for review") as refusal:
        grade(lead, grade=Grade.B, points=50, policy=policy, now=NOON)
    assert refusal.value.code == "lead.grade_waits"
    assert "待人工审核" in say(refusal.value.code, "zh_CN", **refusal.value.facts)
    assert lead == captured_lead().after


def test_no_grade_is_both_assigned_and_nurtured() -> None:
    with pytest.raises(InvalidValue, match="grade A, C is both") as error:
        GradePolicy(EAST, assigned=(Grade.A, Grade.C), nurtured=(Grade.C, Grade.A))
    assert "A, C" in say(error.value.code, "zh_CN", **error.value.facts)


def test_facts_are_what_is_known() -> None:
    assert facts_of(LeadDraft(name="陈静")) == {"name": "陈静"}
    assert (
        facts_of(draft())
        == facts_of(captured_lead().after)
        == {
            "name": "陈静",
            "company": "华东机械有限公司",
            "phone": "+8613800000001",
            "email": "chen.jing@huadong.example",
            "source": "fair",
            "city": "上海",
        }
    )
