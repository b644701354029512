"""How a contract comes about: drafted, submitted, approved, signed, or sent back to be a draft again."""

import datetime as dt

from ltc._contracts.contract import (
    CONTRACT,
    TRANSITIONS,
    Contract,
    ContractApproved,
    ContractDrafted,
    ContractEvent,
    ContractRevised,
    ContractSentBack,
    ContractSigned,
    ContractSubmitted,
)
from ltc.approvals import ApprovalRequest, check_granted
from ltc.errors import Refused
from ltc.events import Change, Subject, check_move
from ltc.ids import AccountId, ActorId, ContractId, EntityId, OpportunityId, RequestId
from ltc.money import Money


def draft(
    contract_id: ContractId,
    /,
    *,
    entity: EntityId,
    account: AccountId,
    opportunity: OpportunityId | None = None,
    amount: Money,
    title: str,
    owner: ActorId,
    now: dt.datetime,
) -> Change[Contract, ContractEvent]:
    """Draw up a contract between one of our entities and an account. `amount` is with tax; a frame contract has zero.

    >>> from ltc.testing.samples.contracts import NOON
    >>> change = draft("K9", entity="E1", account="A1", amount=Money.of("5000", "CNY"), title="备件", owner="li", now=NOON)
    >>> change.after.status.value
    'draft'
    """
    event = ContractDrafted(
        contract_id,
        entity=entity,
        account=account,
        opportunity=opportunity,
        amount=amount,
        title=title,
        owner=owner,
        at=now,
    )
    return CONTRACT.change(None, event)


def revise(
    contract: Contract, /, *, amount: Money | None = None, title: str | None = None, now: dt.datetime
) -> Change[Contract, ContractEvent]:
    """Change a draft; what is None stays. What is approved or signed is not revised: send it back, or amend its orders.

    Raises:
        Refused: `move.not_allowed` unless it is a draft.

    >>> from ltc.testing.samples.contracts import NOON, draft_contract
    >>> str(revise(draft_contract(), amount=Money.of("95000", "CNY"), now=NOON).after.amount)
    '95000.00 CNY'
    """
    _check(contract, ContractRevised)
    amount = contract.amount if amount is None else amount
    title = contract.title if title is None else title
    return CONTRACT.change(contract, ContractRevised(contract.id, amount=amount, title=title, at=now))


def submit(contract: Contract, /, *, request_id: RequestId, now: dt.datetime) -> Change[Contract, ContractEvent]:
    """Send a draft to approval, under the request of that id. A request serves once: what it approved may have been revised since.

    Raises:
        Refused: `move.not_allowed` unless it is a draft; `contract.request_used`.

    >>> from ltc.testing.samples.contracts import NOON, draft_contract
    >>> submit(draft_contract(), request_id="AR-1", now=NOON).after.status.value
    'in_approval'
    """
    _check(contract, ContractSubmitted)
    if request_id in contract.requests:
        raise Refused(
            "contract.request_used",
            f"contract {contract.id} was submitted under request {request_id} before; make a new request for it",
            contract=contract.id,
            request=request_id,
        )
    return CONTRACT.change(contract, ContractSubmitted(contract.id, request=request_id, at=now))


def approve(contract: Contract, /, *, approval: ApprovalRequest, now: dt.datetime) -> Change[Contract, ContractEvent]:
    """Approve a contract on the approval that it was submitted for: approved, about this contract, over its amount.

    Raises:
        Refused: `move.not_allowed` unless it is in approval; `contract.other_approval` for a request that it was not submitted
            under; `approval.not_granted` and `approval.other_amount` as `ltc.approvals.check_granted`.

    >>> from ltc.testing.samples.approvals import approved_request, pending_request
    >>> from ltc.testing.samples.contracts import NOON, submitted_contract
    >>> approve(submitted_contract(), approval=approved_request(), now=NOON).after.status.value
    'approved'
    >>> approve(submitted_contract(), approval=pending_request(), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 about contract K1 is pending; it allows that once it is approved
    """
    _check(contract, ContractApproved)
    _check_approval(contract, approval)
    return CONTRACT.change(contract, ContractApproved(contract.id, request=approval.id, at=now))


def _check_approval(contract: Contract, approval: ApprovalRequest) -> None:
    about = Subject(CONTRACT.kind, contract.id)
    if approval.id != contract.request or approval.about != about:
        raise Refused(
            "contract.other_approval",
            f"contract {contract.id} waits for request {contract.request}, and request {approval.id} "
            f"is about {approval.about.kind} {approval.about.id}; use the request that it was submitted under",
            contract=contract.id,
            awaited=contract.request,
            request=approval.id,
            about=f"{approval.about.kind} {approval.about.id}",
        )
    check_granted(approval, about=about, amount=contract.amount)


def send_back(contract: Contract, /, *, reason: str, now: dt.datetime) -> Change[Contract, ContractEvent]:
    """Make a contract a draft again: its request was rejected or revoked, or it is approved and shall not be signed as it is.

    Raises:
        Refused: `move.not_allowed` unless it is in approval or approved.

    >>> from ltc.testing.samples.contracts import NOON, submitted_contract
    >>> contract = send_back(submitted_contract(), reason="margin too low", now=NOON).after
    >>> contract.status.value, contract.request
    ('draft', None)
    """
    _check(contract, ContractSentBack)
    event = ContractSentBack(contract.id, reason=reason, previous_request=contract.request, at=now)
    return CONTRACT.change(contract, event)


def sign(
    contract: Contract, /, *, on: dt.date, effective_on: dt.date | None = None, now: dt.datetime
) -> Change[Contract, ContractEvent]:
    """Sign an approved contract; it takes effect on the day of signing unless another day, earlier or later, is agreed.

    Raises:
        Refused: `move.not_allowed` unless it is approved.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, draft_contract
    >>> sign(draft_contract(), on=date(2026, 3, 2), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: contract K1 is draft: signed is possible when approved
    """
    _check(contract, ContractSigned)
    effective_on = on if effective_on is None else effective_on
    return CONTRACT.change(contract, ContractSigned(contract.id, on=on, effective_on=effective_on, at=now))


def _check(contract: Contract, event: type[ContractEvent]) -> None:
    check_move(TRANSITIONS, contract.status, event, kind=CONTRACT.kind, subject=contract.id)
