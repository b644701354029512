"""What of an order's invoices is billed too much once the customer is let off something, and the red letters that take it back."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ltc import billing, contracts
from ltc._flows.changes import Changes
from ltc.ids import NoteId, derived
from ltc.money import Money


def take_back(
    invoices: Sequence[billing.Invoice],
    *,
    before: contracts.Order,
    after: contracts.Order,
    receivables: Sequence[billing.Receivable],
    name: str,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Take back by red letters what the invoices of an order bill beyond it, the latest invoice first.

    An invoice may bill of each receivable that it covers what is left of that after waivers; together the invoices may bill the
    order. At most what the order loses is taken back, from the lines that bear the tax rates of the loss.
    """
    cuts = _cuts(before, after)
    notes: list[Changes] = []
    for number, (invoice, part) in enumerate(_parts(invoices, before.amount - after.amount, after, receivables), 1):
        requested = billing.request_note(
            NoteId(derived(name, f"note/{number}")),
            invoice=invoice,
            amount=part,
            reason=billing.NoteReason.ALLOWANCE,
            lines=_lines_at(invoice, part, cuts),
            on=on,
            now=now,
        )
        confirmed = billing.confirm_note(requested.after, on=on, now=now)
        notes.append((requested, confirmed, *billing.issue_note(confirmed.after, invoice, on=on, now=now)))
    return tuple(step for steps in notes for step in steps)


def _parts(
    invoices: Sequence[billing.Invoice],
    most: Money,
    order: contracts.Order,
    receivables: Sequence[billing.Receivable],
) -> Iterator[tuple[billing.Invoice, Money]]:
    """Yield how much of which invoice is too much: beyond its receivables first, then beyond the order."""
    latest = sorted(invoices, key=lambda invoice: (invoice.issued_on, invoice.id), reverse=True)
    left, taken = most.minor, dict.fromkeys((invoice.id for invoice in latest), 0)
    for invoice in latest:
        part = min(left, max(0, invoice.billed.minor - _billable(invoice, receivables)))
        taken[invoice.id] += part
        left -= part
    beyond = min(left, sum(invoice.billed.minor for invoice in latest) - sum(taken.values()) - order.amount.minor)
    for invoice in latest:
        part = max(0, min(beyond, invoice.billed.minor - taken[invoice.id]))
        taken[invoice.id] += part
        beyond -= part
        if taken[invoice.id]:
            yield invoice, Money(taken[invoice.id], most.currency)


def _billable(invoice: billing.Invoice, receivables: Sequence[billing.Receivable]) -> int:
    """Return how many minor units an invoice may bill by the receivables that it covers; what covers none is not limited here."""
    left = {receivable.id: (receivable.amount - receivable.waived).minor for receivable in receivables}
    lost = sum(max(0, cover.amount.minor - left.get(cover.receivable, cover.amount.minor)) for cover in invoice.covers)
    return invoice.gross.minor - lost


def _cuts(before: contracts.Order, after: contracts.Order) -> dict[Decimal, int]:
    """Return how many minor units the order loses at each tax rate."""
    cuts: dict[Decimal, int] = {}
    for old, new in zip(before.lines, after.lines, strict=True):
        lost = old.amount(before.currency) - new.amount(before.currency)
        cuts[old.tax_rate] = cuts.get(old.tax_rate, 0) + lost.minor
    return cuts


def _lines_at(invoice: billing.Invoice, amount: Money, cuts: dict[Decimal, int]) -> tuple[tuple[int, Money], ...]:
    """Return which lines of an invoice give an amount: first those taxed at the rates that the order lost, then the others.

    What is taken is taken off `cuts`, so that the next invoice gives the rest.
    """
    left = {number: (line.gross - invoice.red_of(number)).minor for number, line in enumerate(invoice.lines, 1)}
    given = dict.fromkeys(left, 0)
    for number, line in enumerate(invoice.lines, 1):
        part = min(left[number], cuts.get(line.tax_rate, 0), amount.minor - sum(given.values()))
        given[number] += part
        cuts[line.tax_rate] = cuts.get(line.tax_rate, 0) - part
    for number, rest in left.items():
        given[number] += min(rest - given[number], amount.minor - sum(given.values()))
    return tuple((number, Money(minor, amount.currency)) for number, minor in given.items() if minor)
