"""What can happen to a collection plan."""

import datetime as dt

import attrs

from ltc._billing.amounts import above_zero, is_money
from ltc._billing.plans.schedule import Installment, Schedule
from ltc._fields import exactly, whole
from ltc.errors import InvalidValue
from ltc.events import day, instant
from ltc.findings import Reason
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, PlanId, ReceivableId
from ltc.money import Money, total
from ltc.text import free_text, one_line


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
    schedule: Schedule = attrs.field(validator=exactly(Schedule))
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


@attrs.frozen
class PlanRevised:
    """What was not raised yet is collected otherwise: after a change of the amount, or a part payment.

    Raises:
        InvalidValue: an installment below zero, or two of one number.

    >>> from ltc.testing.samples.billing import revision
    >>> str(revision().amount), [part.number for part in revision().waiting]
    ('110000.00 CNY', [1, 2, 3])
    """

    plan: PlanId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=is_money)
    """What the plan sums to from now on, what was raised included."""
    waiting: tuple[Installment, ...] = attrs.field(
        validator=attrs.validators.deep_iterable(exactly(Installment), exactly(tuple))
    )
    """All installments that are not raised, as they are from now on."""
    strategy: Reason = attrs.field(validator=exactly(Reason))
    """How the new ones were found."""
    change: ChangeId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        numbers = [part.number for part in self.waiting]
        if any(part.amount.minor < 0 for part in self.waiting) or len(set(numbers)) < len(numbers):
            raise InvalidValue(
                "plan.revision",
                f"plan {self.plan} would wait for an installment below zero, or for two of one number; "
                "give each its own number, of zero or more",
                plan=self.plan,
            )


PlanEvent = PlanAdopted | MilestoneReached | DatedInstallmentsRaised | InstallmentReduced | PlanRevised
