"""Roll-ups by forecast category: what is closed, and what becomes of it if the commitments, and the best case, come true."""

from collections.abc import Iterable

import attrs

from ltc._pipeline.funnel import Deal, one_currency
from ltc._pipeline.opportunity import OpportunityStatus
from ltc._pipeline.stages import ForecastCategory
from ltc.money import Money, total


@attrs.frozen
class ForecastRollup:
    """Unweighted amounts by forecast category. The fields are the single roll-up, each deal once; the properties the cumulative one.

    Source: Salesforce, Collaborative Forecasts, "single" and "cumulative forecast rollups".

    >>> from ltc.testing.samples.pipeline import category_deals
    >>> rollup = forecast_rollup(category_deals())
    >>> str(rollup.closed), str(rollup.commit), str(rollup.best_case), str(rollup.pipeline)
    ('40.00 CNY', '60.00 CNY', '20.00 CNY', '80.00 CNY')
    >>> str(rollup.commit_forecast), str(rollup.best_case_forecast), str(rollup.open_pipeline)
    ('100.00 CNY', '120.00 CNY', '160.00 CNY')
    """

    omitted: Money
    """In no sum of the others."""
    pipeline: Money
    best_case: Money
    commit: Money
    closed: Money

    @property
    def commit_forecast(self) -> Money:
        """Closed and commit.

        >>> from ltc.testing.samples.pipeline import category_deals
        >>> str(forecast_rollup(category_deals()).commit_forecast)
        '100.00 CNY'
        """
        return self.closed + self.commit

    @property
    def best_case_forecast(self) -> Money:
        """Closed, commit and best case.

        >>> from ltc.testing.samples.pipeline import category_deals
        >>> str(forecast_rollup(category_deals()).best_case_forecast)
        '120.00 CNY'
        """
        return self.commit_forecast + self.best_case

    @property
    def open_pipeline(self) -> Money:
        """Commit, best case and pipeline: all that is open, without what is closed.

        >>> from ltc.testing.samples.pipeline import category_deals
        >>> str(forecast_rollup(category_deals()).open_pipeline)
        '160.00 CNY'
        """
        return self.commit + self.best_case + self.pipeline


def forecast_rollup(deals: Iterable[Deal], /, *, currency: str | None = None) -> ForecastRollup:
    """Return the amounts of deals in one currency by category, unweighted. Won deals are closed, lost ones left out.

    Raises:
        CurrencyMismatch: several currencies; they are named in `currencies`.
        InvalidValue: there are no deals and no `currency`.

    >>> from ltc.testing.samples.pipeline import deals
    >>> str(forecast_rollup(deals()).pipeline)
    '400000.00 CNY'
    """
    amounts: dict[ForecastCategory, list[Money]] = {category: [] for category in ForecastCategory}
    counted = [deal for deal in deals if deal.status is not OpportunityStatus.LOST]
    unit = one_currency(counted, None, currency)
    for deal in counted:
        won = deal.status is OpportunityStatus.WON
        amounts[ForecastCategory.CLOSED if won else deal.category].append(deal.amount)
    return ForecastRollup(**{category.value: total(same, unit) for category, same in amounts.items()})
