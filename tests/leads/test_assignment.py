"""Rules in order, turns that are fair, and a reason for everybody passed over."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidValue, LtcError, NotFound, Refused
from ltc.events import Change, evolved
from ltc.findings import Reason
from ltc.ids import ActorId, PoolId
from ltc.leads import (
    ROTA,
    Grade,
    LeadAssigned,
    LeadEvent,
    Member,
    OneOf,
    Rota,
    RotaAdvanced,
    RotaEvent,
    RotaOpened,
    RotaRemanned,
    Rule,
    assign,
    open_rota,
    reman,
    rule_for,
)
from ltc.leads import Lead as TheLead
from ltc.testing.samples.leads import LI, NOON, WANG, pooled_lead, rota
from ltc.text import say

ZHAO = ActorId("zhao")
ALL = [Rule("all", rota="east")]
EVERYBODY = (Member(LI), Member(WANG), Member(ZHAO))


def given_to(
    lead: TheLead, turn: Rota, *members: Member, now: dt.datetime = NOON
) -> tuple[Change[TheLead, LeadEvent], Change[Rota, RotaEvent]]:
    return assign(lead, rules=ALL, rotas={"east": turn}, members=members, now=now)


def in_chinese(error: LtcError) -> str:
    return say(error.code, "zh_CN", **error.facts)


@pytest.mark.parametrize(
    "field, values, holds",
    [
        ("city", {"上海"}, True),
        ("city", {"北京"}, False),
        ("source", {"web", "fair"}, True),
        ("grade", {"A"}, True),
        ("grade", {Grade.A}, True),
        ("grade", {"B"}, False),
        ("company", {"华东机械有限公司"}, True),
        ("pool", {"east"}, True),
        ("pool", set(), False),
    ],
)
def test_a_condition_asks_about_one_field(field: str, values: set[str], holds: bool) -> None:
    assert OneOf(field, values).holds(pooled_lead()) is holds  # type: ignore[arg-type]  # a Literal, from a table


def test_an_unknown_field_of_a_lead_meets_nothing() -> None:
    assert not OneOf("city", ["None", ""]).holds(evolved(pooled_lead(), city=None))


def test_a_rule_asks_about_known_fields_only() -> None:
    with pytest.raises(InvalidValue, match="a rule cannot ask about 'phone'") as error:
        OneOf("phone", ["1"])  # type: ignore[arg-type]  # what a configuration file may say
    assert "phone" in in_chinese(error.value)


def test_the_first_rule_that_takes_it_wins() -> None:
    rules = [
        Rule("北方", rota="north", when=(OneOf("city", ["北京"]),)),
        Rule("上海 A", rota="east", when=(OneOf("city", ["上海"]), OneOf("grade", ["A"]))),
        Rule("上海", rota="south", when=(OneOf("city", ["上海"]),)),
        Rule("其他", rota="rest"),
    ]
    assert rule_for(pooled_lead(), rules).name == "上海 A"
    assert rule_for(evolved(pooled_lead(), grade=Grade.B), rules).name == "上海"
    assert rule_for(evolved(pooled_lead(), city=None), rules).name == "其他"
    change, turn = assign(
        pooled_lead(), rules=rules, rotas={"east": rota(), "south": rota()}, members=EVERYBODY, now=NOON
    )
    assert (change.after.owner, turn.kind, turn.after.id) == ("li", "rota", "east")


def test_no_rule_takes_it() -> None:
    with pytest.raises(Refused, match="no rule takes lead L1") as refusal:
        assign(
            pooled_lead(),
            rules=[Rule("北方", rota="north", when=(OneOf("city", ["北京"]),))],
            rotas={},
            members=EVERYBODY,
            now=NOON,
        )
    assert refusal.value.code == "lead.no_rule"
    assert "L1" in in_chinese(refusal.value)


def test_the_rota_of_the_rule_is_missing() -> None:
    with pytest.raises(NotFound, match="rule all names rota east") as error:
        assign(pooled_lead(), rules=ALL, rotas={"west": rota()}, members=EVERYBODY, now=NOON)
    assert "east" in in_chinese(error.value)


def test_a_reason_for_the_one_chosen_and_for_everybody_passed_over() -> None:
    names = [ActorId(name) for name in ("ada", "ben", "cai", "dai", "eva", "fox")]
    turn = open_rota("east", members=names, now=NOON).after
    back = NOON + dt.timedelta(microseconds=1)
    members = [
        Member(names[0], active=False),
        Member(names[1], absent_until=back),
        Member(names[2], open=30, capacity=30),
        Member(names[4], absent_until=NOON, open=29, capacity=30),
        Member(names[5]),
    ]
    change, _ = given_to(pooled_lead(), turn, *members)
    [event] = change.events
    assert isinstance(event, LeadAssigned)
    assert event.owner == "eva"
    assert event.reasons == (
        Reason.of("lead.rule_matched", rule="all", owner="eva"),
        Reason.of("lead.member_inactive", member="ada"),
        Reason.of("lead.member_absent", member="ben", until=back),
        Reason.of("lead.member_full", member="cai", open=30, capacity=30),
        Reason.of("lead.member_unknown", member="dai"),
        Reason.of("lead.turn_later", member="fox"),
    )
    for reason in event.reasons:
        assert str(reason["owner" if "owner" in dict(reason.facts) else "member"]) in reason.say("zh_CN")
        assert reason.say("en") != reason.say("zh_CN")


def test_nobody_can_take_it() -> None:
    turn = rota()
    with pytest.raises(Refused, match="nobody on rota east can take lead L1: li is not active") as refusal:
        given_to(pooled_lead(), turn, Member(LI, active=False), Member(WANG, open=1, capacity=0))
    assert [reason.code for reason in refusal.value.facts["reasons"]] == [  # type: ignore[attr-defined]  # facts are objects
        "lead.member_inactive",
        "lead.member_full",
        "lead.member_unknown",
    ]
    assert refusal.value.code == "lead.nobody_eligible"
    assert "轮值表 east" in in_chinese(refusal.value)
    assert turn == rota()


def test_turns_go_round() -> None:
    turn, owners = rota(), []
    for number in range(7):
        change, step = given_to(pooled_lead(f"L{number}"), turn, *EVERYBODY)
        assert (step.before, step.after.version) == (turn, turn.version + 1)
        turn = step.after
        owners.append(change.after.owner)
        assert turn.last == change.after.owner
    assert owners == ["li", "wang", "zhao", "li", "wang", "zhao", "li"]


@given(st.integers(1, 7), st.integers(0, 40))
def test_with_all_eligible_the_deviation_from_an_equal_share_stays_under_one_lead(size: int, leads: int) -> None:
    names = [ActorId(f"rep{number}") for number in range(size)]
    turn, counts = open_rota("east", members=names, now=NOON).after, dict.fromkeys(names, 0)
    members = [Member(name) for name in reversed(names)]
    for number in range(1, leads + 1):
        change, step = given_to(pooled_lead(), turn, *members)
        turn = step.after
        assert change.after.owner is not None
        counts[change.after.owner] += 1
        assert max(abs(count - Fraction(number, size)) for count in counts.values()) < 1


@given(st.lists(st.sets(st.integers(0, 3)), max_size=20))
def test_whoever_comes_back_is_not_given_two_in_a_row_while_others_can_take_one(rounds: list[set[int]]) -> None:
    names = [ActorId(f"rep{number}") for number in range(4)]
    turn = open_rota("east", members=names, now=NOON).after
    for eligible in rounds:
        members = [Member(name, active=number in eligible) for number, name in enumerate(names)]
        if not eligible:
            with pytest.raises(Refused):
                given_to(pooled_lead(), turn, *members)
            continue
        before, (change, step) = turn.last, given_to(pooled_lead(), turn, *members)
        owner, turn = change.after.owner, step.after
        assert owner in {names[number] for number in eligible}
        assert owner != before or len(eligible) == 1
        assert given_to(pooled_lead(), step.before or turn, *members)[0] == change  # the same inputs, the same result


@pytest.mark.parametrize("members", [(), ("li", "li"), ("li", "wang", "li")])
def test_a_rota_names_each_member_once(members: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue, match=f"a rota goes round {len(members)} members") as error:
        open_rota("east", members=map(ActorId, members), now=NOON)
    assert "轮值表" in in_chinese(error.value)
    with pytest.raises(InvalidValue):
        reman(rota(), members=map(ActorId, members), now=NOON)


def test_a_member_is_a_name() -> None:
    with pytest.raises(InvalidValue, match="members is blank"):
        open_rota("east", members=[ActorId(" ")], now=NOON)


@pytest.mark.parametrize(
    "last, members, turns",
    [
        (None, "wang zhao", "wang zhao"),
        ("li", "wang zhao", "wang zhao"),
        ("wang", "li zhao", "zhao li"),
        ("zhao", "li wang", "li wang"),
        ("li", "li wang zhao qian", "wang zhao qian li"),
        ("li", "zhao li wang", "wang zhao li"),
        ("wang", "qian sun", "qian sun"),
        ("wang", "qian wang", "qian wang"),
    ],
)
def test_turns_go_on_when_the_staff_changes(last: str | None, members: str, turns: str) -> None:
    turn = (
        rota()
        if last is None
        else ROTA.evolve(rota(), RotaAdvanced("east", given=ActorId(last), lead=pooled_lead().id, at=NOON))
    )
    remanned = reman(turn, members=map(ActorId, members.split()), now=NOON).after
    assert remanned.turns == tuple(turns.split())
    assert remanned.version == turn.version + 1


def test_the_same_staff_is_no_change() -> None:
    with pytest.raises(Refused, match="has these members already") as refusal:
        reman(rota(), members=rota().members, now=NOON)
    assert "east" in in_chinese(refusal.value)


def test_a_rota_goes_on_behind_a_member_only() -> None:
    with pytest.raises(InvalidValue, match="goes on behind sun, who is not on it") as error:
        RotaRemanned("east", members=(LI,), last=ActorId("sun"), at=NOON)
    assert "sun" in in_chinese(error.value)


def test_a_rota_is_opened_once_and_first() -> None:
    opened = RotaOpened("east", members=(LI,), at=NOON)
    with pytest.raises(InvalidValue, match="a rota is opened once") as error:
        ROTA.replay([opened, opened])
    assert "east" in in_chinese(error.value)
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        ROTA.replay([RotaAdvanced("east", given=LI, lead=pooled_lead().id, at=NOON)])


def test_a_pool_is_a_field_like_another() -> None:
    rule = Rule("w", rota="w", when=(OneOf("pool", ["west"]),))
    assert rule.matches(evolved(pooled_lead(), pool=PoolId("west")))
    assert not rule.matches(pooled_lead())
