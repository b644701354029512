"""Changes, lives, transition tables, the chain and the converter, on a toy thing: a door."""

import datetime as dt
import enum
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, assert_never
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import (
    GENESIS,
    Change,
    Life,
    Recorded,
    Subject,
    check_move,
    day,
    dump_event,
    evolved,
    first_broken,
    from_json,
    instant,
    link,
    load_event,
    name_of,
    next_status,
    no_beginning,
    sha256,
    to_json,
)
from ltc.findings import Fact, Finding, Reason
from ltc.ids import ActorId, derived
from ltc.money import Money

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)


class DoorStatus(enum.StrEnum):
    OPEN = "open"
    SHUT = "shut"


@attrs.frozen
class Door:
    id: str
    version: int
    status: DoorStatus
    knocks: int = 0


@attrs.frozen
class DoorHung:
    door: str
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DoorShut:
    door: str
    at: dt.datetime = attrs.field(converter=instant)


@attrs.frozen
class DoorKnocked:
    door: str
    times: int


DoorEvent = DoorHung | DoorShut | DoorKnocked
TABLE: Mapping[DoorStatus, Mapping[type[DoorEvent], DoorStatus]] = {
    DoorStatus.OPEN: {DoorShut: DoorStatus.SHUT},
    DoorStatus.SHUT: {DoorKnocked: DoorStatus.SHUT},
}


def begin(event: DoorEvent) -> Door:
    match event:
        case DoorHung():
            return Door(event.door, 1, DoorStatus.OPEN)
        case _:
            raise no_beginning(event)


def evolve(door: Door, event: DoorEvent) -> Door:
    status = next_status(TABLE, door.status, event)
    match event:
        case DoorHung():
            raise AssertionError
        case DoorShut():
            return evolved(door, version=door.version + 1, status=status)
        case DoorKnocked():
            return evolved(door, version=door.version + 1, knocks=door.knocks + event.times)
        case _:
            assert_never(event)


DOOR: Life[Door, DoorEvent] = Life(
    "door",
    Door,
    begin,
    evolve,
    {"hung": DoorHung, "shut": DoorShut, "knocked": DoorKnocked},
    {("knocked", 1): lambda data: {"door": data["door"], "times": 1}, ("knocked", 2): lambda data: data},
)
STORY: tuple[DoorEvent, ...] = (DoorHung("D1", NOON), DoorShut("D1", NOON), DoorKnocked("D1", 2), DoorKnocked("D1", 3))


def test_a_change_is_the_fold_of_its_events() -> None:
    made = DOOR.change(None, STORY[0], *STORY[1:])
    assert made.after == Door("D1", 4, DoorStatus.SHUT, 5) == DOOR.replay(STORY)
    assert made.subject == Subject("door", "D1") == ("door", "D1")
    step = DOOR.extend(DOOR.change(DOOR.replay(STORY[:2]), STORY[2]), STORY[3])
    assert (step.before, step.events, step.after) == (DOOR.replay(STORY[:2]), STORY[2:], made.after)


def test_a_change_that_does_not_count_its_events_is_refused() -> None:
    door = DOOR.replay(STORY)
    for before, events, after in ((None, STORY[:1], door), (door, (), door), (door, STORY[2:], door)):
        with pytest.raises(InvalidValue, match="a version counts events"):
            Change("door", before, events, after)


def test_a_life_without_a_beginning_is_refused() -> None:
    with pytest.raises(InvalidValue, match="give at least one"):
        DOOR.replay([])
    with pytest.raises(InvalidValue, match="cannot be the first event"):
        DOOR.replay(STORY[1:])


def test_a_refused_move_says_when_it_would_pass() -> None:
    check_move(TABLE, DoorStatus.OPEN, DoorShut, kind="door", subject="D1")
    with pytest.raises(Refused, match="door D1 is open: knocked is possible when shut") as caught:
        check_move(TABLE, DoorStatus.OPEN, DoorKnocked, kind="door", subject="D1")
    assert caught.value.code == "move.not_allowed"
    with pytest.raises(Refused, match="hung is possible when never"):
        check_move(TABLE, DoorStatus.OPEN, DoorHung, kind="door", subject="D1")
    with pytest.raises(InvalidValue, match="cannot have happened in status open, only in shut; replay events in"):
        next_status(TABLE, DoorStatus.OPEN, STORY[2])


def test_evolved_agrees_with_attrs() -> None:
    door = DOOR.replay(STORY)
    assert evolved(door, knocks=9) == attrs.evolve(door, knocks=9)
    assert evolved(door) == door
    changes: dict[str, Any] = {"nocks": 9}
    with pytest.raises(KeyError):
        evolved(door, **changes)


@pytest.mark.parametrize("event", STORY)
def test_events_come_back_from_json(event: DoorEvent) -> None:
    assert load_event(DOOR, dump_event(DOOR, event)) == event


def test_old_events_are_brought_up() -> None:
    for version, data in ((1, {"door": "D1"}), (2, {"door": "D1", "times": 1}), (3, {"door": "D1", "times": 1})):
        body = json.dumps({"type": "knocked", "v": version, "data": data})
        assert load_event(DOOR, body) == DoorKnocked("D1", 1)


