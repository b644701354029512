"""Rows become drafts or findings, never exceptions; phones and addresses have one form."""

import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidType, InvalidValue
from ltc.ids import LeadId
from ltc.leads import LeadCaptured, LeadDraft, capture, draft_of, email_of, phone_of
from ltc.testing.samples.leads import NOON
from ltc.text import say


@pytest.mark.parametrize(
    "written, meant",
    [
        ("13800000001", "+8613800000001"),
        ("138 0000 0001", "+8613800000001"),
        ("138-0000-0001", "+8613800000001"),
        ("+86 138 0000 0001", "+8613800000001"),
        ("0086-13800000001", "+8613800000001"),
        ("8613800000001", "+8613800000001"),
        ("86 138 0000 0001 转 5", "+8613800000001;ext=5"),
        ("8612345678901", "8612345678901"),  # no mobile number behind it: nobody knows the country
        ("（＋８６）１３８００００" + "０００１", "+8613800000001"),
        ("010-88886666", "+861088886666"),
        ("(021) 6888 1234", "+862168881234"),
        ("+86 021 6888 1234", "+862168881234"),
        ("0086 021 6888 1234", "+862168881234"),
        ("021-68881234转5", "+862168881234;ext=5"),
        ("021-68881234 分机 805", "+862168881234;ext=805"),
        ("021-68881234 ext. 805", "+862168881234;ext=805"),
        ("021-68881234,x805", "+862168881234;ext=805"),
        ("021-68881234#805", "+862168881234;ext=805"),
        ("+862168881234;ext=805", "+862168881234;ext=805"),
        ("400-800-8000", "4008008000"),
        ("68881234", "68881234"),
        ("+1 (415) 555.0100", "+14155550100"),
        ("001 415 555 0100", "+14155550100"),
        ("12345678901", "12345678901"),
    ],
)
def test_a_phone_number_has_one_form(written: str, meant: str) -> None:
    assert phone_of(written) == meant
    assert phone_of(meant) == meant


@pytest.mark.parametrize(
    "bad",
    ["", "-", "123456", "1" * 16, "13800000001/13900000002", "call me", "138x", "1３8a0000001", "++8613800000001"],
)
def test_what_is_no_phone_number(bad: str) -> None:
    with pytest.raises(InvalidValue, match="give 7 to 15 digits") as error:
        phone_of(bad)
    assert "7 至 15" in say(error.value.code, "zh_CN", **error.value.facts)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "86", "+86", "0086", "+86 ", "(+86)"]),
    st.data(),
)
def test_separators_and_the_country_change_nothing(digits: str, country: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, 10))
    separator = data.draw(st.sampled_from(["", " ", "-", ".", " - "]))
    assert phone_of(country + digits[:cut] + separator + digits[cut:]) == f"+86{digits}"


@pytest.mark.parametrize(
    "written, meant",
    [
        (" Chen.Jing@Huadong.Example ", "chen.jing@huadong.example"),
        ("ａ＠ｂ．ｃｎ", "a@b.cn"),
        ("李@例子.中国", "李@例子.中国"),
    ],
)
def test_an_address_has_one_form(written: str, meant: str) -> None:
    assert email_of(written) == meant == email_of(meant)


@pytest.mark.parametrize("bad", ["", "a", "a@b", "@b.cn", "a@", "a b@c.cn", "a@b@c.cn", "a@.cn", "a@b..cn"])
def test_what_is_no_address(bad: str) -> None:
    with pytest.raises(InvalidValue, match=r"such as name@example.com") as error:
        email_of(bad)
    assert "邮箱" in say(error.value.code, "zh_CN", **error.value.facts)


def test_a_row_becomes_a_draft() -> None:
    row = {
        "name": " 陈静 ",
        "company": "华东机械有限公司",
        "phone": "138 0000 0001",
        "email": "",
        "owner": "li",
        "city": "  ",
    }
    draft, findings = draft_of(row)
    assert findings == ()
    assert draft == LeadDraft(name="陈静", company="华东机械有限公司", phone="13800000001")


