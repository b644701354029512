"""A contract: its state, what can happen to it, and the one place where it changes."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any, Final, assert_never

import attrs

from ltc.errors import InvalidType, InvalidValue
from ltc.events import Life, day, evolved, instant, next_status, no_beginning
from ltc.ids import AccountId, ActorId, ContractId, EntityId, OpportunityId, RequestId
from ltc.money import Money
from ltc.text import free_text, one_line, optional_line


class ContractStatus(enum.StrEnum):
    """Where a contract stands. Approved is our word, signed is both parties' word; when it takes effect is a date of its own.

    >>> ContractStatus.IN_APPROVAL.value
    'in_approval'
    """

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    SIGNED = "signed"


@attrs.frozen
class Contract:
    """What was agreed with a customer, or is about to be: made by `draft`, moved by the verbs of `ltc.contracts`.

    >>> from ltc.testing.samples.contracts import signed_contract
    >>> contract = signed_contract()
    >>> contract.status.value, str(contract.amount), contract.is_effective(contract.signed_on)
    ('signed', '100000.00 CNY', True)
    """

    id: ContractId
    version: int
    status: ContractStatus
    entity: EntityId
    """Our contracting party."""
    account: AccountId
    """The customer's contracting party."""
    opportunity: OpportunityId | None
    amount: Money
    """With tax."""
    title: str
    owner: ActorId
    drafted_at: dt.datetime
    request: RequestId | None = None
    """The request for its approval: the pending one, or the one that approved it."""
    requests: tuple[RequestId, ...] = ()
    """Every request that it was ever submitted under, oldest first."""
    signed_on: dt.date | None = None
    effective_on: dt.date | None = None

    def is_effective(self, on: dt.date, /) -> bool:
        """Tell whether the contract is signed and in effect on a day; the day it takes effect counts."""
        return self.effective_on is not None and self.effective_on <= on


