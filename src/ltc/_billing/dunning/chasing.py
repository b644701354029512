"""What is said about a debt while it is chased: it is disputed, payment is promised, dunning is put on hold."""

import datetime as dt
from collections.abc import Sequence

from ltc._billing.amounts import check_within
from ltc._billing.receivables.dunning_events import (
    DisputeOpened,
    DisputeSettled,
    DunningHeld,
    DunningReleased,
    PaymentPromised,
)
from ltc._billing.receivables.entering import check_raised
from ltc._billing.receivables.events import ReceivableEvent
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import Refused
from ltc.events import Change, day
from ltc.money import Money

ReceivableChange = Change[Receivable, ReceivableEvent]


def dispute(
    receivable: Receivable, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> ReceivableChange:
    """Note that the customer contests the debt, or an amount of it: that much is not chased until the dispute is settled.

    Without `amount` all is disputed that is open, whatever it comes to later.

    Raises:
        Refused: a dispute lasts already, nothing or less than the amount was open on that day, or the day is before one that is
            known: the raising, the last dispute.

    >>> from ltc.testing.samples.dunning import NOON, TODAY, receivable
    >>> change = dispute(receivable(), reason="never ordered", on=TODAY, now=NOON)
    >>> str(change.after.disputed_as_of(TODAY))
    '30000.00 CNY'
    """
    last = receivable.disputes[-1] if receivable.disputes else None
    if last is not None and last.settled_on is None:
        raise Refused(
            "receivable.disputed",
            f"receivable {receivable.id} is disputed since {last.on}; settle that dispute first",
            receivable=receivable.id,
            since=last.on,
        )
    _check_open(receivable, amount, on)
    _check_after(receivable, [] if last is None or last.settled_on is None else [last.settled_on], on)
    return RECEIVABLE.change(receivable, DisputeOpened(receivable.id, amount, reason=reason, on=on, at=now))


def settle_dispute(receivable: Receivable, *, reason: str, on: dt.date, now: dt.datetime) -> ReceivableChange:
    """Note that the dispute is over: what is open is chased again from that day on. What was agreed is waived or paid by its own verb.

    Raises:
        Refused: no dispute lasts, or it was opened after that day.

    >>> from ltc.testing.samples.dunning import NOON, TODAY, disputed
    >>> change = settle_dispute(disputed().after, reason="found in the yard", on=TODAY, now=NOON)
    >>> str(change.after.disputed_as_of(TODAY))
    '0.00 CNY'
    """
    if not receivable.disputes or receivable.disputes[-1].settled_on is not None:
        raise Refused(
            "receivable.not_disputed",
            f"receivable {receivable.id} has no dispute that lasts; there is nothing to settle",
            receivable=receivable.id,
        )
    _check_after(receivable, [receivable.disputes[-1].on], on)
    return RECEIVABLE.change(receivable, DisputeSettled(receivable.id, reason=reason, on=on, at=now))


def promise(
    receivable: Receivable, *, amount: Money | None = None, until: dt.date, by: str, on: dt.date, now: dt.datetime
) -> ReceivableChange:
    """Note that somebody promised to pay by a day, all that is open or an amount: that much is not chased up to that day.

    A promise made while another stands replaces it. Kept or broken follows from what is paid (`Receivable.promise_state`).

    Raises:
        Refused: it ends before it is made, nothing or less than the amount was open on that day, or the day is before one that is
            known: the raising, the last promise.

    >>> from datetime import date
    >>> from ltc.testing.samples.dunning import NOON, TODAY, receivable
    >>> change = promise(receivable(), until=date(2026, 3, 20), by="Ms. Wang", on=TODAY, now=NOON)
    >>> str(change.after.promises[0].amount)
    '30000.00 CNY'
    """
    owed = _check_open(receivable, amount, on)
    _check_until(receivable, until, on)
    _check_after(receivable, [last.on for last in receivable.promises[-1:]], on)
    asked = owed if amount is None else amount
    made = PaymentPromised(receivable.id, asked, leaves=owed - asked, by=by, until=until, on=on, at=now)
    return RECEIVABLE.change(receivable, made)


def hold_dunning(
    receivable: Receivable, *, until: dt.date, reason: str, on: dt.date, now: dt.datetime
) -> ReceivableChange:
    """Put the dunning on hold 暂缓催收: nothing is sent up to and including `until`. A hold put on another replaces it.

    Raises:
        Refused: it ends before it begins, nothing was open on that day, or the day is before one that is known: the raising, the
            last hold.

    >>> from datetime import date
    >>> from ltc.testing.samples.dunning import NOON, TODAY, receivable
    >>> change = hold_dunning(receivable(), until=date(2026, 4, 30), reason="talks", on=TODAY, now=NOON)
    >>> change.after.hold_as_of(date(2026, 4, 30)).reason, change.after.hold_as_of(date(2026, 5, 1))
    ('talks', None)
    """
    _check_open(receivable, None, on)
    _check_until(receivable, until, on)
    _check_after(receivable, _of_holds(receivable), on)
    return RECEIVABLE.change(receivable, DunningHeld(receivable.id, until=until, reason=reason, on=on, at=now))


def release_dunning(receivable: Receivable, *, reason: str, on: dt.date, now: dt.datetime) -> ReceivableChange:
    """Lift a hold before its last day: from `on` on the dunning goes on where it stopped.

    Raises:
        Refused: no hold lasts on that day, or the day is before that of the last hold.

    >>> from ltc.testing.samples.dunning import NOON, TODAY, held
    >>> release_dunning(held().after, reason="talks failed", on=TODAY, now=NOON).after.hold_as_of(TODAY)
    """
    _check_after(receivable, _of_holds(receivable), on)
    if receivable.hold_as_of(on) is None:
        raise Refused(
            "receivable.not_held",
            f"receivable {receivable.id} is not on hold on {on}; there is nothing to release",
            receivable=receivable.id,
            on=on,
        )
    return RECEIVABLE.change(receivable, DunningReleased(receivable.id, reason=reason, on=on, at=now))


def _of_holds(receivable: Receivable) -> list[dt.date]:
    return [hold.released_on or hold.on for hold in receivable.holds[-1:]]


def _check_open(receivable: Receivable, amount: Money | None, on: dt.date) -> Money:
    """Return what was open at the end of the day, or refuse: nothing, or less than the amount."""
    check_raised(receivable, on)
    owed = receivable.open_as_of(on)
    if not owed:
        raise Refused(
            "dunning.nothing_open",
            f"receivable {receivable.id} had nothing open on {on}; there is nothing to chase",
            receivable=receivable.id,
            on=on,
        )
    if amount is not None:
        of = f"open of receivable {receivable.id}"
        check_within(amount, owed, code="receivable.over", of=of, receivable=receivable.id)
    return owed


def _check_until(receivable: Receivable, until: dt.date, on: dt.date) -> None:
    if day(until) < on:
        raise Refused(
            "receivable.until",
            f"until {until} is before {on}; use that day or a later one for receivable {receivable.id}",
            receivable=receivable.id,
            until=until,
            on=on,
        )


def _check_after(receivable: Receivable, known: Sequence[dt.date], on: dt.date) -> None:
    """Refuse a day before the last one of its kind: what is known as of a day must not change behind it."""
    for last in known:
        if day(on) < last:
            raise Refused(
                "receivable.before_last",
                f"the last word on receivable {receivable.id} is of {last}, after {on}; use that day or a later one",
                receivable=receivable.id,
                last=last,
                on=on,
            )
