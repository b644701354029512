"""A wrong unit, a forgotten event, a made-up field: mypy finds each of them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FORGETFUL = """
from typing import assert_never
from ltc.leads import LeadEvent, LeadTouched
def f(event: LeadEvent) -> int:
    match event:
        case LeadTouched():
            return 1
        case _:
            assert_never(event)
"""
WRONG = {
    "money and a number": ("from ltc.money import Money\nMoney(1, 'CNY') + 1\n", "operator"),
    "float as money": ("from ltc.money import Money\nMoney.of(0.1, 'CNY')\n", "arg-type"),
    "ids do not mix": (
        "from ltc.ids import LeadId, OrderId\ndef f(lead: LeadId) -> None: ...\nf(OrderId('1'))\n",
        "arg-type",
    ),
    "a made-up field of a state": (
        "from ltc.events import evolved\nfrom ltc.leads import Lead\ndef f(lead: Lead) -> Lead:\n    return evolved(lead, onwer='x')\n",
        "call-arg",
    ),
    "a forgotten event": (FORGETFUL, "arg-type"),
    "state is frozen": ("from ltc.leads import Lead\ndef f(lead: Lead) -> None:\n    lead.owner = None\n", "misc"),
}
RIGHT = """
from ltc.events import Change, Thing
from ltc.leads import Lead, LeadEvent
def f(change: Change[Lead, LeadEvent]) -> tuple[Change[Thing, object], ...]:
    return (change,)
"""


@pytest.mark.xdist_group("mypy")
def test_mypy_finds_what_must_not_be_written(tmp_path: Path) -> None:
    for number, (source, _) in enumerate(WRONG.values()):
        (tmp_path / f"wrong_{number}.py").write_text(source, encoding="utf-8")
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir",
        str(ROOT / ".mypy_cache" / "typing"),
    ]
    result = subprocess.run(
        [*command, *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    errors = [row for row in result.stdout.splitlines() if ": error:" in row]
    for number, (name, (_, code)) in enumerate(WRONG.items()):
        assert any(f"wrong_{number}.py" in row and f"[{code}]" in row for row in errors), (name, result.stdout)
    assert not [row for row in errors if "right.py" in row], result.stdout
