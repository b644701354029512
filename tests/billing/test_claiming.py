"""Bank lines: every (status, verb) pair of their claims, where their amount is on any day, what is refused."""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.adapters.memory import MemoryStore
from ltc.billing import (
    BANK_LINE,
    LINE_CLAIM_TRANSITIONS,
    BankLine,
    LineClaimStatus,
    claim_line,
    confirm_claim,
    disown_line,
    readmit_line,
    reject_claim,
    return_line,
    take_back_claim,
    withdraw_claim,
)
from ltc.errors import InvalidType, InvalidValue, LtcError, Refused
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, ReceivableId, RefundId
from ltc.money import Money
from ltc.testing.samples.bank_lines import (
    LI,
    NOON,
    QIAN,
    TODAY,
    bank_line,
    claimed,
    claimed_line,
    confirmed,
    recording,
)
from ltc.testing.samples.billing import receipt as other_receipt
from ltc.testing.samples.billing import receivable, receivable_raised, refund_approval

WANG = ActorId("wang")
A1, A2 = AccountId("A1"), AccountId("A2")
DAY = dt.timedelta(days=1)
STATES: Mapping[LineClaimStatus, BankLine] = {
    LineClaimStatus.PENDING: claimed_line(),
    LineClaimStatus.CONFIRMED: confirmed()[0].after,
    LineClaimStatus.REJECTED: reject_claim(claimed_line(), claim=1, by=QIAN, reason="", on=TODAY, now=NOON).after,
    LineClaimStatus.WITHDRAWN: withdraw_claim(claimed_line(), claim=1, by=LI, on=TODAY, now=NOON).after,
    LineClaimStatus.TAKEN_BACK: take_back_claim(
        confirmed()[0].after, confirmed()[1].after, claim=1, by=QIAN, reason="", on=TODAY, now=NOON
    )[0].after,
}
VERBS: Mapping[type, Callable[[BankLine], BankLine]] = {
    billing.LineClaimConfirmed: lambda line: confirm_claim(line, claim=1, by=QIAN, on=TODAY, now=NOON)[0].after,
    billing.LineClaimRejected: lambda line: reject_claim(line, claim=1, by=QIAN, reason="", on=TODAY, now=NOON).after,
    billing.LineClaimWithdrawn: lambda line: withdraw_claim(line, claim=1, by=LI, on=TODAY, now=NOON).after,
    billing.LineClaimTakenBack: lambda line: (
        take_back_claim(line, confirmed()[1].after, claim=1, by=QIAN, reason="", on=TODAY, now=NOON)[0].after
    ),
}


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def figures(line: BankLine, on: dt.date | None = None) -> list[str]:
    """Return unclaimed, claimed, confirmed, returned and disowned."""
    balances = line.balances if on is None else line.balances_as_of(on)
    return [f"{part.amount:f}" for part in attrs.astuple(balances, recurse=False)]


@pytest.mark.parametrize("status, event", list(itertools.product(STATES, VERBS)))
def test_a_claim_lands_where_the_table_says(status: LineClaimStatus, event: type) -> None:
    line = STATES[status]
    before, target = attrs.asdict(line), LINE_CLAIM_TRANSITIONS[status].get(event)
    if target is None:
        with pytest.raises(Refused, match="line_claim B1/1 is") as refusal:
            VERBS[event](line)
        assert refusal.value.code == "move.not_allowed"
    else:
        after = VERBS[event](line)
        assert after.claim(1).status is target
        assert after.version == line.version + 1
    assert attrs.asdict(line) == before


def test_the_walk_knows_every_status_and_event_of_the_table() -> None:
    assert STATES.keys() == LINE_CLAIM_TRANSITIONS.keys()
    assert {event for moves in LINE_CLAIM_TRANSITIONS.values() for event in moves} == VERBS.keys()


