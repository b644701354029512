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
    strategy: "billing.Strategy | None" = None,
    tolerance: "billing.Tolerance | None" = None,
    authorities: "Sequence[billing.PaymentAuthority]" = (),
    rates: "billing.RateTable | None" = None,
    on: dt.date,
    reference: str = "",
    now: dt.datetime,
) -> Changes:
    """Record money that came in and apply it at once to what the customer owes; what remains is his credit.

    Receivables with nothing open on that day, or raised later, are passed over; without any the receipt is only recorded. With
    `order` the receipt is an advance 预收 for it, and settles it first where no `strategy` is given. All else as `billing.apply`.

    Raises:
        Refused: a receivable of another entity; of another customer or currency without an authority or a rate.

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
    applied = billing.apply(
        received.after,
        owed,
        strategy=strategy,
        tolerance=tolerance,
        authorities=authorities,
        rates=rates,
        on=on,
        now=now,
    )
    return (received, *applied)
