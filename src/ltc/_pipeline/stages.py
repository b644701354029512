"""Stage models: how a company sells, as data."""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs

from ltc.errors import InvalidValue
from ltc.findings import Finding
from ltc.money import as_ratio
from ltc.text import one_line


class ForecastCategory(enum.StrEnum):
    """How firmly a deal is counted on, the loosest first.

    >>> [category.value for category in ForecastCategory]
    ['omitted', 'pipeline', 'best_case', 'commit', 'closed']
    """

    OMITTED = "omitted"
    """Left out of every forecast."""
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"
    CLOSED = "closed"
    """Won."""


def category_of(value: ForecastCategory | str) -> ForecastCategory:
    """Return a forecast category by its word."""
    try:
        return ForecastCategory(value)
    except ValueError:
        known = ", ".join(ForecastCategory)
        raise InvalidValue(
            "stage_model.category",
            f"{value!a:.40} is no forecast category; use one of {known}",
            value=ascii(value)[:40],
            known=known,
        ) from None


def _positive(_instance: object, attribute: "attrs.Attribute[Any]", value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidValue(
            "stage_model.number",
            f"{attribute.name} is no whole number of 1 or more; give one such as 30",
            name=attribute.name,
        )


@attrs.frozen
class Task:
    """What a rep does in a stage: a line of the playbook of the best ones.

    >>> Task("survey", "现场调研").name
    '现场调研'
    """

    id: str = attrs.field(validator=one_line)
    """Unique in the model."""
    name: str = attrs.field(validator=one_line)


@attrs.frozen
class Criterion:
    """What must hold before a deal leaves a stage, to be shown by evidence.

    >>> Criterion("requirements_agreed", "客户书面确认需求").name
    '客户书面确认需求'
    """

    id: str = attrs.field(validator=one_line)
    """Unique in the model, also among the tasks."""
    name: str = attrs.field(validator=one_line)


@attrs.frozen
class Stage:
    """A stage of selling: its tasks, what must hold to leave it, and what experience says of the deals in it.

    Raises:
        InvalidType, InvalidValue: the rate is no ratio in [0, 1], the age limit no whole number of days from 1.

    >>> stage = Stage("quotation", "报价", win_rate="0.50", category=ForecastCategory.BEST_CASE, age_limit=30)
    >>> stage.win_rate, stage.tasks
    (Decimal('0.50'), ())
    """

    id: str = attrs.field(validator=one_line)
    name: str = attrs.field(validator=one_line)
    tasks: tuple[Task, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    win_rate: Decimal = attrs.field(kw_only=True, converter=as_ratio)
    category: ForecastCategory = attrs.field(kw_only=True, converter=category_of)
    age_limit: int | None = attrs.field(kw_only=True, default=None, validator=_positive)
    """Days after which a deal in this stage counts as stalled; None: never."""

    @property
    def items(self) -> tuple[Task | Criterion, ...]:
        """What is to be done and shown before a deal leaves it: the tasks, then the criteria.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> [item.id for item in STANDARD_MODEL.first.items]
        ['profile', 'interest_shown']
        """
        return (*self.tasks, *self.criteria)


@attrs.frozen
class StageModel:
    """The stages of selling in order, the last of which is the won one. A deal keeps the model and the version that it was opened under.

    Raises:
        InvalidValue: the first fault that `check_stages` finds.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> [stage.name for stage in STANDARD_MODEL.stages]
    ['初步接洽', '需求确认', '报价', '拟定合同', '赢单']
    >>> STANDARD_MODEL.first.id, STANDARD_MODEL.last_open.id, STANDARD_MODEL.won.id
    ('contact', 'contract', 'won')
    """

    id: str = attrs.field(validator=one_line)
    version: int = attrs.field(validator=_positive)
    stages: tuple[Stage, ...]

    def __attrs_post_init__(self) -> None:
        for fault, _ in _faults(self.stages):
            raise fault

    @property
    def first(self) -> Stage:
        """The stage in which a deal is opened."""
        return self.stages[0]

    @property
    def last_open(self) -> Stage:
        """The stage out of which a deal is won."""
        return self.stages[-2]

    @property
    def won(self) -> Stage:
        """The stage of the deals that were won."""
        return self.stages[-1]

    def stage(self, stage_id: str, /) -> Stage:
        """Return the stage of an id.

        Raises:
            InvalidValue: the model has none.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> STANDARD_MODEL.stage("quotation").name
        '报价'
        >>> STANDARD_MODEL.stage("lunch")
        Traceback (most recent call last):
        ltc.errors.InvalidValue: stage model standard has no stage 'lunch'; it has contact, needs, quotation, contract, won
        """
        return self.stages[self.index(stage_id)]

    def index(self, stage_id: str, /) -> int:
        """Return the place of a stage, from 0.

        >>> from ltc.pipeline import STANDARD_MODEL
        >>> STANDARD_MODEL.index("contact"), STANDARD_MODEL.index("won")
        (0, 4)
        """
        for index, stage in enumerate(self.stages):
            if stage.id == stage_id:
                return index
        known = ", ".join(stage.id for stage in self.stages)
        raise InvalidValue(
            "stage_model.no_stage",
            f"stage model {self.id} has no stage {stage_id!a:.60}; it has {known}",
            model=self.id,
            stage=ascii(stage_id)[:60],
            known=known,
        )


def check_stages(stages: Sequence[Stage], /) -> tuple[Finding, ...]:
    """Return every fault of the stages of a model to be, by place; none means that `StageModel` takes them.

    >>> quotation = Stage("quotation", "报价", win_rate="0.50", category="commit")
    >>> [str(finding) for finding in check_stages([quotation, quotation])]
    ["stages:1:id: stage id 'quotation' is used twice; give each stage an id of its own", \
'stages:1:category: the last stage is commit; make it the won one: closed, at a win rate of 1']
    """
    return tuple(Finding.of(fault, "stages", *path) for fault, path in _faults(stages))


_Fault = tuple[InvalidValue, tuple[str | int, ...]]


def _faults(stages: Sequence[Stage]) -> Iterator[_Fault]:
    if len(stages) < 2:  # noqa: PLR2004  # an open one and the won one
        yield (
            InvalidValue(
                "stage_model.short",
                f"a stage model of {len(stages)} stages sells nothing; give an open stage and a won one at least",
                count=len(stages),
            ),
            (),
        )
    yield from _twice("stage", ((stage.id, (index, "id")) for index, stage in enumerate(stages)))
    yield from _twice("task or criterion", _items(stages))
    for index, stage in enumerate(stages[:-1]):
        if stage.category is ForecastCategory.CLOSED:
            yield (
                InvalidValue(
                    "stage_model.closed_early",
                    f"stage {stage.id} is closed, but not the last; only the last stage is the won one",
                    stage=stage.id,
                ),
                (index, "category"),
            )
    if stages:
        yield from _won_faults(stages[-1], len(stages) - 1)


def _items(stages: Sequence[Stage]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for index, stage in enumerate(stages):
        yield from ((task.id, (index, "tasks", place)) for place, task in enumerate(stage.tasks))
        yield from ((rule.id, (index, "criteria", place)) for place, rule in enumerate(stage.criteria))


def _twice(what: str, named: Iterable[tuple[str, tuple[str | int, ...]]]) -> Iterator[_Fault]:
    seen: Counter[str] = Counter()
    for name, path in named:
        seen[name] += 1
        if seen[name] > 1:
            yield (
                InvalidValue(
                    "stage_model.twice",
                    f"{what} id {name!r} is used twice; give each {what} an id of its own",
                    what=what,
                    name=name,
                ),
                path,
            )


def _won_faults(stage: Stage, index: int) -> Iterator[_Fault]:
    if stage.category is not ForecastCategory.CLOSED or stage.win_rate != 1:
        yield (
            InvalidValue(
                "stage_model.not_won",
                f"the last stage is {stage.category}; make it the won one: closed, at a win rate of 1",
                stage=stage.id,
                category=stage.category.value,
            ),
            (index, "category"),
        )
    if stage.tasks or stage.criteria or stage.age_limit is not None:
        yield (
            InvalidValue(
                "stage_model.won_work",
                f"the won stage {stage.id} has tasks, criteria or an age limit; a won deal is worked in its contract",
                stage=stage.id,
            ),
            (index, "tasks"),
        )
