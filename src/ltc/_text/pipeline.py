"""Messages of deals and the funnel."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

PIPELINE: Final[Mapping[str, Wording]] = {}
