"""How somebody else's tables become the canonical ones: a TOML file that an analyst reads at a glance.

```toml
currency = "USD"                       # of amounts without a currency column
stages = ["Prospecting", "Engaging"]   # their order in the funnel

[[source]]                             # one canonical table out of one file; as many as are needed
table = "opportunities"
file = "sales_pipeline.csv"
columns = { id = "opportunity_id", product = "product", stage = "deal_stage" }
values.product = { "GTXPro" = "GTX Pro" }
lookups.amount = { match = "product", file = "products.csv", key = "product", column = "sales_price" }
```
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from ltc._keys import Keys, refusal
from ltc.errors import NotFound
from ltc.findings import Finding
from ltc.money import as_ratio, digits_of
from ltc.report.cells import CellForms
from ltc.report.shapes import SHAPES, Shape

DEFAULT_CURRENCY: Final = "CNY"


@attrs.frozen
class Lookup:
    """A cell that stands in another file: in `column`, in the row whose `key` is our `match`."""

    file: str
    key: str
    column: str
    match: str
    """The canonical column whose value is looked up."""
    when_empty: bool = True
    """Whether a value of the own column goes first."""


@attrs.frozen
class Source:
    """One canonical table, or a part of it, out of one file."""

    table: str
    file: str
    columns: Mapping[str, str] | None = None
    """Their column of each canonical one; None where the names are the canonical ones."""
    constants: Mapping[str, str] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    """Of a canonical column: what their values mean."""
    lookups: Mapping[str, Lookup] = attrs.field(factory=dict)
    skip_when_empty: tuple[str, ...] = ()
    """Their columns: a row in which one is empty is not meant for this table."""
    only_when: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """Their columns with the values that a row must have to be meant for this table."""
    forms: CellForms = attrs.field(factory=CellForms)
    encoding: str | None = None
    delimiter: str = ","

    @property
    def shape(self) -> Shape:
        """Return the shape of the canonical table."""
        return SHAPES[self.table]


@attrs.frozen
class TableMapping:
    """What `read_mapping` read: the sources, and what no file of the other system says.

    >>> mapping = parse_mapping('currency = "USD"')
    >>> mapping.currency, mapping.sources
    ('USD', ())
    """

    title: str | None = None
    currency: str = DEFAULT_CURRENCY
    currency_is_given: bool = False
    stages: tuple[str, ...] = ()
    """In the order of the funnel."""
    win_rates: Mapping[str, Decimal] = attrs.field(factory=dict)
    """By stage, where they are not to be computed from the history."""
    sources: tuple[Source, ...] = ()


def read_mapping(path: Path, /) -> TableMapping:
    """Read a mapping file.

    Raises:
        NotFound: there is no such file.
        InvalidValue: as `parse_mapping`.

    >>> from pathlib import Path
    >>> read_mapping(Path("no/such.toml"))
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no mapping file such.toml; give the path of a TOML file
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise NotFound(
            "report.no_mapping",
            f"there is no mapping file {path.name}; give the path of a TOML file",
            file=path.name,
        ) from None
    except UnicodeDecodeError:
        fault = Finding("report.mapping", (path.name,), "the file is not UTF-8; save it as UTF-8")
        raise refusal("report.mapping", path.name, (fault,)) from None
    return parse_mapping(text, name=path.name)


def parse_mapping(text: str, /, *, name: str = "mapping") -> TableMapping:
    """Read the text of a mapping file.

    Raises:
        InvalidValue: naming every key that is wrong and what would pass; the facts hold them as `findings`.

    >>> parse_mapping('curency = "USD"')
    Traceback (most recent call last):
    ltc.errors.InvalidValue: 1 fault in mapping: curency: there is no such key; did you mean currency?
    """
    keys = Keys.of_text(text, name, "report.mapping")
    mapping = _mapping(keys)
    keys.finish()
    return mapping


