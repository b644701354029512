"""Who holds which post, reports to whom and is away: what a host is asked, and a reference answer."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import attrs

from ltc._fields import whole
from ltc.errors import InvalidType, InvalidValue
from ltc.events import instant
from ltc.ids import ActorId, EntityId
from ltc.text import one_line


@attrs.frozen
class InRole:
    """Whoever holds a role: in the submitter's company, or in the one that is named.

    >>> InRole("cfo", company="E2").company
    'E2'
    """

    role: str = attrs.field(validator=one_line)
    company: EntityId | None = attrs.field(default=None, validator=attrs.validators.optional(one_line))


@attrs.frozen
class Superior:
    """The superior of a person, so many levels up: 1 is the one whom he reports to.

    >>> Superior(2).levels
    2
    """

    levels: int = attrs.field(default=1, validator=whole(1))


ApproverRule = InRole | Superior
"""How an approver is found who is not named as a person."""
RULES: Final = (InRole, Superior)


class OrgDirectory(Protocol):
    """What approvals ask about an organisation; every answer is as of an instant, so that it can be given again later.

    >>> from ltc.testing.samples.approvals import NOON, organisation
    >>> directory: OrgDirectory = organisation()
    >>> directory.holders("finance", company="E1", at=NOON), directory.superior("li", at=NOON)
    (('zhao', 'qian'), 'wang')
    """

    def holders(self, role: str, /, *, company: EntityId, at: dt.datetime) -> Sequence[ActorId]:
        """Everybody who holds the role in the company then, absent or not, each once, in an order that does not change."""

    def superior(self, person: ActorId, /, *, at: dt.datetime) -> ActorId | None:
        """Whom the person reports to then; None for nobody."""

    def company_of(self, person: ActorId, /, *, at: dt.datetime) -> EntityId | None:
        """Where the person works then; None for nowhere."""

    def is_absent(self, person: ActorId, /, *, at: dt.datetime) -> bool:
        """Tell whether the person is away then, so that others of his role, or his superior, are asked instead."""


def check_window(since: dt.datetime, until: dt.datetime | None, /, *, person: str) -> None:
    """Refuse a window without an instant in it."""
    if until is not None and until <= since:
        raise InvalidValue(
            "approval.window",
            f"the window of {person} begins {since} and ends {until}; the end must be later",
            person=person,
            since=since,
            until=until,
        )


@attrs.frozen
class Post:
    """Somebody held a role in a company and reported to somebody, from an instant until another, which is out; None is no end.

    Raises:
        InvalidValue: the end is not after the beginning, or he reports to himself.

    >>> from ltc.testing.samples.approvals import NOON
    >>> Post("li", company="E1", role="rep", reports_to="wang", since=NOON).in_force(NOON)
    True
    """

    person: ActorId = attrs.field(validator=one_line)
    company: EntityId = attrs.field(validator=one_line)
    role: str = attrs.field(validator=one_line)
    since: dt.datetime = attrs.field(converter=instant)
    until: dt.datetime | None = attrs.field(default=None, converter=attrs.converters.optional(instant))
    reports_to: ActorId | None = attrs.field(default=None, validator=attrs.validators.optional(one_line))

    def __attrs_post_init__(self) -> None:
        check_window(self.since, self.until, person=self.person)
        if self.reports_to == self.person:
            raise InvalidValue(
                "approval.own_superior",
                f"{self.person} reports to himself; name another or nobody",
                person=self.person,
            )

    def in_force(self, at: dt.datetime, /) -> bool:
        """Tell whether he held it then."""
        return self.since <= at and (self.until is None or at < self.until)


@attrs.frozen
class Absence:
    """Somebody is away from an instant until another, which is out; None is no end.

    Raises:
        InvalidValue: the end is not after the beginning.

    >>> from ltc.testing.samples.approvals import NOON
    >>> Absence("zhao", since=NOON).in_force(NOON)
    True
    """

    person: ActorId = attrs.field(validator=one_line)
    since: dt.datetime = attrs.field(converter=instant)
    until: dt.datetime | None = attrs.field(default=None, converter=attrs.converters.optional(instant))

    def __attrs_post_init__(self) -> None:
        check_window(self.since, self.until, person=self.person)

    def in_force(self, at: dt.datetime, /) -> bool:
        """Tell whether he is away then."""
        return self.since <= at and (self.until is None or at < self.until)


def _all_of(kind: type, name: str, values: object) -> None:
    if type(values) is not tuple or not all(type(value) is kind for value in values):
        raise InvalidType(
            "approval.records",
            f"{name} are {values!r:.40}; pass a tuple of {kind.__name__}",
            name=name,
            kind=kind.__name__,
        )


@attrs.frozen
class Organisation:
    """The reference directory: posts and absences with their dates. Of several posts of a person the first says company and superior.

    Raises:
        InvalidType: no tuple of posts, or of absences.

    >>> from ltc.testing.samples.approvals import NOON, organisation
    >>> organisation().company_of("li", at=NOON)
    'E1'
    """

    posts: tuple[Post, ...]
    absences: tuple[Absence, ...] = ()

    def __attrs_post_init__(self) -> None:
        _all_of(Post, "posts", self.posts)
        _all_of(Absence, "absences", self.absences)

    def holders(self, role: str, /, *, company: EntityId, at: dt.datetime) -> tuple[ActorId, ...]:
        """As `OrgDirectory.holders`, in the order of the posts."""
        posts = (post for post in self.posts if post.in_force(at))
        return tuple(dict.fromkeys(post.person for post in posts if (post.role, post.company) == (role, company)))

    def superior(self, person: ActorId, /, *, at: dt.datetime) -> ActorId | None:
        """As `OrgDirectory.superior`."""
        return next((post.reports_to for post in self._held(person, at) if post.reports_to is not None), None)

    def company_of(self, person: ActorId, /, *, at: dt.datetime) -> EntityId | None:
        """As `OrgDirectory.company_of`."""
        return next((post.company for post in self._held(person, at)), None)

    def is_absent(self, person: ActorId, /, *, at: dt.datetime) -> bool:
        """As `OrgDirectory.is_absent`."""
        return any(absence.person == person and absence.in_force(at) for absence in self.absences)

    def _held(self, person: ActorId, at: dt.datetime) -> Iterator[Post]:
        return (post for post in self.posts if post.person == person and post.in_force(at))
