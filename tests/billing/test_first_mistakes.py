"""What everybody gets wrong once is told in a sentence, by an error of the library, and changes nothing."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from ltc import billing
from ltc.errors import InvalidType, InvalidValue, LtcError
from ltc.ids import InvoiceId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, invoice, receipt, receivable, reception, settled, signed
from ltc.text import say

RAISED = signed()[1]
FACTS: dict[str, Any] = {"on": TODAY, "now": NOON}
WHY: dict[str, Any] = FACTS | {"reason": "late"}


def raised(**other: Any) -> object:
    facts: dict[str, Any] = {"order": "SO-1", "entity": "E1", "party": "A1", "amount": Money.of("5", "CNY")}
    return billing.raise_receivable(ReceivableId("AR1"), **facts, **FACTS | {"due_on": TODAY} | other)


def issued(**other: Any) -> object:
    facts: dict[str, Any] = {"order": "SO-1", "entity": "E1", "party": "A1", "lines": invoice().lines}
    return billing.issue(InvoiceId("I9"), **facts, **FACTS, **other)


MISTAKES: list[tuple[str, Callable[[], Any]]] = [
    ("events.not_the_thing", lambda: billing.apply(reception(), [receivable()], **FACTS)),  # type: ignore[arg-type]  # that is the test
    ("events.not_the_thing", lambda: billing.apply(receipt(), [RAISED], **FACTS)),  # type: ignore[list-item]  # that is the test
    ("events.not_the_thing", lambda: billing.bounce(reception(), [], **WHY)),  # type: ignore[arg-type]  # that is the test
    ("events.not_the_thing", lambda: billing.waive(RAISED, amount=Money.of("1", "CNY"), change="W", **WHY)),  # type: ignore[arg-type]  # that is the test
    ("events.not_the_thing", lambda: billing.transfer(RAISED, to="A2", **WHY)),  # type: ignore[arg-type]  # that is the test
    ("events.not_the_thing", lambda: billing.dispute(RAISED, **WHY)),  # type: ignore[arg-type]  # that is the test
    ("billing.not_several", lambda: billing.apply(receipt(), receivable(), **FACTS)),  # type: ignore[arg-type]  # that is the test
    ("billing.not_several", lambda: billing.bounce(settled()[0].after, settled()[1].after, **WHY)),  # type: ignore[arg-type]  # that is the test
    ("day.type", lambda: raised(due_on=NOON)),
    ("day.type", lambda: raised(on=dt.datetime(2026, 3, 2))),  # that is the test
    ("day.type", lambda: raised(due_on=None)),
    ("invoice.due_before", lambda: issued(due_on=TODAY - dt.timedelta(days=1))),
]


@pytest.mark.parametrize("code, mistake", MISTAKES)
def test_a_first_mistake_is_told(code: str, mistake: Callable[[], Any]) -> None:
    with pytest.raises(LtcError) as error:
        mistake()
    assert error.value.code == code
    assert isinstance(error.value, InvalidValue if code == "invoice.due_before" else InvalidType)
    assert all("{" not in say(code, locale, **error.value.facts) for locale in ("en", "zh_CN"))


def test_the_sentence_says_what_to_pass() -> None:
    with pytest.raises(LtcError, match=r"^a change has no \w+; give the thing as it is after it, `change\.after`$"):
        billing.apply(reception(), [receivable()], **FACTS)  # type: ignore[arg-type]  # that is the test


def test_a_change_is_asked_for_what_it_has_not_by_python_too() -> None:
    change = reception()
    assert not hasattr(change, "entity")
    assert getattr(change, "entity", None) is None
    assert copy.deepcopy(change) == change == pickle.loads(pickle.dumps(change))  # noqa: S301  # our own


def test_lines_and_covers_may_come_one_by_one() -> None:
    owed, like = receivable(), invoice()
    facts: dict[str, Any] = {"order": like.order, "entity": like.entity, "party": like.party} | FACTS
    one_by_one = billing.issue(
        InvoiceId("I9"),
        lines=(line for line in like.lines),
        receivables=((thing, thing.amount) for thing in [owed]),
        **facts,
    )
    assert one_by_one == billing.issue(InvoiceId("I9"), lines=like.lines, receivables=[(owed, owed.amount)], **facts)
