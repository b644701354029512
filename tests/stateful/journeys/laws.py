"""What must hold: balances of every day after every step, both sides of what settled, the books and the replay in the end."""

import itertools
from collections import Counter
from typing import Any

import attrs
from hypothesis.stateful import invariant
from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import COLUMNS, LAST, on

from ltc import billing
from ltc.billing import (
    AccountRole,
    BankLine,
    Bill,
    CollectionPlan,
    Deposit,
    Disposition,
    EntryKind,
    Invoice,
    InvoiceRequest,
    Receipt,
    Receivable,
    RedLetterNote,
    RefundRequest,
)
from ltc.events import Life
from ltc.ids import AccountId
from ltc.money import Money

LIVES: dict[type, Life[Any, Any]] = {
    Receivable: billing.RECEIVABLE,
    Receipt: billing.RECEIPT,
    RefundRequest: billing.REFUND_REQUEST,
    Invoice: billing.INVOICE,
    InvoiceRequest: billing.INVOICE_REQUEST,
    RedLetterNote: billing.NOTE,
    Disposition: billing.DISPOSITION,
    CollectionPlan: billing.PLAN,
    BankLine: billing.BANK_LINE,
    Bill: billing.BILL,
    Deposit: billing.DEPOSIT,
}


class Laws(Journey):
    """The laws, of what was touched by a step and of everything in the end."""

    @invariant()
    def what_was_touched_adds_up(self) -> None:
        for name in self.touched:
            match self.things[name]:
                case Receivable():
                    self.check_debt(name)
                case Receipt():
                    self.check_cash(name)
                case Invoice():
                    self.check_sale(name)
                case Disposition():
                    self.check_credit(name)
                case CollectionPlan():
                    self.check_plan(name)
                case InvoiceRequest():
                    assert self.things[name].status.value == self.requests[name].status
                case RedLetterNote():
                    self.check_note(name)
                case BankLine():
                    told = attrs.astuple(self.things[name].balances, recurse=False)
                    assert tuple(part.minor for part in told) == self.lines[name].balances()
                    assert min(self.lines[name].balances()) >= 0
                case Bill():
                    self.check_paper(name)
                case Deposit():
                    self.check_deposit(name)
                case _:
                    pass
        self.touched.clear()

    def check_debt(self, name: str) -> None:
        thing, debt = self.things[name], self.debts[name]
        assert [thing.open_as_of(on(day)).minor for day in COLUMNS] == debt.by_day
        assert min(debt.by_day) >= 0
        lowered = thing.applied + thing.waived + thing.written_off + thing.rounded_off
        assert thing.amount - lowered == thing.open
        assert thing.waived.minor == debt.sums["waive"]
        assert thing.written_off.minor == debt.sums["write_off"] - debt.sums["recover"]
        assert thing.rounded_off.minor == debt.sums["round_off"]
        assert thing.settled_by(billing.SettlementKind.TRANSFER).minor == debt.sums["moved"]
        assert thing.settled_by(billing.SettlementKind.PAYABLE).minor == debt.sums["set_off"]
        assert thing.settled_by(billing.SettlementKind.RED_LETTER).minor == debt.sums["red"]
        assert thing.days_overdue(on(LAST)) == (max(0, LAST - debt.due) if debt.by_day[LAST] else 0)
        for day in (2, LAST):
            found = (thing.disputed_as_of(on(day)).minor, thing.promised_as_of(on(day)).minor)
            assert found == (debt.contested(day), debt.promised(day))
        assert thing.charged_interest_as_of(on(LAST)).minor == sum(minor for _, minor in debt.charges)
        assert thing.invoiced.minor == debt.amount - debt.billable[LAST]

    def check_cash(self, name: str) -> None:
        thing, cash = self.things[name], self.cash[name]
        assert [thing.unapplied_as_of(on(day)).minor for day in COLUMNS] == cash.by_day
        assert min(cash.by_day) >= 0
        assert thing.unapplied.minor == cash.by_day[LAST] - cash.reserved >= 0
        gone = thing.refunded + thing.bounced + thing.reversed
        assert thing.amount == thing.applied + thing.unapplied + thing.reserved + thing.rounded_off + gone
        found = (thing.reserved, thing.refunded, thing.rounded_off, thing.bounced, thing.reversed)
        sums = [cash.sums[kind] for kind in ("refunded", "kept", "bounce", "reverse")]
        assert [part.minor for part in found] == [cash.reserved, *sums]
        assert thing.collected_as_of(on(LAST)) == thing.amount - gone

    def check_sale(self, name: str) -> None:
        thing, sale = self.things[name], self.sales[name]
        assert thing.net + thing.tax == thing.gross == Money(sale.amount, thing.currency)
        assert thing.red.minor == sale.red <= sale.amount
        issued = [note for note, kept in self.notes.items() if kept.invoice == name and kept.status == "issued"]
        assert sum(self.things[note].tax.minor for note in issued) == thing.red_tax.minor <= thing.tax.minor
        assert sale.red < sale.amount or thing.red_tax == thing.tax

    def check_note(self, name: str) -> None:
        thing, note = self.things[name], self.notes[name]
        assert (thing.status.value, thing.amount.minor) == (note.status, note.amount)
        issued = note.status == "issued"
        assert thing.gross.minor == (note.amount if issued else 0) == (thing.net + thing.tax).minor

    def check_credit(self, name: str) -> None:
        thing, credit = self.things[name], self.credits[name]
        made = [one for one in self.offsets.values() if one.credit == name and one.stands]
        refunded = sum(one.minor for one in made if one.refund)
        assert [thing.credit_as_of(on(day)).minor for day in COLUMNS] == credit.by_day
        assert min(credit.by_day) >= 0
        assert thing.amount == thing.offset + thing.refunded + thing.credit
        assert (thing.refunded.minor, thing.offset.minor) == (refunded, sum(one.minor for one in made) - refunded)

    def check_plan(self, name: str) -> None:
        thing, plan = self.things[name], self.plans[name]
        assert {part.number: part.amount.minor for part in thing.installments} == {
            number: part.minor for number, part in plan.parts.items()
        }
        assert {part.number: part.due.milestone for part in thing.waiting} == {
            number: part.waits_for for number, part in plan.waiting.items()
        }
        raised = [self.debts[done.receivable].amount for done in thing.raised if done.receivable is not None]
        waiting = sum(part.amount.minor for part in thing.waiting)
        assert sum(raised) + waiting == thing.amount.minor == plan.asked, "raised + waiting = asked"
        assert {milestone.name for milestone in thing.reached} == plan.reached

    def check_paper(self, name: str) -> None:
        thing, paper = self.things[name], self.papers[name]
        assert (thing.status.value, thing.amount.minor, thing.last_on) == (paper.status, paper.minor, on(paper.last))
        assert thing.recourse.minor == (paper.minor if paper.status == "recourse" else 0)
        assert not thing.parts or sum(self.papers[part].minor for part in thing.parts) == paper.minor

    def check_deposit(self, name: str) -> None:
        thing, held = self.things[name], self.deposits[name]
        assert [thing.held_as_of(on(day)).minor for day in COLUMNS] == held.by_day
        assert min(held.by_day) >= 0
        found = (thing.returned, thing.forfeited, thing.converted)
        assert [part.minor for part in found] == [held.sums[verb] for verb in ("return_deposit", "forfeit", "convert")]

    def check_both_sides(self) -> None:
        paid, settled = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for made in self.applications.values():
            paid[made.receipt, made.receivable] += made.paid if made.stands else 0
            settled[made.receipt, made.receivable] += made.settled if made.stands else 0
        rows, columns = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for offset in self.offsets.values():
            paid[offset.credit, offset.receivable] += offset.minor if offset.stands else 0
            settled[self.note_of(offset.credit), offset.receivable] += offset.minor if offset.stands else 0
        moved = {EntryKind.APPLIED, EntryKind.UNAPPLIED}
        for name in (*self.cash, *self.credits):
            for entry in self.things[name].entries:
                rows[name, str(entry.other)] += entry.taken if entry.kind in moved else 0
        for name in self.debts:
            for entry in self.things[name].entries:
                if entry.kind in moved and (entry.other in self.cash or entry.other in self.notes):
                    columns[str(entry.other), name] += entry.taken
        assert (+rows, +columns) == (+paid, +settled)
        assert min((0, *rows.values(), *columns.values())) == 0

    def note_of(self, credit: str) -> str:
        return credit.removesuffix("/disposition")

    def check_books(self) -> None:
        entries = billing.journal(self.changes)  # each refuses lines that do not sum to zero
        items = billing.open_items([self.things[name] for name in self.debts], on(LAST))
        aged = billing.aging(items, as_of=on(LAST), edges=(1, 3))
        for currency in ("CNY", "USD"):
            owed = sum(debt.by_day[LAST] for debt in self.debts.values() if debt.currency == currency)
            assert aged.in_currency(currency).open.minor == owed
        for party, currency, day in itertools.product(("A1", "A2"), ("CNY", "USD"), (1, 3, LAST)):
            ours = (party, currency)
            owed = sum(debt.by_day[day] for debt in self.debts.values() if (debt.party, debt.currency) == ours)
            free = sum(cash.by_day[day] for cash in self.cash.values() if (cash.party, cash.currency) == ours)
            books = [
                billing.balance_of(entries, role, currency, party=AccountId(party), as_of=on(day)).minor
                for role in (AccountRole.RECEIVABLE, AccountRole.UNAPPLIED)
            ]
            assert books == [owed, -free], "the control accounts are what is open"

        papers = Counter[str]()
        for paper in self.papers.values():
            papers[paper.status] += paper.minor
        unknown = [line.balances() for line in self.lines.values()]
        placed = sum(held.by_day[LAST] for held in self.deposits.values() if held.paid)
        kept = sum(held.by_day[LAST] for held in self.deposits.values() if not held.paid)
        others = {
            AccountRole.BILLS: papers["held"],
            AccountRole.RECOURSE: -papers["recourse"],
            AccountRole.UNIDENTIFIED: -sum(left + claimed for left, claimed, *_ in unknown),
            AccountRole.DEPOSITS_PAID: placed,
            AccountRole.DEPOSITS_HELD: -kept,
        }
        for role, minor in others.items():
            assert billing.balance_of(entries, role, "CNY").minor == minor, role

    def teardown(self) -> None:
        replayed: dict[str, Any] = {}
        for change in self.changes:
            life, name = LIVES[type(change.after)], change.after.id
            assert replayed.get(name) == change.before
            for event in change.events:
                replayed[name] = life.evolve(replayed[name], event) if name in replayed else life.begin(event)
            assert replayed[name] == change.after
        assert replayed == self.things
        self.check_both_sides()
        self.check_books()
