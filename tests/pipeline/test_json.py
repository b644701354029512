"""Every event and every state of an opportunity, and what a funnel is made of, survive JSON."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ltc.events import dump_event, from_json, load_event, to_json
from ltc.money import Money
from ltc.pipeline import (
    OPPORTUNITY,
    TRANSITIONS,
    Deal,
    ForecastRollup,
    Funnel,
    Opportunity,
    OpportunityAdvanced,
    OpportunityCriterionMet,
    OpportunityEvent,
    OpportunityHandedOver,
    OpportunityLost,
    OpportunityOpened,
    OpportunityRepriced,
    OpportunityRescheduled,
    OpportunitySentBack,
    OpportunityStatus,
    OpportunityTaskCompleted,
    OpportunityWinRateOverridden,
    OpportunityWon,
    forecast_rollup,
    weighted_funnel,
)
from ltc.testing.samples.pipeline import category_deals, deals

SHANGHAI = dt.timezone(dt.timedelta(hours=8))

lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
maybe = st.none() | lines
texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("\n\t "), max_size=12)
instants = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.sampled_from([dt.UTC, SHANGHAI]))
days = st.none() | st.dates()
amounts = st.builds(Money, st.integers(0, 10**18), st.sampled_from(["CNY", "JPY", "KWD"]))
rates = st.none() | st.decimals(0, 1, places=6)
ids = st.lists(lines, max_size=3).map(tuple)
of = {"opportunity": lines, "at": instants}
moved = of | {"stage": lines, "previous_stage": lines}

begun: st.SearchStrategy[OpportunityEvent] = st.builds(
    OpportunityOpened,
    **of,
    model=lines,
    model_version=st.integers(1, 9),
    stage=lines,
    account=lines,
    owner=lines,
    amount=amounts,
    expected_close_on=days,
    origin=maybe,
)
later: st.SearchStrategy[OpportunityEvent] = st.one_of(
    st.builds(OpportunityTaskCompleted, **of, stage=lines, task=lines, evidence=texts, by=lines),
    st.builds(OpportunityCriterionMet, **of, stage=lines, criterion=lines, evidence=texts),
    st.builds(OpportunityAdvanced, **moved, skipped=ids, reason=maybe),
    st.builds(OpportunitySentBack, **moved, reopened=ids, reason=lines),
    st.builds(OpportunityWon, **moved, skipped=ids, reason=maybe),
    st.builds(OpportunityLost, **of, stage=lines, reason=lines),
    st.builds(OpportunityRepriced, **of, amount=amounts, previous_amount=amounts, reason=texts),
    st.builds(OpportunityRescheduled, **of, expected_close_on=days, previous_close_on=days, reason=texts),
    st.builds(OpportunityHandedOver, **of, owner=lines, previous_owner=lines, reason=texts),
    st.builds(OpportunityWinRateOverridden, **of, win_rate=rates, reason=lines),
)


@given(begun | later)
def test_an_event_survives_json(event: OpportunityEvent) -> None:
    assert load_event(OPPORTUNITY, dump_event(OPPORTUNITY, event)) == event


@given(begun, st.lists(later, max_size=8))
def test_a_state_survives_json_and_counts_its_events(first: OpportunityEvent, more: list[OpportunityEvent]) -> None:
    state, count = OPPORTUNITY.begin(first), 1
    for event in more:
        if type(event) in TRANSITIONS[state.status]:
            state, count = OPPORTUNITY.evolve(state, event), count + 1
    assert state.version == count
    assert from_json(to_json(state), Opportunity) == state
    assert (state.closed_at is None) == (state.status is OpportunityStatus.OPEN)


def test_a_funnel_and_its_deals_survive_json() -> None:
    funnel = weighted_funnel(deals(), target=Money.of("500000.00", "CNY"))
    assert from_json(to_json(funnel), Funnel) == funnel
    assert [from_json(to_json(deal), Deal) for deal in deals()] == deals()
    rollup = forecast_rollup(category_deals())
    assert from_json(to_json(rollup), ForecastRollup) == rollup
    assert funnel.exact == Decimal(120000)
