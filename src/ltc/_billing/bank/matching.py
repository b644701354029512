"""Who may have paid a bank line, and for what: suggestions with reasons, never decisions."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

import attrs

from ltc._billing.amounts import above_zero
from ltc._billing.bank.line import BankLine
from ltc._billing.receivables.open_item import OpenItem
from ltc._billing.settlement.exact_match import exact_match
from ltc._billing.settlement.strategies import Part
from ltc._fields import whole
from ltc.findings import Reason
from ltc.ids import AccountId, ReceivableId
from ltc.money import Money
from ltc.text import company_key, one_line

_SHORTEST_NAME: Final = 4
"""Letters of a name of which a part counts: 华东 alone begins the names of many."""
_SHORTEST_NUMBER: Final = 3
_POINTS: Final[Mapping[str, int]] = {
    "match.account": 50,
    "match.number": 40,
    "match.name": 40,
    "match.name_begins": 15,
    "match.name_in_remark": 15,
    "match.amount": 30,
    "match.amount_shared": 20,
    "match.sum": 20,
    "match.near": 10,
}
"""What each reason is worth. Who paid, or for what, is worth more than a figure that may be a chance."""


@attrs.frozen
class Numbered:
    """The number of an order, an invoice or a contract of a customer, and what is owed under it.

    >>> Numbered("SO-1", receivables=("P1/1",)).number
    'SO-1'
    """

    number: str = attrs.field(validator=one_line)
    """As a payer may quote it: at least three letters and digits, of which one is a digit, or it is not looked for."""
    receivables: tuple[ReceivableId, ...] = ()


@attrs.frozen
class Payer:
    """A customer who may have paid, as matching looks at him.

    >>> Payer("A1", names=("华东机械有限公司", "苏州华东")).names[1]
    '苏州华东'
    """

    party: AccountId = attrs.field(validator=one_line)
    names: tuple[str, ...]
    """As registered, and every other under which it is known to pay."""
    accounts: tuple[str, ...] = ()
    """The bank accounts from which it is known to pay."""
    owes: tuple[OpenItem, ...] = ()
    """To the entity whose bank line it is."""
    numbers: tuple[Numbered, ...] = ()


@attrs.frozen
class MatchPolicy:
    """How far matching looks.

    Raises:
        InvalidType, InvalidValue: a tolerance that is no money above zero; no number of items that can be searched.

    >>> MatchPolicy(tolerance=Money.of("50.00", "CNY")).most_items
    4
    """

    tolerance: Money | None = attrs.field(default=None, validator=attrs.validators.optional(above_zero))
    """How far the amount may lie from what is open, to either side (a bank's charges); None: not at all. Of lines in its currency."""
    most_items: int = attrs.field(default=4, validator=whole(1))
    """The most open items of which a sum is tried, apart from that of all of them."""
    most_open: int = attrs.field(default=20, validator=whole(1))
    """The most open items of one customer among which sums of more than three are tried, those due first: as `exact_match`, to 40."""

    def __attrs_post_init__(self) -> None:
        exact_match(among=self.most_open)  # which refuses what it cannot search


@attrs.frozen
class LineMatch:
    """A customer who may have paid a bank line, what he may have paid for, and why that is thought.

    >>> from ltc.testing.samples.bank_lines import bank_line, payer
    >>> [match] = match_line(bank_line(), [payer()])
    >>> match.rank, match.party, match.receivables, match.strength
    (1, 'A1', ('P1/1',), 80)
    >>> match.explain("zh_CN")
    ('付款户名即 华东机械有限公司', '附言含单号 SO-1')
    """

    rank: int
    """1 for the strongest; equally strong matches share a rank, and the next one counts on behind them: 1, 1, 3."""
    party: AccountId
    receivables: tuple[ReceivableId, ...]
    """What the money may be for, due first first; none: only the customer is known."""
    strength: int
    """The sum of what its reasons are worth; see `match_line`."""
    reasons: tuple[Reason, ...]

    def explain(self, locale: str, /) -> tuple[str, ...]:
        """Return the reasons in words."""
        return tuple(reason.say(locale) for reason in self.reasons)


def match_line(
    line: BankLine, payers: Iterable[Payer], /, *, policy: MatchPolicy = MatchPolicy()
) -> tuple[LineMatch, ...]:
    """Return who may have paid a bank line and for what, the strongest first: at most one match a customer.

    A customer is known by an account (50), by a name (40, compared as `company_key`; 15 where one only begins the other, or where
    it stands in the remark), by a number of his in the remark (40). An amount is explained by one open item (30; 20 where several
    are open with it), by the sum of a few or of all (20), by one within the tolerance (10). Of a customer whom nothing else points
    to, only an open item of the exact amount counts. Where numbers of the remark lead to receivables, only those are looked at,
    and they stand in the match even where they do not explain the amount: it may be a part. What is compared is the unclaimed
    amount.

    Ties: of several items or sums that would do, the fewest items, then those due first (then by id); equally strong matches
    stand by the due day of their first receivable, those without one last, then by the customer's id.

    Cost: linear in the customers; for one who is pointed to, that of `exact_match`.

    >>> from ltc.testing.samples.bank_lines import bank_line, payer
    >>> match_line(bank_line(), [Payer("A2", names=("华西机床厂",))])
    ()
    """
    found = sorted(
        (match for payer in payers if (match := _match(line, payer, policy)) is not None),
        key=lambda pair: (-pair[0].strength, pair[1], pair[0].party),
    )
    ranks: dict[int, int] = {}
    for place, (one, _) in enumerate(found, 1):
        ranks.setdefault(one.strength, place)
    return tuple(attrs.evolve(one, rank=ranks[one.strength]) for one, _ in found)


def _match(line: BankLine, payer: Payer, policy: MatchPolicy) -> tuple[LineMatch, dt.date] | None:
    who = _who(line, payer)
    numbers = _numbers(line.remark, payer)
    by_number = [numbered for numbered in payer.numbers if numbered.number in {reason["number"] for reason in numbers}]
    named = {receivable for numbered in by_number for receivable in numbered.receivables}
    amount = line.unclaimed
    owed = sorted(
        (item for item in payer.owes if item.open.currency == amount.currency and item.open.minor > 0),
        key=lambda item: (item.due_on, item.id),
    )
    meant = [item for item in owed if item.id in named]
    items, why = _explained(amount, meant or owed, policy, pointed_to=bool(who or numbers))
    reasons = (*who, *numbers, *why)
    if not reasons:
        return None
    chosen = items or meant
    strength = sum(_POINTS[code] for code in {reason.code for reason in reasons})
    match = LineMatch(0, payer.party, tuple(ReceivableId(item.id) for item in chosen), strength, reasons)
    return match, min((item.due_on for item in chosen), default=dt.date.max)


def _who(line: BankLine, payer: Payer) -> tuple[Reason, ...]:
    """Return why it may be this customer's account and name."""
    account = _squeezed(line.payer_account or "")
    by_account = [
        Reason.of("match.account", account=known) for known in payer.accounts if account and _squeezed(known) == account
    ]
    written, remark = company_key(line.payer_name or ""), company_key(line.remark)
    best: dict[str, Reason] = {}
    for name in payer.names:
        code = _how_named(company_key(name), written, remark)
        if code is not None:
            best.setdefault(code, Reason.of(code, name=name))
    by_name = [best[code] for code in _NAMED if code in best]
    return (*by_account[:1], *by_name[:1])


_NAMED: Final = ("match.name", "match.name_begins", "match.name_in_remark")
"""The ways in which a name agrees, the strongest first."""


def _how_named(key: str, written: str, remark: str) -> str | None:
    if not key:
        return None
    if key == written:
        return "match.name"
    if min(len(key), len(written)) >= _SHORTEST_NAME and (key.startswith(written) or written.startswith(key)):
        return "match.name_begins"
    return "match.name_in_remark" if len(key) >= _SHORTEST_NAME and key in remark else None


def _numbers(remark: str, payer: Payer) -> tuple[Reason, ...]:
    plain = unicodedata.normalize("NFKC", remark).casefold()
    squeezed = _squeezed(remark)
    return tuple(
        Reason.of("match.number", number=known.number)
        for known in payer.numbers
        if _quotes(plain, squeezed, known.number)
    )


def _quotes(plain: str, squeezed: str, number: str) -> bool:
    key = _squeezed(number)
    if len(key) < _SHORTEST_NUMBER or key.isalpha() or key not in squeezed:
        return False
    return _pattern(key).search(plain) is not None


def _squeezed(text: str) -> str:
    """Return the letters and digits of a text, narrow and in lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return what finds a number however its parts are set apart, and not in the middle of a longer one."""
    apart = r"[\W_]*".join(map(re.escape, key))
    return re.compile(rf"(?<![0-9a-z]){apart}(?![0-9a-z])")


def _explained(
    amount: Money, items: Sequence[OpenItem], policy: MatchPolicy, *, pointed_to: bool
) -> tuple[Sequence[OpenItem], tuple[Reason, ...]]:
    """Return the items that explain an amount, and how; nothing where none do."""
    exact = [item for item in items if item.open == amount]
    if exact:
        code = "match.amount" if len(exact) == 1 else "match.amount_shared"
        return exact[:1], (Reason.of(code, amount=amount, receivable=exact[0].id, items=len(exact)),)
    if not pointed_to:
        return (), ()
    some = _few(amount, items, policy)
    if some:
        return some, (Reason.of("match.sum", amount=amount, items=len(some)),)
    tolerance = policy.tolerance
    if tolerance is None or tolerance.currency != amount.currency:
        return (), ()
    nearest = min(items, key=lambda item: abs(item.open - amount), default=None)  # the first of equals: due first
    if nearest is None or abs(nearest.open - amount) > tolerance:
        return (), ()
    gap = abs(nearest.open - amount)
    return [nearest], (Reason.of("match.near", open=nearest.open, receivable=nearest.id, gap=gap),)


def _few(amount: Money, items: Sequence[OpenItem], policy: MatchPolicy) -> Sequence[OpenItem]:
    """Return the few items, or all, that sum to an amount; nothing where none do."""
    parts = exact_match(otherwise=_NOTHING, among=policy.most_open).distribute(amount, items)
    chosen = {part.receivable for part in parts}
    return (
        [item for item in items if item.id in chosen]
        if len(parts) in {*range(policy.most_items + 1), len(items)}
        else []
    )


class _Nothing:
    """The strategy that chooses nothing: what an exact match leaves it at."""

    def distribute(self, _amount: Money, _items: Sequence[OpenItem], /) -> tuple[Part, ...]:
        return ()


_NOTHING: Final = _Nothing()
