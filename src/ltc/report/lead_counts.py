"""Leads by source and by owner: how many there are, how many repeat an earlier one, how many went back to the pool or were converted."""

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import attrs

from ltc.report.rows import CONVERTED, RETURNED, LeadRow
from ltc.report.tables import Tables

_SUFFIX = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|公司|colimited|coltd|corporation|limited|gmbh|corp|inc|ltd|llc|ag)$"
)
_SHORTEST_PHONE = 7


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
    seen: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for lead in sorted(leads, key=lambda lead: lead.created_at):
        for kind, key in _keys(lead):
            if key in seen[kind]:
                found[lead.id].add(kind)
            seen[kind].add(key)
    return found


def _keys(lead: LeadRow) -> Iterable[tuple[str, str]]:
    keys = (("phone", phone_key(lead.phone)), ("email", email_key(lead.email)), ("company", company_key(lead.company)))
    return [(kind, key) for kind, key in keys if key]


def phone_key(phone: str | None) -> str:
    """Return the digits of a phone without the prefix of China and without an extension; too few digits are none.

    >>> phone_key("+86 138-0000-0001"), phone_key("１３８０００００００１ 转 12"), phone_key("110")
    ('13800000001', '13800000001', '')
    """
    text = re.split(r"(?i)ext|转|分机|#|x", unicodedata.normalize("NFKC", phone or ""))[0]
    digits = "".join(char for char in text if char.isdigit())
    digits = re.sub(r"^(00)?86(?=\d{10,11}$)", "", digits)
    return digits if len(digits) >= _SHORTEST_PHONE else ""


def email_key(email: str | None) -> str:
    """Return an e-mail as it is compared: without case and spaces; what has no @ is none.

    >>> email_key(" Li@Example.com "), email_key("n/a")
    ('li@example.com', '')
    """
    text = unicodedata.normalize("NFKC", email or "").strip().casefold()
    return text if "@" in text else ""


def company_key(company: str | None) -> str:
    """Return the name of a company as it is compared: without case, marks and its legal form.

    >>> company_key("华东机械（上海）有限公司") == company_key("华东机械(上海)"), company_key("Acme Co., Ltd.")
    (True, 'acme')
    """
    text = unicodedata.normalize("NFKC", company or "").casefold()
    bare = "".join(char for char in text if char.isalnum())
    return _SUFFIX.sub("", bare) or bare
