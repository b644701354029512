"""The report as one HTML file that opens offline: no script, no network, every value of the input escaped.

Its bars are boxes of the page itself: they print, fit a phone and cost nothing, where a chart library drawing the same bars took two
seconds, ten times all the rest.
"""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any, Final

from ltc.errors import MissingExtra
from ltc.money import Money, divide
from ltc.report.funnel import TargetFigure
from ltc.report.headlines import headlines
from ltc.report.labels import label
from ltc.report.overview import Figures
from ltc.report.remarks import Remark, shown
from ltc.report.words import count, days, money, percent, plain
from ltc.text import format_date, format_instant, locale_of

FINDINGS_SHOWN: Final = 200
_WHOLE: Final = 10_000  # hundredths of a percent


def write(figures: Figures, out: Path | str, *, locale: str = "en") -> Path:
    """Write `report.html` into a folder, which is made if need be, and return its path; in Chinese for a Chinese locale.

    Raises:
        InvalidValue: the locale is unknown.
        MissingExtra: jinja2 is not installed, which the extra `report` brings.

    >>> import tempfile
    >>> from datetime import date
    >>> from ltc.report import figures, tables_of
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write(figures(tables_of(), as_of=date(2026, 11, 23)), folder, locale="zh_CN")
    ...     "截至 2026年11月23日 日终" in page.read_text(encoding="utf-8")
    True
    """
    folder = Path(out)
    text = render(figures, locale=locale)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "report.html"
    # What a host's own rows hold may not be writable: a lone surrogate becomes its escape.
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    return path


def render(figures: Figures, *, locale: str) -> str:
    """Return the page as text."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # an extra, and 40 ms
        from markupsafe import Markup  # noqa: PLC0415  # comes with it
    except ImportError:
        raise MissingExtra(
            "extra.missing",
            "the package jinja2 is not installed; install ltc[report]",
            package="jinja2",
            extra="report",
        ) from None
    chinese = locale_of(locale).language == "zh"
    environment = Environment(
        loader=PackageLoader("ltc.report", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _filters(locale)
    source = environment.loader.get_source(environment, "report.css")[0]  # type: ignore[union-attr]  # just given
    remarks = sorted(figures.remarks, key=lambda remark: not remark.rejects)
    return environment.get_template(
        "report.html.j2"
    ).render(
        t=partial(_label, locale=locale),
        language="zh-CN" if chinese else "en",
        title=figures.title or label("title", locale),
        css=Markup(source),  # noqa: S704  # our own file
        figures=figures,
        cards=headlines(figures, locale),
        remarks=remarks[:FINDINGS_SHOWN],
        rejects=sum(remark.rejects for remark in remarks),
        warnings=sum(not remark.rejects for remark in remarks),
    )


def _label(name: str, /, *, locale: str, **facts: str) -> str:
    return label(name, locale, **facts)


def _filters(locale: str) -> dict[str, Any]:
    def name(value: str | None, otherwise: str = "nobody") -> str:
        return shown(value) if value else label(otherwise, locale)

    def fact(value: str | Money | None) -> str:
        return money(value, locale) if isinstance(value, Money) else name(value, "nothing")

    def said(remark: Remark) -> str:
        return remark.told(locale)

    def instant(at: dt.datetime) -> str:
        return format_instant(at, locale=locale)

    def day(value: dt.date) -> str:
        return format_date(value, locale=locale)

    return {
        "name": name,
        "fact": fact,
        "said": said,
        "instant": instant,
        "day": day,
        "money": lambda amount: money(amount, locale),
        "figures": plain,
        "count": count,
        "percent": percent,
        "days": days,
        "bucket": lambda bucket: bucket.say(locale),
        "place": lambda remark: ":".join(shown(str(part)) for part in remark.finding.path),
        "value": shown,
        "width": _width,
        "scale": _scale,
    }


def _width(part: Money | int, whole: Money | int) -> str:
    """Return the length of a bar in percent of the longest."""
    some, all_ = (value.minor if isinstance(value, Money) else value for value in (part, whole))
    share = min(divide(max(some, 0) * _WHOLE, all_), _WHOLE) if all_ > 0 else 0
    return f"{share // 100}.{share % 100:02}"


def _scale(target: TargetFigure) -> Money:
    """Return what the whole meter stands for: the target, or more if won and weighted go beyond it."""
    return max(target.target, target.won + target.weighted)
