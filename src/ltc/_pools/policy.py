"""The rules of a pool and its three clocks: protection, extension, cap."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

import attrs

from ltc.calendars import end_of_day, local_day
from ltc.errors import InvalidType, InvalidValue

_MOST: Final = 36_500


def _count(_: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if type(value) is not int:
        raise InvalidType(
            "pool.count_type",
            f"{attribute.name} is {value!r:.40}; pass an int",
            name=attribute.name,
            value=repr(value)[:40],
        )
    if not 0 <= value <= _MOST:
        raise InvalidValue(
            "pool.count",
            f"{attribute.name} is out of range; give 0 to {_MOST}",
            name=attribute.name,
            most=_MOST,
        )


def _zone(_: object, __: object, value: str) -> None:
    local_day(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), value)


def _kinds(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):  # whose letters would each become a kind
        raise InvalidType(
            "pool.kinds", f"{values!a:.40} is one kind; give several, as in ('call', 'visit')", value=ascii(values)[:40]
        )
    return tuple(values)


_OPTIONAL_COUNT: Final = attrs.validators.optional(_count)


@attrs.frozen(kw_only=True)
class PoolPolicy:
    """The rules of a pool, in local days of its zone.

    Raises:
        InvalidValue: an unknown zone, a number outside 0 to 36,500, or a cap below the protection.

    >>> PoolPolicy(zone="Asia/Shanghai", protection_days=10, extension_days=3, cap_days=20).daily_claims is None
    True
    """

    zone: str = attrs.field(validator=_zone)
    """IANA name, such as "Asia/Shanghai"."""
    protection_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the claim in which it stays with its owner, act or no act."""
    extension_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the last qualifying act."""
    cap_days: int = attrs.field(validator=_count)
    """Whole days behind the day of the claim that no act extends."""
    qualifying: tuple[str, ...] = attrs.field(default=("call", "email", "visit"), converter=_kinds)
    """Kinds of act that extend."""
    daily_claims: int | None = attrs.field(default=None, validator=_OPTIONAL_COUNT)
    """The most claims of one rep on one local day; counted on claims, so that giving back does not refill it. None: any number."""
    capacity: int | None = attrs.field(default=None, validator=_OPTIONAL_COUNT)
    """The most that one rep may hold. None: any number."""
    cooldown_days: int = attrs.field(default=0, validator=_count)
    """Whole days behind the day on which a former owner lost it, in which he cannot claim it back."""
    fresh_hours: int = attrs.field(default=0, validator=_count)
    """Hours in which what is new can be assigned, but not claimed."""

    def __attrs_post_init__(self) -> None:
        if self.cap_days < self.protection_days:
            raise InvalidValue(
                "pool.cap",
                f"the cap is {self.cap_days} days, the protection {self.protection_days}; make the cap at least as long",
                cap=self.cap_days,
                protection=self.protection_days,
            )


def due_of(policy: PoolPolicy, /, *, since: dt.datetime, acts: Iterable[tuple[str, dt.datetime]]) -> dt.datetime:
    """Return the last instant at which what is owned `since` still belongs to its owner: the end of its local due day.

    `acts` are kinds with instants in any order; those before `since` or of a kind that does not qualify are passed by. Linear.

    >>> import datetime as dt
    >>> policy = PoolPolicy(zone="UTC", protection_days=10, extension_days=3, cap_days=20)
    >>> due_of(policy, since=dt.datetime(2019, 3, 25, tzinfo=dt.UTC), acts=[]).date()
    datetime.date(2019, 4, 4)
    """
    claimed = local_day(since, policy.zone)
    due = day_after(claimed, policy.protection_days)
    last = max((at for kind, at in acts if at >= since and kind in policy.qualifying), default=None)
    if last is not None:
        due = max(due, day_after(local_day(last, policy.zone), policy.extension_days))
    return end_of_day(min(due, day_after(claimed, policy.cap_days)), policy.zone)


def day_after(start: dt.date, days: int) -> dt.date:
    """Return the day so many days later; the last day that a date can hold where there is none."""
    return dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))
