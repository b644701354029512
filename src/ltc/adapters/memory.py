"""A store in memory: the reference for adapters, and the quick one for notebooks and tests.

>>> from ltc import leads
>>> from ltc.testing.samples.leads import NOON, captured_lead
>>> store = MemoryStore()
>>> store.commit(captured_lead(), by="import", at=NOON)
>>> [lead.id for lead in store.leads.all()]
['L1']
"""

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ltc.adapters.journal import ERASED, Work, prepare
from ltc.adapters.lives import Lives
from ltc.adapters.shelves import (
    AccountShelf,
    ApprovalShelf,
    BankLineShelf,
    BillShelf,
    ContractShelf,
    DepositShelf,
    DispositionShelf,
    InvoiceRequestShelf,
    InvoiceShelf,
    LeadShelf,
    NoteShelf,
    OpportunityShelf,
    OrderShelf,
    PlanShelf,
    ReceiptShelf,
    ReceivableShelf,
    RefundShelf,
    Shelf,
)
from ltc.events import GENESIS, Change, Life, Recorded, Subject, Thing
from ltc.ids import ActorId
from ltc.repositories import Done, Seen

if TYPE_CHECKING:
    from ltc.leads import Rota
    from ltc.pools import ClaimQuota

__all__ = ["MemoryStore"]


class MemoryStore:
    """Keeps everything in dictionaries; a `ltc.repositories.Store` with a repository for each thing. Threads may share it.

    Queries walk over all things of their kind: use `ltc.adapters.sql` where there are many.

    >>> from ltc import leads
    >>> MemoryStore(lives=[leads.LEAD]).leads.owned_by("li")
    ()
    """

    def __init__(self, lives: Iterable[Life[Any, Any]] | None = None) -> None:
        self._lives = Lives(lives)
        self._things: dict[str, dict[str, Any]] = {}
        self._erased: set[Subject] = set()
        self._records: list[Recorded] = []
        self._done: dict[str, Done] = {}
        self._lock = threading.Lock()

    def done(self, key: str, /) -> Done | None:
        """As `Store.done`."""
        return self._done.get(key)

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
        with self._lock:
            if work.key is not None and work.repeats(self.done(work.key)):
                return
            work.check(self._version)
            self._write(work)

    def _version(self, subject: Subject) -> int:
        if subject in self._erased:
            return ERASED
        thing = self._of(subject.kind).get(subject.id)
        return 0 if thing is None else thing.version

    def _write(self, work: Work) -> None:
        last = self._records[-1].hash if self._records else GENESIS
        records = work.records(seq=len(self._records), previous=last)
        done = work.done(records)
        self._records += records  # from here on nothing can fail
        for subject, (_, after) in work.moves.items():
            self._of(subject.kind)[subject.id] = after
        if done is not None:
            self._done[done.key] = done

    def history(self, subject: Subject | tuple[str, str], /) -> Sequence[Recorded]:
        """As `Store.history`."""
        return tuple(record for record in self._records if record.subject == subject)

    def records(self, after: int = 0, /) -> Iterator[Recorded]:
        """As `Store.records`."""
        return iter(self._records[max(after, 0) :])

    def caused_by(self, cause: str, /) -> Sequence[Recorded]:
        """As `Store.caused_by`."""
        return tuple(record for record in self._records if record.cause == cause)

    def erase(self, *subjects: Subject | tuple[str, str]) -> int:
        """As `Store.erase`."""
        with self._lock:
            return sum(self._erase(Subject(*subject)) for subject in subjects)

    def _erase(self, subject: Subject) -> int:
        self._lives.check(subject.kind)
        if self._of(subject.kind).pop(subject.id, None) is None:
            return 0
        self._erased.add(subject)
        places = [place for place, record in enumerate(self._records) if record.subject == subject]
        for place in places:
            self._records[place] = attrs.evolve(self._records[place], body=None, event=None)
        return len(places)

    def _of(self, kind: str) -> dict[str, Any]:
        return self._things.setdefault(kind, {})

    def _shelf(self, kind: str) -> tuple[str, dict[str, Any], threading.Lock]:
        self._lives.check(kind)
        return kind, self._of(kind), self._lock

    @property
    def leads(self) -> LeadShelf:
        """As `ltc.repositories.LeadRepository`."""
        return LeadShelf(*self._shelf("lead"))

    @property
    def rotas(self) -> "Shelf[Rota]":
        """As `ltc.repositories.RotaRepository`."""
        return Shelf(*self._shelf("rota"))

    @property
    def quotas(self) -> "Shelf[ClaimQuota]":
        """As `ltc.repositories.QuotaRepository`."""
        return Shelf(*self._shelf("claim_quota"))

    @property
    def accounts(self) -> AccountShelf:
        """As `ltc.repositories.AccountRepository`."""
        return AccountShelf(*self._shelf("account"))

    @property
    def opportunities(self) -> OpportunityShelf:
        """As `ltc.repositories.OpportunityRepository`."""
        return OpportunityShelf(*self._shelf("opportunity"))

    @property
    def approvals(self) -> ApprovalShelf:
        """As `ltc.repositories.ApprovalRepository`."""
        return ApprovalShelf(*self._shelf("approval_request"))

    @property
    def contracts(self) -> ContractShelf:
        """As `ltc.repositories.ContractRepository`."""
        return ContractShelf(*self._shelf("contract"))

    @property
    def orders(self) -> OrderShelf:
        """As `ltc.repositories.OrderRepository`."""
        return OrderShelf(*self._shelf("order"))

    @property
    def plans(self) -> PlanShelf:
        """As `ltc.repositories.PlanRepository`."""
        return PlanShelf(*self._shelf("plan"))

    @property
    def receivables(self) -> ReceivableShelf:
        """As `ltc.repositories.ReceivableRepository`."""
        return ReceivableShelf(*self._shelf("receivable"))

    @property
    def invoices(self) -> InvoiceShelf:
        """As `ltc.repositories.InvoiceRepository`."""
        return InvoiceShelf(*self._shelf("invoice"), receivables=self._of("receivable"))

    @property
    def notes(self) -> NoteShelf:
        """As `ltc.repositories.NoteRepository`."""
        return NoteShelf(*self._shelf("note"))

    @property
    def dispositions(self) -> DispositionShelf:
        """As `ltc.repositories.DispositionRepository`."""
        return DispositionShelf(*self._shelf("disposition"))

    @property
    def invoice_requests(self) -> InvoiceRequestShelf:
        """As `ltc.repositories.InvoiceRequestRepository`."""
        return InvoiceRequestShelf(*self._shelf("invoice_request"))

    @property
    def receipts(self) -> ReceiptShelf:
        """As `ltc.repositories.ReceiptRepository`."""
        return ReceiptShelf(*self._shelf("receipt"))

    @property
    def refunds(self) -> RefundShelf:
        """As `ltc.repositories.RefundRepository`."""
        return RefundShelf(*self._shelf("refund_request"))

    @property
    def bank_lines(self) -> BankLineShelf:
        """As `ltc.repositories.BankLineRepository`."""
        return BankLineShelf(*self._shelf("bank_line"))

    @property
    def bills(self) -> BillShelf:
        """As `ltc.repositories.BillRepository`."""
        return BillShelf(*self._shelf("bill"))

    @property
    def deposits(self) -> DepositShelf:
        """As `ltc.repositories.DepositRepository`."""
        return DepositShelf(*self._shelf("deposit"))
