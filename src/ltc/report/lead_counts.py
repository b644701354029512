"""Leads by source and by owner: how many there are, how many repeat an earlier one, how many went back to the pool or were converted."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import attrs

from ltc.errors import InvalidValue
from ltc.leads import LeadDraft, MatchKey, keys_of
from ltc.report.rows import CONVERTED, RETURNED, LeadRow
from ltc.report.tables import Tables


@attrs.frozen
class LeadCount:
    """The leads of one source or one owner, as they were known at the end of a day.

    >>> LeadCount("展会", leads=40, duplicates=3, returned=5, converted=8).name
    '展会'
    """

    name: str | None
    """None: the leads for which none is given."""
    leads: int
    duplicates: int
    """Those that share a phone, an e-mail or a company with an earlier lead."""
    returned: int
    """Those that went back to the pool at least once."""
    converted: int


@attrs.frozen
class LeadFigures:
    """The leads of a day, in total and by source and owner, the largest group first.

    >>> total = LeadCount(None, leads=1, duplicates=0, returned=0, converted=0)
    >>> LeadFigures(total, by_source=(total,), by_owner=(total,), matched={}).total.leads
    1
    """

    total: LeadCount
    by_source: tuple[LeadCount, ...]
    by_owner: tuple[LeadCount, ...]
    matched: Mapping[str, int]
    """How many duplicates share a `phone`, an `email`, a `company` with an earlier lead; one may share several."""


def lead_figures(tables: Tables, *, as_of: dt.date) -> LeadFigures | None:
    """Return the leads that were captured by the end of a day; None if the tables hold none."""
    if not tables.leads:
        return None
    leads = [lead for lead in tables.leads if lead.created_at.date() <= as_of]
    repeats = _repeats(leads)
    done = {
        kind: {row.about for row in tables.activities if row.kind.casefold() == kind and row.at.date() <= as_of}
        for kind in (RETURNED, CONVERTED)
    }

    def count(name: str | None, group: Iterable[LeadRow]) -> LeadCount:
        ids = [lead.id for lead in group]
        return LeadCount(
            name, len(ids), _among(ids, repeats), _among(ids, done[RETURNED]), _among(ids, done[CONVERTED])
        )

    def by(of: Callable[[LeadRow], str | None]) -> tuple[LeadCount, ...]:
        groups: dict[str | None, list[LeadRow]] = defaultdict(list)
        for lead in leads:
            groups[of(lead)].append(lead)
        counts = [count(name, group) for name, group in groups.items()]
        return tuple(sorted(counts, key=lambda one: (-one.leads, one.name or "")))

    return LeadFigures(
        count(None, leads),
        by_source=by(lambda lead: lead.source),
        by_owner=by(lambda lead: lead.owner),
        matched=Counter(kind for kinds in repeats.values() for kind in sorted(kinds)),
    )


def _among(ids: Iterable[str], some: Iterable[str]) -> int:
    return sum(one in some for one in ids)


def _repeats(leads: Iterable[LeadRow]) -> dict[str, set[str]]:
    """Return the leads that share something with an earlier one, and what they share."""
    seen: set[MatchKey] = set()
    found: dict[str, set[str]] = defaultdict(set)
    for lead in sorted(leads, key=lambda lead: lead.created_at):
        for key in _keys(lead):
            if key in seen:
                found[lead.id].add(key.field)
            seen.add(key)
    return found


def _keys(lead: LeadRow) -> Iterable[MatchKey]:
    """Yield what a lead is compared by; what is no phone, no e-mail or no company is compared with nothing."""
    for field in ("phone", "email", "company"):
        try:
            draft = LeadDraft(**{"name": "-", field: getattr(lead, field)})
        except InvalidValue:
            continue
        yield from keys_of(draft)
