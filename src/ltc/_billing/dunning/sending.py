"""What was sent is recorded: the letter or reminder went out, and its interest and fee may become receivables."""

import datetime as dt
from collections.abc import Iterable, Mapping

from ltc._billing.dunning.interest_charges import charge_interest
from ltc._billing.dunning.letters import Letter, LetterLine
from ltc._billing.dunning.reminders import Reminder
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.dunning_events import DunningSent
from ltc._billing.receivables.events import ReceivableEvent
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.notices import Receiver
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.receivables.relief import raise_receivable
from ltc.errors import InvalidValue, Refused
from ltc.events import Change
from ltc.ids import LetterId, ReceivableId, derived
from ltc.money import Money

ReceivableChange = Change[Receivable, ReceivableEvent]


def record_letter(
    letter: Letter,
    receivables: Iterable[Receivable],
    /,
    *,
    letter_id: LetterId,
    charges_due_on: dt.date | None = None,
    now: dt.datetime,
) -> tuple[ReceivableChange, ...]:
    """Record that a letter was sent: a change of each receivable that took a step with it, in the order of its lines.

    With `charges_due_on` what it asks for besides becomes owed: the interest of each line as `{receivable}/interest/{n}`, the fee as
    `{letter}/fee`, due on that day; each knows for what it is charged. Without it they were asked for and are not in the books; interest goes on to run.

    Raises:
        Refused: a step was recorded before.
        InvalidValue: a receivable of the letter is missing.

    >>> from datetime import date
    >>> from ltc.testing.samples.dunning import NOON, letter, receivable
    >>> changes = record_letter(letter(), [receivable()], letter_id="L-1", charges_due_on=date(2026, 3, 23), now=NOON)
    >>> [(change.after.id, str(change.after.open)) for change in changes]
    [('P1/1', '30000.00 CNY'), ('P1/1/interest/1', '57.53 CNY'), ('P1/1', '30000.00 CNY'), ('L-1/fee', '50.00 CNY')]
    """
    by_id = {receivable.id: receivable for receivable in receivables}
    changes: list[ReceivableChange] = []
    for line in letter.lines:
        receivable = _of(by_id, line)
        if line.step is not None:
            fee = letter.fee if line == letter.leading else Money.zero(letter.currency)
            sent = DunningSent(
                line.receivable,
                Receiver.CUSTOMER,
                line.step.days,
                letter_id,
                owed=line.open,
                interest=line.interest,
                fee=fee,
                on=letter.on,
                at=now,
            )
            changes.append(_sent(receivable, sent))
            receivable = changes[-1].after
        if charges_due_on is not None and line.accrual is not None and line.interest:
            changes += charge_interest(
                receivable, found=line.accrual, amount=line.interest, due_on=charges_due_on, on=letter.on, now=now
            )
    if charges_due_on is not None and letter.fee:
        changes.append(_fee(letter, letter_id, charges_due_on, now))
    return tuple(changes)


def record_reminder(reminder: Reminder, receivable: Receivable, /, *, now: dt.datetime) -> ReceivableChange:
    """Record that a reminder was sent.

    Raises:
        Refused: it was recorded before.
        InvalidValue: it is about another receivable.

    >>> from ltc.testing.samples.dunning import NOON, receivable, reminder
    >>> [notice] = record_reminder(reminder(), receivable(), now=NOON).after.notices
    >>> notice.to.value, notice.days, notice.letter
    ('owner', 7, None)
    """
    if receivable.id != reminder.receivable:
        raise _missing(reminder.receivable, receivable.id)
    nothing = Money.zero(reminder.open.currency)
    sent = DunningSent(
        receivable.id,
        reminder.to,
        reminder.step.days,
        None,
        owed=reminder.open,
        interest=nothing,
        fee=nothing,
        on=reminder.on,
        at=now,
    )
    return _sent(receivable, sent)


def _of(by_id: Mapping[ReceivableId, Receivable], line: LetterLine) -> Receivable:
    if line.receivable not in by_id:
        raise _missing(line.receivable, ", ".join(by_id) or "none")
    return by_id[line.receivable]


def _missing(receivable: ReceivableId, given: str) -> InvalidValue:
    return InvalidValue(
        "dunning.missing",
        f"receivable {receivable} was written about, and {given[:80]} given; give every receivable of the message",
        receivable=receivable,
        given=given[:80],
    )


def _sent(receivable: Receivable, sent: DunningSent) -> ReceivableChange:
    for notice in receivable.notices:
        if (notice.to, notice.days, notice.on) == (sent.to, sent.days, sent.on):
            raise Refused(
                "dunning.sent",
                f"step {sent.days} to {sent.to} of receivable {receivable.id} was recorded on {notice.on}; ask `dunning` what is next",
                receivable=receivable.id,
                days=sent.days,
                to=sent.to.value,
                on=notice.on,
            )
    return RECEIVABLE.change(receivable, sent)


def _fee(letter: Letter, letter_id: LetterId, due_on: dt.date, now: dt.datetime) -> ReceivableChange:
    return raise_receivable(
        ReceivableId(derived(letter_id, "fee")),
        order=letter.leading.order,
        entity=letter.entity,
        party=letter.party,
        amount=letter.fee,
        on=letter.on,
        due_on=due_on,
        component=Component.COSTS,
        charged_for=letter.leading.receivable,
        now=now,
    )
