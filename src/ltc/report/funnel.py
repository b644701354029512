"""The funnel as it stood at the end of a day: what is open by stage, what it is expected to bring, and what was won against the target."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from ltc.money import Money, Rounding, divide, total
from ltc.pipeline import Deal, weighted_funnel
from ltc.report.periods import Period
from ltc.report.rows import LOST, WON, OpportunityRow, StageRow
from ltc.report.tables import Tables

_PLACES = 10**6  # a rate that is estimated has six decimals


@attrs.frozen
class Standing:
    """Where an opportunity stood at the end of a day."""

    row: OpportunityRow
    stage: str | None
    """None: in none, as far as is known."""
    decided_on: dt.date | None = None
    """When it was won or lost, where that is known."""
    is_dated: bool = True
    """Whether anything says that it existed on the day."""

    @property
    def is_open(self) -> bool:
        """Whether it was neither won nor lost."""
        return self.stage not in {WON, LOST}


@attrs.frozen
class WinRate:
    """The share of opportunities of a stage that are won, and where it comes from.

    >>> from decimal import Decimal
    >>> WinRate(Decimal("0.631501"), won=4238, decided=6711).is_given
    False
    """

    rate: Decimal
    won: int = 0
    decided: int = 0
    """How many opportunities that entered the stage were won or lost by the day; 0 for a rate that was given."""

    @property
    def is_given(self) -> bool:
        """Whether the rate was given rather than computed from the history."""
        return self.decided == 0


@attrs.frozen
class StageFigure:
    """The open opportunities of one stage and currency.

    >>> from decimal import Decimal
    >>> from ltc.money import Money
    >>> rate, amount = WinRate(Decimal("0.5")), Money.of("100000.00", "CNY")
    >>> StageFigure("报价", 1, amount, rate, weighted=amount.share("0.5")).count
    1
    """

    stage: str | None
    count: int
    amount: Money
    win_rate: WinRate | None
    """None where no decided opportunity is known to have entered the stage and no rate was given."""
    weighted: Money
    """The amount times the win rate, so rounded that stages and owners both add up to the funnel; zero without a rate."""


@attrs.frozen
class OwnerFigure:
    """The opportunities of one owner and currency: open, won and lost so far.

    >>> from ltc.money import Money
    >>> OwnerFigure("li", open=2, amount=Money.of("9", "CNY"), weighted=Money.of("3", "CNY"), won=1, won_amount=Money.of("5", "CNY"), lost=1).win_rate
    Decimal('0.500000')
    """

    owner: str | None
    open: int
    amount: Money
    weighted: Money
    won: int
    won_amount: Money
    lost: int

    @property
    def win_rate(self) -> Decimal | None:
        """The share of the decided opportunities that were won; None if none is decided."""
        return _ratio(self.won, self.won + self.lost)


@attrs.frozen
class TargetFigure:
    """A target beside what was won in its period so far and what the open funnel is expected to bring, whenever it does.

    >>> from ltc.money import Money
    >>> yuan = lambda amount: Money.of(amount, "CNY")
    >>> figure = TargetFigure(Period.named("2026-Q4"), target=yuan("100"), won=yuan("40"), weighted=yuan("35"))
    >>> str(figure.gap), figure.reached, figure.expected
    ('25.00 CNY', Decimal('0.400000'), Decimal('0.750000'))
    """

    period: Period
    target: Money
    won: Money
    weighted: Money

    @property
    def gap(self) -> Money:
        """What is missing of the target when the funnel brings what it is expected to; never under zero."""
        missing = self.target - self.won - self.weighted
        return missing if missing.minor > 0 else Money.zero(missing.currency)

    @property
    def reached(self) -> Decimal | None:
        """What was won as a ratio of the target, which may be over one; None of a target of zero."""
        return _ratio(self.won.minor, self.target.minor)

    @property
    def expected(self) -> Decimal | None:
        """What was won and the weighted funnel as a ratio of the target."""
        return _ratio(self.won.minor + self.weighted.minor, self.target.minor)


@attrs.frozen
class FunnelFigure:
    """The funnel of one currency as it stood at the end of a day; amounts of several currencies are never added.

    >>> from ltc.money import Money
    >>> figure = FunnelFigure("CNY", (), won=0, won_amount=Money.zero("CNY"), lost=0)
    >>> figure.count, str(figure.amount), str(figure.weighted)
    (0, '0.00 CNY', '0.00 CNY')
    """

    currency: str
    stages: tuple[StageFigure, ...]
    """In the order of the funnel."""
    won: int
    won_amount: Money
    lost: int
    owners: tuple[OwnerFigure, ...] = ()
    """The largest weighted amount first."""
    months: tuple[tuple[str, Money], ...] = ()
    """What was won in each of the last twelve months that have any, the oldest first."""
    target: TargetFigure | None = None
    undated: int = 0
    """How many open opportunities have neither a date nor a history, and so are open on any day."""

    @property
    def count(self) -> int:
        """How many opportunities are open."""
        return sum(stage.count for stage in self.stages)

    @property
    def amount(self) -> Money:
        """What the open opportunities are to bring if all are won."""
        return total((stage.amount for stage in self.stages), self.currency)

    @property
    def weighted(self) -> Money:
        """The sum of the weighted amounts of the stages."""
        return total((stage.weighted for stage in self.stages), self.currency)

    @property
    def has_computed_rates(self) -> bool:
        """Whether a win rate comes from the history rather than from somebody's experience."""
        return any(stage.win_rate is not None and not stage.win_rate.is_given for stage in self.stages)

    @property
    def largest(self) -> Money:
        """The amount of the largest stage: the longest bar."""
        return max((stage.amount for stage in self.stages), default=Money.zero(self.currency))

    @property
    def largest_owned(self) -> Money:
        """The amount of the largest owner."""
        return max((owner.amount for owner in self.owners), default=Money.zero(self.currency))

    @property
    def best_month(self) -> Money:
        """What was won in the best month."""
        return max((amount for _, amount in self.months), default=Money.zero(self.currency))

    @property
    def unrated(self) -> int:
        """How many open opportunities stand in a stage without a win rate and so are not in the weighted amount."""
        return sum(stage.count for stage in self.stages if stage.win_rate is None)


