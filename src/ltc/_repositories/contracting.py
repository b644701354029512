"""Where approval requests, contracts and orders are found."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ltc.events import Subject
from ltc.ids import AccountId, ActorId, ContractId, OrderId, RequestId

if TYPE_CHECKING:  # a host loads the rooms it uses, and no others
    from ltc.approvals import ApprovalRequest
    from ltc.contracts import Contract, Order


class ApprovalRepository(Protocol):
    """Where requests for approval are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> approvals: ApprovalRepository = MemoryStore().approvals
    >>> approvals.get("Q9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no approval request Q9
    """

    def get(self, request_id: RequestId, /) -> "ApprovalRequest":
        """Return the approval request.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def about(self, subject: Subject | tuple[str, str], /) -> "Sequence[ApprovalRequest]":
        """Return the requests about one thing, ended ones too, in id order."""

    def pending(self) -> "Sequence[ApprovalRequest]":
        """Return the requests that wait for somebody (`request.waiting_for` says for whom), in id order."""

    def all(self) -> "Iterable[ApprovalRequest]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class ContractRepository(Protocol):
    """Where contracts are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> contracts: ContractRepository = MemoryStore().contracts
    >>> contracts.get("C9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no contract C9
    """

    def get(self, contract_id: ContractId, /) -> "Contract":
        """Return the contract.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_account(self, account: AccountId, /) -> "Sequence[Contract]":
        """Return the contracts with a customer, in id order."""

    def owned_by(self, owner: ActorId, /) -> "Sequence[Contract]":
        """Return those an owner has, in id order."""

    def all(self) -> "Iterable[Contract]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class OrderRepository(Protocol):
    """Where orders are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> orders: OrderRepository = MemoryStore().orders
    >>> orders.get("SO-9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no order SO-9
    """

    def get(self, order_id: OrderId, /) -> "Order":
        """Return the order.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_account(self, account: AccountId, /) -> "Sequence[Order]":
        """Return a customer's orders, in id order."""

    def of_contract(self, contract: ContractId, /) -> "Sequence[Order]":
        """Return the orders under a contract, in id order."""

    def owned_by(self, owner: ActorId, /) -> "Sequence[Order]":
        """Return those an owner has, in id order."""

    def all(self) -> "Iterable[Order]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""
