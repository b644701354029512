"""Progress: a deal is opened, worked through the stages of its model, and won or lost."""

import datetime as dt

from ltc._pipeline.gates import (
    check_listed,
    index_behind,
    not_before_its_stage,
    skipped_on_the_way,
    stage_ahead,
)
from ltc._pipeline.happened import (
    OpportunityAdvanced,
    OpportunityCriterionMet,
    OpportunityEvent,
    OpportunityLost,
    OpportunityOpened,
    OpportunitySentBack,
    OpportunityTaskCompleted,
    OpportunityWon,
)
from ltc._pipeline.life import OPPORTUNITY, TRANSITIONS
from ltc._pipeline.opportunity import Opportunity, check_model
from ltc._pipeline.stages import StageModel
from ltc.errors import Refused
from ltc.events import Change, check_move
from ltc.ids import AccountId, ActorId, LeadId, OpportunityId
from ltc.money import Money


def open_opportunity(
    opportunity_id: OpportunityId,
    /,
    *,
    model: StageModel,
    account: AccountId,
    owner: ActorId,
    amount: Money,
    expected_close_on: dt.date | None = None,
    origin: LeadId | None = None,
    now: dt.datetime,
) -> Change[Opportunity, OpportunityEvent]:
    """Open a deal in the first stage of a model. It keeps that model and its version for life.

    Raises:
        InvalidValue: the amount is negative.

    >>> from ltc.money import Money
    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON
    >>> worth = Money.of("100000.00", "CNY")
    >>> open_opportunity("O1", model=STANDARD_MODEL, account="A1", owner="li", amount=worth, now=NOON).after.stage
    'contact'
    """
    return OPPORTUNITY.change(
        None,
        OpportunityOpened(
            opportunity_id,
            model=model.id,
            model_version=model.version,
            stage=model.first.id,
            account=account,
            owner=owner,
            amount=amount,
            expected_close_on=expected_close_on,
            origin=origin,
            at=now,
        ),
    )


