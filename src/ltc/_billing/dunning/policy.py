"""Who is told what, how many days before or after a due date: dunning as data."""

import enum
from collections.abc import Iterable
from typing import Any, Final

import attrs

from ltc._billing.amounts import zero_or_more
from ltc._billing.dunning.interest import InterestPolicy
from ltc._billing.receivables.component import Component, each_once
from ltc._billing.receivables.notices import Receiver
from ltc._fields import exactly, member, whole
from ltc.errors import InvalidValue
from ltc.money import Money


class Grouping(enum.StrEnum):
    """How many letters a customer gets.

    >>> Grouping("installment").name
    'INSTALLMENT'
    """

    CUSTOMER = "customer"
    """One for all that he owes one of our entities in one currency."""
    INSTALLMENT = "installment"
    """One for each receivable."""


def _amounts(given: Money | Iterable[Money]) -> tuple[Money, ...]:
    return (given,) if isinstance(given, Money) else tuple(given)


def _one_a_currency(instance: object, attribute: "attrs.Attribute[Any]", amounts: tuple[Money, ...]) -> None:
    for amount in amounts:
        zero_or_more(instance, attribute, amount)
    currencies = [amount.currency for amount in amounts]
    if len(set(currencies)) < len(currencies):
        raise InvalidValue(
            "dunning.currency_twice",
            f"{attribute.name} has two amounts of one currency among {', '.join(currencies)}; give one each",
            name=attribute.name,
            currencies=", ".join(currencies),
        )


def _in(amounts: tuple[Money, ...], currency: str) -> Money:
    return next((amount for amount in amounts if amount.currency == currency), Money.zero(currency))


@attrs.frozen
class DunningStep:
    """Something that is sent so many days before (below zero) or after a due date, once a receivable.

    To the customer it is a letter; to everybody else an internal reminder. Only a letter after the due date asks for a fee or for
    interest.

    Raises:
        InvalidType, InvalidValue: a field of another type, a fee below zero or two of one currency, a fee or interest of a step
            that is no letter after the due date.

    >>> DunningStep(14, Receiver.CUSTOMER, fees=Money.of("50.00", "CNY"), interest=True).is_letter
    True
    """

    days: int = attrs.field(validator=whole())
    to: Receiver = attrs.field(validator=member(Receiver))
    fees: tuple[Money, ...] = attrs.field(default=(), converter=_amounts, validator=_one_a_currency, kw_only=True)
    """One a currency; none in a currency that is not named."""
    interest: bool = attrs.field(default=False, validator=exactly(bool), kw_only=True)
    """Whether the letter asks for the interest of the policy."""

    def __attrs_post_init__(self) -> None:
        if (self.interest or any(self.fees)) and not (self.is_letter and self.days > 0):
            raise InvalidValue(
                "dunning.no_claim",
                f"step {self.days} to {self.to} asks for a fee or interest; only a letter to the customer after the due date does",
                days=self.days,
                to=self.to.value,
            )

    @property
    def is_letter(self) -> bool:
        """Whether it goes to the customer."""
        return self.to is Receiver.CUSTOMER

    def fee_in(self, currency: str, /) -> Money:
        """Return the fee of a letter in a currency.

        >>> str(DunningStep(14, Receiver.CUSTOMER, fees=Money.of("50.00", "CNY")).fee_in("USD"))
        '0.00 USD'
        """
        return _in(self.fees, currency)


_RECEIVERS: Final = tuple(Receiver)


def _sorted(steps: Iterable[DunningStep]) -> tuple[DunningStep, ...]:
    given = tuple(steps)
    if any(type(step) is not DunningStep for step in given):
        return given  # refused by the validator
    return tuple(sorted(given, key=lambda step: (step.days, _RECEIVERS.index(step.to))))


