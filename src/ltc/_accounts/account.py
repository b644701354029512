"""An account: its state, what can happen to it, and the one place where it changes."""

import datetime as dt
from typing import Final, assert_never

import attrs

from ltc.errors import InvalidValue
from ltc.events import Life, evolved, instant, no_beginning
from ltc.ids import AccountId, ActorId, ContactId, LeadId
from ltc.text import free_text, one_line, optional_line


@attrs.frozen
class Contact:
    """A person at a customer.

    >>> Contact("C1", "陈静", phone="+8613800000001", email=None, role="采购经理").name
    '陈静'
    """

    id: ContactId
    """Unique within the account."""
    name: str
    phone: str | None
    email: str | None
    role: str | None
    """What the person does there, in the customer's words."""


@attrs.frozen
class Tenure:
    """A former owner of an account, and the instant at which the next one took it.

    >>> from ltc.testing.samples.accounts import NOON
    >>> Tenure("li", until=NOON).owner
    'li'
    """

    owner: ActorId
    until: dt.datetime


@attrs.frozen
class Account:
    """A customer: made by `create`, moved by the verbs of `ltc.accounts`. It has no status; it always has one owner.

    >>> from ltc.testing.samples.accounts import account
    >>> huadong = account()
    >>> huadong.id, huadong.name, huadong.owner, [contact.name for contact in huadong.contacts]
    ('A1', '华东机械有限公司', 'li', ['陈静'])
    """

    id: AccountId
    version: int
    name: str
    owner: ActorId
    created_at: dt.datetime
    contacts: tuple[Contact, ...] = ()
    """In the order in which they were added."""
    origins: tuple[LeadId, ...] = ()
    """The leads that it came from, the first one first."""
    former: tuple[Tenure, ...] = ()
    """Who owned it before, oldest first."""

    @property
    def owned_since(self) -> dt.datetime:
        """Since when the present owner has it.

        >>> from ltc.testing.samples.accounts import account
        >>> account().owned_since == account().created_at
        True
        """
        return self.former[-1].until if self.former else self.created_at

    def owner_at(self, instant: dt.datetime, /) -> ActorId | None:
        """Return who owned it at an instant; None before it was created. At the instant of a hand-over it is the successor's.

        >>> from ltc.testing.samples.accounts import NOON, account, handed_over
        >>> handed_over().after.owner_at(NOON), handed_over().before.owner_at(NOON)
        ('wang', 'li')
        """
        if instant < self.created_at:
            return None
        return next((tenure.owner for tenure in self.former if instant < tenure.until), self.owner)

    def contact(self, contact_id: ContactId, /) -> Contact | None:
        """Return the contact of an id, or None.

        >>> from ltc.testing.samples.accounts import account
        >>> account().contact("C1").role, account().contact("C9")
        ('采购经理', None)
        """
        return next((contact for contact in self.contacts if contact.id == contact_id), None)


@attrs.frozen
class AccountCreated:
    """A customer came on the books, perhaps out of a lead.

    >>> from ltc.testing.samples.accounts import created
    >>> created().events[0].origin
    'L1'
    """

    account: AccountId = attrs.field(validator=one_line)
    name: str = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    origin: LeadId | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class AccountContactAdded:
    """A person at the customer became known.

    >>> from ltc.testing.samples.accounts import NOON
    >>> AccountContactAdded("A1", contact="C1", name="陈静", phone=None, email=None, role=None, at=NOON).contact
    'C1'
    """

    account: AccountId = attrs.field(validator=one_line)
    contact: ContactId = attrs.field(validator=one_line)
    name: str = attrs.field(validator=one_line)
    phone: str | None = attrs.field(validator=optional_line)
    email: str | None = attrs.field(validator=optional_line)
    role: str | None = attrs.field(validator=optional_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class AccountLeadLinked:
    """Another lead turned out to be this customer.

    >>> from ltc.testing.samples.accounts import NOON
    >>> AccountLeadLinked("A1", lead="L2", at=NOON).lead
    'L2'
    """

    account: AccountId = attrs.field(validator=one_line)
    lead: LeadId = attrs.field(validator=one_line)
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class AccountHandedOver:
    """An account went from one owner to the next 交接.

    >>> from ltc.testing.samples.accounts import NOON
    >>> AccountHandedOver("A1", owner="wang", previous_owner="li", reason="leaves", at=NOON).owner
    'wang'
    """

    account: AccountId = attrs.field(validator=one_line)
    owner: ActorId = attrs.field(validator=one_line)
    previous_owner: ActorId = attrs.field(validator=one_line)
    reason: str = attrs.field(validator=free_text)
    at: dt.datetime = attrs.field(converter=instant)


AccountEvent = AccountCreated | AccountContactAdded | AccountLeadLinked | AccountHandedOver


def begin(event: AccountEvent) -> Account:
    """Return the account that a creation makes."""
    match event:
        case AccountCreated(origin=origin):
            origins = () if origin is None else (origin,)
            return Account(event.account, 1, event.name, event.owner, created_at=event.at, origins=origins)
        case _:
            raise no_beginning(event)


def evolve(account: Account, event: AccountEvent) -> Account:
    """Return the account after an event: the only place where an account's state changes."""
    version = account.version + 1
    match event:
        case AccountContactAdded(contact=contact, name=name, phone=phone, email=email, role=role):
            contacts = (*account.contacts, Contact(contact, name, phone, email, role))
            return evolved(account, version=version, contacts=contacts)
        case AccountLeadLinked(lead=lead):
            return evolved(account, version=version, origins=(*account.origins, lead))
        case AccountHandedOver(owner=owner, previous_owner=previous, at=at):
            former = (*account.former, Tenure(previous, at))
            return evolved(account, version=version, owner=owner, former=former)
        case AccountCreated():
            raise InvalidValue(
                "account.created_twice",
                f"account {account.id} exists at version {account.version}; an account is created once",
                account=account.id,
            )
        case _:
            assert_never(event)


ACCOUNT: Final[Life[Account, AccountEvent]] = Life(
    "account",
    Account,
    begin,
    evolve,
    {
        "created": AccountCreated,
        "contact_added": AccountContactAdded,
        "lead_linked": AccountLeadLinked,
        "handed_over": AccountHandedOver,
    },
)
"""The life of an account: for stores and for replay."""
