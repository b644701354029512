"""Messages about debts that are chased: what is said about them, reminders and letters."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_STOPS: Final[Mapping[str, Wording]] = {
    "billing.below_zero": Wording("{name} is {amount}; give zero or more", "{name} 为 {amount}；不得小于零"),
    "receivable.nothing_open": Wording(
        "receivable {receivable} had nothing open on {on}; there is nothing to chase",
        "应收 {receivable} 于 {on} 没有未收金额，无须催收",
    ),
    "receivable.disputed": Wording(
        "receivable {receivable} is disputed since {since}; settle that dispute first",
        "应收 {receivable} 自 {since} 起有争议；请先了结该争议",
    ),
    "receivable.not_disputed": Wording(
        "receivable {receivable} has no dispute that lasts; there is nothing to settle",
        "应收 {receivable} 没有未了结的争议",
    ),
    "receivable.until": Wording(
        "until {until} is before {on}; use that day or a later one for receivable {receivable}",
        "截止日 {until} 早于 {on}；应收 {receivable} 请用该日或之后的日期",
    ),
    "receivable.not_held": Wording(
        "receivable {receivable} is not on hold on {on}; there is nothing to release",
        "应收 {receivable} 于 {on} 未暂缓催收，无须恢复",
    ),
    "receivable.before_last": Wording(
        "the last word on receivable {receivable} is of {last}, after {on}; use that day or a later one",
        "应收 {receivable} 最近一次记录为 {last}，晚于 {on}；请用该日或之后的日期",
    ),
}

_INTEREST: Final[Mapping[str, Wording]] = {
    "interest.rate": Wording(
        "{rate} is no rate of interest; use 0 or more (10 % is 0.10)", "{rate} 不是利率；须为 0 或以上（10% 写作 0.10）"
    ),
    "interest.rates": Wording(
        "the rates begin on {firsts}; give at least one, each from a later day on",
        "利率起始日为 {firsts}；至少给出一个，且起始日须递增",
    ),
    "interest.no_rate": Wording(
        "no rate of interest is known for {on}; the first is of {first}: add the one before",
        "{on} 没有适用利率；最早的利率自 {first} 起：请补充之前的利率",
    ),
    "interest.other": Wording(
        "the interest is of {given} until {until}; charge that of {receivable} until {on} or before",
        "该利息属于 {given}，计至 {until}；请计收 {receivable} 计至 {on} 或之前的利息",
    ),
    "interest.nothing": Wording(
        "no interest of receivable {receivable} is left to charge on {on}; wait until more has run",
        "应收 {receivable} 于 {on} 没有可计收的利息；请待利息继续产生",
    ),
    "interest.period": Wording("{days:day|days} at {rate} on {base}: {amount}", "{base}按{rate}计息{days}天：{amount}"),
}

DUNNING: Final[Mapping[str, Wording]] = {**_STOPS, **_INTEREST}
