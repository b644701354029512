"""How `ltc.adapters.sql` writes the state of a thing beside its history."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, Table, bindparam, delete, insert, update

from ltc.adapters.journal import ERASED
from ltc.adapters.tables import COLUMNS
from ltc.errors import Conflict
from ltc.events import Thing, to_json

if TYPE_CHECKING:
    from ltc.leads import Lead, MatchKey

__all__ = ["Put", "indexed", "lead_keys"]


def lead_keys(lead: "Lead", /) -> list[str]:
    """Return the match keys of a lead as they are indexed."""
    from ltc.leads import keys_of  # noqa: PLC0415  # a store without leads does not owe this room

    return sorted(map(indexed, keys_of(lead)))


def indexed(key: "MatchKey", /) -> str:
    """Return a match key as one string; no name of a field has a space."""
    return f"{key.field} {key.value}"


class Put:
    """Writes states of one kind: insert, compare-and-swap, erase."""

    def __init__(self, metadata: MetaData, kind: str, /) -> None:
        self._kind = kind
        self._table = table = metadata.tables[f"ltc_{kind}"]
        self._keys = metadata.tables["ltc_lead_key"] if kind == "lead" else None
        self._beside = COLUMNS.get(kind, {})
        self._insert = insert(table)
        here = (table.c.id == bindparam("of_id")) & (table.c.version == bindparam("of_version"))
        self._swap = update(table).where(here)

    def __call__(self, connection: Connection, before: Thing | None, after: Thing, /) -> None:
        """Write the state after a commit over the one before it.

        Raises:
            Conflict: somebody has written to the table past the store meanwhile.
        """
        row = {name: column.read(after) for name, column in self._beside.items()}
        row |= {"version": after.version, "document": to_json(after).decode()}
        if before is None:
            connection.execute(self._insert, {"id": after.id, **row})
        else:
            row |= {"of_id": after.id, "of_version": before.version}
            self._check(connection.execute(self._swap, row).rowcount, before)
        if self._keys is not None:
            self._put_keys(connection, self._keys, before, after)

    def _check(self, swapped: int, before: Thing) -> None:
        if swapped != 1:
            raise Conflict(
                "store.stale",
                f"{self._kind} {before.id} is not at version {before.version}; read it again",
                kind=self._kind,
                subject=before.id,
                read=before.version,
            )

    def _put_keys(self, connection: Connection, keys: Table, before: Any, after: Any) -> None:
        now = lead_keys(after)
        if before is not None:
            if now == lead_keys(before):
                return
            connection.execute(delete(keys).where(keys.c.lead == after.id))
        if now:
            connection.execute(insert(keys), [{"key": key, "lead": after.id} for key in now])

    def erase(self, connection: Connection, thing_id: str, /) -> None:
        """Leave nothing of a thing but its id."""
        nothing: dict[str, Any] = dict.fromkeys(("document", *self._beside))
        erased = update(self._table).where(self._table.c.id == thing_id)
        connection.execute(erased.values(version=ERASED, **nothing))
        if self._keys is not None:
            connection.execute(delete(self._keys).where(self._keys.c.lead == thing_id))
