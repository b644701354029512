"""Deals from the first stage to the signed contract."""

import datetime as dt
import random
from typing import Final

from ltc import approvals, contracts, flows, pipeline
from ltc.adapters.sql import SqlStore
from ltc.demo.agenda import Agenda
from ltc.demo.firm import Firm
from ltc.demo.orders import Orders
from ltc.events import Change, Subject
from ltc.ids import ContractId, OpportunityId, RequestId
from ltc.money import total

MACHINES = (
    {"KL-80": 2},
    {"KL-200": 1},
    {"KL-200": 1, "KL-80": 2},
    {"KL-200": 2},
    {"KL-500": 1},
    {"KL-500": 1, "KL-80": 3},
)
LOST = ("价格", "竞争对手", "项目取消")


class Deals:
    """The part of the journey that the sales reps walk."""

    def __init__(self, firm: Firm, store: SqlStore, agenda: Agenda, rng: random.Random) -> None:
        self.firm: Final = firm
        self.store: Final = store
        self.agenda: Final = agenda
        self.rng: Final = rng
        self.orders: Final = Orders(firm, store, agenda, rng)

    def begin(self, opportunity: OpportunityId, now: dt.datetime) -> None:
        """Plan the first move of a new deal."""
        self.agenda.later(now, (4, 12), lambda then: self._move(opportunity, then))

    def _move(self, opportunity_id: OpportunityId, now: dt.datetime) -> None:
        deal = self.store.opportunities.get(opportunity_id)
        stage = self.firm.model.stage(deal.stage)
        if self.rng.random() < 0.18:
            lost = pipeline.lose(deal, reason=self.rng.choice(LOST), now=now)
            self.store.commit(lost, by=deal.owner, at=now)
            return
        if self.rng.random() < 0.25:  # nothing moves this week
            self.agenda.later(now, (6, 15), lambda then: self._move(opportunity_id, then))
            return
        worked = self._work(deal, stage, now)
        deal = flows.last_of(worked, pipeline.Opportunity)
        if stage.id == self.firm.model.last_open.id:
            self._win(deal, worked, now)
            return
        moved = pipeline.advance(deal, model=self.firm.model, now=now)
        self.store.commit(*worked, moved, by=deal.owner, at=now)
        if moved.after.stage == "quotation":
            self._quote(moved.after, now)
        self.agenda.later(now, (4, 14), lambda then: self._move(opportunity_id, then))

    def _work(self, deal: pipeline.Opportunity, stage: pipeline.Stage, now: dt.datetime) -> flows.Changes:
        """Do the tasks of the stage and show that its criteria hold."""
        model, by = self.firm.model, deal.owner
        changes: list[Change[pipeline.Opportunity, pipeline.OpportunityEvent]] = []
        for task in stage.tasks:
            done = pipeline.complete_task(deal, model=model, task=task.id, evidence=f"纪要 {deal.id}", by=by, now=now)
            deal = done.after
            changes.append(done)
        for criterion in stage.criteria:
            met = pipeline.meet(deal, model=model, criterion=criterion.id, evidence=f"邮件 {deal.id}", now=now)
            deal = met.after
            changes.append(met)
        return tuple(changes)

    def _quote(self, deal: pipeline.Opportunity, now: dt.datetime) -> None:
        machines = self.rng.choice(MACHINES)
        self.orders.quoted[deal.id] = machines
        amount = total((line.amount(self.firm.currency) for line in self.firm.lines(machines)), self.firm.currency)
        if amount != deal.amount:
            self.store.commit(pipeline.reprice(deal, amount=amount, now=now), by=deal.owner, at=now)

    def _win(self, deal: pipeline.Opportunity, worked: flows.Changes, now: dt.datetime) -> None:
        contract = ContractId(f"K{deal.id.removeprefix('O')}")
        won = flows.contract_won(
            deal, model=self.firm.model, contract=contract, entity=self.firm.entity, title="设备采购合同", now=now
        )
        self.store.commit(*worked, *won, by=deal.owner, at=now)
        self.agenda.later(now, (1, 2), lambda then: self._submit(contract, then))

    def _submit(self, contract_id: ContractId, now: dt.datetime) -> None:
        contract = self.store.contracts.get(contract_id)
        request = RequestId(f"Q-{contract_id}")
        asked = approvals.submit(
            request,
            flow=self.firm.contract_flow,
            about=Subject(contracts.CONTRACT.kind, contract.id),
            amount=contract.amount,
            by=contract.owner,
            now=now,
        )
        submitted = contracts.submit(contract, request_id=request, now=now)
        self.store.commit(asked, submitted, by=contract.owner, at=now)
        self.agenda.later(now, (0, 1), lambda then: self._decide(contract_id, request, then))

    def _decide(self, contract_id: ContractId, request_id: RequestId, now: dt.datetime) -> None:
        request = self.store.approvals.get(request_id)
        approver = request.waiting_for[0]
        decided = approvals.approve(request, by=approver, now=now)
        contract = self.store.contracts.get(contract_id)
        if decided.after.status is approvals.RequestStatus.APPROVED:
            approved = contracts.approve(contract, approval=decided.after, now=now)
            self.store.commit(decided, approved, by=approver, at=now)
            self.agenda.later(now, (1, 4), lambda then: self._sign(contract_id, then))
        else:
            self.store.commit(decided, by=approver, at=now)
            self.agenda.later(now, (0, 2), lambda then: self._decide(contract_id, request_id, then))

    def _sign(self, contract_id: ContractId, now: dt.datetime) -> None:
        contract = self.store.contracts.get(contract_id)
        on = now.astimezone(self.firm.zone).date()
        signed = contracts.sign(contract, on=on, now=now)
        self.store.commit(signed, by=contract.owner, at=now)
        self.orders.begin(signed.after, now)
