"""A batch of an order: what it shall bring and when, and what was delivered, accepted, rejected and returned of it."""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, assert_never

import attrs

from ltc._contracts.quantities import NONE, Quantities, holds, minus, plus
from ltc.ids import LineId


class MoveKind(enum.StrEnum):
    """What happened to goods of a batch.

    >>> MoveKind.REJECTED.value
    'rejected'
    """

    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETURNED = "returned"


@attrs.frozen
class Move:
    """One thing that happened to a batch: so much of which lines was delivered, accepted, rejected or returned on a day.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> [move] = delivered_order().batches[0].moves
    >>> move.kind.value, move.quantities, move.on
    ('delivered', (('1', Decimal('2')),), datetime.date(2026, 3, 20))
    """

    kind: MoveKind
    quantities: Quantities
    on: dt.date
    reason: str = ""
    """Why it was rejected or returned."""


@attrs.frozen
class BatchPlan:
    """What a batch shall bring, and when: as it was planned on a day, until it was planned anew.

    >>> from ltc.testing.samples.contracts import planned_order
    >>> plan = planned_order().batches[0].plan
    >>> plan.quantities, plan.due_on, plan.on
    ((('1', Decimal('1')),), datetime.date(2026, 3, 20), datetime.date(2026, 3, 2))
    """

    quantities: Quantities
    due_on: dt.date
    """The day it shall be delivered."""
    on: dt.date
    """The day from which it was planned so."""


class Holding(NamedTuple):
    """What became of one line: delivered is what was not rejected, accepted what was not returned since.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> held = delivered_order().batches[0].holdings["1"]
    >>> str(held.kept), str(held.waiting), str(held.accepted)
    ('2', '2', '0')
    """

    delivered: Decimal = NONE
    accepted: Decimal = NONE
    returned: Decimal = NONE
    rejected: Decimal = NONE

    @property
    def kept(self) -> Decimal:
        """What the customer has."""
        return minus(self.delivered, self.returned)

    @property
    def waiting(self) -> Decimal:
        """What he has and has neither accepted nor rejected."""
        return minus(self.kept, self.accepted)

    def after(self, kind: MoveKind, quantity: Decimal) -> "Holding":
        """Return what a move makes of it; what is returned comes out of what waits first."""
        match kind:
            case MoveKind.DELIVERED:
                return self._replace(delivered=plus(self.delivered, quantity))
            case MoveKind.ACCEPTED:
                return self._replace(accepted=plus(self.accepted, quantity))
            case MoveKind.REJECTED:
                rejected = plus(self.rejected, quantity)
                return self._replace(delivered=minus(self.delivered, quantity), rejected=rejected)
            case MoveKind.RETURNED:
                of_accepted = max(NONE, minus(quantity, self.waiting))
                returned = plus(self.returned, quantity)
                return self._replace(accepted=minus(self.accepted, of_accepted), returned=returned)
            case _:
                assert_never(kind)

    def joined(self, other: "Holding") -> "Holding":
        """Return both together."""
        return Holding(*(plus(one, more) for one, more in zip(self, other, strict=True)))


@attrs.frozen
class Batch:
    """One delivery of an order, in one or more parts: what was planned of it, and all that happened to it.

    It is delivered once it brought what was planned, or without a plan what its first delivery brought; what is rejected has to be
    delivered again. It is accepted once, besides, nothing of it waits to be accepted 验收.

    >>> from ltc.testing.samples.contracts import delivered_order
    >>> [batch] = delivered_order().batches
    >>> batch.id, batch.delivered_on, batch.accepted_on
    ('B1', datetime.date(2026, 3, 20), None)
    """

    id: str
    plans: tuple[BatchPlan, ...] = ()
    """As they were made; the last one holds."""
    moves: tuple[Move, ...] = ()
    """As they happened, day by day."""

    @property
    def plan(self) -> BatchPlan | None:
        """What it shall bring; None where it was never planned."""
        return self.plans[-1] if self.plans else None

    @property
    def quantities(self) -> Quantities:
        """What makes it complete: what was planned, or without a plan what its first delivery brought."""
        return self.plans[-1].quantities if self.plans else self.moves[0].quantities

    @property
    def last_on(self) -> dt.date | None:
        """The day of what happened to it last; None where nothing was delivered."""
        return self.moves[-1].on if self.moves else None

    @property
    def holdings(self) -> dict[LineId, Holding]:
        """What became of each line in it."""
        return holdings_of([self])

    @property
    def delivered_on(self) -> dt.date | None:
        """The day since which it is delivered as a whole; None: something is missing."""
        return complete_since(
            [self], lambda held: holds({name: place.delivered for name, place in held.items()}, self.quantities)
        )

    @property
    def accepted_on(self) -> dt.date | None:
        """The day of the last acceptance, once it is delivered as a whole and nothing of it waits."""
        days = [move.on for move in self.moves if move.kind is MoveKind.ACCEPTED]
        waits = any(held.waiting for held in self.holdings.values())
        return days[-1] if days and not waits and self.delivered_on else None

    def as_of(self, on: dt.date, /) -> "Batch":
        """Return the batch with what was planned and had happened by the end of a day."""
        plans = tuple(plan for plan in self.plans if plan.on <= on)
        return Batch(self.id, plans, tuple(move for move in self.moves if move.on <= on))


Test = Callable[[Mapping[LineId, Holding]], bool]
"""Whether what became of the lines is enough."""


def holdings_of(batches: Iterable[Batch]) -> dict[LineId, Holding]:
    """Return what became of each line in some batches together; what is returned comes out of its own batch."""
    held: dict[LineId, Holding] = {}
    for _, held in histories(batches):  # noqa: B007  # the last one is wanted
        pass
    return held


def histories(batches: Iterable[Batch]) -> Iterator[tuple[dt.date, dict[LineId, Holding]]]:
    """Yield what became of each line by the end of each day on which something happened, day by day."""
    dated = sorted(((move.on, batch.id, move) for batch in batches for move in batch.moves), key=lambda step: step[0])
    parts: dict[tuple[str, LineId], Holding] = {}
    for on, steps in groupby(dated, key=lambda step: step[0]):
        for _, batch_id, move in steps:
            for line_id, quantity in move.quantities:
                place = (batch_id, line_id)
                parts[place] = parts.get(place, Holding()).after(move.kind, quantity)
        sums: dict[LineId, Holding] = {}
        for (_, line_id), part in parts.items():
            sums[line_id] = sums.get(line_id, Holding()).joined(part)
        yield on, sums


def complete_since(batches: Iterable[Batch], enough: Test) -> dt.date | None:
    """Return the day since which what is there is enough; None: it is not."""
    since = None
    for on, held in histories(batches):
        since = (since or on) if enough(held) else None
    return since


def peak(batches: Iterable[Batch], line_id: LineId, since: dt.date) -> Decimal:
    """Return the most that the customer had of a line at the end of a day, from a day on."""
    before, after = NONE, NONE
    for on, held in histories(batches):
        kept = held.get(line_id, Holding()).kept
        before, after = (kept, after) if on <= since else (before, max(after, kept))
    return max(before, after)
