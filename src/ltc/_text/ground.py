"""Messages of the ground floor: money, calendars, events, strings."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

GROUND: Final[Mapping[str, Wording]] = {
    "money.type": Wording(
        "{value} is not an exact number; pass a str, an int or a Decimal",
        "{value} 不是精确数值；请传入字符串、整数或 Decimal",
    ),
    "money.syntax": Wording(
        "{value} is not an amount; write it as in 12.30", "{value} 不是金额；请写成 12.30 的形式"
    ),
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
    "text.long": Wording(
        "{name} is too long; {limit} characters are the most", "{name} 过长；最多 {limit} 个字符"
    ),
    "text.unprintable": Wording("{name} has a character that cannot be seen", "{name} 含有不可见字符"),
}
