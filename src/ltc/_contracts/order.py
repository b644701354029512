"""An order: its state, and what can be asked of it.

It has no stored status: what is delivered, accepted and owed is derived from its batches and amendments.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

import attrs

from ltc._contracts.amendment import Amendment
from ltc._contracts.batch import Batch, Holding, complete_since, holdings_of
from ltc._contracts.line import Line, LineKind, amount_of
from ltc._contracts.position import LinePosition, by_line
from ltc._contracts.quantities import NONE, beyond, holds, summed
from ltc.errors import NotFound, Refused
from ltc.events import day, evolved
from ltc.ids import AccountId, ActorId, ContractId, EntityId, LineId, OpportunityId, OrderId
from ltc.money import Money, total


@attrs.frozen
class Order:
    """What a customer ordered under a contract: made by `place_order`, moved by `deliver`, `accept`, `amend` and `hand_over`.

    >>> from ltc.testing.samples.contracts import placed_order
    >>> order = placed_order()
    >>> str(order.amount), str(order.net), str(order.tax)
    ('100000.00 CNY', '89079.98 CNY', '10920.02 CNY')
    """

    id: OrderId
    version: int
    contract: ContractId
    entity: EntityId
    account: AccountId
    opportunity: OpportunityId | None
    owner: ActorId
    currency: str
    lines: tuple[Line, ...]
    """As they are now, after every amendment."""
    placed_on: dt.date
    batches: tuple[Batch, ...] = ()
    """As they were planned, and those without a plan as they were delivered."""
    amendments: tuple[Amendment, ...] = ()
    """As they were agreed."""
    tolerance: Decimal = NONE
    """How much may be delivered beyond what is ordered, as a share of it; a line may have one of its own."""

    @property
    def amount(self) -> Money:
        """What the lines come to, with tax."""
        return amount_of(self.lines, self.currency)

    @property
    def net(self) -> Money:
        """What the lines come to without tax, each rounded on its own."""
        return total((line.net(self.currency) for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """The tax in the amount."""
        return self.amount - self.net

    def line(self, line_id: LineId, /) -> Line:
        """Return the line of an id.

        Raises:
            NotFound: the order has no such line.
        """
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound(
            "order.no_line",
            f"order {self.id} has no line {line_id}; it has {', '.join(line.id for line in self.lines)}",
            order=self.id,
            line=line_id,
        )

    def batch(self, batch_id: str, /) -> Batch | None:
        """Return the batch of an id; None where it was neither planned nor delivered."""
        return next((batch for batch in self.batches if batch.id == batch_id), None)

    def limit(self, line_id: LineId, /) -> Decimal:
        """Return how much of a line may be delivered: what is ordered, and its tolerance on top; the line's own, or the order's.

        Raises:
            NotFound: the order has no such line.
        """
        line = self.line(line_id)
        return beyond(line.quantity, self.tolerance if line.tolerance is None else line.tolerance)

    def delivered(self, line_id: LineId, /) -> Decimal:
        """Return how much of a line was delivered in all batches, and not rejected.

        Raises:
            NotFound: the order has no such line.
        """
        return self._held(line_id).delivered

    def accepted(self, line_id: LineId, /) -> Decimal:
        """Return how much of a line was accepted in all batches, and not returned since.

        Raises:
            NotFound: the order has no such line.
        """
        return self._held(line_id).accepted

    def position(
        self, *, invoiced: Mapping[LineId, Money] | None = None, collected: Mapping[LineId, Money] | None = None
    ) -> tuple[LinePosition, ...]:
        """Return where every line stands, in the order of the lines; of an earlier day, ask `order.as_of(day)`.

        What was invoiced and collected of the lines is the host's to say; what is left out is nothing.

        Raises:
            NotFound: the order has no such line.
            CurrencyMismatch: an amount is in another currency.

        >>> from ltc.testing.samples.contracts import delivered_order
        >>> machine, care = delivered_order().position(invoiced={"1": Money.of("90000", "CNY")})
        >>> str(machine.delivered), str(machine.accepted), str(machine.invoiced), str(care.invoiced)
        ('2', '0', '90000.00 CNY', '0.00 CNY')
        """
        invoiced, collected = invoiced or {}, collected or {}
        for line_id in (*invoiced, *collected):
            self.line(line_id)
        held = holdings_of(self.batches)
        planned = summed(batch.plan.quantities for batch in self.batches if batch.plan is not None)
        places = ((line, held.get(line.id, Holding())) for line in self.lines)
        return tuple(
            LinePosition(
                line.id,
                line.quantity,
                planned=planned.get(line.id, NONE),
                delivered=place.delivered,
                accepted=place.accepted,
                returned=place.returned,
                invoiced=by_line(invoiced, line.id, self.currency),
                collected=by_line(collected, line.id, self.currency),
            )
            for line, place in places
        )

    @property
    def delivered_on(self) -> dt.date | None:
        """The day since which all goods are delivered and kept; of an order without goods, all services."""
        return self._complete_since(lambda held: held.kept)

    @property
    def accepted_on(self) -> dt.date | None:
        """The day since which all goods are accepted; of an order without goods, all services."""
        return self._complete_since(lambda held: held.accepted)

    def as_of(self, on: dt.date, /) -> "Order":
        """Return the order as it was at the end of a day: its lines, batches and amendments by then; who owns it is as now.

        It is to be read: its version is 0, so that no store takes a change of it.

        Raises:
            InvalidType: the day is none.
            Refused: `order.too_early`: it was not placed by then.

        >>> from ltc.testing.samples.contracts import amended_order
        >>> order = amended_order()
        >>> str(order.amount), str(order.as_of(order.placed_on).amount)
        ('90000.00 CNY', '100000.00 CNY')
        """
        check_placed(self, day(on))
        amendments = tuple(amendment for amendment in self.amendments if amendment.on <= on)
        later = [amendment for amendment in self.amendments if amendment.on > on]
        known = (batch.as_of(on) for batch in self.batches)
        return evolved(
            self,
            version=0,
            lines=later[0].before if later else self.lines,
            batches=tuple(batch for batch in known if batch.plans or batch.moves),
            amendments=amendments,
        )

    @property
    def revision(self) -> int:
        """How often it was amended; 0 as it was placed."""
        return len(self.amendments)

    def at_revision(self, number: int, /) -> "Order":
        """Return the order as its first so many amendments left it, 0 as it was placed; what was delivered is as now.

        It is to be read, as `as_of`.

        Raises:
            NotFound: it was not amended so often.

        >>> from ltc.testing.samples.contracts import amended_order
        >>> order = amended_order()
        >>> [str(order.at_revision(number).amount) for number in range(order.revision + 1)]
        ['100000.00 CNY', '90000.00 CNY']
        """
        if type(number) is not int or not 0 <= number <= self.revision:
            raise NotFound(
                "order.no_revision",
                f"order {self.id} has no revision {ascii(number)[:40]}; it has 0 to {self.revision}",
                order=self.id,
                revision=ascii(number)[:40],
                last=self.revision,
            )
        done, later = self.amendments[:number], self.amendments[number:]
        undone = [change.batch for amendment in later for change in amendment.due_changes]
        return evolved(
            self,
            version=0,
            lines=later[0].before if later else self.lines,
            amendments=done,
            batches=tuple(
                evolved(batch, plans=batch.plans[: len(batch.plans) - undone.count(batch.id)]) for batch in self.batches
            ),
        )

    def _held(self, line_id: LineId) -> Holding:
        return holdings_of(self.batches).get(self.line(line_id).id, Holding())

    def _complete_since(self, measure: Callable[[Holding], Decimal]) -> dt.date | None:
        lines = [line for line in self.lines if line.quantity]
        lines = [line for line in lines if line.kind is LineKind.GOODS] or lines
        wanted = tuple((line.id, line.quantity) for line in lines)
        if not wanted:
            return None
        return complete_since(
            self.batches, lambda held: holds({name: measure(place) for name, place in held.items()}, wanted)
        )


def check_placed(order: Order, on: dt.date) -> None:
    """Refuse a day before the order was placed."""
    if on < order.placed_on:
        raise Refused(
            "order.too_early",
            f"order {order.id} was placed on {order.placed_on}, after {on}; use that day or a later one",
            order=order.id,
            placed_on=order.placed_on,
            on=on,
        )
