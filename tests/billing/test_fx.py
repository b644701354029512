"""Book values, realized and unrealized differences: exact against plain fractions, no cent left behind in either currency."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    BookedAmount,
    ExchangeRate,
    Rates,
    Receipt,
    Receivable,
    book_entries,
    document_value,
    invoice_values,
    realized_differences,
    reconcile,
    revalue,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.ids import AccountId, ChangeId, EntityId, InvoiceId, NoteId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money, total
from ltc.testing.samples.billing import NOON, TODAY, approved_refund, invoice, refund_asked
from ltc.testing.samples.exchange import foreign_settlement, rates

DAY = dt.timedelta(days=1)
LAST = 9
QUOTES = st.lists(st.integers(1, 2_000_000), min_size=LAST + 1, max_size=LAST + 1)
SHARED: dict[str, Any] = {"entity": EntityId("E1"), "party": AccountId("A1"), "now": NOON}


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def on(day: int) -> dt.date:
    return TODAY + day * DAY


def table(quotes: Sequence[int], source: str = "USD", target: str = "CNY") -> Rates:
    return Rates(ExchangeRate(source, target, rate=quote, per=100_000, on=on(day)) for day, quote in enumerate(quotes))


def debt(name: str, day: int, amount: Money) -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name), order=OrderId("SO"), amount=amount, on=on(day), due_on=on(day), **SHARED
    ).after


def money(name: str, day: int, amount: Money) -> Receipt:
    return billing.receive(ReceiptId(name), amount=amount, on=on(day), **SHARED).after


def nearest(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


# --- lines ---------------------------------------------------------------------------------------------------------


LINES = st.lists(
    st.tuples(st.booleans(), st.integers(1, 500), st.integers(0, 4000)).map(
        lambda line: BookedAmount(usd(line[1] if line[0] else -line[1]), cny(line[2] if line[0] else -line[2]))
    ),
    min_size=1,
    max_size=8,
)


@given(LINES)
def test_lines_settle_each_other_and_nothing_is_lost(lines: list[BookedAmount]) -> None:
    done = reconcile(lines)
    debits = sum(line.amount.minor for line in lines if line.amount.minor > 0)
    credits_ = -sum(line.amount.minor for line in lines if line.amount.minor < 0)
    assert sum(match.amount.minor for match in done.matches) == min(debits, credits_)
    assert total(done.left, "USD").minor == debits - credits_
    assert total(done.left_book, "CNY") == total((line.book for line in lines), "CNY") + done.gain
    assert done.gain == -done.loss == -total((match.loss for match in done.matches), "CNY")
    for line, left, left_book in zip(lines, done.left, done.left_book, strict=True):
        exact = Fraction(line.book.minor * left.minor, line.amount.minor)
        assert abs(left_book.minor - exact) <= Fraction(1, 2)
        assert left or not left_book, "nothing is open, and a cent stayed in the books"
        assert left.minor * line.amount.minor >= 0


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_where_all_is_settled(lines: list[BookedAmount], shuffle: Any) -> None:
    rest = sum(line.amount.minor for line in lines)
    if rest:
        lines = [*lines, BookedAmount(usd(-rest), cny(-rest * 7))]
    other = list(lines)
    shuffle.shuffle(other)
    assert reconcile(lines).gain == reconcile(other).gain == -total((line.book for line in lines), "CNY")
    assert not any(reconcile(other).left)
    assert not any(reconcile(other).left_book)


@pytest.mark.parametrize(
    "make, error, passes",
    [
        (lambda: BookedAmount(usd(0), cny(0)), InvalidValue, "not zero"),
        (lambda: BookedAmount(usd(1), cny(-1)), InvalidValue, "a value of its sign"),
        (lambda: BookedAmount(1, cny(1)), InvalidType, "amount is 1; pass a Money"),  # type: ignore[arg-type]
        (lambda: BookedAmount(usd(1), None), InvalidType, "book is None; pass a Money"),  # type: ignore[arg-type]
        (lambda: reconcile([]), InvalidValue, "at least one line"),
        (lambda: reconcile([BookedAmount(usd(1), cny(7)), BookedAmount(cny(1), cny(1))]), CurrencyMismatch, "mix"),
        (lambda: reconcile([BookedAmount(usd(1), cny(7)), BookedAmount(usd(1), usd(1))]), CurrencyMismatch, "mix"),
    ],
)
def test_what_is_no_line(make: Callable[[], object], error: type[LtcError], passes: str) -> None:
    with pytest.raises(error, match=passes):
        make()


# --- documents -----------------------------------------------------------------------------------------------------


@attrs.define
class Journey:
    """Receivables and receipts in dollars, settled in random parts; what was let off is known by plain sums."""

    receivables: dict[str, Receivable]
    receipts: dict[str, Receipt]

    def apply(self, receipt: str, receivable: str, minor: int, day: int) -> None:
        paid, *sides = billing.apply(
            self.receipts[receipt], [self.receivables[receivable]], amount=usd(minor), on=on(day), now=NOON
        )
        self.receipts[receipt] = paid.after
        self.receivables[receivable] = sides[0].after

    def take_back(self, receipt: str, application: str, day: int) -> None:
        entry = self.receipts[receipt].application(application)
        assert entry is not None
        freed, reopened = billing.unapply(
            self.receipts[receipt],
            self.receivables[str(entry.other)],
            application=application,
            reason="",
            on=on(day),
            now=NOON,
        )
        self.receipts[receipt], self.receivables[reopened.after.id] = freed.after, reopened.after

    def let_off(self, receivable: str, minor: int, day: int, *, lost: bool) -> None:
        act = billing.write_off if lost else billing.waive
        thing = self.receivables[receivable]
        change = act(thing, amount=usd(minor), change=ChangeId("C"), reason="", on=on(day), now=NOON)
        self.receivables[receivable] = change.after

    def recover(self, receivable: str, minor: int, day: int) -> None:
        thing = self.receivables[receivable]
        self.receivables[receivable] = billing.recover(thing, amount=usd(minor), reason="", on=on(day), now=NOON).after

    @property
    def documents(self) -> list[Receivable | Receipt]:
        return [*self.receivables.values(), *self.receipts.values()]

    def settle_all(self, day: int) -> None:
        for name, receipt in list(self.receipts.items()):
            for other in list(self.receivables):
                left = min(self.receipts[name].unapplied.minor, self.receivables[other].open.minor)
                if left:
                    self.apply(receipt.id, other, left, day)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["apply", "apply", "apply", "take_back", "waive", "lose", "recover"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(1, 60),
        st.integers(0, LAST),
    ),
    max_size=14,
)


def begin(owed: list[int], days: list[int]) -> Journey:
    names = [f"V{number}" for number in range(len(owed))]
    half = sum(owed) // 2
    return Journey(
        {name: debt(name, day, usd(minor)) for name, minor, day in zip(names, owed, days, strict=False)},
        {"R0": money("R0", days[-1], usd(half or 1)), "R1": money("R1", days[-2], usd(sum(owed) - half))},
    )


def act(journey: Journey, step: tuple[str, int, int, int, int]) -> None:
    verb, one, other, minor, day = step
    receivable = list(journey.receivables)[one % len(journey.receivables)]
    receipt = list(journey.receipts)[other % 2]
    try:
        match verb:
            case "apply":
                journey.apply(receipt, receivable, minor, day)
            case "take_back":
                made = journey.receipts[receipt].applications
                journey.take_back(receipt, f"{receipt}/{one % made + 1}", day) if made else None
            case "recover":
                journey.recover(receivable, minor, day)
            case _:
                journey.let_off(receivable, minor, day, lost=verb == "lose")
    except (Refused, AssertionError):
        pass


JOURNEYS = st.tuples(
    st.lists(st.integers(1, 90), min_size=1, max_size=3), st.lists(st.integers(0, 3), min_size=5, max_size=5), ACTS
)


@given(JOURNEYS, QUOTES)
def test_at_every_prefix_the_books_carry_the_share_that_is_open(journey: Any, quotes: list[int]) -> None:
    owed, days, acts = journey
    made, quoted = begin(owed, days), table(quotes)
    for step in acts:
        act(made, step)
        for document in made.documents:
            check_document(document, quotes, quoted)


def check_document(document: Receivable | Receipt, quotes: list[int], quoted: Rates) -> None:
    since = document.raised_on if isinstance(document, Receivable) else document.received_on
    rate = Fraction(quotes[(since - TODAY).days], 100_000)
    whole = document_value(document, "CNY", rates=quoted).book.minor
    assert whole == nearest(document.amount.minor * rate)
    for as_of in (None, *map(on, range(LAST + 1))):
        found = book_entries(document, "CNY", rates=quoted, as_of=as_of)
        left = document.amount.minor - sum(each.entry.taken for each in found)
        carried = whole - sum(each.book.minor for each in found)
        assert 0 <= carried <= whole
        assert left or not carried, "a cent stayed behind"
        assert left < document.amount.minor or carried == whole
        assert all((each.book.minor >= 0) == (each.entry.taken >= 0) or not each.book for each in found)


@given(JOURNEYS, QUOTES)
def test_realized_gains_sum_to_what_receipts_were_booked_at_less_what_receivables_were(
    journey: Any, quotes: list[int]
) -> None:
    owed, days, acts = journey
    made, quoted = begin(owed, days), table(quotes)
    for step in acts:
        act(made, step)
    made.settle_all(LAST)
    found = realized_differences(made.receipts.values(), made.receivables.values(), "CNY", rates=quoted)
    dead = {each.application for each in found if each.reversed}
    for application in dead:
        pair = [each for each in found if each.application == application]
        assert len(pair) == 2
        assert not total((each.gain for each in pair), "CNY"), "what was taken back realized nothing"
        assert not total((each.rounding for each in pair), "CNY")
    if any(thing.unapplied for thing in made.receipts.values()):
        return  # something was let off, so that money is left over: the next law is about that
    received = sum(document_value(thing, "CNY", rates=quoted).book.minor for thing in made.receipts.values())
    settled = sum(
        document_value(thing, "CNY", rates=quoted).book.minor - relieved(thing, quoted)
        for thing in made.receivables.values()
    )
    gain, rounding = (
        total(parts, "CNY") for parts in zip(*((each.gain, each.rounding) for each in found), strict=True)
    )
    assert (gain + rounding).minor == received - settled
    assert total((each.loss for each in found), "CNY") == -gain
    for each in found:
        at_one_rate = quote_of(made.receipts[each.receipt], quotes) == quote_of(
            made.receivables[each.receivable], quotes
        )
        assert not (each.gain if at_one_rate else each.rounding), "rounding is no gain, and a gain is no rounding"


def quote_of(document: Receivable | Receipt, quotes: list[int]) -> int:
    since = document.raised_on if isinstance(document, Receivable) else document.received_on
    return quotes[(since - TODAY).days]


@given(JOURNEYS, st.integers(1, 2_000_000), st.integers(0, LAST))
def test_at_one_rate_nothing_is_gained_or_lost(journey: Any, quote: int, day: int) -> None:
    owed, days, acts = journey
    made, quoted = begin(owed, days), table([quote] * (LAST + 1))
    for step in acts:
        act(made, step)
    for settle in (False, True):
        if settle:
            made.settle_all(LAST)
        found = realized_differences(made.receipts.values(), made.receivables.values(), "CNY", rates=quoted)
        assert not any(each.gain or each.loss for each in found)
        assert all(abs(each.rounding.minor) <= 2 for each in found), "more than two halves of a cent a side"
        assert not any(each.gain for each in revalue(made.documents, "CNY", rates=quoted, on=on(day)))
        entries = billing.realized_entries(found)
        assert billing.balance_of(entries, billing.AccountRole.ROUNDING, "CNY").minor == -sum(
            each.rounding.minor for each in found
        )
        assert {line.role for entry in entries for line in entry.lines} <= {
            billing.AccountRole.ROUNDING,
            billing.AccountRole.CONVERSION,
        }


@pytest.mark.parametrize(
    "owed, paid, rate, per, rounding",
    [
        ([10_000], [3333, 3333, 3334], "7.1234", 1, [0, -1, 0]),
        ([1, 1, 1], [3], "1", 3, [0, 1, 0]),
        ([10_001, 10_001, 10_001], [30_003], "1", 7, [0, -1, 0]),
    ],
)
def test_the_cents_between_documents_at_one_rate_are_rounding(
    owed: list[int], paid: list[int], rate: str, per: int, rounding: list[int]
) -> None:
    quoted = Rates([ExchangeRate("USD", "CNY", rate=rate, per=per, on=TODAY)])
    journey = Journey(
        {f"V{number}": debt(f"V{number}", 0, usd(minor)) for number, minor in enumerate(owed)},
        {f"R{number}": money(f"R{number}", 0, usd(minor)) for number, minor in enumerate(paid)},
    )
    journey.settle_all(0)
    found = realized_differences(journey.receipts.values(), journey.receivables.values(), "CNY", rates=quoted)
    assert [each.gain.minor for each in found] == [0] * len(found)
    assert [each.rounding.minor for each in found] == rounding
    entries = billing.realized_entries(found)
    assert [entry.narration.say("en") for entry in entries] == [
        f"rounding of {each.application} in the books" for each in found if each.rounding
    ]
    assert billing.to_beancount(entries)


def relieved(thing: Receivable, quoted: Rates) -> int:
    kinds = {billing.EntryKind.APPLIED, billing.EntryKind.UNAPPLIED}
    found = book_entries(thing, "CNY", rates=quoted)
    return sum(each.book.minor for each in found if each.entry.kind not in kinds)


@given(JOURNEYS, QUOTES, st.integers(0, LAST))
def test_what_was_realized_and_what_is_not_are_the_whole_difference(journey: Any, quotes: list[int], day: int) -> None:
    owed, days, acts = journey
    made, quoted = begin(owed, days), table(quotes)
    for step in acts:
        act(made, step)
    as_of = on(day)
    found = realized_differences(made.receipts.values(), made.receivables.values(), "CNY", rates=quoted, as_of=as_of)
    realized = total((each.gain for each in found), "CNY").minor
    unrealized = {each.document: each for each in revalue(made.documents, "CNY", rates=quoted, on=as_of)}
    closing = Fraction(quotes[day], 100_000)
    expected = 0
    for document in made.documents:
        since = document.raised_on if isinstance(document, Receivable) else document.received_on
        sign = 1 if isinstance(document, Receivable) else -1
        if since > as_of:
            assert document.id not in unrealized
            continue
        left = document.amount.minor - sum(entry.taken for entry in document.entries if entry.on <= as_of)
        assert (left > 0) == (document.id in unrealized)
        whole = document_value(document, "CNY", rates=quoted).book.minor
        let_off = sum(
            each.book.minor
            for each in book_entries(document, "CNY", rates=quoted, as_of=as_of)
            if each.entry.settlement is None and isinstance(document, Receivable)
        )
        if quote_of(document, quotes) == quotes[day]:
            at_closing = document_carried(document, as_of, quoted)
        else:
            at_closing = nearest(left * closing)
        expected += sign * (at_closing - whole + let_off)
    realized += total((each.rounding for each in found), "CNY").minor
    assert realized + sum(each.gain.minor for each in unrealized.values()) == expected


def document_carried(document: Receivable | Receipt, as_of: dt.date, quoted: Rates) -> int:
    gone = sum(each.book.minor for each in book_entries(document, "CNY", rates=quoted, as_of=as_of))
    return document_value(document, "CNY", rates=quoted).book.minor - gone


def test_thirds_leave_no_cent() -> None:
    """0.10 USD at 1/3 is 0.03 CNY; in three parts 0.01 each, whatever share each part has by itself."""
    quoted = Rates([ExchangeRate("USD", "CNY", rate=1, per=3, on=TODAY)])
    journey = Journey({"V": debt("V", 0, usd(10))}, {"R": money("R", 0, usd(10))})
    for minor in (3, 3, 4):
        journey.apply("R", "V", minor, 0)
    assert [each.book.minor for each in book_entries(journey.receivables["V"], "CNY", rates=quoted)] == [1, 1, 1]


def test_a_write_off_gives_back_what_it_took_when_it_is_recovered_in_parts() -> None:
    quoted = Rates([ExchangeRate("USD", "CNY", rate=7, on=TODAY)])
    journey = Journey({"V": debt("V", 0, usd(100))}, {})
    for minor in (30, 20):
        journey.let_off("V", minor, 0, lost=True)
    for minor in (25, 25):
        journey.recover("V", minor, 1)
    found = [each.book.minor for each in book_entries(journey.receivables["V"], "CNY", rates=quoted)]
    assert found == [210, 140, -175, -175]


def test_the_gain_of_the_story() -> None:
    """1,000.00 USD booked at 7.00 came in at 7.30; the other thousand is worth 7.20 at the month's end."""
    paid, settled = foreign_settlement()
    [found] = realized_differences([paid.after], [settled.after], "CNY", rates=rates())
    assert (found.receipt, found.receivable, found.on, found.reversed) == ("R1", "V1", dt.date(2026, 3, 10), False)
    assert (str(found.gain), str(found.loss)) == ("300.00 CNY", "-300.00 CNY")
    [left] = revalue([settled.after, paid.after], "CNY", rates=rates(), on=dt.date(2026, 3, 31))
    assert (left.document, str(left.gain)) == ("V1", "200.00 CNY")
    credit = money("R2", 8, usd(100_000))
    [owed] = revalue([credit], "CNY", rates=rates(), on=dt.date(2026, 3, 31))
    assert (owed.owed_to_us, str(owed.gain)) == (False, "100.00 CNY")
    assert revalue([settled.after], "USD", rates=rates(), on=dt.date(2026, 3, 31)) == ()
    assert revalue([settled.after], "CNY", rates=rates(), on=TODAY - DAY) == ()


