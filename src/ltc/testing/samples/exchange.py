"""A debt in dollars in books of yuan, for examples and tests."""

from datetime import date

from ltc import billing
from ltc.ids import ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, ORDER, PARTY, TODAY, ReceiptChange, ReceivableChange


def rates() -> billing.Rates:
    """Return the rates of the story: on its first day 0.14 dollars a yuan and 7.00 yuan a dollar, then 7.30, at the month's end 7.20."""
    return billing.Rates(
        [
            billing.ExchangeRate("CNY", "USD", rate="0.14", on=TODAY),
            billing.ExchangeRate("USD", "CNY", rate="7.00", on=TODAY),
            billing.ExchangeRate("USD", "CNY", rate="7.30", on=date(2026, 3, 10)),
            billing.ExchangeRate("USD", "CNY", rate="7.20", on=date(2026, 3, 31)),
        ]
    )


def foreign_receivable() -> billing.Receivable:
    """Return V1: 2,000.00 USD, raised at 7.00 yuan."""
    return billing.raise_receivable(
        ReceivableId("V1"),
        order=ORDER,
        entity=ENTITY,
        party=PARTY,
        amount=Money(200_000, "USD"),
        on=TODAY,
        due_on=TODAY,
        now=NOON,
    ).after


def foreign_settlement() -> tuple[ReceiptChange, ReceivableChange]:
    """Return the two sides of R1, here of 1,000.00 USD that came in at 7.30 yuan, applied to V1."""
    day = date(2026, 3, 10)
    money = billing.receive(
        ReceiptId("R1"), entity=ENTITY, party=PARTY, amount=Money(100_000, "USD"), on=day, now=NOON
    ).after
    paid, *sides = billing.apply(money, [foreign_receivable()], on=day, now=NOON)
    return paid, sides[0]


def foreign_differences() -> tuple[billing.RealizedDifference, ...]:
    """Return what R1 realized when it was applied to V1."""
    paid, settled = foreign_settlement()
    return billing.realized_differences([paid.after], [settled.after], "CNY", rates=rates())


def foreign_revaluation() -> billing.Revaluation:
    """Return what is left of V1 at the end of the month."""
    _, settled = foreign_settlement()
    [found] = billing.revalue([settled.after], "CNY", rates=rates(), on=date(2026, 3, 31))
    return found
