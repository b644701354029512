"""The customer is let off an installment, or a part of it 减免: order, plan or receivable, invoice, receipt and refund in one step."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ltc import billing, contracts
from ltc._flows.changes import Changes, last_of
from ltc._flows.impact import ImpactPreview
from ltc.ids import ChangeId, NoteId, RefundId, RequestId, derived
from ltc.money import Money, total


def preview_waiver(
    order: contracts.Order,
    plan: billing.CollectionPlan,
    *,
    receivables: Sequence[billing.Receivable] = (),
    invoices: Sequence[billing.Invoice] = (),
    receipts: Sequence[billing.Receipt] = (),
    installment: int,
    amount: Money | None = None,
    change: ChangeId,
    reason: str,
    approval: RequestId | None = None,
    on: dt.date,
    now: dt.datetime,
) -> ImpactPreview:
    """Say what letting the customer off an installment would change; nothing is changed yet.

    Without `amount` the whole installment is waived. In one step

    - the order is amended, its service lines first;
    - the installment is lowered where it is not due yet, else its receivable is waived;
    - what was paid of the waived part is taken back from the receivable and a refund of it is requested, latest receipt first;
    - what was invoiced beyond the new amounts is taken back by red-letter notes, the latest invoice first, from the lines that
      bear the tax rates of what the order loses.

    So what the order loses is what the plan or the receivable loses. `receivables`, `invoices` and `receipts` are those of the
    order; others are not touched. Documents that it makes get ids derived from the change's.

    Raises:
        Refused: more than the installment still is, a change of that id was made before, or the lines cost less.
        InvalidValue: there is no such installment.

    >>> from ltc.testing.samples.flows import waiver
    >>> [(impact.subject.kind, impact.figure, str(impact.difference)) for impact in waiver().impacts]
    [('order', 'amount', '-10000.00 CNY'), ('plan', 'amount', '-10000.00 CNY')]
    """
    waived = plan.amount_of(installment) if amount is None else amount
    lines = contracts.reduce_lines(order.lines, waived)
    amended = contracts.amend(order, change=change, lines=lines, reason=reason, approval=approval, on=on, now=now)
    due = [found for found in receivables if (found.plan, found.installment) == (plan.id, installment)]
    if due:
        settled = _let_off(due[0], receipts, amount=waived, change=change, reason=reason, on=on, now=now)
        receivable: billing.Receivable | None = last_of(settled, billing.Receivable)
    else:
        settled = (billing.reduce(plan, installment=installment, amount=waived, change=change, reason=reason, now=now),)
        receivable = None
    too_much = _over_invoiced(invoices, amended.after.amount, receivable, waived)
    cuts = _cuts(order, amended.after)
    notes = _taken_back(invoices, too_much, receivable, cuts, change=change, on=on, now=now)
    return ImpactPreview(change, order.id, waived, reason, approval, (amended, *settled, *notes))


def _let_off(
    receivable: billing.Receivable,
    receipts: Sequence[billing.Receipt],
    *,
    amount: Money,
    change: ChangeId,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Waive a receivable; what was paid of it beforehand comes free, and a refund of that is requested."""
    paid = amount - receivable.open
    if paid.minor <= 0:
        return (billing.waive(receivable, amount=amount, change=change, reason=reason, on=on, now=now),)
    freed = _freed(receivable, receipts, paid, reason=reason, on=on, now=now)
    reopened = last_of(freed, billing.Receivable) if freed else receivable
    waived = billing.waive(reopened, amount=amount, change=change, reason=reason, on=on, now=now)
    return (*freed, waived, *_refunded(freed, waived.after, paid, change=change, reason=reason, on=on, now=now))