def test_several_reps_claim_parts_and_never_more_than_is_left() -> None:
    line = claimed_line()
    with pytest.raises(Refused, match=r"20000\.01 CNY is more than the 20000\.00 CNY unclaimed of bank line B1"):
        claim_line(line, by=WANG, party=A2, amount=cny("20000.01"), on=TODAY, now=NOON)
    line = claim_line(line, by=WANG, party=A2, on=TODAY + DAY, now=NOON).after
    assert [(claim.number, claim.by, str(claim.amount)) for claim in line.pending] == [
        (1, "li", "30000.00 CNY"),
        (2, "wang", "20000.00 CNY"),
    ]
    with pytest.raises(Refused, match="nothing of bank line B1 is unclaimed; reject or withdraw a claim first"):
        claim_line(line, by=LI, party=A1, on=TODAY + DAY, now=NOON)
    line = reject_claim(line, claim=1, by=QIAN, reason="paid by Huaxi", on=TODAY + 2 * DAY, now=NOON).after
    made, received = confirm_claim(line, claim=2, by=QIAN, on=TODAY + 3 * DAY, now=NOON)
    line, receipt = made.after, received.after
    assert (receipt.id, receipt.party, receipt.received_on, receipt.reference) == ("B1/2", "A2", TODAY, "SO-1 首付款")
    days = [TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY, TODAY + 3 * DAY]
    assert [figures(line, day) for day in days] == [
        ["0.00", "0.00", "0.00", "0.00", "0.00"],
        ["20000.00", "30000.00", "0.00", "0.00", "0.00"],
        ["0.00", "50000.00", "0.00", "0.00", "0.00"],
        ["30000.00", "20000.00", "0.00", "0.00", "0.00"],
        ["30000.00", "0.00", "20000.00", "0.00", "0.00"],
    ]
    assert figures(line) == figures(line, days[-1])
    assert line.claim(1).remark == "paid by Huaxi"


def test_money_is_sent_back_set_aside_and_opened_again() -> None:
    line = return_line(bank_line(), amount=cny("1000.00"), reason="bank error", on=TODAY, now=NOON).after
    line = disown_line(line, amount=cny("300.00"), reason="interest", on=TODAY, now=NOON).after
    line = disown_line(line, amount=cny("200.00"), reason="interest", on=TODAY + DAY, now=NOON).after
    assert figures(line) == ["48500.00", "0.00", "0.00", "1000.00", "500.00"]
    line = readmit_line(line, reason="no interest", on=TODAY + 2 * DAY, now=NOON).after
    assert figures(line) == ["49000.00", "0.00", "0.00", "1000.00", "0.00"]
    assert figures(line, TODAY) == ["48700.00", "0.00", "0.00", "1000.00", "300.00"]
    with pytest.raises(Refused, match=r"nothing of bank line B1 is disowned; 49000\.00 CNY of it can be claimed"):
        readmit_line(line, reason="", on=TODAY + 2 * DAY, now=NOON)
    line = disown_line(line, reason="a loan", on=TODAY + 3 * DAY, now=NOON).after
    assert figures(line) == ["0.00", "0.00", "0.00", "1000.00", "49000.00"]


def test_a_confirmed_claim_is_applied_in_the_same_unit_of_work() -> None:
    store = MemoryStore()
    store.commit(billing.RECEIVABLE.change(None, receivable_raised()), recording(), by=LI, at=NOON)
    why = Reason.of("match.number", number="SO-1")
    made = claim_line(bank_line(), by=LI, party=A1, receivables=[receivable().id], reasons=[why], on=TODAY, now=NOON)
    store.commit(made, by=LI, at=NOON)
    line, receipt = confirm_claim(made.after, claim=1, by=QIAN, on=TODAY, now=NOON)
    claim = made.after.claim(1)
    applied = billing.apply(
        receipt.after,
        [store.receivables.get(receivable().id)],
        strategy=billing.designated(*claim.receivables),
        on=TODAY,
        now=NOON,
    )
    store.commit(line, receipt, *applied, by=QIAN, at=NOON)
    assert store.receivables.get(receivable().id).open == cny("0")
    assert store.receipts.get(receipt.after.id).unapplied == cny("20000")
    assert claim.reasons == (why,)


def applied() -> tuple[BankLine, billing.Receipt, billing.Receivable]:
    line, received = confirmed()
    paid, *settled = billing.apply(received.after, [receivable()], on=TODAY, now=NOON)
    return line.after, paid.after, settled[0].after


