"""What only a database can do wrong: tampering, crashes, other processes, rows written past the store."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError

from ltc import billing, leads
from ltc.adapters.sql import SqlStore, sqlite_engine
from ltc.adapters.states import Put
from ltc.errors import Conflict, InvalidValue
from ltc.events import Change, evolved, first_broken, from_json
from ltc.ids import ActorId
from ltc.testing import Story, lead_story
from ltc.testing.samples.billing import issuance
from ltc.testing.samples.leads import NOON, captured_lead

MakeSql = Callable[[], AbstractContextManager[SqlStore]]
LI = ActorId("li")
STORY: Story[Any] = lead_story()


def fill(store: SqlStore) -> None:
    for number in range(1, 6):
        store.commit(STORY.begin(f"L{number}"), by=LI, at=NOON, cause="import", key=f"K{number}")


def run(store: SqlStore, statement: str, **values: int) -> None:
    with store._engine.begin() as connection:
        connection.execute(text(statement), values)


TAMPERINGS = {
    "a changed body": ("UPDATE ltc_event SET body = CAST(replace(body, '苏州', '杭州') AS BLOB) WHERE seq = 3", 3),
    "a body that is no JSON": ("UPDATE ltc_event SET body = x'00' WHERE seq = 3", 3),
    "a changed body with its hash": ("UPDATE ltc_event SET body = x'00', body_hash = '6e34' WHERE seq = 3", 3),
    "a body erased with its hash": ("UPDATE ltc_event SET body = NULL, body_hash = '' WHERE seq = 3", 3),
    "another actor": ("UPDATE ltc_event SET actor = 'chen' WHERE seq = 2", 2),
    "another time": ("UPDATE ltc_event SET recorded_at = recorded_at + 1 WHERE seq = 5", 5),
    "another cause": ("UPDATE ltc_event SET cause = NULL WHERE seq = 4", 4),
    "another key": ("UPDATE ltc_event SET key = 'K9' WHERE seq = 4", 4),
    "another name": ("UPDATE ltc_event SET name = 'claimed' WHERE seq = 1", 1),
    "another thing": ("UPDATE ltc_event SET id = 'L9' WHERE seq = 1", 1),
    "another version": ("UPDATE ltc_event SET version = 2 WHERE seq = 1", 1),
    "a deleted row": ("DELETE FROM ltc_event WHERE seq = 3", 4),
    "a deleted first row": ("DELETE FROM ltc_event WHERE seq = 1", 2),
    "a row moved to the end": ("UPDATE ltc_event SET seq = 6 WHERE seq = 2", 3),
    "another link": ("UPDATE ltc_event SET hash = previous WHERE seq = 2", 2),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_the_file_is_found(name: str, sqlite: MakeSql) -> None:
    statement, place = TAMPERINGS[name]
    with sqlite() as store:
        fill(store)
        assert first_broken(store.records()) is None
        run(store, statement)
        assert first_broken(store.records()) == place


def test_swapped_rows_are_found(sqlite: MakeSql) -> None:
    with sqlite() as store:
        fill(store)
        for old, new in ((2, 99), (3, 2), (99, 3)):
            run(store, "UPDATE ltc_event SET seq = :new WHERE seq = :old", old=old, new=new)
        assert first_broken(store.records()) == 2


def test_a_body_that_was_altered_is_not_handed_out(sqlite: MakeSql) -> None:
    with sqlite() as store:
        fill(store)
        run(store, "UPDATE ltc_event SET body = CAST(replace(body, '苏州', '杭州') AS BLOB) WHERE seq = 3")
        with pytest.raises(InvalidValue, match="record 3 of lead L3 is not what was recorded"):
            store.history(("lead", "L3"))
        with pytest.raises(InvalidValue, match="record 3"):
            store.caused_by("import")
        assert len(store.history(("lead", "L2"))) == 1


def test_erased_means_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ltc.db"
    engine = sqlite_engine(path)
    store = SqlStore(engine)
    store.create_tables()
    store.commit(captured_lead("L1"), captured_lead("L2"), by=LI, at=NOON)
    engine.dispose()
    person = b"chen.jing@huadong.example"
    assert person in path.read_bytes()
    assert store.erase(("lead", "L1"), ("lead", "L2"), ("lead", "L1")) == 2
    engine.dispose()  # the last connection out writes the log into the file
    assert person not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert first_broken(store.records()) is None
    engine.dispose()


def test_a_crash_in_the_middle_leaves_nothing(sqlite: MakeSql, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("power is gone")

    with sqlite() as store:
        fill(store)
        before = tuple(store.records())
        monkeypatch.setattr(Put, "__call__", crash)
        with pytest.raises(RuntimeError, match="power"):
            store.commit(STORY.begin("L6"), by=LI, at=NOON, key="K6")
        monkeypatch.undo()
        assert tuple(store.records()) == before
        assert store.done("K6") is None
        store.commit(STORY.begin("L6"), by=LI, at=NOON, key="K6")


def test_a_killed_process_leaves_nothing(tmp_path: Path) -> None:
    script = """
