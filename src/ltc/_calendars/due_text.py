"""Due rules in words: clauses of the catalog, one around the other. Babel writes "1 day" and "2 days"."""

from typing import Final

from ltc._calendars.workdays import Roll
from ltc.text import locale_of, say

_END: Final = 31
_IN_EVERY_MONTH: Final = 28


def clause(locale: str, code: str, **facts: str) -> str:
    """Return a clause of the catalog under `calendars.due.`."""
    return say(f"calendars.due.{code}", locale, **facts)


def counted(locale: str, count: int, unit: str) -> str:
    """Return a number of days or months in the language of the catalog, which need not be the locale's."""
    from babel.units import format_unit  # noqa: PLC0415  # 40 ms that `import ltc.calendars` does not owe

    if locale.startswith("zh"):  # CLDR has the Chinese units in the short form only
        return format_unit(count, f"duration-{unit}", length="short", locale=locale_of("zh"))
    return format_unit(count, f"duration-{unit}", length="long", locale=locale_of("en"))


def start(locale: str, days: int) -> str:
    """Return where a rule begins: the start date, or days after or before it."""
    if not days:
        return clause(locale, "start")
    return clause(locale, "after" if days > 0 else "before", period=counted(locale, abs(days), "day"))


def day_named(locale: str, day: int) -> str:
    """Return a day of the month in words; where not every month has it, with what is taken instead."""
    if day == _END:
        return clause(locale, "last_day")
    return clause(locale, "day" if day <= _IN_EVERY_MONTH else "day_or_last", day=str(day))


def rolled(locale: str, rule: str, how: Roll) -> str:
    """Return a rule with where its day rolls to."""
    return rule if how is Roll.NONE else clause(locale, f"roll_{how.value}", rule=rule)
