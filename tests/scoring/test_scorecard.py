"""Points, caps, grades, and what is wrong with a scorecard."""

from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidType, InvalidValue
from ltc.events import from_json, to_json
from ltc.findings import Fact, Reason
from ltc.scoring import (
    AtLeast,
    AtMost,
    Band,
    Cap,
    Condition,
    Criterion,
    Is,
    Known,
    Score,
    Scorecard,
    check,
    holds,
    score,
)
from ltc.testing.samples.scoring import scorecard
from ltc.text import say


@pytest.mark.parametrize(
    "condition, fact, met",
    [
        (Is(["fair"]), "fair", True),
        (Is(["fair"]), "Fair", False),
        (Is(["fair"]), None, False),
        (Is(["1"]), 1, False),
        (AtLeast(200), 200, True),
        (AtLeast(200), 199, False),
        (AtLeast("0.10"), Decimal("0.1"), True),
        (AtLeast("0.10"), Decimal("0.0999"), False),
        (AtLeast(0), "5", False),
        (AtLeast(0), None, False),
        (AtLeast(0), True, False),
        (AtLeast(0), 0.5, False),
        (AtLeast(0), Decimal("NaN"), False),
        (AtLeast(0), Decimal("Infinity"), False),
        (AtLeast(-(10**30)), 10**400, True),
        (AtMost(30), 30, True),
        (AtMost(30), Decimal("30.1"), False),
        (AtMost(30), "x", False),
        (Known(), "", True),
        (Known(), 0, True),
        (Known(), None, False),
    ],
)
def test_a_condition_asks_about_one_fact(condition: Condition, fact: Fact | None, met: bool) -> None:
    assert holds(condition, fact) is met


@pytest.mark.parametrize("bad", [0.5, True, "x", "NaN", "１", None])
def test_a_limit_is_an_exact_number(bad: str) -> None:
    for make in (AtLeast, AtMost):
        with pytest.raises((InvalidType, InvalidValue)):
            make(bad)


def test_the_worked_card() -> None:
    facts: dict[str, Fact] = {"source": "fair", "phone": "1", "email": "a@b.cn", "employees": 200, "city": "上海"}
    scored = score(scorecard(), facts)
    assert scored.points == 30 + 30 + min(10 + 10, 15) + 20
    assert scored.grade == "A"
    assert scored.reasons[-1] == Reason.of("score.capped", group="contact", points=20, counted=15)
    assert [reason["criterion"] for reason in scored.reasons[:-1]] == ["展会", "规模", "电话", "邮箱", "城市"]
    assert scored.reasons[-1].say("zh_CN") == "contact 组按 15 分计（原 20 分）"
    assert scored.reasons[-1].say("en") == "group contact counts 15 of 20 points"
    assert score(scorecard(), dict(reversed(facts.items()))) == scored


@pytest.mark.parametrize("points, grade", [(60, "A"), (59, "B"), (40, "B"), (39, "C"), (10, "C"), (9, "D"), (-5, "D")])
def test_a_grade_begins_at_its_points(points: int, grade: str) -> None:
    card = Scorecard((Criterion("x", fact="x", condition=Known(), points=points),), scorecard().bands, otherwise="D")
    assert score(card, {"x": 1}) == Score(points, grade, (Reason.of("score.points", criterion="x", points=points),))


def test_nothing_known_is_worth_nothing() -> None:
    assert score(scorecard(), {}) == score(scorecard(), {"other": "x"}) == Score(0, "D", ())


LIMITS = st.integers(-100, 100)
CONDITIONS: st.SearchStrategy[Condition] = (
    st.builds(Is, st.lists(st.sampled_from(["x", "y", "z"])))
    | st.builds(AtLeast, LIMITS)
    | st.builds(AtMost, LIMITS)
    | st.just(Known())
)
GROUPS = st.sampled_from(["fit", "engagement", "contact"])
CRITERIA = st.lists(
    st.builds(
        Criterion,
        st.sampled_from("abcdefgh"),
        fact=st.sampled_from("pqr"),
        condition=CONDITIONS,
        points=LIMITS,
        group=GROUPS,
    ),
    max_size=8,
).map(tuple)
BANDS = st.lists(LIMITS, max_size=3, unique=True).map(
    lambda points: tuple(Band(grade, limit) for grade, limit in zip("ABC", sorted(points, reverse=True), strict=False))
)
CAPS = st.lists(st.builds(Cap, GROUPS, st.integers(0, 100)), max_size=3, unique_by=lambda cap: cap.group).map(tuple)
CARDS = st.builds(Scorecard, CRITERIA, BANDS, st.just("D"), CAPS)
FACTS = st.dictionaries(st.sampled_from("pqr"), st.sampled_from(["x", "y"]) | LIMITS | LIMITS.map(Decimal))


