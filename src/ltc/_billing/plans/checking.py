"""What is wrong with terms: every fault with its place, as findings or, for who plans with them, as the first error."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ltc._billing.amounts import decimal_of
from ltc._billing.plans.split import Remainder, Slot, exact_parts, last_parts, slots_of, takes_what_is_left
from ltc._billing.plans.terms import Equal, Fixed, Rest, Share, Term
from ltc.errors import InvalidType, InvalidValue
from ltc.findings import Finding
from ltc.ids import LineId
from ltc.money import Money, digits_of


def check(
    terms: Sequence[Term],
    /,
    *,
    total: Money | None = None,
    remainder: Remainder = Remainder.LARGEST_FRACTION,
    distinct: bool = False,
    lines: Collection[LineId] | None = None,
) -> tuple[Finding, ...]:
    """Return every fault of the terms, each with its place; without a total only what can be said without one.

    With `distinct` two terms that are due alike, under the same label and for the same lines, are a fault as well, whatever each asks
    for: they are one installment, or one was typed twice. `lines` are those of the order; with them a term that points to any other
    is a fault.

    Source of what counts as a repetition: ERPNext's payment terms.

    >>> from ltc.billing import on, share
    >>> half = share("0.5", due=on("signed"))
    >>> check([half, half])
    ()
    >>> [str(finding) for finding in check([half, half], distinct=True)]
    ['terms:2: term 2 is due as term 1 is, under the same label; join them or change one']
    >>> [str(finding) for finding in check([half])]
    ['terms: the shares sum to 0.5; add 0.5 or a rest']
    """
    found = faults(terms, total, remainder, distinct=distinct, lines=lines)
    return tuple(Finding.of(fault, *path) for fault, path in found)


_Fault = tuple[InvalidValue | InvalidType, tuple[str | int, ...]]


def faults(
    terms: Sequence[Term],
    total: Money | None,
    remainder: Remainder,
    *,
    distinct: bool,
    lines: Collection[LineId] | None,
) -> Iterator[_Fault]:
    """Return every fault of the terms, the gravest first."""
    if not terms:
        yield InvalidValue("plan.no_terms", "a plan without terms has no installments; give at least one"), ("terms",)
        return
    if alien := [*_no_terms(terms)]:
        yield from alien
        return
    shape = [*_rest_faults(terms), *_ratio_faults(terms, remainder)]
    if distinct:
        shape += _repeated(terms)
    yield from shape
    if lines is not None:
        yield from _line_faults(terms, lines)
    if total is None:
        return
    foreign = [*_currency_faults(terms, total)]
    yield from foreign
    if not shape and not foreign:
        slots = slots_of(total, terms)
        if remainder is not Remainder.LAST:
            yield from _sum_faults(total, slots)
        yield from _sign_faults(total, slots, remainder)


def _no_terms(terms: Sequence[object]) -> Iterator[_Fault]:
    for number, term in enumerate(terms, 1):
        if not isinstance(term, Term):
            shown = ascii(term)[:40]
            fault = InvalidType(
                "plan.no_term",
                f"term {number} is {shown}; make it with share, fixed, rest, …",
                number=number,
                value=shown,
            )
            yield fault, ("terms", number)


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
    for number, term in enumerate(terms, 1):
        if rests and takes_what_is_left(term) and not isinstance(term, Rest):
            fault = InvalidValue(
                "plan.rest_and_weights",
                f"term {number} takes a part of what is left, and term {rests[0]} all of it; "
                "give that a weight, or this an amount or a ratio",
                number=number,
                rest=rests[0],
            )
            yield fault, ("terms", number)


def _ratio_faults(terms: Sequence[Term], remainder: Remainder) -> Iterator[_Fault]:
    shares = [Fraction(ratio) for ratio in map(_ratio_of, terms) if ratio is not None]
    has_rest = any(takes_what_is_left(term) for term in terms)
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


def _ratio_of(term: Term) -> Decimal | None:
    return term.ratio if isinstance(term, Share | Equal) else None


def _repeated(terms: Sequence[Term]) -> Iterator[_Fault]:
    seen: dict[Hashable, int] = {}
    for number, term in enumerate(terms, 1):
        first = seen.setdefault((term.due, term.label, frozenset(term.lines)), number)
        if first != number:
            fault = InvalidValue(
                "plan.repeated",
                f"term {number} is due as term {first} is, under the same label; join them or change one",
                number=number,
                first=first,
            )
            yield fault, ("terms", number)


def _line_faults(terms: Sequence[Term], lines: Collection[LineId]) -> Iterator[_Fault]:
    for number, term in enumerate(terms, 1):
        for line in term.lines:
            if line not in lines:
                known = ", ".join(lines)
                fault = InvalidValue(
                    "plan.unknown_line",
                    f"term {number} is for line {line}, which the order has not; use one of {known}",
                    number=number,
                    line=line,
                    known=known,
                )
                yield fault, ("terms", number, "lines")


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


def _sum_faults(total: Money, slots: Sequence[Slot]) -> Iterator[_Fault]:
    summed = sum((slot.exact for slot in slots), Fraction())
    if summed != total.minor and not any(slot.weight for slot in slots):
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


def _sign_faults(total: Money, slots: Sequence[Slot], remainder: Remainder) -> Iterator[_Fault]:
    parts: Sequence[Fraction | int] = exact_parts(total, slots)
    if remainder is Remainder.LAST:
        parts = last_parts(total, slots)
    for number, (slot, part) in enumerate(zip(slots, parts, strict=True), 1):
        if part * total.minor < 0 or (part and not total):
            amount = Money.rounded(Fraction(part) / 10 ** digits_of(total.currency), total.currency)
            fault = InvalidValue(
                "plan.sign",
                f"installment {number} would be {amount} of a total of {total}; lower the others, or share the remainder",
                number=number,
                amount=amount,
                total=total,
            )
            yield fault, ("terms", slot.number)
