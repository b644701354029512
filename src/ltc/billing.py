"""From an order to cash: plans 收款计划, receivables 应收, invoices 发票, receipts 收款, and what takes them back.

Terms split an order's total into installments; the plan waits for milestones, and each that is reached turns its installments into
receivables with a due date. A receipt is applied to them; what it leaves is the customer's credit. An invoice bills with tax, and
only a red-letter note takes it back. Amounts include tax unless they are named `net`. Balances are never stored: they are the sum
of what happened.

>>> from datetime import date
>>> from ltc import billing
>>> from ltc.money import Money
>>> from ltc.testing.samples.billing import NOON
>>> schedule = billing.plan(Money.of("100000.00", "CNY"), [
...     billing.share("0.30", due=billing.on("signed")),
...     billing.share("0.60", due=billing.after("delivered", days=30)),
...     billing.share("0.10", due=billing.after("accepted", months=12)),
... ])
>>> plan = billing.adopt("P1", order="SO-1", entity="E1", party="A1", schedule=schedule, now=NOON).after
>>> _, raised = billing.reach(plan, milestone="signed", on=date(2026, 3, 2), now=NOON)
>>> money = billing.receive("R1", entity="E1", party="A1", amount=Money.of("50000", "CNY"), on=date(2026, 3, 9), now=NOON)
>>> paid, settled = billing.apply(money.after, [raised.after], on=date(2026, 3, 9), now=NOON)
>>> str(settled.after.open), str(paid.after.unapplied)
('0.00 CNY', '20000.00 CNY')

What falls due and is not paid is dunned 催收: `dunning` says for a day which reminders and letters a policy wants, and why nothing
else is sent; interest runs on what was open day by day.

>>> outlook = billing.dunning([raised.after], policy=billing.STANDARD_DUNNING, on=date(2026, 3, 9)).of("P1/1")
>>> [step.to.value for step in outlook.sends], outlook.next_on
(['owner', 'customer'], datetime.date(2026, 3, 16))

Plans, receivables, receipts and invoices have no stored status: whether one is paid, overdue or credited follows from its entries.
Two documents wait for somebody and have one. A red-letter note 红字 (`NOTE_TRANSITIONS`)::

    requested --NoteConfirmed--> confirmed
    requested --NoteExpired--> expired
    requested --NoteWithdrawn--> withdrawn
    confirmed --NoteIssued--> issued
    confirmed --NoteExpired--> expired
    confirmed --NoteWithdrawn--> withdrawn

and a refund 退款 (`REFUND_TRANSITIONS`)::

    requested --RefundApproved--> approved
    requested --RefundRejected--> rejected
    approved --RefundPaid--> paid
    approved --RefundFailed--> failed

An invoice is asked for before it is issued: a request 开票申请 becomes one or, under a limit, several
(`INVOICE_REQUEST_TRANSITIONS`); what becomes of the money of a red letter is a disposition of its own::

    requested --InvoiceRequestApproved--> approved
    requested --InvoiceRequestRejected--> rejected
    requested --InvoiceRequestCancelled--> cancelled
    approved --InvoiceRequestIssued--> issued
    approved --InvoiceRequestRejected--> rejected
    approved --InvoiceRequestCancelled--> cancelled
    issued --InvoiceRequestDelivered--> delivered
    issued --InvoiceRequestRejected--> rejected

Money whose payer is unknown is a bank line first: reps claim it for customers, and a claim that finance confirms is a receipt. A
claim of a bank line 回款认领 (`LINE_CLAIM_TRANSITIONS`)::

    pending --LineClaimConfirmed--> confirmed
    pending --LineClaimRejected--> rejected
    pending --LineClaimWithdrawn--> withdrawn
    confirmed --LineClaimTakenBack--> taken_back

A bill 承兑汇票 is a receipt's instrument, money only once somebody paid for it (`BILL_TRANSITIONS`)::

    held --BillSplit--> split
    held --BillEndorsed--> endorsed
    held --BillDiscounted--> discounted
    held --BillSold--> sold
    held --BillCashed--> cashed
    held --BillDishonored--> dishonored
    endorsed --BillDischarged--> discharged
    endorsed --BillDishonored--> recourse
    discounted --BillDischarged--> discharged
    discounted --BillDishonored--> recourse
    recourse --BillTakenUp--> dishonored

and a deposit 保证金 is no part of what is traded: of its status only whether its day is known is stored (`DEPOSIT_TRANSITIONS`)::

    awaiting --DepositDated--> dated
    awaiting --DepositReturned--> awaiting
    awaiting --DepositForfeited--> awaiting
    awaiting --DepositConverted--> awaiting
    awaiting --DepositReplaced--> awaiting
    awaiting --GuaranteeExtended--> awaiting
    awaiting --GuaranteeReleased--> awaiting
    dated --DepositReturned--> dated
    dated --DepositForfeited--> dated
    dated --DepositConverted--> dated
    dated --DepositReplaced--> dated
    dated --GuaranteeExtended--> dated
    dated --GuaranteeReleased--> dated
"""

from typing import TYPE_CHECKING

