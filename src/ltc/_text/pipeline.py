"""Messages of deals and the funnel."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

PIPELINE: Final[Mapping[str, Wording]] = {
    "stage_model.number": Wording(
        "{name} is no whole number of 1 or more; give one such as 30", "{name} 须为不小于 1 的整数，例如 30"
    ),
    "stage_model.category": Wording(
        "{value} is no forecast category; use one of {known}", "{value} 不是预测类别；可用：{known}"
    ),
    "stage_model.no_stage": Wording(
        "stage model {model} has no stage {stage}; it has {known}",
        "阶段模型 {model} 没有阶段 {stage}；可用：{known}",
    ),
    "stage_model.short": Wording(
        "a stage model of {count:stage|stages} sells nothing; give an open stage and a won one at least",
        "阶段模型只有 {count} 个阶段；至少需要一个进行中阶段和一个赢单阶段",
    ),
    "stage_model.twice": Wording(
        "{what} id {name} is used twice; give each {what} an id of its own",
        "{what} 编号 {name} 重复；每项须有各自的编号",
    ),
    "stage_model.closed_early": Wording(
        "stage {stage} is closed, but not the last; only the last stage is the won one",
        "阶段 {stage} 为已成交类别但不是最后阶段；只有最后阶段可为赢单",
    ),
    "stage_model.not_won": Wording(
        "the last stage is {category}; make it the won one: closed, at a win rate of 1",
        "最后阶段 {stage} 的类别为 {category}；须为已成交且赢率为 1",
    ),
    "stage_model.won_work": Wording(
        "the won stage {stage} has tasks, criteria or an age limit; a won deal is worked in its contract",
        "赢单阶段 {stage} 不应有任务、条件或时限；赢单后的工作在合同中进行",
    ),
    "deal.amount": Wording("{given} is no amount; pass Money", "{given} 不是金额；请传入 Money"),
    "deal.negative": Wording(
        "{value} is negative; a deal is worth zero or more", "金额 {value} 为负；商机金额不能小于零"
    ),
    "deal.status": Wording("{value} is no status of a deal; use {known}", "{value} 不是商机状态；可用：{known}"),
    "opportunity.other_model": Wording(
        "opportunity {opportunity} runs under stage model {model} version {version}, not {passed} version {passed_version}",
        "商机 {opportunity} 使用阶段模型 {model} 第 {version} 版，而非 {passed} 第 {passed_version} 版",
    ),
    "opportunity.task_open": Wording("task {name} is not done", "任务“{name}”未完成"),
    "opportunity.criterion_open": Wording("criterion {name} is not met", "条件“{name}”未满足"),
    "opportunity.not_open_here": Wording(
        "opportunity {opportunity} in stage {stage} has no open {what} {item}; open are {known}",
        "商机 {opportunity} 在阶段 {stage} 没有待办的 {item}；待办：{known}",
    ),
    "opportunity.gaps": Wording(
        "opportunity {opportunity} cannot leave stage {stage}: open are {missing}; close them, or skip with a reason",
        "商机 {opportunity} 不能离开阶段 {stage}：尚缺 {missing}；请完成，或说明理由后跳过",
    ),
    "opportunity.last_stage": Wording(
        "opportunity {opportunity} is in {stage}, the last open stage; win it or lose it",
        "商机 {opportunity} 已在最后的进行中阶段 {stage}；只能赢单或输单",
    ),
    "opportunity.not_ahead": Wording(
        "opportunity {opportunity} in stage {stage} cannot advance to {to}; ahead are {passes}",
        "商机 {opportunity} 在阶段 {stage}，不能推进到 {to}；后续阶段：{passes}",
    ),
    "opportunity.not_behind": Wording(
        "opportunity {opportunity} in stage {stage} cannot go back to {to}; behind are {passes}",
        "商机 {opportunity} 在阶段 {stage}，不能退回到 {to}；之前的阶段：{passes}",
    ),
    "opportunity.not_last_stage": Wording(
        "opportunity {opportunity} is in stage {stage}; a deal is won out of {last}",
        "商机 {opportunity} 在阶段 {stage}；只有在阶段 {last} 才能赢单",
    ),
    "opportunity.too_early": Wording(
        "opportunity {opportunity} entered stage {stage} at {since}; it can move then or later",
        "商机 {opportunity} 于 {since} 进入阶段 {stage}；变动时间不能早于此",
    ),
    "opportunity.unchanged": Wording(
        "{name} of opportunity {opportunity} is {value} already; give another",
        "商机 {opportunity} 的 {name} 已是 {value}；请给出不同的值",
    ),
    "opportunity.same_owner": Wording(
        "opportunity {opportunity} is owned by {owner} already; hand it over to somebody else",
        "商机 {opportunity} 的负责人已是 {owner}；请交接给其他人",
    ),
    "opportunity.owned_later": Wording(
        "opportunity {opportunity} is with {owner} since {since}; hand it over then or later",
        "商机 {opportunity} 自 {since} 起由 {owner} 负责；交接时间不能早于此",
    ),
    "funnel.by": Wording(
        "a funnel is not cut by {by}; use {known} or a function", "漏斗不能按 {by} 汇总；可用：{known} 或函数"
    ),
    "funnel.no_currency": Wording(
        "there are no deals; give the currency of an empty funnel or a target",
        "没有商机；请给出空漏斗的币种或目标金额",
    ),
    "funnel.currencies": Wording(
        "deals and target are in {named}; make one funnel a currency",
        "商机与目标的币种为 {named}；请按币种分别生成漏斗",
    ),
}
