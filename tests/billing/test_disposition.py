"""The money of red letters: disposed = the gross of the note, against an oracle of integers; the oldest credit first."""

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
from ltc.billing import (
    DISPOSITION,
    Disposition,
    EntryKind,
    InvoiceLine,
    Movement,
    NoteReason,
    Part,
    Receipt,
    Receivable,
    SettlementKind,
    dispose,
    max_refundable,
    offset_credit,
    offset_credits,
    refund_credit,
    reverse_offset,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import Change
from ltc.findings import Reason
from ltc.ids import AccountId, ChangeId, DispositionId, EntityId, InvoiceId, NoteId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money, total
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    invoice,
    receipt,
    receivable,
    reddened,
    refund_approval,
    requested_note,
    settled,
    settled_receivable,
)
from ltc.testing.samples.invoices import covering_disposition, disposing, disposition, offset

DAY = dt.timedelta(days=1)
FACTS: dict[str, Any] = {"on": TODAY, "now": NOON}


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


class World:
    """Two receivables of 100 that two receipts may pay, invoices on both, red letters of which the money goes somewhere."""

    def __init__(self) -> None:
        self.things: dict[str, Any] = {}
        self.events: dict[str, list[Any]] = {}
        self.open = {"P0": 100, "P1": 100}
        self.paid = Counter[tuple[str, str]]()
        self.left = {"R0": 90, "R1": 60}
        self.amounts: dict[str, int] = {}
        self.credit: dict[str, int] = {}
        self.covers: dict[str, set[str]] = {}
        self.refunds = Counter[str]()
        self.offsets: dict[str, tuple[str, str, int]] = {}
        self.made = Counter[str]()
        self.tried = Counter[tuple[str, bool]]()
        for name in self.open:
            raised = billing.raise_receivable(
                ReceivableId(name),
                order=ORDER,
                entity=ENTITY,
                party=PARTY,
                amount=cny(100),
                due_on=TODAY,
                **FACTS,
            )
            self.commit(raised)
        for name, minor in self.left.items():
            self.commit(billing.receive(ReceiptId(name), entity=ENTITY, party=PARTY, amount=cny(minor), **FACTS))
        for place, name in enumerate(self.open):
            line = InvoiceLine("x", cny(100), Decimal("0.13"))
            self.commit(
                *billing.issue(
                    InvoiceId(f"I{place}"),
                    order=ORDER,
                    entity=ENTITY,
                    party=PARTY,
                    lines=[line],
                    receivables=[(self.things[name], cny(100))],
                    **FACTS,
                )
            )

    def commit(self, *changes: Any) -> None:
        for change in changes:
            assert isinstance(change, Change)
            assert self.things.get(change.after.id) == change.before
            self.things[change.after.id] = change.after
            self.events.setdefault(change.after.id, []).extend(change.events)

    def do(self, verb: str, passes: object, call: Callable[[], Any]) -> bool:
        before = dict(self.things)
        try:
            done = call()
        except LtcError:
            assert not passes, f"{verb} was refused"
            assert self.things == before
        else:
            assert passes, f"{verb} passed"
            self.commit(*(done if isinstance(done, tuple) else (done,)))
        self.tried[verb, bool(passes)] += 1
        return bool(passes)

    def pay(self, pick: int, minor: int) -> None:
        name, money = f"P{pick % 2}", f"R{pick // 2 % 2}"
        part = min(minor, self.open[name], self.left[money])
        if part:
            self.commit(*billing.apply(self.things[money], [self.things[name]], amount=cny(part), **FACTS))
            self.paid[name, money] += part
            self.open[name] -= part
            self.left[money] -= part

    def redden(self, pick: int, minor: int) -> None:
        place, name = pick % 2, f"P{pick % 2}"
        note_id = NoteId(f"N{len(self.amounts)}")
        blue = self.things[f"I{place}"]
        part = min(minor, blue.billed.minor)
        if not part:
            return
        asked = billing.request_note(note_id, invoice=blue, amount=cny(part), reason=NoteReason.RETURN, **FACTS)
        confirmed = billing.confirm_note(asked.after, **FACTS)
        note, *rest = billing.issue_note(confirmed.after, blue, receivables=[self.things[name]], **FACTS)
        self.commit(asked, confirmed, note, *rest, opened := dispose(note.after, **FACTS))
        self.amounts[opened.after.id] = self.credit[opened.after.id] = part
        self.covers[opened.after.id] = {name}

    def one(self, pick: int) -> str:
        return list(self.amounts)[pick % len(self.amounts)]

    def offset(self, pick: int, minor: int | None) -> None:
        kept, name = self.one(pick), f"P{pick % 2}"
        part = min(self.credit[kept], self.open[name]) if minor is None else minor
        passed = self.do(
            "offset",
            0 < part <= min(self.credit[kept], self.open[name]),
            lambda: offset_credit(
                self.things[kept], [self.things[name]], amount=None if minor is None else cny(part), **FACTS
            ),
        )
        if passed:
            self.made[kept] += 1
            self.offsets[f"{kept}/{self.made[kept]}"] = (kept, name, part)
            self.credit[kept] -= part
            self.open[name] -= part

    def reverse(self, pick: int) -> None:
        application = list(self.offsets)[pick % len(self.offsets)] if self.offsets else "none"
        kept, name, part = self.offsets.get(application, (self.one(pick), "P0", 0))
        stands = application in self.offsets
        other = f"P{pick % 2}"
        passed = self.do(
            "reverse",
            stands and other == name,
            lambda: reverse_offset(self.things[kept], self.things[other], application=application, reason="", **FACTS),
        )
        if passed:
            del self.offsets[application]
            self.credit[kept] += part
            self.open[name] += part

    def refund(self, pick: int, minor: int) -> None:
        kept, name, money = self.one(pick), f"P{pick % 2}", f"R{pick // 2 % 2}"
        most = min(self.credit[kept], self.paid[name, money]) if name in self.covers[kept] else 0
        refund = RefundId(f"RF{self.refunds.total()}-{len(self.tried)}-{self.tried.total()}")
        passed = self.do(
            "refund",
            minor <= most,
            lambda: refund_credit(
                self.things[kept],
                self.things[name],
                self.things[money],
                amount=cny(minor),
                refund=refund,
                reason="returned",
                **FACTS,
            ),
        )
        if passed:
            self.made[kept] += 1
            self.credit[kept] -= minor
            self.paid[name, money] -= minor
            self.refunds[money] += minor

    def check(self) -> None:
        for kept, minor in self.amounts.items():
            found: Disposition = self.things[kept]
            assert found.amount.minor == minor
            assert found.offset + found.refunded + found.credit == found.amount
            assert found.credit.minor == self.credit[kept] >= 0
            assert found.credit_as_of(TODAY) == found.credit
            standing = sum(part for owner, _, part in self.offsets.values() if owner == kept)
            assert found.offset.minor == standing
            assert found.offset + found.refunded == total((each.amount for each in found.settlements), "CNY")
            paid = sum(minor for (name, _), minor in self.paid.items() if name in self.covers[kept])
            debts = [self.things[name] for name in self.open]
            assert max_refundable(found, debts).minor == min(self.credit[kept], paid)
        for name, minor in self.open.items():
            debt: Receivable = self.things[name]
            assert debt.open.minor == minor >= 0
            by_note = debt.settled_by(SettlementKind.RED_LETTER).minor
            assert by_note + debt.settled_by(SettlementKind.RECEIPT).minor == debt.applied.minor == 100 - minor
        for name, minor in self.left.items():
            money: Receipt = self.things[name]
            assert money.amount == money.applied + money.unapplied + money.reserved
            assert (money.reserved.minor, money.unapplied.minor) == (self.refunds[name], minor)

    def reports(self) -> None:
        """Assert that statements, roll-forwards and aging know the credit of red letters."""
        documents = [thing for thing in self.things.values() if isinstance(thing, Receivable | Receipt | Disposition)]
        [statement] = billing.statements(documents, first=TODAY, last=TODAY)
        credit = sum(self.credit.values())
        unused = sum(self.left.values()) + self.refunds.total()
        assert statement.closing.minor == sum(self.open.values()) - credit - unused
        assert (statement.open - statement.credit) == statement.closing
        settled_ = (line for line in statement.lines if line.movement in (Movement.CREDITED, Movement.APPLIED))
        assert not any(line.change for line in settled_), "both sides stand on the statement"
        [row] = billing.roll_forward(documents, first=TODAY, last=TODAY)
        assert row.closing == statement.closing
        assert row.of(Movement.REDDENED).minor == -sum(self.amounts.values())
        kept = [thing for thing in documents if isinstance(thing, Disposition)]
        assert -sum(item.open.minor for item in billing.credits_of(kept, TODAY)) == credit

    def both_sides(self) -> None:
        """Assert that red letters settled of receivables what they gave, in all and receivable by receivable."""
        given_, got = Counter[str](), Counter[str]()
        for kept in self.amounts:
            for event in self.events[kept]:
                if isinstance(event, billing.CreditOffset | billing.CreditRefunded):
                    given_[event.receivable] += event.amount.minor
                elif isinstance(event, billing.OffsetReversed):
                    given_[event.receivable] -= event.amount.minor
            assert DISPOSITION.replay(self.events[kept]) == self.things[kept]
        for name in self.open:
            got[name] = self.things[name].settled_by(SettlementKind.RED_LETTER).minor
        assert +given_ == +got


