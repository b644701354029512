"""Collect by a plan: adopt it, raise receivables as milestones are reached, lower what is not due yet."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_within
from ltc._billing.plans.collection import PLAN, CollectionPlan
from ltc._billing.plans.events import (
    DatedInstallmentsRaised,
    InstallmentReduced,
    MilestoneReached,
    PlanAdopted,
    PlanEvent,
    Raised,
)
from ltc._billing.plans.schedule import Installment, Schedule
from ltc._billing.receivables.events import ReceivableEvent, ReceivableRaised
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.calendars import BusinessCalendar
from ltc.errors import Refused
from ltc.events import Change
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PlanId, ReceivableId, derived
from ltc.money import Money

PlanChange = Change[CollectionPlan, PlanEvent]
ReceivableChange = Change[Receivable, ReceivableEvent]


def adopt(
    plan_id: PlanId, *, order: OrderId, entity: EntityId, party: AccountId, schedule: Schedule, now: dt.datetime
) -> PlanChange:
    """Adopt a schedule as the plan by which an order is collected. Nothing is owed yet: `reach` and `raise_dated` do that.

    Raises:
        InvalidValue: the total is not above zero.

    >>> from ltc.testing.samples.billing import NOON, schedule
    >>> change = adopt("P1", order="SO-1", entity="E1", party="A1", schedule=schedule(), now=NOON)
    >>> change.after.milestones
    ('signed', 'delivered', 'accepted')
    """
    return PLAN.change(None, PlanAdopted(plan_id, order, entity, party, schedule, at=now))


def reach(
    plan: CollectionPlan,
    *,
    milestone: str,
    on: dt.date,
    calendar: BusinessCalendar | None = None,
    now: dt.datetime,
) -> tuple[PlanChange, *tuple[ReceivableChange, ...]]:
    """Record that a milestone was reached: the plan's change, and a new receivable `{plan}/{number}` for each installment of it.

    An installment of zero (lowered to nothing) counts as raised and makes no receivable. Nothing is due before the day on which it is
    raised, whatever its rule says of that month. `calendar` is for due rules that roll.

    Raises:
        Refused: the plan does not wait for it: it was reached before, or no installment knows it.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import NOON, collection_plan
    >>> change, receivable = reach(collection_plan(), milestone="delivered", on=date(2026, 4, 1), now=NOON)
    >>> receivable.after.id, str(receivable.after.open), receivable.after.due_on
    ('P1/2', '60000.00 CNY', datetime.date(2026, 5, 1))
    >>> reach(change.after, milestone="delivered", on=date(2026, 4, 1), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: plan P1 reached delivered on 2026-04-01; it waits for: signed, accepted
    """
    for done in plan.reached:
        if done.name == milestone:
            raise Refused(
                "plan.reached",
                f"plan {plan.id} reached {milestone} on {done.on}; it waits for: {_waits_for(plan)}",
                plan=plan.id,
                milestone=milestone,
                on=done.on,
                waiting=_waits_for(plan),
            )
    if milestone not in plan.milestones:
        raise Refused(
            "plan.no_milestone",
            f"plan {plan.id} has no installment that waits for {milestone[:40]!a}; it waits for: {_waits_for(plan)}",
            plan=plan.id,
            milestone=milestone[:40],
            waiting=_waits_for(plan),
        )
    parts = [part for part in plan.waiting if part.due.milestone == milestone]
    raised = tuple(_raised(plan, part, on, calendar) for part in parts)
    reached = MilestoneReached(plan.id, milestone, raised, on=on, at=now)
    return PLAN.change(plan, reached), *_receivables(plan, raised, on, now)


def raise_dated(
    plan: CollectionPlan, *, on: dt.date, calendar: BusinessCalendar | None = None, now: dt.datetime
) -> tuple[PlanChange, *tuple[ReceivableChange, ...]]:
    """Raise the installments that are due on an agreed day, as of `on`: they wait for no milestone.

    Raises:
        Refused: none waits.

    >>> from datetime import date
    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> one_day = billing.plan(Money.of("80.00", "CNY"), [billing.rest(due=billing.on_day(date(2026, 4, 1)))])
    >>> adopted = adopt("P2", order="SO-2", entity="E1", party="A1", schedule=one_day, now=NOON)
    >>> _, receivable = raise_dated(adopted.after, on=TODAY, now=NOON)
    >>> receivable.after.id, receivable.after.due_on
    ('P2/1', datetime.date(2026, 4, 1))
    """
    parts = [part for part in plan.waiting if part.due.milestone is None]
    if not parts:
        raise Refused(
            "plan.nothing_dated",
            f"plan {plan.id} has no installment with an agreed day left to raise; it waits for: {_waits_for(plan)}",
            plan=plan.id,
            waiting=_waits_for(plan),
        )
    raised = tuple(_raised(plan, part, on, calendar) for part in parts)
    event = DatedInstallmentsRaised(plan.id, raised, on=on, at=now)
    return PLAN.change(plan, event), *_receivables(plan, raised, on, now)


def reduce(
    plan: CollectionPlan,
    *,
    installment: int,
    amount: Money,
    change: ChangeId,
    reason: str,
    now: dt.datetime,
) -> PlanChange:
    """Lower an installment that is not owed yet: the customer is let off it, in part or whole, before its day is known.

    Raises:
        Refused: it is a receivable already (waive that one) or was raised at nothing, or the amount is more than is left of it.
        InvalidValue: there is no such installment.

    >>> from ltc.testing.samples.billing import NOON, collection_plan, reached_plan
    >>> cut = reduce(collection_plan(), installment=3, amount=Money.of("10000", "CNY"), change="W1", reason="late", now=NOON)
    >>> str(cut.after.amount), str(cut.after.amount_of(3))
    ('90000.00 CNY', '0.00 CNY')
    >>> reduce(reached_plan(), installment=1, amount=Money.of("1", "CNY"), change="W1", reason="late", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: installment 1 of plan P1 is receivable P1/1; waive that
    """
    left = plan.amount_of(installment)
    for done in plan.raised:
        if done.number == installment:
            raise _raised_already(plan, done)
    check_within(
        amount,
        left,
        code="plan.over",
        of=f"left of installment {installment} of plan {plan.id}",
        plan=plan.id,
        number=installment,
    )
    return PLAN.change(plan, InstallmentReduced(plan.id, installment, amount, change=change, reason=reason, at=now))


def _raised_already(plan: CollectionPlan, done: Raised) -> Refused:
    if done.receivable is None:
        return Refused(
            "plan.installment_nothing",
            f"installment {done.number} of plan {plan.id} came to nothing and was raised without a receivable; "
            "lower another one",
            plan=plan.id,
            number=done.number,
        )
    return Refused(
        "plan.installment_raised",
        f"installment {done.number} of plan {plan.id} is receivable {done.receivable}; waive that",
        plan=plan.id,
        number=done.number,
        receivable=done.receivable,
    )


def _waits_for(plan: CollectionPlan) -> str:
    return ", ".join(plan.milestones) or "nothing"


def _raised(plan: CollectionPlan, part: Installment, on: dt.date, calendar: BusinessCalendar | None) -> Raised:
    receivable = ReceivableId(derived(plan.id, part.number)) if part.amount else None
    due = part.due.owed_on(on, calendar)  # an agreed day stays agreed, however late it is raised
    until = part.early.until(part.due.start(on), calendar) if part.early else None
    return Raised(part.number, receivable, part.amount, due_on=due, retention=part.retention, early_until=until)


def _receivables(
    plan: CollectionPlan, raised: Sequence[Raised], on: dt.date, now: dt.datetime
) -> tuple[ReceivableChange, ...]:
    return tuple(
        RECEIVABLE.change(
            None,
            ReceivableRaised(
                done.receivable,
                plan.order,
                plan.entity,
                plan.party,
                plan=plan.id,
                installment=done.number,
                amount=done.amount,
                due_on=done.due_on,
                on=on,
                at=now,
                retention=done.retention,
            ),
        )
        for done in raised
        if done.receivable is not None
    )
