"""The days of the story, its dice, and what the oracle knows of each document: plain integers, a balance for every day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

from ltc import billing
from ltc.money import Money
from ltc.testing.samples.billing import TODAY

LAST = 5
"""Everything happens on the days 0 to 5 of the story."""
COLUMNS = range(LAST + 1)
MOST = 5
"""So many receipts, and so many receivables besides those that took another's place or came of a plan."""
LIMIT = 40
"""Of the limited authority."""
FACTORS = {("USD", "CNY"): Fraction(71, 10), ("CNY", "USD"): Fraction(10, 71)}


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


def money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


RATES = billing.Rates(
    [
        billing.ExchangeRate("USD", "CNY", rate="7.1", on=on(0)),
        billing.ExchangeRate("CNY", "USD", rate="1", per="7.1", on=on(0)),
    ]
)


class Dice:
    """Numbers made of one that was drawn: Hypothesis draws small ones and the same ones often, which is no help here."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, sides: int) -> int:
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.state >> 33) % sides

    def one_of(self, found: Iterable[Any]) -> Any:
        among = list(found)
        return among[self.below(len(among))]


@attrs.frozen
class Terms:
    """What an application comes with, as plain values."""

    by: str = "oldest"
    minor: int | None = None
    limit: int = 0
    """Of a small difference, in either currency; 0: there is no tolerance."""
    keeps: bool = False
    authority: str = "none"
    """Of A1 to pay for A2: none, on the days 1 to 4, or up to a limit."""
    rates: bool = False


@attrs.define
class Debt:
    """What the oracle knows of a receivable."""

    party: str
    currency: str
    raised: int
    due: int
    amount: int
    by_day: list[int]
    """Open at the end of each day."""
    billable: list[int]
    """Not invoiced at the end of each day."""
    lost: list[int] = attrs.field(factory=lambda: [0] * (LAST + 1))
    sums: Counter[str] = attrs.field(factory=Counter)
    moved: int = 0
    set_off: int = 0
    disputes: list[list[int]] = attrs.field(factory=list)
    """From day, to before day, amount (0: all)."""
    promises: list[tuple[int, int, int]] = attrs.field(factory=list)
    """On day, until day, what is open once it is kept."""
    holds: list[list[int]] = attrs.field(factory=list)
    """From day, to before day, and when that was said."""
    charges: list[tuple[int, int]] = attrs.field(factory=list)
    """On day, interest."""

    def disputed(self) -> bool:
        return bool(self.disputes) and self.disputes[-1][1] > LAST

    def contested(self, day: int) -> int:
        known = [dispute for dispute in self.disputes if dispute[0] <= day]
        if not known or day >= known[-1][1]:
            return 0
        return min(known[-1][2] or self.by_day[day], self.by_day[day])

    def promised(self, day: int) -> int:
        known = [promise for promise in self.promises if promise[0] <= day]
        if not known or day > known[-1][1]:
            return 0
        return max(0, self.by_day[day] - known[-1][2])


@attrs.define
class Cash:
    """What the oracle knows of a receipt."""

    party: str
    currency: str
    received: int
    amount: int
    by_day: list[int]
    """Neither applied nor gone at the end of each day, set aside or not."""
    origin: str = ""
    """The bill, bank line or deposit whose other half it is."""
    last: int = 0
    """The day on which something moved it last."""
    reserved: int = 0
    applications: int = 0
    sums: Counter[str] = attrs.field(factory=Counter)

    @property
    def left(self) -> int:
        """What of it we still have, applied or not."""
        return self.amount - self.sums["refunded"] - self.sums["bounce"] - self.sums["reverse"]


@attrs.define
class Application:
    """One application of a receipt, until it is taken back."""

    receipt: str
    receivable: str
    paid: int
    settled: int
    day: int
    gone: int = 0
    """Let go of the receivable with it."""
    kept: int = 0
    """Kept of the receipt with it."""
    authority: str = ""
    """Under which it counts, of money that settles what another owes."""
    stands: bool = True


@attrs.define
class Refund:
    """What the oracle knows of a refund."""

    receipt: str
    minor: int
    status: str = "requested"


@attrs.define
class Moved:
    """A receivable that took another's place, or what was settled against a payable, until it is taken back."""

    receivable: str
    minor: int
    day: int
    stands: bool = True


@attrs.define
class Sale:
    """What the oracle knows of an invoice: all of it bills one receivable."""

    receivable: str
    amount: int
    day: int
    red: int = 0


@attrs.define
class Asked:
    """What the oracle knows of a request for an invoice."""

    receivable: str
    amount: int
    day: int
    status: str = "requested"


@attrs.define
class Note:
    """What the oracle knows of a red letter."""

    invoice: str
    amount: int
    day: int
    status: str = "requested"


@attrs.define
class Credit:
    """What the oracle knows of the money of a red letter."""

    receivable: str
    """Of which the letter gave back."""
    party: str
    currency: str
    opened: int
    amount: int
    by_day: list[int]
    """The customer's credit at the end of each day."""
    made: int = 0


@attrs.define
class Offset:
    """Credit that settled a receivable, for itself or to make room for a refund, until it is taken back."""

    credit: str
    receivable: str
    minor: int
    day: int
    refund: str = ""
    stands: bool = True


@attrs.define
class Part:
    """What the oracle knows of an installment."""

    minor: int
    waits_for: str | None
    due: int
    """The day, or so many days after what it waits for."""
    raised: bool = False


@attrs.define
class Agreed:
    """What the oracle knows of a plan."""

    party: str
    parts: dict[int, Part]
    asked: int
    """What it is to sum to: as adopted, less what was let off, or as it was planned anew last."""
    reached: set[str] = attrs.field(factory=set)

    @property
    def waiting(self) -> dict[int, Part]:
        return {number: part for number, part in self.parts.items() if not part.raised}


@attrs.define
class Claim:
    """What the oracle knows of a claim of a bank line."""

    by: str
    party: str
    minor: int
    status: str = "pending"


@attrs.define
class Line:
    """What the oracle knows of a bank line."""

    minor: int
    day: int
    last: int
    claims: list[Claim] = attrs.field(factory=list)
    returned: int = 0
    disowned: int = 0

    def balances(self) -> tuple[int, ...]:
        """Return what is unclaimed, claimed, confirmed, returned and disowned."""
        claimed, confirmed = (
            sum(claim.minor for claim in self.claims if claim.status == status) for status in ("pending", "confirmed")
        )
        left = self.minor - claimed - confirmed - self.returned - self.disowned
        return left, claimed, confirmed, self.returned, self.disowned


@attrs.define
class Paper:
    """What the oracle knows of a bill."""

    receipt: str
    minor: int
    matures: int
    splittable: bool
    last: int
    status: str = "held"


@attrs.define
class Security:
    """What the oracle knows of a deposit."""

    paid: bool
    kind: str
    minor: int
    placed: int
    by_day: list[int]
    """Kept at the end of each day."""
    converted: int = 0
    sums: Counter[str] = attrs.field(factory=Counter)


def lowest(by_day: list[int], day: int) -> int:
    return min(by_day[day:])


def move(by_day: list[int], day: int, minor: int) -> None:
    for later in range(day, LAST + 1):
        by_day[later] += minor


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))