STEPS = st.lists(
    st.tuples(st.sampled_from(["pay", "redden"]), st.integers(0, 9), st.integers(1, 60))
    | st.tuples(st.just("offset"), st.integers(0, 9), st.none() | st.integers(1, 60))
    | st.tuples(st.just("refund"), st.integers(0, 9), st.integers(1, 60))
    | st.tuples(st.just("reverse"), st.integers(0, 9)),
    max_size=16,
)


def test_disposed_is_the_gross_of_the_note_whatever_becomes_of_it() -> None:
    tried = Counter[tuple[str, bool]]()

    @settings(max_examples=250)
    @given(STEPS)
    def run(steps: list[Any]) -> None:
        world = World()
        world.pay(0, 40)
        world.redden(0, 50)
        for verb, *facts in steps:
            getattr(world, verb)(*facts)
            world.check()
        world.both_sides()
        world.reports()
        tried.update(world.tried)

    run()
    few = {(verb, passed): tried[verb, passed] for verb in ("offset", "reverse", "refund") for passed in (True, False)}
    assert min(few.values()) >= 10, few


def test_a_refund_that_forgets_the_receivable_is_caught() -> None:
    """The planted mistake: the receipt's money is paid back, but nothing takes its place on the receivable."""
    world = World()
    world.pay(0, 40)
    world.redden(0, 50)
    money, debt = world.things["R0"], world.things["P0"]
    freed, reopened = billing.unapply(money, debt, application="R0/1", reason="", **FACTS)
    asked = billing.request_refund(RefundId("RF"), receipt=freed.after, amount=cny(40), reason="", now=NOON)
    world.commit(freed, reopened, *asked)
    world.refunds["R0"] += 40
    world.paid["P0", "R0"] -= 40
    world.credit[world.one(0)] -= 40
    with pytest.raises(AssertionError):
        world.check()


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 3)), min_size=1, max_size=4),
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
)
def test_the_oldest_credit_is_used_first_on_the_oldest_receivable(
    credit: list[tuple[int, int]], debts: list[int]
) -> None:
    kept = [
        attrs.evolve(disposition(), id=DispositionId(f"D{place}"), amount=cny(minor), opened_on=TODAY + days * DAY)
        for place, (minor, days) in enumerate(credit)
    ]
    owed = [
        attrs.evolve(receivable(), id=ReceivableId(f"P{place}"), amount=cny(minor), raised_on=TODAY + place * DAY)
        for place, minor in enumerate(debts)
    ]
    changes = offset_credits(kept[::-1], owed[::-1], on=TODAY + 9 * DAY, now=NOON)
    last: dict[str, Any] = {change.after.id: change.after for change in changes}
    most = min(sum(minor for minor, _ in credit), sum(debts))
    left = most
    for _, place in sorted((days, place) for place, (_, days) in enumerate(credit)):
        used = min(left, credit[place][0])
        assert last.get(f"D{place}", kept[place]).offset.minor == used
        left -= used
    left = most
    for place, minor in enumerate(debts):
        used = min(left, minor)
        assert last.get(f"P{place}", owed[place]).applied.minor == used
        left -= used


