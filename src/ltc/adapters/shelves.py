"""How `ltc.adapters.memory` finds things again: by walking over all of their kind."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Generic, TypeVar

from ltc.access import Scope
from ltc.adapters.journal import not_found
from ltc.adapters.streams import Stream
from ltc.events import Subject, Thing
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
    "AccountShelf",
    "ApprovalShelf",
    "BankLineShelf",
    "BillShelf",
    "ContractShelf",
    "DepositShelf",
    "DispositionShelf",
    "InvoiceRequestShelf",
    "InvoiceShelf",
    "LeadShelf",
    "NoteShelf",
    "OpportunityShelf",
    "OrderShelf",
    "PlanShelf",
    "ReceiptShelf",
    "ReceivableShelf",
    "RefundShelf",
    "Shelf",
]

S = TypeVar("S", bound=Thing)


class Shelf(Generic[S]):
    """The things of one kind: by id, by condition, all in id order."""

    def __init__(self, kind: str, things: Mapping[str, S], lock: AbstractContextManager[object], /) -> None:
        self._kind = kind
        self._things = things
        self._lock = lock

    def get(self, thing_id: str, /) -> S:
        """As `get` of the repository's protocol."""
        asked: object = thing_id  # whatever a caller without types gives
        thing = self._things.get(thing_id) if isinstance(asked, str) else None
        if thing is None:
            raise not_found(self._kind, thing_id)
        return thing

    def all(self) -> Stream[S]:
        """As `all` of the repository's protocol: the things as they are when a loop begins."""
        return Stream(lambda: iter(self._where(lambda _: True)))

    def _where(self, keep: Callable[[S], bool]) -> tuple[S, ...]:
        with self._lock:  # not in the middle of a commit
            things = list(self._things.values())
        return tuple(sorted(filter(keep, things), key=lambda thing: thing.id))


class LeadShelf(Shelf["Lead"]):
    """As `ltc.repositories.LeadRepository`."""

    def find_by_keys(self, keys: "Iterable[MatchKey]", /) -> "Sequence[Lead]":
        """As `LeadRepository.find_by_keys`."""
        from ltc.leads import keys_of  # noqa: PLC0415  # a store without leads does not owe this room

        wanted = frozenset(keys)
        return self._where(lambda lead: not wanted.isdisjoint(keys_of(lead)))

    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: "Lead | None" = None
    ) -> "Sequence[Lead]":
        """As `LeadRepository.candidates`."""
        owned = self._where(lambda lead: lead.status == "owned" and scope.sees(lead.owner))
        found = [lead for lead in owned if _since(lead)[0] < cutoff]
        rest = [lead for lead in found if after is None or _since(lead) > _since(after)]
        return sorted(rest, key=_since)[:limit]

    def owned_by(self, owner: ActorId, /) -> "Sequence[Lead]":
        """As `LeadRepository.owned_by`."""
        return self._where(lambda lead: lead.owner == owner)


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _since(lead: "Lead") -> tuple[dt.datetime, str]:
    return lead.owned_since or _NEVER, lead.id


class AccountShelf(Shelf["Account"]):
    """As `ltc.repositories.AccountRepository`."""

    def owned_by(self, owner: ActorId, /) -> "Sequence[Account]":
        """As `AccountRepository.owned_by`."""
        return self._where(lambda account: account.owner == owner)


class OpportunityShelf(Shelf["Opportunity"]):
    """As `ltc.repositories.OpportunityRepository`."""

    def open(self, scope: Scope, /) -> "Sequence[Opportunity]":
        """As `OpportunityRepository.open`."""
        return self._where(lambda deal: deal.status == "open" and scope.sees(deal.owner))

    def owned_by(self, owner: ActorId, /) -> "Sequence[Opportunity]":
        """As `OpportunityRepository.owned_by`."""
        return self._where(lambda deal: deal.owner == owner)


class ApprovalShelf(Shelf["ApprovalRequest"]):
    """As `ltc.repositories.ApprovalRepository`."""

    def about(self, subject: Subject | tuple[str, str], /) -> "Sequence[ApprovalRequest]":
        """As `ApprovalRepository.about`."""
        return self._where(lambda request: request.about == subject)

    def pending(self) -> "Sequence[ApprovalRequest]":
        """As `ApprovalRepository.pending`."""
        return self._where(lambda request: request.status == "pending")


class ContractShelf(Shelf["Contract"]):
    """As `ltc.repositories.ContractRepository`."""

    def of_account(self, account: AccountId, /) -> "Sequence[Contract]":
        """As `ContractRepository.of_account`."""
        return self._where(lambda contract: contract.account == account)

    def owned_by(self, owner: ActorId, /) -> "Sequence[Contract]":
        """As `ContractRepository.owned_by`."""
        return self._where(lambda contract: contract.owner == owner)


class OrderShelf(Shelf["Order"]):
    """As `ltc.repositories.OrderRepository`."""

    def of_account(self, account: AccountId, /) -> "Sequence[Order]":
        """As `OrderRepository.of_account`."""
        return self._where(lambda order: order.account == account)

    def of_contract(self, contract: ContractId, /) -> "Sequence[Order]":
        """As `OrderRepository.of_contract`."""
        return self._where(lambda order: order.contract == contract)

    def owned_by(self, owner: ActorId, /) -> "Sequence[Order]":
        """As `OrderRepository.owned_by`."""
        return self._where(lambda order: order.owner == owner)


