"""The ground floor: imports, one verb, addition and allocation of money."""

import datetime as dt

import moneyed
from timing import Row, against, as_row, best, import_ratio

from ltc import leads
from ltc.money import Money
from ltc.testing.samples.leads import NOON, owned_lead


def figures() -> list[Row]:
    """Return the measured rows."""
    return [*imports(), verb(), addition()]


def imports() -> list[Row]:
    rows = []
    for statement, bound in (("import ltc", 1.25), ("from ltc import billing", 3)):
        ours, theirs, ratio = import_ratio(statement, "import attrs")
        rows.append(as_row(f"`{statement}` against `import attrs`", ratio, ours, theirs, bound, "ms"))
    return rows


def verb() -> Row:
    lead, at = owned_lead(), NOON + dt.timedelta(days=1)
    seconds = best(lambda: leads.touch(lead, by="li", kind="call", now=at), number=5000)  # type: ignore[arg-type]
    return "a verb with its Change (`leads.touch`)", f"{seconds * 1e6:.2f} µs", "< 8 µs", seconds < 8e-6


def addition() -> Row:
    one, other = Money.of("1.00", "CNY"), Money.of("2.00", "CNY")
    peer, peer_other = moneyed.Money("1.00", "CNY"), moneyed.Money("2.00", "CNY")
    ours, theirs, ratio = against(lambda: one + other, lambda: peer + peer_other, number=20_000)
    return as_row("`Money` + `Money` against py-moneyed", ratio, ours, theirs, 1)
