"""A letter to a customer about what he owes: its lines, its sums, and how it reads, for the host to send."""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ltc._billing.dunning.interest import Interest
from ltc._billing.dunning.policy import DunningStep
from ltc._billing.receivables.component import Component
from ltc.ids import AccountId, EntityId, OrderId, ReceivableId
from ltc.money import Money, total
from ltc.text import say


class LetterTone(enum.StrEnum):
    """How a letter speaks.

    >>> LetterTone("last").name
    'LAST'
    """

    AHEAD = "ahead"
    """Nothing is overdue: it falls due soon, or today."""
    FIRST = "first"
    AGAIN = "again"
    LAST = "last"
    """The last letter of the policy, of several."""


@attrs.frozen
class LetterLine:
    """What a letter says of one receivable.

    >>> from ltc.testing.samples.dunning import letter
    >>> [line] = letter().lines
    >>> line.days, str(line.open), str(line.interest), str(line.total)
    (7, '30000.00 CNY', '57.53 CNY', '30057.53 CNY')
    """

    receivable: ReceivableId
    order: OrderId
    component: Component
    charged_for: ReceivableId | None
    """Of interest and fees, as far as is known: the letter names it instead of the charge, and lists as one what is charged for it."""
    raised_on: dt.date
    due_on: dt.date
    days: int
    """Since the due date, on the day of the letter; not above zero in a letter ahead of it."""
    open: Money
    """What the letter asks for."""
    left_out: Money
    """What is open besides, disputed or promised."""
    interest: Money
    """On what it asks for, less what was charged before."""
    level: int
    """After this letter."""
    step: DunningStep | None
    """The step that it takes with this letter; None: it is in the letter because it is overdue, and stays where it was."""
    accrual: Interest | None
    """How the interest came about; None: the letter asks for none."""

    @property
    def total(self) -> Money:
        """What the letter asks for, with interest."""
        return self.open + self.interest


@attrs.frozen
class Letter:
    """A letter to a customer 催款函: in one currency, of one of our entities. Nothing is netted: his credit is shown and not deducted.

    >>> from ltc.testing.samples.dunning import letter
    >>> letter().level, str(letter().open), str(letter().interest), str(letter().fee), str(letter().total)
    (1, '30000.00 CNY', '57.53 CNY', '50.00 CNY', '30107.53 CNY')
    """

    on: dt.date
    entity: EntityId
    party: AccountId
    currency: str
    level: int
    """The highest of its lines; 0 before the due date."""
    tone: LetterTone
    lines: tuple[LetterLine, ...]
    """By due date, then by receivable."""
    fee: Money
    """Of the highest step that a line takes with this letter."""
    credit: Money
    """What of the customer's receipts is not applied; no part of any sum here."""

    @property
    def open(self) -> Money:
        """Σ of what the lines ask for."""
        return total((line.open for line in self.lines), self.currency)

    @property
    def interest(self) -> Money:
        """Σ interest of the lines."""
        return total((line.interest for line in self.lines), self.currency)

    @property
    def total(self) -> Money:
        """Open, interest and fee."""
        return self.open + self.interest + self.fee

    @property
    def leading(self) -> LetterLine:
        """The line whose step brought the letter about: the highest that is taken, the earliest of equals."""
        taken = [line for line in self.lines if line.step is not None]
        return max(taken, key=lambda line: line.step.days if line.step else 0)

    def subject(self, locale: str, /) -> str:
        """Return the subject in a locale.

        >>> from ltc.testing.samples.dunning import letter
        >>> letter().subject("en"), letter().subject("zh_CN")
        ('Payment reminder: CN¥30,107.53', '付款提醒：¥30,107.53')
        """
        return say(f"letter.{self.tone}.subject", locale, total=self.total, level=self.level)

    def body(self, locale: str, /, *, party: str | None = None, entity: str | None = None) -> str:
        """Return the letter in a locale, with line breaks; give the names by which customer and entity are addressed, else their ids.

        >>> from ltc.testing.samples.dunning import letter
        >>> print(letter().body("en", party="Huadong Machinery", entity="Our Company Ltd."))
        Dear Huadong Machinery,
        as of Mar 9, 2026 we have not received what follows. Perhaps it was overlooked; please pay it now.
        1. P1/1 of order SO-1: CN¥30,000.00, due on Mar 2, 2026, 7 days overdue
           interest: CN¥57.53
        Sum: CN¥30,000.00
        Interest: CN¥57.53
        Fee: CN¥50.00
        To be paid: CN¥30,107.53
        If you have paid meanwhile, please take this letter as settled.
        Our Company Ltd.
        """
        return "\n".join(self._body(locale, party or self.party, entity or self.entity))

    def _body(self, locale: str, party: str, entity: str) -> Iterator[str]:
        yield say("letter.greeting", locale, party=party)
        yield say(f"letter.{self.tone}.opening", locale, on=self.on)
        for number, lines in enumerate(_listed(self.lines), 1):
            yield from _said(lines, number, locale)
        if self.interest or self.fee or len(self.lines) > 1:
            yield say("letter.open", locale, amount=self.open)
        if self.interest:
            yield say("letter.interest", locale, amount=self.interest)
        if self.fee:
            yield say("letter.fee", locale, amount=self.fee)
        yield say("letter.total", locale, amount=self.total)
        if self.credit:
            yield say("letter.credit", locale, amount=self.credit)
        yield say("letter.closing", locale)
        yield entity


def _listed(lines: Iterable[LetterLine]) -> Iterable[Sequence[LetterLine]]:
    """Return lines as they are listed, in their order: the interest charged for one receivable is one item, its fees are another."""
    items: dict[object, list[LetterLine]] = {}
    for line in lines:
        charge = line.component, line.order, line.charged_for
        items.setdefault(line.receivable if line.component is Component.PRINCIPAL else charge, []).append(line)
    return items.values()


def _said(lines: Sequence[LetterLine], number: int, locale: str) -> Iterator[str]:
    first, currency = lines[0], lines[0].open.currency
    yield say(
        _item(first),
        locale,
        number=number,
        receivable=first.charged_for or first.receivable,
        order=first.order,
        open=total((line.open for line in lines), currency),
        due_on=first.due_on,
        days=first.days,
    )
    if interest := total((line.interest for line in lines), currency):
        yield say("letter.line_interest", locale, amount=interest)
    if left_out := total((line.left_out for line in lines), currency):
        yield say("letter.line_left_out", locale, amount=left_out)


def _item(line: LetterLine) -> str:
    if line.component is Component.PRINCIPAL:
        return "letter.line_overdue" if line.days > 0 else "letter.line"
    return f"letter.item_{line.component}" if line.charged_for else f"letter.item_{line.component}_of_order"
