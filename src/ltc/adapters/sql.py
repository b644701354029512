"""A store in an SQL database, by SQLAlchemy Core: SQLite embedded, PostgreSQL with the same code.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from ltc.testing.samples.leads import NOON, captured_lead
>>> with TemporaryDirectory() as folder:
...     engine = sqlite_engine(Path(folder, "ltc.db"))
...     store = SqlStore(engine)
...     store.create_tables()
...     store.commit(captured_lead(), by="import", at=NOON)
...     print(store.leads.get("L1").version, store.history(("lead", "L1"))[0].name)
...     engine.dispose()
1 captured

A state is kept as a JSON document with the columns that queries need beside it; an event as the bytes that its hash was made of,
never written again. A commit looks up the end of the chain, reads what it must, and inserts its records right behind that end: their
places are unique, so that of two commits at once one fails there and looks again. What was read is thereby still true when it is
written, in any database and at any isolation level, and no lock is held while nothing is written.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ltc.errors import Conflict, InvalidValue, MissingExtra

try:
    from sqlalchemy import (
        URL,
        Connection,
        Engine,
        MetaData,
        Row,
        Select,
        create_engine,
        event,
        insert,
        select,
        update,
    )
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.schema import CreateIndex, CreateTable
except ModuleNotFoundError:
    raise MissingExtra(
        "extra.missing", "the package sqlalchemy is not installed; install ltc[sql]", package="sqlalchemy", extra="sql"
    ) from None

from ltc.adapters.journal import ERASED, Work, prepare
from ltc.adapters.lives import Lives
from ltc.adapters.rows import (
    PAGE,
    AccountRows,
    ApprovalRows,
    BankLineRows,
    BillRows,
    ContractRows,
    DepositRows,
    DispositionRows,
    InvoiceRequestRows,
    InvoiceRows,
    LeadRows,
    NoteRows,
    OpportunityRows,
    OrderRows,
    PlanRows,
    ReceiptRows,
    ReceivableRows,
    RefundRows,
    Rows,
    pages,
)
from ltc.adapters.states import Put
from ltc.adapters.tables import metadata_of
from ltc.events import GENESIS, Change, Life, Recorded, Subject, Thing, load_event, sha256
from ltc.ids import ActorId
from ltc.repositories import Done, Seen

if TYPE_CHECKING:
    from ltc.leads import Rota
    from ltc.pools import ClaimQuota

__all__ = ["SqlStore", "sqlite_engine"]

_SETTINGS: Final = (
    "journal_mode = WAL",
    "wal_autocheckpoint = 4000",  # pages: the disk is waited for every 16 MB
    "secure_delete = ON",  # erased is erased
)


def sqlite_engine(path: str | os.PathLike[str], *, durable: bool = True) -> Engine:
    """Return an engine for an SQLite file, made if it is not there: readers do not wait for writers, writers wait 30 s for each other.

    A commit survives a crash of the program in either case. With `durable` it survives a power cut too, at the price of waiting for
    the disk every time; without, a power cut may take the last commits, never a part of one.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     engine = sqlite_engine(Path(folder, "ltc.db"), durable=False)
    ...     SqlStore(engine).create_tables()
    ...     engine.dispose()
    """
    engine = create_engine(URL.create("sqlite", database=os.fspath(path)), connect_args={"timeout": 30})
    synchronous = "FULL" if durable else "NORMAL"

    @event.listens_for(engine, "connect")
    def tune(connection: Any, _record: object) -> None:
        for setting in (*_SETTINGS, f"synchronous = {synchronous}"):
            connection.execute(f"PRAGMA {setting}")

    return engine


class SqlStore:
    """A `ltc.repositories.Store` in the tables `ltc_…` of a database, with a repository for each thing. Threads may share it.

    Args:
        engine: the host's; for a file, `sqlite_engine` makes one. (A database in SQLite's memory is another one in each thread.)
        lives: the kinds it keeps; by default all of the library's, each room loaded on first use.

    >>> from sqlalchemy import create_engine
    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import NOON, captured_lead
    >>> store = SqlStore(create_engine("sqlite://"), lives=[leads.LEAD])
    >>> store.create_tables()
    >>> store.commit(captured_lead(), by="import", at=NOON)
    >>> store.leads.get("L1").version
    1
    """

    def __init__(self, engine: Engine, /, *, lives: Iterable[Life[Any, Any]] | None = None) -> None:
        self._engine = engine
        self._lives = Lives(lives)
        self.metadata: MetaData = metadata_of(self._lives.kinds)
        """The tables, for a host's own migrations."""
        self._event = self.metadata.tables["ltc_event"]
        self._done = self.metadata.tables["ltc_done"]
        columns = self._event.c
        self._end = select(columns.seq, columns.hash).order_by(columns.seq.desc()).limit(1)
        self._insert = insert(self._event)
        self._put = {kind: Put(self.metadata, kind) for kind in self._lives.kinds}

    def create_tables(self) -> None:
        """Make the tables that are not there yet; another process may do so at the same time."""
        with self._engine.begin() as connection:
            for table in self.metadata.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(CreateIndex(index, if_not_exists=True))

    def done(self, key: str, /) -> Done | None:
        """As `Store.done`."""
        with self._engine.connect() as connection:
            return self._done_in(connection, key)

    def _done_in(self, connection: Connection, key: str) -> Done | None:
        row = connection.execute(select(self._done).where(self._done.c.key == key)).one_or_none()
        if row is None:
            return None
        return Done(row.key, row.fingerprint, tuple(range(row.first, row.last + 1)), row.at)

    def commit(
        self,
        *changes: Change[Thing, object],
        by: ActorId,
        at: dt.datetime,
        unmoved: tuple[Seen, ...] = (),
        cause: str | None = None,
        key: str | None = None,
    ) -> None:
        """As `Store.commit`."""
        work = prepare(changes, lives=self._lives, by=by, at=at, unmoved=unmoved, cause=cause, key=key)
        while not self._try(work):
            pass  # another commit came in between; one of them got through, so this ends

    def _try(self, work: Work) -> bool:
        """Write the work behind the end of the chain; False where that was not the end any more when it was written."""
        with self._engine.connect() as connection:
            seq, previous = self._chain_end(connection)
            if work.key is not None and work.repeats(self._done_in(connection, work.key)):
                return True
            self._check_read(connection, work)
            try:
                self._record(connection, work, seq, previous)
            except IntegrityError:
                connection.rollback()
                if work.entries and self._chain_end(connection) == (seq, previous):
                    raise  # not for its place: the host's own constraint
                return False
            self._write(connection, work)
            connection.commit()
            return True

    def _chain_end(self, connection: Connection) -> tuple[int, str]:
        row = connection.execute(self._end).one_or_none()
        return (0, GENESIS) if row is None else (row.seq, row.hash)

    def _check_read(self, connection: Connection, work: Work) -> None:
        """Check the chain of changes and what was only read; the version of what changes is checked where it is swapped."""
        versions = {subject: 0 if before is None else before.version for subject, (before, _) in work.moves.items()}
        versions |= self._versions(connection, {seen.subject for seen in work.unmoved})
        work.check(lambda subject: versions.get(subject, 0))

    def _versions(self, connection: Connection, subjects: Iterable[Subject]) -> dict[Subject, int]:
        versions: dict[Subject, int] = {}
        for kind, pairs in groupby(sorted(subjects), key=attrgetter("kind")):
            table = self.metadata.tables[f"ltc_{kind}"]
            for page in pages(subject.id for subject in pairs):
                found = connection.execute(select(table.c.id, table.c.version).where(table.c.id.in_(page)))
                versions |= {Subject(kind, row.id): row.version for row in found}
        return versions

    def _record(self, connection: Connection, work: Work, seq: int, previous: str) -> None:
        records = work.records(seq=seq, previous=previous)
        if records:
            connection.execute(self._insert, [_row(record) for record in records])
        done = work.done(records)
        if done is not None:
            row = {"key": done.key, "fingerprint": done.fingerprint, "at": done.at}
            row |= {"first": seq + 1, "last": seq + len(records)}
            connection.execute(insert(self._done), row)

    def _write(self, connection: Connection, work: Work) -> None:
        try:
            for subject, (before, after) in work.moves.items():
                self._put[subject.kind](connection, before, after)
        except (Conflict, IntegrityError):
            connection.rollback()
            versions = self._versions(connection, work.subjects)
            work.check(lambda subject: versions.get(subject, 0))  # says which thing has moved, and how far
            raise

    def history(self, subject: Subject | tuple[str, str], /) -> Sequence[Recorded]:
        """As `Store.history`.

        Raises:
            InvalidValue: a body is not the one that was recorded; `first_broken(store.records())` finds the place.
        """
        kind, thing_id = subject
        mine = (self._event.c.kind == kind) & (self._event.c.id == thing_id)
        return self._intact(select(self._event).where(mine).order_by(self._event.c.seq))

    def caused_by(self, cause: str, /) -> Sequence[Recorded]:
        """As `Store.caused_by`; raises as `history` does."""
        return self._intact(select(self._event).where(self._event.c.cause == cause).order_by(self._event.c.seq))

    def _intact(self, statement: Select[Any]) -> tuple[Recorded, ...]:
        with self._engine.connect() as connection:
            records = tuple(self._recorded(row) for row in connection.execute(statement))
        for record in records:
            if record.body is not None and record.event is None:
                raise InvalidValue(
                    "store.tampered",
                    f"record {record.seq} of {record.subject.kind} {record.subject.id} is not what was recorded; "
                    "restore it from a copy",
                    seq=record.seq,
                )
        return records

    def records(self, after: int = 0, /) -> Iterator[Recorded]:
        """As `Store.records`. A record whose body was altered comes without event, so that `first_broken` can name it."""
        page = select(self._event).order_by(self._event.c.seq).limit(PAGE)
        while True:  # page by page, so that no transaction stays open between them
            with self._engine.connect() as connection:
                rows = connection.execute(page.where(self._event.c.seq > after)).all()
            if not rows:
                return
            yield from map(self._recorded, rows)
            after = rows[-1].seq

    def _recorded(self, row: Row[Any]) -> Recorded:
        fields = row._asdict()
        subject = Subject(fields.pop("kind"), fields.pop("id"))
        body = fields["body"]
        intact = body is not None and sha256(body) == fields["body_hash"]
        loaded = load_event(self._lives[subject.kind], body) if intact else None
        return Recorded(subject=subject, event=loaded, **fields)

    def erase(self, *subjects: Subject | tuple[str, str]) -> int:
        """As `Store.erase`. An SQLite file still holds the bytes until the next checkpoint of its write-ahead log."""
        with self._engine.begin() as connection:
            return sum(self._erase(connection, subject) for subject in sorted({Subject(*pair) for pair in subjects}))

    def _erase(self, connection: Connection, subject: Subject) -> int:
        self._lives.check(subject.kind)
        if self._versions(connection, [subject]).get(subject, ERASED) == ERASED:
            return 0
        self._put[subject.kind].erase(connection, subject.id)
        mine = (self._event.c.kind == subject.kind) & (self._event.c.id == subject.id)
        return connection.execute(update(self._event).where(mine).values(body=None)).rowcount

    def _rows(self, kind: str) -> tuple[Engine, MetaData, Life[Any, Any]]:
        return self._engine, self.metadata, self._lives[kind]

    @cached_property
    def leads(self) -> LeadRows:
        """As `ltc.repositories.LeadRepository`."""
        return LeadRows(*self._rows("lead"))

    @cached_property
    def rotas(self) -> "Rows[Rota]":
        """As `ltc.repositories.RotaRepository`."""
        return Rows(*self._rows("rota"))

    @cached_property
    def quotas(self) -> "Rows[ClaimQuota]":
        """As `ltc.repositories.QuotaRepository`."""
        return Rows(*self._rows("claim_quota"))

    @cached_property
    def accounts(self) -> AccountRows:
        """As `ltc.repositories.AccountRepository`."""
        return AccountRows(*self._rows("account"))

    @cached_property
    def opportunities(self) -> OpportunityRows:
        """As `ltc.repositories.OpportunityRepository`."""
        return OpportunityRows(*self._rows("opportunity"))

    @cached_property
    def approvals(self) -> ApprovalRows:
        """As `ltc.repositories.ApprovalRepository`."""
        return ApprovalRows(*self._rows("approval_request"))

    @cached_property
    def contracts(self) -> ContractRows:
        """As `ltc.repositories.ContractRepository`."""
        return ContractRows(*self._rows("contract"))

    @cached_property
    def orders(self) -> OrderRows:
        """As `ltc.repositories.OrderRepository`."""
        return OrderRows(*self._rows("order"))

    @cached_property
    def plans(self) -> PlanRows:
        """As `ltc.repositories.PlanRepository`."""
        return PlanRows(*self._rows("plan"))

    @cached_property
    def receivables(self) -> ReceivableRows:
        """As `ltc.repositories.ReceivableRepository`."""
        return ReceivableRows(*self._rows("receivable"))

    @cached_property
    def invoices(self) -> InvoiceRows:
        """As `ltc.repositories.InvoiceRepository`."""
        receivables = self.receivables if "receivable" in self._lives.kinds else None
        return InvoiceRows(*self._rows("invoice"), receivables=receivables)

    @cached_property
    def notes(self) -> NoteRows:
        """As `ltc.repositories.NoteRepository`."""
        return NoteRows(*self._rows("note"))

    @cached_property
    def dispositions(self) -> DispositionRows:
        """As `ltc.repositories.DispositionRepository`."""
        return DispositionRows(*self._rows("disposition"))

    @cached_property
    def invoice_requests(self) -> InvoiceRequestRows:
        """As `ltc.repositories.InvoiceRequestRepository`."""
        return InvoiceRequestRows(*self._rows("invoice_request"))

    @cached_property
    def receipts(self) -> ReceiptRows:
        """As `ltc.repositories.ReceiptRepository`."""
        return ReceiptRows(*self._rows("receipt"))

    @cached_property
    def refunds(self) -> RefundRows:
        """As `ltc.repositories.RefundRepository`."""
        return RefundRows(*self._rows("refund_request"))

    @cached_property
    def bank_lines(self) -> BankLineRows:
        """As `ltc.repositories.BankLineRepository`."""
        return BankLineRows(*self._rows("bank_line"))

    @cached_property
    def bills(self) -> BillRows:
        """As `ltc.repositories.BillRepository`."""
        return BillRows(*self._rows("bill"))

    @cached_property
    def deposits(self) -> DepositRows:
        """As `ltc.repositories.DepositRepository`."""
        return DepositRows(*self._rows("deposit"))


def _row(record: Recorded) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "kind": record.subject.kind,
        "id": record.subject.id,
        "version": record.version,
        "name": record.name,
        "recorded_at": record.recorded_at,
        "actor": record.actor,
        "cause": record.cause,
        "key": record.key,
        "body": record.body,
        "body_hash": record.body_hash,
        "previous": record.previous,
        "hash": record.hash,
    }
