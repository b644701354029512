"""The weighted funnel: what the deals in sight are worth, each at its chance."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal

import attrs

from ltc._pipeline.happened import check_worth
from ltc._pipeline.opportunity import Opportunity, OpportunityStatus
from ltc._pipeline.stages import ForecastCategory, StageModel, category_of
from ltc.errors import CurrencyMismatch, InvalidValue
from ltc.money import Money, as_ratio, divide
from ltc.text import one_line, optional_line

_PLACES: Final = 6  # of a ratio that is shown
_WHOLE: Final = Decimal(1)
_NOTHING: Final = Decimal(0)


def _status(value: OpportunityStatus | str) -> OpportunityStatus:
    try:
        return OpportunityStatus(value)
    except ValueError:
        known = ", ".join(OpportunityStatus)
        raise InvalidValue(
            "deal.status", f"{value!a:.40} is no status of a deal; use {known}", value=ascii(value)[:40], known=known
        ) from None


@attrs.frozen
class Deal:
    """What a funnel needs of a deal, wherever it comes from: an `Opportunity`, a row of a table, a line in a notebook.

    Raises:
        InvalidType, InvalidValue: no id or stage, no money of zero or more, a rate that is no ratio in [0, 1], or an unknown word.

    >>> from ltc.money import Money
    >>> Deal("O1", stage="needs", amount=Money.of("100000.00", "CNY"), win_rate="0.30", owner="li").win_rate
    Decimal('0.30')
    """

    id: str = attrs.field(validator=one_line)
    stage: str = attrs.field(validator=one_line)
    amount: Money = attrs.field(validator=check_worth)
    win_rate: Decimal = attrs.field(converter=as_ratio)
    """Its chance while it is open; a won deal counts whole and a lost one not at all, whatever stands here."""
    owner: str | None = attrs.field(default=None, validator=optional_line)
    category: ForecastCategory = attrs.field(default=ForecastCategory.PIPELINE, converter=category_of)
    status: OpportunityStatus = attrs.field(default=OpportunityStatus.OPEN, converter=_status)

    @property
    def chance(self) -> Decimal:
        """The rate at which it counts: 1 when won, 0 when lost, else its win rate.

        >>> from ltc.money import Money
        >>> from ltc.pipeline import OpportunityStatus
        >>> Deal("O1", "won", Money.of("9", "CNY"), win_rate="0.80", status=OpportunityStatus.WON).chance
        Decimal('1')
        """
        if self.status is OpportunityStatus.OPEN:
            return self.win_rate
        return _WHOLE if self.status is OpportunityStatus.WON else _NOTHING


def deal_of(opportunity: Opportunity, model: StageModel, /) -> Deal:
    """Return an opportunity as a deal, at the rate that it has under its model now.

    Raises:
        Refused: `opportunity.other_model`.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import in_stage
    >>> deal = deal_of(in_stage("quotation"), STANDARD_MODEL)
    >>> deal.stage, deal.win_rate, deal.category.value
    ('quotation', Decimal('0.50'), 'best_case')
    """
    return Deal(
        opportunity.id,
        stage=opportunity.stage,
        amount=opportunity.amount,
        win_rate=opportunity.win_rate(model),
        owner=opportunity.owner,
        category=opportunity.category(model),
        status=opportunity.status,
    )


@attrs.frozen
class FunnelRow:
    """One stage, owner or whatever the funnel is cut by, with the deals behind it.

    >>> from ltc.testing.samples.pipeline import deals
    >>> row = weighted_funnel(deals(), by="owner").rows[0]
    >>> row.key, row.count, str(row.amount), str(row.weighted), row.ids
    ('li', 2, '150000.00 CNY', '25000.00 CNY', ('O1', 'O2'))
    """

    key: str | None
    """None: the deals that have none, such as no owner."""
    ids: tuple[str, ...]
    """The deals that are counted, in the order in which they came."""
    amount: Money
    weighted: Money
    """Σ amount × rate as it is shown: the rows add up to the funnel's. Under one minor unit off `exact`."""
    exact: Decimal
    """Σ amount × rate in major units, not rounded."""

    @property
    def count(self) -> int:
        """How many deals there are.

        >>> from ltc.testing.samples.pipeline import deals
        >>> [row.count for row in weighted_funnel(deals()).rows]
        [1, 2, 1]
        """
        return len(self.ids)


