"""Messages of contracts, orders and approvals."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

CONTRACTS: Final[Mapping[str, Wording]] = {
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
        "request {request} was submitted by {submitter}; {by} cannot revoke it",
        "申请 {request} 由 {submitter} 提交；{by} 不能撤回",
    ),
}
