"""Receipts: applied and taken back, bounced, used for what had been given up, refunded."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.distribution import STRATEGIES, distributed
from tests.stateful.journeys.story import (
    FACTORS,
    LAST,
    LIMIT,
    RATES,
    Application,
    Cash,
    Debt,
    Refund,
    Terms,
    half_up,
    lowest,
    money,
    move,
    on,
)

from ltc import billing
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, RefundId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, refund_approval


class Receipts(Journey):
    """What came in, and what it settles."""

    def terms(self, minor: int | None) -> Terms:
        return Terms(
            self.dice.one_of(STRATEGIES),
            minor if not self.dice.below(3) else None,
            self.dice.one_of([0, 3, 3, 30]),
            keeps=bool(self.dice.below(2)),
            authority=self.dice.one_of(["none", "dated", "limited"]),
            rates=bool(self.dice.below(5)),
        )

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
        self.take_in(name, party, currency, day, minor)

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
                amount=money(terms.minor, cash.currency),
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
        parts = distributed(terms.by, debts, costs, free if terms.minor is None else terms.minor)
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

    def over_limit(self, receipt: str, applied: Sequence[Application]) -> bool:
        """Whether more would be paid for another under the limited authority than it says, with all that stands."""
        used, asked = (
            sum(made.paid for made in some if made.authority == "limited") for some in (self.standing(receipt), applied)
        )
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
        whole = [name for name, cash in self.cash.items() if not (cash.origin or cash.reserved) and cash.left]
        receipt = self.likely(whole, self.cash)
        names = list(self.debts)[: None if self.dice.below(7) else 1]
        things = [self.things[name] for name in (receipt, *names)]
        passed = self.attempt(
            verb,
            not self.cash[receipt].origin and self.undoable(receipt, names, day),
            lambda: self.does[verb](things[0], things[1:], reason="", on=on(day), now=NOON),
            *things,
        )
        if passed:
            self.undo(receipt, verb, day)

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
            self.refunds[name] = Refund(receipt, minor)

    def decide_refund(self, day: int, verb: str) -> None:
        wanted = "requested" if verb in {"approve", "reject"} else "approved"
        waiting = {name: refund for name, refund in self.refunds.items() if refund.status == wanted}
        name = self.likely(waiting, self.refunds)
        asked = self.refunds[name]
        receipt, minor, status = asked.receipt, asked.minor, asked.status
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
        ends = {"approve": "approved", "reject": "rejected", "pay": "paid", "fail": "failed"}
        asked.status = ends[verb]
        if verb != "approve":
            cash.reserved -= minor
        if verb == "pay":
            self.pay_out(receipt, "refunded", day, minor)

    def collect_recovery(self, asked: int | None, day: int) -> None:
        name = self.likely((name for name, debt in self.debts.items() if debt.lost[LAST]), self.debts)
        debt, thing = self.debts[name], self.things[name]
        fitting = [
            receipt
            for receipt, cash in self.cash.items()
            if (cash.party, cash.currency) == (debt.party, debt.currency) and cash.by_day[LAST] > cash.reserved
        ]
        receipt = self.likely(fitting, self.cash)
        cash, money_in = self.cash[receipt], self.things[receipt]
        free, most = max(0, lowest(cash.by_day, day) - cash.reserved), lowest(debt.lost, day)
        minor = min(free, most) if asked is None else asked
        passed = self.attempt(
            "collect_recovery",
            (cash.party, cash.currency) == (debt.party, debt.currency)
            and day >= cash.received
            and 0 < minor <= min(free, most),
            lambda: self.does["collect_recovery"](
                money_in, thing, amount=money(asked, debt.currency), reason="", on=on(day), now=NOON
            ),
            money_in,
            thing,
        )
        if passed:
            debt.sums["recover"] += minor
            move(debt.lost, day, -minor)
            move(debt.by_day, day, minor)
            self.book([Application(receipt, name, minor, minor, day)])
