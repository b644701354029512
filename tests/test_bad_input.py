"""Bad input of every kind, by name: a typed refusal or a finding that says what would pass, at once, with nothing changed."""

import copy
import datetime as dt
import json
import math
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from ltc import accounts, approvals, billing, contracts, flows, leads, pipeline, pools, report
from ltc.adapters.memory import MemoryStore
from ltc.calendars import NetDays, NetMonths, Weekly, add_period, add_workdays, end_of_day, local_day, start_of_day
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, LtcError, Refused
from ltc.events import from_json
from ltc.findings import Finding
from ltc.money import Money, total
from ltc.testing.samples.accounts import created
from ltc.testing.samples.approvals import pending_request
from ltc.testing.samples.billing import NOON, TODAY, adoption, issuance, reception, signed
from ltc.testing.samples.contracts import drafted, order_lines, placed, signed_contract
from ltc.testing.samples.leads import captured_lead, draft, owned_lead, pooled_lead
from ltc.testing.samples.pipeline import opened, ready
from ltc.testing.samples.pools import policy, quota

MOST: Final = 0.05
"""Seconds in which bad input is answered."""


def in_memory() -> Any:
    """Return a store that takes anything: bad values are of no type that a verb takes."""
    return MemoryStore()


class World:
    """A store with a thing of every room in it, and the verbs' way into it: what they return is committed."""

    def __init__(self) -> None:
        self.store = in_memory()
        plan, receivable = signed()
        for change in (captured_lead(), created(), opened(), adoption(), plan, receivable, reception(), *issuance()):
            self.store.commit(change, by="import", at=NOON)
        self.store.commit(contracts.CONTRACT.change(None, drafted()), by="import", at=NOON)
        self.store.commit(contracts.ORDER.change(None, placed()), by="import", at=NOON)
        self.lead = owned_lead()
        self.pooled = pooled_lead()
        self.deal: Any = self.store.opportunities.get("O1")
        self.contract: Any = self.store.contracts.get("K1")
        self.order: Any = self.store.orders.get("SO-1")
        self.plan: Any = self.store.plans.get("P1")
        self.receivable: Any = self.store.receivables.get("P1/1")
        self.receipt: Any = self.store.receipts.get("R1")
        self.invoice: Any = self.store.invoices.get("I1")
        self.account: Any = self.store.accounts.get("A1")
        self.request = pending_request()

    def do(self, *changes: Any, **envelope: Any) -> None:
        """Commit what a verb returned."""
        self.store.commit(*changes, **({"by": "li", "at": NOON} | envelope))

    def state(self) -> dict[str, Any]:
        """Everything there is: things, records, what was asked for by key."""
        return vars(self) | {"store": None, "records": list(self.store.records()), "things": self.store._things}


Ask = Callable[[World], Any]


class Bad(NamedTuple):
    """A bad input: what it is called in the house, what it does, the error it meets, and a part of what would pass."""

    kind: str
    name: str
    ask: Ask
    error: type[LtcError]
    passes: str


def verb(module: Any, name: str, *arguments: Any, **keywords: Any) -> Ask:
    """Return the call of a verb; an argument that is a function is asked of the world first."""

    def ask(world: World) -> None:
        given = [value(world) if callable(value) else value for value in arguments]
        named = {key: value(world) if callable(value) else value for key, value in keywords.items()}
        changes = getattr(module, name)(*given, **named)
        world.do(*(changes if isinstance(changes, tuple) else (changes,)))

    return ask


def calling(function: Callable[..., object], *arguments: Any) -> Ask:
    """Return the call of a function that needs no world."""
    return lambda _: function(*arguments)


MODEL: Final = pipeline.STANDARD_MODEL
UNUSED: Final = {"entity": "E1", "party": "A1"}
RETURNED: Final = {"reason": billing.NoteReason.RETURN, "on": TODAY}


def lead(world: World) -> Any:
    return world.lead


def deal(world: World) -> Any:
    return world.deal


def contract(world: World) -> Any:
    return world.contract


def order(world: World) -> Any:
    return world.order


def receipt(world: World) -> Any:
    return world.receipt


def blue(world: World) -> Any:
    return world.invoice


def receivable(world: World) -> Any:
    return world.receivable


def receivables(world: World) -> Any:
    return [world.receivable]


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


# Money

