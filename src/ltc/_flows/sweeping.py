"""The daily sweep: what is due is selected in bulk, and the verb decides about each hit."""

import datetime as dt
from collections.abc import Iterable

from ltc import leads
from ltc._flows.changes import Changes
from ltc.ids import PoolId
from ltc.pools import PoolPolicy


def sweep_leads(candidates: Iterable[leads.Lead], *, policy: PoolPolicy, pool: PoolId, now: dt.datetime) -> Changes:
    """Return every overdue lead among the candidates to its pool; the others stay as they are.

    Run twice, the second run finds nothing: it may be cut off and begun again.

    >>> from datetime import timedelta
    >>> from ltc.testing.samples.leads import NOON, owned_lead
    >>> from ltc.testing.samples.pools import policy
    >>> [returned] = sweep_leads([owned_lead()], policy=policy(), pool="east", now=NOON + timedelta(days=30))
    >>> returned.after.pool, returned.after.former[-1].owner
    ('east', 'li')
    >>> sweep_leads([returned.after], policy=policy(), pool="east", now=NOON + timedelta(days=30))
    ()
    """
    return tuple(
        leads.return_to_pool(lead, policy=policy, pool=pool, now=now)
        for lead in candidates
        if lead.is_overdue(now, policy)
    )
