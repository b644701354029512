"""Pipeline 商机: deals on their way through the stages of selling, and what they are worth together.

How a company sells is data, a `StageModel`: stages with tasks, exit criteria, a win rate, a forecast category and an age limit;
`STANDARD_MODEL` is 初步接洽 → 需求确认 → 报价 → 拟定合同 → 赢单. An opportunity is opened in the first stage for an account and stays
under the version of the model that it was opened with. Its owner completes the tasks and shows by evidence that the exit criteria are
met; only then it advances, unless somebody says why not. It can be sent back, re-priced, re-scheduled and handed over, and its win
rate overridden, without losing its history. Out of the last open stage it is won; it can be lost out of any.

The status is only whether the deal is decided:

    open -- task_completed --> open
    open -- criterion_met --> open
    open -- advanced --> open
    open -- sent_back --> open
    open -- repriced --> open
    open -- rescheduled --> open
    open -- handed_over --> open
    open -- win_rate_overridden --> open
    open -- won --> won
    open -- lost --> lost

What all deals are worth is the weighted funnel: Σ amount × rate, exact, without the lost ones, against a target.

>>> from ltc import pipeline
>>> from ltc.money import Money
>>> from ltc.pipeline import STANDARD_MODEL
>>> from ltc.testing.samples.pipeline import NOON
>>> deal = pipeline.open_opportunity(
...     "O1", model=STANDARD_MODEL, account="A1", owner="li", amount=Money.of("100000.00", "CNY"), now=NOON
... ).after
>>> deal = pipeline.complete_task(
...     deal, model=STANDARD_MODEL, task="profile", evidence="call notes", by="li", now=NOON
... ).after
>>> deal = pipeline.meet(
...     deal, model=STANDARD_MODEL, criterion="interest_shown", evidence="asked for a visit", now=NOON
... ).after
>>> deal = pipeline.advance(deal, model=STANDARD_MODEL, now=NOON).after
>>> deal.stage, deal.win_rate(STANDARD_MODEL)
('needs', Decimal('0.30'))
>>> funnel = pipeline.weighted_funnel(
...     [pipeline.deal_of(deal, STANDARD_MODEL)], target=Money.of("50000.00", "CNY")
... )
>>> str(funnel.weighted), str(funnel.gap)
('30000.00 CNY', '20000.00 CNY')
"""

from ltc._pipeline.forecast import ForecastRollup, forecast_rollup
from ltc._pipeline.funnel import Deal, Funnel, FunnelRow, deal_of, deals_by_currency, weighted_funnel
from ltc._pipeline.happened import (
    OpportunityAdvanced,
    OpportunityCriterionMet,
    OpportunityEvent,
    OpportunityHandedOver,
    OpportunityLost,
    OpportunityOpened,
    OpportunityRepriced,
    OpportunityRescheduled,
    OpportunitySentBack,
    OpportunityTaskCompleted,
    OpportunityWinRateOverridden,
    OpportunityWon,
)
from ltc._pipeline.life import OPPORTUNITY, TRANSITIONS
from ltc._pipeline.opportunity import (
    CriterionMet,
    Opportunity,
    OpportunityStatus,
    Override,
    StageEntry,
    TaskDone,
    Tenure,
)
from ltc._pipeline.progress import advance, complete_task, lose, meet, open_opportunity, send_back, win
from ltc._pipeline.stages import (
    Criterion,
    ForecastCategory,
    Stage,
    StageModel,
    Task,
    check_stages,
)
from ltc._pipeline.standard import STANDARD_MODEL
from ltc._pipeline.terms import hand_over, override_win_rate, reprice, reschedule

__all__ = [
    "OPPORTUNITY",
    "STANDARD_MODEL",
    "TRANSITIONS",
    "Criterion",
    "CriterionMet",
    "Deal",
    "ForecastCategory",
    "ForecastRollup",
    "Funnel",
    "FunnelRow",
    "Opportunity",
    "OpportunityAdvanced",
    "OpportunityCriterionMet",
    "OpportunityEvent",
    "OpportunityHandedOver",
    "OpportunityLost",
    "OpportunityOpened",
    "OpportunityRepriced",
    "OpportunityRescheduled",
    "OpportunitySentBack",
    "OpportunityStatus",
    "OpportunityTaskCompleted",
    "OpportunityWinRateOverridden",
    "OpportunityWon",
    "Override",
    "Stage",
    "StageEntry",
    "StageModel",
    "Task",
    "TaskDone",
    "Tenure",
    "advance",
    "check_stages",
    "complete_task",
    "deal_of",
    "deals_by_currency",
    "forecast_rollup",
    "hand_over",
    "lose",
    "meet",
    "open_opportunity",
    "override_win_rate",
    "reprice",
    "reschedule",
    "send_back",
    "weighted_funnel",
    "win",
]
