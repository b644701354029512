"""Who may have paid a bank line: each kind of evidence, ranks and ties, and an oracle that tries every set of open items."""

import datetime as dt
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.billing import LineMatch, MatchPolicy, Numbered, OpenItem, Payer, match_line, record_line
from ltc.errors import InvalidValue
from ltc.ids import AccountId, BankLineId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.bank_lines import NOON, TODAY, bank_line, claimed_line
from ltc.testing.samples.billing import ENTITY

DAY = dt.timedelta(days=1)
A1, A2, A3 = AccountId("A1"), AccountId("A2"), AccountId("A3")


def fen(minor: int, currency: str = "CNY") -> Money:
    return Money(minor, currency)


def item(name: str, minor: int, due: int = 0, currency: str = "CNY") -> OpenItem:
    return OpenItem(name, A1, TODAY + due * DAY, fen(minor, currency))


def matched(
    payers: Sequence[Payer],
    *,
    minor: int = 10_000,
    name: str | None = None,
    account: str | None = None,
    remark: str = "",
    **policy: Any,
) -> tuple[LineMatch, ...]:
    line = record_line(
        BankLineId("B1"),
        entity=ENTITY,
        bank_account="1",
        amount=fen(minor),
        on=TODAY,
        payer_name=name,
        payer_account=account,
        remark=remark,
        now=NOON,
    )
    return match_line(line.after, payers, policy=MatchPolicy(**policy))


def told(matches: Sequence[LineMatch]) -> list[tuple[int, str, int, list[str], list[str]]]:
    """Return rank, customer, strength, receivables and the codes of the reasons."""
    return [
        (match.rank, match.party, match.strength, list(match.receivables), [reason.code for reason in match.reasons])
        for match in matches
    ]


HUADONG = Payer(A1, names=("华东机械有限公司", "苏州华东"), accounts=("6217-8800-1234",))


@pytest.mark.parametrize(
    "name, account, remark, code, strength",
    [
        ("华东机械有限公司", None, "", "match.name", 40),
        ("华东机械（中国）有限责任公司", None, "", "match.name", 40),  # the legal form is no part of a name
        ("苏州华东", None, "", "match.name", 40),  # an alias
        ("华东机械有限公司苏州分公司", None, "", "match.name_begins", 15),
        ("华东机械", None, "", "match.name", 40),
        ("上海贸易", None, "代华东机械付货款", "match.name_in_remark", 15),
        (None, "6217 8800 1234", "", "match.account", 50),
        (None, "６２１７８８００１２３４", "", "match.account", 50),  # full width
    ],
)
def test_who_paid(name: str | None, account: str | None, remark: str, code: str, strength: int) -> None:
    assert told(matched([HUADONG], name=name, account=account, remark=remark)) == [(1, "A1", strength, [], [code])]


@pytest.mark.parametrize("name", ["华东", "华西机械有限公司", "机械有限公司", None])
def test_who_did_not(name: str | None) -> None:
    assert matched([HUADONG], name=name) == ()
    assert matched([Payer(A1, names=("", "（）"), accounts=("", "-"))], name=name, account="---") == ()


def test_the_best_name_counts_once() -> None:
    many = Payer(A1, names=("华东机械有限公司苏州分公司", "华东机械", "华东机械有限公司"), accounts=("1", "1"))
    [match] = matched([many], name="华东机械有限公司", account="1", remark="华东机械")
    assert [(reason.code, reason["name"]) for reason in match.reasons[1:]] == [("match.name", "华东机械")]
    assert match.strength == 90


@pytest.mark.parametrize(
    "number, remark, found",
    [
        ("SO-1", "SO-1 首付款", True),
        ("SO-1", "订单so1货款", True),
        ("SO-1", "ＳＯ－１", True),
        ("SO-1", "SO 1", True),
        ("SO-1", "SO-12", False),
        ("SO-1", "ASO-1", False),
        ("SO-1", "", False),
        ("2026-001", "合同2026001号", True),
        ("合同2026-1号", "付合同2026-1号款", True),
        ("2026-001", "2026-0010", False),
        ("AB", "AB", False),  # too short
        ("首付款", "首付款", False),  # no digit
        ("12", "12", False),
    ],
)
def test_numbers_in_the_remark(number: str, remark: str, found: bool) -> None:
    known = Payer(A1, names=("X",), numbers=(Numbered(number),))
    assert bool(matched([known], remark=remark)) is found


def test_what_was_paid() -> None:
    def paid(*items: OpenItem, minor: int = 10_000, **more: Any) -> tuple[list[str], list[str], int]:
        [match] = matched([Payer(A1, names=("X",), owes=items)], minor=minor, name="X", **more)
        codes = [reason.code for reason in match.reasons[1:]]
        return list(match.receivables), codes, match.strength - 40

    assert paid(item("a", 4_000), item("b", 10_000)) == (["b"], ["match.amount"], 30)
    assert paid(item("b", 10_000, 2), item("a", 10_000, 1)) == (["a"], ["match.amount_shared"], 20)
    assert paid(item("a", 4_000, 2), item("b", 6_000, 1)) == (["b", "a"], ["match.sum"], 20)
    five = [item(str(number), 2_000, number) for number in range(5)]
    assert paid(*five) == (["0", "1", "2", "3", "4"], ["match.sum"], 20)  # all of them
    assert paid(*five, minor=8_000) == (["0", "1", "2", "3"], ["match.sum"], 20)
    assert paid(*five, minor=8_000, most_items=3) == ([], [], 0)
    assert paid(item("a", 10_050, 1), item("b", 9_950), tolerance=fen(50)) == (["b"], ["match.near"], 10)
    assert paid(item("a", 10_051), item("b", 9_949), tolerance=fen(50)) == ([], [], 0)
    assert paid(item("a", 10_050), tolerance=fen(50, "USD")) == ([], [], 0)
    assert paid(tolerance=fen(50)) == ([], [], 0)
    assert paid(item("a", 10_000, currency="USD"), item("b", -10_000)) == ([], [], 0)