@given(CARDS, FACTS)
def test_points_computed_a_second_way(card: Scorecard, facts: dict[str, Fact]) -> None:
    met = sorted(
        (criterion for criterion in card.criteria if holds(criterion.condition, facts.get(criterion.fact))),
        key=lambda criterion: criterion.group,
    )
    caps = {cap.group: cap.most for cap in card.caps}
    points = 0
    for group, criteria in groupby(met, key=lambda criterion: criterion.group):
        sum_of_group = sum(criterion.points for criterion in criteria)
        points += min(sum_of_group, caps.get(group, sum_of_group))
    scored = score(card, facts)
    assert scored.points == points
    passed = [band.grade for band in card.bands if band.points <= points]
    assert scored.grade == (passed or ["D"])[0]
    assert from_json(to_json(scored), Score) == scored


@given(CARDS)
def test_a_card_comes_back(card: Scorecard) -> None:
    assert from_json(to_json(card), Scorecard) == card


def codes(card: Scorecard) -> list[tuple[str, tuple[str | int, ...]]]:
    findings = check(card)
    for finding in findings:
        assert finding.message[0].islower()
    return [(finding.code, finding.path) for finding in findings]


def test_what_is_wrong_with_a_card() -> None:
    criteria = (
        Criterion("a", fact="x", condition=Known(), points=50),
        Criterion("a", fact="y", condition=Known(), points=-20),
        Criterion("b", fact="y", condition=Known(), points=30, group="contact"),
    )
    card = Scorecard(
        criteria,
        bands=(Band("A", 66), Band("B", 66), Band("C", 70), Band("A", 1)),
        otherwise="C",
        caps=(Cap("contact", 15), Cap("contact", 10), Cap("fun", 1)),
    )
    assert codes(card) == [
        ("score.twice", ("criteria", 1)),
        ("score.twice", ("caps", 1)),
        ("score.unknown_group", ("caps", 2)),
        ("score.twice", ("bands", 3)),
        ("score.twice", ("bands", 4)),
        ("score.bands", ("bands", 1)),
        ("score.bands", ("bands", 2)),
        ("score.out_of_reach", ("bands", 0)),
        ("score.out_of_reach", ("bands", 1)),
        ("score.out_of_reach", ("bands", 2)),
    ]
    assert check(card)[-1].message == "grade C takes 70 points; 60 is the most that the criteria give"
    assert codes(Scorecard((), (), otherwise="D")) == [("score.no_criteria", ("criteria",))]


def test_the_grade_below_all_bands_may_be_unreachable_only_from_above() -> None:
    one = (Criterion("a", fact="x", condition=Known(), points=5),)
    assert codes(Scorecard(one, (Band("A", 5),), otherwise="B")) == []
    assert codes(Scorecard(one, (Band("A", 6),), otherwise="B")) == [("score.out_of_reach", ("bands", 0))]


def test_a_cap_takes_nothing_away() -> None:
    assert Cap("fit", 0).most == 0
    with pytest.raises(InvalidValue, match="give 0 or more") as error:
        Cap("fit", -1)
    assert "fit" in say(error.value.code, "zh_CN", **error.value.facts)


@pytest.mark.parametrize("bad", [1.5, "3", True, None, Decimal(3)])
def test_points_are_whole_numbers(bad: int) -> None:
    makers = (
        lambda: Criterion("a", fact="x", condition=Known(), points=bad),
        lambda: Cap("fit", bad),
        lambda: Band("A", bad),
    )
    for make in makers:
        with pytest.raises(InvalidType, match="points are whole numbers") as error:
            make()
        assert "整数" in say(error.value.code, "zh_CN", **error.value.facts)
