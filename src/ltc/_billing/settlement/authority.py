"""Who may pay for whom 代付: one receipt settles receivables of several customers of a group."""

import datetime as dt
from collections.abc import Iterable

import attrs

from ltc._billing.amounts import check_money
from ltc._billing.once import given_once
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.receivable import Receivable
from ltc.errors import InvalidValue
from ltc.events import day
from ltc.ids import AccountId, EntityId
from ltc.money import Money
from ltc.text import one_line


@attrs.frozen
class PaymentAuthority:
    """A customer's word that another pays for him 代付: who, for whom, to which of our entities, from when until when, up to what.

    `limit` is the most that one receipt may settle under it, all its applications that stand together; it is in the currency of the
    receipt, and an authority over another currency does not cover it. A limit over all receipts is the host's to lower: what others
    have used is `used`.

    Raises:
        InvalidValue: the payer pays for himself, the limit is not above zero, or it ends before it begins.

    >>> from datetime import date
    >>> group = PaymentAuthority("PA-1", payer="A1", on_behalf_of="A2", entity="E1", since=date(2026, 1, 1))
    >>> group.until, group.limit
    (None, None)
    """

    id: str = attrs.field(validator=one_line)
    """Of the document that says so; it is kept with each application."""
    payer: AccountId = attrs.field(validator=one_line)
    on_behalf_of: AccountId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    since: dt.date = attrs.field(converter=day)
    """The first day on which it holds: the day of the application counts."""
    until: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(day))
    """The last day; None: without end."""
    limit: Money | None = None

    def __attrs_post_init__(self) -> None:
        if self.payer == self.on_behalf_of:
            raise InvalidValue(
                "authority.self", f"{self.payer} pays for himself without an authority; leave it out", payer=self.payer
            )
        if self.until is not None and self.until < self.since:
            raise InvalidValue(
                "authority.days",
                f"authority {self.id} would end on {self.until}, before it begins on {self.since}; use that day or a later one",
                authority=self.id,
                since=self.since,
                until=self.until,
            )
        if self.limit is not None:
            check_money("limit", self.limit)
            if self.limit.minor <= 0:
                raise InvalidValue(
                    "billing.amount", f"limit is {self.limit}; give more than zero", name="limit", amount=self.limit
                )

    def covers(self, receipt: Receipt, receivable: Receivable, on: dt.date, /) -> bool:
        """Whether a receipt may settle a receivable under it on a day; both bounds are inclusive, and the limit is not asked.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import receipt, receivable
        >>> group = PaymentAuthority("PA-1", payer="A1", on_behalf_of="A2", entity="E1", since=date(2026, 1, 1))
        >>> group.covers(receipt(), receivable(), date(2026, 3, 2))  # which A1 owes himself
        False
        """
        return (
            (self.payer, self.on_behalf_of) == (receipt.party, receivable.party)
            and self.entity == receipt.entity == receivable.entity
            and self.since <= on
            and (self.until is None or on <= self.until)
            and (self.limit is None or self.limit.currency == receipt.amount.currency)
        )

    def used(self, receipts: Iterable[Receipt], currency: str, /) -> Money:
        """Return what applications of receipts that stand have used of it, in one currency.

        Raises:
            InvalidValue: a receipt is given twice.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import receipt
        >>> group = PaymentAuthority("PA-1", payer="A1", on_behalf_of="A2", entity="E1", since=date(2026, 1, 1))
        >>> str(group.used([receipt()], "CNY"))
        '0.00 CNY'
        """
        return Money(
            sum(
                settled.amount.minor
                for receipt in given_once(receipts)
                if receipt.amount.currency == currency
                for settled in receipt.settlements
                if settled.authority == self.id
            ),
            currency,
        )
