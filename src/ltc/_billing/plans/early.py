"""The discount of who pays early 提前付款折扣: what is to be paid, until when, and what it takes off income and tax."""

import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ltc._billing.amounts import above_zero, check_money
from ltc._billing.plans.due import is_rule
from ltc._fields import member
from ltc.calendars import BusinessCalendar, DueRule, NetDays
from ltc.errors import InvalidValue
from ltc.money import Money, as_ratio, divide
from ltc.text import format_percent, say

if TYPE_CHECKING:
    from ltc._billing.plans.early_offer import EarlyPaymentOffer


class EarlyPaymentMode(enum.Enum):
    """What a discount is reckoned of, and what becomes of the tax.

    Source: Odoo's three ways to compute a cash discount.

    >>> [EarlyPayment.of("0.10", days=1, mode=mode).offer(net=Money.of("1000", "CNY"), tax=Money.of("150", "CNY"),
    ...     on=dt.date(2016, 1, 1)).pay.amount for mode in EarlyPaymentMode]
    [Decimal('1035.00'), Decimal('1050.00'), Decimal('1050.00')]
    """

    INCLUDED = "included"
    """Of the amount with its tax: the tax shrinks with it when the discount is taken. The default."""
    EXCLUDED = "excluded"
    """Of the net amount: the tax stays as it was invoiced."""
    MIXED = "mixed"
    """Of the net amount, and the invoice is taxed from the start as though the discount were taken; see `EarlyPayment.taxable`."""


