"""Messages of leads, their pools and their scores."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

LEADS: Final[Mapping[str, Wording]] = {}
