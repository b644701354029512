"""A bank line: money on our account whose payer has to be found, and what became of every part of it."""

import datetime as dt
import enum
from collections.abc import Iterable
from typing import Final, assert_never

import attrs

from ltc._billing.amounts import no_second
from ltc._billing.bank.events import (
    LINE_CLAIM_TRANSITIONS,
    BankLineEvent,
    BankLineRecorded,
    ClaimDecision,
    LineClaimConfirmed,
    LineClaimed,
    LineClaimRejected,
    LineClaimStatus,
    LineClaimTakenBack,
    LineClaimWithdrawn,
    LineDisowned,
    LineMovement,
    LineReadmitted,
    LineReturned,
)
from ltc.errors import InvalidValue
from ltc.events import Life, evolved, next_status, no_beginning
from ltc.findings import Reason
from ltc.ids import AccountId, ActorId, BankLineId, EntityId, ReceiptId, ReceivableId
from ltc.money import Money


@attrs.frozen
class LineClaim:
    """What a rep says a part of a bank line is, and what finance says to that 回款认领.

    >>> from ltc.testing.samples.bank_lines import claimed_line
    >>> claim = claimed_line().claim(1)
    >>> claim.by, claim.party, str(claim.amount), claim.status.value
    ('li', 'A1', '30000.00 CNY', 'pending')
    """

    number: int
    status: LineClaimStatus
    by: ActorId
    party: AccountId
    amount: Money
    receivables: tuple[ReceivableId, ...]
    reasons: tuple[Reason, ...]
    claimed_on: dt.date
    receipt: ReceiptId | None = None
    confirmed_on: dt.date | None = None
    ended_on: dt.date | None = None
    """When it was rejected, withdrawn or taken back."""
    remark: str | None = None
    """Why."""

    @property
    def last_on(self) -> dt.date:
        """The day on which something happened to it last."""
        return self.ended_on or self.confirmed_on or self.claimed_on

    def status_as_of(self, on: dt.date, /) -> LineClaimStatus | None:
        """Return where it stood at the end of a day; None before it was made.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.bank_lines import TODAY, confirmed
        >>> claim = confirmed()[0].after.claim(1)
        >>> claim.status_as_of(TODAY).value, claim.status_as_of(TODAY - timedelta(days=1))
        ('confirmed', None)
        """
        if on < self.claimed_on:
            return None
        if self.ended_on is not None and self.ended_on <= on:
            return self.status
        done = self.confirmed_on is not None and self.confirmed_on <= on
        return LineClaimStatus.CONFIRMED if done else LineClaimStatus.PENDING


class LineMoveKind(enum.StrEnum):
    """What became of an amount that nobody claimed. `READMITTED` takes back what was disowned.

    >>> LineMoveKind("returned").name
    'RETURNED'
    """

    RETURNED = "returned"
    """退回付款方"""
    DISOWNED = "disowned"
    """非货款"""
    READMITTED = "readmitted"
    """重新待认领"""


@attrs.frozen
class LineMove:
    """One amount that left the unclaimed part of a line, or came back to it.

    >>> from datetime import date
    >>> LineMove(LineMoveKind.RETURNED, Money.of("5.00", "CNY"), reason="paid twice", on=date(2026, 3, 2)).reason
    'paid twice'
    """

    kind: LineMoveKind
    amount: Money
    reason: str
    on: dt.date


@attrs.frozen
class LineBalances:
    """Where the amount of a bank line is; the five sum to it.

    >>> from ltc.testing.samples.bank_lines import claimed_line
    >>> balances = claimed_line().balances
    >>> str(balances.unclaimed), str(balances.claimed), str(balances.total)
    ('20000.00 CNY', '30000.00 CNY', '50000.00 CNY')
    """

    unclaimed: Money
    claimed: Money
    """By claims that are pending."""
    confirmed: Money
    """What is receipts."""
    returned: Money
    disowned: Money

    @property
    def total(self) -> Money:
        """The sum of the five."""
        return self.unclaimed + self.claimed + self.confirmed + self.returned + self.disowned