from ltc._billing.application import apply
from ltc._billing.billed import Billed
from ltc._billing.component import Component
from ltc._billing.dunning_events import (
    DisputeOpened,
    DisputeSettled,
    DunningHeld,
    DunningReleased,
    DunningSent,
    InterestCharged,
    PaymentPromised,
)
from ltc._billing.entries import Entry, EntryKind, Settlement, SettlementKind
from ltc._billing.exchange import Exchange
from ltc._billing.notices import InterestCharge, Notice, Receiver
from ltc._billing.open_item import OpenItem, open_items
from ltc._billing.receipt import RECEIPT, Receipt, Reservation, receive
from ltc._billing.receipt_events import (
    ApplicationReversed,
    ReceiptApplied,
    ReceiptBounced,
    ReceiptEvent,
    ReceiptReceived,
    ReceiptRefunded,
    ReceiptReversed,
    ReceiptRoundedOff,
    ReceiptRoundOffReversed,
    RefundReleased,
    RefundReserved,
)
from ltc._billing.receivable import RECEIVABLE, Receivable
from ltc._billing.receivable_events import (
    ReceivableEvent,
    ReceivableInvoiced,
    ReceivableRaised,
    ReceivableRecovered,
    ReceivableReddened,
    ReceivableRoundedOff,
    ReceivableRoundOffReversed,
    ReceivableSettled,
    ReceivableWaived,
    ReceivableWrittenOff,
    SettlementReversed,
)
from ltc._billing.relief import raise_receivable, round_off, waive, write_off
from ltc._billing.stops import Dispute, Hold, Promise, PromiseState
from ltc._billing.strategies import (
    Part,
    Strategy,
    designated,
    earliest_due,
    highest_by,
    highest_first,
    in_turn,
    lowest_first,
    newest_first,
    oldest_first,
    proportional,
)
from ltc._later import later

