"""Settle without money: another customer takes a debt over 应收并账, or we owe him as much 应收冲应付. Both can be taken back."""

import datetime as dt

from ltc._billing.receivables.entering import check_open
from ltc._billing.receivables.entries import EntryKind, SettlementKind, settlement_of
from ltc._billing.receivables.events import ReceivableEvent, ReceivableRaised, ReceivableSettled
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.reversal import check_day, reopened
from ltc.errors import Refused
from ltc.events import Change, Subject, day
from ltc.ids import AccountId, PayableId, ReceivableId, derived
from ltc.money import Money

ReceivableChange = Change[Receivable, ReceivableEvent]


def transfer(
    receivable: Receivable, *, to: AccountId, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceivableChange, ReceivableChange]:
    """Move what is open of a receivable to another customer 应收并账: it is settled here, and a new one is raised there.

    The new receivable is `{receivable}/transfer/{n}`; it is of the same entity and order, due on the same day, owed for the same thing,
    and knows its `origin`; it is no installment of a plan. Without `amount` all that is open from that day on.

    Raises:
        Refused: to the customer who owes it; nothing is open, or less than the amount; a day before it was raised.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> here, there = transfer(receivable(), to="A2", reason="merged", on=TODAY, now=NOON)
    >>> str(here.after.open), there.after.id, there.after.party, str(there.after.open), there.after.origin.id
    ('0.00 CNY', 'P1/1/transfer/1', 'A2', '30000.00 CNY', 'P1/1')
    """
    if to == receivable.party:
        raise Refused(
            "receivable.same_party",
            f"receivable {receivable.id} is owed by {to} already; move it to another customer",
            receivable=receivable.id,
            party=to,
        )
    moved = _amount(receivable, amount, day(on))
    name = ReceivableId(_next(receivable, SettlementKind.TRANSFER))
    settled = ReceivableSettled(receivable.id, SettlementKind.TRANSFER, name, name, moved, on=on, at=now, reason=reason)
    raised = ReceivableRaised(
        name,
        receivable.order,
        receivable.entity,
        to,
        plan=None,
        installment=None,
        amount=moved,
        due_on=receivable.due_on,
        on=on,
        at=now,
        component=receivable.component,
        retention=receivable.retention,
        origin=Subject(RECEIVABLE.kind, receivable.id),
        charged_for=receivable.charged_for,
    )
    return RECEIVABLE.change(receivable, settled), RECEIVABLE.change(None, raised)


def reverse_transfer(
    receivable: Receivable, moved: Receivable, *, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceivableChange, ReceivableChange]:
    """Take a transfer back: the receivable is owed by its first customer again, and what took its place is settled by it.

    Raises:
        Refused: the one did not take the place of the other, or was taken back before; something has lowered it since, or will on a
            later day; a day before the transfer.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> here, there = transfer(receivable(), to="A2", reason="merged", on=TODAY, now=NOON)
    >>> back, gone = reverse_transfer(here.after, there.after, reason="not agreed", on=TODAY, now=NOON)
    >>> str(back.after.open), str(gone.after.open)
    ('30000.00 CNY', '0.00 CNY')
    """
    settled = settlement_of(receivable.entries, moved.id)
    if settled is None or moved.origin != Subject(RECEIVABLE.kind, receivable.id):
        raise Refused(
            "receivable.no_transfer",
            f"receivable {moved.id} did not take the place of {receivable.id}, or gave it back; give two of which one did",
            receivable=receivable.id,
            moved=moved.id,
        )
    check_day(settled, day(on))
    left = moved.open_from(on)
    if left != moved.amount:
        raise Refused(
            "receivable.lowered",
            f"receivable {moved.id} has {left} of {moved.amount} open from {on} on; take back first what lowered it",
            receivable=moved.id,
            open=left,
            amount=moved.amount,
            on=on,
        )
    returned = ReceivableSettled(
        moved.id,
        SettlementKind.TRANSFER,
        receivable.id,
        derived(moved.id, "back"),
        moved.amount,
        on=on,
        at=now,
        reason=reason,
    )
    return (
        RECEIVABLE.change(receivable, *reopened(receivable, settled, reason=reason, on=on, now=now)),
        RECEIVABLE.change(moved, returned),
    )


def set_off(
    receivable: Receivable,
    *,
    payable: PayableId,
    amount: Money | None = None,
    reason: str,
    on: dt.date,
    now: dt.datetime,
) -> ReceivableChange:
    """Settle a receivable against something that we owe the customer 应收冲应付. The payable is the host's to lower by as much.

    Without `amount` all that is open from that day on.

    Raises:
        Refused: nothing is open, or less than the amount; a day before it was raised.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> change = set_off(receivable(), payable="AP-7", amount=Money.of("500", "CNY"), reason="agreed", on=TODAY, now=NOON)
    >>> str(change.after.open), str(change.after.settled_by(SettlementKind.PAYABLE))
    ('29500.00 CNY', '500.00 CNY')
    """
    kind = SettlementKind.PAYABLE
    taken = _amount(receivable, amount, day(on))
    settled = ReceivableSettled(
        receivable.id, kind, payable, _next(receivable, kind), taken, on=on, at=now, reason=reason
    )
    return RECEIVABLE.change(receivable, settled)


def reverse_set_off(
    receivable: Receivable, *, application: str, reason: str, on: dt.date, now: dt.datetime
) -> ReceivableChange:
    """Take back what was settled against a payable: it is owed again, and so is the payable.

    Raises:
        Refused: there is no such settlement against a payable that stands; a day before it.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> done = set_off(receivable(), payable="AP-7", reason="agreed", on=TODAY, now=NOON)
    >>> back = reverse_set_off(done.after, application="P1/1/payable/1", reason="disputed", on=TODAY, now=NOON)
    >>> str(back.after.open)
    '30000.00 CNY'
    """
    settled = settlement_of(receivable.entries, application)
    if settled is None or settled.kind is not SettlementKind.PAYABLE:
        raise Refused(
            "receivable.no_set_off",
            f"receivable {receivable.id} has no settlement {application[:40]!a} against a payable that stands; give one",
            receivable=receivable.id,
            application=application[:40],
        )
    check_day(settled, day(on))
    return RECEIVABLE.change(receivable, *reopened(receivable, settled, reason=reason, on=on, now=now))


def _amount(receivable: Receivable, amount: Money | None, on: dt.date) -> Money:
    """Return what is to be settled, or refuse more than is open; events refuse what is not above zero."""
    asked = receivable.open_from(on) if amount is None else amount
    check_open(receivable, asked, on)
    if amount is None and not asked:
        raise Refused(
            "receivable.nothing_open",
            f"receivable {receivable.id} has nothing open from {on} on; there is nothing to settle",
            receivable=receivable.id,
            on=on,
        )
    return asked


def _next(receivable: Receivable, kind: SettlementKind) -> str:
    """Return the id of the next settlement of a kind: as many as were ever made, and one."""
    made = sum(entry.settlement is kind and entry.kind is EntryKind.APPLIED for entry in receivable.entries)
    return derived(receivable.id, f"{kind.value}/{made + 1}")
