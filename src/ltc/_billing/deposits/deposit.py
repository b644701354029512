"""A deposit 保证金: security money, paid or received, which is due back and is no part of what is traded."""

import datetime as dt
import enum
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.deposits.events import (
    DEPOSIT_TRANSITIONS,
    DepositConversionTakenBack,
    DepositConverted,
    DepositDated,
    DepositDirection,
    DepositEvent,
    DepositForfeited,
    DepositKind,
    DepositMovement,
    DepositPlaced,
    DepositReplaced,
    DepositReturned,
    DepositStatus,
    GuaranteeEvent,
    GuaranteeExtended,
    GuaranteeReleased,
)
from ltc._billing.plans.due import Due
from ltc._billing.receivables.entries import left_as_of, left_from
from ltc.events import Life, evolved, next_status, no_beginning
from ltc.ids import AccountId, DepositId, EntityId
from ltc.money import Money


class DepositEntryKind(enum.StrEnum):
    """What became of an amount of a deposit.

    >>> DepositEntryKind("forfeited").name
    'FORFEITED'
    """

    RETURNED = "returned"
    """退还"""
    FORFEITED = "forfeited"
    """没收"""
    CONVERTED = "converted"
    """转货款"""
    TAKEN_BACK = "taken_back"
    """转货款撤回: a conversion that was wrong; gives back."""
    REPLACED = "replaced"
    """保函替代"""


@attrs.frozen
class DepositEntry:
    """One amount that left a deposit, or came back to it: the amount is above zero, the kind says which way it goes.

    >>> from datetime import date
    >>> DepositEntry(DepositEntryKind.RETURNED, Money.of("5.00", "CNY"), reference="", on=date(2026, 3, 2)).taken
    500
    """

    kind: DepositEntryKind
    amount: Money
    reference: str
    """Why it was forfeited, the receipt that it became or no longer is, the number of the guarantee; empty where it went back."""
    on: dt.date

    @property
    def taken(self) -> int:
        """How many minor units it takes off what is held; negative where it gives back."""
        return -self.amount.minor if self.kind is DepositEntryKind.TAKEN_BACK else self.amount.minor


@attrs.frozen
class GuaranteeTerm:
    """Until when a guarantee stands, as agreed on a day.

    >>> from datetime import date
    >>> GuaranteeTerm(expires_on=date(2026, 12, 31), on=date(2026, 3, 2)).expires_on.year
    2026
    """

    expires_on: dt.date
    """The last day on which it stands."""
    on: dt.date


@attrs.frozen
class Guarantee:
    """A guarantee 保函 that stands in the place of an amount of a deposit.

    >>> from ltc.testing.samples.deposits import replaced
    >>> [guarantee] = replaced().after.guarantees
    >>> guarantee.number, str(guarantee.amount), str(guarantee.expires_on)
    ('LG-88', '20000.00 CNY', '2026-12-31')
    """

    number: str
    guarantor: str
    amount: Money
    terms: tuple[GuaranteeTerm, ...]
    """As given first, then each extension."""
    released_on: dt.date | None = None
    """The day on which it was given back, on which it stands no more."""

    @property
    def expires_on(self) -> dt.date:
        """The last day on which it stands, unless it is given back before."""
        return self.terms[-1].expires_on

    def stands(self, on: dt.date, /) -> bool:
        """Whether it stands on a day."""
        given_back = self.released_on is not None and self.released_on <= on
        return self.terms[0].on <= on <= self.expires_on and not given_back

    def expires_as_of(self, on: dt.date, /) -> dt.date:
        """Return the last day on which it stands, as it was agreed by the end of a day on which it stood.

        >>> from ltc.testing.samples.deposits import TODAY, replaced
        >>> str(replaced().after.guarantees[0].expires_as_of(TODAY))
        '2026-12-31'
        """
        return max(term.expires_on for term in self.terms if term.on <= on)