@pytest.mark.parametrize(
    "body, why",
    [
        ('{"type":"knocked","v":4,"data":{}}', "reads 1 to 3"),
        ('{"type":"knocked","v":0,"data":{}}', "reads 1 to 3"),
        ('{"type":"burnt","v":1,"data":{}}', "known are hung, shut, knocked"),
        ('{"type":"hung","v":1}', "'data' is missing"),
        ('{"type":"hung","v":1.0,"data":{}}', "expected an integer"),
        ('{"type":"hung","v":true,"data":{}}', "expected an integer"),
        ('{"type":"knocked","v":3,"data":{"door":"D1","times":1.9}}', "expected an integer, got 1.9"),
        ('{"type":"knocked","v":3,"data":{"door":null,"times":1}}', "expected a string, got None"),
        ('{"type":"knocked","v":3,"data":{"door":"D1","times":1,"loud":true}}', "loud"),
        ('{"type":"hung","v":1,"data":{"door":"D1","at":"2026-03-02T04:00:00"}}', "no time zone"),
        ("no json", "Expecting value"),
        ("[" * 100_000, "recursion"),
        ("[]", "no _Envelope"),
    ],
)
def test_bad_bodies_are_refused(body: str, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        load_event(DOOR, body)


def test_an_event_of_another_life_has_no_name() -> None:
    other: Any = Money(1, "CNY")
    with pytest.raises(InvalidValue, match="not among the stored events of a door"):
        name_of(DOOR, other)


@attrs.frozen
class Small:
    x: int


@attrs.frozen
class Large:
    y: str | None = None


class Color(enum.Enum):
    RED = "red"


@attrs.frozen
class Everything:
    either: Small | Large | None
    many: tuple[Small | Large, ...]
    pair: tuple[str, int]
    money: Money | None
    ratio: Decimal
    on: dt.date
    at: dt.datetime
    time: dt.time
    span: dt.timedelta
    color: Color
    days: frozenset[dt.date]
    notes: dict[str, tuple[str, ...]]
    real: float
    yes: bool
    reasons: tuple[Reason, ...]


AWARE = st.datetimes(timezones=st.sampled_from([dt.UTC])).map(instant)
FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.text(),
    st.integers(),
    st.decimals(-1000, 1000, places=4),
    st.dates(),
    AWARE,
    st.builds(Money, st.integers(), st.just("CNY")),
)
SMALL_OR_LARGE = st.builds(Small, st.integers()) | st.builds(Large, st.none() | st.text())
EVERYTHING = st.builds(
    Everything,
    either=st.none() | SMALL_OR_LARGE,
    many=st.lists(SMALL_OR_LARGE, max_size=3).map(tuple),
    pair=st.tuples(st.text(), st.integers()),
    money=st.none() | st.builds(Money, st.integers(), st.sampled_from(["CNY", "JPY"])),
    ratio=st.decimals(0, 1, places=6),
    on=st.dates(),
    at=AWARE,
    time=st.times(),
    span=st.timedeltas(),
    color=st.just(Color.RED),
    days=st.frozensets(st.dates(), max_size=3),
    notes=st.dictionaries(st.text(), st.lists(st.text(), max_size=2).map(tuple), max_size=2),
    real=st.floats(allow_nan=False, allow_infinity=False),
    yes=st.booleans(),
    reasons=st.lists(
        st.builds(
            lambda code, facts: Reason.of(code, **facts), st.text(), st.dictionaries(st.sampled_from("abc"), FACTS)
        ),
        max_size=2,
    ).map(tuple),
)


@given(EVERYTHING)
def test_every_type_comes_back_from_json(value: Everything) -> None:
    written = to_json(value)
    assert from_json(written, Everything) == value
    assert to_json(from_json(written, Everything)) == written


WHOLE = Everything(
    either=Small(1),
    many=(),
    pair=("a", 1),
    money=None,
    ratio=Decimal("0.5"),
    on=dt.date(2026, 3, 2),
    at=NOON,
    time=dt.time(9),
    span=dt.timedelta(1),
    color=Color.RED,
    days=frozenset(),
    notes={},
    real=1.5,
    yes=True,
    reasons=(),
)


@pytest.mark.parametrize(
    "field, bad",
    [
        ("either", {"x": 1}),
        ("either", {"is": "Huge"}),
        ("either", {"is": "Small", "x": "1"}),
        ("either", [1]),
        ("many", "ab"),
        ("many", None),
        ("pair", ["a"]),
        ("pair", "ab"),
        ("money", 12.3),
        ("money", "12.345 CNY"),
        ("ratio", 0.5),
        ("ratio", "NaN"),
        ("on", "2026-02-30"),
        ("on", 20260302),
        ("at", None),
        ("time", 9),
        ("span", "1"),
        ("color", "blue"),
        ("days", {"a": 1}),
        ("notes", []),
        ("notes", {"a": "b"}),
        ("real", 1),
        ("yes", 1),
        ("yes", "true"),
        ("reasons", [{"code": "x", "facts": [["a", {"complex": "1j"}]]}]),
        ("reasons", [{"code": "x", "facts": [["a", {}]]}]),
        ("reasons", [{"code": "x", "facts": [["a", 1.5]]}]),
        ("reasons", [{"code": "x", "facts": [["a", True]]}]),
        ("reasons", [{"code": 5}]),
    ],
)
def test_nothing_is_guessed(field: str, bad: object) -> None:
    plain = json.loads(to_json(WHOLE)) | {field: bad}
    with pytest.raises(InvalidValue, match="no Everything in this JSON"):
        from_json(json.dumps(plain), Everything)