def test_what_the_remark_names_is_meant_even_where_it_is_a_part() -> None:
    items = (item("a", 30_000), item("b", 10_000, 1), item("c", 7_000, 2), item("d", 3_000, 3))
    of = Payer(A1, names=("X",), owes=items, numbers=(Numbered("SO-1", (ReceivableId("a"),)),))
    [match] = matched([of], remark="SO-1")
    assert (list(match.receivables), match.strength) == (["a"], 40)
    two = Payer(A1, names=("X",), owes=items, numbers=(Numbered("SO-2", (ReceivableId("c"), ReceivableId("d"))),))
    [match] = matched([two], remark="SO-2")
    assert (list(match.receivables), match.strength) == (["c", "d"], 60)
    settled = Payer(A1, names=("X",), owes=items, numbers=(Numbered("SO-3", (ReceivableId("z"),)),))
    [match] = matched([settled], remark="SO-3")  # nothing is open of it: the amount may be for anything
    assert (list(match.receivables), match.strength) == (["b"], 70)


def test_only_the_exact_amount_points_to_somebody_unknown() -> None:
    owes = (item("a", 4_000), item("b", 6_000), item("c", 10_010))
    assert matched([Payer(A1, names=("X",), owes=owes)], name="Y", tolerance=fen(50)) == ()
    exact = Payer(A2, names=("Z",), owes=(item("d", 10_000),))
    assert told(matched([exact], name="Y")) == [(1, "A2", 30, ["d"], ["match.amount"])]


def test_ranks_and_ties() -> None:
    payers = [
        Payer(A3, names=("Z",), owes=(item("z", 10_000, 1),)),
        Payer(A2, names=("Y",), owes=(item("y", 10_000, 1),)),
        Payer(AccountId("A5"), names=("华东机械",)),
        Payer(AccountId("A4"), names=("V",), owes=(item("v", 10_000, 0),)),
        Payer(A1, names=("华东机械",), owes=(item("x", 10_000, 9),)),
    ]
    found = matched(payers, name="华东机械有限公司")
    assert [(match.rank, match.party, match.strength) for match in found] == [
        (1, "A1", 70),
        (2, "A5", 40),
        (3, "A4", 30),
        (3, "A2", 30),
        (3, "A3", 30),
    ]
    assert matched(payers[::-1], name="华东机械有限公司") == found


def test_what_is_left_of_a_line_is_matched() -> None:
    exact = Payer(A2, names=("Z",), owes=(item("d", 2_000_000), item("e", 5_000_000)))
    assert [match.receivables for match in match_line(bank_line(), [exact])] == [("e",)]
    assert [match.receivables for match in match_line(claimed_line(), [exact])] == [("d",)]


def test_reasons_read_in_both_languages() -> None:
    owes = (item("AR1", 10_000), item("AR2", 10_000, 1))
    known = Payer(A1, names=("华东机械",), accounts=("62",), owes=owes, numbers=(Numbered("SO-1"),))
    [match] = matched([known], name="华东机械", account="62", remark="SO-1")
    assert match.explain("en") == (
        "paid from account 62, which is known",
        "the payer's name is 华东机械",
        "the remark quotes SO-1",
        "CN¥100.00 is just what each of 2 open items owes, AR1 due first",
    )
    assert match.explain("zh_CN")[3] == "¥100.00 恰为 2 笔未收各自的金额，AR1 最先到期"


@pytest.mark.parametrize("wrong", [{"tolerance": fen(0)}, {"most_items": 0}, {"most_open": 0}, {"most_open": 41}])
def test_a_policy_is_one_that_can_be_followed(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        MatchPolicy(**wrong)


ITEMS = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3)), max_size=8).map(
    lambda pairs: [item(f"{place}", minor, due) for place, (minor, due) in enumerate(pairs)]
)


def explained(amount: int, items: Sequence[OpenItem], most: int) -> set[str]:
    """Try every set: the fewest items, of those the ones due first."""
    owed = sorted(items, key=lambda each: (each.due_on, each.id))
    sizes = sorted({*range(1, most + 1), len(owed)})
    for size in sizes:
        for some in combinations(owed, size):
            if sum(each.open.minor for each in some) == amount:
                return {each.id for each in some}
    return set()


@given(items=ITEMS, amount=st.integers(1, 120), most=st.integers(1, 4), data=st.data())
def test_sums_are_those_that_trying_everything_finds(
    items: list[OpenItem], amount: int, most: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(items))
    [match] = matched([Payer(A1, names=("X",), owes=tuple(shuffled))], minor=amount, name="X", most_items=most)
    assert set(match.receivables) == explained(amount, items, most)
    assert sum(each.open.minor for each in items if each.id in match.receivables) in (0, amount)


@given(data=st.data())
def test_ranks_follow_strength_and_the_order_of_customers_does_not_matter(data: st.DataObject) -> None:
    payers = [
        Payer(
            AccountId(f"A{number}"),
            names=(data.draw(st.sampled_from(["华东机械", "华西机床", "X"])),),
            owes=tuple(data.draw(ITEMS)),
        )
        for number in range(data.draw(st.integers(0, 4)))
    ]
    found = matched(payers, minor=20, name="华东机械有限公司")
    assert matched(data.draw(st.permutations(payers)), minor=20, name="华东机械有限公司") == found
    assert [match.rank for match in found] == [
        1 + sum(other.strength > match.strength for other in found) for match in found
    ]
    assert [match.strength for match in found] == sorted((match.strength for match in found), reverse=True)