NUMBERS: Sequence[tuple[str, str, Any, type[LtcError]]] = [
    ("float", "0.1", 0.1, InvalidType),
    ("float", "a whole one", 100.0, InvalidType),
    ("NaN", "as a float", math.nan, InvalidType),
    ("NaN", "as a Decimal", Decimal("NaN"), InvalidValue),
    ("NaN", "as text", "NaN", InvalidValue),
    ("Infinity", "as a float", math.inf, InvalidType),
    ("Infinity", "as a Decimal", Decimal("-Infinity"), InvalidValue),
    ("Infinity", "as text", "Infinity", InvalidValue),
    ("bool", "true", True, InvalidType),
    ("bool", "as text", "True", InvalidValue),
    ("full-width digits", "１２", "１２", InvalidValue),
    ("full-width digits", "Arabic ones", "١٢", InvalidValue),
    ("underscores", "1_000", "1_000", InvalidValue),
    ("underscores", "in front", "_1", InvalidValue),
    ("empty string", "as money", "", InvalidValue),
    ("1 MB string", "of digits as money", "9" * 1_000_000, InvalidValue),
    ("1 MB string", "an int of 100,000 digits as money", 10**100_000, InvalidValue),
    ("NUL", "as money", "1\0", InvalidValue),
    ("bidi control", "as money", "\u202e12", InvalidValue),
    ("lone surrogate", "as money", "12\ud800", InvalidValue),
]


def money_rows() -> list[Bad]:
    rows = []
    for kind, name, value, error in NUMBERS:
        passes = "pass a str, an int or a Decimal" if error is InvalidType else "write it as in 12.30"
        rows.append(Bad(kind, f"{name}, an amount", lambda w, v=value: w.do(_repriced(w, v)), error, passes))  # type: ignore[misc]  # v: of this turn
        rows.append(Bad(kind, f"{name}, a unit price", calling(_line, value), error, passes))
        if error is InvalidType:
            rows += [
                Bad(kind, f"{name}, {what}", ask, InvalidType, "Money" if what == "minor units" else "pass")
                for what, ask in _where_money_goes(value)
            ]
    return rows


def _repriced(world: World, value: Any) -> Any:
    return pipeline.reprice(world.deal, amount=Money.of(value, "CNY"), now=NOON)


def _line(price: Any) -> Any:
    return contracts.Line("9", "machine", Decimal(1), price, Decimal("0.13"))  # type: ignore[arg-type]  # an id as text


def _where_money_goes(value: Any) -> list[tuple[str, Ask]]:
    """Where a Money belongs and something else is given."""
    signed_on = billing.on("signed")
    return [
        ("minor units", lambda _: Money(value, "CNY")),
        ("the amount of a deal", verb(pipeline, "reprice", deal, amount=value, now=NOON)),
        ("the amount of a receipt", verb(billing, "receive", "R9", **UNUSED, amount=value, on=TODAY, now=NOON)),
        ("what is applied", verb(billing, "apply", receipt, receivables, amount=value, on=TODAY, now=NOON)),
        (
            "what is waived",
            verb(billing, "waive", receivable, amount=value, change="W1", reason="x", on=TODAY, now=NOON),
        ),
        ("a small difference", verb(billing, "round_off", receivable, limit=value, on=TODAY, now=NOON)),
        ("a refund", verb(billing, "request_refund", "F1", receipt=receipt, amount=value, reason="x", now=NOON)),
        ("the total of a plan", lambda _: billing.plan(value, [billing.rest(due=signed_on)])),
        ("a term", lambda _: billing.fixed(value, due=signed_on)),
        ("a ratio", lambda _: billing.share(value, due=signed_on)),
        ("an early payment", lambda _: billing.EarlyPayment.of(value, days=10)),
        ("what is kept back", lambda _: billing.retention(value, months=12)),
        ("a price of a month", lambda _: billing.recurring(value, start=TODAY, months=1)),
        ("what a plan follows", lambda w: w.do(_replanned(w, value, NOON))),
        ("the gross of a line", lambda _: billing.InvoiceLine("x", gross=value, tax_rate=Decimal(0))),
        ("a net with tax on top", lambda _: billing.InvoiceLine.on_top("x", net=value, tax_rate=Decimal(0))),
        ("a discount", lambda _: billing.AmountOff(value)),
        ("what an invoice covers", verb(billing, "cover", blue, receivable, amount=value, on=TODAY, now=NOON)),
        ("the limit of an invoice", lambda w: billing.split_lines(w.invoice.lines, value)),
        ("a red letter", verb(billing, "request_note", "N9", invoice=blue, amount=value, **RETURNED, now=NOON)),
        ("an amount to approve", lambda w: _approval(w, value)),
    ]


