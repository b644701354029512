"""Random orders under random contracts, against an oracle of plain integers."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ltc.approvals import APPROVAL_REQUEST, ApprovalRequest, Flow, RequestStatus, Step
from ltc.approvals import approve as approve_request
from ltc.approvals import reject as reject_request
from ltc.approvals import revoke as revoke_request
from ltc.approvals import submit as submit_request
from ltc.contracts import (
    CONTRACT,
    ORDER,
    Contract,
    Line,
    LineKind,
    Order,
    accept,
    amend,
    approve,
    deliver,
    diff,
    diff_dates,
    draft,
    hand_over,
    place_order,
    plan_batch,
    reduce_lines,
    reject,
    return_batch,
    revise,
    send_back,
    sign,
    submit,
)
from ltc.errors import NotFound, Refused
from ltc.events import Change, Subject
from ltc.ids import AccountId, ActorId, ChangeId, ContractId, EntityId, LineId, OrderId, RequestId
from ltc.money import Money, total

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 2)
PEOPLE = [ActorId(name) for name in ("li", "wang", "zhao")]
IDS = [LineId(name) for name in "1234"]

accepted: Counter[str] = Counter()
refused: Counter[str] = Counter()


def attempt(name: str, may: bool, verb: Callable[[], Change[Any, Any]]) -> Change[Any, Any] | None:
    """Call a verb that the oracle lets pass or not, and count what happened."""
    try:
        change = verb()
    except (Refused, NotFound):
        if may:
            raise
        refused[name] += 1
        return None
    assert may, f"{name} should have been refused"
    accepted[name] += 1
    return change


class ContractMachine(RuleBasedStateMachine):
    """One contract after the other and the requests for its approval; the oracle is a word and the people still awaited."""

    @initialize(steps=st.sampled_from([6, 5, 3, 2, 0]), stops=st.booleans())
    def begin_with_work(self, steps: int, *, stops: bool) -> None:
        """Any place on the way to a signed contract, going on or back: a machine that draws freely seldom gets that far."""
        self.requests = 0
        self.draft()
        self.proceed(steps)
        if stops:
            self.stop()

    @rule()
    def stop(self) -> None:
        """What goes wrong where the contract stands."""
        if self.word == "draft":
            self.revise(self.contract.amount.minor + 1)
        elif self.awaited:
            self.revoke(PEOPLE[0])
        elif self.word != "signed":
            self.send_back()

    @precondition(lambda self: self.word == "signed")
    @rule()
    def draft(self) -> None:
        """The next contract, of the same id: what is signed is done with."""
        amount = Money.of(1000, "CNY")
        change = draft(
            ContractId("K1"),
            entity=EntityId("E1"),
            account=AccountId("A1"),
            amount=amount,
            title="备件",
            owner=PEOPLE[0],
            now=NOON,
        )
        self.contract: Contract = change.after
        self.events: list[Any] = [*change.events]
        self.request: ApprovalRequest | None = None
        self.request_events: list[Any] = []
        self.word, self.owner = "draft", "li"
        self.approval, self.awaited = "none", list[str]()

    def moved(self, change: Change[Any, Any] | None) -> bool:
        if change is not None:
            self.contract, self.events = change.after, [*self.events, *change.events]
        return change is not None

    @rule(minor=st.integers(0, 10**6))
    def revise(self, minor: int) -> None:
        amount = Money(minor, "CNY")
        self.moved(attempt("revise", self.word == "draft", lambda: revise(self.contract, amount=amount, now=NOON)))

    @rule()
    def submit(self) -> None:
        request_id = RequestId(f"AR-{self.requests + 1}")
        if not self.moved(
            attempt("submit", self.word == "draft", lambda: submit(self.contract, request_id=request_id, now=NOON))
        ):
            return
        flow = Flow("f", 1, (Step("one", (PEOPLE[1],)), Step("two", (PEOPLE[1], PEOPLE[2]))))
        change = submit_request(
            request_id,
            flow=flow,
            about=Subject("contract", "K1"),
            amount=self.contract.amount,
            by=PEOPLE[0],
            now=NOON,
        )
        self.request, self.request_events, self.requests = change.after, [*change.events], self.requests + 1
        self.word, self.approval, self.awaited = "in_approval", "pending", ["wang", "wang+zhao"]

    @rule(steps=st.integers(1, 6))
    def proceed(self, steps: int) -> None:
        """The next steps of a contract that comes about: without them few would ever be signed."""
        for _ in range(steps):
            if self.word == "draft":
                self.submit()
            elif self.word == "in_approval" and self.awaited:
                self.decide(ActorId(self.awaited[0].split("+")[0]), yes=True)
            elif self.word == "in_approval" and self.approval == "approved":
                self.approve()
            elif self.word == "approved":
                self.sign()

    @precondition(lambda self: self.request is not None)
    @rule(by=st.sampled_from(PEOPLE), yes=st.sampled_from([True, True, True, False]))
    def decide(self, by: ActorId, *, yes: bool) -> None:
        request = self.request
        assert request is not None
        may = bool(self.awaited) and by in self.awaited[0].split("+")

        def verb() -> Change[Any, Any]:
            if yes:
                return approve_request(request, by=by, now=NOON)
            return reject_request(request, by=by, comment="no", now=NOON)

        change = attempt("decide", may, verb)
        if change is None:
            return
        self.request, self.request_events = change.after, [*self.request_events, *change.events]
        left = "+".join(name for name in self.awaited[0].split("+") if name != by)
        self.awaited = ([left] if left else []) + self.awaited[1:] if yes else []
        self.approval = "rejected" if not yes else "pending" if self.awaited else "approved"

    @precondition(lambda self: self.request is not None)
    @rule(by=st.sampled_from(PEOPLE[:2]))
    def revoke(self, by: ActorId) -> None:
        request = self.request
        assert request is not None
        may = self.approval == "pending" and by == "li"
        change = attempt("revoke", may, lambda: revoke_request(request, by=by, now=NOON))
        if change is not None:
            self.request, self.request_events = change.after, [*self.request_events, *change.events]
            self.approval, self.awaited = "revoked", []

    @precondition(lambda self: self.request is not None)
    @rule()
    def approve(self) -> None:
        request = self.request
        assert request is not None
        may = self.word == "in_approval" and self.approval == "approved"
        if self.moved(attempt("approve", may, lambda: approve(self.contract, approval=request, now=NOON))):
            self.word = "approved"

    @rule()
    def send_back(self) -> None:
        may = self.word in {"in_approval", "approved"}
        if self.moved(attempt("send_back", may, lambda: send_back(self.contract, reason="terms", now=NOON))):
            self.word = "draft"

    @rule()
    def sign(self) -> None:
        if self.moved(attempt("sign", self.word == "approved", lambda: sign(self.contract, on=TODAY, now=NOON))):
            self.word = "signed"

    @rule(to=st.sampled_from(PEOPLE))
    def hand_over(self, to: ActorId) -> None:
        if self.moved(
            attempt("hand_over", to != self.owner, lambda: hand_over(self.contract, to=to, reason="", now=NOON))
        ):
            self.owner = to

    @invariant()
    def contract_is_as_the_oracle_says(self) -> None:
        assert (self.contract.status.value, self.contract.owner) == (self.word, self.owner)
        assert self.contract.is_effective(TODAY) == (self.word == "signed")
        assert CONTRACT.replay(self.events) == self.contract

    @invariant()
    def request_is_as_the_oracle_says(self) -> None:
        if self.request is not None:
            assert self.request.status.value == self.approval
            assert "+".join(self.request.waiting_for) == (self.awaited[0] if self.awaited else "")
            assert (self.request.status is RequestStatus.PENDING) == bool(self.awaited)
            assert APPROVAL_REQUEST.replay(self.request_events) == self.request


def signed() -> Contract:
    contract = draft(
        ContractId("K1"),
        entity=EntityId("E1"),
        account=AccountId("A1"),
        amount=Money.of(1000, "CNY"),
        title="备件",
        owner=PEOPLE[0],
        now=NOON,
    ).after
    contract = submit(contract, request_id=RequestId("AR-1"), now=NOON).after
    flow = Flow("f", 1, (Step("one", (PEOPLE[1],)),))
    about = Subject("contract", "K1")
    request = submit_request(RequestId("AR-1"), flow=flow, about=about, amount=None, by=PEOPLE[0], now=NOON).after
    request = approve_request(request, by=PEOPLE[1], now=NOON).after
    return sign(approve(contract, approval=request, now=NOON).after, on=TODAY, now=NOON).after


OWN_HALVES = {LineId("3"): 1, LineId("4"): 0}
"""Two lines with a tolerance of their own, in halves; the others have the order's."""


