"""What requests for invoices, and the money of red letters, are asked."""

from typing import TYPE_CHECKING

from ltc.ids import AccountId, EntityId, OrderId
from ltc.repositories import Store
from ltc.testing.asking import Make, beginning, check, commit, ids_of
from ltc.testing.expecting import expect_equal
from ltc.testing.stories import NOON

if TYPE_CHECKING:
    from ltc.repositories import DispositionRepository, InvoiceRequestRepository

__all__ = ["check_disposition_repository", "check_invoice_request_repository"]

_SO1, _SO2 = OrderId("SO-1"), OrderId("SO-2")
_E1, _E2 = EntityId("E1"), EntityId("E2")
_A1, _A2 = AccountId("A1"), AccountId("A2")


def check_invoice_request_repository(make: "Make[InvoiceRequestRepository]", /) -> list[str]:
    """Hold a repository to the contract of `InvoiceRequestRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.invoice_requests))
    >>> "what was committed is read back" in check_invoice_request_repository(make)
    True
    """
    from ltc.billing import INVOICE_REQUEST, cancel_invoice_request  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.invoices import invoice_requested  # noqa: PLC0415

    begin = beginning(INVOICE_REQUEST, invoice_requested())

    def of_order(store: Store, requests: "InvoiceRequestRepository") -> None:
        commit(store, begin("Q2", order=_SO1), begin("Q1", order=_SO1), begin("Q3", order=_SO2))
        expect_equal(ids_of(requests.of_order(_SO1)), ["Q1", "Q2"], "the requests for invoices of SO-1")

    def waiting(store: Store, requests: "InvoiceRequestRepository") -> None:
        commit(store, begin("Q2", entity=_E1), begun := begin("Q1", entity=_E1), begin("Q3", entity=_E2))
        expect_equal(ids_of(requests.waiting(_E1)), ["Q1", "Q2"], "what E1 has to invoice")
        commit(store, cancel_invoice_request(begun.after, reason="order changed", now=NOON))
        expect_equal(ids_of(requests.waiting(_E1)), ["Q2"], "what E1 still has to invoice")

    return check(make, begin, of_order, waiting)


def check_disposition_repository(make: "Make[DispositionRepository]", /) -> list[str]:
    """Hold a repository to the contract of `DispositionRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.dispositions))
    >>> "what was committed is read back" in check_disposition_repository(make)
    True
    """
    from ltc.billing import DISPOSITION, offset_credit  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import TODAY, receivable  # noqa: PLC0415
    from ltc.testing.samples.invoices import disposition_opened  # noqa: PLC0415

    begin = beginning(DISPOSITION, disposition_opened())

    def with_credit(store: Store, dispositions: "DispositionRepository") -> None:
        begun = [begin(name, entity=_E1, party=_A1) for name in ("D3", "D2", "D1")]
        commit(store, *begun, begin("D4", entity=_E2, party=_A1), begin("D5", entity=_E1, party=_A2))
        half, _ = begun[1].after.amount.allocate([1, 1])
        commit(store, offset_credit(begun[0].after, [receivable()], on=TODAY, now=NOON)[0])
        commit(store, offset_credit(begun[1].after, [receivable()], amount=half, on=TODAY, now=NOON)[0])
        expect_equal(ids_of(dispositions.with_credit(_E1, _A1)), ["D1", "D2"], "where A1 has credit with E1")

    return check(make, begin, with_credit)