def test_the_other_half_must_be_given_and_rates_too() -> None:
    paid, settled = foreign_settlement()
    with pytest.raises(Refused, match="receipt R1 settles receivable V1 by R1/1; give that receivable, too") as refusal:
        realized_differences([paid.after], [], "CNY", rates=rates())
    assert refusal.value.code == "fx.no_receivable"
    for call in (
        lambda: realized_differences([paid.after], [settled.after], "EUR", rates=rates()),
        lambda: revalue([settled.after], "EUR", rates=rates(), on=dt.date(2026, 3, 31)),
        lambda: document_value(settled.after, "EUR", rates=rates()),
    ):
        check: Callable[[], object] = call
        with pytest.raises(Refused, match="no rate of USD in EUR"):
            check()


RATES_OF_TAX = st.sampled_from([Decimal("0.13"), Decimal("0.06"), Decimal(0)])


@given(
    st.lists(st.tuples(st.integers(1, 10**6), RATES_OF_TAX), min_size=1, max_size=3),
    st.lists(st.integers(1, 10**6), max_size=5),
    st.integers(1, 2_000_000),
)
def test_the_notes_of_an_invoice_sum_to_it_in_the_books_too(
    lines: list[tuple[int, Decimal]], notes: list[int], quote: int
) -> None:
    issued, *_ = billing.issue(
        InvoiceId("I"),
        order=OrderId("SO"),
        lines=[billing.InvoiceLine("x", gross=usd(gross), tax_rate=rate) for gross, rate in lines],
        on=TODAY,
        **SHARED,
    )
    invoice = issued.after
    facts: dict[str, Any] = {"on": TODAY, "now": NOON}
    for number, asked in enumerate([*notes, 10**9]):
        amount = usd(min(asked, invoice.billed.minor))
        if not amount:
            break
        note = billing.request_note(
            NoteId(str(number)), invoice=invoice, amount=amount, reason=billing.NoteReason.ALLOWANCE, **facts
        ).after
        invoice = billing.issue_note(billing.confirm_note(note, **facts).after, invoice, **facts)[1].after
    whole, *letters = invoice_values(invoice, "CNY", rates=table([quote]))
    assert whole.gross.minor == nearest(Fraction(quote, 100_000) * sum(gross for gross, _ in lines))
    assert (total((each.gross for each in letters), "CNY"), total((each.tax for each in letters), "CNY")) == (
        whole.gross,
        whole.tax,
    )
    assert total((each.net for each in letters), "CNY") == whole.net
    assert len(letters) == len(invoice.red_letters)


