"""A schedule: a total in installments, each with its day or the milestone that it waits for."""

import datetime as dt
from collections.abc import Mapping

import attrs

from ltc._billing.plans.due import Due
from ltc._billing.plans.early import EarlyPayment
from ltc._billing.plans.terms import remarks
from ltc.calendars import BusinessCalendar
from ltc.ids import LineId
from ltc.money import Money
from ltc.text import say


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
    retention: bool = False
    """Whether it is held back 质保金 until the warranty is over."""
    lines: tuple[LineId, ...] = ()
    """The order lines that it is for; none: the whole order."""
    early: EarlyPayment | None = None
    """The discount for who pays early."""

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> from ltc.testing.samples.billing import schedule
        >>> schedule().installments[0].explain("en"), schedule().installments[0].explain("zh_CN")
        ('installment 1: CN¥30,000.00, when signed', '第1期：¥30,000.00，签订当日')
        """
        return say(
            "plan.installment",
            locale,
            number=self.number,
            amount=self.amount,
            due=self.due.explain(locale),
            remarks=self.remarks(locale),
        )

    def remarks(self, locale: str, /, until: dt.date | None = None) -> str:
        """Return in words, in brackets, what amount and day do not say: label, retention, lines, the discount and its last day.

        >>> from ltc.testing.samples.billing import schedule
        >>> [part.remarks("zh_CN") for part in schedule().installments]
        ['', '', '（质保金）']
        """
        return remarks(locale, self.label, self.lines, self.early, retention=self.retention, until=until)


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
        """Return the due day of each installment, as it will be raised: None where its milestone is not among those reached.

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
        'installment 3: CN¥10,000.00, 12 months after the start date (start: accepted) (retention)'
        """
        return tuple(part.explain(locale) for part in self.installments)


def _due_date(due: Due, reached: Mapping[str, dt.date], calendar: BusinessCalendar | None) -> dt.date | None:
    if due.milestone is None:
        return due.owed_on(_ANY_DAY, calendar)
    return due.owed_on(reached[due.milestone], calendar) if due.milestone in reached else None


_ANY_DAY = dt.date(2000, 1, 1)  # a day that was agreed does not depend on it
