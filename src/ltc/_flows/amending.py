"""An order changes while it runs 变更: its collection plan follows, and red letters take back what was billed beyond it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from ltc import billing, contracts
from ltc._flows.changes import Changes
from ltc._flows.ordering import check_plan
from ltc._flows.taking_back import take_back
from ltc.ids import ChangeId, RequestId, derived


def amend_order(
    order: contracts.Order,
    plan: billing.CollectionPlan,
    *,
    lines: Iterable[contracts.Line],
    by: "billing.ReplanStrategy",
    receivables: Sequence[billing.Receivable] = (),
    invoices: Sequence[billing.Invoice] = (),
    change: ChangeId,
    reason: str,
    approval: RequestId | None,
    on: dt.date,
    now: dt.datetime,
) -> Changes:
    """Amend an order, and let what its plan has not raised yet follow by a strategy: what the order gains or loses, the plan does.

    `invoices` are those of the order, `receivables` those of its plan. What the invoices bill beyond a smaller order is taken back by
    red letters, the latest invoice first.

    Raises:
        Refused: the plan is another order's; as `contracts.amend`; as `billing.replan`, above all `plan.under_raised`: the order
            loses more than what waits; what is raised is let off with `preview_waiver`.

    >>> from attrs import evolve
    >>> from datetime import date
    >>> from ltc.testing.samples.billing import NOON, reached_plan
    >>> from ltc.testing.samples.contracts import placed_order
    >>> order = placed_order()
    >>> more = [evolve(order.line("1"), quantity=3), order.line("2")]
    >>> amended, replanned = amend_order(order, reached_plan(), lines=more, by=billing.in_proportion, change="CH-1",
    ...                                  reason="one more", approval=None, on=date(2026, 3, 9), now=NOON)
    >>> str(amended.after.amount), [str(part.amount) for part in replanned.after.waiting]
    ('145000.00 CNY', ['98571.43 CNY', '16428.57 CNY'])
    """
    check_plan(order, plan)
    amended = contracts.amend(order, change=change, lines=lines, reason=reason, approval=approval, on=on, now=now)
    amount = plan.amount + (amended.after.amount - order.amount)
    if amount == plan.amount:
        return (amended,)
    replanned = billing.replan(plan, by=by, amount=amount, change=change, reason=reason, now=now)
    notes = take_back(
        [invoice for invoice in invoices if invoice.order == order.id],
        before=order,
        after=amended.after,
        receivables=receivables,
        name=derived(order.id, change),
        change=change,
        on=on,
        now=now,
    )
    return (amended, replanned, *notes)
