"""Plan anew what is not raised yet: after a change of the amount, or when the customer pays a part of it before its day."""

import datetime as dt
from collections.abc import Callable, Sequence

import attrs

from ltc._billing.amounts import above_zero, check_money
from ltc._billing.plans.collection import PLAN, CollectionPlan
from ltc._billing.plans.due import on_day
from ltc._billing.plans.events import PlanEvent, PlanRevised
from ltc._billing.plans.plan import plan as split_by
from ltc._billing.plans.schedule import Installment
from ltc._billing.plans.split import Remainder
from ltc._billing.plans.terms import Term
from ltc.errors import Refused
from ltc.events import Change
from ltc.findings import Reason
from ltc.ids import ChangeId
from ltc.money import Money, total


@attrs.frozen
class Replanned:
    """What a strategy makes of the installments that wait, and how.

    >>> from ltc.testing.samples.billing import collection_plan
    >>> waiting = collection_plan().waiting
    >>> found = from_last(waiting, Money.of("95000", "CNY"), 4)
    >>> [str(part.amount) for part in found.waiting], found.strategy.say("zh_CN")
    (['30000.00 CNY', '60000.00 CNY', '5000.00 CNY'], '自最后一期起调整')
    """

    waiting: tuple[Installment, ...]
    strategy: Reason


ReplanStrategy = Callable[[Sequence[Installment], Money, int], Replanned]
"""From the installments that wait, what is to be left for them, and the first number that is free, to those that wait from now on."""


def replan(
    plan: CollectionPlan,
    *,
    by: ReplanStrategy,
    amount: Money | None = None,
    change: ChangeId,
    reason: str,
    now: dt.datetime,
) -> Change[CollectionPlan, PlanEvent]:
    """Plan anew what is not raised yet, so that the plan sums to an amount; without one, to what it sums to now.

    What was raised stays as it is; numbers of new installments follow on. The strategies are `from_last`, `from_first`,
    `in_proportion`, `by_terms` and `prepaid`, or the host's own.

    Raises:
        Refused: `plan.under_raised`: the amount is less than what was raised (waive that), `plan.nothing_waits`,
            `plan.not_revised`: nothing would change, `plan.reached`: a new installment waits for what was reached before,
            `plan.strategy`: the strategy's installments do not sum to what is left, or one is below zero or was raised.
        CurrencyMismatch: an amount in another currency.

    >>> from ltc.testing.samples.billing import NOON, reached_plan
    >>> more = replan(reached_plan(), by=in_proportion, amount=Money.of("170000", "CNY"), change="CH-1", reason="two more", now=NOON)
    >>> [str(part.amount) for part in more.after.waiting], str(more.after.amount)
    (['120000.00 CNY', '20000.00 CNY'], '170000.00 CNY')
    >>> replan(reached_plan(), by=from_last, amount=Money.of("29999.99", "CNY"), change="CH-1", reason="less", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: plan P1 cannot sum to 29999.99 CNY: 30000.00 CNY is raised; ask for that or more, and waive what is open
    """
    asked = plan.amount if amount is None else amount
    check_money("amount", asked)
    raised = total((done.amount for done in plan.raised), plan.amount.currency)
    left = asked - raised
    if left.minor < 0:
        raise Refused(
            "plan.under_raised",
            f"plan {plan.id} cannot sum to {asked}: {raised} is raised; ask for that or more, and waive what is open",
            plan=plan.id,
            amount=asked,
            raised=raised,
        )
    found = by(plan.waiting, left, plan.next_number)
    _check(plan, found, left)
    revised = PlanRevised(plan.id, asked, found.waiting, strategy=found.strategy, change=change, reason=reason, at=now)
    return PLAN.change(plan, revised)


def _check(plan: CollectionPlan, found: Replanned, left: Money) -> None:
    if found.waiting == plan.waiting:
        raise Refused(
            "plan.not_revised", f"plan {plan.id} would stay as it is; give another amount or other terms", plan=plan.id
        )
    raised = {done.number for done in plan.raised}
    given = total((part.amount for part in found.waiting), left.currency)
    if given != left or any(part.amount.minor < 0 or part.number in raised for part in found.waiting):
        raise Refused(
            "plan.strategy",
            f"the strategy gave installments of {given} for {left} of plan {plan.id}, or one below zero or raised already; "
            "give that sum, each with a number of its own",
            plan=plan.id,
            given=given,
            left=left,
        )
    for done in plan.reached:
        if any(part.due.milestone == done.name for part in found.waiting):
            raise Refused(
                "plan.reached_before",
                f"plan {plan.id} reached {done.name} on {done.on}, and an installment would wait for it; give it a day",
                plan=plan.id,
                milestone=done.name,
                on=done.on,
            )


def from_last(waiting: Sequence[Installment], left: Money, _number: int, /) -> Replanned:
    """Follow a new amount with the last installments first: more is added to the last, less is taken off it, then off the one before.

    Raises:
        Refused: `plan.nothing_waits`: there is more, and no installment to add it to.

    >>> from ltc.testing.samples.billing import reached_plan
    >>> [str(part.amount) for part in from_last(reached_plan().waiting, Money.of("50000", "CNY"), 4).waiting]
    ['50000.00 CNY', '0.00 CNY']
    """
    return Replanned(_followed(waiting, left, last=True), Reason.of("plan.from_last"))