def test_credit_of_a_later_day_is_left_alone() -> None:
    later = attrs.evolve(disposition(), id=DispositionId("D2"), opened_on=TODAY + DAY)
    changes = offset_credits([later, disposition()], [receivable()], **FACTS)
    assert [change.after.id for change in changes] == ["N1/disposition", "P1/1"]
    with pytest.raises(Refused, match="there is no credit on 2026-03-02; dispose of a red letter first"):
        offset_credits([later], [receivable()], **FACTS)


def test_a_credit_dated_back_overdraws_no_later_day() -> None:
    used, _ = offset_credit(disposition(), [receivable()], on=TODAY + 4 * DAY, now=NOON)  # type: ignore[misc]  # one receivable
    with pytest.raises(Refused, match="has no credit from 2026-03-03 on; take an offset back first"):
        offset_credit(used.after, [receivable()], on=TODAY + DAY, now=NOON)
    assert used.after.credit_as_of(TODAY + 3 * DAY) == cny(1_000_000)


def test_an_offset_tells_both_documents() -> None:
    first, second = offset()
    used, owed = first.after, second.after
    [ours], [theirs] = used.settlements, owed.settlements
    assert (ours.application, ours.other, ours.kind) == ("N1/disposition/1", "P1/1", SettlementKind.RED_LETTER)
    assert (theirs.application, theirs.other, theirs.kind) == ("N1/disposition/1", "N1", SettlementKind.RED_LETTER)
    assert used.entries[0].kind is EntryKind.APPLIED
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        DISPOSITION.begin(offset()[0].events[0])
    with pytest.raises(InvalidValue, match="DispositionOpened can only be the first event"):
        DISPOSITION.evolve(used, disposing().events[0])


