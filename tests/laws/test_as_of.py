"""Agings, roll-forwards and statements of any day and any knowledge, over random histories made through the verbs.

The oracle is a log of plain tuples read off the events of the commits: it knows no entries, no balances and no sums of the library.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from ltc import billing
from ltc._billing.figures import movements
from ltc._billing.figures.movements import movement_of
from ltc.adapters.memory import MemoryStore
from ltc.adapters.sql import SqlStore
from ltc.billing import Age, Entry, EntryKind, Movement, Receipt, Receivable
from ltc.errors import LtcError
from ltc.events import all_known_at, known_at
from ltc.ids import AccountId, ActorId, ChangeId, EntityId, OrderId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, refund_approval

LAST = 12
"""Everything happens on the days 0 to 12, whatever day it is recorded."""
DAYS = st.integers(0, LAST)
PICK = st.integers(0, 99)
VERBS = [
    *["apply"] * 4,
    *["unapply", "write_off", "recover"] * 2,
    *["raise", "receive", "refund", "waive", "round_off", "bounce", "reverse"],
]
Step = tuple[str, int, int, int, int, int]
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(st.sampled_from(VERBS), PICK, PICK, DAYS, st.integers(1, 400), st.integers(0, 3)),
    min_size=8,
    max_size=24,
)
AGES = (STEPS, st.integers(0, 40), DAYS, st.sampled_from(Age))
PERIODS = (STEPS, st.integers(0, 40), DAYS, DAYS)


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def at(tick: int) -> dt.datetime:
    return NOON + dt.timedelta(hours=tick)


class Fact(NamedTuple):
    """What the oracle keeps of one event that moved a balance."""

    tick: int
    day: int
    party: str
    currency: str
    document: str
    movement: str
    change: int
    """What it does to what the customer owes us."""


class Begun(NamedTuple):
    """What the oracle keeps of a document."""

    party: str
    currency: str
    raised: int
    due: int | None
    """None: a receipt."""
    retention: bool


SIGNS = {
    "ReceivableRaised": ("raised", 1),
    "ReceiptReceived": ("received", -1),
    "ReceivableSettled": ("applied", -1),
    "SettlementReversed": ("unapplied", 1),
    "ReceivableWaived": ("waived", -1),
    "ReceivableWrittenOff": ("written_off", -1),
    "ReceivableRecovered": ("recovered", 1),
    "ReceivableRoundedOff": ("rounded", -1),
    "ReceivableRoundOffReversed": ("unrounded", 1),
    "ReceiptApplied": ("applied", 1),
    "ApplicationReversed": ("unapplied", -1),
    "ReceiptRefunded": ("refunded", 1),
    "ReceiptBounced": ("bounced", 1),
    "ReceiptReversed": ("reversed", 1),
    "ReceiptRoundedOff": ("rounded", 1),
    "ReceiptRoundOffReversed": ("unrounded", -1),
}
COUNTS: Counter[str] = Counter()
pytestmark = pytest.mark.xdist_group("as_of")  # what is counted is counted in one process


@attrs.define
class Books:
    """A small firm that does random things, keeps them in stores, and an oracle beside it."""

    stores: Sequence[Any]
    tick: int = 0
    facts: list[Fact] = attrs.field(factory=list)
    begun: dict[str, Begun] = attrs.field(factory=dict)
    things: dict[str, Any] = attrs.field(factory=dict)

    def run(self, steps: Iterable[Step]) -> None:
        begin = [(verb, 0, 0, 2 * day, 150 + 50 * day, 1) for day in range(3) for verb in ("raise", "receive")]
        for verb, pick, other, day, minor, pause in (*begin, *steps):
            self.tick += pause
            with suppress(LtcError):
                self.commit(getattr(self, f"do_{verb}")(pick, other, day, minor))
                COUNTS[verb] += 1

    def commit(self, changes: Sequence[Any]) -> None:
        for store in self.stores:
            store.commit(*changes, by=ActorId("li"), at=at(self.tick))
        for change in changes:
            self.things[change.after.id] = change.after
            for event in change.events:
                self.note(type(event).__name__, event)

    def note(self, name: str, event: Any) -> None:
        if name == "ReceivableRaised":
            due = (event.due_on - TODAY).days
            raised = (event.on - TODAY).days
            self.begun[event.receivable] = Begun(event.party, event.amount.currency, raised, due, event.retention)
        elif name == "ReceiptReceived":
            self.begun[event.receipt] = Begun(
                event.party, event.amount.currency, (event.on - TODAY).days, due=None, retention=False
            )
        if name not in SIGNS:
            return  # what sets money aside, or decides about it, moves no balance
        movement, sign = SIGNS[name]
        document = event.receivable if name.startswith(("Receivable", "Settlement")) else event.receipt
        begun = self.begun[document]
        day = (event.on - TODAY).days
        change = sign * event.amount.minor
        self.facts.append(Fact(self.tick, day, begun.party, begun.currency, document, movement, change))

    def one(self, kind: type, pick: int, fits: Callable[[Any], object] = bool) -> Any:
        found = [thing for thing in self.things.values() if isinstance(thing, kind) and fits(thing)]
        if not found:
            raise LtcError("nothing", "nothing of that kind")
        return found[pick % len(found)]

    def do_raise(self, pick: int, other: int, day: int, minor: int) -> Sequence[Any]:
        change = billing.raise_receivable(
            ReceivableId(f"AR{len(self.begun)}"),
            order=OrderId("SO-1"),
            entity=EntityId("E1"),
            party=AccountId(["A1", "A1", "A2"][pick % 3]),
            amount=Money(minor, ["CNY", "CNY", "JPY"][other % 3]),
            on=on(day // 2),
            due_on=on(day // 2 + pick % 9),
            retention=pick % 4 == 0,
            now=at(self.tick),
        )
        return [change]

    def do_receive(self, pick: int, other: int, day: int, minor: int) -> Sequence[Any]:
        change = billing.receive(
            ReceiptId(f"R{len(self.begun)}"),
            entity=EntityId("E1"),
            party=AccountId(["A1", "A1", "A2"][pick % 3]),
            amount=Money(minor, ["CNY", "CNY", "JPY"][other % 3]),
            on=on(day // 2),
            now=at(self.tick),
        )
        return [change]

    def do_apply(self, pick: int, other: int, day: int, minor: int) -> Sequence[Any]:
        receipt = self.one(Receipt, pick)
        owed = [
            thing
            for thing in self.things.values()
            if isinstance(thing, Receivable)
            and thing.party == receipt.party
            and thing.amount.currency == receipt.amount.currency
            and thing.open
        ]
        some = owed[other % 2 :]
        when = max(on(day), receipt.received_on, *(thing.raised_on for thing in some)) if some else on(day)
        amount = Money(1 + minor // 4, receipt.amount.currency) if other % 3 == 0 else None
        return billing.apply(receipt, some, amount=amount, on=when, now=at(self.tick))

    def do_unapply(self, pick: int, other: int, day: int, _: int) -> Sequence[Any]:
        receipt = self.one(Receipt, pick, lambda receipt: receipt.settlements)
        made = receipt.settlements[other % len(receipt.settlements)]
        when = max(on(day), made.on)
        receivable = self.things[made.other]
        return billing.unapply(
            receipt, receivable, application=made.application, reason="agreed", on=when, now=at(self.tick)
        )

    def do_refund(self, pick: int, other: int, day: int, minor: int) -> Sequence[Any]:
        receipt = self.one(Receipt, pick)
        name = RefundId(f"RF{self.tick}-{len(self.facts)}")
        amount = Money(1 + minor // 4, receipt.amount.currency)
        asked, held = billing.request_refund(name, receipt=receipt, amount=amount, reason="agreed", now=at(self.tick))
        if other % 4 == 0:
            return [asked, held]
        approved = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=at(self.tick))
        paid, gone = billing.pay_refund(approved.after, held.after, on=on(day), now=at(self.tick))
        return [asked, approved, paid, held, gone]

    def let_off(self, verb: Callable[..., Any], pick: int, day: int, minor: int) -> Sequence[Any]:
        receivable = self.one(Receivable, pick)
        amount = Money(minor, receivable.amount.currency)
        change = ChangeId(f"W{len(self.facts)}")
        return [verb(receivable, amount=amount, change=change, reason="agreed", on=on(day), now=at(self.tick))]

    def do_waive(self, pick: int, _: int, day: int, minor: int) -> Sequence[Any]:
        return self.let_off(billing.waive, pick, day, 1 + minor // 10)

    def do_write_off(self, pick: int, _: int, day: int, minor: int) -> Sequence[Any]:
        return self.let_off(billing.write_off, pick, day, 1 + minor // 10)

    def do_recover(self, pick: int, _: int, day: int, __: int) -> Sequence[Any]:
        lost = self.one(Receivable, pick, lambda receivable: receivable.written_off)
        return [billing.recover(lost, reason="agreed", on=max(on(day), lost.entries[-1].on), now=at(self.tick))]

    def do_round_off(self, pick: int, other: int, day: int, minor: int) -> Sequence[Any]:
        receivable = self.one(Receivable, pick, lambda receivable: receivable.open)
        limit = receivable.open if other % 2 else Money(minor, receivable.amount.currency)
        return [billing.round_off(receivable, limit=limit, on=on(day), now=at(self.tick))]

    def all_of(self, receipt: Receipt) -> list[Any]:
        return [self.things[made.other] for made in receipt.settlements]

    def do_bounce(self, pick: int, _: int, day: int, __: int) -> Sequence[Any]:
        receipt = self.one(Receipt, pick)
        return billing.bounce(receipt, self.all_of(receipt), reason="agreed", on=on(day), now=at(self.tick))

    def do_reverse(self, pick: int, _: int, day: int, __: int) -> Sequence[Any]:
        receipt = self.one(Receipt, pick)
        return billing.reverse(receipt, self.all_of(receipt), reason="agreed", on=on(day), now=at(self.tick))

    def known(self, tick: int) -> list[Fact]:
        return [fact for fact in self.facts if fact.tick <= tick]

    def left(self, tick: int, day: int) -> dict[str, int]:
        """Return what is left of each document at the end of a day, as known: of receipts below zero."""
        sums: dict[str, int] = defaultdict(int)
        for fact in self.known(tick):
            if fact.day <= day:
                sums[fact.document] += fact.change
        return sums


@contextmanager
def in_sql() -> Iterator[SqlStore]:
    engine = create_engine("sqlite://")
    store = SqlStore(engine)
    store.create_tables()
    try:
        yield store
    finally:
        engine.dispose()


def documents_at(store: Any, tick: int) -> list[Receivable | Receipt]:
    return [
        *all_known_at(billing.RECEIVABLE, store.records(), at(tick)),
        *all_known_at(billing.RECEIPT, store.records(), at(tick)),
    ]


def receivables(documents: Iterable[Receivable | Receipt]) -> list[Receivable]:
    return [each for each in documents if isinstance(each, Receivable)]


def receipts(documents: Iterable[Receivable | Receipt]) -> list[Receipt]:
    return [each for each in documents if isinstance(each, Receipt)]


def row_of(begun: Begun, day: int, edges: Sequence[int], age: Age) -> str:
    """Return the label of the row, the slow way: day by day."""
    assert begun.due is not None
    if begun.due >= day and begun.retention:
        return "retention not due"
    since = begun.due if age is Age.OVERDUE else begun.raised
    if age is Age.OVERDUE and begun.due >= day:
        return "not due"
    days = sum(1 for each in range(since, day) if each < day)
    low = 1 if age is Age.OVERDUE else 0
    for edge in edges:
        if days <= edge:
            return f"{low}-{edge}"
        low = edge + 1
    return f"over {edges[-1]}"


@given(*AGES)
def test_the_aging_of_any_day_and_any_knowledge(steps: list[Step], tick: int, day: int, age: Age) -> None:
    books = Books([MemoryStore()])
    books.run(steps)
    documents = documents_at(books.stores[0], tick)
    items = [
        *billing.open_items(receivables(documents), on(day)),
        *billing.credits_of(receipts(documents), on(day)),
    ]
    aged = billing.aging(items, as_of=on(day), edges=(2, 5), age=age, by=lambda item: item.party)
    rows: Counter[tuple[str, str, str]] = Counter()
    ids: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for document, left in books.left(tick, day).items():
        begun = books.begun[document]
        if left and begun.raised <= day:
            label = "credit" if begun.due is None else row_of(begun, day, (2, 5), age)
            assert (left < 0) == (begun.due is None)
            rows[begun.currency, begun.party, label] += abs(left)
            ids[begun.currency, begun.party, label].append(document)
    found = {
        (table.currency, party or "", bucket.label): bucket
        for party, group in aged.groups
        for table in group.currencies
        for bucket in (*table.buckets, table.credit)
        if bucket.count
    }
    assert {key: bucket.amount.minor for key, bucket in found.items()} == rows
    assert {key: sorted(bucket.ids) for key, bucket in found.items()} == {key: sorted(own) for key, own in ids.items()}
    for table in aged.currencies:
        assert sum(bucket.amount.minor for bucket in table.buckets) == table.open.minor
        assert table.open.minor == sum(
            minor for (currency, _, label), minor in rows.items() if currency == table.currency and label != "credit"
        )


@given(*PERIODS)
def test_the_roll_forward_of_any_period_and_any_knowledge(steps: list[Step], tick: int, one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    books = Books([MemoryStore()])
    books.run(steps)
    documents = documents_at(books.stores[0], tick)
    for some in (receivables(documents), receipts(documents), documents):
        names = {document.id for document in some}
        opening: Counter[tuple[str, str]] = Counter()
        moved: Counter[tuple[str, str, str]] = Counter()
        for fact in books.known(tick):
            if fact.document in names and fact.day <= last:
                if fact.day < first:
                    opening[fact.currency, fact.party] += fact.change
                else:
                    moved[fact.currency, fact.party, fact.movement] += fact.change
        rows = billing.roll_forward(some, first=on(first), last=on(last), by=lambda each: each.party)
        found = {(row.currency, str(row.name)): row for row in rows}
        assert {key: row.opening.minor for key, row in found.items() if row.opening} == {
            key: minor for key, minor in opening.items() if minor
        }
        assert {(*key, kind.value): amount.minor for key, row in found.items() for kind, amount in row.moved} == moved
        for (currency, party), row in found.items():
            own = [each for each in some if (each.amount.currency, each.party) == (currency, party)]
            owed = sum(each.open_as_of(on(last)).minor for each in receivables(own))
            left = sum(each.unapplied_as_of(on(last)).minor for each in receipts(own))
            assert row.closing.minor == owed - left
        for row in billing.roll_forward(some, first=on(first), last=on(last)):
            assert row.closing.minor == sum(each.closing.minor for each in rows if each.currency == row.currency)


@given(*PERIODS)
def test_the_statement_of_any_period_and_any_knowledge(steps: list[Step], tick: int, one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    books = Books([MemoryStore()])
    books.run(steps)
    documents = documents_at(books.stores[0], tick)
    known = books.known(tick)
    found = {
        (each.party, each.currency): each
        for each in billing.statements(reversed(documents), first=on(first), last=on(last))
    }
    assert set(found) == {(fact.party, fact.currency) for fact in known if fact.day <= last}
    for (party, currency), statement in found.items():
        own = [fact for fact in known if (fact.party, fact.currency) == (party, currency)]
        assert statement.opening.minor == sum(fact.change for fact in own if fact.day < first)
        for day in range(first, last + 1):
            lines = [line for line in statement.lines if line.on <= on(day)]
            balance = lines[-1].balance if lines else statement.opening
            assert balance.minor == sum(fact.change for fact in own if fact.day <= day)
        assert [line.on for line in statement.lines] == sorted(line.on for line in statement.lines)
        balance = statement.opening
        for line in statement.lines:
            assert line.amount.minor > 0
            assert line.balance == balance + line.change
            balance = line.balance
        assert statement.closing == balance == statement.open - statement.credit
        # Every movement is there: an application once for both its sides, all else once for each fact.
        told = Counter((line.movement.value, line.document) for line in statement.lines)
        wanted = Counter(
            (fact.movement, fact.document)
            for fact in own
            if first <= fact.day <= last
            and not (fact.movement in {"applied", "unapplied"} and books.begun[fact.document].due is None)
        )
        assert told == wanted


@settings(max_examples=15)
@given(STEPS)
def test_both_stores_know_the_same_at_every_instant(steps: list[Step]) -> None:
    with in_sql() as sql:
        books = Books([MemoryStore(), sql])
        books.run(steps)
        memory = books.stores[0]
        for tick in range(-1, books.tick + 2, 2):
            assert documents_at(sql, tick) == documents_at(memory, tick)
            for each in documents_at(memory, tick):
                kind = "receivable" if isinstance(each, Receivable) else "receipt"
                life: Any = billing.RECEIVABLE if kind == "receivable" else billing.RECEIPT
                assert known_at(life, sql.history((kind, each.id)), at(tick)) == each
        latest = documents_at(memory, books.tick)
        assert {each.id: each for each in latest} == {
            name: thing for name, thing in books.things.items() if isinstance(thing, Receivable | Receipt)
        }


def test_every_verb_was_accepted_often() -> None:
    if sum(COUNTS.values()):  # where the laws ran in this process
        assert min(COUNTS[verb] for verb in set(VERBS)) >= 20, COUNTS


@pytest.mark.parametrize("kind", EntryKind)
def test_every_entry_has_its_column(kind: EntryKind) -> None:
    entry = Entry(kind, Money(5, "CNY"), reference="X", other=None, on=TODAY)
    assert movement_of(entry).value == kind.value
    with pytest.raises(AssertionError):
        movement_of(attrs.evolve(entry, kind="evaporated"))  # type: ignore[arg-type]  # a kind that nobody has heard of


def forgets_what_is_taken_back(document: Receivable | Receipt) -> Iterator[movements.Moved]:
    """Leave out what was taken back: the mistake of every report that sums receipts."""
    return (each for each in movements.movements_of(document) if each.movement is not Movement.UNAPPLIED)


def takes_the_present_balance(receivable: Receivable, _: dt.date) -> Money:
    """Tell what is open now, whatever day is asked for."""
    return receivable.open


@pytest.mark.parametrize(
    "place, wrong, law, asked",
    [
        (
            "ltc._billing.figures.roll_forward.movements_of",
            forgets_what_is_taken_back,
            test_the_roll_forward_of_any_period_and_any_knowledge,
            PERIODS,
        ),
        (
            "ltc._billing.figures.statement.movements_of",
            forgets_what_is_taken_back,
            test_the_statement_of_any_period_and_any_knowledge,
            PERIODS,
        ),
        (
            "ltc._billing.receivables.receivable.Receivable.open_as_of",
            takes_the_present_balance,
            test_the_aging_of_any_day_and_any_knowledge,
            AGES,
        ),
    ],
    ids=["roll-forward", "statement", "aging"],
)
def test_a_wrong_implementation_is_caught(
    place: str, wrong: Callable[..., Any], law: Any, asked: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, wrong)
    unshrunk = settings(phases=[Phase.generate], derandomize=True)
    tried: Any = unshrunk(given(*asked)(law.hypothesis.inner_test))  # type: ignore[no-untyped-call]
    with pytest.raises(AssertionError):
        tried()
