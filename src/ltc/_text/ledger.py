"""Messages of the ledger: what accounts are called, and what an entry says."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_ACCOUNTS: Final[Mapping[str, Wording]] = {
    "account.receivable": Wording("accounts receivable", "应收账款"),
    "account.contract": Wording("contract liability (raised, not invoiced)", "合同负债（已确认应收未开票）"),
    "account.sales": Wording("sales", "主营业务收入"),
    "account.output_tax": Wording("output tax", "应交增值税（销项税额）"),
    "account.interest": Wording("interest on late payment", "逾期利息收入"),
    "account.costs": Wording("costs of collection charged", "催收费用收入"),
    "account.unapplied": Wording("unapplied receipts", "预收及未核销收款"),
    "account.bank": Wording("bank", "银行存款"),
    "account.unidentified": Wording("receipts to be claimed", "待认领款"),
    "account.other_money": Wording("money of no customer", "非货款待处理"),
    "account.payable": Wording("accounts payable", "应付账款"),
    "account.waived": Wording("waivers", "减免"),
    "account.bad_debt": Wording("bad debt", "坏账损失"),
    "account.provision": Wording("provision for doubtful debts", "信用减值损失"),
    "account.rounding": Wording("small differences", "尾差"),
    "account.bills": Wording("bills receivable", "应收票据"),
    "account.bill_interest": Wording("interest on discounted bills", "票据贴现利息"),
    "account.suppliers": Wording("suppliers paid by bills", "应付账款（背书支付）"),
    "account.recourse": Wording("recourse for dishonored bills", "票据追索应付款"),
    "account.dishonored": Wording("dishonored bills to be claimed", "拒付票据待追偿"),
    "account.deposits_paid": Wording("deposits paid", "存出保证金"),
    "account.deposits_held": Wording("deposits received", "存入保证金"),
    "account.forfeits": Wording("deposits forfeited to us", "没收保证金收入"),
    "account.forfeited": Wording("deposits that we forfeited", "保证金没收损失"),
    "account.conversion": Wording("conversions", "核销与折算过渡"),
    "account.exchange": Wording("realized exchange differences", "汇兑损益（已实现）"),
    "account.unrealized": Wording("unrealized exchange differences", "汇兑损益（未实现）"),
}

_ENTRIES: Final[Mapping[str, Wording]] = {
    "ledger.receivable.raised": Wording("receivable {receivable} raised", "确认应收 {receivable}"),
    "ledger.receivable.settled": Wording(
        "receivable {receivable} settled by {source}", "应收 {receivable} 由 {source} 核销"
    ),
    "ledger.receivable.settlement_reversed": Wording(
        "settlement {application} of receivable {receivable} taken back", "应收 {receivable} 的核销 {application} 冲回"
    ),
    "ledger.receivable.waived": Wording("receivable {receivable} waived", "减免应收 {receivable}"),
    "ledger.receivable.written_off": Wording("receivable {receivable} written off", "坏账核销应收 {receivable}"),
    "ledger.receivable.recovered": Wording("receivable {receivable} recovered", "应收 {receivable} 坏账收回"),
    "ledger.receivable.rounded_off": Wording(
        "small difference of receivable {receivable}", "应收 {receivable} 尾差处理"
    ),
    "ledger.receivable.round_off_reversed": Wording(
        "small difference of receivable {receivable} taken back", "应收 {receivable} 尾差冲回"
    ),
    "ledger.receipt.received": Wording("receipt {receipt}", "收到收款 {receipt}"),
    "ledger.receipt.applied": Wording(
        "receipt {receipt} applied to receivable {receivable}", "收款 {receipt} 核销应收 {receivable}"
    ),
    "ledger.receipt.application_reversed": Wording(
        "receipt {receipt} taken back from receivable {receivable}", "收款 {receipt} 反核销应收 {receivable}"
    ),
    "ledger.receipt.refunded": Wording("refund {refund} of receipt {receipt}", "退款 {refund}（收款 {receipt}）"),
    "ledger.receipt.rounded_off": Wording("small difference of receipt {receipt}", "收款 {receipt} 尾差处理"),
    "ledger.receipt.round_off_reversed": Wording(
        "small difference of receipt {receipt} taken back", "收款 {receipt} 尾差冲回"
    ),
    "ledger.receipt.bounced": Wording("receipt {receipt} bounced", "收款 {receipt} 退票"),
    "ledger.receipt.reversed": Wording("receipt {receipt} reversed", "收款 {receipt} 冲销"),
    "ledger.invoice.issued": Wording("invoice {invoice} of order {order}", "订单 {order} 开具发票 {invoice}"),
    "ledger.invoice.reddened": Wording("red letter {note} of invoice {invoice}", "发票 {invoice} 红字 {note}"),
    "ledger.bank_line.recorded": Wording("bank line {line} to be claimed", "银行流水 {line} 待认领"),
    "ledger.bank_line.claim_confirmed": Wording(
        "claim of bank line {line} confirmed as receipt {receipt}", "银行流水 {line} 认领为收款 {receipt}"
    ),
    "ledger.bank_line.returned": Wording("bank line {line} sent back", "银行流水 {line} 退回付款方"),
    "ledger.bank_line.disowned": Wording("bank line {line} is no payment", "银行流水 {line} 非货款"),
    "ledger.bank_line.readmitted": Wording("bank line {line} to be claimed again", "银行流水 {line} 重新待认领"),
    "ledger.bank_line.claim_taken_back": Wording(
        "claim {claim} of bank line {line} taken back", "银行流水 {line} 的认领 {claim} 冲回"
    ),
    "ledger.bill.received": Wording("bill {bill} received with receipt {receipt}", "收到票据 {bill}（收款 {receipt}）"),
    "ledger.bill.endorsed": Wording("bill {bill} endorsed to {holder}", "票据 {bill} 背书给 {holder}"),
    "ledger.bill.discounted": Wording("bill {bill} discounted by {holder}", "票据 {bill} 向 {holder} 贴现"),
    "ledger.bill.sold": Wording("bill {bill} sold to {holder}", "票据 {bill} 由 {holder} 买断"),
    "ledger.bill.cashed": Wording("bill {bill} cashed", "票据 {bill} 托收到账"),
    "ledger.bill.dishonored": Wording("bill {bill} dishonored", "票据 {bill} 拒付"),
    "ledger.bill.taken_up": Wording("bill {bill} taken up", "票据 {bill} 清偿追索"),
    "ledger.deposit.placed": Wording("deposit {deposit} for {purpose}", "保证金 {deposit}（{purpose}）"),
    "ledger.deposit.returned": Wording("deposit {deposit} returned", "保证金 {deposit} 退还"),
    "ledger.deposit.forfeited": Wording("deposit {deposit} forfeited", "保证金 {deposit} 没收"),
    "ledger.deposit.converted": Wording(
        "deposit {deposit} became receipt {receipt}", "保证金 {deposit} 转为收款 {receipt}"
    ),
    "ledger.deposit.conversion_taken_back": Wording(
        "receipt {receipt} became deposit {deposit} again", "收款 {receipt} 转回保证金 {deposit}"
    ),
    "ledger.deposit.replaced": Wording(
        "deposit {deposit} replaced by guarantee {guarantee}", "保证金 {deposit} 由保函 {guarantee} 替代"
    ),
    "ledger.provision": Wording("provision of {entity} on {on}", "{entity} {on} 计提坏账准备"),
    "ledger.realized": Wording("exchange difference of {application}", "{application} 汇兑损益"),
    "ledger.book_rounding": Wording("rounding of {application} in the books", "{application} 折算尾差"),
    "ledger.unrealized": Wording("revaluation of {document}", "{document} 期末调汇"),
    "ledger.unrealized_taken_back": Wording("revaluation of {document} taken back", "{document} 期末调汇冲回"),
}

LEDGER: Final[Mapping[str, Wording]] = {
    **_ACCOUNTS,
    **_ENTRIES,
    "chart.name": Wording(
        "{role} is {value}; write it as in Assets:Receivable", "{role} 为 {value}；请写成 Assets:Receivable 的形式"
    ),
    "chart.part": Wording("{value} is no id; pass a str that is not empty", "{value} 不是编号；请传入非空字符串"),
    "chart.no_allowance": Wording(
        "bad_debt is {account}, so that a write-off is an expense at once; give an account of assets to keep an allowance",
        "bad_debt 为 {account}，坏账直接计入费用；如提坏账准备，请给出资产类科目",
    ),
    "ledger.other_thing": Wording(
        "{event} is no event of a {thing}; give an event of billing and the thing that it happened to",
        "{event} 不是 {thing} 的事件；请给出回款事件及其对象",
    ),
    "ledger.unbalanced": Wording(
        "the entry of {subject} on {on} is off by {off}; its lines must sum to zero",
        "{subject} 在 {on} 的分录不平，差额 {off}；借贷须相等",
    ),
    "ledger.no_day_after": Wording(
        "there is no day after {on} on which balances hold; leave them unchecked",
        "{on} 之后没有日期可核对余额；请不作核对",
    ),
}