@attrs.frozen
class Funnel:
    """Deals in sight, weighted by their chance, cut into rows, against a target where there is one.

    The weighted sum is a mean: it says nothing of how likely it is to be reached.

    >>> from ltc.money import Money
    >>> from ltc.testing.samples.pipeline import deals
    >>> funnel = weighted_funnel(deals(), target=Money.of("200000.00", "CNY"))
    >>> funnel.count, str(funnel.amount), str(funnel.weighted), str(funnel.gap), funnel.coverage
    (4, '400000.00 CNY', '120000.00 CNY', '80000.00 CNY', Decimal('2.000000'))
    """

    rows: tuple[FunnelRow, ...]
    amount: Money
    weighted: Money
    """Σ amount × rate, rounded half up once."""
    exact: Decimal
    """Σ amount × rate in major units, not rounded."""
    target: Money | None = None

    @property
    def count(self) -> int:
        """How many deals there are.

        >>> from ltc.testing.samples.pipeline import deals
        >>> weighted_funnel(deals()).count
        4
        """
        return sum(row.count for row in self.rows)

    @property
    def gap(self) -> Money | None:
        """What the weighted sum is short of the target; negative where it is past it, None without a target.

        >>> from ltc.money import Money
        >>> from ltc.testing.samples.pipeline import deals
        >>> str(weighted_funnel(deals(), target=Money.of("100000.00", "CNY")).gap)
        '-20000.00 CNY'
        """
        return None if self.target is None else self.target - self.weighted

    @property
    def coverage(self) -> Decimal | None:
        """How many times the unweighted amount covers the target, to 6 places; None without a target above zero.

        >>> from ltc.testing.samples.pipeline import deals
        >>> weighted_funnel(deals()).coverage is None
        True
        """
        if self.target is None or self.target.minor <= 0:
            return None
        return _decimal(divide(self.amount.minor * 10**_PLACES, self.target.minor), _PLACES)


By = Literal["stage", "owner", "category"] | Callable[[Deal], str | None]


def weighted_funnel(
    deals: Iterable[Deal],
    /,
    *,
    by: By = "stage",
    order: Sequence[str] = (),
    target: Money | None = None,
    currency: str | None = None,
) -> Funnel:
    """Return Σ amount × rate of deals in one currency, exactly, cut by stage, owner, category or a function of the deal.

    Lost deals are left out, won ones count whole, a rate of 0 stays 0. The shown parts are rounded so that they add up to the shown
    total: each is its exact value rounded down, and the units left go one each to the largest fractions, ties to the earlier row.

    Args:
        deals: of one currency; see `deals_by_currency`.
        by: what a row is.
        order: rows to show first, in this order, also where they are empty; others follow as they come.
        target: what the funnel is compared with.
        currency: needed where there are neither deals nor target.

    Raises:
        CurrencyMismatch: several currencies; they are named in `currencies`.
        InvalidValue: no currency is known, or `by` is none of the words.

    >>> from ltc.testing.samples.pipeline import deals
    >>> [(row.key, str(row.weighted)) for row in weighted_funnel(deals()).rows]
    [('contact', '10000.00 CNY'), ('needs', '60000.00 CNY'), ('quotation', '50000.00 CNY')]
    """
    key_of = by if callable(by) else _key_of(by)
    counted = [deal for deal in deals if deal.status is not OpportunityStatus.LOST]
    unit = one_currency(counted, target, currency)
    rates = {deal.chance for deal in counted}
    places = max((_places(rate) for rate in rates), default=0)
    scaled = {rate: _units(rate, places) for rate in rates}
    cells: dict[str | None, _Cell] = {key: _Cell() for key in order}
    for deal in counted:
        key = key_of(deal)
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = _Cell()
        minor = deal.amount.minor
        cell.ids.append(deal.id)
        cell.minor += minor
        cell.weighted += minor * scaled[deal.chance]
    return _shown(cells, unit, places, target)


