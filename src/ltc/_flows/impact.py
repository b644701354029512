"""What a change of something agreed would do, to the cent and in words, derived from the very changes that would be committed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import attrs

from ltc import billing, contracts
from ltc._flows.changes import Changes
from ltc.approvals import ApprovalRequest, RequestStatus
from ltc.errors import Refused
from ltc.events import Subject, Thing
from ltc.ids import ChangeId, OrderId, RequestId, derived
from ltc.money import Money, total
from ltc.text import say

_Measure = Callable[..., Money]

_MEASURES: Final[Mapping[type, Mapping[str, _Measure]]] = {
    contracts.Order: {"amount": lambda order: order.amount},
    billing.CollectionPlan: {"amount": lambda plan: plan.amount},
    billing.Receivable: {
        "open": lambda receivable: receivable.open,
        "waived": lambda receivable: receivable.waived,
        "applied": lambda receivable: receivable.applied,
        "invoiced": lambda receivable: receivable.invoiced,
    },
    billing.Invoice: {"billed": lambda invoice: invoice.billed, "red_tax": lambda invoice: invoice.red_tax},
    billing.RedLetterNote: {"amount": lambda note: note.amount},
    billing.Receipt: {
        "applied": lambda receipt: receipt.applied,
        "reserved": lambda receipt: receipt.reserved,
        "unapplied": lambda receipt: receipt.unapplied,
    },
    billing.RefundRequest: {"amount": lambda refund: refund.amount},
}
"""Which figures of which thing a change is judged by."""


@attrs.frozen
class Impact:
    """One figure of one document, before and after.

    >>> impact = Impact(Subject("order", "SO-1"), "amount", Money.of("100", "CNY"), Money.of("90", "CNY"))
    >>> str(impact.difference), impact.say("zh_CN")
    ('-10.00 CNY', '订单 SO-1 金额：¥100.00 → ¥90.00（-¥10.00）')
    """

    subject: Subject
    figure: str
    before: Money
    """Zero for a document that the change makes."""
    after: Money

    @property
    def difference(self) -> Money:
        """After − before."""
        return self.after - self.before

    def say(self, locale: str, /) -> str:
        """Return it as a line of text."""
        return say(
            "impact.line",
            locale,
            kind=say(f"kind.{self.subject.kind}", locale),
            subject=self.subject.id,
            figure=say(f"figure.{self.figure}", locale),
            before=self.before,
            after=self.after,
            difference=self.difference,
        )


@attrs.frozen
class ImpactPreview:
    """What a change would do: its figures, and the changes themselves, ready to be carried out once it is approved.

    The figures are read off the changes, so that a preview cannot promise what the change does not do. It is good as long as
    nothing of it has moved: a store refuses stale changes, and then the preview is made again.

    >>> from ltc.testing.samples.flows import waiver
    >>> preview = waiver()
    >>> str(preview.amount), str(preview.difference("order", "amount"))
    ('10000.00 CNY', '-10000.00 CNY')
    >>> print(preview.say("en")[0])
    order SO-1 amount: CN¥100,000.00 → CN¥90,000.00 (-CN¥10,000.00)
    """

    change: ChangeId
    order: OrderId
    amount: Money
    """What the customer is let off."""
    reason: str
    approval: RequestId | None
    """The request that must be approved; None where nobody has to be asked."""
    changes: Changes
    free: Money | None = None
    """Up to what nobody has to be asked, by the policy that it was made with; None: without one."""

    @property
    def needs_approval(self) -> bool:
        """Whether it cannot be carried out without a request that is approved: it names one, or it is above what is free."""
        return self.approval is not None or (self.free is not None and self.amount > self.free)

    @property
    def about(self) -> Subject:
        """What a request for its approval is about: this change of this order."""
        return Subject("change", derived(self.order, self.change))

    @property
    def impacts(self) -> tuple[Impact, ...]:
        """Every figure that moves, in the order in which the documents are first touched."""
        return tuple(_impacts(self.changes))

    @property
    def documents(self) -> tuple[Subject, ...]:
        """The documents that the change makes: red-letter notes, refund requests."""
        return tuple(change.subject for change in self.changes if change.before is None)

    def difference(self, kind: str, figure: str, /) -> Money:
        """Return what a figure moves by, over all documents of a kind."""
        moved = [impact.difference for impact in self.impacts if (impact.subject.kind, impact.figure) == (kind, figure)]
        return total(moved, self.amount.currency)

    def say(self, locale: str, /) -> tuple[str, ...]:
        """Return every impact as a line of text."""
        return tuple(impact.say(locale) for impact in self.impacts)


def _impacts(changes: Changes) -> Iterator[Impact]:
    first: dict[Subject, Thing | None] = {}
    last: dict[Subject, Thing] = {}
    for change in changes:
        first.setdefault(change.subject, change.before)
        last[change.subject] = change.after
    for subject, after in last.items():
        before = first[subject]
        for figure, measure in _MEASURES[type(after)].items():
            new = measure(after)
            old = Money.zero(new.currency) if before is None else measure(before)
            if new != old:
                yield Impact(subject, figure, old, new)


def carry_out(preview: ImpactPreview, *, approval: ApprovalRequest | None = None) -> Changes:
    """Return the changes of a preview, once the request that it names is approved: about this change of this order, for its amount.

    Raises:
        Refused: `change.not_approved`: the request is missing, is another one, is about another change or amount, or is not approved;
            `change.needs_approval`: it names none, though it is above what needs none.

    >>> from ltc.testing.samples.flows import waiver, waiver_approval
    >>> len(carry_out(waiver(), approval=waiver_approval())) == len(waiver().changes)
    True
    >>> carry_out(waiver())
    Traceback (most recent call last):
    ltc.errors.Refused: change CH-1 waits for request AR-9; carry it out once that is approved for 10000.00 CNY
    """
    if not preview.needs_approval:
        return preview.changes
    if preview.approval is None:
        raise Refused(
            "change.needs_approval",
            f"change {preview.change} over {preview.amount} is above the {preview.free} that needs no approval; "
            "preview that or less, or name the request about it",
            change=preview.change,
            amount=preview.amount,
            free=preview.free or preview.amount,
        )
    granted = (
        approval is not None
        and approval.status is RequestStatus.APPROVED
        and (approval.id, approval.about) == (preview.approval, preview.about)
        and approval.amount == preview.amount
    )
    if not granted:
        raise Refused(
            "change.not_approved",
            f"change {preview.change} waits for request {preview.approval}; "
            f"carry it out once that is approved for {preview.amount}",
            change=preview.change,
            request=preview.approval,
            amount=preview.amount,
        )
    return preview.changes
