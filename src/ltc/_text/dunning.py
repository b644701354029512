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

DUNNING: Final[Mapping[str, Wording]] = {**_STOPS}
