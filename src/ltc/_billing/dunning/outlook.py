"""How one receivable stands with dunning on a day: what goes out, what follows, and why nothing does."""

import datetime as dt
from collections.abc import Mapping

import attrs

from ltc._billing.dunning.chased import Chased, Stop
from ltc._billing.dunning.ladder import BELOW_ALL, DAY, next_step
from ltc._billing.dunning.policy import DunningPolicy, DunningStep
from ltc._billing.receivables.notices import Receiver
from ltc.calendars import BusinessCalendar
from ltc.findings import Reason
from ltc.ids import ReceivableId
from ltc.money import Money


@attrs.frozen
class Outlook:
    """How one receivable stands with dunning on a day: what goes out today, what follows, or why nothing does.

    >>> from ltc.testing.samples.dunning import dunned
    >>> outlook = dunned().of("P1/1")
    >>> [step.to.value for step in outlook.sends], outlook.next_step.days, str(outlook.next_on)
    (['owner', 'customer'], 14, '2026-03-16')
    """

    receivable: ReceivableId
    owed: Money
    chased: Money
    """What of it is neither disputed nor promised."""
    level: int
    """Of the letters sent before today."""
    sends: tuple[DunningStep, ...]
    """What goes out today."""
    reasons: tuple[Reason, ...]
    """Why nothing does, or no letter does though one is due."""
    next_step: DunningStep | None
    """What follows; None: nothing more."""
    next_on: dt.date | None
    """On which day, if nothing happens until then; None: nobody knows, since it is disputed or too little."""

    @property
    def is_resolved(self) -> bool:
        """Whether nothing is owed: paid, credited, let off, given up."""
        return not self.owed

    def say(self, locale: str, /) -> tuple[str, ...]:
        """Return the reasons in a locale, a line each.

        >>> from ltc import billing
        >>> from ltc.testing.samples.dunning import TODAY, held
        >>> found = billing.dunning([held().after], policy=billing.STANDARD_DUNNING, on=TODAY)
        >>> found.of("P1/1").say("en"), found.of("P1/1").say("zh_CN")
        (('on hold until Apr 30, 2026',), ('暂缓催收至2026年4月30日',))
        """
        return tuple(reason.say(locale) for reason in self.reasons)


@attrs.frozen
class Asked:
    """What is asked of every receivable alike."""

    policy: DunningPolicy
    on: dt.date
    calendar: BusinessCalendar | None


def outlook(
    case: Chased,
    asked: Asked,
    *,
    sends: Mapping[Receiver, DunningStep],
    withheld: Stop | None,
    last_letter: dt.date | None,
) -> Outlook:
    """Return how a receivable stands, given what goes out today, what withholds the rest, and when its customer got a letter last."""
    stops = case.stops if withheld is None else (*case.stops, withheld)
    day, step = _following(case, asked, sends, withheld, last_letter)
    reasons = tuple(reason for reason, _ in stops)
    if case.goes_along and not reasons:
        reasons = (Reason.of("dunning.goes_along"),)
    elif not reasons and not sends:
        reasons = (Reason.of("dunning.ended") if day is None else Reason.of("dunning.waits", next=day),)
    return Outlook(
        case.receivable.id,
        case.owed,
        case.amount,
        asked.policy.level_of(case.passed[Receiver.CUSTOMER]),
        tuple(sends[to] for to in Receiver if to in sends),
        reasons,
        next_step=step,
        next_on=day,
    )


def _following(
    case: Chased,
    asked: Asked,
    sends: Mapping[Receiver, DunningStep],
    withheld: Stop | None,
    last_letter: dt.date | None,
) -> tuple[dt.date | None, DunningStep | None]:
    """Return the next step of all ladders and its day; a step whose day nobody knows comes last."""
    found: list[tuple[dt.date, DunningStep]] = []
    unknown: list[tuple[dt.date, DunningStep]] = []
    for to in () if case.is_over or case.goes_along else Receiver:
        passed = max(case.passed[to], sends[to].days if to in sends else BELOW_ALL)
        since = max(asked.on, case.resumes or asked.on)
        if to is Receiver.CUSTOMER and last_letter is not None:
            since = max(since, last_letter + asked.policy.apart_days * DAY)
        following = next_step(
            asked.policy.steps_to(to),
            passed=passed,
            due_on=case.receivable.due_on,
            since=since,
            calendar=asked.calendar,
        )
        if following is not None:
            too_little = to is Receiver.CUSTOMER and withheld is not None and withheld[1] is None
            (unknown if too_little or case.resumes is None else found).append(following)
    if found:
        return min(found, key=lambda one: one[0])
    return (None, min(unknown, key=lambda one: one[0])[1]) if unknown else (None, None)
