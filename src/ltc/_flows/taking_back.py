"""What of an order's invoices is billed too much once the customer is let off something, and the red letters that take it back."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ltc import billing, contracts
from ltc._flows.changes import Changes
from ltc.ids import ChangeId, NoteId, ReceivableId, derived
from ltc.money import Money


def take_back(
    invoices: Sequence[billing.Invoice],
    *,
    before: contracts.Order,
    after: contracts.Order,
    receivables: Sequence[billing.Receivable],
    name: str,
    change: ChangeId,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Take back by red letters what the invoices of an order bill beyond it, the latest invoice first.

    The invoices may bill of each receivable what is left of that after waivers; together they may bill the order. At most what the order loses is taken back, from the lines that bear the tax rates of the loss.
    """
    cuts = _cuts(before, after)
    by_id: dict[str, billing.Receivable] = {receivable.id: receivable for receivable in receivables}
    notes: list[Changes] = []
    for number, part in enumerate(_parts(invoices, before.amount - after.amount, after, receivables), 1):
        requested = billing.request_note(
            NoteId(derived(name, f"note/{number}")),
            invoice=part.invoice,
            amount=part.amount,
            reason=billing.NoteReason.ALLOWANCE,
            lines=_lines_at(part.invoice, part.amount, cuts),
            covers=part.covers,
            change=change,
            on=on,
            now=now,
        )
        confirmed = billing.confirm_note(requested.after, on=on, now=now)
        note, invoice, *reddened = billing.issue_note(
            confirmed.after, part.invoice, receivables=tuple(by_id.values()), on=on, now=now
        )
        by_id |= {change.after.id: change.after for change in reddened}
        notes.append((requested, confirmed, note, invoice, *reddened))
    return tuple(step for steps in notes for step in steps)


class _Part(NamedTuple):
    """What is too much of an invoice, and of which receivables."""

    invoice: billing.Invoice
    amount: Money
    covers: tuple[tuple[ReceivableId, Money], ...]


def _parts(
    invoices: Sequence[billing.Invoice],
    most: Money,
    order: contracts.Order,
    receivables: Sequence[billing.Receivable],
) -> Iterator[_Part]:
    """Yield how much of which invoice is too much: beyond its receivables first, then beyond the order.

    What an invoice bills of receivables of other orders is left alone. Beyond the order what bills no receivable goes first, then
    what was covered last.
    """
    latest = sorted(invoices, key=lambda invoice: (invoice.issued_on, invoice.id), reverse=True)
    others = {owed.id for owed in receivables if owed.order != order.id}
    over = {owed.id: (owed.invoiced - (owed.amount - owed.waived)).minor for owed in receivables}
    covered = {
        invoice.id: {
            cover.receivable: cover.amount.minor for cover in invoice.covered if cover.receivable not in others
        }
        for invoice in latest
    }
    left, given = most.minor, {invoice.id: dict[ReceivableId, int]() for invoice in latest}
    for invoice in latest:
        for owed, minor in covered[invoice.id].items():
            part = max(0, min(left, over.get(owed, 0), minor))
            given[invoice.id][owed] = part
            over[owed] = over.get(owed, 0) - part
            left -= part
    named = {name: sum(parts.values()) for name, parts in given.items()}
    bills = {invoice.id: invoice.uncovered.minor + sum(covered[invoice.id].values()) for invoice in latest}
    beyond = min(left, sum(bills.values()) - sum(named.values()) - order.amount.minor)
    for invoice in latest:
        more = max(0, min(beyond, bills[invoice.id] - named[invoice.id]))
        beyond -= more
        rest = more - min(more, invoice.uncovered.minor)
        for owed, minor in reversed(covered[invoice.id].items()):
            part = min(rest, minor - given[invoice.id][owed])
            given[invoice.id][owed] += part
            rest -= part
        if named[invoice.id] + more:
            covers = tuple((owed, Money(minor, most.currency)) for owed, minor in given[invoice.id].items() if minor)
            yield _Part(invoice, Money(named[invoice.id] + more, most.currency), covers)


def _cuts(before: contracts.Order, after: contracts.Order) -> dict[Decimal, int]:
    """Return how many minor units the order loses at each tax rate; what it gains at one is no loss of another."""
    lost: dict[Decimal, int] = {}
    for sign, order in ((1, before), (-1, after)):
        for line in order.lines:
            lost[line.tax_rate] = lost.get(line.tax_rate, 0) + sign * line.amount(order.currency).minor
    return {rate: minor for rate, minor in lost.items() if minor > 0}


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
