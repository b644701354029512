"""Which deposits are still out, which are overdue, and which guarantees stand in the place of others: never an aging of trade."""

import datetime as dt
from collections.abc import Iterable

import attrs

from ltc._billing.deposits.deposit import Deposit, Guarantee
from ltc._billing.deposits.events import DepositDirection, DepositKind
from ltc._billing.once import given_once
from ltc.ids import AccountId, DepositId
from ltc.money import Money


@attrs.frozen
class OutstandingDeposit:
    """A deposit of which something was kept at the end of a day.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import dated_deposit
    >>> [late] = outstanding_deposits([dated_deposit()], as_of=date(2026, 3, 10))
    >>> late.deposit, str(late.held), str(late.due_on), late.days_overdue
    ('D1', '20000.00 CNY', '2026-03-07', 3)
    """

    deposit: DepositId
    direction: DepositDirection
    kind: DepositKind
    party: AccountId
    purpose: str
    held: Money
    due_on: dt.date | None
    """None: its day was not known."""
    waits_for: str | None
    """What had to happen first; None once its day was known."""
    days_overdue: int
    """To us where we paid it, by us where we received it."""


@attrs.frozen
class StandingGuarantee:
    """A guarantee that stands on a day in the place of a deposit.

    >>> from ltc.testing.samples.deposits import TODAY, replaced
    >>> [standing] = standing_guarantees([replaced().after], as_of=TODAY)
    >>> standing.guarantee.number, standing.days_left, standing.is_short
    ('LG-88', 304, False)
    """

    deposit: DepositId
    direction: DepositDirection
    party: AccountId
    guarantee: Guarantee
    days_left: int
    """To the last day on which it stands."""
    is_short: bool
    """Whether it expires before the deposit would be due back: it has to be renewed."""


def outstanding_deposits(
    deposits: Iterable[Deposit], /, *, as_of: dt.date, direction: DepositDirection | None = None
) -> tuple[OutstandingDeposit, ...]:
    """Return what was kept at the end of a day, as it was known by then: those due first first, those without a day last, then by id.

    `direction` PAID are those that are due back to us, RECEIVED those that we owe back; without it both.

    Raises:
        InvalidValue: a deposit is given twice.

    >>> from ltc.testing.samples.deposits import TODAY, deposit, received_deposit
    >>> both = [received_deposit(), deposit()]
    >>> [found.deposit for found in outstanding_deposits(both, as_of=TODAY)]
    ['D2', 'D1']
    >>> [found.waits_for for found in outstanding_deposits(both, as_of=TODAY, direction=DepositDirection.PAID)]
    ['awarded']
    """
    found = [
        _outstanding(deposit, as_of)
        for deposit in given_once(deposits)
        if direction in (None, deposit.direction) and deposit.held_as_of(as_of)
    ]
    return tuple(sorted(found, key=lambda held: (held.due_on or dt.date.max, held.due_on is None, held.deposit)))


def _outstanding(deposit: Deposit, as_of: dt.date) -> OutstandingDeposit:
    due_on = deposit.due_as_of(as_of)
    return OutstandingDeposit(
        deposit.id,
        deposit.direction,
        deposit.kind,
        deposit.party,
        deposit.purpose,
        held=deposit.held_as_of(as_of),
        due_on=due_on,
        waits_for=deposit.due.milestone if due_on is None else None,
        days_overdue=deposit.days_overdue(as_of),
    )


def standing_guarantees(deposits: Iterable[Deposit], /, *, as_of: dt.date) -> tuple[StandingGuarantee, ...]:
    """Return the guarantees that stand on a day, as was agreed by then: those that expire first first, then by deposit and number.

    Raises:
        InvalidValue: a deposit is given twice.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import replaced
    >>> standing_guarantees([replaced().after], as_of=date(2027, 1, 1))
    ()
    """
    found = [
        StandingGuarantee(
            deposit.id,
            deposit.direction,
            deposit.party,
            guarantee,
            days_left=(guarantee.expires_as_of(as_of) - as_of).days,
            is_short=(due_on := deposit.due_as_of(as_of)) is not None and guarantee.expires_as_of(as_of) < due_on,
        )
        for deposit in given_once(deposits)
        for guarantee in deposit.guarantees
        if guarantee.stands(as_of)
    ]
    return tuple(sorted(found, key=lambda held: (held.days_left, held.deposit, held.guarantee.number)))
