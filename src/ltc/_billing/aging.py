"""Aging 账龄 by overdue days, as of any day, on plain values: of receivables, of a CSV file, of anything open."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from ltc._billing.open_item import OpenItem
from ltc.errors import InvalidValue
from ltc.money import Money, Rounding, divide


@attrs.frozen
class Bucket:
    """One column of an aging: the items overdue by `first` to `last` days, both inclusive.

    >>> Bucket("1-30", first=1, last=30, amount=Money.of("5.00", "CNY"), count=1).label
    '1-30'
    """

    label: str
    """"not due", "1-30", …, "over 90"."""
    first: int | None
    """None: not due yet, or due that day."""
    last: int | None
    """None: without end."""
    amount: Money
    count: int


@attrs.frozen
class CurrencyAging:
    """The aging of one currency; the buckets sum to `open`.

    >>> from ltc.testing.samples.billing import aged
    >>> [(bucket.label, str(bucket.amount)) for bucket in aged().in_currency("CNY").buckets][:2]
    [('not due', '60000.00 CNY'), ('1-30', '30000.00 CNY')]
    """

    currency: str
    open: Money
    buckets: tuple[Bucket, ...]


@attrs.frozen
class Aging:
    """What is owed as of a day, by how long it is overdue, a table a currency.

    >>> from ltc.testing.samples.billing import aged
    >>> str(aged().in_currency("CNY").open)
    '90000.00 CNY'
    """

    as_of: dt.date
    edges: tuple[int, ...]
    currencies: tuple[CurrencyAging, ...]
    """In the order of their codes."""

    def in_currency(self, currency: str, /) -> CurrencyAging:
        """Return the table of a currency, empty buckets where nothing is owed in it.

        >>> from ltc.testing.samples.billing import aged
        >>> str(aged().in_currency("USD").open)
        '0.00 USD'
        """
        for table in self.currencies:
            if table.currency == currency:
                return table
        return _table(currency, (), as_of=self.as_of, edges=self.edges)


def aging(items: Iterable[OpenItem], /, *, as_of: dt.date, edges: Sequence[int] = (30, 60, 90)) -> Aging:
    """Return what is open by days overdue: not due, 1 to the first edge, …, over the last. Linear.

    The due day itself is not overdue. Items of zero are not counted; credits (below zero) lower their bucket.

    Raises:
        InvalidValue: the edges are not whole days above zero that grow.

    >>> from datetime import date
    >>> items = [OpenItem("I1", "A1", date(2012, 6, 30), Money.of("40", "USD")),
    ...          OpenItem("I2", "A1", date(2012, 6, 29), Money.of("2", "USD"))]
    >>> [str(bucket.amount) for bucket in aging(items, as_of=date(2012, 6, 30)).in_currency("USD").buckets]
    ['40.00 USD', '2.00 USD', '0.00 USD', '0.00 USD', '0.00 USD']
    """
    limits = tuple(edges)
    if any(type(edge) is not int or edge < 1 for edge in limits) or list(limits) != sorted(set(limits)):
        raise InvalidValue(
            "aging.edges",
            f"the edges {list(limits)!r:.60} are no growing days; give some such as 30, 60, 90",
            edges=repr(list(limits))[:60],
        )
    by_currency: dict[str, list[OpenItem]] = defaultdict(list)
    for item in items:
        if item.open:
            by_currency[item.open.currency].append(item)
    return Aging(
        as_of,
        limits,
        tuple(_table(currency, by_currency[currency], as_of=as_of, edges=limits) for currency in sorted(by_currency)),
    )


def _table(currency: str, items: Sequence[OpenItem], *, as_of: dt.date, edges: tuple[int, ...]) -> CurrencyAging:
    sums, counts = [0] * (len(edges) + 2), [0] * (len(edges) + 2)
    for item in items:
        late = (as_of - item.due_on).days
        place = 0 if late <= 0 else 1 + sum(late > edge for edge in edges)
        sums[place] += item.open.minor
        counts[place] += 1
    firsts = [None, 1, *(edge + 1 for edge in edges)]
    lasts = [None, *edges, None]
    buckets = tuple(
        Bucket(_label(first, last), first, last, Money(minor, currency), count)
        for first, last, minor, count in zip(firsts, lasts, sums, counts, strict=True)
    )
    return CurrencyAging(currency, Money(sum(sums), currency), buckets)


def _label(first: int | None, last: int | None) -> str:
    if first is None:
        return "not due"
    return f"over {first - 1}" if last is None else f"{first}-{last}"


def dso(open: Money, sales: Money, days: int, /) -> Decimal:  # noqa: A002  # the word of the trade
    """Return the days sales outstanding 应收账款周转天数: open / sales of a period × its days, to four decimals, halves up.

    Raises:
        InvalidValue: no sales, or no days.
        CurrencyMismatch: two currencies.

    >>> dso(Money.of("18000", "CNY"), Money.of("20000", "CNY"), 30)
    Decimal('27.0000')
    """
    open - sales  # refuses two currencies
    if sales.minor <= 0 or days < 1:
        raise InvalidValue(
            "dso.no_sales",
            f"DSO needs sales above zero and at least a day, not {sales} in {days} days; "
            "take a longer period, one with sales",
            sales=sales,
            days=days,
        )
    units = divide(open.minor * days * 10**4, sales.minor, Rounding.HALF_UP)
    return Decimal(f"{units}e-4")
