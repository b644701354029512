"""Dunning 催收 on a day: which letters and reminders are to be sent, and why nothing else is. A pure function of history."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ltc._billing.dunning.chased import Chased, Stop, chased
from ltc._billing.dunning.correspondence import last_letters, write_letters
from ltc._billing.dunning.letters import Letter
from ltc._billing.dunning.outlook import Asked, Outlook, outlook
from ltc._billing.dunning.policy import DunningPolicy, DunningStep
from ltc._billing.dunning.reminders import Reminder
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.notices import Receiver
from ltc._billing.receivables.receivable import Receivable
from ltc.calendars import BusinessCalendar, roll
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.findings import Reason
from ltc.ids import ReceivableId


@attrs.frozen
class Dunning:
    """What dunning has to do on a day.

    >>> from ltc.testing.samples.dunning import dunned
    >>> found = dunned()
    >>> len(found.letters), [reminder.to.value for reminder in found.reminders]
    (1, ['owner'])
    """

    on: dt.date
    letters: tuple[Letter, ...]
    """What was overdue first, first; no two to one customer about one currency, unless the policy wants it."""
    reminders: tuple[Reminder, ...]
    """By due date, then by receivable."""
    outlooks: tuple[Outlook, ...]
    """Of every receivable that was given, in the same order."""

    def of(self, receivable: ReceivableId, /) -> Outlook:
        """Return how one receivable stands.

        Raises:
            InvalidValue: it was not given.

        >>> from ltc.testing.samples.dunning import dunned
        >>> str(dunned().of("P1/1").chased)
        '30000.00 CNY'
        """
        for found in self.outlooks:
            if found.receivable == receivable:
                return found
        raise InvalidValue(
            "dunning.unknown",
            f"receivable {receivable[:40]!a} is not among the {len(self.outlooks)} that were given; give it to `dunning`",
            receivable=receivable[:40],
            count=len(self.outlooks),
        )


def dunning(
    receivables: Iterable[Receivable],
    /,
    *,
    policy: DunningPolicy,
    on: dt.date,
    receipts: Iterable[Receipt] = (),
    calendar: BusinessCalendar | None = None,
) -> Dunning:
    """Return what is to be sent on a day: a pure function of what is known of the receivables.

    What was sent is known by the events that `record_letter` and `record_reminder` make: commit them, and no step comes twice, however
    often it is asked; what was missed on days on which nobody asked is caught up. Give all that a customer owes, what he has paid
    too: letters are grouped and kept apart by customer and currency. `receipts` are for the credit that a letter shows. With a `calendar`
    nothing is sent on days off.

    Raises:
        InvalidValue: a receivable or a receipt is given twice.
        Refused: interest is asked for of days before the first rate.

    >>> from ltc.testing.samples.billing import TODAY, receivable
    >>> from ltc import billing
    >>> [today] = dunning([receivable()], policy=billing.STANDARD_DUNNING, on=TODAY).reminders
    >>> today.body("en")
    'receivable P1/1 of order SO-1 is due today: CN¥30,000.00 open'
    """
    given = sorted(given_once(receivables), key=lambda receivable: (receivable.due_on, receivable.id))
    cases = [chased(receivable, policy, day(on), calendar) for receivable in given]
    letters, withheld = _written(cases, policy, on, tuple(given_once(receipts)), calendar)
    taken = {line.receivable: line.step for letter in letters for line in letter.lines if line.step}
    reminders = [] if _is_off(on, calendar) else [told for case in cases for told in _reminders(case, on)]
    asked = Asked(policy, on, calendar)
    last = last_letters(cases, on) | {(letter.party, letter.currency): on for letter in letters}
    return Dunning(
        on,
        letters,
        tuple(reminders),
        tuple(
            outlook(
                case,
                asked,
                sends=_sends(case, taken, off=_is_off(on, calendar)),
                withheld=withheld.get(case.receivable.id),
                last_letter=last.get((case.receivable.party, case.receivable.amount.currency)),
            )
            for case in cases
        ),
    )


def _is_off(on: dt.date, calendar: BusinessCalendar | None) -> bool:
    return calendar is not None and not calendar.is_workday(on)


def _written(
    cases: Sequence[Chased],
    policy: DunningPolicy,
    on: dt.date,
    receipts: Iterable[Receipt],
    calendar: BusinessCalendar | None,
) -> tuple[tuple[Letter, ...], Mapping[ReceivableId, Stop]]:
    if calendar is None or calendar.is_workday(on):
        return write_letters(cases, policy, on, receipts=receipts, calendar=calendar)
    following = roll(on, calendar)
    rest = Reason.of("dunning.day_off", on=on, next=following), following
    return (), {case.receivable.id: rest for case in cases if case.due}


def _sends(case: Chased, taken: Mapping[ReceivableId, DunningStep], *, off: bool) -> Mapping[Receiver, DunningStep]:
    told = {} if off else {to: step for to, step in case.due.items() if not step.is_letter}
    step = taken.get(case.receivable.id)
    return told if step is None else {**told, Receiver.CUSTOMER: step}


def _reminders(case: Chased, on: dt.date) -> Iterator[Reminder]:
    receivable = case.receivable
    for step in case.due.values():
        if not step.is_letter:
            yield Reminder(
                on,
                step,
                receivable.id,
                order=receivable.order,
                entity=receivable.entity,
                party=receivable.party,
                due_on=receivable.due_on,
                days=(on - receivable.due_on).days,
                open=case.amount,
            )
