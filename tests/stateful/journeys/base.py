"""What every part of the machine stands on: the documents, what the oracle knows of them, and the one way to try a verb."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from tests.stateful.journeys.story import (
    LAST,
    Agreed,
    Application,
    Asked,
    Cash,
    Credit,
    Debt,
    Dice,
    Line,
    Moved,
    Note,
    Offset,
    Paper,
    Refund,
    Sale,
    Security,
    lowest,
    move,
)
from tests.stateful.trying import Trying

from ltc import billing
from ltc.events import Change
from ltc.ids import ReceivableId

DOES: Mapping[str, Callable[..., Any]] = {
    name: getattr(billing, name)
    for name in (
        *("apply", "unapply", "bounce", "reverse", "transfer", "reverse_transfer", "set_off", "reverse_set_off"),
        *("waive", "write_off", "recover", "collect_recovery", "round_off", "request_refund", "pay_refund"),
        *("issue", "issue_requested", "issue_note", "dispose", "offset_credit", "reverse_offset", "refund_credit"),
        *("reach", "reduce", "replan", "take_back_claim", "dishonor_bill", "convert_deposit", "charge_interest"),
    )
}


class Journey(Trying):
    """The documents of several customers, and what the oracle knows of each."""

    does: ClassVar[Mapping[str, Callable[..., Any]]] = DOES
    counts: ClassVar[Counter[tuple[str, bool]]] = Counter()
    seen: ClassVar[Counter[str]] = Counter()
    """How often what was special about a verb that passed."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change[Any, Any]] = []
        self.touched: dict[str, None] = {}
        self.dice = Dice(0)
        self.debts: dict[str, Debt] = {}
        self.own_debts = 0
        """How many were raised by themselves."""
        self.cash: dict[str, Cash] = {}
        self.applications: dict[str, Application] = {}
        self.moved: dict[str, Moved] = {}
        self.set_offs: dict[str, Moved] = {}
        self.refunds: dict[str, Refund] = {}
        self.sales: dict[str, Sale] = {}
        self.requests: dict[str, Asked] = {}
        self.notes: dict[str, Note] = {}
        self.credits: dict[str, Credit] = {}
        self.offsets: dict[str, Offset] = {}
        self.plans: dict[str, Agreed] = {}
        self.lines: dict[str, Line] = {}
        self.papers: dict[str, Paper] = {}
        self.deposits: dict[str, Security] = {}

    def commit(self, change: Change[Any, Any]) -> None:
        super().commit(change)
        self.changes.append(change)
        self.touched[change.after.id] = None

    def likely(self, fitting: Iterable[str], all_of: Iterable[str]) -> str:
        """Mostly one that may pass, sometimes any: both answers are wanted often."""
        among = list(fitting)
        return str(self.dice.one_of(among if among and self.dice.below(5) else all_of))

    def party(self) -> str:
        return str(self.dice.one_of(["A1", "A1", "A2"]))

    def currency(self) -> str:
        return str(self.dice.one_of(["CNY", "CNY", "USD"]))

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

    # ------------------------------------------------------------------ what several verbs do to the oracle

    def owe(self, name: str, debt: Debt) -> None:
        debt.by_day = [0] * debt.raised + [debt.amount] * (LAST + 1 - debt.raised)
        debt.billable = [debt.amount] * (LAST + 1)
        self.debts[name] = debt

    def take_in(self, name: str, party: str, currency: str, day: int, minor: int, origin: str = "") -> None:
        by_day = [0] * day + [minor] * (LAST + 1 - day)
        self.cash[name] = Cash(party, currency, day, minor, by_day, origin, last=day)

    def pay_out(self, receipt: str, how: str, day: int, minor: int) -> None:
        cash = self.cash[receipt]
        move(cash.by_day, day, -minor)
        cash.sums[how] += minor
        cash.last = max(cash.last, day)

    def book(self, applied: Iterable[Application]) -> None:
        for made in applied:
            cash, debt = self.cash[made.receipt], self.debts[made.receivable]
            cash.applications += 1
            cash.last = max(cash.last, made.day)
            self.applications[f"{made.receipt}/{cash.applications}"] = made
            move(cash.by_day, made.day, -made.paid - made.kept)
            move(debt.by_day, made.day, -made.settled - made.gone)
            cash.sums["kept"] += made.kept
            debt.sums["round_off"] += made.gone

    def unbook(self, made: Application, day: int) -> None:
        cash, debt = self.cash[made.receipt], self.debts[made.receivable]
        made.stands = False
        cash.last = max(cash.last, day)
        move(cash.by_day, day, made.paid + made.kept)
        move(debt.by_day, day, made.settled + made.gone)
        cash.sums["kept"] -= made.kept
        debt.sums["round_off"] -= made.gone

    def standing(self, receipt: str) -> list[Application]:
        return [made for made in self.applications.values() if made.stands and made.receipt == receipt]

    def undoable(self, receipt: str, names: Sequence[str], day: int) -> bool:
        """Whether all that is left of a receipt can be taken back on a day, where these receivables are given."""
        cash = self.cash[receipt]
        return (
            not cash.reserved
            and cash.left > 0
            and day >= cash.received
            and all(made.day <= day and made.receivable in names for made in self.standing(receipt))
            and lowest(cash.by_day, day) == cash.by_day[LAST]
        )

    def undo(self, receipt: str, how: str, day: int) -> None:
        for made in self.standing(receipt):
            self.unbook(made, day)
        self.pay_out(receipt, how, day, self.cash[receipt].left)

    def lower(self, name: str, how: str, day: int, minor: int) -> None:
        debt = self.debts[name]
        debt.sums[how] += minor
        move(debt.by_day, day, -minor)

    def billable(self, name: str, day: int, minor: int) -> bool:
        debt = self.debts[name]
        return day >= debt.raised and minor <= lowest(debt.billable, day) - debt.sums["waive"]
