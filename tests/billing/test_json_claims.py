"""Every event and state of bank lines, bills and deposits survives JSON, and replay of its events gives the state."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import BANK_LINE, BILL, DEPOSIT
from ltc.events import Life, dump_event, from_json, load_event, to_json
from ltc.findings import Reason
from ltc.money import Money
from ltc.testing.samples.bank_lines import bank_line, payer

IDS = st.text(st.sampled_from("abzAZ09-_/ 华东"), min_size=1, max_size=8).filter(str.strip)
TEXTS = st.text(st.sampled_from("ab 华\n"), max_size=12)
CNY = st.builds(Money, st.integers(1, 10**15), st.just("CNY"))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))
DATED = {"on": DAYS, "at": st.datetimes(timezones=st.just(dt.UTC))}
REASONS = st.lists(st.builds(lambda name: Reason.of("match.name", name=name), IDS), max_size=2).map(tuple)
DUES = st.sampled_from([billing.after("awarded", days=5), billing.on("delivered"), billing.on_day(dt.date(2051, 1, 1))])
RATES = st.decimals(0, 1, places=6).map(Decimal)

TRIED: set[Callable[..., Any]] = set()


def events(event: Callable[..., Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    TRIED.add(event)
    return st.builds(event, **fields)


CLAIM = {"line": IDS, "claim": st.just(1), **DATED}
CLAIMED = events(
    billing.LineClaimed,
    by=IDS,
    party=IDS,
    amount=CNY,
    receivables=st.lists(IDS, max_size=2).map(tuple),
    reasons=REASONS,
    **CLAIM,
)
CONFIRMED = events(billing.LineClaimConfirmed, by=IDS, receipt=IDS, **CLAIM)
MOVES = st.lists(
    events(billing.LineReturned, line=IDS, amount=CNY, reason=TEXTS, **DATED)
    | events(billing.LineDisowned, line=IDS, amount=CNY, reason=TEXTS, **DATED)
    | events(billing.LineReadmitted, line=IDS, amount=CNY, reason=TEXTS, **DATED),
    max_size=2,
)
LINES = (
    events(
        billing.BankLineRecorded,
        line=IDS,
        entity=IDS,
        bank_account=IDS,
        amount=CNY,
        payer_name=st.none() | IDS,
        payer_account=st.none() | IDS,
        remark=TEXTS,
        **DATED,
    ),
    st.one_of(
        st.tuples(CLAIMED).map(list),
        st.tuples(CLAIMED, CONFIRMED).map(list),
        st.tuples(CLAIMED, CONFIRMED, events(billing.LineClaimTakenBack, by=IDS, reason=TEXTS, **CLAIM)).map(list),
        st.tuples(CLAIMED, events(billing.LineClaimRejected, by=IDS, reason=TEXTS, **CLAIM)).map(list),
        st.tuples(CLAIMED, events(billing.LineClaimWithdrawn, reason=TEXTS, **CLAIM)).map(list),
        MOVES,
    ),
)

PAPER = {"bill": IDS, **DATED}
BOUGHT = {"holder": IDS, "rate": RATES, "days": st.integers(1, 400), "interest": CNY, **PAPER}
DISHONORED = events(billing.BillDishonored, bounced=CNY, reason=TEXTS, **PAPER)
DISCHARGED = events(billing.BillDischarged, **PAPER)
PASSED_ON = events(billing.BillEndorsed, holder=IDS, **PAPER) | events(billing.BillDiscounted, **BOUGHT)
BILLS = (
    st.tuples(DAYS, DAYS).flatmap(
        lambda days: events(
            billing.BillReceived,
            receipt=IDS,
            entity=IDS,
            party=IDS,
            kind=st.sampled_from(billing.BillKind),
            number=IDS,
            drawer=IDS,
            acceptor=IDS,
            amount=CNY,
            issued_on=st.just(min(days)),
            matures_on=st.just(max(days)),
            splittable=st.booleans(),
            parent=st.none() | IDS,
            **PAPER,
        )
    ),
    st.one_of(
        st.just([]),
        st.tuples(events(billing.BillSold, **BOUGHT)).map(list),
        st.tuples(events(billing.BillCashed, **PAPER)).map(list),
        st.tuples(events(billing.BillSplit, parts=st.lists(IDS, min_size=2).map(tuple), **PAPER)).map(list),
        st.tuples(DISHONORED).map(list),
        st.tuples(PASSED_ON, DISCHARGED).map(list),
        st.tuples(PASSED_ON, DISHONORED, events(billing.BillTakenUp, **PAPER)).map(list),
    ),
)

SECURITY = {"deposit": IDS, **DATED}
LEAVES = (
    events(billing.DepositReturned, amount=CNY, **SECURITY)
    | events(billing.DepositForfeited, amount=CNY, reason=TEXTS, **SECURITY)
    | events(billing.DepositConverted, amount=CNY, receipt=IDS, **SECURITY)
    | events(billing.DepositConversionTakenBack, amount=CNY, receipt=IDS, reason=TEXTS, **SECURITY)
    | events(
        billing.DepositReplaced,
        amount=CNY,
        guarantee=IDS,
        guarantor=IDS,
        expires_on=st.just(dt.date(2051, 1, 1)),
        **SECURITY,
    )
)
GUARANTEES = st.lists(
    events(billing.GuaranteeExtended, guarantee=IDS, expires_on=DAYS, **SECURITY)
    | events(billing.GuaranteeReleased, guarantee=IDS, **SECURITY),
    max_size=2,
)
DEPOSITS = (
    events(
        billing.DepositPlaced,
        direction=st.sampled_from(billing.DepositDirection),
        kind=st.sampled_from(billing.DepositKind),
        entity=IDS,
        party=IDS,
        amount=CNY,
        purpose=IDS,
        due=DUES,
        due_on=st.none(),
        **SECURITY,
    ),
    st.tuples(
        st.lists(LEAVES, max_size=3),
        GUARANTEES,
        st.lists(events(billing.DepositDated, milestone=IDS, due_on=DAYS, **SECURITY), max_size=1),
    ).map(lambda some: [*some[0], *some[1], *some[2]]),
)
LIVES: list[tuple[Life[Any, Any], st.SearchStrategy[Any], st.SearchStrategy[list[Any]]]] = [
    (BANK_LINE, *LINES),
    (BILL, *BILLS),
    (DEPOSIT, *DEPOSITS),
]


@pytest.mark.parametrize("life, first, others", LIVES, ids=[life.kind for life, _, _ in LIVES])
@given(data=st.data())
def test_events_and_states_survive_json_and_replay(
    life: Life[Any, Any], first: st.SearchStrategy[Any], others: st.SearchStrategy[list[Any]], data: st.DataObject
) -> None:
    happened = [data.draw(first), *data.draw(others)]
    state = life.begin(happened[0])
    for event in happened:
        assert load_event(life, dump_event(life, event)) == event
    for event in happened[1:]:
        state = life.evolve(state, event)
    assert state.version == len(happened)
    assert from_json(to_json(state), life.state) == state
    assert life.replay(happened) == state


@given(data=st.data())
def test_every_event_is_among_those_tried(data: st.DataObject) -> None:
    for _, first, _ in LIVES:
        data.draw(first)  # some strategies are made when they are first drawn from
    assert {event for life, _, _ in LIVES for event in life.stored.values()} == TRIED


def test_a_suggestion_reads_as_json() -> None:
    [match] = billing.match_line(bank_line(), [payer()])
    assert from_json(to_json(match), billing.LineMatch) == match