@attrs.frozen
class Deposit:
    """Security money 保证金: never owed for goods, never in an aging of receivables.

    We pay 20,000.00 with our bid; five days after the award they are due back:

    >>> from datetime import date
    >>> from ltc import billing
    >>> from ltc.testing.samples.deposits import NOON, TODAY, deposit, received_deposit
    >>> bid = deposit()
    >>> bid.direction.value, bid.kind.value, str(bid.held), bid.due_on
    ('paid', 'bid', '20000.00 CNY', None)
    >>> bid = billing.date_deposit(bid, milestone="awarded", on=TODAY, now=NOON).after
    >>> [late] = billing.outstanding_deposits([bid], as_of=date(2026, 3, 10))
    >>> str(late.due_on), late.days_overdue
    ('2026-03-07', 3)

    They come back late, and not all of them:

    >>> bid = billing.return_deposit(bid, amount=Money.of("19000", "CNY"), on=date(2026, 3, 11), now=NOON).after
    >>> bid = billing.forfeit_deposit(bid, reason="a page was missing", on=date(2026, 3, 11), now=NOON).after
    >>> str(bid.returned), str(bid.forfeited), str(bid.held), bid.status.value
    ('19000.00 CNY', '1000.00 CNY', '0.00 CNY', 'closed')

    What a customer placed with us can become his payment, if the contract lets it; the other side is a receipt:

    >>> policy = billing.DepositPolicy(convertible=(billing.DepositKind.PERFORMANCE,))
    >>> gone, paid = billing.convert_deposit(received_deposit(), policy=policy, on=date(2026, 6, 30), now=NOON)
    >>> str(gone.after.converted), paid.after.id, str(paid.after.unapplied)
    ('10000.00 CNY', 'D2/1', '10000.00 CNY')
    """

    id: DepositId
    version: int
    status: DepositStatus
    direction: DepositDirection
    kind: DepositKind
    entity: EntityId
    party: AccountId
    """Who keeps it, or placed it with us."""
    amount: Money
    purpose: str
    """What it secures: the number of a tender, an order."""
    due: Due
    placed_on: dt.date
    due_on: dt.date | None = None
    """The day on which it is due back, on which it is not overdue yet; None: not known."""
    dated_on: dt.date | None = None
    """The day on which that was known."""
    entries: tuple[DepositEntry, ...] = ()
    """In the order in which they became known, which need not be that of their days."""
    guarantees: tuple[Guarantee, ...] = ()

    @property
    def held(self) -> Money:
        """What is still kept: amount − returned − forfeited − converted − replaced; never below zero."""
        return Money(self.amount.minor - sum(entry.taken for entry in self.entries), self.amount.currency)

    def held_from(self, on: dt.date, /) -> Money:
        """Return the most that may leave on a day: the least that is kept at the end of that day or any later one.

        >>> from ltc.testing.samples.deposits import TODAY, deposit
        >>> str(deposit().held_from(TODAY))
        '20000.00 CNY'
        """
        return left_from(self.amount, self.entries, on)

    @property
    def returned(self) -> Money:
        """What went back."""
        return self._sum(DepositEntryKind.RETURNED)

    @property
    def forfeited(self) -> Money:
        """What was lost."""
        return self._sum(DepositEntryKind.FORFEITED)

    @property
    def converted(self) -> Money:
        """What became payments, less what was taken back."""
        return self._sum(DepositEntryKind.CONVERTED, DepositEntryKind.TAKEN_BACK)

    @property
    def replaced(self) -> Money:
        """What guarantees took the place of."""
        return self._sum(DepositEntryKind.REPLACED)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is kept, and no guarantee is out in its place: one that expired is until it is given back."""
        return not self.held and all(guarantee.released_on for guarantee in self.guarantees)

    def held_as_of(self, on: dt.date, /) -> Money:
        """Return what was kept at the end of a day; nothing before it was placed.

        >>> from datetime import date
        >>> from ltc.testing.samples.deposits import TODAY, deposit
        >>> str(deposit().held_as_of(TODAY)), str(deposit().held_as_of(date(2026, 1, 1)))
        ('20000.00 CNY', '0.00 CNY')
        """
        return Money.zero(self.amount.currency) if on < self.placed_on else left_as_of(self.amount, self.entries, on)

    def due_as_of(self, on: dt.date, /) -> dt.date | None:
        """Return the day on which it is due back, as it was known at the end of a day.

        >>> from ltc.testing.samples.deposits import TODAY, dated_deposit
        >>> str(dated_deposit().due_as_of(TODAY))
        '2026-03-07'
        """
        return self.due_on if self.dated_on is not None and self.dated_on <= on else None

    def days_overdue(self, on: dt.date, /) -> int:
        """Return the days since it was due back, 0 where nothing of it is kept, it is not due, or its day was not known.

        >>> from datetime import date
        >>> from ltc.testing.samples.deposits import dated_deposit
        >>> dated_deposit().days_overdue(date(2026, 3, 7)), dated_deposit().days_overdue(date(2026, 3, 10))
        (0, 3)
        """
        due_on = self.due_as_of(on)
        return max(0, (on - due_on).days) if due_on is not None and self.held_as_of(on) else 0

    def _sum(self, *kinds: DepositEntryKind) -> Money:
        return Money(sum(entry.taken for entry in self.entries if entry.kind in kinds), self.amount.currency)


def begin(event: DepositEvent) -> Deposit:
    """Return the deposit that was placed."""
    match event:
        case DepositPlaced():
            known = event.due_on is not None
            return Deposit(
                event.deposit,
                1,
                DepositStatus.DATED if known else DepositStatus.AWAITING,
                direction=event.direction,
                kind=event.kind,
                entity=event.entity,
                party=event.party,
                amount=event.amount,
                purpose=event.purpose,
                due=event.due,
                placed_on=event.on,
                due_on=event.due_on,
                dated_on=event.on if known else None,
            )
        case _:
            raise no_beginning(event)


def evolve(deposit: Deposit, event: DepositEvent) -> Deposit:
    """Return the deposit after an event: the only place where it changes."""
    after = _moved_by(deposit, event)
    return evolved(after, status=_status(after))


def _status(deposit: Deposit) -> DepositStatus:
    """Return the status of a deposit: where the table leads, but for the last amount that leaves and the first that comes back."""
    if deposit.is_over:
        return DepositStatus.CLOSED
    return DepositStatus.AWAITING if deposit.due_on is None else DepositStatus.DATED


def _moved_by(deposit: Deposit, event: DepositEvent) -> Deposit:
    if isinstance(event, DepositPlaced):
        raise no_second(event)
    next_status(DEPOSIT_TRANSITIONS, deposit.status, event)
    version = deposit.version + 1
    if isinstance(event, DepositDated):
        return evolved(deposit, version=version, due_on=event.due_on, dated_on=event.on)
    if isinstance(event, GuaranteeExtended | GuaranteeReleased):
        guarantees = tuple(
            _guarantee_after(held, event) if held.number == event.guarantee else held for held in deposit.guarantees
        )
        return evolved(deposit, version=version, guarantees=guarantees)
    entries, guarantees = (*deposit.entries, _entry(event)), deposit.guarantees
    if isinstance(event, DepositReplaced):
        guarantees = (*guarantees, _guarantee(event))
    return evolved(deposit, version=version, entries=entries, guarantees=guarantees)


def _entry(event: DepositMovement) -> DepositEntry:
    match event:
        case DepositReturned(amount=amount, on=on):
            return DepositEntry(DepositEntryKind.RETURNED, amount, "", on)
        case DepositForfeited(amount=amount, reason=reason, on=on):
            return DepositEntry(DepositEntryKind.FORFEITED, amount, reason, on)
        case DepositConverted(amount=amount, receipt=receipt, on=on):
            return DepositEntry(DepositEntryKind.CONVERTED, amount, receipt, on)
        case DepositConversionTakenBack(amount=amount, receipt=receipt, on=on):
            return DepositEntry(DepositEntryKind.TAKEN_BACK, amount, receipt, on)
        case DepositReplaced(amount=amount, guarantee=guarantee, on=on):
            return DepositEntry(DepositEntryKind.REPLACED, amount, guarantee, on)
        case _:
            assert_never(event)


def _guarantee(event: DepositReplaced) -> Guarantee:
    return Guarantee(event.guarantee, event.guarantor, event.amount, (GuaranteeTerm(event.expires_on, event.on),))


def _guarantee_after(guarantee: Guarantee, event: GuaranteeEvent) -> Guarantee:
    match event:
        case GuaranteeExtended(expires_on=expires_on, on=on):
            return evolved(guarantee, terms=(*guarantee.terms, GuaranteeTerm(expires_on, on)))
        case GuaranteeReleased(on=on):
            return evolved(guarantee, released_on=on)
        case _:
            assert_never(event)


DEPOSIT: Final[Life[Deposit, DepositEvent]] = Life(
    "deposit",
    Deposit,
    begin,
    evolve,
    {
        "placed": DepositPlaced,
        "dated": DepositDated,
        "returned": DepositReturned,
        "forfeited": DepositForfeited,
        "converted": DepositConverted,
        "conversion_taken_back": DepositConversionTakenBack,
        "replaced": DepositReplaced,
        "guarantee_extended": GuaranteeExtended,
        "guarantee_released": GuaranteeReleased,
    },
)
"""The life of a deposit: for stores and for replay."""