def funnels(tables: Tables, *, as_of: dt.date, target: Money | None) -> tuple[FunnelFigure, ...]:
    """Return the funnel of each currency, the one with most opportunities first."""
    history = _history(tables.stage_history, as_of)
    standings = tuple(_standings(tables.opportunities, tables.stage_history, history, as_of))
    rates = _rates(tables, history)
    order = _order(tables, history, standings)
    currencies = Counter(standing.row.amount.currency for standing in standings)
    targets = _targets(tables, as_of, target)
    return tuple(
        _funnel(currency, standings, order, rates, targets.get(currency))
        for currency in sorted({*currencies, *targets}, key=lambda name: (-currencies[name], name))
    )


def _history(rows: Iterable[StageRow], as_of: dt.date) -> dict[str, list[StageRow]]:
    """Return the entries of each opportunity up to the end of the day, in their order; those of one instant as they are given."""
    found = defaultdict(list)
    for row in rows:
        if row.at.date() <= as_of:
            found[row.id].append(row)
    for entries in found.values():
        entries.sort(key=lambda row: row.at)
    return found


def _standings(
    rows: Iterable[OpportunityRow], history: Iterable[StageRow], known: Mapping[str, Sequence[StageRow]], as_of: dt.date
) -> Iterable[Standing]:
    """Yield where each opportunity that existed stood. What entered its first stage after the day did not exist, as far as is known."""
    dated = {row.id for row in history}
    for row in rows:
        if row.created_at is not None and row.created_at.date() > as_of:
            continue
        entries = known.get(row.id)
        if entries:
            last = entries[-1]
            yield Standing(row, last.stage, last.at.date() if last.ends else None)
        elif row.id not in dated:
            yield Standing(row, row.stage, is_dated=row.created_at is not None)
        elif row.created_at is not None:
            yield Standing(row, None)


def _rates(tables: Tables, history: Mapping[str, Sequence[StageRow]]) -> Mapping[str, WinRate]:
    """Return the win rate by stage: as given, or the share of decided opportunities that entered the stage and were won.

    The share over-states what the open funnel brings, since what is still open is older than what was decided; the page says so.
    """
    won: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for entries in history.values():
        if entries[-1].ends:
            entered = {row.stage for row in entries if not row.ends}
            decided.update(entered)
            won.update(entered if entries[-1].stage == WON else ())
    shares = {
        stage: WinRate(_ratio(won[stage], count) or Decimal(0), won[stage], count) for stage, count in decided.items()
    }
    return shares | {stage: WinRate(rate) for stage, rate in tables.win_rates.items()}


def _order(
    tables: Tables, history: Mapping[str, Sequence[StageRow]], standings: Iterable[Standing]
) -> tuple[str | None, ...]:
    """Return the stages in the order of the funnel: as given, then by where they come in the histories on average."""
    places: dict[str | None, list[int]] = defaultdict(list)
    for entries in history.values():
        for place, row in enumerate(entries):
            places[row.stage].append(place)
    mean = {stage: Fraction(sum(found), len(found)) for stage, found in places.items()}
    rest = {standing.stage for standing in standings if standing.is_open} - set(tables.stages)
    by_place = sorted(rest, key=lambda stage: (stage is not None, mean.get(stage, Fraction(-1)), stage or ""))
    return (*tables.stages, *by_place)


