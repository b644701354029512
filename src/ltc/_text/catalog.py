"""The catalog: what every code says, in English and in Chinese, side by side so that neither is forgotten.

A template names the facts it takes in braces. The messages of one room stand in one module beside this one; here they are joined.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final, Protocol, runtime_checkable

from ltc._text.locales import format_date, format_instant, locale_of
from ltc._text.wording import Wording
from ltc.errors import InvalidValue


@runtime_checkable
class Localized(Protocol):
    """A fact that knows how it reads in a locale, as `Money` does."""

    def format(self, locale: str, /) -> str:
        """Return the fact as the locale writes it."""


@runtime_checkable
class Telling(Protocol):
    """A fact that says itself in a locale, as a `Reason` and a `Finding` do."""

    def say(self, locale: str, /) -> str:
        """Return the fact as a sentence of the locale."""


@cache
def _catalog() -> Mapping[str, Wording]:
    from ltc._text.accounts import ACCOUNTS  # noqa: PLC0415  # read at the first message: most imports never speak
    from ltc._text.aging import AGING  # noqa: PLC0415
    from ltc._text.application import APPLICATION  # noqa: PLC0415
    from ltc._text.approvals import APPROVALS  # noqa: PLC0415
    from ltc._text.billing import BILLING  # noqa: PLC0415
    from ltc._text.bills import BILLS  # noqa: PLC0415
    from ltc._text.claiming import CLAIMING  # noqa: PLC0415
    from ltc._text.contracts import CONTRACTS  # noqa: PLC0415
    from ltc._text.demo import DEMO  # noqa: PLC0415
    from ltc._text.deposits import DEPOSITS  # noqa: PLC0415
    from ltc._text.dunning import DUNNING  # noqa: PLC0415
    from ltc._text.exchange import EXCHANGE  # noqa: PLC0415
    from ltc._text.flows import FLOWS  # noqa: PLC0415
    from ltc._text.fulfillment import FULFILLMENT  # noqa: PLC0415
    from ltc._text.ground import GROUND  # noqa: PLC0415
    from ltc._text.invoices import INVOICES  # noqa: PLC0415
    from ltc._text.leads import LEADS  # noqa: PLC0415
    from ltc._text.ledger import LEDGER  # noqa: PLC0415
    from ltc._text.pipeline import PIPELINE  # noqa: PLC0415
    from ltc._text.plans import PLANS  # noqa: PLC0415
    from ltc._text.recurring import RECURRING  # noqa: PLC0415
    from ltc._text.relief import RELIEF  # noqa: PLC0415
    from ltc._text.report import REPORT  # noqa: PLC0415
    from ltc._text.stores import STORES  # noqa: PLC0415

    return {
        **GROUND,
        **LEADS,
        **ACCOUNTS,
        **PIPELINE,
        **CONTRACTS,
        **APPROVALS,
        **FULFILLMENT,
        **BILLING,
        **APPLICATION,
        **PLANS,
        **RECURRING,
        **DUNNING,
        **AGING,
        **EXCHANGE,
        **LEDGER,
        **RELIEF,
        **BILLS,
        **CLAIMING,
        **INVOICES,
        **DEPOSITS,
        **FLOWS,
        **REPORT,
        **DEMO,
        **STORES,
    }


def known_codes() -> Iterator[str]:
    """Return every code of the catalog, in no order that matters.

    >>> "money.digits" in set(known_codes())
    True
    """
    return iter(_catalog())


_ADDED: Final[dict[str, Mapping[str, str]]] = {}
"""What a host's own catalogs say, by locale and code."""


def add_wordings(locale: str, wordings: Mapping[str, str]) -> None:
    """Let messages of a locale read otherwise, in the whole process."""
    _ADDED[locale] = wordings


def template(code: str, locale: str) -> str:
    """Return the wording of a code: the host's own of that locale, else Chinese for a Chinese locale and English for every other.

    Raises:
        InvalidValue: the catalog has no such code.

    >>> template("text.blank", "en")
    '{name} is blank'
    """
    try:
        wording = _catalog()[code]
    except KeyError:
        raise InvalidValue("text.unknown_code", f"the catalog has no message {code!r}", code=code) from None
    shipped = wording.zh if locale.startswith("zh") else wording.en
    return _own(code, locale) or shipped if _ADDED else shipped


def _own(code: str, locale: str) -> str | None:
    try:
        parsed = locale_of(locale)
    except InvalidValue:
        return None  # a message reads in English rather than not at all
    return _ADDED.get(str(parsed), {}).get(code) or _ADDED.get(parsed.language, {}).get(code)


class _Said(str):
    """A fact as it is written; `{days:day|days}` in a template takes the noun that goes with the number."""

    __slots__ = ()

    def __format__(self, form: str, /) -> str:
        one, divided, many = form.partition("|")
        return f"{self!s} {one if self == '1' else many}" if divided else super().__format__(form)


def say(code: str, locale: str, /, **facts: object) -> str:
    """Return what a code means in a locale, with its facts filled in as the locale writes them.

    Amounts, days and instants are formatted; every other fact is put in as it is. Where a template has `{days:day|days}`, the
    noun follows the number.

    >>> say("text.blank", "zh_CN", name="company")
    'company 为空'
    """
    return template(code, locale).format_map({name: _Said(_readable(fact, locale)) for name, fact in facts.items()})


def _readable(fact: object, locale: str) -> str:
    match fact:
        case dt.datetime():
            return format_instant(fact, locale=locale)
        case dt.date():
            return format_date(fact, locale=locale)
        case Decimal():
            return f"{fact:f}"
        case Localized() if not isinstance(fact, str):
            return fact.format(locale)
        case Telling():
            return fact.say(locale)
        case _:
            return str(fact)
