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
        "nothing of deposit {deposit} is kept from {on} on, all of its {amount} has left; place another deposit",
        "保证金 {deposit} 自 {on} 起已无余额，{amount} 均已退出；请另缴保证金",
    ),
    "deposit.paid": Wording(
        "deposit {deposit} was paid by us and pays nothing to us; convert one that was received",
        "保证金 {deposit} 由我方缴存，不能转为收款；请转收到的保证金",
    ),
    "deposit.not_convertible": Wording(
        "deposit {deposit} is a {kind} deposit, which may not become a payment; those that may: {allowed}",
        "保证金 {deposit} 属 {kind}，不得转为货款；可转的类型：{allowed}",
    ),
    "deposit.other_receipt": Wording(
        "receipt {receipt} is none that deposit {deposit} became, or was taken back before; give one that stands",
        "收款 {receipt} 并非由保证金 {deposit} 转来，或已撤回；请给出仍有效的收款",
    ),
    "deposit.refunded": Wording(
        "{refunded} of receipt {receipt} was refunded and cannot be kept again; leave the conversion of deposit {deposit} as it is",
        "收款 {receipt} 已退款 {refunded}，不能再作保证金；保证金 {deposit} 的转货款请保持不变",
    ),
    "deposit.guarantee_twice": Wording(
        "guarantee {guarantee} stands in the place of deposit {deposit} already; give the number of another one",
        "保函 {guarantee} 已替代保证金 {deposit}；请给出另一保函的编号",
    ),
    "deposit.no_guarantee": Wording(
        "deposit {deposit} has no guarantee {guarantee}; it has {known}",
        "保证金 {deposit} 没有保函 {guarantee}；现有 {known}",
    ),
    "deposit.guarantee_not_standing": Wording(
        "guarantee {guarantee} stands from {first} to {last}, not on {on}; use a day between, or let another take its place",
        "保函 {guarantee} 的有效期为 {first} 至 {last}，不含 {on}；请用其间的日期，或另开保函",
    ),
    "deposit.not_longer": Wording(
        "guarantee {guarantee} stands to {expires_on} as it is; extend it beyond that day",
        "保函 {guarantee} 现有效至 {expires_on}；展期须晚于该日",
    ),
    "deposit.guarantee_expired": Wording(
        "guarantee {guarantee} expires on {expires_on}, before {on}; give one that stands",
        "保函 {guarantee} 于 {expires_on} 到期，早于 {on}；请提供有效的保函",
    ),
}
