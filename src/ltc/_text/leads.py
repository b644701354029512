"""Messages of leads, their pools and their scores."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

LEADS: Final[Mapping[str, Wording]] = {
    "lead.too_early": Wording(
        "lead {lead} came to where it is at {since}; use that instant or a later one",
        "线索 {lead} 的当前状态始于 {since}；时间不能早于此",
    ),
    "lead.no_draft": Wording("lead {lead} has no draft", "线索 {lead} 没有草稿"),
    "pool.kinds": Wording(
        "{value} is one kind; give several, as in ('call', 'visit')",
        "{value} 只是一个字符串；请给出多个，如 ('call', 'visit')",
    ),
    "claim.holding": Wording("{value} is no count of what is held", "{value} 不是持有数量"),
    "lead.nameless": Wording(
        "a lead has neither name nor company; give one of them", "线索既无姓名也无公司；请至少填写一项"
    ),
    "lead.phone": Wording(
        "{phone} is no phone number; give 7 to 15 digits, with + and the country for a foreign one",
        "{phone} 不是电话号码；请填写 7 至 15 位数字，国外号码以 + 和国家代码开头",
    ),
    "lead.email": Wording(
        "{email} is no e-mail address; write one such as name@example.com",
        "{email} 不是电子邮箱；请写成 name@example.com 的形式",
    ),
    "lead.formula": Wording(
        "{name} begins with =, which a spreadsheet would run; write it without",
        "{name} 以 = 开头，电子表格会将其当作公式；请去掉",
    ),
    "lead.ownerless": Wording(
        "lead {lead} is owned by nobody; a state is made by its events only",
        "线索 {lead} 没有负责人；状态只能由事件产生",
    ),
    "lead.grade_twice": Wording(
        "grade {grade} is both assigned and nurtured; put it into one of them",
        "等级 {grade} 既分配又培育；请只选其一",
    ),
    "lead.grade_waits": Wording(
        "grade {grade} of lead {lead} waits for review; pass a policy that assigns or nurtures it",
        "线索 {lead} 的等级 {grade} 待人工审核；请使用分配或培育该等级的策略",
    ),
    "lead.not_owner": Wording(
        "lead {lead} belongs to {owner}; {by} can follow it up after it was handed over to {by}",
        "线索 {lead} 归 {owner} 所有；交接给 {by} 后才能由 {by} 跟进",
    ),
    "lead.same_owner": Wording(
        "lead {lead} belongs to {owner} already; hand it over to somebody else",
        "线索 {lead} 已归 {owner} 所有；请交接给其他人",
    ),
    "lead.not_overdue": Wording(
        "lead {lead} is due at {due_at}; it can return to the pool after that",
        "线索 {lead} 的回收期限为 {due_at}；此后才能退回公海",
    ),
    "lead.claim_denied": Wording("{by} cannot claim lead {lead}: {why}", "{by} 不能领取线索 {lead}：{why}"),
    "lead.quota_other": Wording(
        "quota {quota} is not the one of {by} in pool {pool}", "领取额度 {quota} 不属于公海 {pool} 的 {by}"
    ),
    "lead.no_rule": Wording(
        "no rule takes lead {lead}; end the rules with one without conditions",
        "没有规则适用于线索 {lead}；请以一条无条件的规则结尾",
    ),
    "lead.nobody_eligible": Wording(
        "nobody on rota {rota} can take lead {lead}", "轮值表 {rota} 中无人可接收线索 {lead}"
    ),
    "lead.rota_missing": Wording(
        "rule {rule} names rota {rota}, which was not given; pass it among the rotas",
        "规则 {rule} 指定的轮值表 {rota} 未提供；请一并传入",
    ),
    "lead.rota_members": Wording(
        "a rota goes round {members:member|members}, {different} of them different; name each once, and at least one",
        "轮值表有 {members} 名成员，其中 {different} 名不同；每人只列一次，至少一人",
    ),
    "lead.rota_last": Wording(
        "rota {rota} goes on behind {last}, who is not on it; name a member or None",
        "轮值表 {rota} 从 {last} 之后继续，但其不在表中；请指定表中成员",
    ),
    "lead.rota_opened_twice": Wording(
        "rota {rota} exists; a rota is opened once", "轮值表 {rota} 已存在；只能建立一次"
    ),
    "lead.rota_unchanged": Wording(
        "rota {rota} has these members already; name others, or another order",
        "轮值表 {rota} 的成员未变；请指定其他成员或顺序",
    ),
    "lead.rule_field": Wording("a rule cannot ask about {field}", "规则不能使用字段 {field}"),
    "lead.rule_matched": Wording(
        "rule {rule} gives it to {owner}, whose turn it is", "规则 {rule} 分配给 {owner}，轮到其接收"
    ),
    "lead.turn_later": Wording("it is not the turn of {member} yet", "尚未轮到 {member}"),
    "lead.member_unknown": Wording("nothing is known about {member} now", "{member} 的当前状态未知"),
    "lead.member_inactive": Wording("{member} is not active", "{member} 未启用"),
    "lead.member_absent": Wording("{member} is absent until {until}", "{member} 缺勤至 {until}"),
    "lead.member_full": Wording(
        "{member} has {open:open lead|open leads} of at most {capacity}",
        "{member} 有 {open} 条未结线索，上限 {capacity} 条",
    ),
    "lead.same_phone": Wording("the phone number is that of {lead}: {value}", "电话与 {lead} 相同：{value}"),
    "lead.same_email": Wording("the e-mail address is that of {lead}: {value}", "邮箱与 {lead} 相同：{value}"),
    "lead.same_company": Wording("the company is that of {lead}: {value}", "公司与 {lead} 相同：{value}"),
    "pool.count_type": Wording("{name} is {value}; pass an int", "{name} 为 {value}；请传入整数"),
    "pool.count": Wording("{name} is out of range; give 0 to {most}", "{name} 超出范围；请填写 0 至 {most}"),
    "pool.cap": Wording(
        "the cap is {cap:day|days}, the protection {protection}; make the cap at least as long",
        "最长期限 {cap} 天短于保护期 {protection} 天；请至少等长",
    ),
    "pool.quota_opened_twice": Wording(
        "quota {quota} exists; a quota is opened once", "领取额度 {quota} 已存在；只能建立一次"
    ),
    "pool.spent": Wording(
        "{actor} has made {claims:claim|claims} of at most {limit} a day",
        "{actor} 当日已领取 {claims} 次，每日上限 {limit} 次",
    ),
    "pool.day_passed": Wording("{actor} has claims counted on {day} already", "{actor} 已有计入 {day} 的领取"),
    "pool.full": Wording(
        "{actor} holds {holding} of at most {capacity}", "{actor} 已持有 {holding} 个，上限 {capacity} 个"
    ),
    "pool.cooling": Wording(
        "{actor} lost it lately and cannot claim it up to and including {until}",
        "{actor} 近期失去该对象，{until} 及以前不能再次领取",
    ),
    "pool.fresh": Wording(
        "it is new: for {hours:hour|hours} it is assigned, not claimed", "新进对象在 {hours} 小时内只分配，不领取"
    ),
    "score.whole": Wording(
        "{name} is {value}; points are whole numbers: pass an int", "{name} 为 {value}；分数必须是整数"
    ),
    "score.cap": Wording(
        "the cap of group {group} is negative; give 0 or more", "{group} 组的上限为负；请填写 0 或以上"
    ),
    "score.bands": Wording(
        "the bands go from {above} to {points:point|points}; list them from the highest down, each once",
        "等级分数线由 {above} 到 {points}；请从高到低列出，各不相同",
    ),
    "score.no_criteria": Wording(
        "the scorecard has no criteria; give at least one", "评分卡没有评分项；请至少给出一项"
    ),
    "score.twice": Wording("the name {name} stands there twice; give each its own", "名称 {name} 重复；请使用不同名称"),
    "score.unknown_group": Wording(
        "no criterion is in group {group}; cap one of the groups in use", "没有评分项属于 {group} 组；请限制已有的组"
    ),
    "score.out_of_reach": Wording(
        "grade {grade} takes {points:point|points}; {best} is the most that the criteria give",
        "等级 {grade} 需要 {points} 分；评分项最多给 {best} 分",
    ),
    "score.points": Wording("{criterion}: {points:point|points}", "{criterion}：{points} 分"),
    "score.capped": Wording(
        "group {group} counts {counted} of {points:point|points}", "{group} 组按 {counted} 分计（原 {points} 分）"
    ),
}
