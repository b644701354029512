"""Journeys of several customers through billing in random order, against an oracle of plain integers by day.

The oracle knows the rules of the trade, not the library: it decides by itself which call must pass and what follows, in every
currency and on every day. What is refused changes nothing; every document is replayed from its events at every version; the two
sides of an application tell the same; the books say on every day what is open. The machine stands in `journeys`, by concept.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.stateful.journeys import wrong
from tests.stateful.journeys.base import DOES
from tests.stateful.journeys.distribution import STRATEGIES
from tests.stateful.journeys.machine import ALWAYS, VERBS, Billing

TORTURE = settings().max_examples > 1000
LONG = settings(
    max_examples=1500 if TORTURE else 300,
    stateful_step_count=130,
    deadline=None,
    derandomize=not TORTURE,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HUNT = settings(LONG, max_examples=2000)
"""Until a wrong implementation is caught."""
OFTEN = 20
TOGETHER = {
    *("replanned between receipts", "refund of a part of an application", "offset of a refund taken back"),
    *("taken back with what it settled", "dishonored with what it settled"),
    "dishonored after a transfer or a red letter",
}
"""What only happens where one thing leads to another."""


def test_billing_agrees_with_the_oracle_and_every_verb_was_tried_both_ways() -> None:
    Billing.counts.clear()
    Billing.seen.clear()
    run_state_machine_as_test(Billing, settings=LONG)
    tried = set(VERBS) - ALWAYS
    assert {verb for verb, _ in Billing.counts} == tried
    few = {(verb, passed): Billing.counts[verb, passed] for verb in tried for passed in (True, False)}
    assert min(few.values()) >= OFTEN, sorted(few.items(), key=lambda found: found[1])[:9]
    ways = {*STRATEGIES, "rates", "authority", "let go", "kept", "in advance"}
    assert min(Billing.seen[way] for way in ways | TOGETHER) >= OFTEN, Billing.seen


MISTAKES: list[tuple[str, Callable[..., object], str]] = [
    ("waive", wrong.waived_by_the_present_balance, "waive apply"),
    ("unapply", wrong.one_side_taken_back, "unapply"),
    ("unapply", wrong.taken_back_without_the_difference, "unapply apply"),
    ("apply", wrong.applied_over_the_reservation, "apply request_refund"),
    ("apply", wrong.applied_whatever_was_used, "apply"),
    ("apply", wrong.applied_short_of_the_limit, "apply"),
    ("apply", wrong.applied_with_a_ghost, "apply"),
    ("bounce", wrong.bounced_whatever_is_pending, "bounce"),
    ("transfer", wrong.moved_by_the_present_balance, "transfer apply"),
    ("reverse_set_off", wrong.set_off_for_ever, "set_off unset"),
    ("reverse_offset", wrong.taken_back_though_it_was_paid, "refund_credit reverse_offset"),
    ("refund_credit", wrong.refunded_without_setting_aside, "refund_credit"),
    (
        "issue_requested",
        wrong.issued_as_it_was_asked_for,
        "request_invoice approve_request issue_requested waive issue",
    ),
    ("collect_recovery", wrong.recovered_out_of_the_reservation, "collect_recovery request_refund write_off"),
    ("offset_credit", wrong.offset_by_the_present_credit, "offset_credit dispose"),
    ("charge_interest", wrong.charged_from_the_beginning, "charge_interest"),
    (
        "take_back_claim",
        wrong.claimed_again_though_it_was_refunded,
        "confirm claim take_back request_refund approve pay",
    ),
    ("dishonor_bill", wrong.dishonored_in_the_order_of_applications, "dishonor split receive_bill apply"),
    ("dishonor_bill", wrong.dishonored_out_of_the_reservation, "dishonor receive_bill request_refund"),
]
"""A verb, how it may be done wrongly, and what is tried more often so that it shows soon."""


@pytest.mark.parametrize("verb, implementation, hunted", MISTAKES, ids=[row[1].__name__ for row in MISTAKES])
def test_a_wrong_implementation_is_caught(verb: str, implementation: Callable[..., object], hunted: str) -> None:
    ours = {"does": {**DOES, verb: implementation}, "hunted": hunted.split(), "counts": Counter(), "seen": Counter()}
    machine = type("Wrong", (Billing,), ours)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=HUNT)
