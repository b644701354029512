"""Messages of approvals: what a flow may be, who was asked and why, who decided what."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

APPROVALS: Final[Mapping[str, Wording]] = {
    "approval.amount": Wording("amount is {value}; pass a Money or None", "金额为 {value}；请传入 Money 或 None"),
    "approval.approvers": Wording(
        "{name} must be a tuple that names everybody once, at least one", "{name} 必须是元组，至少一人，且每人只列一次"
    ),
    "approval.band": Wording(
        "step {step} is for amounts above {above} up to {up_to}; the second must be larger",
        "步骤 {step} 的金额区间为大于 {above} 至 {up_to}；上限必须大于下限",
    ),
    "approval.flow_version": Wording(
        "flow {flow} has no proper version; count from 1", "流程 {flow} 的版本号无效；请从 1 开始编号"
    ),
    "approval.step_twice": Wording(
        "flow {flow} has several steps {step}; give every step its own name",
        "流程 {flow} 有多个步骤 {step}；每个步骤的名称必须不同",
    ),
    "approval.step_skipped": Wording(
        "step {step} is skipped: it is not for {amount}", "步骤 {step} 已跳过：不适用于金额 {amount}"
    ),
    "approval.submitter_left_out": Wording(
        "{submitter} is left out of step {step}: nobody decides on his own request",
        "步骤 {step} 不含 {submitter}：不得审批本人提交的申请",
    ),
    "approval.no_step": Wording(
        "no step of flow {flow} version {flow_version} applies to request {request}",
        "流程 {flow} 第 {flow_version} 版没有适用于申请 {request} 的步骤",
    ),
    "approval.nobody": Wording(
        "step {step} of request {request} has no approver but its submitter {submitter}",
        "申请 {request} 的步骤 {step} 除提交人 {submitter} 外没有其他审批人",
    ),
    "approval.own_request": Wording(
        "request {request} waits on step {step} for {waiting_for}; its submitter {by} does not decide",
        "申请 {request} 在步骤 {step} 等待 {waiting_for} 审批；提交人 {by} 不得审批",
    ),
    "approval.decided_already": Wording(
        "{by} has decided on step {step} of request {request}; it waits for {waiting_for}",
        "{by} 已审批申请 {request} 的步骤 {step}；现等待 {waiting_for}",
    ),
    "approval.not_approver": Wording(
        "request {request} waits on step {step} for {waiting_for}, not for {by}",
        "申请 {request} 在步骤 {step} 等待 {waiting_for} 审批，而非 {by}",
    ),
    "approval.not_submitter": Wording(
        "request {request} was submitted by {submitter}; {by} cannot do that",
        "申请 {request} 由 {submitter} 提交；{by} 不能这样做",
    ),
    "approval.other_subject": Wording(
        "request {request} is about {asked}, not about {wanted}", "申请 {request} 针对的是 {asked}，而非 {wanted}"
    ),
    "approval.not_granted": Wording(
        "request {request} about {asked} is {status}; it allows that once it is approved",
        "针对 {asked} 的申请 {request} 状态为 {status}；通过后方可执行",
    ),
    "approval.no_amount": Wording(
        "request {request} is over no amount, and {wanted} is over {amount}; ask for approval of that amount",
        "申请 {request} 未写金额，{wanted} 的金额为 {amount}；请按该金额申请审批",
    ),
    "approval.other_amount": Wording(
        "request {request} is over {approved}, and {wanted} is over {amount}",
        "申请 {request} 的金额为 {approved}，{wanted} 的金额为 {amount}",
    ),
    "approval.ratio": Wording("{name} is {value}; pass a finite Decimal", "{name} 为 {value}；请传入有限的 Decimal"),
    "approval.words": Wording("words are {value}; pass a tuple of one or more", "词语为 {value}；请传入至少一项的元组"),
    "approval.fact": Wording(
        "fact {fact} is {value}; pass a Money, a finite Decimal or a str",
        "事实 {fact} 为 {value}；请传入 Money、有限的 Decimal 或 str",
    ),
    "approval.fact_kind": Wording(
        "{fact} is {value}; the flow asks for a {expected}", "{fact} 为 {value}；流程要求 {expected}"
    ),
    "approval.fact_band": Wording(
        "{fact} is to be above {above} up to {up_to}; the second must be larger",
        "{fact} 的区间为大于 {above} 至 {up_to}；上限必须大于下限",
    ),
    "approval.records": Wording("{name} must be a tuple of {kind}", "{name} 必须是 {kind} 的元组"),
    "approval.needed": Wording(
        "step {step} needs {needed} of {approvers} approvals; give a number that they can reach to k of n, and none to other modes",
        "步骤 {step} 需要 {approvers} 人中的 {needed} 票；k/n 模式须给出可达到的票数，其他模式不给",
    ),
    "approval.stand_in_policy": Wording(
        "flow {flow} names a stand-in with the policy stand_in, and only then; its policy is {policy}",
        "流程 {flow} 仅在策略为 stand_in 时指定代办人；现策略为 {policy}",
    ),
    "approval.window": Wording(
        "the window of {person} begins {since} and ends {until}; the end must be later",
        "{person} 的期间自 {since} 至 {until}；结束必须晚于开始",
    ),
    "approval.own_superior": Wording(
        "{person} reports to himself; name another or nobody", "{person} 的上级不能是本人"
    ),
    "approval.no_directory": Wording(
        "step {step} of flow {flow} asks for a role or a superior; pass a directory",
        "流程 {flow} 的步骤 {step} 按角色或上级审批；请传入组织目录",
    ),
    "approval.unfilled": Wording(
        "step {step} of request {request} finds nobody to ask", "申请 {request} 的步骤 {step} 找不到审批人"
    ),
    "approval.too_few": Wording(
        "step {step} of request {request} needs {needed} approvals and has {approvers} {approvers:approver|approvers}",
        "申请 {request} 的步骤 {step} 需要 {needed} 票，只有 {approvers} 名审批人",
    ),
    "approval.condition_unmet": Wording(
        "step {step} is skipped: it is not for {fact} {value}", "步骤 {step} 已跳过：不适用于 {fact} {value}"
    ),
    "approval.in_role": Wording(
        "{person} is asked on step {step} as {role} of {company}", "步骤 {step} 由 {company} 的 {role} {person} 审批"
    ),
    "approval.superior": Wording(
        "{person} is asked on step {step} as the superior of {of}, {levels} {levels:level|levels} up",
        "步骤 {step} 由 {of} 的上 {levels} 级主管 {person} 审批",
    ),
    "approval.absent": Wording(
        "{person} is not asked on step {step}: he is away", "步骤 {step} 不询问 {person}：其不在岗"
    ),
    "approval.role_empty": Wording(
        "nobody who is there holds role {role} of {company} for step {step}",
        "步骤 {step}：{company} 的 {role} 无人在岗",
    ),
    "approval.no_superior": Wording(
        "{of} has no superior {levels} {levels:level|levels} up for step {step}",
        "步骤 {step}：{of} 没有上 {levels} 级主管",
    ),
    "approval.step_unfilled": Wording(
        "step {step} is passed over: there is nobody to ask", "步骤 {step} 已跳过：没有审批人"
    ),
    "approval.stand_in": Wording(
        "{person} is asked on step {step} as the stand-in of the flow", "步骤 {step} 由流程代办人 {person} 审批"
    ),
    "approval.own_deputy": Wording("{person} is his own deputy; name another", "代理人不能是 {person} 本人"),
    "approval.within": Wording(
        "a step is to be decided within {within}; give it time", "步骤的审批时限为 {within}；必须大于零"
    ),
    "approval.outside_window": Wording(
        "{by} does not stand in for who is awaited on step {step} of request {request} at this time: {waiting_for}",
        "{by} 此时不能代理审批：申请 {request} 的步骤 {step} 等待 {waiting_for}",
    ),
    "approval.no_earlier_step": Wording(
        "request {request} stands on step {step}, and {to} is none before it; before it: {earlier}",
        "申请 {request} 位于步骤 {step}，{to} 不是其之前的步骤；之前的步骤：{earlier}",
    ),
    "approval.detours_used": Wording(
        "request {request} has taken its {most} {most:detour|detours}; approve or reject it",
        "申请 {request} 的退回、转交和加签已达 {most} 次；请同意或驳回",
    ),
    "approval.asked_already": Wording(
        "{person} has a part in step {step} of request {request}; name somebody else",
        "{person} 已在申请 {request} 的步骤 {step} 中；请指定他人",
    ),
    "approval.counted_already": Wording(
        "the approval of {person} counts on step {step} of request {request} already",
        "{person} 的同意已计入申请 {request} 的步骤 {step}",
    ),
    "approval.no_part": Wording("{by} has no part in request {request}", "{by} 未参与申请 {request}"),
    "approval.copied_already": Wording(
        "{person} was informed of request {request} before", "申请 {request} 此前已抄送 {person}"
    ),
    "approval.same_approvers": Wording(
        "the approvers of request {request} would be the same", "申请 {request} 的审批人没有变化"
    ),
    "approval.not_overdue": Wording(
        "step {step} of request {request} is not overdue", "申请 {request} 的步骤 {step} 未超时"
    ),
    "approval.escalates_to_nobody": Wording(
        "step {step} of request {request} is overdue, and there is nobody to escalate it to",
        "申请 {request} 的步骤 {step} 已超时，但没有可升级的审批人",
    ),
    "approval.did_submit": Wording(
        "{by} submitted {kind} {id} under version {flow_version} of flow {flow} ({at})",
        "{by} 按流程 {flow} 第 {flow_version} 版提交了 {kind} {id}（{at}）",
    ),
    "approval.did_resubmit": Wording("{by} submitted it again ({at})", "{by} 重新提交（{at}）"),
    "approval.did_approve": Wording("{by} approved on step {step} ({at})", "{by} 同意了步骤 {step}（{at}）"),
    "approval.did_approve_for": Wording(
        "{by} approved on step {step} for {principal}, whose deputy he is from {since} until {until} ({at})",
        "{by} 代 {principal} 同意了步骤 {step}（代理期 {since} 至 {until}；{at}）",
    ),
    "approval.did_reject": Wording("{by} rejected on step {step} ({at})", "{by} 反对步骤 {step}（{at}）"),
    "approval.did_reject_for": Wording(
        "{by} rejected on step {step} for {principal}, whose deputy he is from {since} until {until} ({at})",
        "{by} 代 {principal} 反对步骤 {step}（代理期 {since} 至 {until}；{at}）",
    ),
    "approval.did_reopen": Wording(
        "{by} sent it back from step {step} to step {to} ({at})", "{by} 从步骤 {step} 退回至步骤 {to}（{at}）"
    ),
    "approval.did_return": Wording(
        "{by} sent it back from step {step} to its submitter ({at})", "{by} 从步骤 {step} 退回给提交人（{at}）"
    ),
    "approval.did_add": Wording(
        "{by} asked for the signature of {person} on step {step} ({at})", "{by} 在步骤 {step} 加签 {person}（{at}）"
    ),
    "approval.did_hand_on": Wording(
        "{by} handed his part of step {step} on to {person} ({at})", "{by} 将步骤 {step} 转交给 {person}（{at}）"
    ),
    "approval.did_escalate": Wording(
        "step {step} was overdue and went to {people} ({at})", "步骤 {step} 超时，已升级至 {people}（{at}）"
    ),
    "approval.did_copy": Wording("{by} informed {person} ({at})", "{by} 抄送 {person}（{at}）"),
    "approval.did_urge": Wording("{by} urged who is awaited on step {step} ({at})", "{by} 催办步骤 {step}（{at}）"),
    "approval.did_resolve": Wording("{by} had the approvers looked up again ({at})", "{by} 重新确定了审批人（{at}）"),
    "approval.did_end": Wording("it is approved ({at})", "审批通过（{at}）"),
    "approval.did_revoke": Wording("{by} took it back ({at})", "{by} 撤回（{at}）"),
    "approval.comment": Wording("{said}: {comment}", "{said}：{comment}"),
    "approval.step_passed": Wording("step {step} is passed by {people}", "步骤 {step} 已由 {people} 通过"),
    "approval.step_needed_no_more": Wording("step {step} needed {people} no more", "步骤 {step} 无需 {people} 审批"),
    "approval.step_waits": Wording("step {step} waits for {people}", "步骤 {step} 正等待 {people} 审批"),
    "approval.step_lost": Wording("step {step} is rejected by {people}", "步骤 {step} 已被 {people} 驳回"),
    "approval.step_ahead": Wording(
        "step {step} was not reached; it is for {people}", "步骤 {step} 未到达；审批人为 {people}"
    ),
    "approval.counts_from_before": Wording(
        "{person} is not asked again on step {step}: he approved before", "步骤 {step} 不再询问 {person}：此前已同意"
    ),
}
