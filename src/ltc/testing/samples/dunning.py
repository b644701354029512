"""The running story of dunning: P1/1 of 30,000.00 CNY, due on 2 March 2026, is disputed, promised or put on hold a week later."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from ltc import billing
from ltc.events import Change
from ltc.ids import LetterId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, ORDER, PARTY, receivable

__all__ = [
    "DUE",
    "NOON",
    "TODAY",
    "charged",
    "disputed",
    "dunned",
    "held",
    "letter",
    "lettered",
    "overdue_interest",
    "partly_paid",
    "policy",
    "promised",
    "receivable",
    "reminder",
]

NOON: Final = datetime(2026, 3, 9, 4, tzinfo=UTC)
"""Noon in Shanghai, a week after P1/1 was due."""
TODAY: Final = date(2026, 3, 9)
"""The day of `NOON` in Shanghai."""
DUE: Final = date(2026, 3, 2)
"""When P1/1 and AR-9 were due."""

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


def partly_paid() -> billing.Receivable:
    """Return AR-9: 1,000.00 CNY due on 2 March, of which 600.00 were paid on day 30."""
    raised = billing.raise_receivable(
        ReceivableId("AR-9"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=Money(100_000, "CNY"),
        on=DUE,
        due_on=DUE,
        now=NOON,
    )
    paid_on = DUE + timedelta(days=30)
    money = billing.receive(
        ReceiptId("R9"), entity=ENTITY, party=PARTY, amount=Money(60_000, "CNY"), on=paid_on, now=NOON
    )
    _, *settled = billing.apply(money.after, [raised.after], on=paid_on, now=NOON)
    return settled[0].after


def overdue_interest() -> billing.Interest:
    """Return the interest at 10 % on AR-9 up to day 60."""
    policy = billing.InterestPolicy(billing.InterestRates.flat("0.10"))
    return billing.interest(partly_paid(), policy=policy, until=DUE + timedelta(days=60))


def charged() -> tuple[ReceivableChange, ReceivableChange]:
    """Return the two sides of a charge of that interest, due two weeks later."""
    on = DUE + timedelta(days=60)
    return billing.charge_interest(
        partly_paid(), found=overdue_interest(), due_on=on + timedelta(days=14), on=on, now=NOON
    )


def policy() -> billing.DunningPolicy:
    """Return a policy of which the owner is told, and the customer gets three letters, each asking for 10 % and 50.00 CNY."""
    fee = Money(5_000, "CNY")
    return billing.DunningPolicy(
        [
            billing.DunningStep(7, billing.Receiver.OWNER),
            *(billing.DunningStep(days, billing.Receiver.CUSTOMER, fees=fee, interest=True) for days in (7, 14, 30)),
        ],
        interest=billing.InterestPolicy(billing.InterestRates.flat("0.10")),
    )


def dunned() -> billing.Dunning:
    """Return what that policy has to do a week after P1/1 was due."""
    return billing.dunning([receivable()], policy=policy(), on=TODAY)


def letter() -> billing.Letter:
    """Return the letter that goes out on that day."""
    return dunned().letters[0]


def reminder() -> billing.Reminder:
    """Return the reminder that goes out on that day."""
    return dunned().reminders[0]


def lettered() -> tuple[ReceivableChange, ...]:
    """Return the change that records the letter as L-1."""
    return billing.record_letter(letter(), [receivable()], letter_id=LetterId("L-1"), now=NOON)
