"""Interest that is charged: it becomes a receivable of its own, and is not charged twice."""

import datetime as dt

from ltc._billing.dunning.interest import Interest
from ltc._billing.receivables.component import Component
from ltc._billing.receivables.dunning_events import InterestCharged
from ltc._billing.receivables.events import ReceivableEvent
from ltc._billing.receivables.life import RECEIVABLE
from ltc._billing.receivables.receivable import Receivable
from ltc._billing.receivables.relief import raise_receivable
from ltc.errors import InvalidValue, Refused
from ltc.events import Change
from ltc.ids import ReceivableId, derived
from ltc.money import Money

ReceivableChange = Change[Receivable, ReceivableEvent]


def charge_interest(
    receivable: Receivable,
    *,
    found: Interest,
    amount: Money | None = None,
    due_on: dt.date,
    on: dt.date,
    now: dt.datetime,
) -> tuple[ReceivableChange, ReceivableChange]:
    """Make the interest that has run a receivable `{receivable}/interest/{n}` of its own; the new one first, then the principal's.

    What was charged before is not charged again; what runs from then on is left to a later charge. `amount` is for a letter that
    rounds as a whole.

    Raises:
        Refused: nothing is left to charge; it ends before the day of the last charge, which has charged those days already.
        InvalidValue: the interest is of another receivable or of a later day, or it falls due before it is charged.

    >>> from ltc.testing.samples.dunning import charged
    >>> interest, principal = charged()
    >>> interest.after.component.value, interest.after.charged_for, str(interest.after.open), str(principal.after.open)
    ('interest', 'AR-9', '11.51 CNY', '400.00 CNY')
    """
    if found.receivable != receivable.id or found.until > on:
        raise InvalidValue(
            "interest.other",
            f"the interest is of {found.receivable} until {found.until}; charge that of {receivable.id} until {on} or before",
            receivable=receivable.id,
            given=found.receivable,
            until=found.until,
            on=on,
        )
    for last in receivable.interest_charges[-1:]:
        if found.until < last.on:
            raise Refused(
                "interest.charged_since",
                f"interest of receivable {receivable.id} was charged on {last.on}, after {found.until}; "
                "charge what has run up to that day or a later one",
                receivable=receivable.id,
                last=last.on,
                until=found.until,
            )
    asked = found.amount if amount is None else amount
    if not asked:
        raise Refused(
            "interest.nothing",
            f"no interest of receivable {receivable.id} is left to charge on {on}; wait until more has run",
            receivable=receivable.id,
            on=on,
        )
    charge = ReceivableId(derived(derived(receivable.id, "interest"), len(receivable.interest_charges) + 1))
    raised = raise_receivable(
        charge,
        order=receivable.order,
        entity=receivable.entity,
        party=receivable.party,
        amount=asked,
        on=on,
        due_on=due_on,
        component=Component.INTEREST,
        charged_for=receivable.id,
        now=now,
    )
    charged = InterestCharged(receivable.id, charge, asked, until=found.until, on=on, at=now)
    return raised, RECEIVABLE.change(receivable, charged)
