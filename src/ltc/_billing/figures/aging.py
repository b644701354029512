"""Aging as of any day, on plain values: of receivables, of a CSV file, of anything open."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import attrs

from ltc._billing.figures.ages import DAYS_TO_90, Age, Edges
from ltc._billing.figures.buckets import CREDIT, Ages, Bucket, BucketKind, Slot, slots
from ltc._billing.figures.movements import begun_on, credit_as_of
from ltc._billing.invoices.disposition import Disposition
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.open_item import OpenItem
from ltc._fields import check_member
from ltc.events import day
from ltc.money import Money, total


@attrs.frozen
class CurrencyAging:
    """The aging of one currency; the buckets sum to `open`, and the credit is not in it.

    >>> from ltc.testing.samples.billing import aged
    >>> [(bucket.label, str(bucket.amount)) for bucket in aged().in_currency("CNY").buckets][:2]
    [('not due', '60000.00 CNY'), ('1-30', '30000.00 CNY')]
    """

    currency: str
    open: Money
    """What is owed to us."""
    buckets: tuple[Bucket, ...]
    credit: Bucket
    """What we owe: items below zero, such as receipts that pay nothing yet; above zero here."""

    @property
    def overdue(self) -> Money:
        """What is owed and was due before the day; all of it where the age is that of the account."""
        return total((bucket.amount for bucket in self.buckets if bucket.kind is BucketKind.AGED), self.currency)

    @property
    def count(self) -> int:
        """How many items are owed to us."""
        return sum(bucket.count for bucket in self.buckets)

    @property
    def net(self) -> Money:
        """What is owed to us less what we owe; below zero where we owe more."""
        return self.open - self.credit.amount


@attrs.frozen
class Aging:
    """What is owed as of a day, by how old it is, a table a currency.

    >>> from ltc.testing.samples.billing import aged
    >>> str(aged().in_currency("CNY").open), str(aged().of("A1").in_currency("CNY").overdue)
    ('90000.00 CNY', '30000.00 CNY')
    """

    as_of: dt.date
    edges: Edges
    age: Age
    retention: bool
    """Whether there is a row of retention that is not due."""
    currencies: tuple[CurrencyAging, ...]
    """In the order of their codes."""
    groups: "tuple[tuple[str | None, Aging], ...]" = ()
    """The same by the names that were asked for, in their order, what has none last; nothing where nothing was asked."""

    def in_currency(self, currency: str, /) -> CurrencyAging:
        """Return the table of a currency, empty buckets where nothing is owed in it.

        >>> from ltc.testing.samples.billing import aged
        >>> str(aged().in_currency("USD").open)
        '0.00 USD'
        """
        found = next((table for table in self.currencies if table.currency == currency), None)
        return found or _table(currency, (), slots(self.edges, self.age, retention=self.retention))

    def of(self, name: str | None, /) -> "Aging":
        """Return the aging of one group, an empty one where nothing is of that name.

        >>> from ltc.testing.samples.billing import aged
        >>> aged().of("A2").currencies
        ()
        """
        found = next((group for own, group in self.groups if own == name), None)
        return found or attrs.evolve(self, currencies=(), groups=())


def aging(
    items: Iterable[OpenItem],
    /,
    *,
    as_of: dt.date,
    edges: Edges | Sequence[int] = DAYS_TO_90,
    age: Age = Age.OVERDUE,
    by: Callable[[OpenItem], str | None] | None = None,
) -> Aging:
    """Return what is open by its age at the end of a day; plain numbers as edges are days. Linear but for sorting the ids.

    By the overdue age 逾期账龄: not due, 1 to the first edge, …, over the last; the due day itself is not overdue. By the account
    age 账龄 everything goes by the day of its document. Retention 质保金 that is not due has a row of its own in both, where there is
    any. Items below zero are credit, shown apart; items of zero are not counted.

    Args:
        items: what is owed, as of that day: see `open_items` and `credits_of`.
        as_of: the day at whose end the ages count.
        edges: where the buckets end.
        age: which age.
        by: names a group for each item: `lambda item: item.party` is aging by customer, `item.owner` and `item.entity` are by
            owner and by entity, `item.component` is interest and costs apart; or any segment of the host's.

    Raises:
        InvalidValue: the edges are not whole numbers above zero that grow.

    >>> from datetime import date
    >>> items = [OpenItem("I1", "A1", date(2012, 6, 30), Money.of("40", "USD")),
    ...          OpenItem("I2", "A1", date(2012, 6, 29), Money.of("2", "USD"))]
    >>> [str(bucket.amount) for bucket in aging(items, as_of=date(2012, 6, 30)).in_currency("USD").buckets]
    ['40.00 USD', '2.00 USD', '0.00 USD', '0.00 USD', '0.00 USD']
    """
    day(as_of)
    steps = Edges.of(edges)
    check_member(Age, "age", age)
    owed = [item for item in items if item.open]
    retention = any(item.retention and item.due_on >= as_of and item.open.minor > 0 for item in owed)
    rows = slots(steps, age, retention=retention)
    ages = Ages(steps, age, as_of, retention)
    placed = [(-1 if item.open.minor < 0 else ages.place(item), item) for item in owed]
    whole = Aging(as_of, steps, age, retention, _tables(placed, rows))
    if by is None:
        return whole
    members: dict[str | None, list[_Placed]] = defaultdict(list)
    for place, item in placed:
        members[by(item)].append((place, item))
    names = sorted(members, key=lambda name: (name is None, name or ""))
    groups = tuple((name, attrs.evolve(whole, currencies=_tables(members[name], rows))) for name in names)
    return attrs.evolve(whole, groups=groups)


_Placed = tuple[int, OpenItem]


def _tables(placed: Iterable[_Placed], rows: tuple[Slot, ...]) -> tuple[CurrencyAging, ...]:
    by_currency: dict[str, list[_Placed]] = defaultdict(list)
    for place, item in placed:
        by_currency[item.open.currency].append((place, item))
    return tuple(_table(currency, by_currency[currency], rows) for currency in sorted(by_currency))


def _table(currency: str, placed: Iterable[_Placed], rows: tuple[Slot, ...]) -> CurrencyAging:
    held: list[list[OpenItem]] = [[] for _ in (*rows, CREDIT)]
    for place, item in placed:
        held[place].append(item)
    *buckets, credit = (slot.filled(items, currency) for slot, items in zip((*rows, CREDIT), held, strict=True))
    return CurrencyAging(currency, total((bucket.amount for bucket in buckets), currency), tuple(buckets), credit)


def credits_of(documents: Iterable[Receipt | Disposition], as_of: dt.date, /) -> tuple[OpenItem, ...]:
    """Return what receipts and red letters left unapplied at the end of a day, as items below zero: aged with `open_items`, shown apart.

    Raises:
        InvalidValue: a document is given twice.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import receipt
    >>> [str(item.open) for item in credits_of([receipt()], date(2026, 12, 31))]
    ['-50000.00 CNY']
    """
    return tuple(
        OpenItem(
            document.id,
            document.party,
            begun_on(document),
            -left,
            raised_on=begun_on(document),
            entity=document.entity,
        )
        for document in given_once(documents)
        if (left := credit_as_of(document, as_of))
    )
