"""Journeys of several customers through billing in random order, against an oracle of plain integers by day.

The oracle knows the rules of the trade, not the library: it decides by itself which call must pass and what follows, in every
currency and on every day. What is refused changes nothing; every document is replayed from its events at every version; the two
sides of an application tell the same; the books say on every day what is open.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ltc import billing
from ltc.billing import AccountRole, EntryKind, Invoice, Receipt, Receivable, RedLetterNote, RefundRequest
from ltc.errors import Refused
from ltc.events import Change, Life
from ltc.ids import (
    AccountId,
    ChangeId,
    EntityId,
    InvoiceId,
    NoteId,
    OrderId,
    PayableId,
    ReceiptId,
    ReceivableId,
    RefundId,
)
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, refund_approval

LAST = 5
"""Everything happens on the days 0 to 5 of the story."""
COLUMNS = range(LAST + 1)
MOST = 5
"""So many receipts, and so many receivables besides those that took another's place."""
LIMIT = 40
"""Of the limited authority."""
FACTORS = {("USD", "CNY"): Fraction(71, 10), ("CNY", "USD"): Fraction(10, 71)}
LIVES: dict[type, Life[Any, Any]] = {
    Receivable: billing.RECEIVABLE,
    Receipt: billing.RECEIPT,
    RefundRequest: billing.REFUND_REQUEST,
    Invoice: billing.INVOICE,
    RedLetterNote: billing.NOTE,
}


def on(day: int) -> dt.date:
    return TODAY + dt.timedelta(days=day)


RATES = billing.Rates(
    [
        billing.ExchangeRate("USD", "CNY", rate="7.1", on=on(0)),
        billing.ExchangeRate("CNY", "USD", rate="1", per="7.1", on=on(0)),
    ]
)


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


@attrs.define
class Cash:
    """What the oracle knows of a receipt."""

    party: str
    currency: str
    received: int
    amount: int
    by_day: list[int]
    """Neither applied nor gone at the end of each day, set aside or not."""
    reserved: int = 0
    applications: int = 0
    sums: Counter[str] = attrs.field(factory=Counter)


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
class Moved:
    """A receivable that took another's place, or what was settled against a payable, until it is taken back."""

    receivable: str
    minor: int
    day: int
    stands: bool = True


@attrs.define
class Bill:
    """What the oracle knows of an invoice: all of it bills one receivable."""

    receivable: str
    amount: int
    day: int
    red: int = 0


@attrs.define
class Note:
    """What the oracle knows of a red letter."""

    invoice: str
    amount: int
    day: int
    status: str = "requested"


def lowest(by_day: list[int], day: int) -> int:
    return min(by_day[day:])


def move(by_day: list[int], day: int, minor: int) -> None:
    for later in range(day, LAST + 1):
        by_day[later] += minor


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


Parts = list[tuple[str, int]]
"""What goes to which receivable, in the currency of the receipt."""


def in_order(names: Iterable[str], costs: Mapping[str, int], left: int) -> Parts:
    parts = []
    for name in names:
        given = min(left, costs[name])
        left -= given
        if given:
            parts.append((name, given))
    return parts


def in_proportion(costs: Mapping[str, int], left: int) -> Parts:
    amount, owed = min(left, sum(costs.values())), sum(costs.values())
    shares = [Fraction(amount * cost, owed) for cost in costs.values()]
    parts = [int(share) for share in shares]
    for place in sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place)):
        if sum(parts) < amount:
            parts[place] += 1
    return [(name, part) for name, part in zip(costs, parts, strict=True) if part]


def matched(ordered: Sequence[str], costs: Mapping[str, int], left: int) -> Parts:
    for size in range(1, len(ordered) + 1):
        for chosen in itertools.combinations(ordered, size):
            if sum(costs[name] for name in chosen) == left:
                return [(name, costs[name]) for name in chosen]
    return []


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


VERBS = [
    *["apply"] * 10,
    *["receive"] * 4,
    *["unapply", "back", "recover", "issue_note"] * 3,
    *[
        "reverse",
        "write_off",
        "fail",
        "raise",
        "bounce",
        "waive",
        "request_refund",
        "approve",
        "pay",
        "reject",
        "transfer",
        "set_off",
        "unset",
    ]
    * 2,
    *["round_off", "round_off", "issue", "request_note", "confirm_note", "confirm_note", "withdraw_note"],
]
STRATEGIES = ["oldest", "newest", "due", "highest", "lowest", "designated", "proportional", "exact"]
DOES: Mapping[str, Callable[..., Any]] = {
    name: getattr(billing, name)
    for name in (
        *("apply", "unapply", "bounce", "reverse", "transfer", "reverse_transfer", "set_off", "reverse_set_off"),
        *("waive", "write_off", "recover", "round_off", "request_refund", "pay_refund", "issue", "issue_note"),
    )
}


