"""When an installment is due: a rule of `ltc.calendars`, counted from a milestone."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import attrs

from ltc._fields import whole
from ltc.calendars import BusinessCalendar, DueRule, FixedDate, NetDays, NetMonths, add_period
from ltc.errors import InvalidType, InvalidValue
from ltc.text import optional_line, say


def is_rule(_instance: object, attribute: "attrs.Attribute[DueRule]", value: object) -> None:
    """Check that a field is a due rule."""
    check_rule(attribute.name, value)


def check_rule(name: str, value: object) -> None:
    """Refuse what is no due rule."""
    if not isinstance(value, DueRule):
        raise InvalidType(
            "terms.rule",
            f"{name} is {value!r:.40}, no due rule; pass one of ltc.calendars such as NetDays(30)",
            name=name,
            value=repr(value)[:40],
        )


@attrs.frozen
class Due:
    """When an installment is due: a rule of `ltc.calendars`, counted from the day on which a milestone is reached.

    Made by `on`, `after` and `on_day`. The start may lie so many months and days after the milestone, months first: "30 days
    after the warranty of 12 months", or the third of monthly installments.

    >>> from datetime import date
    >>> Due("delivered", NetDays(30)).due(date(2026, 3, 2))
    datetime.date(2026, 4, 1)
    >>> Due("accepted", NetDays(30), months_later=12).due(date(2026, 3, 2))
    datetime.date(2027, 4, 1)
    """

    milestone: str | None = attrs.field(validator=optional_line)
    """What must happen first: "signed", "delivered", `batch(2)`; None: a day that was agreed."""
    rule: DueRule = attrs.field(validator=is_rule)
    months_later: int = attrs.field(default=0, validator=whole(0))
    days_later: int = attrs.field(default=0, validator=whole(0))

    def due(self, reached: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the due day, of a milestone that was reached on a day; the calendar is for rules that roll to a workday."""
        return self.rule.due(self.start(reached), calendar)

    def owed_on(self, reached: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the due day, but no day before the milestone's own, whatever the rule says of that month; an agreed day stays.

        >>> from datetime import date
        >>> from ltc.calendars import DayOfMonth
        >>> str(after("signed", DayOfMonth(5)).owed_on(date(2026, 3, 20)))
        '2026-03-20'
        """
        due = self.due(reached, calendar)
        return due if self.milestone is None else max(reached, due)

    def start(self, reached: dt.date, /) -> dt.date:
        """Return the day from which the rule is reckoned: the milestone's, or so much later; an agreed day is its own start.

        >>> from datetime import date
        >>> on("signed").later(months=1).start(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        """
        if isinstance(self.rule, FixedDate):
            return self.rule.on
        if self.months_later or self.days_later:
            return add_period(reached, months=self.months_later, days=self.days_later)
        return reached

    def later(self, *, months: int = 0, days: int = 0) -> "Due":
        """Return the same with a later start; an agreed day itself moves on. Anchored: 31 January, a month and two later.

        >>> from datetime import date
        >>> [on_day(date(2026, 1, 31)).later(months=months).rule.on.day for months in (1, 2)]
        [28, 31]
        """
        if isinstance(self.rule, FixedDate):
            moved = add_period(self.rule.on, months=months, days=days)
            return attrs.evolve(self, rule=attrs.evolve(self.rule, on=moved))
        return attrs.evolve(self, months_later=self.months_later + months, days_later=self.days_later + days)

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> after("delivered", days=30).explain("en"), after("delivered", days=30).explain("zh_CN")
        ('30 days after the start date (start: delivered)', '起算日后30天（起算：交付）')
        >>> on("signed").explain("en"), on("signed").explain("zh_CN")
        ('when signed', '签订当日')
        >>> Due("accepted", NetDays(30), months_later=12).explain("zh_CN")
        '起算日后30天（起算：验收后12个月）'
        """
        if self.milestone is None:
            return self.rule.explain(locale)
        start = self._start_in(locale)
        if self.rule != NetDays(0):
            return say("terms.after", locale, rule=self.rule.explain(locale), milestone=start)
        return start if self.months_later or self.days_later else say("terms.on", locale, milestone=start)

    def _start_in(self, locale: str) -> str:
        milestone = milestone_in(locale, self.milestone or "")
        facts = {"milestone": milestone, "months": self.months_later, "days": self.days_later}
        match bool(self.months_later), bool(self.days_later):
            case True, True:
                return say("terms.start_later", locale, **facts)
            case True, False:
                return say("terms.start_months_later", locale, **facts)
            case False, True:
                return say("terms.start_days_later", locale, **facts)
            case _:
                return milestone


_MILESTONES: Final[Mapping[str, str]] = {
    "signed": "milestone.signed",
    "delivered": "milestone.delivered",
    "accepted": "milestone.accepted",
    "invoiced": "milestone.invoiced",
    "warranty_over": "milestone.warranty_over",
}


def milestone_in(locale: str, milestone: str) -> str:
    """Return a milestone as the locale calls it: the usual ones are in the catalog, every other is the host's own word.

    >>> milestone_in("en", "delivered:2"), milestone_in("zh_CN", "delivered:2"), milestone_in("en", "fob shipped")
    ('batch 2 delivered', '第2批交付', 'fob shipped')
    """
    name, _, number = milestone.partition(":")
    if name not in _MILESTONES or (number and not number.isdecimal()):
        return milestone
    said = say(_MILESTONES[name], locale)
    return say("milestone.batch", locale, number=number, milestone=said) if number else said


def batch(number: int, /, milestone: str = "delivered") -> str:
    """Return the name of the milestone "batch n is delivered", or accepted, or whatever happens to batches.

    Raises:
        InvalidValue: the number is below 1.

    >>> batch(2), on(batch(2, "accepted")).explain("zh_CN")
    ('delivered:2', '第2批验收当日')
    """
    if type(number) is not int or number < 1:
        raise InvalidValue("terms.batch", f"{ascii(number)[:40]} is no batch; use 1 or more", number=ascii(number)[:40])
    return f"{milestone}:{number}"


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
