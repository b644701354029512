"""Inputs that would silently mean something else."""

from typing import Any

import pytest

from ltc import pools
from ltc.errors import InvalidType
from ltc.testing.samples.pools import NOON, policy, quota


def test_one_kind_is_not_its_letters() -> None:
    kinds: Any = "call"
    with pytest.raises(InvalidType, match="'call' is one kind; give several"):
        pools.PoolPolicy(zone="Asia/Shanghai", protection_days=10, extension_days=3, cap_days=20, qualifying=kinds)


@pytest.mark.parametrize("holding", [-5, True, 1.0, None])
def test_what_is_held_is_counted(holding: Any) -> None:
    with pytest.raises(InvalidType, match="pass an int from 0"):
        pools.can_claim(policy(), quota=quota(), holding=holding, now=NOON)
