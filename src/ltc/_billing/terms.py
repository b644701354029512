"""The terms of a plan: which part of the total, and when it is due."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from ltc._billing.amounts import is_money
from ltc.calendars import BusinessCalendar, DueRule, FixedDate, NetDays, NetMonths
from ltc.errors import InvalidType, InvalidValue
from ltc.money import Money, as_ratio
from ltc.text import free_text, optional_line, say


def _is_rule(_instance: object, attribute: "attrs.Attribute[DueRule]", value: object) -> None:
    if not isinstance(value, DueRule):
        raise InvalidType(
            "terms.rule",
            f"{attribute.name} is {value!r:.40}, no due rule; pass one of ltc.calendars such as NetDays(30)",
            name=attribute.name,
            value=repr(value)[:40],
        )


@attrs.frozen
class Due:
    """When an installment is due: a rule of `ltc.calendars`, counted from the day on which a milestone is reached.

    Made by `on`, `after` and `on_day`.

    >>> from datetime import date
    >>> Due("delivered", NetDays(30)).due(date(2026, 3, 2))
    datetime.date(2026, 4, 1)
    """

    milestone: str | None = attrs.field(validator=optional_line)
    """What must happen first: "signed", "delivered"; None: a day that was agreed."""
    rule: DueRule = attrs.field(validator=_is_rule)

    def due(self, reached: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the due day, of a milestone that was reached on a day; the calendar is for rules that roll to a workday."""
        return self.rule.due(reached, calendar)

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> after("delivered", days=30).explain("en"), after("delivered", days=30).explain("zh_CN")
        ('30 days after the start date (start: delivered)', '起算日后30天（起算：交付）')
        >>> on("signed").explain("en"), on("signed").explain("zh_CN")
        ('when signed', '签订当日')
        """
        if self.milestone is None:
            return self.rule.explain(locale)
        milestone = milestone_in(locale, self.milestone)
        if self.rule == NetDays(0):
            return say("terms.on", locale, milestone=milestone)
        return say("terms.after", locale, rule=self.rule.explain(locale), milestone=milestone)


_MILESTONES: Final[Mapping[str, str]] = {
    "signed": "milestone.signed",
    "delivered": "milestone.delivered",
    "accepted": "milestone.accepted",
    "invoiced": "milestone.invoiced",
}


def milestone_in(locale: str, milestone: str) -> str:
    """Return a milestone as the locale calls it: the usual ones are in the catalog, every other is the host's own word."""
    code = _MILESTONES.get(milestone)
    return milestone if code is None else say(code, locale)


def on(milestone: str, /) -> Due:
    """Return "on the day a milestone is reached".

    >>> on("signed").milestone
    'signed'
    """
    return Due(milestone, NetDays(0))


def after(milestone: str, rule: DueRule | None = None, /, *, days: int | None = None, months: int | None = None) -> Due:
    """Return "so many days or months after a milestone", or any due rule of `ltc.calendars` counted from it.

    Raises:
        InvalidValue: not exactly one of rule, days and months is given.

    >>> from datetime import date
    >>> after("accepted", months=12).due(date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    >>> after("accepted")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: after accepted needs one of a rule, days and months; give exactly one
    """
    in_days = None if days is None else NetDays(days)
    in_months = None if months is None else NetMonths(months)
    given = [asked for asked in (rule, in_days, in_months) if asked is not None]
    if len(given) != 1:
        raise InvalidValue(
            "terms.after_what",
            f"after {milestone} needs one of a rule, days and months; give exactly one",
            milestone=milestone,
        )
    return Due(milestone, given[0])


def on_day(day: dt.date, /) -> Due:
    """Return "on that day", whatever happens before.

    >>> from datetime import date
    >>> on_day(date(2026, 12, 31)).explain("zh_CN")
    '2026年12月31日'
    """
    return Due(None, FixedDate(day))


@attrs.frozen
class Share:
    """A part of the total by ratio.

    >>> Share(Decimal("0.30"), due=on("signed")).ratio
    Decimal('0.30')
    """

    ratio: Decimal = attrs.field(converter=as_ratio)
    due: Due
    label: str = attrs.field(default="", validator=free_text)


@attrs.frozen
class Fixed:
    """A part of the total by amount.

    >>> str(Fixed(Money.of("200.00", "CNY"), due=on("signed")).amount)
    '200.00 CNY'
    """

    amount: Money = attrs.field(validator=is_money)
    due: Due
    label: str = attrs.field(default="", validator=free_text)


@attrs.frozen
class Rest:
    """What the other terms leave of the total; a plan has at most one.

    >>> Rest(due=on("accepted")).due.milestone
    'accepted'
    """

    due: Due
    label: str = attrs.field(default="", validator=free_text)


Term = Share | Fixed | Rest


def share(ratio: str | int | Decimal, /, *, due: Due, label: str = "") -> Term:
    """Return a term for a share of the total, with a ratio in [0, 1].

    Raises:
        InvalidValue: the ratio is outside [0, 1].

    >>> share("0.30", due=on("signed")).ratio
    Decimal('0.30')
    >>> share(30, due=on("signed"))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 30 is not a ratio; use one from 0 to 1 (30 % is 0.30)
    """
    return Share(as_ratio(ratio), due, label)


def fixed(amount: Money, /, *, due: Due, label: str = "") -> Term:
    """Return a term for an amount.

    >>> str(fixed(Money.of("200.00", "CNY"), due=on("signed")).amount)
    '200.00 CNY'
    """
    return Fixed(amount, due, label)


def rest(*, due: Due, label: str = "") -> Term:
    """Return a term for what the others leave.

    >>> rest(due=after("accepted", months=12), label="质保金").label
    '质保金'
    """
    return Rest(due, label)
