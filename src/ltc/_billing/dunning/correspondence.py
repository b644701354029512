"""Letters of a day: what is overdue is put together by customer, kept apart by days, and not written for too little."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from ltc._billing.dunning.chased import Chased, Stop
from ltc._billing.dunning.interest import InterestRounding, interest
from ltc._billing.dunning.ladder import DAY, day_of
from ltc._billing.dunning.letters import Letter, LetterLine, LetterTone
from ltc._billing.dunning.policy import DunningPolicy, Grouping
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.notices import Receiver
from ltc.calendars import BusinessCalendar
from ltc.findings import Reason
from ltc.ids import AccountId, EntityId, ReceivableId
from ltc.money import Money, divide, total


class _Key(NamedTuple):
    """What one letter is about."""

    ahead: bool
    """Before the due date, or on it."""
    entity: EntityId
    party: AccountId
    currency: str
    receivable: ReceivableId | None
    """None: of all of them."""


def write_letters(
    cases: Sequence[Chased],
    policy: DunningPolicy,
    on: dt.date,
    *,
    receipts: Iterable[Receipt],
    calendar: BusinessCalendar | None,
) -> tuple[tuple[Letter, ...], Mapping[ReceivableId, Stop]]:
    """Return the letters of a day, and why those are withheld that are due and not written."""
    groups: dict[_Key, list[Chased]] = defaultdict(list)
    overdue: dict[_Key, list[Chased]] = defaultdict(list)
    waiting: dict[_Key, dt.date] = {}
    for case in cases:
        if on > case.receivable.due_on and not case.stops:
            overdue[_key(case, policy, ahead=False)].append(case)
        if step := case.letter_step:
            key = _key(case, policy, ahead=step.days <= 0)
            groups[key].append(case)
            since = day_of(step, case.receivable.due_on, calendar)
            waiting[key] = min(waiting.get(key, since), since)
    last, held = last_letters(cases, on), _by_debtor(receipts)
    letters: list[Letter] = []
    withheld: dict[ReceivableId, Stop] = {}
    for key in sorted(groups, key=lambda key: (key.ahead, waiting[key], key)):
        lines = groups[key] if key.ahead else overdue[key]
        stop = _stop(lines, key, policy, on, last.get((key.party, key.currency)))
        if stop is None:
            letters.append(_letter(key, lines, policy, on, held.get(key[1:4], ())))
            last[key.party, key.currency] = on
        else:
            withheld |= {case.receivable.id: stop for case in groups[key]}
    return tuple(letters), withheld


def last_letters(cases: Iterable[Chased], on: dt.date) -> dict[tuple[AccountId, str], dt.date]:
    """Return the day of the last letter to each customer about each currency, up to a day."""
    last: dict[tuple[AccountId, str], dt.date] = {}
    for case in cases:
        for notice in case.receivable.notices:
            if notice.to is Receiver.CUSTOMER and notice.on <= on:
                key = case.receivable.party, case.receivable.amount.currency
                last[key] = max(last.get(key, notice.on), notice.on)
    return last


def _key(case: Chased, policy: DunningPolicy, *, ahead: bool) -> _Key:
    receivable = case.receivable
    about = receivable.charged_for if case.goes_along and receivable.charged_for else receivable.id
    alone = about if policy.grouping is Grouping.INSTALLMENT else None
    return _Key(ahead, receivable.entity, receivable.party, receivable.amount.currency, alone)


def _stop(lines: Sequence[Chased], key: _Key, policy: DunningPolicy, on: dt.date, last: dt.date | None) -> Stop | None:
    asked = total((case.amount for case in lines if not case.goes_along), key.currency)
    minimum = policy.minimum_in(key.currency)
    if asked < minimum:
        return Reason.of("dunning.below_minimum", amount=asked, minimum=minimum), None
    if last is not None and (on - last).days < policy.apart_days:
        following = last + policy.apart_days * DAY
        return Reason.of("dunning.apart", last=last, next=following), following
    return None


def _letter(
    key: _Key, lines: Sequence[Chased], policy: DunningPolicy, on: dt.date, receipts: Iterable[Receipt]
) -> Letter:
    taken = [step for case in lines if (step := case.letter_step)]
    reached = max([*(step.days for step in taken), *(case.passed[Receiver.CUSTOMER] for case in lines)])
    level = policy.level_of(reached)
    asks = [step.interest for step in policy.steps_to(Receiver.CUSTOMER) if step.days <= reached][-1:]
    written = [_line(case, policy, on, with_interest=asks == [True]) for case in lines]
    return Letter(
        on,
        key.entity,
        key.party,
        key.currency,
        level,
        _tone(level, policy),
        tuple(_rounded(written, policy)),
        fee=max(taken, key=lambda step: step.days).fee_in(key.currency),
        credit=_credit(receipts, key.currency, on),
    )


def _tone(level: int, policy: DunningPolicy) -> LetterTone:
    if level <= 1:
        return LetterTone.FIRST if level else LetterTone.AHEAD
    return LetterTone.LAST if level == policy.last_level else LetterTone.AGAIN


def _line(case: Chased, policy: DunningPolicy, on: dt.date, *, with_interest: bool) -> LetterLine:
    receivable, step = case.receivable, case.letter_step
    left_out, nothing = case.owed - case.amount, Money.zero(case.owed.currency)
    accrual = None
    if with_interest and policy.interest is not None:
        accrual = interest(receivable, policy=policy.interest, until=on, without=left_out)
    return LetterLine(
        receivable.id,
        receivable.order,
        receivable.component,
        receivable.charged_for,
        receivable.raised_on,
        receivable.due_on,
        (on - receivable.due_on).days,
        open=case.amount,
        left_out=left_out,
        interest=nothing if accrual is None else accrual.amount,
        level=policy.level_of(max(case.passed[Receiver.CUSTOMER], step.days if step else 0)),
        step=step,
        accrual=accrual,
    )


def _rounded(lines: Sequence[LetterLine], policy: DunningPolicy) -> Sequence[LetterLine]:
    """Round the interest for the letter as a whole, where the policy says so: the lines are allocated, and sum to it."""
    if policy.interest is None or policy.interest.rounded_per is not InterestRounding.LETTER:
        return lines
    exact = [
        Fraction(0) if line.accrual is None else max(Fraction(0), line.accrual.exact - line.accrual.charged.minor)
        for line in lines
    ]
    whole = sum(exact, Fraction(0))
    if not whole:
        return lines
    minor = divide(whole.numerator, whole.denominator, policy.interest.rounding)
    parts = Money(minor, lines[0].open.currency).allocate(exact)
    return [attrs.evolve(line, interest=part) for line, part in zip(lines, parts, strict=True)]


def _by_debtor(receipts: Iterable[Receipt]) -> Mapping[tuple[EntityId, AccountId, str], Sequence[Receipt]]:
    held: dict[tuple[EntityId, AccountId, str], list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        held[receipt.entity, receipt.party, receipt.amount.currency].append(receipt)
    return held


def _credit(receipts: Iterable[Receipt], currency: str, on: dt.date) -> Money:
    """Return what is free of receipts: what waits for a refund is none of the customer's credit."""
    free = total((receipt.unapplied_as_of(on) - receipt.reserved for receipt in receipts), currency)
    return max(free, Money.zero(currency))
