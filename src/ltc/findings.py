"""What is wrong with an input, and why something was decided: values, not exceptions.

>>> finding = Finding("money.digits", ("orders.csv", 17, "amount"), "1.234 has too many decimals; CNY takes 2", value="1.234")
>>> str(finding)
"orders.csv:17:amount: 1.234 has too many decimals; CNY takes 2 (got '1.234')"
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Self

import attrs

from ltc.errors import InvalidValue, LtcError
from ltc.money import Money
from ltc.text import say

__all__ = ["Fact", "Finding", "Reason"]

Fact = str | int | Decimal | dt.date | dt.datetime | Money
"""What a reason may be based on."""

_SHOWN = 60


@attrs.frozen
class Finding:
    """One fault of an input: where it is and what would pass. Many are collected; nothing is raised.

    >>> Finding("text.blank", ("leads.csv", 4, "name"), "name is blank; give 1 to 200 characters").path
    ('leads.csv', 4, 'name')
    """

    code: str
    path: tuple[str | int, ...]
    """From the outside in: a file, a row (the header is row 1), a column; or a field of a plan."""
    message: str
    value: str | None = None
    """What stood there, as it was read."""
    facts: tuple[tuple[str, Fact], ...] = attrs.field(default=(), eq=False, repr=False)
    """What the message is about, by name: with them its code reads in any language."""

    @classmethod
    def of(cls, error: Exception, /, *path: str | int, value: str | None = None) -> Self:
        """Return an error that was raised for a value as a finding at a place.

        >>> from ltc.errors import InvalidValue
        >>> Finding.of(InvalidValue("text.blank", "name is blank; give a name"), "leads.csv", 4).code
        'text.blank'
        """
        if not isinstance(error, LtcError):
            return cls("value", path, str(error), value)
        facts = tuple((name, _fact(fact)) for name, fact in error.facts.items())
        return cls(error.code, path, str(error), value, facts)

    def say(self, locale: str, /) -> str:
        """Return what is wrong in a locale: in English as it was raised, which may say more, else by its code and facts.

        >>> from ltc.errors import InvalidValue
        >>> finding = Finding.of(InvalidValue("text.blank", "name is blank; give a name", name="name"), "leads.csv", 4)
        >>> finding.say("en"), finding.say("zh_CN")
        ('name is blank; give a name', 'name 为空')
        """
        return said(self.code, self.message, dict(self.facts), locale)

    def __str__(self) -> str:
        where = ":".join(map(str, self.path))
        return f"{where}: {self.message}" + ("" if self.value is None else f" (got {_shown(self.value)})")


def said(code: str, message: str, facts: Mapping[str, object], locale: str) -> str:
    """Return a message as it was raised in English, else by its code; as it was raised, too, where the facts do not fill the code."""
    if locale.startswith("en"):
        return message
    try:
        return say(code, locale, **facts)
    except (KeyError, InvalidValue):
        return message


def _fact(fact: object) -> Fact:
    return fact if isinstance(fact, Fact) else str(fact)


def _shown(value: str) -> str:
    cut = value[:_SHOWN]
    quoted = repr(cut) if cut.isprintable() else ascii(cut)
    return quoted if len(value) <= _SHOWN else f"{quoted}…, {len(value):,} characters"


@attrs.frozen
class Reason:
    """Why something was decided: a code of the catalog and the facts behind it, stored with the event and read in any language.

    >>> reason = Reason.of("lead.rule_matched", rule="华东", owner="li")
    >>> reason["owner"]
    'li'
    """

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()
    """By name, sorted."""

    @classmethod
    def of(cls, code: str, /, **facts: Fact) -> Self:
        """Return a reason with its facts by name.

        >>> Reason.of("lead.rule_matched", rule="华东").facts
        (('rule', '华东'),)
        """
        return cls(code, tuple(sorted(facts.items())))

    def __getitem__(self, name: str, /) -> Fact:
        return dict(self.facts)[name]

    def say(self, locale: str, /) -> str:
        """Return the reason as a sentence in a locale.

        >>> from ltc.money import Money
        >>> Reason.of("money.currency", left="CNY", right="USD").say("en")
        'CNY and USD do not mix; convert one with an explicit rate'
        """
        return say(self.code, locale, **dict(self.facts))
