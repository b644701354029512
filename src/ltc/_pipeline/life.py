"""How an opportunity lives: which event may happen when, and the one place where its state changes."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, assert_never

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
from ltc._pipeline.opportunity import (
    CriterionMet,
    Opportunity,
    OpportunityStatus,
    Override,
    StageEntry,
    TaskDone,
    Tenure,
)
from ltc.events import Life, evolved, next_status, no_beginning

_S = OpportunityStatus
TRANSITIONS: Final[Mapping[OpportunityStatus, Mapping[type[OpportunityEvent], OpportunityStatus]]] = {
    _S.OPEN: {
        OpportunityTaskCompleted: _S.OPEN,
        OpportunityCriterionMet: _S.OPEN,
        OpportunityAdvanced: _S.OPEN,
        OpportunitySentBack: _S.OPEN,
        OpportunityRepriced: _S.OPEN,
        OpportunityRescheduled: _S.OPEN,
        OpportunityHandedOver: _S.OPEN,
        OpportunityWinRateOverridden: _S.OPEN,
        OpportunityWon: _S.WON,
        OpportunityLost: _S.LOST,
    },
    _S.WON: {},
    _S.LOST: {},
}
"""Which event may happen in which status, and where it leads. Moves between stages are the stage model's."""


def begin(event: OpportunityEvent) -> Opportunity:
    """Return the opportunity that an opening makes."""
    match event:
        case OpportunityOpened():
            return Opportunity(
                event.opportunity,
                1,
                OpportunityStatus.OPEN,
                model=event.model,
                model_version=event.model_version,
                account=event.account,
                owner=event.owner,
                amount=event.amount,
                expected_close_on=event.expected_close_on,
                origin=event.origin,
                entries=(StageEntry(event.stage, event.at),),
            )
        case _:
            raise no_beginning(event)


def evolve(  # noqa: C901  # one case an event, and nothing else
    opportunity: Opportunity, event: OpportunityEvent
) -> Opportunity:
    """Return the opportunity after an event: the only place where an opportunity's state changes."""
    version, status = opportunity.version + 1, next_status(TRANSITIONS, opportunity.status, event)
    match event:
        case OpportunityTaskCompleted(task=task, evidence=evidence, by=by, at=at):
            done = (*opportunity.done, TaskDone(task, evidence, by, at))
            return evolved(opportunity, version=version, done=done)
        case OpportunityCriterionMet(criterion=criterion, evidence=evidence, at=at):
            met = (*opportunity.met, CriterionMet(criterion, evidence, at))
            return evolved(opportunity, version=version, met=met)
        case OpportunityAdvanced(stage=stage, at=at):
            return evolved(opportunity, version=version, entries=_entered(opportunity, stage, at))
        case OpportunitySentBack(stage=stage, reopened=reopened, at=at):
            met = tuple(act for act in opportunity.met if act.criterion not in reopened)
            return evolved(opportunity, version=version, entries=_entered(opportunity, stage, at), met=met)
        case OpportunityWon(stage=stage, at=at):
            entries = _entered(opportunity, stage, at)
            return evolved(opportunity, version=version, status=status, entries=entries, closed_at=at)
        case OpportunityLost(reason=reason, at=at):
            return evolved(opportunity, version=version, status=status, lost_reason=reason, closed_at=at)
        case OpportunityRepriced(amount=amount):
            return evolved(opportunity, version=version, amount=amount)
        case OpportunityRescheduled(expected_close_on=close_on):
            return evolved(opportunity, version=version, expected_close_on=close_on)
        case OpportunityHandedOver(owner=owner, previous_owner=previous, at=at):
            former = (*opportunity.former, Tenure(previous, at))
            return evolved(opportunity, version=version, owner=owner, former=former)
        case OpportunityWinRateOverridden(win_rate=rate, reason=reason, at=at):
            override = None if rate is None else Override(rate, reason, at)
            return evolved(opportunity, version=version, override=override)
        case OpportunityOpened():  # a second opening is no move of the table: next_status has refused it
            raise AssertionError(event)
        case _:
            assert_never(event)


def _entered(opportunity: Opportunity, stage: str, at: dt.datetime) -> tuple[StageEntry, ...]:
    return (*opportunity.entries, StageEntry(stage, at))


OPPORTUNITY: Final[Life[Opportunity, OpportunityEvent]] = Life(
    "opportunity",
    Opportunity,
    begin,
    evolve,
    {
        "opened": OpportunityOpened,
        "task_completed": OpportunityTaskCompleted,
        "criterion_met": OpportunityCriterionMet,
        "advanced": OpportunityAdvanced,
        "sent_back": OpportunitySentBack,
        "won": OpportunityWon,
        "lost": OpportunityLost,
        "repriced": OpportunityRepriced,
        "rescheduled": OpportunityRescheduled,
        "handed_over": OpportunityHandedOver,
        "win_rate_overridden": OpportunityWinRateOverridden,
    },
)
"""The life of an opportunity: for stores and for replay."""
