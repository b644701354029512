"""Where leads, accounts and opportunities are found, and what assigns and limits them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ltc.access import Scope
from ltc.ids import AccountId, ActorId, LeadId, OpportunityId

if TYPE_CHECKING:  # a host loads the rooms it uses, and no others
    from ltc.accounts import Account
    from ltc.leads import Lead, MatchKey, Rota
    from ltc.pipeline import Opportunity
    from ltc.pools import ClaimQuota


class LeadRepository(Protocol):
    """Where leads are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> leads: LeadRepository = MemoryStore().leads
    >>> leads.get("L9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no lead L9
    """

    def get(self, lead_id: LeadId, /) -> "Lead":
        """Return the lead.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def find_by_keys(self, keys: "Iterable[MatchKey]", /) -> "Sequence[Lead]":
        """Return the leads that have one of these match keys (`ltc.leads.keys_of`) or more, in id order; none for no keys."""

    def candidates(
        self, cutoff: dt.datetime, /, *, scope: Scope, limit: int, after: "Lead | None" = None
    ) -> "Sequence[Lead]":
        """Return owned leads that their owners have since before `cutoff` (exclusive): a superset of what is due; the verb decides.

        A converted lead is none, though it keeps its owner: those become ever more. The longest owned first, ties in id order; at most `limit`. The next page begins behind the last lead of this one, given as
        `after`, whatever became of it meanwhile: leads that are not due do not block those behind them.
        """

    def owned_by(self, owner: ActorId, /) -> "Sequence[Lead]":
        """Return those an owner has, in id order."""

    def all(self) -> "Iterable[Lead]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class RotaRepository(Protocol):
    """Where the turns of assignment are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> rotas: RotaRepository = MemoryStore().rotas
    >>> rotas.get("east")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no rota east
    """

    def get(self, rota_id: str, /) -> "Rota":
        """Return the rota.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def all(self) -> "Iterable[Rota]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class QuotaRepository(Protocol):
    """Where the counts of claims are found, by derived id (`ltc.ids.derived(pool, actor)`).

    >>> from ltc.adapters.memory import MemoryStore
    >>> quotas: QuotaRepository = MemoryStore().quotas
    >>> quotas.get("east/li")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no claim quota east/li
    """

    def get(self, quota_id: str, /) -> "ClaimQuota":
        """Return the claim quota.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def all(self) -> "Iterable[ClaimQuota]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class AccountRepository(Protocol):
    """Where accounts (customers) are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> accounts: AccountRepository = MemoryStore().accounts
    >>> accounts.get("A9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no account A9
    """

    def get(self, account_id: AccountId, /) -> "Account":
        """Return the account.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def owned_by(self, owner: ActorId, /) -> "Sequence[Account]":
        """Return those an owner has, in id order."""

    def all(self) -> "Iterable[Account]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""


class OpportunityRepository(Protocol):
    """Where opportunities are found.

    >>> from ltc.adapters.memory import MemoryStore
    >>> opportunities: OpportunityRepository = MemoryStore().opportunities
    >>> opportunities.get("O9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no opportunity O9
    """

    def get(self, opportunity_id: OpportunityId, /) -> "Opportunity":
        """Return the opportunity.

        Raises:
            NotFound: there is none, or it was erased.
        """

    def open(self, scope: Scope, /) -> "Sequence[Opportunity]":
        """Return the open ones that a scope sees, in id order."""

    def owned_by(self, owner: ActorId, /) -> "Sequence[Opportunity]":
        """Return those an owner has, in id order."""

    def all(self) -> "Iterable[Opportunity]":
        """Return every one in id order (code points), one by one; and again in every other loop; commits may go on meanwhile."""