def test_a_claim_taken_back_opens_what_it_had_settled() -> None:
    line, receipt, settled = applied()
    freed, gone, *owed = take_back_claim(
        line, receipt, [settled], claim=1, by=QIAN, reason="it was Huaxi", on=TODAY + DAY, now=NOON
    )
    assert figures(freed.after) == ["50000.00", "0.00", "0.00", "0.00", "0.00"]
    assert figures(freed.after, TODAY) == ["20000.00", "0.00", "30000.00", "0.00", "0.00"]
    assert (freed.after.claim(1).status.value, freed.after.claim(1).remark) == ("taken_back", "it was Huaxi")
    assert (gone.after.collected_as_of(TODAY), gone.after.collected_as_of(TODAY + DAY)) == (cny("30000"), cny("0"))
    assert [side.after.open for side in owed] == [cny("30000")]
    again = claim_line(freed.after, by=WANG, party=A2, on=TODAY + DAY, now=NOON).after
    _, received = confirm_claim(again, claim=2, by=QIAN, on=TODAY + DAY, now=NOON)
    assert (received.after.id, received.after.party) == ("B1/2", "A2")


def test_a_claim_is_not_taken_back_while_its_money_is_elsewhere() -> None:
    line, receipt, settled = applied()
    why: dict[str, Any] = {"claim": 1, "by": QIAN, "reason": "", "on": TODAY, "now": NOON}
    with pytest.raises(Refused, match="receipt B1/1 settles receivable P1/1, which is not given"):
        take_back_claim(line, receipt, **why)
    with pytest.raises(Refused, match="claim 1 of bank line B1 made receipt B1/1, not R1; give that one"):
        take_back_claim(line, other_receipt(), [settled], **why)
    free = confirmed()[1].after
    asked, kept = billing.request_refund(RefundId("RF1"), receipt=free, amount=cny("10000"), reason="", now=NOON)
    with pytest.raises(Refused, match=r"receipt B1/1 keeps 10000\.00 CNY for refund RF1"):
        take_back_claim(line, kept.after, **why)
    approved = billing.approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    _, paid = billing.pay_refund(approved, kept.after, on=TODAY, now=NOON)
    with pytest.raises(Refused, match=r"10000\.00 CNY of receipt B1/1 was refunded and cannot be claimed again"):
        take_back_claim(line, paid.after, **why)
    assert figures(line) == ["20000.00", "0.00", "30000.00", "0.00", "0.00"]


EARLY: list[Callable[[BankLine, dt.date], object]] = [
    lambda line, on: claim_line(line, by=LI, party=A1, on=on, now=NOON),
    lambda line, on: confirm_claim(line, claim=1, by=QIAN, on=on, now=NOON),
    lambda line, on: reject_claim(line, claim=1, by=QIAN, reason="", on=on, now=NOON),
    lambda line, on: withdraw_claim(line, claim=1, by=LI, on=on, now=NOON),
    lambda line, on: return_line(line, reason="", on=on, now=NOON),
    lambda line, on: disown_line(line, reason="", on=on, now=NOON),
    lambda line, on: readmit_line(line, reason="", on=on, now=NOON),
]


@pytest.mark.parametrize("verb", EARLY)
def test_nothing_happens_before_what_happened_last(verb: Callable[[BankLine, dt.date], object]) -> None:
    line = disown_line(claimed_line(), amount=cny("5"), reason="", on=TODAY + DAY, now=NOON).after
    before = attrs.asdict(line)
    with pytest.raises(Refused, match="stood at 2026-03-03 last, after 2026-03-02; use that day or a later one"):
        verb(line, TODAY)
    assert attrs.asdict(line) == before
    verb(line, TODAY + DAY)


