"""Accounts 客户: the customers, the people there, and who looks after them.

An account is created with an owner, mostly when a lead is converted; further leads of the same company are linked to it. Its people
are noted as contacts. When a rep leaves it is handed over: from that instant on it is the successor's, and every figure of the time
before stays with the former owner, since ownership is a history with dates. An account has no status, so that there is no table of
moves: whatever is done to it can be done at any time.

>>> from ltc import accounts
>>> from ltc.testing.samples.accounts import NOON
>>> made = accounts.create("A1", name="华东机械有限公司", owner="li", origin="L1", now=NOON)
>>> known = accounts.add_contact(made.after, contact="C1", name="陈静", role="采购经理", now=NOON)
>>> moved = accounts.hand_over(known.after, to="wang", reason="li leaves", now=NOON)
>>> moved.after.owner, moved.after.former[0].owner, moved.after.version
('wang', 'li', 3)
"""

from ltc._accounts.account import (
    ACCOUNT,
    Account,
    AccountContactAdded,
    AccountCreated,
    AccountEvent,
    AccountHandedOver,
    AccountLeadLinked,
    Contact,
    Tenure,
)
from ltc._accounts.keeping import add_contact, create, hand_over, link_lead

__all__ = [
    "ACCOUNT",
    "Account",
    "AccountContactAdded",
    "AccountCreated",
    "AccountEvent",
    "AccountHandedOver",
    "AccountLeadLinked",
    "Contact",
    "Tenure",
    "add_contact",
    "create",
    "hand_over",
    "link_lead",
]
