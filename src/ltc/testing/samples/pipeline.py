"""Opportunity `O1` of the running story: 100,000.00 CNY with Huadong Machinery 华东机械, under the standard stage model."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from ltc import pipeline
from ltc.events import Change
from ltc.ids import AccountId, ActorId, LeadId, OpportunityId
from ltc.money import Money
from ltc.pipeline import STANDARD_MODEL, Deal, ForecastCategory, Opportunity, OpportunityEvent

NOON: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Noon in Shanghai, on a Monday: the instant at which the examples play."""


def opened() -> Change[Opportunity, OpportunityEvent]:
    """Return the opening of opportunity `O1` by `li`, out of lead `L1`.

    >>> opened().after.version
    1
    """
    return pipeline.open_opportunity(
        OpportunityId("O1"),
        model=STANDARD_MODEL,
        account=AccountId("A1"),
        owner=ActorId("li"),
        amount=Money.of("100000.00", "CNY"),
        expected_close_on=date(2026, 6, 30),
        origin=LeadId("L1"),
        now=NOON,
    )


def opportunity() -> Opportunity:
    """Return opportunity `O1` as it was opened.

    >>> opportunity().stage
    'contact'
    """
    return opened().after


def ready(deal: Opportunity) -> Opportunity:
    """Return a deal with all work of its stage done: it may go on.

    >>> ready(opportunity()).gaps(STANDARD_MODEL)
    ()
    """
    for task in deal.open_tasks(STANDARD_MODEL):
        deal = pipeline.complete_task(
            deal, model=STANDARD_MODEL, task=task.id, evidence="minutes", by=deal.owner, now=NOON
        ).after
    for criterion in deal.open_criteria(STANDARD_MODEL):
        deal = pipeline.meet(deal, model=STANDARD_MODEL, criterion=criterion.id, evidence="e-mail", now=NOON).after
    return deal


@cache
def in_stage(stage: str) -> Opportunity:
    """Return opportunity `O1` in an open stage, everything before it done.

    >>> in_stage("quotation").stage
    'quotation'
    """
    deal = opportunity()
    while deal.stage != stage:
        deal = pipeline.advance(ready(deal), model=STANDARD_MODEL, now=NOON).after
    return deal


def ready_to_win() -> Opportunity:
    """Return opportunity `O1` in the last open stage, its work done.

    >>> ready_to_win().stage
    'contract'
    """
    return ready(in_stage("contract"))


def won() -> Change[Opportunity, OpportunityEvent]:
    """Return the winning of opportunity `O1`.

    >>> won().after.status.value
    'won'
    """
    return pipeline.win(ready_to_win(), model=STANDARD_MODEL, now=NOON)


def lost() -> Change[Opportunity, OpportunityEvent]:
    """Return the loss of opportunity `O1` in the stage of the quotation.

    >>> lost().after.lost_reason
    'price'
    """
    return pipeline.lose(in_stage("quotation"), reason="price", now=NOON)


def deals() -> list[Deal]:
    """Return four open deals of two owners, as a table would give them: 400,000.00 CNY in all.

    >>> [deal.id for deal in deals()]
    ['O1', 'O2', 'O3', 'O4']
    """
    return [
        Deal("O1", stage="contact", amount=Money.of("100000.00", "CNY"), win_rate="0.10", owner="li"),
        Deal("O2", stage="needs", amount=Money.of("50000.00", "CNY"), win_rate="0.30", owner="li"),
        Deal("O3", stage="needs", amount=Money.of("150000.00", "CNY"), win_rate="0.30", owner="wang"),
        Deal("O4", stage="quotation", amount=Money.of("100000.00", "CNY"), win_rate="0.50", owner="wang"),
    ]


def category_deals() -> list[Deal]:
    """Return ten deals of 20.00 CNY: two closed, three committed, one best case, four in the pipeline.

    >>> len(category_deals())
    10
    """
    counts = {
        ForecastCategory.CLOSED: 2,
        ForecastCategory.COMMIT: 3,
        ForecastCategory.BEST_CASE: 1,
        ForecastCategory.PIPELINE: 4,
    }
    return [
        Deal(f"{category}-{number}", "any", Money.of("20.00", "CNY"), win_rate="0.50", category=category)
        for category, count in counts.items()
        for number in range(1, count + 1)
    ]
