"""Recover what was written off 坏账收回: it is expected again, and then collected as anything else."""

import datetime as dt

from ltc._billing.amounts import check_within
from ltc._billing.receipts.receipt import Receipt
from ltc._billing.receivables.entries import EntryKind, standing_from
from ltc._billing.receivables.events import ReceivableEvent, ReceivableRecovered
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.settlement.application import ReceiptChange, ReceivableChange, apply
from ltc._billing.settlement.strategies import designated
from ltc.errors import Refused
from ltc.events import Change, day
from ltc.money import Money


def recoverable_from(receivable: Receivable, on: dt.date, /) -> Money:
    """Return the most that may be recovered on a day: the least that stood written off at the end of that day or any later one.

    >>> from ltc.testing.samples.billing import TODAY, written_off_receivable
    >>> str(recoverable_from(written_off_receivable(), TODAY))
    '30000.00 CNY'
    """
    least = standing_from(receivable.entries, day(on), EntryKind.WRITTEN_OFF, EntryKind.RECOVERED)
    return Money(least, receivable.amount.currency)


def recover(
    receivable: Receivable, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> Change[Receivable, ReceivableEvent]:
    """Expect what was written off again, all of it or a part 坏账收回: it is open from that day on, and receipts settle it.

    Without `amount` all that stood written off from that day on. Where the money has come in already, `collect_recovery` does both.

    Raises:
        Refused: nothing, or less than the amount, stood written off on that day or on a later one.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable, written_off_receivable
    >>> back = recover(written_off_receivable(), amount=Money.of("8000", "CNY"), reason="dividend", on=TODAY, now=NOON)
    >>> str(back.after.open), str(back.after.written_off), str(back.after.recovered)
    ('8000.00 CNY', '22000.00 CNY', '8000.00 CNY')
    >>> recover(receivable(), reason="dividend", on=TODAY, now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: nothing of receivable P1/1 is written off from 2026-03-02 on; apply the money as it is
    """
    most = recoverable_from(receivable, on)
    if not most:
        raise Refused(
            "receivable.not_written_off",
            f"nothing of receivable {receivable.id} is written off from {on} on; apply the money as it is",
            receivable=receivable.id,
            on=on,
        )
    asked = most if amount is None else amount
    check_within(
        asked,
        most,
        code="receivable.over_written_off",
        of=f"written off of receivable {receivable.id}",
        receivable=receivable.id,
    )
    return RECEIVABLE.change(receivable, ReceivableRecovered(receivable.id, asked, reason=reason, on=on, at=now))


def collect_recovery(
    receipt: Receipt, receivable: Receivable, *, amount: Money | None = None, reason: str, on: dt.date, now: dt.datetime
) -> tuple[ReceiptChange, ReceivableChange]:
    """Recover what was written off and settle it by the receipt that brought it, in one step: what is recovered is what is applied.

    Without `amount` as much as fits: all that is free of the receipt or all that is written off, whichever is less.

    Raises:
        Refused: as `recover` and as `apply`.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receipt, written_off_receivable
    >>> paid, settled = collect_recovery(
    ...     receipt(), written_off_receivable(), amount=Money.of("8000", "CNY"), reason="dividend", on=TODAY, now=NOON
    ... )
    >>> [type(event).__name__ for event in settled.events], str(settled.after.open), str(settled.after.written_off)
    (['ReceivableRecovered', 'ReceivableSettled'], '0.00 CNY', '22000.00 CNY')
    """
    if amount is None:
        free, most = receipt.unapplied_from(on), recoverable_from(receivable, on)
        fits = free and free.currency == most.currency
        amount = min(free, most) if fits else most  # nothing free, or of another currency: `apply` says so
    recovered = recover(receivable, amount=amount, reason=reason, on=on, now=now)
    strategy = designated(receivable.id)
    paid, *settled = apply(receipt, [recovered.after], strategy=strategy, amount=amount, on=on, now=now)
    return paid, RECEIVABLE.extend(recovered, *settled[0].events)
