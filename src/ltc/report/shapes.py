"""What each canonical table looks like: its columns, how each is read, and what makes a row unique."""

import enum
from collections.abc import Mapping
from typing import Final

import attrs

from ltc.report.rows import (
    ActivityRow,
    InvoiceRow,
    LeadRow,
    OpportunityRow,
    OrderRow,
    ReceiptRow,
    ReceivableRow,
    StageRow,
    TargetRow,
)


class Kind(enum.Enum):
    """How a cell is read."""

    LINE = "text on one line"
    STAGE = "a stage"
    CURRENCY = "a currency"
    AMOUNT = "an amount"
    DAY = "a day"
    INSTANT = "an instant"
    PERIOD = "a period"


@attrs.frozen
class Column:
    """A canonical column."""

    name: str
    kind: Kind = Kind.LINE
    required: bool = False


@attrs.frozen
class Shape:
    """A canonical table."""

    table: str
    row: type
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ("id",)
    either: tuple[str, ...] = ()
    """Columns of which a row has at least one."""
    refers: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """Columns that name a row of one of these tables."""
    settles: str | None = None
    """The column that names what a row pays."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, required ones first."""
        return tuple(column.name for column in self.columns)

    @property
    def has_amounts(self) -> bool:
        """Whether a row of it is of a currency."""
        return any(column.kind is Kind.AMOUNT for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of a name."""
        return next(column for column in self.columns if column.name == name)


def _required(name: str, kind: Kind = Kind.LINE) -> Column:
    return Column(name, kind, required=True)


_SHAPES: Final = (
    Shape(
        "leads",
        LeadRow,
        (
            _required("id"),
            _required("created_at", Kind.INSTANT),
            *map(Column, ("name", "company", "email", "phone", "source", "city", "owner")),
        ),
        either=("name", "company"),
    ),
    Shape(
        "opportunities",
        OpportunityRow,
        (
            _required("id"),
            _required("amount", Kind.AMOUNT),
            Column("owner"),
            Column("created_at", Kind.INSTANT),
            Column("currency", Kind.CURRENCY),
            Column("account"),
            Column("product"),
            Column("expected_close_on", Kind.DAY),
            Column("stage", Kind.STAGE),
            Column("won_amount", Kind.AMOUNT),
        ),
    ),
    Shape(
        "stage_history",
        StageRow,
        (_required("id"), _required("stage", Kind.STAGE), _required("at", Kind.INSTANT)),
        unique=("id", "stage", "at"),
        refers={"id": ("opportunities",)},
    ),
    Shape(
        "orders",
        OrderRow,
        (
            _required("id"),
            _required("account"),
            _required("amount", Kind.AMOUNT),
            _required("signed_on", Kind.DAY),
            Column("currency", Kind.CURRENCY),
            Column("opportunity"),
        ),
        refers={"opportunity": ("opportunities",)},
    ),
    Shape(
        "receivables",
        ReceivableRow,
        (
            _required("id"),
            _required("order"),
            _required("amount", Kind.AMOUNT),
            _required("due_on", Kind.DAY),
        ),
        refers={"order": ("orders",)},
    ),
    Shape(
        "activities",
        ActivityRow,
        (
            _required("id"),
            _required("about"),
            _required("owner"),
            _required("at", Kind.INSTANT),
            _required("kind"),
        ),
    ),
    Shape(
        "targets",
        TargetRow,
        (
            _required("period", Kind.PERIOD),
            _required("owner"),
            _required("metric"),
            _required("amount", Kind.AMOUNT),
        ),
        unique=("period", "owner", "metric"),
    ),
    Shape(
        "invoices",
        InvoiceRow,
        (
            _required("id"),
            _required("customer"),
            _required("amount", Kind.AMOUNT),
            _required("issued_on", Kind.DAY),
            _required("due_on", Kind.DAY),
            Column("currency", Kind.CURRENCY),
            Column("order"),
        ),
        refers={"order": ("orders",)},
    ),
    Shape(
        "receipts",
        ReceiptRow,
        (
            _required("id"),
            _required("customer"),
            _required("amount", Kind.AMOUNT),
            _required("received_on", Kind.DAY),
            Column("currency", Kind.CURRENCY),
            Column("invoice"),
        ),
        refers={"invoice": ("invoices", "receivables")},
        settles="invoice",
    ),
)
SHAPES: Final[Mapping[str, Shape]] = {shape.table: shape for shape in _SHAPES}
"""By table, in the order in which they are read: what is referred to stands before what refers to it."""
