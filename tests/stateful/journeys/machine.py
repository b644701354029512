"""The machine: every verb of billing in random order, on documents that speak of each other."""

from collections.abc import Sequence
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from tests.stateful.journeys.bank import CLAIMS, Bank
from tests.stateful.journeys.bills import LEADS, Bills
from tests.stateful.journeys.chasing import Chasing
from tests.stateful.journeys.deposits import Deposits
from tests.stateful.journeys.invoices import Invoices
from tests.stateful.journeys.laws import Laws
from tests.stateful.journeys.notes import Notes
from tests.stateful.journeys.plans import Plans
from tests.stateful.journeys.receipts import Receipts
from tests.stateful.journeys.receivables import Receivables
from tests.stateful.journeys.story import LAST, MOST, Dice, Terms

VERBS = [
    *["apply"] * 12,
    *["receive", "offset_credit"] * 4,
    *["reverse_offset", "fail"] * 5,
    *["refund_credit"] * 12,
    *[
        "unapply",
        "collect_recovery",
        "back",
        "recover",
        "confirm_note",
        "issue_note",
        "dispose",
        "request_note",
        "issue",
    ]
    * 3,
    *["reverse", "write_off", "raise", "bounce", "waive", "request_refund", "approve", "pay", "reject"] * 2,
    *["transfer", "set_off", "unset", "round_off", "withdraw_note", "expire_note"] * 2,
    *["approve_request", "issue_requested", "deliver_request"] * 4,
    *["request_invoice", "reach", "reach", "raise_dated", "replan", "reduce"] * 2,
    *["dishonor", "take_back"] * 6,
    *["confirm", "endorse", "discount", "take_up"] * 4,
    *["claim", "split", "withdraw_claim", "reject_claim", "disown", "readmit", "receive_bill", "discharge"] * 2,
    *["convert", "convert", "return_line", "sell", "cash", "return_deposit", "forfeit"],
    *["dispute", "settle_dispute", "promise", "hold", "release"] * 2,
    *["charge_interest", "take_back_conversion"] * 3,
    *["reject_request", "reject_request", "cancel_request"],
]
PAPERS = {
    *("issue", "request_invoice", "approve_request", "reject_request", "cancel_request", "issue_requested"),
    *("deliver_request", "request_note", "confirm_note", "issue_note", "withdraw_note", "expire_note"),
    *("dispose", "offset_credit", "reverse_offset", "refund_credit"),
}
BANK = {"claim", "return_line", "disown", "readmit", *CLAIMS}
BILLS = {"receive_bill", *(verb for _, verb in LEADS)}
ALWAYS = {"raise", "receive"}
"""The verbs that nothing can speak against here."""


