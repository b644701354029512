"""Messages of invoices, of requests for them, and of red-letter notes."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_INVOICES: Final[Mapping[str, Wording]] = {
    "invoice.untaxed_rate": Wording(
        "{description} is {treatment} with a tax rate of {rate}; use 0",
        "{description} 为 {treatment}，税率却是 {rate}；应为 0",
    ),
    "invoice.no_lines": Wording("invoice {invoice} has no lines", "发票 {invoice} 没有明细行"),
    "invoice.nothing": Wording(
        "invoice {invoice} comes to {gross}; bill what costs something with it",
        "发票 {invoice} 合计为 {gross}；请与收费项目一并开具",
    ),
    "invoice.covers": Wording(
        "invoice {invoice} of {gross} would cover receivables of {covered}; cover that or less",
        "发票 {invoice} 金额 {gross}，关联应收却为 {covered}；不得超过发票金额",
    ),
    "invoice.covers_twice": Wording(
        "{invoice} names a receivable twice; give each once", "{invoice} 两次列出同一应收；请各给一次"
    ),
    "invoice.quantity": Wording(
        "{description} has a quantity of {quantity}; give more than zero or none",
        "{description} 的数量为 {quantity}；须大于零或不填",
    ),
    "invoice.net": Wording(
        "{description} of {gross} has a net of {net} at {rate}; use {expected} or a neighbour",
        "{description} 含税 {gross}，税率 {rate}，不含税却为 {net}；应为 {expected} 或相邻的最小单位",
    ),
    "invoice.rounding": Wording(
        "the tax of invoice {invoice} is not rounded {rounding}; issue it by its verb",
        "发票 {invoice} 的税额未按 {rounding} 舍入；请用开票函数开具",
    ),
    "invoice.due_before": Wording(
        "invoice {invoice} would be due on {due_on}, before it is issued on {on}; use that day or a later one",
        "发票 {invoice} 的到期日 {due_on} 早于开票日 {on}；请用该日或之后的日期",
    ),
    "invoice.not_issued": Wording(
        "invoice {invoice} was issued on {issued_on}, after {on}; use that day or a later one",
        "发票 {invoice} 于 {issued_on} 开具，晚于 {on}；请用该日或之后的日期",
    ),
    "invoice.over_uncovered": Wording(
        "{amount} is more than the {available} that invoice {invoice} bills of no receivable yet",
        "{amount} 超过发票 {invoice} 尚未关联应收的金额 {available}",
    ),
    "invoice.over_receivable": Wording(
        "{amount} is more than the {available} left to invoice of receivable {receivable}",
        "{amount} 超过应收 {receivable} 的可开票金额 {available}",
    ),
    "invoice.other_entity": Wording(
        "invoice {invoice} is of our entity {ours}, receivable {receivable} of {theirs}; both must be the same",
        "发票 {invoice} 的我方主体为 {ours}，应收 {receivable} 为 {theirs}；二者须相同",
    ),
    "invoice.other_party": Wording(
        "invoice {invoice} bills what {ours} owes, receivable {receivable} is owed by {theirs}; both must be the same",
        "发票 {invoice} 的签约客户为 {ours}，应收 {receivable} 的客户为 {theirs}；二者须相同",
    ),
    "invoice.other_currency": Wording(
        "invoice {invoice} is in {ours}, receivable {receivable} in {theirs}; both must be the same",
        "发票 {invoice} 的币种为 {ours}，应收 {receivable} 为 {theirs}；二者须相同",
    ),
}

_REQUESTS: Final[Mapping[str, Wording]] = {
    "invoice.parts": Wording(
        "a net of {net} is over {most} times the limit of {limit}; use a higher one",
        "不含税金额 {net} 超过限额 {limit} 的 {most} 倍；请提高限额",
    ),
    "invoice_title.country": Wording(
        "{country} is no country; give two capital letters", "{country} 不是国家代码；请用两个大写字母"
    ),
    "invoice_title.tax_number": Wording("{number} is no tax number of {country}", "{number} 不是 {country} 的税号"),
    "invoice_title.check_digit": Wording(
        "{number} is no unified social credit code: its check digit is wrong",
        "{number} 不是有效的统一社会信用代码：校验位有误",
    ),
    "invoice_request.tax_number": Wording(
        "request {request} is for a special invoice and has no tax number; give one, or ask for a general one",
        "开票申请 {request} 要开专用发票却没有税号；请补充税号或改开普通发票",
    ),
    "invoice_request.not_rejected": Wording(
        "request {request} is {status}; make one again once it is rejected",
        "开票申请 {request} 状态为 {status}；驳回后方可重新申请",
    ),
    "invoice_request.too_early": Wording(
        "request {request} stood at {since} last, after {on}", "开票申请 {request} 最近日期为 {since}，晚于 {on}"
    ),
    "invoice_request.numbers": Wording(
        "request {request} becomes {invoices:invoice|invoices} and {numbers} different numbers are given; give one an invoice",
        "开票申请 {request} 需开 {invoices} 张发票，却给出了 {numbers} 个不同的发票号码；请每张各给一个",
    ),
    "invoice_request.receivable": Wording(
        "request {request} bills {amount} of receivable {receivable}; give that receivable",
        "开票申请 {request} 将开应收 {receivable} 的 {amount}；请给出该应收",
    ),
}

_NOTES: Final[Mapping[str, Wording]] = {
    "note.too_early": Wording(
        "note {note} stood at {last} last, after {on}", "红字发票 {note} 最近日期为 {last}，晚于 {on}"
    ),
    "note.lines": Wording(
        "the lines of note {note} sum to {asked}, its amount is {amount}; make them equal",
        "红字 {note} 的行合计 {asked}，金额 {amount}；须相等",
    ),
    "note.line_twice": Wording(
        "note {note} names a line twice; name each once", "红字 {note} 两次列出同一行；请各列一次"
    ),
    "note.no_line": Wording(
        "invoice {invoice} has no line {number}; use 1 to {lines}",
        "发票 {invoice} 没有第 {number} 行；可用 1 至 {lines}",
    ),
    "note.over": Wording(
        "{amount} is more than the {available} that invoice {invoice} still bills",
        "{amount} 超过发票 {invoice} 可冲红的余额 {available}",
    ),
    "note.over_line": Wording(
        "{amount} is more than the {available} left of line {number} of invoice {invoice}",
        "{amount} 超过发票 {invoice} 第 {number} 行的余额 {available}",
    ),
    "note.whole_only": Wording(
        "invoice {invoice} issued in error is taken back whole: {gross}, not {amount}",
        "开票有误的发票 {invoice} 须全额冲红：{gross}，而非 {amount}",
    ),
    "note.part_gone": Wording(
        "{gone} of invoice {invoice} was taken back before, and so it is not taken back whole as one issued in error; "
        "give another reason for the {left} that is left",
        "发票 {invoice} 已冲红 {gone}，不能再以开票有误全额冲红；剩余 {left} 请改用其他原因",
    ),
    "note.other_invoice": Wording(
        "note {note} takes back invoice {invoice}, not {given}", "红字 {note} 冲红的是发票 {invoice}，不是 {given}"
    ),
    "note.before_invoice": Wording(
        "invoice {invoice} was issued on {issued_on}, after {on}; use that day or a later one",
        "发票 {invoice} 于 {issued_on} 开具，晚于 {on}；请用该日或之后的日期",
    ),
    "note.nothing": Wording(
        "note {note} takes back nothing; give an amount or lines of the invoice",
        "红字 {note} 没有冲红金额；请给出金额或发票行",
    ),
    "note.time": Wording(
        "{name} is {value}; pass a timedelta above zero, or None for no end",
        "{name} 为 {value}；请传入大于零的 timedelta，或以 None 表示不限期",
    ),
    "note.stands": Wording(
        "note {note} stands until {until}; withdraw it before that", "红字 {note} 在 {until} 之前有效；此前请撤销"
    ),
    "note.stands_on": Wording("note {note} stands without end; withdraw it", "红字 {note} 不限期有效；请撤销"),
    "note.too_late": Wording(
        "note {note} stood until {until}, before {now}; let it expire and ask again",
        "红字 {note} 的有效期至 {until}，早于 {now}；请登记过期后重新申请",
    ),
    "note.receivable": Wording(
        "note {note} gives back {amount} of receivable {receivable}; give that receivable",
        "红字 {note} 将退回应收 {receivable} 的 {amount}；请给出该应收",
    ),
    "note.before_cover": Wording(
        "invoice {invoice} bills receivable {receivable} since {billed_on}, after {on}; use that day or a later one",
        "发票 {invoice} 自 {billed_on} 起关联应收 {receivable}，晚于 {on}；请用该日或之后的日期",
    ),
    "note.over_cover": Wording(
        "{amount} is more than the {available} that invoice {invoice} covers of receivable {receivable}",
        "{amount} 超过发票 {invoice} 关联应收 {receivable} 的金额 {available}",
    ),
    "note.covers": Wording(
        "{amount} of receivables is more than the {available} taken back of invoice {invoice}",
        "退回应收 {amount} 超过发票 {invoice} 的冲红金额 {available}",
    ),
}

_CREDIT: Final[Mapping[str, Wording]] = {
    "note.not_issued": Wording(
        "note {note} is {status}; its money can be disposed of once it is issued",
        "红字 {note} 状态为 {status}；开具后方可处置其款项",
    ),
    "note.of_change": Wording(
        "note {note} took back what change {change} took off; there is no money of it to dispose of",
        "红字 {note} 冲红的是变更 {change} 所减少的金额；没有款项可处置",
    ),
    "credit.none": Wording(
        "there is no credit on {on}; dispose of a red letter first", "{on} 没有红字余额；请先处置红字款项"
    ),
    "credit.no_offset": Wording(
        "disposition {disposition} and receivable {receivable} have no offset {application} that stands",
        "红字款项 {disposition} 与应收 {receivable} 之间没有有效的对冲 {application}",
    ),
    "credit.refund_stands": Wording(
        "offset {application} made room for refund {refund}; give that refund once it is rejected or failed",
        "对冲 {application} 对应退款 {refund}；请在该退款被驳回或失败后提供该退款",
    ),
    "credit.not_covered": Wording(
        "note {note} gave back nothing of receivable {receivable}; keep the credit, or refund what was paid on one that it gave back",
        "红字 {note} 未退回应收 {receivable} 的开票；请留作贷方余额，或退还其所退回应收的收款",
    ),
    "credit.paid_in_other": Wording(
        "receipt {receipt} is in {theirs}, disposition {disposition} in {ours}; refund what a receipt of that currency paid",
        "收款 {receipt} 的币种为 {theirs}，红字款项 {disposition} 为 {ours}；请退还同币种收款所付的金额",
    ),
    "credit.over_paid": Wording(
        "{amount} is more than the {available} that receipt {receipt} paid on receivable {receivable}",
        "{amount} 超过收款 {receipt} 在应收 {receivable} 上的核销金额 {available}",
    ),
    "credit.nothing_open": Wording(
        "none of the receivables has anything open from {on} on; disposition {disposition} stays as credit",
        "自 {on} 起各应收均无未收金额；红字款项 {disposition} 留作贷方余额",
    ),
    "credit.nothing_left": Wording(
        "disposition {disposition} has no credit from {on} on; take an offset back first",
        "红字款项 {disposition} 自 {on} 起没有余额；请先冲回对冲",
    ),
    "credit.over": Wording(
        "{amount} is more than the {available} credit of disposition {disposition}",
        "{amount} 超过红字款项 {disposition} 的余额 {available}",
    ),
    "credit.over_open": Wording(
        "{amount} is more than the {available} open of the receivables", "{amount} 超过各应收的未收金额 {available}"
    ),
    "credit.strategy": Wording(
        "the strategy gave {given} of {amount} of disposition {disposition}, or more than is open",
        "核销策略将红字款项 {disposition} 的 {amount} 分配了 {given}，或超过了未收金额",
    ),
    "credit.other_entity": Wording(
        "disposition {disposition} is of our entity {ours}, receivable {receivable} of {theirs}",
        "红字款项 {disposition} 的我方主体为 {ours}，应收 {receivable} 为 {theirs}",
    ),
    "credit.other_party": Wording(
        "disposition {disposition} is credit of {ours}, receivable {receivable} is owed by {theirs}",
        "红字款项 {disposition} 属于客户 {ours}，应收 {receivable} 的客户为 {theirs}",
    ),
    "credit.other_currency": Wording(
        "disposition {disposition} is in {ours}, receivable {receivable} in {theirs}",
        "红字款项 {disposition} 的币种为 {ours}，应收 {receivable} 为 {theirs}",
    ),
    "credit.too_early": Wording(
        "disposition {disposition} can do that from {since} on, not on {on}",
        "红字款项 {disposition} 自 {since} 起方可如此处理，而非 {on}",
    ),
}

_GAPS: Final[Mapping[str, Wording]] = {
    "billing_gap.not_invoiced": Wording(
        "{id} of order {order}: {amount} earned and not invoiced", "订单 {order} 的 {id}：应开未开 {amount}"
    ),
    "billing_gap.invoiced_ahead": Wording(
        "{id} of order {order}: {amount} invoiced ahead", "订单 {order} 的 {id}：预开票 {amount}"
    ),
    "billing_gap.two_orders": Wording(
        "{id} is of order {order} and of order {other}; give each thing one order",
        "{id} 同时属于订单 {order} 与 {other}；请每项只给一个订单",
    ),
}

_DISCOUNTS: Final[Mapping[str, Wording]] = {
    "discount.base": Wording("{base} is below zero; nothing can be taken off it", "{base} 小于零，无法再打折"),
    "discount.over_what": Wording(
        "a discount of {discount} cannot be spread over {whole}; give a discount and amounts of zero or more, not all zero",
        "折扣 {discount} 无法分摊到 {whole}；折扣与各金额须不小于零，且金额不全为零",
    ),
    "discount.over": Wording(
        "{amount} is more than the {available} that it is spread over", "折扣 {amount} 超过分摊基数 {available}"
    ),
    "discount.mixed": Wording(
        "some lines have their tax on top and others in them; discount them apart",
        "含税行与不含税行不能一并打折；请分别处理",
    ),
}

INVOICES: Final[Mapping[str, Wording]] = {**_INVOICES, **_REQUESTS, **_NOTES, **_CREDIT, **_GAPS, **_DISCOUNTS}
