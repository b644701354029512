"""Every (status, verb) pair, the moves between stages, the refusals, the queries of a deal."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Protocol

import attrs
import pytest

from ltc import pipeline
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import Change
from ltc.ids import AccountId, ActorId, OpportunityId
from ltc.money import Money
from ltc.pipeline import (
    OPPORTUNITY,
    STANDARD_MODEL,
    TRANSITIONS,
    Criterion,
    ForecastCategory,
    Opportunity,
    OpportunityEvent,
    OpportunityStatus,
    Stage,
    StageModel,
    Task,
)
from ltc.testing.samples.pipeline import (
    NOON,
    in_stage,
    lost,
    opened,
    opportunity,
    ready,
    ready_to_win,
    won,
)

DAY = dt.timedelta(days=1)
MODEL = STANDARD_MODEL
LI, WANG = ActorId("li"), ActorId("wang")


class Verb(Protocol):
    def __call__(self, deal: Opportunity, /) -> Change[Opportunity, OpportunityEvent]: ...


VERBS: dict[str, Verb] = {
    "task_completed": lambda deal: pipeline.complete_task(
        deal, model=MODEL, task="draft", evidence="file", by=LI, now=NOON
    ),
    "criterion_met": lambda deal: pipeline.meet(deal, model=MODEL, criterion="terms_agreed", evidence="mail", now=NOON),
    "advanced": lambda deal: pipeline.advance(deal, model=MODEL, skipping="known", now=NOON),
    "sent_back": lambda deal: pipeline.send_back(deal, model=MODEL, reason="scope", now=NOON),
    "won": lambda deal: pipeline.win(deal, model=MODEL, skipping="signed already", now=NOON),
    "lost": lambda deal: pipeline.lose(deal, reason="price", now=NOON),
    "repriced": lambda deal: pipeline.reprice(deal, amount=Money.of("9", "CNY"), now=NOON),
    "rescheduled": lambda deal: pipeline.reschedule(deal, expected_close_on=None, now=NOON),
    "handed_over": lambda deal: pipeline.hand_over(deal, to=WANG, reason="leaves", now=NOON),
    "win_rate_overridden": lambda deal: pipeline.override_win_rate(deal, win_rate=0, reason="frozen", now=NOON),
}
STATES: dict[OpportunityStatus, Callable[[str], Opportunity]] = {
    OpportunityStatus.OPEN: lambda verb: in_stage("quotation" if verb == "advanced" else "contract"),
    OpportunityStatus.WON: lambda _: won().after,
    OpportunityStatus.LOST: lambda _: lost().after,
}


def test_every_event_but_the_first_has_a_verb_in_the_walk() -> None:
    assert OPPORTUNITY.stored.keys() - VERBS.keys() == {"opened"}


@pytest.mark.parametrize("status, verb", list(itertools.product(OpportunityStatus, VERBS)))
def test_a_verb_lands_where_the_table_says_or_refuses_and_changes_nothing(status: OpportunityStatus, verb: str) -> None:
    deal = STATES[status](verb)
    before, event = attrs.asdict(deal), OPPORTUNITY.stored[verb]
    if event in TRANSITIONS[status]:
        change = VERBS[verb](deal)
        assert change.after.status is TRANSITIONS[status][event]
        assert [type(happened) for happened in change.events] == [event]
        assert change.before is deal
    else:
        with pytest.raises(Refused) as caught:
            VERBS[verb](deal)
        assert caught.value.code == "move.not_allowed"
        assert caught.value.facts["passes"] == "open"
    assert attrs.asdict(deal) == before


def test_the_diagram_of_the_facade_is_the_table() -> None:
    lines = re.findall(r"^    (\w+) -- (\w+) --> (\w+)$", pipeline.__doc__ or "", re.MULTILINE)
    assert len(lines) == len(set(lines))
    names = {event: name for name, event in OPPORTUNITY.stored.items()}
    table = {
        (status.value, names[event], target.value)
        for status, moves in TRANSITIONS.items()
        for event, target in moves.items()
    }
    assert set(lines) == table


def test_a_table_that_let_a_deal_begin_twice_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    [event] = opened().events
    with pytest.raises(InvalidValue, match="cannot have happened"):
        OPPORTUNITY.evolve(opportunity(), event)
    monkeypatch.setitem(
        TRANSITIONS[OpportunityStatus.OPEN],
        type(event),
        OpportunityStatus.OPEN,
    )
    with pytest.raises(AssertionError):
        OPPORTUNITY.evolve(opportunity(), event)
    with pytest.raises(InvalidValue, match="cannot be the first"):
        OPPORTUNITY.replay(lost().events)


def refusal(code: str, verb: Callable[..., Any], deal: Opportunity, **facts: Any) -> LtcError:
    before = attrs.asdict(deal)
    with pytest.raises(LtcError) as caught:
        verb(deal, **facts)
    assert caught.value.code == code
    assert attrs.asdict(deal) == before
    return caught.value


def test_a_deal_keeps_its_model_in_its_version() -> None:
    newer = attrs.evolve(MODEL, version=2)
    asked: list[Callable[[Opportunity], Any]] = [
        lambda deal: deal.win_rate(newer),
        lambda deal: deal.category(newer),
        lambda deal: deal.gaps(newer),
        lambda deal: deal.open_criteria(newer),
        lambda deal: deal.is_stalled(newer, NOON),
        lambda deal: pipeline.advance(deal, model=newer, now=NOON),
        lambda deal: pipeline.win(deal, model=newer, now=NOON),
        lambda deal: pipeline.send_back(deal, model=newer, reason="x", now=NOON),
        lambda deal: pipeline.meet(deal, model=newer, criterion="x", evidence="", now=NOON),
        lambda deal: pipeline.complete_task(deal, model=newer, task="x", evidence="", by=LI, now=NOON),
        lambda deal: pipeline.deal_of(deal, newer),
    ]
    for query in asked:
        error = refusal("opportunity.other_model", query, opportunity())
        assert error.facts == {
            "opportunity": "O1",
            "model": "standard",
            "version": 1,
            "passed": "standard",
            "passed_version": 2,
        }


def test_a_stage_is_left_when_its_work_is_done() -> None:
    deal = opportunity()
    error = refusal("opportunity.gaps", pipeline.advance, deal, model=MODEL, now=NOON)
    assert (error.facts["tasks"], error.facts["criteria"]) == (("profile",), ("interest_shown",))
    deal = pipeline.complete_task(deal, model=MODEL, task="profile", evidence="notes", by=LI, now=NOON).after
    error = refusal("opportunity.gaps", pipeline.advance, deal, model=MODEL, now=NOON)
    assert (error.facts["tasks"], error.facts["criteria"]) == ((), ("interest_shown",))
    deal = pipeline.meet(deal, model=MODEL, criterion="interest_shown", evidence="visit", now=NOON).after
    change = pipeline.advance(deal, model=MODEL, now=NOON + DAY)
    assert change.after.stage == "needs"
    assert [(entry.stage, entry.at) for entry in change.after.entries] == [("contact", NOON), ("needs", NOON + DAY)]
    assert [(act.task, act.by, act.evidence) for act in change.after.done] == [("profile", "li", "notes")]
    assert [(act.criterion, act.evidence) for act in change.after.met] == [("interest_shown", "visit")]


def test_work_of_another_stage_or_done_twice_is_refused() -> None:
    deal = ready(opportunity())
    task = refusal(
        "opportunity.not_open_here",
        pipeline.complete_task,
        deal,
        model=MODEL,
        task="profile",
        evidence="",
        by=LI,
        now=NOON,
    )
    assert task.facts["known"] == "none"
    refusal(
        "opportunity.not_open_here", pipeline.meet, opportunity(), model=MODEL, criterion="x", evidence="", now=NOON
    )


def test_skipping_names_what_was_left_open() -> None:
    halfway = pipeline.complete_task(opportunity(), model=MODEL, task="profile", evidence="", by=LI, now=NOON).after
    change = pipeline.advance(halfway, model=MODEL, to="contract", skipping="repeat order", now=NOON)
    [event] = change.events
    assert isinstance(event, pipeline.OpportunityAdvanced)
    assert event.skipped == ("interest_shown", "survey", "requirements_agreed", "quote", "price_accepted")
    assert (event.previous_stage, event.reason, change.after.stage) == ("contact", "repeat order", "contract")
    with pytest.raises(InvalidValue, match="blank"):
        pipeline.advance(halfway, model=MODEL, skipping=" ", now=NOON)


def test_a_move_leads_ahead_and_back_only() -> None:
    deal = ready(in_stage("needs"))
    for to in ("contact", "needs", "won", "nowhere"):
        error = refusal("opportunity.not_ahead", pipeline.advance, deal, model=MODEL, to=to, now=NOON)
        assert error.facts["passes"] == "quotation, contract"
    for back in ("needs", "quotation", "won", "nowhere"):
        refusal("opportunity.not_behind", pipeline.send_back, deal, model=MODEL, to=back, reason="x", now=NOON)
    first = refusal("opportunity.not_behind", pipeline.send_back, opportunity(), model=MODEL, reason="x", now=NOON)
    assert first.facts["passes"] == "none"
    refusal("opportunity.last_stage", pipeline.advance, ready_to_win(), model=MODEL, now=NOON)
    refusal("opportunity.not_last_stage", pipeline.win, ready(in_stage("quotation")), model=MODEL, now=NOON)
    refusal("opportunity.gaps", pipeline.win, in_stage("contract"), model=MODEL, now=NOON)


def test_sent_back_its_criteria_are_to_be_met_again_and_its_tasks_stay_done() -> None:
    change = pipeline.send_back(ready_to_win(), model=MODEL, to="needs", reason="new scope", now=NOON)
    [event] = change.events
    assert isinstance(event, pipeline.OpportunitySentBack)
    assert event.reopened == ("requirements_agreed", "price_accepted", "terms_agreed")
    assert [act.criterion for act in change.after.met] == ["interest_shown"]
    assert len(change.after.done) == 4
    again = refusal("opportunity.gaps", pipeline.advance, change.after, model=MODEL, now=NOON)
    assert (again.facts["tasks"], again.facts["criteria"]) == ((), ("requirements_agreed",))
    assert pipeline.advance(ready(change.after), model=MODEL, now=NOON).after.stage == "quotation"


def test_no_move_before_the_last_one() -> None:
    early = NOON - DAY
    deal = in_stage("contract")
    refusal("opportunity.too_early", pipeline.advance, opportunity(), model=MODEL, now=early)
    refusal("opportunity.too_early", pipeline.send_back, deal, model=MODEL, reason="x", now=early)
    refusal("opportunity.too_early", pipeline.win, ready_to_win(), model=MODEL, now=early)
    refusal("opportunity.too_early", pipeline.lose, deal, reason="x", now=early)
    refusal("opportunity.owned_later", pipeline.hand_over, deal, to=WANG, reason="", now=early)


def test_terms_change_and_refuse_what_is_no_change() -> None:
    deal = opportunity()
    refusal("opportunity.unchanged", pipeline.reprice, deal, amount=deal.amount, now=NOON)
    refusal("opportunity.unchanged", pipeline.reschedule, deal, expected_close_on=dt.date(2026, 6, 30), now=NOON)
    refusal("opportunity.unchanged", pipeline.override_win_rate, deal, win_rate=None, reason="x", now=NOON)
    refusal("opportunity.same_owner", pipeline.hand_over, deal, to=LI, reason="", now=NOON)
    refusal("deal.negative", pipeline.reprice, deal, amount=Money.of(-1, "CNY"), now=NOON)
    refusal("deal.amount", pipeline.reprice, deal, amount="1", now=NOON)
    refusal("day.type", pipeline.reschedule, deal, expected_close_on=NOON, now=NOON)
    refusal("money.ratio", pipeline.override_win_rate, deal, win_rate=30, reason="x", now=NOON)
    refusal("text.blank", pipeline.override_win_rate, deal, win_rate=0, reason="", now=NOON)
    refusal("text.blank", pipeline.lose, deal, reason="", now=NOON)
    refusal("instant.naive", pipeline.lose, deal, reason="x", now=dt.datetime(2026, 3, 2))
    with pytest.raises(CurrencyMismatch):
        pipeline.reprice(deal, amount=Money.of("1", "USD"), now=NOON)
    with pytest.raises(InvalidType):
        pipeline.override_win_rate(deal, win_rate=0.3, reason="x", now=NOON)  # type: ignore[arg-type]  # the fault under test


def test_terms_keep_what_was_before() -> None:
    deal = opportunity()
    [price] = pipeline.reprice(deal, amount=Money.zero("CNY"), reason="pilot", now=NOON).events
    assert isinstance(price, pipeline.OpportunityRepriced)
    assert (price.previous_amount, price.amount.minor, price.reason) == (deal.amount, 0, "pilot")
    moved = pipeline.reschedule(deal, expected_close_on=None, now=NOON).after
    assert moved.expected_close_on is None


def test_a_hand_over_leaves_the_stage_and_its_history_alone() -> None:
    deal = in_stage("quotation")
    after = pipeline.hand_over(deal, to=WANG, reason="li leaves", now=NOON + DAY).after
    assert (after.stage, after.entries, after.done, after.met) == (deal.stage, deal.entries, deal.done, deal.met)
    asked = [after.owner_at(NOON + hours * dt.timedelta(hours=1)) for hours in (-1, 0, 23, 24, 25)]
    assert asked == [None, "li", "li", "wang", "wang"]
    assert after.owned_since == NOON + DAY
    back = pipeline.hand_over(after, to=LI, reason="li is back", now=NOON + 2 * DAY).after
    assert [back.owner_at(NOON + days * DAY) for days in (0, 1, 2)] == ["li", "wang", "li"]


def test_an_override_stays_through_moves_until_it_is_lifted() -> None:
    deal = pipeline.override_win_rate(ready(opportunity()), win_rate="0", reason="frozen", now=NOON).after
    deal = pipeline.advance(deal, model=MODEL, now=NOON).after
    assert deal.win_rate(MODEL) == 0
    assert deal.override is not None
    assert deal.override.reason == "frozen"
    lifted = pipeline.override_win_rate(deal, win_rate=None, reason="budget is back", now=NOON).after
    assert lifted.win_rate(MODEL) == Decimal("0.30")


def test_a_decided_deal_counts_whole_or_not_at_all_whatever_was_judged() -> None:
    judged = pipeline.override_win_rate(ready_to_win(), win_rate="0.55", reason="x", now=NOON).after
    winner = pipeline.win(judged, model=MODEL, now=NOON + DAY).after
    loser = pipeline.lose(judged, reason="price", now=NOON + DAY).after
    assert [deal.win_rate(MODEL) for deal in (winner, loser, judged)] == [1, 0, Decimal("0.55")]
    assert (winner.stage, loser.stage, loser.lost_reason) == ("won", "contract", "price")
    assert winner.closed_at == loser.closed_at == NOON + DAY
    categories = [deal.category(MODEL) for deal in (judged, winner, loser)]
    assert categories == [ForecastCategory.COMMIT, ForecastCategory.CLOSED, ForecastCategory.OMITTED]


def test_age_and_stall() -> None:
    deal = in_stage("needs")
    limit = 21 * DAY
    assert deal.age_in_stage(NOON + limit) == limit
    assert not deal.is_stalled(MODEL, NOON + limit)
    assert deal.is_stalled(MODEL, NOON + limit + dt.timedelta(microseconds=1))
    late = NOON + 400 * DAY
    assert not won().after.is_stalled(MODEL, late)
    assert not lost().after.is_stalled(MODEL, late)
    assert lost().after.age_in_stage(late) == dt.timedelta(0)
    ageless = Stage(
        "talk",
        "Talk",
        (Task("ask", "Ask around"),),
        (Criterion("heard", "Heard of us"),),
        win_rate="0.5",
        category="pipeline",
    )
    model = StageModel("plain", 1, (ageless, MODEL.won))
    patient = pipeline.open_opportunity(
        OpportunityId("O2"), model=model, account=AccountId("A1"), owner=LI, amount=Money.of(1, "JPY"), now=NOON
    ).after
    assert not patient.is_stalled(model, late)


def test_a_model_of_one_open_stage_is_won_at_once() -> None:
    model = StageModel("shop", 1, (Stage("cart", "Cart", win_rate="0.5", category="commit"), MODEL.won))
    deal = pipeline.open_opportunity(
        OpportunityId("O2"), model=model, account=AccountId("A1"), owner=LI, amount=Money.of(1, "JPY"), now=NOON
    ).after
    assert deal.gaps(model) == ()
    refusal("opportunity.last_stage", pipeline.advance, deal, model=model, now=NOON)
    assert pipeline.win(deal, model=model, now=NOON).after.entries[-1].stage == "won"


def journey() -> Iterator[Change[Opportunity, OpportunityEvent]]:
    first = opened()
    yield first
    second = VERBS["repriced"](first.after)
    yield second
    third = VERBS["rescheduled"](second.after)
    yield third
    fourth = VERBS["handed_over"](third.after)
    yield fourth
    fifth = pipeline.advance(fourth.after, model=MODEL, to="contract", skipping="known", now=NOON)
    yield fifth
    sixth = VERBS["task_completed"](fifth.after)
    yield sixth
    seventh = VERBS["criterion_met"](sixth.after)
    yield seventh
    eighth = VERBS["sent_back"](seventh.after)
    yield eighth
    ninth = VERBS["win_rate_overridden"](eighth.after)
    yield ninth
    yield VERBS["lost"](ninth.after)


def test_the_state_is_the_replay_of_its_events() -> None:
    changes = list(journey())
    assert OPPORTUNITY.replay(event for change in changes for event in change.events) == changes[-1].after
    assert changes[-1].after.version == len(changes) == 10


def test_gaps_read_in_both_languages() -> None:
    reasons = opportunity().gaps(MODEL)
    assert [reason.say("zh_CN") for reason in reasons] == ["任务“了解客户概况”未完成", "条件“客户表示有意向”未满足"]
    assert reasons[0]["task"] == "profile"
