"""What leads, rotas, quotas, accounts and opportunities are asked."""

import datetime as dt
from typing import TYPE_CHECKING

from ltc.access import Scope
from ltc.events import Change, Life
from ltc.ids import AccountId, ActorId, LeadId, PoolId
from ltc.repositories import Store
from ltc.testing.asking import LI, WANG, Make, beginning, check, commit, ids_of
from ltc.testing.expecting import expect_equal
from ltc.testing.stories import HOUR, NOON

if TYPE_CHECKING:
    from ltc.leads import Lead, LeadEvent
    from ltc.repositories import (
        AccountRepository,
        LeadRepository,
        OpportunityRepository,
        QuotaRepository,
        RotaRepository,
    )

__all__ = [
    "check_account_repository",
    "check_lead_repository",
    "check_opportunity_repository",
    "check_quota_repository",
    "check_rota_repository",
]


def check_lead_repository(make: "Make[LeadRepository]", /) -> list[str]:
    """Hold a repository to the contract of `LeadRepository`; return the names of the checks that passed.

    Raises:
        AssertionError: with the name of the check.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.leads))
    >>> "what was committed is read back" in check_lead_repository(make)
    True
    """
    from ltc.leads import LEAD, LeadConverted, LeadDraft, capture, keys_of  # noqa: PLC0415  # a suite loads its own room only

    def begin(lead: str, company: str = "华东机械有限公司") -> "Change[Lead, LeadEvent]":
        return capture(LeadId(lead), LeadDraft(company=company, phone="13800000001"), now=NOON)

    def owned(lead: str, owner: ActorId, since: dt.datetime) -> "Change[Lead, LeadEvent]":
        return _owned(LEAD, begin(lead), owner, since)

    def find_by_keys(store: Store, leads: "LeadRepository") -> None:
        asked = keys_of(LeadDraft(company="华东机械"))
        commit(store, begin("L2"), begin("L1"), begin("L3", company="西部重工"))
        expect_equal(ids_of(leads.find_by_keys(asked)), ["L1", "L2"], "leads of the company")
        expect_equal(ids_of(leads.find_by_keys(keys_of(begin("L9").after))), ["L1", "L2", "L3"], "leads by any key")
        expect_equal(ids_of(leads.find_by_keys(())), [], "leads by no key")
        commit(store, owned("L4", LI, NOON))
        store.erase(("lead", "L1"))
        expect_equal(ids_of(leads.find_by_keys(asked)), ["L2", "L4"], "leads of the company")

    def owned_by(store: Store, leads: "LeadRepository") -> None:
        commit(store, owned("L2", LI, NOON), owned("L1", LI, NOON), owned("L3", WANG, NOON), begin("L4"))
        expect_equal(ids_of(leads.owned_by(LI)), ["L1", "L2"], "li's leads")
        expect_equal(ids_of(leads.owned_by(ActorId("nobody"))), [], "nobody's leads")

    def candidates(store: Store, leads: "LeadRepository") -> None:
        commit(store, owned("L1", LI, NOON + 2 * HOUR), owned("L3", WANG, NOON), owned("L2", LI, NOON))
        commit(store, begin("L0"), owned("L4", LI, NOON + 3 * HOUR))
        won = owned("L5", LI, NOON)
        commit(store, LEAD.extend(won, LeadConverted(won.after.id, LI, AccountId("A1"), None, None, at=NOON)))
        all_, late = Scope.everything(), NOON + 3 * HOUR

        def found(cutoff: dt.datetime, scope: Scope, limit: int = 9, after: "Lead | None" = None) -> list[str]:
            return ids_of(leads.candidates(cutoff, scope=scope, limit=limit, after=after))

        expect_equal(found(late, all_), ["L2", "L3", "L1"], "owned before the cutoff, longest first")
        expect_equal(found(NOON, all_), [], "owned before noon, which is excluded")
        expect_equal(found(late, Scope.of(LI)), ["L2", "L1"], "li's")
        expect_equal(found(late, Scope.nothing()), [], "those that nobody may see")
        expect_equal(found(late, all_, 2), ["L2", "L3"], "the first page")
        expect_equal(found(late, all_, 2, leads.get(found(late, all_, 2)[-1])), ["L1"], "the second page")  # type: ignore[arg-type]  # an id

    return check(make, begin, find_by_keys, owned_by, candidates)


