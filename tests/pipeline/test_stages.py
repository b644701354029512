"""Stage models: the standard one, and every fault of a bad one."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from ltc.errors import InvalidType, InvalidValue
from ltc.events import from_json, to_json
from ltc.pipeline import STANDARD_MODEL, Criterion, ForecastCategory, Stage, StageModel, Task, check_stages

TALK = Stage(
    "talk", "洽谈", (Task("call", "电话"),), (Criterion("liked", "有意向"),), win_rate="0.20", category="pipeline"
)
SIGN = Stage("sign", "签约", win_rate="0.60", category="commit")
WON = STANDARD_MODEL.won


def test_the_standard_model_has_work_in_every_open_stage_and_rates_that_rise() -> None:
    *open_stages, won = STANDARD_MODEL.stages
    assert all(stage.tasks and stage.criteria and stage.age_limit for stage in open_stages)
    rates = [stage.win_rate for stage in STANDARD_MODEL.stages]
    assert rates == sorted(rates)
    order = list(ForecastCategory)
    places = [order.index(stage.category) for stage in STANDARD_MODEL.stages]
    assert places == sorted(places)
    assert (won.name, won.win_rate, won.items) == ("赢单", Decimal(1), ())
    assert STANDARD_MODEL.last_open.name == "拟定合同"
    assert check_stages(STANDARD_MODEL.stages) == ()


def test_a_model_survives_json() -> None:
    assert from_json(to_json(STANDARD_MODEL), StageModel) == STANDARD_MODEL


FAULTS: list[tuple[str, tuple[Stage, ...], list[tuple[str, tuple[str | int, ...]]]]] = [
    ("none", (), [("stage_model.short", ("stages",))]),
    ("only the won one", (WON,), [("stage_model.short", ("stages",))]),
    ("a stage twice", (TALK, attrs.evolve(SIGN, id="talk"), WON), [("stage_model.twice", ("stages", 1, "id"))]),
    (
        "a task twice",
        (TALK, attrs.evolve(SIGN, tasks=TALK.tasks), WON),
        [("stage_model.twice", ("stages", 1, "tasks", 0))],
    ),
    (
        "a criterion like a task",
        (attrs.evolve(TALK, criteria=(Criterion("call", "x"),)), WON),
        [("stage_model.twice", ("stages", 0, "criteria", 0))],
    ),
    (
        "closed in between",
        (TALK, attrs.evolve(SIGN, category=ForecastCategory.CLOSED), WON),
        [("stage_model.closed_early", ("stages", 1, "category"))],
    ),
    ("nothing won", (TALK, SIGN), [("stage_model.not_won", ("stages", 1, "category"))]),
    (
        "won but for a hair",
        (TALK, attrs.evolve(WON, win_rate="0.99")),
        [("stage_model.not_won", ("stages", 1, "category"))],
    ),
    (
        "work after the end",
        (SIGN, attrs.evolve(WON, tasks=TALK.tasks)),
        [("stage_model.won_work", ("stages", 1, "tasks"))],
    ),
    (
        "a limit after the end",
        (SIGN, attrs.evolve(WON, age_limit=3)),
        [("stage_model.won_work", ("stages", 1, "tasks"))],
    ),
    (
        "many at once",
        (TALK, TALK),
        [
            ("stage_model.twice", ("stages", 1, "id")),
            ("stage_model.twice", ("stages", 1, "tasks", 0)),
            ("stage_model.twice", ("stages", 1, "criteria", 0)),
            ("stage_model.not_won", ("stages", 1, "category")),
            ("stage_model.won_work", ("stages", 1, "tasks")),
        ],
    ),
]


@pytest.mark.parametrize("stages, expected", [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_every_fault_is_found_and_the_first_stops_the_constructor(
    stages: tuple[Stage, ...], expected: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    findings = check_stages(stages)
    assert [(finding.code, finding.path) for finding in findings] == expected
    with pytest.raises(InvalidValue) as caught:
        StageModel("mine", 1, stages)
    assert (caught.value.code, str(caught.value)) == (findings[0].code, findings[0].message)


@pytest.mark.parametrize(
    "bad, code",
    [
        ({"win_rate": "1.01"}, "money.ratio"),
        ({"win_rate": "-0.1"}, "money.ratio"),
        ({"win_rate": "NaN"}, "money.syntax"),
        ({"win_rate": Decimal("Infinity")}, "money.syntax"),
        ({"age_limit": 0}, "stage_model.number"),
        ({"age_limit": True}, "stage_model.number"),
        ({"age_limit": -(10**5000)}, "stage_model.number"),
        ({"age_limit": "3"}, "stage_model.number"),
        ({"category": "maybe"}, "stage_model.category"),
        ({"id": ""}, "text.blank"),
        ({"name": "\x00"}, "text.unprintable"),
    ],
)
def test_a_bad_stage_says_what_would_pass(bad: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(TALK, **bad)
    assert caught.value.code == code


def test_a_float_is_no_rate_and_a_model_counts_its_versions_from_one() -> None:
    with pytest.raises(InvalidType):
        attrs.evolve(TALK, win_rate=0.2)  # type: ignore[arg-type]  # the fault under test
    with pytest.raises(InvalidValue):
        StageModel("mine", 0, (TALK, WON))


def test_an_unknown_stage_names_the_known_ones() -> None:
    with pytest.raises(InvalidValue, match="it has contact, needs, quotation, contract, won"):
        STANDARD_MODEL.index("lunch")
