"""Ask for an invoice 申请开票, and carry the request out: always the request, its invoices and what they bill in one step."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ltc._billing.invoices.invoice import Cover, InvoiceIssued
from ltc._billing.invoices.invoicing import check_billable, issued_with
from ltc._billing.invoices.line import InvoiceLine, round_lines
from ltc._billing.invoices.request import INVOICE_REQUEST, InvoiceRequest
from ltc._billing.invoices.request_events import (
    INVOICE_REQUEST_TRANSITIONS,
    InvoiceKind,
    InvoiceRequestApproved,
    InvoiceRequestCancelled,
    InvoiceRequestDelivered,
    InvoiceRequested,
    InvoiceRequestEvent,
    InvoiceRequestIssued,
    InvoiceRequestRejected,
    InvoiceRequestStatus,
    IssuedInvoice,
)
from ltc._billing.invoices.splitting import split_lines
from ltc._billing.invoices.tax import TaxRounding
from ltc._billing.invoices.title import InvoiceTitle
from ltc._billing.receivables.receivable import Receivable
from ltc._fields import check_member
from ltc.errors import Refused
from ltc.events import Change, Subject, Thing, check_move, day
from ltc.ids import AccountId, ActorId, EntityId, InvoiceId, InvoiceRequestId, OrderId, ReceivableId, derived
from ltc.money import Money, total

if TYPE_CHECKING:
    from ltc.approvals import ApprovalRequest

RequestChange = Change[InvoiceRequest, InvoiceRequestEvent]


def request_invoice(
    request_id: InvoiceRequestId,
    *,
    order: OrderId,
    entity: EntityId,
    party: AccountId,
    contracting: AccountId | None = None,
    title: InvoiceTitle,
    kind: InvoiceKind,
    lines: Sequence[InvoiceLine],
    rounding: TaxRounding = TaxRounding.PER_LINE,
    receivables: Sequence[tuple[Receivable, Money]] = (),
    replaces: InvoiceRequest | None = None,
    by: ActorId,
    on: dt.date,
    now: dt.datetime,
) -> RequestChange:
    """Ask for an invoice; nothing is invoiced yet, and nothing of the receivables is set aside until it is.

    `party`, `contracting`, `rounding` and `receivables` are as in `issue`. `replaces` names the rejected request that is made again.

    Raises:
        InvalidValue: as `issue`; a special invoice without a tax number.
        Refused: as `issue`, as things stand; the replaced request was not rejected.

    >>> from decimal import Decimal
    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> goods = InvoiceLine("Press line", gross=Money.of("100000.00", "CNY"), tax_rate=Decimal("0.13"))
    >>> change = request_invoice("Q1", order="SO-1", entity="E1", party="A1", title=InvoiceTitle("华东机械有限公司"),
    ...                          kind=InvoiceKind.GENERAL, lines=[goods], receivables=[(receivable(), receivable().amount)],
    ...                          by="li", on=TODAY, now=NOON)
    >>> change.after.status.value, str(change.after.net)
    ('requested', '88495.58 CNY')
    """
    check_member(TaxRounding, "rounding", rounding)
    if replaces is not None and replaces.status is not InvoiceRequestStatus.REJECTED:
        raise Refused(
            "invoice_request.not_rejected",
            f"request {replaces.id} is {replaces.status.value}; make one again once it is rejected",
            request=replaces.id,
            status=replaces.status.value,
        )
    requested = InvoiceRequested(
        request_id,
        order,
        entity,
        party if contracting is None else contracting,
        party,
        title=title,
        kind=kind,
        lines=round_lines(lines, rounding),
        rounding=rounding,
        covers=tuple(Cover(receivable.id, amount) for receivable, amount in receivables),
        by=by,
        replaces=None if replaces is None else replaces.id,
        on=on,
        at=now,
    )
    change = INVOICE_REQUEST.change(None, requested)
    for receivable, amount in receivables:
        check_billable(receivable, change.after, amount, requested.on)
    return change


def approve_invoice_request(request: InvoiceRequest, *, approval: "ApprovalRequest", now: dt.datetime) -> RequestChange:
    """Approve a request, on an approval that was granted: about ("invoice_request", its id), over its gross amount.

    Raises:
        Refused: it is not requested; as `ltc.approvals.check_granted`.

    >>> from ltc.testing.samples.billing import NOON
    >>> from ltc.testing.samples.invoices import invoice_approval, invoice_request
    >>> approve_invoice_request(invoice_request(), approval=invoice_approval(), now=NOON).after.status.value
    'approved'
    """
    _check_move(request, InvoiceRequestApproved)
    from ltc.approvals import check_granted  # noqa: PLC0415  # a sixth of the import of billing, for one verb

    check_granted(approval, about=Subject(INVOICE_REQUEST.kind, request.id), amount=request.amount, exact=True)
    return INVOICE_REQUEST.change(request, InvoiceRequestApproved(request.id, approval.id, at=now))


def reject_invoice_request(request: InvoiceRequest, *, reason: str, now: dt.datetime) -> RequestChange:
    """Turn a request down, or record that the buyer did not take what was issued; red letters then take the invoices back.

    Raises:
        Refused: it is delivered, rejected or cancelled.

    >>> from ltc.testing.samples.billing import NOON
    >>> from ltc.testing.samples.invoices import invoice_request
    >>> reject_invoice_request(invoice_request(), reason="wrong title", now=NOON).after.remark
    'wrong title'
    """
    _check_move(request, InvoiceRequestRejected)
    return INVOICE_REQUEST.change(request, InvoiceRequestRejected(request.id, reason=reason, at=now))


def cancel_invoice_request(request: InvoiceRequest, *, reason: str, now: dt.datetime) -> RequestChange:
    """Take a request back before it is issued.

    Raises:
        Refused: it is issued, delivered, rejected or cancelled.

    >>> from ltc.testing.samples.billing import NOON
    >>> from ltc.testing.samples.invoices import invoice_request
    >>> cancel_invoice_request(invoice_request(), reason="order changed", now=NOON).after.status.value
    'cancelled'
    """
    _check_move(request, InvoiceRequestCancelled)
    return INVOICE_REQUEST.change(request, InvoiceRequestCancelled(request.id, reason=reason, at=now))


def issue_requested(
    request: InvoiceRequest,
    *,
    numbers: Sequence[str],
    limit: Money | None = None,
    receivables: Sequence[Receivable] = (),
    due_on: dt.date | None = None,
    on: dt.date,
    now: dt.datetime,
) -> tuple[Change[Thing, object], ...]:
    """Issue what was requested: the request's change, then each invoice's with those of the receivables that it bills.

    Over a limit of the net per invoice 最高开票限额 the lines are split as by `split_lines`; `numbers` are the tax office's, one an
    invoice. The invoices get ids derived from the request's (`{request}/{n}`) and bill the receivables in their order, one after the
    other. Changes of one receivable chain.

    Raises:
        Refused: it is not approved; another number of numbers than of invoices, or one twice; a receivable that it bills is not given,
            or no more of it is left to invoice than by now; a day before the request.

    >>> from ltc.testing.samples.billing import NOON, TODAY, receivable
    >>> from ltc.testing.samples.invoices import approved_invoice_request
    >>> changes = issue_requested(approved_invoice_request(), numbers=["26310001", "26310002"],
    ...                           limit=Money.of("50000.00", "CNY"), receivables=[receivable()], on=TODAY, now=NOON)
    >>> [(change.kind, change.after.id) for change in changes]
    [('invoice_request', 'Q1'), ('invoice', 'Q1/1'), ('receivable', 'P1/1'), ('invoice', 'Q1/2')]
    """
    _check_move(request, InvoiceRequestIssued)
    _check_day(request, request.requested_on, day(on))
    parts = (request.lines,) if limit is None else split_lines(request.lines, limit)
    issued = _numbered(request, numbers, len(parts))
    current = _by_id(request, receivables)
    changes: list[Change[Thing, object]] = [
        INVOICE_REQUEST.change(request, InvoiceRequestIssued(request.id, issued, on=on, at=now))
    ]
    rounding = request.rounding if len(parts) == 1 else TaxRounding.CARRIED
    for one, lines, covers in zip(issued, parts, _covers(request.covers, parts), strict=True):
        event = InvoiceIssued(
            one.invoice,
            request.order,
            request.entity,
            request.contracting,
            request.party,
            lines=lines,
            rounding=rounding,
            covers=covers,
            due_on=due_on,
            number=one.number,
            request=request.id,
            on=on,
            at=now,
        )
        invoice, *billed = issued_with(event, [current[cover.receivable] for cover in covers])
        current |= {change.after.id: change.after for change in billed}
        changes += [invoice, *billed]
    return tuple(changes)


def deliver_invoice_request(request: InvoiceRequest, *, to: str, on: dt.date, now: dt.datetime) -> RequestChange:
    """Record that its invoices reached the buyer, by an address or a person.

    Raises:
        Refused: it is not issued, or the day is before that.

    >>> from ltc.testing.samples.billing import NOON, TODAY
    >>> from ltc.testing.samples.invoices import requested_issuance
    >>> change, *_ = requested_issuance()
    >>> deliver_invoice_request(change.after, to="ap@huadong.example", on=TODAY, now=NOON).after.status.value
    'delivered'
    """
    _check_move(request, InvoiceRequestDelivered)
    _check_day(request, request.issued_on or request.requested_on, day(on))
    return INVOICE_REQUEST.change(request, InvoiceRequestDelivered(request.id, to, on=on, at=now))


def _check_move(request: InvoiceRequest, event: type[InvoiceRequestEvent]) -> None:
    check_move(INVOICE_REQUEST_TRANSITIONS, request.status, event, kind="invoice request", subject=request.id)


def _check_day(request: InvoiceRequest, since: dt.date, on: dt.date) -> None:
    if on < since:
        raise Refused(
            "invoice_request.too_early",
            f"request {request.id} stood at {since} last, after {on}; use that day or a later one",
            request=request.id,
            since=since,
            on=on,
        )


def _numbered(request: InvoiceRequest, numbers: Sequence[str], parts: int) -> tuple[IssuedInvoice, ...]:
    if len(numbers) != parts or len(set(numbers)) < parts:
        raise Refused(
            "invoice_request.numbers",
            f"request {request.id} becomes {parts} invoices and {len(set(numbers))} different numbers are given; "
            "give one an invoice",
            request=request.id,
            invoices=parts,
            numbers=len(set(numbers)),
        )
    return tuple(
        IssuedInvoice(InvoiceId(derived(request.id, place)), number) for place, number in enumerate(numbers, 1)
    )


def _by_id(request: InvoiceRequest, receivables: Sequence[Receivable]) -> dict[ReceivableId, Receivable]:
    found = {receivable.id: receivable for receivable in receivables}
    for cover in request.covers:
        if cover.receivable not in found:
            raise Refused(
                "invoice_request.receivable",
                f"request {request.id} bills {cover.amount} of receivable {cover.receivable}; give that receivable",
                request=request.id,
                receivable=cover.receivable,
                amount=cover.amount,
            )
    return found


def _covers(covers: Sequence[Cover], parts: Sequence[Sequence[InvoiceLine]]) -> Iterator[tuple[Cover, ...]]:
    """Yield what each part bills of which receivable: they are filled one after the other."""
    left = {cover.receivable: cover.amount.minor for cover in covers}
    for lines in parts:
        gross = total((line.gross for line in lines), lines[0].gross.currency)
        room, taken = gross.minor, []
        for receivable, minor in left.items():
            part = min(room, minor)
            if part:
                taken.append(Cover(receivable, Money(part, gross.currency)))
            room -= part
            left[receivable] -= part
        yield tuple(taken)
