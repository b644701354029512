"""Who is asked: conditions on facts, roles, superiors, absent people, empty steps, the submitter's own."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.approvals import (
    Absence,
    ApprovalRequest,
    Flow,
    InRole,
    MoneyBand,
    OneOf,
    Organisation,
    Post,
    RatioBand,
    RequestFact,
    RequestStatus,
    Step,
    StepMode,
    Superior,
    WhenEmpty,
    WhenNobody,
    submit,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import Subject, from_json, to_json
from ltc.findings import Reason
from ltc.ids import ActorId, EntityId, RequestId
from ltc.money import Money
from ltc.testing.samples.approvals import NOON, organisation
from ltc.text import say

ABOUT = Subject("contract", "K1")
LI, WANG, ZHAO, QIAN, SUN = map(ActorId, ("li", "wang", "zhao", "qian", "sun"))
E1, E2 = EntityId("E1"), EntityId("E2")
DAY = dt.timedelta(days=1)


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def ask(
    *steps: Step,
    by: ActorId = LI,
    org: Organisation | None = None,
    facts: dict[str, RequestFact] | None = None,
    amount: Money | None = None,
    **policies: Any,
) -> ApprovalRequest:
    flow = Flow("f", 1, steps, **policies)
    directory = org or organisation()
    change = submit(
        RequestId("AR-1"), flow=flow, about=ABOUT, amount=amount, by=by, facts=facts, directory=directory, now=NOON
    )
    return change.after


def away(*people: ActorId) -> Organisation:
    return attrs.evolve(organisation(), absences=tuple(Absence(person, since=NOON - DAY) for person in people))


def codes(request: ApprovalRequest) -> list[str]:
    for reason in request.reasons:
        for locale in ("en", "zh_CN"):
            assert "{" not in reason.say(locale)
    return [reason.code.removeprefix("approval.") for reason in request.reasons]


# --- conditions -----------------------------------------------------------------------------------------------------

DISCOUNT = Step("discount", (WANG,), when=(RatioBand("discount", above=Decimal("0.15")),))
GRADE = Step("grade", (ZHAO,), when=(OneOf("grade", ("C", "D")), MoneyBand("amount", above=cny(1000))))
REST = Step("rest", (QIAN,))


@pytest.mark.parametrize(
    "facts, amount, names",
    [
        ({"discount": Decimal("0.15"), "grade": "A"}, cny(5000), ["rest"]),
        ({"discount": Decimal("0.151"), "grade": "A"}, cny(5000), ["discount", "rest"]),
        ({"discount": Decimal(0), "grade": "D"}, cny(5000), ["grade", "rest"]),
        ({"discount": Decimal(0), "grade": "D"}, cny(1000), ["rest"]),
        ({"grade": "D"}, None, ["discount", "grade", "rest"]),
        ({}, cny(1000), ["discount", "rest"]),
    ],
)
def test_a_step_is_for_the_facts_of_its_conditions(
    facts: dict[str, RequestFact], amount: Money | None, names: list[str]
) -> None:
    request = ask(DISCOUNT, GRADE, REST, facts=facts, amount=amount)
    assert [step.name for step in request.steps] == names
    assert codes(request) == ["condition_unmet"] * (3 - len(names))
    assert dict(request.facts) == facts
    assert [step.applies_to(amount, facts) for step in (DISCOUNT, GRADE)] == ["discount" in names, "grade" in names]
    assert from_json(to_json(request), ApprovalRequest) == request


def test_why_a_step_is_skipped_is_said() -> None:
    [reason] = ask(DISCOUNT, REST, facts={"discount": Decimal("0.1")}).reasons
    assert reason == Reason.of("approval.condition_unmet", step="discount", fact="discount", value=Decimal("0.1"))
    assert reason.say("en") == "step discount is skipped: it is not for discount 0.1"
    assert reason.say("zh_CN") == "步骤 discount 已跳过：不适用于 discount 0.1"


@given(st.integers(-5, 5), st.none() | st.integers(-5, 5), st.none() | st.integers(1, 5))
def test_bands_of_money_and_of_ratios_are_half_open(value: int, low: int | None, width: int | None) -> None:
    high = None if width is None else (low or 0) + width
    held = (low is None or value > low) and (high is None or value <= high)
    money = MoneyBand("f", low if low is None else cny(low), high if high is None else cny(high))
    ratio = RatioBand("f", low if low is None else Decimal(low), high if high is None else Decimal(high))
    assert (money.holds(cny(value)), ratio.holds(Decimal(value))) == (held, held)


@pytest.mark.parametrize(
    "attempt, code",
    [
        (lambda: RatioBand("f", above=Decimal(1), up_to=Decimal(1)), "approval.fact_band"),
        (lambda: MoneyBand("f", above=cny(1), up_to=cny(1)), "approval.fact_band"),
        (lambda: RatioBand("f", above=Decimal("nan")), "approval.ratio"),
        (lambda: RatioBand("f", up_to=0.5), "approval.ratio"),  # type: ignore[arg-type]
        (lambda: MoneyBand("f", above=5), "field.type"),  # type: ignore[arg-type]
        (lambda: OneOf("f", ()), "approval.words"),
        (lambda: OneOf("f", "C"), "approval.words"),  # type: ignore[arg-type]
        (lambda: OneOf("f", ("",)), "text.blank"),
        (lambda: Step("s", (WANG,), when=("discount",)), "approval.records"),  # type: ignore[arg-type]
        (lambda: Step("s", by_rule=[Superior()]), "approval.records"),  # type: ignore[arg-type]
        (lambda: Superior(0), "field.low"),
        (lambda: InRole(""), "text.blank"),
        (lambda: Post(LI, E1, "rep", NOON, NOON), "approval.window"),
        (lambda: Post(LI, E1, "rep", NOON, reports_to=LI), "approval.own_superior"),
        (lambda: Absence(LI, NOON, NOON), "approval.window"),
        (lambda: Organisation([]), "approval.records"),  # type: ignore[arg-type]
        (lambda: Organisation((), (LI,)), "approval.records"),  # type: ignore[arg-type]
        (lambda: ask(DISCOUNT, facts={"discount": 0.1}), "approval.fact"),  # type: ignore[dict-item]
        (lambda: ask(DISCOUNT, facts={"discount": Decimal("inf")}), "approval.fact"),
        (lambda: ask(DISCOUNT, facts={"amount": cny(1)}), "approval.fact"),
        (lambda: ask(DISCOUNT, facts={"grade": " "}), "text.blank"),
        (lambda: ask(DISCOUNT, facts={"": "C"}), "text.blank"),
        (lambda: ask(DISCOUNT, facts={"discount": "much"}), "approval.fact_kind"),
        (lambda: ask(GRADE, facts={"grade": Decimal(1)}), "approval.fact_kind"),
        (lambda: MoneyBand("f").holds("much"), "approval.fact_kind"),
    ],
)
def test_what_no_condition_can_look_at_is_refused(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises((InvalidValue, InvalidType)) as fault:
        attempt()
    assert fault.value.code == code
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **fault.value.facts)


def test_a_condition_on_another_currency_is_no_decision() -> None:
    with pytest.raises(CurrencyMismatch):
        ask(GRADE, facts={"grade": "C"}, amount=Money.of(1, "USD"))


# --- roles and superiors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule, people, why",
    [
        (InRole("finance"), (ZHAO, QIAN), ["in_role", "in_role"]),
        (InRole("finance", company=E2), (SUN,), ["in_role"]),
        (Superior(), (WANG,), ["superior"]),
        (Superior(2), (ZHAO,), ["superior"]),
    ],
)
def test_approvers_are_found_by_role_and_by_rank(
    rule: InRole | Superior, people: tuple[ActorId, ...], why: list[str]
) -> None:
    request = ask(Step("s", by_rule=(rule,)))
    assert (request.waiting_for, codes(request)) == (people, why)
    assert request.steps[0].by_rule == ()
    assert request.flow.steps[0].by_rule == (rule,)


def test_people_and_rules_are_asked_together_each_once() -> None:
    assert ask(Step("s", (QIAN, SUN), by_rule=(InRole("finance"), Superior()))).waiting_for == (QIAN, SUN, ZHAO, WANG)


@pytest.mark.parametrize(
    "absent, rule, people, why",
    [
        ([ZHAO], InRole("finance"), (QIAN,), ["absent", "in_role"]),
        ([WANG], Superior(), (ZHAO,), ["absent", "superior"]),
        ([WANG], Superior(2), (ZHAO,), ["superior"]),
    ],
)
def test_who_is_away_is_not_asked(
    absent: list[ActorId], rule: InRole | Superior, people: tuple[ActorId, ...], why: list[str]
) -> None:
    request = ask(Step("s", by_rule=(rule,)), org=away(*absent))
    assert (request.waiting_for, codes(request)) == (people, why)


def test_who_is_named_is_asked_though_he_is_away() -> None:
    assert ask(Step("s", (WANG,)), org=away(WANG)).waiting_for == (WANG,)


def test_a_post_counts_from_its_first_instant_until_its_last() -> None:
    old = Post(ZHAO, E1, "cfo", NOON - 9 * DAY, NOON)
    new = Post(QIAN, E1, "cfo", NOON)
    org = Organisation((*organisation().posts, old, new), (Absence(SUN, NOON - DAY, NOON),))
    step = Step("s", by_rule=(InRole("cfo"),))
    assert ask(step, org=org).waiting_for == (QIAN,)
    assert [org.holders("cfo", company=E1, at=NOON - one) for one in (DAY, dt.timedelta())] == [(ZHAO,), (QIAN,)]
    assert [org.is_absent(SUN, at=NOON - one) for one in (2 * DAY, DAY, dt.timedelta())] == [False, True, False]
    assert (org.company_of(ActorId("nobody"), at=NOON), org.superior(ZHAO, at=NOON)) == (None, None)


def test_a_circle_of_superiors_leads_to_nobody() -> None:
    people = ((LI, WANG), (WANG, ZHAO), (ZHAO, WANG))
    org = Organisation(tuple(Post(one, E1, "r", NOON, reports_to=boss) for one, boss in people))
    assert ask(Step("s", by_rule=(Superior(2),)), org=org).waiting_for == (ZHAO,)
    with pytest.raises(Refused) as refusal:
        ask(Step("s", by_rule=(Superior(3),)), org=org)
    assert refusal.value.code == "approval.unfilled"


def test_a_later_change_of_the_organisation_changes_no_running_request() -> None:
    request = ask(Step("s", by_rule=(InRole("finance"),)))
    assert ask(Step("s", by_rule=(InRole("finance"),)), org=away(QIAN)).waiting_for == (ZHAO,)
    assert request.waiting_for == (ZHAO, QIAN)
    assert from_json(to_json(request), ApprovalRequest) == request


# --- nobody, and oneself --------------------------------------------------------------------------------------------

EMPTY = Step("empty", by_rule=(InRole("cto"),))
REFUSALS: list[tuple[Callable[[], object], str]] = [
    (lambda: ask(EMPTY), "approval.unfilled"),
    (lambda: ask(EMPTY, by=ActorId("stranger")), "approval.unfilled"),
    (lambda: ask(Step("s", by_rule=(Superior(3),))), "approval.unfilled"),
    (lambda: ask(Step("s", by_rule=(InRole("rep"),))), "approval.nobody"),
    (lambda: ask(Step("s", (LI,)), when_nobody=WhenNobody.STAND_IN, stand_in=LI), "approval.nobody"),
    (lambda: ask(EMPTY, when_nobody=WhenNobody.SKIP), "approval.no_step"),
    (
        lambda: ask(Step("s", mode=StepMode.K_OF_N, needed=3, by_rule=(InRole("finance"),))),
        "approval.too_few",
    ),
    (lambda: ask(Step("s", (LI, WANG), StepMode.K_OF_N, needed=2)), "approval.too_few"),
]


@pytest.mark.parametrize("attempt, code", REFUSALS)
def test_a_step_that_asks_nobody_or_too_few_is_refused(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        attempt()
    assert refusal.value.code == code
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


def test_a_rule_needs_a_directory() -> None:
    flow = Flow("f", 1, (EMPTY,))
    with pytest.raises(LtcError, match="pass a directory") as fault:
        submit(RequestId("AR-1"), flow=flow, about=ABOUT, amount=None, by=LI, now=NOON)
    assert "{" not in say(fault.value.code, "zh_CN", **fault.value.facts)


def test_an_empty_step_is_passed_over_or_given_to_the_stand_in() -> None:
    skipped = ask(EMPTY, REST, when_nobody=WhenNobody.SKIP)
    assert ([step.name for step in skipped.steps], codes(skipped)) == (["rest"], ["role_empty", "step_unfilled"])
    stood_in = ask(EMPTY, when_nobody=WhenNobody.STAND_IN, stand_in=SUN)
    assert (stood_in.waiting_for, codes(stood_in)) == ((SUN,), ["role_empty", "stand_in"])
    own = ask(Step("s", (LI,)), when_nobody=WhenNobody.STAND_IN, stand_in=SUN)
    assert (own.waiting_for, codes(own)) == ((SUN,), ["submitter_left_out", "stand_in"])
    himself = ask(EMPTY, when_nobody=WhenNobody.STAND_IN, stand_in=LI, submitter_may_decide=True)
    assert himself.waiting_for == (LI,)
    nothing = ask(EMPTY, when_nobody=WhenNobody.SKIP, when_empty=WhenEmpty.APPROVE)
    assert nothing.status is RequestStatus.APPROVED


def test_the_superior_of_the_submitter_is_asked_in_his_place() -> None:
    request = ask(Step("s", by_rule=(InRole("rep"),)), superior_instead=True)
    assert (request.waiting_for, codes(request)) == ((WANG,), ["in_role", "submitter_left_out", "superior"])
    both = ask(Step("s", (QIAN, WANG, ZHAO)), by=QIAN, superior_instead=True)
    assert both.waiting_for == (ZHAO, WANG)
    top = ask(Step("s", (ZHAO, QIAN)), by=ZHAO, superior_instead=True)
    assert (top.waiting_for, codes(top)) == ((QIAN,), ["submitter_left_out", "no_superior"])
