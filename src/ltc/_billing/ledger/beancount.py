"""The journal as Beancount text, which `bean-check` accepts and whose balances are ours. The host writes the file."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ltc._billing.ledger.chart import account_part, escaped
from ltc._billing.ledger.journal import JournalEntry, trial_balance
from ltc._billing.ledger.postings import Posting
from ltc.errors import InvalidValue
from ltc.events import Subject
from ltc.money import Money

_LINK: Final = re.compile(r"[A-Za-z0-9_/.-]")
_WIDTH: Final = 48


def to_beancount(
    entries: Iterable[JournalEntry], /, *, title: str = "ltc", locale: str = "en", checked: bool = True
) -> str:
    """Return entries as Beancount text: accounts opened on the day on which they are first used, entries by day, checked balances.

    Narrations and the labels of accounts are in the language of `locale`. The documents of an entry are its links
    (`^receivable.P1/1`), so that all about one document is found by one link; what Beancount would not take in a link is written as
    in `account_part`. With `checked` the balance of every account is asserted on the day after the last entry: `bean-check` proves
    that both sides sum alike. One entity's books are one file: give the entries of one, or a chart with `{entity}` in its names.

    Raises:
        InvalidValue: balances are to be checked after 9999-12-31.

    >>> from ltc.billing import journal
    >>> from ltc.testing.samples.billing import signed
    >>> print(to_beancount(journal(signed()), title="SO-1").rstrip())
    option "title" "SO-1"
    <BLANKLINE>
    2026-03-02 open Assets:Receivable:A1
      label: "accounts receivable"
      party: "A1"
    2026-03-02 open Liabilities:Contract
      label: "contract liability (raised, not invoiced)"
    <BLANKLINE>
    2026-03-02 * "A1" "receivable P1/1 raised" ^receivable.P1/1 ^order.SO-1 ^plan.P1
      entity: "E1"
      event: "receivable.raised"
      Assets:Receivable:A1                     30000.00 CNY
      Liabilities:Contract                    -30000.00 CNY
    <BLANKLINE>
    2026-03-03 balance Assets:Receivable:A1                     30000.00 CNY
    2026-03-03 balance Liabilities:Contract                    -30000.00 CNY
    """
    by_day = sorted(entries, key=lambda entry: entry.on)  # stable: those of a day stay in their order
    blocks = [[f'option "title" {_string(title)}'], list(_opened(by_day, locale))]
    blocks += [list(_written(entry, locale)) for entry in by_day]
    if checked and by_day:
        blocks.append(list(_asserted(by_day)))
    return "".join("\n".join(block) + "\n\n" for block in blocks if block)


def _opened(entries: Sequence[JournalEntry], locale: str) -> Iterator[str]:
    first: dict[str, tuple[dt.date, Posting]] = {}
    for entry in entries:
        for line in entry.lines:
            first.setdefault(line.account, (entry.on, line))
    for account, (on, line) in sorted(first.items()):
        yield f"{on} open {account}"
        yield f"  label: {_string(line.role.label(locale))}"
        if line.party is not None and account_part(line.party) in account.split(":"):
            yield f"  party: {_string(line.party)}"


def _written(entry: JournalEntry, locale: str) -> Iterator[str]:
    parties = sorted({line.party for line in entry.lines if line.party is not None})
    payee = [_string(", ".join(parties))] if parties else []
    links = [f"^{_link(document)}" for document in entry.documents]
    yield " ".join([str(entry.on), "*", *payee, _string(entry.narration.say(locale)), *links])
    yield f"  entity: {_string(entry.entity)}"
    yield f"  event: {_string(entry.narration.code.partition('.')[2])}"
    for line in entry.lines:
        yield f"  {_aligned(line.account, line.amount)}"


def _asserted(entries: Sequence[JournalEntry]) -> Iterator[str]:
    last = entries[-1].on
    if last == dt.date.max:
        raise InvalidValue(
            "ledger.no_day_after", f"there is no day after {last} on which balances hold; leave them unchecked", on=last
        )
    for found in trial_balance(entries):
        yield f"{last + dt.timedelta(days=1)} balance {_aligned(found.account, found.amount)}"


def _aligned(account: str, amount: Money) -> str:
    return f"{account} {f'{amount.amount:f}':>{max(0, _WIDTH - len(account))}} {amount.currency}"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _link(document: Subject) -> str:
    return f"{document.kind}.{escaped(document.id, _LINK)}"
