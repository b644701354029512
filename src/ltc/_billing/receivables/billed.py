"""What is invoiced of a receivable, movement by movement."""

import datetime as dt

import attrs

from ltc.ids import InvoiceId, NoteId
from ltc.money import Money


@attrs.frozen
class Billed:
    """An invoice billed so much of a receivable, or a red-letter note gave so much back; the amount is above zero.

    >>> from datetime import date
    >>> part = Billed("I1", None, Money.of("30000.00", "CNY"), date(2026, 3, 2))
    >>> part.taken, Billed("I1", "N1", Money.of("5.00", "CNY"), date(2026, 3, 9)).taken
    (3000000, -500)
    """

    invoice: InvoiceId
    note: NoteId | None
    """The red-letter note that gave it back; None: the invoice bills it."""
    amount: Money
    on: dt.date
    issued_in_error: bool = False
    """Of a note: whether the invoice was wrong and is to be made again; else what it gave back is owed to nobody any more."""

    @property
    def taken(self) -> int:
        """How many minor units it adds to what is invoiced: negative of a note."""
        return self.amount.minor if self.note is None else -self.amount.minor
