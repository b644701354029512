"""The terms of a plan as a TOML file that a finance person writes.

```toml
country = "CN"                 # whose workdays count where a day rolls

[reached]                      # the days of milestones, as far as they are known
delivered = 2026-04-01

[[term]]
ratio = "30%"
label = "down payment"

[[term]]
ratio = "60%"
after = "delivered"
days = 30
roll = "following"

[[term]]
ratio = "5%"
on = "accepted"                # or a day, as in on = 2026-12-05

[[term]]
rest = true
retention = true
after = "accepted"
months = 12
```
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

import attrs

from ltc import billing
from ltc._keys import Keys, refusal
from ltc.calendars import (
    BusinessCalendar,
    DayOfMonth,
    DueRule,
    EndOfMonth,
    FixedDate,
    NetDays,
    NetMonths,
    NextDayOfMonth,
    Roll,
    Weekly,
    country,
)
from ltc.errors import InvalidValue, NotFound
from ltc.findings import Finding
from ltc.ids import LineId
from ltc.money import Money, as_decimal, as_ratio

CODE: Final = "cli.terms"
START: Final = "signed"
"""The milestone of a term that names none."""

Make = Callable[[billing.Due], billing.Term]


@attrs.frozen
class TermsFile:
    """What a file says: the terms, what becomes of the remainder, the days of milestones, whose workdays count."""

    name: str
    terms: tuple[billing.Term, ...]
    remainder: billing.Remainder
    reached: Mapping[str, dt.date]
    calendar: BusinessCalendar
    tax_rate: Decimal
    """Of the tax in every amount: what a discount of the net amount needs."""


def read_terms(path: Path, currency: str) -> TermsFile:
    """Read a file of terms, with its amounts in a currency.

    Raises:
        NotFound: there is no such file.
        InvalidValue: as `parse_terms`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        shown = repr(path.name)
        raise NotFound(
            "cli.no_terms", f"there is no file of terms {shown}; give the path of a TOML file", file=shown
        ) from None
    except UnicodeDecodeError:
        fault = Finding(CODE, (path.name,), "the file is not UTF-8; save it as UTF-8")
        raise refusal(CODE, path.name, (fault,)) from None
    return parse_terms(text, currency, name=path.name)


def parse_terms(text: str, currency: str, *, name: str = "terms") -> TermsFile:
    r"""Read the text of a file of terms.

    Raises:
        InvalidValue: naming every key that is wrong and what would pass; the facts hold them as `findings`.

    >>> parse_terms("[[term]]\nratio = 0.3\nmoths = 12", "CNY")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 1 fault in terms: term.1.moths: there is no such key; did you mean months?
    """
    keys = Keys.of_text(text, name, CODE)
    code, remainder = keys.text("country"), keys.one_of("remainder", billing.Remainder)
    calendar = None if code is None else keys.check("country", country, code)
    days = keys.table("reached")
    reached = {milestone: day for milestone in days.raw if (day := days.day(milestone)) is not None}
    tax_rate = _ratio(keys, "tax_rate")
    read = [_term(part, currency) for part in keys.tables("term")]
    if tax_rate is None and any(term and _needs_tax(term) for term in read):
        keys.fault("tax_rate", 'the key is missing; a discount of the net amount needs it, as in tax_rate = "13%"')
    if not read:
        keys.fault("term", "a plan has terms; give each under [[term]]")
    keys.finish()
    return TermsFile(
        name,
        tuple(term for term in read if term is not None),
        remainder or billing.Remainder.LARGEST_FRACTION,
        reached,
        calendar or Weekly(),
        tax_rate or Decimal(0),
    )


def _needs_tax(term: billing.Term) -> bool:
    return term.early is not None and term.early.mode is not billing.EarlyPaymentMode.INCLUDED


def _term(keys: Keys, currency: str) -> billing.Term | None:
    said = _Said(
        label=keys.text("label") or "",
        retention=keys.flag("retention", otherwise=False),
        lines=tuple(LineId(line) for line in keys.texts("lines")),
        early=_early(keys.table("early"), currency) if "early" in keys else None,
    )
    make = _part(keys, currency, said)
    try:
        due = _due(keys)
        return None if make is None or due is None else make(due)
    except InvalidValue as error:
        keys.wrong(str(error))
        return None


@attrs.frozen
class _Said:
    label: str
    retention: bool
    lines: tuple[LineId, ...]
    early: billing.EarlyPayment | None

    def of(self, make: Callable[..., billing.Term], *part: object, **more: object) -> Make:
        """Return what makes the term once its due day is known."""
        said = attrs.asdict(self, recurse=False) | more
        return lambda due: make(*part, due=due, **said)


