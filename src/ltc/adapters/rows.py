"""How `ltc.adapters.sql` finds things again: by the columns beside their documents."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Engine, MetaData, Select, bindparam, false, select, true

from ltc.access import Scope
from ltc.adapters.journal import not_found
from ltc.adapters.states import indexed
from ltc.adapters.streams import Stream
from ltc.events import Life, Subject, Thing, from_json
from ltc.ids import AccountId, ActorId, ContractId, EntityId, InvoiceId, OrderId, ReceiptId

if TYPE_CHECKING:
    from ltc.accounts import Account
    from ltc.approvals import ApprovalRequest
    from ltc.billing import (
        BankLine,
        Bill,
        CollectionPlan,
        Deposit,
        Disposition,
        Invoice,
        InvoiceRequest,
        Receipt,
        Receivable,
        RedLetterNote,
        RefundRequest,
    )
    from ltc.contracts import Contract, Order
    from ltc.leads import Lead, MatchKey
    from ltc.pipeline import Opportunity

__all__ = [
    "PAGE",
    "AccountRows",
    "ApprovalRows",
    "BankLineRows",
    "BillRows",
    "ContractRows",
    "DepositRows",
    "DispositionRows",
    "InvoiceRequestRows",
    "InvoiceRows",
    "LeadRows",
    "NoteRows",
    "OpportunityRows",
    "OrderRows",
    "PlanRows",
    "ReceiptRows",
    "ReceivableRows",
    "RefundRows",
    "Rows",
    "pages",
    "seen_by",
]

S = TypeVar("S", bound=Thing)
PAGE: Final = 500
"""How many rows are read, and how many ids are asked for, at once."""


def pages(ids: Iterable[str], /) -> Iterator[list[str]]:
    """Yield ids in lists that a database takes in one question.

    >>> [len(page) for page in pages(str(number) for number in range(501))]
    [500, 1]
    """
    rest = iter(ids)
    while page := list(islice(rest, PAGE)):
        yield page


def seen_by(scope: Scope, owner: ColumnElement[Any], /) -> ColumnElement[bool]:
    """Return the condition under which a scope sees the things of an owner; the same as `scope.sees`."""
    if scope.unlimited:
        return true()
    return owner.in_(sorted(scope.owners)) if scope.owners else false()


class Rows(Generic[S]):
    """Reads states of one kind: by id, by condition, all in id order."""

    def __init__(self, engine: Engine, metadata: MetaData, life: Life[S, Any], /) -> None:
        self._engine = engine
        self._life = life
        self._metadata = metadata
        self._column = metadata.tables[f"ltc_{life.kind}"].c
        self._documents = select(self._column.document).where(self._column.version > 0)
        self._one = self._documents.where(self._column.id == bindparam("of_id"))
        self._by: dict[tuple[str, ...], Select[Any]] = {}

    def get(self, thing_id: str, /) -> S:
        """As `get` of the repository's protocol."""
        asked: object = thing_id  # whatever a caller without types gives
        if not isinstance(asked, str) or not asked.isprintable():  # a lone surrogate would not even reach the database
            raise not_found(self._life.kind, thing_id)
        with self._engine.connect() as connection:
            document = connection.execute(self._one, {"of_id": thing_id}).scalar()
        if document is None:
            raise not_found(self._life.kind, thing_id)
        return self._read(document)

    def all(self) -> Stream[S]:
        """As `all` of the repository's protocol; page by page, so that no transaction stays open between them."""
        return Stream(self._paged)

    def _paged(self) -> Iterator[S]:
        after = ""
        while page := self._where(self._column.id > after, limit=PAGE):
            yield from page
            after = page[-1].id

    def _where(
        self,
        condition: ColumnElement[bool],
        *,
        first: Sequence[ColumnElement[Any]] = (),
        limit: int | None = None,
    ) -> tuple[S, ...]:
        return self._found(self._documents.where(condition).order_by(*first, self._column.id).limit(limit))

    def _having(self, **values: object) -> tuple[S, ...]:
        """Return those with these values in their columns. Making the statement costs as much as running it: it is made once."""
        names = tuple(values)
        if names not in self._by:
            alike = [self._column[name] == bindparam(name) for name in names]
            self._by[names] = self._documents.where(*alike).order_by(self._column.id)
        return self._found(self._by[names], values)

    def _found(self, wanted: Select[Any], values: Mapping[str, object] | None = None) -> tuple[S, ...]:
        with self._engine.connect() as connection:
            documents = connection.execute(wanted, values).scalars().all()
        return tuple(map(self._read, documents))

    def _read(self, document: str) -> S:
        return from_json(document, self._life.state)


