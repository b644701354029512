"""A flow: the steps that a request passes before it is approved, as immutable data."""

import enum
from collections import Counter
from typing import Any

import attrs

from ltc._fields import exactly, member
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import ActorId
from ltc.money import Money
from ltc.text import one_line


class StepMode(enum.StrEnum):
    """How many of a step's approvers must approve; one rejection ends the request in both modes.

    >>> StepMode("any").name
    'ANY'
    """

    ALL = "all"
    """会签: every approver of the step."""
    ANY = "any"
    """或签: the first decision settles the step."""


class Duplicates(enum.StrEnum):
    """What happens to somebody who approved on an earlier step and stands on a later one too.

    >>> Duplicates("count").name
    'COUNT'
    """

    ASK = "ask"
    """He decides again on every step."""
    COUNT = "count"
    """His approval counts on the later steps as well."""


class WhenEmpty(enum.StrEnum):
    """What happens to a request that no step of the flow applies to.

    >>> WhenEmpty("approve").name
    'APPROVE'
    """

    REFUSE = "refuse"
    """It cannot be submitted."""
    APPROVE = "approve"
    """It is approved as it is submitted."""


def _approvers(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not tuple:
        raise InvalidType("approval.approvers", f"approvers are {value!r:.40}; pass a tuple of ids", name="approvers")
    for approver in value:
        one_line(None, attribute, approver)
    twice = [approver for approver, times in Counter(value).items() if times > 1]
    if not value or twice:
        held = f"{twice[0]} twice" if twice else "nobody"
        raise InvalidValue(
            "approval.approvers", f"approvers have {held}; name everybody once, at least one", name="approvers"
        )


@attrs.frozen
class Step:
    """One level of a flow: who decides, in which mode, and for which amounts.

    The band is over `above` and up to `up_to`, inclusive, so that neighbouring bands share a bound and leave no gap; None is no bound.
    A request without an amount passes every step.

    Raises:
        InvalidType, InvalidValue: no approver, one named twice, or a band without an amount in it.

    >>> from ltc.money import Money
    >>> director = Step("director", ("zhao",), above=Money.of("50000", "CNY"))
    >>> director.applies_to(Money.of("50000", "CNY")), director.applies_to(Money.of("50000.01", "CNY"))
    (False, True)
    """

    name: str = attrs.field(validator=one_line)
    approvers: tuple[ActorId, ...] = attrs.field(validator=_approvers)
    mode: StepMode = attrs.field(default=StepMode.ALL, validator=member(StepMode))
    above: Money | None = None
    up_to: Money | None = None

    def __attrs_post_init__(self) -> None:
        if self.above is not None and self.up_to is not None and self.up_to <= self.above:
            raise InvalidValue(
                "approval.band",
                f"step {self.name} is for amounts above {self.above} up to {self.up_to}; the second must be larger",
                step=self.name,
                above=self.above,
                up_to=self.up_to,
            )

    def applies_to(self, amount: Money | None, /) -> bool:
        """Tell whether a request over this amount passes this step.

        Raises:
            CurrencyMismatch: the band is in another currency.
        """
        if amount is None:
            return True
        above = self.above is None or amount > self.above
        return above and (self.up_to is None or amount <= self.up_to)


@attrs.frozen
class Flow:
    """The steps of an approval in their order, and the policies around them. To change a flow make a new version: running requests keep theirs.

    Raises:
        InvalidValue: two steps of one name, or a version under 1.

    >>> flow = Flow("contract", 1, (Step("manager", ("wang",)), Step("finance", ("zhao", "qian"))))
    >>> [step.name for step in flow.steps], flow.submitter_may_decide
    (['manager', 'finance'], False)
    """

    id: str = attrs.field(validator=one_line)
    version: int
    steps: tuple[Step, ...]
    submitter_may_decide: bool = attrs.field(default=False, validator=exactly(bool))
    """Otherwise the submitter is left out of the approvers of his own request."""
    duplicates: Duplicates = attrs.field(default=Duplicates.ASK, validator=member(Duplicates))
    when_empty: WhenEmpty = attrs.field(default=WhenEmpty.REFUSE, validator=member(WhenEmpty))

    def __attrs_post_init__(self) -> None:
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
