"""Apply a receipt to receivables 收款核销: always both sides in one step."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltc._billing.amounts import check_money, check_within
from ltc._billing.receipts.events import ReceiptApplied, ReceiptEvent, ReceiptRoundedOff
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._billing.receivables.events import ReceivableEvent, ReceivableRoundedOff, ReceivableSettled
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.fitting import Owed, kind_of, owed_to
from ltc._billing.settlement.strategies import Part, Strategy, oldest_first
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, day, unchecked
from ltc.ids import derived
from ltc.money import Money, total

if TYPE_CHECKING:  # who pays for himself in his own currency, to the cent, owes nothing to them
    from ltc._billing.exchange.rates import RateTable
    from ltc._billing.settlement.authority import PaymentAuthority
    from ltc._billing.settlement.tolerance import Tolerance

ReceiptChange = Change[Receipt, ReceiptEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]


def apply(
    receipt: Receipt,
    receivables: Sequence[Receivable],
    *,
    strategy: Strategy | None = None,
    amount: Money | None = None,
    tolerance: "Tolerance | None" = None,
    authorities: "Sequence[PaymentAuthority]" = (),
    rates: "RateTable | None" = None,
    on: dt.date,
    now: dt.datetime,
) -> tuple[ReceiptChange, *tuple[ReceivableChange, ...]]:
    """Apply a receipt to receivables: the receipt's change first, then that of each receivable which it settles, in order.

    Both sides get the same application id (`{receipt}/{n}`) and day. Without `amount` as much is applied as fits: all that is free of
    the receipt or all that is open, whichever is less. What remains stays as the customer's credit. Receivables with nothing open are
    passed over. An application dated back must not overdraw any later day, on either side.

    Args:
        receipt: the money.
        receivables: of the same entity, and of the customer who paid or of others for whom he may pay.
        strategy: which of them first, whatever their order. Without one those of the order that the receipt is an advance for 预收,
            then the others, each by `oldest_first`.
        amount: how much of the receipt, in its currency.
        tolerance: up to what a difference is small 尾差. Where the receipt is used up and a receivable is short of so little, that
            is let go; where all is settled and so little is over, it is kept, if the tolerance says so. Only where nothing of a later
            day stands in between.
        authorities: by which the payer settles what others owe 代付; the first that covers a receivable is kept with its application.
        rates: of the currency of a receivable in that of the receipt, on the day of the application. Each side moves in its own
            currency, both amounts and the rate are kept: what pays the cost of all that is open, halves up and at least one unit,
            settles all of it. A part that comes to less than a unit stays credit.
        on: the day on which it counts.
        now: the instant.

    Raises:
        Refused: another entity; another customer without an authority, or over its limit; another currency without a rate; a day
            before the receipt or the receivable; nothing to apply; an amount above what is free or open.
        InvalidValue: a receivable is given twice.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable
    >>> paid, settled = apply(receipt(), [receivable()], on=TODAY, now=NOON)
    >>> str(paid.after.applied), str(paid.after.unapplied), str(settled.after.open)
    ('30000.00 CNY', '20000.00 CNY', '0.00 CNY')
    """
    owed = owed_to(receipt, receivables, authorities=authorities, rates=rates, on=day(on))
    asked = _asked(receipt, owed, amount, on)
    parts = _own_order_first(receipt, asked, owed) if strategy is None else strategy.distribute(asked, owed.items)
    _check_parts(receipt, parts, asked, owed)
    applied = _applied(receipt, parts, owed, on, now)
    _check_limits(receipt, applied, owed)
    events: list[ReceiptEvent] = [*applied]
    sides: list[list[ReceivableEvent]] = [[_other_half(event)] for event in applied]
    if tolerance is not None:
        _round(receipt, applied, owed, tolerance, events, sides)
    return (
        RECEIPT.change(receipt, events[0], *events[1:]),
        *(RECEIVABLE.change(owed.receivables[side[0].receivable], side[0], *side[1:]) for side in sides),
    )


def _asked(receipt: Receipt, owed: Owed, amount: Money | None, on: dt.date) -> Money:
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
    most = total((item.open for item in owed.items), receipt.amount.currency)
    check_within(amount, most, code="receipt.over_open", of="open of the receivables", receipt=receipt.id)
    return amount


def _own_order_first(receipt: Receipt, asked: Money, owed: Owed) -> Sequence[Part]:
    if receipt.order is None:
        return oldest_first.distribute(asked, owed.items)
    own = {name for name, receivable in owed.receivables.items() if receivable.order == receipt.order}
    parts = oldest_first.distribute(asked, [item for item in owed.items if item.id in own])
    left = asked - total((part.amount for part in parts), asked.currency)
    return *parts, *oldest_first.distribute(left, [item for item in owed.items if item.id not in own])


def _check_parts(receipt: Receipt, parts: Sequence[Part], asked: Money, owed: Owed) -> None:
    if not parts:
        raise Refused(
            "receipt.nothing_chosen",
            f"the strategy chose no receivable for receipt {receipt.id}; designate one that is open",
            receipt=receipt.id,
        )
    left = {item.id: item.open.minor for item in owed.items}
    given = 0
    for part in parts:
        within = part.amount.minor <= left.pop(part.receivable, -1)
        given += part.amount.minor
        if not within or given > asked.minor or part.amount.currency != asked.currency:
            raise InvalidValue(
                "receipt.strategy",
                f"the strategy gave {part.amount} of {asked} of receipt {receipt.id} to receivable {part.receivable}; "
                "it may give to the receivables of the call, once each, at most what is open, together at most the amount",
                receipt=receipt.id,
                receivable=part.receivable,
                given=part.amount,
                amount=asked,
            )


def _applied(
    receipt: Receipt, parts: Sequence[Part], owed: Owed, on: dt.date, now: dt.datetime
) -> list[ReceiptApplied]:
    applied: list[ReceiptApplied] = []
    for part in parts:
        name = part.receivable
        exchange = owed.exchange(name, part.amount, on) if name in owed.rates else None
        if exchange is None and name in owed.rates:
            continue
        applied.append(
            ReceiptApplied(
                receipt.id,
                name,
                kind_of(receipt, owed.receivables[name]),
                derived(receipt.id, receipt.applications + len(applied) + 1),
                part.amount,
                part.reason,
                on,
                now,
                owed.authorities[name].id if name in owed.authorities else None,
                exchange,
            )
        )
    if not applied:
        raise Refused(
            "receipt.too_little",
            f"{parts[0].amount} of receipt {receipt.id} is less than a unit of what receivable {parts[0].receivable} is owed in; "
            "it stays as credit",
            receipt=receipt.id,
            receivable=parts[0].receivable,
            amount=parts[0].amount,
        )
    return applied


_settled = unchecked(ReceivableSettled)


def _other_half(event: ReceiptApplied) -> ReceivableSettled:
    """Return the receivable's half of an application: the same facts, checked when the first half was made."""
    amount = event.amount if event.exchange is None else event.exchange.settled
    return _settled(
        event.receivable,
        event.kind,
        event.receipt,
        event.application,
        amount,
        event.on,
        event.at,
        event.authority,
        event.exchange,
        "",
    )


