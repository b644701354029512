"""Orders from signature to cash: delivery, invoice, receipts in two parts, and the tail that is waived."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Final

from ltc import approvals, billing, contracts, flows
from ltc.adapters.sql import SqlStore
from ltc.demo.agenda import Agenda
from ltc.demo.firm import Firm
from ltc.ids import ActorId, ChangeId, InvoiceId, OrderId, PlanId, ReceiptId, ReceivableId, RequestId
from ltc.money import Money

FINANCE: Final = ActorId("finance")


class Orders:
    """The part of the journey that production, delivery and finance walk."""

    def __init__(self, firm: Firm, store: SqlStore, agenda: Agenda, rng: random.Random) -> None:
        self.firm: Final = firm
        self.store: Final = store
        self.agenda: Final = agenda
        self.rng: Final = rng
        self.quoted: Final[dict[str, Mapping[str, int]]] = {}
        self.receipts: int = 0
        self.waived: OrderId | None = None
        self.waiver: flows.ImpactPreview | None = None

    def _day(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self.firm.zone).date()

    def begin(self, contract: contracts.Contract, now: dt.datetime) -> None:
        """Place the order of a signed contract and plan its delivery."""
        order = OrderId(f"SO-{contract.id.removeprefix('K')}")
        machines = self.quoted[contract.opportunity or ""]
        changes = flows.start_order(
            order,
            contract=contract,
            lines=self.firm.lines(machines),
            currency=self.firm.currency,
            plan=PlanId(f"P-{order}"),
            terms=self.firm.terms(),
            on=self._day(now),
            now=now,
        )
        self.store.commit(*changes, by=contract.owner, at=now)
        self._expect(changes, (3, 12), now)
        self.agenda.later(now, (15, 30), lambda then: self._deliver(order, then))

    def _plan_of(self, order: OrderId) -> billing.CollectionPlan:
        (plan,) = self.store.plans.of_order(order)
        return plan

    def _deliver(self, order_id: OrderId, now: dt.datetime) -> None:
        order = self.store.orders.get(order_id)
        quantities = {line.id: line.quantity for line in order.lines if line.kind is contracts.LineKind.GOODS}
        changes = flows.deliver_order(
            order, self._plan_of(order_id), batch="B1", quantities=quantities, on=self._day(now), now=now
        )
        self.store.commit(*changes, *self._invoice(order, changes, now), by=ActorId("delivery"), at=now)
        self._expect(changes, (20, 55), now)
        self.agenda.later(now, (5, 14), lambda then: self._accept(order_id, then))

    def _invoice(self, order: contracts.Order, delivered: flows.Changes, now: dt.datetime) -> flows.Changes:
        """Invoice the whole order on delivery, with the tax of each line; the last installment ahead, since it is not owed yet."""
        owed = {receivable.id: receivable for receivable in self.store.receivables.of_order(order.id)}
        owed |= {change.after.id: change.after for change in delivered if isinstance(change.after, billing.Receivable)}
        lines = [billing.InvoiceLine(line.product, line.amount(order.currency), line.tax_rate) for line in order.lines]
        on = self._day(now)
        return billing.issue(
            InvoiceId(f"INV-{order.id}"),
            order=order.id,
            entity=order.entity,
            party=order.account,
            lines=lines,
            receivables=[(receivable, receivable.amount) for receivable in owed.values()],
            on=on,
            due_on=on + dt.timedelta(days=30),
            now=now,
        )

    def _accept(self, order_id: OrderId, now: dt.datetime) -> None:
        order = self.store.orders.get(order_id)
        changes = flows.accept_order(order, self._plan_of(order_id), batch="B1", on=self._day(now), now=now)
        [invoice], tail = self.store.invoices.of_order(order_id), flows.last_of(changes, billing.Receivable)
        covered = billing.cover(invoice, tail, amount=tail.amount, on=self._day(now), now=now)
        self.store.commit(*changes, *covered, by=ActorId("delivery"), at=now)
        if self.waived is None:
            self.waived = order_id
            self.agenda.later(now, (6, 10), lambda then: self._ask_waiver(order_id, then))

    def _expect(self, changes: flows.Changes, days: tuple[int, int], now: dt.datetime) -> None:
        """Plan how the customer pays what has just become due: in two parts, some of them late, some not at all."""
        for change in changes:
            if isinstance(change.after, billing.Receivable) and self.rng.random() < 0.85:
                receivable, half = change.after.id, change.after.amount.split(2)
                self._pay(receivable, half[0], days, now)
                if self.rng.random() < 0.8:
                    self._pay(receivable, half[1], (days[0] + 5, days[1] + 15), now)

    def _pay(self, receivable: ReceivableId, amount: Money, days: tuple[int, int], now: dt.datetime) -> None:
        self.agenda.later(now, days, lambda then: self._receive(receivable, amount, then))

    def _receive(self, receivable_id: ReceivableId, amount: Money, now: dt.datetime) -> None:
        receivable = self.store.receivables.get(receivable_id)
        self.receipts += 1
        changes = flows.take_receipt(
            ReceiptId(f"R{self.receipts:04d}"),
            entity=receivable.entity,
            party=receivable.party,
            amount=amount,
            receivables=self.store.receivables.open_of(receivable.entity, receivable.party),
            on=self._day(now),
            reference=f"货款 {receivable.order}",
            now=now,
        )
        self.store.commit(*changes, by=FINANCE, at=now)

    def _preview(self, order_id: OrderId, now: dt.datetime) -> flows.ImpactPreview:
        """Compute what waiving the last installment, the service, would change."""
        order = self.store.orders.get(order_id)
        return flows.preview_waiver(
            order,
            self._plan_of(order_id),
            receivables=self.store.receivables.of_order(order_id),
            invoices=self.store.invoices.of_order(order_id),
            receipts=self.store.receipts.of_party(order.entity, order.account),
            installment=3,
            change=ChangeId(f"CH-{order_id}"),
            reason="交付延误，免收维保尾款",
            approval=RequestId(f"Q-CH-{order_id}"),
            on=self._day(now),
            now=now,
        )

    def _ask_waiver(self, order_id: OrderId, now: dt.datetime) -> None:
        preview, owner = self._preview(order_id, now), self.store.orders.get(order_id).owner
        if preview.approval is None:
            raise AssertionError(preview)
        asked = approvals.submit(
            preview.approval,
            flow=self.firm.waiver_flow,
            about=preview.about,
            amount=preview.amount,
            by=owner,
            now=now,
        )
        self.store.commit(asked, by=owner, at=now)
        self.agenda.later(now, (1, 2), lambda then: self._decide_waiver(order_id, asked.after.id, then))

    def _decide_waiver(self, order_id: OrderId, request_id: RequestId, now: dt.datetime) -> None:
        """Approve it level by level; with the last signature the change is computed anew and carried out in one commit."""
        request = self.store.approvals.get(request_id)
        approver = request.waiting_for[0]
        decided = approvals.approve(request, by=approver, now=now)
        if decided.after.status is not approvals.RequestStatus.APPROVED:
            self.store.commit(decided, by=approver, at=now)
            self.agenda.later(now, (0, 2), lambda then: self._decide_waiver(order_id, request_id, then))
            return
        preview = self._preview(order_id, now)
        changes = flows.carry_out(preview, approval=decided.after)
        self.store.commit(decided, *changes, by=approver, at=now, cause=preview.change)
        self.waiver = preview
