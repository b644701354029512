"""A receivable: what a customer owes us from a day on, and everything that lowered it."""

import datetime as dt

import attrs

from ltc._billing.receivables.billed import Billed
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.entries import (
    Entry,
    EntryKind,
    Settlement,
    SettlementKind,
    left_as_of,
    left_from,
    settled_by,
    settlements,
    sum_of,
)
from ltc._billing.receivables.notices import InterestCharge, Notice
from ltc._billing.receivables.stops import Dispute, Hold, Promise, PromiseState, latest
from ltc.events import Subject
from ltc.ids import AccountId, EntityId, InvoiceId, OrderId, PlanId, ReceivableId
from ltc.money import Money, total


@attrs.frozen
class Receivable:
    """What a customer owes us 应收: raised with a due date, lowered by entries, its balance always derived from them.

    >>> from ltc.testing.samples.billing import settled_receivable
    >>> receivable = settled_receivable()
    >>> str(receivable.amount), str(receivable.applied), str(receivable.open)
    ('30000.00 CNY', '30000.00 CNY', '0.00 CNY')
    """

    id: ReceivableId
    version: int
    order: OrderId
    entity: EntityId
    party: AccountId
    """Who owes it: the contracting party. Who is invoiced and who pays may be others."""
    plan: PlanId | None
    installment: int | None
    """The number of the installment 期 in the plan, from 1."""
    amount: Money
    """As raised, tax included; never changes."""
    raised_on: dt.date
    due_on: dt.date
    """The last day on which it is not overdue."""
    retention: bool = False
    """Whether it was held back 质保金 until the warranty is over: reports show it apart while it is not due."""
    entries: tuple[Entry, ...] = ()
    """In the order in which they became known, which need not be that of their days."""
    component: Component = Component.PRINCIPAL
    """What it is owed for."""
    disputes: tuple[Dispute, ...] = ()
    """At most the last is not settled; these and the next two stand in the order of their days."""
    promises: tuple[Promise, ...] = ()
    holds: tuple[Hold, ...] = ()
    interest_charges: tuple[InterestCharge, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What was sent about it, in the order in which it was recorded."""
    billed: tuple[Billed, ...] = ()
    """What invoices bill of it, and what red-letter notes gave back."""
    origin: Subject | None = None
    """The receivable of another customer whose place it took 应收并账."""
    charged_for: ReceivableId | None = None
    """The receivable on which it is interest, or about which the letter was written that it is the fee of."""

    @property
    def open(self) -> Money:
        """What is still owed: amount − applied − waived − written off (less recovered) − rounded off; never below zero."""
        return Money(self.amount.minor - sum(entry.taken for entry in self.entries), self.amount.currency)

    @property
    def applied(self) -> Money:
        """What was settled, by receipts or otherwise, less what was taken back."""
        return self._sum(EntryKind.APPLIED, EntryKind.UNAPPLIED)

    @property
    def waived(self) -> Money:
        """What the customer was let off 减免."""
        return self._sum(EntryKind.WAIVED)

    @property
    def written_off(self) -> Money:
        """What was given up as bad debt 坏账核销, less what was recovered."""
        return self._sum(EntryKind.WRITTEN_OFF, EntryKind.RECOVERED)

    @property
    def recovered(self) -> Money:
        """What was written off and is expected again 坏账收回; it is collected by receipts as anything else."""
        return -self._sum(EntryKind.RECOVERED)

    @property
    def rounded_off(self) -> Money:
        """What was let go as a small difference 尾差, less what is owed again."""
        return self._sum(EntryKind.ROUNDED, EntryKind.UNROUNDED)

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """What settled it and was not taken back, in the order in which it became known. Linear in the entries."""
        return settlements(self.entries)

    def settled_by(self, *kinds: SettlementKind) -> Money:
        """Return what was settled in these ways, less what was taken back: a part of `applied`.

        >>> from ltc.testing.samples.billing import settled_receivable
        >>> str(settled_receivable().settled_by(SettlementKind.RECEIPT, SettlementKind.ADVANCE))
        '30000.00 CNY'
        """
        return settled_by(self.amount, self.entries, kinds)

    @property
    def invoiced(self) -> Money:
        """What invoices bill of it, less red letters; never above the amount."""
        return Money(sum(part.taken for part in self.billed), self.amount.currency)

    def invoiced_by(self, invoice: InvoiceId, /) -> Money:
        """Return what one invoice bills of it, less its red letters.

        >>> from ltc.testing.samples.billing import invoiced_receivable
        >>> str(invoiced_receivable().invoiced_by("I1")), str(invoiced_receivable().invoiced_by("I2"))
        ('30000.00 CNY', '0.00 CNY')
        """
        return Money(sum(part.taken for part in self.billed if part.invoice == invoice), self.amount.currency)

    def invoiceable_from(self, on: dt.date, /) -> Money:
        """Return the most that an invoice of a day may bill: what is neither waived nor invoiced at the end of it or any later day.

        >>> from ltc.testing.samples.billing import TODAY, invoiced_receivable, receivable
        >>> str(receivable().invoiceable_from(TODAY)), str(invoiced_receivable().invoiceable_from(TODAY))
        ('30000.00 CNY', '0.00 CNY')
        """
        left = left_from(self.amount, self.billed, on) - self.waived
        return max(left, Money.zero(self.amount.currency))

    def open_as_of(self, on: dt.date, /) -> Money:
        """Return what was owed at the end of a day; nothing before it was raised.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.billing import receivable
        >>> raised_on = receivable().raised_on
        >>> str(receivable().open_as_of(raised_on)), str(receivable().open_as_of(raised_on - timedelta(days=1)))
        ('30000.00 CNY', '0.00 CNY')
        """
        if on < self.raised_on:
            return Money.zero(self.amount.currency)
        return left_as_of(self.amount, self.entries, on)

    def open_from(self, on: dt.date, /) -> Money:
        """Return the most that an entry of a day may take: the least that is open at the end of that day or any later one.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import receivable
        >>> str(receivable().open_from(date(2026, 3, 2)))
        '30000.00 CNY'
        """
        return left_from(self.amount, self.entries, on)

    def is_overdue(self, on: dt.date, /) -> bool:
        """Whether something was still owed at the end of a day after the due date.

        >>> from datetime import date
        >>> from ltc.testing.samples.billing import receivable
        >>> receivable().is_overdue(receivable().due_on), receivable().is_overdue(date(2026, 12, 31))
        (False, True)
        """
        return self.days_overdue(on) > 0

    def days_overdue(self, on: dt.date, /) -> int:
        """Return the days since the due date, 0 where it is not overdue at the end of that day.

        >>> from datetime import timedelta
        >>> from ltc.testing.samples.billing import receivable
        >>> receivable().days_overdue(receivable().due_on + timedelta(days=3))
        3
        """
        late = (on - self.due_on).days
        return late if late > 0 and self.open_as_of(on) else 0

    def disputed_as_of(self, on: dt.date, /) -> Money:
        """Return how much of what was open at the end of a day was disputed.

        >>> from ltc.testing.samples.dunning import TODAY, disputed
        >>> str(disputed().after.disputed_as_of(TODAY)), str(disputed().before.disputed_as_of(TODAY))
        ('12000.00 CNY', '0.00 CNY')
        """
        dispute, owed = latest(self.disputes, on), self.open_as_of(on)
        if dispute is None or not dispute.lasts(on):
            return Money.zero(owed.currency)
        return owed if dispute.amount is None else min(dispute.amount, owed)

    def promised_as_of(self, on: dt.date, /) -> Money:
        """Return how much of what was open at the end of a day was promised, by a promise that stood.

        >>> from ltc.testing.samples.dunning import TODAY, promised
        >>> str(promised().after.promised_as_of(TODAY)), str(promised().before.promised_as_of(TODAY))
        ('30000.00 CNY', '0.00 CNY')
        """
        promise, owed = latest(self.promises, on), self.open_as_of(on)
        if promise is None or self.promise_state(promise, on) is not PromiseState.STANDING:
            return Money.zero(owed.currency)
        return owed - promise.leaves

    def promise_state(self, promise: Promise, on: dt.date, /) -> PromiseState:
        """Return what had become of one of its promises at the end of a day: never before that of the promise.

        It is kept as soon as no more is open than it leaves, by payment or otherwise; what is taken back after its last day does
        not break it.

        >>> from datetime import date
        >>> from ltc.testing.samples.dunning import promised
        >>> receivable = promised().after
        >>> [promise] = receivable.promises
        >>> receivable.promise_state(promise, promise.until).value, receivable.promise_state(promise, date(2026, 3, 21)).value
        ('standing', 'broken')
        """
        known = [made for made in self.promises if made.on <= min(promise.until, on)]
        if known[-1] != promise:
            return PromiseState.REPLACED
        if self.open_as_of(min(promise.until, on)) <= promise.leaves:
            return PromiseState.KEPT
        return PromiseState.STANDING if on <= promise.until else PromiseState.BROKEN

    def hold_as_of(self, on: dt.date, /) -> Hold | None:
        """Return the hold for which nothing is sent on a day, or None.

        >>> from ltc.testing.samples.dunning import TODAY, held
        >>> held().after.hold_as_of(TODAY).reason, held().before.hold_as_of(TODAY)
        ('talks', None)
        """
        hold = latest(self.holds, on)
        return hold if hold is not None and hold.lasts(on) else None

    def charged_interest_as_of(self, on: dt.date, /) -> Money:
        """Return what of its interest had become receivables of their own at the end of a day.

        >>> from datetime import date
        >>> from ltc.testing.samples.dunning import charged
        >>> _, principal = charged()
        >>> str(principal.after.charged_interest_as_of(date(2026, 5, 1)))
        '11.51 CNY'
        """
        charged = (charge.amount for charge in self.interest_charges if charge.on <= on)
        return total(charged, self.amount.currency)

    def _sum(self, *kinds: EntryKind) -> Money:
        return Money(sum_of(self.entries, *kinds), self.amount.currency)
