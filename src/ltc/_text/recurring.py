"""Messages of recurring charges."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

RECURRING: Final[Mapping[str, Wording]] = {
    "recurring.in_advance": Wording("in advance", "预付"),
    "recurring.in_arrears": Wording("in arrears", "后付"),
    "recurring.period": Wording("{start} to {last}: {amount}", "{start}至{last}：{amount}"),
    "recurring.part": Wording(
        "{start} to {last}: {amount} ({fraction} of a period)", "{start}至{last}：{amount}（一期的{fraction}）"
    ),
    "recurring.explain_months": Wording(
        "{price} every {every} from {start}, {mode}, periods begin on day {day}",
        "自{start}起每{every}{price}，{mode}，计费日为{day}日",
    ),
    "recurring.explain_days": Wording(
        "{price} every {every} from {start}, {mode}", "自{start}起每{every}{price}，{mode}"
    ),
    "recurring.every": Wording(
        "a period is so many months or so many days; give one of the two", "计费周期须为若干月或若干天；请给出其一"
    ),
    "recurring.cycle_day": Wording(
        "{cycle_day} is no cycle day; use 1 to 31 for periods of months, none for periods of days",
        "{cycle_day} 不是计费日；按月计费请用 1 至 31，按天计费请勿给出",
    ),
    "recurring.ends_before": Wording(
        "the service would end on {end}, before it starts on {start}", "服务终止日 {end} 早于起始日 {start}"
    ),
    "recurring.nothing": Wording(
        "nothing of the service from {start} on is to be billed yet", "自 {start} 起的服务尚无可计费的周期"
    ),
    "recurring.open": Wording(
        "the service from {start} on has no end; say until when", "自 {start} 起的服务没有终止日；请说明截至何日"
    ),
    "recurring.before": Wording(
        "{on} is before the service starts on {start}; use that day or a later one",
        "{on} 早于服务起始日 {start}；请用该日或之后的日期",
    ),
    "recurring.too_many": Wording(
        "over {most} periods are too many; ask for an earlier day", "超过 {most} 期；请用更早的日期"
    ),
}
