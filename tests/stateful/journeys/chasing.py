"""What is said about a debt between its payments: contested, promised, left alone for a time; and interest that is charged on it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import LAST, Debt, half_up, money, on

from ltc import billing
from ltc.testing.samples.billing import NOON

POLICY = billing.InterestPolicy(billing.InterestRates.flat("36.5"))
"""A tenth of what is open, every day."""


class Chasing(Journey):
    """The words on what is owed."""

    def say(self, verb: str, asked: int | None, day: int) -> None:
        fitting = [
            name
            for name, debt in self.debts.items()
            if debt.by_day[LAST] and (verb != "settle_dispute" or debt.disputed()) and (verb != "release" or debt.holds)
        ]
        name = self.likely(fitting, self.debts)
        debt, thing = self.debts[name], self.things[name]
        until = day + self.dice.below(4) - (not self.dice.below(9))
        facts: dict[str, Any] = {"on": on(day), "now": NOON}
        calls: dict[str, Callable[[], Any]] = {
            "dispute": lambda: billing.dispute(thing, amount=money(asked, debt.currency), reason="", **facts),
            "settle_dispute": lambda: billing.settle_dispute(thing, reason="", **facts),
            "promise": lambda: billing.promise(
                thing, amount=money(asked, debt.currency), until=on(until), by="W", **facts
            ),
            "hold": lambda: billing.hold_dunning(thing, until=on(until), reason="", **facts),
            "release": lambda: billing.release_dunning(thing, reason="", **facts),
        }
        if not self.attempt(verb, self.may_say(verb, debt, asked, day, until), calls[verb], thing):
            return
        match verb:
            case "dispute":
                debt.disputes.append([day, LAST + 99, asked or 0])
            case "settle_dispute":
                debt.disputes[-1][1] = day
            case "promise":
                debt.promises.append((day, until, debt.by_day[day] - asked if asked else 0))
            case "hold":
                debt.holds.append([day, until + 1, day])
            case _:
                debt.holds[-1][1:] = [day, day]

    def may_say(self, verb: str, debt: Debt, asked: int | None, day: int, until: int) -> bool:
        open_ = debt.by_day[day] if day >= debt.raised else 0
        last_hold = debt.holds[-1][2] if debt.holds else 0
        return {
            "dispute": not debt.disputed()
            and 0 < (asked or 1) <= open_
            and all(day >= to for _, to, _ in debt.disputes[-1:]),
            "settle_dispute": debt.disputed() and all(day >= since for since, _, _ in debt.disputes[-1:]),
            "promise": 0 < (asked or 1) <= open_
            and until >= day
            and all(day >= made[0] for made in debt.promises[-1:]),
            "hold": open_ > 0 and until >= day >= last_hold,
            "release": day >= last_hold and bool(debt.holds) and debt.holds[-1][0] <= day < debt.holds[-1][1],
        }[verb]

    def charge_interest(self, day: int) -> None:
        own = [name for name in self.debts if "interest" not in name]
        name = self.likely((name for name in own if self.run(self.debts[name], day)), own)
        debt, thing = self.debts[name], self.things[name]
        minor = max(0, self.run(debt, day) - sum(charged for _, charged in debt.charges))
        passed = self.attempt(
            "charge_interest",
            minor and all(day >= before for before, _ in debt.charges),
            lambda: self.does["charge_interest"](
                thing, found=billing.interest(thing, policy=POLICY, until=on(day)), due_on=on(day), on=on(day), now=NOON
            ),
            thing,
        )
        if passed:
            debt.charges.append((day, minor))
            self.owe(f"{name}/interest/{len(debt.charges)}", Debt(debt.party, debt.currency, day, day, minor, [], []))
            self.seen["charged again after the balance had changed"] += len(debt.charges) > 1

    def run(self, debt: Debt, day: int) -> int:
        """Return the interest that has run: a tenth of what was open at the end of each day from the due one on."""
        return half_up(Fraction(sum(debt.by_day[max(0, debt.due) : day]), 10))
