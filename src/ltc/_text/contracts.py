"""Messages of contracts and orders."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

CONTRACTS: Final[Mapping[str, Wording]] = {
    "contract.request_used": Wording(
        "contract {contract} was submitted under request {request} before", "合同 {contract} 曾以审批 {request} 提交过"
    ),
    "order.too_early": Wording(
        "order {order} was placed on {placed_on}, after {on}", "订单 {order} 于 {placed_on} 下单，晚于 {on}"
    ),
    "contract.amount": Wording("{name} must be an amount of zero or more", "{name} 必须是不小于零的金额"),
    "contract.other_approval": Wording(
        "contract {contract} waits for request {awaited}; request {request} is about {about}",
        "合同 {contract} 等待申请 {awaited}；申请 {request} 针对的是 {about}",
    ),
    "contract.not_signed": Wording(
        "contract {contract} is {status}; orders are placed once it is signed",
        "合同 {contract} 状态为 {status}；签署后才能下订单",
    ),
    "contract.not_effective": Wording(
        "contract {contract} takes effect on {effective_on}, not by {on}",
        "合同 {contract} 于 {effective_on} 生效，{on} 尚未生效",
    ),
    "contract.same_owner": Wording(
        "{kind} {subject} is owned by {owner} already", "{kind} {subject} 的负责人已是 {owner}"
    ),
    "line.kind": Wording("{value} is no kind of line; use one of {kinds}", "{value} 不是行类型；请使用 {kinds} 之一"),
    "line.negative": Wording("{name} of line {line} is negative", "行 {line} 的 {name} 为负数"),
    "line.adjustment": Wording("the adjustment of line {line} is no money", "行 {line} 的调整额不是金额"),
    "line.under_zero": Wording(
        "the adjustment of line {line}, {adjustment}, leaves less than nothing",
        "行 {line} 的调整额 {adjustment} 使该行金额小于零",
    ),
    "order.lines": Wording(
        "{name} must be one or more lines, each with its own id", "{name} 必须至少有一行，且行号各不相同"
    ),
    "order.currency": Wording(
        "contract {contract} is in {expected}, not in {currency}",
        "合同 {contract} 的币种为 {expected}，而非 {currency}",
    ),
    "order.no_line": Wording("order {order} has no line {line}", "订单 {order} 没有行 {line}"),
    "order.change_known": Wording(
        "order {order} was amended by change {change} before", "订单 {order} 此前已按变更 {change} 修改"
    ),
    "order.not_amended": Wording("change {change} leaves order {order} as it is", "变更 {change} 没有改变订单 {order}"),
    "order.under_delivered": Wording(
        "line {line} of order {order} cannot become {quantity}: {floor} were delivered",
        "订单 {order} 的行 {line} 不能改为 {quantity}：已交付 {floor}",
    ),
    "order.under_invoiced": Wording(
        "line {line} of order {order} cannot come to {amount}: {floor} was invoiced",
        "订单 {order} 的行 {line} 不能降为 {amount}：已开票 {floor}",
    ),
    "order.under_invoiced_quantity": Wording(
        "line {line} of order {order} cannot become {quantity}: {floor} were invoiced",
        "订单 {order} 的行 {line} 不能改为 {quantity}：已开票数量 {floor}",
    ),
    "order.amended_later": Wording(
        "order {order} was amended by change {change} on {amended_on}, after {on}",
        "订单 {order} 已于 {amended_on} 按变更 {change} 修改，晚于 {on}",
    ),
    "order.no_revision": Wording(
        "order {order} has no revision {revision}; it has 0 to {last}",
        "订单 {order} 没有版本 {revision}；现有 0 至 {last}",
    ),
    "order.not_planned": Wording(
        "order {order} has no batch {batch} that is planned", "订单 {order} 没有已计划的批次 {batch}"
    ),
    "order.batch_delivered": Wording(
        "batch {batch} of order {order} was delivered on {delivered_on}",
        "订单 {order} 的批次 {batch} 已于 {delivered_on} 交付",
    ),
    "order.reduction": Wording(
        "cannot take off {amount}; give zero or more", "不能减免 {amount}；请给出不小于零的金额"
    ),
    "order.reduced_under_zero": Wording(
        "cannot take {amount} off lines that cost {limit}", "各行金额合计 {limit}，不能减免 {amount}"
    ),
}
