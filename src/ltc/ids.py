"""The names of things: plain strings that the caller gives, kept apart by type.

The library never invents an id. What it makes itself out of something else gets a derived id, so that the same call makes the
same id again:

>>> derived(OrderId("SO-1"), 3)
'SO-1/3'
"""

from typing import NewType

__all__ = [
    "AccountId",
    "ActorId",
    "BankLineId",
    "BillId",
    "ChangeId",
    "ContactId",
    "ContractId",
    "DepositId",
    "DispositionId",
    "EntityId",
    "InstallmentId",
    "InvoiceId",
    "InvoiceRequestId",
    "LeadId",
    "LetterId",
    "LineId",
    "NoteId",
    "OpportunityId",
    "OrderId",
    "PayableId",
    "PlanId",
    "PoolId",
    "ReceiptId",
    "ReceivableId",
    "RefundId",
    "RequestId",
    "derived",
]

LeadId = NewType("LeadId", str)
AccountId = NewType("AccountId", str)
"""A customer (never a ledger account)."""
ContactId = NewType("ContactId", str)
OpportunityId = NewType("OpportunityId", str)
ContractId = NewType("ContractId", str)
OrderId = NewType("OrderId", str)
LineId = NewType("LineId", str)
PlanId = NewType("PlanId", str)
InstallmentId = NewType("InstallmentId", str)
ReceivableId = NewType("ReceivableId", str)
PayableId = NewType("PayableId", str)
"""Something that we owe, in whatever system keeps it."""
InvoiceId = NewType("InvoiceId", str)
InvoiceRequestId = NewType("InvoiceRequestId", str)
NoteId = NewType("NoteId", str)
"""A red-letter note."""
DispositionId = NewType("DispositionId", str)
"""What becomes of the money of a red-letter note."""
ReceiptId = NewType("ReceiptId", str)
LetterId = NewType("LetterId", str)
"""A letter to a customer about what is overdue."""
RefundId = NewType("RefundId", str)
BankLineId = NewType("BankLineId", str)
"""A line of a bank statement: money whose payer is not known yet."""
BillId = NewType("BillId", str)
"""An acceptance bill; never an invoice."""
DepositId = NewType("DepositId", str)
"""Security money, paid or received."""
RequestId = NewType("RequestId", str)
"""A request for approval."""
ChangeId = NewType("ChangeId", str)
"""A change of something agreed: an amendment, a waiver."""
PoolId = NewType("PoolId", str)
EntityId = NewType("EntityId", str)
"""One of our own legal entities."""
ActorId = NewType("ActorId", str)
"""A person or a program that acts or owns: a rep, a manager, `system`."""


def derived(parent: str, part: int | str, /) -> str:
    """Return the id of a part of `parent`: the same parts always get the same ids.

    >>> derived("SO-1", "waiver")
    'SO-1/waiver'
    """
    return f"{parent}/{part}"
