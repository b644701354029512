"""How much may be let off without asking anybody, as data; above it a granted approval of exactly that."""

import enum
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from ltc._billing.amounts import check_money
from ltc._billing.receivables.entries import EntryKind
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import exactly
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import Subject
from ltc.ids import ChangeId, derived
from ltc.money import Money, as_ratio

if TYPE_CHECKING:
    from ltc.approvals import ApprovalRequest


class Relief(enum.StrEnum):
    """What ends a debt without money, and may need an approval. A small difference 尾差 is the third verb: it never has one.

    >>> Relief.WRITE_OFF.value
    'write_off'
    """

    WAIVER = "waiver"
    """减免"""
    WRITE_OFF = "write_off"
    """坏账核销"""


def _amounts(_instance: object, _attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple:
        raise InvalidType("limit.amounts", f"amounts are {value!r:.40}; pass a tuple of Money", value=repr(value)[:40])
    for amount in value:
        check_money("amounts", amount)
        if amount.minor < 0:
            raise InvalidValue("limit.negative", f"a limit is {amount}; give zero or more", amount=amount)
    if len({amount.currency for amount in value}) < len(value):
        raise InvalidValue("limit.twice", "a limit has two amounts of one currency; give one of each")


@attrs.frozen
class ApprovalLimit:
    """Up to what the relief of one receivable needs no approval, inclusive: an amount (one a currency), a ratio of what was raised, or the lower.

    Without either there is no limit; `ApprovalLimit(ratio="0")` asks always, and so does a currency that amounts are not given in.

    Raises:
        InvalidType, InvalidValue: no money, a negative amount, two of one currency, or a ratio outside [0, 1].

    >>> limit = ApprovalLimit((Money.of("500.00", "CNY"),), ratio="0.01")
    >>> str(limit.most(Money.of("30000.00", "CNY"))), str(limit.most(Money.of("90000.00", "CNY")))
    ('300.00 CNY', '500.00 CNY')
    """

    amounts: tuple[Money, ...] = attrs.field(default=(), validator=_amounts)
    ratio: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(as_ratio), kw_only=True)

    def most(self, raised: Money, /) -> Money:
        """Return the most that is let off what was raised without an approval, all together; a share is rounded half up."""
        bounds = [raised]
        if self.amounts:
            zero = Money.zero(raised.currency)
            bounds.append(next((amount for amount in self.amounts if amount.currency == raised.currency), zero))
        if self.ratio is not None:
            bounds.append(raised.share(self.ratio))
        return min(bounds)

    def left(self, raised: Money, before: Money, /) -> Money:
        """Return what may still be let off without an approval after what was let off before; zero or more."""
        return max(Money.zero(raised.currency), self.most(raised) - before)


@attrs.frozen
class ReliefPolicy:
    """The limits of the three verbs that end a debt without money; each has its own, and what is not given asks always.

    What counts is what was let off a receivable by the same verb, all together and approved or not: many small waivers are one
    large one.

    >>> from ltc.testing.samples.billing import receivable
    >>> policy = ReliefPolicy(waiver=ApprovalLimit(ratio="0.01"), round_off=ApprovalLimit((Money.of("1.00", "CNY"),)))
    >>> [str(policy.left(relief, receivable())) for relief in Relief]
    ['300.00 CNY', '0.00 CNY']
    >>> str(policy.round_off.most(receivable().amount))
    '1.00 CNY'
    """

    waiver: ApprovalLimit = attrs.field(
        default=ApprovalLimit(ratio="0"), validator=exactly(ApprovalLimit), kw_only=True
    )
    write_off: ApprovalLimit = attrs.field(
        default=ApprovalLimit(ratio="0"), validator=exactly(ApprovalLimit), kw_only=True
    )
    round_off: ApprovalLimit = attrs.field(
        default=ApprovalLimit(ratio="0"), validator=exactly(ApprovalLimit), kw_only=True
    )
    """Up to what is small; all that was rounded off a receivable together."""
    red_letters: bool = attrs.field(default=True, validator=exactly(bool), kw_only=True)
    """Whether a waiver takes back by red letters what was invoiced of it; a write-off never does, since it is still owed in law."""

    def left(self, relief: Relief, receivable: Receivable, /) -> Money:
        """Return what may still be let off a receivable without an approval; zero or more."""
        limit, before = {
            Relief.WAIVER: (self.waiver, receivable.waived),
            Relief.WRITE_OFF: (self.write_off, receivable.written_off),
        }[relief]
        return limit.left(receivable.amount, before)


def relief_subject(relief: Relief, receivable: Receivable, change: ChangeId) -> Subject:
    """Return what a request for the approval of a waiver or a write-off is about: this change of this receivable.

    >>> from ltc.testing.samples.billing import receivable
    >>> relief_subject(Relief.WAIVER, receivable(), "W1")
    Subject(kind='waiver', id='P1/1/W1')
    """
    return Subject(relief.value, derived(receivable.id, change))


def check_allowed(
    relief: Relief,
    receivable: Receivable,
    amount: Money,
    change: ChangeId,
    *,
    policy: ReliefPolicy | None,
    approval: "ApprovalRequest | None",
) -> None:
    """Refuse what is above the limit and was not granted; a given approval must be of exactly this, limit or not.

    Raises:
        Refused: `relief.needs_approval`; `relief.change_used` for an approval that was used; those of `ltc.approvals.check_granted`.
    """
    if approval is not None:
        from ltc.approvals import check_granted  # noqa: PLC0415  # a sixth of the import of billing, for few calls

        check_granted(approval, about=relief_subject(relief, receivable, change), amount=amount, exact=True)
        _check_unused(relief, receivable, change)
    elif policy is not None and amount > (left := policy.left(relief, receivable)):
        raise Refused(
            "relief.needs_approval",
            f"{amount} of receivable {receivable.id} is more than the {left} that needs no approval; "
            f"ask for that or less, or give a request approved about {relief.value} {derived(receivable.id, change)}",
            receivable=receivable.id,
            amount=amount,
            left=left,
            relief=relief.value,
            about=derived(receivable.id, change),
        )


def _check_unused(relief: Relief, receivable: Receivable, change: ChangeId) -> None:
    kind = {Relief.WAIVER: EntryKind.WAIVED, Relief.WRITE_OFF: EntryKind.WRITTEN_OFF}[relief]
    if any(entry.kind is kind and entry.reference == change for entry in receivable.entries):
        raise Refused(
            "relief.change_used",
            f"{relief.value} {change} of receivable {receivable.id} was made already; "
            "an approval serves once: ask for another, about another change",
            receivable=receivable.id,
            relief=relief.value,
            change=change,
        )
