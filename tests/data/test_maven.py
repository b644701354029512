"""The Maven CRM set through its mapping, against figures computed from the CSV files with pandas."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from ltc import report
from ltc.money import Money

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "maven_crm"
MAPPING = ROOT / "examples" / "mappings" / "maven_crm.toml"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the Maven CRM set is not at ../shared/data/maven_crm")


@pytest.fixture(scope="module")
def tables() -> report.Tables:
    return report.read_folder(FOLDER, MAPPING)


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    frame = pd.read_csv(FOLDER / "sales_pipeline.csv", dtype=str, keep_default_na=False)
    prices = pd.read_csv(FOLDER / "products.csv", dtype=str).set_index("product")["sales_price"]
    frame["list_price"] = frame["product"].replace("GTXPro", "GTX Pro").map(prices).astype(int)
    assert frame["list_price"].notna().all()
    return frame


def dollars(amount: float) -> Money:
    assert amount == int(amount)
    return Money(100 * int(amount), "USD")


def test_all_rows_are_used(tables: report.Tables, deals: pd.DataFrame) -> None:
    assert len(tables.opportunities) == len(deals) == 8800
    assert len(tables.stage_history) == (deals.engage_date != "").sum() + (deals.close_date != "").sum()
    assert [(remark.finding.code, remark.finding.path) for remark in tables.remarks] == [
        ("report.unknown_file", ("accounts.csv",)),
        ("report.unknown_file", ("sales_teams.csv",)),
    ], "what the mapping does not name is said to be unread"
    assert all(count.rows == count.used + count.rejected for count in tables.counts)
    assert {row.product for row in tables.opportunities} == set(deals["product"].replace("GTXPro", "GTX Pro"))
    assert sum(row.account is None for row in tables.opportunities) == (deals.account == "").sum() == 1425


@pytest.mark.parametrize("as_of", [date(2017, 12, 31), date(2017, 6, 30), date(2016, 12, 31)])
def test_the_funnel_is_that_of_the_csv(tables: report.Tables, deals: pd.DataFrame, as_of: date) -> None:
    (funnel,) = report.figures(tables, as_of=as_of).funnels
    day = as_of.isoformat()
    engaged = (deals.engage_date != "") & (deals.engage_date <= day)
    closed = (deals.close_date != "") & (deals.close_date <= day)
    won, lost = deals[closed & (deals.deal_stage == "Won")], deals[closed & (deals.deal_stage == "Lost")]
    assert (funnel.won, funnel.lost) == (len(won), len(lost))
    assert funnel.won_amount == dollars(won.close_value.astype(int).sum() if len(won) else 0)
    by_stage = {stage.stage: stage for stage in funnel.stages}
    engaging, prospecting = deals[engaged & ~closed], deals[deals.deal_stage == "Prospecting"]
    assert (by_stage["Engaging"].count, by_stage["Engaging"].amount) == (
        len(engaging),
        dollars(engaging.list_price.sum()),
    )
    assert (by_stage["Prospecting"].count, by_stage["Prospecting"].amount) == (
        500,
        dollars(prospecting.list_price.sum()),
    )
    assert [stage.stage for stage in funnel.stages] == ["Prospecting", "Engaging"]
    decided = len(won) + len(lost)
    rate = by_stage["Engaging"].win_rate
    if not decided:
        assert rate is None
        return
    assert rate is not None
    assert (rate.won, rate.decided) == (len(won), decided)
    assert rate.rate == round(Decimal(len(won)) / decided, 6)
    exact = Fraction(rate.rate) * int(engaging.list_price.sum()) * 100
    assert abs(funnel.weighted.minor - exact) <= Fraction(1, 2)
    assert funnel.unrated == 500


def test_owners_and_months_are_those_of_the_csv(tables: report.Tables, deals: pd.DataFrame) -> None:
    (funnel,) = report.figures(tables, as_of=date(2017, 12, 31), target="3500000").funnels
    won = deals[deals.deal_stage == "Won"]
    amounts = won.close_value.astype(int)
    by_agent = amounts.groupby(won.sales_agent).sum()
    assert {owner.owner: owner.won_amount for owner in funnel.owners} == {
        agent: dollars(by_agent[agent]) for agent in by_agent.index
    }
    assert Counter({owner.owner: owner.open for owner in funnel.owners}) == Counter(
        deals[deals.close_date == ""].sales_agent
    )
    by_month = amounts.groupby(won.close_date.str[:7]).sum()
    assert funnel.months == tuple((month, dollars(by_month[month])) for month in sorted(by_month.index))
    assert funnel.target is not None
    assert funnel.target.won == dollars(amounts[won.close_date >= "2017-10-01"].sum())
    assert sum(owner.weighted.minor for owner in funnel.owners) == funnel.weighted.minor


REPORT = """
import re, resource, sys, time
from datetime import date
from pathlib import Path
from ltc import report

def megabytes():  # of this process alone: the peak that `getrusage` tells includes that of who started it
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
    return (int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024

tables = report.read_folder(Path(sys.argv[1]), Path(sys.argv[2]))
report.write(report.figures(tables, as_of=date(2017, 12, 31), target="3500000"), Path(sys.argv[3]), locale="zh_CN")
print(time.process_time(), megabytes())
"""


def test_the_report_takes_under_5_seconds_and_300_megabytes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", REPORT, str(FOLDER), str(MAPPING), str(tmp_path)]
    outputs = [subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout for _ in range(3)]
    seconds, megabytes = (min(map(float, column)) for column in zip(*map(str.split, outputs), strict=True))
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert seconds < 5
    assert megabytes < 300
