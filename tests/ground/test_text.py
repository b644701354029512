"""Strings in, text out."""

import datetime as dt
import pickle
import re
from collections.abc import Callable
from decimal import ROUND_UP, Decimal, localcontext
from pathlib import Path
from string import Formatter
from typing import Any

import attrs
import pytest

from ltc.errors import Conflict, InvalidType, InvalidValue, LtcError
from ltc.money import Money
from ltc.text import (
    format_amount,
    format_date,
    format_instant,
    format_percent,
    free_text,
    known_codes,
    locale_of,
    one_line,
    optional_line,
    say,
    template,
)

Quick = Callable[[Callable[[], object]], None]


@attrs.frozen
class Card:
    name: str = attrs.field(validator=one_line)
    unit: str | None = attrs.field(default=None, validator=optional_line)
    note: str = attrs.field(default="", validator=free_text)


GOOD: list[dict[str, Any]] = [
    {"name": "华东机械（中国）有限公司"},
    {"name": "Ω" * 200},
    {"name": "O'Brien\u3000李明"},
    {"name": "李", "unit": "销售一部"},
    {"name": "李", "note": "两行\n\t文字\r\n"},
    {"name": "李", "note": "x" * 10_000},
]
BAD: dict[str, tuple[dict[str, Any], type[LtcError], str]] = {
    "empty": ({"name": ""}, InvalidValue, "name is blank"),
    "blank": ({"name": "   "}, InvalidValue, "name is blank"),
    "ideographic blank": ({"name": "\u3000"}, InvalidValue, "name is blank"),
    "201 characters": ({"name": "x" * 201}, InvalidValue, "200 is the most"),
    "1 MB": ({"name": "x" * 2**20}, InvalidValue, "200 is the most"),
    "1 MB note": ({"name": "x", "note": "x" * 2**20}, InvalidValue, "10,000 is the most"),
    "NUL": ({"name": "a\x00b"}, InvalidValue, "cannot be seen"),
    "newline in a name": ({"name": "a\nb"}, InvalidValue, "on one line"),
    "bidi control": ({"name": "a\u202eb"}, InvalidValue, "cannot be seen"),
    "bidi isolate in a note": ({"name": "a", "note": "x\u2066y"}, InvalidValue, "cannot be seen"),
    "lone surrogate": ({"name": "a\ud800"}, InvalidValue, "cannot be seen"),
    "zero width": ({"name": "pay\u200bpal"}, InvalidValue, "cannot be seen"),
    "bytes": ({"name": b"a"}, InvalidType, "pass a str"),
    "None": ({"name": None}, InvalidType, "pass a str"),
    "a number": ({"name": "a", "unit": 5}, InvalidType, "pass a str"),
    "no note": ({"name": "a", "note": None}, InvalidType, "pass a str"),
}


@pytest.mark.parametrize("fields", GOOD)
def test_names_and_notes_that_people_have(fields: dict[str, Any]) -> None:
    assert attrs.asdict(Card(**fields)).items() >= fields.items()


@pytest.mark.parametrize("name", BAD)
def test_strings_that_deceive_are_refused_at_once(name: str, assert_quick: Quick) -> None:
    fields, error, why = BAD[name]
    with pytest.raises(error, match=why) as caught:
        Card(**fields)
    assert_quick(lambda: Card(**fields))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_both_languages_have_words(code: str) -> None:
    english, chinese = template(code, "en"), template(code, "zh_CN")
    words = re.sub(r"{[^}]*}", "", english)
    if re.search("[a-z]", words):  # a line of signs reads the same to everybody
        assert re.search("[\u4e00-\u9fff]", chinese)


