"""Every field of every event is looked at before it is stored: what is not, is found when it is read back, which is too late."""

import datetime as dt
import enum
import types
import typing
from decimal import Decimal
from typing import Any

import attrs
import pytest

from ltc import approvals, billing, leads
from ltc._fields import exactly, member, whole
from ltc.adapters.lives import Lives
from ltc.errors import InvalidType, InvalidValue
from ltc.events import Subject
from ltc.ids import ActorId, NoteId, PoolId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, invoice

LIVES = Lives(None)
EVENTS = [event for kind in LIVES.kinds for event in LIVES[kind].stored.values()]


def is_plain(asked: Any) -> bool:
    if typing.get_origin(asked) in (typing.Union, types.UnionType):
        return any(map(is_plain, typing.get_args(asked)))
    exact = (enum.Enum, int, dt.date, Decimal, Money, Subject, str)
    return hasattr(asked, "__supertype__") or (isinstance(asked, type) and issubclass(asked, exact))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_no_field_of_an_event_is_taken_unseen(event: type[Any]) -> None:
    attrs.resolve_types(event)
    unseen = [
        field.name
        for field in attrs.fields(event)
        if field.validator is None and field.converter is None and is_plain(field.type)
    ]
    assert not unseen


def test_the_walk_would_notice() -> None:
    @attrs.frozen
    class Careless:
        grade: int | None
        seen: int = attrs.field(validator=whole())

    attrs.resolve_types(Careless)
    assert [is_plain(field.type) for field in attrs.fields(Careless)] == [True, True]


@attrs.frozen
class Form:
    mode: approvals.StepMode = attrs.field(default=approvals.StepMode.ALL, validator=member(approvals.StepMode))
    count: int = attrs.field(default=1, validator=whole(1))
    about: Subject = attrs.field(default=Subject("order", "SO-1"), validator=exactly(Subject))


@pytest.mark.parametrize(
    "wrong, error, passes",
    [
        ({"mode": "all"}, InvalidType, "pass one of StepMode.ALL, StepMode.ANY"),
        ({"mode": None}, InvalidType, "pass one of StepMode.ALL"),
        ({"count": 0}, InvalidValue, "use 1 or more"),
        ({"count": True}, InvalidType, "pass an int"),
        ({"count": 1.0}, InvalidType, "pass an int"),
        ({"about": ("order", "SO-1")}, InvalidType, "pass a Subject"),
    ],
)
def test_fields_say_what_passes(wrong: dict[str, Any], error: type[Exception], passes: str) -> None:
    with pytest.raises(error, match=passes):
        Form(**wrong)


def test_a_plain_string_is_no_mode() -> None:
    """会签 must never become 或签: a string that equals the member is not the member."""
    text: Any = "all"
    with pytest.raises(InvalidType, match=r"mode is 'all'; pass one of StepMode\.ALL"):
        approvals.Step("manager", (ActorId("w"),), mode=text)
    last: Any = "last"
    with pytest.raises(InvalidType, match=r"remainder is 'last'; pass one of Remainder\."):
        billing.plan(Money.of("1", "CNY"), [billing.rest(due=billing.on("signed"))], remainder=last)
    a: Any = "A"
    with pytest.raises(InvalidType, match=r"assigned is 'A'; pass one of Grade\.A"):
        leads.GradePolicy(PoolId("east"), assigned=(a,))
    no: Any = "no"
    with pytest.raises(InvalidType, match="submitter_may_decide is 'no'; pass a bool"):
        approvals.Flow("f", 1, (), submitter_may_decide=no)
    with pytest.raises(InvalidType, match="number is True; pass an int"):
        billing.NoteLine(True, Money.of("1", "CNY"))
    refuse: Any = "refuse"
    with pytest.raises(InvalidType, match=r"when_empty is 'refuse'; pass one of WhenEmpty\.REFUSE"):
        approvals.Flow("f", 1, (), when_empty=refuse)
    reason: Any = "issued_in_error"
    with pytest.raises(InvalidType, match=r"pass one of NoteReason\."):
        billing.request_note(
            NoteId("N1"),
            invoice=invoice(),
            amount=Money.of("5.00", "CNY"),
            reason=reason,
            on=TODAY,
            now=NOON,
        )
