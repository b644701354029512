"""The customer is let off an installment, or a part of it 减免: order, plan or receivable, invoice, receipt and refund in one step."""

import datetime as dt
from collections.abc import Sequence

from ltc import billing, contracts
from ltc._flows.changes import Changes, last_of
from ltc._flows.impact import ImpactPreview
from ltc._flows.ordering import check_plan
from ltc._flows.taking_back import take_back
from ltc.errors import Refused
from ltc.ids import ChangeId, ReceiptId, RefundId, RequestId, derived
from ltc.money import Money


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
    policy: "billing.ReliefPolicy | None" = None,
    approval: RequestId | None = None,
    authorities: Sequence["billing.PaymentAuthority"] = (),
    on: dt.date,
    now: dt.datetime,
) -> ImpactPreview:
    """Say what letting the customer off an installment would change; nothing is changed yet.

    Without `amount` all that is left of the installment is waived. In one step

    - the order is amended, its service lines first;
    - the installment is lowered where it is not due yet, else its receivable is waived;
    - what was paid of the waived part is taken back from the receivable, the latest application first, and its refund requested;
    - what was invoiced beyond the new amounts is taken back by red-letter notes, the latest invoice first, from the lines that
      bear the tax rates of what the order loses, unless the `policy` makes none.

    With a `policy` an amount above the limit of its waivers cannot be carried out without an approval.

    So what the order loses is what the plan or the receivable loses. `receivables` and `receipts` are those of the plan's
    customer, `invoices` those of the order; what belongs to another order is left alone. Documents that it makes get ids derived
    from the order's and the change's. `authorities` are those under which another customer paid: of an application that is taken
    back what is not waived is applied again.

    Raises:
        Refused: the plan is another order's, nothing or less than the amount is left of the installment, a change of that id was
            made before, the receipts that paid the waived part are not given or of another currency, or what another customer paid
            has to be applied again without his authority.
        InvalidValue: there is no such installment.

    >>> from ltc.testing.samples.flows import waiver
    >>> [(impact.subject.kind, impact.figure, str(impact.difference)) for impact in waiver().impacts]
    [('order', 'amount', '-10000.00 CNY'), ('plan', 'amount', '-10000.00 CNY')]
    """
    check_plan(order, plan)
    due = next((found for found in receivables if (found.plan, found.installment) == (plan.id, installment)), None)
    before, waived = due, _waived(plan, due, installment, amount)
    lines = contracts.reduce_lines(order.lines, waived)
    amended = contracts.amend(order, change=change, lines=lines, reason=reason, approval=approval, on=on, now=now)
    name = derived(order.id, change)
    if due is None:
        settled: Changes = (
            billing.reduce(plan, installment=installment, amount=waived, change=change, reason=reason, now=now),
        )
    else:
        settled = _let_off(
            due,
            receipts,
            amount=waived,
            change=change,
            name=name,
            reason=reason,
            authorities=authorities,
            on=on,
            now=now,
        )
        due = last_of(settled, billing.Receivable)
    billed = [invoice for invoice in invoices if invoice.order == order.id]
    notes = take_back(
        [] if policy is not None and not policy.red_letters else billed,
        before=order,
        after=amended.after,
        receivables=[found if due is None or found.id != due.id else due for found in receivables],
        name=name,
        change=change,
        on=on,
        now=now,
    )
    free = None if policy is None else _free(plan, before, installment, policy)
    return ImpactPreview(change, order.id, waived, reason, approval, (amended, *settled, *notes), free)


def _waived(
    plan: billing.CollectionPlan, due: billing.Receivable | None, installment: int, amount: Money | None
) -> Money:
    """Return what is to be waived: the amount, or all that is left of the installment."""
    left = plan.amount_of(installment)
    if due is not None:
        left = due.amount - due.waived - due.written_off - due.rounded_off
    asked = left if amount is None else amount
    if not 0 < asked.minor <= left.minor or asked.currency != left.currency:
        raise Refused(
            "waiver.amount",
            f"{asked} of installment {installment} of plan {plan.id} cannot be waived: {left} is left of it; "
            "waive more than zero and at most that",
            plan=plan.id,
            installment=installment,
            amount=asked,
            left=left,
        )
    return asked


