"""The order in which the law settles what a payment does not cover, unless something else was agreed."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

import attrs

from ltc._billing.receivables.component import Component
from ltc._billing.receivables.open_item import OpenItem
from ltc._billing.settlement.strategies import Part, Strategy, in_turn, proportional
from ltc.errors import InvalidValue
from ltc.findings import Reason
from ltc.money import Money

_REASONS: Final[Mapping[Component, str]] = {
    Component.COSTS: "receipt.statutory_costs",
    Component.INTEREST: "receipt.statutory_interest",
    Component.PRINCIPAL: "receipt.statutory_principal",
}


@attrs.frozen
class _OfComponent:
    """Give to what is owed for one thing only."""

    component: Component
    then: Strategy

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
        owed = [item for item in items if item.component is self.component]
        return [_because(part, self.component) for part in self.then.distribute(amount, owed)] if owed else ()


def _because(part: Part, component: Component) -> Part:
    reason = part.reason
    return attrs.evolve(part, reason=Reason.of(_REASONS[component], **{**dict(reason.facts), "then": reason.code}))


@attrs.frozen
class _ByDueDate:
    """Give to what is due first, to all that is due on one day at once."""

    def distribute(self, amount: Money, items: Sequence[OpenItem], /) -> Sequence[Part]:
        parts: list[Part] = []
        left = amount
        for _, same_day in groupby(
            sorted(items, key=lambda item: (item.due_on, item.id)), key=lambda item: item.due_on
        ):
            owed = list(same_day)
            parts += proportional.distribute(left, owed)
            left -= min(left, Money(sum(item.open.minor for item in owed), left.currency))
        return parts


legal_order: Final[Strategy] = _ByDueDate()
"""The receivable due first is settled first, those due on one day in proportion to what is open.

What was agreed, or the payer says when he pays, goes before (`designated`); so do what is secured least and what weighs most on him
(`highest_by`), where the host knows: `in_turn` puts them together.

Source: Civil Code of China, article 560.
"""


def statutory(
    *,
    order: Sequence[Component] = (Component.COSTS, Component.INTEREST, Component.PRINCIPAL),
    then: Strategy = legal_order,
) -> Strategy:
    """Return the strategy that settles costs, then interest, then principal; what is owed for the same thing goes by `then`.

    Another `order` is for where it was agreed, or where another law holds; it names each of the three once.

    Raises:
        InvalidValue: the order does not name each component once.

    Source: Civil Code of China, article 561 (costs, interest, principal), and 560 for the default of `then`.

    >>> from datetime import date
    >>> from ltc._billing.receivables.component import Component
    >>> owed = [OpenItem(component.value, "A1", date(2026, 3, 2), Money.of("5", "CNY"), component=component)
    ...         for component in (Component.PRINCIPAL, Component.INTEREST, Component.COSTS)]
    >>> parts = statutory().distribute(Money.of("11", "CNY"), owed)
    >>> [(part.receivable, str(part.amount)) for part in parts]
    [('costs', '5.00 CNY'), ('interest', '5.00 CNY'), ('principal', '1.00 CNY')]
    >>> parts[0].reason.say("zh_CN")
    '按费用、利息、本金的顺序：费用'
    """
    if sorted(order) != sorted(Component):
        named = ", ".join(order)
        raise InvalidValue(
            "receipt.statutory_order",
            f"the order {named} does not name costs, interest and principal once each; give all three",
            order=named,
        )
    return in_turn(*(_OfComponent(component, then) for component in order))