@attrs.define
class _Cell:
    """What is added up for a row; the weighted sum in minor units times ten to the places of the finest rate."""

    ids: list[str] = attrs.field(factory=list)
    minor: int = 0
    weighted: int = 0


def _shown(cells: dict[str | None, _Cell], currency: str, places: int, target: Money | None) -> Funnel:
    exact = sum(cell.weighted for cell in cells.values())
    total = Money(divide(exact, 10**places), currency)
    digits = places + _places(total.amount)
    parts = _parts(total.minor, [cell.weighted for cell in cells.values()], 10**places)
    rows = tuple(
        FunnelRow(
            key,
            tuple(cell.ids),
            Money(cell.minor, currency),
            Money(part, currency),
            _decimal(cell.weighted, digits),
        )
        for (key, cell), part in zip(cells.items(), parts, strict=True)
    )
    amount = Money(sum(cell.minor for cell in cells.values()), currency)
    return Funnel(rows, amount, total, _decimal(exact, digits), target)


def _parts(total: int, exact: Sequence[int], scale: int) -> list[int]:
    """Return whole parts of a rounded total: by largest remainder of the exact values themselves, so that a whole one never moves."""
    parts = [units // scale for units in exact]
    by_fraction = sorted(range(len(exact)), key=lambda index: -(exact[index] % scale))
    for index in by_fraction[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _key_of(by: str) -> Callable[[Deal], str | None]:
    keys: dict[str, Callable[[Deal], str | None]] = {
        "stage": lambda deal: deal.stage,
        "owner": lambda deal: deal.owner,
        "category": lambda deal: deal.category,
    }
    try:
        return keys[by]
    except KeyError:
        known = ", ".join(keys)
        raise InvalidValue(
            "funnel.by",
            f"a funnel is not cut by {by!a:.40}; use {known} or a function",
            by=ascii(by)[:40],
            known=known,
        ) from None


def one_currency(deals: Iterable[Deal], target: Money | None, currency: str | None) -> str:
    """Return the one currency of deals, target and caller; refuse none or several."""
    found = dict.fromkeys(deal.amount.currency for deal in deals)
    if target is not None:
        found[target.currency] = None
    if currency is not None:
        found[currency] = None
    match tuple(found):
        case (only,):
            return only
        case ():
            raise InvalidValue(
                "funnel.no_currency", "there are no deals; give the currency of an empty funnel or a target"
            )
        case several:
            named = ", ".join(sorted(several))
            raise CurrencyMismatch(
                "funnel.currencies",
                f"deals and target are in {named}; make one funnel a currency with deals_by_currency",
                currencies=tuple(sorted(several)),
                named=named,
            )


def deals_by_currency(deals: Iterable[Deal], /) -> dict[str, tuple[Deal, ...]]:
    """Return deals apart by currency, in the order in which they came: one funnel is made of each.

    >>> from ltc.money import Money
    >>> mixed = [Deal("O1", "needs", Money.of("1", code), win_rate="0.30") for code in ("CNY", "USD", "CNY")]
    >>> {code: len(same) for code, same in deals_by_currency(mixed).items()}
    {'CNY': 2, 'USD': 1}
    """
    apart: dict[str, list[Deal]] = {}
    for deal in deals:
        apart.setdefault(deal.amount.currency, []).append(deal)
    return {currency: tuple(same) for currency, same in apart.items()}


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(value: Decimal, places: int) -> int:
    numerator, denominator = value.as_integer_ratio()
    scale: int = 10**places
    return numerator * scale // denominator


def _decimal(units: int, places: int) -> Decimal:
    return Decimal(f"{units}E-{places}")  # the constructor never rounds to the host's context
