"""Invoices: issued at once, or asked for, approved, issued and delivered."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.stateful.journeys.base import Journey
from tests.stateful.journeys.story import Asked, Sale, move, on

from ltc import billing
from ltc.ids import AccountId, ActorId, EntityId, InvoiceId, InvoiceRequestId, OrderId
from ltc.money import Money
from ltc.testing.samples.billing import NOON
from ltc.testing.samples.invoices import invoice_approval

NEXT = {
    ("requested", "approve_request"): "approved",
    ("requested", "reject_request"): "rejected",
    ("requested", "cancel_request"): "cancelled",
    ("approved", "reject_request"): "rejected",
    ("approved", "cancel_request"): "cancelled",
    ("approved", "issue_requested"): "issued",
    ("issued", "reject_request"): "rejected",
    ("issued", "deliver_request"): "delivered",
}
"""What the oracle knows of the table: written down once more."""


class Invoices(Journey):
    """What is billed of what."""

    def issue(self, minor: int, day: int) -> None:
        name, invoice = str(self.dice.one_of(self.debts)), f"I{len(self.sales)}"
        debt, thing = self.debts[name], self.things[name]
        gross = Money(minor, debt.currency)
        passed = self.attempt(
            "issue",
            self.billable(name, day, minor),
            lambda: self.does["issue"](
                InvoiceId(invoice),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(debt.party),
                lines=[billing.InvoiceLine("Press", gross=gross, tax_rate=Decimal("0.13"))],
                receivables=[(thing, gross)],
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            self.sales[invoice] = Sale(name, minor, day)
            move(debt.billable, day, -minor)

    def request_invoice(self, minor: int, day: int) -> None:
        yuan = [
            name for name, debt in self.debts.items() if debt.currency == "CNY"
        ]  # as the bands of the sample's approval
        name, request = str(self.dice.one_of(yuan)), f"Q{len(self.requests)}"
        debt, thing = self.debts[name], self.things[name]
        gross = Money(minor, "CNY")
        passed = self.attempt(
            "request_invoice",
            self.billable(name, day, minor),
            lambda: billing.request_invoice(
                InvoiceRequestId(request),
                order=OrderId("SO-1"),
                entity=EntityId("E1"),
                party=AccountId(debt.party),
                title=billing.InvoiceTitle("华东机械有限公司"),
                kind=billing.InvoiceKind.GENERAL,
                lines=[billing.InvoiceLine("Press", gross=gross, tax_rate=Decimal("0.13"))],
                receivables=[(thing, gross)],
                by=ActorId("li"),
                on=on(day),
                now=NOON,
            ),
            thing,
        )
        if passed:
            self.requests[request] = Asked(name, minor, day)

    def move_request(self, day: int, verb: str) -> None:
        fitting = [name for name, asked in self.requests.items() if (asked.status, verb) in NEXT]
        name = self.likely(fitting, self.requests)
        asked, thing = self.requests[name], self.things[name]
        debt, owed = self.debts[asked.receivable], self.things[asked.receivable]
        given = [owed] if self.dice.below(8) else []
        calls: dict[str, Callable[[], Any]] = {
            "approve_request": lambda: billing.approve_invoice_request(
                thing, approval=invoice_approval(thing), now=NOON
            ),
            "reject_request": lambda: billing.reject_invoice_request(thing, reason="", now=NOON),
            "cancel_request": lambda: billing.cancel_invoice_request(thing, reason="", now=NOON),
            "issue_requested": lambda: self.does["issue_requested"](
                thing, numbers=["1"], receivables=given, on=on(day), now=NOON
            ),
            "deliver_request": lambda: billing.deliver_invoice_request(thing, to="A", on=on(day), now=NOON),
        }
        allowed = {
            # what was left when it was asked for may be waived or billed by now
            "issue_requested": day >= asked.day and bool(given) and self.billable(asked.receivable, day, asked.amount),
            "deliver_request": day >= asked.day,
        }.get(verb, True)
        target = NEXT.get((asked.status, verb))
        if not self.attempt(verb, target and allowed, calls[verb], thing, owed):
            return
        asked.status = str(target)
        if verb == "issue_requested":
            asked.day = day
            self.sales[f"{name}/1"] = Sale(asked.receivable, asked.amount, day)
            move(debt.billable, day, -asked.amount)
