"""Use cases across the rooms: what they change, in one unit of work, and what they refuse."""

import datetime as dt
from decimal import Decimal

import pytest

from ltc import accounts, billing, contracts, flows, leads, pipeline, scoring
from ltc.adapters.memory import MemoryStore
from ltc.errors import InvalidValue, Refused
from ltc.ids import (
    AccountId,
    ActorId,
    ContactId,
    ContractId,
    EntityId,
    LeadId,
    LineId,
    OpportunityId,
    OrderId,
    PlanId,
    ReceiptId,
    ReceivableId,
)
from ltc.money import Money
from ltc.pipeline import STANDARD_MODEL
from ltc.testing.samples.accounts import account
from ltc.testing.samples.billing import receivable
from ltc.testing.samples.contracts import order_lines, placed_order, signed_contract
from ltc.testing.samples.leads import EAST, NOON, captured_lead, draft, owned_lead, pooled_lead
from ltc.testing.samples.pipeline import lost, opportunity, ready_to_win
from ltc.testing.samples.pools import policy
from ltc.testing.samples.scoring import scorecard

LI, WANG = ActorId("li"), ActorId("wang")
TODAY = NOON.date()


def test_a_lead_that_resembles_another_is_captured_with_the_hint() -> None:
    other = leads.capture(LeadId("L0"), leads.LeadDraft(company="华东机械有限公司"), now=NOON).after
    captured, graded = flows.take_in(
        LeadId("L2"),
        leads.LeadDraft(company="华东机械（有限公司）", name="周强"),
        candidates=[other],
        scorecard=scorecard(),
        facts={"source": "fair", "phone": "x", "employees": 500},
        policy=leads.GradePolicy(EAST),
        now=NOON,
    )
    assert isinstance(captured.after, leads.Lead)
    assert captured.after.duplicates == ("L0",)
    assert graded.before == captured.after


def events_after_capture() -> tuple[leads.LeadEvent, leads.LeadEvent]:
    return (
        leads.LeadGraded(LeadId("L1"), leads.Grade.A, 80, EAST, (), NOON),
        leads.LeadAssigned(LeadId("L1"), LI, (), NOON),
    )


def test_a_lead_becomes_a_new_account_or_joins_one() -> None:
    store = MemoryStore()
    captured = captured_lead()
    assigned = leads.LEAD.change(captured.after, *events_after_capture())
    store.commit(captured, assigned, by=LI, at=NOON)
    changes = flows.convert_to_opportunity(
        store.leads.get(LeadId("L1")),
        account=AccountId("A7"),
        contact=ContactId("C7"),
        opportunity=OpportunityId("O7"),
        model=STANDARD_MODEL,
        amount=Money.of("100000", "CNY"),
        now=NOON,
    )
    store.commit(*changes, by=LI, at=NOON)
    lead, made = store.leads.get(LeadId("L1")), store.accounts.get(AccountId("A7"))
    assert (lead.status, lead.account, lead.contact, lead.opportunity) == (leads.LeadStatus.CONVERTED, "A7", "C7", "O7")
    assert (made.owner, made.origins, [person.id for person in made.contacts]) == ("li", ("L1",), ["C7"])
    assert store.opportunities.get(OpportunityId("O7")).account == "A7"

    second = flows.convert_lead(owned_lead("L2"), account=made, contact=ContactId("C8"), now=NOON)
    joined = flows.last_of(second, accounts.Account)
    assert joined.origins == ("L1", "L2")
    assert [person.id for person in joined.contacts] == ["C7", "C8"]
    linked = flows.convert_to_opportunity(
        owned_lead("L3"),
        account=made,
        contact=ContactId("C9"),
        opportunity=OpportunityId("O9"),
        model=STANDARD_MODEL,
        amount=Money.of("1", "CNY"),
        now=NOON,
    )
    assert flows.last_of(linked, pipeline.Opportunity).account == "A7"


def test_a_lead_that_nobody_owns_is_not_converted() -> None:
    with pytest.raises(Refused, match="converted is possible when owned"):
        flows.convert_lead(pooled_lead(), account=AccountId("A1"), contact=ContactId("C1"), now=NOON)


