"""Messages of the ground floor: money, calendars, events, strings."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

GROUND: Final[Mapping[str, Wording]] = {
    "move.not_allowed": Wording(
        "{kind} {subject} is {status}: {move} is possible when {passes}",
        "{kind} {subject} 处于 {status}：仅当 {passes} 时可 {move}",
    ),
    "events.not_the_thing": Wording(
        "a change has no {name}; give the thing as it is after it, `change.after`",
        "变更没有 {name}；请传入变更后的对象 `change.after`",
    ),
    "events.version": Wording(
        "{kind} {subject} changes without counting its events", "{kind} {subject} 的版本与事件数不符"
    ),
    "events.other_subject": Wording(
        "the records are of {kind} {subject}; give those of one {wanted}",
        "记录属于 {kind} {subject}；请给出同一 {wanted} 的记录",
    ),
    "events.erased": Wording(
        "{kind} {subject} was erased; what was known of it is gone, leave it out",
        "{kind} {subject} 已被清除，其历史不可还原；请将其除外",
    ),
    "events.none": Wording("a {kind} has no state without an event", "{kind} 没有事件就没有状态"),
    "events.no_beginning": Wording("{event} cannot be the first event of a thing", "{event} 不能是首个事件"),
    "events.impossible": Wording(
        "{event} cannot have happened in this state; replay events in their order",
        "当前状态下不可能发生 {event}；请按事件顺序重放",
    ),
    "events.unstored": Wording("{event} is not among the stored events", "{event} 不在可存储的事件之列"),
    "events.unknown_name": Wording("there is no stored event {event}", "没有名为 {event} 的存储事件"),
    "events.version_unknown": Wording(
        "{event} has version {version}, which this library cannot read", "{event} 的版本 {version} 无法读取"
    ),
    "json.shape": Wording("no {type} in this JSON: {why}", "该 JSON 不是 {type}：{why}"),
    "json.type": Wording("expected {expected}", "应为 {expected}"),
    "json.union": Wording('"is" is {value}, which is none of the allowed', '"is" 为 {value}，不在允许之列'),
    "field.member": Wording("{name} is {value}; use one of {known}", "{name} 为 {value}；请用 {known} 之一"),
    "field.whole": Wording("{name} is {value}; use a whole number", "{name} 为 {value}；请用整数"),
    "field.low": Wording("{name} is {value}; use {low} or more", "{name} 为 {value}；请用不小于 {low} 的数"),
    "field.type": Wording("{name} is {value}; pass a {type}", "{name} 为 {value}；请传入 {type}"),
    "money.weights": Wording(
        "the weights must be zero or more, and one of them above zero", "权重须不小于零，且至少一个大于零"
    ),
    "money.range": Wording(
        "{value} is too much; use 60 digits of minor units at most", "{value} 过大；最小货币单位数最多 60 位"
    ),
    "money.ratio": Wording("{value} is not a ratio from 0 to 1", "{value} 不是 0 到 1 之间的比例"),
    "money.divide_by_zero": Wording("cannot divide {numerator} by 0", "{numerator} 不能除以 0"),
    "text.type": Wording("{name} is no text", "{name} 不是文本"),
    "text.locale": Wording(
        "there is no locale {locale}; use one such as zh_CN", "没有语言区域 {locale}；请用 zh_CN 等"
    ),
    "text.unknown_code": Wording("the catalog has no message {code}", "目录中没有消息 {code}"),
    "text.unknown_fact": Wording(
        "the message {code} names {unknown}; it may name {offered}", "消息 {code} 引用了 {unknown}；可引用：{offered}"
    ),
    "text.braces": Wording("the message {code} has a brace too many or too few", "消息 {code} 的花括号不成对"),
    "money.type": Wording(
        "{value} is not an exact number; pass a str, an int or a Decimal",
        "{value} 不是精确数值；请传入字符串、整数或 Decimal",
    ),
    "money.syntax": Wording("{value} is not an amount; write it as in 12.30", "{value} 不是金额；请写成 12.30 的形式"),
    "money.digits": Wording(
        "{amount} has too many decimals; {currency} takes {digits}",
        "{amount} 的小数位过多；{currency} 最多 {digits} 位",
    ),
    "money.unknown_currency": Wording(
        "{currency} is not a currency code of ISO 4217", "{currency} 不是 ISO 4217 货币代码"
    ),
    "money.currency": Wording(
        "{left} and {right} do not mix; convert one with an explicit rate",
        "{left} 与 {right} 不能混用；请按明确的汇率换算",
    ),
    "text.blank": Wording("{name} is blank", "{name} 为空"),
    "text.long": Wording("{name} is too long; {limit} characters are the most", "{name} 过长；最多 {limit} 个字符"),
    "text.unprintable": Wording("{name} has a character that cannot be seen", "{name} 含有不可见字符"),
    "day.type": Wording("{value} is no day; pass a date without time", "{value} 不是日期；请传入不带时间的日期"),
    "instant.type": Wording(
        "{value} is no instant; pass a datetime with its time zone", "{value} 不是时刻；请传入带时区的日期时间"
    ),
    "instant.naive": Wording("{value} has no time zone; add it", "{value} 没有时区；请加上时区"),
    "instant.range": Wording(
        "{value} is outside the years 1 to 9999 in UTC; use an instant within them",
        "{value} 按 UTC 超出公元 1 至 9999 年；请使用此范围内的时刻",
    ),
    "extra.missing": Wording(
        "the package {package} is not installed; install ltc[{extra}]", "未安装软件包 {package}；请安装 ltc[{extra}]"
    ),
    "testing.no_hypothesis": Wording(
        "strategies need the package hypothesis; install it, as in pip install hypothesis",
        "测试策略需要软件包 hypothesis；请安装，例如 pip install hypothesis",
    ),
    "calendars.whole": Wording("{name} is {value}; use a whole number", "{name} 为 {value}；请使用整数"),
    "calendars.count": Wording(
        "{name} is {value}; use {low} to {high}", "{name} 为 {value}；允许范围为 {low} 至 {high}"
    ),
    "calendars.range": Wording("{asked} leaves the years 1 to 9999", "{asked} 超出公元 1 至 9999 年"),
    "calendars.zone": Wording(
        "{zone} is no IANA time zone; use one such as Asia/Shanghai",
        "{zone} 不是 IANA 时区；请使用 Asia/Shanghai 之类的名称",
    ),
    "calendars.backwards": Wording(
        "{end} is before {start}; give the earlier day first", "{end} 早于 {start}；请先给较早的日期"
    ),
    "calendars.period": Wording(
        "a period of {months:month|months} and {days:day|days} does not repeat; use months or days above zero",
        "{months} 个月加 {days} 天不能作为周期；请只用大于零的月数或天数",
    ),
    "calendars.weekday": Wording("{value} is no day of the week", "{value} 不是星期几"),
    "calendars.weekend": Wording("a weekend of seven days leaves no workday", "周末不能占满七天，至少留出一个工作日"),
    "calendars.both": Wording(
        "{day} is given as a holiday and as a workday; keep one", "{day} 同时被设为休息日和工作日；请只保留一种"
    ),
    "calendars.roll": Wording("{value} is no way to roll to a workday", "{value} 不是有效的工作日顺延方式"),
    "calendars.no_workday": Wording(
        "the calendar has no workday within {within:day|days} of {day}", "日历在 {day} 前后 {within} 天内没有工作日"
    ),
    "calendars.no_calendar": Wording(
        "a due rule that rolls needs a business calendar", "按工作日顺延的到期规则需要工作日历"
    ),
    "calendars.country": Wording(
        "{country} is no country whose holidays are known", "没有国家或地区 {country} 的节假日数据"
    ),
    "calendars.subdivision": Wording(
        "{subdivision} is no subdivision of {country} whose holidays are known",
        "没有 {country} 下属地区 {subdivision} 的节假日数据",
    ),
    "calendars.time": Wording("{value} is no wall time; use one without zone", "{value} 不是钟面时间；请勿带时区"),
    "calendars.interval": Wording(
        "{start} to {end} is no stretch of one day; end after the start, at 00:00 the latest",
        "{start} 至 {end} 不在同一天内；结束应晚于开始，最晚 00:00",
    ),
    "calendars.interval_syntax": Wording(
        "{value} is no interval; write it as in 09:00-12:00", "{value} 不是时段；请写成 09:00-12:00 的形式"
    ),
    "calendars.interval_type": Wording("{value} is no interval of a day", "{value} 不是一天内的时段"),
    "calendars.overlap": Wording(
        "the intervals of {name} overlap at {at}; give them in order, apart",
        "{name} 的时段在 {at} 重叠；请按先后给出互不重叠的时段",
    ),
    "calendars.week": Wording(
        "a week of {days:day|days} is no working week; give 7 days, at least one with hours",
        "{days} 天不构成工作周；请给出 7 天，且至少一天有工作时段",
    ),
    "calendars.duration_type": Wording("{value} is no duration", "{value} 不是时长"),
    "calendars.duration": Wording(
        "{value} is negative; use a duration of zero or more", "{value} 为负；时长不得小于零"
    ),
    "calendars.horizon": Wording(
        "working time is reckoned over {years:year|years} at most", "工作时间最多计算 {years} 年"
    ),
    "calendars.due.start": Wording("the start date", "起算日"),
    "calendars.due.after": Wording("{period} after the start date", "起算日后{period}"),
    "calendars.due.before": Wording("{period} before the start date", "起算日前{period}"),
    "calendars.due.month_end": Wording("from {start}, the end of that month", "{start}所在月的月末"),
    "calendars.due.later": Wording("{rule} and {period} more", "{rule}再加{period}"),
    "calendars.due.day": Wording("day {day}", "{day}日"),
    "calendars.due.day_or_last": Wording("day {day} (or the last)", "{day}日（无此日则取月末）"),
    "calendars.due.last_day": Wording("the last day", "月末"),
    "calendars.due.this_month": Wording("from {start}, {day} of that month", "{start}当月的{day}"),
    "calendars.due.next_month": Wording("from {start}, {day} of the next month", "{start}次月的{day}"),
    "calendars.due.later_month": Wording(
        "from {start}, {day} of the month {months} later", "{start}之后第{months}的{day}"
    ),
    "calendars.due.next_day": Wording("from {start}, the next time it is {day} of a month", "{start}起最近的{day}"),
    "calendars.due.roll_following": Wording(
        "{rule}; if no workday, the next workday", "{rule}；遇非工作日顺延至下一工作日"
    ),
    "calendars.due.roll_preceding": Wording(
        "{rule}; if no workday, the workday before", "{rule}；遇非工作日提前至上一工作日"
    ),
    "calendars.due.roll_modified_following": Wording(
        "{rule}; if no workday, the next workday of that month or else the one before",
        "{rule}；遇非工作日顺延，跨月则提前至上一工作日",
    ),
}
