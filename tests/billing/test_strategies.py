"""Every strategy against the protocol, and each against an oracle of its own."""

import datetime as dt
import itertools
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ltc.billing import (
    Component,
    OpenItem,
    Strategy,
    designated,
    earliest_due,
    exact_match,
    highest_by,
    highest_first,
    in_turn,
    legal_order,
    lowest_first,
    newest_first,
    oldest_first,
    proportional,
    statutory,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.ids import AccountId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import TODAY

DAY = dt.timedelta(days=1)
COSTS, INTEREST, PRINCIPAL = Component


def fen(minor: int) -> Money:
    return Money(minor, "CNY")


def item(name: str, minor: int, *, due: int = 0, raised: int | None = 0, component: Component = PRINCIPAL) -> OpenItem:
    raised_on = None if raised is None else TODAY + raised * DAY
    return OpenItem(name, AccountId("A1"), TODAY + due * DAY, fen(minor), raised_on=raised_on, component=component)


def given_by(strategy: Strategy, minor: int, items: Sequence[OpenItem]) -> list[tuple[str, int]]:
    return [(part.receivable, part.amount.minor) for part in strategy.distribute(fen(minor), items)]


SOME = [
    item("a", 30, due=3, raised=1),
    item("b", 50, due=1, raised=2),
    item("c", 20, due=1, raised=1),
    item("d", 50, due=9, raised=None),
]


@pytest.mark.parametrize(
    "strategy, order",
    [
        (oldest_first, "cabd"),
        (newest_first, "dbac"),
        (earliest_due, "cbad"),
        (highest_first, "bdac"),
        (lowest_first, "cabd"),
        (highest_by({ReceivableId(name): weight for name, weight in zip("abcd", "1342", strict=True)}), "cbda"),
        (highest_by({ReceivableId(name): Decimal("0.1") for name in "abcdx"}), "cbad"),
        (in_turn(designated(ReceivableId("d")), lowest_first), "dcab"),
        (legal_order, "bcad"),
        (statutory(then=highest_first), "bdac"),
    ],
)
def test_the_order(strategy: Strategy, order: str) -> None:
    opens = {owed.id: owed.open.minor for owed in SOME}
    for given_items in itertools.permutations(SOME):
        whole = given_by(strategy, 999, given_items)
        assert whole == [(name, opens[name]) for name in order], "whatever the order in which they are given"
    if strategy is not legal_order:
        assert given_by(strategy, opens[order[0]] + 1, SOME) == [(order[0], opens[order[0]]), (order[1], 1)]
    assert not given_by(strategy, 0, SOME)


ITEMS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 3), st.integers(0, 3), st.sampled_from(Component)),
    min_size=1,
    max_size=7,
).map(
    lambda rows: [
        item(f"r{n}", minor, due=due, raised=raised, component=of) for n, (minor, due, raised, of) in enumerate(rows)
    ]
)
STRATEGIES: list[Strategy] = [
    oldest_first,
    newest_first,
    earliest_due,
    highest_first,
    lowest_first,
    proportional,
    legal_order,
    statutory(),
    statutory(order=(PRINCIPAL, INTEREST, COSTS), then=proportional),
    exact_match(otherwise=lowest_first),
    exact_match(otherwise=exact_match(otherwise=proportional)),
    highest_by({ReceivableId(f"r{n}"): n % 3 for n in range(7)}),
    in_turn(proportional, earliest_due),
    in_turn(designated(ReceivableId("r0")), statutory(), newest_first),
]


@pytest.mark.parametrize("strategy", STRATEGIES)
@given(items=ITEMS, minor=st.integers(0, 300))
@settings(max_examples=60)
def test_a_strategy_gives_what_is_there_to_whom_it_may(strategy: Strategy, items: list[OpenItem], minor: int) -> None:
    parts = strategy.distribute(fen(minor), items)
    opens = {owed.id: owed.open for owed in items}
    assert len({part.receivable for part in parts}) == len(parts)
    assert all(fen(0) < part.amount <= opens[part.receivable] for part in parts)
    owed = sum(owed.open.minor for owed in items)
    assert sum(part.amount.minor for part in parts) == min(minor, owed)
    assert list(strategy.distribute(fen(minor), items)) == list(parts)
    for part in parts:
        for locale in ("en", "zh_CN"):
            assert part.reason.say(locale)