def test_a_won_deal_drafts_its_contract() -> None:
    won, drafted = flows.contract_won(
        ready_to_win(),
        model=STANDARD_MODEL,
        contract=ContractId("K1"),
        entity=EntityId("E1"),
        title="press line",
        now=NOON + dt.timedelta(days=60),
    )
    contract = flows.last_of((won, drafted), contracts.Contract)
    deal = flows.last_of((won, drafted), pipeline.Opportunity)
    assert deal.status is pipeline.OpportunityStatus.WON
    assert (contract.opportunity, contract.account, contract.owner, contract.amount) == (
        deal.id,
        deal.account,
        deal.owner,
        deal.amount,
    )


def test_the_same_lead_again_is_refused() -> None:
    with pytest.raises(Refused, match="follow that one up instead"):
        flows.take_in(
            LeadId("L2"),
            draft(),
            candidates=[owned_lead()],
            scorecard=scorecard(),
            facts={},
            policy=leads.GradePolicy(EAST),
            now=NOON,
        )


def test_a_lead_that_has_ended_is_a_hint_and_a_grade_may_wait() -> None:
    ended = leads.disqualify(owned_lead(), reason="no budget", now=NOON).after
    facts = {"scorecard": scorecard(), "facts": {}, "now": NOON}
    [captured] = flows.take_in(
        LeadId("L2"),
        draft(),
        candidates=[ended],
        policy=leads.GradePolicy(EAST, nurtured=()),
        **facts,  # type: ignore[arg-type]  # they fit
    )
    lead = flows.last_of((captured,), leads.Lead)
    assert (lead.status, lead.duplicates) == (leads.LeadStatus.UNREVIEWED, ("L1",))
    odd = scoring.Scorecard(criteria=scorecard().criteria, bands=(), otherwise="Z")
    with pytest.raises(InvalidValue, match="gives grade 'Z'; use A, B, C, D"):
        flows.take_in(
            LeadId("L2"), draft(), candidates=[], scorecard=odd, facts={}, policy=leads.GradePolicy(EAST), now=NOON
        )


def test_money_of_an_earlier_day_is_recorded_as_credit() -> None:
    first = receivable()
    changes = flows.take_receipt(
        ReceiptId("R1"),
        entity=first.entity,
        party=first.party,
        amount=first.amount,
        receivables=[first],
        on=first.raised_on - dt.timedelta(days=1),
        now=NOON,
    )
    assert [change.kind for change in changes] == ["receipt"]


def test_a_deal_worth_nothing_makes_no_contract() -> None:
    worthless = pipeline.reprice(ready_to_win(), amount=Money.zero("CNY"), now=NOON).after
    facts = {"model": STANDARD_MODEL, "contract": ContractId("K1"), "entity": EntityId("E1"), "title": "x", "now": NOON}
    with pytest.raises(Refused, match="reprice it before it is contracted"):
        flows.contract_won(worthless, **facts)  # type: ignore[arg-type]  # keyword by keyword they fit
    with pytest.raises(Refused):
        flows.contract_won(opportunity(), **facts)  # type: ignore[arg-type]  # as above


def started(*terms: billing.Term) -> flows.Changes:
    return flows.start_order(
        OrderId("SO-1"),
        contract=signed_contract(),
        lines=order_lines(),
        currency="CNY",
        plan=PlanId("P1"),
        terms=terms,
        on=TODAY + dt.timedelta(days=7),
        now=NOON,
    )


