"""Where requests for invoices, and what becomes of the money of red letters, are found."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ltc.ids import AccountId, DispositionId, EntityId, InvoiceRequestId, OrderId

if TYPE_CHECKING:  # a host loads the rooms it uses, and no others
    from ltc.billing import Disposition, InvoiceRequest


class InvoiceRequestRepository(Protocol):
    """Where requests for invoices are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> requests: InvoiceRequestRepository = MemoryStore().invoice_requests
    >>> requests.get("Q9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no invoice request Q9
    """

    def get(self, request_id: InvoiceRequestId, /) -> "InvoiceRequest":
        """Return the request.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def of_order(self, order: OrderId, /) -> "Sequence[InvoiceRequest]":
        """Return the requests for invoices of an order, ended ones too, in id order."""

    def waiting(self, entity: EntityId, /) -> "Sequence[InvoiceRequest]":
        """Return what one of our entities has to approve, issue or deliver, in id order."""

    def all(self) -> "Iterable[InvoiceRequest]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class DispositionRepository(Protocol):
    """Where the money of red letters is found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> dispositions: DispositionRepository = MemoryStore().dispositions
    >>> dispositions.get("N9/disposition")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no disposition N9/disposition
    """

    def get(self, disposition_id: DispositionId, /) -> "Disposition":
        """Return the disposition.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def with_credit(self, entity: EntityId, party: AccountId, /) -> "Sequence[Disposition]":
        """Return the dispositions of a party with one of our entities that have credit left, in id order."""

    def all(self) -> "Iterable[Disposition]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""
