"""When the bills in our hands become money, week by week; and what was collected, with and without those that may come to nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import attrs

from ltc._billing.bills.bill import Bill
from ltc._billing.bills.events import BillStatus
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc.ids import BillId
from ltc.money import Money, total


@attrs.frozen
class MaturingWeek:
    """The bills in our hands that mature in one week, of one currency.

    >>> from ltc.testing.samples.bills import TODAY, bill
    >>> [week] = maturing([bill()], as_of=TODAY)
    >>> str(week.monday), str(week.amount), week.bills
    ('2026-05-25', '30000.00 CNY', ('BA1',))
    """

    monday: dt.date
    """Its first day."""
    amount: Money
    bills: tuple[BillId, ...]
    """Those due first first, then by id."""


def maturing(bills: Iterable[Bill], /, *, as_of: dt.date) -> tuple[MaturingWeek, ...]:
    """Return the bills that were in our hands at the end of a day by the week of their maturity, then by currency.

    Weeks without any are left out. One that is mature and was not presented yet stands in its own week, which is past: ask its
    acceptor.

    Raises:
        InvalidValue: a bill is given twice.

    >>> from datetime import date
    >>> from ltc.testing.samples.bills import bill
    >>> maturing([bill()], as_of=date(2026, 1, 1))
    ()
    """
    weeks: dict[tuple[dt.date, str], list[Bill]] = defaultdict(list)
    for bill in sorted(given_once(bills), key=lambda bill: (bill.matures_on, bill.id)):
        if bill.status_as_of(as_of) is BillStatus.HELD:
            monday = bill.matures_on - dt.timedelta(days=bill.matures_on.weekday())
            weeks[monday, bill.amount.currency].append(bill)
    return tuple(
        MaturingWeek(monday, total((bill.amount for bill in held), currency), tuple(bill.id for bill in held))
        for (monday, currency), held in sorted(weeks.items())
    )


@attrs.frozen
class Collected:
    """What was collected in one currency 回款, and how much of it are bills that nobody has paid for good.

    >>> from ltc.testing.samples.bills import TODAY, receiving
    >>> from ltc.testing.samples.billing import receipt
    >>> bill, paid = (change.after for change in receiving())
    >>> [both] = collected([receipt(), paid], [bill], as_of=TODAY)
    >>> str(both.with_bills), str(both.held), str(both.without_bills)
    ('80000.00 CNY', '30000.00 CNY', '50000.00 CNY')
    """

    currency: str
    with_bills: Money
    """含票据回款: all of it."""
    held: Money
    """Bills in our hands."""
    passed_on: Money
    """Bills endorsed, or discounted with recourse, which come back to us if they are dishonored."""

    @property
    def without_bills(self) -> Money:
        """现金回款: what no bill can take back any more."""
        return self.with_bills - self.held - self.passed_on


def collected(receipts: Iterable[Receipt], bills: Iterable[Bill], /, *, as_of: dt.date) -> tuple[Collected, ...]:
    """Return what was collected by the end of a day, a row a currency in the order of their codes, with and without unmatured bills.

    What was refunded, bounced or reversed by then is not collected. A bill counts for as much of its receipt as is still
    collected, until it is cashed, sold without recourse or discharged; bills of receipts that are not given count for nothing.

    Raises:
        InvalidValue: a receipt or a bill is given twice.

    >>> from ltc.testing.samples.bills import MATURITY, NOON, receiving
    >>> from ltc import billing
    >>> bill, paid = (change.after for change in receiving())
    >>> cashed = billing.cash_bill(bill, on=MATURITY, now=NOON).after
    >>> [after] = collected([paid], [cashed], as_of=MATURITY)
    >>> str(after.with_bills), str(after.without_bills)
    ('30000.00 CNY', '30000.00 CNY')
    """
    by_receipt: dict[str, list[Bill]] = defaultdict(list)
    for bill in given_once(bills):
        by_receipt[bill.receipt].append(bill)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for receipt in given_once(receipts):
        if receipt.received_on <= as_of:
            row = sums[receipt.amount.currency]
            for place, minor in enumerate(_collected(receipt, by_receipt[receipt.id], as_of)):
                row[place] += minor
    return tuple(
        Collected(currency, *(Money(minor, currency) for minor in row)) for currency, row in sorted(sums.items())
    )


def _collected(receipt: Receipt, bills: Iterable[Bill], as_of: dt.date) -> tuple[int, int, int]:
    """Return in minor units what was collected of a receipt, and what of that is bills in our hands and passed on."""
    stays = receipt.collected_as_of(as_of).minor
    held, passed_on = 0, 0
    for bill in bills:
        match bill.status_as_of(as_of):
            case BillStatus.HELD:
                held += bill.amount.minor
            case BillStatus.ENDORSED | BillStatus.DISCOUNTED:
                passed_on += bill.amount.minor
            case _:
                pass
    held = min(held, stays)
    return stays, held, min(passed_on, stays - held)
