"""Facts from the tests of peers, through one adapter: `rules.RULES`.

The large tables stand beside the checkout in `../shared/cases` and are skipped where that folder is absent; `table.json` here is the
project's own small one, so that the adapter never goes untested.
"""

import json
import runpy
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from ltc.errors import LtcError

HERE = Path(__file__).parent
RULES: dict[str, Callable[[Any], object]] = runpy.run_path(str(HERE / "rules.py"))["RULES"]
SHARED = HERE.parents[2] / "shared" / "cases"


def cases(folder: Path) -> list[Any]:
    found = []
    for path in sorted(folder.glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        for case in table["cases"]:
            for name in ("histories", "records"):
                key = "history" if name == "histories" else name
                if isinstance(case["inputs"], dict) and isinstance(case["inputs"].get(key), str):
                    case["inputs"][key] = table[name][case["inputs"][key]]
            found.append(pytest.param(case, id=case["id"]))
    return found


def same(got: object, expected: object, tolerance: Decimal) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and got.keys() == expected.keys()
            and all(same(got[key], value, tolerance) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(same(one, other, tolerance) for one, other in zip(got, expected, strict=True))
        )
    if isinstance(expected, bool) or expected is None or isinstance(got, bool) or got is None:
        return got is expected
    try:
        return abs(Decimal(str(got)) - Decimal(str(expected))) <= tolerance
    except InvalidOperation:
        return str(got) == str(expected)


OTHERWISE = {
    "odoo_payment_terms-032": "the peer lets the last installment become -500 of 1,000; here no part has a sign that the total has not",
}
"""Cases that the tables' own decisions overrule: what the peer computes is refused."""


def check(case: dict[str, Any]) -> None:
    if case["rule"] not in RULES:
        pytest.skip(f"{case['rule']} is not offered yet")
    if str(case.get("judge", "")).startswith("peer_specific"):
        pytest.skip("a habit of the peer alone, which the library does not share")
    expected = {"error": True} if case["id"] in OTHERWISE else case["expected"]
    if isinstance(expected, dict) and expected.get("error"):
        with pytest.raises((ValueError, TypeError, LtcError)):
            RULES[case["rule"]](case["inputs"])
        return
    got = RULES[case["rule"]](case["inputs"])
    assert same(got, expected, Decimal(str(case.get("tolerance", 0)))), (got, expected)


@pytest.mark.parametrize("case", cases(HERE))
def test_own_table(case: dict[str, Any]) -> None:
    assert case["rule"] in RULES
    check(case)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the peers' tables are not beside this checkout")
@pytest.mark.parametrize("case", cases(SHARED))
def test_peers(case: dict[str, Any]) -> None:
    check(case)
