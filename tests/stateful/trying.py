"""What every machine with an oracle does: try a verb whose answer is known, keep what passed, replay it all at the end."""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import attrs
from hypothesis.stateful import RuleBasedStateMachine

from ltc.errors import Refused
from ltc.events import Change, Life


class Trying(RuleBasedStateMachine):
    """A machine that knows of each call whether it must pass; a child has counts of its own, and the lives of its things."""

    counts: ClassVar[Counter[tuple[str, bool]]]
    """How often each verb passed, and was refused."""
    lives: ClassVar[dict[type, Life[Any, Any]]]

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Any] = {}
        self.history: dict[str, list[Any]] = {}

    def attempt(self, verb: str, must_pass: object, call: Callable[[], Any], *subjects: Any) -> bool:
        """Make a call that must pass, or be refused; either way its subjects stay as they are. Return whether it passed."""
        before = [attrs.asdict(subject, recurse=False) for subject in subjects]
        passes = bool(must_pass)
        try:
            done = call()
        except Refused:
            assert not passes, f"{verb} was refused"
        else:
            assert passes, f"{verb} passed"
            for change in done if isinstance(done, tuple) else (done,):
                self.commit(change)
        assert [attrs.asdict(subject, recurse=False) for subject in subjects] == before
        self.counts[verb, passes] += 1
        return passes

    def commit(self, change: Change[Any, Any]) -> None:
        """Keep what a change leads to."""
        name = change.after.id
        assert self.things.get(name) == change.before
        self.things[name] = change.after
        self.history.setdefault(name, []).extend(change.events)

    def teardown(self) -> None:
        """Replay everything from its events."""
        for name, events in self.history.items():
            assert self.lives[type(self.things[name])].replay(events) == self.things[name]
