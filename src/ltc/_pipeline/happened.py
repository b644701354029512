"""What can happen to an opportunity."""

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from ltc._fields import whole
from ltc.errors import InvalidType, InvalidValue
from ltc.events import day, instant
from ltc.ids import AccountId, ActorId, LeadId, OpportunityId
from ltc.money import Money, as_ratio
from ltc.text import free_text, one_line, optional_line


def _optional_day(value: dt.date | None) -> dt.date | None:
    return None if value is None else day(value)


def check_worth(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check the amount of a deal: money of zero or more."""
    if not isinstance(value, Money):
        given = type(value).__name__
        raise InvalidType("deal.amount", f"{attribute.name} is of type {given}; pass Money", given=given)
    if value.minor < 0:
        raise InvalidValue("deal.negative", f"{attribute.name} is {value}; a deal is worth zero or more", value=value)


def _optional_rate(value: str | int | Decimal | None) -> Decimal | None:
    return None if value is None else as_ratio(value)


@attrs.frozen
class OpportunityOpened:
    """A deal came in sight, in the first stage of a model.

    >>> from ltc.testing.samples.pipeline import opened
    >>> opened().events[0].stage
    'contact'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    model: str = attrs.field(validator=one_line)
    model_version: int = attrs.field(validator=whole(1))
    stage: str = attrs.field(validator=one_line)
    account: AccountId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=check_worth)
    expected_close_on: dt.date | None = attrs.field(converter=_optional_day)
    origin: LeadId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityTaskCompleted:
    """A task of the playbook was done; the evidence says how one can tell.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityTaskCompleted("O1", stage="needs", task="survey", evidence="minutes", by="li", at=NOON).task
    'survey'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    task: str = attrs.field(validator=one_line)
    evidence: str = attrs.field(validator=free_text)
    by: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityCriterionMet:
    """An exit criterion was shown to hold.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityCriterionMet("O1", stage="quotation", criterion="price_accepted", evidence="e-mail", at=NOON).criterion
    'price_accepted'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    criterion: str = attrs.field(validator=one_line)
    evidence: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityAdvanced:
    """A deal went on to a later stage; what was left open on the way stands in `skipped`, with the reason.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityAdvanced("O1", stage="needs", previous_stage="contact", skipped=(), reason=None, at=NOON).stage
    'needs'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    previous_stage: str = attrs.field(validator=one_line)
    skipped: tuple[str, ...]
    """Ids of tasks and criteria."""
    reason: str | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunitySentBack:
    """A deal fell back to an earlier stage; the criteria in `reopened` are to be met again.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunitySentBack("O1", stage="needs", previous_stage="quotation", reopened=(), reason="new scope", at=NOON).stage
    'needs'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    previous_stage: str = attrs.field(validator=one_line)
    reopened: tuple[str, ...]
    """Ids of criteria."""
    reason: str = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityWon:
    """A deal was won 赢单.

    >>> from ltc.testing.samples.pipeline import won
    >>> won().events[0].previous_stage
    'contract'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    previous_stage: str = attrs.field(validator=one_line)
    skipped: tuple[str, ...]
    """As in `OpportunityAdvanced`."""
    reason: str | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityLost:
    """A deal was lost 输单, out of which stage and why.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityLost("O1", stage="quotation", reason="price", at=NOON).reason
    'price'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityRepriced:
    """The amount of a deal changed.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.pipeline import NOON
    >>> less, more = Money.of("90000.00", "CNY"), Money.of("100000.00", "CNY")
    >>> str(OpportunityRepriced("O1", amount=less, previous_amount=more, reason="", at=NOON).amount)
    '90000.00 CNY'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=check_worth)
    previous_amount: Money = attrs.field(validator=check_worth)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityRescheduled:
    """The day on which a deal is expected to close moved; None: nobody dares to name one.

    >>> from datetime import date
    >>> from ltc.testing.samples.pipeline import NOON
    >>> moved = OpportunityRescheduled("O1", expected_close_on=date(2026, 7, 31), previous_close_on=None, reason="", at=NOON)
    >>> moved.expected_close_on.month
    7
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    expected_close_on: dt.date | None = attrs.field(converter=_optional_day)
    previous_close_on: dt.date | None = attrs.field(converter=_optional_day)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityHandedOver:
    """A deal went from one owner to the next 交接, in the stage in which it was.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityHandedOver("O1", owner="wang", previous_owner="li", reason="leaves", at=NOON).owner
    'wang'
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class OpportunityWinRateOverridden:
    """Somebody judged the chance of a deal himself; None: the model's rate holds again.

    >>> from ltc.testing.samples.pipeline import NOON
    >>> OpportunityWinRateOverridden("O1", win_rate="0", reason="budget frozen", at=NOON).win_rate
    Decimal('0')
    """

    opportunity: OpportunityId = attrs.field(validator=one_line)
    win_rate: Decimal | None = attrs.field(converter=_optional_rate)
    reason: str = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


OpportunityEvent = (
    OpportunityOpened
    | OpportunityTaskCompleted
    | OpportunityCriterionMet
    | OpportunityAdvanced
    | OpportunitySentBack
    | OpportunityWon
    | OpportunityLost
    | OpportunityRepriced
    | OpportunityRescheduled
    | OpportunityHandedOver
    | OpportunityWinRateOverridden
)
