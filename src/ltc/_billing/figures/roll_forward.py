"""How a balance went from one day to another, column by column, proven from the entries of the documents."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import attrs

from ltc._billing.figures.movements import Document, Movement, movements_of
from ltc._billing.once import given_once
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.money import Money


def _in_order(moved: Mapping[Movement, Money]) -> tuple[tuple[Movement, Money], ...]:
    return tuple((movement, moved[movement]) for movement in Movement if movement in moved)


@attrs.frozen
class RollForward:
    """How a balance of one currency went over a period: opening, what moved it, closing.

    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> moved = {Movement.RAISED: yuan("100"), Movement.APPLIED: yuan("-30"), Movement.WRITTEN_OFF: yuan("-5")}
    >>> str(RollForward("A1", "CNY", opening=yuan("20"), moved=moved).closing)
    '85.00 CNY'
    """

    name: str | None
    """Of the customer, or of what else was asked for; None: of all."""
    currency: str
    opening: Money
    moved: tuple[tuple[Movement, Money], ...] = attrs.field(converter=_in_order)
    """What each movement did to the balance, with its sign: what was raised is above zero, what was applied below. Every movement
    that there was, in the order of `Movement`."""

    @property
    def closing(self) -> Money:
        """Opening and all that moved it."""
        return Money(self.opening.minor + sum(amount.minor for _, amount in self.moved), self.currency)

    def of(self, movement: Movement, /) -> Money:
        """Return what a movement did to the balance, with its sign.

        >>> row = RollForward(None, "CNY", Money.zero("CNY"), {Movement.WAIVED: Money.of("-5", "CNY")})
        >>> str(row.of(Movement.WAIVED)), str(row.of(Movement.RAISED))
        ('-5.00 CNY', '0.00 CNY')
        """
        return dict(self.moved).get(movement, Money.zero(self.currency))


def roll_forward(
    documents: Iterable[Document],
    /,
    *,
    first: dt.date,
    last: dt.date,
    by: Callable[[Document], str | None] | None = None,
) -> tuple[RollForward, ...]:
    """Return how balances went over the days from `first` to `last`, both inclusive: a row a currency, or a currency and a name. Linear.

    Of receivables it is what customers owe us: opening + raised − applied − credited − waived − written off − rounded off + taken back
    … = closing. Of receipts and of the dispositions of red letters it is what we owe them, below zero; of all together what is left between us, as in a `statement`.
    Nothing is stored: opening and closing follow from the same entries as the columns. Rows are sorted by currency and name, those
    without a name last; documents that began after the period have no part in it.

    Raises:
        InvalidValue: `last` is before `first`; a document is given twice.

    >>> from ltc.testing.samples.billing import TODAY, settled
    >>> receivable = settled()[1].after
    >>> [row] = roll_forward([receivable], first=TODAY, last=TODAY)
    >>> str(row.opening), [(movement.value, str(amount)) for movement, amount in row.moved], str(row.closing)
    ('0.00 CNY', [('raised', '30000.00 CNY'), ('applied', '-30000.00 CNY')], '0.00 CNY')
    """
    check_period(first, last)
    opening: dict[tuple[str, str | None], int] = defaultdict(int)
    moved: dict[tuple[str, str | None], dict[Movement, int]] = {}
    for document in given_once(documents):
        name = None if by is None else by(document)
        key = document.amount.currency, name
        for each in movements_of(document):
            if each.on <= last:
                columns = moved.setdefault(key, defaultdict(int))
                if each.on < first:
                    opening[key] += each.change
                else:
                    columns[each.movement] += each.change
    return tuple(
        RollForward(name, currency, Money(opening[currency, name], currency), _amounts(moved[currency, name], currency))
        for currency, name in sorted(moved, key=lambda key: (key[0], key[1] is None, key[1] or ""))
    )


def _amounts(moved: Mapping[Movement, int], currency: str) -> dict[Movement, Money]:
    return {movement: Money(minor, currency) for movement, minor in moved.items()}


def check_period(first: dt.date, last: dt.date) -> None:
    """Refuse a period that ends before it begins."""
    if day(last) < day(first):
        raise InvalidValue(
            "aging.period",
            f"a period from {first} to {last} ends before it begins; give the earlier day first",
            first=first,
            last=last,
        )
