"""Assignment: the first rule that matches names a rota, and the rota's next member who can take the lead gets it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, Literal

import attrs

from ltc._leads.lead import Lead, LeadAssigned, LeadEvent
from ltc._leads.life import LEAD, check_may
from ltc._leads.rota import ROTA, Rota, RotaAdvanced, RotaEvent
from ltc.errors import InvalidValue, NotFound, Refused
from ltc.events import Change
from ltc.findings import Reason
from ltc.ids import ActorId
from ltc.text import one_line

RuleField = Literal["source", "city", "grade", "company", "pool"]
"""What a rule may ask about a lead."""
_RULE_FIELDS: Final[tuple[RuleField, ...]] = ("source", "city", "grade", "company", "pool")


def _as_set(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@attrs.frozen
class OneOf:
    """A condition of a rule: a field of the lead is one of these values, exactly.

    >>> from ltc.testing.samples.leads import pooled_lead
    >>> OneOf("city", ("上海", "苏州")).holds(pooled_lead())
    True
    """

    field: RuleField = attrs.field()
    values: frozenset[str] = attrs.field(converter=_as_set)

    @field.validator
    def _known(self, _: object, value: str) -> None:
        if value not in _RULE_FIELDS:
            raise InvalidValue(
                "lead.rule_field",
                f"a rule cannot ask about {value!r:.40}; it can about {', '.join(_RULE_FIELDS)}",
                field=str(value)[:40],
            )

    def holds(self, lead: Lead, /) -> bool:
        """Return whether the lead meets it; an unknown field meets nothing.

        >>> from ltc.testing.samples.leads import pooled_lead
        >>> OneOf("grade", ["B", "C"]).holds(pooled_lead())
        False
        """
        return getattr(lead, self.field) in self.values


@attrs.frozen
class Rule:
    """Leads that meet every condition go round a rota; a rule without conditions takes all.

    >>> Rule("华东", rota="east", when=(OneOf("city", ["上海"]),)).rota
    'east'
    """

    name: str = attrs.field(validator=one_line)
    rota: str = attrs.field(validator=one_line)
    """Id of the rota; several rules may share one, so that turns are fair over all of them."""
    when: tuple[OneOf, ...] = ()

    def matches(self, lead: Lead, /) -> bool:
        """Return whether the rule takes this lead.

        >>> from ltc.testing.samples.leads import pooled_lead
        >>> Rule("all", rota="east").matches(pooled_lead())
        True
        """
        return all(condition.holds(lead) for condition in self.when)


@attrs.frozen
class Member:
    """What decides whether a member of a rota can take a lead now.

    >>> Member("li", open=30, capacity=30).capacity
    30
    """

    actor: ActorId = attrs.field(validator=one_line)
    active: bool = True
    absent_until: dt.datetime | None = None
    """Back from this instant on; None: present."""
    open: int = 0
    """How many open leads the member holds."""
    capacity: int | None = None
    """The most open leads the member may hold; None: any number."""


def rule_for(lead: Lead, /, rules: Iterable[Rule]) -> Rule:
    """Return the first rule, in their order, that takes the lead.

    Raises:
        Refused: `lead.no_rule`: none does.

    >>> from ltc.testing.samples.leads import pooled_lead
    >>> rule_for(pooled_lead(), [Rule("华北", rota="north", when=(OneOf("city", ["北京"]),)), Rule("其他", rota="east")]).name
    '其他'
    """
    for rule in rules:
        if rule.matches(lead):
            return rule
    raise Refused(
        "lead.no_rule",
        f"no rule takes lead {lead.id}; end the rules with one without conditions",
        lead=lead.id,
    )


def assign(
    lead: Lead,
    *,
    rules: Iterable[Rule],
    rotas: Mapping[str, Rota],
    members: Iterable[Member],
    now: dt.datetime,
) -> tuple[Change[Lead, LeadEvent], Change[Rota, RotaEvent]]:
    """Assign a pooled lead 分配: the first rule that takes it names the rota, the rota's next member who can take it becomes owner.

    `rotas` are by id; of many leads in a row, each is given the rota as the one before left it. The reasons of the event begin with
    the one chosen and go on with every other member of the rota in the order of their turns: why he was passed over. A member of the
    rota about whom `members` says nothing is passed over.

    Raises:
        Refused: `lead.no_rule`; `lead.nobody_eligible`, with the reasons; `move.not_allowed`: the lead is not pooled.
        NotFound: the rule's rota is not among `rotas`.

    >>> from ltc.testing.samples.leads import NOON, pooled_lead, rota
    >>> given, turn = assign(
    ...     pooled_lead(),
    ...     rules=[Rule("华东", rota="east")],
    ...     rotas={"east": rota()},
    ...     members=[Member("li", active=False), Member("wang"), Member("zhao")],
    ...     now=NOON,
    ... )
    >>> given.after.owner, turn.after.last
    ('wang', 'wang')
    >>> for reason in given.events[0].reasons:
    ...     print(reason.say("en"))
    rule 华东 gives it to wang, whose turn it is
    li is not active
    it is not the turn of zhao yet
    """
    check_may(lead, LeadAssigned, now)
    rule = rule_for(lead, rules)
    rota = _rota_of(rule, rotas)
    chosen, passed_over = _turn(rota, {member.actor: member for member in members}, now)
    if chosen is None:
        raise Refused(
            "lead.nobody_eligible",
            f"nobody on rota {rota.id} can take lead {lead.id}: {'; '.join(reason.say('en') for reason in passed_over)}",
            lead=lead.id,
            rota=rota.id,
            reasons=passed_over,
        )
    reasons = (Reason.of("lead.rule_matched", rule=rule.name, owner=chosen), *passed_over)
    return (
        LEAD.change(lead, LeadAssigned(lead.id, owner=chosen, reasons=reasons, at=now)),
        ROTA.change(rota, RotaAdvanced(rota.id, given=chosen, lead=lead.id, at=now)),
    )


def _rota_of(rule: Rule, rotas: Mapping[str, Rota]) -> Rota:
    try:
        return rotas[rule.rota]
    except KeyError:
        raise NotFound(
            "lead.rota_missing",
            f"rule {rule.name} names rota {rule.rota}, which was not given; pass it among the rotas",
            rule=rule.name,
            rota=rule.rota,
        ) from None


def _turn(rota: Rota, members: Mapping[ActorId, Member], now: dt.datetime) -> tuple[ActorId | None, tuple[Reason, ...]]:
    """Return the next member who can take a lead, and why each other one does not."""
    chosen: ActorId | None = None
    passed_over: list[Reason] = []
    for actor in rota.turns:
        hindrance = _hindrance(actor, members.get(actor), now)
        if hindrance is not None:
            passed_over.append(hindrance)
        elif chosen is None:
            chosen = actor
        else:
            passed_over.append(Reason.of("lead.turn_later", member=actor))
    return chosen, tuple(passed_over)


def _hindrance(actor: ActorId, member: Member | None, now: dt.datetime) -> Reason | None:
    match member:
        case None:
            return Reason.of("lead.member_unknown", member=actor)
        case Member(active=False):
            return Reason.of("lead.member_inactive", member=actor)
        case Member(absent_until=dt.datetime() as until) if now < until:
            return Reason.of("lead.member_absent", member=actor, until=until)
        case Member(open=held, capacity=int(capacity)) if held >= capacity:
            return Reason.of("lead.member_full", member=actor, open=held, capacity=capacity)
        case _:
            return None
