"""Messages of accounts."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

ACCOUNTS: Final[Mapping[str, Wording]] = {}