def as_line(name: LineId, ordered: int, price: int, kind: LineKind, taken: int = 0) -> Line:
    adjustment = Money(-taken, "CNY") if taken else None
    tolerance = Decimal(OWN_HALVES[name]) / 2 if name in OWN_HALVES else None
    rate = Decimal("0.13")
    return Line(
        name, "P", Decimal(ordered), Decimal(price), rate, adjustment=adjustment, kind=kind, tolerance=tolerance
    )


class Unit:
    """One piece of goods: in which batch it came for which line, and what it was from which day of April on."""

    def __init__(self, batch: str, line: LineId, on: int) -> None:
        self.batch, self.line, self.states = batch, line, [(on, "waits")]

    def state(self, on: int = 30) -> str:
        return next((state for since, state in reversed(self.states) if since <= on), "nowhere")


@st.composite
def new_lines(draw: st.DrawFn) -> dict[LineId, tuple[int, int, LineKind]]:
    names = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    return {
        name: (draw(st.integers(0, 9)), draw(st.integers(0, 50)), draw(st.sampled_from(LineKind))) for name in names
    }


some_units = st.dictionaries(st.sampled_from(IDS), st.integers(1, 4), min_size=1, max_size=2)


class OrderMachine(RuleBasedStateMachine):
    """One order; the oracle is what each line costs in fen, what is ordered of it, and the life of every single piece of goods."""

    @initialize(
        lines=new_lines(), done=st.integers(0, 4), halves=st.integers(0, 1), percent=st.none() | st.integers(0, 150)
    )
    def place(
        self, lines: dict[LineId, tuple[int, int, LineKind]], done: int, halves: int, percent: int | None
    ) -> None:
        """A new order, a delivered one, or one that is accepted, rejected or given back too."""
        made = [as_line(name, *facts) for name, facts in lines.items()]
        change = place_order(
            OrderId("SO-1"),
            contract=signed(),
            lines=made,
            currency="CNY",
            tolerance=Decimal(halves) / 2,
            on=TODAY,
            now=NOON,
        )
        self.order: Order = change.after
        self.versions, self.events, self.halves = [change.after], [*change.events], halves
        self.ordered = {name: quantity for name, (quantity, _, _) in lines.items()}
        self.cost = {name: quantity * price * 100 for name, (quantity, price, _) in lines.items()}
        self.terms = [(0, self.ordered, sum(self.cost.values()))]
        self.units: list[Unit] = []
        self.plans: dict[str, tuple[dict[LineId, int], int]] = {}
        self.first: dict[str, dict[LineId, int]] = {}
        self.changes: list[int] = []
        self.owner = "li"
        if done:
            self.deliver_the_rest()
        if done > 1 and self.first:
            [self.accept, self.reject, self.give_back][done - 2]("rest 0", None, 5)
        if percent is not None:
            self.let_off(0, percent)

    def moved(self, change: Change[Any, Any] | None) -> bool:
        if change is not None:
            self.order, self.events = change.after, [*self.events, *change.events]
            self.versions.append(change.after)
        return change is not None

    def count(self, name: LineId | None, states: str, *, batch: str | None = None, on: int = 30) -> int:
        return sum(
            unit.state(on) in states.split()
            for unit in self.units
            if name in (None, unit.line) and batch in (None, unit.batch)
        )

    def kept(self, name: LineId, on: int = 30) -> int:
        return self.count(name, "waits accepted", on=on)

    def peak(self, name: LineId, since: int) -> int:
        return max(self.kept(name, on) for on in range(since, 30))

    def ordered_on(self, on: int) -> dict[LineId, int]:
        return next(ordered for since, ordered, _ in reversed(self.terms) if since <= on)

    def left(self, name: LineId, since: int) -> int:
        """What more may come: the least that is left on any day from one on."""
        days = range(since, 30)
        return min(self.limit(name, self.ordered_on(on).get(name, 0)) - self.kept(name, on) for on in days)

    def limit(self, name: LineId, ordered: int) -> int:
        return ordered * (2 + OWN_HALVES.get(name, self.halves)) // 2

    def last_day(self, batch: str) -> int:
        return max((since for unit in self.units if unit.batch == batch for since, _ in unit.states), default=0)

    def whole(self, batch: str) -> bool:
        wanted = self.plans[batch][0] if batch in self.plans else self.first.get(batch, {})
        known = batch in self.plans or batch in self.first
        there = "waits accepted returned"
        return known and all(self.count(name, there, batch=batch) >= much for name, much in wanted.items())

    @rule(batch=st.sampled_from("abcdefgh"), quantities=some_units, on=st.integers(1, 9))
    def plan(self, batch: str, quantities: dict[LineId, int], on: int) -> None:
        planned = {name: sum(plan.get(name, 0) for plan, _ in self.plans.values()) for name in quantities}
        may = (
            batch not in self.plans
            and batch not in self.first
            and all(planned[name] + much <= self.ordered.get(name, -1) for name, much in quantities.items())
        )
        amounts = {name: Decimal(quantity) for name, quantity in quantities.items()}
        due_on = dt.date(2026, 4, on)
        verb = lambda: plan_batch(  # noqa: E731
            self.order, batch=batch, quantities=amounts, due_on=due_on, on=TODAY, now=NOON
        )
        if self.moved(attempt("plan_batch", may, verb)):
            self.plans[batch] = (quantities, on)

    @rule(batch=st.sampled_from("abcdefgh"), quantities=some_units, on=st.integers(1, 9))
    def deliver(self, batch: str, quantities: dict[LineId, int], on: int) -> None:
        may = (
            not self.whole(batch)
            and on >= self.last_day(batch)
            and all(name in self.ordered and much <= self.left(name, on) for name, much in quantities.items())
        )
        amounts = {name: Decimal(quantity) for name, quantity in quantities.items()}
        day = dt.date(2026, 4, on)
        verb = lambda: deliver(self.order, batch=batch, quantities=amounts, on=day, now=NOON)  # noqa: E731
        if self.moved(attempt("deliver", may, verb)):
            self.units += [Unit(batch, name, on) for name, much in quantities.items() for _ in range(much)]
            self.first.setdefault(batch, quantities)

    @rule()
    def deliver_the_rest(self) -> None:
        on = max(5, self.terms[-1][0])
        left = {name: min(self.left(name, on), quantity) for name, quantity in self.ordered.items()}
        left = {name: quantity for name, quantity in left.items() if quantity > 0}
        if left:
            self.deliver(f"rest {len(self.first)}", left, on)

    @precondition(lambda self: self.plans)
    @rule(data=st.data(), days=st.integers(0, 4))
    def deliver_as_planned(self, data: st.DataObject, days: int) -> None:
        batch = data.draw(st.sampled_from(sorted(self.plans)))
        self.deliver(batch, self.plans[batch][0], min(28, max(self.plans[batch][1], self.last_day(batch)) + days))

    @rule(verb=st.sampled_from(["accept", "reject", "give_back"]), part=st.none() | some_units, days=st.integers(0, 2))
    def handle_last(self, verb: str, part: dict[LineId, int] | None, days: int) -> None:
        """What seldom succeeds when it is drawn freely: a batch that is there, on a day after its last one."""
        if not self.count(None, "waits"):
            self.deliver_the_rest()
        if self.units:
            batch = self.units[-1].batch
            handle = {"accept": self.accept, "reject": self.reject, "give_back": self.give_back}[verb]
            handle(batch, part, min(28, self.last_day(batch) + days))

    def teardown(self) -> None:
        """Every story ends with each of them."""
        if hasattr(self, "order"):
            for percent in (50, 150):
                self.let_off(200 + percent, percent)
            for name in PEOPLE:
                self.hand_over(name)
            self.plan("y", dict.fromkeys(self.ordered, 1), 3)
            for verb in ("reject", "accept", "give_back"):
                self.handle_last(verb, None, 0)
                self.shift(100 + len(self.changes), 28 - len(self.changes) % 28, 9)
                self.order_is_as_the_oracle_says()
                self.batches_are_as_the_oracle_says()

    def settle(self, name: str, batch: str, part: dict[LineId, int] | None, on: int, states: str, verb: Any) -> bool:
        """Try a verb that takes units in some states out of a batch, all or some of them."""
        there = {line: self.count(line, states, batch=batch) for line in IDS}
        asked = {line: much for line, much in there.items() if much} if part is None else part
        may = (
            bool(asked)
            and on >= self.last_day(batch)
            and any(there.values())
            and all(much <= there[line] for line, much in asked.items())
        )
        amounts = None if part is None else {line: Decimal(much) for line, much in part.items()}
        day = dt.date(2026, 4, on)
        change = attempt(name, may, lambda: verb(self.order, batch=batch, quantities=amounts, on=day, now=NOON))
        if not self.moved(change):
            return False
        becomes = {"accept": "accepted", "reject": "rejected", "return_batch": "returned"}[name]
        for line, much in asked.items():
            mine = [u for u in self.units if (u.batch, u.line) == (batch, line) and u.state() in states.split()]
            for unit in sorted(mine, key=lambda unit: unit.state() != "waits")[:much]:
                unit.states.append((on, becomes))
        return True

    @rule(batch=st.sampled_from("abcdefgh"), part=st.none() | some_units, on=st.integers(1, 9))
    def accept(self, batch: str, part: dict[LineId, int] | None, on: int) -> None:
        self.settle("accept", batch, part, on, "waits", accept)

    @rule(batch=st.sampled_from("abcdefgh"), part=st.none() | some_units, on=st.integers(1, 9))
    def reject(self, batch: str, part: dict[LineId, int] | None, on: int) -> None:
        self.settle("reject", batch, part, on, "waits", partial(reject, reason="scratched"))

    @rule(batch=st.sampled_from("abcdefgh"), part=st.none() | some_units, on=st.integers(1, 9))
    def give_back(self, batch: str, part: dict[LineId, int] | None, on: int) -> None:
        verb = partial(return_batch, reason="broken")
        self.settle("return_batch", batch, part, on, "waits accepted", verb)

    def _amend(self, number: int, lines: list[Line], cost: dict[LineId, int], on: int = 9) -> None:
        ordered = {line.id: int(line.quantity) for line in lines}
        floors = all(self._fits(name, ordered, on) for name in self.ordered)
        may = on >= self.terms[-1][0] and floors and number not in self.changes and tuple(lines) != self.order.lines
        before = sum(self.cost.values())
        change = attempt(
            "amend",
            may,
            lambda: amend(
                self.order,
                change=ChangeId(f"CH-{number}"),
                lines=lines,
                reason="agreed",
                approval=None,
                on=dt.date(2026, 4, on),
                now=NOON,
            ),
        )
        if self.moved(change):
            self.ordered, self.cost = ordered, cost
            self.terms.append((on, ordered, sum(cost.values())))
            assert total((line.amount("CNY") for line in lines), "CNY") == self.order.amount
            self.changes.append(number)
            amendment = self.order.amendments[-1]
            assert (amendment.amount_before.minor, amendment.amount_after.minor) == (before, sum(cost.values()))

    @rule(number=st.integers(1, 99), due_on=st.integers(1, 28), on=st.integers(5, 9))
    def shift(self, number: int, due_on: int, on: int) -> None:
        if not self.plans:
            self.plan("z", dict.fromkeys(list(self.ordered)[:1], 1), 3)
        if not self.plans:
            return
        batch = max(self.plans)
        quantities, before = self.plans[batch]
        may = on >= self.terms[-1][0] and number not in self.changes and not self.whole(batch) and due_on != before
        day = dt.date(2026, 4, due_on)
        verb = lambda: amend(  # noqa: E731
            self.order,
            change=ChangeId(f"CH-{number}"),
            due_on={batch: day},
            reason="agreed",
            approval=None,
            on=dt.date(2026, 4, on),
            now=NOON,
        )
        earlier = self.order
        if self.moved(attempt("shift", may, verb)):
            self.plans[batch] = (quantities, due_on)
            self.changes.append(number)
            self.terms.append((on, self.ordered, sum(self.cost.values())))
            assert diff_dates(earlier, self.order) == self.order.amendments[-1].due_changes
            assert self.order.at_revision(earlier.revision) == attrs.evolve(earlier, version=0)

    def _fits(self, name: LineId, ordered: dict[LineId, int], on: int) -> bool:
        floor, quantity = self.peak(name, on), ordered.get(name, 0)
        return floor <= self.limit(name, quantity) and quantity >= min(floor, self.ordered[name])

    @rule(number=st.integers(1, 99), lines=new_lines(), on=st.integers(5, 9))
    def amend(self, number: int, lines: dict[LineId, tuple[int, int, LineKind]], on: int) -> None:
        made = [as_line(name, *facts) for name, facts in lines.items()]
        self._amend(number, made, {name: quantity * price * 100 for name, (quantity, price, _) in lines.items()}, on)

    @rule(number=st.integers(1, 99), name=st.sampled_from(IDS), more=st.integers(-2, 3))
    def requantify(self, number: int, name: LineId, more: int) -> None:
        lines, cost = list(self.order.lines), dict(self.cost)
        for place, line in enumerate(lines):
            if line.id == name and line.adjustment is None and line.quantity + more >= 0:
                lines[place] = attrs.evolve(line, quantity=line.quantity + more)
                cost[name] = int(lines[place].quantity * line.unit_price) * 100
        self._amend(number, lines, cost)

    @rule(number=st.integers(1, 99), percent=st.integers(0, 150))
    def let_off(self, number: int, percent: int) -> None:
        whole = sum(self.cost.values())
        amount = whole * percent // 100
        try:
            lines = reduce_lines(self.order.lines, Money(amount, "CNY"))
        except Refused:
            assert amount > whole
            refused["reduce_lines"] += 1
            return
        assert amount <= whole
        accepted["reduce_lines"] += 1
        cost = {line.id: line.amount("CNY").minor for line in lines}
        assert sum(cost.values()) == whole - amount
        self._amend(number, list(lines), cost)

    @rule(to=st.sampled_from(PEOPLE))
    def hand_over(self, to: ActorId) -> None:
        may = to != self.owner
        if self.moved(attempt("hand_over", may, lambda: hand_over(self.order, to=to, reason="", now=NOON))):
            self.owner = to

    @rule(data=st.data())
    def compare_versions(self, data: st.DataObject) -> None:
        one, other = data.draw(st.sampled_from(self.versions)), data.draw(st.sampled_from(self.versions))
        delta = total((change.difference("CNY") for change in diff(one, other)), "CNY")
        assert other.amount - one.amount == delta

    @invariant()
    def order_is_as_the_oracle_says(self) -> None:
        if not hasattr(self, "order"):
            return
        assert (self.order.owner, self.order.amount.minor) == (self.owner, sum(self.cost.values()))
        for on in (5, 8):
            self.check_positions(self.order.as_of(dt.date(2026, 4, on)), on)
        self.check_positions(self.order, 30)
        assert ORDER.replay(self.events) == self.order

    def check_positions(self, order: Order, on: int) -> None:
        positions = {place.line: place for place in order.position()}
        ordered = self.ordered_on(on)
        assert positions.keys() == ordered.keys()
        assert order.amount.minor == next(amount for since, _, amount in reversed(self.terms) if since <= on)
        for name, place in positions.items():
            expected = (
                ordered[name],
                sum(plan.get(name, 0) for plan, _ in self.plans.values()),
                self.count(name, "waits accepted returned", on=on),
                self.count(name, "accepted", on=on),
                self.count(name, "returned", on=on),
            )
            found = (place.ordered, place.planned, place.delivered, place.accepted, place.returned)
            assert tuple(map(int, found)) == expected
            assert place.accepted <= place.kept <= order.limit(name)

    @invariant()
    def completion_is_as_the_oracle_says(self) -> None:
        if not hasattr(self, "order"):
            return
        goods = [line.id for line in self.order.lines if line.quantity and line.kind is LineKind.GOODS]
        wanted = goods or [line.id for line in self.order.lines if line.quantity]
        for states, found in (("waits accepted", self.order.delivered_on), ("accepted", self.order.accepted_on)):
            short = [
                on for on in range(29) if any(self.count(name, states, on=on) < self.ordered[name] for name in wanted)
            ]
            since = short[-1] + 1 if short else None
            assert found == (dt.date(2026, 4, since) if wanted and since and since < 29 else None)

    @invariant()
    def batches_are_as_the_oracle_says(self) -> None:
        if not hasattr(self, "order"):
            return
        planned = {batch.id: batch.plan.due_on.day for batch in self.order.batches if batch.plan}
        assert planned == {batch: due_on for batch, (_, due_on) in self.plans.items()}
        assert {batch.id for batch in self.order.batches} == self.plans.keys() | self.first.keys()
        for batch in self.order.batches:
            assert (batch.delivered_on is not None) == self.whole(batch.id)
            waits = self.count(None, "waits", batch=batch.id)
            taken = any(state == "accepted" for u in self.units if u.batch == batch.id for _, state in u.states)
            assert (batch.accepted_on is not None) == (self.whole(batch.id) and not waits and taken)


SETTINGS = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_random_contracts_do_what_the_oracle_says() -> None:
    accepted.clear()
    refused.clear()
    run_state_machine_as_test(ContractMachine, settings=SETTINGS)
    verbs = ("revise", "submit", "decide", "revoke", "approve", "send_back", "sign", "hand_over")
    assert {verb for verb in verbs if accepted[verb] < 5} == set(), accepted
    assert {verb for verb in verbs if refused[verb] < 5} == set(), refused


def test_random_orders_do_what_the_oracle_says() -> None:
    accepted.clear()
    refused.clear()
    run_state_machine_as_test(OrderMachine, settings=SETTINGS)
    verbs = ("plan_batch", "deliver", "accept", "reject", "return_batch", "amend", "shift", "reduce_lines", "hand_over")
    assert {verb for verb in verbs if accepted[verb] < 20} == set(), accepted
    assert {verb for verb in verbs if refused[verb] < 20} == set(), refused
