"""Invoices and red letters: taxes to the minor unit, notes that sum to their invoice."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    INVOICE,
    NOTE,
    Invoice,
    InvoiceLine,
    NoteReason,
    Receivable,
    TaxTreatment,
    confirm_note,
    expire_note,
    issue,
    issue_note,
    net_of,
    request_note,
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
    with pytest.raises(InvalidValue, match="give more than zero"):
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
