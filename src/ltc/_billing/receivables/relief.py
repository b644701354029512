"""Receivables by themselves: raise one, let the customer off, give it up, let a small difference go."""

import datetime as dt
from typing import TYPE_CHECKING, Final

from ltc._billing.amounts import check_money
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.entering import check_open
from ltc._billing.receivables.events import (
    ReceivableEvent,
    ReceivableRaised,
    ReceivableRoundedOff,
    ReceivableWaived,
    ReceivableWrittenOff,
)
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, Subject, day
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceivableId, RequestId
from ltc.money import Money

if TYPE_CHECKING:
    from ltc._billing.receivables.limits import ReliefPolicy
    from ltc.approvals import ApprovalRequest

_OWED_AGAIN: Final = frozenset({"receipt", "bill"})


def raise_receivable(
    receivable_id: ReceivableId,
    *,
    order: OrderId,
    entity: EntityId,
    party: AccountId,
    amount: Money,
    on: dt.date,
    due_on: dt.date,
    component: Component = Component.PRINCIPAL,
    retention: bool = False,
    charged_for: ReceivableId | None = None,
    origin: Subject | None = None,
    now: dt.datetime,
) -> Change[Receivable, ReceivableEvent]:
    """Raise a receivable that no collection plan brings: an opening balance, a single debt, interest on another one.

    Of interest and costs `charged_for` is what they are owed on account of: letters name it, and list them with it. Where money was
    refunded of a receipt that bounced, or of a bill that was dishonored, it is owed again: its `origin` is the one or the other, and
    the ledger takes it from the bank, or from dishonored bills.

    Raises:
        InvalidValue: the amount is not above zero, it falls due before it is raised, or another origin.

    >>> from datetime import date
    >>> from ltc.testing.samples.billing import NOON
    >>> change = raise_receivable("AR-9", order="SO-9", entity="E1", party="A1", amount=Money.of("80.00", "CNY"),
    ...                           on=date(2026, 3, 2), due_on=date(2026, 4, 1), now=NOON)
    >>> str(change.after.open)
    '80.00 CNY'
    """
    if day(due_on) < day(on):
        raise InvalidValue(
            "receivable.due_before",
            f"receivable {receivable_id} would be due on {due_on}, before it is raised on {on}; use that day or a later one",
            receivable=receivable_id,
            due_on=due_on,
            on=on,
        )
    if origin is not None and origin.kind not in _OWED_AGAIN:
        raise InvalidValue(
            "receivable.origin",
            f"receivable {receivable_id} cannot come of {origin.kind} {origin.id}; give the receipt or the bill whose money is owed again",
            receivable=receivable_id,
            kind=origin.kind,
            origin=origin.id,
        )
    raised = ReceivableRaised(
        receivable_id,
        order,
        entity,
        party,
        plan=None,
        installment=None,
        amount=amount,
        due_on=due_on,
        on=on,
        at=now,
        component=component,
        retention=retention,
        charged_for=charged_for,
        origin=origin,
    )
    return RECEIVABLE.change(None, raised)


def waive(
    receivable: Receivable,
    *,
    amount: Money,
    change: ChangeId,
    reason: str,
    policy: "ReliefPolicy | None" = None,
    approval: "ApprovalRequest | None" = None,
    on: dt.date,
    now: dt.datetime,
) -> Change[Receivable, ReceivableEvent]:
    """Let the customer off an amount 减免: the debt is gone, by a change of what was agreed.

    With a `policy` an amount above its limit needs an `approval`: granted about exactly this waiver (`relief_subject`), over
    exactly this amount, never over none. Without a policy the host has decided. One change may let something off in several steps;
    an approval serves once.

    Raises:
        Refused: more than is open from that day on, or before it was raised; `relief.needs_approval`; an approval of anything else,
            or used before.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> change = waive(receivable(), amount=Money.of("500.00", "CNY"), change="W1", reason="late", on=TODAY, now=NOON)
    >>> str(change.after.waived), str(change.after.open)
    ('500.00 CNY', '29500.00 CNY')
    >>> waive(receivable(), amount=Money.of("30000.01", "CNY"), change="W1", reason="late", on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: 30000.01 CNY is more than the 30000.00 CNY open of receivable P1/1; ask for that or less
    """
    check_open(receivable, amount, on)
    allowed = _allowed("waiver", receivable, amount, change, policy, approval)
    waived = ReceivableWaived(receivable.id, amount, change=change, reason=reason, on=on, at=now, approval=allowed)
    return RECEIVABLE.change(receivable, waived)


