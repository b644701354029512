"""The rows that a report is made of: one frozen class a table, with the columns of the canonical CSV files as its fields.

A host that has no files makes them in code and hands them to `ltc.report.tables_of`:

>>> from datetime import date
>>> from ltc.money import Money
>>> OrderRow("SO-1", account="A1", amount=Money.of("100000.00", "CNY"), signed_on=date(2026, 3, 2)).opportunity is None
True

Amounts are `Money`, days are plain dates, instants are aware: the day of an instant is that of the zone that it carries.
"""

import datetime as dt

import attrs

from ltc.errors import InvalidType
from ltc.money import Money

LOST = "lost"
WON = "won"
RETURNED = "returned"
"""The kind of an activity by which a lead went back to its pool."""
CONVERTED = "converted"
"""The kind of an activity by which a lead became a customer with a deal."""


def _aware(_instance: object, attribute: "attrs.Attribute[dt.datetime]", value: object) -> None:
    if not isinstance(value, dt.datetime) or value.utcoffset() is None:
        raise InvalidType(
            "report.naive",
            f"{attribute.name} {value!s:.40} is no aware datetime; give it a time zone",
            name=attribute.name,
            value=str(value)[:40],
        )


@attrs.frozen
class LeadRow:
    """A lead as a table gives it; who it is stands in `name` or `company` or both.

    >>> from datetime import datetime, UTC
    >>> LeadRow("L1", created_at=datetime(2026, 3, 2, tzinfo=UTC), company="华东机械").owner is None
    True
    """

    id: str
    created_at: dt.datetime = attrs.field(validator=_aware)
    name: str | None = None
    company: str | None = None
    email: str | None = None
    phone: str | None = None
    source: str | None = None
    city: str | None = None
    owner: str | None = None


@attrs.frozen
class OpportunityRow:
    """An opportunity as a table gives it; `stage` is read only where no stage history is known.

    >>> from ltc.money import Money
    >>> OpportunityRow("O1", amount=Money.of("100000.00", "CNY"), owner="li", stage="报价").won_amount is None
    True
    """

    id: str
    amount: Money
    """What it is expected to bring."""
    owner: str | None = None
    created_at: dt.datetime | None = attrs.field(default=None, validator=attrs.validators.optional(_aware))
    account: str | None = None
    product: str | None = None
    expected_close_on: dt.date | None = None
    stage: str | None = None
    won_amount: Money | None = None
    """What it was won at, where that differs from `amount`; known from the day that it is won."""

    @property
    def closed_amount(self) -> Money:
        """What a won opportunity brought.

        >>> from ltc.money import Money
        >>> str(OpportunityRow("O1", Money.of("550", "USD"), won_amount=Money.of("521", "USD")).closed_amount)
        '521.00 USD'
        """
        return self.amount if self.won_amount is None else self.won_amount


@attrs.frozen
class StageRow:
    """The entry of an opportunity into a stage; the stages `won` and `lost` end it.

    >>> from datetime import datetime, UTC
    >>> StageRow("O1", "won", datetime(2026, 3, 2, tzinfo=UTC)).ends
    True
    """

    id: str
    """Of the opportunity."""
    stage: str
    at: dt.datetime = attrs.field(validator=_aware)

    @property
    def ends(self) -> bool:
        """Whether the opportunity is decided by this entry.

        >>> from datetime import datetime, UTC
        >>> StageRow("O1", "报价", datetime(2026, 3, 2, tzinfo=UTC)).ends
        False
        """
        return self.stage in {WON, LOST}


@attrs.frozen
class OrderRow:
    """An order as a table gives it.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> OrderRow("SO-1", "A1", Money.of("100000.00", "CNY"), date(2026, 3, 2)).account
    'A1'
    """

    id: str
    account: str
    amount: Money
    signed_on: dt.date
    opportunity: str | None = None


@attrs.frozen
class ReceivableRow:
    """An installment of an order that is to be collected.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> ReceivableRow("SO-1/1", "SO-1", Money.of("30000.00", "CNY"), date(2026, 3, 9)).order
    'SO-1'
    """

    id: str
    order: str
    amount: Money
    due_on: dt.date


@attrs.frozen
class ActivityRow:
    """What somebody did about a lead, an account or an opportunity; the kinds `returned` and `converted` are counted with the leads.

    >>> from datetime import datetime, UTC
    >>> ActivityRow("V1", about="L1", owner="li", at=datetime(2026, 3, 2, tzinfo=UTC), kind="returned").about
    'L1'
    """

    id: str
    about: str
    owner: str
    at: dt.datetime = attrs.field(validator=_aware)
    kind: str


@attrs.frozen
class TargetRow:
    """What an owner, or everybody together, is to reach in a period: a year `2026`, a quarter `2026-Q4` or a month `2026-11`.

    >>> from ltc.money import Money
    >>> TargetRow("2026-Q4", owner="li", metric="won", amount=Money.of("5000000", "CNY")).metric
    'won'
    """

    period: str
    owner: str
    metric: str
    """`won` is compared with what was won; any other is only kept."""
    amount: Money


@attrs.frozen
class InvoiceRow:
    """An invoice as a table gives it.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> InvoiceRow("I1", "A1", Money.of("30000.00", "CNY"), date(2026, 3, 2), date(2026, 4, 1)).order is None
    True
    """

    id: str
    customer: str
    amount: Money
    issued_on: dt.date
    due_on: dt.date
    order: str | None = None


@attrs.frozen
class ReceiptRow:
    """Money that a customer paid; `invoice` names the invoice, or the receivable, that it pays.

    >>> from datetime import date
    >>> from ltc.money import Money
    >>> ReceiptRow("R1", "A1", Money.of("30000.00", "CNY"), date(2026, 4, 1), invoice="I1").invoice
    'I1'
    """

    id: str
    customer: str
    amount: Money
    received_on: dt.date
    invoice: str | None = None


@attrs.frozen
class ChangeRow:
    """One field of one document before and after a change that was agreed: what an auditor asks for.

    >>> from datetime import datetime, UTC
    >>> row = ChangeRow("order SO-1", "amount", "100000.00", "90000.00", at=datetime(2026, 3, 2, tzinfo=UTC), by="wang")
    >>> row.after
    '90000.00'
    """

    subject: str
    """The document: `order SO-1`."""
    field: str
    before: str | Money | None
    after: str | Money | None
    at: dt.datetime = attrs.field(validator=_aware)
    by: str
    reason: str = ""
