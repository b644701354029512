"""Messages of contracts, orders and approvals."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

CONTRACTS: Final[Mapping[str, Wording]] = {}
