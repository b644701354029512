"""Collection plans: what is owed only once its day is known, and what can be lowered before."""

import datetime as dt

import attrs
import pytest

from ltc import billing
from ltc.billing import PLAN, RECEIVABLE, fixed, on, on_day, plan, raise_dated, reach, reduce, rest, share
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
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
    schedule,
)

W1 = ChangeId("W1")


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def adopted(*terms: billing.Term, total: str = "100.00") -> billing.CollectionPlan:
    made = plan(cny(total), terms)
    return billing.adopt(PlanId("P2"), order=ORDER, entity=ENTITY, party=PARTY, schedule=made, now=NOON).after


def test_the_story_sums_up_at_every_step() -> None:
    story, receivables = collection_plan(), []
    events = [*adoption().events]
    for milestone in ("signed", "delivered", "accepted"):
        change, *raised = reach(story, milestone=milestone, on=TODAY, now=NOON)
        story, events = change.after, [*events, *change.events]
        receivables += [side.after for side in raised]
        owed = sum(side.amount.minor for side in receivables)
        assert owed + sum(part.amount.minor for part in story.waiting) == story.amount.minor == 10_000_000
    assert [side.id for side in receivables] == ["P1/1", "P1/2", "P1/3"]
    assert [side.due_on for side in receivables] == [TODAY, dt.date(2026, 4, 1), dt.date(2027, 3, 2)]
    assert {(side.order, side.entity, side.party, side.plan) for side in receivables} == {(ORDER, ENTITY, PARTY, "P1")}
    assert not story.milestones
    assert not story.waiting
    assert PLAN.replay(events) == story
    with pytest.raises(Refused, match="it waits for: nothing"):
        reach(story, milestone="signed", on=TODAY, now=NOON)


def test_reaching_twice_or_the_unknown_is_refused_and_changes_nothing() -> None:
    before = attrs.asdict(reached_plan())
    with pytest.raises(
        Refused, match="plan P1 reached signed on 2026-03-02; it waits for: delivered, accepted"
    ) as twice:
        reach(reached_plan(), milestone="signed", on=TODAY, now=NOON)
    assert twice.value.code == "plan.reached"
    with pytest.raises(Refused, match="waits for 'shipped'; it waits for: delivered, accepted"):
        reach(reached_plan(), milestone="shipped", on=TODAY, now=NOON)
    with pytest.raises(Refused, match="no installment with an agreed day left"):
        raise_dated(reached_plan(), on=TODAY, now=NOON)
    assert attrs.asdict(reached_plan()) == before


def test_agreed_days_are_raised_once() -> None:
    mixed = adopted(share("0.5", due=on("signed")), rest(due=on_day(dt.date(2026, 12, 31))))
    change, *raised = raise_dated(mixed, on=TODAY, now=NOON)
    assert [(side.after.id, side.after.due_on) for side in raised] == [("P2/2", dt.date(2026, 12, 31))]
    assert [part.number for part in change.after.waiting] == [1]
    assert change.after.reached == ()
    with pytest.raises(Refused):
        raise_dated(change.after, on=TODAY, now=NOON)