def test_a_draft_keeps_what_the_lead_will_hold() -> None:
    draft = LeadDraft(name="陈静", company="华东机械", phone="13800000001", email="A@b.cn", source="fair", city="上海")
    change = capture(LeadId("L9"), draft, duplicates=iter([LeadId("L1"), LeadId("L2")]), now=NOON)
    lead = change.after
    assert (lead.name, lead.company, lead.phone) == ("陈静", "华东机械", "+8613800000001")
    assert (lead.email, lead.source, lead.city) == ("a@b.cn", "fair", "上海")
    assert (lead.id, lead.duplicates, lead.captured_at, change.before) == ("L9", ("L1", "L2"), NOON, None)


BAD_ROWS: list[tuple[dict[str, object], str, tuple[str, ...]]] = [
    ({}, "lead.nameless", ()),
    ({"phone": "13800000001"}, "lead.nameless", ()),
    ({"name": " ", "company": "　"}, "lead.nameless", ()),
    ({"name": "=1+1"}, "lead.formula", ("name",)),
    ({"name": "x", "city": " =cmd|' /C calc'!A0"}, "lead.formula", ("city",)),
    ({"name": "x", "phone": "12"}, "lead.phone", ("phone",)),
    ({"name": "x", "email": "x"}, "lead.email", ("email",)),
    ({"name": "x\x00y"}, "text.unprintable", ("name",)),
    ({"name": "\u202egnp.exe"}, "text.unprintable", ("name",)),
    ({"name": "\ud800"}, "text.unprintable", ("name",)),
    ({"name": "two\nlines"}, "text.unprintable", ("name",)),
    ({"company": "x" * 1_000_000}, "text.long", ("company",)),
    ({"company": "x", "phone": "1" * 1_000_000}, "text.long", ("phone",)),
    ({"company": "x", "email": "@" * 1_000_000}, "text.long", ("email",)),
    ({"name": 7}, "text.type", ("name",)),
    ({"name": ["x"]}, "text.type", ("name",)),
]


@pytest.mark.parametrize("row, code, column", BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_a_bad_row_is_a_finding(
    row: dict[str, object], code: str, column: tuple[str, ...], assert_quick: Callable[[Callable[[], object]], None]
) -> None:
    kept = dict(row)
    draft, findings = draft_of(row, path=("leads.csv", 17))
    assert_quick(lambda: draft_of(row, path=("leads.csv", 17)))
    assert draft is None
    assert [(finding.code, finding.path) for finding in findings] == [(code, ("leads.csv", 17, *column))]
    assert row == kept


def test_all_faults_of_a_row_are_found_at_once() -> None:
    draft, findings = draft_of({"phone": "1", "email": "1", "city": "=1"})
    assert draft is None
    assert [finding.path for finding in findings] == [("phone",), ("email",), ("city",)]
    assert findings[0].value == "1"


def test_a_missing_cell_of_a_short_row_is_unknown() -> None:
    draft, findings = draft_of({"name": "陈静", "phone": None})
    assert (draft, findings) == (LeadDraft(name="陈静"), ())


@given(
    st.dictionaries(
        st.sampled_from(["name", "company", "phone", "email", "source", "city", "other"]),
        st.text() | st.text("+=@.0123456789 -转", max_size=20) | st.none() | st.binary() | st.integers(),
    )
)
def test_no_row_raises(row: dict[str, object]) -> None:
    draft, findings = draft_of(row)
    assert (draft is None) == bool(findings)
    assert all(finding.message and finding.code for finding in findings)


@given(st.text(string.digits + "+-() .转ext", max_size=24))
def test_a_phone_number_that_passes_passes_again(text: str) -> None:
    try:
        meant = phone_of(text)
    except InvalidValue:
        return
    assert phone_of(meant) == meant


def test_neither_name_nor_company() -> None:
    with pytest.raises(InvalidValue, match="neither name nor company"):
        LeadDraft(phone="13800000001")
    with pytest.raises(InvalidValue, match="L1 has neither name nor company"):
        LeadCaptured(
            LeadId("L1"),
            name=None,
            company=None,
            phone=None,
            email=None,
            source=None,
            city=None,
            duplicates=(),
            at=NOON,
        )


def test_a_lead_is_captured_of_a_draft_only() -> None:
    draft, findings = draft_of({})
    assert findings
    none: Any = draft
    with pytest.raises(InvalidType, match="say what `draft_of` found wrong"):
        capture(LeadId("L1"), none, now=NOON)
