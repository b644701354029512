"""Messages of acceptance bills."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

BILLS: Final[Mapping[str, Wording]] = {
    "bill.maturity": Wording(
        "bill {bill} would mature on {matures_on}, before it is issued on {issued_on}",
        "票据 {bill} 的到期日 {matures_on} 早于出票日 {issued_on}",
    ),
    "bill.not_issued": Wording(
        "bill {bill} is issued on {issued_on}, after {on}; use that day or a later one",
        "票据 {bill} 的出票日 {issued_on} 晚于 {on}；请用该日或之后的日期",
    ),
    "bill.mature": Wording(
        "bill {bill} matures on {matures_on}, not after {on}; present it to its acceptor",
        "票据 {bill} 于 {matures_on} 到期，不晚于 {on}；请向承兑人提示付款",
    ),
    "bill.not_mature": Wording(
        "bill {bill} matures on {matures_on}, after {on}; use that day or a later one, or discount it",
        "票据 {bill} 于 {matures_on} 到期，晚于 {on}；请用该日或之后的日期，或贴现",
    ),
    "bill.too_early": Wording(
        "bill {bill} stood at {last} last, after {on}; use that day or a later one",
        "票据 {bill} 最近日期为 {last}，晚于 {on}；请用该日或之后的日期",
    ),
    "bill.not_splittable": Wording(
        "bill {bill} cannot be split; pass on all of its {amount}", "票据 {bill} 不可拆分；请整张 {amount} 转让"
    ),
    "bill.other_receipt": Wording(
        "bill {bill} is the instrument of receipt {receipt}, not of {given}; give that one",
        "票据 {bill} 属于收款 {receipt}，而非 {given}；请给出前者",
    ),
    "bill.parts": Wording(
        "bill {bill} of {amount} cannot be split into {parts} parts of {sum} together; give two or more that sum to it",
        "票据 {bill} 金额 {amount}，不能拆为合计 {sum} 的 {parts} 张；请给出两张以上且合计相等",
    ),
    "bill.interest": Wording(
        "an interest of {amount} is more than the {available} of bill {bill}",
        "贴现利息 {amount} 超过票据 {bill} 的金额 {available}",
    ),
    "bill.extra_days": Wording(
        "{days} is no number of extra days; use 0 or more", "{days} 不是加计天数；须为 0 或以上"
    ),
    "bill.no_days": Wording(
        "a bill that matures on {matures_on} has no day left to charge for on {on}; use an earlier day",
        "{matures_on} 到期的票据在 {on} 已无计息日；请用更早的日期",
    ),
}