def test_an_invoice_is_booked_at_the_rate_of_its_day() -> None:
    assert str(document_value(invoice(), "USD", rates=rates()).book) == "14000.00 USD"
    assert [str(each.gross) for each in invoice_values(invoice(), "USD", rates=rates())] == ["14000.00 USD"]


def test_the_journeys_do_something() -> None:
    made = begin([50, 40, 9], [0, 0, 0, 0, 0])
    for step in [("apply", 0, 0, 30, 1), ("lose", 0, 0, 9, 2), ("recover", 0, 0, 4, 3), ("take_back", 0, 0, 1, 4)]:
        act(made, step)
    assert [entry.taken for entry in made.receivables["V0"].entries] == [30, 9, -4, -30]


def test_a_refund_realizes_nothing_by_itself() -> None:
    gone = billing.pay_refund(approved_refund(), refund_asked()[1].after, on=TODAY, now=NOON)[1].after
    assert realized_differences([gone], [], "USD", rates=rates()) == ()
    assert [str(each.book) for each in book_entries(gone, "USD", rates=rates())] == ["2800.00 USD"]


def test_a_small_difference_that_comes_back_releases_what_it_took() -> None:
    quoted = Rates([ExchangeRate("USD", "CNY", rate=1, per=3, on=TODAY)])
    facts: dict[str, Any] = {"on": TODAY, "at": NOON}
    thing = debt("V", 0, usd(10))
    thing = billing.RECEIVABLE.evolve(
        thing, billing.ReceivableRoundedOff(thing.id, usd(4), limit=usd(4), application="R/1", **facts)
    )
    thing = billing.waive(thing, amount=usd(1), change=ChangeId("W"), reason="", on=TODAY, now=NOON).after
    thing = billing.RECEIVABLE.evolve(thing, billing.ReceivableRoundOffReversed(thing.id, "R/1", usd(4), **facts))
    assert [each.book.minor for each in book_entries(thing, "CNY", rates=quoted)] == [1, 1, -1]


