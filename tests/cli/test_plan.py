"""`ltc plan`: what it prints, in both languages and as JSON, and what a wrong file of terms is told."""

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ltc import __main__

TERMS = """
[reached]
delivered = 2026-04-01

[[term]]
ratio = "30%"

[[term]]
amount = 20000
after = "delivered"
days = 30
roll = "following"
early = { ratio = "2%", days = 10 }

[[term]]
weight = 3
after = "delivered"
batch = 2
months = 1
days = 5
label = "second"
lines = ["L1", "L2"]

[[term]]
weight = 1.0
on = 2026-12-05
roll = "preceding"

[[term]]
equal = 3
ratio = 0.15
every_days = 10
rule = "next_day_of_month"
day = 15

[[term]]
ratio = "5 %"
retention = true
after = "accepted"
months = 12
rule = "day_of_month"
day = 31
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a folder where `terms.toml` stands; return its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(terms: str, *arguments: str, total: str = "100000", on: str = "2026-03-02") -> tuple[int, str, str]:
        Path("terms.toml").write_text(terms, encoding="utf-8")
        options = ("--total", total, "--terms", "terms.toml", "--on", on, *arguments)
        monkeypatch.setattr(sys, "argv", ["ltc", "plan", *options])
        with pytest.raises(SystemExit) as exited:
            __main__.main()
        out, err = capfd.readouterr()
        return int(exited.value.code or 0), out, err

    return call


def read(run: Run, *arguments: str, terms: str = TERMS, **more: str) -> dict[str, Any]:
    code, out, err = run(terms, "--json", *arguments, **more)
    assert (code, err) == (0, "")
    return json.loads(out)  # type: ignore[no-any-return]  # an object


def test_dates_and_amounts(run: Run) -> None:
    found = read(run)
    parts = found["installments"]
    assert (found["total"], found["currency"]) == ("100000.00", "CNY")
    assert [(part["number"], part["amount"], part["due_on"]) for part in parts] == [
        (1, "30000.00", "2026-03-02"),
        (2, "20000.00", "2026-05-01"),
        (3, "22500.00", None),
        (4, "7500.00", "2026-12-04"),
        (5, "5000.00", "2026-03-15"),
        (6, "5000.00", "2026-03-15"),
        (7, "5000.00", "2026-04-15"),
        (8, "5000.00", None),
    ]
    assert sum(Fraction(part["amount"]) for part in parts) == 100_000
    assert [part["milestone"] for part in parts] == [
        *("signed", "delivered", "delivered:2", None),
        *("signed", "signed", "signed", "accepted"),
    ]
    assert [part["retention"] for part in parts] == [False] * 7 + [True]
    assert (parts[2]["label"], parts[2]["lines"]) == ("second", ["L1", "L2"])
    assert parts[1]["early"] == {
        "until": "2026-04-11",
        "pay": "19600.00",
        "discount": "400.00",
        "income": "400.00",
        "tax": "0.00",
    }
    assert parts[2]["explanation"] == (
        "installment 3: CN¥22,500.00, 5 days after the start date (start: 1 month after batch 2 delivered) "
        "(second, lines L1, L2)"
    )


def test_the_end_of_the_month_and_days_after_it(run: Run) -> None:
    found = read(run, terms='[[term]]\nrest = true\nrule = "end_of_month"\ndays = 10')
    assert [part["due_on"] for part in found["installments"]] == ["2026-04-10"]


def test_on_a_milestone_is_the_day_that_it_is_reached(run: Run) -> None:
    for said in ('on = "delivered"', 'after = "delivered"'):
        [part] = read(run, terms=f"[[term]]\nrest = true\n{said}\n[reached]\ndelivered = 2026-04-01\n")["installments"]
        assert (part["milestone"], part["due_on"]) == ("delivered", "2026-04-01")
    [part] = read(run, terms='[[term]]\nrest = true\non = "signed"\n')["installments"]
    assert (part["milestone"], part["due_on"]) == ("signed", "2026-03-02")


def test_milestones_by_option(run: Run) -> None:
    parts = read(run, "--reached", "delivered:2=2026-01-31", "--reached", "accepted=2026-05-01")["installments"]
    assert [parts[index]["due_on"] for index in (2, 7)] == ["2026-03-05", "2027-05-31"]


def test_a_table_in_both_languages(run: Run) -> None:
    code, out, err = run(TERMS)
    lines = [line.rstrip() for line in out.splitlines()]
    assert (code, err, lines[0]) == (0, "", "CN¥100,000.00 in 8 installments")
    assert lines[2].split("  ")[-1].startswith("30 days after the start date; if no workday, the next workday")
    assert lines[2].endswith("within 10 days): CN¥19,600.00 until Apr 11, 2026")
    assert "not known yet" in lines[3]
    _, out, _ = run(TERMS, "--locale", "zh_CN")
    assert out.startswith("¥100,000.00，分 8 期\n")
    assert "日期未定" in out
    assert "（质保金）" in out
    assert "2026年4月11日及之前付 ¥19,600.00" in out


def test_a_year_that_is_not_announced_is_noted(run: Run) -> None:
    terms = 'country = "CN"\n[[term]]\nrest = true\nmonths = 12\nroll = "following"\n'
    code, out, err = run(terms, on="2089-01-31")
    assert (code, out.count("\n")) == (0, 2)
    assert "the workdays of CN in 2090 are not announced yet" in err
    assert read(run, terms='[[term]]\nrest = true\nroll = "following"\n', on="2026-02-28")["installments"][0][
        "due_on"
    ] == ("2026-03-02")


@pytest.mark.parametrize("mode, pay", [("excluded", "1050.00"), ("mixed", "1048.68"), ("included", "1035.00")])
def test_a_discount_of_an_amount_with_its_tax(run: Run, mode: str, pay: str) -> None:
    terms = f'tax_rate = "15%"\n[[term]]\nrest = true\nearly = {{ ratio = 0.1, days = 5, mode = "{mode}" }}\n'
    assert read(run, terms=terms, total="1150")["installments"][0]["early"]["pay"] == pay


def test_the_remainder_and_the_currency(run: Run) -> None:
    thirds = "[[term]]\nratio = 0.3334\n[[term]]\nratio = 0.3333\n[[term]]\nratio = 0.3333\n"
    for terms, amounts in (
        (thirds, ["1.83", "1.82", "1.82"]),
        ('remainder = "last"\n' + thirds, ["1.82", "1.82", "1.83"]),
    ):
        assert [part["amount"] for part in read(run, terms=terms, total="5.47")["installments"]] == amounts
    yen = read(run, "--currency", "JPY", terms="[[term]]\nequal = 3\nevery_months = 1\n", total="-100")
    assert [part["amount"] for part in yen["installments"]] == ["-34", "-33", "-33"]
    agreed = read(run, terms="[[term]]\nrest = true\non = 2026-12-31\nearly = { amount = 5, days = 0 }\n", total="100")
    assert agreed["installments"][0]["early"]["pay"] == "95.00"


FAULTS: list[tuple[str, str]] = [
    ("", "term: a plan has terms; give each under [[term]]"),
    ("=", "the file is not TOML"),
    ("[[term]]\nratio = 30", "term.1.ratio: 30 is not a ratio; use one from 0 to 1 (30 % is 0.30)"),
    ('[[term]]\nratio = "300%"', "term.1.ratio: 3.00 is not a ratio"),
    ('[[term]]\nratio = "x%"', "term.1.ratio: 'x' is not an amount"),
    ("[[term]]\nratio = nan", "term.1.ratio: NaN is not an amount"),
    ("[[term]]\nratio = true", "term.1.ratio: give a number"),
    ("[[term]]\nratio = 0.3\nrest = true", "term.1: a term has one of ratio, amount, weight, equal"),
    ("[[term]]\ndays = 30", "term.1: a term has one of ratio, amount, weight, equal"),
    ("[[term]]\nrest = false", "term.1: a term has one of"),
    ("[[term]]\namount = 1.234", "term.1.amount: 1.234 has too many decimals; CNY takes 2"),
    ("[[term]]\nweight = 0", "term.1: a weight is more than zero"),
    ("[[term]]\nweight = []", "term.1.weight: give a number"),
    ("[[term]]\nequal = 0", "term.1.equal: give a whole number of 1 or more"),
    ("[[term]]\nequal = 3", "term.1: equal parts come every so many months"),
    ("[[term]]\nrest = true\ndays = true", "term.1.days: give a whole number of 0 or more"),
    ("[[term]]\nrest = true\ndays = 99999999", "term.1: "),
    ("[[term]]\nrest = true\nbatch = 0", "term.1.batch: give a whole number of 1 or more"),
    ('[[term]]\nrest = true\non = "2026-12-31"', "term.1.on: give a day without quotes, as in 2026-11-23"),
    ('[[term]]\nrest = true\non = ""', "term.1.on: give a text in quotes"),
    (
        '[[term]]\nrest = true\non = "delivered"\ndays = 30',
        "ltc: 1 fault in terms.toml: term.1.on: on a milestone is its own day; for a later one write after = 'delivered'",
    ),
    ('[[term]]\nrest = true\nrule = "eom"', "term.1.rule: write one of end_of_month"),
    ('[[term]]\nrest = true\nrule = "day_of_month"', "term.1.rule: write one of end_of_month"),
    ('[[term]]\nrest = true\nrule = "day_of_month"\nday = 32', "term.1: day is 32; use 1 to 31"),
    ('[[term]]\nrest = true\nroll = "next"', "term.1.roll: 'next' is not one of none, following, preceding"),
    ("[[term]]\nrest = true\nroll = 5", "term.1.roll: give a text in quotes"),
    ("[[term]]\nrest = true\nday = 5", "term.1.rule: write one of"),
    ("[[term]]\nrest = true\nlable = 'x'", "term.1.lable: there is no such key; did you mean label?"),
    ("[[term]]\nrest = true\nearly = { ratio = 0.1 }", "term.1.early.days: the key is missing"),
    ("[[term]]\nrest = true\nearly = { days = 1 }", "term.1.early: an early payment takes off a ratio or an amount"),
    (
        '[[term]]\nrest = true\nearly = { ratio = 0.1, days = 1, mode = "mixed" }',
        "tax_rate: the key is missing; a discount of the net amount needs it",
    ),
    ('country = "XX"\n[[term]]\nrest = true', "country: "),
    ('remainder = "first"\n[[term]]\nrest = true', "remainder: 'first' is not one of largest_fraction, last"),
    ("[reached]\ndelivered = 5\n[[term]]\nrest = true", "reached.delivered: give a day without quotes"),
    ("[[term]]\nratio = 0.5", "term: the shares sum to 0.5; add 0.5 or a rest"),
    ("[[term]]\nrest = true\n[[term]]\nrest = true", "term.2: term 2 is a rest, and so is term 1"),
    (
        "[[term]]\namount = 5",
        "term: the terms sum to 5, the total is 100000.00 CNY; change them by 99995 or add a rest",
    ),
    ("[[term]]\namount = 500000\n[[term]]\nrest = true", "term.2: installment 2 would be -400000.00 CNY"),
    ("[reached]\ndeliverd = 2026-03-02\n[[term]]\nrest = true", "no term waits for 'deliverd'; use one of signed"),
    (
        '[reached]\ndelivrd = 2026-03-02\n[[term]]\nrest = true\nafter = "delivered"',
        "no term waits for 'delivrd'; use one of delivered",
    ),
    (
        '[[term]]\nrest = true\non = 2026-12-31\nafter = "x"\ndays = 5',
        "term.1: on is an agreed day and does not go with after, days; keep one",
    ),
    ("[[term]]\nrest = true\nbatch = 2", "term.1.batch: a batch is of a milestone; give it"),
]


@pytest.mark.parametrize("terms, hint", FAULTS)
def test_a_wrong_file_is_told_what_would_pass(run: Run, terms: str, hint: str) -> None:
    code, out, err = run(terms)
    assert (code, out) == (2, "")
    assert err.startswith("ltc: ")
    assert err.count("\n") == 1
    assert hint in err


def test_every_fault_is_told(run: Run) -> None:
    _, _, err = run("x = 1\n[[term]]\nratio = 3\n[[term]]\ny = 2\n")
    assert err.startswith("ltc: 4 faults in terms.toml: ")
    for hint in (
        "term.1.ratio: 3",
        "term.2: a term has one of",
        "x: there is no such key",
        "term.2.y: there is no such",
    ):
        assert hint in err


def test_wrong_options(run: Run) -> None:
    good = "[[term]]\nrest = true\n"
    for arguments, hint in (
        (("--reached", "delivered"), "'delivered' is no milestone with its day; write it as in delivered=2026-04-01"),
        (("--reached", "shipped=2026-04-01"), "no term waits for 'shipped'; use one of signed"),
        (("--currency", "XYZ"), "'XYZ' is not a currency code"),
        (("--locale", "fr"), "use zh_CN or en"),
        (("--terms", "nope.toml"), "there is no file of terms 'nope.toml'; give the path of a TOML file"),
    ):
        code, _, err = run(good, *arguments)
        assert (code, hint in err) == (2, True)
    assert "is not a day" in run(good, on="soon")[2]
    assert "is not an amount" in run(good, total="much")[2]
    Path("latin.toml").write_bytes("[[term]]\nlabel = 'é'".encode("latin-1"))
    assert "the file is not UTF-8; save it as UTF-8" in run(good, "--terms", "latin.toml")[2]


def test_in_a_narrow_terminal_no_amount_is_broken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ltc._cli.plan.terminal", lambda: Console(width=24))
    terms = (
        '[[term]]\nratio = 0.3\nlabel = "[/]预付 :smile:"\nearly = { ratio = 0.1, days = 1 }\n[[term]]\nrest = true\n'
    )
    _, out, _ = run(terms, "--locale", "zh_CN", total="1234567890")
    lines = out.splitlines()
    assert lines[1] == "1  2026年3月2日  ¥370,370,367.00"
    assert lines[2].startswith("   签订当日")
    assert "[/]预付 :smile:" in lines[2]
    assert "¥333,333,330.30" in lines[2]
    assert len(lines) == 5