def _replanned(world: World, amount: Any, now: Any) -> Any:
    return billing.replan(world.plan, by=billing.from_last, amount=amount, change="CH", reason="x", now=now)  # type: ignore[arg-type]  # an id as text


def _approval(world: World, amount: Any) -> None:
    flow = world.request.flow
    world.do(approvals.submit("Q9", flow=flow, about=world.request.about, amount=amount, by="li", now=NOON))  # type: ignore[arg-type]  # ids as text


DOLLAR: Final = Money.of("1.00", "USD")
CURRENCIES: Final = [
    Bad(
        "mixed currencies", "added", lambda _: yuan("1") + DOLLAR, CurrencyMismatch, "convert one with an explicit rate"
    ),
    Bad("mixed currencies", "compared", lambda _: yuan("1") < DOLLAR, CurrencyMismatch, "convert one"),
    Bad("mixed currencies", "summed", lambda _: total([yuan("1"), DOLLAR], "CNY"), CurrencyMismatch, "convert one"),
    Bad(
        "mixed currencies",
        "waived",
        verb(billing, "waive", receivable, amount=DOLLAR, change="W1", reason="x", on=TODAY, now=NOON),
        CurrencyMismatch,
        "convert one",
    ),
    Bad(
        "mixed currencies",
        "applied",
        verb(billing, "apply", receipt, receivables, amount=DOLLAR, on=TODAY, now=NOON),
        CurrencyMismatch,
        "convert one",
    ),
    Bad(
        "mixed currencies",
        "a receipt for a receivable of another",
        lambda w: w.do(*billing.apply(_dollars(), [w.receivable], on=TODAY, now=NOON)),
        Refused,
        "give a rate of CNY in USD",
    ),
    Bad(
        "mixed currencies",
        "a term of a plan",
        lambda _: billing.plan(yuan("1"), [billing.fixed(DOLLAR, due=billing.on("signed"))]),
        InvalidValue,
        "the total is in CNY: use that",
    ),
    Bad(
        "mixed currencies",
        "an order of a contract",
        verb(
            contracts,
            "place_order",
            "SO-9",
            contract=signed_contract(),
            lines=order_lines(),
            currency="USD",
            on=TODAY,
            now=NOON,
        ),
        Refused,
        "CNY",
    ),
    *(
        Bad("unknown currency", name, calling(Money.of, "1", code), InvalidValue, "such as CNY")
        for name, code in [
            ("ZZZ", "ZZZ"),
            ("lower case", "cny"),
            ("empty", ""),
            ("1 MB", "Z" * 1_000_000),
            ("NUL", "C\0Y"),
        ]
    ),
    Bad("JPY with decimals", "as text", lambda _: Money.of("1.5", "JPY"), InvalidValue, "JPY takes 0"),
    Bad("JPY with decimals", "parsed", lambda _: Money.parse("1.50 JPY"), InvalidValue, "JPY takes 0"),
    Bad("JPY with decimals", "stored", lambda _: from_json('"0.5 JPY"', Money), InvalidValue, "JPY takes 0"),
]


def _dollars() -> Any:
    return billing.receive("R9", entity="E1", party="A1", amount=DOLLAR, on=TODAY, now=NOON).after  # type: ignore[arg-type]  # ids as text


# Time

NAIVE: Final = dt.datetime(2026, 3, 2, 4)
EAST: Final = dt.timezone(dt.timedelta(hours=8))
WEST: Final = dt.timezone(-dt.timedelta(hours=8))
INSTANTS: Sequence[tuple[str, str, Any, str]] = [
    ("naive datetime", "", NAIVE, "pass an aware datetime"),
    ("year 1", ", in the east", dt.datetime(1, 1, 1, tzinfo=EAST), "the years 1 to 9999"),
    ("year 9999", ", in the west", dt.datetime(9999, 12, 31, 23, tzinfo=WEST), "the years 1 to 9999"),
]


