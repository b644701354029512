"""The terms of a deal: its amount, its day, its owner, the chance that somebody gives it. None of them moves its stage."""

import datetime as dt
from decimal import Decimal

from ltc._pipeline.happened import (
    OpportunityEvent,
    OpportunityHandedOver,
    OpportunityRepriced,
    OpportunityRescheduled,
    OpportunityWinRateOverridden,
)
from ltc._pipeline.life import OPPORTUNITY, TRANSITIONS
from ltc._pipeline.opportunity import Opportunity
from ltc.errors import Refused
from ltc.events import Change, check_move, instant
from ltc.ids import ActorId
from ltc.money import Money


def reprice(
    opportunity: Opportunity, /, *, amount: Money, reason: str = "", now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Set another amount, in the currency that the deal has.

    Raises:
        CurrencyMismatch: another currency: lose the deal and open it anew.
        Refused: `opportunity.unchanged`.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> str(reprice(opportunity(), amount=Money.of("90000.00", "CNY"), now=NOON).after.amount)
    '90000.00 CNY'
    """
    _may(opportunity, OpportunityRepriced)
    change = OpportunityRepriced(
        opportunity.id, amount=amount, previous_amount=opportunity.amount, reason=reason, at=now
    )
    if not change.amount - opportunity.amount:
        raise _unchanged(opportunity, "amount", str(amount))
    return OPPORTUNITY.change(opportunity, change)


def reschedule(
    opportunity: Opportunity, /, *, expected_close_on: dt.date | None, reason: str = "", now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Set another day on which the deal is expected to close; None where nobody can say.

    Raises:
        Refused: `opportunity.unchanged`.

    >>> from datetime import date
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> later = reschedule(opportunity(), expected_close_on=date(2026, 7, 31), now=NOON)
    >>> later.after.expected_close_on.isoformat(), later.events[0].previous_close_on.isoformat()
    ('2026-07-31', '2026-06-30')
    """
    _may(opportunity, OpportunityRescheduled)
    if expected_close_on == opportunity.expected_close_on:
        raise _unchanged(opportunity, "expected_close_on", str(expected_close_on))
    return OPPORTUNITY.change(
        opportunity,
        OpportunityRescheduled(
            opportunity.id,
            expected_close_on=expected_close_on,
            previous_close_on=opportunity.expected_close_on,
            reason=reason,
            at=now,
        ),
    )


def hand_over(
    opportunity: Opportunity, /, *, to: ActorId, reason: str, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Give the deal to another owner from `now` on 交接; its stage and its history stay as they are.

    Raises:
        Refused: `opportunity.same_owner`; `opportunity.owned_later`: before the present owner had it.

    >>> from ltc.testing.samples.pipeline import NOON, in_stage
    >>> moved = hand_over(in_stage("quotation"), to="wang", reason="li leaves", now=NOON).after
    >>> moved.owner, moved.stage
    ('wang', 'quotation')
    """
    _may(opportunity, OpportunityHandedOver)
    at = instant(now)
    if to == opportunity.owner:
        raise Refused(
            "opportunity.same_owner",
            f"opportunity {opportunity.id} is owned by {to} already; hand it over to somebody else",
            opportunity=opportunity.id,
            owner=to,
        )
    if at < opportunity.owned_since:
        raise Refused(
            "opportunity.owned_later",
            f"opportunity {opportunity.id} is with {opportunity.owner} since {opportunity.owned_since}; "
            "hand it over then or later",
            opportunity=opportunity.id,
            owner=opportunity.owner,
            since=opportunity.owned_since,
        )
    return OPPORTUNITY.change(
        opportunity,
        OpportunityHandedOver(opportunity.id, owner=to, previous_owner=opportunity.owner, reason=reason, at=at),
    )


def override_win_rate(
    opportunity: Opportunity, /, *, win_rate: str | int | Decimal | None, reason: str, now: dt.datetime
) -> Change[Opportunity, OpportunityEvent]:
    """Put a judged win rate in [0, 1] in the place of the model's, through every stage from now on; None lifts it. 0 is a value.

    Raises:
        InvalidType, InvalidValue: no ratio in [0, 1], or no reason.
        Refused: `opportunity.unchanged`: there is no override to lift.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, opportunity
    >>> frozen = override_win_rate(opportunity(), win_rate=0, reason="budget frozen", now=NOON).after
    >>> frozen.win_rate(STANDARD_MODEL)
    Decimal('0')
    >>> lifted = override_win_rate(frozen, win_rate=None, reason="budget is back", now=NOON).after
    >>> lifted.win_rate(STANDARD_MODEL)
    Decimal('0.10')
    """
    _may(opportunity, OpportunityWinRateOverridden)
    if win_rate is None and opportunity.override is None:
        raise _unchanged(opportunity, "win_rate", "the model's")
    return OPPORTUNITY.change(
        opportunity,
        OpportunityWinRateOverridden(opportunity.id, win_rate=win_rate, reason=reason, at=now),
    )


def _may(opportunity: Opportunity, event: type) -> None:
    check_move(TRANSITIONS, opportunity.status, event, kind="opportunity", subject=opportunity.id)


def _unchanged(opportunity: Opportunity, name: str, value: str) -> Refused:
    return Refused(
        "opportunity.unchanged",
        f"{name} of opportunity {opportunity.id} is {value} already; give another",
        opportunity=opportunity.id,
        name=name,
        value=value,
    )
