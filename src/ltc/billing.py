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

and a deposit 保证金 is no part of what is traded: its status says whether its day is known (`DEPOSIT_TRANSITIONS`), and that it is
closed once nothing of it is kept and no guarantee is out; what comes back to it makes it what it was::

    awaiting --DepositDated--> dated
    awaiting --DepositReturned--> awaiting
    awaiting --DepositForfeited--> awaiting
    awaiting --DepositConverted--> awaiting
    awaiting --DepositConversionTakenBack--> awaiting
    awaiting --DepositReplaced--> awaiting
    awaiting --GuaranteeExtended--> awaiting
    awaiting --GuaranteeReleased--> awaiting
    dated --DepositReturned--> dated
    dated --DepositForfeited--> dated
    dated --DepositConverted--> dated
    dated --DepositConversionTakenBack--> dated
    dated --DepositReplaced--> dated
    dated --GuaranteeExtended--> dated
    dated --GuaranteeReleased--> dated
    closed --DepositConversionTakenBack--> awaiting
"""

from typing import TYPE_CHECKING

from ltc._later import later

# The index of the room, packed: who checks types reads the first list, `import *` the second, Python the third.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from ltc._billing.bank.claiming import (
        claim_line, confirm_claim, disown_line, readmit_line, record_line, reject_claim, return_line, take_back_claim,
        withdraw_claim,
    )
    from ltc._billing.bank.events import (
        BankLineEvent, BankLineRecorded, LINE_CLAIM_TRANSITIONS, LineClaimConfirmed, LineClaimRejected,
        LineClaimStatus, LineClaimTakenBack, LineClaimWithdrawn, LineClaimed, LineDisowned, LineReadmitted,
        LineReturned,
    )
    from ltc._billing.bank.line import BANK_LINE, BankLine, LineBalances, LineClaim, LineMove, LineMoveKind
    from ltc._billing.bank.matching import LineMatch, MatchPolicy, Numbered, Payer, match_line
    from ltc._billing.bank.rows import LineImport, lines_of
    from ltc._billing.bills.bill import BILL, Bill, BillStep
    from ltc._billing.bills.discount import discount_days, discount_interest
    from ltc._billing.bills.dishonor import dishonor_bill
    from ltc._billing.bills.events import (
        BILL_TRANSITIONS, BillCashed, BillDischarged, BillDiscounted, BillDishonored, BillEndorsed, BillEvent,
        BillKind, BillReceived, BillSold, BillSplit, BillStatus, BillTakenUp,
    )
    from ltc._billing.bills.handling import (
        cash_bill, discharge_bill, discount_bill, endorse_bill, receive_bill, split_bill, take_up_bill,
    )
    from ltc._billing.bills.maturity import Collected, MaturingWeek, collected, maturing
    from ltc._billing.deposits.conversion import take_back_conversion
    from ltc._billing.deposits.deposit import (
        DEPOSIT, Deposit, DepositEntry, DepositEntryKind, Guarantee, GuaranteeTerm,
    )
    from ltc._billing.deposits.due import (
        OutstandingDeposit, StandingGuarantee, outstanding_deposits, standing_guarantees,
    )
    from ltc._billing.deposits.events import (
        DEPOSIT_TRANSITIONS, DepositConversionTakenBack, DepositConverted, DepositDated, DepositDirection,
        DepositEvent, DepositForfeited, DepositKind, DepositPlaced, DepositReplaced, DepositReturned, DepositStatus,
        GuaranteeExtended, GuaranteeReleased,
    )
    from ltc._billing.deposits.guarantees import extend_guarantee, release_guarantee
    from ltc._billing.deposits.handling import (
        DepositPolicy, convert_deposit, date_deposit, forfeit_deposit, place_deposit, replace_deposit, return_deposit,
    )
    from ltc._billing.dunning.chasing import dispute, hold_dunning, promise, release_dunning, settle_dispute
    from ltc._billing.dunning.dunning import Dunning, dunning
    from ltc._billing.dunning.interest import (
        Grace, Interest, InterestPeriod, InterestPolicy, InterestRounding, interest,
    )
    from ltc._billing.dunning.interest_charges import charge_interest
    from ltc._billing.dunning.interest_rates import DayCount, InterestRate, InterestRates
    from ltc._billing.dunning.letters import Letter, LetterLine, LetterTone
    from ltc._billing.dunning.outlook import Outlook
    from ltc._billing.dunning.policy import DunningPolicy, DunningStep, Grouping, STANDARD_DUNNING
    from ltc._billing.dunning.reminders import Reminder
    from ltc._billing.dunning.sending import record_letter, record_reminder
    from ltc._billing.exchange.crossing import Exchange
    from ltc._billing.exchange.rates import ExchangeRate, RateTable, Rates, book_value
    from ltc._billing.figures.ages import (
        Age, AgeUnit, DAYS_TO_180, DAYS_TO_360, DAYS_TO_90, Edges, YEARS_TO_3, YEARS_TO_5,
    )
    from ltc._billing.figures.aging import Aging, CurrencyAging, aging, credits_of
    from ltc._billing.figures.buckets import Bucket, BucketKind
    from ltc._billing.figures.cash_in import cash_in
    from ltc._billing.figures.cash_rows import CashBasis, CashIn, CashItem, CashRow, Promised, promises_of
    from ltc._billing.figures.count_back import CountBack, SalesPeriod, count_back_dso, monthly_sales, true_dso
    from ltc._billing.figures.lateness import Lateness, lateness_of
    from ltc._billing.figures.movements import Movement
    from ltc._billing.figures.provision import Allowance, AllowanceRow, allowance
    from ltc._billing.figures.roll_forward import RollForward, roll_forward
    from ltc._billing.figures.sales_days import average_age, collection_effectiveness, days_delinquent, dso
    from ltc._billing.figures.statement import Statement, StatementLine, statements
    from ltc._billing.invoices.billings import BillingGap, BillingPosition, GapKind, billing_gaps, billing_positions
    from ltc._billing.invoices.credit_refund import max_refundable, refund_credit
    from ltc._billing.invoices.discounts import (
        AmountOff, Discount, DiscountShare, ShareOff, apply_discounts, discount_lines, spread_discount,
    )
    from ltc._billing.invoices.disposing import dispose, offset_credit, offset_credits, reverse_offset
    from ltc._billing.invoices.disposition import (
        CreditOffset, CreditRefund, CreditRefunded, DISPOSITION, Disposition, DispositionEvent, DispositionOpened,
        OffsetReversed,
    )
    from ltc._billing.invoices.invoice import (
        Cover, INVOICE, Invoice, InvoiceCovered, InvoiceEvent, InvoiceIssued, InvoiceReddened, RedLetter, RedLine,
    )
    from ltc._billing.invoices.invoicing import cover, issue
    from ltc._billing.invoices.line import InvoiceLine, TaxTotal
    from ltc._billing.invoices.line_parts import Basis
    from ltc._billing.invoices.note import (
        NOTE, NOTE_TRANSITIONS, NoteConfirmed, NoteEvent, NoteExpired, NoteIssued, NoteLine, NotePolicy, NoteReason,
        NoteRequested, NoteStatus, NoteWithdrawn, RedLetterNote,
    )
    from ltc._billing.invoices.red_letter import confirm_note, expire_note, issue_note, request_note, withdraw_note
    from ltc._billing.invoices.request import INVOICE_REQUEST, InvoiceRequest
    from ltc._billing.invoices.request_events import (
        INVOICE_REQUEST_TRANSITIONS, InvoiceKind, InvoiceRequestApproved, InvoiceRequestCancelled,
        InvoiceRequestDelivered, InvoiceRequestEvent, InvoiceRequestIssued, InvoiceRequestRejected,
        InvoiceRequestStatus, InvoiceRequested, IssuedInvoice,
    )
    from ltc._billing.invoices.requesting import (
        approve_invoice_request, cancel_invoice_request, deliver_invoice_request, issue_requested,
        reject_invoice_request, request_invoice,
    )
    from ltc._billing.invoices.splitting import split_lines
    from ltc._billing.invoices.tax import TaxRounding, TaxTreatment, net_of, tax_on
    from ltc._billing.invoices.title import InvoiceTitle, check_tax_number
    from ltc._billing.ledger.beancount import to_beancount
    from ltc._billing.ledger.booked import BookMatch, BookedAmount, Reconciliation, reconcile
    from ltc._billing.ledger.chart import AccountRole, Chart, account_part, text_of_part
    from ltc._billing.ledger.exchange_entries import realized_entries, revaluation_entries
    from ltc._billing.ledger.fx import (
        BookEntry, InvoiceInBooks, RealizedDifference, Revaluation, book_entries, document_value, invoice_values,
        realized_differences, revalue,
    )
    from ltc._billing.ledger.journal import (
        AccountBalance, JournalEntry, balance_of, journal, journal_entry, trial_balance,
    )
    from ltc._billing.ledger.postings import Posting, postings
    from ltc._billing.ledger.provision_entries import provision_entries
    from ltc._billing.plans.checking import check
    from ltc._billing.plans.collection import CollectionPlan, Milestone, PLAN, Reduction
    from ltc._billing.plans.due import Due, after, batch, on, on_day
    from ltc._billing.plans.early import EarlyPayment, EarlyPaymentMode
    from ltc._billing.plans.early_offer import EarlyPaymentOffer
    from ltc._billing.plans.events import (
        DatedInstallmentsRaised, InstallmentReduced, MilestoneReached, PlanAdopted, PlanEvent, PlanRevised, Raised,
    )
    from ltc._billing.plans.milestones import adopt, raise_dated, reach, reduce
    from ltc._billing.plans.plan import plan
    from ltc._billing.plans.recurring import Recurring, period_fraction, recurring
    from ltc._billing.plans.replanning import (
        ReplanStrategy, Replanned, by_terms, from_first, from_last, in_proportion, prepaid, replan,
    )
    from ltc._billing.plans.schedule import Installment, Schedule
    from ltc._billing.plans.service_period import BillingInterval, BillingMode, ServicePeriod
    from ltc._billing.plans.split import Remainder
    from ltc._billing.plans.terms import (
        Equal, Fixed, Rest, Share, Term, Weight, equal, fixed, rest, retention, share, weight,
    )
    from ltc._billing.receipts.events import (
        ApplicationReversed, ReceiptApplied, ReceiptBounced, ReceiptEvent, ReceiptReceived, ReceiptRefunded,
        ReceiptReversed, ReceiptRoundOffReversed, ReceiptRoundedOff, RefundReleased, RefundReserved,
    )
    from ltc._billing.receipts.payback import (
        MoneyAt, RefundPart, RefundTrace, refund_parts, request_refunds, trace_refund,
    )
    from ltc._billing.receipts.receipt import RECEIPT, Receipt, Reservation, receive
    from ltc._billing.receipts.refund import (
        REFUND_REQUEST, REFUND_TRANSITIONS, RefundApproved, RefundEvent, RefundFailed, RefundPaid, RefundRejected,
        RefundRequest, RefundRequested, RefundStatus,
    )
    from ltc._billing.receipts.refunding import approve_refund, fail_refund, pay_refund, reject_refund, request_refund
    from ltc._billing.receivables.billed import Billed
    from ltc._billing.receivables.component import Component
    from ltc._billing.receivables.dunning_events import (
        DisputeOpened, DisputeSettled, DunningHeld, DunningReleased, DunningSent, InterestCharged, PaymentPromised,
    )
    from ltc._billing.receivables.entries import Entry, EntryKind, Settlement, SettlementKind
    from ltc._billing.receivables.events import (
        ReceivableEvent, ReceivableInvoiced, ReceivableRaised, ReceivableRecovered, ReceivableReddened,
        ReceivableRoundOffReversed, ReceivableRoundedOff, ReceivableSettled, ReceivableWaived, ReceivableWrittenOff,
        SettlementReversed,
    )
    from ltc._billing.receivables.life import RECEIVABLE
    from ltc._billing.receivables.limits import ApprovalLimit, Relief, ReliefPolicy, relief_subject
    from ltc._billing.receivables.notices import InterestCharge, Notice, Receiver
    from ltc._billing.receivables.open_item import OpenItem, open_items
    from ltc._billing.receivables.receivable import Receivable
    from ltc._billing.receivables.relief import raise_receivable, round_off, waive, write_off
    from ltc._billing.receivables.stops import Dispute, Hold, Promise, PromiseState
    from ltc._billing.settlement.application import apply
    from ltc._billing.settlement.authority import PaymentAuthority
    from ltc._billing.settlement.exact_match import exact_match
    from ltc._billing.settlement.recovery import collect_recovery, recover, recoverable_from
    from ltc._billing.settlement.reversal import bounce, reverse, unapply
    from ltc._billing.settlement.statutory import legal_order, statutory
    from ltc._billing.settlement.strategies import (
        Part, Strategy, designated, earliest_due, highest_by, highest_first, in_turn, lowest_first, newest_first,
        oldest_first, proportional,
    )
    from ltc._billing.settlement.tolerance import Overpaid, Tolerance
    from ltc._billing.settlement.transfer import reverse_set_off, reverse_transfer, set_off, transfer

__all__ = [
    "BANK_LINE", "BILL", "BILL_TRANSITIONS", "DAYS_TO_90", "DAYS_TO_180", "DAYS_TO_360", "DEPOSIT",
    "DEPOSIT_TRANSITIONS", "DISPOSITION", "INVOICE", "INVOICE_REQUEST", "INVOICE_REQUEST_TRANSITIONS",
    "LINE_CLAIM_TRANSITIONS", "NOTE", "NOTE_TRANSITIONS", "PLAN", "RECEIPT", "RECEIVABLE", "REFUND_REQUEST",
    "REFUND_TRANSITIONS", "STANDARD_DUNNING", "YEARS_TO_3", "YEARS_TO_5", "AccountBalance", "AccountRole", "Age",
    "AgeUnit", "Aging", "Allowance", "AllowanceRow", "AmountOff", "ApplicationReversed", "ApprovalLimit", "BankLine",
    "BankLineEvent", "BankLineRecorded", "Basis", "Bill", "BillCashed", "BillDischarged", "BillDiscounted",
    "BillDishonored", "BillEndorsed", "BillEvent", "BillKind", "BillReceived", "BillSold", "BillSplit", "BillStatus",
    "BillStep", "BillTakenUp", "Billed", "BillingGap", "BillingInterval", "BillingMode", "BillingPosition",
    "BookEntry", "BookMatch", "BookedAmount", "Bucket", "BucketKind", "CashBasis", "CashIn", "CashItem", "CashRow",
    "Chart", "Collected", "CollectionPlan", "Component", "CountBack", "Cover", "CreditOffset", "CreditRefund",
    "CreditRefunded", "CurrencyAging", "DatedInstallmentsRaised", "DayCount", "Deposit",
    "DepositConversionTakenBack", "DepositConverted", "DepositDated", "DepositDirection", "DepositEntry", "DepositEntryKind", "DepositEvent",
    "DepositForfeited", "DepositKind", "DepositPlaced", "DepositPolicy", "DepositReplaced", "DepositReturned", "DepositStatus",
    "Discount", "DiscountShare", "Disposition", "DispositionEvent", "DispositionOpened", "Dispute", "DisputeOpened",
    "DisputeSettled", "Due", "Dunning", "DunningHeld", "DunningPolicy", "DunningReleased", "DunningSent",
    "DunningStep", "EarlyPayment", "EarlyPaymentMode", "EarlyPaymentOffer", "Edges", "Entry", "EntryKind", "Equal",
    "Exchange", "ExchangeRate", "Fixed", "GapKind", "Grace", "Grouping", "Guarantee", "GuaranteeExtended",
    "GuaranteeReleased", "GuaranteeTerm", "Hold", "Installment", "InstallmentReduced", "Interest", "InterestCharge",
    "InterestCharged", "InterestPeriod", "InterestPolicy", "InterestRate", "InterestRates", "InterestRounding",
    "Invoice", "InvoiceCovered", "InvoiceEvent", "InvoiceInBooks", "InvoiceIssued", "InvoiceKind", "InvoiceLine",
    "InvoiceReddened", "InvoiceRequest", "InvoiceRequestApproved", "InvoiceRequestCancelled",
    "InvoiceRequestDelivered", "InvoiceRequestEvent", "InvoiceRequestIssued", "InvoiceRequestRejected",
    "InvoiceRequestStatus", "InvoiceRequested", "InvoiceTitle", "IssuedInvoice", "JournalEntry", "Lateness", "Letter",
    "LetterLine", "LetterTone", "LineBalances", "LineClaim", "LineClaimConfirmed", "LineClaimRejected",
    "LineClaimStatus", "LineClaimTakenBack", "LineClaimWithdrawn", "LineClaimed", "LineDisowned", "LineImport",
    "LineMatch", "LineMove", "LineMoveKind", "LineReadmitted", "LineReturned", "MatchPolicy", "MaturingWeek",
    "Milestone", "MilestoneReached", "MoneyAt", "Movement", "NoteConfirmed", "NoteEvent", "NoteExpired", "NoteIssued",
    "NoteLine", "NotePolicy", "NoteReason", "NoteRequested", "NoteStatus", "NoteWithdrawn", "Notice", "Numbered",
    "OffsetReversed", "OpenItem", "Outlook", "OutstandingDeposit", "Overpaid", "Part", "Payer", "PaymentAuthority",
    "PaymentPromised", "PlanAdopted", "PlanEvent", "PlanRevised", "Posting", "Promise", "PromiseState", "Promised",
    "Raised", "RateTable", "Rates", "RealizedDifference", "Receipt", "ReceiptApplied", "ReceiptBounced",
    "ReceiptEvent", "ReceiptReceived", "ReceiptRefunded", "ReceiptReversed", "ReceiptRoundOffReversed",
    "ReceiptRoundedOff", "Receivable", "ReceivableEvent", "ReceivableInvoiced", "ReceivableRaised",
    "ReceivableRecovered", "ReceivableReddened", "ReceivableRoundOffReversed", "ReceivableRoundedOff",
    "ReceivableSettled", "ReceivableWaived", "ReceivableWrittenOff", "Receiver", "Reconciliation", "Recurring",
    "RedLetter", "RedLetterNote", "RedLine", "Reduction", "RefundApproved", "RefundEvent", "RefundFailed",
    "RefundPaid", "RefundPart", "RefundRejected", "RefundReleased", "RefundRequest", "RefundRequested",
    "RefundReserved", "RefundStatus", "RefundTrace", "Relief", "ReliefPolicy", "Remainder", "Reminder",
    "ReplanStrategy", "Replanned", "Reservation", "Rest", "Revaluation", "RollForward", "SalesPeriod", "Schedule",
    "ServicePeriod", "Settlement", "SettlementKind", "SettlementReversed", "Share", "ShareOff", "StandingGuarantee",
    "Statement", "StatementLine", "Strategy", "TaxRounding", "TaxTotal", "TaxTreatment", "Term", "Tolerance",
    "Weight", "account_part", "adopt", "after", "aging", "allowance", "apply", "apply_discounts",
    "approve_invoice_request", "approve_refund", "average_age", "balance_of", "batch", "billing_gaps",
    "billing_positions", "book_entries", "book_value", "bounce", "by_terms", "cancel_invoice_request", "cash_bill",
    "cash_in", "charge_interest", "check", "check_tax_number", "claim_line", "collect_recovery", "collected",
    "collection_effectiveness", "confirm_claim", "confirm_note", "convert_deposit", "count_back_dso", "cover",
    "credits_of", "date_deposit", "days_delinquent", "deliver_invoice_request", "designated", "discharge_bill",
    "discount_bill", "discount_days", "discount_interest", "discount_lines", "dishonor_bill", "disown_line",
    "dispose", "dispute", "document_value", "dso", "dunning", "earliest_due", "endorse_bill", "equal", "exact_match",
    "expire_note", "extend_guarantee", "fail_refund", "fixed", "forfeit_deposit", "from_first", "from_last",
    "highest_by", "highest_first", "hold_dunning", "in_proportion", "in_turn", "interest", "invoice_values", "issue",
    "issue_note", "issue_requested", "journal", "journal_entry", "lateness_of", "legal_order", "lines_of",
    "lowest_first", "match_line", "maturing", "max_refundable", "monthly_sales", "net_of", "newest_first",
    "offset_credit", "offset_credits", "oldest_first", "on", "on_day", "open_items", "outstanding_deposits",
    "pay_refund", "period_fraction", "place_deposit", "plan", "postings", "prepaid", "promise", "promises_of",
    "proportional", "provision_entries", "raise_dated", "raise_receivable", "reach", "readmit_line",
    "realized_differences", "realized_entries", "receive", "receive_bill", "reconcile", "record_letter",
    "record_line", "record_reminder", "recover", "recoverable_from", "recurring", "reduce", "refund_credit",
    "refund_parts", "reject_claim", "reject_invoice_request", "reject_refund", "release_dunning", "release_guarantee",
    "relief_subject", "replace_deposit", "replan", "request_invoice", "request_note", "request_refund",
    "request_refunds", "rest", "retention", "return_deposit", "return_line", "revaluation_entries", "revalue",
    "reverse", "reverse_offset", "reverse_set_off", "reverse_transfer", "roll_forward", "round_off", "set_off",
    "settle_dispute", "share", "split_bill", "split_lines", "spread_discount", "standing_guarantees", "statements",
    "statutory", "take_back_claim", "take_back_conversion", "take_up_bill", "tax_on", "text_of_part", "to_beancount",
    "trace_refund", "transfer", "trial_balance", "true_dso", "unapply", "waive", "weight", "withdraw_claim", "withdraw_note",
    "write_off",
]
# isort: on
# fmt: on

# Who only asks for one thing owes nothing to the others.
__getattr__, __dir__ = later(
    "ltc.billing",
    {
        "ltc._billing.bank.claiming": (
            "claim_line confirm_claim disown_line readmit_line record_line reject_claim return_line take_back_claim "
            "withdraw_claim"
        ),
        "ltc._billing.bank.events": (
            "BankLineEvent BankLineRecorded LINE_CLAIM_TRANSITIONS LineClaimConfirmed LineClaimRejected "
            "LineClaimStatus LineClaimTakenBack LineClaimWithdrawn LineClaimed LineDisowned LineReadmitted "
            "LineReturned"
        ),
        "ltc._billing.bank.line": "BANK_LINE BankLine LineBalances LineClaim LineMove LineMoveKind",
        "ltc._billing.bank.matching": "LineMatch MatchPolicy Numbered Payer match_line",
        "ltc._billing.bank.rows": "LineImport lines_of",
        "ltc._billing.bills.bill": "BILL Bill BillStep",
        "ltc._billing.bills.discount": "discount_days discount_interest",
        "ltc._billing.bills.dishonor": "dishonor_bill",
        "ltc._billing.bills.events": (
            "BILL_TRANSITIONS BillCashed BillDischarged BillDiscounted BillDishonored BillEndorsed BillEvent "
            "BillKind BillReceived BillSold BillSplit BillStatus BillTakenUp"
        ),
        "ltc._billing.bills.handling": (
            "cash_bill discharge_bill discount_bill endorse_bill receive_bill split_bill take_up_bill"
        ),
        "ltc._billing.bills.maturity": "Collected MaturingWeek collected maturing",
        "ltc._billing.deposits.conversion": "take_back_conversion",
        "ltc._billing.deposits.deposit": "DEPOSIT Deposit DepositEntry DepositEntryKind Guarantee GuaranteeTerm",
        "ltc._billing.deposits.due": "OutstandingDeposit StandingGuarantee outstanding_deposits standing_guarantees",
        "ltc._billing.deposits.events": (
            "DEPOSIT_TRANSITIONS DepositConversionTakenBack DepositConverted DepositDated DepositDirection "
            "DepositEvent DepositForfeited DepositKind DepositPlaced DepositReplaced DepositReturned DepositStatus "
            "GuaranteeExtended GuaranteeReleased"
        ),
        "ltc._billing.deposits.guarantees": "extend_guarantee release_guarantee",
        "ltc._billing.deposits.handling": (
            "DepositPolicy convert_deposit date_deposit forfeit_deposit place_deposit replace_deposit return_deposit"
        ),
        "ltc._billing.dunning.chasing": "dispute hold_dunning promise release_dunning settle_dispute",
        "ltc._billing.dunning.dunning": "Dunning dunning",
        "ltc._billing.dunning.interest": "Grace Interest InterestPeriod InterestPolicy InterestRounding interest",
        "ltc._billing.dunning.interest_charges": "charge_interest",
        "ltc._billing.dunning.interest_rates": "DayCount InterestRate InterestRates",
        "ltc._billing.dunning.letters": "Letter LetterLine LetterTone",
        "ltc._billing.dunning.outlook": "Outlook",
        "ltc._billing.dunning.policy": "DunningPolicy DunningStep Grouping STANDARD_DUNNING",
        "ltc._billing.dunning.reminders": "Reminder",
        "ltc._billing.dunning.sending": "record_letter record_reminder",
        "ltc._billing.exchange.crossing": "Exchange",
        "ltc._billing.exchange.rates": "ExchangeRate RateTable Rates book_value",
        "ltc._billing.figures.ages": "Age AgeUnit DAYS_TO_180 DAYS_TO_360 DAYS_TO_90 Edges YEARS_TO_3 YEARS_TO_5",
        "ltc._billing.figures.aging": "Aging CurrencyAging aging credits_of",
        "ltc._billing.figures.buckets": "Bucket BucketKind",
        "ltc._billing.figures.cash_in": "cash_in",
        "ltc._billing.figures.cash_rows": "CashBasis CashIn CashItem CashRow Promised promises_of",
        "ltc._billing.figures.count_back": "CountBack SalesPeriod count_back_dso monthly_sales true_dso",
        "ltc._billing.figures.lateness": "Lateness lateness_of",
        "ltc._billing.figures.movements": "Movement",
        "ltc._billing.figures.provision": "Allowance AllowanceRow allowance",
        "ltc._billing.figures.roll_forward": "RollForward roll_forward",
        "ltc._billing.figures.sales_days": "average_age collection_effectiveness days_delinquent dso",
        "ltc._billing.figures.statement": "Statement StatementLine statements",
        "ltc._billing.invoices.billings": "BillingGap BillingPosition GapKind billing_gaps billing_positions",
        "ltc._billing.invoices.credit_refund": "max_refundable refund_credit",
        "ltc._billing.invoices.discounts": (
            "AmountOff Discount DiscountShare ShareOff apply_discounts discount_lines spread_discount"
        ),
        "ltc._billing.invoices.disposing": "dispose offset_credit offset_credits reverse_offset",
        "ltc._billing.invoices.disposition": (
            "CreditOffset CreditRefund CreditRefunded DISPOSITION Disposition DispositionEvent DispositionOpened "
            "OffsetReversed"
        ),
        "ltc._billing.invoices.invoice": (
            "Cover INVOICE Invoice InvoiceCovered InvoiceEvent InvoiceIssued InvoiceReddened RedLetter RedLine"
        ),
        "ltc._billing.invoices.invoicing": "cover issue",
        "ltc._billing.invoices.line": "InvoiceLine TaxTotal",
        "ltc._billing.invoices.line_parts": "Basis",
        "ltc._billing.invoices.note": (
            "NOTE NOTE_TRANSITIONS NoteConfirmed NoteEvent NoteExpired NoteIssued NoteLine NotePolicy NoteReason "
            "NoteRequested NoteStatus NoteWithdrawn RedLetterNote"
        ),
        "ltc._billing.invoices.red_letter": "confirm_note expire_note issue_note request_note withdraw_note",
        "ltc._billing.invoices.request": "INVOICE_REQUEST InvoiceRequest",
        "ltc._billing.invoices.request_events": (
            "INVOICE_REQUEST_TRANSITIONS InvoiceKind InvoiceRequestApproved InvoiceRequestCancelled "
            "InvoiceRequestDelivered InvoiceRequestEvent InvoiceRequestIssued InvoiceRequestRejected "
            "InvoiceRequestStatus InvoiceRequested IssuedInvoice"
        ),
        "ltc._billing.invoices.requesting": (
            "approve_invoice_request cancel_invoice_request deliver_invoice_request issue_requested "
            "reject_invoice_request request_invoice"
        ),
        "ltc._billing.invoices.splitting": "split_lines",
        "ltc._billing.invoices.tax": "TaxRounding TaxTreatment net_of tax_on",
        "ltc._billing.invoices.title": "InvoiceTitle check_tax_number",
        "ltc._billing.ledger.beancount": "to_beancount",
        "ltc._billing.ledger.booked": "BookMatch BookedAmount Reconciliation reconcile",
        "ltc._billing.ledger.chart": "AccountRole Chart account_part text_of_part",
        "ltc._billing.ledger.exchange_entries": "realized_entries revaluation_entries",
        "ltc._billing.ledger.fx": (
            "BookEntry InvoiceInBooks RealizedDifference Revaluation book_entries document_value invoice_values "
            "realized_differences revalue"
        ),
        "ltc._billing.ledger.journal": "AccountBalance JournalEntry balance_of journal journal_entry trial_balance",
        "ltc._billing.ledger.postings": "Posting postings",
        "ltc._billing.ledger.provision_entries": "provision_entries",
        "ltc._billing.plans.checking": "check",
        "ltc._billing.plans.collection": "CollectionPlan Milestone PLAN Reduction",
        "ltc._billing.plans.due": "Due after batch on on_day",
        "ltc._billing.plans.early": "EarlyPayment EarlyPaymentMode",
        "ltc._billing.plans.early_offer": "EarlyPaymentOffer",
        "ltc._billing.plans.events": (
            "DatedInstallmentsRaised InstallmentReduced MilestoneReached PlanAdopted PlanEvent PlanRevised Raised"
        ),
        "ltc._billing.plans.milestones": "adopt raise_dated reach reduce",
        "ltc._billing.plans.plan": "plan",
        "ltc._billing.plans.recurring": "Recurring period_fraction recurring",
        "ltc._billing.plans.replanning": (
            "ReplanStrategy Replanned by_terms from_first from_last in_proportion prepaid replan"
        ),
        "ltc._billing.plans.schedule": "Installment Schedule",
        "ltc._billing.plans.service_period": "BillingInterval BillingMode ServicePeriod",
        "ltc._billing.plans.split": "Remainder",
        "ltc._billing.plans.terms": "Equal Fixed Rest Share Term Weight equal fixed rest retention share weight",
        "ltc._billing.receipts.events": (
            "ApplicationReversed ReceiptApplied ReceiptBounced ReceiptEvent ReceiptReceived ReceiptRefunded "
            "ReceiptReversed ReceiptRoundOffReversed ReceiptRoundedOff RefundReleased RefundReserved"
        ),
        "ltc._billing.receipts.payback": "MoneyAt RefundPart RefundTrace refund_parts request_refunds trace_refund",
        "ltc._billing.receipts.receipt": "RECEIPT Receipt Reservation receive",
        "ltc._billing.receipts.refund": (
            "REFUND_REQUEST REFUND_TRANSITIONS RefundApproved RefundEvent RefundFailed RefundPaid RefundRejected "
            "RefundRequest RefundRequested RefundStatus"
        ),
        "ltc._billing.receipts.refunding": "approve_refund fail_refund pay_refund reject_refund request_refund",
        "ltc._billing.receivables.billed": "Billed",
        "ltc._billing.receivables.component": "Component",
        "ltc._billing.receivables.dunning_events": (
            "DisputeOpened DisputeSettled DunningHeld DunningReleased DunningSent InterestCharged PaymentPromised"
        ),
        "ltc._billing.receivables.entries": "Entry EntryKind Settlement SettlementKind",
        "ltc._billing.receivables.events": (
            "ReceivableEvent ReceivableInvoiced ReceivableRaised ReceivableRecovered ReceivableReddened "
            "ReceivableRoundOffReversed ReceivableRoundedOff ReceivableSettled ReceivableWaived "
            "ReceivableWrittenOff SettlementReversed"
        ),
        "ltc._billing.receivables.life": "RECEIVABLE",
        "ltc._billing.receivables.limits": "ApprovalLimit Relief ReliefPolicy relief_subject",
        "ltc._billing.receivables.notices": "InterestCharge Notice Receiver",
        "ltc._billing.receivables.open_item": "OpenItem open_items",
        "ltc._billing.receivables.receivable": "Receivable",
        "ltc._billing.receivables.relief": "raise_receivable round_off waive write_off",
        "ltc._billing.receivables.stops": "Dispute Hold Promise PromiseState",
        "ltc._billing.settlement.application": "apply",
        "ltc._billing.settlement.authority": "PaymentAuthority",
        "ltc._billing.settlement.exact_match": "exact_match",
        "ltc._billing.settlement.recovery": "collect_recovery recover recoverable_from",
        "ltc._billing.settlement.reversal": "bounce reverse unapply",
        "ltc._billing.settlement.statutory": "legal_order statutory",
        "ltc._billing.settlement.strategies": (
            "Part Strategy designated earliest_due highest_by highest_first in_turn lowest_first newest_first "
            "oldest_first proportional"
        ),
        "ltc._billing.settlement.tolerance": "Overpaid Tolerance",
        "ltc._billing.settlement.transfer": "reverse_set_off reverse_transfer set_off transfer",
    },
)