class LeadRows(Rows["Lead"]):
    """As `ltc.repositories.LeadRepository`."""

    def find_by_keys(self, keys: "Iterable[MatchKey]", /) -> "Sequence[Lead]":
        """As `LeadRepository.find_by_keys`, on the index of keys."""
        found = {lead.id: lead for page in pages(map(indexed, keys)) for lead in self._with_keys(page)}
        return sorted(found.values(), key=lambda lead: lead.id)

    def _with_keys(self, keys: list[str]) -> "Sequence[Lead]":
        return self._found(self._keyed, {"keys": keys})

    @cached_property
    def _keyed(self) -> Select[Any]:
        index = self._metadata.tables["ltc_lead_key"].c
        leads = select(index.lead).where(index.key.in_(bindparam("keys", expanding=True)))
        return self._documents.where(self._column.id.in_(leads)).order_by(self._column.id)

    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: "Lead | None" = None
    ) -> "Sequence[Lead]":
        """As `LeadRepository.candidates`, on the index of `owned_since`."""
        since, lead_id = self._column.owned_since, self._column.id
        wanted = (since < cutoff) & seen_by(scope, self._column.owner)
        if after is not None:
            wanted &= (since > after.owned_since) | ((since == after.owned_since) & (lead_id > after.id))
        return self._where(wanted, first=(since,), limit=limit)

    def owned_by(self, owner: ActorId, /) -> "Sequence[Lead]":
        """As `LeadRepository.owned_by`."""
        return self._having(owner=owner)


class AccountRows(Rows["Account"]):
    """As `ltc.repositories.AccountRepository`."""

    def owned_by(self, owner: ActorId, /) -> "Sequence[Account]":
        """As `AccountRepository.owned_by`."""
        return self._having(owner=owner)


class OpportunityRows(Rows["Opportunity"]):
    """As `ltc.repositories.OpportunityRepository`."""

    def open(self, scope: Scope, /) -> "Sequence[Opportunity]":
        """As `OpportunityRepository.open`."""
        return self._where((self._column.status == "open") & seen_by(scope, self._column.owner))

    def owned_by(self, owner: ActorId, /) -> "Sequence[Opportunity]":
        """As `OpportunityRepository.owned_by`."""
        return self._having(owner=owner)


class ApprovalRows(Rows["ApprovalRequest"]):
    """As `ltc.repositories.ApprovalRepository`."""

    def about(self, subject: Subject | tuple[str, str], /) -> "Sequence[ApprovalRequest]":
        """As `ApprovalRepository.about`."""
        return self._having(about_kind=subject[0], about_id=subject[1])

    def pending(self) -> "Sequence[ApprovalRequest]":
        """As `ApprovalRepository.pending`."""
        return self._having(status="pending")


class ContractRows(Rows["Contract"]):
    """As `ltc.repositories.ContractRepository`."""

    def of_account(self, account: AccountId, /) -> "Sequence[Contract]":
        """As `ContractRepository.of_account`."""
        return self._having(account=account)

    def owned_by(self, owner: ActorId, /) -> "Sequence[Contract]":
        """As `ContractRepository.owned_by`."""
        return self._having(owner=owner)


class OrderRows(Rows["Order"]):
    """As `ltc.repositories.OrderRepository`."""

    def of_account(self, account: AccountId, /) -> "Sequence[Order]":
        """As `OrderRepository.of_account`."""
        return self._having(account=account)

    def of_contract(self, contract: ContractId, /) -> "Sequence[Order]":
        """As `OrderRepository.of_contract`."""
        return self._having(contract=contract)

    def owned_by(self, owner: ActorId, /) -> "Sequence[Order]":
        """As `OrderRepository.owned_by`."""
        return self._having(owner=owner)