@given(ITEMS, st.integers(0, 300))
def test_proportional_is_the_largest_remainder_in_fractions(items: list[OpenItem], minor: int) -> None:
    opens = [owed.open.minor for owed in items]
    amount = min(minor, sum(opens))
    exact = [Fraction(amount * owed, sum(opens)) for owed in opens]
    whole = [int(share) for share in exact]
    by_fraction = sorted(range(len(items)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_fraction[: amount - sum(whole)]:
        whole[place] += 1
    assert given_by(proportional, minor, items) == [(f"r{n}", part) for n, part in enumerate(whole) if part]
    assert all(0 <= part <= owed for part, owed in zip(whole, opens, strict=True))


def fewest_then_earliest(items: Sequence[OpenItem], minor: int) -> list[str] | None:
    """Try every set, the small ones first, each size in the order of due dates: the first that sums up."""
    ordered = sorted(items, key=lambda owed: (owed.due_on, owed.raised_on, owed.id))
    for size in range(1, len(ordered) + 1):
        for chosen in itertools.combinations(ordered, size):
            if sum(owed.open.minor for owed in chosen) == minor:
                return [owed.id for owed in chosen]
    return None


FEW_KINDS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 5, 8, 8, 13, 40]), st.integers(0, 4)), min_size=1, max_size=10
).map(lambda rows: [item(f"r{n}", minor, due=due) for n, (minor, due) in enumerate(rows)])


@given(FEW_KINDS, st.integers(1, 60))
@settings(max_examples=300)
@example([item("r0", 3), item("r1", 2, due=1), item("r2", 2, due=2)], 7)
def test_an_exact_match_is_found_if_and_only_if_there_is_one(items: list[OpenItem], minor: int) -> None:
    expected = fewest_then_earliest(items, minor)
    if expected is None:
        with pytest.raises(Refused) as refusal:
            exact_match().distribute(fen(minor), items)
        assert refusal.value.code == "receipt.no_exact_match"
        assert given_by(exact_match(otherwise=earliest_due), minor, items) == given_by(earliest_due, minor, items)
        return
    parts = exact_match().distribute(fen(minor), items)
    assert [part.receivable for part in parts] == expected
    assert {part.reason["count"] for part in parts} == {len(expected)}
    assert all(part.amount == next(owed.open for owed in items if owed.id == part.receivable) for part in parts)


def test_the_bound_of_exact_match_is_what_it_says() -> None:
    """One, two, three and all are found anywhere; more only among those due earliest that fit."""
    items = [item(f"r{n:02}", 1000 + 2**n, due=n) for n in range(12)]
    late = [owed.open.minor for owed in items[-4:]]
    assert len(given_by(exact_match(among=1), sum(late[1:]), items)) == 3
    assert len(given_by(exact_match(), sum(late), items)) == 4
    narrow = exact_match(among=11, otherwise=proportional)
    assert narrow.distribute(fen(sum(late)), items)[0].reason.code == "receipt.proportional"
    assert given_by(exact_match(among=1), late[0], items) == [("r08", late[0])]
    assert given_by(exact_match(among=1), late[0] + late[2], items) == [("r08", late[0]), ("r10", late[2])]
    whole = sum(owed.open.minor for owed in items)
    assert len(given_by(exact_match(among=1), whole, items)) == 12
    assert given_by(exact_match(among=3), 3007, [item("huge", 9999, due=-1), *items]) == [
        ("r00", 1001),
        ("r01", 1002),
        ("r02", 1004),
    ]


def test_where_the_search_was_cut_off_the_refusal_says_what_was_searched() -> None:
    big = [item(f"r{n:03}", 10**8 + 3**n % 999_983, due=n) for n in range(60)]
    assert [part.receivable for part in exact_match().distribute(fen(minor_of(big, 25, 30, 35)), big)] == [
        *("r025", "r030", "r035")
    ]
    assert len(exact_match().distribute(fen(minor_of(big, 0, 7, 9, 23)), big)) == 4
    beyond = minor_of(big, 1, 2, 3, 59)
    searched = r"none found .* of the 60 open .* among the 60 due earliest, more among 24;"
    with pytest.raises(Refused, match=searched) as told:
        exact_match().distribute(fen(beyond), big)
    assert told.value.code == "receipt.exact_match_cut_off"
    assert told.value.facts["among"] == 24
    with pytest.raises(Refused, match="no set of the"):  # all of them together are less: that was searched
        exact_match().distribute(fen(10**12), big)


def minor_of(items: list[OpenItem], *places: int) -> int:
    return sum(items[place].open.minor for place in places)


