"""How an order is placed under a contract."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from ltc._contracts.contract import Contract, ContractStatus
from ltc._contracts.line import Line
from ltc._contracts.order import Order
from ltc._contracts.order_events import OrderEvent, OrderPlaced
from ltc._contracts.order_life import ORDER
from ltc._contracts.quantities import NONE
from ltc.errors import Refused
from ltc.events import Change, day
from ltc.ids import OrderId


def place_order(
    order_id: OrderId,
    /,
    *,
    contract: Contract,
    lines: Iterable[Line],
    currency: str,
    tolerance: Decimal = NONE,
    on: dt.date,
    now: dt.datetime,
) -> Change[Order, OrderEvent]:
    """Place an order under a contract that is signed and in effect on that day, for its parties, in its currency.

    `tolerance` is how much more than ordered may be delivered, as a share: of every line that has none of its own.
    A contract may have several orders; whether they stay within its amount is the host's to review.

    Raises:
        Refused: `contract.not_signed`, `contract.not_effective` or `order.currency`.
        InvalidValue: no line, or two of one id.
        CurrencyMismatch: a line is adjusted in another currency.

    >>> from datetime import date
    >>> from ltc.testing.samples.contracts import NOON, draft_contract, order_lines
    >>> place_order("SO-9", contract=draft_contract(), lines=order_lines(), currency="CNY", on=date(2026, 3, 2), now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: contract K1 is draft; orders are placed once it is signed
    """
    _check_contract(contract, currency, day(on))
    placed = OrderPlaced(
        order_id,
        contract=contract.id,
        entity=contract.entity,
        account=contract.account,
        opportunity=contract.opportunity,
        owner=contract.owner,
        currency=currency,
        lines=tuple(lines),
        on=on,
        at=now,
        tolerance=tolerance,
    )
    change = ORDER.change(None, placed)
    _ = change.after.amount  # meets the currency of every adjustment
    return change


def _check_contract(contract: Contract, currency: str, on: dt.date) -> None:
    if contract.status is not ContractStatus.SIGNED:
        raise Refused(
            "contract.not_signed",
            f"contract {contract.id} is {contract.status.value}; orders are placed once it is signed",
            contract=contract.id,
            status=contract.status.value,
        )
    if not contract.is_effective(on):
        raise Refused(
            "contract.not_effective",
            f"contract {contract.id} takes effect on {contract.effective_on}, not by {on}; place the order from that day on",
            contract=contract.id,
            effective_on=contract.effective_on,
            on=on,
        )
    if currency != contract.amount.currency:
        raise Refused(
            "order.currency",
            f"contract {contract.id} is in {contract.amount.currency}, not in {currency}; order in its currency",
            contract=contract.id,
            expected=contract.amount.currency,
            currency=currency,
        )
