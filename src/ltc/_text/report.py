"""Messages of imports, reports and commands."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

REPORT: Final[Mapping[str, Wording]] = {}
