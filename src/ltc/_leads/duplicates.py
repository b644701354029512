"""Duplicates 查重: which leads look like one another, by exact keys in one form each.

The keys are what a host indexes: a new lead asks for those that share one (`keys_of`), and only they are compared (`hints`).
"""

import enum
from collections.abc import Iterable, Mapping
from typing import Final, Literal

import attrs

from ltc._leads.capture import LeadDraft
from ltc._leads.lead import Lead
from ltc.findings import Reason
from ltc.ids import LeadId
from ltc.text import company_key

KeyField = Literal["phone", "email", "company"]
"""What a match key is made of."""

_AGREES: Final[Mapping[KeyField, str]] = {
    "phone": "lead.same_phone",
    "email": "lead.same_email",
    "company": "lead.same_company",
}


class Verdict(enum.StrEnum):
    """What a duplicate hint advises, the weakest first.

    >>> [verdict.value for verdict in Verdict]
    ['allow', 'warn', 'block']
    """

    ALLOW = "allow"
    """Nothing agrees."""
    WARN = "warn"
    """The company agrees, or a telephone that several may share: a local number, a switchboard with two extensions. Perhaps another person."""
    BLOCK = "block"
    """The e-mail address or the whole phone number agrees, country and extension included: hardly somebody else."""


_RANK: Final = tuple(Verdict)


@attrs.frozen
class MatchKey:
    """One field in the form in which it is compared.

    >>> MatchKey("company", "华东机械").value
    '华东机械'
    """

    field: KeyField
    value: str


@attrs.frozen
class DuplicateHint:
    """A lead that looks like the one asked about, with a reason for each field that agrees.

    >>> hint = DuplicateHint("L1", Verdict.WARN, (Reason.of("lead.same_company", lead="L1", value="华东机械"),))
    >>> hint.reasons[0].say("zh_CN")
    '公司与 L1 相同：华东机械'
    """

    lead: LeadId
    verdict: Verdict
    reasons: tuple[Reason, ...]


def keys_of(subject: LeadDraft | Lead, /) -> tuple[MatchKey, ...]:
    """Return the keys of a draft or a lead: at most one each of phone (without extension), e-mail and company.

    >>> from ltc.testing.samples.leads import draft
    >>> [key.value for key in keys_of(draft())]
    ['+8613800000001', 'chen.jing@huadong.example', '华东机械']
    """
    keys = (
        MatchKey("phone", (subject.phone or "").partition(";")[0]),
        MatchKey("email", (subject.email or "").strip().lower()),
        MatchKey("company", company_key(subject.company or "")),
    )
    return tuple(key for key in keys if key.value)


def hints(subject: LeadDraft | Lead, /, candidates: Iterable[Lead]) -> tuple[DuplicateHint, ...]:
    """Return which candidates look like the subject, the strongest hint first, then by id; those with nothing in common are left out.

    Symmetric: what A says of B, B says of A. A lead is no duplicate of itself. Linear; pass candidates found by key.

    >>> from ltc.testing.samples.leads import captured_lead
    >>> [hint] = hints(LeadDraft(company="华东机械（中国）有限公司"), [captured_lead().after])
    >>> hint.lead, hint.verdict
    ('L1', <Verdict.WARN: 'warn'>)
    """
    own, own_id = keys_of(subject), subject.id if isinstance(subject, Lead) else None
    found = [
        _hint(subject, candidate, common)
        for candidate in candidates
        if candidate.id != own_id and (common := [key for key in keys_of(candidate) if key in own])
    ]
    return tuple(sorted(found, key=lambda hint: (-_RANK.index(hint.verdict), hint.lead)))


def _hint(subject: LeadDraft | Lead, candidate: Lead, common: list[MatchKey]) -> DuplicateHint:
    fields = {key.field for key in common}
    same_person = "email" in fields or ("phone" in fields and _is_one_phone(subject.phone, candidate.phone))
    reasons = (Reason.of(_AGREES[key.field], lead=candidate.id, value=key.value) for key in common)
    return DuplicateHint(candidate.id, Verdict.BLOCK if same_person else Verdict.WARN, tuple(reasons))


def _is_one_phone(one: str | None, other: str | None) -> bool:
    """Return whether two numbers ring at one desk: without its country a number is another one in the next town."""
    return one == other and one is not None and one.startswith("+")


def verdict_of(hints: Iterable[DuplicateHint], /) -> Verdict:
    """Return the strongest verdict of some hints; `ALLOW` where there are none.

    >>> verdict_of([])
    <Verdict.ALLOW: 'allow'>
    """
    return max((hint.verdict for hint in hints), key=_RANK.index, default=Verdict.ALLOW)