@attrs.frozen
class BankLine:
    """Money on a bank account of ours whose payer has to be found 待认领流水, as the bank wrote it.

    >>> from ltc.testing.samples.bank_lines import bank_line
    >>> line = bank_line()
    >>> str(line.amount), line.payer_name, line.remark, str(line.unclaimed)
    ('50000.00 CNY', '华东机械有限公司', 'SO-1 首付款', '50000.00 CNY')
    """

    id: BankLineId
    version: int
    entity: EntityId
    bank_account: str
    """Ours."""
    amount: Money
    on: dt.date
    """The value day."""
    payer_name: str | None
    payer_account: str | None
    remark: str
    claims: tuple[LineClaim, ...] = ()
    """By number, ended ones too."""
    moves: tuple[LineMove, ...] = ()

    @property
    def unclaimed(self) -> Money:
        """What can be claimed: amount − claimed − confirmed − returned − disowned; never below zero."""
        return self.balances.unclaimed

    @property
    def pending(self) -> tuple[LineClaim, ...]:
        """The claims that wait for finance."""
        return tuple(claim for claim in self.claims if claim.status is LineClaimStatus.PENDING)

    @property
    def last_on(self) -> dt.date:
        """The day on which something happened to it last; nothing can happen on an earlier one."""
        return max((self.on, *(claim.last_on for claim in self.claims), *(move.on for move in self.moves)))

    @property
    def balances(self) -> LineBalances:
        """Where its amount is now."""
        return self._balances(((claim, claim.status) for claim in self.claims), self.moves)

    def balances_as_of(self, on: dt.date, /) -> LineBalances:
        """Return where its amount was at the end of a day; nothing anywhere before it came in.

        >>> from datetime import date
        >>> from ltc.testing.samples.bank_lines import TODAY, claimed_line
        >>> str(claimed_line().balances_as_of(TODAY).claimed), str(claimed_line().balances_as_of(date(2026, 3, 1)).total)
        ('30000.00 CNY', '0.00 CNY')
        """
        if on < self.on:
            nothing = Money.zero(self.amount.currency)
            return LineBalances(nothing, nothing, nothing, nothing, nothing)
        return self._balances(
            ((claim, claim.status_as_of(on)) for claim in self.claims), (move for move in self.moves if move.on <= on)
        )

    def _balances(
        self, claims: Iterable[tuple[LineClaim, LineClaimStatus | None]], moves: Iterable[LineMove]
    ) -> LineBalances:
        held = {LineClaimStatus.PENDING: 0, LineClaimStatus.CONFIRMED: 0}
        for claim, status in claims:
            if status in held:
                held[status] += claim.amount.minor
        moved = dict.fromkeys(LineMoveKind, 0)
        for move in moves:
            moved[move.kind] += move.amount.minor
        claimed, confirmed = held.values()
        returned, disowned = moved[LineMoveKind.RETURNED], moved[LineMoveKind.DISOWNED] - moved[LineMoveKind.READMITTED]
        left = self.amount.minor - claimed - confirmed - returned - disowned
        return LineBalances(
            *(Money(minor, self.amount.currency) for minor in (left, claimed, confirmed, returned, disowned))
        )

    def claim(self, number: int, /) -> LineClaim:
        """Return a claim by its number.

        Raises:
            InvalidValue: there is no such claim.

        >>> from ltc.testing.samples.bank_lines import bank_line
        >>> bank_line().claim(1)
        Traceback (most recent call last):
        ltc.errors.InvalidValue: bank line B1 has no claim 1; it has 0, numbered from 1
        """
        if type(number) is not int or not 1 <= number <= len(self.claims):
            shown = repr(number)[:40]
            raise InvalidValue(
                "line.no_claim",
                f"bank line {self.id} has no claim {shown}; it has {len(self.claims)}, numbered from 1",
                line=self.id,
                claim=shown,
                claims=len(self.claims),
            )
        return self.claims[number - 1]


def begin(event: BankLineEvent) -> BankLine:
    """Return the line that was recorded."""
    match event:
        case BankLineRecorded():
            return BankLine(
                event.line,
                1,
                entity=event.entity,
                bank_account=event.bank_account,
                amount=event.amount,
                on=event.on,
                payer_name=event.payer_name,
                payer_account=event.payer_account,
                remark=event.remark,
            )
        case _:
            raise no_beginning(event)


def evolve(line: BankLine, event: BankLineEvent) -> BankLine:
    """Return the line after an event: the only place where it changes."""
    version = line.version + 1
    match event:
        case LineClaimed():
            return evolved(line, version=version, claims=(*line.claims, _made(event)))
        case LineClaimConfirmed() | LineClaimRejected() | LineClaimWithdrawn() | LineClaimTakenBack():
            decided = _decided(line.claim(event.claim), event)
            claims = (*line.claims[: event.claim - 1], decided, *line.claims[event.claim :])
            return evolved(line, version=version, claims=claims)
        case LineReturned() | LineDisowned() | LineReadmitted():
            return evolved(line, version=version, moves=(*line.moves, _move(event)))
        case BankLineRecorded():
            raise no_second(event)
        case _:
            assert_never(event)


def _made(event: LineClaimed) -> LineClaim:
    return LineClaim(
        event.claim,
        LineClaimStatus.PENDING,
        by=event.by,
        party=event.party,
        amount=event.amount,
        receivables=event.receivables,
        reasons=event.reasons,
        claimed_on=event.on,
    )


def _decided(claim: LineClaim, event: ClaimDecision) -> LineClaim:
    status = next_status(LINE_CLAIM_TRANSITIONS, claim.status, event)
    match event:
        case LineClaimConfirmed(receipt=receipt, on=on):
            return evolved(claim, status=status, receipt=receipt, confirmed_on=on)
        case _:
            return evolved(claim, status=status, remark=event.reason, ended_on=event.on)


def _move(event: LineMovement) -> LineMove:
    kinds = {
        LineReturned: LineMoveKind.RETURNED,
        LineDisowned: LineMoveKind.DISOWNED,
        LineReadmitted: LineMoveKind.READMITTED,
    }
    return LineMove(kinds[type(event)], event.amount, event.reason, event.on)


BANK_LINE: Final[Life[BankLine, BankLineEvent]] = Life(
    "bank_line",
    BankLine,
    begin,
    evolve,
    {
        "recorded": BankLineRecorded,
        "claimed": LineClaimed,
        "claim_confirmed": LineClaimConfirmed,
        "claim_rejected": LineClaimRejected,
        "claim_withdrawn": LineClaimWithdrawn,
        "claim_taken_back": LineClaimTakenBack,
        "returned": LineReturned,
        "disowned": LineDisowned,
        "readmitted": LineReadmitted,
    },
)
"""The life of a bank line: for stores and for replay."""
