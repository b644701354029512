"""Deposits on their way: placed, dated, returned, forfeited, converted into a payment, replaced by a guarantee."""

import datetime as dt
from typing import Any

import attrs

from ltc._billing.amounts import check_within
from ltc._billing.deposits.deposit import DEPOSIT, Deposit, DepositEntryKind
from ltc._billing.deposits.events import (
    DEPOSIT_TRANSITIONS,
    DepositConverted,
    DepositDated,
    DepositDirection,
    DepositEvent,
    DepositForfeited,
    DepositKind,
    DepositPlaced,
    DepositReplaced,
    DepositReturned,
)
from ltc._billing.plans.due import Due
from ltc._billing.receipts.events import ReceiptEvent, ReceiptReceived
from ltc._billing.receipts.receipt import RECEIPT, Receipt
from ltc._fields import check_member
from ltc.calendars import BusinessCalendar
from ltc.errors import InvalidValue, Refused
from ltc.events import Change, Subject, check_move, day
from ltc.ids import AccountId, DepositId, EntityId, ReceiptId, derived
from ltc.money import Money

DepositChange = Change[Deposit, DepositEvent]
ReceiptChange = Change[Receipt, ReceiptEvent]


def _kinds(_instance: object, attribute: "attrs.Attribute[Any]", value: tuple[DepositKind, ...]) -> None:
    for kind in value:
        check_member(DepositKind, attribute.name, kind)


@attrs.frozen
class DepositPolicy:
    """Which received deposits may become payments; by the law or the contract, not by whim.

    >>> DepositPolicy(convertible=(DepositKind.PERFORMANCE,)).convertible[0].value
    'performance'
    """

    convertible: tuple[DepositKind, ...] = attrs.field(validator=_kinds)


def place_deposit(
    deposit_id: DepositId,
    *,
    direction: DepositDirection,
    kind: DepositKind,
    entity: EntityId,
    party: AccountId,
    amount: Money,
    purpose: str,
    due: Due,
    calendar: BusinessCalendar | None = None,
    on: dt.date,
    now: dt.datetime,
) -> DepositChange:
    """Record a deposit that we paid or received; `due` says when it is due back: an agreed day, or so long after something.

    Raises:
        InvalidValue: the amount is not above zero; it would be due back before it is placed.

    >>> from ltc import billing
    >>> from ltc.testing.samples.deposits import NOON, TODAY
    >>> bid = place_deposit("D1", direction=DepositDirection.PAID, kind=DepositKind.BID, entity="E1", party="A1",
    ...     amount=Money.of("20000", "CNY"), purpose="tender 2026-017", due=billing.after("awarded", days=5), on=TODAY, now=NOON)
    >>> bid.after.status.value, str(bid.after.held)
    ('awaiting', '20000.00 CNY')
    """
    placed = DepositPlaced(
        deposit_id,
        direction,
        kind,
        entity,
        party,
        amount,
        purpose=purpose,
        due=due,
        due_on=None,
        on=on,
        at=now,
    )
    if due.milestone is None:
        placed = attrs.evolve(placed, due_on=due.due(placed.on, calendar))
    return DEPOSIT.change(None, placed)


def date_deposit(
    deposit: Deposit, *, milestone: str, on: dt.date, calendar: BusinessCalendar | None = None, now: dt.datetime
) -> DepositChange:
    """Record that what a deposit waited for has happened; from that its day follows.

    Raises:
        Refused: its day is known, or it is closed; it waits for something else; a day before it was placed.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, deposit
    >>> str(date_deposit(deposit(), milestone="awarded", on=TODAY, now=NOON).after.due_on)
    '2026-03-07'
    """
    check_move(DEPOSIT_TRANSITIONS, deposit.status, DepositDated, kind="deposit", subject=deposit.id)
    if milestone != deposit.due.milestone:
        raise Refused(
            "deposit.other_milestone",
            f"deposit {deposit.id} waits for {deposit.due.milestone}, not for {milestone!s:.40}; record that",
            deposit=deposit.id,
            waits_for=str(deposit.due.milestone),
            milestone=str(milestone)[:40],
        )
    _check_placed(deposit, day(on))
    return DEPOSIT.change(
        deposit, DepositDated(deposit.id, milestone, due_on=deposit.due.due(on, calendar), on=on, at=now)
    )


def return_deposit(deposit: Deposit, *, amount: Money | None = None, on: dt.date, now: dt.datetime) -> DepositChange:
    """Record that an amount of a deposit went back, to us or from us; without `amount` all that is kept.

    Raises:
        Refused: it is closed; more than is kept; a day before it was placed.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, deposit
    >>> change = return_deposit(deposit(), amount=Money.of("15000", "CNY"), on=TODAY, now=NOON)
    >>> str(change.after.returned), str(change.after.held)
    ('15000.00 CNY', '5000.00 CNY')
    """
    leaves = _leaves(deposit, DepositReturned, amount, on)
    return DEPOSIT.change(deposit, DepositReturned(deposit.id, leaves, on=on, at=now))


