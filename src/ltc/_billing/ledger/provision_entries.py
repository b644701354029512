"""The provision for doubtful debts 坏账准备 in the journal: the expense that brings the allowance to what it must be."""

import datetime as dt

from ltc._billing.amounts import check_money
from ltc._billing.ledger.chart import AccountRole, Chart
from ltc._billing.ledger.journal import JournalEntry
from ltc._billing.ledger.postings import Posting
from ltc.errors import InvalidValue
from ltc.events import Subject, day
from ltc.findings import Reason
from ltc.ids import EntityId, derived
from ltc.money import Money


def provision_entries(expense: Money, /, *, entity: EntityId, on: dt.date, chart: Chart) -> tuple[JournalEntry, ...]:
    """Return the entry of a provision, or none where there is nothing to provide: the expense of `Allowance.expense`, below zero given back.

    The chart must keep an allowance: its `bad_debt`, which write-offs debit and recoveries credit, is an account of assets. Then that
    account is what stands aside, with the other sign.

    Raises:
        InvalidValue: the chart's `bad_debt` is an expense.

    >>> from datetime import date
    >>> chart = Chart(bad_debt="Assets:Allowance")
    >>> [entry] = provision_entries(Money.of("80.00", "CNY"), entity="E1", on=date(2026, 3, 31), chart=chart)
    >>> [(line.account, str(line.amount)) for line in entry.lines]
    [('Expenses:Provision', '80.00 CNY'), ('Assets:Allowance', '-80.00 CNY')]
    """
    check_money("expense", expense)
    if not chart.bad_debt.startswith("Assets:"):
        raise InvalidValue(
            "chart.no_allowance",
            f"bad_debt is {chart.bad_debt}, so that a write-off is an expense at once; give an account of assets to keep an allowance",
            account=chart.bad_debt,
        )
    if not expense:
        return ()
    about = Subject("provision", derived(entity, str(day(on))))
    lines = tuple(
        Posting(chart.account(role, entity=entity), amount, role, None)
        for role, amount in ((AccountRole.PROVISION, expense), (AccountRole.BAD_DEBT, -expense))
    )
    narration = Reason.of("ledger.provision", entity=entity, on=on)
    return (JournalEntry(on, entity, about, narration, (about,), lines),)