def test_dollars_that_settle_yuan_realize_what_they_were_booked_at_beyond_that() -> None:
    """1,000.00 USD came in at 7.30 and paid 7,120.00 CNY at the 7.12 that the two agreed on."""
    debt_ = debt("V", 0, Money.of("9000.00", "CNY"))
    came = money("R", 8, usd(100_000))
    agreed = Rates([ExchangeRate("CNY", "USD", rate=1, per=Decimal("7.12"), on=TODAY)])
    paid, *sides = billing.apply(came, [debt_], rates=agreed, on=on(8), now=NOON)
    settled = sides[0]
    assert (str(settled.after.open), str(paid.after.unapplied)) == ("1880.00 CNY", "0.00 USD")
    [found] = realized_differences([paid.after], [settled.after], "CNY", rates=rates())
    assert (str(found.receipt_book), str(found.receivable_book), str(found.gain)) == (
        "7300.00 CNY",
        "7120.00 CNY",
        "180.00 CNY",
    )
    freed, owed = billing.unapply(paid.after, settled.after, application="R/1", reason="", on=on(9), now=NOON)
    both = realized_differences([freed.after], [owed.after], "CNY", rates=rates())
    assert [str(each.gain) for each in both] == ["180.00 CNY", "-180.00 CNY"]


