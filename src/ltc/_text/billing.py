"""Messages of receivables, invoices and receipts."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_RECEIVABLES: Final[Mapping[str, Wording]] = {
    "billing.no_money": Wording("{name} is {value}; pass a Money", "{name} 为 {value}；请传入 Money"),
    "billing.not_several": Wording(
        "receivables are a {given}; pass a list of receivables, [receivable] for one",
        "receivables 为 {given}；请传入应收的列表，单笔写作 [receivable]",
    ),
    "billing.amount": Wording("{name} is {amount}; give more than zero", "{name} 为 {amount}；须大于零"),
    "billing.twice": Wording("{name} is given twice; give each once", "{name} 给出了两次；请各给一次"),
    "billing.no_second": Wording(
        "{event} can only be the first event of a thing; it exists already", "{event} 只能是首个事件；对象已存在"
    ),
    "receivable.due_before": Wording(
        "receivable {receivable} would be due on {due_on}, before it is raised on {on}",
        "应收 {receivable} 的到期日 {due_on} 早于确认日 {on}",
    ),
    "receivable.origin": Wording(
        "receivable {receivable} cannot come of {kind} {origin}; give the receipt or the bill whose money is owed again",
        "应收 {receivable} 不能来自 {kind} {origin}；请给出其款项须重新收取的收款或汇票",
    ),
    "receivable.not_raised": Wording(
        "receivable {receivable} was raised on {raised_on}, after {on}; use that day or a later one",
        "应收 {receivable} 于 {raised_on} 确认，晚于 {on}；请用该日或之后的日期",
    ),
    "receivable.over": Wording(
        "{amount} is more than the {available} open of receivable {receivable}",
        "{amount} 超过应收 {receivable} 的未收金额 {available}",
    ),
    "receivable.settled": Wording(
        "receivable {receivable} has nothing open; there is no difference to let go",
        "应收 {receivable} 已结清，没有尾差",
    ),
    "receivable.over_limit": Wording(
        "receivable {receivable} has {open} open; a small difference is at most {limit}: waive it or write it off",
        "应收 {receivable} 未收 {open}；尾差最多 {limit}：请减免或坏账核销",
    ),
}

_RECEIPTS: Final[Mapping[str, Wording]] = {
    "receipt.oldest_first": Wording("oldest first (raised on {raised_on})", "先发生先核销（{raised_on} 确认）"),
    "receipt.earliest_due": Wording("earliest due first (due on {due_on})", "先到期先核销（{due_on} 到期）"),
    "receipt.designated": Wording("designated by the payer (place {place})", "付款方指定（第 {place} 位）"),
    "receipt.designated_unknown": Wording(
        "receivable {receivable} was designated, but is not among those with something open: {known}",
        "指定的应收 {receivable} 不在有未收金额的应收之中：{known}",
    ),
    "receipt.not_received": Wording(
        "receipt {receipt} came in on {received_on}, after {on}; use that day or a later one",
        "收款 {receipt} 于 {received_on} 到账，晚于 {on}；请用该日或之后的日期",
    ),
    "receipt.nothing_open": Wording(
        "none of the receivables has anything open from {on} on; receipt {receipt} stays as credit",
        "自 {on} 起各应收均无未收金额；收款 {receipt} 留作预收",
    ),
    "receipt.nothing_free": Wording(
        "receipt {receipt} has nothing free from {on} on; take an application back first",
        "收款 {receipt} 自 {on} 起没有未核销金额；请先反核销",
    ),
    "receipt.nothing_chosen": Wording(
        "the strategy chose no receivable for receipt {receipt}; designate one that is open",
        "核销策略没有为收款 {receipt} 选出应收；请指定有未收金额的应收",
    ),
    "receipt.strategy": Wording(
        "the strategy gave {given} of {amount} of receipt {receipt} to receivable {receivable}; that is more than it may",
        "核销策略将收款 {receipt} 的 {amount} 中的 {given} 分配给应收 {receivable}，超出了允许的范围",
    ),
    "receipt.other_entity": Wording(
        "receipt {receipt} is of our entity {ours}, receivable {receivable} of {theirs}",
        "收款 {receipt} 属我方主体 {ours}，应收 {receivable} 属 {theirs}",
    ),
    "receipt.other_party": Wording(
        "receipt {receipt} was paid by {ours}, receivable {receivable} is owed by {theirs}; "
        "give an authority of {ours} to pay for {theirs} that holds on {on}",
        "收款 {receipt} 的付款方是 {ours}，应收 {receivable} 的客户是 {theirs}；请给出 {on} 有效的 {ours} 为 {theirs} 代付的授权",
    ),
    "receipt.other_currency": Wording(
        "receipt {receipt} is in {ours}, receivable {receivable} in {theirs}; give a rate of {theirs} in {ours}",
        "收款 {receipt} 为 {ours}，应收 {receivable} 为 {theirs}；请给出 {theirs} 兑 {ours} 的汇率",
    ),
    "receipt.over": Wording(
        "{amount} is more than the {available} free of receipt {receipt}",
        "{amount} 超过收款 {receipt} 的可用金额 {available}",
    ),
    "receipt.over_day": Wording(
        "{amount} is more than the {available} that receipt {receipt} had from {on} on",
        "{amount} 超过收款 {receipt} 自 {on} 起的余额 {available}",
    ),
    "receipt.over_open": Wording(
        "{amount} is more than the {available} open of the receivables; receipt {receipt} keeps the rest as credit",
        "{amount} 超过各应收的未收金额 {available}；其余留在收款 {receipt} 作预收",
    ),
    "receipt.before_application": Wording(
        "application {application} was made on {applied_on}, after {on}; take it back on that day or a later one",
        "核销 {application} 发生于 {applied_on}，晚于 {on}；请在该日或之后反核销",
    ),
    "receipt.no_application": Wording(
        "receipt {receipt} and receivable {receivable} have no application {application} that stands",
        "收款 {receipt} 与应收 {receivable} 之间没有有效的核销 {application}",
    ),
    "refund.other_receipt": Wording(
        "receipt {receipt} keeps no money for refund {refund}; give receipt {expected}",
        "收款 {receipt} 没有为退款 {refund} 预留金额；应为收款 {expected}",
    ),
}

BILLING: Final[Mapping[str, Wording]] = {**_RECEIVABLES, **_RECEIPTS}
