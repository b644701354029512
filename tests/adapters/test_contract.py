"""Both adapters keep the contract, and the suites find whoever breaks it."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any

import attrs
import pytest

import ltc.testing
from ltc.access import Scope
from ltc.adapters.journal import Entry, Work
from ltc.adapters.memory import MemoryStore
from ltc.adapters.shelves import LeadShelf
from ltc.adapters.sql import SqlStore, sqlite_engine
from ltc.adapters.streams import Stream
from ltc.errors import InvalidType, NotFound
from ltc.events import GENESIS, Change, Recorded, Subject, Thing, sha256
from ltc.ids import ActorId, LeadId
from ltc.leads import Lead, MatchKey, keys_of
from ltc.repositories import Done, Seen, Store
from ltc.testing import check_store, check_two_writers
from ltc.testing.samples.leads import NOON, captured_lead

MakeSql = Callable[[], AbstractContextManager[SqlStore]]


def test_memory_keeps_the_contract() -> None:
    assert len(check_store(lambda: nullcontext(MemoryStore()))) == 28


def test_sqlite_keeps_the_contract(sqlite: MakeSql) -> None:
    assert len(check_store(sqlite)) == 28


def test_threads_may_share_a_memory_store() -> None:
    assert len(check_two_writers(lambda: nullcontext((store := MemoryStore(), store)))) == 7


def test_threads_may_share_a_sqlite_store(sqlite: MakeSql) -> None:
    @contextmanager
    def make() -> Iterator[tuple[Store, Store]]:
        with sqlite() as store:
            yield store, store

    assert len(check_two_writers(make)) == 7


def test_two_connections_may_share_a_sqlite_file(tmp_path: Path) -> None:
    numbers = count()

    @contextmanager
    def make() -> Iterator[tuple[Store, Store]]:
        path = tmp_path / f"{next(numbers)}.db"
        engines = sqlite_engine(path, durable=False), sqlite_engine(path, durable=False)
        here, there = map(SqlStore, engines)
        here.create_tables()
        there.create_tables()
        try:
            yield here, there
        finally:
            for engine in engines:
                engine.dispose()

    assert len(check_two_writers(make)) == 7


SUITES = {
    "leads": ltc.testing.check_lead_repository,
    "rotas": ltc.testing.check_rota_repository,
    "quotas": ltc.testing.check_quota_repository,
    "accounts": ltc.testing.check_account_repository,
    "opportunities": ltc.testing.check_opportunity_repository,
    "approvals": ltc.testing.check_approval_repository,
    "contracts": ltc.testing.check_contract_repository,
    "orders": ltc.testing.check_order_repository,
    "plans": ltc.testing.check_plan_repository,
    "receivables": ltc.testing.check_receivable_repository,
    "invoices": ltc.testing.check_invoice_repository,
    "notes": ltc.testing.check_note_repository,
    "dispositions": ltc.testing.check_disposition_repository,
    "invoice_requests": ltc.testing.check_invoice_request_repository,
    "receipts": ltc.testing.check_receipt_repository,
    "refunds": ltc.testing.check_refund_repository,
    "bank_lines": ltc.testing.check_bank_line_repository,
    "bills": ltc.testing.check_bill_repository,
    "deposits": ltc.testing.check_deposit_repository,
}


@pytest.mark.parametrize("name", SUITES)
def test_repositories_keep_their_contracts(name: str, sqlite: MakeSql) -> None:
    suite: Callable[[Any], Sequence[str]] = SUITES[name]  # type: ignore[assignment]  # each takes its own repository

    def memory() -> AbstractContextManager[tuple[Store, object]]:
        store = MemoryStore()
        return nullcontext((store, getattr(store, name)))

    @contextmanager
    def sql() -> Iterator[tuple[Store, object]]:
        with sqlite() as store:
            yield store, getattr(store, name)

    assert suite(memory) == suite(sql)


# Stores that break one promise each. They are the reference with one thing left out.


class TakesAnyVersion(MemoryStore):
    def _version(self, subject: Subject) -> int:
        return self._claimed.get(subject, super()._version(subject))

    def commit(self, *changes: Change[Thing, object], **more: Any) -> None:
        self._claimed = {
            change.subject: 0 if change.before is None else change.before.version for change in reversed(changes)
        }
        super().commit(*changes, **more)


class WritesOneByOne(MemoryStore):
    def commit(self, *changes: Change[Thing, object], **more: Any) -> None:
        for change in changes:
            super().commit(change, **more)
        if not changes:
            super().commit(**more)


class ForgetsUnmoved(MemoryStore):
    def commit(self, *changes: Change[Thing, object], unmoved: tuple[Seen, ...] = (), **more: Any) -> None:
        del unmoved
        super().commit(*changes, **more)


class ChecksUnmovedAfterwards(MemoryStore):
    def commit(self, *changes: Change[Thing, object], unmoved: tuple[Seen, ...] = (), **more: Any) -> None:
        super().commit(*changes, **more)
        super().commit(unmoved=unmoved, **{key: more[key] for key in ("by", "at")})


class IgnoresKeys(MemoryStore):
    def commit(self, *changes: Change[Thing, object], key: str | None = None, **more: Any) -> None:
        del key
        super().commit(*changes, **more)


class TakesAKeyForAnyRequest(MemoryStore):
    def done(self, key: str, /) -> Done | None:
        return super().done(key)

    def commit(self, *changes: Change[Thing, object], key: str | None = None, **more: Any) -> None:
        if key is not None and self.done(key) is not None:
            return
        super().commit(*changes, key=key, **more)


class TakesAKeyForOneInstant(MemoryStore):
    def commit(self, *changes: Change[Thing, object], **more: Any) -> None:
        def fingerprint(work: Work) -> str:
            return sha256(b"".join(entry.body for entry in work.entries) + f"{work.by} {work.cause}".encode())

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Work, "fingerprint", property(fingerprint))
            super().commit(*changes, **more)


class StartsRecordsFromTheEnd(MemoryStore):
    def records(self, after: int = 0, /) -> Iterator[Recorded]:
        return iter(self._records[after:])


class KeepsTheKeyOfARefusedRequest(MemoryStore):
    def commit(self, *changes: Change[Thing, object], key: str | None = None, **more: Any) -> None:
        try:
            super().commit(*changes, key=key, **more)
        except Exception:
            if key is not None and self.done(key) is None:
                super().commit(key=key, by=more["by"], at=more["at"])
            raise


class BreaksTheChain(MemoryStore):
    def _write(self, work: Work) -> None:
        places = len(self._records)
        super()._write(work)
        for place in range(places, len(self._records)):
            self._records[place] = attrs.evolve(self._records[place], previous=GENESIS)


class StartsTheChainAgain(MemoryStore):
    def _write(self, work: Work) -> None:
        records, self._records = self._records, []
        super()._write(work)
        self._records = records + self._records


class LinksInTheWrongOrder(MemoryStore):
    def _write(self, work: Work) -> None:
        super()._write(attrs.evolve(work, entries=tuple(reversed(work.entries))))


class DoesNotLookAtBranches(MemoryStore):
    def commit(self, *changes: Change[Thing, object], **more: Any) -> None:
        super().commit(*self._joined(changes), **more)

    def _joined(self, changes: tuple[Change[Thing, object], ...]) -> Iterator[Change[Thing, object]]:
        last: dict[Subject, Thing] = {}
        for change in changes:
            before = last.get(change.subject, change.before)
            same = before is not None and change.before is not None and before.version == change.before.version
            yield attrs.evolve(change, before=before) if same else change
            last[change.subject] = change.after


class LosesMicroseconds(MemoryStore):
    def commit(self, *changes: Change[Thing, object], **more: Any) -> None:
        super().commit(*changes, **(more | {"at": more["at"].replace(microsecond=0)}))


class ForgetsTheCause(MemoryStore):
    def caused_by(self, cause: str, /) -> Sequence[Recorded]:
        return super().caused_by(cause)[:1]


class StartsRecordsTooEarly(MemoryStore):
    def records(self, after: int = 0, /) -> Iterator[Recorded]:
        return super().records(max(0, after - 1))


class ErasesTheHashToo(MemoryStore):
    def erase(self, *subjects: Subject | tuple[str, str]) -> int:
        count = super().erase(*subjects)
        self._records = [
            attrs.evolve(record, body_hash="") if record.body is None else record for record in self._records
        ]
        return count


class GivesAnErasedIdAgain(MemoryStore):
    def erase(self, *subjects: Subject | tuple[str, str]) -> int:
        count = super().erase(*subjects)
        self._erased.clear()
        return count


class RecordsTheLastEventOnly(MemoryStore):
    def _write(self, work: Work) -> None:
        last: dict[Subject, Entry] = {entry.subject: entry for entry in work.entries}
        super()._write(attrs.evolve(work, entries=tuple(last.values())))


BROKEN = {
    TakesAnyVersion: "an existing thing cannot begin again",
    WritesOneByOne: "a commit is all or nothing",
    ForgetsUnmoved: "what has moved is a conflict",
    ChecksUnmovedAfterwards: "what has not moved lets a commit pass",
    IgnoresKeys: "a commit is recorded with its envelope",
    TakesAKeyForAnyRequest: "a key belongs to one request",
    TakesAKeyForOneInstant: "a request is done once",
    KeepsTheKeyOfARefusedRequest: "a refused request is not done",
    BreaksTheChain: "the chain holds over all things",
    StartsTheChainAgain: "history is of one thing and takes a plain pair",
    LinksInTheWrongOrder: "events come in the order of changes",
    DoesNotLookAtBranches: "changes that do not chain are a conflict",
    LosesMicroseconds: "instants are kept as they are",
    ForgetsTheCause: "what was done for a cause is found",
    StartsRecordsTooEarly: "records can be read from any place",
    StartsRecordsFromTheEnd: "records can be read from any place",
    ErasesTheHashToo: "erasing takes the bodies and leaves the chain",
    GivesAnErasedIdAgain: "what was erased stays erased",
    RecordsTheLastEventOnly: "events come in the order of changes",
}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda store: store.__name__)
def test_the_suite_finds_a_store_that_breaks_a_promise(broken: type[MemoryStore]) -> None:
    with pytest.raises(AssertionError) as raised:
        check_store(lambda: nullcontext(broken()))
    assert str(raised.value).partition(":")[0] == BROKEN[broken]


class DoesNotWait(MemoryStore):
    """Looks, waits for the other to look too, and writes: as a store without a lock may."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = nullcontext()  # type: ignore[assignment]  # that is what is wrong with it

    def _write(self, work: Work) -> None:
        time.sleep(0.01)
        super()._write(work)