def _free(
    plan: billing.CollectionPlan, due: billing.Receivable | None, installment: int, policy: billing.ReliefPolicy
) -> Money:
    """Return what of an installment is waived without an approval."""
    if due is not None:
        return policy.left(billing.Relief.WAIVER, due)
    agreed = plan.schedule.installments[installment - 1].amount
    return policy.waiver.left(agreed, agreed - plan.amount_of(installment))


def _let_off(
    receivable: billing.Receivable,
    receipts: Sequence[billing.Receipt],
    *,
    amount: Money,
    change: ChangeId,
    name: str,
    reason: str,
    authorities: Sequence["billing.PaymentAuthority"],
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Waive a receivable; what was paid of it beforehand comes free, and a refund of that is requested."""
    paid = amount - receivable.open
    if paid.minor <= 0:
        return (billing.waive(receivable, amount=amount, change=change, reason=reason, on=on, now=now),)
    freed, backs = _freed(receivable, receipts, paid, reason=reason, on=on, now=now)
    reopened = last_of(freed, billing.Receivable)
    waived = billing.waive(reopened, amount=amount, change=change, reason=reason, on=on, now=now)
    latest = {step.after.id: step.after for step in freed if isinstance(step.after, billing.Receipt)}
    restored: Changes = ()
    if waived.after.open:
        *_, last = backs  # what was freed beyond the waived part goes back to where it was
        restored = billing.apply(
            latest[last], [waived.after], amount=waived.after.open, authorities=authorities, on=on, now=now
        )
        latest[last] = last_of(restored, billing.Receipt)
    refunds = [
        billing.request_refund(
            RefundId(derived(name, f"refund/{number}")),
            receipt=latest[receipt],
            amount=Money(back, amount.currency),
            reason=reason,
            now=now,
        )
        for number, (receipt, back) in enumerate(backs.items(), 1)
    ]
    return (*freed, waived, *restored, *(step for refund in refunds for step in refund))


def _freed(
    receivable: billing.Receivable,
    receipts: Sequence[billing.Receipt],
    wanted: Money,
    *,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> tuple[Changes, dict[ReceiptId, int]]:
    """Take applications back, the latest first, until `wanted` is open again; also return how much of which receipt is to be paid back."""
    by_id: dict[str, billing.Receipt] = {receipt.id: receipt for receipt in receipts}
    changes: list[Changes] = []
    backs: dict[ReceiptId, int] = {}
    left = wanted.minor
    for entry in reversed(receivable.entries):
        receipt = by_id.get(entry.other or "")
        if left <= 0 or receipt is None or receipt.application(entry.reference) is None:
            continue
        if receipt.amount.currency != wanted.currency:
            raise Refused(
                "waiver.other_currency",
                f"receipt {receipt.id} paid receivable {receivable.id} in {receipt.amount.currency}, and {wanted} cannot be refunded in it; "
                "waive at most what is open, or take that application back first",
                receipt=receipt.id,
                receivable=receivable.id,
                currency=receipt.amount.currency,
                amount=wanted,
            )
        pair = billing.unapply(receipt, receivable, application=entry.reference, reason=reason, on=on, now=now)
        by_id[receipt.id], receivable = pair[0].after, pair[1].after
        changes.append(pair)
        backs[receipt.id] = backs.get(receipt.id, 0) + min(left, entry.amount.minor)
        left -= entry.amount.minor
    if left > 0:
        raise Refused(
            "waiver.receipts",
            f"{wanted} of receivable {receivable.id} is paid and has to be refunded; give the receipts that paid it",
            receivable=receivable.id,
            amount=wanted,
        )
    return tuple(change for pair in changes for change in pair), backs
