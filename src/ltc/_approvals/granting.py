"""What an approval lets happen: the one thing that it was asked for, over the amount that it was asked for."""

from ltc._approvals.request import ApprovalRequest, RequestStatus
from ltc.errors import Refused
from ltc.events import Subject
from ltc.money import Money


def check_granted(request: ApprovalRequest, /, *, about: Subject, amount: Money | None, exact: bool = False) -> None:
    """Refuse a request that does not allow this: it must be approved, about this thing, and over this amount.

    A request without an amount allows any, unless it must be `exact`: where the thing that it is about does not say its amount by
    itself, as a waiver or a refund does not. A thing without one (None) is allowed by a request over any.

    Raises:
        Refused: `approval.other_subject`, `approval.not_granted`, `approval.no_amount` or `approval.other_amount`.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.approvals import approved_request, pending_request
    >>> contract, amount = Subject("contract", "K1"), Money.of("100000.00", "CNY")
    >>> check_granted(approved_request(), about=contract, amount=amount)
    >>> check_granted(pending_request(), about=contract, amount=amount)
    Traceback (most recent call last):
    ltc.errors.Refused: request AR-1 about contract K1 is pending; it allows that once it is approved
    """
    asked, wanted = (f"{subject.kind} {subject.id}" for subject in (request.about, about))
    if request.about != about:
        raise Refused(
            "approval.other_subject",
            f"request {request.id} is about {asked}, not about {wanted}; use the request about that",
            request=request.id,
            asked=asked,
            wanted=wanted,
        )
    if request.status is not RequestStatus.APPROVED:
        raise Refused(
            "approval.not_granted",
            f"request {request.id} about {asked} is {request.status.value}; it allows that once it is approved",
            request=request.id,
            asked=asked,
            status=request.status.value,
        )
    if exact and request.amount is None and amount is not None:
        raise Refused(
            "approval.no_amount",
            f"request {request.id} is over no amount, and {wanted} is over {amount}; ask for approval of that amount",
            request=request.id,
            wanted=wanted,
            amount=amount,
        )
    if request.amount is not None and amount is not None and request.amount != amount:
        raise Refused(
            "approval.other_amount",
            f"request {request.id} is over {request.amount}, and {wanted} is over {amount}; ask for approval of that amount",
            request=request.id,
            approved=request.amount,
            wanted=wanted,
            amount=amount,
        )
