"""What every entry of a receivable keeps to: a day on which it was raised already, and no more than is open from that day on."""

import datetime as dt

from ltc._billing.amounts import check_within
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import Refused
from ltc.events import day
from ltc.money import Money


def not_raised(receivable: Receivable, on: dt.date) -> Refused:
    """Return the refusal of a day before the receivable was raised."""
    return Refused(
        "receivable.not_raised",
        f"receivable {receivable.id} was raised on {receivable.raised_on}, after {on}; use that day or a later one",
        receivable=receivable.id,
        raised_on=receivable.raised_on,
        on=on,
    )


def check_raised(receivable: Receivable, on: dt.date) -> None:
    """Refuse a day before the receivable was raised."""
    if day(on) < receivable.raised_on:
        raise not_raised(receivable, on)


def check_open(receivable: Receivable, amount: Money, on: dt.date) -> None:
    """Refuse an entry before the receivable was raised, or of more than is open from its day on."""
    check_raised(receivable, on)
    check_within(
        amount,
        receivable.open_from(on),
        code="receivable.over",
        of=f"open of receivable {receivable.id}",
        receivable=receivable.id,
    )
