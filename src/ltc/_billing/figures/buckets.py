"""The rows of an aging: what each holds, and what it is called."""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator

import attrs

from ltc._billing.figures.ages import Age, AgeUnit, Edges
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.open_item import OpenItem
from ltc.money import Money, total
from ltc.text import say


class BucketKind(enum.StrEnum):
    """What a bucket of an aging holds.

    >>> BucketKind("retention").name
    'RETENTION'
    """

    NOT_DUE = "not_due"
    """未到期: not due yet, or due that day; a bucket of its own only where the age is the overdue one."""
    RETENTION = "retention"
    """未到期质保金: held back until the warranty is over, and not due yet, by whichever age."""
    AGED = "aged"
    CREDIT = "credit"
    """What we owe the customer: never netted against what the customer owes."""


@attrs.frozen
class Bucket:
    """One row of an aging, with the ids of what it holds.

    >>> Bucket("1-30", first=1, last=30, amount=Money.of("5.00", "CNY"), count=1).say("zh_CN")
    '1–30 天'
    """

    label: str
    """"not due", "1-30", …, "over 90"; in years "within 1 year", "1-2 years", …, "over 5 years"."""
    first: int | None
    """In days the least age that it holds; in months and years those that its ages are over. None where it goes by no age."""
    last: int | None
    """The highest age that it holds. None: without end, or by no age."""
    amount: Money
    count: int
    kind: BucketKind = BucketKind.AGED
    unit: AgeUnit = AgeUnit.DAYS
    ids: tuple[str, ...] = ()
    """Of what it holds, those due earliest first, ties by id."""
    interest: Money = attrs.field(default=attrs.Factory(lambda self: Money.zero(self.amount.currency), takes_self=True))
    """How much of the amount is interest."""
    costs: Money = attrs.field(default=attrs.Factory(lambda self: Money.zero(self.amount.currency), takes_self=True))
    """How much of the amount is costs of collection."""

    @property
    def principal(self) -> Money:
        """The amount without interest and costs."""
        return self.amount - self.interest - self.costs

    def say(self, locale: str, /) -> str:
        """Return what it holds in words.

        >>> Bucket("over 90", first=91, last=None, amount=Money.of("5.00", "CNY"), count=1).say("en")
        'over 90 days'
        """
        return Slot(self.kind, self.first, self.last, self.unit).say(locale)


@attrs.frozen
class Slot:
    """A row of an aging before anything is in it."""

    kind: BucketKind
    first: int | None = None
    last: int | None = None
    unit: AgeUnit = AgeUnit.DAYS

    @property
    def label(self) -> str:
        """The name by which programs know it: short, in English, the same in every locale."""
        if self.kind is not BucketKind.AGED or self.first is None:
            return _LABELS[self.kind]
        if self.last is None:
            return f"over {self._over}{self._noun(self._over)}"
        if self.unit is not AgeUnit.DAYS and self.first == 0:
            return f"within {self.last}{self._noun(self.last)}"
        return f"{self.first}-{self.last}{self._noun(self.last)}"

    def _noun(self, count: int) -> str:
        return "" if self.unit is AgeUnit.DAYS else f" {self.unit.value.removesuffix('s' if count == 1 else '')}"

    @property
    def _over(self) -> int:
        first = self.first or 0
        return first - 1 if self.unit is AgeUnit.DAYS else first

    def say(self, locale: str, /) -> str:
        """Return its name in words."""
        unit = self.unit.value
        if self.kind is not BucketKind.AGED or self.first is None:
            return say(f"aging.{self.kind.value}", locale)
        if self.last is None:
            return say(f"aging.over_{unit}", locale, count=self._over)
        if self.unit is not AgeUnit.DAYS and self.first == 0:
            return say(f"aging.within_{unit}", locale, count=self.last)
        return say(f"aging.to_{unit}", locale, first=self.first, last=self.last)

    def filled(self, items: Iterable[OpenItem], currency: str) -> Bucket:
        """Return the bucket that holds these items; of credits the amount is above zero."""
        held = sorted(items, key=lambda item: (item.due_on, item.id))
        sign = -1 if self.kind is BucketKind.CREDIT else 1
        return Bucket(
            self.label,
            self.first,
            self.last,
            total((item.open for item in held), currency) * sign,
            len(held),
            self.kind,
            self.unit,
            tuple(item.id for item in held),
            interest=_of(Component.INTEREST, held, currency) * sign,
            costs=_of(Component.COSTS, held, currency) * sign,
        )


_LABELS = {
    BucketKind.NOT_DUE: "not due",
    BucketKind.RETENTION: "retention not due",
    BucketKind.AGED: "any age",
    BucketKind.CREDIT: "credit",
}
CREDIT = Slot(BucketKind.CREDIT)


def _of(component: Component, items: Iterable[OpenItem], currency: str) -> Money:
    return total((item.open for item in items if item.component is component), currency)


def slots(edges: Edges, age: Age, *, retention: bool) -> tuple[Slot, ...]:
    """Return the rows of an aging from the youngest to the oldest: what is not due, then the ages between the edges."""
    return tuple(_slots(edges, age, retention=retention))


def _slots(edges: Edges, age: Age, *, retention: bool) -> Iterator[Slot]:
    if age is Age.OVERDUE:
        yield Slot(BucketKind.NOT_DUE)
    if retention:
        yield Slot(BucketKind.RETENTION)
    if age is Age.ACCOUNT and not edges.ends:
        yield Slot(BucketKind.AGED, unit=edges.unit)
        return
    # In days an age is a whole number; in months and years it is over one and not yet over the other.
    after = 1 if edges.unit is AgeUnit.DAYS else 0
    youngest = after if age is Age.OVERDUE else 0
    firsts = [youngest, *(end + after for end in edges.ends)]
    for first, last in zip(firsts, [*edges.ends, None], strict=True):
        yield Slot(BucketKind.AGED, first, last, edges.unit)


@attrs.define
class Ages:
    """Into which row of an aging each item goes."""

    edges: Edges
    age: Age
    as_of: dt.date
    retention: bool
    _passed: dict[dt.date, int] = attrs.field(factory=dict)

    def place(self, item: OpenItem) -> int:
        """Return the place of an item among the `slots`."""
        not_due = item.due_on >= self.as_of
        if not_due and item.retention:
            return 1 if self.age is Age.OVERDUE else 0
        if not_due and self.age is Age.OVERDUE:
            return 0
        since = item.due_on if self.age is Age.OVERDUE or item.raised_on is None else item.raised_on
        if since not in self._passed:
            self._passed[since] = self.edges.passed(since, self.as_of)
        return self._passed[since] + (self.age is Age.OVERDUE) + self.retention
