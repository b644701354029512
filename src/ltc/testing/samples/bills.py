"""The running story of bills: BA1 of 30,000.00 CNY, by which Huadong Machinery paid; it matures 90 days later."""

from datetime import date
from typing import Final

from ltc import billing
from ltc.events import Change
from ltc.ids import BillId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, PARTY, TODAY, receivable

__all__ = [
    "MATURITY",
    "NOON",
    "TODAY",
    "applied_bill",
    "bill",
    "bill_received",
    "called_back",
    "discounted",
    "receiving",
    "sold",
]

MATURITY: Final = date(2026, 5, 31)

BillChange = Change[billing.Bill, billing.BillEvent]
ReceiptChange = Change[billing.Receipt, billing.ReceiptEvent]


def receiving() -> tuple[BillChange, ReceiptChange]:
    """Return the two sides of the payment by BA1: the bill, and receipt R2."""
    return billing.receive_bill(
        BillId("BA1"),
        receipt=ReceiptId("R2"),
        entity=ENTITY,
        party=PARTY,
        kind=billing.BillKind.BANK,
        number="1102 2026 0001",
        drawer="华东机械有限公司",
        acceptor="工商银行苏州分行",
        amount=Money(3_000_000, "CNY"),
        issued_on=date(2026, 2, 27),
        matures_on=MATURITY,
        splittable=True,
        on=TODAY,
        now=NOON,
    )


def bill_received() -> billing.BillEvent:
    """Return the event that begins BA1."""
    return receiving()[0].events[0]


def bill() -> billing.Bill:
    """Return BA1 in our hands."""
    return receiving()[0].after


def discounted() -> BillChange:
    """Return the change by which a bank buys BA1 and may come back to us."""
    return billing.discount_bill(bill(), bank="招商银行", rate="0.03", on=TODAY, now=NOON)


def sold() -> BillChange:
    """Return the change by which a bank buys BA1 without recourse."""
    return billing.discount_bill(bill(), bank="招商银行", rate="0.03", recourse=False, on=TODAY, now=NOON)


def applied_bill() -> tuple[billing.Bill, billing.Receipt, billing.Receivable]:
    """Return BA1 in our hands, R2 all applied, and P1/1 settled by it."""
    held, received = receiving()
    paid, *settled = billing.apply(received.after, [receivable()], on=TODAY, now=NOON)
    return held.after, paid.after, settled[0].after


def called_back() -> billing.Bill:
    """Return BA1 discounted, then dishonored: the bank comes back to us."""
    _, receipt, settled = applied_bill()
    return billing.dishonor_bill(discounted().after, receipt, [settled], reason="no funds", on=MATURITY, now=NOON)[
        0
    ].after