def test_an_installment_is_lowered_before_it_is_owed_and_only_then() -> None:
    cut = reduce(collection_plan(), installment=3, amount=cny("2500.50"), change=W1, reason="late", now=NOON).after
    assert (str(cut.amount), str(cut.amount_of(3)), str(cut.waiting[2].amount)) == (
        "97499.50 CNY",
        "7499.50 CNY",
        "7499.50 CNY",
    )
    assert "7,499.50" in cut.explain("en")[2]
    with pytest.raises(Refused, match=r"7499\.51 CNY is more than the 7499\.50 CNY left of installment 3") as over:
        reduce(cut, installment=3, amount=cny("7499.51"), change=W1, reason="", now=NOON)
    assert over.value.code == "plan.over"
    _, *sides = reach(cut, milestone="accepted", on=TODAY, now=NOON)
    assert [str(side.after.amount) for side in sides] == ["7499.50 CNY"]
    with pytest.raises(Refused, match="installment 1 of plan P1 is receivable P1/1; waive that"):
        reduce(reached_plan(), installment=1, amount=cny("1"), change=W1, reason="", now=NOON)
    later = reduce(reached_plan(), installment=2, amount=cny("1"), change=W1, reason="", now=NOON).after
    assert str(later.amount) == "99999.00 CNY"
    for number in (0, 4):
        with pytest.raises(InvalidValue, match="use one of 1, 2, 3"):
            reduce(cut, installment=number, amount=cny("1"), change=W1, reason="", now=NOON)
    with pytest.raises(CurrencyMismatch):
        reduce(cut, installment=3, amount=Money.of("1", "USD"), change=W1, reason="", now=NOON)
    with pytest.raises(InvalidValue, match=r"amount is 0\.00 CNY; give more than zero"):
        reduce(cut, installment=3, amount=cny("0"), change=W1, reason="", now=NOON)


def test_an_installment_of_nothing_is_raised_without_a_receivable() -> None:
    gone = reduce(collection_plan(), installment=3, amount=cny("10000"), change=W1, reason="late", now=NOON).after
    change, *raised = reach(gone, milestone="accepted", on=TODAY, now=NOON)
    assert raised == []
    assert [(done.number, done.receivable) for done in change.after.raised] == [(3, None)]
    with pytest.raises(Refused, match="came to nothing and was raised without a receivable; lower another one") as no:
        reduce(change.after, installment=3, amount=cny("1"), change=W1, reason="", now=NOON)
    assert no.value.code == "plan.installment_nothing"
    assert [part.number for part in change.after.waiting] == [1, 2]


def test_a_plan_collects_something_that_sums_up() -> None:
    for total in ("0", "-5"):
        with pytest.raises(InvalidValue, match="of more than zero"):
            adopted(rest(due=on("signed")), total=total)
    half = attrs.evolve(schedule(), installments=schedule().installments[:1])
    with pytest.raises(InvalidValue, match=r"a schedule of 30000\.00 CNY for a total of 100000\.00 CNY"):
        billing.PlanAdopted(PlanId("P1"), ORDER, ENTITY, PARTY, half, at=NOON)
    with pytest.raises(InvalidType, match="schedule is 5; pass a Schedule"):
        billing.PlanAdopted(PlanId("P1"), ORDER, ENTITY, PARTY, 5, at=NOON)  # type: ignore[arg-type]  # a caller's bug
    turned = attrs.evolve(schedule(), installments=schedule().installments[::-1])
    with pytest.raises(InvalidValue, match="adopt one that `plan` made"):
        billing.PlanAdopted(PlanId("P1"), ORDER, ENTITY, PARTY, turned, at=NOON)


def test_lives_begin_with_their_first_event_only() -> None:
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        PLAN.begin(billing.InstallmentReduced(PlanId("P1"), 3, cny("5"), change=W1, reason="", at=NOON))
    with pytest.raises(InvalidValue, match="PlanAdopted can only be the first event"):
        PLAN.evolve(collection_plan(), adoption().events[0])
    _, *[raised] = reach(collection_plan(), milestone="signed", on=TODAY, now=NOON)
    assert RECEIVABLE.replay(raised.events) == raised.after


def test_days_are_days() -> None:
    with pytest.raises(InvalidType):
        reach(collection_plan(), milestone="signed", on=NOON, now=NOON)
    with pytest.raises(InvalidValue, match="has no time zone"):
        billing.adopt(
            PlanId("P1"), order=ORDER, entity=ENTITY, party=PARTY, schedule=schedule(), now=dt.datetime(2026, 3, 2)
        )
    assert str(adopted(fixed(cny("1"), due=on("signed")), total="1").amount) == "1.00 CNY"