@given(
    st.lists(st.integers(1, 9000), min_size=1, max_size=3),
    st.lists(st.integers(1, 1200), min_size=1, max_size=4),
    st.integers(100_000, 2_000_000),
)
def test_dollars_that_settle_yuan_at_the_rate_of_the_books_gain_nothing(
    owed: list[int], paid: list[int], quote: int
) -> None:
    quoted = table([quote] * (LAST + 1))
    agreed = Rates([ExchangeRate("CNY", "USD", rate=100_000, per=quote, on=TODAY)])
    debts = {f"V{number}": debt(f"V{number}", 0, cny(minor)) for number, minor in enumerate(owed)}
    for number, minor in enumerate(paid):
        receipt = money(f"R{number}", 0, usd(minor))
        try:
            change, *sides = billing.apply(receipt, list(debts.values()), rates=agreed, on=TODAY, now=NOON)
        except Refused:
            continue
        debts |= {side.after.id: side.after for side in sides}
        made = realized_differences([change.after], debts.values(), "CNY", rates=quoted)
        first, *_ = sides
        freed, owes = billing.unapply(
            change.after, first.after, application=made[0].application, reason="", on=TODAY, now=NOON
        )
        back = realized_differences([freed.after], (debts | {owes.after.id: owes.after}).values(), "CNY", rates=quoted)
        assert len(back) == len(made) + 1
        assert back[-1].reversed
        assert not any(each.gain for each in (*made, *back))
        assert back[-1].rounding == -made[0].rounding


