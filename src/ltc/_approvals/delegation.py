"""Who decides for whom, from when until when."""

import datetime as dt

import attrs

from ltc._approvals.directory import check_window
from ltc.errors import InvalidValue
from ltc.events import instant
from ltc.ids import ActorId
from ltc.text import one_line


@attrs.frozen
class Delegation:
    """A deputy decides for his principal from an instant until another, which is out; None is no end. It does not pass on.

    Raises:
        InvalidValue: the end is not after the beginning, or somebody is his own deputy.

    >>> from ltc.testing.samples.approvals import NOON
    >>> Delegation("wang", deputy="sun", since=NOON, until=NOON + dt.timedelta(days=7)).covers(NOON)
    True
    """

    principal: ActorId = attrs.field(validator=one_line)
    deputy: ActorId = attrs.field(validator=one_line)
    since: dt.datetime = attrs.field(converter=instant)
    until: dt.datetime | None = attrs.field(default=None, converter=attrs.converters.optional(instant))

    def __attrs_post_init__(self) -> None:
        check_window(self.since, self.until, person=self.deputy)
        if self.principal == self.deputy:
            raise InvalidValue(
                "approval.own_deputy", f"{self.deputy} is his own deputy; name another", person=self.deputy
            )

    def covers(self, at: dt.datetime, /) -> bool:
        """Tell whether the deputy may decide then."""
        return self.since <= at and (self.until is None or at < self.until)
