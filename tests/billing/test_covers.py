"""Invoices against receivables, many to many: random covers, red letters and waivers against a matrix of plain integers."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import Invoice, InvoiceLine, NoteReason, Receivable, TaxRounding, cover, issue
from ltc.errors import CurrencyMismatch, InvalidValue, LtcError, Refused
from ltc.events import Change
from ltc.ids import AccountId, ChangeId, EntityId, InvoiceId, NoteId, OrderId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    invoice,
    invoiced_receivable,
    issuance,
    receivable,
    second_receivable,
    settled_receivable,
)

DAY = dt.timedelta(days=1)
RATES = tuple(map(Decimal, ("0.13", "0.06", "0")))


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def owed(name: str, minor: int) -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=cny(minor),
        on=TODAY,
        due_on=TODAY,
        now=NOON,
    ).after


class Matrix:
    """What each invoice bills of each receivable, kept by hand beside the library's documents."""

    def __init__(self, sizes: list[int]) -> None:
        self.things: dict[str, Any] = {f"P{place}": owed(f"P{place}", size) for place, size in enumerate(sizes)}
        self.size = {f"P{place}": size for place, size in enumerate(sizes)}
        self.waived = Counter[str]()
        self.cells = Counter[tuple[str, str]]()
        self.order: dict[str, list[str]] = {}
        self.billed: dict[str, int] = {}
        self.history: dict[str, list[Any]] = {}
        self.tried = Counter[tuple[str, bool]]()

    def left(self, name: str) -> int:
        """What of a receivable may still be invoiced."""
        return self.size[name] - self.waived[name] - sum(self.cells[row, name] for row in self.billed)

    def uncovered(self, name: str) -> int:
        return self.billed[name] - sum(self.cells[name, column] for column in self.size)

    def do(self, verb: str, passes: bool, call: Callable[[], Any]) -> bool:
        before = {name: attrs.asdict(thing) for name, thing in self.things.items()}
        try:
            done = call()
        except LtcError:
            assert not passes, f"{verb} was refused"
            assert {name: attrs.asdict(thing) for name, thing in self.things.items()} == before
        else:
            assert passes, f"{verb} passed"
            for change in done if isinstance(done, tuple) else (done,):
                assert isinstance(change, Change)
                assert self.things.get(change.after.id) == change.before
                self.things[change.after.id] = change.after
                self.history.setdefault(change.after.id, []).extend(change.events)
        self.tried[verb, passes] += 1
        return passes

    def issue(self, lines: list[int], wanted: list[tuple[str, int]]) -> None:
        name = f"I{len(self.billed)}"
        once = len({column for column, _ in wanted}) == len(wanted)
        fits = all(minor <= self.left(column) for column, minor in wanted)
        passed = self.do(
            "issue",
            once and fits and sum(minor for _, minor in wanted) <= sum(lines),
            lambda: issue(
                InvoiceId(name),
                order=ORDER,
                entity=ENTITY,
                party=PARTY,
                lines=[InvoiceLine("x", cny(minor), RATES[place % 3]) for place, minor in enumerate(lines)],
                rounding=TaxRounding.PER_INVOICE,
                receivables=[(self.things[column], cny(minor)) for column, minor in wanted],
                on=TODAY,
                now=NOON,
            ),
        )
        if passed:
            self.billed[name] = sum(lines)
            self.order[name] = [column for column, _ in wanted]
            self.cells.update({(name, column): minor for column, minor in wanted})

    def cover(self, row: str, column: str, minor: int) -> None:
        passed = self.do(
            "cover",
            minor <= self.left(column) and minor <= self.uncovered(row),
            lambda: cover(self.things[row], self.things[column], amount=cny(minor), on=TODAY, now=NOON),
        )
        if passed:
            self.cells[row, column] += minor
            if column not in self.order[row]:
                self.order[row].append(column)

    def redden(self, row: str, minor: int, named: list[tuple[str, int]]) -> None:
        once = len({column for column, _ in named}) == len(named)
        fits = all(part <= self.cells[row, column] for column, part in named)
        passes = minor <= self.billed[row] and once and fits and sum(part for _, part in named) <= minor
        facts: dict[str, Any] = {"on": TODAY, "now": NOON}

        def call() -> Any:
            asked = billing.request_note(
                NoteId(f"N{self.tried.total()}"),
                invoice=self.things[row],
                amount=cny(minor),
                reason=NoteReason.RETURN,
                covers=[(ReceivableId(column), cny(part)) for column, part in named],
                **facts,
            )
            confirmed = billing.confirm_note(asked.after, **facts)
            debts = [thing for thing in self.things.values() if isinstance(thing, Receivable)]
            return (
                asked,
                confirmed,
                *billing.issue_note(confirmed.after, self.things[row], receivables=debts, **facts),
            )

        if self.do("redden", passes, call):
            self.book(row, minor, named)

    def book(self, row: str, minor: int, named: list[tuple[str, int]]) -> None:
        """Give back: the named parts, then what covers nothing, then the latest covers."""
        rest = minor
        free = self.uncovered(row)
        for column, part in named:
            self.cells[row, column] -= part
            rest -= part
        rest -= min(rest, free)
        for column in reversed(self.order[row]):
            part = min(rest, self.cells[row, column])
            self.cells[row, column] -= part
            rest -= part
        assert not rest
        self.billed[row] -= minor

    def waive(self, column: str, minor: int) -> None:
        debt = self.things[column]
        passed = self.do(
            "waive",
            minor <= self.size[column] - self.waived[column],
            lambda: billing.waive(debt, amount=cny(minor), change=ChangeId("W"), reason="", on=TODAY, now=NOON),
        )
        if passed:
            self.waived[column] += minor

    def check(self) -> None:
        for row, minor in self.billed.items():
            found: Invoice = self.things[row]
            assert found.billed.minor == minor == (found.gross - found.red).minor >= 0
            assert found.uncovered.minor == self.uncovered(row) >= 0
            cells = {part.receivable: part.amount.minor for part in found.covered}
            assert cells == {column: self.cells[row, column] for column in self.size if self.cells[row, column]}
            assert found.net + found.tax == found.gross
        for column, size in self.size.items():
            debt: Receivable = self.things[column]
            assert debt.invoiced.minor == sum(self.cells[row, column] for row in self.billed) <= size
            assert debt.invoiceable_from(TODAY).minor == max(0, self.left(column))
            assert {row: debt.invoiced_by(InvoiceId(row)).minor for row in self.billed} == {
                row: self.cells[row, column] for row in self.billed
            }

    def replay(self) -> None:
        lives: dict[type, Any] = {Invoice: billing.INVOICE, billing.RedLetterNote: billing.NOTE}
        for name, events in self.history.items():
            thing = self.things[name]
            if type(thing) in lives:
                assert lives[type(thing)].replay(events) == thing


