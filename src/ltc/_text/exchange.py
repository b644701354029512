"""Messages of exchange rates and of what they make of amounts."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

EXCHANGE: Final[Mapping[str, Wording]] = {
    "fx.signs": Wording(
        "{amount} cannot be {book} in the books; give an amount that is not zero, and a value of its sign",
        "{amount} 的账面价值不能为 {book}；金额须不为零，账面价值须同号",
    ),
    "fx.no_lines": Wording("there is nothing to reconcile; give at least one line", "没有可勾对的明细；请至少给出一行"),
    "fx.no_receivable": Wording(
        "receipt {receipt} settles receivable {receivable} by {application}; give that receivable, too",
        "收款 {receipt} 以 {application} 核销了应收 {receivable}；请一并给出该应收",
    ),
    "rate.not_above_zero": Wording("{name} is {value}; give more than zero", "{name} 为 {value}；须大于零"),
    "rate.same_currency": Wording(
        "{per} {currency} cannot cost {rate} {currency}; a currency is worth itself",
        "{per} {currency} 不能等于 {rate} {currency}；同一币种汇率为 1",
    ),
    "rate.currency": Wording(
        "a rate of {source} in {target} does not convert {currency}", "{source} 兑 {target} 的汇率不能折算 {currency}"
    ),
    "rate.max_age": Wording("max_age is {value}; give days, 0 or more", "max_age 为 {value}；请给出天数，不小于 0"),
    "rate.type": Wording("{value} is no ExchangeRate; pass those", "{value} 不是 ExchangeRate；请传入汇率"),
    "rate.stale": Wording(
        "the latest rate of {source} in {target} is of {quoted_on}, {age:day|days} before {on}; {most} is the most",
        "{source} 兑 {target} 的最近汇率为 {quoted_on}，距 {on} 已 {age} 天；最多 {most} 天",
    ),
    "rate.only_inverse": Wording(
        "no rate of {source} in {target} on {on} or before; there is one of {target} in {source}: give its inverse if that is meant",
        "{on} 及之前没有 {source} 兑 {target} 的汇率；只有 {target} 兑 {source} 的：如确需，请给出其倒数",
    ),
    "rate.missing": Wording(
        "no rate of {source} in {target} on {on} or before; give one",
        "{on} 及之前没有 {source} 兑 {target} 的汇率；请给出",
    ),
    "rate.twice": Wording(
        "{source} in {target} has two rates on {on}, {first} and {second}; give one",
        "{source} 兑 {target} 在 {on} 有两个汇率 {first} 与 {second}；请只给一个",
    ),
}
