"""Which receivables a receipt may settle, and of each how much in the currency of the receipt."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ltc._billing.amounts import check_several
from ltc._billing.exchange.crossing import Exchange
from ltc._billing.once import given_twice
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.entering import not_raised
from ltc._billing.receivables.entries import SettlementKind, least_from
from ltc._billing.receivables.open_item import OpenItem, open_item
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import Refused
from ltc.money import Money

if TYPE_CHECKING:  # who pays for himself in his own currency owes nothing to them
    from ltc._billing.exchange.rates import ExchangeRate, RateTable
    from ltc._billing.settlement.authority import PaymentAuthority


@attrs.frozen
class Owed:
    """What a receipt may settle: `items` are in its own currency, so that they can be distributed over."""

    items: list[OpenItem] = attrs.field(factory=list)
    receivables: dict[str, Receivable] = attrs.field(factory=dict)
    authorities: "dict[str, PaymentAuthority]" = attrs.field(factory=dict)
    """By receivable, of those that another customer owes."""
    rates: "dict[str, ExchangeRate]" = attrs.field(factory=dict)
    """By receivable, of those in another currency: what one unit of it costs."""

    def exchange(self, receivable: str, paid: Money, on: dt.date) -> Exchange | None:
        """Return what an amount of the receipt settles of a receivable in another currency; None: less than a unit of it.

        What pays the cost of all that is open settles all of it, and so does what would leave less than the receipt's currency can pay.
        """
        rate, left = self.rates[receivable], self.receivables[receivable].open_from(on)
        settled = min(left, Money.rounded(Fraction(paid.amount) / rate.factor, left.currency))
        if paid >= cost_of(left, rate) or not rate.convert(left - settled):
            settled = left
        return Exchange(paid, settled, rate.rate, rate.per, rate.on) if settled else None


def cost_of(left: Money, rate: "ExchangeRate") -> Money:
    """Return what all that is open costs, at least one unit: nothing is settled for nothing."""
    cost = rate.convert(left)
    return cost or Money(1, cost.currency)


def owed_to(
    receipt: Receipt,
    receivables: Sequence[Receivable],
    *,
    authorities: "Sequence[PaymentAuthority]",
    rates: "RateTable | None",
    on: dt.date,
) -> Owed:
    """Return what of receivables is open from a day on for a receipt, or refuse the first that it must not settle."""
    if on < receipt.received_on:
        raise Refused(
            "receipt.not_received",
            f"receipt {receipt.id} came in on {receipt.received_on}, after {on}; apply it on that day or a later one",
            receipt=receipt.id,
            received_on=receipt.received_on,
            on=on,
        )
    check_several(receivables)
    owed = Owed()
    known, items = owed.receivables, owed.items
    entity, party, currency = receipt.entity, receipt.party, receipt.amount.currency
    for receivable in receivables:
        if receivable.id in known:
            raise given_twice(receivable.id)
        known[receivable.id] = receivable
        if receivable.entity != entity:
            raise _other_entity(receipt, receivable)
        if receivable.party != party:
            owed.authorities[receivable.id] = _authority(receipt, receivable, authorities, on)
        if on < receivable.raised_on:
            raise not_raised(receivable, on)
        amount, entries = receivable.amount, receivable.entries
        minor = least_from(amount.minor, entries, on) if entries else amount.minor
        foreign = amount.currency != currency
        if foreign:
            owed.rates[receivable.id] = _rate(receipt, receivable, rates, on)
        if minor:
            left = Money(minor, amount.currency) if entries else amount
            cost = cost_of(left, owed.rates[receivable.id]) if foreign else left
            items.append(open_item(receivable, cost))
    if not items:
        raise Refused(
            "receipt.nothing_open",
            f"none of the receivables has anything open from {on} on; receipt {receipt.id} stays as credit",
            receipt=receipt.id,
            on=on,
        )
    return owed


def kind_of(receipt: Receipt, receivable: Receivable, /) -> SettlementKind:
    """Return how a receipt settles a receivable: money of an earlier day is an advance 预收冲应收, of the same day it is not."""
    return SettlementKind.ADVANCE if receipt.received_on < receivable.raised_on else SettlementKind.RECEIPT


def _other_entity(receipt: Receipt, receivable: Receivable) -> Refused:
    return Refused(
        "receipt.other_entity",
        f"receipt {receipt.id} has entity {receipt.entity}, receivable {receivable.id} has {receivable.entity}; "
        "both must be the same",
        receipt=receipt.id,
        receivable=receivable.id,
        ours=receipt.entity,
        theirs=receivable.entity,
    )


def _authority(
    receipt: Receipt, receivable: Receivable, authorities: "Sequence[PaymentAuthority]", on: dt.date
) -> "PaymentAuthority":
    for authority in authorities:
        if authority.covers(receipt, receivable, on):
            return authority
    raise Refused(
        "receipt.other_party",
        f"receipt {receipt.id} was paid by {receipt.party}, receivable {receivable.id} is owed by {receivable.party}; "
        f"give an authority of {receipt.party} to pay {receipt.amount.currency} for {receivable.party} that holds on {on}",
        receipt=receipt.id,
        receivable=receivable.id,
        ours=receipt.party,
        theirs=receivable.party,
        on=on,
    )


def _rate(receipt: Receipt, receivable: Receivable, rates: "RateTable | None", on: dt.date) -> "ExchangeRate":
    ours, theirs = receipt.amount.currency, receivable.amount.currency
    if rates is None:
        raise Refused(
            "receipt.other_currency",
            f"receipt {receipt.id} is in {ours}, receivable {receivable.id} in {theirs}; give a rate of {theirs} in {ours}",
            receipt=receipt.id,
            receivable=receivable.id,
            ours=ours,
            theirs=theirs,
        )
    return rates.rate(theirs, ours, on)