def _funnel(
    currency: str,
    standings: Iterable[Standing],
    order: Sequence[str | None],
    rates: Mapping[str, WinRate],
    aim: tuple[Period, Money] | None,
) -> FunnelFigure:
    own = [standing for standing in standings if standing.row.amount.currency == currency]
    won = [standing for standing in own if standing.stage == WON]
    deals = _deals(own, rates)
    figure = FunnelFigure(
        currency,
        _stages(currency, own, order, rates, _weights(currency, deals, "stage")),
        won=len(won),
        won_amount=_won(won, currency),
        lost=sum(standing.stage == LOST for standing in own),
        owners=_owners(currency, own, _weights(currency, deals, "owner")),
        months=_months(won, currency),
        undated=sum(standing.is_open and not standing.is_dated for standing in own),
    )
    if aim is None:
        return figure
    period, target = aim
    reached = _won((standing for standing in won if standing.decided_on and standing.decided_on in period), currency)
    return attrs.evolve(figure, target=TargetFigure(period, target, reached, figure.weighted))


def _won(standings: Iterable[Standing], currency: str) -> Money:
    return total((standing.row.closed_amount for standing in standings), currency)


def _deals(own: Iterable[Standing], rates: Mapping[str, WinRate]) -> list[Deal]:
    """Return what is open and has a win rate as the deals of a weighted funnel."""
    return [
        Deal(one.row.id, one.stage, one.row.amount, rate.rate, owner=one.row.owner)
        for one in own
        if one.is_open and one.stage is not None and (rate := rates.get(one.stage)) is not None
    ]


def _weights(currency: str, deals: Iterable[Deal], by: Literal["stage", "owner"]) -> dict[str | None, Money]:
    return {row.key: row.weighted for row in weighted_funnel(deals, by=by, currency=currency).rows}


def _stages(
    currency: str,
    own: Iterable[Standing],
    order: Sequence[str | None],
    rates: Mapping[str, WinRate],
    weights: Mapping[str | None, Money],
) -> tuple[StageFigure, ...]:
    amounts: dict[str | None, list[Money]] = defaultdict(list)
    for one in own:
        if one.is_open:
            amounts[one.stage].append(one.row.amount)
    return tuple(
        StageFigure(
            stage,
            len(amounts[stage]),
            total(amounts[stage], currency),
            rates.get(stage or ""),
            weights.get(stage, Money.zero(currency)),
        )
        for stage in order
        if stage in amounts or stage in rates
    )


def _owners(currency: str, own: Iterable[Standing], weights: Mapping[str | None, Money]) -> tuple[OwnerFigure, ...]:
    by_owner: dict[str | None, list[Standing]] = defaultdict(list)
    for one in own:
        by_owner[one.row.owner].append(one)
    figures = [_owner(owner, currency, held, weights) for owner, held in by_owner.items()]
    return tuple(
        sorted(figures, key=lambda figure: (-figure.weighted.minor, -figure.won_amount.minor, figure.owner or ""))
    )


def _owner(
    owner: str | None, currency: str, held: Sequence[Standing], weights: Mapping[str | None, Money]
) -> OwnerFigure:
    still_open = [one for one in held if one.is_open]
    won = [one for one in held if one.stage == WON]
    return OwnerFigure(
        owner,
        open=len(still_open),
        amount=total((one.row.amount for one in still_open), currency),
        weighted=weights.get(owner, Money.zero(currency)),
        won=len(won),
        won_amount=_won(won, currency),
        lost=sum(one.stage == LOST for one in held),
    )


def _months(won: Iterable[Standing], currency: str) -> tuple[tuple[str, Money], ...]:
    by_month: dict[str, Money] = defaultdict(lambda: Money.zero(currency))
    for standing in won:
        if standing.decided_on is not None:
            by_month[f"{standing.decided_on:%Y-%m}"] += standing.row.closed_amount
    return tuple(sorted(by_month.items())[-12:])


def _targets(tables: Tables, as_of: dt.date, target: Money | None) -> dict[str, tuple[Period, Money]]:
    """Return what is to be won, by currency: as given for the quarter of the day, or the sum of the shortest period with targets."""
    if target is not None:
        return {target.currency: (Period.quarter_of(as_of), target)}
    periods = [(Period.named(row.period), row.amount) for row in tables.targets if row.metric.casefold() == WON]
    current = [(period, amount) for period, amount in periods if as_of in period]
    if not current:
        return {}
    shortest = min((period for period, _ in current), key=lambda period: period.end - period.begin)
    found: dict[str, tuple[Period, Money]] = {}
    for period, amount in current:
        if period == shortest:
            before = found.get(amount.currency, (period, Money.zero(amount.currency)))[1]
            found[amount.currency] = (period, before + amount)
    return found


def _ratio(part: int, whole: int) -> Decimal | None:
    return None if whole == 0 else Decimal(f"{divide(part * _PLACES, whole, Rounding.HALF_UP)}E-6")  # in any context
