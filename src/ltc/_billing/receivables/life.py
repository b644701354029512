"""The life of a receivable: how it begins, and the one place where it changes."""

from typing import Final, assert_never

from ltc._billing.amounts import no_second
from ltc._billing.receivables.billed import Billed
from ltc._billing.receivables.dunning_events import (
    ChasingEvent,
    DisputeOpened,
    DisputeSettled,
    DunningHeld,
    DunningReleased,
    DunningSent,
    InterestCharged,
    PaymentPromised,
)
from ltc._billing.receivables.entries import Entry, EntryKind
from ltc._billing.receivables.events import (
    BalanceEvent,
    ReceivableEvent,
    ReceivableInvoiced,
    ReceivableRaised,
    ReceivableRecovered,
    ReceivableReddened,
    ReceivableRoundedOff,
    ReceivableRoundOffReversed,
    ReceivableSettled,
    ReceivableWaived,
    ReceivableWrittenOff,
    SettlementReversed,
)
from ltc._billing.receivables.notices import InterestCharge, Notice
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.receivables.stops import Dispute, Hold, Promise
from ltc.events import Life, evolved, no_beginning


def begin(event: ReceivableEvent) -> Receivable:
    """Return the receivable that was raised."""
    match event:
        case ReceivableRaised():
            return Receivable(
                event.receivable,
                1,
                order=event.order,
                entity=event.entity,
                party=event.party,
                plan=event.plan,
                installment=event.installment,
                amount=event.amount,
                raised_on=event.on,
                due_on=event.due_on,
                component=event.component,
                retention=event.retention,
                origin=event.origin,
                charged_for=event.charged_for,
            )
        case _:
            raise no_beginning(event)


def evolve(receivable: Receivable, event: ReceivableEvent) -> Receivable:
    """Return the receivable after an event: the only place where it changes."""
    version = receivable.version + 1
    match event:
        case (
            ReceivableSettled()
            | SettlementReversed()
            | ReceivableWaived()
            | ReceivableWrittenOff()
            | ReceivableRecovered()
            | ReceivableRoundedOff()
            | ReceivableRoundOffReversed()
        ):
            return evolved(receivable, version=version, entries=(*receivable.entries, _entry(event)))
        case ReceivableInvoiced() | ReceivableReddened():
            return evolved(receivable, version=version, billed=(*receivable.billed, _billed(event)))
        case ReceivableRaised():
            raise no_second(event)
        case _:
            return _chased(receivable, event)


def _chased(receivable: Receivable, event: ChasingEvent) -> Receivable:
    version = receivable.version + 1
    match event:
        case DisputeOpened(amount=amount, reason=reason, on=on):
            disputes = (*receivable.disputes, Dispute(on, amount, reason))
            return evolved(receivable, version=version, disputes=disputes)
        case DisputeSettled(on=on):
            settled = (evolved(last, settled_on=on) for last in receivable.disputes[-1:])
            return evolved(receivable, version=version, disputes=(*receivable.disputes[:-1], *settled))
        case PaymentPromised(amount=amount, leaves=leaves, by=by, until=until, on=on):
            promises = (*receivable.promises, Promise(on, until, amount, leaves, by))
            return evolved(receivable, version=version, promises=promises)
        case DunningHeld(until=until, reason=reason, on=on):
            return evolved(receivable, version=version, holds=(*receivable.holds, Hold(on, until, reason)))
        case DunningReleased(on=on):
            released = (evolved(last, released_on=on) for last in receivable.holds[-1:])
            return evolved(receivable, version=version, holds=(*receivable.holds[:-1], *released))
        case InterestCharged(charge=charge, amount=amount, until=until, on=on):
            charges = (*receivable.interest_charges, InterestCharge(on, charge, amount, until))
            return evolved(receivable, version=version, interest_charges=charges)
        case DunningSent(to=to, days=days, letter=letter, owed=owed, interest=interest, fee=fee, on=on):
            notices = (*receivable.notices, Notice(on, to, days, letter, owed, interest, fee))
            return evolved(receivable, version=version, notices=notices)
        case _:
            assert_never(event)


def _billed(event: ReceivableInvoiced | ReceivableReddened) -> Billed:
    if isinstance(event, ReceivableInvoiced):
        return Billed(event.invoice, None, event.amount, event.on)
    return Billed(event.invoice, event.note, event.amount, event.on, event.issued_in_error)


def _entry(event: BalanceEvent) -> Entry:
    match event:
        case ReceivableSettled():
            return Entry(
                EntryKind.APPLIED,
                event.amount,
                event.application,
                event.source,
                event.on,
                event.kind,
                event.authority,
                event.exchange,
            )
        case SettlementReversed(kind=kind, source=source, application=application, amount=amount, on=on):
            return Entry(EntryKind.UNAPPLIED, amount, application, source, on, kind)
        case ReceivableWaived(amount=amount, change=change, on=on):
            return Entry(EntryKind.WAIVED, amount, change, None, on)
        case ReceivableWrittenOff(amount=amount, change=change, on=on):
            return Entry(EntryKind.WRITTEN_OFF, amount, change, None, on)
        case ReceivableRecovered(amount=amount, on=on):
            return Entry(EntryKind.RECOVERED, amount, "", None, on)
        case ReceivableRoundedOff(amount=amount, application=application, on=on):
            return Entry(EntryKind.ROUNDED, amount, application or "", None, on)
        case ReceivableRoundOffReversed(amount=amount, application=application, on=on):
            return Entry(EntryKind.UNROUNDED, amount, application, None, on)
        case _:
            assert_never(event)


RECEIVABLE: Final[Life[Receivable, ReceivableEvent]] = Life(
    "receivable",
    Receivable,
    begin,
    evolve,
    {
        "raised": ReceivableRaised,
        "settled": ReceivableSettled,
        "settlement_reversed": SettlementReversed,
        "waived": ReceivableWaived,
        "written_off": ReceivableWrittenOff,
        "recovered": ReceivableRecovered,
        "rounded_off": ReceivableRoundedOff,
        "dispute_opened": DisputeOpened,
        "dispute_settled": DisputeSettled,
        "payment_promised": PaymentPromised,
        "dunning_held": DunningHeld,
        "dunning_released": DunningReleased,
        "round_off_reversed": ReceivableRoundOffReversed,
        "interest_charged": InterestCharged,
        "dunning_sent": DunningSent,
        "invoiced": ReceivableInvoiced,
        "reddened": ReceivableReddened,
    },
)
"""The life of a receivable: for stores and for replay."""
