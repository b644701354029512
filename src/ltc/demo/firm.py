"""The example company: what its files say, as the library's policies."""

import csv
import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from ltc import approvals, billing, calendars, contracts, leads, scoring
from ltc.ids import ActorId, EntityId, LineId, PoolId
from ltc.money import Money
from ltc.pipeline import STANDARD_MODEL, StageModel
from ltc.pools import PoolPolicy

HERE: Final = Path(__file__).parent / "company"


@attrs.frozen
class Firm:
    """The company with everything its managers decide; see `examples/company/company.toml`."""

    settings: Mapping[str, Any]
    rows: tuple[Mapping[str, str], ...]
    """The lines of `leads.csv`, as they stand there."""
    policy: PoolPolicy
    scorecard: scoring.Scorecard
    rules: tuple[leads.Rule, ...]
    teams: Mapping[str, tuple[ActorId, ...]]
    contract_flow: approvals.Flow
    waiver_flow: approvals.Flow
    model: StageModel = STANDARD_MODEL

    @property
    def entity(self) -> EntityId:
        """Our legal entity."""
        return EntityId(self.settings["entity"])

    @property
    def currency(self) -> str:
        """The one currency of the example."""
        return str(self.settings["currency"])

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end."""
        return ZoneInfo(self.settings["zone"])

    @property
    def target(self) -> Money:
        """What is to be won in the half year."""
        return Money.of(self.settings["target"]["amount"], self.currency)

    @property
    def reps(self) -> tuple[ActorId, ...]:
        """The sales reps."""
        return tuple(ActorId(rep["id"]) for rep in self.settings["rep"])

    def at(self, day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
        """Return an instant of a local day."""
        return dt.datetime.combine(day, dt.time(hour, minute), self.zone)

    def grade_policy(self, city: str | None) -> leads.GradePolicy:
        """Return which grades go to the pool of a city's territory, and which are nurtured."""
        pools = {town: pool for pool, towns in self.settings["territory"].items() for town in towns}
        return leads.GradePolicy(PoolId(pools.get(city or "", "east")))

    def lines(self, machines: Mapping[str, int]) -> tuple[contracts.Line, ...]:
        """Return the order lines of so many machines, with the service that is a share of the whole."""
        prices = {product["id"]: Decimal(product["unit_price"]) for product in self.settings["product"]}
        goods = [
            contracts.Line(LineId(str(number)), product, Decimal(count), prices[product], Decimal("0.13"))
            for number, (product, count) in enumerate(machines.items(), 1)
        ]
        listed = sum(prices[product] * count for product, count in machines.items())
        share = Decimal(self.settings["service"]["share"])
        price = Money.rounded(Decimal(listed) * share / (1 - share), self.currency).amount
        service = contracts.Line(
            LineId(str(len(goods) + 1)),
            self.settings["service"]["id"],
            Decimal(1),
            price,
            Decimal("0.06"),
            kind=contracts.LineKind.SERVICE,
        )
        return (*goods, service)

    def terms(self) -> tuple[billing.Term, ...]:
        """Return how an order is collected: 30 % on signing, 60 % after delivery, 10 % a year after acceptance."""
        return (
            billing.share("0.30", due=billing.after("signed", days=7)),
            billing.share("0.60", due=billing.after("delivered", days=30)),
            billing.retention("0.10", months=12),
        )


def load_firm(folder: Path = HERE) -> Firm:
    """Read the company's files."""
    settings = tomllib.loads((folder / "company.toml").read_text(encoding="utf-8"))
    with (folder / "leads.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    pool = settings["pool"]
    policy = PoolPolicy(
        zone=settings["zone"],
        protection_days=pool["protection_days"],
        extension_days=pool["extension_days"],
        cap_days=pool["cap_days"],
        qualifying=pool["qualifying"],
        daily_claims=pool["claims_per_day"],
        capacity=pool["capacity"],
        cooldown_days=pool["cooldown_days"],
    )
    teams: dict[str, tuple[ActorId, ...]] = {}
    for rep in settings["rep"]:
        teams[rep["team"]] = (*teams.get(rep["team"], ()), ActorId(rep["id"]))
    rules = tuple(
        leads.Rule(name, rota=name, when=(leads.OneOf("city", towns),)) for name, towns in settings["territory"].items()
    )
    return Firm(settings, rows, policy, _scorecard(), rules, teams, _contract_flow(settings), _waiver_flow(settings))


def calendar_of(firm: Firm) -> calendars.BusinessCalendar:
    """Return the working days of the company's country."""
    return calendars.country(firm.settings["country"])


def _contract_flow(settings: Mapping[str, Any]) -> approvals.Flow:
    manager, director = (ActorId(settings["managers"][role]) for role in ("sales", "director"))
    return approvals.Flow(
        "contract", 1, (approvals.Step("销售经理", (manager,)), approvals.Step("总经理", (director,)))
    )


def _waiver_flow(settings: Mapping[str, Any]) -> approvals.Flow:
    finance, director = (ActorId(settings["managers"][role]) for role in ("finance", "director"))
    return approvals.Flow("waiver", 1, (approvals.Step("财务", (finance,)), approvals.Step("总经理", (director,))))


def _scorecard() -> scoring.Scorecard:
    """Return what a lead is graded by: where it came from, whether it can be reached, what it has to spend."""
    return scoring.Scorecard(
        criteria=(
            scoring.Criterion("展会或伙伴介绍", "source", scoring.Is(["fair", "partner"]), 25),
            scoring.Criterion("来电咨询", "source", scoring.Is(["call 400"]), 20),
            scoring.Criterion("目标行业", "industry", scoring.Is(["机械", "汽车零部件", "新能源", "模具"]), 20),
            scoring.Criterion("预算 300,000 以上", "budget", scoring.AtLeast(300_000), 30),
            scoring.Criterion("预算 100,000 以上", "budget", scoring.AtLeast(100_000), 15),
            scoring.Criterion("有电话", "phone", scoring.Known(), 10, group="reach"),
            scoring.Criterion("有邮箱", "email", scoring.Known(), 10, group="reach"),
        ),
        bands=(scoring.Band("A", 60), scoring.Band("B", 35), scoring.Band("C", 15)),
        otherwise="D",
        caps=(scoring.Cap("reach", 15),),
    )
