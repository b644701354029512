"""The periods of a recurring charge: when they are billed, and what each comes to."""

import datetime as dt
import enum
from fractions import Fraction

import attrs

from ltc.money import Money
from ltc.text import say


class BillingMode(enum.Enum):
    """When a period is billed.

    >>> from ltc.testing.samples.billing import subscription
    >>> [subscription(mode).periods(dt.date(2026, 3, 20))[-1].bill_on.day for mode in BillingMode]
    [15, 15]
    """

    IN_ADVANCE = "in_advance"
    """On its first day, the period that has begun included. The default."""
    IN_ARREARS = "in_arrears"
    """On the day after its last one: only what is over."""


@attrs.frozen
class ServicePeriod:
    """A billing period 计费周期, or the part of one that was served.

    >>> from ltc.testing.samples.billing import subscription
    >>> first = subscription().periods(dt.date(2026, 3, 2))[0]
    >>> str(first.start), str(first.end), first.fraction, str(first.amount)
    ('2026-03-02', '2026-03-15', Fraction(13, 28), '139.29 CNY')
    """

    start: dt.date
    end: dt.date
    """The first day that is no longer in it."""
    fraction: Fraction
    """Its share of a whole period: the days served over the days of the period. Exact."""
    amount: Money
    bill_on: dt.date

    @property
    def last(self) -> dt.date:
        """The last day in it."""
        return self.end - dt.timedelta(days=1)

    def explain(self, locale: str, /) -> str:
        """Return it in words.

        >>> from ltc.testing.samples.billing import subscription
        >>> part, whole = subscription().periods(dt.date(2026, 3, 15))
        >>> part.explain("en"), whole.explain("zh_CN")
        ('Mar 2, 2026 to Mar 14, 2026: CN¥139.29 (13/28 of a period)', '2026年3月15日至2026年4月14日：¥300.00')
        """
        code = "recurring.period" if self.fraction == 1 else "recurring.part"
        facts = {"start": self.start, "last": self.last, "amount": self.amount, "fraction": self.fraction}
        return say(code, locale, **facts)


@attrs.frozen
class BillingInterval:
    """What a billing run of a day bills: from the start of the service to `end`, which may be the start; None: no cycle has come yet.

    >>> from ltc.testing.samples.billing import subscription
    >>> run = subscription(BillingMode.IN_ARREARS).interval(dt.date(2026, 3, 2))
    >>> run.end, str(run.next_cycle)
    (None, '2026-03-15')
    """

    end: dt.date | None
    next_cycle: dt.date
    """The first cycle day after what is billed."""