class Billing(Laws, Receivables, Receipts, Invoices, Notes, Plans, Bank, Bills, Deposits, Chasing):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    hunted: ClassVar[Sequence[str]] = ()
    """The verbs of every other step, where one mistake is looked for."""

    @initialize(bits=st.lists(st.booleans(), min_size=40, max_size=40))
    def begin(self, bits: list[bool]) -> None:
        # one seed, of coins: numbers would be drawn from those of whatever modules are loaded, too
        self.dice = Dice(sum(bit << place for place, bit in enumerate(bits)))
        # there is work for every verb from the first step on: short runs reach it, too
        self.raise_receivable(60 + self.dice.below(140), 0, 3, "A1", "CNY")
        self.raise_receivable(60 + self.dice.below(140), 1, 3, "A2", "CNY")
        self.raise_receivable(30, 1, 4, "A1", "USD")
        self.receive(20 + self.dice.below(280), 0, "A1", "CNY")
        self.receive(80, 0, "A1", "CNY")
        self.adopt(*(20 + self.dice.below(80) for _ in range(3)))
        self.record_line(100 + self.dice.below(200), 0)
        self.record_line(60, 1)
        self.claim(60 + self.dice.below(40), 0)
        self.decide_claim("confirm", 0)
        self.receive_bill(50 + self.dice.below(80), 0, 3)
        for day in range(3):
            self.place(20 + self.dice.below(60), day)
        self.request_refund(20)
        self.let_off(20, 1, "write_off")
        self.request_invoice(30, 1)
        for _ in range(2):
            self.issue(60, 1)
            if self.sales:
                self.request_note(50, 1)
            self.apply_receipt(1, Terms())
        for verb in ("confirm_note", "confirm_note", "issue_note", "issue_note") if self.notes else ():
            self.move_note(1, verb)
        if self.notes:
            self.dispose(1)

    @rule()
    def step(self) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up
        dice = self.dice
        verb, day = str(dice.one_of(self.hunted if self.hunted and dice.below(2) else VERBS)), dice.below(LAST + 1)
        minor = [None, None, 1 + dice.below(40), 30 + dice.below(271)][dice.below(4)]
        late = LAST if dice.below(4) else day
        maybe = minor if dice.below(2) else None
        match verb:
            case "raise" | "transfer" | "back" | "set_off" | "unset" | "waive" | "write_off" | "recover" | "round_off":
                self.step_of_debts(verb, minor, maybe, day, late)
            case "reach" | "raise_dated":
                self.raise_installments(day, verb)
            case "reduce":
                self.reduce(minor or 10)
            case "replan":
                self.replan(minor, day)
            case "convert" | "return_deposit" | "forfeit":
                self.leave(verb, maybe, late)
            case "take_back_conversion":
                self.take_back_conversion(late)
            case "receive_bill":
                if len(self.papers) < 2 * MOST:
                    self.receive_bill(minor or 60, min(day, 3), 2 + dice.below(3))
            case "dispute" | "settle_dispute" | "promise" | "hold" | "release":
                self.say(verb, maybe, day)
            case "charge_interest":
                self.charge_interest(late)
            case _ if verb in BANK:
                self.step_of_the_bank(verb, maybe, day)
            case _ if verb in BILLS:
                self.move_bill(verb, day)
            case _ if verb in PAPERS:
                self.step_of_papers(verb, minor, maybe, day, late)
            case _:
                self.step_of_money(verb, minor, maybe, day, late)

    def step_of_debts(self, verb: str, minor: int | None, maybe: int | None, day: int, late: int) -> None:
        dice = self.dice
        match verb:
            case "raise" if self.own_debts < MOST:
                self.raise_receivable(minor or 100, min(day, 2), 2 + dice.below(3), self.party(), self.currency())
            case "transfer" if len(self.moved) < MOST:
                self.transfer(maybe, day)
            case "back" if self.moved:
                self.move_back(late)
            case "set_off":
                self.set_off(maybe, day)
            case "unset" if self.set_offs:
                self.unset(day)
            case "waive" | "write_off":
                self.let_off(maybe, day, verb)
            case "recover" if not dice.below(3) or any(debt.lost[LAST] for debt in self.debts.values()):
                self.recover(maybe, late)
            case "round_off":
                self.round_off(minor or 40, day)
            case _:
                pass

    def step_of_money(self, verb: str, minor: int | None, maybe: int | None, day: int, late: int) -> None:
        match verb:
            case "receive" if len(self.cash) < 2 * MOST:
                self.receive(maybe or self.about(), min(day, 2), self.party(), self.currency())
            case "apply":
                self.apply_receipt(self.dice.one_of([day, late]), self.terms(minor))
            case "unapply" if self.applications:
                self.take_back(late)
            case "bounce" | "reverse":
                self.bounce(day, verb)
            case "request_refund":
                self.request_refund(minor or 50)
            case "approve" | "reject" | "pay" | "fail" if self.refunds:
                self.decide_refund(day, verb)
            case "collect_recovery":
                self.collect_recovery(maybe, late)
            case _:
                pass

    def step_of_the_bank(self, verb: str, maybe: int | None, day: int) -> None:
        if verb == "claim":
            self.claim(maybe, day)
        elif verb in CLAIMS:
            self.decide_claim(verb, day)
        else:
            self.set_aside(verb, maybe if maybe or not self.dice.below(5) else 1 + self.dice.below(20), day)

    def step_of_papers(self, verb: str, minor: int | None, maybe: int | None, day: int, late: int) -> None:
        match verb:
            case "issue":
                self.issue(minor or 30, day)
            case "request_invoice":
                self.request_invoice(minor or 30, day)
            case _ if verb.endswith("_request") or verb == "issue_requested":
                if self.requests:
                    self.move_request(late, verb)
            case "request_note" if self.sales:
                self.request_note(maybe, day)
            case _ if verb.endswith("_note"):
                if self.notes:
                    self.move_note(late, verb)
            case "dispose":
                self.dispose(late)
            case "offset_credit" if self.credits:
                self.offset_credit(maybe, self.dice.one_of([day, late]))
            case "refund_credit" if self.credits:
                self.refund_credit(maybe, late)
            case "reverse_offset" if self.offsets:
                self.reverse_offset(late)
            case _:
                pass
