"""A scope denies unless it says otherwise, and scopes add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc.access import Scope
from ltc.errors import InvalidValue
from ltc.events import from_json, to_json
from ltc.ids import ActorId

owners = st.sampled_from([ActorId(name) for name in ("li", "wang", "chen", "zhao")])
scopes = st.builds(lambda names: Scope.of(*names), st.lists(owners)) | st.just(Scope.everything())


@given(scopes, scopes, st.none() | owners)
def test_a_union_sees_what_either_sees(one: Scope, other: Scope, owner: ActorId | None) -> None:
    assert (one | other).sees(owner) == (one.sees(owner) or other.sees(owner))
    assert one | other == other | one
    assert one | Scope.nothing() == one | one == one


@given(scopes)
def test_a_scope_survives_json(scope: Scope) -> None:
    assert from_json(to_json(scope), Scope) == scope


def test_nothing_is_seen_unless_a_scope_says_so() -> None:
    assert not Scope().sees(ActorId("li"))
    assert not Scope.of(ActorId("li")).sees(None)
    assert not Scope.of(ActorId("")).sees(None)
    assert Scope.everything().sees(None)


def test_unlimited_and_owners_are_two_answers() -> None:
    with pytest.raises(InvalidValue, match="a scope is unlimited or names owners") as refused:
        Scope(frozenset({ActorId("li")}), unlimited=True)
    assert refused.value.code == "access.scope"
