"""Leads 线索: who may become a customer, from the first sign to conversion."""

from ltc._leads.assignment import Member, OneOf, Rule, RuleField, assign, rule_for
from ltc._leads.capture import LeadDraft, capture, draft_of, email_of, phone_of
from ltc._leads.followup import hand_over, touch
from ltc._leads.grading import GradePolicy, grade
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

__all__ = [
    "LEAD",
    "ROTA",
    "TRANSITIONS",
    "Grade",
    "GradePolicy",
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
    "assign",
    "capture",
    "convert",
    "disqualify",
    "draft_of",
    "email_of",
    "grade",
    "hand_over",
    "open_rota",
    "phone_of",
    "reman",
    "rule_for",
    "touch",
]
