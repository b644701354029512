"""What approval requests, contracts and orders are asked."""

from typing import TYPE_CHECKING

from ltc.events import Subject
from ltc.ids import AccountId, ContractId
from ltc.repositories import Store
from ltc.testing.asking import LI, WANG, Make, beginning, check, commit, ids_of
from ltc.testing.expecting import expect_equal
from ltc.testing.stories import HOUR, NOON

if TYPE_CHECKING:
    from ltc.repositories import ApprovalRepository, ContractRepository, OrderRepository

__all__ = ["check_approval_repository", "check_contract_repository", "check_order_repository"]


def check_approval_repository(make: "Make[ApprovalRepository]", /) -> list[str]:
    """Hold a repository to the contract of `ApprovalRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.approvals))
    >>> "what was committed is read back" in check_approval_repository(make)
    True
    """
    from ltc.approvals import APPROVAL_REQUEST, revoke  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.approvals import submitted  # noqa: PLC0415

    begin = beginning(APPROVAL_REQUEST, submitted())
    contract, order = Subject("contract", "1"), Subject("order", "1")

    def about(store: Store, requests: "ApprovalRepository") -> None:
        commit(store, begin("Q2", about=contract), begin("Q1", about=contract), begin("Q3", about=order))
        expect_equal(ids_of(requests.about(contract)), ["Q1", "Q2"], "the requests about the contract")
        expect_equal(ids_of(requests.about(("order", "1"))), ["Q3"], "the requests about the order")
        expect_equal(ids_of(requests.about(Subject("contract", "2"))), [], "the requests about another")

    def pending(store: Store, requests: "ApprovalRepository") -> None:
        ended = begin("Q1")
        commit(store, begin("Q3"), begin("Q2"), ended)
        commit(store, revoke(ended.after, by=ended.after.submitted_by, now=NOON + HOUR))
        expect_equal(ids_of(requests.pending()), ["Q2", "Q3"], "the pending requests")

    return check(make, begin, about, pending)


def check_contract_repository(make: "Make[ContractRepository]", /) -> list[str]:
    """Hold a repository to the contract of `ContractRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.contracts))
    >>> "what was committed is read back" in check_contract_repository(make)
    True
    """
    from ltc.contracts import CONTRACT  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.contracts import drafted  # noqa: PLC0415

    begin = beginning(CONTRACT, drafted())
    a1, a2 = AccountId("A1"), AccountId("A2")

    def of_account(store: Store, contracts: "ContractRepository") -> None:
        commit(store, begin("K2", account=a1), begin("K1", account=a1), begin("K3", account=a2))
        expect_equal(ids_of(contracts.of_account(a1)), ["K1", "K2"], "the contracts with A1")

    def owned_by(store: Store, contracts: "ContractRepository") -> None:
        commit(store, begin("K2", owner=LI), begin("K1", owner=LI), begin("K3", owner=WANG))
        expect_equal(ids_of(contracts.owned_by(LI)), ["K1", "K2"], "li's contracts")

    return check(make, begin, of_account, owned_by)


def check_order_repository(make: "Make[OrderRepository]", /) -> list[str]:
    """Hold a repository to the contract of `OrderRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.orders))
    >>> "what was committed is read back" in check_order_repository(make)
    True
    """
    from ltc.contracts import ORDER  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.contracts import placed  # noqa: PLC0415

    begin = beginning(ORDER, placed())
    a1, k1 = AccountId("A1"), ContractId("K1")

    def of_account(store: Store, orders: "OrderRepository") -> None:
        other = begin("S3", account=AccountId("A2"))
        commit(store, begin("S2", account=a1), begin("S1", account=a1), other)
        expect_equal(ids_of(orders.of_account(a1)), ["S1", "S2"], "the orders of A1")

    def of_contract(store: Store, orders: "OrderRepository") -> None:
        other = begin("S3", contract=ContractId("K2"))
        commit(store, begin("S2", contract=k1), begin("S1", contract=k1), other)
        expect_equal(ids_of(orders.of_contract(k1)), ["S1", "S2"], "the orders under K1")

    def owned_by(store: Store, orders: "OrderRepository") -> None:
        commit(store, begin("S2", owner=LI), begin("S1", owner=LI), begin("S3", owner=WANG))
        expect_equal(ids_of(orders.owned_by(LI)), ["S1", "S2"], "li's orders")

    return check(make, begin, of_account, of_contract, owned_by)
