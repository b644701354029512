"""What a reader is promised: examples, Chinese terms, messages in both languages, short functions."""

import ast
import importlib
import inspect
import re
import string
from pathlib import Path

import pytest

from ltc import errors
from ltc.text import known_codes, template

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ltc"
PUBLIC = (
    "access",
    "accounts",
    "adapters.memory",
    "adapters.sql",
    "approvals",
    "billing",
    "calendars",
    "contracts",
    "errors",
    "events",
    "findings",
    "flows",
    "ids",
    "leads",
    "money",
    "pipeline",
    "pools",
    "report",
    "repositories",
    "scoring",
    "testing",
    "text",
)
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def public_names() -> list[tuple[str, str]]:
    return [(room, name) for room in PUBLIC for name in importlib.import_module(f"ltc.{room}").__all__]


@pytest.mark.parametrize("room, name", public_names())
def test_a_public_name_has_a_docstring_with_an_example(room: str, name: str) -> None:
    value = getattr(importlib.import_module(f"ltc.{room}"), name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert ">>>" in (value.__doc__ or ""), f"ltc.{room}.{name} has no example"


def test_a_public_name_has_a_row_in_the_glossary() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    terms = {
        name: cells[2]
        for row in rows
        if len(cells := row.split("|")) > 3
        for name in re.findall(r"`([^`]+)`", cells[1])
    }
    missing = sorted({name for _, name in public_names()} - terms.keys())
    assert not missing
    assert not [name for name, term in terms.items() if not re.search(r"[\u4e00-\u9fff]", term)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 700
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            documented = len((ast.get_docstring(node) or "").splitlines())
            assert node.end_lineno - node.lineno - documented <= 60, f"{node.name} is too long"


ERRORS = {cls.__name__ for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, errors.LtcError)}
"""Every class, so that none is forgotten: a code of a missing extra was once in no catalog."""
MADE = ERRORS | {"Finding", "Reason", "of"}


def coded_calls() -> list[tuple[str, str, set[str], bool]]:
    """Every call that makes an error, a finding or a reason of a literal code: where, code, facts, whether all facts are seen."""
    found = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = ast.unparse(node.func)
            code = node.args[0].value
            if called not in ERRORS | {"Finding", "Reason.of"} or not isinstance(code, str):
                continue
            facts = {keyword.arg for keyword in node.keywords if keyword.arg}
            whole = called != "Finding" and all(keyword.arg for keyword in node.keywords)
            found.append((f"{path.relative_to(SOURCE)}:{node.lineno}", code, facts, whole))
    return found


def test_every_code_speaks_both_languages_of_facts_it_has() -> None:
    catalog, wrong = set(known_codes()), []
    for where, code, facts, whole in coded_calls():
        if code not in catalog:
            wrong.append(f"{where}: {code} is not in the catalog")
        elif whole:
            said = template(code, "en") + template(code, "zh_CN")
            wanted = {name for _, name, _, _ in string.Formatter().parse(said) if name}
            wrong += [f"{where}: {code} speaks of {{{name}}}, which is no fact" for name in sorted(wanted - facts)]
    assert not wrong, "\n".join(wrong)
    assert len(coded_calls()) > 20


SPEAKERS = {"catalog.py", "checks.py", "locales.py", "translations.py"}


def spoken() -> tuple[set[str], tuple[str, ...]]:
    """Every string of the source outside the tables of messages, and every beginning of a formatted one such as `kind.`."""
    strings, beginnings = set(), set()
    for path, tree in TREES.items():
        if path.parent.name == "_text" and path.name not in SPEAKERS:
            continue
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str() as text):
                    strings.add(text)
                case ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]) if re.fullmatch(
                    r"[a-z_.]+[._]", text
                ):
                    beginnings.add(text)
    return strings, tuple(beginnings)


def test_the_catalog_has_no_dead_message() -> None:
    strings, beginnings = spoken()
    assert not sorted(code for code in known_codes() if code not in strings and not code.startswith(beginnings))
