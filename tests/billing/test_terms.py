"""Every kind of term, against an oracle that reckons in plain fractions and gives the units away by itself."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ltc import billing, flows
from ltc.billing import Remainder, after, batch, check, equal, fixed, on, on_day, plan, rest, retention, share, weight
from ltc.calendars import DayOfMonth, EndOfMonth, NetDays, NetMonths, Roll, Weekly
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import LineId, OrderId, PlanId
from ltc.money import Money
from ltc.testing.samples.billing import ENTITY, NOON, ORDER, PARTY, TODAY
from ltc.testing.samples.contracts import NOON as CONTRACT_NOON
from ltc.testing.samples.contracts import order_lines, signed_contract

SIGNED = on("signed")
CURRENCIES = st.sampled_from(["CNY", "JPY", "KWD"])
TOTALS = st.builds(Money, st.integers(-(10**18), 10**18) | st.integers(-99, 99), CURRENCIES)
HUNDREDTHS = st.integers(0, 60).map(lambda percent: Decimal(percent) / 100)
Kind = tuple[str, Any]
KINDS = st.lists(
    st.one_of(
        st.tuples(st.just("share"), HUNDREDTHS),
        st.tuples(st.just("fixed"), st.integers(0, 60)),
        st.tuples(st.just("weight"), st.integers(1, 9)),
        st.tuples(st.just("equal"), st.tuples(st.integers(1, 12), st.none() | HUNDREDTHS)),
        st.tuples(st.just("rest"), st.none()),
    ),
    min_size=1,
    max_size=6,
)


def term_of(kind: Kind, total: Money) -> billing.Term:
    match kind:
        case "share", ratio:
            return share(ratio, due=SIGNED)
        case "fixed", percent:  # of about so many per cent, so that sums come near the total
            return fixed(Money(total.minor * percent // 100, total.currency), due=SIGNED)
        case "weight", given_:
            return weight(given_, due=SIGNED)
        case "equal", (count, ratio):
            return equal(count, ratio=ratio, due=SIGNED, months=1)
        case _:
            return rest(due=SIGNED)


def exact_parts(kinds: list[Kind], total: Money) -> list[Fraction] | None:
    """Return the exact parts, or None where the terms do not make up the total or leave it with another sign."""
    said: list[Fraction | None] = []
    weights: list[int] = []
    for kind, value in kinds:
        match kind:
            case "share":
                said.append(total.minor * Fraction(value))
            case "fixed":
                said.append(Fraction(total.minor * value // 100))
            case "equal" if value[1] is not None:
                said += [total.minor * Fraction(value[1]) / value[0]] * value[0]
            case "equal":
                said += [None] * value[0]
                weights += [1] * value[0]
            case _:
                said.append(None)
                weights.append(value or 1)
    left = total.minor - sum(filter(None, said), Fraction())
    if left and not weights:
        return None
    heavy = iter(weights)
    parts = [left * next(heavy) / sum(weights) if part is None else part for part in said]
    return parts if all(part * total.minor >= 0 for part in parts) else None


def largest_fractions(parts: list[Fraction], total: int) -> list[int]:
    sign = -1 if total < 0 else 1
    low = [int(abs(part)) for part in parts]
    order = sorted(range(len(parts)), key=lambda index: (low[index] - abs(parts[index]), index))
    for index in order[: abs(total) - sum(low)]:
        low[index] += 1
    return [sign * part for part in low]


def is_ambiguous(kinds: list[Kind]) -> bool:
    takers = [kind for kind, value in kinds if kind in {"rest", "weight"} or (kind == "equal" and value[1] is None)]
    return "rest" in takers and len(takers) > 1


def ratios(kinds: list[Kind]) -> Decimal:
    return sum((v if k == "share" else v[1] or Decimal(0) for k, v in kinds if k in {"share", "equal"}), Decimal(0))


@given(TOTALS, KINDS)
def test_any_terms_sum_to_the_total_as_the_oracle_says_or_are_refused(total: Money, kinds: list[Kind]) -> None:
    terms = [term_of(kind, total) for kind in kinds]
    exact = exact_parts(kinds, total)
    only_ratios = all(kind == "share" or (kind == "equal" and value[1] is not None) for kind, value in kinds)
    if is_ambiguous(kinds) or ratios(kinds) > 1 or (only_ratios and ratios(kinds) < 1) or exact is None:
        findings = check(terms, total=total)
        assert findings
        with pytest.raises(InvalidValue) as refusal:
            plan(total, terms)
        assert refusal.value.code == findings[0].code
        return
    made = plan(total, terms)
    parts = [part.amount.minor for part in made.installments]
    assert check(terms, total=total) == ()
    assert sum(parts) == total.minor
    assert all(part * total.minor >= 0 for part in parts)
    assert parts == largest_fractions(exact, total.minor)


def test_the_law_would_notice_parts_that_are_rounded_one_by_one() -> None:
    kinds: list[Kind] = [("weight", 1)] * 10
    total = Money(5, "CNY")
    exact = exact_parts(kinds, total)
    assert exact is not None
    rounded = [int(part + Fraction(1, 2)) for part in exact]
    assert sum(rounded) == 10
    assert sum(largest_fractions(exact, 5)) == 5


@given(TOTALS, st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_with_the_last_policy_the_last_weight_takes_the_difference(total: Money, weights: list[int]) -> None:
    terms: list[billing.Term] = [
        *(weight(given_, due=SIGNED) for given_ in weights),
        fixed(Money(0, total.currency), due=SIGNED),
    ]
    rounded = [half_up(Fraction(total.minor * given_, sum(weights))) for given_ in weights[:-1]]
    last = total.minor - sum(rounded)
    assume(last * total.minor >= 0)
    made = plan(total, terms, remainder=Remainder.LAST)
    assert [part.amount.minor for part in made.installments] == [*rounded, last, 0]


def half_up(exact: Fraction) -> int:
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def amounts(total: str, *terms: billing.Term, currency: str = "CNY") -> list[str]:
    return [str(part.amount.amount) for part in plan(Money.of(total, currency), terms).installments]


def test_worked_figures() -> None:
    assert amounts("0.05", equal(10, due=SIGNED, months=1)) == ["0.01"] * 5 + ["0.00"] * 5
    assert amounts("-0.05", equal(10, due=SIGNED, months=1)) == ["-0.01"] * 5 + ["0.00"] * 5
    assert amounts("5.47", *(weight(w, due=SIGNED) for w in ("33.34", "33.33", "33.33"))) == ["1.83", "1.82", "1.82"]
    assert amounts("0.03", equal(2, ratio=1, due=SIGNED, days=30)) == ["0.02", "0.01"]
    assert amounts("100000", equal(12, due=SIGNED, months=1), currency="JPY") == ["8334"] * 4 + ["8333"] * 8
    assert amounts("10", *(weight(w, due=SIGNED) for w in (1, 1, 1)), currency="KWD") == ["3.334", "3.333", "3.333"]
    down = fixed(Money.of("1000", "CNY"), due=SIGNED)
    assert amounts("10000", down, retention("0.10", months=12), equal(3, due=SIGNED, months=1)) == [
        "1000.00",
        "1000.00",
        "2666.67",
        "2666.67",
        "2666.66",
    ]
    assert amounts("100", share("0.5", due=SIGNED), weight(3, due=SIGNED), weight(1, due=SIGNED)) == [
        "50.00",
        "37.50",
        "12.50",
    ]


def test_equal_parts_are_anchored_on_the_first() -> None:
    start = {"signed": dt.date(2026, 1, 31)}
    monthly = plan(Money.of("4", "CNY"), [equal(4, due=SIGNED, months=1)])
    assert [str(day) for day in monthly.due_dates(start)] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    ends = plan(Money.of("3", "CNY"), [equal(3, due=after("signed", EndOfMonth()), months=1)])
    assert [str(day) for day in ends.due_dates(start)] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    agreed = plan(Money.of("3", "CNY"), [equal(3, due=on_day(dt.date(2026, 1, 31)), months=1)])
    assert [str(day) for day in agreed.due_dates({})] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    fortnights = plan(Money.of("3", "CNY"), [equal(3, due=after("signed", NetDays(1, Roll.FOLLOWING)), days=14)])
    assert [str(day) for day in fortnights.due_dates(start, Weekly())] == ["2026-02-02", "2026-02-16", "2026-03-02"]


RULES = st.one_of(
    st.builds(NetDays, st.integers(-40, 90), st.sampled_from(Roll)),
    st.builds(EndOfMonth, st.integers(0, 40), roll=st.sampled_from(Roll)),
    st.builds(DayOfMonth, st.integers(1, 31), st.integers(0, 2), roll=st.sampled_from(Roll)),
)


@given(st.lists(st.tuples(RULES, st.integers(0, 14), st.integers(0, 40)), min_size=1, max_size=5), st.dates(TODAY))
def test_the_days_of_a_schedule_are_those_on_which_it_is_owed(rules: list[Any], signed: dt.date) -> None:
    assume(signed.year < 9_000)
    dues = [after("signed", rule).later(months=months, days=days) for rule, months, days in rules]
    schedule = plan(Money.of("100", "CNY"), [weight(1, due=due) for due in dues])
    story = billing.adopt(PlanId("P1"), order=ORDER, entity=ENTITY, party=PARTY, schedule=schedule, now=NOON).after
    _, *raised = billing.reach(story, milestone="signed", on=signed, calendar=Weekly(), now=NOON)
    days = tuple(side.after.due_on for side in raised)
    assert schedule.due_dates({"signed": signed}, Weekly()) == days
    assert min(days) >= signed


def test_what_a_term_says_is_said_of_its_installments() -> None:
    lines = (LineId("L1"), LineId("L2"))
    made = plan(
        Money.of("10", "CNY"),
        [
            equal(2, ratio="0.4", due=SIGNED, months=1, label="goods", lines=list(lines)),
            weight(1, due=on(batch(2)), retention=True),
            retention(Money.of("1", "CNY"), months=6, milestone="warranty_over", label="质保金"),
        ],
    )
    told = [(part.label, part.retention, part.lines) for part in made.installments]
    assert told == [("goods", False, lines), ("goods", False, lines), ("", True, ()), ("质保金", True, ())]
    assert made.explain("en") == (
        "installment 1: CN¥2.00, when signed (goods, lines L1, L2)",
        "installment 2: CN¥2.00, 1 month after signed (goods, lines L1, L2)",
        "installment 3: CN¥5.00, when batch 2 delivered (retention)",
        "installment 4: CN¥1.00, 6 months after the start date (start: the warranty is over) (质保金, retention)",
    )
    assert made.explain("zh_CN") == (
        "第1期（goods，订单行 L1, L2）：¥2.00，签订当日",
        "第2期（goods，订单行 L1, L2）：¥2.00，签订后1个月",
        "第3期（质保金）：¥5.00，第2批交付当日",
        "第4期（质保金）：¥1.00，起算日后6个月（起算：质保期满）",
    )


def test_a_later_start_in_words() -> None:
    both = SIGNED.later(months=2, days=3)
    assert (both.explain("en"), both.explain("zh_CN")) == ("2 months and 3 days after signed", "签订后2个月零3天")
    assert SIGNED.later(days=1).explain("en") == "1 day after signed"
    assert both.due(dt.date(2026, 1, 31)) == dt.date(2026, 4, 3)
    assert after("signed", NetMonths(1)).later(months=1).due(dt.date(2026, 1, 30)) == dt.date(2026, 3, 28)
    assert on("accepted:x").explain("en") == "when accepted:x"


def test_the_receivable_of_a_retention_is_one() -> None:
    schedule = plan(Money.of("100", "CNY"), [rest(due=SIGNED), retention("0.05", months=12, milestone="signed")])
    story = billing.adopt(PlanId("P1"), order=ORDER, entity=ENTITY, party=PARTY, schedule=schedule, now=NOON).after
    change, *raised = billing.reach(story, milestone="signed", on=TODAY, now=NOON)
    assert [done.retention for done in change.after.raised] == [False, True]
    assert [side.after.retention for side in raised] == [False, True]
    assert change.after.explain("zh_CN")[1] == "第2期（质保金）：¥5.00，到期日2027年3月2日"


@pytest.mark.parametrize(
    "terms, code, message",
    [
        (
            [rest(due=SIGNED), weight(1, due=SIGNED)],
            "plan.rest_and_weights",
            "term 2 takes a part of what is left, and term 1 all",
        ),
        ([equal(2, due=SIGNED, days=1), rest(due=SIGNED)], "plan.rest_and_weights", "term 1 takes a part"),
        ([equal(2, ratio="0.5", due=SIGNED, days=1)], "plan.missing_ratio", "the shares sum to 0.5; add 0.5"),
        ([equal(2, ratio="0.5", due=SIGNED, days=1), share("0.6", due=SIGNED)], "plan.over_ratio", "sum to 1.1"),
        ([], "plan.no_terms", "give at least one"),
        (["rest"], "plan.no_term", r"term 1 is 'rest'; make it with share, fixed, rest"),
    ],
)
def test_faults(terms: list[Any], code: str, message: str) -> None:
    found = check(terms, total=Money.of("1", "CNY"))
    assert [finding.code for finding in found] == [code]
    with pytest.raises((InvalidValue, InvalidType), match=message):
        plan(Money.of("1", "CNY"), terms)


@pytest.mark.parametrize(
    "make, error, message",
    [
        (lambda: weight(0, due=SIGNED), InvalidValue, "a weight is more than zero, not 0"),
        (lambda: weight("-1", due=SIGNED), InvalidValue, "a weight is more than zero"),
        (lambda: weight(0.5, due=SIGNED), InvalidType, "float"),  # type: ignore[arg-type]  # a caller's bug on purpose
        (lambda: equal(0, due=SIGNED, months=1), InvalidValue, "count is 0; use 1 or more"),
        (lambda: equal(1201, due=SIGNED, months=1), InvalidValue, "1201 equal parts are too many; ask for 1200"),
        (lambda: equal(2, due=SIGNED), InvalidValue, "give one of the two"),
        (lambda: equal(2, due=SIGNED, months=1, days=1), InvalidValue, "give one of the two"),
        (lambda: equal(2, ratio=2, due=SIGNED, months=1), InvalidValue, "2 is not a ratio"),
        (lambda: rest(due="signed"), InvalidType, "due is 'signed'; pass a Due"),  # type: ignore[arg-type]  # as above
        (lambda: rest(due=SIGNED, lines="L1"), InvalidType, "lines is 'L1'; pass a list"),  # type: ignore[arg-type]  # as above
        (lambda: rest(due=SIGNED, lines=[LineId("")]), InvalidValue, "blank"),
        (lambda: rest(due=SIGNED, retention=1), InvalidType, "retention is 1; pass a bool"),  # type: ignore[arg-type]  # as above
        (lambda: batch(0), InvalidValue, "0 is no batch; use 1 or more"),
    ],
)
def test_terms_say_what_passes(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_a_term_points_to_lines_that_the_order_has() -> None:
    terms = [share("0.5", due=SIGNED, lines=[LineId("1")]), rest(due=SIGNED, lines=[LineId("2"), LineId("3")])]
    known = [LineId("1"), LineId("2")]
    assert check(terms, lines=[*known, LineId("3")]) == check(terms) == ()
    [found] = check(terms, total=Money.of("1", "CNY"), lines=known)
    assert (found.code, found.path) == ("plan.unknown_line", ("terms", 2, "lines"))
    with pytest.raises(InvalidValue, match="term 2 is for line 3, which the order has not; use one of 1, 2"):
        plan(Money.of("1", "CNY"), terms, lines=known)
    with pytest.raises(InvalidValue, match="which the order has not"):
        flows.start_order(
            OrderId("SO-7"),
            contract=signed_contract(),
            lines=order_lines(),
            currency="CNY",
            plan=PlanId("P7"),
            terms=terms,
            on=TODAY,
            now=CONTRACT_NOON,
        )


def test_terms_explain_themselves() -> None:
    terms = [
        share("0.305", due=SIGNED),
        fixed(Money.of("5", "CNY"), due=on(batch(1, "accepted"))),
        weight("1.5", due=SIGNED, label="second"),
        equal(2, due=SIGNED, days=10, retention=True),
        rest(due=SIGNED),
    ]
    assert [term.explain("en") for term in terms] == [
        "30.5%, when signed",
        "CN¥5.00, when batch 1 accepted",
        "weight 1.5 of what is left, when signed (second)",
        "what is left in 2 equal parts every 10 days, the first when signed (retention)",
        "what is left, when signed",
    ]
    assert [term.explain("zh_CN") for term in terms] == [
        "30.5%，签订当日",
        "¥5.00，第1批验收当日",
        "余额按权重1.5，签订当日（second）",
        "余款分2期等额，每10天一期，首期签订当日（质保金）",
        "余款，签订当日",
    ]
