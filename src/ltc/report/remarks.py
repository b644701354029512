"""What is remarkable about an input: a finding that says whether it cost the row, in any language of the catalog."""

from typing import Self

import attrs

from ltc.errors import LtcError
from ltc.findings import Fact, Finding
from ltc.text import say

_KEPT = 200  # characters of a value that a remark keeps: a cell may hold a megabyte
_SHOWN = 60


@attrs.frozen
class Remark:
    """A finding of a table that was read: with `rejects` the row, or the whole file, is not used; without, it is used as it says.

    >>> remark = Remark.of("report.missing", ("leads.csv", 4, "id"), rejects=True, column="id")
    >>> str(remark.finding)
    'leads.csv:4:id: id is empty; give a value in every row'
    >>> remark.say("zh_CN")
    'id 为空；请在每一行填写'
    """

    finding: Finding
    rejects: bool

    @property
    def facts(self) -> tuple[tuple[str, Fact], ...]:
        """What the finding is about, by name."""
        return self.finding.facts

    @classmethod
    def of(
        cls, code: str, path: tuple[str | int, ...], /, *, rejects: bool, value: str | None = None, **facts: Fact
    ) -> Self:
        """Return a remark of the catalog about a place.

        >>> Remark.of("report.header_only", ("leads.csv",), rejects=False).rejects
        False
        """
        return cls(Finding(code, path, say(code, "en", **facts), kept(value), tuple(facts.items())), rejects)

    @classmethod
    def raised(
        cls, error: LtcError, path: tuple[str | int, ...], /, *, rejects: bool, value: str | None = None
    ) -> Self:
        """Return an error that was raised for a cell as a remark about its place.

        >>> from ltc.errors import InvalidValue
        >>> Remark.raised(InvalidValue("text.blank", "id is blank", name="id"), ("leads.csv", 4), rejects=True).finding.code
        'text.blank'
        """
        return cls(Finding.of(error, *path, value=kept(value)), rejects)

    def say(self, locale: str, /) -> str:
        """Return the remark in a locale.

        >>> Remark.of("report.header_only", ("leads.csv",), rejects=False).say("en")
        'the file has a header and no rows; add rows below it'
        """
        return say(self.finding.code, locale, **dict(self.facts))

    def told(self, locale: str, /) -> str:
        """Return the remark as a reader of a locale is told it: in English as it was raised, which may say more.

        >>> Remark.of("report.header_only", ("leads.csv",), rejects=False).told("zh_CN")
        '文件只有表头，没有数据行；请在表头下添加数据'
        """
        return self.finding.say(locale)


def kept(value: str | None) -> str | None:
    """Return as much of a value as a remark keeps."""
    return value if value is None or len(value) <= _KEPT else f"{value[:_KEPT]}…"


def shown(value: str) -> str:
    """Return a value of a file so that a reader sees what is in it: escapes for what cannot be seen, cut after 60 characters."""
    cut = value[:_SHOWN]
    visible = cut if cut.isprintable() else ascii(cut)[1:-1]
    return visible if len(value) <= _SHOWN else f"{visible}…"


Place = tuple[str | int, ...]
"""Where something stands: file, row, column."""