def _mapping(keys: Keys) -> TableMapping:
    zone = _zone(keys, None)
    currency = keys.text("currency")
    if currency is not None:
        keys.check("currency", digits_of, currency)
    return TableMapping(
        title=keys.text("title"),
        currency=currency or DEFAULT_CURRENCY,
        currency_is_given=currency is not None,
        stages=keys.texts("stages"),
        win_rates=_rates(keys.table("win_rates")),
        sources=tuple(source for part in keys.tables("source") if (source := _source(part, zone)) is not None),
    )


def _rates(keys: Keys) -> dict[str, Decimal]:
    return {
        stage: rate
        for stage, text in keys.all_texts().items()
        if (rate := keys.check(stage, as_ratio, text)) is not None
    }


def _zone(keys: Keys, otherwise: ZoneInfo | None) -> ZoneInfo | None:
    name = keys.text("zone")
    if name is None:
        return otherwise
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        keys.fault("zone", f"there is no time zone {name!r:.40}; use one such as Asia/Shanghai", name)
        return otherwise


def _source(keys: Keys, zone: ZoneInfo | None) -> Source | None:
    table, file = keys.choice("table", tuple(SHAPES)), _file(keys)
    forms = CellForms(
        day_forms=_day_forms(keys),
        zone=_zone(keys, zone),
        thousands=keys.text("thousands") or "",
        decimal=keys.text("decimal") or ".",
    )
    encoding, delimiter = _encoding(keys), keys.text("delimiter") or ","
    if len(delimiter) != 1:
        keys.fault("delimiter", "a delimiter is one character, such as ;", delimiter)
    if forms.thousands == forms.decimal:
        keys.fault("thousands", "thousands and decimal are the same mark; give two marks", forms.thousands)
    if table is None or file is None:
        keys.skip()
        return None
    names = SHAPES[table].names
    return Source(
        table,
        file,
        columns=keys.table("columns").known_texts(names) if "columns" in keys else None,
        constants=keys.table("constants").known_texts(names),
        values={column: part.all_texts() for column, part in keys.table("values").known_tables(names)},
        lookups={
            column: lookup
            for column, part in keys.table("lookups").known_tables(names)
            if (lookup := _lookup(part, names)) is not None
        },
        skip_when_empty=keys.texts("skip_when_empty"),
        only_when=keys.table("only_when").all_lists(),
        forms=forms,
        encoding=encoding,
        delimiter=delimiter,
    )


def _file(keys: Keys) -> str | None:
    """Return the name of a file, which stands in the folder that is read: a mapping reaches no further."""
    name = keys.required("file")
    if name is not None and (Path(name).is_absolute() or ".." in Path(name).parts or "\0" in name):
        keys.fault("file", "a file stands in the folder that is read; give its name there", name)
        return None
    return name


def _lookup(keys: Keys, names: tuple[str, ...]) -> Lookup | None:
    file, key, column = _file(keys), keys.required("key"), keys.required("column")
    match, when_empty = keys.choice("match", names), keys.flag("when_empty", otherwise=True)
    if file is None or key is None or column is None or match is None:
        return None
    return Lookup(file, key, column, match, when_empty=when_empty)


def _day_forms(keys: Keys) -> tuple[str, ...]:
    forms = keys.texts("date_format")
    for form in forms:
        if not _is_day_form(form):
            keys.fault(
                "date_format", f"{form!r:.40} is no form of a day; write year, month and day as in %m/%d/%Y", form
            )
    return forms


def _is_day_form(form: str) -> bool:
    day = dt.datetime(2026, 11, 23)  # noqa: DTZ001  # any wall time will do
    try:
        return dt.datetime.strptime(day.strftime(form), form).date() == day.date()  # noqa: DTZ007  # as above
    except (ValueError, re.error):
        return False


def _encoding(keys: Keys) -> str | None:
    name = keys.text("encoding")
    if name is not None:
        try:
            "".encode(name)
        except (LookupError, ValueError):
            keys.fault("encoding", f"there is no encoding {name!r:.40}; use one such as utf-8 or gb18030", name)
            return None
    return name
