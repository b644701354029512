"""Messages of bank lines: claims, suggestions, rows of a statement."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

CLAIMING: Final[Mapping[str, Wording]] = {
    "line.over": Wording(
        "{amount} is more than the {available} unclaimed of bank line {line}",
        "{amount} 超过流水 {line} 的待认领金额 {available}",
    ),
    "line.nothing_left": Wording(
        "nothing of bank line {line} is unclaimed; reject or withdraw a claim first",
        "流水 {line} 没有待认领金额；请先驳回或撤回认领",
    ),
    "line.not_disowned": Wording(
        "nothing of bank line {line} is disowned; {unclaimed} of it can be claimed as it is",
        "流水 {line} 没有标记为非货款的金额；现有 {unclaimed} 可认领",
    ),
    "line.no_claim": Wording(
        "bank line {line} has no claim {claim}; it has {claims}, numbered from 1",
        "流水 {line} 没有认领 {claim}；共有 {claims} 笔，从 1 编号",
    ),
    "line.own_claim": Wording(
        "claim {claim} of bank line {line} was made by {by}; somebody else has to confirm it",
        "流水 {line} 的认领 {claim} 由 {by} 提出；须由他人确认",
    ),
    "line.others_claim": Wording(
        "claim {claim} of bank line {line} was made by {made_by}, not by {by}; {made_by} can withdraw it, or finance reject it",
        "流水 {line} 的认领 {claim} 由 {made_by} 提出，而非 {by}；可由 {made_by} 撤回或由财务驳回",
    ),
    "line.other_receipt": Wording(
        "claim {claim} of bank line {line} made receipt {receipt}, not {given}; give that one",
        "流水 {line} 的认领 {claim} 生成的是收款 {receipt}，而非 {given}；请给出前者",
    ),
    "line.refunded": Wording(
        "{refunded} of receipt {receipt} was refunded and cannot be claimed again; leave claim {claim} of bank line {line} as it is",
        "收款 {receipt} 已退款 {refunded}，不能重新认领；请保留流水 {line} 的认领 {claim}",
    ),
    "line.too_early": Wording(
        "bank line {line} stood at {last} last, after {on}; use that day or a later one",
        "流水 {line} 最近日期为 {last}，晚于 {on}；请用该日或之后的日期",
    ),
    "line.day": Wording("{value} is no day; write it as in 2026-03-02", "{value} 不是日期；请写成 2026-03-02"),
    "line.thousands": Wording(
        "{value} is no mark between thousands; give one sign such as a comma, or none",
        "{value} 不是千位分隔符；请给出一个符号（如逗号），或不给",
    ),
    "line.twice": Wording(
        "this line stands above already; give each line a number of its own", "该流水号上文已有；每笔流水须有自己的编号"
    ),
    "match.account": Wording("paid from account {account}, which is known", "付款账号 {account} 为已知账号"),
    "match.name": Wording("the payer's name is {name}", "付款户名即 {name}"),
    "match.name_begins": Wording("the payer's name begins as {name} does", "付款户名与 {name} 开头一致"),
    "match.name_in_remark": Wording("the remark names {name}", "附言提到 {name}"),
    "match.number": Wording("the remark quotes {number}", "附言含单号 {number}"),
    "match.amount": Wording("{amount} is just what {receivable} owes", "{amount} 恰为 {receivable} 的未收金额"),
    "match.amount_shared": Wording(
        "{amount} is just what each of {items} open items owes, {receivable} due first",
        "{amount} 恰为 {items} 笔未收各自的金额，{receivable} 最先到期",
    ),
    "match.sum": Wording("{amount} is the sum of {items} open items", "{amount} 为 {items} 笔未收之和"),
    "match.near": Wording("{receivable} owes {open}, which is {gap} away", "{receivable} 未收 {open}，相差 {gap}"),
}
