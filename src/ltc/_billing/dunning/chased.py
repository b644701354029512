"""How one receivable stands on a day: how much of it is chased, what stops it, which steps are due."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Final

import attrs

from ltc._billing.dunning.ladder import BELOW_ALL, DAY, due_step, passed_of
from ltc._billing.dunning.policy import DunningPolicy, DunningStep
from ltc._billing.receivables.entries import Entry, EntryKind, SettlementKind
from ltc._billing.receivables.notices import Receiver
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.receivables.stops import latest
from ltc.calendars import BusinessCalendar
from ltc.findings import Reason
from ltc.money import Money

Stop = tuple[Reason, dt.date | None]
"""Why nothing may be sent, and the first day on which that is over, as far as is known."""


@attrs.frozen
class Chased:
    """How one receivable stands on a day."""

    receivable: Receivable
    owed: Money
    """What was open at the end of the day."""
    amount: Money
    """What of it is chased: neither disputed nor promised."""
    is_over: bool
    """Whether nothing is owed any more."""
    stops: tuple[Stop, ...]
    """None: what is due may be sent."""
    passed: Mapping[Receiver, int]
    """The days of the highest step that was sent, by receiver."""
    goes_along: bool
    """Whether it takes no steps and stands in letters about what does."""
    due: Mapping[Receiver, DunningStep]
    """What is to be sent today, were it by this receivable alone; empty where it is stopped."""

    @property
    def letter_step(self) -> DunningStep | None:
        """The letter that is due."""
        return self.due.get(Receiver.CUSTOMER)

    @property
    def resumes(self) -> dt.date | None:
        """The first day on which no stop lasts; None: nobody knows."""
        days = [day for _, day in self.stops]
        return None if None in days else max((day for day in days if day is not None), default=dt.date.min)


def chased(receivable: Receivable, policy: DunningPolicy, on: dt.date, calendar: BusinessCalendar | None) -> Chased:
    """Return how a receivable stands on a day."""
    owed = receivable.open_as_of(on)
    spared = receivable.disputed_as_of(on) + receivable.promised_as_of(on)
    stops = tuple(_stops(receivable, on))
    goes_along = receivable.component not in policy.chases
    passed = {
        to: BELOW_ALL if goes_along else passed_of(receivable, to, on, restarts=policy.restarts) for to in Receiver
    }
    steps = {
        to: due_step(policy.steps_to(to), passed=passed[to], due_on=receivable.due_on, on=on, calendar=calendar)
        for to in (() if stops or goes_along else Receiver)
    }
    return Chased(
        receivable,
        owed,
        max(owed - spared, Money.zero(owed.currency)),
        not owed and on >= receivable.raised_on,
        stops,
        passed,
        goes_along,
        {to: step for to, step in steps.items() if step is not None},
    )


def _stops(receivable: Receivable, on: dt.date) -> Iterator[Stop]:
    owed = receivable.open_as_of(on)
    if on < receivable.raised_on:
        yield Reason.of("dunning.not_raised", raised_on=receivable.raised_on), receivable.raised_on
        return
    if not owed:
        yield _settled(receivable, on), None
        return
    disputed, promised = receivable.disputed_as_of(on), receivable.promised_as_of(on)
    dispute, promise = latest(receivable.disputes, on), latest(receivable.promises, on)
    if dispute and disputed and disputed + promised >= owed:
        over = None if disputed == owed else on  # what is promised holds the rest
        yield Reason.of("dunning.disputed", amount=disputed, since=dispute.on), over
    if promise and promised and disputed + promised >= owed:
        yield Reason.of("dunning.promised", amount=promised, by=promise.by, until=promise.until), promise.until + DAY
    if hold := receivable.hold_as_of(on):
        yield Reason.of("dunning.on_hold", until=hold.until), hold.until + DAY


_SETTLED_BY: Final[Mapping[EntryKind | SettlementKind | None, str]] = {
    EntryKind.WAIVED: "dunning.credited",
    SettlementKind.RED_LETTER: "dunning.credited",
    SettlementKind.TRANSFER: "dunning.transferred",
    EntryKind.WRITTEN_OFF: "dunning.written_off",
}


def _settled(receivable: Receivable, on: dt.date) -> Reason:
    """Return since when nothing is open, and by what the last of it went: of one day by what became known last."""
    turns = sorted({entry.on for entry in receivable.entries if entry.on <= on}, reverse=True)
    *_, since = takewhile(lambda turn: not receivable.open_as_of(turn), turns)
    *_, last = (entry for entry in receivable.entries if entry.on == since and entry.taken > 0)
    return Reason.of(_SETTLED_BY.get(_how(last), "dunning.paid"), on=since)


def _how(entry: Entry) -> EntryKind | SettlementKind:
    return entry.kind if entry.settlement is None else entry.settlement
