"""Billing: allocation and due dates against their peers, receipts applied in bulk, histories replayed."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_FLOOR, localcontext

import moneyed
from dateutil.rrule import MONTHLY, rrule
from timing import Row, against, as_row, best

from ltc import billing
from ltc.billing import Receipt, Receivable
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)
WEIGHTS = (30, 1, 7, 7, 12, 5, 9, 3, 11, 4, 8, 6)


def figures() -> list[Row]:
    """Return the measured rows."""
    return [allocation(), due_dates(), application()]


def allocation() -> Row:
    amount, peer = Money.of("100000.00", "CNY"), moneyed.Money("100000.00", "CNY")
    assert [part.amount for part in amount.allocate(WEIGHTS)] == [part.amount for part in _by_peer(peer, WEIGHTS)]
    ours, theirs, ratio = against(lambda: amount.allocate(WEIGHTS), lambda: _by_peer(peer, WEIGHTS), number=2000)
    return as_row("`Money.allocate` into 12 parts against a loop of py-moneyed", ratio, ours, theirs, 0.2)


def _by_peer(amount: moneyed.Money, weights: Sequence[int]) -> list[moneyed.Money]:
    """Split an amount so that the parts sum to it and the largest fractions get the cents left: a loop, with py-moneyed."""
    whole, cent = sum(weights), moneyed.Money("0.01", amount.currency)
    exact = [amount * weight / whole for weight in weights]
    with localcontext(rounding=ROUND_FLOOR):
        parts = [share.round(2) for share in exact]
    left = amount - sum(parts)
    for place in sorted(range(len(weights)), key=lambda place: parts[place] - exact[place]):
        if not left:
            break
        parts[place] += cent
        left -= cent
    return parts


def due_dates() -> Row:
    schedule = billing.plan(Money.of("100000.00", "CNY"), [billing.equal(12, due=billing.on("signed"), months=1)])
    reached = {"signed": DAY}
    start = dt.datetime.combine(DAY, dt.time())
    assert schedule.due_dates(reached) == tuple(day.date() for day in rrule(MONTHLY, dtstart=start, count=12))
    ours, theirs, ratio = against(
        lambda: schedule.due_dates(reached), lambda: list(rrule(MONTHLY, dtstart=start, count=12)), number=1000
    )
    return as_row("12 due dates of a plan against dateutil's rrule", ratio, ours, theirs, 1)


def application() -> Row:
    books = [_customer(AccountId(f"A{number}")) for number in range(100)]
    seconds = best(lambda: [_apply(*book) for book in books], number=1, rounds=25)
    name = "1,000 receipts applied to 1,000 receivables of 100 customers"
    return name, f"{seconds * 1e3:.1f} ms", "< 40 ms", seconds < 0.04


def _customer(party: AccountId) -> tuple[list[Receivable], list[Receipt]]:
    """Return ten receivables, and ten receipts that pay them."""
    entity = EntityId("E1")
    owed = [
        billing.raise_receivable(
            ReceivableId(f"{party}/{number}"),
            order=OrderId(f"SO-{party}"),
            entity=entity,
            party=party,
            amount=Money.of(1000, "CNY"),
            on=DAY,
            due_on=DAY + dt.timedelta(days=number),
            now=NOON,
        ).after
        for number in range(10)
    ]
    paid = [
        billing.receive(
            ReceiptId(f"R-{party}-{number}"),
            entity=entity,
            party=party,
            amount=Money.of(1000, "CNY"),
            on=DAY,
            now=NOON,
        ).after
        for number in range(10)
    ]
    return owed, paid


def _apply(owed: Sequence[Receivable], paid: Sequence[Receipt]) -> None:
    """Apply the receipts one by one, as a host does that asks for what is still open each time."""
    still_open = {receivable.id: receivable for receivable in owed}
    for receipt in paid:
        _, *settled = billing.apply(receipt, list(still_open.values()), on=DAY, now=NOON)
        for change in settled:
            still_open[change.after.id] = change.after
            if not change.after.open:
                del still_open[change.after.id]
    assert not still_open
