"""Messages of agings and of what else is asked as of a day."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

AGING: Final[Mapping[str, Wording]] = {
    "aging.edges": Wording(
        "the edges {edges} do not grow from above zero in whole {unit}; give some such as 30, 60, 90",
        "账龄分段 {edges} 不是从零以上递增的整数（单位 {unit}）；请给出如 30、60、90",
    ),
    "aging.not_due": Wording("not due", "未到期"),
    "aging.retention": Wording("retention not due", "未到期质保金"),
    "aging.credit": Wording("credit", "贷方余额（预收）"),
    "aging.aged": Wording("any age", "全部账龄"),
    "aging.to_days": Wording("{first}–{last:day|days}", "{first}–{last} 天"),
    "aging.over_days": Wording("over {count:day|days}", "{count} 天以上"),
    "aging.within_months": Wording("within {count:month|months}", "{count} 个月以内"),
    "aging.to_months": Wording("{first}–{last:month|months}", "{first} 至 {last} 个月"),
    "aging.over_months": Wording("over {count:month|months}", "{count} 个月以上"),
    "aging.within_years": Wording("within {count:year|years}", "{count} 年以内"),
    "aging.to_years": Wording("{first}–{last:year|years}", "{first} 至 {last} 年"),
    "aging.over_years": Wording("over {count:year|years}", "{count} 年以上"),
    "dso.no_sales": Wording(
        "DSO needs sales above zero and at least a day, not {sales} in {days:day|days}; take a longer period, one with sales",
        "周转天数需要大于零的销售额和至少一天，而非 {days} 天 {sales}；请取有销售的更长期间",
    ),
}
