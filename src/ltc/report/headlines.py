"""The figures that stand at the top of the page."""

from collections.abc import Iterator
from decimal import Decimal

import attrs

from ltc.money import divide
from ltc.report.aging import AgingFigure
from ltc.report.funnel import FunnelFigure
from ltc.report.labels import label
from ltc.report.overview import Figures
from ltc.report.words import count, days, money, percent


@attrs.frozen
class Card:
    """One headline figure."""

    name: str
    value: str
    more: str
    late: bool = False


def headlines(figures: Figures, locale: str, /) -> tuple[Card, ...]:
    """Return the headline figures; of several currencies the one with most rows speaks."""
    return tuple(_cards(figures, locale))


def _cards(figures: Figures, locale: str) -> Iterator[Card]:
    if figures.funnels:
        yield from _funnel_cards(figures.funnels[0], locale)
    if figures.leads:
        total = figures.leads.total
        facts = {"duplicates": count(total.duplicates), "returned": count(total.returned)}
        yield Card(label("card_leads", locale), count(total.leads), label("card_leads_more", locale, **facts))
    if figures.orders:
        orders = figures.orders[0]
        facts = {"ordered": money(orders.ordered, locale), "invoiced": money(orders.invoiced, locale)}
        yield Card(
            label("card_orders", locale), money(orders.collected, locale), label("card_orders_more", locale, **facts)
        )
    if figures.receivables:
        yield from _aging_cards(figures.receivables[0], "card_open_receivables", locale)
    elif figures.invoices:
        yield from _aging_cards(figures.invoices[0], "card_open", locale)


def _funnel_cards(funnel: FunnelFigure, locale: str) -> Iterator[Card]:
    target = funnel.target
    if target is not None:
        facts = {"won": money(target.won, locale), "target": money(target.target, locale)}
        name = label("card_target", locale, period=target.period.name)
        yield Card(name, percent(target.reached), label("card_target_more", locale, **facts))
    facts = {"amount": money(funnel.amount, locale), "count": count(funnel.count)}
    yield Card(
        label("card_weighted", locale), money(funnel.weighted, locale), label("card_weighted_more", locale, **facts)
    )
    if funnel.won or funnel.lost:
        facts = {"won": count(funnel.won), "lost": count(funnel.lost)}
        yield Card(label("card_won", locale), money(funnel.won_amount, locale), label("card_won_more", locale, **facts))


def _aging_cards(figure: AgingFigure, name: str, locale: str) -> Iterator[Card]:
    overdue = money(figure.overdue, locale)
    more = label("card_open_more", locale, count=count(figure.count), overdue=overdue)
    yield Card(label(name, locale), money(figure.open, locale), more)
    if figure.overdue:
        share = Decimal(f"{divide(figure.overdue.minor * 1000, figure.open.minor)}E-3")
        more = label("card_overdue_more", locale, share=percent(share))
        yield Card(label("card_overdue", locale), overdue, more, late=True)
    if figure.dso is not None:
        yield Card(label("card_dso", locale), days(figure.dso), label("card_dso_more", locale))
