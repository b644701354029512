"""Contracts: the table, the approval they need, three words for three things."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import approvals, contracts
from ltc.contracts import (
    CONTRACT,
    TRANSITIONS,
    Contract,
    ContractApproved,
    ContractEvent,
    ContractHandedOver,
    ContractRevised,
    ContractSentBack,
    ContractSigned,
    ContractStatus,
    ContractSubmitted,
    approve,
    draft,
    hand_over,
    revise,
    send_back,
    sign,
    submit,
)
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import Change, Subject, dump_event, from_json, load_event, to_json
from ltc.ids import AccountId, ActorId, ContractId, EntityId, RequestId
from ltc.money import Money
from ltc.testing.samples.approvals import approved_request, pending_request
from ltc.testing.samples.contracts import (
    NOON,
    approved_contract,
    draft_contract,
    drafted,
    signed_contract,
    submitted_contract,
)
from ltc.text import say

TODAY = dt.date(2026, 3, 2)
WANG, LI = ActorId("wang"), ActorId("li")


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


IN_STATUS: dict[ContractStatus, Callable[[], Contract]] = {
    ContractStatus.DRAFT: draft_contract,
    ContractStatus.IN_APPROVAL: submitted_contract,
    ContractStatus.APPROVED: approved_contract,
    ContractStatus.SIGNED: signed_contract,
}
VERBS: dict[type[ContractEvent], Callable[[Contract], Change[Contract, ContractEvent]]] = {
    ContractRevised: lambda contract: revise(contract, title="加工中心", now=NOON),
    ContractSubmitted: lambda contract: submit(contract, request_id=RequestId("AR-1"), now=NOON),
    ContractApproved: lambda contract: approve(contract, approval=approved_request(), now=NOON),
    ContractSentBack: lambda contract: send_back(contract, reason="terms", now=NOON),
    ContractSigned: lambda contract: sign(contract, on=TODAY, now=NOON),
    ContractHandedOver: lambda contract: hand_over(contract, to=WANG, reason="leaves", now=NOON),
}


@pytest.mark.parametrize("status", ContractStatus)
@pytest.mark.parametrize("event", VERBS)
def test_a_verb_lands_where_the_table_says_or_refuses(status: ContractStatus, event: type[ContractEvent]) -> None:
    contract = IN_STATUS[status]()
    assert contract.status is status
    if event in TRANSITIONS[status]:
        change = VERBS[event](contract)
        assert [type(happened) for happened in change.events] == [event]
        assert (change.before, change.after.status) == (contract, TRANSITIONS[status][event])
    else:
        with pytest.raises(Refused) as refusal:
            VERBS[event](contract)
        assert refusal.value.code == "move.not_allowed"
        assert contract == IN_STATUS[status]()


def test_every_event_but_the_first_has_a_verb() -> None:
    assert set(VERBS) | {contracts.ContractDrafted} == set(CONTRACT.stored.values())


def test_the_diagram_in_the_docstring_is_the_table() -> None:
    drawn = {
        (before, name): after
        for before, after, names in re.findall(
            r"^ +(\w+) → (\w+) +(\w+(?:, \w+)*)$", contracts.__doc__ or "", re.MULTILINE
        )
        for name in names.split(", ")
    }
    assert drawn == {
        (before.value, event.__name__): after.value
        for before, moves in TRANSITIONS.items()
        for event, after in moves.items()
    }


def test_history_begins_with_a_draft_and_has_one() -> None:
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        CONTRACT.begin(ContractSubmitted(ContractId("K1"), RequestId("AR-1"), at=NOON))
    with pytest.raises(InvalidValue, match="cannot have happened"):
        CONTRACT.evolve(draft_contract(), drafted())


def test_approved_signed_and_effective_are_three_things() -> None:
    contract = approved_contract()
    assert (contract.signed_on, contract.effective_on, contract.is_effective(dt.date.max)) == (None, None, False)
    later = dt.date(2026, 4, 1)
    contract = sign(contract, on=TODAY, effective_on=later, now=NOON).after
    assert (contract.signed_on, contract.effective_on) == (TODAY, later)
    assert [contract.is_effective(day) for day in (TODAY, dt.date(2026, 3, 31), later)] == [False, False, True]
    assert signed_contract().effective_on == TODAY


def test_a_contract_that_was_sent_back_is_submitted_again_with_what_was_revised() -> None:
    contract = send_back(submitted_contract(), reason="margin too low", now=NOON).after
    assert (contract.status, contract.request) == (ContractStatus.DRAFT, None)
    contract = revise(contract, amount=cny(110_000), now=NOON).after
    assert (contract.amount, contract.title) == (cny(110_000), "加工中心及服务")
    contract = submit(contract, request_id=RequestId("AR-2"), now=NOON).after
    assert contract.request == "AR-2"
    [event] = send_back(contract, reason="again", now=NOON).events
    assert isinstance(event, ContractSentBack)
    assert event.previous_request == "AR-2"


def test_a_hand_over_keeps_the_rest() -> None:
    change = hand_over(submitted_contract(), to=WANG, reason="li leaves", now=NOON)
    [event] = change.events
    assert isinstance(event, ContractHandedOver)
    assert (event.owner, event.previous_owner) == (WANG, LI)
    assert attrs.evolve(change.after, owner=LI, version=change.before.version if change.before else 0) == change.before


def other_request() -> approvals.ApprovalRequest:
    flow = approvals.Flow("f", 1, (approvals.Step("one", (WANG,)),))
    request = approvals.submit(
        RequestId("AR-9"), flow=flow, about=Subject("contract", "K1"), amount=None, by=LI, now=NOON
    ).after
    return approvals.approve(request, by=WANG, now=NOON).after


@pytest.mark.parametrize(
    "code, approval, message",
    [
        (
            "approval.not_granted",
            pending_request,
            "request AR-1 about contract K1 is pending; it allows that once it is approved",
        ),
        (
            "approval.not_granted",
            lambda: approvals.reject(pending_request(), by=WANG, comment="no", now=NOON).after,
            "request AR-1 about contract K1 is rejected; it allows that once it is approved",
        ),
        (
            "contract.other_approval",
            other_request,
            (
                "contract K1 waits for request AR-1, and request AR-9 is about contract K1; "
                "use the request that it was submitted under"
            ),
        ),
        (
            "contract.other_approval",
            lambda: approved_request(about=Subject("contract", "K2")),
            (
                "contract K1 waits for request AR-1, and request AR-1 is about contract K2; "
                "use the request that it was submitted under"
            ),
        ),
        (
            "contract.other_approval",
            lambda: approved_request(about=Subject("order", "K1")),
            (
                "contract K1 waits for request AR-1, and request AR-1 is about order K1; "
                "use the request that it was submitted under"
            ),
        ),
        (
            "approval.other_amount",
            lambda: approved_request(amount=cny(60_000)),
            (
                "request AR-1 is over 60000.00 CNY, and contract K1 is over 100000.00 CNY; "
                "ask for approval of that amount"
            ),
        ),
    ],
)
def test_only_its_own_approval_approves_a_contract(
    code: str, approval: Callable[[], approvals.ApprovalRequest], message: str
) -> None:
    contract = submitted_contract()
    with pytest.raises(Refused) as refusal:
        approve(contract, approval=approval(), now=NOON)
    assert (refusal.value.code, str(refusal.value)) == (code, message)
    assert contract == submitted_contract()
    for locale in ("en", "zh_CN"):
        assert "{" not in say(code, locale, **refusal.value.facts)


def test_an_approval_without_an_amount_is_for_any_amount() -> None:
    contract = submit(draft_contract(), request_id=RequestId("AR-9"), now=NOON).after
    assert approve(contract, approval=other_request(), now=NOON).after.status is ContractStatus.APPROVED


def test_a_contract_is_not_handed_to_its_owner() -> None:
    with pytest.raises(Refused, match="contract K1 is owned by li already; hand it over to somebody else"):
        hand_over(draft_contract(), to=LI, reason="", now=NOON)


def drawn_up(**changed: Any) -> Contract:
    facts: dict[str, Any] = {
        "entity": EntityId("E1"),
        "account": AccountId("A1"),
        "amount": cny(1),
        "title": "备件",
        "owner": LI,
        "now": NOON,
    }
    return draft(ContractId("K9"), **(facts | changed)).after


def test_a_contract_needs_neither_an_opportunity_nor_an_amount() -> None:
    contract = drawn_up(amount=cny(0))
    assert (contract.opportunity, contract.amount) == (None, cny(0))


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"amount": cny(-1)}, InvalidValue),
        ({"amount": "1.00"}, InvalidType),
        ({"title": " "}, InvalidValue),
        ({"account": "A\u202e1"}, InvalidValue),
        ({"opportunity": ""}, InvalidValue),
        ({"now": dt.datetime(2026, 3, 2)}, InvalidValue),
    ],
)
def test_a_contract_of_bad_facts_is_not_drafted(changed: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        drawn_up(**changed)


def test_a_request_approves_once() -> None:
    """What was approved before it was sent back and revised is not approved after it."""
    approved = approved_contract()
    back = send_back(approved, reason="margin", now=NOON).after
    revised = revise(back, amount=Money.of("99999999", "CNY"), now=NOON).after
    with pytest.raises(Refused, match="was submitted under request AR-1 before; make a new request"):
        submit(revised, request_id=RequestId("AR-1"), now=NOON)
    assert submit(revised, request_id=RequestId("AR-2"), now=NOON).after.requests == ("AR-1", "AR-2")


def test_a_day_is_no_instant() -> None:
    with pytest.raises(InvalidType):
        sign(approved_contract(), on=NOON, now=NOON)


lines = st.text("李wang 1", min_size=1, max_size=6).filter(str.strip)
instants = st.datetimes(timezones=st.just(dt.UTC))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("contract", "entity", "account", "title", "owner", "previous_owner", "request", "id"), lines),
    "opportunity": st.none() | lines,
    "previous_request": st.none() | lines,
    "requests": st.lists(lines, max_size=2).map(tuple),
    "amount": st.integers(0, 10**18).map(lambda minor: Money(minor, "CNY")),
    "reason": st.text("好\nok", max_size=5),
    "on": st.dates(),
    "effective_on": st.dates(),
    "signed_on": st.none() | st.dates(),
    "at": instants,
    "drafted_at": instants,
    "version": st.integers(1),
    "status": st.sampled_from(ContractStatus),
}


def made(kind: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{field.name: FIELDS[field.name] for field in attrs.fields(kind)})


@given(st.one_of([made(event) for event in CONTRACT.stored.values()]))
def test_an_event_survives_json(event: ContractEvent) -> None:
    assert load_event(CONTRACT, dump_event(CONTRACT, event)) == event


@given(made(Contract))
def test_a_state_survives_json(contract: Contract) -> None:
    read = from_json(to_json(contract), Contract)
    assert read == contract
    assert read.status is contract.status


@given(st.lists(st.sampled_from(list(VERBS.values())), max_size=12))
def test_replay_makes_the_same_contract(verbs: list[Callable[[Contract], Change[Contract, ContractEvent]]]) -> None:
    events: list[ContractEvent] = [drafted()]
    contract = draft_contract()
    for verb in verbs:
        try:
            change = verb(contract)
        except Refused:
            continue
        contract = change.after
        events += change.events
    assert CONTRACT.replay(events) == contract
    assert contract.version == len(events)
