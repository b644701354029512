"""Terms and schedules: sums to the minor unit, no other sign, every fault with its place."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import Remainder, after, check, fixed, on, on_day, plan, rest, share
from ltc.calendars import EndOfMonth, NetDays, NetMonths, Roll, Weekly
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import LineId
from ltc.money import Money
from ltc.testing.samples.billing import schedule, terms, thirds

SIGNED = on("signed")
AMOUNTS = st.integers(min_value=-(10**14), max_value=10**14)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def amounts(made: billing.Schedule) -> list[str]:
    return [f"{part.amount.amount:f}" for part in made.installments]


def equal_shares(parts: int) -> list[billing.Term]:
    return [share(Decimal(1) / parts, due=SIGNED) for _ in range(parts)]


@st.composite
def ratios(draw: st.DrawFn) -> list[Decimal]:
    """Ratios that sum to 1 exactly, in ten-thousandths."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=8)))
    return [Decimal(b - a) / 10_000 for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]


@given(AMOUNTS, ratios())
def test_shares_sum_to_the_total_each_within_a_unit_of_its_exact_share_and_never_of_another_sign(
    minor: int, shares: list[Decimal]
) -> None:
    made = plan(Money(minor, "CNY"), [share(ratio, due=SIGNED) for ratio in shares])
    parts = [part.amount.minor for part in made.installments]
    assert sum(parts) == minor
    for part, ratio in zip(parts, shares, strict=True):
        assert part * minor >= 0
        assert abs(part - minor * Fraction(ratio)) < 1
    mirrored = plan(Money(-minor, "CNY"), [share(ratio, due=SIGNED) for ratio in shares])
    assert [-part.amount.minor for part in mirrored.installments] == parts
    assert [part.number for part in made.installments] == list(range(1, len(parts) + 1))


@given(st.integers(1, 10**12), st.lists(st.integers(0, 10**6), max_size=4), ratios())
def test_amounts_stay_as_they_are_and_the_rest_takes_the_difference(
    minor: int, fixed_minor: list[int], shares: list[Decimal]
) -> None:
    some = shares[: len(shares) // 2]
    exact = minor * (1 - sum(map(Fraction, some), Fraction())) - sum(fixed_minor)
    wanted = [
        *(fixed(Money(part, "CNY"), due=SIGNED) for part in fixed_minor),
        rest(due=SIGNED),
        *(share(ratio, due=SIGNED) for ratio in some),
    ]
    if exact < 0:
        with pytest.raises(InvalidValue) as refusal:
            plan(Money(minor, "CNY"), wanted)
        assert refusal.value.code == "plan.sign"
        return
    parts = [part.amount.minor for part in plan(Money(minor, "CNY"), wanted).installments]
    assert sum(parts) == minor
    assert parts[: len(fixed_minor)] == fixed_minor
    assert abs(parts[len(fixed_minor)] - exact) < 1


@given(AMOUNTS, ratios())
def test_the_last_takes_what_half_up_leaves_or_the_plan_is_refused(minor: int, shares: list[Decimal]) -> None:
    wanted = [share(ratio, due=SIGNED) for ratio in shares]
    rounded = [_half_up(minor * Fraction(ratio)) for ratio in shares[:-1]]
    last = minor - sum(rounded)
    if last * minor < 0:
        with pytest.raises(InvalidValue, match="share the remainder"):
            plan(Money(minor, "CNY"), wanted, remainder=Remainder.LAST)
        return
    made = plan(Money(minor, "CNY"), wanted, remainder=Remainder.LAST)
    assert [part.amount.minor for part in made.installments] == [*rounded, last]


def _half_up(exact: Fraction) -> int:
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def test_worked_figures() -> None:
    assert amounts(schedule()) == ["30000.00", "60000.00", "10000.00"]
    assert amounts(plan(cny("0.05"), equal_shares(10))) == ["0.01"] * 5 + ["0.00"] * 5
    assert amounts(plan(cny("5.47"), thirds())) == ["1.83", "1.82", "1.82"]
    assert amounts(plan(cny("5.47"), thirds(), remainder=Remainder.LAST)) == ["1.82", "1.82", "1.83"]
    assert amounts(plan(cny("0.03"), equal_shares(2))) == ["0.02", "0.01"]
    assert amounts(plan(cny("0.00"), equal_shares(2))) == ["0.00", "0.00"]
    seventy = [share("0.70", due=SIGNED), fixed(cny("200"), due=SIGNED), share("0.30", due=SIGNED)]
    assert amounts(plan(cny("1000"), seventy, remainder=Remainder.LAST)) == ["700.00", "200.00", "100.00"]
    halves = [share("0.5", due=SIGNED), rest(due=SIGNED), share("0.25", due=SIGNED)]
    assert amounts(plan(cny("0.99"), halves, remainder=Remainder.LAST)) == ["0.50", "0.24", "0.25"]


def test_a_part_of_another_sign_is_refused_with_what_would_pass() -> None:
    with pytest.raises(
        InvalidValue, match=r"installment 10 would be -0\.04 CNY of a total of 0\.05 CNY.*share the remainder"
    ):
        plan(cny("0.05"), equal_shares(10), remainder=Remainder.LAST)
    odd = [
        share("0.70", due=SIGNED),
        fixed(cny("500"), due=SIGNED),
        share("0.30", due=SIGNED),
        fixed(cny("200"), due=SIGNED),
    ]
    with pytest.raises(InvalidValue, match=r"installment 4 would be -500\.00 CNY"):
        plan(cny("1000"), odd, remainder=Remainder.LAST)
    with pytest.raises(InvalidValue, match=r"installment 1 would be 5\.00 CNY of a total of 0\.00 CNY"):
        plan(cny("0"), [fixed(cny("5"), due=SIGNED), fixed(cny("-5"), due=SIGNED)])


@pytest.mark.parametrize(
    "wanted, code, message",
    [
        ([], "plan.no_terms", "give at least one"),
        ([share("0.5", due=SIGNED)], "plan.missing_ratio", "the shares sum to 0.5; add 0.5 or a rest"),
        ([share("1", due=SIGNED), share("0.01", due=SIGNED)], "plan.over_ratio", "sum to 1.01; take 0.01 off"),
        ([rest(due=SIGNED), rest(due=SIGNED)], "plan.two_rests", "term 2 is a rest, and so is term 1"),
        ([fixed(Money.of("5", "USD"), due=SIGNED)], "plan.currency", "term 1 is in USD; the total is in CNY"),
        ([fixed(cny("5"), due=SIGNED)], "plan.sum", r"sum to 5, the total is 100.00 CNY; change them by 95"),
        ([share("0.5", due=SIGNED), fixed(cny("60"), due=SIGNED)], "plan.sum", "change them by -10"),
    ],
)
def test_faults(wanted: list[billing.Term], code: str, message: str) -> None:
    [finding] = check(wanted, total=cny("100"))
    assert finding.code == code
    assert finding.path[0] == "terms"
    with pytest.raises(InvalidValue, match=message) as refusal:
        plan(cny("100"), wanted)
    assert refusal.value.code == code


def test_check_finds_many_faults_at_once_and_needs_no_total() -> None:
    wanted = [rest(due=SIGNED), rest(due=SIGNED), share("1", due=SIGNED), share("1", due=SIGNED)]
    found = check(wanted, distinct=True)
    assert [(finding.code, finding.path) for finding in found] == [
        ("plan.two_rests", ("terms", 2)),
        ("plan.over_ratio", ("terms",)),
        ("plan.repeated", ("terms", 2)),
        ("plan.repeated", ("terms", 3)),
        ("plan.repeated", ("terms", 4)),
    ]
    assert check(terms(), distinct=True) == ()
    assert check(terms(), total=cny("1"), remainder=Remainder.LAST) == ()
    assert [f.code for f in check([share("0.7", due=SIGNED)], remainder=Remainder.LAST)] == ["plan.missing_ratio"]
    assert check([fixed(cny("5"), due=SIGNED)], remainder=Remainder.LAST, total=cny("7")) == ()


def test_terms_of_one_day_and_one_label_are_a_repetition_whatever_they_ask_for() -> None:
    wanted = [share("0.3", due=SIGNED), share("0.7", due=SIGNED)]
    assert check(wanted) == ()
    [finding] = check(wanted, distinct=True)
    assert finding.code == "plan.repeated"
    assert check([share("0.3", due=SIGNED, label="deposit"), wanted[1]], distinct=True) == ()
    assert check([share("0.3", due=billing.after("signed", days=1)), wanted[1]], distinct=True) == ()
    assert check([share("0.3", due=SIGNED, lines=[LineId("L1")]), wanted[1]], distinct=True) == ()


def test_many_small_ratios_sum_to_one_exactly() -> None:
    percents = ["50", *["1.66"] * 20, "16.8"]
    assert check([share(Decimal(percent) / 100, due=SIGNED) for percent in percents]) == ()


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=6))
def test_check_and_plan_agree(parts: list[int]) -> None:
    wanted = [share(Decimal(part) / 10_000, due=SIGNED) for part in parts]
    assume(len(wanted) > 0)
    faults = check(wanted, total=cny("5.47"))
    if faults:
        with pytest.raises(InvalidValue):
            plan(cny("5.47"), wanted)
    else:
        assert sum(parts) == 10_000
        plan(cny("5.47"), wanted)