def from_first(waiting: Sequence[Installment], left: Money, _number: int, /) -> Replanned:
    """Follow a new amount with the first installments first; otherwise as `from_last`.

    >>> from ltc.testing.samples.billing import reached_plan
    >>> [str(part.amount) for part in from_first(reached_plan().waiting, Money.of("50000", "CNY"), 4).waiting]
    ['40000.00 CNY', '10000.00 CNY']
    """
    return Replanned(_followed(waiting, left, last=False), Reason.of("plan.from_first"))


def _followed(waiting: Sequence[Installment], left: Money, *, last: bool) -> tuple[Installment, ...]:
    order = list(reversed(range(len(waiting)))) if last else list(range(len(waiting)))
    parts = [part.amount.minor for part in waiting]
    more = left.minor - sum(parts)
    if more > 0:
        _check_waits(waiting, left)
        parts[order[0]] += more
    for index in order:
        taken = min(parts[index], max(0, -more))
        parts[index] -= taken
        more += taken
    return _at(waiting, parts)


def in_proportion(waiting: Sequence[Installment], left: Money, _number: int, /) -> Replanned:
    """Follow a new amount with every installment in proportion, exactly: largest fraction first.

    Raises:
        Refused: `plan.nothing_waits`: there is something left, and only installments of zero, or none.

    >>> from ltc.testing.samples.billing import reached_plan
    >>> [str(part.amount) for part in in_proportion(reached_plan().waiting, Money.of("50000", "CNY"), 4).waiting]
    ['42857.14 CNY', '7142.86 CNY']
    """
    weights = [part.amount.minor for part in waiting]
    if not any(weights):
        if left:
            raise _nothing_waits(left)
        return Replanned(tuple(waiting), Reason.of("plan.in_proportion"))
    parts = [part.minor for part in left.allocate(weights)]
    return Replanned(_at(waiting, parts), Reason.of("plan.in_proportion"))


def by_terms(*terms: Term, remainder: Remainder = Remainder.LARGEST_FRACTION) -> ReplanStrategy:
    """Return the strategy that plans what is left by terms, as `plan` does; their ratios are of what is left.

    Raises (when used):
        InvalidValue: as `plan`.

    >>> from ltc import billing
    >>> from ltc.testing.samples.billing import reached_plan
    >>> halves = by_terms(billing.share("0.5", due=billing.on("delivered")), billing.rest(due=billing.on("accepted")))
    >>> [(part.number, str(part.amount)) for part in halves(reached_plan().waiting, Money.of("70000", "CNY"), 4).waiting]
    [(4, '35000.00 CNY'), (5, '35000.00 CNY')]
    """

    def planned(_waiting: Sequence[Installment], left: Money, number: int, /) -> Replanned:
        made = split_by(left, terms, remainder=remainder).installments
        numbered = tuple(attrs.evolve(part, number=number + step) for step, part in enumerate(made))
        return Replanned(numbered, Reason.of("plan.by_terms"))

    return planned


def prepaid(amount: Money, /, *, on: dt.date, then: ReplanStrategy = from_first) -> ReplanStrategy:
    """Return the strategy for a part payment before its day: what is paid is an installment due on that day, the others follow.

    `raise_dated` makes it a receivable, to which the receipt is applied. By default it is taken off the first installments first.

    Raises:
        InvalidValue: the amount is not above zero.
        Refused (when used): `plan.over_waiting`: more than what waits.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import reached_plan
    >>> paid = prepaid(Money.of("20000", "CNY"), on=date(2026, 3, 20))
    >>> [(part.number, str(part.amount)) for part in paid(reached_plan().waiting, Money.of("70000", "CNY"), 4).waiting]
    [(2, '40000.00 CNY'), (3, '10000.00 CNY'), (4, '20000.00 CNY')]
    """
    part = _Prepayment(amount).amount

    def planned(waiting: Sequence[Installment], left: Money, number: int, /) -> Replanned:
        if part > left:
            raise Refused(
                "plan.over_waiting",
                f"{part} is more than the {left} that waits; plan that or less, the rest is credit",
                amount=part,
                left=left,
            )
        others = then(waiting, left - part, number + 1).waiting
        own = Installment(number, part, on_day(on))
        return Replanned((*others, own), Reason.of("plan.prepaid", amount=part, on=on))

    return planned


@attrs.frozen
class _Prepayment:
    amount: Money = attrs.field(validator=above_zero)


def _at(waiting: Sequence[Installment], parts: Sequence[int]) -> tuple[Installment, ...]:
    return tuple(
        attrs.evolve(part, amount=Money(minor, part.amount.currency))
        for part, minor in zip(waiting, parts, strict=True)
    )


def _check_waits(waiting: Sequence[Installment], left: Money) -> None:
    if not waiting:
        raise _nothing_waits(left)


def _nothing_waits(left: Money) -> Refused:
    return Refused(
        "plan.nothing_waits", f"no installment waits that could take {left}; plan it by new terms", left=left
    )
