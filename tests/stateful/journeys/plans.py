"""Plans: installments that wait become receivables, are lowered or planned anew between receipts."""

from collections.abc import Callable
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.distribution import shared
from tests.stateful.journeys.story import Agreed, Debt, Part, money, on

from ltc import billing
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PlanId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

MILESTONES = ("signed", "delivered", "accepted")
REPLANS = ("from_last", "from_last", "from_first", "in_proportion", "by_terms", "prepaid")


class Plans(Journey):
    """What is agreed, and what of it is owed."""

    def adopt(self, first: int, second: int, third: int) -> None:
        """Adopt a plan of four: when signed, on day 2, two days after delivery, when accepted."""
        name = f"P{len(self.plans)}"
        wholes = [first, second, third, 40]
        dues = [
            billing.on("signed"),
            billing.on_day(on(2)),
            billing.after("delivered", days=2),
            billing.on("accepted"),
        ]
        terms = [billing.fixed(Money(minor, "CNY"), due=due) for minor, due in zip(wholes, dues, strict=True)]
        self.commit(
            billing.adopt(
                PlanId(name),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId("A1"),
                schedule=billing.plan(Money(sum(wholes), "CNY"), terms),
                now=NOON,
            )
        )
        waits = [("signed", 0), (None, 2), ("delivered", 2), ("accepted", 0)]
        parts = {
            number: Part(minor, milestone, days)
            for number, (minor, (milestone, days)) in enumerate(zip(wholes, waits, strict=True), 1)
        }
        self.plans[name] = Agreed("A1", parts, sum(wholes))

    def raise_installments(self, day: int, verb: str) -> None:
        """Try that a milestone was reached, or that what waits for none is raised."""
        name = str(self.dice.one_of(self.plans))
        plan, thing = self.plans[name], self.things[name]
        open_ones = [part.waits_for for part in plan.waiting.values() if part.waits_for is not None]
        milestone = None if verb == "raise_dated" else self.likely(open_ones, MILESTONES)
        raised = {number: part for number, part in plan.waiting.items() if part.waits_for == milestone}
        passed = self.attempt(
            verb,
            raised and milestone not in plan.reached,
            lambda: (
                billing.raise_dated(thing, on=on(day), now=NOON)
                if milestone is None
                else self.does["reach"](thing, milestone=milestone, on=on(day), now=NOON)
            ),
            thing,
        )
        if not passed:
            return
        plan.reached |= set() if milestone is None else {milestone}
        for number, part in raised.items():
            part.raised = True
            if part.minor:
                due = part.due + (0 if milestone is None else day)
                self.owe(f"{name}/{number}", Debt(plan.party, "CNY", day, due, part.minor, [], []))

    def reduce(self, minor: int) -> None:
        name = str(self.dice.one_of(self.plans))
        plan, thing = self.plans[name], self.things[name]
        number = int(self.likely(map(str, plan.waiting), map(str, plan.parts)))
        part = plan.parts[number]
        passed = self.attempt(
            "reduce",
            not part.raised and minor <= part.minor,
            lambda: self.does["reduce"](
                thing, installment=number, amount=Money(minor, "CNY"), change=ChangeId("W2"), reason="", now=NOON
            ),
            thing,
        )
        if passed:
            part.minor -= minor
            plan.asked -= minor

    def replan(self, minor: int | None, day: int) -> None:
        name = str(self.dice.one_of(self.plans))
        plan, thing = self.plans[name], self.things[name]
        by = str(self.dice.one_of(REPLANS))
        asked = plan.asked if by == "prepaid" else max(0, plan.asked + self.dice.one_of([-80, -20, 0, 30, 90]))
        left = asked - sum(part.minor for part in plan.parts.values() if part.raised)
        if by == "by_terms" and left <= 0:
            return  # terms split nothing into parts of nothing: no case of its own
        milestone = str(self.dice.one_of(MILESTONES))
        part = minor or 20
        strategies: dict[str, Callable[[], Any]] = {
            "by_terms": lambda: billing.by_terms(billing.rest(due=billing.on(milestone))),
            "prepaid": lambda: billing.prepaid(Money(part, "CNY"), on=on(day)),
        }
        strategy = strategies[by]() if by in strategies else getattr(billing, by)
        expected = self.planned(plan, by, left, Part(left if by == "by_terms" else part, milestone, day))
        passed = self.attempt(
            "replan",
            expected is not None,
            lambda: self.does["replan"](
                thing, by=strategy, amount=money(asked, "CNY"), change=ChangeId("CH"), reason="", now=NOON
            ),
            thing,
        )
        if passed and expected is not None:
            self.seen["replanned between receipts"] += any(
                made.stands and made.receivable.startswith(f"{name}/") for made in self.applications.values()
            )
            raised = {number: done for number, done in plan.parts.items() if done.raised}
            plan.parts, plan.asked = raised | expected, asked

    def planned(self, plan: Agreed, by: str, left: int, new: Part) -> dict[int, Part] | None:
        """Return what waits from now on; None: it must be refused."""
        waiting = plan.waiting
        before = [part.minor for part in waiting.values()]
        if left < 0:
            return None
        if by == "by_terms":
            number = self.next_number(plan)
            return None if new.waits_for in plan.reached else {number: Part(left, new.waits_for, 0)}
        own: dict[int, Part] = {}
        if by == "prepaid":
            if new.minor > left:
                return None
            own = {self.next_number(plan): Part(new.minor, None, new.due)}
            left -= new.minor
        if by == "in_proportion":
            if not sum(before):
                return None
            after = shared(before, left)
        else:
            if left > sum(before) and not waiting:
                return None
            after = followed(before, left, last=by == "from_last")
        if after == before and not own:
            return None
        kept = zip(waiting.items(), after, strict=True)
        return {number: Part(minor, part.waits_for, part.due) for (number, part), minor in kept} | own

    def next_number(self, plan: Agreed) -> int:
        return 1 + max(4, *plan.parts)


def followed(parts: list[int], left: int, *, last: bool) -> list[int]:
    """Return parts that sum to what is left: the first, or last, one takes what is more, and is the first to give."""
    order = list(reversed(parts)) if last else list(parts)
    more = left - sum(order)
    if more > 0:
        order[0] += more
    for place, part in enumerate(order):
        taken = min(part, max(0, -more))
        order[place] -= taken
        more += taken
    return list(reversed(order)) if last else order
