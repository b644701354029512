"""Which kinds of things a store knows: those it was given, or all of the library's, each loaded when it is first met."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

from ltc.errors import InvalidValue
from ltc.events import Life

__all__ = ["KINDS", "Lives"]

_WHERE: Final = {
    "lead": ("leads", "LEAD"),
    "rota": ("leads", "ROTA"),
    "claim_quota": ("pools", "CLAIM_QUOTA"),
    "account": ("accounts", "ACCOUNT"),
    "opportunity": ("pipeline", "OPPORTUNITY"),
    "approval_request": ("approvals", "APPROVAL_REQUEST"),
    "contract": ("contracts", "CONTRACT"),
    "order": ("contracts", "ORDER"),
    "plan": ("billing", "PLAN"),
    "receivable": ("billing", "RECEIVABLE"),
    "invoice": ("billing", "INVOICE"),
    "note": ("billing", "NOTE"),
    "disposition": ("billing", "DISPOSITION"),
    "invoice_request": ("billing", "INVOICE_REQUEST"),
    "receipt": ("billing", "RECEIPT"),
    "refund_request": ("billing", "REFUND_REQUEST"),
    "bank_line": ("billing", "BANK_LINE"),
    "bill": ("billing", "BILL"),
    "deposit": ("billing", "DEPOSIT"),
}
KINDS: Final = tuple(_WHERE)
"""The kinds of the library's own things."""


class Lives:
    """The lives of a store's kinds.

    >>> from ltc import leads
    >>> Lives([leads.LEAD])["lead"] is Lives()["lead"]
    True
    >>> Lives([leads.LEAD])["order"]
    Traceback (most recent call last):
    ltc.errors.InvalidValue: this store has no 'order'; give it the life of that kind (it has lead)
    """

    def __init__(self, given: Iterable[Life[Any, Any]] | None = None, /) -> None:
        self._known = {life.kind: life for life in given or ()}
        self.kinds = KINDS if given is None else tuple(self._known)

    def __getitem__(self, kind: str, /) -> Life[Any, Any]:
        life = self._known.get(kind)
        return self._load(kind) if life is None else life

    def _load(self, kind: str) -> Life[Any, Any]:
        self.check(kind)
        room, name = _WHERE[kind]
        life: Life[Any, Any] = getattr(import_module(f"ltc.{room}"), name)
        self._known[kind] = life
        return life

    def check(self, kind: str, /) -> None:
        """Refuse a kind that the store does not have.

        Raises:
            InvalidValue: with the kinds that it has.
        """
        if kind not in self.kinds:
            raise InvalidValue(
                "store.unknown_kind",
                f"this store has no {kind!a:.40}; give it the life of that kind (it has {', '.join(self.kinds)})",
                kind=str(kind)[:40],
            )
