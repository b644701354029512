"""What stops the dunning of a receivable, as facts: disputes, promises to pay, holds."""

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Protocol, TypeVar

import attrs

from ltc.money import Money


class PromiseState(enum.StrEnum):
    """What became of a promise as of a day; derived, never stored.

    >>> PromiseState("broken").name
    'BROKEN'
    """

    STANDING = "standing"
    """Its last day is not over."""
    KEPT = "kept"
    BROKEN = "broken"
    """Its last day is over, and more is open than it would have left."""
    REPLACED = "replaced"
    """By a later promise, before its last day was over."""


@attrs.frozen
class Dispute:
    """What a customer contests 争议, from the day on which he does until the one on which it is settled.

    >>> from ltc.testing.samples.dunning import disputed
    >>> [dispute] = disputed().after.disputes
    >>> str(dispute.amount), dispute.settled_on
    ('12000.00 CNY', None)
    """

    on: dt.date
    amount: Money | None
    """None: all that is open."""
    reason: str
    settled_on: dt.date | None = None
    """From this day on nothing is disputed."""

    def lasts(self, day: dt.date, /) -> bool:
        """Whether it was not settled at the end of a day."""
        return self.settled_on is None or day < self.settled_on


@attrs.frozen
class Promise:
    """What somebody promised to pay, and by when 付款承诺.

    >>> from ltc.testing.samples.dunning import promised
    >>> [promise] = promised().after.promises
    >>> str(promise.amount), promise.until
    ('30000.00 CNY', datetime.date(2026, 3, 20))
    """

    on: dt.date
    until: dt.date
    """The last day on which it is kept."""
    amount: Money
    leaves: Money
    """What is open once it is kept."""
    by: str


@attrs.frozen
class Hold:
    """A stretch of days on which nothing is sent 暂缓催收.

    >>> from ltc.testing.samples.dunning import held
    >>> held().after.holds[0].lasts(held().after.holds[0].until)
    True
    """

    on: dt.date
    until: dt.date
    """The last of them."""
    reason: str
    released_on: dt.date | None = None
    """From this day on it is not on hold."""

    def lasts(self, day: dt.date, /) -> bool:
        """Whether nothing is sent on a day from the first on."""
        return day <= self.until and (self.released_on is None or day < self.released_on)


class _Dated(Protocol):
    @property
    def on(self) -> dt.date: ...


F = TypeVar("F", bound=_Dated)


def latest(facts: Sequence[F], day: dt.date) -> F | None:
    """Return the last of some facts, which stand in the order of their days, that was there at the end of a day."""
    return next((fact for fact in reversed(facts) if fact.on <= day), None)