def _check_limits(receipt: Receipt, applied: Sequence[ReceiptApplied], owed: Owed) -> None:
    """Refuse what goes over the limit of an authority, together with what the receipt has settled under it already."""
    for authority in dict.fromkeys(owed.authorities.values()):
        if authority.limit is None:
            continue
        asked = total((event.amount for event in applied if event.authority == authority.id), receipt.amount.currency)
        left = authority.limit - authority.used([receipt], receipt.amount.currency)
        if asked > left:
            raise Refused(
                "receipt.over_authority",
                f"{asked} is more than the {left} that authority {authority.id} lets receipt {receipt.id} settle "
                f"for {authority.on_behalf_of}; apply that or less to what he owes",
                authority=authority.id,
                receipt=receipt.id,
                party=authority.on_behalf_of,
                amount=asked,
                available=left,
            )


def _round(
    receipt: Receipt,
    applied: Sequence[ReceiptApplied],
    owed: Owed,
    tolerance: "Tolerance",
    events: list[ReceiptEvent],
    sides: Sequence[list[ReceivableEvent]],
) -> None:
    """Add what lets small differences go: of receivables where the receipt is used up, of the receipt where all is settled."""
    last = applied[-1]
    free = receipt.unapplied_from(last.on) - total((event.amount for event in applied), receipt.amount.currency)
    if not free:
        for event, side in zip(applied, sides, strict=True):
            side.extend(_let_go(owed.receivables[event.receivable], event, tolerance))
        return
    settled: dict[str, Money] = {event.receivable: event.amount for event in applied}
    done = all(settled.get(item.id) == item.open for item in owed.items)
    if done and receipt.unapplied == receipt.unapplied_from(last.on):
        limit = tolerance.keeps(free, receipt.amount)
        if limit is not None:
            events.append(ReceiptRoundedOff(receipt.id, last.application, free, limit, on=last.on, at=last.at))


def _let_go(receivable: Receivable, event: ReceiptApplied, tolerance: "Tolerance") -> list[ReceivableEvent]:
    settled = event.amount if event.exchange is None else event.exchange.settled
    short = receivable.open - settled
    limit = tolerance.lets_go(short, receivable.amount)
    if limit is None or receivable.open != receivable.open_from(event.on):
        return []
    return [
        ReceivableRoundedOff(receivable.id, short, limit=limit, on=event.on, at=event.at, application=event.application)
    ]
