"""The running story of dunning: P1/1 of 30,000.00 CNY, due on 2 March 2026, is disputed, promised or put on hold a week later."""

from datetime import UTC, date, datetime
from typing import Final

from ltc import billing
from ltc.events import Change
from ltc.money import Money
from ltc.testing.samples.billing import receivable

__all__ = ["NOON", "TODAY", "disputed", "held", "promised", "receivable"]

NOON: Final = datetime(2026, 3, 9, 4, tzinfo=UTC)
"""Noon in Shanghai, a week after P1/1 was due."""
TODAY: Final = date(2026, 3, 9)
"""The day of `NOON` in Shanghai."""

ReceivableChange = Change[billing.Receivable, billing.ReceivableEvent]


def disputed() -> ReceivableChange:
    """Return the change by which 12,000.00 CNY of P1/1 is disputed."""
    return billing.dispute(
        receivable(), amount=Money(1_200_000, "CNY"), reason="three crates are missing", on=TODAY, now=NOON
    )


def promised() -> ReceivableChange:
    """Return the change by which all of P1/1 is promised by 20 March."""
    return billing.promise(receivable(), until=date(2026, 3, 20), by="Ms. Wang", on=TODAY, now=NOON)


def held() -> ReceivableChange:
    """Return the change that puts the dunning of P1/1 on hold until the end of April."""
    return billing.hold_dunning(receivable(), until=date(2026, 4, 30), reason="talks", on=TODAY, now=NOON)
