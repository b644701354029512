"""Messages of use cases, and the names of documents and figures in them."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

FLOWS: Final[Mapping[str, Wording]] = {
    "lead.duplicate": Wording("the draft is lead {lead} again", "该线索与 {lead} 重复"),
    "flow.nothing_to_contract": Wording(
        "opportunity {opportunity} is worth nothing; reprice it first", "商机 {opportunity} 金额为零；请先改价"
    ),
    "change.needs_approval": Wording(
        "change {change} over {amount} is above the {free} that needs no approval; preview that or less, or name the request about it",
        "变更 {change} 金额 {amount} 超过免审批额 {free}；请不超过该额，或指明其审批申请",
    ),
    "change.not_approved": Wording(
        "change {change} waits for request {request} to be approved for {amount}",
        "变更 {change} 尚待审批 {request}（金额 {amount}）通过",
    ),
    "plan.other_order": Wording(
        "plan {plan} collects order {planned}, not {order}", "收款计划 {plan} 属于订单 {planned}，而非 {order}"
    ),
    "waiver.amount": Wording(
        "{amount} of installment {installment} of plan {plan} cannot be waived: {left} is left of it",
        "收款计划 {plan} 第 {installment} 期不能减免 {amount}：仅余 {left}",
    ),
    "waiver.receipts": Wording(
        "{amount} of receivable {receivable} is paid; give the receipts that paid it",
        "应收 {receivable} 已收 {amount}；请给出相应的收款",
    ),
    "waiver.other_currency": Wording(
        "receipt {receipt} paid receivable {receivable} in {currency}, and {amount} cannot be refunded in it; "
        "waive at most what is open, or take that application back first",
        "收款 {receipt} 以 {currency} 支付应收 {receivable}，无法以该币种退还 {amount}；请至多减免未收金额，或先反核销该笔",
    ),
    "flow.unknown_grade": Wording(
        "the scorecard gives grade {grade}; use {known}", "评分卡给出等级 {grade}；请用 {known}"
    ),
    "impact.line": Wording(
        "{kind} {subject} {figure}: {before} → {after} ({difference})",
        "{kind} {subject} {figure}：{before} → {after}（{difference}）",
    ),
    "kind.order": Wording("order", "订单"),
    "kind.plan": Wording("collection plan", "收款计划"),
    "kind.receivable": Wording("receivable", "应收"),
    "kind.invoice": Wording("invoice", "发票"),
    "kind.note": Wording("red-letter note", "红字发票"),
    "kind.receipt": Wording("receipt", "收款"),
    "kind.refund_request": Wording("refund", "退款"),
    "figure.amount": Wording("amount", "金额"),
    "figure.open": Wording("open", "未收"),
    "figure.waived": Wording("waived", "减免"),
    "figure.applied": Wording("applied", "核销"),
    "figure.invoiced": Wording("invoiced", "已开票"),
    "figure.billed": Wording("billed", "开票"),
    "figure.red_tax": Wording("tax taken back", "红冲税额"),
    "figure.reserved": Wording("set aside for refund", "待退款"),
    "figure.unapplied": Wording("unapplied", "未核销"),
}