def test_the_suite_finds_a_store_that_does_not_wait() -> None:
    with pytest.raises(AssertionError, match="of two at once one wins: who got through"):
        check_two_writers(lambda: nullcontext((store := DoesNotWait(), store)))


# Repositories that break one promise each.


class ReadsInAnyOrder(LeadShelf):
    def all(self) -> Stream[Lead]:
        return Stream(lambda: iter(tuple(self._things.values())))


class ReadsOnce(LeadShelf):
    def all(self) -> Stream[Lead]:
        once = iter(super().all())
        return Stream(lambda: once)


class IgnoresCase(LeadShelf):
    def get(self, thing_id: str, /) -> Lead:
        return next((lead for lead in self.all() if lead.id.lower() == thing_id.lower()), None) or super().get(thing_id)


class NeedsEveryKey(LeadShelf):
    def find_by_keys(self, keys: Iterable[MatchKey], /) -> Sequence[Lead]:
        return self._where(lambda lead: set(keys_of(lead)) >= set(keys))


class IncludesTheCutoff(LeadShelf):
    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: Lead | None = None
    ) -> Sequence[Lead]:
        return super().candidates(cutoff + dt.timedelta(microseconds=1), scope=scope, limit=limit, after=after)


class ReadsWhatIsConverted(LeadShelf):
    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: Lead | None = None
    ) -> Sequence[Lead]:
        def age(lead: Lead) -> tuple[dt.datetime, str]:
            return lead.owned_since or NOON, lead.id

        held = self._where(lambda lead: lead.owned_since is not None and lead.owned_since < cutoff)
        seen = sorted((lead for lead in held if scope.sees(lead.owner)), key=age)
        return [lead for lead in seen if after is None or age(lead) > age(after)][:limit]


