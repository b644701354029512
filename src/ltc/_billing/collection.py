"""A collection plan: the schedule of an order, what was let off before it was due, and what has become a receivable."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import above_zero, no_second
from ltc._billing.schedule import Installment, Schedule
from ltc._fields import whole
from ltc.errors import InvalidValue
from ltc.events import Life, day, evolved, instant, no_beginning
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PlanId, ReceivableId
from ltc.money import Money, total
from ltc.text import free_text, one_line, say


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
class Raised:
    """An installment whose day is known: it is a receivable, or was nothing any more (`receivable` is None).

    >>> from datetime import date
    >>> Raised(1, receivable="P1/1", amount=Money.of("5.00", "CNY"), due_on=date(2026, 3, 2)).number
    1
    """

    number: int
    receivable: ReceivableId | None
    amount: Money
    due_on: dt.date
    retention: bool = False
    early_until: dt.date | None = None
    """The last day of the discount for who pays early, where it has one."""


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
    adopted_at: dt.datetime
    reached: tuple[Milestone, ...] = ()
    raised: tuple[Raised, ...] = ()
    reductions: tuple[Reduction, ...] = ()

    @property
    def amount(self) -> Money:
        """The total of the schedule less what was lowered here; a receivable's waiver is the receivable's."""
        lowered = total((cut.amount for cut in self.reductions), self.schedule.total.currency)
        return self.schedule.total - lowered

    @property
    def waiting(self) -> tuple[Installment, ...]:
        """The installments whose day is not known yet, at what is left of them (which may be zero)."""
        raised = {done.number for done in self.raised}
        return tuple(
            attrs.evolve(part, amount=self.amount_of(part.number))
            for part in self.schedule.installments
            if part.number not in raised
        )

    @property
    def milestones(self) -> tuple[str, ...]:
        """What the schedule waits for that was not reached yet."""
        done = {milestone.name for milestone in self.reached}
        return tuple(name for name in self.schedule.milestones if name not in done)

    def amount_of(self, number: int, /) -> Money:
        """Return the amount of an installment less what it was lowered by.

        Raises:
            InvalidValue: there is no such installment.

        >>> from ltc.testing.samples.billing import collection_plan
        >>> str(collection_plan().amount_of(3))
        '10000.00 CNY'
        """
        if not 1 <= number <= len(self.schedule.installments):
            raise InvalidValue(
                "plan.no_installment",
                f"plan {self.id} has no installment {number}; use 1 to {len(self.schedule.installments)}",
                plan=self.id,
                number=number,
                last=len(self.schedule.installments),
            )
        lowered = sum(cut.amount.minor for cut in self.reductions if cut.number == number)
        amount = self.schedule.installments[number - 1].amount
        return Money(amount.minor - lowered, amount.currency)

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
            else attrs.evolve(part, amount=self.amount_of(part.number)).explain(locale)
            for part in self.schedule.installments
        )


@attrs.frozen
class PlanAdopted:
    """A schedule was agreed for an order.

    Raises:
        InvalidValue: its total is not above zero, or does not sum up: it was not made by `plan`.

    >>> from ltc.testing.samples.billing import adopted
    >>> str(adopted().schedule.total)
    '100000.00 CNY'
    """

    plan: PlanId = attrs.field(validator=one_line)
    order: OrderId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    party: AccountId = attrs.field(validator=one_line)
    schedule: Schedule
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        amount, parts = self.schedule.total, self.schedule.installments
        summed = total((part.amount for part in parts), amount.currency)
        numbered = [part.number for part in parts] == list(range(1, len(parts) + 1))
        positive = all(part.amount.minor >= 0 for part in parts)
        if amount.minor <= 0 or summed != amount or not numbered or not positive:
            raise InvalidValue(
                "plan.schedule",
                f"plan {self.plan} has a schedule of {summed} for a total of {amount}; "
                "adopt one that `plan` made, of more than zero",
                plan=self.plan,
                sum=summed,
                total=amount,
            )


@attrs.frozen
class MilestoneReached:
    """What installments waited for has happened: their days are known.

    >>> from ltc.testing.samples.billing import signed
    >>> change, *_ = signed()
    >>> change.events[0].milestone, change.events[0].raised[0].receivable
    ('signed', 'P1/1')
    """

    plan: PlanId = attrs.field(validator=one_line)
    milestone: str = attrs.field(validator=one_line)
    raised: tuple[Raised, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DatedInstallmentsRaised:
    """The installments with an agreed day became receivables.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import NOON
    >>> DatedInstallmentsRaised("P1", raised=(), on=date(2026, 3, 2), at=NOON).plan
    'P1'
    """

    plan: PlanId = attrs.field(validator=one_line)
    raised: tuple[Raised, ...]
    on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class InstallmentReduced:
    """An installment was lowered before its day was known.

    >>> from ltc.testing.samples.billing import NOON
    >>> cut = InstallmentReduced("P1", installment=3, amount=Money.of("5", "CNY"), change="W1", reason="late", at=NOON)
    >>> cut.installment
    3
    """

    plan: PlanId = attrs.field(validator=one_line)
    installment: int = attrs.field(validator=whole(1))
    amount: Money = attrs.field(validator=above_zero)
    change: ChangeId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


PlanEvent = PlanAdopted | MilestoneReached | DatedInstallmentsRaised | InstallmentReduced


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
            return evolved(plan, version=version, reductions=cuts)
        case PlanAdopted():
            raise no_second(event)
        case _:
            assert_never(event)


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
    },
)
"""The life of a collection plan: for stores and for replay."""
