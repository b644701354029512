"""Acceptance bills: receipts that are only money once somebody has paid for them, and come back where nobody does."""

from collections.abc import Callable
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import LAST, Application, Paper, lowest, on

from ltc import billing
from ltc.ids import AccountId, BillId, EntityId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

LEADS: dict[tuple[str, str], str] = {
    ("held", "split"): "split",
    ("held", "endorse"): "endorsed",
    ("held", "discount"): "discounted",
    ("held", "sell"): "sold",
    ("held", "cash"): "cashed",
    ("held", "dishonor"): "dishonored",
    ("endorsed", "discharge"): "discharged",
    ("discounted", "discharge"): "discharged",
    ("endorsed", "dishonor"): "recourse",
    ("discounted", "dishonor"): "recourse",
    ("recourse", "take_up"): "dishonored",
}
"""What the oracle knows of the table: written down once more."""
BEFORE_MATURITY = {"endorse", "discount", "sell"}
AT_MATURITY = {"cash", "discharge"}


class Bills(Journey):
    """What was paid by a promise."""

    def receive_bill(self, minor: int, day: int, matures: int) -> None:
        number = sum("/" not in name for name in self.papers)
        name, receipt, splittable = f"BA{number}", f"RB{number}", bool(self.dice.below(3))
        passed = self.attempt(
            "receive_bill",
            day < matures,
            lambda: billing.receive_bill(
                BillId(name),
                receipt=ReceiptId(receipt),
                entity=EntityId("E1"),
                party=AccountId("A1"),
                kind=billing.BillKind.BANK,
                number=str(number),
                drawer="D",
                acceptor="A",
                amount=Money(minor, "CNY"),
                issued_on=on(0),
                matures_on=on(matures),
                splittable=splittable,
                on=on(day),
                now=NOON,
            ),
        )
        if passed:
            self.papers[name] = Paper(receipt, minor, matures, splittable, day)
            self.take_in(receipt, "A1", "CNY", day, minor, origin=name)

    def move_bill(self, verb: str, day: int) -> None:
        fitting = [name for name, paper in self.papers.items() if (paper.status, verb) in LEADS]
        if verb == "split":
            fitting = [name for name in fitting if self.papers[name].splittable]
        elif verb == "dishonor" and self.dice.below(3):
            fitting = [name for name in fitting if self.papers[name].status != "held"]
        name = self.likely(fitting, self.papers)
        paper, thing = self.papers[name], self.things[name]
        if self.dice.below(3):
            day = max(paper.last, min(LAST, paper.matures - 1) if verb in BEFORE_MATURITY else paper.matures)
        part = 1 + self.dice.below(max(1, paper.minor - 1))
        target = LEADS.get((paper.status, verb))
        allowed = (
            day >= paper.last
            and not (verb in BEFORE_MATURITY and day >= paper.matures)
            and not (verb in AT_MATURITY and day < paper.matures)
            and (verb != "split" or paper.splittable)
        )
        if verb == "dishonor":
            self.dishonor(name, day, target if allowed else None)
        elif verb == "split" and paper.minor == 1:
            pass  # one fen has no parts
        elif self.attempt(verb, target and allowed, self.call(verb, thing, part, day), thing):
            paper.status, paper.last = str(target), day
            if verb == "split":
                for place, minor in enumerate((part, paper.minor - part), 1):
                    self.papers[f"{name}/{place}"] = Paper(paper.receipt, minor, paper.matures, True, day)

    def call(self, verb: str, thing: billing.Bill, part: int, day: int) -> Callable[[], Any]:
        facts: dict[str, Any] = {"on": on(day), "now": NOON}
        bank: dict[str, Any] = {"bank": "B", "rate": "0.36", **facts}
        first = Money(part, "CNY")
        return {
            "split": lambda: billing.split_bill(thing, amounts=[first, thing.amount - first], **facts),
            "endorse": lambda: billing.endorse_bill(thing, to="S", **facts),
            "discount": lambda: billing.discount_bill(thing, **bank),
            "sell": lambda: billing.discount_bill(thing, recourse=False, **bank),
            "cash": lambda: billing.cash_bill(thing, **facts),
            "discharge": lambda: billing.discharge_bill(thing, **facts),
            "take_up": lambda: billing.take_up_bill(thing, **facts),
        }[verb]

    def dishonor(self, name: str, day: int, target: str | None) -> None:
        paper = self.papers[name]
        cash, thing, receipt = self.cash[paper.receipt], self.things[name], self.things[paper.receipt]
        names = list(self.debts)[: None if self.dice.below(7) else 1]
        given = [self.things[each] for each in names]
        whole = cash.left <= paper.minor
        missing, back = paper.minor - cash.by_day[LAST] + cash.reserved, list[Application]()
        for made in reversed(self.standing(paper.receipt)):
            if missing > 0:
                back.append(made)
                missing -= made.paid
        in_part = (
            day >= cash.last and all(made.receivable in names for made in back) and not (missing > 0 and cash.reserved)
        )
        passed = self.attempt(
            "dishonor",
            target and (not cash.left or (self.undoable(paper.receipt, names, day) if whole else in_part)),
            lambda: self.does["dishonor_bill"](thing, receipt, given, reason="", on=on(day), now=NOON),
            thing,
            receipt,
            *given,
        )
        if not passed:
            return
        settled = {made.receivable for made in (self.standing(paper.receipt) if whole else back)}
        red = {self.sales[note.invoice].receivable for note in self.notes.values() if note.status == "issued"}
        moved = {made.receivable for made in self.moved.values()}
        self.seen["dishonored with what it settled"] += bool(settled)
        self.seen["dishonored after a transfer or a red letter"] += bool(settled & (red | moved))
        paper.status, paper.last = str(target), day
        if not cash.left:
            return
        if whole:
            self.undo(paper.receipt, "bounce", day)
            return
        for made in back:
            self.unbook(made, day)
        self.pay_out(paper.receipt, "bounce", day, paper.minor)
        assert lowest(cash.by_day, 0) >= 0