def verbs_at(now: Any) -> list[tuple[str, Ask]]:
    """A verb of every room, at an instant."""
    quantities = {"1": Decimal(2)}
    return [
        ("lead captured", verb(leads, "capture", "L9", draft(), now=now)),
        ("lead touched", verb(leads, "touch", lead, by="li", kind="call", now=now)),
        ("lead handed over", verb(leads, "hand_over", lead, to="wang", reason="x", now=now)),
        ("lead returned", verb(leads, "return_to_pool", lead, policy=policy(), pool="east", now=now)),
        (
            "lead claimed",
            lambda w: w.do(*leads.claim(w.pooled, by="wang", quota=quota(), policy=policy(), holding=0, now=now)),  # type: ignore[arg-type]  # an id as text
        ),
        ("lead disqualified", verb(leads, "disqualify", lead, reason="x", now=now)),
        ("opportunity opened", lambda w: _open(w, now)),
        ("opportunity advanced", lambda w: w.do(pipeline.advance(ready(w.deal), model=MODEL, now=now))),
        ("opportunity lost", verb(pipeline, "lose", deal, reason="x", now=now)),
        ("contract submitted", verb(contracts, "submit", contract, request_id="Q9", now=now)),
        ("order delivered", verb(contracts, "deliver", order, batch="B1", quantities=quantities, on=TODAY, now=now)),
        ("request approved", lambda w: w.do(approvals.approve(w.request, by="wang", now=now))),  # type: ignore[arg-type]  # an id as text
        ("account handed over", verb(accounts, "hand_over", lambda w: w.account, to="wang", reason="x", now=now)),
        ("quota opened", verb(pools, "open_quota", "east", actor="li", now=now)),
        ("invoice covered", verb(billing, "cover", blue, receivable, amount=yuan("1"), on=TODAY, now=now)),
        ("red letter", verb(billing, "request_note", "N9", invoice=blue, amount=yuan("1"), **RETURNED, now=now)),
        ("receipt recorded", verb(billing, "receive", "R9", **UNUSED, amount=yuan("1"), on=TODAY, now=now)),
        ("receipt applied", verb(billing, "apply", receipt, receivables, on=TODAY, now=now)),
        (
            "receipt taken",
            verb(flows, "take_receipt", "R9", **UNUSED, amount=yuan("1"), receivables=receivables, on=TODAY, now=now),
        ),
        (
            "receivable waived",
            verb(billing, "waive", receivable, amount=yuan("1"), change="W1", reason="x", on=TODAY, now=now),
        ),
        ("milestone reached", verb(billing, "reach", lambda w: w.plan, milestone="delivered", on=TODAY, now=now)),
        ("plan revised", lambda w: w.do(_replanned(w, yuan("100001"), now))),
        ("commit", lambda w: w.do(captured_lead("L9"), at=now)),
    ]


def _open(world: World, now: Any) -> None:
    world.do(pipeline.open_opportunity("O9", model=MODEL, account="A1", owner="li", amount=yuan("1"), now=now))  # type: ignore[arg-type]  # ids as text


def _due_on(world: World, on: Any) -> None:
    lines = [billing.InvoiceLine("x", yuan("1"), Decimal(0))]
    world.do(*billing.issue("I9", order="SO-1", entity="E1", party="A1", lines=lines, on=TODAY, due_on=on, now=NOON))  # type: ignore[arg-type]  # ids as text


