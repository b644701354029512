"""Who is asked: the steps of a flow that apply to a request, with their approvers, and why."""

import datetime as dt

import attrs

from ltc._approvals.directory import ApproverRule, InRole, OrgDirectory
from ltc._approvals.flow import Flow, Step, WhenEmpty, WhenNobody
from ltc.errors import InvalidValue, Refused
from ltc.findings import Fact, Reason
from ltc.ids import ActorId, RequestId
from ltc.money import Money

Reasons = tuple[Reason, ...]


@attrs.frozen
class Asking:
    """What it takes to find out who is asked: the request, who submits it, the directory and the instant."""

    request: RequestId
    flow: Flow
    submitter: ActorId
    directory: OrgDirectory | None
    at: dt.datetime

    def steps(self, amount: Money | None, facts: tuple[tuple[str, Fact], ...]) -> tuple[tuple[Step, ...], Reasons]:
        """Return the steps that apply, with the people whom they ask, and the reasons.

        Raises:
            Refused: `approval.no_step`, `approval.nobody`, `approval.unfilled`, `approval.too_few`.
            InvalidValue: a step asks for a role or a superior, and there is no directory.
        """
        steps: list[Step] = []
        reasons: list[Reason] = []
        for step in self.flow.steps:
            skipped = skipping(step, amount, dict(facts))
            resolved, why = (None, (skipped,)) if skipped else self.resolved(step)
            steps += [resolved] if resolved else []
            reasons += why
        if not steps and self.flow.when_empty is WhenEmpty.REFUSE:
            raise Refused(
                "approval.no_step",
                f"no step of flow {self.flow.id} version {self.flow.version} applies to request {self.request}; "
                "use a flow with a step for it, or one that approves such requests",
                request=self.request,
                flow=self.flow.id,
                flow_version=self.flow.version,
            )
        return tuple(steps), tuple(reasons)

    def resolved(self, step: Step) -> tuple[Step | None, Reasons]:
        """Return a step with the people whom it asks; None where the flow passes over steps that ask nobody."""
        found, reasons = self.found(step.approvers, step.by_rule, step=step.name, of=self.submitter)
        people, own = self._others(found, step)
        reasons += own
        if not people:
            people, empty = self._nobody(step, alone=bool(found))
            reasons += empty
        if not people:
            return None, reasons
        if step.needed is not None and len(people) < step.needed:
            raise Refused(
                "approval.too_few",
                f"step {step.name} of request {self.request} needs {step.needed} approvals and has {len(people)} approvers; "
                "name more of them, or ask for fewer",
                request=self.request,
                step=step.name,
                needed=step.needed,
                approvers=len(people),
            )
        return attrs.evolve(step, approvers=people, by_rule=()), reasons

    def found(
        self, named: tuple[ActorId, ...], rules: tuple[ApproverRule, ...], *, step: str, of: ActorId
    ) -> tuple[tuple[ActorId, ...], Reasons]:
        """Return the people who are named and those whom the rules find for a person, each once."""
        people, reasons = list(named), list[Reason]()
        for rule in rules:
            if isinstance(rule, InRole):
                more, why = self._in_role(rule, step, of)
            else:
                more, why = self._superior(rule.levels, step, of)
            people += more
            reasons += why
        return tuple(dict.fromkeys(people)), tuple(reasons)

    def _in_role(self, rule: InRole, step: str, of: ActorId) -> tuple[list[ActorId], list[Reason]]:
        directory = self._directory(step)
        company = rule.company or directory.company_of(of, at=self.at)
        holders = () if company is None else directory.holders(rule.role, company=company, at=self.at)
        present, reasons = [], []
        for person in holders:
            if directory.is_absent(person, at=self.at):
                reasons.append(Reason.of("approval.absent", step=step, person=person))
            else:
                present.append(person)
                reasons.append(
                    Reason.of("approval.in_role", step=step, person=person, role=rule.role, company=company or "")
                )
        if not present:
            reasons.append(Reason.of("approval.role_empty", step=step, role=rule.role, company=company or "-"))
        return present, reasons

    def _superior(self, levels: int, step: str, of: ActorId) -> tuple[list[ActorId], list[Reason]]:
        """Climb so many levels, and on over who is absent; a circle of superiors leads to nobody."""
        directory, reasons, seen = self._directory(step), list[Reason](), {of}
        boss = directory.superior(of, at=self.at)
        climbed = 1
        while boss is not None and boss not in seen:
            absent = directory.is_absent(boss, at=self.at)
            if climbed >= levels and not absent:
                reasons.append(Reason.of("approval.superior", step=step, person=boss, of=of, levels=climbed))
                return [boss], reasons
            if climbed >= levels:
                reasons.append(Reason.of("approval.absent", step=step, person=boss))
            seen.add(boss)
            boss, climbed = directory.superior(boss, at=self.at), climbed + 1
        return [], [*reasons, Reason.of("approval.no_superior", step=step, of=of, levels=levels)]

    def _directory(self, step: str) -> OrgDirectory:
        if self.directory is None:
            raise InvalidValue(
                "approval.no_directory",
                f"step {step} of flow {self.flow.id} asks for a role or a superior; pass a directory",
                step=step,
                flow=self.flow.id,
            )
        return self.directory

    def _others(self, found: tuple[ActorId, ...], step: Step) -> tuple[tuple[ActorId, ...], Reasons]:
        """Leave the submitter out of who was found, unless he may decide; by policy his superior takes his place."""
        if self.flow.submitter_may_decide or self.submitter not in found:
            return found, ()
        left_out = Reason.of("approval.submitter_left_out", step=step.name, submitter=self.submitter)
        instead, why = list[ActorId](), list[Reason]()
        if self.flow.superior_instead:
            instead, why = self._superior(1, step.name, self.submitter)
        people = (person for one in found for person in (instead if one == self.submitter else [one]))
        return tuple(dict.fromkeys(people)), (left_out, *why)

    def _nobody(self, step: Step, *, alone: bool) -> tuple[tuple[ActorId, ...], Reasons]:
        """Do what the flow says of a step that asks nobody: because there is nobody, or nobody but the submitter."""
        flow, stand_in = self.flow, self.flow.stand_in
        if flow.when_nobody is WhenNobody.SKIP:
            return (), (Reason.of("approval.step_unfilled", step=step.name),)
        if stand_in is not None and (flow.submitter_may_decide or stand_in != self.submitter):
            return (stand_in,), (Reason.of("approval.stand_in", step=step.name, person=stand_in),)
        if alone:
            raise Refused(
                "approval.nobody",
                f"step {step.name} of request {self.request} has no approver but its submitter {self.submitter}; "
                "name another approver or let somebody else submit",
                request=self.request,
                step=step.name,
                submitter=self.submitter,
            )
        raise Refused(
            "approval.unfilled",
            f"step {step.name} of request {self.request} finds nobody to ask; "
            "fill the role, name a person, or let the flow pass over such steps",
            request=self.request,
            step=step.name,
        )


def skipping(step: Step, amount: Money | None, facts: dict[str, Fact]) -> Reason | None:
    """Return why a step does not apply; None where it does. What the request does not say holds for no reason to skip."""
    if amount is not None and not step.in_band(amount):
        return Reason.of("approval.step_skipped", step=step.name, amount=amount)
    known = facts if amount is None else {**facts, "amount": amount}
    unmet = step.unmet(known)
    if unmet is None:
        return None
    return Reason.of("approval.condition_unmet", step=step.name, fact=unmet.fact, value=known[unmet.fact])