def _part(keys: Keys, currency: str, said: _Said) -> Make | None:
    ratio, amount, weight = _ratio(keys, "ratio"), _amount(keys, currency), keys.exact("weight")
    count, rest = keys.whole("equal", 1), keys.flag("rest", otherwise=False)
    every = {"months": keys.whole("every_months", 1) or 0, "days": keys.whole("every_days", 1) or 0}
    match [key for key in ("equal", "ratio", "amount", "weight", "rest") if key in keys]:
        case ["equal"] | ["equal", "ratio"]:
            return None if count is None else said.of(billing.equal, count, ratio=ratio, **every)
        case ["ratio"]:
            return None if ratio is None else said.of(billing.share, ratio)
        case ["amount"]:
            return None if amount is None else said.of(billing.fixed, amount)
        case ["weight"]:
            return None if weight is None else said.of(billing.weight, weight)
        case ["rest"] if rest:
            return said.of(billing.rest)
        case _:
            keys.wrong("a term has one of ratio, amount, weight, equal (also with a ratio) and rest = true; give one")
            return None


def _ratio(keys: Keys, key: str) -> Decimal | None:
    """Return a ratio that is written as 0.30 or as "30%"."""
    raw = keys.raw.get(key)
    if not isinstance(raw, str) or not raw.endswith("%"):
        ratio = keys.exact(key)
        return None if ratio is None else keys.check(key, as_ratio, ratio)
    percent = keys.text(key) or ""
    return keys.check(key, lambda text: as_ratio(Decimal(f"{as_decimal(text[:-1].strip())}e-2")), percent)


def _amount(keys: Keys, currency: str) -> Money | None:
    amount = keys.exact("amount")
    return None if amount is None else keys.check("amount", lambda exact: Money.of(exact, currency), amount)


def _due(keys: Keys) -> billing.Due | None:
    roll = keys.one_of("roll", Roll) or Roll.NONE
    if "on" in keys and not _names_milestone(keys):
        beside = [key for key in ("after", "batch", "days", "months", "rule", "day") if key in keys]
        if beside:
            keys.skip()
            keys.wrong(f"on is an agreed day and does not go with {', '.join(beside)}; keep one or the other")
            return None
        on = keys.day("on")
        return None if on is None else billing.Due(None, FixedDate(on, roll))
    milestone, batch = keys.text("on") or keys.text("after") or START, keys.whole("batch", 1)
    if batch is not None and "after" not in keys and "on" not in keys:
        keys.fault("batch", 'a batch is of a milestone; give it, as in after = "delivered"', batch)
    days, months = keys.whole("days") or 0, keys.whole("months") or 0
    name, day = keys.text("rule"), keys.whole("day", 1)
    rule = _rule(name, day, days, months, roll)
    if rule is None:
        keys.fault("rule", f"write one of {_RULES}", name)
        return None
    later = months if isinstance(rule, NetDays) else 0
    return billing.after(milestone if batch is None else billing.batch(batch, milestone), rule).later(months=later)


def _names_milestone(keys: Keys) -> bool:
    """Return whether `on` is a milestone in quotes, as in `billing.on("signed")`, and no day that is quoted by mistake."""
    said = keys.raw["on"]
    if not isinstance(said, str) or said[:1].isdigit():
        return False
    if more := [key for key in ("after", "days", "months") if key in keys]:
        keys.fault(
            "on", f"on a milestone is its own day; for a later one write after = {said!r:.40} and leave on out", said
        )
        keys.asked.update(more)
    return True


_RULES: Final = "end_of_month (with days, then so many more), day_of_month or next_day_of_month (with its day)"


def _rule(name: str | None, day: int | None, days: int, months: int, roll: Roll) -> DueRule | None:
    match name, day:
        case None, None:
            return NetMonths(months, roll) if months and not days else NetDays(days, roll)
        case "end_of_month", None if not months:
            return EndOfMonth(days, roll=roll)
        case "day_of_month", int():
            return DayOfMonth(day, months=months, after_days=days, roll=roll)
        case "next_day_of_month", int() if not months:
            return NextDayOfMonth(day, after_days=days, roll=roll)
        case _:
            return None


def _early(keys: Keys, currency: str) -> billing.EarlyPayment | None:
    ratio, amount = _ratio(keys, "ratio"), _amount(keys, currency)
    days = keys.whole("days")
    mode = keys.one_of("mode", billing.EarlyPaymentMode) or billing.EarlyPaymentMode.INCLUDED
    if "days" not in keys:
        keys.fault("days", "the key is missing; give the days within which the discount is given")
    try:
        return billing.EarlyPayment(NetDays(days or 0), ratio, amount, mode)
    except InvalidValue as error:
        keys.wrong(str(error))
        return None
