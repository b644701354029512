"""Messages of plans, receivables, invoices and receipts."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

BILLING: Final[Mapping[str, Wording]] = {}
