"""The catalog in gettext's form, for translators, and what they bring back: another locale, or one's own words for a shipped one."""

import datetime as dt
from collections.abc import Iterator
from string import Formatter
from typing import TYPE_CHECKING

from ltc._text.catalog import add_wordings, known_codes, template
from ltc._text.locales import locale_of
from ltc.errors import InvalidValue

if TYPE_CHECKING:
    from babel.messages import Catalog


def export_catalog(locale: str, /, *, now: dt.datetime) -> "Catalog":
    """Return every message as a Babel catalog: the code as context, the English as id, the Chinese (or nothing yet) as string.

    Write it with `babel.messages.pofile.write_po`, and read with `read_po` what translators made of it, for `add_locale`.

    Raises:
        InvalidValue: the locale is unknown.

    >>> from datetime import UTC
    >>> catalog = export_catalog("zh_CN", now=dt.datetime(2026, 3, 2, tzinfo=UTC))
    >>> catalog.get("{name} is blank", context="text.blank").string
    '{name} 为空'
    """
    from babel.messages import Catalog  # noqa: PLC0415  # of use to translators only

    catalog = Catalog(locale_of(locale), project="ltc", creation_date=now, fuzzy=False)
    for code in sorted(known_codes()):
        english, ours = template(code, "en"), template(code, locale)
        catalog.add(english, "" if ours == english and not locale.startswith("en") else ours, context=code)
    return catalog


def add_locale(locale: str, catalog: "Catalog", /) -> None:
    """Let messages of a locale read as a catalog says: of a new one, or of a shipped one in the host's own words.

    For a program's start: it holds for the whole process. `ja` serves `ja_JP` too. What the catalog leaves empty, or marks as fuzzy, reads as before; a
    second catalog of a locale takes the place of the first.

    Raises:
        InvalidValue: the locale is unknown, or a message has a brace too many or names a fact that its code does not have. Nothing
            is added then.

    >>> from babel.messages import Catalog
    >>> catalog = Catalog("ja")
    >>> _ = catalog.add("{name} is blank", "{name}が空です", context="text.blank")
    >>> add_locale("ja", catalog)
    >>> from ltc.text import say
    >>> say("text.blank", "ja_JP", name="company"), say("letter.closing", "ja_JP") == say("letter.closing", "en")
    ('companyが空です', True)
    >>> add_locale("ja", Catalog("ja"))
    """
    add_wordings(str(locale_of(locale)), dict(_translated(catalog)))


def _translated(catalog: "Catalog") -> Iterator[tuple[str, str]]:
    known = set(known_codes())
    for message in catalog:
        if message.context in known and isinstance(message.string, str) and message.string and not message.fuzzy:
            code, text = str(message.context), message.string
            offered = _facts(code, template(code, "en") + template(code, "zh_CN"))  # not every one names all of them
            strange = _facts(code, text) - offered
            if strange:
                unknown = ", ".join(f"{{{name}}}" for name in sorted(strange))
                raise InvalidValue(
                    "text.unknown_fact",
                    f"the message {code} names {unknown[:80]}; it may name {', '.join(sorted(offered)) or 'nothing'}",
                    code=code,
                    unknown=unknown[:80],
                    offered=", ".join(sorted(offered)) or "nothing",
                )
            yield code, text


def _facts(code: str, text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise InvalidValue(
            "text.braces", f"the message {code} has a brace too many or too few; write facts as {{name}}", code=code
        ) from error