import os, sys
from ltc.adapters.sql import SqlStore, sqlite_engine
from ltc.adapters.states import Put
from ltc.testing import lead_story
from ltc.testing.samples.leads import NOON
store = SqlStore(sqlite_engine(sys.argv[1]))
store.create_tables()
store.commit(lead_story().begin("L1"), by="li", at=NOON)
Put.__call__ = lambda *_: os._exit(9)
store.commit(lead_story().begin("L2"), by="li", at=NOON, key="K2")
"""
    path = tmp_path / "ltc.db"
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    engine = sqlite_engine(path)
    store = SqlStore(engine)
    assert [record.subject.id for record in store.records()] == ["L1"]
    assert store.done("K2") is None
    store.commit(STORY.begin("L2"), by=LI, at=NOON, key="K2")
    engine.dispose()


def test_processes_make_one_chain(tmp_path: Path) -> None:
    script = """
import sys
from ltc.adapters.sql import SqlStore, sqlite_engine
from ltc.testing import lead_story
from ltc.testing.samples.leads import NOON
store = SqlStore(sqlite_engine(sys.argv[1], durable=False))
store.create_tables()
for number in range(40):
    store.commit(lead_story().begin(sys.argv[2] + str(number)), by="li", at=NOON)
"""
    path = tmp_path / "ltc.db"
    arguments = [[sys.executable, "-c", script, str(path), name] for name in ("A", "B")]
    running = [subprocess.Popen(argument) for argument in arguments]
    assert [process.wait() for process in running] == [0, 0]
    engine = sqlite_engine(path)
    records = list(SqlStore(engine).records())
    assert [record.seq for record in records] == list(range(1, 81))
    assert first_broken(records) is None
    engine.dispose()


def test_a_row_written_past_the_store_is_not_overwritten(sqlite: MakeSql) -> None:
    with sqlite() as store:
        first = STORY.begin("L1")
        store.commit(first, by=LI, at=NOON)
        run(store, "DELETE FROM ltc_lead")
        with pytest.raises(Conflict, match="lead L1 is at version 0, not 1"):
            store.commit(STORY.go_on(first.after, 1), by=LI, at=NOON)
        assert len(list(store.records())) == 1


def test_a_constraint_of_the_host_is_no_conflict(sqlite: MakeSql) -> None:
    with sqlite() as store:
        run(store, "CREATE UNIQUE INDEX mine ON ltc_event (actor)")
        run(store, "CREATE UNIQUE INDEX mine_too ON ltc_lead (version)")
        store.commit(STORY.begin("L1"), by=LI, at=NOON)
        with pytest.raises(IntegrityError, match="actor"):
            store.commit(STORY.begin("L2"), by=LI, at=NOON)
        with pytest.raises(IntegrityError, match="version"):
            store.commit(STORY.begin("L2"), by=ActorId("chen"), at=NOON)
        assert len(list(store.records())) == 1


def test_readers_do_not_wait_for_a_writer(sqlite: MakeSql) -> None:
    with sqlite() as store:
        fill(store)
        with store._engine.begin() as writer:
            writer.execute(insert(store.metadata.tables["ltc_done"]), _a_done_row())
            assert store.leads.get("L1").id == "L1"
            assert len(list(store.records())) == 5
            assert store.done("half") is None


def _a_done_row() -> dict[str, object]:
    return {"key": "half", "fingerprint": "", "first": 1, "last": 0, "at": NOON}


def test_durable_waits_for_the_disk(tmp_path: Path) -> None:
    for durable, level in ((True, 2), (False, 1)):
        engine = sqlite_engine(tmp_path / "ltc.db", durable=durable)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        engine.dispose()


def test_tables_can_be_made_twice_and_are_missed(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "ltc.db")
    store = SqlStore(engine)
    with pytest.raises(OperationalError, match="no such table: ltc_event"):
        store.commit(STORY.begin("L1"), by=LI, at=NOON)
    store.create_tables()
    store.create_tables()
    fill(store)
    store.create_tables()
    assert len(list(store.records())) == 5
    engine.dispose()


def test_a_host_takes_only_its_kinds() -> None:
    store = SqlStore(create_engine("sqlite://"), lives=[leads.LEAD])
    store.create_tables()
    fill(store)
    assert sorted(store.metadata.tables) == ["ltc_done", "ltc_event", "ltc_lead", "ltc_lead_key"]
    with pytest.raises(InvalidValue, match="this store has no 'order'"):
        store.orders.get("SO-1")
    with pytest.raises(InvalidValue, match="this store has no 'order'"):
        store.erase(("order", "SO-1"))
    store._engine.dispose()


def test_a_store_loads_the_rooms_it_meets() -> None:
    script = """