def test_a_refund_takes_the_latest_application_and_applies_the_rest_again() -> None:
    kept = covering_disposition()
    money, debt = receipt(), receivable()
    for part in (1_000_000, 600_000, 700_000):
        paid, *owed = billing.apply(money, [debt], amount=cny(part), **FACTS)
        money, debt = paid.after, owed[0].after
    changes = refund_credit(kept, debt, money, amount=cny(800_000), refund=RefundId("RF1"), reason="returned", **FACTS)
    last: dict[str, Any] = {change.kind: change.after for change in changes}
    assert last["receivable"].open == debt.open
    assert [(each.application, each.amount.minor) for each in last["receivable"].settlements] == [
        ("R1/1", 1_000_000),
        ("N2/disposition/1", 800_000),
        ("R1/4", 500_000),
    ]
    assert last["refund_request"].amount == last["receipt"].reserved == last["disposition"].refunded == cny(800_000)
    assert last["disposition"].credit == cny(200_000)


def test_a_refund_of_a_whole_application_applies_nothing_again() -> None:
    paid, *owed = billing.apply(receipt(), [receivable()], amount=cny(1_000_000), **FACTS)
    facts: dict[str, Any] = {"amount": cny(1_000_000), "refund": RefundId("RF1"), "reason": "returned", **FACTS}
    changes = refund_credit(covering_disposition(), owed[0].after, paid.after, **facts)
    assert [change.kind for change in changes] == [
        "disposition",
        "receipt",
        "receivable",
        "receivable",
        "refund_request",
        "receipt",
    ]