def complete_task(
    opportunity: Opportunity, /, *, model: StageModel, task: str, evidence: str, by: ActorId, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Note that a task of the present stage was done, and how one can tell.

    Raises:
        Refused: `opportunity.not_open_here`: the stage has no such task, or it is done already.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> call = complete_task(
    ...     opportunity(), model=STANDARD_MODEL, task="profile", evidence="call notes", by="li", now=NOON
    ... )
    >>> call.after.open_tasks(STANDARD_MODEL)
    ()
    """
    _may(opportunity, OpportunityTaskCompleted, model)
    check_listed(opportunity, "task", task, opportunity.open_tasks(model))
    return OPPORTUNITY.change(
        opportunity,
        OpportunityTaskCompleted(opportunity.id, stage=opportunity.stage, task=task, evidence=evidence, by=by, at=now),
    )


def meet(
    opportunity: Opportunity, /, *, model: StageModel, criterion: str, evidence: str, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Note that an exit criterion of the present stage holds, and what shows it.

    Raises:
        Refused: `opportunity.not_open_here`: the stage has no such criterion, or it is met already.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> meet(opportunity(), model=STANDARD_MODEL, criterion="price_accepted", evidence="e-mail", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: opportunity O1 in stage contact has no open criterion 'price_accepted'; open are interest_shown
    """
    _may(opportunity, OpportunityCriterionMet, model)
    check_listed(opportunity, "criterion", criterion, opportunity.open_criteria(model))
    return OPPORTUNITY.change(
        opportunity,
        OpportunityCriterionMet(
            opportunity.id, stage=opportunity.stage, criterion=criterion, evidence=evidence, at=now
        ),
    )


def advance(
    opportunity: Opportunity,
    /,
    *,
    model: StageModel,
    to: str | None = None,
    skipping: str | None = None,
    now: dt.datetime,
) -> Change[Opportunity, OpportunityEvent]:
    """Move a deal on to the next stage, or to a later open one.

    Every task of the stages that it leaves behind must be done and every exit criterion met, unless `skipping` says why not; the
    event then names what was skipped. An override of the win rate stays.

    Raises:
        Refused: `opportunity.gaps` with what is open in its facts; `opportunity.last_stage`: it is to be won or lost now;
            `opportunity.not_ahead`; `opportunity.too_early`.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> advance(opportunity(), model=STANDARD_MODEL, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: opportunity O1 cannot leave stage contact: open are 了解客户概况, 客户表示有意向; close them, or skip with a reason
    >>> asked = advance(opportunity(), model=STANDARD_MODEL, to="quotation", skipping="known customer", now=NOON)
    >>> asked.after.stage, asked.events[0].skipped
    ('quotation', ('profile', 'interest_shown', 'survey', 'requirements_agreed'))
    """
    _may(opportunity, OpportunityAdvanced, model)
    at = not_before_its_stage(opportunity, now)
    target = stage_ahead(opportunity, model, to)
    skipped = skipped_on_the_way(opportunity, model, target, skipping)
    return OPPORTUNITY.change(
        opportunity,
        OpportunityAdvanced(
            opportunity.id,
            stage=target.id,
            previous_stage=opportunity.stage,
            skipped=skipped,
            reason=skipping,
            at=at,
        ),
    )


def send_back(
    opportunity: Opportunity, /, *, model: StageModel, to: str | None = None, reason: str, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Move a deal back to the stage before, or to an earlier one.

    Tasks that were done stay done; the exit criteria of the stage that it falls back to, and of those after it, are to be met again.

    Raises:
        Refused: `opportunity.not_behind`; `opportunity.too_early`.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, in_stage
    >>> back = send_back(in_stage("quotation"), model=STANDARD_MODEL, reason="new scope", now=NOON)
    >>> back.after.stage, [reason["criterion"] for reason in back.after.gaps(STANDARD_MODEL)]
    ('needs', ['requirements_agreed'])
    """
    _may(opportunity, OpportunitySentBack, model)
    at = not_before_its_stage(opportunity, now)
    index = index_behind(opportunity, model, to)
    met = {act.criterion for act in opportunity.met}
    again = (criterion.id for stage in model.stages[index:] for criterion in stage.criteria)
    return OPPORTUNITY.change(
        opportunity,
        OpportunitySentBack(
            opportunity.id,
            stage=model.stages[index].id,
            previous_stage=opportunity.stage,
            reopened=tuple(criterion for criterion in again if criterion in met),
            reason=reason,
            at=at,
        ),
    )


def win(
    opportunity: Opportunity, /, *, model: StageModel, skipping: str | None = None, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Win a deal out of the last open stage, its tasks done and its criteria met, or skipped with a reason.

    Raises:
        Refused: `opportunity.not_last_stage`; `opportunity.gaps`; `opportunity.too_early`.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, ready_to_win
    >>> win(ready_to_win(), model=STANDARD_MODEL, now=NOON).after.status.value
    'won'
    """
    _may(opportunity, OpportunityWon, model)
    at = not_before_its_stage(opportunity, now)
    if opportunity.stage != model.last_open.id:
        raise Refused(
            "opportunity.not_last_stage",
            f"opportunity {opportunity.id} is in stage {opportunity.stage}; a deal is won out of {model.last_open.id}",
            opportunity=opportunity.id,
            stage=opportunity.stage,
            last=model.last_open.id,
        )
    skipped = skipped_on_the_way(opportunity, model, model.won, skipping)
    return OPPORTUNITY.change(
        opportunity,
        OpportunityWon(
            opportunity.id,
            stage=model.won.id,
            previous_stage=opportunity.stage,
            skipped=skipped,
            reason=skipping,
            at=at,
        ),
    )


def lose(opportunity: Opportunity, /, *, reason: str, now: dt.datetime) -> Change[Opportunity, OpportunityEvent]:
    """Give a deal up as lost, out of any stage, with the reason.

    Raises:
        Refused: `opportunity.too_early`.

    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> lost = lose(opportunity(), reason="bought from a competitor", now=NOON).after
    >>> lost.status.value, lost.stage, lost.lost_reason
    ('lost', 'contact', 'bought from a competitor')
    """
    check_move(TRANSITIONS, opportunity.status, OpportunityLost, kind="opportunity", subject=opportunity.id)
    at = not_before_its_stage(opportunity, now)
    return OPPORTUNITY.change(
        opportunity, OpportunityLost(opportunity.id, stage=opportunity.stage, reason=reason, at=at)
    )


def _may(opportunity: Opportunity, event: type, model: StageModel) -> None:
    check_move(TRANSITIONS, opportunity.status, event, kind="opportunity", subject=opportunity.id)
    check_model(opportunity, model)