def test_facts_are_written_as_the_locale_does() -> None:
    day, at = dt.date(2026, 11, 23), dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert say("text.blank", "zh_CN", name=Money.of("1234.50", "CNY")) == "¥1,234.50 为空"
    assert say("text.blank", "en", name=day) == "Nov 23, 2026 is blank"
    assert say("text.blank", "en_US", name=at) == "Nov 23, 2026 09:30 UTC is blank"
    assert say("text.blank", "de", name=Decimal("1E+2")) == "100 is blank"
    with pytest.raises(InvalidValue, match=r"no message 'no\.such'"):
        say("no.such", "en")


def test_a_noun_follows_its_number() -> None:
    facts = {"receivable": "SO-1/1", "order": "SO-1", "open": Money.of("5", "CNY"), "due_on": dt.date(2026, 11, 22)}
    assert " is overdue by 1 day: " in say("reminder.overdue.body", "en", days=1, **facts)
    assert " is overdue by 21 days: " in say("reminder.overdue.body", "en", days=21, **facts)
    assert say("score.points", "en", criterion="fit", points="1") == "fit: 1 point"


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_a_template_is_filled_whatever_the_facts_are(code: str) -> None:
    for locale in ("en", "zh_CN"):
        wording = template(code, locale)
        facts = {name for _, name, _, _ in Formatter().parse(wording) if name}
        told = say(code, locale, **dict.fromkeys(facts, 1))
        assert not re.search(r"[{}|]", told)
        assert not re.search(r"\b1 (days|hours|points|claims|cells|lines|rows|findings|events)\b", told)


def test_formats_do_not_depend_on_the_hosts_decimal_context() -> None:
    amount, ratio = Decimal("1234567890123456789012345678901234567.89"), Decimal("0.12345")
    for precision in (3, 28):
        with localcontext(prec=precision, rounding=ROUND_UP):
            assert format_amount(amount, "CNY", digits=2, locale="zh_CN") == (
                "¥1,234,567,890,123,456,789,012,345,678,901,234,567.89"
            )
            assert format_percent(ratio, locale="en") == "12.345%"


def test_formats() -> None:
    assert format_amount(Decimal("0.5"), "AFN", digits=2, locale="en") == "AFN0.50"
    assert format_percent(Decimal("0.125"), locale="zh_CN") == "12.5%"
    assert format_date(dt.date(2026, 11, 23), locale="zh-CN") == "2026年11月23日"
    assert format_instant(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), locale="en") == "Nov 23, 2026 09:30 UTC"


@pytest.mark.parametrize("tag", ["xx_YY", "", "中文", "en_US_POSIX_X_Y_Z"])
def test_unknown_locales(tag: str) -> None:
    with pytest.raises(InvalidValue, match="use one such as zh_CN or en"):
        locale_of(tag)


def test_a_message_can_be_shown_whatever_the_caller_passed() -> None:
    error = InvalidValue("x", "bad \ud800 \u202e\n" + "a" * 10**6)
    assert str(error).isprintable()
    assert str(error).encode()
    assert len(str(error)) < 1100
    assert str(InvalidValue("x", "第 1 期：¥5")) == "第 1 期：¥5"


def test_a_number_too_long_to_write_is_named() -> None:
    number: Any = 10**5000
    with pytest.raises(InvalidType, match="a number of over 12 digits; pass a str"):
        Card(name=number)


def test_errors_travel() -> None:
    error = Conflict("store.stale", "lead L1 has moved", lead="L1")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # its own bytes
    assert (type(copy), copy.code, str(copy), copy.facts) == (
        Conflict,
        "store.stale",
        "lead L1 has moved",
        {"lead": "L1"},
    )


def test_a_code_stands_in_one_table_of_the_catalog() -> None:
    """One of two would say the other's words: a debt that could not be moved once said that it need not be chased."""
    tables = Path(__file__).parents[2] / "src" / "ltc" / "_text"
    codes = [
        code
        for path in tables.glob("*.py")
        for code in re.findall(r'^    "([\w.]+)": Wording', path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(codes) > 500
    assert [code for code in set(codes) if codes.count(code) > 1] == []
