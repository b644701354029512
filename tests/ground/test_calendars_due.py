"""Due rules: worked figures of peers and laws of trade, words, JSON, and rolling."""

import datetime as dt
from typing import get_args

import pytest

from ltc.calendars import (
    DayOfMonth,
    DueRule,
    EndOfMonth,
    FixedDate,
    NetDays,
    NetMonths,
    NextDayOfMonth,
    Roll,
    Weekly,
    country,
)
from ltc.errors import InvalidType, InvalidValue
from ltc.events import from_json, to_json

RULES: list[DueRule] = [
    NetDays(30),
    NetDays(-7, Roll.PRECEDING),
    NetMonths(12),
    EndOfMonth(45),
    EndOfMonth(after_days=30, roll=Roll.FOLLOWING),
    DayOfMonth(31),
    DayOfMonth(30, months=1, after_days=30, roll=Roll.MODIFIED_FOLLOWING),
    DayOfMonth(5, months=3),
    NextDayOfMonth(15, after_days=31),
    FixedDate(dt.date(2026, 12, 31)),
]


@pytest.mark.parametrize(
    "rule, base, expected",
    [
        (NetDays(0), "2019-01-31", "2019-01-31"),
        (NetDays(30), "2022-01-31", "2022-03-02"),
        (NetDays(45), "2022-01-15", "2022-03-01"),
        (NetDays(-7), "2022-01-05", "2021-12-29"),
        (NetMonths(1), "2023-01-31", "2023-02-28"),
        (NetMonths(12), "2024-02-29", "2025-02-28"),
        (EndOfMonth(), "2024-02-01", "2024-02-29"),
        (EndOfMonth(45), "2019-01-15", "2019-03-17"),
        (EndOfMonth(45), "2019-01-31", "2019-03-17"),
        (EndOfMonth(10, after_days=30), "2019-01-15", "2019-03-10"),
        (DayOfMonth(31), "2019-01-01", "2019-01-31"),
        (DayOfMonth(5), "2019-01-20", "2019-01-05"),
        (DayOfMonth(1, months=1), "2019-01-31", "2019-02-01"),
        (DayOfMonth(31, months=1), "2019-01-31", "2019-02-28"),
        (DayOfMonth(31, months=1, after_days=30), "2023-12-12", "2024-02-29"),
        (DayOfMonth(29, months=1), "2024-05-23", "2024-06-29"),
        (DayOfMonth(30, months=1, after_days=15), "2024-05-24", "2024-07-30"),
        (NextDayOfMonth(15, after_days=31), "2019-01-31", "2019-03-15"),
        (NextDayOfMonth(15), "2019-01-15", "2019-01-15"),
        (NextDayOfMonth(31), "2019-02-28", "2019-02-28"),
        (FixedDate(dt.date(2026, 12, 31)), "2019-01-31", "2026-12-31"),
    ],
)
def test_due(rule: DueRule, base: str, expected: str) -> None:
    assert rule.due(dt.date.fromisoformat(base)) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "rule",
    [
        NetDays(1, Roll.FOLLOWING),
        NetMonths(0, Roll.FOLLOWING),
        EndOfMonth(roll=Roll.FOLLOWING),
        DayOfMonth(31, roll=Roll.FOLLOWING),
        NextDayOfMonth(31, roll=Roll.FOLLOWING),
        FixedDate(dt.date(2026, 1, 31), Roll.FOLLOWING),
    ],
)
def test_a_rule_rolls_with_a_calendar_only(rule: DueRule) -> None:
    base = dt.date(2026, 1, 30) if isinstance(rule, NetDays) else dt.date(2026, 1, 31)  # a Saturday
    assert rule.due(base, Weekly()) == dt.date(2026, 2, 2)
    with pytest.raises(
        InvalidValue, match=r"a rule that rolls following needs a calendar; pass one such as Weekly\(\)"
    ):
        rule.due(base)


def test_each_convention_rolls_its_way() -> None:
    base, calendar = dt.date(2026, 10, 1), country("CN")
    due = {how: NetDays(30, how).due(base, calendar) for how in Roll}  # Saturday 31 October
    assert {how.value: str(day) for how, day in due.items()} == {
        "none": "2026-10-31",
        "following": "2026-11-02",
        "preceding": "2026-10-30",
        "modified_following": "2026-10-30",
    }


@pytest.mark.parametrize(
    "rule, english, chinese",
    [
        (NetDays(0), "the start date", "起算日"),
        (NetDays(1), "1 day after the start date", "起算日后1天"),
        (NetDays(-7), "7 days before the start date", "起算日前7天"),
        (NetMonths(12), "12 months after the start date", "起算日后12个月"),
        (EndOfMonth(), "from the start date, the end of that month", "起算日所在月的月末"),
        (EndOfMonth(45), "from the start date, the end of that month and 45 days more", "起算日所在月的月末再加45天"),
        (DayOfMonth(31), "from the start date, the last day of that month", "起算日当月的月末"),
        (
            DayOfMonth(30, months=1, after_days=30),
            "from 30 days after the start date, day 30 (or the last) of the next month",
            "起算日后30天次月的30日（无此日则取月末）",
        ),
        (DayOfMonth(5, months=3), "from the start date, day 5 of the month 3 months later", "起算日之后第3个月的5日"),
        (
            NextDayOfMonth(15, after_days=31),
            "from 31 days after the start date, the next time it is day 15 of a month",
            "起算日后31天起最近的15日",
        ),
        (
            FixedDate(dt.date(2026, 12, 31), Roll.FOLLOWING),
            "Dec 31, 2026; if no workday, the next workday",
            "2026年12月31日；遇非工作日顺延至下一工作日",
        ),
        (
            NetDays(30, Roll.PRECEDING),
            "30 days after the start date; if no workday, the workday before",
            "起算日后30天；遇非工作日提前至上一工作日",
        ),
        (
            NetDays(30, Roll.MODIFIED_FOLLOWING),
            "30 days after the start date; if no workday, the next workday of that month or else the one before",
            "起算日后30天；遇非工作日顺延，跨月则提前至上一工作日",
        ),
    ],
)
def test_a_rule_explains_itself(rule: DueRule, english: str, chinese: str) -> None:
    assert (rule.explain("en"), rule.explain("zh_CN")) == (english, chinese)


def test_a_rule_is_explained_in_english_where_there_is_no_translation() -> None:
    assert NetDays(2).explain("de") == "2 days after the start date"


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_survives_json(rule: DueRule) -> None:
    assert from_json(to_json(rule, DueRule), DueRule) == rule  # type: ignore[arg-type]  # a union


def test_every_rule_is_tried() -> None:
    assert {type(rule) for rule in RULES} == set(get_args(DueRule))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_ends_with_the_years(rule: DueRule) -> None:
    if isinstance(rule, NetDays) and rule.days < 0:
        base = dt.date.min
    elif isinstance(rule, FixedDate) or rule == DayOfMonth(31):
        return  # never leaves the month it is given
    else:
        base = dt.date.max
    with pytest.raises(InvalidValue, match="leaves the years 1 to 9999"):
        rule.due(base, Weekly())


def test_a_roll_is_a_roll() -> None:
    with pytest.raises(InvalidType, match=r"use one such as Roll\.FOLLOWING"):
        NetDays(30, "following")  # type: ignore[arg-type]  # what is refused
