"""Timing two things in turn, so that a drift of the machine's speed hits both."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

Row = tuple[str, str, str, bool]


def best(call: Callable[[], object], *, number: int, rounds: int = 9) -> float:
    """Seconds of one call: the best of several rounds."""
    return min(_round(call, number) for _ in range(rounds))


def against(
    ours: Callable[[], object], theirs: Callable[[], object], *, number: int, rounds: int = 9
) -> tuple[float, float, float]:
    """Our seconds, theirs, and the median of ours / theirs round by round."""
    pairs = [(_round(ours, number), _round(theirs, number)) for _ in range(rounds)]
    return min(a for a, _ in pairs), min(b for _, b in pairs), statistics.median(a / b for a, b in pairs)


def _round(call: Callable[[], object], number: int) -> float:
    start = time.perf_counter()
    for _ in range(number):
        call()
    return (time.perf_counter() - start) / number


def import_seconds(statement: str) -> float:
    """Seconds that a statement adds to a bare interpreter, measured inside a fresh one."""
    code = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    cached = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=cached)
    return float(result.stdout)


def import_ratio(ours: str, theirs: str, *, rounds: int = 15) -> tuple[float, float, float]:
    """Median seconds of both statements in fresh interpreters, in turn, and the median ratio."""
    import_seconds(ours), import_seconds(theirs)  # the first run compiles
    pairs = [(import_seconds(ours), import_seconds(theirs)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def as_row(name: str, ratio: float, ours: float, theirs: float, bound: float, unit: str = "µs") -> Row:
    factor = {"µs": 1e6, "ms": 1e3, "s": 1}[unit]
    return (
        name,
        f"{ratio:.2f} × ({ours * factor:.2f} / {theirs * factor:.2f} {unit})",
        f"<= {bound:g} ×",
        ratio <= bound,
    )
