"""A collection plan: the schedule of an order, what was let off before it was due, and what has become a receivable."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.plans.events import (
    DatedInstallmentsRaised,
    InstallmentReduced,
    MilestoneReached,
    PlanAdopted,
    PlanEvent,
    PlanRevised,
    Raised,
)
from ltc._billing.plans.schedule import Installment, Schedule
from ltc.errors import InvalidValue
from ltc.events import Life, evolved, no_beginning
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PlanId
from ltc.money import Money, total
from ltc.text import say


@attrs.frozen
class Milestone:
    """Something that installments wait for, and the day on which it was reached.

    >>> from datetime import date
    >>> Milestone("signed", on=date(2026, 3, 2)).name
    'signed'
    """

    name: str
    on: dt.date


@attrs.frozen
class Reduction:
    """What an installment was lowered by before its day was known.

    >>> Reduction(3, Money.of("5.00", "CNY"), change="W1").change
    'W1'
    """

    number: int
    amount: Money
    change: ChangeId


@attrs.frozen
class CollectionPlan:
    """How an order is to be collected 收款计划: what is not yet due stands here, what is due stands in receivables.

    >>> from ltc.testing.samples.billing import collection_plan
    >>> plan = collection_plan()
    >>> str(plan.amount), [part.number for part in plan.waiting]
    ('100000.00 CNY', [1, 2, 3])
    """

    id: PlanId
    version: int
    order: OrderId
    entity: EntityId
    party: AccountId
    schedule: Schedule
    """As adopted."""
    installments: tuple[Installment, ...]
    """As they are now, raised and waiting, by number."""
    adopted_at: dt.datetime
    reached: tuple[Milestone, ...] = ()
    raised: tuple[Raised, ...] = ()
    reductions: tuple[Reduction, ...] = ()

    @property
    def amount(self) -> Money:
        """What its installments sum to; a receivable's waiver is the receivable's."""
        return total((part.amount for part in self.installments), self.schedule.total.currency)

    @property
    def waiting(self) -> tuple[Installment, ...]:
        """The installments whose day is not known yet, at what is left of them (which may be zero)."""
        raised = {done.number for done in self.raised}
        return tuple(part for part in self.installments if part.number not in raised)

    @property
    def milestones(self) -> tuple[str, ...]:
        """What the installments wait for that was not reached yet."""
        done = {milestone.name for milestone in self.reached}
        names = dict.fromkeys(part.due.milestone for part in self.installments)
        return tuple(name for name in names if name is not None and name not in done)

    @property
    def next_number(self) -> int:
        """The number of the next installment that a new plan would make."""
        return 1 + max(len(self.schedule.installments), *(part.number for part in self.installments), 0)

    def amount_of(self, number: int, /) -> Money:
        """Return the amount of an installment less what it was lowered by.

        Raises:
            InvalidValue: there is no such installment.

        >>> from ltc.testing.samples.billing import collection_plan
        >>> str(collection_plan().amount_of(3))
        '10000.00 CNY'
        """
        for part in self.installments:
            if part.number == number:
                return part.amount
        known = ", ".join(str(part.number) for part in self.installments)
        raise InvalidValue(
            "plan.no_installment",
            f"plan {self.id} has no installment {number}; use one of {known}",
            plan=self.id,
            number=number,
            known=known,
        )

    def explain(self, locale: str, /) -> tuple[str, ...]:
        """Return in words what every installment is, or has become.

        >>> from ltc.testing.samples.billing import reached_plan
        >>> reached_plan().explain("zh_CN")[:2]
        ('第1期：¥30,000.00，到期日2026年3月2日', '第2期：¥60,000.00，起算日后30天（起算：交付）')
        """
        known = {done.number: done for done in self.raised}
        return tuple(
            say(
                "plan.raised",
                locale,
                number=part.number,
                amount=known[part.number].amount,
                due_on=known[part.number].due_on,
                remarks=part.remarks(locale, known[part.number].early_until),
            )
            if part.number in known
            else part.explain(locale)
            for part in self.installments
        )


def begin(event: PlanEvent) -> CollectionPlan:
    """Return the plan that was adopted."""
    match event:
        case PlanAdopted():
            return CollectionPlan(
                event.plan,
                1,
                order=event.order,
                entity=event.entity,
                party=event.party,
                schedule=event.schedule,
                installments=event.schedule.installments,
                adopted_at=event.at,
            )
        case _:
            raise no_beginning(event)


def evolve(plan: CollectionPlan, event: PlanEvent) -> CollectionPlan:
    """Return the plan after an event: the only place where it changes."""
    version = plan.version + 1
    match event:
        case MilestoneReached(milestone=name, raised=raised, on=on):
            reached = (*plan.reached, Milestone(name, on))
            return evolved(plan, version=version, reached=reached, raised=plan.raised + raised)
        case DatedInstallmentsRaised(raised=raised):
            return evolved(plan, version=version, raised=plan.raised + raised)
        case InstallmentReduced(installment=number, amount=amount, change=change):
            cuts = (*plan.reductions, Reduction(number, amount, change))
            lowered = tuple(_lowered(part, number, amount) for part in plan.installments)
            return evolved(plan, version=version, installments=lowered, reductions=cuts)
        case PlanRevised(waiting=waiting):
            numbers = {done.number for done in plan.raised}
            kept = [part for part in plan.installments if part.number in numbers]
            parts = tuple(sorted((*kept, *waiting), key=lambda part: part.number))
            return evolved(plan, version=version, installments=parts)
        case PlanAdopted():
            raise no_second(event)
        case _:
            assert_never(event)


def _lowered(part: Installment, number: int, amount: Money) -> Installment:
    return attrs.evolve(part, amount=part.amount - amount) if part.number == number else part


PLAN: Final[Life[CollectionPlan, PlanEvent]] = Life(
    "plan",
    CollectionPlan,
    begin,
    evolve,
    {
        "adopted": PlanAdopted,
        "milestone_reached": MilestoneReached,
        "dated_raised": DatedInstallmentsRaised,
        "reduced": InstallmentReduced,
        "revised": PlanRevised,
    },
)
"""The life of a collection plan: for stores and for replay."""