REFUSED: list[tuple[str, type[LtcError], Callable[[BankLine], object]]] = [
    ("line.own_claim", Refused, lambda line: confirm_claim(line, claim=1, by=LI, on=TODAY, now=NOON)),
    ("line.others_claim", Refused, lambda line: withdraw_claim(line, claim=1, by=WANG, on=TODAY, now=NOON)),
    ("line.no_claim", InvalidValue, lambda line: confirm_claim(line, claim=2, by=QIAN, on=TODAY, now=NOON)),
    ("line.no_claim", InvalidValue, lambda line: line.claim(0)),
    ("line.no_claim", InvalidValue, lambda line: line.claim("1")),  # type: ignore[arg-type]  # that is the test
    (
        "billing.no_money",
        InvalidType,
        lambda line: claim_line(line, by=LI, party=A1, amount=5.0, on=TODAY, now=NOON),  # type: ignore[arg-type]  # as above
    ),
    ("day.type", InvalidType, lambda line: return_line(line, reason="", on=NOON, now=NOON)),
    ("instant.naive", InvalidValue, lambda line: return_line(line, reason="", on=TODAY, now=NOON.replace(tzinfo=None))),
    ("line.over", Refused, lambda line: return_line(line, amount=cny("20000.01"), reason="", on=TODAY, now=NOON)),
    ("line.over", Refused, lambda line: disown_line(line, amount=cny("20000.01"), reason="", on=TODAY, now=NOON)),
    (
        "billing.twice",
        InvalidValue,
        lambda line: claim_line(line, by=LI, party=A1, receivables=[ReceivableId("P1/1")] * 2, on=TODAY, now=NOON),
    ),
    (
        "billing.amount",
        InvalidValue,
        lambda line: claim_line(line, by=LI, party=A1, amount=cny("0"), on=TODAY, now=NOON),
    ),
    (
        "money.currency",
        LtcError,
        lambda line: claim_line(line, by=LI, party=A1, amount=Money.of("1", "USD"), on=TODAY, now=NOON),
    ),
]


@pytest.mark.parametrize("code, error, verb", REFUSED)
def test_refusals_change_nothing(code: str, error: type[LtcError], verb: Callable[[BankLine], object]) -> None:
    line = claimed_line()
    before = attrs.asdict(line)
    with pytest.raises(error) as refusal:
        verb(line)
    assert refusal.value.code == code
    assert attrs.asdict(line) == before


def test_histories() -> None:
    line, _ = confirmed()
    made = [*recording().events, *claimed().events, *line.events]
    assert BANK_LINE.replay(made) == line.after
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        BANK_LINE.begin(line.events[0])
    with pytest.raises(InvalidValue, match="BankLineRecorded can only be the first event"):
        BANK_LINE.evolve(line.after, made[0])
    with pytest.raises(InvalidValue, match="LineClaimConfirmed cannot have happened in status confirmed"):
        BANK_LINE.evolve(line.after, line.events[0])


@given(
    minor=st.integers(1, 5_000_000),
    others=st.lists(st.integers(1, 1_000_000), max_size=3),
    take=st.booleans(),
)
def test_what_is_claimed_and_taken_back_leaves_all_balances_as_they_were(
    minor: int, others: list[int], take: bool
) -> None:
    line = bank_line()
    for other in others:
        if other < line.unclaimed.minor - minor:
            line = claim_line(line, by=WANG, party=A2, amount=Money(other, "CNY"), on=TODAY, now=NOON).after
    before, owed = figures(line), receivable()
    made = claim_line(line, by=LI, party=A1, amount=Money(minor, "CNY"), on=TODAY, now=NOON).after
    number = len(made.claims)
    if not take:
        ended = withdraw_claim(made, claim=number, by=LI, on=TODAY, now=NOON).after
        assert figures(ended) == before
        return
    confirmed_line, received = confirm_claim(made, claim=number, by=QIAN, on=TODAY, now=NOON)
    paid, *settled = billing.apply(received.after, [owed], on=TODAY, now=NOON)
    back, gone, *reopened = take_back_claim(
        confirmed_line.after,
        paid.after,
        [side.after for side in settled],
        claim=number,
        by=QIAN,
        reason="",
        on=TODAY,
        now=NOON,
    )
    assert figures(back.after) == before
    assert [side.after.open for side in reopened] == [owed.open]
    assert gone.after.collected_as_of(TODAY) == cny("0")
