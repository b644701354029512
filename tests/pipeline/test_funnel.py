"""The funnel against exact rational arithmetic, its parts against its total, and the roll-up by category."""

import decimal
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltc import pipeline
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.money import Money
from ltc.pipeline import (
    STANDARD_MODEL,
    Deal,
    ForecastCategory,
    OpportunityStatus,
    deal_of,
    deals_by_currency,
    forecast_rollup,
    weighted_funnel,
)
from ltc.testing.samples.pipeline import (
    NOON,
    category_deals,
    deals,
    in_stage,
    lost,
    opportunity,
    won,
)

STAGES = [stage.id for stage in STANDARD_MODEL.stages]


def deal(number: int = 1, amount: str = "100.00", rate: str = "0.50", **more: Any) -> Deal:
    stage = more.pop("stage", "needs")
    return Deal(f"O{number}", stage, Money.of(amount, more.pop("currency", "CNY")), win_rate=rate, **more)


pipelines = st.lists(
    st.builds(
        Deal,
        id=st.integers(1, 99).map("O{}".format),
        stage=st.sampled_from(STAGES[:-1]),
        amount=st.builds(Money, st.integers(0, 10**15) | st.integers(0, 9), st.just("CNY")),
        win_rate=st.decimals(0, 1, places=3) | st.decimals(0, 1, places=6) | st.sampled_from([0, 1, "0.5"]),
        owner=st.sampled_from(["li", "wang", None]),
        category=st.sampled_from(ForecastCategory),
        status=st.sampled_from(OpportunityStatus),
    ),
    max_size=30,
)
cuts = st.sampled_from(["stage", "owner", "category"])


def chance(one: Deal) -> Fraction:
    return {"open": Fraction(one.win_rate), "won": Fraction(1), "lost": Fraction(0)}[one.status.value]


@given(pipelines, cuts)
@example([deal(n, "0.01", "0.5", stage=stage) for n, stage in enumerate(STAGES)], "stage")
@example([deal(n, "0.03", "0.333", owner=f"r{n}") for n in range(7)], "owner")
def test_the_funnel_is_exact_and_its_shown_parts_add_up(many: list[Deal], by: Any) -> None:
    funnel = weighted_funnel(many, by=by, currency="CNY")
    exact: dict[Any, Fraction] = defaultdict(Fraction)
    for one in many:
        if one.status is not OpportunityStatus.LOST:
            exact[getattr(one, by)] += one.amount.minor * chance(one)
    assert {row.key: Fraction(row.exact) * 100 for row in funnel.rows} == exact
    assert Fraction(funnel.exact) * 100 == sum(exact.values(), Fraction(0))
    assert sum(row.weighted.minor for row in funnel.rows) == funnel.weighted.minor
    assert abs(funnel.weighted.minor - sum(exact.values(), Fraction(0))) <= Fraction(1, 2)
    for row in funnel.rows:
        assert abs(row.weighted.minor - exact[row.key]) < 1
    assert sum(row.amount.minor for row in funnel.rows) == funnel.amount.minor
    live = [one.id for one in many if one.status is not OpportunityStatus.LOST]
    assert sorted(one for row in funnel.rows for one in row.ids) == sorted(live)
    assert funnel.count == len(live)


@given(pipelines)
def test_each_cut_has_the_same_total_and_lost_deals_change_nothing(many: list[Deal]) -> None:
    cut = [weighted_funnel(many, by=by, currency="CNY") for by in ("stage", "owner", "category")]
    assert len({(one.amount, one.weighted, one.exact) for one in cut}) == 1
    live = [one for one in many if one.status is not OpportunityStatus.LOST]
    assert weighted_funnel(live, currency="CNY") == weighted_funnel(many, currency="CNY")


@given(pipelines)
def test_the_host_s_decimal_context_has_no_say(many: list[Deal]) -> None:
    expected = weighted_funnel(many, currency="CNY", target=Money.of("3", "CNY"))
    with decimal.localcontext(decimal.Context(prec=2)):
        assert weighted_funnel(many, currency="CNY", target=Money.of("3", "CNY")) == expected
        assert expected.coverage is not None


@pytest.mark.parametrize(
    "pairs, expected",
    [
        ([("320000.00", "25")], "80000"),
        ([("80000.00", "15")] * 4, "48000"),
        ([("12000.00", "25"), ("7000.00", "50"), ("40000.00", "75")], "36500"),
        ([("1950.00", "70"), ("1285.00", "70")], "2264.5"),
        ([("100.00", "0"), ("100.00", "100")], "100"),
    ],
)
def test_worked_figures(pairs: list[tuple[str, str]], expected: str) -> None:
    many = [
        Deal(f"O{n}", "any", Money.of(amount, "CNY"), win_rate=Decimal(percent) / 100)
        for n, (amount, percent) in enumerate(pairs)
    ]
    funnel = weighted_funnel(many)
    assert funnel.weighted == Money.of(expected, "CNY")
    assert funnel.exact == Decimal(expected)


def test_half_units_go_to_the_earlier_row_and_none_is_lost() -> None:
    many = [deal(n, "0.01", "0.5", stage=stage) for n, stage in enumerate(("c", "b", "a"))]
    funnel = weighted_funnel(many)
    assert [row.weighted.minor for row in funnel.rows] == [1, 1, 0]  # 1.5 is shown as 2
    assert funnel.exact == Decimal("0.015")


def test_a_whole_part_never_moves_for_the_fractions_of_others() -> None:
    many = [deal(1, "1000000.00", "1", stage="whole"), deal(2, "0.03", "0.1", stage="crumb")]
    assert [row.weighted.minor for row in weighted_funnel(many).rows] == [100_000_000, 0]