def _freed(
    receivable: billing.Receivable,
    receipts: Sequence[billing.Receipt],
    wanted: Money,
    *,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Take applications back, the latest first, until at least `wanted` is open again."""
    by_id: dict[str, billing.Receipt] = {receipt.id: receipt for receipt in receipts}
    changes: list[Changes] = []
    left = wanted.minor
    for entry in reversed(receivable.entries):
        if left <= 0:
            break
        receipt = by_id.get(entry.other or "")
        if receipt is None or receipt.application(entry.reference) is None:
            continue
        pair = billing.unapply(receipt, receivable, application=entry.reference, reason=reason, on=on, now=now)
        by_id[receipt.id], receivable = pair[0].after, pair[1].after
        changes.append(pair)
        left -= entry.amount.minor
    return tuple(change for pair in changes for change in pair)


def _refunded(
    freed: Changes,
    receivable: billing.Receivable,
    wanted: Money,
    *,
    change: ChangeId,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Put back what was freed beyond `wanted`, and request a refund of the rest from each receipt, the latest first."""
    receipts: dict[str, billing.Receipt] = {}
    freed_of: dict[str, int] = {}
    for step in freed:
        if isinstance(step.after, billing.Receipt) and isinstance(step.before, billing.Receipt):
            receipts[step.after.id] = step.after
            gained = step.after.unapplied - step.before.unapplied
            freed_of[step.after.id] = freed_of.get(step.after.id, 0) + gained.minor
    changes: list[Changes] = []
    left = wanted.minor
    for number, (receipt_id, free) in enumerate(freed_of.items(), 1):
        receipt, back = receipts[receipt_id], min(free, left)
        left -= back
        if free > back:
            rest = Money(free - back, wanted.currency)
            paid, *settled = billing.apply(receipt, [receivable], amount=rest, on=on, now=now)
            receipt, receivable = paid.after, settled[0].after
            changes.append((paid, *settled))
        refund = RefundId(derived(change, f"refund/{number}"))
        asked = billing.request_refund(
            refund, receipt=receipt, amount=Money(back, wanted.currency), reason=reason, now=now
        )
        changes.append(asked)
    return tuple(step for steps in changes for step in steps)


def _over_invoiced(
    invoices: Sequence[billing.Invoice],
    order_amount: Money,
    receivable: billing.Receivable | None,
    waived: Money,
) -> Money:
    """Return what is invoiced too much: beyond the order, or beyond the waived receivable; at most what was waived."""
    billed = total((invoice.billed for invoice in invoices), waived.currency)
    beyond = billed.minor - order_amount.minor
    if receivable is not None:
        covered = sum(min(_covered(invoice, receivable).minor, invoice.billed.minor) for invoice in invoices)
        beyond = max(beyond, covered - (receivable.amount - receivable.waived).minor)
    return Money(max(0, min(beyond, waived.minor, billed.minor)), waived.currency)


def _covered(invoice: billing.Invoice, receivable: billing.Receivable) -> Money:
    amounts = [cover.amount for cover in invoice.covers if cover.receivable == receivable.id]
    return total(amounts, invoice.currency)


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


def _taken_back(
    invoices: Sequence[billing.Invoice],
    amount: Money,
    receivable: billing.Receivable | None,
    cuts: dict[Decimal, int],
    *,
    change: ChangeId,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Take an amount back by red-letter notes: from invoices of the receivable first, then from the latest."""
    notes: list[Changes] = []
    for number, (invoice, part) in enumerate(_parts(invoices, amount, receivable), 1):
        requested = billing.request_note(
            NoteId(derived(change, f"note/{number}")),
            invoice=invoice,
            amount=part,
            reason=billing.NoteReason.ALLOWANCE,
            lines=_lines_at(invoice, part, cuts),
            on=on,
            now=now,
        )
        confirmed = billing.confirm_note(requested.after, on=on, now=now)
        issued = billing.issue_note(confirmed.after, invoice, on=on, now=now)
        notes.append((requested, confirmed, *issued))
    return tuple(step for steps in notes for step in steps)


def _parts(
    invoices: Sequence[billing.Invoice], amount: Money, receivable: billing.Receivable | None
) -> Iterator[tuple[billing.Invoice, Money]]:
    def latest_of_receivable_first(invoice: billing.Invoice) -> tuple[bool, dt.date]:
        return receivable is not None and bool(_covered(invoice, receivable)), invoice.issued_on

    left = amount.minor
    for invoice in sorted(invoices, key=latest_of_receivable_first, reverse=True):
        part = min(left, invoice.billed.minor)
        if part > 0:
            yield invoice, Money(part, amount.currency)
            left -= part