if TYPE_CHECKING:
    from ltc._billing.ages import DAYS_TO_90, DAYS_TO_180, DAYS_TO_360, YEARS_TO_3, YEARS_TO_5, Age, AgeUnit, Edges
    from ltc._billing.aging import Aging, CurrencyAging, aging, credits_of
    from ltc._billing.authority import PaymentAuthority
    from ltc._billing.bank_line import BANK_LINE, BankLine, LineBalances, LineClaim, LineMove, LineMoveKind
    from ltc._billing.bank_line_events import (
        LINE_CLAIM_TRANSITIONS,
        BankLineEvent,
        BankLineRecorded,
        LineClaimConfirmed,
        LineClaimed,
        LineClaimRejected,
        LineClaimStatus,
        LineClaimTakenBack,
        LineClaimWithdrawn,
        LineDisowned,
        LineReadmitted,
        LineReturned,
    )
    from ltc._billing.bank_rows import LineImport, lines_of
    from ltc._billing.beancount import to_beancount
    from ltc._billing.bill import BILL, Bill, BillStep
    from ltc._billing.bill_discount import discount_days, discount_interest
    from ltc._billing.bill_events import (
        BILL_TRANSITIONS,
        BillCashed,
        BillDischarged,
        BillDiscounted,
        BillDishonored,
        BillEndorsed,
        BillEvent,
        BillKind,
        BillReceived,
        BillSold,
        BillSplit,
        BillStatus,
        BillTakenUp,
    )
    from ltc._billing.billings import BillingGap, BillingPosition, GapKind, billing_gaps, billing_positions
    from ltc._billing.bills import (
        cash_bill,
        discharge_bill,
        discount_bill,
        endorse_bill,
        receive_bill,
        split_bill,
        take_up_bill,
    )
    from ltc._billing.booked import BookedAmount, BookMatch, Reconciliation, reconcile
    from ltc._billing.buckets import Bucket, BucketKind
    from ltc._billing.cash_in import cash_in
    from ltc._billing.cash_rows import CashBasis, CashIn, CashItem, CashRow, Promised, promises_of
    from ltc._billing.chart import AccountRole, Chart, account_part, text_of_part
    from ltc._billing.chasing import dispute, hold_dunning, promise, release_dunning, settle_dispute
    from ltc._billing.checking import check
    from ltc._billing.claiming import (
        claim_line,
        confirm_claim,
        disown_line,
        readmit_line,
        record_line,
        reject_claim,
        return_line,
        take_back_claim,
        withdraw_claim,
    )
    from ltc._billing.collection import PLAN, CollectionPlan, Milestone, Reduction
    from ltc._billing.count_back import CountBack, SalesPeriod, count_back_dso, monthly_sales, true_dso
    from ltc._billing.credit_refund import max_refundable, refund_credit
    from ltc._billing.deposit import DEPOSIT, Deposit, DepositEntry, DepositEntryKind, Guarantee, GuaranteeTerm
    from ltc._billing.deposit_events import (
        DEPOSIT_TRANSITIONS,
        DepositConverted,
        DepositDated,
        DepositDirection,
        DepositEvent,
        DepositForfeited,
        DepositKind,
        DepositPlaced,
        DepositReplaced,
        DepositReturned,
        DepositStatus,
        GuaranteeExtended,
        GuaranteeReleased,
    )
    from ltc._billing.deposits import (
        DepositPolicy,
        convert_deposit,
        date_deposit,
        forfeit_deposit,
        place_deposit,
        replace_deposit,
        return_deposit,
    )
    from ltc._billing.discounts import (
        AmountOff,
        Discount,
        DiscountShare,
        ShareOff,
        apply_discounts,
        discount_lines,
        spread_discount,
    )
    from ltc._billing.dishonor import dishonor_bill
    from ltc._billing.disposing import dispose, offset_credit, offset_credits, reverse_offset
    from ltc._billing.disposition import (
        DISPOSITION,
        CreditOffset,
        CreditRefunded,
        Disposition,
        DispositionEvent,
        DispositionOpened,
        OffsetReversed,
    )
    from ltc._billing.due import Due, after, batch, on, on_day
    from ltc._billing.due_deposits import (
        OutstandingDeposit,
        StandingGuarantee,
        outstanding_deposits,
        standing_guarantees,
    )
    from ltc._billing.dunning import Dunning, dunning
    from ltc._billing.dunning_policy import STANDARD_DUNNING, DunningPolicy, DunningStep, Grouping
    from ltc._billing.early import EarlyPayment, EarlyPaymentMode
    from ltc._billing.early_offer import EarlyPaymentOffer
    from ltc._billing.exact_match import exact_match
    from ltc._billing.exchange_entries import realized_entries, revaluation_entries
    from ltc._billing.fx import (
        BookEntry,
        InvoiceInBooks,
        RealizedDifference,
        Revaluation,
        book_entries,
        document_value,
        invoice_values,
        realized_differences,
        revalue,
    )
    from ltc._billing.guarantees import extend_guarantee, release_guarantee
    from ltc._billing.interest import Grace, Interest, InterestPeriod, InterestPolicy, InterestRounding, interest
    from ltc._billing.interest_charges import charge_interest
    from ltc._billing.interest_rates import DayCount, InterestRate, InterestRates
    from ltc._billing.invoice import (
        INVOICE,
        Cover,
        Invoice,
        InvoiceCovered,
        InvoiceEvent,
        InvoiceIssued,
        InvoiceReddened,
        RedLetter,
        RedLine,
    )
    from ltc._billing.invoice_line import InvoiceLine, TaxTotal
    from ltc._billing.invoice_request import INVOICE_REQUEST, InvoiceRequest
    from ltc._billing.invoice_request_events import (
        INVOICE_REQUEST_TRANSITIONS,
        InvoiceKind,
        InvoiceRequestApproved,
        InvoiceRequestCancelled,
        InvoiceRequestDelivered,
        InvoiceRequested,
        InvoiceRequestEvent,
        InvoiceRequestIssued,
        InvoiceRequestRejected,
        InvoiceRequestStatus,
        IssuedInvoice,
    )
    from ltc._billing.invoice_title import InvoiceTitle, check_tax_number
    from ltc._billing.invoicing import cover, issue
    from ltc._billing.journal import AccountBalance, JournalEntry, balance_of, journal, journal_entry, trial_balance
    from ltc._billing.lateness import Lateness, lateness_of
    from ltc._billing.letters import Letter, LetterLine, LetterTone
    from ltc._billing.limits import ApprovalLimit, Relief, ReliefPolicy, relief_subject
    from ltc._billing.line_parts import Basis
    from ltc._billing.matching import LineMatch, MatchPolicy, Numbered, Payer, match_line
    from ltc._billing.maturity import Collected, MaturingWeek, collected, maturing
    from ltc._billing.milestones import adopt, raise_dated, reach, reduce
    from ltc._billing.movements import Movement
    from ltc._billing.note import (
        NOTE,
        NOTE_TRANSITIONS,
        NoteConfirmed,
        NoteEvent,
        NoteExpired,
        NoteIssued,
        NoteLine,
        NotePolicy,
        NoteReason,
        NoteRequested,
        NoteStatus,
        NoteWithdrawn,
        RedLetterNote,
    )
    from ltc._billing.outlook import Outlook
    from ltc._billing.payback import MoneyAt, RefundPart, RefundTrace, refund_parts, request_refunds, trace_refund
    from ltc._billing.plan import plan
    from ltc._billing.plan_events import (
        DatedInstallmentsRaised,
        InstallmentReduced,
        MilestoneReached,
        PlanAdopted,
        PlanEvent,
        PlanRevised,
        Raised,
    )
    from ltc._billing.postings import Posting, postings
    from ltc._billing.provision import Allowance, AllowanceRow, allowance
    from ltc._billing.provision_entries import provision_entries
    from ltc._billing.rates import ExchangeRate, Rates, RateTable, book_value
    from ltc._billing.recovery import collect_recovery, recover, recoverable_from
    from ltc._billing.recurring import Recurring, period_fraction, recurring
    from ltc._billing.red_letter import confirm_note, expire_note, issue_note, request_note, withdraw_note
    from ltc._billing.refund import (
        REFUND_REQUEST,
        REFUND_TRANSITIONS,
        RefundApproved,
        RefundEvent,
        RefundFailed,
        RefundPaid,
        RefundRejected,
        RefundRequest,
        RefundRequested,
        RefundStatus,
    )
    from ltc._billing.refunding import approve_refund, fail_refund, pay_refund, reject_refund, request_refund
    from ltc._billing.reminders import Reminder
    from ltc._billing.replanning import (
        Replanned,
        ReplanStrategy,
        by_terms,
        from_first,
        from_last,
        in_proportion,
        prepaid,
        replan,
    )
    from ltc._billing.requesting import (
        approve_invoice_request,
        cancel_invoice_request,
        deliver_invoice_request,
        issue_requested,
        reject_invoice_request,
        request_invoice,
    )
    from ltc._billing.reversal import bounce, reverse, unapply
    from ltc._billing.roll_forward import RollForward, roll_forward
    from ltc._billing.sales_days import average_age, collection_effectiveness, days_delinquent, dso
    from ltc._billing.schedule import Installment, Schedule
    from ltc._billing.sending import record_letter, record_reminder
    from ltc._billing.service_period import BillingInterval, BillingMode, ServicePeriod
    from ltc._billing.split import Remainder
    from ltc._billing.splitting import split_lines
    from ltc._billing.statement import Statement, StatementLine, statements
    from ltc._billing.statutory import legal_order, statutory
    from ltc._billing.tax import TaxRounding, TaxTreatment, net_of, tax_on
    from ltc._billing.terms import (
        Equal,
        Fixed,
        Rest,
        Share,
        Term,
        Weight,
        equal,
        fixed,
        rest,
        retention,
        share,
        weight,
    )
    from ltc._billing.tolerance import Overpaid, Tolerance
    from ltc._billing.transfer import reverse_set_off, reverse_transfer, set_off, transfer

