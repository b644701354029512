"""What is earned and not invoiced, and the other way round, against a counter of integers."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import BillingGap, BillingPosition, GapKind, NoteReason, billing_gaps, billing_positions
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue
from ltc.events import from_json, to_json
from ltc.ids import ChangeId, NoteId, OrderId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, invoice, invoiced_receivable, receivable, second_receivable

SO1 = OrderId("SO-1")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9), st.integers(0, 9)), max_size=12)


@given(ROWS)
def test_gaps_are_the_differences_by_id(rows: list[tuple[str, int, int]]) -> None:
    positions = [BillingPosition(name, SO1, earned=cny(earned), invoiced=cny(billed)) for name, earned, billed in rows]
    expected = Counter[str]()
    for name, earned, billed in rows:
        expected[name] += earned - billed
    gaps = billing_gaps(positions)
    signed = {gap.id: gap.amount.minor * (1 if gap.kind is GapKind.NOT_INVOICED else -1) for gap in gaps}
    assert signed == {name: minor for name, minor in expected.items() if minor}
    assert all(gap.amount.minor > 0 for gap in gaps)
    assert [gap.id for gap in gaps] == [name for name in dict.fromkeys(row[0] for row in rows) if expected[name]]


def test_what_is_due_is_earned_and_what_is_waived_is_not() -> None:
    found = billing_positions([receivable()], on=TODAY.replace(day=1))
    assert billing_gaps(found) == ()
    ahead = billing_gaps(billing_positions([invoiced_receivable()], on=TODAY.replace(day=1)))
    assert ahead == (BillingGap("P1/1", SO1, GapKind.INVOICED_AHEAD, cny(3_000_000)),)
    waived = billing.waive(
        invoiced_receivable(), amount=cny(500_000), change=ChangeId("W1"), reason="", on=TODAY, now=NOON
    ).after
    assert billing_gaps(billing_positions([waived], on=TODAY)) == (
        BillingGap("P1/1", SO1, GapKind.INVOICED_AHEAD, cny(500_000)),
    )
    lost = billing.write_off(receivable(), amount=cny(5), change=ChangeId("B1"), reason="", on=TODAY, now=NOON).after
    [gap] = billing_gaps(billing_positions([lost], on=TODAY))
    assert (gap.kind, gap.amount) == (GapKind.NOT_INVOICED, cny(3_000_000))


@pytest.mark.parametrize("reason", NoteReason)
def test_what_was_returned_is_not_earned_and_what_was_issued_in_error_is_invoiced_again(reason: NoteReason) -> None:
    facts: dict[str, Any] = {"on": TODAY, "now": NOON}
    asked = billing.request_note(NoteId("N1"), invoice=invoice(), amount=invoice().gross, reason=reason, **facts)
    note = billing.confirm_note(asked.after, **facts).after
    _, red, *back = billing.issue_note(note, invoice(), receivables=[invoiced_receivable()], **facts)
    gaps = billing_gaps(billing_positions([back[0].after], [red.after], on=TODAY))
    assert [gap.amount for gap in gaps] == ([cny(3_000_000)] if reason is NoteReason.ISSUED_IN_ERROR else [])


def test_an_order_line_by_line() -> None:
    """Delivered comes from the order, invoiced from the invoices: positions of one id are added up."""
    delivered = BillingPosition("SO-1/1", SO1, earned=cny(9_000_000), invoiced=cny(0))
    billed = BillingPosition("SO-1/1", SO1, earned=cny(0), invoiced=cny(4_000_000))
    [gap] = billing_gaps([delivered, billed])
    assert gap.say("en") == "SO-1/1 of order SO-1: CN¥50,000.00 earned and not invoiced"
    [ahead] = billing_gaps([billed])
    assert ahead.say("zh_CN") == "订单 SO-1 的 SO-1/1：预开票 ¥40,000.00"
    assert from_json(to_json(ahead), BillingGap) == ahead


def test_an_order_is_invoiced_where_all_of_it_is_due_and_covered() -> None:
    covered, billed = billing.cover(invoice(), second_receivable(), amount=cny(6_000_000), on=TODAY, now=NOON)
    gaps = billing_gaps(billing_positions([invoiced_receivable(), billed.after], [covered.after], on=TODAY))
    assert [(gap.id, gap.amount) for gap in gaps] == [("I1", cny(1_000_000))]


def test_bad_positions_are_refused() -> None:
    one = BillingPosition("x", SO1, earned=cny(1), invoiced=cny(0))
    with pytest.raises(InvalidValue, match="x is of order SO-1 and of order SO-2; give each thing one order"):
        billing_gaps([one, BillingPosition("x", OrderId("SO-2"), earned=cny(1), invoiced=cny(0))])
    with pytest.raises(CurrencyMismatch):
        billing_gaps([one, BillingPosition("x", SO1, earned=Money(1, "USD"), invoiced=Money(1, "USD"))])
    with pytest.raises(InvalidType, match="earned is 1; pass a Money"):
        BillingPosition("x", SO1, earned=1, invoiced=cny(0))  # type: ignore[arg-type]
