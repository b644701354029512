"""Messages of receipts that are applied, and of what is taken back."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_REVERSALS: Final[Mapping[str, Wording]] = {
    "receipt.not_given": Wording(
        "receipt {receipt} settles receivable {receivable}, which is not given; give every one that it settles",
        "收款 {receipt} 核销了应收 {receivable}，但未给出；请给出它核销的全部应收",
    ),
    "receipt.other_half": Wording(
        "receipt {receipt} is the other half of {kind} {origin}; use {verb}, which takes both back",
        "收款 {receipt} 来自 {kind} {origin}；请用 {verb}，两者一并撤回",
    ),
    "receipt.refund_pending": Wording(
        "receipt {receipt} keeps {amount} for refund {refund}; pay it, reject it or record its failure first",
        "收款 {receipt} 为退款 {refund} 预留 {amount}；请先支付、驳回该退款或登记其失败",
    ),
    "receipt.nothing_left": Wording(
        "nothing of receipt {receipt} is left: {refunded} was refunded, {taken_back} taken back before",
        "收款 {receipt} 已无余额：已退款 {refunded}，此前已退票或冲销 {taken_back}",
    ),
    "receipt.moved_since": Wording(
        "receipt {receipt} moved on {last} last, after {on}; use that day or a later one",
        "收款 {receipt} 最近变动于 {last}，晚于 {on}；请用该日或之后的日期",
    ),
}

_STRATEGIES: Final[Mapping[str, Wording]] = {
    "receipt.newest_first": Wording("newest first (raised on {raised_on})", "后发生先核销（{raised_on} 确认）"),
    "receipt.highest_first": Wording("highest first ({open} open)", "金额大者先核销（未收 {open}）"),
    "receipt.lowest_first": Wording("lowest first ({open} open)", "金额小者先核销（未收 {open}）"),
    "receipt.highest_by": Wording("what weighs most first (weight {weight})", "权重高者先核销（权重 {weight}）"),
    "receipt.no_weight": Wording(
        "receivable {receivable} has something open, but no weight by which to settle it; give one",
        "应收 {receivable} 有未收金额，但没有核销权重；请给出",
    ),
    "receipt.proportional": Wording(
        "in proportion ({open} of {owed} open)", "按比例核销（未收合计 {owed} 中的 {open}）"
    ),
    "receipt.exact_match": Wording(
        "exact match ({count:receivable|receivables} of {amount} together)", "金额匹配（{count} 笔应收合计 {amount}）"
    ),
    "receipt.exact_among": Wording(
        "exact match cannot search among {among} receivables; use 1 to {most}",
        "金额匹配不能在 {among} 笔应收中查找；可用 1 至 {most}",
    ),
    "receipt.no_exact_match": Wording(
        "no set of the {count} open receivables sums to {amount}; apply by another strategy",
        "{count} 笔未清应收中没有合计为 {amount} 的组合；请用其他策略核销",
    ),
    "receipt.exact_match_cut_off": Wording(
        "none found that sum to {amount} of the {count} open receivables not above it: three were looked for among the {near} due "
        "earliest, more among {among}; search among up to {most}, or apply by another strategy",
        "在不高于该金额的 {count} 笔未清应收中未找到合计为 {amount} 的组合：三笔组合在最早到期的 {near} 笔中查找，"
        "更多笔的组合只在最早到期的 {among} 笔中查找；可扩大至 {most} 笔，或用其他策略核销",
    ),
    "receipt.statutory_costs": Wording(
        "costs, interest and principal in their order: costs", "按费用、利息、本金的顺序：费用"
    ),
    "receipt.statutory_interest": Wording(
        "costs, interest and principal in their order: interest", "按费用、利息、本金的顺序：利息"
    ),
    "receipt.statutory_principal": Wording(
        "costs, interest and principal in their order: principal", "按费用、利息、本金的顺序：本金"
    ),
    "receipt.statutory_order": Wording(
        "the order {order} does not name costs, interest and principal once each; give all three",
        "顺序 {order} 未将费用、利息、本金各列一次；请列出三项",
    ),
}

_TERMS: Final[Mapping[str, Wording]] = {
    "authority.self": Wording(
        "{payer} pays for himself without an authority; leave it out", "{payer} 为自己付款不需代付授权；请省略"
    ),
    "authority.days": Wording(
        "authority {authority} would end on {until}, before it begins on {since}; use that day or a later one",
        "代付授权 {authority} 的截止日 {until} 早于起始日 {since}；请用该日或之后的日期",
    ),
    "receipt.over_authority": Wording(
        "{amount} is more than the {available} that authority {authority} lets receipt {receipt} settle for {party}",
        "{amount} 超过代付授权 {authority} 允许收款 {receipt} 为 {party} 核销的余额 {available}",
    ),
    "receipt.too_little": Wording(
        "{amount} of receipt {receipt} is less than a unit of what receivable {receivable} is owed in; it stays as credit",
        "收款 {receipt} 的 {amount} 不足应收 {receivable} 币种的最小单位；留作预收",
    ),
    "exchange.one_currency": Wording(
        "{paid} for {settled} is no exchange; leave it out within one currency",
        "{paid} 对 {settled} 不是兑换；同一币种请省略",
    ),
    "tolerance.twice": Wording("a currency has two limits; give each one", "同一币种有两个尾差限额；请各给一个"),
    "tolerance.none": Wording(
        "a tolerance needs an amount or a ratio; give one, or both", "尾差容忍需要金额或比例；请至少给出其一"
    ),
}

_TRANSFERS: Final[Mapping[str, Wording]] = {
    "receivable.same_party": Wording(
        "receivable {receivable} is owed by {party} already; move it to another customer",
        "应收 {receivable} 的客户已是 {party}；请转给其他客户",
    ),
    "receivable.nothing_open": Wording(
        "receivable {receivable} has nothing open from {on} on; there is nothing to settle",
        "应收 {receivable} 自 {on} 起没有未收金额；无可核销",
    ),
    "receivable.no_transfer": Wording(
        "receivable {moved} did not take the place of {receivable}, or gave it back",
        "应收 {moved} 未由应收 {receivable} 并入，或已退回",
    ),
    "receivable.lowered": Wording(
        "receivable {receivable} has {open} of {amount} open from {on} on; take back first what lowered it",
        "应收 {receivable} 自 {on} 起未收 {open}，而非 {amount}；请先冲回已核销的部分",
    ),
    "receivable.no_set_off": Wording(
        "receivable {receivable} has no settlement {application} against a payable that stands",
        "应收 {receivable} 没有有效的冲应付核销 {application}",
    ),
}

APPLICATION: Final[Mapping[str, Wording]] = {**_REVERSALS, **_STRATEGIES, **_TERMS, **_TRANSFERS}
