"""What plans, receivables, invoices, notes, receipts, refunds, bank lines, bills and deposits are asked."""

from typing import TYPE_CHECKING, Any

from ltc.ids import AccountId, ChangeId, EntityId, InvoiceId, OrderId, ReceiptId
from ltc.repositories import Store
from ltc.testing.asking import Make, beginning, check, commit, ids_of
from ltc.testing.expecting import expect_equal
from ltc.testing.stories import NOON

if TYPE_CHECKING:
    from ltc.repositories import (
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

__all__ = [
    "check_bank_line_repository",
    "check_bill_repository",
    "check_deposit_repository",
    "check_invoice_repository",
    "check_note_repository",
    "check_plan_repository",
    "check_receipt_repository",
    "check_receivable_repository",
    "check_refund_repository",
]


_SO1, _SO2 = OrderId("SO-1"), OrderId("SO-2")
_E1, _E2 = EntityId("E1"), EntityId("E2")
_A1, _A2 = AccountId("A1"), AccountId("A2")


def check_plan_repository(make: "Make[PlanRepository]", /) -> list[str]:
    """Hold a repository to the contract of `PlanRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.plans))
    >>> "what was committed is read back" in check_plan_repository(make)
    True
    """
    from ltc.billing import PLAN  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import adopted  # noqa: PLC0415

    begin = beginning(PLAN, adopted())

    def of_order(store: Store, plans: "PlanRepository") -> None:
        commit(store, begin("P2", order=_SO1), begin("P1", order=_SO1), begin("P3", order=_SO2))
        expect_equal(ids_of(plans.of_order(_SO1)), ["P1", "P2"], "the plans of SO-1")

    return check(make, begin, of_order)


def check_receivable_repository(make: "Make[ReceivableRepository]", /) -> list[str]:
    """Hold a repository to the contract of `ReceivableRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.receivables))
    >>> "what was committed is read back" in check_receivable_repository(make)
    True
    """
    from ltc.billing import RECEIVABLE, waive  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import TODAY, receivable_raised  # noqa: PLC0415

    begin = beginning(RECEIVABLE, receivable_raised())

    def of_order(store: Store, receivables: "ReceivableRepository") -> None:
        commit(store, begin("V2", order=_SO1), begin("V1", order=_SO1), begin("V3", order=_SO2))
        expect_equal(ids_of(receivables.of_order(_SO1)), ["V1", "V2"], "the receivables of SO-1")

    def open_of(store: Store, receivables: "ReceivableRepository") -> None:
        mine = {"entity": _E1, "party": _A1}
        begun = [begin(name, **mine) for name in ("V4", "V3", "V2", "V1")]
        commit(store, *begun, begin("V5", entity=_E2, party=_A1), begin("V6", entity=_E1, party=_A2))
        owed = [change.after for change in begun]
        some, rest = owed[0].amount.allocate([1, 1])
        why: dict[str, Any] = {"change": ChangeId("W1"), "reason": "late", "on": TODAY, "now": NOON}
        commit(store, waive(owed[0], amount=owed[0].amount, **why), half := waive(owed[1], amount=some, **why))
        expect_equal(ids_of(receivables.open_of(_E1, _A1)), ["V1", "V2", "V3"], "what A1 owes E1")
        commit(store, waive(half.after, amount=rest, **why))
        expect_equal(ids_of(receivables.open_of(_E1, _A1)), ["V1", "V2"], "what A1 still owes E1")

    return check(make, begin, of_order, open_of)


def check_invoice_repository(make: "Make[InvoiceRepository]", /) -> list[str]:
    """Hold a repository to the contract of `InvoiceRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.invoices))
    >>> "what was committed is read back" in check_invoice_repository(make)
    True
    """
    from ltc.billing import INVOICE, issue  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import invoice, issued, signed  # noqa: PLC0415

    begin = beginning(INVOICE, issued())

    def of_order(store: Store, invoices: "InvoiceRepository") -> None:
        commit(store, begin("I2", order=_SO1), begin("I1", order=_SO1), begin("I3", order=_SO2))
        expect_equal(ids_of(invoices.of_order(_SO1)), ["I1", "I2"], "the invoices of SO-1")

    def of_an_order_that_it_bills_with_others(store: Store, invoices: "InvoiceRepository") -> None:
        _, raised = signed()
        owed, like = raised.after, invoice()
        facts: dict[str, Any] = {"entity": owed.entity, "party": owed.party, "on": owed.raised_on, "now": NOON}
        covers = [(owed, owed.amount)]
        both = issue(InvoiceId("I3"), order=_SO2, lines=like.lines, receivables=covers, **facts)
        commit(store, begin("I2", order=_SO2), begin("I1", order=_SO2), raised, *both)
        expect_equal(ids_of(invoices.of_order(owed.order)), ["I3"], "the invoices that bill SO-1")
        expect_equal(ids_of(invoices.of_order(_SO2)), ["I1", "I2", "I3"], "the invoices issued for SO-2")

    return check(make, begin, of_order, of_an_order_that_it_bills_with_others)


def check_note_repository(make: "Make[NoteRepository]", /) -> list[str]:
    """Hold a repository to the contract of `NoteRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.notes))
    >>> "what was committed is read back" in check_note_repository(make)
    True
    """
    from ltc.billing import NOTE  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import note_requested  # noqa: PLC0415

    begin = beginning(NOTE, note_requested())
    i1, i2 = InvoiceId("I1"), InvoiceId("I2")

    def of_invoice(store: Store, notes: "NoteRepository") -> None:
        commit(store, begin("N2", invoice=i1), begin("N1", invoice=i1), begin("N3", invoice=i2))
        expect_equal(ids_of(notes.of_invoice(i1)), ["N1", "N2"], "the notes on I1")

    return check(make, begin, of_invoice)


def check_receipt_repository(make: "Make[ReceiptRepository]", /) -> list[str]:
    """Hold a repository to the contract of `ReceiptRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.receipts))
    >>> "what was committed is read back" in check_receipt_repository(make)
    True
    """
    from ltc.billing import RECEIPT  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import reception  # noqa: PLC0415

    begin = beginning(RECEIPT, reception().events[0])

    def of_party(store: Store, receipts: "ReceiptRepository") -> None:
        mine = {"entity": _E1, "party": _A1}
        commit(store, begin("R2", **mine), begin("R1", **mine))
        commit(store, begin("R3", entity=_E2, party=_A1), begin("R4", entity=_E1, party=_A2))
        expect_equal(ids_of(receipts.of_party(_E1, _A1)), ["R1", "R2"], "what A1 paid to E1")

    def of_order(store: Store, receipts: "ReceiptRepository") -> None:
        commit(
            store, begin("R2", order=_SO1), begin("R1", order=_SO1), begin("R3", order=_SO2), begin("R4", order=None)
        )
        expect_equal(ids_of(receipts.of_order(_SO1)), ["R1", "R2"], "what was paid in advance for SO-1")

    return check(make, begin, of_party, of_order)


def check_refund_repository(make: "Make[RefundRepository]", /) -> list[str]:
    """Hold a repository to the contract of `RefundRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.refunds))
    >>> "what was committed is read back" in check_refund_repository(make)
    True
    """
    from ltc.billing import REFUND_REQUEST  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.billing import refund_asked  # noqa: PLC0415

    begin = beginning(REFUND_REQUEST, refund_asked()[0].events[0])
    r1, r2 = ReceiptId("R1"), ReceiptId("R2")

    def of_receipt(store: Store, refunds: "RefundRepository") -> None:
        commit(store, begin("F2", receipt=r1), begin("F1", receipt=r1), begin("F3", receipt=r2))
        expect_equal(ids_of(refunds.of_receipt(r1)), ["F1", "F2"], "the refunds asked of R1")

    return check(make, begin, of_receipt)


def check_bank_line_repository(make: "Make[BankLineRepository]", /) -> list[str]:
    """Hold a repository to the contract of `BankLineRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.bank_lines))
    >>> "what was committed is read back" in check_bank_line_repository(make)
    True
    """
    from ltc.billing import BANK_LINE, claim_line, reject_claim  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.bank_lines import LI, QIAN, TODAY, line_recorded  # noqa: PLC0415

    begin = beginning(BANK_LINE, line_recorded())
    why: dict[str, Any] = {"on": TODAY, "now": NOON}

    def unclaimed(store: Store, lines: "BankLineRepository") -> None:
        begun = [begin(name, entity=_E1) for name in ("B3", "B2", "B1")]
        commit(store, *begun, begin("B4", entity=_E2))
        commit(store, whole := claim_line(begun[0].after, by=LI, party=_A1, **why))
        half, _ = begun[1].after.amount.allocate([1, 1])
        commit(store, claim_line(begun[1].after, by=LI, party=_A1, amount=half, **why))
        expect_equal(ids_of(lines.unclaimed(_E1)), ["B1", "B2"], "what E1 has to claim")
        expect_equal(ids_of(lines.pending(_E1)), ["B2", "B3"], "what waits for the finance of E1")
        commit(store, reject_claim(whole.after, claim=1, by=QIAN, reason="no", **why))
        expect_equal(ids_of(lines.unclaimed(_E1)), ["B1", "B2", "B3"], "what E1 has to claim again")
        expect_equal(ids_of(lines.pending(_E1)), ["B2"], "what still waits")

    return check(make, begin, unclaimed)


def check_bill_repository(make: "Make[BillRepository]", /) -> list[str]:
    """Hold a repository to the contract of `BillRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.bills))
    >>> "what was committed is read back" in check_bill_repository(make)
    True
    """
    from ltc.billing import BILL, endorse_bill, split_bill  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.bills import TODAY, bill_received  # noqa: PLC0415

    begin = beginning(BILL, bill_received())
    r1, r2 = ReceiptId("R1"), ReceiptId("R2")

    def of_receipt(store: Store, bills: "BillRepository") -> None:
        commit(store, begun := begin("BA1", receipt=r1), begin("BA0", receipt=r1), begin("BA2", receipt=r2))
        amounts = begun.after.amount.allocate([1, 1])
        commit(store, *split_bill(begun.after, amounts=amounts, on=TODAY, now=NOON))
        expect_equal(ids_of(bills.of_receipt(r1)), ["BA0", "BA1", "BA1/1", "BA1/2"], "the bills of R1")

    def held(store: Store, bills: "BillRepository") -> None:
        commit(store, begin("BA2", entity=_E1), begun := begin("BA1", entity=_E1), begin("BA3", entity=_E2))
        expect_equal(ids_of(bills.held(_E1)), ["BA1", "BA2"], "the bills in the hands of E1")
        commit(store, endorse_bill(begun.after, to="S1", on=TODAY, now=NOON))
        expect_equal(ids_of(bills.held(_E1)), ["BA2"], "the bills still in the hands of E1")

    return check(make, begin, of_receipt, held)


def check_deposit_repository(make: "Make[DepositRepository]", /) -> list[str]:
    """Hold a repository to the contract of `DepositRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.deposits))
    >>> "what was committed is read back" in check_deposit_repository(make)
    True
    """
    from ltc.billing import DEPOSIT, return_deposit  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.deposits import TODAY, deposit_placed  # noqa: PLC0415

    begin = beginning(DEPOSIT, deposit_placed())

    def of_party(store: Store, deposits: "DepositRepository") -> None:
        mine = {"entity": _E1, "party": _A1}
        commit(store, begin("D2", **mine), begin("D1", **mine))
        commit(store, begin("D3", entity=_E2, party=_A1), begin("D4", entity=_E1, party=_A2))
        expect_equal(ids_of(deposits.of_party(_E1, _A1)), ["D1", "D2"], "the deposits between E1 and A1")

    def outstanding(store: Store, deposits: "DepositRepository") -> None:
        begun = [begin(name, entity=_E1) for name in ("D3", "D2", "D1")]
        commit(store, *begun, begin("D4", entity=_E2))
        half, _ = begun[1].after.amount.allocate([1, 1])
        commit(store, return_deposit(begun[0].after, on=TODAY, now=NOON))
        commit(store, return_deposit(begun[1].after, amount=half, on=TODAY, now=NOON))
        expect_equal(ids_of(deposits.outstanding(_E1)), ["D1", "D2"], "the deposits of E1 that are out")

    return check(make, begin, of_party, outstanding)
