"""Apply a receipt to receivables 收款核销: always both sides in one step."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_money, check_within
from ltc._billing.entries import SettlementKind
from ltc._billing.open_item import OpenItem, open_item
from ltc._billing.receipt import RECEIPT, Receipt
from ltc._billing.receipt_events import ReceiptApplied, ReceiptEvent
from ltc._billing.receivable import RECEIVABLE, Receivable
from ltc._billing.receivable_events import ReceivableEvent, ReceivableSettled
from ltc._billing.strategies import Part, Strategy, oldest_first
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, day
from ltc.ids import derived
from ltc.money import Money, total

ReceiptChange = Change[Receipt, ReceiptEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]


def apply(
    receipt: Receipt,
    receivables: Sequence[Receivable],
    *,
    strategy: Strategy = oldest_first,
    amount: Money | None = None,
    on: dt.date,
    now: dt.datetime,
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Apply a receipt to receivables: the receipt's change first, then that of each receivable which it settles, in order.

    Both sides get the same application id (`{receipt}/{n}`), amount and day. Without `amount` as much is applied as fits: all that
    is free of the receipt or all that is open, whichever is less. What remains stays as the customer's credit. Receivables with
    nothing open are passed over. An application dated back must not overdraw any later day, on either side.

    Raises:
        Refused: another entity, party or currency; a day before the receipt or the receivable; nothing to apply; an amount above
            what is free or open.
        InvalidValue: a receivable is given twice.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable
    >>> paid, settled = apply(receipt(), [receivable()], on=TODAY, now=NOON)
    >>> str(paid.after.applied), str(paid.after.unapplied), str(settled.after.open)
    ('30000.00 CNY', '20000.00 CNY', '0.00 CNY')
    """
    owed = _owed(receipt, receivables, day(on))
    to_apply = _to_apply(receipt, owed, amount, on)
    parts = strategy.distribute(to_apply, owed)
    _check_parts(receipt, parts, to_apply, owed)
    by_id = {receivable.id: receivable for receivable in receivables}
    applied = [
        _applied(receipt, by_id[part.receivable], derived(receipt.id, number), part, on, now)
        for number, part in enumerate(parts, receipt.applications + 1)
    ]
    return (
        RECEIPT.change(receipt, applied[0], *applied[1:]),
        *(RECEIVABLE.change(by_id[event.receivable], _settled(event)) for event in applied),
    )


def kind_of(receipt: Receipt, receivable: Receivable, /) -> SettlementKind:
    """Return how a receipt settles a receivable: money of an earlier day is an advance 预收冲应收, of the same day it is not."""
    return SettlementKind.ADVANCE if receipt.received_on < receivable.raised_on else SettlementKind.RECEIPT


def _owed(receipt: Receipt, receivables: Sequence[Receivable], on: dt.date) -> tuple[OpenItem, ...]:
    if on < receipt.received_on:
        raise Refused(
            "receipt.not_received",
            f"receipt {receipt.id} came in on {receipt.received_on}, after {on}; apply it on that day or a later one",
            receipt=receipt.id,
            received_on=receipt.received_on,
            on=on,
        )
    if len({receivable.id for receivable in receivables}) < len(receivables):
        raise InvalidValue("receipt.twice", "a receivable is given twice; give each once")
    owed = []
    for receivable in receivables:
        _check_fits(receipt, receivable, on)
        left = receivable.open_from(on)
        if left:
            owed.append(open_item(receivable, left))
    if not owed:
        raise Refused(
            "receipt.nothing_open",
            f"none of the receivables has anything open from {on} on; receipt {receipt.id} stays as credit",
            receipt=receipt.id,
            on=on,
        )
    return tuple(owed)


def _check_fits(receipt: Receipt, receivable: Receivable, on: dt.date) -> None:
    ours = (receipt.entity, receipt.party, receipt.amount.currency)
    theirs = (receivable.entity, receivable.party, receivable.amount.currency)
    if ours != theirs:
        raise _unfit(receipt, receivable)
    if on < receivable.raised_on:
        raise Refused(
            "receivable.not_raised",
            f"receivable {receivable.id} was raised on {receivable.raised_on}, after {on}; use that day or a later one",
            receivable=receivable.id,
            raised_on=receivable.raised_on,
            on=on,
        )


def _unfit(receipt: Receipt, receivable: Receivable) -> Refused:
    code, name, ours, theirs = next(
        (f"receipt.other_{name}", name, ours, theirs)
        for name, ours, theirs in (
            ("entity", receipt.entity, receivable.entity),
            ("party", receipt.party, receivable.party),
            ("currency", receipt.amount.currency, receivable.amount.currency),
        )
        if ours != theirs
    )
    return Refused(
        code,
        f"receipt {receipt.id} has {name} {ours}, receivable {receivable.id} has {theirs}; both must be the same",
        receipt=receipt.id,
        receivable=receivable.id,
        ours=ours,
        theirs=theirs,
    )


def _check_parts(receipt: Receipt, parts: Sequence[Part], to_apply: Money, owed: Sequence[OpenItem]) -> None:
    if not parts:
        raise Refused(
            "receipt.nothing_chosen",
            f"the strategy chose no receivable for receipt {receipt.id}; designate one that is open",
            receipt=receipt.id,
        )
    open_of = {item.id: item.open for item in owed}
    given = total((part.amount for part in parts), receipt.amount.currency)
    once = len({part.receivable for part in parts}) == len(parts)
    within = all(part.receivable in open_of and part.amount <= open_of[part.receivable] for part in parts)
    if given > to_apply or not once or not within:
        raise InvalidValue(
            "receipt.strategy",
            f"the strategy gave {given} of {to_apply} of receipt {receipt.id}; "
            "it may give to the receivables of the call, once each, at most what is open, together at most the amount",
            receipt=receipt.id,
            given=given,
            amount=to_apply,
        )


def _to_apply(receipt: Receipt, owed: Sequence[OpenItem], amount: Money | None, on: dt.date) -> Money:
    free = receipt.unapplied_from(on)
    if amount is None:
        if free.minor <= 0:
            raise Refused(
                "receipt.nothing_free",
                f"receipt {receipt.id} has nothing free from {on} on; take an application back first",
                receipt=receipt.id,
                on=on,
            )
        return free
    check_money("amount", amount)
    if amount.minor <= 0:
        raise InvalidValue("billing.amount", f"amount is {amount}; give more than zero", name="amount", amount=amount)
    check_within(amount, free, code="receipt.over", of=f"free of receipt {receipt.id}", receipt=receipt.id)
    most = total((item.open for item in owed), receipt.amount.currency)
    check_within(amount, most, code="receipt.over_open", of="open of the receivables", receipt=receipt.id)
    return amount


def _applied(
    receipt: Receipt, receivable: Receivable, application: str, part: Part, on: dt.date, now: dt.datetime
) -> ReceiptApplied:
    kind = kind_of(receipt, receivable)
    return ReceiptApplied(
        receipt.id, receivable.id, kind, application, amount=part.amount, reason=part.reason, on=on, at=now
    )


def _settled(event: ReceiptApplied) -> ReceivableSettled:
    return ReceivableSettled(
        event.receivable, event.kind, event.receipt, event.application, event.amount, on=event.on, at=event.at
    )
