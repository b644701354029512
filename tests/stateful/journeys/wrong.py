"""Planted wrong implementations: each must be caught."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
from tests.stateful.journeys.story import half_up

from ltc import billing
from ltc.billing import BankLine, Bill, Disposition, EntryKind, InvoiceRequest, Receipt, Receivable, RefundRequest
from ltc.errors import Refused
from ltc.money import Money


def waived_by_the_present_balance(receivable: Receivable, *, amount: Money, on: dt.date, **facts: Any) -> object:
    """Waive by what is open now, though the waiver is dated back: the mistake of every system that stores a balance."""
    if amount > receivable.open or on < receivable.raised_on:
        raise Refused("receivable.over", "too much")
    event = billing.ReceivableWaived(
        receivable.id, amount, change=facts["change"], reason=facts["reason"], on=on, at=facts["now"]
    )
    return billing.RECEIVABLE.change(receivable, event)


def one_side_taken_back(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Free the money, but forget to open the receivable again."""
    freed, _ = billing.unapply(receipt, receivable, **facts)
    return freed


def taken_back_without_the_difference(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Open the receivable again, but not for the small difference that had gone with the application."""
    freed, reopened = billing.unapply(receipt, receivable, **facts)
    return freed, billing.RECEIVABLE.change(receivable, reopened.events[0])


def applied_over_the_reservation(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Apply money that is set aside for a refund."""
    free = attrs.evolve(receipt, reservations=())
    change, *sides = billing.apply(free, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def applied_whatever_was_used(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Look at the limit of an authority call by call, and forget what the receipt settled under it before."""
    new = attrs.evolve(receipt, entries=tuple(attrs.evolve(entry, authority=None) for entry in receipt.entries))
    change, *sides = billing.apply(new, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def applied_short_of_the_limit(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Let differences go that are below the limit, not those of the limit itself."""
    if facts["tolerance"] is not None:
        limits = [limit - Money(1, limit.currency) for limit in facts["tolerance"].limits]
        facts["tolerance"] = attrs.evolve(facts["tolerance"], limits=limits)
    return billing.apply(receipt, receivables, **facts)


def applied_with_a_ghost(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Convert what is paid, whatever that leaves: a cent that nobody can pay."""
    change, *sides = billing.apply(receipt, receivables, **facts)
    for place, side in enumerate(sides):
        event = side.events[0]
        if isinstance(event, billing.ReceivableSettled) and event.exchange is not None:
            exact = Fraction(event.exchange.paid.minor) * Fraction(event.exchange.per) / Fraction(event.exchange.rate)
            settled = Money(min(event.amount.minor, half_up(exact)), event.amount.currency)
            if settled:
                ghost = attrs.evolve(event, amount=settled)
                before = next(one for one in receivables if one.id == event.receivable)
                sides[place] = billing.RECEIVABLE.change(before, ghost, *side.events[1:])
    return (change, *sides)


def bounced_whatever_is_pending(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Bounce money that is set aside for a refund."""
    free = attrs.evolve(receipt, reservations=())
    change, *sides = billing.bounce(free, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def moved_by_the_present_balance(receivable: Receivable, *, on: dt.date, **facts: Any) -> object:
    """Move what is open now, though the transfer is dated back."""
    facts["amount"] = facts["amount"] or receivable.open
    if not facts["amount"]:
        raise Refused("receivable.nothing_open", "nothing is open")
    latest = max((entry.on for entry in receivable.entries), default=on)
    return billing.transfer(receivable, on=max(on, latest), **facts)


def set_off_for_ever(receivable: Receivable, *, application: str, **facts: Any) -> object:
    """Take back what was settled against a payable as often as anybody asks."""
    standing = [entry for entry in receivable.entries if entry.kind is not EntryKind.UNAPPLIED]
    found = billing.reverse_set_off(attrs.evolve(receivable, entries=tuple(standing)), application=application, **facts)
    return billing.RECEIVABLE.change(receivable, *found.events)


def taken_back_though_it_was_paid(
    disposition: Disposition, receivable: Receivable, *, refund: RefundRequest | None, **facts: Any
) -> object:
    """Take the offset of a refund back whatever became of the refund: the customer has the money, and the credit again."""
    ended = None if refund is None else attrs.evolve(refund, status=billing.RefundStatus.REJECTED)
    return billing.reverse_offset(disposition, receivable, refund=ended, **facts)


def refunded_without_setting_aside(*subjects: Any, **facts: Any) -> object:
    """Ask for the refund of credit, but leave the money free to be applied."""
    return billing.refund_credit(*subjects, **facts)[:-1]


def issued_as_it_was_asked_for(request: InvoiceRequest, *, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Issue what was requested, though the customer was let off it or billed for it since."""
    before = [attrs.evolve(receivable, entries=(), billed=()) for receivable in receivables]
    asked, invoice, *billed = billing.issue_requested(request, receivables=before, **facts)
    changes: Any = zip(receivables, billed, strict=False)
    return (asked, invoice, *(billing.RECEIVABLE.change(now, *change.events) for now, change in changes))


def recovered_out_of_the_reservation(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Collect what was given up from money that is set aside for a refund."""
    change, side = billing.collect_recovery(attrs.evolve(receipt, reservations=()), receivable, **facts)
    return billing.RECEIPT.change(receipt, *change.events), side


def offset_by_the_present_credit(
    disposition: Disposition, receivables: Sequence[Receivable], *, on: dt.date, **facts: Any
) -> object:
    """Offset what is credit now, though it was used, or was not there yet, on that day."""
    if on < disposition.opened_on:
        raise Refused("credit.too_early", "too early")
    flat = attrs.evolve(
        disposition, entries=tuple(attrs.evolve(entry, on=disposition.opened_on) for entry in disposition.entries)
    )
    change, *sides = billing.offset_credit(flat, receivables, on=on, **facts)
    return (billing.DISPOSITION.change(disposition, *change.events), *sides)


def charged_from_the_beginning(receivable: Receivable, *, found: billing.Interest, **facts: Any) -> object:
    """Charge all the interest that has run, whatever of it was charged before."""
    nothing = Money.zero(receivable.amount.currency)
    return billing.charge_interest(receivable, found=attrs.evolve(found, charged=nothing), **facts)


def claimed_again_though_it_was_refunded(line: BankLine, receipt: Receipt, *others: Any, **facts: Any) -> object:
    """Open a bank line to claims again, though the customer has a part of the money back."""
    kept = attrs.evolve(
        receipt, entries=tuple(entry for entry in receipt.entries if entry.kind is not EntryKind.REFUNDED)
    )
    opened, gone, *sides = billing.take_back_claim(line, kept, *others, **facts)
    return (opened, billing.RECEIPT.change(receipt, *gone.events), *sides)


def dishonored_in_the_order_of_applications(bill: Bill, receipt: Receipt, *others: Any, **facts: Any) -> object:
    """Take back what a part of a bill settled first, not last."""
    turned = attrs.evolve(receipt, entries=tuple(reversed(receipt.entries)))
    failed, *sides = billing.dishonor_bill(bill, turned, *others, **facts)
    return (failed, *(_on(receipt, side) for side in sides))


def dishonored_out_of_the_reservation(bill: Bill, receipt: Receipt, *others: Any, **facts: Any) -> object:
    """Bounce money of a bill that is set aside for a refund."""
    failed, *sides = billing.dishonor_bill(bill, attrs.evolve(receipt, reservations=()), *others, **facts)
    return (failed, *(_on(receipt, side) for side in sides))


def _on(receipt: Receipt, side: Any) -> object:
    """Return the change of the receipt as it is; those of other things as they are."""
    return billing.RECEIPT.change(receipt, *side.events) if side.after.id == receipt.id else side
