"""Messages of how orders are fulfilled in batches."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

FULFILLMENT: Final[Mapping[str, Wording]] = {
    "order.quantities": Wording(
        "a delivery is of one or more lines, each once and of more than zero",
        "交付至少包含一行，每行只列一次，且数量大于零",
    ),
    "order.no_batch": Wording("order {order} has no batch {batch}", "订单 {order} 没有批次 {batch}"),
    "order.batch_known": Wording(
        "batch {batch} of order {order} is planned or was delivered before",
        "订单 {order} 的批次 {batch} 此前已计划或已交付",
    ),
    "order.over_planned": Wording(
        "{quantity} of line {line} cannot be planned: order {order} has {left} left to plan",
        "行 {line} 不能计划 {quantity}：订单 {order} 待计划数量为 {left}",
    ),
    "order.over_delivered": Wording(
        "{quantity} of line {line} cannot be delivered: order {order} has {left} left to deliver; "
        "deliver no more than that, or amend the order first",
        "行 {line} 不能交付 {quantity}：订单 {order} 待交付数量为 {left}；请不超过该数量，或先变更订单",
    ),
    "order.accepted_already": Wording(
        "batch {batch} of order {order} was accepted on {accepted_on}",
        "订单 {order} 的批次 {batch} 已于 {accepted_on} 验收",
    ),
    "order.moved_early": Wording(
        "batch {batch} of order {order} was last moved on {last_on}, after {on}",
        "订单 {order} 的批次 {batch} 最近一次变动在 {last_on}，晚于 {on}",
    ),
    "order.nothing_waits": Wording(
        "nothing of batch {batch} of order {order} was delivered and not decided",
        "订单 {order} 的批次 {batch} 没有已交付而待验收的货物",
    ),
    "order.over_waiting": Wording(
        "{quantity} of line {line} is more than the {left} that batch {batch} of order {order} has undecided",
        "行 {line} 的 {quantity} 超出订单 {order} 批次 {batch} 待验收的 {left}",
    ),
    "order.nothing_kept": Wording(
        "nothing of batch {batch} of order {order} is with the customer",
        "订单 {order} 的批次 {batch} 没有在客户处的货物",
    ),
    "order.over_kept": Wording(
        "{quantity} of line {line} is more than the {left} of batch {batch} of order {order} that the customer has",
        "行 {line} 的 {quantity} 超出订单 {order} 批次 {batch} 在客户处的 {left}",
    ),
}