@attrs.frozen
class EarlyPayment:
    """A discount for paying early: a ratio or an amount, until a day that a due rule finds. "2/10 net 30" has one of 2 % in 10 days.

    Raises:
        InvalidValue: not exactly one of ratio and amount.

    >>> two_ten = EarlyPayment.of("0.02", days=10)
    >>> two_ten.explain("en"), two_ten.explain("zh_CN")
    ('2% of the amount with tax off if paid within 10 days', '10天内付款减免含税金额的2%')
    """

    rule: DueRule = attrs.field(validator=is_rule)
    """Finds the last day, from the day from which the installment itself is reckoned; from an agreed day, that day."""
    ratio: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio))
    amount: Money | None = attrs.field(default=None, validator=attrs.validators.optional(above_zero))
    mode: EarlyPaymentMode = attrs.field(default=EarlyPaymentMode.INCLUDED, validator=member(EarlyPaymentMode))

    def __attrs_post_init__(self) -> None:
        if (self.ratio is None) is (self.amount is None):
            raise InvalidValue("early.what", "an early payment takes off a ratio or an amount; give exactly one")

    @classmethod
    def of(
        cls,
        off: str | int | Decimal | Money,
        /,
        *,
        days: int | None = None,
        rule: DueRule | None = None,
        mode: EarlyPaymentMode = EarlyPaymentMode.INCLUDED,
    ) -> "EarlyPayment":
        """Return a discount of a ratio or an amount for who pays within so many days, or by the day that a due rule finds.

        Raises:
            InvalidValue: not exactly one of days and rule.

        >>> str(EarlyPayment.of(Money.of("50", "CNY"), days=10).amount)
        '50.00 CNY'
        """
        if (days is None) is (rule is None):
            raise InvalidValue("early.until", "an early payment has its days or a due rule; give exactly one")
        last = NetDays(days or 0) if rule is None else rule
        if isinstance(off, Money):
            return cls(last, amount=off, mode=mode)
        return cls(last, ratio=as_ratio(off), mode=mode)

    def until(self, on: dt.date, calendar: BusinessCalendar | None = None, /) -> dt.date:
        """Return the last day on which the discount is given, reckoned from a day; the calendar is for rules that roll.

        >>> EarlyPayment.of("0.05", days=10).until(dt.date(2026, 5, 29))
        datetime.date(2026, 6, 8)
        """
        return self.rule.due(on, calendar)

    def taxable(self, net: Money, /) -> Money:
        """Return the net amount on which the invoice is taxed: less the discount where the mode is mixed, else all of it.

        >>> mixed = EarlyPayment.of("0.02", days=10, mode=EarlyPaymentMode.MIXED)
        >>> str(mixed.taxable(Money.of("1000", "CNY")))
        '980.00 CNY'
        """
        return self._kept(net) if self.mode is EarlyPaymentMode.MIXED else net

    def offer(
        self, *, net: Money, tax: Money, on: dt.date, calendar: BusinessCalendar | None = None
    ) -> "EarlyPaymentOffer":
        """Return what the discount comes to for an amount with its tax, as invoiced.

        What is to be paid is rounded half up, the discount is the difference. A discount of the amount with tax is split as that
        is, the income rounded, the tax the difference.

        Raises:
            InvalidValue: an amount is below zero, or the discount is more than what it is reckoned of.
            CurrencyMismatch: two currencies.

        >>> offer = EarlyPayment.of("0.10", days=5).offer(net=Money.of("200", "CNY"), tax=Money.of("36", "CNY"),
        ...                                              on=dt.date(2026, 3, 2))
        >>> str(offer.pay), str(offer.discount), str(offer.income), str(offer.tax), offer.until
        ('212.40 CNY', '23.60 CNY', '20.00 CNY', '3.60 CNY', datetime.date(2026, 3, 7))
        """
        for name, amount in (("net", net), ("tax", tax)):
            check_money(name, amount)
            if amount.minor < 0:
                raise InvalidValue("early.negative", f"{name} is {amount}; give zero or more", name=name, amount=amount)
        total = net + tax
        of = total if self.mode is EarlyPaymentMode.INCLUDED else net
        discount = of - self._kept(of)
        income = discount
        if self.mode is EarlyPaymentMode.INCLUDED and total:
            income = discount.times(Fraction(net.minor, total.minor))
        from ltc._billing.plans.early_offer import EarlyPaymentOffer  # noqa: PLC0415  # who only carries a discount asks for none

        return EarlyPaymentOffer(total, income, discount - income, self.until(on, calendar))

    def offer_in(
        self, gross: Money, /, *, tax_rate: Decimal, on: dt.date, calendar: BusinessCalendar | None = None
    ) -> "EarlyPaymentOffer":
        """Return what the discount comes to for an amount that includes its tax at one rate; otherwise as `offer`.

        Source of the split: the net is gross / (1 + rate), to the nearest minor unit; where the mode is mixed, the gross was
        taxed on less, so that the net is the one whose `taxable` part bears the tax.

        >>> mixed = EarlyPayment.of("0.10", days=1, mode=EarlyPaymentMode.MIXED)
        >>> str(mixed.offer_in(Money.of("1135", "CNY"), tax_rate=Decimal("0.15"), on=dt.date(2016, 1, 1)).pay)
        '1035.00 CNY'
        """
        rate, off = Fraction(as_ratio(tax_rate)), Fraction(self.ratio or 0)
        mixed = self.mode is EarlyPaymentMode.MIXED
        untaxed = rate * self.amount.minor if mixed and self.amount else Fraction()
        exact = (gross.minor + untaxed) / (1 + rate * (1 - off if mixed else 1))
        net = Money(divide(exact.numerator, exact.denominator), gross.currency)
        return self.offer(net=net, tax=gross - net, on=on, calendar=calendar)

    def _kept(self, of: Money) -> Money:
        if self.ratio is not None:
            return of.times(1 - Fraction(self.ratio))
        off = self.amount or Money.zero(of.currency)
        if off > of:
            raise InvalidValue(
                "early.over", f"a discount of {off} is more than {of}; give that or less", discount=off, amount=of
            )
        return of - off

    def explain(self, locale: str, /, until: dt.date | None = None) -> str:
        """Return it in words, with the day itself where that is known.

        >>> from ltc.calendars import EndOfMonth
        >>> half = EarlyPayment.of("0.005", rule=EndOfMonth(10), mode=EarlyPaymentMode.EXCLUDED)
        >>> half.explain("zh_CN")
        '于起算日所在月的月末再加10天之前付款，减免不含税金额的0.5%（税额不变）'
        >>> half.explain("en", until=dt.date(2026, 4, 10))
        '0.5% of the net amount (the tax stays) off if paid by Apr 10, 2026'
        """
        if self.amount is not None:
            off = self.amount.format(locale)
        else:
            ratio = format_percent(self.ratio or Decimal(0), locale=locale)
            off = say(f"early.of_{self.mode.value}", locale, ratio=ratio)
        if until is not None:
            return say("early.by_day", locale, off=off, until=until)
        if isinstance(self.rule, NetDays) and self.rule == NetDays(self.rule.days) and self.rule.days >= 0:
            return say("early.within", locale, off=off, days=self.rule.days)
        return say("early.by", locale, off=off, rule=self.rule.explain(locale))