SMALL = st.integers(1, 60)
COLUMNS = st.sampled_from(["P0", "P1", "P2"])
WANTED = st.lists(st.tuples(COLUMNS, SMALL), max_size=3)
STEPS = st.lists(
    st.tuples(st.just("issue"), st.lists(SMALL, min_size=1, max_size=3), WANTED)
    | st.tuples(st.just("cover"), st.integers(0, 9), COLUMNS, SMALL)
    | st.tuples(st.just("redden"), st.integers(0, 9), SMALL, WANTED)
    | st.tuples(st.just("waive"), COLUMNS, st.integers(1, 80)),
    max_size=14,
)


def test_rows_and_columns_agree_with_a_matrix_and_every_step_was_tried_both_ways() -> None:
    tried = Counter[tuple[str, bool]]()

    @settings(max_examples=200)
    @given(st.lists(st.integers(40, 120), min_size=3, max_size=3), STEPS)
    def run(sizes: list[int], steps: list[Any]) -> None:
        matrix = Matrix(sizes)
        matrix.issue([90], [("P0", 30)])
        for verb, *facts in steps:
            if verb in {"cover", "redden"}:
                facts[0] = list(matrix.billed)[facts[0] % len(matrix.billed)]
            getattr(matrix, verb)(*facts)
            matrix.check()
        matrix.replay()
        tried.update(matrix.tried)

    run()
    few = {
        (verb, passed): tried[verb, passed]
        for verb in ("issue", "cover", "redden", "waive")
        for passed in (True, False)
    }
    assert min(few.values()) >= 10, few


