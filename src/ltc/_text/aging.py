"""Messages of agings and of what else is asked as of a day."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

AGING: Final[Mapping[str, Wording]] = {
    "aging.edges": Wording(
        "the edges {edges} do not grow from above zero in whole {unit}; give some such as 30, 60, 90",
        "账龄分段 {edges} 不是从零以上递增的整数（单位 {unit}）；请给出如 30、60、90",
    ),
    "cli.account_age": Wording("Age of the invoice", "账龄"),
    "cli.open_invoices": Wording("Open invoices at the end of {day}, {currency}", "{day} 日终未收发票，{currency}"),
    "cli.no_invoices": Wording("No invoice was issued by {day}.", "截至 {day} 没有发票。"),
    "cli.no_dso": Wording(
        "Days of sales open: none, since nothing was invoiced in the quarter to date.",
        "应收周转天数：无，本季度至今没有开票。",
    ),
    "aging.not_due": Wording("not due", "未到期"),
    "aging.retention": Wording("retention not due", "未到期质保金"),
    "aging.credit": Wording("credit", "贷方余额（预收）"),
    "aging.aged": Wording("any age", "全部账龄"),
    "aging.to_days": Wording("{first}–{last:day|days}", "{first}–{last} 天"),
    "aging.over_days": Wording("over {count:day|days}", "{count} 天以上"),
    "aging.within_months": Wording("within {count:month|months}", "{count} 个月以内"),
    "aging.to_months": Wording("{first}–{last:month|months}", "{first} 至 {last} 个月"),
    "aging.over_months": Wording("over {count:month|months}", "{count} 个月以上"),
    "aging.within_years": Wording("within {count:year|years}", "{count} 年以内"),
    "aging.to_years": Wording("{first}–{last:year|years}", "{first} 至 {last} 年"),
    "aging.over_years": Wording("over {count:year|years}", "{count} 年以上"),
    "aging.period": Wording(
        "a period from {first} to {last} ends before it begins; give the earlier day first",
        "期间 {first} 至 {last} 的终点早于起点；请先给出较早的日期",
    ),
    "statement.head": Wording(
        "statement of account: {party} with {entity}, {first} to {last}, {currency}",
        "对账单：{party} 与 {entity}，{first}至{last}，{currency}",
    ),
    "statement.opening": Wording("opening balance: {balance}", "期初余额：{balance}"),
    "statement.line": Wording("{on}: {what}; balance {balance}", "{on}：{what}；余额 {balance}"),
    "statement.closing": Wording(
        "closing balance: {balance} (open {open}, not yet applied {credit})",
        "期末余额：{balance}（未收 {open}，未核销收款 {credit}）",
    ),
    "movement.raised": Wording("receivable {document} raised, {amount}", "应收 {document} 确认 {amount}"),
    "movement.reddened": Wording("red letter {document}, {amount}", "红字 {document}，{amount}"),
    "movement.received": Wording("receipt {document}, {amount}", "收款 {document}，{amount}"),
    "movement.applied": Wording("{document} settled with {other}, {amount}", "{document} 与 {other} 核销 {amount}"),
    "movement.credited": Wording(
        "{document} credited by red-letter note {other}, {amount}", "{document} 与红字 {other} 对冲 {amount}"
    ),
    "movement.transferred": Wording(
        "{document} taken over by receivable {other}, {amount}", "{document} 并入应收 {other}，{amount}"
    ),
    "movement.set_off": Wording(
        "{document} set off against {other}, {amount}", "{document} 与应付 {other} 对冲 {amount}"
    ),
    "movement.unapplied": Wording(
        "settlement of {document} with {other} taken back, {amount}", "{document} 与 {other} 的核销冲回 {amount}"
    ),
    "movement.waived": Wording("{document} let off, {amount} ({reference})", "{document} 减免 {amount}（{reference}）"),
    "movement.written_off": Wording(
        "{document} written off, {amount} ({reference})", "{document} 坏账核销 {amount}（{reference}）"
    ),
    "movement.recovered": Wording("write-off of {document} taken back, {amount}", "{document} 坏账收回 {amount}"),
    "movement.rounded": Wording("small difference of {document}, {amount}", "{document} 尾差 {amount}"),
    "movement.unrounded": Wording(
        "small difference of {document} taken back, {amount}", "{document} 尾差冲回 {amount}"
    ),
    "movement.bounced": Wording("receipt {document} bounced, {amount}", "收款 {document} 退票 {amount}"),
    "movement.reversed": Wording(
        "receipt {document} had been entered in error, {amount}", "收款 {document} 误录冲销 {amount}"
    ),
    "movement.refunded": Wording(
        "{document} refunded, {amount} ({reference})", "{document} 退款 {amount}（{reference}）"
    ),
    "dso.no_sales": Wording(
        "DSO needs sales above zero and at least a day, not {sales} in {days:day|days}; take a longer period, one with sales",
        "周转天数需要大于零的销售额和至少一天，而非 {days} 天 {sales}；请取有销售的更长期间",
    ),
    "dso.below_zero": Wording("{amount} is below zero; give zero or more", "{amount} 小于零；请给出零或正数"),
    "dso.part": Wording(
        "{name} is {part}, more than {whole} of {amount}; give that or less",
        "{name} 为 {part}，超过 {whole} 的 {amount}；请给出不超过该数的金额",
    ),
    "dso.period": Wording(
        "{first} to {last} with sales of {sales} is no period of sales; give the earlier day first, and sales of zero or more",
        "{first} 至 {last}、销售额 {sales} 不是有效的销售期间；请先给出较早的日期，销售额不小于零",
    ),
    "dso.gap": Wording(
        "after {last} the next period begins on {first}; give periods that follow each other",
        "{last} 之后的期间从 {first} 开始；请给出首尾相接的期间",
    ),
    "dso.months": Wording("{months} is no number of months; give 1 or more", "{months} 不是月数；请给出 1 或以上"),
    "dso.exhausted": Wording(
        "{open} is open, which is {left} more than was sold in {days:day|days}; give earlier periods too",
        "未收 {open}，比 {days} 天的销售额多 {left}；请同时给出更早的期间",
    ),
    "dso.no_period": Wording(
        "{item} is of {on}, for which no sales are given; give those of its period too",
        "{item} 的日期为 {on}，没有该期间的销售额；请一并给出",
    ),
    "dso.nothing_open": Wording(
        "nothing is open, which has no age; ask where something is", "没有未收金额，无账龄可言；请在有未收时查询"
    ),
    "cei.nothing_collectible": Wording(
        "nothing was due for collection in the period, which has no effectiveness; ask for one in which something was",
        "该期间没有可收的款项，无收款效率可言；请选择有应收的期间",
    ),
    "allowance.rates": Wording(
        "the rates ({rates}) do not fit the buckets {buckets}; give one for each of at least one bucket",
        "计提比例（{rates} 个）与账龄段 {buckets} 不符；请为每个账龄段各给一个，且至少一个账龄段",
    ),
    "cash_in.asked": Wording(
        "{weeks:week|weeks}, {enough:observation|observations} and an interval of {level} tell nothing; give 1 or more of both, and a level between 0 and 1",
        "{weeks} 周、{enough} 个样本、区间 {level} 无法预测；周数和样本数须不小于 1，区间须在 0 与 1 之间",
    ),
}
