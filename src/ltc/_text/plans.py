"""Messages of terms, schedules, discounts and collection plans."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_TERMS: Final[Mapping[str, Wording]] = {
    "milestone.signed": Wording("signed", "签订"),
    "milestone.delivered": Wording("delivered", "交付"),
    "milestone.accepted": Wording("accepted", "验收"),
    "milestone.invoiced": Wording("invoiced", "开票"),
    "milestone.warranty_over": Wording("the warranty is over", "质保期满"),
    "milestone.batch": Wording("batch {number} {milestone}", "第{number}批{milestone}"),
    "terms.on": Wording("when {milestone}", "{milestone}当日"),
    "terms.after": Wording("{rule} (start: {milestone})", "{rule}（起算：{milestone}）"),
    "terms.start_months_later": Wording("{months:month|months} after {milestone}", "{milestone}后{months}个月"),
    "terms.start_days_later": Wording("{days:day|days} after {milestone}", "{milestone}后{days}天"),
    "terms.start_later": Wording(
        "{months:month|months} and {days:day|days} after {milestone}", "{milestone}后{months}个月零{days}天"
    ),
    "terms.term": Wording("{part}, {due}{remarks}", "{part}，{due}{remarks}"),
    "terms.weight_of": Wording("weight {weight} of what is left", "余额按权重{weight}"),
    "terms.left": Wording("what is left", "余款"),
    "terms.equal": Wording(
        "{of} in {count} equal parts every {every}, the first {first}{remarks}",
        "{of}分{count}期等额，每{every}一期，首期{first}{remarks}",
    ),
    "terms.every_months": Wording("{months:month|months}", "{months}个月"),
    "terms.every_days": Wording("{days:day|days}", "{days}天"),
    "early.within": Wording("{off} off if paid within {days:day|days}", "{days}天内付款减免{off}"),
    "early.by_day": Wording("{off} off if paid by {until}", "{until}及之前付款减免{off}"),
    "early.by": Wording("{off} off if paid by the day found so: {rule}", "于{rule}之前付款，减免{off}"),
    "early.of_included": Wording("{ratio} of the amount with tax", "含税金额的{ratio}"),
    "early.of_excluded": Wording("{ratio} of the net amount (the tax stays)", "不含税金额的{ratio}（税额不变）"),
    "early.of_mixed": Wording(
        "{ratio} of the net amount (taxed so from the start)", "不含税金额的{ratio}（开票即按折后金额计税）"
    ),
    "early.what": Wording(
        "an early payment takes off a ratio or an amount; give exactly one", "提前付款折扣须给出比例或金额之一"
    ),
    "early.until": Wording(
        "an early payment has its days or a due rule; give exactly one", "提前付款折扣须给出天数或到期规则之一"
    ),
    "early.negative": Wording("{name} is {amount}; give zero or more", "{name} 为 {amount}；不得小于零"),
    "early.over": Wording(
        "a discount of {discount} is more than {amount}; give that or less", "折扣 {discount} 超过 {amount}；不得超过"
    ),
    "terms.retention": Wording("retention", "质保金"),
    "terms.for_lines": Wording("lines {lines}", "订单行 {lines}"),
    "terms.and": Wording(", ", "，"),
    "terms.remarks": Wording(" ({remarks})", "（{remarks}）"),
    "terms.lines": Wording("the lines are {value}; give a list of ids", "订单行为 {value}；请给出编号列表"),
    "terms.weight": Wording("a weight is more than zero, not {weight}", "权重须大于零，而非 {weight}"),
    "terms.too_many": Wording(
        "{count} equal parts are too many; ask for {most} at most", "等额 {count} 期过多；最多 {most} 期"
    ),
    "terms.batch": Wording("{number} is no batch; use 1 or more", "{number} 不是批次；请用 1 或以上"),
    "terms.every": Wording(
        "equal parts come every so many months or every so many days; give one of the two",
        "等额分期须按若干月或若干天一期；请给出其一",
    ),
    "terms.rule": Wording("{value} is no due rule ({name})", "{value} 不是到期规则（{name}）"),
    "terms.after_what": Wording(
        "after {milestone} needs exactly one of a rule, days and months",
        "{milestone} 之后须且只须给出规则、天数或月数之一",
    ),
}

_PLANS: Final[Mapping[str, Wording]] = {
    "plan.installment": Wording(
        "installment {number}: {amount}, {due}{remarks}", "第{number}期{remarks}：{amount}，{due}"
    ),
    "plan.raised": Wording(
        "installment {number}: {amount}, due on {due_on}{remarks}", "第{number}期{remarks}：{amount}，到期日{due_on}"
    ),
    "plan.no_terms": Wording("a plan needs at least one term", "收款计划至少需要一个条款"),
    "plan.two_rests": Wording(
        "term {number} is a rest, and so is term {first}; a plan has at most one",
        "条款 {number} 与条款 {first} 都是“余款”；最多一个",
    ),
    "plan.no_term": Wording("term {number} is {value}, no term", "条款 {number} 为 {value}，不是条款"),
    "plan.rest_and_weights": Wording(
        "term {number} takes a part of what is left, and term {rest} all of it; give that a weight",
        "条款 {number} 取余额的一部分，而条款 {rest} 取全部余款；请改为权重",
    ),
    "plan.unknown_line": Wording(
        "term {number} is for line {line}, which the order has not; use one of {known}",
        "条款 {number} 对应的订单行 {line} 不存在；可用：{known}",
    ),
    "plan.over_ratio": Wording("the shares sum to {ratio}; take {over} off", "比例合计 {ratio}；请减去 {over}"),
    "plan.missing_ratio": Wording(
        "the shares sum to {ratio}; add {missing} or a rest", "比例合计 {ratio}；请补足 {missing} 或加一期余款"
    ),
    "plan.repeated": Wording(
        "term {number} is due as term {first} is, under the same label; join them or change one",
        "条款 {number} 与条款 {first} 的到期条件及名称相同；请合并或修改其一",
    ),
    "plan.currency": Wording(
        "term {number} is in {currency}; the total is in {expected}", "条款 {number} 为 {currency}；总额为 {expected}"
    ),
    "plan.sum": Wording(
        "the terms sum to {sum}, the total is {total}; change them by {gap} or add a rest",
        "条款合计 {sum}，总额 {total}；请调整 {gap} 或加一期余款",
    ),
    "plan.sign": Wording(
        "installment {number} would be {amount} of a total of {total}; lower the others, or share the remainder",
        "第{number}期将为 {amount}，而总额为 {total}；请调低其他期，或分摊尾差",
    ),
    "plan.schedule": Wording(
        "plan {plan} has a schedule of {sum} for a total of {total}; it must sum up and be above zero",
        "计划 {plan} 的各期合计 {sum}，总额 {total}；二者须相等且大于零",
    ),
    "plan.no_installment": Wording(
        "plan {plan} has no installment {number}; use one of {known}", "计划 {plan} 没有第{number}期；可用：{known}"
    ),
    "plan.reached": Wording(
        "plan {plan} reached {milestone} on {on}; it waits for: {waiting}",
        "计划 {plan} 已于 {on} 达成 {milestone}；尚待：{waiting}",
    ),
    "plan.no_milestone": Wording(
        "plan {plan} has no installment that waits for {milestone}; it waits for: {waiting}",
        "计划 {plan} 没有等待 {milestone} 的期；尚待：{waiting}",
    ),
    "plan.from_last": Wording("the last installments first", "自最后一期起调整"),
    "plan.from_first": Wording("the first installments first", "自最前一期起调整"),
    "plan.in_proportion": Wording("every installment in proportion", "各期按比例调整"),
    "plan.by_terms": Wording("by new terms", "按新条款"),
    "plan.prepaid": Wording("{amount} paid before its day, on {on}", "{on}提前付款 {amount}"),
    "plan.revision": Wording(
        "plan {plan} would wait for an installment below zero, or for two of one number",
        "计划 {plan} 将有小于零的期，或两期编号相同",
    ),
    "plan.under_raised": Wording(
        "plan {plan} cannot sum to {amount}: {raised} is raised; ask for that or more, and waive what is open",
        "计划 {plan} 不能合计为 {amount}：已转应收 {raised}；不得低于此数，差额请减免应收",
    ),
    "plan.not_revised": Wording(
        "plan {plan} would stay as it is; give another amount or other terms",
        "计划 {plan} 没有变化；请给出其他金额或条款",
    ),
    "plan.strategy": Wording(
        "the strategy gave installments of {given} for {left} of plan {plan}, or one below zero or raised already",
        "调整方式为计划 {plan} 的 {left} 给出的各期合计 {given}，或有小于零、已转应收的期",
    ),
    "plan.reached_before": Wording(
        "plan {plan} reached {milestone} on {on}, and an installment would wait for it; give it a day",
        "计划 {plan} 已于 {on} 达成 {milestone}，新的期不能再等待它；请给出日期",
    ),
    "plan.over_waiting": Wording(
        "{amount} is more than the {left} that waits; plan that or less", "{amount} 超过尚待的 {left}；不得超过"
    ),
    "plan.nothing_waits": Wording(
        "no installment waits that could take {left}; plan it by new terms", "没有尚待的期可承担 {left}；请按新条款安排"
    ),
    "plan.nothing_dated": Wording(
        "plan {plan} has no installment with an agreed day left to raise; it waits for: {waiting}",
        "计划 {plan} 没有待转应收的约定日期的期；尚待：{waiting}",
    ),
    "plan.installment_nothing": Wording(
        "installment {number} of plan {plan} came to nothing and was raised without a receivable; lower another one",
        "计划 {plan} 的第{number}期金额已为零，未产生应收；请减少其他期",
    ),
    "plan.installment_raised": Wording(
        "installment {number} of plan {plan} is receivable {receivable}; waive that",
        "计划 {plan} 的第{number}期已是应收 {receivable}；请减免该应收",
    ),
    "plan.over": Wording(
        "{amount} is more than the {available} left of installment {number} of plan {plan}",
        "{amount} 超过计划 {plan} 第{number}期的余额 {available}",
    ),
}

PLANS: Final[Mapping[str, Wording]] = {**_TERMS, **_PLANS}
