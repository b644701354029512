"""Disputes, promises and holds: what they stop on which day, and what is refused."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ltc import billing
from ltc.billing import PromiseState, Receivable
from ltc.errors import CurrencyMismatch, InvalidType, InvalidValue, Refused
from ltc.ids import ChangeId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, PARTY, receivable, settled_receivable
from ltc.testing.samples.dunning import NOON, TODAY, disputed, held, promised

DAY = dt.timedelta(days=1)
DUE = receivable().due_on


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def paid(debt: Receivable, amount: str, on: dt.date, receipt: str = "R1") -> Receivable:
    money = billing.receive(ReceiptId(receipt), entity=ENTITY, party=PARTY, amount=cny(amount), on=on, now=NOON).after
    _, *settled = billing.apply(money, [debt], on=on, now=NOON)
    return settled[0].after


def bounced(debt: Receivable, on: dt.date) -> Receivable:
    """Return the debt with its last application taken back, as of a day."""
    last = debt.entries[-1]
    reversed_ = billing.SettlementReversed(
        debt.id,
        billing.SettlementKind.RECEIPT,
        str(last.other),
        last.reference,
        amount=last.amount,
        reason="bounced",
        on=on,
        at=NOON,
    )
    return billing.RECEIVABLE.change(debt, reversed_).after


def test_a_dispute_covers_its_amount_until_it_is_settled() -> None:
    debt = disputed().after
    assert [str(debt.disputed_as_of(TODAY + days * DAY).amount) for days in (-1, 0, 100)] == [
        "0.00",
        "12000.00",
        "12000.00",
    ]
    assert debt.open == receivable().open, "it moves no balance"
    over = billing.settle_dispute(debt, reason="", on=TODAY + 5 * DAY, now=NOON).after
    assert [over.disputed_as_of(TODAY + days * DAY).minor for days in (4, 5)] == [1_200_000, 0]
    again = billing.dispute(over, reason="the same crates", on=TODAY + 5 * DAY, now=NOON).after
    assert again.disputed_as_of(TODAY + 5 * DAY) == again.open, "without an amount all is disputed"
    assert again.disputed_as_of(TODAY + 4 * DAY).minor == 1_200_000, "and what was true before stays true"


def test_no_more_is_disputed_than_is_open() -> None:
    assert paid(disputed().after, "25000.00", TODAY + DAY).disputed_as_of(TODAY + DAY) == cny("5000.00")
    assert disputed().after.disputed_as_of(DUE - DAY) == cny("0.00"), "nothing is open before it is raised"


def test_a_promise_stands_is_kept_or_broken() -> None:
    debt = promised().after
    [said] = debt.promises
    until = said.until

    def states(of: Receivable, *days: dt.date) -> list[str]:
        return [of.promise_state(said, on).value for on in days]

    assert states(debt, TODAY, until, until + DAY) == ["standing", "standing", "broken"]
    assert [debt.promised_as_of(on).minor for on in (TODAY - DAY, TODAY, until, until + DAY)] == [
        0,
        3_000_000,
        3_000_000,
        0,
    ]
    in_time = paid(debt, "30000.00", until)
    assert states(in_time, until - DAY, until, until + DAY) == ["standing", "kept", "kept"]
    late = paid(debt, "30000.00", until + DAY)
    assert states(late, until, until + DAY) == ["standing", "broken"]
    in_part = paid(debt, "29999.99", until)
    assert states(in_part, until, until + DAY) == ["standing", "broken"]
    assert in_part.promised_as_of(until) == cny("0.01"), "what is paid is not promised any more"


def test_a_receipt_that_is_found_later_keeps_a_promise() -> None:
    """Recorded after the last day and dated before it: the promise was kept, whatever we thought meanwhile."""
    debt = promised().after
    [said] = debt.promises
    assert debt.promise_state(said, said.until + 30 * DAY) is PromiseState.BROKEN
    assert paid(debt, "30000.00", said.until - DAY).promise_state(said, said.until + 30 * DAY) is PromiseState.KEPT


def test_a_payment_that_bounces_breaks_the_promise_up_to_its_last_day_only() -> None:
    debt = paid(promised().after, "30000.00", TODAY + 2 * DAY)
    [said] = debt.promises
    before, after = (bounced(debt, on) for on in (said.until, said.until + DAY))
    assert before.promise_state(said, said.until - DAY) is PromiseState.KEPT
    assert before.promise_state(said, said.until) is PromiseState.STANDING
    assert before.promise_state(said, said.until + DAY) is PromiseState.BROKEN
    assert after.promise_state(said, said.until + DAY) is PromiseState.KEPT


def test_a_part_may_be_promised() -> None:
    debt = billing.promise(
        receivable(), amount=cny("10000.00"), until=TODAY + 10 * DAY, by="Ms. Wang", on=TODAY, now=NOON
    ).after
    [said] = debt.promises
    assert (str(said.leaves), str(debt.promised_as_of(TODAY))) == ("20000.00 CNY", "10000.00 CNY")
    some = paid(debt, "4000.00", TODAY + DAY)
    assert some.promised_as_of(TODAY + DAY) == cny("6000.00")
    let_off = billing.waive(
        some, amount=cny("6000.00"), change=ChangeId("W1"), reason="", on=TODAY + 2 * DAY, now=NOON
    ).after
    assert let_off.promise_state(said, TODAY + 2 * DAY) is PromiseState.KEPT, "nobody waits for what was let off"


def test_a_promise_replaces_the_one_before() -> None:
    first = promised().after
    second = billing.promise(first, until=TODAY + 40 * DAY, by="Mr. Zhou", on=TODAY + 3 * DAY, now=NOON).after
    old, new = second.promises
    assert second.promise_state(old, TODAY + 2 * DAY) is PromiseState.STANDING
    assert second.promise_state(old, TODAY + 3 * DAY) is PromiseState.REPLACED
    assert second.promise_state(new, TODAY + 40 * DAY) is PromiseState.STANDING
    assert second.promised_as_of(old.until + DAY) == second.open
    later = billing.promise(first, until=TODAY + 40 * DAY, by="Mr. Zhou", on=old.until + DAY, now=NOON).after
    assert later.promise_state(old, TODAY + 40 * DAY) is PromiseState.BROKEN, "a promise that was broken stays broken"


def test_a_hold_lasts_to_its_last_day_or_its_release() -> None:
    debt, last = held().after, dt.date(2026, 4, 30)
    assert [debt.hold_as_of(on) is not None for on in (TODAY - DAY, TODAY, last, last + DAY)] == [
        False,
        True,
        True,
        False,
    ]
    free = billing.release_dunning(debt, reason="", on=TODAY + 5 * DAY, now=NOON).after
    assert [free.hold_as_of(TODAY + days * DAY) is not None for days in (4, 5)] == [True, False]
    shorter = billing.hold_dunning(debt, until=TODAY + DAY, reason="", on=TODAY, now=NOON).after
    assert shorter.hold_as_of(TODAY + 2 * DAY) is None, "a hold put on another replaces it"


WRONG: dict[str, tuple[Callable[[], object], str, str]] = {
    "disputed twice": (
        lambda: billing.dispute(disputed().after, reason="", on=TODAY, now=NOON),
        "receivable.disputed",
        "receivable P1/1 is disputed since 2026-03-09; settle that dispute first",
    ),
    "nothing to dispute": (
        lambda: billing.dispute(settled_receivable(), reason="", on=TODAY, now=NOON),
        "dunning.nothing_open",
        "receivable P1/1 had nothing open on 2026-03-09; there is nothing to chase",
    ),
    "more than is open": (
        lambda: billing.dispute(receivable(), amount=cny("30000.01"), reason="", on=TODAY, now=NOON),
        "receivable.over",
        "30000.01 CNY is more than the 30000.00 CNY open of receivable P1/1; ask for that or less",
    ),
    "before it was raised": (
        lambda: billing.dispute(receivable(), reason="", on=DUE - DAY, now=NOON),
        "receivable.not_raised",
        "receivable P1/1 was raised on 2026-03-02, after 2026-03-01; use that day or a later one",
    ),
    "before the last dispute was settled": (
        lambda: billing.dispute(
            billing.settle_dispute(disputed().after, reason="", on=TODAY + DAY, now=NOON).after,
            reason="",
            on=TODAY,
            now=NOON,
        ),
        "receivable.before_last",
        "the last word on receivable P1/1 is of 2026-03-10, after 2026-03-09; use that day or a later one",
    ),
    "no dispute": (
        lambda: billing.settle_dispute(receivable(), reason="", on=TODAY, now=NOON),
        "receivable.not_disputed",
        "receivable P1/1 has no dispute that lasts; there is nothing to settle",
    ),
    "settled twice": (
        lambda: billing.settle_dispute(
            billing.settle_dispute(disputed().after, reason="", on=TODAY, now=NOON).after,
            reason="",
            on=TODAY,
            now=NOON,
        ),
        "receivable.not_disputed",
        "has no dispute that lasts",
    ),
    "settled before it was opened": (
        lambda: billing.settle_dispute(disputed().after, reason="", on=TODAY - DAY, now=NOON),
        "receivable.before_last",
        "is of 2026-03-09, after 2026-03-08",
    ),
    "a promise of the past": (
        lambda: billing.promise(receivable(), until=TODAY - DAY, by="Ms. Wang", on=TODAY, now=NOON),
        "receivable.until",
        "until 2026-03-08 is before 2026-03-09; use that day or a later one for receivable P1/1",
    ),
    "a promise of more than is open": (
        lambda: billing.promise(receivable(), amount=cny("30000.01"), until=TODAY, by="W", on=TODAY, now=NOON),
        "receivable.over",
        "30000.01 CNY is more than the 30000.00 CNY open",
    ),
    "a promise of nothing": (
        lambda: billing.promise(settled_receivable(), until=TODAY, by="W", on=TODAY, now=NOON),
        "dunning.nothing_open",
        "there is nothing to chase",
    ),
    "a promise before the last one": (
        lambda: billing.promise(promised().after, until=TODAY, by="W", on=TODAY - DAY, now=NOON),
        "receivable.before_last",
        "is of 2026-03-09",
    ),
    "a hold of the past": (
        lambda: billing.hold_dunning(receivable(), until=TODAY - DAY, reason="", on=TODAY, now=NOON),
        "receivable.until",
        "until 2026-03-08 is before 2026-03-09",
    ),
    "a hold of nothing": (
        lambda: billing.hold_dunning(settled_receivable(), until=TODAY, reason="", on=TODAY, now=NOON),
        "dunning.nothing_open",
        "there is nothing to chase",
    ),
    "a hold before the last one": (
        lambda: billing.hold_dunning(held().after, until=TODAY, reason="", on=TODAY - DAY, now=NOON),
        "receivable.before_last",
        "is of 2026-03-09",
    ),
    "not on hold": (
        lambda: billing.release_dunning(receivable(), reason="", on=TODAY, now=NOON),
        "receivable.not_held",
        "receivable P1/1 is not on hold on 2026-03-09; there is nothing to release",
    ),
    "released twice": (
        lambda: billing.release_dunning(
            billing.release_dunning(held().after, reason="", on=TODAY + DAY, now=NOON).after,
            reason="",
            on=TODAY,
            now=NOON,
        ),
        "receivable.before_last",
        "is of 2026-03-10",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_refusals_say_what_would_pass(name: str) -> None:
    call, code, message = WRONG[name]
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code
    assert message in str(refusal.value)
    assert refusal.value.facts["receivable"] == "P1/1"


def test_what_is_no_day_or_amount_is_no_fact() -> None:
    noon: Any = NOON
    with pytest.raises(InvalidType, match=r"is no day; pass a datetime\.date"):
        billing.promise(receivable(), until=noon, by="W", on=TODAY, now=NOON)
    with pytest.raises(InvalidType, match="is no day"):
        billing.dispute(receivable(), reason="", on=noon, now=NOON)
    with pytest.raises(CurrencyMismatch):
        billing.dispute(receivable(), amount=Money.of("1", "USD"), reason="", on=TODAY, now=NOON)
    with pytest.raises(InvalidValue, match=r"amount is 0\.00 CNY; give more than zero"):
        billing.dispute(receivable(), amount=cny("0"), reason="", on=TODAY, now=NOON)
    with pytest.raises(InvalidValue, match=r"leaves is -0\.01 CNY; give zero or more"):
        billing.PaymentPromised(receivable().id, cny("1"), cny("-0.01"), by="W", until=TODAY, on=TODAY, at=NOON)