__all__ = [
    "BANK_LINE",
    "BILL",
    "BILL_TRANSITIONS",
    "DAYS_TO_90",
    "DAYS_TO_180",
    "DAYS_TO_360",
    "DEPOSIT",
    "DEPOSIT_TRANSITIONS",
    "DISPOSITION",
    "INVOICE",
    "INVOICE_REQUEST",
    "INVOICE_REQUEST_TRANSITIONS",
    "LINE_CLAIM_TRANSITIONS",
    "NOTE",
    "NOTE_TRANSITIONS",
    "PLAN",
    "RECEIPT",
    "RECEIVABLE",
    "REFUND_REQUEST",
    "REFUND_TRANSITIONS",
    "STANDARD_DUNNING",
    "YEARS_TO_3",
    "YEARS_TO_5",
    "AccountBalance",
    "AccountRole",
    "Age",
    "AgeUnit",
    "Aging",
    "Allowance",
    "AllowanceRow",
    "AmountOff",
    "ApplicationReversed",
    "ApprovalLimit",
    "BankLine",
    "BankLineEvent",
    "BankLineRecorded",
    "Basis",
    "Bill",
    "BillCashed",
    "BillDischarged",
    "BillDiscounted",
    "BillDishonored",
    "BillEndorsed",
    "BillEvent",
    "BillKind",
    "BillReceived",
    "BillSold",
    "BillSplit",
    "BillStatus",
    "BillStep",
    "BillTakenUp",
    "Billed",
    "BillingGap",
    "BillingInterval",
    "BillingMode",
    "BillingPosition",
    "BookEntry",
    "BookMatch",
    "BookedAmount",
    "Bucket",
    "BucketKind",
    "CashBasis",
    "CashIn",
    "CashItem",
    "CashRow",
    "Chart",
    "Collected",
    "CollectionPlan",
    "Component",
    "CountBack",
    "Cover",
    "CreditOffset",
    "CreditRefunded",
    "CurrencyAging",
    "DatedInstallmentsRaised",
    "DayCount",
    "Deposit",
    "DepositConverted",
    "DepositDated",
    "DepositDirection",
    "DepositEntry",
    "DepositEntryKind",
    "DepositEvent",
    "DepositForfeited",
    "DepositKind",
    "DepositPlaced",
    "DepositPolicy",
    "DepositReplaced",
    "DepositReturned",
    "DepositStatus",
    "Discount",
    "DiscountShare",
    "Disposition",
    "DispositionEvent",
    "DispositionOpened",
    "Dispute",
    "DisputeOpened",
    "DisputeSettled",
    "Due",
    "Dunning",
    "DunningHeld",
    "DunningPolicy",
    "DunningReleased",
    "DunningSent",
    "DunningStep",
    "EarlyPayment",
    "EarlyPaymentMode",
    "EarlyPaymentOffer",
    "Edges",
    "Entry",
    "EntryKind",
    "Equal",
    "Exchange",
    "ExchangeRate",
    "Fixed",
    "GapKind",
    "Grace",
    "Grouping",
    "Guarantee",
    "GuaranteeExtended",
    "GuaranteeReleased",
    "GuaranteeTerm",
    "Hold",
    "Installment",
    "InstallmentReduced",
    "Interest",
    "InterestCharge",
    "InterestCharged",
    "InterestPeriod",
    "InterestPolicy",
    "InterestRate",
    "InterestRates",
    "InterestRounding",
    "Invoice",
    "InvoiceCovered",
    "InvoiceEvent",
    "InvoiceInBooks",
    "InvoiceIssued",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceReddened",
    "InvoiceRequest",
    "InvoiceRequestApproved",
    "InvoiceRequestCancelled",
    "InvoiceRequestDelivered",
    "InvoiceRequestEvent",
    "InvoiceRequestIssued",
    "InvoiceRequestRejected",
    "InvoiceRequestStatus",
    "InvoiceRequested",
    "InvoiceTitle",
    "IssuedInvoice",
    "JournalEntry",
    "Lateness",
    "Letter",
    "LetterLine",
    "LetterTone",
    "LineBalances",
    "LineClaim",
    "LineClaimConfirmed",
    "LineClaimRejected",
    "LineClaimStatus",
    "LineClaimTakenBack",
    "LineClaimWithdrawn",
    "LineClaimed",
    "LineDisowned",
    "LineImport",
    "LineMatch",
    "LineMove",
    "LineMoveKind",
    "LineReadmitted",
    "LineReturned",
    "MatchPolicy",
    "MaturingWeek",
    "Milestone",
    "MilestoneReached",
    "MoneyAt",
    "Movement",
    "NoteConfirmed",
    "NoteEvent",
    "NoteExpired",
    "NoteIssued",
    "NoteLine",
    "NotePolicy",
    "NoteReason",
    "NoteRequested",
    "NoteStatus",
    "NoteWithdrawn",
    "Notice",
    "Numbered",
    "OffsetReversed",
    "OpenItem",
    "Outlook",
    "OutstandingDeposit",
    "Overpaid",
    "Part",
    "Payer",
    "PaymentAuthority",
    "PaymentPromised",
    "PlanAdopted",
    "PlanEvent",
    "PlanRevised",
    "Posting",
    "Promise",
    "PromiseState",
    "Promised",
    "Raised",
    "RateTable",
    "Rates",
    "RealizedDifference",
    "Receipt",
    "ReceiptApplied",
    "ReceiptBounced",
    "ReceiptEvent",
    "ReceiptReceived",
    "ReceiptRefunded",
    "ReceiptReversed",
    "ReceiptRoundOffReversed",
    "ReceiptRoundedOff",
    "Receivable",
    "ReceivableEvent",
    "ReceivableInvoiced",
    "ReceivableRaised",
    "ReceivableRecovered",
    "ReceivableReddened",
    "ReceivableRoundOffReversed",
    "ReceivableRoundedOff",
    "ReceivableSettled",
    "ReceivableWaived",
    "ReceivableWrittenOff",
    "Receiver",
    "Reconciliation",
    "Recurring",
    "RedLetter",
    "RedLetterNote",
    "RedLine",
    "Reduction",
    "RefundApproved",
    "RefundEvent",
    "RefundFailed",
    "RefundPaid",
    "RefundPart",
    "RefundRejected",
    "RefundReleased",
    "RefundRequest",
    "RefundRequested",
    "RefundReserved",
    "RefundStatus",
    "RefundTrace",
    "Relief",
    "ReliefPolicy",
    "Remainder",
    "Reminder",
    "ReplanStrategy",
    "Replanned",
    "Reservation",
    "Rest",
    "Revaluation",
    "RollForward",
    "SalesPeriod",
    "Schedule",
    "ServicePeriod",
    "Settlement",
    "SettlementKind",
    "SettlementReversed",
    "Share",
    "ShareOff",
    "StandingGuarantee",
    "Statement",
    "StatementLine",
    "Strategy",
    "TaxRounding",
    "TaxTotal",
    "TaxTreatment",
    "Term",
    "Tolerance",
    "Weight",
    "account_part",
    "adopt",
    "after",
    "aging",
    "allowance",
    "apply",
    "apply_discounts",
    "approve_invoice_request",
    "approve_refund",
    "average_age",
    "balance_of",
    "batch",
    "billing_gaps",
    "billing_positions",
    "book_entries",
    "book_value",
    "bounce",
    "by_terms",
    "cancel_invoice_request",
    "cash_bill",
    "cash_in",
    "charge_interest",
    "check",
    "check_tax_number",
    "claim_line",
    "collect_recovery",
    "collected",
    "collection_effectiveness",
    "confirm_claim",
    "confirm_note",
    "convert_deposit",
    "count_back_dso",
    "cover",
    "credits_of",
    "date_deposit",
    "days_delinquent",
    "deliver_invoice_request",
    "designated",
    "discharge_bill",
    "discount_bill",
    "discount_days",
    "discount_interest",
    "discount_lines",
    "dishonor_bill",
    "disown_line",
    "dispose",
    "dispute",
    "document_value",
    "dso",
    "dunning",
    "earliest_due",
    "endorse_bill",
    "equal",
    "exact_match",
    "expire_note",
    "extend_guarantee",
    "fail_refund",
    "fixed",
    "forfeit_deposit",
    "from_first",
    "from_last",
    "highest_by",
    "highest_first",
    "hold_dunning",
    "in_proportion",
    "in_turn",
    "interest",
    "invoice_values",
    "issue",
    "issue_note",
    "issue_requested",
    "journal",
    "journal_entry",
    "lateness_of",
    "legal_order",
    "lines_of",
    "lowest_first",
    "match_line",
    "maturing",
    "max_refundable",
    "monthly_sales",
    "net_of",
    "newest_first",
    "offset_credit",
    "offset_credits",
    "oldest_first",
    "on",
    "on_day",
    "open_items",
    "outstanding_deposits",
    "pay_refund",
    "period_fraction",
    "place_deposit",
    "plan",
    "postings",
    "prepaid",
    "promise",
    "promises_of",
    "proportional",
    "provision_entries",
    "raise_dated",
    "raise_receivable",
    "reach",
    "readmit_line",
    "realized_differences",
    "realized_entries",
    "receive",
    "receive_bill",
    "reconcile",
    "record_letter",
    "record_line",
    "record_reminder",
    "recover",
    "recoverable_from",
    "recurring",
    "reduce",
    "refund_credit",
    "refund_parts",
    "reject_claim",
    "reject_invoice_request",
    "reject_refund",
    "release_dunning",
    "release_guarantee",
    "relief_subject",
    "replace_deposit",
    "replan",
    "request_invoice",
    "request_note",
    "request_refund",
    "request_refunds",
    "rest",
    "retention",
    "return_deposit",
    "return_line",
    "revaluation_entries",
    "revalue",
    "reverse",
    "reverse_offset",
    "reverse_set_off",
    "reverse_transfer",
    "roll_forward",
    "round_off",
    "set_off",
    "settle_dispute",
    "share",
    "split_bill",
    "split_lines",
    "spread_discount",
    "standing_guarantees",
    "statements",
    "statutory",
    "take_back_claim",
    "take_up_bill",
    "tax_on",
    "text_of_part",
    "to_beancount",
    "trace_refund",
    "transfer",
    "trial_balance",
    "true_dso",
    "unapply",
    "waive",
    "weight",
    "withdraw_claim",
    "withdraw_note",
    "write_off",
]

