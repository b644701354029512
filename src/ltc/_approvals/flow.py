"""A flow: the steps that a request passes before it is approved, as immutable data."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ltc._approvals.conditions import CONDITIONS, Condition
from ltc._approvals.directory import RULES, ApproverRule, Superior
from ltc._fields import exactly, member, whole
from ltc.errors import InvalidType, InvalidValue
from ltc.findings import Fact
from ltc.ids import ActorId
from ltc.money import Money
from ltc.text import one_line


class StepMode(enum.StrEnum):
    """How many of a step's approvers must approve.

    >>> StepMode("any").name
    'ANY'
    """

    ALL = "all"
    """会签: every approver of the step."""
    ANY = "any"
    """或签: the first decision settles the step."""
    K_OF_N = "k_of_n"
    """So many of them as the step says."""


class Rejections(enum.StrEnum):
    """What one rejection does on a step of `ALL` or `K_OF_N`; on a step of `ANY` the first decision settles it either way.

    >>> Rejections("count").name
    'COUNT'
    """

    END = "end"
    """It ends the request."""
    COUNT = "count"
    """It counts: the request ends once the approvals that the step needs can no longer be reached. Of `ALL` that is the first."""


class Duplicates(enum.StrEnum):
    """What happens to somebody who approved on an earlier step and stands on a later one too.

    >>> Duplicates("count").name
    'COUNT'
    """

    ASK = "ask"
    """He decides again on every step."""
    COUNT = "count"
    """His approval counts on the later steps as well."""
    SKIP_ADJACENT = "skip_adjacent"
    """His approval counts on the next step, and on from there as long as he stands on each step."""


class WhenEmpty(enum.StrEnum):
    """What happens to a request that no step of the flow applies to.

    >>> WhenEmpty("approve").name
    'APPROVE'
    """

    REFUSE = "refuse"
    """It cannot be submitted."""
    APPROVE = "approve"
    """It is approved as it is submitted."""


class WhenNobody(enum.StrEnum):
    """What happens to a step that asks nobody: its role is empty, or only the submitter holds it.

    >>> WhenNobody("skip").name
    'SKIP'
    """

    REFUSE = "refuse"
    """The request cannot be submitted."""
    SKIP = "skip"
    """The step is passed over, with the reason."""
    STAND_IN = "stand_in"
    """The flow's stand-in is asked."""


def _approvers(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple:
        raise InvalidType("approval.approvers", f"approvers are {value!r:.40}; pass a tuple of ids", name="approvers")
    for approver in value:
        one_line(None, attribute, approver)
    twice = [approver for approver, times in Counter(value).items() if times > 1]
    if twice:
        raise _no_approvers(f"{twice[0]} twice")


def _no_approvers(held: str) -> InvalidValue:
    return InvalidValue(
        "approval.approvers", f"approvers have {held}; name everybody once, at least one", name="approvers"
    )


def _each(*kinds: type) -> Callable[[object, "attrs.Attribute[Any]", Any], None]:
    """Return the validator of a field that holds a tuple of values of these classes."""
    names = ", ".join(kind.__name__ for kind in kinds)

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not tuple or any(type(item) not in kinds for item in value):
            raise InvalidType(
                "approval.records",
                f"{attribute.name} are {value!r:.40}; pass a tuple of {names}",
                name=attribute.name,
                kind=names,
            )

    return check


@attrs.frozen
class Escalation:
    """The due rule of a step: how long it may wait, and who is asked after that, found from each person who is awaited.

    Raises:
        InvalidType, InvalidValue: no time, or nobody to ask.

    >>> Escalation(dt.timedelta(days=2)).by_rule
    (Superior(levels=1),)
    """

    within: dt.timedelta = attrs.field(validator=exactly(dt.timedelta))
    """How long after it came to be waited for; that instant is still in time."""
    approvers: tuple[ActorId, ...] = attrs.field(default=(), validator=_approvers)
    by_rule: tuple[ApproverRule, ...] = attrs.field(default=(Superior(),), validator=_each(*RULES))

    def __attrs_post_init__(self) -> None:
        if self.within <= dt.timedelta():
            raise InvalidValue(
                "approval.within",
                f"a step is to be decided within {self.within}; give it time",
                within=str(self.within),
            )
        if not self.approvers and not self.by_rule:
            raise _no_approvers("nobody")


@attrs.frozen
class Step:
    """One level of a flow: who decides, in which mode, and for which requests.

    The band is over `above` and up to `up_to`, inclusive, so that neighbouring bands share a bound and leave no gap; None is no bound.
    A step applies where the band and every condition of `when` holds; what a request does not say is no reason to skip a step.

    Raises:
        InvalidType, InvalidValue: no approver and no rule to find one, one named twice, a band without an amount in it, or a number of
            approvals needed that the mode does not take.

    >>> from ltc.money import Money
    >>> director = Step("director", ("zhao",), above=Money.of("50000", "CNY"))
    >>> director.applies_to(Money.of("50000", "CNY")), director.applies_to(Money.of("50000.01", "CNY"))
    (False, True)
    """

    name: str = attrs.field(validator=one_line)
    approvers: tuple[ActorId, ...] = attrs.field(default=(), validator=_approvers)
    """The people who are named."""
    mode: StepMode = attrs.field(default=StepMode.ALL, validator=member(StepMode))
    above: Money | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Money)))
    up_to: Money | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Money)))
    by_rule: tuple[ApproverRule, ...] = attrs.field(default=(), validator=_each(*RULES))
    """Who is asked besides, found when the request is submitted."""
    needed: int | None = attrs.field(default=None, validator=attrs.validators.optional(whole(1)))
    """How many approvals a step of `K_OF_N` needs; None in the other modes."""
    rejections: Rejections = attrs.field(default=Rejections.END, validator=member(Rejections))
    when: tuple[Condition, ...] = attrs.field(default=(), validator=_each(*CONDITIONS))
    escalation: Escalation | None = attrs.field(default=None, validator=attrs.validators.optional(exactly(Escalation)))
    """By when it is to be decided, and who decides it after that; None: it has no limit."""

    def __attrs_post_init__(self) -> None:
        if not self.approvers and not self.by_rule:
            raise _no_approvers("nobody")
        most = None if self.by_rule else len(self.approvers)
        counted = self.mode is StepMode.K_OF_N
        if counted != (self.needed is not None) or (most is not None and (self.needed or 0) > most):
            raise InvalidValue(
                "approval.needed",
                f"step {self.name} of mode {self.mode.value} needs {self.needed} of {len(self.approvers)} approvals; "
                "give a number that they can reach to k of n, and none to the other modes",
                step=self.name,
                needed=str(self.needed),
                approvers=len(self.approvers),
            )
        if self.above is not None and self.up_to is not None and self.up_to <= self.above:
            raise InvalidValue(
                "approval.band",
                f"step {self.name} is for amounts above {self.above} up to {self.up_to}; the second must be larger",
                step=self.name,
                above=self.above,
                up_to=self.up_to,
            )

    @property
    def votes_needed(self) -> int:
        """How many approvals pass the step, of the approvers who are named."""
        return {StepMode.ALL: len(self.approvers), StepMode.ANY: 1}.get(self.mode, self.needed or 0)

    def in_band(self, amount: Money, /) -> bool:
        """Tell whether the band takes this amount, whatever the conditions say.

        Raises:
            CurrencyMismatch: the band is in another currency.
        """
        above = self.above is None or amount > self.above
        return above and (self.up_to is None or amount <= self.up_to)

    def unmet(self, facts: Mapping[str, Fact], /) -> Condition | None:
        """Return the first condition that these facts do not meet; a fact that is not given meets every condition."""
        return next((one for one in self.when if one.fact in facts and not one.holds(facts[one.fact])), None)

    def applies_to(self, amount: Money | None, /, facts: Mapping[str, Fact] | None = None) -> bool:
        """Tell whether a request over this amount, with these facts, passes this step.

        Raises:
            CurrencyMismatch: the band is in another currency.
            InvalidType: a fact is of another kind than its condition asks for.
        """
        known = dict(facts or {}) if amount is None else {**(facts or {}), "amount": amount}
        return (amount is None or self.in_band(amount)) and self.unmet(known) is None