LAST: Final = dt.date(9999, 12, 31)
DAYS: Final = [
    Bad(
        "29 Feb",
        "of no leap year, stored",
        lambda _: from_json('"2026-02-29"', dt.date),
        InvalidValue,
        "day is out of range",
    ),
    Bad("year 9999", "a day more", lambda _: add_period(LAST, days=1), InvalidValue, "use an earlier or a later day"),
    Bad("year 9999", "a month more", lambda _: add_period(LAST, months=1), InvalidValue, "the years 1 to 9999"),
    Bad("year 9999", "a due rule of days", lambda _: NetDays(30).due(LAST), InvalidValue, "the years 1 to 9999"),
    Bad("year 9999", "a due rule of months", lambda _: NetMonths(1).due(LAST), InvalidValue, "the years 1 to 9999"),
    Bad("year 9999", "workdays", lambda _: add_workdays(LAST, 1, Weekly()), InvalidValue, "the years 1 to 9999"),
    Bad("year 9999", "its end in the west", lambda _: end_of_day(LAST, "America/New_York"), InvalidValue, "9999"),
    Bad(
        "year 9999",
        "a milestone",
        verb(billing, "reach", lambda w: w.plan, milestone="delivered", on=LAST, now=NOON),
        InvalidValue,
        "the years 1 to 9999",
    ),
    Bad("year 1", "a day less", lambda _: add_period(dt.date.min, days=-1), InvalidValue, "the years 1 to 9999"),
    Bad(
        "year 1",
        "its start in the east",
        lambda _: start_of_day(dt.date.min, "Asia/Shanghai"),
        InvalidValue,
        "years 1 to",
    ),
    Bad(
        "year 1",
        "its day in the west",
        lambda _: local_day(dt.datetime(1, 1, 1, tzinfo=dt.UTC), "America/New_York"),
        InvalidValue,
        "the years 1 to 9999",
    ),
    Bad(
        "naive datetime",
        "its local day",
        lambda _: local_day(NAIVE, "Asia/Shanghai"),
        InvalidValue,
        "pass an aware datetime",
    ),
    Bad(
        "naive datetime",
        "whether a lead is overdue",
        lambda w: w.lead.is_overdue(NAIVE, policy()),
        InvalidValue,
        "aware",
    ),
    *(
        Bad("naive datetime", f"for a day, {name}", ask, InvalidType, "pass a datetime.date")
        for name, ask in [
            ("receipt", verb(billing, "receive", "R9", **UNUSED, amount=yuan("1"), on=NAIVE, now=NOON)),
            ("application", verb(billing, "apply", receipt, receivables, on=NAIVE, now=NOON)),
            (
                "waiver",
                verb(billing, "waive", receivable, amount=yuan("1"), change="W1", reason="x", on=NAIVE, now=NOON),
            ),
            ("due day", lambda w: _due_on(w, NAIVE)),
            (
                "delivery",
                verb(contracts, "deliver", order, batch="B1", quantities={"1": Decimal(2)}, on=NAIVE, now=NOON),
            ),
        ]
    ),
]


def time_rows() -> list[Bad]:
    rows = [
        Bad(kind, f"{name}{where}", ask, InvalidValue, passes)
        for kind, where, now, passes in INSTANTS
        for name, ask in verbs_at(now)
    ]
    return [*rows, *DAYS]


# Strings

STRINGS: Sequence[tuple[str, str, str]] = [
    ("empty string", "", "give 1 to 200 characters"),
    ("1 MB string", "x" * 1_000_000, "200 is the most"),
    ("NUL", "a\0b", "use printable characters on one line"),
    ("bidi control", "a\u202eb", "use printable characters on one line"),
    ("lone surrogate", "a\ud800b", "use printable characters on one line"),
]


def lines_with(text: Any) -> list[tuple[str, Ask]]:
    """Where a name or an id goes."""
    return [
        ("id of a lead", verb(leads, "capture", text, draft(), now=NOON)),
        ("name in a draft", lambda _: leads.LeadDraft(name=text)),
        ("company in a draft", lambda _: leads.LeadDraft(company=text)),
        ("kind of a touch", verb(leads, "touch", lead, by="li", kind=text, now=NOON)),
        ("reason to give a lead up", verb(leads, "disqualify", lead, reason=text, now=NOON)),
        ("reason of a loss", verb(pipeline, "lose", deal, reason=text, now=NOON)),
        ("id of a request", verb(contracts, "submit", contract, request_id=text, now=NOON)),
        (
            "id of a batch",
            verb(contracts, "deliver", order, batch=text, quantities={"1": Decimal(2)}, on=TODAY, now=NOON),
        ),
        ("id of a receipt", verb(billing, "receive", text, **UNUSED, amount=yuan("1"), on=TODAY, now=NOON)),
        ("milestone", lambda _: billing.on(text)),
        ("order line of a term", lambda _: billing.rest(due=billing.on("signed"), lines=[text])),
        ("description of a line", lambda _: billing.InvoiceLine(text, yuan("1"), Decimal(0))),
        ("title of an invoice", lambda _: billing.InvoiceTitle(text)),
        ("tax number", lambda _: billing.InvoiceTitle("x", text)),
        (
            "id of a red letter",
            verb(billing, "request_note", text, invoice=blue, amount=yuan("1"), **RETURNED, now=NOON),
        ),
        ("actor of a commit", lambda w: w.do(captured_lead("L9"), by=text)),
        ("key of a commit", lambda w: w.do(captured_lead("L9"), key=text)),
        ("cause of a commit", lambda w: w.do(captured_lead("L9"), cause=text)),
    ]


