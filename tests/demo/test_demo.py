"""The half year of the example company against sums of plain Python over what its store holds: JSON, SQL and integers.

Nothing here asks the library for a figure: events are read as JSON out of the SQLite file, amounts are counted in fen.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import sqlite3
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from ltc.adapters.lives import Lives
from ltc.demo import firm
from ltc.demo.journey import Journey
from ltc.demo.run import run_demo
from ltc.demo.summary import print_summary
from ltc.events import from_json, load_event

pytestmark = pytest.mark.xdist_group("demo")  # the half year passes twice, not once a worker

COMPANY: Final = Path(firm.__file__).parent / "company"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LAST_DAY: Final = dt.date(2026, 6, 30)
HANDED_OVER: Final = dt.datetime(2026, 5, 18, 18, tzinfo=SHANGHAI)
RATES: Final = {
    "contact": Fraction(1, 10),
    "needs": Fraction(3, 10),
    "quotation": Fraction(1, 2),
    "contract": Fraction(4, 5),
}
OVER: Final = {"converted", "disqualified"}


class Happened(NamedTuple):
    """One row of the record, its body as plain JSON."""

    seq: int
    kind: str
    id: str
    version: int
    name: str
    at: dt.datetime
    actor: str
    cause: str | None
    body: bytes
    data: dict[str, Any]


class Demo(NamedTuple):
    """A half year that has passed, and what it left."""

    journey: Journey
    out: Path
    page: str
    rows: list[dict[str, Any]]
    events: list[Happened]
    things: dict[str, dict[str, dict[str, Any]]]
    days: list[tuple[dt.date, float]]

    def of(self, kind: str, *names: str) -> Iterator[Happened]:
        return (event for event in self.events if event.kind == kind and (not names or event.name in names))


def pass_the_half_year(out: Path, locale: str) -> Demo:
    days: list[tuple[dt.date, float]] = []
    journey, page = run_demo(out, locale=locale, each_day=lambda day, share: days.append((day, share)))
    database = sqlite3.connect(out / "company.sqlite")
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute("SELECT * FROM ltc_event ORDER BY seq")]
    events = [
        Happened(
            row["seq"],
            row["kind"],
            row["id"],
            row["version"],
            row["name"],
            EPOCH + dt.timedelta(microseconds=row["recorded_at"]),
            row["actor"],
            row["cause"],
            row["body"],
            json.loads(row["body"])["data"],
        )
        for row in rows
    ]
    things = {
        kind: {row["id"]: json.loads(row["document"]) for row in database.execute(f"SELECT * FROM ltc_{kind}")}  # noqa: S608  # a name of ours
        for kind in sorted({event.kind for event in events})
    }
    database.close()
    return Demo(journey, out, page.read_text(encoding="utf-8"), rows, events, things, days)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return pass_the_half_year(tmp_path_factory.mktemp("demo"), "en")


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return pass_the_half_year(tmp_path_factory.mktemp("again") / "new" / "folder", "zh_CN")


def fen(amount: str) -> int:
    """Return "12.30 CNY" as 1230."""
    digits, currency = amount.split(" ")
    assert currency == "CNY"
    assert re.fullmatch(r"-?\d+\.\d\d", digits)
    return int(digits.replace(".", ""))


def half_up(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def yuan(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"


def line_amount(line: dict[str, Any]) -> int:
    exact = Fraction(line["quantity"]) * Fraction(line["unit_price"]) * (1 - Fraction(line["discount"])) * 100
    return half_up(exact) + (fen(line["adjustment"]) if line["adjustment"] else 0)


# What the record holds


def test_the_chain_of_hashes_is_whole(demo: Demo) -> None:
    previous = "0" * 64
    for seq, row in enumerate(demo.rows, 1):
        at = (EPOCH + dt.timedelta(microseconds=row["recorded_at"])).isoformat()
        body = hashlib.sha256(row["body"]).hexdigest()
        told = [row["kind"], row["id"], row["version"], row["name"], at, row["actor"], row["cause"], row["key"], body]
        link = json.dumps([previous, seq, *told], ensure_ascii=False, separators=(",", ":"))
        assert (row["seq"], row["previous"], row["body_hash"]) == (seq, previous, body)
        previous = hashlib.sha256(link.encode()).hexdigest()
        assert row["hash"] == previous
    assert len(demo.rows) > 2_000


def test_every_state_is_the_replay_of_its_history(demo: Demo) -> None:
    lives, bodies = Lives(), defaultdict[tuple[str, str], list[bytes]](list)
    for event in demo.events:
        bodies[event.kind, event.id].append(event.body)
        assert event.version == len(bodies[event.kind, event.id]), "versions have no gaps"
    assert {(kind, thing) for kind, things in demo.things.items() for thing in things} == bodies.keys()
    for (kind, thing), history in bodies.items():
        life = lives[kind]
        state = life.replay(load_event(life, body) for body in history)
        document = json.dumps(demo.things[kind][thing], ensure_ascii=False)
        assert from_json(document, life.state) == state, f"{kind} {thing}"


def test_time_goes_forward_and_ends_on_the_last_day(demo: Demo) -> None:
    assert [event.at for event in demo.events] == sorted(event.at for event in demo.events)
    assert demo.events[0].at.astimezone(SHANGHAI).date() == dt.date(2026, 1, 5)
    assert demo.events[-1].at.astimezone(SHANGHAI).date() <= LAST_DAY
    assert [day for day, _ in demo.days] == [dt.date(2026, 1, 5) + dt.timedelta(offset) for offset in range(177)]
    assert [share for _, share in demo.days] == sorted(share for _, share in demo.days)
    assert (demo.days[0][1], demo.days[-1][1]) == (0, 100)


def test_a_second_run_records_the_same(demo: Demo, again: Demo) -> None:
    assert again.rows[-1]["hash"] == demo.rows[-1]["hash"]
    assert len(again.rows) == len(demo.rows)
    assert demo.page != again.page, "the words are of another language"


def test_a_run_into_the_same_folder_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "company.sqlite").write_text("what was there")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(KeyboardInterrupt):  # the first day is enough
        run_demo(tmp_path, locale="en", each_day=_interrupt)
    assert (tmp_path / "company.sqlite").read_bytes().startswith(b"SQLite format 3")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def _interrupt(_day: dt.date, _share: float) -> None:
    raise KeyboardInterrupt


# Leads


def lines_of_the_file() -> list[dict[str, str]]:
    with (COMPANY / "leads.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def usable(row: dict[str, str]) -> bool:
    try:
        dt.datetime.fromisoformat(row["created_at"])
    except ValueError:
        return False
    cells = list(row.values())
    plain = all(cell.isprintable() and len(cell) <= 200 and not cell.startswith("=") for cell in cells)
    return plain and bool(row["name"] or row["company"])


def keys(row: dict[str, str]) -> set[str]:
    """What makes a row the same lead: the last eleven digits of the phone, the e-mail in lower case."""
    return {key for key in ("".join(filter(str.isdigit, row["phone"]))[-11:], row["email"].lower()) if key}


def test_every_row_was_taken_in_or_refused_or_is_a_finding(demo: Demo) -> None:
    rows = lines_of_the_file()
    bad = [(number, row["id"]) for number, row in enumerate(rows, 2) if not usable(row)]
    good = sorted((row for row in rows if usable(row)), key=lambda row: dt.datetime.fromisoformat(row["created_at"]))
    taken: list[str] = []
    seen = defaultdict[str, list[str]](list)
    over = {event.id: event.at for event in demo.of("lead", *OVER)}
    for row in good:
        at = dt.datetime.fromisoformat(row["created_at"])
        same = [lead for key in keys(row) for lead in seen[key]]
        if all(lead in over and over[lead] < at for lead in same):  # what is over comes back as a lead of its own
            taken.append(row["id"])
            for key in keys(row):
                seen[key].append(row["id"])
    assert set(demo.things["lead"]) == set(taken)
    assert sorted({finding.path[1] for finding in demo.journey.findings}) == [number for number, _ in bad]
    assert demo.journey.counts["lead.duplicate"] == len(good) - len(taken) > 0
    assert len(rows) == len(taken) + demo.journey.counts["lead.duplicate"] + len(bad)
    hinted = sum(bool(event.data["duplicates"]) for event in demo.of("lead", "captured"))
    assert demo.journey.counts["duplicates"] == hinted > 0


class Held(NamedTuple):
    """Who has a lead, folded by hand."""

    status: str = "unreviewed"
    owner: str | None = None
    pool: str | None = None


def held_after(before: Held, event: Happened) -> Held:
    match event.name:
        case "captured":
            return Held()
        case "graded" | "returned":
            return Held("pooled", None, event.data["pool"])
        case "nurtured":
            return Held("nurtured")
        case "assigned" | "claimed" | "handed_over":
            return Held("owned", event.data["owner"])
        case "touched":
            assert before == Held("owned", event.data["by"]), "only the owner follows up"
            return before
        case "converted":
            assert before == Held("owned", event.data["owner"])
            return Held("converted", before.owner)
        case "disqualified":
            return Held("disqualified")
        case _:
            raise AssertionError(event)


def test_no_lead_ever_has_an_owner_and_a_pool_and_who_left_gets_none(demo: Demo) -> None:
    held: dict[str, Held] = {}
    for event in demo.of("lead"):
        now = held[event.id] = held_after(held.get(event.id, Held()), event)
        assert (now.owner is None) or (now.pool is None), event
        assert (now.pool is not None) == (now.status == "pooled")
        assert (now.owner is not None) == (now.status in {"owned", "converted"})
        if event.at > HANDED_OVER.astimezone(dt.UTC):
            assert now.owner != "zhao", event
    found = {lead: Held(state["status"], state["owner"], state["pool"]) for lead, state in demo.things["lead"].items()}
    assert found == held
    assert demo.journey.counts["returned"] == sum(1 for _ in demo.of("lead", "returned")) > 50
    assert demo.journey.counts["claimed"] == sum(1 for _ in demo.of("lead", "claimed")) > 20


def test_who_left_holds_nothing_that_is_open(demo: Demo) -> None:
    owner: dict[tuple[str, str], str] = {}
    for event in demo.events:
        if event.kind in {"lead", "opportunity", "account", "contract", "order"} and event.data.get("owner"):
            owner[event.kind, event.id] = event.data["owner"]
            assert event.data["owner"] != "zhao" or event.at <= HANDED_OVER.astimezone(dt.UTC)
    moved = [event for event in demo.events if event.cause == "hand-over/zhao"]
    assert {event.data["previous_owner"] for event in moved} == {"zhao"}
    assert {event.data["owner"] for event in moved} == {"wang"}
    assert {event.at for event in moved} == {HANDED_OVER.astimezone(dt.UTC)}
    assert demo.journey.counts["handed over"] == len(moved) > 5
    deals = demo.things["opportunity"]
    assert not [deal for deal, state in deals.items() if state["owner"] == "zhao" and state["status"] == "open"]
    assert [deal for deal, state in deals.items() if state["owner"] == "zhao"], "what he lost stays his"
    for kind in ("account", "contract", "order"):
        assert {state["owner"] for state in demo.things[kind].values()}.isdisjoint({"zhao"})


# Contracts and money


def test_a_signed_contract_was_approved_by_two(demo: Demo) -> None:
    signed = [event.id for event in demo.of("contract", "signed")]
    assert len(signed) >= 5
    for contract in signed:
        [request] = {
            event.id: event
            for event in demo.of("approval_request", "submitted")
            if event.data["about"] == ["contract", contract]
        }.values()
        given = [event for event in demo.of("approval_request", "approval_given") if event.id == request.id]
        assert [event.data["by"] for event in given] == ["manager", "director"]
        assert request.data["by"] not in {event.data["by"] for event in given}
        [approved] = [event for event in demo.of("approval_request", "approved") if event.id == request.id]
        [seal] = [event for event in demo.of("contract", "signed") if event.id == contract]
        assert request.seq < given[0].seq < given[1].seq < approved.seq < seal.seq
        assert fen(request.data["amount"]) == fen(demo.things["contract"][contract]["amount"])
    approved_orders = {order["contract"] for order in demo.things["order"].values()}
    assert approved_orders == set(signed), "no order without a signed contract"


def order_of(demo: Demo, order: str) -> int:
    return sum(map(line_amount, demo.things["order"][order]["lines"]))


def waived_of(demo: Demo, order: str) -> int:
    waived = (event for event in demo.of("receivable", "waived"))
    return sum(fen(event.data["amount"]) for event in waived if demo.things["receivable"][event.id]["order"] == order)


def test_installments_lines_and_order_are_one_amount(demo: Demo) -> None:
    placed = {event.id: sum(map(line_amount, event.data["lines"])) for event in demo.of("order", "placed")}
    plans = {plan["order"]: plan for plan in demo.things["plan"].values()}
    assert placed.keys() == plans.keys() == demo.things["order"].keys()
    for order, amount in placed.items():
        parts = [fen(part["amount"]) for part in plans[order]["schedule"]["installments"]]
        assert sum(parts) == amount == fen(plans[order]["schedule"]["total"])
        exact = [Fraction(amount * share, 10) for share in (3, 6, 1)]
        assert all(abs(part - fair) < 1 for part, fair in zip(parts, exact, strict=True)), "30/60/10"
        assert amount == fen(demo.things["contract"][demo.things["order"][order]["contract"]]["amount"])
        assert order_of(demo, order) == amount - waived_of(demo, order)
        raised = {part["number"]: fen(part["amount"]) for part in plans[order]["raised"]}
        assert all(parts[number - 1] == minor for number, minor in raised.items())
        owed = [found for found in demo.things["receivable"].values() if found["order"] == order]
        assert {found["installment"]: fen(found["amount"]) for found in owed} == raised


def test_the_waived_tail_is_lower_everywhere_by_the_same(demo: Demo) -> None:
    [amended] = demo.of("order", "amended")
    order, change = amended.id, amended.data["change"]
    [waived] = demo.of("receivable", "waived")
    tail = fen(waived.data["amount"])
    before, after = (sum(map(line_amount, amended.data[side])) for side in ("before", "after"))
    assert (before - after, after) == (tail, order_of(demo, order))
    receivable = demo.things["receivable"][waived.id]
    assert (receivable["order"], receivable["installment"], fen(receivable["amount"])) == (order, 3, tail)
    [plan] = [plan for plan in demo.things["plan"].values() if plan["order"] == order]
    assert sum(fen(part["amount"]) for part in plan["raised"]) - tail == after
    [invoice] = [found for found in demo.things["invoice"].values() if found["order"] == order]
    [letter] = invoice["red_letters"]
    [red] = letter["lines"]
    line = invoice["lines"][red["number"] - 1]
    assert (line["description"], line["tax_rate"]) == ("SVC-1", "0.06")
    gross, net = fen(red["gross"]), fen(red["net"])
    assert gross == tail
    assert net == half_up(Fraction(gross) / Fraction("1.06")), "the tax of the service, not of the machines"
    assert sum(fen(line["gross"]) for line in invoice["lines"]) - gross == after
    [note] = demo.things["note"].values()
    assert (note["invoice"], note["status"], fen(note["amount"])) == (invoice["id"], "issued", tail)
    caused = [event for event in demo.events if event.cause == change]
    assert [event.seq for event in caused] == list(range(caused[0].seq, caused[0].seq + len(caused))), "one commit"
    assert {event.at for event in caused} == {amended.at}
    assert {event.kind for event in caused} >= {"order", "receivable", "note", "invoice"}
    request = amended.data["approval"]
    given = [event.data["by"] for event in demo.of("approval_request", "approval_given") if event.id == request]
    assert given == ["finance", "director"]


def settled(demo: Demo) -> dict[str, int]:
    """What receipts settled of each receivable."""
    by_receivable = Counter[str]()
    for event in demo.of("receivable", "settled"):
        by_receivable[event.id] += fen(event.data["amount"])
    return by_receivable


def open_of(demo: Demo) -> dict[str, int]:
    paid = settled(demo)
    let_off = {event.id: fen(event.data["amount"]) for event in demo.of("receivable", "waived")}
    return {
        key: fen(found["amount"]) - paid.get(key, 0) - let_off.get(key, 0)
        for key, found in demo.things["receivable"].items()
    }


def test_money_that_came_in_is_somewhere(demo: Demo) -> None:
    applied = Counter[str]()
    for event in demo.of("receipt", "applied"):
        applied[event.id] += fen(event.data["amount"])
    received = {event.id: fen(event.data["amount"]) for event in demo.of("receipt", "received")}
    assert len(received) > 5
    for receipt, amount in received.items():
        state = demo.journey.store.receipts.get(receipt)
        parts = (state.applied, state.unapplied, state.reserved, state.refunded)
        assert [part.minor for part in parts] == [applied[receipt], amount - applied[receipt], 0, 0]
        assert amount == sum(part.minor for part in parts)
        assert applied[receipt] <= amount
    both = [
        sorted(
            (event.data["application"], event.data["receivable"], event.data["kind"], event.data["amount"])
            for event in demo.of(kind, name)
        )
        for kind, name in (("receipt", "applied"), ("receivable", "settled"))
    ]
    assert both[0] == both[1], "both sides of an application say the same"
    assert all(left >= 0 for left in open_of(demo).values())
    for key, left in open_of(demo).items():
        assert demo.journey.store.receivables.get(key).open.minor == left


def target() -> int:
    settings = tomllib.loads((COMPANY / "company.toml").read_text(encoding="utf-8"))
    return int(settings["target"]["amount"].replace(".", ""))


# The page


class Page(HTMLParser):
    """The tables, headline cards and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "srcset", "action", "data"}]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._in_cell:
            self.tables[-1][-1][-1] += data

    def rows(self, *heads: str) -> list[list[str]]:
        """Return the rows, without empty cells, of the first table whose header begins so."""
        for head, *rows in self.tables:
            if [cell for cell in head if cell][: len(heads)] == list(heads):
                return [[cell for cell in row if cell] for row in rows]
        raise AssertionError(heads)


