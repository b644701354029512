"""A scorecard: criteria on named facts give points, caps hold groups of them down, bands turn the sum into a grade."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import attrs

from ltc._scoring.conditions import Condition, holds
from ltc.errors import InvalidType, InvalidValue
from ltc.findings import Fact, Finding, Reason
from ltc.text import one_line


def _whole(_: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not int:
        raise InvalidType(
            "score.whole",
            f"{attribute.name} is {value!r:.40}; points are whole numbers: pass an int",
            name=attribute.name,
            value=repr(value)[:40],
        )


@attrs.frozen
class Criterion:
    """Points for a fact that meets a condition.

    >>> from ltc.scoring import Is
    >>> Criterion("met at a fair", fact="source", condition=Is(["fair"]), points=30).group
    'fit'
    """

    name: str = attrs.field(validator=one_line)
    fact: str = attrs.field(validator=one_line)
    """Name of the fact it looks at."""
    condition: Condition
    points: int = attrs.field(validator=_whole)
    """Added where the condition holds; may be negative."""
    group: str = attrs.field(default="fit", validator=one_line)
    """Criteria of one group can be capped together: fit, engagement."""


@attrs.frozen
class Cap:
    """The most points that a group counts, however many its criteria give.

    Raises:
        InvalidValue: a negative cap, which would take points from what is not known.

    >>> Cap("engagement", most=20).most
    20
    """

    group: str = attrs.field(validator=one_line)
    most: int = attrs.field(validator=_whole)

    def __attrs_post_init__(self) -> None:
        if self.most < 0:
            raise InvalidValue(
                "score.cap", f"the cap of group {self.group} is negative; give 0 or more", group=self.group
            )


@attrs.frozen
class Band:
    """The grade from a number of points on.

    >>> Band("A", points=60).grade
    'A'
    """

    grade: str = attrs.field(validator=one_line)
    points: int = attrs.field(validator=_whole)
    """The least that earns the grade."""


@attrs.frozen
class Scorecard:
    """How points and a grade come about; `check` says what is wrong with one.

    >>> from ltc.testing.samples.scoring import scorecard
    >>> [band.grade for band in scorecard().bands], scorecard().otherwise
    (['A', 'B', 'C'], 'D')
    """

    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]
    """The highest first."""
    otherwise: str = attrs.field(validator=one_line)
    """The grade below all bands."""
    caps: tuple[Cap, ...] = ()


@attrs.frozen
class Score:
    """What facts are worth by a scorecard, and why.

    >>> Score(80, "A", ()).points
    80
    """

    points: int
    grade: str
    reasons: tuple[Reason, ...]
    """A reason per criterion that was met, in the order of the card, then one per group that was capped."""


def score(scorecard: Scorecard, /, facts: Mapping[str, Fact]) -> Score:
    """Return points, grade and reasons of some facts; facts that no criterion looks at change nothing. Linear in the criteria.

    >>> from ltc.testing.samples.scoring import scorecard
    >>> scored = score(scorecard(), {"source": "fair", "phone": "+8613800000001", "employees": 250})
    >>> scored.points, scored.grade
    (70, 'A')
    >>> scored.reasons[0].say("zh_CN")
    '展会：30 分'
    """
    met = [criterion for criterion in scorecard.criteria if holds(criterion.condition, facts.get(criterion.fact))]
    sums: Counter[str] = Counter()
    for criterion in met:
        sums[criterion.group] += criterion.points
    capped = [cap for cap in scorecard.caps if sums[cap.group] > cap.most]
    total = sums.total() - sum(sums[cap.group] - cap.most for cap in capped)
    reasons = [Reason.of("score.points", criterion=criterion.name, points=criterion.points) for criterion in met]
    reasons += [Reason.of("score.capped", group=cap.group, points=sums[cap.group], counted=cap.most) for cap in capped]
    return Score(total, _grade(scorecard, total), tuple(reasons))


def _grade(scorecard: Scorecard, points: int) -> str:
    return next((band.grade for band in scorecard.bands if points >= band.points), scorecard.otherwise)


def check(scorecard: Scorecard, /) -> tuple[Finding, ...]:
    """Return what is wrong with a scorecard: names used twice, bands out of order, caps of no group, grades that nobody can reach.

    >>> from ltc.testing.samples.scoring import scorecard
    >>> check(scorecard())
    ()
    >>> [finding.message for finding in check(Scorecard((), bands=(), otherwise="D"))]
    ['the scorecard has no criteria; give at least one']
    """
    return (*_criteria_findings(scorecard), *_cap_findings(scorecard), *_band_findings(scorecard))


def _criteria_findings(scorecard: Scorecard) -> Iterator[Finding]:
    if not scorecard.criteria:
        yield Finding("score.no_criteria", ("criteria",), "the scorecard has no criteria; give at least one")
    yield from _twice("criteria", (criterion.name for criterion in scorecard.criteria))


def _cap_findings(scorecard: Scorecard) -> Iterator[Finding]:
    yield from _twice("caps", (cap.group for cap in scorecard.caps))
    groups = {criterion.group for criterion in scorecard.criteria}
    for place, cap in enumerate(scorecard.caps):
        if cap.group not in groups:
            message = f"no criterion is in group {cap.group}; cap one of the groups in use"
            yield Finding("score.unknown_group", ("caps", place), message, value=cap.group)


def _band_findings(scorecard: Scorecard) -> Iterator[Finding]:
    yield from _twice("bands", (*(band.grade for band in scorecard.bands), scorecard.otherwise))
    for place, (above, below) in enumerate(pairwise(scorecard.bands), 1):
        if above.points <= below.points:
            message = (
                f"the bands go from {above.points} to {below.points} points; list them from the highest down, each once"
            )
            yield Finding("score.bands", ("bands", place), message, value=str(below.points))
    best = _most(scorecard)
    for place, band in enumerate(scorecard.bands):
        if band.points > best:
            message = f"grade {band.grade} takes {band.points} points; {best} is the most that the criteria give"
            yield Finding("score.out_of_reach", ("bands", place), message, value=str(band.points))


def _twice(part: str, names: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield Finding(
                "score.twice", (part, place), f"the name {name} stands there twice; give each its own", value=name
            )
        seen.add(name)


def _most(scorecard: Scorecard) -> int:
    """Return the points if every criterion with positive points were met and no other: an upper bound."""
    sums: Counter[str] = Counter()
    for criterion in scorecard.criteria:
        sums[criterion.group] += max(criterion.points, 0)
    caps = {cap.group: cap.most for cap in scorecard.caps}
    return sum(min(points, caps.get(group, points)) for group, points in sums.items())