def test_due_dates() -> None:
    made = plan(
        cny("4"),
        [
            rest(due=on_day(dt.date(2026, 10, 1))),
            *(
                fixed(cny("1"), due=due)
                for due in (
                    on("signed"),
                    after("signed", EndOfMonth(30)),
                    after("accepted", months=12),
                )
            ),
        ],
    )
    signed = dt.date(2026, 1, 31)
    assert made.due_dates({"signed": signed}) == (
        dt.date(2026, 10, 1),
        signed,
        dt.date(2026, 3, 2),
        None,
    )
    assert made.milestones == ("signed", "accepted")
    rolling = after("signed", NetDays(0, Roll.FOLLOWING))
    assert rolling.due(signed, Weekly()) == dt.date(2026, 2, 2)


def test_words() -> None:
    assert after("fob shipped", months=2).explain("zh_CN") == "起算日后2个月（起算：fob shipped）"
    assert on("invoiced").explain("en") == "when invoiced"
    assert on_day(dt.date(2026, 3, 2)).explain("en") == "Mar 2, 2026"
    assert schedule().explain("zh_CN")[2].startswith("第3期（质保金）：¥10,000.00，")


@pytest.mark.parametrize("given_", [{}, {"days": 1, "months": 1}])
def test_after_takes_one_of_three(given_: dict[str, int]) -> None:
    with pytest.raises(InvalidValue, match="give exactly one"):
        after("signed", **given_)
    with pytest.raises(InvalidValue, match="give exactly one"):
        after("signed", NetMonths(1), days=1)


def test_a_due_needs_a_rule() -> None:
    with pytest.raises(InvalidType, match=r"rule is 30, no due rule; pass one of ltc\.calendars"):
        billing.Due("signed", 30)  # type: ignore[arg-type]  # a caller's bug on purpose
    with pytest.raises(InvalidValue):
        billing.Due("", NetDays(0))