@pytest.mark.parametrize("last, found", [(499, True), (500, False)])
def test_sets_of_three_are_looked_for_among_five_hundred(last: int, found: bool) -> None:
    """Only the receivables at 0, 1 and `last` together have the odd fen."""
    odd = {0: 1, 1: 10, last: 100}
    items = [item(f"r{n:03}", 10**9 + odd.get(n, 0), due=n) for n in range(520)]
    if found:
        assert [place for place, _ in given_by(exact_match(), 3 * 10**9 + 111, items)] == ["r000", "r001", f"r{last}"]
        return
    with pytest.raises(Refused, match=r"of the 520 open .* three were looked for among the 500 due earliest"):
        exact_match().distribute(fen(3 * 10**9 + 111), items)


def test_forty_receivables_are_searched_in_no_time() -> None:
    """An adversary: all sums are different, none fits."""
    items = [item(f"r{n:02}", 2**n * 2) for n in range(60)]
    with pytest.raises(Refused, match="no set of the 60 open receivables"):
        exact_match().distribute(fen(2**24 - 1), items)


@pytest.mark.parametrize("among", [0, 41, -1])
def test_the_bound_has_bounds(among: int) -> None:
    with pytest.raises(InvalidValue, match="use 1 to 40"):
        exact_match(among=among)
    wrong: Any = True
    with pytest.raises(InvalidType, match="among is True; pass a int"):
        exact_match(among=wrong)


def test_what_weighs_needs_a_weight() -> None:
    with pytest.raises(Refused, match="receivable b has something open, but no weight by which to settle it; give one"):
        highest_by({ReceivableId("a"): 1}).distribute(fen(1), SOME)
    wrong: Any = 0.1
    with pytest.raises(InvalidType):
        highest_by({ReceivableId("a"): wrong})


def test_one_part_where_two_strategies_give() -> None:
    halves = in_turn(proportional, earliest_due)
    assert given_by(halves, 100, [item("a", 60), item("b", 60)]) == [("a", 50), ("b", 50)]

    class Half:
        def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Any:
            [first, *_] = earliest_due.distribute(fen(amount.minor // 2), items)
            return [first]

    both = in_turn(Half(), earliest_due).distribute(fen(40), [item("a", 30, due=1), item("b", 30, due=2)])
    assert [(part.receivable, part.amount.minor, part.reason.code) for part in both] == [
        ("a", 30, "receipt.earliest_due"),
        ("b", 10, "receipt.earliest_due"),
    ]


OWED = [
    item("p2", 40, due=2),
    item("p1", 40, due=1),
    item("i2", 10, due=2, component=INTEREST),
    item("i1", 10, due=1, component=INTEREST),
    item("c", 5, due=3, component=COSTS),
]


@pytest.mark.parametrize(
    "minor, order, expected",
    [
        (5, (COSTS, INTEREST, PRINCIPAL), [("c", 5)]),
        (17, (COSTS, INTEREST, PRINCIPAL), [("c", 5), ("i1", 10), ("i2", 2)]),
        (70, (COSTS, INTEREST, PRINCIPAL), [("c", 5), ("i1", 10), ("i2", 10), ("p1", 40), ("p2", 5)]),
        (70, (PRINCIPAL, COSTS, INTEREST), [("p1", 40), ("p2", 30)]),
        (91, (INTEREST, PRINCIPAL, COSTS), [("i1", 10), ("i2", 10), ("p1", 40), ("p2", 31)]),
    ],
)
def test_statutory_orders(minor: int, order: Sequence[Component], expected: list[tuple[str, int]]) -> None:
    assert given_by(statutory(order=order), minor, OWED) == expected


def test_what_is_due_on_one_day_shares() -> None:
    """Article 560: in the order of due dates, and in proportion where these are the same."""
    items = [item("a", 100, due=1), item("b", 50, due=1), item("c", 70)]
    assert given_by(legal_order, 100, items) == [("c", 70), ("a", 20), ("b", 10)]
    parts = statutory().distribute(fen(100), items)
    assert [(part.reason.code, part.reason["then"]) for part in parts] == [
        ("receipt.statutory_principal", "receipt.proportional")
    ] * 3
    nested = in_turn(statutory(then=statutory(then=earliest_due))).distribute(fen(1), items)
    assert nested[0].reason["then"] == "receipt.statutory_principal"


@pytest.mark.parametrize("order", [(), (COSTS,), (COSTS, COSTS, PRINCIPAL), (COSTS, INTEREST, PRINCIPAL, COSTS)])
def test_a_statutory_order_names_all_three(order: tuple[Component, ...]) -> None:
    with pytest.raises(InvalidValue, match="once each; give all three"):
        statutory(order=order)
