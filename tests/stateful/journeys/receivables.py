"""Receivables: raised, moved to another customer, set off against a payable, let off, given up and expected again."""

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import LAST, Debt, Moved, lowest, money, move, on

from ltc import billing
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PayableId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON


class Receivables(Journey):
    """What is owed, and what happens to it without any money."""

    def raise_receivable(self, minor: int, day: int, due: int, party: str, currency: str) -> None:
        name = f"AR{self.own_debts}"
        self.commit(
            billing.raise_receivable(
                ReceivableId(name),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(party),
                amount=Money(minor, currency),
                on=on(day),
                due_on=on(max(day, due)),
                now=NOON,
            )
        )
        self.own_debts += 1
        self.owe(name, Debt(party, currency, day, max(day, due), minor, [], []))

    def transfer(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.by_day[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        party = debt.party if not self.dice.below(11) else {"A1": "A2", "A2": "A1"}[debt.party]
        minor = lowest(debt.by_day, day) if asked is None else asked
        passed = self.attempt(
            "transfer",
            party != debt.party and day >= debt.raised and 0 < minor <= lowest(debt.by_day, day),
            lambda: self.does["transfer"](
                thing,
                to=AccountId(party),
                amount=money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.moved += 1
            self.lower(name, "moved", day, minor)
            other = f"{name}/transfer/{debt.moved}"
            self.owe(other, Debt(party, debt.currency, day, debt.due, minor, [], []))
            self.moved[other] = Moved(name, minor, day)

    def move_back(self, day: int) -> None:
        standing = [
            name for name, moved in self.moved.items() if moved.stands and self.debts[name].by_day[LAST] == moved.minor
        ]
        name = self.likely(standing, self.moved)
        moved, debt = self.moved[name], self.debts[name]
        here, there = self.things[moved.receivable], self.things[name]
        passed = self.attempt(
            "back",
            moved.stands and day >= moved.day and lowest(debt.by_day, day) == moved.minor,
            lambda: self.does["reverse_transfer"](here, there, reason="", on=on(day), now=NOON),
            here,
            there,
        )
        if passed:
            moved.stands = False
            self.lower(moved.receivable, "moved", day, -moved.minor)
            self.lower(name, "moved", day, moved.minor)

    def set_off(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.by_day[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        minor = lowest(debt.by_day, day) if asked is None else asked
        passed = self.attempt(
            "set_off",
            day >= debt.raised and 0 < minor <= lowest(debt.by_day, day),
            lambda: self.does["set_off"](
                thing,
                payable=PayableId("AP"),
                amount=money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.set_off += 1
            self.lower(name, "set_off", day, minor)
            self.set_offs[f"{name}/payable/{debt.set_off}"] = Moved(name, minor, day)

    def unset(self, day: int) -> None:
        name = self.likely((name for name, made in self.set_offs.items() if made.stands), self.set_offs)
        made = self.set_offs[name]
        thing = self.things[made.receivable]
        passed = self.attempt(
            "unset",
            made.stands and day >= made.day,
            lambda: self.does["reverse_set_off"](thing, application=name, reason="", on=on(day), now=NOON),
            thing,
        )
        if passed:
            made.stands = False
            self.lower(made.receivable, "set_off", day, -made.minor)

    def let_off(self, asked: int | None, day: int, verb: str) -> None:
        name = str(self.dice.one_of(self.debts))
        debt, thing = self.debts[name], self.things[name]
        minor = asked or debt.by_day[LAST] or 1
        passed = self.attempt(
            verb,
            day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: self.does[verb](
                thing, amount=Money(minor, debt.currency), change=ChangeId("W1"), reason="", on=on(day), now=NOON
            ),
            thing,
        )
        if passed:
            self.lower(name, verb, day, minor)
            if verb == "write_off":
                move(debt.lost, day, minor)

    def recover(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.lost[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        most = lowest(debt.lost, day)
        minor = most if asked is None else asked
        passed = self.attempt(
            "recover",
            0 < minor <= most,
            lambda: self.does["recover"](
                thing,
                amount=money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.sums["recover"] += minor
            move(debt.lost, day, -minor)
            move(debt.by_day, day, minor)

    def round_off(self, limit: int, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if 0 < debt.by_day[LAST] <= 40), self.debts)
        debt, thing = self.debts[name], self.things[name]
        minor = debt.by_day[LAST]
        passed = self.attempt(
            "round_off",
            0 < minor <= limit and day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: self.does["round_off"](thing, limit=Money(limit, debt.currency), on=on(day), now=NOON),
            thing,
        )
        if passed:
            self.lower(name, "round_off", day, minor)