def not_negative(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Check an agreed amount: money, zero or more (a frame contract has none)."""
    if not isinstance(value, Money):
        raise InvalidType("contract.amount", f"{attribute.name} is {value!r:.40}; pass a Money", name=attribute.name)
    if value.minor < 0:
        raise InvalidValue(
            "contract.amount", f"{attribute.name} is {value}; give zero or more", name=attribute.name, value=value
        )


@attrs.frozen
class ContractDrafted:
    """A contract was drawn up.

    >>> from ltc.testing.samples.contracts import drafted
    >>> drafted().title
    '加工中心及服务'
    """

    contract: ContractId = attrs.field(validator=one_line)
    entity: EntityId = attrs.field(validator=one_line)
    account: AccountId = attrs.field(validator=one_line)
    opportunity: OpportunityId | None = attrs.field(validator=optional_line)
    amount: Money = attrs.field(validator=not_negative)
    title: str = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractRevised:
    """A draft was changed before anybody agreed to it.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.contracts import NOON
    >>> str(ContractRevised("K1", amount=Money.of("90000", "CNY"), title="加工中心", at=NOON).amount)
    '90000.00 CNY'
    """

    contract: ContractId = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=not_negative)
    title: str = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractSubmitted:
    """A draft went to approval, under a request.

    >>> from ltc.testing.samples.contracts import NOON
    >>> ContractSubmitted("K1", request="AR-1", at=NOON).request
    'AR-1'
    """

    contract: ContractId = attrs.field(validator=one_line)
    request: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractApproved:
    """The request for the contract was approved.

    >>> from ltc.testing.samples.contracts import NOON
    >>> ContractApproved("K1", request="AR-1", at=NOON).request
    'AR-1'
    """

    contract: ContractId = attrs.field(validator=one_line)
    request: RequestId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractSentBack:
    """A contract became a draft again: rejected, revoked, or approved but not signed as it was.

    >>> from ltc.testing.samples.contracts import NOON
    >>> ContractSentBack("K1", reason="margin too low", previous_request="AR-1", at=NOON).reason
    'margin too low'
    """

    contract: ContractId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    previous_request: RequestId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractSigned:
    """Both parties signed; the contract takes effect on a day of its own.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON
    >>> ContractSigned("K1", on=date(2026, 3, 2), effective_on=date(2026, 4, 1), at=NOON).effective_on
    datetime.date(2026, 4, 1)
    """

    contract: ContractId = attrs.field(validator=one_line)
    on: dt.date = attrs.field(converter=day)
    effective_on: dt.date = attrs.field(converter=day)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class ContractHandedOver:
    """A contract went from one owner to the next 交接.

    >>> from ltc.testing.samples.contracts import NOON
    >>> ContractHandedOver("K1", owner="wang", previous_owner="li", reason="leaves", at=NOON).owner
    'wang'
    """

    contract: ContractId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


ContractEvent = (
    ContractDrafted
    | ContractRevised
    | ContractSubmitted
    | ContractApproved
    | ContractSentBack
    | ContractSigned
    | ContractHandedOver
)

_S = ContractStatus
TRANSITIONS: Final[Mapping[ContractStatus, Mapping[type[ContractEvent], ContractStatus]]] = {
    _S.DRAFT: {
        ContractRevised: _S.DRAFT,
        ContractHandedOver: _S.DRAFT,
        ContractSubmitted: _S.IN_APPROVAL,
    },
    _S.IN_APPROVAL: {
        ContractHandedOver: _S.IN_APPROVAL,
        ContractApproved: _S.APPROVED,
        ContractSentBack: _S.DRAFT,
    },
    _S.APPROVED: {
        ContractHandedOver: _S.APPROVED,
        ContractSigned: _S.SIGNED,
        ContractSentBack: _S.DRAFT,
    },
    _S.SIGNED: {ContractHandedOver: _S.SIGNED},
}
"""Which event may happen to a contract in which status, and where it leads."""


def begin(event: ContractEvent) -> Contract:
    """Return the contract that a draft makes."""
    match event:
        case ContractDrafted():
            return Contract(
                event.contract,
                1,
                ContractStatus.DRAFT,
                entity=event.entity,
                account=event.account,
                opportunity=event.opportunity,
                amount=event.amount,
                title=event.title,
                owner=event.owner,
                drafted_at=event.at,
            )
        case _:
            raise no_beginning(event)


def evolve(contract: Contract, event: ContractEvent) -> Contract:
    """Return the contract after an event: the only place where a contract's state changes."""
    version, status = contract.version + 1, next_status(TRANSITIONS, contract.status, event)
    match event:
        case ContractRevised(amount=amount, title=title):
            return evolved(contract, version=version, amount=amount, title=title)
        case ContractSubmitted(request=request):
            requests = (*contract.requests, request)
            return evolved(contract, version=version, status=status, request=request, requests=requests)
        case ContractApproved(request=request):
            return evolved(contract, version=version, status=status, request=request)
        case ContractSentBack():
            return evolved(contract, version=version, status=status, request=None)
        case ContractSigned(on=on, effective_on=effective_on):
            return evolved(contract, version=version, status=status, signed_on=on, effective_on=effective_on)
        case ContractHandedOver(owner=owner):
            return evolved(contract, version=version, owner=owner)
        case ContractDrafted():  # pragma: no cover  # no move of the table: next_status has refused it
            raise AssertionError(event)
        case _:
            assert_never(event)


CONTRACT: Final[Life[Contract, ContractEvent]] = Life(
    "contract",
    Contract,
    begin,
    evolve,
    {
        "drafted": ContractDrafted,
        "revised": ContractRevised,
        "submitted": ContractSubmitted,
        "approved": ContractApproved,
        "sent_back": ContractSentBack,
        "signed": ContractSigned,
        "handed_over": ContractHandedOver,
    },
)
"""The life of a contract: for stores and for replay."""
