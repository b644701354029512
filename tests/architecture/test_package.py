"""The package itself: rooms load on first use, and so do parts of facades."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import ltc


def test_the_rooms_are_attributes_of_the_package() -> None:
    assert dir(ltc) == sorted(ltc.__all__)
    for room in ltc.__all__:
        assert getattr(ltc, room).__name__ == f"ltc.{room}"
    with pytest.raises(AttributeError, match="module 'ltc' has no attribute 'ledger'; it has access"):
        _ = ltc.ledger
    with pytest.raises(AttributeError, match=r"ltc\.calendars' has no attribute 'moon'"):
        _ = ltc.calendars.moon


def types_only(path: Path) -> dict[str, str]:
    """What a module imports for type checkers alone: name and module."""
    blocks = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


@pytest.mark.parametrize("name", ["billing", "calendars", "events"])
def test_what_types_see_of_a_facade_is_what_loads_when_asked_for(name: str) -> None:
    facade = import_module(f"ltc.{name}")
    promised = types_only(Path(facade.__file__ or ""))
    assert promised
    assert set(promised) <= set(facade.__all__) <= set(dir(facade))
    for asked, module in promised.items():
        assert facade.__getattr__(asked) is getattr(import_module(module), asked)
        assert vars(facade)[asked] is getattr(facade, asked), "kept once it was asked for"
    assert set(facade.__all__) <= set(vars(facade)), "every public name can be had"