class PlanShelf(Shelf["CollectionPlan"]):
    """As `ltc.repositories.PlanRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[CollectionPlan]":
        """As `PlanRepository.of_order`."""
        return self._where(lambda plan: plan.order == order)


class ReceivableShelf(Shelf["Receivable"]):
    """As `ltc.repositories.ReceivableRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[Receivable]":
        """As `ReceivableRepository.of_order`."""
        return self._where(lambda receivable: receivable.order == order)

    def open_of(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receivable]":
        """As `ReceivableRepository.open_of`."""
        return self._where(lambda owed: owed.entity == entity and owed.party == party and bool(owed.open))


class InvoiceShelf(Shelf["Invoice"]):
    """As `ltc.repositories.InvoiceRepository`."""

    def __init__(
        self,
        kind: str,
        things: "Mapping[str, Invoice]",
        lock: AbstractContextManager[object],
        /,
        *,
        receivables: "Mapping[str, Receivable]",
    ) -> None:
        super().__init__(kind, things, lock)
        self._receivables = receivables

    def of_order(self, order: OrderId, /) -> "Sequence[Invoice]":
        """As `InvoiceRepository.of_order`."""
        with self._lock:  # not in the middle of a commit
            owed = [found for found in self._receivables.values() if found.order == order]
        billing = {part.invoice for receivable in owed for part in receivable.billed}
        return self._where(lambda invoice: invoice.order == order or invoice.id in billing)


class NoteShelf(Shelf["RedLetterNote"]):
    """As `ltc.repositories.NoteRepository`."""

    def of_invoice(self, invoice: InvoiceId, /) -> "Sequence[RedLetterNote]":
        """As `NoteRepository.of_invoice`."""
        return self._where(lambda note: note.invoice == invoice)


class DispositionShelf(Shelf["Disposition"]):
    """As `ltc.repositories.DispositionRepository`."""

    def with_credit(self, entity: EntityId, party: AccountId, /) -> "Sequence[Disposition]":
        """As `DispositionRepository.with_credit`."""
        return self._where(lambda kept: kept.entity == entity and kept.party == party and bool(kept.credit))


class InvoiceRequestShelf(Shelf["InvoiceRequest"]):
    """As `ltc.repositories.InvoiceRequestRepository`."""

    def of_order(self, order: OrderId, /) -> "Sequence[InvoiceRequest]":
        """As `InvoiceRequestRepository.of_order`."""
        return self._where(lambda request: request.order == order)

    def waiting(self, entity: EntityId, /) -> "Sequence[InvoiceRequest]":
        """As `InvoiceRequestRepository.waiting`."""
        return self._where(lambda request: request.entity == entity and request.is_waiting)


class ReceiptShelf(Shelf["Receipt"]):
    """As `ltc.repositories.ReceiptRepository`."""

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Receipt]":
        """As `ReceiptRepository.of_party`."""
        return self._where(lambda receipt: receipt.entity == entity and receipt.party == party)

    def of_order(self, order: OrderId, /) -> "Sequence[Receipt]":
        """As `ReceiptRepository.of_order`."""
        return self._where(lambda receipt: receipt.order == order)


class RefundShelf(Shelf["RefundRequest"]):
    """As `ltc.repositories.RefundRepository`."""

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[RefundRequest]":
        """As `RefundRepository.of_receipt`."""
        return self._where(lambda refund: refund.receipt == receipt)


class BankLineShelf(Shelf["BankLine"]):
    """As `ltc.repositories.BankLineRepository`."""

    def unclaimed(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """As `BankLineRepository.unclaimed`."""
        return self._where(lambda line: line.entity == entity and bool(line.unclaimed))

    def pending(self, entity: EntityId, /) -> "Sequence[BankLine]":
        """As `BankLineRepository.pending`."""
        return self._where(lambda line: line.entity == entity and bool(line.pending))


class BillShelf(Shelf["Bill"]):
    """As `ltc.repositories.BillRepository`."""

    def of_receipt(self, receipt: ReceiptId, /) -> "Sequence[Bill]":
        """As `BillRepository.of_receipt`."""
        return self._where(lambda bill: bill.receipt == receipt)

    def held(self, entity: EntityId, /) -> "Sequence[Bill]":
        """As `BillRepository.held`."""
        return self._where(lambda bill: bill.entity == entity and bill.status == "held")


class DepositShelf(Shelf["Deposit"]):
    """As `ltc.repositories.DepositRepository`."""

    def of_party(self, entity: EntityId, party: AccountId, /) -> "Sequence[Deposit]":
        """As `DepositRepository.of_party`."""
        return self._where(lambda deposit: deposit.entity == entity and deposit.party == party)

    def outstanding(self, entity: EntityId, /) -> "Sequence[Deposit]":
        """As `DepositRepository.outstanding`."""
        return self._where(lambda deposit: deposit.entity == entity and bool(deposit.held))