def _owned(
    life: "Life[Lead, LeadEvent]", begun: "Change[Lead, LeadEvent]", owner: ActorId, since: dt.datetime
) -> "Change[Lead, LeadEvent]":
    from ltc.leads import Grade, LeadClaimed, LeadGraded  # noqa: PLC0415  # a suite loads its own room only

    lead = begun.after.id
    graded = LeadGraded(lead, grade=Grade.A, points=80, pool=PoolId("east"), reasons=(), at=NOON)
    return life.extend(begun, graded, LeadClaimed(lead, owner=owner, at=since))


def check_rota_repository(make: "Make[RotaRepository]", /) -> list[str]:
    """Hold a repository to the contract of `RotaRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.leads))
    >>> "what was committed is read back" in check_lead_repository(make)
    True
    """
    from ltc.leads import ROTA, RotaOpened  # noqa: PLC0415  # a suite loads its own room only

    return check(make, beginning(ROTA, RotaOpened("east", members=(LI, WANG), at=NOON)))


def check_quota_repository(make: "Make[QuotaRepository]", /) -> list[str]:
    """Hold a repository to the contract of `QuotaRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.rotas))
    >>> "what was committed is read back" in check_rota_repository(make)
    True
    """
    from ltc.pools import CLAIM_QUOTA, ClaimQuotaOpened  # noqa: PLC0415  # a suite loads its own room only

    return check(make, beginning(CLAIM_QUOTA, ClaimQuotaOpened("east/li", pool=PoolId("east"), actor=LI, at=NOON)))


def check_account_repository(make: "Make[AccountRepository]", /) -> list[str]:
    """Hold a repository to the contract of `AccountRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.quotas))
    >>> "what was committed is read back" in check_quota_repository(make)
    True
    """
    from ltc.accounts import ACCOUNT  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.accounts import created  # noqa: PLC0415

    begin = beginning(ACCOUNT, created().events[0])

    def owned_by(store: Store, accounts: "AccountRepository") -> None:
        commit(store, begin("A2", owner=LI), begin("A1", owner=LI), begin("A3", owner=WANG))
        expect_equal(ids_of(accounts.owned_by(LI)), ["A1", "A2"], "li's accounts")

    return check(make, begin, owned_by)


def check_opportunity_repository(make: "Make[OpportunityRepository]", /) -> list[str]:
    """Hold a repository to the contract of `OpportunityRepository`; as `check_lead_repository`.

    >>> from contextlib import nullcontext
    >>> from ltc.adapters.memory import MemoryStore
    >>> def make(): store = MemoryStore(); return nullcontext((store, store.accounts))
    >>> "what was committed is read back" in check_account_repository(make)
    True
    """
    from ltc.pipeline import OPPORTUNITY, lose  # noqa: PLC0415  # a suite loads its own room only
    from ltc.testing.samples.pipeline import opened  # noqa: PLC0415

    begin = beginning(OPPORTUNITY, opened().events[0])

    def owned_by(store: Store, deals: "OpportunityRepository") -> None:
        commit(store, begin("O2", owner=LI), begin("O1", owner=LI), begin("O3", owner=WANG))
        expect_equal(ids_of(deals.owned_by(LI)), ["O1", "O2"], "li's opportunities")

    def open_(store: Store, deals: "OpportunityRepository") -> None:
        gone = begin("O1", owner=LI)
        commit(store, begin("O3", owner=WANG), begin("O2", owner=LI), gone)
        commit(store, lose(gone.after, reason="price", now=NOON + HOUR))
        expect_equal(ids_of(deals.open(Scope.everything())), ["O2", "O3"], "the open ones")
        expect_equal(ids_of(deals.open(Scope.of(LI))), ["O2"], "li's open ones")
        expect_equal(ids_of(deals.open(Scope.nothing())), [], "those that nobody may see")

    return check(make, begin, owned_by, open_)
