"""The terms of a plan: which part of the total, and when it is due."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import attrs

from ltc._billing.amounts import is_money
from ltc._billing.plans.due import Due, after
from ltc._billing.plans.early import EarlyPayment
from ltc._fields import exactly, whole
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import LineId
from ltc.money import Money, as_decimal, as_ratio
from ltc.text import format_percent, free_text, one_line, say

Exact = str | int | Decimal
_MOST_PARTS: Final = 1_200
"""A hundred years of months."""


def _as_lines(value: Iterable[LineId], /) -> tuple[LineId, ...]:
    if isinstance(value, str):
        raise InvalidType("terms.lines", f"lines is {ascii(value)[:40]}; pass a list of ids", value=ascii(value)[:40])
    return tuple(value)


def _as_weight(value: Exact, /) -> Decimal:
    weight = as_decimal(value)
    if weight <= 0:
        raise InvalidValue(
            "terms.weight", f"a weight is more than zero, not {weight:f}; leave the term out", weight=weight
        )
    return weight


@attrs.frozen(kw_only=True)
class _Common:
    """What every term says beside its part of the total."""

    due: Due = attrs.field(validator=exactly(Due))
    label: str = attrs.field(default="", validator=free_text)
    retention: bool = attrs.field(default=False, validator=exactly(bool))
    """Whether it is held back 质保金 until the warranty is over: aging shows it in a row of its own while it is not due."""
    lines: tuple[LineId, ...] = attrs.field(
        default=(), converter=_as_lines, validator=attrs.validators.deep_iterable(one_line)
    )
    """The order lines that it is for; none: the whole order."""
    early: EarlyPayment | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(EarlyPayment)))
    """The discount for who pays early."""

    def _said(self, locale: str, part: str) -> str:
        return say("terms.term", locale, part=part, due=self.due.explain(locale), remarks=self._remarks(locale))

    def _remarks(self, locale: str) -> str:
        return remarks(locale, self.label, self.lines, self.early, retention=self.retention)


def remarks(
    locale: str,
    label: str,
    lines: tuple[LineId, ...],
    early: EarlyPayment | None,
    *,
    retention: bool,
    until: dt.date | None = None,
) -> str:
    """Return, in brackets, what is to be known of a term or an installment beside amount and day; nothing where that is all."""
    told = [
        label,
        say("terms.retention", locale) if retention else "",
        say("terms.for_lines", locale, lines=", ".join(lines)) if lines else "",
        early.explain(locale, until) if early else "",
    ]
    distinct = dict.fromkeys(remark for remark in told if remark)  # a label may be the very word
    return say("terms.remarks", locale, remarks=say("terms.and", locale).join(distinct)) if distinct else ""


@attrs.frozen
class Share(_Common):
    """A part of the total by ratio.

    >>> Share(Decimal("0.30"), due=after("signed", days=0)).ratio
    Decimal('0.30')
    """

    ratio: Decimal = attrs.field(converter=as_ratio)

    def explain(self, locale: str, /) -> str:
        """Return the term in words.

        >>> share("0.30", due=after("delivered", days=30)).explain("en")
        '30%, 30 days after the start date (start: delivered)'
        >>> retention("0.05", months=12).explain("zh_CN")
        '5%，起算日后12个月（起算：验收）（质保金）'
        """
        return self._said(locale, format_percent(self.ratio, locale=locale))


@attrs.frozen
class Fixed(_Common):
    """A part of the total by amount.

    >>> str(Fixed(Money.of("200.00", "CNY"), due=after("signed", days=0)).amount)
    '200.00 CNY'
    """

    amount: Money = attrs.field(validator=is_money)

    def explain(self, locale: str, /) -> str:
        """Return the term in words.

        >>> from ltc._billing.plans.due import on
        >>> fixed(Money.of("200", "CNY"), due=on("signed"), lines=["L1"]).explain("en")
        'CN¥200.00, when signed (lines L1)'
        """
        return self._said(locale, self.amount.format(locale))


@attrs.frozen
class Weight(_Common):
    """A part by weight of what shares and amounts leave of the total.

    >>> Weight("2", due=after("signed", days=0)).weight
    Decimal('2')
    """

    weight: Decimal = attrs.field(converter=_as_weight)

    def explain(self, locale: str, /) -> str:
        """Return the term in words.

        >>> from ltc._billing.plans.due import on
        >>> weight(2, due=on("accepted")).explain("en"), weight(2, due=on("accepted")).explain("zh_CN")
        ('weight 2 of what is left, when accepted', '余额按权重2，验收当日')
        """
        return self._said(locale, say("terms.weight_of", locale, weight=self.weight))


@attrs.frozen
class Equal(_Common):
    """Several equal parts, each a period after the one before: of a ratio of the total, or of what the other terms leave.

    `due` is that of the first. Without a ratio each part has the weight 1.

    >>> Equal(12, due=after("signed", days=0), months=1).count
    12
    """

    count: int = attrs.field(validator=whole(1))
    ratio: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio), kw_only=True)
    months: int = attrs.field(default=0, validator=whole(0), kw_only=True)
    days: int = attrs.field(default=0, validator=whole(0), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.count > _MOST_PARTS:
            raise InvalidValue(
                "terms.too_many",
                f"{self.count} equal parts are too many; ask for {_MOST_PARTS} at most",
                count=self.count,
                most=_MOST_PARTS,
            )
        if bool(self.months) is bool(self.days):
            raise InvalidValue(
                "terms.every",
                "equal parts come every so many months or every so many days; give one of the two, of 1 or more",
            )

    @property
    def dues(self) -> tuple[Due, ...]:
        """When each part is due; every one is reckoned from the first, so that ends of months do not drift.

        >>> from datetime import date
        >>> [due.due(date(2026, 1, 31)).day for due in equal(3, due=after("signed", days=0), months=1).dues]
        [31, 28, 31]
        """
        return tuple(self.due.later(months=self.months * step, days=self.days * step) for step in range(self.count))

    def explain(self, locale: str, /) -> str:
        """Return the term in words.

        >>> from ltc._billing.plans.due import on
        >>> equal(12, due=on("signed"), months=1).explain("en")
        'what is left in 12 equal parts every 1 month, the first when signed'
        >>> equal(6, ratio="0.60", due=on("signed"), days=30).explain("zh_CN")
        '60%分6期等额，每30天一期，首期签订当日'
        """
        every = say(
            "terms.every_months" if self.months else "terms.every_days", locale, months=self.months, days=self.days
        )
        of = say("terms.left", locale) if self.ratio is None else format_percent(self.ratio, locale=locale)
        first = self.due.explain(locale)
        facts = {"of": of, "count": self.count, "every": every, "first": first}
        return say("terms.equal", locale, **facts, remarks=self._remarks(locale))


@attrs.frozen
class Rest(_Common):
    """What the other terms leave of the total; a plan has at most one.

    >>> Rest(due=after("accepted", days=0)).due.milestone
    'accepted'
    """

    def explain(self, locale: str, /) -> str:
        """Return the term in words.

        >>> from ltc._billing.plans.due import on
        >>> rest(due=on("accepted")).explain("en"), rest(due=on("accepted")).explain("zh_CN")
        ('what is left, when accepted', '余款，验收当日')
        """
        return self._said(locale, say("terms.left", locale))


Term = Share | Fixed | Weight | Equal | Rest


def share(
    ratio: Exact,
    /,
    *,
    due: Due,
    label: str = "",
    retention: bool = False,
    lines: Iterable[LineId] = (),
    early: EarlyPayment | None = None,
) -> Term:
    """Return a term for a share of the total, with a ratio in [0, 1].

    Raises:
        InvalidValue: the ratio is outside [0, 1].

    >>> from ltc._billing.plans.due import on
    >>> share("0.30", due=on("signed")).ratio
    Decimal('0.30')
    >>> share(30, due=on("signed"))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 30 is not a ratio; use one from 0 to 1 (30 % is 0.30)
    """
    return Share(ratio, due=due, label=label, retention=retention, lines=lines, early=early)


def fixed(
    amount: Money,
    /,
    *,
    due: Due,
    label: str = "",
    retention: bool = False,
    lines: Iterable[LineId] = (),
    early: EarlyPayment | None = None,
) -> Term:
    """Return a term for an amount.

    >>> from ltc._billing.plans.due import on
    >>> str(fixed(Money.of("200.00", "CNY"), due=on("signed")).amount)
    '200.00 CNY'
    """
    return Fixed(amount, due=due, label=label, retention=retention, lines=lines, early=early)


def weight(
    weight: Exact,
    /,
    *,
    due: Due,
    label: str = "",
    retention: bool = False,
    lines: Iterable[LineId] = (),
    early: EarlyPayment | None = None,
) -> Term:
    """Return a term for a part by weight: what shares and amounts leave is split in proportion to the weights.

    Raises:
        InvalidValue: the weight is not above zero.

    >>> from ltc._billing.plans.due import on
    >>> weight(2, due=on("accepted")).weight
    Decimal('2')
    """
    return Weight(weight, due=due, label=label, retention=retention, lines=lines, early=early)


def equal(
    count: int,
    /,
    *,
    due: Due,
    months: int = 0,
    days: int = 0,
    ratio: Exact | None = None,
    label: str = "",
    retention: bool = False,
    lines: Iterable[LineId] = (),
    early: EarlyPayment | None = None,
) -> Term:
    """Return a term for equal installments, the first when it is `due`, the next each so many months or days later.

    Raises:
        InvalidValue: no part or over 1,200 of them, both or neither of months and days.

    >>> from ltc._billing.plans.due import on
    >>> equal(12, due=on("signed"), months=1).count
    12
    >>> equal(12, due=on("signed"))
    Traceback (most recent call last):
    ltc.errors.InvalidValue: equal parts come every so many months or every so many days; give one of the two, of 1 or more
    """
    return Equal(
        count,
        ratio=ratio,
        months=months,
        days=days,
        due=due,
        label=label,
        retention=retention,
        lines=lines,
        early=early,
    )


def rest(
    *,
    due: Due,
    label: str = "",
    retention: bool = False,
    lines: Iterable[LineId] = (),
    early: EarlyPayment | None = None,
) -> Term:
    """Return a term for what the others leave.

    >>> rest(due=after("accepted", months=12), label="尾款").label
    '尾款'
    """
    return Rest(due=due, label=label, retention=retention, lines=lines, early=early)


def retention(
    part: Exact | Money,
    /,
    *,
    months: int,
    milestone: str = "accepted",
    days: int = 0,
    label: str = "",
    lines: Iterable[LineId] = (),
) -> Term:
    """Return a term for what is held back 质保金: a ratio of the total or an amount, due when the warranty is over, or days after.

    The warranty lasts `months` from its milestone. Any other term holds back as well, with `retention=True`.

    >>> from datetime import date
    >>> retention("0.05", months=24).due.due(date(2026, 3, 2)), retention("0.05", months=24).retention
    (datetime.date(2028, 3, 2), True)
    >>> retention("0.05", months=24, days=30).due.explain("en")
    '30 days after the start date (start: 24 months after accepted)'
    """
    due = after(milestone, days=days).later(months=months) if days else after(milestone, months=months)
    if isinstance(part, Money):
        return Fixed(part, due=due, label=label, retention=True, lines=lines)
    return Share(part, due=due, label=label, retention=True, lines=lines)
