"""An amendment of an order, and how a line differs between two versions."""

import datetime as dt
from collections.abc import Sequence

import attrs

from ltc._contracts.line import Line, amount_of
from ltc.events import day
from ltc.ids import ChangeId, LineId, RequestId
from ltc.money import Money
from ltc.text import one_line


@attrs.frozen
class DueChange:
    """How the planned delivery of one batch was moved to another day.

    >>> from datetime import date
    >>> DueChange("B1", date(2026, 3, 20), date(2026, 4, 10)).batch
    'B1'
    """

    batch: str = attrs.field(validator=one_line)
    before: dt.date = attrs.field(converter=day)
    after: dt.date = attrs.field(converter=day)


@attrs.frozen
class LineChange:
    """How one line differs between two versions of an order; None before is a new line, None after one taken back.

    >>> from ltc.testing.samples.contracts import amended_order, placed_order
    >>> from ltc.contracts import diff
    >>> [change] = diff(placed_order(), amended_order())
    >>> change.line, change.fields, str(change.difference("CNY"))
    ('2', ('adjustment',), '-10000.00 CNY')
    """

    line: LineId
    before: Line | None
    after: Line | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, in the order of the class; none for a line that is new or taken back."""
        if self.before is None or self.after is None:
            return ()
        names = [field.name for field in attrs.fields(Line)]
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))

    def difference(self, currency: str, /) -> Money:
        """Return what the change adds to the order."""
        before, after = (
            Money.zero(currency) if line is None else line.amount(currency) for line in (self.before, self.after)
        )
        return after - before


@attrs.frozen
class Amendment:
    """One change of what was ordered 变更单: what the lines were and became, why, when, and on whose approval.

    >>> from ltc.testing.samples.contracts import amended_order
    >>> [amendment] = amended_order().amendments
    >>> amendment.change, str(amendment.amount_before), str(amendment.amount_after), str(amendment.difference)
    ('CH-1', '100000.00 CNY', '90000.00 CNY', '-10000.00 CNY')
    """

    change: ChangeId
    reason: str
    approval: RequestId | None
    on: dt.date
    at: dt.datetime
    currency: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    due_changes: tuple[DueChange, ...] = ()
    """Which batches were planned for another day."""

    @property
    def changes(self) -> tuple[LineChange, ...]:
        """The lines that it changed, made or took back."""
        return line_changes(self.before, self.after)

    @property
    def amount_before(self) -> Money:
        """What the order came to before it, with tax."""
        return amount_of(self.before, self.currency)

    @property
    def amount_after(self) -> Money:
        """What the order came to after it, with tax."""
        return amount_of(self.after, self.currency)

    @property
    def difference(self) -> Money:
        """What it added to the order; negative where the customer is let off something."""
        return self.amount_after - self.amount_before


def line_changes(before: Sequence[Line], after: Sequence[Line]) -> tuple[LineChange, ...]:
    """Return the lines that differ: those there before, in their order, then the new ones."""
    old, new = ({line.id: line for line in lines} for lines in (before, after))
    changes = (LineChange(line_id, old.get(line_id), new.get(line_id)) for line_id in old | new)
    return tuple(change for change in changes if change.before != change.after)
