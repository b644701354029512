"""The running story of deposits: D1, a bid deposit of 20,000.00 CNY that we paid, and D2, a performance deposit that we hold."""

from datetime import date

from ltc import billing
from ltc.events import Change
from ltc.ids import DepositId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, PARTY, TODAY

__all__ = [
    "NOON",
    "TODAY",
    "converted",
    "converted_back",
    "dated_deposit",
    "deposit",
    "deposit_placed",
    "placing",
    "received_deposit",
    "replaced",
]

DepositChange = Change[billing.Deposit, billing.DepositEvent]
ReceiptChange = Change[billing.Receipt, billing.ReceiptEvent]


def placing() -> DepositChange:
    """Return the change that records D1: due back five days after the award."""
    return billing.place_deposit(
        DepositId("D1"),
        direction=billing.DepositDirection.PAID,
        kind=billing.DepositKind.BID,
        entity=ENTITY,
        party=PARTY,
        amount=Money(2_000_000, "CNY"),
        purpose="tender 2026-017",
        due=billing.after("awarded", days=5),
        on=TODAY,
        now=NOON,
    )


def deposit_placed() -> billing.DepositEvent:
    """Return the event that begins D1."""
    return placing().events[0]


def deposit() -> billing.Deposit:
    """Return D1 before the award."""
    return placing().after


def dated_deposit() -> billing.Deposit:
    """Return D1 after the award: due back on 7 March."""
    return billing.date_deposit(deposit(), milestone="awarded", on=TODAY, now=NOON).after


def replaced() -> DepositChange:
    """Return the change by which a guarantee takes the place of all of D1."""
    return billing.replace_deposit(
        dated_deposit(),
        guarantee="LG-88",
        guarantor="建设银行苏州分行",
        expires_on=date(2026, 12, 31),
        on=TODAY,
        now=NOON,
    )


def received_deposit() -> billing.Deposit:
    """Return D2: 10,000.00 CNY of Huadong, due back on an agreed day."""
    return billing.place_deposit(
        DepositId("D2"),
        direction=billing.DepositDirection.RECEIVED,
        kind=billing.DepositKind.PERFORMANCE,
        entity=ENTITY,
        party=PARTY,
        amount=Money(1_000_000, "CNY"),
        purpose="order SO-1",
        due=billing.on_day(date(2026, 6, 30)),
        on=TODAY,
        now=NOON,
    ).after


def converted() -> tuple[DepositChange, ReceiptChange]:
    """Return the two sides of D2 becoming a payment."""
    policy = billing.DepositPolicy(convertible=(billing.DepositKind.PERFORMANCE,))
    return billing.convert_deposit(received_deposit(), policy=policy, on=TODAY, now=NOON)


def converted_back() -> tuple[DepositChange, ReceiptChange]:
    """Return the two sides of that conversion taken back."""
    held, paid = converted()
    why = "the work is not done"
    kept, gone, *_ = billing.take_back_conversion(held.after, paid.after, reason=why, on=TODAY, now=NOON)
    return kept, gone