def test_milestones_are_reached_when_everything_is_there() -> None:
    half = [billing.share("0.5", due=billing.on(name)) for name in ("delivered", "accepted")]
    changes = started(*half)
    assert [change.kind for change in changes] == ["order", "plan"]
    order, plan = flows.last_of(changes, contracts.Order), flows.last_of(changes, billing.CollectionPlan)
    goods = next(line for line in order.lines if line.kind is contracts.LineKind.GOODS)
    day = TODAY + dt.timedelta(days=20)
    part = flows.deliver_order(order, plan, batch="B1", quantities={goods.id: Decimal(1)}, on=day, now=NOON)
    assert [change.kind for change in part] == ["order"]
    order = flows.last_of(part, contracts.Order)
    accepted = flows.accept_order(order, plan, batch="B1", on=day, now=NOON)
    assert [change.kind for change in accepted] == ["order"]
    rest = {goods.id: goods.quantity - 1}
    whole = flows.deliver_order(
        flows.last_of(accepted, contracts.Order), plan, batch="B2", quantities=rest, on=day, now=NOON
    )
    assert [change.kind for change in whole] == ["order", "plan", "receivable"]
    assert flows.last_of(whole, billing.Receivable).due_on == day
    plan = flows.last_of(whole, billing.CollectionPlan)
    done = flows.accept_order(flows.last_of(whole, contracts.Order), plan, batch="B2", on=day, now=NOON)
    assert [change.after.id for change in done] == ["SO-1", "P1", "P1/2"]


def test_an_order_without_a_tail_waits_for_nothing() -> None:
    changes = started(billing.share("1", due=billing.on_day(dt.date(2026, 12, 31))))
    order, plan = flows.last_of(changes, contracts.Order), flows.last_of(changes, billing.CollectionPlan)
    whole = {LineId(line.id): line.quantity for line in order.lines}
    day = TODAY + dt.timedelta(days=20)
    assert len(flows.deliver_order(order, plan, batch="B1", quantities=whole, on=day, now=NOON)) == 1


def test_a_receipt_settles_the_oldest_first_and_the_rest_is_credit() -> None:
    first = receivable()
    changes = flows.take_receipt(
        ReceiptId("R1"),
        entity=first.entity,
        party=first.party,
        amount=first.amount + Money.of("1", "CNY"),
        receivables=[first],
        on=TODAY,
        now=NOON,
    )
    assert flows.last_of(changes, billing.Receipt).unapplied == Money.of("1", "CNY")
    settled = flows.last_of(changes, billing.Receivable)
    again = flows.take_receipt(
        ReceiptId("R2"),
        entity=first.entity,
        party=first.party,
        amount=Money.of("5", "CNY"),
        receivables=[settled],
        on=TODAY,
        now=NOON,
    )
    assert [change.kind for change in again] == ["receipt"]
    assert settled.id == ReceivableId("P1/1")


def test_who_leaves_hands_over_what_he_works_on_and_nothing_else() -> None:
    mine: list[flows.Held] = [
        owned_lead(),
        pooled_lead("L2"),
        account(),
        opportunity(),
        lost().after,
        signed_contract(),
        placed_order(),
    ]
    given = flows.hand_over(mine, owner=LI, to=WANG, reason="leaves", now=NOON + dt.timedelta(days=30))
    assert [change.kind for change in given] == ["lead", "account", "opportunity", "contract", "order"]
    assert {getattr(change.after, "owner", None) for change in given} == {"wang"}
    assert flows.hand_over(mine, owner=WANG, to=LI, reason="x", now=NOON) == ()
    back = flows.hand_over(
        [change.after for change in given],  # type: ignore[misc]  # states of the five rooms
        owner=WANG,
        to=LI,
        reason="stays",
        now=NOON + dt.timedelta(days=31),
    )
    for before, after in zip((mine[0], mine[2], mine[3], mine[5], mine[6]), back, strict=True):
        assert getattr(after.after, "owner", None) == before.owner


def test_the_sweep_returns_only_what_is_overdue() -> None:
    fresh, old = owned_lead("L1", now=NOON + dt.timedelta(days=9)), owned_lead("L2")
    now = NOON + dt.timedelta(days=11)
    [returned] = flows.sweep_leads([fresh, old, pooled_lead("L3")], policy=policy(), pool=EAST, now=now)
    assert returned.after.id == "L2"


def test_last_of_needs_such_a_thing() -> None:
    with pytest.raises(LookupError, match="no Order among 0 changes"):
        flows.last_of((), contracts.Order)
