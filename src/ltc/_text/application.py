"""Messages of receipts that are applied, and of what is taken back."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_REVERSALS: Final[Mapping[str, Wording]] = {
    "receipt.not_given": Wording(
        "receipt {receipt} settles receivable {receivable}, which is not given; give every one that it settles",
        "收款 {receipt} 核销了应收 {receivable}，但未给出；请给出它核销的全部应收",
    ),
    "receipt.refund_pending": Wording(
        "receipt {receipt} keeps {amount} for refund {refund}; pay it, reject it or record its failure first",
        "收款 {receipt} 为退款 {refund} 预留 {amount}；请先支付、驳回该退款或登记其失败",
    ),
    "receipt.nothing_left": Wording(
        "nothing of receipt {receipt} is left: {refunded} was refunded, {taken_back} taken back before",
        "收款 {receipt} 已无余额：已退款 {refunded}，此前已退票或冲销 {taken_back}",
    ),
    "receipt.moved_since": Wording(
        "receipt {receipt} moved on {last} last, after {on}; use that day or a later one",
        "收款 {receipt} 最近变动于 {last}，晚于 {on}；请用该日或之后的日期",
    ),
}

APPLICATION: Final[Mapping[str, Wording]] = {**_REVERSALS}