@attrs.frozen
class DunningPolicy:
    """The steps of dunning, and what holds for all of them.

    Raises:
        InvalidType, InvalidValue: a field of another type; no steps, two of one day to one receiver; a letter that asks for
            interest in a policy without.

    >>> policy = DunningPolicy([DunningStep(1, Receiver.OWNER), DunningStep(7, Receiver.CUSTOMER), DunningStep(30, Receiver.CUSTOMER)])
    >>> policy.level_of(6), policy.level_of(7), policy.last_level
    (0, 1, 2)
    """

    steps: tuple[DunningStep, ...] = attrs.field(
        converter=_sorted, validator=attrs.validators.deep_iterable(exactly(DunningStep))
    )
    """Kept in the order of their days."""
    interest: InterestPolicy | None = attrs.field(
        default=None, validator=attrs.validators.optional(exactly(InterestPolicy)), kw_only=True
    )
    minimums: tuple[Money, ...] = attrs.field(default=(), converter=_amounts, validator=_one_a_currency, kw_only=True)
    """One a currency: no letter asks for less, interest and fees apart, charged before or with it."""
    grouping: Grouping = attrs.field(default=Grouping.CUSTOMER, validator=member(Grouping), kw_only=True)
    apart_days: int = attrs.field(default=1, validator=whole(0), kw_only=True)
    """Between two letters to one customer about one currency, whatever else they are about: 1 is never two on one day, 0 is no limit."""
    restarts: bool = attrs.field(default=False, validator=exactly(bool), kw_only=True)
    """Whether what was paid in full and re-opened begins at the first step again; else it goes on where it stopped."""
    chases: tuple[Component, ...] = attrs.field(
        default=(Component.PRINCIPAL,),
        converter=each_once,
        validator=attrs.validators.deep_iterable(member(Component)),
        kw_only=True,
    )
    """What takes steps. Other receivables, by default interest and fees that were charged, bring no letter and no reminder about: once
    they are overdue they go along in the letters about what is chased."""

    def __attrs_post_init__(self) -> None:
        places = [(step.days, step.to.value) for step in self.steps]
        if not places or len(set(places)) < len(places):
            raise InvalidValue(
                "dunning.steps",
                f"the steps are {', '.join(f'{days} to {to}' for days, to in places) or 'none'}; "
                "give at least one, and each day and receiver once",
                steps=", ".join(f"{days} to {to}" for days, to in places),
            )
        if self.interest is None and any(step.interest for step in self.steps):
            raise InvalidValue(
                "dunning.no_interest", "a letter asks for interest, and the policy has none; give `interest`"
            )

    def steps_to(self, receiver: Receiver, /) -> tuple[DunningStep, ...]:
        """Return the steps that go to one receiver, in the order of their days.

        >>> [step.days for step in STANDARD_DUNNING.steps_to(Receiver.CUSTOMER)]
        [-3, 7, 14, 30]
        """
        return tuple(step for step in self.steps if step.to is receiver)

    def level_of(self, days: int, /) -> int:
        """Return the level of a letter so many days after the due date: the number of letters of the policy up to it."""
        return sum(1 for step in self.steps_to(Receiver.CUSTOMER) if 0 < step.days <= days)

    @property
    def last_level(self) -> int:
        """The level of the last letter; 0 where there is none after the due date."""
        return sum(1 for step in self.steps_to(Receiver.CUSTOMER) if step.days > 0)

    def minimum_in(self, currency: str, /) -> Money:
        """Return the least that a letter asks for in a currency.

        >>> str(STANDARD_DUNNING.minimum_in("CNY"))
        '0.00 CNY'
        """
        return _in(self.minimums, currency)


STANDARD_DUNNING: Final = DunningPolicy(
    [
        DunningStep(-7, Receiver.OWNER),
        DunningStep(-3, Receiver.CUSTOMER),
        DunningStep(0, Receiver.OWNER),
        DunningStep(1, Receiver.OWNER),
        DunningStep(7, Receiver.OWNER),
        DunningStep(7, Receiver.CUSTOMER),
        DunningStep(14, Receiver.CUSTOMER),
        DunningStep(14, Receiver.FINANCE),
        DunningStep(30, Receiver.CUSTOMER),
        DunningStep(30, Receiver.MANAGER),
    ],
    apart_days=7,
)
"""A policy to begin with: the owner is reminded a week before, on and after the due date; the customer gets a word three days before,
and three letters a week apart at least; finance and the manager are told as it grows old. No fee, no interest."""
