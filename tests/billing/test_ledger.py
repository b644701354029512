"""The ledger: balanced by event, its control accounts what is open on every day, and a real Beancount agrees."""

import datetime as dt
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from beancount import loader
from beancount.core.data import Balance, Open, Transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ltc import billing
from ltc._billing.ledger import postings as behind
from ltc._billing.ledger import recognition
from ltc.adapters.lives import Lives
from ltc.billing import (
    AccountRole,
    Chart,
    JournalEntry,
    Posting,
    account_part,
    balance_of,
    journal,
    journal_entry,
    postings,
    provision_entries,
    realized_entries,
    revaluation_entries,
    text_of_part,
    to_beancount,
    trial_balance,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import Change, Subject
from ltc.findings import Reason
from ltc.ids import (
    AccountId,
    ActorId,
    BankLineId,
    BillId,
    ChangeId,
    DepositId,
    EntityId,
    InvoiceId,
    NoteId,
    OrderId,
    PayableId,
    ReceiptId,
    ReceivableId,
    RefundId,
)
from ltc.money import Money, total
from ltc.testing.samples import bank_lines, bills, deposits
from ltc.testing.samples.billing import (
    NOON,
    TODAY,
    adoption,
    invoice,
    issuance,
    note_request,
    receivable,
    receivable_raised,
    reception,
    reddened,
    refund_approval,
    refund_asked,
    settled,
    signed,
    written_off_receivable,
)
from ltc.testing.samples.dunning import charged
from ltc.testing.samples.exchange import foreign_differences, foreign_revaluation, foreign_settlement, rates
from ltc.testing.samples.invoices import disposing, offset, requested_issuance, requesting
from ltc.text import known_codes

LAST = 4
PARTIES = ("A1", "华东")
COMPONENTS = list(billing.Component)
FACTS: dict[str, Any] = {"now": NOON}
R = AccountRole


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


@attrs.define
class World:
    """Everything that billing does, in random order; what is refused does nothing."""

    things: dict[str, Any] = attrs.field(factory=dict)
    units: list[tuple[Change[Any, Any], ...]] = attrs.field(factory=list)
    done: Counter[str] = attrs.field(factory=Counter)

    def commit(self, *changes: Change[Any, Any]) -> None:
        for change in changes:
            self.things[change.after.id] = change.after
        self.units.append(changes)

    def of(self, kind: type) -> list[Any]:
        return [thing for thing in self.things.values() if type(thing) is kind]

    def pick(self, kind: type, number: int) -> Any:
        return one_of(self.of(kind), number)

    def do(self, verb: str, one: int, other: int, minor: int, day: int) -> None:
        facts = {"on": on(day), **FACTS}
        name = f"{verb}-{len(self.units)}"
        try:
            changes = VERBS[verb](self, name, one, other, fen(minor), facts)
        except (Refused, ZeroDivisionError, InvalidValue):
            return
        self.commit(*changes)
        self.done[verb] += 1


def one_of(things: list[Any], number: int) -> Any:
    return things[number % len(things)]


def party(one: int) -> dict[str, Any]:
    return {"entity": EntityId("E1"), "party": AccountId(PARTIES[one % 2])}


def raise_one(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    component = COMPONENTS[other % 3]
    more = {"order": OrderId("SO"), "component": component, "due_on": facts["on"]}
    return (billing.raise_receivable(ReceivableId(name), amount=amount, **party(one), **more, **facts),)


def receive(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    return (billing.receive(ReceiptId(name), amount=amount, **party(one), **facts),)


def apply(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    money = one_of([thing for thing in world.of(billing.Receipt) if thing.unapplied], one)
    owed = [
        thing
        for thing in world.of(billing.Receivable)
        if thing.party == money.party and thing.raised_on <= facts["on"] and thing.open
    ]
    small = billing.Tolerance(fen(60), overpaid=billing.Overpaid.INCOME)
    most = None if other % 3 else min(amount, money.unapplied)
    return billing.apply(money, owed[other % 2 :], amount=most, tolerance=small if other % 3 == 2 else None, **facts)


def transfer(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    things = world.of(billing.Receivable)
    moved = [
        thing for thing in things if thing.origin and thing.origin.kind == "receivable" and thing.open == thing.amount
    ]
    if other % 3 == 0 and moved:
        found = one_of(moved, one)
        return billing.reverse_transfer(world.things[found.origin.id], found, reason="", **facts)
    thing = one_of([each for each in things if each.open], one)
    part = min(amount, thing.open)
    if other % 3 == 1:
        return (billing.set_off(thing, payable=PayableId("AP"), amount=part, reason="", **facts),)
    [to] = {AccountId(name) for name in PARTIES} - {thing.party}
    return billing.transfer(thing, to=to, amount=part, reason="", **facts)


def credit(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    opened = world.of(billing.Disposition)
    if other % 3 == 0:
        return (billing.dispose(one_of(world.of(billing.RedLetterNote), one), **facts),)
    if other % 3 == 1:
        offset = [(thing, made) for thing in opened for made in thing.settlements]
        found, made = one_of(offset, one)
        owed = world.things[made.other]
        return billing.reverse_offset(found, owed, application=made.application, reason="", **facts)
    found = one_of([thing for thing in opened if thing.credit], one)
    owed_ = [thing for thing in world.of(billing.Receivable) if thing.party == found.party and thing.open]
    return billing.offset_credit(found, owed_, amount=min(amount, found.credit), **facts)


def unapply(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    receipt = one_of([thing for thing in world.of(billing.Receipt) if thing.applied], one)
    application = f"{receipt.id}/{other % receipt.applications + 1}"
    owed = {entry.reference: entry.other for entry in receipt.entries}[application]
    return billing.unapply(receipt, world.things[owed], application=application, reason="", **facts)


def bounce(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    act = billing.bounce if other % 2 else billing.reverse
    return act(world.pick(billing.Receipt, one), world.of(billing.Receivable), reason="", **facts)


def relieve(world: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    act = billing.waive if other % 2 else billing.write_off
    thing = world.pick(billing.Receivable, one)
    return (act(thing, amount=min(amount, thing.open), change=ChangeId(name), reason="", **facts),)


def recover(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    lost = [thing for thing in world.of(billing.Receivable) if thing.written_off]
    return (billing.recover(one_of(lost, one), reason="", **facts),)


def round_off(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    return (billing.round_off(world.pick(billing.Receivable, one), limit=amount, **facts),)


def refund(world: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    money = one_of([thing for thing in world.of(billing.Receipt) if thing.unapplied.minor >= amount.minor], one)
    asked, kept = billing.request_refund(RefundId(name), receipt=money, amount=amount, reason="", now=NOON)
    allowed = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON)
    return asked, kept, allowed, *billing.pay_refund(allowed.after, kept.after, **facts)


def issue(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    tax = [Decimal("0.13"), Decimal("0.06"), Decimal(0)][other % 3]
    lines = [billing.InvoiceLine(name, gross=amount, tax_rate=tax), billing.InvoiceLine(name, amount, Decimal("0.13"))]
    return billing.issue(InvoiceId(name), order=OrderId("SO"), lines=lines, **party(one), **facts)


def redden(world: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    invoice = world.pick(billing.Invoice, one)
    why = billing.NoteReason.ALLOWANCE
    asked = billing.request_note(NoteId(name), invoice=invoice, amount=min(amount, invoice.billed), reason=why, **facts)
    confirmed = billing.confirm_note(asked.after, **facts)
    return asked, confirmed, *billing.issue_note(confirmed.after, invoice, **facts)


def line(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    return (billing.record_line(BankLineId(name), entity=EntityId("E1"), bank_account="1", amount=amount, **facts),)


def claim(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    found = world.pick(billing.BankLine, one)
    claimant = AccountId(PARTIES[other % 2])
    made = billing.claim_line(found, by=ActorId("li"), party=claimant, amount=min(amount, found.unclaimed), **facts)
    return made, *billing.confirm_claim(made.after, claim=len(made.after.claims), by=ActorId("qian"), **facts)


def take_back(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    made = [
        (found, each)
        for found in world.of(billing.BankLine)
        for each in found.claims
        if each.status is billing.LineClaimStatus.CONFIRMED
    ]
    found, each = one_of(made, one)
    owed = world.of(billing.Receivable)
    why = {"claim": each.number, "by": ActorId("qian"), "reason": ""}
    return billing.take_back_claim(found, world.things[each.receipt], owed, **why, **facts)


def bill(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    return billing.receive_bill(
        BillId(name),
        receipt=ReceiptId(f"{name}/receipt"),
        kind=billing.BillKind.BANK,
        number=name,
        drawer="华东",
        acceptor="工商银行",
        amount=amount,
        issued_on=TODAY,
        matures_on=facts["on"] + dt.timedelta(days=1 + other % 2),
        splittable=True,
        **party(one),
        **facts,
    )


def move_bill(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    held = [thing for thing in world.of(billing.Bill) if thing.status is not billing.BillStatus.SPLIT]
    found = one_of(held, one)
    match other % 6:
        case 0:
            return (billing.discount_bill(found, bank="招商银行", rate="0.03", recourse=bool(one % 3), **facts),)
        case 1:
            return (billing.endorse_bill(found, to="宝钢股份", **facts),)
        case 2:
            return (billing.cash_bill(found, **facts),)
        case 3:
            return (billing.take_up_bill(found, **facts),)
        case 4:
            return billing.split_bill(found, amounts=found.amount.split(2), **facts)
        case _:
            owed = world.of(billing.Receivable)
            return billing.dishonor_bill(found, world.things[found.receipt], owed, reason="", **facts)


def deposit(_: World, name: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    ways = list(billing.DepositDirection)
    due, kind = billing.after("accepted", days=5), billing.DepositKind.PERFORMANCE
    more: dict[str, Any] = {"direction": ways[other % 2], "kind": kind, "purpose": "tender", "due": due}
    return (billing.place_deposit(DepositId(name), amount=amount, **more, **party(one), **facts),)


def move_deposit(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:
    found = one_of([thing for thing in world.of(billing.Deposit) if thing.held], one)
    part = min(amount, found.held)
    match other % 4:
        case 0:
            return (billing.return_deposit(found, amount=part, **facts),)
        case 1:
            return (billing.forfeit_deposit(found, amount=part, reason="", **facts),)
        case 2:
            late: dict[str, Any] = {"guarantee": "LG", "guarantor": "建设银行", "expires_on": on(99)}
            return (billing.replace_deposit(found, amount=part, **late, **facts),)
        case _:
            allowed = billing.DepositPolicy((billing.DepositKind.PERFORMANCE,))
            return billing.convert_deposit(found, amount=part, policy=allowed, **facts)


def disown(world: World, _: str, one: int, other: int, amount: Money, facts: Any) -> Any:  # noqa: ARG001
    found = world.pick(billing.BankLine, one)
    match other % 3:
        case 0:
            return (billing.return_line(found, reason="", **facts),)
        case 1:
            return (billing.disown_line(found, reason="", **facts),)
        case _:
            return (billing.readmit_line(found, reason="", **facts),)


VERBS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(raise_one, receive, apply, transfer, credit, unapply, bounce, relieve, recover, round_off, refund),
        *(issue, redden, line, claim, take_back, disown, bill, move_bill, deposit, move_deposit),
    )
}
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*VERBS, "raise_one", "receive", "apply", "apply"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(1, 5000),
        st.integers(0, LAST),
    ),
    max_size=30,
)


EVERYTHING = [
    (verb, number * 7 + place * 3, number * 5 + place, 40 + number * 13 % 97, number % (LAST + 1))
    for number in range(30)
    for place, verb in enumerate(VERBS)
    if verb != "bounce" or number % 4 == 0
]


def world_of(acts: list[tuple[str, int, int, int, int]]) -> Iterator[World]:
    world = World()
    for number in range(4):
        world.do("raise_one", number, 0, 3000, 0)
        world.do("receive", number, 0, 2500, 0)
    world.do("line", 0, 0, 900, 0)
    world.do("issue", 0, 0, 2000, 0)
    yield world
    for act in acts:
        world.do(*act)
        yield world


# --- laws ----------------------------------------------------------------------------------------------------------


def check_control(world: World, entries: tuple[JournalEntry, ...], day: int | None) -> None:
    """Hold the control accounts to what the documents say was open at the end of a day."""
    as_of = on(LAST if day is None else day)

    def balance(role: AccountRole, who: str | None = None) -> int:
        return balance_of(entries, role, "CNY", party=None if who is None else AccountId(who), as_of=as_of).minor

    for who in PARTIES:
        owed = [thing.open_as_of(as_of) for thing in world.of(billing.Receivable) if thing.party == who]
        free = [thing.unapplied_as_of(as_of) for thing in world.of(billing.Receipt) if thing.party == who]
        assert balance(R.RECEIVABLE, who) == total(owed, "CNY").minor
        assert balance(R.UNAPPLIED, who) == -total(free, "CNY").minor
    issued = [thing for thing in world.of(billing.Invoice) if thing.issued_on <= as_of]
    red = [one for thing in issued for letter in thing.red_letters if letter.on <= as_of for one in letter.lines]
    taxed = sum(thing.tax.minor for thing in issued) - sum(one.tax.minor for one in red)
    assert balance(R.OUTPUT_TAX) == -taxed
    raised = [
        thing
        for thing in world.of(billing.Receivable)
        if thing.raised_on <= as_of and thing.component is billing.Component.PRINCIPAL and thing.origin is None
    ]
    settled_ = [
        entry.taken
        for thing in world.of(billing.Receivable)
        for entry in thing.entries
        if entry.settlement is billing.SettlementKind.RED_LETTER and entry.on <= as_of
    ]
    billed = sum(thing.gross.minor for thing in issued) - sum(one.gross.minor for one in red)
    assert balance(R.CONTRACT) == billed + sum(settled_) - total((thing.amount for thing in raised), "CNY").minor
    assert balance(R.SALES) == -sum(thing.net.minor for thing in issued) + sum(one.net.minor for one in red)
    lines = [thing for thing in world.of(billing.BankLine) if thing.on <= as_of]
    held = [thing.balances_as_of(as_of) for thing in lines]
    assert balance(R.OTHER_MONEY) == -sum(each.disowned.minor for each in held)
    # what is confirmed later came in on the day of the line, too: the receipt says so
    later = [claim for thing in lines for claim in thing.claims if claim.confirmed_on and claim.confirmed_on > as_of]
    unidentified = sum(each.unclaimed.minor + each.claimed.minor for each in held)
    assert balance(R.UNIDENTIFIED) == sum(claim.amount.minor for claim in later) - unidentified
    assert balance(R.CONVERSION) == 0
    bills = [(thing.amount.minor, thing.status_as_of(as_of)) for thing in world.of(billing.Bill)]
    assert balance(R.BILLS) == sum(minor for minor, status in bills if status is billing.BillStatus.HELD)
    assert balance(R.RECOURSE) == -sum(minor for minor, status in bills if status is billing.BillStatus.RECOURSE)
    for role, sign, way in (
        (R.DEPOSITS_PAID, 1, billing.DepositDirection.PAID),
        (R.DEPOSITS_HELD, -1, billing.DepositDirection.RECEIVED),
    ):
        held_ = [thing.held_as_of(as_of) for thing in world.of(billing.Deposit) if thing.direction is way]
        assert balance(role) == sign * total(held_, "CNY").minor


@settings(max_examples=40)
@given(ACTS)
def test_control_accounts_are_what_is_open_at_every_prefix_and_on_every_day(acts: Any) -> None:
    entries: tuple[JournalEntry, ...] = ()
    seen = 0
    for world in world_of(acts):
        for unit in world.units[seen:]:
            entries += journal(unit)
        seen = len(world.units)
        check_control(world, entries, None)
    for day in range(LAST + 1):
        check_control(world, entries, day)
        assert not sum(each.amount.minor for each in trial_balance(entries, as_of=on(day)))
    assert Counter(lines_of(journal(each for unit in world.units for each in unit))) == Counter(lines_of(entries))


def lines_of(entries: tuple[JournalEntry, ...]) -> Iterator[tuple[dt.date, Posting]]:
    return ((entry.on, each) for entry in entries for each in entry.lines)


@settings(max_examples=30)
@given(ACTS)
def test_every_event_balances_by_itself(acts: Any) -> None:
    *_, world = world_of(acts)
    for change in (each for unit in world.units for each in unit):
        life = behind.LIVES[type(change.after)]
        thing: Any = change.before
        for event in change.events:
            thing = life.begin(event) if thing is None else life.evolve(thing, event)
            found = postings(event, of=thing)
            assert not sum(each.amount.minor for each in found)
            assert all(each.amount for each in found)
            entry = journal_entry(event, of=thing)
            assert (entry is None) == (not found)
            assert entry is None or (entry.narration.say("en") != entry.narration.say("zh_CN"))


def test_journeys_do_something() -> None:
    *_, world = world_of(EVERYTHING)
    few = {verb: world.done[verb] for verb in VERBS if world.done[verb] < 2}
    assert not few


@pytest.mark.parametrize(
    "forgotten", ["of_receipt", "of_receivable", "of_invoice", "of_bank_line", "of_bill", "of_deposit"]
)
def test_a_wrong_recognition_is_caught(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right: Callable[..., Any] = getattr(recognition, forgotten)
    wrong = {
        billing.ApplicationReversed,
        billing.SettlementReversed,
        billing.InvoiceReddened,
        billing.LineDisowned,
        billing.BillEndorsed,
        billing.DepositReturned,
    }
    monkeypatch.setattr(
        recognition, forgotten, lambda event, *more: () if type(event) in wrong else right(event, *more)
    )
    *_, world = world_of(EVERYTHING)
    with pytest.raises(AssertionError):
        check_control(world, tuple(entry for unit in world.units for entry in journal(unit)), None)


# --- worked figures ------------------------------------------------------------------------------------------------


def shown(entries: tuple[JournalEntry, ...]) -> list[dict[str, str]]:
    return [{each.account: str(each.amount.amount) for each in entry.lines} for entry in entries]


AR, CREDIT, CONTRACT = "Assets:Receivable:A1", "Liabilities:Unapplied:A1", "Liabilities:Contract"


def test_the_story_in_accounts() -> None:
    story: list[Any] = [*signed(), *issuance(), reception(), *settled(), note_request(), *reddened(), *refund_asked()]
    found = journal([adoption(), *story])
    assert shown(found) == [
        {AR: "30000.00", CONTRACT: "-30000.00"},
        {CONTRACT: "100000.00", "Income:Sales": "-88495.58", "Liabilities:Tax:Output": "-11504.42"},
        {"Assets:Bank": "50000.00", CREDIT: "-50000.00"},
        {CREDIT: "30000.00", AR: "-30000.00"},
        {CONTRACT: "-10000.00", "Income:Sales": "8849.56", "Liabilities:Tax:Output": "1150.44"},
    ]
    assert [entry.documents[0] for entry in found] == [
        Subject("receivable", "P1/1"),
        Subject("invoice", "I1"),
        Subject("receipt", "R1"),
        Subject("receipt", "R1"),
        Subject("invoice", "I1"),
    ]
    assert Subject("application", "R1/1") in found[3].documents
    assert Subject("note", "N1") in found[4].documents
    assert {str(each.account): str(each.amount) for each in trial_balance(found)}[CONTRACT] == "60000.00 CNY"


def relief(act: Callable[..., Change[Any, Any]], **facts: Any) -> Change[Any, Any]:
    return act(receivable(), amount=Money.of("300.00", "CNY"), change=ChangeId("C"), reason="", on=TODAY, **facts)


@pytest.mark.parametrize(
    "change, chart, debit, credit",
    [
        (relief(billing.waive, now=NOON), Chart(), CONTRACT, AR),
        (relief(billing.waive, now=NOON), Chart(waived="Expenses:Waived"), "Expenses:Waived", AR),
        (relief(billing.write_off, now=NOON), Chart(), "Expenses:BadDebt", AR),
        (relief(billing.write_off, now=NOON), Chart(bad_debt="Assets:Allowance"), "Assets:Allowance", AR),
        (
            billing.recover(written_off_receivable(), reason="", on=TODAY, now=NOON),
            Chart(),
            AR,
            "Expenses:BadDebt",
        ),
        (reception(), Chart(bank="Assets:{entity}:Bank"), "Assets:E1:Bank", CREDIT),
    ],
)
def test_what_is_debited_and_credited(change: Change[Any, Any], chart: Chart, debit: str, credit: str) -> None:
    [entry] = journal([change], chart=chart)
    assert [each.account for each in entry.lines if each.amount.minor > 0] == [debit]
    assert [each.account for each in entry.lines if each.amount.minor < 0] == [credit]


@pytest.mark.parametrize(
    "component, income",
    list(zip(billing.Component, ["Income:CollectionCosts", "Income:Interest", "Liabilities:Contract"], strict=True)),
)
def test_interest_and_costs_are_income_at_once(component: billing.Component, income: str) -> None:
    raised: Any = receivable_raised()
    event = attrs.evolve(raised, component=component)
    assert [each.account for each in postings(event, of=receivable())] == [AR, income]


@pytest.mark.parametrize("kind", billing.SettlementKind)
def test_whatever_settles_is_taken_back_to_where_it_came_from(kind: billing.SettlementKind) -> None:
    amount = fen(5)
    made = billing.ReceivableSettled(receivable().id, kind, "X", "X/1", amount, on=TODAY, at=NOON)
    back = billing.SettlementReversed(receivable().id, kind, "X", "X/1", amount, reason="", on=TODAY, at=NOON)
    one, other = (postings(event, of=receivable()) for event in (made, back))
    assert {(each.account, each.amount) for each in one} == {(each.account, -each.amount) for each in other}
    assert one[1].account == AR


def test_two_currencies_meet_in_the_account_of_conversions() -> None:
    paid, settled_ = foreign_settlement()
    [entry] = journal([paid, settled_])
    assert [str(each.amount) for each in entry.lines] == ["1000.00 USD", "-1000.00 USD"]
    half: Any = settled_.events[0]
    event = attrs.evolve(half, amount=fen(712_000))
    yuan = billing.RECEIVABLE.change(receivable(), event)
    [joined] = journal([billing.RECEIPT.change(paid.before, paid.events[0]), yuan])
    assert [(each.account, str(each.amount)) for each in joined.lines] == [
        (CREDIT, "1000.00 USD"),
        ("Equity:Conversions", "-1000.00 USD"),
        ("Equity:Conversions", "7120.00 CNY"),
        (AR, "-7120.00 CNY"),
    ]


def test_exchange_differences_in_the_books() -> None:
    [gain] = realized_entries(foreign_differences())
    assert (gain.on, gain.entity, gain.narration.say("zh_CN")) == (dt.date(2026, 3, 10), "E1", "R1/1 汇兑损益")
    assert [subject.kind for subject in gain.documents] == ["receipt", "receivable", "application"]
    found = revaluation_entries([foreign_revaluation()], on=dt.date(2026, 3, 31), back_on=dt.date(2026, 4, 1))
    assert [entry.narration.say("en") for entry in found] == ["revaluation of V1", "revaluation of V1 taken back"]
    assert not any(each.amount for each in trial_balance(found))
    flat = billing.revalue([receivable()], "USD", rates=rates(), on=TODAY)
    assert revaluation_entries(flat, on=TODAY, back_on=on(1)) == ()
    text = to_beancount([gain, *found])
    assert not loader.load_string(text)[1]


def dishonored(given: billing.Bill) -> list[Change[Any, Any]]:
    _, receipt, settled_ = bills.applied_bill()
    return [*billing.dishonor_bill(given, receipt, [settled_], reason="", on=bills.MATURITY, now=NOON)]


@pytest.mark.parametrize(
    "changes, lines",
    [
        (bills.receiving(), {"Assets:Bills": "30000.00", CREDIT: "-30000.00"}),
        (
            [bills.discounted()],
            {"Assets:Bank": "29775.00", "Expenses:BillInterest": "225.00", "Assets:Bills": "-30000.00"},
        ),
        (
            [bills.sold()],
            {"Assets:Bank": "29775.00", "Expenses:BillInterest": "225.00", "Assets:Bills": "-30000.00"},
        ),
        (
            [billing.endorse_bill(bills.bill(), to="宝钢股份", on=TODAY, now=NOON)],
            {"Liabilities:Suppliers": "30000.00", "Assets:Bills": "-30000.00"},
        ),
        (
            [billing.cash_bill(bills.bill(), on=bills.MATURITY, now=NOON)],
            {"Assets:Bank": "30000.00", "Assets:Bills": "-30000.00"},
        ),
        (dishonored(bills.bill()), {"Assets:Bills": "-30000.00", CREDIT: "30000.00"}),
        (dishonored(bills.discounted().after), {"Liabilities:Recourse": "-30000.00", CREDIT: "30000.00"}),
        (
            [billing.take_up_bill(bills.called_back(), on=bills.MATURITY, now=NOON)],
            {"Liabilities:Recourse": "30000.00", "Assets:Bank": "-30000.00"},
        ),
        ([deposits.placing()], {"Assets:Deposits:A1": "20000.00", "Assets:Bank": "-20000.00"}),
        ([deposits.replaced()], {"Assets:Bank": "20000.00", "Assets:Deposits:A1": "-20000.00"}),
        (deposits.converted(), {"Liabilities:Deposits:A1": "10000.00", CREDIT: "-10000.00"}),
        (
            [billing.forfeit_deposit(deposits.deposit(), reason="", on=TODAY, now=NOON)],
            {"Expenses:Forfeits": "20000.00", "Assets:Deposits:A1": "-20000.00"},
        ),
        (
            [billing.forfeit_deposit(deposits.received_deposit(), reason="", on=TODAY, now=NOON)],
            {"Liabilities:Deposits:A1": "10000.00", "Income:Forfeits": "-10000.00"},
        ),
        (
            [billing.disown_line(bank_lines.bank_line(), reason="", on=TODAY, now=NOON)],
            {"Liabilities:Unidentified": "50000.00", "Liabilities:OtherMoney": "-50000.00"},
        ),
        (
            [
                billing.readmit_line(
                    billing.disown_line(bank_lines.bank_line(), reason="", on=TODAY, now=NOON).after,
                    reason="",
                    on=TODAY,
                    now=NOON,
                )
            ],
            {"Liabilities:OtherMoney": "50000.00", "Liabilities:Unidentified": "-50000.00"},
        ),
        (bank_lines.confirmed(), {"Liabilities:Unidentified": "30000.00", CREDIT: "-30000.00"}),
    ],
)
def test_bills_deposits_and_bank_lines_in_accounts(changes: list[Change[Any, Any]], lines: dict[str, str]) -> None:
    entries = [entry for entry in journal(changes) if entry.narration.code != "ledger.receipt.application_reversed"]
    assert [{each.account: str(each.amount.amount) for each in entry.lines} for entry in entries] == [lines]


def test_what_was_paid_back_of_a_dishonored_bill_is_to_be_claimed() -> None:
    held, receipt = bills.bill(), bills.receiving()[1].after
    asked, kept = billing.request_refund(RefundId("RF"), receipt=receipt, amount=fen(1_000_000), reason="", now=NOON)
    allowed = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    _, paid = billing.pay_refund(allowed, kept.after, on=TODAY, now=NOON)
    gone = billing.dishonor_bill(held, paid.after, [], reason="", on=bills.MATURITY, now=NOON)
    [entry] = journal(gone)
    assert {each.account: str(each.amount.amount) for each in entry.lines} == {
        "Assets:DishonoredBills": "10000.00",
        "Assets:Bills": "-30000.00",
        CREDIT: "20000.00",
    }


@pytest.mark.parametrize(
    "origin, account",
    [(Subject("bill", "BA1"), "Assets:DishonoredBills"), (Subject("receipt", "R2"), "Assets:Bank")],
)
def test_what_had_been_paid_back_is_owed_again_and_the_books_with_it(origin: Subject, account: str) -> None:
    again = billing.raise_receivable(
        ReceivableId("AR-7"),
        order=OrderId("SO-1"),
        entity=EntityId("E1"),
        party=AccountId("A1"),
        amount=fen(1_000_000),
        on=bills.MATURITY,
        due_on=bills.MATURITY,
        origin=origin,
        now=NOON,
    )
    [entry] = journal([again])
    assert {line.account: str(line.amount.amount) for line in entry.lines} == {
        "Assets:Receivable:A1": "10000.00",
        account: "-10000.00",
    }
    assert origin in entry.documents


AR_ID = receivable().id
DATED: dict[str, Any] = {"on": TODAY, "at": NOON}


@pytest.mark.parametrize(
    "event",
    [
        billing.DisputeOpened(AR_ID, amount=None, reason="", **DATED),
        billing.DisputeSettled(AR_ID, reason="", **DATED),
        billing.DunningHeld(AR_ID, until=TODAY, reason="", **DATED),
        billing.DunningReleased(AR_ID, reason="", **DATED),
        *charged()[1].events,
    ],
)
def test_what_is_said_about_a_debt_moves_no_money(event: Any) -> None:
    assert postings(event, of=receivable()) == ()
    assert journal_entry(event, of=receivable()) is None


def test_what_is_said_about_other_documents_moves_none_either() -> None:
    covered = billing.InvoiceCovered(InvoiceId("I1"), AR_ID, fen(1), **DATED)
    dated = billing.DepositDated(DepositId("D1"), "awarded", due_on=TODAY, **DATED)
    assert postings(covered, of=invoice()) == ()
    assert postings(dated, of=deposits.deposit()) == ()
    assert journal([requesting(), disposing(), *requested_issuance()[:1]]) == ()


def test_the_money_of_a_red_letter_waits_where_it_was_raised_until_it_settles() -> None:
    """The red letter turns income back, its offset turns the debt back; the disposition itself posts nothing."""
    red, kept, used = reddened()[1], disposing(), offset()
    [turned, settled_] = journal([red, kept, *used])
    assert {line.role: line.amount.minor for line in turned.lines} == {
        R.CONTRACT: -1_000_000,
        R.SALES: 884_956,
        R.OUTPUT_TAX: 115_044,
    }
    assert {line.role: line.amount.minor for line in settled_.lines} == {
        R.CONTRACT: 1_000_000,
        R.RECEIVABLE: -1_000_000,
    }
    assert Subject("note", "N1") in settled_.documents


def test_small_differences_come_back_as_they_went() -> None:
    cent = fen(1)
    pairs: list[tuple[Any, Any, Any]] = [
        (
            billing.ReceivableRoundedOff(AR_ID, cent, limit=cent, application="R1/1", **DATED),
            billing.ReceivableRoundOffReversed(AR_ID, "R1/1", cent, **DATED),
            receivable(),
        ),
        (
            billing.ReceiptRoundedOff(ReceiptId("R1"), "R1/1", amount=cent, limit=cent, **DATED),
            billing.ReceiptRoundOffReversed(ReceiptId("R1"), "R1/1", cent, **DATED),
            reception().after,
        ),
    ]
    signs = []
    for gone, back, thing in pairs:
        one, other = postings(gone, of=thing), postings(back, of=thing)
        assert [(each.account, -each.amount) for each in one] == [(each.account, each.amount) for each in other][::-1]
        signs.append({each.role: each.amount.minor for each in one}[R.ROUNDING])
    assert signs == [1, -1], "what we let go costs us, what we keep is ours"


def test_every_message_of_an_entry_is_of_an_event() -> None:
    stored = {f"ledger.{life.kind}.{name}" for life in behind.LIVES.values() for name in life.stored}
    own = {"ledger.other_thing", "ledger.unbalanced", "ledger.no_day_after"}
    own |= {
        "ledger.provision",
        "ledger.realized",
        "ledger.book_rounding",
        "ledger.unrealized",
        "ledger.unrealized_taken_back",
    }
    assert {code for code in known_codes() if code.startswith("ledger.")} - own <= stored


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Bank",
        "Assets",
        "Assets:",
        "assets:Bank",
        "Assets:bank",
        "Assets:银行",
        "Assets:Bank 1",
        "Assets:{order}",
        "X:Bank",
    ],
)
def test_names_that_beancount_would_not_take(name: str) -> None:
    with pytest.raises(InvalidValue, match="bank is "):
        Chart(bank=name)
    with pytest.raises(InvalidType):
        Chart(bank=None)  # type: ignore[arg-type]


def test_what_is_no_entry() -> None:
    one = Posting("Assets:Bank", fen(1), R.BANK, None)
    for lines in ((), (one,), (one, Posting("Assets:Bank", Money(-1, "USD"), R.BANK, None))):
        with pytest.raises(InvalidValue, match="must sum to zero") as caught:
            JournalEntry(TODAY, EntityId("E1"), Subject("receipt", "R1"), Reason.of("ledger.realized"), (), lines)
        assert caught.value.code == "ledger.unbalanced"


def test_an_event_belongs_to_its_thing() -> None:
    wrong: Any = written_off_receivable()
    with pytest.raises(InvalidType, match="ReceiptReceived is no event of a Receivable"):
        postings(reception().events[0], of=wrong)


def test_other_rooms_are_passed_over() -> None:
    from ltc.testing.samples.contracts import signed_contract  # noqa: PLC0415  # another room

    contract = signed_contract()
    change = Change("contract", attrs.evolve(contract, version=contract.version - 1), (object(),), contract)
    assert journal([change]) == ()


def test_every_life_of_billing_is_in_the_ledger() -> None:
    lives = [Lives()[kind] for kind in Lives().kinds]
    ours = {life.kind for life in lives if life.state.__module__.startswith("ltc._billing")}
    assert {life.kind for life in behind.LIVES.values()} == ours


# --- Beancount -----------------------------------------------------------------------------------------------------


def balances(text: str) -> dict[tuple[str, str], Decimal]:
    loaded, errors, _ = loader.load_string(text)
    assert not errors
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in loaded:
        if isinstance(entry, Transaction):
            for each in entry.postings:
                assert each.units is not None
                sums[each.account, each.units.currency] += each.units.number or Decimal(0)
    return sums


@settings(max_examples=25)
@given(ACTS, st.sampled_from(["en", "zh_CN"]))
def test_beancount_accepts_the_books_and_its_balances_are_ours(acts: Any, locale: str) -> None:
    *_, world = world_of(acts)
    entries = journal(each for unit in world.units for each in unit)
    text = to_beancount(entries, locale=locale)
    ours = {(each.account, each.amount.currency): each.amount.amount for each in trial_balance(entries)}
    assert balances(text) == ours
    loaded, _, _ = loader.load_string(text)
    assert sum(isinstance(entry, Balance) for entry in loaded) == len(ours)
    assert sum(isinstance(entry, Open) for entry in loaded) == len({account for account, _ in ours})
    assert sum(isinstance(entry, Transaction) for entry in loaded) == len(entries)


def test_the_real_bean_check_accepts_it(tmp_path: Path) -> None:
    *_, world = world_of(EVERYTHING)
    book = tmp_path / "book.beancount"
    text = to_beancount(journal(each for unit in world.units for each in unit), title='"书" \\', locale="zh_CN")
    book.write_text(text, encoding="utf-8")
    bean_check = Path(sys.executable).with_name(
        "bean-check"
    )  # beside the interpreter: its folder need not be on the path
    done = subprocess.run([bean_check, book], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    book.write_text(text.replace("balance Assets:Bank ", "balance Assets:Bank 1"), encoding="utf-8")
    assert subprocess.run([bean_check, book], capture_output=True, check=False).returncode == 1


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and text.isprintable()
)


@given(NAMES, NAMES)
def test_ids_of_any_script_are_names_and_links_and_come_back(one: str, other: str) -> None:
    assert (account_part(one) == account_part(other)) == (one == other)
    assert text_of_part(account_part(one)) == one
    change = billing.receive(
        ReceiptId(other), entity=EntityId(one), party=AccountId(one), amount=fen(1), on=TODAY, now=NOON
    )
    text = to_beancount(journal([change]))
    assert balances(text)["Liabilities:Unapplied:" + account_part(one), "CNY"] == Decimal("-0.01")
    loaded, _, _ = loader.load_string(text)
    [opened] = [entry for entry in loaded if isinstance(entry, Open) and "Unapplied" in entry.account]
    [transaction] = [entry for entry in loaded if isinstance(entry, Transaction)]
    assert (opened.meta["party"], transaction.payee, transaction.meta["entity"]) == (one, one, one)
    assert [text_of_part(link.partition(".")[2]) for link in transaction.links] == [other]


def test_nothing_is_an_empty_book() -> None:
    assert to_beancount([], title="x") == 'option "title" "x"\n\n'
    assert not balances(to_beancount(journal(signed()), checked=False)).keys() - {
        (AR, "CNY"),
        (CONTRACT, "CNY"),
    }
    late = attrs.evolve(journal(signed())[0], on=dt.date.max)
    with pytest.raises(InvalidValue, match="there is no day after 9999-12-31"):
        to_beancount([late])
    with pytest.raises(InvalidType, match="no id"):
        account_part("")


def test_a_red_letter_of_nothing_moves_nothing() -> None:
    event: Any = reddened()[1].events[0]
    assert postings(attrs.evolve(event, lines=()), of=reddened()[1].after) == ()


ALLOWING = Chart(bad_debt="Assets:Allowance")


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 2000), st.integers(0, 9)), min_size=1, max_size=5))
def test_the_allowance_is_what_the_age_of_the_debts_asks_for(periods: list[tuple[int, int, int]]) -> None:
    """Period by period: written off, recovered, and then provided for what is open at some rate."""
    entries: tuple[JournalEntry, ...] = ()
    thing, opening = receivable(), fen(0)
    for number, (lost, back, rate) in enumerate(periods):
        before = len(entries)
        facts: dict[str, Any] = {"reason": "", "on": on(number), "now": NOON}
        written = fen(min(lost, thing.open.minor))
        if written:
            change = billing.write_off(thing, amount=written, change=ChangeId(str(number)), **facts)
            thing, entries = change.after, entries + journal([change], chart=ALLOWING)
        recovered = fen(min(back, billing.recoverable_from(thing, on(number)).minor))
        if recovered:
            change = billing.recover(thing, amount=recovered, **facts)
            thing, entries = change.after, entries + journal([change], chart=ALLOWING)
        assert len(entries) - before == bool(written) + bool(recovered)
        bucket = billing.Bucket("all", first=0, last=None, amount=thing.open, count=1)
        needed = billing.allowance([bucket], rates=[Decimal(rate) / 10])
        expense = needed.expense(opening=opening, written_off=written, recovered=recovered)
        entries += provision_entries(expense, entity=EntityId("E1"), on=on(number), chart=ALLOWING)
        opening = needed.total
        assert balance_of(entries, R.BAD_DEBT, "CNY") == -opening
    assert not loader.load_string(to_beancount(entries))[1]


def test_a_write_off_that_is_an_expense_leaves_nothing_to_provide_from() -> None:
    with pytest.raises(InvalidValue, match="bad_debt is Expenses:BadDebt, so that a write-off is an expense at once"):
        provision_entries(fen(1), entity=EntityId("E1"), on=TODAY, chart=Chart())
    assert provision_entries(fen(0), entity=EntityId("E1"), on=TODAY, chart=ALLOWING) == ()
    back, forth = provision_entries(fen(-5), entity=EntityId("E1"), on=TODAY, chart=ALLOWING)[0].lines
    assert (back.amount, forth.amount) == (fen(-5), fen(5))
