"""A lead becomes a customer; a won deal becomes a contract."""

import datetime as dt

from ltc import accounts, contracts, leads, pipeline
from ltc._flows.changes import Changes
from ltc.errors import Refused
from ltc.ids import AccountId, ActorId, ContactId, ContractId, EntityId, OpportunityId
from ltc.money import Money


def convert_lead(
    lead: leads.Lead,
    *,
    account: AccountId | accounts.Account,
    contact: ContactId,
    now: dt.datetime,
) -> Changes:
    """Convert a lead into an account with a contact: a new account for an id, a link to the one that is given.

    The lead's owner owns the new account. All changes belong into one commit: nothing of the lead is left behind.

    Raises:
        Refused: the lead is not owned; the account has that contact or that lead already.

    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> changes = convert_lead(owned_lead(), account="A1", contact="C1", now=NOON)
    >>> [(change.kind, change.after.version) for change in changes]
    [('lead', 4), ('account', 1), ('account', 2)]
    """
    return _converted(lead, account, contact, None, now)


def convert_to_opportunity(
    lead: leads.Lead,
    *,
    account: AccountId | accounts.Account,
    contact: ContactId,
    opportunity: OpportunityId,
    model: pipeline.StageModel,
    amount: Money,
    expected_close_on: dt.date | None = None,
    now: dt.datetime,
) -> Changes:
    """Convert a lead as `convert_lead` does, and open a deal for it in the first stage of a model.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> changes = convert_to_opportunity(owned_lead(), account="A1", contact="C1", opportunity="O1",
    ...                                  model=STANDARD_MODEL, amount=Money.of("100000.00", "CNY"), now=NOON)
    >>> changes[-1].after.id, changes[-1].after.owner, changes[-1].after.origin
    ('O1', 'li', 'L1')
    """
    changes = _converted(lead, account, contact, opportunity, now)
    opened = pipeline.open_opportunity(
        opportunity,
        model=model,
        account=account if isinstance(account, str) else account.id,
        owner=_owner_of(lead),
        amount=amount,
        expected_close_on=expected_close_on,
        origin=lead.id,
        now=now,
    )
    return (*changes, opened)


def _converted(
    lead: leads.Lead,
    account: AccountId | accounts.Account,
    contact: ContactId,
    opportunity: OpportunityId | None,
    now: dt.datetime,
) -> Changes:
    customer = account if isinstance(account, str) else account.id
    converted = leads.convert(lead, account=customer, contact=contact, opportunity=opportunity, now=now)
    name = lead.company or lead.name or lead.id
    if isinstance(account, accounts.Account):
        linked = accounts.link_lead(account, lead=lead.id, now=now)
    else:
        linked = accounts.create(account, name=name, owner=_owner_of(lead), origin=lead.id, now=now)
    person = accounts.add_contact(
        linked.after, contact=contact, name=lead.name or name, phone=lead.phone, email=lead.email, now=now
    )
    return converted, linked, person


def _owner_of(lead: leads.Lead) -> ActorId:
    if lead.owner is None:  # `leads.convert` has refused such a lead; this says so to the type checker
        raise AssertionError(lead)
    return lead.owner


def contract_won(
    opportunity: pipeline.Opportunity,
    *,
    model: pipeline.StageModel,
    contract: ContractId,
    entity: EntityId,
    title: str,
    now: dt.datetime,
) -> Changes:
    """Win a deal and draft its contract, of the same customer, owner and amount.

    Raises:
        Refused: the deal cannot be won yet; the refusal of `pipeline.win` says what is open.

    >>> from ltc.pipeline import STANDARD_MODEL
    >>> from ltc.testing.samples.pipeline import NOON, ready_to_win
    >>> won, drafted = contract_won(ready_to_win(), model=STANDARD_MODEL, contract="K1", entity="E1", title="press line", now=NOON)
    >>> won.after.status.value, drafted.after.status.value, drafted.after.opportunity
    ('won', 'draft', 'O1')
    """
    won = pipeline.win(opportunity, model=model, now=now)
    if not won.after.amount:
        raise Refused(
            "flow.nothing_to_contract",
            f"opportunity {opportunity.id} is worth nothing; reprice it before it is contracted",
            opportunity=opportunity.id,
        )
    drafted = contracts.draft(
        contract,
        entity=entity,
        account=won.after.account,
        opportunity=won.after.id,
        amount=won.after.amount,
        title=title,
        owner=won.after.owner,
        now=now,
    )
    return won, drafted
