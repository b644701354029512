"""Invoices and red letters: taxes to the minor unit, notes that sum to their invoice."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc._billing.invoices.red_lines import left_in
from ltc.billing import (
    INVOICE,
    NOTE,
    Invoice,
    InvoiceLine,
    NotePolicy,
    NoteReason,
    NoteStatus,
    Receivable,
    TaxRounding,
    TaxTreatment,
    confirm_note,
    expire_note,
    issue,
    issue_note,
    net_of,
    request_note,
    withdraw_note,
)
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.ids import InvoiceId, NoteId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import (
    ENTITY,
    NOON,
    ORDER,
    PARTY,
    TODAY,
    confirmed_note,
    invoice,
    issuance,
    note_request,
    reddened,
    requested_note,
)

RATES = ("0", "0.01", "0.03", "0.05", "0.06", "0.09", "0.13", "0.2")


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def owed(name: str, amount: str) -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=cny(amount),
        on=TODAY,
        due_on=TODAY,
        now=NOON,
    ).after


def bill(*lines: tuple[str, str], covers: tuple[tuple[str, str], ...] = ()) -> Invoice:
    issued, *_ = issue(
        InvoiceId("I2"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        lines=[InvoiceLine("goods", gross=cny(gross), tax_rate=Decimal(rate)) for gross, rate in lines],
        receivables=[(owed(name, amount), cny(amount)) for name, amount in covers],
        on=TODAY,
        now=NOON,
    )
    return issued.after


def redden(
    blue: Invoice, amount: Money, *, reason: NoteReason = NoteReason.RETURN, lines: tuple[tuple[int, Money], ...] = ()
) -> tuple[billing.RedLetterNote, Invoice]:
    note = request_note(
        NoteId(f"N{blue.version}"), invoice=blue, amount=amount, reason=reason, lines=lines, on=TODAY, now=NOON
    ).after
    issued, changed, *_ = issue_note(confirm_note(note, on=TODAY, now=NOON).after, blue, on=TODAY, now=NOON)
    return issued.after, changed.after


def test_worked_figures() -> None:
    assert (str(invoice().net), str(invoice().tax)) == ("88495.58 CNY", "11504.42 CNY")
    mixed = bill(("100000.00", "0.13"), ("10600.00", "0.06"), ("50.00", "0"))
    assert (str(mixed.gross), str(mixed.net), str(mixed.tax)) == ("110650.00 CNY", "98545.58 CNY", "12104.42 CNY")


@given(st.integers(1, 10**13), st.sampled_from(RATES))
def test_net_is_gross_over_one_plus_rate_half_up(minor: int, rate: str) -> None:
    expected = (Decimal(minor) / (1 + Decimal(rate))).quantize(Decimal(1), ROUND_HALF_UP)
    assert net_of(Money(minor, "CNY"), Decimal(rate)).minor == expected


@given(
    st.lists(st.tuples(st.integers(1, 10**7), st.sampled_from(RATES)), min_size=1, max_size=4),
    st.lists(st.integers(1, 10**7), max_size=8),
)
def test_red_letters_sum_to_the_invoice_line_by_line_whatever_the_parts(
    lines: list[tuple[int, str]], parts: list[int]
) -> None:
    blue = bill(*((str(Decimal(gross) / 100), rate) for gross, rate in lines))
    notes = []
    for part in parts:
        if part < blue.billed.minor:
            note, blue = redden(blue, Money(part, "CNY"))
            notes.append(note)
            assert blue.red + blue.billed == blue.gross
            assert all(line.net.minor >= 0 and line.tax.minor >= 0 for line in note.lines)
    note, blue = redden(blue, blue.billed)
    notes.append(note)
    assert blue.red == blue.gross
    assert blue.red_tax == blue.tax
    assert not blue.billed
    assert sum(note.tax.minor for note in notes) == blue.tax.minor
    assert sum(note.net.minor for note in notes) == blue.net.minor
    for number, line in enumerate(blue.lines, 1):
        taxes = [red.tax.minor for letter in blue.red_letters for red in letter.lines if red.number == number]
        assert sum(taxes) == line.tax.minor
        assert blue.red_of(number) == line.gross
    with pytest.raises(Refused, match=r"more than the 0\.00 CNY that invoice I2 still bills"):
        redden(blue, Money(1, "CNY"))


def test_two_halves_whose_taxes_differ_by_a_cent() -> None:
    first, blue = redden(bill(("163.99", "0.20")), cny("82.00"))
    second, blue = redden(blue, cny("81.99"))
    assert [(str(note.net), str(note.tax)) for note in (first, second)] == [
        ("68.33 CNY", "13.67 CNY"),
        ("68.33 CNY", "13.66 CNY"),
    ]


def test_a_note_may_name_its_lines() -> None:
    blue = bill(("113.00", "0.13"), ("106.00", "0.06"))
    note, changed = redden(blue, cny("106.00"), lines=((2, cny("106.00")),))
    assert (str(note.tax), str(changed.red_of(1)), str(changed.red_of(2))) == ("6.00 CNY", "0.00 CNY", "106.00 CNY")
    spread_note, _ = redden(blue, cny("21.90"))
    assert [(red.number, str(red.gross)) for red in spread_note.lines] == [(1, "11.30 CNY"), (2, "10.60 CNY")]
    with pytest.raises(Refused, match=r"1\.00 CNY is more than the 0\.00 CNY left of line 2 of invoice I2"):
        redden(changed, cny("1"), lines=((2, cny("1")),))
    with pytest.raises(InvalidValue, match="has no line 3; use 1 to 2"):
        redden(blue, cny("1"), lines=((3, cny("1")),))
    with pytest.raises(InvalidValue, match=r"sum to 1\.00 CNY, its amount is 2\.00 CNY; make them equal"):
        redden(blue, cny("2"), lines=((1, cny("1")),))
    with pytest.raises(InvalidValue, match="names a line twice"):
        redden(blue, cny("2"), lines=((1, cny("1")), (1, cny("1"))))


def test_an_invoice_issued_in_error_is_taken_back_whole() -> None:
    blue = bill(("100.00", "0.13"))
    with pytest.raises(Refused, match=r"taken back whole: ask for 100\.00 CNY"):
        redden(blue, cny("99.99"), reason=NoteReason.ISSUED_IN_ERROR)
    _, red = redden(blue, cny("100.00"), reason=NoteReason.ISSUED_IN_ERROR)
    assert not red.billed
    for basis, amount in ((billing.Basis.GROSS, "100.00"), (billing.Basis.NET, "88.50")):
        note = note_of(blue, basis=basis, reason=NoteReason.ISSUED_IN_ERROR)
        assert note.amount == cny(amount), "whole without being told"
        assert not taken_back(blue, note)[1].billed
    _, part = redden(blue, cny("40.00"))
    for asked in (None, cny("60.00"), cny("100.00")):
        with pytest.raises(
            Refused, match=r"40\.00 CNY .* before.*; give another reason for the 60\.00 CNY that is left"
        ) as gone:
            note_of(part, asked, reason=NoteReason.ISSUED_IN_ERROR)
        assert gone.value.code == "note.part_gone"
    with pytest.raises(InvalidValue, match="takes back nothing; give an amount or lines"):
        note_of(blue)


def test_what_was_left_when_requested_may_be_gone_when_issued() -> None:
    first = confirm_note(
        request_note(
            NoteId("N8"), invoice=invoice(), amount=cny("95000"), reason=NoteReason.RETURN, on=TODAY, now=NOON
        ).after,
        on=TODAY,
        now=NOON,
    ).after
    _, changed = reddened()
    before = attrs.asdict(changed.after)
    with pytest.raises(Refused, match=r"95000\.00 CNY is more than the 90000\.00 CNY that invoice I1 still bills"):
        issue_note(first, changed.after, on=TODAY, now=NOON)
    with pytest.raises(Refused, match="takes back invoice I1, not I2"):
        issue_note(first, bill(("100000", "0.13")), on=TODAY, now=NOON)
    with pytest.raises(Refused, match="stood at 2026-03-02 last, after 2026-03-01"):
        issue_note(first, invoice(), on=TODAY - dt.timedelta(days=1), now=NOON)
    assert attrs.asdict(changed.after) == before
    assert requested_note().net == requested_note().tax == cny("0")


def test_what_an_invoice_takes() -> None:
    assert bill(("100", "0.13"), covers=(("P1/1", "60"), ("P1/2", "40"))).covers[1].receivable == "P1/2"
    assert bill(("100", "0.13")).covers == ()
    with pytest.raises(InvalidValue, match=r"of 100\.00 CNY would cover receivables of 100\.01 CNY"):
        bill(("100", "0.13"), covers=(("P1/1", "60"), ("P1/2", "40.01")))
    with pytest.raises(InvalidValue, match="I2 names a receivable twice"):
        bill(("100", "0.13"), covers=(("P1/1", "6"), ("P1/1", "4")))
    with pytest.raises(InvalidValue, match="has no lines"):
        bill()
    with pytest.raises(InvalidValue, match=r"13 is not a ratio; use one from 0 to 1 \(30 % is 0\.30\)"):
        bill(("100", "13"))
    with pytest.raises(InvalidValue, match=r"gross is -100\.00 CNY; give zero or more"):
        bill(("-100", "0.13"))
    with pytest.raises(CurrencyMismatch):
        issue(
            InvoiceId("I3"),
            order=ORDER,
            entity=ENTITY,
            party=PARTY,
            lines=[InvoiceLine("a", cny("1"), Decimal(0)), InvoiceLine("b", Money.of("1", "USD"), Decimal(0))],
            on=TODAY,
            now=NOON,
        )
    with pytest.raises(InvalidType):
        issue(
            InvoiceId("I3"),
            order=ORDER,
            entity=ENTITY,
            party=PARTY,
            lines=[InvoiceLine("a", cny("1"), Decimal(0))],
            on=NOON,
            now=NOON,
        )


@pytest.mark.parametrize("treatment", [TaxTreatment.ZERO_RATED, TaxTreatment.EXEMPT, TaxTreatment.NOT_TAXABLE])
def test_untaxed_lines_differ_but_have_no_rate(treatment: TaxTreatment) -> None:
    assert not InvoiceLine("seeds", cny("100"), Decimal(0), treatment).tax
    with pytest.raises(InvalidValue, match=rf"seeds is {treatment.value} with a tax rate of 0\.13; use 0"):
        InvoiceLine("seeds", cny("100"), Decimal("0.13"), treatment)


def test_histories() -> None:
    note, changed = reddened()
    assert INVOICE.replay([*issuance()[0].events, *changed.events]) == changed.after
    assert (
        NOTE.replay([*note_request().events, *confirm_note(requested_note(), on=TODAY, now=NOON).events, *note.events])
        == note.after
    )
    with pytest.raises(InvalidValue, match="InvoiceIssued can only be the first event"):
        INVOICE.evolve(invoice(), issuance()[0].events[0])
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        INVOICE.begin(changed.events[0])
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        NOTE.begin(note.events[0])
    with pytest.raises(InvalidValue, match="NoteRequested can only be the first event"):
        NOTE.evolve(confirmed_note(), note_request().events[0])


def test_the_days_of_a_note_go_forward() -> None:
    early = TODAY - dt.timedelta(days=1)
    with pytest.raises(Refused, match="was issued on 2026-03-02, after 2026-03-01"):
        request_note(
            NoteId("N1"),
            invoice=invoice(),
            amount=Money.of("5", "CNY"),
            reason=NoteReason.ALLOWANCE,
            on=early,
            now=NOON,
        )
    for verb in (confirm_note, expire_note):
        with pytest.raises(Refused, match="stood at 2026-03-02 last, after 2026-03-01"):
            verb(requested_note(), on=early, now=NOON)


def note_of(blue: Invoice, amount: Money | None = None, **more: Any) -> billing.RedLetterNote:
    facts: dict[str, Any] = {"reason": NoteReason.RETURN, "on": TODAY, "now": NOON}
    return request_note(NoteId(f"N{blue.version}"), invoice=blue, amount=amount, **(facts | more)).after


def taken_back(blue: Invoice, note: billing.RedLetterNote) -> tuple[billing.RedLetterNote, Invoice]:
    issued, changed, *_ = issue_note(confirm_note(note, on=TODAY, now=NOON).after, blue, on=TODAY, now=NOON)
    return issued.after, changed.after


BASES = st.sampled_from(billing.Basis)
ROUNDINGS = st.sampled_from([TaxRounding.PER_LINE, TaxRounding.PER_INVOICE])
ROWS = st.tuples(st.integers(1, 10**6), st.sampled_from(RATES), st.booleans(), st.none() | st.integers(1, 10**4))


@given(st.lists(ROWS, min_size=1, max_size=4), ROUNDINGS, st.lists(st.tuples(BASES, st.integers(1, 10**6)), max_size=6))
def test_notes_on_any_basis_sum_to_the_invoice_under_either_policy(
    rows: list[tuple[int, str, bool, int | None]], rounding: TaxRounding, parts: list[tuple[billing.Basis, int]]
) -> None:
    """Any sequence of red letters sums to net, tax, gross and discount exactly, and red is at most blue at every prefix."""
    lines = []
    for minor, rate, top, off in rows:
        discount = None if off is None else Money(off, "CNY")
        if top:
            lines.append(InvoiceLine.on_top("x", net=Money(minor, "CNY"), tax_rate=Decimal(rate), discount=discount))
        else:
            lines.append(InvoiceLine("x", Money(minor, "CNY"), Decimal(rate), discount=discount))
    issued, *_ = issue(
        InvoiceId("I2"), order=ORDER, entity=ENTITY, party=PARTY, lines=lines, rounding=rounding, on=TODAY, now=NOON
    )
    blue, notes = issued.after, []
    for basis, part in [*parts, (billing.Basis.LISTED, 10**9), (billing.Basis.GROSS, 10**9)]:
        most = left_in(blue, basis)
        amount = min(Money(part, "CNY"), most)
        if amount:
            note, blue = taken_back(blue, note_of(blue, amount, basis=basis))
            notes.append(note)
            asked = {billing.Basis.GROSS: note.gross, billing.Basis.NET: note.net}.get(basis)
            assert asked in (None, amount)
            assert blue.red <= blue.gross
            assert Money(0, "CNY") <= blue.red_tax <= blue.tax
    for figure in ("gross", "net", "tax"):
        assert sum(getattr(note, figure).minor for note in notes) == getattr(blue, figure).minor
    assert sum(note.discount.minor for note in notes) == sum(line.discount.minor for line in lines if line.discount)
    assert not blue.billed


def test_a_note_by_net_amounts() -> None:
    blue = bill(("113.00", "0.13"), ("106.00", "0.06"))
    note, changed = taken_back(blue, note_of(blue, basis=billing.Basis.NET, lines=[(1, cny("40")), (2, cny("10"))]))
    assert (note.amount, note.net, note.tax, note.gross) == (cny("50"), cny("50"), cny("5.80"), cny("55.80"))
    whole = note_of(blue, cny("200"), basis=billing.Basis.NET, reason=NoteReason.ISSUED_IN_ERROR)
    assert not taken_back(blue, whole)[1].billed
    with pytest.raises(Refused, match=r"60\.01 CNY is more than the 60\.00 CNY left of line 1 of invoice I2"):
        note_of(changed, basis=billing.Basis.NET, lines=[(1, cny("60.01"))])
    with pytest.raises(Refused, match=r"150\.01 CNY is more than the 150\.00 CNY that invoice I2 still bills"):
        note_of(changed, cny("150.01"), basis=billing.Basis.NET)
    with pytest.raises(Refused, match=r"taken back whole: ask for 200\.00 CNY"):
        note_of(blue, cny("219"), basis=billing.Basis.NET, reason=NoteReason.ISSUED_IN_ERROR)


def test_of_two_requests_that_exceed_it_together_the_one_issued_second_is_refused() -> None:
    blue = bill(("100", "0.13"))
    first, second = (note_of(blue, cny("60"), lines=[(1, cny("60"))]) for _ in range(2))
    _, changed = taken_back(blue, first)
    before = attrs.asdict(changed)
    with pytest.raises(Refused, match=r"60\.00 CNY is more than the 40\.00 CNY that invoice I2 still bills"):
        taken_back(changed, second)
    assert attrs.asdict(changed) == before


HOUR = dt.timedelta(hours=1)


def test_a_request_stands_for_72_hours() -> None:
    note = requested_note()
    until = NOON + 72 * HOUR
    assert note.stands_until(NotePolicy()) == until
    assert confirm_note(note, on=TODAY, now=until).after.confirmed_at == until
    tick = dt.timedelta(microseconds=1)
    with pytest.raises(Refused, match=r"stood until 2026-03-05 04:00:00.*; let it expire and ask again"):
        confirm_note(note, on=TODAY, now=until + tick)
    with pytest.raises(Refused, match=r"stands until 2026-03-05 04:00:00.*; withdraw it before that"):
        expire_note(note, on=TODAY, now=until)
    expired = expire_note(note, on=TODAY, now=until + tick).after
    assert expired.status is NoteStatus.EXPIRED
    assert expired.stands_until(NotePolicy()) is None


def test_a_confirmed_note_stands_without_end_unless_told() -> None:
    note = confirmed_note()
    assert note.stands_until(NotePolicy()) is None
    with pytest.raises(Refused, match="note N1 stands without end; withdraw it"):
        expire_note(note, on=TODAY, now=NOON + 10_000 * HOUR)
    day_long = NotePolicy(issue_within=24 * HOUR)
    late = NOON + 25 * HOUR
    with pytest.raises(Refused, match="let it expire and ask again"):
        issue_note(note, invoice(), policy=day_long, on=TODAY, now=late)
    assert expire_note(note, policy=day_long, on=TODAY, now=late).after.status is NoteStatus.EXPIRED
    forever = NotePolicy(confirm_within=None)
    assert requested_note().stands_until(forever) is None
    for wrong in (dt.timedelta(0), -HOUR, 72):
        with pytest.raises(InvalidValue, match="pass a timedelta above zero, or None for no end"):
            NotePolicy(confirm_within=wrong)  # type: ignore[arg-type]


def test_who_asked_may_withdraw() -> None:
    gone = withdraw_note(requested_note(), reason="wrong lines", on=TODAY, now=NOON)
    assert NOTE.replay([*note_request().events, *gone.events]) == gone.after
    with pytest.raises(Refused) as refusal:
        issue_note(gone.after, invoice(), on=TODAY, now=NOON)
    assert refusal.value.code == "move.not_allowed"


def test_a_note_takes_something_back() -> None:
    with pytest.raises(InvalidValue, match="note N1 takes back nothing; give an amount or lines of the invoice"):
        note_of(invoice())
    with pytest.raises(InvalidValue, match="names a receivable twice"):
        note_of(invoice(), cny("5"), covers=[(ReceivableId("P1/1"), cny("1"))] * 2)
    with pytest.raises(InvalidType, match=r"pass one of Basis\."):
        note_of(invoice(), cny("5"), basis="net")
