"""Deposits: kept apart from trade, until they go back, are forfeited or become a payment."""

from collections.abc import Callable
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import LAST, Security, lowest, money, move, on

from ltc import billing
from ltc.billing import DepositDirection, DepositKind
from ltc.ids import AccountId, DepositId, EntityId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

POLICY = billing.DepositPolicy(convertible=(DepositKind.PERFORMANCE,))


class Deposits(Journey):
    """What is held as a security."""

    def place(self, minor: int, day: int) -> None:
        name = f"D{len(self.deposits)}"
        paid, kind = not self.dice.below(4), DepositKind.PERFORMANCE if self.dice.below(4) else DepositKind.BID
        self.commit(
            billing.place_deposit(
                DepositId(name),
                direction=DepositDirection.PAID if paid else DepositDirection.RECEIVED,
                kind=kind,
                entity=EntityId("E1"),
                party=AccountId(self.party()),
                amount=Money(minor, "CNY"),
                purpose="tender",
                due=billing.on_day(on(LAST)),
                on=on(day),
                now=NOON,
            )
        )
        by_day = [0] * day + [minor] * (LAST + 1 - day)
        self.deposits[name] = Security(paid, kind.value, minor, day, by_day)

    def leave(self, verb: str, minor: int | None, day: int) -> None:
        name = self.likely((name for name, held in self.deposits.items() if held.by_day[LAST]), self.deposits)
        held, thing = self.deposits[name], self.things[name]
        kept = lowest(held.by_day, day) if day >= held.placed else 0
        asked = kept if minor is None else minor
        facts: dict[str, Any] = {"amount": money(minor, "CNY"), "on": on(day), "now": NOON}
        calls: dict[str, Callable[[], Any]] = {
            "return_deposit": lambda: billing.return_deposit(thing, **facts),
            "forfeit": lambda: billing.forfeit_deposit(thing, reason="late", **facts),
            "convert": lambda: self.does["convert_deposit"](thing, policy=POLICY, **facts),
        }
        may = verb != "convert" or (not held.paid and held.kind == "performance")
        if not self.attempt(verb, may and 0 < asked <= kept, calls[verb], thing):
            return
        held.sums[verb] += asked
        move(held.by_day, day, -asked)
        if verb == "convert":
            held.converted += 1
            self.take_in(f"{name}/{held.converted}", thing.party, "CNY", day, asked, origin=name)

    def take_back_conversion(self, day: int) -> None:
        made = {name: cash.origin for name, cash in self.cash.items() if cash.origin in self.deposits}
        if not made:
            return
        receipt = self.likely((name for name in made if self.cash[name].left), made)
        name = self.likely([made[receipt]], self.deposits)
        names = list(self.debts)[: None if self.dice.below(7) else 1]
        thing, money_in, given = self.things[name], self.things[receipt], [self.things[each] for each in names]
        passed = self.attempt(
            "take_back_conversion",
            made[receipt] == name and not self.cash[receipt].sums["refunded"] and self.undoable(receipt, names, day),
            lambda: billing.take_back_conversion(thing, money_in, given, reason="", on=on(day), now=NOON),
            thing,
            money_in,
            *given,
        )
        if passed:
            minor = self.cash[receipt].amount
            self.seen["taken back with what it settled"] += bool(self.standing(receipt))
            self.undo(receipt, "reverse", day)
            self.deposits[name].sums["convert"] -= minor
            move(self.deposits[name].by_day, day, minor)