def write_off(
    receivable: Receivable,
    *,
    amount: Money,
    change: ChangeId,
    reason: str,
    policy: "ReliefPolicy | None" = None,
    approval: "ApprovalRequest | None" = None,
    on: dt.date,
    now: dt.datetime,
) -> Change[Receivable, ReceivableEvent]:
    """Give an amount up as bad debt 坏账核销: we no longer expect it, though the customer still owes it in law.

    Limits and approvals are as those of `waive`. What comes in after all: `recover`.

    Raises:
        Refused: as `waive`.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> lost = write_off(receivable(), amount=receivable().open, change="B1", reason="bankrupt", on=TODAY, now=NOON)
    >>> str(lost.after.written_off), str(lost.after.open)
    ('30000.00 CNY', '0.00 CNY')
    """
    check_open(receivable, amount, on)
    allowed = _allowed("write_off", receivable, amount, change, policy, approval)
    lost = ReceivableWrittenOff(receivable.id, amount, change=change, reason=reason, on=on, at=now, approval=allowed)
    return RECEIVABLE.change(receivable, lost)


def round_off(
    receivable: Receivable, *, limit: Money, policy: "ReliefPolicy | None" = None, on: dt.date, now: dt.datetime
) -> Change[Receivable, ReceivableEvent]:
    """Let all that is open go as a small difference 尾差, where it is at most `limit`. Not a write-off: nobody approves it.

    With a `policy` also at most what its `round_off` leaves; without one the host has decided.

    Raises:
        Refused: nothing is open, more than the limit is or the policy lets go, or before it was raised.

    >>> from ltc.testing.samples.billing import NOON, TODAY, nearly_settled_receivable, receivable
    >>> str(round_off(nearly_settled_receivable(), limit=Money.of("1", "CNY"), on=TODAY, now=NOON).after.rounded_off)
    '0.01 CNY'
    >>> round_off(receivable(), limit=Money.of("1", "CNY"), on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: receivable P1/1 has 30000.00 CNY open; a small difference is at most 1.00 CNY: waive it or write it off
    """
    amount = receivable.open
    check_money("limit", limit)
    if not amount:
        raise Refused(
            "receivable.settled",
            f"receivable {receivable.id} has nothing open; there is no difference to let go",
            receivable=receivable.id,
        )
    if policy is not None:
        limit = min(limit, policy.round_off.left(receivable.amount, receivable.rounded_off))
    if amount > limit:
        raise Refused(
            "receivable.over_limit",
            f"receivable {receivable.id} has {amount} open; a small difference is at most {limit}: waive it or write it off",
            receivable=receivable.id,
            open=amount,
            limit=limit,
        )
    check_open(receivable, amount, on)
    return RECEIVABLE.change(receivable, ReceivableRoundedOff(receivable.id, amount, limit=limit, on=on, at=now))


def _allowed(
    relief: str,
    receivable: Receivable,
    amount: Money,
    change: ChangeId,
    policy: "ReliefPolicy | None",
    approval: "ApprovalRequest | None",
) -> RequestId | None:
    if policy is None and approval is None:
        return None
    from ltc._billing.receivables.limits import Relief, check_allowed  # noqa: PLC0415  # who sets no limit owes nothing to them

    check_allowed(Relief(relief), receivable, amount, change, policy=policy, approval=approval)
    return None if approval is None else approval.id
