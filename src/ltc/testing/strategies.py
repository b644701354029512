"""Hypothesis strategies for the library's values, for hosts' own tests.

>>> from hypothesis import find
>>> find(money("CNY"), lambda amount: amount.minor > 99)
Money(minor=100, currency='CNY')
"""

import datetime as dt
from typing import TYPE_CHECKING

from ltc.errors import MissingExtra
from ltc.ids import ActorId, LeadId, PoolId
from ltc.money import Money

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra(
        "testing.no_hypothesis", "strategies need the package hypothesis; install it, as in pip install hypothesis"
    ) from error

if TYPE_CHECKING:
    from ltc.leads import LeadEvent

__all__ = ["days", "ids", "instants", "lead_events", "lead_histories", "lines", "money"]

_CURRENCIES = ("CNY", "JPY", "KWD", "USD")


def money(currency: str | None = None, *, least: int = -(10**18), most: int = 10**18) -> st.SearchStrategy[Money]:
    """Return amounts in minor units between `least` and `most`, both included; of CNY, JPY, KWD and USD, or one currency.

    >>> from hypothesis import find
    >>> find(money("JPY", least=7, most=9), lambda amount: True)
    Money(minor=7, currency='JPY')
    """
    currencies = st.sampled_from(_CURRENCIES) if currency is None else st.just(currency)
    return st.builds(Money, st.integers(least, most), currencies)


def instants() -> st.SearchStrategy[dt.datetime]:
    """Return instants in UTC, to the microsecond, of the years 1970 to 2100: what events keep.

    >>> from hypothesis import find
    >>> find(instants(), lambda at: True).tzinfo
    datetime.timezone.utc
    """
    return st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001  # bounds are naive


def days() -> st.SearchStrategy[dt.date]:
    """Return calendar days of the years 1970 to 2100.

    >>> from hypothesis import find
    >>> find(days(), lambda on: on > dt.date(2026, 1, 1)) > dt.date(2026, 1, 1)
    True
    """
    return st.dates(dt.date(1970, 1, 1), dt.date(2100, 1, 1))


def lines() -> st.SearchStrategy[str]:
    """Return names in any script, as `ltc.text.one_line` takes them; without spaces.

    >>> from hypothesis import find
    >>> find(lines(), lambda line: True)
    '0'
    """
    return st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20)


def ids() -> st.SearchStrategy[str]:
    """Return ids: names of one line, some with the slash of derived ones.

    >>> from hypothesis import find
    >>> find(ids(), lambda made: True)
    '0'
    """
    return lines() | st.builds("{}/{}".format, lines(), st.integers(1, 99))


def lead_events(lead: str = "L1") -> st.SearchStrategy["LeadEvent"]:
    """Return any event of a lead, on its own: for round trips, not for replay.

    >>> from hypothesis import find
    >>> find(lead_events("L7"), lambda event: True).lead
    'L7'
    """
    return st.one_of(*_by_class(lead).values())


@st.composite
def lead_histories(draw: st.DrawFn, lead: str = "L1", most: int = 6) -> "tuple[LeadEvent, ...]":
    """Return the events of one lead that can have happened in this order, at most so many after the capture: for replay.

    >>> from hypothesis import find
    >>> from ltc import leads
    >>> leads.LEAD.replay(find(lead_histories(), lambda events: True)).version
    1
    """
    from ltc import leads  # noqa: PLC0415  # who tests amounts does not owe this room

    by_class = _by_class(lead)
    events = [draw(by_class[leads.LeadCaptured])]
    state = leads.LEAD.replay(events)
    for _ in range(draw(st.integers(0, most))):
        possible = list(leads.TRANSITIONS[state.status])
        if not possible:
            break
        events.append(draw(by_class[draw(st.sampled_from(possible))]))
        state = leads.LEAD.evolve(state, events[-1])
    return tuple(events)


def _by_class(lead: str) -> "dict[type[LeadEvent], st.SearchStrategy[LeadEvent]]":
    from ltc import leads  # noqa: PLC0415  # as above

    actor, line, maybe = lines().map(ActorId), lines(), st.none() | lines()
    pool, grade, points = lines().map(PoolId), st.sampled_from(leads.Grade), st.integers(0, 100)
    nothing: st.SearchStrategy[tuple[()]] = st.just(())
    facts: dict[type[LeadEvent], dict[str, st.SearchStrategy[object]]] = {
        leads.LeadCaptured: dict.fromkeys(("name", "phone", "email", "source", "city"), maybe)
        | {"company": line, "duplicates": nothing},
        leads.LeadGraded: {"grade": grade, "points": points, "pool": pool, "reasons": nothing},
        leads.LeadNurtured: {"grade": grade, "points": points, "reasons": nothing},
        leads.LeadAssigned: {"owner": actor, "reasons": nothing},
        leads.LeadClaimed: {"owner": actor},
        leads.LeadTouched: {"by": actor, "kind": line, "note": line},
        leads.LeadReturned: {"pool": pool, "previous_owner": actor},
        leads.LeadHandedOver: {"owner": actor, "previous_owner": actor, "reason": line},
        leads.LeadConverted: {"account": line, "contact": maybe, "opportunity": maybe, "owner": actor},
        leads.LeadDisqualified: {"reason": line, "previous_owner": st.none() | actor},
    }
    return {
        event: st.builds(event, lead=st.just(LeadId(lead)), at=instants(), **given) for event, given in facts.items()
    }