class ForgetsTheScope(LeadShelf):
    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: Lead | None = None
    ) -> Sequence[Lead]:
        del scope
        return super().candidates(cutoff, scope=Scope.everything(), limit=limit, after=after)


class StartsEveryPageAnew(LeadShelf):
    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: Lead | None = None
    ) -> Sequence[Lead]:
        del after
        return super().candidates(cutoff, scope=scope, limit=limit)


class FindsEverybodys(LeadShelf):
    def owned_by(self, owner: ActorId, /) -> Sequence[Lead]:
        return self._where(lambda lead: lead.owner is not None and owner != "nobody")


BROKEN_LEADS = {
    ReadsOnce: "all can be gone through again",
    ReadsInAnyOrder: "all come in the order of ids",
    IgnoresCase: "what is not there is not found",
    NeedsEveryKey: "find by keys",
    IncludesTheCutoff: "candidates",
    ReadsWhatIsConverted: "candidates",
    ForgetsTheScope: "candidates",
    StartsEveryPageAnew: "candidates",
    FindsEverybodys: "owned by",
}


@pytest.mark.parametrize("broken", BROKEN_LEADS, ids=lambda shelf: shelf.__name__)
def test_the_suite_finds_a_repository_that_breaks_a_promise(broken: type[LeadShelf]) -> None:
    def make() -> AbstractContextManager[tuple[Store, LeadShelf]]:
        store = MemoryStore()
        return nullcontext((store, broken(*store._shelf("lead"))))

    with pytest.raises(AssertionError) as raised:
        ltc.testing.check_lead_repository(make)
    assert str(raised.value).partition(":")[0] == BROKEN_LEADS[broken]


def test_what_is_no_change_is_refused_in_words(sqlite: MakeSql) -> None:
    wrongs: tuple[Any, ...] = ([captured_lead()], None)
    with sqlite() as database:
        for store in (MemoryStore(), database):
            for wrong in wrongs:
                with pytest.raises(InvalidType, match="pass what a verb returned, each change by itself"):
                    store.commit(wrong, by=ActorId("li"), at=NOON)
            assert not list(store.records())
            with pytest.raises(NotFound, match="there is no lead"):
                store.leads.get(LeadId("\ud800"))