def test_an_invoice_may_come_before_the_receivable() -> None:
    ahead, *_ = issue(
        InvoiceId("I2"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        lines=[InvoiceLine("x", cny(6_000_000), RATES[0])],
        on=TODAY - DAY,
        now=NOON,
    )
    assert (ahead.after.covered, ahead.after.uncovered) == ((), cny(6_000_000))
    covered, billed = cover(ahead.after, second_receivable(), amount=cny(6_000_000), on=TODAY, now=NOON)
    assert covered.after.uncovered == cny(0)
    assert billed.after.invoiced == cny(6_000_000)
    assert billed.after.invoiceable_from(TODAY - DAY) == cny(0)


def test_an_invoice_may_follow_the_receipt() -> None:
    assert not settled_receivable().open
    _, billed = issue_one(settled_receivable(), 3_000_000, on=TODAY + DAY)
    assert billed.after.invoiced == cny(3_000_000)


def issue_one(debt: Receivable, minor: int, **more: Any) -> tuple[Any, Any]:
    facts: dict[str, Any] = {"order": ORDER, "entity": ENTITY, "party": PARTY, "on": TODAY, "now": NOON}
    line = InvoiceLine("x", cny(minor), RATES[0])
    issued, *billed = issue(InvoiceId("I3"), lines=[line], receivables=[(debt, cny(minor))], **(facts | more))
    return issued, billed[0]


def test_what_is_invoiced_of_a_day_in_between_is_not_overdrawn() -> None:
    """Billed on the first day and given back on the fifth: nothing may be billed of it as of the third."""
    blue, billed = issuance()
    asked = billing.request_note(
        NoteId("N3"),
        invoice=blue.after,
        amount=cny(3_000_000),
        reason=NoteReason.RETURN,
        covers=[(receivable().id, cny(3_000_000))],
        on=TODAY,
        now=NOON,
    ).after
    note = billing.confirm_note(asked, on=TODAY, now=NOON).after
    _, _, *back = billing.issue_note(note, blue.after, receivables=[billed.after], on=TODAY + 4 * DAY, now=NOON)
    debt = back[0].after
    assert [debt.invoiceable_from(TODAY + day * DAY).minor for day in (2, 4)] == [0, 3_000_000]
    with pytest.raises(Refused, match=r"1000\.00 CNY is more than the 0\.00 CNY left to invoice of receivable P1/1"):
        issue_one(debt, 100_000, on=TODAY + 2 * DAY)
    _, again = issue_one(debt, 100_000, on=TODAY + 4 * DAY)
    assert again.after.invoiced == cny(100_000)


def red_of_i1(minor: int, receivables: list[Receivable], on: dt.date = TODAY, **more: Any) -> Any:
    asked = billing.request_note(
        NoteId("N4"), invoice=invoice(), amount=cny(minor), reason=NoteReason.RETURN, on=TODAY, now=NOON, **more
    ).after
    note = billing.confirm_note(asked, on=TODAY, now=NOON).after
    return billing.issue_note(note, invoice(), receivables=receivables, on=on, now=NOON)


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    (
        "note.receivable",
        lambda: red_of_i1(8_000_000, []),
        "note N4 gives back 10000.00 CNY of receivable P1/1; give that receivable",
    ),
    (
        "note.over_cover",
        lambda: red_of_i1(8_000_000, [], covers=[(receivable().id, cny(3_000_001))]),
        ("30000.01 CNY is more than the 30000.00 CNY that invoice I1 covers of receivable P1/1; ask for that or less"),
    ),
    (
        "note.covers",
        lambda: red_of_i1(1_000, [], covers=[(receivable().id, cny(1_001))]),
        "10.01 CNY is more than the 10.00 CNY taken back of invoice I1; ask for that or less",
    ),
    (
        "note.over_cover",
        lambda: red_of_i1(1_000, [], covers=[(ReceivableId("P9"), cny(1))]),
        "0.01 CNY is more than the 0.00 CNY that invoice I1 covers of receivable P9; ask for that or less",
    ),
    (
        "note.before_cover",
        lambda: red_of_i1(
            8_000_000,
            [
                attrs.evolve(
                    invoiced_receivable(), billed=(attrs.evolve(invoiced_receivable().billed[0], on=TODAY + DAY),)
                )
            ],
        ),
        "invoice I1 bills receivable P1/1 since 2026-03-03, after 2026-03-02; use that day or a later one",
    ),
    (
        "invoice.over_receivable",
        lambda: issue_one(receivable(), 3_000_001),
        "30000.01 CNY is more than the 30000.00 CNY left to invoice of receivable P1/1; ask for that or less",
    ),
    (
        "invoice.over_receivable",
        lambda: issue_one(invoiced_receivable(), 1),
        "0.01 CNY is more than the 0.00 CNY left to invoice of receivable P1/1; ask for that or less",
    ),
    (
        "invoice.over_uncovered",
        lambda: cover(
            invoice(), attrs.evolve(receivable(), amount=cny(9_000_000)), amount=cny(7_000_001), on=TODAY, now=NOON
        ),
        ("70000.01 CNY is more than the 70000.00 CNY that invoice I1 bills of no receivable yet; ask for that or less"),
    ),
    (
        "invoice.not_issued",
        lambda: cover(invoice(), receivable(), amount=cny(1), on=TODAY - DAY, now=NOON),
        "invoice I1 was issued on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    (
        "receivable.not_raised",
        lambda: issue_one(receivable(), 1, on=TODAY - DAY),
        "receivable P1/1 was raised on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    (
        "invoice.other_entity",
        lambda: issue_one(receivable(), 1, entity=EntityId("E2")),
        "invoice I3 bills for entity E2, receivable P1/1 has E1; both must be the same",
    ),
    (
        "invoice.other_party",
        lambda: issue_one(receivable(), 1, contracting=AccountId("A2")),
        "invoice I3 bills for party A2, receivable P1/1 has A1; both must be the same",
    ),
    (
        "invoice.other_currency",
        lambda: issue_one(attrs.evolve(receivable(), amount=Money(5, "USD")), 1),
        "invoice I3 bills for currency CNY, receivable P1/1 has USD; both must be the same",
    ),
]