class Billing(RuleBasedStateMachine):
    """The verbs, and an oracle that decides by itself which call must pass and what follows."""

    does: ClassVar[Mapping[str, Callable[..., Any]]] = DOES
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()
    seen: ClassVar[Counter[str]] = Counter()
    """How often an application that passed came with what."""

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Any] = {}
        self.changes: list[Change[Any, Any]] = []
        self.touched: dict[str, None] = {}
        self.steps = 0
        self.dice = Dice(0)
        self.debts: dict[str, Debt] = {}
        self.cash: dict[str, Cash] = {}
        self.applications: dict[str, Application] = {}
        self.moved: dict[str, Moved] = {}
        self.set_offs: dict[str, Moved] = {}
        self.refunds: dict[str, tuple[str, int, str]] = {}
        self.bills: dict[str, Bill] = {}
        self.notes: dict[str, Note] = {}

    @initialize(first=st.integers(60, 200), second=st.integers(60, 200), paid=st.integers(20, 300))
    def begin(self, first: int, second: int, paid: int) -> None:
        # there is work for every verb from the first step on: short runs reach it, too
        self.raise_receivable(first, 0, 3, "A1", "CNY")
        self.raise_receivable(second, 1, 3, "A2", "CNY")
        self.raise_receivable(30, 1, 4, "A1", "USD")
        self.receive(paid, 0, "A1", "CNY")
        self.receive(80, 0, "A1", "CNY")
        self.request_refund(20)
        self.issue(30, 1)
        self.request_note(20, 1)

    @rule(
        verb=st.sampled_from(VERBS),
        seed=st.integers(0, 99_999),
        day=st.integers(0, LAST),
        minor=st.none() | st.none() | st.integers(1, 40) | st.integers(30, 300),
    )
    def step(self, verb: str, seed: int, day: int, minor: int | None) -> None:
        # one rule for all verbs: rules of their own are left out of whole runs, and then nothing builds up
        self.steps += 1
        self.dice = dice = Dice(seed * 1_000 + self.steps)
        late = LAST if dice.below(4) else day
        maybe = minor if dice.below(2) else None
        match verb:
            case "raise" if len(self.debts) - len(self.moved) < MOST:
                self.raise_receivable(minor or 100, min(day, 2), 2 + dice.below(3), self.party(), self.currency())
            case "receive" if len(self.cash) < 2 * MOST:
                self.receive(maybe or self.about(), min(day, 2), self.party(), self.currency())
            case "apply":
                self.apply_receipt(self.dice.one_of([day, late]), self.terms(minor))
            case "unapply" if self.applications:
                self.take_back(late)
            case "bounce" | "reverse":
                self.bounce(day, verb)
            case "transfer" if len(self.moved) < MOST:
                self.transfer(maybe, day)
            case "back" if self.moved:
                self.move_back(late)
            case "set_off":
                self.set_off(maybe, day)
            case "unset" if self.set_offs:
                self.unset(day)
            case "waive" | "write_off":
                self.let_off(maybe, day, verb)
            case "recover" if not dice.below(3) or any(debt.lost[LAST] for debt in self.debts.values()):
                self.recover(maybe, late)
            case "round_off":
                self.round_off(minor or 40, day)
            case "request_refund":
                self.request_refund(minor or 50)
            case "approve" | "reject" | "pay" | "fail" if self.refunds:
                self.decide_refund(day, verb)
            case "issue":
                self.issue(minor or 30, day)
            case "request_note" if self.bills:
                self.request_note(maybe, day)
            case "confirm_note" | "issue_note" | "withdraw_note" if self.notes:
                self.move_note(late, verb)
            case _:
                pass

    def party(self) -> str:
        return str(self.dice.one_of(["A1", "A1", "A2"]))

    def currency(self) -> str:
        return str(self.dice.one_of(["CNY", "CNY", "USD"]))

    def terms(self, minor: int | None) -> Terms:
        return Terms(
            self.dice.one_of(STRATEGIES),
            minor if not self.dice.below(3) else None,
            self.dice.one_of([0, 3, 3, 30]),
            keeps=bool(self.dice.below(2)),
            authority=self.dice.one_of(["none", "dated", "limited"]),
            rates=bool(self.dice.below(5)),
        )

    def attempt(self, verb: str, must_pass: object, call: Callable[[], Any], *subjects: Any) -> bool:
        before = [attrs.asdict(subject, recurse=False) for subject in subjects]
        passes = bool(must_pass)
        done: Any = ()
        refused = ""
        try:
            done = call()
        except Refused as refusal:
            refused = str(refusal)
        assert passes is not bool(refused), f"{verb} {'was refused: ' + refused if refused else 'passed'}"
        for change in done if isinstance(done, tuple) else (done,):
            self.commit(change)
        assert [attrs.asdict(subject, recurse=False) for subject in subjects] == before
        self.counts[verb, passes] += 1
        return passes

    def commit(self, change: Change[Any, Any]) -> None:
        name = change.after.id
        assert self.things.get(name) == change.before
        self.things[name] = change.after
        self.changes.append(change)
        self.touched[name] = None

    def likely(self, fitting: Iterable[str], all_of: Iterable[str]) -> str:
        """Mostly one that may pass, sometimes any: both answers are wanted often."""
        among = list(fitting)
        return str(self.dice.one_of(among if among and self.dice.below(5) else all_of))

    def raise_receivable(self, minor: int, day: int, due: int, party: str, currency: str) -> None:
        name = f"AR{len(self.debts)}"
        self.commit(
            billing.raise_receivable(
                ReceivableId(name),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(party),
                amount=Money(minor, currency),
                on=on(day),
                due_on=on(max(day, due)),
                now=NOON,
            )
        )
        self.owe(name, Debt(party, currency, day, max(day, due), minor, [], []))

    def owe(self, name: str, debt: Debt) -> None:
        debt.by_day = [0] * debt.raised + [debt.amount] * (LAST + 1 - debt.raised)
        debt.billable = [debt.amount] * (LAST + 1)
        self.debts[name] = debt

    def about(self) -> int:
        """Return nearly what somebody owes, so that small differences are left."""
        owed: int = self.dice.one_of(debt.by_day[LAST] for debt in self.debts.values())
        more: int = self.dice.one_of([-3, -1, 0, 2, 3])
        return max(1, owed + more)

    def receive(self, minor: int, day: int, party: str, currency: str) -> None:
        name = f"R{len(self.cash)}"
        self.commit(
            billing.receive(
                ReceiptId(name),
                entity=EntityId("E1"),
                party=AccountId(party),
                order=OrderId("SO-1"),
                amount=Money(minor, currency),
                on=on(day),
                now=NOON,
            )
        )
        self.cash[name] = Cash(party, currency, day, minor, [0] * day + [minor] * (LAST + 1 - day))

    # ------------------------------------------------------------------ application

    def apply_receipt(self, day: int, terms: Terms) -> None:
        receipt, names, terms = self.chosen(day, terms)
        cash = self.cash[receipt]
        expected = self.expected(receipt, names, day, terms)
        things = [self.things[name] for name in (receipt, *names)]
        passed = self.attempt(
            "apply",
            expected,
            lambda: self.does["apply"](
                things[0],
                things[1:],
                strategy=self.strategy(terms.by, names),
                amount=None if terms.minor is None else Money(terms.minor, cash.currency),
                tolerance=self.tolerance(terms),
                authorities=self.authorities(terms),
                rates=RATES if terms.rates else None,
                on=on(day),
                now=NOON,
            ),
            *things,
        )
        if passed:
            self.book(expected)
            for made in expected:
                debt = self.debts[made.receivable]
                self.seen[terms.by] += 1
                self.seen["rates"] += cash.currency != debt.currency
                self.seen["authority"] += bool(made.authority)
                self.seen["let go"] += bool(made.gone)
                self.seen["kept"] += bool(made.kept)
                self.seen["in advance"] += cash.received < debt.raised

    def chosen(self, day: int, terms: Terms) -> tuple[str, list[str], Terms]:
        """Choose a receipt and what it is to settle: often what its payer surely means, sometimes anything."""
        near = [
            (abs(self.cost(cash, debt, debt.by_day[LAST]) - cash.by_day[LAST] + cash.reserved), receipt, name)
            for receipt, cash in self.cash.items()
            for name, debt in self.debts.items()
            if self.fits(cash, debt, day, terms) and debt.by_day[LAST] and cash.by_day[LAST]
        ]
        if near and self.dice.below(5) < 2:  # nearly the amount
            _, receipt, name = min(near, key=lambda found: found[0] or 100)
            return receipt, [name], attrs.evolve(terms, minor=None, keeps=self.dice.below(4) > 0)
        free = [name for name, cash in self.cash.items() if lowest(cash.by_day, day) > cash.reserved]
        receipt = self.likely(free, self.cash)
        owed = [name for _, payer, name in near if payer == receipt]
        others = [name for name in owed if self.debts[name].party != self.cash[receipt].party]
        if others and terms.authority == "limited":  # twice a little is more than the limit
            return (
                receipt,
                [self.dice.one_of(others)],
                attrs.evolve(terms, minor=terms.minor or 1 + self.dice.below(30)),
            )
        among = owed if owed and self.dice.below(5) else list(self.debts)
        names = dict.fromkeys(str(self.dice.one_of(among)) for _ in range(1 + self.dice.below(3)))
        return receipt, list(names), terms

    def strategy(self, by: str, names: Sequence[str]) -> billing.Strategy:
        return {
            "oldest": billing.oldest_first,
            "newest": billing.newest_first,
            "due": billing.earliest_due,
            "highest": billing.highest_first,
            "lowest": billing.lowest_first,
            "designated": billing.designated(*map(ReceivableId, names)),
            "proportional": billing.proportional,
            "exact": billing.exact_match(otherwise=billing.earliest_due),
        }[by]

    def tolerance(self, terms: Terms) -> billing.Tolerance | None:
        if not terms.limit:
            return None
        limits = [Money(terms.limit, currency) for currency in ("CNY", "USD")]
        return billing.Tolerance(
            limits, overpaid=billing.Overpaid.INCOME if terms.keeps else billing.Overpaid.CREDIT, ratio=Decimal(1)
        )

    def authorities(self, terms: Terms) -> list[billing.PaymentAuthority]:
        if terms.authority == "none":
            return []
        dated = {"since": on(1), "until": on(4)} if terms.authority == "dated" else {"since": on(0)}
        limit = Money(LIMIT, "CNY") if terms.authority == "limited" else None
        return [
            billing.PaymentAuthority(
                terms.authority,
                AccountId("A1"),
                on_behalf_of=AccountId("A2"),
                entity=EntityId("E1"),
                limit=limit,
                **dated,
            )
        ]

    def pays_for(self, cash: Cash, debt: Debt, day: int, terms: Terms) -> bool:
        if (cash.party, debt.party) != ("A1", "A2"):
            return False
        if terms.authority == "limited":
            return cash.currency == "CNY"
        return terms.authority == "dated" and 1 <= day <= 4

    def fits(self, cash: Cash, debt: Debt, day: int, terms: Terms) -> bool:
        return (
            debt.raised <= day
            and (cash.party == debt.party or self.pays_for(cash, debt, day, terms))
            and (cash.currency == debt.currency or terms.rates)
        )

    def expected(self, receipt: str, names: list[str], day: int, terms: Terms) -> list[Application]:
        """Return what must be applied to what, in order; nothing: it must be refused."""
        cash, debts = self.cash[receipt], {name: self.debts[name] for name in names}
        if day < cash.received or not all(self.fits(cash, debt, day, terms) for debt in debts.values()):
            return []
        open_ = {name: lowest(debt.by_day, day) for name, debt in debts.items()}
        costs = {name: self.cost(cash, debts[name], minor) for name, minor in open_.items() if minor}
        free = max(0, lowest(cash.by_day, day) - cash.reserved)
        if not costs or not free or (terms.by == "designated" and len(costs) < len(names)):
            return []
        if terms.minor is not None and terms.minor > min(free, sum(costs.values())):
            return []
        parts = self.parts(terms.by, names, costs, free if terms.minor is None else terms.minor)
        applied = []
        for name, paid in parts:
            settled = self.settles(cash, debts[name], open_[name], paid)
            if settled:
                authority = terms.authority if debts[name].party != cash.party else ""
                applied.append(Application(receipt, name, paid, settled, day, authority=authority))
        if self.over_limit(receipt, applied):
            return []
        self.round(cash, applied, costs, free, day, terms)
        return applied

    def cost(self, cash: Cash, debt: Debt, minor: int) -> int:
        if cash.currency == debt.currency:
            return minor
        return max(1, half_up(minor * FACTORS[debt.currency, cash.currency]))

    def settles(self, cash: Cash, debt: Debt, open_: int, paid: int) -> int:
        if cash.currency == debt.currency:
            return paid
        factor = FACTORS[debt.currency, cash.currency]
        settled = min(open_, half_up(paid / factor))
        if paid >= self.cost(cash, debt, open_) or not half_up((open_ - settled) * factor):
            return open_
        return settled

    def parts(self, by: str, names: Sequence[str], costs: Mapping[str, int], left: int) -> Parts:
        debts = {name: self.debts[name] for name in names}
        order: dict[str, Callable[[str], tuple[int | str, ...]]] = {
            "oldest": lambda name: (debts[name].raised, debts[name].due, name),
            "newest": lambda name: (-debts[name].raised, -debts[name].due, name),
            "due": lambda name: (debts[name].due, debts[name].raised, name),
            "highest": lambda name: (-costs[name], debts[name].due, debts[name].raised, name),
            "lowest": lambda name: (costs[name], debts[name].due, debts[name].raised, name),
            "designated": lambda name: (names.index(name),),
        }
        if by == "proportional":
            return in_proportion(costs, left)
        ordered = sorted(costs, key=order.get(by, order["due"]))
        return (matched(ordered, costs, left) if by == "exact" else []) or in_order(ordered, costs, left)

    def over_limit(self, receipt: str, applied: Sequence[Application]) -> bool:
        """Whether more would be paid for another under the limited authority than it says, with all that stands."""
        standing = [made for made in self.applications.values() if made.stands and made.receipt == receipt]
        used, asked = (sum(made.paid for made in some if made.authority == "limited") for some in (standing, applied))
        return bool(asked) and used + asked > LIMIT

    def round(
        self, cash: Cash, applied: Sequence[Application], costs: Mapping[str, int], free: int, day: int, terms: Terms
    ) -> None:
        """Say which small differences go: short ones where the money is used up, what is over where nothing is owed."""
        left = free - sum(made.paid for made in applied)
        if not left:
            for made in applied:
                debt = self.debts[made.receivable]
                short = debt.by_day[LAST] - made.settled
                if 0 < short <= min(terms.limit, debt.amount) and debt.by_day[LAST] == lowest(debt.by_day, day):
                    made.gone = short
        elif applied and terms.keeps and left <= terms.limit:
            all_paid = sum(made.paid for made in applied) == sum(costs.values())
            if all_paid and cash.by_day[LAST] == lowest(cash.by_day, day):
                applied[-1].kept = left

    def book(self, applied: Iterable[Application]) -> None:
        for made in applied:
            cash, debt = self.cash[made.receipt], self.debts[made.receivable]
            cash.applications += 1
            self.applications[f"{made.receipt}/{cash.applications}"] = made
            move(cash.by_day, made.day, -made.paid - made.kept)
            move(debt.by_day, made.day, -made.settled - made.gone)
            cash.sums["kept"] += made.kept
            debt.sums["round_off"] += made.gone

    def unbook(self, made: Application, day: int) -> None:
        cash, debt = self.cash[made.receipt], self.debts[made.receivable]
        made.stands = False
        move(cash.by_day, day, made.paid + made.kept)
        move(debt.by_day, day, made.settled + made.gone)
        cash.sums["kept"] -= made.kept
        debt.sums["round_off"] -= made.gone

    def take_back(self, day: int) -> None:
        standing = [name for name, made in self.applications.items() if made.stands]
        name = self.likely(standing, self.applications)
        made = self.applications[name]
        receipt, receivable = self.things[made.receipt], self.things[made.receivable]
        passed = self.attempt(
            "unapply",
            made.stands and day >= made.day,
            lambda: self.does["unapply"](receipt, receivable, application=name, reason="", on=on(day), now=NOON),
            receipt,
            receivable,
        )
        if passed:
            self.unbook(made, day)

    def bounce(self, day: int, verb: str) -> None:
        whole = [
            name
            for name, cash in self.cash.items()
            if not cash.reserved and not cash.sums["bounce"] + cash.sums["reverse"]
        ]
        receipt = self.likely(whole, self.cash)
        cash = self.cash[receipt]
        made_of = [made for made in self.applications.values() if made.receipt == receipt and made.stands]
        left = cash.amount - cash.sums["refunded"] - cash.sums["bounce"] - cash.sums["reverse"]
        names = list(self.debts)[: None if self.dice.below(7) else 1]
        things = [self.things[name] for name in (receipt, *names)]
        passed = self.attempt(
            verb,
            not cash.reserved
            and left
            and day >= cash.received
            and all(made.day <= day and made.receivable in names for made in made_of)
            and lowest(cash.by_day, day) == cash.by_day[LAST],
            lambda: self.does[verb](things[0], things[1:], reason="", on=on(day), now=NOON),
            *things,
        )
        if passed:
            for made in made_of:
                self.unbook(made, day)
            move(cash.by_day, day, -left)
            cash.sums[verb] += left

    # ------------------------------------------------------------------ debts

    def transfer(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.by_day[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        party = debt.party if not self.dice.below(11) else {"A1": "A2", "A2": "A1"}[debt.party]
        minor = lowest(debt.by_day, day) if asked is None else asked
        passed = self.attempt(
            "transfer",
            party != debt.party and day >= debt.raised and 0 < minor <= lowest(debt.by_day, day),
            lambda: self.does["transfer"](
                thing,
                to=AccountId(party),
                amount=None if asked is None else Money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.moved += 1
            move(debt.by_day, day, -minor)
            debt.sums["moved"] += minor
            other = f"{name}/transfer/{debt.moved}"
            self.owe(other, Debt(party, debt.currency, day, debt.due, minor, [], []))
            self.moved[other] = Moved(name, minor, day)

    def move_back(self, day: int) -> None:
        standing = [
            name for name, moved in self.moved.items() if moved.stands and self.debts[name].by_day[LAST] == moved.minor
        ]
        name = self.likely(standing, self.moved)
        moved, debt = self.moved[name], self.debts[name]
        here, there = self.things[moved.receivable], self.things[name]
        passed = self.attempt(
            "back",
            moved.stands and day >= moved.day and lowest(debt.by_day, day) == moved.minor,
            lambda: self.does["reverse_transfer"](here, there, reason="", on=on(day), now=NOON),
            here,
            there,
        )
        if passed:
            moved.stands = False
            move(self.debts[moved.receivable].by_day, day, moved.minor)
            move(debt.by_day, day, -moved.minor)
            self.debts[moved.receivable].sums["moved"] -= moved.minor
            debt.sums["moved"] += moved.minor

    def set_off(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.by_day[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        minor = lowest(debt.by_day, day) if asked is None else asked
        passed = self.attempt(
            "set_off",
            day >= debt.raised and 0 < minor <= lowest(debt.by_day, day),
            lambda: self.does["set_off"](
                thing,
                payable=PayableId("AP"),
                amount=None if asked is None else Money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.set_off += 1
            move(debt.by_day, day, -minor)
            debt.sums["set_off"] += minor
            self.set_offs[f"{name}/payable/{debt.set_off}"] = Moved(name, minor, day)

    def unset(self, day: int) -> None:
        name = self.likely((name for name, made in self.set_offs.items() if made.stands), self.set_offs)
        made = self.set_offs[name]
        thing = self.things[made.receivable]
        passed = self.attempt(
            "unset",
            made.stands and day >= made.day,
            lambda: self.does["reverse_set_off"](thing, application=name, reason="", on=on(day), now=NOON),
            thing,
        )
        if passed:
            made.stands = False
            move(self.debts[made.receivable].by_day, day, made.minor)
            self.debts[made.receivable].sums["set_off"] -= made.minor

    def let_off(self, asked: int | None, day: int, verb: str) -> None:
        name = str(self.dice.one_of(self.debts))
        debt, thing = self.debts[name], self.things[name]
        minor = asked or debt.by_day[LAST] or 1
        passed = self.attempt(
            verb,
            day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: self.does[verb](
                thing, amount=Money(minor, debt.currency), change=ChangeId("W1"), reason="", on=on(day), now=NOON
            ),
            thing,
        )
        if passed:
            debt.sums[verb] += minor
            move(debt.by_day, day, -minor)
            if verb == "write_off":
                move(debt.lost, day, minor)

    def recover(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.lost[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        most = lowest(debt.lost, day)
        minor = most if asked is None else asked
        passed = self.attempt(
            "recover",
            0 < minor <= most,
            lambda: self.does["recover"](
                thing,
                amount=None if asked is None else Money(asked, debt.currency),
                reason="",
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            debt.sums["recover"] += minor
            move(debt.lost, day, -minor)
            move(debt.by_day, day, minor)

    def round_off(self, limit: int, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if 0 < debt.by_day[LAST] <= 40), self.debts)
        debt, thing = self.debts[name], self.things[name]
        minor = debt.by_day[LAST]
        passed = self.attempt(
            "round_off",
            0 < minor <= limit and day >= debt.raised and minor <= lowest(debt.by_day, day),
            lambda: self.does["round_off"](thing, limit=Money(limit, debt.currency), on=on(day), now=NOON),
            thing,
        )
        if passed:
            debt.sums["round_off"] += minor
            move(debt.by_day, day, -minor)

    # ------------------------------------------------------------------ refunds, invoices

    def request_refund(self, minor: int) -> None:
        yuan = [
            name for name, cash in self.cash.items() if cash.currency == "CNY"
        ]  # as the bands of the sample's approval
        receipt, name = str(self.dice.one_of(yuan)), f"RF{len(self.refunds)}"
        cash, thing = self.cash[receipt], self.things[receipt]
        amount = Money(minor, cash.currency)
        passed = self.attempt(
            "request_refund",
            minor <= cash.by_day[LAST] - cash.reserved,
            lambda: self.does["request_refund"](RefundId(name), receipt=thing, amount=amount, reason="", now=NOON),
            thing,
        )
        if passed:
            cash.reserved += minor
            self.refunds[name] = (receipt, minor, "requested")

    def decide_refund(self, day: int, verb: str) -> None:
        wanted = "requested" if verb in {"approve", "reject"} else "approved"
        waiting = {name: refund for name, refund in self.refunds.items() if refund[2] == wanted}
        name = self.likely(waiting, self.refunds)
        receipt, minor, status = self.refunds[name]
        cash, refund, thing = self.cash[receipt], self.things[name], self.things[receipt]
        calls: dict[str, Callable[[], Any]] = {
            "approve": lambda: billing.approve_refund(refund, approval=refund_approval(refund), now=NOON),
            "reject": lambda: billing.reject_refund(refund, thing, reason="", now=NOON),
            "pay": lambda: self.does["pay_refund"](refund, thing, on=on(day), now=NOON),
            "fail": lambda: billing.fail_refund(refund, thing, reason="", now=NOON),
        }
        there = day >= cash.received and minor <= lowest(cash.by_day, day)
        if not self.attempt(verb, status == wanted and (verb != "pay" or there), calls[verb], refund, thing):
            return
        self.refunds[name] = (receipt, minor, {"approve": "approved"}.get(verb, "done"))
        if verb != "approve":
            cash.reserved -= minor
        if verb == "pay":
            cash.sums["refunded"] += minor
            move(cash.by_day, day, -minor)

    def issue(self, minor: int, day: int) -> None:
        name, invoice = str(self.dice.one_of(self.debts)), f"I{len(self.bills)}"
        debt, thing = self.debts[name], self.things[name]
        gross = Money(minor, debt.currency)
        passed = self.attempt(
            "issue",
            day >= debt.raised and minor <= lowest(debt.billable, day) - debt.sums["waive"],
            lambda: self.does["issue"](
                InvoiceId(invoice),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(debt.party),
                lines=[billing.InvoiceLine("Press", gross=gross, tax_rate=Decimal("0.13"))],
                receivables=[(thing, gross)],
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            self.bills[invoice] = Bill(name, minor, day)
            move(debt.billable, day, -minor)

    def request_note(self, asked: int | None, day: int) -> None:
        invoice, name = str(self.dice.one_of(self.bills)), f"N{len(self.notes)}"
        bill, thing = self.bills[invoice], self.things[invoice]
        minor = asked or (bill.amount - bill.red + 1) // 2 or 1
        passed = self.attempt(
            "request_note",
            day >= bill.day and minor <= bill.amount - bill.red,
            lambda: billing.request_note(
                NoteId(name),
                invoice=thing,
                amount=Money(minor, thing.currency),
                reason=billing.NoteReason.ALLOWANCE,
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            self.notes[name] = Note(invoice, minor, day)

    def move_note(self, day: int, verb: str) -> None:
        wanted = {
            "confirm_note": {"requested"},
            "issue_note": {"confirmed"},
            "withdraw_note": {"requested", "confirmed"},
        }[verb]
        first = {"requested"} if verb == "withdraw_note" and self.dice.below(3) else wanted
        waiting = [name for name, note in self.notes.items() if note.status in first]
        name = self.likely(waiting, self.notes)
        note, thing = self.notes[name], self.things[name]
        bill, invoice = self.bills[note.invoice], self.things[note.invoice]
        debt, owed = self.debts[bill.receivable], self.things[bill.receivable]
        calls: dict[str, Callable[[], Any]] = {
            "confirm_note": lambda: billing.confirm_note(thing, on=on(day), now=NOON),
            "withdraw_note": lambda: billing.withdraw_note(thing, reason="", on=on(day), now=NOON),
            "issue_note": lambda: self.does["issue_note"](thing, invoice, receivables=[owed], on=on(day), now=NOON),
        }
        fits = verb != "issue_note" or note.amount <= bill.amount - bill.red
        if not self.attempt(
            verb, note.status in wanted and day >= note.day and fits, calls[verb], thing, invoice, owed
        ):
            return
        note.status = {"confirm_note": "confirmed", "withdraw_note": "withdrawn", "issue_note": "issued"}[verb]
        note.day = day
        if verb == "issue_note":
            bill.red += note.amount
            move(debt.billable, day, note.amount)

    # ------------------------------------------------------------------ what must hold after every step

    @invariant()
    def what_was_touched_adds_up(self) -> None:
        for name in self.touched:
            match self.things[name]:
                case Receivable():
                    self.check_debt(name)
                case Receipt():
                    self.check_cash(name)
                case Invoice():
                    self.check_bill(name)
                case _:
                    pass
        self.touched.clear()

    def check_debt(self, name: str) -> None:
        thing, debt = self.things[name], self.debts[name]
        assert [thing.open_as_of(on(day)).minor for day in COLUMNS] == debt.by_day
        assert min(debt.by_day) >= 0
        lowered = thing.applied + thing.waived + thing.written_off + thing.rounded_off
        assert thing.amount - lowered == thing.open
        assert thing.waived.minor == debt.sums["waive"]
        assert thing.written_off.minor == debt.sums["write_off"] - debt.sums["recover"]
        assert thing.rounded_off.minor == debt.sums["round_off"]
        assert thing.settled_by(billing.SettlementKind.TRANSFER).minor == debt.sums["moved"]
        assert thing.settled_by(billing.SettlementKind.PAYABLE).minor == debt.sums["set_off"]
        assert thing.days_overdue(on(LAST)) == (LAST - debt.due if debt.by_day[LAST] else 0)
        assert thing.invoiced.minor == debt.amount - debt.billable[LAST]

    def check_cash(self, name: str) -> None:
        thing, cash = self.things[name], self.cash[name]
        assert [thing.unapplied_as_of(on(day)).minor for day in COLUMNS] == cash.by_day
        assert min(cash.by_day) >= 0
        assert thing.unapplied.minor == cash.by_day[LAST] - cash.reserved >= 0
        gone = thing.refunded + thing.bounced + thing.reversed
        assert thing.amount == thing.applied + thing.unapplied + thing.reserved + thing.rounded_off + gone
        found = (thing.reserved, thing.refunded, thing.rounded_off, thing.bounced, thing.reversed)
        sums = [cash.sums[kind] for kind in ("refunded", "kept", "bounce", "reverse")]
        assert [part.minor for part in found] == [cash.reserved, *sums]
        assert thing.collected_as_of(on(LAST)) == thing.amount - gone

    def check_bill(self, name: str) -> None:
        thing, bill = self.things[name], self.bills[name]
        assert thing.net + thing.tax == thing.gross == Money(bill.amount, thing.currency)
        assert thing.red.minor == bill.red <= bill.amount
        issued = [note for note, kept in self.notes.items() if kept.invoice == name and kept.status == "issued"]
        assert sum(self.things[note].tax.minor for note in issued) == thing.red_tax.minor <= thing.tax.minor
        assert bill.red < bill.amount or thing.red_tax == thing.tax

    def check_both_sides(self) -> None:
        paid, settled = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for made in self.applications.values():
            paid[made.receipt, made.receivable] += made.paid if made.stands else 0
            settled[made.receipt, made.receivable] += made.settled if made.stands else 0
        rows, columns = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        moved = {EntryKind.APPLIED, EntryKind.UNAPPLIED}
        for name in self.cash:
            for entry in self.things[name].entries:
                rows[name, str(entry.other)] += entry.taken if entry.kind in moved else 0
        for name in self.debts:
            for entry in self.things[name].entries:
                columns[str(entry.other), name] += (
                    entry.taken if entry.kind in moved and entry.other in self.cash else 0
                )
        assert (+rows, +columns) == (+paid, +settled)
        assert not [pair for pair in rows if rows[pair] < 0 or columns[pair] < 0]

    def check_books(self) -> None:
        entries = billing.journal(self.changes)  # each refuses lines that do not sum to zero
        items = billing.open_items([self.things[name] for name in self.debts], on(LAST))
        aged = billing.aging(items, as_of=on(LAST), edges=(1, 3))
        for currency in ("CNY", "USD"):
            owed = sum(debt.by_day[LAST] for debt in self.debts.values() if debt.currency == currency)
            assert aged.in_currency(currency).open.minor == owed
        for party, currency, day in itertools.product(("A1", "A2"), ("CNY", "USD"), (1, 3, LAST)):
            ours = (party, currency)
            owed = sum(debt.by_day[day] for debt in self.debts.values() if (debt.party, debt.currency) == ours)
            free = sum(cash.by_day[day] for cash in self.cash.values() if (cash.party, cash.currency) == ours)
            books = [
                billing.balance_of(entries, role, currency, party=AccountId(party), as_of=on(day)).minor
                for role in (AccountRole.RECEIVABLE, AccountRole.UNAPPLIED)
            ]
            assert books == [owed, -free], "the control accounts are what is open"

    def teardown(self) -> None:
        replayed: dict[str, Any] = {}
        for change in self.changes:
            life, name = LIVES[type(change.after)], change.after.id
            assert replayed.get(name) == change.before
            for event in change.events:
                replayed[name] = life.evolve(replayed[name], event) if name in replayed else life.begin(event)
            assert replayed[name] == change.after
        assert replayed == self.things
        self.check_both_sides()
        self.check_books()


TORTURE = settings().max_examples > 1000
LONG = settings(
    max_examples=2500 if TORTURE else 280,
    stateful_step_count=50,
    deadline=None,
    derandomize=not TORTURE,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HUNT = settings(LONG, max_examples=2000)
"""Until a wrong implementation is caught."""
OFTEN = 20


def test_billing_agrees_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Billing.counts.clear()
    Billing.seen.clear()
    run_state_machine_as_test(Billing, settings=LONG)
    tried = set(VERBS) - {"raise", "receive"}
    assert {verb for verb, _ in Billing.counts} == tried
    few = {(verb, passed): Billing.counts[verb, passed] for verb in tried for passed in (True, False)}
    assert min(few.values()) >= OFTEN, sorted(few.items(), key=lambda found: found[1])[:9]
    ways = {*STRATEGIES, "rates", "authority", "let go", "kept", "in advance"}
    assert min(Billing.seen[way] for way in ways) >= OFTEN, Billing.seen


def waived_by_the_present_balance(receivable: Receivable, *, amount: Money, on: dt.date, **facts: Any) -> object:
    """Waive by what is open now, though the waiver is dated back: the mistake of every system that stores a balance."""
    if amount > receivable.open or on < receivable.raised_on:
        raise Refused("receivable.over", "too much")
    event = billing.ReceivableWaived(
        receivable.id, amount, change=facts["change"], reason=facts["reason"], on=on, at=facts["now"]
    )
    return billing.RECEIVABLE.change(receivable, event)


def one_side_taken_back(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Free the money, but forget to open the receivable again."""
    freed, _ = billing.unapply(receipt, receivable, **facts)
    return freed


def taken_back_without_the_difference(receipt: Receipt, receivable: Receivable, **facts: Any) -> object:
    """Open the receivable again, but not for the small difference that had gone with the application."""
    freed, reopened = billing.unapply(receipt, receivable, **facts)
    return freed, billing.RECEIVABLE.change(receivable, reopened.events[0])


def applied_over_the_reservation(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Apply money that is set aside for a refund."""
    free = attrs.evolve(receipt, reservations=())
    change, *sides = billing.apply(free, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def applied_whatever_was_used(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Look at the limit of an authority call by call, and forget what the receipt settled under it before."""
    new = attrs.evolve(receipt, entries=tuple(attrs.evolve(entry, authority=None) for entry in receipt.entries))
    change, *sides = billing.apply(new, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def applied_short_of_the_limit(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Let differences go that are below the limit, not those of the limit itself."""
    if facts["tolerance"] is not None:
        limits = [limit - Money(1, limit.currency) for limit in facts["tolerance"].limits]
        facts["tolerance"] = attrs.evolve(facts["tolerance"], limits=limits)
    return billing.apply(receipt, receivables, **facts)


def applied_with_a_ghost(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Convert what is paid, whatever that leaves: a cent that nobody can pay."""
    change, *sides = billing.apply(receipt, receivables, **facts)
    for place, side in enumerate(sides):
        event = side.events[0]
        if isinstance(event, billing.ReceivableSettled) and event.exchange is not None:
            exact = Fraction(event.exchange.paid.minor) * Fraction(event.exchange.per) / Fraction(event.exchange.rate)
            settled = Money(min(event.amount.minor, half_up(exact)), event.amount.currency)
            if settled:
                ghost = attrs.evolve(event, amount=settled)
                before = next(one for one in receivables if one.id == event.receivable)
                sides[place] = billing.RECEIVABLE.change(before, ghost, *side.events[1:])
    return (change, *sides)


def bounced_whatever_is_pending(receipt: Receipt, receivables: Sequence[Receivable], **facts: Any) -> object:
    """Bounce money that is set aside for a refund."""
    free = attrs.evolve(receipt, reservations=())
    change, *sides = billing.bounce(free, receivables, **facts)
    return (billing.RECEIPT.change(receipt, *change.events), *sides)


def moved_by_the_present_balance(receivable: Receivable, *, on: dt.date, **facts: Any) -> object:
    """Move what is open now, though the transfer is dated back."""
    facts["amount"] = facts["amount"] or receivable.open
    if not facts["amount"]:
        raise Refused("receivable.nothing_open", "nothing is open")
    latest = max((entry.on for entry in receivable.entries), default=on)
    return billing.transfer(receivable, on=max(on, latest), **facts)


def set_off_for_ever(receivable: Receivable, *, application: str, **facts: Any) -> object:
    """Take back what was settled against a payable as often as anybody asks."""
    standing = [entry for entry in receivable.entries if entry.kind is not EntryKind.UNAPPLIED]
    found = billing.reverse_set_off(attrs.evolve(receivable, entries=tuple(standing)), application=application, **facts)
    return billing.RECEIVABLE.change(receivable, *found.events)


@pytest.mark.parametrize(
    "verb, wrong",
    [
        ("waive", waived_by_the_present_balance),
        ("unapply", one_side_taken_back),
        ("unapply", taken_back_without_the_difference),
        ("apply", applied_over_the_reservation),
        ("apply", applied_whatever_was_used),
        ("apply", applied_short_of_the_limit),
        ("apply", applied_with_a_ghost),
        ("bounce", bounced_whatever_is_pending),
        ("transfer", moved_by_the_present_balance),
        ("reverse_set_off", set_off_for_ever),
    ],
    ids=lambda found: getattr(found, "__name__", None),
)
def test_a_wrong_implementation_is_caught(verb: str, wrong: Callable[..., object]) -> None:
    machine = type("Wrong", (Billing,), {"does": {**DOES, verb: wrong}, "counts": Counter(), "seen": Counter()})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=HUNT)
