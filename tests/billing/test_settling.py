"""What an application may come with: small differences, authorities to pay for others, rates between two currencies."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing, flows
from ltc.billing import (
    RECEIPT,
    RECEIVABLE,
    Exchange,
    ExchangeRate,
    Overpaid,
    PaymentAuthority,
    Rates,
    Receipt,
    Receivable,
    Tolerance,
    apply,
    bounce,
    unapply,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY

DAY = dt.timedelta(days=1)
ENTITY, ORDER = EntityId("E1"), OrderId("SO-1")


def money(minor: int, currency: str = "CNY") -> Money:
    return Money(minor, currency)


def owed(name: str, minor: int = 10_000, currency: str = "CNY", party: str = "A1") -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=ORDER,
        entity=ENTITY,
        party=AccountId(party),
        amount=money(minor, currency),
        on=TODAY,
        due_on=TODAY + 30 * DAY,
        now=NOON,
    ).after


def came_in(minor: int, currency: str = "CNY") -> Receipt:
    return billing.receive(
        ReceiptId("R1"), entity=ENTITY, party=AccountId("A1"), amount=money(minor, currency), on=TODAY, now=NOON
    ).after


def pay(receipt: Receipt, *debts: Receivable, day: int = 0, **terms: Any) -> tuple[Receipt, list[Receivable]]:
    change, *sides = apply(receipt, debts, on=TODAY + day * DAY, now=NOON, **terms)
    after = {side.after.id: side.after for side in sides}
    assert RECEIPT.evolve(change.after, change.events[-1]).version == change.after.version + 1
    return change.after, [after.get(debt.id, debt) for debt in debts]


def take_back(receipt: Receipt, debts: Sequence[Receivable], day: int = 0) -> tuple[Receipt, list[Receivable]]:
    """Take every application back, one by one."""
    by_id: dict[str, Receivable] = {debt.id: debt for debt in debts}
    for settled in receipt.settlements:
        freed, reopened = unapply(
            receipt,
            by_id[settled.other],
            application=settled.application,
            reason="",
            on=TODAY + day * DAY,
            now=NOON,
        )
        receipt, by_id[settled.other] = freed.after, reopened.after
    return receipt, list(by_id.values())


ONE = Tolerance(money(100))
KEEPING = Tolerance(money(100), overpaid=Overpaid.INCOME)


@pytest.mark.parametrize(
    "tolerance, paid, open_, rounded, free, kept",
    [
        (None, 9_999, 1, 0, 0, 0),
        (ONE, 9_999, 0, 1, 0, 0),
        (ONE, 9_900, 0, 100, 0, 0),
        (ONE, 9_899, 101, 0, 0, 0),
        (ONE, 10_000, 0, 0, 0, 0),
        (ONE, 10_001, 0, 0, 1, 0),
        (KEEPING, 10_001, 0, 0, 0, 1),
        (KEEPING, 10_100, 0, 0, 0, 100),
        (KEEPING, 10_101, 0, 0, 101, 0),
        (KEEPING, 9_900, 0, 100, 0, 0),
        (Tolerance(ratio="0.001"), 9_990, 0, 10, 0, 0),
        (Tolerance(ratio="0.001"), 9_989, 11, 0, 0, 0),
        (Tolerance(ratio="0.001", overpaid=Overpaid.INCOME), 10_010, 0, 0, 0, 10),
        (Tolerance(ratio="0.001", overpaid=Overpaid.INCOME), 10_011, 0, 0, 11, 0),
        (Tolerance(money(5), ratio="0.001"), 9_995, 0, 5, 0, 0),
        (Tolerance(money(5), ratio="0.001"), 9_994, 6, 0, 0, 0),
        (Tolerance(money(50), ratio="0.001"), 9_985, 15, 0, 0, 0),
        (Tolerance([money(5), money(90, "USD")]), 9_990, 10, 0, 0, 0),
        (Tolerance(money(90, "USD")), 9_999, 1, 0, 0, 0),
        (Tolerance(ratio="0.00001"), 9_999, 1, 0, 0, 0),
    ],
)
def test_a_small_difference_is_let_go_up_to_its_limit(
    tolerance: Tolerance | None, paid: int, open_: int, rounded: int, free: int, kept: int
) -> None:
    receipt, [debt] = pay(came_in(paid), owed("a"), tolerance=tolerance)
    assert (debt.open.minor, debt.rounded_off.minor) == (open_, rounded)
    assert (receipt.unapplied.minor, receipt.rounded_off.minor) == (free, kept)
    assert receipt.amount == receipt.applied + receipt.unapplied + receipt.rounded_off
    assert not debt.written_off
    before, [again] = take_back(receipt, [debt], day=3)
    assert (again.open, before.unapplied) == (debt.amount, receipt.amount)
    assert (again.rounded_off, before.rounded_off) == (money(0), money(0))
    gone, *sides = bounce(receipt, [debt], reason="", on=TODAY + 3 * DAY, now=NOON)
    assert (sides[0].after.open, gone.after.bounced) == (debt.amount, receipt.amount)


def test_each_receivable_has_its_own_difference_and_only_where_the_money_is_used_up() -> None:
    shares: dict[str, Any] = {"strategy": billing.proportional, "tolerance": ONE}
    _, debts = pay(came_in(29_900), owed("a"), owed("b", 20_000), **shares)
    assert [(debt.open.minor, debt.rounded_off.minor) for debt in debts] == [(0, 33), (0, 67)]
    _, debts = pay(came_in(29_900), owed("a"), owed("b", 20_000), tolerance=ONE)
    assert [(debt.open.minor, debt.rounded_off.minor) for debt in debts] == [(0, 0), (0, 100)]
    receipt, [debt] = pay(came_in(50_000), owed("a"), amount=money(9_999), tolerance=KEEPING)
    assert (debt.open.minor, receipt.unapplied.minor) == (1, 40_001), "the money is there: it is not let go"
    receipt, debts = pay(
        came_in(10_001), owed("a"), owed("b"), strategy=billing.designated(ReceivableId("a")), tolerance=KEEPING
    )
    assert (receipt.unapplied.minor, debts[1].open.minor) == (1, 10_000), "something is owed: it is not kept"


def test_the_difference_of_several_applications_goes_back_with_the_last() -> None:
    receipt, debts = pay(came_in(30_001), owed("a"), owed("b", 20_000), tolerance=KEEPING)
    assert receipt.rounded_off == money(1)
    freed, reopened = unapply(receipt, debts[0], application="R1/1", reason="", on=TODAY, now=NOON)
    assert (freed.after.unapplied, freed.after.rounded_off) == (money(10_000), money(1))
    freed, _ = unapply(freed.after, debts[1], application="R1/2", reason="", on=TODAY, now=NOON)
    assert (freed.after.unapplied, freed.after.rounded_off) == (money(30_001), money(0))
    assert reopened.after.open == money(10_000)


def test_a_difference_is_let_go_only_where_nothing_later_stands_in_between() -> None:
    first, [debt] = pay(came_in(5_000), owed("a"), day=5)
    _, reopened = unapply(first, debt, application="R1/1", reason="", on=TODAY + 9 * DAY, now=NOON)
    assert reopened.after.open_from(TODAY) == money(5_000)
    second = attrs.evolve(came_in(4_950), id=ReceiptId("R2"))
    _, [debt] = pay(second, reopened.after, tolerance=ONE)
    assert (debt.open.minor, debt.rounded_off.minor) == (5_050, 0)


def test_an_over_payment_is_kept_only_where_nothing_later_stands_in_between() -> None:
    receipt, [debt] = pay(came_in(10_000), owed("a", 4_000), day=5)
    freed, _ = unapply(receipt, debt, application="R1/1", reason="", on=TODAY + 9 * DAY, now=NOON)
    assert freed.after.unapplied_from(TODAY) == money(6_000)
    after, [other] = pay(freed.after, owed("b", 5_950), tolerance=KEEPING)
    assert (other.open.minor, after.unapplied.minor, after.rounded_off.minor) == (0, 4_050, 0)


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(0, 12),
    st.none() | st.integers(0, 20),
    st.booleans(),
)
def test_tolerance_against_plain_integers(
    first: int, second: int, paid: int, limit: int, percent: int | None, keeps: bool
) -> None:
    limits = [money(limit)] if limit else []
    if not limits and percent is None:
        return
    ratio = None if percent is None else Decimal(percent) / 100
    overpaid = Overpaid.INCOME if keeps else Overpaid.CREDIT
    tolerance = Tolerance(limits, ratio=ratio, overpaid=overpaid)
    receipt, debts = pay(came_in(paid), owed("a", first), owed("b", second), tolerance=tolerance)

    def most(of: int) -> Fraction:
        return min([Fraction(limit)] * bool(limit) + ([] if percent is None else [Fraction(of * percent, 100)]))

    left, expected = paid, []
    for debt in (first, second):
        given_ = min(left, debt)
        left -= given_
        short = debt - given_ if given_ else 0
        gone = short if short and paid <= first + second and short <= most(debt) else 0
        expected.append((debt - given_ - gone, gone))
    kept = left if keeps and left <= most(paid) else 0
    assert [(debt.open.minor, debt.rounded_off.minor) for debt in debts] == expected
    assert (receipt.unapplied.minor, receipt.rounded_off.minor) == (left - kept, kept)
    before, again = take_back(receipt, debts)
    for day in (-1, 0, 1):
        on = TODAY + day * DAY
        assert before.unapplied_as_of(on) == came_in(paid).unapplied_as_of(on)
        assert [debt.open_as_of(on).minor for debt in again] == ([first, second] if day >= 0 else [0, 0])


@pytest.mark.parametrize(
    "facts, error, passes",
    [
        ({}, InvalidValue, "needs an amount or a ratio; give one, or both"),
        ({"limits": [money(1), money(2)]}, InvalidValue, "two limits; give each one"),
        ({"limits": money(0)}, InvalidValue, "give more than zero"),
        ({"limits": [5]}, InvalidType, "pass a Money"),
        ({"ratio": "1.5"}, InvalidValue, "is not a ratio"),
        ({"ratio": 0.5}, InvalidType, "is a float"),
        ({"limits": money(1), "overpaid": "income"}, InvalidType, "pass one of Overpaid"),
    ],
)
def test_what_no_tolerance_is(facts: dict[str, Any], error: type[Exception], passes: str) -> None:
    with pytest.raises(error, match=passes):
        Tolerance(**facts)


def authority(**facts: Any) -> PaymentAuthority:
    known: dict[str, Any] = {
        "id": "PA-1",
        "payer": AccountId("A1"),
        "on_behalf_of": AccountId("A2"),
        "entity": ENTITY,
        "since": TODAY - DAY,
        "until": TODAY + 9 * DAY,
    }
    return PaymentAuthority(**known | facts)


def test_one_receipt_settles_what_several_customers_owe() -> None:
    debts = [owed("a"), owed("b", party="A2"), owed("c", party="A3")]
    authorities = [authority(), authority(id="PA-2", on_behalf_of="A3"), authority(id="PA-3")]
    change, *sides = apply(came_in(25_000), debts, authorities=authorities, on=TODAY, now=NOON)
    assert [getattr(event, "authority", "") for event in change.events] == [None, "PA-1", "PA-2"]
    assert [side.after.entries[-1].authority for side in sides] == [None, "PA-1", "PA-2"]
    assert [settled.authority for settled in change.after.settlements] == [None, "PA-1", "PA-2"]
    assert authorities[0].used([change.after], "CNY") == money(10_000)
    assert authorities[0].used([change.after], "USD") == money(0, "USD")
    freed, _ = unapply(change.after, sides[1].after, application="R1/2", reason="", on=TODAY, now=NOON)
    assert authorities[0].used([freed.after], "CNY") == money(0)


@pytest.mark.parametrize(
    "facts, passes",
    [
        ({}, True),
        ({"since": TODAY}, True),
        ({"since": TODAY + DAY}, False),
        ({"until": TODAY, "since": TODAY}, True),
        ({"until": TODAY - DAY}, False),
        ({"until": None}, True),
        ({"payer": "A3"}, False),
        ({"on_behalf_of": "A3"}, False),
        ({"payer": "A2", "on_behalf_of": "A1"}, False),
        ({"entity": "E2"}, False),
        ({"limit": money(10_000)}, True),
        ({"limit": money(10_000, "USD")}, False),
    ],
)
def test_an_authority_covers_what_it_says_and_nothing_else(facts: dict[str, Any], passes: bool) -> None:
    debt = owed("b", party="A2")
    if passes:
        _, [paid] = pay(came_in(10_000), debt, authorities=[authority(**facts)])
        assert not paid.open
        return
    with pytest.raises(
        Refused, match="receivable b is owed by A2; give an authority of A1 to pay CNY for A2 that holds on 2026-03-02"
    ) as refusal:
        pay(came_in(10_000), debt, authorities=[authority(**facts)])
    assert refusal.value.code == "receipt.other_party"


def test_the_limit_counts_all_that_a_receipt_settles_under_it() -> None:
    limited: dict[str, Any] = {"authorities": [authority(limit=money(12_000))]}
    debts = [owed("a"), owed("b", party="A2"), owed("c", party="A2")]
    receipt, debts = pay(came_in(90_000), *debts, amount=money(22_000), **limited)
    assert [debt.open.minor for debt in debts] == [0, 0, 8_000]
    before = attrs.asdict(receipt)
    with pytest.raises(
        Refused,
        match=r"0\.01 CNY is more than the 0\.00 CNY that authority PA-1 lets receipt R1 settle for A2; apply that or less",
    ):
        pay(receipt, debts[2], amount=money(1), **limited)
    assert attrs.asdict(receipt) == before
    with pytest.raises(Refused) as refusal:
        pay(came_in(90_000), *[owed("b", party="A2"), owed("c", party="A2")], **limited)
    assert (refusal.value.code, refusal.value.facts["amount"]) == ("receipt.over_authority", money(20_000))
    freed, reopened = unapply(receipt, debts[1], application="R1/2", reason="", on=TODAY, now=NOON)
    again, _ = pay(freed.after, reopened.after, **limited)
    assert authority().used([again], "CNY") == money(12_000)


@pytest.mark.parametrize(
    "facts, passes",
    [
        ({"on_behalf_of": "A1"}, "pays for himself without an authority"),
        ({"until": TODAY - 2 * DAY}, "before it begins on 2026-03-01"),
        ({"limit": money(0)}, "give more than zero"),
        ({"id": ""}, "is blank"),
    ],
)
def test_what_no_authority_is(facts: dict[str, Any], passes: str) -> None:
    with pytest.raises(InvalidValue, match=passes):
        authority(**facts)
    with pytest.raises(InvalidType, match="pass a Money"):
        authority(limit=5)


def quoted(rate: str, source: str = "USD", target: str = "CNY", per: str = "1") -> Rates:
    return Rates([ExchangeRate(source, target, rate=rate, per=per, on=TODAY)])


@pytest.mark.parametrize(
    "paid, rate, open_, left, free",
    [
        (71_000, "7.10", 10_000, 0, 0),  # 710.00 CNY for 100.00 USD
        (80_000, "7.10", 10_000, 0, 9_000),
        (35_500, "7.10", 10_000, 5_000, 0),
        (71_233, "7.12345", 10_000, 0, 0),  # 712.345 is 712.35; 712.33 comes to 99.998 USD, which is 100.00
        (71_000, "7.12345", 10_000, 33, 0),
        (1, "0.0049", 1, 0, 0),  # a cent that costs less than half a fen costs one
    ],
)
def test_each_side_moves_in_its_own_currency(paid: int, rate: str, open_: int, left: int, free: int) -> None:
    change, side = apply(came_in(paid), [owed("a", open_, "USD")], rates=quoted(rate), on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert (side.after.open, change.after.unapplied) == (money(left, "USD"), money(free))
    given_, taken = change.events[0], side.events[0]
    assert isinstance(given_, billing.ReceiptApplied)
    assert isinstance(taken, billing.ReceivableSettled)
    assert given_.exchange == taken.exchange == Exchange(given_.amount, taken.amount, Decimal(rate), Decimal(1), TODAY)
    freed, reopened = unapply(change.after, side.after, application="R1/1", reason="", on=TODAY, now=NOON)
    assert (freed.after.unapplied, reopened.after.open) == (money(paid), money(open_, "USD"))
    gone, back = bounce(change.after, [side.after], reason="", on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert (gone.after.bounced, back.after.open) == (money(paid), money(open_, "USD"))


def test_one_receipt_pays_in_two_currencies() -> None:
    debts = [owed("a", 10_000), owed("b", 10_000, "USD"), owed("c", 1_000, "JPY")]
    rates = Rates(
        [
            ExchangeRate("USD", "CNY", rate="7.10", on=TODAY - DAY),
            ExchangeRate("JPY", "CNY", rate="4.82", per="100", on=TODAY),
        ]
    )
    receipt, debts = pay(came_in(90_000), *debts, rates=rates, tolerance=KEEPING)
    assert [str(debt.open) for debt in debts] == ["0.00 CNY", "0.00 USD", "0 JPY"]
    assert receipt.applied == money(10_000 + 71_000 + 4_820)
    shares, debts = pay(
        came_in(30_000), *[owed("a", 10_000), owed("b", 10_000, "USD")], rates=rates, strategy=billing.proportional
    )
    assert [str(debt.open) for debt in debts] == ["62.96 CNY", "62.96 USD"]
    assert not shares.unapplied


def test_a_rate_is_asked_for_and_never_guessed() -> None:
    with pytest.raises(Refused, match="receivable a in USD; give a rate of USD in CNY") as refusal:
        pay(came_in(100), owed("a", 100, "USD"))
    assert refusal.value.code == "receipt.other_currency"
    for wrong in (quoted("0.14", "CNY", "USD"), quoted("7", "EUR"), Rates([])):
        with pytest.raises(Refused) as refusal:
            pay(came_in(100), owed("a", 100, "USD"), rates=wrong)
        assert refusal.value.code.startswith("rate.")
    with pytest.raises(Refused, match=r"0\.01 CNY of receipt R1 is less than a unit of what receivable a is owed in"):
        pay(came_in(1), owed("a", 100, "USD"), rates=quoted("7.10"))
    with pytest.raises(Refused, match=r"more than the 710\.00 CNY open of the receivables"):
        pay(came_in(90_000), owed("a", 10_000, "USD"), rates=quoted("7.10"), amount=money(71_001))
    receipt, debts = pay(came_in(101), owed("a", 100), owed("b", 100, "USD"), rates=quoted("7.10"))
    assert [str(debt.open) for debt in debts] == ["0.00 CNY", "1.00 USD"]
    assert receipt.unapplied == money(1), "a fen that comes to no cent stays credit"


@given(
    st.integers(1, 5_000),
    st.lists(st.integers(1, 30_000), min_size=1, max_size=5),
    st.decimals("0.0031", "99", places=4),
    st.sampled_from([("CNY", "USD"), ("JPY", "USD"), ("USD", "JPY"), ("CNY", "KWD")]),
)
def test_no_ghost_of_a_cent_is_left_by_a_rate(
    open_: int, payments: list[int], rate: Decimal, pair: tuple[str, str]
) -> None:
    """Part payments against plain fractions: each is rounded once, the last settles all, what is left can be paid."""
    ours, theirs = pair
    rates = Rates([ExchangeRate(theirs, ours, rate=rate, on=TODAY)])
    digits = {"CNY": 100, "USD": 100, "JPY": 1, "KWD": 1000}
    factor = Fraction(rate) * digits[ours] / digits[theirs]
    debt = owed("a", open_, theirs)
    for number, paid in enumerate(payments):
        receipt = attrs.evolve(came_in(paid, ours), id=ReceiptId(f"R{number}"))
        left = debt.open.minor
        if not left:
            break
        cost = max(1, int(left * factor + Fraction(1, 2)))
        if Fraction(paid) / factor < Fraction(1, 2) and paid < cost:
            with pytest.raises(Refused, match="is less than a unit"):
                pay(receipt, debt, rates=rates)
            continue
        receipt, [debt] = pay(receipt, debt, rates=rates)
        settled = left - debt.open.minor
        assert 0 < receipt.applied.minor <= cost
        assert receipt.applied.minor == min(paid, cost)
        if paid >= cost:
            assert not debt.open
        if debt.open:
            assert abs(settled - paid / factor) <= Fraction(1, 2)
            assert int(debt.open.minor * factor + Fraction(1, 2)) >= 1, "what is left can be paid in our currency"
        assert receipt.settlements[0].amount == receipt.applied
        assert debt.settlements[-1].amount.minor == settled


def test_an_exchange_is_of_two_currencies() -> None:
    with pytest.raises(InvalidValue, match="leave it out within one currency"):
        Exchange(money(1), money(1), Decimal(1), Decimal(1), TODAY)
    receipt, _ = pay(came_in(100), owed("a", 100))
    with pytest.raises(InvalidType, match=r"exchange is 7\.1; pass an Exchange"):
        billing.ReceiptApplied(
            receipt.id,
            ReceivableId("a"),
            billing.SettlementKind.RECEIPT,
            "R1/1",
            money(1),
            receipt_reason(),
            TODAY,
            NOON,
            exchange=7.1,  # type: ignore[arg-type]  # a caller's bug on purpose
        )


def receipt_reason() -> Any:
    return billing.oldest_first.distribute(money(1), billing.open_items([owed("a")], TODAY))[0].reason


def test_the_flow_passes_all_of_it_on() -> None:
    changes = flows.take_receipt(
        ReceiptId("R1"),
        entity=ENTITY,
        party=AccountId("A1"),
        amount=money(80_999),
        receivables=[owed("a", 10_000, party="A2"), owed("b", 10_000, "USD")],
        strategy=billing.newest_first,
        tolerance=ONE,
        authorities=[authority()],
        rates=quoted("7.10"),
        on=TODAY,
        now=NOON,
    )
    after = [change.after for change in changes if isinstance(change.after, Receivable)]
    assert [(str(debt.open), str(debt.rounded_off)) for debt in after] == [
        ("0.00 CNY", "0.00 CNY"),
        ("0.00 USD", "0.00 USD"),
    ]


def test_the_books_take_a_difference_back_as_they_let_it_go() -> None:
    receipt, [debt] = pay(
        came_in(69_990), owed("a", 10_000, "USD"), rates=quoted("7.00"), tolerance=Tolerance(money(5, "USD"))
    )
    assert debt.rounded_off == money(1, "USD")
    before, [again] = take_back(receipt, [debt])
    for document, value in ((debt, 70_000), (again, 0)):
        entries = billing.book_entries(document, "CNY", rates=quoted("7.00"))
        assert sum(entry.book.minor for entry in entries) == value
    assert before.unapplied == receipt.amount


def test_replay_knows_it_all() -> None:
    debt = owed("a", 10_000, "USD", party="A2")
    change, side = apply(  # type: ignore[misc]  # one receivable
        came_in(70_990),
        [debt],
        rates=quoted("7.10"),
        authorities=[authority()],
        tolerance=Tolerance(money(5, "USD")),
        on=TODAY,
        now=NOON,
    )
    assert RECEIVABLE.evolve(RECEIVABLE.evolve(debt, side.events[0]), side.events[1]) == side.after
    assert [entry.kind.value for entry in side.after.entries] == ["applied", "rounded"]
    assert RECEIPT.evolve(came_in(70_990), change.events[0]) == change.after
