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
LTC = [sys.executable, "-m", "ltc"]


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
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=cached)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, usage.ru_maxrss / 1024