def test_what_another_paid_is_applied_again_under_the_same_authority() -> None:
    group = billing.PaymentAuthority("PA", AccountId("A2"), on_behalf_of=PARTY, entity=ENTITY, since=TODAY, until=TODAY)
    theirs = attrs.evolve(receipt(), party=AccountId("A2"))
    paid, *owed = billing.apply(theirs, [receivable()], authorities=[group], **FACTS)
    later: dict[str, Any] = {"refund": RefundId("RF1"), "reason": "", "on": TODAY + DAY, "now": NOON}
    changes = refund_credit(covering_disposition(), owed[0].after, paid.after, amount=cny(5), **later)
    last: dict[str, Any] = {change.kind: change.after for change in changes}
    [again] = last["receipt"].settlements
    assert (again.application, again.authority) == ("R1/2", "PA")
    assert (again.kind, again.amount) == (SettlementKind.RECEIPT, cny(3_000_000 - 5))
    assert last["receivable"].settlements[-1].authority == "PA"


@pytest.mark.parametrize("approved", [False, True])
def test_a_refund_that_came_to_nothing_is_taken_back(approved: bool) -> None:
    changes = refund(amount=cny(400_000))
    last: dict[str, Any] = {change.kind: change.after for change in changes}
    asked, money = last["refund_request"], last["receipt"]
    back: dict[str, Any] = {"application": "N2/disposition/1", "reason": "", **FACTS}
    with pytest.raises(Refused, match="made room for refund RF1; give that refund once it is rejected or failed"):
        reverse_offset(last["disposition"], last["receivable"], **back)
    with pytest.raises(Refused, match="made room for refund RF1"):
        reverse_offset(last["disposition"], last["receivable"], refund=asked, **back)
    if approved:
        granted = billing.approve_refund(asked, approval=refund_approval(asked), now=NOON).after
        ended, freed = billing.fail_refund(granted, money, reason="closed", now=NOON)
    else:
        ended, freed = billing.reject_refund(asked, money, reason="no", now=NOON)
    kept, owed = reverse_offset(last["disposition"], last["receivable"], refund=ended.after, **back)
    assert (kept.after.credit, kept.after.refunded) == (cny(1_000_000), cny(0))
    _, *settled_ = billing.apply(freed.after, [owed.after], **FACTS)
    assert not settled_[0].after.open


def waiver_note() -> billing.RedLetterNote:
    asked = billing.request_note(
        NoteId("N9"),
        invoice=invoice(),
        amount=cny(100),
        reason=NoteReason.ALLOWANCE,
        change=ChangeId("CH-1"),
        **FACTS,
    ).after
    note, *_ = billing.issue_note(billing.confirm_note(asked, **FACTS).after, invoice(), **FACTS)
    return note.after