class PlanRows(Rows["CollectionPlan"]):
    """As `ltc.repositories.PlanRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[CollectionPlan]":
        """As `PlanRepository.of_order`."""
        return self._having(order=order)


class ReceivableRows(Rows["Receivable"]):
    """As `ltc.repositories.ReceivableRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[Receivable]":
        """As `ReceivableRepository.of_order`."""
        return self._having(order=order)

    def open_of(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receivable]":
        """As `ReceivableRepository.open_of`."""
        return self._having(entity=entity, party=party, is_open=True)


class InvoiceRows(Rows["Invoice"]):
    """As `ltc.repositories.InvoiceRepository`."""

    def __init__(
        self,
        engine: Engine,
        metadata: MetaData,
        life: "Life[Invoice, Any]",
        /,
        *,
        receivables: ReceivableRows | None,
    ) -> None:
        super().__init__(engine, metadata, life)
        self._receivables = receivables

    def of_order(self, order: OrderId, /) -> "Sequence[Invoice]":
        """As `InvoiceRepository.of_order`: who bills a receivable stands in the receivable."""
        found = {invoice.id: invoice for invoice in self._having(order=order)}
        owed = self._receivables.of_order(order) if self._receivables is not None else ()
        others = {part.invoice for receivable in owed for part in receivable.billed} - found.keys()
        for page in pages(sorted(others)):
            found |= {invoice.id: invoice for invoice in self._where(self._column.id.in_(page))}
        return sorted(found.values(), key=lambda invoice: invoice.id)


class NoteRows(Rows["RedLetterNote"]):
    """As `ltc.repositories.NoteRepository`."""

    def of_invoice(self, invoice: InvoiceId, /) -> "Sequence[RedLetterNote]":
        """As `NoteRepository.of_invoice`."""
        return self._having(invoice=invoice)


class DispositionRows(Rows["Disposition"]):
    """As `ltc.repositories.DispositionRepository`."""

    def with_credit(self, entity: EntityId, party: AccountId, /) -> "Sequence[Disposition]":
        """As `DispositionRepository.with_credit`."""
        mine = (self._column.entity == entity) & (self._column.party == party)
        return self._where(mine & self._column.has_credit)


class InvoiceRequestRows(Rows["InvoiceRequest"]):
    """As `ltc.repositories.InvoiceRequestRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[InvoiceRequest]":
        """As `InvoiceRequestRepository.of_order`."""
        return self._where(self._column.order == order)

    def waiting(self, entity: EntityId, /) -> "Sequence[InvoiceRequest]":
        """As `InvoiceRequestRepository.waiting`."""
        return self._where((self._column.entity == entity) & self._column.is_waiting)


class ReceiptRows(Rows["Receipt"]):
    """As `ltc.repositories.ReceiptRepository`."""

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receipt]":
        """As `ReceiptRepository.of_party`."""
        return self._having(entity=entity, party=party)

    def of_order(self, order: OrderId, /) -> "Sequence[Receipt]":
        """As `ReceiptRepository.of_order`."""
        return self._having(order=order)


class RefundRows(Rows["RefundRequest"]):
    """As `ltc.repositories.RefundRepository`."""

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[RefundRequest]":
        """As `RefundRepository.of_receipt`."""
        return self._having(receipt=receipt)


class BankLineRows(Rows["BankLine"]):
    """As `ltc.repositories.BankLineRepository`."""

    def unclaimed(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """As `BankLineRepository.unclaimed`."""
        return self._having(entity=entity, is_unclaimed=True)

    def pending(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """As `BankLineRepository.pending`."""
        return self._having(entity=entity, is_pending=True)


class BillRows(Rows["Bill"]):
    """As `ltc.repositories.BillRepository`."""

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[Bill]":
        """As `BillRepository.of_receipt`."""
        return self._having(receipt=receipt)

    def held(self, entity: EntityId, /) -> "Sequence[Bill]":
        """As `BillRepository.held`."""
        return self._having(entity=entity, status="held")


class DepositRows(Rows["Deposit"]):
    """As `ltc.repositories.DepositRepository`."""

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Deposit]":
        """As `DepositRepository.of_party`."""
        return self._having(entity=entity, party=party)

    def outstanding(self, entity: EntityId, /) -> "Sequence[Deposit]":
        """As `DepositRepository.outstanding`."""
        return self._having(entity=entity, is_held=True)
