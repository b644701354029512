"""What was known when: a receipt that is recorded late changes only what was known later, in either store."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from sqlalchemy import create_engine

from ltc import billing, leads
from ltc.adapters.memory import MemoryStore
from ltc.adapters.sql import SqlStore
from ltc.errors import InvalidType, InvalidValue
from ltc.events import Subject, all_known_at, known_at
from ltc.ids import AccountId, ActorId, ChangeId, EntityId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, signed
from ltc.testing.samples.leads import captured_lead

HOUR = dt.timedelta(hours=1)
MARCH_10, APRIL_2 = dt.date(2026, 3, 10), dt.datetime(2026, 4, 2, 1, tzinfo=dt.UTC)
LI = ActorId("li")


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryStore()
        return
    engine = create_engine("sqlite://")
    made = SqlStore(engine)
    made.create_tables()
    yield made
    engine.dispose()


def test_a_receipt_recorded_late_changes_only_what_was_known_later(store: Any) -> None:
    _, raised = signed()  # 30,000.00 owed from 2 March
    store.commit(raised, by=LI, at=NOON)
    money = billing.receive(
        ReceiptId("R1"),
        entity=EntityId("E1"),
        party=AccountId("A1"),
        amount=Money.of("12000", "CNY"),
        on=MARCH_10,
        now=APRIL_2,
    )
    store.commit(money, *billing.apply(money.after, [raised.after], on=MARCH_10, now=APRIL_2), by=LI, at=APRIL_2)

    def told(as_of: dt.date, known: dt.datetime) -> tuple[str, str, str]:
        debt = known_at(billing.RECEIVABLE, store.history(("receivable", "P1/1")), known)
        owed = billing.open_items([] if debt is None else [debt], as_of)
        table = billing.aging(owed, as_of=as_of).in_currency("CNY")
        sales = billing.dso(table.open, Money.of("60000", "CNY"), 30)
        statements = billing.statements([] if debt is None else [debt], first=TODAY, last=as_of)
        return str(table.open.amount), str(sales), str(statements[0].closing.amount) if statements else "-"

    march_31, second_before = dt.date(2026, 3, 31), APRIL_2 - dt.timedelta(seconds=1)
    assert told(march_31, NOON - HOUR) == ("0.00", "0.0000", "-"), "nothing was known before it was recorded"
    assert told(march_31, second_before) == ("30000.00", "15.0000", "30000.00")
    assert told(march_31, APRIL_2) == ("18000.00", "9.0000", "18000.00")
    assert told(dt.date(2026, 3, 9), APRIL_2) == told(dt.date(2026, 3, 9), second_before), "the day before it came in"


def test_all_things_of_a_kind(store: Any) -> None:
    _, raised = signed()
    store.commit(captured_lead(), by=LI, at=NOON)
    store.commit(raised, by=LI, at=NOON + HOUR)
    assert all_known_at(billing.RECEIVABLE, store.records(), NOON) == ()
    assert all_known_at(billing.RECEIVABLE, store.records(), NOON + HOUR) == (raised.after,)
    assert all_known_at(leads.LEAD, store.records(), NOON) == (captured_lead().after,)
    store.erase(("lead", "L1"))
    assert all_known_at(leads.LEAD, store.records(), NOON) == ()
    with pytest.raises(InvalidValue, match="lead L1 was erased; what was known of it is gone, leave it out"):
        known_at(leads.LEAD, store.history(("lead", "L1")), NOON)
    assert known_at(leads.LEAD, store.history(("lead", "L1")), NOON - HOUR) is None


def test_what_a_record_stands_on_was_known_with_it() -> None:
    store = MemoryStore()
    _, raised = signed()
    store.commit(raised, by=LI, at=NOON + 2 * HOUR)
    five = Money.of("5", "CNY")
    waived = billing.waive(raised.after, amount=five, change=ChangeId("W1"), reason="", on=TODAY, now=NOON)
    store.commit(waived, by=LI, at=NOON + HOUR)  # the clock of the host went back
    records = store.history(("receivable", "P1/1"))
    known = known_at(billing.RECEIVABLE, records, NOON + HOUR)
    assert known == waived.after
    assert known_at(billing.RECEIVABLE, records, NOON) is None


def test_records_of_something_else_are_refused() -> None:
    store = MemoryStore()
    store.commit(signed()[1], by=LI, at=NOON)
    receivable = store.history(("receivable", "P1/1"))
    with pytest.raises(InvalidValue, match="the records are of receivable P1/1; give those of one receipt"):
        known_at(billing.RECEIPT, receivable, NOON)
    other = attrs.evolve(receivable[0], subject=Subject("receivable", "P1/2"))
    with pytest.raises(InvalidValue, match="the records are of receivable P1/2"):
        known_at(billing.RECEIVABLE, [*receivable, other], NOON)
    naive: Any = dt.datetime(2026, 3, 2)
    with pytest.raises(InvalidValue, match="no time zone"):
        known_at(billing.RECEIVABLE, receivable, naive)
    day: Any = TODAY
    with pytest.raises(InvalidType):
        known_at(billing.RECEIVABLE, receivable, day)
    assert known_at(billing.RECEIVABLE, [], NOON) is None
