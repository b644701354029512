"""Bank lines: money of unknown payers, claimed, confirmed as receipts, taken back whatever those settled."""

from collections.abc import Callable
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import LAST, Claim, Line, money, on

from ltc import billing
from ltc.ids import AccountId, ActorId, BankLineId, EntityId
from ltc.money import Money
from ltc.testing.samples.billing import NOON

REPS = ("li", "wang", "qian")
CLAIMS = {
    "confirm": ("pending", "confirmed"),
    "reject_claim": ("pending", "rejected"),
    "withdraw_claim": ("pending", "withdrawn"),
    "take_back": ("confirmed", "taken_back"),
}
"""What a claim must be, and what it is then."""


class Bank(Journey):
    """What came in, nobody knows from whom."""

    def record_line(self, minor: int, day: int) -> None:
        name = f"B{len(self.lines)}"
        self.commit(
            billing.record_line(
                BankLineId(name),
                entity=EntityId("E1"),
                bank_account="1",
                amount=Money(minor, "CNY"),
                on=on(day),
                now=NOON,
            )
        )
        self.lines[name] = Line(minor, day, day)

    def day_of(self, line: Line, day: int) -> int:
        """Return a day on which something may happen to a line mostly: it only goes on."""
        return min(LAST, line.last + (not self.dice.below(4))) if self.dice.below(6) else day

    def claim(self, minor: int | None, day: int) -> None:
        name, rep, party = str(self.dice.one_of(self.lines)), str(self.dice.one_of(REPS)), self.party()
        line, thing = self.lines[name], self.things[name]
        day, left = self.day_of(line, day), line.balances()[0]
        asked = left if minor is None else minor
        passed = self.attempt(
            "claim",
            day >= line.last and 0 < asked <= left,
            lambda: billing.claim_line(
                thing, by=ActorId(rep), party=AccountId(party), amount=money(minor, "CNY"), on=on(day), now=NOON
            ),
            thing,
        )
        if passed:
            line.claims.append(Claim(rep, party, asked))
            line.last = day

    def set_aside(self, verb: str, minor: int | None, day: int) -> None:
        disowned = [name for name, line in self.lines.items() if line.disowned]
        name = self.likely(disowned if verb == "readmit" else [], self.lines)
        line, thing = self.lines[name], self.things[name]
        day, left = self.day_of(line, day), line.balances()[0]
        asked = left if minor is None else minor
        facts: dict[str, Any] = {"reason": "", "on": on(day), "now": NOON}
        calls: dict[str, Callable[[], Any]] = {
            "return_line": lambda: billing.return_line(thing, amount=money(minor, "CNY"), **facts),
            "disown": lambda: billing.disown_line(thing, amount=money(minor, "CNY"), **facts),
            "readmit": lambda: billing.readmit_line(thing, **facts),
        }
        fits = line.disowned > 0 if verb == "readmit" else 0 < asked <= left
        if self.attempt(verb, day >= line.last and fits, calls[verb], thing):
            line.last = day
            line.returned += asked if verb == "return_line" else 0
            line.disowned = 0 if verb == "readmit" else line.disowned + (asked if verb == "disown" else 0)

    def decide_claim(self, verb: str, day: int) -> None:
        wanted, ends = CLAIMS[verb]
        all_of = [f"{name}/{place}" for name, line in self.lines.items() for place, _ in enumerate(line.claims, 1)]
        if not all_of:
            return
        fitting = [name for name in all_of if self.claim_of(name).status == wanted]
        used = [name for name in fitting if wanted == "confirmed" and self.standing(name)]
        name = self.likely(used or fitting, all_of)
        claim, line = self.claim_of(name), self.lines[name.partition("/")[0]]
        thing, number, day = self.things[name.partition("/")[0]], int(name.partition("/")[2]), self.day_of(line, day)
        if verb == "take_back" and name not in self.things:
            return  # there is no receipt to take back
        own = verb == "withdraw_claim" if self.dice.below(4) else bool(self.dice.below(2))
        by = claim.by if own else "zhao"
        names = list(self.debts)[: None if self.dice.below(7) else 1]
        given = [self.things[each] for each in names]
        facts: dict[str, Any] = {"claim": number, "by": ActorId(by), "on": on(day), "now": NOON}
        calls: dict[str, Callable[[], Any]] = {
            "confirm": lambda: billing.confirm_claim(thing, **facts),
            "reject_claim": lambda: billing.reject_claim(thing, reason="", **facts),
            "withdraw_claim": lambda: billing.withdraw_claim(thing, **facts),
            "take_back": lambda: self.does["take_back_claim"](thing, self.things[name], given, reason="", **facts),
        }
        allowed = {
            "confirm": by != claim.by,
            "withdraw_claim": by == claim.by,
            "take_back": verb == "take_back"
            and not self.cash[name].sums["refunded"]
            and self.undoable(name, names, day),
        }.get(verb, True)
        if not self.attempt(verb, claim.status == wanted and day >= line.last and allowed, calls[verb], thing, *given):
            return
        claim.status, line.last = ends, day
        if verb == "confirm":
            self.take_in(name, claim.party, "CNY", line.day, claim.minor, origin=thing.id)
        elif verb == "take_back":
            self.seen["taken back with what it settled"] += bool(self.standing(name))
            self.undo(name, "reverse", day)

    def claim_of(self, name: str) -> Claim:
        line, _, number = name.partition("/")
        return self.lines[line].claims[int(number) - 1]
