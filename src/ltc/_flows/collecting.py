"""Money comes in and settles what is open."""

import datetime as dt
from collections.abc import Sequence

from ltc import billing
from ltc._flows.changes import Changes
from ltc.ids import AccountId, EntityId, OrderId, ReceiptId
from ltc.money import Money


def take_receipt(
    receipt: ReceiptId,
    *,
    entity: EntityId,
    party: AccountId,
    amount: Money,
    receivables: Sequence[billing.Receivable],
    order: OrderId | None = None,
    strategy: billing.Strategy = billing.oldest_first,
    on: dt.date,
    reference: str = "",
    now: dt.datetime,
) -> Changes:
    """Record money that came in and apply it at once to what the customer owes; what remains is his credit.

    Receivables with nothing open on that day, or raised later, are passed over; without any the receipt is only recorded.

    Raises:
        Refused: a receivable of another entity, customer or currency.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> changes = take_receipt("R1", entity="E1", party="A1", amount=Money.of("50000.00", "CNY"),
    ...                        receivables=[receivable()], on=TODAY, now=NOON)
    >>> [(change.kind, change.after.version) for change in changes]
    [('receipt', 1), ('receipt', 2), ('receivable', 2)]
    >>> str(changes[1].after.unapplied)
    '20000.00 CNY'
    """
    received = billing.receive(
        receipt, entity=entity, party=party, order=order, amount=amount, on=on, reference=reference, now=now
    )
    owed = [found for found in receivables if found.raised_on <= on and found.open_from(on)]
    if not owed:
        return (received,)
    return (received, *billing.apply(received.after, owed, strategy=strategy, on=on, now=now))
