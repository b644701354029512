"""The tables of `ltc.adapters.sql`: a table a kind (a JSON document and the columns that queries need), the record, the keys.

A host with migrations of its own gives `metadata_of` to them; `SqlStore.create_tables` is for everybody else.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine

__all__ = ["COLUMNS", "Beside", "Instant", "metadata_of"]

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)

_Name: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared and ordered by code points, in every database and locale."""
_Number: Final = BigInteger().with_variant(Integer, "sqlite")
"""64 bits; SQLite makes only an INTEGER the key of the table itself."""


class Instant(TypeDecorator[dt.datetime]):
    """An instant as microseconds since 1970: exact, ordered, the same in every database.

    >>> Instant().process_bind_param(dt.datetime(1970, 1, 1, 0, 0, 1, tzinfo=dt.UTC), None)
    1000000
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect | None) -> int | None:  # noqa: ARG002  # the base's
        """Return the instant as it is stored."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect | None) -> dt.datetime | None:  # noqa: ARG002  # as above
        """Return the stored number as an instant in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Beside(NamedTuple):
    """A column beside the document: what a query needs of the state, at hand for an index."""

    stored: TypeEngine[Any]
    read: Callable[[Any], Any]
    """From the state, so that document and column cannot disagree."""


def _name(path: str) -> Beside:
    return Beside(_Name, attrgetter(path))


def _worked_since(lead: Any) -> dt.datetime | None:
    """Return since when a lead is with its owner; None for a converted one, which the sweep would read again for ever."""
    since: dt.datetime | None = lead.owned_since
    return since if lead.status == "owned" else None


COLUMNS: Final[Mapping[str, Mapping[str, Beside]]] = {
    "lead": {"owner": _name("owner"), "owned_since": Beside(Instant(), _worked_since)},
    "account": {"owner": _name("owner")},
    "opportunity": {"owner": _name("owner"), "status": _name("status.value")},
    "approval_request": {
        "about_kind": _name("about.kind"),
        "about_id": _name("about.id"),
        "status": _name("status.value"),
    },
    "contract": {"owner": _name("owner"), "account": _name("account")},
    "order": {"owner": _name("owner"), "account": _name("account"), "contract": _name("contract")},
    "plan": {"order": _name("order")},
    "receivable": {
        "order": _name("order"),
        "entity": _name("entity"),
        "party": _name("party"),
        "is_open": Beside(Boolean(), lambda receivable: bool(receivable.open)),
    },
    "invoice": {"order": _name("order")},
    "note": {"invoice": _name("invoice")},
    "disposition": {
        "entity": _name("entity"),
        "party": _name("party"),
        "has_credit": Beside(Boolean(), lambda disposition: bool(disposition.credit)),
    },
    "invoice_request": {
        "order": _name("order"),
        "entity": _name("entity"),
        "is_waiting": Beside(Boolean(), lambda request: request.is_waiting),
    },
    "receipt": {"entity": _name("entity"), "party": _name("party"), "order": _name("order")},
    "refund_request": {"receipt": _name("receipt")},
    "bank_line": {
        "entity": _name("entity"),
        "is_unclaimed": Beside(Boolean(), lambda line: bool(line.unclaimed)),
        "is_pending": Beside(Boolean(), lambda line: bool(line.pending)),
    },
    "bill": {"receipt": _name("receipt"), "entity": _name("entity"), "status": _name("status.value")},
    "deposit": {
        "entity": _name("entity"),
        "party": _name("party"),
        "is_held": Beside(Boolean(), lambda deposit: bool(deposit.held)),
    },
}
"""What is kept beside the document of a kind."""


def metadata_of(kinds: Iterable[str], /) -> MetaData:
    """Return the tables of a store with these kinds: `ltc_<kind>`, `ltc_lead_key`, `ltc_event`, `ltc_done`.

    >>> sorted(metadata_of(["lead"]).tables)
    ['ltc_done', 'ltc_event', 'ltc_lead', 'ltc_lead_key']
    """
    metadata = MetaData()
    for kind in kinds:
        _things(metadata, kind)
    if "ltc_lead" in metadata.tables:
        _lead_keys(metadata)
    _record(metadata)
    return metadata


def _things(metadata: MetaData, kind: str) -> None:
    columns = COLUMNS.get(kind, {})
    Table(
        f"ltc_{kind}",
        metadata,
        Column("id", _Name, primary_key=True),
        Column("version", _Number, nullable=False),
        Column("document", Text),
        *(Column(name, beside.stored) for name, beside in columns.items()),
        *(Index(f"ltc_{kind}_{name}", name) for name in columns),
    )


def _lead_keys(metadata: MetaData) -> None:
    Table(
        "ltc_lead_key",
        metadata,
        Column("key", _Name, primary_key=True),
        Column("lead", _Name, primary_key=True),
        Index("ltc_lead_key_lead", "lead"),
    )


def _record(metadata: MetaData) -> None:
    caused = text("cause IS NOT NULL")  # few records have one
    Table(
        "ltc_event",
        metadata,
        Column("seq", _Number, primary_key=True, autoincrement=False),
        Column("kind", _Name, nullable=False),
        Column("id", _Name, nullable=False),
        Column("version", _Number, nullable=False),
        Column("name", _Name, nullable=False),
        Column("recorded_at", Instant(), nullable=False),
        Column("actor", _Name, nullable=False),
        Column("cause", _Name),
        Column("key", _Name),
        Column("body", LargeBinary),
        Column("body_hash", _Name, nullable=False),
        Column("previous", _Name, nullable=False),
        Column("hash", _Name, nullable=False),
        Index("ltc_event_subject", "kind", "id", "version"),
        Index("ltc_event_cause", "cause", sqlite_where=caused, postgresql_where=caused),
    )
    Table(
        "ltc_done",
        metadata,
        Column("key", _Name, primary_key=True),
        Column("fingerprint", _Name, nullable=False),
        Column("first", _Number, nullable=False),
        Column("last", _Number, nullable=False),
        Column("at", Instant(), nullable=False),
    )
