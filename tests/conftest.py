"""How much Hypothesis tries: a fair amount by default, a lot for `make torture`; the same examples on every run in CI."""

import contextlib
import os
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("torture", settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(Exception):
        call()
    return time.process_time() - start


@pytest.fixture
def assert_quick() -> Callable[[Callable[[], object]], None]:
    """A check that a call, refused or not, costs under 50 ms: the best of three, after what it loads at its first use is loaded."""

    def check(call: Callable[[], object]) -> None:
        _seconds(call)
        assert min(_seconds(call) for _ in range(3)) < 0.05

    return check
