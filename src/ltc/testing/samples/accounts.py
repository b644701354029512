"""Huadong Machinery 华东机械, the account of the running story."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ltc import accounts
from ltc.accounts import Account, AccountEvent
from ltc.events import Change
from ltc.ids import AccountId, ActorId, ContactId, LeadId

NOON: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Noon in Shanghai, on a Monday: the instant at which the examples play."""


def created() -> Change[Account, AccountEvent]:
    """Return the creation of account `A1` out of lead `L1`, an hour before noon.

    >>> created().after.name
    '华东机械有限公司'
    """
    return accounts.create(
        AccountId("A1"),
        name="华东机械有限公司",
        owner=ActorId("li"),
        origin=LeadId("L1"),
        now=NOON - timedelta(hours=1),
    )


def account() -> Account:
    """Return account `A1` of `li` with one contact, `C1`.

    >>> account().version
    2
    """
    return accounts.add_contact(
        created().after,
        contact=ContactId("C1"),
        name="陈静",
        phone="+8613800000001",
        email="chen.jing@huadong.example",
        role="采购经理",
        now=NOON - timedelta(hours=1),
    ).after


def handed_over() -> Change[Account, AccountEvent]:
    """Return the hand-over of account `A1` from `li` to `wang` at noon.

    >>> handed_over().after.owner
    'wang'
    """
    return accounts.hand_over(account(), to=ActorId("wang"), reason="li leaves", now=NOON)
