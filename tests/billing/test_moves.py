"""Every (status, verb) pair of red-letter notes and refunds; the diagrams of the facade; the money of refunds."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from ltc import billing
from ltc.approvals import ApprovalRequest
from ltc.billing import (
    NOTE,
    NOTE_TRANSITIONS,
    REFUND_REQUEST,
    REFUND_TRANSITIONS,
    NoteStatus,
    Receipt,
    RedLetterNote,
    RefundRequest,
    RefundStatus,
    approve_refund,
    confirm_note,
    expire_note,
    fail_refund,
    issue_note,
    pay_refund,
    reject_refund,
    request_refund,
    withdraw_note,
)
from ltc.errors import InvalidValue, Refused
from ltc.events import Subject
from ltc.ids import RefundId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request, pending_request
from ltc.testing.samples.billing import (
    NOON,
    TODAY,
    approved_refund,
    confirmed_note,
    invoice,
    receipt,
    receivable,
    reddened,
    refund_approval,
    refund_asked,
    requested_note,
    requested_refund,
)

DAY = dt.timedelta(days=1)
LATE = NOON + 4 * DAY
POLICY = billing.NotePolicy(issue_within=DAY)

NOTES: Mapping[NoteStatus, RedLetterNote] = {
    NoteStatus.REQUESTED: requested_note(),
    NoteStatus.CONFIRMED: confirmed_note(),
    NoteStatus.ISSUED: reddened()[0].after,
    NoteStatus.EXPIRED: expire_note(requested_note(), on=TODAY, now=LATE).after,
    NoteStatus.WITHDRAWN: withdraw_note(requested_note(), reason="wrong", on=TODAY, now=NOON).after,
}
NOTE_VERBS: Mapping[type, Callable[[RedLetterNote], RedLetterNote]] = {
    billing.NoteConfirmed: lambda note: confirm_note(note, on=TODAY, now=NOON).after,
    billing.NoteExpired: lambda note: expire_note(note, policy=POLICY, on=TODAY, now=LATE).after,
    billing.NoteWithdrawn: lambda note: withdraw_note(note, reason="wrong", on=TODAY, now=NOON).after,
    billing.NoteIssued: lambda note: issue_note(note, invoice(), on=TODAY, now=NOON)[0].after,
}


def kept() -> Receipt:
    return refund_asked()[1].after


REFUNDS: Mapping[RefundStatus, RefundRequest] = {
    RefundStatus.REQUESTED: requested_refund(),
    RefundStatus.APPROVED: approved_refund(),
    RefundStatus.PAID: pay_refund(approved_refund(), kept(), on=TODAY, now=NOON)[0].after,
    RefundStatus.FAILED: fail_refund(approved_refund(), kept(), reason="closed", now=NOON)[0].after,
    RefundStatus.REJECTED: reject_refund(requested_refund(), kept(), reason="no", now=NOON)[0].after,
}
REFUND_VERBS: Mapping[type, Callable[[RefundRequest], RefundRequest]] = {
    billing.RefundApproved: lambda refund: approve_refund(refund, approval=refund_approval(refund), now=NOON).after,
    billing.RefundRejected: lambda refund: reject_refund(refund, kept(), reason="no", now=NOON)[0].after,
    billing.RefundPaid: lambda refund: pay_refund(refund, kept(), on=TODAY, now=NOON)[0].after,
    billing.RefundFailed: lambda refund: fail_refund(refund, kept(), reason="closed", now=NOON)[0].after,
}


def check_pair(thing: Any, verb: Callable[[Any], Any], target: object) -> None:
    before = attrs.asdict(thing)
    if target is None:
        with pytest.raises(Refused) as refusal:
            verb(thing)
        assert refusal.value.code == "move.not_allowed"
        assert refusal.value.facts["status"] == thing.status.value
    else:
        after = verb(thing)
        assert after.status is target
        assert after.version == thing.version + 1
    assert attrs.asdict(thing) == before


@pytest.mark.parametrize("status, event", list(itertools.product(NoteStatus, NOTE_VERBS)))
def test_a_note_lands_where_the_table_says(status: NoteStatus, event: type) -> None:
    check_pair(NOTES[status], NOTE_VERBS[event], NOTE_TRANSITIONS[status].get(event))


@pytest.mark.parametrize("status, event", list(itertools.product(RefundStatus, REFUND_VERBS)))
def test_a_refund_lands_where_the_table_says(status: RefundStatus, event: type) -> None:
    check_pair(REFUNDS[status], REFUND_VERBS[event], REFUND_TRANSITIONS[status].get(event))


def test_the_walks_know_every_event() -> None:
    assert set(NOTE.stored.values()) - NOTE_VERBS.keys() == {billing.NoteRequested}
    assert set(REFUND_REQUEST.stored.values()) - REFUND_VERBS.keys() == {billing.RefundRequested}


def test_the_diagrams_are_the_tables() -> None:
    drawn = re.findall(r"^    (\w+) --(\w+)--> (\w+)$", billing.__doc__ or "", re.MULTILINE)
    tables: list[Mapping[Any, Mapping[type, Any]]] = [
        NOTE_TRANSITIONS,
        REFUND_TRANSITIONS,
        billing.INVOICE_REQUEST_TRANSITIONS,
        billing.LINE_CLAIM_TRANSITIONS,
        billing.BILL_TRANSITIONS,
        billing.DEPOSIT_TRANSITIONS,
    ]
    held = [
        (status.value, event.__name__, target.value)
        for table in tables
        for status, moves in table.items()
        for event, target in moves.items()
    ]
    assert drawn == held


def test_money_set_aside_is_not_free() -> None:
    money = kept()
    assert [str(sum_) for sum_ in (money.reserved, money.unapplied, money.refunded)] == [
        "20000.00 CNY",
        "30000.00 CNY",
        "0.00 CNY",
    ]
    with pytest.raises(Refused, match=r"30000\.01 CNY is more than the 30000\.00 CNY free of receipt R1"):
        request_refund(RefundId("RF2"), receipt=money, amount=Money.of("30000.01", "CNY"), reason="", now=NOON)
    applied, _ = billing.apply(money, [receivable()], on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    assert not applied.after.unapplied
    _, paid = pay_refund(approved_refund(), applied.after, on=TODAY, now=NOON)
    assert not paid.after.unapplied_as_of(TODAY)
    assert paid.after.reservations == ()


def test_a_refund_is_paid_when_the_money_was_there() -> None:
    applied, debt = billing.apply(receipt(), [receivable()], on=TODAY, now=NOON)  # type: ignore[misc]  # one receivable
    freed, _ = billing.unapply(applied.after, debt.after, application="R1/1", reason="", on=TODAY + 9 * DAY, now=NOON)
    asked, money = request_refund(
        RefundId("RF1"), receipt=freed.after, amount=freed.after.unapplied, reason="", now=NOON
    )
    assert not money.after.unapplied_from(TODAY)
    approved = approve_refund(asked.after, approval=refund_approval(asked.after), now=NOON).after
    with pytest.raises(
        Refused, match=r"50000\.00 CNY is more than the 20000\.00 CNY that receipt R1 had from 2026-03-10 on"
    ):
        pay_refund(approved, money.after, on=TODAY + 8 * DAY, now=NOON)
    with pytest.raises(Refused, match="came in on 2026-03-02, after 2026-03-01"):
        pay_refund(approved, money.after, on=TODAY - DAY, now=NOON)
    paid, gone = pay_refund(approved, money.after, on=TODAY + 9 * DAY, now=NOON)
    assert (paid.after.paid_on, str(gone.after.refunded)) == (TODAY + 9 * DAY, "50000.00 CNY")


@pytest.mark.parametrize(
    "code, approval, message",
    [
        (
            "approval.other_subject",
            lambda: approved_request(Subject("refund_request", "RF2"), requested_refund().amount),
            "request AR-1 is about refund_request RF2, not about refund_request RF1; use the request about that",
        ),
        (
            "approval.not_granted",
            lambda: pending_request(Subject("refund_request", "RF1"), requested_refund().amount),
            "request AR-1 about refund_request RF1 is pending; it allows that once it is approved",
        ),
        (
            "approval.no_amount",
            lambda: attrs.evolve(approved_request(Subject("refund_request", "RF1")), amount=None),
            "request AR-1 is over no amount, and refund_request RF1 is over 20000.00 CNY; ask for approval of that amount",
        ),
        (
            "approval.other_amount",
            lambda: approved_request(Subject("refund_request", "RF1"), Money.of("19999.99", "CNY")),
            (
                "request AR-1 is over 19999.99 CNY, and refund_request RF1 is over 20000.00 CNY; "
                "ask for approval of that amount"
            ),
        ),
    ],
)
def test_only_its_own_approval_approves_a_refund(
    code: str, approval: Callable[[], ApprovalRequest], message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        approve_refund(requested_refund(), approval=approval(), now=NOON)
    assert (refusal.value.code, str(refusal.value)) == (code, message)
    assert approve_refund(requested_refund(), approval=refund_approval(), now=NOON).after.approval == "AR-1"


@pytest.mark.parametrize(
    "verb",
    [
        lambda money: reject_refund(requested_refund(), money, reason="", now=NOON),
        lambda money: pay_refund(approved_refund(), money, on=TODAY, now=NOON),
        lambda money: fail_refund(approved_refund(), money, reason="", now=NOON),
    ],
)
def test_a_refund_belongs_to_the_receipt_that_keeps_its_money(verb: Callable[[Receipt], object]) -> None:
    with pytest.raises(Refused, match="receipt R1 keeps no money for refund RF1; give receipt R1"):
        verb(receipt())


def test_histories() -> None:
    asked, reserved = refund_asked()
    paid, gone = pay_refund(approved_refund(), kept(), on=TODAY, now=NOON)
    approved = approve_refund(requested_refund(), approval=refund_approval(), now=NOON)
    assert REFUND_REQUEST.replay([*asked.events, *approved.events, *paid.events]) == paid.after
    assert gone.before == reserved.after
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        REFUND_REQUEST.begin(paid.events[0])
    with pytest.raises(InvalidValue, match="RefundRequested can only be the first event"):
        REFUND_REQUEST.evolve(paid.after, asked.events[0])
    with pytest.raises(InvalidValue, match="cannot have happened in status requested"):
        NOTE.evolve(requested_note(), billing.NoteIssued(requested_note().id, (), (), on=TODAY, at=NOON))
