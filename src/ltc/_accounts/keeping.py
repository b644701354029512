"""Keeping an account: make it, know its people and its leads, hand it over."""

import datetime as dt

from ltc._accounts.account import (
    ACCOUNT,
    Account,
    AccountContactAdded,
    AccountCreated,
    AccountEvent,
    AccountHandedOver,
    AccountLeadLinked,
)
from ltc.errors import Refused
from ltc.events import Change, instant
from ltc.ids import AccountId, ActorId, ContactId, LeadId


def create(
    account_id: AccountId, /, *, name: str, owner: ActorId, origin: LeadId | None = None, now: dt.datetime
) -> Change[Account, AccountEvent]:
    """Put a customer on the books, with an owner; `origin` is the lead that it was.

    Whether the company is known already is not asked here: `before` is None, so that a store refuses an id that exists.

    >>> from ltc.testing.samples.accounts import NOON
    >>> create("A1", name="华东机械有限公司", owner="li", now=NOON).after.owner
    'li'
    """
    return ACCOUNT.change(None, AccountCreated(account_id, name=name, owner=owner, origin=origin, at=now))


def add_contact(
    account: Account,
    /,
    *,
    contact: ContactId,
    name: str,
    phone: str | None = None,
    email: str | None = None,
    role: str | None = None,
    now: dt.datetime,
) -> Change[Account, AccountEvent]:
    """Note a person at the customer. Phone and e-mail are kept as given.

    Raises:
        Refused: `account.contact_exists`.

    >>> from ltc.testing.samples.accounts import NOON, account
    >>> change = add_contact(account(), contact="C2", name="周强", role="技术总监", now=NOON)
    >>> [contact.name for contact in change.after.contacts]
    ['陈静', '周强']
    >>> add_contact(change.after, contact="C2", name="周强", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: account A1 has a contact C2 already; add another under an id of its own
    """
    if account.contact(contact) is not None:
        raise Refused(
            "account.contact_exists",
            f"account {account.id} has a contact {contact} already; add another under an id of its own",
            account=account.id,
            contact=contact,
        )
    return ACCOUNT.change(
        account,
        AccountContactAdded(account.id, contact=contact, name=name, phone=phone, email=email, role=role, at=now),
    )


def link_lead(account: Account, /, *, lead: LeadId, now: dt.datetime) -> Change[Account, AccountEvent]:
    """Note that another lead turned out to be this customer: what a conversion does when it links instead of creating.

    Raises:
        Refused: `account.lead_linked`.

    >>> from ltc.testing.samples.accounts import NOON, account
    >>> link_lead(account(), lead="L2", now=NOON).after.origins
    ('L1', 'L2')
    >>> link_lead(account(), lead="L1", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: lead L1 is linked to account A1 already; each lead is linked once
    """
    if lead in account.origins:
        raise Refused(
            "account.lead_linked",
            f"lead {lead} is linked to account {account.id} already; each lead is linked once",
            account=account.id,
            lead=lead,
        )
    return ACCOUNT.change(account, AccountLeadLinked(account.id, lead=lead, at=now))


def hand_over(account: Account, /, *, to: ActorId, reason: str, now: dt.datetime) -> Change[Account, AccountEvent]:
    """Give the account to another owner from `now` on 交接. What was before stays with the former one: see `Account.owner_at`.

    Raises:
        Refused: `account.same_owner`; `account.too_early`: before the present owner had it.

    >>> from ltc.testing.samples.accounts import NOON, account
    >>> hand_over(account(), to="wang", reason="li leaves", now=NOON).after.owner
    'wang'
    >>> hand_over(account(), to="li", reason="", now=NOON)
    Traceback (most recent call last):
    ltc.errors.Refused: account A1 is owned by li already; hand it over to somebody else
    """
    at = instant(now)
    if to == account.owner:
        raise Refused(
            "account.same_owner",
            f"account {account.id} is owned by {to} already; hand it over to somebody else",
            account=account.id,
            owner=to,
        )
    if at < account.owned_since:
        raise Refused(
            "account.too_early",
            f"account {account.id} is with {account.owner} since {account.owned_since}; hand it over then or later",
            account=account.id,
            owner=account.owner,
            since=account.owned_since,
        )
    return ACCOUNT.change(
        account,
        AccountHandedOver(account.id, owner=to, previous_owner=account.owner, reason=reason, at=at),
    )
