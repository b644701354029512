"""What a host implements: one `Store` for changes and their history, and a small repository for each thing it uses.

>>> from ltc import leads
>>> from ltc.adapters.memory import MemoryStore
>>> from ltc.testing.samples.leads import NOON, captured_lead
>>> store = MemoryStore()
>>> store.commit(captured_lead("L1"), by="import", at=NOON)
>>> lead = store.leads.get("L1")
>>> given_up = leads.disqualify(lead, reason="no budget", now=NOON)
>>> store.commit(given_up, by="li", at=NOON, key="request-7")
>>> store.leads.get("L1").version, store.done("request-7").seqs, len(store.history(("lead", "L1")))
(2, (2,), 2)

The library calls these protocols and nothing else; `ltc.adapters` has two implementations, and `ltc.testing` the suite that holds
every implementation to what is written here. A host takes only the repositories of the rooms it uses. No method takes a session or
a connection: one `commit` is one transaction. What a repository returns may be stale a moment later; `commit` finds that out.
"""

from ltc._repositories.collecting import (
    BankLineRepository,
    BillRepository,
    DepositRepository,
    InvoiceRepository,
    NoteRepository,
    PlanRepository,
    ReceiptRepository,
    ReceivableRepository,
    RefundRepository,
)
from ltc._repositories.contracting import ApprovalRepository, ContractRepository, OrderRepository
from ltc._repositories.invoicing import DispositionRepository, InvoiceRequestRepository
from ltc._repositories.selling import (
    AccountRepository,
    LeadRepository,
    OpportunityRepository,
    QuotaRepository,
    RotaRepository,
)
from ltc._repositories.store import Done, Seen, Store

__all__ = [
    "AccountRepository",
    "ApprovalRepository",
    "BankLineRepository",
    "BillRepository",
    "ContractRepository",
    "DepositRepository",
    "DispositionRepository",
    "Done",
    "InvoiceRepository",
    "InvoiceRequestRepository",
    "LeadRepository",
    "NoteRepository",
    "OpportunityRepository",
    "OrderRepository",
    "PlanRepository",
    "QuotaRepository",
    "ReceiptRepository",
    "ReceivableRepository",
    "RefundRepository",
    "RotaRepository",
    "Seen",
    "Store",
]
