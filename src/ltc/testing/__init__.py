"""Shipped to users: samples of the running story, Hypothesis strategies, and the contracts of stores and repositories as checks.

A host runs the checks in its own tests, against its own implementation, with whatever runner it has:

>>> from contextlib import nullcontext
>>> from ltc.adapters.memory import MemoryStore
>>> "a stale change is a conflict" in check_store(lambda: nullcontext(MemoryStore()))
True
"""

from ltc.testing.collecting import (
    check_bank_line_repository,
    check_bill_repository,
    check_deposit_repository,
    check_invoice_repository,
    check_note_repository,
    check_plan_repository,
    check_receipt_repository,
    check_receivable_repository,
    check_refund_repository,
)
from ltc.testing.contracting import (
    check_approval_repository,
    check_contract_repository,
    check_order_repository,
)
from ltc.testing.invoicing import check_disposition_repository, check_invoice_request_repository
from ltc.testing.selling import (
    check_account_repository,
    check_lead_repository,
    check_opportunity_repository,
    check_quota_repository,
    check_rota_repository,
)
from ltc.testing.stores import check_store
from ltc.testing.stories import Story, lead_story
from ltc.testing.writers import check_two_writers

__all__ = [
    "Story",
    "check_account_repository",
    "check_approval_repository",
    "check_bank_line_repository",
    "check_bill_repository",
    "check_contract_repository",
    "check_deposit_repository",
    "check_disposition_repository",
    "check_invoice_repository",
    "check_invoice_request_repository",
    "check_lead_repository",
    "check_note_repository",
    "check_opportunity_repository",
    "check_order_repository",
    "check_plan_repository",
    "check_quota_repository",
    "check_receipt_repository",
    "check_receivable_repository",
    "check_refund_repository",
    "check_rota_repository",
    "check_store",
    "check_two_writers",
    "lead_story",
]