def refund(**more: Any) -> Any:
    paid, owed = (change.after for change in settled())
    facts: dict[str, Any] = {"amount": cny(5), "refund": RefundId("RF1"), "reason": "", "on": TODAY, "now": NOON}
    kept = more.pop("kept", covering_disposition())
    return refund_credit(kept, more.pop("debt", owed), more.pop("money", paid), **(facts | more))


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    (
        "credit.paid_in_other",
        lambda: refund(money=attrs.evolve(receipt(), amount=Money(5, "USD"))),
        "receipt R1 is in USD, disposition N2/disposition in CNY; refund what a receipt of that currency paid",
    ),
    (
        "note.not_issued",
        lambda: dispose(requested_note(), **FACTS),
        "note N1 is requested; its money can be disposed of once it is issued",
    ),
    (
        "note.of_change",
        lambda: dispose(waiver_note(), **FACTS),
        "note N9 took back what change CH-1 took off; there is no money of it to dispose of",
    ),
    (
        "credit.too_early",
        lambda: dispose(reddened()[0].after, on=TODAY - DAY, now=NOON),
        "disposition N1/disposition can do that from 2026-03-02 on, not on 2026-03-01; use that day or a later one",
    ),
    (
        "credit.too_early",
        lambda: offset_credit(disposition(), [receivable()], on=TODAY - DAY, now=NOON),
        "disposition N1/disposition can do that from 2026-03-02 on, not on 2026-03-01; use that day or a later one",
    ),
    (
        "credit.over",
        lambda: offset_credit(disposition(), [receivable()], amount=cny(1_000_001), **FACTS),
        "10000.01 CNY is more than the 10000.00 CNY credit of disposition N1/disposition; ask for that or less",
    ),
    (
        "credit.over_open",
        lambda: offset_credit(disposition(), [attrs.evolve(receivable(), amount=cny(5))], amount=cny(6), **FACTS),
        "0.06 CNY is more than the 0.05 CNY open of the receivables; ask for that or less",
    ),
    (
        "credit.nothing_open",
        lambda: offset_credit(disposition(), [settled_receivable()], **FACTS),
        ("none of the receivables has anything open from 2026-03-02 on; disposition N1/disposition stays as credit"),
    ),
    (
        "credit.other_entity",
        lambda: offset_credit(disposition(), [attrs.evolve(receivable(), entity=EntityId("E2"))], **FACTS),
        "disposition N1/disposition has entity E1, receivable P1/1 has E2; both must be the same",
    ),
    (
        "credit.other_party",
        lambda: offset_credit(disposition(), [attrs.evolve(receivable(), party=AccountId("A2"))], **FACTS),
        "disposition N1/disposition has party A1, receivable P1/1 has A2; both must be the same",
    ),
    (
        "credit.other_currency",
        lambda: offset_credit(disposition(), [attrs.evolve(receivable(), amount=Money(5, "USD"))], **FACTS),
        "disposition N1/disposition has currency CNY, receivable P1/1 has USD; both must be the same",
    ),
    (
        "receivable.not_raised",
        lambda: offset_credit(disposition(), [attrs.evolve(receivable(), raised_on=TODAY + DAY)], **FACTS),
        "receivable P1/1 was raised on 2026-03-03, after 2026-03-02; use that day or a later one",
    ),
    (
        "credit.no_offset",
        lambda: reverse_offset(disposition(), receivable(), application="N1/disposition/1", reason="", **FACTS),
        (
            "disposition N1/disposition and receivable P1/1 have no offset 'N1/disposition/1' that stands; "
            "give one that was made between them and not taken back"
        ),
    ),
    (
        "credit.not_covered",
        lambda: refund(kept=disposition()),
        (
            "note N1 gave back nothing of receivable P1/1; refund what was paid on one that it gave back, or keep the credit"
        ),
    ),
    (
        "credit.over_paid",
        lambda: refund(debt=receivable()),
        "0.05 CNY is more than the 0.00 CNY that receipt R1 paid on receivable P1/1; ask for that or less",
    ),
    (
        "credit.over",
        lambda: refund(amount=cny(1_000_001)),
        "10000.01 CNY is more than the 10000.00 CNY credit of disposition N2/disposition; ask for that or less",
    ),
    (
        "credit.too_early",
        lambda: refund(on=TODAY - DAY),
        "disposition N2/disposition can do that from 2026-03-02 on, not on 2026-03-01; use that day or a later one",
    ),
]


@pytest.mark.parametrize("code, call, message", REFUSED)
def test_what_is_refused_says_what_would_pass(code: str, call: Callable[[], object], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        call()
    assert (refusal.value.code, str(refusal.value)) == (code, message)


class Greedy:
    """A strategy that gives more than there is."""

    def distribute(self, amount: Money, items: Any, /) -> list[Part]:
        return [Part(items[0].id, amount + amount, Reason.of("receipt.designated", place=1))]


BAD: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    ("greedy strategy", lambda: offset_credit(disposition(), [receivable()], strategy=Greedy(), **FACTS), InvalidValue, "the strategy gave"),
    ("twice", lambda: offset_credit(disposition(), [receivable()] * 2, **FACTS), InvalidValue, "is given twice; give each once"),
    ("nothing", lambda: offset_credit(disposition(), [receivable()], amount=cny(0), **FACTS), InvalidValue, "give more than zero"),
    ("no money", lambda: offset_credit(disposition(), [receivable()], amount=5, **FACTS), InvalidType, "pass a Money"),  # type: ignore[arg-type]
    ("in USD", lambda: offset_credit(disposition(), [receivable()], amount=Money(5, "USD"), **FACTS), CurrencyMismatch, "do not mix"),
    ("refund of nothing", lambda: refund(amount=cny(0)), InvalidValue, "give more than zero"),
]  # fmt: skip


@pytest.mark.parametrize("make, error, message", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_offsets_are_refused(make: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
