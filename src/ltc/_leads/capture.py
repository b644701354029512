"""Capture: a row of any channel becomes a draft, checked and normalised, and the draft becomes a lead."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ltc._leads.lead import Lead, LeadCaptured, LeadEvent
from ltc._leads.life import LEAD
from ltc.errors import InvalidType, InvalidValue, LtcError
from ltc.events import Change
from ltc.findings import Finding
from ltc.ids import LeadId
from ltc.text import one_line, optional_line

_HOME: Final = "86"
_EXTENSION: Final = re.compile(
    r"(?:[,;]?\s*(?:extension|ext\.?|x|#|转|分机)\s*:?\s*|;ext=)([0-9]{1,6})$", re.IGNORECASE
)
_SEPARATORS: Final = str.maketrans("", "", " -.()·‐‑–—")
_DIGITS: Final = re.compile(r"\+?[0-9]{7,15}")
_MOBILE: Final = re.compile(r"(?:86)?(1[3-9][0-9]{9})")
_LONGEST: Final = 254  # of an address that mail can carry; no phone number comes near
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")


def phone_of(text: str, /) -> str:
    """Return a phone number in one form: `+` country and number, `;ext=` and the extension where there is one.

    Full-width digits, separators, 0086, a bare 86 and a trunk 0 are understood. Without a country a mobile number and one that begins with 0 are
    Chinese; any other stays without country. Whether the number is in use nobody knows; the optional `phonenumbers` knows more ranges.

    Raises:
        InvalidValue: not 7 to 15 digits.
        InvalidType: no str.

    >>> phone_of("0086 138-0000-0001"), phone_of("（021）6888 1234 转 5"), phone_of("+1 (415) 555-0100")
    ('+8613800000001', '+862168881234;ext=5', '+14155550100')
    """
    plain = _plain("phone", text)
    extension = _EXTENSION.search(plain)
    digits = (plain[: extension.start()] if extension else plain).translate(_SEPARATORS)
    if not _DIGITS.fullmatch(digits):
        raise InvalidValue(
            "lead.phone",
            f"{text[:40]!a} is no phone number; give 7 to 15 digits, with + and the country for a foreign one",
            phone=text[:40],
        )
    return _with_country(digits) + (f";ext={extension[1]}" if extension else "")


def _with_country(digits: str) -> str:
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("0"):
        return f"+{_HOME}{digits[1:]}"
    if digits.startswith(f"+{_HOME}0"):
        return f"+{_HOME}{digits[4:]}"
    mobile = _MOBILE.fullmatch(digits)
    return f"+{_HOME}{mobile[1]}" if mobile else digits


def _plain(name: str, text: str) -> str:
    """Return a text narrow and without spaces around it; nothing of one that is too long to be looked at."""
    if not isinstance(text, str):
        raise InvalidType("text.type", f"{name} is {text!r:.40}; pass a str", name=name)
    return unicodedata.normalize("NFKC", text).strip() if len(text) <= _LONGEST else ""


def email_of(text: str, /) -> str:
    """Return an e-mail address in one form: full width made narrow, no spaces around, lower case.

    Raises:
        InvalidValue: not of the form name@host.domain, or over 254 characters.
        InvalidType: no str.

    >>> email_of(" Chen.Jing@Huadong.example ")
    'chen.jing@huadong.example'
    """
    plain = _plain("email", text).lower()
    if not _EMAIL.fullmatch(plain):
        raise InvalidValue(
            "lead.email",
            f"{text[:40]!a} is no e-mail address; write one such as name@example.com",
            email=text[:40],
        )
    return plain


@attrs.frozen(kw_only=True)
class LeadDraft:
    """What is known of a lead before it is one: checked, phone and e-mail in one form each.

    Raises:
        InvalidValue: neither name nor company, or a field that cannot be used.

    >>> LeadDraft(company="华东机械有限公司", phone="138 0000 0001").phone
    '+8613800000001'
    """

    name: str | None = attrs.field(default=None, validator=optional_line)
    company: str | None = attrs.field(default=None, validator=optional_line)
    phone: str | None = attrs.field(default=None, converter=attrs.converters.optional(phone_of))
    email: str | None = attrs.field(default=None, converter=attrs.converters.optional(email_of))
    source: str | None = attrs.field(default=None, validator=optional_line)
    """The channel it came from: a web form, a fair, a campaign."""
    city: str | None = attrs.field(default=None, validator=optional_line)

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.company is None:
            raise _nameless()


def _nameless() -> InvalidValue:
    return InvalidValue("lead.nameless", "a lead has neither name nor company; give one of them")


_FIELDS: Final = attrs.fields_dict(LeadDraft)


def draft_of(
    row: Mapping[str, object], /, *, path: tuple[str | int, ...] = ()
) -> tuple[LeadDraft | None, tuple[Finding, ...]]:
    """Return the draft of a row of cells, or the findings of everything that is wrong with it; nothing is raised.

    Cells are trimmed, a blank or missing one means unknown, columns that a draft has not are left alone. A row with a finding has no
    draft. `path` says where the row stands, such as `("leads.csv", 17)`; the column is added to it.

    >>> draft, findings = draft_of({"company": "华东机械有限公司", "phone": "１３８０００００００１", "city": ""})
    >>> draft.phone, draft.city, findings
    ('+8613800000001', None, ())
    >>> draft, findings = draft_of({"name": "=1+1", "phone": "12"}, path=("leads.csv", 4))
    >>> draft, [finding.path for finding in findings]
    (None, [('leads.csv', 4, 'name'), ('leads.csv', 4, 'phone')])
    """
    cells: dict[str, str] = {}
    findings: list[Finding] = []
    for name in _FIELDS:
        value = row.get(name)
        if value is None or value == "":
            continue
        try:
            cell = _checked(name, value)
        except LtcError as error:
            findings.append(Finding.of(error, *path, name, value=value if isinstance(value, str) else None))
        else:
            cells.update({name: cell} if cell else {})
    if not findings and not {"name", "company"} & cells.keys():
        findings.append(Finding.of(_nameless(), *path))
    return (None if findings else LeadDraft(**cells)), tuple(findings)


def _checked(name: str, value: object) -> str:
    if isinstance(value, str) and not value.strip():
        return ""
    one_line(None, _FIELDS[name], value)  # before anything reads it: a cell may hold a megabyte
    cell = str(value).strip()
    if cell.startswith("="):
        raise InvalidValue(
            "lead.formula",
            f"{name} begins with =, which a spreadsheet would run; write it without",
            name=name,
        )
    return {"phone": phone_of, "email": email_of}.get(name, str)(cell)


def capture(
    lead_id: LeadId, draft: LeadDraft, *, duplicates: Iterable[LeadId] = (), now: dt.datetime
) -> Change[Lead, LeadEvent]:
    """Capture a lead 获取: it begins, unreviewed, and remembers which leads looked like it.

    >>> from ltc.testing.samples.leads import NOON
    >>> lead = capture("L1", LeadDraft(company="华东机械有限公司"), duplicates=["L0"], now=NOON).after
    >>> lead.status, lead.version, lead.duplicates
    (<LeadStatus.UNREVIEWED: 'unreviewed'>, 1, ('L0',))
    """
    if not isinstance(draft, LeadDraft):
        raise InvalidType(
            "lead.no_draft",
            f"lead {lead_id} has no draft but a {type(draft).__name__}; pass a LeadDraft, or say what `draft_of` found wrong",
            lead=lead_id,
        )
    return LEAD.change(
        None,
        LeadCaptured(
            lead_id,
            name=draft.name,
            company=draft.company,
            phone=draft.phone,
            email=draft.email,
            source=draft.source,
            city=draft.city,
            duplicates=tuple(duplicates),
            at=now,
        ),
    )
