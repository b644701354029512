"""Expected cash by week against plain fractions, exact distributions, and what really came in."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc._billing.figures import cash_in as module
from ltc._billing.figures.lateness import Habit
from ltc.billing import CashBasis, CashIn, Lateness, OpenItem, Promised, cash_in, lateness_of, promises_of
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import AccountId, ReceiptId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, expected_cash, receivable
from ltc.testing.samples.dunning import promised

DAY = dt.timedelta(days=1)
IBM = Path(__file__).parents[3] / "shared" / "data" / "ibm_ar" / "accounts_receivable.csv"


def seen(party: str, *days: int, minor: int = 100, currency: str = "CNY") -> list[Lateness]:
    return [Lateness(AccountId(party), each, Money(minor, currency)) for each in days]


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


def owed(name: str, party: str, due: int, minor: int, currency: str = "CNY") -> OpenItem:
    """Return an item that is due so many days after the day of the story."""
    return OpenItem(name, AccountId(party), TODAY + due * DAY, Money(minor, currency))


def one(items: list[OpenItem], history: list[Lateness], **asked: Any) -> CashIn:
    [found] = cash_in(items, history=history, as_of=TODAY, **asked)
    return found


def expected(found: CashIn) -> list[int]:
    return [row.expected.minor for row in (*found.weeks, found.later)]


def test_the_shares_of_what_came_later_than_it_is_late_by_now() -> None:
    """3 days late: of 1, 4, 9, 11 and 30 days four are left, and a fifth stands for later than ever."""
    found = one([owed("I1", "A1", -3, 1000)], seen("A1", 1, 4, 9, 11, 30), weeks=2, enough=4)
    # 4, 9 -> days 1 and 6 from now; 11 -> day 8; 30 -> day 27
    assert expected(found) == [400, 200, 400]
    assert [(each.basis, each.sample) for each in found.items] == [(CashBasis.CUSTOMER, 4)]
    assert [(row.first, row.last) for row in (*found.weeks, found.later)] == [
        (TODAY + DAY, TODAY + 7 * DAY),
        (TODAY + 8 * DAY, TODAY + 14 * DAY),
        (TODAY + 15 * DAY, None),
    ]


def test_an_observation_weighs_as_much_as_its_money() -> None:
    history = [*seen("A1", 2, minor=300), *seen("A1", 9, minor=100)]
    # 300 : 100, and 200 (their mean) for later
    assert expected(one([owed("I1", "A1", 0, 600)], history, weeks=2, enough=2)) == [300, 100, 200]


def test_what_is_not_due_yet_comes_when_it_did_around_its_due_day() -> None:
    found = one([owed("I1", "A1", 10, 300)], seen("A1", -5, 2), weeks=2, enough=2)
    assert expected(found) == [100, 100, 100], "days 5 and 12 from now"
    assert expected(one([owed("I1", "A1", 10, 300)], seen("A1", -12, 2), weeks=2, enough=1)) == [0, 150, 150], (
        "the 12 is past"
    )


@pytest.mark.parametrize(
    "history, segments, basis, sample",
    [
        (seen("A1", *range(3)), {}, CashBasis.CUSTOMER, 3),
        ([*seen("A1", 1, 2), *seen("A2", 1)], {AccountId("A1"): "east", AccountId("A2"): "east"}, CashBasis.SEGMENT, 3),
        ([*seen("A1", 1, 2), *seen("A2", 1)], {"A1": "east", "A2": "west"}, CashBasis.ALL, 3),
        ([*seen("A1", 1, 2), *seen("A2", 1)], {"A2": "east"}, CashBasis.ALL, 3),
        (seen("A9", 1), {}, CashBasis.ALL, 1),
        ([*seen("A1", -1, -1, -1), *seen("A9", 4)], {}, CashBasis.ALL, 1),
        (seen("A1", -1, -1, -1), {}, CashBasis.NONE, 0),
        (seen("A1", 1, 2, 3, currency="USD"), {}, CashBasis.NONE, 0),
        ([], {}, CashBasis.NONE, 0),
    ],
)
def test_the_ladder(history: list[Lateness], segments: dict[AccountId, str], basis: CashBasis, sample: int) -> None:
    found = one([owed("I1", "A1", 1, 90)], history, segments=segments, enough=3, weeks=1)
    assert [(each.basis, each.sample) for each in found.items] == [(basis, sample)]
    assert found.least_sample == sample
    if basis is CashBasis.NONE:
        assert expected(found) == [0, 90]
        assert (found.later.low.minor, found.later.high.minor) == (90, 90)


def test_a_promise_is_believed_while_it_lies_ahead() -> None:
    items = [owed("I1", "A1", -90, 70), owed("I2", "A1", -90, 30), owed("I3", "A1", -90, 5), owed("I4", "A1", -1, 90)]
    promises = {
        "I1": Promised(TODAY + 8 * DAY, fen(70)),
        "I2": Promised(TODAY, fen(30)),
        "I3": Promised(TODAY + 99 * DAY, fen(500)),  # more than is open
        "I4": Promised(TODAY + 7 * DAY, fen(50)),
    }
    found = one(items, seen("A1", 20), promises=promises, weeks=2, enough=1)
    # of I4 40 are left: half on day 19, as the one observation was, half later
    assert expected(found) == [50, 70, 75]
    assert [(each.id, each.basis, each.amount.minor) for each in found.items] == [
        ("I1", CashBasis.PROMISE, 70),
        ("I2", CashBasis.NONE, 30),
        ("I3", CashBasis.PROMISE, 5),
        ("I4", CashBasis.PROMISE, 50),
        ("I4", CashBasis.CUSTOMER, 40),
    ]
    assert (found.weeks[1].low.minor, found.weeks[1].high.minor, found.least_sample) == (70, 70, 1)


def test_the_promises_of_receivables() -> None:
    debt = promised().after
    [standing] = debt.promises
    assert promises_of([debt], standing.on) == {"P1/1": Promised(standing.until, debt.promised_as_of(standing.on))}
    assert promises_of([debt], standing.until + DAY) == {}, "it was broken"
    assert promises_of([receivable()], TODAY) == {}
    with pytest.raises(InvalidValue, match="give more than zero"):
        Promised(TODAY, fen(0))


def test_currencies_stay_apart_and_credits_are_no_cash() -> None:
    items = [owed("I1", "A1", 0, 5), owed("I2", "A1", 0, 7, "USD"), owed("C1", "A1", 0, -9), owed("Z", "A1", 0, 0)]
    found = cash_in(items, history=seen("A1", 1), as_of=TODAY)
    assert [(each.currency, each.open.minor, [item.id for item in each.items]) for each in found] == [
        ("CNY", 5, ["I1"]),
        ("USD", 7, ["I2"]),
    ]
    assert all(len(each.weeks) == 13 for each in found)
    assert cash_in([], history=[], as_of=TODAY) == ()


ITEMS = st.lists(
    st.tuples(st.sampled_from(["A1", "A2", "A3"]), st.integers(-40, 40), st.integers(1, 10**6)), min_size=1, max_size=8
)
HISTORY = st.lists(
    st.tuples(st.sampled_from(["A1", "A2"]), st.integers(-30, 60), st.integers(1, 10**4)), min_size=0, max_size=25
)
SEGMENTS = {AccountId("A1"): "east", AccountId("A3"): "east"}


def plainly(item: OpenItem, history: list[Lateness], weeks: int, enough: int) -> list[Fraction]:
    """Return what is expected of an item, the slow way."""
    late = (TODAY - item.due_on).days

    def of(party: AccountId) -> str:
        return SEGMENTS.get(party, "")

    own = [each for each in history if each.party == item.party and each.days > late]
    like = [each for each in history if of(item.party) and of(each.party) == of(item.party) and each.days > late]
    every = [each for each in history if each.days > late]
    used = own if len(own) >= enough else like if len(like) >= enough else every
    parts = [Fraction(0)] * (weeks + 1)
    if not used:
        parts[-1] = Fraction(item.open.minor)
        return parts
    mean = Fraction(sum(each.amount.minor for each in used), len(used))
    whole = mean * (len(used) + 1)
    for each in used:
        week = 0
        while week < weeks and each.days - late > 7 * (week + 1):
            week += 1
        parts[week] += Fraction(each.amount.minor) / whole * item.open.minor
    parts[-1] += mean / whole * item.open.minor
    return parts


@given(ITEMS, HISTORY, st.integers(1, 4), st.integers(1, 6), st.randoms(use_true_random=False))
def test_expectations_are_those_of_plain_fractions_and_sum_to_what_is_open(
    items: list[tuple[str, int, int]], history: list[tuple[str, int, int]], weeks: int, enough: int, rng: Any
) -> None:
    open_ = [owed(f"I{number}", *each) for number, each in enumerate(items)]
    past = [Lateness(AccountId(party), days, Money(minor, "CNY")) for party, days, minor in history]
    found = one(open_, past, weeks=weeks, enough=enough, segments=SEGMENTS)
    assert sum(expected(found)) == found.open.minor == sum(minor for _, _, minor in items)
    exact = [sum(parts) for parts in zip(*(plainly(item, past, weeks, enough) for item in open_), strict=True)]
    for got, wanted in zip(expected(found), exact, strict=True):
        assert abs(got - wanted) < len(items)
    for row in (*found.weeks, found.later):
        assert 0 <= row.low.minor <= row.high.minor <= found.open.minor
    rng.shuffle(open_)
    rng.shuffle(past)
    assert one(open_, past, weeks=weeks, enough=enough, segments=SEGMENTS) == found, "in whatever order they are given"
    alone = [one([item], past, weeks=weeks, enough=enough, segments=SEGMENTS) for item in open_]
    assert [sum(parts) for parts in zip(*map(expected, alone), strict=True)] == expected(found)


def test_a_model_that_forgets_how_late_it_is_already_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_all(habit: Habit, _: int) -> int:
        return len(habit.days)

    monkeypatch.setattr(Habit, "count_after", of_all)
    late = owed("I1", "A1", -3, 1000)
    wrong = expected(one([late], seen("A1", 1, 4, 9, 11, 30), weeks=2, enough=4))
    right = [round(part) for part in plainly(late, seen("A1", 1, 4, 9, 11, 30), 2, 4)]
    assert wrong != right == [400, 200, 400]


@given(ITEMS, st.lists(st.integers(-20, 40), min_size=20, max_size=30))
def test_intervals_hold_as_much_of_the_exact_distribution_as_they_say(
    items: list[tuple[str, int, int]], days: list[int]
) -> None:
    """Of sums of independent items, each with its shares: by convolution, which the scenarios stand for."""
    open_ = [owed(f"I{number}", *each) for number, each in enumerate(items)]
    history = seen("A1", *days)
    found = one(open_, history, weeks=3, enough=1)
    for week, row in enumerate((*found.weeks, found.later)):
        sums: dict[int, Fraction] = {0: Fraction(1)}
        for item in open_:
            share = plainly(item, history, 3, 1)[week] / item.open.minor
            after: dict[int, Fraction] = defaultdict(Fraction)
            for minor, chance in sums.items():
                after[minor] += chance * (1 - share)
                after[minor + item.open.minor] += chance * share
            sums = after
        held = sum(chance for minor, chance in sums.items() if row.low.minor <= minor <= row.high.minor)
        assert held >= Fraction(70, 100), "80 % is asked for; 251 scenarios of at most 8 items come near"


def test_a_higher_level_is_a_wider_interval() -> None:
    items = [owed(f"I{number}", "A1", number % 9 - 4, 100 + number) for number in range(40)]
    history = seen("A1", *range(-5, 35))
    narrow, wide = (one(items, history, weeks=4, level=level) for level in ("0.5", Decimal("0.95")))
    assert [row.expected for row in narrow.weeks] == [row.expected for row in wide.weeks]
    for low, high in zip(narrow.weeks, wide.weeks, strict=True):
        assert high.low <= low.low <= low.high <= high.high
        assert low.low.minor < low.expected.minor < low.high.minor
    assert wide.level == Decimal("0.95")


def test_each_item_goes_through_all_scenarios_in_an_order_of_its_own() -> None:
    weights = [1] * 251
    orders = [tuple(module._weeks_of(f"I{number}", weights)) for number in range(200)]
    assert all(sorted(order) == list(range(251)) for order in orders)
    assert len(set(orders)) == 200


@pytest.mark.parametrize("asked", [{"weeks": 0}, {"enough": 0}, {"level": "0"}, {"level": "1"}])
def test_what_tells_nothing_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match="give 1 or more of both, and a level between 0 and 1"):
        cash_in([], history=[], as_of=TODAY, **asked)


def test_what_is_no_observation_is_refused() -> None:
    with pytest.raises(InvalidType, match=r"days is 1\.5; pass an int"):
        Lateness(AccountId("A1"), 1.5, Money(1, "CNY"))  # type: ignore[arg-type]  # half a day
    with pytest.raises(InvalidValue, match="give more than zero"):
        Lateness(AccountId("A1"), 1, Money(0, "CNY"))
    with pytest.raises(InvalidType, match="pass a datetime"):
        cash_in([], history=[], as_of=NOON)


def test_the_history_of_receivables() -> None:
    """12,000 on day 5, and the rest on day 9, which is taken back later."""
    debt, receipt = receivable(), None
    moves = [("R1", "12000", 5), ("R2", "18000", 9)]
    for name, amount, day in moves:
        money = billing.receive(
            ReceiptId(name), entity=debt.entity, party=debt.party, amount=Money.of(amount, "CNY"), on=TODAY, now=NOON
        )
        paid, *settled = billing.apply(money.after, [debt], on=TODAY + day * DAY, now=NOON)
        debt, receipt = settled[0].after, paid.after
    assert lateness_of([debt], TODAY + 4 * DAY) == ()
    assert lateness_of([debt], TODAY + 5 * DAY) == (Lateness(debt.party, 5, Money.of("12000", "CNY")),)
    assert [each.days for each in lateness_of([debt], TODAY + 9 * DAY)] == [5, 9]
    assert receipt is not None
    _, back = billing.unapply(receipt, debt, application="R2/1", reason="", on=TODAY + 10 * DAY, now=NOON)
    assert [each.days for each in lateness_of([back.after], TODAY + 9 * DAY)] == [5], "taken back since"
    by_note = billing.ReceivableSettled(
        debt.id, billing.SettlementKind.RED_LETTER, "N1", "N1/1", amount=Money(1, "CNY"), on=TODAY, at=NOON
    )
    credited = billing.RECEIVABLE.change(receivable(), by_note).after
    assert lateness_of([credited], TODAY) == (), "a red letter says nothing about lateness"


def test_the_sample_of_the_story() -> None:
    cash = expected_cash()
    assert sum(expected(cash)) == cash.open.minor
    assert cash.least_sample == 29


class Bill(NamedTuple):
    name: str
    party: AccountId
    amount: Money
    issued: dt.date
    due: dt.date
    paid: dt.date


def real_bills() -> Iterator[Bill]:
    def read(text: str) -> dt.date:
        month, day, year = map(int, text.split("/"))
        return dt.date(year, month, day)

    with IBM.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days = (read(row[name]) for name in ("InvoiceDate", "DueDate", "SettledDate"))
            yield Bill(row["invoiceNumber"], AccountId(row["customerID"]), Money.of(row["InvoiceAmount"], "USD"), *days)


@pytest.mark.skipif(not IBM.is_file(), reason="the IBM receivables are not at ../shared/data/ibm_ar")
def test_the_back_test_on_real_invoices() -> None:
    """Every 10 days over 8 months: six weeks ahead, of what was open then, from what had been settled by then."""
    bills, rows, held, cash, said, missed, naive = list(real_bills()), 0, 0, 0, 0, 0, 0
    for step in range(26):
        as_of = dt.date(2012, 6, 30) + 10 * step * DAY
        history = [
            Lateness(bill.party, (bill.paid - bill.due).days, bill.amount) for bill in bills if bill.paid <= as_of
        ]
        still = [bill for bill in bills if bill.issued <= as_of < bill.paid]
        items = [OpenItem(bill.name, bill.party, bill.due, bill.amount) for bill in still]
        [found] = cash_in(items, history=history, as_of=as_of, weeks=6)
        for row in found.weeks:
            week = [row.first + day * DAY for day in range(7)]
            true = sum(bill.amount.minor for bill in still if bill.paid in week)
            rows += 1
            held += row.low.minor <= true <= row.high.minor
            cash += true
            said += row.expected.minor
            missed += abs(row.expected.minor - true)
            naive += abs(sum(bill.amount.minor for bill in still if bill.due in week) - true)
    assert rows == 156
    assert Fraction(74, 100) <= Fraction(held, rows) <= Fraction(90, 100), "intervals of 80 %"
    assert abs(Fraction(said, cash) - 1) < Fraction(4, 100), "no bias to speak of"
    assert missed * 2 < naive, "half the error of believing due days"
