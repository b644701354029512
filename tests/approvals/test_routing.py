"""Deputies, signers who are added, parts handed on, requests sent back, overdue steps: worked cases and every refusal."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import contracts
from ltc.approvals import (
    Absence,
    ApprovalRequest,
    Delegation,
    Duplicates,
    Escalation,
    Flow,
    InRole,
    Organisation,
    Post,
    Reach,
    RequestApproved,
    RequestStatus,
    SignerPlace,
    Step,
    StepEscalated,
    StepMode,
    Superior,
    add_signer,
    approve,
    copy_to,
    escalate,
    explain,
    hand_on,
    overdue,
    reject,
    reresolve,
    resubmit,
    revoke,
    send_back,
    submit,
    urge,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import Subject
from ltc.ids import ActorId, EntityId, RequestId
from ltc.money import Money
from ltc.testing.samples.approvals import NOON, organisation, pending_request, urgent_request
from ltc.testing.samples.contracts import draft_contract
from ltc.text import say

ABOUT = Subject("contract", "K1")
LI, WANG, ZHAO, QIAN, SUN = map(ActorId, ("li", "wang", "zhao", "qian", "sun"))
DAY = dt.timedelta(days=1)
ORG = organisation()
AMOUNT = Money.of("100000.00", "CNY")


def ask(*steps: Step, by: ActorId = LI, org: Organisation = ORG, **policies: Any) -> ApprovalRequest:
    flow = Flow("f", 1, steps, **policies)
    return submit(RequestId("AR-1"), flow=flow, about=ABOUT, amount=None, by=by, directory=org, now=NOON).after


def in_finance() -> ApprovalRequest:
    return approve(pending_request(), by=WANG, now=NOON).after


def said(request: ApprovalRequest, locale: str = "en") -> str:
    story = explain(request, locale)
    assert "{" not in "".join(story)
    return "\n".join(story)


# --- deputies -------------------------------------------------------------------------------------------------------

WEEK = Delegation(WANG, deputy=SUN, since=NOON, until=NOON + 7 * DAY)


def test_a_deputy_decides_for_his_principal_and_the_window_is_kept() -> None:
    request = approve(pending_request(), by=SUN, delegations=[WEEK], now=NOON).after
    [decision] = request.decisions
    assert (decision.by, decision.seat, decision.delegation) == (SUN, WANG, WEEK)
    assert request.waiting_for == (ZHAO, QIAN)
    assert "sun approved on step manager for wang, whose deputy he is from 2026-03-02T04:00:00+00:00" in said(request)
    refused = reject(pending_request(), by=SUN, comment="no", delegations=[WEEK], now=NOON).after
    assert (refused.status, refused.decisions[0].seat) == (RequestStatus.REJECTED, WANG)
    assert "sun 代 wang 反对步骤 manager" in said(refused, "zh_CN")
    back = send_back(pending_request(), to=None, by=SUN, comment="", delegations=[WEEK], now=NOON).after
    assert back.status is RequestStatus.RETURNED


@pytest.mark.parametrize("after, passes", [(-1, False), (0, True), (6, True), (7, False)])
def test_a_window_is_from_its_first_instant_until_its_last(after: int, passes: bool) -> None:
    now = NOON + after * DAY
    if passes:
        assert approve(pending_request(), by=SUN, delegations=[WEEK], now=now).after.decisions
        return
    with pytest.raises(Refused, match="sun is no deputy of wang at this time") as refusal:
        approve(pending_request(), by=SUN, delegations=[WEEK], now=now)
    assert refusal.value.code == "approval.outside_window"
    assert "{" not in say(refusal.value.code, "zh_CN", **refusal.value.facts)


def test_a_delegation_without_an_end_covers_what_comes() -> None:
    ever = attrs.evolve(WEEK, until=None)
    assert ever.covers(NOON + 999 * DAY)
    assert "until …" in said(approve(pending_request(), by=SUN, delegations=[ever], now=NOON).after)


def test_nobody_decides_on_his_own_request_as_a_deputy() -> None:
    held = Delegation(WANG, deputy=LI, since=NOON)
    with pytest.raises(Refused) as refusal:
        approve(pending_request(), by=LI, delegations=[held], now=NOON)
    assert refusal.value.code == "approval.own_request"
    own = ask(Step("s", (WANG,)), submitter_may_decide=True)
    assert approve(own, by=LI, delegations=[held], now=NOON).after.status is RequestStatus.APPROVED


def test_one_person_decides_once_on_a_step_whoever_he_stands_in_for() -> None:
    held = Delegation(ZHAO, deputy=QIAN, since=NOON)
    request = approve(in_finance(), by=QIAN, delegations=[held], now=NOON).after
    assert request.decisions[-1].seat == QIAN
    with pytest.raises(Refused) as refusal:
        approve(request, by=QIAN, delegations=[held], now=NOON)
    assert refusal.value.code == "approval.decided_already"
    deputy = approve(in_finance(), by=SUN, delegations=[Delegation(ZHAO, SUN, NOON)], now=NOON).after
    with pytest.raises(Refused) as refusal:
        hand_on(deputy, to=SUN, by=QIAN, now=NOON)
    assert refusal.value.code == "approval.asked_already"


# --- one more signer, handed on -------------------------------------------------------------------------------------


def test_a_signer_before_the_step_comes_first_and_its_votes_stay() -> None:
    request = approve(in_finance(), by=ZHAO, now=NOON).after
    request = add_signer(request, signer=SUN, place=SignerPlace.BEFORE, by=QIAN, comment="tax", now=NOON).after
    assert (request.waiting_for, [step.name for step in request.steps]) == (
        (SUN,),
        ["manager", "finance + sun", "finance"],
    )
    assert approve(request, by=SUN, now=NOON).after.waiting_for == (QIAN,)
    assert reject(request, by=SUN, comment="no", now=NOON).after.status is RequestStatus.REJECTED
    assert "qian asked for the signature of sun on step finance (Mar 2, 2026 04:00 UTC): tax" in said(request)


def test_a_signer_after_the_step_is_asked_once_it_is_passed() -> None:
    request = add_signer(pending_request(), signer=SUN, place=SignerPlace.AFTER, by=WANG, now=NOON).after
    assert request.waiting_for == (WANG,)
    assert "step manager + sun was not reached; it is for sun" in said(request)
    request = approve(request, by=WANG, now=NOON).after
    assert request.waiting_for == (SUN,)
    assert approve(request, by=SUN, now=NOON).after.waiting_for == (ZHAO, QIAN)


def test_a_part_that_is_handed_on_is_anothers() -> None:
    request = hand_on(in_finance(), to=SUN, by=QIAN, comment="on leave", now=NOON).after
    assert request.waiting_for == (ZHAO, SUN)
    assert request.flow.steps[1].approvers == (ZHAO, QIAN)
    assert "qian handed his part of step finance on to sun (Mar 2, 2026 04:00 UTC): on leave" in said(request)


# --- sent back ------------------------------------------------------------------------------------------------------


def test_from_the_step_that_it_is_sent_back_to_everybody_decides_again() -> None:
    steps = (Step("1", (WANG,)), Step("2", (ZHAO,)), Step("3", (QIAN, SUN)))
    request = ask(*steps)
    for person in (WANG, ZHAO, QIAN):
        request = approve(request, by=person, now=NOON).after
    back = send_back(request, to="2", by=SUN, comment="terms", now=NOON + DAY).after
    assert (back.waiting_for, back.waiting_since) == ((ZHAO,), NOON + DAY)
    assert [decision.reach for decision in back.decisions] == [Reach.STEP, Reach.NOWHERE, Reach.NOWHERE]
    again = approve(back, by=ZHAO, now=NOON + DAY).after
    assert again.waiting_for == (QIAN, SUN)
    assert "sun sent it back from step 3 to step 2 (Mar 3, 2026 04:00 UTC): terms" in said(again)
    first = send_back(again, to="1", by=SUN, comment="", now=NOON).after
    assert {decision.reach for decision in first.decisions} == {Reach.NOWHERE}


def test_who_is_sent_back_to_is_asked_though_his_approval_of_an_earlier_step_counted() -> None:
    steps = (Step("1", (WANG,)), Step("2", (WANG,)), Step("3", (ZHAO,)))
    request = approve(ask(*steps, duplicates=Duplicates.COUNT), by=WANG, now=NOON).after
    assert request.waiting_for == (ZHAO,)
    assert "wang is not asked again on step 2: he approved before" in said(request)
    assert send_back(request, to="2", by=ZHAO, comment="", now=NOON).after.waiting_for == (WANG,)


def test_a_returned_request_is_submitted_again_under_its_flow() -> None:
    returned = send_back(in_finance(), to=None, by=ZHAO, comment="less", now=NOON).after
    assert (returned.status, returned.waiting_for, returned.current_step) == (RequestStatus.RETURNED, (LI,), None)
    copied = copy_to(returned, to=SUN, by=LI, now=NOON).after
    assert (copied.status, copied.copied) == (RequestStatus.RETURNED, (SUN,))
    smaller = Money.of("40000", "CNY")
    again = resubmit(copied, amount=smaller, by=LI, facts={"grade": "A"}, now=NOON + DAY).after
    assert (again.waiting_for, again.amount, again.facts) == ((WANG,), smaller, (("grade", "A"),))
    assert (again.flow, again.waiting_since) == (returned.flow, NOON + DAY)
    assert "step finance is skipped: it is not for CN¥40,000.00" in said(again)
    assert approve(again, by=WANG, now=NOON).after.status is RequestStatus.APPROVED
    assert revoke(returned, by=LI, now=NOON).after.status is RequestStatus.REVOKED
    with pytest.raises(InvalidType, match="pass a Money or None"):
        resubmit(returned, amount="5", by=LI, now=NOON)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(["yes", "back", "again", "urge", "copy"]), max_size=6))
def test_revoking_brings_the_state_of_the_thing_back_exactly(doings: list[str]) -> None:
    """Whatever happened to the request, the contract is the draft that it was, but for the record that it was once submitted."""
    draft = draft_contract()
    submitted = contracts.submit(draft, request_id=RequestId("AR-1"), now=NOON).after
    request = pending_request()
    for doing in doings:
        try:
            match doing:
                case "yes":
                    request = approve(request, by=request.waiting_for[0], now=NOON).after
                case "back":
                    request = send_back(request, to=None, by=request.waiting_for[0], comment="", now=NOON).after
                case "again":
                    request = resubmit(request, amount=AMOUNT, by=LI, now=NOON).after
                case "urge":
                    request = urge(request, by=LI, now=NOON).after
                case _:
                    request = copy_to(request, to=SUN, by=LI, now=NOON).after
        except (Refused, IndexError):
            continue
    if request.status in {RequestStatus.PENDING, RequestStatus.RETURNED}:
        assert revoke(request, by=LI, now=NOON).after.status is RequestStatus.REVOKED
        back = contracts.send_back(submitted, reason="revoked", now=NOON).after
        kept = {"version", "requests"}
        held = [field.name for field in attrs.fields(contracts.Contract) if field.name not in kept]
        assert {name: getattr(back, name) for name in held} == {name: getattr(draft, name) for name in held}


# --- copies and urges -----------------------------------------------------------------------------------------------


def test_copies_and_urges_decide_nothing() -> None:
    before = in_finance()
    request = urge(copy_to(before, to=SUN, by=WANG, now=NOON).after, by=LI, comment="today", now=NOON).after
    changed = {"version", "history", "copied"}
    for field in attrs.fields(ApprovalRequest):
        assert field.name in changed or getattr(request, field.name) == getattr(before, field.name)
    assert "wang informed sun" in said(request)
    assert "li urged who is awaited on step finance (Mar 2, 2026 04:00 UTC): today" in said(request)


# --- overdue --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late, due", [(dt.timedelta(), False), (DAY, False), (DAY + dt.timedelta(seconds=1), True)])
def test_a_step_is_overdue_after_its_last_instant(late: dt.timedelta, due: bool) -> None:
    found = overdue(urgent_request(), directory=ORG, now=NOON + late)
    assert (found is not None) == due
    if found is not None:
        assert (found.due_at, found.escalates_to) == (NOON + DAY, (ZHAO,))
        assert [reason.code for reason in found.reasons] == ["approval.superior"]


def test_the_time_of_a_step_begins_when_it_is_waited_for() -> None:
    steps = (Step("1", (WANG,)), Step("2", (QIAN,), escalation=Escalation(DAY)))
    request = approve(ask(*steps), by=WANG, now=NOON + 5 * DAY).after
    assert overdue(request, directory=ORG, now=NOON + 6 * DAY) is None
    assert overdue(request, directory=ORG, now=NOON + 7 * DAY) is not None
    assert overdue(ask(*steps), directory=ORG, now=NOON + 99 * DAY) is None
    assert overdue(revoke(request, by=LI, now=NOON).after, directory=ORG, now=NOON + 99 * DAY) is None


def test_the_first_of_those_to_whom_a_step_escalates_decides_it() -> None:
    rule = Escalation(DAY, (SUN, ZHAO), (Superior(), InRole("finance")))
    request = ask(Step("s", (WANG, ZHAO), escalation=rule))
    request = approve(request, by=ZHAO, now=NOON).after
    change = escalate(request, directory=ORG, now=NOON + 2 * DAY)
    assert [type(event) for event in change.events] == [StepEscalated]
    assert change.after.waiting_for == (SUN, QIAN)
    assert "step s was overdue and went to sun, qian" in said(change.after)
    done = approve(change.after, by=QIAN, now=NOON).after
    assert done.status is RequestStatus.APPROVED
    assert "step s needed sun no more" in said(done)
    with pytest.raises(Refused) as refusal:
        escalate(change.after, directory=ORG, now=NOON + 9 * DAY)
    assert refusal.value.code == "approval.not_overdue"


def test_who_approved_before_settles_what_escalates_to_him_where_that_counts() -> None:
    steps = (Step("1", (ZHAO,)), Step("2", (WANG,), escalation=Escalation(DAY)))
    request = approve(ask(*steps, duplicates=Duplicates.COUNT), by=ZHAO, now=NOON).after
    change = escalate(request, directory=ORG, now=NOON + 2 * DAY)
    assert [type(event) for event in change.events] == [StepEscalated, RequestApproved]


def test_a_step_never_escalates_to_the_submitter() -> None:
    rule = Escalation(DAY, (LI,), ())
    with pytest.raises(Refused) as refusal:
        escalate(ask(Step("s", (WANG,), escalation=rule)), directory=None, now=NOON + 2 * DAY)
    assert refusal.value.code == "approval.escalates_to_nobody"
    own = ask(Step("s", (WANG,), escalation=rule), submitter_may_decide=True)
    assert escalate(own, directory=None, now=NOON + 2 * DAY).after.waiting_for == (LI,)


# --- looked up again ------------------------------------------------------------------------------------------------

NEW_CFO = attrs.evolve(ORG, posts=(*ORG.posts, Post(SUN, EntityId("E1"), "finance", NOON)))


def test_the_organisation_reaches_a_request_only_where_it_is_asked_for() -> None:
    finance = Step("finance", by_rule=(InRole("finance"),))
    request = ask(Step("first", (WANG,)), finance, attrs.evolve(finance, name="again"))
    request = approve(approve(request, by=WANG, now=NOON).after, by=ZHAO, now=NOON).after
    after = reresolve(request, directory=NEW_CFO, by=SUN, now=NOON).after
    assert (after.waiting_for, after.steps[1].approvers) == ((QIAN,), (ZHAO, QIAN))
    assert after.steps[2].approvers == (ZHAO, QIAN, SUN)
    assert "sun is asked on step again as finance of E1" in said(after)
    fresh = ask(finance)
    added = add_signer(fresh, signer=SUN, place=SignerPlace.BEFORE, by=QIAN, now=NOON).after
    gone = attrs.evolve(ORG, absences=(Absence(ZHAO, since=NOON),))
    looked_up = reresolve(added, directory=gone, by=SUN, now=NOON).after
    assert [step.approvers for step in looked_up.steps] == [(SUN,), (QIAN,)]


def test_looking_up_again_approves_what_then_has_every_approval() -> None:
    steps = (Step("1", (QIAN,)), Step("2", by_rule=(InRole("finance"),)))
    request = approve(ask(*steps, duplicates=Duplicates.COUNT), by=QIAN, now=NOON).after
    assert request.waiting_for == (ZHAO,)
    gone = attrs.evolve(ORG, absences=(Absence(ZHAO, since=NOON),))
    assert reresolve(request, directory=gone, by=SUN, now=NOON).after.status is RequestStatus.APPROVED


# --- refusals -------------------------------------------------------------------------------------------------------

BEFORE = SignerPlace.BEFORE
COUNTED = approve(ask(Step("1", (SUN,)), Step("2", (WANG, ZHAO)), duplicates=Duplicates.COUNT), by=SUN, now=NOON).after
NO_DETOUR = ask(Step("1", (WANG,)), most_detours=0)
REFUSALS: list[tuple[Callable[[], object], str]] = [
    (lambda: send_back(in_finance(), to="finance", by=ZHAO, comment="", now=NOON), "approval.no_earlier_step"),
    (lambda: send_back(pending_request(), to="finance", by=WANG, comment="", now=NOON), "approval.no_earlier_step"),
    (lambda: send_back(in_finance(), to="manager", by=WANG, comment="", now=NOON), "approval.not_approver"),
    (lambda: send_back(NO_DETOUR, to=None, by=WANG, comment="", now=NOON), "approval.detours_used"),
    (lambda: hand_on(NO_DETOUR, to=SUN, by=WANG, now=NOON), "approval.detours_used"),
    (lambda: add_signer(NO_DETOUR, signer=SUN, place=BEFORE, by=WANG, now=NOON), "approval.detours_used"),
    (lambda: reresolve(NO_DETOUR, directory=ORG, by=SUN, now=NOON), "approval.detours_used"),
    (lambda: reresolve(pending_request(), directory=ORG, by=SUN, now=NOON), "approval.same_approvers"),
    (lambda: hand_on(in_finance(), to=SUN, by=WANG, now=NOON), "approval.not_approver"),
    (lambda: hand_on(in_finance(), to=QIAN, by=ZHAO, now=NOON), "approval.asked_already"),
    (lambda: hand_on(in_finance(), to=LI, by=ZHAO, now=NOON), "approval.own_request"),
    (lambda: hand_on(COUNTED, to=SUN, by=ZHAO, now=NOON), "approval.counted_already"),
    (lambda: add_signer(in_finance(), signer=SUN, place=BEFORE, by=WANG, now=NOON), "approval.not_approver"),
    (lambda: add_signer(in_finance(), signer=QIAN, place=BEFORE, by=ZHAO, now=NOON), "approval.asked_already"),
    (lambda: add_signer(in_finance(), signer=LI, place=BEFORE, by=ZHAO, now=NOON), "approval.own_request"),
    (lambda: add_signer(COUNTED, signer=SUN, place=BEFORE, by=ZHAO, now=NOON), "approval.counted_already"),
    (
        lambda: add_signer(
            add_signer(in_finance(), signer=SUN, place=SignerPlace.AFTER, by=ZHAO, now=NOON).after,
            signer=SUN,
            place=BEFORE,
            by=ZHAO,
            now=NOON,
        ),
        "approval.asked_already",
    ),
    (lambda: copy_to(pending_request(), to=LI, by=SUN, now=NOON), "approval.no_part"),
    (
        lambda: copy_to(copy_to(pending_request(), to=SUN, by=LI, now=NOON).after, to=SUN, by=WANG, now=NOON),
        "approval.copied_already",
    ),
    (lambda: urge(pending_request(), by=WANG, now=NOON), "approval.not_submitter"),
    (lambda: escalate(pending_request(), directory=ORG, now=NOON + 9 * DAY), "approval.not_overdue"),
    (lambda: escalate(urgent_request(), directory=ORG, now=NOON + DAY), "approval.not_overdue"),
    (
        lambda: resubmit(
            send_back(pending_request(), to=None, by=WANG, comment="", now=NOON).after, amount=None, by=WANG, now=NOON
        ),
        "approval.not_submitter",
    ),
]


@pytest.mark.parametrize("attempt, code", REFUSALS)
def test_a_refusal_has_words_in_both_languages(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        attempt()
    assert refusal.value.code == code
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


@pytest.mark.parametrize(
    "build, code",
    [
        (lambda: Delegation(WANG, SUN, NOON, NOON), "approval.window"),
        (lambda: Delegation(WANG, WANG, NOON), "approval.own_deputy"),
        (lambda: Escalation(dt.timedelta()), "approval.within"),
        (lambda: Escalation(DAY, (), ()), "approval.approvers"),
        (lambda: Escalation(3), "field.type"),  # type: ignore[arg-type]
        (lambda: Step("s", (WANG,), escalation=DAY), "field.type"),  # type: ignore[arg-type]
        (lambda: Flow("f", 1, (), most_detours=-1), "field.low"),
        (lambda: StepEscalated(RequestId("AR-1"), "s", [SUN], (), NOON), "approval.records"),  # type: ignore[arg-type]
        (lambda: StepEscalated(RequestId("AR-1"), "s", (ActorId(""),), (), NOON), "text.blank"),
    ],
)
def test_what_cannot_be_is_not_made(build: Callable[[], object], code: str) -> None:
    with pytest.raises((InvalidValue, InvalidType)) as fault:
        build()
    assert fault.value.code == code
    assert "{" not in say(code, "zh_CN", **fault.value.facts)


# --- explained ------------------------------------------------------------------------------------------------------


def test_the_story_of_a_rejected_request() -> None:
    either = Step("either", (WANG, ZHAO), StepMode.ANY)
    request = approve(ask(either, Step("last", (QIAN,)), Step("never", (SUN,))), by=ZHAO, now=NOON).after
    request = reject(request, by=QIAN, comment="margin", now=NOON).after
    assert said(request).splitlines() == [
        "li submitted contract K1 under version 1 of flow f (Mar 2, 2026 04:00 UTC)",
        "zhao approved on step either (Mar 2, 2026 04:00 UTC)",
        "qian rejected on step last (Mar 2, 2026 04:00 UTC): margin",
        "step either is passed by zhao",
        "step either needed wang no more",
        "step last is rejected by qian",
        "step never was not reached; it is for sun",
    ]
    assert len(said(request, "zh_CN").splitlines()) == len(explain(request, "en"))