def remarks_with(text: str) -> list[tuple[str, Ask]]:
    """Where a remark goes, which may be empty."""
    return [
        ("note of a touch", verb(leads, "touch", lead, by="li", kind="call", note=text, now=NOON)),
        ("reason of a hand-over", verb(leads, "hand_over", lead, to="wang", reason=text, now=NOON)),
        (
            "reason of a waiver",
            verb(billing, "waive", receivable, amount=yuan("1"), change="W1", reason=text, on=TODAY, now=NOON),
        ),
        (
            "reference of a receipt",
            verb(billing, "receive", "R9", **UNUSED, amount=yuan("1"), on=TODAY, reference=text, now=NOON),
        ),
        ("label of a term", lambda _: billing.rest(due=billing.on("signed"), label=text)),
        ("comment of an approval", lambda w: w.do(approvals.approve(w.request, by="wang", comment=text, now=NOON))),  # type: ignore[arg-type]  # an id as text
    ]


def string_rows() -> list[Bad]:
    rows = []
    for kind, text, passes in STRINGS:
        rows += [Bad(kind, name, ask, InvalidValue, passes) for name, ask in lines_with(text)]
        if text:
            shape = "10,000 is the most" if len(text) > 10_000 else "use printable characters and line breaks"
            rows += [Bad(kind, name, ask, InvalidValue, shape) for name, ask in remarks_with(text)]
        rows.append(Bad(kind, "phone", calling(leads.phone_of, text), InvalidValue, "give 7 to 15 digits"))
        rows.append(Bad(kind, "e-mail", calling(leads.email_of, text), InvalidValue, "name@example.com"))
        rows.append(
            Bad(
                kind,
                "stored money",
                calling(from_json, json.dumps(text), Money),
                InvalidValue,
                "write it as in 12.30 CNY",
            )
        )
    return rows


CELLS_OF_NO_TEXT: Final = [
    Bad("float", "a phone", lambda _: leads.LeadDraft(name="Li", phone=13800000001.0), InvalidType, "pass a str"),  # type: ignore[arg-type]  # bad on purpose
    Bad("NaN", "an e-mail", lambda _: leads.LeadDraft(name="Li", email=math.nan), InvalidType, "pass a str"),  # type: ignore[arg-type]  # as above
]
ROWS: Final = [*money_rows(), *CURRENCIES, *time_rows(), *string_rows(), *CELLS_OF_NO_TEXT]


@pytest.fixture(scope="module")
def world() -> World:
    """One world for all: a refusal leaves it as it was, or the next test finds out."""
    made = World()
    made.do(captured_lead("L2"))
    return made


