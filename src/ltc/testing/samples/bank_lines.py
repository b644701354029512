"""The running story of claiming: bank line B1 of 50,000.00 CNY, of which li claims 30,000.00 for the first receivable of SO-1."""

from typing import Final

from ltc import billing
from ltc.events import Change
from ltc.ids import ActorId, BankLineId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, PARTY, TODAY, receivable

__all__ = [
    "LI",
    "NOON",
    "QIAN",
    "TODAY",
    "bank_line",
    "claimed",
    "claimed_line",
    "confirmed",
    "line_recorded",
    "payer",
    "recording",
]

LI: Final = ActorId("li")
QIAN: Final = ActorId("qian")
"""Of finance."""

LineChange = Change[billing.BankLine, billing.BankLineEvent]
ReceiptChange = Change[billing.Receipt, billing.ReceiptEvent]


def recording() -> LineChange:
    """Return the change that records B1."""
    return billing.record_line(
        BankLineId("B1"),
        entity=ENTITY,
        bank_account="6222 0001",
        amount=Money(5_000_000, "CNY"),
        on=TODAY,
        payer_name="华东机械有限公司",
        payer_account="6217 8800 1234",
        remark="SO-1 首付款",
        now=NOON,
    )


def line_recorded() -> billing.BankLineEvent:
    """Return the event that begins B1."""
    return recording().events[0]


def bank_line() -> billing.BankLine:
    """Return B1 before anybody claimed it."""
    return recording().after


def claimed() -> LineChange:
    """Return the change by which li claims 30,000.00 CNY of B1 for Huadong."""
    return billing.claim_line(
        bank_line(),
        by=LI,
        party=PARTY,
        amount=Money(3_000_000, "CNY"),
        receivables=[receivable().id],
        on=TODAY,
        now=NOON,
    )


def claimed_line() -> billing.BankLine:
    """Return B1 with the claim of li."""
    return claimed().after


def confirmed() -> tuple[LineChange, ReceiptChange]:
    """Return the two sides of the claim confirmed by qian: B1, and receipt B1/1."""
    return billing.confirm_claim(claimed_line(), claim=1, by=QIAN, on=TODAY, now=NOON)


def payer() -> billing.Payer:
    """Return Huadong Machinery as matching looks at it: it owes P1/1, of order SO-1."""
    return billing.Payer(
        PARTY,
        names=("华东机械有限公司",),
        owes=billing.open_items([receivable()], TODAY),
        numbers=(billing.Numbered("SO-1", (receivable().id,)),),
    )
