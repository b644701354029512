"""Plans that change while they run: what is raised plus what waits is what was asked, whatever happens in which order."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import PLAN, by_terms, from_first, from_last, in_proportion, on, on_day, prepaid, replan, rest, share
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.findings import Reason
from ltc.ids import ChangeId, PlanId
from ltc.money import Money
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    adoption,
    collection_plan,
    reached_plan,
    revised,
)

CH = ChangeId("CH-1")


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def change_to(amount: str, by: billing.ReplanStrategy, plan: billing.CollectionPlan | None = None) -> list[str]:
    done = replan(plan or reached_plan(), by=by, amount=cny(amount), change=CH, reason="", now=NOON).after
    return [str(part.amount.amount) for part in done.waiting]


@pytest.mark.parametrize(
    "by, amount, waiting",
    [
        (from_last, "120000", ["60000.00", "30000.00"]),
        (from_last, "99999.99", ["60000.00", "9999.99"]),
        (from_last, "85000", ["55000.00", "0.00"]),
        (from_last, "30000", ["0.00", "0.00"]),
        (from_first, "120000", ["80000.00", "10000.00"]),
        (from_first, "85000", ["45000.00", "10000.00"]),
        (from_first, "35000", ["0.00", "5000.00"]),
        (in_proportion, "30000.01", ["0.01", "0.00"]),
        (in_proportion, "100000.01", ["60000.01", "10000.00"]),
        (in_proportion, "65000", ["30000.00", "5000.00"]),
        (by_terms(share("0.5", due=on("x")), rest(due=on("y"))), "100000", ["35000.00", "35000.00"]),
        (prepaid(cny("20000"), on=TODAY), "100000", ["40000.00", "10000.00", "20000.00"]),
        (prepaid(cny("70000"), on=TODAY), "100000", ["0.00", "0.00", "70000.00"]),
        (prepaid(cny("7"), on=TODAY, then=in_proportion), "100000", ["59994.00", "9999.00", "7.00"]),
        (prepaid(cny("5"), on=TODAY, then=from_last), "110000", ["60000.00", "19995.00", "5.00"]),
    ],
)
def test_worked_figures(by: billing.ReplanStrategy, amount: str, waiting: list[str]) -> None:
    assert change_to(amount, by) == waiting


def test_new_terms_take_new_numbers_and_old_ones_stay_known() -> None:
    day = dt.date(2026, 9, 30)
    new = by_terms(share("0.5", due=on_day(day), label="half"), rest(due=on("accepted"), retention=True))
    change = replan(reached_plan(), by=new, change=CH, reason="paid a part", now=NOON)
    after = change.after
    assert [part.number for part in after.installments] == [1, 4, 5]
    assert (str(after.amount), after.milestones) == ("100000.00 CNY", ("accepted",))
    assert after.explain("en") == (
        "installment 1: CN¥30,000.00, due on Mar 2, 2026",
        "installment 4: CN¥35,000.00, Sep 30, 2026 (half)",
        "installment 5: CN¥35,000.00, when accepted (retention)",
    )
    [event] = change.events
    assert isinstance(event, billing.PlanRevised)
    assert (event.strategy.say("en"), event.strategy.say("zh_CN")) == ("by new terms", "按新条款")
    with pytest.raises(InvalidValue, match="plan P1 has no installment 3; use one of 1, 4, 5"):
        after.amount_of(3)
    cut = billing.reduce(after, installment=5, amount=cny("5000"), change=CH, reason="", now=NOON).after
    _, dated = billing.raise_dated(cut, on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    raised, last = billing.reach(cut, milestone="accepted", on=TODAY, now=NOON)  # type: ignore[misc]  # as above
    assert (dated.after.id, last.after.id, str(last.after.amount)) == ("P1/4", "P1/5", "30000.00 CNY")
    assert str(raised.after.amount) == "95000.00 CNY"
    again = replan(cut, by=new, change=CH, reason="", now=NOON).after
    assert [part.number for part in again.installments] == [1, 6, 7]


def test_a_part_payment_before_its_day_becomes_a_receivable_of_its_own() -> None:
    paid = replan(reached_plan(), by=prepaid(cny("25000"), on=TODAY), change=CH, reason="early", now=NOON)
    plan, receivable = billing.raise_dated(paid.after, on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert (receivable.after.id, str(receivable.after.open), receivable.after.due_on) == ("P1/4", "25000.00 CNY", TODAY)
    assert [str(part.amount) for part in plan.after.waiting] == ["35000.00 CNY", "10000.00 CNY"]
    assert str(plan.after.amount) == "100000.00 CNY"
    [event] = paid.events
    assert isinstance(event, billing.PlanRevised)
    assert event.strategy.say("zh_CN") == "2026年3月2日提前付款 ¥25,000.00"


def test_the_schedule_stays_as_adopted() -> None:
    after = revised().after
    assert after.schedule == collection_plan().schedule
    assert [str(part.amount.amount) for part in after.installments] == ["30000.00", "60000.00", "20000.00"]
    assert PLAN.replay([*adoption().events, *revised().events]) == after


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("plan.under_raised", {"by": from_last, "amount": cny("29999.99")}, "30000.00 CNY is raised; ask for that or more"),
    ("plan.not_revised", {"by": from_last}, "plan P1 would stay as it is"),
    ("plan.not_revised", {"by": in_proportion}, "plan P1 would stay as it is"),
    ("plan.over_waiting", {"by": prepaid(cny("70000.01"), on=TODAY)}, "is more than the 70000.00 CNY that waits"),
    ("plan.reached_before", {"by": by_terms(rest(due=on("signed")))}, "reached signed on 2026-03-02.*give it a day"),
    (
        "plan.strategy",
        {"by": lambda waiting, _left, _number: billing.Replanned(tuple(waiting[:1]), Reason.of("plan.by_terms"))},
        "the strategy gave installments of 60000.00 CNY for 70000.00 CNY of plan P1",
    ),
    (
        "plan.strategy",
        {
            "by": lambda waiting, _left, _number: billing.Replanned(
                (attrs.evolve(waiting[0], number=1), waiting[1]), Reason.of("plan.by_terms")
            )
        },
        "or one below zero or raised already",
    ),
]


@pytest.mark.parametrize("code, call, message", REFUSED)
def test_what_cannot_be_planned_is_refused_and_changes_nothing(code: str, call: dict[str, Any], message: str) -> None:
    plan = reached_plan()
    before = attrs.asdict(plan)
    with pytest.raises(Refused, match=message) as refusal:
        replan(plan, change=CH, reason="", now=NOON, **call)
    assert refusal.value.code == code
    assert attrs.asdict(plan) == before


def test_a_plan_that_waits_for_nothing_takes_new_terms_only() -> None:
    one = billing.plan(cny("100"), [rest(due=on("signed"))])
    adopted = billing.adopt(PlanId("P2"), order=ORDER, entity=ENTITY, party=PARTY, schedule=one, now=NOON).after
    full, _ = billing.reach(adopted, milestone="signed", on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    for by in (from_last, from_first, in_proportion):
        with pytest.raises(Refused, match=r"no installment waits that could take 20\.00 CNY; plan it by new terms"):
            change_to("120", by, full.after)
        with pytest.raises(Refused, match="would stay as it is"):
            change_to("100", by, full.after)
    assert change_to("120", by_terms(rest(due=on("accepted"))), full.after) == ["20.00"]
    assert change_to("120", prepaid(cny("20"), on=TODAY), full.after) == ["20.00"]


def test_wrong_input() -> None:
    with pytest.raises(CurrencyMismatch):
        replan(reached_plan(), by=from_last, amount=Money.of("1", "USD"), change=CH, reason="", now=NOON)
    with pytest.raises(InvalidType, match="amount is 5; pass a Money"):
        replan(reached_plan(), by=from_last, amount=5, change=CH, reason="", now=NOON)  # type: ignore[arg-type]  # a bug
    with pytest.raises(InvalidValue, match="give more than zero"):
        prepaid(cny("0"), on=TODAY)
    parts = collection_plan().waiting
    for wrong in ((parts[0], parts[0]), (attrs.evolve(parts[0], amount=cny("-1")),)):
        with pytest.raises(InvalidValue, match="below zero, or for two of one number"):
            billing.PlanRevised(PlanId("P1"), cny("1"), wrong, Reason.of("plan.by_terms"), CH, "", at=NOON)


MILESTONES = ("signed", "delivered", "accepted", "extra")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reach"), st.sampled_from(MILESTONES)),
        st.tuples(st.just("dated"), st.none()),
        st.tuples(st.just("reduce"), st.tuples(st.integers(1, 5), st.integers(1, 2_000))),
        st.tuples(st.just("from_last"), st.integers(0, 20_000)),
        st.tuples(st.just("from_first"), st.integers(0, 20_000)),
        st.tuples(st.just("in_proportion"), st.integers(0, 20_000)),
        st.tuples(st.just("terms"), st.integers(0, 20_000)),
        st.tuples(st.just("prepaid"), st.integers(1, 4_000)),
    ),
    min_size=4,
    max_size=16,
)
COUNTS: Counter[tuple[str, bool]] = Counter()
STRATEGIES = {"from_last": from_last, "from_first": from_first, "in_proportion": in_proportion}


def step(plan: billing.CollectionPlan, kind: str, value: Any) -> tuple[Any, ...]:
    match kind:
        case "reach":
            return billing.reach(plan, milestone=value, on=TODAY, now=NOON)
        case "dated":
            return billing.raise_dated(plan, on=TODAY, now=NOON)
        case "reduce":
            number, minor = value
            amount = Money(minor, "CNY")
            return (billing.reduce(plan, installment=number, amount=amount, change=CH, reason="", now=NOON),)
        case "prepaid":
            by = prepaid(Money(value, "CNY"), on=TODAY)
            return (replan(plan, by=by, change=CH, reason="", now=NOON),)
        case "terms":
            by = by_terms(share("0.5", due=on("extra")), rest(due=on_day(TODAY)))
        case _:
            by = STRATEGIES[kind]
    return (replan(plan, by=by, amount=Money(value, "CNY"), change=CH, reason="", now=NOON),)


@settings(max_examples=120, phases=[Phase.generate, Phase.shrink])
@given(STEPS)
def journey(steps: list[tuple[str, Any]]) -> None:
    terms = [share("0.3", due=on("signed")), share("0.6", due=on("delivered")), share("0.1", due=on("accepted"))]
    schedule = billing.plan(Money(10_000, "CNY"), terms)
    begun = billing.adopt(PlanId("P"), order=ORDER, entity=ENTITY, party=PARTY, schedule=schedule, now=NOON)
    plan, events, owed, asked = begun.after, [*begun.events], dict[str, int](), 10_000
    for kind, value in steps:
        try:
            change, *raised = step(plan, kind, value)
        except (Refused, InvalidValue):
            COUNTS[kind, False] += 1
            continue
        COUNTS[kind, True] += 1
        if kind == "reduce":
            asked -= value[1]
        elif kind in {"from_last", "from_first", "in_proportion", "terms"}:
            asked = value
        assert not owed.keys() & {side.after.id for side in raised}, "a receivable's id is made once"
        owed |= {side.after.id: side.after.amount.minor for side in raised}
        assert change.before == plan
        plan, events = change.after, [*events, *change.events]
        assert sum(owed.values()) + sum(part.amount.minor for part in plan.waiting) == asked == plan.amount.minor
        assert all(part.amount.minor >= 0 for part in plan.waiting)
        assert len({part.number for part in plan.installments}) == len(plan.installments)
        assert PLAN.replay(events) == plan


def test_what_is_raised_and_what_waits_is_what_was_asked() -> None:
    COUNTS.clear()
    journey()
    assert min(COUNTS[kind, True] for kind, _ in list(COUNTS)) >= 5, COUNTS
    assert {kind for kind, passed in COUNTS if not passed} >= {"reach", "reduce", "dated", "prepaid"}, COUNTS


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=6), st.integers(0, 10**16), st.booleans())
def test_strategies_against_plain_fractions(parts: list[int], left: int, last: bool) -> None:
    schedule = billing.plan(
        Money(sum(parts), "JPY"), [billing.fixed(Money(part, "JPY"), due=on("x")) for part in parts]
    )
    waiting = schedule.installments
    by = from_last if last else from_first
    followed = [part.amount.minor for part in by(waiting, Money(left, "JPY"), 9).waiting]
    order = parts[::-1] if last else parts
    cut = max(0, sum(parts) - left)
    expected = []
    for part in order:
        expected.append(max(0, part - cut))
        cut = max(0, cut - part)
    expected[0] += max(0, left - sum(parts))
    assert followed == (expected[::-1] if last else expected)
    if sum(parts):
        shared = [part.amount.minor for part in in_proportion(waiting, Money(left, "JPY"), 9).waiting]
        assert sum(shared) == left
        for got, part in zip(shared, parts, strict=True):
            assert abs(got - Fraction(left * part, sum(parts))) < 1
