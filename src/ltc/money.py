"""Money: exact, in integer minor units, never a float, never rounded without being told how.

>>> order = Money.of("100000.00", "CNY")
>>> [str(part) for part in order.allocate([30, 60, 10])]
['30000.00 CNY', '60000.00 CNY', '10000.00 CNY']
>>> str(order.share("0.13"))
'13000.00 CNY'

Sums and splits are integer arithmetic and lose nothing. A product with a rate is rounded once, where it becomes money, by a named
`Rounding`; the commercial half-up is the default. Decimals follow ISO 4217, not the digits that a locale displays.
"""

from ltc._money.allocation import allocate, allocate_decimal
from ltc._money.amount import Money, total
from ltc._money.currencies import digits_of
from ltc._money.exact import as_decimal, as_ratio
from ltc._money.rounding import Rounding, divide

__all__ = [
    "Money",
    "Rounding",
    "allocate",
    "allocate_decimal",
    "as_decimal",
    "as_ratio",
    "digits_of",
    "divide",
    "total",
]