@pytest.mark.parametrize("code, call, message", REFUSED)
def test_what_is_refused_says_what_would_pass(code: str, call: Callable[[], object], message: str) -> None:
    before = attrs.asdict(invoice()), attrs.asdict(receivable())
    with pytest.raises(Refused) as refusal:
        call()
    assert (refusal.value.code, str(refusal.value)) == (code, message)
    assert (attrs.asdict(invoice()), attrs.asdict(receivable())) == before


def test_an_invoice_bills_receivables_of_several_orders() -> None:
    other = attrs.evolve(second_receivable(), order=OrderId("SO-2"))
    issued, *billed = issue(
        InvoiceId("I3"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        lines=[InvoiceLine("x", cny(9_000_000), RATES[0])],
        receivables=[(receivable(), cny(3_000_000)), (other, cny(6_000_000))],
        on=TODAY,
        now=NOON,
    )
    assert not issued.after.uncovered
    assert [change.after.invoiced.minor for change in billed] == [3_000_000, 6_000_000]


def test_a_bad_debt_makes_no_red_letter_and_stays_invoiced() -> None:
    lost = billing.write_off(
        invoiced_receivable(), amount=cny(3_000_000), change=ChangeId("B1"), reason="bankrupt", on=TODAY, now=NOON
    ).after
    assert (lost.open, lost.invoiced) == (cny(0), cny(3_000_000))
    assert [reason.value for reason in NoteReason if "debt" in reason.value] == []


def test_a_receivable_is_named_once() -> None:
    with pytest.raises(InvalidValue, match="I3 names a receivable twice; give each once"):
        issue(
            InvoiceId("I3"),
            order=ORDER,
            entity=ENTITY,
            party=PARTY,
            lines=[InvoiceLine("x", cny(10), RATES[0])],
            receivables=[(receivable(), cny(1)), (receivable(), cny(1))],
            on=TODAY,
            now=NOON,
        )
    with pytest.raises(CurrencyMismatch):
        cover(invoice(), receivable(), amount=Money(1, "USD"), on=TODAY, now=NOON)
