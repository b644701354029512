"""Histories of receivables and receipts replayed, beside aggregates of the `eventsourcing` library with as many events and facts."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from timing import Row, against

from ltc import billing
from ltc.billing import RECEIPT, RECEIVABLE, ReceiptEvent, ReceivableEvent
from ltc.events import dump_event, load_event
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)
MANY = 50


def figures() -> list[Row]:
    """Return the measured rows: the replay of decoded events, and of the bytes that are stored of them."""
    receivables, receipts = _histories(MANY)
    peers, mapper = [_peer() for _ in range(2 * MANY)], Application().mapper
    count = sum(map(len, receivables)) + sum(map(len, receipts))
    their_count = sum(map(len, peers))
    ours, theirs, _ = against(
        lambda: (list(map(RECEIVABLE.replay, receivables)), list(map(RECEIPT.replay, receipts))),
        lambda: list(map(_replay_peer, peers)),
        number=1,
        rounds=25,
    )
    bodies = [[dump_event(RECEIVABLE, happened) for happened in history] for history in receivables]
    bodies_of_receipts = [[dump_event(RECEIPT, happened) for happened in history] for history in receipts]
    stored = [[mapper.to_stored_event(happened) for happened in history] for history in peers]
    ours_stored, theirs_stored, _ = against(
        lambda: (
            [RECEIVABLE.replay(load_event(RECEIVABLE, body) for body in history) for history in bodies],
            [RECEIPT.replay(load_event(RECEIPT, body) for body in history) for history in bodies_of_receipts],
        ),
        lambda: [_replay_peer([mapper.to_domain_event(kept) for kept in history]) for history in stored],
        number=1,
        rounds=25,
    )
    return [
        (
            "replay of decoded events",
            f"{ours / count * 1e6:.2f} µs an event (eventsourcing {theirs / their_count * 1e6:.2f} µs)",
            "<= 4 µs",
            ours / count <= 4e-6,
        ),
        (
            "replay of stored events",
            f"{ours_stored / count * 1e6:.1f} µs an event (eventsourcing {theirs_stored / their_count * 1e6:.1f} µs, unchecked)",
            "beside it",
            True,
        ),
    ]


def _histories(many: int) -> tuple[list[tuple[ReceivableEvent, ...]], list[tuple[ReceiptEvent, ...]]]:
    """Return the histories of as many receivables, and of the receipts that paid them: in parts, one taken back, and again."""
    pairs = [_pair(number) for number in range(many)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _pair(number: int) -> tuple[tuple[ReceivableEvent, ...], tuple[ReceiptEvent, ...]]:
    entity, party = EntityId("E1"), AccountId(f"A{number}")
    owed = billing.raise_receivable(
        ReceivableId(f"P{number}/1"),
        order=OrderId(f"SO-{number}"),
        entity=entity,
        party=party,
        amount=Money.of("3000.01", "CNY"),
        on=DAY,
        due_on=DAY + dt.timedelta(days=30),
        now=NOON,
    )
    paid = billing.receive(
        ReceiptId(f"R{number}"), entity=entity, party=party, amount=Money.of(3500, "CNY"), on=DAY, now=NOON
    )
    happened: list[ReceivableEvent] = [*owed.events]
    came: list[ReceiptEvent] = [*paid.events]
    receivable, receipt = owed.after, paid.after
    for amount in (500, 500, 1000, 600):
        taken, settled = billing.apply(receipt, [receivable], amount=Money.of(amount, "CNY"), on=DAY, now=NOON)
        receipt, receivable = taken.after, settled.after
        happened, came = [*happened, *settled.events], [*came, *taken.events]
    back, reopened = billing.unapply(
        receipt, receivable, application=f"R{number}/2", reason="wrong order", on=DAY, now=NOON
    )
    again, paid_again = billing.apply(back.after, [reopened.after], amount=Money.of(900, "CNY"), on=DAY, now=NOON)
    happened, came = [*happened, *reopened.events, *paid_again.events], [*came, *back.events, *again.events]
    return tuple(happened), tuple(came)


class Receivable(Aggregate):
    """The same in the peer's style: events by decorators, which change the aggregate in place."""

    @event("Raised")
    def __init__(self, order: str, entity: str, party: str, amount: Decimal, on: dt.date) -> None:
        self.order, self.entity, self.party, self.amount, self.on = order, entity, party, amount, on
        self.entries: list[tuple[str, Decimal, str, str]] = []

    @event("Settled")
    def settle(self, kind: str, source: str, application: str, amount: Decimal) -> None:
        self.entries.append((kind, amount, application, source))

    @event("Reversed")
    def reverse(self, kind: str, source: str, application: str, amount: Decimal) -> None:
        self.entries.append((kind, -amount, application, source))


def _peer() -> list[Any]:
    made = Receivable("SO-1", "E1", "A1", Decimal("3000.01"), str(DAY))
    for place, amount in enumerate(("500", "500", "1000", "600"), 1):
        made.settle("receipt", "R1", f"R1/{place}", Decimal(amount))
    made.reverse("receipt", "R1", "R1/2", Decimal(500))
    made.settle("receipt", "R1", "R1/5", Decimal(900))
    return list(made.collect_events())


def _replay_peer(history: Sequence[Any]) -> Any:
    made = None
    for happened in history:
        made = happened.mutate(made)
    return made
