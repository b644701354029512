"""What happens to a guarantee 保函 while it stands in the place of a deposit: it is extended, or given back before it expires."""

import datetime as dt

from ltc._billing.deposits.deposit import DEPOSIT, Deposit, Guarantee
from ltc._billing.deposits.events import DEPOSIT_TRANSITIONS, GuaranteeEvent, GuaranteeExtended, GuaranteeReleased
from ltc._billing.deposits.handling import DepositChange
from ltc.errors import InvalidValue, Refused
from ltc.events import check_move, day


def extend_guarantee(
    deposit: Deposit, *, guarantee: str, expires_on: dt.date, on: dt.date, now: dt.datetime
) -> DepositChange:
    """Record that a guarantee stands longer 展期, to `expires_on` inclusive.

    Raises:
        Refused: the deposit is closed; it does not stand on that day, or was extended on a later one; it would not stand longer.
        InvalidValue: no such guarantee stands in the place of this deposit.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import NOON, TODAY, replaced
    >>> held = replaced().after
    >>> longer = extend_guarantee(held, guarantee="LG-88", expires_on=date(2027, 6, 30), on=TODAY, now=NOON)
    >>> str(longer.after.guarantees[0].expires_on)
    '2027-06-30'
    """
    held = _standing(deposit, GuaranteeExtended, guarantee, day(on))
    if day(expires_on) <= held.expires_on:
        raise Refused(
            "deposit.not_longer",
            f"guarantee {held.number} stands to {held.expires_on} as it is; extend it beyond that day",
            deposit=deposit.id,
            guarantee=held.number,
            expires_on=held.expires_on,
        )
    extended = GuaranteeExtended(deposit.id, held.number, expires_on=expires_on, on=on, at=now)
    return DEPOSIT.change(deposit, extended)


def release_guarantee(deposit: Deposit, *, guarantee: str, on: dt.date, now: dt.datetime) -> DepositChange:
    """Record that a guarantee was given back 退回保函: from that day on it stands no more.

    Raises:
        Refused: the deposit is closed; it does not stand on that day, or was extended on a later one.
        InvalidValue: no such guarantee stands in the place of this deposit.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, replaced
    >>> gone = release_guarantee(replaced().after, guarantee="LG-88", on=TODAY, now=NOON)
    >>> gone.after.guarantees[0].stands(TODAY)
    False
    """
    held = _standing(deposit, GuaranteeReleased, guarantee, day(on))
    return DEPOSIT.change(deposit, GuaranteeReleased(deposit.id, held.number, on=on, at=now))


def _standing(deposit: Deposit, event: type[GuaranteeEvent], number: str, on: dt.date) -> Guarantee:
    check_move(DEPOSIT_TRANSITIONS, deposit.status, event, kind="deposit", subject=deposit.id)
    held = next((found for found in deposit.guarantees if found.number == number), None)
    if held is None:
        known = ", ".join(found.number for found in deposit.guarantees) or "none"
        raise InvalidValue(
            "deposit.no_guarantee",
            f"deposit {deposit.id} has no guarantee {number!a:.40}; it has {known}",
            deposit=deposit.id,
            guarantee=str(number)[:40],
            known=known,
        )
    if not held.stands(on) or on < held.terms[-1].on:
        ends = held.released_on or held.expires_on
        raise Refused(
            "deposit.guarantee_not_standing",
            f"guarantee {held.number} stands from {held.terms[-1].on} to {ends}, not on {on}; use a day between, "
            "or let another take its place",
            deposit=deposit.id,
            guarantee=held.number,
            first=held.terms[-1].on,
            last=ends,
            on=on,
        )
    return held
