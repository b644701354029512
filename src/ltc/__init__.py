"""Lead to cash: the business logic of a CRM and a billing system, pure, typed and storage-agnostic.

The rooms follow the five processes; each loads when it is first used:

>>> import ltc
>>> ltc.money.Money.of("12.30", "CNY")
Money(minor=1230, currency='CNY')
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltc import (
        access,
        accounts,
        approvals,
        billing,
        calendars,
        contracts,
        errors,
        events,
        findings,
        flows,
        ids,
        leads,
        money,
        pipeline,
        pools,
        repositories,
        scoring,
        text,
    )

    __version__: str

__all__ = [
    "access",
    "accounts",
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
    "repositories",
    "scoring",
    "text",
]


def __getattr__(name: str) -> ModuleType | str:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  # 20 ms that nobody owes who does not ask

        return version("ltc")
    if name not in __all__:
        raise AttributeError(f"module 'ltc' has no attribute {name!r}; it has {', '.join(__all__)}")
    return import_module(f"ltc.{name}")


def __dir__() -> list[str]:
    return __all__
