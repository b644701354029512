"""Receivables, receipts and refunds in random order, against an oracle of plain integers by day that decides what must pass."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ltc import billing
from ltc.billing import EntryKind, Receipt, Receivable, RefundRequest
from ltc.errors import Refused
from ltc.events import Change, Life
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, refund_approval

LAST = 5
"""Everything happens on the days 0 to 5 of the story."""
DAYS = st.integers(0, LAST)
CENTS = st.integers(1, 40)
AMOUNTS = st.integers(30, 300)
PICK = st.integers(0, 99)
MOST = 3
VERBS = [
    *["apply", "unapply", "waive", "request_refund", "approve", "pay"] * 2,
    *["raise", "receive", "write_off", "recover", "round_off", "reject", "fail"],
]
LIVES: dict[type, Life[Any, Any]] = {
    Receivable: billing.RECEIVABLE,
    Receipt: billing.RECEIPT,
    RefundRequest: billing.REFUND_REQUEST,
}


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


@attrs.define
class Debt:
    """What the oracle knows of a receivable."""

    party: str
    raised: int
    due: int
    by_day: list[int]
    lost: list[int] = attrs.field(factory=lambda: [0] * (LAST + 1))
    sums: Counter[str] = attrs.field(factory=Counter)


@attrs.define
class Cash:
    """What the oracle knows of a receipt."""

    party: str
    received: int
    by_day: list[int]
    reserved: int = 0
    refunded: int = 0
    applications: int = 0


@attrs.define
class Application:
    """One application, until it is taken back."""

    receipt: str
    receivable: str
    minor: int
    day: int
    stands: bool = True


def lowest(by_day: list[int], day: int) -> int:
    return min(by_day[day:])


def move(by_day: list[int], day: int, minor: int) -> None:
    for later in range(day, LAST + 1):
        by_day[later] += minor


class Billing(RuleBasedStateMachine):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    waive: ClassVar[Callable[..., Any]] = staticmethod(billing.waive)
    unapply: ClassVar[Callable[..., Any]] = staticmethod(billing.unapply)
    apply: ClassVar[Callable[..., Any]] = staticmethod(billing.apply)
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Any] = {}
        self.entries: list[billing.JournalEntry] = []
        self.history: dict[str, list[Any]] = {}
        self.debts: dict[str, Debt] = {}
        self.cash: dict[str, Cash] = {}
        self.applications: dict[str, Application] = {}
        self.refunds: dict[str, tuple[str, int, str]] = {}

    @initialize()
    def begin(self) -> None:
        for _ in range(2):
            self.raise_receivable(100, 0, 3, "A1")
            self.receive(80, 0, "A1")
        self.let_off(1, 30, 1, "write_off")

    @rule(
        verb=st.sampled_from(VERBS),
        pick=PICK,
        picks=st.lists(PICK, min_size=1, max_size=3),
        day=DAYS,
        minor=st.none() | CENTS | AMOUNTS,
        by=st.sampled_from(["oldest", "due", "designated"]),
        party=st.sampled_from(["A1", "A1", "A1", "A2"]),
    )
    def step(self, verb: str, pick: int, picks: list[int], day: int, minor: int | None, by: str, party: str) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up
        match verb:
            case "raise" if len(self.debts) < MOST:
                self.raise_receivable(minor or 100, min(day, 2), max(2, pick % LAST), party)
            case "receive" if len(self.cash) < MOST:
                self.receive(minor or 100, min(day, 2), party)
            case "apply":
                self.apply_receipt(pick, picks, day, minor, by)
            case "unapply" if self.applications:
                self.take_back(pick, day)
            case "waive" | "write_off":
                self.let_off(pick // 2, minor if pick % 2 else None, day, verb)
            case "recover":
                self.recover(pick, minor if pick % 3 else None, day)
            case "round_off":
                self.round_off(pick, minor or 1, day)
            case "request_refund":
                self.request_refund(pick, minor or 50)
            case "approve" | "reject" | "pay" | "fail" if self.refunds:
                self.decide_refund(pick, day, verb)
            case _:
                pass

    def attempt(self, verb: str, must_pass: object, call: Callable[[], Any], *subjects: Any) -> bool:
        before = [attrs.asdict(subject, recurse=False) for subject in subjects]
        passes = bool(must_pass)
        try:
            done = call()
        except Refused:
            assert not passes, f"{verb} was refused"
        else:
            assert passes, f"{verb} passed"
            for change in done if isinstance(done, tuple) else (done,):
                self.commit(change)
        assert [attrs.asdict(subject, recurse=False) for subject in subjects] == before
        self.counts[verb, passes] += 1
        return passes

    def commit(self, change: Change[Any, Any]) -> None:
        name = change.after.id
        assert self.things.get(name) == change.before
        self.things[name] = change.after
        self.history.setdefault(name, []).extend(change.events)
        self.entries += billing.journal([change])

    def one(self, names: dict[str, Any], pick: int) -> str:
        return list(names)[pick % len(names)]

    def raise_receivable(self, minor: int, day: int, due: int, party: str) -> None:
        name = f"AR{len(self.debts)}"
        self.commit(
            billing.raise_receivable(
                ReceivableId(name),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(party),
                amount=fen(minor),
                on=on(day),
                due_on=on(due),
                now=NOON,
            )
        )
        self.debts[name] = Debt(party, day, due, [0] * day + [minor] * (LAST + 1 - day))

    def receive(self, minor: int, day: int, party: str) -> None:
        name = f"R{len(self.cash)}"
        self.commit(
            billing.receive(
                ReceiptId(name), entity=EntityId("E1"), party=AccountId(party), amount=fen(minor), on=on(day), now=NOON
            )
        )
        self.cash[name] = Cash(party, day, [0] * day + [minor] * (LAST + 1 - day))

    def apply_receipt(self, pick: int, picks: list[int], day: int, minor: int | None, by: str) -> None:
        receipt = self.one(self.cash, pick)
        names = list(dict.fromkeys(self.one(self.debts, each) for each in picks))
        strategy = {
            "oldest": billing.oldest_first,
            "due": billing.earliest_due,
            "designated": billing.designated(*(ReceivableId(name) for name in names)),
        }[by]
        expected = self.expected(receipt, names, day, minor, by)
        things = [self.things[name] for name in (receipt, *names)]
        passed = self.attempt(
            "apply",
            expected,
            lambda: type(self).apply(
                things[0],
                things[1:],
                strategy=strategy,
                amount=None if minor is None else fen(minor),
                on=on(day),
                now=NOON,
            ),
            *things,
        )
        if passed:
            self.book(receipt, expected, day)

    def expected(self, receipt: str, names: list[str], day: int, minor: int | None, by: str) -> list[tuple[str, int]]:
        """Return what must be applied to what; nothing: it must be refused."""
        cash, debts = self.cash[receipt], {name: self.debts[name] for name in names}
        if day < cash.received or any(debt.party != cash.party or day < debt.raised for debt in debts.values()):
            return []
        open_ = {name: lowest(debt.by_day, day) for name, debt in debts.items()}
        free = max(0, lowest(cash.by_day, day) - cash.reserved)
        if by == "designated" and not all(open_.values()):
            return []
        if minor is not None and minor > min(free, sum(open_.values())):
            return []
        left = free if minor is None else minor
        order: dict[str, Callable[[str], tuple[int | str, ...]]] = {
            "oldest": lambda name: (debts[name].raised, debts[name].due, name),
            "due": lambda name: (debts[name].due, debts[name].raised, name),
            "designated": lambda name: (names.index(name),),
        }
        parts = []
        for name in sorted(names, key=order[by]):
            given = min(left, open_[name])
            left -= given
            if given:
                parts.append((name, given))
        return parts

    def book(self, receipt: str, parts: Sequence[tuple[str, int]], day: int) -> None:
        cash = self.cash[receipt]
        for name, minor in parts:
            cash.applications += 1
            self.applications[f"{receipt}/{cash.applications}"] = Application(receipt, name, minor, day)
            move(cash.by_day, day, -minor)
            move(self.debts[name].by_day, day, -minor)

    def take_back(self, pick: int, day: int) -> None:
        standing = {name: made for name, made in self.applications.items() if made.stands}
        name = self.one(standing if standing and pick % 4 else self.applications, pick)
        made = self.applications[name]
        receipt, receivable = self.things[made.receipt], self.things[made.receivable]
        passed = self.attempt(
            "unapply",
            made.stands and day >= made.day,
            lambda: type(self).unapply(receipt, receivable, application=name, reason="", on=on(day), now=NOON),
            receipt,
            receivable,
        )
        if passed:
            made.stands = False
            move(self.cash[made.receipt].by_day, day, made.minor)
            move(self.debts[made.receivable].by_day, day, made.minor)

    def let_off(self, pick: int, asked: int | None, day: int, verb: str) -> None:
        name = self.one(self.debts, pick)
        debt, thing = self.debts[name], self.things[name]
        minor = asked or debt.by_day[LAST] or 1
        act = type(self).waive if verb == "waive" else billing.write_off
        passed = self.attempt(
            verb,
            day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: act(thing, amount=fen(minor), change=ChangeId("W1"), reason="", on=on(day), now=NOON),
            thing,
        )
        if passed:
            debt.sums[verb] += minor
            move(debt.by_day, day, -minor)
            move(debt.lost, day, minor if verb == "write_off" else 0)

    def recover(self, pick: int, asked: int | None, day: int) -> None:
        given = [name for name, debt in self.debts.items() if debt.lost[LAST]]
        name = given[pick % len(given)] if given and pick % 4 else self.one(self.debts, pick)
        debt, thing = self.debts[name], self.things[name]
        most = lowest(debt.lost, day)
        minor = most if asked is None else asked
        passed = self.attempt(
            "recover",
            0 < minor <= most,
            lambda: billing.recover(
                thing, amount=None if asked is None else fen(asked), reason="", on=on(day), now=NOON
            ),
            thing,
        )
        if passed:
            move(debt.by_day, day, minor)
            move(debt.lost, day, -minor)

    def round_off(self, pick: int, limit: int, day: int) -> None:
        small = [name for name, debt in self.debts.items() if 0 < debt.by_day[LAST] <= limit]
        name = small[pick % len(small)] if small and pick % 4 else self.one(self.debts, pick)
        debt, thing = self.debts[name], self.things[name]
        minor = debt.by_day[LAST]
        passed = self.attempt(
            "round_off",
            0 < minor <= limit and day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: billing.round_off(thing, limit=fen(limit), on=on(day), now=NOON),
            thing,
        )
        if passed:
            debt.sums["round_off"] += minor
            move(debt.by_day, day, -minor)

    def request_refund(self, pick: int, minor: int) -> None:
        receipt, name = self.one(self.cash, pick), f"RF{len(self.refunds)}"
        cash, thing = self.cash[receipt], self.things[receipt]
        passed = self.attempt(
            "request_refund",
            minor <= cash.by_day[LAST] - cash.reserved,
            lambda: billing.request_refund(RefundId(name), receipt=thing, amount=fen(minor), reason="", now=NOON),
            thing,
        )
        if passed:
            cash.reserved += minor
            self.refunds[name] = (receipt, minor, "requested")

    def decide_refund(self, pick: int, day: int, verb: str) -> None:
        wanted = "requested" if verb in {"approve", "reject"} else "approved"
        waiting = {name: refund for name, refund in self.refunds.items() if refund[2] == wanted}
        name = self.one(waiting if waiting and pick % 4 else self.refunds, pick)
        receipt, minor, status = self.refunds[name]
        cash, refund, thing = self.cash[receipt], self.things[name], self.things[receipt]
        calls: dict[str, Callable[[], Any]] = {
            "approve": lambda: billing.approve_refund(refund, approval=refund_approval(refund), now=NOON),
            "reject": lambda: billing.reject_refund(refund, thing, reason="", now=NOON),
            "pay": lambda: billing.pay_refund(refund, thing, on=on(day), now=NOON),
            "fail": lambda: billing.fail_refund(refund, thing, reason="", now=NOON),
        }
        there = day >= cash.received and minor <= lowest(cash.by_day, day)
        if not self.attempt(verb, status == wanted and (verb != "pay" or there), calls[verb], refund, thing):
            return
        self.refunds[name] = (receipt, minor, {"approve": "approved"}.get(verb, "done"))
        if verb != "approve":
            cash.reserved -= minor
        if verb == "pay":
            cash.refunded += minor
            move(cash.by_day, day, -minor)

    @invariant()
    def receivables_add_up(self) -> None:
        for name, debt in self.debts.items():
            thing: Receivable = self.things[name]
            assert thing.open.minor == debt.by_day[LAST] >= 0
            assert thing.amount - thing.applied - thing.waived - thing.written_off - thing.rounded_off == thing.open
            assert thing.waived.minor == debt.sums["waive"]
            assert thing.written_off.minor == debt.lost[LAST] == debt.sums["write_off"] - thing.recovered.minor
            assert thing.rounded_off.minor == debt.sums["round_off"]
            assert [thing.open_as_of(on(day)).minor for day in range(LAST + 1)] == debt.by_day
            assert min(debt.by_day) >= 0
            assert thing.days_overdue(on(LAST)) == (LAST - debt.due if debt.by_day[LAST] else 0)

    @invariant()
    def receipts_add_up(self) -> None:
        for name, cash in self.cash.items():
            thing: Receipt = self.things[name]
            assert thing.unapplied.minor == cash.by_day[LAST] - cash.reserved >= 0
            assert thing.applied + thing.unapplied + thing.refunded + thing.reserved == thing.amount
            assert (thing.reserved.minor, thing.refunded.minor) == (cash.reserved, cash.refunded)
            assert [thing.unapplied_as_of(on(day)).minor for day in range(LAST + 1)] == cash.by_day
            assert min(cash.by_day) >= 0

    @invariant()
    def both_sides_tell_the_same(self) -> None:
        oracle = Counter[tuple[str, str]]()
        for made in self.applications.values():
            oracle[made.receipt, made.receivable] += made.minor if made.stands else 0
        rows, columns = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        moved = {EntryKind.APPLIED, EntryKind.UNAPPLIED}
        for name in self.cash:
            for entry in self.things[name].entries:
                rows[name, str(entry.other)] += entry.taken if entry.kind in moved else 0
        for name in self.debts:
            for entry in self.things[name].entries:
                columns[str(entry.other), name] += entry.taken if entry.kind in moved else 0
        assert +rows == +columns == +oracle
        assert not [pair for pair in rows if rows[pair] < 0]

    @invariant()
    def buckets_sum_to_what_is_open(self) -> None:
        items = billing.open_items([self.things[name] for name in self.debts], on(LAST))
        table = billing.aging(items, as_of=on(LAST), edges=(1, 3)).in_currency("CNY")
        assert table.open.minor == sum(debt.by_day[LAST] for debt in self.debts.values())

    @invariant()
    def the_ledger_tells_the_same(self) -> None:
        self.check_ledger(LAST)

    def check_ledger(self, day: int) -> None:
        roles = billing.AccountRole
        for party in ("A1", "A2"):
            owed = sum(debt.by_day[day] for debt in self.debts.values() if debt.party == party)
            free = sum(cash.by_day[day] for cash in self.cash.values() if cash.party == party)
            control = {
                role: billing.balance_of(self.entries, role, "CNY", party=AccountId(party), as_of=on(day)).minor
                for role in (roles.RECEIVABLE, roles.UNAPPLIED)
            }
            assert control == {roles.RECEIVABLE: owed, roles.UNAPPLIED: -free}
        assert not billing.balance_of(self.entries, roles.CONVERSION, "CNY", as_of=on(day))

    def teardown(self) -> None:
        for day in range(LAST + 1):
            self.check_ledger(day)
        for name, events in self.history.items():
            life = LIVES[type(self.things[name])]
            assert life.replay(events) == self.things[name]


LONG = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_billing_agrees_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Billing.counts.clear()
    run_state_machine_as_test(Billing, settings=LONG)
    verbs = {verb for verb, _ in Billing.counts}
    assert verbs == {
        "apply",
        "unapply",
        "waive",
        "write_off",
        "recover",
        "round_off",
        "request_refund",
        "approve",
        "reject",
        "pay",
        "fail",
    }
    few = {(verb, passed): Billing.counts[verb, passed] for verb in verbs for passed in (True, False)}
    assert min(few.values()) >= 10, few


def waived_by_the_present_balance(receivable: Receivable, *, amount: Money, on: dt.date, **facts: Any) -> object:
    """Waive by what is open now, though the waiver is dated back: the mistake of every system that stores a balance."""
    if amount > receivable.open or on < receivable.raised_on:
        raise Refused("receivable.over", "too much")
    event = billing.ReceivableWaived(
        receivable.id, amount, change=facts["change"], reason=facts["reason"], on=on, at=facts["now"]
    )
    return billing.RECEIVABLE.change(receivable, event)


def one_side_taken_back(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Free the money, but forget to open the receivable again."""
    freed, _ = billing.unapply(receipt, receivable, **facts)
    return freed


def applied_over_the_reservation(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Apply money that is set aside for a refund."""
    free = attrs.evolve(receipt, reservations=())
    change, *sides = billing.apply(free, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


@pytest.mark.parametrize(
    "wrong",
    [
        {"waive": staticmethod(waived_by_the_present_balance)},
        {"unapply": staticmethod(one_side_taken_back)},
        {"apply": staticmethod(applied_over_the_reservation)},
    ],
    ids=["waive", "unapply", "apply"],
)
def test_a_wrong_implementation_is_caught(wrong: dict[str, Any]) -> None:
    machine = type("Wrong", (Billing,), {**wrong, "counts": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=LONG)
