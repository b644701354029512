"""The words of the page, English and Chinese side by side; what is found in the input speaks through `ltc.text`."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("From lead to cash", "从线索到回款"),
    "as_of": ("As of the end of {day}", "截至 {day} 日终"),
    "footer": (
        "Amounts are exact; different currencies are never added. Nothing that happened after the day is in these figures.",
        "金额精确到最小货币单位；不同币种从不相加。此日之后发生的事不计入本报告。",
    ),
    "and_more": ("and {count} more", "另有 {count} 项"),
    "nobody": ("(none)", "（无）"),
    "nothing": ("", ""),
    "sum": ("Total", "合计"),
    "sum_of": ("Total of {count}", "合计 {count} 单"),
    # headline
    "card_weighted": ("Weighted funnel", "加权商机金额"),
    "card_weighted_more": ("of {amount}; open opportunities: {count}", "{count} 个在途商机，共 {amount}"),
    "card_target": ("Won of the target, {period}", "{period} 目标完成"),
    "card_target_more": ("{won} of {target}", "已赢单 {won}，目标 {target}"),
    "card_won": ("Won so far", "累计赢单"),
    "card_won_more": ("{won} won, {lost} lost", "赢单 {won}，输单 {lost}"),
    "card_leads": ("Leads", "线索"),
    "card_leads_more": (
        "of these duplicates: {duplicates}; returned to the pool at least once: {returned}",
        "其中重复 {duplicates} 条，曾退回公海 {returned} 条",
    ),
    "card_orders": ("Collected of the orders", "订单已回款"),
    "card_orders_more": ("of {ordered} ordered, {invoiced} invoiced", "订单 {ordered}，已开票 {invoiced}"),
    "card_open": ("Open invoices", "未收发票"),
    "card_open_receivables": ("Open receivables", "未收应收"),
    "card_open_more": ("{count} open, {overdue} overdue", "未收 {count} 笔，逾期 {overdue}"),
    "card_overdue": ("Overdue", "逾期"),
    "card_overdue_more": ("{share} of what is open", "占未收的 {share}"),
    "card_dso": ("Days of sales open (DSO)", "应收周转天数（DSO）"),
    "card_dso_more": ("over the quarter to date", "按本季度至今"),
    # funnel
    "funnel": ("Funnel", "商机漏斗"),
    "funnel_line": (
        "Open opportunities: {count}, of {amount}; weighted by win rate {weighted}.",
        "在途商机 {count} 个，金额 {amount}；按赢率加权 {weighted}。",
    ),
    "stage": ("Stage", "阶段"),
    "no_stage": ("(no stage known)", "（阶段未知）"),
    "open_deals": ("Open", "在途"),
    "amount": ("Amount", "金额"),
    "amount_and_weighted": ("Amount, of it weighted", "金额与其中加权"),
    "win_rate": ("Win rate", "赢率"),
    "basis": ("Basis", "依据"),
    "weighted": ("Weighted", "加权金额"),
    "given": ("given", "给定"),
    "of_decided": ("{won} won of {decided} decided", "已决 {decided} 个，赢单 {won} 个"),
    "no_rate": ("none decided yet", "尚无已决商机"),
    "rates_note": (
        "Win rates are computed: of the decided opportunities that entered the stage, the share that was won. What is still open has been waiting longer, so such rates promise too much; give rates of your own in the mapping file.",
        "赢率由历史计算：进入过该阶段且已决的商机中赢单的比例。仍在途的商机通常更久未决，因此该赢率偏乐观；可在映射文件中给定自己的赢率。",
    ),
    "unrated_note": (
        "Open opportunities in a stage without a win rate: {count}; the weighted amount leaves them out.",
        "{count} 个在途商机所在阶段没有赢率，未计入加权金额。",
    ),
    "undated_note": (
        "Open opportunities with neither a date nor a stage history: {count}; they count as open on any day.",
        "{count} 个在途商机既无日期也无阶段历史；按任何一天均在途计。",
    ),
    "won_in": ("Won in {period}", "{period} 已赢单"),
    "target": ("Target", "目标"),
    "gap": ("Gap", "缺口"),
    "target_note": (
        "Won and the weighted funnel together are {expected} of the target; the funnel counts whole, whenever it closes.",
        "已赢单与加权商机合计为目标的 {expected}；加权商机全部计入，不论何时成交。",
    ),
    "decided": ("Won and lost", "赢单与输单"),
    "decided_line": ("{won} won for {amount}, {lost} lost.", "赢单 {won} 个，金额 {amount}；输单 {lost} 个。"),
    "won_by_month": ("Won by month", "每月赢单金额"),
    "by_owner": ("By owner", "按负责人"),
    "owner": ("Owner", "负责人"),
    "won": ("Won", "赢单"),
    "won_amount": ("Won amount", "赢单金额"),
    "lost": ("Lost", "输单"),
    "share_won": ("Share won", "赢单占比"),
    # leads
    "leads": ("Leads", "线索"),
    "leads_line": (
        "Leads: {leads}. Of these repeat an earlier one: {duplicates}; went back to the pool at least once: {returned}; were converted: {converted}.",
        "线索 {leads} 条：其中与更早线索重复 {duplicates} 条，曾退回公海 {returned} 条，已转化 {converted} 条。",
    ),
    "duplicates_note": (
        "Duplicates share a phone ({phone}), an e-mail ({email}) or a company ({company}) with an earlier lead.",
        "重复：与更早线索的电话（{phone}）、邮箱（{email}）或公司（{company}）相同。",
    ),
    "by_source": ("By source", "按来源"),
    "duplicates": ("Duplicates", "重复"),
    "returned": ("Returned", "退回"),
    "converted": ("Converted", "转化"),
    # orders and money
    "orders": ("Orders", "订单"),
    "order": ("Order", "订单"),
    "customer": ("Customer", "客户"),
    "signed_on": ("Signed", "签订日"),
    "ordered": ("Ordered", "订单金额"),
    "invoiced": ("Invoiced", "已开票"),
    "collected": ("Collected", "已回款"),
    "overdue": ("Overdue", "逾期"),
    "receivables": ("Receivables", "应收"),
    "invoices": ("Invoices", "发票"),
    "aging_line": ("{open} open, of it {overdue} overdue.", "未收 {open}，其中逾期 {overdue}。"),
    "invoices_line": (
        "Invoiced and not yet paid: {open}; open invoices: {count}.",
        "已开票未收款 {open}；未收发票 {count} 张。",
    ),
    "by_installment": (
        "An invoice of an order is paid in the order's installments: what is due, and what is overdue, stands with the receivables.",
        "订单发票按订单的分期收款：到期与逾期金额以应收为准。",
    ),
    "days_late": ("Days overdue", "逾期天数"),
    "documents": ("Count", "笔数"),
    "open_amount": ("Open", "未收"),
    "dso_note": (
        "Days of sales open: {days}, which is what is open over what was invoiced in the quarter to date, times its days.",
        "应收周转天数：{days}，即未收金额 ÷ 本季度至今开票金额 × 本季度至今天数。",
    ),
    "credit_note": ("Receipts that pay nothing yet: {amount}.", "尚未核销的收款：{amount}。"),
    # changes
    "changes": ("Change history", "变更记录"),
    "when": ("When", "时间"),
    "subject": ("Document", "单据"),
    "field": ("Field", "字段"),
    "before": ("Before", "变更前"),
    "after": ("After", "变更后"),
    "by": ("By", "操作人"),
    "reason": ("Reason", "原因"),
    # input
    "input": ("Input", "输入"),
    "table": ("Table", "表"),
    "file": ("File", "文件"),
    "rows": ("Rows", "行数"),
    "used": ("Used", "采用"),
    "rejected": ("Rejected", "拒绝"),
    "noted": ("Noted", "提示"),
    "skipped": ("Not meant", "不适用"),
    "findings": ("Findings", "问题"),
    "findings_line": (
        "About a row or a file that is not used: {rejects}; only noted: {warnings}.",
        "导致行或文件未被采用：{rejects} 处；仅作提示：{warnings} 处。",
    ),
    "no_findings": ("Nothing to remark: every row is used.", "没有问题：所有行均已采用。"),
    "place": ("Where", "位置"),
    "what": ("What", "说明"),
    "value": ("Value", "原值"),
    "opportunities": ("Opportunities", "商机"),
    "stage_history": ("Stage history", "阶段历史"),
    "activities": ("Activities", "活动"),
    "targets": ("Targets", "目标"),
    "receipts": ("Receipts", "收款"),
}


def label(name: str, locale: str, /, **facts: str) -> str:
    """Return a word of the page in a locale, with its facts filled in."""
    english, chinese = LABELS[name]
    return (chinese if locale.startswith("zh") else english).format_map(facts)
