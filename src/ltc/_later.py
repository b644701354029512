"""Parts of a facade that load when they are first asked for, so that who needs the rest does not wait for them."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(facade: str, parts: Mapping[str, str], /) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the `__getattr__` and the `__dir__` of a facade: `parts` says which module holds which names, separated by spaces.

    A name that was asked for once is the facade's own from then on.

    >>> load, names = later("ltc.calendars", {"ltc._calendars.countries": "CountryCalendar country"})
    >>> load("country").__name__, "country" in names()
    ('country', True)
    """
    module_of = {name: module for module, names in parts.items() for name in names.split()}

    def load(name: str) -> Any:
        if name not in module_of:
            raise AttributeError(f"module {facade!r} has no attribute {name!r}")
        value = getattr(import_module(module_of[name]), name)
        setattr(sys.modules[facade], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[facade]), *module_of})

    return load, names