def quickest(ask: Callable[[], object]) -> float:
    """Return the seconds of the quickest of three calls: a busy machine does not make a slow library."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


@pytest.mark.parametrize("bad", ROWS, ids=[f"{row.kind}-{row.name}" for row in ROWS])
def test_bad_input_is_refused_at_once_and_changes_nothing(bad: Bad, world: World) -> None:
    before = copy.deepcopy(world.state())

    def ask() -> LtcError:
        with pytest.raises(LtcError) as caught:
            bad.ask(world)
        return caught.value

    error = ask()  # and whatever loads at the first use
    assert type(error) is bad.error
    assert bad.passes in error.message
    assert error.message.isprintable()
    assert len(error.message) < 400
    assert quickest(ask) < MOST
    assert world.state() == before


# Tables

HEAD: Final = "id,account,amount,signed_on\n"
GOOD: Final = "SO-8,A1,1.00,2026-03-02\n"
LONG: Final = "x" * 1_000_000
GBK: Final = (HEAD + "SO-9,华东机械,1.00,2026-03-02\n").encode("gbk")


class BadTable(NamedTuple):
    """A bad file: whether it costs a row, and a part of what would pass."""

    kind: str
    content: str | bytes
    rejects: bool
    passes: str


TABLES: Final = [
    BadTable("CSV in GBK", GBK, rejects=False, passes="save it as UTF-8"),
    BadTable("CSV in GBK with a BOM", b"\xef\xbb\xbf" + GBK, rejects=False, passes="save it as UTF-8"),
    BadTable(
        "CSV in no encoding", HEAD.encode() + b"\xff\xff\xff", rejects=True, passes="name its encoding in a mapping"
    ),
    BadTable("CSV with an open quote", f'{HEAD}SO-9,"A1,1.00,2026-03-02\n', rejects=True, passes="double the quotes"),
    BadTable(
        "CSV with a quote in a cell", f'{HEAD}SO-9,"A"1,1.00,2026-03-02\n', rejects=True, passes="double the quotes"
    ),
    BadTable("CSV without columns", "id,account\nSO-9,A1\n", rejects=True, passes="rename a column or map it"),
    BadTable("CSV without rows", HEAD, rejects=False, passes="add rows below it"),
    BadTable("CSV without anything", "", rejects=True, passes="give it a header and rows"),
    BadTable("CSV with a short row", f"{HEAD}SO-9,A1\n", rejects=True, passes="the header has 4: give it as many"),
    BadTable("cell that begins with =", f"{HEAD}SO-9,=1+1,1.00,2026-03-02\n", rejects=False, passes="never computed"),
    BadTable(
        "amount that begins with =", f"{HEAD}SO-9,A1,=1+1,2026-03-02\n", rejects=True, passes="write it as in 12.30"
    ),
    BadTable("full-width digits", f"{HEAD}SO-9,A1,１２,2026-03-02\n", rejects=True, passes="write it as in 12.30"),
    BadTable("float", f"{HEAD}SO-9,A1,1e3,2026-03-02\n", rejects=True, passes="write it as in 12.30"),
    BadTable("NaN", f"{HEAD}SO-9,A1,nan,2026-03-02\n", rejects=True, passes="write it as in 12.30"),
    BadTable(
        "unknown currency", f"{HEAD[:-1]},currency\nSO-9,A1,1,2026-03-02,ZZZ\n", rejects=True, passes="such as CNY"
    ),
    BadTable(
        "JPY with decimals", f"{HEAD[:-1]},currency\nSO-9,A1,1.5,2026-03-02,JPY\n", rejects=True, passes="JPY takes 0"
    ),
    BadTable("29 Feb", f"{HEAD}SO-9,A1,1.00,2026-02-29\n", rejects=True, passes="write it as 2026-11-23"),
    BadTable("year 1", f"{HEAD}SO-9,A1,1.00,0001-01-01\n", rejects=False, passes="leave the cell empty"),
    BadTable("year 9999", f"{HEAD}SO-9,A1,1.00,9999-12-31\n", rejects=False, passes="leave the cell empty"),
    BadTable("year 10000", f"{HEAD}SO-9,A1,1.00,10000-01-01\n", rejects=True, passes="write it as 2026-11-23"),
    BadTable("empty string", f"{HEAD}SO-9,,1.00,2026-03-02\n", rejects=True, passes="give a value in every row"),
    BadTable("1 MB string", f"{HEAD}SO-9,{LONG},1.00,2026-03-02\n", rejects=True, passes="shorten it"),
    BadTable("NUL", f"{HEAD}SO-9,A\0001,1.00,2026-03-02\n", rejects=True, passes="without control and direction marks"),
    BadTable(
        "bidi control", f"{HEAD}SO-9,A\u202e1,1.00,2026-03-02\n", rejects=True, passes="without control and direction"
    ),
]


@pytest.mark.parametrize("bad", TABLES, ids=[row.kind for row in TABLES])
def test_a_bad_table_gives_a_finding_at_once_and_keeps_its_good_rows(
    bad: BadTable, tmp_path: Path, world: World
) -> None:
    before = copy.deepcopy(world.state())
    file = tmp_path / "orders.csv"
    file.write_bytes(bad.content if isinstance(bad.content, bytes) else bad.content.encode())
    seconds = quickest(lambda: report.read_files({"orders": file}))
    tables = report.read_files({"orders": file})
    said = [remark for remark in tables.remarks if bad.passes in remark.finding.message]
    assert [remark.rejects for remark in said] == [bad.rejects], tables.remarks
    [finding] = [remark.finding for remark in said]
    assert finding.path[0] == "orders.csv"
    assert str(finding).isprintable()
    assert len(str(finding)) < 500
    [count] = tables.counts
    assert count.rows == count.used + count.rejected
    assert len(tables.orders) == count.used
    assert seconds < MOST
    assert world.state() == before


def test_good_rows_beside_a_bad_one_are_used(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    for bad in TABLES:
        if (
            isinstance(bad.content, str)
            and bad.content.startswith(HEAD)
            and bad.content != HEAD
            and "quote" not in bad.kind
        ):
            file.write_text(bad.content + GOOD, encoding="utf-8")
            assert "SO-8" in {row.id for row in report.read_files({"orders": file}).orders}, bad.kind


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(f"{HEAD[:-1]},currency\n{GOOD[:-1]},CNY\n", encoding="utf-8-sig")
    tables = report.read_files({"orders": file})
    assert [row.id for row in tables.orders] == ["SO-8"]
    assert tables.remarks == ()


CELLS: Sequence[tuple[str, dict[str, object], str, str]] = [
    ("formula", {"company": '=HYPERLINK("http://x.example")'}, "company", "write it without"),
    ("formula as an e-mail", {"name": "Li", "email": "=cmd@x.example"}, "email", "write it without"),
    ("1 MB", {"name": LONG}, "name", "200 is the most"),
    ("1 MB phone", {"name": "Li", "phone": "1" * 1_000_000}, "phone", "200 is the most"),
    ("NUL", {"name": "a\0"}, "name", "use printable characters"),
    ("bidi", {"city": "a\u202e", "name": "Li"}, "city", "use printable characters"),
    ("surrogate", {"source": "\ud800", "name": "Li"}, "source", "use printable characters"),
    ("float", {"phone": 13800000001.0, "name": "Li"}, "phone", "pass a str"),
    ("NaN, a missing cell of pandas", {"company": math.nan, "name": "Li"}, "company", "pass a str"),
    ("no phone", {"phone": "12", "name": "Li"}, "phone", "give 7 to 15 digits"),
    ("no e-mail", {"email": "x", "name": "Li"}, "email", "name@example.com"),
]


@pytest.mark.parametrize("what, row, column, passes", CELLS, ids=[cell[0] for cell in CELLS])
def test_a_bad_cell_of_a_lead_gives_a_finding_at_once(
    what: str, row: dict[str, object], column: str, passes: str
) -> None:
    before = copy.deepcopy(row)
    made, findings = leads.draft_of(row, path=("leads.csv", 7))
    assert made is None, what
    [finding] = findings
    assert isinstance(finding, Finding)
    assert finding.path == ("leads.csv", 7, column)
    assert passes in finding.message
    assert str(finding).isprintable()
    assert len(str(finding)) < 500
    assert quickest(lambda: leads.draft_of(row)) < MOST
    assert row == before or what.startswith("NaN")  # NaN is not equal to itself


@pytest.mark.parametrize("row", [{}, {"name": "", "company": " "}, {"name": "\u3000", "phone": None}])
def test_a_lead_without_a_name_says_which_cells_would_do(row: dict[str, object]) -> None:
    made, [finding] = leads.draft_of(row)
    assert (made, finding.path) == (None, ())
    assert "give one of them" in finding.message


# What is no fault


def test_29_february_comes_every_four_years_and_clamps_between() -> None:
    leap = dt.date(2024, 2, 29)
    assert add_period(leap, months=12) == add_period(leap, years=1) == dt.date(2025, 2, 28)
    assert add_period(leap, months=48) == dt.date(2028, 2, 29)
    assert NetMonths(12).due(leap) == dt.date(2025, 2, 28)
    assert NetDays(366).due(leap) == dt.date(2025, 3, 1)
    assert from_json('"2024-02-29"', dt.date) == leap


def test_the_first_and_the_last_day_are_days() -> None:
    assert add_period(dt.date.min, days=1) == dt.date(1, 1, 2)
    assert NetDays(0).due(dt.date.max) == dt.date.max
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    assert leads.capture("L9", draft(), now=first).after.captured_at == first  # type: ignore[arg-type]  # an id as text


ISSUE: Final = {
    "float", "NaN", "Infinity", "bool", "full-width digits", "underscores", "mixed currencies", "unknown currency",
    "JPY with decimals", "naive datetime", "29 Feb", "year 1", "year 9999", "empty string", "1 MB string", "NUL",
    "bidi control", "lone surrogate",
}  # fmt: skip


def test_the_table_holds_every_kind_that_is_promised() -> None:
    assert {row.kind for row in ROWS} == ISSUE
    told = " ".join(row.kind for row in TABLES)
    assert all(word in told for word in ("BOM", "GBK", "quote", "without columns", "begins with ="))
