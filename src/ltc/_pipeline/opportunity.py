"""An opportunity: its state, and what can be asked of it."""

import datetime as dt
import enum
from decimal import Decimal

import attrs

from ltc._pipeline.stages import Criterion, ForecastCategory, StageModel, Task
from ltc.errors import Refused
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, LeadId, OpportunityId
from ltc.money import Money


class OpportunityStatus(enum.StrEnum):
    """Whether a deal is decided. How far it has come is its stage, which is the stage model's.

    >>> OpportunityStatus.OPEN.value
    'open'
    """

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@attrs.frozen
class StageEntry:
    """That a deal entered a stage, and when.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> StageEntry("needs", at=NOON).stage
    'needs'
    """

    stage: str
    at: dt.datetime


@attrs.frozen
class TaskDone:
    """That a task was done, by whom, and how one can tell.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> TaskDone("survey", evidence="minutes of 2 March", by="li", at=NOON).by
    'li'
    """

    task: str
    evidence: str
    by: ActorId
    at: dt.datetime


@attrs.frozen
class CriterionMet:
    """That an exit criterion holds, and what shows it.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> CriterionMet("price_accepted", evidence="e-mail of 2 March", at=NOON).evidence
    'e-mail of 2 March'
    """

    criterion: str
    evidence: str
    at: dt.datetime


@attrs.frozen
class Override:
    """A win rate that somebody put in the place of the model's, and why. 0 is a value.

    >>> from decimal import Decimal
    >>> from ltc.testing.samples.pipeline import NOON
    >>> Override(Decimal(0), reason="budget frozen", at=NOON).win_rate
    Decimal('0')
    """

    win_rate: Decimal
    reason: str
    at: dt.datetime


@attrs.frozen
class Tenure:
    """A former owner of a deal, and the instant at which the next one took it.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> Tenure("li", until=NOON).owner
    'li'
    """

    owner: ActorId
    until: dt.datetime