# What only reads or is used rarely: who records owes nothing to it.
__getattr__ = later(
    "ltc.billing",
    dict.fromkeys(
        ("Age", "AgeUnit", "DAYS_TO_180", "DAYS_TO_360", "DAYS_TO_90", "Edges", "YEARS_TO_3", "YEARS_TO_5"),
        "ltc._billing.ages",
    )
    | dict.fromkeys(("Aging", "CurrencyAging", "aging", "credits_of"), "ltc._billing.aging")
    | {"PaymentAuthority": "ltc._billing.authority"}
    | dict.fromkeys(
        ("BANK_LINE", "BankLine", "LineBalances", "LineClaim", "LineMove", "LineMoveKind"), "ltc._billing.bank_line"
    )
    | dict.fromkeys(
        (
            "BankLineEvent",
            "BankLineRecorded",
            "LINE_CLAIM_TRANSITIONS",
            "LineClaimConfirmed",
            "LineClaimRejected",
            "LineClaimStatus",
            "LineClaimTakenBack",
            "LineClaimWithdrawn",
            "LineClaimed",
            "LineDisowned",
            "LineReadmitted",
            "LineReturned",
        ),
        "ltc._billing.bank_line_events",
    )
    | dict.fromkeys(("LineImport", "lines_of"), "ltc._billing.bank_rows")
    | {"to_beancount": "ltc._billing.beancount"}
    | dict.fromkeys(("BILL", "Bill", "BillStep"), "ltc._billing.bill")
    | dict.fromkeys(("discount_days", "discount_interest"), "ltc._billing.bill_discount")
    | dict.fromkeys(
        (
            "BILL_TRANSITIONS",
            "BillCashed",
            "BillDischarged",
            "BillDiscounted",
            "BillDishonored",
            "BillEndorsed",
            "BillEvent",
            "BillKind",
            "BillReceived",
            "BillSold",
            "BillSplit",
            "BillStatus",
            "BillTakenUp",
        ),
        "ltc._billing.bill_events",
    )
    | dict.fromkeys(
        ("BillingGap", "BillingPosition", "GapKind", "billing_gaps", "billing_positions"), "ltc._billing.billings"
    )
    | dict.fromkeys(
        ("cash_bill", "discharge_bill", "discount_bill", "endorse_bill", "receive_bill", "split_bill", "take_up_bill"),
        "ltc._billing.bills",
    )
    | dict.fromkeys(("BookMatch", "BookedAmount", "Reconciliation", "reconcile"), "ltc._billing.booked")
    | dict.fromkeys(("Bucket", "BucketKind"), "ltc._billing.buckets")
    | {"cash_in": "ltc._billing.cash_in"}
    | dict.fromkeys(("CashBasis", "CashIn", "CashItem", "CashRow", "Promised", "promises_of"), "ltc._billing.cash_rows")
    | dict.fromkeys(("AccountRole", "Chart", "account_part", "text_of_part"), "ltc._billing.chart")
    | dict.fromkeys(("dispute", "hold_dunning", "promise", "release_dunning", "settle_dispute"), "ltc._billing.chasing")
    | {"check": "ltc._billing.checking"}
    | dict.fromkeys(
        (
            "claim_line",
            "confirm_claim",
            "disown_line",
            "readmit_line",
            "record_line",
            "reject_claim",
            "return_line",
            "take_back_claim",
            "withdraw_claim",
        ),
        "ltc._billing.claiming",
    )
    | dict.fromkeys(("CollectionPlan", "Milestone", "PLAN", "Reduction"), "ltc._billing.collection")
    | dict.fromkeys(
        ("CountBack", "SalesPeriod", "count_back_dso", "monthly_sales", "true_dso"), "ltc._billing.count_back"
    )
    | dict.fromkeys(("max_refundable", "refund_credit"), "ltc._billing.credit_refund")
    | dict.fromkeys(
        ("DEPOSIT", "Deposit", "DepositEntry", "DepositEntryKind", "Guarantee", "GuaranteeTerm"), "ltc._billing.deposit"
    )
    | dict.fromkeys(
        (
            "DEPOSIT_TRANSITIONS",
            "DepositConverted",
            "DepositDated",
            "DepositDirection",
            "DepositEvent",
            "DepositForfeited",
            "DepositKind",
            "DepositPlaced",
            "DepositReplaced",
            "DepositReturned",
            "DepositStatus",
            "GuaranteeExtended",
            "GuaranteeReleased",
        ),
        "ltc._billing.deposit_events",
    )
    | dict.fromkeys(
        (
            "DepositPolicy",
            "convert_deposit",
            "date_deposit",
            "forfeit_deposit",
            "place_deposit",
            "replace_deposit",
            "return_deposit",
        ),
        "ltc._billing.deposits",
    )
    | dict.fromkeys(
        ("AmountOff", "Discount", "DiscountShare", "ShareOff", "apply_discounts", "discount_lines", "spread_discount"),
        "ltc._billing.discounts",
    )
    | {"dishonor_bill": "ltc._billing.dishonor"}
    | dict.fromkeys(("dispose", "offset_credit", "offset_credits", "reverse_offset"), "ltc._billing.disposing")
    | dict.fromkeys(
        (
            "CreditOffset",
            "CreditRefunded",
            "DISPOSITION",
            "Disposition",
            "DispositionEvent",
            "DispositionOpened",
            "OffsetReversed",
        ),
        "ltc._billing.disposition",
    )
    | dict.fromkeys(("Due", "after", "batch", "on", "on_day"), "ltc._billing.due")
    | dict.fromkeys(
        ("OutstandingDeposit", "StandingGuarantee", "outstanding_deposits", "standing_guarantees"),
        "ltc._billing.due_deposits",
    )
    | dict.fromkeys(("Dunning", "dunning"), "ltc._billing.dunning")
    | dict.fromkeys(("DunningPolicy", "DunningStep", "Grouping", "STANDARD_DUNNING"), "ltc._billing.dunning_policy")
    | dict.fromkeys(("EarlyPayment", "EarlyPaymentMode"), "ltc._billing.early")
    | {"EarlyPaymentOffer": "ltc._billing.early_offer"}
    | {"exact_match": "ltc._billing.exact_match"}
    | dict.fromkeys(("realized_entries", "revaluation_entries"), "ltc._billing.exchange_entries")
    | dict.fromkeys(
        (
            "BookEntry",
            "InvoiceInBooks",
            "RealizedDifference",
            "Revaluation",
            "book_entries",
            "document_value",
            "invoice_values",
            "realized_differences",
            "revalue",
        ),
        "ltc._billing.fx",
    )
    | dict.fromkeys(("extend_guarantee", "release_guarantee"), "ltc._billing.guarantees")
    | dict.fromkeys(
        ("Grace", "Interest", "InterestPeriod", "InterestPolicy", "InterestRounding", "interest"),
        "ltc._billing.interest",
    )
    | {"charge_interest": "ltc._billing.interest_charges"}
    | dict.fromkeys(("DayCount", "InterestRate", "InterestRates"), "ltc._billing.interest_rates")
    | dict.fromkeys(
        (
            "Cover",
            "INVOICE",
            "Invoice",
            "InvoiceCovered",
            "InvoiceEvent",
            "InvoiceIssued",
            "InvoiceReddened",
            "RedLetter",
            "RedLine",
        ),
        "ltc._billing.invoice",
    )
    | dict.fromkeys(("InvoiceLine", "TaxTotal"), "ltc._billing.invoice_line")
    | dict.fromkeys(("INVOICE_REQUEST", "InvoiceRequest"), "ltc._billing.invoice_request")
    | dict.fromkeys(
        (
            "INVOICE_REQUEST_TRANSITIONS",
            "InvoiceKind",
            "InvoiceRequestApproved",
            "InvoiceRequestCancelled",
            "InvoiceRequestDelivered",
            "InvoiceRequestEvent",
            "InvoiceRequestIssued",
            "InvoiceRequestRejected",
            "InvoiceRequestStatus",
            "InvoiceRequested",
            "IssuedInvoice",
        ),
        "ltc._billing.invoice_request_events",
    )
    | dict.fromkeys(("InvoiceTitle", "check_tax_number"), "ltc._billing.invoice_title")
    | dict.fromkeys(("cover", "issue"), "ltc._billing.invoicing")
    | dict.fromkeys(
        ("AccountBalance", "JournalEntry", "balance_of", "journal", "journal_entry", "trial_balance"),
        "ltc._billing.journal",
    )
    | dict.fromkeys(("Lateness", "lateness_of"), "ltc._billing.lateness")
    | dict.fromkeys(("Letter", "LetterLine", "LetterTone"), "ltc._billing.letters")
    | dict.fromkeys(("ApprovalLimit", "Relief", "ReliefPolicy", "relief_subject"), "ltc._billing.limits")
    | {"Basis": "ltc._billing.line_parts"}
    | dict.fromkeys(("LineMatch", "MatchPolicy", "Numbered", "Payer", "match_line"), "ltc._billing.matching")
    | dict.fromkeys(("Collected", "MaturingWeek", "collected", "maturing"), "ltc._billing.maturity")
    | dict.fromkeys(("adopt", "raise_dated", "reach", "reduce"), "ltc._billing.milestones")
    | {"Movement": "ltc._billing.movements"}
    | dict.fromkeys(
        (
            "NOTE",
            "NOTE_TRANSITIONS",
            "NoteConfirmed",
            "NoteEvent",
            "NoteExpired",
            "NoteIssued",
            "NoteLine",
            "NotePolicy",
            "NoteReason",
            "NoteRequested",
            "NoteStatus",
            "NoteWithdrawn",
            "RedLetterNote",
        ),
        "ltc._billing.note",
    )
    | {"Outlook": "ltc._billing.outlook"}
    | dict.fromkeys(
        ("MoneyAt", "RefundPart", "RefundTrace", "refund_parts", "request_refunds", "trace_refund"),
        "ltc._billing.payback",
    )
    | {"plan": "ltc._billing.plan"}
    | dict.fromkeys(
        (
            "DatedInstallmentsRaised",
            "InstallmentReduced",
            "MilestoneReached",
            "PlanAdopted",
            "PlanEvent",
            "PlanRevised",
            "Raised",
        ),
        "ltc._billing.plan_events",
    )
    | dict.fromkeys(("Posting", "postings"), "ltc._billing.postings")
    | dict.fromkeys(("Allowance", "AllowanceRow", "allowance"), "ltc._billing.provision")
    | {"provision_entries": "ltc._billing.provision_entries"}
    | dict.fromkeys(("ExchangeRate", "RateTable", "Rates", "book_value"), "ltc._billing.rates")
    | dict.fromkeys(("collect_recovery", "recover", "recoverable_from"), "ltc._billing.recovery")
    | dict.fromkeys(("Recurring", "period_fraction", "recurring"), "ltc._billing.recurring")
    | dict.fromkeys(
        ("confirm_note", "expire_note", "issue_note", "request_note", "withdraw_note"), "ltc._billing.red_letter"
    )
    | dict.fromkeys(
        (
            "REFUND_REQUEST",
            "REFUND_TRANSITIONS",
            "RefundApproved",
            "RefundEvent",
            "RefundFailed",
            "RefundPaid",
            "RefundRejected",
            "RefundRequest",
            "RefundRequested",
            "RefundStatus",
        ),
        "ltc._billing.refund",
    )
    | dict.fromkeys(
        ("approve_refund", "fail_refund", "pay_refund", "reject_refund", "request_refund"), "ltc._billing.refunding"
    )
    | {"Reminder": "ltc._billing.reminders"}
    | dict.fromkeys(
        ("ReplanStrategy", "Replanned", "by_terms", "from_first", "from_last", "in_proportion", "prepaid", "replan"),
        "ltc._billing.replanning",
    )
    | dict.fromkeys(
        (
            "approve_invoice_request",
            "cancel_invoice_request",
            "deliver_invoice_request",
            "issue_requested",
            "reject_invoice_request",
            "request_invoice",
        ),
        "ltc._billing.requesting",
    )
    | dict.fromkeys(("bounce", "reverse", "unapply"), "ltc._billing.reversal")
    | dict.fromkeys(("RollForward", "roll_forward"), "ltc._billing.roll_forward")
    | dict.fromkeys(("average_age", "collection_effectiveness", "days_delinquent", "dso"), "ltc._billing.sales_days")
    | dict.fromkeys(("Installment", "Schedule"), "ltc._billing.schedule")
    | dict.fromkeys(("record_letter", "record_reminder"), "ltc._billing.sending")
    | dict.fromkeys(("BillingInterval", "BillingMode", "ServicePeriod"), "ltc._billing.service_period")
    | {"Remainder": "ltc._billing.split"}
    | {"split_lines": "ltc._billing.splitting"}
    | dict.fromkeys(("Statement", "StatementLine", "statements"), "ltc._billing.statement")
    | dict.fromkeys(("legal_order", "statutory"), "ltc._billing.statutory")
    | dict.fromkeys(("TaxRounding", "TaxTreatment", "net_of", "tax_on"), "ltc._billing.tax")
    | dict.fromkeys(
        ("Equal", "Fixed", "Rest", "Share", "Term", "Weight", "equal", "fixed", "rest", "retention", "share", "weight"),
        "ltc._billing.terms",
    )
    | dict.fromkeys(("Overpaid", "Tolerance"), "ltc._billing.tolerance")
    | dict.fromkeys(("reverse_set_off", "reverse_transfer", "set_off", "transfer"), "ltc._billing.transfer"),
)
