"""Leads 线索: who may become a customer, from the first sign of interest to conversion.

A visitor of a fair leaves a card. A row of the fair's list becomes a draft (`draft_of`), checked and in one form, is compared with
what is there (`keys_of`, `hints`), and is captured (`capture`): the lead is *unreviewed*. A scorecard or a person grades it (`grade`):
good leads go to a pool 公海, the others are *nurtured* and may be graded again. From the pool a lead is assigned (`assign`: the first
rule that takes it, then whose turn it is on the rota) or claimed (`claim`, within a quota). Its owner follows it up (`touch`). What he
does not work falls back to the pool when its due day is over (`return_to_pool`); when he leaves it is handed over (`hand_over`). In the
end it becomes an account, a contact, an opportunity (`convert`), or it is given up (`disqualify`).

    unreviewed -- graded --> pooled
    unreviewed -- nurtured --> nurtured
    unreviewed -- disqualified --> disqualified
    nurtured -- graded --> pooled
    nurtured -- nurtured --> nurtured
    nurtured -- disqualified --> disqualified
    pooled -- assigned --> owned
    pooled -- claimed --> owned
    pooled -- disqualified --> disqualified
    owned -- touched --> owned
    owned -- handed_over --> owned
    owned -- returned --> pooled
    owned -- converted --> converted
    owned -- disqualified --> disqualified

A pooled lead has a pool and no owner, an owned one an owner and no pool. Every verb returns a `Change`, or refuses and says what would
pass; nothing is stored before the host commits it:

>>> from ltc.testing.samples.leads import NOON, owned_lead
>>> change = touch(owned_lead(), by="li", kind="call", note="wants an offer for two lathes", now=NOON)
>>> lead = convert(change.after, account="A1", contact="C1", opportunity="O1", now=NOON).after
>>> lead.status.value, lead.version
('converted', 5)
>>> touch(lead, by="li", kind="call", now=NOON)
Traceback (most recent call last):
ltc.errors.Refused: lead L1 is converted: touched is possible when owned
"""

from ltc._leads.assignment import Member, OneOf, Rule, RuleField, assign, rule_for
from ltc._leads.capture import LeadDraft, capture, draft_of, email_of, phone_of
from ltc._leads.duplicates import (
    DuplicateHint,
    KeyField,
    MatchKey,
    Verdict,
    hints,
    keys_of,
    verdict_of,
)
from ltc._leads.followup import claim, hand_over, return_to_pool, touch
from ltc._leads.grading import GradePolicy, facts_of, grade
from ltc._leads.lead import (
    Grade,
    Lead,
    LeadAssigned,
    LeadCaptured,
    LeadClaimed,
    LeadConverted,
    LeadDisqualified,
    LeadEvent,
    LeadGraded,
    LeadHandedOver,
    LeadNurtured,
    LeadReturned,
    LeadStatus,
    LeadTouched,
    Tenure,
    Touch,
)
from ltc._leads.life import LEAD, TRANSITIONS
from ltc._leads.outcome import convert, disqualify
from ltc._leads.rota import ROTA, Rota, RotaAdvanced, RotaEvent, RotaOpened, RotaRemanned, open_rota, reman
from ltc.text import company_key

__all__ = [
    "LEAD",
    "ROTA",
    "TRANSITIONS",
    "DuplicateHint",
    "Grade",
    "GradePolicy",
    "KeyField",
    "Lead",
    "LeadAssigned",
    "LeadCaptured",
    "LeadClaimed",
    "LeadConverted",
    "LeadDisqualified",
    "LeadDraft",
    "LeadEvent",
    "LeadGraded",
    "LeadHandedOver",
    "LeadNurtured",
    "LeadReturned",
    "LeadStatus",
    "LeadTouched",
    "MatchKey",
    "Member",
    "OneOf",
    "Rota",
    "RotaAdvanced",
    "RotaEvent",
    "RotaOpened",
    "RotaRemanned",
    "Rule",
    "RuleField",
    "Tenure",
    "Touch",
    "Verdict",
    "assign",
    "capture",
    "claim",
    "company_key",
    "convert",
    "disqualify",
    "draft_of",
    "email_of",
    "facts_of",
    "grade",
    "hand_over",
    "hints",
    "keys_of",
    "open_rota",
    "phone_of",
    "reman",
    "return_to_pool",
    "rule_for",
    "touch",
    "verdict_of",
]
