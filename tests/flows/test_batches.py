"""Batches of an order fire the due dates of its collection plan: each once, on the day on which it became whole."""

import datetime as dt
from decimal import Decimal

from ltc import billing, contracts, flows
from ltc.ids import LineId, PlanId
from ltc.money import Money
from ltc.testing.samples.contracts import NOON, TODAY, placed_order

ONE = LineId("1")


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


class Story:
    """An order of ten pieces in two planned batches, and its plan: a fifth for each milestone."""

    def __init__(self) -> None:
        self.order = placed_order()
        [machine, _] = self.order.lines
        for batch in ("A", "B"):
            planned = contracts.plan_batch(
                self.order,
                batch=batch,
                quantities={machine.id: Decimal(1)},
                due_on=day(20),
                on=TODAY,
                now=NOON,
            )
            self.order = planned.after
        names = (billing.batch(1), billing.batch(2), "delivered", billing.batch(2, "accepted"), "accepted")
        terms = [billing.share("0.20", due=billing.on(name)) for name in names]
        adopted = billing.adopt(
            PlanId("P1"),
            order=self.order.id,
            entity=self.order.entity,
            party=self.order.account,
            schedule=billing.plan(self.order.amount, terms),
            now=NOON,
        )
        self.plan = adopted.after

    def deliver(self, batch: str, quantity: str, on: int) -> list[tuple[str, dt.date]]:
        amounts = {ONE: Decimal(quantity)}
        return self.took(
            flows.deliver_order(self.order, self.plan, batch=batch, quantities=amounts, on=day(on), now=NOON)
        )

    def accept(self, batch: str, on: int) -> list[tuple[str, dt.date]]:
        return self.took(flows.accept_order(self.order, self.plan, batch=batch, on=day(on), now=NOON))

    def took(self, changes: flows.Changes) -> list[tuple[str, dt.date]]:
        """Remember the states, and return the milestones that were reached."""
        for change in changes:
            if isinstance(change.after, contracts.Order):
                self.order = change.after
            if isinstance(change.after, billing.CollectionPlan):
                self.plan = change.after
        return [
            (event.milestone, event.on)
            for change in changes
            for event in change.events
            if isinstance(event, billing.MilestoneReached)
        ]


def test_each_milestone_is_reached_once_on_its_day() -> None:
    story = Story()
    assert story.deliver("B", "0.4", 10) == []
    assert story.deliver("B", "0.6", 11) == [("delivered:2", day(11))]
    rejected = contracts.reject(story.order, batch="B", reason="scratched", on=day(12), now=NOON)
    story.order = rejected.after
    assert story.deliver("B", "1", 14) == []  # it was reached before: what is delivered again fires nothing
    assert story.deliver("A", "1", 13) == [("delivered:1", day(13)), ("delivered", day(14))]
    assert story.accept("B", 16) == [("accepted:2", day(16))]
    assert story.accept("A", 15) == [("accepted", day(16))]
    assert story.plan.waiting == ()
    assert story.plan.amount == Money.of("100000.00", "CNY")