HEADS: Final = {
    "en": {
        "orders": ("Order", "Customer"),
        "stages": ("Stage", "Open"),
        "aging": ("Days overdue", "Count"),
        "changes": ("Document",),
        "total": "Total",
    },
    "zh": {
        "orders": ("订单", "客户"),
        "stages": ("阶段", "在途"),
        "aging": ("逾期天数",),
        "changes": ("单据",),
        "total": "合计",
    },
}


@pytest.fixture(params=["en", "zh"])
def read(request: pytest.FixtureRequest, demo: Demo, again: Demo) -> tuple[Demo, Page, dict[str, Any], str]:
    shown = demo if request.param == "en" else again
    return shown, Page(shown.page), HEADS[request.param], "CN¥" if request.param == "en" else "¥"


Read = tuple[Demo, Page, dict[str, Any], str]


def test_the_page_opens_offline(read: Read) -> None:
    shown, page, _, _ = read
    assert all(link.startswith("#") for link in page.links)
    assert not {"script", "link", "img", "iframe", "object", "form"} & page.tags
    assert set(re.findall(r"https?://[^\s\"'<>]+", shown.page)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in shown.page
    assert "@import" not in shown.page


def test_the_page_shows_each_order_with_its_position(read: Read) -> None:
    demo, page, heads, sign = read
    left, paid = open_of(demo), settled(demo)
    expected = []
    for order, state in demo.things["order"].items():
        mine = {key: found for key, found in demo.things["receivable"].items() if found["order"] == order}
        billed = [found for found in demo.things["invoice"].values() if found["order"] == order]
        figures = (
            order_of(demo, order),
            sum(fen(line["gross"]) for found in billed for line in found["lines"])
            - sum(
                fen(line["gross"]) for found in billed for letter in found["red_letters"] for line in letter["lines"]
            ),
            sum(paid.get(key, 0) for key in mine),
            sum(left[key] for key, found in mine.items() if found["due_on"] < LAST_DAY.isoformat()),
        )
        expected.append((order, state["account"], state["placed_on"], figures))
    rows = page.rows(*heads["orders"])
    assert sorted(rows[:-1]) == sorted(
        [order, account, on, *map(yuan, minor)] for order, account, on, minor in expected
    )
    sums = [sum(column) for column in zip(*(minor for *_, minor in expected), strict=True)]
    assert rows[-1][1:] == [*map(yuan, sums)]
    told = " ".join(page.words)
    for total in sums:
        assert sign + yuan(total) in told, "and on top of the page"


def test_the_page_shows_the_receivables_by_age(read: Read) -> None:
    demo, page, heads, sign = read
    buckets = [0] * 5
    counts = [0] * 5
    for key, left in open_of(demo).items():
        late = (LAST_DAY - dt.date.fromisoformat(demo.things["receivable"][key]["due_on"])).days
        place = 0 if late <= 0 else min((late - 1) // 30 + 1, 4)
        buckets[place] += left
        counts[place] += left > 0
    rows = page.rows(*heads["aging"])
    assert [row[1:] for row in rows[:-1]] == [
        [str(count), yuan(minor)] for count, minor in zip(counts, buckets, strict=True)
    ]
    assert rows[-1] == [heads["total"], str(sum(counts)), yuan(sum(buckets))]
    assert sign + yuan(sum(buckets[1:])) in " ".join(page.words)


def test_the_page_tells_one_overdue_amount(read: Read) -> None:
    """An invoice of the whole order is due with its first installment; what is late of it stands with the receivables only."""
    demo, page, heads, sign = read
    assert sum(head[0] == heads["aging"][0] for head, *_ in page.tables) == 1
    told = " ".join(page.words)
    late = {
        key: left
        for key, left in open_of(demo).items()
        if demo.things["receivable"][key]["due_on"] < LAST_DAY.isoformat()
    }
    said = re.findall(r"(CN¥|¥)([\d,.]+) overdue|逾期 (CN¥|¥)([\d,]+\.\d\d)", told)
    assert {found[1].rstrip(".") or found[3] for found in said} == {yuan(sum(late.values()))}
    billed = sum(fen(line["gross"]) for found in demo.things["invoice"].values() for line in found["lines"])
    reds = [letter for found in demo.things["invoice"].values() for letter in found["red_letters"]]
    billed -= sum(fen(line["gross"]) for letter in reds for line in letter["lines"])
    invoiced = {found["order"] for found in demo.things["invoice"].values()}
    paid = sum(minor for key, minor in settled(demo).items() if demo.things["receivable"][key]["order"] in invoiced)
    assert sign + yuan(billed - paid) in told, "open of the invoices"


def test_the_page_shows_the_funnel_weighted_to_the_fen(read: Read) -> None:
    demo, page, heads, sign = read
    amounts: dict[str, list[int]] = defaultdict(list)
    stage: dict[str, str] = {}
    amount: dict[str, int] = {}
    won: dict[str, dt.datetime] = {}
    lost: set[str] = set()
    for event in demo.of("opportunity"):
        stage[event.id] = event.data["stage"] if event.name in {"opened", "advanced"} else stage[event.id]
        amount[event.id] = fen(event.data["amount"]) if "amount" in event.data else amount[event.id]
        if event.name == "won":
            won[event.id] = event.at
        if event.name == "lost":
            lost.add(event.id)
    for deal in stage.keys() - won.keys() - lost:
        amounts[stage[deal]].append(amount[deal])
    rows = page.rows(*heads["stages"])
    shown = {row[1]: row for row in rows}
    weighted = {name: RATES[name] * sum(found) for name, found in amounts.items()}
    expected = [
        [str(len(amounts[name])), yuan(sum(amounts[name])), f"{float(rate):.1%}", yuan(half_up(weighted[name]))]
        for name, rate in RATES.items()
        if amounts[name]
    ]
    assert [[row[1], row[2], row[3], row[5]] for row in rows[:-1]] == expected, shown
    total = half_up(sum(weighted.values(), Fraction()))
    everything = [minor for found in amounts.values() for minor in found]
    assert rows[-1][1:] == [str(len(everything)), yuan(sum(everything)), yuan(total)]
    in_quarter = [deal for deal, at in won.items() if 4 <= at.astimezone(SHANGHAI).month <= 6]
    reached = sum(amount[deal] for deal in in_quarter)
    told, aim = " ".join(page.words), target()
    for minor in (total, reached, sum(amount[deal] for deal in won), max(aim - reached - total, 0)):
        assert sign + yuan(minor) in told
    assert f"{reached / aim:.1%}" in told


def test_the_page_shows_leads_by_source_and_owner(read: Read) -> None:
    demo, page, _, _ = read
    returned = {event.id for event in demo.of("lead", "returned")}
    hinted = {event.id for event in demo.of("lead", "captured") if event.data["duplicates"]}
    tables = [table for table in page.tables if len(table[0]) == 6 and table[0][0] == ""]
    for field, table in zip(("source", "owner"), tables, strict=True):
        groups = defaultdict[str, list[str]](list)
        for lead, state in demo.things["lead"].items():
            groups[state[field] or "-"].append(lead)
        expected = {
            name: [
                len(found),
                len(hinted & {*found}),
                len(returned & {*found}),
                sum(demo.things["lead"][lead]["status"] == "converted" for lead in found),
            ]
            for name, found in groups.items()
        }
        shown = {
            ("-" if row[0] in {"(none)", "（无）"} else row[0]): [int(cell) for cell in row[1:] if cell]
            for row in table[1:]
        }
        assert shown == expected


def test_the_page_tells_what_the_waiver_changed(read: Read) -> None:
    demo, page, heads, sign = read
    rows = page.rows(*heads["changes"])
    [amended] = demo.of("order", "amended")
    before, after = (sum(map(line_amount, amended.data[side])) for side in ("before", "after"))
    pairs = [(row[2], row[3]) for row in rows]
    assert pairs[0] == (sign + yuan(before), sign + yuan(after))
    assert (sign + yuan(before - after), sign + "0.00") in pairs
    assert all(amended.actor in row and amended.data["reason"] in row for row in rows)
    assert len(rows) == 7


def printed(demo: Demo, locale: str) -> str:
    console = Console(file=io.StringIO(), width=200, color_system=None)
    print_summary(demo.journey, console, locale)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("locale, sign", [("en", "CN¥"), ("zh_CN", "¥")])
def test_the_summary_prints_the_same_sums(demo: Demo, locale: str, sign: str) -> None:
    told = printed(demo, locale)
    statuses = Counter(state["status"] for state in demo.things["lead"].values())
    left = open_of(demo)
    due = {key: demo.things["receivable"][key]["due_on"] for key in left}
    sums = [
        sum(order_of(demo, order) for order in demo.things["order"]),
        sum(settled(demo).values()),
        sum(left.values()),
        sum(minor for key, minor in left.items() if due[key] < LAST_DAY.isoformat()),
    ]
    for minor in sums:
        assert f"{sign}{yuan(minor)} " in told
    returns = [event.id for event in demo.of("lead", "returned")]
    assert re.search(rf"\b{len({*returns})} (leads\)|条）) +│ +{len(returns)} │", told)
    for count in (*statuses.values(), demo.journey.counts["lead.duplicate"], len(demo.journey.findings)):
        assert re.search(rf"\b{count} │", told)
    [waived] = demo.of("receivable", "waived")
    assert waived.id in told
    assert ("哈希链完整" if locale == "zh_CN" else "the chain of hashes is whole") in told
    assert str(len(demo.rows)) in told
    late = [key for key in left if left[key] and due[key] < LAST_DAY.isoformat()]
    assert sum(key in told for key in late) == min(len(late), 8) > 3, (
        "who is overdue is reminded, the first eight are shown"
    )