@given(
    st.lists(st.integers(1, 9000), min_size=1, max_size=4),
    st.lists(st.integers(1, 1200), min_size=1, max_size=4),
    QUOTES,
    st.integers(100_000, 2_000_000),
)
def test_across_currencies_nothing_stays_behind_in_the_books(
    owed: list[int], paid: list[int], quotes: list[int], rate: int
) -> None:
    quoted = table(quotes)
    agreed = Rates([ExchangeRate("CNY", "USD", rate=100_000, per=rate, on=TODAY)])
    debts = {f"V{number}": debt(f"V{number}", number, cny(minor)) for number, minor in enumerate(owed)}
    receipts = []
    for number, minor in enumerate(paid):
        receipt = money(f"R{number}", number, usd(minor))
        try:
            change, *sides = billing.apply(receipt, list(debts.values()), rates=agreed, on=on(LAST), now=NOON)
        except Refused:
            receipts.append(receipt)
            continue
        receipts.append(change.after)
        debts |= {side.after.id: side.after for side in sides}
    found = realized_differences(receipts, debts.values(), "CNY", rates=quoted)
    out = sum(each.book.minor for thing in receipts for each in book_entries(thing, "CNY", rates=quoted))
    settled = sum(thing.applied.minor for thing in debts.values())
    assert total((each.gain + each.rounding for each in found), "CNY").minor == out - settled
    for thing in receipts:
        if not thing.unapplied:
            whole = document_value(thing, "CNY", rates=quoted).book
            assert total((each.book for each in book_entries(thing, "CNY", rates=quoted)), "CNY") == whole