@attrs.frozen
class Opportunity:
    """A deal in sight with a customer: made by `open_opportunity`, moved by the verbs of `ltc.pipeline`.

    >>> from ltc.testing.samples.pipeline import opportunity
    >>> deal = opportunity()
    >>> deal.id, deal.status, deal.stage, str(deal.amount), deal.owner
    ('O1', <OpportunityStatus.OPEN: 'open'>, 'contact', '100000.00 CNY', 'li')
    """

    id: OpportunityId
    version: int
    status: OpportunityStatus
    model: str
    """The id of its stage model."""
    model_version: int
    account: AccountId
    owner: ActorId
    amount: Money
    expected_close_on: dt.date | None
    origin: LeadId | None
    """The lead that it came from."""
    entries: tuple[StageEntry, ...]
    """The stages that it entered, in order; the last one is where it is, or where it was lost."""
    former: tuple[Tenure, ...] = ()
    """Who owned it before, oldest first."""
    done: tuple[TaskDone, ...] = ()
    met: tuple[CriterionMet, ...] = ()
    override: Override | None = None
    lost_reason: str | None = None
    closed_at: dt.datetime | None = None
    """When it was won or lost."""

    @property
    def stage(self) -> str:
        """The id of the stage in which it is; of the one out of which it was lost.

        >>> from ltc.testing.samples.pipeline import won
        >>> won().before.stage, won().after.stage
        ('contract', 'won')
        """
        return self.entries[-1].stage

    @property
    def entered_at(self) -> dt.datetime:
        """When it entered its stage.

        >>> from ltc.testing.samples.pipeline import opportunity
        >>> opportunity().entered_at == opportunity().opened_at
        True
        """
        return self.entries[-1].at

    @property
    def opened_at(self) -> dt.datetime:
        """When it came in sight.

        >>> from ltc.testing.samples.pipeline import NOON, opportunity
        >>> opportunity().opened_at == NOON
        True
        """
        return self.entries[0].at

    @property
    def owned_since(self) -> dt.datetime:
        """Since when the present owner has it.

        >>> from ltc.testing.samples.pipeline import NOON, opportunity
        >>> opportunity().owned_since == NOON
        True
        """
        return self.former[-1].until if self.former else self.opened_at

    def owner_at(self, instant: dt.datetime, /) -> ActorId | None:
        """Return who owned it at an instant; None before it was opened. At the instant of a hand-over it is the successor's.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.pipeline import NOON, opportunity
        >>> opportunity().owner_at(NOON), opportunity().owner_at(NOON - timedelta(days=1))
        ('li', None)
        """
        if instant < self.opened_at:
            return None
        return next((tenure.owner for tenure in self.former if instant < tenure.until), self.owner)

    def win_rate(self, model: StageModel, /) -> Decimal:
        """Return the chance that it is won, in [0, 1]: 1 when won, 0 when lost, else the override, else its stage's.

        An override of 0 stays 0, and it stays through moves of the stage until it is lifted.

        Raises:
            Refused: `opportunity.other_model`.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import opportunity, won
        >>> opportunity().win_rate(STANDARD_MODEL), won().after.win_rate(STANDARD_MODEL)
        (Decimal('0.10'), Decimal('1'))
        """
        check_model(self, model)
        if self.status is not OpportunityStatus.OPEN:
            return Decimal(self.status is OpportunityStatus.WON)
        return model.stage(self.stage).win_rate if self.override is None else self.override.win_rate

    def category(self, model: StageModel, /) -> ForecastCategory:
        """Return how firmly it is counted on: as its stage says, omitted when lost.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import opportunity, won
        >>> opportunity().category(STANDARD_MODEL).value, won().after.category(STANDARD_MODEL).value
        ('pipeline', 'closed')
        """
        check_model(self, model)
        if self.status is OpportunityStatus.LOST:
            return ForecastCategory.OMITTED
        return model.stage(self.stage).category

    def open_tasks(self, model: StageModel, /) -> tuple[Task, ...]:
        """Return the tasks of its stage that are not done, in the order of the model.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import opportunity
        >>> [task.name for task in opportunity().open_tasks(STANDARD_MODEL)]
        ['了解客户概况']
        """
        check_model(self, model)
        done = {act.task for act in self.done}
        return tuple(task for task in model.stage(self.stage).tasks if task.id not in done)

    def open_criteria(self, model: StageModel, /) -> tuple[Criterion, ...]:
        """Return the exit criteria of its stage that are not met, in the order of the model.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import opportunity
        >>> [criterion.name for criterion in opportunity().open_criteria(STANDARD_MODEL)]
        ['客户表示有意向']
        """
        check_model(self, model)
        met = {act.criterion for act in self.met}
        return tuple(criterion for criterion in model.stage(self.stage).criteria if criterion.id not in met)

    def gaps(self, model: StageModel, /) -> tuple[Reason, ...]:
        """Return what keeps it in its stage: open tasks, then unmet criteria. None: it may go on.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import opportunity
        >>> [reason.say("en") for reason in opportunity().gaps(STANDARD_MODEL)]
        ['task 了解客户概况 is not done', 'criterion 客户表示有意向 is not met']
        """
        return tuple(
            Reason.of("opportunity.task_open", task=task.id, name=task.name) for task in self.open_tasks(model)
        ) + tuple(
            Reason.of("opportunity.criterion_open", criterion=criterion.id, name=criterion.name)
            for criterion in self.open_criteria(model)
        )

    def age_in_stage(self, now: dt.datetime, /) -> dt.timedelta:
        """Return how long it has been in its stage; for a decided deal, how long it had been when it was decided.

        Negative where `now` is before it entered the stage.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.pipeline import NOON, opportunity
        >>> opportunity().age_in_stage(NOON + timedelta(days=3)).days
        3
        """
        return (now if self.closed_at is None else self.closed_at) - self.entered_at

    def is_stalled(self, model: StageModel, now: dt.datetime, /) -> bool:
        """Whether it is open and has been in its stage for longer than the stage's age limit, in days of 24 hours; at the limit it is not.

        >>> from datetime import timedelta
        >>> from ltc.pipeline import STANDARD_MODEL
        >>> from ltc.testing.samples.pipeline import NOON, opportunity
        >>> [opportunity().is_stalled(STANDARD_MODEL, NOON + timedelta(days=days)) for days in (14, 15)]
        [False, True]
        """
        check_model(self, model)
        limit = model.stage(self.stage).age_limit
        return (
            self.status is OpportunityStatus.OPEN
            and limit is not None
            and self.age_in_stage(now) > dt.timedelta(days=limit)
        )


def check_model(opportunity: Opportunity, model: StageModel) -> None:
    """Refuse a stage model that is not the opportunity's own, in its own version."""
    if (model.id, model.version) != (opportunity.model, opportunity.model_version):
        raise Refused(
            "opportunity.other_model",
            f"opportunity {opportunity.id} runs under stage model {opportunity.model} version {opportunity.model_version}, "
            f"not {model.id} version {model.version}; pass the one that it was opened under",
            opportunity=opportunity.id,
            model=opportunity.model,
            version=opportunity.model_version,
            passed=model.id,
            passed_version=model.version,
        )
