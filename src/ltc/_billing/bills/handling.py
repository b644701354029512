"""Bills in the hand and out of it: received, split, endorsed, discounted, cashed, discharged."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ltc._billing.amounts import check_money, check_within
from ltc._billing.bills.bill import BILL, Bill
from ltc._billing.bills.discount import discount_days, discount_interest
from ltc._billing.bills.events import (
    BILL_TRANSITIONS,
    BillCashed,
    BillDischarged,
    BillDiscounted,
    BillEndorsed,
    BillEvent,
    BillKind,
    BillReceived,
    BillSold,
    BillSplit,
    BillTakenUp,
)
from ltc._billing.dunning.interest_rates import DayCount
from ltc._billing.receipts.events import ReceiptEvent, ReceiptReceived
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, Subject, check_move, day
from ltc.ids import AccountId, BillId, EntityId, ReceiptId, derived
from ltc.money import Money, total

BillChange = Change[Bill, BillEvent]
ReceiptChange = Change[Receipt, ReceiptEvent]


def receive_bill(
    bill_id: BillId,
    *,
    receipt: ReceiptId,
    entity: EntityId,
    party: AccountId,
    kind: BillKind,
    number: str,
    drawer: str,
    acceptor: str,
    amount: Money,
    issued_on: dt.date,
    matures_on: dt.date,
    splittable: bool = False,
    on: dt.date,
    now: dt.datetime,
) -> tuple[BillChange, ReceiptChange]:
    """Take a bill in payment: the bill, and the receipt of its amount, which is applied like any other.

    The receipt knows its bill as its `origin`; what takes both back is `dishonor_bill`.

    `splittable`: an electronic bill of the new kind, of which parts can be passed on.

    Raises:
        Refused: it is mature on that day, or not issued yet.
        InvalidValue: the amount is not above zero, or it matures before it is issued.

    >>> from datetime import date
    >>> from ltc.testing.samples.bills import NOON, TODAY
    >>> bill, receipt = receive_bill("BA1", receipt="R2", entity="E1", party="A1", kind=BillKind.BANK, number="1102 2026 0001",
    ...     drawer="华东机械有限公司", acceptor="工商银行苏州分行", amount=Money.of("30000", "CNY"),
    ...     issued_on=date(2026, 2, 27), matures_on=date(2026, 5, 31), on=TODAY, now=NOON)
    >>> bill.after.status.value, bill.after.receipt, str(receipt.after.unapplied)
    ('held', 'R2', '30000.00 CNY')
    """
    received = BillReceived(
        bill_id,
        receipt,
        entity,
        party,
        kind,
        number,
        drawer=drawer,
        acceptor=acceptor,
        amount=amount,
        issued_on=issued_on,
        matures_on=matures_on,
        splittable=splittable,
        parent=None,
        on=on,
        at=now,
    )
    _check_not_mature(bill_id, matures_on, received.on)
    if received.on < issued_on:
        raise Refused(
            "bill.not_issued",
            f"bill {bill_id} is issued on {issued_on}, after {on}; use that day or a later one",
            bill=bill_id,
            issued_on=issued_on,
            on=on,
        )
    origin = Subject(BILL.kind, bill_id)
    paid = ReceiptReceived(
        receipt, entity, party, order=None, amount=amount, reference=number, on=on, at=now, origin=origin
    )
    return BILL.change(None, received), RECEIPT.change(None, paid)


def split_bill(
    bill: Bill, *, amounts: Sequence[Money], on: dt.date, now: dt.datetime
) -> tuple[BillChange, *tuple[BillChange, ...]]:
    """Split an electronic bill into bills of these amounts, `{bill}/1`, `{bill}/2`, …, each of which then goes its own way.

    Raises:
        Refused: it is not held, or of a kind that cannot be split; a day before what happened last.
        InvalidValue: fewer than two amounts, or they do not sum to the bill's.

    >>> from ltc.testing.samples.bills import NOON, TODAY, bill
    >>> whole, *parts = split_bill(bill(), amounts=[Money.of("20000", "CNY"), Money.of("10000", "CNY")], on=TODAY, now=NOON)
    >>> whole.after.status.value, [(part.after.id, str(part.after.amount)) for part in parts]
    ('split', [('BA1/1', '20000.00 CNY'), ('BA1/2', '10000.00 CNY')])
    """
    check_bill(bill, BillSplit, on)
    if not bill.splittable:
        raise Refused(
            "bill.not_splittable",
            f"bill {bill.id} cannot be split; pass on all of its {bill.amount}",
            bill=bill.id,
            amount=bill.amount,
        )
    for amount in amounts:
        check_money("amounts", amount)
    summed = total(amounts, bill.amount.currency)
    if len(amounts) < 2 or summed != bill.amount:  # noqa: PLR2004  # into two at least
        raise InvalidValue(
            "bill.parts",
            f"bill {bill.id} of {bill.amount} cannot be split into {len(amounts)} parts of {summed} together; "
            "give two or more that sum to it",
            bill=bill.id,
            amount=bill.amount,
            parts=len(amounts),
            sum=summed,
        )
    parts = [_part(bill, number, amount, on, now) for number, amount in enumerate(amounts, 1)]
    split = BillSplit(bill.id, tuple(part.bill for part in parts), on=on, at=now)
    return (BILL.change(bill, split), *(BILL.change(None, part) for part in parts))


def endorse_bill(bill: Bill, *, to: str, on: dt.date, now: dt.datetime) -> BillChange:
    """Pass a bill on in payment 背书, all of it; of a part, `split_bill` first. Who holds it comes back to us if it is dishonored.

    Raises:
        Refused: it is not held; it is mature; a day before what happened last.

    >>> from ltc.testing.samples.bills import NOON, TODAY, bill
    >>> endorse_bill(bill(), to="宝钢股份", on=TODAY, now=NOON).after.holder
    '宝钢股份'
    """
    check_bill(bill, BillEndorsed, on)
    _check_not_mature(bill.id, bill.matures_on, on)
    return BILL.change(bill, BillEndorsed(bill.id, holder=to, on=on, at=now))


def discount_bill(
    bill: Bill,
    *,
    bank: str,
    rate: Decimal | str,
    recourse: bool = True,
    day_count: DayCount = DayCount.ACTUAL_360,
    extra_days: int = 0,
    interest: Money | None = None,
    on: dt.date,
    now: dt.datetime,
) -> BillChange:
    """Sell a bill to a bank before its maturity 贴现, for its amount less interest; without `recourse` 买断 the bank cannot come back.

    The interest is that of `discount_interest`, or what the bank says it charged.

    Raises:
        Refused: it is not held; it is mature; more interest than the bill is worth; a day before what happened last.
        InvalidValue: as `discount_interest`; an interest below zero.

    >>> from ltc.testing.samples.bills import NOON, TODAY, bill
    >>> change = discount_bill(bill(), bank="招商银行", rate="0.03", on=TODAY, now=NOON)
    >>> change.after.status.value, str(change.after.interest), str(change.after.proceeds)
    ('discounted', '225.00 CNY', '29775.00 CNY')
    """
    event = BillDiscounted if recourse else BillSold
    check_bill(bill, event, on)
    _check_not_mature(bill.id, bill.matures_on, on)
    days = discount_days(on=on, matures_on=bill.matures_on, extra_days=extra_days)
    charged = interest
    if charged is None:
        charged = discount_interest(
            bill.amount, rate, on=on, matures_on=bill.matures_on, day_count=day_count, extra_days=extra_days
        )
    check_within(charged, bill.amount, code="bill.interest", of=f"of bill {bill.id}", bill=bill.id)
    return BILL.change(bill, event(bill.id, bank, rate, days, interest=charged, on=on, at=now))


def cash_bill(bill: Bill, *, on: dt.date, now: dt.datetime) -> BillChange:
    """Record that the acceptor paid us 托收.

    Raises:
        Refused: it is not held; it is not mature yet; a day before what happened last.

    >>> from ltc.testing.samples.bills import MATURITY, NOON, TODAY, bill
    >>> cash_bill(bill(), on=MATURITY, now=NOON).after.status.value
    'cashed'
    >>> cash_bill(bill(), on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: bill BA1 matures on 2026-05-31, after 2026-03-02; use that day or a later one, or discount it
    """
    check_bill(bill, BillCashed, on)
    _check_mature(bill, on)
    return BILL.change(bill, BillCashed(bill.id, on=on, at=now))


def discharge_bill(bill: Bill, *, on: dt.date, now: dt.datetime) -> BillChange:
    """Record that the acceptor paid who held a bill that we had passed on 解付: nobody can come back to us any more.

    Raises:
        Refused: it was not endorsed or discounted with recourse; it is not mature yet; a day before what happened last.

    >>> from ltc.testing.samples.bills import MATURITY, NOON, discounted
    >>> discharge_bill(discounted().after, on=MATURITY, now=NOON).after.status.value
    'discharged'
    """
    check_bill(bill, BillDischarged, on)
    _check_mature(bill, on)
    return BILL.change(bill, BillDischarged(bill.id, on=on, at=now))


def take_up_bill(bill: Bill, *, on: dt.date, now: dt.datetime) -> BillChange:
    """Record that we paid who held a dishonored bill, and have it back 清偿追索.

    Raises:
        Refused: nobody comes back to us with it; a day before what happened last.

    >>> from ltc.testing.samples.bills import MATURITY, NOON, called_back
    >>> str(called_back().recourse), str(take_up_bill(called_back(), on=MATURITY, now=NOON).after.recourse)
    ('30000.00 CNY', '0.00 CNY')
    """
    check_bill(bill, BillTakenUp, on)
    return BILL.change(bill, BillTakenUp(bill.id, on=on, at=now))


def check_bill(bill: Bill, event: type[BillEvent], on: dt.date) -> None:
    """Refuse what the table does not have for a bill as it stands, and a day before what happened to it last."""
    check_move(BILL_TRANSITIONS, bill.status, event, kind="bill", subject=bill.id)
    if day(on) < bill.last_on:
        raise Refused(
            "bill.too_early",
            f"bill {bill.id} stood at {bill.last_on} last, after {on}; use that day or a later one",
            bill=bill.id,
            last=bill.last_on,
            on=on,
        )


def _check_not_mature(bill: BillId, matures_on: dt.date, on: dt.date) -> None:
    if on >= matures_on:
        raise Refused(
            "bill.mature",
            f"bill {bill} matures on {matures_on}, not after {on}; present it to its acceptor",
            bill=bill,
            matures_on=matures_on,
            on=on,
        )


def _check_mature(bill: Bill, on: dt.date) -> None:
    if on < bill.matures_on:
        raise Refused(
            "bill.not_mature",
            f"bill {bill.id} matures on {bill.matures_on}, after {on}; use that day or a later one, or discount it",
            bill=bill.id,
            matures_on=bill.matures_on,
            on=on,
        )


def _part(bill: Bill, number: int, amount: Money, on: dt.date, now: dt.datetime) -> BillReceived:
    return BillReceived(
        BillId(derived(bill.id, number)),
        bill.receipt,
        bill.entity,
        bill.party,
        bill.kind,
        bill.number,
        drawer=bill.drawer,
        acceptor=bill.acceptor,
        amount=amount,
        issued_on=bill.issued_on,
        matures_on=bill.matures_on,
        splittable=True,
        parent=bill.id,
        on=on,
        at=now,
    )
