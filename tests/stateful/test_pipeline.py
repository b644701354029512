"""Deals in every order of verbs, beside an oracle that keeps a stage number and a few sets, and nothing of the library."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ltc import pipeline
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import AccountId, ActorId, OpportunityId
from ltc.money import Money
from ltc.pipeline import OPPORTUNITY, STANDARD_MODEL, Opportunity, OpportunityEvent, deal_of, weighted_funnel

START = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
STAGES = ["contact", "needs", "quotation", "contract", "won"]
TASKS = ["profile", "survey", "quote", "draft"]
CRITERIA = ["interest_shown", "requirements_agreed", "price_accepted", "terms_agreed"]
PERCENT = [10, 30, 50, 80, 100]
NAMES = ("a", "b", "c")
REPS = ["li", "wang", "zhao"]


@attrs.define
class Oracle:
    """What a clerk would keep of a deal on a card."""

    stage: int
    cents: int
    owner: str
    hour: int
    owned: int
    done: set[str]
    met: set[str]
    judged: int | None = None
    status: str = "open"
    events: int = 1

    def percent(self) -> int:
        if self.status != "open":
            return 100 if self.status == "won" else 0
        return PERCENT[self.stage] if self.judged is None else self.judged

    def gaps(self, to: int) -> int:
        return sum(TASKS[n] not in self.done for n in range(self.stage, to)) + sum(
            CRITERIA[n] not in self.met for n in range(self.stage, to)
        )


class Deals(RuleBasedStateMachine):
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.deals: dict[str, Opportunity] = {}
        self.cards: dict[str, Oracle] = {}
        self.history: dict[str, list[OpportunityEvent]] = {}
        self.hour = 0

    @initialize(cents=st.lists(st.integers(0, 10**9), min_size=3, max_size=3), reps=st.permutations(REPS))
    def open(self, cents: list[int], reps: list[str]) -> None:
        for name, minor, rep in zip(NAMES, cents, reps, strict=True):
            change = pipeline.open_opportunity(
                OpportunityId(name),
                model=STANDARD_MODEL,
                account=AccountId("A1"),
                owner=ActorId(rep),
                amount=Money(minor, "CNY"),
                now=START,
            )
            self.deals[name], self.history[name] = change.after, list(change.events)
            self.cards[name] = Oracle(0, minor, rep, 0, 0, set(), set())
        for name in NAMES[1:]:  # late stages would be seldom reached otherwise
            self.advance(name, "contract", "known")

    def attempt(self, verb: str, name: str, allowed: bool, ask: Callable[..., Any], **facts: Any) -> bool:
        before = self.deals[name]
        copied = attrs.asdict(before)
        try:
            change: Change[Opportunity, OpportunityEvent] = ask(before, now=self.now(), **facts)
        except Refused:
            assert not allowed, f"{verb} was refused"
            assert attrs.asdict(before) == copied
        else:
            assert allowed, f"{verb} was let through"
            assert attrs.asdict(before) == copied
            self.deals[name] = change.after
            self.history[name] += change.events
            self.cards[name].events += 1
        self.counts[verb, allowed] += 1
        return allowed

    def now(self) -> dt.datetime:
        return START + self.hour * dt.timedelta(hours=1)

    @rule(hours=st.integers(-1, 6))
    def wait(self, hours: int) -> None:
        self.hour += hours

    @rule(name=st.sampled_from(NAMES), near=st.booleans(), task=st.sampled_from([*TASKS, "lunch"]))
    def complete_task(self, name: str, near: bool, task: str) -> None:
        card = self.cards[name]
        task = TASKS[card.stage] if near and card.stage < 4 else task
        fits = card.status == "open" and task == TASKS[card.stage] and task not in card.done
        if self.attempt(
            "complete_task",
            name,
            fits,
            pipeline.complete_task,
            model=STANDARD_MODEL,
            task=task,
            evidence="",
            by="li",
        ):
            card.done.add(task)

    @rule(name=st.sampled_from(NAMES), near=st.booleans(), criterion=st.sampled_from([*CRITERIA, "lunch"]))
    def meet(self, name: str, near: bool, criterion: str) -> None:
        card = self.cards[name]
        criterion = CRITERIA[card.stage] if near and card.stage < 4 else criterion
        fits = card.status == "open" and criterion == CRITERIA[card.stage] and criterion not in card.met
        if self.attempt("meet", name, fits, pipeline.meet, model=STANDARD_MODEL, criterion=criterion, evidence=""):
            card.met.add(criterion)

    @rule(
        name=st.sampled_from(NAMES),
        to=st.none() | st.sampled_from(STAGES),
        skipping=st.none() | st.just("known"),
    )
    def advance(self, name: str, to: str | None, skipping: str | None) -> None:
        card = self.cards[name]
        target = card.stage + 1 if to is None else STAGES.index(to)
        fits = (
            card.status == "open"
            and self.hour >= card.hour
            and card.stage < target < 4
            and (skipping is not None or card.gaps(target) == 0)
        )
        if self.attempt("advance", name, fits, pipeline.advance, model=STANDARD_MODEL, to=to, skipping=skipping):
            card.stage, card.hour = target, self.hour

    @rule(name=st.sampled_from(NAMES), to=st.none() | st.sampled_from(STAGES))
    def send_back(self, name: str, to: str | None) -> None:
        card = self.cards[name]
        target = card.stage - 1 if to is None else STAGES.index(to)
        fits = card.status == "open" and self.hour >= card.hour and 0 <= target < card.stage
        if self.attempt("send_back", name, fits, pipeline.send_back, model=STANDARD_MODEL, to=to, reason="scope"):
            card.stage, card.hour = target, self.hour
            card.met -= set(CRITERIA[target:])

    @rule(name=st.sampled_from(NAMES), late=st.booleans(), skipping=st.none() | st.just("signed"))
    def win(self, name: str, late: bool, skipping: str | None) -> None:
        last = [other for other, held in self.cards.items() if held.stage == 3 and held.status == "open"]
        name = last[0] if late and last else name  # or few would ever be won
        card = self.cards[name]
        fits = (
            card.status == "open"
            and self.hour >= card.hour
            and card.stage == 3
            and (skipping is not None or card.gaps(4) == 0)
        )
        if self.attempt("win", name, fits, pipeline.win, model=STANDARD_MODEL, skipping=skipping):
            card.stage, card.hour, card.status = 4, self.hour, "won"

    @rule(name=st.sampled_from(NAMES), sure=st.booleans())
    def lose(self, name: str, sure: bool) -> None:
        card = self.cards[name]
        if name != "a" and not sure and card.status == "open":  # or too few deals would live on
            return
        fits = card.status == "open" and self.hour >= card.hour
        if self.attempt("lose", name, fits, pipeline.lose, reason="price"):
            card.status = "lost"

    @rule(name=st.sampled_from(NAMES), to=st.sampled_from(REPS))
    def hand_over(self, name: str, to: str) -> None:
        card = self.cards[name]
        fits = card.status == "open" and to != card.owner and self.hour >= card.owned
        if self.attempt("hand_over", name, fits, pipeline.hand_over, to=to, reason="leaves"):
            card.owner, card.owned = to, self.hour

    @rule(name=st.sampled_from(NAMES), cents=st.integers(0, 3))
    def reprice(self, name: str, cents: int) -> None:
        card = self.cards[name]
        fits = card.status == "open" and cents != card.cents
        if self.attempt("reprice", name, fits, pipeline.reprice, amount=Money(cents, "CNY")):
            card.cents = cents

    @rule(name=st.sampled_from(NAMES), percent=st.none() | st.sampled_from([0, 33, 100]))
    def override(self, name: str, percent: int | None) -> None:
        card = self.cards[name]
        fits = card.status == "open" and not (percent is None and card.judged is None)
        rate = None if percent is None else f"{percent / 100:.2f}"
        if self.attempt("override", name, fits, pipeline.override_win_rate, win_rate=rate, reason="judgement"):
            card.judged = percent

    @invariant()
    def each_deal_is_as_on_its_card_and_as_its_history_says(self) -> None:
        for name, card in self.cards.items():
            deal = self.deals[name]
            assert (deal.stage, deal.status, deal.owner) == (STAGES[card.stage], card.status, card.owner)
            assert deal.amount.minor == card.cents
            assert deal.win_rate(STANDARD_MODEL) * 100 == card.percent()
            assert {act.task for act in deal.done} == card.done
            assert {act.criterion for act in deal.met} == card.met
            assert deal.version == card.events == len(self.history[name])
            assert OPPORTUNITY.replay(self.history[name]) == deal
            instants = [entry.at for entry in deal.entries]
            assert instants == sorted(instants)
            assert deal.owner_at(START + dt.timedelta(hours=10**4)) == card.owner

    @invariant()
    def the_funnel_is_the_sum_of_the_cards(self) -> None:
        counted = [card for card in self.cards.values() if card.status != "lost"]
        funnel = weighted_funnel(
            [deal_of(deal, STANDARD_MODEL) for deal in self.deals.values()], order=STAGES, currency="CNY"
        )
        assert Fraction(funnel.exact) * 100 == sum(
            (Fraction(card.cents * card.percent(), 100) for card in counted), Fraction(0)
        )
        for row, number in zip(funnel.rows, range(5), strict=True):
            assert row.amount.minor == sum(card.cents for card in counted if card.stage == number)
        assert sum(row.weighted.minor for row in funnel.rows) == funnel.weighted.minor


def test_deals_in_every_order_of_verbs() -> None:
    Deals.counts.clear()
    torture = settings().max_examples > 1000
    run_state_machine_as_test(  # the same runs every time but for the torture, so that the counters hold
        Deals, settings=settings(max_examples=settings().max_examples, stateful_step_count=60, derandomize=not torture)
    )
    verbs = {verb for verb, _ in Deals.counts}
    assert len(verbs) == 9
    few = {(verb, allowed): Deals.counts[verb, allowed] for verb in verbs for allowed in (True, False)}
    assert min(few.values()) >= 10, few
