"""Which step of a ladder is due on a day: the steps to one receiver, for one receivable."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from ltc._billing.dunning.policy import DunningStep
from ltc._billing.receivables.notices import Receiver
from ltc._billing.receivables.receivable import Receivable
from ltc.calendars import BusinessCalendar, Roll, roll

DAY: Final = dt.timedelta(days=1)
BELOW_ALL: Final = -(10**9)
"""Days since a due date that no step has: nothing was sent."""


def day_of(step: DunningStep, due_on: dt.date, calendar: BusinessCalendar | None) -> dt.date:
    """Return the day on which a step falls due: on a day off, the workday before it up to the due date, the one after it later."""
    plain = due_on + step.days * DAY
    if calendar is None:
        return plain
    return roll(plain, calendar, Roll.PRECEDING if step.days <= 0 else Roll.FOLLOWING)


def passed_of(receivable: Receivable, to: Receiver, on: dt.date, *, restarts: bool) -> int:
    """Return the days of the highest step that was sent to a receiver by the end of a day."""
    since = _last_settled(receivable, on) if restarts else dt.date.min
    sent = (notice.days for notice in receivable.notices if notice.to is to and since < notice.on <= on)
    return max(sent, default=BELOW_ALL)


def due_step(
    steps: Sequence[DunningStep], *, passed: int, due_on: dt.date, on: dt.date, calendar: BusinessCalendar | None
) -> DunningStep | None:
    """Return the step of a ladder that is to be sent on a day, where nothing stops it.

    What was missed is caught up: letters after the due date each in its turn; of reminders, and of what is said before the due
    date, the last one only. Nothing is said of a due date to come once it is there.
    """
    late = (on - due_on).days
    due = [
        step
        for step in steps
        if step.days > passed and not _lapsed(step, late) and day_of(step, due_on, calendar) <= on
    ]
    if not due:
        return None
    return due[0] if due[0].is_letter and due[0].days > 0 else due[-1]


def next_step(
    steps: Sequence[DunningStep], *, passed: int, due_on: dt.date, since: dt.date, calendar: BusinessCalendar | None
) -> tuple[dt.date, DunningStep] | None:
    """Return the first day from `since` on on which a step is to be sent, and which; None: no more."""
    days = {max(day_of(step, due_on, calendar), since) for step in steps if step.days > passed}
    for day in sorted(days):
        open_day = day if calendar is None else roll(day, calendar)
        step = due_step(steps, passed=passed, due_on=due_on, on=open_day, calendar=calendar)
        if step is not None:
            return open_day, step
    return None


def _lapsed(step: DunningStep, late: int) -> bool:
    return late > 0 if step.days == 0 else step.days < 0 <= late


def _last_settled(receivable: Receivable, on: dt.date) -> dt.date:
    """Return the last day up to `on` at whose end nothing was open."""
    turns = sorted({entry.on for entry in receivable.entries if entry.on <= on})
    ends = [*(turn - DAY for turn in turns[1:]), on]
    settled = (end for turn, end in zip(turns, ends, strict=False) if not receivable.open_as_of(turn))
    return max(settled, default=dt.date.min)
