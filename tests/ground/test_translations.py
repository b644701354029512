"""Messages in gettext's form and back: other locales, own words, and what a translator can get wrong."""

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from ltc.errors import InvalidValue
from ltc.money import Money
from ltc.testing.samples.dunning import letter
from ltc.text import add_locale, export_catalog, known_codes, say, template

NOW = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
TRIED = ("en", "ja", "zh_CN", "de")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    for locale in TRIED:
        add_locale(locale, Catalog(locale))


def through_a_file(catalog: Catalog) -> Catalog:
    file = io.BytesIO()
    write_po(file, catalog)
    file.seek(0)
    return read_po(file, locale=catalog.locale)


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_what_is_shipped_goes_out_and_comes_back_whole(locale: str) -> None:
    back = through_a_file(export_catalog(locale, now=NOW))
    found = {message.context: message.string for message in back if message.id}
    assert found.keys() == set(known_codes())
    shipped = {code: template(code, locale) for code in known_codes()}
    assert {code: text or template(str(code), "en") for code, text in found.items()} == shipped
    assert back.creation_date == NOW
    add_locale(locale, back)
    assert {code: template(code, locale) for code in known_codes()} == shipped


def test_a_translator_begins_with_nothing_said() -> None:
    catalog = through_a_file(export_catalog("ja", now=NOW))
    assert {message.string for message in catalog if message.id} == {""}
    closing = catalog.get("If you have paid meanwhile, please take this letter as settled.", context="letter.closing")
    assert closing is not None
    closing.string = "お支払い済みの場合はご容赦ください。"
    fee = catalog.get("Fee: {amount}", context="letter.fee")
    assert fee is not None
    fee.string = "手数料：{amount}"
    add_locale("ja", through_a_file(catalog))
    assert say("letter.fee", "ja", amount=Money.of("5", "JPY")) == "手数料：￥5", "amounts are Babel's"
    assert letter().body("ja-JP").split("\n")[-2:] == ["お支払い済みの場合はご容赦ください。", "E1"]
    assert say("letter.greeting", "ja", party="A1") == "Dear A1,", "what is not translated reads as before"
    assert say("letter.closing", "zh_CN") == template("letter.closing", "zh_CN")


def test_a_letter_in_the_hosts_own_words() -> None:
    own = Catalog("zh_CN")
    own.add("Payment reminder: {total}", "【华南公司】应付 {total}", context="letter.first.subject")
    add_locale("zh_CN", own)
    assert letter().subject("zh_CN") == "【华南公司】应付 ¥30,107.53"
    assert letter().subject("en") == "Payment reminder: CN¥30,107.53"
    assert say("letter.greeting", "no such locale", party="A1") == "Dear A1,"
    add_locale("zh_CN", Catalog("zh_CN"))
    assert letter().subject("zh_CN") == "付款提醒：¥30,107.53", "a second catalog takes the place of the first"


def test_a_noun_that_follows_its_number_in_another_language() -> None:
    german = Catalog("de")
    german.add("x", "{days:Tag|Tage} zu {rate} auf {base}: {amount}", context="interest.period")
    german.add("y", "ein Entwurf", context="letter.closing", flags=["fuzzy"])
    german.add("z", "kennt hier niemand", context="no.such.code")
    add_locale("de", german)
    facts = {"rate": "10 %", "base": Money.of("400", "CNY"), "amount": Money.of("3.29", "CNY")}
    assert say("interest.period", "de_AT", days=1, **facts).startswith("1 Tag zu")
    assert say("interest.period", "de", days=30, **facts).startswith("30 Tage zu")
    assert say("letter.closing", "de") == template("letter.closing", "en"), "a draft is not used"


@pytest.mark.parametrize(
    "text, message",
    [
        ("{amuont}", "the message letter.fee names {amuont}; it may name amount"),
        ("{amount.minor}", "names {amount.minor}; it may name amount"),
        ("{}", "the message letter.fee names {}; it may name amount"),
        ("{amount", "the message letter.fee has a brace too many or too few"),
    ],
)
def test_what_a_translator_can_get_wrong(text: str, message: str) -> None:
    catalog = Catalog("de")
    catalog.add("Fee: {amount}", text, context="letter.fee")
    with pytest.raises(InvalidValue) as refusal:
        add_locale("de", catalog)
    assert message in str(refusal.value)
    assert say("letter.fee", "de", amount=1) == "Fee: 1", "nothing was added"


def test_a_message_that_takes_no_facts() -> None:
    catalog = Catalog("de")
    catalog.add("x", "{amount}", context="letter.closing")
    with pytest.raises(InvalidValue, match=r"names \{amount\}; it may name nothing"):
        add_locale("de", catalog)
    with pytest.raises(InvalidValue, match="there is no locale 'xx_YY'"):
        add_locale("xx_YY", catalog)
