"""Messages of limits, approvals and recovery."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

RELIEF: Final[Mapping[str, Wording]] = {
    "limit.amounts": Wording("amounts are {value}; pass a tuple of Money", "amounts 为 {value}；请传入 Money 的元组"),
    "limit.negative": Wording("a limit is {amount}; give zero or more", "限额为 {amount}；不得小于零"),
    "limit.twice": Wording(
        "a limit has two amounts of one currency; give one of each", "限额中同一币种有两个金额；请各给一个"
    ),
    "relief.needs_approval": Wording(
        "{amount} of receivable {receivable} is more than the {left} that needs no approval; "
        "ask for that or less, or give a request approved about {relief} {about}",
        "应收 {receivable} 的 {amount} 超过免审批余额 {left}；请不超过该额，或提供关于 {relief} {about} 的已批准申请",
    ),
    "relief.change_used": Wording(
        "{relief} {change} of receivable {receivable} was made already; an approval serves once",
        "应收 {receivable} 的 {relief} {change} 已经办理；一次审批只用一次",
    ),
    "refund.over": Wording(
        "{amount} is more than the {available} free of the receipts", "{amount} 超过各收款的可用金额 {available}"
    ),
    "refund.no_receipts": Wording(
        "a refund needs at least one receipt that pays it back", "退款至少需要一笔可退的收款"
    ),
    "refund.mixed": Wording(
        "the receipts differ in {name}: {found}; refund those of one by themselves",
        "各收款的 {name} 不同：{found}；请分别退款",
    ),
    "refund.traced_receipt": Wording(
        "refund {refund} pays receipt {expected} back, not {receipt}; give that one",
        "退款 {refund} 退的是收款 {expected}，不是 {receipt}；请给出该收款",
    ),
    "receivable.not_written_off": Wording(
        "nothing of receivable {receivable} is written off from {on} on; apply the money as it is",
        "自 {on} 起应收 {receivable} 没有坏账核销；请直接核销该款",
    ),
    "receivable.over_written_off": Wording(
        "{amount} is more than the {available} written off of receivable {receivable}",
        "{amount} 超过应收 {receivable} 的坏账核销余额 {available}",
    ),
}
