"""Messages of the commands and of the example company."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

DEMO: Final[Mapping[str, Wording]] = {
    "demo.leads": Wording("Leads", "线索"),
    "demo.funnel": Wording("Weighted funnel", "加权漏斗"),
    "demo.cash": Wording("From order to cash", "从订单到回款"),
    "demo.waiver": Wording("The waived tail", "尾款减免"),
    "demo.reminders": Wording("Reminders to send", "待发提醒"),
    "demo.what": Wording("what", "项目"),
    "demo.count": Wording("count", "数量"),
    "demo.amount": Wording("amount", "金额"),
    "demo.weighted": Wording("weighted", "加权金额"),
    "demo.stage": Wording("stage", "阶段"),
    "demo.total": Wording("total", "合计"),
    "demo.impact": Wording("before → after, in one commit", "变更前 → 变更后，一次提交"),
    "demo.more": Wording("… and {count} more", "……另有 {count} 条"),
    "demo.lead.unreviewed": Wording("wait for review", "待评审"),
    "demo.lead.nurtured": Wording("nurtured", "培育中"),
    "demo.lead.pooled": Wording("in the pool", "在公海"),
    "demo.lead.owned": Wording("followed up by an owner", "跟进中"),
    "demo.lead.converted": Wording("converted", "已转化"),
    "demo.lead.disqualified": Wording("disqualified", "已作废"),
    "demo.rejected": Wording("findings in leads.csv", "leads.csv 中的问题"),
    "demo.blocked": Wording("refused as the same lead again", "判为重复而拒绝"),
    "demo.duplicates": Wording("captured with a duplicate hint", "录入时提示疑似重复"),
    "demo.returned": Wording("returns to the pool (of {leads:lead|leads})", "回收至公海（次，涉及线索 {leads} 条）"),
    "demo.claimed": Wording("claims from the pool", "从公海领取（次）"),
    "demo.handed_over": Wording(
        "leads, deals and orders handed over by the rep who left", "离职交接（线索、商机、订单等）"
    ),
    "demo.ordered": Wording("ordered", "签单"),
    "demo.invoiced": Wording("invoiced", "开票"),
    "demo.collected": Wording("collected", "回款"),
    "demo.open": Wording("receivable", "应收余额"),
    "demo.overdue": Wording("of that overdue", "其中逾期"),
    "demo.chain_whole": Wording(
        "{records:event|events} recorded; the chain of hashes is whole", "共记录 {records} 个事件；哈希链完整"
    ),
    "demo.chain_broken": Wording("the chain of hashes is broken at event {seq}", "哈希链在第 {seq} 个事件处断裂"),
    "cli.report_at": Wording("report: {path}", "报告：{path}"),
    "cli.store_at": Wording("store: {path}", "数据：{path}"),
    "cli.read": Wording(
        "{table} ({file}): {used} used and {rejected} rejected of {rows}",
        "{table}（{file}）：共 {rows} 行，使用 {used}，拒绝 {rejected}",
    ),
    "cli.findings_json": Wording(
        "{count:finding|findings}, all of them with --json; the first {shown}:",
        "{count} 个问题，全部见 --json；前 {shown} 个：",
    ),
    "cli.findings_page": Wording(
        "{count:finding|findings}, all of them in the report; the first {shown}:",
        "{count} 个问题，全部见报告；前 {shown} 个：",
    ),
    "cli.choice": Wording("{value} is no {option}; use one of {known}", "{option} 不能为 {value}；可用：{known}"),
    "cli.findings_all": Wording("findings:", "问题："),
    "cli.finding": Wording("{where}: {message}", "{where}：{message}"),
    "cli.finding_of": Wording("{where}: {message} (got '{value}')", "{where}：{message}（原值“{value}”）"),
    "cli.unusable": Wording("{where}: {why}", "{where}：{why}"),
    "cli.plan": Wording("{total} in {count:installment|installments}", "{total}，分 {count} 期"),
    "cli.not_reached": Wording("not known yet", "日期未定"),
    "cli.early": Wording("{due}: {pay} until {until}", "{due}：{until}及之前付 {pay}"),
    "cli.terms": Wording("{count:fault|faults} in {file}: {told}", "{file} 中有 {count} 处错误：{told}"),
    "cli.no_terms": Wording(
        "there is no file of terms {file}; give the path of a TOML file", "没有条款文件 {file}；请给出 TOML 文件的路径"
    ),
    "cli.reached": Wording(
        "{value} is no milestone with its day; write it as in delivered=2026-04-01",
        "{value} 不是里程碑及其日期；请写成 delivered=2026-04-01 的形式",
    ),
    "cli.not_awaited": Wording(
        "no term waits for {milestone}; use one of {awaited}", "没有条款等待 {milestone}；可用：{awaited}"
    ),
    "cli.locale": Wording(
        "there are no words for the locale {locale}; use zh_CN or en", "没有 {locale} 的文字；请使用 zh_CN 或 en"
    ),
    "cli.no_day": Wording(
        "{value} is not a day; write it as in 2026-11-23", "{value} 不是日期；请写成 2026-11-23 的形式"
    ),
    "cli.no_folder": Wording(
        "there is no folder {path}; give the one with your tables", "没有文件夹 {path}；请给出存放表格的文件夹"
    ),
    "cli.out": Wording(
        "{path} cannot be written to: {why}; give another folder with --out",
        "无法写入 {path}：{why}；请用 --out 指定其他文件夹",
    ),
}