def forfeit_deposit(
    deposit: Deposit, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> DepositChange:
    """Record that an amount of a deposit is lost to who placed it 没收; without `amount` all that is kept.

    Raises:
        Refused: it is closed; more than is kept; a day before it was placed.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, deposit
    >>> str(forfeit_deposit(deposit(), reason="bid withdrawn", on=TODAY, now=NOON).after.forfeited)
    '20000.00 CNY'
    """
    leaves = _leaves(deposit, DepositForfeited, amount, on)
    return DEPOSIT.change(deposit, DepositForfeited(deposit.id, leaves, reason=reason, on=on, at=now))


def replace_deposit(
    deposit: Deposit,
    *,
    amount: Money | None = None,
    guarantee: str,
    guarantor: str,
    expires_on: dt.date,
    on: dt.date,
    now: dt.datetime,
) -> DepositChange:
    """Record that a guarantee 保函 took the place of an amount of a deposit, which went back; without `amount` of all that is kept.

    Raises:
        Refused: it is closed; more than is kept; a day before it was placed.
        InvalidValue: the guarantee is expired on that day, or its number stands there already.

    >>> from datetime import date
    >>> from ltc.testing.samples.deposits import NOON, TODAY, deposit
    >>> change = replace_deposit(deposit(), guarantee="LG-88", guarantor="建设银行苏州分行", expires_on=date(2026, 12, 31),
    ...                          on=TODAY, now=NOON)
    >>> str(change.after.held), change.after.guarantees[0].stands(date(2026, 12, 31))
    ('0.00 CNY', True)
    """
    leaves = _leaves(deposit, DepositReplaced, amount, on)
    if any(guarantee == held.number for held in deposit.guarantees):
        raise InvalidValue(
            "deposit.guarantee_twice",
            f"guarantee {guarantee} stands in the place of deposit {deposit.id} already; give the number of another one",
            deposit=deposit.id,
            guarantee=guarantee,
        )
    replaced = DepositReplaced(deposit.id, leaves, guarantee, guarantor, expires_on=expires_on, on=on, at=now)
    return DEPOSIT.change(deposit, replaced)


def convert_deposit(
    deposit: Deposit, *, amount: Money | None = None, policy: DepositPolicy, on: dt.date, now: dt.datetime
) -> tuple[DepositChange, ReceiptChange]:
    """Make an amount of a deposit that we hold a payment of who placed it: the receipt `{deposit}/1`, `…/2`, to be applied like any.

    The receipt knows the deposit as its `origin`; what takes both back is `take_back_conversion`.

    Raises:
        Refused: we paid it; the policy does not let this kind become a payment; it is closed;
            more than is kept; a day before it was placed.

    >>> from ltc.testing.samples.deposits import NOON, TODAY, received_deposit
    >>> policy = DepositPolicy(convertible=(DepositKind.PERFORMANCE,))
    >>> gone, paid = convert_deposit(received_deposit(), policy=policy, on=TODAY, now=NOON)
    >>> paid.after.id, str(paid.after.unapplied), str(gone.after.held)
    ('D2/1', '10000.00 CNY', '0.00 CNY')
    """
    if deposit.direction is not DepositDirection.RECEIVED:
        raise Refused(
            "deposit.paid",
            f"deposit {deposit.id} was paid by us and pays nothing to us; convert one that was received",
            deposit=deposit.id,
        )
    if deposit.kind not in policy.convertible:
        allowed = ", ".join(policy.convertible) or "none"
        raise Refused(
            "deposit.not_convertible",
            f"deposit {deposit.id} is a {deposit.kind} deposit, which may not become a payment; those that may: {allowed}",
            deposit=deposit.id,
            kind=deposit.kind.value,
            allowed=allowed,
        )
    leaves = _leaves(deposit, DepositConverted, amount, on)
    made = sum(entry.kind is DepositEntryKind.CONVERTED for entry in deposit.entries)
    receipt = ReceiptId(derived(deposit.id, made + 1))
    received = ReceiptReceived(
        receipt,
        deposit.entity,
        deposit.party,
        order=None,
        amount=leaves,
        reference=deposit.purpose,
        on=on,
        at=now,
        origin=Subject(DEPOSIT.kind, deposit.id),
    )
    return (
        DEPOSIT.change(deposit, DepositConverted(deposit.id, leaves, receipt, on=on, at=now)),
        RECEIPT.change(None, received),
    )


def _leaves(deposit: Deposit, event: type[DepositEvent], amount: Money | None, on: dt.date) -> Money:
    """Return what is to leave a deposit on a day: what is asked for, or all that may."""
    check_move(DEPOSIT_TRANSITIONS, deposit.status, event, kind="deposit", subject=deposit.id)
    _check_placed(deposit, day(on))
    kept = deposit.held_from(on)
    if amount is not None:
        check_within(amount, kept, code="deposit.over", of=f"kept of deposit {deposit.id}", deposit=deposit.id)
        return amount
    if not kept:
        raise Refused(
            "deposit.nothing_kept",
            f"nothing of deposit {deposit.id} is kept from {on} on, all of its {deposit.amount} has left; place another deposit",
            deposit=deposit.id,
            on=on,
            amount=deposit.amount,
        )
    return kept


def _check_placed(deposit: Deposit, on: dt.date) -> None:
    if on < deposit.placed_on:
        raise Refused(
            "deposit.not_placed",
            f"deposit {deposit.id} was placed on {deposit.placed_on}, after {on}; use that day or a later one",
            deposit=deposit.id,
            placed_on=deposit.placed_on,
            on=on,
        )