@attrs.frozen
class Flow:
    """The steps of an approval in their order, and the policies around them. To change a flow make a new version: running requests keep theirs.

    Raises:
        InvalidValue: two steps of one name, a version under 1, or a stand-in without the policy that asks him.

    >>> flow = Flow("contract", 1, (Step("manager", ("wang",)), Step("finance", ("zhao", "qian"))))
    >>> [step.name for step in flow.steps], flow.submitter_may_decide
    (['manager', 'finance'], False)
    """

    id: str = attrs.field(validator=one_line)
    version: int
    steps: tuple[Step, ...]
    submitter_may_decide: bool = attrs.field(default=False, validator=exactly(bool))
    """Otherwise the submitter is left out of the approvers of his own request."""
    superior_instead: bool = attrs.field(default=False, validator=exactly(bool))
    """Whether the superior of a submitter who is left out is asked in his place."""
    duplicates: Duplicates = attrs.field(default=Duplicates.ASK, validator=member(Duplicates))
    when_empty: WhenEmpty = attrs.field(default=WhenEmpty.REFUSE, validator=member(WhenEmpty))
    when_nobody: WhenNobody = attrs.field(default=WhenNobody.REFUSE, validator=member(WhenNobody))
    stand_in: ActorId | None = attrs.field(default=None, validator=attrs.validators.optional(one_line))
    """Who is asked where a step asks nobody, with `WhenNobody.STAND_IN` alone."""
    most_detours: int = attrs.field(default=20, validator=whole(0))
    """How often a request may be sent back, handed on, looked up again or given another signer: what makes every request end."""

    def __attrs_post_init__(self) -> None:
        if (self.stand_in is None) == (self.when_nobody is WhenNobody.STAND_IN):
            raise InvalidValue(
                "approval.stand_in_policy",
                f"flow {self.id} has stand-in {self.stand_in} and policy {self.when_nobody.value}; "
                "name one with WhenNobody.STAND_IN, and only then",
                flow=self.id,
                policy=self.when_nobody.value,
            )
        if type(self.version) is not int or self.version < 1:
            raise InvalidValue(
                "approval.flow_version", f"flow {self.id} has version {self.version!r:.40}; count from 1", flow=self.id
            )
        names = Counter(step.name for step in self.steps)
        for name, times in names.items():
            if times > 1:
                raise InvalidValue(
                    "approval.step_twice",
                    f"flow {self.id} has step {name} {times} times; give every step its own name",
                    flow=self.id,
                    step=name,
                )
