"""Exact keys, the hints they give, and that a hint is mutual."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.ids import LeadId
from ltc.leads import (
    DuplicateHint,
    Lead,
    LeadDraft,
    MatchKey,
    Verdict,
    capture,
    company_key,
    hints,
    keys_of,
    verdict_of,
)
from ltc.testing.samples.leads import NOON


@pytest.mark.parametrize(
    "company, key",
    [
        ("华东机械有限公司", "华东机械"),
        ("华东机械有限责任公司", "华东机械"),
        ("华东机械股份有限公司", "华东机械"),
        ("华东机械股份公司", "华东机械"),
        ("华东机械公司", "华东机械"),
        ("华东机械（中国）有限公司", "华东机械"),
        ("华东机械(上海)有限公司", "华东机械上海"),
        (" 华东 机械　有限公司 ", "华东机械"),
        ("华东机械集团有限公司", "华东机械集团"),
        ("ＡＢＢ（中国）有限公司", "abb"),
        ("Acme Tools Co., Ltd.", "acmetools"),
        ("ACME TOOLS CO LTD", "acmetools"),
        ("Acme-Tools, Inc.", "acmetools"),
        ("Acme Tools (China) Co.,Ltd", "acmetools"),
        ("Müller GmbH & Co. KG", "müller"),
        ("Straße AG", "strasse"),
        ("Ferrari S.p.A.", "ferrarispa"),
        ("Renault S.A.", "renault"),
        ("Co., Ltd.", "co"),
        ("有限公司", "有限公司"),
        ("——", ""),
        ("", ""),
    ],
)
def test_a_company_has_one_key(company: str, key: str) -> None:
    assert company_key(company) == key


@given(st.text(max_size=40))
def test_a_key_has_neither_spaces_nor_capitals(company: str) -> None:
    key = company_key(company)
    assert not any(letter.isspace() for letter in key)
    assert company_key(f" {company} ") == key


def test_keys_of_what_is_known_only() -> None:
    assert keys_of(LeadDraft(name="陈静")) == ()
    assert keys_of(LeadDraft(company="华东机械有限公司", phone="021-68881234 转 5", email="A@b.cn")) == (
        MatchKey("phone", "+862168881234"),
        MatchKey("email", "a@b.cn"),
        MatchKey("company", "华东机械"),
    )


PHONES = st.sampled_from(
    [
        None,
        "13800000001",
        "+86 138 0000 0001",
        "8613800000001",
        "13900000002",
        "021-68881234 转 5",
        "021-68881234 转 6",
        "021-68881234",
        "68881234",
        "68881234 转 5",
    ]
)
EMAILS = st.sampled_from([None, "a@b.cn", "A@B.CN ", "c@d.cn"])
COMPANIES = st.sampled_from(
    ["华东机械有限公司", "华东机械（中国）有限责任公司", "华南机械有限公司", "Acme Inc.", "ACME"]
)
DRAFTS = st.builds(LeadDraft, company=COMPANIES, phone=PHONES, email=EMAILS)


def lead_of(lead_id: str, draft: LeadDraft) -> Lead:
    return capture(LeadId(lead_id), draft, now=NOON).after


@given(DRAFTS, DRAFTS)
def test_a_hint_is_mutual_and_no_lead_hints_at_itself(one: LeadDraft, other: LeadDraft) -> None:
    first, second = lead_of("L1", one), lead_of("L2", other)
    there, back = hints(first, [first, second]), hints(second, [first, second])
    assert [(hint.lead, hint.verdict, [reason["value"] for reason in hint.reasons]) for hint in there] == [
        (second.id, hint.verdict, [reason["value"] for reason in hint.reasons]) for hint in back
    ]
    assert hints(one, [second]) == there


@given(DRAFTS, DRAFTS)
def test_a_verdict_computed_a_second_way(one: LeadDraft, other: LeadDraft) -> None:
    def bare(phone: str | None) -> str:
        return (phone or "").split(";")[0]

    shared = bare(one.phone) == bare(other.phone) != ""
    whole = shared and one.phone == other.phone and bare(one.phone).startswith("+")
    same_email = (one.email or 1) == (other.email or 2)
    same_company = any({one.company, other.company} <= family for family in FAMILIES)
    expected = Verdict.BLOCK if whole or same_email else Verdict.WARN if shared or same_company else Verdict.ALLOW
    found = hints(one, [lead_of("L2", other)])
    assert verdict_of(found) is expected
    assert sum(len(hint.reasons) for hint in found) == shared + same_email + same_company
    for hint in found:
        for reason in hint.reasons:
            assert "L2" in reason.say("en")
            assert "L2" in reason.say("zh_CN")


FAMILIES: list[set[str | None]] = [
    {"华东机械有限公司", "华东机械（中国）有限责任公司"},
    {"华南机械有限公司"},
    {"Acme Inc.", "ACME"},
]


def test_the_strongest_comes_first_then_the_id() -> None:
    draft = LeadDraft(company="华东机械有限公司", email="a@b.cn")
    others = [
        lead_of("L3", LeadDraft(company="华东机械有限责任公司")),
        lead_of("L2", LeadDraft(company="华东机械")),
        lead_of("L9", LeadDraft(name="陈静", email="A@b.cn")),
        lead_of("L4", LeadDraft(name="陈静")),
    ]
    found = hints(draft, others)
    assert [(hint.lead, hint.verdict) for hint in found] == [
        ("L9", Verdict.BLOCK),
        ("L2", Verdict.WARN),
        ("L3", Verdict.WARN),
    ]
    assert hints(draft, reversed(others)) == found
    assert verdict_of(found) is Verdict.BLOCK
    assert verdict_of(found[1:]) is Verdict.WARN
    assert verdict_of(()) is Verdict.ALLOW


@pytest.mark.parametrize(
    "one, other, verdict",
    [
        ("021-68881234 转 5", "+86 21 6888 1234 ext 5", Verdict.BLOCK),
        ("021-68881234", "+86 21 6888 1234", Verdict.BLOCK),
        ("021-68881234 转 5", "021-68881234 转 6", Verdict.WARN),  # two desks of one switchboard
        ("021-68881234 转 5", "021-68881234", Verdict.WARN),
        ("68881234", "6888-1234", Verdict.WARN),  # in Shanghai and in Beijing, perhaps
        ("68881234 转 5", "6888-1234 转 5", Verdict.WARN),
        ("8613800000001", "138 0000 0001", Verdict.BLOCK),
    ],
)
def test_only_a_whole_number_is_one_person(one: str, other: str, verdict: Verdict) -> None:
    for mine, yours in ((one, other), (other, one)):
        [hint] = hints(LeadDraft(name="a", phone=mine), [lead_of("L2", LeadDraft(name="b", phone=yours))])
        assert isinstance(hint, DuplicateHint)
        assert hint.verdict is verdict
        assert [reason.code for reason in hint.reasons] == ["lead.same_phone"]


def test_a_lead_that_the_host_stored_otherwise_is_compared_in_the_same_form() -> None:
    odd = attrs.evolve(lead_of("L2", LeadDraft(name="b", email="a@b.cn")), email=" A@B.cn ")
    assert keys_of(odd) == (MatchKey("email", "a@b.cn"),)
