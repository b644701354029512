"""Red letters: asked for, confirmed, issued, or come to nothing; and their money: kept as credit, offset or paid back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.distribution import STRATEGIES, Parts, distributed
from tests.stateful.journeys.story import (
    LAST,
    Application,
    Credit,
    Note,
    Offset,
    Refund,
    lowest,
    money,
    move,
    on,
)

from ltc import billing
from ltc.ids import NoteId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

TIME = dt.timedelta(hours=72)
POLICY = billing.NotePolicy(issue_within=TIME)
ENDS = {
    "confirm_note": "confirmed",
    "issue_note": "issued",
    "withdraw_note": "withdrawn",
    "expire_note": "expired",
}


class Notes(Journey):
    """What invoices take back, and what becomes of the money."""

    def request_note(self, asked: int | None, day: int) -> None:
        invoice, name = str(self.dice.one_of(self.sales)), f"N{len(self.notes)}"
        sale, thing = self.sales[invoice], self.things[invoice]
        minor = asked or (sale.amount - sale.red + 1) // 2 or 1
        passed = self.attempt(
            "request_note",
            day >= sale.day and minor <= sale.amount - sale.red,
            lambda: billing.request_note(
                NoteId(name),
                invoice=thing,
                amount=Money(minor, thing.currency),
                reason=billing.NoteReason.ALLOWANCE,
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            self.notes[name] = Note(invoice, minor, day)

    def move_note(self, day: int, verb: str) -> None:
        waits = {"requested", "confirmed"}
        wanted = {"confirm_note": {"requested"}, "issue_note": {"confirmed"}}.get(verb, waits)
        first = {"requested"} if wanted is waits and self.dice.below(3) else wanted
        waiting = [name for name, note in self.notes.items() if note.status in first]
        name = self.likely(waiting, self.notes)
        note, thing = self.notes[name], self.things[name]
        sale, invoice = self.sales[note.invoice], self.things[note.invoice]
        debt, owed = self.debts[sale.receivable], self.things[sale.receivable]
        late = verb == "expire_note" or (wanted is not waits and not self.dice.below(9))
        late = late and bool(self.dice.below(4))
        facts: dict[str, Any] = {"on": on(day), "now": NOON + TIME + dt.timedelta(seconds=1) if late else NOON}
        calls: dict[str, Callable[[], Any]] = {
            "confirm_note": lambda: billing.confirm_note(thing, policy=POLICY, **facts),
            "withdraw_note": lambda: billing.withdraw_note(thing, reason="", **facts),
            "expire_note": lambda: billing.expire_note(thing, policy=POLICY, **facts),
            "issue_note": lambda: self.does["issue_note"](thing, invoice, receivables=[owed], policy=POLICY, **facts),
        }
        fits = verb != "issue_note" or note.amount <= sale.amount - sale.red
        in_time = verb == "withdraw_note" or late is (verb == "expire_note")
        allowed = note.status in wanted and day >= note.day and in_time and fits
        if not self.attempt(verb, allowed, calls[verb], thing, invoice, owed):
            return
        note.status = ENDS[verb]
        note.day = day
        if verb == "issue_note":
            sale.red += note.amount
            move(debt.billable, day, note.amount)

    # ------------------------------------------------------------------ the money of a red letter

    def dispose(self, day: int) -> None:
        open_ones = [name for name in self.notes if f"{name}/disposition" not in self.credits]
        if not open_ones:
            return
        name = self.likely((name for name in open_ones if self.notes[name].status == "issued"), open_ones)
        note, thing = self.notes[name], self.things[name]
        passed = self.attempt(
            "dispose",
            note.status == "issued" and day >= note.day,
            lambda: self.does["dispose"](thing, on=on(day), now=NOON),
            thing,
        )
        if passed:
            receivable = self.sales[note.invoice].receivable
            debt, minor = self.debts[receivable], note.amount
            by_day = [0] * day + [minor] * (LAST + 1 - day)
            self.credits[f"{name}/disposition"] = Credit(receivable, debt.party, debt.currency, day, minor, by_day)

    def offset_credit(self, asked: int | None, day: int) -> None:
        credit = self.likely((name for name, one in self.credits.items() if one.by_day[LAST]), self.credits)
        known, thing = self.credits[credit], self.things[credit]
        ours = [
            name
            for name, debt in self.debts.items()
            if debt.by_day[LAST] and (debt.party, debt.currency) == (known.party, known.currency)
        ]
        names = list(dict.fromkeys(self.likely(ours, self.debts) for _ in range(1 + self.dice.below(3))))
        by = str(self.dice.one_of(STRATEGIES))
        expected = self.fitting(known, names, by, asked, day)
        things = [self.things[name] for name in names]
        passed = self.attempt(
            "offset_credit",
            expected,
            lambda: self.does["offset_credit"](
                thing,
                things,
                strategy=self.strategy(by, names),
                amount=money(asked, known.currency),
                on=on(day),
                now=NOON,
            ),
            thing,
            *things,
        )
        if passed:
            for name, minor in expected:
                self.offset(credit, Offset(credit, name, minor, day))

    def fitting(self, known: Credit, names: list[str], by: str, asked: int | None, day: int) -> Parts:
        """Return what must settle what; nothing: it must be refused."""
        debts = {name: self.debts[name] for name in names}
        ours = all((debt.party, debt.currency) == (known.party, known.currency) for debt in debts.values())
        if day < known.opened or not ours or any(day < debt.raised for debt in debts.values()):
            return []
        costs = {name: lowest(debt.by_day, day) for name, debt in debts.items() if lowest(debt.by_day, day)}
        most = min(lowest(known.by_day, day), sum(costs.values()))
        minor = most if asked is None else asked
        if not 0 < minor <= most or (by == "designated" and len(costs) < len(names)):
            return []
        return distributed(by, debts, costs, minor)

    def offset(self, credit: str, made: Offset) -> None:
        known = self.credits[credit]
        known.made += 1
        self.offsets[f"{credit}/{known.made}"] = made
        move(known.by_day, made.day, -made.minor)
        self.lower(made.receivable, "red", made.day, made.minor)

    def reverse_offset(self, day: int) -> None:
        refunds = [name for name, made in self.offsets.items() if made.stands and made.refund]
        among = refunds if refunds and self.dice.below(2) else self.offsets
        name = self.likely((name for name in among if self.offsets[name].stands), self.offsets)
        made = self.offsets[name]
        thing, owed = self.things[made.credit], self.things[made.receivable]
        refund = made.refund if self.dice.below(6) else ""
        ended = refund and self.refunds[refund].status in {"rejected", "failed"}
        passed = self.attempt(
            "reverse_offset",
            made.stands and day >= made.day and (ended or not made.refund),
            lambda: self.does["reverse_offset"](
                thing,
                owed,
                application=name,
                refund=self.things[refund] if refund else None,
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
            owed,
        )
        if passed:
            made.stands = False
            self.seen["offset of a refund taken back"] += bool(refund)
            move(self.credits[made.credit].by_day, day, made.minor)
            self.lower(made.receivable, "red", day, -made.minor)

    def refund_credit(self, asked: int | None, day: int) -> None:
        yuan = [name for name, credit in self.credits.items() if credit.currency == "CNY"]
        if not yuan:
            return
        paid = [made for made in self.applications.values() if made.stands]
        fitting = [name for name in yuan if any(made.receivable == self.credits[name].receivable for made in paid)]
        credit = self.likely((name for name in fitting if self.credits[name].by_day[LAST]), yuan)
        known, thing = self.credits[credit], self.things[credit]
        name = self.likely([known.receivable] * 2, self.debts)
        receipt = self.likely((made.receipt for made in paid if made.receivable == name), self.cash)
        cash, owed, money_in = self.cash[receipt], self.things[name], self.things[receipt]
        between = [made for made in self.standing(receipt) if made.receivable == name]
        most = min(lowest(known.by_day, day), sum(made.settled for made in between))
        minor = asked or most or 10
        back: list[Application] = []
        for made in reversed(between):
            if sum(each.settled for each in back) < minor:
                back.append(made)
        free = sum(each.settled for each in back)
        passed = self.attempt(
            "refund_credit",
            day >= known.opened
            and name == known.receivable
            and minor <= most
            and cash.currency == known.currency
            and all(day >= each.day for each in back)
            and self.leaves_room(receipt, back, free - minor, minor),
            lambda: self.does["refund_credit"](
                thing,
                owed,
                money_in,
                amount=Money(minor, known.currency),
                refund=RefundId(f"RF{len(self.refunds)}"),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
            owed,
            money_in,
        )
        if not passed:
            return
        for made in back:
            self.unbook(made, day)
        refund = f"RF{len(self.refunds)}"
        self.offset(credit, Offset(credit, name, minor, day, refund))
        if free > minor:
            authority = back[-1].authority
            self.book([Application(receipt, name, free - minor, free - minor, day, authority=authority)])
        cash.reserved += minor
        self.refunds[refund] = Refund(receipt, minor)
        self.seen["refund of a part of an application"] += free > minor

    def leaves_room(self, receipt: str, back: list[Application], again: int, minor: int) -> bool:
        """Whether what is taken back, less what is applied again, is free to be set aside."""
        cash = self.cash[receipt]
        freed = sum(made.paid + made.kept for made in back)
        return minor <= cash.by_day[LAST] + freed - again - cash.reserved