def test_a_union_may_be_written_by_itself() -> None:
    assert to_json(Small(1), Small | Large) == b'{"is":"Small","x":1}'
    assert to_json(None, Small | Large | None) == b"null"


def test_instants_are_kept_as_utc() -> None:
    shanghai = dt.datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert instant(shanghai) == NOON
    assert instant(shanghai).tzinfo is dt.UTC
    twice = dt.datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    assert instant(twice).isoformat() == "2026-11-01T06:30:00+00:00"


@pytest.mark.parametrize(
    "value, error, why",
    [
        (dt.datetime(2026, 3, 2), InvalidValue, "no time zone"),
        (dt.datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), InvalidValue, "years 1 to 9999"),
        (dt.datetime(9999, 12, 31, 23, tzinfo=dt.timezone(dt.timedelta(hours=-5))), InvalidValue, "years 1 to 9999"),
        ("2026-03-02", InvalidType, "aware datetime"),
        (dt.date(2026, 3, 2), InvalidType, "aware datetime"),
        pytest.param(10**5000, InvalidType, "a number of over 12 digits is no datetime", id="huge"),
    ],
)
def test_bad_instants(value: Any, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        instant(value)


@pytest.mark.parametrize("value", [NOON, "2026-03-02", None])
def test_bad_days(value: Any) -> None:
    with pytest.raises(InvalidType, match=r"pass a datetime\.date"):
        day(value)
    assert day(dt.date(2028, 2, 29)) == dt.date(2028, 2, 29)


def chain(bodies: list[bytes]) -> list[Recorded]:
    records: list[Recorded] = []
    for seq, body in enumerate(bodies, 1):
        previous = records[-1].hash if records else GENESIS
        envelope: dict[str, Any] = {
            "seq": seq,
            "subject": Subject("door", "D1"),
            "version": seq,
            "name": "knocked",
            "recorded_at": NOON,
            "actor": ActorId("li"),
            "cause": None,
            "key": None,
            "body_hash": sha256(body),
            "previous": previous,
        }
        records.append(Recorded(**envelope, body=body, hash=link(**envelope), event=None))
    return records


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=6, unique=True), st.data())
def test_the_chain_finds_every_tampering(bodies: list[bytes], data: st.DataObject) -> None:
    records = chain(bodies)
    at = data.draw(st.integers(0, len(records) - 2))
    assert first_broken(records) is None
    assert first_broken(records[at:], after=at, previous=records[at].previous) is None
    assert first_broken(records[at + 1 :], after=at, previous=records[at].hash) == at + 2
    erased = [*records[:at], attrs.evolve(records[at], body=None), *records[at + 1 :]]
    assert first_broken(erased) is None
    for field, value in (
        ("body", b"another body"),
        ("actor", ActorId("eve")),
        ("version", 99),
        ("cause", "X"),
        ("key", "k"),
    ):
        changes: dict[str, Any] = {field: value}
        changed = [*records[:at], attrs.evolve(records[at], **changes), *records[at + 1 :]]
        assert first_broken(changed) == at + 1
    assert first_broken(records[:at] + records[at + 1 :]) == at + 2
    swapped = [*records[:at], records[at + 1], records[at], *records[at + 2 :]]
    assert first_broken(swapped) == at + 2


def test_findings_and_reasons_are_values() -> None:
    finding = Finding.of(
        InvalidValue("text.blank", "name is blank; give a name"), "leads.csv", 4, "name", value=" \x00"
    )
    assert str(finding) == "leads.csv:4:name: name is blank; give a name (got ' \\x00')"
    assert Finding.of(ValueError("odd"), "x").code == "value"
    assert str(Finding("c", ("f",), "long", value="9" * 100)).endswith("…, 100 characters)")
    assert Reason.of("x", b=1, a=2) == Reason.of("x", a=2, b=1)
    reason = Reason.of("text.blank", name="unit")
    assert (reason["name"], reason.say("zh_CN")) == ("unit", "unit 为空")


def test_derived_ids_are_repeatable() -> None:
    assert derived("SO-1", 3) == derived("SO-1", "3") == "SO-1/3"


def test_a_finding_without_the_facts_of_its_code_is_said_as_it_was_written() -> None:
    assert Finding("text.blank", ("f",), "name is blank").say("zh_CN") == "name is blank"
    assert Finding("no.such_code", ("f",), "never mind").say("zh_CN") == "never mind"
