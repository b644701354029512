"""A plan of installments: terms in, a schedule out whose parts sum to the total to the minor unit."""

import datetime as dt
import enum
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import attrs

from ltc._billing.amounts import check_money
from ltc._billing.terms import Due, Fixed, Rest, Share, Term
from ltc._fields import check_member
from ltc.calendars import BusinessCalendar
from ltc.errors import InvalidValue
from ltc.findings import Finding
from ltc.money import Money, allocate, digits_of, divide
from ltc.text import say


class Remainder(enum.Enum):
    """Who gets what rounding leaves of the total.

    >>> from ltc.testing.samples.billing import thirds
    >>> [str(part.amount) for part in plan(Money.of("5.47", "CNY"), thirds(), remainder=Remainder.LAST).installments]
    ['1.82 CNY', '1.82 CNY', '1.83 CNY']
    """

    LARGEST_FRACTION = "largest_fraction"
    """Whole units first, then one each to the largest fractions: no part is a unit off its exact share. The default."""
    LAST = "last"
    """Every share rounds half up by itself; the rest, or where there is none the last term, takes what is left, whatever it says."""


@attrs.frozen
class Installment:
    """One part 期 of a schedule.

    >>> from ltc.testing.samples.billing import schedule
    >>> part = schedule().installments[2]
    >>> part.number, str(part.amount), part.due.milestone
    (3, '10000.00 CNY', 'accepted')
    """

    number: int
    """From 1."""
    amount: Money
    due: Due
    label: str = ""

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> from ltc.testing.samples.billing import schedule
        >>> schedule().installments[0].explain("en"), schedule().installments[0].explain("zh_CN")
        ('installment 1: CN¥30,000.00, when signed', '第1期：¥30,000.00，签订当日')
        """
        code = "plan.installment_labeled" if self.label else "plan.installment"
        return say(
            code,
            locale,
            number=self.number,
            amount=self.amount,
            due=self.due.explain(locale),
            label=self.label,
        )


@attrs.frozen
class Schedule:
    """A total in installments, which sum to it exactly; none has a sign that the total has not.

    >>> from ltc.testing.samples.billing import schedule
    >>> [str(part.amount) for part in schedule().installments]
    ['30000.00 CNY', '60000.00 CNY', '10000.00 CNY']
    """

    total: Money
    installments: tuple[Installment, ...]

    @property
    def milestones(self) -> tuple[str, ...]:
        """What installments wait for, in the order of the terms, each once."""
        return tuple(dict.fromkeys(part.due.milestone for part in self.installments if part.due.milestone is not None))

    def due_dates(
        self, reached: Mapping[str, dt.date], calendar: BusinessCalendar | None = None, /
    ) -> tuple[dt.date | None, ...]:
        """Return the due day of each installment, None where its milestone is not among those reached.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import schedule
        >>> schedule().due_dates({"signed": date(2026, 3, 2), "delivered": date(2026, 4, 1)})
        (datetime.date(2026, 3, 2), datetime.date(2026, 5, 1), None)
        """
        return tuple(_due_date(part.due, reached, calendar) for part in self.installments)

    def explain(self, locale: str, /) -> tuple[str, ...]:
        """Return each installment in words.

        >>> from ltc.testing.samples.billing import schedule
        >>> schedule().explain("en")[2]
        'installment 3: CN¥10,000.00, 12 months after the start date (start: accepted) (质保金)'
        """
        return tuple(part.explain(locale) for part in self.installments)


def _due_date(due: Due, reached: Mapping[str, dt.date], calendar: BusinessCalendar | None) -> dt.date | None:
    if due.milestone is None:
        return due.due(_ANY_DAY, calendar)
    return due.due(reached[due.milestone], calendar) if due.milestone in reached else None


_ANY_DAY = dt.date(2000, 1, 1)  # a day that was agreed does not depend on it


def plan(total: Money, terms: Sequence[Term], /, *, remainder: Remainder = Remainder.LARGEST_FRACTION) -> Schedule:
    """Split a total into installments by terms; the parts sum to it to the minor unit.

    A ratio is of the whole total. Shares and amounts together must make up the total, unless a `rest` or the policy
    `Remainder.LAST` takes the difference. A negative total splits as the mirror of the positive one. A part may be zero.

    Raises:
        InvalidValue: the first fault that `check` finds; a part would have another sign than the total.

    >>> from ltc.testing.samples.billing import thirds
    >>> from ltc._billing.terms import on, share
    >>> [str(part.amount) for part in plan(Money.of("5.47", "CNY"), thirds()).installments]
    ['1.83 CNY', '1.82 CNY', '1.82 CNY']
    >>> plan(Money.of("5.47", "CNY"), thirds()[:2])
    Traceback (most recent call last):
    ltc.errors.InvalidValue: the shares sum to 0.6667; add 0.3333 or a rest
    """
    check_money("total", total)
    check_member(Remainder, "remainder", remainder)
    for fault, _ in _faults(terms, total, remainder, distinct=False):
        raise fault
    amounts = _amounts(total, terms, remainder)
    return Schedule(
        total,
        tuple(
            Installment(number, Money(minor, total.currency), term.due, term.label)
            for number, (minor, term) in enumerate(zip(amounts, terms, strict=True), 1)
        ),
    )


def check(
    terms: Sequence[Term],
    /,
    *,
    total: Money | None = None,
    remainder: Remainder = Remainder.LARGEST_FRACTION,
    distinct: bool = False,
) -> tuple[Finding, ...]:
    """Return every fault of the terms, each with its place; without a total only what can be said without one.

    With `distinct` two equal terms are a fault as well: they are one installment, or one was typed twice.

    >>> from ltc._billing.terms import on, share
    >>> half = share("0.5", due=on("signed"))
    >>> check([half, half])
    ()
    >>> [str(finding) for finding in check([half, half], distinct=True)]
    ['terms:2: term 2 is the same as term 1; join them or change one']
    >>> [str(finding) for finding in check([half])]
    ['terms: the shares sum to 0.5; add 0.5 or a rest']
    """
    return tuple(Finding.of(fault, *path) for fault, path in _faults(terms, total, remainder, distinct=distinct))


_Fault = tuple[InvalidValue, tuple[str | int, ...]]


def _faults(terms: Sequence[Term], total: Money | None, remainder: Remainder, *, distinct: bool) -> Iterator[_Fault]:
    if not terms:
        yield InvalidValue("plan.no_terms", "a plan without terms has no installments; give at least one"), ("terms",)
        return
    shape = [*_rest_faults(terms), *_ratio_faults(terms, remainder)]
    if distinct:
        shape += _repeated(terms)
    yield from shape
    if total is None:
        return
    foreign = [*_currency_faults(terms, total)]
    yield from foreign
    if not shape and not foreign:
        yield from _sum_faults(terms, total, remainder)
        yield from _sign_faults(terms, total, remainder)


def _rest_faults(terms: Sequence[Term]) -> Iterator[_Fault]:
    rests = [number for number, term in enumerate(terms, 1) if isinstance(term, Rest)]
    for number in rests[1:]:
        fault = InvalidValue(
            "plan.two_rests",
            f"term {number} is a rest, and so is term {rests[0]}; a plan has at most one",
            number=number,
            first=rests[0],
        )
        yield fault, ("terms", number)


def _ratio_faults(terms: Sequence[Term], remainder: Remainder) -> Iterator[_Fault]:
    shares = [Fraction(term.ratio) for term in terms if isinstance(term, Share)]
    has_rest = any(isinstance(term, Rest) for term in terms)
    stand_alone = len(shares) == len(terms) or (remainder is Remainder.LAST and bool(shares))
    ratio = sum(shares, Fraction())
    if ratio > 1:
        summed, over = decimal_of(ratio), decimal_of(ratio - 1)
        fault = InvalidValue(
            "plan.over_ratio", f"the shares sum to {summed:f}; take {over:f} off", ratio=summed, over=over
        )
        yield fault, ("terms",)
    elif ratio < 1 and stand_alone and not has_rest:
        summed, missing = decimal_of(ratio), decimal_of(1 - ratio)
        fault = InvalidValue(
            "plan.missing_ratio",
            f"the shares sum to {summed:f}; add {missing:f} or a rest",
            ratio=summed,
            missing=missing,
        )
        yield fault, ("terms",)


def decimal_of(exact: Fraction) -> Decimal:
    """Return a fraction with a finite decimal form as a Decimal, whatever the host's decimal context is."""
    places = 0
    while (exact * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{(exact * 10**places).numerator}e-{places}")


def _repeated(terms: Sequence[Term]) -> Iterator[_Fault]:
    seen: dict[Term, int] = {}
    for number, term in enumerate(terms, 1):
        first = seen.setdefault(term, number)
        if first != number:
            fault = InvalidValue(
                "plan.repeated",
                f"term {number} is the same as term {first}; join them or change one",
                number=number,
                first=first,
            )
            yield fault, ("terms", number)


def _currency_faults(terms: Sequence[Term], total: Money) -> Iterator[_Fault]:
    for number, term in enumerate(terms, 1):
        if isinstance(term, Fixed) and term.amount.currency != total.currency:
            fault = InvalidValue(
                "plan.currency",
                f"term {number} is in {term.amount.currency}; the total is in {total.currency}: use that",
                number=number,
                currency=term.amount.currency,
                expected=total.currency,
            )
            yield fault, ("terms", number)


def _sum_faults(terms: Sequence[Term], total: Money, remainder: Remainder) -> Iterator[_Fault]:
    if remainder is Remainder.LAST or any(isinstance(term, Rest) for term in terms):
        return
    summed = sum((_exact(total, term) for term in terms), Fraction())
    if summed != total.minor:
        unit = 10 ** digits_of(total.currency)
        reached, gap = decimal_of(summed / unit), decimal_of((total.minor - summed) / unit)
        fault = InvalidValue(
            "plan.sum",
            f"the terms sum to {reached:f}, the total is {total}; change them by {gap:f} or add a rest",
            sum=reached,
            total=total,
            gap=gap,
        )
        yield fault, ("terms",)


def _sign_faults(terms: Sequence[Term], total: Money, remainder: Remainder) -> Iterator[_Fault]:
    if remainder is Remainder.LAST:
        parts: Sequence[Fraction | int] = _last(total, terms)
    else:
        parts = _weights(total, terms)
    for number, part in enumerate(parts, 1):
        if part * total.minor < 0 or (part and not total):
            amount = Money.rounded(Fraction(part) / 10 ** digits_of(total.currency), total.currency)
            fault = InvalidValue(
                "plan.sign",
                f"installment {number} would be {amount} of a total of {total}; lower the others, or share the remainder",
                number=number,
                amount=amount,
                total=total,
            )
            yield fault, ("terms", number)


def _exact(total: Money, term: Term) -> Fraction:
    match term:
        case Share(ratio=ratio):
            return total.minor * Fraction(ratio)
        case Fixed(amount=amount):
            return Fraction(amount.minor)
        case Rest():
            return Fraction()
        case _:
            assert_never(term)


def _weights(total: Money, terms: Sequence[Term]) -> tuple[Fraction, ...]:
    exact = [_exact(total, term) for term in terms]
    left = total.minor - sum(exact, Fraction())
    return tuple(left if isinstance(term, Rest) else part for term, part in zip(terms, exact, strict=True))


def _last(total: Money, terms: Sequence[Term]) -> list[int]:
    parts = [divide(part.numerator, part.denominator) for part in (_exact(total, term) for term in terms)]
    rests = [index for index, term in enumerate(terms) if isinstance(term, Rest)]
    taker = rests[0] if rests else len(terms) - 1
    parts[taker] += total.minor - sum(parts)
    return parts


def _amounts(total: Money, terms: Sequence[Term], remainder: Remainder) -> Sequence[int]:
    if not total:
        return [0] * len(terms)
    if remainder is Remainder.LAST:
        return _last(total, terms)
    return allocate(total.minor, [abs(weight) for weight in _weights(total, terms)])
