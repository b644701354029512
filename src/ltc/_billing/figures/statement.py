"""A statement of account 对账单: everything between us and a customer over a period, with the balance after each line."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ltc._billing.figures.movements import Document, Moved, Movement, begun_on, credit_as_of, movements_of
from ltc._billing.figures.roll_forward import check_period
from ltc._billing.once import given_once
from ltc._billing.receivables.receivable import Receivable
from ltc.ids import AccountId, EntityId
from ltc.money import Money, total
from ltc.text import say


@attrs.frozen
class StatementLine:
    """One document or movement of a statement.

    >>> from ltc.testing.samples.billing import account_statement
    >>> [(line.movement.value, line.document, str(line.balance)) for line in account_statement().lines]
    [('raised', 'P1/1', '30000.00 CNY'), ('received', 'R1', '-20000.00 CNY'), ('applied', 'P1/1', '-20000.00 CNY')]
    """

    on: dt.date
    movement: Movement
    document: str
    other: str | None
    """The document on the other side, such as the receipt that settled a receivable."""
    reference: str
    """The application, the change, the refund; empty where there is none."""
    amount: Money
    """Above zero."""
    change: Money
    """What it does to the balance: zero where money of the customer settles what the customer owes."""
    balance: Money
    """What the customer owes after it; below zero where we owe more."""

    def say(self, locale: str, /) -> str:
        """Return the line in words.

        >>> from ltc.testing.samples.billing import account_statement
        >>> account_statement().lines[0].say("zh_CN")
        '2026年3月2日：应收 P1/1 确认 ¥30,000.00；余额 ¥30,000.00'
        """
        facts = {"document": self.document, "other": self.other, "reference": self.reference, "amount": self.amount}
        what = say(f"movement.{self.movement.value}", locale, **facts)
        return say("statement.line", locale, on=self.on, what=what, balance=self.balance)


@attrs.frozen
class Statement:
    """What one of our entities and one customer have between them in one currency, over the days from `first` to `last`.

    The balance is what the customer owes less what we owe: receivables that are open less receipts and red letters that are not applied.

    >>> from ltc.testing.samples.billing import account_statement
    >>> statement = account_statement()
    >>> str(statement.opening), str(statement.closing), str(statement.open), str(statement.credit)
    ('0.00 CNY', '-20000.00 CNY', '0.00 CNY', '20000.00 CNY')
    """

    entity: EntityId
    party: AccountId
    currency: str
    first: dt.date
    last: dt.date
    opening: Money
    lines: tuple[StatementLine, ...]
    open: Money
    """What of receivables is open at the end."""
    credit: Money
    """What of receipts and red letters is not applied at the end."""

    @property
    def closing(self) -> Money:
        """The balance at the end: open − credit."""
        return self.lines[-1].balance if self.lines else self.opening

    def say(self, locale: str, /) -> tuple[str, ...]:
        """Return the statement in words, a string a line.

        >>> from ltc.testing.samples.billing import account_statement
        >>> for line in account_statement().say("en"):
        ...     print(line)
        statement of account: A1 with E1, Mar 2, 2026 to Mar 31, 2026, CNY
        opening balance: CN¥0.00
        Mar 2, 2026: receivable P1/1 raised, CN¥30,000.00; balance CN¥30,000.00
        Mar 2, 2026: receipt R1, CN¥50,000.00; balance -CN¥20,000.00
        Mar 2, 2026: P1/1 settled with R1, CN¥30,000.00; balance -CN¥20,000.00
        closing balance: -CN¥20,000.00 (open CN¥0.00, not yet applied CN¥20,000.00)
        """
        facts = {name: getattr(self, name) for name in ("entity", "party", "currency", "first", "last")}
        return (
            say("statement.head", locale, **facts),
            say("statement.opening", locale, balance=self.opening),
            *(line.say(locale) for line in self.lines),
            say("statement.closing", locale, balance=self.closing, open=self.open, credit=self.credit),
        )


def statements(documents: Iterable[Document], /, *, first: dt.date, last: dt.date) -> tuple[Statement, ...]:
    """Return the statements of account of the days from `first` to `last`, both inclusive, of all that there is between us and customers.

    One an entity, customer and currency that had anything by then, in that order. Give all receivables and receipts of a customer,
    and the dispositions of his red letters: the opening balance is theirs too. Lines are in the order of their days; on one day
    receivables raised come first, then receipts and red letters, then what befell receivables and what befell the others, by the id of the document and in the order in which it became known. An
    application with both documents on the statement is one line that moves nothing; where the money is another customer's, or of
    another currency, it moves the balance.

    Raises:
        InvalidValue: `last` is before `first`; a document is given twice.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import TODAY, settled
    >>> [statement] = statements((change.after for change in settled()), first=TODAY, last=date(2026, 3, 31))
    >>> str(statement.closing)
    '-20000.00 CNY'
    """
    check_period(first, last)
    accounts: dict[tuple[EntityId, AccountId, str], list[Document]] = defaultdict(list)
    for document in given_once(documents):
        if begun_on(document) <= last:
            accounts[document.entity, document.party, document.amount.currency].append(document)
    return tuple(_statement(*key, accounts[key], first, last) for key in sorted(accounts))


def _statement(
    entity: EntityId,
    party: AccountId,
    currency: str,
    documents: Sequence[Document],
    first: dt.date,
    last: dt.date,
) -> Statement:
    moved = [each for document in documents for each in movements_of(document) if each.on <= last]
    opening = Money(sum(each.change for each in moved if each.on < first), currency)
    return Statement(
        entity,
        party,
        currency,
        first,
        last,
        opening,
        tuple(_lines(_paired(each for each in moved if each.on >= first), opening)),
        open=total((each.open_as_of(last) for each in documents if isinstance(each, Receivable)), currency),
        credit=total((credit_as_of(each, last) for each in documents if not isinstance(each, Receivable)), currency),
    )


def _paired(moved: Iterable[Moved]) -> Iterator[Moved]:
    """Yield what moved in the order of the statement, the two sides of an application as one."""
    seen: dict[tuple[dt.date, Movement, str, frozenset[str | None]], Moved] = {}
    alone = []
    for each in moved:
        if each.other is None:
            alone.append(each)
            continue
        key = each.on, each.movement, each.reference, frozenset((each.document, each.other))
        other = seen.get(key)
        seen[key] = each if other is None else _joined(each, other)
    yield from sorted((*alone, *seen.values()), key=lambda each: (each.on, each.order))


def _joined(one: Moved, other: Moved) -> Moved:
    """Return both sides of an application as one: it is the receivable's, whose order is the lower."""
    ahead = min(one, other, key=lambda each: each.order)
    return attrs.evolve(ahead, change=one.change + other.change)


def _lines(moved: Iterable[Moved], opening: Money) -> Iterator[StatementLine]:
    balance = opening
    for each in moved:
        change = Money(each.change, opening.currency)
        balance += change
        yield StatementLine(
            each.on,
            each.movement,
            each.document,
            each.other,
            each.reference,
            amount=each.amount,
            change=change,
            balance=balance,
        )