import sys
from datetime import UTC, datetime
from sqlalchemy import create_engine
from ltc.adapters.sql import SqlStore
store = SqlStore(create_engine("sqlite://"))
store.create_tables()
assert not {"ltc.leads", "ltc.billing", "ltc.contracts", "ltc.pipeline"} & set(sys.modules), sys.modules
store.accounts
assert "ltc.accounts" in sys.modules
assert not {"ltc.leads", "ltc.billing", "ltc.contracts", "ltc.pipeline"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_more_changes_than_a_statement_takes(sqlite: MakeSql) -> None:
    with sqlite() as store:
        begun = [STORY.begin(f"L{number}") for number in range(1200)]
        store.commit(*begun, by=LI, at=NOON)
        store.commit(*(STORY.go_on(change.after, 1) for change in begun), by=LI, at=NOON + dt.timedelta(days=1))
        assert sum(lead.version for lead in store.leads.all()) == 2400
        with pytest.raises(Conflict, match="lead L1199 exists already"):
            store.commit(STORY.begin("new"), STORY.begin("L1199"), by=LI, at=NOON)


def test_a_state_is_readable_json_beside_its_columns(sqlite: MakeSql) -> None:
    with sqlite() as store:
        fill(store)
        with store._engine.connect() as connection:
            document = connection.execute(text("SELECT document FROM ltc_lead WHERE id = 'L1'")).scalar_one()
        assert "华东机械有限公司" in document
        assert from_json(document, leads.Lead) == store.leads.get("L1")


def test_keys_follow_the_lead(sqlite: MakeSql) -> None:
    with sqlite() as store:
        first, nameless = captured_lead("L1"), STORY.begin("L2")
        store.commit(first, nameless, by=LI, at=NOON)
        touched = STORY.go_on(first.after, 1)
        merged = Change("lead", touched.before, touched.events, evolved(touched.after, company="西部重工", phone=None))
        store.commit(merged, by=LI, at=NOON)
        assert store.leads.find_by_keys(leads.keys_of(leads.LeadDraft(company="西部重工"))) == [merged.after]
        assert store.leads.find_by_keys(leads.keys_of(leads.LeadDraft(name="陈静", phone="138 0000 0001"))) == []
        alone = STORY.go_on(nameless.after, 1)
        store.commit(
            Change("lead", alone.before, alone.events, evolved(alone.after, company=None, email=None)), by=LI, at=NOON
        )
        assert store.leads.find_by_keys(leads.keys_of(nameless.after)) == []


def test_invoices_are_found_by_their_order_in_a_store_that_keeps_no_receivables() -> None:
    store = SqlStore(create_engine("sqlite://"), lives=[billing.INVOICE])
    store.create_tables()
    change, _ = issuance()
    store.commit(change, by=LI, at=NOON)
    assert [found.id for found in store.invoices.of_order(change.after.order)] == ["I1"]
