"""Requests for invoices: every (status, verb) pair, splits under a limit against plain sums, what each part bills."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.adapters.memory import MemoryStore
from ltc.billing import (
    INVOICE_REQUEST,
    INVOICE_REQUEST_TRANSITIONS,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceRequest,
    InvoiceRequestStatus,
    InvoiceTitle,
    Receivable,
    TaxRounding,
    approve_invoice_request,
    cancel_invoice_request,
    check_tax_number,
    deliver_invoice_request,
    issue_requested,
    reject_invoice_request,
    request_invoice,
    split_lines,
)
from ltc.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue, MissingExtra, Refused
from ltc.ids import AccountId, ActorId, InvoiceRequestId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request, pending_request
from ltc.testing.samples.billing import ENTITY, NOON, ORDER, PARTY, TODAY, receivable, second_receivable
from ltc.testing.samples.invoices import (
    approved_invoice_request,
    invoice_approval,
    invoice_request,
    requested_issuance,
    requesting,
)

DAY = dt.timedelta(days=1)
RATES = tuple(map(Decimal, ("0", "0.06", "0.13", "0.333", "1")))


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def issued_request() -> InvoiceRequest:
    request = requested_issuance()[0].after
    assert isinstance(request, InvoiceRequest)
    return request


STATES: Mapping[InvoiceRequestStatus, InvoiceRequest] = {
    InvoiceRequestStatus.REQUESTED: invoice_request(),
    InvoiceRequestStatus.APPROVED: approved_invoice_request(),
    InvoiceRequestStatus.ISSUED: issued_request(),
    InvoiceRequestStatus.DELIVERED: deliver_invoice_request(issued_request(), to="Wu", on=TODAY, now=NOON).after,
    InvoiceRequestStatus.REJECTED: reject_invoice_request(invoice_request(), reason="title", now=NOON).after,
    InvoiceRequestStatus.CANCELLED: cancel_invoice_request(invoice_request(), reason="order", now=NOON).after,
}
VERBS: Mapping[type, Callable[[InvoiceRequest], Any]] = {
    billing.InvoiceRequestApproved: lambda it: approve_invoice_request(it, approval=invoice_approval(it), now=NOON),
    billing.InvoiceRequestIssued: lambda it: issue_requested(
        it, numbers=["1"], receivables=[receivable()], on=TODAY, now=NOON
    )[0],
    billing.InvoiceRequestDelivered: lambda it: deliver_invoice_request(it, to="Wu", on=TODAY, now=NOON),
    billing.InvoiceRequestRejected: lambda it: reject_invoice_request(it, reason="title", now=NOON),
    billing.InvoiceRequestCancelled: lambda it: cancel_invoice_request(it, reason="order", now=NOON),
}


@pytest.mark.parametrize("status, event", list(itertools.product(InvoiceRequestStatus, VERBS)))
def test_a_request_lands_where_the_table_says(status: InvoiceRequestStatus, event: type) -> None:
    request, target = STATES[status], INVOICE_REQUEST_TRANSITIONS[status].get(event)
    before = attrs.asdict(request)
    if target is None:
        with pytest.raises(Refused) as refusal:
            VERBS[event](request)
        assert refusal.value.code == "move.not_allowed"
    else:
        after = VERBS[event](request).after
        assert (after.status, after.version) == (target, request.version + 1)
    assert attrs.asdict(request) == before


def test_the_walk_knows_every_event_and_status() -> None:
    assert STATES.keys() == set(InvoiceRequestStatus) == INVOICE_REQUEST_TRANSITIONS.keys()
    assert set(INVOICE_REQUEST.stored.values()) - VERBS.keys() == {billing.InvoiceRequested}
    assert [status for status, request in STATES.items() if request.is_waiting] == [
        InvoiceRequestStatus.REQUESTED,
        InvoiceRequestStatus.APPROVED,
        InvoiceRequestStatus.ISSUED,
    ]


def test_histories() -> None:
    approved = approve_invoice_request(invoice_request(), approval=invoice_approval(), now=NOON)
    events: list[Any] = [*requesting().events, *approved.events, *requested_issuance()[0].events]
    assert INVOICE_REQUEST.replay(events) == issued_request()
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        INVOICE_REQUEST.begin(approved.events[0])
    with pytest.raises(InvalidValue, match="InvoiceRequested can only be the first event"):
        INVOICE_REQUEST.evolve(invoice_request(), requesting().events[0])


def ask(*lines: InvoiceLine, covers: Sequence[tuple[Receivable, Money]] = (), **more: Any) -> InvoiceRequest:
    facts: dict[str, Any] = {"order": ORDER, "entity": ENTITY, "party": PARTY, "by": ActorId("li"), "on": TODAY}
    facts |= {"title": InvoiceTitle("Huadong"), "kind": InvoiceKind.GENERAL, "now": NOON}
    return request_invoice(InvoiceRequestId("Q2"), lines=lines, receivables=covers, **(facts | more)).after


def approved(request: InvoiceRequest) -> InvoiceRequest:
    return approve_invoice_request(request, approval=invoice_approval(request), now=NOON).after


def issue_all(request: InvoiceRequest, **more: Any) -> list[Any]:
    return [change.after for change in issue_requested(request, on=TODAY, now=NOON, **more)]


def test_a_request_knows_what_it_asks_for() -> None:
    request = ask(InvoiceLine("goods", cny(11300), Decimal("0.13")), InvoiceLine("seeds", cny(500), Decimal(0)))
    assert (request.amount, request.net, request.tax) == (cny(11800), cny(10500), cny(1300))
    assert [(str(part.rate), part.net.minor) for part in request.tax_totals] == [("0.13", 10000), ("0", 500)]


def test_an_invoice_made_out_to_another_party_bills_the_receivables_of_the_contracting_one() -> None:
    buyer = AccountId("A1-finance")
    lines = (InvoiceLine("goods", cny(3_000_000), Decimal("0.13")),)
    request = ask(*lines, party=buyer, contracting=PARTY, covers=[(receivable(), cny(3_000_000))])
    _, invoice, billed = issue_all(approved(request), numbers=["1"], receivables=[receivable()])
    assert (invoice.party, invoice.contracting, invoice.request, invoice.number) == (buyer, PARTY, "Q2", "1")
    assert billed.invoiced_by(invoice.id) == cny(3_000_000)
    with pytest.raises(Refused, match=r"for party A1-finance, receivable P1/1 has A1; both must be the same"):
        ask(*lines, party=buyer, covers=[(receivable(), cny(1))])


LINES = st.lists(
    st.tuples(
        st.integers(1, 40) | st.integers(1, 10**7),
        st.sampled_from(RATES),
        st.booleans(),
        st.none() | st.sampled_from(["1", "3", "7", "12", "2.5", "0.001"]),
        st.none() | st.integers(1, 10**5),
    ),
    min_size=1,
    max_size=5,
)


def made(minor: int, rate: Decimal, top: bool, quantity: str | None, off: int | None) -> InvoiceLine:
    more: dict[str, Any] = {
        "quantity": None if quantity is None else Decimal(quantity),
        "discount": None if off is None else cny(off),
    }
    if top:
        return InvoiceLine.on_top("goods", net=cny(minor), tax_rate=rate, **more)
    return InvoiceLine("goods", cny(minor), rate, **more)


@given(LINES, st.sampled_from([TaxRounding.PER_LINE, TaxRounding.PER_INVOICE]), st.integers(1, 20))
def test_a_split_keeps_every_sum_and_no_part_is_over_the_limit(
    rows: list[tuple[int, Decimal, bool, str | None, int | None]], rounding: TaxRounding, times: int
) -> None:
    request = approved(ask(*(made(*row) for row in rows), rounding=rounding))
    limit = cny(max(1, request.net.minor // times))
    parts = split_lines(request.lines, limit)
    assert all(sum(line.net.minor for line in part) <= limit.minor for part in parts)
    assert all(parts)
    invoices = [
        after
        for after in issue_all(request, numbers=[str(place) for place in range(len(parts))], limit=limit)
        if isinstance(after, Invoice)
    ]
    assert [invoice.lines for invoice in invoices] == list(parts)
    for figure in ("gross", "net", "tax"):
        whole = request.amount if figure == "gross" else getattr(request, figure)
        assert sum(getattr(invoice, figure).minor for invoice in invoices) == whole.minor
    flat, wanted = list(itertools.chain(*parts)), list(request.lines)
    for line in wanted:
        pieces: list[InvoiceLine] = []
        while sum(piece.gross.minor for piece in pieces) < line.gross.minor:
            pieces.append(flat.pop(0))
        check_pieces(line, pieces)
    assert not flat


def check_pieces(line: InvoiceLine, pieces: Sequence[InvoiceLine]) -> None:
    for figure in ("gross", "net", "tax", "listed"):
        assert sum(getattr(piece, figure).minor for piece in pieces) == getattr(line, figure).minor
    kept = {(piece.description, *piece.group) for piece in pieces}
    assert kept == {(line.description, *line.group)}
    if line.quantity is None:
        assert all(piece.quantity is None for piece in pieces)
    else:
        assert sum(Fraction(piece.quantity or 0) for piece in pieces) == Fraction(line.quantity)
        assert all((piece.quantity or 0) > 0 for piece in pieces)


def test_a_split_follows_whole_units_where_one_fits() -> None:
    presses = InvoiceLine.on_top("press", net=cny(1_000_000), tax_rate=Decimal("0.13"), quantity=Decimal(10))
    parts = split_lines([presses], cny(350_000))
    assert [str(part[0].quantity) for part in parts] == ["3", "3", "3", "1"]
    assert [part[0].net.minor for part in parts] == [300_000, 300_000, 300_000, 100_000]
    by_amount = split_lines([presses], cny(80_000))
    assert [part[0].net.minor for part in by_amount] == [80_000] * 12 + [40_000]
    assert [str(part[0].quantity) for part in by_amount] == ["0.8"] * 12 + ["0.4"]
    exact = InvoiceLine.on_top("press", net=cny(300_000), tax_rate=Decimal("0.13"), quantity=Decimal(3))
    assert [str(part[0].quantity) for part in split_lines([exact], cny(100_000))] == ["1", "1", "1"]
    first = InvoiceLine.on_top("care", net=cny(60_000), tax_rate=Decimal("0.06"))
    assert [[line.net.minor for line in part] for part in split_lines([first, exact], cny(110_000))] == [
        [60_000],
        [100_000],
        [100_000],
        [100_000],
    ]


def test_what_fits_is_one_invoice_by_the_policy_of_the_request() -> None:
    request = approved(ask(InvoiceLine("goods", cny(113), Decimal("0.13")), rounding=TaxRounding.PER_INVOICE))
    _, invoice = issue_all(request, numbers=["1"], limit=cny(100))
    assert invoice.rounding is TaxRounding.PER_INVOICE
    _, first, second = issue_all(request, numbers=["1", "2"], limit=cny(99))
    assert first.rounding is second.rounding is TaxRounding.CARRIED


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=4), st.lists(st.integers(0, 400), max_size=3), st.integers(1, 9)
)
def test_the_parts_bill_the_receivables_one_after_the_other(grosses: list[int], wanted: list[int], times: int) -> None:
    left, covers = sum(grosses), []
    for place, minor in enumerate(wanted):
        part = min(minor, left)
        if part:
            debt = attrs.evolve(receivable(), id=ReceivableId(f"P9/{place}"), amount=cny(part + place))
            covers.append((debt, cny(part)))
            left -= part
    request = approved(ask(*(InvoiceLine("x", cny(gross), Decimal("0.06")) for gross in grosses), covers=covers))
    limit = cny(max(1, request.net.minor // times))
    numbers = [str(place) for place in range(len(split_lines(request.lines, limit)))]
    states = issue_all(request, numbers=numbers, limit=limit, receivables=[debt for debt, _ in covers])
    last = {after.id: after for after in states}
    per_invoice, per_receivable = Counter[str](), Counter[str]()
    for invoice in states:
        if isinstance(invoice, Invoice):
            assert invoice.uncovered.minor >= 0
            for cover in invoice.covered:
                per_invoice[cover.receivable] += cover.amount.minor
    for debt, _ in covers:
        per_receivable[debt.id] += last[debt.id].invoiced.minor
    assert per_invoice == per_receivable == Counter({debt.id: amount.minor for debt, amount in covers})


def test_two_hosts_cannot_both_invoice_a_receivable() -> None:
    store = MemoryStore()
    raised = billing.RECEIVABLE.change(None, *_raised())
    store.commit(raised, by=ActorId("li"), at=NOON)
    requests = [approved(ask(_line(), covers=[(raised.after, cny(3_000_000))])) for _ in range(2)]
    first, second = (
        issue_requested(
            attrs.evolve(request, id=InvoiceRequestId(name)),
            numbers=["1"],
            receivables=[raised.after],
            on=TODAY,
            now=NOON,
        )[1:]
        for request, name in zip(requests, ("Q2", "Q3"), strict=True)
    )
    store.commit(*first, by=ActorId("li"), at=NOON)
    with pytest.raises(Conflict):
        store.commit(*second, by=ActorId("li"), at=NOON)
    again = store.receivables.get(raised.after.id)
    with pytest.raises(Refused, match=r"30000\.00 CNY is more than the 0\.00 CNY left to invoice of receivable P1/1"):
        issue_all(requests[1], numbers=["1"], receivables=[again])


def _line() -> InvoiceLine:
    return InvoiceLine("goods", cny(3_000_000), Decimal("0.13"))


def _raised() -> tuple[billing.ReceivableEvent]:
    event = billing.raise_receivable(
        receivable().id,
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=cny(3_000_000),
        on=TODAY,
        due_on=TODAY,
        now=NOON,
    ).events[0]
    return (event,)


def test_a_rejected_request_is_made_again() -> None:
    rejected = reject_invoice_request(invoice_request(), reason="wrong title", now=NOON).after
    again = ask(_line(), replaces=rejected)
    assert again.replaces == "Q1"
    with pytest.raises(Refused, match="request Q1 is requested; make one again once it is rejected"):
        ask(_line(), replaces=invoice_request())


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    (
        "invoice_request.numbers",
        lambda: issue_all(approved_invoice_request(), numbers=["1", "2"], receivables=[receivable()]),
        "request Q1 becomes 1 invoices and 2 different numbers are given; give one an invoice",
    ),
    (
        "invoice_request.numbers",
        lambda: issue_all(
            approved_invoice_request(), numbers=["1", "1"], limit=cny(5_000_000), receivables=[receivable()]
        ),
        "request Q1 becomes 2 invoices and 1 different numbers are given; give one an invoice",
    ),
    (
        "invoice_request.receivable",
        lambda: issue_all(approved_invoice_request(), numbers=["1"], receivables=[second_receivable()]),
        "request Q1 bills 30000.00 CNY of receivable P1/1; give that receivable",
    ),
    (
        "invoice_request.too_early",
        lambda: issue_requested(
            approved_invoice_request(), numbers=["1"], receivables=[receivable()], on=TODAY - DAY, now=NOON
        ),
        "request Q1 stood at 2026-03-02 last, after 2026-03-01; use that day or a later one",
    ),
    (
        "invoice_request.too_early",
        lambda: deliver_invoice_request(issued_request(), to="Wu", on=TODAY - DAY, now=NOON),
        "request Q1 stood at 2026-03-02 last, after 2026-03-01; use that day or a later one",
    ),
    (
        "invoice.over_receivable",
        lambda: ask(_line(), covers=[(attrs.evolve(receivable(), amount=cny(5)), cny(6))]),
        "0.06 CNY is more than the 0.05 CNY left to invoice of receivable P1/1; ask for that or less",
    ),
    (
        "receivable.not_raised",
        lambda: ask(_line(), covers=[(receivable(), cny(5))], on=TODAY - DAY),
        "receivable P1/1 was raised on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    (
        "invoice.other_entity",
        lambda: ask(_line(), entity="E2", covers=[(receivable(), cny(5))]),
        "invoice Q2 bills for entity E2, receivable P1/1 has E1; both must be the same",
    ),
    (
        "invoice.parts",
        lambda: split_lines([_line()], cny(1000)),
        "a net of 26548.67 CNY is over 500 times the limit of 10.00 CNY; use a higher one",
    ),
    (
        "approval.not_granted",
        lambda: approve_invoice_request(
            invoice_request(), approval=pending_request(invoice_approval().about, invoice_request().amount), now=NOON
        ),
        "request AR-1 about invoice_request Q1 is pending; it allows that once it is approved",
    ),
    (
        "approval.other_subject",
        lambda: approve_invoice_request(invoice_request(), approval=approved_request(), now=NOON),
        "request AR-1 is about contract K1, not about invoice_request Q1; use the request about that",
    ),
]


@pytest.mark.parametrize("code, call, message", REFUSED)
def test_what_is_refused_says_what_would_pass(code: str, call: Callable[[], object], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        call()
    assert (refusal.value.code, str(refusal.value)) == (code, message)


BAD: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    ("special without a number", lambda: ask(_line(), kind=InvoiceKind.SPECIAL), InvalidValue, "has no tax number; give one"),
    ("kind as a string", lambda: ask(_line(), kind="special"), InvalidType, "pass one of InvoiceKind"),
    ("title as a string", lambda: ask(_line(), title="Huadong"), InvalidType, "pass a InvoiceTitle"),
    ("no lines", ask, InvalidValue, "invoice Q2 has no lines"),
    ("policy as a string", lambda: ask(_line(), rounding="per_line"), InvalidType, "pass one of TaxRounding"),
    ("covers twice", lambda: ask(_line(), covers=[(receivable(), cny(1))] * 2), InvalidValue, "names a receivable twice"),
    ("covers too much", lambda: ask(_line(), covers=[(receivable(), cny(3_000_001))]), InvalidValue, "cover that or less"),
    ("limit of nothing", lambda: split_lines([_line()], cny(0)), InvalidValue, "limit is 0.00 CNY; give more than zero"),
    ("limit that is no money", lambda: split_lines([_line()], 5), InvalidType, "limit is 5; pass a Money"),  # type: ignore[arg-type]
    ("limit in USD", lambda: split_lines([_line()], Money(5, "USD")), CurrencyMismatch, "do not mix"),
    ("short tax number", lambda: InvoiceTitle("x", "9131"), InvalidValue, "give 15, 17, 18 or 20 capital letters"),
    ("small letters", lambda: InvoiceTitle("x", "91310000ma1fl5bk0q"), InvalidValue, "is no tax number of CN"),
    ("foreign number", lambda: InvoiceTitle("x", "1", country="DE"), InvalidValue, "give 2 to 30 capital letters, digits"),
    ("country in words", lambda: InvoiceTitle("x", country="China"), InvalidValue, "China is no country; give two capital letters"),
    ("blank title", lambda: InvoiceTitle(" "), InvalidValue, "name is blank"),
]  # fmt: skip


@pytest.mark.parametrize("make, error, message", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_requests_are_refused(make: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_what_bills_nothing_is_split_into_nothing() -> None:
    assert split_lines([], cny(5)) == ((),)


def test_a_check_digit_is_checked_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    check_tax_number(InvoiceTitle("x", "91110000600037341L"))
    check_tax_number(InvoiceTitle("x"))
    check_tax_number(InvoiceTitle("x", "123456789012345"))
    check_tax_number(InvoiceTitle("x", "FR 40303265045", country="FR"))
    with pytest.raises(InvalidValue, match="91110000600037341M is no unified social credit code"):
        check_tax_number(InvoiceTitle("x", "91110000600037341M"))
    monkeypatch.setitem(__import__("sys").modules, "stdnum.cn", None)
    with pytest.raises(MissingExtra, match=r"install ltc\[dedupe\]"):
        check_tax_number(InvoiceTitle("x", "91110000600037341L"))
