"""What a person reads on a terminal or in a redirected file: text as it is, and tables of which no amount is cut or broken."""

import sys
from collections.abc import Sequence
from typing import Final

import attrs
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_ENDLESS: Final = 100_000


def terminal(*, stderr: bool = False) -> Console:
    """Return a console on which no text is markup, and which has a width only where it is a terminal.

    >>> terminal().print("[red]x[/red] :smile: [/]")
    [red]x[/red] :smile: [/]
    """
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _ENDLESS
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False)


def say_line(console: Console, text: str, style: str | None = None) -> None:
    """Print a text on a line of its own; a terminal wraps it where it ends, nothing here breaks it.

    >>> say_line(terminal(), "[/]Acme")
    [/]Acme
    """
    console.print(Text(text), style=style, soft_wrap=True)


def fits(console: Console, table: Table) -> bool:
    """Return whether a console shows a table with every cell on one line."""
    return Measurement.get(console, console.options.update(max_width=_ENDLESS), table).maximum <= console.width


@attrs.frozen
class Listing:
    """Rows of a name and its figures: a table where it fits, else a block of lines a row.

    >>> Listing(("Customer", "Open"), [("[/]Acme", "360,211.45")]).print(Console(width=20))
    [/]Acme
      Open: 360,211.45
    """

    heads: Sequence[str]
    """Of the names, then of each figure."""
    rows: Sequence[Sequence[str]]
    sum: Sequence[str] | None = None
    """A last row that stands apart."""
    title: str | None = None

    def print(self, console: Console) -> None:
        """Print the title and the rows; in a block the figures that are empty are left out."""
        if self.title is not None:
            say_line(console, self.title, style="bold")
        table = self._table()
        if fits(console, table):
            console.print(table)
            return
        for name, *figures in self._all():
            say_line(console, name)
            for head, figure in zip(self.heads[1:], figures, strict=True):
                if figure:
                    say_line(console, f"  {head}: {figure}")

    def _all(self) -> Sequence[Sequence[str]]:
        return [*self.rows, *([] if self.sum is None else [self.sum])]

    def _table(self) -> Table:
        table = Table()
        for place, head in enumerate(self.heads):
            table.add_column(Text(head), justify="right" if place else "left", no_wrap=True)
        for row in self.rows:
            table.add_row(*map(Text, row))
        if self.sum is not None:
            table.add_section()
            table.add_row(*map(Text, self.sum))
        return table
