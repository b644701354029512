"""The journal 日记账: what changes mean as entries of double entry, with the documents that they speak of, and the balances that follow."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from ltc._billing.bank.events import LineClaimConfirmed, LineClaimTakenBack
from ltc._billing.bank.line import BankLine
from ltc._billing.bills.bill import Bill
from ltc._billing.bills.events import BillDishonored, BillReceived
from ltc._billing.deposits.events import DepositConversionTakenBack, DepositConverted
from ltc._billing.ledger.chart import AccountRole, Chart
from ltc._billing.ledger.postings import CHART, LIVES, BillingEvent, BillingThing, Posting, postings
from ltc._billing.once import given_twice
from ltc._billing.receipts.events import (
    ApplicationReversed,
    ReceiptApplied,
    ReceiptBounced,
    ReceiptReceived,
    ReceiptReversed,
)
from ltc._billing.receivables.entries import SettlementKind
from ltc._billing.receivables.events import ReceivableRaised, ReceivableSettled, SettlementReversed
from ltc.errors import InvalidValue
from ltc.events import Change, Subject, Thing, day
from ltc.findings import Reason
from ltc.ids import AccountId, EntityId
from ltc.money import Money

_DOCUMENTS: Final = {
    "order": "order",
    "plan": "plan",
    "receivable": "receivable",
    "charged_for": "receivable",
    "receipt": "receipt",
    "application": "application",
    "invoice": "invoice",
    "note": "note",
    "refund": "refund_request",
    "change": "change",
    "line": "bank_line",
    "bill": "bill",
    "deposit": "deposit",
}
_SOURCES: Final[Mapping[SettlementKind, str]] = {
    SettlementKind.RECEIPT: "receipt",
    SettlementKind.ADVANCE: "receipt",
    SettlementKind.RED_LETTER: "note",
    SettlementKind.TRANSFER: "receivable",
    SettlementKind.PAYABLE: "payable",
}


@attrs.frozen
class JournalEntry:
    """One entry of the journal: what happened on which day, in whose books, about which documents, with its lines.

    Raises:
        InvalidValue: in some currency the lines do not sum to zero, or there are none.

    >>> from ltc.testing.samples.billing import settled
    >>> [entry] = journal(settled())
    >>> entry.narration.say("en"), [(line.account, str(line.amount)) for line in entry.lines]
    ('receipt R1 applied to receivable P1/1', [('Liabilities:Unapplied:A1', '30000.00 CNY'), ('Assets:Receivable:A1', '-30000.00 CNY')])
    """

    on: dt.date
    entity: EntityId
    subject: Subject
    """What it happened to."""
    narration: Reason
    """What happened, in words: `ledger.receipt.applied` and its facts."""
    documents: tuple[Subject, ...]
    """What it speaks of, each once, its subject first."""
    lines: tuple[Posting, ...]

    def __attrs_post_init__(self) -> None:
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.amount.currency] = sums.get(line.amount.currency, 0) + line.amount.minor
        off = next((Money(minor, currency) for currency, minor in sums.items() if minor), None)
        if off is not None or not sums:
            raise InvalidValue(
                "ledger.unbalanced",
                f"the entry of {self.subject.kind} {self.subject.id} on {self.on} is off by {off}; its lines must sum to zero",
                subject=self.subject.id,
                on=self.on,
                off="nothing" if off is None else str(off),
            )


def journal(changes: Iterable[Change[Thing, object]], /, *, chart: Chart = CHART) -> tuple[JournalEntry, ...]:
    """Return the entries of changes, in their order: one an event that moves money. Changes of other rooms are passed over.

    Two halves of one step (an application, a bank line that became a receipt) that stand in one call are one entry, without the
    account in which they meet. Call it with what is committed together, or with a whole history.

    Raises:
        InvalidValue: a change is given twice.

    >>> from ltc.testing.samples.billing import reception, settled, signed
    >>> [entry.narration.say("zh_CN") for entry in journal([*signed(), reception(), *settled()])]
    ['确认应收 P1/1', '收到收款 R1', '收款 R1 核销应收 P1/1']
    """
    entries: dict[object, JournalEntry] = {}
    seen: set[tuple[str, int, object]] = set()
    for change in changes:
        for event, thing in _steps(change):
            step = thing.id, thing.version, event
            if step in seen:
                raise given_twice(thing.id)
            seen.add(step)
            entry = journal_entry(event, of=thing, chart=chart)
            if entry is not None:
                meeting = _meeting(event, thing)
                key = len(entries) if meeting is None else (*meeting, entry.on)
                entries[key] = _joined(entries[key], entry) if key in entries else entry
    return tuple(entries.values())


def _steps(change: Change[Thing, object]) -> Iterator[tuple[Any, Any]]:
    life = LIVES.get(type(change.after))
    if life is None:
        return
    thing: Any = change.before
    for event in change.events:
        thing = life.begin(event) if thing is None else life.evolve(thing, event)
        yield event, thing


def journal_entry(event: BillingEvent, /, *, of: BillingThing, chart: Chart = CHART) -> JournalEntry | None:
    """Return the entry of one event, or None where it moves no money; `of` is the thing after it, as in `postings`.

    It is of the day of the event, but for a claim of a bank line that is confirmed: the money came in on the day of the line.

    >>> from ltc.testing.samples.billing import receivable, receivable_raised
    >>> journal_entry(receivable_raised(), of=receivable()).on
    datetime.date(2026, 3, 2)
    """
    lines = postings(event, of=of, chart=chart)
    if not lines:
        return None
    life = LIVES[type(of)]
    [name] = [name for name, kind in life.stored.items() if kind is type(event)]
    fields = dict(_fields(event))
    facts = {name: value for name, value in fields.items() if type(value) in (str, int)}
    on = of.on if isinstance(of, BankLine) and isinstance(event, LineClaimConfirmed) else fields["on"]
    return JournalEntry(
        on,
        of.entity,
        Subject(life.kind, of.id),
        Reason.of(f"ledger.{life.kind}.{name}", **facts),
        tuple(dict.fromkeys((Subject(life.kind, of.id), *_documents(event)))),
        lines,
    )


def _fields(event: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(event, field.name)) for field in attrs.fields(type(event)))


def _documents(event: BillingEvent) -> Iterator[Subject]:
    for name, value in _fields(event):
        if isinstance(value, Subject):
            yield value
        elif name in _DOCUMENTS and value is not None:
            yield Subject(_DOCUMENTS[name], value)
    if isinstance(event, ReceivableSettled | SettlementReversed):
        yield Subject(_SOURCES[event.kind], event.source)


def _meeting(event: BillingEvent, of: BillingThing) -> tuple[str, str | None] | None:
    """Return by what the other half of an event is known, or None: it has none."""
    match event, of:
        case ((ReceiptApplied() | ReceivableSettled()), _):
            return "applied", event.application
        case ReceivableRaised(origin=Subject(kind="receivable")), _:
            return "applied", event.receivable
        case ((ApplicationReversed() | SettlementReversed()), _):
            return "taken_back", event.application
        case ((ReceiptReceived() | LineClaimConfirmed() | BillReceived() | DepositConverted()), _):
            return "received", event.receipt
        case ((ReceiptReversed() | DepositConversionTakenBack()), _):
            return "reversed", event.receipt
        case LineClaimTakenBack(claim=claim), BankLine():
            return "reversed", of.claim(claim).receipt
        case ReceiptBounced(receipt=receipt), _:
            return "bounced", receipt
        case BillDishonored(), Bill(receipt=receipt):
            return "bounced", receipt
        case _:
            return None


def _joined(one: JournalEntry, other: JournalEntry) -> JournalEntry:
    sums: dict[tuple[str, str], Posting] = {}
    for line in (*one.lines, *other.lines):
        place = line.account, line.amount.currency
        before = sums.get(place)
        sums[place] = line if before is None else attrs.evolve(before, amount=before.amount + line.amount)
    lines = tuple(line for line in sums.values() if line.amount)
    documents = tuple(dict.fromkeys((*one.documents, *other.documents)))
    return attrs.evolve(one, documents=documents, lines=lines)


@attrs.frozen
class AccountBalance:
    """What stands in an account, in one currency: above zero a debit balance.

    >>> from ltc.testing.samples.billing import signed
    >>> [(found.account, str(found.amount)) for found in trial_balance(journal(signed()))]
    [('Assets:Receivable:A1', '30000.00 CNY'), ('Liabilities:Contract', '-30000.00 CNY')]
    """

    account: str
    amount: Money


def trial_balance(entries: Iterable[JournalEntry], /, *, as_of: dt.date | None = None) -> tuple[AccountBalance, ...]:
    """Return the balance of every account 科目余额表, by name and currency, those at zero too; in every currency they sum to zero.

    With `as_of` the entries up to and including that day.

    >>> trial_balance([])
    ()
    """
    sums: dict[tuple[str, str], int] = {}
    for line in _lines(entries, as_of):
        place = line.account, line.amount.currency
        sums[place] = sums.get(place, 0) + line.amount.minor
    return tuple(AccountBalance(account, Money(minor, currency)) for (account, currency), minor in sorted(sums.items()))


def balance_of(
    entries: Iterable[JournalEntry],
    role: AccountRole,
    currency: str,
    /,
    *,
    party: AccountId | None = None,
    as_of: dt.date | None = None,
) -> Money:
    """Return the balance of a role in a currency, of one customer where that is given: a control account, whatever it is called.

    >>> from ltc.testing.samples.billing import signed
    >>> str(balance_of(journal(signed()), AccountRole.RECEIVABLE, "CNY", party="A1"))
    '30000.00 CNY'
    """
    found = (
        line.amount.minor
        for line in _lines(entries, as_of)
        if line.role is role and line.amount.currency == currency and party in (None, line.party)
    )
    return Money(sum(found), currency)


def _lines(entries: Iterable[JournalEntry], as_of: dt.date | None) -> Iterator[Posting]:
    return (line for entry in entries if as_of is None or entry.on <= day(as_of) for line in entry.lines)
