"""Use cases that touch several processes: each returns the changes of one unit of work, for `Store.commit` to take whole.

From a lead to cash, in the order in which it happens:

- `take_in`: a lead comes in, is recognized, captured and graded;
- `sweep_leads`: what nobody followed up goes back to the pool 公海;
- `convert_lead`, `convert_to_opportunity`: it becomes an account with a contact, and perhaps a deal;
- `contract_won`: the deal is won and its contract drafted;
- `start_order`, `deliver_order`, `accept_order`: the order runs, and its collection plan with it;
- `amend_order`: the order changes while it runs, and the plan follows;
- `take_receipt`: money comes in and settles what is open;
- `preview_waiver`, `carry_out`: the customer is let off an installment, first on paper, then in one commit;
- `hand_over`: somebody leaves, and everything goes to his successor.

>>> from ltc.testing.samples.flows import waiver
>>> for line in waiver().say("zh_CN"):
...     print(line)
订单 SO-1 金额：¥100,000.00 → ¥90,000.00（-¥10,000.00）
收款计划 P1 金额：¥100,000.00 → ¥90,000.00（-¥10,000.00）
"""

from ltc._flows.amending import amend_order
from ltc._flows.changes import Changes, last_of
from ltc._flows.collecting import take_receipt
from ltc._flows.conversion import contract_won, convert_lead, convert_to_opportunity
from ltc._flows.handing_over import Held, hand_over
from ltc._flows.impact import Impact, ImpactPreview, carry_out
from ltc._flows.intake import take_in
from ltc._flows.ordering import ACCEPTED, DELIVERED, SIGNED, accept_order, deliver_order, start_order
from ltc._flows.sweeping import sweep_leads
from ltc._flows.waiver import preview_waiver

__all__ = [
    "ACCEPTED",
    "DELIVERED",
    "SIGNED",
    "Changes",
    "Held",
    "Impact",
    "ImpactPreview",
    "accept_order",
    "amend_order",
    "carry_out",
    "contract_won",
    "convert_lead",
    "convert_to_opportunity",
    "deliver_order",
    "hand_over",
    "last_of",
    "preview_waiver",
    "start_order",
    "sweep_leads",
    "take_in",
    "take_receipt",
]
