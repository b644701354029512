"""A rota: whose turn it is 轮流, as a thing with a history, so that two programs cannot give the same turn twice."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, assert_never

import attrs

from ltc.errors import InvalidValue, Refused
from ltc.events import Change, Life, evolved, instant, no_beginning
from ltc.ids import ActorId, LeadId
from ltc.text import one_line, optional_line


@attrs.frozen
class Rota:
    """The order in which members are given leads, and who was last: made by `open_rota`, moved by `assign`.

    >>> from ltc.testing.samples.leads import rota
    >>> rota().members, rota().last
    (('li', 'wang', 'zhao'), None)
    """

    id: str
    version: int
    members: tuple[ActorId, ...]
    """In the order of their turns."""
    last: ActorId | None = None
    """Who was given the last lead; None before the first."""

    @property
    def turns(self) -> tuple[ActorId, ...]:
        """The members from the next one on, once around.

        >>> from ltc.testing.samples.leads import rota
        >>> from ltc.events import evolved
        >>> evolved(rota(), last="li").turns
        ('wang', 'zhao', 'li')
        """
        start = 0 if self.last is None else self.members.index(self.last) + 1
        return self.members[start:] + self.members[:start]


def _each_once(
    instance: object, attribute: "attrs.Attribute[tuple[ActorId, ...]]", members: tuple[ActorId, ...]
) -> None:
    for member in members:
        one_line(instance, attribute, member)
    if not members or len(set(members)) < len(members):
        raise InvalidValue(
            "lead.rota_members",
            f"a rota goes round {len(members)} members, {len(set(members))} of them different; name each once, and at least one",
            members=len(members),
            different=len(set(members)),
        )


@attrs.frozen
class RotaOpened:
    """A rota began.

    >>> from ltc.testing.samples.leads import NOON
    >>> RotaOpened("east", members=("li", "wang"), at=NOON).members
    ('li', 'wang')
    """

    rota: str = attrs.field(validator=one_line)
    members: tuple[ActorId, ...] = attrs.field(validator=_each_once)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RotaAdvanced:
    """A member was given a lead; the next one's turn begins.

    >>> from ltc.testing.samples.leads import NOON
    >>> RotaAdvanced("east", given="li", lead="L1", at=NOON).given
    'li'
    """

    rota: str = attrs.field(validator=one_line)
    given: ActorId = attrs.field(validator=one_line)
    lead: LeadId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class RotaRemanned:
    """Members joined or left; turns go on behind the last one who stayed.

    >>> from ltc.testing.samples.leads import NOON
    >>> RotaRemanned("east", members=("wang", "zhao"), last=None, at=NOON).members
    ('wang', 'zhao')
    """

    rota: str = attrs.field(validator=one_line)
    members: tuple[ActorId, ...] = attrs.field(validator=_each_once)
    last: ActorId | None = attrs.field(validator=optional_line)
    """One of the members, or None: the first one is next."""
    at: dt.datetime = attrs.field(converter=instant)

    def __attrs_post_init__(self) -> None:
        if self.last is not None and self.last not in self.members:
            raise InvalidValue(
                "lead.rota_last",
                f"rota {self.rota} goes on behind {self.last}, who is not on it; name a member or None",
                rota=self.rota,
                last=self.last,
            )


RotaEvent = RotaOpened | RotaAdvanced | RotaRemanned


def begin(event: RotaEvent) -> Rota:
    """Return the rota that its opening makes."""
    match event:
        case RotaOpened(rota=rota, members=members):
            return Rota(rota, 1, members)
        case _:
            raise no_beginning(event)


def evolve(rota: Rota, event: RotaEvent) -> Rota:
    """Return the rota after an event: the only place where a rota changes."""
    version = rota.version + 1
    match event:
        case RotaAdvanced(given=given):
            return evolved(rota, version=version, last=given)
        case RotaRemanned(members=members, last=last):
            return evolved(rota, version=version, members=members, last=last)
        case RotaOpened():
            raise InvalidValue(
                "lead.rota_opened_twice",
                f"rota {rota.id} exists at version {rota.version}; a rota is opened once",
                rota=rota.id,
            )
        case _:
            assert_never(event)


ROTA: Final[Life[Rota, RotaEvent]] = Life(
    "rota",
    Rota,
    begin,
    evolve,
    {"opened": RotaOpened, "advanced": RotaAdvanced, "remanned": RotaRemanned},
)
"""The life of a rota: for stores and for replay."""


def open_rota(rota_id: str, *, members: Iterable[ActorId], now: dt.datetime) -> Change[Rota, RotaEvent]:
    """Open a rota over members in the order of their turns, each named once.

    Raises:
        InvalidValue: no members, or one named twice.

    >>> from ltc.testing.samples.leads import NOON
    >>> open_rota("east", members=["li", "wang"], now=NOON).after.turns
    ('li', 'wang')
    """
    return ROTA.change(None, RotaOpened(rota_id, members=tuple(members), at=now))


def reman(rota: Rota, *, members: Iterable[ActorId], now: dt.datetime) -> Change[Rota, RotaEvent]:
    """Set who is on a rota: whoever stays keeps the place of the turn, so that nobody is given two leads in a row by a change of staff.

    Where the last one given has left, turns go on behind the nearest one before him who stays.

    Raises:
        InvalidValue: no members, or one named twice.
        Refused: `lead.rota_unchanged`: these are its members already, in this order.

    >>> from ltc.testing.samples.leads import NOON, rota
    >>> reman(rota(), members=["wang", "zhao"], now=NOON).after.turns
    ('wang', 'zhao')
    """
    wanted = tuple(members)
    if wanted == rota.members:
        raise Refused(
            "lead.rota_unchanged",
            f"rota {rota.id} has these members already; name others, or another order",
            rota=rota.id,
        )
    given = [] if rota.last is None else [member for member in reversed(rota.turns) if member in wanted]
    return ROTA.change(rota, RotaRemanned(rota.id, members=wanted, last=next(iter(given), None), at=now))
