"""The structure holds, and what holds it would notice: every rule is also broken on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | environment, timeout=120
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", where)
    shutil.copytree(ROOT / "src", where / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return where


def lint_imports(where: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "lint-imports"
    return run(str(tool), "--no-cache", cwd=where, PYTHONPATH=str(where / "src"))


@pytest.mark.xdist_group("floors")
def test_the_tree_keeps_its_contracts(copy: Path) -> None:
    result = lint_imports(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.xdist_group("floors")
@pytest.mark.parametrize(
    "module, line, contract",
    [
        ("leads.py", "from ltc import billing as _b", "Each floor knows only the floors below it"),
        ("money.py", "from ltc import events as _e", "Each floor knows only the floors below it"),
        ("flows.py", "from ltc._leads import lead as _l", "ltc._leads is entered through ltc.leads"),
        ("_billing/plans/plan.py", "import sqlite3 as _s", "nothing reads a clock, a file, a socket or a die"),
        ("_billing/receivables/entries.py", "from ltc._billing.ledger import chart as _c", "The drawers of billing"),
        ("_billing/unplaced.py", "x = 1", "The drawers of billing"),
        ("unplaced.py", "x = 1", "Each floor knows only the floors below it"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, module: str, line: str, contract: str) -> None:
    target = copy / "src" / "ltc" / module
    before = target.read_text(encoding="utf-8") if target.exists() else None
    target.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        result = lint_imports(copy)
    finally:
        target.unlink() if before is None else target.write_text(before, encoding="utf-8")
    assert result.returncode == 1, result.stdout
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), result.stdout


@pytest.mark.parametrize(
    "line",
    [
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
        "from datetime import datetime, UTC\nx = datetime.now(UTC)",
        "import datetime\nx = datetime.date.today()",
        "import time\nx = time.time()",
        "import uuid\nx = uuid.uuid4()",
        "import random\nx = random.random()",
    ],
)
def test_clocks_ids_and_dice_are_banned(line: str) -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "TID251",
        "--stdin-filename",
        "src/ltc/_leads/x.py",
        "-",
    ]
    result = subprocess.run(
        command, cwd=ROOT, input=f'"""X."""\n{line}\n', capture_output=True, text=True, check=False, timeout=60
    )
    assert "TID251" in result.stdout
    assert "pass" in result.stdout


ROOMS = ("leads", "accounts", "pipeline", "contracts", "billing", "scoring")
HEAVY = ("babel", "cattrs", "iso4217", "holidays", "sqlalchemy", "numpy", "dateutil")


def wrongly_loaded(statement: str, source: Path = ROOT / "src") -> set[str]:
    """Return what a statement loads that it should not: a heavy library, or a room that the one asked for does not stand on."""
    show = f"{statement}; import sys; print('\\n'.join(sys.modules))"
    result = run(sys.executable, "-c", show, cwd=ROOT, PYTHONPATH=str(source))
    assert result.returncode == 0, result.stderr
    listing = result.stdout.split()
    room = statement.rpartition(" ")[2]
    assert {"ltc", f"ltc.{room}".removesuffix(".ltc")} <= set(listing)
    own = {"leads": {"leads", "accounts"}, "pipeline": {"pipeline", "accounts"}}
    others = {name.split(".")[1].lstrip("_") for name in listing if name.startswith("ltc.")} & set(ROOMS)
    heavy = {name.partition(".")[0] for name in listing} & set(HEAVY)
    return heavy | (others - own.get(room, {room, "accounts"} if room != "ltc" else set()))


@pytest.mark.parametrize("statement", ["import ltc", *(f"from ltc import {room}" for room in ROOMS)])
def test_a_room_loads_neither_another_room_nor_what_it_does_not_use(statement: str) -> None:
    assert wrongly_loaded(statement) == set()


@pytest.mark.xdist_group("floors")
@pytest.mark.parametrize(
    "module, line, statement, found",
    [
        ("leads.py", "import ltc.contracts", "from ltc import leads", {"contracts"}),
        ("billing.py", "import babel", "from ltc import billing", {"babel"}),
        ("__init__.py", "import ltc.scoring", "import ltc", {"scoring"}),
    ],
)
def test_what_is_loaded_without_need_is_found(
    copy: Path, module: str, line: str, statement: str, found: set[str]
) -> None:
    target = copy / "src" / "ltc" / module
    before = target.read_text(encoding="utf-8")
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        assert wrongly_loaded(statement, copy / "src") >= found
    finally:
        target.write_text(before, encoding="utf-8")


def test_a_room_that_cannot_be_loaded_is_found(copy: Path) -> None:
    with pytest.raises(AssertionError, match="cannot import name 'nowhere'"):
        wrongly_loaded("from ltc import nowhere", copy / "src")