def test_rows_come_in_the_order_asked_for_then_as_they_come() -> None:
    funnel = weighted_funnel([deal(1, stage="odd"), deal(2, stage="needs")], order=STAGES)
    assert [(row.key, row.count) for row in funnel.rows] == [
        ("contact", 0),
        ("needs", 1),
        ("quotation", 0),
        ("contract", 0),
        ("won", 0),
        ("odd", 1),
    ]
    by_team = weighted_funnel(deals(), by=lambda one: "east" if one.owner == "li" else None)
    assert [(row.key, row.ids) for row in by_team.rows] == [("east", ("O1", "O2")), (None, ("O3", "O4"))]


def test_coverage_and_gap() -> None:
    target = Money.of("300000.00", "CNY")
    funnel = weighted_funnel(deals(), target=target)
    assert funnel.gap == target - funnel.weighted == Money.of("180000.00", "CNY")
    assert funnel.coverage == Decimal("1.333333")
    bare = weighted_funnel(deals())
    assert bare.gap is None
    assert bare.coverage is None
    assert weighted_funnel(deals(), target=Money.zero("CNY")).coverage is None


def test_currencies_do_not_mix_and_are_named() -> None:
    mixed = [deal(1), deal(2, "5", currency="JPY"), deal(3, currency="USD"), deal(4)]
    with pytest.raises(CurrencyMismatch) as caught:
        weighted_funnel(mixed)
    assert caught.value.code == "funnel.currencies"
    assert caught.value.facts["currencies"] == ("CNY", "JPY", "USD")
    with pytest.raises(CurrencyMismatch):
        weighted_funnel([deal()], target=Money.of("1", "USD"))
    with pytest.raises(CurrencyMismatch):
        forecast_rollup([deal()], currency="USD")
    apart = deals_by_currency(mixed)
    assert list(apart) == ["CNY", "JPY", "USD"]
    assert [one.id for one in apart["CNY"]] == ["O1", "O4"]
    assert all(weighted_funnel(same).count for same in apart.values())


def test_an_empty_funnel_needs_a_currency() -> None:
    with pytest.raises(InvalidValue) as caught:
        weighted_funnel([])
    assert caught.value.code == "funnel.no_currency"
    empty = weighted_funnel([], target=Money.of("5", "CNY"), order=["needs"])
    assert empty.amount == empty.weighted == Money.zero("CNY")
    assert empty.exact == empty.count == 0
    assert weighted_funnel([], currency="JPY").rows == ()
    only_lost = [deal(status=OpportunityStatus.LOST, currency="USD")]
    assert weighted_funnel(only_lost, currency="CNY").count == 0


def test_a_cut_that_is_none_of_the_words_is_refused() -> None:
    with pytest.raises(InvalidValue, match="use stage, owner, category or a function"):
        weighted_funnel(deals(), by="moon")  # type: ignore[arg-type]  # the fault under test


@pytest.mark.parametrize(
    "bad, kind",
    [
        ({"amount": Money.of("-0.01", "CNY")}, InvalidValue),
        ({"amount": 10**5000}, InvalidType),
        ({"win_rate": 0.5}, InvalidType),
        ({"win_rate": "1.5"}, InvalidValue),
        ({"id": ""}, InvalidValue),
        ({"stage": None}, InvalidType),
        ({"owner": ""}, InvalidValue),
        ({"status": "gone"}, InvalidValue),
        ({"category": "gone"}, InvalidValue),
    ],
)
def test_a_bad_deal_is_refused(bad: dict[str, Any], kind: type[Exception]) -> None:
    good = {"id": "O1", "stage": "needs", "amount": Money.of("1", "CNY"), "win_rate": "0.5"}
    with pytest.raises(kind):
        Deal(**{**good, **bad})


def test_opportunities_become_deals_at_their_present_rate() -> None:
    judged = pipeline.override_win_rate(in_stage("quotation"), win_rate="0", reason="frozen", now=NOON).after
    many = [deal_of(one, STANDARD_MODEL) for one in (opportunity(), judged, won().after, lost().after)]
    assert [one.chance for one in many] == [Decimal("0.10"), 0, 1, 0]
    funnel = weighted_funnel(many, order=STAGES)
    assert funnel.count == 3
    assert funnel.weighted == Money.of(
        "110000.00", "CNY"
    )  # a tenth of one, nothing of the frozen one, the whole won one
    assert [row.weighted.minor for row in funnel.rows] == [1_000_000, 0, 0, 0, 10_000_000]


def test_the_roll_up_counts_each_deal_once_and_sums_as_it_goes() -> None:
    many = [
        *category_deals(),
        deal(11, "7.00", category=ForecastCategory.OMITTED),
        deal(12, "1.00", category=ForecastCategory.CLOSED, status=OpportunityStatus.LOST),
        deal(13, "2.00", category=ForecastCategory.COMMIT, status=OpportunityStatus.WON),
    ]
    rollup = forecast_rollup(many)
    single = [rollup.omitted, rollup.pipeline, rollup.best_case, rollup.commit, rollup.closed]
    assert [amount.minor for amount in single] == [700, 8_000, 2_000, 6_000, 4_200]
    assert rollup.commit_forecast.minor == 6_000 + 4_200
    assert rollup.best_case_forecast.minor == 6_000 + 4_200 + 2_000
    assert rollup.open_pipeline.minor == 8_000 + 2_000 + 6_000
    with pytest.raises(InvalidValue):
        forecast_rollup([])
    assert forecast_rollup([], currency="CNY").open_pipeline == Money.zero("CNY")
