"""Gates: when a deal may move between stages, and whereto."""

import datetime as dt

from ltc._pipeline.opportunity import Opportunity
from ltc._pipeline.stages import Criterion, Stage, StageModel, Task
from ltc.errors import Refused
from ltc.events import instant


def not_before_its_stage(opportunity: Opportunity, now: dt.datetime) -> dt.datetime:
    """Return `now` in UTC; refuse an instant before the deal entered its stage."""
    at = instant(now)
    if at < opportunity.entered_at:
        raise Refused(
            "opportunity.too_early",
            f"opportunity {opportunity.id} entered stage {opportunity.stage} at {opportunity.entered_at}; it can move then or later",
            opportunity=opportunity.id,
            stage=opportunity.stage,
            since=opportunity.entered_at,
        )
    return at


def check_listed(
    opportunity: Opportunity, what: str, item: str, listed: tuple[Task, ...] | tuple[Criterion, ...]
) -> None:
    """Refuse a task or a criterion that is not open in the deal's stage."""
    ids = [candidate.id for candidate in listed]
    if item not in ids:
        known = ", ".join(ids) or "none"
        raise Refused(
            "opportunity.not_open_here",
            f"opportunity {opportunity.id} in stage {opportunity.stage} has no open {what} {item!a:.60}; open are {known}",
            opportunity=opportunity.id,
            stage=opportunity.stage,
            what=what,
            item=ascii(item)[:60],
            known=known,
        )


def stage_ahead(opportunity: Opportunity, model: StageModel, to: str | None) -> Stage:
    """Return the open stage that a deal advances to; None asks for the next one."""
    here = model.index(opportunity.stage)
    if model.stages[here] is model.last_open:
        raise Refused(
            "opportunity.last_stage",
            f"opportunity {opportunity.id} is in {opportunity.stage}, the last open stage; win it or lose it",
            opportunity=opportunity.id,
            stage=opportunity.stage,
        )
    later = model.stages[here + 1 : -1]
    if to is None:
        return later[0]
    for stage in later:
        if stage.id == to:
            return stage
    passes = ", ".join(stage.id for stage in later)
    raise Refused(
        "opportunity.not_ahead",
        f"opportunity {opportunity.id} in stage {opportunity.stage} cannot advance to {to!a:.60}; ahead are {passes}",
        opportunity=opportunity.id,
        stage=opportunity.stage,
        to=ascii(to)[:60],
        passes=passes,
    )


def index_behind(opportunity: Opportunity, model: StageModel, to: str | None) -> int:
    """Return the place of the stage that a deal falls back to; None asks for the one before."""
    here = model.index(opportunity.stage)
    earlier = [stage.id for stage in model.stages[:here]]
    if to is None and earlier:
        return here - 1
    if to in earlier:
        return earlier.index(to)
    passes = ", ".join(earlier) or "none"
    raise Refused(
        "opportunity.not_behind",
        f"opportunity {opportunity.id} in stage {opportunity.stage} cannot go back to {to!a:.60}; behind are {passes}",
        opportunity=opportunity.id,
        stage=opportunity.stage,
        to=ascii(to)[:60],
        passes=passes,
    )


def skipped_on_the_way(
    opportunity: Opportunity, model: StageModel, target: Stage, reason: str | None
) -> tuple[str, ...]:
    """Return what stays open on the way to a stage; refuse it without a reason."""
    closed = {act.task for act in opportunity.done} | {act.criterion for act in opportunity.met}
    left = model.stages[model.index(opportunity.stage) : model.index(target.id)]
    gaps = [item for stage in left for item in stage.items if item.id not in closed]
    if gaps and reason is None:
        missing = ", ".join(item.name for item in gaps)
        raise Refused(
            "opportunity.gaps",
            f"opportunity {opportunity.id} cannot leave stage {opportunity.stage}: open are {missing}; "
            "close them, or skip with a reason",
            opportunity=opportunity.id,
            stage=opportunity.stage,
            missing=missing,
            tasks=tuple(item.id for item in gaps if isinstance(item, Task)),
            criteria=tuple(item.id for item in gaps if isinstance(item, Criterion)),
        )
    return tuple(item.id for item in gaps)
