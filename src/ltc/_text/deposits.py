"""Messages of deposits."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

DEPOSITS: Final[Mapping[str, Wording]] = {
    "deposit.due_before": Wording(
        "deposit {deposit} would be due back on {due_on}, before it is placed on {on}",
        "保证金 {deposit} 的应退日 {due_on} 早于缴存日 {on}",
    ),
    "deposit.other_milestone": Wording(
        "deposit {deposit} waits for {waits_for}, not for {milestone}; record that",
        "保证金 {deposit} 等待的是 {waits_for}，而非 {milestone}；请登记前者",
    ),
    "deposit.not_placed": Wording(
        "deposit {deposit} was placed on {placed_on}, after {on}; use that day or a later one",
        "保证金 {deposit} 于 {placed_on} 缴存，晚于 {on}；请用该日或之后的日期",
    ),
    "deposit.over": Wording(
        "{amount} is more than the {available} kept of deposit {deposit}",
        "{amount} 超过保证金 {deposit} 的余额 {available}",
    ),
    "deposit.nothing_kept": Wording(
        "nothing of deposit {deposit} is kept, all of its {amount} has left; place another deposit",
        "保证金 {deposit} 已无余额，{amount} 均已退出；请另缴保证金",
    ),
    "deposit.paid": Wording(
        "deposit {deposit} was paid by us and pays nothing to us; convert one that was received",
        "保证金 {deposit} 由我方缴存，不能转为收款；请转收到的保证金",
    ),
    "deposit.not_convertible": Wording(
        "deposit {deposit} is a {kind} deposit, which may not become a payment; those that may: {allowed}",
        "保证金 {deposit} 属 {kind}，不得转为货款；可转的类型：{allowed}",
    ),
    "deposit.guarantee_expired": Wording(
        "guarantee {guarantee} expires on {expires_on}, before {on}; give one that stands",
        "保函 {guarantee} 于 {expires_on} 到期，早于 {on}；请提供有效的保函",
    ),
}
