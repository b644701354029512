"""An acceptance bill 承兑汇票: a promise to pay on a day, by which a customer paid."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.bills.events import (
    BILL_TRANSITIONS,
    BillCashed,
    BillDischarged,
    BillDiscounted,
    BillDishonored,
    BillEndorsed,
    BillEvent,
    BillKind,
    BillReceived,
    BillSold,
    BillSplit,
    BillStatus,
    BillTakenUp,
)
from ltc.events import Life, evolved, next_status, no_beginning
from ltc.ids import AccountId, BillId, EntityId, ReceiptId
from ltc.money import Money


@attrs.frozen
class BillStep:
    """Where a bill stood from a day on.

    >>> from datetime import date
    >>> BillStep(BillStatus.HELD, on=date(2026, 3, 2)).status.value
    'held'
    """

    status: BillStatus
    on: dt.date


@attrs.frozen
class Bill:
    """An acceptance bill by which a customer paid 承兑汇票: money only once its acceptor, or a bank without recourse, has paid for it.

    Huadong pays 30,000.00 by a bill that matures in 90 days. It settles the first installment at once:

    >>> from ltc import billing
    >>> from ltc.testing.samples.bills import MATURITY, NOON, TODAY, applied_bill
    >>> held, receipt, settled = applied_bill()
    >>> held.status.value, held.receipt, held.days_to_maturity(TODAY), str(settled.open)
    ('held', 'R2', 90, '0.00 CNY')

    It is an electronic one, so 10,000.00 of it pay a supplier and a bank buys the rest, which can come back to us:

    >>> amounts = [Money.of("10000", "CNY"), Money.of("20000", "CNY")]
    >>> whole, first, second = (change.after for change in billing.split_bill(held, amounts=amounts, on=TODAY, now=NOON))
    >>> paid = billing.endorse_bill(first, to="宝钢股份", on=TODAY, now=NOON).after
    >>> bought = billing.discount_bill(second, bank="招商银行", rate="0.03", on=TODAY, now=NOON).after
    >>> str(bought.interest), str(bought.proceeds)
    ('150.00 CNY', '19850.00 CNY')
    >>> [row] = billing.collected([receipt], [whole, paid, bought], as_of=TODAY)
    >>> str(row.with_bills), str(row.without_bills)
    ('30000.00 CNY', '0.00 CNY')

    At maturity the acceptor does not pay: the bank comes back to us for its part, and the customer owes the installment again.
    What the other part still settles is credit until it is applied again:

    >>> failed, gone, owed = billing.dishonor_bill(bought, receipt, [settled], reason="no funds", on=MATURITY, now=NOON)
    >>> failed.after.status.value, str(failed.after.recourse)
    ('recourse', '20000.00 CNY')
    >>> str(gone.after.bounced), str(gone.after.unapplied), str(owed.after.open)
    ('20000.00 CNY', '10000.00 CNY', '30000.00 CNY')
    """

    id: BillId
    version: int
    status: BillStatus
    receipt: ReceiptId
    """The receipt that it is the instrument of."""
    entity: EntityId
    party: AccountId
    """Who paid by it; the drawer may be another."""
    kind: BillKind
    number: str
    drawer: str
    acceptor: str
    amount: Money
    """The face amount."""
    issued_on: dt.date
    matures_on: dt.date
    splittable: bool
    parent: BillId | None
    """The bill of which it is a part."""
    steps: tuple[BillStep, ...]
    """Where it stood, from which day on."""
    holder: str | None = None
    """To whom it was passed on."""
    interest: Money | None = None
    """What a bank took off for buying it."""
    parts: tuple[BillId, ...] = ()
    """What it was split into."""
    bounced: Money | None = None
    """How much of its receipt bounced with it, once it was dishonored."""

    @property
    def received_on(self) -> dt.date:
        """The day on which it came to us, or was split off."""
        return self.steps[0].on

    @property
    def last_on(self) -> dt.date:
        """The day on which something happened to it last; nothing can happen on an earlier one."""
        return self.steps[-1].on

    @property
    def proceeds(self) -> Money | None:
        """What a bank paid for it: the face amount less interest; None where none bought it."""
        return None if self.interest is None else self.amount - self.interest

    @property
    def recourse(self) -> Money:
        """What we owe to who held it when it was dishonored; zero otherwise."""
        return self.amount if self.status is BillStatus.RECOURSE else Money.zero(self.amount.currency)

    @property
    def owed_again(self) -> Money:
        """What the customer owes by nothing that is in the books: the bill was dishonored, and so much of it had been refunded before.

        The one next call is `raise_receivable`, for this amount, with the bill as `origin`.

        >>> from ltc.testing.samples.bills import called_back
        >>> str(called_back().owed_again)
        '0.00 CNY'
        """
        return self.amount - (self.amount if self.bounced is None else self.bounced)

    def status_as_of(self, on: dt.date, /) -> BillStatus | None:
        """Return where it stood at the end of a day; None before it came to us.

        >>> from datetime import date
        >>> from ltc.testing.samples.bills import TODAY, bill
        >>> bill().status_as_of(TODAY).value, bill().status_as_of(date(2026, 1, 1))
        ('held', None)
        """
        found = None
        for step in self.steps:  # in the order of their days
            if step.on <= on:
                found = step.status
        return found

    def days_to_maturity(self, on: dt.date, /) -> int:
        """Return the days from a day to maturity: 0 on that day, below zero behind it.

        >>> from datetime import date
        >>> from ltc.testing.samples.bills import bill
        >>> bill().days_to_maturity(date(2026, 6, 2))
        -2
        """
        return (self.matures_on - on).days


def begin(event: BillEvent) -> Bill:
    """Return the bill that was received."""
    match event:
        case BillReceived():
            return Bill(
                event.bill,
                1,
                BillStatus.HELD,
                receipt=event.receipt,
                entity=event.entity,
                party=event.party,
                kind=event.kind,
                number=event.number,
                drawer=event.drawer,
                acceptor=event.acceptor,
                amount=event.amount,
                issued_on=event.issued_on,
                matures_on=event.matures_on,
                splittable=event.splittable,
                parent=event.parent,
                steps=(BillStep(BillStatus.HELD, event.on),),
            )
        case _:
            raise no_beginning(event)


def evolve(bill: Bill, event: BillEvent) -> Bill:
    """Return the bill after an event: the only place where it changes."""
    if isinstance(event, BillReceived):
        raise no_second(event)
    version, status = bill.version + 1, next_status(BILL_TRANSITIONS, bill.status, event)
    steps = (*bill.steps, BillStep(status, event.on))
    match event:
        case BillSplit(parts=parts):
            return evolved(bill, version=version, status=status, steps=steps, parts=parts)
        case BillEndorsed(holder=holder):
            return evolved(bill, version=version, status=status, steps=steps, holder=holder)
        case BillDiscounted(holder=bank, interest=interest) | BillSold(holder=bank, interest=interest):
            return evolved(bill, version=version, status=status, steps=steps, holder=bank, interest=interest)
        case BillDishonored(bounced=bounced):
            return evolved(bill, version=version, status=status, steps=steps, bounced=bounced)
        case BillCashed() | BillDischarged() | BillTakenUp():
            return evolved(bill, version=version, status=status, steps=steps)
        case _:
            assert_never(event)


BILL: Final[Life[Bill, BillEvent]] = Life(
    "bill",
    Bill,
    begin,
    evolve,
    {
        "received": BillReceived,
        "split": BillSplit,
        "endorsed": BillEndorsed,
        "discounted": BillDiscounted,
        "sold": BillSold,
        "cashed": BillCashed,
        "discharged": BillDischarged,
        "dishonored": BillDishonored,
        "taken_up": BillTakenUp,
    },
)
"""The life of a bill: for stores and for replay."""
