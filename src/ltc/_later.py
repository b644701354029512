"""Parts of a facade that load when they are first asked for, so that who needs the rest does not wait for them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(facade: str, rooms: Mapping[str, str], /) -> Callable[[str], Any]:
    """Return the `__getattr__` of a facade whose names `rooms` stand in these modules behind it.

    >>> load = later("ltc.calendars", {"country": "ltc._calendars.countries"})
    >>> load("country").__name__
    'country'
    """

    def load(name: str) -> Any:
        if name not in rooms:
            raise AttributeError(f"module {facade!r} has no attribute {name!r}")
        return getattr(import_module(rooms[name]), name)

    return load
