"""The half year of the example company: every decision is the library's, every date and every whim the host's."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from ltc import flows, leads, pools
from ltc.access import Scope
from ltc.adapters.sql import SqlStore
from ltc.demo.agenda import Agenda
from ltc.demo.deals import Deals
from ltc.demo.firm import Firm, calendar_of
from ltc.errors import Refused
from ltc.events import Recorded
from ltc.findings import Fact, Finding
from ltc.ids import AccountId, ActorId, ContactId, LeadId, OpportunityId, PoolId, derived
from ltc.money import Money


class Journey:
    """Runs the company on a store.

    What could not be used is in `findings`, how often something happened in `counts`, what the store recorded in `records`.
    """

    def __init__(self, firm: Firm, store: SqlStore) -> None:
        self.firm: Final = firm
        self.store: Final = store
        self.rng: Final = random.Random(firm.settings["seed"])
        self.agenda: Final = Agenda(firm, calendar_of(firm), self.rng)
        self.deals: Final = Deals(firm, store, self.agenda, self.rng)
        self.findings: Final[list[Finding]] = []
        self.counts: Final[Counter[str]] = Counter()
        self.records: tuple[Recorded, ...] = ()

    def run(self, each_day: Callable[[dt.date], None]) -> None:
        """Let the half year pass."""
        first: dt.date = self.firm.settings["first_day"]
        self._open_rotas(self.firm.at(first, 8))
        for number, row in enumerate(self.firm.rows, 2):
            self._enter_lead(row, number)
        for offset in range((self.agenda.last_day - first).days + 1):
            self.agenda.enter(self.firm.at(first + dt.timedelta(offset), 23, 50), self._sweep)
        leaver = self.firm.settings["leaver"]
        self.agenda.enter(self.firm.at(leaver["on"], 18), self._hand_over)
        self.agenda.run(each_day)
        self.records = tuple(self.store.records())

    def _open_rotas(self, now: dt.datetime) -> None:
        for team, members in self.firm.teams.items():
            self.store.commit(leads.open_rota(team, members=members, now=now), by=ActorId("manager"), at=now)
            for member in members:
                self.store.commit(pools.open_quota(PoolId(team), actor=member, now=now), by=ActorId("system"), at=now)

    def _enter_lead(self, row: Mapping[str, str], number: int) -> None:
        try:
            at = dt.datetime.fromisoformat(row["created_at"])
        except ValueError as error:
            self.findings.append(Finding.of(error, "leads.csv", number, "created_at", value=row["created_at"]))
            return
        draft, findings = leads.draft_of(row, path=("leads.csv", number))
        self.findings.extend(findings)
        if draft is not None:
            self.agenda.enter(at, lambda now: self._take_in(row, draft, now))

    def _take_in(self, row: Mapping[str, str], draft: leads.LeadDraft, now: dt.datetime) -> None:
        facts: dict[str, Fact] = {name: row[name] for name in ("source", "industry", "phone", "email") if row[name]}
        facts["budget"] = Decimal(row["budget"])
        try:
            changes = flows.take_in(
                LeadId(row["id"]),
                draft,
                candidates=self.store.leads.find_by_keys(leads.keys_of(draft)),
                scorecard=self.firm.scorecard,
                facts=facts,
                policy=self.firm.grade_policy(draft.city),
                now=now,
            )
        except Refused as refusal:
            self.counts[refusal.code] += 1
            return
        self.store.commit(*changes, by=ActorId("intake"), at=now)
        lead = flows.last_of(changes, leads.Lead)
        self.counts["duplicates"] += bool(lead.duplicates)
        if lead.status is leads.LeadStatus.POOLED:
            self.agenda.later(now, (0, 1), lambda then: self._assign(lead.id, then))

    def _assign(self, lead_id: LeadId, now: dt.datetime) -> None:
        lead = self.store.leads.get(lead_id)
        left = self._has_left(now)
        members = [leads.Member(rep, active=rep not in left) for rep in self.firm.reps]
        rotas = {team: self.store.rotas.get(team) for team in self.firm.teams}
        changes = leads.assign(lead, rules=self.firm.rules, rotas=rotas, members=members, now=now)
        self.store.commit(*changes, by=ActorId("system"), at=now)
        if self.rng.random() < 0.88:  # the others are forgotten, and the sweep finds them
            self.agenda.later(now, (1, 6), lambda then: self._touch(lead_id, 1, then))

    def _has_left(self, now: dt.datetime) -> frozenset[str]:
        leaver = self.firm.settings["leaver"]
        return frozenset({leaver["id"]} if now >= self.firm.at(leaver["on"], 18) else ())

    def _touch(self, lead_id: LeadId, times: int, now: dt.datetime) -> None:
        lead = self.store.leads.get(lead_id)
        if lead.owner is None or lead.status is not leads.LeadStatus.OWNED:
            return
        kind = self.rng.choice(("call", "visit", "email"))
        self.store.commit(leads.touch(lead, by=lead.owner, kind=kind, now=now), by=lead.owner, at=now)
        chance = self.rng.random()
        if times < 2 or chance < 0.25:
            self.agenda.later(now, (2, 7), lambda then: self._touch(lead_id, times + 1, then))
        elif chance < 0.65:
            self.agenda.later(now, (1, 4), lambda then: self._convert(lead_id, then))
        elif chance < 0.93:
            self.agenda.later(now, (0, 2), lambda then: self._disqualify(lead_id, then))

    def _convert(self, lead_id: LeadId, now: dt.datetime) -> None:
        lead = self.store.leads.get(lead_id)
        if lead.owner is None or lead.status is not leads.LeadStatus.OWNED:
            return
        number = lead_id.removeprefix("L")
        opportunity = OpportunityId(f"O{number}")
        day = now.astimezone(self.firm.zone).date()
        changes = flows.convert_to_opportunity(
            lead,
            account=AccountId(f"A{number}"),
            contact=ContactId(f"C{number}"),
            opportunity=opportunity,
            model=self.firm.model,
            amount=Money.of(self.rng.choice((120, 200, 300, 450, 800)) * 1000, self.firm.currency),
            expected_close_on=day + dt.timedelta(days=self.rng.randint(30, 70)),
            now=now,
        )
        self.store.commit(*changes, by=lead.owner, at=now)
        self.deals.begin(opportunity, now)

    def _disqualify(self, lead_id: LeadId, now: dt.datetime) -> None:
        lead = self.store.leads.get(lead_id)
        if lead.owner is None or lead.status is not leads.LeadStatus.OWNED:
            return
        reason = self.rng.choice(("无预算", "已选其他供应商", "联系不上"))
        self.store.commit(leads.disqualify(lead, reason=reason, now=now), by=lead.owner, at=now)

    def _sweep(self, now: dt.datetime) -> None:
        today = now.astimezone(self.firm.zone).date()
        cutoff = self.firm.at(today - dt.timedelta(days=self.firm.policy.protection_days), 0)
        candidates = self.store.leads.candidates(cutoff, scope=Scope.everything(), limit=1000)
        for team, members in self.firm.teams.items():
            own = [lead for lead in candidates if lead.owner in members]
            changes = flows.sweep_leads(own, policy=self.firm.policy, pool=PoolId(team), now=now)
            if changes:
                self.store.commit(*changes, by=ActorId("system"), at=now)
            for change in changes:
                self.counts["returned"] += 1
                if self.rng.random() < 0.7:
                    self._plan_claim(LeadId(change.after.id), team, now)

    def _plan_claim(self, lead_id: LeadId, team: str, now: dt.datetime) -> None:
        rep = self.rng.choice(self.firm.teams[team])
        self.agenda.later(now, (1, 9), lambda then: self._claim(lead_id, rep, PoolId(team), then))

    def _claim(self, lead_id: LeadId, rep: ActorId, pool: PoolId, now: dt.datetime) -> None:
        lead = self.store.leads.get(lead_id)
        if lead.status is not leads.LeadStatus.POOLED or rep in self._has_left(now):
            return
        quota = self.store.quotas.get(derived(pool, rep))
        holding = len(self.store.leads.owned_by(rep))
        try:
            changes = leads.claim(lead, by=rep, quota=quota, policy=self.firm.policy, holding=holding, now=now)
        except Refused as refusal:
            self.counts[refusal.code] += 1
            return
        self.store.commit(*changes, by=rep, at=now)
        self.counts["claimed"] += 1
        self.agenda.later(now, (0, 2), lambda then: self._touch(lead_id, 1, then))

    def _hand_over(self, now: dt.datetime) -> None:
        leaver = self.firm.settings["leaver"]
        owner, successor = ActorId(leaver["id"]), ActorId(leaver["successor"])
        held: list[flows.Held] = [
            *self.store.leads.owned_by(owner),
            *self.store.accounts.owned_by(owner),
            *self.store.opportunities.owned_by(owner),
            *self.store.contracts.owned_by(owner),
            *self.store.orders.owned_by(owner),
        ]
        changes = flows.hand_over(held, owner=owner, to=successor, reason="离职交接", now=now)
        self.store.commit(*changes, by=ActorId("manager"), at=now, cause=f"hand-over/{owner}")
        self.counts["handed over"] += len(changes)
