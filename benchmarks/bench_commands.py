"""Whole commands: the demo, and the report on 8,800 real rows where they stand beside the checkout."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import Row

ROOT = Path(__file__).parents[1]
MAVEN = ROOT.parent / "shared" / "data" / "maven_crm"
# A command that says at its end how much memory it took at most. Asked from outside, the answer would include the peak of who
# started it: Linux keeps it through fork and exec.
LTC_AND_PEAK = """
import re, resource, sys
from pathlib import Path
from ltc.__main__ import main
try:
    main()
finally:
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
    print(int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
LTC = [sys.executable, "-c", LTC_AND_PEAK]


def figures() -> list[Row]:
    """Return the measured rows."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_command("`ltc demo`", [*LTC, "demo", "--out", folder], seconds=5, megabytes=None)]
        if MAVEN.is_dir():
            mapping = str(ROOT / "examples" / "mappings" / "maven_crm.toml")
            report = [*LTC, "report", str(MAVEN), "--mapping", mapping, "--as-of", "2017-12-31", "--out", folder]
            rows.append(_command("`ltc report` of 8,800 opportunities", report, seconds=5, megabytes=300))
    return rows


def _command(name: str, command: list[str], *, seconds: float, megabytes: int | None) -> Row:
    """Run a command three times; the quickest counts, and the largest memory."""
    runs = [_run(command) for _ in range(3)]
    wall, memory = min(run[0] for run in runs), max(run[1] for run in runs)
    met = wall < seconds and (megabytes is None or memory < megabytes)
    wanted = f"< {seconds:g} s" + ("" if megabytes is None else f", < {megabytes} MB")
    return name, f"{wall:.2f} s, {memory:.0f} MB", wanted, met


def _run(command: list[str]) -> tuple[float, float]:
    cached = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    ended = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=cached, check=True, text=True
    )
    seconds = time.perf_counter() - start
    return seconds, int(ended.stderr.split()[-1]) / 1024
