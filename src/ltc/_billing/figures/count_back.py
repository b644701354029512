"""Days of sales open by the sales of periods: counted back through them, or weighted by invoices."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from ltc._billing.figures.sales_days import check_open, rounded
from ltc._billing.receivables.open_item import OpenItem
from ltc._fields import exactly
from ltc.calendars import add_period, end_of_month
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.money import Money


@attrs.frozen
class SalesPeriod:
    """What was sold on the days from `first` to `last`, both inclusive.

    Raises:
        InvalidValue: it ends before it begins, or its sales are below zero.

    >>> from datetime import date
    >>> SalesPeriod(date(2026, 2, 1), date(2026, 2, 28), Money.of("80000", "CNY")).days
    28
    """

    first: dt.date = attrs.field(converter=day)
    last: dt.date = attrs.field(converter=day)
    sales: Money = attrs.field(validator=exactly(Money))

    def __attrs_post_init__(self) -> None:
        if self.last < self.first or self.sales.minor < 0:
            raise InvalidValue(
                "dso.period",
                f"{self.first} to {self.last} with sales of {self.sales} is no period of sales; "
                "give the earlier day first, and sales of zero or more",
                first=self.first,
                last=self.last,
                sales=self.sales,
            )

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def monthly_sales(
    sales: Iterable[tuple[dt.date, Money]], /, *, as_of: dt.date, months: int, currency: str
) -> tuple[SalesPeriod, ...]:
    """Return what was sold in the last so many months of the calendar, the earliest first; the month of `as_of` ends with that day.

    What was sold on other days, or in another currency, is left out. Linear.

    Raises:
        InvalidValue: fewer than one month.

    >>> from datetime import date
    >>> sold = [(date(2026, 2, 10), Money.of("80", "CNY")), (date(2026, 3, 2), Money.of("90", "CNY"))]
    >>> [(period.days, str(period.sales)) for period in monthly_sales(sold, as_of=date(2026, 3, 15), months=2, currency="CNY")]
    [(28, '80.00 CNY'), (15, '90.00 CNY')]
    """
    if months < 1:
        raise InvalidValue("dso.months", f"{months} is no number of months; give 1 or more", months=months)
    this = day(as_of).replace(day=1)
    sums = {add_period(this, months=-back): 0 for back in reversed(range(months))}
    for sold_on, amount in sales:
        begun = sold_on.replace(day=1)
        if amount.currency == currency and begun in sums and sold_on <= as_of:
            sums[begun] += amount.minor
    return tuple(
        SalesPeriod(first, min(as_of, end_of_month(first)), Money(minor, currency)) for first, minor in sums.items()
    )


@attrs.frozen
class CountBack:
    """How far back sales reach that are as much as is open.

    >>> CountBack(days=Decimal("73.7143"), periods=2, fraction=Decimal("0.4571")).periods
    2
    """

    days: Decimal
    """To four decimals."""
    periods: int
    """How many periods are used up whole."""
    fraction: Decimal
    """How much of the one before them, from 0 up to 1, to four decimals."""


def count_back_dso(open: Money, periods: Sequence[SalesPeriod], /) -> CountBack:  # noqa: A002  # as above
    """Return the days of sales open by counting back: the latest sales are taken to be what is open, period by period.

    The days of each period that is used up count whole, and of the last one the share of its sales that is left. So the days follow
    the season, where `dso` spreads over it. A period without sales counts with its days. Periods may be of any length.

    Raises:
        InvalidValue: the periods overlap or leave days out, their sales are less than what is open, or less than nothing is open.
        CurrencyMismatch: two currencies.

    Source: the worked example (70,000, 80,000 and 100,000 sold in months of 30 days, 212,000 open) of
        https://support.benjipays.com, "Mastering DSO Calculation: The Count-Back Method Explained".

    >>> from datetime import date
    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> sold = [SalesPeriod(date(2026, 4, 1), date(2026, 4, 30), yuan("70000")),
    ...         SalesPeriod(date(2026, 5, 1), date(2026, 5, 30), yuan("80000")),
    ...         SalesPeriod(date(2026, 5, 31), date(2026, 6, 29), yuan("100000"))]
    >>> count_back_dso(yuan("212000"), sold)
    CountBack(days=Decimal('73.7143'), periods=2, fraction=Decimal('0.4571'))
    """
    latest_first = _in_a_row(periods)
    left = check_open(open, [period.sales for period in periods])
    days = 0
    for used, period in enumerate(latest_first):
        if left <= 0:
            return CountBack(rounded(Fraction(days), 4), used, rounded(Fraction(), 4))
        if left < period.sales.minor:
            part = Fraction(left, period.sales.minor)
            return CountBack(rounded(days + part * period.days, 4), used, rounded(part, 4))
        left -= period.sales.minor
        days += period.days
    if left > 0:
        raise InvalidValue(
            "dso.exhausted",
            f"{open} is open, which is {Money(left, open.currency)} more than was sold in {days} days; give earlier periods too",
            open=open,
            left=Money(left, open.currency),
            days=days,
        )
    return CountBack(rounded(Fraction(days), 4), len(latest_first), rounded(Fraction(), 4))


def true_dso(items: Iterable[OpenItem], periods: Sequence[SalesPeriod], /, *, as_of: dt.date) -> Decimal:
    """Return the days of sales open weighted by invoices: Σ days since each invoice × its share of what its period sold.

    What is open of an invoice counts, with the days from its document to `as_of`; credits do not. To four decimals, halves up.

    Raises:
        InvalidValue: the periods overlap or leave days out; something open is of a day in no period, or of one without sales.
        CurrencyMismatch: two currencies.

    Source: the metric "True DSO" of Oracle Advanced Collections: days from invoice date to reporting date × (invoice amount / net
        credit sales for the month in which the sale occurred).

    >>> from datetime import date
    >>> march = SalesPeriod(date(2026, 3, 1), date(2026, 3, 31), Money.of("100", "CNY"))
    >>> owed = OpenItem("I1", "A1", date(2026, 4, 10), Money.of("40", "CNY"), raised_on=date(2026, 3, 11))
    >>> true_dso([owed], [march], as_of=date(2026, 3, 31))
    Decimal('8.0000')
    """
    of_day = _in_a_row(periods)
    days = Fraction()
    for item in items:
        if item.open.minor <= 0:
            continue
        since = item.due_on if item.raised_on is None else item.raised_on
        period = next((each for each in of_day if each.first <= since <= each.last), None)
        if period is None or not period.sales:
            raise InvalidValue(
                "dso.no_period",
                f"{item.id} is of {since}, for which no sales are given; give those of its period too",
                item=item.id,
                on=since,
            )
        item.open - period.sales  # refuses two currencies
        days += Fraction(item.open.minor * item.account_age(as_of), period.sales.minor)
    return rounded(days, 4)


def _in_a_row(periods: Iterable[SalesPeriod]) -> Sequence[SalesPeriod]:
    """Return periods with the latest first, or refuse those that overlap or leave days out."""
    ordered = sorted(periods, key=lambda period: period.first, reverse=True)
    for later, earlier in pairwise(ordered):
        if earlier.last + dt.timedelta(days=1) != later.first:
            raise InvalidValue(
                "dso.gap",
                f"after {earlier.last} the next period begins on {later.first}; give periods that follow each other",
                last=earlier.last,
                first=later.first,
            )
    return ordered
