"""Refunds over several receipts, and the trace from a refund to what its money had settled."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import Receipt, RefundPart, refund_parts, request_refunds, trace_refund
from ltc.errors import InvalidType, InvalidValue, LtcError, Refused
from ltc.ids import AccountId, EntityId, ReceiptId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, approved_refund, receipt, receivable, refund_approval, refund_asked

DAY = dt.timedelta(days=1)


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


def money(name: str, day: int, minor: int, party: str = "A1", entity: str = "E1", currency: str = "CNY") -> Receipt:
    return billing.receive(
        ReceiptId(name),
        entity=EntityId(entity),
        party=AccountId(party),
        amount=Money(minor, currency),
        on=TODAY + day * DAY,
        now=NOON,
    ).after


RECEIPTS = [money("R1", 0, 100), money("R3", 2, 30), money("R2", 2, 50)]


@pytest.mark.parametrize(
    "minor, parts",
    [
        (1, [("R3", 1)]),
        (30, [("R3", 30)]),
        (31, [("R3", 30), ("R2", 1)]),
        (180, [("R3", 30), ("R2", 50), ("R1", 100)]),
    ],
)
def test_the_newest_pays_first(minor: int, parts: list[tuple[str, int]]) -> None:
    assert refund_parts(RECEIPTS, fen(minor)) == tuple(RefundPart(ReceiptId(name), fen(part)) for name, part in parts)
    changes = request_refunds(RefundId("RF"), receipts=RECEIPTS, amount=fen(minor), reason="overpaid", now=NOON)
    asked = [change.after for change in changes if isinstance(change.after, billing.RefundRequest)]
    kept = [change.after for change in changes if isinstance(change.after, Receipt)]
    assert [(refund.id, refund.receipt, refund.amount.minor) for refund in asked] == [
        (f"RF/{number}", name, part) for number, (name, part) in enumerate(parts, 1)
    ]
    assert [thing.reserved.minor for thing in kept] == [part for _, part in parts]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 50)), min_size=1, max_size=6), st.integers(1, 300))
def test_parts_sum_to_the_amount_and_none_is_more_than_is_free(made: list[tuple[int, int]], minor: int) -> None:
    receipts = [money(f"R{number}", day, each) for number, (day, each) in enumerate(made)]
    free = sum(each for _, each in made)
    if minor > free:
        with pytest.raises(Refused, match="free of the receipts"):
            refund_parts(receipts, fen(minor))
        return
    parts = refund_parts(receipts, fen(minor))
    assert sum(part.amount.minor for part in parts) == minor
    by_id = {str(thing.id): thing for thing in receipts}
    order = [(by_id[part.receipt].received_on, part.receipt) for part in parts]
    assert order == sorted(order, reverse=True)
    assert all(part.amount == by_id[part.receipt].amount for part in parts[:-1])
    untouched = [thing for name, thing in by_id.items() if name not in {part.receipt for part in parts}]
    assert all((thing.received_on, thing.id) < order[-1] for thing in untouched)


@pytest.mark.parametrize(
    "receipts, amount, error, passes",
    [
        ([], fen(1), InvalidValue, "at least one receipt"),
        ([RECEIPTS[0]] * 2, fen(1), InvalidValue, "give each once"),
        (RECEIPTS, fen(0), InvalidValue, "more than zero"),
        (RECEIPTS, 5, InvalidType, "pass a Money"),
        (RECEIPTS, fen(181), Refused, r"1\.81 CNY is more than the 1\.80 CNY free of the receipts"),
        ([*RECEIPTS, money("R4", 0, 9, party="A2")], fen(1), Refused, "2 values of party: A1, A2"),
        ([*RECEIPTS, money("R4", 0, 9, entity="E2")], fen(1), Refused, "2 values of entity: E1, E2"),
        ([*RECEIPTS, money("R4", 0, 9, currency="USD")], fen(1), Refused, "2 values of currency: CNY, USD"),
    ],
)
def test_what_cannot_be_paid_back(receipts: list[Receipt], amount: Any, error: type[LtcError], passes: str) -> None:
    for call in (
        lambda: refund_parts(receipts, amount),
        lambda: request_refunds(RefundId("RF"), receipts=receipts, amount=amount, reason="", now=NOON),
    ):
        check: Callable[[], object] = call
        with pytest.raises(error, match=passes):
            check()


def test_a_refund_is_traced_to_the_receivables_that_gave_the_money_back() -> None:
    owed = [
        billing.raise_receivable(
            ReceivableId(name),
            order=receivable().order,
            entity=EntityId("E1"),
            party=AccountId("A1"),
            amount=fen(2_000_000),
            on=TODAY,
            due_on=TODAY,
            now=NOON,
        ).after
        for name in ("V1", "V2")
    ]
    paid, first, _ = billing.apply(receipt(), owed, on=TODAY, now=NOON)  # type: ignore[misc]  # two receivables
    freed, _ = billing.unapply(paid.after, first.after, application="R1/1", reason="late", on=TODAY, now=NOON)
    asked, kept = billing.request_refund(
        RefundId("RF1"), receipt=freed.after, amount=fen(2_500_000), reason="late", now=NOON
    )
    allowed = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON)
    done, gone = billing.pay_refund(allowed.after, kept.after, on=TODAY + DAY, now=NOON)
    trace = trace_refund(done.after, gone.after)
    assert (trace.status, trace.paid_on, trace.amount) == (billing.RefundStatus.PAID, TODAY + DAY, fen(2_500_000))
    assert (trace.receipt, trace.received_on, trace.party) == ("R1", TODAY, "A1")
    assert [(at.receivable, at.amount.minor) for at in trace.freed] == [("V1", 2_000_000)]
    assert [(at.receivable, at.amount.minor) for at in trace.settles] == [("V2", 2_000_000)]


def test_a_trace_is_of_its_own_receipt() -> None:
    with pytest.raises(Refused, match="refund RF1 pays receipt R1 back, not R2; give that one"):
        trace_refund(approved_refund(), attrs.evolve(refund_asked()[1].after, id=ReceiptId("R2")))
